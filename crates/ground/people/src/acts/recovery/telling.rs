//! Telling everybody of a request. The worker tells; here stands who, of what, where, and who was reached.

use std::collections::{BTreeMap, BTreeSet};

use plainsight_ledger::Actor;
use sea_orm::ConnectionTrait;
use serde_json::json;
use uuid::Uuid;
use zeroize::Zeroizing;

use super::request::{close, live, put, request_is_ours};
use super::standing::Standing;
use crate::acts::member::read_profile;
use crate::acts::rota::read_pager;
use crate::error::ActError;
use crate::records::{grants, members, recovery, teams};
use crate::recovery::RecoveryRefused;
use crate::registry::People;

/// A request of which somebody is to be told now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Due {
    /// The request.
    pub request: Uuid,
    /// Members with an open account for whom nothing took the notice yet.
    pub unreached: BTreeSet<Uuid>,
}

/// Requests of which somebody is to be told now. That they are tried is written down first: if the database takes no more
/// writing, nobody is told every few seconds of the same thing.
///
/// A request with which nothing can be recovered any more is closed: it would be told of for ever. One that is not in order
/// is passed over, so that it holds up no other.
///
/// # Errors
/// Failures of the database.
pub async fn begin_telling(people: &People) -> Result<Vec<Due>, ActError> {
    let everybody = open_accounts(people, people.read()).await?;
    let mut due = Vec::new();
    for row in recovery::open_requests(people.read(), people.organisation()).await? {
        match live(people, people.read(), row.id).await {
            Ok((_, about, _)) => {
                let unreached: BTreeSet<Uuid> = everybody.difference(&about.telling.reached).copied().collect();
                let waits = !unreached.is_empty() || about.told_at.is_none();
                if waits && about.telling.is_due(people.now()) && try_now(people, row.id).await? {
                    due.push(Due { request: row.id, unreached });
                }
            }
            Err(error @ (ActError::Store(_) | ActError::Ledger(_))) => return Err(error),
            Err(ActError::Recovery(refused)) if is_over(refused) => close_over(people, row.id).await?,
            Err(error) => tracing::warn!(request = %row.id, %error, "a request for a recovery is not in order and is told to nobody"),
        }
    }
    Ok(due)
}

/// Whether nothing can become of a request any more. A damaged row may be mended, so it is no such reason.
fn is_over(refused: RecoveryRefused) -> bool {
    matches!(refused, RecoveryRefused::Over | RecoveryRefused::NoKey | RecoveryRefused::UsedUp)
}

/// Closes a request with which nothing can be recovered any more.
async fn close_over(people: &People, request: Uuid) -> Result<(), ActError> {
    let inside = people.clone();
    people
        .store()
        .content()
        .tx("people.close_recovery", move |tx| {
            let people = inside.clone();
            Box::pin(async move {
                let Some(row) = recovery::find_request(tx, people.organisation(), request).await? else { return Ok(()) };
                if !row.open || !request_is_ours(&people, &row) {
                    return Ok(());
                }
                let target = row.target;
                close(&people, tx, row).await?;
                people.note(tx, Actor::System("worker"), "recovery.over", Some(target), json!({ "request": request })).await
            })
        })
        .await
}

/// Writes down that people are being tried. False when the request ended in between.
async fn try_now(people: &People, request: Uuid) -> Result<bool, ActError> {
    let inside = people.clone();
    people
        .store()
        .content()
        .tx("people.try_recovery_notice", move |tx| {
            let people = inside.clone();
            Box::pin(async move {
                let (mut row, mut about, _) = match live(&people, tx, request).await {
                    Err(ActError::Recovery(_)) => return Ok(false),
                    found => found?,
                };
                about.telling.tried_at = Some(people.now());
                row.about = about.seal(&people, row.id)?;
                put(&people, tx, row).await?;
                Ok::<_, ActError>(true)
            })
        })
        .await
}

/// Writes down who was reached. Once those who can stop the request know of it, the 24 hours begin.
///
/// # Errors
/// [`RecoveryRefused::Over`] and failures of the database.
pub async fn note_told(people: &People, request: Uuid, reached: &BTreeSet<Uuid>) -> Result<(), ActError> {
    let (inside, reached) = (people.clone(), reached.clone());
    people
        .store()
        .content()
        .tx("people.told_of_recovery", move |tx| {
            let (people, reached) = (inside.clone(), reached.clone());
            Box::pin(async move {
                let (mut row, mut about, standing) = live(&people, tx, request).await?;
                let now = people.now();
                let mut objectors = who_can_stop(&people, tx, &standing).await?;
                let agreed = recovery::answers(tx, row.organisation, row.id).await?;
                for wants in agreed.iter().map(|answer| answer.officer).chain([row.asked_by, row.target]) {
                    objectors.remove(&wants);
                }
                about.telling.note(&reached, &objectors, now);
                let begins = about.told_at.is_none() && about.telling.day_begins(&objectors, now);
                if begins {
                    about.told_at = Some(now);
                }
                row.about = about.seal(&people, row.id)?;
                let target = row.target;
                put(&people, tx, row).await?;
                if begins {
                    let detail = json!({ "request": request, "reached": about.telling.reached.len() });
                    people.note(tx, Actor::System("worker"), "recovery.told", Some(target), detail).await?;
                }
                Ok::<_, ActError>(())
            })
        })
        .await
}

/// Officers whose shares count, and holders of a team's key in the zone.
pub(super) async fn who_can_stop(people: &People, db: &impl ConnectionTrait, standing: &Standing) -> Result<BTreeSet<Uuid>, ActError> {
    let mut found = BTreeSet::new();
    for share in &standing.shares {
        if standing.counts(people, db, share).await? {
            found.insert(share.officer);
        }
    }
    for team in teams::all(db, people.organisation()).await?.iter().filter(|team| team.zone == standing.row.zone) {
        found.extend(grants::of_team(db, people.organisation(), team.id).await?.iter().map(|grant| grant.member));
    }
    Ok(found.intersection(&open_accounts(people, db).await?).copied().collect())
}

async fn open_accounts(people: &People, db: &impl ConnectionTrait) -> Result<BTreeSet<Uuid>, ActError> {
    Ok(members::all(db, people.organisation()).await?.iter().filter(|row| !row.closed).map(|row| row.id).collect())
}

/// Where a member is told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    /// The address.
    pub address: Zeroizing<String>,
    /// Whether they have heard of it when this address takes the notice. A pager that was changed lately may be somebody else's.
    pub counts: bool,
}

/// Where every member with an open account is told: their e-mail address, their pager, and where they were paged until lately. Who can
/// change a pager address alone must not be able to keep a member from hearing of a recovery.
///
/// # Errors
/// Failures of the database.
pub async fn addresses(people: &People) -> Result<BTreeMap<Uuid, Vec<Told>>, ActError> {
    let mut all = BTreeMap::new();
    for row in members::all(people.read(), people.organisation()).await?.iter().filter(|row| !row.closed) {
        match of_member(people, row) {
            Ok(addresses) => drop(all.insert(row.id, addresses)),
            // One damaged account keeps nobody else from hearing of it; whoever it is is not reached, and holds up the day.
            Err(error) => tracing::error!(member = %row.id, %error, "a member's addresses cannot be read"),
        }
    }
    Ok(all)
}

fn of_member(people: &People, row: &members::Model) -> Result<Vec<Told>, ActError> {
    let profile = read_profile(people, row)?;
    let mut before: Vec<String> = Vec::new();
    before.extend(profile.paged_before.into_iter().filter(|before| before.until > people.now()).map(|before| before.address));
    let changed = !before.is_empty();
    let mut addresses = vec![Told { address: Zeroizing::new(profile.email), counts: true }];
    let pager = read_pager(people, row)?.map(|address| Told { address, counts: !changed });
    // Where there was none before, there is nothing to tell.
    let before =
        before.into_iter().filter(|address| !address.is_empty()).map(|address| Told { address: Zeroizing::new(address), counts: true });
    for told in pager.into_iter().chain(before) {
        if !addresses.iter().any(|each| each.address == told.address) {
            addresses.push(told);
        }
    }
    Ok(addresses)
}
