//! Passkeys of a member: adding, listing, removing, and what one proves at the door.

use plainsight_ledger::Actor;
use sea_orm::ConnectionTrait;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use time::OffsetDateTime;
use uuid::Uuid;
use zeroize::Zeroizing;

use crate::acts::member::{end_sign_ins, open_row, read_profile};
use crate::acts::sign_in::{Proved, SignInError, Used, let_in, refuse_and_say, try_password};
use crate::challenge::{Ours, Purpose};
use crate::desk_memory::SessionKey;
use crate::error::ActError;
use crate::passkey::{Answer, Credential, Owner, PasskeyRefused, RelyingParty};
use crate::records::{members, passkeys, sessions};
use crate::registry::People;

/// More than one person carries, and few enough to look through.
const MOST: usize = 10;
/// Most letters of the name that a member gives.
pub(crate) const LONGEST_NAME: usize = 60;

/// What is sealed of a passkey.
#[derive(Serialize, Deserialize)]
struct Kept {
    /// Whose it is. The column beside it says so too, and could be changed by whoever writes the database.
    member: Uuid,
    /// The proof of the keys that the member had: after a reset, a row that is put back lets nobody in.
    keys: Vec<u8>,
    credential: Credential,
    name: String,
    added: i64,
}

/// How often a passkey says that it was used, and when it was used here.
#[derive(Clone, Copy)]
struct Uses {
    counter: u32,
    last: Option<i64>,
}

impl Uses {
    /// Always twelve bytes, so that their length says nothing.
    fn to_bytes(self) -> Vec<u8> {
        [self.counter.to_be_bytes().as_slice(), &self.last.unwrap_or(i64::MIN).to_be_bytes()].concat()
    }

    fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let (counter, rest) = bytes.split_first_chunk()?;
        let last = i64::from_be_bytes(rest.try_into().ok()?);
        Some(Self { counter: u32::from_be_bytes(*counter), last: Some(last).filter(|last| *last != i64::MIN) })
    }
}

/// A passkey as its member sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PasskeyListed {
    /// The row.
    pub id: Uuid,
    /// What the member calls it, and when it was added. None when the row is damaged or not the desk's: it lets nobody
    /// in and can only be removed.
    pub known: Option<(String, OffsetDateTime)>,
    /// When it last let somebody in.
    pub last_used: Option<OffsetDateTime>,
}

/// What somebody typed at the door, with a passkey's answer in the place of the code.
pub struct PasskeyCredentials {
    /// Sign-in name or e-mail address.
    pub name: String,
    /// Password.
    pub password: Zeroizing<String>,
    /// What the passkey answered, as the page's script wrote it down.
    pub answer: String,
}

/// The name under which a device keeps a member's passkeys. It says nothing to whoever reads the device.
fn handle(people: &People, member: Uuid) -> [u8; 32] {
    people.blind("people.passkey_handle", member.as_bytes())
}

/// What a browser needs to ask for any passkey of this desk. It is the same for everybody, so it tells of nobody.
#[must_use]
pub fn passkey_options(people: &People, place: &RelyingParty) -> Value {
    place.to_sign_in(&people.challenges().give(Purpose::SignIn, people.now(), &mut people.rng()))
}

/// What a browser needs to make a passkey for this member.
///
/// # Errors
/// [`ActError::NotFound`] and failures of the database.
pub async fn new_passkey_options(people: &People, place: &RelyingParty, member: Uuid) -> Result<Value, ActError> {
    let row = open_row(people, member).await?;
    let profile = read_profile(people, &row)?;
    let challenge = people.challenges().give(Purpose::Add(member), people.now(), &mut people.rng());
    let known: Vec<Credential> = readable(people, people.read(), &row).await?.into_iter().map(|it| it.kept.credential).collect();
    let owner = Owner { handle: &handle(people, member), sign_in_name: &profile.sign_in_name, name: &profile.name };
    Ok(place.to_add(&challenge, &owner, &known))
}

/// Adds the passkey that a browser has made for this member.
///
/// # Errors
/// [`ActError::Passkey`] says what was not in order; [`ActError::NotFound`] for a closed account.
pub async fn add_passkey(people: &People, place: &RelyingParty, member: Uuid, name: &str, answer: &str) -> Result<Uuid, ActError> {
    let name = check_name(name)?;
    let (answer, now) = (Answer::new(answer), people.now());
    let challenge = people.challenges().read(&answer.claims()?.challenge, Purpose::Add(member), now).ok_or(PasskeyRefused::Challenge)?;
    let made = place.made(&challenge, &answer, &handle(people, member))?;
    if !people.challenges().take(&challenge, now) {
        return Err(PasskeyRefused::Challenge.into());
    }
    let row = open_row(people, member).await?;
    let id = people.new_id();
    let kept = Kept { member, keys: row.keys_proof.clone(), credential: made.credential, name, added: now.unix_timestamp() };
    let plain = serde_json::to_vec(&kept).map_err(|_| ActError::Sealed("passkeys"))?;
    let uses = Uses { counter: made.counter, last: None };
    let new = passkeys::Model {
        organisation: people.organisation(),
        id,
        member,
        credential: people.seal("passkeys", id, "credential", &plain),
        used: people.seal("passkeys", id, "used", &uses.to_bytes()),
    };
    let (inside, credential) = (people.clone(), kept.credential);
    people
        .store()
        .content()
        .tx("people.add_passkey", move |tx| {
            let (people, new, row, credential) = (inside.clone(), new.clone(), row.clone(), credential.clone());
            Box::pin(async move {
                // A reset in between gave the account to somebody else's hands.
                members::find(tx, row.organisation, member)
                    .await?
                    .filter(|now| !now.closed && now.keys_proof == row.keys_proof)
                    .ok_or(ActError::NotFound)?;
                let all = passkeys::of_member(tx, row.organisation, member).await?;
                if all.len() >= MOST {
                    return Err(PasskeyRefused::TooMany.into());
                }
                if all.iter().filter_map(|it| read(&people, &row, it)).any(|it| it.kept.credential.id == credential.id) {
                    return Err(PasskeyRefused::Known.into());
                }
                passkeys::insert(tx, new).await?;
                people.note(tx, Actor::Member(member), "passkey.added", Some(member), json!({ "passkeys": all.len() + 1 })).await
            })
        })
        .await?;
    Ok(id)
}

/// The name that a member gives to a passkey, without the spaces around it.
pub(crate) fn check_name(name: &str) -> Result<String, PasskeyRefused> {
    let name = name.trim();
    let fits = !name.is_empty() && name.chars().count() <= LONGEST_NAME && !name.contains(char::is_control);
    if fits { Ok(name.to_owned()) } else { Err(PasskeyRefused::Name) }
}

/// Every passkey of a member, the oldest first, damaged ones at the end.
///
/// # Errors
/// [`ActError::NotFound`] and failures of the database.
pub async fn list_passkeys(people: &People, member: Uuid) -> Result<Vec<PasskeyListed>, ActError> {
    let owner = open_row(people, member).await?;
    let rows = passkeys::of_member(people.read(), people.organisation(), member).await?;
    let moment = |at: i64| OffsetDateTime::from_unix_timestamp(at).ok();
    let listed = rows.iter().map(|row| {
        let read = read(people, &owner, row);
        PasskeyListed {
            id: row.id,
            last_used: read.as_ref().and_then(|it| moment(it.uses.last?)),
            known: read.and_then(|it| Some((it.kept.name, moment(it.kept.added)?))),
        }
    });
    let mut listed: Vec<PasskeyListed> = listed.collect();
    listed.sort_by_key(|it| it.known.as_ref().map_or((true, None), |(_, added)| (false, Some(*added))));
    Ok(listed)
}

/// Removes one of a member's passkeys, from their own page, and ends their other sign-ins: whoever has a stolen device and
/// the password may be in already. Returns the generation that the session which stays must remember from now on.
///
/// # Errors
/// [`ActError::NotFound`] when the member has no such passkey, and failures of the database.
pub async fn remove_passkey(people: &People, member: Uuid, stays: SessionKey, id: Uuid) -> Result<i32, ActError> {
    let inside = people.clone();
    people
        .store()
        .content()
        .tx("people.remove_passkey", move |tx| {
            let people = inside.clone();
            Box::pin(async move {
                let organisation = people.organisation();
                if !passkeys::delete(tx, organisation, member, id).await? {
                    return Err(ActError::NotFound);
                }
                sessions::delete_others_of_member(tx, organisation, member, &stays.0).await?;
                members::next_generation(tx, organisation, member).await?;
                people.note(tx, Actor::Member(member), "passkey.removed", Some(member), json!({ "passkeys": 1 })).await?;
                Ok::<_, ActError>(members::find(tx, organisation, member).await?.ok_or(ActError::NotFound)?.generation)
            })
        })
        .await
        .inspect(|_| people.memory().lock_others(member, stays))
}

/// Removes every passkey of a member, and ends their sign-ins: whoever has a stolen device and the password may be in already.
/// They sign in anew with the code. Returns how many there were.
///
/// # Errors
/// Failures of the database.
pub async fn remove_passkeys(people: &People, actor: Actor, member: Uuid) -> Result<u64, ActError> {
    let inside = people.clone();
    people
        .store()
        .content()
        .tx("people.remove_passkeys", move |tx| {
            let people = inside.clone();
            Box::pin(async move {
                let removed = passkeys::delete_of_member(tx, people.organisation(), member).await?;
                end_sign_ins(tx, people.organisation(), member).await?;
                if removed > 0 {
                    people.note(tx, actor, "passkey.removed", Some(member), json!({ "passkeys": removed })).await?;
                }
                Ok::<u64, ActError>(removed)
            })
        })
        .await
        .inspect(|_| people.memory().lock_member(member))
}

/// Checks name, password and a passkey's answer together. The work is that of [`crate::acts::sign_in::prove`], whatever is
/// wrong: an unknown name, and one without passkeys, is tried against a passkey that nobody has.
///
/// # Errors
/// [`SignInError::Refused`] for any wrong part.
pub async fn prove_with_passkey(people: &People, place: &RelyingParty, typed: &PasskeyCredentials) -> Result<Proved, SignInError> {
    let tried = try_password(people, &typed.name, typed.password.clone()).await?;
    match check(people, place, tried.row.as_ref(), &Answer::new(&typed.answer)).await? {
        Ok(used) => let_in(people, tried, Some(used)).await,
        Err(Refused::Copied(member)) => refuse_and_say(people, &tried, "alarm.passkey_copied", member).await,
        Err(Refused::Wrong) => let_in(people, tried, None).await,
    }
}

enum Refused {
    Wrong,
    /// A signature that only the passkey of this member can make, and a counter that it had passed.
    Copied(Uuid),
}

/// What an answer proves for this account.
async fn check(
    people: &People,
    place: &RelyingParty,
    owner: Option<&members::Model>,
    answer: &Answer<'_>,
) -> Result<Result<Used, Refused>, ActError> {
    // Read for an unknown name too, which finds nothing.
    let (member, now) = (owner.map_or_else(|| people.new_id(), |row| row.id), people.now());
    let rows = passkeys::of_member(people.read(), people.organisation(), member).await?;
    let Ok(claims) = answer.claims() else { return Ok(Err(Refused::Wrong)) };
    let Some(challenge) = people.challenges().read(&claims.challenge, Purpose::SignIn, now) else { return Ok(Err(Refused::Wrong)) };
    let found = owner.and_then(|owner| {
        let mut theirs = rows.iter().filter_map(|row| Some((row, read(people, owner, row)?)));
        theirs.find(|(_, it)| it.kept.credential.id == claims.id)
    });
    let nobodys = Credential::nobodys(claims.id);
    let (credential, counter) = found.as_ref().map_or((&nobodys, 0), |(_, it)| (&it.kept.credential, it.uses.counter));
    // Nobody's passkey is anybody's whom the answer names, so that its signature is looked at too.
    let whose = if found.is_some() { handle(people, member).to_vec() } else { claims.handle };
    let proved = place.used(&challenge, answer, &whose, credential, counter);
    let Some((row, _)) = found else { return Ok(Err(Refused::Wrong)) };
    Ok(match proved {
        Ok(counter) if once(people, &challenge) => {
            let after = Uses { counter, last: Some(now.unix_timestamp()) };
            let after = people.seal("passkeys", row.id, "used", &after.to_bytes());
            Ok(Used::Passkey { id: row.id, before: row.used.clone(), after })
        }
        // The same answer a second time says nothing of a copy.
        Err(PasskeyRefused::Copied) if once(people, &challenge) => Err(Refused::Copied(member)),
        _ => Err(Refused::Wrong),
    })
}

/// Used up whatever becomes of the rest: an answer that came with a wrong password is not worth a second try.
fn once(people: &People, challenge: &Ours) -> bool {
    people.challenges().take(challenge, people.now())
}

/// A passkey that opened.
struct Read {
    kept: Kept,
    uses: Uses,
}

/// What a row says, if the desk put it there for this member with the keys that they have now. A row that is not in order
/// is left out and logged: it must not keep a member from their other passkeys.
fn read(people: &People, owner: &members::Model, row: &passkeys::Model) -> Option<Read> {
    let opened = || {
        let kept = people.unseal("passkeys", row.id, "credential", &row.credential).ok()?;
        let kept: Kept = serde_json::from_slice(&kept).ok()?;
        let uses = Uses::from_bytes(&people.unseal("passkeys", row.id, "used", &row.used).ok()?)?;
        (kept.member == owner.id && row.member == owner.id && kept.keys == owner.keys_proof).then_some(Read { kept, uses })
    };
    let read = opened();
    if read.is_none() {
        tracing::warn!(passkey = %row.id, "a passkey is not in order and lets nobody in");
    }
    read
}

async fn readable(people: &People, db: &impl ConnectionTrait, owner: &members::Model) -> Result<Vec<Read>, ActError> {
    let rows = passkeys::of_member(db, owner.organisation, owner.id).await?;
    Ok(rows.iter().filter_map(|row| read(people, owner, row)).collect())
}
