//! Signing in and unlocking: password, six-digit code, and the way from a member's own key to the team keys. A passkey in
//! the place of the code is looked at in `acts::passkey`.

use std::collections::BTreeMap;
use std::sync::Arc;

use plainsight_ledger::Actor;
use plainsight_store::Store;
use plainsight_vault::keys::{PublicKey, SecretKey, Team, VerifyingKey};
use sea_orm::ConnectionTrait;
use serde_json::json;
use uuid::Uuid;
use zeroize::Zeroizing;

use crate::acts::member::{blind_name, keys_are_ours, read_member};
use crate::acts::team::{epoch_number, epoch_public_key, grant_place, is_ours};
use crate::error::ActError;
use crate::grant::{ChainPlace, GrantRefused, open_grant, open_previous};
use crate::member::{Member, MemberSecrets, Unlocked};
use crate::passwords::PasswordWork;
use crate::records::{attempts, grants, members, passkeys, sessions, teams};
use crate::registry::People;
use crate::second_factor::CodeSecret;
use crate::slowing::{Failures, bucket};

/// What somebody typed at the door.
pub struct Credentials {
    /// Sign-in name or e-mail address.
    pub name: String,
    /// Password.
    pub password: Zeroizing<String>,
    /// Six-digit code.
    pub code: Zeroizing<String>,
}

/// A member who has proved who they are.
#[derive(Clone, Debug)]
pub struct Proved {
    /// The member.
    pub member: Arc<Member>,
    /// Counts resets and removals; a session remembers it.
    pub generation: i32,
    /// Their keys.
    pub unlocked: Arc<Unlocked>,
}

/// Why somebody was not let in.
#[derive(Debug, thiserror::Error)]
pub enum SignInError {
    /// Name, password or second factor is wrong, or the account is closed. Which of them is never said.
    #[error("that name, password and code do not go together")]
    Refused,
    /// Something else failed.
    #[error(transparent)]
    Act(#[from] ActError),
}

impl From<sea_orm::DbErr> for SignInError {
    fn from(error: sea_orm::DbErr) -> Self {
        Self::Act(error.into())
    }
}

impl From<PasswordWork> for SignInError {
    fn from(error: PasswordWork) -> Self {
        Self::Act(error.into())
    }
}

/// Checks name, password and code together.
///
/// The work is the same whatever is wrong: one delay, one password, one code, one transaction. An unknown name is
/// tried against a secret that nobody has.
///
/// # Errors
/// [`SignInError::Refused`] for any wrong part.
pub async fn prove(people: &People, typed: &Credentials) -> Result<Proved, SignInError> {
    let tried = try_password(people, &typed.name, typed.password.clone()).await?;
    let step = check_code(people, tried.row.as_ref(), &typed.code)?;
    let_in(people, tried, step.map(Used::Code)).await
}

/// A name and a password that were tried. Whether they go together is not told before the second factor was looked at.
pub(crate) struct Tried {
    /// The account of that name, if there is one that is not closed.
    pub(crate) row: Option<members::Model>,
    blind: [u8; 32],
    /// What the password opened.
    secret: Option<Zeroizing<Vec<u8>>>,
}

/// One delay and one stretched password, whoever it is.
pub(crate) async fn try_password(people: &People, name: &str, password: Zeroizing<String>) -> Result<Tried, SignInError> {
    let blind = blind_name(people, name);
    let row = members::by_blind(people.read(), people.organisation(), &blind).await?.filter(|row| !row.closed);
    slow_down(people, &blind).await?;
    let secret = people.passwords().open(row.as_ref().map(|row| row.wrapped.clone()), password).await?.ok();
    Ok(Tried { row, blind, secret })
}

/// A second factor that was right, to be used up with the sign-in that it is for.
pub(crate) enum Used {
    /// The step of a six-digit code.
    Code(u64),
    /// A passkey, with its sealed uses as they were read and as they are to be.
    Passkey { id: Uuid, before: Vec<u8>, after: Vec<u8> },
}

/// Lets somebody in whose password and second factor were right, and refuses everybody else in the same way.
pub(crate) async fn let_in(people: &People, tried: Tried, used: Option<Used>) -> Result<Proved, SignInError> {
    if let (Some(row), Some(secret), Some(used)) = (tried.row, tried.secret, used) {
        let proved = admit(people, &row, &secret).await?;
        if accept(people, &row, Some(used), &tried.blind, "member.signed-in").await? {
            return Ok(proved);
        }
    }
    refuse(people, &tried.blind).await?;
    Err(SignInError::Refused)
}

/// Refuses, and writes down what auditors should ask about this member.
pub(crate) async fn refuse_and_say(people: &People, tried: &Tried, act: &'static str, member: Uuid) -> Result<Proved, SignInError> {
    let inside = people.clone();
    people
        .store()
        .content()
        .tx("people.sign_in_alarm", move |tx| {
            let people = inside.clone();
            Box::pin(async move { people.note(tx, Actor::System("sign-in"), act, Some(member), json!({})).await })
        })
        .await?;
    refuse(people, &tried.blind).await?;
    Err(SignInError::Refused)
}

/// Unlocks a session that is signed in already: the password alone, because the code was given for this session.
///
/// # Errors
/// [`SignInError::Refused`] for a wrong password or a closed account.
pub async fn unlock(people: &People, member: Uuid, password: Zeroizing<String>) -> Result<Proved, SignInError> {
    let row = members::find(people.read(), people.organisation(), member).await?.filter(|row| !row.closed).ok_or(SignInError::Refused)?;
    let blind: [u8; 32] = row.name_blind.as_slice().try_into().map_err(|_| ActError::Sealed("members"))?;
    slow_down(people, &blind).await?;
    if let Ok(secret) = people.passwords().open(Some(row.wrapped.clone()), password).await? {
        let proved = admit(people, &row, &secret).await?;
        if accept(people, &row, None, &blind, "member.unlocked").await? {
            return Ok(proved);
        }
    }
    refuse(people, &blind).await?;
    Err(SignInError::Refused)
}

/// The member and keys behind an opened secret. The secret must be the one that belongs to the public keys in the
/// row, and the desk must have put those there: a secret copied from another account lets nobody in.
async fn admit(people: &People, row: &members::Model, secret: &[u8]) -> Result<Proved, ActError> {
    let secrets = MemberSecrets::from_bytes(secret).map_err(|_| ActError::Sealed("members"))?;
    let same = secrets.member.public().to_bytes().as_slice() == row.public_key.as_slice()
        && secrets.signing.verifying_key().to_bytes().as_slice() == row.verifying_key.as_slice();
    if !same || !keys_are_ours(people, row) {
        return Err(ActError::Sealed("members"));
    }
    let unlocked = open_teams(people, people.read(), row.id, secrets).await?;
    Ok(Proved { member: Arc::new(read_member(people, row)?), generation: row.generation, unlocked: Arc::new(unlocked) })
}

/// Ends every session of everybody. A restored backup holds those of its day, and who left since may still have the cookie.
/// Returns how many there were.
///
/// # Errors
/// Failures of the database.
pub async fn forget_sessions(store: &Store, organisation: Uuid) -> Result<u64, ActError> {
    store
        .content()
        .tx("people.forget_sessions", move |tx| {
            Box::pin(async move { Ok::<u64, ActError>(sessions::delete_ended_before(tx, organisation, i64::MAX).await?) })
        })
        .await
}

/// Writes down that a member left the desk.
///
/// # Errors
/// Failures of the database.
pub async fn signed_out(people: &People, member: Uuid) -> Result<(), ActError> {
    let inside = people.clone();
    people
        .store()
        .content()
        .tx("people.sign_out", move |tx| {
            let people = inside.clone();
            Box::pin(async move { people.note(tx, Actor::Member(member), "member.signed-out", Some(member), json!({})).await })
        })
        .await
}

/// The keys an unlocked member should hold now. The same keys come back when no grant has changed.
///
/// # Errors
/// Failures of the database.
pub async fn refresh(people: &People, unlocked: &Arc<Unlocked>) -> Result<Arc<Unlocked>, ActError> {
    let rows = grants::of_member(people.read(), people.organisation(), unlocked.id).await?;
    let now: BTreeMap<Uuid, u32> = rows.iter().map(|row| Ok((row.team, epoch_number(row.epoch)?))).collect::<Result<_, ActError>>()?;
    if now == unlocked.granted {
        return Ok(Arc::clone(unlocked));
    }
    let secrets = MemberSecrets { member: SecretKey::from_seed(*unlocked.member.seed()), signing: unlocked.signing.clone() };
    Ok(Arc::new(open_teams(people, people.read(), unlocked.id, secrets).await?))
}

async fn slow_down(people: &People, blind: &[u8; 32]) -> Result<(), ActError> {
    let failures = failures(people, people.read(), blind).await?;
    people.pause().pause(failures.delay(people.now())).await;
    Ok(())
}

async fn failures(people: &People, db: &impl ConnectionTrait, blind: &[u8; 32]) -> Result<Failures, ActError> {
    let row = attempts::find(db, people.organisation(), bucket(blind)).await?;
    Ok(row
        .and_then(|row| {
            Some(Failures { count: u32::try_from(row.failures).ok()?, last: time::OffsetDateTime::from_unix_timestamp(row.last).ok()? })
        })
        .unwrap_or_else(|| Failures::none(people.now())))
}

fn failure_row(people: &People, blind: &[u8; 32], failures: Failures) -> attempts::Model {
    attempts::Model {
        organisation: people.organisation(),
        bucket: bucket(blind),
        failures: i32::try_from(failures.count).unwrap_or(i32::MAX),
        last: failures.last.unix_timestamp(),
    }
}

/// The step a code proves; for an unknown name, the same work on a secret that nobody has.
fn check_code(people: &People, row: Option<&members::Model>, code: &str) -> Result<Option<u64>, ActError> {
    let Some(row) = row else {
        let nobody = CodeSecret::generate(&mut people.rng());
        let _ = nobody.check(code, people.now(), None)?;
        return Ok(None);
    };
    let secret = people.unseal("members", row.id, "code_secret", &row.code_secret)?;
    let used = match &row.code_used {
        Some(sealed) => {
            let plain = people.unseal("members", row.id, "code_used", sealed)?;
            Some(u64::from_be_bytes(plain.as_slice().try_into().map_err(|_| ActError::Sealed("members"))?))
        }
        None => None,
    };
    Ok(CodeSecret::from_bytes(&secret)?.check(code, people.now(), used)?)
}

/// Uses up the second factor, forgives failures, and writes the entry. False when the account changed, or the factor was
/// used or removed, while the password was being tried.
async fn accept(people: &People, row: &members::Model, used: Option<Used>, blind: &[u8; 32], act: &'static str) -> Result<bool, ActError> {
    let (inside, row, blind, used) = (people.clone(), row.clone(), *blind, Arc::new(used));
    people
        .store()
        .content()
        .tx("people.sign_in", move |tx| {
            let (people, row, used) = (inside.clone(), row.clone(), Arc::clone(&used));
            Box::pin(async move {
                let same = members::find(tx, row.organisation, row.id)
                    .await?
                    .is_some_and(|now| !now.closed && now.generation == row.generation && now.wrapped == row.wrapped);
                if !same {
                    return Ok(false);
                }
                let (fresh, detail) = match used.as_ref() {
                    Some(Used::Code(step)) => {
                        let after = people.seal("members", row.id, "code_used", &step.to_be_bytes());
                        (members::use_code(tx, row.organisation, row.id, row.code_used.as_ref(), after).await?, json!({ "by": "code" }))
                    }
                    Some(Used::Passkey { id, before, after }) => {
                        let fresh = passkeys::note_use(tx, row.organisation, *id, row.id, before, after.clone()).await?;
                        (fresh, json!({ "by": "passkey" }))
                    }
                    None => (true, json!({})),
                };
                if !fresh {
                    return Ok(false);
                }
                attempts::put(tx, failure_row(&people, &blind, Failures::none(people.now()))).await?;
                people.note(tx, Actor::Member(row.id), act, Some(row.id), detail).await?;
                Ok::<bool, ActError>(true)
            })
        })
        .await
}

/// Counts a failure and writes an entry that names nobody.
async fn refuse(people: &People, blind: &[u8; 32]) -> Result<(), ActError> {
    let (inside, blind) = (people.clone(), *blind);
    people
        .store()
        .content()
        .tx("people.sign_in_refused", move |tx| {
            let people = inside.clone();
            Box::pin(async move {
                let failed = failures(&people, tx, &blind).await?.failed(people.now());
                attempts::put(tx, failure_row(&people, &blind, failed)).await?;
                people.note(tx, Actor::System("sign-in"), "sign-in.refused", None, json!({})).await
            })
        })
        .await
}

/// Opens every grant of a member and walks each team's chain back to its first epoch.
///
/// A grant that is not in order is left out and logged: one bad row must not keep an adviser from other teams.
pub(crate) async fn open_teams(
    people: &People,
    db: &impl ConnectionTrait,
    member: Uuid,
    secrets: MemberSecrets,
) -> Result<Unlocked, ActError> {
    let mut keys = BTreeMap::new();
    let mut newest = BTreeMap::new();
    let mut granted = BTreeMap::new();
    for row in grants::of_member(db, people.organisation(), member).await? {
        granted.insert(row.team, epoch_number(row.epoch)?);
        match open_team(people, db, &row, &secrets).await? {
            Ok(opened) => {
                newest.insert(row.team, epoch_number(row.epoch)?);
                keys.extend(opened.into_iter().map(|(epoch, key)| ((row.team, epoch), key)));
            }
            Err(refused) => tracing::warn!(team = %row.team, %refused, "a grant was refused"),
        }
    }
    Ok(Unlocked { id: member, member: secrets.member, signing: secrets.signing, teams: keys, newest, granted })
}

/// One team's keys, newest first: the grant, then the chain. A broken chain link loses only what lies behind it.
pub(crate) async fn open_team(
    people: &People,
    db: &impl ConnectionTrait,
    row: &grants::Model,
    secrets: &MemberSecrets,
) -> Result<Result<Vec<(u32, SecretKey<Team>)>, GrantRefused>, ActError> {
    let organisation = people.organisation();
    let Some(team) = teams::find(db, organisation, row.team).await? else {
        return Ok(Err(GrantRefused::Damaged));
    };
    let epoch = epoch_number(row.epoch)?;
    let place = grant_place(&team, row)?;
    if !is_ours(people, &place, row, &secrets.member.public().to_bytes()) {
        return Ok(Err(GrantRefused::NotOurRow));
    }
    let epochs = teams::epochs(db, organisation, row.team).await?;
    let public = |epoch: u32| -> Result<PublicKey<Team>, GrantRefused> {
        let row = epochs.iter().find(|row| u32::try_from(row.epoch) == Ok(epoch)).ok_or(GrantRefused::Damaged)?;
        epoch_public_key(people, row)
    };
    let opened = public(epoch).and_then(|team_public| {
        let granter = VerifyingKey::from_bytes(&row.granter_key).map_err(|_| GrantRefused::Damaged)?;
        open_grant(&place, &row.sealed, &secrets.member, &granter, &team_public)
    });
    let key = match opened {
        Ok(key) => key,
        Err(refused) => return Ok(Err(refused)),
    };
    let mut keys = vec![(epoch, key)];
    while let Some((epoch, key)) = keys.last() {
        let Some(link) = epochs.iter().find(|row| u32::try_from(row.epoch) == Ok(*epoch)) else { break };
        let (Some(sealed), Some(before)) = (&link.previous, epoch.checked_sub(1)) else { break };
        let place = ChainPlace { organisation, zone: &team.zone, team: row.team, epoch: *epoch };
        match public(before).and_then(|known| open_previous(&place, sealed, key, &known)) {
            Ok(key) => keys.push((before, key)),
            Err(refused) => {
                tracing::warn!(team = %row.team, epoch = before, %refused, "an older epoch does not open");
                break;
            }
        }
    }
    Ok(Ok(keys))
}

/// The public key of a member, if this desk put it there.
pub(crate) fn member_public_key(people: &People, row: &members::Model) -> Result<PublicKey<plainsight_vault::keys::Member>, GrantRefused> {
    if !keys_are_ours(people, row) {
        return Err(GrantRefused::NotOurRow);
    }
    PublicKey::from_bytes(&row.public_key).map_err(|_| GrantRefused::Damaged)
}
