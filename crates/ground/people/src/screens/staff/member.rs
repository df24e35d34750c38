//! One member: who they are, which languages they speak, and the end of their account on a page of its own.

use askama::Template;
use axum::extract::{Form as Posted, Path, Query, State};
use axum::response::{IntoResponse as _, Redirect, Response};
use plainsight_ledger::Actor;
use plainsight_pages::components::ErrorSummary;
use plainsight_pages::{Language, Locale, Markup, Typed};
use serde::Deserialize;
use uuid::Uuid;

use super::filled::Filled;
use super::losing::END;
use super::members::state;
use super::{Administrator, PEOPLE_PAGE, Staff, banner, failed, role_names, whole};
use crate::acts::member::{Listed, close_member, list_members, set_languages};
use crate::acts::rota::pager;
use crate::acts::team::{TeamListed, list_teams};
use crate::error::ActError;

/// What was done just now.
#[derive(Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct Done {
    done: String,
}

#[derive(Template)]
#[template(path = "staff/member.html")]
struct Shown<'a> {
    words: &'a Locale,
    summary: Option<ErrorSummary>,
    notice: Markup,
    it: &'a Listed,
    state: Markup,
    roles: String,
    keys: String,
    languages: Markup,
    action: String,
    pager: String,
    /// Nothing of a closed account is changed.
    ways: Option<Ways>,
    back: String,
}

/// The pages on which a member is changed.
struct Ways {
    roles: String,
    pager: String,
    reset: String,
    end: String,
}

/// A member with an account, and the teams whose key they hold.
pub(super) async fn find(staff: &Staff, id: Uuid) -> Result<(Listed, Vec<TeamListed>), ActError> {
    let listed = list_members(&staff.people).await?;
    let found = listed.into_iter().find(|it| it.member.id == id).ok_or(ActError::NotFound)?;
    let mut teams = list_teams(&staff.people, staff.people.now()).await?;
    teams.retain(|team| team.holders.contains(&id));
    Ok((found, teams))
}

pub(super) fn key_names(teams: &[TeamListed]) -> String {
    teams.iter().map(|team| team.name.as_str()).collect::<Vec<_>>().join(", ")
}

pub(super) async fn show(
    State(staff): State<Staff>,
    who: Administrator,
    language: Language,
    Path(id): Path<Uuid>,
    Query(done): Query<Done>,
) -> Response {
    page(&staff, &who, &language, id, &done, None).await
}

async fn page(staff: &Staff, who: &Administrator, language: &Language, id: Uuid, done: &Done, filled: Option<Filled>) -> Response {
    let words = &*language.locale;
    let (it, teams) = match find(staff, id).await {
        Ok(found) => found,
        Err(error) => return failed(&staff.face, language, &error),
    };
    let filled = filled.unwrap_or_else(|| Filled::new(Typed::from_pairs([("languages", it.member.speaks.join(" "))])));
    let saved = match done.done.as_str() {
        _ if filled.is_wrong() => "",
        "languages" => "people-done-languages",
        "roles" => "people-done-roles",
        "pager" => "people-done-pager",
        _ => "",
    };
    let address = if it.closed { None } else { pager(&staff.people, id).await.ok().flatten() };
    let here = format!("{PEOPLE_PAGE}/{id}");
    let shown = Shown {
        words,
        summary: filled.summary(words),
        notice: if saved.is_empty() { Markup::default() } else { banner(words, words.text(saved).into_owned()) },
        state: state(staff, words, &it),
        roles: role_names(words, &it.member),
        keys: key_names(&teams),
        languages: filled.input(words, "languages", "people-languages").hint(words.text("people-languages-hint")).into(),
        action: language.href(&format!("{here}/languages")),
        pager: address.map(|address| address.to_string()).unwrap_or_default(),
        ways: (!it.closed).then(|| Ways {
            roles: language.href(&format!("{here}/roles")),
            pager: language.href(&format!("{here}/pager")),
            reset: language.href(&format!("{here}/reset")),
            end: language.href(&format!("{here}/end")),
        }),
        back: language.href(PEOPLE_PAGE),
        it: &it,
    };
    whole(staff, &who.signed_in.member, language, PEOPLE_PAGE, &it.member.name, filled.is_wrong(), &shown)
}

pub(super) async fn languages(
    State(staff): State<Staff>,
    who: Administrator,
    language: Language,
    Path(id): Path<Uuid>,
    Posted(typed): Posted<Typed>,
) -> Response {
    let tags: Vec<String> =
        typed.get("languages").split([' ', ',', ';']).map(str::trim).filter(|tag| !tag.is_empty()).map(str::to_owned).collect();
    match set_languages(&staff.people, Actor::Member(who.signed_in.member.id), id, &tags).await {
        Ok(()) => Redirect::to(&language.href(&format!("{PEOPLE_PAGE}/{id}?done=languages"))).into_response(),
        Err(ActError::LanguageTag(tag)) => {
            let mut form = Filled::new(typed);
            form.add_with(&language.locale, "languages", "people-wrong-language", &[("tag", tag.into())]);
            page(&staff, &who, &language, id, &Done::default(), Some(form)).await
        }
        Err(error) => failed(&staff.face, &language, &error),
    }
}

/// What ends with the account, before it ends.
pub(super) async fn ask_end(State(staff): State<Staff>, who: Administrator, language: Language, Path(id): Path<Uuid>) -> Response {
    end_page(&staff, &who, &language, id, false).await
}

async fn end_page(staff: &Staff, who: &Administrator, language: &Language, id: Uuid, wrong: bool) -> Response {
    match find(staff, id).await {
        Ok((it, _)) if it.closed => Redirect::to(&language.href(&format!("{PEOPLE_PAGE}/{id}"))).into_response(),
        Ok((it, teams)) => END.page(staff, who, language, (&it, &teams), wrong),
        Err(error) => failed(&staff.face, language, &error),
    }
}

pub(super) async fn end(State(staff): State<Staff>, who: Administrator, language: Language, Path(id): Path<Uuid>) -> Response {
    // Whoever ends their own account leaves nobody who could say that it was meant, and perhaps no administrator.
    if id == who.signed_in.member.id {
        return end_page(&staff, &who, &language, id, true).await;
    }
    match close_member(&staff.people, Actor::Member(who.signed_in.member.id), id).await {
        Ok(()) => Redirect::to(&language.href(&format!("{PEOPLE_PAGE}?done=ended"))).into_response(),
        // Ended already, or nobody: the list says which.
        Err(ActError::NotFound) => Redirect::to(&language.href(PEOPLE_PAGE)).into_response(),
        Err(error) => failed(&staff.face, &language, &error),
    }
}
