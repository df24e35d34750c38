//! `plainsight hotspots knox`: near repeats.

use std::fmt::Write as _;
use std::process::ExitCode;

use anyhow::Result;
use serde_json::json;

use plainsight_hotspots::{Discovery, KnoxOptions};

use super::places;
use super::{LEAD, threads, write};
use crate::cli::HotspotKnox;
use crate::commands::bar::Bar;
use crate::commands::folder::free;
use crate::commands::page::{page, table};
use crate::say;

/// A date as its day, or a number of days.
fn day(text: &str) -> Option<f64> {
    if let Ok(number) = text.parse::<f64>() {
        return Some(number).filter(|number| number.abs() < 1e9);
    }
    let date: jiff::civil::Date = text.parse().ok()?;
    Some(f64::from(date.since(jiff::civil::date(1970, 1, 1)).ok()?.get_days()))
}

pub(super) fn knox(asked: &HotspotKnox) -> Result<ExitCode> {
    let out = asked.places.out.as_deref();
    if let Some(out) = out {
        free(out)?;
    }
    let wrong = |cell: &str| day(cell).is_none().then(|| format!("{cell:?} is neither a date (2026-11-27) nor a number of days"));
    let places = places::read(&asked.places, Some(&asked.date), wrong)?;
    let times: Vec<f64> = places.cells.iter().filter_map(|cell| day(cell)).collect();
    let options = KnoxOptions {
        distances: asked.distances.clone(),
        days: asked.days.clone(),
        permutations: asked.permutations,
        seed: asked.seed,
        threads: threads(asked.places.threads),
        discovery: Discovery::BenjaminiHochberg,
        level: 0.05,
    };
    let found = plainsight_hotspots::knox(&places.points, &times, &options, &Bar::new()?)?;
    let bands: Vec<serde_json::Value> = found
        .bands
        .iter()
        .map(|band| {
            json!({ "metres_to": band.metres, "days_to": band.days, "pairs": band.pairs, "expected": band.expected, "ratio": band.ratio,
                "p": band.p, "p_adjusted": band.adjusted, "found": band.found })
        })
        .collect();
    let summary = json!({
        "measures": "report density",
        "reports": places.points.len(),
        "rows_left_out": places.problems.len(),
        "near_pairs": found.near_pairs,
        "all_times_equal": found.flat,
        "p_values": "times dealt out anew, one-sided, (permutations with as many pairs + 1) / (permutations + 1)",
        "permutations": asked.permutations,
        "seed": asked.seed,
        "false_discoveries": Discovery::BenjaminiHochberg.name(),
        "bands": bands,
    });
    if let Some(out) = out {
        let mut csv = "metres_to,days_to,pairs,expected,ratio,p,p_adjusted,found\n".to_owned();
        let ratio = |ratio: Option<f64>| ratio.map(|ratio| format!("{ratio:.3}")).unwrap_or_default();
        for band in &found.bands {
            writeln!(
                csv,
                "{},{},{},{},{},{},{},{}",
                band.metres,
                band.days,
                band.pairs,
                band.expected,
                ratio(band.ratio),
                band.p,
                band.adjusted,
                band.found
            )?;
        }
        let rows = found.bands.iter().map(|band| {
            let p = [band.p, band.adjusted].map(|p| format!("{p:.4}"));
            let [p, adjusted] = p;
            vec![
                band.metres.to_string(),
                band.days.to_string(),
                band.pairs.to_string(),
                format!("{:.1}", band.expected),
                ratio(band.ratio),
                p,
                adjusted,
            ]
        });
        let parts = [
            "<p>Pairs of reports by how far apart they are in place and time, beside what chance gives when times are dealt out anew.</p>"
                .to_owned(),
            table(&["Metres, up to", "Days, up to", "Pairs", "By chance", "Ratio", "p", "p adjusted"], rows),
        ];
        write(out, &[("knox.csv", csv), ("report.html", page("Near repeats", LEAD, &parts))])?;
    }
    say(serde_json::to_string_pretty(&summary)?);
    Ok(ExitCode::SUCCESS)
}
