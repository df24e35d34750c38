//! `plainsight hotspots gi` and `moran`: the statistics of cells.

use std::fmt::Write as _;
use std::process::ExitCode;

use anyhow::{Context, Result, bail};
use serde_json::{Value, json};

use plainsight_hotspots::{Cell, Contiguity, Discovery, Kind, Local, LocalOptions, Neighbours, Own, PValues, State};

use super::places::{self, Places};
use super::{LEAD, how, threads, write};
use crate::cli::{FalseDiscoveries, HotspotCells};
use crate::commands::bar::Bar;
use crate::commands::folder::free;
use crate::commands::map::{COLD, COOL, Drawn, HOT, NOTHING, Shape, WARM, map};
use crate::commands::page::{geojson, page, table};
use crate::say;

/// Of more cells than this, only those that are found are drawn.
const DRAWN: usize = 20_000;

pub(super) fn gi(asked: &HotspotCells) -> Result<ExitCode> {
    run(asked, "Getis-Ord Gi*", |values, neighbours, options| {
        Ok(plainsight_hotspots::gi(values, neighbours, Own::Counts, options, &Bar::new()?)?)
    })
}

pub(super) fn moran(asked: &HotspotCells) -> Result<ExitCode> {
    run(asked, "Local Moran's I", |values, neighbours, options| Ok(plainsight_hotspots::moran(values, neighbours, options, &Bar::new()?)?))
}

fn run(asked: &HotspotCells, name: &str, statistic: impl Fn(&[f64], &Neighbours, &LocalOptions) -> Result<Local>) -> Result<ExitCode> {
    let out = asked.places.out.as_deref();
    if let Some(out) = out {
        free(out)?;
    }
    let wrong = |cell: &str| match cell.parse::<f64>() {
        _ if cell.is_empty() => None,
        Ok(number) if number.abs() <= 1e100 => None,
        _ => Some(format!("{cell:?} is not a number")),
    };
    let places = if asked.neighbours == "h3" {
        places::of_hexagons(&asked.places, &asked.value, wrong)?
    } else {
        places::read(&asked.places, Some(&asked.value), wrong)?
    };
    // An empty cell stays on the map as a place without a value.
    let values: Vec<f64> = places.cells.iter().map(|cell| cell.parse().unwrap_or(f64::NAN)).collect();
    let (neighbours, side) = neighbours(&asked.neighbours, &places)?;
    let options = LocalOptions {
        permutations: asked.permutations,
        seed: asked.seed,
        threads: threads(asked.places.threads),
        discovery: match asked.discovery {
            FalseDiscoveries::BenjaminiHochberg => Discovery::BenjaminiHochberg,
            FalseDiscoveries::BenjaminiYekutieli => Discovery::BenjaminiYekutieli,
            FalseDiscoveries::Uncontrolled => Discovery::Uncontrolled,
        },
        level: asked.level,
        ..LocalOptions::default()
    };
    let local = statistic(&values, &neighbours, &options)?;
    let mut by_kind = serde_json::Map::new();
    for cell in local.cells.iter().filter(|cell| cell.found) {
        let count = by_kind.entry(kind(cell.kind)).or_insert(json!(0));
        *count = json!(count.as_u64().unwrap_or(0) + 1);
    }
    let from = match local.from {
        PValues::Permutations => "conditional permutations, (as extreme + 1) / (permutations + 1)",
        PValues::Normal => "normal distribution",
    };
    let summary = json!({
        "statistic": name,
        "measures": "report density",
        "cells": local.cells.len(),
        "rows_left_out": places.problems.len(),
        "tested": local.tested,
        "without_value": local.missing,
        "without_neighbours": local.islands,
        "nothing_can_vary": local.flat,
        "neighbours": asked.neighbours,
        "p_values": from,
        "side": local.side.name(),
        "permutations": local.permutations,
        "seed": asked.seed,
        "false_discoveries": local.discovery.name(),
        "level": local.level,
        "found": local.found,
        "found_by_kind": by_kind,
        "smallest_p": local.finest,
        "cells_needed_at_smallest_p": local.needed,
    });
    if let Some(out) = out {
        write(out, &files(name, &places, &values, side, &local, &summary)?)?;
    }
    say(serde_json::to_string_pretty(&summary)?);
    Ok(ExitCode::SUCCESS)
}

/// The neighbours and, where places stand on a grid, the side of its cells.
fn neighbours(asked: &str, places: &Places) -> Result<(Neighbours, Option<f64>)> {
    let points = &places.points;
    let wrong = || format!("--neighbours {asked}: say queen, rook, h3, knn:8 or band:500");
    let grid = |contiguity| -> Result<(Neighbours, Option<f64>)> {
        let (lattice, side) = lattice(places)?;
        Ok((Neighbours::lattice(&lattice, contiguity)?, Some(side)))
    };
    Ok(match asked.split_once(':') {
        None if asked == "queen" => grid(Contiguity::Queen)?,
        None if asked == "rook" => grid(Contiguity::Rook)?,
        None if asked == "h3" => (Neighbours::hexagons(&places.hexagons)?, None),
        Some(("knn", count)) => (Neighbours::nearest(points, count.parse().with_context(wrong)?)?, None),
        Some(("band", metres)) => (Neighbours::band(points, metres.parse().with_context(wrong)?)?, None),
        _ => bail!(wrong()),
    })
}

/// Rows and columns of places that stand on a grid; the smallest step is its width.
fn lattice(places: &Places) -> Result<(Vec<(i64, i64)>, f64)> {
    let axis = |axis: usize| -> Result<(Vec<i64>, f64)> {
        let mut sorted: Vec<f64> = places.points.iter().map(|point| point[axis]).collect();
        sorted.sort_unstable_by(f64::total_cmp);
        let wide = sorted.last().copied().unwrap_or_default() - sorted.first().copied().unwrap_or_default();
        // What differs by less is the same row, written with rounding.
        let steps = sorted.windows(2).map(|pair| pair[1] - pair[0]).filter(|step| *step > wide * 1e-7);
        let step = steps.fold(f64::INFINITY, f64::min);
        let first = sorted.first().copied().unwrap_or_default();
        if !step.is_finite() {
            return Ok((vec![0; places.points.len()], f64::INFINITY));
        }
        let mut cells = Vec::with_capacity(places.points.len());
        for (point, line) in places.points.iter().zip(&places.lines) {
            let at = (point[axis] - first) / step;
            if (at - at.round()).abs() > 0.05 {
                bail!(
                    "the place of line {line} is not on a grid of {step:.3} metres: for places that are not, take --neighbours knn:8 or band:METRES"
                );
            }
            cells.push(at.round() as i64);
        }
        Ok((cells, step))
    };
    let ((rows, tall), (columns, wide)) = (axis(1)?, axis(0)?);
    let side = Some(tall.min(wide)).filter(|side| side.is_finite()).unwrap_or(1.0);
    Ok((rows.into_iter().zip(columns).collect(), side))
}

fn kind(kind: Kind) -> &'static str {
    match kind {
        Kind::High => "high",
        Kind::Low => "low",
        Kind::HighHigh => "high among high",
        Kind::LowHigh => "low among high",
        Kind::LowLow => "low among low",
        Kind::HighLow => "high among low",
        Kind::Neither => "neither",
    }
}

fn state(state: State) -> &'static str {
    match state {
        State::Fine => "tested",
        State::Missing => "no value",
        State::Island => "no neighbours",
        State::Flat => "nothing can vary",
    }
}

fn class(cell: &Cell) -> usize {
    match (cell.found, cell.kind) {
        (true, Kind::High | Kind::HighHigh) => 4,
        (true, Kind::HighLow) => 3,
        (true, Kind::LowHigh) => 2,
        (true, Kind::Low | Kind::LowLow) => 1,
        _ => 0,
    }
}

fn files(
    name: &str,
    places: &Places,
    values: &[f64],
    side: Option<f64>,
    local: &Local,
    summary: &Value,
) -> Result<Vec<(&'static str, String)>> {
    let mut csv = "line,x,y,value,state,kind,statistic,expected,z,p,p_adjusted,found\n".to_owned();
    let mut features = Vec::with_capacity(values.len());
    let mut drawn = Vec::with_capacity(values.len());
    for (at, cell) in local.cells.iter().enumerate() {
        let [x, y] = places.flat.back(places.points[at]);
        let value = if values[at].is_finite() { values[at].to_string() } else { String::new() };
        let (line, state, kind) = (places.lines[at], state(cell.state), kind(cell.kind));
        writeln!(
            csv,
            "{line},{x},{y},{value},{state},{kind},{},{},{},{},{},{}",
            cell.statistic, cell.expected, cell.z, cell.p, cell.adjusted, cell.found
        )?;
        let geometry = match places.hexagons.get(at) {
            Some(hexagon) => {
                let mut ring = hexagon.corners();
                ring.extend(ring.first().copied());
                json!({ "type": "Polygon", "coordinates": [ring] })
            }
            None => json!({ "type": "Point", "coordinates": [x, y] }),
        };
        features.push(json!({ "type": "Feature", "geometry": geometry, "properties": {
            "line": line, "state": state, "kind": kind, "z": cell.z, "p": cell.p, "p_adjusted": cell.adjusted, "found": cell.found } }));
        let class = if name.starts_with("Getis") { class(cell).min(2) } else { class(cell) };
        let corners =
            places.hexagons.get(at).map(|hexagon| hexagon.corners().into_iter().map(|corner| places.flat.metres(corner)).collect());
        let shape = match (side, corners) {
            (Some(side), _) => Shape::Square(places.points[at], side),
            (_, Some(corners)) => Shape::Area(corners),
            _ => Shape::Disc(places.points[at], 3.0),
        };
        if cell.found || values.len() <= DRAWN {
            drawn.push(Drawn { shape, class });
        }
    }
    let legend: Vec<(&str, String)> = if name.starts_with("Getis") {
        vec![(NOTHING, "not beyond chance".into()), (COLD, "less round it than chance".into()), (HOT, "more round it than chance".into())]
    } else {
        vec![
            (NOTHING, "not beyond chance".into()),
            (COLD, "low among low".into()),
            (COOL, "low among high".into()),
            (WARM, "high among low".into()),
            (HOT, "high among high".into()),
        ]
    };
    let mut found: Vec<usize> = (0..values.len()).filter(|at| local.cells[*at].found).collect();
    found.sort_by(|one, other| local.cells[*other].z.abs().total_cmp(&local.cells[*one].z.abs()).then(one.cmp(other)));
    let rows = found.iter().take(100).map(|at| {
        let (cell, [x, y]) = (&local.cells[*at], places.flat.back(places.points[*at]));
        vec![
            places.lines[*at].to_string(),
            format!("{x}, {y}"),
            kind(cell.kind).to_owned(),
            format!("{:.2}", cell.z),
            format!("{:.5}", cell.p),
            format!("{:.5}", cell.adjusted),
        ]
    });
    let parts = [
        map(&drawn, &legend),
        "<h2>Cells found, most unusual first</h2><p>At most a hundred; all are in cells.csv.</p>".to_owned(),
        table(&["Line", "Place", "Kind", "z", "p", "p adjusted"], rows),
        how(summary, &[]),
    ];
    Ok(vec![("cells.csv", csv), ("cells.geojson", geojson(features)), ("report.html", page(name, LEAD, &parts))])
}
