//! How long planning takes as weeks grow: the first plan, planning again when a team drops out, and telling why visits are left out.

use std::time::Instant;

use anyhow::{Result, bail};
use plainsight_names::Unwatched;
use plainsight_planner::{Need, Options, Person, Plan, Problem, Shift, Steps, Travel, Visit, Window, broken, left_out, plan};

use crate::Seconds;
use crate::growth::{Growth, plot};

const HOUR: i32 = 3600;
const DAY: i32 = 24 * HOUR;

/// A week of `count` visits, a team for every fifty of them, as the peers' script draws one.
fn invented(count: usize, seed: u64) -> Problem {
    let mut state = seed.wrapping_mul(7919) + 1;
    let mut below = |end: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((state >> 33) as usize) % end
    };
    let skills = ["romanian", "female officer", "charity", "vietnamese", "driver"];
    let teams = (count / 50).max(2);
    let places: Vec<(f64, f64)> =
        (0..count + 3).map(|_| (51.4 + below(2400) as f64 / 10_000.0, -0.3 + below(3600) as f64 / 10_000.0)).collect();
    let mut problem = Problem { travel: Travel::great_circle(&places, 1.3, 25.0), ..Problem::default() };
    for team in 0..teams {
        let members: Vec<String> = (0..2).map(|member| format!("{team}.{member}")).collect();
        for id in &members {
            let own = skills.iter().filter(|_| below(100) < 45).map(|skill| (*skill).to_owned()).collect();
            problem.people.push(Person { id: id.clone(), skills: own, accompanied: false });
        }
        let from = [6, 8, 10, 14][below(4)] * HOUR;
        for day in 0..5 {
            let (id, start) = (format!("{team} day {day}"), day * DAY + from);
            let end = start + 8 * HOUR;
            let team = team.to_string();
            problem.shifts.push(Shift {
                id,
                team,
                members: members.clone(),
                base: count + problem.shifts.len() / 5 % 3,
                start,
                end,
                ..Shift::default()
            });
        }
    }
    for at in 0..count {
        let mut windows = Vec::new();
        for day in 0..5 {
            if below(2) == 0 {
                let (from, to) = [(9, 12), (12, 18), (9, 18), (18, 22), (6, 10)][below(5)];
                windows.push(Window { from: day * DAY + from * HOUR, to: day * DAY + to * HOUR });
            }
        }
        let windows = if windows.is_empty() { vec![Window { from: 9 * HOUR, to: 18 * HOUR }] } else { windows };
        let needs = if below(2) == 0 { vec![Need { skill: skills[below(5)].to_owned(), count: 1 }] } else { Vec::new() };
        let (value, seconds) = ([5, 10, 10, 20, 40, 80, 100][below(7)], [20, 30, 45, 60, 75][below(5)] * 60);
        problem.visits.push(Visit { id: at.to_string(), place: at, value, seconds, windows, needs, ..Visit::default() });
    }
    problem
}

fn timed<T>(work: impl FnOnce() -> T) -> (T, f64) {
    let start = Instant::now();
    let done = work();
    (done, start.elapsed().as_secs_f64())
}

fn sound(problem: &Problem, plan: &Plan) -> Result<()> {
    let wrong = broken(problem, plan);
    if wrong.is_empty() { Ok(()) } else { bail!("{}", wrong.join("; ")) }
}

/// Prints a line for each size, and writes the plot.
pub(crate) fn grow(file: &str) -> Result<()> {
    let options = Options { seed: 1, searches: 2, threads: 2 };
    let names = ["the first plan", "planned again without one team", "why visits are left out, with remedies"];
    let mut lines: Vec<Growth> = names.iter().map(|name| Growth { name: (*name).to_owned(), points: Vec::new() }).collect();
    for count in [40, 80, 150, 250, 400, 800] {
        let mut problem = invented(count, 1);
        let (first, first_plan) = timed(|| plan(&problem, None, &options, &Steps(0), &Unwatched));
        sound(&problem, &first)?;
        let kept = plan(&problem, Some(&first), &options, &Seconds { start: Instant::now(), limit: 5.0 }, &Unwatched);
        let team = problem.shifts.first().map(|shift| shift.team.clone());
        for shift in problem.shifts.iter_mut().filter(|shift| Some(&shift.team) == team.as_ref()) {
            shift.most = Some(0);
        }
        let (again, at_once) = timed(|| plan(&problem, Some(&kept), &options, &Steps(0), &Unwatched));
        sound(&problem, &again)?;
        let better = plan(&problem, Some(&kept), &options, &Seconds { start: Instant::now(), limit: 0.9 }, &Unwatched);
        sound(&problem, &better)?;
        let long = plan(&problem, Some(&kept), &options, &Seconds { start: Instant::now(), limit: 10.0 }, &Unwatched);
        let (left, why) = timed(|| left_out(&problem, &better).len());
        for (line, seconds) in lines.iter_mut().zip([first_plan, at_once, why]) {
            line.points.push((count as f64, seconds));
        }
        println!(
            "{}",
            serde_json::json!({ "visits": count, "shifts": problem.shifts.len(), "first_plan_seconds": first_plan, "again_seconds": at_once,
                "value_before": kept.worth.value, "value_again_at_once": again.worth.value, "value_again_0.9_s": better.worth.value,
                "moved_0.9_s": better.worth.changed, "value_again_10_s": long.worth.value, "left_out": left, "why_seconds": why })
        );
    }
    std::fs::write(file, plot("How planning grows with the number of visits", "visits", &lines))?;
    Ok(())
}
