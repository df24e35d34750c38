//! The routes to help on paper: cards that go into a palm, and a poster. Paper is found by others, so it does not say what it
//! is about; and nobody can take it down, so it says when its numbers were checked and until when they hold.

use askama::Template;
use time::{Date, OffsetDateTime, UtcOffset};

use plainsight_pages::{Locale, Markup};
use plainsight_vocabulary::{Cost, Jurisdiction, LanguagesKind, Means, RouteKind, ShownRoute};

use super::routes;
use crate::site::Site;

/// More lines of the operator do not fit on a card.
const LINES_ON_A_CARD: usize = 2;

/// What begins a word that tells a finder what the paper is about, in the languages that have pages.
const TELLING: [&str; 8] = ["slav", "sclav", "traffic", "trafic", "exploit", "exploat", "victim", "rescue"];

#[derive(Template)]
#[template(path = "public/card.html")]
pub(super) struct Papers<'a> {
    words: &'a Locale,
    card: Markup,
    entries: Vec<Entry>,
    dates: Dates,
    /// The number that is torn off the poster; nothing where there is no line to call.
    strip: Option<String>,
    /// Nobody checked any number but that of the law.
    bare: bool,
    invented: bool,
}

#[derive(Template)]
#[template(path = "public/slip.html")]
struct Card<'a> {
    words: &'a Locale,
    emergency: &'a str,
    /// Whether they get an interpreter, as somebody checked.
    interpreter: bool,
    lines: Vec<Entry>,
    web: Option<&'a str>,
    dates: Dates,
    invented: bool,
}

/// One way to get help, as it stands on paper.
struct Entry {
    label: String,
    /// The number or the address to type.
    reach: Option<String>,
    facts: Vec<String>,
}

/// How old and how long good what is printed is, in words.
struct Dates {
    checked: Option<String>,
    until: Option<String>,
}

impl<'a> Papers<'a> {
    /// The operator's own country only: who prints this gives it to people who are there.
    pub(super) fn new(site: &'a Site, words: &'a Locale, now: OffsetDateTime) -> Self {
        let home = site.settings.jurisdictions.first();
        let shown = home.map(|home| home.routes_to_show(now)).unwrap_or_default();
        let routes: Vec<&ShownRoute<'_>> = shown.iter().collect();
        let emergency = site.emergency_number();
        let (voice, lines) = (voice(&routes), lines(&routes));
        let invented = site.settings.invented;

        let web = routes.iter().filter(|route| route.kind == RouteKind::Operator).find_map(|route| route.web);
        let on_card: Vec<_> = lines.iter().copied().take(LINES_ON_A_CARD).collect();
        let card = Card {
            words,
            emergency,
            interpreter: voice.is_some_and(interprets),
            lines: on_card.iter().map(|line| on_a_card(line, words)).collect(),
            web: web.map(|web| web.shown()).filter(|web| is_neutral(web)),
            dates: Dates::of(voice.into_iter().chain(on_card), words),
            invented,
        };

        let others = routes.iter().copied().filter(|route| route.kind == RouteKind::Crisis || is_without_voice(route));
        Self {
            words,
            card: Markup::of(&card),
            entries: home.map(|home| poster(home, emergency, &routes, words)).unwrap_or_default(),
            dates: Dates::of(voice.into_iter().chain(lines.iter().copied()).chain(others), words),
            strip: lines.first().and_then(|line| Some(line.telephone?.as_str().to_owned())),
            bare: lines.is_empty(),
            invented,
        }
    }
}

fn voice<'a>(routes: &[&'a ShownRoute<'a>]) -> Option<&'a ShownRoute<'a>> {
    routes.iter().copied().find(|route| route.kind == RouteKind::Emergency && route.means == Means::Voice)
}

/// Whom to ring for a talk: the operator, and a helpline only where the operator has no line.
fn lines<'a>(routes: &[&'a ShownRoute<'a>]) -> Vec<&'a ShownRoute<'a>> {
    let of = |kind| -> Vec<_> {
        let rings = |route: &&&ShownRoute<'_>| route.kind == kind && route.means == Means::Voice && route.telephone.is_some();
        routes.iter().filter(rings).copied().collect()
    };
    let own = of(RouteKind::Operator);
    if own.is_empty() { of(RouteKind::Helpline) } else { own }
}

fn interprets(route: &ShownRoute<'_>) -> bool {
    route.languages.is_some_and(|languages| languages.kind == LanguagesKind::Interpreter)
}

/// No name of a line stands on a card: many names tell.
fn on_a_card(route: &ShownRoute<'_>, words: &Locale) -> Entry {
    let mut facts = route.hours.map(|hours| routes::opening_times(words, hours)).unwrap_or_default();
    let mut short = Vec::new();
    if route.cost == Some(Cost::Free) {
        short.push(words.text("card-free"));
    }
    if interprets(route) {
        short.push(words.text("card-interpreter"));
    }
    if !short.is_empty() {
        facts.push(short.join(" "));
    }
    Entry { label: words.text("card-talk").into_owned(), reach: reach(route), facts }
}

/// Emergency calls for whoever cannot hear or speak. Not a text message: its phone has to be registered first.
fn is_without_voice(route: &ShownRoute<'_>) -> bool {
    route.kind == RouteKind::Emergency && matches!(route.means, Means::TextRelay | Means::Video)
}

fn poster(home: &Jurisdiction, emergency: &str, routes: &[&ShownRoute<'_>], words: &Locale) -> Vec<Entry> {
    let voice = voice(routes);
    let mut say = words.text("poster-say").into_owned();
    if voice.is_some_and(interprets) {
        say = format!("{say} {}", words.text("card-interpreter"));
    }
    let mut entries = vec![Entry { label: words.text("card-danger").into_owned(), reach: Some(emergency.to_owned()), facts: vec![say] }];
    entries.extend(lines(routes).iter().map(|line| on_the_poster(home, "card-talk", line, words)));
    let listeners = routes.iter().filter(|route| route.kind == RouteKind::Crisis);
    entries.extend(listeners.map(|listener| on_the_poster(home, "hurt-title", listener, words)));

    let mut speechless: Vec<_> = voice.and_then(|voice| routes::without_a_word(voice, words)).into_iter().collect();
    for other in routes.iter().filter(|route| is_without_voice(route)) {
        // Isolated: between words that run from right to left, the groups of a number would change places.
        speechless.extend(reach(other).map(|reach| format!("{}: \u{2066}{reach}\u{2069}", routes::name(other, words))));
    }
    if !speechless.is_empty() {
        entries.push(Entry { label: words.text("poster-speechless").into_owned(), reach: None, facts: speechless });
    }
    entries
}

/// Hours and everything else that was checked of a line, and its name where that does not tell what the poster is about.
fn on_the_poster(home: &Jurisdiction, purpose: &str, route: &ShownRoute<'_>, words: &Locale) -> Entry {
    let (purpose, name) = (words.text(purpose), routes::name(route, words));
    let label = if is_neutral(&name) { format!("{purpose}: {name}") } else { purpose.into_owned() };
    let hours = route.hours.map(|hours| routes::opening_times(words, hours).join(", "));
    let conditions = routes::conditions(home, route, words).join(" ");
    let web = route.telephone.and(route.web).map(|web| web.shown().to_owned()).filter(|web| is_neutral(web));
    let facts = hours.into_iter().chain(Some(conditions).filter(|text| !text.is_empty())).chain(web).collect();
    Entry { label, reach: reach(route), facts }
}

/// The number to call, else the address to type.
fn reach(route: &ShownRoute<'_>) -> Option<String> {
    let telephone = route.telephone.map(|telephone| telephone.as_str());
    telephone.or_else(|| route.web.map(|web| web.shown())).map(str::to_owned)
}

/// Whether nobody who finds this learns from it what it is about.
fn is_neutral(text: &str) -> bool {
    let text = text.to_lowercase();
    !TELLING.iter().any(|telling| text.contains(telling))
}

impl Dates {
    /// The oldest check and the nearest review of what is printed.
    fn of<'a>(routes: impl IntoIterator<Item = &'a ShownRoute<'a>>, words: &Locale) -> Self {
        let (mut checked, mut until): (Option<Date>, Option<Date>) = (None, None);
        for route in routes {
            checked = checked.into_iter().chain(route.checked_on).min();
            until = until.into_iter().chain(route.review_by).min();
        }
        let say = |id, day: Date| {
            let day = words.date(day.midnight().assume_utc(), UtcOffset::UTC);
            words.with(id, &[("day", day.as_str().into())])
        };
        Self { checked: checked.map(|day| say("card-checked", day)), until: until.map(|day| say("card-until", day)) }
    }
}

#[cfg(test)]
mod tests {
    use super::is_neutral;

    #[test]
    fn a_name_that_tells_is_known_in_each_language() {
        for telling in ["Modern Slavery Helpline", "stopthetraffic.example", "Linia împotriva TRAFICULUI", "antisclavie.example.org"] {
            assert!(!is_neutral(telling), "{telling}");
        }
        for neutral in ["Westmere helpline (invented)", "example.org", "Samaritans", "Linia Westmere (inventată)"] {
            assert!(is_neutral(neutral), "{neutral}");
        }
    }
}
