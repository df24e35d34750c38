//! The signed head: a small text file, one `key=value` a line, that says where a chain stood at a time (format in `docs/ledger.md`).

use std::fmt::Write as _;

use data_encoding::HEXLOWER_PERMISSIVE;
use plainsight_store::{from_unix, unix};
use plainsight_vault::{SigningKey, VerifyingKey};
use thiserror::Error;
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;
use uuid::Uuid;

const CONTEXT: &str = "plainsight/ledger-head/1";
const NAMES: [&str; 8] = ["plainsight-ledger-head", "organisation", "zone", "entries", "hash", "signed", "key", "signature"];

/// A head file that is not what it should be.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
#[non_exhaustive]
pub enum HeadError {
    /// A line is missing.
    #[error("the head file has no line {name}=...")]
    Missing {
        /// The line's name.
        name: &'static str,
    },
    /// A line's value cannot be read.
    #[error("the line {name}=... of the head file cannot be read")]
    Malformed {
        /// The line's name.
        name: &'static str,
    },
    /// A line that no head file has, or one that is there twice.
    #[error("line {line} of the head file does not belong there")]
    Unexpected {
        /// The line's number, from 1.
        line: usize,
    },
    /// Made by a version that this program does not know.
    #[error("the head file is of version {version:?}, which this program does not know")]
    UnknownVersion {
        /// What the file says.
        version: String,
    },
    /// Signed by another key than the one that is trusted.
    #[error("the head file was signed by another key")]
    OtherKey,
    /// The signature does not belong to the text.
    #[error("the signature does not fit: the head file was changed")]
    BadSignature,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Head {
    organisation: Uuid,
    zone: String,
    entries: u64,
    hash: [u8; 32],
    signed: i64,
}

impl Head {
    /// Every part with its length before it.
    fn message(&self) -> Vec<u8> {
        let parts: [&[u8]; 5] =
            [self.organisation.as_bytes(), self.zone.as_bytes(), &self.entries.to_be_bytes(), &self.hash, &self.signed.to_be_bytes()];
        let mut message = Vec::new();
        for part in parts {
            message.extend_from_slice(&(part.len() as u64).to_be_bytes());
            message.extend_from_slice(part);
        }
        message
    }
}

/// A head as it was read from a file: nobody has checked who signed it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UntrustedHead {
    head: Head,
    key: [u8; 32],
    signature: [u8; 64],
}

/// A head whose signature was made or checked here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignedHead {
    inner: UntrustedHead,
}

impl SignedHead {
    pub(crate) fn sign(
        organisation: Uuid,
        zone: &str,
        entries: u64,
        hash: [u8; 32],
        now: OffsetDateTime,
        key: &SigningKey,
    ) -> Result<Self, HeadError> {
        // The text has a line for each part.
        if zone.is_empty() || zone.chars().any(char::is_control) || zone.trim() != zone {
            return Err(HeadError::Malformed { name: "zone" });
        }
        let head = Head { organisation, zone: zone.to_owned(), entries, hash, signed: unix(now) };
        let signature = key.sign(CONTEXT, &head.message());
        Ok(Self { inner: UntrustedHead { head, key: key.verifying_key().to_bytes(), signature } })
    }

    /// Whose chain.
    pub fn organisation(&self) -> Uuid {
        self.inner.head.organisation
    }

    /// Which zone's.
    pub fn zone(&self) -> &str {
        &self.inner.head.zone
    }

    /// How many entries the chain had.
    pub fn entries(&self) -> u64 {
        self.inner.head.entries
    }

    /// The hash of its last entry.
    pub fn hash(&self) -> [u8; 32] {
        self.inner.head.hash
    }

    /// When it was signed, to the second.
    pub fn signed(&self) -> OffsetDateTime {
        from_unix(self.inner.head.signed)
    }

    /// The text of the head file.
    pub fn to_text(&self) -> String {
        let UntrustedHead { head, key, signature } = &self.inner;
        let hex = |bytes: &[u8]| HEXLOWER_PERMISSIVE.encode(bytes);
        let signed = self.signed().format(&Rfc3339).unwrap_or_default();
        let values = [
            "1".to_owned(),
            head.organisation.to_string(),
            head.zone.clone(),
            head.entries.to_string(),
            hex(&head.hash),
            signed,
            hex(key),
            hex(signature),
        ];
        let mut text = String::new();
        for (name, value) in NAMES.iter().zip(values) {
            // Writing to a string cannot fail.
            let _ = writeln!(text, "{name}={value}");
        }
        text
    }
}

impl UntrustedHead {
    /// Reads a head file. Lines may come in any order; empty ones and the spaces around lines are passed over, so that a head
    /// copied from a letter can be typed in.
    ///
    /// # Errors
    /// [`HeadError`] names the line.
    pub fn parse(text: &str) -> Result<Self, HeadError> {
        let mut values: [Option<&str>; 8] = [None; 8];
        for (number, line) in text.trim_start_matches('\u{feff}').lines().enumerate() {
            let line = line.trim();
            if line.is_empty() {
                continue;
            }
            let unexpected = HeadError::Unexpected { line: number + 1 };
            let Some((name, value)) = line.split_once('=') else { return Err(unexpected) };
            match NAMES.iter().position(|known| *known == name.trim()).and_then(|place| values.get_mut(place)) {
                Some(slot @ None) => *slot = Some(value.trim()),
                _ => return Err(unexpected),
            }
        }
        let mut values = NAMES.into_iter().zip(values).map(|(name, value)| value.ok_or(HeadError::Missing { name }));
        let mut next = || values.next().unwrap_or(Err(HeadError::Missing { name: "signature" }));
        let version = next()?;
        if version != "1" {
            return Err(HeadError::UnknownVersion { version: version.chars().take(20).collect() });
        }
        let wrong = |name| HeadError::Malformed { name };
        let organisation = next()?.parse().map_err(|_| wrong("organisation"))?;
        let zone = next()?.to_owned();
        let entries = next()?.parse().map_err(|_| wrong("entries"))?;
        let hash = hex(next()?).ok_or(wrong("hash"))?;
        let signed = OffsetDateTime::parse(next()?, &Rfc3339).map_err(|_| wrong("signed"))?;
        let key = hex(next()?).ok_or(wrong("key"))?;
        let signature = hex(next()?).ok_or(wrong("signature"))?;
        Ok(Self { head: Head { organisation, zone, entries, hash, signed: unix(signed) }, key, signature })
    }

    /// Whose chain the file says it is about, so that the caller can find the key to trust.
    pub fn organisation(&self) -> Uuid {
        self.head.organisation
    }

    /// Which zone's chain the file says it is about.
    pub fn zone(&self) -> &str {
        &self.head.zone
    }

    /// The head, if `key` signed it.
    ///
    /// # Errors
    /// [`HeadError::OtherKey`] or [`HeadError::BadSignature`].
    pub fn trust(self, key: &VerifyingKey) -> Result<SignedHead, HeadError> {
        if self.key != key.to_bytes() {
            return Err(HeadError::OtherKey);
        }
        key.verify(CONTEXT, &self.head.message(), &self.signature).map_err(|_| HeadError::BadSignature)?;
        Ok(SignedHead { inner: self })
    }
}

fn hex<const N: usize>(text: &str) -> Option<[u8; N]> {
    HEXLOWER_PERMISSIVE.decode(text.as_bytes()).ok()?.try_into().ok()
}
