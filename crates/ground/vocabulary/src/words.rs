//! The words that ship with the program, read once.

use std::sync::OnceLock;

use crate::{
    contact::ContactKind,
    error::FileError,
    exploitation::{ExploitationType, Venue},
    jurisdiction::Jurisdiction,
    setting::{Setting, SettingSigns},
    sign::{Observer, Sign},
    tables,
};

struct Words {
    signs: Vec<Sign>,
    settings: Vec<Setting>,
    venues: Vec<Venue>,
    exploitation: Vec<ExploitationType>,
    contact_kinds: Vec<ContactKind>,
    jurisdictions: Vec<Jurisdiction>,
}

fn read() -> Result<Words, FileError> {
    let signs = tables::read_signs("signs.csv", include_str!("../data/signs.csv"))?;
    let venues = tables::read_venues("venues.csv", include_str!("../data/venues.csv"))?;
    let settings = tables::read_settings("settings.csv", include_str!("../data/settings.csv"), &signs, &venues)?;
    Ok(Words {
        settings,
        venues,
        signs,
        exploitation: tables::read_exploitation("exploitation.csv", include_str!("../data/exploitation.csv"))?,
        contact_kinds: tables::read_contact_kinds("contact_kinds.csv", include_str!("../data/contact_kinds.csv"))?,
        jurisdictions: vec![
            Jurisdiction::parse("jurisdictions/england.toml", include_str!("../data/jurisdictions/england.toml"))?,
            Jurisdiction::parse("jurisdictions/romania.toml", include_str!("../data/jurisdictions/romania.toml"))?,
        ],
    })
}

fn words() -> &'static Words {
    static WORDS: OnceLock<Words> = OnceLock::new();
    // The files are part of the program, and a test reads each of them: a mistake here cannot come from outside.
    WORDS.get_or_init(|| read().unwrap_or_else(|error| panic!("the program's own words: {error}")))
}

/// Every sign, in the order of the table.
#[must_use]
pub fn signs() -> &'static [Sign] {
    &words().signs
}

/// A sign by its id.
#[must_use]
pub fn sign(id: &str) -> Option<&'static Sign> {
    signs().iter().find(|sign| sign.id == id)
}

/// Every setting, in the order of the page; the last is "somewhere else".
#[must_use]
pub fn settings() -> &'static [Setting] {
    &words().settings
}

/// A setting by its id.
#[must_use]
pub fn setting(id: &str) -> Option<&'static Setting> {
    settings().iter().find(|setting| setting.id == id)
}

/// Every kind of venue of the desk's code list.
#[must_use]
pub fn venues() -> &'static [Venue] {
    &words().venues
}

/// A kind of venue by its id.
#[must_use]
pub fn venue(id: &str) -> Option<&'static Venue> {
    venues().iter().find(|venue| venue.id == id)
}

/// Every kind of exploitation, wider kinds before their narrower ones.
#[must_use]
pub fn exploitation_types() -> &'static [ExploitationType] {
    &words().exploitation
}

/// A kind of exploitation by its id.
#[must_use]
pub fn exploitation_type(id: &str) -> Option<&'static ExploitationType> {
    exploitation_types().iter().find(|kind| kind.id == id)
}

/// The code lists of contacts: proximity, channels, case kinds, levels of consent.
#[must_use]
pub fn contact_kinds() -> &'static [ContactKind] {
    &words().contact_kinds
}

/// The jurisdictions as shipped: nothing but statutory emergency facts is confirmed. Pages want
/// [`crate::OperatorFacts::apply`] over these.
#[must_use]
pub fn jurisdictions() -> &'static [Jurisdiction] {
    &words().jurisdictions
}

/// The signs of a setting for the public, strongest first: only signs that may be shown to everybody.
#[must_use]
pub fn signs_for(setting: &Setting) -> SettingSigns {
    SettingSigns { strongest: by_ids(&setting.strongest).collect(), more: by_ids(&setting.more).filter(|sign| sign.public_ok).collect() }
}

/// The signs of a setting for a professional, strongest first. Under "more" stand signs that only somebody who
/// talks with the person can come to know, and those with a proxy risk, which mean nothing by themselves.
#[must_use]
pub fn signs_for_professional(setting: &Setting) -> SettingSigns {
    SettingSigns {
        strongest: by_ids(&setting.strongest).collect(),
        more: by_ids(&setting.more)
            .filter(|sign| sign.public_ok || sign.seen_by(Observer::Professional) || sign.seen_by(Observer::Public))
            .collect(),
    }
}

/// The questions for somebody to whom it may be happening, strongest first: those of a setting, or of every setting.
#[must_use]
pub fn self_signs(setting: Option<&Setting>) -> Vec<&'static Sign> {
    match setting {
        Some(setting) => by_ids(&setting.strongest).chain(by_ids(&setting.more)).filter(|sign| sign.self_ok).collect(),
        None => {
            let mut all: Vec<_> = signs().iter().filter(|sign| sign.self_ok).collect();
            // Signs without a strength have no self wording by the tests; they would come last.
            all.sort_by_key(|sign| sign.strength.map_or(u8::MAX, |strength| strength as u8));
            all
        }
    }
}

fn by_ids(ids: &[String]) -> impl Iterator<Item = &'static Sign> + '_ {
    ids.iter().filter_map(|id| sign(id))
}
