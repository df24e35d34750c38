//! `plainsight hotspots hexagons`: counts reports in cells of H3, for `gi` and `moran`.

use std::fmt::Write as _;
use std::process::ExitCode;

use anyhow::{Context, Result, bail};
use serde_json::json;

use super::places::{self, Flat};
use super::{LEAD, write};
use crate::cli::HotspotHexagons;
use crate::commands::folder::free;
use crate::commands::map::{Drawn, NOTHING, STEPS, Shape, map};
use crate::commands::page::{geojson, page};
use crate::say;

pub(super) fn run(asked: &HotspotHexagons) -> Result<ExitCode> {
    if let Some(out) = &asked.places.out {
        free(out)?;
    }
    let places = places::read(&asked.places, None, |_| None)?;
    let Flat::Degrees { .. } = places.flat else {
        bail!("H3 divides the earth: give places by longitude and latitude, not in metres");
    };
    let points: Vec<[f64; 2]> = places.points.iter().map(|point| places.flat.back(*point)).collect();
    let cells = plainsight_hotspots::hexagons(&points, asked.resolution, asked.around)?;
    let most = cells.iter().map(|(_, count)| *count).max().unwrap_or(0);
    let summary = json!({
        "measures": "report density",
        "reports": points.len(),
        "rows_left_out": places.problems.len(),
        "resolution": asked.resolution,
        "cells": cells.len(),
        "cells_with_reports": cells.iter().filter(|(_, count)| *count > 0).count(),
        "most_in_a_cell": most,
    });
    if let Some(out) = &asked.places.out {
        let mut csv = "h3,longitude,latitude,reports\n".to_owned();
        let (mut features, mut drawn) = (Vec::new(), Vec::new());
        for (cell, count) in &cells {
            let [longitude, latitude] = cell.middle();
            writeln!(csv, "{},{longitude},{latitude},{count}", cell.name())?;
            let mut ring = cell.corners();
            let corners = ring.iter().map(|corner| places.flat.metres(*corner)).collect();
            ring.extend(ring.first().copied());
            features.push(json!({ "type": "Feature", "geometry": { "type": "Polygon", "coordinates": [ring] }, "properties": {
                "h3": cell.name(), "reports": count } }));
            let class = if *count == 0 { 0 } else { 1 + ((count - 1) * 5 / most.max(1)).min(4) as usize };
            drawn.push(Drawn { shape: Shape::Area(corners), class });
        }
        let mut legend = vec![(NOTHING, "no report".to_owned())];
        let upto = |step: u32| (most * step).div_ceil(5).max(1);
        legend.extend((1..).zip(STEPS).map(|(step, colour)| (colour, format!("up to {}", upto(step)))));
        let page = page("Reports in hexagons", LEAD, &[map(&drawn, &legend)]);
        write(out, &[("cells.csv", csv), ("cells.geojson", geojson(features)), ("report.html", page)])?;
    }
    say(serde_json::to_string_pretty(&summary).context("the summary could not be written")?);
    Ok(ExitCode::SUCCESS)
}
