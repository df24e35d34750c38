//! Preparing a copy, some passages a page: each with its words to be looked through and a decision. It is kept sealed at each step, so
//! that whoever is called away goes on where they were. Nothing is given that nobody decided on.

use std::collections::BTreeMap;

use askama::Template;
use axum::body::Bytes;
use axum::extract::{Path, RawQuery, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use uuid::Uuid;

use plainsight_pages::components::{
    Button, Details, ErrorItem, ErrorMessage, ErrorSummary, Label, NotificationBanner, Select, SelectItem, Textarea,
};
use plainsight_pages::{Language, Locale, Markup};
use plainsight_people::SignedIn;

use super::passages::{Passage, Prepared};
use crate::acts::copy::{Origin, keep, note_shown};
use crate::copy_draft::{Decided, Sent, longest, seen};
use crate::fields::Fields;
use crate::reference::case_reference;
use crate::screens::desk::{Desk, failed, whole};
use crate::search::said::facts;
use crate::trouble::Trouble;

#[derive(Template)]
#[template(path = "desk/asked/copy.html")]
struct Page<'a> {
    words: &'a Locale,
    notice: Option<Markup>,
    summary: Option<ErrorSummary>,
    reference: String,
    progress: String,
    rules: Markup,
    empty: bool,
    passages: Vec<Shown>,
    buttons: Markup,
    action: String,
    back: String,
}

#[derive(Template)]
#[template(path = "desk/asked/rules.html")]
struct Rules<'a> {
    words: &'a Locale,
}

struct Shown {
    key: String,
    place: String,
    saw: String,
    /// What the records say now, when that is something else than what was decided on.
    changed: Option<(String, String)>,
    /// Numbers, addresses, plates and names on platforms that stand in it.
    look_at: String,
    text: Markup,
    decision: Markup,
}

/// What is to be mended in a passage.
enum Wrong {
    Undecided,
    TooLong(usize),
    Clash,
}

/// One page of a copy, and what came of sending it.
struct Draw<'a> {
    prepared: &'a Prepared,
    /// Which page, from 0.
    page: usize,
    /// What was sent, to be shown again.
    typed: Fields,
    /// Nothing of it could be stored.
    unkept: bool,
    wrong: BTreeMap<String, Wrong>,
    status: StatusCode,
}

impl<'a> Draw<'a> {
    fn new(prepared: &'a Prepared, page: usize) -> Self {
        Self { prepared, page, typed: Fields::default(), unkept: false, wrong: BTreeMap::new(), status: StatusCode::OK }
    }

    fn passages(&self) -> &'a [Passage] {
        self.prepared.pages().get(self.page).and_then(|page| self.prepared.passages.get(page.clone())).unwrap_or_default()
    }
}

fn path(id: Uuid) -> String {
    format!("/helpline/cases/{id}/copy")
}

pub(in crate::screens::desk) async fn show(
    State(desk): State<Desk>,
    who: SignedIn,
    language: Language,
    Path(id): Path<Uuid>,
    RawQuery(query): RawQuery,
) -> Response {
    let query = Fields::parse(query.unwrap_or_default().as_bytes());
    match Prepared::read(&desk, &who, &language, id).await {
        Ok(prepared) => {
            let page = query.get("at").and_then(|key| page_with(&prepared, key)).unwrap_or_else(|| prepared.first_open());
            draw(&desk, &who, &language, id, Draw::new(&prepared, page)).await
        }
        Err(error) => failed(&desk, &language, &error),
    }
}

/// The page on which a passage stands.
fn page_with(prepared: &Prepared, key: &str) -> Option<usize> {
    let place = prepared.passages.iter().position(|passage| passage.origin.key == key)?;
    prepared.pages().iter().position(|page| page.contains(&place))
}

pub(in crate::screens::desk) async fn send(
    State(desk): State<Desk>,
    who: SignedIn,
    language: Language,
    Path(id): Path<Uuid>,
    body: Bytes,
) -> Response {
    match take(&desk, &who, &language, id, Fields::parse(&body)).await {
        Ok(answer) => answer,
        Err(error) => failed(&desk, &language, &error),
    }
}

async fn take(desk: &Desk, who: &SignedIn, language: &Language, id: Uuid, typed: Fields) -> Result<Response, Trouble> {
    let prepared = Prepared::read(desk, who, language, id).await?;
    let (mut sent, mut wrong) = (BTreeMap::new(), BTreeMap::new());
    let mut places = Vec::new();
    for (place, passage) in prepared.passages.iter().enumerate() {
        let key = &passage.origin.key;
        let Some(decision) = typed.get(&format!("decision-{key}")) else { continue };
        places.push(place);
        let text = typed.text(&format!("text-{key}"));
        let most = longest(&passage.text);
        if text.chars().count() > most {
            wrong.insert(key.clone(), Wrong::TooLong(most));
            continue;
        }
        let saw = typed.text(&format!("saw-{key}"));
        let records = passage.text.clone();
        sent.insert(passage.origin.clone(), Sent { text, decided: Decided::parse(decision), saw, records, of: passage.of.clone() });
    }
    let (first, last) = (places.first().copied().unwrap_or_default(), places.last().copied().unwrap_or_default());
    let origins: Vec<Origin> = prepared.origins();
    let here = prepared.passages.get(first).and_then(|passage| page_with(&prepared, &passage.origin.key)).unwrap_or_default();
    match keep(&desk.cabinet, who, &prepared.gathered, &origins, &sent).await {
        Ok(clashes) => wrong.extend(clashes.into_iter().map(|key| (key, Wrong::Clash))),
        Err(error) if error.is_passing() || matches!(error, Trouble::Meanwhile) => {
            tracing::error!(%error, "what was decided for a copy could not be kept");
            let again = Draw { typed, unkept: true, wrong, status: StatusCode::SERVICE_UNAVAILABLE, ..Draw::new(&prepared, here) };
            return Ok(draw(desk, who, language, id, again).await);
        }
        Err(error) => return Err(error),
    }
    if !wrong.is_empty() {
        let now = Prepared::read(desk, who, language, id).await?;
        let again = Draw { typed, wrong, status: StatusCode::UNPROCESSABLE_ENTITY, ..Draw::new(&now, here) };
        return Ok(draw(desk, who, language, id, again).await);
    }
    let to = |path: String| Redirect::to(&language.href(&path)).into_response();
    let at = |place: usize| prepared.passages.get(place).map(|passage| format!("{}?at={}", path(id), passage.origin.key));
    Ok(match typed.get("go").unwrap_or_default() {
        "later" => to(format!("/helpline/cases/{id}")),
        "back" => to(at(first.saturating_sub(1)).unwrap_or_else(|| path(id))),
        "look" => look(desk, who, language, id).await?,
        _ => to(at(last + 1).or_else(|| at(first)).unwrap_or_else(|| path(id))),
    })
}

/// On to the whole copy, or to the first page on which something is still to be decided.
async fn look(desk: &Desk, who: &SignedIn, language: &Language, id: Uuid) -> Result<Response, Trouble> {
    let now = Prepared::read(desk, who, language, id).await?;
    if now.undecided() == 0 {
        return Ok(Redirect::to(&language.href(&format!("{}/letter", path(id)))).into_response());
    }
    let mut again = Draw { status: StatusCode::UNPROCESSABLE_ENTITY, ..Draw::new(&now, now.first_open()) };
    let open = again.passages().iter().filter(|passage| now.decided(passage).is_none());
    again.wrong = open.map(|passage| (passage.origin.key.clone(), Wrong::Undecided)).collect();
    Ok(draw(desk, who, language, id, again).await)
}

async fn draw(desk: &Desk, who: &SignedIn, language: &Language, id: Uuid, draw: Draw<'_>) -> Response {
    let words = &*language.locale;
    let (prepared, passages) = (draw.prepared, draw.passages());
    let folders: Vec<Uuid> = passages.iter().map(|passage| passage.origin.folder).collect();
    if let Err(error) = note_shown(&desk.cabinet, who, &prepared.gathered, &folders).await {
        return failed(desk, language, &error);
    }
    let items = passages.iter().filter_map(|passage| {
        let problem = problem(words, &draw, passage)?;
        Some(ErrorItem::new(format!("{}: {problem}", passage.place), &format!("decision-{}", passage.origin.key)))
    });
    let summary = (!draw.wrong.is_empty()).then(|| ErrorSummary::new(words.text("error-summary-title").into_owned(), items));
    let text = |id: &str| words.text(id).into_owned();
    let first = draw.page == 0;
    let rules = Markup::of(&Rules { words });
    let page = Page {
        words,
        notice: draw.unkept.then(|| NotificationBanner::new(text("notice-title"), text("desk-not-stored")).into()),
        summary,
        reference: case_reference(id),
        progress: progress(desk, words, &draw),
        rules: if first { rules } else { Details::new(text("desk-copy-rules"), rules).into() },
        empty: prepared.passages.is_empty(),
        passages: passages.iter().map(|passage| passage_shown(words, &draw, passage)).collect(),
        buttons: buttons(words, &draw),
        action: language.href(&path(id)),
        back: language.href(&format!("/helpline/cases/{id}")),
    };
    (draw.status, whole(desk, who, language, &text("desk-copy-title"), !draw.wrong.is_empty(), &page)).into_response()
}

/// Which page it is, how much is decided on, and since when it lies safe.
fn progress(desk: &Desk, words: &Locale, draw: &Draw<'_>) -> String {
    let prepared = draw.prepared;
    let all = prepared.passages.len();
    let mut said = Vec::new();
    if prepared.pages().len() > 1 {
        let (page, of) = ((draw.page + 1).into(), prepared.pages().len().into());
        said.push(words.with("desk-copy-page", &[("page", page), ("pages", of)]));
    }
    if all > 0 {
        let decided = all - prepared.undecided();
        said.push(words.with("desk-copy-decided", &[("decided", decided.into()), ("all", all.into())]));
    }
    if let Some(at) = prepared.drafts.last() {
        let at = words.date_time(at, desk.offset(at));
        said.push(words.with("desk-copy-kept", &[("time", at.as_str().into())]));
    }
    said.join(" ")
}

fn buttons(words: &Locale, draw: &Draw<'_>) -> Markup {
    let prepared = draw.prepared;
    let last = draw.page + 1 >= prepared.pages().len();
    let here = draw.passages().iter().filter(|passage| prepared.decided(passage).is_none()).count();
    let button = |go: &'static str, first: bool| {
        let button = Button::new(words.text(&format!("desk-copy-{go}")).into_owned()).named("go", go);
        Markup::from(if first { button } else { button.secondary() })
    };
    let mut all = vec![button(if last { "look" } else { "next" }, true), button("later", false)];
    // Whoever decided on everything else need not go through every page again.
    all.extend((!last && prepared.undecided() == here).then(|| button("look", false)));
    all.extend((draw.page > 0).then(|| button("back", false)));
    Markup::join(all)
}

fn problem(words: &Locale, draw: &Draw<'_>, passage: &Passage) -> Option<String> {
    Some(match draw.wrong.get(&passage.origin.key)? {
        Wrong::Undecided => words.text("desk-copy-decide").into_owned(),
        Wrong::TooLong(most) => words.with("desk-error-too-long", &[("longest", (*most).into())]),
        Wrong::Clash => {
            let theirs = draw.prepared.drafts.get(&passage.origin.key).and_then(|draft| draft.decided);
            let theirs = theirs.map_or("desk-copy-nothing-decided".to_owned(), |decided| format!("desk-copy-{}", decided.name()));
            words.with("desk-copy-clash", &[("theirs", (&*words.text(&theirs)).into())])
        }
    })
}

fn passage_shown(words: &Locale, draw: &Draw<'_>, passage: &Passage) -> Shown {
    let key = &passage.origin.key;
    let (text, decision) = (format!("text-{key}"), format!("decision-{key}"));
    let draft = draw.prepared.drafts.get(key);
    let wrong = draw.wrong.get(key);
    let typed = draw.typed.get(&decision).is_some();
    let value = if typed { draw.typed.text(&text) } else { draw.prepared.words(passage).to_owned() };
    let chosen =
        if typed { draw.typed.text(&decision) } else { draw.prepared.decided(passage).map(Decided::name).unwrap_or_default().to_owned() };
    // What was not stored still stands on the page that it was typed on.
    let stale = typed && (draw.unkept || matches!(wrong, Some(Wrong::TooLong(_))));
    let changed = match wrong {
        Some(Wrong::Clash) => draft.filter(|draft| draft.text != value).map(|draft| ("desk-copy-theirs", draft.text.as_str())),
        _ => draft.filter(|draft| draft.of != passage.of).map(|_| ("desk-copy-changed", passage.text.as_str())),
    };
    let found: Vec<String> =
        facts(&passage.text).into_iter().map(|(range, _)| passage.text.get(range).unwrap_or_default().to_owned()).collect();
    let rows = u16::try_from(value.lines().map(|line| 1 + line.chars().count() / 70).sum::<usize>().clamp(2, 12)).unwrap_or(12);
    let items = Decided::names().map(|each| SelectItem::new(each, words.text(&format!("desk-copy-{each}"))));
    let first = SelectItem::new("", words.text("desk-choose"));
    let error = problem(words, draw, passage).map(|problem| ErrorMessage::new(problem, words.text("error-prefix").into_owned()));
    let select = Select {
        label: Label::new(words.text("desk-copy-decision").into_owned()),
        value: Some(chosen),
        error_message: error,
        ..Select::new(decision.as_str()).items(std::iter::once(first).chain(items))
    };
    Shown {
        key: key.clone(),
        place: passage.place.clone(),
        saw: if stale { draw.typed.text(&format!("saw-{key}")) } else { seen(draft) },
        changed: changed.map(|(id, said)| (words.text(id).into_owned(), said.to_owned())),
        look_at: found.join(", "),
        text: Textarea::new(text.as_str()).label(words.text("desk-copy-text")).value(value).rows(rows).private().into(),
        decision: select.into(),
    }
}
