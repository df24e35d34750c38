//! `plainsight link`: which records of files are the same. The engine computes; here files are read and written.

mod kept;
mod kept_files;
mod labels;
mod measure;
mod progress;
mod read;
mod report;

use std::fs;
use std::io::{IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Instant;

use anyhow::{Context, Result, bail};
use serde::Serialize;

use plainsight_linkage::{
    Forgetful, Linked, Model, Options, Progress, RunError, Table, at_precision, go_on, probability, suggested, train_and_link,
};
use plainsight_names::Watch;

use crate::cli::{Link, LinkHow};
use crate::{remark, say};
use measure::Measured;
use progress::SoFar;
use read::Records;

/// So many wrong cells are named one by one.
const NAMED: usize = 10;

/// What a run came to, as JSON.
#[derive(Serialize)]
struct Summary {
    records: usize,
    compared: Vec<String>,
    not_compared: Vec<String>,
    /// Cells and rows that could not be read as they stand.
    problems: usize,
    pairs_scored: u64,
    pairs_linked: usize,
    groups: usize,
    threshold: f64,
    estimated_precision: f64,
    /// Values that too many records share, where only neighbours were compared.
    heavy_values: usize,
    seconds: Seconds,
    peak_memory_mib: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    measured: Option<Measured>,
}

#[derive(Serialize)]
struct Seconds {
    read: f64,
    /// Learning the model, where it is learned, and linking by it.
    link: f64,
    write: f64,
}

pub(crate) fn link(command: &Link) -> Result<ExitCode> {
    match command {
        Link::Dedupe { file, out, how } => once(&[file], out, how, false),
        Link::Between { one, other, out, how } => once(&[one, other], out, how, true),
        Link::Rules { file, leave_out } => rules(file, leave_out),
        Link::Keep(keep) => kept::keep(keep),
        Link::Add { folder, file, id, threads } => kept::add(folder, file, id.as_deref(), *threads),
        Link::Decide { folder, side, one, other, why } => kept::decide(folder, *side, one, other, why),
        Link::TakeBack { folder, number, why } => kept::take_back(folder, *number, why),
        Link::Group { folder, record } => kept::group(folder, record),
    }
}

/// So many threads as were asked for, or as the machine has.
fn threads(asked: Option<usize>) -> usize {
    asked.unwrap_or_else(|| std::thread::available_parallelism().map_or(1, usize::from)).max(1)
}

/// What would be compared, told before it is.
fn rules(file: &Path, leave_out: &[String]) -> Result<ExitCode> {
    let how = LinkHow {
        model: String::new(),
        labels: None,
        precision: None,
        id: None,
        leave_out: leave_out.to_vec(),
        truth: None,
        slice: None,
        seed: 1,
        threads: None,
    };
    let records = read::records(&[file], &how, threads(None))?;
    for (rule, pairs) in suggested(&records.table, threads(None), &Bar::new()?)? {
        say(serde_json::json!({ "rule": rule.keys, "pairs_at_most": pairs }));
    }
    Ok(ExitCode::SUCCESS)
}

/// Links files and writes what came of it.
fn once(files: &[&Path], out: &Path, how: &LinkHow, across: bool) -> Result<ExitCode> {
    if out.exists() {
        bail!("{} exists already: give a folder that does not, so that nothing is written over", out.display());
    }
    let threads = threads(how.threads);
    let (read, took_read) = timed(|| read::records(files, how, threads));
    let records = read?;
    for problem in records.problems.iter().take(NAMED) {
        remark(problem);
    }
    if records.problems.len() > NAMED {
        remark(format_args!("and {} more", records.problems.len() - NAMED));
    }
    let options = Options { seed: how.seed, threads, across };
    let bar = Bar::new()?;
    let (done, link) = timed(|| compare(out, how, &records, &options, &bar));
    let (model, linked) = done?;
    let (written, write) = timed(|| write_all(out, &records, &model, &linked));
    written?;
    let _ = fs::remove_dir_all(progress::folder(out));
    let leaders: std::collections::HashSet<u32> = linked.clusters.iter().copied().collect();
    let summary = Summary {
        records: records.table.len(),
        compared: records.table.headings().into_iter().map(str::to_owned).collect(),
        not_compared: records.left_out.clone(),
        problems: records.problems.len(),
        pairs_scored: linked.scored,
        pairs_linked: linked.pairs.len(),
        groups: leaders.len(),
        threshold: model.threshold,
        estimated_precision: linked.precision,
        heavy_values: linked.heavy.len(),
        seconds: Seconds { read: took_read, link, write },
        peak_memory_mib: peak_memory(),
        measured: how.truth.is_some().then(|| measure::measure(&linked, &records.truth, &records.slices)),
    };
    say(serde_json::to_string_pretty(&summary)?);
    Ok(ExitCode::SUCCESS)
}

/// Learns the model where it is not given, and links by it; goes on where a run of the same command was stopped.
fn compare(out: &Path, how: &LinkHow, records: &Records, options: &Options, bar: &Bar) -> Result<(Model, Linked)> {
    let table = &records.table;
    let labels = labels::read(how, &records.ids)?;
    let named = format!("{} with {} labels, {:016x}", how.model, labels.len(), labels::fingerprint(&labels));
    let so_far = |model: &Model| SoFar::open(out, table, options, &named, model);
    let known = match how.model.as_str() {
        "auto" => progress::model(out, table, options, &named),
        name => Some(model(name, table)?),
    };
    let done = if let Some(model) = known {
        let progress = so_far(&model)?;
        go_on(table, &model, options, &progress, bar).map(|linked| (model, linked))
    } else {
        // Where progress cannot be kept, the work is done all the same.
        let learned = |model: &Model| -> Box<dyn Progress> {
            match so_far(model) {
                Ok(so_far) => Box::new(so_far),
                Err(error) => {
                    remark(format_args!("this run cannot be gone on with when it is stopped: {error:#}"));
                    Box::new(Forgetful)
                }
            }
        };
        train_and_link(table, &labels, options, learned, bar)
    };
    if matches!(done, Err(RunError::Cancelled)) {
        bail!("stopped as asked; the same command goes on from here (what was compared lies in {})", progress::folder(out).display());
    }
    sure_enough(how, table, done?, options, bar)
}

/// Only what is as sure as was asked for.
fn sure_enough(how: &LinkHow, table: &Table, (model, linked): (Model, Linked), options: &Options, bar: &Bar) -> Result<(Model, Linked)> {
    match how.precision {
        Some(precision) => Ok(at_precision(table, &model, linked, precision, options, bar)?),
        None => Ok((model, linked)),
    }
}

/// The models of kinds of records, taught on invented ones.
const KINDS: [(&str, &str); 6] = [
    ("person", include_str!("../../../../../data/linkage/models/person.toml")),
    ("phone", include_str!("../../../../../data/linkage/models/phone.toml")),
    ("vehicle", include_str!("../../../../../data/linkage/models/vehicle.toml")),
    ("venue", include_str!("../../../../../data/linkage/models/venue.toml")),
    ("organisation", include_str!("../../../../../data/linkage/models/organisation.toml")),
    ("account", include_str!("../../../../../data/linkage/models/account.toml")),
];

/// The model of a kind, fitted to the records, or of a file, as it stands.
fn model(name: &str, table: &Table) -> Result<Model> {
    if let Some((kind, text)) = KINDS.iter().find(|(kind, _)| *kind == name) {
        let model = Model::from_toml(text)?;
        let headings: Vec<String> = model.fields().into_iter().flat_map(|field| field.columns).collect();
        return model
            .fitted(table)
            .with_context(|| format!("the model {kind} compares the columns {}: give them these headings", headings.join(", ")));
    }
    let file = name;
    let text = fs::read_to_string(file).with_context(|| format!("could not read the model {file}"))?;
    Model::from_toml(&text).with_context(|| format!("{file} is not a model of this program"))
}

/// Writes everything into a folder beside, which takes its name when it is whole: nothing is ever half there.
fn write_all(out: &Path, records: &Records, model: &Model, linked: &Linked) -> Result<()> {
    let unfinished = beside(out, UNFINISHED);
    if let Some(parent) = out.parent().filter(|parent| !parent.as_os_str().is_empty()) {
        fs::create_dir_all(parent).with_context(|| format!("could not make {}", parent.display()))?;
    }
    let written = write_into(&unfinished, records, model, linked).and_then(|()| Ok(fs::rename(&unfinished, out)?));
    if written.is_err() {
        let _ = fs::remove_dir_all(&unfinished);
    }
    written.with_context(|| format!("could not write {}", out.display()))
}

/// What is added to the name of a folder that is not whole yet.
const UNFINISHED: &str = ".unfinished";

/// The folder of the same name with something more.
fn beside(out: &Path, more: &str) -> PathBuf {
    let mut name = out.file_name().unwrap_or_default().to_owned();
    name.push(more);
    out.with_file_name(name)
}

fn write_into(folder: &Path, records: &Records, model: &Model, linked: &Linked) -> Result<()> {
    if folder.exists() {
        fs::remove_dir_all(folder)?;
    }
    fs::create_dir(folder)?;
    let id = |row: u32| records.id(row);
    let mut pairs = csv::Writer::from_path(folder.join("pairs.csv"))?;
    pairs.write_record(["one", "other", "weight", "probability"])?;
    for pair in &linked.pairs {
        let weight = f64::from(pair.weight);
        pairs.write_record([id(pair.one), id(pair.other), &format!("{weight:.3}"), &format!("{:.6}", probability(weight))])?;
    }
    pairs.flush()?;
    let mut groups = csv::Writer::from_path(folder.join("groups.csv"))?;
    groups.write_record(["record", "group"])?;
    for (row, leader) in (0_u32..).zip(&linked.clusters) {
        groups.write_record([id(row), id(*leader)])?;
    }
    groups.flush()?;
    fs::write(folder.join("model.toml"), model.to_toml()?)?;
    fs::write(folder.join("report.html"), report::page(records, model, linked)?)?;
    Ok(())
}

fn timed<T>(work: impl FnOnce() -> T) -> (T, f64) {
    #[allow(clippy::disallowed_methods, reason = "how long a command took is told to whoever typed it")]
    let start = Instant::now();
    let done = work();
    (done, (start.elapsed().as_secs_f64() * 1000.0).round() / 1000.0)
}

/// The most memory that this process ever had; where the system tells.
fn peak_memory() -> Option<u64> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM"))?;
    line.split_whitespace().nth(1)?.parse::<u64>().ok().map(|kib| kib / 1024)
}

/// A line on the terminal that says which stage is how far; nothing where nobody looks. Ctrl-C stops the work: nothing is
/// written before the end.
pub(super) struct Bar {
    shown: bool,
    last: Mutex<(&'static str, u64)>,
    stopped: Arc<AtomicBool>,
}

impl Bar {
    pub(super) fn new() -> Result<Self> {
        let stopped = Arc::new(AtomicBool::new(false));
        let pressed = stopped.clone();
        let runtime = tokio::runtime::Builder::new_current_thread().enable_io().build()?;
        std::thread::spawn(move || {
            if runtime.block_on(tokio::signal::ctrl_c()).is_ok() {
                pressed.store(true, Ordering::Relaxed);
            }
        });
        Ok(Self { shown: std::io::stderr().is_terminal(), last: Mutex::new(("", 0)), stopped })
    }
}

impl Watch for Bar {
    fn progress(&self, stage: &'static str, done: u64, of: u64) {
        if !self.shown {
            return;
        }
        let percent = done * 100 / of.max(1);
        let mut last = self.last.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        if *last != (stage, percent) {
            *last = (stage, percent);
            let _ = write!(std::io::stderr(), "\r{stage}: {percent} %          ");
        }
    }

    fn cancelled(&self) -> bool {
        self.stopped.load(Ordering::Relaxed)
    }
}
