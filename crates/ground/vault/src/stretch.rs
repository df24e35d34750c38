//! Argon2id (RFC 9106), with its memory wiped after use.

use argon2::{Algorithm, Argon2, Block, Params, Version};
use thiserror::Error;
use zeroize::{Zeroize, Zeroizing};

use crate::secret::Secret;

/// Why stretching did not happen. The input is never the reason.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum StretchError {
    /// The machine could not give the memory that one stretch needs.
    #[error("there is not enough memory to stretch a secret; fewer at a time may work")]
    OutOfMemory,
    /// The cost is outside what Argon2 or this program allows.
    #[error("the cost of stretching is out of bounds")]
    Cost,
}

/// Memory in KiB, passes, and lanes (always computed one after another here).
pub(crate) fn argon2id(secret: &[u8], salt: &[u8; 16], memory: u32, passes: u32, lanes: u32) -> Result<Secret, StretchError> {
    let params = Params::new(memory, passes, lanes, Some(32)).map_err(|_| StretchError::Cost)?;
    let mut blocks: Vec<Block> = Vec::new();
    blocks.try_reserve_exact(params.block_count()).map_err(|_| StretchError::OutOfMemory)?;
    blocks.resize(params.block_count(), Block::new());
    let mut out = Zeroizing::new([0; 32]);
    let done = Argon2::new(Algorithm::Argon2id, Version::V0x13, params).hash_password_into_with_memory(
        secret,
        salt,
        out.as_mut_slice(),
        &mut blocks,
    );
    blocks.iter_mut().for_each(Zeroize::zeroize);
    done.map_err(|_| StretchError::Cost)?;
    Ok(Secret::copy_of(&out))
}
