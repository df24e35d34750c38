//! How long ways take, from a table that OSRM or Valhalla gave.

use std::path::Path;

use serde::Deserialize;

use plainsight_planner::{Seconds, Travel};

/// What either of them gives; what else stands in it is of no matter here.
#[derive(Deserialize)]
struct Table {
    /// OSRM's answer: "Ok", or what went wrong.
    code: Option<String>,
    message: Option<String>,
    /// OSRM: seconds; null where there is no way.
    durations: Option<Vec<Vec<Option<f64>>>>,
    /// Valhalla.
    sources_to_targets: Option<Vec<Vec<Leg>>>,
    sources: Option<serde_json::Value>,
}

#[derive(Deserialize)]
struct Leg {
    time: Option<f64>,
}

/// Longer than any way: there is none.
const NONE: Seconds = 100_000_000;
/// A place may have been moved to the nearest road, so many degrees at most (about a kilometre).
const MOVED: f64 = 0.01;

/// Reads a table for places (latitude, longitude) in their order; says how many ways there are not.
pub(super) fn read(file: &Path, places: &[(f64, f64)]) -> Result<(Travel, usize), String> {
    let named = file.display();
    let text = std::fs::read_to_string(file).map_err(|error| format!("travel: could not read {named}: {error}"))?;
    let table: Table =
        serde_json::from_str(&text).map_err(|error| format!("travel: {named} is neither a table of OSRM nor of Valhalla: {error}"))?;
    if let Some(code) = table.code.filter(|code| code != "Ok") {
        return Err(format!("travel: {named} holds no table: OSRM said {code}: {}", table.message.unwrap_or_default()));
    }
    let rows: Vec<Vec<Option<f64>>> = match (table.durations, table.sources_to_targets) {
        (Some(durations), _) => durations,
        (None, Some(legs)) => legs.into_iter().map(|row| row.into_iter().map(|leg| leg.time).collect()).collect(),
        (None, None) => return Err(format!("travel: {named} has neither `durations` (OSRM) nor `sources_to_targets` (Valhalla)")),
    };
    let count = places.len();
    if rows.len() != count {
        return Err(format!(
            "travel: {named} has {} rows, and {count} are needed: every visit, then every shift's base, in their order (see `plan places`)",
            rows.len()
        ));
    }
    let mut seconds = Vec::with_capacity(count * count);
    let mut lacking = 0;
    for (row, ways) in rows.iter().enumerate() {
        if ways.len() != count {
            return Err(format!("travel: {named}, row {}: {} ways, and {count} are needed", row + 1, ways.len()));
        }
        for way in ways {
            seconds.push(match way {
                Some(way) if way.is_finite() && *way >= 0.0 => (way.ceil() as Seconds).min(NONE),
                Some(way) => return Err(format!("travel: {named}, row {}: {way} is no number of seconds", row + 1)),
                None => {
                    lacking += 1;
                    NONE
                }
            });
        }
    }
    if let Some(sources) = table.sources {
        for (row, ((north, east), source)) in places.iter().zip(located(&sources)).enumerate() {
            if let Some((latitude, longitude)) = source
                && ((latitude - north).abs() > MOVED || (longitude - east).abs() * north.to_radians().cos() > MOVED)
            {
                return Err(format!(
                    "travel: {named}, row {}: it is of {latitude}, {longitude}, and the place is {north}, {east}: make it anew in the order of `plan places`",
                    row + 1
                ));
            }
        }
    }
    Ok((Travel { places: count, seconds }, lacking))
}

/// Latitudes and longitudes of the places that a table is of, where it has them: OSRM's `location`, or Valhalla's `lat` and `lon`, which
/// older versions put in a list more.
fn located(sources: &serde_json::Value) -> Vec<Option<(f64, f64)>> {
    let list = sources.as_array().cloned().unwrap_or_default();
    let list = match list.first() {
        Some(serde_json::Value::Array(inner)) if list.len() == 1 => inner.clone(),
        _ => list,
    };
    let of = |source: &serde_json::Value| {
        let pair = |one: &serde_json::Value, other: &serde_json::Value| Some((one.as_f64()?, other.as_f64()?));
        pair(&source["lat"], &source["lon"]).or_else(|| pair(&source["location"][1], &source["location"][0]))
    };
    list.iter().map(of).collect()
}
