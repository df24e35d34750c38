//! What the statistics of single cells share: how they are asked for, what comes of it, and what is said where nothing can be.

use plainsight_names::Watch;
use thiserror::Error;

use crate::discovery::{Discovery, adjusted};
use crate::neighbours::{Neighbours, Weighting};
use crate::normal::above;
use crate::permute::counts;
use crate::share::Stopped;

/// Larger values are refused: their squares would not be numbers.
const LARGEST: f64 = 1e100;

/// Why no statistic could be had.
#[derive(Debug, Error, PartialEq)]
pub enum LocalError {
    #[error("there are {values} values and the neighbours of {cells} cells: give one value a cell (NaN where there is none)")]
    Sizes { values: usize, cells: usize },
    #[error("the value of cell {cell} is larger than 1e100: give values in a larger unit")]
    TooLarge { cell: usize },
    #[error("the level must lie between 0 and 1")]
    Level,
    #[error("more than 100,000,000 permutations were asked for: 99,999 are enough for p-values to the fifth place")]
    TooMany,
    #[error("stopped as asked; nothing was computed")]
    Stopped,
}

impl From<Stopped> for LocalError {
    fn from(_: Stopped) -> Self {
        Self::Stopped
    }
}

/// Which end of what chance does counts as unusual.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Side {
    /// Either: twice the smaller one-sided p-value, and 1 at most.
    #[default]
    Two,
    /// Statistics that are larger than chance makes them.
    Larger,
    /// Statistics that are smaller than chance makes them.
    Smaller,
}

impl Side {
    /// What it is called in results.
    pub fn name(self) -> &'static str {
        match self {
            Self::Two => "two-sided",
            Self::Larger => "larger",
            Self::Smaller => "smaller",
        }
    }

    pub(crate) fn of(self, larger: f64, smaller: f64) -> f64 {
        match self {
            Self::Two => (2.0 * larger.min(smaller)).min(1.0),
            Self::Larger => larger,
            Self::Smaller => smaller,
        }
    }
}

/// How a statistic is asked for.
#[derive(Clone, Copy, Debug)]
pub struct LocalOptions {
    pub weighting: Weighting,
    /// 0 takes p-values from the normal distribution instead.
    pub permutations: u32,
    pub seed: u64,
    /// The answer does not depend on it.
    pub threads: usize,
    pub side: Side,
    pub discovery: Discovery,
    /// Of what is found, this share may be false.
    pub level: f64,
}

impl Default for LocalOptions {
    fn default() -> Self {
        Self {
            weighting: Weighting::Binary,
            permutations: 9_999,
            seed: 1,
            threads: 1,
            side: Side::Two,
            discovery: Discovery::BenjaminiHochberg,
            level: 0.05,
        }
    }
}

/// Whether a cell has a statistic that chance could have made otherwise. Where not, the statistic is what is said here, z is 0, p is
/// 1, and the cell is not among the tests whose false discoveries are controlled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// It has.
    Fine,
    /// It has no value (NaN or infinite): it was left out, of its neighbours' neighbours as well. The statistic is 0.
    Missing,
    /// It has no neighbours with a value. The statistic is 0.
    Island,
    /// Nothing can vary: all other values are equal, all others are its neighbours, or (local Moran) its value is the mean. The
    /// statistic is what it is.
    Flat,
}

/// What the values round a cell are like, whether or not beyond chance.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Gi: more than chance would put there.
    High,
    /// Gi: less.
    Low,
    /// Moran: a cell above the mean among cells above it.
    HighHigh,
    /// Below the mean among cells above it.
    LowHigh,
    /// Below the mean among cells below it.
    LowLow,
    /// Above the mean among cells below it.
    HighLow,
    /// Neither: the state says why, or the lag is just what is expected.
    Neither,
}

/// A cell's statistic; no number here is ever NaN.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Cell {
    pub state: State,
    pub kind: Kind,
    pub statistic: f64,
    /// What chance gives it on average, the cell's own value held.
    pub expected: f64,
    /// The statistic in standard deviations from what is expected.
    pub z: f64,
    pub p: f64,
    /// p with false discoveries allowed for.
    pub adjusted: f64,
    /// Whether `adjusted` is not above the level.
    pub found: bool,
}

/// Where p-values are from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PValues {
    /// (as extreme + 1) / (permutations + 1), conditional permutations.
    Permutations,
    /// The normal distribution of z.
    Normal,
}

/// The statistics of all cells, and how they were had.
#[derive(Clone, Debug, PartialEq)]
pub struct Local {
    /// In the order of the values.
    pub cells: Vec<Cell>,
    pub from: PValues,
    pub side: Side,
    pub discovery: Discovery,
    pub level: f64,
    pub permutations: u32,
    /// How many cells were tested: those whose state is fine.
    pub tested: usize,
    pub missing: usize,
    pub islands: usize,
    pub flat: usize,
    pub found: usize,
    /// The smallest p-value that so many permutations can give; 0 for the normal distribution.
    pub finest: f64,
    /// So many cells at least would have to have the smallest p-value for any to be found. More than one: take more permutations.
    pub needed: usize,
}

/// A statistic before its p-value.
pub(crate) struct Bare {
    pub(crate) state: State,
    pub(crate) kind: Kind,
    pub(crate) statistic: f64,
    pub(crate) expected: f64,
    pub(crate) z: f64,
    /// The statistic falls where the sum of the neighbours rises.
    pub(crate) falls: bool,
}

impl Bare {
    pub(crate) fn nothing(state: State, statistic: f64) -> Self {
        Self { state, kind: Kind::Neither, statistic, expected: statistic, z: 0.0, falls: false }
    }
}

/// Leaves out what has no value, asks `bare` for the statistics of the rest, and finds p-values and discoveries.
pub(crate) fn local(
    values: &[f64],
    neighbours: &Neighbours,
    options: &LocalOptions,
    watch: &dyn Watch,
    bare: impl Fn(&[f64], &Neighbours) -> Vec<Bare>,
) -> Result<Local, LocalError> {
    if values.len() != neighbours.len() {
        return Err(LocalError::Sizes { values: values.len(), cells: neighbours.len() });
    }
    if !(options.level > 0.0 && options.level < 1.0) {
        return Err(LocalError::Level);
    }
    if options.permutations > 100_000_000 {
        return Err(LocalError::TooMany);
    }
    if let Some(cell) = values.iter().position(|value| value.is_finite() && value.abs() > LARGEST) {
        return Err(LocalError::TooLarge { cell });
    }
    let kept: Vec<bool> = values.iter().map(|value| value.is_finite()).collect();
    if kept.iter().all(|kept| *kept) {
        return tested(values, neighbours, options, watch, bare);
    }
    let rest: Vec<f64> = values.iter().copied().filter(|value| value.is_finite()).collect();
    let mut local = tested(&rest, &neighbours.kept(&kept), options, watch, bare)?;
    let missing =
        Cell { state: State::Missing, kind: Kind::Neither, statistic: 0.0, expected: 0.0, z: 0.0, p: 1.0, adjusted: 1.0, found: false };
    let mut rest = local.cells.into_iter();
    local.cells = kept.iter().map(|kept| if *kept { rest.next().unwrap_or(missing) } else { missing }).collect();
    local.missing = kept.iter().filter(|kept| !**kept).count();
    Ok(local)
}

fn tested(
    values: &[f64],
    neighbours: &Neighbours,
    options: &LocalOptions,
    watch: &dyn Watch,
    bare: impl Fn(&[f64], &Neighbours) -> Vec<Bare>,
) -> Result<Local, LocalError> {
    let bare = bare(values, neighbours);
    let fine = |cell: &Bare| cell.state == State::Fine;
    let permutations = f64::from(options.permutations);
    let mut p = vec![1.0; bare.len()];
    if options.permutations == 0 {
        for (p, cell) in p.iter_mut().zip(&bare).filter(|(_, cell)| fine(cell)) {
            *p = options.side.of(above(cell.z), above(-cell.z));
        }
    } else if bare.iter().any(fine) {
        let counts = counts(values, neighbours, options, watch)?;
        for (at, cell) in bare.iter().enumerate().filter(|(_, cell)| fine(cell)) {
            let share = |count: u32| (f64::from(count) + 1.0) / (permutations + 1.0);
            let (up, down) = (share(counts.at_least[at]), share(counts.at_most[at]));
            p[at] = if cell.falls { options.side.of(down, up) } else { options.side.of(up, down) };
        }
    }
    let asked: Vec<f64> = p.iter().zip(&bare).filter(|(_, cell)| fine(cell)).map(|(p, _)| *p).collect();
    let mut controlled = adjusted(&asked, options.discovery).into_iter();
    let cells: Vec<Cell> = bare
        .iter()
        .zip(p)
        .map(|(cell, p)| {
            let adjusted = if fine(cell) { controlled.next().unwrap_or(1.0) } else { 1.0 };
            let found = fine(cell) && adjusted <= options.level;
            Cell { state: cell.state, kind: cell.kind, statistic: cell.statistic, expected: cell.expected, z: cell.z, p, adjusted, found }
        })
        .collect();
    let count = |state: State| cells.iter().filter(|cell| cell.state == state).count();
    let finest = match options.permutations {
        0 => 0.0,
        _ if options.side == Side::Two => 2.0 / (permutations + 1.0),
        _ => 1.0 / (permutations + 1.0),
    };
    let tests = if options.discovery == Discovery::Uncontrolled { 1 } else { asked.len() };
    let needed = (finest * tests as f64 * options.discovery.factor(tests) / options.level * (1.0 - 1e-12)).ceil().max(1.0) as usize;
    Ok(Local {
        from: if options.permutations == 0 { PValues::Normal } else { PValues::Permutations },
        side: options.side,
        discovery: options.discovery,
        level: options.level,
        permutations: options.permutations,
        tested: asked.len(),
        missing: 0,
        islands: count(State::Island),
        flat: count(State::Flat),
        found: cells.iter().filter(|cell| cell.found).count(),
        finest,
        needed,
        cells,
    })
}
