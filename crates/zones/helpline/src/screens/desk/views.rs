//! The views that a member keeps: chips above the list, and keeping or forgetting one.

use askama::Template;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use uuid::Uuid;

use plainsight_pages::components::{ErrorMessage, Input};
use plainsight_pages::{Language, Locale, Markup};
use plainsight_people::SignedIn;

use super::{Desk, failed, works_here};
use crate::acts::views::{Kept, MOST_VIEWS, forget, keep, kept};
use crate::fields::Fields;
use crate::form::FormKey;
use crate::index::Filter;
use crate::report::LONGEST_LINE;
use crate::trouble::Trouble;

/// A name is read at a glance.
const LONGEST_NAME: usize = 60;

#[derive(Template)]
#[template(path = "desk/views.html")]
struct Views<'a> {
    language: &'a Language,
    words: &'a Locale,
    views: Vec<(Uuid, String)>,
}

/// The member's views, each to be looked at or forgotten.
pub(super) async fn views(desk: &Desk, who: &SignedIn, language: &Language) -> Result<Markup, Trouble> {
    let views: Vec<(Uuid, String)> = kept(&desk.cabinet, who).await?.into_iter().map(|(id, kept)| (id, kept.name)).collect();
    if views.is_empty() {
        return Ok(Markup::default());
    }
    Ok(Markup::of(&Views { language, words: &language.locale, views }))
}

#[derive(Template)]
#[template(path = "desk/keep_view.html")]
struct Keep<'a> {
    words: &'a Locale,
    /// A form of its own, or part of the one in which it stands.
    own: bool,
    action: String,
    form: String,
    filters: Vec<&'static str>,
    name: Markup,
    open: bool,
}

/// The form that keeps what is looked at now.
pub(super) fn keep_form(desk: &Desk, language: &Language, filters: &[Filter], own: bool, typed: &str, problem: Option<String>) -> Markup {
    let words = &*language.locale;
    let open = problem.is_some();
    let problem = problem.map(|problem| ErrorMessage::new(problem, words.text("error-prefix").into_owned()));
    let name = Input::new("name").label(words.text("desk-view-name").into_owned()).value(typed).error(problem).private();
    Markup::of(&Keep {
        words,
        own,
        action: language.href("/helpline/views"),
        form: FormKey::new(&desk.cabinet).to_field(),
        filters: filters.iter().map(|filter| filter.name()).collect(),
        name: name.into(),
        open,
    })
}

/// What is wrong with a view that is to be kept, in words.
pub(super) async fn keep_sent(
    desk: &Desk,
    who: &SignedIn,
    words: &Locale,
    fields: &Fields,
    filters: &[Filter],
) -> Result<Option<String>, Trouble> {
    let (name, text) = (fields.text("name").trim().to_owned(), fields.text("q"));
    if name.is_empty() {
        return Ok(Some(words.text("desk-error-empty").into_owned()));
    }
    for (text, longest) in [(&name, LONGEST_NAME), (&text, LONGEST_LINE)] {
        if text.chars().count() > longest {
            return Ok(Some(words.with("desk-error-too-long", &[("longest", longest.into())])));
        }
    }
    let view = Kept { name, text, filters: filters.iter().map(|filter| filter.name().to_owned()).collect() };
    let form = fields.get("form").and_then(FormKey::from_field);
    let stored = keep(&desk.cabinet, who, &view, form).await?;
    Ok((!stored).then(|| words.with("desk-view-too-many", &[("count", MOST_VIEWS.into())])))
}

/// Keeps the list that is looked at.
pub(super) async fn send(State(desk): State<Desk>, who: SignedIn, language: Language, body: Bytes) -> Response {
    let fields = Fields::parse(&body);
    let wanted = super::list::Wanted::of(&fields);
    let done = async {
        works_here(&who)?;
        keep_sent(&desk, &who, &language.locale, &fields, &wanted.filters).await
    };
    match done.await {
        Ok(None) => Redirect::to(&super::list::address(&language, "/helpline", &wanted.filters, None)).into_response(),
        Ok(Some(problem)) => super::list::with_problem(&desk, &who, &language, wanted, &fields.text("name"), problem).await,
        Err(error) => failed(&desk, &language, &error),
    }
}

pub(super) async fn forget_view(State(desk): State<Desk>, who: SignedIn, language: Language, Path(id): Path<Uuid>) -> Response {
    match forget(&desk.cabinet, &who, id).await {
        Ok(()) => Redirect::to(&language.href("/helpline")).into_response(),
        Err(error) => failed(&desk, &language, &error),
    }
}
