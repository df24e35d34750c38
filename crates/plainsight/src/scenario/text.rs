//! What people write, by language: whole texts and sentences with slots.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::error::ScenarioError;
use super::place::Places;

/// What reporters write in one language.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Language {
    /// Tag (BCP 47).
    pub language: String,
    /// The language's own name.
    pub native: String,
    /// "On Monday" to "on Sunday" as the texts need it.
    pub days: Vec<String>,
    /// Given names and initials, as reporters sign.
    pub names: Vec<String>,
    /// Share typed without marks (ș as s).
    #[serde(default)]
    pub without_marks: f64,
    /// Share of Bulgarian typed in Latin letters and digits.
    #[serde(default)]
    pub shlyokavitsa: f64,
    /// Danger now, said by somebody who noticed it.
    pub danger: Vec<String>,
    /// Danger now, said by the person themselves.
    pub danger_me: Vec<String>,
    /// First sentences that name the place.
    pub openings: Vec<String>,
    /// First sentences of a customer; the others serve when there are none.
    #[serde(default)]
    pub openings_customer: Vec<String>,
    /// First sentences at some kinds of place, instead of the others.
    #[serde(default)]
    pub openings_at: BTreeMap<String, Vec<String>>,
    /// Said when there is nothing to point to.
    #[serde(default)]
    pub vague: Vec<String>,
    /// Last sentences.
    pub closings: Vec<String>,
    /// Sentences about a vehicle.
    #[serde(default)]
    pub vehicle: Vec<String>,
    /// Sentences that give the writer's number.
    #[serde(default)]
    pub phone: Vec<String>,
    /// Things people add later.
    #[serde(default)]
    pub later: Vec<String>,
    /// `sign` or `sign/kind`, sentences of somebody who noticed it: those of the kind of place win over the general ones.
    pub say: BTreeMap<String, Vec<String>>,
    /// Whole texts.
    #[serde(rename = "text")]
    pub texts: Vec<Text>,
}

/// A whole text.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Text {
    /// Who writes.
    pub voice: String,
    /// The kinds of place it fits; any when empty.
    pub kinds: Vec<String>,
    /// Whether it is about a place at all.
    #[serde(default = "yes")]
    pub about_place: bool,
    /// The signs that the words themselves tell of.
    pub signs: Vec<String>,
    /// The words, with slots.
    pub text: String,
    /// What the same person adds later, in this order.
    #[serde(default)]
    pub later: Vec<String>,
}

fn yes() -> bool {
    true
}

/// Every slot that a text may have.
pub(crate) const SLOTS: &[&str] = &[
    "premises",
    "street",
    "plate",
    "plate_part",
    "vehicle",
    "day",
    "hours",
    "clock",
    "count",
    "wage",
    "price",
    "nick",
    "phone",
    "phone_there",
];

/// The slots of a text, in order.
pub(crate) fn slots(text: &str) -> impl Iterator<Item = &str> {
    text.split('{').skip(1).filter_map(|rest| rest.split_once('}').map(|(slot, _)| slot))
}

impl Language {
    pub(crate) fn check(&self, file: &str, places: &Places) -> Result<(), ScenarioError> {
        let unfit = |problem: String| Err(ScenarioError::unfit(file, problem));
        if self.days.len() != 7 {
            return unfit("days must have seven entries from Monday".to_owned());
        }
        if self.danger.is_empty()
            || self.danger_me.is_empty()
            || self.openings.is_empty()
            || self.closings.is_empty()
            || self.names.is_empty()
        {
            return unfit("danger, danger_me, openings, closings and names each need a sentence".to_owned());
        }
        let told = self.texts.iter().flat_map(|text| text.kinds.iter().map(String::as_str));
        let said = self.say.keys().filter_map(|key| key.split_once('/').map(|(_, kind)| kind));
        if let Some(kind) = told
            .chain(said)
            .chain(self.openings_at.keys().map(String::as_str))
            .find(|kind| !places.kinds.iter().any(|known| known.kind == *kind))
        {
            return unfit(format!("there is no kind of place \"{kind}\""));
        }
        if let Some((text, slot)) =
            self.sentences().find_map(|text| slots(text).find(|slot| !SLOTS.contains(slot)).map(|slot| (text, slot)))
        {
            return unfit(format!("\"{text}\" has the unknown slot {{{slot}}}; write one of: {}", SLOTS.join(", ")));
        }
        Ok(())
    }

    /// The ways to say that a sign was seen at this kind of place.
    pub(crate) fn ways(&self, sign: &str, kind: &str) -> &[String] {
        self.say.get(&format!("{sign}/{kind}")).or_else(|| self.say.get(sign)).map_or(&[], Vec::as_slice)
    }

    /// Every sentence and text of the language.
    pub fn sentences(&self) -> impl Iterator<Item = &str> {
        let lists = [
            &self.danger,
            &self.danger_me,
            &self.openings,
            &self.openings_customer,
            &self.vague,
            &self.closings,
            &self.vehicle,
            &self.phone,
            &self.later,
        ];
        lists
            .into_iter()
            .chain(self.say.values())
            .chain(self.openings_at.values())
            .flatten()
            .chain(self.texts.iter().flat_map(|text| std::iter::once(&text.text).chain(&text.later)))
            .map(String::as_str)
    }
}

/// What advisers write.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DeskTexts {
    /// Private notes, by what the contact is like.
    pub notes: BTreeMap<String, Vec<String>>,
    /// Why a danger is dealt with.
    pub safe: BTreeMap<String, String>,
    /// Reasons for closing.
    pub close: BTreeMap<String, String>,
    /// Urgent referrals.
    pub urgent: Urgent,
    /// Questions, by language.
    pub asks: BTreeMap<String, Vec<String>>,
    /// Replies to those who noticed something, by language.
    pub replies_noticed: BTreeMap<String, Vec<String>>,
    /// Replies to those who write about themselves, by language.
    pub replies_me: BTreeMap<String, Vec<String>>,
    /// English replies to particular voices, such as somebody who only wants advice.
    pub replies_other: BTreeMap<String, Vec<String>>,
}

/// Whom an adviser rings, and what is told.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Urgent {
    /// Receivers: the first for danger to life, the second for a child.
    pub receivers: Vec<String>,
    /// What is told.
    pub told: String,
}

impl DeskTexts {
    pub(crate) fn check(&self) -> Result<(), ScenarioError> {
        let missing = |what: &str| Err(ScenarioError::unfit("desk.toml", format!("{what} is missing")));
        for kind in ["general", "me", "young", "young-witness", "danger", "professional", "advice", "hoax", "sex-work", "again"] {
            if self.notes.get(kind).is_none_or(Vec::is_empty) {
                return missing(&format!("a note of the kind \"{kind}\""));
            }
        }
        for kind in ["danger", "young"] {
            if !self.safe.contains_key(kind) {
                return missing(&format!("why a danger of the kind \"{kind}\" is dealt with"));
            }
        }
        for reason in ["general", "passed", "urgent", "hoax", "sex-work", "advice"] {
            if !self.close.contains_key(reason) {
                return missing(&format!("the closing reason \"{reason}\""));
            }
        }
        if self.urgent.receivers.len() < 2 {
            return missing("a receiver for danger to life and one for a child");
        }
        for (what, texts) in [("asks", &self.asks), ("replies_noticed", &self.replies_noticed), ("replies_me", &self.replies_me)] {
            if texts.get("en").is_none_or(Vec::is_empty) {
                return missing(&format!("an English text in {what}"));
            }
        }
        Ok(())
    }
}
