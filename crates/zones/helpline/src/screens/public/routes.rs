//! The real routes to help, as the jurisdiction files and the operator's file give them. What nobody checked, or whose
//! review date has passed, is not among them.

use askama::Template;
use time::OffsetDateTime;

use plainsight_pages::{Language, Locale, Markup};
use plainsight_vocabulary::{HoursLine, Jurisdiction, LanguagesKind, RouteKind, ShownRoute, WeeklyHours};

use crate::screens::bits;
use crate::site::Site;

#[derive(Template)]
#[template(path = "public/now.html")]
pub(crate) struct Now<'a> {
    words: &'a Locale,
    emergency: &'a str,
    call: String,
    silent: Vec<String>,
    /// What to say for an ambulance.
    ambulance: String,
    /// Who listens to whoever may hurt themselves.
    listeners: Vec<Shown>,
    groups: Vec<Group>,
}

struct Group {
    title: String,
    routes: Vec<Shown>,
}

struct Shown {
    id: String,
    name: String,
    /// Telephone numbers and web sites, to press.
    links: Vec<Link>,
    /// Whether somebody answers at this moment, in words.
    open: Option<(bool, String)>,
    /// Hours, cost, languages, whether a name is asked for: a sentence each.
    lines: Vec<String>,
}

struct Link {
    /// A number to call, not a page.
    call: bool,
    href: String,
    text: String,
}

impl<'a> Now<'a> {
    pub(crate) fn new(site: &'a Site, words: &'a Locale, now: OffsetDateTime) -> Self {
        let mut groups = Vec::new();
        let mut silent = Vec::new();
        let mut listeners = Vec::new();
        for jurisdiction in &site.settings.jurisdictions {
            let routes = jurisdiction.routes_to_show(now);
            silent.extend(routes.iter().filter_map(|route| without_a_word(route, words)));
            let (crisis, others): (Vec<_>, Vec<_>) = routes.iter().partition(|route| route.kind == RouteKind::Crisis);
            let show = |route: &&ShownRoute<'_>| shown(jurisdiction, route, words, now);
            listeners.extend(crisis.iter().map(show));
            if !others.is_empty() {
                groups.push(Group { title: words.text(&jurisdiction.name_key()).into_owned(), routes: others.iter().map(show).collect() });
            }
        }
        let emergency = site.emergency_number();
        let call = words.with("now-call", &[("number", emergency.into())]);
        let ambulance = words.with("hurt-ambulance", &[("number", emergency.into())]);
        Self { words, emergency, call, silent, ambulance, listeners, groups }
    }
}

/// How to call when one cannot speak.
pub(super) fn without_a_word(route: &ShownRoute<'_>, words: &Locale) -> Option<String> {
    let (number, press) = (route.telephone?, route.silent?);
    Some(words.with("emergency-silent", &[("number", number.as_str().into()), ("press", press.as_str().into())]))
}

fn shown(jurisdiction: &Jurisdiction, route: &ShownRoute<'_>, words: &Locale, now: OffsetDateTime) -> Shown {
    let telephones = [route.telephone, route.also].into_iter().flatten();
    let mut links: Vec<Link> = telephones
        .map(|telephone| Link { call: true, href: format!("tel:{}", telephone.dial()), text: telephone.as_str().to_owned() })
        .collect();
    links.extend(route.web.map(|web| Link { call: false, href: web.as_str().to_owned(), text: web.shown().to_owned() }));
    let open = route.hours.zip(route.open_now(now)).map(|(hours, open)| {
        let text = if open { words.text("route-hours-open").into_owned() } else { closed(words, hours, now) };
        (open, text)
    });
    let id = format!("route-{}", route.id.replace('/', "-"));
    let mut lines = route.hours.map(|hours| opening_times(words, hours)).unwrap_or_default();
    lines.extend(conditions(jurisdiction, route, words));
    Shown { id, name: name(route, words), links, open, lines }
}

#[derive(Template)]
#[template(source = r#"<ul class="govuk-list">{% include "public/route.html" %}</ul>"#, ext = "html")]
struct Preview {
    route: Shown,
}

/// A route as the public sees it at a moment; nothing when it is not shown. `prefix` keeps ids apart.
pub(crate) fn preview(jurisdiction: &Jurisdiction, route: &str, words: &Locale, now: OffsetDateTime, prefix: &str) -> Option<Markup> {
    let routes = jurisdiction.routes_to_show(now);
    let mut route = shown(jurisdiction, routes.iter().find(|shown| shown.id == route)?, words, now);
    route.id = format!("{prefix}-{}", route.id);
    Some(Markup::of(&Preview { route }))
}

/// Cost, languages, whether a name is asked for: a sentence each.
pub(crate) fn conditions(jurisdiction: &Jurisdiction, route: &ShownRoute<'_>, words: &Locale) -> Vec<String> {
    let mut lines = Vec::new();
    lines.extend(route.cost.map(|cost| words.text(&format!("route-cost-{cost}")).into_owned()));
    lines.extend(route.languages.map(|languages| match languages.kind {
        LanguagesKind::Interpreter => words.text("route-languages-interpreter").into_owned(),
        LanguagesKind::Listed => {
            let names = languages.tags.iter().map(|tag| bits::language_name(words, tag)).collect::<Vec<_>>().join(", ");
            words.with("route-languages-listed", &[("languages", names.as_str().into())])
        }
    }));
    lines.extend(route.anonymous.map(|anonymous| words.text(&format!("route-anonymous-{anonymous}")).into_owned()));
    if route.only_inside {
        let country = words.text(&jurisdiction.name_key()).into_owned();
        lines.push(words.with("route-only-inside", &[("country", country.as_str().into())]));
    }
    lines
}

/// What a route is called in the language of the page.
pub(crate) fn name(route: &ShownRoute<'_>, words: &Locale) -> String {
    match route.name.own(words.tag()) {
        Some(own) => own.to_owned(),
        None => words.text(&format!("route-{}", route.id.rsplit('/').next().unwrap_or(route.id))).into_owned(),
    }
}

pub(crate) fn opening_times(words: &Locale, hours: &WeeklyHours) -> Vec<String> {
    if hours.is_always() {
        return vec![words.text("route-hours-always").into_owned()];
    }
    hours
        .lines()
        .iter()
        .map(|line| {
            let day = |day: u8| words.text(&format!("day-{}", HoursLine::day_code(day))).into_owned();
            let (first, last) = (day(line.first_day), day(line.last_day));
            let days = if line.first_day == line.last_day {
                first
            } else {
                words.with("route-hours-days", &[("first", first.as_str().into()), ("last", last.as_str().into())])
            };
            let (from, to) = (HoursLine::clock(line.from), HoursLine::clock(line.to));
            words.with("route-hours-line", &[("days", days.as_str().into()), ("from", from.as_str().into()), ("to", to.as_str().into())])
        })
        .collect()
}

fn closed(words: &Locale, hours: &WeeklyHours, now: OffsetDateTime) -> String {
    match hours.opens_next(now) {
        Some(at) => words.with("route-hours-closed", &[("when", local_time(words, at, hours.zone_name()).as_str().into())]),
        None => words.text("hours-closed-always").into_owned(),
    }
}

/// When people read messages, true at this moment.
pub(crate) fn reading_hours(site: &Site, words: &Locale, now: OffsetDateTime) -> Option<String> {
    let hours = site.settings.staffed.as_ref()?;
    let number = site.emergency_number();
    Some(if hours.open_now(now) {
        words.text("hours-open").into_owned()
    } else {
        match hours.opens_next(now) {
            Some(at) => {
                let time = local_time(words, at, hours.zone_name());
                words.with("hours-closed", &[("time", time.as_str().into()), ("number", number.into())])
            }
            None => words.with("hours-closed-always", &[("number", number.into())]),
        }
    })
}

/// The lines for children, as a list of numbers.
pub(crate) fn child_lines(site: &Site, words: &Locale) -> String {
    let now = site.cabinet.now();
    let mut lines = Vec::new();
    for jurisdiction in &site.settings.jurisdictions {
        for route in jurisdiction.routes_to_show(now).iter().filter(|route| route.kind == RouteKind::Children) {
            if let Some(telephone) = route.telephone {
                // Isolated: between words that run from right to left, the groups of a number would change places.
                lines.push(format!("{} \u{2066}{}\u{2069}", name(route, words), telephone.as_str()));
            }
        }
    }
    lines.join(", ")
}

/// Advice for somebody who works with people, before any form.
#[derive(Template)]
#[template(path = "public/work.html")]
struct Work<'a> {
    language: &'a Language,
    words: &'a Locale,
    emergency: &'a str,
    call: String,
    /// Whom to ring for advice.
    lines: Vec<Line>,
    now: [&'static str; 5],
    steps: Vec<&'static str>,
}

struct Line {
    name: String,
    href: String,
    number: String,
}

/// Where statutory bodies have the duty to notify the Home Office (Modern Slavery Act 2015, section 52).
const DUTY_TO_NOTIFY: [&str; 2] = ["england", "wales"];

pub(crate) fn work_advice(site: &Site, language: &Language) -> Markup {
    let words = &*language.locale;
    let now = site.cabinet.now();
    let emergency = site.emergency_number();
    let advises = |route: &&ShownRoute<'_>| matches!(route.kind, RouteKind::Operator | RouteKind::Helpline);
    let mut lines = Vec::new();
    let own = site.settings.jurisdictions.first();
    if let Some(jurisdiction) = own {
        for route in jurisdiction.routes_to_show(now).iter().filter(advises) {
            lines.extend(route.telephone.map(|telephone| Line {
                name: name(route, words),
                href: format!("tel:{}", telephone.dial()),
                number: telephone.as_str().to_owned(),
            }));
        }
    }
    let mut steps = vec!["work-step-danger", "work-step-child", "work-step-adult"];
    if site.settings.in_united_kingdom() {
        steps.push("work-step-referral-uk");
    }
    if site.settings.at_home_in(&DUTY_TO_NOTIFY) {
        steps.push("work-step-notify");
    }
    steps.push("work-step-advice");
    let call = words.with("start-danger-call", &[("number", emergency.into())]);
    let now = ["work-now-alone", "work-now-interpreter", "work-now-no-promise", "work-now-no-question", "work-now-record"];
    Markup::of(&Work { language, words, emergency, call, lines, now, steps })
}

/// A moment in full, on the clock of a place.
pub(crate) fn local_time(words: &Locale, at: OffsetDateTime, zone: &str) -> String {
    words.date_time(at, bits::offset(zone, at))
}
