//! Targets for fuzzing: files that lie outside the program, as plain functions of bytes. They may not panic but for a broken rule.

use plainsight_vault::DataKeyRing;
use uuid::Uuid;

use crate::backup::UntrustedManifest;
use crate::tombstones::{TombstoneKeys, UntrustedTombstones};

/// The keys that the targets hold, so that good inputs can be made.
pub fn keys() -> TombstoneKeys {
    TombstoneKeys::new(&DataKeyRing::new(1, &[7; 32]), Uuid::from_u128(1), "helpline")
}

/// Reads the manifest of a backup. What is read is written back the same.
///
/// # Panics
/// When it is not.
pub fn manifest(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let Ok(read) = UntrustedManifest::parse(&text) else { return };
    let key = plainsight_vault::SigningKey::from_bytes([7; 32]);
    let again = read.unchecked().sign(&key);
    let signed = again.lines().count() - 2;
    assert!(text.lines().take(signed).eq(again.lines().take(signed)), "a manifest has one way to be written");
    assert!(UntrustedManifest::parse(&again).is_ok_and(|again| again.trust(&key.verifying_key()).is_ok()), "it must read back");
}

/// Reads a list of tombstones. No line is believed that was not signed, and a list is believed whole or not at all.
///
/// # Panics
/// When a rule is broken.
pub fn tombstones(bytes: &[u8]) {
    let Ok(read) = UntrustedTombstones::parse(bytes) else { return };
    let whole = bytes.iter().filter(|byte| **byte == b'\n').count();
    assert!(read.len() <= whole, "each tombstone has a line that ends");
    let (some, refused) = read.clone().trust_some(&keys());
    assert!(some.len() + refused.len() <= read.len());
    assert_eq!(read.trust(&keys()).is_ok(), refused.is_empty(), "one forged line must refuse the list");
}
