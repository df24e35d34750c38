//! What came in by day and hour, against the hours in which the desk is staffed: a drawing, and the same numbers as a table.

use askama::Template;
use time::{Date, Duration, OffsetDateTime, Weekday};
use uuid::Uuid;

use plainsight_pages::components::{Cell, Table};
use plainsight_pages::{Locale, Markup};

use crate::screens::bits::scroll;
use crate::screens::desk::Desk;

/// Today and so many days before: the last seven times twenty-four hours are among them, whatever the hour.
const DAYS: i64 = 7;

/// One hour of one day.
#[derive(Clone, Copy, Debug, Default)]
struct Hour {
    count: usize,
    staffed: bool,
    /// It has begun.
    past: bool,
}

struct Day {
    name: String,
    hours: [Hour; 24],
    /// What came on this day at an hour that nobody knows any more.
    no_hour: usize,
}

/// The chart, with its numbers.
#[derive(Template)]
#[template(path = "desk/board/chart.html")]
pub(super) struct Chart {
    title: String,
    source: String,
    label: String,
    rows: Vec<Row>,
    ticks: Vec<(usize, String)>,
    height: usize,
    foot: usize,
    days: Vec<Day>,
}

/// A day as it is drawn.
struct Row {
    name: String,
    text: usize,
    base: usize,
    staffed: Vec<(usize, usize)>,
    bars: Vec<Bar>,
    top: usize,
}

struct Bar {
    x: usize,
    y: usize,
    height: usize,
    said: String,
}

/// Where the hours begin.
const LEFT: usize = 52;
/// How wide an hour is.
const WIDE: usize = 12;
/// How high a day is, and its bars at most.
const HIGH: usize = 30;
const MOST: usize = 24;

pub(super) fn draw(desk: &Desk, words: &Locale, held: &[Uuid], now: OffsetDateTime) -> Chart {
    let days = count(desk, words, held, now);
    let all: usize = days.iter().map(|day| day.no_hour + day.hours.iter().map(|hour| hour.count).sum::<usize>()).sum();
    let outside: usize = days.iter().flat_map(|day| day.hours).filter(|hour| !hour.staffed).map(|hour| hour.count).sum();
    let no_hour: usize = days.iter().map(|day| day.no_hour).sum();
    let title = match desk.settings.staffed {
        Some(_) => words.with("desk-board-chart-title", &[("count", all.into()), ("outside", outside.into())]),
        None => words.with("desk-board-chart-title-unstaffed", &[("count", all.into())]),
    };
    let source = words.with("desk-board-chart-source", &[("count", no_hour.into())]);
    let highest = days.iter().flat_map(|day| day.hours).map(|hour| hour.count).max().unwrap_or(0).max(1);
    let rows = days.iter().enumerate().map(|(place, day)| row(place, day, highest)).collect();
    let ticks = (0..24).step_by(6).map(|hour| (LEFT + hour * WIDE, format!("{hour:02}"))).collect();
    let height = days.len() * HIGH + 24;
    Chart { title, source, label: words.text("desk-board-chart").into_owned(), rows, ticks, height, foot: height - 8, days }
}

fn row(place: usize, day: &Day, highest: usize) -> Row {
    let base = (place + 1) * HIGH;
    let mut staffed: Vec<(usize, usize)> = Vec::new();
    for (hour, _) in day.hours.iter().enumerate().filter(|(_, hour)| hour.staffed) {
        let x = LEFT + hour * WIDE;
        match staffed.last_mut() {
            Some((from, wide)) if *from + *wide == x => *wide += WIDE,
            _ => staffed.push((x, WIDE)),
        }
    }
    let bars = day.hours.iter().enumerate().filter(|(_, hour)| hour.count > 0).map(|(place, hour)| {
        let height = (hour.count * MOST).div_ceil(highest);
        Bar { x: LEFT + place * WIDE + 2, y: base - height, height, said: format!("{} {place:02}:00: {}", day.name, hour.count) }
    });
    Row { name: day.name.clone(), text: base - 8, base, staffed, bars: bars.collect(), top: base - HIGH + 4 }
}

/// The numbers, by the desk's own clock.
fn count(desk: &Desk, words: &Locale, held: &[Uuid], now: OffsetDateTime) -> Vec<Day> {
    let here = |at: OffsetDateTime| at.to_offset(desk.offset(at));
    let today = here(now).date();
    let first: Vec<Date> = (0..=DAYS).filter_map(|back| today.checked_sub(Duration::days(DAYS - back))).collect();
    let mut days: Vec<Day> = first.iter().map(|date| Day { name: short(words, *date), hours: [Hour::default(); 24], no_hour: 0 }).collect();
    // From an hour before the first day begins anywhere to the end of today: what is not of these days finds no place.
    let begin = now.unix_timestamp().div_euclid(3600) - (DAYS + 2) * 24;
    let end = now.unix_timestamp().div_euclid(3600) + 25;
    for (hour, came) in (begin..=end).zip(desk.index.came(held, begin..=end)) {
        let Ok(at) = OffsetDateTime::from_unix_timestamp(hour * 3600) else { continue };
        // A day of an anonymous contact is one of the calendar of all, and stands for the same day here.
        if let Some(day) = first.iter().position(|date| *date == at.date()).and_then(|place| days.get_mut(place)) {
            day.no_hour += came.in_day;
        }
        let local = here(at);
        let Some(day) = first.iter().position(|date| *date == local.date()).and_then(|place| days.get_mut(place)) else { continue };
        let Some(slot) = day.hours.get_mut(usize::from(local.hour())) else { continue };
        slot.count += came.in_hour;
        slot.past |= at <= now;
        slot.staffed |=
            desk.settings.staffed.as_ref().is_some_and(|hours| hours.open_now(at) || hours.open_now(at + Duration::minutes(30)));
    }
    days
}

/// "Wed 25".
fn short(words: &Locale, date: Date) -> String {
    let id = match date.weekday() {
        Weekday::Monday => "desk-board-mon",
        Weekday::Tuesday => "desk-board-tue",
        Weekday::Wednesday => "desk-board-wed",
        Weekday::Thursday => "desk-board-thu",
        Weekday::Friday => "desk-board-fri",
        Weekday::Saturday => "desk-board-sat",
        Weekday::Sunday => "desk-board-sun",
    };
    format!("{} {}", words.text(id), date.day())
}

/// The same numbers as a table: a row an hour, a column a day. What came when nobody staffs the desk stands in brackets.
pub(super) fn twin(words: &Locale, chart: &Chart) -> Markup {
    let head = std::iter::once(Cell::new(words.text("desk-board-hour").into_owned()))
        .chain(chart.days.iter().map(|day| Cell::numeric(day.name.clone())));
    let row = |hour: usize| {
        let cells = chart.days.iter().map(|day| {
            let Hour { count, staffed, past } = day.hours.get(hour).copied().unwrap_or_default();
            Cell::numeric(match (past, staffed) {
                (false, _) => String::new(),
                (true, true) => count.to_string(),
                (true, false) => format!("({count})"),
            })
        });
        std::iter::once(Cell::new(format!("{hour:02}"))).chain(cells).collect::<Vec<_>>()
    };
    let last = std::iter::once(Cell::new(words.text("desk-board-no-hour").into_owned()))
        .chain(chart.days.iter().map(|day| Cell::numeric(day.no_hour.to_string())));
    let rows = (0..24).map(row).chain(std::iter::once(last.collect()));
    let caption = words.text("desk-board-chart-twin-caption");
    scroll(&caption, Table::new(caption.clone().into_owned()).head(head).rows(rows).first_cell_is_header())
}
