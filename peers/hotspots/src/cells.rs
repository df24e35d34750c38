//! The statistics of cells and densities over numbers that the peers read as well: `peers/hotspots/beside_esda.sh`.
//!
//! ```text
//! peers-hotspots-cells generate SIDE VALUES POINTS     writes a grid's values and ten thousand places
//! peers-hotspots-cells run SIDE VALUES POINTS          prints name, seconds and errors
//! ```

#![allow(clippy::print_stdout, clippy::disallowed_methods, clippy::cast_precision_loss, reason = "this measures and tells")]

use std::fmt::Write as _;
use std::time::Instant;

use anyhow::{Result, bail};
use plainsight_hotspots::{Contiguity, DensityOptions, Grid, Kernel, LocalOptions, Neighbours, Own, Side, density, gi, moran};
use plainsight_names::Unwatched;

fn main() -> Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        ["generate", side, values, points] => generate(side.parse()?, values, points),
        ["run", side, values, points] => run(side.parse()?, values, points),
        _ => bail!("say `generate SIDE VALUES POINTS` or `run SIDE VALUES POINTS`"),
    }
}

fn generate(side: usize, values: &str, points: &str) -> Result<()> {
    let mut state = 1_u64;
    let mut uniform = || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 11) as f64 / (1_u64 << 53) as f64
    };
    let mut text = String::new();
    for cell in 0..side * side {
        let hot = (cell / side / 10 + cell % side / 10).is_multiple_of(17);
        writeln!(text, "{}", -(1.0 - uniform()).ln() * if hot { 2.0 } else { 1.0 })?;
    }
    std::fs::write(values, text)?;
    let mut text = String::new();
    for _ in 0..10_000 {
        let (centre, spread) = ((uniform() * 12.0).floor(), 900.0);
        let mut normal = || (0..12).map(|_| uniform()).sum::<f64>() - 6.0;
        writeln!(text, "{},{}", (centre % 4.0) * 2500.0 + normal() * spread, (centre / 4.0).floor() * 3000.0 + normal() * spread)?;
    }
    std::fs::write(points, text)?;
    Ok(())
}

fn timed<T>(name: &str, work: impl Fn() -> Result<T>) -> Result<T> {
    let mut best = f64::INFINITY;
    let mut last = None;
    for _ in 0..3 {
        let start = Instant::now();
        last = Some(work()?);
        best = best.min(start.elapsed().as_secs_f64());
    }
    println!("{name} {best:.5}");
    match last {
        Some(last) => Ok(last),
        None => bail!("nothing was run"),
    }
}

fn run(side: usize, values: &str, points: &str) -> Result<()> {
    let values: Vec<f64> = std::fs::read_to_string(values)?.lines().map(str::parse).collect::<Result<_, _>>()?;
    let mut places = Vec::new();
    for line in std::fs::read_to_string(points)?.lines() {
        let Some((east, north)) = line.split_once(',') else { bail!("a place is two numbers: {line:?}") };
        places.push([east.parse()?, north.parse()?]);
    }
    let neighbours = timed("queen", || Ok(Neighbours::grid(side, side, Contiguity::Queen)?))?;
    for permutations in [0, 999, 9_999, 99_999] {
        for threads in [1, 2] {
            let options = LocalOptions { permutations, threads, side: Side::Larger, ..LocalOptions::default() };
            let found =
                timed(&format!("gi_{permutations}_{threads}"), || Ok(gi(&values, &neighbours, Own::Counts, &options, &Unwatched)?))?;
            timed(&format!("moran_{permutations}_{threads}"), || Ok(moran(&values, &neighbours, &options, &Unwatched)?))?;
            if threads == 1 {
                println!("found_{permutations} {}", found.found);
            }
        }
    }
    // 200 x 200 cells, as the peer has them.
    let grid = Grid { low: [-3000.0, -3000.0], cell: 70.0, columns: 200, rows: 200 };
    for (name, kernel) in [("gaussian", Kernel::Gaussian), ("epanechnikov", Kernel::Epanechnikov)] {
        let with = |tolerance, threads| {
            let options = DensityOptions { kernel, bandwidth: 300.0, tolerance, threads };
            density(&places, &grid, &options, &Unwatched)
        };
        let exact = timed(&format!("density_{name}_exact_1"), || Ok(with(None, 1)?))?;
        timed(&format!("density_{name}_exact_2"), || Ok(with(None, 2)?))?;
        if kernel == Kernel::Gaussian {
            for tolerance in [1e-3, 1e-4, 1e-6] {
                let fast = timed(&format!("density_{name}_fast_{tolerance:e}"), || Ok(with(Some(tolerance), 1)?))?;
                let most = exact.iter().copied().fold(0.0, f64::max);
                let errors = || exact.iter().zip(&fast).map(|(exact, fast)| (exact - fast).abs() / most);
                println!("error_max_{tolerance:e} {:e}", errors().fold(0.0, f64::max));
                println!("error_mean_{tolerance:e} {:e}", errors().sum::<f64>() / exact.len() as f64);
            }
        }
    }
    Ok(())
}
