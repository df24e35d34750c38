//! What a scan writes into its folder: tables, GeoJSON and a page with a map and a course of time.

use std::fmt::Write as _;

use anyhow::Result;
use serde_json::{Value, json};

use plainsight_hotspots::{Cluster, Coordinates, Counts, EARTH_RADIUS, Extent, Options, Outcome, Place, Study};

use super::super::{LEAD, how, quoted};
use super::read::Read;
use super::{area, sentence};
use crate::commands::map::{COLD, Drawn, Flat, HOT, NOTHING, Shape, WARM, map};
use crate::commands::page::{escape, geojson, page, table};

/// A line round a cluster has so many corners.
const CORNERS: usize = 72;

pub(super) fn files(
    read: &Read,
    study: &Study<'_>,
    options: &Options,
    outcome: &Outcome,
    summary: &Value,
) -> Result<Vec<(&'static str, String)>> {
    let expected = expected(study);
    let mut left_out = String::new();
    for problem in &read.problems {
        writeln!(left_out, "{problem}")?;
    }
    Ok(vec![
        ("clusters.csv", clusters(read, options, outcome)?),
        ("areas.csv", areas(read, outcome, &expected)?),
        ("clusters.geojson", shapes(read, options, outcome, &expected)?),
        ("left_out.txt", left_out),
        ("report.html", report(read, options, outcome, &expected, summary)?),
    ])
}

/// Expected reports by area and interval, in every model.
fn expected(study: &Study<'_>) -> Vec<f64> {
    let intervals = study.intervals;
    let sum = |cells: &[u32]| cells.iter().map(|count| f64::from(*count)).sum::<f64>();
    match study.counts {
        Counts::Poisson { cases, expected } => {
            let scale = sum(cases) / expected.iter().sum::<f64>();
            expected.iter().map(|cell| cell * scale).collect()
        }
        Counts::Bernoulli { cases, controls } => {
            let rate = sum(cases) / (sum(cases) + sum(controls));
            cases.iter().zip(controls).map(|(cases, controls)| f64::from(cases + controls) * rate).collect()
        }
        Counts::Permutation { cases } => {
            let all = sum(cases);
            let mut columns = vec![0.0; intervals];
            for row in cases.chunks_exact(intervals) {
                columns.iter_mut().zip(row).for_each(|(column, count)| *column += f64::from(*count));
            }
            cases.chunks_exact(intervals).flat_map(|row| columns.iter().map(move |column| sum(row) * column / all)).collect()
        }
    }
}

fn clusters(read: &Read, options: &Options, outcome: &Outcome) -> Result<String> {
    let mut csv =
        "cluster,centre,radius,areas,from,to,observed,expected,relative_risk,log_likelihood_ratio,p,recurrence_intervals,tied\n".to_owned();
    for (number, cluster) in (1..).zip(&outcome.clusters) {
        let (from, to) = if options.extent == Extent::Space { Default::default() } else { read.calendar.span(cluster.from, cluster.to) };
        let names: Vec<&str> = cluster.areas.iter().map(|number| area(read, *number)).collect::<Result<_>>()?;
        let or_nothing = |number: Option<f64>| number.map(|number| number.to_string()).unwrap_or_default();
        writeln!(
            csv,
            "{number},{},{},{},{from},{to},{},{},{},{},{},{},{}",
            quoted(area(read, cluster.centre)?),
            cluster.radius,
            quoted(&names.join("; ")),
            cluster.observed,
            cluster.expected,
            or_nothing(cluster.relative_risk),
            cluster.llr,
            cluster.p,
            or_nothing(cluster.recurrence),
            cluster.tied.len()
        )?;
    }
    Ok(csv)
}

/// The number of the cluster that each area is in.
fn inside(read: &Read, outcome: &Outcome) -> Vec<Option<usize>> {
    let mut inside = vec![None; read.names.len()];
    for (number, cluster) in (1..).zip(&outcome.clusters) {
        for area in &cluster.areas {
            if let Some(place) = inside.get_mut(*area as usize) {
                *place = Some(number);
            }
        }
    }
    inside
}

/// Reports and expected reports of an area in all time.
fn whole(read: &Read, expected: &[f64], at: usize) -> (u64, f64) {
    let row = at * read.calendar.len()..(at + 1) * read.calendar.len();
    (read.cases[row.clone()].iter().map(|count| u64::from(*count)).sum(), expected[row].iter().sum())
}

fn areas(read: &Read, outcome: &Outcome, expected: &[f64]) -> Result<String> {
    let (first, second) = if read.coordinates == Coordinates::Degrees { ("latitude", "longitude") } else { ("x", "y") };
    let mut csv = format!("area,{first},{second},observed,expected,cluster\n");
    for (at, (name, inside)) in read.names.iter().zip(inside(read, outcome)).enumerate() {
        let ((observed, expected), place) = (whole(read, expected, at), read.places[at]);
        let cluster = inside.map(|number| number.to_string()).unwrap_or_default();
        writeln!(csv, "{},{},{},{observed},{expected},{cluster}", quoted(name), place.first, place.second)?;
    }
    Ok(csv)
}

/// East and north as the file has them.
fn point(read: &Read, place: &Place) -> [f64; 2] {
    if read.coordinates == Coordinates::Degrees { [place.second, place.first] } else { [place.first, place.second] }
}

/// The line round a cluster: a circle or ellipse as wide as its farthest area, a little more where it is one area alone.
fn outline(read: &Read, cluster: &Cluster) -> Vec<[f64; 2]> {
    let Some(centre) = read.places.get(cluster.centre as usize) else { return Vec::new() };
    let [east, north] = point(read, centre);
    let radius = if cluster.radius > 0.0 { cluster.radius } else { alone(read) };
    let (long, turned) = cluster.ellipse.map_or((1.0, 0.0), |ellipse| (ellipse.ratio, ellipse.angle.to_radians()));
    let corner = |at: usize| {
        let (sine, cosine) = (std::f64::consts::TAU * at as f64 / CORNERS as f64).sin_cos();
        let (along, across) = (radius * long * cosine, radius * sine);
        let (right, up) = (along * turned.cos() - across * turned.sin(), along * turned.sin() + across * turned.cos());
        match read.coordinates {
            Coordinates::Planar => [east + right, north + up],
            Coordinates::Degrees => {
                let degree = EARTH_RADIUS.to_radians();
                [east + right / (degree * north.to_radians().cos().max(0.01)), north + up / degree]
            }
        }
    };
    (0..CORNERS).map(corner).collect()
}

/// How wide the line round a single area is: a fiftieth of how far all areas lie apart.
fn alone(read: &Read) -> f64 {
    let of = |number: fn(&Place) -> f64| {
        let (low, high) =
            read.places.iter().map(number).fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), at| (low.min(at), high.max(at)));
        high - low
    };
    let apart = of(|place| place.first).max(of(|place| place.second)) / 50.0;
    if read.coordinates == Coordinates::Degrees { apart * EARTH_RADIUS.to_radians() } else { apart }
}

fn shapes(read: &Read, options: &Options, outcome: &Outcome, expected: &[f64]) -> Result<String> {
    let mut features = Vec::new();
    if options.extent != Extent::Time {
        for (number, cluster) in (1..).zip(&outcome.clusters) {
            let mut ring = outline(read, cluster);
            ring.extend(ring.first().copied());
            let names: Vec<&str> = cluster.areas.iter().map(|number| area(read, *number)).collect::<Result<_>>()?;
            let span = (options.extent == Extent::SpaceTime).then(|| read.calendar.span(cluster.from, cluster.to));
            features.push(json!({ "type": "Feature", "geometry": { "type": "Polygon", "coordinates": [ring] }, "properties": {
                "cluster": number, "areas": names, "from": span.as_ref().map(|(from, _)| from), "to": span.as_ref().map(|(_, to)| to),
                "observed": cluster.observed, "expected": cluster.expected, "relative_risk": cluster.relative_risk,
                "log_likelihood_ratio": cluster.llr, "p": cluster.p } }));
        }
    }
    for (at, (name, inside)) in read.names.iter().zip(inside(read, outcome)).enumerate() {
        let ((observed, expected), point) = (whole(read, expected, at), point(read, &read.places[at]));
        features.push(json!({ "type": "Feature", "geometry": { "type": "Point", "coordinates": point }, "properties": {
            "area": name, "observed": observed, "expected": expected, "cluster": inside } }));
    }
    Ok(geojson(features))
}

fn report(read: &Read, options: &Options, outcome: &Outcome, expected: &[f64], summary: &Value) -> Result<String> {
    let mut parts = Vec::new();
    let nothing = outcome.clusters.is_empty();
    parts.push(if nothing {
        "<p>Nowhere are there more reports than expected.</p>".to_owned()
    } else {
        let count = outcome.clusters.iter().filter(|cluster| cluster.p <= 0.05).count();
        format!("<p>{count} of {} clusters are denser than chance alone makes them in 95 of 100 studies.</p>", outcome.clusters.len())
    });
    if options.extent != Extent::Time {
        parts.push(places(read, outcome, expected));
    }
    let mut rows = Vec::new();
    for (number, cluster) in (1..).zip(&outcome.clusters) {
        let names: Vec<&str> = cluster.areas.iter().take(12).map(|number| area(read, *number)).collect::<Result<_>>()?;
        let more = cluster.areas.len() - names.len();
        let names = if options.extent == Extent::Time { "all".to_owned() } else { names.join(", ") };
        let when = if options.extent == Extent::Space {
            "all the time".to_owned()
        } else {
            let (from, to) = read.calendar.span(cluster.from, cluster.to);
            // A date is not broken over two lines.
            format!("{from} to {to}").replace('-', "\u{2011}")
        };
        rows.push(vec![
            number.to_string(),
            if more > 0 && options.extent != Extent::Time { format!("{names} and {more} more") } else { names },
            when,
            cluster.observed.to_string(),
            format!("{:.1}", cluster.expected),
            cluster.relative_risk.map_or_else(|| "only here".to_owned(), |risk| format!("{risk:.2} times")),
            sentence(cluster),
        ]);
    }
    parts.push("<h2>Clusters, densest first</h2>".to_owned());
    parts.push(format!(
        "<div class=\"wide\">{}</div>",
        table(&["No.", "Areas", "When", "Reports", "Expected", "As dense as the rest", "How sure"], rows.into_iter())
    ));
    if let Some(cluster) = outcome.clusters.first().filter(|_| read.calendar.len() > 1) {
        parts.push("<h2>Cluster 1 in the course of time</h2>".to_owned());
        parts.push(course(read, cluster, expected));
    }
    parts.push(how(summary, &["clusters"]));
    let details = outcome.clusters.iter().enumerate().map(|(at, cluster)| {
        vec![
            (at + 1).to_string(),
            format!("{:.3}", cluster.llr),
            format!("{:.5}", cluster.p),
            format!("{:.2}", cluster.radius),
            cluster.tied.len().to_string(),
        ]
    });
    parts.push(table(&["No.", "Log likelihood ratio", "p", "Radius", "As dense elsewhere"], details));
    Ok(page("Where and when reports cluster", LEAD, &parts))
}

/// The map: areas as large as they have reports, clusters as numbered lines round them.
fn places(read: &Read, outcome: &Outcome, expected: &[f64]) -> String {
    let flat = if read.coordinates == Coordinates::Degrees {
        let middle = |of: fn(&Place) -> f64| read.places.iter().map(of).sum::<f64>() / read.places.len().max(1) as f64;
        Flat::Degrees { longitude: middle(|place| place.second), latitude: middle(|place| place.first) }
    } else {
        Flat::Metres
    };
    let most = (0..read.names.len()).map(|at| whole(read, expected, at).0).max().unwrap_or(1).max(1) as f64;
    let mut drawn = Vec::new();
    for (at, inside) in inside(read, outcome).into_iter().enumerate() {
        let sure = inside.and_then(|number| outcome.clusters.get(number - 1)).map(|cluster| cluster.p <= 0.05);
        let class = match sure {
            None => 0,
            Some(false) => 1,
            Some(true) => 2,
        };
        let radius = 2.0 + 8.0 * (whole(read, expected, at).0 as f64 / most).sqrt();
        drawn.push(Drawn { shape: Shape::Disc(flat.metres(point(read, &read.places[at])), radius), class });
    }
    for (number, cluster) in (1_usize..).zip(&outcome.clusters) {
        let ring = outline(read, cluster).into_iter().map(|point| flat.metres(point)).collect();
        drawn.push(Drawn { shape: Shape::Outline(ring, number.to_string()), class: if cluster.p <= 0.05 { 4 } else { 3 } });
    }
    let legend = [
        (NOTHING, "an area in no cluster; larger with more reports".to_owned()),
        (WARM, "in a cluster that chance may have made".to_owned()),
        (HOT, "in a cluster beyond chance".to_owned()),
        (COLD, "round a cluster that chance may have made".to_owned()),
        (HOT, "round a cluster beyond chance".to_owned()),
    ];
    map(&drawn, &legend)
}

/// Reports of a cluster's areas in every interval as bars, what was expected as a line, its time shaded.
fn course(read: &Read, cluster: &Cluster, expected: &[f64]) -> String {
    const TALL: f64 = 180.0;
    const LEFT: f64 = 40.0;
    const WIDE: f64 = 720.0 - LEFT;
    let intervals = read.calendar.len();
    let of = |at: usize| {
        let cells = cluster.areas.iter().map(|area| *area as usize * intervals + at);
        cells.fold((0_u64, 0.0), |(cases, likely), cell| (cases + u64::from(read.cases[cell]), likely + expected[cell]))
    };
    let values: Vec<(u64, f64)> = (0..intervals).map(of).collect();
    let most = values.iter().map(|(cases, likely)| likely.max(*cases as f64)).fold(1.0, f64::max);
    let step = WIDE / intervals as f64;
    let height = |value: f64| TALL * value / most;
    let mut svg = format!(
        "<svg viewBox=\"0 0 720 {:.0}\" role=\"img\" aria-label=\"Reports in the areas of cluster 1 by time; clusters.csv has its dates\">",
        TALL + 60.0
    );
    let _ = write!(
        svg,
        "<rect x=\"{:.1}\" y=\"0\" width=\"{:.1}\" height=\"{TALL}\" fill=\"#fee8c8\"/>",
        LEFT + step * cluster.from as f64,
        step * (cluster.to - cluster.from) as f64
    );
    for (at, (cases, _)) in values.iter().enumerate() {
        let tall = height(*cases as f64);
        let _ = write!(
            svg,
            "<rect x=\"{:.1}\" y=\"{:.1}\" width=\"{:.1}\" height=\"{tall:.1}\" fill=\"{COLD}\"/>",
            LEFT + step * at as f64 + step * 0.1,
            TALL - tall,
            step * 0.8
        );
    }
    let line: Vec<String> = values
        .iter()
        .enumerate()
        .map(|(at, (_, likely))| format!("{:.1} {:.1}", LEFT + step * (at as f64 + 0.5), TALL - height(*likely)))
        .collect();
    let _ = write!(svg, "<path d=\"M{}\" fill=\"none\" stroke=\"#14213d\" stroke-width=\"2\" stroke-dasharray=\"6 3\"/>", line.join("L"));
    let (first, last) = read.calendar.span(0, intervals);
    let _ = write!(
        svg,
        "<path d=\"M{LEFT} 0V{TALL}H720\" fill=\"none\" stroke=\"#14213d\"/><text x=\"{:.0}\" y=\"12\" text-anchor=\"end\">{most:.0}</text>\
         <text x=\"{:.0}\" y=\"{TALL}\" text-anchor=\"end\">0</text><text x=\"{LEFT}\" y=\"{:.0}\">{}</text>\
         <text x=\"720\" y=\"{:.0}\" text-anchor=\"end\">{}</text>\
         <text x=\"{LEFT}\" y=\"{:.0}\">Bars: reports. Dashed line: expected. Shaded: the time of the cluster.</text></svg>",
        LEFT - 6.0,
        LEFT - 6.0,
        TALL + 18.0,
        escape(&first),
        TALL + 18.0,
        escape(&last),
        TALL + 44.0
    );
    svg
}
