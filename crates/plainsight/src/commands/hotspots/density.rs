//! `plainsight hotspots density`: how dense reports are, on a grid or along streets.

use std::fmt::Write as _;
use std::process::ExitCode;

use anyhow::{Result, bail};
use serde_json::{Value, json};

use plainsight_hotspots::{DensityOptions, Grid, Kernel, Streets};

use super::places::{self, Places};
use super::{LEAD, how, threads, write};
use crate::cli::{HotspotDensity, KernelShape};
use crate::commands::bar::Bar;
use crate::commands::folder::free;
use crate::commands::map::{Drawn, STEPS, Shape, map};
use crate::commands::page::{geojson, page, table};
use crate::say;

/// Of the height of one report each, for the Gaussian kernel.
const TOLERANCE: f64 = 1e-4;

/// A cell by its middle and side, or a piece of street by its ends.
enum Piece {
    Cell([f64; 2], f64),
    Street([f64; 2], [f64; 2]),
}

/// Where a density is, and how high.
struct Spot {
    piece: Piece,
    density: f64,
}

pub(super) fn density(asked: &HotspotDensity) -> Result<ExitCode> {
    let out = asked.places.out.as_deref();
    if let Some(out) = out {
        free(out)?;
    }
    let places = places::read(&asked.places, None, |_| None)?;
    let kernel = match asked.kernel {
        KernelShape::Gaussian => Kernel::Gaussian,
        KernelShape::Epanechnikov => Kernel::Epanechnikov,
        KernelShape::Quartic => Kernel::Quartic,
    };
    let cell = asked.cell.unwrap_or(asked.bandwidth / 4.0);
    if ![cell, asked.bandwidth].iter().all(|metres| *metres > 0.0 && metres.is_finite()) {
        bail!("--bandwidth and --cell must be more than 0 metres");
    }
    let (spots, away, unit) = match &asked.streets {
        Some(file) => {
            let streets = Streets::new(&places::streets(file, places.flat)?)?;
            let along = streets.density(&places.points, kernel, asked.bandwidth, cell, &Bar::new()?)?;
            let spots = along
                .lengths
                .into_iter()
                .map(|length| Spot { piece: Piece::Street(length.from, length.to), density: length.density * 1e3 });
            (spots.collect(), along.away, "reports a kilometre of street")
        }
        None => (on_a_grid(asked, &places, kernel, cell)?, Vec::new(), "reports a square kilometre"),
    };
    let spots: Vec<Spot> = spots;
    let most = spots.iter().map(|spot| spot.density).fold(0.0, f64::max);
    let exact = asked.streets.is_some() || kernel != Kernel::Gaussian;
    let summary = json!({
        "measures": "report density",
        "unit": unit,
        "reports": places.points.len(),
        "rows_left_out": places.problems.len(),
        "lines_far_from_any_street": away.iter().filter_map(|at| places.lines.get(*at)).collect::<Vec<_>>(),
        "kernel": format!("{kernel:?}").to_lowercase(),
        "bandwidth_metres": asked.bandwidth,
        "cell_metres": cell,
        "places": spots.len(),
        "densest": most,
        "error": if exact { "exact sum".to_owned() } else { format!("at most {TOLERANCE} of the height of one report, for each report in reach") },
    });
    if let Some(out) = out {
        write(out, &files(&places, &spots, most, unit, &summary)?)?;
    }
    say(serde_json::to_string_pretty(&summary)?);
    Ok(ExitCode::SUCCESS)
}

fn on_a_grid(asked: &HotspotDensity, places: &Places, kernel: Kernel, cell: f64) -> Result<Vec<Spot>> {
    let margin = asked.bandwidth * if kernel == Kernel::Gaussian { 3.0 } else { 1.0 };
    let ends = |axis: usize| {
        let numbers = places.points.iter().map(|point| point[axis]);
        (numbers.clone().fold(f64::INFINITY, f64::min) - margin, numbers.fold(f64::NEG_INFINITY, f64::max) + margin)
    };
    let ((west, east), (south, north)) = (ends(0), ends(1));
    let count = |length: f64| (length / cell).floor() as usize + 1;
    let (columns, rows) = (count(east - west), count(north - south));
    if columns.saturating_mul(rows) > 1_000_000 {
        bail!("the map would have {columns} by {rows} cells: take a larger --cell, so that there are a million at most");
    }
    let grid = Grid { low: [west, south], cell, columns, rows };
    let options = DensityOptions { kernel, bandwidth: asked.bandwidth, tolerance: Some(TOLERANCE), threads: threads(asked.places.threads) };
    let densities = plainsight_hotspots::density(&places.points, &grid, &options, &Bar::new()?)?;
    let place = |at: usize| [west + cell * (at % columns) as f64, south + cell * (at / columns) as f64];
    Ok(densities
        .into_iter()
        .enumerate()
        .map(|(at, density)| Spot { piece: Piece::Cell(place(at), cell), density: density * 1e6 })
        .collect())
}

fn files(places: &Places, spots: &[Spot], most: f64, unit: &str, summary: &Value) -> Result<Vec<(&'static str, String)>> {
    let mut csv = "x,y,density\n".to_owned();
    let mut features = Vec::new();
    let mut drawn = Vec::new();
    for spot in spots.iter().filter(|spot| spot.density > 0.0) {
        let back = |east: f64, north: f64| places.flat.back([east, north]);
        let ([x, y], geometry, shape) = match spot.piece {
            Piece::Cell([east, north], side) => {
                let half = side / 2.0;
                let corners = [(-half, -half), (half, -half), (half, half), (-half, half), (-half, -half)]
                    .map(|(right, up)| back(east + right, north + up));
                let geometry = json!({ "type": "Polygon", "coordinates": [corners] });
                (back(east, north), geometry, Shape::Square([east, north], side))
            }
            Piece::Street(from, to) => {
                let ends = [back(from[0], from[1]), back(to[0], to[1])];
                let middle = back(f64::midpoint(from[0], to[0]), f64::midpoint(from[1], to[1]));
                (middle, json!({ "type": "LineString", "coordinates": ends }), Shape::Line(from, to))
            }
        };
        writeln!(csv, "{x},{y},{}", spot.density)?;
        features.push(json!({ "type": "Feature", "geometry": geometry, "properties": { "density": spot.density } }));
        // Bands of a fifth of the densest each; what is below a hundredth is left white.
        if spot.density > most * 0.01 {
            drawn.push(Drawn { shape, class: ((spot.density / most * 5.0) as usize).min(4) });
        }
    }
    let legend: Vec<(&str, String)> =
        (1_u8..).zip(STEPS).map(|(at, colour)| (colour, format!("up to {} {unit}", rounded(most * f64::from(at) / 5.0)))).collect();
    let count = |class: usize| drawn.iter().filter(|drawn| drawn.class == class).count().to_string();
    let rows = legend.iter().enumerate().map(|(class, (_, meaning))| vec![meaning.clone(), count(class)]);
    let parts =
        [map(&drawn, &legend), "<h2>How many places are how dense</h2>".to_owned(), table(&["Density", "Places"], rows), how(summary, &[])];
    Ok(vec![("density.csv", csv), ("density.geojson", geojson(features)), ("report.html", page("Report density", LEAD, &parts))])
}

/// Three figures: more would claim more than is known.
fn rounded(number: f64) -> String {
    let places = (2 - number.abs().max(1e-9).log10().floor() as i32).clamp(0, 9) as usize;
    format!("{number:.places$}")
}
