//! An entry: what is recorded, and what a viewer gets back.

use plainsight_store::{from_unix, unix};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use time::OffsetDateTime;
use uuid::Uuid;

use crate::error::LedgerError;

/// The longest code.
const LONGEST: usize = 80;

/// Who did it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Actor {
    /// A member of the staff, by id.
    Member(Uuid),
    /// The reporter, who has no name here.
    Reporter,
    /// A clock or a command, by its name in the program.
    System(&'static str),
}

/// What is to be recorded.
#[derive(Clone, Debug)]
pub struct Entry<'a> {
    /// Whose ledger.
    pub organisation: Uuid,
    /// Which zone's.
    pub zone: &'a str,
    /// When. In clear only the hour is kept; the minute and second are kept under the seal, and only of what members did.
    pub at: OffsetDateTime,
    /// Who.
    pub actor: Actor,
    /// What, as a code: `contact.opened`.
    pub act: &'a str,
    /// The record it was done to.
    pub record: Option<Uuid>,
    /// Codes, ids and numbers that say more; never a name or a person's text.
    pub detail: Value,
}

/// Who did it, as read back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OpenedActor {
    /// A member of the staff, by id.
    Member(Uuid),
    /// The reporter.
    Reporter,
    /// A clock or a command.
    System(String),
}

/// An entry as a viewer reads it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenedEntry {
    /// Its number in the chain, from 1.
    pub seq: u64,
    /// The full hour in which it was made.
    pub hour: OffsetDateTime,
    /// The second, for what members did.
    pub at: Option<OffsetDateTime>,
    /// Who.
    pub actor: OpenedActor,
    /// What.
    pub act: String,
    /// The record it was done to.
    pub record: Option<Uuid>,
    /// What else was recorded.
    pub detail: Value,
}

/// What lies under the seal.
#[derive(Serialize, Deserialize)]
pub(crate) struct Body {
    pub(crate) actor: OpenedActor,
    pub(crate) act: String,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub(crate) record: Option<Uuid>,
    #[serde(skip_serializing_if = "Value::is_null", default)]
    pub(crate) detail: Value,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub(crate) at: Option<i64>,
}

impl Entry<'_> {
    /// The hour in which it happened, as seconds since 1970.
    pub(crate) fn hour(&self) -> i64 {
        let at = unix(self.at);
        at - at.rem_euclid(3600)
    }

    /// What goes under the seal.
    pub(crate) fn body(&self) -> Result<Body, LedgerError> {
        if !is_code(self.act) {
            return Err(LedgerError::NotACode { what: "act".to_owned() });
        }
        check_codes(&self.detail, "detail")?;
        let (actor, at) = match self.actor {
            Actor::Member(id) => (OpenedActor::Member(id), Some(unix(self.at))),
            // The second of a report would tie the reporter's evening to a log elsewhere; so would that of a clock which it set off.
            Actor::Reporter => (OpenedActor::Reporter, None),
            Actor::System(name) => (OpenedActor::System(name.to_owned()), None),
        };
        Ok(Body { actor, act: self.act.to_owned(), record: self.record, detail: self.detail.clone(), at })
    }
}

impl OpenedEntry {
    /// When it was: the second where it was kept, the beginning of the hour elsewhere.
    pub fn when(&self) -> OffsetDateTime {
        self.at.unwrap_or(self.hour)
    }
}

impl Body {
    pub(crate) fn opened(self, seq: i64, hour: i64) -> OpenedEntry {
        OpenedEntry {
            seq: seq.unsigned_abs(),
            hour: from_unix(hour),
            at: self.at.map(from_unix),
            actor: self.actor,
            act: self.act,
            record: self.record,
            detail: self.detail,
        }
    }
}

fn is_code(text: &str) -> bool {
    text.len() <= LONGEST && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_.:/+".contains(&byte))
}

fn check_codes(value: &Value, path: &str) -> Result<(), LedgerError> {
    match value {
        Value::Null | Value::Bool(_) | Value::Number(_) => Ok(()),
        Value::String(text) if is_code(text) => Ok(()),
        Value::String(_) => Err(LedgerError::NotACode { what: path.to_owned() }),
        Value::Array(values) => values.iter().try_for_each(|value| check_codes(value, path)),
        Value::Object(fields) => fields.iter().try_for_each(|(name, value)| {
            if !is_code(name) {
                return Err(LedgerError::NotACode { what: format!("a name in {path}") });
            }
            check_codes(value, &format!("{path}.{name}"))
        }),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used)]
    use serde_json::json;
    use time::macros::datetime;

    use super::*;

    fn entry(actor: Actor, detail: Value) -> Entry<'static> {
        Entry {
            organisation: Uuid::from_u128(1),
            zone: "helpline",
            at: datetime!(2026-01-01 10:59:59 UTC),
            actor,
            act: "contact.opened",
            record: None,
            detail,
        }
    }

    #[test]
    fn only_the_hour_of_a_reporter_is_kept() {
        let made = entry(Actor::Reporter, Value::Null);
        assert_eq!(made.hour(), unix(datetime!(2026-01-01 10:00 UTC)));
        let body = serde_json::to_string(&made.body().unwrap()).unwrap();
        assert_eq!(body, r#"{"actor":"reporter","act":"contact.opened"}"#);
        let member = entry(Actor::Member(Uuid::from_u128(2)), Value::Null).body().unwrap();
        assert_eq!(member.at, Some(unix(datetime!(2026-01-01 10:59:59 UTC))));
    }

    #[test]
    fn text_of_a_person_is_refused_and_not_repeated() {
        let refused = |detail| entry(Actor::Reporter, detail).body().map(drop).unwrap_err().to_string();
        for detail in [
            json!({"why": "he took my passport"}),
            json!([["a b"]]),
            json!({"my name": 1}),
            json!("ș"),
            json!("a@b.example"),
            json!("x".repeat(81)),
        ] {
            let said = refused(detail);
            assert!(said.contains("not a code"), "{said}");
            assert!(!said.contains("passport"), "{said}");
        }
        assert!(refused(json!({"why": {"deep": "two words"}})).contains("detail.why.deep"));
        for detail in [json!({"urgency": "danger", "files": 3, "to": Uuid::from_u128(7)}), json!(null), json!([true, "en-GB"])] {
            assert!(entry(Actor::Reporter, detail).body().is_ok());
        }
    }

    #[test]
    fn hours_before_1970_round_down_too() {
        let mut made = entry(Actor::Reporter, Value::Null);
        made.at = datetime!(1969-12-31 23:30 UTC);
        assert_eq!(made.hour(), -3600);
    }
}
