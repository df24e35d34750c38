//! The days of a plan on a map, and all of it as GeoJSON.

use serde_json::{Value, json};

use plainsight_planner::{Plan, Problem, Seconds};

use super::read::moment;
use super::report::DAY;
use crate::commands::map::{Drawn, Flat, NOTHING, Shape, map};
use crate::commands::page::geojson;

/// Colours that colour-blind people tell apart (Okabe and Ito 2008); the numbers at the stops tell the same.
const TEAMS: [&str; 7] = ["#0072b2", "#d55e00", "#009e73", "#cc79a7", "#8a6d00", "#56b4e9", "#000000"];

/// Longitude and latitude of a place.
fn point(places: &[(f64, f64)], place: usize) -> Option<[f64; 2]> {
    places.get(place).map(|(north, east)| [*east, *north])
}

/// The ways of the shifts of a day: each stop with the number of its shift and its place in the order.
pub(super) fn day(problem: &Problem, places: &[(f64, f64)], plan: &Plan, day: Seconds) -> String {
    let count = places.len().max(1) as f64;
    let flat = Flat::Degrees {
        longitude: places.iter().map(|(_, east)| east).sum::<f64>() / count,
        latitude: places.iter().map(|(north, _)| north).sum::<f64>() / count,
    };
    let at = |place: usize| point(places, place).map(|point| flat.metres(point));
    let mut drawn = Vec::new();
    let mut legend = vec![(NOTHING, "could begin on this day, and is left out".to_owned())];
    let made = plan.made(problem.visits.len());
    for (visit, _) in problem.visits.iter().zip(&made).filter(|(_, made)| made.is_none()) {
        let today = visit.windows.iter().any(|window| window.from < (day + 1) * DAY && day * DAY <= window.to);
        drawn.extend(at(visit.place).filter(|_| today).map(|point| Drawn { shape: Shape::Disc(point, 4.0), class: 0 }));
    }
    let mut number = 0;
    for (shift, route) in problem.shifts.iter().zip(&plan.routes) {
        if shift.start.div_euclid(DAY) != day || route.stops.is_empty() {
            continue;
        }
        number += 1;
        let class = legend.len();
        legend.push((TEAMS[(number - 1) % TEAMS.len()], format!("{number}: {}", shift.id)));
        let stops: Vec<[f64; 2]> =
            route.stops.iter().filter_map(|stop| problem.visits.get(stop.visit)).filter_map(|visit| at(visit.place)).collect();
        let base = at(shift.base);
        let way: Vec<[f64; 2]> = base.into_iter().chain(stops.iter().copied()).chain(base).collect();
        drawn.extend(way.windows(2).map(|pair| Drawn { shape: Shape::Line(pair[0], pair[1]), class }));
        drawn.extend(base.map(|base| Drawn { shape: Shape::Disc(base, 6.0), class }));
        let letters = |order: usize| format!("{number}.{}", order + 1);
        drawn.extend(stops.into_iter().enumerate().map(|(order, stop)| Drawn { shape: Shape::Outline(vec![stop], letters(order)), class }));
    }
    if number == 0 {
        return "<p>No visit is planned on this day.</p>".to_owned();
    }
    format!("{}<p>Numbers at the stops: the shift, and the order in which it visits. A dot is its base.</p>", map(&drawn, &legend))
}

/// Visits as points, with when and by whom they are made; the way of each shift as a line.
pub(super) fn features(problem: &Problem, places: &[(f64, f64)], plan: &Plan) -> String {
    let made = plan.made(problem.visits.len());
    let mut features: Vec<Value> = Vec::new();
    for (visit, made) in problem.visits.iter().zip(&made) {
        let shift = made.and_then(|(shift, _)| problem.shifts.get(shift));
        let (from, to) = made.map(|(_, start)| (moment(start), moment(start + visit.seconds))).unzip();
        features.push(
            json!({ "type": "Feature", "geometry": { "type": "Point", "coordinates": point(places, visit.place) }, "properties": {
            "visit": visit.id, "kind": visit.kind, "made": made.is_some(), "shift": shift.map(|shift| &shift.id),
            "team": shift.map(|shift| &shift.team), "from": from, "to": to } }),
        );
    }
    for (shift, route) in problem.shifts.iter().zip(&plan.routes).filter(|(_, route)| !route.stops.is_empty()) {
        let stops = route.stops.iter().filter_map(|stop| problem.visits.get(stop.visit)).map(|visit| visit.place);
        let way: Vec<[f64; 2]> =
            std::iter::once(shift.base).chain(stops).chain([shift.base]).filter_map(|place| point(places, place)).collect();
        features.push(json!({ "type": "Feature", "geometry": { "type": "LineString", "coordinates": way }, "properties": {
            "shift": shift.id, "team": shift.team } }));
    }
    geojson(features)
}
