//! The files of a planned week: who makes which visit when, what is left out and why, and a page with a chart of the days.

use std::fmt::Write as _;

use anyhow::Result;

use plainsight_planner::{Plan, Problem, Seconds};

use super::map;
use super::read::{Read, moment};
use super::returns;
use super::told::{Left, Told};
use crate::commands::page::{escape, page, table};

pub(super) const FILES: [&str; 6] = ["plan.json", "plan.csv", "left-out.csv", "returns.csv", "plan.geojson", "report.html"];

const HOUR: Seconds = 3600;
pub(super) const DAY: Seconds = 24 * HOUR;

/// A visit in the plan.
struct Made<'a> {
    shift: &'a str,
    team: &'a str,
    visit: &'a str,
    from: Seconds,
    to: Seconds,
}

/// The contents of the files, in their order.
pub(super) fn files(problem: &Problem, read: &Read, plan: &Plan, told: &Told) -> Result<[String; 6]> {
    let places = read.places.as_slice();
    let left = told.left_out.as_slice();
    let mut made: Vec<Made<'_>> = Vec::new();
    for (shift, route) in problem.shifts.iter().zip(&plan.routes) {
        made.extend(route.stops.iter().filter_map(|stop| {
            let visit = problem.visits.get(stop.visit)?;
            Some(Made { shift: &shift.id, team: &shift.team, visit: &visit.id, from: stop.start, to: stop.start + visit.seconds })
        }));
    }
    made.sort_by_key(|made| (made.from, made.shift));
    let mut rows = csv::Writer::from_writer(Vec::new());
    rows.write_record(["shift", "team", "visit", "from", "to"])?;
    for made in &made {
        rows.write_record([made.shift, made.team, made.visit, &moment(made.from), &moment(made.to)])?;
    }
    let mut out = csv::Writer::from_writer(Vec::new());
    out.write_record(["visit", "why", "would be possible with"])?;
    for left in left {
        out.write_record([&left.visit, &left.why, &left.would_be_possible_with.join("; ")])?;
    }
    let mut parts = Vec::new();
    let mut days: Vec<Seconds> = problem.shifts.iter().map(|shift| shift.start.div_euclid(DAY)).collect();
    days.sort_unstable();
    days.dedup();
    for day in days {
        parts.push(chart(problem, plan, day));
        parts.push(map::day(problem, places, plan, day));
    }
    parts.push("<h2>Visits</h2>".to_owned());
    let cells = |made: &Made<'_>| vec![moment(made.from), moment(made.to), made.shift.to_owned(), made.visit.to_owned()];
    parts.push(table(&["From", "To", "Shift", "Visit"], made.iter().map(cells)));
    parts.push("<h2>Left out, and why</h2>".to_owned());
    parts.push(match left {
        [] => "<p>No visit is left out.</p>".to_owned(),
        left => {
            let possible = |left: &Left| {
                if left.would_be_possible_with.is_empty() {
                    "no single change".to_owned()
                } else {
                    left.would_be_possible_with.join("; or ")
                }
            };
            let rows = left.iter().map(|left| vec![left.visit.clone(), left.why.clone(), possible(left)]);
            format!("<div class=\"wide\">{}</div>", table(&["Visit", "Why", "It would be possible with"], rows))
        }
    });
    if let Some(changes) = &told.changes {
        parts.push("<h2>What changed</h2>".to_owned());
        let text = |text: &Option<String>| text.clone().unwrap_or_default();
        let rows = changes
            .iter()
            .map(|change| vec![change.visit.clone(), change.what.clone(), text(&change.before), text(&change.after), text(&change.why)]);
        parts.push(match changes.as_slice() {
            [] => "<p>Nothing: the plan that was kept to stays as it is.</p>".to_owned(),
            _ => format!("<div class=\"wide\">{}</div>", table(&["Visit", "What", "Before", "After", "Why"], rows)),
        });
    }
    let lead = format!("{} of {} visits are planned, worth {}.", made.len(), problem.visits.len(), plan.worth.value);
    let text = |writer: csv::Writer<Vec<u8>>| -> Result<String> { Ok(String::from_utf8(writer.into_inner()?)?) };
    let json = serde_json::to_string_pretty(told)?;
    Ok([
        json,
        text(rows)?,
        text(out)?,
        returns::table(problem, plan, read.monday)?,
        map::features(problem, places, plan),
        page("A week of visits", &lead, &parts),
    ])
}

/// The shifts of a day as bars, their visits and breaks in them.
fn chart(problem: &Problem, plan: &Plan, day: Seconds) -> String {
    const WIDTH: f64 = 900.0;
    const NAMES: f64 = 150.0;
    const HIGH: f64 = 34.0;
    let shifts: Vec<usize> =
        (0..problem.shifts.len()).filter(|at| problem.shifts.get(*at).is_some_and(|shift| shift.start.div_euclid(DAY) == day)).collect();
    let of = |at: &usize| problem.shifts.get(*at);
    let first = shifts.iter().filter_map(of).map(|shift| shift.start.div_euclid(HOUR)).min().unwrap_or(0) * HOUR;
    let last = shifts.iter().filter_map(of).map(|shift| (shift.end + HOUR - 1).div_euclid(HOUR)).max().unwrap_or(1) * HOUR;
    let x = |time: Seconds| NAMES + f64::from(time - first) / f64::from((last - first).max(1)) * (WIDTH - NAMES - 10.0);
    let tall = HIGH * shifts.len() as f64 + 24.0;
    let name = moment(day * DAY);
    let name = name.split(' ').next().unwrap_or_default();
    let mut svg = format!(
        "<h2>{name}</h2><div class=\"wide\" tabindex=\"0\" role=\"region\" aria-label=\"{name}\"><svg viewBox=\"0 0 {WIDTH} {tall:.0}\" role=\"img\" aria-label=\"Shifts of {name} and their visits; the table below says the same\">"
    );
    for hour in (first..=last).step_by(HOUR as usize) {
        let at = x(hour);
        let _ = write!(
            svg,
            "<path d=\"M{at:.1} 18V{tall:.0}\" stroke=\"#c9d1da\"/><text x=\"{at:.1}\" y=\"12\" text-anchor=\"middle\">{}</text>",
            hour.rem_euclid(DAY) / HOUR
        );
    }
    for (row, at) in shifts.iter().enumerate() {
        let (Some(shift), Some(route)) = (of(at), plan.routes.get(*at)) else { continue };
        let y = 22.0 + HIGH * row as f64;
        let _ = write!(svg, "<text x=\"0\" y=\"{:.1}\">{}</text>", y + 18.0, escape(&shift.id));
        let bar = |svg: &mut String, (from, to): (Seconds, Seconds), colour: &str, says: &str| {
            let _ = write!(
                svg,
                "<rect x=\"{:.1}\" y=\"{y:.1}\" width=\"{:.1}\" height=\"26\" fill=\"{colour}\" stroke=\"#14213d\" stroke-width=\"0.5\"><title>{}</title></rect>",
                x(from),
                (x(to) - x(from)).max(1.0),
                escape(says)
            );
        };
        bar(&mut svg, (shift.start, shift.end), "#eef1f5", &shift.id);
        for (pause, begins) in shift.breaks.iter().zip(&route.breaks) {
            bar(&mut svg, (*begins, begins + pause.seconds), "#ffffff", "break");
        }
        for stop in &route.stops {
            let Some(visit) = problem.visits.get(stop.visit) else { continue };
            let (from, to) = (stop.start, stop.start + visit.seconds);
            bar(&mut svg, (from, to), "#9cc3e6", &format!("{}, {} to {}", visit.id, moment(from), moment(to)));
            // As much of the name as has room; the table has it whole.
            let room = ((x(to) - x(from)) / 7.5) as usize;
            let short: String = visit.id.chars().take(room).collect();
            let _ = write!(svg, "<text x=\"{:.1}\" y=\"{:.1}\">{}</text>", x(from) + 3.0, y + 18.0, escape(&short));
        }
    }
    svg.push_str("</svg></div>");
    svg
}
