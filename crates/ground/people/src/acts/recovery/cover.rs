//! Covering: sealing a team's newest key to the zone's recovery key, too.
//!
//! Nothing covers a team behind its holders' backs. Somebody could else make an account, a team and a recovery key with
//! officers of their choice, and every other team's key would run into it. A holder covers their teams knowingly, once for each
//! recovery key; from then on each new epoch follows the one before it. A new team begins without.

use plainsight_ledger::Actor;
use plainsight_store::Tx;
use plainsight_vault::keys::{SecretKey, Team};
use serde_json::json;
use uuid::Uuid;

use super::standing::{Standing, cover_proof_bytes};
use crate::acts::team::{Held, Signer, check_holder, stored_epoch};
use crate::error::ActError;
use crate::member::Unlocked;
use crate::records::{recovery, teams};
use crate::recovery::{RecoveryRefused, TeamPlace, seal_team};
use crate::registry::People;

/// Seals the newest key of every team of a zone that this member holds to the zone's recovery key. Returns the teams.
///
/// # Errors
/// [`ActError::NotAHolder`] when they hold none, [`RecoveryRefused::NoKey`], [`RecoveryRefused::UsedUp`].
pub async fn cover_teams(people: &People, holder: &Unlocked, zone: &str) -> Result<Vec<Uuid>, ActError> {
    let (inside, signer, zone) = (people.clone(), Signer::of(holder), zone.to_owned());
    let held = all_held(holder);
    people
        .store()
        .content()
        .tx("people.cover_teams", move |tx| {
            let (people, signer, zone, held) = (inside.clone(), signer.clone(), zone.clone(), held.clone());
            Box::pin(async move {
                let standing = Standing::usable(&people, tx, &zone).await?;
                let covered = cover_held(&people, tx, &standing, &signer, &held).await?;
                if covered.is_empty() {
                    return Err(ActError::NotAHolder);
                }
                let detail = json!({ "zone": zone, "number": standing.number, "teams": covered });
                people.note(tx, Actor::Member(signer.id), "recovery.covered", None, detail).await?;
                Ok::<_, ActError>(covered)
            })
        })
        .await
}

/// The newest keys that a holder brings into a transaction.
pub(super) fn all_held(holder: &Unlocked) -> Vec<(Uuid, Held)> {
    holder.held_teams().filter_map(|team| Some((team, Held::newest(holder, team).ok()?))).collect()
}

/// The teams of a zone whose newest key is among these, in the table and in fact.
pub(super) async fn held_in_zone<'a>(
    people: &People,
    tx: &Tx,
    zone: &str,
    signer: &Signer,
    held: &'a [(Uuid, Held)],
) -> Result<Vec<(teams::team::Model, &'a Held)>, ActError> {
    let mut theirs = Vec::new();
    for (team, key) in held {
        let Some(row) = teams::find(tx, people.organisation(), *team).await?.filter(|row| row.zone == zone) else { continue };
        let Some(newest) = teams::newest_epoch(tx, people.organisation(), *team).await? else { continue };
        match check_holder(people, tx, &row, signer, &newest, key).await {
            Ok(()) => theirs.push((row, key)),
            Err(ActError::NotAHolder) => {}
            Err(error) => return Err(error),
        }
    }
    Ok(theirs)
}

pub(super) async fn cover_held(
    people: &People,
    tx: &Tx,
    standing: &Standing,
    signer: &Signer,
    held: &[(Uuid, Held)],
) -> Result<Vec<Uuid>, ActError> {
    let mut covered = Vec::new();
    for (team, key) in held_in_zone(people, tx, &standing.row.zone, signer, held).await? {
        put_cover(people, tx, standing, team.id, key.epoch, &key.key()).await?;
        covered.push(team.id);
    }
    Ok(covered)
}

async fn put_cover(people: &People, tx: &Tx, standing: &Standing, team: Uuid, epoch: u32, key: &SecretKey<Team>) -> Result<(), ActError> {
    let place = TeamPlace { key: standing.place(), team, epoch };
    let sealed = seal_team(&place, key, &standing.public, &mut people.rng())?;
    let proven = cover_proof_bytes(&place, &standing.row.public_key, &sealed);
    let row = recovery::cover::Model {
        organisation: people.organisation(),
        team,
        epoch: stored_epoch(epoch)?,
        number: standing.row.number,
        proof: people.blind("people.recovery_team", &proven).to_vec(),
        sealed,
    };
    Ok(recovery::put_cover(tx, row).await?)
}

/// A new epoch is covered where the one before it was. The first never by itself: the zone's recovery key may be of somebody
/// whom the team's first holder does not know, and it is theirs to look at the officers and say so.
pub(crate) async fn cover_new_epoch(
    people: &People,
    tx: &Tx,
    team: &teams::team::Model,
    epoch: u32,
    key: &SecretKey<Team>,
) -> Result<(), ActError> {
    let standing = match Standing::usable(people, tx, &team.zone).await {
        Ok(standing) => standing,
        // A recovery that is not in order must keep nobody from shutting out a leaver.
        Err(ActError::Recovery(RecoveryRefused::NoKey | RecoveryRefused::UsedUp)) => return Ok(()),
        Err(ActError::Recovery(refused)) => {
            tracing::warn!(team = %team.id, %refused, "the team's new key is not covered by the recovery key");
            return Ok(());
        }
        Err(error) => return Err(error),
    };
    let before = standing.cover_of(people, tx, team.id).await?;
    let follows = before.is_some_and(|row| u32::try_from(row.epoch).is_ok_and(|before| before.checked_add(1) == Some(epoch)));
    if follows { put_cover(people, tx, &standing, team.id, epoch, key).await } else { Ok(()) }
}
