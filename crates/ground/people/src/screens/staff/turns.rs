//! Weekly turns: who supervises a team's zone puts them on the rota and takes them off.

use axum::extract::{Form as Posted, Path, State};
use axum::response::{IntoResponse as _, Redirect, Response};
use plainsight_ledger::Actor;
use plainsight_pages::components::SelectItem;
use plainsight_pages::{Language, Locale, Markup, Typed};
use uuid::Uuid;

use super::filled::Filled;
use super::rota::{Asked, Seen, WEEKDAYS, page, turn_time, weekday};
use super::{Colleague, ROTA_PAGE, Staff, failed};
use crate::acts::member::Listed;
use crate::acts::rota::{NewSlot, add_slot, remove_slot, slots};
use crate::error::ActError;
use crate::rota::{Slot, doubled, minutes};

/// Minutes in a day: midnight as an end.
const MIDNIGHT: u16 = 24 * 60;

/// The fields of a turn, for those who supervise a team; nothing for everybody else.
pub(super) fn fields(words: &Locale, filled: &Filled, who: &Colleague, seen: &Seen) -> Option<Markup> {
    let teams: Vec<_> = seen.supervised(who).collect();
    if teams.is_empty() {
        return None;
    }
    let choose = |id: &str| [SelectItem::new("", words.text(id).into_owned())];
    let mut items: Vec<SelectItem> = teams.iter().map(|team| SelectItem::new(team.id.to_string(), team.name.clone())).collect();
    if items.len() > 1 {
        items.splice(0..0, choose("rota-choose-team"));
    }
    let works = |it: &&Listed| !it.closed && teams.iter().any(|team| it.member.works_in(&team.zone));
    let mut members: Vec<_> =
        seen.listed.iter().filter(works).map(|it| SelectItem::new(it.member.id.to_string(), it.member.name.clone())).collect();
    members.sort_by_key(|item| item.text.to_lowercase());
    let days = WEEKDAYS.iter().zip(1..).map(|(id, number)| SelectItem::new(number.to_string(), words.text(id).into_owned()));
    let time = |name: &str, label: &str| filled.input(words, name, label);
    Some(Markup::join([
        filled.select(words, "team", "rota-team", items).into(),
        filled.select(words, "member", "rota-member", choose("rota-choose-member").into_iter().chain(members)).into(),
        filled.select(words, "weekday", "rota-weekday", choose("rota-choose-day").into_iter().chain(days)).into(),
        time("from", "rota-from").into(),
        time("to", "rota-to").into(),
    ]))
}

pub(super) async fn add(State(staff): State<Staff>, who: Colleague, language: Language, Posted(typed): Posted<Typed>) -> Response {
    match put(&staff, &who, &language, typed).await {
        Ok(form) if !form.is_wrong() => Redirect::to(&language.href(&format!("{ROTA_PAGE}?done=added"))).into_response(),
        Ok(form) => page(&staff, &who, &language, &Asked::default(), &form).await,
        Err(error) => failed(&staff.face, &language, &error),
    }
}

/// Puts the turn on the rota, or says everything that has to be mended.
async fn put(staff: &Staff, who: &Colleague, language: &Language, typed: Typed) -> Result<Filled, ActError> {
    let (people, words) = (&staff.people, &*language.locale);
    let seen = Seen::by(staff, who).await?;
    // Whoever supervises no team was shown no form.
    if seen.supervised(who).next().is_none() {
        return Err(ActError::NotFound);
    }
    let mut form = Filled::new(typed);
    let typed = form.typed.clone();
    let team = typed.given("team").and_then(|id| id.parse::<Uuid>().ok());
    let team = seen.supervised(who).find(|it| Some(it.id) == team);
    let member = typed.given("member").and_then(|id| seen.open(id.parse().ok()?));
    let day = typed.given("weekday").and_then(|day| day.parse::<u8>().ok()).filter(|day| (1..=7).contains(day));
    let from = minutes(typed.get("from")).filter(|from| *from < MIDNIGHT);
    // As an end, midnight is that of the next day.
    let to = minutes(typed.get("to")).map(|to| if to == 0 { MIDNIGHT } else { to });
    let needed = [
        ("team", team.is_some(), "rota-wrong-team"),
        ("member", member.is_some(), "rota-wrong-member"),
        ("weekday", day.is_some(), "rota-wrong-weekday"),
        ("from", from.is_some(), "rota-wrong-time"),
        ("to", to.is_some(), "rota-wrong-time"),
    ];
    for (field, _, message) in needed.into_iter().filter(|(_, given, _)| !given) {
        form.add(words, field, message);
    }
    let (Some(team), Some(member), Some(weekday_number), Some(from), Some(to)) = (team, member, day, from, to) else { return Ok(form) };
    let name = member.member.name.clone();
    // The act takes a double turn, which harms nobody who is paged; on a page it is a slip of the hand.
    let slot = Slot {
        id: Uuid::nil(),
        team: team.id,
        member: member.member.id,
        weekday: weekday_number,
        from,
        to,
        zone: staff.clock.name().to_owned(),
    };
    let there = slots(people, team.id).await?;
    if let Some(there) = doubled(&there, &slot, people.now())? {
        let (day, time) = (weekday(words, there.weekday), turn_time(staff, words, there));
        form.add_with(words, "from", "rota-wrong-doubled", &[("name", name.into()), ("day", day.into()), ("time", time.into())]);
        return Ok(form);
    }
    let new = NewSlot { team: team.id, member: slot.member, weekday: slot.weekday, from, to, zone: &slot.zone };
    match add_slot(people, Actor::Member(who.signed_in.member.id), &new).await {
        Ok(_) => {}
        Err(ActError::NoRoleInZone) => {
            form.add_with(words, "member", "rota-wrong-zone", &[("name", name.into())]);
        }
        // Closed since the form was shown.
        Err(ActError::NotFound) => {
            form.add(words, "member", "rota-wrong-member");
        }
        Err(error) => return Err(error),
    }
    Ok(form)
}

/// Takes a turn off, if it is one of a team that the member supervises.
pub(super) async fn remove(State(staff): State<Staff>, who: Colleague, language: Language, Path(id): Path<Uuid>) -> Response {
    match take_off(&staff, &who, id).await {
        Ok(()) => Redirect::to(&language.href(&format!("{ROTA_PAGE}?done=removed"))).into_response(),
        // Somebody else was faster, or it is no turn of theirs: the rota as it stands says which.
        Err(ActError::NotFound) => Redirect::to(&language.href(ROTA_PAGE)).into_response(),
        Err(error) => failed(&staff.face, &language, &error),
    }
}

async fn take_off(staff: &Staff, who: &Colleague, id: Uuid) -> Result<(), ActError> {
    let seen = Seen::by(staff, who).await?;
    for team in seen.supervised(who) {
        if slots(&staff.people, team.id).await?.iter().any(|slot| slot.id == id) {
            return remove_slot(&staff.people, Actor::Member(who.signed_in.member.id), id).await;
        }
    }
    Err(ActError::NotFound)
}
