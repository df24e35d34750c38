//! Reads the places of a file: metres as they stand, or degrees laid flat round their middle.

use std::path::Path;

use anyhow::{Context, Result, bail};
use plainsight_hotspots::Hexagon;

use crate::cli::HotspotPlaces;
pub(super) use crate::commands::map::Flat;
use crate::commands::source::Source;
use crate::remark;

/// What was read.
pub(super) struct Places {
    /// In metres.
    pub(super) points: Vec<[f64; 2]>,
    /// The further cell of each row.
    pub(super) cells: Vec<String>,
    /// The H3 cell of each row, where it was asked for.
    pub(super) hexagons: Vec<Hexagon>,
    /// The line of the file that each row begins at.
    pub(super) lines: Vec<u64>,
    pub(super) flat: Flat,
    pub(super) problems: Vec<String>,
}

/// Reads places, and a further column where it is named; `fits` says what is wrong with its cell. Rows that cannot be read are named.
pub(super) fn read(asked: &HotspotPlaces, column: Option<&str>, fits: impl Fn(&str) -> Option<String>) -> Result<Places> {
    rows(asked, column, false, fits)
}

/// The same of cells of H3, which stand in the column `h3`: their middles are the places.
pub(super) fn of_hexagons(asked: &HotspotPlaces, column: &str, fits: impl Fn(&str) -> Option<String>) -> Result<Places> {
    rows(asked, Some(column), true, fits)
}

fn rows(asked: &HotspotPlaces, column: Option<&str>, hexagons: bool, fits: impl Fn(&str) -> Option<String>) -> Result<Places> {
    let file = asked.file.display();
    let mut source = Source::open(&asked.file)?;
    let headings = source.headings().to_vec();
    let find = |name: &str| {
        let at = headings.iter().position(|heading| heading == name);
        at.with_context(|| format!("{file} has no column {name:?}; it has: {}", headings.join(", ")))
    };
    let has = |name: &str| headings.iter().any(|heading| heading == name);
    let (east, north, degrees) = match (&asked.x, &asked.y, &asked.longitude, &asked.latitude) {
        _ if hexagons => (find("h3")?, 0, true),
        (Some(x), Some(y), ..) => (find(x)?, find(y)?, false),
        (_, _, Some(longitude), Some(latitude)) => (find(longitude)?, find(latitude)?, true),
        _ if has("x") && has("y") => (find("x")?, find("y")?, false),
        _ if has("longitude") && has("latitude") => (find("longitude")?, find("latitude")?, true),
        _ => bail!(
            "say where the places of {file} are: --x and --y in metres, or --longitude and --latitude; it has: {}",
            headings.join(", ")
        ),
    };
    let further = column.map(find).transpose()?;
    let mut places =
        Places { points: Vec::new(), cells: Vec::new(), hexagons: Vec::new(), lines: Vec::new(), flat: Flat::Metres, problems: Vec::new() };
    while source.next()? {
        let line = source.line();
        let cell = |at: usize| source.cell(Some(at)).trim().to_owned();
        let limits = if degrees { [180.0, 85.0] } else { [1e8; 2] };
        let number = |at: usize, limit: f64| cell(at).parse::<f64>().ok().filter(|number| number.abs() <= limit);
        let hexagon = Hexagon::read(&cell(east)).filter(|_| hexagons);
        if hexagons && hexagon.is_none() {
            let problem = format!("{file} line {line}: {:?} is no H3 cell; left out", cell(east));
            source.complain(problem);
            continue;
        }
        let place = match hexagon.map(Hexagon::middle) {
            Some([east, north]) => (Some(east), Some(north)),
            None => (number(east, limits[0]), number(north, limits[1])),
        };
        let (Some(one), Some(other)) = place else {
            let unit = if degrees { "degrees" } else { "metres" };
            let problem = format!("{file} line {line}: {:?}, {:?} is no place in {unit}; left out", cell(east), cell(north));
            source.complain(problem);
            continue;
        };
        let further = further.map(cell).unwrap_or_default();
        if let Some(why) = column.and_then(|_| fits(&further)) {
            source.complain(format!("{file} line {line}, {}: {why}; left out", column.unwrap_or_default()));
            continue;
        }
        places.hexagons.extend(hexagon);
        places.points.push([one, other]);
        places.cells.push(further);
        places.lines.push(line);
    }
    places.problems = source.problems();
    for problem in places.problems.iter().take(super::NAMED) {
        remark(problem);
    }
    if places.problems.len() > super::NAMED {
        remark(format_args!("and {} more", places.problems.len() - super::NAMED));
    }
    if places.points.is_empty() {
        bail!("{file} has no row that can be used");
    }
    if degrees {
        let count = places.points.len() as f64;
        let middle = |axis: usize| places.points.iter().map(|point| point[axis]).sum::<f64>() / count;
        places.flat = Flat::Degrees { longitude: middle(0), latitude: middle(1) };
        for point in &mut places.points {
            *point = places.flat.metres(*point);
        }
    }
    Ok(places)
}

/// The lines of a GeoJSON file, laid flat.
pub(super) fn streets(file: &Path, flat: Flat) -> Result<Vec<Vec<[f64; 2]>>> {
    let text = std::fs::read_to_string(file).with_context(|| format!("could not read {}", file.display()))?;
    let json: serde_json::Value = serde_json::from_str(&text).with_context(|| format!("{} is not GeoJSON", file.display()))?;
    let none = Vec::new();
    let features = json["features"].as_array().unwrap_or(&none);
    let mut lines = Vec::new();
    for (at, feature) in features.iter().enumerate() {
        let geometry = &feature["geometry"];
        let parts: Vec<&serde_json::Value> = match geometry["type"].as_str() {
            Some("LineString") => vec![&geometry["coordinates"]],
            Some("MultiLineString") => geometry["coordinates"].as_array().unwrap_or(&none).iter().collect(),
            _ => continue,
        };
        for part in parts {
            let point = |place: &serde_json::Value| Some(flat.metres([place[0].as_f64()?, place[1].as_f64()?]));
            let line: Option<Vec<[f64; 2]>> = part.as_array().and_then(|places| places.iter().map(point).collect());
            match line {
                Some(line) => lines.push(line),
                None => remark(format_args!("{} feature {at}: a line whose places are not numbers; left out", file.display())),
            }
        }
    }
    if lines.is_empty() {
        bail!("{} has no lines: give a FeatureCollection of LineString or MultiLineString", file.display());
    }
    Ok(lines)
}
