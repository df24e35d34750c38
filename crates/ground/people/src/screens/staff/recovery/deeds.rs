//! What is done on the page of recovery, each with a password that was typed just now.

use axum::extract::{Form as Posted, Path, State};
use axum::response::{IntoResponse as _, Redirect, Response};
use plainsight_pages::components::{CheckboxItem, Checkboxes, SelectItem, Textarea};
use plainsight_pages::{Language, Locale, Markup, Typed};
use uuid::Uuid;

use super::super::filled::Filled;
use super::super::grants::conflict_words;
use super::super::{Colleague, Staff, failed};
use super::{Done, RECOVERY_PAGE, Seen, page};
use crate::acts::recovery::{agree, ask, cover_teams, finish, stop, try_share};
use crate::error::ActError;
use crate::recovery::RecoveryRefused;
use crate::screens::SignedIn;

/// To the page with a word of what was done, or back to it with what is wrong beside the field.
async fn answer<T>(
    staff: &Staff,
    who: &Colleague,
    language: &Language,
    outcome: Result<T, ActError>,
    done: &str,
    (mut form, field): (Filled, &str),
) -> Response {
    match outcome {
        Ok(_) => Redirect::to(&language.href(&format!("{RECOVERY_PAGE}?done={done}"))).into_response(),
        Err(error) => match refusal(staff, &language.locale, &error) {
            Some(text) => {
                form.say(field, text);
                page(staff, who, language, &Done::default(), &form).await
            }
            None => failed(&staff.face, language, &error),
        },
    }
}

/// Why the rules of the house refuse it, in words; nothing for what is no rule.
pub(super) fn refusal(staff: &Staff, words: &Locale, error: &ActError) -> Option<String> {
    let refused = match error {
        ActError::Recovery(refused) => refused,
        ActError::NotAHolder => return Some(words.text("people-wrong-holder").into_owned()),
        ActError::NoRoleInZone => return Some(words.text("people-wrong-zone").into_owned()),
        ActError::RoleConflict(conflict) => return Some(conflict_words(words, conflict)),
        _ => return None,
    };
    let id = match refused {
        RecoveryRefused::TooEarly { until } => {
            return Some(words.with("recovery-time-until", &[("moment", staff.date_time(words, *until).into())]));
        }
        RecoveryRefused::TooFew { agreed, need } => {
            let variables = [("count", (*agreed).into()), ("need", u32::from(*need).into())];
            return Some(words.with("recovery-wrong-few", &variables));
        }
        RecoveryRefused::NoKey => "recovery-concern-none",
        RecoveryRefused::UsedUp => "recovery-concern-used",
        RecoveryRefused::NotCovered => "recovery-wrong-uncovered",
        RecoveryRefused::NotAnOfficer => "recovery-wrong-officer",
        RecoveryRefused::AgreedAlready => "recovery-wrong-again",
        RecoveryRefused::NotToldYet => "recovery-time-untold",
        RecoveryRefused::Over => "recovery-wrong-over",
        RecoveryRefused::NotForYou => "recovery-wrong-not-you",
        RecoveryRefused::OtherAccount => "recovery-wrong-account",
        RecoveryRefused::Teams => "recovery-wrong-teams",
        RecoveryRefused::Reason => "recovery-wrong-reason",
        RecoveryRefused::NotOurRow | RecoveryRefused::NotSigned | RecoveryRefused::OtherShare | RecoveryRefused::OtherKey => {
            tracing::error!(%refused, "a recovery is not in order");
            "recovery-wrong-damaged"
        }
        RecoveryRefused::Numbers => "recovery-wrong-numbers",
        RecoveryRefused::StillNeeded => "recovery-wrong-needed",
        RecoveryRefused::AskedFor => "recovery-wrong-asked-for",
    };
    Some(words.text(id).into_owned())
}

pub(in super::super) async fn drill(State(staff): State<Staff>, who: Colleague, language: Language, Path(zone): Path<String>) -> Response {
    let tried = try_share(&staff.people, &who.signed_in.unlocked, &zone).await;
    answer(&staff, &who, &language, tried, "tried", (Filled::default(), &format!("zone-{zone}"))).await
}

pub(in super::super) async fn cover(State(staff): State<Staff>, who: Colleague, language: Language, Path(zone): Path<String>) -> Response {
    let covered = cover_teams(&staff.people, &who.signed_in.unlocked, &zone).await;
    answer(&staff, &who, &language, covered, "covered", (Filled::default(), &format!("zone-{zone}"))).await
}

pub(in super::super) async fn agree_to(State(staff): State<Staff>, who: Colleague, language: Language, Path(id): Path<Uuid>) -> Response {
    let agreed = agree(&staff.people, &who.signed_in.unlocked, id).await;
    answer(&staff, &who, &language, agreed, "agreed", (Filled::default(), &format!("request-{id}"))).await
}

pub(in super::super) async fn stop_it(State(staff): State<Staff>, who: Colleague, language: Language, Path(id): Path<Uuid>) -> Response {
    let stopped = stop(&staff.people, &who.signed_in.unlocked, id).await;
    answer(&staff, &who, &language, stopped, "stopped", (Filled::default(), &format!("request-{id}"))).await
}

pub(in super::super) async fn finish_it(State(staff): State<Staff>, who: Colleague, language: Language, Path(id): Path<Uuid>) -> Response {
    let finished = finish(&staff.people, &who.signed_in.unlocked, id).await;
    answer(&staff, &who, &language, finished, "finished", (Filled::default(), &format!("request-{id}"))).await
}

/// The fields of a request, for officers; nothing for everybody else, and while no team is covered.
pub(super) fn ask_fields(words: &Locale, filled: &Filled, me: &SignedIn, seen: &Seen) -> Option<Markup> {
    let mine: Vec<_> = seen.theirs(me).filter(|(_, part)| part.officer).map(|(zone, _)| zone).collect();
    let covered = mine.iter().flat_map(|zone| &zone.covered).filter_map(|id| seen.teams.iter().find(|team| team.id == *id));
    let teams: Vec<_> = covered.map(|team| CheckboxItem::new(team.id.to_string(), team.name.clone())).collect();
    if teams.is_empty() {
        return None;
    }
    let works = seen.listed.iter().filter(|it| !it.closed && mine.iter().any(|zone| it.member.works_in(&zone.zone)));
    let mut members: Vec<_> = works.map(|it| SelectItem::new(it.member.id.to_string(), it.member.name.clone())).collect();
    members.sort_by_key(|item| item.text.to_lowercase());
    let choose = [SelectItem::new("", words.text("rota-choose-member").into_owned())];
    Some(Markup::join([
        Checkboxes::new("teams")
            .legend(words.text("recovery-ask-teams"))
            .items(teams)
            .values(filled.typed.all("teams").iter().map(String::as_str))
            .error(filled.error(words, "teams"))
            .into(),
        filled.select(words, "target", "recovery-ask-for", choose.into_iter().chain(members)).into(),
        Textarea::new("reason")
            .label(words.text("recovery-ask-reason"))
            .hint(words.text("recovery-ask-reason-hint"))
            .rows(3)
            .value(filled.typed.get("reason"))
            .error(filled.error(words, "reason"))
            .into(),
    ]))
}

pub(in super::super) async fn ask_for(
    State(staff): State<Staff>,
    who: Colleague,
    language: Language,
    Posted(typed): Posted<Typed>,
) -> Response {
    let words = &*language.locale;
    let mut form = Filled::new(typed);
    let teams: Vec<Uuid> = form.typed.all("teams").iter().filter_map(|id| id.parse().ok()).collect();
    let target: Option<Uuid> = form.typed.given("target").and_then(|id| id.parse().ok());
    let reason = form.typed.get("reason").to_owned();
    if teams.is_empty() {
        form.add(words, "teams", "recovery-wrong-teams");
    }
    if target.is_none() {
        form.add(words, "target", "rota-wrong-who");
    }
    if reason.trim().is_empty() {
        form.add(words, "reason", "recovery-wrong-reason");
    }
    let (Some(target), false) = (target, form.is_wrong()) else {
        return page(&staff, &who, &language, &Done::default(), &form).await;
    };
    let asked = ask(&staff.people, &who.signed_in.unlocked, &teams, target, &reason).await;
    let field = match &asked {
        Err(ActError::Recovery(RecoveryRefused::Reason)) => "reason",
        Err(ActError::NoRoleInZone | ActError::RoleConflict(_)) => "target",
        _ => "teams",
    };
    answer(&staff, &who, &language, asked, "asked", (form, field)).await
}
