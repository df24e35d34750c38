//! Learns a model from the records alone: u from random pairs, m by expectation and maximisation (EM) under every rule in
//! turn (Winkler 1988; Enamorado, Fifield and Imai 2019 for counted patterns), the prior from all pairs that are looked at.

use rustc_hash::FxHashMap;

use plainsight_names::Watch;

use crate::blocking::{Pass, Rule, few, suggest};
use crate::field::{Comparer, Field, Measure, Memory, Seen};
use crate::fields::fields;
use crate::keys::Key;
use crate::kind::Kind;
use crate::model::{Evidence, Level, Model, Scale, probability};
use crate::random::{Random, mix};
use crate::run::{Options, RunError};
use crate::table::Table;
use crate::teach::{Label, heed, known};
use crate::work::Shared;

/// How many random pairs teach u.
const RANDOM_PAIRS: u64 = 200_000;
/// About how many pairs of each rule teach m.
const RULE_PAIRS: u64 = 100_000;
/// No probability is learned to be smaller than this.
const LEAST: f64 = 1e-7;

pub(crate) type Chances = Vec<[f64; 16]>;

/// Learns a model of `table`; from the records alone where nobody knows a pair. Pairs that are known to be the same teach m, and
/// the fewer there are, the more counts what the records say. Pairs that are known to be different teach nothing here: u is
/// of all strangers, and those that somebody looked at are not.
///
/// # Errors
/// When there are fewer than two records, nothing to compare, or somebody stopped it.
pub fn train(table: &Table, labels: &[Label], options: &Options, watch: &dyn Watch) -> Result<Model, RunError> {
    learn(table, labels, options, watch).map(|(model, _)| model)
}

/// A model, and the passes of its rules when they were made already.
pub(crate) fn learn(table: &Table, labels: &[Label], options: &Options, watch: &dyn Watch) -> Result<(Model, Option<Vec<Pass>>), RunError> {
    let fields = fields(table);
    if table.rows < 2 || fields.is_empty() {
        return Err(RunError::Nothing);
    }
    let comparer = Comparer::new(table, &fields).map_err(RunError::Column)?;
    let wanted = |one, other| !(options.across && table.file(one) == table.file(other));
    let random = random_pairs(&comparer, options, &wanted, watch)?;
    let mut u = shares(&fields, &random, |_| 1.0);
    let (rules, passes): (Vec<Rule>, Vec<Pass>) = suggest(table, options.threads, watch)?.into_iter().unzip();
    let samples = samples(&comparer, &passes, options, watch)?;
    let known = known(&comparer, labels);
    watch.progress("parameters", 0, 1);
    let mut model =
        Model { prior: 1.0 / table.rows as f64, household: 0.0, threshold: 0.5, records: table.rows as u64, rules, evidence: Vec::new() };
    let total = total_pairs(table, options);
    // Random pairs hold a few of the same person; once m and the prior are known they are taken out.
    for round in 0..3 {
        let mut m = learn_m(&fields, &model.rules, &samples, &u);
        heed(&fields, &mut m, &known);
        model.evidence = evidence(&fields, &m, &u);
        (model.prior, model.household) = priors(&model, &samples, total);
        if round < 2 {
            let scale = Scale::new(&model);
            u = shares(&fields, &random, |pattern| 1.0 - probability(scale.weight(&Seen { pattern, ..Seen::default() })));
        }
    }
    model.threshold = threshold(&model, &samples);
    if few(table) {
        model.rules = vec![Rule::default()];
        return Ok((model, None));
    }
    Ok((model, Some(passes)))
}

/// How many pairs could be the same at all.
pub(crate) fn total_pairs(table: &Table, options: &Options) -> f64 {
    let rows = table.rows as f64;
    if !options.across {
        return rows * (rows - 1.0) / 2.0;
    }
    let mut sizes: FxHashMap<u16, f64> = FxHashMap::default();
    for file in &table.files {
        *sizes.entry(*file).or_default() += 1.0;
    }
    let mut within: Vec<f64> = sizes.into_values().map(|size| size * size).collect();
    within.sort_by(f64::total_cmp);
    (rows * rows - within.iter().sum::<f64>()) / 2.0
}

/// Counted patterns, in the order of patterns so that sums do not depend on a hash.
pub(crate) type Patterns = Vec<(u64, f64)>;

pub(crate) type Counts = FxHashMap<u64, u32>;

pub(crate) fn counted(parts: impl IntoIterator<Item = Counts>) -> Patterns {
    let mut counts = Counts::default();
    for (pattern, count) in parts.into_iter().flatten() {
        *counts.entry(pattern).or_default() += count;
    }
    let mut counts: Patterns = counts.into_iter().map(|(pattern, count)| (pattern, f64::from(count))).collect();
    counts.sort_unstable_by_key(|(pattern, _)| *pattern);
    counts
}

pub(crate) fn random_pairs(
    comparer: &Comparer<'_>,
    options: &Options,
    wanted: &(impl Fn(u32, u32) -> bool + Sync),
    watch: &dyn Watch,
) -> Result<Patterns, RunError> {
    /// So many pairs a thread takes at a time.
    const PORTION: usize = 10_000;
    let rows = comparer.table.rows as u64;
    let mut random = Random::new(options.seed);
    let mut draw = || (random.below(rows) as u32, random.below(rows) as u32);
    let drawn: Vec<(u32, u32)> = (0..RANDOM_PAIRS.min(rows * (rows - 1) / 2)).map(|_| draw()).collect();
    let portions: Vec<&[(u32, u32)]> = drawn.chunks(PORTION).collect();
    let work = |memory: &mut Memory, at: usize| {
        let mut counts = Counts::default();
        for (one, other) in portions.get(at).into_iter().copied().flatten() {
            if one != other && wanted(*one, *other) {
                *counts.entry(comparer.see(memory, *one, *other).pattern).or_default() += 1;
            }
        }
        counts
    };
    let shared = Shared { stage: "random pairs", threads: options.threads, watch };
    Ok(counted(shared.each(portions.len(), Memory::new, work)?))
}

/// How often each level of each field is shown, each pattern weighed by `worth`.
pub(crate) fn shares(fields: &[Field], patterns: &Patterns, worth: impl Fn(u64) -> f64) -> Chances {
    let mut sums = vec![[0.0; 16]; fields.len()];
    for (pattern, count) in patterns {
        let count = count * worth(*pattern);
        for (at, row) in sums.iter_mut().enumerate() {
            if let Some(place) = row.get_mut(usize::from(Seen::level(*pattern, at))) {
                *place += count;
            }
        }
    }
    for (field, row) in fields.iter().zip(&mut sums) {
        normalise(field, row, 0.3);
    }
    sums
}

/// Makes probabilities of counts, within all levels but "missing"; `more` is added to each for what was never seen.
pub(crate) fn normalise(field: &Field, row: &mut [f64; 16], more: f64) {
    let count = field.levels().len();
    let sum: f64 = row.iter().skip(1).take(count).map(|place| place + more).sum();
    for place in row.iter_mut().skip(1).take(count) {
        *place = ((*place + more) / sum).clamp(LEAST, 1.0 - LEAST);
    }
}

/// A sample of the pairs of one rule: all as that rule alone gives them.
#[derive(Debug)]
pub(crate) struct Sample {
    /// Patterns of pairs that no earlier rule had, for the prior, with the evidence of frequencies.
    new: Vec<Seen>,
    /// The share of all pairs that was taken.
    fraction: f64,
    patterns: Patterns,
}

pub(crate) fn samples(comparer: &Comparer<'_>, passes: &[Pass], options: &Options, watch: &dyn Watch) -> Result<Vec<Sample>, RunError> {
    let every: Vec<u64> = passes.iter().map(|pass| pass.count().div_ceil(RULE_PAIRS).max(1)).collect();
    let portions = Pass::portions(passes);
    let work = |memory: &mut Memory, at: usize| {
        let (mut counts, mut new) = (Counts::default(), Vec::new());
        let Some((number, blocks)) = portions.get(at) else { return (0, counts, new) };
        let (Some(pass), Some(every)) = (passes.get(*number), every.get(*number)) else { return (0, counts, new) };
        let wanted = |one: u32, other: u32| {
            mix(options.seed ^ (u64::from(one) << 32 | u64::from(other))).is_multiple_of(*every)
                && !(options.across && comparer.table.file(one) == comparer.table.file(other))
        };
        for block in *blocks {
            pass.visit(*block, wanted, |one, other| {
                let seen = comparer.see(memory, one, other);
                *counts.entry(seen.pattern).or_default() += 1;
                if Pass::is_new(passes, *number, one, other) {
                    new.push(seen);
                }
            });
        }
        (*number, counts, new)
    };
    let mut samples: Vec<(Vec<Counts>, Vec<Seen>)> = passes.iter().map(|_| (Vec::new(), Vec::new())).collect();
    let shared = Shared { stage: "pairs to learn from", threads: options.threads, watch };
    for (number, counts, new) in shared.each(portions.len(), Memory::new, work)? {
        if let Some(sample) = samples.get_mut(number) {
            sample.0.push(counts);
            sample.1.extend(new);
        }
    }
    let made = samples.into_iter().zip(every);
    Ok(made.map(|((counts, new), every)| Sample { new, fraction: 1.0 / every as f64, patterns: counted(counts) }).collect())
}

/// Whether a rule itself decides a field, so that its pairs teach nothing about it.
fn fixed(rule: &Rule, field: &Field) -> bool {
    rule.keys.iter().any(|key| match key {
        Key::Value(column) | Key::OneOff(column) => field.columns.contains(column),
        Key::Near(north, _) => field.columns.contains(north),
        Key::Word | Key::TwoWords => match field.measure {
            Measure::Given | Measure::Family | Measure::Order => true,
            Measure::Column(kind) => kind.is_name(),
            Measure::Home | Measure::Where => false,
        },
    })
}

fn learn_m(fields: &[Field], rules: &[Rule], samples: &[Sample], u: &Chances) -> Chances {
    let mut sums = vec![[0.0; 16]; fields.len()];
    for (rule, sample) in rules.iter().zip(samples) {
        let free: Vec<bool> = fields.iter().map(|field| !fixed(rule, field)).collect();
        let (share, m) = expect_and_maximise(fields, &free, &sample.patterns, u);
        let matches = share * sample.patterns.iter().map(|(_, count)| count).sum::<f64>() / sample.fraction;
        for ((sum, row), _) in sums.iter_mut().zip(&m).zip(&free).filter(|(_, free)| **free) {
            for (place, value) in sum.iter_mut().zip(row).skip(1) {
                *place += value * matches;
            }
        }
    }
    for (field, row) in fields.iter().zip(&mut sums) {
        if row.iter().all(|place| *place <= 0.0) {
            *row = start(field);
        }
        normalise(field, row, 0.01);
    }
    sums
}

/// Where m starts: most pairs of the same person agree.
pub(crate) fn start(field: &Field) -> [f64; 16] {
    let mut row = [0.0; 16];
    for (from, to) in field.groups() {
        let top = usize::from(to).min(field.levels().len());
        for (level, place) in row.iter_mut().enumerate().take(top + 1).skip(usize::from(from)) {
            *place = if level == top { 0.8 } else { 0.2 / (top as f64 - f64::from(from)).max(1.0) };
        }
    }
    normalise(field, &mut row, 0.0);
    row
}

/// EM with u held: the share of pairs of the same person, and m of the free fields. Pairs of a household are a class of their
/// own, which shows what is shared as the same person does and what is personal as strangers do.
fn expect_and_maximise(fields: &[Field], free: &[bool], patterns: &Patterns, u: &Chances) -> (f64, Chances) {
    let mut m: Chances = fields.iter().map(start).collect();
    let households = can_have_households(fields.iter());
    let (mut share, mut household): (f64, f64) = (0.3, if households { 0.1 } else { 0.0 });
    let total: f64 = patterns.iter().map(|(_, count)| count).sum();
    for _ in 0..100 {
        let mut sums = vec![[0.0; 16]; fields.len()];
        let (mut matches, mut homes) = (0.0, 0.0);
        let ratio: Chances =
            m.iter().zip(u).map(|(m, u)| std::array::from_fn(|at| (m.get(at).unwrap_or(&1.0) / u.get(at).unwrap_or(&1.0)).ln())).collect();
        let strangers = (1.0 - share - household).max(1e-9);
        for (pattern, count) in patterns {
            let (mut all, mut shared) = (0.0, 0.0);
            for ((at, row), _) in ratio.iter().enumerate().zip(free).filter(|(_, free)| **free) {
                let level = usize::from(Seen::level(*pattern, at));
                let part = if level == 0 { 0.0 } else { row.get(level).copied().unwrap_or(0.0) };
                all += part;
                if fields.get(at).is_some_and(Field::shared_by_households) {
                    shared += part;
                }
            }
            let (one, home) = (share * all.exp(), household * shared.exp());
            let sum = one + home + strangers;
            let same = count * one / sum;
            matches += same;
            homes += count * home / sum;
            for (at, row) in sums.iter_mut().enumerate() {
                if let Some(place) = row.get_mut(usize::from(Seen::level(*pattern, at))) {
                    *place += same;
                }
            }
        }
        let next = (matches / total.max(1.0)).clamp(1e-6, 1.0 - 1e-6);
        let moved = (next - share).abs();
        share = next;
        household = if households { (homes / total.max(1.0)).clamp(0.0, 0.9) } else { 0.0 };
        for (field, row) in fields.iter().zip(&mut sums) {
            normalise(field, row, 0.01);
        }
        m = sums;
        if moved < 1e-7 {
            break;
        }
    }
    (share, m)
}

/// The shares of the same person and of households that fit their own consequences: the sums of probabilities over all pairs
/// looked at, by all pairs there are.
pub(crate) fn priors(model: &Model, samples: &[Sample], total: f64) -> (f64, f64) {
    let scale = Scale::new(model);
    let households = can_have_households(model.evidence.iter().map(|evidence| &evidence.field));
    let weights: Vec<(f64, f64, f64)> = samples
        .iter()
        .flat_map(|sample| sample.new.iter().map(|seen| (scale.evidence(seen), scale.shared_evidence(seen), sample.fraction)))
        .collect();
    let (mut prior, mut household) = (model.prior, if households { model.household.max(model.prior) } else { 0.0 });
    for _ in 0..100 {
        let (mut same, mut near) = (0.5, 0.0);
        for (all, shared, fraction) in &weights {
            let (one, home) = (prior * all.clamp(-60.0, 60.0).exp2(), household * shared.clamp(-60.0, 60.0).exp2());
            let sum = one + home + 1.0;
            same += one / sum / fraction;
            near += home / sum / fraction;
        }
        let next = (same / total.max(1.0)).clamp(1e-12, 0.5);
        let still = (next / prior - 1.0).abs() < 1e-6;
        prior = next;
        if households {
            household = (near / total.max(1.0)).clamp(0.0, 0.4);
        }
        if still {
            break;
        }
    }
    (prior, household)
}

/// The probability from which a pair is a link, chosen without labels: the one that makes the expected F1 largest, as the
/// model itself expects it (Lipton, Elkan and Narayanaswamy 2014: never above a half).
pub(crate) fn threshold(model: &Model, samples: &[Sample]) -> f64 {
    let scale = Scale::new(model);
    let mut weights: Vec<(f64, f64)> =
        samples.iter().flat_map(|sample| sample.new.iter().map(|seen| (probability(scale.weight(seen)), 1.0 / sample.fraction))).collect();
    weights.sort_by(|a, b| b.0.total_cmp(&a.0));
    let all: f64 = weights.iter().map(|(same, count)| same * count).sum();
    let (mut right, mut said, mut best, mut chosen) = (0.0, 0.0, 0.0, 0.5);
    for (same, count) in weights {
        right += same * count;
        said += count;
        let expected = 2.0 * right / (said + all);
        if expected > best {
            (best, chosen) = (expected, same);
        }
    }
    chosen.clamp(0.05, 0.5)
}

/// Households can be told from one person when something is shared and something personal.
fn can_have_households<'a>(fields: impl Iterator<Item = &'a Field> + Clone) -> bool {
    fields.clone().any(Field::shared_by_households)
        && fields.clone().any(|field| matches!(field.measure, Measure::Given | Measure::Column(Kind::Date | Kind::GivenName)))
}

pub(crate) fn evidence(fields: &[Field], m: &Chances, u: &Chances) -> Vec<Evidence> {
    let made = fields.iter().zip(m).zip(u).map(|((field, m), u)| {
        let levels = field.levels().iter().zip(m.iter().zip(u).skip(1));
        Evidence { field: field.clone(), levels: levels.map(|(name, (m, u))| Level { name: (*name).to_owned(), m: *m, u: *u }).collect() }
    });
    made.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fields() -> Vec<Field> {
        ["a", "b", "c"]
            .map(|name| Field { name: name.to_owned(), measure: Measure::Column(Kind::Exact), columns: vec![name.to_owned()] })
            .to_vec()
    }

    /// EM over counted patterns against a slow reference that looks at every pair by itself and writes the formulas of Winkler
    /// (1988) out in full.
    #[test]
    fn counted_em_is_the_em_of_every_pair() {
        let fields = fields();
        let u: Chances =
            [0.1, 0.3, 0.05].map(|same| std::array::from_fn(|at| [0.0, 1.0 - same, same].get(at).copied().unwrap_or(0.0))).to_vec();
        // 300 pairs: levels of three fields (0 is missing), drawn from a mixture.
        let mut random = Random::new(9);
        let mut pairs: Vec<[u8; 3]> = Vec::new();
        for number in 0..300 {
            let agree = if number % 4 == 0 { [90, 80, 85] } else { [10, 30, 5] };
            pairs.push(agree.map(|percent| match random.below(100) {
                draw if draw < 4 => 0,
                _ if random.below(100) < percent => 2,
                _ => 1,
            }));
        }
        let mut counts: FxHashMap<u64, u32> = FxHashMap::default();
        for pair in &pairs {
            *counts.entry(pair.iter().rev().fold(0, |pattern, level| pattern << 4 | u64::from(*level))).or_default() += 1;
        }
        let (share, m) = expect_and_maximise(&fields, &[true; 3], &counted([counts]), &u);

        let (mut slow_share, mut slow_m) = (0.3_f64, [0.8_f64; 3]);
        for _ in 0..100 {
            let mut sums = [[0.01_f64; 2]; 3];
            let mut matches = 0.0;
            for pair in &pairs {
                let (mut same, mut stranger) = (slow_share, 1.0 - slow_share);
                for (at, level) in pair.iter().enumerate() {
                    match level {
                        2 => (same, stranger) = (same * slow_m[at], stranger * u[at][2]),
                        1 => (same, stranger) = (same * (1.0 - slow_m[at]), stranger * u[at][1]),
                        _ => {}
                    }
                }
                let posterior = same / (same + stranger);
                matches += posterior;
                for (at, level) in pair.iter().enumerate().filter(|(_, level)| **level > 0) {
                    sums[at][usize::from(*level) - 1] += posterior;
                }
            }
            slow_share = matches / pairs.len() as f64;
            slow_m = sums.map(|[different, same]| same / (different + same));
        }
        assert!((share - slow_share).abs() < 1e-4, "{share} {slow_share}");
        for (row, slow) in m.iter().zip(slow_m) {
            assert!((row[2] - slow).abs() < 1e-4, "{} {slow}", row[2]);
        }
    }

    #[test]
    fn the_threshold_is_half_of_the_f1_that_it_gives() {
        // Lipton and others (2014): the best threshold is F/2. One field, evidence at three strengths.
        let level = |name: &str, m, u| Level { name: name.to_owned(), m, u };
        let field = Field { name: "a".to_owned(), measure: Measure::Column(Kind::Phone), columns: vec!["a".to_owned()] };
        let levels = vec![level("different", 0.2, 0.7), level("one digit", 0.3, 0.25), level("the same", 0.5, 0.05)];
        let model =
            Model { prior: 0.3, household: 0.0, threshold: 0.5, records: 0, rules: Vec::new(), evidence: vec![Evidence { field, levels }] };
        let seen = |pattern| Seen { pattern, ..Seen::default() };
        let new = [(1, 60), (2, 25), (3, 15)].into_iter().flat_map(|(pattern, count)| std::iter::repeat_n(seen(pattern), count)).collect();
        let samples = [Sample { new, fraction: 1.0, patterns: Vec::new() }];
        let scale = Scale::new(&model);
        let probabilities: Vec<f64> = [1, 2, 3].map(|pattern| probability(scale.weight(&seen(pattern)))).to_vec();
        let all = 60.0 * probabilities[0] + 25.0 * probabilities[1] + 15.0 * probabilities[2];
        let expected = |right: f64, said: f64| 2.0 * right / (said + all);
        let (top, two) = (expected(15.0 * probabilities[2], 15.0), expected(15.0 * probabilities[2] + 25.0 * probabilities[1], 40.0));
        let wanted = if top > two { probabilities[2] } else { probabilities[1] };
        assert!((threshold(&model, &samples) - wanted.clamp(0.05, 0.5)).abs() < 1e-9);
    }
}
