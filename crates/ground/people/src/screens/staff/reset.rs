//! Resetting an account: asked on a page of its own, and answered once with what has to be handed over.

use axum::extract::{Path, State};
use axum::response::Response;
use plainsight_ledger::Actor;
use plainsight_pages::Language;
use uuid::Uuid;

use super::joining::{Once, handed_over};
use super::losing::RESET;
use super::member::find;
use super::{Administrator, Staff, failed};
use crate::acts::member::reset_member;
use crate::error::ActError;

pub(super) async fn ask(State(staff): State<Staff>, who: Administrator, language: Language, Path(id): Path<Uuid>) -> Response {
    page(&staff, &who, &language, id, false).await
}

async fn page(staff: &Staff, who: &Administrator, language: &Language, id: Uuid, wrong: bool) -> Response {
    match find(staff, id).await {
        Ok((it, _)) if it.closed => failed(&staff.face, language, &ActError::NotFound),
        Ok((it, teams)) => RESET.page(staff, who, language, (&it, &teams), wrong),
        Err(error) => failed(&staff.face, language, &error),
    }
}

pub(super) async fn reset(State(staff): State<Staff>, who: Administrator, language: Language, Path(id): Path<Uuid>) -> Response {
    // Whoever resets their own account loses every key they hold, and nobody else said that it was meant.
    if id == who.signed_in.member.id {
        return page(&staff, &who, &language, id, true).await;
    }
    let (it, _) = match find(&staff, id).await {
        Ok(found) => found,
        Err(error) => return failed(&staff.face, &language, &error),
    };
    match reset_member(&staff.people, Actor::Member(who.signed_in.member.id), id, None).await {
        Ok(handed) => {
            let once =
                Once { title: "people-reset-done", lead: "people-reset-done-lead", name: &it.member.name, sign_in_name: &it.sign_in_name };
            handed_over(&staff, &who, &language, &once, &handed)
        }
        Err(error) => failed(&staff.face, &language, &error),
    }
}
