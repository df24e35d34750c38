//! A signed proof that a report was filed: that one was, with whom, on which day, and nothing of what it says. Whoever reports at
//! work may have to show that they did. It is given only to whoever asks for it, and never where the paper could fall into the
//! hands of somebody who does harm: not to whom it is happening, and not where a child is, or may be, in it.
//!
//! The desk's key signs it. The public process has no key to sign with, and could not know of which report it is: the report is
//! sealed to the team.

use std::fmt::Write as _;

use data_encoding::HEXLOWER;
use serde::{Deserialize, Serialize};
use time::Date;

use plainsight_vault::{SigningKey, VerifyingKey};
use plainsight_vocabulary::Answer;

use crate::report::{About, Path, Report};

const CONTEXT: &str = "plainsight/filing-proof/1";
const NAMES: [&str; 6] = ["plainsight-proof", "day", "operator", "number", "key", "signature"];

/// A proof that does not hold.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ProofError {
    #[error("the proof has no line {0}=...")]
    Missing(&'static str),
    #[error("the line {0}=... of the proof cannot be read")]
    Malformed(&'static str),
    #[error("the proof is of version {0:?}, which this program does not know")]
    UnknownVersion(String),
    #[error("the proof was signed by another key")]
    OtherKey,
    #[error("the signature does not fit: the proof was changed")]
    BadSignature,
}

/// The proof as it lies in the mailbox and stands on paper. No number of ours stands in it: with none of what we keep can it be
/// matched but by whoever holds the receipt.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Proof {
    /// The day, in UTC.
    pub day: Date,
    /// With whom.
    pub operator: String,
    /// Drawn at random: two proofs are told apart by it.
    pub number: String,
    key: String,
    signature: String,
}

impl Proof {
    pub fn sign(key: &SigningKey, operator: &str, day: Date, rng: &mut impl rand::Rng) -> Self {
        let mut number = [0; 16];
        rng.fill_bytes(&mut number);
        // Of one line, as the text has one for each part.
        let operator = operator.split_whitespace().collect::<Vec<_>>().join(" ");
        let mut proof = Self { day, operator, number: HEXLOWER.encode(&number), key: String::new(), signature: String::new() };
        proof.key = HEXLOWER.encode(&key.verifying_key().to_bytes());
        proof.signature = HEXLOWER.encode(&key.sign(CONTEXT, &proof.message()));
        proof
    }

    /// Every part with its length before it.
    fn message(&self) -> Vec<u8> {
        let day = self.day.to_string();
        let mut message = Vec::new();
        for part in [day.as_str(), &self.operator, &self.number] {
            message.extend_from_slice(&(part.len() as u64).to_be_bytes());
            message.extend_from_slice(part.as_bytes());
        }
        message
    }

    /// The lines that are checked, to stand below the sentence.
    pub fn to_lines(&self) -> String {
        let Self { day, operator, number, key, signature } = self;
        let values = ["1", &day.to_string(), operator, number, key, signature];
        let mut text = String::new();
        for (name, value) in NAMES.iter().zip(values) {
            // Writing to a string cannot fail.
            let _ = writeln!(text, "{name}={value}");
        }
        text
    }

    /// Reads a proof that somebody shows, whatever stands around its lines, and checks that `key` signed it.
    ///
    /// # Errors
    /// [`ProofError`] says what does not hold.
    pub fn check(text: &str, key: &VerifyingKey) -> Result<Self, ProofError> {
        let value = |name: &'static str| {
            let line = text.lines().find_map(|line| line.trim().strip_prefix(name)?.strip_prefix('='));
            line.map(str::trim).ok_or(ProofError::Missing(name))
        };
        let [version, day, operator, number, signer, signature] = NAMES;
        match value(version)? {
            "1" => {}
            other => return Err(ProofError::UnknownVersion(other.to_owned())),
        }
        let format = time::macros::format_description!("[year]-[month]-[day]");
        let proof = Self {
            day: Date::parse(value(day)?, format).map_err(|_| ProofError::Malformed(day))?,
            operator: value(operator)?.to_owned(),
            number: value(number)?.to_owned(),
            key: value(signer)?.to_owned(),
            signature: value(signature)?.to_owned(),
        };
        let signed = HEXLOWER.decode(proof.signature.as_bytes()).ok().and_then(|bytes| bytes.try_into().ok());
        let signed = signed.ok_or(ProofError::Malformed(signature))?;
        if proof.key != HEXLOWER.encode(&key.to_bytes()) {
            return Err(ProofError::OtherKey);
        }
        key.verify(CONTEXT, &proof.message(), &signed).map_err(|_| ProofError::BadSignature)?;
        Ok(proof)
    }
}

shows_nothing!(Proof);

/// Whether a proof of this report may be given at all.
pub(crate) fn may_have(report: &Report) -> bool {
    report.path != Path::Me && report.about == About::Report && !matches!(report.child, Some(Answer::Yes | Answer::NotSure))
}

#[cfg(test)]
mod tests {
    use rand::SeedableRng;
    use rand::rngs::StdRng;
    use time::macros::date;

    use super::*;

    #[test]
    fn what_was_signed_is_read_back_from_any_paper_and_nothing_else_is() {
        let mut rng = StdRng::seed_from_u64(3);
        let (key, other) = (SigningKey::generate(&mut rng), SigningKey::generate(&mut rng));
        let proof = Proof::sign(&key, " Invented\n Helpline ", date!(2026 - 12 - 01), &mut rng);
        let text = format!("On 1 December 2026 a report was filed.\n\n  {}\nprinted by somebody", proof.to_lines().replace('\n', "\r\n"));
        let read = Proof::check(&text, &key.verifying_key()).unwrap();
        assert!(read == proof);
        assert_eq!((read.operator.as_str(), read.number.len()), ("Invented Helpline", 32));
        assert!(Proof::sign(&key, "Invented Helpline", proof.day, &mut rng).number != proof.number);
        assert_eq!(Proof::check(&text, &other.verifying_key()).unwrap_err(), ProofError::OtherKey);
        for (was, is) in [("2026-12-01", "2026-11-01"), ("Invented", "Invented by"), ("number=", "number=0")] {
            assert_eq!(Proof::check(&text.replace(was, is), &key.verifying_key()).unwrap_err(), ProofError::BadSignature, "{is}");
        }
        assert_eq!(Proof::check(&text.replace("day=", "date="), &key.verifying_key()).unwrap_err(), ProofError::Missing("day"));
        let newer = text.replace("plainsight-proof=1", "plainsight-proof=2");
        assert_eq!(Proof::check(&newer, &key.verifying_key()).unwrap_err(), ProofError::UnknownVersion("2".into()));
        assert_eq!(Proof::check("", &key.verifying_key()).unwrap_err(), ProofError::Missing("plainsight-proof"));
    }

    #[test]
    fn nobody_to_whom_it_is_happening_and_no_child_is_given_a_paper() {
        let child = |child| may_have(&Report { child, ..Report::default() });
        assert!(child(None) && child(Some(Answer::No)) && !child(Some(Answer::Yes)) && !child(Some(Answer::NotSure)));
        assert!(!may_have(&Report { path: Path::Me, ..Report::default() }));
        assert!(!may_have(&Report { about: About::Complaint, ..Report::default() }));
    }
}
