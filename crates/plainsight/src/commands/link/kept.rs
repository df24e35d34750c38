//! Linked records that are kept in a folder, ready for others: `plainsight link keep | add | decide | take-back | group`.

use std::collections::HashMap;
use std::fs::{self, File};
use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context, Result, bail};
use serde_json::json;

use plainsight_linkage::{Added, Decision, Forgetful, Held, Index, Model, Options, probability, train_and_link};
use plainsight_names::Watch;

use super::kept_files::{self as files, FORMAT, Noted, Settings};
use super::kept_index::{self as index, Covered, Keeper};
use super::read::{Texts, columns};
use super::{NAMED, labels, sure_enough, timed};
use crate::cli::{LinkHow, LinkKeep, Side};
use crate::commands::bar::Bar;
use crate::commands::folder;
use crate::commands::source::Source;
use crate::{remark, say};

/// An opened folder; nobody else has it open.
struct Kept {
    folder: PathBuf,
    _lock: File,
    settings: Settings,
    options: Options,
    index: Index<File, Keeper>,
    keeper: Keeper,
    /// What the records are called that came after the index was made, and which they are.
    ids: Texts,
    rows: HashMap<String, u32>,
    columns: Vec<String>,
    decisions: Vec<Noted>,
}

/// After so many records that came later, or an eighth of all, the index is made anew with them.
const LATER: usize = 20_000;

pub(super) fn keep(command: &LinkKeep) -> Result<ExitCode> {
    let LinkKeep { file, folder, how } = command;
    if folder.exists() {
        bail!("{} exists already: give a folder that does not, or add to it with `plainsight link add`", folder.display());
    }
    let made = folder::whole(folder, &files::WRITTEN, |making| make(file, making, how));
    let (records, links) = made.with_context(|| format!("could not keep {} in {}", file.display(), folder.display()))?;
    say(json!({ "records": records, "links": links }));
    Ok(ExitCode::SUCCESS)
}

fn make(file: &Path, folder: &Path, how: &LinkHow) -> Result<(usize, usize)> {
    let bar = Bar::new()?;
    copy_records(file, &folder.join("records.csv"), how, &bar)?;
    let options = options(how.threads, how.seed);
    let files::Read { table, ids, places, bad } = files::read_records(folder, &options, usize::MAX)?;
    for cell in bad.iter().take(NAMED) {
        remark(format_args!("{} record {:?}, {}: {}; it counts as missing", file.display(), ids.get(cell.row), cell.column, cell.why));
    }
    if bad.len() > NAMED {
        remark(format_args!("and {} more cells that cannot be read", bad.len() - NAMED));
    }
    let linked = match how.model.as_str() {
        "auto" => train_and_link(&table, &labels::read(how, &ids, None)?, &options, |_| Box::new(Forgetful), &bar)?,
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
    let covered = files::begin(folder, &linked.pairs, table.len())?;
    index::write(folder, (&table, &ids, &places), &model, (&linked.pairs, &linked.clusters), covered)?;
    Ok((table.len(), linked.pairs.len()))
}

/// The id and the compared cells of every record of a file, as they are written.
fn copy_records(from: &Path, to: &Path, how: &LinkHow, bar: &Bar) -> Result<()> {
    let source = Source::open(from)?;
    let columns = columns(std::slice::from_ref(&source), how)?;
    let mut rows = Rows::new(source, &columns, how.id.as_deref())?;
    let mut writer = csv::Writer::from_path(to)?;
    writer.write_record(std::iter::once("record").chain(columns.iter().map(String::as_str)))?;
    let mut seen: HashMap<String, u64> = HashMap::new();
    while rows.source.next()? {
        let (id, cells) = rows.record();
        let row = rows.source.row();
        if bar.cancelled() {
            bail!("stopped as asked: nothing was kept");
        }
        // As `plainsight link dedupe` numbers them: by their row.
        let id = id.unwrap_or_else(|| row.to_string());
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
        let options = options(threads, settings.seed);
        let model = Model::from_toml(&fs::read_to_string(folder.join("model.toml"))?)?;
        let (index, keeper, covered) = match index::open(folder, &model) {
            Some(opened) => opened,
            None => {
                remark(format_args!("{}: the index is made anew of the records and links", folder.display()));
                index::make(folder, &settings, &model, &options, &Bar::new()?)?;
                index::open(folder, &model).with_context(|| format!("the index of {} cannot be read", folder.display()))?
            }
        };
        let (columns, decisions) = (files::columns(folder)?, files::read_decisions(folder)?);
        let (ids, rows) = (Texts::default(), HashMap::new());
        let mut kept = Self { folder: folder.to_owned(), _lock: lock, settings, options, index, keeper, ids, rows, columns, decisions };
        kept.read_later(covered)?;
        Ok(kept)
    }

    /// Takes in what came after the index was made, and what was decided.
    fn read_later(&mut self, covered: Covered) -> Result<()> {
        let stand = files::read_links(&self.folder, Some(covered))?;
        for record in files::later_records(&self.folder, covered.records, stand.covered.records)? {
            let row = u32::try_from(self.index.len())?;
            self.index.added_before(0, record.iter().skip(1))?;
            self.called(record.get(0).unwrap_or_default(), row);
        }
        self.index.linked_before(stand.changes)?;
        let mut standing: HashMap<u64, Decision> = HashMap::new();
        for at in 0..self.decisions.len() {
            let Some(noted) = self.decisions.get(at).cloned() else { break };
            match noted.decision(|id| self.row(id))? {
                Some(decision) => standing.insert(noted.number, decision),
                None => standing.remove(&noted.number),
            };
        }
        self.index.decide_all(standing)?;
        Ok(())
    }

    fn called(&mut self, id: &str, row: u32) {
        self.ids.push(id);
        self.rows.insert(id.to_owned(), row);
    }

    fn id(&mut self, row: u32) -> Result<String> {
        let first = self.index.len() - self.ids.len();
        match (row as usize).checked_sub(first) {
            Some(later) => Ok(self.ids.get(later).to_owned()),
            None => Ok(self.keeper.id(row)?),
        }
    }

    /// The record that is called this, if there is one.
    fn find(&mut self, id: &str) -> Result<Option<u32>> {
        if let Some(row) = self.rows.get(id) {
            return Ok(Some(*row));
        }
        for row in self.index.named(id)? {
            if self.keeper.id(row)? == id {
                return Ok(Some(row));
            }
        }
        Ok(None)
    }

    fn row(&mut self, id: &str) -> Result<u32> {
        self.find(id)?.with_context(|| format!("there is no record {id:?} in {}", self.folder.display()))
    }

    fn told(&mut self, added: &Added) -> Result<serde_json::Value> {
        let mut links = Vec::new();
        for pair in &added.links {
            let other = if pair.one == added.record { pair.other } else { pair.one };
            let weight = f64::from(pair.weight);
            links.push(json!({ "record": self.id(other)?, "weight": rounded(weight), "probability": rounded(probability(weight)) }));
        }
        let leader = self.index.group(added.record)?;
        let mut parted = Vec::new();
        for (one, other) in &added.parted {
            parted.push([self.id(*one)?, self.id(*other)?]);
        }
        let mut told = json!({ "record": self.id(added.record)?, "group": self.id(leader)?, "links": links });
        let moved: Vec<(u32, u32)> = added.moved.iter().copied().filter(|(row, _)| *row != added.record).collect();
        // Only where it changed something else: other records that have another group now, and links that are none any more.
        if !moved.is_empty() {
            told["moved"] = self.moved(&moved)?;
        }
        if !parted.is_empty() {
            told["parted"] = json!(parted);
        }
        Ok(told)
    }

    fn moved(&mut self, moved: &[(u32, u32)]) -> Result<serde_json::Value> {
        moved.iter().map(|(row, leader)| Ok(json!({ "record": self.id(*row)?, "group": self.id(*leader)? }))).collect()
    }

    /// A decision is one line, so that one that was cut short is known as such.
    fn note(&mut self, noted: Noted) -> Result<()> {
        let noted = Noted { why: noted.why.split_whitespace().collect::<Vec<_>>().join(" "), ..noted };
        files::append_decision(&self.folder, &noted)?;
        self.decisions.push(noted);
        Ok(())
    }

    fn next_number(&self) -> u64 {
        self.decisions.iter().map(|noted| noted.number).max().unwrap_or(0) + 1
    }
}

fn rounded(number: f64) -> f64 {
    (number * 1e6).round() / 1e6
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
        // A record without a number of its own goes on counting rows, of which the headings are the first.
        let own = id.is_some();
        let id = id.unwrap_or_else(|| (kept.index.len() + 2).to_string());
        if kept.find(&id)?.is_some() {
            let advice = if own { "" } else { "; name the column of their numbers with --id" };
            bail!("{} row {here}: there is a record {id:?} already{advice}; nothing was added", file.display());
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
        files::lines(&mut links, &new.links, &new.parted);
        kept.called(&id, new.record);
        added.push(new);
    }
    files::append(folder, &String::from_utf8(writer.into_inner()?)?, links, kept.index.len())?;
    problems.splice(0..0, rows.source.problems());
    for problem in &problems {
        remark(problem);
    }
    for new in &added {
        say(kept.told(new)?);
    }
    slowest.sort_by(f64::total_cmp);
    let p95 = slowest.get(slowest.len() * 95 / 100).copied().unwrap_or(0.0);
    say(json!({ "added": added.len(), "records": kept.index.len(), "problems": problems.len(), "seconds_each_p95": p95 }));
    if kept.ids.len() > LATER.max(kept.index.len() / 8) {
        index::make(folder, &kept.settings, kept.index.model(), &kept.options, &bar)?;
    }
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
    let moved = kept.index.decide(number, decision)?;
    say(json!({ "decision": number, "moved": kept.moved(&moved)? }));
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
    let moved = kept.index.take_back(number)?;
    say(json!({ "taken_back": number, "moved": kept.moved(&moved)? }));
    Ok(ExitCode::SUCCESS)
}

pub(super) fn group(folder: &Path, record: &str) -> Result<ExitCode> {
    let mut kept = Kept::open(folder, None)?;
    let row = kept.row(record)?;
    let mut members = Vec::new();
    for each in kept.index.members(row)? {
        members.push(kept.id(each)?);
    }
    let mut held = Vec::new();
    for each in kept.index.held_by(row)? {
        held.push(match each {
            Held::Link(pair) => {
                let parts = kept.index.explain(pair.one, pair.other)?;
                json!({ "one": kept.id(pair.one)?, "other": kept.id(pair.other)?, "weight": rounded(f64::from(pair.weight)), "because": parts })
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
