use plainsight_vault::keys::BadSignature;
use plainsight_vault::{
    DataKeyRing, DayKeys, InstanceKey, KeyError, Mailbox, Member, PublicKey, ReadyReceipt, Receipt, Root, SecretKey, SigningKey, Team,
    VerifyingKey,
};
use zeroize::ZeroizeOnDrop;

use crate::rng;

#[test]
fn a_public_key_survives_its_bytes() {
    let public = SecretKey::<Team>::generate(&mut rng(1)).public();
    let bytes = public.to_bytes();
    assert_eq!(bytes.len(), 1216);
    assert_eq!(PublicKey::<Team>::from_bytes(&bytes), Ok(public));
    assert_eq!(PublicKey::<Team>::from_bytes(&bytes[1..]), Err(KeyError::Length { expected: 1216, given: 1215 }));
    // A coefficient of 4,095 is above the modulus 3,329 (FIPS 203, section 7.2).
    let mut above = bytes;
    above[..3].fill(0xff);
    assert_eq!(PublicKey::<Team>::from_bytes(&above), Err(KeyError::Invalid));
}

#[test]
fn a_seed_gives_the_same_key_again() {
    let secret = SecretKey::<Mailbox>::generate(&mut rng(2));
    assert_eq!(SecretKey::<Mailbox>::from_seed(*secret.seed()).public(), secret.public());
}

#[test]
fn a_fingerprint_tells_key_and_role() {
    let seed = [4; 32];
    let team = SecretKey::<Team>::from_seed(seed).public();
    assert_ne!(team.fingerprint(), SecretKey::<Member>::from_seed(seed).public().fingerprint());
    assert_ne!(team.fingerprint(), SecretKey::<Team>::from_seed([5; 32]).public().fingerprint());
}

#[test]
fn a_signature_is_good_for_its_key_use_and_message_only() {
    let key = SigningKey::generate(&mut rng(3));
    let public = VerifyingKey::from_bytes(&key.verifying_key().to_bytes()).unwrap();
    let signature = key.sign("grant", b"message");
    assert_eq!(public.verify("grant", b"message", &signature), Ok(()));
    assert_eq!(public.verify("ledger.head", b"message", &signature), Err(BadSignature));
    assert_eq!(public.verify("grant", b"messagf", &signature), Err(BadSignature));
    assert_eq!(SigningKey::generate(&mut rng(4)).verifying_key().verify("grant", b"message", &signature), Err(BadSignature));
    for at in 0..64 {
        let mut changed = signature;
        changed[at] ^= 1;
        assert_eq!(public.verify("grant", b"message", &changed), Err(BadSignature), "byte {at}");
    }
}

#[test]
fn weak_and_short_verifying_keys_are_refused() {
    // The neutral element of the curve: every signature of a certain form would fit.
    let mut neutral = [0; 32];
    neutral[0] = 1;
    assert_eq!(VerifyingKey::from_bytes(&neutral), Err(KeyError::Invalid));
    assert_eq!(VerifyingKey::from_bytes(&[1; 31]), Err(KeyError::Length { expected: 32, given: 31 }));
}

#[test]
fn an_instance_key_survives_its_file_and_nothing_else_is_one() {
    let key = InstanceKey::generate(&mut rng(5));
    let text = key.to_text();
    assert_eq!(InstanceKey::from_text(&text).unwrap().to_bytes(), key.to_bytes());
    assert_eq!(InstanceKey::from_bytes(*key.to_bytes()).pepper(), key.pepper());
    for wrong in ["", "plainsight-instance-key-1:", "plainsight-instance-key-1:00", &text[1..], &text.replace("-1:", "-2:")] {
        assert_eq!(InstanceKey::from_text(wrong).unwrap_err(), KeyError::Text);
    }
}

#[test]
fn what_comes_from_an_instance_key_is_unrelated() {
    let key = InstanceKey::from_bytes([6; 32]);
    let derived = [
        key.to_bytes(),
        key.pepper(),
        key.signing_key().to_bytes(),
        key.subkey("form-state"),
        key.subkey("pepper"),
        key.subkey("signing"),
        key.subkey("wrap"),
    ];
    for (at, one) in derived.iter().enumerate() {
        assert!(derived.iter().skip(at + 1).all(|other| other != one));
    }
    assert_eq!(key.signing_key().verifying_key(), InstanceKey::from_bytes([6; 32]).signing_key().verifying_key());
}

/// Does not compile when a type stops promising it, or when the feature is lost by which x-wing or ed25519-dalek promise it.
#[test]
fn every_key_is_wiped_on_drop() {
    fn wiped<T: ZeroizeOnDrop>() -> bool {
        std::mem::needs_drop::<T>()
    }
    assert!(wiped::<SecretKey<Team>>());
    assert!(wiped::<SigningKey>());
    assert!(wiped::<ed25519_dalek::SigningKey>());
    assert!(wiped::<x_wing::DecapsulationKey>());
    assert!(wiped::<InstanceKey>());
    assert!(wiped::<DataKeyRing>());
    assert!(wiped::<DayKeys>());
    assert!(wiped::<Root>());
    assert!(wiped::<Receipt>());
}

#[test]
fn nothing_secret_is_printed() {
    let mut rng = rng(6);
    let secret = SecretKey::<Team>::from_seed([0xab; 32]);
    let opened = {
        let keys = DayKeys::derive(&[0xab; 32], 1);
        let state = keys.seal(b"\xab\xab\xab", 86_400, &mut rng).unwrap();
        format!("{keys:?} {:?}", keys.open(&state, 86_400).unwrap())
    };
    let receipt = Receipt::generate(&mut rng);
    let ready = ReadyReceipt { receipt, locate: [0; 32], mailbox_public: SecretKey::from_seed([1; 32]).public() };
    let printed = [
        format!("{secret:?}"),
        format!("{:?}", SigningKey::from_bytes([0xab; 32])),
        format!("{:?}", InstanceKey::from_bytes([0xab; 32])),
        format!("{:?}", DataKeyRing::new(1, &[0xab; 32])),
        format!("{:?}", Root::from_bytes([0xab; 32])),
        opened,
        format!("{ready:?}"),
    ];
    for text in printed {
        assert!(text.contains("[redacted]"), "{text}");
        assert!(!text.contains("171") && !text.to_lowercase().contains("abab"), "{text}");
    }
}
