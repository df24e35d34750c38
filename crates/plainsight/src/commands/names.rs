//! `plainsight names search`: a name in a file, however it is spelt.

use std::borrow::Cow;
use std::fs::File;
use std::io::{BufRead, BufReader, IsTerminal, Write};
use std::path::Path;
use std::process::ExitCode;

use anyhow::{Context, Result, bail};
use serde::Serialize;

use plainsight_names::NameIndex;

use crate::cli::Search;
use crate::commands::source::Source;
use crate::{remark, say};

/// Headings that say a column holds a part of a name, beside those that linkage knows; without capitals, spaces and underscores.
const HEADINGS: [&str; 6] = ["middlename", "middlenames", "secondname", "alias", "othernames", "knownas"];

/// So many wrong rows are named one by one.
const NAMED: usize = 5;

/// A name that was found, and the rows of the file that hold it.
#[derive(Serialize)]
struct Found<'a> {
    likeness: f64,
    name: &'a str,
    rows: &'a [u64],
}

#[derive(Serialize)]
struct Answer<'a> {
    query: &'a str,
    columns: &'a [String],
    rows: u64,
    names: usize,
    /// Rows that could not be read, and what of others could not.
    problems: &'a [String],
    hits: Vec<Found<'a>>,
}

/// A file of names, read.
struct Names {
    index: NameIndex,
    /// Of each name, the rows that hold it.
    rows: Vec<Vec<u64>>,
    columns: Vec<String>,
    count: u64,
    problems: Vec<String>,
}

impl Names {
    fn add(&mut self, row: u64, name: &str) -> Result<()> {
        let number = self.index.add(name)? as usize;
        if self.rows.len() <= number {
            self.rows.resize(number + 1, Vec::new());
        }
        if let Some(rows) = self.rows.get_mut(number) {
            rows.push(row);
        }
        self.count += 1;
        Ok(())
    }
}

pub(crate) fn search(command: &Search) -> Result<ExitCode> {
    if command.query.trim().is_empty() {
        bail!("there is nothing to look for: give a name with --query");
    }
    let names = read(&command.file, &command.columns)?;
    let hits: Vec<Found<'_>> = names
        .index
        .search(&command.query, command.most)
        .into_iter()
        .map(|hit| Found {
            likeness: (hit.likeness * 1000.0).round() / 1000.0,
            name: hit.written,
            rows: names.rows.get(hit.name as usize).map_or(&[], Vec::as_slice),
        })
        .collect();
    if command.json {
        let answer = Answer {
            query: &command.query,
            columns: &names.columns,
            rows: names.count,
            names: names.index.len(),
            problems: &names.problems,
            hits,
        };
        say(serde_json::to_string_pretty(&answer)?);
        return Ok(ExitCode::SUCCESS);
    }
    for problem in names.problems.iter().take(NAMED) {
        remark(problem);
    }
    if names.problems.len() > NAMED {
        remark(format_args!("and {} more", names.problems.len() - NAMED));
    }
    if hits.is_empty() {
        say(format_args!("no name like {:?} among {} names in {} rows", command.query, names.index.len(), names.count));
    }
    for hit in hits {
        let shown: Vec<String> = hit.rows.iter().take(8).map(u64::to_string).collect();
        let more = if hit.rows.len() > 8 { format!(" and {} more", hit.rows.len() - 8) } else { String::new() };
        say(format_args!("{:.2}  {}  (row {}{more})", hit.likeness, hit.name, shown.join(", ")));
    }
    Ok(ExitCode::SUCCESS)
}

/// Reads the names of a file; a row that cannot be read is told with its number, and the others are there.
fn read(file: &Path, wanted: &[String]) -> Result<Names> {
    let mut names = Names { index: NameIndex::default(), rows: Vec::new(), columns: Vec::new(), count: 0, problems: Vec::new() };
    let bar = Bar::new();
    if file.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("txt")) {
        let opened = File::open(file).with_context(|| format!("could not read {}", file.display()))?;
        if !wanted.is_empty() {
            bail!("{} is a text file with one name a line: it has no columns", file.display());
        }
        for (row, line) in (1..).zip(BufReader::new(opened).split(b'\n')) {
            let line = line.with_context(|| format!("could not read {} to its end", file.display()))?;
            if !line.trim_ascii().is_empty() {
                let name = text(&line, row, &mut names.problems);
                names.add(row, name.trim())?;
            }
            bar.tell(row);
        }
        return Ok(names);
    }
    let mut source = Source::open(file)?;
    let columns = columns(file, source.headings(), wanted)?;
    names.columns = columns.iter().filter_map(|at| source.headings().get(*at).cloned()).collect();
    while source.next()? {
        bar.tell(source.row());
        let cells: Vec<Cow<'_, str>> = columns.iter().map(|at| source.cell(Some(*at))).filter(|cell| !cell.trim().is_empty()).collect();
        names.add(source.row(), &cells.join(" "))?;
    }
    names.problems = source.problems();
    Ok(names)
}

/// The text of a line; what is no UTF-8 is read as far as it goes, and told.
fn text(cell: &[u8], row: u64, problems: &mut Vec<String>) -> String {
    if std::str::from_utf8(cell).is_err() {
        problems.push(format!("row {row}: a name is not written in UTF-8; save the file as UTF-8"));
    }
    String::from_utf8_lossy(cell).into_owned()
}

/// Which columns hold the name.
fn columns(file: &Path, headings: &[String], wanted: &[String]) -> Result<Vec<usize>> {
    let there = || headings.join(", ");
    if !wanted.is_empty() {
        let find = |name: &String| {
            let at = headings.iter().position(|heading| heading == name);
            at.with_context(|| format!("{} has no column {name:?}; it has: {}", file.display(), there()))
        };
        return wanted.iter().map(find).collect();
    }
    let plain = |heading: &str| heading.to_lowercase().replace([' ', '_', '-'], "");
    let says = |heading: &String| HEADINGS.contains(&plain(heading).as_str()) || plainsight_linkage::guess(heading).is_name();
    let found: Vec<usize> = (0..headings.len()).filter(|at| headings.get(*at).is_some_and(says)).collect();
    match found.as_slice() {
        [] if headings.len() == 1 => Ok(vec![0]),
        [] => bail!("no heading of {} says that it holds names: name them with --column; there are: {}", file.display(), there()),
        _ => Ok(found),
    }
}

/// A line on the terminal that says how far reading is; nothing where nobody looks.
struct Bar {
    shown: bool,
}

impl Bar {
    fn new() -> Self {
        Self { shown: std::io::stderr().is_terminal() }
    }

    fn tell(&self, done: u64) {
        if self.shown && done.is_multiple_of(100_000) {
            let _ = write!(std::io::stderr(), "\r{done} rows read ");
        }
    }
}
