//! What cannot be tried from outside: envelopes that only an attacker would put together.
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod two_keys;

use rand::SeedableRng;
use rand::rngs::StdRng;

use super::*;
use crate::keys::Team;

fn place() -> EnvelopePlace<'static> {
    EnvelopePlace {
        kind: Kind::Message,
        organisation: Uuid::from_bytes([1; 16]),
        zone: "helpline",
        epoch: 3,
        record: Uuid::from_bytes([2; 16]),
    }
}

/// Sign-then-seal alone would let a reader take a signed content out and seal it to another record.
#[test]
fn a_signed_content_sealed_anew_for_another_record_is_refused() {
    let mut rng = StdRng::seed_from_u64(1);
    let team = SecretKey::<Team>::generate(&mut rng);
    let signer = SigningKey::generate(&mut rng);
    let trusted = [signer.verifying_key()];
    let sealed = seal_signed(&place(), &[&team.public()], b"yes, come on Tuesday", &signer, &mut rng).unwrap();
    let padded = open_padded(&sealed, &place(), &team).unwrap();
    let taken = content(&padded).unwrap();

    let elsewhere = EnvelopePlace { record: Uuid::from_bytes([9; 16]), ..place() };
    let forged = seal_parts(&elsewhere, &[&team.public()], &[taken], &mut rng).unwrap();
    assert_eq!(open_signed(&forged, &elsewhere, &team, &trusted).unwrap_err(), OpenError::BadSignature);

    // In its own place the same taken content fits: the refusal is the signature's, not the envelope's.
    let same = seal_parts(&place(), &[&team.public()], &[taken], &mut rng).unwrap();
    assert!(open_signed(&same, &place(), &team, &trusted).is_ok());
}

/// A writer who pads in another way could carry information past the reader, or make sizes of their own.
#[test]
fn padding_that_no_writer_makes_is_refused() {
    let mut rng = StdRng::seed_from_u64(2);
    let team = SecretKey::<Team>::generate(&mut rng);
    let with_body = |padded: &[u8], rng: &mut StdRng| {
        let data_key = Secret::random(rng);
        let wraps = [wrap(&place(), &team.public(), &data_key, rng).unwrap(), wrap(&place(), &team.public(), &data_key, rng).unwrap()];
        seal_raw(&place(), &wraps, &data_key, padded, rng)
    };
    let good = padding::pad(&[&[UNSIGNED], b"content"], 2048);
    assert!(open(&with_body(&good, &mut rng), &place(), &team).is_ok());

    let mut filled = good.clone();
    filled[2047] = 1;
    assert_eq!(open(&with_body(&filled, &mut rng), &place(), &team).unwrap_err(), OpenError::Padding);
    let mut long = good.clone();
    long[2] = 0xff;
    assert_eq!(open(&with_body(&long, &mut rng), &place(), &team).unwrap_err(), OpenError::Padding);
    let large = padding::pad(&[&[UNSIGNED], b"content"], 8192);
    assert_eq!(open(&with_body(&large, &mut rng), &place(), &team).unwrap_err(), OpenError::Padding);
    let unknown = padding::pad(&[&[7], b"content"], 2048);
    assert_eq!(open(&with_body(&unknown, &mut rng), &place(), &team).unwrap_err(), OpenError::Malformed);
    let empty = padding::pad(&[], 2048);
    assert_eq!(open(&with_body(&empty, &mut rng), &place(), &team).unwrap_err(), OpenError::Malformed);
}

#[test]
fn the_constants_are_those_of_the_page() {
    assert_eq!((HEADER, WRAP, COMMITMENT), (44, 1168, 32));
    assert_eq!(around(Kind::Report), 44 + 2 * 1168 + 32 + 24 + 16);
}

fn seal_raw(place: &EnvelopePlace<'_>, wraps: &[Vec<u8>], data_key: &Secret, padded: &[u8], rng: &mut StdRng) -> Vec<u8> {
    let mut out = before_nonce(place, wraps, data_key).unwrap();
    let nonce = aead::nonce(rng);
    let body = aead::seal(body_key(data_key).expose(), &nonce, &body_data(&out, &place.record), padded);
    out.extend_from_slice(&nonce);
    out.extend_from_slice(&body);
    out
}
