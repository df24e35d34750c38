use plainsight_vault::envelope::{self, Outside, open, open_signed, seal, seal_signed, sealed_length, signed_length};
use plainsight_vault::{EnvelopePlace, Kind, Mailbox, Member, OpenError, Recipient, SealError, SecretKey, SigningKey, Team, VerifyingKey};
use proptest::prelude::*;

use crate::{id, place, rng};

/// Offsets of the layout in docs/envelope.md.
const WRAPS: usize = 44;
const WRAP: usize = 1168;

#[test]
fn every_recipient_opens_and_nobody_else() {
    let mut rng = rng(1);
    let (team, mailbox, other) =
        (SecretKey::<Team>::generate(&mut rng), SecretKey::<Mailbox>::generate(&mut rng), SecretKey::<Team>::generate(&mut rng));
    let here = place(Kind::Message);
    let sealed = seal(&here, &[&team.public(), &mailbox.public()], b"content", &mut rng).unwrap();
    assert_eq!(open(&sealed, &here, &team).unwrap().as_slice(), b"content");
    assert_eq!(open(&sealed, &here, &mailbox).unwrap().as_slice(), b"content");
    assert_eq!(open(&sealed, &here, &other).unwrap_err(), OpenError::NotForThisKey);
}

#[test]
fn the_same_seed_in_another_role_opens_nothing() {
    let mut rng = rng(2);
    let team = SecretKey::<Team>::generate(&mut rng);
    let here = place(Kind::ContactKey);
    let sealed = seal(&here, &[&team.public()], b"content", &mut rng).unwrap();
    let member = SecretKey::<Member>::from_seed(*team.seed());
    assert_eq!(open(&sealed, &here, &member).unwrap_err(), OpenError::NotForThisKey);
}

#[test]
fn an_envelope_opens_in_its_place_only() {
    let mut rng = rng(3);
    let team = SecretKey::<Team>::generate(&mut rng);
    let here = place(Kind::Report);
    let sealed = seal(&here, &[&team.public()], b"content", &mut rng).unwrap();
    let elsewhere = [
        EnvelopePlace { kind: Kind::Message, ..here },
        EnvelopePlace { organisation: id(9), ..here },
        EnvelopePlace { zone: "care", ..here },
        EnvelopePlace { epoch: 4, ..here },
    ];
    for place in elsewhere {
        assert_eq!(open(&sealed, &place, &team).unwrap_err(), OpenError::WrongPlace, "{place:?}");
    }
    // The record is not written on the outside: what is bound to it refuses.
    assert_eq!(open(&sealed, &EnvelopePlace { record: id(9), ..here }, &team).unwrap_err(), OpenError::NotForThisKey);
}

#[test]
fn an_outside_rewritten_for_another_place_does_not_open_there() {
    let mut rng = rng(4);
    let team = SecretKey::<Team>::generate(&mut rng);
    let here = place(Kind::Report);
    let mut sealed = seal(&here, &[&team.public()], b"content", &mut rng).unwrap();
    sealed[6] = Kind::Message as u8;
    assert_eq!(open(&sealed, &place(Kind::Message), &team).unwrap_err(), OpenError::NotForThisKey);
}

#[test]
fn any_changed_byte_is_refused() {
    let mut rng = rng(5);
    let team = SecretKey::<Team>::generate(&mut rng);
    let here = place(Kind::ContactKey);
    let sealed = seal(&here, &[&team.public()], b"content", &mut rng).unwrap();
    // Every byte of the outside, the commitment and the nonce; of the long fields, each seventh byte and the ends.
    let long = |at: &usize| (WRAPS..WRAPS + WRAP).contains(at) || *at > WRAPS + WRAP + 56;
    for at in (0..sealed.len()).filter(|at| !long(at) || at % 7 == 0 || *at + 1 == sealed.len()) {
        let mut changed = sealed.clone();
        changed[at] ^= 1 << (at % 8);
        assert!(open(&changed, &here, &team).is_err(), "byte {at}");
    }
    for cut in [0, 3, 5, 43, 44, 1211, 1300, sealed.len() - 1] {
        assert!(open(&sealed[..cut], &here, &team).is_err(), "cut at {cut}");
    }
}

#[test]
fn what_a_newer_program_wrote_is_named_and_never_guessed() {
    let mut rng = rng(6);
    let team = SecretKey::<Team>::generate(&mut rng);
    let here = place(Kind::ContactKey);
    let sealed = seal(&here, &[&team.public()], b"content", &mut rng).unwrap();
    let with = |at: usize, byte: u8| {
        let mut changed = sealed.clone();
        changed[at] = byte;
        open(&changed, &here, &team).unwrap_err()
    };
    assert_eq!(with(5, 2), OpenError::UnknownSuite(2));
    assert_eq!(with(6, 99), OpenError::UnknownKind(99));
    assert_eq!(with(0, b'X'), OpenError::NotAnEnvelope);
    assert_eq!(with(43, 2), OpenError::Malformed, "the count of wraps is fixed by the kind");
}

#[test]
fn envelopes_of_a_kind_and_size_class_have_one_length_whoever_reads() {
    let mut rng = rng(7);
    let (team, mailbox) = (SecretKey::<Team>::generate(&mut rng).public(), SecretKey::<Mailbox>::generate(&mut rng).public());
    for kind in Kind::ALL {
        let here = place(kind);
        let one = seal(&here, &[&team], b"", &mut rng).unwrap();
        assert_eq!(one.len(), sealed_length(kind, 0));
        assert_eq!(seal(&here, &[&team], &[7; 2000], &mut rng).unwrap().len(), one.len());
        if kind.wraps() == 2 {
            assert_eq!(seal(&here, &[&team, &mailbox], &[7; 1000], &mut rng).unwrap().len(), one.len());
        }
        let signer = SigningKey::generate(&mut rng);
        assert_eq!(seal_signed(&here, &[&team], &[7; 1900], &signer, &mut rng).unwrap().len(), signed_length(kind, 1900));
        assert_eq!(signed_length(kind, 1900), one.len(), "a signature does not show");
    }
}

#[test]
fn a_dummy_is_a_wrap_that_the_recipient_cannot_open_either() {
    let mut rng = rng(8);
    let team = SecretKey::<Team>::generate(&mut rng);
    let here = place(Kind::Report);
    let sealed = seal(&here, &[&team.public()], b"content", &mut rng).unwrap();
    // With the recipient's wrap gone and the dummy in its place, nothing opens.
    let mut only_dummy = sealed.clone();
    only_dummy.copy_within(WRAPS + WRAP..WRAPS + 2 * WRAP, WRAPS);
    assert_eq!(open(&only_dummy, &here, &team).unwrap_err(), OpenError::NotForThisKey);
    // Bytes of a dummy look like bytes of a wrap: an X25519 point has its top bit clear in both (RFC 7748), which filling with
    // random bytes would give away in half of the cases.
    for seed in 0..16 {
        let sealed = seal(&here, &[&team.public()], b"content", &mut crate::rng(100 + seed)).unwrap();
        for wrap in 0..2 {
            assert_eq!(sealed[WRAPS + wrap * WRAP + 1119] & 0x80, 0);
        }
    }
}

#[test]
fn an_envelope_made_to_read_differently_for_two_readers_is_refused() {
    let mut rng = rng(9);
    let (first, second) = (SecretKey::<Team>::generate(&mut rng), SecretKey::<Mailbox>::generate(&mut rng));
    let here = place(Kind::Message);
    let one = seal(&here, &[&first.public()], b"for the first", &mut rng).unwrap();
    let other = seal(&here, &[&second.public()], b"for the second", &mut rng).unwrap();
    let mut mixed = one;
    mixed[WRAPS + WRAP..WRAPS + 2 * WRAP].copy_from_slice(&other[WRAPS..WRAPS + WRAP]);
    // The second reader's wrap opens, to a data key that the envelope does not commit to.
    assert_eq!(open(&mixed, &here, &second).unwrap_err(), OpenError::KeyCommitment);
}

#[test]
fn a_signed_content_tells_its_signer_and_refuses_others() {
    let mut rng = rng(10);
    let team = SecretKey::<Team>::generate(&mut rng);
    let (signer, stranger) = (SigningKey::generate(&mut rng), SigningKey::generate(&mut rng));
    let here = place(Kind::TeamGrant);
    let sealed = seal_signed(&here, &[&team.public()], b"grant", &signer, &mut rng).unwrap();
    let trusted: [VerifyingKey; 2] = [stranger.verifying_key(), signer.verifying_key()];
    let opened = open_signed(&sealed, &here, &team, &trusted).unwrap();
    assert_eq!((opened.plaintext.as_slice(), opened.signer), (b"grant".as_slice(), signer.verifying_key()));
    assert_eq!(open_signed(&sealed, &here, &team, &trusted[..1]).unwrap_err(), OpenError::UnknownSigner);
    assert_eq!(open(&sealed, &here, &team).unwrap_err(), OpenError::Signed, "no signature goes unchecked");
    let unsigned = seal(&here, &[&team.public()], b"grant", &mut rng).unwrap();
    assert_eq!(open_signed(&unsigned, &here, &team, &trusted).unwrap_err(), OpenError::NotSigned);
}

#[test]
fn impossible_seals_are_named() {
    let mut rng = rng(12);
    let team = SecretKey::<Team>::generate(&mut rng).public();
    let nobody: [&dyn Recipient; 0] = [];
    assert_eq!(seal(&place(Kind::Report), &nobody, b"", &mut rng), Err(SealError::NoRecipient));
    assert_eq!(seal(&place(Kind::ContactKey), &[&team, &team], b"", &mut rng), Err(SealError::TooManyRecipients { room: 1, given: 2 }));
    for zone in ["", "Helpline", "a zone that is far too long", "zone\0"] {
        let place = EnvelopePlace { zone, ..place(Kind::Report) };
        assert_eq!(seal(&place, &[&team], b"", &mut rng), Err(SealError::ZoneName(zone.into())));
    }
}

#[test]
fn the_outside_is_read_without_a_key() {
    let mut rng = rng(13);
    let team = SecretKey::<Team>::generate(&mut rng).public();
    let sealed = seal(&place(Kind::Note), &[&team], b"content", &mut rng).unwrap();
    let outside = envelope::outside(&sealed).unwrap();
    assert_eq!(outside, Outside { kind: Kind::Note, organisation: id(1), zone: "helpline".into(), epoch: 3 });
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    #[test]
    fn what_is_sealed_opens(length in 0_usize..40_000, seed: u64) {
        let mut rng = rng(seed);
        let team = SecretKey::<Team>::generate(&mut rng);
        let plaintext = vec![0x5a; length];
        let sealed = seal(&place(Kind::Report), &[&team.public()], &plaintext, &mut rng).unwrap();
        prop_assert_eq!(sealed.len(), sealed_length(Kind::Report, length));
        let opened = open(&sealed, &place(Kind::Report), &team).unwrap();
        prop_assert_eq!(opened.as_slice(), plaintext.as_slice());
    }
}
