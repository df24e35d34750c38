//! Password work: Argon2 on the blocking pool, a few at a time, and the same amount for every attempt.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use plainsight_vault::StretchError;
use plainsight_vault::password::{self, PasswordCost, PasswordError};
use rand_core::CryptoRng;
use tokio::sync::Semaphore;
use zeroize::Zeroizing;

use crate::member::SECRET_BYTES;

/// How many passwords are stretched at once. Each takes 128 MiB; more would let a crowd at the door take the
/// machine's memory.
const AT_ONCE: usize = 2;

/// The password did not open the secret, or there was no secret to open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Wrong;

/// Stretches passwords and counts how often.
pub(crate) struct Passwords {
    cost: PasswordCost,
    pepper: Zeroizing<[u8; 32]>,
    permits: Semaphore,
    calls: AtomicU64,
    /// Wrapped by a password nobody knows: what an unknown name is tried against.
    nobody: Arc<Vec<u8>>,
}

impl Passwords {
    pub(crate) fn new(cost: PasswordCost, pepper: Zeroizing<[u8; 32]>, rng: &mut impl CryptoRng) -> Result<Self, PasswordWork> {
        let mut secret = Zeroizing::new([0_u8; SECRET_BYTES]);
        rng.fill_bytes(&mut *secret);
        let phrase = Zeroizing::new(password::five_words(rng));
        let nobody = Arc::new(password::wrap_member(&*secret, &phrase, &pepper, rng, cost)?);
        Ok(Self { cost, pepper, permits: Semaphore::new(AT_ONCE), calls: AtomicU64::new(0), nobody })
    }

    /// How many passwords have been stretched to open a secret since start.
    pub(crate) fn calls(&self) -> u64 {
        self.calls.load(Ordering::Relaxed)
    }

    /// Wraps a new secret.
    pub(crate) async fn wrap(
        self: &Arc<Self>,
        secret: Zeroizing<Vec<u8>>,
        phrase: Zeroizing<String>,
        mut rng: impl CryptoRng + Send + 'static,
    ) -> Result<Vec<u8>, PasswordWork> {
        let _permit = self.permits.acquire().await.map_err(|_| PasswordWork::Stopped)?;
        let passwords = Arc::clone(self);
        tokio::task::spawn_blocking(move || password::wrap_member(&secret, &phrase, &passwords.pepper, &mut rng, passwords.cost))
            .await
            .map_err(|_| PasswordWork::Stopped)?
            .map_err(PasswordWork::from)
    }

    /// Opens a secret with a password; without a secret, does the same work for nothing.
    pub(crate) async fn open(
        self: &Arc<Self>,
        wrapped: Option<Vec<u8>>,
        phrase: Zeroizing<String>,
    ) -> Result<Result<Zeroizing<Vec<u8>>, Wrong>, PasswordWork> {
        let _permit = self.permits.acquire().await.map_err(|_| PasswordWork::Stopped)?;
        self.calls.fetch_add(1, Ordering::Relaxed);
        let passwords = Arc::clone(self);
        tokio::task::spawn_blocking(move || {
            let known = wrapped.is_some();
            let wrapped = wrapped.as_ref().unwrap_or(&passwords.nobody);
            match password::unwrap_member(wrapped, &phrase, &passwords.pepper) {
                Ok(secret) if known => Ok(Ok(secret)),
                // A machine out of memory is not a wrong password, and must not count as a guess.
                Err(PasswordError::Stretch(error)) => Err(error),
                _ => Ok(Err(Wrong)),
            }
        })
        .await
        .map_err(|_| PasswordWork::Stopped)?
        .map_err(PasswordWork::from)
    }
}

/// A password could not be tried or wrapped at all.
#[derive(Debug, thiserror::Error)]
pub enum PasswordWork {
    /// The program is stopping.
    #[error("the program is stopping")]
    Stopped,
    /// The machine had no memory for it.
    #[error(transparent)]
    Stretch(#[from] StretchError),
}
