//! The pages of the door. They say what to do next and never which part of a sign-in was wrong.

use std::borrow::Cow;

use askama::Template;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse as _, Response};
use plainsight_pages::components::{ErrorItem, ErrorMessage, ErrorSummary, Input, NotificationBanner, PasswordInput};
use plainsight_pages::{DeskPage, DeskSite, Locale, Markup, Trouble, desk_trouble};

pub(super) use plainsight_pages::Language;

use crate::error::ActError;
use crate::kept_form::{DeskPath, KeptForm};
use crate::member::Member;
use crate::screens::Desk;

/// Fields of a kept form up to this long are names of buttons and answers; longer ones are what the member wrote.
const LONG_ENOUGH_TO_SHOW: usize = 12;

/// What the page says above the form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Notice {
    None,
    /// What was posted waits in this page.
    FormKept,
    /// What was posted could not be kept.
    FormLost,
    /// Something did not fit; which, is never said.
    Refused,
    /// The same, when a passkey was sent in the place of the code.
    PasskeyRefused,
    /// The session ended while the page stood open.
    Ended,
}

/// One page of the door: where to go after it, and the form that waits in it.
pub(super) struct Page {
    pub(super) next: DeskPath,
    pub(super) kept: Option<String>,
    pub(super) notice: Notice,
}

#[derive(Template)]
#[template(path = "sign_in.html")]
struct Door<'a> {
    summary: Option<ErrorSummary>,
    notice: Option<Markup>,
    title: String,
    lead: String,
    action: &'a str,
    next: &'a str,
    kept: Option<&'a str>,
    fields: Markup,
    button: String,
    passkey: Option<Markup>,
    sign_out: Option<SignOut>,
}

/// The part of a form that asks the browser for a passkey. Only the page's script shows and uses it; the form works without.
#[derive(Template)]
#[template(path = "passkey_part.html")]
pub(super) struct PasskeyPart<'a> {
    /// `get` or `create`, as browsers call it.
    kind: &'static str,
    /// Where the script asks for what the browser needs.
    options: String,
    wrong: Option<ErrorMessage>,
    button: Cow<'a, str>,
    waiting: Cow<'a, str>,
    known: Cow<'a, str>,
    stopped: Cow<'a, str>,
    broken: Cow<'a, str>,
}

impl<'a> PasskeyPart<'a> {
    pub(super) fn new(words: &'a Locale, kind: &'static str, options: String, button: &str) -> Self {
        Self {
            kind,
            options,
            wrong: None,
            button: words.text(button),
            waiting: words.text("passkey-waiting"),
            known: words.text("passkey-known"),
            stopped: words.text("passkey-stopped"),
            broken: words.text("passkey-broken"),
        }
    }

    /// What went wrong with the passkey that was sent.
    pub(super) fn wrong(mut self, wrong: Option<ErrorMessage>) -> Self {
        self.wrong = wrong;
        self
    }

    pub(super) fn markup(&self) -> Markup {
        Markup::of(self)
    }
}

struct SignOut {
    action: String,
    text: String,
}

#[derive(Template)]
#[template(path = "carry_on.html")]
struct CarryOn<'a> {
    words: &'a Locale,
    form: &'a KeptForm,
    texts: Vec<&'a str>,
    home: String,
}

/// The language that the browser asks for. The door sets no cookie for it.
pub(super) fn language(desk: &Desk, headers: &HeaderMap) -> Language {
    let (mut parts, ()) = axum::http::Request::new(()).into_parts();
    parts.headers = headers.clone();
    Language::of(&parts, &desk.face.locales)
}

/// Name, password and code.
pub(super) fn sign_in(desk: &Desk, language: &Language, page: &Page, name: &str, status: StatusCode) -> Response {
    let words = &*language.locale;
    let refused = match page.notice {
        Notice::Refused => Some("door-refused"),
        Notice::PasskeyRefused => Some("door-refused-passkey"),
        _ => None,
    };
    let error = refused.map(|text| ErrorMessage::new(words.text(text).into_owned(), words.text("error-prefix").into_owned()));
    let mut user = Input::new("name").label(words.text("door-name").into_owned()).value(name).error(error);
    user.autocomplete = Some("username".to_owned());
    user.spellcheck = Some(false);
    user.autocapitalize = Some("none".to_owned());
    let mut code = Input::new("code").label(words.text("door-code").into_owned()).hint(words.text("door-code-hint").into_owned());
    code.autocomplete = Some("one-time-code".to_owned());
    code.inputmode = Some("numeric".to_owned());
    code.classes = "govuk-input--width-10".into();
    let door = Door {
        summary: refused.map(|text| summary(words, text, "name")),
        notice: notice(words, page.notice),
        title: words.text("door-title").into_owned(),
        lead: words.text("door-lead").into_owned(),
        action: "/sign-in",
        next: page.next.as_str(),
        kept: page.kept.as_deref(),
        fields: Markup::join([user.into(), password(words).into(), code.into()]),
        button: words.text("door-button").into_owned(),
        passkey: desk.place.as_ref().map(|_| PasskeyPart::new(words, "get", language.href("/sign-in/passkey"), "door-passkey").markup()),
        sign_out: None,
    };
    whole(desk, language, &words.text("door-title"), refused.is_some(), status, &door)
}

/// The password alone: the session lives, its keys do not.
pub(super) fn locked(desk: &Desk, language: &Language, page: &Page, status: StatusCode) -> Response {
    let words = &*language.locale;
    let wrong = page.notice == Notice::Refused;
    let error = wrong.then(|| ErrorMessage::new(words.text("door-locked-refused").into_owned(), words.text("error-prefix").into_owned()));
    let door = Door {
        summary: wrong.then(|| summary(words, "door-locked-refused", "password")),
        notice: notice(words, page.notice),
        title: words.text("door-locked-title").into_owned(),
        lead: words.text("door-locked-lead").into_owned(),
        action: "/locked",
        next: page.next.as_str(),
        kept: page.kept.as_deref(),
        fields: password(words).error(error).into(),
        button: words.text("door-locked-button").into_owned(),
        passkey: None,
        sign_out: Some(SignOut { action: language.href("/sign-out"), text: words.text("desk-sign-out").into_owned() }),
    };
    whole(desk, language, &words.text("door-locked-title"), wrong, status, &door)
}

/// What the member wrote before the door closed, to be looked at and sent.
pub(super) fn carry_on(desk: &Desk, language: &Language, member: &Member, form: &KeptForm) -> Response {
    let words = &*language.locale;
    let texts = form.fields.iter().map(|(_, value)| value.as_str()).filter(|value| value.chars().count() > LONG_ENOUGH_TO_SHOW).collect();
    let body = CarryOn { words, form, texts, home: language.href("/") };
    DeskPage::new(&desk.face, language, words.text("door-kept-title"), body).hat(member.name.as_str(), "").into_response()
}

/// An act of the door failed for a reason that is not the member's.
pub(super) fn failed(desk: &Desk, language: &Language, error: &ActError) -> Response {
    broken(&desk.face, language, error)
}

/// The page for an act that failed.
pub(super) fn broken(face: &DeskSite, language: &Language, error: &ActError) -> Response {
    tracing::error!(%error, "an act at the desk failed");
    let trouble = match error {
        ActError::Store(error) if error.is_passing() => Trouble::Busy,
        _ => Trouble::Broken,
    };
    desk_trouble(face, language, trouble)
}

fn password(words: &Locale) -> PasswordInput {
    PasswordInput::new("password", words).label(words.text("door-password").into_owned())
}

fn summary(words: &Locale, message: &str, field: &str) -> ErrorSummary {
    ErrorSummary::new(words.text("error-summary-title").into_owned(), [ErrorItem::new(words.text(message).into_owned(), field)])
}

fn notice(words: &Locale, notice: Notice) -> Option<Markup> {
    let text = match notice {
        Notice::None | Notice::Refused | Notice::PasskeyRefused => return None,
        Notice::FormKept => "door-form-kept",
        Notice::FormLost => "door-form-lost",
        Notice::Ended => "door-ended",
    };
    Some(NotificationBanner::new(words.text("notice-title").into_owned(), words.text(text).into_owned()).into())
}

fn whole(desk: &Desk, language: &Language, title: &str, wrong: bool, status: StatusCode, body: &impl Template) -> Response {
    (status, DeskPage::new(&desk.face, language, title, body).error(wrong).own_heading()).into_response()
}
