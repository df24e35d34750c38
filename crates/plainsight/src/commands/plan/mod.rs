//! `plainsight plan`: who visits what, when. The engine computes; here files are read and written.

mod again;
mod compare;
mod map;
mod matrix;
mod read;
mod report;
mod returns;
mod told;
mod week;
mod words;

use std::fs;
use std::path::Path;
use std::process::ExitCode;
use std::time::Instant;

use anyhow::{Context, Result, bail};
use serde_json::json;

use plainsight_planner::{Budget, Vrptw};

use crate::cli::Plan;
use crate::commands::bar::Bar;
use crate::{remark, say};

/// A budget by the clock.
struct Clock {
    start: Instant,
    seconds: f64,
}

impl Clock {
    #[allow(clippy::disallowed_methods, reason = "a command is given so many seconds by whoever typed it")]
    fn of(seconds: f64) -> Self {
        Self { start: Instant::now(), seconds }
    }
}

impl Budget for Clock {
    fn spent(&self, _steps: u64) -> f64 {
        if self.seconds > 0.0 { self.start.elapsed().as_secs_f64() / self.seconds } else { 1.0 }
    }
}

pub(crate) fn plan(command: &Plan) -> Result<ExitCode> {
    match command {
        Plan::Week(asked) => week::week(asked),
        Plan::Places { file } => week::places(file),
        Plan::Compare(asked) => compare::compare(asked),
        Plan::Vrptw { file, seconds, seed } => vrptw(file, *seconds, *seed),
    }
}

fn text(file: &Path) -> Result<String> {
    fs::read_to_string(file).with_context(|| format!("could not read {}", file.display()))
}

fn vrptw(file: &Path, seconds: f64, seed: u64) -> Result<ExitCode> {
    let instance = match Vrptw::read(&text(file)?) {
        Ok(instance) => instance,
        Err(wrong) => {
            wrong.iter().for_each(remark);
            bail!("{} has {} mistakes", file.display(), wrong.len());
        }
    };
    let found = instance.solve(seed, 2, 2, &Clock::of(seconds), &Bar::new()?);
    if let Err(broken) = instance.check(&found.routes) {
        bail!("no routes were found that serve everybody ({broken}): give it more seconds or vehicles");
    }
    say(serde_json::to_string_pretty(&json!({ "distance": found.distance, "vehicles": found.routes.len(), "routes": found.routes }))?);
    Ok(ExitCode::SUCCESS)
}

/// For fuzzing: whatever a week is made of, it is refused with lines or planned; what is planned breaks no rule, and what is left out has a
/// reason.
#[allow(clippy::expect_used, reason = "a target for fuzzing fails by panicking")]
pub(crate) fn fuzz(bytes: &[u8]) {
    use plainsight_planner::{Options, Steps, broken, left_out, plan};
    let text = String::from_utf8_lossy(bytes);
    let Ok(read) = read::problem(&text, Path::new("")) else { return };
    let problem = read.problem;
    // A fuzzer looks for mistakes, not for long work.
    if problem.visits.len() > 24 || problem.shifts.len() > 12 {
        return;
    }
    let made = plan(&problem, None, &Options { seed: 1, searches: 1, threads: 1 }, &Steps(2), &plainsight_names::Unwatched);
    assert_eq!(broken(&problem, &made), Vec::<String>::new());
    let visits: usize = made.routes.iter().map(|route| route.stops.len()).sum();
    assert_eq!(visits + left_out(&problem, &made).len(), problem.visits.len(), "a visit is neither made nor told");
    let told = told::Told::new(&problem, &made, &[], &[]);
    let json = serde_json::to_string(&told).expect("a plan can be written");
    let again: told::Told = serde_json::from_str(&json).expect("what was written can be read");
    let (kept, gone) = again.plan(&problem, Path::new("fuzz")).expect("it makes nothing twice");
    assert!(gone.is_empty() && kept.routes.len() == made.routes.len());
}
