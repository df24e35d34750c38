//! What can go wrong in an act.

use plainsight_ledger::LedgerError;
use plainsight_store::StoreError;
use plainsight_vault::SealError;
use sea_orm::DbErr;

use crate::grant::GrantRefused;
use crate::passkey::PasskeyRefused;
use crate::passwords::PasswordWork;
use crate::recovery::RecoveryRefused;
use crate::roles::{RoleConflict, RoleError};
use crate::rota::SlotError;
use crate::second_factor::CodeError;

/// Why an act was not done. Nothing was changed: each act is one transaction.
#[derive(Debug, thiserror::Error)]
pub enum ActError {
    /// The database refused or is away.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The ledger could not take the entry, so the act was not done either.
    #[error(transparent)]
    Ledger(#[from] LedgerError),
    /// A sealed value of this table does not open: wrong instance key, or damaged.
    #[error("a sealed value in {0} does not open with this instance key")]
    Sealed(&'static str),
    /// Sealing failed.
    #[error(transparent)]
    Seal(#[from] SealError),
    /// No such organisation, member, team or slot here.
    #[error("not found")]
    NotFound,
    /// The organisation has no service key for this zone.
    #[error("there is no service key for the zone {0}")]
    NoServiceKey(String),
    /// A zone or role name, or a forbidden pair.
    #[error(transparent)]
    Role(#[from] RoleError),
    /// Confidence and enforcement in one person.
    #[error(transparent)]
    RoleConflict(#[from] RoleConflict),
    /// Somebody else has this sign-in name or e-mail address.
    #[error("this sign-in name or e-mail address is taken")]
    NameTaken,
    /// Not a language tag.
    #[error("{0:?} is not a language tag: write it like ro or zh-Hans")]
    LanguageTag(String),
    /// A name is empty, too long, or a sign-in name holds an `@`, or an e-mail address does not.
    #[error("{0}")]
    Name(&'static str),
    /// The password is too weak.
    #[error(transparent)]
    TooWeak(#[from] plainsight_vault::TooWeak),
    /// The acting member does not hold the newest epoch of this team.
    #[error("only a member who holds the team's key can do this")]
    NotAHolder,
    /// The member has no role in the team's zone.
    #[error("the member has no role in the team's zone")]
    NoRoleInZone,
    /// The member holds a key of a team in a zone where they would have no role left.
    #[error("the member still holds the key of a team in a zone where no role would be left; take it away first")]
    StillHolds,
    /// A holder cannot shut out themselves: they would know the new key.
    #[error("another holder has to take this key away: who makes the new key knows it")]
    Yourself,
    /// A grant needed for the act is not in order.
    #[error(transparent)]
    Grant(#[from] GrantRefused),
    /// A recovery.
    #[error(transparent)]
    Recovery(#[from] RecoveryRefused),
    /// A rota slot.
    #[error(transparent)]
    Slot(#[from] SlotError),
    /// An absence that is over before it begins.
    #[error("an absence ends after it begins")]
    AwayBackwards,
    /// A second factor.
    #[error(transparent)]
    Code(#[from] CodeError),
    /// A passkey was not in order.
    #[error(transparent)]
    Passkey(#[from] PasskeyRefused),
    /// Codes are told only on an instance made for demonstration.
    #[error("codes are told only on a demonstration instance")]
    NotADemo,
    /// A password could not be tried or wrapped at all.
    #[error(transparent)]
    PasswordWork(#[from] PasswordWork),
}

impl From<DbErr> for ActError {
    // By way of the store room, which keeps the values of a statement out of the error and notes what may be tried
    // again.
    fn from(error: DbErr) -> Self {
        Self::Store(error.into())
    }
}
