//! The hash that links the entries.

use sha2::{Digest as _, Sha256};
use uuid::Uuid;

/// The hash before the first entry.
pub(crate) const START: [u8; 32] = [0; 32];
/// The version of the linked form and of the body.
pub(crate) const VERSION: i32 = 1;

/// One entry as the chain sees it.
pub(crate) struct Link<'a> {
    pub(crate) version: i32,
    pub(crate) organisation: Uuid,
    pub(crate) zone: &'a str,
    pub(crate) seq: i64,
    pub(crate) hour: i64,
    pub(crate) body: &'a [u8],
}

impl Link<'_> {
    /// SHA-256 over the name of this use and every part with its length before it, so that no two entries share an input.
    pub(crate) fn hash(&self, previous: &[u8]) -> [u8; 32] {
        let mut hash = Sha256::new();
        let parts: [&[u8]; 8] = [
            b"plainsight/ledger",
            &self.version.to_be_bytes(),
            self.organisation.as_bytes(),
            self.zone.as_bytes(),
            &self.seq.to_be_bytes(),
            previous,
            &self.hour.to_be_bytes(),
            self.body,
        ];
        for part in parts {
            hash.update((part.len() as u64).to_be_bytes());
            hash.update(part);
        }
        hash.finalize().into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The vector of `docs/ledger.md`: data in the field depends on it, so it never changes.
    #[test]
    fn the_published_vector_holds() {
        let link = Link { version: 1, organisation: Uuid::from_u128(1), zone: "helpline", seq: 1, hour: 1_767_225_600, body: b"sealed" };
        assert_eq!(data_encoding::HEXLOWER.encode(&link.hash(&START)), VECTOR);
    }

    const VECTOR: &str = "f6d0f748af802cc8cc8e85b2b608115568f2cb15e0de92c51793428cdfd23429";

    #[test]
    fn bytes_cannot_move_between_parts() {
        let with =
            |zone: &str, body: &[u8]| Link { version: 1, organisation: Uuid::from_u128(1), zone, seq: 1, hour: 0, body }.hash(&START);
        assert_ne!(with("ab", b"c"), with("a", b"bc"));
    }
}
