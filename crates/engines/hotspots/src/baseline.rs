//! What the counts of a zone are compared with: expected cases, or people. It is the same for the data and for every replicate.

use std::sync::OnceLock;

use crate::likelihood::Ratio;

/// What is expected of a zone in a window.
#[derive(Debug)]
pub(crate) enum Baseline {
    /// Up to each interval, by area: expected cases (Poisson) or people (Bernoulli).
    Sums(Vec<f64>),
    /// All cases by area, and those of all areas up to each interval: the expected are the product over all cases.
    Margins { rows: Vec<u32>, columns: Vec<u32>, all: f64 },
}

/// Steps between levels of the ratio.
const STEP: f64 = 0.25;
/// So many levels have a table; above the last, the last serves.
pub(crate) const LEVELS: usize = 256;
/// So many sizes of windows are told apart by a table, and so many where few windows come to it.
const SIZES: usize = 2048;
const FEW_SIZES: usize = 256;
/// A level is taken so much lower, so that rounding never hides what reaches it.
const SLACK: f64 = 1e-7;

/// For levels of the ratio, the fewest cases that reach it in a window of some size: almost all windows are dismissed by one
/// comparison of integers. Tables are made when they are first needed.
#[derive(Debug)]
pub(crate) struct Levels {
    ratio: Ratio,
    /// Fewer cases are no cluster.
    least: u32,
    sizes: usize,
    per_size: f64,
    tables: Vec<OnceLock<Vec<u32>>>,
}

/// The fewest cases that reach a level, by size.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Table<'a> {
    fewest: &'a [u32],
    per_size: f64,
}

impl Table<'_> {
    /// Whether so many cases surely do not reach the level in a window of a size.
    pub(crate) fn dismisses(&self, inside: u32, size: f64) -> bool {
        inside < self.fewest[((size * self.per_size) as usize).min(self.fewest.len() - 1)]
    }
}

impl Levels {
    pub(crate) fn new(ratio: Ratio, least: u32, screened: bool) -> Self {
        let largest = match ratio {
            Ratio::Poisson(all) => all,
            Ratio::Bernoulli(_, everybody) => everybody,
        };
        let sizes = if screened { FEW_SIZES } else { SIZES };
        Self { ratio, least, sizes, per_size: sizes as f64 / largest, tables: (0..LEVELS).map(|_| OnceLock::new()).collect() }
    }

    pub(crate) fn ratio(&self) -> Ratio {
        self.ratio
    }

    /// The highest level that a ratio reaches.
    pub(crate) fn below(ratio: f64) -> usize {
        ((ratio / STEP).max(0.0) as usize).min(LEVELS - 1)
    }

    /// The ratio that a level asks.
    pub(crate) fn asks(level: usize) -> f64 {
        (level as f64 * STEP - SLACK).max(f64::MIN_POSITIVE)
    }

    /// What a level asks.
    pub(crate) fn table(&self, level: usize) -> Table<'_> {
        let table = self.tables[level].get_or_init(|| {
            let mut fewest = self.least;
            let sizes = (0..=self.sizes + 1).map(|at| {
                // The lower edge, and what is not there is expected nowhere.
                fewest = self.fewest(fewest, (at as f64 / self.per_size).max(f64::MIN_POSITIVE), level);
                fewest
            });
            sizes.collect()
        });
        Table { fewest: table, per_size: self.per_size * (1.0 - 1e-12) }
    }

    fn fewest(&self, from: u32, size: f64, level: usize) -> u32 {
        let least = Self::asks(level);
        // People are whole: the edge of a size may lie between two numbers of them.
        let size = if matches!(self.ratio, Ratio::Bernoulli(..)) { size.floor().max(1.0) } else { size };
        self.ratio.fewest(from, size, least)
    }
}
