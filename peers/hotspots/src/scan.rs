//! The scan statistic over studies that a peer reads as well: `peers/hotspots/beside_scan.sh`.
//!
//! ```text
//! peers-hotspots-scan generate MODEL AREAS DAYS REPORTS    prints a study: permutation, poisson or bernoulli
//! peers-hotspots-scan run STUDY REPLICATES THREADS [PERIOD] prints the ratio, p and seconds; of one period, or of both
//! peers-hotspots-scan grow PLOT.svg                        prints and plots seconds for 99 replicates of growing studies
//! ```

#![allow(clippy::print_stdout, clippy::disallowed_methods, clippy::cast_precision_loss, reason = "this measures and tells")]
#![allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "what is drawn is small")]

#[path = "../../growth.rs"]
mod growth;

use std::time::Instant;

use anyhow::{Result, bail};
use plainsight_hotspots::{Coordinates, Counts, Extent, Limits, Options, Outcome, Period, Place, Study, scan};
use plainsight_names::Unwatched;
use serde_json::{Value, json};

use growth::{Growth, plot};

fn main() -> Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        ["generate", model, areas, days, reports] => generate(model, areas.parse()?, days.parse()?, reports.parse()?),
        ["run", study, replicates, threads, only @ ..] => run(study, replicates.parse()?, threads.parse()?, only.first().copied()),
        ["grow", file] => grow(file),
        _ => bail!("say `generate MODEL AREAS DAYS REPORTS`, `run STUDY REPLICATES THREADS` or `grow PLOT.svg`"),
    }
}

fn generate(model: &str, areas: usize, days: usize, reports: usize) -> Result<()> {
    println!("{}", drawn(model, areas, days, reports)?);
    Ok(())
}

fn drawn(model: &str, areas: usize, days: usize, reports: usize) -> Result<Value> {
    let mut state = 1_u64;
    let mut uniform = || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 11) as f64 / (1_u64 << 53) as f64
    };
    let places: Vec<[f64; 2]> = (0..areas).map(|_| [uniform() * 100.0, uniform() * 100.0]).collect();
    let weights: Vec<f64> = (0..areas).map(|_| 0.2 - (1.0 - uniform()).ln()).collect();
    let all: f64 = weights.iter().sum();
    let mut draw = |count: usize| {
        let mut cells = vec![0_u32; areas * days];
        for _ in 0..count {
            let mut left = uniform() * all;
            let area = weights.iter().position(|weight| {
                left -= weight;
                left < 0.0
            });
            cells[area.unwrap_or(areas - 1) * days + (uniform() * days as f64) as usize] += 1;
        }
        cells
    };
    let cases = draw(reports);
    let (expected, controls) = match model {
        "poisson" => {
            let cell = |cell: usize| weights[cell / days] / all / days as f64 * reports as f64;
            (Some((0..areas * days).map(cell).collect::<Vec<f64>>()), None)
        }
        "bernoulli" => (None, Some(draw(reports * 2))),
        "permutation" => (None, None),
        other => bail!("there is no model {other:?}"),
    };
    Ok(json!({ "places": places, "intervals": days, "cases": cases, "expected": expected, "controls": controls }))
}

/// Ten reports an area, ninety days.
fn grow(file: &str) -> Result<()> {
    let mut lines: Vec<Growth> = Vec::new();
    for (name, model, period) in [
        ("permutation, prospective", "permutation", Period::Prospective),
        ("permutation, retrospective", "permutation", Period::Retrospective),
        ("Poisson, retrospective", "poisson", Period::Retrospective),
    ] {
        let mut points = Vec::new();
        for areas in [100, 200, 500, 1000, 2000] {
            let (_, seconds) = scanned(&drawn(model, areas, 90, areas * 10)?, period, 99, 2)?;
            println!("{}", json!({ "scan": name, "areas": areas, "reports": areas * 10, "days": 90, "seconds": seconds }));
            points.push((areas as f64, seconds));
        }
        lines.push(Growth { name: name.to_owned(), points });
    }
    std::fs::write(file, plot("Scan statistic: seconds for 99 replicates, 90 days, 2 threads", "areas, with ten reports each", &lines))?;
    Ok(())
}

fn numbers<T: serde::de::DeserializeOwned>(value: &Value) -> Result<Vec<T>> {
    Ok(serde_json::from_value(value.clone())?)
}

fn run(file: &str, replicates: usize, threads: usize, only: Option<&str>) -> Result<()> {
    let study: Value = serde_json::from_str(&std::fs::read_to_string(file)?)?;
    for (name, period) in [("retrospective", Period::Retrospective), ("prospective", Period::Prospective)] {
        if period == Period::Prospective && study["intervals"] == 1 || only.is_some_and(|only| only != name) {
            continue;
        }
        let (found, seconds) = scanned(&study, period, replicates, threads)?;
        let Some(cluster) = found.clusters.first() else { bail!("nothing was found") };
        println!("{}", json!({ "period": name, "llr": cluster.llr, "p": cluster.p, "seconds": seconds }));
    }
    Ok(())
}

fn scanned(study: &Value, period: Period, replicates: usize, threads: usize) -> Result<(Outcome, f64)> {
    let places: Vec<[f64; 2]> = numbers(&study["places"])?;
    let places: Vec<Place> = places.iter().map(|[first, second]| Place { first: *first, second: *second }).collect();
    let intervals: usize = serde_json::from_value(study["intervals"].clone())?;
    let cases: Vec<u32> = numbers(&study["cases"])?;
    let (expected, controls): (Vec<f64>, Vec<u32>) = match (&study["expected"], &study["controls"]) {
        (Value::Null, Value::Null) => (Vec::new(), Vec::new()),
        (Value::Null, controls) => (Vec::new(), numbers(controls)?),
        (expected, _) => (numbers(expected)?, Vec::new()),
    };
    let counts = match (expected.is_empty(), controls.is_empty()) {
        (false, _) => Counts::Poisson { cases: &cases, expected: &expected },
        (_, false) => Counts::Bernoulli { cases: &cases, controls: &controls },
        _ => Counts::Permutation { cases: &cases },
    };
    let study = Study { places: &places, coordinates: Coordinates::Planar, intervals, counts };
    let extent = if intervals == 1 { Extent::Space } else { Extent::SpaceTime };
    let options = Options { extent, period, limits: Limits::default(), replicates, threads, clusters: 1, ..Options::default() };
    let start = Instant::now();
    let found = scan(&study, &options, &Unwatched)?;
    Ok((found, start.elapsed().as_secs_f64()))
}
