//! What is written after the first report: answers to the reporter, facts the reporter adds, notes of the team.

use serde::{Deserialize, Serialize};
use time::OffsetDateTime;
use uuid::Uuid;

use plainsight_vocabulary::Answer;

use crate::case::Decision;
use crate::outcome::Outcome;
use crate::proof::Proof;
use crate::report::SafeContact;

/// Who wrote.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum From {
    Reporter,
    Desk,
}

/// A message between desk and reporter. Sealed to the contact and to the reporter's mailbox.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Message {
    pub(crate) from: From,
    /// The desk asks something.
    pub(crate) asks: bool,
    /// What the reporter says of danger now, when they come back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) danger: Option<Answer>,
    /// How the reporter may be reached from now on, instead of all that they said before (see `wishes.rs`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) wishes: Option<SafeContact>,
    /// The desk tells what became of the report: a fixed sentence, in the language in which it is read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) outcome: Option<Outcome>,
    /// The desk proves that a report was filed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) proof: Option<Proof>,
    /// The files that came with it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) files: Vec<Uuid>,
    pub(crate) text: String,
    /// Rounded to the hour.
    #[serde(with = "time::serde::timestamp")]
    pub(crate) at: OffsetDateTime,
    /// The adviser; the reporter is never shown who.
    pub(crate) member: Option<Uuid>,
}

impl Message {
    pub(crate) fn new(from: From, at: OffsetDateTime, text: impl Into<String>) -> Self {
        Self {
            from,
            asks: false,
            danger: None,
            wishes: None,
            outcome: None,
            proof: None,
            files: Vec::new(),
            text: text.into(),
            at,
            member: None,
        }
    }

    /// Nothing but how to reach the reporter: no news, and no answer to what we asked.
    pub(crate) fn is_only_wishes(&self) -> bool {
        self.wishes.is_some() && self.danger.is_none() && self.files.is_empty() && self.text.trim().is_empty()
    }
}

/// A private note of the team. Sealed to the contact only.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Note {
    pub(crate) text: String,
    #[serde(with = "time::serde::timestamp")]
    pub(crate) at: OffsetDateTime,
    pub(crate) member: Uuid,
    /// What it gives the reason for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) marks: Option<Mark>,
    /// Into whose hands the contact is given with it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) to: Option<Uuid>,
    /// Into which case the contact is put with it, or out of which.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) case: Option<Uuid>,
    /// What is decided with it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) decision: Option<Decision>,
    /// The number of the entry in that case: two may be written in one second.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub(crate) case_entry: u32,
}

fn is_zero(number: &u32) -> bool {
    *number == 0
}

impl Note {
    pub(crate) fn new(member: Uuid, at: OffsetDateTime, text: String, marks: Option<Mark>) -> Self {
        Self { text, at, member, marks, to: None, case: None, decision: None, case_entry: 0 }
    }
}

/// What a member decides with a written reason.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Mark {
    /// Somebody is in danger.
    Danger,
    /// The danger is dealt with.
    Safe,
    /// The contact is closed.
    Closed,
    /// The dialogue may go on: a supervisor has looked.
    GoOn,
    /// Given into a colleague's hands.
    HandedOver,
    /// Put into a case.
    InCase,
    /// Taken out of a case.
    OutOfCase,
    /// What is done about it.
    Decided,
    /// It may not be deleted.
    Held,
    /// It may be deleted again.
    HoldEnded,
    /// The number or address of the reporter stands in other reports, which make three with this one.
    Source,
}

/// To whom an urgent referral was made, always by telephone first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Receiver {
    Emergency,
    PoliceControlRoom,
    ChildrensServices,
    Ambulance,
}

impl Receiver {
    pub(crate) const ALL: [Self; 4] = [Self::Emergency, Self::PoliceControlRoom, Self::ChildrensServices, Self::Ambulance];

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Emergency => "emergency",
            Self::PoliceControlRoom => "police-control-room",
            Self::ChildrensServices => "childrens-services",
            Self::Ambulance => "ambulance",
        }
    }

    pub(crate) fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|receiver| receiver.name() == word)
    }
}

/// Why a referral was made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Ground {
    /// The person agreed.
    Consent,
    DangerToLife,
    ChildAtRisk,
    SeriousHarm,
}

impl Ground {
    pub(crate) const ALL: [Self; 4] = [Self::Consent, Self::DangerToLife, Self::ChildAtRisk, Self::SeriousHarm];

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Consent => "consent",
            Self::DangerToLife => "danger-to-life",
            Self::ChildAtRisk => "child-at-risk",
            Self::SeriousHarm => "serious-harm",
        }
    }

    pub(crate) fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|ground| ground.name() == word)
    }
}

/// The record of an urgent referral that one adviser made alone by telephone (practice: the emergency door).
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct UrgentReferral {
    pub(crate) receiver: Receiver,
    /// When it was passed.
    #[serde(with = "time::serde::timestamp")]
    pub(crate) passed_at: OffsetDateTime,
    /// Who took the call, as they gave it.
    pub(crate) call_taker: String,
    /// The receiver's incident reference; `None` is "refused or none given", which is an answer too.
    pub(crate) incident_reference: Option<String>,
    pub(crate) told: String,
    pub(crate) ground: Ground,
    pub(crate) member: Uuid,
}

/// What a second person found on review, within 24 hours, never before the referral.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Review {
    /// The referrals that were reviewed: their papers. Named, for two may be written in one second.
    pub(crate) of: Vec<Uuid>,
    pub(crate) text: String,
    #[serde(with = "time::serde::timestamp")]
    pub(crate) at: OffsetDateTime,
    pub(crate) member: Uuid,
}

shows_nothing!(Message, Note, UrgentReferral, Review);
