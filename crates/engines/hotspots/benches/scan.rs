//! How long each stage of a scan takes: `cargo bench -p plainsight-hotspots`.

#![allow(clippy::expect_used, clippy::cast_lossless, clippy::cast_possible_truncation, reason = "a benchmark of nothing must not run")]

use std::hint::black_box;

use criterion::{Criterion, criterion_group, criterion_main};
use plainsight_hotspots::{Coordinates, Counts, Options, Period, Place, Study, scan};
use plainsight_names::Unwatched;

fn stages(criterion: &mut Criterion) {
    // A fixed scatter: 200 areas, 30 days, 1,000 reports.
    let spread = |at: u32, by: u32| (at.wrapping_mul(by) >> 8) % 10_000;
    let places: Vec<Place> =
        (0..200).map(|at| Place { first: f64::from(spread(at, 2_654_435_761)), second: f64::from(spread(at, 2_246_822_519)) }).collect();
    let mut cases = vec![0_u32; 200 * 30];
    for at in 0..1000_u32 {
        cases[(spread(at, 3_266_489_917) as usize * 7 + at as usize) % 6000] += 1;
    }
    let study = Study { places: &places, coordinates: Coordinates::Planar, intervals: 30, counts: Counts::Permutation { cases: &cases } };
    for (name, period) in [("prospective", Period::Prospective), ("retrospective", Period::Retrospective)] {
        let options = Options { period, replicates: 19, ..Options::default() };
        criterion.bench_function(&format!("permutation, {name}, 19 replicates"), |bench| {
            bench.iter(|| scan(black_box(&study), &options, &Unwatched).expect("an answer"));
        });
    }
    let expected = vec![1.0; cases.len()];
    let study = Study { counts: Counts::Poisson { cases: &cases, expected: &expected }, ..study };
    let options = Options { replicates: 19, ..Options::default() };
    criterion.bench_function("poisson, 19 replicates", |bench| {
        bench.iter(|| scan(black_box(&study), &options, &Unwatched).expect("an answer"));
    });
}

criterion_group!(kernels, stages);
criterion_main!(kernels);
