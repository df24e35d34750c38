//! Files that a member brings: a form on the page of a contact or a case, and a page of its own where something has to be mended.

use askama::Template;
use axum::extract::{Path, Request, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use uuid::Uuid;

use plainsight_pages::components::{ErrorMessage, ErrorSummary, Textarea};
use plainsight_pages::{Language, Locale, Markup};
use plainsight_people::SignedIn;

use crate::acts::bring::bring;
use crate::acts::open::hold_folder;
use crate::acts::stow::{Stowing, begin, take_back};
use crate::attached::Stowed;
use crate::chosen::MOST_FILES;
use crate::report::LONGEST_TEXT;
use crate::screens::desk::{Desk, failed, summary, whole, works_here};
use crate::screens::posted::{Cut, FileHead, Posted};
use crate::trouble::Trouble;

/// The field of the files.
const FILES: &str = "files";
/// The field of what is said of them.
const NOTE: &str = "file-note";

#[derive(Template)]
#[template(path = "desk/files/put.html")]
struct Form<'a> {
    words: &'a Locale,
    action: String,
    note: Textarea,
    error: Option<ErrorMessage>,
    /// It stands on a page of its own.
    alone: bool,
}

#[derive(Template)]
#[template(path = "desk/files/add.html")]
struct Page<'a> {
    words: &'a Locale,
    summary: Option<ErrorSummary>,
    back: String,
    form: Markup,
}

/// The form, folded, for the page of a folder.
pub(in crate::screens::desk) fn form(words: &Locale, language: &Language, folder: Uuid) -> Markup {
    filled(words, language, folder, ("", &[]), false)
}

fn filled(words: &Locale, language: &Language, folder: Uuid, (note, problems): (&str, &[(&'static str, String)]), alone: bool) -> Markup {
    let error = |field: &str| {
        let (_, problem) = problems.iter().find(|(each, _)| *each == field)?;
        Some(ErrorMessage::new(problem.clone(), words.text("error-prefix").into_owned()))
    };
    Markup::of(&Form {
        words,
        action: language.href(&format!("/helpline/files/{folder}/add")),
        note: Textarea::new(NOTE).label(words.text("evidence-note").into_owned()).value(note).error(error(NOTE)).rows(2),
        error: error(FILES).map(|error| ErrorMessage { id: Some(format!("{FILES}-error")), ..error }),
        alone,
    })
}

pub(super) async fn show(State(desk): State<Desk>, who: SignedIn, language: Language, Path(folder): Path<Uuid>) -> Response {
    page(&desk, &who, &language, folder, ("", &[])).await
}

async fn page(
    desk: &Desk,
    who: &SignedIn,
    language: &Language,
    folder: Uuid,
    (note, problems): (&str, &[(&'static str, String)]),
) -> Response {
    let words = &*language.locale;
    let home = match home(desk, who, folder).await {
        Ok(home) => home,
        Err(error) => return failed(desk, language, &error),
    };
    let form = filled(words, language, folder, (note, problems), true);
    let page = Page { words, summary: summary(words, problems), back: language.href(&home), form };
    let status = if problems.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    (status, whole(desk, who, language, &words.text("evidence-put"), !problems.is_empty(), &page)).into_response()
}

async fn home(desk: &Desk, who: &SignedIn, folder: Uuid) -> Result<String, Trouble> {
    works_here(who)?;
    let (_, header) = hold_folder(&desk.cabinet, who, folder).await?;
    Ok(format!("/helpline/{}/{folder}", if header.is_case() { "cases" } else { "contacts" }))
}

pub(super) async fn send(
    State(desk): State<Desk>,
    who: SignedIn,
    language: Language,
    Path(folder): Path<Uuid>,
    request: Request,
) -> Response {
    // Before a byte is read: whoever holds no key stows nothing.
    let home = match home(&desk, &who, folder).await {
        Ok(home) => home,
        Err(error) => return failed(&desk, &language, &error),
    };
    let mut posted = match Posted::open(request).await {
        Ok(posted) => posted,
        Err(answer) => return answer,
    };
    let (stowed, mut problem) = match stow(&desk, &mut posted).await {
        Ok(done) => done,
        Err(error) => return failed(&desk, &language, &error),
    };
    let words = &*language.locale;
    let note = posted.fields.text(NOTE).trim().to_owned();
    let mut problems = Vec::new();
    if note.chars().count() > LONGEST_TEXT {
        problems.push((NOTE, words.with("desk-error-too-long", &[("longest", LONGEST_TEXT.into())])));
    }
    if stowed.is_empty() && problem.is_none() {
        problem = Some("evidence-wrong-none");
    }
    problems.extend(problem.map(|problem| (FILES, words.text(problem).into_owned())));
    if problems.is_empty() {
        return match bring(&desk.cabinet, &who, folder, &stowed, &note).await {
            Ok(()) => Redirect::to(&language.href(&home)).into_response(),
            Err(error) => failed(&desk, &language, &error),
        };
    }
    // All or none: a browser chooses no file by itself again, so whoever mends it chooses all of them again.
    for file in &stowed {
        if let Err(error) = take_back(&desk.cabinet, file.id).await {
            tracing::error!(%error, "a file that is not wanted lies here until its day is over");
        }
    }
    page(&desk, &who, &language, folder, (&note, &problems)).await
}

/// Stows the files of a form as they come. What is wrong with one of them is told about all.
async fn stow(desk: &Desk, posted: &mut Posted) -> Result<(Vec<Stowed>, Option<&'static str>), Trouble> {
    let (mut stowed, mut problem) = (Vec::new(), None);
    loop {
        let head = match posted.next_file().await {
            Ok(Some(head)) => head,
            Ok(None) => break,
            Err(_) => {
                problem = Some("evidence-wrong-cut");
                break;
            }
        };
        if head.field != FILES {
            continue;
        }
        if stowed.len() == MOST_FILES {
            problem = Some("evidence-wrong-many");
            break;
        }
        match one(desk, posted, head).await {
            Ok(file) => stowed.push(file),
            Err(Trouble::FileTooLarge) => problem = Some("evidence-wrong-large"),
            Err(Trouble::FileEmpty) => problem = Some("evidence-wrong-empty"),
            Err(Trouble::FileGone) => problem = Some("evidence-wrong-cut"),
            Err(error) => return Err(error),
        }
    }
    if posted.was_cut() {
        problem = Some("evidence-wrong-cut");
    }
    Ok((stowed, problem))
}

async fn one(desk: &Desk, posted: &mut Posted, head: FileHead) -> Result<Stowed, Trouble> {
    let (id, key) = begin(&desk.cabinet).await?;
    let mut stowing = Stowing::new(&desk.cabinet, id, key.clone());
    let streamed = async {
        loop {
            match posted.chunk().await {
                Ok(Some(bytes)) => stowing.push(&bytes).await?,
                Ok(None) => return stowing.finish().await,
                Err(Cut) => return Err(Trouble::FileGone),
            }
        }
    };
    match streamed.await {
        Ok(streamed) => Ok(Stowed { id, key, name: head.name, size: streamed.size, hash: streamed.hash }),
        Err(error) => {
            take_back(&desk.cabinet, id).await?;
            Err(error)
        }
    }
}
