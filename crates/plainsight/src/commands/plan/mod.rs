//! `plainsight plan`: who visits what, when. The engine computes; here files are read.

mod read;
mod report;
mod words;

use std::fs;
use std::path::Path;
use std::process::ExitCode;
use std::time::Instant;

use anyhow::{Context, Result, bail};
use serde_json::{Value, json};

use plainsight_planner::{Budget, Options, Reason, Steps, Vrptw, left_out};

use crate::cli::Plan;
use crate::commands::bar::Bar;
use crate::commands::folder;
use crate::{remark, say};
use report::Left;

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
        Plan::Week { file, seconds, seed, steps, out } => week(file, *seconds, *seed, *steps, out.as_deref()),
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

fn week(file: &Path, seconds: f64, seed: u64, steps: Option<u64>, out: Option<&Path>) -> Result<ExitCode> {
    if let Some(out) = out {
        folder::free(out)?;
    }
    let problem = match read::problem(&text(file)?) {
        Ok(problem) => problem,
        Err(wrong) => {
            wrong.iter().for_each(remark);
            bail!("{} has {} mistakes; nothing was planned", file.display(), wrong.len());
        }
    };
    let options = Options { seed, searches: 2, threads: 2 };
    let bar = Bar::new()?;
    let plan = match steps {
        Some(steps) => plainsight_planner::plan(&problem, None, &options, &Steps(steps), &bar),
        None => plainsight_planner::plan(&problem, None, &options, &Clock::of(seconds), &bar),
    };
    let shifts: Vec<Value> = problem
        .shifts
        .iter()
        .zip(&plan.routes)
        .map(|(shift, route)| {
            let stop = |stop: &plainsight_planner::Stop| {
                let visit = problem.visits.get(stop.visit)?;
                Some(json!({ "visit": visit.id, "from": read::moment(stop.start), "to": read::moment(stop.start + visit.seconds) }))
            };
            let breaks: Vec<String> = route.breaks.iter().map(|begins| read::moment(*begins)).collect();
            json!({ "shift": shift.id, "team": shift.team, "visits": route.stops.iter().filter_map(stop).collect::<Vec<_>>(), "breaks": breaks })
        })
        .collect();
    let left: Vec<Left> = left_out(&problem, &plan)
        .into_iter()
        .filter_map(|left| {
            Some(Left {
                visit: problem.visits.get(left.visit)?.id.clone(),
                never: matches!(left.reason, Reason::Never { .. }),
                why: words::reason(&problem, &left.reason),
                possible: left.remedies.iter().map(|remedy| words::remedy(&problem, left.visit, remedy)).collect(),
            })
        })
        .collect();
    if let Some(out) = out {
        let texts = report::files(&problem, &plan, &left)?;
        let fill = |folder: &Path| report::FILES.iter().zip(&texts).try_for_each(|(name, text)| Ok(fs::write(folder.join(name), text)?));
        folder::whole(out, &report::FILES, fill)?;
    }
    let left: Vec<Value> = left
        .iter()
        .map(|left| json!({ "visit": left.visit, "why": left.why, "never": left.never, "would_be_possible_with": left.possible }))
        .collect();
    say(serde_json::to_string_pretty(&json!({ "worth": plan.worth, "shifts": shifts, "left_out": left }))?);
    Ok(ExitCode::SUCCESS)
}
