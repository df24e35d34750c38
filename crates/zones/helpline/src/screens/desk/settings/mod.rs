//! What the public is told, and until when it holds: routes to help, promises, clocks, times of keeping. Supervisors see it, and
//! change what a page may change: what is promised is the helpline's word, and they answer for it. Administrators have the file.

pub(super) mod promise;
pub(super) mod route;
pub(super) mod versions;

use std::collections::HashMap;

use askama::Template;
use axum::extract::{Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use time::{Date, Duration, OffsetDateTime};

use plainsight_pages::components::{Cell, Table, Tag};
use plainsight_pages::{Language, Locale, Markup, Typed};
use plainsight_people::SignedIn;
use plainsight_vocabulary::{Jurisdiction, OperatorEdit, OperatorFacts, Promise, Route, RouteReport, Standing as FactStanding};

use super::{Desk, Names, failed, names, whole};
use crate::acts::senders::Decider;
use crate::acts::settings::{public_has_another_file, versions as all_versions, waiting};
use crate::screens::bits;
use crate::screens::public::routes::opening_times;
use crate::standing::{Holds, Made};
use crate::trouble::Trouble;

/// Where it is.
const PAGE: &str = "/helpline/settings";
/// Whatever lapses within so long is to be checked now.
const SOON: Duration = Duration::days(30);
/// So many versions are listed.
const LISTED: Option<u64> = Some(20);

#[derive(Template)]
#[template(path = "desk/settings/settings.html")]
struct Page<'a> {
    words: &'a Locale,
    done: Option<&'static str>,
    holds: String,
    /// What to mend on the server.
    warnings: Vec<String>,
    waiting: Vec<(String, String)>,
    promises: Markup,
    routes: Vec<(String, Markup)>,
    facts: Vec<(&'static str, Vec<String>)>,
    versions: Option<Markup>,
}

pub(super) async fn show(
    State(desk): State<Desk>,
    who: SignedIn,
    language: Language,
    Query(asked): Query<HashMap<String, String>>,
) -> Response {
    let done = match asked.get("done").map(String::as_str) {
        Some("holds") => Some("desk-settings-done"),
        Some("waits") => Some("desk-settings-waits"),
        Some("refused") => Some("desk-settings-refused"),
        _ => None,
    };
    match page(&desk, &who, &language, done).await {
        Ok(page) => whole(&desk, &who, &language, &language.locale.text("desk-settings-title"), false, &page),
        Err(error) => failed(&desk, &language, &error),
    }
}

/// The number of the newest version when a form was drawn.
fn seen(typed: &Typed) -> i64 {
    typed.get("seen").parse().unwrap_or(-1)
}

/// Back to the page, with what was done.
fn back(language: &Language, done: &str) -> Response {
    let href = language.href(PAGE);
    let sign = if href.contains('?') { '&' } else { '?' };
    Redirect::to(&format!("{href}{sign}done={done}")).into_response()
}

async fn page<'a>(desk: &Desk, who: &SignedIn, language: &'a Language, done: Option<&'static str>) -> Result<Page<'a>, Trouble> {
    Decider::of(who)?;
    let words = &*language.locale;
    desk.standing.catch_up(&desk.cabinet).await?;
    let (held, now) = (desk.standing.now(), desk.cabinet.now());
    let names = names(desk).await?;
    let versions = all_versions(&desk.cabinet, 0, LISTED).await?;
    let settings = &held.settings;
    let waiting = waiting(&desk.cabinet).await?.into_iter().map(|(id, proposal)| {
        let said = described(words, &names, &proposal.made, proposal.by);
        (language.href(&format!("{PAGE}/proposals/{id}")), said)
    });
    let number = || vec![("number", held.newest.into())];
    let holds = match held.holds {
        Holds::File => words.text("desk-settings-file").into_owned(),
        Holds::Version => words.with("desk-settings-version", &number()),
        Holds::FileIsNewer | Holds::DoesNotFit(_) => words.with("desk-settings-file-newer", &number()),
    };
    let mut warnings = Vec::new();
    if public_has_another_file(&desk.cabinet, &desk.standing).await? {
        warnings.push(words.text("desk-settings-other-file").into_owned());
    }
    warnings.extend(match &held.holds {
        Holds::DoesNotFit(why) => Some(words.with("desk-settings-not-fit", &[("why", why.as_str().into())])),
        Holds::FileIsNewer => Some(words.text("desk-settings-file-newer-hint").into_owned()),
        Holds::File | Holds::Version => None,
    });
    let facts = operator(desk);
    Ok(Page {
        words,
        done,
        holds,
        warnings,
        waiting: waiting.collect(),
        promises: promises(language, &facts, settings.today(now)),
        routes: settings.jurisdictions.iter().map(|one| (words.text(&one.name_key()).into_owned(), routes(language, one, now))).collect(),
        facts: plain(words, desk),
        versions: listed(desk, language, &names, &versions),
    })
}

/// What the operator states now.
fn operator(desk: &Desk) -> OperatorFacts {
    OperatorFacts::parse("", &desk.standing.now().text).unwrap_or_default()
}

fn day(words: &Locale, day: Date) -> String {
    words.date(day.midnight().assume_utc(), time::UtcOffset::UTC)
}

/// How something stands whose review day is this, with a word beside the colour.
fn state(words: &Locale, shown: bool, review_by: Option<Date>, today: Date) -> Markup {
    let soon = review_by.is_some_and(|by| by >= today && by - today <= SOON);
    let (text, colour) = match (shown, review_by) {
        (true, Some(by)) if by < today => ("desk-settings-law-due", "orange"),
        (true, _) if soon => ("desk-settings-soon", "yellow"),
        (true, _) => ("desk-settings-shown", "green"),
        (false, Some(by)) if by < today => ("desk-settings-passed", "red"),
        (false, _) => ("desk-settings-unchecked", "grey"),
    };
    Tag::new(words.text(text).into_owned()).colour(colour).into()
}

fn promises(language: &Language, facts: &OperatorFacts, today: Date) -> Markup {
    let words = &*language.locale;
    let row = |promise: &Promise| {
        let ticked = facts.promises().ticked(*promise);
        let shown = facts.promises().holds(*promise, today);
        let by = ticked.and_then(|fact| fact.checked_by.clone()).unwrap_or_default();
        let review = ticked.and_then(|fact| fact.review_by);
        let link = bits::link(&language.href(&format!("{PAGE}/promises/{promise}")), &words.text(&promise.key()));
        let state = match ticked {
            Some(_) => state(words, shown, review, today),
            None => Tag::new(words.text("desk-settings-not-promised").into_owned()).colour("grey").into(),
        };
        vec![Cell::new(link), Cell::new(state), Cell::new(by), Cell::new(review.map(|by| day(words, by)).unwrap_or_default())]
    };
    let head = ["desk-settings-promise", "desk-settings-state", "desk-settings-by", "desk-settings-review"];
    table(words, "desk-settings-promises", head, Promise::ALL.iter().map(row))
}

fn routes(language: &Language, jurisdiction: &Jurisdiction, now: OffsetDateTime) -> Markup {
    let words = &*language.locale;
    let today = jurisdiction.today(now);
    let row = |(route, report): (&Route, RouteReport)| {
        let href = language.href(&format!("{PAGE}/routes/{}/{}", jurisdiction.id, route.id));
        let reach = report.facts.iter().filter(|fact| ["/telephone", "/web"].iter().any(|end| fact.fact.ends_with(end)));
        let reach = reach.map(|fact| fact.value.clone()).collect::<Vec<_>>().join(", ");
        let hours = route.hours.as_ref().map(|hours| opening_times(words, &hours.value).join("; ")).unwrap_or_default();
        let review = review(route, &report, today);
        vec![
            Cell::new(bits::link(&href, &route_name(words, route))),
            Cell::new(Markup::of(&Number { text: &reach })),
            Cell::new(hours),
            Cell::new(review.map(|by| day(words, by)).unwrap_or_default()),
            Cell::new(state(words, report.shown, review, today)),
        ]
    };
    let head = ["desk-settings-route", "desk-settings-reach", "desk-settings-hours", "desk-settings-review", "desk-settings-state"];
    table(words, &jurisdiction.name_key(), head, jurisdiction.routes.iter().zip(jurisdiction.report(now)).map(row))
}

#[derive(Template)]
#[template(source = r#"<bdi dir="ltr">{{ text }}</bdi>"#, ext = "html")]
struct Number<'a> {
    text: &'a str,
}

/// The day that matters: of a route that is shown the first on which a part of it goes, of a hidden one the day on which it went.
fn review(route: &Route, report: &RouteReport, today: Date) -> Option<Date> {
    let days = [
        route.telephone.as_ref().and_then(|fact| fact.review_by),
        route.also.as_ref().and_then(|fact| fact.review_by),
        route.web.as_ref().and_then(|fact| fact.review_by),
        route.hours.as_ref().and_then(|fact| fact.review_by),
    ];
    let statutory = report.facts.iter().find_map(|fact| match fact.standing {
        FactStanding::GoodReviewDue { since } => Some(since),
        _ => None,
    });
    let days = days.into_iter().flatten();
    if report.shown { statutory.or_else(|| days.filter(|by| *by >= today).min()) } else { days.max() }
}

/// What a route is called.
fn route_name(words: &Locale, route: &Route) -> String {
    route.name.own(words.tag()).map_or_else(|| words.text(&format!("route-{}", route.id)).into_owned(), str::to_owned)
}

fn table<const N: usize>(words: &Locale, caption: &str, head: [&str; N], rows: impl Iterator<Item = Vec<Cell>>) -> Markup {
    let caption = words.text(caption);
    let head = head.map(|id| words.text(id).into_owned());
    bits::scroll(&caption, Table::new(caption.clone().into_owned()).head(head).rows(rows).first_cell_is_header())
}

/// What stands in the file alone: hours of the desk, clocks, times of keeping.
fn plain(words: &Locale, desk: &Desk) -> Vec<(&'static str, Vec<String>)> {
    let held = desk.standing.now();
    let (settings, clocks) = (&held.settings, &held.settings.clocks);
    let count = |id: &str, count: i64| words.with(id, &[("count", count.into())]);
    let nobody = || vec![words.text("desk-settings-unsaid").into_owned()];
    let kept = settings.kept.map_or_else(nobody, |kept| {
        [
            ("desk-settings-kept-anonymous", kept.anonymous_days),
            ("desk-settings-kept-ordinary", kept.ordinary_days),
            ("desk-settings-kept-safeguarding", kept.safeguarding_days),
        ]
        .map(|(id, days)| count(id, days.into()))
        .into()
    });
    vec![
        ("desk-settings-staffed", settings.staffed.as_ref().map_or_else(nobody, |hours| opening_times(words, hours))),
        (
            "desk-settings-clocks",
            vec![
                count("desk-settings-clock-danger", clocks.danger.whole_minutes()),
                count("desk-settings-clock-soon", clocks.soon.whole_minutes()),
                count("desk-settings-clock-read", clocks.first_read_staffed.whole_hours()),
                count("desk-settings-clock-answer", clocks.acknowledged.whole_hours()),
                count("desk-settings-clock-feedback", clocks.feedback.whole_days()),
            ],
        ),
        ("desk-settings-kept", kept),
    ]
}

/// A change in a sentence.
fn described(words: &Locale, names: &Names, made: &Made, by: uuid::Uuid) -> String {
    let who = names.of(words, by);
    let (id, what) = match made {
        Made::Again(number) => ("desk-settings-did-again", number.to_string()),
        Made::Edit(OperatorEdit::Route { jurisdiction, route, .. }) => ("desk-settings-did-route", format!("{jurisdiction}/{route}")),
        Made::Edit(OperatorEdit::StopShowing { jurisdiction, route }) => ("desk-settings-did-stop", format!("{jurisdiction}/{route}")),
        Made::Edit(OperatorEdit::Promise { promise, check: Some(_) }) => {
            ("desk-settings-did-promise", words.text(&promise.key()).into_owned())
        }
        Made::Edit(OperatorEdit::Promise { promise, check: None }) => ("desk-settings-did-take", words.text(&promise.key()).into_owned()),
    };
    words.with(id, &[("who", who.as_str().into()), ("what", what.as_str().into())])
}

fn listed(desk: &Desk, language: &Language, names: &Names, versions: &[crate::standing::Version]) -> Option<Markup> {
    let words = &*language.locale;
    let row = |version: &crate::standing::Version| {
        let href = language.href(&format!("{PAGE}/versions/{}", version.number));
        let second = version.second.map(|second| words.with("desk-settings-second", &[("who", names.of(words, second).as_str().into())]));
        let said = format!("{} {}", described(words, names, &version.made, version.by), second.unwrap_or_default());
        let number = words.with("desk-settings-number", &[("number", version.number.into())]);
        vec![
            Cell::new(bits::link(&href, &number)),
            Cell::new(said.trim().to_owned()),
            Cell::new(words.date_time(version.at, desk.offset(version.at))),
        ]
    };
    let head = ["desk-settings-version-head", "desk-settings-what", "desk-settings-when"];
    (!versions.is_empty()).then(|| table(words, "desk-settings-versions", head, versions.iter().map(row)))
}

/// What others changed since a form was drawn on this version.
async fn meanwhile(desk: &Desk, words: &Locale, seen: i64) -> Result<Vec<String>, Trouble> {
    let names = names(desk).await?;
    let newer = all_versions(&desk.cabinet, seen, None).await?;
    Ok(newer.iter().map(|version| described(words, &names, &version.made, version.by)).collect())
}
