//! Puts the files of a scan together. What cannot be used is named with its line; the rest is counted.

use std::collections::{BTreeMap, HashMap};
use std::path::Path;

use anyhow::{Result, bail};
use jiff::civil::Date;

use plainsight_hotspots::{Census, Coordinates, Place, Stratum, expected};

use super::calendar::{Calendar, Exact, When, number};
use super::rows::{self, Holds, Row, Rows};
use crate::cli::{HotspotScan, ScanModel};

/// What is scanned.
#[derive(Debug)]
pub(super) struct Read {
    pub(super) names: Vec<String>,
    pub(super) places: Vec<Place>,
    pub(super) coordinates: Coordinates,
    pub(super) calendar: Calendar,
    /// By area and interval, area by area.
    pub(super) cases: Vec<u32>,
    /// Expected cases, in the Poisson model.
    pub(super) expected: Vec<f64>,
    /// In the Bernoulli model.
    pub(super) controls: Vec<u32>,
    /// What was allowed for.
    pub(super) covariates: Vec<String>,
    pub(super) problems: Vec<String>,
}

/// Places by name.
struct Areas {
    names: Vec<String>,
    places: Vec<Place>,
    at: HashMap<String, usize>,
    planar: bool,
}

pub(super) fn read(asked: &HotspotScan) -> Result<Read> {
    let mut problems = Vec::new();
    let areas = areas(asked, &mut problems)?;
    let mut cases = take(&asked.cases, Holds::Cases, &mut problems)?;
    let controls = match (&asked.controls, asked.model) {
        (Some(file), ScanModel::Bernoulli) => Some(take(file, Holds::Controls, &mut problems)?),
        (None, ScanModel::Bernoulli) => bail!("the Bernoulli model compares reports with controls: give them with --controls FILE"),
        (Some(_), _) => bail!("controls belong to the Bernoulli model: say --model bernoulli, or leave --controls out"),
        (None, _) => None,
    };
    let population = match (&asked.population, asked.model) {
        (Some(file), ScanModel::Poisson) => Some(take(file, Holds::Population, &mut problems)?),
        (None, ScanModel::Poisson) => bail!("the Poisson model compares reports with a population: give it with --population FILE"),
        (Some(_), _) => bail!("a population belongs to the Poisson model: say --model poisson, or leave --population out"),
        (None, _) => None,
    };
    let shared: Vec<String> = match &population {
        Some(population) => cases.covariates.iter().filter(|name| population.covariates.contains(name)).cloned().collect(),
        None => Vec::new(),
    };
    if let Some(population) = &population
        && let Some(lacking) = population.covariates.iter().find(|name| !shared.contains(name))
    {
        bail!("the population has {lacking}, and the reports do not: leave it out of the population, or add it to the reports");
    }
    let calendar = if asked.space && cases.rows.iter().all(|row| row.second.is_empty()) {
        Calendar::none()
    } else {
        calendar(asked, &cases, controls.as_ref(), &mut problems)?
    };
    let cells = areas.names.len() * calendar.len();
    let mut strata: BTreeMap<Vec<String>, Stratum> = BTreeMap::new();
    if let Some(population) = &population {
        for (key, census) in censuses(&asked.population, population, &areas, &mut problems) {
            strata.entry(key).or_insert(Stratum { cases: 0, censuses: Vec::new() }).censuses.push(census);
        }
        let peopled: std::collections::HashSet<u32> =
            strata.values().flat_map(|stratum| &stratum.censuses).filter(|census| census.people > 0.0).map(|census| census.area).collect();
        // Reports from where nobody is counted can be compared with nothing.
        let keep = |row: &Row| areas.at.get(&row.place).is_none_or(|area| peopled.contains(&(*area as u32)));
        cases.rows.retain(|row| {
            let kept = keep(row);
            if !kept {
                problems.push(format!("{} line {}: {} has no population; left out", asked.cases.display(), row.line, row.place));
            }
            kept
        });
    }
    let positions: Vec<usize> = shared.iter().filter_map(|name| cases.covariates.iter().position(|other| other == name)).collect();
    let mut counts = vec![0_u32; cells];
    count(&asked.cases, &cases, &areas, &calendar, &mut problems, |row, cell, number| {
        let key: Vec<String> = positions.iter().filter_map(|at| row.covariates.get(*at)).cloned().collect();
        if population.is_some() {
            match strata.get_mut(&key) {
                Some(stratum) => stratum.cases += u64::from(number),
                None => return Err(format!("the population has nobody who is {}", key.join(", "))),
            }
        }
        counts[cell] = counts[cell].saturating_add(number);
        Ok(())
    });
    let mut compared = Vec::new();
    if let (Some(file), Some(controls)) = (&asked.controls, &controls) {
        compared = vec![0_u32; cells];
        count(file, controls, &areas, &calendar, &mut problems, |_, cell, number| {
            compared[cell] = compared[cell].saturating_add(number);
            Ok(())
        });
    }
    let mut likely = Vec::new();
    if population.is_some() {
        let bounds: Vec<i64> = calendar.bounds.iter().map(|day| number(*day)).collect();
        let strata: Vec<Stratum> = strata.into_values().collect();
        likely = expected(areas.names.len(), &bounds, &strata)?;
    }
    Ok(Read {
        names: areas.names,
        places: areas.places,
        coordinates: if areas.planar { Coordinates::Planar } else { Coordinates::Degrees },
        calendar,
        cases: counts,
        expected: likely,
        controls: compared,
        covariates: shared,
        problems,
    })
}

/// Reads a file, and moves what is wrong with it to the others.
fn take(file: &Path, holds: Holds, problems: &mut Vec<String>) -> Result<Rows> {
    let mut rows = rows::read(file, holds)?;
    problems.append(&mut rows.problems);
    Ok(rows)
}

fn areas(asked: &HotspotScan, problems: &mut Vec<String>) -> Result<Areas> {
    let file = asked.coordinates.display();
    let rows = take(&asked.coordinates, Holds::Coordinates, problems)?;
    let planar = rows.planar.unwrap_or(asked.planar);
    let coordinates = if planar { Coordinates::Planar } else { Coordinates::Degrees };
    let mut areas = Areas { names: Vec::new(), places: Vec::new(), at: HashMap::new(), planar };
    for row in &rows.rows {
        let line = row.line;
        let (Ok(first), Ok(second)) = (row.number.parse(), row.second.parse()) else {
            problems.push(format!("{file} line {line}: {:?}, {:?} is no place; left out", row.number, row.second));
            continue;
        };
        let place = Place { first, second };
        if row.place.is_empty() || !place.valid(coordinates) {
            problems.push(format!("{file} line {line}: {:?} at {first}, {second} is no place on earth; left out", row.place));
            continue;
        }
        match areas.at.get(&row.place).and_then(|at| areas.places.get(*at)) {
            None => {
                areas.at.insert(row.place.clone(), areas.names.len());
                areas.names.push(row.place.clone());
                areas.places.push(place);
            }
            Some(before) if *before == place => problems.push(format!("{file} line {line}: {} stands there twice", row.place)),
            Some(_) => problems.push(format!("{file} line {line}: {} stands elsewhere before; that place is taken", row.place)),
        }
    }
    if areas.names.is_empty() {
        bail!("{file} has no place that can be used");
    }
    Ok(areas)
}

/// The time of the study: as asked, or from the first report to the last.
fn calendar(asked: &HotspotScan, cases: &Rows, controls: Option<&Rows>, problems: &mut Vec<String>) -> Result<Calendar> {
    let dates = || cases.rows.iter().chain(controls.iter().flat_map(|rows| &rows.rows)).filter_map(|row| When::read(&row.second));
    let typed = |text: &Option<String>| -> Result<Option<When>> {
        match text {
            Some(text) => match When::read(text) {
                Some(when) => Ok(Some(when)),
                None => bail!("{text:?} is no date: write 2026-11-27"),
            },
            None => Ok(None),
        }
    };
    let first: Option<Date> = typed(&asked.from)?.map(|when| when.first).or_else(|| dates().map(|when| when.first).min());
    let last: Option<Date> = typed(&asked.to)?.map(When::last).or_else(|| dates().map(When::last).max());
    let (Some(first), Some(last)) = (first, last) else {
        if asked.space {
            return Ok(Calendar::none());
        }
        bail!("no report has a date that can be read (2026-11-27): add them, or look at areas alone with --space");
    };
    let coarsest = dates().map(|when| when.exact).max().unwrap_or(Exact::Day);
    let usual = match coarsest {
        Exact::Day => "day",
        Exact::Month => "month",
        Exact::Year => "year",
    };
    if asked.interval.is_none() && coarsest != Exact::Day && dates().any(|when| when.exact != coarsest) {
        problems.push(format!("some dates are less exact than others: times are told apart by {usual}"));
    }
    Calendar::new(first, last, asked.interval.as_deref().unwrap_or(usual))
}

/// Populations by stratum.
fn censuses(file: &Option<std::path::PathBuf>, rows: &Rows, areas: &Areas, problems: &mut Vec<String>) -> Vec<(Vec<String>, Census)> {
    let file = file.as_deref().unwrap_or(Path::new("")).display();
    let mut read = Vec::new();
    for row in &rows.rows {
        let people = row.number.parse::<f64>().ok().filter(|people| people.is_finite() && *people >= 0.0);
        // Without a date it is the same all the time.
        let day = if row.second.is_empty() { Some(0) } else { When::read(&row.second).map(|when| number(when.middle())) };
        match (areas.at.get(&row.place), people, day) {
            (Some(area), Some(people), Some(day)) => {
                read.push((row.covariates.clone(), Census { area: *area as u32, day, people }));
            }
            (None, ..) => problems.push(format!("{file} line {}: {:?} has no coordinates; left out", row.line, row.place)),
            (_, None, _) => problems.push(format!("{file} line {}: {:?} is no number of people; left out", row.line, row.number)),
            (.., None) => problems.push(format!("{file} line {}: {:?} is no date; left out", row.line, row.second)),
        }
    }
    read
}

/// Calls `add` with the cell and number of every row that can be counted.
fn count(
    file: &Path,
    rows: &Rows,
    areas: &Areas,
    calendar: &Calendar,
    problems: &mut Vec<String>,
    mut add: impl FnMut(&Row, usize, u32) -> Result<(), String>,
) {
    for row in &rows.rows {
        let counted = || -> Result<(usize, u32), String> {
            let area = areas.at.get(&row.place).ok_or_else(|| format!("{:?} has no coordinates", row.place))?;
            let number = row.number.parse::<u32>().map_err(|_| format!("{:?} is no count: write a whole number, 0 or more", row.number))?;
            let interval = if calendar.len() == 1 && row.second.is_empty() {
                0
            } else {
                let when = When::read(&row.second).ok_or_else(|| format!("{:?} is no date", row.second))?;
                calendar.find(when).map_err(|why| format!("{}: {why}", row.second))?
            };
            Ok((area * calendar.len() + interval, number))
        };
        if let Err(why) = counted().and_then(|(cell, number)| add(row, cell, number)) {
            problems.push(format!("{} line {}: {why}; left out", file.display(), row.line));
        }
    }
}
