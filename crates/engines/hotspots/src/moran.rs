//! Local Moran's I: is a cell like its neighbours, or unlike them (Anselin 1995)?
//!
//! With d the deviations from the mean: I = (n - 1) d\[i\] (weighted sum of the neighbours' d) / (sum of all d squared), as PySAL's
//! esda has it. Expectation and variance are those of exactly this number over all conditional permutations (the cell's own value
//! held; Sokal, Oden and Thomson 1998, A7 and A8, whose I is larger by n / (n - 1)).

use plainsight_names::Watch;

use crate::local::{Bare, Kind, Local, LocalError, LocalOptions, State, local};
use crate::neighbours::{Neighbours, Weighting};

/// Local Moran's I of every cell. `values` one a cell, NaN where there is none; `statistic` is I.
///
/// # Errors
/// Sizes that do not match, values beyond 1e100, options out of range, or being stopped.
pub fn moran(values: &[f64], neighbours: &Neighbours, options: &LocalOptions, watch: &dyn Watch) -> Result<Local, LocalError> {
    local(values, neighbours, options, watch, |values, neighbours| statistics(values, neighbours, options.weighting))
}

fn statistics(values: &[f64], neighbours: &Neighbours, weighting: Weighting) -> Vec<Bare> {
    let count = values.len() as f64;
    let mean = values.iter().sum::<f64>() / count;
    let all: Vec<f64> = values.iter().map(|value| value - mean).collect();
    let squares: f64 = all.iter().map(|value| value * value).sum();
    let distinct = values.iter().any(|value| Some(value) != values.first());
    let of = |cell: usize| {
        let near = neighbours.of(cell);
        if near.is_empty() {
            return Bare::nothing(State::Island, 0.0);
        }
        if !distinct || squares <= 0.0 {
            return Bare::nothing(State::Flat, 0.0);
        }
        let size = near.len() as f64;
        let weight = if weighting == Weighting::Row { 1.0 / size } else { 1.0 };
        let (weights, squared_weights) = (size * weight, size * weight * weight);
        let own = all[cell];
        let lag = near.iter().map(|other| all[*other as usize]).sum::<f64>() * weight;
        let factor = (count - 1.0) * own / squares;
        let statistic = factor * lag;
        // The others have mean -own / (n - 1); so many of them are drawn without replacement.
        let others = count - 1.0;
        let spread = (squares - own * own) / others - (own / others) * (own / others);
        let variance = spread * (others * squared_weights - weights * weights) / (others - 1.0) * factor * factor;
        // What is left of the spread below this is rounding: the cell holds all of it, and the others are equal.
        let flat = spread <= squares / others * 1e-14;
        if near.len() + 1 == values.len() || own == 0.0 || flat || variance.is_nan() || variance <= 0.0 {
            return Bare::nothing(State::Flat, statistic);
        }
        let expected = -own * weights / others * factor;
        // Neighbours whose mean is that of all up to rounding lie on neither side: in another order the rounding is another.
        let rounding = (squares / count).sqrt() * weights * 1e-12;
        let kind = match (own > 0.0, lag > rounding) {
            (true, true) => Kind::HighHigh,
            (false, true) => Kind::LowHigh,
            (false, false) => Kind::LowLow,
            (true, false) => Kind::HighLow,
        };
        Bare { state: State::Fine, kind, statistic, expected, z: (statistic - expected) / variance.sqrt(), falls: own < 0.0 }
    };
    (0..values.len()).map(of).collect()
}
