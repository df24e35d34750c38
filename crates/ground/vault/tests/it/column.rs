use plainsight_vault::column::OVERHEAD;
use plainsight_vault::{ColumnPlace, DataKeyRing, InstanceKey, OpenError};
use proptest::prelude::*;

use crate::{id, rng};

fn place() -> ColumnPlace<'static> {
    ColumnPlace { organisation: id(1), zone: "helpline", table: "contacts", row: id(2), column: "header" }
}

#[test]
fn a_value_opens_in_its_place_only() {
    let ring = DataKeyRing::new(1, &[5; 32]);
    let sealed = ring.seal(&place(), b"content", &mut rng(1));
    assert_eq!(ring.open(&place(), &sealed).unwrap().as_slice(), b"content");
    let moved = [
        ("organisation", ColumnPlace { organisation: id(9), ..place() }),
        ("zone", ColumnPlace { zone: "care", ..place() }),
        ("table", ColumnPlace { table: "cases", ..place() }),
        ("row", ColumnPlace { row: id(9), ..place() }),
        ("column", ColumnPlace { column: "note", ..place() }),
        // Without length prefixes these would be the same bytes.
        ("shifted", ColumnPlace { zone: "helplinec", table: "ontacts", ..place() }),
    ];
    for (what, elsewhere) in moved {
        assert_eq!(ring.open(&elsewhere, &sealed).unwrap_err(), OpenError::Damaged, "moved to another {what}");
    }
}

#[test]
fn a_value_does_not_move_to_another_epoch_of_the_same_key() {
    let ring = DataKeyRing::new(1, &[5; 32]).with(2, &[5; 32]);
    let mut sealed = ring.seal(&place(), b"content", &mut rng(2));
    assert_eq!(sealed[1..5], 2_u32.to_be_bytes(), "the newest key seals");
    sealed[1..5].copy_from_slice(&1_u32.to_be_bytes());
    assert_eq!(ring.open(&place(), &sealed).unwrap_err(), OpenError::Damaged);
    sealed[1..5].copy_from_slice(&7_u32.to_be_bytes());
    assert_eq!(ring.open(&place(), &sealed).unwrap_err(), OpenError::UnknownEpoch(7));
}

#[test]
fn a_rotated_ring_opens_what_was_sealed_before() {
    let mut rng = rng(3);
    let old = DataKeyRing::generate(&mut rng);
    let sealed = old.seal(&place(), b"before", &mut rng);
    let new = old.rotated(&mut rng);
    assert_eq!(new.epochs(), [1, 2]);
    assert_eq!(new.open(&place(), &sealed).unwrap().as_slice(), b"before");
    let after = new.seal(&place(), b"after", &mut rng);
    assert_eq!(old.open(&place(), &after).unwrap_err(), OpenError::UnknownEpoch(2));
}

#[test]
fn any_changed_byte_is_refused() {
    let ring = DataKeyRing::new(1, &[5; 32]);
    let sealed = ring.seal(&place(), b"content", &mut rng(4));
    assert_eq!(sealed.len(), OVERHEAD + 7);
    for at in 0..sealed.len() {
        let mut changed = sealed.clone();
        changed[at] ^= 1;
        assert!(ring.open(&place(), &changed).is_err(), "byte {at}");
        assert!(ring.open(&place(), &sealed[..at]).is_err(), "cut at {at}");
    }
    assert_eq!(ring.open(&place(), &[2; 60]).unwrap_err(), OpenError::UnknownVersion(2));
}

#[test]
fn the_same_value_is_never_sealed_to_the_same_bytes() {
    let (ring, mut rng) = (DataKeyRing::new(1, &[5; 32]), rng(5));
    assert_ne!(ring.seal(&place(), b"content", &mut rng), ring.seal(&place(), b"content", &mut rng));
}

#[test]
fn a_look_up_survives_rotation_and_keeps_columns_apart() {
    let ring = DataKeyRing::new(1, &[5; 32]);
    let blind = ring.blind("members.email", b"a@example.org");
    assert_eq!(ring.rotated(&mut rng(6)).blind("members.email", b"a@example.org"), blind);
    assert_ne!(ring.blind("members.phone", b"a@example.org"), blind);
    assert_ne!(ring.blind("members.email", b"b@example.org"), blind);
    assert_ne!(DataKeyRing::new(1, &[6; 32]).blind("members.email", b"a@example.org"), blind);
}

#[test]
fn a_wrapped_ring_opens_for_its_instance_and_context_only() {
    let mut rng = rng(7);
    let key = InstanceKey::generate(&mut rng);
    let ring = DataKeyRing::generate(&mut rng).rotated(&mut rng);
    let wrapped = key.wrap_ring(&ring, "org/helpline/desk", &mut rng);
    let opened = key.unwrap_ring(&wrapped, "org/helpline/desk").unwrap();
    assert_eq!(opened.epochs(), ring.epochs());
    let sealed = ring.seal(&place(), b"content", &mut rng);
    assert_eq!(opened.open(&place(), &sealed).unwrap().as_slice(), b"content");
    assert_eq!(key.unwrap_ring(&wrapped, "org/helpline/public").unwrap_err(), OpenError::Damaged);
    assert_eq!(InstanceKey::generate(&mut rng).unwrap_ring(&wrapped, "org/helpline/desk").unwrap_err(), OpenError::Damaged);
    for at in 0..wrapped.len() {
        let mut changed = wrapped.clone();
        changed[at] ^= 0x80;
        assert!(key.unwrap_ring(&changed, "org/helpline/desk").is_err(), "byte {at}");
    }
}

proptest! {
    #[test]
    fn what_is_sealed_opens(plaintext: Vec<u8>, seed: u64, epoch: u32) {
        let ring = DataKeyRing::new(epoch, &[5; 32]);
        let sealed = ring.seal(&place(), &plaintext, &mut rng(seed));
        let opened = ring.open(&place(), &sealed).unwrap();
        prop_assert_eq!(opened.as_slice(), plaintext.as_slice());
    }
}
