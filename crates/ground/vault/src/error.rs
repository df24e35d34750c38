//! What can go wrong when something is sealed, opened or read as a key.

use thiserror::Error;

/// Why something could not be sealed.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum SealError {
    /// A zone's name must be 1 to 16 bytes of lower-case ASCII letters, digits or dashes.
    #[error("the zone's name {0:?} is not 1 to 16 lower-case letters, digits or dashes")]
    ZoneName(String),
    /// A kind of envelope has a fixed count of wraps; more recipients than that cannot be served.
    #[error("this kind of envelope has room for {room} recipients, {given} were given")]
    TooManyRecipients {
        /// How many wraps the kind has.
        room: usize,
        /// How many recipients were given.
        given: usize,
    },
    /// An envelope that nobody can open is a loss, not a secret.
    #[error("an envelope needs at least one recipient")]
    NoRecipient,
    /// The plaintext is longer than 2^31 bytes.
    #[error("{0} bytes are too many for one envelope")]
    TooLong(usize),
    /// The recipient's public key was refused by the key encapsulation.
    #[error("a recipient's public key cannot be used")]
    RecipientKey,
}

/// Why something sealed did not open. No variant carries plaintext.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum OpenError {
    /// Too short, a wrong length, or a field with a value that no writer makes.
    #[error("these bytes do not have the layout of a sealed value")]
    Malformed,
    /// The magic bytes are missing: this is no envelope of ours.
    #[error("these bytes are not an envelope")]
    NotAnEnvelope,
    /// Written by a newer program, or damaged; never opened by guessing another suite.
    #[error("envelope suite {0} is not known to this program")]
    UnknownSuite(u16),
    /// The first byte of a column value, key wrap or password blob names a version that this program does not know.
    #[error("version {0} of this sealed value is not known to this program")]
    UnknownVersion(u8),
    /// A kind of envelope that this program does not know.
    #[error("envelope kind {0} is not known to this program")]
    UnknownKind(u8),
    /// The outside of the envelope names another kind, organisation, zone or epoch than the place it was found in.
    #[error("the envelope belongs to another place")]
    WrongPlace,
    /// None of the wraps opens with this key.
    #[error("the envelope is not sealed to this key")]
    NotForThisKey,
    /// A wrap opened, but to another data key than the one the envelope commits to: somebody tried to make one
    /// envelope read differently for two readers.
    #[error("the envelope does not commit to the data key that was wrapped")]
    KeyCommitment,
    /// The authenticated encryption refused: altered, or moved to another place.
    #[error("the sealed value was altered or moved from its place")]
    Damaged,
    /// Authentic, but the padding inside is not the padding that a writer makes.
    #[error("the padding inside is wrong")]
    Padding,
    /// The key ring holds no key of this epoch.
    #[error("there is no key of epoch {0}")]
    UnknownEpoch(u32),
    /// Opened as signed, but there is no signature inside.
    #[error("the envelope carries no signature")]
    NotSigned,
    /// Opened as unsigned, but there is a signature inside that would go unchecked.
    #[error("the envelope carries a signature: open it with open_signed")]
    Signed,
    /// Signed by a key that the reader did not name.
    #[error("the envelope is signed by somebody else")]
    UnknownSigner,
    /// The signature does not fit.
    #[error("the signature in the envelope is wrong")]
    BadSignature,
}

/// Why bytes are not a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum KeyError {
    /// Another length than this kind of key has.
    #[error("a key of this kind has {expected} bytes, {given} were given")]
    Length {
        /// Bytes that the key has.
        expected: usize,
        /// Bytes that were given.
        given: usize,
    },
    /// The right length, but not a value that a key can have.
    #[error("these bytes are not a key of this kind")]
    Invalid,
    /// The text of a key file does not have the form `plainsight-instance-key-1:<64 hexadecimal digits>`.
    #[error("this is not the text of an instance key file")]
    Text,
}
