//! The planner measured: Solomon's instances, and weeks beside other solvers.

#![allow(clippy::print_stdout, clippy::disallowed_methods, clippy::cast_precision_loss, reason = "a benchmark reads the clock and prints")]
#![allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, clippy::cast_possible_wrap, reason = "what is drawn is small")]

mod grow;
#[path = "../../growth.rs"]
mod growth;

use std::time::Instant;

use anyhow::{Result, bail};
use plainsight_names::Unwatched;
use plainsight_planner::{Budget, Options, Problem, Vrptw, broken, plan};

/// A budget by the clock.
struct Seconds {
    start: Instant,
    limit: f64,
}

impl Budget for Seconds {
    fn spent(&self, _steps: u64) -> f64 {
        self.start.elapsed().as_secs_f64() / self.limit
    }
}

fn main() -> Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        ["vrptw", known, seconds, files @ ..] => vrptw(known, seconds.parse()?, files),
        ["week", seconds, seed, file] => week(seconds.parse()?, seed.parse()?, file),
        ["grow", file] => grow::grow(file),
        _ => bail!("say `vrptw BKS.json SECONDS FILE ...`, `week SECONDS SEED PROBLEM.json` or `grow PLOT.svg`"),
    }
}

fn vrptw(known: &str, limit: f64, files: &[&str]) -> Result<()> {
    let known: serde_json::Value = serde_json::from_str(&std::fs::read_to_string(known)?)?;
    let mut gaps = Vec::new();
    for file in files {
        let text = std::fs::read_to_string(file)?;
        let Ok(instance) = Vrptw::read(&text) else { bail!("{file} cannot be read") };
        let start = Instant::now();
        let routes = instance.solve(1, 2, 2, &Seconds { start, limit }, &Unwatched);
        let took = start.elapsed().as_secs_f64();
        let name = text.lines().next().unwrap_or_default().trim().to_owned();
        let best = known[format!("{name}_distance")]["best_known_cost"].as_f64().unwrap_or(f64::NAN);
        let distance = instance.check(&routes.routes).map_err(anyhow::Error::msg)?;
        let gap = 100.0 * (distance / best - 1.0);
        gaps.push(gap);
        println!(
            "{}",
            serde_json::json!({ "instance": name, "distance": distance, "routes": routes.routes.len(), "gap": gap, "seconds": took })
        );
    }
    println!("{}", serde_json::json!({ "instances": gaps.len(), "mean_gap": gaps.iter().sum::<f64>() / gaps.len() as f64 }));
    Ok(())
}

/// Plans a problem in JSON and prints the routes.
fn week(limit: f64, seed: u64, file: &str) -> Result<()> {
    let problem: Problem = serde_json::from_str(&std::fs::read_to_string(file)?)?;
    let start = Instant::now();
    let options = Options { seed, searches: 2, threads: 2 };
    let plan = plan(&problem, None, &options, &Seconds { start, limit }, &Unwatched);
    let wrong = broken(&problem, &plan);
    if !wrong.is_empty() {
        bail!("{}", wrong.join("; "));
    }
    println!("{}", serde_json::to_string(&plan)?);
    Ok(())
}
