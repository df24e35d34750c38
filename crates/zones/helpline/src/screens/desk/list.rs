//! My list: what is due, the most urgent first.

use askama::Template;
use axum::extract::{Query, State};
use axum::response::Response;
use serde::Deserialize;

use axum::response::IntoResponse;

use plainsight_pages::components::{PageArrow, Pagination};
use plainsight_pages::{Language, Locale, Markup};
use plainsight_people::SignedIn;

use super::{Desk, due_words, failed, left, names, tags, teams, whole, works_here};
use crate::header::{Due, SizeClass};
use crate::index::{Eyes, Filter};
use crate::reference::reference;
use crate::screens::bits;
use crate::strain::MUCH;

/// Rows of one page.
const ROWS: usize = 50;

#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Wanted {
    show: String,
    page: usize,
}

#[derive(Template)]
#[template(path = "desk/list.html")]
struct List<'a> {
    words: &'a Locale,
    language: &'a Language,
    filters: Vec<FilterLink>,
    count: String,
    /// They have read much that is hard to bear: stop for a while.
    rest: Option<String>,
    rows: Vec<Row>,
    pagination: Markup,
}

struct FilterLink {
    name: &'static str,
    title: String,
    count: usize,
    chosen: bool,
}

struct Row {
    id: uuid::Uuid,
    reference: String,
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

pub(super) async fn list(State(desk): State<Desk>, who: SignedIn, language: Language, Query(wanted): Query<Wanted>) -> Response {
    let words = &*language.locale;
    if let Err(error) = works_here(&who) {
        return failed(&desk, &language, &error);
    }
    if let Err(error) = desk.index.catch_up(&desk.cabinet).await {
        return failed(&desk, &language, &error);
    }
    let now = desk.cabinet.now();
    let filter = Filter::parse(&wanted.show).unwrap_or(Filter::Open);
    let skip = wanted.page.saturating_mul(ROWS);
    let eyes = Eyes { member: who.member.id, teams: &teams(&who), speaks: &who.member.speaks, now };
    let listed = desk.index.list(&eyes, filter, skip, ROWS);
    let names = match names(&desk).await {
        Ok(names) => names,
        Err(error) => return failed(&desk, &language, &error),
    };
    // What is seldom there shows only when something is.
    let seldom =
        |each: Filter| matches!(each, Filter::Spoken | Filter::Unfinished | Filter::ReviewDue | Filter::Supervisor | Filter::Withdrawn);
    let filters = Filter::ALL
        .into_iter()
        .zip(listed.counts)
        .filter(|(each, count)| *count > 0 || *each == filter || !seldom(*each))
        .map(|(each, count)| FilterLink {
            name: each.name(),
            title: words.text(&format!("desk-filter-{}", each.name())).into_owned(),
            count,
            chosen: each == filter,
        })
        .collect();
    let rows = listed
        .rows
        .iter()
        .map(|(id, header)| Row {
            id: *id,
            reference: reference(*id),
            danger: matches!(header.next_due(), Some((Due::Danger, _))),
            next: due_words(words, header),
            tags: tags(words, header),
            due: left(words, header, now),
            late: header.due_by().is_some_and(|by| by < now),
            language: if header.language == "other" {
                words.text("desk-language-other").into_owned()
            } else {
                bits::language_name(words, &header.language)
            },
            hands: names.all(words, header.hands.iter().copied()),
            size: words.text(size_words(header.size)).into_owned(),
            arrived: words.date(header.clocks.arrived, desk.offset(now)),
        })
        .collect();
    let address = |page: usize| language.href(&format!("/helpline?show={}&page={page}", filter.name()));
    let previous = wanted.page.checked_sub(1).map(|page| PageArrow::new(words.text("desk-previous-page"), address(page)));
    let next = (skip + listed.rows.len() < listed.found).then(|| PageArrow::new(words.text("desk-next-page"), address(wanted.page + 1)));
    let pagination = if previous.is_none() && next.is_none() {
        Markup::default()
    } else {
        Pagination::arrows(words.text("desk-list-title"), previous, next).into()
    };
    let count = words.with("desk-list-count", &[("count", listed.found.into())]);
    let title = words.text("desk-list-title").into_owned();
    let strain = desk.strain.of(who.member.id, now);
    let rest = (strain >= MUCH).then(|| words.with("desk-rest", &[("count", strain.into())]));
    whole(&desk, &who, &language, &title, false, &List { words, language: &language, filters, count, rest, rows, pagination })
        .into_response()
}

fn size_words(size: SizeClass) -> &'static str {
    match size {
        SizeClass::Short => "desk-size-short",
        SizeClass::Medium => "desk-size-medium",
        SizeClass::Long => "desk-size-long",
        SizeClass::VeryLong => "desk-size-very-long",
    }
}
