//! What became of a report, as the reporter is told: one of a few fixed sentences, when an adviser releases it. Nobody writes
//! such a sentence freely, for in a free one somebody says "the police were there on Tuesday": whoever finds the number would
//! know who told, or what is still to come.

use time::OffsetDateTime;
use uuid::Uuid;

use crate::acts::open::Paper;

named! {
    /// What became of it. Each has its sentence in every language (`outcome-...`).
    Outcome {
        /// Those whose job it is were told.
        PassedOn = "passed-on",
        /// Help was offered; not to whom.
        HelpOffered = "help-offered",
        /// The reporter was told what they can do.
        Advised = "advised",
        /// It was looked into, and nothing more can be done now.
        LookedIntoNothingMore = "looked-into-nothing-more",
        /// It is kept, for it may help later.
        Kept = "kept",
    }
}

impl Outcome {
    /// The sentence that the reporter reads.
    pub(crate) fn key(self) -> String {
        format!("outcome-{}", self.name())
    }

    /// Whether it is true of this folder, as far as the folder can tell: nobody is told that it was passed on before it was.
    pub(crate) fn is_true_of(self, papers: &[(Uuid, OffsetDateTime, Paper)]) -> bool {
        self != Self::PassedOn || papers.iter().any(|(_, _, paper)| matches!(paper, Paper::UrgentReferral(_)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_stored_under_the_name_that_its_sentence_has() {
        for outcome in Outcome::ALL {
            assert_eq!(serde_json::to_value(outcome).unwrap(), outcome.name());
            assert_eq!(Outcome::parse(outcome.name()), Some(*outcome));
        }
    }

    /// A sentence that names anybody, a place or a time would tell who spoke, or what is still to come.
    #[test]
    fn every_sentence_stands_in_every_language_and_has_nothing_to_fill_in() {
        let locales = plainsight_pages::Locales::load(None).unwrap();
        for tag in ["en", "ro"] {
            let words = locales.find(tag).unwrap();
            for outcome in Outcome::ALL {
                assert!(words.has(&outcome.key()), "{tag}: {}", outcome.key());
                let sentence = words.text(&outcome.key()).to_lowercase();
                for word in ["police", "poliți", "raid", "arrest", "arest", "visit", "{", "\u{2068}"] {
                    assert!(!sentence.contains(word), "{tag}, {}: {word}", outcome.name());
                }
                assert!(!sentence.chars().any(|sign| sign.is_ascii_digit()), "{tag}, {}", outcome.name());
            }
        }
    }
}
