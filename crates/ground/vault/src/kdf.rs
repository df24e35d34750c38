//! HKDF-SHA256 and HMAC-SHA256, for 32-byte outputs only.

use hkdf::Hkdf;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use zeroize::Zeroize;

use crate::secret::Secret;

/// HKDF-SHA256 without salt.
pub(crate) fn derive(from: &[u8], info: &[u8]) -> Secret {
    let mut out = [0; 32];
    match Hkdf::<Sha256>::new(None, from).expand(info, &mut out) {
        Ok(()) => {}
        Err(_) => unreachable!("32 bytes are within the bound of HKDF-SHA256, 8160 bytes"),
    }
    let secret = Secret::copy_of(&out);
    out.zeroize();
    secret
}

/// HMAC-SHA256 under a 32-byte key.
pub(crate) fn keyed_hash(key: &[u8; 32], message: &[u8]) -> [u8; 32] {
    // HMAC fills a short key with zeros up to the block of 64 bytes; doing it here makes the call infallible.
    let mut block = [0; 64];
    block[..32].copy_from_slice(key);
    let mut mac = Hmac::<Sha256>::new(&block.into());
    block.zeroize();
    mac.update(message);
    mac.finalize().into_bytes().into()
}
