//! How much is sent at this moment, and what that means for whoever sends: nothing at all, or a puzzle and a wait. Pure.
//! Only numbers are kept, in memory: no address, nothing of anybody.

/// Over so many seconds sendings are counted.
const SECONDS: usize = 10;
/// So many sendings within ten seconds are taken for an ordinary day. Making a receipt takes about a fifth of a second, so five
/// a second is what one house should keep up for ever.
pub(crate) const CALM_SENDINGS: u32 = 50;
/// So many may stand in the lanes on a calm day: a school class that sends at once, stored within two seconds.
pub(crate) const CALM_WAITING: usize = 8;
/// A wait is never told shorter: a page that asks to be pressed after two seconds only annoys.
const SHORTEST_WAIT: i64 = 5_000;
/// Nor longer. Who returns after this is in the lane, before everybody who came later. A longer wait would brake nobody
/// who floods, for a machine waits well; it would only lose people.
const LONGEST_WAIT: i64 = 30_000;
/// What somebody waits more whose turn came and who was not reached before the answer had to be given.
pub(crate) const WAIT_AGAIN: i64 = 10_000;
/// Meant for about two seconds of an old telephone: half a million tries. docs/flood.md says what was measured.
const LEAST_BITS: u8 = 19;
/// Four times that; more would only shut out those with old telephones.
const MOST_BITS: u8 = 21;

/// Counts what came in the last seconds.
#[derive(Clone, Debug, Default)]
pub(crate) struct Meter {
    second: i64,
    counts: [u32; SECONDS],
}

impl Meter {
    /// One more, at this moment (in milliseconds).
    pub(crate) fn count(&mut self, now: i64) {
        self.forget(now);
        if let Some(count) = self.counts.first_mut() {
            *count = count.saturating_add(1);
        }
    }

    /// How many came within the last ten seconds.
    pub(crate) fn within(&mut self, now: i64) -> u32 {
        self.forget(now);
        self.counts.iter().fold(0, |sum, count| sum.saturating_add(*count))
    }

    /// A clock that is put back forgets nothing and counts into the newest second.
    fn forget(&mut self, now: i64) {
        let second = now.div_euclid(1000);
        let past = usize::try_from(second.saturating_sub(self.second)).unwrap_or(0).min(SECONDS);
        if past > 0 {
            self.counts.rotate_right(past);
            self.counts.iter_mut().take(past).for_each(|count| *count = 0);
            self.second = second;
        }
    }
}

/// What is sent and stored at this moment.
#[derive(Clone, Debug, Default)]
pub(crate) struct Load {
    arrived: Meter,
    stored: Meter,
    /// When the turn comes of whoever got the newest place without work (milliseconds).
    line: i64,
}

impl Load {
    pub(crate) fn arrived(&mut self, now: i64) {
        self.arrived.count(now);
    }

    pub(crate) fn stored(&mut self, now: i64) {
        self.stored.count(now);
    }

    /// Whether this is a day like others: then nothing of all this exists.
    pub(crate) fn is_calm(&mut self, now: i64, waiting: usize) -> bool {
        waiting <= CALM_WAITING && self.arrived.within(now) <= CALM_SENDINGS
    }

    /// When the turn of the next comes who shows no work: a quarter of what is stored is theirs.
    pub(crate) fn turn(&mut self, now: i64) -> i64 {
        let stored = i64::from(self.stored.within(now)).max(i64::from(CALM_SENDINGS) / 5);
        let each = 4 * 1000 * i64::try_from(SECONDS).unwrap_or(10) / stored;
        self.line = self.line.max(now).saturating_add(each).min(now + LONGEST_WAIT);
        self.line.max(now + SHORTEST_WAIT)
    }
}

/// How hard the puzzle is while so many wait who solved one: one bit more, twice the work, for each sixteen.
pub(crate) fn bits(waiting: usize) -> u8 {
    let more = u8::try_from(waiting / 16).unwrap_or(u8::MAX);
    LEAST_BITS.saturating_add(more).min(MOST_BITS)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const NOW: i64 = 1_796_121_630_000;

    #[test]
    fn what_came_ten_seconds_ago_is_forgotten() {
        let mut meter = Meter::default();
        for second in 0..20 {
            meter.count(NOW + second * 1000);
        }
        assert_eq!(meter.within(NOW + 19_000), 10);
        assert_eq!(meter.within(NOW + 24_999), 5);
        assert_eq!(meter.within(NOW + 29_000), 0);
        // Put back, the clock neither forgets nor fails.
        meter.count(NOW + 29_000);
        meter.count(NOW);
        assert_eq!(meter.within(NOW), 2);
    }

    #[test]
    fn a_day_like_others_is_calm_until_more_is_sent_or_somebody_stands_long() {
        let mut load = Load::default();
        for _ in 0..CALM_SENDINGS {
            load.arrived(NOW);
        }
        assert!(load.is_calm(NOW, CALM_WAITING));
        assert!(!load.is_calm(NOW, CALM_WAITING + 1));
        load.arrived(NOW);
        assert!(!load.is_calm(NOW, 0));
        assert!(load.is_calm(NOW + 10_000, 0), "ten seconds later it is over");
    }

    #[test]
    fn a_puzzle_grows_with_those_who_solved_one_and_never_beyond_an_old_telephone() {
        assert_eq!([0, 15, 16, 32, 10_000].map(bits), [19, 19, 20, 21, 21]);
    }

    proptest! {
        /// Each turn is not before the one given earlier, and none is told shorter or longer than the bounds.
        #[test]
        fn turns_are_given_in_order_and_within_bounds(steps in prop::collection::vec((0..3000_i64, any::<bool>()), 1..200)) {
            let (mut load, mut now, mut last) = (Load::default(), NOW, 0);
            for (step, stored) in steps {
                now += step;
                if stored { load.stored(now); }
                let turn = load.turn(now);
                prop_assert!((SHORTEST_WAIT..=LONGEST_WAIT).contains(&(turn - now)));
                prop_assert!(turn >= last);
                last = turn;
            }
        }
    }
}
