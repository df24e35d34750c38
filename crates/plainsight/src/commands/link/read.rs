//! Reads the files of a linkage: the columns that are compared, the numbers of the records, and the truth where there is one.

use std::borrow::Cow;
use std::collections::HashMap;
use std::ops::Range;
use std::path::Path;

use anyhow::{Result, bail};

use plainsight_linkage::{ColumnSpec, Table, TableBuilder, refused};

use crate::cli::LinkHow;
use crate::commands::source::Source;
use crate::remark;

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

pub(super) fn records(files: &[&Path], how: &LinkHow, threads: usize) -> Result<Records> {
    let mut sources: Vec<Source> = files.iter().map(|file| Source::open(file)).collect::<Result<_>>()?;
    let columns = columns(&sources, how)?;
    let specs: Vec<ColumnSpec> = columns.iter().map(|name| ColumnSpec::guessed(name)).collect();
    let mut builder = TableBuilder::new(&specs, threads)?;
    let left_out = sources.iter().flat_map(|source| source.headings()).filter(|heading| !columns.contains(heading)).cloned();
    let mut left_out: Vec<String> = left_out.collect();
    left_out.sort();
    left_out.dedup();
    if let [one, other] = sources.as_slice() {
        only_in_one(one, other);
        only_in_one(other, one);
    }
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

/// A column is compared when both files call it the same: what only one has is told, for it may be a matter of its heading.
fn only_in_one(one: &Source, other: &Source) {
    let only: Vec<&str> = one.headings().iter().filter(|heading| other.find(heading).is_none()).map(String::as_str).collect();
    if !only.is_empty() {
        let (file, other) = (one.file().display(), other.file().display());
        remark(format_args!(
            "only {file} has {}: not compared; where {other} has the same under another heading, give both one",
            only.join(", ")
        ));
    }
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
                bail!("{} has no column {name:?}; it has: {}", source.file().display(), source.headings().join(", "));
            }
        }
    }
    let Some(first) = sources.first() else { bail!("no file") };
    let aside: Vec<&String> = how.leave_out.iter().chain(&how.id).chain(&how.truth).chain(&how.slice).collect();
    let plain = |heading: &str| heading.to_lowercase().chars().filter(|sign| sign.is_alphanumeric()).collect::<String>();
    let everywhere = |heading: &&String| sources.iter().all(|source| source.find(heading).is_some());
    let columns: Vec<String> = first
        .headings()
        .iter()
        .filter(everywhere)
        .filter(|heading| !aside.contains(heading) && !refused(heading) && !NUMBERS.contains(&plain(heading).as_str()))
        .cloned()
        .collect();
    if columns.is_empty() {
        let others: Vec<String> =
            sources.iter().map(|source| format!("{}: {}", source.file().display(), source.headings().join(", "))).collect();
        match sources {
            [_] => bail!("there is no column to compare; the headings are {}", others.join("; ")),
            _ => bail!("there is no column to compare that both files have; the headings are {}", others.join("; ")),
        }
    }
    Ok(columns)
}
