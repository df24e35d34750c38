//! Is the chain whole? The same verification as `plainsight ledger verify`, with signed heads to print and to keep elsewhere.

use askama::Template;
use axum::extract::{Form, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use plainsight_ledger::{SignedHead, UntrustedHead, Why};
use plainsight_pages::components::{ErrorMessage, ErrorSummary, Textarea};
use plainsight_pages::{Language, Locale};
use serde::Deserialize;

use super::filters::summary;
use super::{Auditing, Auditor, Tab, failed, whole, zone_name};
use crate::acts::audit::{Checked, check};

#[derive(Template)]
#[template(path = "ledger/chain.html")]
struct Chain<'a> {
    words: &'a Locale,
    summary: Option<ErrorSummary>,
    now: String,
    /// When the head was signed that was compared with, and of which zone it is.
    compared: Option<String>,
    books: Vec<Shown>,
    action: String,
    field: Textarea,
}

struct Shown {
    zone: String,
    end: Result<Whole, String>,
}

struct Whole {
    entries: String,
    head: String,
}

#[derive(Default, Deserialize)]
pub(super) struct Kept {
    #[serde(default)]
    head: String,
}

pub(super) async fn show(State(auditing): State<Auditing>, auditor: Auditor, language: Language) -> Response {
    page(&auditing, &auditor, &language, "").await
}

/// Compares the chain with a head that was signed before: only this finds an end that was cut off or written anew.
pub(super) async fn compare(State(auditing): State<Auditing>, auditor: Auditor, language: Language, Form(kept): Form<Kept>) -> Response {
    page(&auditing, &auditor, &language, &kept.head).await
}

async fn page(auditing: &Auditing, auditor: &Auditor, language: &Language, typed: &str) -> Response {
    let words = &*language.locale;
    let (before, wrong) = match read(auditing, typed) {
        Ok(before) => (before, None),
        Err(wrong) => (None, Some(("head", wrong))),
    };
    let checked = match check(&auditing.people, auditor.signed_in.member.id, &auditing.books, &auditing.key, before.as_ref()).await {
        Ok(checked) => checked,
        Err(error) => return failed(auditing, language, &error),
    };
    let now = auditing.people.now();
    let error = wrong.map(|(_, id)| ErrorMessage::new(words.text(id).into_owned(), words.text("error-prefix").into_owned()));
    let chain = Chain {
        words,
        summary: summary(words, wrong.as_slice()),
        now: words.with("ledger-checked", &[("time", words.date_time(now, auditing.offset(now)).into())]),
        compared: before.map(|head| {
            let (zone, signed) = (zone_name(words, head.zone()), words.date_time(head.signed(), auditing.offset(head.signed())));
            words.with("ledger-compared", &[("zone", zone.into()), ("time", signed.into())])
        }),
        books: checked.iter().map(|checked| shown(words, checked)).collect(),
        action: language.href("/ledger/chain"),
        field: Textarea::new("head")
            .label(words.text("ledger-head").into_owned())
            .hint(words.text("ledger-head-hint").into_owned())
            .value(typed)
            .error(error)
            .rows(9),
    };
    let title = words.text("ledger-chain");
    let page = whole(auditing, auditor, language, Tab::Chain, &title, wrong.is_some(), &chain);
    if wrong.is_some() { (StatusCode::UNPROCESSABLE_ENTITY, page).into_response() } else { page }
}

/// The head that was typed or pasted, if this instance signed it for one of its chains; nothing where nothing was typed.
fn read(auditing: &Auditing, typed: &str) -> Result<Option<SignedHead>, &'static str> {
    if typed.trim().is_empty() {
        return Ok(None);
    }
    let head = UntrustedHead::parse(typed).map_err(|_| "ledger-wrong-head")?;
    let head = head.trust(&auditing.key.verifying_key()).map_err(|_| "ledger-wrong-signature")?;
    let ours = head.organisation() == auditing.people.organisation() && auditing.books.iter().any(|book| book.zone == head.zone());
    if ours { Ok(Some(head)) } else { Err("ledger-wrong-chain") }
}

fn shown(words: &Locale, checked: &Checked) -> Shown {
    let end = match &checked.end {
        Ok(head) => Ok(Whole { entries: words.with("ledger-whole", &[("count", head.entries().into())]), head: head.to_text() }),
        Err(broken) => {
            let why = words.text(why(broken.why)).into_owned();
            Err(words.with("ledger-broken", &[("number", broken.at.into()), ("why", why.into())]))
        }
    };
    Shown { zone: zone_name(words, checked.zone), end }
}

fn why(why: Why) -> &'static str {
    match why {
        Why::Missing => "ledger-why-missing",
        Why::Changed => "ledger-why-changed",
        Why::UnknownVersion => "ledger-why-version",
        Why::OtherEnd => "ledger-why-end",
        Why::CutOff => "ledger-why-cut-off",
        Why::Rewritten => "ledger-why-rewritten",
        Why::OtherChain => "ledger-why-other-chain",
    }
}
