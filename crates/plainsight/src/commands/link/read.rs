//! Reads the files of a linkage: the columns that are compared, the numbers of the records, and the truth where there is one.

use std::borrow::Cow;
use std::collections::HashMap;
use std::fs::File;
use std::io::{BufRead as _, BufReader, Read as _, Seek as _};
use std::ops::Range;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use parquet::file::reader::{FileReader as _, SerializedFileReader};
use parquet::record::Field;
use parquet::record::reader::RowIter;

use plainsight_linkage::{ColumnSpec, Table, TableBuilder, refused};

use crate::cli::LinkHow;

/// Headings of columns that only number records or say where they are from.
const NUMBERS: [&str; 11] =
    ["id", "uniqueid", "recordid", "recid", "rowid", "source", "sourcedataset", "cluster", "nr", "nrcrt", "recordnumber"];

/// The records of one or two files.
pub(super) struct Records {
    pub(super) table: Table,
    /// The numbers of the records as their files have them.
    pub(super) ids: Texts,
    pub(super) truth: Vec<String>,
    pub(super) slices: Vec<String>,
    /// Columns that are not compared.
    pub(super) left_out: Vec<String>,
    pub(super) problems: Vec<String>,
    /// How many records the first file has.
    pub(super) of_first: usize,
}

impl Records {
    /// The number of a record as its file has it.
    pub(super) fn id(&self, row: u32) -> &str {
        self.ids.get(row as usize)
    }
}

/// Many short texts, one after the other: a million of them are one piece of memory.
#[derive(Default)]
pub(super) struct Texts {
    all: String,
    ends: Vec<usize>,
}

impl Texts {
    pub(super) fn push(&mut self, text: &str) {
        self.all.push_str(text);
        self.ends.push(self.all.len());
    }

    /// Where each text stands, of those in a range.
    pub(super) fn rows(&self, range: Range<usize>) -> HashMap<&str, u32> {
        range.map(|at| (self.get(at), at as u32)).collect()
    }

    pub(super) fn len(&self) -> usize {
        self.ends.len()
    }

    pub(super) fn get(&self, at: usize) -> &str {
        let begin = at.checked_sub(1).and_then(|before| self.ends.get(before)).copied().unwrap_or_default();
        self.ends.get(at).and_then(|end| self.all.get(begin..*end)).unwrap_or_default()
    }
}

/// A file of records, read row by row; what is wrong with a row is remembered, and the others are read.
pub(super) struct Source {
    file: PathBuf,
    rows: Rows,
    headings: Vec<String>,
    /// The row that was read last, counted as a person does: the headings are row 1.
    row: u64,
    problems: Vec<String>,
}

/// How a file is written: CSV with a line of headings, or Parquet.
enum Rows {
    Csv { reader: csv::Reader<BufReader<File>>, record: csv::ByteRecord },
    Parquet { rows: RowIter<'static>, cells: Vec<String> },
}

impl Source {
    pub(super) fn open(file: &Path) -> Result<Self> {
        let mut opened = File::open(file).with_context(|| format!("could not read {}", file.display()))?;
        let mut begin = [0; 4];
        let read = opened.read(&mut begin).with_context(|| format!("could not read {}", file.display()))?;
        let begin = begin.get(..read).unwrap_or_default();
        let parquet = begin == b"PAR1";
        opened.rewind().with_context(|| format!("could not read {}", file.display()))?;
        let (rows, headings) = if parquet {
            let reader = SerializedFileReader::new(opened).with_context(|| format!("{} is damaged", file.display()))?;
            let columns = reader.metadata().file_metadata().schema_descr().root_schema().get_fields();
            let headings = columns.iter().map(|column| column.name().to_owned()).collect();
            (Rows::Parquet { rows: reader.into_iter(), cells: Vec::new() }, headings)
        } else {
            if begin.starts_with(&[0xff, 0xfe]) || begin.starts_with(&[0xfe, 0xff]) || begin.contains(&0) {
                bail!("{} is written in UTF-16: save it as CSV in UTF-8, then give it again", file.display());
            }
            let mut opened = BufReader::new(opened);
            let delimiter = delimiter(opened.fill_buf().with_context(|| format!("could not read {}", file.display()))?);
            let mut reader = csv::ReaderBuilder::new().flexible(true).trim(csv::Trim::All).delimiter(delimiter).from_reader(opened);
            let headings = reader
                .byte_headers()
                .with_context(|| format!("{} has no line of headings", file.display()))?
                .iter()
                .map(|heading| String::from_utf8_lossy(heading).trim_start_matches('\u{feff}').trim().to_owned())
                .collect();
            (Rows::Csv { reader, record: csv::ByteRecord::new() }, headings)
        };
        let headings: Vec<String> = headings;
        if headings.iter().all(String::is_empty) {
            bail!("{} is empty: its first line must be headings", file.display());
        }
        Ok(Self { file: file.to_owned(), rows, headings, row: 1, problems: Vec::new() })
    }

    /// Where a column stands.
    pub(super) fn find(&self, name: &str) -> Option<usize> {
        self.headings.iter().position(|heading| heading == name)
    }

    /// Reads the next row; false at the end.
    pub(super) fn next(&mut self) -> Result<bool> {
        let file = self.file.display();
        loop {
            self.row += 1;
            let row = self.row;
            match &mut self.rows {
                Rows::Csv { reader, record } => match reader.read_byte_record(record) {
                    Ok(true) if never_closed(record, self.headings.len()) => {
                        // The quote may have swallowed every row that follows: go on with the line after the one it stands in.
                        let next = line_after(&self.file, record.position().map_or(0, csv::Position::byte))?;
                        reader.seek(next).with_context(|| format!("could not read {file} to its end"))?;
                        self.problems.push(format!("{file} row {row}: a quote is opened and not closed; the row was left out"));
                    }
                    Ok(true) => {
                        let (cells, wanted) = (record.len(), self.headings.len());
                        if cells != wanted {
                            self.problems.push(format!("{file} row {row}: {cells} cells, and the headings are {wanted}"));
                        }
                        if std::str::from_utf8(record.as_slice()).is_err() {
                            self.problems.push(format!("{file} row {row}: not written in UTF-8; save the file as UTF-8"));
                        }
                        return Ok(true);
                    }
                    Ok(false) => return Ok(false),
                    Err(error) if error.is_io_error() => {
                        return Err(error).with_context(|| format!("could not read {file} to its end"));
                    }
                    Err(error) => self.problems.push(format!("{file} row {row}: {error}")),
                },
                Rows::Parquet { rows, cells } => match rows.next() {
                    Some(record) => {
                        let record = record.with_context(|| format!("could not read {file} to its end: row {row} is damaged"))?;
                        *cells = record.get_column_iter().map(|(_, field)| written(field)).collect();
                        return Ok(true);
                    }
                    None => return Ok(false),
                },
            }
        }
    }

    /// A cell of the row that was read last.
    pub(super) fn cell(&self, at: Option<usize>) -> Cow<'_, str> {
        match &self.rows {
            Rows::Csv { record, .. } => String::from_utf8_lossy(at.and_then(|at| record.get(at)).unwrap_or_default()),
            Rows::Parquet { cells, .. } => Cow::Borrowed(at.and_then(|at| cells.get(at)).map_or("", String::as_str)),
        }
    }

    pub(super) fn row(&self) -> u64 {
        self.row
    }

    /// What was wrong with its rows.
    pub(super) fn problems(self) -> Vec<String> {
        self.problems
    }
}

/// Whether a row runs over several lines as only a quote makes it that nobody closed: with other cells than the headings, or over
/// very many lines.
fn never_closed(record: &csv::ByteRecord, wanted: usize) -> bool {
    const MOST_LINES: usize = 1000;
    let lines = record.as_slice().iter().filter(|byte| **byte == b'\n').count();
    lines > 0 && (record.len() != wanted || lines > MOST_LINES)
}

/// The place of the line after the one that a byte lies in.
fn line_after(file: &Path, byte: u64) -> Result<csv::Position> {
    let mut opened = File::open(file).with_context(|| format!("could not read {}", file.display()))?;
    opened.seek(std::io::SeekFrom::Start(byte))?;
    let mut line = Vec::new();
    let long = BufReader::new(opened).read_until(b'\n', &mut line)?;
    let mut next = csv::Position::new();
    next.set_byte(byte + long as u64);
    Ok(next)
}

/// What stands between the headings: many spreadsheets write semicolons or tabs.
fn delimiter(begin: &[u8]) -> u8 {
    let line = begin.split(|byte| *byte == b'\n').next().unwrap_or_default();
    let count = |delimiter: u8| {
        let mut quoted = false;
        let outside = line.iter().filter(|byte| {
            quoted ^= **byte == b'"';
            !quoted && **byte == delimiter
        });
        outside.count()
    };
    // Of equal counts the first, which is the comma.
    [b'|', b'\t', b';', b','].into_iter().max_by_key(|delimiter| count(*delimiter)).unwrap_or(b',')
}

/// A cell of Parquet as a CSV file would have it.
fn written(field: &Field) -> String {
    match field {
        Field::Null => String::new(),
        Field::Str(text) => text.trim().to_owned(),
        Field::Date(days) => {
            let day = time::OffsetDateTime::UNIX_EPOCH.date().checked_add(time::Duration::days(i64::from(*days)));
            day.map_or_else(String::new, |day| day.to_string())
        }
        // A number of a telephone or an age, as some programs keep it.
        Field::Float(number) if number.fract() == 0.0 => format!("{number:.0}"),
        Field::Double(number) if number.fract() == 0.0 => format!("{number:.0}"),
        Field::TimestampMillis(millis) => day_of(*millis / 1000),
        Field::TimestampMicros(micros) => day_of(*micros / 1_000_000),
        other => other.to_string(),
    }
}

/// The day of a moment, in seconds since 1970.
fn day_of(seconds: i64) -> String {
    time::OffsetDateTime::from_unix_timestamp(seconds).map_or_else(|_| String::new(), |moment| moment.date().to_string())
}

pub(super) fn records(files: &[&Path], how: &LinkHow, threads: usize) -> Result<Records> {
    let mut sources: Vec<Source> = files.iter().map(|file| Source::open(file)).collect::<Result<_>>()?;
    let columns = columns(&sources, how)?;
    let specs: Vec<ColumnSpec> = columns.iter().map(|name| ColumnSpec::guessed(name)).collect();
    let mut builder = TableBuilder::new(&specs, threads)?;
    let left_out = sources.iter().flat_map(|source| &source.headings).filter(|heading| !columns.contains(heading)).cloned();
    let mut left_out: Vec<String> = left_out.collect();
    left_out.sort();
    left_out.dedup();
    let (mut ids, mut truth, mut slices) = (Texts::default(), Vec::new(), Vec::new());
    // Where each record is from, for what is told of its cells.
    let mut places: Vec<(u16, u64)> = Vec::new();
    for (number, source) in (0_u16..).zip(&mut sources) {
        let wanted: Vec<Option<usize>> = columns.iter().map(|name| source.find(name)).collect();
        let find = |name: &Option<String>| name.as_ref().and_then(|name| source.find(name));
        let (id_at, truth_at, slice_at) = (find(&how.id), find(&how.truth), find(&how.slice));
        while source.next()? {
            if id_at.is_some() {
                ids.push(&source.cell(id_at));
            } else if files.len() > 1 {
                ids.push(&format!("{}:{}", number + 1, source.row()));
            } else {
                ids.push(&source.row().to_string());
            }
            let cells: Vec<Cow<'_, str>> = wanted.iter().map(|at| source.cell(*at)).collect();
            builder.push(number, cells.iter().map(Cow::as_ref))?;
            places.push((number, source.row()));
            if how.truth.is_some() {
                truth.push(source.cell(truth_at).into_owned());
                slices.push(source.cell(slice_at).into_owned());
            }
        }
    }
    if let Some(name) = &how.id {
        no_number_twice(&ids, &places, files, name)?;
    }
    let (table, bad) = builder.finish();
    let mut problems: Vec<String> = sources.into_iter().flat_map(Source::problems).collect();
    for cell in bad {
        let (file, row) = places.get(cell.row).copied().unwrap_or_default();
        let file = files.get(usize::from(file)).map(|file| file.display().to_string()).unwrap_or_default();
        problems.push(format!("{file} row {row}, {}: {}; it counts as missing", cell.column, cell.why));
    }
    let of_first = places.iter().take_while(|(file, _)| *file == 0).count();
    Ok(Records { table, ids, truth, slices, left_out, problems, of_first })
}

fn no_number_twice(ids: &Texts, places: &[(u16, u64)], files: &[&Path], name: &str) -> Result<()> {
    let mut seen: HashMap<(u16, &str), u64> = HashMap::with_capacity(places.len());
    for (at, (file, row)) in places.iter().enumerate() {
        let id = ids.get(at);
        if let Some(before) = seen.insert((*file, id), *row) {
            let file = files.get(usize::from(*file)).map(|file| file.display().to_string()).unwrap_or_default();
            bail!("{file} rows {before} and {row} have the same {name}: {id:?}. Give every record its own, or leave --id out");
        }
    }
    Ok(())
}

/// The columns that are compared: those that every file has, without those that only number records, may never count, or were left
/// out.
pub(super) fn columns(sources: &[Source], how: &LinkHow) -> Result<Vec<String>> {
    for name in how.leave_out.iter().chain(&how.id).chain(&how.truth).chain(&how.slice) {
        for source in sources {
            if source.find(name).is_none() {
                bail!("{} has no column {name:?}; it has: {}", source.file.display(), source.headings.join(", "));
            }
        }
    }
    let Some(first) = sources.first() else { bail!("no file") };
    let aside: Vec<&String> = how.leave_out.iter().chain(&how.id).chain(&how.truth).chain(&how.slice).collect();
    let plain = |heading: &str| heading.to_lowercase().chars().filter(|sign| sign.is_alphanumeric()).collect::<String>();
    let everywhere = |heading: &&String| sources.iter().all(|source| source.find(heading).is_some());
    let columns: Vec<String> = first
        .headings
        .iter()
        .filter(everywhere)
        .filter(|heading| !aside.contains(heading) && !refused(heading) && !NUMBERS.contains(&plain(heading).as_str()))
        .cloned()
        .collect();
    if columns.is_empty() {
        let others: Vec<String> =
            sources.iter().map(|source| format!("{}: {}", source.file.display(), source.headings.join(", "))).collect();
        match sources {
            [_] => bail!("there is no column to compare; the headings are {}", others.join("; ")),
            _ => bail!("there is no column to compare that both files have; the headings are {}", others.join("; ")),
        }
    }
    Ok(columns)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_between_headings_is_found() {
        for (line, wanted) in [
            ("a,b,c\n1;2;3;4;5", b','),
            ("nume;prenume;\"data, locul\"\n", b';'),
            ("one\ttwo", b'\t'),
            ("a|b", b'|'),
            ("name", b','),
            ("", b','),
        ] {
            assert_eq!(delimiter(line.as_bytes()), wanted, "{line}");
        }
    }
}
