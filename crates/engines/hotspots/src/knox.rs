//! Do reports that are near in place come near in time (Knox 1964)? With several bands of distance and of days it is the near-repeat
//! calculator (Ratcliffe and Rengert 2008).
//!
//! Pairs are counted in each band of distance by each band of time. What chance gives is had by dealing the times out anew among the
//! places (Mantel 1967), which holds both the pattern of places and that of times. It says that near repeats exist, not why: where a
//! place is looked at more after a report, they exist for that alone.

use plainsight_names::Watch;
use thiserror::Error;

use crate::discovery::{Discovery, adjusted};
use crate::points::{Buckets, wild};
use crate::random::Random;
use crate::share::{Crew, Stopped};

/// More near pairs than this are refused.
const MOST: usize = 100_000_000;

/// Why no count could be had.
#[derive(Debug, Error, PartialEq)]
pub enum KnoxError {
    #[error("there are {places} places and {times} times: give one time a place")]
    Sizes { places: usize, times: usize },
    #[error("report {report} has no finite place in metres, or no finite time: leave it out or give it one")]
    Wild { report: usize },
    #[error("the upper ends of the bands must rise and not be negative, and one at least is needed")]
    Bands,
    #[error("there are more than 100,000,000 pairs within the largest distance: take a shorter one")]
    TooMany,
    #[error("stopped as asked; nothing was computed")]
    Stopped,
}

impl From<Stopped> for KnoxError {
    fn from(_: Stopped) -> Self {
        Self::Stopped
    }
}

/// How the test is asked for.
#[derive(Clone, Debug)]
pub struct KnoxOptions {
    /// Upper ends in metres, themselves within the band; the first band begins at 0 and each other above the one before. A first end of
    /// 0 is the same place.
    pub distances: Vec<f64>,
    /// Upper ends in days (or whatever times are in), likewise.
    pub days: Vec<f64>,
    pub permutations: u32,
    pub seed: u64,
    /// The answer does not depend on it.
    pub threads: usize,
    pub discovery: Discovery,
    pub level: f64,
}

/// Pairs in a band of distance and a band of time.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct KnoxBand {
    /// Upper ends.
    pub metres: f64,
    pub days: f64,
    pub pairs: u64,
    /// The mean over the permutations; the observed number where none were asked for.
    pub expected: f64,
    /// Observed by expected; none where nothing is expected.
    pub ratio: Option<f64>,
    /// One-sided, more pairs than chance gives: (permutations with as many + 1) / (permutations + 1).
    pub p: f64,
    pub adjusted: f64,
    pub found: bool,
}

/// The table, by distance and then by time.
#[derive(Clone, Debug, PartialEq)]
pub struct Knox {
    pub bands: Vec<KnoxBand>,
    /// Pairs within the largest distance, whatever their times.
    pub near_pairs: usize,
    /// All times are equal: nothing can vary, and every p is 1.
    pub flat: bool,
}

/// Counts near pairs and how often chance gives as many. `places` in metres, `times` in days.
///
/// # Errors
/// Sizes that do not match, places or times that are not numbers, bands that do not rise, too many pairs, or being stopped.
pub fn knox(places: &[[f64; 2]], times: &[f64], options: &KnoxOptions, watch: &dyn Watch) -> Result<Knox, KnoxError> {
    if places.len() != times.len() {
        return Err(KnoxError::Sizes { places: places.len(), times: times.len() });
    }
    if let Some(report) = wild(places).or_else(|| times.iter().position(|time| !time.is_finite())) {
        return Err(KnoxError::Wild { report });
    }
    let rises = |ends: &[f64]| {
        ends.first().is_some_and(|end| *end >= 0.0)
            && ends.windows(2).all(|pair| pair[0] < pair[1])
            && ends.iter().all(|end| end.is_finite())
    };
    if !rises(&options.distances) || !rises(&options.days) {
        return Err(KnoxError::Bands);
    }
    let pairs = near(places, &options.distances)?;
    let observed = count(&pairs, times, &options.days, options.distances.len());
    let crew = Crew { stage: "dealing times", threads: options.threads, watch };
    let work = |dealt: &mut Vec<f64>, at: usize| {
        dealt.clear();
        dealt.extend_from_slice(times);
        let mut random = Random::of(options.seed, at as u64);
        for last in (1..dealt.len()).rev() {
            dealt.swap(last, random.below(last as u64 + 1) as usize);
        }
        count(&pairs, dealt, &options.days, options.distances.len())
    };
    let dealt = crew.each(options.permutations as usize, Vec::new, work)?;
    let permutations = f64::from(options.permutations);
    let p: Vec<f64> = (0..observed.len())
        .map(|at| (dealt.iter().filter(|counts| counts[at] >= observed[at]).count() as f64 + 1.0) / (permutations + 1.0))
        .collect();
    let controlled = adjusted(&p, options.discovery);
    let mut bands = Vec::with_capacity(observed.len());
    for (at, pairs) in observed.iter().enumerate() {
        let total: u64 = dealt.iter().map(|counts| counts[at]).sum();
        let expected = if dealt.is_empty() { *pairs as f64 } else { total as f64 / permutations };
        bands.push(KnoxBand {
            metres: options.distances[at / options.days.len()],
            days: options.days[at % options.days.len()],
            pairs: *pairs,
            expected,
            ratio: (expected > 0.0).then(|| *pairs as f64 / expected),
            p: p[at],
            adjusted: controlled[at],
            found: controlled[at] <= options.level,
        });
    }
    Ok(Knox { bands, near_pairs: pairs.len(), flat: times.iter().all(|time| Some(time) == times.first()) })
}

/// The pairs within the largest distance, and the band of each.
fn near(places: &[[f64; 2]], distances: &[f64]) -> Result<Vec<(u32, u32, u32)>, KnoxError> {
    let reach = distances.last().copied().unwrap_or_default();
    let buckets = Buckets::new(places, reach);
    let mut pairs = Vec::new();
    for (one, place) in (0_u32..).zip(places) {
        buckets.within(*place, reach, |other, square| {
            if other > one {
                let band = distances.partition_point(|end| end * end < square);
                pairs.push((one, other, band.min(distances.len() - 1) as u32));
            }
        });
        if pairs.len() > MOST {
            return Err(KnoxError::TooMany);
        }
    }
    Ok(pairs)
}

fn count(pairs: &[(u32, u32, u32)], times: &[f64], days: &[f64], distances: usize) -> Vec<u64> {
    // One place more in each row, for pairs that no band of time holds.
    let width = days.len() + 1;
    let mut counts = vec![0_u64; distances * width];
    for (one, other, band) in pairs {
        let apart = (times[*one as usize] - times[*other as usize]).abs();
        let late: usize = days.iter().map(|end| usize::from(apart > *end)).sum();
        counts[*band as usize * width + late] += 1;
    }
    counts.chunks(width).flat_map(|row| row[..days.len()].to_vec()).collect()
}
