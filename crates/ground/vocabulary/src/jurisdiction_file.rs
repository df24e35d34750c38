//! Reading a jurisdiction file: routes with a small record for each fact.

use std::collections::{BTreeMap, HashSet};

use serde::Deserialize;
use toml::Spanned;

use crate::{
    clocks::Clocks,
    error::{FileError, Source},
    fact::Fact,
    fact_file::{RawClocks, RawValue, Value, is_id, parse_toml, read_date, read_value},
    hours::WeeklyHours,
    jurisdiction::Jurisdiction,
    route::{FactName, Means, Route, RouteKind, RouteName},
};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawJurisdiction {
    id: Spanned<String>,
    country: Spanned<String>,
    zone: Spanned<String>,
    #[serde(default)]
    clocks: Option<Spanned<RawClocks>>,
    route: Vec<RawRoute>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawRoute {
    id: Spanned<String>,
    kind: Spanned<String>,
    #[serde(default)]
    means: Option<Spanned<String>>,
    #[serde(default)]
    only_inside: bool,
    /// By the name of the fact.
    fact: BTreeMap<String, Spanned<RawFact>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawFact {
    value: Spanned<RawValue>,
    source: String,
    #[serde(default)]
    checked: bool,
    #[serde(default)]
    statutory: bool,
    #[serde(default)]
    checked_on: Option<Spanned<toml::value::Datetime>>,
    #[serde(default)]
    checked_by: Option<String>,
    #[serde(default)]
    review_by: Option<Spanned<toml::value::Datetime>>,
}

impl Jurisdiction {
    /// Reads a jurisdiction file. `file` is its name in messages.
    ///
    /// # Errors
    /// [`FileError`] names the file, the line, what is wrong and what to do.
    pub fn parse(file: &str, text: &str) -> Result<Self, FileError> {
        let source = Source { file, text };
        let raw: RawJurisdiction = parse_toml(source)?;
        if !is_id(raw.id.get_ref()) {
            return Err(bad_id(source, raw.id.span().start, raw.id.get_ref()));
        }
        let country = raw.country.get_ref();
        if country.len() != 2 || !country.bytes().all(|byte| byte.is_ascii_uppercase()) {
            return Err(source.error(
                raw.country.span().start,
                format!("\"{country}\" is not a country code"),
                "Write two capital letters, such as \"GB\".",
            ));
        }
        let zone = raw.zone.get_ref();
        crate::hours::time_zone(zone)
            .map_err(|error| source.error(raw.zone.span().start, error.to_string(), "Use a name of the time zone database."))?;
        let clocks = match &raw.clocks {
            Some(clocks) => clocks.get_ref().over(Clocks::STANDARD, source, clocks.span().start)?,
            None => Clocks::STANDARD,
        };
        let mut seen = HashSet::new();
        let mut routes = Vec::with_capacity(raw.route.len());
        for raw_route in &raw.route {
            if !seen.insert(raw_route.id.get_ref().as_str()) {
                return Err(source.error(
                    raw_route.id.span().start,
                    format!("the route \"{}\" stands twice", raw_route.id.get_ref()),
                    "Give each route its own id.",
                ));
            }
            routes.push(read_route(source, zone, raw_route)?);
        }
        Ok(Self {
            id: raw.id.into_inner(),
            country: raw.country.into_inner(),
            zone: raw.zone.into_inner(),
            clocks,
            desk_hours: None,
            routes,
        })
    }
}

pub(crate) fn bad_id(source: Source<'_>, at: usize, id: &str) -> FileError {
    source.error(at, format!("\"{id}\" is not an id"), "Write lower-case letters, digits and hyphens, such as \"our-line\".")
}

pub(crate) fn read_kind(source: Source<'_>, raw: &Spanned<String>) -> Result<RouteKind, FileError> {
    RouteKind::from_code(raw.get_ref()).ok_or_else(|| {
        let codes: Vec<_> = RouteKind::ALL.iter().map(|kind| kind.code()).collect();
        source.error(
            raw.span().start,
            format!("\"{}\" is not a kind of route", raw.get_ref()),
            format!("Write one of: {}.", codes.join(", ")),
        )
    })
}

pub(crate) fn read_means(source: Source<'_>, raw: Option<&Spanned<String>>) -> Result<Means, FileError> {
    let Some(raw) = raw else {
        return Ok(Means::Voice);
    };
    Means::from_code(raw.get_ref()).ok_or_else(|| {
        let codes: Vec<_> = Means::ALL.iter().map(|means| means.code()).collect();
        source.error(
            raw.span().start,
            format!("\"{}\" is not a way to get through", raw.get_ref()),
            format!("Write one of: {}.", codes.join(", ")),
        )
    })
}

pub(crate) fn empty_route(id: &str, kind: RouteKind, means: Means, name: RouteName) -> Route {
    Route {
        id: id.to_owned(),
        kind,
        means,
        name,
        only_inside: false,
        own: false,
        telephone: None,
        also: None,
        silent: None,
        web: None,
        hours: None,
        cost: None,
        languages: None,
        anonymous: None,
    }
}

fn read_route(source: Source<'_>, zone: &str, raw: &RawRoute) -> Result<Route, FileError> {
    let id = raw.id.get_ref();
    if !is_id(id) {
        return Err(bad_id(source, raw.id.span().start, id));
    }
    let kind = read_kind(source, &raw.kind)?;
    let means = read_means(source, raw.means.as_ref())?;
    let mut route = empty_route(id, kind, means, RouteName::Key(format!("route-{id}")));
    route.only_inside = raw.only_inside;
    for (name, spanned) in &raw.fact {
        let at = spanned.span().start;
        let name = FactName::from_code(name).ok_or_else(|| {
            let codes: Vec<_> = FactName::ALL.iter().map(|name| name.code()).collect();
            source.error(at, format!("\"{name}\" is not a fact of a route"), format!("Write one of: {}.", codes.join(", ")))
        })?;
        let raw_fact = spanned.get_ref();
        if raw_fact.statutory && kind != RouteKind::Emergency {
            return Err(source.error(
                at,
                "only a fact of an emergency route can be statutory",
                "Leave \"statutory\" out; the operator confirms this fact.",
            ));
        }
        if raw_fact.checked && (raw_fact.checked_on.is_none() || raw_fact.review_by.is_none()) {
            return Err(source.error(
                at,
                "a checked fact needs the day of the check and of the review",
                "Add checked_on and review_by, or leave \"checked\" out.",
            ));
        }
        let day = |raw: &Option<Spanned<toml::value::Datetime>>| raw.as_ref().map(|raw| read_date(source, raw)).transpose();
        let fact = Fact {
            value: read_value(source, name, &raw_fact.value)?,
            source: raw_fact.source.clone(),
            checked: raw_fact.checked,
            statutory: raw_fact.statutory,
            checked_on: day(&raw_fact.checked_on)?,
            checked_by: raw_fact.checked_by.clone(),
            review_by: day(&raw_fact.review_by)?,
        };
        place(&mut route, name, fact, zone).map_err(|problem| source.error(at, problem, "Mend the value of this fact."))?;
    }
    Ok(route)
}

/// Puts a fact into its place in a route.
pub(crate) fn place(route: &mut Route, name: FactName, fact: Fact<Value>, zone: &str) -> Result<(), String> {
    fn with<T>(fact: &Fact<Value>, value: T) -> Option<Fact<T>> {
        Some(Fact {
            value,
            source: fact.source.clone(),
            checked: fact.checked,
            statutory: fact.statutory,
            checked_on: fact.checked_on,
            checked_by: fact.checked_by.clone(),
            review_by: fact.review_by,
        })
    }
    match (name, &fact.value) {
        (FactName::Telephone, Value::Telephone(value)) => {
            route.telephone = with(&fact, value.clone());
        }
        (FactName::AlsoTelephone, Value::Telephone(value)) => {
            route.also = with(&fact, value.clone());
        }
        (FactName::Silent, Value::Telephone(value)) => {
            route.silent = with(&fact, value.clone());
        }
        (FactName::Web, Value::Web(value)) => route.web = with(&fact, value.clone()),
        (FactName::Hours, Value::Hours(lines)) => {
            let hours = WeeklyHours::parse(zone, lines).map_err(|error| error.to_string())?;
            route.hours = with(&fact, hours);
        }
        (FactName::Cost, Value::Cost(value)) => route.cost = with(&fact, *value),
        (FactName::Languages, Value::Languages(value)) => {
            route.languages = with(&fact, value.clone());
        }
        (FactName::Anonymous, Value::Anonymous(value)) => {
            route.anonymous = with(&fact, *value);
        }
        _ => return Err(format!("the value does not belong to \"{name}\"")),
    }
    Ok(())
}

/// The value of a fact that a route has, in the form in which files are compared.
pub(crate) fn value_of(route: &Route, name: FactName) -> Option<(Value, bool)> {
    Some(match name {
        FactName::Telephone => {
            let fact = route.telephone.as_ref()?;
            (Value::Telephone(fact.value.clone()), fact.statutory)
        }
        FactName::AlsoTelephone => {
            let fact = route.also.as_ref()?;
            (Value::Telephone(fact.value.clone()), fact.statutory)
        }
        FactName::Silent => {
            let fact = route.silent.as_ref()?;
            (Value::Telephone(fact.value.clone()), fact.statutory)
        }
        FactName::Web => {
            let fact = route.web.as_ref()?;
            (Value::Web(fact.value.clone()), fact.statutory)
        }
        FactName::Hours => {
            let fact = route.hours.as_ref()?;
            (Value::Hours(hours_as_lines(&fact.value)), fact.statutory)
        }
        FactName::Cost => {
            let fact = route.cost.as_ref()?;
            (Value::Cost(fact.value), fact.statutory)
        }
        FactName::Languages => {
            let fact = route.languages.as_ref()?;
            (Value::Languages(fact.value.clone()), fact.statutory)
        }
        FactName::Anonymous => {
            let fact = route.anonymous.as_ref()?;
            (Value::Anonymous(fact.value), fact.statutory)
        }
    })
}

/// Hours in the form that a file writes, so that two ways to write the same hours compare equal.
pub(crate) fn hours_as_lines(hours: &WeeklyHours) -> Vec<String> {
    hours.to_string().split(", ").map(str::to_owned).collect()
}
