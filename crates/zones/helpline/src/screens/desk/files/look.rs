//! A cleaned copy on a page of its own: somebody asked to see or hear it.

use askama::Template;
use axum::extract::{Path, State};
use axum::response::Response;
use uuid::Uuid;

use plainsight_media::Kind;
use plainsight_pages::{Language, Locale};
use plainsight_people::SignedIn;

use super::card::{Shows, alt, shows};
use super::{address, home, path};
use crate::acts::open::{hold_folder, read_papers};
use crate::exhibit::exhibits;
use crate::reference::file_reference;
use crate::screens::desk::{Desk, failed, whole, works_here};
use crate::ticket::Purpose;
use crate::trouble::Trouble;

#[derive(Template)]
#[template(path = "desk/files/look.html")]
struct Look<'a> {
    words: &'a Locale,
    reference: String,
    kind: String,
    alt: String,
    shows: Shows,
    address: String,
    save: String,
    back: String,
}

pub(super) async fn show(State(desk): State<Desk>, who: SignedIn, language: Language, Path(ids): Path<(Uuid, Uuid)>) -> Response {
    match build(&desk, &who, &language, ids).await {
        Ok(look) => whole(&desk, &who, &language, &look.reference, false, &look),
        Err(error) => failed(&desk, &language, &error),
    }
}

async fn build<'a>(desk: &Desk, who: &SignedIn, language: &'a Language, (folder, file): (Uuid, Uuid)) -> Result<Look<'a>, Trouble> {
    works_here(who)?;
    let words = &*language.locale;
    let (_, header) = hold_folder(&desk.cabinet, who, folder).await?;
    let (_, papers) = read_papers(&desk.cabinet, who, folder).await?;
    let found = exhibits(&papers);
    let exhibit = found.iter().find(|exhibit| exhibit.id == file).ok_or(Trouble::NotFound)?;
    let (_, copy) = exhibit.copy().ok_or(Trouble::NotFound)?;
    let kind = Kind::parse(&copy.kind).ok_or(Trouble::NotFound)?;
    let shows = shows(kind);
    Ok(Look {
        words,
        alt: alt(words, file),
        reference: file_reference(file),
        kind: words.text(&format!("evidence-kind-{}", kind.name())).into_owned(),
        shows,
        address: if shows == Shows::Nothing { String::new() } else { address(desk, who, (folder, file), Purpose::Look).await? },
        save: language.href(&path(folder, file, "save")),
        back: language.href(&home(folder, header.is_case(), file)),
    })
}
