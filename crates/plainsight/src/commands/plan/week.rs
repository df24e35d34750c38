//! `plainsight plan week`: a week of visits, planned, or planned again from a plan that is kept to.

use std::fs;
use std::path::Path;
use std::process::ExitCode;

use anyhow::{Result, bail};
use serde_json::{Value, json};

use plainsight_planner::{Options, Steps};

use super::told::Told;
use super::{Clock, again, compare, read, report, text};
use crate::cli::PlanWeek;
use crate::commands::bar::Bar;
use crate::commands::folder;
use crate::{remark, say};

/// So many visits that nobody could make are told one by one.
const NAMED: usize = 10;

pub(super) fn week(asked: &PlanWeek) -> Result<ExitCode> {
    if let Some(out) = &asked.out {
        folder::free(out)?;
    }
    let file = &asked.file;
    let read = match read::problem(&text(file)?, file.parent().unwrap_or(Path::new(""))) {
        Ok(read) => read,
        Err(wrong) => {
            wrong.iter().for_each(remark);
            bail!("{} has {} mistakes; nothing was planned", file.display(), wrong.len());
        }
    };
    if read.no_way > 0 {
        remark(format_args!("the table of travel has no way between {} pairs of places", read.no_way));
    }
    if read.problem.visits.is_empty() {
        bail!("{} has no [[visit]]: there is nothing to plan", file.display());
    }
    let mut problem = read.problem.clone();
    let mut former = None;
    if let Some(from) = &asked.from {
        let told = Told::read(from)?;
        let (plan, gone) = told.plan(&problem, from)?;
        gone.iter().for_each(remark);
        former = Some((told, plan));
    }
    let changed = again::change(&mut problem, asked, former.as_ref().map(|(_, plan)| plan))?;
    let options = Options { seed: asked.seed, searches: 2, threads: 2 };
    let (bar, kept) = (Bar::new()?, former.as_ref().map(|(_, plan)| plan));
    let plan = match asked.steps {
        Some(steps) => plainsight_planner::plan(&problem, kept, &options, &Steps(steps), &bar),
        None => plainsight_planner::plan(&problem, kept, &options, &Clock::of(asked.seconds), &bar),
    };
    let mut told = Told::new(&problem, &plan, &changed.left_out, &changed.gone);
    // What somebody took away by hand need not be told back line by line.
    let never = told.left_out.iter().filter(|left| left.never && asked.at.is_none() && asked.without.is_empty());
    for (at, left) in never.enumerate() {
        if at == NAMED {
            remark("and more visits that nobody could make: left_out has them all");
            break;
        }
        let line = read.lines.get(&left.visit).copied().unwrap_or_default();
        remark(format_args!("{} line {line}: visit {}: {}", file.display(), left.visit, left.why));
    }
    told.changes = former.as_ref().map(|(before, _)| compare::changes(before, &told));
    if let Some(out) = &asked.out {
        let texts = report::files(&problem, &read, &plan, &told)?;
        let fill = |folder: &Path| report::FILES.iter().zip(&texts).try_for_each(|(name, text)| Ok(fs::write(folder.join(name), text)?));
        folder::whole(out, &report::FILES, fill)?;
    }
    say(serde_json::to_string_pretty(&told)?);
    Ok(ExitCode::SUCCESS)
}

/// Tells the places in the order in which a table of travel has to have them, as OSRM and Valhalla ask for them.
pub(super) fn places(file: &Path) -> Result<ExitCode> {
    let read = match read::problem(&text(file)?, file.parent().unwrap_or(Path::new(""))) {
        Ok(read) => read,
        Err(wrong) => {
            wrong.iter().for_each(remark);
            bail!("{} has {} mistakes", file.display(), wrong.len());
        }
    };
    let visits = read.problem.visits.iter().map(|visit| &visit.id);
    let order: Vec<&String> = visits.chain(read.problem.shifts.iter().map(|shift| &shift.id)).collect();
    let osrm: Vec<String> = read.places.iter().map(|(north, east)| format!("{east},{north}")).collect();
    let points: Vec<Value> = read.places.iter().map(|(north, east)| json!({ "lat": north, "lon": east })).collect();
    say(serde_json::to_string_pretty(&json!({
        "order": order,
        "osrm_coordinates": osrm.join(";"),
        "valhalla": { "sources": points, "targets": points, "costing": "auto" },
    }))?);
    Ok(ExitCode::SUCCESS)
}
