//! A copy that is being prepared for somebody who asks what is kept of them: what was decided so far, passage by passage, and which
//! passages stand on one page. Two supervisors may work at it: what each decided is taken passage by passage, and where both
//! decided on one, nothing is overwritten.

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use time::OffsetDateTime;
use uuid::Uuid;

use crate::asked::LeftOut;
use crate::report::LONGEST_TEXT;

/// The word of the decision to give a passage.
const GIVE: &str = "give";
/// So much text stands on one page. A session that locks itself keeps a form of 60 KB; every passage may still grow.
const PAGE_BYTES: usize = 20_000;
/// So many passages stand on one page.
const PAGE_PASSAGES: usize = 8;

/// What is decided about a passage.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Decided {
    Give,
    LeaveOut(LeftOut),
}

impl Decided {
    /// Every decision, as a form sends it.
    pub(crate) fn names() -> impl Iterator<Item = &'static str> {
        [GIVE].into_iter().chain(LeftOut::ALL.iter().map(|why| why.name()))
    }

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Give => GIVE,
            Self::LeaveOut(why) => why.name(),
        }
    }

    pub(crate) fn parse(word: &str) -> Option<Self> {
        if word == GIVE { Some(Self::Give) } else { LeftOut::parse(word).map(Self::LeaveOut) }
    }
}

/// What is kept of a passage while the copy is prepared.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Draft {
    /// The words as they will be given.
    pub(crate) text: String,
    pub(crate) decided: Option<Decided>,
    /// A mark of the words that the records held when it was decided on.
    pub(crate) of: String,
    #[serde(with = "time::serde::timestamp")]
    pub(crate) at: OffsetDateTime,
    pub(crate) member: Uuid,
}

/// What a form says of a passage.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Sent {
    pub(crate) text: String,
    pub(crate) decided: Option<Decided>,
    /// What was kept when the page was made: [`seen`].
    pub(crate) saw: String,
    /// The words of the records, and their mark.
    pub(crate) records: String,
    pub(crate) of: String,
}

shows_nothing!(Draft, Sent);

/// What becomes of a passage that was sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Taken {
    /// What is kept stands.
    Stays,
    Keep(Draft),
    /// A colleague decided otherwise since the page was made. Theirs stands.
    Clash,
}

impl Draft {
    /// What holds of it for the words that the records hold now: a decision about other words is none.
    pub(crate) fn holds(&self, of: &str) -> Option<Decided> {
        self.decided.filter(|_| self.of == of)
    }
}

/// A short mark of a text.
pub(crate) fn mark(text: &str) -> String {
    let hash = Sha256::digest(text.as_bytes());
    data_encoding::HEXLOWER.encode(hash.get(..8).unwrap_or_default())
}

/// A mark of what is kept of a passage, for the page to carry: tells whether a colleague changed it since.
pub(crate) fn seen(draft: Option<&Draft>) -> String {
    draft.map(|draft| state(&draft.text, draft.decided)).unwrap_or_default()
}

fn state(text: &str, decided: Option<Decided>) -> String {
    mark(&format!("{} {text}", decided.map(Decided::name).unwrap_or_default()))
}

/// What becomes of a passage that this member sent, beside what is kept of it.
pub(crate) fn take(kept: Option<&Draft>, sent: Sent, member: Uuid, at: OffsetDateTime) -> Taken {
    let ours = state(&sent.text, sent.decided);
    let untouched = sent.decided.is_none() && sent.text == sent.records;
    match kept {
        None if untouched => return Taken::Stays,
        Some(kept) if ours == seen(Some(kept)) && (sent.decided.is_none() || kept.of == sent.of) => return Taken::Stays,
        // The page shows what it did when it was made, and a colleague went on: nothing of ours is to be kept.
        kept if seen(kept) != sent.saw && (ours == sent.saw || untouched && sent.saw.is_empty()) => return Taken::Stays,
        kept if seen(kept) != sent.saw && ours != seen(kept) => return Taken::Clash,
        _ => {}
    }
    // Words that were not decided on go on being words for what the records held before.
    let of = match (sent.decided, kept) {
        (None, Some(kept)) => kept.of.clone(),
        _ => sent.of,
    };
    Taken::Keep(Draft { text: sent.text, decided: sent.decided, of, at, member })
}

/// So many signs a passage takes: as many as the records hold, and room to put other words.
pub(crate) fn longest(records: &str) -> usize {
    records.chars().count().max(LONGEST_TEXT) + LONGEST_TEXT
}

/// Where each page begins and ends, for passages of so many bytes. There is always one page, and no passage is on two.
pub(crate) fn pages(sizes: &[usize]) -> Vec<std::ops::Range<usize>> {
    let mut pages = Vec::new();
    let (mut from, mut bytes) = (0, 0);
    for (number, size) in sizes.iter().enumerate() {
        if number > from && (number - from >= PAGE_PASSAGES || bytes + size > PAGE_BYTES) {
            pages.push(from..number);
            (from, bytes) = (number, 0);
        }
        bytes += size;
    }
    pages.push(from..sizes.len());
    pages
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use time::macros::datetime;

    use super::*;

    const AT: OffsetDateTime = datetime!(2026-12-01 10:00 UTC);
    const RECORDS: &str = "R. was there";

    fn sent(text: &str, decided: Option<Decided>, kept: Option<&Draft>) -> Sent {
        Sent { text: text.to_owned(), decided, saw: seen(kept), records: RECORDS.to_owned(), of: mark(RECORDS) }
    }

    fn kept(text: &str, decided: Option<Decided>) -> Draft {
        Draft { text: text.to_owned(), decided, of: mark(RECORDS), at: AT, member: Uuid::nil() }
    }

    fn taken(stored: Option<&Draft>, sent: Sent) -> Taken {
        take(stored, sent, Uuid::nil(), AT)
    }

    #[test]
    fn every_decision_is_read_back() {
        for name in Decided::names() {
            assert_eq!(Decided::parse(name).unwrap().name(), name);
        }
        assert_eq!(Decided::parse(""), None);
    }

    #[test]
    fn nothing_is_kept_of_what_nobody_touched() {
        assert_eq!(taken(None, sent(RECORDS, None, None)), Taken::Stays);
        let before = kept("R.", Some(Decided::Give));
        assert_eq!(taken(Some(&before), sent("R.", Some(Decided::Give), Some(&before))), Taken::Stays);
    }

    #[test]
    fn what_a_colleague_decided_meanwhile_is_not_overwritten() {
        let (harm, give) = (Some(Decided::LeaveOut(LeftOut::Harm)), Some(Decided::Give));
        let theirs = kept(RECORDS, harm);
        // My page is from before: what I decided clashes, what I left alone does not.
        assert_eq!(taken(Some(&theirs), sent(RECORDS, give, None)), Taken::Clash);
        assert_eq!(taken(Some(&theirs), sent(RECORDS, None, None)), Taken::Stays);
        // We decided the same.
        assert_eq!(taken(Some(&theirs), sent(RECORDS, harm, None)), Taken::Stays);
        // Having seen theirs, I may put mine in its place, or take theirs back.
        assert_eq!(taken(Some(&theirs), sent(RECORDS, give, Some(&theirs))), Taken::Keep(kept(RECORDS, give)));
        assert_eq!(taken(Some(&theirs), sent(RECORDS, None, Some(&theirs))), Taken::Keep(kept(RECORDS, None)));
    }

    #[test]
    fn a_decision_about_words_that_changed_in_the_records_is_none() {
        let draft = kept("R.", Some(Decided::Give));
        assert_eq!(draft.holds(&mark(RECORDS)), Some(Decided::Give));
        let newer = mark("R. was there with S.");
        assert_eq!(draft.holds(&newer), None);
        // Decided anew, with the same words: it is about what the records hold now.
        let again = Sent { of: newer.clone(), ..sent("R.", Some(Decided::Give), Some(&draft)) };
        assert_eq!(taken(Some(&draft), again), Taken::Keep(Draft { of: newer.clone(), ..draft.clone() }));
        // Other words without a decision stay words for the old ones: the page goes on saying that the records changed.
        let words = Sent { of: newer, ..sent("R. only", None, Some(&draft)) };
        assert_eq!(taken(Some(&draft), words), Taken::Keep(Draft { text: "R. only".to_owned(), decided: None, ..draft }));
    }

    proptest! {
        /// Every passage stands on one page, in its place; no page is too large, unless one passage alone is.
        #[test]
        fn pages_hold_every_passage_once_and_no_more_than_fits(sizes in prop::collection::vec(0_usize..30_000, 0..60)) {
            let pages = pages(&sizes);
            prop_assert!(!pages.is_empty());
            let inside: Vec<usize> = pages.iter().cloned().flatten().collect();
            prop_assert_eq!(inside, (0..sizes.len()).collect::<Vec<_>>());
            for page in pages {
                let of_page = &sizes[page.clone()];
                prop_assert!(page.len() <= PAGE_PASSAGES && (page.len() <= 1 || of_page.iter().sum::<usize>() <= PAGE_BYTES));
                prop_assert!(!page.is_empty() || sizes.is_empty());
            }
        }
    }
}
