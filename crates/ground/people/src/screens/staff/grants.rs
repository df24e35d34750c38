//! Giving a team's key: by a holder who is unlocked and has typed the password just now.

use axum::extract::{Form as Posted, Path, State};
use axum::response::{IntoResponse as _, Redirect, Response};
use plainsight_pages::{Language, Locale, Typed};
use uuid::Uuid;

use super::filled::Filled;
use super::members::{Done, grant_field, page};
use super::{Administrator, PEOPLE_PAGE, Staff, failed};
use crate::acts::team::grant_team;
use crate::error::ActError;
use crate::roles::RoleConflict;
use crate::screens::zone_name;

pub(super) async fn give(
    State(staff): State<Staff>,
    who: Administrator,
    language: Language,
    Path(team): Path<Uuid>,
    Posted(typed): Posted<Typed>,
) -> Response {
    let (words, field) = (&*language.locale, grant_field(team));
    let mut form = Filled::new(typed);
    let Some(member) = form.typed.given(&field).and_then(|id| id.parse().ok()) else {
        form.add(words, field, "rota-wrong-who");
        return page(&staff, &who, &language, &Done::default(), &form).await;
    };
    match grant_team(&staff.people, &who.signed_in.unlocked, team, member).await {
        Ok(()) => Redirect::to(&language.href(&format!("{PEOPLE_PAGE}?done=granted"))).into_response(),
        Err(error) => match refusal(words, &error) {
            Some(text) => {
                form.say(field, text);
                page(&staff, &who, &language, &Done::default(), &form).await
            }
            None => failed(&staff.face, &language, &error),
        },
    }
}

/// Why the rules of the house refuse it, in words; nothing for what is no rule.
fn refusal(words: &Locale, error: &ActError) -> Option<String> {
    let id = match error {
        ActError::NotAHolder => "people-wrong-holder",
        ActError::NoRoleInZone => "people-wrong-zone",
        ActError::NotFound => "rota-wrong-who",
        ActError::RoleConflict(conflict) => return Some(conflict_words(words, conflict)),
        _ => return None,
    };
    Some(words.text(id).into_owned())
}

/// Which roles nobody holds together.
pub(super) fn conflict_words(words: &Locale, conflict: &RoleConflict) -> String {
    match conflict {
        RoleConflict::OwnAuditor => words.text("people-wrong-auditor").into_owned(),
        RoleConflict::BothSides { confidential, enforcement } => {
            let [confidential, enforcement] = [confidential, enforcement].map(|zone| zone_name(words, zone));
            words.with("people-wrong-sides", &[("confidential", confidential.into()), ("enforcement", enforcement.into())])
        }
    }
}
