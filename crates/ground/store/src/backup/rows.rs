//! The file of rows: what `COPY` writes for each table, in PostgreSQL's text format, under a line that names table and columns.
//! `psql` could read it, and so can a person.
//!
//! ```text
//! -- plainsight rows 1
//! COPY "site_values" ("organisation", "name", "value") FROM stdin;
//! 5d2f...<tab>operator name<tab>Westmere Helpline
//! \.
//! ```

use std::io::{self, BufRead};
use std::path::Path;

use super::BackupError;
use super::manifest::named;

/// The first line.
pub(super) const FIRST: &str = "-- plainsight rows 1";
/// The line below the last row of a table: no row can look like it.
pub(super) const END: &str = "\\.";
/// No row is longer: a report with all its papers apart is far below.
const LONGEST: u64 = 1 << 28;

/// A table and its columns, in the order of their values.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Heading {
    pub(super) table: String,
    pub(super) columns: Vec<String>,
}

impl Heading {
    fn columns(&self) -> String {
        self.columns.iter().map(|column| format!("\"{column}\"")).collect::<Vec<_>>().join(", ")
    }

    fn quoted(&self) -> String {
        format!("\"{}\" ({})", self.table, self.columns())
    }

    pub(super) fn to_line(&self) -> String {
        format!("COPY {} FROM stdin;", self.quoted())
    }

    /// The statement that takes the rows in.
    pub(super) fn copy_in(&self) -> String {
        format!("COPY {} FROM STDIN", self.quoted())
    }

    /// The statement that gives the rows out.
    pub(super) fn copy_out(&self, schema: &str) -> String {
        format!("COPY (SELECT {} FROM \"{schema}\".\"{}\") TO STDOUT", self.columns(), self.table)
    }

    fn parse(line: &[u8]) -> Option<Self> {
        let line = std::str::from_utf8(line).ok()?;
        let (table, columns) = line.strip_prefix("COPY \"")?.strip_suffix("\") FROM stdin;")?.split_once("\" (\"")?;
        let columns: Vec<String> = columns.split("\", \"").map(str::to_owned).collect();
        (named(table, "") && columns.iter().all(|column| named(column, ""))).then(|| Self { table: table.to_owned(), columns })
    }
}

/// What stands next in a file of rows.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Line {
    Heading(Heading),
    /// A row, with the end of its line.
    Row(Vec<u8>),
    /// The table is at its end.
    End,
}

/// Reads a file of rows, line by line.
pub(super) struct Reader<'a, R> {
    path: &'a Path,
    input: R,
    line: u64,
    inside: bool,
}

impl<'a, R: BufRead> Reader<'a, R> {
    pub(super) fn new(path: &'a Path, input: R) -> Result<Self, BackupError> {
        let mut reader = Self { path, input, line: 0, inside: false };
        let first = reader.read()?;
        if first.as_deref() == Some(format!("{FIRST}\n").as_bytes()) { Ok(reader) } else { Err(reader.wrong()) }
    }

    pub(super) fn wrong(&self) -> BackupError {
        BackupError::Format { path: self.path.to_owned(), line: self.line }
    }

    /// What was read from.
    pub(super) fn into_inner(self) -> R {
        self.input
    }

    fn read(&mut self) -> Result<Option<Vec<u8>>, BackupError> {
        let mut line = Vec::new();
        self.line += 1;
        io::Read::take(&mut self.input, LONGEST).read_until(b'\n', &mut line).map_err(BackupError::file(self.path))?;
        match line.last() {
            None => Ok(None),
            Some(b'\n') => Ok(Some(line)),
            Some(_) => Err(self.wrong()),
        }
    }

    /// The next line; nothing at the end of the file.
    pub(super) fn next(&mut self) -> Result<Option<Line>, BackupError> {
        let Some(line) = self.read()? else { return if self.inside { Err(self.wrong()) } else { Ok(None) } };
        let text = line.strip_suffix(b"\n").unwrap_or(&line);
        if !self.inside {
            let heading = Heading::parse(text).ok_or_else(|| self.wrong())?;
            self.inside = true;
            return Ok(Some(Line::Heading(heading)));
        }
        if text == END.as_bytes() {
            self.inside = false;
            return Ok(Some(Line::End));
        }
        Ok(Some(Line::Row(line)))
    }
}
