//! Finds what is the same: within one set of records, or between sets.

use std::collections::BTreeMap;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use plainsight_names::Watch;

use crate::blocking::{Block, Heavy, Pass};
use crate::cluster::{Pair, cluster};
use crate::field::{Comparer, Memory};
use crate::model::{Model, ModelError, Part, Scale, probability};
use crate::table::Table;

/// How a run is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Options {
    /// The same seed gives the same answer.
    pub seed: u64,
    /// How many threads work; the answer does not depend on it.
    pub threads: usize,
    /// Only pairs of two different files can be the same.
    pub across: bool,
}

/// Why there is no answer.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum RunError {
    /// Fewer than two records, or only columns without differences.
    #[error("nothing to compare: fewer than two records, or every column is empty or all one value")]
    Nothing,
    /// The model reads a column that the records lack.
    #[error("the model reads the column {0:?}, which the records lack")]
    Column(String),
    /// The model is not valid.
    #[error(transparent)]
    Model(#[from] ModelError),
    /// Somebody stopped it.
    #[error("stopped as asked")]
    Cancelled,
}

/// The answer.
#[derive(Clone, Debug, PartialEq)]
pub struct Linked {
    /// Pairs that are as likely as the threshold says, by their numbers.
    pub pairs: Vec<Pair>,
    /// For every record, the first record of its group.
    pub clusters: Vec<u32>,
    /// How many pairs were compared.
    pub scored: u64,
    /// How many of them have a weight of so many whole bits (rounded down), in order.
    pub weights: Vec<(i32, u64)>,
    /// Values that too many records share, where only neighbours were compared.
    pub heavy: Vec<Heavy>,
    /// The precision of the pairs as the model itself estimates it.
    pub precision: f64,
}

/// Finds records of one table that are the same.
///
/// # Errors
/// When the model does not fit the records, or somebody stopped it.
pub fn dedupe(table: &Table, model: &Model, options: &Options, watch: &dyn Watch) -> Result<Linked, RunError> {
    link(table, model, &Options { across: false, ..*options }, watch)
}

/// Finds records of different files that are the same; two records of one file never are.
///
/// # Errors
/// When the model does not fit the records, or somebody stopped it.
pub fn between(table: &Table, model: &Model, options: &Options, watch: &dyn Watch) -> Result<Linked, RunError> {
    link(table, model, &Options { across: true, ..*options }, watch)
}

/// Why two records have their weight: the prior and every field, in bits.
///
/// # Errors
/// When the model does not fit the records.
pub fn explain(table: &Table, model: &Model, one: u32, other: u32) -> Result<Vec<Part>, RunError> {
    model.check()?;
    let comparer = Comparer::new(table, &model.fields()).map_err(RunError::Column)?;
    Ok(Scale::new(model).explain(model, &comparer.see(&mut Memory::new(), one, other)))
}

fn link(table: &Table, model: &Model, options: &Options, watch: &dyn Watch) -> Result<Linked, RunError> {
    model.check()?;
    for rule in &model.rules {
        for key in &rule.keys {
            if let crate::blocking::Key::Value(column) = key
                && table.find(column).is_none()
            {
                return Err(RunError::Column(column.clone()));
            }
        }
    }
    let comparer = Comparer::new(table, &model.fields()).map_err(RunError::Column)?;
    let scale = Scale::new(model);
    let least = (model.threshold / (1.0 - model.threshold)).log2();
    watch.progress("blocks", 0, 1);
    if watch.cancelled() {
        return Err(RunError::Cancelled);
    }
    let passes = Pass::all(table, &model.rules, options.threads);
    let Scored { mut pairs, count: scored, weights } = score(&comparer, &scale, &passes, least, options, watch)?;
    pairs.sort_unstable_by_key(|pair| (pair.one, pair.other));
    pairs.dedup_by_key(|pair| (pair.one, pair.other));
    watch.progress("groups", 0, 1);
    let mut memory = Memory::new();
    // Without the prior: two records of which nothing can be compared speak neither for a group nor against it.
    let mut weigh = |one, other| scale.weight_without_prior(&comparer.see(&mut memory, one, other));
    let apart = |one, other| options.across && table.file(one) == table.file(other);
    let clusters = cluster(table.rows, &pairs, least, -JOIN * scale.prior(), &mut weigh, &apart);
    let sure: f64 = pairs.iter().map(|pair| probability(f64::from(pair.weight))).sum();
    let precision = if pairs.is_empty() { 1.0 } else { sure / pairs.len() as f64 };
    let heavy = passes.into_iter().flat_map(|pass| pass.heavy).collect();
    Ok(Linked { pairs, clusters, scored, weights: weights.into_iter().collect(), heavy, precision })
}

/// What came of comparing some pairs.
#[derive(Debug, Default)]
struct Scored {
    pairs: Vec<Pair>,
    count: u64,
    weights: BTreeMap<i32, u64>,
}

/// What each record would weigh compared with itself, in whole bits (rounded down) with how many records do: whoever stays below
/// the threshold can be linked with nothing, however right it is.
///
/// # Errors
/// When the model does not fit the records.
pub fn unlinkables(table: &Table, model: &Model) -> Result<Vec<(i32, u64)>, RunError> {
    model.check()?;
    let comparer = Comparer::new(table, &model.fields()).map_err(RunError::Column)?;
    let scale = Scale::new(model);
    let mut memory = Memory::new();
    let mut weights: BTreeMap<i32, u64> = BTreeMap::new();
    for row in 0..u32::try_from(table.rows).unwrap_or(u32::MAX) {
        *weights.entry(scale.weight(&comparer.see(&mut memory, row, row)).floor() as i32).or_default() += 1;
    }
    Ok(weights.into_iter().collect())
}

/// Groups join when the pairs across them bring this part of the evidence that a single pair would need. All of it would
/// ask of a record of which little is known that it be like every other; none of it would let one link chain two groups.
const JOIN: f64 = 0.65;

/// About how many pairs a thread takes at a time.
const PORTION: u64 = 50_000;

fn score(
    comparer: &Comparer<'_>,
    scale: &Scale,
    passes: &[Pass],
    least: f64,
    options: &Options,
    watch: &dyn Watch,
) -> Result<Scored, RunError> {
    let mut portions: Vec<(usize, &[Block])> = Vec::new();
    for (at, pass) in passes.iter().enumerate() {
        let (mut from, mut sum) = (0, 0);
        for (to, block) in pass.blocks.iter().enumerate() {
            sum += Pass::pairs(*block);
            if sum >= PORTION || to + 1 == pass.blocks.len() {
                portions.extend(pass.blocks.get(from..=to).map(|blocks| (at, blocks)));
                (from, sum) = (to + 1, 0);
            }
        }
    }
    let next = AtomicUsize::new(0);
    let stopped = AtomicBool::new(false);
    let found: Mutex<Vec<(usize, Scored)>> = Mutex::new(Vec::new());
    let work = || {
        let mut memory = Memory::new();
        loop {
            let at = next.fetch_add(1, Ordering::Relaxed);
            let Some((pass, blocks)) = portions.get(at) else { break };
            watch.progress("pairs", at as u64, portions.len() as u64);
            if watch.cancelled() {
                stopped.store(true, Ordering::Relaxed);
                break;
            }
            let mut own = Scored::default();
            for block in *blocks {
                Pass::visit(passes, *pass, *block, |one, other| {
                    if options.across && comparer.table.file(one) == comparer.table.file(other) {
                        return;
                    }
                    own.count += 1;
                    let weight = scale.weight(&comparer.see(&mut memory, one, other));
                    *own.weights.entry(weight.floor() as i32).or_default() += 1;
                    if weight >= least {
                        own.pairs.push(Pair { one, other, weight: weight as f32 });
                    }
                });
            }
            if let Ok(mut found) = found.lock() {
                found.push((at, own));
            }
        }
    };
    std::thread::scope(|scope| {
        for _ in 1..options.threads.max(1) {
            scope.spawn(work);
        }
        work();
    });
    if stopped.load(Ordering::Relaxed) {
        return Err(RunError::Cancelled);
    }
    let mut all = Scored::default();
    for (_, own) in found.into_inner().unwrap_or_default() {
        all.pairs.extend(own.pairs);
        all.count += own.count;
        for (weight, count) in own.weights {
            *all.weights.entry(weight).or_default() += count;
        }
    }
    Ok(all)
}
