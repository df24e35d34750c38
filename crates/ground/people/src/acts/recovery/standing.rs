//! Which rows of a recovery count: what this desk wrote, for the keys that people have now.

use plainsight_vault::keys::{PublicKey, Recovery, VerifyingKey};
use sea_orm::ConnectionTrait;
use sha2::{Digest as _, Sha256};
use uuid::Uuid;

use crate::acts::member::{keys_are_ours, read_member};
use crate::acts::team::epoch_number;
use crate::error::ActError;
use crate::member::Member;
use crate::records::{members, recovery};
use crate::recovery::{KeyPlace, RecoveryRefused, SharePlace, TeamPlace};
use crate::registry::People;
use crate::roles::{AUDITOR, RoleConflict, ZONE, check_zones};

/// A zone's recovery key with the shares of it that this desk wrote.
pub(super) struct Standing {
    pub(super) row: recovery::key::Model,
    pub(super) number: u32,
    pub(super) need: u8,
    pub(super) of: u8,
    pub(super) public: PublicKey<Recovery>,
    pub(super) maker: VerifyingKey,
    pub(super) shares: Vec<recovery::share::Model>,
}

/// A number of officers or a place among them, as it is stored.
fn small(stored: i32) -> Result<u8, ActError> {
    u8::try_from(stored).map_err(|_| ActError::Sealed("recovery_keys"))
}

pub(super) fn key_proof_bytes(row: &recovery::key::Model) -> Result<Vec<u8>, ActError> {
    let place = KeyPlace { organisation: row.organisation, zone: &row.zone, number: epoch_number(row.number)? };
    let (need, of) = (small(row.need)?, small(row.shares)?);
    Ok([place.bytes().as_slice(), &[need, of, u8::from(row.used)], row.made_by.as_bytes(), &row.maker_key, &row.public_key].concat())
}

impl Standing {
    /// The recovery key of a zone, used or not.
    ///
    /// # Errors
    /// [`RecoveryRefused::NoKey`], [`RecoveryRefused::NotOurRow`].
    pub(super) async fn find(people: &People, db: &impl ConnectionTrait, zone: &str) -> Result<Self, ActError> {
        let row = recovery::find_key(db, people.organisation(), zone).await?.ok_or(RecoveryRefused::NoKey)?;
        if !people.is_proven("people.recovery_key", &key_proof_bytes(&row)?, &row.proof) {
            return Err(RecoveryRefused::NotOurRow.into());
        }
        let damaged = |_| ActError::Sealed("recovery_keys");
        Ok(Self {
            number: epoch_number(row.number)?,
            need: small(row.need)?,
            of: small(row.shares)?,
            public: PublicKey::from_bytes(&row.public_key).map_err(damaged)?,
            maker: VerifyingKey::from_bytes(&row.maker_key).map_err(damaged)?,
            shares: recovery::shares(db, people.organisation(), zone).await?,
            row,
        })
    }

    /// The recovery key of a zone that something can still be recovered with.
    ///
    /// # Errors
    /// [`RecoveryRefused::UsedUp`] too.
    pub(super) async fn usable(people: &People, db: &impl ConnectionTrait, zone: &str) -> Result<Self, ActError> {
        let found = Self::find(people, db, zone).await?;
        if found.row.used { Err(RecoveryRefused::UsedUp.into()) } else { Ok(found) }
    }

    pub(super) fn place(&self) -> KeyPlace<'_> {
        KeyPlace { organisation: self.row.organisation, zone: &self.row.zone, number: self.number }
    }

    pub(super) fn share_place(&self, row: &recovery::share::Model) -> Result<SharePlace<'_>, ActError> {
        Ok(SharePlace { key: self.place(), need: self.need, of: self.of, officer: row.officer, position: small(row.position)? })
    }

    /// Whether this share counts: written by this desk, of this key, for the keys that its officer has now, and the officer
    /// may be one.
    pub(super) async fn counts(&self, people: &People, db: &impl ConnectionTrait, row: &recovery::share::Model) -> Result<bool, ActError> {
        let member = members::find(db, row.organisation, row.officer).await?.filter(|member| !member.closed);
        let Some(member) = member else { return Ok(false) };
        let bytes = share_proof_bytes(&self.share_place(row)?, &row.commitment, &self.row.maker_key, &member.public_key, &row.sealed);
        let ours = row.number == self.row.number && people.is_proven("people.recovery_share", &bytes, &row.proof);
        Ok(ours && keys_are_ours(people, &member) && may_be_officer(&read_member(people, &member)?, &self.row.zone).is_ok())
    }

    /// The share of an officer, if it counts.
    ///
    /// # Errors
    /// [`RecoveryRefused::NotAnOfficer`].
    pub(super) async fn share_of(
        &self,
        people: &People,
        db: &impl ConnectionTrait,
        officer: Uuid,
    ) -> Result<&recovery::share::Model, ActError> {
        let row = self.shares.iter().find(|row| row.officer == officer).ok_or(RecoveryRefused::NotAnOfficer)?;
        if self.counts(people, db, row).await? { Ok(row) } else { Err(RecoveryRefused::NotAnOfficer.into()) }
    }

    /// How many shares count.
    pub(super) async fn counting(&self, people: &People, db: &impl ConnectionTrait) -> Result<usize, ActError> {
        let mut counting = 0;
        for row in &self.shares {
            counting += usize::from(self.counts(people, db, row).await?);
        }
        Ok(counting)
    }

    /// The row that covers a team, if this desk wrote it for this key and it was not used.
    pub(super) async fn cover_of(
        &self,
        people: &People,
        db: &impl ConnectionTrait,
        team: Uuid,
    ) -> Result<Option<recovery::cover::Model>, ActError> {
        let Some(row) = recovery::find_cover(db, self.row.organisation, team).await? else { return Ok(None) };
        let place = TeamPlace { key: self.place(), team, epoch: epoch_number(row.epoch)? };
        let ours = row.number == self.row.number
            && people.is_proven("people.recovery_team", &cover_proof_bytes(&place, &self.row.public_key, &row.sealed), &row.proof);
        Ok((ours && !self.row.used).then_some(row))
    }
}

/// What the proof of a share covers. The officer's public key is part of it: a share from before a reset counts for nothing.
pub(super) fn share_proof_bytes(place: &SharePlace<'_>, commitment: &[u8], maker_key: &[u8], officer_key: &[u8], sealed: &[u8]) -> Vec<u8> {
    [place.heading().as_slice(), commitment, maker_key, officer_key, Sha256::digest(sealed).as_slice()].concat()
}

pub(super) fn cover_proof_bytes(place: &TeamPlace<'_>, recovery_key: &[u8], sealed: &[u8]) -> Vec<u8> {
    [place.heading().as_slice(), recovery_key, Sha256::digest(sealed).as_slice()].concat()
}

/// Whether somebody may keep a share for this zone. They need no role in it: a trustee may, who reads nothing there.
///
/// # Errors
/// [`RoleConflict`] for an auditor, and for whoever works on the other side.
pub(crate) fn may_be_officer(member: &Member, zone: &str) -> Result<(), RoleConflict> {
    if member.holds(ZONE, AUDITOR) {
        return Err(RoleConflict::OwnAuditor);
    }
    check_zones(member.roles.iter().map(|role| role.zone.as_str()).chain([zone]))
}
