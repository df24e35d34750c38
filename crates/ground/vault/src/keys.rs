//! Keys typed by role: a function that takes a `PublicKey<Team>` cannot be handed a member's key.
//!
//! The role is also bound into every wrap, so the same seed in another role opens nothing.

use std::fmt;
use std::marker::PhantomData;
use std::sync::Arc;

use ed25519_dalek::Signer;
use rand_core::CryptoRng;
use sha2::{Digest, Sha256};
use zeroize::{ZeroizeOnDrop, Zeroizing};

use crate::error::KeyError;
use crate::framing::Framed;
use crate::hpke_base::{self, KemPublic};
use crate::secret::Secret;

/// What a key pair is for.
pub trait Role: Send + Sync + 'static {
    /// The name that is bound into every wrap for this role; it never changes.
    const NAME: &'static str;
}

macro_rules! roles {
    ($($(#[$doc:meta])* $role:ident = $name:literal;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum $role {}
        impl Role for $role {
            const NAME: &'static str = $name;
        }
    )*};
}

roles! {
    /// One member of staff. The secret is wrapped by the member's password.
    Member = "member";
    /// One team for one epoch. The secret is wrapped to members.
    Team = "team";
    /// One contact or case. The secret is wrapped to a team; its destruction erases the contact.
    Contact = "contact";
    /// A reporter's mailbox. The secret comes from the receipt and is nowhere on the server.
    Mailbox = "mailbox";
    /// The recovery key of one organisation and zone. The secret is shared out among officers.
    Recovery = "recovery";
}

/// An X-Wing public key (ML-KEM-768 with X25519) for one role. Cheap to clone.
pub struct PublicKey<R: Role> {
    kem: Arc<KemPublic>,
    role: PhantomData<fn() -> R>,
}

impl<R: Role> PublicKey<R> {
    /// Bytes of a public key.
    pub const LENGTH: usize = hpke_base::PUBLIC;

    /// The key as 1,216 bytes: ML-KEM-768 encapsulation key, then X25519 point.
    pub fn to_bytes(&self) -> [u8; hpke_base::PUBLIC] {
        hpke_base::public_to_bytes(&self.kem)
    }

    /// Reads 1,216 bytes.
    ///
    /// # Errors
    /// [`KeyError::Length`] for another length, [`KeyError::Invalid`] when the ML-KEM part fails the modulus check of
    /// FIPS 203.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, KeyError> {
        if bytes.len() != hpke_base::PUBLIC {
            return Err(KeyError::Length { expected: hpke_base::PUBLIC, given: bytes.len() });
        }
        let kem = hpke_base::public_from_bytes(bytes).ok_or(KeyError::Invalid)?;
        Ok(Self { kem: Arc::new(kem), role: PhantomData })
    }

    /// SHA-256 over the role's name and the key: what two people compare by telephone, and what a grant signs.
    pub fn fingerprint(&self) -> [u8; 32] {
        let framed = Framed::new("plainsight/key/1/fingerprint").field(R::NAME.as_bytes()).field(&self.to_bytes());
        Sha256::digest(framed.bytes()).into()
    }
}

impl<R: Role> Clone for PublicKey<R> {
    fn clone(&self) -> Self {
        Self { kem: Arc::clone(&self.kem), role: PhantomData }
    }
}

impl<R: Role> PartialEq for PublicKey<R> {
    fn eq(&self, other: &Self) -> bool {
        self.kem == other.kem
    }
}

impl<R: Role> Eq for PublicKey<R> {}

impl<R: Role> fmt::Debug for PublicKey<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let start: String = self.fingerprint().iter().take(4).map(|byte| format!("{byte:02x}")).collect();
        write!(f, "PublicKey<{}>({start}..)", R::NAME)
    }
}

/// Somebody an envelope can be sealed to. Only [`PublicKey`] is one.
pub trait Recipient: sealed::Sealed {}

impl<R: Role> Recipient for PublicKey<R> {}

pub(crate) mod sealed {
    use super::{KemPublic, PublicKey, Role};

    #[allow(unreachable_pub, reason = "a public trait's supertrait, kept unnameable by its module")]
    pub trait Sealed {
        fn kem(&self) -> &KemPublic;
        fn role(&self) -> &'static str;
    }

    impl<R: Role> Sealed for PublicKey<R> {
        fn kem(&self) -> &KemPublic {
            &self.kem
        }
        fn role(&self) -> &'static str {
            R::NAME
        }
    }
}

/// An X-Wing secret key for one role: its 32-byte seed, wiped on drop, never printed.
#[derive(Clone)]
pub struct SecretKey<R: Role> {
    seed: Secret,
    role: PhantomData<fn() -> R>,
}

impl<R: Role> ZeroizeOnDrop for SecretKey<R> {}

impl<R: Role> SecretKey<R> {
    /// A fresh key.
    pub fn generate(rng: &mut (impl CryptoRng + ?Sized)) -> Self {
        Self { seed: Secret::random(rng), role: PhantomData }
    }

    /// The key that belongs to a seed.
    pub fn from_seed(seed: [u8; 32]) -> Self {
        let seed = Zeroizing::new(seed);
        Self { seed: Secret::copy_of(&seed), role: PhantomData }
    }

    /// The seed, for wrapping it to somebody else.
    pub fn seed(&self) -> Zeroizing<[u8; 32]> {
        self.seed.to_bytes()
    }

    /// The public half. Computed at each call (about a tenth of a millisecond), so keep it where it is needed often.
    pub fn public(&self) -> PublicKey<R> {
        PublicKey { kem: Arc::new(hpke_base::public_of_seed(self.seed.expose())), role: PhantomData }
    }

    pub(crate) fn expose(&self) -> &[u8; 32] {
        self.seed.expose()
    }
}

impl<R: Role> fmt::Debug for SecretKey<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SecretKey<{}>([redacted])", R::NAME)
    }
}

/// A signature that does not fit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the signature does not fit the message and the key")]
pub struct BadSignature;

/// An Ed25519 signing key, wiped on drop, never printed.
#[derive(Clone)]
pub struct SigningKey(Box<ed25519_dalek::SigningKey>);

impl ZeroizeOnDrop for SigningKey {}

impl SigningKey {
    /// A fresh key.
    pub fn generate(rng: &mut (impl CryptoRng + ?Sized)) -> Self {
        Self::of(&Secret::random(rng))
    }

    /// The key that belongs to 32 secret bytes.
    pub fn from_bytes(bytes: [u8; 32]) -> Self {
        let bytes = Zeroizing::new(bytes);
        Self(Box::new(ed25519_dalek::SigningKey::from_bytes(&bytes)))
    }

    /// The 32 secret bytes.
    pub fn to_bytes(&self) -> Zeroizing<[u8; 32]> {
        Zeroizing::new(self.0.to_bytes())
    }

    /// The public half.
    pub fn verifying_key(&self) -> VerifyingKey {
        VerifyingKey(self.0.verifying_key())
    }

    /// Signs a message for one use. `context` names the use (for example `"ledger.head"`): a signature made for one
    /// use is refused in every other.
    pub fn sign(&self, context: &str, message: &[u8]) -> [u8; 64] {
        self.0.sign(&signed_bytes(context, message)).to_bytes()
    }

    pub(crate) fn of(secret: &Secret) -> Self {
        Self(Box::new(ed25519_dalek::SigningKey::from_bytes(secret.expose())))
    }
}

impl fmt::Debug for SigningKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SigningKey([redacted])")
    }
}

/// An Ed25519 public key.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct VerifyingKey(ed25519_dalek::VerifyingKey);

impl VerifyingKey {
    /// The key as 32 bytes.
    pub fn to_bytes(&self) -> [u8; 32] {
        self.0.to_bytes()
    }

    /// Reads 32 bytes.
    ///
    /// # Errors
    /// [`KeyError::Length`] for another length, [`KeyError::Invalid`] when they are no point of the curve or a weak one.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, KeyError> {
        let array: &[u8; 32] = bytes.try_into().map_err(|_| KeyError::Length { expected: 32, given: bytes.len() })?;
        let key = ed25519_dalek::VerifyingKey::from_bytes(array).map_err(|_| KeyError::Invalid)?;
        if key.is_weak() { Err(KeyError::Invalid) } else { Ok(Self(key)) }
    }

    /// Checks a signature that [`SigningKey::sign`] made for the same use.
    ///
    /// # Errors
    /// [`BadSignature`], whatever does not fit.
    pub fn verify(&self, context: &str, message: &[u8], signature: &[u8; 64]) -> Result<(), BadSignature> {
        let signature = ed25519_dalek::Signature::from_bytes(signature);
        self.0.verify_strict(&signed_bytes(context, message), &signature).map_err(|_| BadSignature)
    }
}

impl fmt::Debug for VerifyingKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let start: String = self.to_bytes().iter().take(4).map(|byte| format!("{byte:02x}")).collect();
        write!(f, "VerifyingKey({start}..)")
    }
}

fn signed_bytes(context: &str, message: &[u8]) -> Vec<u8> {
    Framed::new("plainsight/signature/1").field(context.as_bytes()).field(message).bytes()
}
