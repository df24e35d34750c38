//! Linked records that are kept in a folder, ready for others: `plainsight link keep | add | decide | take-back | group`.
//!
//! Everything in the folder is text that only grows: `records.csv` (the cells as they were written), `model.toml`, `links.csv`
//! and `decisions.csv`. A line of `links.csv` without a second record says how many records, in how many bytes, have their
//! links: what stands after the last such line was cut short and has not happened.

use std::collections::HashMap;
use std::fs::{self, File, OpenOptions};
use std::io::{Read as _, Seek as _, Write as _};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context, Result, bail};
use serde::{Deserialize, Serialize};
use serde_json::json;

use plainsight_linkage::{
    Added, ColumnSpec, Decision, Forgetful, Held, Index, Model, Options, Pair, Table, TableBuilder, probability, train_and_link,
};
use plainsight_names::Watch;

use super::read::{Source, Texts, columns};
use super::{Bar, UNFINISHED, beside, labels, sure_enough, timed};
use crate::cli::{LinkHow, LinkKeep, Side};
use crate::{remark, say};

/// What a folder says of itself.
#[derive(Serialize, Deserialize)]
struct Settings {
    format: u32,
    /// How many records the model's frequencies are of: those that came first.
    first: usize,
    seed: u64,
}

const FORMAT: u32 = 1;

/// An opened folder; nobody else has it open.
struct Kept {
    folder: PathBuf,
    _lock: File,
    index: Index,
    ids: Texts,
    rows: HashMap<String, u32>,
    columns: Vec<String>,
    decisions: Vec<Noted>,
}

/// A line of decisions.csv.
#[derive(Serialize, Deserialize)]
struct Noted {
    number: u64,
    what: String,
    one: String,
    other: String,
    why: String,
}

pub(super) fn keep(command: &LinkKeep) -> Result<ExitCode> {
    let LinkKeep { file, folder, how } = command;
    if folder.exists() {
        bail!("{} exists already: give a folder that does not, or add to it with `plainsight link add`", folder.display());
    }
    let making = beside(folder, UNFINISHED);
    if making.exists() {
        fs::remove_dir_all(&making)?;
    }
    fs::create_dir_all(&making).with_context(|| format!("could not make {}", making.display()))?;
    let made = make(file, &making, how).and_then(|records| {
        fs::rename(&making, folder)?;
        Ok(records)
    });
    if made.is_err() {
        let _ = fs::remove_dir_all(&making);
    }
    let (records, links) = made.with_context(|| format!("could not keep {} in {}", file.display(), folder.display()))?;
    say(json!({ "records": records, "links": links }));
    Ok(ExitCode::SUCCESS)
}

fn make(file: &Path, folder: &Path, how: &LinkHow) -> Result<(usize, usize)> {
    copy_records(file, &folder.join("records.csv"), how)?;
    let options = options(how.threads, how.seed);
    let (table, ids, _) = read_records(folder, &options, usize::MAX)?;
    let bar = Bar::new()?;
    let linked = match how.model.as_str() {
        "auto" => train_and_link(&table, &labels::read(how, &ids)?, &options, |_| Box::new(Forgetful), &bar)?,
        name => {
            let model = super::model(name, &table)?;
            let linked = plainsight_linkage::dedupe(&table, &model, &options, &bar)?;
            (model, linked)
        }
    };
    let (model, linked) = sure_enough(how, &table, linked, &options, &bar)?;
    fs::write(folder.join("model.toml"), model.to_toml()?)?;
    let settings = Settings { format: FORMAT, first: table.len(), seed: how.seed };
    fs::write(folder.join("kept.toml"), toml::to_string_pretty(&settings)?)?;
    write_new(&folder.join("decisions.csv"), "number,what,one,other,why\n")?;
    let bytes = fs::metadata(folder.join("records.csv"))?.len();
    let mut text = String::from("one,other,weight\n");
    lines(&mut text, &linked.pairs, &[]);
    text.push_str(&format!("{},,{bytes}\n", table.len()));
    write_new(&folder.join("links.csv"), &text)?;
    Ok((table.len(), linked.pairs.len()))
}

fn write_new(path: &Path, text: &str) -> Result<()> {
    let mut file = File::create_new(path)?;
    file.write_all(text.as_bytes())?;
    Ok(file.sync_all()?)
}

fn append(path: &Path, text: &str) -> Result<()> {
    let mut file = OpenOptions::new().append(true).open(path)?;
    file.write_all(text.as_bytes())?;
    Ok(file.sync_all()?)
}

fn lines(text: &mut String, links: &[Pair], parted: &[(u32, u32)]) {
    for pair in links {
        // As many digits as it takes to read back the very same weight.
        text.push_str(&format!("{},{},{}\n", pair.one, pair.other, pair.weight));
    }
    for (one, other) in parted {
        text.push_str(&format!("{one},{other},\n"));
    }
}

/// The id and the compared cells of every record of a file, as they are written.
fn copy_records(from: &Path, to: &Path, how: &LinkHow) -> Result<()> {
    let source = Source::open(from)?;
    let columns = columns(std::slice::from_ref(&source), how)?;
    let mut rows = Rows::new(source, &columns, how.id.as_deref())?;
    let mut writer = csv::Writer::from_path(to)?;
    writer.write_record(std::iter::once("record").chain(columns.iter().map(String::as_str)))?;
    let mut seen: HashMap<String, u64> = HashMap::new();
    while rows.source.next()? {
        let (id, cells) = rows.record();
        let row = rows.source.row();
        let id = id.unwrap_or_else(|| seen.len().to_string());
        writer.write_record(std::iter::once(id.as_str()).chain(cells.iter().map(String::as_str)))?;
        if let Some(before) = seen.insert(id.clone(), row) {
            bail!("rows {before} and {row} have the same number {id:?}: give every record its own, or leave --id out");
        }
    }
    for problem in rows.source.problems() {
        remark(problem);
    }
    writer.into_inner().map_err(csv::IntoInnerError::into_error)?.sync_all()?;
    Ok(())
}

/// The rows of a file as records that are kept: a number where a column has one, and the cells to compare.
struct Rows {
    source: Source,
    id: Option<usize>,
    wanted: Vec<usize>,
}

impl Rows {
    fn new(source: Source, columns: &[String], id: Option<&str>) -> Result<Self> {
        let find = |name: &str| source.find(name).with_context(|| format!("there is no column {name:?}, which the kept records have"));
        let wanted = columns.iter().map(|name| find(name)).collect::<Result<_>>()?;
        let id = id.map(find).transpose()?;
        Ok(Self { source, id, wanted })
    }

    fn record(&self) -> (Option<String>, Vec<String>) {
        let cell = |at: usize| self.source.cell(Some(at)).into_owned();
        (self.id.map(cell), self.wanted.iter().map(|at| cell(*at)).collect())
    }
}

fn options(threads: Option<usize>, seed: u64) -> Options {
    Options { seed, threads: super::threads(threads), across: false }
}

/// The table of records.csv: how frequent values are is of the first so many records.
fn read_records(folder: &Path, options: &Options, first: usize) -> Result<(Table, Texts, Vec<String>)> {
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

impl Kept {
    fn open(folder: &Path, threads: Option<usize>) -> Result<Self> {
        let path = folder.join("kept.toml");
        let mut lock = File::open(&path)
            .with_context(|| format!("{} is no folder of kept records: make one with `plainsight link keep`", folder.display()))?;
        if lock.try_lock().is_err() {
            bail!("somebody else works on {}: try again when they are done", folder.display());
        }
        let mut text = String::new();
        lock.read_to_string(&mut text)?;
        let settings: Settings = toml::from_str(&text).with_context(|| format!("{} cannot be read", path.display()))?;
        if settings.format != FORMAT {
            bail!("{} is of format {}; this program knows {FORMAT}", folder.display(), settings.format);
        }
        let links = read_links(folder)?;
        let options = options(threads, settings.seed);
        let (table, ids, columns) = read_records(folder, &options, settings.first)?;
        let model = Model::from_toml(&fs::read_to_string(folder.join("model.toml"))?)?;
        let index = Index::again(table, model, &links, &options, &Bar::new()?)?;
        let rows = (0_u32..).zip(0..index.len()).map(|(row, at)| (ids.get(at).to_owned(), row)).collect();
        let decisions = read_decisions(folder)?;
        let mut kept = Self { folder: folder.to_owned(), _lock: lock, index, ids, rows, columns, decisions: Vec::new() };
        for noted in decisions {
            match noted.decision(&kept.rows) {
                Some(decision) => {
                    kept.index.decide(noted.number, decision);
                }
                None => {
                    kept.index.take_back(noted.number);
                }
            }
            kept.decisions.push(noted);
        }
        Ok(kept)
    }

    fn id(&self, row: u32) -> &str {
        self.ids.get(row as usize)
    }

    fn row(&self, id: &str) -> Result<u32> {
        self.rows.get(id).copied().with_context(|| format!("there is no record {id:?} in {}", self.folder.display()))
    }

    fn told(&self, added: &Added) -> serde_json::Value {
        let groups = self.index.groups();
        let link = |pair: &Pair| {
            let other = if pair.one == added.record { pair.other } else { pair.one };
            let weight = f64::from(pair.weight);
            json!({ "record": self.id(other), "weight": rounded(weight), "probability": rounded(probability(weight)) })
        };
        let leader = groups.get(added.record as usize).copied().unwrap_or(added.record);
        json!({ "record": self.id(added.record), "group": self.id(leader), "links": added.links.iter().map(link).collect::<Vec<_>>() })
    }

    fn moved(&self, moved: &[(u32, u32)]) -> serde_json::Value {
        moved.iter().map(|(row, leader)| json!({ "record": self.id(*row), "group": self.id(*leader) })).collect()
    }

    fn note(&mut self, noted: Noted) -> Result<()> {
        let mut writer = csv::WriterBuilder::new().has_headers(false).from_writer(Vec::new());
        writer.serialize(&noted)?;
        append(&self.folder.join("decisions.csv"), &String::from_utf8(writer.into_inner()?)?)?;
        self.decisions.push(noted);
        Ok(())
    }

    fn next_number(&self) -> u64 {
        self.decisions.iter().map(|noted| noted.number).max().unwrap_or(0) + 1
    }
}

impl Noted {
    /// Nothing when it takes a decision back.
    fn decision(&self, rows: &HashMap<String, u32>) -> Option<Decision> {
        let pair = rows.get(&self.one).copied().zip(rows.get(&self.other).copied());
        match (self.what.as_str(), pair) {
            ("same", Some((one, other))) => Some(Decision::Same(one, other)),
            ("apart", Some((one, other))) => Some(Decision::Apart(one, other)),
            _ => None,
        }
    }
}

fn rounded(number: f64) -> f64 {
    (number * 1e6).round() / 1e6
}

/// The links that stand; what was cut short is taken out of both files.
fn read_links(folder: &Path) -> Result<Vec<Pair>> {
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

fn read_decisions(folder: &Path) -> Result<Vec<Noted>> {
    let path = folder.join("decisions.csv");
    let text = fs::read(&path).with_context(|| format!("could not read {}", path.display()))?;
    let end = text.iter().rposition(|byte| *byte == b'\n').map_or(0, |at| at + 1);
    cut(&path, end as u64)?;
    let mut reader = csv::Reader::from_reader(text.get(..end).unwrap_or_default());
    reader.deserialize().collect::<Result<Vec<Noted>, _>>().with_context(|| format!("{} cannot be read", path.display()))
}

pub(super) fn add(folder: &Path, file: &Path, id: Option<&str>, threads: Option<usize>) -> Result<ExitCode> {
    let mut kept = Kept::open(folder, threads)?;
    let mut rows = Rows::new(Source::open(file)?, &kept.columns, id).with_context(|| format!("{} does not fit", file.display()))?;
    let mut writer = csv::Writer::from_writer(Vec::new());
    let (mut added, mut problems, mut slowest) = (Vec::new(), Vec::new(), Vec::new());
    let bar = Bar::new()?;
    let mut links = String::new();
    while rows.source.next()? {
        let (here, (id, cells)) = (rows.source.row(), rows.record());
        // A record without a number of its own gets its place among all.
        let id = id.unwrap_or_else(|| kept.ids.len().to_string());
        if kept.rows.contains_key(&id) {
            bail!("{} row {here}: there is a record {id:?} already; nothing was added", file.display());
        }
        if bar.cancelled() {
            bail!("stopped as asked: nothing was added");
        }
        bar.progress("records", here, here);
        let (new, took) = timed(|| kept.index.add(0, cells.iter().map(String::as_str)));
        let new = new?;
        slowest.push(took);
        problems
            .extend(new.bad.iter().map(|bad| format!("{} row {here}, {}: {}; it counts as missing", file.display(), bad.column, bad.why)));
        writer.write_record(std::iter::once(id.as_str()).chain(cells.iter().map(String::as_str)))?;
        lines(&mut links, &new.links, &new.parted);
        kept.rows.insert(id.clone(), new.record);
        kept.ids.push(&id);
        added.push(new);
    }
    // First the records, then their links with the line that says that both are there.
    append(&folder.join("records.csv"), &String::from_utf8(writer.into_inner()?)?)?;
    let bytes = fs::metadata(folder.join("records.csv"))?.len();
    links.push_str(&format!("{},,{bytes}\n", kept.index.len()));
    append(&folder.join("links.csv"), &links)?;
    problems.splice(0..0, rows.source.problems());
    for problem in &problems {
        remark(problem);
    }
    for new in &added {
        say(kept.told(new));
    }
    slowest.sort_by(f64::total_cmp);
    let p95 = slowest.get(slowest.len() * 95 / 100).copied().unwrap_or(0.0);
    say(json!({ "added": added.len(), "records": kept.index.len(), "problems": problems.len(), "seconds_each_p95": p95 }));
    Ok(ExitCode::SUCCESS)
}

pub(super) fn decide(folder: &Path, side: Side, one: &str, other: &str, why: &str) -> Result<ExitCode> {
    let mut kept = Kept::open(folder, None)?;
    let (first, second) = (kept.row(one)?, kept.row(other)?);
    if first == second {
        bail!("{one:?} and {other:?} are one record: name two");
    }
    let (what, decision) = match side {
        Side::Same => ("same", Decision::Same(first, second)),
        Side::Apart => ("apart", Decision::Apart(first, second)),
    };
    let number = kept.next_number();
    kept.note(Noted { number, what: what.to_owned(), one: one.to_owned(), other: other.to_owned(), why: why.to_owned() })?;
    let moved = kept.index.decide(number, decision);
    say(json!({ "decision": number, "moved": kept.moved(&moved) }));
    Ok(ExitCode::SUCCESS)
}

pub(super) fn take_back(folder: &Path, number: u64, why: &str) -> Result<ExitCode> {
    let mut kept = Kept::open(folder, None)?;
    let stands = kept.decisions.iter().rfind(|noted| noted.number == number).is_some_and(|noted| noted.what != "taken back");
    if !stands {
        bail!("no decision {number} stands in {}", folder.display());
    }
    let none = String::new;
    kept.note(Noted { number, what: "taken back".to_owned(), one: none(), other: none(), why: why.to_owned() })?;
    let moved = kept.index.take_back(number);
    say(json!({ "taken_back": number, "moved": kept.moved(&moved) }));
    Ok(ExitCode::SUCCESS)
}

pub(super) fn group(folder: &Path, record: &str) -> Result<ExitCode> {
    let mut kept = Kept::open(folder, None)?;
    let row = kept.row(record)?;
    let members: Vec<String> = kept.index.members(row).into_iter().map(|row| kept.id(row).to_owned()).collect();
    let mut held = Vec::new();
    for each in kept.index.held_by(row) {
        held.push(match each {
            Held::Link(pair) => {
                let parts = kept.index.explain(pair.one, pair.other)?;
                json!({ "one": kept.id(pair.one), "other": kept.id(pair.other), "weight": rounded(f64::from(pair.weight)), "because": parts })
            }
            Held::Decided(number, _) => {
                let noted = kept.decisions.iter().find(|noted| noted.number == number);
                json!({ "decision": number, "one": noted.map(|noted| &noted.one), "other": noted.map(|noted| &noted.other), "why": noted.map(|noted| &noted.why) })
            }
        });
    }
    say(serde_json::to_string_pretty(&json!({ "group": members.first(), "records": members, "held_by": held }))?);
    Ok(ExitCode::SUCCESS)
}
