//! How long each statistic takes on ten thousand cells or places: `cargo bench -p plainsight-hotspots`.

#![allow(clippy::expect_used, clippy::missing_docs_in_private_items, reason = "a benchmark of nothing must not run")]

use std::hint::black_box;

use criterion::{Criterion, criterion_group, criterion_main};
use plainsight_hotspots::{
    Contiguity, DensityOptions, Discovery, Grid, Kernel, KnoxOptions, LocalOptions, Neighbours, Own, density, gi, knox, moran,
};
use plainsight_names::Unwatched;

fn numbers(count: usize) -> Vec<f64> {
    let mut state = 1_u64;
    let mut next = || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        f64::from((state >> 32) as u32) / f64::from(u32::MAX)
    };
    (0..count).map(|_| next()).collect()
}

fn statistics(criterion: &mut Criterion) {
    let values = numbers(10_000);
    let places: Vec<[f64; 2]> = numbers(20_000).chunks(2).map(|pair| [pair[0] * 1e4, pair[1] * 1e4]).collect();
    let neighbours = Neighbours::grid(100, 100, Contiguity::Queen).expect("a small grid");
    let options = LocalOptions { permutations: 999, ..LocalOptions::default() };
    criterion.bench_function("queen", |bench| bench.iter(|| Neighbours::grid(black_box(100), 100, Contiguity::Queen)));
    criterion.bench_function("nearest 8", |bench| bench.iter(|| Neighbours::nearest(black_box(&places), 8)));
    criterion.bench_function("gi 999", |bench| bench.iter(|| gi(black_box(&values), &neighbours, Own::Counts, &options, &Unwatched)));
    criterion.bench_function("moran 999", |bench| bench.iter(|| moran(black_box(&values), &neighbours, &options, &Unwatched)));
    let grid = Grid { low: [0.0; 2], cell: 50.0, columns: 200, rows: 200 };
    for (name, tolerance) in [("density exact", None), ("density fast", Some(1e-4))] {
        let options = DensityOptions { kernel: Kernel::Gaussian, bandwidth: 300.0, tolerance, threads: 1 };
        criterion.bench_function(name, |bench| bench.iter(|| density(black_box(&places), &grid, &options, &Unwatched)));
    }
    let options = KnoxOptions {
        distances: vec![100.0, 200.0],
        days: vec![0.01, 0.02],
        permutations: 99,
        seed: 1,
        threads: 1,
        discovery: Discovery::BenjaminiHochberg,
        level: 0.05,
    };
    criterion.bench_function("knox 99", |bench| bench.iter(|| knox(black_box(&places), &values, &options, &Unwatched)));
}

criterion_group!(benches, statistics);
criterion_main!(benches);
