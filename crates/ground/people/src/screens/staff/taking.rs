//! Taking a team's key from somebody who goes on working here, asked on a page of its own.

use askama::Template;
use axum::extract::{Path, State};
use axum::response::{IntoResponse as _, Redirect, Response};
use plainsight_pages::{Language, Locale};
use uuid::Uuid;

use super::member::find;
use super::{Administrator, PEOPLE_PAGE, Staff, failed, whole};
use crate::acts::team::remove_from_team;
use crate::error::ActError;

#[derive(Template)]
#[template(path = "staff/taking.html")]
struct Taking<'a> {
    words: &'a Locale,
    title: &'a str,
    action: String,
    back: String,
}

pub(super) async fn ask(
    State(staff): State<Staff>,
    who: Administrator,
    language: Language,
    Path((team, holder)): Path<(Uuid, Uuid)>,
) -> Response {
    let (it, teams) = match find(&staff, holder).await {
        Ok(found) => found,
        Err(error) => return failed(&staff.face, &language, &error),
    };
    // Only a holder makes the new key that this needs, and nobody takes it from themselves.
    let mine = who.signed_in.unlocked.newest(team).is_some() && holder != who.signed_in.member.id;
    let Some(team) = teams.iter().find(|held| held.id == team && mine) else {
        return failed(&staff.face, &language, &ActError::NotFound);
    };
    let words = &*language.locale;
    let title = words.with("people-take-title", &[("team", team.name.clone().into()), ("name", it.member.name.clone().into())]);
    let taking = Taking {
        words,
        title: &title,
        action: language.href(&format!("{PEOPLE_PAGE}/teams/{}/holders/{holder}/take", team.id)),
        back: language.href(PEOPLE_PAGE),
    };
    whole(&staff, &who.signed_in.member, &language, PEOPLE_PAGE, &title, false, &taking)
}

pub(super) async fn take(
    State(staff): State<Staff>,
    who: Administrator,
    language: Language,
    Path((team, holder)): Path<(Uuid, Uuid)>,
) -> Response {
    match remove_from_team(&staff.people, &who.signed_in.unlocked, team, holder).await {
        Ok(_) => Redirect::to(&language.href(&format!("{PEOPLE_PAGE}?done=taken"))).into_response(),
        // No page led here.
        Err(ActError::Yourself | ActError::NotAHolder) => failed(&staff.face, &language, &ActError::NotFound),
        Err(error) => failed(&staff.face, &language, &error),
    }
}
