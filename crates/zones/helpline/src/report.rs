//! What a reporter tells us first: the content of a contact's first envelope. Class P: only people with the team's key read it.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use plainsight_vocabulary::{Answer, Channel, ConsentLevel, Proximity};

/// The longest text that one field takes, in characters. Larger than any letter; small enough that a form state of
/// 64 KiB holds every answer in any script.
pub(crate) const LONGEST_TEXT: usize = 10_000;
/// The longest answer to a short question, in characters.
pub(crate) const LONGEST_LINE: usize = 500;

/// Which way somebody came in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Path {
    /// "It is happening to me".
    Me,
    /// "I noticed something".
    Noticed,
}

/// What it is about: whatever was seen or suffered, or ourselves.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum About {
    #[default]
    Report,
    /// A complaint about us. It lies sealed among the reports: nobody but who opens it sees that it is one.
    Complaint,
}

impl About {
    fn is_report(&self) -> bool {
        *self == Self::Report
    }
}

/// The way through the pages: which questions are asked, in which order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Way {
    Me,
    Noticed,
    /// "I work with people": advice first, then one short page.
    Work,
    /// A complaint about us: one page.
    Complain,
}

impl Way {
    pub(crate) fn path(self) -> Path {
        match self {
            Self::Me => Path::Me,
            Self::Noticed | Self::Work | Self::Complain => Path::Noticed,
        }
    }

    /// What is known of the reporter by the way alone.
    pub(crate) fn proximity(self) -> Option<Proximity> {
        (self == Self::Work).then_some(Proximity::Professional)
    }

    pub(crate) fn about(self) -> About {
        if self == Self::Complain { About::Complaint } else { About::Report }
    }
}

/// Whether a sign was seen. A fact observed, never a grade.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Seen {
    Yes,
    No,
    CouldNotSee,
}

impl Seen {
    pub(crate) const ALL: [Self; 3] = [Self::Yes, Self::No, Self::CouldNotSee];

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Yes => "yes",
            Self::No => "no",
            Self::CouldNotSee => "could-not-see",
        }
    }

    pub(crate) fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|seen| seen.name() == word)
    }
}

/// How the reporter may be reached. The default is not at all: a message on the wrong phone can endanger somebody.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reach {
    #[default]
    Nobody,
    /// Only here, with the receipt.
    Receipt,
    Telephone,
    Text,
    Email,
}

impl Reach {
    pub(crate) const ALL: [Self; 5] = [Self::Nobody, Self::Receipt, Self::Telephone, Self::Text, Self::Email];

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Nobody => "nobody",
            Self::Receipt => "receipt",
            Self::Telephone => "telephone",
            Self::Text => "text",
            Self::Email => "email",
        }
    }

    pub(crate) fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|channel| channel.name() == word)
    }

    /// Whether this way needs a number or an address.
    pub(crate) fn needs_address(self) -> bool {
        matches!(self, Self::Telephone | Self::Text | Self::Email)
    }
}

/// The safe contact card: it stays in sight on every desk page of the contact.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct SafeContact {
    pub reach: Reach,
    /// Telephone number or e-mail address.
    pub address: String,
    /// When it is safe, in the reporter's words.
    pub times: String,
    /// A word that the adviser says first, so that the reporter knows who calls.
    pub code_word: String,
}

/// A first report. Everything is optional but the path: one answered question is enough to send.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Report {
    pub path: Path,
    #[serde(skip_serializing_if = "About::is_report")]
    pub about: About,
    /// How near the reporter is to it, as they chose on the first page.
    pub proximity: Option<Proximity>,
    /// The language of the pages, as a tag.
    pub language: String,
    pub danger: Option<Answer>,
    /// Under 18: the reporter (path "me") or somebody in what was noticed.
    pub child: Option<Answer>,
    /// A setting of the vocabulary.
    pub setting: Option<String>,
    pub place: String,
    /// Sign of the vocabulary -> seen or not.
    pub signs: BTreeMap<String, Seen>,
    pub words: String,
    pub naming: Option<ConsentLevel>,
    pub safe_contact: SafeContact,
    /// What somebody who works with people does, in their words.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub role: String,
    /// How it came. What came otherwise than over the site was written down by an adviser, who signed it.
    pub channel: Channel,
    /// What an adviser wrote down of a call or a meeting.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub spoken: Option<Spoken>,
    /// Which other system handed it in.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub handed: Option<Handed>,
}

/// What another system says beside the report that it hands in.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Handed {
    /// The name that the system had here then.
    pub by: String,
    /// From which number or address it came, or who the system says it was, a line each. Nobody asked whether it is safe
    /// to answer there.
    pub from: String,
    /// Nobody was asked how urgent it is: a text message, a mail.
    pub unasked: bool,
}

/// What an adviser writes down beside the report itself.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Spoken {
    /// Whether it was safe to talk.
    pub safe_to_talk: Option<Answer>,
    /// They were told when we may have to act without asking.
    pub told_limits: bool,
    /// The interpreter's number and line, if one was there.
    pub interpreter: String,
    /// What was advised, and where to.
    pub advice: String,
}

impl Default for Report {
    fn default() -> Self {
        Self {
            path: Path::Noticed,
            about: About::Report,
            proximity: None,
            language: "en".to_owned(),
            danger: None,
            child: None,
            setting: None,
            place: String::new(),
            signs: BTreeMap::new(),
            words: String::new(),
            naming: None,
            safe_contact: SafeContact::default(),
            role: String::new(),
            channel: Channel::Web,
            spoken: None,
            handed: None,
        }
    }
}

impl Report {
    pub(crate) fn way(&self) -> Way {
        if self.about == About::Complaint {
            return Way::Complain;
        }
        match (self.path, self.proximity) {
            (Path::Me, _) => Way::Me,
            (Path::Noticed, Some(Proximity::Professional)) => Way::Work,
            (Path::Noticed, _) => Way::Noticed,
        }
    }

    /// Whether there is anything to send: one answered question is enough, and choosing a language or a path is none.
    pub fn says_something(&self) -> bool {
        self.danger.is_some()
            || self.child.is_some()
            || self.setting.is_some()
            || !self.place.trim().is_empty()
            || self.signs.values().any(|seen| *seen == Seen::Yes)
            || !self.words.trim().is_empty()
            || !self.safe_contact.address.trim().is_empty()
    }

    /// Whether an adviser wrote it down, and signed it.
    pub(crate) fn was_written_down(&self) -> bool {
        self.channel != Channel::Web && self.handed.is_none()
    }

    pub(crate) fn signs_seen(&self) -> impl Iterator<Item = &str> {
        self.signs.iter().filter(|(_, seen)| **seen == Seen::Yes).map(|(id, _)| id.as_str())
    }
}

impl std::fmt::Debug for Report {
    /// Shows no answer: a report in a log would be a leak.
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("Report { .. }")
    }
}

impl std::fmt::Debug for SafeContact {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("SafeContact { .. }")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_answer_is_enough_to_send_and_none_is_not() {
        assert!(!Report::default().says_something());
        assert!(Report { words: "help".into(), ..Report::default() }.says_something());
        assert!(Report { danger: Some(Answer::NotSure), ..Report::default() }.says_something());
        assert!(!Report { words: " \n ".into(), naming: Some(ConsentLevel::Anonymous), ..Report::default() }.says_something());
    }

    /// Reports from before there were complaints, and drafts on phones of that hour, open as what they are.
    #[test]
    fn what_does_not_say_what_it_is_about_is_a_report() {
        let old: Report = serde_json::from_str(r#"{"path":"me","words":"help"}"#).unwrap();
        assert_eq!((old.about, old.way()), (About::Report, Way::Me));
        assert!(!serde_json::to_string(&old).unwrap().contains("about"));
        let complaint = Report { about: About::Complaint, ..Report::default() };
        let again: Report = serde_json::from_str(&serde_json::to_string(&complaint).unwrap()).unwrap();
        assert_eq!((again.about, again.way()), (About::Complaint, Way::Complain));
    }

    #[test]
    fn debug_shows_nothing_that_was_typed() {
        let report = Report { words: "canary".into(), place: "canary".into(), ..Report::default() };
        assert!(!format!("{report:?}").contains("canary"));
    }
}
