//! What a worker that cleans says before the copy: a small head in JSON, behind its length.
//!
//! The service does not trust it. Whoever wrote the file may have taken the worker over: what is read here is bounded, holds
//! short codes and numbers and no text, and lengths and digests are compared with what came and went.

use std::collections::{BTreeMap, BTreeSet};

use data_encoding::HEXLOWER;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// The longest head.
pub(crate) const MOST_HEAD: usize = 1 << 16;

/// The longest code.
const MOST_CODE: usize = 40;

/// Length and SHA-256 of some bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Measure {
    /// How many bytes.
    pub length: u64,
    /// Their SHA-256, in hexadecimal on the wire.
    #[serde(with = "hexadecimal")]
    pub sha256: [u8; 32],
}

/// Measures bytes as they go by.
#[derive(Clone, Debug, Default)]
pub struct Measuring {
    length: u64,
    digest: Sha256,
}

impl Measuring {
    /// Takes these bytes in.
    pub fn take(&mut self, bytes: &[u8]) {
        self.length += bytes.len() as u64;
        self.digest.update(bytes);
    }

    /// How many bytes there were so far.
    #[must_use]
    pub fn length(&self) -> u64 {
        self.length
    }

    /// The measure of all of them.
    #[must_use]
    pub fn end(self) -> Measure {
        Measure { length: self.length, sha256: self.digest.finalize().into() }
    }
}

impl std::io::Write for Measuring {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.take(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

/// The short name of a kind, a trace or a reason: small letters, digits and hyphens. Whether it means anything is asked of
/// the engine.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Code(String);

impl Code {
    /// The code as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for Code {
    type Error = BadHead;

    fn try_from(text: String) -> Result<Self, BadHead> {
        let fits = (1..=MOST_CODE).contains(&text.len())
            && text.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-');
        if fits { Ok(Self(text)) } else { Err(BadHead::Code) }
    }
}

impl TryFrom<&str> for Code {
    type Error = BadHead;

    fn try_from(text: &str) -> Result<Self, BadHead> {
        text.to_owned().try_into()
    }
}

impl From<Code> for String {
    fn from(code: Code) -> Self {
        code.0
    }
}

/// What the worker says of a file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Head {
    /// What it read.
    pub input: Measure,
    /// What became of it.
    pub outcome: Outcome,
}

/// What became of a file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub enum Outcome {
    /// There is a copy: it follows the head.
    Cleaned(CleanedCopy),
    /// There is none, and nothing follows.
    Refused {
        /// Why, in one word.
        reason: Code,
        /// What the file is, where that is known.
        kind: Option<Code>,
    },
}

/// A cleaned copy, without its bytes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CleanedCopy {
    /// What the file is.
    pub kind: Code,
    /// How many parts were removed, by what they said.
    pub removed: BTreeMap<Code, u32>,
    /// What was kept on purpose although it may say a little.
    pub kept: BTreeSet<Code>,
    /// The copy's length and digest.
    pub output: Measure,
}

/// Why what a worker said is no head.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BadHead {
    /// It is longer than a head can be.
    #[error("the worker's head is longer than {MOST_HEAD} bytes")]
    TooLong,
    /// It is not what was agreed.
    #[error("the worker's head cannot be read")]
    Garbled,
    /// A code in it is not one.
    #[error("a code is 1 to {MOST_CODE} small letters, digits and hyphens")]
    Code,
    /// It ended too early.
    #[error("the worker's answer is cut off")]
    CutOff,
    /// It says that it read something else than it was given.
    #[error("the worker did not read what it was given")]
    OtherInput,
    /// The copy is not the one that was announced.
    #[error("the worker's copy is not the one that it announced")]
    OtherOutput,
}

impl Head {
    /// Reads a head, without its length.
    ///
    /// # Errors
    /// [`BadHead`] when it is none.
    pub fn parse(bytes: &[u8]) -> Result<Self, BadHead> {
        if bytes.len() > MOST_HEAD {
            return Err(BadHead::TooLong);
        }
        serde_json::from_slice(bytes).map_err(|_| BadHead::Garbled)
    }

    /// The head as it is sent: its length in four bytes, the highest first, then itself.
    ///
    /// # Errors
    /// [`BadHead::TooLong`] when it says more than fits.
    pub fn frame(&self) -> Result<Vec<u8>, BadHead> {
        let json = serde_json::to_vec(self).map_err(|_| BadHead::Garbled)?;
        let length = u32::try_from(json.len()).ok().filter(|_| json.len() <= MOST_HEAD).ok_or(BadHead::TooLong)?;
        Ok([&length.to_be_bytes(), json.as_slice()].concat())
    }
}

mod hexadecimal {
    use super::HEXLOWER;
    use serde::{Deserialize, Deserializer, Serializer, de::Error};

    pub(super) fn serialize<S: Serializer>(bytes: &[u8; 32], serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&HEXLOWER.encode(bytes))
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<[u8; 32], D::Error> {
        let text = String::deserialize(deserializer)?;
        let bytes = HEXLOWER.decode(text.as_bytes()).map_err(|_| D::Error::custom("no digest"))?;
        bytes.try_into().map_err(|_| D::Error::custom("no digest"))
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    pub(crate) fn measure(bytes: &[u8]) -> Measure {
        let mut measuring = Measuring::default();
        measuring.take(bytes);
        measuring.end()
    }

    pub(crate) fn cleaned(input: &[u8], output: &[u8]) -> Head {
        let code = |text: &str| Code::try_from(text).unwrap();
        Head {
            input: measure(input),
            outcome: Outcome::Cleaned(CleanedCopy {
                kind: code("jpeg"),
                removed: [(code("place"), 2), (code("earlier-version"), 1)].into(),
                kept: [code("orientation")].into(),
                output: measure(output),
            }),
        }
    }

    pub(crate) fn refused(input: &[u8]) -> Head {
        Head { input: measure(input), outcome: Outcome::Refused { reason: Code::try_from("unknown-kind").unwrap(), kind: None } }
    }

    /// Two programs of different age meet here while one is replaced: the wire is fixed.
    #[test]
    fn the_wire_stays_what_it_is() {
        let digest = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        let text = format!(
            r#"{{"input":{{"length":3,"sha256":"{digest}"}},"outcome":{{"cleaned":{{"kind":"jpeg","removed":{{"earlier-version":1,"place":2}},"kept":["orientation"],"output":{{"length":3,"sha256":"{digest}"}}}}}}}}"#
        );
        assert_eq!(Head::parse(text.as_bytes()), Ok(cleaned(b"abc", b"abc")));
        let frame = cleaned(b"abc", b"abc").frame().unwrap();
        assert_eq!(frame.split_at(4), (&u32::try_from(text.len()).unwrap().to_be_bytes()[..], text.as_bytes()));
        let text =
            format!(r#"{{"input":{{"length":3,"sha256":"{digest}"}},"outcome":{{"refused":{{"reason":"unknown-kind","kind":null}}}}}}"#);
        assert_eq!(Head::parse(text.as_bytes()), Ok(refused(b"abc")));
    }

    /// A worker that was taken over can say nothing but short codes and numbers.
    #[test]
    fn no_text_passes() {
        let good = String::from_utf8(cleaned(b"abc", b"abc").frame().unwrap().split_off(4)).unwrap();
        let check = |from: &str, to: &str| {
            assert!(good.contains(from));
            assert_eq!(Head::parse(good.replacen(from, to, 1).as_bytes()), Err(BadHead::Garbled), "{to}");
        };
        check("\"jpeg\"", "\"<script>\"");
        check("\"jpeg\"", "\"\"");
        check("\"jpeg\"", &format!("\"{}\"", "a".repeat(41)));
        check("\"place\":2", "\"Blue Lane 5\":2");
        check("\"place\":2", "\"place\":-2");
        check("\"place\":2", "\"place\":4294967296");
        check("\"orientation\"", "\"seen at noon\"");
        check("\"length\":3", "\"length\":3.5");
        check("\"length\":3", "\"length\":3,\"note\":\"x\"");
        check("ba7816bf", "BA7816BF");
        check("ba7816bf", "ba7816");
        check("{\"input\"", "{\"words\":1,\"input\"");
        assert_eq!(Head::parse(&vec![b' '; MOST_HEAD + 1]), Err(BadHead::TooLong));
        assert_eq!(Head::parse(b""), Err(BadHead::Garbled));
    }
}
