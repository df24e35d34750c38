//! Search in what the team may open. What is looked for is sent in a form, not in the address: a name or a number has no place
//! in a browser's history. The page says why a contact was found and shows nothing of its text: that is in the ledger when it is
//! opened.

use askama::Template;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use uuid::Uuid;

use plainsight_pages::components::{Button, CheckboxItem, Checkboxes, Details, ErrorMessage, ErrorSummary, Input};
use plainsight_pages::{Language, Locale, Markup};
use plainsight_people::SignedIn;
use plainsight_people::acts::member::known_by;

use super::list::{ROWS, Wanted, address, eyes, filter_title, reading};
use super::{Desk, failed, names, rows, summary, teams, views, whole, works_here};
use crate::acts::views::kept;
use crate::fields::Fields;
use crate::header::Header;
use crate::index::{Filter, Picked};
use crate::report::LONGEST_LINE;
use crate::search::library::{Progress, View};
use crate::search::query::{MOST_TERMS, Query, Term};
use crate::search::shelf::{How, parts};
use crate::trouble::Trouble;

/// By which lists a search can be narrowed.
const NARROW: [Filter; 8] =
    [Filter::Open, Filter::Mine, Filter::Danger, Filter::Child, Filter::New, Filter::Overdue, Filter::Waiting, Filter::Closed];

#[derive(Template)]
#[template(path = "desk/search.html")]
struct Page<'a> {
    language: &'a Language,
    words: &'a Locale,
    summary: Option<ErrorSummary>,
    box_: Markup,
    filters: Markup,
    button: Markup,
    /// What is looked for and by which lists it is narrowed: each can be taken away.
    tags: Vec<(String, String)>,
    keep: Markup,
    /// What was just done.
    notice: Option<String>,
    count: Option<String>,
    file: Option<String>,
    reading: Option<String>,
    rows: Markup,
    previous: Option<usize>,
    next: Option<usize>,
}

/// What a form of the search page sent.
struct Asked {
    text: String,
    wanted: Wanted,
}

impl Asked {
    fn of(fields: &Fields) -> Self {
        let mut text = fields.text("q");
        let mut wanted = Wanted::of(fields);
        match fields.get("without").and_then(|without| without.split_once(':')) {
            Some(("show", name)) => wanted.filters.retain(|filter| filter.name() != name),
            Some(("term", place)) => text = without_term(&text, place.parse().unwrap_or(usize::MAX)),
            _ => {}
        }
        Self { text, wanted }
    }
}

/// What was typed without one of its terms, the others as they are compared.
fn without_term(text: &str, place: usize) -> String {
    let terms = Query::parse(text).terms;
    let left = terms.iter().enumerate().filter(|(each, _)| *each != place).map(|(_, term)| term_text(term));
    left.collect::<Vec<_>>().join(" ")
}

fn term_text(term: &Term) -> String {
    match term {
        Term::Word(word) => word.clone(),
        Term::Fact(fact) => fact.text(),
    }
}

pub(super) async fn show(State(desk): State<Desk>, who: SignedIn, language: Language) -> Response {
    if let Err(error) = works_here(&who) {
        return failed(&desk, &language, &error);
    }
    desk.library.enter(&desk.cabinet, &desk.index, &who);
    let asked = Asked::of(&Fields::default());
    let page = blank(&language, &asked, None);
    whole(&desk, &who, &language, &language.locale.text("desk-search-title"), false, &page)
}

pub(super) async fn find(State(desk): State<Desk>, who: SignedIn, language: Language, body: Bytes) -> Response {
    let mut fields = Fields::parse(&body);
    let answer = async {
        works_here(&who)?;
        if let Some(view) = fields.get("view").and_then(|view| Uuid::parse_str(view).ok()) {
            let kept = kept(&desk.cabinet, &who).await?.into_iter().find(|(id, _)| *id == view).ok_or(Trouble::NotFound)?.1;
            fields = Fields::of(kept.filters.into_iter().map(|filter| ("show".to_owned(), filter)));
            if kept.text.trim().is_empty() {
                let address = address(&language, "/helpline", &Wanted::of(&fields).filters, None);
                return Ok(Redirect::to(&address).into_response());
            }
            fields.set("q", &kept.text);
        }
        let asked = Asked::of(&fields);
        let words = &*language.locale;
        let title = words.text("desk-search-title");
        let query = Query::parse(&asked.text);
        let problem = if asked.text.chars().count() > LONGEST_LINE {
            Some(words.with("desk-error-too-long", &[("longest", LONGEST_LINE.into())]))
        } else {
            query.is_empty().then(|| words.text("desk-search-nothing").into_owned())
        };
        if let Some(problem) = problem {
            let page = blank(&language, &asked, Some(problem));
            return Ok((StatusCode::UNPROCESSABLE_ENTITY, whole(&desk, &who, &language, &title, true, &page)).into_response());
        }
        let file = fields.get("file").is_some();
        let (picked, progress, view) = look(&desk, &who, &asked, &query, file).await?;
        if file {
            return rows::file(&desk, &who, words, &names(&desk).await?, "search", &picked.rows).await;
        }
        let keeps = fields.get("keep").is_some();
        let problem = if keeps { views::keep_sent(&desk, &who, words, &fields, &asked.wanted.filters).await? } else { None };
        let wrong = problem.is_some();
        let status = if wrong { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
        let typed = if keeps && !wrong { String::new() } else { fields.text("name") };
        let mut page = results(&desk, &language, &asked, &query, (&picked, progress, &view)).await?;
        page.summary = problem.as_ref().and_then(|problem| summary(words, &[("name", problem.clone())]));
        page.keep = views::keep_form(&desk, &language, &[], false, &typed, problem);
        page.notice = (keeps && !wrong).then(|| words.text("desk-view-kept").into_owned());
        Ok((status, whole(&desk, &who, &language, &title, wrong, &page)).into_response())
    };
    answer.await.unwrap_or_else(|error| failed(&desk, &language, &error))
}

/// Looks, and writes down who looked and by what kinds of terms, before anything is shown. What was looked for is in no record:
/// it is about a person.
async fn look(desk: &Desk, who: &SignedIn, asked: &Asked, query: &Query, all: bool) -> Result<(Picked, Progress, View), Trouble> {
    desk.index.catch_up(&desk.cabinet).await?;
    let progress = desk.library.catch_up(&desk.cabinet, &desk.index, who).await;
    let view = desk.library.view(who);
    let (skip, take) = if all { (0, usize::MAX) } else { (asked.wanted.page.saturating_mul(ROWS), ROWS) };
    let picked = desk.index.pick(&eyes(desk, who, &teams(who), &view), &asked.wanted.filters, &view.find(query), skip, take);
    let mut kinds: Vec<&str> = query.terms.iter().map(kind).collect();
    kinds.sort_unstable();
    kinds.dedup();
    let filters: Vec<&str> = asked.wanted.filters.iter().map(|filter| filter.name()).collect();
    let mut detail = serde_json::json!({ "kinds": kinds, "filters": filters, "hits": picked.found });
    // Whoever looks for themselves raises an alarm.
    if query.is_for(&known_by(&desk.people, who.member.id).await?)
        && let Some(detail) = detail.as_object_mut()
    {
        detail.insert("own".to_owned(), true.into());
    }
    desk.cabinet.record_of(who.member.id, "contacts.searched", detail).await?;
    Ok((picked, progress, view))
}

fn kind(term: &Term) -> &'static str {
    match term {
        Term::Fact(fact) => fact.kind.name(),
        Term::Word(_) => "words",
    }
}

fn blank<'a>(language: &'a Language, asked: &Asked, problem: Option<String>) -> Page<'a> {
    let words = &*language.locale;
    let message = problem.clone().map(|problem| ErrorMessage::new(problem, words.text("error-prefix").into_owned()));
    let narrow = NARROW
        .into_iter()
        .map(|filter| CheckboxItem::new(filter.name(), filter_title(words, filter)).checked(asked.wanted.filters.contains(&filter)));
    let narrow = Checkboxes::new("show").items(narrow).classes("govuk-checkboxes--small");
    Page {
        language,
        words,
        summary: problem.and_then(|problem| summary(words, &[("q", problem)])),
        box_: Input::new("q")
            .label(words.text("desk-search-label").into_owned())
            .hint(words.text("desk-search-hint").into_owned())
            .value(asked.text.as_str())
            .error(message)
            .private()
            .into(),
        filters: Details::new(words.text("desk-narrow").into_owned(), Markup::from(narrow)).open(!asked.wanted.filters.is_empty()).into(),
        button: Button::new(words.text("desk-search").into_owned()).into(),
        tags: Vec::new(),
        keep: Markup::default(),
        notice: None,
        count: None,
        file: None,
        reading: None,
        rows: Markup::default(),
        previous: None,
        next: None,
    }
}

async fn results<'a>(
    desk: &Desk,
    language: &'a Language,
    asked: &Asked,
    query: &Query,
    (picked, progress, view): (&Picked, Progress, &View),
) -> Result<Page<'a>, Trouble> {
    let words = &*language.locale;
    let page = asked.wanted.page;
    let why: Vec<Vec<String>> = picked.rows.iter().map(|(id, _): &(Uuid, Header)| why(words, query, view, *id)).collect();
    let terms = query.terms.iter().enumerate().map(|(place, term)| (format!("term:{place}"), term_text(term)));
    let filters = asked.wanted.filters.iter().map(|filter| (format!("show:{}", filter.name()), filter_title(words, *filter)));
    let count = words.with("desk-search-found", &[("count", picked.found.into())]);
    let cut = query.cut.then(|| words.with("desk-search-cut", &[("count", MOST_TERMS.into())]));
    let rows = if picked.rows.is_empty() {
        Markup::default()
    } else {
        rows::table(desk, language, &names(desk).await?, &words.text("desk-search-title"), &picked.rows, Some(why))
    };
    Ok(Page {
        tags: terms.chain(filters).collect(),
        count: Some(cut.map_or_else(|| count.clone(), |cut| format!("{count} {cut}"))),
        file: (picked.found > 0).then(|| words.with("desk-list-file", &[("count", picked.found.into())])),
        reading: reading(words, progress),
        rows,
        previous: page.checked_sub(1),
        next: (page.saturating_mul(ROWS).saturating_add(picked.rows.len()) < picked.found).then_some(page.saturating_add(1)),
        ..blank(language, asked, None)
    })
}

/// Where each term stands, in words.
fn why(words: &Locale, query: &Query, view: &View, contact: Uuid) -> Vec<String> {
    let Some(why) = view.why(query, contact) else { return vec![words.text("desk-why-reference").into_owned()] };
    let each = query.terms.iter().zip(why).map(|(term, (how, bits))| {
        let places: Vec<_> = parts(bits).map(|part| words.text(&format!("desk-part-{}", part.name()))).collect();
        let id = if how == How::Sounding { "desk-why-spelling" } else { "desk-why" };
        words.with(id, &[("term", term_text(term).as_str().into()), ("places", places.join(", ").as_str().into())])
    });
    each.collect()
}
