//! The rota: who answers when, and where their pager is.

use std::collections::BTreeSet;

use plainsight_ledger::Actor;
use plainsight_store::Tx;
use sea_orm::ActiveValue::Set;
use sea_orm::ConnectionTrait;
use serde_json::json;
use time::OffsetDateTime;
use uuid::Uuid;
use zeroize::Zeroizing;

use crate::acts::member::{open_row, read_member, read_profile, seal_profile};
use crate::acts::team::holders;
use crate::error::ActError;
use crate::records::{absences, members, rota, teams};
use crate::registry::People;
use crate::rota::{Away, Hole, OnCall, Slot, Stretch};

/// A turn to be put on the rota.
#[derive(Clone, Debug)]
pub struct NewSlot<'a> {
    /// The team that answers.
    pub team: Uuid,
    /// Who answers.
    pub member: Uuid,
    /// Monday = 1 to Sunday = 7.
    pub weekday: u8,
    /// First minute of the day.
    pub from: u16,
    /// End in minutes of the day; not after `from` means the next day.
    pub to: u16,
    /// IANA time zone.
    pub zone: &'a str,
}

/// Puts a turn on the rota.
///
/// # Errors
/// [`ActError::Slot`], [`ActError::NoRoleInZone`] when the member does not work in the team's zone,
/// [`ActError::NotFound`].
pub async fn add_slot(people: &People, actor: Actor, new: &NewSlot<'_>) -> Result<Uuid, ActError> {
    let slot = Slot {
        id: people.new_id(),
        team: new.team,
        member: new.member,
        weekday: new.weekday,
        from: new.from,
        to: new.to,
        zone: new.zone.to_owned(),
    };
    slot.check()?;
    let inside = people.clone();
    let id = slot.id;
    people
        .store()
        .content()
        .tx("people.add_slot", move |tx| {
            let (people, slot) = (inside.clone(), slot.clone());
            Box::pin(async move {
                let organisation = people.organisation();
                let team = teams::find(tx, organisation, slot.team).await?.ok_or(ActError::NotFound)?;
                let row = members::find(tx, organisation, slot.member).await?.filter(|row| !row.closed).ok_or(ActError::NotFound)?;
                if !read_member(&people, &row)?.works_in(&team.zone) {
                    return Err(ActError::NoRoleInZone);
                }
                let plain = serde_json::to_vec(&slot).map_err(|_| ActError::Sealed("rota"))?;
                let sealed = people.seal("rota", slot.id, "slot", &plain);
                let row = rota::Model { organisation, id: slot.id, team: slot.team, slot: sealed };
                rota::insert(tx, row).await?;
                people.note(tx, actor, "rota.added", Some(slot.id), json!({ "team": slot.team })).await
            })
        })
        .await?;
    Ok(id)
}

/// Takes a turn off the rota.
///
/// # Errors
/// [`ActError::NotFound`].
pub async fn remove_slot(people: &People, actor: Actor, slot: Uuid) -> Result<(), ActError> {
    let inside = people.clone();
    people
        .store()
        .content()
        .tx("people.remove_slot", move |tx| {
            let people = inside.clone();
            Box::pin(async move {
                if rota::delete(tx, people.organisation(), slot).await? == 0 {
                    return Err(ActError::NotFound);
                }
                people.note(tx, actor, "rota.removed", Some(slot), json!({})).await
            })
        })
        .await
}

/// The turns of a team.
///
/// # Errors
/// Failures of the database.
pub async fn slots(people: &People, team: Uuid) -> Result<Vec<Slot>, ActError> {
    slots_in(people, people.read(), team).await
}

async fn slots_in(people: &People, db: &impl ConnectionTrait, team: Uuid) -> Result<Vec<Slot>, ActError> {
    let rows = rota::of_team(db, people.organisation(), team).await?;
    rows.iter()
        .map(|row| {
            let plain = people.unseal("rota", row.id, "slot", &row.slot)?;
            serde_json::from_slice(&plain).map_err(|_| ActError::Sealed("rota"))
        })
        .collect()
}

/// Takes every turn of a member off a team's rota, with the change that makes it needful.
pub(crate) async fn take_off_rota(people: &People, tx: &Tx, team: Uuid, member: Uuid) -> Result<(), ActError> {
    for slot in slots_in(people, tx, team).await?.into_iter().filter(|slot| slot.member == member) {
        rota::delete(tx, people.organisation(), slot.id).await?;
    }
    Ok(())
}

/// Writes down that a member does not answer from one moment to another.
///
/// # Errors
/// [`ActError::AwayBackwards`], [`ActError::NotFound`] for a closed or unknown account.
pub async fn add_absence(people: &People, actor: Actor, member: Uuid, from: OffsetDateTime, to: OffsetDateTime) -> Result<Uuid, ActError> {
    if from >= to {
        return Err(ActError::AwayBackwards);
    }
    open_row(people, member).await?;
    let away = Away { id: people.new_id(), member, from, to };
    let plain = serde_json::to_vec(&away).map_err(|_| ActError::Sealed("rota_absences"))?;
    let row = absences::Model {
        organisation: people.organisation(),
        id: away.id,
        absence: people.seal("rota_absences", away.id, "absence", &plain),
    };
    let inside = people.clone();
    people
        .store()
        .content()
        .tx("people.add_absence", move |tx| {
            let (people, row) = (inside.clone(), row.clone());
            Box::pin(async move {
                absences::insert(tx, row).await?;
                people.note(tx, actor, "rota.away", Some(member), json!({})).await
            })
        })
        .await?;
    Ok(away.id)
}

/// Takes an absence back.
///
/// # Errors
/// [`ActError::NotFound`].
pub async fn remove_absence(people: &People, actor: Actor, absence: Uuid) -> Result<(), ActError> {
    let inside = people.clone();
    people
        .store()
        .content()
        .tx("people.remove_absence", move |tx| {
            let people = inside.clone();
            Box::pin(async move {
                if absences::delete(tx, people.organisation(), absence).await? == 0 {
                    return Err(ActError::NotFound);
                }
                people.note(tx, actor, "rota.back", Some(absence), json!({})).await
            })
        })
        .await
}

/// Every absence that was written down, the earliest first.
///
/// # Errors
/// Failures of the database.
pub async fn absences(people: &People) -> Result<Vec<Away>, ActError> {
    let rows = absences::all(people.read(), people.organisation()).await?;
    let read = |row: &absences::Model| {
        let plain = people.unseal("rota_absences", row.id, "absence", &row.absence)?;
        serde_json::from_slice(&plain).map_err(|_| ActError::Sealed("rota_absences"))
    };
    let mut read: Vec<Away> = rows.iter().map(read).collect::<Result<_, ActError>>()?;
    read.sort_by_key(|away| (away.from, away.id));
    Ok(read)
}

/// Who answers for a team at `now`, and the next hole within a week. Members whose account is closed do not answer, and those who
/// hold no key of the team could open nothing that they are paged for: the turns of both are holes.
///
/// # Errors
/// Failures of the database.
pub async fn on_call(people: &People, team: Uuid, now: OffsetDateTime) -> Result<OnCall, ActError> {
    let Turns { slots, keyless } = answered(people, team).await?;
    Ok(crate::rota::on_call(&slots, &keyless, &absences(people).await?, now)?)
}

/// When nobody answers for a team between two moments. Turns of closed accounts and of those without a key are holes, as in
/// [`on_call`].
///
/// # Errors
/// Failures of the database.
pub async fn holes(people: &People, team: Uuid, from: OffsetDateTime, to: OffsetDateTime) -> Result<Vec<Hole>, ActError> {
    Ok(crate::rota::holes(&answered(people, team).await?.slots, &absences(people).await?, from, to)?)
}

/// Who answers for a team from the first of these moments to the last, cut at each of them.
///
/// # Errors
/// Failures of the database.
pub async fn stretches(people: &People, team: Uuid, cuts: &[OffsetDateTime]) -> Result<Vec<Stretch>, ActError> {
    let Turns { slots, keyless } = answered(people, team).await?;
    Ok(crate::rota::stretches(&slots, &keyless, &absences(people).await?, cuts)?)
}

/// Both of these, of one reading: who answers for a team between two moments, and when nobody does.
///
/// # Errors
/// Failures of the database.
pub async fn turns(people: &People, team: Uuid, from: OffsetDateTime, to: OffsetDateTime) -> Result<(Vec<Stretch>, Vec<Hole>), ActError> {
    let (Turns { slots, keyless }, away) = (answered(people, team).await?, absences(people).await?);
    Ok((crate::rota::stretches(&slots, &keyless, &away, &[from, to])?, crate::rota::holes(&slots, &away, from, to)?))
}

/// When nobody answers for a team from `now` on because of this absence.
///
/// # Errors
/// Failures of the database.
pub async fn torn(people: &People, team: Uuid, absence: &Away, now: OffsetDateTime) -> Result<Vec<Hole>, ActError> {
    Ok(crate::rota::torn(&answered(people, team).await?.slots, &absences(people).await?, absence, now)?)
}

/// The turns of a team whose members have open accounts.
struct Turns {
    /// Of those who hold its key.
    slots: Vec<Slot>,
    /// Of those who were never given it.
    keyless: Vec<Slot>,
}

async fn answered(people: &People, team: Uuid) -> Result<Turns, ActError> {
    let (read, organisation) = (people.read(), people.organisation());
    let open: Vec<Uuid> = members::all(read, organisation).await?.into_iter().filter(|row| !row.closed).map(|row| row.id).collect();
    let mut slots = slots(people, team).await?;
    slots.retain(|slot| open.contains(&slot.member));
    let holders = match (teams::find(read, organisation, team).await?, teams::newest_epoch(read, organisation, team).await?) {
        (Some(row), Some(newest)) => holders(people, read, &row, newest.epoch).await?,
        _ => BTreeSet::new(),
    };
    let (slots, keyless) = slots.into_iter().partition(|slot| holders.contains(&slot.member));
    Ok(Turns { slots, keyless })
}

/// Sets or clears where a member is paged. The address is sealed; the ledger says only that it changed. The one before
/// still hears of recoveries for a month.
///
/// # Errors
/// [`ActError::NotFound`], [`ActError::Name`].
pub async fn set_pager(people: &People, actor: Actor, member: Uuid, address: Option<&str>) -> Result<(), ActError> {
    let sealed = match address.map(str::trim) {
        Some(address) if !address.contains('@') || address.len() > 200 || address.contains(char::is_whitespace) => {
            return Err(ActError::Name("a pager address is an e-mail address of at most 200 bytes"));
        }
        Some(address) => Some(people.seal("members", member, "pager", address.as_bytes())),
        None => None,
    };
    let inside = people.clone();
    people
        .store()
        .content()
        .tx("people.set_pager", move |tx| {
            let (people, sealed) = (inside.clone(), sealed.clone());
            Box::pin(async move {
                let organisation = people.organisation();
                let row = members::find(tx, organisation, member).await?.filter(|row| !row.closed).ok_or(ActError::NotFound)?;
                let set = sealed.is_some();
                let mut profile = read_profile(&people, &row)?;
                // That there was none is remembered as well: what stands there since may be somebody else's.
                let before = read_pager(&people, &row)?.unwrap_or_default();
                profile.was_paged_at(&before, people.now());
                let change = members::ActiveModel {
                    organisation: Set(organisation),
                    id: Set(member),
                    pager: Set(sealed),
                    profile: Set(seal_profile(&people, member, &profile)?),
                    ..Default::default()
                };
                members::update(tx, change).await?;
                people.note(tx, actor, "member.pager", Some(member), json!({ "set": set })).await
            })
        })
        .await
}

/// Where a member is paged.
///
/// # Errors
/// [`ActError::NotFound`] for a closed or unknown account.
pub async fn pager(people: &People, member: Uuid) -> Result<Option<Zeroizing<String>>, ActError> {
    read_pager(people, &open_row(people, member).await?)
}

pub(crate) fn read_pager(people: &People, row: &members::Model) -> Result<Option<Zeroizing<String>>, ActError> {
    let Some(sealed) = &row.pager else { return Ok(None) };
    let plain = people.unseal("members", row.id, "pager", sealed)?;
    Ok(Some(Zeroizing::new(String::from_utf8_lossy(&plain).into_owned())))
}
