//! Accounts: making, resetting, changing roles, closing.

use plainsight_ledger::Actor;
use plainsight_store::Tx;
use plainsight_vault::password;
use sea_orm::ActiveValue::Set;
use serde::{Deserialize, Serialize};
use serde_json::json;
use time::{Duration, OffsetDateTime};
use uuid::Uuid;
use zeroize::Zeroizing;

use crate::acts::rota::read_pager;
use crate::error::ActError;
use crate::member::{Member, MemberSecrets};
use crate::records::{grants, members, passkeys, sessions, teams};
use crate::registry::People;
use crate::roles::{AUDITOR, RoleName, ZONE, check_together};
use crate::second_factor::{CodeSecret, Enrolment};

/// The application that shows codes lists the account under this name; neutral, like every title we show.
const ISSUER: &str = "Help and advice desk";
const LONGEST: usize = 200;

/// Somebody who is to get an account.
pub struct NewMember<'a> {
    /// How colleagues see them.
    pub name: &'a str,
    /// E-mail address; also a name to sign in with.
    pub email: &'a str,
    /// Short sign-in name without an `@`.
    pub sign_in_name: &'a str,
    /// What they may do.
    pub roles: &'a [RoleName],
    /// A chosen password, or none for five generated words.
    pub password: Option<&'a str>,
}

/// What is handed over once, in person, and is nowhere afterwards.
pub struct HandedOver {
    /// The member.
    pub id: Uuid,
    /// The generated words, when no password was chosen.
    pub words: Option<Zeroizing<String>>,
    /// The second factor.
    pub enrolment: Enrolment,
}

/// Names of a member, sealed in one column.
#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct Profile {
    pub(crate) name: String,
    pub(crate) email: String,
    pub(crate) sign_in_name: String,
    #[serde(default)]
    pub(crate) speaks: Vec<String>,
    /// Where they were paged before, oldest first; see `acts::rota::set_pager`.
    #[serde(default)]
    pub(crate) paged_before: Vec<PagedBefore>,
}

/// An earlier pager address. It still hears of recoveries for a while: whoever changes it could else keep the member from saying
/// stop.
#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct PagedBefore {
    pub(crate) address: String,
    #[serde(with = "time::serde::timestamp")]
    pub(crate) until: OffsetDateTime,
}

/// So long does an earlier pager address hear of recoveries: longer than any request lasts.
const EARLIER_LASTS: Duration = Duration::days(30);
/// Of many changes the oldest addresses stay: those are the member's own.
const MOST_EARLIER: usize = 5;

impl Profile {
    /// Remembers a pager address that is being changed, and forgets those whose time is over.
    pub(crate) fn was_paged_at(&mut self, address: &str, now: OffsetDateTime) {
        self.paged_before.retain(|before| before.until > now);
        let known = self.paged_before.iter().any(|before| before.address == address);
        if !known && self.paged_before.len() < MOST_EARLIER {
            self.paged_before.push(PagedBefore { address: address.to_owned(), until: now.saturating_add(EARLIER_LASTS) });
        }
    }
}

/// A member with the names by which colleagues and the program reach them.
#[derive(Clone)]
pub struct Listed {
    /// Id, name and roles.
    pub member: Member,
    /// E-mail address.
    pub email: String,
    /// Sign-in name.
    pub sign_in_name: String,
    /// Whether the account is closed.
    pub closed: bool,
    /// Whether a code of the second factor that they have now was ever used: somebody has it and has signed in.
    pub second_factor_used: bool,
}

/// Spaces and case never decide who somebody is.
fn fold(name: &str) -> String {
    name.trim().to_lowercase()
}

/// The keyed hash that a typed name is looked up by.
pub(crate) fn blind_name(people: &People, typed: &str) -> [u8; 32] {
    people.blind("people.sign_in_name", fold(typed).as_bytes())
}

/// What the desk's proof of a member's public keys covers.
fn key_bytes(organisation: Uuid, member: Uuid, public: &[u8], verifying: &[u8]) -> Vec<u8> {
    [organisation.as_bytes().as_slice(), member.as_bytes(), public, verifying].concat()
}

/// Whether the public keys in a row were put there by this desk.
pub(crate) fn keys_are_ours(people: &People, row: &members::Model) -> bool {
    let bytes = key_bytes(row.organisation, row.id, &row.public_key, &row.verifying_key);
    people.is_proven("people.member_keys", &bytes, &row.keys_proof)
}

pub(crate) fn read_profile(people: &People, row: &members::Model) -> Result<Profile, ActError> {
    let plain = people.unseal("members", row.id, "profile", &row.profile)?;
    serde_json::from_slice(&plain).map_err(|_| ActError::Sealed("members"))
}

pub(crate) fn seal_profile(people: &People, member: Uuid, profile: &Profile) -> Result<Vec<u8>, ActError> {
    let plain = serde_json::to_vec(profile).map_err(|_| ActError::Sealed("members"))?;
    Ok(people.seal("members", member, "profile", &plain))
}

/// The member of a row.
pub(crate) fn read_member(people: &People, row: &members::Model) -> Result<Member, ActError> {
    let roles = people.unseal("members", row.id, "roles", &row.roles)?;
    let Profile { name, speaks, .. } = read_profile(people, row)?;
    let roles = serde_json::from_slice(&roles).map_err(|_| ActError::Sealed("members"))?;
    Ok(Member { id: row.id, organisation: row.organisation, name, roles, speaks })
}

/// Keys, password and second factor of an account, freshly made.
struct Fresh {
    public_key: Vec<u8>,
    verifying_key: Vec<u8>,
    keys_proof: Vec<u8>,
    wrapped: Vec<u8>,
    code_secret: Vec<u8>,
    handed: HandedOver,
}

async fn fresh(people: &People, id: Uuid, account: &str, chosen: Option<&str>) -> Result<Fresh, ActError> {
    let (phrase, words) = match chosen {
        Some(chosen) => {
            password::check_strength(chosen)?;
            (Zeroizing::new(chosen.to_owned()), None)
        }
        None => {
            let words = Zeroizing::new(password::five_words(&mut people.rng()));
            (words.clone(), Some(words))
        }
    };
    let secrets = MemberSecrets::generate(&mut people.rng());
    let code = CodeSecret::generate(&mut people.rng());
    let enrolment = code.enrolment(ISSUER, account)?;
    let public_key = secrets.member.public().to_bytes().to_vec();
    let verifying_key = secrets.signing.verifying_key().to_bytes().to_vec();
    let proven = key_bytes(people.organisation(), id, &public_key, &verifying_key);
    let wrapped = people.passwords().wrap(secrets.to_bytes(), phrase, people.rng()).await?;
    Ok(Fresh {
        keys_proof: people.blind("people.member_keys", &proven).to_vec(),
        public_key,
        verifying_key,
        wrapped,
        code_secret: people.seal("members", id, "code_secret", code.as_bytes()),
        handed: HandedOver { id, words, enrolment },
    })
}

/// Which name of a new member does not fit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NameField {
    /// How colleagues see them.
    Name,
    /// The e-mail address.
    Email,
    /// The short sign-in name.
    SignIn,
}

/// Every name of a new member that does not fit, in the order in which they are asked for.
#[must_use]
pub fn wrong_names(new: &NewMember<'_>) -> Vec<NameField> {
    let fits = |text: &str| !text.is_empty() && text.len() <= LONGEST && !text.contains(char::is_control);
    let (name, email, sign_in) = (new.name.trim(), new.email.trim(), new.sign_in_name.trim());
    let fit = [
        (NameField::Name, fits(name)),
        (NameField::Email, fits(email) && email.contains('@') && !email.contains([' ', ':'])),
        (NameField::SignIn, fits(sign_in) && !sign_in.contains(['@', ' ', ':'])),
    ];
    fit.into_iter().filter(|(_, fits)| !fits).map(|(field, _)| field).collect()
}

fn check_names(new: &NewMember<'_>) -> Result<Profile, ActError> {
    match wrong_names(new).first() {
        Some(NameField::Name) => Err(ActError::Name("a member needs a name of at most 200 bytes")),
        Some(NameField::Email) => Err(ActError::Name("an e-mail address holds an @, no space and no colon")),
        Some(NameField::SignIn) => Err(ActError::Name("a sign-in name holds no @, no space and no colon")),
        None => Ok(Profile {
            name: new.name.trim().to_owned(),
            email: new.email.trim().to_owned(),
            sign_in_name: new.sign_in_name.trim().to_owned(),
            speaks: Vec::new(),
            paged_before: Vec::new(),
        }),
    }
}

/// Makes an account with new keys and no team key. What it returns is shown once.
///
/// # Errors
/// [`ActError::RoleConflict`], [`ActError::NameTaken`], [`ActError::Name`], [`ActError::TooWeak`], and failures of
/// the database.
pub async fn create_member(people: &People, actor: Actor, new: &NewMember<'_>) -> Result<HandedOver, ActError> {
    check_together(new.roles)?;
    let profile = check_names(new)?;
    let id = people.new_id();
    let fresh = fresh(people, id, &profile.email, new.password).await?;
    let roles = serde_json::to_vec(new.roles).map_err(|_| ActError::Sealed("members"))?;
    let row = members::Model {
        organisation: people.organisation(),
        id,
        name_blind: blind_name(people, &profile.sign_in_name).to_vec(),
        email_blind: blind_name(people, &profile.email).to_vec(),
        profile: seal_profile(people, id, &profile)?,
        roles: people.seal("members", id, "roles", &roles),
        code_secret: fresh.code_secret,
        code_used: None,
        pager: None,
        public_key: fresh.public_key,
        verifying_key: fresh.verifying_key,
        keys_proof: fresh.keys_proof,
        wrapped: fresh.wrapped,
        generation: 0,
        closed: false,
    };
    let names: Vec<String> = new.roles.iter().map(ToString::to_string).collect();
    let blinds = [blind_name(people, &profile.sign_in_name), blind_name(people, &profile.email)];
    let people = people.clone();
    people
        .store()
        .clone()
        .content()
        .tx("people.create_member", move |tx| {
            let (people, row, names) = (people.clone(), row.clone(), names.clone());
            Box::pin(async move {
                for blind in &blinds {
                    if members::by_blind(tx, row.organisation, blind).await?.is_some() {
                        return Err(ActError::NameTaken);
                    }
                }
                members::insert(tx, row).await?;
                people.note(tx, actor, "member.made", Some(id), json!({ "roles": names })).await
            })
        })
        .await?;
    Ok(fresh.handed)
}

/// Gives an account new keys, a new password and a new second factor, no passkey, and **no** team key: who resets an
/// account can read nothing with it. Every session of the member ends, and every team they held is due for a new epoch.
///
/// # Errors
/// [`ActError::NotFound`], [`ActError::TooWeak`], and failures of the database.
pub async fn reset_member(people: &People, actor: Actor, member: Uuid, password: Option<&str>) -> Result<HandedOver, ActError> {
    let row = open_row(people, member).await?;
    let email = read_profile(people, &row)?.email;
    let fresh = fresh(people, member, &email, password).await?;
    let change = members::ActiveModel {
        organisation: Set(row.organisation),
        id: Set(member),
        code_secret: Set(fresh.code_secret),
        code_used: Set(None),
        public_key: Set(fresh.public_key),
        verifying_key: Set(fresh.verifying_key),
        keys_proof: Set(fresh.keys_proof),
        wrapped: Set(fresh.wrapped),
        ..Default::default()
    };
    cut_off(people, actor, member, change, "people.reset_member", "member.reset").await?;
    Ok(fresh.handed)
}

/// Closes an account at once, without needing a holder: sign-ins and grants die, and every team the member held is
/// due for a new epoch, which the next unlocked holder makes.
///
/// # Errors
/// [`ActError::NotFound`] and failures of the database.
pub async fn close_member(people: &People, actor: Actor, member: Uuid) -> Result<(), ActError> {
    let row = open_row(people, member).await?;
    let change = members::ActiveModel { organisation: Set(row.organisation), id: Set(member), closed: Set(true), ..Default::default() };
    cut_off(people, actor, member, change, "people.close_member", "member.closed").await
}

/// Changes what a member may do.
///
/// # Errors
/// [`ActError::RoleConflict`]; [`ActError::StillHolds`] when the member holds a team key in a zone where no role would
/// be left, or any key and is to be an auditor (take the key away first, so that the team gets a new epoch);
/// [`ActError::NotFound`].
pub async fn change_roles(people: &People, actor: Actor, member: Uuid, roles: &[RoleName]) -> Result<(), ActError> {
    check_together(roles)?;
    let sealed = serde_json::to_vec(roles).map_err(|_| ActError::Sealed("members"))?;
    let sealed = people.seal("members", member, "roles", &sealed);
    // A team of this room's own zone would else stay with somebody who becomes an auditor.
    let audits = roles.iter().any(|role| role.zone == ZONE && role.role == AUDITOR);
    let zones: Vec<String> = roles.iter().filter(|_| !audits).map(|role| role.zone.clone()).collect();
    let names: Vec<String> = roles.iter().map(ToString::to_string).collect();
    let people = people.clone();
    people
        .store()
        .clone()
        .content()
        .tx("people.change_roles", move |tx| {
            let (people, sealed, zones, names) = (people.clone(), sealed.clone(), zones.clone(), names.clone());
            Box::pin(async move {
                let organisation = people.organisation();
                members::find(tx, organisation, member).await?.filter(|row| !row.closed).ok_or(ActError::NotFound)?;
                for grant in grants::of_member(tx, organisation, member).await? {
                    let team = teams::find(tx, organisation, grant.team).await?.ok_or(ActError::NotFound)?;
                    if !zones.contains(&team.zone) {
                        return Err(ActError::StillHolds);
                    }
                }
                let change =
                    members::ActiveModel { organisation: Set(organisation), id: Set(member), roles: Set(sealed), ..Default::default() };
                members::update(tx, change).await?;
                people.note(tx, actor, "member.roles", Some(member), json!({ "roles": names })).await
            })
        })
        .await
}

/// Sets which languages a member speaks with people who write or call, as tags. Their list can show what is written in them.
///
/// # Errors
/// [`ActError::LanguageTag`], [`ActError::NotFound`] for a closed or unknown account.
pub async fn set_languages(people: &People, actor: Actor, member: Uuid, tags: &[String]) -> Result<(), ActError> {
    let is_tag = |tag: &&String| (2..=35).contains(&tag.len()) && tag.chars().all(|sign| sign.is_ascii_alphanumeric() || sign == '-');
    if let Some(wrong) = tags.iter().find(|tag| !is_tag(tag)) {
        return Err(ActError::LanguageTag(wrong.clone()));
    }
    let (inside, tags) = (people.clone(), tags.to_vec());
    people
        .store()
        .content()
        .tx("people.set_languages", move |tx| {
            let (people, tags) = (inside.clone(), tags.clone());
            Box::pin(async move {
                let organisation = people.organisation();
                let row = members::find(tx, organisation, member).await?.filter(|row| !row.closed).ok_or(ActError::NotFound)?;
                let count = tags.len();
                let sealed = seal_profile(&people, member, &Profile { speaks: tags, ..read_profile(&people, &row)? })?;
                let change =
                    members::ActiveModel { organisation: Set(organisation), id: Set(member), profile: Set(sealed), ..Default::default() };
                members::update(tx, change).await?;
                people.note(tx, actor, "member.languages", Some(member), json!({ "languages": count })).await
            })
        })
        .await
}

/// Every account of the organisation.
///
/// # Errors
/// Failures of the database, and [`ActError::Sealed`] with another instance key.
pub async fn list_members(people: &People) -> Result<Vec<Listed>, ActError> {
    let rows = members::all(people.read(), people.organisation()).await?;
    rows.iter()
        .map(|row| {
            let profile = read_profile(people, row)?;
            Ok(Listed {
                member: read_member(people, row)?,
                email: profile.email,
                sign_in_name: profile.sign_in_name,
                closed: row.closed,
                second_factor_used: row.code_used.is_some(),
            })
        })
        .collect()
}

/// What a member is called and where they are reached: name, e-mail address, pager.
///
/// # Errors
/// [`ActError::NotFound`] for a closed or unknown account, and failures of the database.
pub async fn known_by(people: &People, member: Uuid) -> Result<Vec<String>, ActError> {
    let row = open_row(people, member).await?;
    let Profile { name, email, .. } = read_profile(people, &row)?;
    let pager = read_pager(people, &row)?.map(|address| address.to_string());
    Ok([name, email].into_iter().chain(pager).collect())
}

/// The open account with this sign-in name or e-mail address.
///
/// # Errors
/// [`ActError::NotFound`] and failures of the database.
pub async fn find_member(people: &People, name: &str) -> Result<Member, ActError> {
    let blind = blind_name(people, name);
    let row = members::by_blind(people.read(), people.organisation(), &blind).await?.filter(|row| !row.closed).ok_or(ActError::NotFound)?;
    read_member(people, &row)
}

pub(crate) async fn open_row(people: &People, member: Uuid) -> Result<members::Model, ActError> {
    members::find(people.read(), people.organisation(), member).await?.filter(|row| !row.closed).ok_or(ActError::NotFound)
}

/// Ends everything a member has: sessions, grants, passkeys and keys in memory, in one transaction with the change.
async fn cut_off(
    people: &People,
    actor: Actor,
    member: Uuid,
    change: members::ActiveModel,
    name: &'static str,
    act: &'static str,
) -> Result<(), ActError> {
    let inside = people.clone();
    people
        .store()
        .content()
        .tx(name, move |tx| {
            let (people, change) = (inside.clone(), change.clone());
            Box::pin(async move {
                let organisation = people.organisation();
                let held = grants::of_member(tx, organisation, member).await?;
                for grant in &held {
                    teams::set_rotation_due(tx, organisation, grant.team, true).await?;
                }
                grants::delete_of_member(tx, organisation, member).await?;
                passkeys::delete_of_member(tx, organisation, member).await?;
                members::update(tx, change).await?;
                end_sign_ins(tx, organisation, member).await?;
                people.note(tx, actor, act, Some(member), json!({ "teams": held.len() })).await
            })
        })
        .await?;
    people.memory().lock_member(member);
    Ok(())
}

/// Kills every session of a member: the rows, and any that is being made at this moment.
pub(crate) async fn end_sign_ins(tx: &Tx, organisation: Uuid, member: Uuid) -> Result<(), ActError> {
    sessions::delete_of_member(tx, organisation, member).await?;
    members::next_generation(tx, organisation, member).await?;
    Ok(())
}
