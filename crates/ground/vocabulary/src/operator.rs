//! The operator's own file: facts they confirmed, facts they know better, their own routes, promises, clocks and staffed
//! hours, and who answers in law.
//!
//! A confirmation repeats the value that was confirmed. When a later release ships another value, the old
//! confirmation no longer fits and is refused, instead of vouching for a number that nobody here ever dialled.

use std::collections::{BTreeMap, HashSet};

use serde::Deserialize;
use time::Date;
use toml::Spanned;

use crate::{
    clocks::Clocks,
    controller::{Controller, RawController},
    error::{FileError, Source},
    fact::Fact,
    fact_file::{RawClocks, RawValue, Value, is_id, parse_toml, read_date, read_value},
    hours::WeeklyHours,
    jurisdiction::Jurisdiction,
    jurisdiction_file::{bad_id, empty_route, hours_as_lines, place, read_kind, read_means, value_of},
    kept::{KeptFor, RawKept},
    promise::{Promise, Promises},
    route::{FactName, Means, Route, RouteKind, RouteName},
};

/// A confirmation holds for a year at most.
const LONGEST_REVIEW: time::Duration = time::Duration::days(366);

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawOperator {
    #[serde(default)]
    confirm: Vec<RawChange>,
    #[serde(default, rename = "override")]
    overrides: Vec<RawChange>,
    #[serde(default)]
    route: Vec<RawOwnRoute>,
    #[serde(default)]
    clocks: Option<Spanned<RawClocks>>,
    #[serde(default)]
    desk: Option<RawDesk>,
    #[serde(default)]
    promises: BTreeMap<Spanned<String>, RawPromise>,
    #[serde(default)]
    controller: Option<RawController>,
    #[serde(default)]
    kept: Option<Spanned<RawKept>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawChange {
    fact: Spanned<String>,
    value: Spanned<RawValue>,
    by: Spanned<String>,
    on: Spanned<toml::value::Datetime>,
    review_by: Spanned<toml::value::Datetime>,
    #[serde(default)]
    source: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawOwnRoute {
    jurisdiction: Spanned<String>,
    id: Spanned<String>,
    kind: Spanned<String>,
    #[serde(default)]
    means: Option<Spanned<String>>,
    #[serde(default)]
    only_inside: bool,
    name: Spanned<BTreeMap<String, String>>,
    by: Spanned<String>,
    on: Spanned<toml::value::Datetime>,
    review_by: Spanned<toml::value::Datetime>,
    #[serde(default)]
    telephone: Option<Spanned<RawValue>>,
    #[serde(default)]
    also: Option<Spanned<RawValue>>,
    #[serde(default)]
    silent: Option<Spanned<RawValue>>,
    #[serde(default)]
    web: Option<Spanned<RawValue>>,
    #[serde(default)]
    hours: Option<Spanned<RawValue>>,
    #[serde(default)]
    cost: Option<Spanned<RawValue>>,
    #[serde(default)]
    languages: Option<Spanned<RawValue>>,
    #[serde(default)]
    anonymous: Option<Spanned<RawValue>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawDesk {
    zone: Spanned<String>,
    hours: Spanned<RawValue>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawPromise {
    by: Spanned<String>,
    on: Spanned<toml::value::Datetime>,
    review_by: Spanned<toml::value::Datetime>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Change {
    jurisdiction: String,
    route: String,
    name: FactName,
    confirmed: Fact<Value>,
    /// Whether the value may differ from the shipped one.
    overrides: bool,
    line: usize,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct OwnRoute {
    jurisdiction: String,
    route: Route,
    facts: Vec<(FactName, Fact<Value>)>,
    line: usize,
}

/// What the operator states in their own file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct OperatorFacts {
    file: String,
    changes: Vec<Change>,
    own_routes: Vec<OwnRoute>,
    clocks: Option<Clocks>,
    desk_hours: Option<WeeklyHours>,
    promises: Promises,
    controller: Controller,
    kept: Option<KeptFor>,
}

impl OperatorFacts {
    /// An operator who states nothing: every fact stands as shipped.
    #[must_use]
    pub fn none() -> Self {
        Self::default()
    }

    /// Reads the operator's file. `file` is its name in messages.
    ///
    /// # Errors
    /// [`FileError`] names the file, the line, what is wrong and what to do.
    pub fn parse(file: &str, text: &str) -> Result<Self, FileError> {
        let source = Source { file, text };
        let raw: RawOperator = parse_toml(source)?;
        let mut seen = HashSet::new();
        let mut changes = Vec::new();
        for (raw, overrides) in raw.confirm.iter().map(|raw| (raw, false)).chain(raw.overrides.iter().map(|raw| (raw, true))) {
            if !seen.insert(raw.fact.get_ref().as_str()) {
                return Err(source.error(
                    raw.fact.span().start,
                    format!("the fact \"{}\" stands twice", raw.fact.get_ref()),
                    "Keep the entry that is right.",
                ));
            }
            changes.push(read_change(source, raw, overrides)?);
        }
        let own_routes = raw.route.iter().map(|raw| read_own_route(source, raw)).collect::<Result<_, _>>()?;
        let clocks = raw.clocks.as_ref().map(|raw| raw.get_ref().over(Clocks::STANDARD, source, raw.span().start)).transpose()?;
        let desk_hours = raw.desk.as_ref().map(|desk| read_desk(source, desk)).transpose()?;
        let promises = raw.promises.iter().map(|(id, raw)| read_promise(source, id, raw)).collect::<Result<_, _>>()?;
        let controller = raw.controller.as_ref().map(|raw| raw.read(source)).transpose()?.unwrap_or_default();
        let kept = raw.kept.as_ref().map(|raw| raw.get_ref().read(source, raw.span().start)).transpose()?;
        Ok(Self { file: file.to_owned(), changes, own_routes, clocks, desk_hours, promises: Promises(promises), controller, kept })
    }

    /// The jurisdictions as the operator's file makes them.
    ///
    /// # Errors
    /// [`FileError`] when the file names a jurisdiction, route or fact that does not exist, confirms a value other
    /// than the one that is shipped, overrides a statutory fact, or adds a route whose id is taken.
    pub fn apply(&self, base: &[Jurisdiction]) -> Result<Vec<Jurisdiction>, FileError> {
        let mut jurisdictions = base.to_vec();
        for change in &self.changes {
            self.apply_change(&mut jurisdictions, change)?;
        }
        for own in &self.own_routes {
            self.add_route(&mut jurisdictions, own)?;
        }
        for jurisdiction in &mut jurisdictions {
            if let Some(clocks) = &self.clocks {
                jurisdiction.clocks = *clocks;
            }
            if let Some(hours) = &self.desk_hours {
                jurisdiction.desk_hours = Some(hours.clone());
            }
        }
        Ok(jurisdictions)
    }

    /// When the operator's desk is staffed, if the file says so.
    #[must_use]
    pub fn desk_hours(&self) -> Option<&WeeklyHours> {
        self.desk_hours.as_ref()
    }

    /// What the operator promises on the public pages.
    #[must_use]
    pub fn promises(&self) -> &Promises {
        &self.promises
    }

    /// Who answers in law for what is told.
    #[must_use]
    pub fn controller(&self) -> &Controller {
        &self.controller
    }

    /// How long what was told is kept; nothing is deleted by time where nobody said.
    #[must_use]
    pub fn kept(&self) -> Option<KeptFor> {
        self.kept
    }

    fn error(&self, line: usize, problem: String, advice: String) -> FileError {
        FileError::new(&self.file, Some(line), problem, advice)
    }

    fn find<'a>(&self, jurisdictions: &'a mut [Jurisdiction], id: &str, line: usize) -> Result<&'a mut Jurisdiction, FileError> {
        let known: Vec<_> = jurisdictions.iter().map(|one| one.id.clone()).collect();
        jurisdictions
            .iter_mut()
            .find(|one| one.id == id)
            .ok_or_else(|| self.error(line, format!("there is no jurisdiction \"{id}\""), format!("Write one of: {}.", known.join(", "))))
    }

    fn apply_change(&self, jurisdictions: &mut [Jurisdiction], change: &Change) -> Result<(), FileError> {
        let jurisdiction = self.find(jurisdictions, &change.jurisdiction, change.line)?;
        let zone = jurisdiction.zone.clone();
        let known: Vec<_> = jurisdiction.routes.iter().map(|one| one.id.clone()).collect();
        let Some(route) = jurisdiction.routes.iter_mut().find(|route| route.id == change.route) else {
            return Err(self.error(
                change.line,
                format!("there is no route \"{}\" in \"{}\"", change.route, change.jurisdiction),
                format!("Write one of: {}.", known.join(", ")),
            ));
        };
        let shipped = value_of(route, change.name);
        let stated = normal(&change.confirmed.value);
        let statutory = match &shipped {
            None if !change.overrides => {
                return Err(self.error(
                    change.line,
                    format!("the route \"{}\" has no fact \"{}\" to confirm", change.route, change.name),
                    "Use [[override]] to add it.".to_owned(),
                ));
            }
            None => false,
            Some((value, _)) if *value != stated && !change.overrides => {
                return Err(self.error(
                    change.line,
                    format!(
                        "the value confirmed for \"{}/{}/{}\" is not the one that is shipped",
                        change.jurisdiction, change.route, change.name
                    ),
                    "Check which is right. If yours is, use [[override]] instead of [[confirm]].".to_owned(),
                ));
            }
            Some((value, true)) if *value != stated => {
                return Err(self.error(
                    change.line,
                    "a statutory emergency fact cannot be overridden".to_owned(),
                    "Add a route of your own for another number.".to_owned(),
                ));
            }
            Some((_, statutory)) => *statutory,
        };
        let fact = Fact { statutory, ..change.confirmed.clone() };
        place(route, change.name, fact, &zone).map_err(|problem| self.error(change.line, problem, "Mend the value.".to_owned()))
    }

    fn add_route(&self, jurisdictions: &mut [Jurisdiction], own: &OwnRoute) -> Result<(), FileError> {
        let jurisdiction = self.find(jurisdictions, &own.jurisdiction, own.line)?;
        if jurisdiction.route(&own.route.id).is_some() {
            return Err(self.error(
                own.line,
                format!("the route \"{}/{}\" exists already", own.jurisdiction, own.route.id),
                "Give yours another id, or use [[override]] for its facts.".to_owned(),
            ));
        }
        let mut route = own.route.clone();
        for (name, fact) in &own.facts {
            place(&mut route, *name, fact.clone(), &jurisdiction.zone)
                .map_err(|problem| self.error(own.line, problem, "Mend the value.".to_owned()))?;
        }
        // The emergency routes always stand first.
        let after_emergency = jurisdiction.routes.iter().rposition(|route| route.kind == RouteKind::Emergency).map_or(0, |last| last + 1);
        let own_already = jurisdiction.routes.iter().skip(after_emergency).take_while(|route| route.own).count();
        jurisdiction.routes.insert(after_emergency + own_already, route);
        Ok(())
    }
}

/// Hours written in another order or grouping are the same hours.
fn normal(value: &Value) -> Value {
    match value {
        Value::Hours(lines) => match WeeklyHours::parse("UTC", lines) {
            Ok(hours) => Value::Hours(hours_as_lines(&hours)),
            Err(_) => value.clone(),
        },
        other => other.clone(),
    }
}

struct Check {
    by: String,
    on: Date,
    review_by: Date,
}

fn read_check(
    source: Source<'_>,
    by: &Spanned<String>,
    on: &Spanned<toml::value::Datetime>,
    review_by: &Spanned<toml::value::Datetime>,
) -> Result<Check, FileError> {
    let name = by.get_ref().trim();
    if name.is_empty() || name.chars().count() > 200 {
        return Err(source.error(
            by.span().start,
            "nobody is named as the one who checked it",
            "Write who checked it, in at most 200 letters.",
        ));
    }
    let at = review_by.span().start;
    let (on, review_by) = (read_date(source, on)?, read_date(source, review_by)?);
    if review_by <= on {
        return Err(source.error(
            at,
            "the review day is not after the day of the check",
            "Write the day on which somebody must check it again.",
        ));
    }
    if review_by - on > LONGEST_REVIEW {
        return Err(source.error(
            at,
            "the review day is more than a year after the check",
            "A confirmation holds for a year at most; write an earlier day.",
        ));
    }
    Ok(Check { by: name.to_owned(), on, review_by })
}

fn read_change(source: Source<'_>, raw: &RawChange, overrides: bool) -> Result<Change, FileError> {
    let at = raw.fact.span().start;
    let mut parts = raw.fact.get_ref().split('/');
    let named = (parts.next(), parts.next(), parts.next(), parts.next());
    let (Some(jurisdiction), Some(route), Some(name), None) = named else {
        return Err(source.error(
            at,
            format!("\"{}\" does not name a fact", raw.fact.get_ref()),
            "Write jurisdiction/route/fact, such as \"england/crimestoppers/telephone\".",
        ));
    };
    let name = FactName::from_code(name).ok_or_else(|| {
        let codes: Vec<_> = FactName::ALL.iter().map(|name| name.code()).collect();
        source.error(at, format!("\"{name}\" is not a fact of a route"), format!("Write one of: {}.", codes.join(", ")))
    })?;
    let check = read_check(source, &raw.by, &raw.on, &raw.review_by)?;
    Ok(Change {
        jurisdiction: jurisdiction.to_owned(),
        route: route.to_owned(),
        name,
        confirmed: checked_fact(read_value(source, name, &raw.value)?, raw.source.clone(), &check),
        overrides,
        line: source.line(at),
    })
}

fn checked_fact<T>(value: T, source: Option<String>, check: &Check) -> Fact<T> {
    Fact {
        value,
        source: source.unwrap_or_else(|| "checked by the operator".to_owned()),
        checked: true,
        statutory: false,
        checked_on: Some(check.on),
        checked_by: Some(check.by.clone()),
        review_by: Some(check.review_by),
    }
}

fn read_promise(source: Source<'_>, id: &Spanned<String>, raw: &RawPromise) -> Result<Fact<Promise>, FileError> {
    let promise = Promise::from_code(id.get_ref()).ok_or_else(|| {
        let codes: Vec<_> = Promise::ALL.iter().map(|promise| promise.code()).collect();
        source.error(
            id.span().start,
            format!("there is no promise \"{}\"", id.get_ref()),
            format!("Write one of: {}. What is not among them is promised in no text of this program.", codes.join(", ")),
        )
    })?;
    Ok(checked_fact(promise, None, &read_check(source, &raw.by, &raw.on, &raw.review_by)?))
}

fn read_own_route(source: Source<'_>, raw: &RawOwnRoute) -> Result<OwnRoute, FileError> {
    let at = raw.id.span().start;
    if !is_id(raw.id.get_ref()) {
        return Err(bad_id(source, at, raw.id.get_ref()));
    }
    let kind = read_kind(source, &raw.kind)?;
    let means = read_means(source, raw.means.as_ref())?;
    let names = raw.name.get_ref();
    let name_is_good = |name: &String| !name.trim().is_empty() && name.chars().count() <= 200 && !name.chars().any(char::is_control);
    if names.is_empty() || !names.values().all(name_is_good) {
        return Err(source.error(
            raw.name.span().start,
            "the route has no usable name",
            "Write name = { en = \"Our helpline\", ro = \"...\" }, one line each.",
        ));
    }
    let check = read_check(source, &raw.by, &raw.on, &raw.review_by)?;
    let mut facts = Vec::new();
    for (name, value) in [
        (FactName::Telephone, &raw.telephone),
        (FactName::AlsoTelephone, &raw.also),
        (FactName::Silent, &raw.silent),
        (FactName::Web, &raw.web),
        (FactName::Hours, &raw.hours),
        (FactName::Cost, &raw.cost),
        (FactName::Languages, &raw.languages),
        (FactName::Anonymous, &raw.anonymous),
    ] {
        if let Some(value) = value {
            facts.push((name, checked_fact(read_value(source, name, value)?, None, &check)));
        }
    }
    if raw.telephone.is_none() && raw.web.is_none() {
        return Err(source.error(at, "the route has no telephone and no web address", "Add at least one of them."));
    }
    if means == Means::Voice && raw.telephone.is_some() && raw.hours.is_none() {
        return Err(source.error(
            at,
            "the route has a telephone but no hours",
            "Add hours = \"always\" or the hours in which somebody answers.",
        ));
    }
    let mut route = empty_route(raw.id.get_ref(), kind, means, RouteName::Own(names.clone()));
    route.only_inside = raw.only_inside;
    route.own = true;
    Ok(OwnRoute { jurisdiction: raw.jurisdiction.get_ref().clone(), route, facts, line: source.line(at) })
}

fn read_desk(source: Source<'_>, raw: &RawDesk) -> Result<WeeklyHours, FileError> {
    let at = raw.zone.span().start;
    let Value::Hours(lines) = read_value(source, FactName::Hours, &raw.hours)? else {
        return Err(source.error(at, "these are not hours", "Write [\"mon-fri 09:00-17:00\"]."));
    };
    WeeklyHours::parse(raw.zone.get_ref(), &lines).map_err(|error| {
        source.error(at, error.to_string(), "Use a name of the time zone database and lines such as \"mon-fri 09:00-17:00\".")
    })
}
