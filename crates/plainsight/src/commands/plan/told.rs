//! A plan as it is told in JSON, and read again.

use std::path::Path;

use anyhow::{Context, Result, bail};
use serde::{Deserialize, Serialize};

use plainsight_planner::{Plan, Problem, Reason, Route, Seconds, Stop, Worth, left_out};

use super::read::moment;
use super::words;

/// A plan in words.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Told {
    pub(super) worth: Worth,
    pub(super) shifts: Vec<ShiftTold>,
    pub(super) left_out: Vec<Left>,
    /// What became of the plan that was kept to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) changes: Option<Vec<super::compare::Change>>,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct ShiftTold {
    pub(super) shift: String,
    pub(super) team: String,
    pub(super) visits: Vec<VisitTold>,
    pub(super) breaks: Vec<String>,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct VisitTold {
    pub(super) visit: String,
    pub(super) from: String,
    pub(super) to: String,
    /// The same in seconds from Monday's midnight: times above are told in minutes.
    pub(super) begins: Seconds,
    pub(super) seconds: Seconds,
}

/// A visit that was left out.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Left {
    pub(super) visit: String,
    pub(super) why: String,
    /// Whether nobody could make it even if nothing else was planned.
    pub(super) never: bool,
    /// What would make it possible, a sentence each.
    pub(super) would_be_possible_with: Vec<String>,
}

impl Told {
    /// Tells a plan. Visits in `by_hand` are left out because somebody said so; nobody is asked back in `gone` shifts.
    pub(super) fn new(problem: &Problem, plan: &Plan, by_hand: &[usize], gone: &[usize]) -> Self {
        let shifts = problem.shifts.iter().zip(&plan.routes).map(|(shift, route)| {
            let stop = |stop: &Stop| {
                let visit = problem.visits.get(stop.visit)?;
                let (from, to) = (moment(stop.start), moment(stop.start + visit.seconds));
                Some(VisitTold { visit: visit.id.clone(), from, to, begins: stop.start, seconds: visit.seconds })
            };
            ShiftTold {
                shift: shift.id.clone(),
                team: shift.team.clone(),
                visits: route.stops.iter().filter_map(stop).collect(),
                breaks: route.breaks.iter().map(|begins| moment(*begins)).collect(),
            }
        });
        let left = left_out(problem, plan).into_iter().filter_map(|left| {
            let visit = problem.visits.get(left.visit)?.id.clone();
            if by_hand.contains(&left.visit) {
                let why = "somebody said that it is not to be made".to_owned();
                return Some(Left { visit, why, never: false, would_be_possible_with: Vec::new() });
            }
            let there = left.remedies.iter().filter(|remedy| !gone.iter().any(|shift| words::asks(problem, remedy, *shift)));
            Some(Left {
                visit,
                never: matches!(left.reason, Reason::Never { .. }),
                why: words::reason(problem, &left.reason),
                would_be_possible_with: there.map(|remedy| words::remedy(problem, left.visit, remedy)).collect(),
            })
        });
        Self { worth: plan.worth, shifts: shifts.collect(), left_out: left.collect(), changes: None }
    }

    pub(super) fn read(file: &Path) -> Result<Self> {
        let text = std::fs::read_to_string(file).with_context(|| format!("could not read {}", file.display()))?;
        serde_json::from_str(&text).with_context(|| format!("{} is not a plan as `plan week` tells it", file.display()))
    }

    /// The plan for a problem that may have other visits and shifts by now: those it no longer has are told.
    pub(super) fn plan(&self, problem: &Problem, file: &Path) -> Result<(Plan, Vec<String>)> {
        let mut plan = Plan { routes: vec![Route::default(); problem.shifts.len()], worth: self.worth };
        let mut gone = Vec::new();
        let mut seen = std::collections::HashSet::new();
        for shift in &self.shifts {
            let row = problem.shifts.iter().position(|other| other.id == shift.shift);
            if row.is_none() && !shift.visits.is_empty() {
                gone.push(format!("{}: there is no shift {} any more", file.display(), shift.shift));
            }
            for told in &shift.visits {
                let visit = problem.visits.iter().position(|visit| visit.id == told.visit);
                if visit.is_none() {
                    gone.push(format!("{}: there is no visit {} any more", file.display(), told.visit));
                }
                if let (Some(route), Some(visit)) = (row.and_then(|row| plan.routes.get_mut(row)), visit) {
                    if !seen.insert(visit) {
                        bail!("{} makes the visit {} twice", file.display(), told.visit);
                    }
                    route.stops.push(Stop { visit, start: told.begins });
                }
            }
        }
        Ok((plan, gone))
    }
}
