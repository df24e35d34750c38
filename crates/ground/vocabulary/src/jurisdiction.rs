//! A jurisdiction: its routes to help and its clocks, and which of them may be shown now.

use time::{Date, Month, OffsetDateTime};

use crate::{
    clocks::Clocks,
    fact::{Fact, Standing},
    hours::{WeeklyHours, time_zone, timestamp},
    route::{Anonymity, Cost, FactName, Languages, Means, Route, RouteKind, RouteName, Telephone, WebAddress},
};

/// The routes and clocks of one country or nation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Jurisdiction {
    /// Stable id: `england`, `romania`.
    pub id: String,
    /// ISO 3166-1 two letters.
    pub country: String,
    /// The zone in which its days and hours are counted.
    pub zone: String,
    /// Clocks, the operator's where the operator set them.
    pub clocks: Clocks,
    /// When the operator's own desk is staffed. `None` until the operator says so: then nobody may be promised a time.
    pub desk_hours: Option<WeeklyHours>,
    /// Every route, in the order of the page, checked or not.
    pub routes: Vec<Route>,
}

/// A route with only those facts that may be shown now. At least a telephone or a web address is there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShownRoute<'a> {
    /// Stable id inside its jurisdiction.
    pub id: &'a str,
    /// What it is for.
    pub kind: RouteKind,
    /// How a person gets through.
    pub means: Means,
    /// What it is called.
    pub name: &'a RouteName,
    /// Answers only calls from inside the country.
    pub only_inside: bool,
    /// The number to call.
    pub telephone: Option<&'a Telephone>,
    /// Another number that reaches the same people.
    pub also: Option<&'a Telephone>,
    /// What to press after calling if you cannot speak.
    pub silent: Option<&'a Telephone>,
    /// The web site.
    pub web: Option<&'a WebAddress>,
    /// When somebody answers.
    pub hours: Option<&'a WeeklyHours>,
    /// What it costs.
    pub cost: Option<Cost>,
    /// Languages answered.
    pub languages: Option<&'a Languages>,
    /// Whether a name is asked.
    pub anonymous: Option<Anonymity>,
    /// The oldest day on which one of these facts was checked, for paper, which nobody can take down.
    pub checked_on: Option<Date>,
    /// The first day after which one of them is not shown any more. What the law lays down outlives its review day and does not count.
    pub review_by: Option<Date>,
}

impl ShownRoute<'_> {
    /// Whether somebody answers now; `None` when the hours are not known well enough to say.
    #[must_use]
    pub fn open_now(&self, now: OffsetDateTime) -> Option<bool> {
        self.hours.map(|hours| hours.open_now(now))
    }
}

/// How one fact of one route stands, for `doctor`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FactReport {
    /// `england/modern-slavery-helpline/telephone`.
    pub fact: String,
    /// The value as a file would write it.
    pub value: String,
    /// Where it is from.
    pub source: String,
    /// Whether it is shown, and why not.
    pub standing: Standing,
    /// Until when it is shown without being checked again; none for what the law lays down.
    pub review_by: Option<Date>,
}

/// How one route stands, for `doctor`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RouteReport {
    /// `england/modern-slavery-helpline`.
    pub route: String,
    /// Whether the public page shows it.
    pub shown: bool,
    /// Its facts.
    pub facts: Vec<FactReport>,
}

impl Jurisdiction {
    /// The local day at an instant.
    #[must_use]
    pub fn today(&self, now: OffsetDateTime) -> Date {
        local_date(&self.zone, now)
    }

    /// The routes of the public page at an instant, in the order of the page.
    ///
    /// A fact that is unchecked or past its review day is left out; a route left without a telephone and a web address is left out.
    #[must_use]
    pub fn routes_to_show(&self, now: OffsetDateTime) -> Vec<ShownRoute<'_>> {
        let today = self.today(now);
        self.routes.iter().filter_map(|route| shown(route, today)).collect()
    }

    /// The same for a reader outside the country: lines that answer only inside it are left out.
    #[must_use]
    pub fn routes_to_show_abroad(&self, now: OffsetDateTime) -> Vec<ShownRoute<'_>> {
        let mut routes = self.routes_to_show(now);
        routes.retain(|route| !route.only_inside);
        routes
    }

    /// Every fact of every route and how it stands, for `doctor`.
    #[must_use]
    pub fn report(&self, now: OffsetDateTime) -> Vec<RouteReport> {
        let today = self.today(now);
        self.routes
            .iter()
            .map(|route| RouteReport {
                route: format!("{}/{}", self.id, route.id),
                shown: shown(route, today).is_some(),
                facts: self.fact_reports(route, today),
            })
            .collect()
    }

    /// A route by its id.
    #[must_use]
    pub fn route(&self, id: &str) -> Option<&Route> {
        self.routes.iter().find(|route| route.id == id)
    }

    /// The Fluent key of the name of the jurisdiction.
    #[must_use]
    pub fn name_key(&self) -> String {
        format!("jurisdiction-{}", self.id)
    }

    fn fact_reports(&self, route: &Route, today: Date) -> Vec<FactReport> {
        let mut reports = Vec::new();
        let mut add = |name: FactName, value: String, source: &str, (standing, review_by): (Standing, Option<Date>)| {
            let fact = format!("{}/{}/{}", self.id, route.id, name);
            reports.push(FactReport { fact, value, source: source.to_owned(), standing, review_by });
        };
        for (name, fact) in
            [(FactName::Telephone, &route.telephone), (FactName::AlsoTelephone, &route.also), (FactName::Silent, &route.silent)]
        {
            if let Some(fact) = fact {
                add(name, fact.value.to_string(), &fact.source, (fact.standing(today), fact.ends()));
            }
        }
        if let Some(fact) = &route.web {
            add(FactName::Web, fact.value.to_string(), &fact.source, (fact.standing(today), fact.ends()));
        }
        if let Some(fact) = &route.hours {
            add(FactName::Hours, fact.value.to_string(), &fact.source, (fact.standing(today), fact.ends()));
        }
        if let Some(fact) = &route.cost {
            add(FactName::Cost, fact.value.to_string(), &fact.source, (fact.standing(today), fact.ends()));
        }
        if let Some(fact) = &route.languages {
            let value = match fact.value.tags.join(" ") {
                tags if tags.is_empty() => fact.value.kind.to_string(),
                tags => format!("{} {tags}", fact.value.kind),
            };
            add(FactName::Languages, value, &fact.source, (fact.standing(today), fact.ends()));
        }
        if let Some(fact) = &route.anonymous {
            add(FactName::Anonymous, fact.value.to_string(), &fact.source, (fact.standing(today), fact.ends()));
        }
        reports
    }
}

/// The local day in a zone; the day in UTC if the zone is not known (files with such a zone are refused when read).
pub(crate) fn local_date(zone: &str, now: OffsetDateTime) -> Date {
    let utc = now.to_offset(time::UtcOffset::UTC).date();
    let Ok(zone) = time_zone(zone) else {
        return utc;
    };
    let local = zone.to_datetime(timestamp(now)).date();
    let month = u8::try_from(local.month()).ok().and_then(|month| Month::try_from(month).ok());
    let day = u8::try_from(local.day()).ok();
    match (month, day) {
        (Some(month), Some(day)) => Date::from_calendar_date(i32::from(local.year()), month, day).unwrap_or(utc),
        _ => utc,
    }
}

fn shown(route: &Route, today: Date) -> Option<ShownRoute<'_>> {
    let mut checks = Checks { today, oldest: None, ends: None };
    let telephone = checks.pick(route.telephone.as_ref());
    let web = checks.pick(route.web.as_ref());
    if telephone.is_none() && web.is_none() {
        return None;
    }
    // Hours and cost are those of the telephone; beside a web address alone they would mislead.
    let reachable = telephone.is_some() || matches!(route.means, Means::Web | Means::Video);
    let hours = checks.pick(route.hours.as_ref().filter(|_| reachable));
    let cost = checks.pick(route.cost.as_ref().filter(|_| reachable));
    // What to press after the call means nothing without the number to call.
    let silent = checks.pick(route.silent.as_ref().filter(|_| telephone.is_some()));
    let also = checks.pick(route.also.as_ref());
    let languages = checks.pick(route.languages.as_ref());
    let anonymous = checks.pick(route.anonymous.as_ref());
    Some(ShownRoute {
        id: &route.id,
        kind: route.kind,
        means: route.means,
        name: &route.name,
        only_inside: route.only_inside,
        telephone,
        also,
        silent,
        web,
        hours,
        cost: cost.copied(),
        languages,
        anonymous: anonymous.copied(),
        checked_on: checks.oldest,
        review_by: checks.ends,
    })
}

/// Picks the facts that may be shown, and keeps how old and how long good they are together.
struct Checks {
    today: Date,
    oldest: Option<Date>,
    ends: Option<Date>,
}

impl Checks {
    fn pick<'a, T>(&mut self, fact: Option<&'a Fact<T>>) -> Option<&'a T> {
        let fact = fact?;
        let value = fact.shown(self.today)?;
        self.oldest = self.oldest.into_iter().chain(fact.checked_on).min();
        self.ends = self.ends.into_iter().chain(fact.ends()).min();
        Some(value)
    }
}
