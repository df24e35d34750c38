//! People: organisations, teams, members, roles and sign-in.
//!
//! Every zone stands on this room to know who is at the desk and which keys they hold. It keeps names and second
//! factors of staff sealed under a service key, and team keys sealed to the members who hold them; nobody's password
//! opens more than their own. See `docs/members.md`.
//!
//! What it offers the binary: [`desk`] (the door in front of the zones' pages), [`ledger`] (the pages of an auditor),
//! [`staff()`] (the rota, and the members and teams for administrators), [`account()`] (one's own passkeys), [`migrations`], [`tables`], [`roles()`] and the [`acts`] for the command
//! line. What it offers the zones: [`SignedIn`], [`Allowed`], [`Permission`], [`needs_fresh`], [`team_public_key`], [`staff_nav`].
//!
//! Architecture invariants: keys of members are in memory only ([`desk_memory`]) and are dropped when the session is
//! idle, ends or locks. No act writes a name into the ledger. Zone and role names are text here; what a role means is
//! said by its zone, but for one: whoever has the role [`SUPERVISOR`] in a zone keeps the rota of its teams.

pub mod acts;
mod audit;
mod challenge;
pub mod desk_memory;
mod error;
mod grant;
pub mod kept_form;
mod member;
mod passkey;
mod passwords;
mod pause;
mod records;
pub mod recovery;
mod registry;
mod roles;
pub mod rota;
mod screens;
mod second_factor;
mod session_store;
pub mod slowing;
#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used, dead_code)]
mod tests;

// The tests inside and outside the crate share their world, which names this room from outside.
#[cfg(test)]
extern crate self as plainsight_people;

pub use acts::signers::{signers, verifying_key_of, verifying_keys};
pub use acts::team::{team_ids, team_public_key};
pub use audit::Book;
pub use error::ActError;
pub use grant::GrantRefused;
pub use member::{DamagedSecret, Member, Unlocked};
pub use passkey::{PasskeyRefused, RelyingParty};
pub use passwords::PasswordWork;
pub use pause::{CountedPause, Pause, RealPause};
pub use records::migrations::{migrations, tables};
pub use registry::{People, Settings};
pub use roles::{
    ADMINISTRATOR, AUDITOR, CONFIDENTIAL_ZONES, ENFORCEMENT_ZONES, Guarded, NotFound, Permission, RoleConflict, RoleError, RoleName,
    SUPERVISOR, ZONE, check_together, check_zones, found,
};
pub use screens::{
    ACCOUNT_PAGE, Accounts, Allowed, Auditing, COOKIE, Desk, LEDGER_PAGE, PEOPLE_PAGE, RECOVERY_PAGE, ROTA_PAGE, Room, SignedIn, Staff,
    account, desk, ledger, needs_fresh, staff, staff_nav,
};
pub use second_factor::{CodeError, CodeSecret, Enrolment};
pub use session_store::forget_ended;

/// The roles of this room: (zone, role).
#[must_use]
pub fn roles() -> &'static [(&'static str, &'static str)] {
    &[(ZONE, ADMINISTRATOR), (ZONE, AUDITOR)]
}

/// The codes of the acts that this room writes into the ledger. A test finds them in the source.
#[must_use]
pub fn act_codes() -> &'static [&'static str] {
    &[
        "alarm.passkey_copied",
        "ledger.exported",
        "ledger.read",
        "ledger.verified",
        "member.closed",
        "member.languages",
        "member.made",
        "member.pager",
        "member.reset",
        "member.roles",
        "member.signed-in",
        "member.signed-out",
        "member.unlocked",
        "organisation.made",
        "passkey.added",
        "passkey.removed",
        "recovery.agreed",
        "recovery.asked",
        "recovery.covered",
        "recovery.finished",
        "recovery.made",
        "recovery.over",
        "recovery.stopped",
        "recovery.told",
        "recovery.tried",
        "rota.added",
        "rota.away",
        "rota.back",
        "rota.removed",
        "sign-in.refused",
        "team.granted",
        "team.left",
        "team.made",
        "team.new-epoch",
    ]
}

/// Drops the keys of every session that has been idle too long or has ended. The binary calls it once a minute; a
/// session that is asked for in between is checked by itself. Returns how many were locked.
pub fn lock_idle(people: &People, now: time::OffsetDateTime) -> usize {
    people.memory().lock_idle(now)
}
