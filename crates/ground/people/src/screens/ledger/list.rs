//! The entries, the newest first, with what stands out above them.

use askama::Template;
use axum::extract::{Query, State};
use axum::response::Response;
use plainsight_ledger::alarms::{Alarm, AlarmKind, Limits};
use plainsight_ledger::{OpenedActor, OpenedEntry, Span};
use plainsight_pages::components::{ErrorSummary, PageArrow, Pagination};
use plainsight_pages::{Language, Locale, Markup};
use serde_json::Value;
use time::{Duration, OffsetDateTime};
use uuid::Uuid;

use super::filters::{Asked, On, day, summary};
use super::{Auditing, Auditor, LEDGER_PAGE, Tab, act_name, failed, whole, zone_name};
use crate::acts::audit::{self, Found, LOOK_BACK, Line, MOST_ROWS, PAGE};
use crate::audit::{Book, Names};
use crate::error::ActError;

/// So many alarms are shown; more are counted.
const SHOWN: usize = 10;

#[derive(Template)]
#[template(path = "ledger/list.html")]
struct List<'a> {
    words: &'a Locale,
    language: &'a Language,
    summary: Option<ErrorSummary>,
    on: Vec<On>,
    fields: Markup,
    /// None while the filters have to be mended: nothing is better than what was not asked for, and nothing was read.
    read: Option<Read>,
    clock: String,
}

/// What was read, and is an entry of the ledger by now.
struct Read {
    outstanding: Outstanding,
    table: Rows,
}

struct Outstanding {
    alarms: Vec<Said>,
    /// Alarms that are not shown, in words.
    more: Option<String>,
    /// That there is none, in words.
    quiet: String,
    limits: Vec<String>,
}

/// An alarm in words, and the entries that it is about.
struct Said {
    text: String,
    entries: String,
}

struct Rows {
    /// No entry fits at all.
    none: bool,
    count: String,
    days: Vec<Day>,
    sheet: Option<Sheet>,
    pagination: Markup,
}

/// The entries of one day by the desk's clock, the newest first.
struct Day {
    title: String,
    rows: Vec<Row>,
}

/// The file that holds what the list holds.
enum Sheet {
    Link { address: String, text: String },
    TooLong(String),
}

pub(super) struct Row {
    pub(super) number: String,
    pub(super) when: String,
    pub(super) who: String,
    pub(super) act: String,
    pub(super) record: String,
    pub(super) more: String,
}

pub(super) async fn show(State(auditing): State<Auditing>, auditor: Auditor, language: Language, Query(asked): Query<Asked>) -> Response {
    match list(&auditing, &auditor, &language, &asked).await {
        Ok(list) => {
            let wrong = list.summary.is_some();
            whole(&auditing, &auditor, &language, Tab::Entries, &language.locale.text("ledger-title"), wrong, &list)
        }
        Err(error) => failed(&auditing, &language, &error),
    }
}

async fn list<'a>(auditing: &Auditing, auditor: &Auditor, language: &'a Language, asked: &Asked) -> Result<List<'a>, ActError> {
    let words = &*language.locale;
    let names = audit::names(&auditing.people).await?;
    let (wanted, wrong) = match asked.read(&auditing.clock) {
        Ok(wanted) => (Some(wanted), Vec::new()),
        Err(wrong) => (None, wrong),
    };
    let read = match wanted {
        Some(wanted) => {
            let member = auditor.signed_in.member.id;
            let alarms = audit::alarms(&auditing.people, &auditing.books, wanted.span).await?;
            let found = audit::look(&auditing.people, member, &auditing.books, &names, &wanted, asked.page).await?;
            let outstanding = outstanding(auditing, language, &names, &alarms, wanted.span);
            Some(Read { outstanding, table: rows(auditing, language, &names, asked, &found) })
        }
        None => None,
    };
    Ok(List {
        words,
        language,
        summary: summary(words, &wrong),
        on: asked.on(language, &names),
        fields: asked.fields(auditing, words, &names, &wrong),
        read,
        clock: words.with("ledger-clock", &[("zone", auditing.clock.name().into())]),
    })
}

fn outstanding(auditing: &Auditing, language: &Language, names: &Names, alarms: &[Alarm], span: Span) -> Outstanding {
    let words = &*language.locale;
    let more = alarms.len().saturating_sub(SHOWN);
    let limit = |kind: AlarmKind| words.with(&format!("ledger-limit-{}", kind.name()), &[("limit", Limits::STANDARD.of(kind).into())]);
    Outstanding {
        alarms: alarms.iter().take(SHOWN).map(|alarm| said(auditing, language, names, alarm)).collect(),
        more: (more > 0).then(|| words.with("ledger-alarms-more", &[("count", more.into())])),
        quiet: if span == Span::default() {
            words.with("ledger-quiet-lately", &[("days", LOOK_BACK.whole_days().into())])
        } else {
            words.text("ledger-quiet").into_owned()
        },
        limits: AlarmKind::ALL.map(limit).into(),
    }
}

fn rows(auditing: &Auditing, language: &Language, names: &Names, asked: &Asked, found: &Found) -> Rows {
    let words = &*language.locale;
    let arrow = |id: &str, page: u64| PageArrow::new(words.text(id).into_owned(), language.href(&asked.address(LEDGER_PAGE, page)));
    let last = found.count.saturating_sub(1) / PAGE;
    // A page behind the end, of an old address, leads back to the last one.
    let previous = asked.page.checked_sub(1).map(|page| arrow("ledger-newer", page.min(last)));
    let next = (asked.page < last).then(|| arrow("ledger-older", asked.page + 1));
    let pagination = match (previous, next) {
        (None, None) => Markup::default(),
        (previous, next) => Pagination::arrows(words.text("ledger-pages").into_owned(), previous, next).into(),
    };
    let sheet = match found.count {
        0 => None,
        1..=MOST_ROWS => Some(Sheet::Link {
            address: language.href(&asked.address("/ledger/entries.csv", 0)),
            text: words.with("ledger-download", &[("count", found.count.into())]),
        }),
        _ => Some(Sheet::TooLong(words.with("ledger-download-too-long", &[("most", MOST_ROWS.into())]))),
    };
    let mut count = words.with("ledger-count", &[("count", found.count.into())]);
    if last > 0 {
        let page = words.with("ledger-page", &[("page", asked.page.saturating_add(1).into()), ("pages", (last + 1).into())]);
        count = format!("{count} {page}");
    }
    Rows { none: found.count == 0, count, days: days(auditing, words, names, &found.lines), sheet, pagination }
}

/// Entries under their days. Chains that were walked together, or a clock that was put back, can come back to a day.
fn days(auditing: &Auditing, words: &Locale, names: &Names, lines: &[Line]) -> Vec<Day> {
    let mut days: Vec<Day> = Vec::new();
    for line in lines {
        let Some(row) = row(auditing, words, names, line) else { continue };
        let at = line.entry.when();
        let title = words.date(at, auditing.offset(at));
        match days.last_mut() {
            Some(day) if day.title == title => day.rows.push(row),
            _ => days.push(Day { title, rows: vec![row] }),
        }
    }
    days
}

/// One entry in words.
pub(super) fn row(auditing: &Auditing, words: &Locale, names: &Names, line: &Line) -> Option<Row> {
    let (book, entry) = (auditing.books.get(line.book)?, &line.entry);
    Some(Row {
        number: format!("{} {}", zone_name(words, book.zone), entry.seq),
        when: when(auditing, words, entry),
        who: who(words, names, &entry.actor),
        act: act_name(words, &entry.act),
        record: entry.record.map(|record| names.record(book, &entry.act, record)).unwrap_or_default(),
        more: detail(book, names, "", &entry.detail),
    })
}

/// The time of day; of what carries only its hour, from when to when that was.
fn when(auditing: &Auditing, words: &Locale, entry: &OpenedEntry) -> String {
    let time = |at: OffsetDateTime| words.time(at, auditing.offset(at));
    match entry.at {
        Some(at) => time(at),
        None => {
            let (from, to) = (time(entry.hour), time(entry.hour + Duration::hours(1)));
            words.with("ledger-within", &[("from", from.into()), ("to", to.into())])
        }
    }
}

fn who(words: &Locale, names: &Names, actor: &OpenedActor) -> String {
    match actor {
        OpenedActor::Member(id) => member(words, names, *id),
        OpenedActor::Reporter => words.text("ledger-reporter").into_owned(),
        OpenedActor::System(name) => words.with("ledger-program-named", &[("name", name.as_str().into())]),
    }
}

fn member(words: &Locale, names: &Names, id: Uuid) -> String {
    names.of(id).map_or_else(|| words.text("ledger-somebody").into_owned(), str::to_owned)
}

/// What else was recorded, in its codes: `epoch 2, team Night desk`.
fn detail(book: &Book, names: &Names, name: &str, value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.parse::<Uuid>().map_or_else(|_| text.clone(), |id| names.record(book, name, id)),
        Value::Array(values) => values.iter().map(|value| detail(book, names, name, value)).collect::<Vec<_>>().join(" "),
        Value::Object(fields) => {
            let said = |(name, value): (&String, &Value)| {
                Some(format!("{name} {}", Some(detail(book, names, name, value)).filter(|text| !text.is_empty())?))
            };
            fields.iter().filter_map(said).collect::<Vec<_>>().join(", ")
        }
        other => other.to_string(),
    }
}

fn said(auditing: &Auditing, language: &Language, names: &Names, alarm: &Alarm) -> Said {
    let words = &*language.locale;
    let variables = [
        ("member", member(words, names, alarm.member).into()),
        ("count", alarm.count.into()),
        ("period", period(auditing, words, alarm.from, alarm.to).into()),
    ];
    let entries = Asked {
        who: alarm.member.to_string(),
        from: day(alarm.from, &auditing.clock),
        to: day(alarm.to, &auditing.clock),
        ..Asked::default()
    };
    Said {
        text: words.with(&format!("ledger-alarm-{}", alarm.kind.name()), &variables),
        entries: language.href(&entries.address(LEDGER_PAGE, 0)),
    }
}

/// From when to when: the day once, where it is one.
fn period(auditing: &Auditing, words: &Locale, from: OffsetDateTime, to: OffsetDateTime) -> String {
    let [date, until] = [from, to].map(|at| words.date(at, auditing.offset(at)));
    if date != until {
        let [from, to] = [from, to].map(|at| words.date_time(at, auditing.offset(at)));
        return words.with("ledger-within", &[("from", format!("{from} ").into()), ("to", format!(" {to}").into())]);
    }
    let [from, to] = [from, to].map(|at| words.time(at, auditing.offset(at)));
    if from == to {
        words.with("date-time", &[("date", date.into()), ("time", from.into())])
    } else {
        let within = words.with("ledger-within", &[("from", from.into()), ("to", to.into())]);
        words.with("date-time", &[("date", date.into()), ("time", within.into())])
    }
}
