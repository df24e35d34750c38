//! What one form sends: the key that tells one sending from another, and the text.

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use plainsight_vault::DataKeyRing;

use crate::cabinet::Cabinet;
use crate::fields::Fields;

/// The random key that a form carries: it tells one sending from another. On the public site it travels in the encrypted
/// state, and also seals the receipt for showing again.
#[derive(Clone, Serialize, Deserialize, zeroize::ZeroizeOnDrop)]
pub(crate) struct FormKey([u8; 32]);

impl FormKey {
    pub(crate) fn new(cabinet: &Cabinet) -> Self {
        Self::draw(&mut cabinet.rng())
    }

    pub(crate) fn draw(rng: &mut impl rand::Rng) -> Self {
        let mut bytes = [0; 32];
        rng.fill_bytes(&mut bytes);
        Self(bytes)
    }

    /// The key of what another system sends under its own key for this kind of sending, or of what belongs to a record once.
    /// Keyed by the service: whoever has the disk must not try out keys and contents that can be guessed.
    pub(crate) fn of_record(cabinet: &Cabinet, record: Uuid, kind: &str, key: &str) -> Self {
        let mut value = record.as_bytes().to_vec();
        value.extend([kind.len() as u8]);
        value.extend(kind.bytes().chain(key.bytes()));
        Self(cabinet.ring.blind("plainsight/sent by another/1", &value))
    }

    /// As a field of a form at the desk carries it.
    pub(crate) fn to_field(&self) -> String {
        data_encoding::HEXLOWER.encode(&self.0)
    }

    pub(crate) fn from_field(text: &str) -> Option<Self> {
        data_encoding::HEXLOWER.decode(text.as_bytes()).ok()?.try_into().ok().map(Self)
    }

    pub(crate) fn hash(&self) -> [u8; 32] {
        Sha256::new().chain_update(b"plainsight sent form v1").chain_update(self.0).finalize().into()
    }

    /// The key of this form with exactly this content. One sent twice is one; one that was changed in between, after going
    /// back, is another: what was added must never pass for what was stored before.
    pub(crate) fn with(&self, content: &[u8]) -> Self {
        Self(Sha256::new().chain_update(b"plainsight sent content v1").chain_update(self.0).chain_update(content).finalize().into())
    }

    /// The row id of what this form stored.
    pub(crate) fn row(&self) -> Uuid {
        let hash = self.hash();
        Uuid::from_slice(&hash[..16]).unwrap_or_default()
    }

    pub(crate) fn bytes(&self) -> zeroize::Zeroizing<[u8; 32]> {
        zeroize::Zeroizing::new(self.0)
    }

    pub(crate) fn ring(&self) -> DataKeyRing {
        DataKeyRing::new(1, &self.0)
    }
}

/// A text that a member wrote. Sent twice by one form it is one; without a form, as a rehearsal writes it, each is its own.
#[derive(Clone)]
pub(crate) struct Written {
    pub(crate) text: String,
    pub(crate) form: Option<FormKey>,
}

impl Written {
    /// What a form of the desk sent in `field`.
    pub(crate) fn sent(fields: &Fields, field: &str) -> Self {
        Self { text: fields.text(field), form: fields.get("form").and_then(FormKey::from_field) }
    }

    /// The key of this text as what it does: one text may be a note and a reason.
    pub(crate) fn key(&self, act: &str) -> Option<FormKey> {
        self.form.as_ref().map(|form| form.with(act.as_bytes()).with(self.text.as_bytes()))
    }
}

impl<T: Into<String>> From<T> for Written {
    fn from(text: T) -> Self {
        Self { text: text.into(), form: None }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rand::SeedableRng;

    #[test]
    fn a_key_comes_back_from_its_field_and_nothing_else_is_one() {
        let key = FormKey::draw(&mut rand::rngs::StdRng::seed_from_u64(5));
        assert_eq!(FormKey::from_field(&key.to_field()).unwrap().row(), key.row());
        for wrong in ["", "00", "zz", &"0".repeat(63), &"0".repeat(66), "ü"] {
            assert!(FormKey::from_field(wrong).is_none(), "{wrong}");
        }
    }

    #[test]
    fn other_content_is_another_sending() {
        let key = FormKey::draw(&mut rand::rngs::StdRng::seed_from_u64(5));
        assert_eq!(key.with(b"a").row(), key.with(b"a").row());
        assert_ne!(key.with(b"a").row(), key.with(b"b").row());
        assert_ne!(key.with(b"a").row(), key.row());
    }
}
