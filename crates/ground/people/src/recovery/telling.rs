//! When the day of a recovery begins: once those who can stop it know of it.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use time::{Duration, OffsetDateTime};
use uuid::Uuid;

/// Whoever could not be told is tried again after this.
pub(crate) const AGAIN: Duration = Duration::minutes(10);
/// So long does the day wait for somebody who cannot be reached while others were: an old address must not lock a team out.
pub(crate) const PATIENCE: Duration = Duration::hours(72);

/// How far the telling has come; sealed with the request.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Telling {
    /// When anybody was last tried.
    #[serde(with = "time::serde::timestamp::option")]
    pub(crate) tried_at: Option<OffsetDateTime>,
    /// When the first was reached of those who could object.
    #[serde(with = "time::serde::timestamp::option")]
    pub(crate) first_at: Option<OffsetDateTime>,
    /// Who was reached: something took the notice for them.
    pub(crate) reached: BTreeSet<Uuid>,
}

impl Telling {
    /// Whether it is time to try those who were not reached yet.
    pub(crate) fn is_due(&self, now: OffsetDateTime) -> bool {
        self.tried_at.is_none_or(|tried| now - tried >= AGAIN)
    }

    /// Notes who was reached now; `objectors` are those who could stop it and do not want it themselves.
    pub(crate) fn note(&mut self, reached: &BTreeSet<Uuid>, objectors: &BTreeSet<Uuid>, now: OffsetDateTime) {
        self.reached.extend(reached);
        if !self.reached.is_disjoint(objectors) {
            self.first_at.get_or_insert(now);
        }
    }

    /// Whether the day may begin. `objectors` are the officers and holders of the zone without those who asked, who agreed and who is to
    /// get the key: these protect nobody from themselves, so that they count only where there is nobody else.
    pub(crate) fn day_begins(&self, objectors: &BTreeSet<Uuid>, now: OffsetDateTime) -> bool {
        let known = objectors.intersection(&self.reached).count();
        if objectors.is_empty() {
            return !self.reached.is_empty();
        }
        let waited = self.first_at.is_some_and(|first| now - first >= PATIENCE);
        known == objectors.len() || (known > 0 && waited)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used)]
    use proptest::prelude::*;
    use time::macros::datetime;

    use super::*;

    const NIGHT: OffsetDateTime = datetime!(2026-11-24 03:00 UTC);

    fn ids(numbers: &[u128]) -> BTreeSet<Uuid> {
        numbers.iter().copied().map(Uuid::from_u128).collect()
    }

    fn begins(reached: &[u128], can_stop: &[u128], waited: Duration) -> bool {
        let mut telling = Telling::default();
        let objectors = ids(can_stop).difference(&ids(&[1, 2])).copied().collect();
        telling.note(&ids(reached), &objectors, NIGHT);
        telling.day_begins(&objectors, NIGHT + waited)
    }

    /// 1 asks, for 2.
    #[test]
    fn who_wants_the_key_is_not_who_must_know_of_it() {
        assert!(!begins(&[1, 2], &[1, 2, 3], PATIENCE), "the only one who could object never heard of it");
        assert!(begins(&[3], &[1, 2, 3], Duration::ZERO), "the only one who could object knows");
        assert!(begins(&[1], &[1, 2], Duration::ZERO), "there is nobody else");
        assert!(!begins(&[], &[1, 2], PATIENCE), "nobody at all was told");
        assert!(!begins(&[9], &[1, 3], PATIENCE), "a colleague who can stop nothing was told");
    }

    #[test]
    fn one_who_cannot_be_reached_holds_it_up_for_three_days() {
        assert!(!begins(&[3], &[3, 4], PATIENCE - Duration::SECOND));
        assert!(begins(&[3], &[3, 4], PATIENCE));
        assert!(begins(&[3, 4], &[3, 4], Duration::ZERO));
    }

    #[test]
    fn those_who_were_not_reached_are_tried_again_and_the_first_moment_stays() {
        let mut telling = Telling::default();
        assert!(telling.is_due(NIGHT));
        telling.tried_at = Some(NIGHT);
        assert!(!telling.is_due(NIGHT + AGAIN - Duration::SECOND));
        assert!(telling.is_due(NIGHT + AGAIN));
        let objectors = ids(&[3, 4]);
        telling.note(&BTreeSet::new(), &objectors, NIGHT);
        telling.note(&ids(&[9]), &objectors, NIGHT);
        assert_eq!(telling.first_at, None, "trying is not reaching, and who can stop nothing is not who must know");
        telling.note(&ids(&[3]), &objectors, NIGHT + AGAIN);
        telling.note(&ids(&[4]), &objectors, NIGHT + AGAIN * 2);
        assert_eq!((telling.first_at, telling.reached), (Some(NIGHT + AGAIN), ids(&[3, 4, 9])));
    }

    proptest! {
        /// The day never begins while nobody who could object knows, if there is such a person.
        #[test]
        fn no_day_begins_behind_everybodys_back(reached in proptest::collection::vec(1_u128..8, 0..8), can_stop in proptest::collection::vec(1_u128..8, 0..8), hours in 0_i64..200) {
            let objectors = can_stop.iter().filter(|id| **id > 2).count();
            let knows = can_stop.iter().any(|id| *id > 2 && reached.contains(id));
            let began = begins(&reached, &can_stop, Duration::hours(hours));
            prop_assert!(!began || knows || (objectors == 0 && !reached.is_empty()));
            // More people knowing never holds it up.
            let all: Vec<u128> = reached.iter().chain(&can_stop).copied().collect();
            prop_assert!(!began || begins(&all, &can_stop, Duration::hours(hours)));
        }
    }
}
