//! Slowing down guesses at one account.
//!
//! A delay, never a lock-out: a lock-out would let anybody who knows a name keep the night adviser out on the
//! night it matters. The delay is short and bounded, the right password and code still work behind it, and what
//! really stops guessing is a generated phrase (or 15 characters) together with a six-digit code.
//!
//! Failures are counted in a fixed number of buckets, chosen by a keyed hash of the typed name. So an unknown
//! name is slowed exactly like a known one, the table never grows, and it names nobody. Two accounts may share a
//! bucket; all that can follow is the same short delay.

use std::time::Duration;

use time::OffsetDateTime;

/// How many buckets there are. Fixed, so that a flood of made-up names cannot fill a disk.
pub const BUCKETS: u16 = 1024;
/// Failures that cost nothing: people mistype.
pub const FREE_FAILURES: u32 = 3;
/// Longest delay before an attempt is looked at.
pub const LONGEST_DELAY: Duration = Duration::from_secs(8);
/// Each quiet quarter of an hour forgives half of the failures.
pub const HALVED_AFTER: time::Duration = time::Duration::minutes(15);

/// How often sign-in has failed in one bucket, and when last.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Failures {
    /// Failed attempts not yet forgiven.
    pub count: u32,
    /// When the last one was.
    pub last: OffsetDateTime,
}

impl Failures {
    /// None yet.
    #[must_use]
    pub fn none(now: OffsetDateTime) -> Self {
        Self { count: 0, last: now }
    }

    /// What is left of them at `now`: half for each [`HALVED_AFTER`] without another.
    #[must_use]
    pub fn remaining(self, now: OffsetDateTime) -> u32 {
        let quiet = (now - self.last).whole_seconds().max(0) / HALVED_AFTER.whole_seconds();
        u32::try_from(quiet).ok().and_then(|halvings| self.count.checked_shr(halvings)).unwrap_or(0)
    }

    /// One more failure at `now`.
    #[must_use]
    pub fn failed(self, now: OffsetDateTime) -> Self {
        Self { count: self.remaining(now).saturating_add(1).min(1_000), last: now }
    }

    /// How long the next attempt waits before it is looked at: 1, 2, 4, then at most 8 seconds.
    #[must_use]
    pub fn delay(self, now: OffsetDateTime) -> Duration {
        let over = self.remaining(now).saturating_sub(FREE_FAILURES);
        if over == 0 {
            return Duration::ZERO;
        }
        let seconds = 1_u64.checked_shl(over - 1).unwrap_or(u64::MAX);
        Duration::from_secs(seconds).min(LONGEST_DELAY)
    }
}

/// The bucket of a blinded sign-in name.
#[must_use]
pub fn bucket(blinded_name: &[u8; 32]) -> i32 {
    i32::from(u16::from_be_bytes([blinded_name[0], blinded_name[1]]) % BUCKETS)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used)]
    use super::*;
    use time::macros::datetime;

    const NIGHT: OffsetDateTime = datetime!(2026-11-24 03:00 UTC);

    #[test]
    fn mistyping_costs_nothing_and_guessing_costs_more_each_time() {
        let mut failures = Failures::none(NIGHT);
        let mut delays = Vec::new();
        for _ in 0..8 {
            failures = failures.failed(NIGHT);
            delays.push(failures.delay(NIGHT).as_secs());
        }
        assert_eq!(delays, [0, 0, 0, 1, 2, 4, 8, 8]);
    }

    #[test]
    fn no_number_of_failures_locks_anybody_out() {
        let mut failures = Failures::none(NIGHT);
        for _ in 0..100_000 {
            failures = failures.failed(NIGHT);
        }
        assert_eq!(failures.delay(NIGHT), LONGEST_DELAY);
        assert_eq!(Failures { count: u32::MAX, last: NIGHT }.delay(NIGHT), LONGEST_DELAY);
    }

    #[test]
    fn quiet_forgives() {
        let failures = Failures { count: 8, last: NIGHT };
        assert_eq!(failures.remaining(NIGHT + HALVED_AFTER), 4);
        assert_eq!(failures.remaining(NIGHT + HALVED_AFTER * 4), 0);
        assert_eq!(failures.remaining(NIGHT + time::Duration::days(400)), 0);
        assert_eq!(failures.remaining(NIGHT - time::Duration::hours(1)), 8);
    }

    #[test]
    fn every_hash_has_a_bucket() {
        assert_eq!(bucket(&[0; 32]), 0);
        assert_eq!(bucket(&[0xff; 32]), i32::from(BUCKETS) - 1);
    }
}
