//! Changes that a page makes to the operator's file. The file stays a text with its comments; the change is written into it, and
//! the same parser that reads the file says whether it holds.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use time::{Date, OffsetDateTime};
use toml_edit::{Array, ArrayOfTables, Datetime, DocumentMut, InlineTable, Item, Table, TableLike, Value};

use crate::{
    error::FileError,
    jurisdiction::Jurisdiction,
    jurisdiction_file::value_of,
    operator::OperatorFacts,
    promise::Promise,
    route::{FactName, Route, RouteKind},
};

/// Who checked something, and until when it holds, as they wrote it: days as `2027-05-23`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CheckedBy {
    /// Who checked it.
    pub by: String,
    /// The day of the check.
    pub on: String,
    /// The day on which somebody must check it again.
    pub review_by: String,
}

/// One change of the operator's file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OperatorEdit {
    /// Facts of a route were checked, with these values.
    Route {
        /// `england`.
        jurisdiction: String,
        /// `modern-slavery-helpline`.
        route: String,
        /// What was checked, as it was typed.
        facts: BTreeMap<FactName, String>,
        /// What the route does not have any more.
        gone: Vec<FactName>,
        /// What the operator calls a route of their own, by language tag.
        names: BTreeMap<String, String>,
        /// By whom.
        check: CheckedBy,
    },
    /// Nobody stands for a route any more: it is not shown until somebody checks it again.
    StopShowing {
        /// `england`.
        jurisdiction: String,
        /// `crimestoppers`.
        route: String,
    },
    /// A promise is given, or given no longer.
    Promise {
        /// Which.
        promise: Promise,
        /// Who ticked it; nobody takes it back.
        check: Option<CheckedBy>,
    },
}

/// What is wrong with a change.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum EditError {
    /// No value for this fact.
    #[error("this is no value for \"{0}\"")]
    Fact(FactName),
    /// The law lays it down: it can be checked again, and has no other value.
    #[error("\"{0}\" is laid down by law")]
    Statutory(FactName),
    /// A name of a route is empty or too long.
    #[error("the route has no usable name")]
    Name,
    /// Nobody is named as the one who checked it.
    #[error("nobody is named as the one who checked it")]
    By,
    /// The day of the check or of the review is none, or they do not fit together.
    #[error("the review day is none, or not within a year after the check")]
    ReviewBy,
    /// There is no such route.
    #[error("there is no such route")]
    NoRoute,
    /// The file is written in a way that only its writer can change.
    #[error("the file is written in a way that a page cannot change")]
    Shape,
    /// The changed file would not hold.
    #[error(transparent)]
    File(#[from] FileError),
}

/// How weighty a change is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Weight {
    /// One person may make it.
    Light,
    /// It changes what somebody in danger, a child, or somebody who may hurt themselves calls: two people look at it.
    NeedsSecond,
    /// It would take such a number from the page. Nobody does that from a page.
    Refused(String),
}

impl OperatorEdit {
    /// The operator's file with this change in it. `base` is what is shipped.
    ///
    /// # Errors
    /// [`EditError`] names the field to mend.
    pub fn apply(&self, file: &str, text: &str, base: &[Jurisdiction]) -> Result<String, EditError> {
        let mut document: DocumentMut = text.parse().map_err(|_| EditError::Shape)?;
        match self {
            Self::Promise { promise, check } => edit_promise(&mut document, *promise, check.as_ref())?,
            Self::StopShowing { jurisdiction, route } => {
                let place = format!("{jurisdiction}/{route}/");
                take_out(&mut document, |fact| fact.starts_with(&place));
                if let Some(own) = document.get_mut("route").and_then(Item::as_array_of_tables_mut) {
                    own.retain(|table| !is_route(table, jurisdiction, route));
                }
            }
            Self::Route { jurisdiction, route, facts, gone, names, check } => {
                for (name, typed) in facts {
                    probe(*name, typed, check)?;
                }
                if facts.is_empty() {
                    probe(FactName::Cost, "free", check)?;
                }
                if own_route(&mut document, jurisdiction, route).is_some() {
                    edit_own(&mut document, (jurisdiction, route), facts, gone, names, check)?;
                } else {
                    let shipped =
                        base.iter().find(|one| one.id == *jurisdiction).and_then(|one| one.route(route)).ok_or(EditError::NoRoute)?;
                    edit_shipped(&mut document, (jurisdiction, shipped), (facts, gone), check, base)?;
                }
            }
        }
        let changed = document.to_string();
        OperatorFacts::parse(file, &changed)?.apply(base)?;
        Ok(changed)
    }
}

/// How weighty it is to put `after` in the place of `before`, whatever the change was.
#[must_use]
pub fn weigh(before: &[Jurisdiction], after: &[Jurisdiction], now: OffsetDateTime) -> Weight {
    let (before, after) = (guarded(before, now), guarded(after, now));
    for (fact, guarded) in &before {
        if guarded.shown && !after.get(fact).is_some_and(|guarded| guarded.shown) {
            return Weight::Refused(fact.clone());
        }
    }
    // A day on which it goes from the page earlier takes it away as well, only later.
    let sooner = |old: Option<Date>, new: Option<Date>| new.is_some_and(|new| old.is_none_or(|old| new < old));
    let other = |(fact, guarded): (&String, &Guarded)| {
        let ends_sooner = |old: &Guarded| old.shown && sooner(old.review_by, guarded.review_by);
        before.get(fact).is_none_or(|old| old.value != guarded.value || ends_sooner(old))
    };
    if after.iter().any(other) { Weight::NeedsSecond } else { Weight::Light }
}

/// Whether a route of this kind is guarded: a wrong number there may cost a life.
#[must_use]
pub fn is_guarded(kind: RouteKind) -> bool {
    matches!(kind, RouteKind::Emergency | RouteKind::Crisis | RouteKind::Children)
}

/// What somebody in danger, a child, or somebody who may hurt themselves is told.
struct Guarded {
    value: String,
    shown: bool,
    review_by: Option<Date>,
}

fn guarded(all: &[Jurisdiction], now: OffsetDateTime) -> BTreeMap<String, Guarded> {
    let mut facts = BTreeMap::new();
    for jurisdiction in all {
        for (route, report) in jurisdiction.routes.iter().zip(jurisdiction.report(now)) {
            if !is_guarded(route.kind) {
                continue;
            }
            let name = Guarded { value: format!("{:?}", route.name), shown: report.shown, review_by: None };
            facts.insert(format!("{}/name", report.route), name);
            facts.extend(report.facts.into_iter().map(|fact| {
                let shown = fact.standing.is_shown();
                (fact.fact, Guarded { value: fact.value, shown, review_by: fact.review_by })
            }));
        }
    }
    facts
}

/// A value as the file writes it.
fn written(name: FactName, typed: &str) -> Value {
    let typed = typed.trim();
    match name {
        FactName::Hours if typed != "always" => {
            let lines = typed.split(['\n', ';', ',']).map(str::trim).filter(|line| !line.is_empty());
            Value::Array(lines.collect::<Array>())
        }
        FactName::Languages => {
            let mut words = typed.split([' ', ',', '\n']).filter(|word| !word.is_empty());
            let mut table = InlineTable::new();
            table.insert("kind", words.next().unwrap_or_default().into());
            table.insert("tags", Value::Array(words.collect::<Array>()));
            Value::InlineTable(table)
        }
        _ => typed.into(),
    }
}

/// A day, before it stands in a file without quotes.
fn day(text: &str) -> Result<Datetime, EditError> {
    let text = text.trim();
    let plain = text.len() == 10 && text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-');
    text.parse().ok().filter(|_| plain).ok_or(EditError::ReviewBy)
}

/// Reads a file of this one fact. Each key stands in a line of its own, so that the line of a mistake names the field.
fn probe(name: FactName, typed: &str, check: &CheckedBy) -> Result<(), EditError> {
    match OperatorFacts::parse("", &one("override", &format!("a/b/{name}"), &written(name, typed), check)?) {
        Ok(_) => Ok(()),
        Err(error) => Err(match error.line {
            Some(3) => EditError::Fact(name),
            Some(4) => EditError::By,
            Some(5 | 6) => EditError::ReviewBy,
            _ => EditError::File(error),
        }),
    }
}

fn one(table: &str, fact: &str, value: &Value, check: &CheckedBy) -> Result<String, EditError> {
    let (by, fact): (Value, Value) = (check.by.trim().into(), fact.into());
    let (on, review_by) = (day(&check.on)?, day(&check.review_by)?);
    // No value of ours is written over several lines.
    let [by, value] = [by.to_string(), value.to_string()].map(|text| text.replace(['\r', '\n'], " "));
    Ok(format!("[[{table}]]\nfact = {fact}\nvalue = {value}\nby = {by}\non = {on}\nreview_by = {review_by}\n"))
}

fn mark(table: &mut dyn TableLike, check: &CheckedBy) -> Result<(), EditError> {
    table.insert("by", Item::Value(check.by.trim().into()));
    table.insert("on", Item::Value(day(&check.on)?.into()));
    table.insert("review_by", Item::Value(day(&check.review_by)?.into()));
    Ok(())
}

fn tables<'a>(document: &'a mut DocumentMut, name: &str) -> Result<&'a mut ArrayOfTables, EditError> {
    document.entry(name).or_insert_with(|| Item::ArrayOfTables(ArrayOfTables::new())).as_array_of_tables_mut().ok_or(EditError::Shape)
}

/// Takes out what was confirmed or overridden of these facts.
fn take_out(document: &mut DocumentMut, fact: impl Fn(&str) -> bool) {
    for name in ["confirm", "override"] {
        let Some(all) = document.get_mut(name).and_then(Item::as_array_of_tables_mut) else { continue };
        all.retain(|table| !table.get("fact").and_then(Item::as_str).is_some_and(&fact));
    }
}

fn is_route(table: &Table, jurisdiction: &str, route: &str) -> bool {
    let is = |key: &str, wanted: &str| table.get(key).and_then(Item::as_str) == Some(wanted);
    is("jurisdiction", jurisdiction) && is("id", route)
}

fn own_route<'a>(document: &'a mut DocumentMut, jurisdiction: &str, route: &str) -> Option<&'a mut Table> {
    document.get_mut("route")?.as_array_of_tables_mut()?.iter_mut().find(|table| is_route(table, jurisdiction, route))
}

fn edit_own(
    document: &mut DocumentMut,
    (jurisdiction, route): (&str, &str),
    facts: &BTreeMap<FactName, String>,
    gone: &[FactName],
    names: &BTreeMap<String, String>,
    check: &CheckedBy,
) -> Result<(), EditError> {
    let own = own_route(document, jurisdiction, route).ok_or(EditError::NoRoute)?;
    for (name, typed) in facts {
        own.insert(name.code(), Item::Value(written(*name, typed)));
    }
    for name in gone {
        own.remove(name.code());
    }
    let usable = |name: &String| !name.trim().is_empty() && name.chars().count() <= 200 && !name.chars().any(char::is_control);
    if !names.values().all(usable) {
        return Err(EditError::Name);
    }
    if !names.is_empty() {
        let table: InlineTable = names.iter().map(|(tag, name)| (tag.as_str(), Value::from(name.trim()))).collect();
        own.insert("name", Item::Value(Value::InlineTable(table)));
    }
    mark(own, check)
}

fn edit_shipped(
    document: &mut DocumentMut,
    (jurisdiction, shipped): (&str, &Route),
    (facts, gone): (&BTreeMap<FactName, String>, &[FactName]),
    check: &CheckedBy,
    base: &[Jurisdiction],
) -> Result<(), EditError> {
    let place = |name: FactName| format!("{jurisdiction}/{}/{name}", shipped.id);
    let statutory = |name: FactName| value_of(shipped, name).is_some_and(|(_, statutory)| statutory);
    for name in gone {
        if statutory(*name) {
            return Err(EditError::Statutory(*name));
        }
        take_out(document, |fact| fact == place(*name));
    }
    for (name, typed) in facts {
        take_out(document, |fact| fact == place(*name));
        let value = written(*name, typed);
        let confirmed = OperatorFacts::parse("", &one("confirm", &place(*name), &value, check)?)?.apply(base).is_ok();
        if !confirmed && statutory(*name) {
            return Err(EditError::Statutory(*name));
        }
        let mut table = Table::new();
        table.insert("fact", Item::Value(place(*name).into()));
        table.insert("value", Item::Value(value));
        mark(&mut table, check)?;
        tables(document, if confirmed { "confirm" } else { "override" })?.push(table);
    }
    Ok(())
}

fn edit_promise(document: &mut DocumentMut, promise: Promise, check: Option<&CheckedBy>) -> Result<(), EditError> {
    if let Some(check) = check {
        probe(FactName::Cost, "free", check)?;
    }
    let promises = document.entry("promises").or_insert_with(|| Item::Table(Table::new())).as_table_like_mut().ok_or(EditError::Shape)?;
    match check {
        None => {
            promises.remove(promise.code());
        }
        Some(check) => {
            let mut table = InlineTable::new();
            mark(&mut table, check)?;
            promises.insert(promise.code(), Item::Value(Value::InlineTable(table)));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used)]
    use time::macros::{date, datetime};

    use super::*;
    use crate::words::jurisdictions;

    const FILE: &str = r#"
# Kept by hand.
[[confirm]]
fact = "england/modern-slavery-helpline/telephone"
value = "08000 121 700"
by = "A. Member"
on = 2026-11-23
review_by = 2027-05-23

[[route]] # ours
jurisdiction = "england"
id = "our-line"
kind = "operator"
name = { en = "Our helpline" }
telephone = "020 7946 0123"
hours = ["mon-fri 09:00-17:00"]
by = "A. Member"
on = 2026-11-23
review_by = 2027-05-23

[promises]
no-employer = { by = "A. Member", on = 2026-11-23, review_by = 2027-05-23 }
"#;

    fn check() -> CheckedBy {
        CheckedBy { by: "B. \"Member\"".into(), on: "2027-05-01".into(), review_by: "2028-04-01".into() }
    }

    fn route(route: &str, facts: &[(FactName, &str)], gone: &[FactName]) -> OperatorEdit {
        OperatorEdit::Route {
            jurisdiction: "england".into(),
            route: route.into(),
            facts: facts.iter().map(|(name, value)| (*name, (*value).to_owned())).collect(),
            gone: gone.to_vec(),
            names: BTreeMap::new(),
            check: check(),
        }
    }

    fn england(text: &str) -> Jurisdiction {
        let all = OperatorFacts::parse("", text).unwrap().apply(jurisdictions()).unwrap();
        all.into_iter().find(|one| one.id == "england").unwrap()
    }

    #[test]
    fn a_review_is_renewed_and_the_writing_around_it_stays() {
        let telephone = (FactName::Telephone, "08000 121 700");
        let changed = route("modern-slavery-helpline", &[telephone], &[]).apply("", FILE, jurisdictions()).unwrap();
        assert!(changed.contains("# Kept by hand.") || changed.contains("# ours"), "{changed}");
        let fact = england(&changed).route("modern-slavery-helpline").unwrap().telephone.clone().unwrap();
        assert_eq!((fact.review_by, fact.checked_by.as_deref()), (Some(date!(2028 - 04 - 01)), Some("B. \"Member\"")));
        assert_eq!(changed.matches("modern-slavery-helpline/telephone").count(), 1);
        assert!(!changed.contains("[[override]]"), "the shipped value is confirmed: {changed}");
        let other = route("modern-slavery-helpline", &[(FactName::Telephone, "020 7946 0000")], &[]);
        assert!(other.apply("", FILE, jurisdictions()).unwrap().contains("[[override]]"));
    }

    #[test]
    fn a_route_of_their_own_is_changed_in_its_place() {
        let edit =
            route("our-line", &[(FactName::Telephone, "020 7946 0999"), (FactName::Hours, "mon-fri 08:00-20:00\nsat 10:00-12:00")], &[]);
        let changed = edit.apply("", FILE, jurisdictions()).unwrap();
        let ours = england(&changed).route("our-line").unwrap().clone();
        assert_eq!(ours.telephone.unwrap().value.as_str(), "020 7946 0999");
        assert_eq!(ours.hours.unwrap().value.to_string(), "mon-fri 08:00-20:00, sat 10:00-12:00");
        let gone = OperatorEdit::StopShowing { jurisdiction: "england".into(), route: "our-line".into() };
        assert!(england(&gone.apply("", &changed, jurisdictions()).unwrap()).route("our-line").is_none());
    }

    #[test]
    fn a_mistake_names_its_field() {
        let of = |edit: OperatorEdit| edit.apply("", FILE, jurisdictions()).unwrap_err();
        assert_eq!(of(route("our-line", &[(FactName::Telephone, "call us")], &[])), EditError::Fact(FactName::Telephone));
        assert_eq!(of(route("our-line", &[(FactName::Hours, "whenever")], &[])), EditError::Fact(FactName::Hours));
        assert_eq!(of(route("nowhere", &[], &[])), EditError::NoRoute);
        let with = |check: CheckedBy| of(OperatorEdit::Promise { promise: Promise::NoCost, check: Some(check) });
        assert_eq!(with(CheckedBy { by: " ".into(), ..check() }), EditError::By);
        for wrong in ["2031-01-01", "2026-01-01", "soon", "2027-13-01", "1\nx = 1\n"] {
            assert_eq!(with(CheckedBy { review_by: wrong.into(), ..check() }), EditError::ReviewBy, "{wrong}");
        }
        let statutory = england("").routes.iter().find(|one| one.kind == RouteKind::Emergency).unwrap().clone();
        assert_eq!(of(route(&statutory.id, &[(FactName::Telephone, "123")], &[])), EditError::Statutory(FactName::Telephone));
        assert_eq!(of(route(&statutory.id, &[], &[FactName::Telephone])), EditError::Statutory(FactName::Telephone));
    }

    #[test]
    fn a_promise_is_ticked_and_taken_back() {
        let today = date!(2027 - 05 - 02);
        let give = OperatorEdit::Promise { promise: Promise::NoCost, check: Some(check()) };
        let given = give.apply("", FILE, jurisdictions()).unwrap();
        assert_eq!(OperatorFacts::parse("", &given).unwrap().promises().on(today), [Promise::NoEmployer, Promise::NoCost]);
        let take = OperatorEdit::Promise { promise: Promise::NoEmployer, check: None };
        let taken = take.apply("", &given, jurisdictions()).unwrap();
        assert_eq!(OperatorFacts::parse("", &taken).unwrap().promises().on(today), [Promise::NoCost]);
        // Into an empty file too.
        assert!(give.apply("", "", jurisdictions()).is_ok());
    }

    /// What somebody in danger, a child, or somebody who may hurt themselves calls.
    #[test]
    fn a_guarded_number_is_changed_by_two_and_taken_away_by_nobody() {
        let now = datetime!(2027-05-02 12:00 UTC);
        let line = england("").routes.iter().find(|one| one.kind == RouteKind::Children && one.telephone.is_some()).unwrap().clone();
        let number = line.telephone.unwrap().value.to_string();
        let apply = |edit: &OperatorEdit, text: &str| edit.apply("", text, jurisdictions()).unwrap();
        let confirmed = apply(&route(&line.id, &[(FactName::Telephone, &number)], &[]), FILE);
        let weight = |before: &str, after: &str| weigh(&[england(before)], &[england(after)], now);
        assert_eq!(weight(FILE, &confirmed), Weight::Light, "to check the number that stands there is a light thing");
        let other = apply(&route(&line.id, &[(FactName::Telephone, "020 7946 0000")], &[]), &confirmed);
        assert_eq!(weight(&confirmed, &other), Weight::NeedsSecond);
        let edit = route(&line.id, &[(FactName::Telephone, &number)], &[]);
        let OperatorEdit::Route { jurisdiction, route: id, facts, gone, names, mut check } = edit else { panic!("a route") };
        check.review_by = "2027-05-03".to_owned();
        let sooner = apply(&OperatorEdit::Route { jurisdiction, route: id, facts, gone, names, check }, &confirmed);
        assert_eq!(weight(&confirmed, &sooner), Weight::NeedsSecond, "gone tomorrow is gone");
        let gone = apply(&OperatorEdit::StopShowing { jurisdiction: "england".into(), route: line.id }, &confirmed);
        assert!(matches!(weight(&confirmed, &gone), Weight::Refused(_)));
        let ours = apply(&route("our-line", &[(FactName::Telephone, "020 7946 0999")], &[]), &confirmed);
        assert_eq!(weight(&confirmed, &ours), Weight::Light);
    }
}
