//! The card that says in whose hands a contact is: taking it, letting go, handing it over.

use askama::Template;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::response::Response;
use uuid::Uuid;

use plainsight_pages::components::{Label, Select, SelectItem};
use plainsight_pages::{Language, Locale, Markup};
use plainsight_people::SignedIn;

use super::contact::page;
use super::forms::{Again, after};
use super::{Desk, Names};
use crate::acts::hands::{self, colleagues};
use crate::acts::open::OpenContact;
use crate::fields::Fields;
use crate::form::{FormKey, Written};
use crate::trouble::Trouble;

#[derive(Template)]
#[template(path = "desk/hands.html")]
struct Hands<'a> {
    language: &'a Language,
    words: &'a Locale,
    id: Uuid,
    form: String,
    hands: String,
    mine: bool,
    hand_over: Option<Markup>,
    open: bool,
}

impl Hands<'_> {
    fn action(&self, act: &str) -> String {
        self.language.href(&format!("/helpline/contacts/{}/{act}", self.id))
    }
}

/// The card of one contact.
pub(super) async fn card(
    desk: &Desk,
    who: &SignedIn,
    language: &Language,
    opened: &OpenContact,
    names: &Names,
    again: &Again,
) -> Result<Markup, Trouble> {
    let words = &*language.locale;
    let in_hand = &opened.header.hands;
    let others = colleagues(&desk.cabinet, &desk.people, opened.header.team).await?;
    let mut others: Vec<(String, Uuid)> =
        others.into_iter().filter(|each| *each != who.member.id).map(|each| (names.of(words, each), each)).collect();
    others.sort();
    Ok(Markup::of(&Hands {
        language,
        words,
        id: opened.id,
        form: again.form.clone().unwrap_or_else(|| FormKey::new(&desk.cabinet)).to_field(),
        hands: names.all(words, in_hand.iter().copied()),
        mine: in_hand.contains(&who.member.id),
        hand_over: (!others.is_empty()).then(|| hand_over_form(words, again, others)),
        open: again.problems.iter().any(|(field, _)| matches!(*field, "to" | "hand-over")),
    }))
}

/// To whom, and what they must know.
fn hand_over_form(words: &Locale, again: &Again, others: Vec<(String, Uuid)>) -> Markup {
    let items = others.into_iter().map(|(name, id)| SelectItem::new(id.to_string(), name));
    let first = SelectItem::new("", words.text("desk-hand-over-choose"));
    let to = Select {
        label: Label::new(words.text("desk-hand-over-to").into_owned()),
        value: again.to.clone(),
        error_message: again.error(words, "to"),
        ..Select::new("to").items(std::iter::once(first).chain(items))
    };
    Markup::join([to.into(), again.textarea(words, "hand-over", 3).into()])
}

pub(super) async fn hand_over(State(desk): State<Desk>, who: SignedIn, language: Language, Path(id): Path<Uuid>, body: Bytes) -> Response {
    let fields = Fields::parse(&body);
    let written = Written::sent(&fields, "hand-over");
    let to = fields.get("to").and_then(|to| Uuid::parse_str(to).ok());
    let mut again = Again::sent(&language.locale, "hand-over", &written.text);
    again.form.clone_from(&written.form);
    again.to = to.map(|to| to.to_string());
    if to.is_none() {
        again.problems.insert(0, ("to", language.locale.text("desk-error-hand-over").into_owned()));
    }
    let Some(to) = to.filter(|_| again.problems.is_empty()) else { return page(&desk, &who, &language, id, again).await };
    let done = hands::hand_over(&desk.cabinet, &desk.people, &who, id, to, written).await;
    after(&desk, &who, &language, id, done, again).await
}

pub(super) async fn take(State(desk): State<Desk>, who: SignedIn, language: Language, Path(id): Path<Uuid>) -> Response {
    let done = hands::take(&desk.cabinet, &who, id).await;
    after(&desk, &who, &language, id, done, Again::default()).await
}

pub(super) async fn let_go(State(desk): State<Desk>, who: SignedIn, language: Language, Path(id): Path<Uuid>) -> Response {
    let done = hands::let_go(&desk.cabinet, &who, id).await;
    after(&desk, &who, &language, id, done, Again::default()).await
}
