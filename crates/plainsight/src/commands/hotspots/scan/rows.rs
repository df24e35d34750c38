//! Rows of a scan's files: tables with headings, or SaTScan's files of columns between spaces.

use std::path::Path;

use anyhow::{Context, Result, bail};

use crate::commands::source::Source;

/// Which file it is; says what its columns are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Holds {
    Cases,
    Controls,
    Population,
    Coordinates,
}

/// A row that names a place.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Row {
    pub(super) line: u64,
    pub(super) place: String,
    /// The count, the population, or the first coordinate.
    pub(super) number: String,
    /// The date, or the second coordinate.
    pub(super) second: String,
    pub(super) covariates: Vec<String>,
}

/// What was read of a file.
#[derive(Debug, Default)]
pub(super) struct Rows {
    pub(super) rows: Vec<Row>,
    /// Headings of covariates; numbers where the file has no headings.
    pub(super) covariates: Vec<String>,
    /// Whether coordinates are those of a plane, where the headings say.
    pub(super) planar: Option<bool>,
    pub(super) problems: Vec<String>,
}

/// Reads a file: a table that names its columns, or one of SaTScan's.
pub(super) fn read(file: &Path, holds: Holds) -> Result<Rows> {
    let source = Source::open(file)?;
    let place = ["place", "area", "location"].iter().find_map(|name| source.find(name));
    // SaTScan's files have no headings: what stands second in the first line is a number.
    let first: Vec<&str> = source.headings().iter().flat_map(|heading| heading.split_whitespace()).collect();
    match place {
        Some(place) => table(source, place, holds),
        None if first.get(1).is_some_and(|second| second.parse::<f64>().is_ok()) => {
            let text = std::fs::read(file).with_context(|| format!("could not read {}", file.display()))?;
            satscan(&String::from_utf8_lossy(&text), file, holds)
        }
        None => bail!("{} has no column `place`; it has: {}", file.display(), source.headings().join(", ")),
    }
}

fn table(mut source: Source, place: usize, holds: Holds) -> Result<Rows> {
    let file = source.file().display().to_string();
    let headings = source.headings().to_vec();
    let any = |names: &[&str]| names.iter().find_map(|name| headings.iter().position(|heading| heading.eq_ignore_ascii_case(name)));
    let needed =
        |at: Option<usize>, name: &str| at.with_context(|| format!("{file} has no column `{name}`; it has: {}", headings.join(", ")));
    let mut read = Rows::default();
    let date = any(&["date", "day", "month", "year"]);
    let (number, second) = match holds {
        Holds::Cases | Holds::Controls => (any(&["count", "cases", "controls", "reports"]), date),
        Holds::Population => (Some(needed(any(&["population", "people", "premises"]), "population")?), date),
        Holds::Coordinates => match (any(&["latitude"]), any(&["longitude"]), any(&["x"]), any(&["y"])) {
            (Some(latitude), Some(longitude), ..) => {
                read.planar = Some(false);
                (Some(latitude), Some(longitude))
            }
            (_, _, Some(x), Some(y)) => {
                read.planar = Some(true);
                (Some(x), Some(y))
            }
            _ => bail!("{file} has neither `latitude` and `longitude` nor `x` and `y`; it has: {}", headings.join(", ")),
        },
    };
    let mut covariates = Vec::new();
    if holds != Holds::Coordinates {
        for (at, heading) in headings.iter().enumerate().filter(|(at, _)| ![Some(place), number, second].contains(&Some(*at))) {
            // No hotspot depends on who people are.
            if plainsight_linkage::refused(heading) {
                read.problems.push(format!("{file}: the column {heading} is never used"));
            } else {
                covariates.push(at);
                read.covariates.push(heading.clone());
            }
        }
    }
    while source.next()? {
        let cell = |at: Option<usize>| source.cell(at).trim().to_owned();
        let number = if number.is_some() { cell(number) } else { "1".to_owned() };
        let row = Row {
            line: source.line(),
            place: cell(Some(place)),
            number,
            second: cell(second),
            covariates: covariates.iter().map(|at| cell(Some(*at))).collect(),
        };
        read.rows.push(row);
    }
    read.problems.extend(source.problems());
    Ok(read)
}

/// SaTScan's files: place, count, date and covariates; of a population place, date and people; of coordinates place and two numbers.
pub(super) fn satscan(text: &str, file: &Path, holds: Holds) -> Result<Rows> {
    let mut read = Rows::default();
    let least = match holds {
        Holds::Cases | Holds::Controls => 2,
        Holds::Population | Holds::Coordinates => 3,
    };
    let mut widths: Vec<usize> = Vec::new();
    for (line, text) in (1_u64..).zip(text.lines()) {
        let cells: Vec<&str> = text.split_whitespace().collect();
        if cells.is_empty() || text.trim_start().starts_with("//") {
            continue;
        }
        if cells.len() < least {
            read.problems.push(format!("{} line {line}: {} columns, and {least} are needed; left out", file.display(), cells.len()));
            continue;
        }
        let cell = |at: usize| cells.get(at).copied().unwrap_or_default().to_owned();
        let (number, second) = if holds == Holds::Population { (cell(2), cell(1)) } else { (cell(1), cell(2)) };
        let covariates =
            if holds == Holds::Coordinates { Vec::new() } else { cells.iter().skip(3).map(|cell| (*cell).to_owned()).collect() };
        widths.push(covariates.len());
        read.rows.push(Row { line, place: cell(0), number, second, covariates });
    }
    // The most common number of columns is meant; rows with another are told.
    let usual = widths.iter().max_by_key(|width| widths.iter().filter(|other| other == width).count()).copied().unwrap_or(0);
    read.rows.retain(|row| {
        let fits = row.covariates.len() == usual;
        if !fits {
            let problem = "other columns than in most rows; left out";
            read.problems.push(format!("{} line {}: {problem}", file.display(), row.line));
        }
        fits
    });
    read.covariates = (1..=usual).map(|number| format!("covariate {number}")).collect();
    if read.rows.is_empty() {
        bail!("{} has no row that can be used", file.display());
    }
    Ok(read)
}
