//! What somebody knows: pairs that are the same, or of every record who it is.

use plainsight_names::Watch;

use crate::blocking::{Pass, Rule, suggest};
use crate::field::{Comparer, Field, Memory, Seen};
use crate::fields::fields;
use crate::model::Model;
use crate::run::{Options, RunError};
use crate::table::Table;
use crate::train::{
    Chances, Counts, Patterns, counted, evidence, normalise, priors, random_pairs, samples, shares, start, threshold, total_pairs,
};

/// What somebody knows of two records.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Label {
    /// A record.
    pub one: u32,
    /// Another.
    pub other: u32,
    /// Whether they are the same.
    pub same: bool,
}

/// Learns a model from records of which is known who each is: the same number, the same. For the models that are kept for kinds
/// of records that alone teach too little (a telephone has but its number).
///
/// # Errors
/// When there are fewer than two records, nothing to compare, numbers of other records, or somebody stopped it.
pub fn teach(table: &Table, entities: &[u32], options: &Options, watch: &dyn Watch) -> Result<Model, RunError> {
    let fields = fields(table);
    if table.rows < 2 || fields.is_empty() || entities.len() != table.rows {
        return Err(RunError::Nothing);
    }
    let comparer = Comparer::new(table, &fields).map_err(RunError::Column)?;
    let strangers = |one: u32, other: u32| entities.get(one as usize) != entities.get(other as usize);
    let u = shares(&fields, &random_pairs(&comparer, options, &strangers, watch)?, |_| 1.0);
    let mut order: Vec<u32> = (0..table.rows as u32).collect();
    order.sort_by_key(|row| entities.get(*row as usize));
    let mut labels = Vec::new();
    for group in order.chunk_by(|one, other| !strangers(*one, *other)) {
        for (at, one) in group.iter().enumerate() {
            labels.extend(group.iter().skip(at + 1).map(|other| Label { one: *one, other: *other, same: true }));
        }
    }
    let mut m: Chances = fields.iter().map(start).collect();
    heed(&fields, &mut m, &known(&comparer, &labels));
    let (rules, passes): (Vec<Rule>, Vec<Pass>) = suggest(table, options.threads, watch)?.into_iter().unzip();
    let samples = samples(&comparer, &passes, options, watch)?;
    let total = total_pairs(table, options);
    let prior = (labels.len() as f64 / total).clamp(1e-12, 0.5);
    let evidence = evidence(&fields, &m, &u);
    let mut model = Model { prior, household: 0.0, threshold: 0.5, records: table.rows as u64, rules, evidence };
    model.household = priors(&model, &samples, total).1;
    model.threshold = threshold(&model, &samples);
    Ok(model)
}

/// What pairs show that are known to be the same.
pub(crate) fn known(comparer: &Comparer<'_>, labels: &[Label]) -> Patterns {
    let mut memory = Memory::new();
    let mut counts = Counts::default();
    let rows = comparer.table.rows as u32;
    for label in labels.iter().filter(|label| label.same && label.one != label.other && label.one.max(label.other) < rows) {
        let (one, other) = (label.one.min(label.other), label.one.max(label.other));
        *counts.entry(comparer.see(&mut memory, one, other).pattern).or_default() += 1;
    }
    counted([counts])
}

/// Draws m towards what the known pairs show; what the records alone say counts as so many pairs.
pub(crate) fn heed(fields: &[Field], m: &mut Chances, known: &Patterns) {
    const RECORDS_ALONE: f64 = 50.0;
    for ((at, field), row) in fields.iter().enumerate().zip(m) {
        let mut counts = [0.0; 16];
        for (pattern, count) in known {
            if let Some(place) = counts.get_mut(usize::from(Seen::level(*pattern, at))) {
                *place += count;
            }
        }
        for (place, count) in row.iter_mut().zip(counts).skip(1) {
            *place = *place * RECORDS_ALONE + count;
        }
        normalise(field, row, 0.01);
    }
}
