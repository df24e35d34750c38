//! Getis-Ord Gi and Gi*: is there more round a cell than chance would put there?
//!
//! G is the share of all values that lies round the cell (Getis and Ord 1992); z is that of Ord and Getis (1995), whose variance
//! holds for binary and for row-standardised weights. (PySAL's esda takes the formula for binary weights in both cases, so its z of
//! row-standardised weights is smaller by a factor that depends on the number of neighbours.) z rises with what lies round the cell,
//! whatever the sign of the values, and does not change when all values are multiplied by a positive number or raised by a constant.

use plainsight_names::Watch;

use crate::local::{Bare, Kind, Local, LocalError, LocalOptions, State, local};
use crate::neighbours::{Neighbours, Weighting};

/// Whether a cell counts among its own neighbours.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Own {
    /// Gi*: it does.
    #[default]
    Counts,
    /// Gi: it does not, and the mean is that of the others.
    Aside,
}

/// Gi* or Gi of every cell. `values` one a cell, NaN where there is none; `statistic` is G (0 where the values that it is a share of
/// sum up to 0; z is defined all the same).
///
/// # Errors
/// Sizes that do not match, values beyond 1e100, options out of range, or being stopped.
pub fn gi(values: &[f64], neighbours: &Neighbours, own: Own, options: &LocalOptions, watch: &dyn Watch) -> Result<Local, LocalError> {
    local(values, neighbours, options, watch, |values, neighbours| statistics(values, neighbours, own, options.weighting))
}

fn statistics(values: &[f64], neighbours: &Neighbours, own: Own, weighting: Weighting) -> Vec<Bare> {
    let count = values.len() as f64;
    let total: f64 = values.iter().sum();
    let mean = total / count;
    let all: Vec<f64> = values.iter().map(|value| value - mean).collect();
    let squares: f64 = all.iter().map(|value| value * value).sum();
    let own_counts = own == Own::Counts;
    let others = |cell: usize| values.iter().enumerate().filter(move |(at, _)| *at != cell).map(|(_, value)| *value);
    // How often the commonest of the first two values occurs tells whether all others of a cell are equal.
    let alike = |cell: usize| {
        let mut others = others(cell);
        others.next().is_none_or(|first| others.all(|value| value == first))
    };
    let distinct = values.iter().any(|value| Some(value) != values.first());
    let of = |cell: usize| {
        let near = neighbours.of(cell);
        if near.is_empty() {
            return Bare::nothing(State::Island, 0.0);
        }
        let weights = near.len() as f64 + f64::from(u8::from(own_counts));
        let weight = if weighting == Weighting::Row { 1.0 / weights } else { 1.0 };
        let (weights, squared_weights) = (weights * weight, weights * weight * weight);
        let lag: f64 = near.iter().map(|other| values[*other as usize]).sum::<f64>() + if own_counts { values[cell] } else { 0.0 };
        let (share_of, cells) = if own_counts { (total, count) } else { (total - values[cell], count - 1.0) };
        let statistic = if share_of == 0.0 { 0.0 } else { lag * weight / share_of };
        // What the others, or all, are on average, measured from the mean of all; and how far they spread.
        let (middle, mut variance) = if own_counts {
            (0.0, squares / count)
        } else {
            let middle = -all[cell] / cells;
            (middle, (squares - all[cell] * all[cell]) / cells - middle * middle)
        };
        // Where this one cell is nearly all of the spread, the rest is what rounding left: computed anew.
        let swamped = squares - all[cell] * all[cell] <= squares * 1e-6;
        if !own_counts && swamped {
            let middle = others(cell).sum::<f64>() / cells;
            variance = others(cell).map(|value| (value - middle) * (value - middle)).sum::<f64>() / cells;
        }
        let around: f64 = near.iter().map(|other| all[*other as usize] - middle).sum::<f64>() + if own_counts { all[cell] } else { 0.0 };
        let spread = (cells * squared_weights - weights * weights) / (cells - 1.0) * variance;
        let full = near.len() + 1 == values.len();
        if full || !distinct || swamped && alike(cell) || spread.is_nan() || spread <= 0.0 {
            return Bare::nothing(State::Flat, statistic);
        }
        let z = around * weight / spread.sqrt();
        let kind = match around {
            above if above > 0.0 => Kind::High,
            below if below < 0.0 => Kind::Low,
            _ => Kind::Neither,
        };
        Bare { state: State::Fine, kind, statistic, expected: if share_of == 0.0 { 0.0 } else { weights / cells }, z, falls: false }
    };
    (0..values.len()).map(of).collect()
}
