//! The files of a folder of kept records.
//!
//! Everything in it is text that only grows: `records.csv` (the cells as they were written), `model.toml`, `links.csv` and
//! `decisions.csv`. A line of `links.csv` without a second record says how many records, in how many bytes, have their links:
//! what stands after the last such line was cut short and has not happened.

use std::collections::HashMap;
use std::fs::{self, File, OpenOptions};
use std::io::{Seek as _, Write as _};
use std::path::Path;

use anyhow::{Context, Result, bail};
use serde::{Deserialize, Serialize};

use plainsight_linkage::{ColumnSpec, Decision, Options, Pair, Table, TableBuilder};

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

/// A line of decisions.csv.
#[derive(Serialize, Deserialize)]
pub(super) struct Noted {
    pub(super) number: u64,
    pub(super) what: String,
    pub(super) one: String,
    pub(super) other: String,
    pub(super) why: String,
}

impl Noted {
    /// Nothing when it takes a decision back.
    pub(super) fn decision(&self, rows: &HashMap<String, u32>) -> Option<Decision> {
        let pair = rows.get(&self.one).copied().zip(rows.get(&self.other).copied());
        match (self.what.as_str(), pair) {
            ("same", Some((one, other))) => Some(Decision::Same(one, other)),
            ("apart", Some((one, other))) => Some(Decision::Apart(one, other)),
            _ => None,
        }
    }
}

/// Writes the files that grow, with the links of the first records.
pub(super) fn begin(folder: &Path, links: &[Pair], records: usize) -> Result<()> {
    write_new(&folder.join("decisions.csv"), "number,what,one,other,why\n")?;
    let mut text = String::from("one,other,weight\n");
    lines(&mut text, links, &[]);
    text.push_str(&mark(folder, records)?);
    write_new(&folder.join("links.csv"), &text)
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
    let mut file = OpenOptions::new().append(true).open(path)?;
    file.write_all(text.as_bytes())?;
    Ok(file.sync_all()?)
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

/// The table of records.csv: how frequent values are is of the first so many records.
pub(super) fn read_records(folder: &Path, options: &Options, first: usize) -> Result<(Table, Texts, Vec<String>)> {
    let path = folder.join("records.csv");
    let mut reader = csv::Reader::from_path(&path).with_context(|| format!("could not read {}", path.display()))?;
    let columns: Vec<String> = reader.headers()?.iter().skip(1).map(str::to_owned).collect();
    let specs: Vec<ColumnSpec> = columns.iter().map(|name| ColumnSpec::guessed(name)).collect();
    let mut builder = TableBuilder::new(&specs, options.threads)?;
    let (mut ids, mut record, mut count) = (Texts::default(), csv::StringRecord::new(), 0_usize);
    while reader.read_record(&mut record)? {
        if count == first {
            builder = TableBuilder::going_on(builder.finish().0, options.threads);
        }
        ids.push(record.get(0).unwrap_or_default());
        builder.push(0, record.iter().skip(1))?;
        count += 1;
    }
    Ok((builder.finish().0, ids, columns))
}

/// The links that stand; what was cut short is taken out of both files.
pub(super) fn read_links(folder: &Path) -> Result<Vec<Pair>> {
    let path = folder.join("links.csv");
    let text = fs::read_to_string(&path).with_context(|| format!("could not read {}", path.display()))?;
    let (mut links, mut whole, mut at, mut bytes) = (HashMap::new(), HashMap::new(), 0, None);
    let mut end = 0;
    for line in text.split_inclusive('\n') {
        at += line.len();
        let mut cells = line.trim_end().split(',');
        let (one, other, weight) = (cells.next().unwrap_or_default(), cells.next(), cells.next());
        let whole_line = line.ends_with('\n');
        match (one.parse::<u32>(), other.map(str::parse::<u32>), weight) {
            (Ok(one), Some(Ok(other)), Some("")) if whole_line => {
                links.insert((one, other), None);
            }
            (Ok(one), Some(Ok(other)), Some(weight)) if whole_line => {
                links.insert((one, other), weight.parse::<f32>().ok());
            }
            (Ok(_), Some(Err(_)), Some(size)) if whole_line => {
                for (pair, weight) in links.drain() {
                    match weight {
                        Some(weight) => whole.insert(pair, weight),
                        None => whole.remove(&pair),
                    };
                }
                (end, bytes) = (at, size.parse::<u64>().ok());
            }
            _ => {}
        }
    }
    let bytes = bytes.with_context(|| format!("{} says of no record that it has its links", path.display()))?;
    cut(&path, end as u64)?;
    cut(&folder.join("records.csv"), bytes)?;
    let mut links: Vec<Pair> = whole.into_iter().map(|((one, other), weight)| Pair { one, other, weight }).collect();
    links.sort_unstable_by_key(|pair| (pair.one, pair.other));
    Ok(links)
}

/// Takes out what stands after so many bytes.
fn cut(path: &Path, bytes: u64) -> Result<()> {
    let mut file = OpenOptions::new().write(true).open(path)?;
    let size = file.seek(std::io::SeekFrom::End(0))?;
    if size < bytes {
        bail!("{} is shorter than it was: {size} bytes, and {bytes} were written", path.display());
    }
    if size > bytes {
        remark(format_args!("{}: what an addition that was cut short left behind is taken out; add that file again", path.display()));
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
