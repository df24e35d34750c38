//! A request, from asking to the grant: an officer asks, everybody is told, others agree, a day passes, the member who is named finishes.

use std::collections::BTreeSet;

use plainsight_ledger::Actor;
use plainsight_store::Tx;
use plainsight_vault::keys::{SecretKey, VerifyingKey};
use sea_orm::ConnectionTrait;
use serde::{Deserialize, Serialize};
use serde_json::json;
use sha2::{Digest as _, Sha256};
use time::OffsetDateTime;
use uuid::Uuid;
use zeroize::Zeroizing;

use super::cover::{all_held, held_in_zone};
use super::make::clear;
use super::standing::{Standing, key_proof_bytes, may_be_officer};
use crate::acts::member::read_member;
use crate::acts::sign_in::member_public_key;
use crate::acts::team::{Signer, epoch_number, epoch_public_key, put_grant};
use crate::error::ActError;
use crate::member::Unlocked;
use crate::records::{members, recovery, teams};
use crate::recovery::telling::Telling;
use crate::recovery::{
    AnswerPlace, LASTS, RecoveryRefused, Share, TeamPlace, check_time, combine, open_answer, open_share, open_team, seal_answer,
};
use crate::registry::People;

const LONGEST_REASON: usize = 500;

/// What is asked and when, sealed in one column.
#[derive(Clone, Serialize, Deserialize)]
pub(super) struct About {
    pub(super) teams: Vec<Uuid>,
    pub(super) reason: String,
    #[serde(with = "time::serde::timestamp")]
    pub(super) asked_at: OffsetDateTime,
    #[serde(with = "time::serde::timestamp::option")]
    /// When those who can stop it knew: from then on the 24 hours count.
    pub(super) told_at: Option<OffsetDateTime>,
    #[serde(default)]
    pub(super) telling: Telling,
}

impl About {
    pub(super) fn open(people: &People, row: &recovery::request::Model) -> Result<Self, ActError> {
        let plain = people.unseal("recovery_requests", row.id, "about", &row.about)?;
        serde_json::from_slice(&plain).map_err(|_| ActError::Sealed("recovery_requests"))
    }

    pub(super) fn seal(&self, people: &People, id: Uuid) -> Result<Vec<u8>, ActError> {
        let plain = serde_json::to_vec(self).map_err(|_| ActError::Sealed("recovery_requests"))?;
        Ok(people.seal("recovery_requests", id, "about", &plain))
    }

    /// Whether nobody finished it in time.
    pub(super) fn is_over(&self, now: OffsetDateTime) -> bool {
        now >= self.told_at.unwrap_or(self.asked_at).saturating_add(LASTS)
    }
}

fn request_proof_bytes(row: &recovery::request::Model) -> Vec<u8> {
    let zone = Sha256::digest(row.zone.as_bytes());
    [
        row.organisation.as_bytes().as_slice(),
        row.id.as_bytes(),
        &zone,
        &row.number.to_be_bytes(),
        row.asked_by.as_bytes(),
        row.target.as_bytes(),
        &row.target_key,
        &[u8::from(row.open)],
        &Sha256::digest(&row.about),
    ]
    .concat()
}

pub(super) async fn put(people: &People, tx: &Tx, mut row: recovery::request::Model) -> Result<(), ActError> {
    row.proof = people.blind("people.recovery_request", &request_proof_bytes(&row)).to_vec();
    Ok(recovery::put_request(tx, row).await?)
}

pub(super) fn request_is_ours(people: &People, row: &recovery::request::Model) -> bool {
    people.is_proven("people.recovery_request", &request_proof_bytes(row), &row.proof)
}

/// Ends a request and takes back what officers gave to it.
pub(super) async fn close(people: &People, tx: &Tx, mut row: recovery::request::Model) -> Result<(), ActError> {
    recovery::delete_answers(tx, row.organisation, row.id).await?;
    row.open = false;
    put(people, tx, row).await
}

/// A request that can still be agreed to and finished, with the key that it is about.
pub(super) async fn live(
    people: &People,
    db: &impl ConnectionTrait,
    id: Uuid,
) -> Result<(recovery::request::Model, About, Standing), ActError> {
    let row = recovery::find_request(db, people.organisation(), id).await?.ok_or(ActError::NotFound)?;
    if !request_is_ours(people, &row) {
        return Err(RecoveryRefused::NotOurRow.into());
    }
    let about = About::open(people, &row)?;
    if !row.open || about.is_over(people.now()) {
        return Err(RecoveryRefused::Over.into());
    }
    let standing = Standing::usable(people, db, &row.zone).await?;
    if standing.row.number != row.number { Err(RecoveryRefused::Over.into()) } else { Ok((row, about, standing)) }
}

fn key_hash(public_key: &[u8]) -> Vec<u8> {
    Sha256::digest(public_key).to_vec()
}

/// The member whom a request names, if they may still get the keys.
async fn target(people: &People, db: &impl ConnectionTrait, id: Uuid, zone: &str) -> Result<members::Model, ActError> {
    let row = members::find(db, people.organisation(), id).await?.filter(|row| !row.closed).ok_or(ActError::NotFound)?;
    let member = read_member(people, &row)?;
    may_be_officer(&member, zone)?;
    if member.works_in(zone) { Ok(row) } else { Err(ActError::NoRoleInZone) }
}

/// What an officer brings into a transaction: who they are, and what opens their share.
#[derive(Clone)]
struct Hand {
    signer: Signer,
    seed: Zeroizing<[u8; 32]>,
}

impl Hand {
    fn of(unlocked: &Unlocked) -> Self {
        Self { signer: Signer::of(unlocked), seed: unlocked.member.seed() }
    }

    /// Gives the officer's share to a request: sealed anew to the member whom it names.
    async fn answer(&self, people: &People, tx: &Tx, standing: &Standing, request: &recovery::request::Model) -> Result<(), ActError> {
        let row = standing.share_of(people, tx, self.signer.id).await?;
        let place = AnswerPlace { share: standing.share_place(row)?, request: request.id, target: request.target };
        let share = open_share(&place.share, &row.sealed, &SecretKey::from_seed(*self.seed), &standing.maker, &row.commitment)?;
        let target = target(people, tx, request.target, &request.zone).await?;
        if key_hash(&target.public_key) != request.target_key {
            return Err(RecoveryRefused::OtherAccount.into());
        }
        let sealed = seal_answer(&place, &share, &member_public_key(people, &target)?, &self.signer.signing, &mut people.rng())?;
        // The desk's own key goes around it: the delay would else bind nobody who has a copy of the database.
        let sealed = people.seal("recovery_answers", request.id, &answer_column(self.signer.id), &sealed);
        let proven = answer_proof_bytes(&place, &self.signer.signing.verifying_key(), &sealed);
        let answer = recovery::answer::Model {
            organisation: people.organisation(),
            request: request.id,
            officer: self.signer.id,
            proof: people.blind("people.recovery_answer", &proven).to_vec(),
            sealed,
        };
        Ok(recovery::put_answer(tx, answer).await?)
    }
}

fn answer_column(officer: Uuid) -> String {
    format!("sealed.{officer}")
}

fn answer_proof_bytes(place: &AnswerPlace<'_>, officer: &VerifyingKey, sealed: &[u8]) -> Vec<u8> {
    [place.heading().as_slice(), &officer.to_bytes(), Sha256::digest(sealed).as_slice()].concat()
}

/// Asks that a member gets the newest keys of some teams of one zone. The officer who asks agrees by it.
///
/// # Errors
/// [`RecoveryRefused`], [`ActError::NoRoleInZone`] and [`ActError::RoleConflict`] for a member who may not have the key.
pub async fn ask(people: &People, officer: &Unlocked, of_teams: &[Uuid], target_id: Uuid, reason: &str) -> Result<Uuid, ActError> {
    let reason = reason.trim().to_owned();
    if reason.is_empty() || reason.chars().count() > LONGEST_REASON {
        return Err(RecoveryRefused::Reason.into());
    }
    let (inside, hand, of_teams, id) = (people.clone(), Hand::of(officer), of_teams.to_vec(), people.new_id());
    people
        .store()
        .content()
        .tx("people.ask_recovery", move |tx| {
            let (people, hand, of_teams, reason) = (inside.clone(), hand.clone(), of_teams.clone(), reason.clone());
            Box::pin(async move {
                let organisation = people.organisation();
                let zone = one_zone(&people, tx, &of_teams).await?;
                let standing = Standing::usable(&people, tx, &zone).await?;
                for team in &of_teams {
                    newest_cover(&people, tx, &standing, *team).await?;
                }
                let target = target(&people, tx, target_id, &zone).await?;
                let count = of_teams.len();
                let about = About { teams: of_teams, reason, asked_at: people.now(), told_at: None, telling: Telling::default() };
                let row = recovery::request::Model {
                    organisation,
                    id,
                    zone,
                    number: standing.row.number,
                    asked_by: hand.signer.id,
                    target: target_id,
                    target_key: key_hash(&target.public_key),
                    about: about.seal(&people, id)?,
                    open: true,
                    proof: Vec::new(),
                };
                put(&people, tx, row.clone()).await?;
                hand.answer(&people, tx, &standing, &row).await?;
                let detail = json!({ "request": id, "teams": count, "number": standing.number });
                people.note(tx, Actor::Member(hand.signer.id), "recovery.asked", Some(target_id), detail).await
            })
        })
        .await?;
    Ok(id)
}

/// The one zone of these teams.
async fn one_zone(people: &People, db: &impl ConnectionTrait, of_teams: &[Uuid]) -> Result<String, ActError> {
    let mut zones = BTreeSet::new();
    for team in of_teams {
        zones.insert(teams::find(db, people.organisation(), *team).await?.ok_or(ActError::NotFound)?.zone);
    }
    let each_once = of_teams.iter().collect::<BTreeSet<_>>().len() == of_teams.len();
    match (zones.len(), zones.pop_first()) {
        (1, Some(zone)) if each_once => Ok(zone),
        _ => Err(RecoveryRefused::Teams.into()),
    }
}

/// The row that covers a team's newest epoch, with that epoch.
async fn newest_cover(
    people: &People,
    db: &impl ConnectionTrait,
    standing: &Standing,
    team: Uuid,
) -> Result<(recovery::cover::Model, teams::epoch::Model), ActError> {
    let newest = teams::newest_epoch(db, people.organisation(), team).await?.ok_or(ActError::NotFound)?;
    let cover = standing.cover_of(people, db, team).await?.filter(|cover| cover.epoch == newest.epoch);
    Ok((cover.ok_or(RecoveryRefused::NotCovered)?, newest))
}

/// Agrees to a request, as another officer.
///
/// # Errors
/// [`RecoveryRefused`] says why not; [`ActError::NotFound`] for no such request.
pub async fn agree(people: &People, officer: &Unlocked, request: Uuid) -> Result<(), ActError> {
    let (inside, hand) = (people.clone(), Hand::of(officer));
    people
        .store()
        .content()
        .tx("people.agree_recovery", move |tx| {
            let (people, hand) = (inside.clone(), hand.clone());
            Box::pin(async move {
                let (row, _, standing) = live(&people, tx, request).await?;
                if recovery::answers(tx, row.organisation, row.id).await?.iter().any(|answer| answer.officer == hand.signer.id) {
                    return Err(RecoveryRefused::AgreedAlready.into());
                }
                hand.answer(&people, tx, &standing, &row).await?;
                people.note(tx, Actor::Member(hand.signer.id), "recovery.agreed", Some(row.target), json!({ "request": row.id })).await
            })
        })
        .await
}

/// Stops a request: an officer can, and whoever holds the key of any team in the zone.
///
/// # Errors
/// [`RecoveryRefused::NotAnOfficer`], [`RecoveryRefused::Over`], [`ActError::NotFound`].
pub async fn stop(people: &People, who: &Unlocked, request: Uuid) -> Result<(), ActError> {
    let (inside, signer, held) = (people.clone(), Signer::of(who), all_held(who));
    people
        .store()
        .content()
        .tx("people.stop_recovery", move |tx| {
            let (people, signer, held) = (inside.clone(), signer.clone(), held.clone());
            Box::pin(async move {
                let row = recovery::find_request(tx, people.organisation(), request).await?.ok_or(ActError::NotFound)?;
                if !row.open {
                    return Err(RecoveryRefused::Over.into());
                }
                let holds = !held_in_zone(&people, tx, &row.zone, &signer, &held).await?.is_empty();
                if !holds {
                    Standing::usable(&people, tx, &row.zone).await?.share_of(&people, tx, signer.id).await?;
                }
                let (target, id) = (row.target, row.id);
                close(&people, tx, row).await?;
                people.note(tx, Actor::Member(signer.id), "recovery.stopped", Some(target), json!({ "request": id })).await
            })
        })
        .await
}

/// The shares that officers gave to a request and that still count, opened by the member whom it names.
async fn gathered(
    people: &People,
    db: &impl ConnectionTrait,
    standing: &Standing,
    request: &recovery::request::Model,
    key: &SecretKey<plainsight_vault::keys::Member>,
) -> Result<Vec<Share>, ActError> {
    let mut shares = Vec::new();
    for answer in recovery::answers(db, request.organisation, request.id).await? {
        match opened(people, db, standing, request, &answer, key).await {
            Ok(share) => shares.push(share),
            // An officer who left or was reset since, or a row that nobody wrote here, must not spoil what the others gave.
            Err(ActError::Recovery(refused)) => tracing::warn!(request = %request.id, %refused, "an agreement does not count"),
            Err(error) => return Err(error),
        }
    }
    Ok(shares)
}

/// Where an agreement that counts belongs, the officer's verifying key, and their share's commitment: the desk wrote the row,
/// and the officer's share still counts.
pub(super) async fn counting_answer<'a>(
    people: &People,
    db: &impl ConnectionTrait,
    standing: &'a Standing,
    request: &recovery::request::Model,
    answer: &recovery::answer::Model,
) -> Result<(AnswerPlace<'a>, VerifyingKey, &'a [u8]), ActError> {
    let row = standing.share_of(people, db, answer.officer).await?;
    let officer = members::find(db, people.organisation(), answer.officer).await?.ok_or(RecoveryRefused::NotAnOfficer)?;
    let signs = VerifyingKey::from_bytes(&officer.verifying_key).map_err(|_| ActError::Sealed("members"))?;
    let place = AnswerPlace { share: standing.share_place(row)?, request: request.id, target: request.target };
    if !people.is_proven("people.recovery_answer", &answer_proof_bytes(&place, &signs, &answer.sealed), &answer.proof) {
        return Err(RecoveryRefused::NotOurRow.into());
    }
    Ok((place, signs, &row.commitment))
}

async fn opened(
    people: &People,
    db: &impl ConnectionTrait,
    standing: &Standing,
    request: &recovery::request::Model,
    answer: &recovery::answer::Model,
    key: &SecretKey<plainsight_vault::keys::Member>,
) -> Result<Share, ActError> {
    let (place, signs, commitment) = counting_answer(people, db, standing, request, answer).await?;
    let sealed = people.unseal("recovery_answers", request.id, &answer_column(answer.officer), &answer.sealed)?;
    Ok(open_answer(&place, &sealed, key, &signs, commitment)?)
}

/// Brings the recovery key together in the memory of the member whom the request names, gives them the teams' newest keys, and
/// uses the recovery key up: its shares die, and every team that it covered is due for a new key. Returns the teams.
///
/// # Errors
/// [`RecoveryRefused`] says why not; [`ActError::NotFound`] for no such request.
pub async fn finish(people: &People, member: &Unlocked, request: Uuid) -> Result<Vec<Uuid>, ActError> {
    let (inside, hand) = (people.clone(), Hand::of(member));
    people
        .store()
        .content()
        .tx("people.finish_recovery", move |tx| {
            let (people, hand) = (inside.clone(), hand.clone());
            Box::pin(async move {
                let (row, about, standing) = live(&people, tx, request).await?;
                if row.target != hand.signer.id {
                    return Err(RecoveryRefused::NotForYou.into());
                }
                let key = SecretKey::from_seed(*hand.seed);
                if key_hash(&key.public().to_bytes()) != row.target_key {
                    return Err(RecoveryRefused::OtherAccount.into());
                }
                check_time(about.told_at, people.now())?;
                let shares = gathered(&people, tx, &standing, &row, &key).await?;
                if shares.len() < usize::from(standing.need) {
                    return Err(RecoveryRefused::TooFew { agreed: shares.len(), need: standing.need }.into());
                }
                let seed = combine(standing.need, &shares).ok_or(RecoveryRefused::OtherKey)?;
                let recovery_key = SecretKey::from_seed(*seed);
                if recovery_key.public() != standing.public {
                    return Err(RecoveryRefused::OtherKey.into());
                }
                for team in &about.teams {
                    let (cover, newest) = newest_cover(&people, tx, &standing, *team).await?;
                    let place = TeamPlace { key: standing.place(), team: *team, epoch: epoch_number(cover.epoch)? };
                    let team_key = open_team(&place, &cover.sealed, &recovery_key, &epoch_public_key(&people, &newest)?)?;
                    let team = teams::find(tx, people.organisation(), *team).await?.ok_or(ActError::NotFound)?;
                    put_grant(&people, tx, &team, newest.epoch, &team_key, &hand.signer, hand.signer.id).await?;
                }
                use_up(&people, tx, &standing).await?;
                let detail = json!({ "request": row.id, "number": standing.number, "agreed": shares.len(), "teams": about.teams });
                people.note(tx, Actor::Member(hand.signer.id), "recovery.finished", Some(hand.signer.id), detail).await?;
                Ok::<_, ActError>(about.teams)
            })
        })
        .await
}

/// Who brought the key together could have kept it: nothing new is sealed to it, and what it covered gets new keys.
async fn use_up(people: &People, tx: &Tx, standing: &Standing) -> Result<(), ActError> {
    for team in teams::all(tx, people.organisation()).await? {
        if team.zone == standing.row.zone && standing.cover_of(people, tx, team.id).await?.is_some() {
            teams::set_rotation_due(tx, team.organisation, team.id, true).await?;
        }
    }
    clear(people, tx, &standing.row.zone).await?;
    let mut row = recovery::key::Model { used: true, ..standing.row.clone() };
    row.proof = people.blind("people.recovery_key", &key_proof_bytes(&row)?).to_vec();
    Ok(recovery::put_key(tx, row).await?)
}
