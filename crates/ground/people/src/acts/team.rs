//! Teams and their keys: making, granting, taking away, and the new epoch every 90 days.

use std::collections::BTreeSet;

use plainsight_ledger::Actor;
use plainsight_store::Tx;
use plainsight_vault::keys::{PublicKey, SecretKey, SigningKey, Team};
use sea_orm::ConnectionTrait;
use serde_json::json;
use time::{Duration, OffsetDateTime};
use uuid::Uuid;

use crate::acts::member::{end_sign_ins, read_member};
use crate::acts::recovery::cover_new_epoch;
use crate::acts::rota::take_off_rota;
use crate::acts::sign_in::member_public_key;
use crate::error::ActError;
use crate::grant::{ChainPlace, GrantPlace, GrantRefused, seal_grant, seal_previous};
use crate::member::Unlocked;
use crate::records::{grants, members, teams};
use crate::registry::People;
use crate::roles::{AUDITOR, RoleConflict, RoleError, ZONE, check_zones, is_name};

/// A team gets a new epoch at least this often (keys.md).
pub const EPOCH_AGE: Duration = Duration::days(90);
const LONGEST_NAME: usize = 200;

/// A team as the desk lists it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TeamListed {
    /// The team's id.
    pub id: Uuid,
    /// The zone it works in.
    pub zone: String,
    /// Its name.
    pub name: String,
    /// The newest epoch.
    pub epoch: u32,
    /// Members who hold the newest key.
    pub holders: Vec<Uuid>,
    /// Whether a new epoch is due, by age or because somebody was cut off.
    pub rotation_due: bool,
}

pub(crate) fn epoch_number(stored: i32) -> Result<u32, ActError> {
    u32::try_from(stored).map_err(|_| ActError::Sealed("team_epochs"))
}

pub(crate) fn stored_epoch(epoch: u32) -> Result<i32, ActError> {
    i32::try_from(epoch).map_err(|_| ActError::Sealed("team_epochs"))
}

fn epoch_bytes(organisation: Uuid, team: Uuid, epoch: i32, public: &[u8]) -> Vec<u8> {
    [organisation.as_bytes().as_slice(), team.as_bytes(), &epoch.to_be_bytes(), public].concat()
}

/// An epoch's public key, if this desk put it there.
pub(crate) fn epoch_public_key(people: &People, row: &teams::epoch::Model) -> Result<PublicKey<Team>, GrantRefused> {
    let bytes = epoch_bytes(row.organisation, row.team, row.epoch, &row.public_key);
    if !people.is_proven("people.team_epoch", &bytes, &row.proof) {
        return Err(GrantRefused::NotOurRow);
    }
    PublicKey::from_bytes(&row.public_key).map_err(|_| GrantRefused::Damaged)
}

/// The newest public key of a team: what reports are sealed to. The public process calls this; it holds no key that
/// could check the row's proof, and the desk checks it at every unlock.
///
/// # Errors
/// [`ActError::NotFound`] when the team has no epoch, and failures of the database.
pub async fn team_public_key(read: &impl ConnectionTrait, organisation: Uuid, team: Uuid) -> Result<(u32, PublicKey<Team>), ActError> {
    let row = teams::newest_epoch(read, organisation, team).await?.ok_or(ActError::NotFound)?;
    let key = PublicKey::from_bytes(&row.public_key).map_err(|_| GrantRefused::Damaged)?;
    Ok((epoch_number(row.epoch)?, key))
}

/// The teams of an organisation in one zone, by id. Needs no key.
///
/// # Errors
/// Failures of the database.
pub async fn team_ids(read: &impl ConnectionTrait, organisation: Uuid, zone: &str) -> Result<Vec<Uuid>, ActError> {
    let rows = teams::all(read, organisation).await?;
    Ok(rows.into_iter().filter(|row| row.zone == zone).map(|row| row.id).collect())
}

/// Makes a team in a zone. Its first holder is the member who makes it, unlocked.
///
/// # Errors
/// [`ActError::NoRoleInZone`] when the holder has no role there, [`ActError::Name`], and failures of the database.
pub async fn create_team(people: &People, holder: &Unlocked, zone: &str, name: &str) -> Result<Uuid, ActError> {
    let name = name.trim();
    if name.is_empty() || name.len() > LONGEST_NAME {
        return Err(ActError::Name("a team needs a name of at most 200 bytes"));
    }
    if !is_name(zone) {
        return Err(RoleError::NotARole.into());
    }
    let id = people.new_id();
    let sealed_name = people.seal("teams", id, "name", name.as_bytes());
    let wanted = name.to_owned();
    let (inside, zone, signer) = (people.clone(), zone.to_owned(), Signer::of(holder));
    people
        .store()
        .content()
        .tx("people.create_team", move |tx| {
            let (people, zone, name, signer) = (inside.clone(), zone.clone(), sealed_name.clone(), signer.clone());
            let wanted = wanted.clone();
            Box::pin(async move {
                let organisation = people.organisation();
                // First, for the ledger's lock: two teams made at once are one after the other from here on.
                people.note(tx, Actor::Member(signer.id), "team.made", Some(id), json!({ "zone": zone, "epoch": 1 })).await?;
                // Commands call a team by its name: a second one of the same name would take what is meant for the first.
                for other in teams::all(tx, organisation).await? {
                    if people.unseal("teams", other.id, "name", &other.name)?.as_slice() == wanted.as_bytes() {
                        return Err(ActError::Name("there is a team of this name already: choose another name"));
                    }
                }
                let row = teams::team::Model { organisation, id, zone, name, rotation_due: false };
                teams::insert(tx, row.clone()).await?;
                new_epoch(&people, tx, &row, &signer, None, &BTreeSet::from([signer.id])).await.map(drop)
            })
        })
        .await?;
    Ok(id)
}

/// Gives a member the team's key. Only an unlocked holder can, and signs it.
///
/// # Errors
/// [`ActError::NotAHolder`], [`ActError::NoRoleInZone`], [`ActError::RoleConflict`], [`ActError::NotFound`].
pub async fn grant_team(people: &People, holder: &Unlocked, team: Uuid, member: Uuid) -> Result<(), ActError> {
    let (inside, signer) = (people.clone(), Signer::of(holder));
    let held = Held::newest(holder, team)?;
    people
        .store()
        .content()
        .tx("people.grant_team", move |tx| {
            let (people, signer, held) = (inside.clone(), signer.clone(), held.clone());
            Box::pin(async move {
                let organisation = people.organisation();
                let row = teams::find(tx, organisation, team).await?.ok_or(ActError::NotFound)?;
                let newest = teams::newest_epoch(tx, organisation, team).await?.ok_or(ActError::NotFound)?;
                check_holder(&people, tx, &row, &signer, &newest, &held).await?;
                put_grant(&people, tx, &row, newest.epoch, &held.key(), &signer, member).await?;
                let detail = json!({ "team": team, "epoch": newest.epoch });
                people.note(tx, Actor::Member(signer.id), "team.granted", Some(member), detail).await
            })
        })
        .await
}

/// Takes a team's key from a member: their grant and their sign-ins die and the team gets a new epoch for all who
/// stay, in one transaction. What they have seen, and old epochs they copied, they keep.
///
/// # Errors
/// [`ActError::NotAHolder`] for the acting member, [`ActError::NotFound`] when the leaver holds no key of this team,
/// [`ActError::Yourself`].
pub async fn remove_from_team(people: &People, holder: &Unlocked, team: Uuid, leaver: Uuid) -> Result<u32, ActError> {
    if holder.id == leaver {
        return Err(ActError::Yourself);
    }
    let (inside, signer) = (people.clone(), Signer::of(holder));
    let held = Held::newest(holder, team)?;
    let epoch = people
        .store()
        .content()
        .tx("people.remove_from_team", move |tx| {
            let (people, signer, held) = (inside.clone(), signer.clone(), held.clone());
            Box::pin(async move {
                let organisation = people.organisation();
                let before = grants::of_team(tx, organisation, team).await?;
                if !before.iter().any(|grant| grant.member == leaver) {
                    return Err(ActError::NotFound);
                }
                grants::delete(tx, organisation, team, leaver).await?;
                end_sign_ins(tx, organisation, leaver).await?;
                // A danger must page nobody who cannot open it: their turns become holes, which the rota shows.
                take_off_rota(&people, tx, team, leaver).await?;
                let epoch = next_epoch(&people, tx, team, &signer, &held).await?;
                let detail = json!({ "team": team, "epoch": epoch });
                people.note(tx, Actor::Member(signer.id), "team.left", Some(leaver), detail).await?;
                Ok::<u32, ActError>(epoch)
            })
        })
        .await?;
    people.memory().lock_member(leaver);
    Ok(epoch)
}

/// Makes a new epoch for everybody who holds the team's key now.
///
/// # Errors
/// [`ActError::NotAHolder`], [`ActError::NotFound`].
pub async fn rotate_team(people: &People, holder: &Unlocked, team: Uuid) -> Result<u32, ActError> {
    let (inside, signer) = (people.clone(), Signer::of(holder));
    let held = Held::newest(holder, team)?;
    people
        .store()
        .content()
        .tx("people.rotate_team", move |tx| {
            let (people, signer, held) = (inside.clone(), signer.clone(), held.clone());
            Box::pin(async move {
                let epoch = next_epoch(&people, tx, team, &signer, &held).await?;
                let detail = json!({ "epoch": epoch });
                people.note(tx, Actor::Member(signer.id), "team.new-epoch", Some(team), detail).await?;
                Ok::<u32, ActError>(epoch)
            })
        })
        .await
}

/// Every team of the organisation by zone and name, with who holds its key and whether a new epoch is due at `now`.
///
/// # Errors
/// Failures of the database.
pub async fn list_teams(people: &People, now: OffsetDateTime) -> Result<Vec<TeamListed>, ActError> {
    let (read, organisation) = (people.read(), people.organisation());
    let mut listed = Vec::new();
    for row in teams::all(read, organisation).await? {
        let Some(newest) = teams::newest_epoch(read, organisation, row.id).await? else { continue };
        let made = made_at(people, &newest)?;
        let name = people.unseal("teams", row.id, "name", &row.name)?;
        let holders = holders(people, read, &row, newest.epoch).await?;
        listed.push(TeamListed {
            id: row.id,
            zone: row.zone,
            name: String::from_utf8_lossy(&name).into_owned(),
            epoch: epoch_number(newest.epoch)?,
            holders: holders.into_iter().collect(),
            rotation_due: row.rotation_due || now - made >= EPOCH_AGE,
        });
    }
    // Their ids are random: without this each database would list them in an order of its own.
    listed.sort_by(|one, other| (&one.zone, &one.name, one.id).cmp(&(&other.zone, &other.name, other.id)));
    Ok(listed)
}

/// The column name under which an epoch's moment is sealed; the epoch is part of it, so that two never swap.
fn made_column(epoch: i32) -> String {
    format!("made_at.{epoch}")
}

fn made_at(people: &People, row: &teams::epoch::Model) -> Result<OffsetDateTime, ActError> {
    let plain = people.unseal("team_epochs", row.team, &made_column(row.epoch), &row.made_at)?;
    let seconds = i64::from_be_bytes(plain.as_slice().try_into().map_err(|_| ActError::Sealed("team_epochs"))?);
    OffsetDateTime::from_unix_timestamp(seconds).map_err(|_| ActError::Sealed("team_epochs"))
}

/// What a holder brings into a transaction to sign with.
#[derive(Clone)]
pub(crate) struct Signer {
    pub(crate) id: Uuid,
    pub(crate) signing: SigningKey,
}

impl Signer {
    pub(crate) fn of(holder: &Unlocked) -> Self {
        Self { id: holder.id, signing: holder.signing.clone() }
    }
}

/// The newest team key that a holder brings into a transaction.
#[derive(Clone)]
pub(crate) struct Held {
    pub(crate) epoch: u32,
    seed: zeroize::Zeroizing<[u8; 32]>,
}

impl Held {
    pub(crate) fn newest(holder: &Unlocked, team: Uuid) -> Result<Self, ActError> {
        let (epoch, key) = holder.newest(team).ok_or(ActError::NotAHolder)?;
        Ok(Self { epoch, seed: key.seed() })
    }

    pub(crate) fn key(&self) -> SecretKey<Team> {
        SecretKey::from_seed(*self.seed)
    }
}

/// What a row of the grants table says.
pub(crate) fn grant_place<'a>(team: &'a teams::team::Model, row: &grants::Model) -> Result<GrantPlace<'a>, ActError> {
    Ok(GrantPlace {
        organisation: team.organisation,
        zone: &team.zone,
        team: row.team,
        member: row.member,
        epoch: epoch_number(row.epoch)?,
        id: row.id,
        granted_by: row.granted_by,
    })
}

/// Whether this desk wrote a grant, for the keys that the member has now.
pub(crate) fn is_ours(people: &People, place: &GrantPlace<'_>, row: &grants::Model, member_key: &[u8]) -> bool {
    people.is_proven("people.grant", &place.proven_bytes(&row.granter_key, member_key), &row.proof)
}

/// Who holds an epoch of a team.
///
/// A row that this desk did not write, or that was put back after its member left, was reset or was closed, makes
/// nobody a holder: the next epoch would otherwise be sealed to whom such a row names.
pub(crate) async fn holders(
    people: &People,
    db: &impl ConnectionTrait,
    team: &teams::team::Model,
    epoch: i32,
) -> Result<BTreeSet<Uuid>, ActError> {
    let mut holders = BTreeSet::new();
    for row in grants::of_team(db, team.organisation, team.id).await? {
        let member = members::find(db, team.organisation, row.member).await?.filter(|member| !member.closed);
        let place = grant_place(team, &row)?;
        if row.epoch == epoch && member.is_some_and(|member| is_ours(people, &place, &row, &member.public_key)) {
            holders.insert(row.member);
        } else {
            tracing::warn!(team = %team.id, "a grant that is not in order was passed over");
        }
    }
    Ok(holders)
}

/// The acting member holds the newest epoch, in the table and in fact. Keys from a session that was unlocked before
/// the last epoch are not enough.
pub(crate) async fn check_holder(
    people: &People,
    tx: &Tx,
    team: &teams::team::Model,
    signer: &Signer,
    newest: &teams::epoch::Model,
    held: &Held,
) -> Result<(), ActError> {
    let granted = holders(people, tx, team, newest.epoch).await?.contains(&signer.id);
    let public = epoch_public_key(people, newest)?;
    let fits = held.epoch == epoch_number(newest.epoch)? && held.key().public().to_bytes() == public.to_bytes();
    if granted && fits { Ok(()) } else { Err(ActError::NotAHolder) }
}

/// A new epoch for the holders that remain, linked to the one the acting holder brought.
async fn next_epoch(people: &People, tx: &Tx, team: Uuid, signer: &Signer, held: &Held) -> Result<u32, ActError> {
    let organisation = people.organisation();
    let row = teams::find(tx, organisation, team).await?.ok_or(ActError::NotFound)?;
    let newest = teams::newest_epoch(tx, organisation, team).await?.ok_or(ActError::NotFound)?;
    check_holder(people, tx, &row, signer, &newest, held).await?;
    let stay = holders(people, tx, &row, newest.epoch).await?;
    new_epoch(people, tx, &row, signer, Some(held), &stay).await
}

async fn new_epoch(
    people: &People,
    tx: &Tx,
    team: &teams::team::Model,
    signer: &Signer,
    previous: Option<&Held>,
    holders: &BTreeSet<Uuid>,
) -> Result<u32, ActError> {
    let key = SecretKey::<Team>::generate(&mut people.rng());
    let public = key.public();
    let epoch = previous.map_or(1, |held| held.epoch + 1);
    let stored = stored_epoch(epoch)?;
    let link = match previous {
        Some(held) => {
            let place = ChainPlace { organisation: team.organisation, zone: &team.zone, team: team.id, epoch };
            Some(seal_previous(&place, &held.key(), &public, &mut people.rng())?)
        }
        None => None,
    };
    let public_bytes = public.to_bytes().to_vec();
    let proven = epoch_bytes(team.organisation, team.id, stored, &public_bytes);
    let made = people.now().unix_timestamp().to_be_bytes();
    teams::insert_epoch(
        tx,
        teams::epoch::Model {
            organisation: team.organisation,
            team: team.id,
            epoch: stored,
            proof: people.blind("people.team_epoch", &proven).to_vec(),
            public_key: public_bytes,
            made_at: people.seal("team_epochs", team.id, &made_column(stored), &made),
            previous: link,
        },
    )
    .await?;
    for member in holders {
        put_grant(people, tx, team, stored, &key, signer, *member).await?;
    }
    cover_new_epoch(people, tx, team, epoch, &key).await?;
    teams::set_rotation_due(tx, team.organisation, team.id, false).await?;
    Ok(epoch)
}

pub(crate) async fn put_grant(
    people: &People,
    tx: &Tx,
    team: &teams::team::Model,
    epoch: i32,
    key: &SecretKey<Team>,
    signer: &Signer,
    member: Uuid,
) -> Result<(), ActError> {
    let row = members::find(tx, team.organisation, member).await?.filter(|row| !row.closed).ok_or(ActError::NotFound)?;
    let who = read_member(people, &row)?;
    check_zones(who.roles.iter().map(|role| role.zone.as_str()).chain([team.zone.as_str()]))?;
    if !who.works_in(&team.zone) {
        return Err(ActError::NoRoleInZone);
    }
    if who.holds(ZONE, AUDITOR) {
        return Err(RoleConflict::OwnAuditor.into());
    }
    let to = member_public_key(people, &row)?;
    let id = people.new_id();
    let place = GrantPlace {
        organisation: team.organisation,
        zone: &team.zone,
        team: team.id,
        member,
        epoch: epoch_number(epoch)?,
        id,
        granted_by: signer.id,
    };
    let granter_key = signer.signing.verifying_key().to_bytes().to_vec();
    grants::put(
        tx,
        grants::Model {
            organisation: team.organisation,
            team: team.id,
            member,
            epoch,
            id,
            granted_by: signer.id,
            proof: people.blind("people.grant", &place.proven_bytes(&granter_key, &row.public_key)).to_vec(),
            granter_key,
            sealed: seal_grant(&place, key, &to, &signer.signing, &mut people.rng())?,
        },
    )
    .await?;
    Ok(())
}
