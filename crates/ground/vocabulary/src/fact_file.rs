//! Reading values of facts from TOML, the same way from our own files and from the operator's.

use serde::Deserialize;
use time::{Date, Month};
use toml::Spanned;

use crate::{
    clocks::Clocks,
    error::{FileError, Source},
    hours::WeeklyHours,
    route::{Anonymity, Cost, FactName, Languages, LanguagesKind, Telephone, WebAddress},
};

/// No file of facts is longer than this; a longer one is a mistake or an attack.
pub(crate) const MAX_BYTES: usize = 1024 * 1024;

/// A value of a fact. Hours wait for the time zone of their jurisdiction.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Value {
    Telephone(Telephone),
    Web(WebAddress),
    Hours(Vec<String>),
    Cost(Cost),
    Languages(Languages),
    Anonymous(Anonymity),
}

/// A value as TOML writes it: a text, a list of texts (hours), or a table (languages).
#[derive(Debug, Clone, Deserialize)]
#[serde(untagged)]
pub(crate) enum RawValue {
    Text(String),
    Lines(Vec<String>),
    Languages(RawLanguages),
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RawLanguages {
    kind: String,
    #[serde(default)]
    tags: Vec<String>,
}

/// The clocks as a file writes them; what is left out stays as it is.
#[derive(Debug, Clone, Copy, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RawClocks {
    danger_minutes: Option<u32>,
    soon_minutes: Option<u32>,
    first_read_staffed_hours: Option<u32>,
    acknowledged_hours: Option<u32>,
    feedback_days: Option<u32>,
}

pub(crate) fn parse_toml<T: serde::de::DeserializeOwned>(source: Source<'_>) -> Result<T, FileError> {
    if source.text.len() > MAX_BYTES {
        return Err(FileError::new(
            source.file,
            None,
            "the file is larger than 1 MiB",
            "A file of facts has some hundreds of lines; check that this is the right file.",
        ));
    }
    toml::from_str(source.text).map_err(|error| {
        FileError::new(
            source.file,
            error.span().map(|span| source.line(span.start)),
            error.message().trim().replace('\n', " "),
            "Mend this line; docs/vocabulary.md shows each field.",
        )
    })
}

/// Reads a value for a named fact.
pub(crate) fn read_value(source: Source<'_>, name: FactName, raw: &Spanned<RawValue>) -> Result<Value, FileError> {
    let at = raw.span().start;
    let value = match (name, raw.get_ref()) {
        (FactName::Telephone | FactName::AlsoTelephone | FactName::Silent, RawValue::Text(text)) => {
            Telephone::parse(text).map(Value::Telephone)
        }
        (FactName::Web, RawValue::Text(text)) => WebAddress::parse(text).map(Value::Web),
        (FactName::Hours, RawValue::Text(text)) => Some(Value::Hours(hours_lines(source, at, std::slice::from_ref(text))?)),
        (FactName::Hours, RawValue::Lines(lines)) => Some(Value::Hours(hours_lines(source, at, lines)?)),
        (FactName::Cost, RawValue::Text(text)) => Cost::from_code(text).map(Value::Cost),
        (FactName::Languages, RawValue::Languages(raw)) => languages(&raw.kind, &raw.tags).map(Value::Languages),
        (FactName::Languages, RawValue::Text(kind)) => languages(kind, &[]).map(Value::Languages),
        (FactName::Anonymous, RawValue::Text(text)) => Anonymity::from_code(text).map(Value::Anonymous),
        _ => None,
    };
    value.ok_or_else(|| source.error(at, format!("this is no value for \"{name}\""), advice(name)))
}

fn advice(name: FactName) -> &'static str {
    match name {
        FactName::Telephone | FactName::AlsoTelephone | FactName::Silent => {
            "Write a telephone number of digits and spaces, such as \"020 7946 0123\" or \"+44 20 7946 0123\"."
        }
        FactName::Web => "Write an address that begins with https://, such as \"https://example.org\".",
        FactName::Hours => "Write \"always\" or a list such as [\"mon-fri 09:00-17:00\", \"sat 10:00-14:00\"].",
        FactName::Cost => "Write \"free\", \"free-inside\" or \"ordinary\".",
        FactName::Languages => "Write { kind = \"interpreter\", tags = [\"en\"] } or { kind = \"listed\", tags = [\"en\", \"ro\"] }.",
        FactName::Anonymous => "Write \"yes\", \"choice\", \"may-ask\" or \"no\".",
    }
}

fn hours_lines(source: Source<'_>, at: usize, lines: &[String]) -> Result<Vec<String>, FileError> {
    let read = WeeklyHours::parse("UTC", lines).map_err(|error| source.error(at, error.to_string(), advice(FactName::Hours)))?;
    if read.is_never() {
        return Err(source.error(at, "these hours are empty", advice(FactName::Hours)));
    }
    Ok(lines.to_vec())
}

fn languages(kind: &str, tags: &[String]) -> Option<Languages> {
    let kind = LanguagesKind::from_code(kind)?;
    let good = |tag: &String| (2..=20).contains(&tag.len()) && tag.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    let listed = kind == LanguagesKind::Interpreter || !tags.is_empty();
    (listed && tags.iter().all(good)).then(|| Languages { kind, tags: tags.to_vec() })
}

/// A TOML local date. A time of day in it is refused: a review falls due on a day.
pub(crate) fn read_date(source: Source<'_>, raw: &Spanned<toml::value::Datetime>) -> Result<Date, FileError> {
    let bad = || source.error(raw.span().start, "this is not a day", "Write the day without quotes, such as 2026-11-23.");
    let datetime = raw.get_ref();
    if datetime.time.is_some() || datetime.offset.is_some() {
        return Err(bad());
    }
    let date = datetime.date.ok_or_else(bad)?;
    let month = Month::try_from(date.month).map_err(|_| bad())?;
    Date::from_calendar_date(i32::from(date.year), month, date.day).map_err(|_| bad())
}

/// An id that can stand in a Fluent key, a link and a file name.
pub(crate) fn is_id(id: &str) -> bool {
    (1..=60).contains(&id.len())
        && id.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
        && !id.starts_with('-')
        && !id.ends_with('-')
}

impl RawClocks {
    /// These clocks over the given ones.
    pub(crate) fn over(&self, base: Clocks, source: Source<'_>, at: usize) -> Result<Clocks, FileError> {
        let bounded = |name: &str, value: Option<u32>, most: u32| match value {
            Some(value) if value == 0 || value > most => {
                Err(source.error(at, format!("the clock {name} is {value}"), format!("Write a whole number from 1 to {most}.")))
            }
            value => Ok(value.map(i64::from)),
        };
        let mut clocks = base;
        if let Some(minutes) = bounded("danger_minutes", self.danger_minutes, 60)? {
            clocks.danger = time::Duration::minutes(minutes);
        }
        if let Some(minutes) = bounded("soon_minutes", self.soon_minutes, 24 * 60)? {
            clocks.soon = time::Duration::minutes(minutes);
        }
        if let Some(hours) = bounded("first_read_staffed_hours", self.first_read_staffed_hours, 100)? {
            clocks.first_read_staffed = time::Duration::hours(hours);
        }
        if let Some(hours) = bounded("acknowledged_hours", self.acknowledged_hours, 14 * 24)? {
            clocks.acknowledged = time::Duration::hours(hours);
        }
        if let Some(days) = bounded("feedback_days", self.feedback_days, 365)? {
            clocks.feedback = time::Duration::days(days);
        }
        Ok(clocks)
    }
}
