//! Kernel density: how dense reports are, in reports a square metre, at the centres of a grid of cells.
//!
//! Compact kernels are summed exactly over the reports in reach. The Gaussian kernel is a product, so that its exact sum needs two
//! short rows of exponentials a report; it is cut at nine bandwidths, where 3e-18 of its height is left. The fast way spreads
//! each report over 4 x 4 nodes of a finer grid by cubic weights and then convolves along rows and columns (after Silverman 1982
//! and Wand 1994): its error is at most about 0.16 (node distance / bandwidth)^4 of one report's height, for each report.

use plainsight_names::Watch;
use thiserror::Error;

use crate::points::{Point, wild};
use crate::share::{Crew, Stopped};

/// More cells than this are refused.
const MOST: usize = 50_000_000;
const ROWS: usize = 8;

/// Why no density could be had.
#[derive(Debug, Error, PartialEq)]
pub enum DensityError {
    #[error("report {report} has no finite place in metres: leave it out or give it one")]
    Wild { report: usize },
    #[error("bandwidth and cell must be more than 0 metres")]
    Nothing,
    #[error("the grid would have more than 50,000,000 cells: take larger cells")]
    TooMany,
    #[error("stopped as asked; nothing was computed")]
    Stopped,
}

impl From<Stopped> for DensityError {
    fn from(_: Stopped) -> Self {
        Self::Stopped
    }
}

/// The shape of what one report adds round it; its volume is 1.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Kernel {
    /// The bandwidth is the standard deviation.
    #[default]
    Gaussian,
    /// The bandwidth is the reach, as for quartic.
    Epanechnikov,
    Quartic,
}

impl Kernel {
    fn reach(self) -> f64 {
        if self == Self::Gaussian { 9.0 } else { 1.0 }
    }

    /// On the plane, by the square of the distance in bandwidths; for a bandwidth of 1.
    fn plane(self, square: f64) -> f64 {
        use std::f64::consts::{PI, TAU};
        match self {
            Self::Gaussian => (-square / 2.0).exp() / TAU,
            Self::Epanechnikov => (1.0 - square).max(0.0) * 2.0 / PI,
            Self::Quartic => (1.0 - square).max(0.0).powi(2) * 3.0 / PI,
        }
    }

    /// Along a line; for a bandwidth of 1.
    pub(crate) fn line(self, square: f64) -> f64 {
        match self {
            Self::Gaussian => (-square / 2.0).exp() / std::f64::consts::TAU.sqrt(),
            Self::Epanechnikov => (1.0 - square).max(0.0) * 0.75,
            Self::Quartic => (1.0 - square).max(0.0).powi(2) * 15.0 / 16.0,
        }
    }
}

/// Cells of a grid; the first is in the south-west, rows go north.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Grid {
    /// The centre of the first cell, in metres.
    pub low: [f64; 2],
    pub cell: f64,
    pub columns: usize,
    pub rows: usize,
}

/// How a density is asked for.
#[derive(Clone, Copy, Debug)]
pub struct DensityOptions {
    pub kernel: Kernel,
    /// In metres.
    pub bandwidth: f64,
    /// For the Gaussian kernel: how much of the height of one report each may be wrong by, in the fast way; none sums exactly.
    pub tolerance: Option<f64>,
    /// The answer does not depend on it.
    pub threads: usize,
}

/// Reports a square metre at the centre of each cell, row by row.
///
/// # Errors
/// A report that is nowhere, no bandwidth, too many cells, or being stopped.
pub fn density(points: &[Point], grid: &Grid, options: &DensityOptions, watch: &dyn Watch) -> Result<Vec<f64>, DensityError> {
    if let Some(report) = wild(points) {
        return Err(DensityError::Wild { report });
    }
    let positive = |number: f64| number > 0.0 && number.is_finite();
    if !positive(options.bandwidth) || !positive(grid.cell) || options.tolerance.is_some_and(|tolerance| !positive(tolerance)) {
        return Err(DensityError::Nothing);
    }
    if grid.columns.checked_mul(grid.rows).is_none_or(|cells| cells > MOST) || wild(&[grid.low]).is_some() {
        return Err(DensityError::TooMany);
    }
    match options.tolerance {
        Some(tolerance) if options.kernel == Kernel::Gaussian => fast(points, grid, options, tolerance, watch),
        _ => exact(points, grid, options, watch),
    }
}

/// The cells of a row or column whose centres are within `reach` of a place.
fn range(place: f64, low: f64, cell: f64, count: usize, reach: f64) -> std::ops::Range<usize> {
    let first = ((place - reach - low) / cell).ceil().max(0.0) as usize;
    let end = ((place + reach - low) / cell).floor() + 1.0;
    first..(end.max(0.0) as usize).min(count).max(first)
}

fn exact(points: &[Point], grid: &Grid, options: &DensityOptions, watch: &dyn Watch) -> Result<Vec<f64>, DensityError> {
    let reach = options.kernel.reach() * options.bandwidth;
    let (cell, wide) = (grid.cell, options.bandwidth);
    let mut order: Vec<u32> = (0..points.len() as u32).collect();
    order.sort_by(|one, other| points[*one as usize][1].total_cmp(&points[*other as usize][1]));
    let crew = Crew { stage: "adding reports", threads: options.threads, watch };
    let blocks = crew.each(grid.rows.div_ceil(ROWS), Vec::<f64>::new, |across, block| {
        let rows = block * ROWS..((block + 1) * ROWS).min(grid.rows);
        let north = |row: usize| grid.low[1] + cell * row as f64;
        let mut sums = vec![0.0; rows.len() * grid.columns];
        let first = order.partition_point(|at| points[*at as usize][1] < north(rows.start) - reach);
        let last = order.partition_point(|at| points[*at as usize][1] <= north(rows.end - 1) + reach);
        for at in &order[first..last.max(first)] {
            let point = points[*at as usize];
            let columns = range(point[0], grid.low[0], cell, grid.columns, reach);
            let apart = |column: usize| ((grid.low[0] + cell * column as f64 - point[0]) / wide).powi(2);
            across.clear();
            match options.kernel {
                Kernel::Gaussian => across.extend(columns.clone().map(|column| (-apart(column) / 2.0).exp())),
                _ => across.extend(columns.clone().map(apart)),
            }
            for row in range(point[1], grid.low[1], cell, grid.rows, reach) {
                let Some(down) = row.checked_sub(rows.start).filter(|down| *down < rows.len()) else { continue };
                let up = ((north(row) - point[1]) / wide).powi(2);
                let cells = &mut sums[down * grid.columns..][columns.clone()];
                if options.kernel == Kernel::Gaussian {
                    let height = options.kernel.plane(up);
                    cells.iter_mut().zip(across.iter()).for_each(|(sum, across)| *sum += height * across);
                } else {
                    cells.iter_mut().zip(across.iter()).for_each(|(sum, across)| *sum += options.kernel.plane(up + across));
                }
            }
        }
        sums
    })?;
    Ok(blocks.into_iter().flatten().map(|sum| sum / (wide * wide)).collect())
}

/// How many nodes a cell is cut into, so that the cubic weights are within the tolerance.
fn parts(cell: f64, bandwidth: f64, tolerance: f64) -> usize {
    (cell / (bandwidth * (tolerance / 0.16).powf(0.25))).ceil().clamp(1.0, 64.0) as usize
}

fn fast(points: &[Point], grid: &Grid, options: &DensityOptions, tolerance: f64, watch: &dyn Watch) -> Result<Vec<f64>, DensityError> {
    let wide = options.bandwidth;
    let parts = parts(grid.cell, wide, tolerance);
    let step = grid.cell / parts as f64;
    // Cells too coarse for the bandwidth leave nothing to gain.
    let taps = (6.5 * wide / step).ceil() as usize;
    let margin = taps + 2;
    let size = |count: usize| (count.max(1) - 1) * parts + 1 + 2 * margin;
    let (columns, rows) = (size(grid.columns), size(grid.rows));
    if columns.saturating_mul(rows) > MOST || step > wide * (tolerance / 0.16).powf(0.25) * 1.000_001 {
        return exact(points, grid, options, watch);
    }
    let mut nodes = vec![0.0; columns * rows];
    for point in points {
        let place = |axis: usize| (point[axis] - grid.low[axis]) / step + margin as f64;
        let (east, north) = (place(0), place(1));
        // Beyond the margin nothing reaches the grid.
        if east < 1.0 || north < 1.0 || east >= (columns - 2) as f64 || north >= (rows - 2) as f64 {
            continue;
        }
        let (across, up) = (cubic(east.fract()), cubic(north.fract()));
        for (row, up) in up.iter().enumerate() {
            let begin = (north as usize + row - 1) * columns + east as usize - 1;
            nodes[begin..begin + 4].iter_mut().zip(across).for_each(|(node, across)| *node += up * across);
        }
    }
    let weights: Vec<f64> =
        (0..=2 * taps).map(|at| Kernel::Gaussian.line(((at as f64 - taps as f64) * step / wide).powi(2)) / wide).collect();
    let crew = Crew { stage: "smoothing", threads: options.threads, watch };
    let along = crew.each(
        rows,
        || (),
        |(), row| {
            let row = &nodes[row * columns..(row + 1) * columns];
            if row.iter().all(|node| *node == 0.0) {
                return vec![0.0; grid.columns];
            }
            let of = |column: usize| row[column * parts + 2..].iter().zip(&weights).map(|(node, weight)| node * weight).sum();
            (0..grid.columns).map(of).collect()
        },
    )?;
    let smooth = crew.each(
        grid.rows,
        || (),
        |(), row| {
            let mut sums = vec![0.0; grid.columns];
            for (line, weight) in along[row * parts + 2..].iter().zip(&weights) {
                sums.iter_mut().zip(line).for_each(|(sum, value)| *sum += weight * value);
            }
            // Cubic weights may leave a trace below nothing where there is nothing.
            sums.iter().map(|sum: &f64| sum.max(0.0)).collect::<Vec<f64>>()
        },
    )?;
    Ok(smooth.into_iter().flatten().collect())
}

/// Lagrange's weights of the four nodes round a place between the second and the third.
fn cubic(at: f64) -> [f64; 4] {
    let (before, after, far) = (at + 1.0, 1.0 - at, 2.0 - at);
    [-at * after * far / 6.0, before * after * far / 2.0, before * at * far / 2.0, -before * at * after / 6.0]
}
