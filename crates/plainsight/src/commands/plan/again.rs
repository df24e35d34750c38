//! What somebody changes by hand before a week is planned, or planned again: who drops out, what stays, what is not made.

use anyhow::{Result, bail};

use plainsight_planner::{Pin, Plan, Problem, Seconds, Window};

use super::read;
use crate::cli::PlanWeek;

/// What was changed.
#[derive(Debug, Default)]
pub(super) struct Changed {
    /// Visits that are not to be made.
    pub(super) left_out: Vec<usize>,
    /// Shifts that dropped out.
    pub(super) gone: Vec<usize>,
}

/// The names nearest to one that nobody has.
fn unknown(what: &str, name: &str, known: impl Iterator<Item = String>) -> anyhow::Error {
    let mut near: Vec<(usize, String)> =
        known.map(|known| (strsim::levenshtein(&known.to_lowercase(), &name.to_lowercase()), known)).collect();
    near.sort();
    near.dedup();
    let near: Vec<String> = near.into_iter().take(3).map(|(_, known)| known).collect();
    anyhow::anyhow!("there is no {what} {name:?}; did you mean {}?", near.join(", or "))
}

/// Changes a problem as asked. `former` is the plan that is kept to.
pub(super) fn change(problem: &mut Problem, asked: &PlanWeek, former: Option<&Plan>) -> Result<Changed> {
    let mut changed = Changed::default();
    let now = match &asked.at {
        Some(text) => match read::at(text) {
            Some(now) => Some(now),
            None => bail!("{text:?} is no moment: write a day and a time, as \"Tue 11:30\""),
        },
        None => None,
    };
    let begun = now.map(|now| begin(problem, former, now)).unwrap_or_default();
    for name in &asked.without {
        drop_out(problem, name, &begun, &mut changed)?;
    }
    for text in &asked.pin {
        pin(problem, text, &begun)?;
    }
    for name in &asked.leave_out {
        let Some(row) = problem.visits.iter().position(|visit| visit.id == *name) else {
            return Err(unknown("visit", name, problem.visits.iter().map(|visit| visit.id.clone())));
        };
        if begun.iter().any(|(visit, _)| *visit == row) {
            bail!("{name} has begun by then: it cannot be left out");
        }
        problem.visits[row].windows.clear();
        problem.visits[row].pin = None;
        changed.left_out.push(row);
    }
    Ok(changed)
}

/// What begins before now is as it is: pinned, and no longer asked about. Everything else begins from now on. Gives visits and shifts.
fn begin(problem: &mut Problem, former: Option<&Plan>, now: Seconds) -> Vec<(usize, usize)> {
    let mut begun = Vec::new();
    for (shift, route) in former.iter().flat_map(|plan| plan.routes.iter().enumerate()) {
        for stop in route.stops.iter().filter(|stop| stop.start < now) {
            begun.push((stop.visit, shift));
            let id = problem.shifts[shift].id.clone();
            let visit = &mut problem.visits[stop.visit];
            visit.pin = Some(Pin { shift: id, start: Some(stop.start) });
            visit.windows = vec![Window { from: stop.start, to: stop.start }];
            // Who made it made it.
            visit.needs.clear();
            visit.bars.clear();
            visit.conflicts.clear();
        }
    }
    for (row, visit) in problem.visits.iter_mut().enumerate() {
        if !begun.iter().any(|(other, _)| *other == row) {
            visit.windows.retain(|window| window.to >= now);
            visit.windows.iter_mut().for_each(|window| window.from = window.from.max(now));
        }
    }
    // A team that has made no visit leaves its base from now on.
    for (row, shift) in problem.shifts.iter_mut().enumerate() {
        if shift.start < now && now < shift.end && !begun.iter().any(|(_, other)| *other == row) {
            shift.start = now;
            shift.breaks.retain(|pause| pause.to >= now && pause.from.max(now) + pause.seconds <= shift.end);
        }
    }
    begun
}

fn drop_out(problem: &mut Problem, name: &str, begun: &[(usize, usize)], changed: &mut Changed) -> Result<()> {
    let shifts: Vec<usize> =
        (0..problem.shifts.len()).filter(|row| problem.shifts[*row].id == name || problem.shifts[*row].team == name).collect();
    if shifts.is_empty() {
        if !problem.people.iter().any(|person| person.id == name) {
            let shifts = problem.shifts.iter().flat_map(|shift| [shift.id.clone(), shift.team.clone()]);
            return Err(unknown("shift, team or person", name, shifts.chain(problem.people.iter().map(|person| person.id.clone()))));
        }
        for (row, shift) in problem.shifts.iter_mut().enumerate() {
            let was = shift.members.len();
            shift.members.retain(|member| member != name);
            // Nobody is left, or only those who must be accompanied: the shift goes with them.
            let alone = |member: &String| problem.people.iter().any(|person| person.id == *member && person.accompanied);
            if shift.members.len() < was && shift.members.iter().all(alone) {
                changed.gone.push(row);
            }
        }
    }
    changed.gone.extend(shifts);
    for row in &changed.gone {
        let work = begun.iter().filter(|(_, shift)| shift == row).map(|(visit, _)| problem.visits[*visit].seconds).sum();
        problem.shifts[*row].most = Some(work);
    }
    Ok(())
}

fn pin(problem: &mut Problem, text: &str, begun: &[(usize, usize)]) -> Result<()> {
    let Some((visit, place)) = text.split_once('=') else { bail!("{text:?}: write VISIT=SHIFT, or VISIT=SHIFT@\"Tue 10:00\"") };
    let (shift, start) = match place.split_once('@') {
        Some((shift, moment)) => match read::at(moment) {
            Some(start) => (shift, Some(start)),
            None => bail!("{moment:?} is no moment: write a day and a time, as \"Tue 10:00\""),
        },
        None => (place, None),
    };
    let Some(row) = problem.visits.iter().position(|other| other.id == visit) else {
        return Err(unknown("visit", visit, problem.visits.iter().map(|visit| visit.id.clone())));
    };
    if !problem.shifts.iter().any(|other| other.id == shift) {
        return Err(unknown("shift", shift, problem.shifts.iter().map(|shift| shift.id.clone())));
    }
    if begun.iter().any(|(other, _)| *other == row) {
        bail!("{visit} has begun by then: it stays where it is");
    }
    problem.visits[row].pin = Some(Pin { shift: shift.to_owned(), start });
    Ok(())
}
