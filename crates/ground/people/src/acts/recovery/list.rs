//! What the desk, `doctor` and the command line say about recovery.

use std::collections::BTreeSet;

use sea_orm::ConnectionTrait;
use time::OffsetDateTime;
use uuid::Uuid;

use super::drill::tried_column;
use super::make::made_column;
use super::request::{About, counting_answer, request_is_ours};
use super::standing::Standing;
use super::telling::who_can_stop;
use crate::error::ActError;
use crate::records::{recovery, teams};
use crate::recovery::{Concern, KeyState, Officer, RecoveryRefused, WAIT, concerns};
use crate::registry::People;

/// How recovery stands in one zone.
#[derive(Clone, Debug)]
pub struct ZoneRecovery {
    /// The zone.
    pub zone: String,
    /// Its recovery key, if this desk ever made one.
    pub key: Option<KeyState>,
    /// The teams whose newest key it brings back.
    pub covered: Vec<Uuid>,
    /// The zone's other teams.
    pub uncovered: Vec<Uuid>,
    /// Requests that are neither stopped, finished nor too old.
    pub requests: Vec<Asked>,
    /// Something of it is damaged or was not written by this desk. The rest is listed nevertheless: a recovery goes on
    /// without what cannot be read, so it has to be seen and stopped without it too.
    pub damaged: bool,
}

impl ZoneRecovery {
    /// What wants attention, most urgent first.
    #[must_use]
    pub fn concerns(&self, now: OffsetDateTime) -> Vec<Concern> {
        let found = concerns(self.key.as_ref(), &self.uncovered, now);
        self.damaged.then_some(Concern::Damaged).into_iter().chain(found).collect()
    }
}

/// A request as the desk lists it.
#[derive(Clone, Debug)]
pub struct Asked {
    /// The request.
    pub id: Uuid,
    /// The officer who asked.
    pub asked_by: Uuid,
    /// Who is to get the keys.
    pub target: Uuid,
    /// Of which teams.
    pub teams: Vec<Uuid>,
    /// Why.
    pub reason: String,
    /// When it was asked.
    pub asked_at: OffsetDateTime,
    /// Officers who agreed and whose shares still count.
    pub agreed: Vec<Uuid>,
    /// Who could stop it and was not reached yet.
    pub unreached: Vec<Uuid>,
    /// When the delay is over; none while it has not begun.
    pub ready_at: Option<OffsetDateTime>,
}

/// Recovery in every zone that has a team.
///
/// # Errors
/// Failures of the database.
pub async fn list_recovery(people: &People, now: OffsetDateTime) -> Result<Vec<ZoneRecovery>, ActError> {
    let (read, organisation) = (people.read(), people.organisation());
    let all = teams::all(read, organisation).await?;
    let zones: BTreeSet<&str> = all.iter().map(|team| team.zone.as_str()).collect();
    let mut listed = Vec::new();
    for zone in zones {
        let of_zone: Vec<Uuid> = all.iter().filter(|team| team.zone == zone).map(|team| team.id).collect();
        listed.push(one_zone(people, read, zone, of_zone, now).await?);
    }
    Ok(listed)
}

async fn one_zone(
    people: &People,
    db: &impl ConnectionTrait,
    zone: &str,
    of_zone: Vec<Uuid>,
    now: OffsetDateTime,
) -> Result<ZoneRecovery, ActError> {
    let mut found =
        ZoneRecovery { zone: zone.to_owned(), key: None, covered: Vec::new(), uncovered: Vec::new(), requests: Vec::new(), damaged: false };
    let standing = match Standing::find(people, db, zone).await {
        Ok(standing) => Some(standing),
        Err(ActError::Recovery(RecoveryRefused::NoKey)) => None,
        Err(error) => readable(Err(error), &mut found.damaged)?,
    };
    let Some(standing) = standing else {
        found.uncovered = of_zone;
        return Ok(found);
    };
    for team in of_zone {
        let newest = teams::newest_epoch(db, people.organisation(), team).await?;
        let covers = readable(standing.cover_of(people, db, team).await, &mut found.damaged)?.flatten();
        let covered = covers.is_some_and(|cover| newest.is_some_and(|newest| newest.epoch == cover.epoch));
        if covered { found.covered.push(team) } else { found.uncovered.push(team) }
    }
    found.key = Some(key_state(people, db, &standing, &mut found.damaged).await?);
    for row in recovery::open_requests(db, people.organisation()).await? {
        if row.zone == zone && row.number == standing.row.number && request_is_ours(people, &row) {
            let Some(about) = readable(About::open(people, &row), &mut found.damaged)? else { continue };
            if !about.is_over(now) {
                let asked = asked(people, db, &standing, &row, about, &mut found.damaged).await?;
                found.requests.push(asked);
            }
        }
    }
    found.requests.sort_by_key(|asked| (asked.asked_at, asked.id));
    Ok(found)
}

/// Nothing, and a mark, for what is not in order: one row must hide neither the rest of its zone nor another zone.
///
/// # Errors
/// Failures of the database.
fn readable<T>(read: Result<T, ActError>, damaged: &mut bool) -> Result<Option<T>, ActError> {
    match read {
        Ok(read) => Ok(Some(read)),
        Err(error @ (ActError::Store(_) | ActError::Ledger(_))) => Err(error),
        Err(error) => {
            tracing::warn!(%error, "a row of the recovery is not in order and was passed over");
            *damaged = true;
            Ok(None)
        }
    }
}

async fn key_state(people: &People, db: &impl ConnectionTrait, standing: &Standing, damaged: &mut bool) -> Result<KeyState, ActError> {
    let moment = |plain: &[u8]| {
        let seconds = i64::from_be_bytes(plain.try_into().ok()?);
        OffsetDateTime::from_unix_timestamp(seconds).ok()
    };
    let row = &standing.row;
    let made = readable(people.unseal("recovery_keys", row.organisation, &made_column(&row.zone, standing.number), &row.made_at), damaged)?;
    let mut officers = Vec::new();
    for share in &standing.shares {
        // A moment that does not open was put there from elsewhere: then it was not tried.
        let column = tried_column(&row.zone, standing.number);
        let open = |sealed: &Vec<u8>| people.unseal("recovery_shares", share.officer, &column, sealed).ok();
        let tried = share.tried_at.as_ref().and_then(open).and_then(|plain| moment(&plain));
        let counts = readable(standing.counts(people, db, share).await, damaged)?.unwrap_or_default();
        officers.push(Officer { member: share.officer, counts, tried });
    }
    Ok(KeyState {
        number: standing.number,
        need: standing.need,
        made_by: row.made_by,
        made_at: made.and_then(|made| moment(&made)),
        used: row.used,
        officers,
    })
}

async fn asked(
    people: &People,
    db: &impl ConnectionTrait,
    standing: &Standing,
    row: &recovery::request::Model,
    about: About,
    damaged: &mut bool,
) -> Result<Asked, ActError> {
    let mut agreed = Vec::new();
    for answer in recovery::answers(db, row.organisation, row.id).await? {
        match counting_answer(people, db, standing, row, &answer).await {
            Ok(_) => agreed.push(answer.officer),
            Err(ActError::Recovery(_)) => {}
            Err(error) => {
                readable::<()>(Err(error), damaged)?;
            }
        }
    }
    let unreached = who_can_stop(people, db, standing).await?.difference(&about.telling.reached).copied().collect();
    let ready_at = about.told_at.map(|told| told.saturating_add(WAIT));
    let About { teams, reason, asked_at, .. } = about;
    Ok(Asked { id: row.id, asked_by: row.asked_by, target: row.target, teams, reason, asked_at, agreed, unreached, ready_at })
}
