//! Roles: what a member may do, as (zone, role) text.
//!
//! This room stores the names and nothing more: what a role *means* is said by the zone that offers it.
//! One rule about zones is ours all the same, because only the room that keeps members can keep it: whoever reads
//! what people told a helpline or a carer never works for those who enforce (house.md, "one instance for each
//! controller"; practice.md section 0, rule 4).

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::member::Member;

/// Zones in which people speak in confidence.
pub const CONFIDENTIAL_ZONES: &[&str] = &["helpline", "care"];
/// Zones in which people decide about visits, warrants and arrests.
pub const ENFORCEMENT_ZONES: &[&str] = &["intelligence", "operations"];

/// This room's own zone name: names, addresses and second factors of members are sealed under its service key.
pub const ZONE: &str = "people";

/// The role that may make, reset and close accounts. It opens nothing that is sealed to people.
pub const ADMINISTRATOR: &str = "administrator";

/// The role that reads the ledger. Whoever holds it holds no other and no team's key: nobody audits what they do themselves.
pub const AUDITOR: &str = "auditor";

/// The role that keeps a zone's rota, in whichever zone offers a role of this name.
pub const SUPERVISOR: &str = "supervisor";

/// Longest zone or role name, in bytes.
const LONGEST_NAME: usize = 40;

/// One role in one zone, for example `helpline:adviser`.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct RoleName {
    /// The zone's name.
    pub zone: String,
    /// The role's name inside that zone.
    pub role: String,
}

/// What is wrong with a role or with a set of roles.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RoleError {
    /// Not `zone:role` in lower-case letters, digits and hyphens.
    #[error("a role is written zone:role in lower-case letters, digits and hyphens")]
    NotARole,
    /// See [`RoleConflict`].
    #[error(transparent)]
    Conflict(#[from] RoleConflict),
}

/// Roles that no single person may hold together.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RoleConflict {
    /// One where people speak in confidence, and one where they are policed.
    #[error("one member cannot work in {confidential} and in {enforcement}")]
    BothSides {
        /// The confidential zone.
        confidential: String,
        /// The enforcement zone.
        enforcement: String,
    },
    /// That of an auditor, and another or a team's key.
    #[error("an auditor holds no other role and no team's key: nobody audits what they do themselves")]
    OwnAuditor,
}

impl RoleName {
    /// A role from its two names.
    ///
    /// # Errors
    /// [`RoleError::NotARole`] when a name is empty, long, or has other characters than `a-z`, `0-9` and `-`.
    pub fn new(zone: &str, role: &str) -> Result<Self, RoleError> {
        if is_name(zone) && is_name(role) { Ok(Self { zone: zone.to_owned(), role: role.to_owned() }) } else { Err(RoleError::NotARole) }
    }
}

impl fmt::Display for RoleName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.zone, self.role)
    }
}

impl FromStr for RoleName {
    type Err = RoleError;

    fn from_str(text: &str) -> Result<Self, RoleError> {
        let (zone, role) = text.split_once(':').ok_or(RoleError::NotARole)?;
        Self::new(zone, role)
    }
}

/// Whether a text may name a zone or a role.
pub(crate) fn is_name(text: &str) -> bool {
    !text.is_empty() && text.len() <= LONGEST_NAME && text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
}

/// Refuses a set of zones that no single person may work in.
///
/// # Errors
/// [`RoleConflict::BothSides`] naming the first confidential and the first enforcement zone found.
pub fn check_zones<'a>(zones: impl IntoIterator<Item = &'a str>) -> Result<(), RoleConflict> {
    let mut confidential = None;
    let mut enforcement = None;
    for zone in zones {
        if CONFIDENTIAL_ZONES.contains(&zone) {
            confidential.get_or_insert(zone);
        }
        if ENFORCEMENT_ZONES.contains(&zone) {
            enforcement.get_or_insert(zone);
        }
    }
    match (confidential, enforcement) {
        (Some(confidential), Some(enforcement)) => {
            Err(RoleConflict::BothSides { confidential: confidential.to_owned(), enforcement: enforcement.to_owned() })
        }
        _ => Ok(()),
    }
}

/// Refuses a set of roles that no single person may hold.
///
/// # Errors
/// [`RoleConflict`] when the roles join a confidential and an enforcement zone, or that of an auditor and another.
pub fn check_together(roles: &[RoleName]) -> Result<(), RoleConflict> {
    let audits = |role: &RoleName| role.zone == ZONE && role.role == AUDITOR;
    if roles.iter().any(audits) && !roles.iter().all(audits) {
        return Err(RoleConflict::OwnAuditor);
    }
    check_zones(roles.iter().map(|role| role.zone.as_str()))
}

/// What a member must be allowed to do before a page is shown.
///
/// A zone makes one empty type a permission. Forgetting to write the method refuses everybody: default deny.
pub trait Permission: Send + Sync + 'static {
    /// Whether this member may. Without an own body: nobody may.
    fn permits(member: &Member) -> bool {
        let _ = member;
        false
    }
}

/// A thing that only some members may see. Refused reads the same as missing (see [`found`]).
pub trait Guarded {
    /// Whether this member may open this object. Without an own body: nobody may.
    fn may_open(&self, member: &Member) -> bool {
        let _ = member;
        false
    }
}

/// The object is not there, or not for this member; the two read the same, so that existence does not leak.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not found")]
pub struct NotFound;

/// Gives a guarded object to a member who may open it.
///
/// # Errors
/// [`NotFound`] when there is none, and the same when the member may not open it.
pub fn found<T: Guarded>(object: Option<T>, member: &Member) -> Result<T, NotFound> {
    object.filter(|it| it.may_open(member)).ok_or(NotFound)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used)]
    use super::*;
    use proptest::prelude::*;
    use uuid::Uuid;

    fn any_zone() -> impl Strategy<Value = String> {
        prop::sample::select(vec!["helpline", "care", "intelligence", "operations", "awareness", "insight", "partners", "people"])
            .prop_map(str::to_owned)
    }

    proptest! {
        /// The rule: no accepted set of roles joins a confidential zone and an enforcement zone, and every set
        /// that does not join them is accepted.
        #[test]
        fn no_accepted_set_joins_confidence_and_enforcement(
            zones in prop::collection::vec(any_zone(), 0..6),
        ) {
            let roles: Vec<RoleName> =
                zones.iter().map(|z| RoleName::new(z, "adviser").unwrap()).collect();
            let has = |names: &[&str]| zones.iter().any(|z| names.contains(&z.as_str()));
            let joined = has(&["helpline", "care"]) && has(&["intelligence", "operations"]);
            prop_assert_eq!(check_together(&roles).is_err(), joined);
        }

        /// The order in which roles were given never decides.
        #[test]
        fn order_does_not_matter(zones in prop::collection::vec(any_zone(), 0..6)) {
            let forward = check_zones(zones.iter().map(String::as_str)).is_ok();
            let backward = check_zones(zones.iter().rev().map(String::as_str)).is_ok();
            prop_assert_eq!(forward, backward);
        }
    }

    #[test]
    fn an_auditor_does_nothing_that_they_audit() {
        let roles = |names: &[&str]| names.iter().map(|name| name.parse().unwrap()).collect::<Vec<RoleName>>();
        assert_eq!(check_together(&roles(&["people:auditor"])), Ok(()));
        assert_eq!(check_together(&roles(&["care:auditor", "helpline:adviser"])), Ok(()), "another zone's role of this name");
        for other in ["people:administrator", "helpline:adviser", "helpline:supervisor", "insight:analyst"] {
            assert_eq!(check_together(&roles(&["people:auditor", other])), Err(RoleConflict::OwnAuditor), "{other}");
            assert_eq!(check_together(&roles(&[other, "people:auditor"])), Err(RoleConflict::OwnAuditor), "{other}");
        }
    }

    #[test]
    fn a_role_reads_back_as_written() {
        let role: RoleName = "helpline:adviser".parse().unwrap();
        assert_eq!(role, RoleName::new("helpline", "adviser").unwrap());
        assert_eq!(role.to_string(), "helpline:adviser");
        for wrong in ["", "helpline", "help line:x", "Helpline:x", ":x", "x:", "a:b:c"] {
            assert_eq!(wrong.parse::<RoleName>(), Err(RoleError::NotARole), "{wrong}");
        }
    }

    struct NothingSaid;
    impl Permission for NothingSaid {}
    impl Guarded for NothingSaid {}

    #[test]
    fn what_nobody_wrote_down_is_refused() {
        let member = Member {
            id: Uuid::from_u128(1),
            organisation: Uuid::from_u128(2),
            name: "A".into(),
            roles: vec![RoleName::new("people", ADMINISTRATOR).unwrap()],
            speaks: Vec::new(),
        };
        assert!(!NothingSaid::permits(&member));
        assert_eq!(found(Some(NothingSaid), &member).err(), Some(NotFound));
        assert_eq!(found::<NothingSaid>(None, &member).err(), Some(NotFound));
    }
}
