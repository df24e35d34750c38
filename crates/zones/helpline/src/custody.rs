//! Who may open an original, and when: an asking with a reason, for a reporter's file a second person who agrees, an hour in which it
//! counts, and one opening for each asking. Pure.

use time::{Duration, OffsetDateTime};
use uuid::Uuid;

use crate::attached::{Custody, CustodyStep};
use crate::exhibit::Exhibit;
use crate::message::From;

/// How long an asking counts.
pub(crate) const COUNTS_FOR: Duration = Duration::hours(1);

/// An asking and what came of it.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Asking {
    pub(crate) id: Uuid,
    pub(crate) member: Uuid,
    pub(crate) reason: String,
    pub(crate) at: OffsetDateTime,
    pub(crate) agreed: Option<Uuid>,
    pub(crate) refused: Option<Uuid>,
    pub(crate) opened: bool,
}

shows_nothing!(Asking);

/// Whether an original may be opened on an asking at a moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Standing {
    /// A second person has to agree.
    Waits,
    MayOpen,
    Refused,
    /// Its hour is over.
    Over,
    /// It was opened on it.
    Used,
}

/// The askings about a file in order of time. A step counts as its member's only where `signed` says that the member signed it: a
/// colleague who holds the folder could write any name into it.
pub(crate) fn askings(exhibit: &Exhibit<'_>, signed: impl Fn(Uuid, &Custody) -> bool) -> Vec<Asking> {
    let steps = || exhibit.custody.iter().filter(|(id, custody)| signed(*id, custody));
    let mut all: Vec<Asking> = steps()
        .filter(|(_, custody)| custody.step == CustodyStep::Asked)
        .map(|(id, custody)| Asking {
            id: *id,
            member: custody.member,
            reason: custody.reason.clone(),
            at: custody.at,
            agreed: None,
            refused: None,
            opened: false,
        })
        .collect();
    for (_, custody) in steps() {
        let (CustodyStep::Agreed(on) | CustodyStep::Refused(on) | CustodyStep::Opened(on)) = custody.step else { continue };
        let Some(asking) = all.iter_mut().find(|asking| asking.id == on) else { continue };
        match custody.step {
            // Nobody is their own second person, and nobody agrees with what is over.
            CustodyStep::Agreed(_) if custody.member != asking.member && custody.at - asking.at < COUNTS_FOR => {
                asking.agreed = Some(custody.member);
            }
            CustodyStep::Refused(_) => asking.refused = Some(custody.member),
            CustodyStep::Opened(_) => asking.opened = true,
            CustodyStep::Asked | CustodyStep::Agreed(_) => {}
        }
    }
    all
}

impl Asking {
    pub(crate) fn standing(&self, from: From, now: OffsetDateTime) -> Standing {
        if self.opened {
            Standing::Used
        } else if self.refused.is_some() {
            Standing::Refused
        } else if now - self.at >= COUNTS_FOR {
            Standing::Over
        } else if from == From::Reporter && self.agreed.is_none() {
            Standing::Waits
        } else {
            Standing::MayOpen
        }
    }
}

#[cfg(test)]
mod tests {
    use time::macros::datetime;

    use super::*;
    use crate::attached::Attached;

    const NIGHT: OffsetDateTime = datetime!(2026-11-24 03:00 UTC);
    const ASKS: Uuid = Uuid::from_u128(1);
    const OTHER: Uuid = Uuid::from_u128(2);
    const ASKED: Uuid = Uuid::from_u128(10);

    fn file(from: From) -> Attached {
        Attached { name: String::new(), size: 1, hash: [0; 32], from, at: NIGHT, member: None, kept: None, note: String::new() }
    }

    fn step(step: CustodyStep, member: Uuid, minutes: i64) -> Custody {
        Custody { of: Uuid::nil(), step, reason: "for the court".to_owned(), at: NIGHT + Duration::minutes(minutes), member }
    }

    fn standing(from: From, steps: &[Custody], minutes: i64, signed: bool) -> Standing {
        let file = file(from);
        let custody = steps.iter().zip(10_u128..).map(|(step, id)| (Uuid::from_u128(id), step)).collect();
        let exhibit = Exhibit { id: Uuid::nil(), file: &file, cleanings: Vec::new(), custody };
        let asked = askings(&exhibit, |_, custody| signed || custody.member == ASKS);
        asked[0].standing(from, NIGHT + Duration::minutes(minutes))
    }

    #[test]
    fn a_reporters_original_needs_a_second_person_within_the_hour() {
        let (asked, agreed) = (step(CustodyStep::Asked, ASKS, 0), |member, minutes| step(CustodyStep::Agreed(ASKED), member, minutes));
        let check = |steps: &[Custody], minutes, expected| assert_eq!(standing(From::Reporter, steps, minutes, true), expected);
        check(std::slice::from_ref(&asked), 1, Standing::Waits);
        check(&[asked.clone(), agreed(ASKS, 1)], 2, Standing::Waits);
        check(&[asked.clone(), agreed(OTHER, 1)], 2, Standing::MayOpen);
        check(&[asked.clone(), agreed(OTHER, 1)], 60, Standing::Over);
        check(&[asked.clone(), agreed(OTHER, 60)], 59, Standing::Waits);
        check(&[asked.clone(), agreed(OTHER, 1), step(CustodyStep::Refused(ASKED), OTHER, 2)], 3, Standing::Refused);
        check(&[asked.clone(), agreed(OTHER, 1), step(CustodyStep::Opened(ASKED), ASKS, 2)], 3, Standing::Used);
        // On another asking, or under a name that did not sign.
        check(&[asked.clone(), step(CustodyStep::Agreed(OTHER), OTHER, 1)], 2, Standing::Waits);
        assert_eq!(standing(From::Reporter, &[asked, agreed(OTHER, 1)], 2, false), Standing::Waits);
    }

    #[test]
    fn what_one_of_us_brought_needs_none() {
        assert_eq!(standing(From::Desk, &[step(CustodyStep::Asked, ASKS, 0)], 1, true), Standing::MayOpen);
        assert_eq!(standing(From::Desk, &[step(CustodyStep::Asked, ASKS, 0)], 60, true), Standing::Over);
    }
}
