//! A copy in words: what is kept, where it came from, to whom it was passed, and what can be asked (Article 15 of the UK GDPR). It is
//! plain text, so that it can be printed, sent or read aloud; what was given stands in the case as it was given.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use uuid::Uuid;

use plainsight_pages::{Language, Locale};
use plainsight_people::SignedIn;
use plainsight_vocabulary::Supervisor;

use super::passages::Prepared;
use crate::acts::case::open;
use crate::asked::LeftOut;
use crate::case::What;
use crate::copy_draft::Decided;
use crate::reference::case_reference;
use crate::screens::bits::unmarked;
use crate::screens::desk::{Desk, failed, supervises, whole};
use crate::trouble::Trouble;

/// The copy in a language, word for word as it will be given. What nobody decided on is not in it.
pub(super) fn compose(desk: &Desk, words: &Locale, prepared: &Prepared) -> String {
    let text = |id: &str| words.text(id).into_owned();
    let now = desk.cabinet.now();
    let mut parts = vec![text("copy-title"), words.with("copy-day", &[("date", words.date(now, desk.offset(now)).as_str().into())])];
    if let Some(name) = &desk.settings.controller.name {
        parts.push(words.with("privacy-controller", &[("name", name.as_str().into())]));
    }
    parts.push(text("copy-why"));
    parts.push(text("copy-source"));
    let given = prepared.passages.iter().filter(|passage| prepared.decided(passage) == Some(Decided::Give));
    let given: Vec<(&str, &str)> = given.map(|passage| (passage.kind, prepared.words(passage))).collect();
    let passed = given.iter().any(|(kind, _)| *kind == "copy-kind-referral");
    parts.push(text(if passed { "copy-passed" } else { "copy-not-passed" }));
    parts.push(text("copy-rights"));
    let supervisor = desk.settings.jurisdictions.first().and_then(|first| Supervisor::of(&first.id));
    if let Some(supervisor) = supervisor {
        parts.push(format!("{} {}: {}", text("complain-supervisor"), text(supervisor.key), supervisor.web));
    }
    parts.push(text(if given.is_empty() { "copy-nothing" } else { "copy-below" }));
    parts.extend(given.iter().map(|(kind, said)| format!("{}\n\n{}", text(kind).to_uppercase(), said.trim())));
    parts.extend(left_out(words, prepared));
    unmarked(&parts.join("\n\n"))
}

/// That something was left out because it is about somebody else. No other ground is named: that somebody told us, that somebody is
/// in danger by it or that a crime is looked into is what must not be told. The last sentence stands in every copy.
fn left_out(words: &Locale, prepared: &Prepared) -> Vec<String> {
    let others = prepared.passages.iter().any(|passage| prepared.decided(passage) == Some(Decided::LeaveOut(LeftOut::Others)));
    let named = others.then_some("copy-left-others");
    named.into_iter().chain(["copy-left-perhaps"]).map(|id| words.text(id).into_owned()).collect()
}

#[derive(Template)]
#[template(path = "desk/asked/given.html")]
struct Given<'a> {
    words: &'a Locale,
    reference: String,
    text: &'a str,
    file: String,
    back: String,
}

async fn find(desk: &Desk, who: &SignedIn, case: Uuid, number: u32) -> Result<String, Trouble> {
    supervises(who)?;
    let opened = open(&desk.cabinet, who, case).await?;
    let main = opened.main().ok_or(Trouble::NotFound)?;
    let entry = main.entries.iter().flatten().find(|entry| entry.number == number).ok_or(Trouble::NotFound)?;
    match &entry.what {
        What::Answered { copy: Some(copy), .. } => Ok(copy.clone()),
        _ => Err(Trouble::NotFound),
    }
}

/// A copy that was given, to read and to print.
pub(in crate::screens::desk) async fn show(
    State(desk): State<Desk>,
    who: SignedIn,
    language: Language,
    Path((case, number)): Path<(Uuid, u32)>,
) -> Response {
    let words = &*language.locale;
    match find(&desk, &who, case, number).await {
        Ok(text) => {
            let given = Given {
                words,
                reference: case_reference(case),
                text: &text,
                file: language.href(&format!("/helpline/cases/{case}/copies/{number}/file")),
                back: language.href(&format!("/helpline/cases/{case}")),
            };
            whole(&desk, &who, &language, &words.text("desk-copy-given"), false, &given)
        }
        Err(error) => failed(&desk, &language, &error),
    }
}

/// The same as a file, to send.
pub(in crate::screens::desk) async fn file(
    State(desk): State<Desk>,
    who: SignedIn,
    language: Language,
    Path((case, number)): Path<(Uuid, u32)>,
) -> Response {
    match find(&desk, &who, case, number).await {
        Ok(text) => {
            let headers = [(CONTENT_TYPE, "text/plain; charset=utf-8"), (CONTENT_DISPOSITION, "attachment; filename=\"copy.txt\"")];
            (headers, text).into_response()
        }
        Err(error) => failed(&desk, &language, &error),
    }
}
