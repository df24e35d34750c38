//! Reads the files of a linkage: the columns that are compared, the numbers of the records, and the truth where there is one.

use std::borrow::Cow;
use std::collections::HashMap;
use std::fs::File;
use std::io::BufReader;
use std::path::Path;

use anyhow::{Context, Result, bail};

use plainsight_linkage::{ColumnSpec, Table, TableBuilder, refused};

use crate::cli::LinkHow;

/// Headings of columns that only number records or say where they are from.
const NUMBERS: [&str; 8] = ["id", "uniqueid", "recordid", "recid", "rowid", "source", "sourcedataset", "cluster"];

/// The records of one or two files.
pub(super) struct Records {
    pub(super) table: Table,
    /// The numbers of the records as their files have them.
    ids: Texts,
    pub(super) truth: Vec<String>,
    pub(super) slices: Vec<String>,
    /// Columns that are not compared.
    pub(super) left_out: Vec<String>,
    pub(super) problems: Vec<String>,
}

impl Records {
    /// The number of a record as its file has it.
    pub(super) fn id(&self, row: u32) -> &str {
        self.ids.get(row as usize)
    }
}

/// Many short texts, one after the other: a million of them are one piece of memory.
#[derive(Default)]
struct Texts {
    all: String,
    ends: Vec<usize>,
}

impl Texts {
    fn push(&mut self, text: &str) {
        self.all.push_str(text);
        self.ends.push(self.all.len());
    }

    fn get(&self, at: usize) -> &str {
        let begin = at.checked_sub(1).and_then(|before| self.ends.get(before)).copied().unwrap_or_default();
        self.ends.get(at).and_then(|end| self.all.get(begin..*end)).unwrap_or_default()
    }
}

type Reader = csv::Reader<BufReader<File>>;

pub(super) fn records(files: &[&Path], how: &LinkHow, threads: usize) -> Result<Records> {
    let mut readers: Vec<(&Path, Reader, Vec<String>)> = Vec::new();
    for file in files {
        let opened = File::open(file).with_context(|| format!("could not read {}", file.display()))?;
        let mut reader = csv::ReaderBuilder::new().flexible(true).trim(csv::Trim::All).from_reader(BufReader::new(opened));
        let headings: Vec<String> = reader
            .byte_headers()
            .with_context(|| format!("{} has no line of headings", file.display()))?
            .iter()
            .map(|heading| String::from_utf8_lossy(heading).trim_start_matches('\u{feff}').trim().to_owned())
            .collect();
        readers.push((file, reader, headings));
    }
    let columns = columns(&readers, how)?;
    let specs: Vec<ColumnSpec> = columns.iter().map(|name| ColumnSpec::guessed(name)).collect();
    let mut builder = TableBuilder::new(&specs, threads)?;
    let left_out = readers.iter().flat_map(|(_, _, headings)| headings).filter(|heading| !columns.contains(heading)).cloned();
    let mut left_out: Vec<String> = left_out.collect();
    left_out.sort();
    left_out.dedup();
    let (mut ids, mut truth, mut slices, mut problems) = (Texts::default(), Vec::new(), Vec::new(), Vec::new());
    // Where each record is from, for what is told of its cells.
    let mut places: Vec<(u16, u64)> = Vec::new();
    for (number, (file, reader, headings)) in (0_u16..).zip(&mut readers) {
        let at = |name: &str| headings.iter().position(|heading| heading == name);
        let wanted: Vec<Option<usize>> = columns.iter().map(|name| at(name)).collect();
        let find = |name: &Option<String>| name.as_ref().and_then(|name| at(name));
        let (id_at, truth_at, slice_at) = (find(&how.id), find(&how.truth), find(&how.slice));
        let mut record = csv::ByteRecord::new();
        for row in 2_u64.. {
            match reader.read_byte_record(&mut record) {
                Ok(true) => {}
                Ok(false) => break,
                Err(error) if error.is_io_error() => {
                    return Err(error).with_context(|| format!("could not read {} to its end", file.display()));
                }
                Err(error) => {
                    problems.push(format!("{} row {row}: {error}", file.display()));
                    continue;
                }
            }
            if record.len() != headings.len() {
                problems.push(format!("{} row {row}: {} cells, and the headings are {}", file.display(), record.len(), headings.len()));
            }
            let cell = |at: Option<usize>| String::from_utf8_lossy(at.and_then(|at| record.get(at)).unwrap_or_default());
            if std::str::from_utf8(record.as_slice()).is_err() {
                problems.push(format!("{} row {row}: not written in UTF-8; save the file as UTF-8", file.display()));
            }
            if id_at.is_some() {
                ids.push(&cell(id_at));
            } else if files.len() > 1 {
                ids.push(&format!("{}:{row}", number + 1));
            } else {
                ids.push(&row.to_string());
            }
            let cells: Vec<Cow<'_, str>> = wanted.iter().map(|at| cell(*at)).collect();
            builder.push(number, cells.iter().map(Cow::as_ref))?;
            places.push((number, row));
            if how.truth.is_some() {
                truth.push(cell(truth_at).into_owned());
                slices.push(cell(slice_at).into_owned());
            }
        }
    }
    if let Some(name) = &how.id {
        no_number_twice(&ids, &places, files, name)?;
    }
    let (table, bad) = builder.finish();
    for cell in bad {
        let (file, row) = places.get(cell.row).copied().unwrap_or_default();
        let file = files.get(usize::from(file)).map(|file| file.display().to_string()).unwrap_or_default();
        problems.push(format!("{file} row {row}, {}: {}; it counts as missing", cell.column, cell.why));
    }
    Ok(Records { table, ids, truth, slices, left_out, problems })
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
fn columns(readers: &[(&Path, Reader, Vec<String>)], how: &LinkHow) -> Result<Vec<String>> {
    for name in how.leave_out.iter().chain(&how.id).chain(&how.truth).chain(&how.slice) {
        for (file, _, headings) in readers {
            if !headings.contains(name) {
                bail!("{} has no column {name:?}; it has: {}", file.display(), headings.join(", "));
            }
        }
    }
    let Some((first, _, headings)) = readers.first() else { bail!("no file") };
    let aside: Vec<&String> = how.leave_out.iter().chain(&how.id).chain(&how.truth).chain(&how.slice).collect();
    let plain = |heading: &str| heading.to_lowercase().chars().filter(|sign| sign.is_alphanumeric()).collect::<String>();
    let everywhere = |heading: &&String| readers.iter().all(|(_, _, headings)| headings.contains(heading));
    let columns: Vec<String> = headings
        .iter()
        .filter(everywhere)
        .filter(|heading| !aside.contains(heading) && !refused(heading) && !NUMBERS.contains(&plain(heading).as_str()))
        .cloned()
        .collect();
    if columns.is_empty() {
        let others: Vec<String> =
            readers.iter().map(|(file, _, headings)| format!("{}: {}", file.display(), headings.join(", "))).collect();
        bail!("there is no column to compare that {} and the others share; the headings are {}", first.display(), others.join("; "));
    }
    Ok(columns)
}
