//! Files at the desk: what is shown of them beside what was written, and the ways to the file origin.

pub(super) mod card;
mod continuity;
mod look;
mod original;
pub(super) mod put;

use std::sync::Arc;

use axum::Router;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use uuid::Uuid;

use plainsight_pages::Language;
use plainsight_people::SignedIn;

use super::{Desk, failed, works_here};
use crate::acts::clean::Cleaner;
use crate::acts::hand_out::draw;
use crate::acts::open::{Paper, hold_folder};
use crate::ticket::{Purpose, Tickets};
use crate::trouble::Trouble;

/// What the desk has for files: where they are cleaned, and the origin at which they are shown.
#[derive(Clone)]
pub(crate) struct Files {
    pub(crate) cleaner: Cleaner,
    pub(crate) tickets: Tickets,
    origin: Arc<str>,
}

impl Files {
    pub(crate) fn new(cleaner: Cleaner, origin: &str) -> Self {
        Self { cleaner, tickets: Tickets::default(), origin: origin.trim_end_matches('/').into() }
    }

    fn address(&self, token: &str) -> String {
        format!("{}/f/{token}", self.origin)
    }
}

pub(super) fn routes() -> Router<Desk> {
    Router::new()
        .route("/helpline/files/{folder}/add", get(put::show).post(put::send))
        .route("/helpline/files/{folder}/{file}/look", get(look::show))
        .route("/helpline/files/{folder}/{file}/small", get(small))
        .route("/helpline/files/{folder}/{file}/save", get(save))
        .route("/helpline/files/{folder}/{file}/clean", post(try_again))
        .route("/helpline/files/{folder}/{file}/continuity", get(continuity::show))
        .route("/helpline/files/{folder}/{file}/continuity.txt", get(continuity::file))
}

/// The pages of originals, before which the password is asked for again.
pub(super) fn fresh_routes() -> Router<Desk> {
    Router::new().route("/helpline/files/{folder}/{file}/original", get(original::show).post(original::send))
}

/// Begins to clean what waits in an opened folder. A fault is no reason not to show the folder.
pub(super) async fn clean(desk: &Desk, who: &SignedIn, folder: Uuid, papers: &[(Uuid, time::OffsetDateTime, Paper)]) {
    let Some(files) = &desk.files else { return };
    if let Err(error) = files.cleaner.begin(&desk.cabinet, who, folder, papers).await {
        tracing::error!(%error, "the cleaning of files could not begin");
    }
}

/// What leads to a file's own pages.
fn path(folder: Uuid, file: Uuid, act: &str) -> String {
    format!("/helpline/files/{folder}/{file}/{act}")
}

/// Where a file stands among what was written.
fn home(folder: Uuid, is_case: bool, file: Uuid) -> String {
    format!("/helpline/{}/{folder}#file-{file}", if is_case { "cases" } else { "contacts" })
}

async fn small(desk: State<Desk>, who: SignedIn, language: Language, ids: Path<(Uuid, Uuid)>) -> Response {
    to_origin(&desk, &who, &language, *ids, Purpose::Look).await
}

async fn save(desk: State<Desk>, who: SignedIn, language: Language, ids: Path<(Uuid, Uuid)>) -> Response {
    to_origin(&desk, &who, &language, *ids, Purpose::Save).await
}

/// Draws the ticket when it is needed: on a page that stood open for long it would be dead.
async fn to_origin(desk: &Desk, who: &SignedIn, language: &Language, ids: (Uuid, Uuid), purpose: Purpose) -> Response {
    match address(desk, who, ids, purpose).await {
        Ok(address) => Redirect::to(&address).into_response(),
        Err(error) => failed(desk, language, &error),
    }
}

/// The address at which a cleaned copy may be fetched from now on.
async fn address(desk: &Desk, who: &SignedIn, ids: (Uuid, Uuid), purpose: Purpose) -> Result<String, Trouble> {
    works_here(who)?;
    let files = desk.files.as_ref().ok_or(Trouble::NotFound)?;
    Ok(files.address(&draw(&desk.cabinet, &files.tickets, who, ids, purpose).await?))
}

async fn try_again(State(desk): State<Desk>, who: SignedIn, language: Language, Path((folder, file)): Path<(Uuid, Uuid)>) -> Response {
    let done = async {
        works_here(&who)?;
        let files = desk.files.as_ref().ok_or(Trouble::NotFound)?;
        files.cleaner.try_again(&desk.cabinet, &who, folder, file).await?;
        let (_, header) = hold_folder(&desk.cabinet, &who, folder).await?;
        Ok(home(folder, header.is_case(), file))
    };
    match done.await {
        Ok(home) => Redirect::to(&language.href(&home)).into_response(),
        Err(error) => failed(&desk, &language, &error),
    }
}
