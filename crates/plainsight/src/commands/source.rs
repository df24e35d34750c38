//! A file of rows with headings, CSV or Parquet, as every command reads one: what is wrong with a row is told with its number,
//! and the others are read.

use std::borrow::Cow;
use std::fs::File;
use std::io::{BufRead as _, BufReader, Read as _, Seek as _};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use parquet::file::reader::{FileReader as _, SerializedFileReader};
use parquet::record::Field;
use parquet::record::reader::RowIter;

/// A file of records, read row by row; what is wrong with a row is remembered, and the others are read.
pub(crate) struct Source {
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
    pub(crate) fn open(file: &Path) -> Result<Self> {
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

    pub(crate) fn file(&self) -> &Path {
        &self.file
    }

    pub(crate) fn headings(&self) -> &[String] {
        &self.headings
    }

    /// Where a column stands.
    pub(crate) fn find(&self, name: &str) -> Option<usize> {
        self.headings.iter().position(|heading| heading == name)
    }

    /// Reads the next row; false at the end.
    pub(crate) fn next(&mut self) -> Result<bool> {
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
    pub(crate) fn cell(&self, at: Option<usize>) -> Cow<'_, str> {
        match &self.rows {
            Rows::Csv { record, .. } => String::from_utf8_lossy(at.and_then(|at| record.get(at)).unwrap_or_default()),
            Rows::Parquet { cells, .. } => Cow::Borrowed(at.and_then(|at| cells.get(at)).map_or("", String::as_str)),
        }
    }

    pub(crate) fn row(&self) -> u64 {
        self.row
    }

    /// The line of the file that the row begins at; rows with quoted cells may fill several.
    pub(crate) fn line(&self) -> u64 {
        match &self.rows {
            Rows::Csv { record, .. } => record.position().map_or(self.row, csv::Position::line),
            Rows::Parquet { .. } => self.row,
        }
    }

    /// The row that was read last cannot be used, or not whole.
    pub(crate) fn complain(&mut self, problem: String) {
        self.problems.push(problem);
    }

    /// What was wrong with its rows.
    pub(crate) fn problems(self) -> Vec<String> {
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
