//! The card that says how long a contact is kept: until when, what keeps it, a legal hold, erasing it.

use askama::Template;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use uuid::Uuid;

use plainsight_pages::components::{CheckboxItem, Checkboxes, RadioItem, Radios};
use plainsight_pages::{Language, Locale, Markup};
use plainsight_people::SignedIn;

use super::Desk;
use super::contact::page;
use super::forms::{Again, after};
use crate::acts::keep::{WhyErased, erase, keep_for_law};
use crate::acts::open::OpenContact;
use crate::fields::Fields;
use crate::form::{FormKey, Written};
use crate::header::{Due, Header};
use crate::records::{SUPERVISOR, ZONE};
use crate::trouble::Trouble;

#[derive(Template)]
#[template(path = "desk/keeping.html")]
struct Keeping<'a> {
    language: &'a Language,
    words: &'a Locale,
    id: Uuid,
    form: String,
    state: String,
    held: bool,
    hold: Option<Markup>,
    hold_title: &'static str,
    hold_open: bool,
    erase: Option<Markup>,
    erase_open: bool,
    /// Where a supervisor writes down that somebody asks about their data.
    asks: Option<String>,
}

impl Keeping<'_> {
    fn action(&self, act: &str) -> String {
        self.language.href(&format!("/helpline/contacts/{}/{act}", self.id))
    }
}

/// The card of one contact. What it can do is a supervisor's.
pub(super) fn card(desk: &Desk, who: &SignedIn, language: &Language, opened: &OpenContact, again: &Again) -> Markup {
    let words = &*language.locale;
    let header = &opened.header;
    let supervisor = who.member.holds(ZONE, SUPERVISOR);
    let wrong = |field: &str| again.problems.iter().any(|(each, _)| *each == field);
    Markup::of(&Keeping {
        language,
        words,
        id: opened.id,
        form: again.form.clone().unwrap_or_else(|| FormKey::new(&desk.cabinet)).to_field(),
        state: state(desk, words, header),
        held: header.flags.held,
        hold: supervisor.then(|| again.textarea(words, "keep", 2).into()),
        hold_title: if header.flags.held { "desk-hold-end" } else { "desk-hold" },
        hold_open: wrong("keep"),
        erase: (supervisor && may_be_erased(header)).then(|| erase_form(words, again)),
        erase_open: wrong("why") || wrong("sure"),
        asks: supervisor.then(|| language.href(&format!("/helpline/asked?contact={}", opened.id))),
    })
}

fn may_be_erased(header: &Header) -> bool {
    !header.flags.held && !header.flags.review_due && !matches!(header.next_due(), Some((Due::Danger, _)))
}

/// Until when it is kept, or what keeps it.
fn state(desk: &Desk, words: &Locale, header: &Header) -> String {
    if header.flags.held {
        return words.text("desk-kept-held").into_owned();
    }
    let Some(kept) = desk.settings.kept else { return words.text("desk-kept-no-time").into_owned() };
    match header.kept_until(&kept) {
        Some(until) => words.with("desk-kept-until", &[("date", words.date(until, desk.offset(until)).as_str().into())]),
        None if header.flags.in_case => words.text("desk-kept-in-case").into_owned(),
        None => words.text("desk-kept-due").into_owned(),
    }
}

fn erase_form(words: &Locale, again: &Again) -> Markup {
    let reasons = WhyErased::ALL.iter().map(|why| {
        RadioItem::new(why.name(), words.text(&format!("desk-erase-{}", why.name())).into_owned()).checked(again.typed("why") == why.name())
    });
    let why = Radios::new("why").legend(words.text("desk-erase-why").into_owned()).items(reasons).error(again.error(words, "why"));
    let sure = Checkboxes::new("sure")
        .items([CheckboxItem::new("yes", words.text("desk-erase-sure").into_owned())])
        .error(again.error(words, "sure"));
    Markup::join([why.classes("govuk-radios--small").into(), sure.into()])
}

pub(super) async fn keep(State(desk): State<Desk>, who: SignedIn, language: Language, Path(id): Path<Uuid>, body: Bytes) -> Response {
    let fields = Fields::parse(&body);
    let reason = Written::sent(&fields, "keep");
    let mut again = Again::sent(&language.locale, "keep", &reason.text);
    again.form.clone_from(&reason.form);
    if !again.problems.is_empty() {
        return page(&desk, &who, &language, id, again).await;
    }
    let done = match fields.get("held") {
        Some("yes") => keep_for_law(&desk.cabinet, &who, id, reason, true).await,
        Some("no") => keep_for_law(&desk.cabinet, &who, id, reason, false).await,
        _ => Err(Trouble::NotFound),
    };
    after(&desk, &who, &language, id, done, again).await
}

pub(super) async fn erase_contact(
    State(desk): State<Desk>,
    who: SignedIn,
    language: Language,
    Path(id): Path<Uuid>,
    body: Bytes,
) -> Response {
    let fields = Fields::parse(&body);
    let words = &language.locale;
    let mut again = Again::typed_in("why", fields.get("why").unwrap_or_default());
    let why = fields.get("why").and_then(WhyErased::parse);
    if why.is_none() {
        again.problems.push(("why", words.text("desk-error-choose").into_owned()));
    }
    if fields.get("sure") != Some("yes") {
        again.problems.push(("sure", words.text("desk-error-sure").into_owned()));
    }
    let Some(why) = why.filter(|_| again.problems.is_empty()) else { return page(&desk, &who, &language, id, again).await };
    match erase(&desk.cabinet, &who, id, why).await {
        Ok(()) => Redirect::to(&language.href("/helpline")).into_response(),
        Err(Trouble::Kept) => {
            again.notice = Some("desk-erase-kept");
            page(&desk, &who, &language, id, again).await
        }
        Err(error) => after(&desk, &who, &language, id, Err(error), again).await,
    }
}
