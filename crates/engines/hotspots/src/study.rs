//! What is scanned, how, and what can be wrong with it.

use crate::inference::Chance;
use crate::place::{Coordinates, Ellipse, Place};

/// Counts by area and interval, area by area, with what they are compared with.
#[derive(Clone, Copy, Debug)]
pub enum Counts<'a> {
    /// Cases against expected cases ([`crate::expected`]); these are scaled to add up to the cases.
    Poisson {
        /// Cases.
        cases: &'a [u32],
        /// Expected cases, in any unit.
        expected: &'a [f64],
    },
    /// Cases against controls.
    Bernoulli {
        /// Cases.
        cases: &'a [u32],
        /// Controls.
        controls: &'a [u32],
    },
    /// Cases alone: dense in space and time together, whatever areas and days are like by themselves.
    Permutation {
        /// Cases.
        cases: &'a [u32],
    },
}

/// What is looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Extent {
    /// A zone, in all time.
    Space,
    /// A time, in all areas.
    Time,
    /// A zone and a time.
    SpaceTime,
}

/// Which times count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Period {
    /// Any.
    Retrospective,
    /// Those that go on at the end.
    Prospective,
}

/// How large a cluster may be.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Limits {
    /// Of what is expected, of people or, in the permutation model, of cases: no more than this share; more than 0, at most 1.
    pub share: f64,
    /// No farther from the middle, in kilometres or the unit of the plane.
    pub reach: Option<f64>,
    /// No fewer intervals; at least 1.
    pub shortest: usize,
    /// No more intervals; half of all when left out.
    pub longest: Option<usize>,
    /// No fewer cases; at least 1, and 2 with SaTScan.
    pub cases: u32,
}

impl Default for Limits {
    fn default() -> Self {
        Self { share: 0.5, reach: None, shortest: 1, longest: None, cases: 2 }
    }
}

/// What is scanned.
#[derive(Clone, Copy, Debug)]
pub struct Study<'a> {
    /// Middles of the areas.
    pub places: &'a [Place],
    /// How they are given.
    pub coordinates: Coordinates,
    /// How many intervals there are; 1 for space alone.
    pub intervals: usize,
    /// What was counted.
    pub counts: Counts<'a>,
}

/// How it is scanned.
#[derive(Clone, Debug, PartialEq)]
pub struct Options {
    /// What is looked for.
    pub extent: Extent,
    /// Which times count.
    pub period: Period,
    /// How large a cluster may be.
    pub limits: Limits,
    /// Ellipses beside circles; on a plane only.
    pub ellipses: Vec<Ellipse>,
    /// How much less long ellipses count: 0 none, 0.5 some, 1 much.
    pub penalty: f64,
    /// At most so many replicates; at least 1.
    pub replicates: usize,
    /// How p-values come about.
    pub p_values: Chance,
    /// At most so many clusters.
    pub clusters: usize,
    /// The same seed gives the same answer.
    pub seed: u64,
    /// How many threads work; the answer does not depend on it.
    pub threads: usize,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            extent: Extent::SpaceTime,
            period: Period::Retrospective,
            limits: Limits::default(),
            ellipses: Vec::new(),
            penalty: 0.5,
            replicates: 999,
            p_values: Chance::Standard,
            clusters: 10,
            seed: 1,
            threads: 1,
        }
    }
}

/// Why there is no answer.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum ScanError {
    /// Tables of the wrong size.
    #[error("{what} has {has} cells, and {needs} are needed: one for each area and interval")]
    Size {
        /// Which.
        what: &'static str,
        /// Its size.
        has: usize,
        /// The right size.
        needs: usize,
    },
    /// Nothing to look for.
    #[error("there are {0} cases: at least two are needed, in at least one area and interval")]
    Few(u64),
    /// More than can be counted.
    #[error("there are {0} cases or people, more than the fifty million that can be dealt out: take larger units")]
    Many(u64),
    /// No place.
    #[error("area {0} lies nowhere: give finite coordinates, latitudes from -90 to 90 and longitudes from -180 to 180")]
    Place(usize),
    /// Ellipses on a globe.
    #[error("ellipses need a plane: give planar coordinates, or circles alone")]
    Ellipse,
    /// Expected cases that are no numbers.
    #[error("what is expected of area {area} in interval {interval} is no number of cases")]
    Expected {
        /// The area.
        area: usize,
        /// The interval.
        interval: usize,
    },
    /// Cases where there can be none.
    #[error("area {area} has cases in interval {interval}, and nobody they could come from: give its population")]
    Nobody {
        /// The area.
        area: usize,
        /// The interval.
        interval: usize,
    },
    /// Limits that nothing meets.
    #[error("nothing meets these limits: {0}")]
    Limits(&'static str),
    /// Models and extents that do not go together.
    #[error("the permutation model needs space and time: it compares areas by when their cases came")]
    Permutation,
    /// Somebody stopped it.
    #[error("stopped as asked")]
    Cancelled,
}
