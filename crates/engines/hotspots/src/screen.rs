//! Dismisses a zone in all its windows at once.
//!
//! The counts that reach a level of the ratio, drawn over what is expected, lie above a curve that bends downwards: the ratio is a
//! Kullback-Leibler divergence, which is convex in both, so what does not reach the level is a convex set. A chord therefore lies below
//! the curve between its ends. A window that reaches the level lies above the chord of its size, and the window that lies highest above
//! a line is found in one pass over time instead of one over all pairs of beginning and end (Bentley 1984). Whatever is not dismissed is
//! looked at exactly: the answer is the same with and without this. A zone that is one area larger lies at most so much higher as the
//! area by itself does, so most zones need not even that pass.

use std::sync::OnceLock;

use crate::baseline::{LEVELS, Levels};
use crate::likelihood::Ratio;

/// So many chords, each over windows of its own sizes.
pub(crate) const LINES: usize = 8;
/// Sizes of zones are told apart in steps of the fourth root of two.
const STEPS: f64 = 4.0;
/// Counts above this are not exact in 32 bits.
const MOST: f64 = (1_u64 << 24) as f64;

/// How steep chords are at least, in cases for each that all have on average, by group: an area adds less above steeper ones.
const STEEP: [f64; 8] = [0.9, 1.2, 1.5, 2.0, 3.0, 4.5, 7.0, 12.0];
/// A number for each group of chords.
pub(crate) type Groups = [f32; STEEP.len()];

/// Chords below what a level asks: more than `reach` cases above `slope` times what is expected.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Lines {
    slope: [f32; LINES],
    reach: [f32; LINES],
    group: [Option<usize>; LINES],
    /// For zones smaller than this.
    pub(crate) to: f64,
}

impl Lines {
    /// How many cases more some window would need to lie above a chord of each group; 0 or less where one may lie there now. `counts`
    /// and `sizes` are those up to each interval, the sizes in a `unit`; windows end at the last where `ending`, else anywhere.
    pub(crate) fn gaps(&self, counts: &[u32], sizes: &[f32], unit: f32, ending: bool) -> Groups {
        let slope = self.slope.map(|slope| slope * unit);
        let mut lowest = [f32::INFINITY; LINES];
        let mut highest = [f32::NEG_INFINITY; LINES];
        for (count, size) in counts.iter().zip(sizes) {
            let count = *count as i32 as f32;
            for line in 0..LINES {
                let above = count - slope[line] * size;
                lowest[line] = if above < lowest[line] { above } else { lowest[line] };
                let rise = above - lowest[line];
                // Where windows end at the last, only the last rise counts.
                highest[line] = if ending || rise > highest[line] { rise } else { highest[line] };
            }
        }
        let mut gaps = [f32::INFINITY; STEEP.len()];
        for (line, highest) in highest.into_iter().enumerate() {
            // A chord that is too flat has no group: nothing is known of larger zones then.
            let group = self.group[line].unwrap_or(0);
            let gap = self.reach[line] - highest;
            gaps[group] = gaps[group].min(if self.group[line].is_some() || gap <= 0.0 { gap } else { f32::MIN_POSITIVE });
        }
        gaps
    }
}

/// Chords by level and size of zone, made when they are first needed.
#[derive(Debug)]
pub(crate) struct Screen {
    ratio: Ratio,
    least: f64,
    all: f64,
    /// A window is seldom smaller than this share of its zone ...
    smallest: f64,
    /// ... and, where nothing is between, never.
    sure: bool,
    /// No window is larger.
    widest: f64,
    largest: f64,
    /// Whether windows end at the last interval only.
    pub(crate) ending: bool,
    /// By level and step of sizes.
    tables: Vec<OnceLock<Lines>>,
    steps: usize,
}

impl Screen {
    /// For windows between the shares `smallest` and `widest` of their zone; none where counts are too many for it. Not `sure`: there
    /// may be smaller ones.
    pub(crate) fn new(ratio: Ratio, least: u32, (smallest, widest, sure): (f64, f64, bool), ending: bool) -> Option<Self> {
        let (all, largest) = match ratio {
            Ratio::Poisson(all) => (all, all),
            Ratio::Bernoulli(all, everybody) => (all, everybody),
        };
        let steps = (largest.log2().max(0.0) * STEPS) as usize + 2;
        let tables = (0..LEVELS * steps).map(|_| OnceLock::new()).collect();
        (largest < MOST).then(|| Self {
            ratio,
            least: f64::from(least.max(1)),
            all,
            smallest,
            sure,
            widest,
            largest,
            ending,
            tables,
            steps,
        })
    }

    /// What a level asks of the windows of a zone of some size.
    pub(crate) fn lines(&self, level: usize, size: f64) -> &Lines {
        // Zones smaller than one are in the first step, which begins at nothing.
        let step = ((size.max(1.0).log2() * STEPS) as usize).min(self.steps - 1);
        self.tables[level * self.steps + step].get_or_init(|| self.chords(step, Levels::asks(level)))
    }

    /// The most cases that an area has in any window above what is expected of it times the slope of each group: it adds no more to
    /// what its zone has above any chord of the group.
    pub(crate) fn rises(&self, counts: &[u32], sizes: impl Iterator<Item = f64>) -> Groups {
        let rate = self.rate();
        let mut lowest = [f64::INFINITY; STEEP.len()];
        let mut highest = [0.0_f64; STEEP.len()];
        for (count, size) in counts.iter().zip(sizes) {
            for (group, steep) in STEEP.iter().enumerate() {
                let above = f64::from(*count) - steep * rate * size;
                lowest[group] = lowest[group].min(above);
                highest[group] = if self.ending { above - lowest[group] } else { highest[group].max(above - lowest[group]) };
            }
        }
        // Single precision rounds.
        highest.map(|rise| (rise * (1.0 + 1e-6) + 1e-3) as f32)
    }

    /// Cases in all for each of a size.
    fn rate(&self) -> f64 {
        self.all / self.largest
    }

    fn chords(&self, step: usize, asked: f64) -> Lines {
        let low = if step == 0 { 0.0 } else { 2.0_f64.powf((step as f64 - 0.01) / STEPS) };
        let high = (2.0_f64.powf((step as f64 + 1.01) / STEPS) * self.widest).min(self.largest);
        let to = 2.0_f64.powf((step as f64 + 1.0) / STEPS);
        let mut lines = Lines { slope: [0.0; LINES], reach: [f32::INFINITY; LINES], group: [None; LINES], to };
        let first = self.first(asked);
        let small = low * self.smallest;
        // Where no window is smaller, the first chord may begin there; else where the fewest cases reach the level.
        let begin = if self.sure && small > first { small } else { first };
        if begin >= high {
            lines.reach[0] = (self.least - 0.5) as f32;
            lines.group[1..].fill(Some(0));
            return lines;
        }
        let mut edges = vec![begin];
        if begin < small && small < high {
            edges.push(small);
        }
        let (bend, parts) = (edges.last().copied().unwrap_or(begin), LINES + 1 - edges.len());
        edges.extend((1..=parts).map(|part| bend * (high / bend).powf(part as f64 / parts as f64)));
        // Those that nothing can reach are in whatever group.
        lines.group = [Some(0); LINES];
        for (line, pair) in edges.windows(2).take(LINES).enumerate() {
            let (from, to) = (self.fewest(pair[0], asked), self.fewest(pair[1], asked));
            let slope = if pair[1] > pair[0] { (to - from) / (pair[1] - pair[0]) } else { 0.0 };
            // Single precision is off by less than this.
            let slack = 1e-3 + (self.all + slope.abs() * self.largest) * 1e-6;
            lines.slope[line] = slope as f32;
            lines.group[line] = STEEP.iter().rposition(|steep| *steep * self.rate() <= slope);
            lines.reach[line] = (from - slope * pair[0] - slack) as f32;
        }
        lines
    }

    /// The largest size at which the fewest cases that count reach what is asked; among people, who are no fewer than cases, the
    /// smallest at which anything does, when that is larger. What is smaller lies under a chord that begins here.
    fn first(&self, asked: f64) -> f64 {
        match self.ratio {
            Ratio::Poisson(_) => between(0.0, self.least.min(self.largest), |size| self.ratio.at(self.least, size) >= asked),
            // All who are there are cases: the ratio grows with them as long as they are no more than all cases.
            Ratio::Bernoulli(..) => between(self.least, self.all.max(self.least), |size| self.ratio.at(size, size) < asked),
        }
    }

    /// How many cases reach what is asked at some size, not rounded; the most there can be where they do not.
    fn fewest(&self, size: f64, asked: f64) -> f64 {
        let most = match self.ratio {
            Ratio::Poisson(_) => self.all,
            Ratio::Bernoulli(..) => self.all.min(size),
        };
        between(0.0, most, |count| self.ratio.at(count, size) < asked)
    }
}

/// The last number up to which something holds that holds from `low` on and then no more; not above it.
fn between(mut low: f64, mut high: f64, holds: impl Fn(f64) -> bool) -> f64 {
    if holds(high) {
        return high;
    }
    // Closer than chords lie under the curve anyway.
    while high - low > high * 1e-7 && high > f64::MIN_POSITIVE {
        let middle = f64::midpoint(low, high);
        if holds(middle) { low = middle } else { high = middle }
    }
    low
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(512))]

        #[test]
        fn no_window_that_reaches_a_level_is_dismissed(
            (all, more, bernoulli) in (2_u32..5000, 1_u32..9000, any::<bool>()),
            (level, least, ending) in (0_usize..120, 1_u32..4, any::<bool>()),
            (zone, part) in (0.0..1.0_f64, 0.0..1.0_f64),
            (smallest, sure) in (1e-4..0.2_f64, any::<bool>()),
        ) {
            let ratio = if bernoulli { Ratio::Bernoulli(f64::from(all), f64::from(all + more)) } else { Ratio::Poisson(f64::from(all)) };
            let largest = if bernoulli { f64::from(all + more) } else { f64::from(all) };
            let widest = 0.7;
            let screen = Screen::new(ratio, least, (smallest, widest, sure), ending).expect("so few can be counted");
            let zone = zone * largest;
            let shares = (if sure { smallest } else { 1e-6 }, widest);
            let mut window = zone * (shares.0 + (shares.1 - shares.0) * part * part);
            if bernoulli {
                window = window.floor();
            }
            let reaches = |count: u32| {
                let fits = !bernoulli || f64::from(count) <= window;
                fits && count >= least && ratio.at(f64::from(count), window) >= Levels::asks(level)
            };
            // The fewest, and any more.
            for count in (0..=all).filter(|count| reaches(*count)).take(3) {
                let gaps = screen.lines(level, zone).gaps(&[0, count], &[0.0, window as f32], 1.0, ending);
                prop_assert!(gaps.iter().any(|gap| *gap <= 0.0), "{count} in {window} of {zone}: {gaps:?}");
            }
        }

        #[test]
        fn an_area_adds_no_more_to_its_zone_than_it_is_said_to(
            cells in prop::collection::vec((0_u32..9, 0.1..6.0_f64, 0_u32..5, 0.1..3.0_f64), 2..12), level in 4_usize..80, ending in any::<bool>(),
        ) {
            let screen = Screen::new(Ratio::Poisson(400.0), 2, (0.01, 1.0, false), ending).expect("so few can be counted");
            let sums = |of: fn(&(u32, f64, u32, f64)) -> f64| -> Vec<f64> {
                std::iter::once(0.0).chain(cells.iter().scan(0.0, |sum, cell| { *sum += of(cell); Some(*sum) })).collect()
            };
            let (counts, sizes) = (sums(|cell| f64::from(cell.0)), sums(|cell| cell.1));
            let (own, own_sizes) = (sums(|cell| f64::from(cell.2)), sums(|cell| cell.3));
            let whole: Vec<u32> = counts.iter().zip(&own).map(|(one, other)| (one + other) as u32).collect();
            let whole_sizes: Vec<f32> = sizes.iter().zip(&own_sizes).map(|(one, other)| (one + other) as f32).collect();
            let as_counts = |sums: &[f64]| sums.iter().map(|sum| *sum as u32).collect::<Vec<u32>>();
            let as_sizes = |sums: &[f64]| sums.iter().map(|sum| *sum as f32).collect::<Vec<f32>>();
            let lines = screen.lines(level, sizes[cells.len()]);
            let before = lines.gaps(&as_counts(&counts), &as_sizes(&sizes), 1.0, ending);
            let rises = screen.rises(&as_counts(&own), own_sizes.iter().copied());
            let after = lines.gaps(&whole, &whole_sizes, 1.0, ending);
            for group in 0..STEEP.len() {
                prop_assert!(after[group] >= before[group] - rises[group] || before[group] <= f32::MIN_POSITIVE, "{before:?} {rises:?} {after:?}");
            }
        }
    }
}
