//! Resetting an account: asked on a page of its own, and answered once with what has to be handed over.

use askama::Template;
use axum::extract::{Path, State};
use axum::response::Response;
use plainsight_ledger::Actor;
use plainsight_pages::{Language, Locale, Markup};
use uuid::Uuid;

use super::joining::{Once, handed_over};
use super::member::{find, key_names, lost_warning};
use super::{Administrator, PEOPLE_PAGE, Staff, failed, whole};
use crate::acts::member::reset_member;
use crate::error::ActError;

#[derive(Template)]
#[template(path = "staff/reset.html")]
struct Reset<'a> {
    words: &'a Locale,
    title: &'a str,
    sign_in_name: &'a str,
    /// Teams whose key only this member holds.
    lost: Markup,
    keys: String,
    myself: bool,
    action: String,
    back: String,
}

pub(super) async fn ask(State(staff): State<Staff>, who: Administrator, language: Language, Path(id): Path<Uuid>) -> Response {
    page(&staff, &who, &language, id, false).await
}

async fn page(staff: &Staff, who: &Administrator, language: &Language, id: Uuid, wrong: bool) -> Response {
    let words = &*language.locale;
    let (it, teams) = match find(staff, id).await {
        Ok((it, _)) if it.closed => return failed(staff, language, &ActError::NotFound),
        Ok(found) => found,
        Err(error) => return failed(staff, language, &error),
    };
    let title = words.with("people-reset-title", &[("name", it.member.name.clone().into())]);
    let reset = Reset {
        words,
        title: &title,
        sign_in_name: &it.sign_in_name,
        lost: lost_warning(words, &teams, id),
        keys: key_names(&teams),
        myself: id == who.signed_in.member.id,
        action: language.href(&format!("{PEOPLE_PAGE}/{id}/reset")),
        back: language.href(&format!("{PEOPLE_PAGE}/{id}")),
    };
    whole(staff, &who.signed_in.member, language, PEOPLE_PAGE, &title, wrong, &reset)
}

pub(super) async fn reset(State(staff): State<Staff>, who: Administrator, language: Language, Path(id): Path<Uuid>) -> Response {
    // Whoever resets their own account loses every key they hold, and nobody else said that it was meant.
    if id == who.signed_in.member.id {
        return page(&staff, &who, &language, id, true).await;
    }
    let (it, _) = match find(&staff, id).await {
        Ok(found) => found,
        Err(error) => return failed(&staff, &language, &error),
    };
    match reset_member(&staff.people, Actor::Member(who.signed_in.member.id), id, None).await {
        Ok(handed) => {
            let once =
                Once { title: "people-reset-done", lead: "people-reset-done-lead", name: &it.member.name, sign_in_name: &it.sign_in_name };
            handed_over(&staff, &who, &language, &once, &handed)
        }
        Err(error) => failed(&staff, &language, &error),
    }
}
