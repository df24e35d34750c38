//! Finds what is the same: within one set of records, or between sets.

use plainsight_names::Watch;

use crate::blocking::{Heavy, Pass};
use crate::cluster::{Joining, Known, Pair, cluster};
use crate::field::{Comparer, Memory};
use crate::model::{Model, ModelError, Part, Scale, probability};
use crate::table::Table;
use crate::teach::Label;
use crate::train::learn;
use crate::work::Shared;

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
    link(table, model, None, &Options { across: false, ..*options }, (&Forgetful, watch))
}

/// Finds records of different files that are the same; two records of one file never are.
///
/// # Errors
/// When the model does not fit the records, or somebody stopped it.
pub fn between(table: &Table, model: &Model, options: &Options, watch: &dyn Watch) -> Result<Linked, RunError> {
    link(table, model, None, &Options { across: true, ..*options }, (&Forgetful, watch))
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

/// Learns a model, from labels too where there are some, and links by it; the pairs that were looked at for the one serve for the
/// other. `learned` is told of the model and says where progress is remembered.
///
/// # Errors
/// When there is nothing to compare, or somebody stopped it.
pub fn train_and_link(
    table: &Table,
    labels: &[Label],
    options: &Options,
    learned: impl FnOnce(&Model) -> Box<dyn Progress>,
    watch: &dyn Watch,
) -> Result<(Model, Linked), RunError> {
    let (model, passes) = learn(table, labels, options, watch)?;
    let linked = link(table, &model, passes, options, (&*learned(&model), watch))?;
    Ok((model, linked))
}

/// Links by a model, and goes on from what was compared before.
///
/// # Errors
/// When the model does not fit the records, or somebody stopped it.
pub fn go_on(table: &Table, model: &Model, options: &Options, progress: &dyn Progress, watch: &dyn Watch) -> Result<Linked, RunError> {
    link(table, model, None, options, (progress, watch))
}

/// A table made ready for a model; an error where it lacks what the model needs.
pub(crate) fn fits<'a>(table: &'a Table, model: &Model) -> Result<Comparer<'a>, RunError> {
    model.check()?;
    for rule in &model.rules {
        for key in &rule.keys {
            if let Some(column) = key.columns().find(|column| table.find(column).is_none()) {
                return Err(RunError::Column(column.to_owned()));
            }
        }
    }
    Comparer::new(table, &model.fields()).map_err(RunError::Column)
}

fn link(
    table: &Table,
    model: &Model,
    passes: Option<Vec<Pass>>,
    options: &Options,
    (progress, watch): (&dyn Progress, &dyn Watch),
) -> Result<Linked, RunError> {
    let comparer = fits(table, model)?;
    let scale = Scale::new(model);
    let least = least(model);
    let passes = match passes {
        Some(passes) => passes,
        None => Pass::all(table, &model.rules, options.threads, watch)?,
    };
    let all = score(&comparer, &scale, &passes, least, options, (progress, watch))?;
    let weights = all.histogram();
    let Scored { mut pairs, count: scored, .. } = all;
    pairs.sort_unstable_by_key(|pair| (pair.one, pair.other));
    pairs.dedup_by_key(|pair| (pair.one, pair.other));
    let clusters = groups(table, model, &pairs, options, watch)?;
    let sure: f64 = pairs.iter().map(|pair| probability(f64::from(pair.weight))).sum();
    let precision = if pairs.is_empty() { 1.0 } else { sure / pairs.len() as f64 };
    let heavy = Pass::heavy(passes);
    Ok(Linked { pairs, clusters, scored, weights, heavy, precision })
}

/// The links that are so sure that of a hundred so many are right, as the model itself expects it, with their groups; the model with
/// the threshold that this takes. What is surer already stays as it is.
///
/// # Errors
/// When the model does not fit the records, or somebody stopped it.
pub fn at_precision(
    table: &Table,
    model: &Model,
    linked: Linked,
    precision: f64,
    options: &Options,
    watch: &dyn Watch,
) -> Result<(Model, Linked), RunError> {
    if linked.precision >= precision {
        return Ok((model.clone(), linked));
    }
    let mut order: Vec<f32> = linked.pairs.iter().map(|pair| pair.weight).collect();
    order.sort_unstable_by(|one, other| other.total_cmp(one));
    // The longest beginning that is sure enough, and that does not part pairs of one weight.
    let (mut sure, mut kept, mut reached) = (0.0, 0, 1.0);
    for (at, weight) in order.iter().enumerate() {
        sure += probability(f64::from(*weight));
        let mean = sure / (at + 1) as f64;
        if mean < precision {
            break;
        }
        if order.get(at + 1) != Some(weight) {
            (kept, reached) = (at + 1, mean);
        }
    }
    // Between the last that is kept and the first that is not.
    let weight = |at: usize| order.get(at).map(|weight| f64::from(*weight));
    let bits = match (kept.checked_sub(1).and_then(weight), weight(kept)) {
        (Some(last), Some(first)) => (last + first) / 2.0,
        (_, Some(first)) => first + 1.0,
        (_, None) => least(model),
    };
    let model = Model { threshold: probability(bits).min(1.0 - f64::EPSILON), ..model.clone() };
    let pairs: Vec<Pair> = linked.pairs.into_iter().filter(|pair| f64::from(pair.weight) >= bits).collect();
    let clusters = groups(table, &model, &pairs, options, watch)?;
    Ok((model, Linked { precision: if pairs.is_empty() { 1.0 } else { reached }, pairs, clusters, ..linked }))
}

/// The groups that links make: for every record, the first record of its group.
///
/// # Errors
/// When the model does not fit the records, or somebody stopped it.
pub fn groups(table: &Table, model: &Model, links: &[Pair], options: &Options, watch: &dyn Watch) -> Result<Vec<u32>, RunError> {
    let comparer = Comparer::new(table, &model.fields()).map_err(RunError::Column)?;
    let scale = Scale::new(model);
    let known = Weighed { comparer: &comparer, scale: &scale, across: options.across };
    let shared = Shared { stage: "groups", threads: options.threads, watch };
    cluster(table.rows, links, joining(&scale), Memory::new, &known, &shared)
}

/// What a model says of any two records.
pub(crate) struct Weighed<'a> {
    pub(crate) comparer: &'a Comparer<'a>,
    pub(crate) scale: &'a Scale,
    pub(crate) across: bool,
}

impl Known<Memory> for Weighed<'_> {
    /// Without the prior: two records of which nothing can be compared speak neither for a group nor against it.
    fn evidence(&self, memory: &mut Memory, one: u32, other: u32) -> f64 {
        self.scale.weight_without_prior(&self.comparer.see(memory, one, other))
    }

    fn apart(&self, one: u32, other: u32) -> bool {
        self.across && self.comparer.table.file(one) == self.comparer.table.file(other)
    }
}

/// What came of comparing a portion of the pairs.
#[derive(Clone, Debug, PartialEq)]
pub struct Compared {
    /// Those that are links.
    pub pairs: Vec<Pair>,
    /// How many were compared.
    pub count: u64,
    /// How many of them have a weight of so many whole bits (rounded down), in order.
    pub weights: Vec<(i32, u64)>,
}

/// Remembers portions of a long comparison, so that it can be stopped and gone on with. The portions are the same for the
/// same records, model and options.
pub trait Progress: Sync {
    /// What came of a portion when it was compared before.
    fn known(&self, portion: usize) -> Option<Compared>;
    /// A portion was compared.
    fn done(&self, portion: usize, compared: &Compared);
}

/// Remembers nothing.
#[derive(Clone, Copy, Debug)]
pub struct Forgetful;

impl Progress for Forgetful {
    fn known(&self, _: usize) -> Option<Compared> {
        None
    }

    fn done(&self, _: usize, _: &Compared) {}
}

/// What came of comparing some pairs.
#[derive(Debug)]
struct Scored {
    pairs: Vec<Pair>,
    count: u64,
    /// How many pairs have so many whole bits, from [`LIGHTEST`] up.
    weights: Vec<u64>,
}

/// No pair weighs less, nor more than its opposite: sixteen fields of no more than 24 bits each way.
const LIGHTEST: i32 = -512;

impl Scored {
    fn none() -> Self {
        Self { pairs: Vec::new(), count: 0, weights: vec![0; LIGHTEST.unsigned_abs() as usize * 2] }
    }

    fn weigh(&mut self, weight: f64) {
        self.add(weight.floor() as i32, 1);
    }

    fn add(&mut self, bits: i32, pairs: u64) {
        let last = self.weights.len() - 1;
        if let Some(count) = self.weights.get_mut((bits.saturating_sub(LIGHTEST).max(0) as usize).min(last)) {
            *count += pairs;
        }
    }

    fn compared(self) -> Compared {
        Compared { weights: self.histogram(), pairs: self.pairs, count: self.count }
    }

    fn histogram(&self) -> Vec<(i32, u64)> {
        (LIGHTEST..).zip(self.weights.iter().copied()).filter(|(_, count)| *count > 0).collect()
    }
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
    let mut own = Scored::none();
    for row in 0..u32::try_from(table.rows).unwrap_or(u32::MAX) {
        own.weigh(scale.weight(&comparer.see(&mut memory, row, row)));
    }
    Ok(own.histogram())
}

/// Groups join when the pairs across them bring this part of the evidence that a single pair would need. All of it would
/// ask of a record of which little is known that it be like every other; none of it would let one link chain two groups.
const JOIN: f64 = 0.65;

pub(crate) fn joining(scale: &Scale) -> Joining {
    Joining { prior: scale.prior(), join: -JOIN * scale.prior() }
}

/// The weight from which a pair is a link.
pub(crate) fn least(model: &Model) -> f64 {
    (model.threshold / (1.0 - model.threshold)).log2()
}

fn score(
    comparer: &Comparer<'_>,
    scale: &Scale,
    passes: &[Pass],
    least: f64,
    options: &Options,
    (progress, watch): (&dyn Progress, &dyn Watch),
) -> Result<Scored, RunError> {
    let portions = Pass::portions(passes);
    let work = |memory: &mut Memory, at: usize| {
        if let Some(known) = progress.known(at) {
            return known;
        }
        let mut own = Scored::none();
        let Some((number, pass, blocks)) = portions.get(at).and_then(|(at, blocks)| Some((*at, passes.get(*at)?, *blocks))) else {
            return own.compared();
        };
        let wanted = |one, other| !(options.across && comparer.table.file(one) == comparer.table.file(other));
        for block in blocks {
            pass.visit(*block, wanted, |one, other| {
                if !Pass::is_new(passes, number, one, other) {
                    return;
                }
                own.count += 1;
                let weight = scale.weight(&comparer.see(memory, one, other));
                own.weigh(weight);
                if weight >= least {
                    own.pairs.push(Pair { one, other, weight: weight as f32 });
                }
            });
        }
        let compared = own.compared();
        progress.done(at, &compared);
        compared
    };
    let mut all = Scored::none();
    for own in (Shared { stage: "pairs", threads: options.threads, watch }).each(portions.len(), Memory::new, work)? {
        all.pairs.extend(own.pairs);
        all.count += own.count;
        for (bits, pairs) in own.weights {
            all.add(bits, pairs);
        }
    }
    Ok(all)
}
