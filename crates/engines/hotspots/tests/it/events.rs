//! Knox and densities against slow twins that do just what the definition says.

use plainsight_hotspots::{DensityOptions, Discovery, Grid, Kernel, KnoxOptions, Streets, density, knox};
use plainsight_names::Unwatched;
use proptest::prelude::*;

fn options(threads: usize) -> KnoxOptions {
    KnoxOptions {
        distances: vec![0.0, 10.0, 25.0],
        days: vec![2.0, 7.0],
        permutations: 199,
        seed: 3,
        threads,
        discovery: Discovery::BenjaminiHochberg,
        level: 0.05,
    }
}

#[test]
fn near_repeats_that_were_planted_are_found_and_equal_times_find_nothing() {
    let places: Vec<[f64; 2]> = (0..120).map(|at| [f64::from(at / 2) * 50.0, f64::from(at % 2) * 8.0]).collect();
    let times: Vec<f64> = (0..120).map(|at| f64::from((at / 2 * 37) % 61) * 20.0 + f64::from(at % 2)).collect();
    let found = knox(&places, &times, &options(2), &Unwatched).unwrap();
    let band = found.bands.iter().find(|band| band.metres == 10.0 && band.days == 2.0).unwrap();
    assert!(band.pairs == 60 && band.found && band.p == 1.0 / 200.0 && band.ratio.unwrap() > 20.0, "{band:?}");
    let same = knox(&places, &[4.0; 120], &options(1), &Unwatched).unwrap();
    assert!(same.flat && same.bands.iter().all(|band| band.p == 1.0 && !band.found));
    assert!(knox(&[], &[], &options(1), &Unwatched).unwrap().bands.iter().all(|band| band.ratio.is_none()));
}

/// On a cross of four streets of 100 metres, a report 10 metres from the crossing: a third of what is left goes on along each.
#[test]
fn at_a_crossing_a_report_is_shared_equally() {
    let arm = |to: [f64; 2]| vec![[0.0, 0.0], to];
    let streets = Streets::new(&[arm([100.0, 0.0]), arm([-100.0, 0.0]), arm([0.0, 100.0]), arm([0.0, -100.0])]).unwrap();
    let found = streets.density(&[[10.0, 3.0], [500.0, 500.0]], Kernel::Quartic, 40.0, 1.0, &Unwatched).unwrap();
    assert_eq!(found.away, [1]);
    let kernel = |metres: f64| 15.0 / 16.0 * (1.0 - (metres / 40.0).powi(2)).powi(2) / 40.0;
    let at = |east: f64, north: f64| {
        let middle = |length: &&plainsight_hotspots::Length| {
            ((length.from[0] + length.to[0]) / 2.0 - east).abs() + ((length.from[1] + length.to[1]) / 2.0 - north).abs() < 1e-9
        };
        found.lengths.iter().find(middle).unwrap().density
    };
    assert!((at(30.5, 0.0) - kernel(20.5)).abs() < 1e-12 && (at(2.5, 0.0) - kernel(7.5)).abs() < 1e-12);
    for (east, north) in [(-5.5, 0.0), (0.0, 5.5), (0.0, -5.5)] {
        assert!((at(east, north) - kernel(15.5) / 3.0).abs() < 1e-12);
    }
    let whole: f64 = found.lengths.iter().map(|length| length.density).sum();
    assert!((whole - 1.0).abs() < 1e-3, "{whole}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn knox_counts_as_comparing_all_pairs(reports in prop::collection::vec((0_i32..60, 0_i32..60, 0_i32..30), 0..50)) {
        let places: Vec<[f64; 2]> = reports.iter().map(|(east, north, _)| [f64::from(*east), f64::from(*north)]).collect();
        let times: Vec<f64> = reports.iter().map(|(_, _, day)| f64::from(*day)).collect();
        let found = knox(&places, &times, &options(1), &Unwatched).unwrap();
        prop_assert_eq!(&found, &knox(&places, &times, &options(3), &Unwatched).unwrap());
        let mut wanted = [0_u64; 6];
        for one in 0..reports.len() {
            for other in 0..one {
                let apart = (places[one][0] - places[other][0]).hypot(places[one][1] - places[other][1]);
                let days = (times[one] - times[other]).abs();
                let distance = [0.0, 10.0, 25.0].iter().position(|end| apart <= *end);
                if let (Some(distance), Some(day)) = (distance, [2.0, 7.0].iter().position(|end| days <= *end)) {
                    wanted[distance * 2 + day] += 1;
                }
            }
        }
        prop_assert_eq!(found.bands.iter().map(|band| band.pairs).collect::<Vec<_>>(), wanted.to_vec());
        prop_assert!(found.bands.iter().all(|band| band.p > 0.0 && band.p <= 1.0 && band.expected.is_finite()));
    }

    #[test]
    fn densities_are_the_sums_of_kernels(points in prop::collection::vec((0.0..100.0_f64, 0.0..80.0_f64), 0..30), wide in 4.0..30.0_f64) {
        let points: Vec<[f64; 2]> = points.into_iter().map(|(east, north)| [east, north]).collect();
        let grid = Grid { low: [2.0, -3.0], cell: 5.0, columns: 21, rows: 17 };
        for kernel in [Kernel::Gaussian, Kernel::Epanechnikov, Kernel::Quartic] {
            let with = |tolerance, threads| density(&points, &grid, &DensityOptions { kernel, bandwidth: wide, tolerance, threads }, &Unwatched).unwrap();
            let (exact, fast) = (with(None, 1), with(Some(1e-4), 1));
            prop_assert_eq!(&exact, &with(None, 3));
            prop_assert_eq!(&fast, &with(Some(1e-4), 3));
            let height = 1.0 / (wide * wide);
            for at in 0..grid.columns * grid.rows {
                let (east, north) = (2.0 + 5.0 * (at % 21) as f64, -3.0 + 5.0 * (at / 21) as f64);
                let of = |point: &[f64; 2]| {
                    let square = ((east - point[0]).powi(2) + (north - point[1]).powi(2)) / wide / wide;
                    let pi = std::f64::consts::PI;
                    match kernel {
                        Kernel::Gaussian => (-square / 2.0).exp() / 2.0 / pi,
                        Kernel::Epanechnikov => (1.0 - square).max(0.0) * 2.0 / pi,
                        Kernel::Quartic => (1.0 - square).max(0.0).powi(2) * 3.0 / pi,
                    }
                };
                let wanted = points.iter().map(of).sum::<f64>() * height;
                prop_assert!((exact[at] - wanted).abs() < 1e-10 * height * (points.len() + 1) as f64);
                prop_assert!((fast[at] - wanted).abs() <= 1e-4 * height * points.len() as f64 / 2.0 + 1e-15, "{} {}", fast[at], wanted);
            }
        }
    }
}
