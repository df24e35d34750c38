//! Making a recovery key: a holder splits it among officers and covers the teams whose keys they hold.

use std::collections::BTreeSet;

use plainsight_ledger::Actor;
use plainsight_store::Tx;
use plainsight_vault::keys::{Recovery, SecretKey, VerifyingKey};
use sea_orm::ConnectionTrait;
use serde_json::json;
use uuid::Uuid;

use super::cover::{all_held, cover_held, held_in_zone};
use super::standing::{Standing, key_proof_bytes, may_be_officer, share_proof_bytes};
use crate::acts::member::read_member;
use crate::acts::sign_in::member_public_key;
use crate::acts::team::Signer;
use crate::error::ActError;
use crate::member::Unlocked;
use crate::records::{grants, members, recovery, teams};
use crate::recovery::{MOST_OFFICERS, RecoveryRefused, Share, SharePlace, combine, seal_share, split};
use crate::registry::People;

/// Makes a zone's recovery key, in place of one that is not the last way to a team's key. Any `need` of the
/// officers can bring it back together. Returns its number and the teams it covers.
///
/// # Errors
/// [`RecoveryRefused::Numbers`], [`RecoveryRefused::StillNeeded`], [`ActError::NotAHolder`] for who holds no key in the zone,
/// [`ActError::RoleConflict`] for an officer who may not be one, [`ActError::NotFound`].
pub async fn make_recovery(
    people: &People,
    maker: &Unlocked,
    zone: &str,
    officers: &[Uuid],
    need: u8,
) -> Result<(u32, Vec<Uuid>), ActError> {
    let of = u8::try_from(officers.len()).map_err(|_| RecoveryRefused::Numbers)?;
    let each_once = officers.iter().collect::<BTreeSet<_>>().len() == officers.len();
    if !each_once || officers.len() > MOST_OFFICERS || need < 2 || need > of {
        return Err(RecoveryRefused::Numbers.into());
    }
    let (inside, signer, zone, officers) = (people.clone(), Signer::of(maker), zone.to_owned(), officers.to_vec());
    let held = all_held(maker);
    people
        .store()
        .content()
        .tx("people.make_recovery", move |tx| {
            let (people, signer, zone, officers, held) = (inside.clone(), signer.clone(), zone.clone(), officers.clone(), held.clone());
            Box::pin(async move {
                let theirs: BTreeSet<Uuid> =
                    held_in_zone(&people, tx, &zone, &signer, &held).await?.into_iter().map(|(team, _)| team.id).collect();
                if theirs.is_empty() {
                    return Err(ActError::NotAHolder);
                }
                let number = next_number(&people, tx, &zone, &theirs).await?;
                clear(&people, tx, &zone).await?;
                put_key(&people, tx, &zone, number, &signer, &officers, need).await?;
                let standing = Standing::usable(&people, tx, &zone).await?;
                let covered = cover_held(&people, tx, &standing, &signer, &held).await?;
                let detail = json!({ "zone": zone, "number": number, "officers": officers, "need": need, "teams": covered });
                people.note(tx, Actor::Member(signer.id), "recovery.made", None, detail).await?;
                Ok::<_, ActError>((number, covered))
            })
        })
        .await
}

/// The number of the next key, if the one that stands may go. One that enough officers could still use stays while it is the
/// last way to a team's key: while it covers a team whose newest key no open account holds. A team that somebody holds loses
/// nothing for good, and they see on every page of recovery that it is no longer covered. Without this, whoever makes an
/// account and a team first could keep the real holders from making a recovery key with officers whom they trust.
async fn next_number(people: &People, db: &impl ConnectionTrait, zone: &str, theirs: &BTreeSet<Uuid>) -> Result<u32, ActError> {
    let organisation = people.organisation();
    let Some(before) = recovery::find_key(db, organisation, zone).await? else { return Ok(1) };
    let number = u32::try_from(before.number).ok().and_then(|number| number.checked_add(1)).ok_or(ActError::Sealed("recovery_keys"))?;
    let standing = match Standing::usable(people, db, zone).await {
        Ok(standing) => standing,
        // Used up, or no work of this desk: worth nothing.
        Err(ActError::Recovery(_)) => return Ok(number),
        Err(error) => return Err(error),
    };
    for request in recovery::open_requests(db, organisation).await? {
        if request.zone == zone && super::request::live(people, db, request.id).await.is_ok() {
            return Err(RecoveryRefused::AskedFor.into());
        }
    }
    if standing.counting(people, db).await? >= usize::from(standing.need) {
        for team in teams::all(db, organisation).await? {
            let covered = team.zone == zone && !theirs.contains(&team.id) && standing.cover_of(people, db, team.id).await?.is_some();
            if covered && !is_held(people, db, team.id).await? {
                return Err(RecoveryRefused::StillNeeded.into());
            }
        }
    }
    Ok(number)
}

/// Whether somebody with an open account holds the team's newest key.
async fn is_held(people: &People, db: &impl ConnectionTrait, team: Uuid) -> Result<bool, ActError> {
    let Some(newest) = teams::newest_epoch(db, people.organisation(), team).await? else { return Ok(false) };
    for grant in grants::of_team(db, people.organisation(), team).await?.iter().filter(|grant| grant.epoch == newest.epoch) {
        if members::find(db, people.organisation(), grant.member).await?.is_some_and(|member| !member.closed) {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Takes away what belongs to the zone's recovery key: shares, what it covers, and requests.
pub(super) async fn clear(people: &People, tx: &Tx, zone: &str) -> Result<(), ActError> {
    let organisation = people.organisation();
    recovery::delete_shares(tx, organisation, zone).await?;
    for team in teams::all(tx, organisation).await? {
        if team.zone == zone {
            recovery::delete_cover(tx, organisation, team.id).await?;
        }
    }
    for request in recovery::open_requests(tx, organisation).await? {
        if request.zone == zone {
            super::request::close(people, tx, request).await?;
        }
    }
    Ok(())
}

async fn put_key(people: &People, tx: &Tx, zone: &str, number: u32, signer: &Signer, officers: &[Uuid], need: u8) -> Result<(), ActError> {
    let organisation = people.organisation();
    let of = u8::try_from(officers.len()).map_err(|_| RecoveryRefused::Numbers)?;
    let key = SecretKey::<Recovery>::generate(&mut people.rng());
    let shares = split(&key.seed(), need, of, &mut people.rng());
    check_whole(&key, need, &shares)?;
    let made = people.now().unix_timestamp().to_be_bytes();
    let mut row = recovery::key::Model {
        organisation,
        zone: zone.to_owned(),
        number: i32::try_from(number).map_err(|_| ActError::Sealed("recovery_keys"))?,
        public_key: key.public().to_bytes().to_vec(),
        need: i32::from(need),
        shares: i32::from(of),
        made_by: signer.id,
        maker_key: signer.signing.verifying_key().to_bytes().to_vec(),
        made_at: people.seal("recovery_keys", organisation, &made_column(zone, number), &made),
        used: false,
        proof: Vec::new(),
    };
    row.proof = people.blind("people.recovery_key", &key_proof_bytes(&row)?).to_vec();
    recovery::put_key(tx, row).await?;
    let standing = Standing::find(people, tx, zone).await?;
    for (officer, share) in officers.iter().zip(&shares) {
        put_share(people, tx, &standing, *officer, share, signer).await?;
    }
    Ok(())
}

/// The column name under which the moment of making is sealed.
pub(super) fn made_column(zone: &str, number: u32) -> String {
    format!("made_at.{zone}.{number}")
}

/// Nobody could find out later that shares do not fit each other without bringing them together: so here, before
/// anything is kept, and for the first and the last that are enough.
fn check_whole(key: &SecretKey<Recovery>, need: u8, shares: &[Share]) -> Result<(), RecoveryRefused> {
    let need_many = usize::from(need);
    let (first, last) = (shares.get(..need_many), shares.len().checked_sub(need_many).and_then(|from| shares.get(from..)));
    for some in [first, last] {
        let seed = some.and_then(|some| combine(need, some)).ok_or(RecoveryRefused::OtherKey)?;
        if *seed != *key.seed() {
            return Err(RecoveryRefused::OtherKey);
        }
    }
    Ok(())
}

async fn put_share(people: &People, tx: &Tx, standing: &Standing, officer: Uuid, share: &Share, signer: &Signer) -> Result<(), ActError> {
    let member = members::find(tx, people.organisation(), officer).await?.filter(|row| !row.closed).ok_or(ActError::NotFound)?;
    may_be_officer(&read_member(people, &member)?, &standing.row.zone)?;
    let place = SharePlace { key: standing.place(), need: standing.need, of: standing.of, officer, position: share.position() };
    let sealed = seal_share(&place, share, &member_public_key(people, &member)?, &signer.signing, &mut people.rng())?;
    let commitment = share.commitment(&place.key).to_vec();
    let maker: VerifyingKey = signer.signing.verifying_key();
    let proven = share_proof_bytes(&place, &commitment, &maker.to_bytes(), &member.public_key, &sealed);
    let row = recovery::share::Model {
        organisation: people.organisation(),
        zone: standing.row.zone.clone(),
        officer,
        number: standing.row.number,
        position: i32::from(place.position),
        commitment,
        tried_at: None,
        proof: people.blind("people.recovery_share", &proven).to_vec(),
        sealed,
    };
    Ok(recovery::put_share(tx, row).await?)
}
