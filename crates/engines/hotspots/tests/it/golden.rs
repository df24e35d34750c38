//! What PySAL's esda 2.9.0 says (`tests/golden/make.py` made the file), to nine digits.

use plainsight_hotspots::{Contiguity, Kind, LocalOptions, Neighbours, Own, Side, Weighting, gi, moran};
use plainsight_names::Unwatched;
use serde_json::Value;

fn near(found: f64, wanted: f64, what: &str) {
    assert!((found - wanted).abs() <= 1e-9 * wanted.abs().max(1.0), "{what}: {found} is not {wanted}");
}

fn sets() -> Vec<Value> {
    let all: Value = serde_json::from_str(include_str!("../golden/local_statistics.json")).unwrap();
    all["sets"].as_array().unwrap().clone()
}

fn numbers(value: &Value) -> Vec<f64> {
    value.as_array().unwrap().iter().map(|number| number.as_f64().unwrap_or(f64::NAN)).collect()
}

fn neighbours(set: &Value) -> Neighbours {
    let lists: Vec<Vec<u32>> = serde_json::from_value(set["neighbours"].clone()).unwrap();
    Neighbours::lists(&lists).unwrap()
}

#[test]
fn neighbours_are_those_that_libpysal_finds() {
    let mut compared = 0;
    for set in sets() {
        let wanted = neighbours(&set);
        let found = if let Some(points) = set.get("points") {
            let points: Vec<[f64; 2]> = serde_json::from_value(points.clone()).unwrap();
            match set.get("nearest") {
                Some(count) => Neighbours::nearest(&points, count.as_u64().unwrap() as usize).unwrap(),
                None => Neighbours::band(&points, set["band"].as_f64().unwrap()).unwrap(),
            }
        } else {
            let queen = set["name"].as_str().unwrap().contains("queen");
            Neighbours::grid(12, 9, if queen { Contiguity::Queen } else { Contiguity::Rook }).unwrap()
        };
        assert_eq!(found, wanted, "{}", set["name"]);
        compared += 1;
    }
    assert_eq!(compared, 4);
}

#[test]
fn gi_and_moran_are_those_of_esda() {
    for set in sets() {
        let (values, neighbours) = (numbers(&set["values"]), neighbours(&set));
        for answer in set["answers"].as_array().unwrap() {
            let row = answer["transform"] == "R";
            let weighting = if row { Weighting::Row } else { Weighting::Binary };
            let options = LocalOptions { weighting, permutations: 0, ..LocalOptions::default() };
            let what = format!("{} {} {}", set["name"], answer["statistic"], answer["transform"]);
            let wanted = numbers(&answer["value"]);
            if answer["statistic"] == "gi" {
                let star = answer["star"] == true;
                let found = gi(&values, &neighbours, if star { Own::Counts } else { Own::Aside }, &options, &Unwatched).unwrap();
                let z = numbers(&answer["z"]);
                for (cell, local) in found.cells.iter().enumerate() {
                    let size = neighbours.of(cell).len() as f64;
                    if size == 0.0 {
                        assert_eq!((local.statistic, local.z, local.p), (0.0, 0.0, 1.0));
                        continue;
                    }
                    near(local.statistic, wanted[cell], &what);
                    // esda's variance is that of binary weights in both cases: for row-standardised ones, the ratio is known.
                    let (all, weights) = if star { (values.len() as f64, size + 1.0) } else { (values.len() as f64 - 1.0, size) };
                    let ratio = if row { ((all - 1.0) / (all / weights - 1.0)).sqrt() } else { 1.0 };
                    near(local.z, z[cell] * ratio, &what);
                }
            } else {
                let found = moran(&values, &neighbours, &options, &Unwatched).unwrap();
                let (expected, variance, quadrant) =
                    (numbers(&answer["expected"]), numbers(&answer["variance"]), numbers(&answer["quadrant"]));
                // esda's moments are those of n / (n - 1) times its statistic.
                let part = (values.len() as f64 - 1.0) / values.len() as f64;
                for (cell, local) in found.cells.iter().enumerate().filter(|(cell, _)| !neighbours.of(*cell).is_empty()) {
                    near(local.statistic, wanted[cell], &what);
                    near(local.expected, expected[cell] * part, &what);
                    near(local.z, (wanted[cell] - expected[cell] * part) / (variance[cell].sqrt() * part), &what);
                    let kind = [Kind::HighHigh, Kind::LowHigh, Kind::LowLow, Kind::HighLow][quadrant[cell] as usize - 1];
                    assert_eq!(local.kind, kind, "{what} {cell}");
                }
            }
        }
    }
}

/// Both are estimates from 99,999 permutations of one p-value: they differ by no more than five standard errors.
#[test]
fn p_values_are_those_of_esda_up_to_chance() {
    let set = sets().remove(0);
    let (values, neighbours) = (numbers(&set["values"]), neighbours(&set));
    let mut compared = 0;
    for answer in set["answers"].as_array().unwrap() {
        let weighting = if answer["transform"] == "R" { Weighting::Row } else { Weighting::Binary };
        let options = LocalOptions { weighting, permutations: 99_999, threads: 2, side: Side::Larger, ..LocalOptions::default() };
        let found = match answer["star"].as_bool() {
            Some(star) => gi(&values, &neighbours, if star { Own::Counts } else { Own::Aside }, &options, &Unwatched),
            None => moran(&values, &neighbours, &options, &Unwatched),
        };
        for (local, wanted) in found.unwrap().cells.iter().zip(numbers(&answer["larger"])) {
            let error = (2.0 * wanted * (1.0 - wanted) / 1e5).sqrt() + 2e-5;
            assert!((local.p - wanted).abs() < 5.0 * error, "{answer}: {} {wanted}", local.p);
            compared += 1;
        }
    }
    assert_eq!(compared, 6 * 108);
}
