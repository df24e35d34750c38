//! A member's secret, wrapped by the member's password and the pepper.
//!
//! Layout, version 1: version (1 byte), memory in KiB (4), passes (4), lanes (4), salt (16), nonce (24),
//! XChaCha20-Poly1305 ciphertext with its tag (16). The key is
//! `HKDF-SHA256(Argon2id(password, salt) || pepper, info = "plainsight/password/1")`; the associated data is everything
//! before the nonce.

use rand_core::CryptoRng;
use thiserror::Error;
use zeroize::Zeroizing;

use crate::aead;
use crate::framing::take_array;
use crate::kdf;
use crate::secret::Secret;
use crate::stretch::{self, StretchError};
use crate::words::{LIST, WordList, fold};

const VERSION: u8 = 1;
const BEFORE_NONCE: usize = 1 + 3 * 4 + 16;
const SHORTEST: usize = 15;
const PHRASE_WORDS: usize = 5;

/// A blob can ask for no more than this, so that a forged one cannot exhaust the machine: 512 MiB, 16 passes, 4 lanes.
const HIGHEST: PasswordCost = PasswordCost { memory: 512 << 10, passes: 16, lanes: 4 };

/// What one try of a password costs. Stored with the wrapped secret, so that it can be raised later.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PasswordCost {
    memory: u32,
    passes: u32,
    lanes: u32,
}

impl PasswordCost {
    /// Argon2id with 128 MiB, 3 passes, 1 lane: for every instance, the demonstration too.
    pub const REAL: Self = Self { memory: 128 << 10, passes: 3, lanes: 1 };

    /// Argon2id with 64 KiB and 1 pass: for tests that do not test the cost. It protects nothing.
    pub const fn light_for_tests_only() -> Self {
        Self { memory: 64, passes: 1, lanes: 1 }
    }

    /// Whether this is at least [`PasswordCost::REAL`]; a binary may refuse to start on members that have less.
    pub const fn is_real(&self) -> bool {
        self.memory >= Self::REAL.memory && self.passes >= Self::REAL.passes
    }

    const fn allowed(&self) -> bool {
        self.memory <= HIGHEST.memory && self.passes <= HIGHEST.passes && self.lanes <= HIGHEST.lanes
    }
}

impl Default for PasswordCost {
    fn default() -> Self {
        Self::REAL
    }
}

/// The password (or the pepper) is not the one that wrapped the secret.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("the password is wrong")]
pub struct WrongPassword;

/// Why a member's secret was not unwrapped.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum PasswordError {
    /// The usual case.
    #[error(transparent)]
    Wrong(#[from] WrongPassword),
    /// Not a wrapped secret, or one that asks for more work than is allowed.
    #[error("this is not a secret wrapped by a password")]
    Malformed,
    /// A wrapped secret of a version that this program does not know.
    #[error("version {0} of a wrapped secret is not known to this program")]
    UnknownVersion(u8),
    /// The machine had no memory for it.
    #[error(transparent)]
    Stretch(#[from] StretchError),
}

/// Wraps a member's secret bytes.
///
/// # Errors
/// [`StretchError::OutOfMemory`].
pub fn wrap_member(
    secret: &[u8],
    password: &str,
    pepper: &[u8; 32],
    rng: &mut (impl CryptoRng + ?Sized),
    cost: PasswordCost,
) -> Result<Vec<u8>, StretchError> {
    let mut salt = [0; 16];
    rng.fill_bytes(&mut salt);
    let key = password_key(password, &salt, pepper, cost)?;
    let nonce = aead::nonce(rng);
    let mut out = vec![VERSION];
    for part in [cost.memory, cost.passes, cost.lanes] {
        out.extend_from_slice(&part.to_be_bytes());
    }
    out.extend_from_slice(&salt);
    let sealed = aead::seal(key.expose(), &nonce, &out, secret);
    out.extend_from_slice(&nonce);
    out.extend_from_slice(&sealed);
    Ok(out)
}

/// Unwraps what [`wrap_member`] wrapped.
///
/// # Errors
/// See [`PasswordError`].
pub fn unwrap_member(wrapped: &[u8], password: &str, pepper: &[u8; 32]) -> Result<Zeroizing<Vec<u8>>, PasswordError> {
    let blob = Blob::read(wrapped)?;
    let key = password_key(password, &blob.salt, pepper, blob.cost)?;
    aead::open(key.expose(), &blob.nonce, blob.before_nonce, blob.sealed).ok_or(PasswordError::Wrong(WrongPassword))
}

/// What a try of this wrapped secret costs, so that a sign-in can wrap it anew when the cost was raised.
///
/// # Errors
/// [`PasswordError::Malformed`], [`PasswordError::UnknownVersion`].
pub fn cost_of(wrapped: &[u8]) -> Result<PasswordCost, PasswordError> {
    Blob::read(wrapped).map(|blob| blob.cost)
}

struct Blob<'a> {
    cost: PasswordCost,
    salt: [u8; 16],
    before_nonce: &'a [u8],
    nonce: [u8; aead::NONCE],
    sealed: &'a [u8],
}

impl<'a> Blob<'a> {
    fn read(wrapped: &'a [u8]) -> Result<Self, PasswordError> {
        let mut rest = wrapped;
        let [version] = take_array(&mut rest).ok_or(PasswordError::Malformed)?;
        if version != VERSION {
            return Err(PasswordError::UnknownVersion(version));
        }
        let mut number = || take_array(&mut rest).map(u32::from_be_bytes).ok_or(PasswordError::Malformed);
        let cost = PasswordCost { memory: number()?, passes: number()?, lanes: number()? };
        if !cost.allowed() {
            return Err(PasswordError::Malformed);
        }
        let salt = take_array(&mut rest).ok_or(PasswordError::Malformed)?;
        let nonce = take_array(&mut rest).ok_or(PasswordError::Malformed)?;
        if rest.len() < aead::TAG {
            return Err(PasswordError::Malformed);
        }
        let (before_nonce, _) = wrapped.split_at(BEFORE_NONCE);
        Ok(Self { cost, salt, before_nonce, nonce, sealed: rest })
    }
}

fn password_key(password: &str, salt: &[u8; 16], pepper: &[u8; 32], cost: PasswordCost) -> Result<Secret, StretchError> {
    let stretched = stretch::argon2id(password.as_bytes(), salt, cost.memory, cost.passes, cost.lanes)?;
    let mut both = Zeroizing::new([0; 64]);
    both[..32].copy_from_slice(stretched.expose());
    both[32..].copy_from_slice(pepper);
    Ok(kdf::derive(both.as_slice(), b"plainsight/password/1"))
}

/// A pass phrase of five words of the English list: 55 bits, stretched.
pub fn five_words(rng: &mut (impl CryptoRng + ?Sized)) -> String {
    five_words_of(WordList::english(), rng)
}

/// A pass phrase of five words of a list, separated by spaces.
pub fn five_words_of(list: &WordList, rng: &mut (impl CryptoRng + ?Sized)) -> String {
    // 2,048 divides 65,536, so the remainder favours no word.
    let mut draw = || {
        let mut bytes = [0; 2];
        rng.fill_bytes(&mut bytes);
        list.word(u16::from_be_bytes(bytes))
    };
    [draw(), draw(), draw(), draw(), draw()].join(" ")
}

/// Why a password is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum TooWeak {
    /// Fewer than 15 characters, and no generated phrase.
    #[error("a password has 15 characters or more, or is a generated phrase of five words")]
    Short,
    /// One character, or a short piece, over and over.
    #[error("the password repeats itself")]
    Repeated,
    /// Characters in the order of the alphabet, of the digits, or of the keyboard.
    #[error("the password is a run of neighbouring characters")]
    Run,
}

/// Takes a generated phrase, or 15 characters and more that are not a trivial pattern (NIST SP 800-63B-4 sets the
/// length and asks for no mixture of kinds of character).
///
/// # Errors
/// See [`TooWeak`].
pub fn check_strength(password: &str) -> Result<(), TooWeak> {
    if is_phrase(password) {
        return Ok(());
    }
    let letters: Vec<char> = password.chars().collect();
    if letters.len() < SHORTEST {
        return Err(TooWeak::Short);
    }
    let folded: Vec<char> = fold(password).chars().collect();
    if repeats(&folded) {
        return Err(TooWeak::Repeated);
    }
    if runs(&folded) {
        return Err(TooWeak::Run);
    }
    Ok(())
}

/// Five different words of one list.
fn is_phrase(password: &str) -> bool {
    let words: Vec<&str> = password.split([' ', '-']).filter(|word| !word.is_empty()).collect();
    let on = |list: &WordList| {
        let mut numbers: Vec<u16> = words.iter().filter_map(|word| list.number(word)).collect();
        let all = numbers.len() == words.len();
        numbers.sort_unstable();
        numbers.dedup();
        all && numbers.len() >= PHRASE_WORDS.min(LIST)
    };
    words.len() >= PHRASE_WORDS && WordList::all().into_iter().any(on)
}

/// Fewer than five different characters, or a piece of up to five characters over and over.
fn repeats(letters: &[char]) -> bool {
    let mut different = letters.to_vec();
    different.sort_unstable();
    different.dedup();
    different.len() < 5 || (1..=5).any(|period| letters.iter().zip(letters.iter().skip(period)).all(|(one, other)| one == other))
}

/// Four of five steps go to the neighbour, forwards or backwards.
fn runs(letters: &[char]) -> bool {
    const ROWS: [&str; 4] = ["1234567890", "qwertyuiop", "asdfghjkl", "zxcvbnm"];
    let neighbours = |one: char, other: char| {
        u32::from(one).abs_diff(u32::from(other)) <= 1
            || ROWS.iter().any(|row| match (row.find(one), row.find(other)) {
                (Some(here), Some(there)) => here.abs_diff(there) <= 1,
                _ => false,
            })
    };
    let steps = letters.len().saturating_sub(1);
    let near = letters.windows(2).filter(|pair| matches!(pair, [one, other] if neighbours(*one, *other))).count();
    near * 5 >= steps * 4
}
