//! How a reporter may be reached, as they said it last. Whoever comes back with their receipt changes it without telling
//! anything else; a telephone that was safe on Monday may lie in other hands on Tuesday. The newest word holds, all of it, and
//! nothing of an earlier one is added to it.

use time::OffsetDateTime;
use uuid::Uuid;

use crate::acts::open::Paper;
use crate::fields::Fields;
use crate::message::From;
use crate::questions::{Problem, contact_problem, contact_too_long};
use crate::records::papers::PaperKind;
use crate::report::{Reach, Report, SafeContact};

/// What holds, and what no longer does.
pub(crate) struct Wishes<'a> {
    pub(crate) now: &'a SafeContact,
    /// When the reporter changed it; none while it is what they first said.
    pub(crate) since: Option<OffsetDateTime>,
    /// Newest first. Nobody may use them.
    pub(crate) earlier: Vec<&'a SafeContact>,
    /// A message that does not open may say otherwise.
    pub(crate) unsure: bool,
}

impl<'a> Wishes<'a> {
    /// `papers` stand in the order of time.
    pub(crate) fn of(report: &'a Report, papers: &'a [(Uuid, OffsetDateTime, Paper)]) -> Self {
        let mut wishes = Self { now: &report.safe_contact, since: None, earlier: Vec::new(), unsure: false };
        let mut lost = false;
        for (_, at, paper) in papers {
            match paper {
                Paper::Message(message) if message.from == From::Reporter => {
                    let Some(said) = &message.wishes else { continue };
                    wishes.earlier.insert(0, wishes.now);
                    (wishes.now, wishes.since, wishes.unsure) = (said, Some(message.at), false);
                }
                Paper::Damaged(None | Some(PaperKind::Message)) => {
                    wishes.unsure = true;
                    // Without its time it stands first, wherever it belongs.
                    lost |= *at == OffsetDateTime::UNIX_EPOCH;
                }
                _ => {}
            }
        }
        wishes.unsure |= lost;
        wishes
    }
}

/// What is typed on the page that asks. No choice stands there before one is made, so that a press alone changes nothing.
#[derive(Clone, Default, PartialEq, Eq)]
pub(crate) struct Wish {
    pub(crate) chosen: Option<Reach>,
    pub(crate) contact: SafeContact,
}

/// The fields of the page.
const FIELDS: [&str; 4] = ["reach", "address", "times", "code-word"];

impl Wish {
    /// None where a page does not ask.
    pub(crate) fn from_fields(fields: &Fields) -> Option<Self> {
        let chosen = fields.get("reach").and_then(Reach::parse);
        let contact = SafeContact {
            reach: chosen.unwrap_or_default(),
            address: fields.text("address"),
            times: fields.text("times"),
            code_word: fields.text("code-word"),
        };
        FIELDS.iter().any(|field| fields.get(field).is_some()).then_some(Self { chosen, contact })
    }

    /// The same, for a page that keeps it.
    pub(crate) fn to_fields(&self) -> [(&'static str, &str); 4] {
        let SafeContact { address, times, code_word, .. } = &self.contact;
        let [reach, at, when, word] = FIELDS;
        [(reach, self.chosen.map_or("", Reach::name)), (at, address), (when, times), (word, code_word)]
    }

    /// What to mend.
    pub(crate) fn check(&self) -> Vec<Problem> {
        if self.chosen.is_none() {
            return vec![Problem { field: "reach", message: "error-reach-missing" }];
        }
        // What is dropped need not be right: "not at all" is stored whatever stands in the fields below it.
        if !self.contact.reach.needs_address() {
            return Vec::new();
        }
        contact_too_long(&self.contact).into_iter().chain(contact_problem(&self.contact)).collect()
    }

    /// What is stored: nothing but the choice where nobody may call or write.
    pub(crate) fn finished(self) -> SafeContact {
        if self.contact.reach.needs_address() { self.contact } else { SafeContact { reach: self.contact.reach, ..SafeContact::default() } }
    }
}

impl std::fmt::Debug for Wish {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("Wish { .. }")
    }
}

#[cfg(test)]
mod tests {
    use time::macros::datetime;

    use super::*;
    use crate::message::Message;

    const AT: OffsetDateTime = datetime!(2026-12-01 10:00 UTC);

    fn by(reach: Reach, address: &str) -> SafeContact {
        SafeContact { reach, address: address.into(), ..SafeContact::default() }
    }

    fn said(from: From, at: OffsetDateTime, wishes: Option<SafeContact>) -> (Uuid, OffsetDateTime, Paper) {
        (Uuid::nil(), at, Paper::Message(Message { wishes, ..Message::new(from, at, "") }))
    }

    #[test]
    fn the_newest_word_of_the_reporter_holds_and_no_piece_of_an_earlier_one() {
        let first = SafeContact { code_word: "blue".into(), ..by(Reach::Telephone, "07700 900123") };
        let report = Report { safe_contact: first.clone(), ..Report::default() };
        let wishes = Wishes::of(&report, &[]);
        assert!(*wishes.now == first && wishes.since.is_none() && wishes.earlier.is_empty() && !wishes.unsure);

        let (second, later) = (by(Reach::Email, "ana@example.org"), AT + time::Duration::DAY);
        let papers = [
            said(From::Reporter, AT, Some(second.clone())),
            said(From::Reporter, AT, None),
            said(From::Reporter, later, Some(SafeContact::default())),
            // Nobody but the reporter says how they may be reached.
            said(From::Desk, later, Some(first.clone())),
        ];
        let wishes = Wishes::of(&report, &papers);
        assert!(*wishes.now == SafeContact::default(), "not at all is a choice like any other");
        assert_eq!(wishes.since, Some(later));
        assert!(wishes.earlier == [&second, &first]);
    }

    #[test]
    fn a_message_that_does_not_open_may_have_changed_it() {
        let report = Report::default();
        let damaged = |at, kind| (Uuid::nil(), at, Paper::Damaged(kind));
        let change = || said(From::Reporter, AT, Some(SafeContact::default()));
        let unsure = |papers: &[_]| Wishes::of(&report, papers).unsure;
        assert!(unsure(&[damaged(AT, Some(PaperKind::Message))]));
        assert!(unsure(&[change(), damaged(AT, None)]));
        assert!(!unsure(&[damaged(AT, Some(PaperKind::Message)), change()]), "what came after holds");
        assert!(unsure(&[damaged(OffsetDateTime::UNIX_EPOCH, None), change()]), "nobody knows when it was written");
        assert!(!unsure(&[damaged(AT, Some(PaperKind::Note))]));
    }

    #[test]
    fn a_press_alone_changes_nothing_and_not_at_all_is_never_stopped() {
        let wish = |text: &str| Wish::from_fields(&Fields::parse(text.as_bytes())).unwrap();
        assert!(Wish::from_fields(&Fields::parse(b"words=x")).is_none());
        let nothing = wish("address=07700+900123");
        assert_eq!(nothing.check(), [Problem { field: "reach", message: "error-reach-missing" }]);
        let wrong = wish("reach=telephone&address=my+sister");
        assert_eq!(wrong.check(), [Problem { field: "address", message: "error-telephone" }]);
        let long = "x".repeat(crate::report::LONGEST_LINE + 1);
        assert_eq!(wish(&format!("reach=text&address=07700900123&times={long}")).check()[0].field, "times");
        let not_at_all = wish(&format!("reach=nobody&address=my+sister&times={long}&code-word=blue"));
        assert_eq!(not_at_all.check(), []);
        assert!(not_at_all.finished() == SafeContact::default(), "nothing is kept that nobody may use");
        let right = wish("reach=text&address=07700900123&times=at+noon&code-word=blue");
        let again: String = right.to_fields().map(|(name, value)| format!("{name}={}", value.replace(' ', "+"))).join("&");
        assert!(wish(&again) == right);
        assert_eq!((right.check(), right.finished().code_word.as_str()), (vec![], "blue"));
    }
}
