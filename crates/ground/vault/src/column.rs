//! Column encryption: a value opens only in the row and column it was sealed for.
//!
//! Layout, version 1: version (1 byte), epoch (4), nonce (24), XChaCha20-Poly1305 ciphertext with its tag (16).
//! Associated data: length-prefixed label, version, organisation, zone, table, row, column, epoch.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use rand_core::CryptoRng;
use uuid::Uuid;
use zeroize::{ZeroizeOnDrop, Zeroizing};

use crate::aead;
use crate::error::OpenError;
use crate::framing::{Framed, take_array};
use crate::kdf;
use crate::secret::Secret;

const VERSION: u8 = 1;

/// Bytes by which a sealed column value is longer than its plaintext.
pub const OVERHEAD: usize = 1 + 4 + aead::NONCE + aead::TAG;

/// Where a value lives. A value copied to any other place does not open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ColumnPlace<'a> {
    /// The organisation that the row belongs to.
    pub organisation: Uuid,
    /// The zone or ground room that owns the table.
    pub zone: &'a str,
    /// The table's name.
    pub table: &'a str,
    /// The row's id.
    pub row: Uuid,
    /// The column's name.
    pub column: &'a str,
}

impl ColumnPlace<'_> {
    fn associated_data(&self, epoch: u32) -> Vec<u8> {
        Framed::new("plainsight/column")
            .field(&[VERSION])
            .field(self.organisation.as_bytes())
            .field(self.zone.as_bytes())
            .field(self.table.as_bytes())
            .field(self.row.as_bytes())
            .field(self.column.as_bytes())
            .field(&epoch.to_be_bytes())
            .bytes()
    }
}

/// Data keys by epoch: seals with the newest, opens with any. Cheap to clone; keys are wiped with the last clone.
#[derive(Clone)]
pub struct DataKeyRing(Arc<Ring>);

struct Ring {
    /// Never empty.
    keys: BTreeMap<u32, Secret>,
}

impl ZeroizeOnDrop for DataKeyRing {}

impl DataKeyRing {
    /// A ring of one key.
    pub fn new(epoch: u32, key: &[u8; 32]) -> Self {
        Self(Arc::new(Ring { keys: BTreeMap::from([(epoch, Secret::copy_of(key))]) }))
    }

    /// A ring of one fresh key, epoch 1.
    pub fn generate(rng: &mut (impl CryptoRng + ?Sized)) -> Self {
        Self(Arc::new(Ring { keys: BTreeMap::from([(1, Secret::random(rng))]) }))
    }

    /// This ring and one more key; a key of the same epoch is replaced.
    #[must_use]
    pub fn with(&self, epoch: u32, key: &[u8; 32]) -> Self {
        self.and(epoch, Secret::copy_of(key))
    }

    /// This ring and a fresh key of the next epoch, which seals from now on.
    #[must_use]
    pub fn rotated(&self, rng: &mut (impl CryptoRng + ?Sized)) -> Self {
        self.and(self.newest().saturating_add(1), Secret::random(rng))
    }

    fn and(&self, epoch: u32, key: Secret) -> Self {
        let mut keys = self.0.keys.clone();
        keys.insert(epoch, key);
        Self(Arc::new(Ring { keys }))
    }

    /// The epoch that seals.
    pub fn newest(&self) -> u32 {
        self.0.keys.keys().next_back().copied().unwrap_or_default()
    }

    /// All epochs, oldest first.
    pub fn epochs(&self) -> Vec<u32> {
        self.0.keys.keys().copied().collect()
    }

    /// Seals a value for one place under the newest key.
    pub fn seal(&self, place: &ColumnPlace<'_>, plaintext: &[u8], rng: &mut (impl CryptoRng + ?Sized)) -> Vec<u8> {
        let Some((epoch, key)) = self.0.keys.last_key_value() else { unreachable!("a ring has a key from its making") };
        let nonce = aead::nonce(rng);
        let mut out = Vec::with_capacity(OVERHEAD + plaintext.len());
        out.push(VERSION);
        out.extend_from_slice(&epoch.to_be_bytes());
        out.extend_from_slice(&nonce);
        out.extend_from_slice(&aead::seal(key.expose(), &nonce, &place.associated_data(*epoch), plaintext));
        out
    }

    /// Opens a value in the place it was sealed for.
    ///
    /// # Errors
    /// [`OpenError::Malformed`], [`OpenError::UnknownVersion`], [`OpenError::UnknownEpoch`], and
    /// [`OpenError::Damaged`] for a value that was altered or comes from another place.
    pub fn open(&self, place: &ColumnPlace<'_>, sealed: &[u8]) -> Result<Zeroizing<Vec<u8>>, OpenError> {
        let mut rest = sealed;
        let [version] = take_array(&mut rest).ok_or(OpenError::Malformed)?;
        if version != VERSION {
            return Err(OpenError::UnknownVersion(version));
        }
        let epoch = u32::from_be_bytes(take_array(&mut rest).ok_or(OpenError::Malformed)?);
        let nonce = take_array(&mut rest).ok_or(OpenError::Malformed)?;
        if rest.len() < aead::TAG {
            return Err(OpenError::Malformed);
        }
        let key = self.0.keys.get(&epoch).ok_or(OpenError::UnknownEpoch(epoch))?;
        aead::open(key.expose(), &nonce, &place.associated_data(epoch), rest).ok_or(OpenError::Damaged)
    }

    /// A keyed hash for look-ups by equality. It comes from the ring's *oldest* key, so it stays the same when the ring
    /// is rotated; whoever drops the oldest key has to compute all look-ups anew. `label` keeps columns apart.
    pub fn blind(&self, label: &str, value: &[u8]) -> [u8; 32] {
        let Some((_, oldest)) = self.0.keys.first_key_value() else { unreachable!("a ring has a key from its making") };
        let key = kdf::derive(oldest.expose(), b"plainsight/blind/1");
        kdf::keyed_hash(key.expose(), &Framed::new(label).field(value).bytes())
    }

    pub(crate) fn keys(&self) -> impl ExactSizeIterator<Item = (u32, &Secret)> {
        self.0.keys.iter().map(|(epoch, key)| (*epoch, key))
    }

    /// `None` for no key at all.
    pub(crate) fn from_keys(keys: BTreeMap<u32, Secret>) -> Option<Self> {
        (!keys.is_empty()).then(|| Self(Arc::new(Ring { keys })))
    }
}

impl fmt::Debug for DataKeyRing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "DataKeyRing(epochs {:?}, keys [redacted])", self.epochs())
    }
}
