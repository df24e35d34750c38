//! A new team, and a new key for one: by a member who is unlocked and holds it, or will be its first holder.

use axum::extract::{Form as Posted, Path, State};
use axum::response::{IntoResponse as _, Redirect, Response};
use plainsight_pages::components::SelectItem;
use plainsight_pages::{Language, Markup, Typed};
use uuid::Uuid;

use super::changes::Change;
use super::filled::Filled;
use super::grants::conflict_words;
use super::members::{Done, grant_field, page};
use super::{Administrator, PEOPLE_PAGE, Staff, failed, whole};
use crate::acts::team::{create_team, rotate_team};
use crate::error::ActError;
use crate::screens::zone_name;

pub(super) async fn ask(State(staff): State<Staff>, who: Administrator, language: Language) -> Response {
    add_page(&staff, &who, &language, &Filled::default())
}

fn add_page(staff: &Staff, who: &Administrator, language: &Language, filled: &Filled) -> Response {
    let (words, me) = (&*language.locale, &who.signed_in.member);
    let zones: Vec<_> = staff.rooms.iter().filter(|room| me.works_in(room.zone)).map(|room| room.zone).collect();
    let mut items: Vec<SelectItem> = zones.iter().map(|zone| SelectItem::new(*zone, zone_name(words, zone))).collect();
    if items.len() > 1 {
        items.insert(0, SelectItem::new("", words.text("people-team-choose-zone").into_owned()));
    }
    let name = filled.input(words, "name", "people-team-name").hint(words.text("people-team-name-hint"));
    let fields = Markup::join([name.into(), filled.select(words, "zone", "people-team-zone", items).into()]);
    let title = words.text("people-team-add");
    let change = Change {
        words,
        summary: filled.summary(words),
        title: &title,
        lead: words.text(if zones.is_empty() { "people-team-add-not" } else { "people-team-add-lead" }).into_owned(),
        fields: (!zones.is_empty()).then_some(fields),
        action: language.href("/people/teams/add"),
        button: words.text("people-team-add-button").into_owned(),
        back: language.href(PEOPLE_PAGE),
    };
    whole(staff, me, language, PEOPLE_PAGE, &title, filled.is_wrong(), &change)
}

pub(super) async fn add(State(staff): State<Staff>, who: Administrator, language: Language, Posted(typed): Posted<Typed>) -> Response {
    let words = &*language.locale;
    let mut form = Filled::new(typed);
    let typed = form.typed.clone();
    let (name, zone) = (typed.get("name").trim(), typed.get("zone"));
    if name.is_empty() || name.len() > 200 {
        form.add(words, "name", "people-wrong-team-name");
    }
    // A team of a room that this desk does not have would be nobody's.
    if !staff.rooms.iter().any(|room| room.zone == zone) {
        form.add(words, "zone", "people-wrong-team-zone");
    }
    if !form.is_wrong() {
        match create_team(&staff.people, &who.signed_in.unlocked, zone, name).await {
            Ok(_) => return Redirect::to(&language.href(&format!("{PEOPLE_PAGE}?done=team"))).into_response(),
            Err(ActError::Name(_)) => form.add(words, "name", "people-wrong-team-taken"),
            Err(ActError::NoRoleInZone) => form.add(words, "zone", "people-wrong-team-role"),
            Err(ActError::RoleConflict(conflict)) => form.say("zone", conflict_words(words, &conflict)),
            Err(error) => return failed(&staff.face, &language, &error),
        }
    }
    add_page(&staff, &who, &language, &form)
}

/// A new key, for everybody who holds the one before it.
pub(super) async fn rotate(State(staff): State<Staff>, who: Administrator, language: Language, Path(team): Path<Uuid>) -> Response {
    match rotate_team(&staff.people, &who.signed_in.unlocked, team).await {
        Ok(_) => Redirect::to(&language.href(&format!("{PEOPLE_PAGE}?done=rotated"))).into_response(),
        Err(ActError::NotAHolder) => {
            let mut form = Filled::default();
            form.add(&language.locale, grant_field(team), "people-wrong-rotate");
            page(&staff, &who, &language, &Done::default(), &form).await
        }
        Err(error) => failed(&staff.face, &language, &error),
    }
}
