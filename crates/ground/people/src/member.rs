//! A member: somebody who works here. What they may do, and the keys they hold while they are unlocked.

use std::collections::BTreeMap;

use plainsight_vault::keys::Member as MemberRole;
use plainsight_vault::keys::{SecretKey, SigningKey, Team};
use uuid::Uuid;
use zeroize::Zeroizing;

use crate::roles::{RoleName, SUPERVISOR};

/// Bytes of a member's secret: the seed of the opening key, then the seed of the signing key.
pub(crate) const SECRET_BYTES: usize = 64;

/// A member as the desk knows them. Read afresh for every request, so that a role taken away is gone at once.
#[derive(Clone, PartialEq, Eq)]
pub struct Member {
    /// The member's random id.
    pub id: Uuid,
    /// The organisation they work for.
    pub organisation: Uuid,
    /// How colleagues see them.
    pub name: String,
    /// What they may do.
    pub roles: Vec<RoleName>,
    /// The tags of the languages they speak with people who write or call.
    pub speaks: Vec<String>,
}

impl std::fmt::Debug for Member {
    // Names of staff do not belong in logs.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Member").field("id", &self.id).field("roles", &self.roles).finish_non_exhaustive()
    }
}

impl Member {
    /// Whether they hold this role in this zone.
    #[must_use]
    pub fn holds(&self, zone: &str, role: &str) -> bool {
        self.roles.iter().any(|it| it.zone == zone && it.role == role)
    }

    /// Whether they hold any role in this zone.
    #[must_use]
    pub fn works_in(&self, zone: &str) -> bool {
        self.roles.iter().any(|it| it.zone == zone)
    }

    /// Whether they keep the rota of this zone's teams.
    #[must_use]
    pub fn supervises(&self, zone: &str) -> bool {
        self.holds(zone, SUPERVISOR)
    }

    /// Whether they may write down and take back when this colleague is away: it is they, or they supervise a zone in which the
    /// colleague works.
    #[must_use]
    pub fn may_excuse(&self, colleague: &Self) -> bool {
        self.id == colleague.id || colleague.roles.iter().any(|role| self.supervises(&role.zone))
    }
}

/// A member's own secret keys, wrapped by the password in the database.
pub(crate) struct MemberSecrets {
    pub(crate) member: SecretKey<MemberRole>,
    pub(crate) signing: SigningKey,
}

/// The stored secret of a member has not the right length: the row is damaged.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the member's secret is damaged")]
pub struct DamagedSecret;

impl MemberSecrets {
    pub(crate) fn generate(rng: &mut impl rand_core::CryptoRng) -> Self {
        Self { member: SecretKey::generate(rng), signing: SigningKey::generate(rng) }
    }

    pub(crate) fn to_bytes(&self) -> Zeroizing<Vec<u8>> {
        let mut bytes = Zeroizing::new(Vec::with_capacity(SECRET_BYTES));
        bytes.extend_from_slice(&*self.member.seed());
        bytes.extend_from_slice(&*self.signing.to_bytes());
        bytes
    }

    pub(crate) fn from_bytes(bytes: &[u8]) -> Result<Self, DamagedSecret> {
        let (member, signing) = bytes.split_at_checked(32).ok_or(DamagedSecret)?;
        let member: Zeroizing<[u8; 32]> = Zeroizing::new(member.try_into().map_err(|_| DamagedSecret)?);
        let signing: Zeroizing<[u8; 32]> = Zeroizing::new(signing.try_into().map_err(|_| DamagedSecret)?);
        Ok(Self { member: SecretKey::from_seed(*member), signing: SigningKey::from_bytes(*signing) })
    }
}

/// The keys of an unlocked member. They live only in the desk's memory, and every key is zeroized when the last
/// request that uses them is done.
pub struct Unlocked {
    /// Whose keys these are.
    pub id: Uuid,
    /// Opens what is sealed to this member: grants.
    pub member: SecretKey<MemberRole>,
    /// Signs grants, replies and crossings.
    pub signing: SigningKey,
    /// Every epoch of every team this member holds.
    pub teams: BTreeMap<(Uuid, u32), SecretKey<Team>>,
    /// The newest epoch granted, by team.
    pub(crate) newest: BTreeMap<Uuid, u32>,
    /// What the grants table said, refused grants included: tells when to read it again.
    pub(crate) granted: BTreeMap<Uuid, u32>,
}

impl Unlocked {
    /// The key of one epoch of a team, if this member holds it.
    #[must_use]
    pub fn team_key(&self, team: Uuid, epoch: u32) -> Option<&SecretKey<Team>> {
        self.teams.get(&(team, epoch))
    }

    /// The newest epoch of a team that this member holds, and its key.
    #[must_use]
    pub fn newest(&self, team: Uuid) -> Option<(u32, &SecretKey<Team>)> {
        let epoch = *self.newest.get(&team)?;
        Some((epoch, self.teams.get(&(team, epoch))?))
    }

    /// The teams this member holds a key of.
    pub fn held_teams(&self) -> impl Iterator<Item = Uuid> + '_ {
        self.newest.keys().copied()
    }
}

impl std::fmt::Debug for Unlocked {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Unlocked").field("id", &self.id).field("teams", &self.newest).finish_non_exhaustive()
    }
}
