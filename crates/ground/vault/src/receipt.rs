//! Receipt v1: 25 digits, or 8 words, that open a reporter's mailbox. `docs/receipts.md` has the packing.

use std::fmt;

use rand_core::CryptoRng;
use subtle::ConstantTimeEq;
use thiserror::Error;
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

use crate::framing::{Framed, take_array};
use crate::kdf;
use crate::keys::{Mailbox, PublicKey, SecretKey};
use crate::secret::Secret;
use crate::stretch::{self, StretchError};
use crate::words::WordList;

/// Digits of a receipt.
pub const DIGITS: usize = 25;
/// Words of a receipt.
pub const WORDS: usize = 8;
/// The secret is below this: 22 digits, 73.08 bits.
const SECRETS: u128 = 10_u128.pow(22);
const SECRET_BITS: u32 = 74;
/// The word form has three bits for it: the highest that can ever be given is 7.
const VERSION: u8 = 1;

/// Memory of one stretch in KiB.
pub const STRETCH_MEMORY: u32 = 64 << 10;
/// Passes of one stretch.
pub const STRETCH_PASSES: u32 = 3;

/// What is wrong with a receipt as somebody typed it.
#[derive(Clone, PartialEq, Eq, Error)]
pub enum ReceiptError {
    /// Neither 25 digits nor 8 words.
    #[error("a receipt has 25 digits or 8 words")]
    WrongLength,
    /// Digits mixed with something else.
    #[error("a receipt in digits has nothing but digits, spaces and dashes")]
    NotDigits,
    /// At least one digit is wrong, or one word, or two have changed places.
    #[error("the check digits do not fit: at least one digit or word is wrong")]
    CheckDigits,
    /// A word that is not on the list that most of the others are from. What was typed is in the variant so that a
    /// page can show it; it is not part of the message.
    #[error("one of the words is not on the list")]
    UnknownWord(String),
    /// A receipt of a later version than this program knows.
    #[error("this receipt is of a version that is not known here")]
    UnknownVersion,
}

impl fmt::Debug for ReceiptError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::WrongLength => "WrongLength",
            Self::NotDigits => "NotDigits",
            Self::CheckDigits => "CheckDigits",
            Self::UnknownWord(_) => "UnknownWord([redacted])",
            Self::UnknownVersion => "UnknownVersion",
        })
    }
}

/// A well-formed receipt; whether a mailbox belongs to it only the stretched form tells. Wiped on drop, never printed.
#[derive(Clone)]
pub struct Receipt {
    digits: Box<[u8; DIGITS]>,
}

impl Receipt {
    /// A fresh receipt: all 10^22 secrets are equally likely.
    pub fn generate(rng: &mut (impl CryptoRng + ?Sized)) -> Self {
        loop {
            let mut bytes = Zeroizing::new([0; 16]);
            rng.fill_bytes(bytes.as_mut_slice());
            if let Some(secret) = secret_of_draw(u128::from_be_bytes(*bytes)) {
                return Self::of(VERSION, secret);
            }
        }
    }

    /// Reads what somebody typed: 25 digits with any spaces and dashes, or 8 words of one of our lists in any case,
    /// with or without marks. Digits of other scripts count as digits.
    ///
    /// # Errors
    /// See [`ReceiptError`].
    pub fn parse(typed: &str) -> Result<Self, ReceiptError> {
        let receipt = if typed.chars().any(char::is_alphabetic) { Self::parse_words(typed) } else { Self::parse_digits(typed) }?;
        if receipt.version() == VERSION { Ok(receipt) } else { Err(ReceiptError::UnknownVersion) }
    }

    fn parse_digits(typed: &str) -> Result<Self, ReceiptError> {
        let mut digits = Zeroizing::new(Vec::with_capacity(DIGITS));
        for letter in typed.chars() {
            match digit(letter) {
                Some(value) => digits.push(value),
                None if separates(letter) => {}
                None => return Err(ReceiptError::NotDigits),
            }
        }
        let typed: &[u8; DIGITS] = digits.as_slice().try_into().map_err(|_| ReceiptError::WrongLength)?;
        let version = typed[0];
        let secret = typed[1..23].iter().fold(0, |number: u128, digit| number * 10 + u128::from(*digit));
        let receipt = Self::of(version, secret);
        if receipt.digits.as_slice().ct_eq(typed.as_slice()).into() { Ok(receipt) } else { Err(ReceiptError::CheckDigits) }
    }

    fn parse_words(typed: &str) -> Result<Self, ReceiptError> {
        let typed: Vec<&str> = typed.split(separates).filter(|word| !word.is_empty()).collect();
        if typed.len() != WORDS {
            return Err(ReceiptError::WrongLength);
        }
        let known = |list: &&'static WordList| typed.iter().filter(|word| list.number(word).is_some()).count();
        // The first list wins a tie: then no word is known, or the receipt is mixed, which no writer makes.
        let list = WordList::all().into_iter().rev().max_by_key(known).unwrap_or_else(WordList::english);
        let mut numbers = Zeroizing::new([0; WORDS]);
        for (number, word) in numbers.iter_mut().zip(&typed) {
            *number = list.number(word).ok_or_else(|| ReceiptError::UnknownWord((*word).to_owned()))?;
        }
        let (packed, check) = numbers.split_at(WORDS - 1);
        if check != [check_word(packed)] {
            return Err(ReceiptError::CheckDigits);
        }
        let number = packed.iter().fold(0, |number: u128, word| number << 11 | u128::from(*word));
        let secret = number & ((1 << SECRET_BITS) - 1);
        if secret >= SECRETS {
            return Err(ReceiptError::CheckDigits);
        }
        // 77 bits less 74: three bits.
        Ok(Self::of((number >> SECRET_BITS) as u8, secret))
    }

    /// `version` is one digit, `secret` below 10^22.
    fn of(version: u8, secret: u128) -> Self {
        let payload = u128::from(version) * SECRETS + secret;
        let mut number = payload * 100 + check_digits(payload);
        let mut digits = Box::new([0; DIGITS]);
        for digit in digits.iter_mut().rev() {
            // A remainder of ten.
            *digit = (number % 10) as u8;
            number /= 10;
        }
        Self { digits }
    }

    fn version(&self) -> u8 {
        self.digits[0]
    }

    fn secret(&self) -> u128 {
        self.digits[1..23].iter().fold(0, |number, digit| number * 10 + u128::from(*digit))
    }

    /// The receipt in five groups of five digits, with a space between.
    pub fn digits(&self) -> Zeroizing<String> {
        let groups: Vec<String> = self.digits.chunks(5).map(|group| group.iter().map(|digit| char::from(b'0' + digit)).collect()).collect();
        Zeroizing::new(groups.join(" "))
    }

    /// The same receipt as eight words of a list.
    pub fn words(&self, list: &WordList) -> Vec<&'static str> {
        let number = u128::from(self.version()) << SECRET_BITS | self.secret();
        let mut numbers = Zeroizing::new([0_u16; WORDS]);
        for (place, word) in numbers.iter_mut().take(WORDS - 1).enumerate() {
            // Eleven bits.
            *word = (number >> (11 * (WORDS - 2 - place)) & 0x7ff) as u16;
        }
        numbers[WORDS - 1] = check_word(&numbers[..WORDS - 1]);
        numbers.iter().map(|number| list.word(*number)).collect()
    }

    /// The 25 digits as ASCII without spaces: what is stretched, and what the encrypted form state carries.
    pub fn to_ascii(&self) -> Zeroizing<[u8; DIGITS]> {
        let mut ascii = Zeroizing::new([b'0'; DIGITS]);
        for (letter, digit) in ascii.iter_mut().zip(self.digits.iter()) {
            *letter += digit;
        }
        ascii
    }
}

impl Zeroize for Receipt {
    fn zeroize(&mut self) {
        self.digits.zeroize();
    }
}

impl Drop for Receipt {
    fn drop(&mut self) {
        self.zeroize();
    }
}

impl ZeroizeOnDrop for Receipt {}

impl PartialEq for Receipt {
    fn eq(&self, other: &Self) -> bool {
        self.digits.as_slice().ct_eq(other.digits.as_slice()).into()
    }
}

impl Eq for Receipt {}

impl fmt::Debug for Receipt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Receipt([redacted])")
    }
}

/// A draw of 74 bits gives a secret unless it is too large, and is then drawn again: no secret is likelier than another.
fn secret_of_draw(draw: u128) -> Option<u128> {
    let bits = draw & ((1 << SECRET_BITS) - 1);
    (bits < SECRETS).then_some(bits)
}

/// ISO/IEC 7064, MOD 97-10: the whole number leaves 1 when divided by 97. The result is 2 to 98.
fn check_digits(payload: u128) -> u128 {
    98 - payload * 100 % 97
}

/// A check symbol over GF(2^11): the sum of word i times x^(i+1). One wrong word, or two words that changed places,
/// never fit.
fn check_word(words: &[u16]) -> u16 {
    words.iter().rev().fold(0, |sum, word| double(sum ^ word))
}

/// Multiplies by x modulo the primitive polynomial x^11 + x^2 + 1.
fn double(element: u16) -> u16 {
    let shifted = element << 1;
    if shifted & 0x800 == 0 { shifted } else { shifted ^ 0x805 }
}

/// The value of a decimal digit of the scripts that keyboards of our languages type.
fn digit(letter: char) -> Option<u8> {
    // The zeros of ASCII, Arabic-Indic, extended Arabic-Indic, Devanagari, Bengali, Gurmukhi, and full width.
    const ZEROS: [u32; 7] = [0x30, 0x660, 0x6f0, 0x966, 0x9e6, 0xa66, 0xff10];
    ZEROS
        .iter()
        .find_map(|zero| u32::from(letter).checked_sub(*zero).filter(|value| *value < 10))
        .and_then(|value| u8::try_from(value).ok())
}

/// Letters that people and phones put between groups.
fn separates(letter: char) -> bool {
    letter.is_whitespace()
        || matches!(letter, '-' | '.' | ',' | ';' | ':' | '/' | '_' | '\u{2010}'..='\u{2015}' | '\u{2212}')
        || matches!(letter, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

/// The salt of one site, made once when the organisation is set up. Not secret.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SiteSalt(pub [u8; 16]);

impl SiteSalt {
    /// A fresh salt.
    pub fn generate(rng: &mut (impl CryptoRng + ?Sized)) -> Self {
        let mut salt = [0; 16];
        rng.fill_bytes(&mut salt);
        Self(salt)
    }
}

/// Stretches a receipt: Argon2id, 64 MiB, 3 passes, 1 lane (a fifth of a second, on purpose).
///
/// # Errors
/// [`StretchError::OutOfMemory`] when the machine has no 64 MiB left.
pub fn stretch(receipt: &Receipt, salt: &SiteSalt) -> Result<Root, StretchError> {
    stretch::argon2id(receipt.to_ascii().as_slice(), &salt.0, STRETCH_MEMORY, STRETCH_PASSES, 1).map(Root)
}

/// A stretched receipt. Wiped on drop, never printed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Root(Secret);

impl ZeroizeOnDrop for Root {}

impl Root {
    /// What the row of a mailbox is found by. Without the pepper a thief of the database cannot try receipts.
    pub fn locate(&self, pepper: &[u8; 32]) -> [u8; 32] {
        let locate = kdf::derive(self.0.expose(), b"plainsight/receipt/1/locate");
        kdf::keyed_hash(pepper, &Framed::new("plainsight/receipt/1/locate").field(locate.expose()).bytes())
    }

    /// The key of the reporter's mailbox.
    pub fn mailbox(&self) -> SecretKey<Mailbox> {
        SecretKey::from_seed(*kdf::derive(self.0.expose(), b"plainsight/receipt/1/mailbox").expose())
    }

    /// The root as 32 bytes, for the encrypted form state only.
    pub fn to_bytes(&self) -> Zeroizing<[u8; 32]> {
        self.0.to_bytes()
    }

    /// The root from 32 bytes.
    pub fn from_bytes(bytes: [u8; 32]) -> Self {
        let bytes = Zeroizing::new(bytes);
        Self(Secret::copy_of(&bytes))
    }
}

/// A receipt that is stretched already: what the pool holds, so that sending never stretches.
#[derive(Clone, Debug)]
pub struct ReadyReceipt {
    /// What the reporter keeps.
    pub receipt: Receipt,
    /// What the row is found by.
    pub locate: [u8; 32],
    /// What replies are sealed to.
    pub mailbox_public: PublicKey<Mailbox>,
}

impl ReadyReceipt {
    /// Bytes of [`ReadyReceipt::to_bytes`].
    pub const LENGTH: usize = DIGITS + 32 + PublicKey::<Mailbox>::LENGTH;

    /// Draws and stretches a receipt.
    ///
    /// # Errors
    /// See [`stretch()`].
    pub fn make(salt: &SiteSalt, pepper: &[u8; 32], rng: &mut (impl CryptoRng + ?Sized)) -> Result<Self, StretchError> {
        let receipt = Receipt::generate(rng);
        let root = stretch(&receipt, salt)?;
        Ok(Self { locate: root.locate(pepper), mailbox_public: root.mailbox().public(), receipt })
    }

    /// For the encrypted form state: 25 ASCII digits, locate, public key.
    pub fn to_bytes(&self) -> Zeroizing<Vec<u8>> {
        let mut bytes = Zeroizing::new(Vec::with_capacity(Self::LENGTH));
        bytes.extend_from_slice(self.receipt.to_ascii().as_slice());
        bytes.extend_from_slice(&self.locate);
        bytes.extend_from_slice(&self.mailbox_public.to_bytes());
        bytes
    }

    /// Reads what [`ReadyReceipt::to_bytes`] wrote; `None` for anything else.
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let mut rest = bytes;
        let ascii = Zeroizing::new(take_array::<DIGITS>(&mut rest)?);
        let receipt = Receipt::parse(std::str::from_utf8(ascii.as_slice()).ok()?).ok()?;
        let locate = take_array(&mut rest)?;
        let mailbox_public = PublicKey::from_bytes(rest).ok()?;
        Some(Self { receipt, locate, mailbox_public })
    }
}

#[cfg(test)]
mod tests {
    use super::{SECRET_BITS, SECRETS, check_digits, double, secret_of_draw};

    /// The generator takes every 74-bit number below 10^22 as it is and draws again otherwise, so each of the 10^22
    /// secrets comes from exactly one draw: all are reachable and equally likely.
    #[test]
    fn every_secret_comes_from_exactly_one_draw() {
        assert_eq!(SECRETS, 10_000_000_000_000_000_000_000);
        assert_eq!(128 - (SECRETS - 1).leading_zeros(), SECRET_BITS, "no bit is missing, and at most half of the draws are wasted");
        for draw in [0, 1, SECRETS / 2, SECRETS - 1] {
            assert_eq!(secret_of_draw(draw), Some(draw));
        }
        for draw in [SECRETS, SECRETS + 1, (1 << SECRET_BITS) - 1] {
            assert_eq!(secret_of_draw(draw), None, "drawn again");
        }
        assert_eq!(secret_of_draw(1 << SECRET_BITS), Some(0), "bits above the 74th do not count");
    }

    #[test]
    fn entropy_is_73_bits() {
        assert!((10_f64.powi(22).log2() - 73.08).abs() < 0.01);
    }

    /// The example of ISO/IEC 7064, clause 10: 794 has the check characters 44.
    #[test]
    fn check_digits_are_those_of_the_standard() {
        assert_eq!(check_digits(794), 44);
    }

    /// x generates the field: its powers 1 to 7, by which words are weighed, and 0, for the check, are all different.
    #[test]
    fn the_check_word_lives_in_a_field() {
        let mut element = 1;
        let order = (1..).find(|_| {
            element = double(element);
            element == 1
        });
        assert_eq!(order, Some(2047));
    }
}
