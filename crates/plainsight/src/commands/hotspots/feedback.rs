//! `plainsight hotspots feedback`: what comes of looking where was looked, shown on an invented borough.

use std::fmt::Write as _;
use std::process::ExitCode;

use anyhow::{Result, bail};
use serde_json::{Value, json};

use plainsight_hotspots::{Choice, Course, Rule, World, simulate, truth};
use plainsight_names::Watch as _;

use super::write;
use crate::cli::HotspotFeedback;
use crate::commands::bar::Bar;
use crate::commands::folder::free;
use crate::commands::map::{COLD, HOT, WARM};
use crate::commands::page::{page, table};
use crate::say;

/// Chance makes one run unlike another: what is shown is the mean of so many.
const RUNS: u64 = 10;

const LEAD: &str = "An invented borough. Visits were all to car washes so far. Each line shows where visits go when places are chosen in \
                    one way, week by week. Only visits find; so what is counted follows the visits, and whoever ranks by counts visits \
                    the same places for ever.";

pub(super) fn run(asked: &HotspotFeedback) -> Result<ExitCode> {
    if let Some(out) = &asked.out {
        free(out)?;
    }
    let world = World::usual(asked.weeks as usize);
    let ways = [
        ("by counts alone", Choice::Counts),
        ("for how hard we looked", Choice::Effort(Rule::Density)),
        ("for how hard we looked, and a share where nobody did", Choice::Explored(Rule::Density, asked.explore)),
    ];
    let bar = Bar::new()?;
    let mut courses: Vec<(&str, Course)> = Vec::new();
    for (name, choice) in ways {
        let mut runs = Vec::new();
        for run in 0..RUNS {
            bar.progress(name, run, RUNS);
            if bar.cancelled() {
                bail!("stopped as asked");
            }
            runs.push(simulate(&world, choice, asked.seed.wrapping_add(run)));
        }
        courses.push((name, mean(&runs)));
    }
    let truth = truth(&world);
    let told: Vec<Value> = courses
        .iter()
        .map(|(name, course)| {
            json!({ "chosen": name, "visits_by_kind_in_the_last_quarter": late(&world, course), "apart_from_the_truth": course.apart,
                "true_density_of_places_visited": course.density, "found": course.finds.iter().sum::<u32>() })
        })
        .collect();
    let summary = json!({
        "simulates": "an invented borough, after Lum and Isaac (2016) and Ensign and others (2018)",
        "weeks": asked.weeks,
        "visits_a_week": world.visits,
        "explored": asked.explore,
        "mean_of_runs": RUNS,
        "seed": asked.seed,
        "kinds": world.kinds.iter().map(|kind| &kind.name).collect::<Vec<_>>(),
        "truth": truth,
        "courses": told,
    });
    if let Some(out) = &asked.out {
        write(out, &files(&world, &truth, &courses)?)?;
    }
    say(serde_json::to_string_pretty(&summary)?);
    Ok(ExitCode::SUCCESS)
}

/// The mean of several runs; finds are rounded.
fn mean(runs: &[Course]) -> Course {
    let count = runs.len().max(1) as f64;
    let of = |number: &dyn Fn(&Course) -> f64| runs.iter().map(number).sum::<f64>() / count;
    let Some(first) = runs.first() else { return Course { shares: Vec::new(), finds: Vec::new(), apart: 0.0, density: 0.0 } };
    let share = |week: usize, kind: usize| of(&|run: &Course| run.shares[week][kind]);
    Course {
        shares: (0..first.shares.len()).map(|week| (0..first.shares[week].len()).map(|kind| share(week, kind)).collect()).collect(),
        finds: (0..first.finds.len()).map(|week| of(&|run: &Course| f64::from(run.finds[week])).round() as u32).collect(),
        apart: of(&|run: &Course| run.apart),
        density: of(&|run: &Course| run.density),
    }
}

/// The share of visits to each kind in the last quarter of weeks.
fn late(world: &World, course: &Course) -> Vec<f64> {
    let last = course.shares.len().div_ceil(4).max(1);
    let weeks = &course.shares[course.shares.len().saturating_sub(last)..];
    (0..world.kinds.len()).map(|kind| weeks.iter().map(|share| share[kind]).sum::<f64>() / weeks.len().max(1) as f64).collect()
}

fn files(world: &World, truth: &[f64], courses: &[(&str, Course)]) -> Result<Vec<(&'static str, String)>> {
    let mut csv = "chosen,week,kind,share_of_visits,share_of_truth,found\n".to_owned();
    for (name, course) in courses {
        for (week, (shares, found)) in course.shares.iter().zip(&course.finds).enumerate() {
            for ((kind, share), truth) in world.kinds.iter().zip(shares).zip(truth) {
                writeln!(csv, "\"{name}\",{},{},{share},{truth},{found}", week + 1, kind.name)?;
            }
        }
    }
    let rows = courses.iter().map(|(name, course)| {
        let mut row = vec![(*name).to_owned()];
        row.extend(late(world, course).iter().map(|share| format!("{:.0} %", share * 100.0)));
        row.push(format!("{:.2}", course.density));
        row.push(course.finds.iter().sum::<u32>().to_string());
        row
    });
    let mut all = vec!["in truth".to_owned()];
    all.extend(truth.iter().map(|share| format!("{:.0} %", share * 100.0)));
    all.extend([String::new(), String::new()]);
    let mut headings = vec!["Chosen"];
    headings.extend(world.kinds.iter().map(|kind| kind.name.as_str()));
    headings.extend(["True density visited", "Found"]);
    let parts = [
        "<h2>Visits to car washes, week by week</h2>".to_owned(),
        lines(courses, truth),
        "<h2>Where visits went in the last quarter of weeks</h2>".to_owned(),
        format!("<div class=\"wide\">{}</div>", table(&headings, std::iter::once(all).chain(rows))),
    ];
    Ok(vec![("weeks.csv", csv), ("report.html", page("The loop of looking where was looked", LEAD, &parts))])
}

/// The share of visits to the first kind, by week, smoothed over four weeks; each line by colour, dash and name.
fn lines(courses: &[(&str, Course)], truth: &[f64]) -> String {
    const TALL: f64 = 220.0;
    const LEFT: f64 = 44.0;
    const WIDE: f64 = 660.0;
    let y = |share: f64| 10.0 + TALL * (1.0 - share);
    let mut svg = format!(
        "<svg viewBox=\"0 0 720 {:.0}\" role=\"img\" aria-label=\"The share of visits to car washes by week; weeks.csv says the same\">",
        TALL + 60.0 + 24.0 * (courses.len() + 1) as f64
    );
    let _ = write!(
        svg,
        "<path d=\"M{LEFT} 10V{:.0}H{:.0}\" fill=\"none\" stroke=\"#14213d\"/><text x=\"38\" y=\"18\" text-anchor=\"end\">all</text>\
         <text x=\"38\" y=\"{:.0}\" text-anchor=\"end\">none</text><text x=\"{:.0}\" y=\"{:.0}\" text-anchor=\"end\">week {}</text>",
        TALL + 10.0,
        LEFT + WIDE,
        TALL + 12.0,
        LEFT + WIDE,
        TALL + 28.0,
        courses.first().map_or(0, |(_, course)| course.shares.len())
    );
    let level = y(truth.first().copied().unwrap_or_default());
    let _ = write!(svg, "<path d=\"M{LEFT} {level:.1}H{:.0}\" stroke=\"#14213d\" stroke-dasharray=\"1 4\"/>", LEFT + WIDE);
    let styles = [(HOT, "none"), (WARM, "8 4"), (COLD, "3 3")];
    let mut legend = vec![("#14213d", "1 4", "their share in truth")];
    for ((name, course), (colour, dash)) in courses.iter().zip(styles) {
        let step = WIDE / (course.shares.len().max(2) - 1) as f64;
        let smooth = |week: usize| {
            let weeks = &course.shares[week.saturating_sub(3)..=week];
            weeks.iter().filter_map(|share| share.first()).sum::<f64>() / weeks.len() as f64
        };
        let points: Vec<String> =
            (0..course.shares.len()).map(|week| format!("{:.1} {:.1}", LEFT + step * week as f64, y(smooth(week)))).collect();
        let _ = write!(
            svg,
            "<path d=\"M{}\" fill=\"none\" stroke=\"{colour}\" stroke-width=\"2.5\" stroke-dasharray=\"{dash}\"/>",
            points.join("L")
        );
        legend.push((colour, dash, name));
    }
    for (row, (colour, dash, name)) in legend.into_iter().enumerate() {
        let y = TALL + 56.0 + 24.0 * row as f64;
        let _ = write!(
            svg,
            "<path d=\"M{LEFT} {y:.0}h40\" stroke=\"{colour}\" stroke-width=\"2.5\" stroke-dasharray=\"{dash}\"/><text x=\"{:.0}\" y=\"{:.0}\">{name}</text>",
            LEFT + 50.0,
            y + 4.0
        );
    }
    svg.push_str("</svg>");
    svg
}
