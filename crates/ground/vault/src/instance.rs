//! The instance key: 32 bytes in a file outside the data folder and outside every backup.
//!
//! It wraps the data keys of service columns, and gives the pepper and the key that signs the ledger's heads. Whoever
//! has a copy of the database without this file opens nothing.

use std::collections::BTreeMap;
use std::fmt;

use data_encoding::HEXLOWER_PERMISSIVE;
use rand_core::CryptoRng;
use zeroize::{ZeroizeOnDrop, Zeroizing};

use crate::aead;
use crate::column::DataKeyRing;
use crate::error::{KeyError, OpenError};
use crate::framing::{Framed, take_array};
use crate::kdf;
use crate::keys::SigningKey;
use crate::secret::Secret;

const VERSION: u8 = 1;
const TEXT: &str = "plainsight-instance-key-1:";

/// The key of one installation, wiped on drop, never printed.
#[derive(Clone)]
pub struct InstanceKey(Secret);

impl ZeroizeOnDrop for InstanceKey {}

impl InstanceKey {
    /// A fresh key.
    pub fn generate(rng: &mut (impl CryptoRng + ?Sized)) -> Self {
        Self(Secret::random(rng))
    }

    /// The key that belongs to 32 secret bytes.
    pub fn from_bytes(bytes: [u8; 32]) -> Self {
        let bytes = Zeroizing::new(bytes);
        Self(Secret::copy_of(&bytes))
    }

    /// The 32 secret bytes.
    pub fn to_bytes(&self) -> Zeroizing<[u8; 32]> {
        self.0.to_bytes()
    }

    /// What the key file holds: one line, `plainsight-instance-key-1:` and 64 hexadecimal digits.
    pub fn to_text(&self) -> Zeroizing<String> {
        let hex = Zeroizing::new(HEXLOWER_PERMISSIVE.encode(self.0.expose()));
        Zeroizing::new(format!("{TEXT}{}\n", hex.as_str()))
    }

    /// Reads what [`InstanceKey::to_text`] wrote; white space around it does not matter.
    ///
    /// # Errors
    /// [`KeyError::Text`] for anything else.
    pub fn from_text(text: &str) -> Result<Self, KeyError> {
        let hex = text.trim().strip_prefix(TEXT).ok_or(KeyError::Text)?;
        let bytes = Zeroizing::new(HEXLOWER_PERMISSIVE.decode(hex.as_bytes()).map_err(|_| KeyError::Text)?);
        let bytes: &[u8; 32] = bytes.as_slice().try_into().map_err(|_| KeyError::Text)?;
        Ok(Self(Secret::copy_of(bytes)))
    }

    /// Wraps a ring for storage. `context` says whose ring it is (organisation, zone, holder) and is needed to unwrap.
    pub fn wrap_ring(&self, ring: &DataKeyRing, context: &str, rng: &mut (impl CryptoRng + ?Sized)) -> Vec<u8> {
        let keys = ring.keys();
        let mut plain = Zeroizing::new(Vec::with_capacity(keys.len() * 36));
        for (epoch, key) in keys {
            plain.extend_from_slice(&epoch.to_be_bytes());
            plain.extend_from_slice(key.expose());
        }
        let nonce = aead::nonce(rng);
        let mut out = vec![VERSION];
        out.extend_from_slice(&nonce);
        out.extend_from_slice(&aead::seal(self.derived("wrap").expose(), &nonce, &wrap_data(context), &plain));
        out
    }

    /// Opens a wrapped ring.
    ///
    /// # Errors
    /// [`OpenError::Malformed`], [`OpenError::UnknownVersion`], and [`OpenError::Damaged`] for another instance's ring,
    /// another context, or altered bytes.
    pub fn unwrap_ring(&self, wrapped: &[u8], context: &str) -> Result<DataKeyRing, OpenError> {
        let mut rest = wrapped;
        let [version] = take_array(&mut rest).ok_or(OpenError::Malformed)?;
        if version != VERSION {
            return Err(OpenError::UnknownVersion(version));
        }
        let nonce = take_array(&mut rest).ok_or(OpenError::Malformed)?;
        let plain = aead::open(self.derived("wrap").expose(), &nonce, &wrap_data(context), rest).ok_or(OpenError::Damaged)?;
        let mut keys = BTreeMap::new();
        let mut rest = plain.as_slice();
        while !rest.is_empty() {
            let epoch = u32::from_be_bytes(take_array(&mut rest).ok_or(OpenError::Malformed)?);
            let key = Zeroizing::new(take_array::<32>(&mut rest).ok_or(OpenError::Malformed)?);
            keys.insert(epoch, Secret::copy_of(&key));
        }
        DataKeyRing::from_keys(keys).ok_or(OpenError::Malformed)
    }

    /// The pepper: what a thief of the database alone lacks to try receipts or passwords.
    pub fn pepper(&self) -> Zeroizing<[u8; 32]> {
        self.derived("pepper").to_bytes()
    }

    /// The key that signs the heads of this instance's ledgers.
    pub fn signing_key(&self) -> SigningKey {
        SigningKey::of(&self.derived("signing"))
    }

    /// Another 32-byte key of this installation, for example the master of the form state's day keys
    /// (`"form-state"`). Every label gives an unrelated key.
    pub fn subkey(&self, label: &str) -> Zeroizing<[u8; 32]> {
        kdf::derive(self.0.expose(), &Framed::new("plainsight/instance/1/subkey").field(label.as_bytes()).bytes()).to_bytes()
    }

    fn derived(&self, label: &str) -> Secret {
        kdf::derive(self.0.expose(), &Framed::new("plainsight/instance/1").field(label.as_bytes()).bytes())
    }
}

fn wrap_data(context: &str) -> Vec<u8> {
    Framed::new("plainsight/ring").field(&[VERSION]).field(context.as_bytes()).bytes()
}

impl fmt::Debug for InstanceKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("InstanceKey([redacted])")
    }
}
