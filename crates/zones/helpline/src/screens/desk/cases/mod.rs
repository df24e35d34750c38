//! The pages of cases: the list, one case, and the card on a contact's page.

pub(super) mod card;
pub(super) mod forms;
pub(super) mod page;

use askama::Template;
use axum::extract::{RawQuery, State};
use axum::response::Response;

use plainsight_pages::components::{Cell, Table};
use plainsight_pages::{Language, Locale, Markup};
use plainsight_people::SignedIn;

use super::list::{FilterLink, ROWS, arrows, eyes, reading};
use super::{Desk, failed, left, names, rows, teams, whole, works_here};
use crate::fields::Fields;
use crate::index::{CaseFilter, CasesListed};
use crate::records::{SUPERVISOR, ZONE};
use crate::reference::case_reference;
use crate::screens::bits;
use crate::search::library::{Progress, View};
use crate::trouble::Trouble;

#[derive(Template)]
#[template(path = "desk/cases/list.html")]
struct List<'a> {
    words: &'a Locale,
    /// Where a supervisor writes down a request about data.
    ask: Option<String>,
    filters: Vec<FilterLink>,
    count: String,
    /// The list as a file, and what its link says.
    file: Option<(String, String)>,
    reading: Option<String>,
    empty: bool,
    rows: Markup,
    pagination: Markup,
}

pub(super) async fn list(State(desk): State<Desk>, who: SignedIn, language: Language, RawQuery(query): RawQuery) -> Response {
    let fields = Fields::parse(query.unwrap_or_default().as_bytes());
    match page_of(&desk, &who, &language, &fields).await {
        Ok(list) => whole(&desk, &who, &language, &language.locale.text("desk-cases"), false, &list),
        Err(error) => failed(&desk, &language, &error),
    }
}

/// The whole list as a file, the rows of every page. Titles are not in it: they say what a case is about.
pub(super) async fn csv(State(desk): State<Desk>, who: SignedIn, language: Language, RawQuery(query): RawQuery) -> Response {
    let fields = Fields::parse(query.unwrap_or_default().as_bytes());
    let file = async {
        let filter = filter(&fields);
        let (listed, _, _) = look(&desk, &who, filter, 0, usize::MAX).await?;
        let list = format!("cases-{}", filter.name());
        rows::file(&desk, &who, &language.locale, &names(&desk).await?, &list, &listed.rows).await
    };
    file.await.unwrap_or_else(|error| failed(&desk, &language, &error))
}

fn filter(fields: &Fields) -> CaseFilter {
    fields.get("show").and_then(CaseFilter::parse).unwrap_or(CaseFilter::Open)
}

async fn look(desk: &Desk, who: &SignedIn, filter: CaseFilter, skip: usize, take: usize) -> Result<(CasesListed, Progress, View), Trouble> {
    works_here(who)?;
    desk.index.catch_up(&desk.cabinet).await?;
    let progress = desk.library.catch_up(&desk.cabinet, &desk.index, who).await;
    let view = desk.library.view(who);
    let listed = desk.index.cases(&eyes(desk, who, &teams(who), &view), filter, skip, take);
    Ok((listed, progress, view))
}

async fn page_of<'a>(desk: &Desk, who: &SignedIn, language: &'a Language, fields: &Fields) -> Result<List<'a>, Trouble> {
    let words = &*language.locale;
    let filter = filter(fields);
    let page: usize = fields.get("page").and_then(|page| page.parse().ok()).unwrap_or_default();
    let skip = page.saturating_mul(ROWS);
    let (listed, progress, view) = look(desk, who, filter, skip, ROWS).await?;
    let names = names(desk).await?;
    let now = desk.cabinet.now();
    let rows = listed.rows.iter().map(|(id, header)| {
        let title = view.title(*id).unwrap_or_else(|| words.text("desk-case-not-read").into_owned());
        let hands = names.all(words, header.hands.iter().copied());
        let state = if header.flags.closed { words.text("desk-tag-closed").into_owned() } else { left(words, header, now) };
        vec![
            Cell::new(bits::link(&language.href(&format!("/helpline/cases/{id}")), &case_reference(*id))),
            Cell::new(title),
            Cell::new(state),
            Cell::new(hands),
            Cell::new(words.date(header.clocks.arrived, desk.offset(now))),
        ]
    });
    let head = ["desk-column-reference", "desk-case-title", "desk-case-look-again", "desk-column-hands", "desk-case-begun"];
    let head = head.map(|id| words.text(id).into_owned());
    let title = words.text("desk-cases").into_owned();
    let address = |filter: CaseFilter, page: usize| language.href(&format!("/helpline/cases?show={}&page={page}", filter.name()));
    let more = skip.saturating_add(listed.rows.len()) < listed.found;
    Ok(List {
        words,
        ask: who.member.holds(ZONE, SUPERVISOR).then(|| language.href("/helpline/asked")),
        filters: CaseFilter::ALL
            .into_iter()
            .zip(listed.counts)
            .map(|(each, count)| FilterLink {
                title: words.text(&format!("desk-cases-{}", each.name())).into_owned(),
                count,
                chosen: each == filter,
                href: address(each, 0),
            })
            .collect(),
        count: words.with("desk-cases-count", &[("count", listed.found.into())]),
        file: (listed.found > 0).then(|| {
            let text = words.with("desk-list-file", &[("count", listed.found.into())]);
            (language.href(&format!("/helpline/cases.csv?show={}", filter.name())), text)
        }),
        reading: reading(words, progress),
        empty: listed.rows.is_empty(),
        rows: Table::new(title.clone()).head(head).rows(rows).first_cell_is_header().classes("ps-rows").into(),
        pagination: arrows(words, &title, page, more, |page| address(filter, page)),
    })
}
