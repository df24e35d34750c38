//! Targets for fuzzing: plain functions of bytes, which panic when a rule is broken. Not part of the interface.

use crate::clean;

/// Whatever the bytes are: no panic, and what comes out is clean already.
pub fn any(bytes: &[u8]) {
    let Ok(cleaned) = clean(bytes) else { return };
    let once = cleaned.to_bytes(bytes);
    assert_eq!(once.len(), cleaned.len(), "{}", cleaned.kind());
    assert!(cleaned.len() - cleaned.made_length() <= bytes.len(), "a cleaned {} copies more than there is", cleaned.kind());
    // Archives and pages have heads of their own, and text is packed as everybody packs it.
    assert!(cleaned.made_length() <= 4 * bytes.len() + (1 << 16), "a cleaned {} is made of nothing", cleaned.kind());
    let again = match clean(&once) {
        Ok(again) => again,
        Err(error) => panic!("a cleaned {} is refused: {error}", cleaned.kind()),
    };
    assert_eq!(again.kind(), cleaned.kind());
    assert!(again.to_bytes(&once) == once, "a cleaned {} changes when it is cleaned again", cleaned.kind());
    assert!(again.removed().is_empty(), "a cleaned {} still had {:?}", cleaned.kind(), again.removed());
}
