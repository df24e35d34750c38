//! The rows of a list of contacts: what a header says and nothing else, as a table on the page or as a file.

use askama::Template;
use axum::response::Response;
use time::OffsetDateTime;
use uuid::Uuid;

use plainsight_pages::{Language, Locale, Markup, csv_file, harmless};
use plainsight_people::SignedIn;

use super::{Desk, Names, due_words, left, tag_words, tags};
use crate::header::{Due, Header, SizeClass};
use crate::reference::{case_reference, reference};
use crate::screens::bits;
use crate::search::library::View;
use crate::trouble::Trouble;

/// Only of what was looked for.
const WHY: &str = "desk-column-why";

const COLUMNS: [&str; 8] = [
    "desk-column-reference",
    WHY,
    "desk-column-state",
    "desk-column-due",
    "desk-column-hands",
    "desk-column-language",
    "desk-column-size",
    "desk-column-arrived",
];

/// A table of contacts.
#[derive(Template)]
#[template(path = "desk/rows.html")]
struct Rows<'a> {
    title: &'a str,
    heads: Vec<std::borrow::Cow<'a, str>>,
    /// What an empty cell of hands is, for who hears the table.
    nobody: std::borrow::Cow<'a, str>,
    /// Something was looked for: each row says why it is here.
    searched: bool,
    rows: Vec<Row>,
}

struct Row {
    href: String,
    reference: String,
    why: Vec<String>,
    danger: bool,
    next: String,
    tags: Markup,
    due: String,
    late: bool,
    language: String,
    hands: String,
    size: String,
    arrived: String,
}

/// The rows as a table; with `why` each says why it was found.
pub(super) fn table(
    desk: &Desk,
    language: &Language,
    names: &Names,
    title: &str,
    rows: &[(Uuid, Header)],
    why: Option<Vec<Vec<String>>>,
) -> Markup {
    let words = &*language.locale;
    let now = desk.cabinet.now();
    let searched = why.is_some();
    let mut why = why.unwrap_or_default().into_iter();
    let heads = COLUMNS.into_iter().filter(|column| searched || *column != WHY).map(|column| words.text(column)).collect();
    let rows = rows
        .iter()
        .map(|(id, header)| Row {
            href: language.href(&format!("/helpline/{}/{id}", if header.is_case() { "cases" } else { "contacts" })),
            reference: own_reference(*id, header),
            why: why.next().unwrap_or_default(),
            danger: matches!(header.next_due(), Some((Due::Danger, _))),
            next: due_words(words, header),
            tags: tags(words, header),
            due: left(words, header, now),
            late: header.due_by().is_some_and(|by| by < now),
            language: language_of(words, header),
            hands: names.all(words, header.hands.iter().copied()),
            size: words.text(size_words(header.size)).into_owned(),
            arrived: words.date(header.clocks.arrived, desk.offset(now)),
        })
        .collect();
    Markup::of(&Rows { title, heads, nobody: words.text("desk-hands-nobody"), searched, rows })
}

fn own_reference(id: Uuid, header: &Header) -> String {
    if header.is_case() { case_reference(id) } else { reference(id) }
}

fn language_of(words: &Locale, header: &Header) -> String {
    if header.is_case() {
        String::new()
    } else if header.language == "other" {
        words.text("desk-language-other").into_owned()
    } else {
        bits::language_name(words, &header.language)
    }
}

fn size_words(size: SizeClass) -> &'static str {
    match size {
        SizeClass::Short => "desk-size-short",
        SizeClass::Medium => "desk-size-medium",
        SizeClass::Long => "desk-size-long",
        SizeClass::VeryLong => "desk-size-very-long",
    }
}

/// The list as a file. The ledger says who took it, from which list and how many rows, before it is sent.
pub(super) async fn file(
    desk: &Desk,
    who: &SignedIn,
    words: &Locale,
    names: &Names,
    list: &str,
    rows: &[(Uuid, Header)],
) -> Result<Response, Trouble> {
    let text = csv_text(desk, words, names, &desk.library.view(who), rows)?;
    let detail = serde_json::json!({ "list": list, "rows": rows.len() });
    desk.cabinet.record_of(who.member.id, "list.exported", detail).await?;
    Ok(csv_file(&format!("helpline-{list}"), rows.len(), text))
}

fn csv_text(desk: &Desk, words: &Locale, names: &Names, view: &View, rows: &[(Uuid, Header)]) -> Result<Vec<u8>, Trouble> {
    let now = desk.cabinet.now();
    // No minutes: of what nobody has read yet they would fit to what a network keeps of the visit.
    let hour = |time: OffsetDateTime| {
        let format = time::macros::format_description!("[year]-[month]-[day] [hour]:00");
        time.to_offset(desk.offset(time)).format(format).unwrap_or_default()
    };
    let day = |time: OffsetDateTime| {
        let format = time::macros::format_description!("[year]-[month]-[day]");
        time.to_offset(desk.offset(time)).format(format).unwrap_or_default()
    };
    let damaged = |_| Trouble::Damaged("a list as a file");
    let mut file = csv::Writer::from_writer(Vec::new());
    let columns = COLUMNS.iter().filter(|column| **column != WHY);
    let heads = columns.chain(&["desk-column-tags", "desk-column-decision"]).map(|column| words.text(column).into_owned());
    file.write_record(heads).map_err(damaged)?;
    for (id, header) in rows {
        let tags: Vec<_> = tag_words(header).into_iter().map(|(id, _)| words.text(id)).collect();
        let cells = [
            own_reference(*id, header),
            due_words(words, header),
            header.due_by().map(hour).unwrap_or_else(|| left(words, header, now)),
            names.all(words, header.hands.iter().copied()),
            language_of(words, header),
            words.text(size_words(header.size)).into_owned(),
            day(header.clocks.arrived),
            tags.join(", "),
            // What has not been read into memory says nothing.
            view.decision(*id).map(|decision| words.text(&format!("desk-decision-{}", decision.name())).into_owned()).unwrap_or_default(),
        ];
        file.write_record(cells.map(harmless)).map_err(damaged)?;
    }
    file.into_inner().map_err(|_| Trouble::Damaged("a list as a file"))
}
