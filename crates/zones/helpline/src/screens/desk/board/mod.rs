//! The supervisors' board: what a shift must know at its beginning and may look at any time. Numbers only, each of them the way
//! to its list. It is for care and for cover: it ranks nobody, and says nothing of how anybody bears what they read.

mod chart;
mod rota;

use askama::Template;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use time::{Duration, OffsetDateTime};
use uuid::Uuid;

use plainsight_pages::components::{Cell, Details, Table, WarningText};
use plainsight_pages::{Language, Locale, Markup};
use plainsight_people::SignedIn;
use plainsight_people::acts::team::TeamListed;
use plainsight_vocabulary::Urgency;

use super::list::{self, Narrow, filter_title, narrowed};
use super::{Desk, Names, failed, names, ours, supervises, teams, whole};
use crate::index::{Board, CaseFilter, ENOUGH, Filter, Hand, Line, Waited, Week};
use crate::screens::bits;
use crate::trouble::Trouble;

/// What stands large at the top, after the danger.
const FIRST: [Filter; 6] = [Filter::Danger, Filter::Overdue, Filter::Hour, Filter::New, Filter::Nobodys, Filter::Unfinished];
/// What waits for a supervisor.
const WAITING: [Filter; 4] = [Filter::ReviewDue, Filter::Supervisor, Filter::Complaint, Filter::Held];

#[derive(Template)]
#[template(path = "desk/board/board.html")]
struct Page<'a> {
    language: &'a Language,
    words: &'a Locale,
    now: String,
    alarm: Option<Markup>,
    first: Vec<Count>,
    due: Markup,
    by: Vec<(&'static str, Markup)>,
    on_call: Vec<rota::OnDuty>,
    away: Vec<String>,
    waiting: Vec<Count>,
    reading: Option<String>,
    hands: Markup,
    chart: Markup,
    twin: Markup,
    waits: Markup,
    since: String,
}

struct Count {
    title: String,
    href: String,
    count: usize,
}

pub(super) async fn show(State(desk): State<Desk>, who: SignedIn, language: Language) -> Response {
    match page(&desk, &who, &language).await {
        Ok(page) => whole(&desk, &who, &language, &language.locale.text("desk-board-title"), false, &page).into_response(),
        Err(error) => failed(&desk, &language, &error),
    }
}

async fn page<'a>(desk: &Desk, who: &SignedIn, language: &'a Language) -> Result<Page<'a>, Trouble> {
    supervises(who)?;
    let words = &*language.locale;
    desk.index.catch_up(&desk.cabinet).await?;
    let progress = desk.library.catch_up(&desk.cabinet, &desk.index, who).await;
    let (view, held, now) = (desk.library.view(who), teams(who), desk.cabinet.now());
    let eyes = list::eyes(desk, who, &held, &view);
    let board = desk.index.board(&eyes);
    let cases = desk.index.cases(&eyes, CaseFilter::Due, 0, 0);
    let names = names(desk).await?;
    let ours = ours(desk, &held).await?;
    let count = |filter: Filter| Count {
        title: filter_title(words, filter),
        href: list::address(language, "/helpline", &[filter], None),
        count: board.count(filter),
    };
    let mut waiting: Vec<Count> = WAITING.map(count).into();
    let untold = board.kinds().find(|(kind, _)| *kind == Filter::ToTell).map_or(0, |(_, line)| line.overdue);
    waiting.push(Count {
        title: words.text("desk-board-untold").into_owned(),
        href: list::address(language, "/helpline", &[Filter::ToTell, Filter::Overdue], None),
        count: untold,
    });
    for (title, filter) in [("desk-board-cases", CaseFilter::Due), ("desk-cases-asked", CaseFilter::Asked)] {
        let href = language.href(&format!("/helpline/cases?show={}", filter.name()));
        waiting.push(Count { title: words.text(title).into_owned(), href, count: cases.count(filter) });
    }
    let chart = chart::draw(desk, words, &held, now);
    let since = desk.index.counted_since().unwrap_or(now);
    Ok(Page {
        language,
        words,
        now: words.date_time(now, desk.offset(now)),
        alarm: alarm(language, board.count(Filter::Unattended)),
        first: FIRST.map(count).into(),
        due: due(language, &board),
        by: by(language, &board, &ours),
        on_call: rota::on_duty(desk, words, &names, &ours).await?,
        away: rota::away(desk, words, &names, &ours).await?,
        waiting,
        reading: list::reading(words, progress),
        hands: hands(language, &names, &board, now),
        twin: Details::new(words.text("desk-board-chart-twin").into_owned(), chart::twin(words, &chart)).into(),
        chart: Markup::of(&chart),
        waits: waits(desk, words, &held, now),
        since: words.with("desk-board-waits-since", &[("date", words.date_time(since, desk.offset(since)).as_str().into())]),
    })
}

/// What cannot wait for the rest of the page.
fn alarm(language: &Language, unattended: usize) -> Option<Markup> {
    let words = &*language.locale;
    let text = words.with("desk-board-unattended", &[("count", unattended.into())]);
    let href = list::address(language, "/helpline", &[Filter::Unattended], None);
    let warning = || WarningText::new(bits::link(&href, &text), words.text("warning-prefix").into_owned()).into();
    (unattended > 0).then(warning)
}

/// A number that leads to its list; none is only a number, so that the eye finds the others.
fn number(language: &Language, filters: &[Filter], narrow: &Narrow, count: usize, of: &str) -> Cell {
    if count == 0 {
        return Cell::numeric("0");
    }
    let titles: Vec<String> = filters.iter().map(|filter| filter_title(&language.locale, *filter)).collect();
    let hidden = format!("{of} {}", titles.join(", "));
    let late = filters.contains(&Filter::Overdue);
    Cell::numeric(Markup::of(&Number { href: narrowed(language, "/helpline", filters, narrow, None), count, hidden: hidden.trim(), late }))
}

#[derive(Template)]
#[template(
    source = r#"<a class="govuk-link{% if late %} ps-late{% endif %}" href="{{ href }}">{{ count }}<span class="govuk-visually-hidden"> {{ hidden }}</span></a>"#,
    ext = "html"
)]
struct Number<'a> {
    href: String,
    count: usize,
    hidden: &'a str,
    late: bool,
}

/// A table of lines under the same four columns.
fn lines(language: &Language, caption: &str, first: &str, rows: Vec<(String, Vec<Filter>, Narrow, Line)>) -> Markup {
    let words = &*language.locale;
    let head = std::iter::once(Cell::new(words.text(first).into_owned()))
        .chain(Line::COLUMNS.map(|filter| Cell::numeric(filter_title(words, filter))));
    let rows = rows.into_iter().map(|(name, filters, narrow, line)| {
        let cells = Line::COLUMNS.into_iter().zip(line.numbers()).map(|(column, count)| {
            let mut wanted = filters.clone();
            wanted.push(column);
            number(language, &wanted, &narrow, count, &name)
        });
        std::iter::once(Cell::new(name.as_str())).chain(cells.collect::<Vec<_>>()).collect()
    });
    let caption = words.text(caption);
    bits::scroll(&caption, Table::new(caption.clone().into_owned()).head(head).rows(rows).first_cell_is_header())
}

/// By what is due next.
fn due(language: &Language, board: &Board) -> Markup {
    let rows = board.kinds().map(|(kind, line)| (filter_title(&language.locale, kind), vec![kind], Narrow::default(), line));
    lines(language, "desk-board-due", "desk-board-clock", rows.collect())
}

/// The same by team and by language, where there are several.
fn by(language: &Language, board: &Board, ours: &[TeamListed]) -> Vec<(&'static str, Markup)> {
    let mut tables = Vec::new();
    if ours.len() > 1 {
        let row = |team: &TeamListed| {
            let narrow = Narrow { team: Some(team.id), ..Narrow::default() };
            (team.name.clone(), Vec::new(), narrow, board.teams.get(&team.id).copied().unwrap_or_default())
        };
        let caption = "desk-board-by-team";
        tables.push((caption, lines(language, caption, "desk-board-team", ours.iter().map(row).collect())));
    }
    if board.languages.len() > 1 {
        let row = |(tag, line): (&String, &Line)| {
            let narrow = Narrow { language: Some(tag.clone()), ..Narrow::default() };
            let name = if tag == "other" {
                language.locale.text("desk-language-other").into_owned()
            } else {
                bits::language_name(&language.locale, tag)
            };
            (name, Vec::new(), narrow, *line)
        };
        let caption = "desk-board-by-language";
        tables.push((caption, lines(language, caption, "desk-board-language", board.languages.iter().map(row).collect())));
    }
    tables
}

/// What lies where, by name and never by number.
fn hands(language: &Language, names: &Names, board: &Board, now: OffsetDateTime) -> Markup {
    let words = &*language.locale;
    let oldest = |hand: &Hand| hand.oldest.map_or_else(String::new, |came| span(words, now - came));
    let mut rows: Vec<(String, Uuid, &Hand)> = board.hands.iter().map(|(id, hand)| (names.of(words, *id), *id, hand)).collect();
    rows.sort_by(|one, other| one.0.cmp(&other.0).then(one.1.cmp(&other.1)));
    let of = |(name, id, hand): (String, Uuid, &Hand)| {
        let narrow = Narrow { whose: Some(id), ..Narrow::default() };
        vec![Cell::new(name.as_str()), number(language, &[Filter::Theirs], &narrow, hand.count, &name), Cell::new(oldest(hand))]
    };
    let nobody = words.text("desk-filter-nobodys").into_owned();
    let last = vec![
        Cell::new(nobody.as_str()),
        number(language, &[Filter::Nobodys], &Narrow::default(), board.nobodys.count, ""),
        Cell::new(oldest(&board.nobodys)),
    ];
    let head = [
        Cell::new(words.text("desk-shift-who").into_owned()),
        Cell::numeric(words.text("desk-shift-in-hand").into_owned()),
        Cell::new(words.text("desk-board-oldest").into_owned()),
    ];
    let rows = rows.into_iter().map(of).chain(std::iter::once(last));
    let caption = words.text("desk-board-hands");
    bits::scroll(&caption, Table::new(caption.clone().into_owned()).head(head).rows(rows).first_cell_is_header())
}

/// How long people waited for the first reading, against the clock.
fn waits(desk: &Desk, words: &Locale, held: &[Uuid], now: OffsetDateTime) -> Markup {
    let clocks = &desk.settings.clocks;
    let staffed = words.with("desk-board-staffed-hours", &[("count", clocks.first_read_staffed.whole_hours().into())]);
    let promised = [
        (Urgency::Danger, "desk-filter-danger", span(words, clocks.danger)),
        (Urgency::Soon, "desk-tag-soon", span(words, clocks.soon)),
        (Urgency::Normal, "desk-board-others", staffed),
    ];
    let mut rows = Vec::new();
    for (urgency, name, clock) in promised {
        for (week, when) in [(Week::This, "desk-board-this-week"), (Week::Last, "desk-board-last-week")] {
            let Waited { read, in_time, half, most } = desk.index.waited(held, urgency, week, now);
            if read == 0 {
                continue;
            }
            let said = |time: Option<Duration>| match time {
                Some(time) => span(words, time),
                None => words.with("desk-board-too-few", &[("count", ENOUGH.into())]),
            };
            let in_time = if read < ENOUGH {
                String::new()
            } else {
                words.with("desk-board-in-time", &[("count", in_time.into()), ("all", read.into())])
            };
            let name = words.with("desk-board-wait-of", &[("kind", words.text(name).into()), ("clock", clock.as_str().into())]);
            rows.push(vec![
                Cell::new(name),
                Cell::new(words.text(when).into_owned()),
                Cell::numeric(read.to_string()),
                Cell::new(said(half)),
                Cell::new(most.map(|most| span(words, most)).unwrap_or_default()),
                Cell::new(in_time),
            ]);
        }
    }
    if rows.is_empty() {
        return bits::paragraph(&words.text("desk-board-none-read"));
    }
    let head = ["desk-board-wait-kind", "desk-board-when", "desk-board-read", "desk-board-half", "desk-board-most", "desk-board-kept"];
    let head = head.map(|id| words.text(id).into_owned());
    let caption = words.text("desk-board-waits");
    bits::scroll(&caption, Table::new(caption.clone().into_owned()).head(head).rows(rows).first_cell_is_header())
}

/// A length of time in the unit that people would say.
fn span(words: &Locale, time: Duration) -> String {
    let minutes = time.whole_minutes().max(0);
    let (unit, count) = match minutes {
        0..60 => ("minutes", minutes),
        60..2880 => ("hours", minutes / 60),
        _ => ("days", minutes / 1440),
    };
    words.with(&format!("desk-board-{unit}"), &[("count", count.into())])
}
