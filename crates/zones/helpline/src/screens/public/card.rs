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
    silent: Option<String>,
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
        let voice = routes.iter().copied().find(|route| route.kind == RouteKind::Emergency && route.means == Means::Voice);
        let lines = lines(&routes);
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

        let others = routes.iter().copied().filter(|route| stands_on_the_poster(route));
        let entries = home.map(|home| poster(home, emergency, voice, &lines, &routes, words)).unwrap_or_default();
        Self {
            words,
            card: Markup::of(&card),
            entries,
            silent: voice.and_then(|voice| routes::without_a_word(voice, words)),
            dates: Dates::of(voice.into_iter().chain(lines.iter().copied()).chain(others), words),
            strip: lines.first().and_then(|line| Some(line.telephone?.as_str().to_owned())),
            bare: lines.is_empty(),
            invented,
        }
    }
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
    Entry { label: words.text("card-talk").into_owned(), reach: number(route), facts }
}

/// Besides the emergency call and the lines: other ways to call for help, and who listens. Not a text message: its phone has
/// to be registered first.
fn stands_on_the_poster(route: &ShownRoute<'_>) -> bool {
    route.kind == RouteKind::Crisis
        || (route.kind == RouteKind::Emergency && matches!(route.means, Means::TextRelay | Means::Video | Means::Web))
}

fn poster(
    home: &Jurisdiction,
    emergency: &str,
    voice: Option<&ShownRoute<'_>>,
    lines: &[&ShownRoute<'_>],
    routes: &[&ShownRoute<'_>],
    words: &Locale,
) -> Vec<Entry> {
    let mut say = vec![words.text("card-say").into_owned()];
    if voice.is_some_and(interprets) {
        say.push(words.text("card-interpreter").into_owned());
    }
    let mut entries = vec![Entry { label: words.text("card-danger").into_owned(), reach: Some(emergency.to_owned()), facts: say }];
    for line in lines {
        let label = labelled(&words.text("card-talk"), line, words);
        entries.push(Entry { label, reach: number(line), facts: routes::facts(home, line, words) });
    }
    let ambulance = words.with("poster-ambulance", &[("number", emergency.into())]);
    let hurt = words.text("hurt-title");
    let listeners: Vec<_> = routes.iter().filter(|route| route.kind == RouteKind::Crisis).collect();
    if listeners.is_empty() {
        entries.push(Entry { label: hurt.into_owned(), reach: None, facts: vec![ambulance] });
    } else {
        for listener in listeners {
            let mut facts = vec![ambulance.clone()];
            facts.extend(routes::facts(home, listener, words));
            entries.push(Entry { label: labelled(&hurt, listener, words), reach: number(listener), facts });
        }
    }
    for other in routes.iter().filter(|route| route.kind == RouteKind::Emergency && stands_on_the_poster(route)) {
        entries.push(Entry { label: routes::name(other, words), reach: number(other), facts: Vec::new() });
    }
    entries
}

/// What a line is for, and who answers where their name does not tell what the poster is about.
fn labelled(purpose: &str, route: &ShownRoute<'_>, words: &Locale) -> String {
    let name = routes::name(route, words);
    if is_neutral(&name) { format!("{purpose}: {name}") } else { purpose.to_owned() }
}

fn number(route: &ShownRoute<'_>) -> Option<String> {
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
