//! How dense reports are for how hard anybody looked.
//!
//! Three streams are kept apart. What people report and what third parties pass on grows with how many premises or people it can come
//! from; what a patrol finds grows with the visits it made. An area's density, relative to all, is one number behind all three: each
//! stream is Poisson in its exposure times the density, and densities are drawn from a gamma distribution of mean 1 (Clayton and Kaldor
//! 1987). A find therefore counts together with the visits that it took, and an area where nobody looked is not an area where nothing is.

use statrs::function::gamma::gamma_lr;
use thiserror::Error;

use crate::discovery::{Discovery, adjusted};

/// What is known of an area, or of a kind of venue. It has no field for who lives or works there.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Looked {
    /// Reports from the public, from professionals and from those concerned.
    pub reported: u32,
    /// What third parties passed on: other agencies, platforms, inspections.
    pub third_party: u32,
    /// What patrols found.
    pub found: u32,
    /// What reports could come from: premises, workers, people.
    pub exposure: f64,
    /// Visits made, or hours spent looking.
    pub visits: f64,
    /// Days since the last visit; none where there was none, or nobody wrote it down.
    pub days_since: Option<u32>,
}

impl Looked {
    fn counts(&self) -> [f64; 3] {
        [self.reported, self.third_party, self.found].map(f64::from)
    }

    fn exposures(&self) -> [f64; 3] {
        [self.exposure, self.exposure, self.visits]
    }
}

/// Whether what patrols found and what others reported say the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Streams {
    /// They do, as far as so few can say.
    Agree,
    /// Patrols found more than reports let expect: people there may not dare, or know how, to report.
    FoundMore,
    /// Reports say more than patrols found: they may come at the wrong hour, or a report may be about something else.
    ReportedMore,
}

/// What is estimated of an area.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Estimate {
    /// Reports of all streams, as a multiple of what so much exposure and so many visits give on average.
    pub density: f64,
    /// It lies between these in nine of ten cases.
    pub between: (f64, f64),
    /// How likely it is above the average.
    pub above: f64,
    /// What an area with its exposure and visits gives on average, in all streams.
    pub expected: f64,
    /// Whether nobody ever looked.
    pub unseen: bool,
    /// Whether the streams say the same.
    pub streams: Streams,
    /// How likely they differ as much by chance, adjusted for how many areas were asked (Benjamini and Hochberg 1995).
    pub streams_p: f64,
    pub(crate) shape: f64,
    pub(crate) rate: f64,
}

/// What is estimated of all areas.
#[derive(Clone, Debug, PartialEq)]
pub struct Effort {
    /// In the order of areas.
    pub estimates: Vec<Estimate>,
    /// Reports for each of exposure.
    pub reported_rate: f64,
    /// The same of third parties.
    pub third_party_rate: f64,
    /// Finds a visit.
    pub found_rate: f64,
    /// How much areas differ: the shape of the gamma distribution; [`ALIKE`] when they do not differ beyond chance.
    pub shape: f64,
}

/// The largest shape: areas are alike.
pub const ALIKE: f64 = 1e4;
/// The smallest.
const UNLIKE: f64 = 0.05;
/// From here on streams differ.
const LEVEL: f64 = 0.05;

/// Why nothing can be estimated.
#[derive(Clone, Debug, Error, PartialEq)]
pub enum EffortError {
    /// Nothing to estimate.
    #[error("there is no area")]
    Empty,
    /// A number that is none.
    #[error("area {area}: {what} must be a number, 0 or more")]
    Number {
        /// The row of the area.
        area: usize,
        /// Which.
        what: &'static str,
    },
    /// Reports from nothing.
    #[error("area {area} has reports and no exposure: say how many premises or people they could come from")]
    Exposure {
        /// The row of the area.
        area: usize,
    },
    /// Finds without looking.
    #[error("area {area} has finds and no visits: count the visits in which they were made")]
    Visits {
        /// The row of the area.
        area: usize,
    },
}

/// Estimates how dense reports are in each area, for its exposure and the visits made.
///
/// # Errors
/// Numbers that are none, reports without exposure, or finds without visits.
pub fn effort(areas: &[Looked]) -> Result<Effort, EffortError> {
    if areas.is_empty() {
        return Err(EffortError::Empty);
    }
    for (area, looked) in areas.iter().enumerate() {
        for (what, number) in [("the exposure", looked.exposure), ("the visits", looked.visits)] {
            if !(number.is_finite() && (0.0..1e12).contains(&number)) {
                return Err(EffortError::Number { area, what });
            }
        }
        if looked.exposure <= 0.0 && (looked.reported > 0 || looked.third_party > 0) {
            return Err(EffortError::Exposure { area });
        }
        if looked.visits <= 0.0 && looked.found > 0 {
            return Err(EffortError::Visits { area });
        }
    }
    let (rates, shape) = fit(areas);
    let expected = |looked: &Looked| -> f64 { looked.exposures().iter().zip(&rates).map(|(exposure, rate)| exposure * rate).sum() };
    let differ: Vec<(f64, Streams)> = areas.iter().map(|looked| streams(looked, &rates)).collect();
    let tested: Vec<f64> = adjusted(&differ.iter().map(|(p, _)| *p).collect::<Vec<f64>>(), Discovery::BenjaminiHochberg);
    let estimates = areas
        .iter()
        .zip(differ)
        .zip(tested)
        .map(|((looked, (_, side)), streams_p)| {
            let (own, rate) = (shape + looked.counts().iter().sum::<f64>(), shape + expected(looked));
            Estimate {
                density: own / rate,
                between: (quantile(own, 0.05) / rate, quantile(own, 0.95) / rate),
                above: 1.0 - gamma_lr(own, rate),
                expected: expected(looked),
                unseen: looked.visits <= 0.0,
                streams: if streams_p <= LEVEL { side } else { Streams::Agree },
                streams_p,
                shape: own,
                rate,
            }
        })
        .collect();
    let [reported_rate, third_party_rate, found_rate] = rates;
    Ok(Effort { estimates, reported_rate, third_party_rate, found_rate, shape })
}

/// Rates of the streams and the shape that make what was counted most likely, in turn (expectation and maximisation). Rates alone, as
/// counts over exposures, would call what is usual in places that are visited because much was found there the average of all.
fn fit(areas: &[Looked]) -> ([f64; 3], f64) {
    const ROUNDS: usize = 200;
    let (mut densities, mut shape) = (vec![1.0; areas.len()], 1.0);
    let mut rates = [0.0; 3];
    for _ in 0..ROUNDS {
        let before = (rates, shape);
        for (stream, rate) in rates.iter_mut().enumerate() {
            let counts: f64 = areas.iter().map(|looked| looked.counts()[stream]).sum();
            let exposed: f64 = areas.iter().zip(&densities).map(|(looked, density)| looked.exposures()[stream] * density).sum();
            *rate = if exposed > 0.0 { counts / exposed } else { 0.0 };
        }
        let sums: Vec<(f64, f64)> = areas
            .iter()
            .map(|looked| {
                (looked.counts().iter().sum(), looked.exposures().iter().zip(&rates).map(|(exposure, rate)| exposure * rate).sum())
            })
            .collect();
        shape = likeliest_shape(&sums);
        for (density, (count, expected)) in densities.iter_mut().zip(&sums) {
            *density = (shape + count) / (shape + expected);
        }
        let close = |one: f64, other: f64| (one - other).abs() <= 1e-5 * one.abs().max(other.abs());
        if before.0.iter().zip(&rates).all(|(one, other)| close(*one, *other)) && close(before.1, shape) {
            break;
        }
    }
    (rates, shape)
}

/// The shape that makes counts most likely: they are negative binomial in what is expected. By golden sections of its logarithm.
fn likeliest_shape(sums: &[(f64, f64)]) -> f64 {
    // How many areas have more than none, more than one, and so on.
    let mut above: Vec<f64> = Vec::new();
    for (count, _) in sums {
        above.resize(above.len().max(*count as usize), 0.0);
        above[..*count as usize].iter_mut().for_each(|areas| *areas += 1.0);
    }
    let likelihood = |log: f64| {
        let shape = log.exp();
        let rising: f64 = above.iter().enumerate().map(|(at, areas)| areas * (shape + at as f64).ln()).sum();
        let of = |(count, expected): &(f64, f64)| (shape + count) * (shape + expected).ln() - shape * log;
        rising - sums.iter().map(of).sum::<f64>()
    };
    let golden = (5.0_f64.sqrt() - 1.0) / 2.0;
    let (mut low, mut high) = (UNLIKE.ln(), ALIKE.ln());
    let (mut one, mut other) = (high - golden * (high - low), low + golden * (high - low));
    let (mut at_one, mut at_other) = (likelihood(one), likelihood(other));
    while high - low > 1e-6 {
        if at_one >= at_other {
            (high, other, at_other) = (other, one, at_one);
            one = high - golden * (high - low);
            at_one = likelihood(one);
        } else {
            (low, one, at_one) = (one, other, at_other);
            other = low + golden * (high - low);
            at_other = likelihood(other);
        }
    }
    let found = f64::midpoint(low, high);
    // Where areas do not differ, likelihood grows without end: so near the end is the end.
    if found > ALIKE.ln() - 0.01 { ALIKE } else { found.exp() }
}

/// How likely finds and reports of an area differ so much by chance, and which way: given all of them, finds are binomial, whatever
/// the density is. Twice the smaller side, exactly.
fn streams(looked: &Looked, rates: &[f64; 3]) -> (f64, Streams) {
    let (found, others) = (looked.visits * rates[2], looked.exposure * (rates[0] + rates[1]));
    let all = looked.reported.saturating_add(looked.third_party).saturating_add(looked.found);
    if all == 0 || found <= 0.0 || others <= 0.0 {
        return (1.0, Streams::Agree);
    }
    let share = found / (found + others);
    // The sum of a binomial's ends is the incomplete beta function.
    let at_most = |count: u32| {
        if count >= all { 1.0 } else { statrs::function::beta::beta_reg(f64::from(all - count), f64::from(count) + 1.0, 1.0 - share) }
    };
    let fewer = at_most(looked.found);
    let more = if looked.found == 0 { 1.0 } else { 1.0 - at_most(looked.found - 1) };
    let side = if more < fewer { Streams::FoundMore } else { Streams::ReportedMore };
    ((2.0 * more.min(fewer)).clamp(0.0, 1.0), side)
}

/// The number that a gamma distribution of a shape, and rate 1, is below with some probability; more than 0.
pub(crate) fn quantile(shape: f64, probability: f64) -> f64 {
    let (mut low, mut high) = (0.0, shape.max(1.0));
    while gamma_lr(shape, high) < probability && high < f64::MAX / 4.0 {
        (low, high) = (high, high * 2.0);
    }
    while high - low > 1e-12 * high && high > f64::MIN_POSITIVE {
        let middle = f64::midpoint(low, high);
        if gamma_lr(shape, middle) < probability { low = middle } else { high = middle }
    }
    high
}
