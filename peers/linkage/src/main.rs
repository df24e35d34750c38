//! How well and how fast records are linked: pairs and groups against the truth, at a threshold that was chosen without it.
//!
//! `cargo run --release -p plainsight-peers-linkage -- dedupe FILE.csv TRUTH_COLUMN [--leave-out COLUMN ...] [--slice COLUMN]`
//! and `... -- between A.csv B.csv`, `... -- one-by-one FILE.csv TRUTH_COLUMN COUNT`, where records of the FEBRL sets carry the truth in `rec_id`.

#![allow(clippy::print_stdout, clippy::disallowed_methods, clippy::cast_precision_loss, reason = "a benchmark reads the clock and prints")]

mod generate;

use std::collections::{BTreeMap, HashMap, HashSet};
use std::io::{BufWriter, Read as _, Seek as _, Write as _};
use std::path::PathBuf;
use std::time::Instant;

use anyhow::{Context, Result, bail};
use plainsight_linkage::{
    ColumnSpec, Forgetful, Index, Linked, Model, Options, Records, Shelving, Table, TableBuilder, dedupe, refused, shelve, teach,
    train_and_link,
};
use plainsight_names::Watch;

struct Read {
    table: Table,
    truth: Vec<String>,
    slices: Vec<String>,
}

fn main() -> Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let options = |name: &str| -> Vec<&str> {
        arguments
            .windows(2)
            .filter(|pair| pair.first().is_some_and(|word| word == name))
            .filter_map(|pair| pair.get(1).map(String::as_str))
            .collect()
    };
    if let [word, file, truth, count, ..] = arguments.as_slice()
        && word == "one-by-one"
    {
        return one_by_one(file, truth, count.parse()?);
    }
    match arguments.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        ["generate", kind, records, seed, out] => {
            return generate::generate(kind, records.parse()?, seed.parse()?, &mut std::fs::File::create(out)?);
        }
        ["teach", file, truth, out] => {
            let read = read(&[&(*file).to_owned()], truth, &[], None)?;
            let names: BTreeMap<&str, u32> = read.truth.iter().map(String::as_str).zip(0..).collect();
            let entities: Vec<u32> = read.truth.iter().filter_map(|name| names.get(name.as_str()).copied()).collect();
            let model = teach(&read.table, &entities, &Options { seed: 1, threads: 2, across: false }, &Stages::begin())?;
            return Ok(std::fs::write(out, model.to_toml()?)?);
        }
        ["models", folder] => return models(std::path::Path::new(folder)),
        _ => {}
    }
    let start = Instant::now();
    let (read, across) = match arguments.as_slice() {
        [word, file, truth, ..] if word == "dedupe" => {
            (read(&[file], truth, &options("--leave-out"), options("--slice").first().copied())?, false)
        }
        [word, one, other, ..] if word == "between" => (read(&[one, other], "rec_id", &[], None)?, true),
        _ => bail!("say `dedupe FILE.csv TRUTH_COLUMN`, `between A.csv B.csv` or `one-by-one FILE.csv TRUTH_COLUMN COUNT`"),
    };
    let taken = start.elapsed().as_secs_f64();
    let options = Options { seed: 1, threads: 2, across };
    let start = Instant::now();
    let (model, linked) = train_and_link(&read.table, &[], &options, |_| Box::new(Forgetful), &Stages::begin())?;
    let seconds = start.elapsed().as_secs_f64();
    if std::env::var_os("MODEL").is_some() {
        println!("{}", model.to_toml()?);
    }
    let group: Vec<u32> = linked.clusters;
    let pairs: HashSet<(u32, u32)> = linked.pairs.iter().map(|pair| (pair.one, pair.other)).collect();
    let mut truth: HashMap<&str, Vec<u32>> = HashMap::new();
    for (row, name) in (0_u32..).zip(&read.truth) {
        truth.entry(name).or_default().push(row);
    }
    let mut true_pairs = 0_u64;
    let (mut found, mut grouped) = (0_u64, 0_u64);
    let mut by_slice: BTreeMap<&str, (u64, u64)> = BTreeMap::new();
    for rows in truth.values() {
        for (at, one) in rows.iter().enumerate() {
            for other in rows.iter().skip(at + 1) {
                true_pairs += 1;
                found += u64::from(pairs.contains(&(*one.min(other), *one.max(other))));
                let together = group.get(*one as usize) == group.get(*other as usize);
                grouped += u64::from(together);
                let slice = by_slice.entry(read.slices.get(*one as usize).map_or("", String::as_str)).or_default();
                slice.0 += u64::from(together);
                slice.1 += 1;
            }
        }
    }
    if std::env::var_os("LOST").is_some() {
        let lost = truth
            .values()
            .flat_map(|rows| rows.windows(2))
            .filter(|pair| matches!(pair, [one, other] if group.get(*one as usize) != group.get(*other as usize)));
        for pair in lost.step_by(211).take(14) {
            let [one, other] = pair else { continue };
            let parts = plainsight_linkage::explain(&read.table, &model, *one, *other)?;
            println!("lost {one} {other} {:.1}", parts.iter().map(|part| part.weight).sum::<f64>());
            for part in parts {
                println!("    {:<20} {:<24} {:.1}", part.field, part.level, part.weight);
            }
        }
    }
    if std::env::var_os("WRONG").is_some() {
        let same = |one: u32, other: u32| read.truth.get(one as usize) == read.truth.get(other as usize);
        for pair in linked.pairs.iter().filter(|pair| !same(pair.one, pair.other)).step_by(997).take(12) {
            println!("wrong {} {} {:.1}", pair.one, pair.other, pair.weight);
            for part in plainsight_linkage::explain(&read.table, &model, pair.one, pair.other)? {
                println!("    {:<20} {:<24} {:.1}", part.field, part.level, part.weight);
            }
        }
    }
    let mut sizes: HashMap<u32, u64> = HashMap::new();
    for leader in &group {
        *sizes.entry(*leader).or_default() += 1;
    }
    let grouped_pairs: u64 = sizes.values().map(|size| size * (size - 1) / 2).sum();
    let score = |right: u64, said: u64| {
        let (precision, recall) = (right as f64 / said.max(1) as f64, right as f64 / true_pairs.max(1) as f64);
        format!("F1 {:.4} (P {precision:.4} R {recall:.4})", 2.0 * precision * recall / (precision + recall).max(1e-9))
    };
    println!(
        "{} records, {true_pairs} true pairs, {} scored; read {taken:.2} s, learn and link {seconds:.2} s, {} MiB; threshold {:.3}, estimated precision {:.3}",
        read.table.len(),
        linked.scored,
        peak(),
        model.threshold,
        linked.precision
    );
    println!("  pairs    {}", score(found, pairs.len() as u64));
    println!("  groups   {}", score(grouped, grouped_pairs));
    if by_slice.len() > 1 {
        let shares: Vec<String> =
            by_slice.iter().map(|(slice, (right, of))| format!("{slice} {:.3}", *right as f64 / *of as f64)).collect();
        println!("  recall   {}", shares.join("  "));
    }
    Ok(())
}

/// Learns the model of every kind of record from invented ones, and measures it on others.
fn models(folder: &std::path::Path) -> Result<()> {
    let options = Options { seed: 1, threads: 2, across: false };
    let folder_of_records = std::env::temp_dir();
    for kind in generate::KINDS {
        let make = |records: usize, seed: u64| -> Result<Read> {
            let file = folder_of_records.join(format!("{kind}-{seed}.csv"));
            generate::generate(kind, records, seed, &mut std::fs::File::create(&file)?)?;
            read(&[&file.display().to_string()], "cluster", &[], None)
        };
        let known = make(40_000, 1)?;
        let entities: Vec<u32> = known.truth.iter().map(|entity| entity.parse()).collect::<Result<_, _>>()?;
        let model = teach(&known.table, &entities, &options, &Stages::begin())?;
        for (records, seed) in [(10_000, 2), (500, 3)] {
            let other = make(records, seed)?;
            let linked = dedupe(&other.table, &model.fitted(&other.table)?, &options, &Stages::begin())?;
            let learned = train_and_link(&other.table, &[], &options, |_| Box::new(Forgetful), &Stages::begin())?.1;
            println!(
                "{kind:<13} {records:>6} records: groups F1 {:.3} by the kept model, {:.3} by its own",
                f1(&linked, &other.truth),
                f1(&learned, &other.truth)
            );
        }
        std::fs::write(folder.join(format!("{kind}.toml")), model.to_toml()?)?;
    }
    Ok(())
}

/// F1 of the pairs that lie in one group.
fn f1(linked: &plainsight_linkage::Linked, truth: &[String]) -> f64 {
    let pairs = |sizes: &HashMap<(u32, &str), u64>| -> u64 { sizes.values().map(|size| size * (size - 1) / 2).sum() };
    let (mut both, mut said, mut are) = (HashMap::new(), HashMap::new(), HashMap::new());
    for (leader, truth) in linked.clusters.iter().zip(truth) {
        *both.entry((*leader, truth.as_str())).or_default() += 1;
        *said.entry((*leader, "")).or_default() += 1;
        *are.entry((0, truth.as_str())).or_default() += 1;
    }
    let (right, said, are) = (pairs(&both), pairs(&said), pairs(&are));
    2.0 * right as f64 / (said + are).max(1) as f64
}

/// The records of a file, read where they stand.
struct Standing {
    file: std::fs::File,
    places: Vec<u64>,
    columns: Vec<usize>,
}

impl Standing {
    fn of(file: &str, columns: Vec<usize>) -> Result<Self> {
        let mut reader = csv::ReaderBuilder::new().flexible(true).from_path(file)?;
        reader.headers()?;
        let (mut places, mut row) = (vec![reader.position().byte()], csv::ByteRecord::new());
        while reader.read_byte_record(&mut row)? {
            places.push(reader.position().byte());
        }
        Ok(Self { file: std::fs::File::open(file)?, places, columns })
    }
}

impl Records for Standing {
    fn cells(&mut self, record: u32, cells: &mut Vec<String>) -> std::io::Result<()> {
        let place = |at: usize| self.places.get(at).copied().ok_or(std::io::ErrorKind::NotFound);
        let (begin, end) = (place(record as usize)?, place(record as usize + 1)?);
        let mut line = vec![0; (end - begin) as usize];
        self.file.seek(std::io::SeekFrom::Start(begin))?;
        self.file.read_exact(&mut line)?;
        let mut reader =
            csv::ReaderBuilder::new().has_headers(false).trim(csv::Trim::All).buffer_capacity(line.len()).from_reader(line.as_slice());
        let mut row = csv::StringRecord::new();
        reader.read_record(&mut row)?;
        cells.extend(self.columns.iter().map(|at| row.get(*at).unwrap_or_default().to_owned()));
        Ok(())
    }
}

/// Keeps an index of all but the last records of a file, in a file, and adds those one by one: how long each takes, its group
/// included. With `INDEX` it stays in that file, and is opened again when it is there: how much memory that takes.
fn one_by_one(file: &String, truth: &str, count: usize) -> Result<()> {
    let options = Options { seed: 1, threads: 2, across: false };
    let path = std::env::var_os("INDEX").map_or_else(|| std::env::temp_dir().join("plainsight-one-by-one.index"), PathBuf::from);
    let beside = path.with_extension("toml");
    let headings: Vec<String> = csv::Reader::from_path(file)?.headers()?.iter().map(str::to_owned).collect();
    let columns = wanted(&headings, truth, &[]);
    let start = Instant::now();
    if !beside.exists() {
        let Read { table, .. } = read_some(&[file], truth, &[], None, count)?;
        let (model, linked) = train_and_link(&table, &[], &options, |_| Box::new(Forgetful), &Stages::begin())?;
        let linked_in = start.elapsed().as_secs_f64();
        let mut out = BufWriter::new(std::fs::File::create(&path)?);
        let Linked { pairs: links, clusters: groups, .. } = &linked;
        shelve(&mut out, Shelving { table: &table, model: &model, links, groups, across: false, names: None, stamp: 0 })?;
        out.flush()?;
        std::fs::write(&beside, model.to_toml()?)?;
        let (long, took) = (std::fs::metadata(&path)?.len() >> 20, start.elapsed().as_secs_f64() - linked_in);
        println!("{} records linked in {linked_in:.1} s; index of {long} MiB written in {took:.1} s, {} MiB", table.len(), peak());
    }
    let standing = Standing::of(file, columns.clone())?;
    let model = Model::from_toml(&std::fs::read_to_string(&beside)?)?;
    let start = Instant::now();
    let mut index = Index::open(std::fs::File::open(&path)?, model, standing)?;
    let rows = index.len();
    println!("{rows} records opened in {:.3} s", start.elapsed().as_secs_f64());
    let mut reader = csv::ReaderBuilder::new().trim(csv::Trim::All).flexible(true).from_path(file)?;
    let (mut took, mut linked, mut later) = (Vec::new(), 0, Vec::new());
    for row in reader.records().skip(rows) {
        let row = row?;
        let cells: Vec<String> = columns.iter().map(|at| row.get(*at).unwrap_or_default().to_owned()).collect();
        let start = Instant::now();
        let added = index.add(0, cells.iter().map(String::as_str))?;
        took.push(start.elapsed().as_secs_f64() * 1000.0);
        linked += usize::from(!added.links.is_empty());
        later.push(cells);
    }
    took.sort_by(f64::total_cmp);
    let part = |of: usize| took.get((took.len() * of / 100).min(took.len() - 1)).copied().unwrap_or_default();
    println!(
        "{} added, {linked} of them linked: p50 {:.3} ms, p95 {:.3} ms, p99 {:.3} ms, slowest {:.3} ms; {} MiB",
        took.len(),
        part(50),
        part(95),
        part(99),
        part(100),
        peak()
    );
    if std::env::var_os("CHECK").is_some() {
        let Read { table, .. } = read_some(&[file], truth, &[], None, count)?;
        same_as_at_once(table, &later, &mut index, &options)?;
    }
    if std::env::var_os("INDEX").is_none() {
        std::fs::remove_file(&path)?;
        std::fs::remove_file(&beside)?;
    }
    Ok(())
}

/// All records at once, by the same model and frequencies, give the same links and groups.
fn same_as_at_once(table: Table, later: &[Vec<String>], index: &mut Index<std::fs::File, Standing>, options: &Options) -> Result<()> {
    let mut builder = TableBuilder::going_on(table, options.threads);
    for row in later {
        builder.push(0, row.iter().map(String::as_str))?;
    }
    let at_once = dedupe(&builder.finish().0, index.model(), options, &Stages::begin())?;
    if at_once.pairs != index.links()? || at_once.clusters != index.groups()? {
        bail!("one by one gives other links or groups than all at once");
    }
    println!("all at once: the same {} links and groups", at_once.pairs.len());
    Ok(())
}

/// The columns to compare.
fn wanted(headings: &[String], truth: &str, left_out: &[&str]) -> Vec<usize> {
    let fits = |heading: &str| {
        heading != truth
            && !refused(heading)
            && !left_out.contains(&heading)
            && !["unique_id", "id", "rec_id", "source", "cluster"].contains(&heading)
    };
    (0..headings.len()).filter(|at| headings.get(*at).is_some_and(|heading| fits(heading))).collect()
}

/// Says when each stage begins, where the variable STAGES is set.
struct Stages {
    begun: Instant,
    last: std::sync::Mutex<&'static str>,
}

impl Stages {
    fn begin() -> Self {
        Self { begun: Instant::now(), last: std::sync::Mutex::new("") }
    }
}

impl Watch for Stages {
    fn progress(&self, stage: &'static str, _: u64, _: u64) {
        let mut last = self.last.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        if *last != stage && std::env::var_os("STAGES").is_some() {
            println!("{:.2} s: {stage}", self.begun.elapsed().as_secs_f64());
        }
        *last = stage;
    }

    fn cancelled(&self) -> bool {
        false
    }
}

fn read(files: &[&String], truth: &str, left_out: &[&str], slice: Option<&str>) -> Result<Read> {
    read_some(files, truth, left_out, slice, 0)
}

/// All records but so many of the last.
fn read_some(files: &[&String], truth: &str, left_out: &[&str], slice: Option<&str>, but: usize) -> Result<Read> {
    let lines = if but == 0 {
        usize::MAX
    } else {
        std::io::BufRead::lines(std::io::BufReader::new(std::fs::File::open(files.first().context("no file")?)?)).count() - 1
    };
    let mut builder: Option<(TableBuilder, Vec<usize>)> = None;
    let (mut truths, mut slices) = (Vec::new(), Vec::new());
    for (number, file) in (0_u16..).zip(files) {
        let mut reader = csv::ReaderBuilder::new()
            .trim(csv::Trim::All)
            .flexible(true)
            .from_path(file)
            .with_context(|| format!("could not read {file}"))?;
        let headings: Vec<String> = reader.headers()?.iter().map(str::to_owned).collect();
        let truth_at = headings.iter().position(|heading| heading == truth).with_context(|| format!("{file} has no column {truth}"))?;
        let slice_at = slice.and_then(|slice| headings.iter().position(|heading| heading == slice));
        let (table, columns) = match &mut builder {
            Some(made) => made,
            None => {
                let columns = wanted(&headings, truth, left_out);
                let specs: Vec<ColumnSpec> =
                    columns.iter().filter_map(|at| headings.get(*at)).map(|heading| ColumnSpec::guessed(heading)).collect();
                builder.insert((TableBuilder::new(&specs, 2)?, columns))
            }
        };
        let mut row = csv::StringRecord::new();
        while truths.len() < lines.saturating_sub(but) && reader.read_record(&mut row)? {
            table.push(number, columns.iter().map(|at| row.get(*at).unwrap_or_default()))?;
            let said = row.get(truth_at).unwrap_or_default();
            // FEBRL: rec-1496-org and rec-1496-dup-0 are one.
            let said = if truth == "rec_id" { said.split('-').take(2).collect::<Vec<_>>().join("-") } else { said.to_owned() };
            truths.push(said);
            slices.push(slice_at.and_then(|at| row.get(at)).unwrap_or_default().to_owned());
        }
    }
    let (table, _) = builder.context("no file")?.0.finish();
    Ok(Read { table, truth: truths, slices })
}

/// The most memory that this process ever had, in MiB.
fn peak() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|line| line.starts_with("VmHWM"));
    line.and_then(|line| line.split_whitespace().nth(1)).and_then(|kib| kib.parse::<u64>().ok()).unwrap_or(0) / 1024
}
