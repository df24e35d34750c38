//! One promise: given, checked again, or taken back.

use axum::extract::{Form as Posted, Path, State};
use axum::response::Response;

use plainsight_pages::components::Button;
use plainsight_pages::{FieldErrors, Form, Language, Markup, Typed};
use plainsight_people::SignedIn;
use plainsight_vocabulary::{OperatorEdit, Promise};

use super::route::{Filled, USUAL, at_field, check, check_fields};
use super::{PAGE, back, failed, meanwhile, operator, seen};
use crate::acts::senders::Decider;
use crate::acts::settings::{Unchanged, change};
use crate::screens::desk::Desk;
use crate::standing::Made;
use crate::trouble::Trouble;

pub(in super::super) async fn show(State(desk): State<Desk>, who: SignedIn, language: Language, Path(code): Path<String>) -> Response {
    match found(&desk, &who, &code).await {
        Ok(promise) => {
            let today = desk.standing.settings().today(desk.cabinet.now());
            let review = today.saturating_add(USUAL).to_string();
            let seen = desk.standing.now().newest.to_string();
            let typed = Typed::from_pairs([("by", who.member.name.as_str()), ("review_by", &review), ("seen", &seen)]);
            form(&desk, &who, &language, promise, (&typed, &FieldErrors::new()), Vec::new())
        }
        Err(error) => failed(&desk, &language, &error),
    }
}

async fn found(desk: &Desk, who: &SignedIn, code: &str) -> Result<Promise, Trouble> {
    Decider::of(who)?;
    desk.standing.catch_up(&desk.cabinet).await?;
    Promise::from_code(code).ok_or(Trouble::NotFound)
}

fn form(
    desk: &Desk,
    who: &SignedIn,
    language: &Language,
    promise: Promise,
    (typed, errors): (&Typed, &FieldErrors),
    meanwhile: Vec<String>,
) -> Response {
    let words = &*language.locale;
    let form = Form::desk(words, typed, errors);
    let ticked = operator(desk).promises().ticked(promise).is_some();
    let mut buttons = vec![Button::new(words.text("desk-settings-give").into_owned()).named("go", "save")];
    if ticked {
        buttons.push(Button::new(words.text("desk-settings-take").into_owned()).named("go", "take").secondary());
    }
    let sentence = words.text(&promise.key()).into_owned();
    let filled = Filled {
        language,
        words,
        summary: form.summary(),
        title: words.text("desk-settings-promise").into_owned(),
        meanwhile,
        lead: vec![
            words.with("desk-settings-promise-lead", &[("sentence", sentence.as_str().into())]),
            words.text("desk-settings-promise-only").into_owned(),
        ],
        before: Markup::default(),
        action: language.href(&format!("{PAGE}/promises/{promise}")),
        hidden: vec![("seen".to_owned(), typed.get("seen").to_owned())],
        fields: Markup::join(check_fields(&form)),
        buttons,
    };
    let wrong = !errors.is_empty() || !filled.meanwhile.is_empty();
    filled.answer(desk, who, wrong)
}

pub(in super::super) async fn send(
    State(desk): State<Desk>,
    who: SignedIn,
    language: Language,
    Path(code): Path<String>,
    Posted(typed): Posted<Typed>,
) -> Response {
    match sent(&desk, &who, &language, &code, typed).await {
        Ok(answer) => answer,
        Err(error) => failed(&desk, &language, &error),
    }
}

async fn sent(desk: &Desk, who: &SignedIn, language: &Language, code: &str, mut typed: Typed) -> Result<Response, Trouble> {
    let promise = found(desk, who, code).await?;
    let today = desk.standing.settings().today(desk.cabinet.now());
    let check = (typed.get("go") != "take").then(|| check(&typed, today));
    let seen = seen(&typed);
    let made = Made::Edit(OperatorEdit::Promise { promise, check });
    match change(&desk.cabinet, who, &desk.standing, made, seen).await {
        Ok(_) => Ok(back(language, "holds")),
        Err(Unchanged::Edit(error)) => Ok(form(desk, who, language, promise, (&typed, &at_field(&error)), Vec::new())),
        Err(Unchanged::Meanwhile) => {
            let changed = meanwhile(desk, &language.locale, seen).await?;
            typed.set("seen", desk.standing.now().newest.to_string());
            Ok(form(desk, who, language, promise, (&typed, &FieldErrors::new()), changed))
        }
        // Neither of the two comes of a promise.
        Err(Unchanged::Refused(_) | Unchanged::OtherFile | Unchanged::Unsigned) => Err(Trouble::NotFound),
        Err(Unchanged::Trouble(error)) => Err(error),
    }
}
