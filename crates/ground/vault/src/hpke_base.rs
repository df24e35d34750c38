//! The only door to HPKE (RFC 9180): base mode, X-Wing (0x647A), HKDF-SHA256, ChaCha20-Poly1305.
//!
//! The crate's authenticated modes panic with X-Wing, so nothing outside this file names an operation mode.

use hpke::aead::ChaCha20Poly1305;
use hpke::kdf::HkdfSha256;
use hpke::kem::XWing;
use hpke::{Deserializable, Kem, OpModeR, OpModeS, Serializable};
use rand_core::CryptoRng;
use zeroize::Zeroizing;

pub(crate) type KemPublic = <XWing as Kem>::PublicKey;
type KemSecret = <XWing as Kem>::PrivateKey;
type Encapsulated = <XWing as Kem>::EncappedKey;

/// Bytes of an X-Wing public key.
pub(crate) const PUBLIC: usize = 1216;
/// Bytes of an X-Wing encapsulation.
pub(crate) const ENCAPSULATION: usize = 1120;
/// Bytes by which a wrap is longer than what it wraps: the encapsulation and the tag.
pub(crate) const OVERHEAD: usize = ENCAPSULATION + 16;

pub(crate) fn public_from_bytes(bytes: &[u8]) -> Option<KemPublic> {
    // The length is checked here: the crate turns the slice into an array without asking.
    (bytes.len() == PUBLIC).then(|| KemPublic::from_bytes(bytes).ok()).flatten()
}

pub(crate) fn public_to_bytes(key: &KemPublic) -> [u8; PUBLIC] {
    let mut bytes = [0; PUBLIC];
    key.write_exact(&mut bytes);
    bytes
}

pub(crate) fn public_of_seed(seed: &[u8; 32]) -> KemPublic {
    XWing::sk_to_pk(&secret(seed))
}

fn secret(seed: &[u8; 32]) -> KemSecret {
    match KemSecret::from_bytes(seed) {
        Ok(key) => key,
        Err(_) => unreachable!("every 32 bytes are an X-Wing seed"),
    }
}

/// Encapsulation, then ciphertext. `None` when the public key cannot be used.
pub(crate) fn wrap(to: &KemPublic, info: &[u8], aad: &[u8], plain: &[u8], rng: &mut (impl CryptoRng + ?Sized)) -> Option<Vec<u8>> {
    let mut rng = rng;
    let (encapsulated, sealed) =
        hpke::single_shot_seal_with_rng::<ChaCha20Poly1305, HkdfSha256, XWing>(&OpModeS::Base, to, info, plain, aad, &mut rng).ok()?;
    let mut out = Vec::with_capacity(ENCAPSULATION + sealed.len());
    out.extend_from_slice(&encapsulated.to_bytes());
    out.extend_from_slice(&sealed);
    Some(out)
}

/// `None` when the wrap is not for this seed, or was altered or moved.
pub(crate) fn unwrap(seed: &[u8; 32], info: &[u8], aad: &[u8], wrapped: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
    let (encapsulated, sealed) = wrapped.split_at_checked(ENCAPSULATION)?;
    let encapsulated = Encapsulated::from_bytes(encapsulated).ok()?;
    hpke::single_shot_open::<ChaCha20Poly1305, HkdfSha256, XWing>(&OpModeR::Base, &secret(seed), &encapsulated, info, sealed, aad)
        .ok()
        .map(Zeroizing::new)
}
