//! The card on a contact's page: the cases that it is in, a new one, or putting it into one that is there.

use askama::Template;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use uuid::Uuid;

use plainsight_pages::components::Input;
use plainsight_pages::{Language, Locale, Markup};
use plainsight_people::SignedIn;

use crate::acts::case::{begin, put_in};
use crate::acts::open::OpenContact;
use crate::case::cases_of;
use crate::fields::Fields;
use crate::form::{FormKey, Written};
use crate::reference::{bits, case_reference};
use crate::report::LONGEST_LINE;
use crate::screens::desk::contact::page;
use crate::screens::desk::forms::{Again, after};
use crate::screens::desk::{Desk, teams};
use crate::trouble::Trouble;

#[derive(Template)]
#[template(path = "desk/cases/card.html")]
struct Card<'a> {
    words: &'a Locale,
    cases: Vec<Link>,
    action: String,
    form: String,
    reference: Markup,
    title: Markup,
    open: bool,
}

struct Link {
    href: String,
    reference: String,
    title: String,
}

/// The card of one contact.
pub(in crate::screens::desk) fn card(desk: &Desk, who: &SignedIn, language: &Language, opened: &OpenContact, again: &Again) -> Markup {
    let words = &*language.locale;
    let view = desk.library.view(who);
    let cases = cases_of(opened.papers.iter().map(|(_, _, paper)| paper)).into_iter().map(|id| Link {
        href: language.href(&format!("/helpline/cases/{id}")),
        reference: case_reference(id),
        title: view.title(id).unwrap_or_default(),
    });
    let line = |field: &'static str| {
        Input::new(field)
            .label(words.text(&format!("desk-{field}")).into_owned())
            .hint(words.text(&format!("desk-{field}-hint")).into_owned())
            .value(again.typed(field))
            .error(again.error(words, field))
            .private()
            .into()
    };
    Markup::of(&Card {
        words,
        cases: cases.collect(),
        action: language.href(&format!("/helpline/contacts/{}/case", opened.id)),
        form: again.form.clone().unwrap_or_else(|| FormKey::new(&desk.cabinet)).to_field(),
        reference: line("case-reference"),
        title: line("case-title"),
        open: again.problems.iter().any(|(field, _)| matches!(*field, "case-reference" | "case-title")),
    })
}

/// Puts a contact into a case: into a new one, alone or with another contact, or into one that is there.
pub(in crate::screens::desk) async fn send(
    State(desk): State<Desk>,
    who: SignedIn,
    language: Language,
    Path(id): Path<Uuid>,
    body: Bytes,
) -> Response {
    let fields = Fields::parse(&body);
    let words = &*language.locale;
    let field = if fields.get("go") == Some("put-in") { "case-reference" } else { "case-title" };
    let mut again = Again::typed_in(field, &fields.text(field));
    again.form = fields.get("form").and_then(FormKey::from_field);
    if fields.text(field).chars().count() > LONGEST_LINE {
        again.problems.push((field, words.with("desk-error-too-long", &[("longest", LONGEST_LINE.into())])));
        return page(&desk, &who, &language, id, again).await;
    }
    let done = if field == "case-reference" {
        let case = match find(&desk, &who, &fields).await {
            Ok(case) => case,
            Err(problem) => {
                again.problems.push((field, words.text(problem).into_owned()));
                return page(&desk, &who, &language, id, again).await;
            }
        };
        let reason = Written { text: String::new(), form: again.form.clone() };
        put_in(&desk.cabinet, &who, case, id, true, reason).await.map(|()| case)
    } else {
        start(&desk, &who, words, id, &fields, again.form.clone()).await
    };
    match done {
        Ok(case) => Redirect::to(&language.href(&format!("/helpline/cases/{case}"))).into_response(),
        Err(error) => after(&desk, &who, &language, id, Err(error), again).await,
    }
}

/// The case that a form names, by its id or by its reference; else what is wrong with that.
async fn find(desk: &Desk, who: &SignedIn, fields: &Fields) -> Result<Uuid, &'static str> {
    if let Some(case) = fields.get("case").and_then(|case| Uuid::parse_str(case).ok()) {
        return Ok(case);
    }
    case_by_reference(desk, who, &fields.text("case-reference")).await
}

/// The one case that a typed reference means; else what is wrong with it.
pub(super) async fn case_by_reference(desk: &Desk, who: &SignedIn, typed: &str) -> Result<Uuid, &'static str> {
    by_reference(desk, who, typed, true).await
}

/// The one contact or case that a typed reference means.
pub(super) async fn by_reference(desk: &Desk, who: &SignedIn, typed: &str, case: bool) -> Result<Uuid, &'static str> {
    let bits = bits(typed).ok_or("desk-error-reference-none")?;
    desk.index.catch_up(&desk.cabinet).await.map_err(|_| "desk-not-stored")?;
    match desk.index.referred(&teams(who), bits, case)[..] {
        [one] => Ok(one),
        [] => Err("desk-error-reference-unknown"),
        _ => Err("desk-error-reference-several"),
    }
}

/// A new case with this contact and, if the form names one, another. Without a title it is called by where it is, as the
/// report says, or by the contact's reference.
async fn start(desk: &Desk, who: &SignedIn, words: &Locale, id: Uuid, fields: &Fields, form: Option<FormKey>) -> Result<Uuid, Trouble> {
    let mut contacts = vec![id];
    contacts.extend(fields.get("with").and_then(|with| Uuid::parse_str(with).ok()).filter(|with| *with != id));
    let typed = fields.text("case-title");
    let text = if typed.trim().is_empty() {
        words.with("desk-case-untitled", &[("reference", crate::reference::reference(id).as_str().into())])
    } else {
        typed
    };
    begin(&desk.cabinet, who, &contacts, Written { text, form }).await
}
