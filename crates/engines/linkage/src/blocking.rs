//! Which pairs are looked at: those that agree on the keys of at least one rule.

use plainsight_names::Watch;
use serde::{Deserialize, Serialize};

use crate::keys::{Columns, Key};
use crate::kind::Kind;
use crate::run::RunError;
use crate::table::Table;
use crate::work::Shared;

/// Two records are looked at when they agree on all keys of a rule. A rule without keys looks at all pairs.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Rule {
    /// The keys.
    pub keys: Vec<Key>,
}

impl Rule {
    /// Whether a block of so many records is heavy: a word of a name says little where many have it.
    pub(crate) fn is_heavy(&self, records: usize) -> bool {
        !self.keys.is_empty() && records > if self.keys == [Key::Word] { HEAVY_WORD } else { HEAVY }
    }
}

/// A value shared by so many records that only neighbours in the order of names were looked at, not all pairs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Heavy {
    /// The rule, counted from 0.
    pub rule: usize,
    /// A record that has the value.
    pub example: u32,
    /// How many records share it.
    pub records: usize,
}

/// A block of more records than this is heavy.
pub const HEAVY: usize = 400;
/// A block of more records that share no more than a word is heavy.
pub(crate) const HEAVY_WORD: usize = 40;
/// How many following neighbours each record of a heavy block is compared with.
pub const NEIGHBOURS: usize = 10;

/// Records with one key: a part of the members of a pass.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Block {
    from: u32,
    to: u32,
    key: u32,
    heavy: bool,
}

/// The keys of every record under one rule, and its blocks.
#[derive(Debug)]
pub(crate) struct Pass {
    starts: Vec<u32>,
    keys: Vec<u32>,
    members: Vec<u32>,
    pub(crate) blocks: Vec<Block>,
    heavy: Vec<Heavy>,
}

impl Pass {
    pub(crate) fn new(table: &Table, rule: &Rule) -> Self {
        let columns = Columns::new(table, rule);
        let (starts, keys, entries) = entries(table, &columns);
        let mut pass =
            Self { starts, keys, members: entries.iter().map(|entry| *entry as u32).collect(), blocks: Vec::new(), heavy: Vec::new() };
        let mut from = 0;
        let mut heavy_keys = Vec::new();
        for block in entries.chunk_by(|one, other| one >> 32 == other >> 32) {
            let to = from + block.len();
            let heavy = rule.is_heavy(block.len());
            if heavy {
                heavy_keys.extend(block.first().map(|entry| (entry >> 32) as u32));
                pass.heavy.push(Heavy { rule: 0, example: block.first().map_or(0, |entry| *entry as u32), records: block.len() });
                if let Some(members) = pass.members.get_mut(from..to) {
                    members.sort_by_cached_key(|row| (columns.words(table, *row), *row));
                }
            }
            if block.len() > 1 {
                let key = block.first().map_or(0, |entry| (entry >> 32) as u32);
                pass.blocks.push(Block { from: from as u32, to: to as u32, key, heavy });
            }
            from = to;
        }
        // A pair of a heavy block was perhaps not looked at: a later rule may not rely on it.
        if !heavy_keys.is_empty() {
            pass.forget(&heavy_keys);
        }
        pass
    }

    /// The passes of all rules.
    pub(crate) fn all(table: &Table, rules: &[Rule], threads: usize, watch: &dyn Watch) -> Result<Vec<Self>, RunError> {
        let make = |(): &mut (), at: usize| rules.get(at).map(|rule| Self::new(table, rule));
        let made = Shared { stage: "blocks", threads, watch }.each(rules.len(), || (), make)?;
        Ok(made.into_iter().flatten().collect())
    }

    /// The blocks of all passes in portions of about as many pairs, each with the number of its pass.
    pub(crate) fn portions(passes: &[Self]) -> Vec<(usize, &[Block])> {
        /// About how many pairs a thread takes at a time.
        const PORTION: u64 = 50_000;
        let mut portions = Vec::new();
        for (at, pass) in passes.iter().enumerate() {
            let (mut from, mut sum) = (0, 0);
            for (to, block) in pass.blocks.iter().enumerate() {
                sum += Self::pairs(*block);
                if sum >= PORTION || to + 1 == pass.blocks.len() {
                    portions.extend(pass.blocks.get(from..=to).map(|blocks| (at, blocks)));
                    (from, sum) = (to + 1, 0);
                }
            }
        }
        portions
    }

    /// The values of all passes that too many records share.
    pub(crate) fn heavy(passes: Vec<Self>) -> Vec<Heavy> {
        (0..).zip(passes).flat_map(|(rule, pass)| pass.heavy.into_iter().map(move |heavy| Heavy { rule, ..heavy })).collect()
    }

    /// How many pairs there are at most.
    pub(crate) fn count(&self) -> u64 {
        self.blocks.iter().map(|block| Self::pairs(*block)).sum()
    }

    fn forget(&mut self, sorted: &[u32]) {
        let (mut starts, mut keys) = (vec![0], Vec::new());
        for ends in self.starts.windows(2) {
            if let [from, to] = ends {
                let own = self.keys.get(*from as usize..*to as usize).unwrap_or_default();
                keys.extend(own.iter().filter(|key| sorted.binary_search(key).is_err()));
            }
            starts.push(keys.len() as u32);
        }
        (self.starts, self.keys) = (starts, keys);
    }

    fn own(&self, row: u32) -> &[u32] {
        let at = |row: usize| self.starts.get(row).copied().unwrap_or(0) as usize;
        self.keys.get(at(row as usize)..at(row as usize + 1)).unwrap_or_default()
    }

    /// The first key that two records share.
    fn common(&self, one: u32, other: u32) -> Option<u32> {
        let (mut left, mut right) = (self.own(one), self.own(other));
        while let ([first, rest @ ..], [second, others @ ..]) = (left, right) {
            match first.cmp(second) {
                std::cmp::Ordering::Equal => return Some(*first),
                std::cmp::Ordering::Less => left = rest,
                std::cmp::Ordering::Greater => right = others,
            }
        }
        None
    }

    /// How many pairs a block has.
    pub(crate) fn pairs(block: Block) -> u64 {
        let size = u64::from(block.to - block.from);
        if block.heavy { size * NEIGHBOURS as u64 } else { size * (size - 1) / 2 }
    }

    /// Whether no rule before `pass` gives this pair.
    pub(crate) fn is_new(passes: &[Self], pass: usize, one: u32, other: u32) -> bool {
        passes.get(..pass).unwrap_or_default().iter().all(|pass| pass.common(one, other).is_none())
    }

    /// Calls `visit` with every pair of a block that no earlier block of this rule had and that `wanted` wants.
    pub(crate) fn visit(&self, block: Block, wanted: impl Fn(u32, u32) -> bool, mut visit: impl FnMut(u32, u32)) {
        let members = self.members.get(block.from as usize..block.to as usize).unwrap_or_default();
        // The key of a heavy block is forgotten, so that a pair may be met again. It is dropped at the end.
        let key = if block.heavy { None } else { Some(block.key) };
        for (at, one) in members.iter().enumerate() {
            let others = members.get(at + 1..).unwrap_or_default();
            let others = if block.heavy { others.get(..NEIGHBOURS.min(others.len())).unwrap_or_default() } else { others };
            for other in others {
                let (one, other) = (*one.min(other), *one.max(other));
                if wanted(one, other) && (key.is_none() || self.common(one, other) == key) {
                    visit(one, other);
                }
            }
        }
    }
}

/// The keys of every record: where each record's begin, the keys, and key and record together, sorted by key.
pub(crate) fn entries(table: &Table, columns: &Columns) -> (Vec<u32>, Vec<u32>, Vec<u64>) {
    let (mut starts, mut keys, mut entries) = (Vec::with_capacity(table.rows + 1), Vec::new(), Vec::new());
    starts.push(0);
    let (mut own, mut words) = (Vec::new(), Vec::new());
    for row in 0..u32::try_from(table.rows).unwrap_or(u32::MAX) {
        columns.keys(table, row, &mut words, &mut own);
        keys.extend_from_slice(&own);
        entries.extend(own.iter().map(|key| u64::from(*key) << 32 | u64::from(row)));
        starts.push(keys.len() as u32);
    }
    (starts, keys, sorted_by_key(entries))
}

/// Sorts by the upper 32 bits; what has the same key stays in its order (radix sort, least significant digit first).
fn sorted_by_key(mut entries: Vec<u64>) -> Vec<u64> {
    const DIGITS: [(u32, usize); 3] = [(32, 11), (43, 11), (54, 10)];
    let mut other = vec![0; entries.len()];
    for (shift, bits) in DIGITS {
        let digit = |entry: u64| (entry >> shift) as usize & ((1 << bits) - 1);
        let mut ends = vec![0_usize; 1 << bits];
        for entry in &entries {
            if let Some(end) = ends.get_mut(digit(*entry)) {
                *end += 1;
            }
        }
        let mut sum = 0;
        for end in &mut ends {
            (*end, sum) = (sum, sum + *end);
        }
        for entry in &entries {
            if let Some(place) = ends.get_mut(digit(*entry)) {
                if let Some(slot) = other.get_mut(*place) {
                    *slot = *entry;
                }
                *place += 1;
            }
        }
        std::mem::swap(&mut entries, &mut other);
    }
    entries
}

/// Whether all pairs of a table can be looked at.
pub(crate) fn few(table: &Table) -> bool {
    const FEW: u64 = 600_000;
    let rows = table.rows as u64;
    rows * rows.saturating_sub(1) / 2 <= FEW
}

/// The rules that fit a table, with how many pairs each gives at most. No pair is looked at.
///
/// # Errors
/// When somebody stopped it.
pub fn suggested(table: &Table, threads: usize, watch: &dyn Watch) -> Result<Vec<(Rule, u64)>, RunError> {
    Ok(suggest(table, threads, watch)?.into_iter().map(|(rule, pass)| (rule, pass.count())).collect())
}

/// The rules that fit a table, with the pairs that each gives: each telling column alone where that gives few, else with a word
/// of the name.
pub(crate) fn suggest(table: &Table, threads: usize, watch: &dyn Watch) -> Result<Vec<(Rule, Pass)>, RunError> {
    let rows = table.rows as u64;
    let budget = 3 * rows + 200_000;
    let named = table.columns.iter().any(|column| column.kind.is_name());
    let value = |column: &str| Key::Value(column.to_owned());
    let telling = || {
        table
            .columns
            .iter()
            .filter(|column| !column.kind.is_name() && !matches!(column.kind, Kind::Exact | Kind::Age | Kind::Latitude | Kind::Longitude))
    };
    let few: Vec<bool> = telling().map(|column| column.pairs(HEAVY, NEIGHBOURS) <= budget && !column.is_common(HEAVY)).collect();
    // First what a column gives, alone or with a word of the name; then two columns of those that give too much alone.
    let first: Vec<Rule> = telling()
        .zip(&few)
        .filter(|(_, few)| **few || named)
        .map(|(column, few)| Rule { keys: if *few { vec![value(&column.name)] } else { vec![value(&column.name), Key::Word] } })
        .collect();
    let mut kept = within(table, first, 2 * budget, threads, watch)?;
    let by = |kind: Kind| table.columns.iter().find(|column| column.kind == kind).map(|column| column.name.clone());
    // What is seen in passing or written down by ear, where there is no name to go by beside it.
    let seldom_right =
        telling().filter(|column| column.kind == Kind::Plate || (!named && matches!(column.kind, Kind::Phone | Kind::Identifier)));
    let mut one_off: Vec<Rule> = seldom_right.map(|column| Rule { keys: vec![Key::OneOff(column.name.clone())] }).collect();
    one_off.extend(by(Kind::Latitude).zip(by(Kind::Longitude)).map(|(north, east)| Rule { keys: vec![Key::Near(north, east)] }));
    kept.extend(within(table, one_off, 2 * budget, threads, watch)?);
    let spread: Vec<&str> = telling().zip(&few).filter(|(_, few)| !**few).map(|(column, _)| column.name.as_str()).collect();
    let mut second: Vec<Rule> = Vec::new();
    for (at, one) in spread.iter().enumerate() {
        second.extend(spread.iter().skip(at + 1).map(|other| Rule { keys: vec![value(one), value(other)] }));
    }
    kept.extend(within(table, second, budget, threads, watch)?);
    if named {
        let words = [Key::TwoWords, Key::Word].map(|key| Rule { keys: vec![key] });
        kept.extend(within(table, words.to_vec(), 6 * budget, threads, watch)?);
    }
    Ok(kept)
}

/// Those of some rules that give at most so many pairs.
fn within(table: &Table, rules: Vec<Rule>, most: u64, threads: usize, watch: &dyn Watch) -> Result<Vec<(Rule, Pass)>, RunError> {
    let passes = Pass::all(table, &rules, threads, watch)?;
    Ok(rules.into_iter().zip(passes).filter(|(_, pass)| pass.count() <= most).collect())
}

/// How many pairs a rule gives at most, heavy blocks bounded; an exact count without looking at a single pair.
#[must_use]
pub fn estimate(table: &Table, rule: &Rule) -> u64 {
    Pass::new(table, rule).count()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::mix;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn entries_are_sorted_by_key_and_stay_in_order(entries in prop::collection::vec((0_u32..50, any::<u32>()), 0..200)) {
            let spread = |(key, row): &(u32, u32)| u64::from(mix(u64::from(*key)) as u32) << 32 | u64::from(*row);
            let entries: Vec<u64> = entries.iter().map(spread).collect();
            let mut wanted = entries.clone();
            wanted.sort_by_key(|entry| entry >> 32);
            prop_assert_eq!(sorted_by_key(entries), wanted);
        }
    }
}
