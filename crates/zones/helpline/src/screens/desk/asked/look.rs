//! The whole copy before it is given, as whoever asked will read it. What was looked at is what is given, or nothing is.

use askama::Template;
use axum::body::Bytes;
use axum::extract::{Path, RawQuery, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use uuid::Uuid;

use plainsight_pages::components::{NotificationBanner, Select, SelectItem};
use plainsight_pages::{Language, Locale, Markup};
use plainsight_people::SignedIn;

use super::letter::compose;
use super::passages::Prepared;
use crate::acts::case::add;
use crate::acts::copy::note_shown;
use crate::asked::Answered;
use crate::case::What;
use crate::copy_draft::{Decided, mark};
use crate::fields::Fields;
use crate::form::{FormKey, Written};
use crate::screens::desk::{Desk, failed, whole};
use crate::trouble::Trouble;

#[derive(Template)]
#[template(path = "desk/asked/look.html")]
struct Look<'a> {
    words: &'a Locale,
    notice: Option<Markup>,
    text: &'a str,
    /// Tells whether what is given is what was read.
    of: String,
    languages: Markup,
    language: &'a str,
    /// The language of the desk, where one was chosen: a form that asks again drops it from the address.
    lang: Option<&'a str>,
    key: String,
    action: String,
    change: String,
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
        Ok(prepared) if prepared.undecided() > 0 => to_passages(&language, id),
        Ok(prepared) => {
            page(&desk, &who, &language, &prepared, &query, false).await.unwrap_or_else(|error| failed(&desk, &language, &error))
        }
        Err(error) => failed(&desk, &language, &error),
    }
}

fn to_passages(language: &Language, id: Uuid) -> Response {
    Redirect::to(&language.href(&format!("/helpline/cases/{id}/copy"))).into_response()
}

pub(in crate::screens::desk) async fn send(
    State(desk): State<Desk>,
    who: SignedIn,
    language: Language,
    Path(id): Path<Uuid>,
    body: Bytes,
) -> Response {
    let fields = Fields::parse(&body);
    match give(&desk, &who, &language, id, &fields).await {
        Ok(answer) => answer,
        Err(error) => failed(&desk, &language, &error),
    }
}

async fn give(desk: &Desk, who: &SignedIn, language: &Language, id: Uuid, fields: &Fields) -> Result<Response, Trouble> {
    let prepared = Prepared::read(desk, who, language, id).await?;
    let read = fields.get("of").unwrap_or_default();
    let to_case = || Redirect::to(&language.href(&format!("/helpline/cases/{id}"))).into_response();
    // Pressed twice: the first press gave it, and with that what was prepared is gone.
    let entries = prepared.request.main().into_iter().flat_map(|main| main.entries.iter().flatten());
    let last = entries.last().map(|entry| &entry.what);
    if matches!(last, Some(What::Answered { copy: Some(copy), .. }) if mark(copy) == read) {
        return Ok(to_case());
    }
    if prepared.undecided() > 0 {
        return Ok(to_passages(language, id));
    }
    let text = compose(desk, &of_letter(desk, language, fields), &prepared);
    if mark(&text) != read {
        return page(desk, who, language, &prepared, fields, true).await;
    }
    let all = prepared.passages.len();
    let given = prepared.passages.iter().filter(|passage| prepared.decided(passage) == Some(Decided::Give)).count();
    let answered = match given {
        _ if all == 0 => Answered::Nothing,
        0 => Answered::Refused,
        given if given < all => Answered::Partly,
        _ => Answered::Done,
    };
    let written = Written { text: String::new(), form: fields.get("form").and_then(FormKey::from_field) };
    add(&desk.cabinet, who, id, What::Answered { answered, copy: Some(text) }, written, None).await?;
    Ok(to_case())
}

/// The language of the letter: the one that was chosen, or that of the desk.
fn of_letter(desk: &Desk, language: &Language, fields: &Fields) -> std::sync::Arc<Locale> {
    fields.get("language").and_then(|tag| desk.face.locales.find(tag)).unwrap_or_else(|| language.locale.clone())
}

async fn page(
    desk: &Desk,
    who: &SignedIn,
    language: &Language,
    prepared: &Prepared,
    fields: &Fields,
    changed: bool,
) -> Result<Response, Trouble> {
    let words = &*language.locale;
    let folders: Vec<Uuid> = prepared.passages.iter().map(|passage| passage.origin.folder).collect();
    note_shown(&desk.cabinet, who, &prepared.gathered, &folders).await?;
    let id = prepared.request.main().ok_or(Trouble::NotFound)?.id;
    let letter = of_letter(desk, language, fields);
    let text = compose(desk, &letter, prepared);
    let languages = desk.face.locales.menu().map(|locale| SelectItem::new(locale.tag(), locale.own_name()));
    let notice =
        changed.then(|| NotificationBanner::new(words.text("notice-title").into_owned(), words.text("desk-copy-look-again").into_owned()));
    let look = Look {
        words,
        notice: notice.map(Markup::from),
        text: &text,
        of: mark(&text),
        languages: Select::new("language").label(words.text("desk-copy-language")).items(languages).value(letter.tag()).into(),
        language: letter.tag(),
        lang: language.chosen.then(|| words.tag()),
        key: fields.get("form").and_then(FormKey::from_field).unwrap_or_else(|| FormKey::new(&desk.cabinet)).to_field(),
        action: language.href(&format!("/helpline/cases/{id}/copy/letter")),
        change: language.href(&format!("/helpline/cases/{id}/copy")),
    };
    let status = if changed { StatusCode::CONFLICT } else { StatusCode::OK };
    Ok((status, whole(desk, who, language, &words.text("desk-copy-look-title"), changed, &look)).into_response())
}
