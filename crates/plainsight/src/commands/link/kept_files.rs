//! The files of a folder of kept records.
//!
//! What counts in it is text that only grows: `records.csv` (the cells as they were written), `model.toml`, `links.csv` and
//! `decisions.csv`; the index beside them is made of these. A line of `links.csv` without a second record says how many records, in how many bytes, have their links:
//! what stands after the last such line was cut short and has not happened.

use std::collections::HashMap;
use std::fs::{self, File, OpenOptions};
use std::io::{Read as _, Seek as _, Write as _};
use std::path::Path;

use anyhow::{Context, Result, bail};
use serde::{Deserialize, Serialize};

use plainsight_linkage::{BadCell, ColumnSpec, Decision, Options, Pair, Table, TableBuilder};

use super::kept_index::Covered;
use super::read::Texts;
use crate::remark;

/// What a folder says of itself.
#[derive(Serialize, Deserialize)]
pub(super) struct Settings {
    pub(super) format: u32,
    /// How many records the model's frequencies are of: those that came first.
    pub(super) first: usize,
    pub(super) seed: u64,
}

pub(super) const FORMAT: u32 = 1;

/// What stands in a folder, by which it is known as ours.
pub(super) const WRITTEN: [&str; 7] =
    ["kept.toml", "model.toml", "records.csv", "links.csv", "decisions.csv", "links.index", "records.places"];

/// A line of decisions.csv.
#[derive(Clone, Serialize, Deserialize)]
pub(super) struct Noted {
    pub(super) number: u64,
    pub(super) what: String,
    pub(super) one: String,
    pub(super) other: String,
    pub(super) why: String,
}

impl Noted {
    /// Nothing when it takes a decision back.
    pub(super) fn decision(&self, mut row: impl FnMut(&str) -> Result<u32>) -> Result<Option<Decision>> {
        let decision = match self.what.as_str() {
            "same" => Decision::Same,
            "apart" => Decision::Apart,
            _ => return Ok(None),
        };
        Ok(Some(decision(row(&self.one)?, row(&self.other)?)))
    }
}

/// Writes the files that grow, with the links of the first records, and says how far they go.
pub(super) fn begin(folder: &Path, links: &[Pair], records: usize) -> Result<Covered> {
    write_new(&folder.join("decisions.csv"), "number,what,one,other,why\n")?;
    let mut text = String::from("one,other,weight\n");
    lines(&mut text, links, &[]);
    text.push_str(&mark(folder, records)?);
    write_new(&folder.join("links.csv"), &text)?;
    let records = fs::metadata(folder.join("records.csv"))?.len();
    Ok(Covered { records, links: text.len() as u64 })
}

/// Adds records, then their links with the line that says that both are there.
pub(super) fn append(folder: &Path, records: &str, mut links: String, count: usize) -> Result<()> {
    grow(&folder.join("records.csv"), records)?;
    links.push_str(&mark(folder, count)?);
    grow(&folder.join("links.csv"), &links)
}

pub(super) fn append_decision(folder: &Path, noted: &Noted) -> Result<()> {
    let mut writer = csv::WriterBuilder::new().has_headers(false).from_writer(Vec::new());
    writer.serialize(noted)?;
    grow(&folder.join("decisions.csv"), &String::from_utf8(writer.into_inner()?)?)
}

/// The line that says that so many records, all there are now, have their links.
fn mark(folder: &Path, records: usize) -> Result<String> {
    let bytes = fs::metadata(folder.join("records.csv"))?.len();
    Ok(format!("{records},,{bytes}\n"))
}

fn write_new(path: &Path, text: &str) -> Result<()> {
    let mut file = File::create_new(path)?;
    file.write_all(text.as_bytes())?;
    Ok(file.sync_all()?)
}

fn grow(path: &Path, text: &str) -> Result<()> {
    let grow = || {
        let mut file = OpenOptions::new().append(true).open(path)?;
        file.write_all(text.as_bytes())?;
        file.sync_all()
    };
    grow().with_context(|| format!("could not write {}; what was begun is taken out when it is opened again", path.display()))
}

pub(super) fn lines(text: &mut String, links: &[Pair], parted: &[(u32, u32)]) {
    for pair in links {
        // As many digits as it takes to read back the very same weight.
        text.push_str(&format!("{},{},{}\n", pair.one, pair.other, pair.weight));
    }
    for (one, other) in parted {
        text.push_str(&format!("{one},{other},\n"));
    }
}

/// What stands in records.csv.
pub(super) struct Read {
    pub(super) table: Table,
    pub(super) ids: Texts,
    /// Where each record begins, and the last one ends.
    pub(super) places: Vec<u64>,
    pub(super) bad: Vec<BadCell>,
}

/// The table of records.csv: how frequent values are is of the first so many records.
pub(super) fn read_records(folder: &Path, options: &Options, first: usize) -> Result<Read> {
    let path = folder.join("records.csv");
    let mut reader = csv::Reader::from_path(&path).with_context(|| format!("could not read {}", path.display()))?;
    let specs: Vec<ColumnSpec> = headings(&mut reader)?.iter().map(|name| ColumnSpec::guessed(name)).collect();
    let mut builder = TableBuilder::new(&specs, options.threads)?;
    let (mut ids, mut places, mut record) = (Texts::default(), vec![reader.position().byte()], csv::StringRecord::new());
    while reader.read_record(&mut record)? {
        if ids.len() == first {
            builder = TableBuilder::going_on(builder.finish().0, options.threads);
        }
        ids.push(record.get(0).unwrap_or_default());
        builder.push(0, record.iter().skip(1))?;
        places.push(reader.position().byte());
    }
    let (table, bad) = builder.finish();
    Ok(Read { table, ids, places, bad })
}

fn headings(reader: &mut csv::Reader<File>) -> Result<Vec<String>> {
    Ok(reader.headers()?.iter().skip(1).map(str::to_owned).collect())
}

/// The headings of the cells that are compared.
pub(super) fn columns(folder: &Path) -> Result<Vec<String>> {
    headings(&mut csv::Reader::from_path(folder.join("records.csv"))?)
}

/// The records from one byte of records.csv to another: what each is called, and its cells.
pub(super) fn later_records(folder: &Path, from: u64, to: u64) -> Result<Vec<csv::StringRecord>> {
    let mut file = File::open(folder.join("records.csv"))?;
    file.seek(std::io::SeekFrom::Start(from))?;
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(file.take(to.saturating_sub(from)));
    Ok(reader.records().collect::<Result<_, _>>()?)
}

/// The links that stand in links.csv, and how far the files go.
pub(super) struct Stand {
    /// Without a weight, two records that are not linked any more.
    pub(super) changes: HashMap<(u32, u32), Option<f32>>,
    pub(super) covered: Covered,
}

impl Stand {
    /// The links, in order.
    pub(super) fn links(&self) -> Vec<Pair> {
        let linked = |((one, other), weight): (&(u32, u32), &Option<f32>)| weight.map(|weight| Pair { one: *one, other: *other, weight });
        let mut links: Vec<Pair> = self.changes.iter().filter_map(linked).collect();
        links.sort_unstable_by_key(|pair| (pair.one, pair.other));
        links
    }
}

/// The links that stand, all or those after what an index covers; what was cut short is taken out of both files.
pub(super) fn read_links(folder: &Path, after: Option<Covered>) -> Result<Stand> {
    let path = folder.join("links.csv");
    let from = after.map_or(0, |covered| covered.links);
    let mut text = String::new();
    let mut file = File::open(&path).with_context(|| format!("could not read {}", path.display()))?;
    file.seek(std::io::SeekFrom::Start(from))?;
    file.read_to_string(&mut text).with_context(|| format!("could not read {}", path.display()))?;
    let (mut waiting, mut changes, mut at, mut covered) = (Vec::new(), HashMap::new(), from, after);
    for line in text.split_inclusive('\n') {
        at += line.len() as u64;
        let mut cells = line.trim_end().split(',');
        let (one, other, weight) = (cells.next().unwrap_or_default(), cells.next(), cells.next());
        let whole_line = line.ends_with('\n');
        match (one.parse::<u32>(), other.map(str::parse::<u32>), weight) {
            (Ok(one), Some(Ok(other)), Some("")) if whole_line => waiting.push(((one, other), None)),
            (Ok(one), Some(Ok(other)), Some(weight)) if whole_line => waiting.push(((one, other), weight.parse::<f32>().ok())),
            (Ok(_), Some(Err(_)), Some(size)) if whole_line => {
                changes.extend(waiting.drain(..));
                covered = size.parse().ok().map(|records| Covered { records, links: at });
            }
            _ => {}
        }
    }
    let covered = covered.with_context(|| format!("{} says of no record that it has its links", path.display()))?;
    cut(&path, covered.links)?;
    cut(&folder.join("records.csv"), covered.records)?;
    Ok(Stand { changes, covered })
}

/// Takes out what stands after so many bytes.
fn cut(path: &Path, bytes: u64) -> Result<()> {
    let size = fs::metadata(path).with_context(|| format!("could not read {}", path.display()))?.len();
    if size < bytes {
        bail!("{} is shorter than it was: {size} bytes, and {bytes} were written", path.display());
    }
    if size > bytes {
        remark(format_args!("{}: what an addition that was cut short left behind is taken out; add that file again", path.display()));
        let file = OpenOptions::new().write(true).open(path).with_context(|| format!("could not write {}", path.display()))?;
        file.set_len(bytes)?;
        file.sync_all()?;
    }
    Ok(())
}

pub(super) fn read_decisions(folder: &Path) -> Result<Vec<Noted>> {
    let path = folder.join("decisions.csv");
    let text = fs::read(&path).with_context(|| format!("could not read {}", path.display()))?;
    let end = text.iter().rposition(|byte| *byte == b'\n').map_or(0, |at| at + 1);
    cut(&path, end as u64)?;
    let mut reader = csv::Reader::from_reader(text.get(..end).unwrap_or_default());
    reader.deserialize().collect::<Result<Vec<Noted>, _>>().with_context(|| format!("{} cannot be read", path.display()))
}
