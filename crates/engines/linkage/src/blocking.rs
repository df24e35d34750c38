//! Which pairs are looked at: those that agree on the keys of at least one rule.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};

use rustc_hash::FxHasher;
use serde::{Deserialize, Serialize};
use std::hash::Hasher as _;

use crate::kind::Kind;
use crate::random::mix;
use crate::table::{MISSING, Table};
use crate::value::Value;

/// Part of a rule.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Key {
    /// The same value of a column.
    Value(String),
    /// Any word of the given or family name the same, by its consonants.
    Word,
    /// Any two words of the name the same, in any order.
    TwoWords,
}

/// Two records are looked at when they agree on all keys of a rule. A rule without keys looks at all pairs.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Rule {
    /// The keys.
    pub keys: Vec<Key>,
}

impl Rule {
    /// A block of more records than this is heavy: a word of a name says little where many have it.
    fn heavy(&self) -> usize {
        if self.keys == [Key::Word] { HEAVY_WORD } else { HEAVY }
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
    pub(crate) heavy: Vec<Heavy>,
}

impl Pass {
    pub(crate) fn new(table: &Table, rule: &Rule, number: usize) -> Self {
        let columns = Columns::new(table, rule);
        let (mut starts, mut keys, mut entries) = (vec![0], Vec::new(), Vec::new());
        let mut own = Vec::new();
        for row in 0..u32::try_from(table.rows).unwrap_or(u32::MAX) {
            columns.keys(table, rule, row, &mut own);
            keys.extend_from_slice(&own);
            entries.extend(own.iter().map(|key| u64::from(*key) << 32 | u64::from(row)));
            starts.push(keys.len() as u32);
        }
        entries.sort_unstable();
        let mut pass =
            Self { starts, keys, members: entries.iter().map(|entry| *entry as u32).collect(), blocks: Vec::new(), heavy: Vec::new() };
        let mut from = 0;
        let mut heavy_keys = Vec::new();
        for block in entries.chunk_by(|one, other| one >> 32 == other >> 32) {
            let to = from + block.len();
            let heavy = block.len() > rule.heavy() && !rule.keys.is_empty();
            if heavy {
                heavy_keys.extend(block.first().map(|entry| (entry >> 32) as u32));
                pass.heavy.push(Heavy { rule: number, example: block.first().map_or(0, |entry| *entry as u32), records: block.len() });
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

    /// The passes of all rules, made by so many threads; the answer does not depend on it.
    pub(crate) fn all(table: &Table, rules: &[Rule], threads: usize) -> Vec<Self> {
        let next = AtomicUsize::new(0);
        let made: Mutex<Vec<(usize, Self)>> = Mutex::new(Vec::new());
        let work = || {
            loop {
                let at = next.fetch_add(1, Ordering::Relaxed);
                let Some(rule) = rules.get(at) else { break };
                let pass = Self::new(table, rule, at);
                made.lock().unwrap_or_else(PoisonError::into_inner).push((at, pass));
            }
        };
        std::thread::scope(|scope| {
            for _ in 1..threads.max(1) {
                scope.spawn(work);
            }
            work();
        });
        let mut made = made.into_inner().unwrap_or_else(PoisonError::into_inner);
        made.sort_by_key(|(at, _)| *at);
        made.into_iter().map(|(_, pass)| pass).collect()
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

    /// Calls `visit` with every pair of a block that no earlier rule and no earlier block of this rule had.
    pub(crate) fn visit(passes: &[Self], pass: usize, block: Block, mut visit: impl FnMut(u32, u32)) {
        let Some(this) = passes.get(pass) else { return };
        let members = this.members.get(block.from as usize..block.to as usize).unwrap_or_default();
        // The key of a heavy block is forgotten, so that a pair may be met again. It is dropped at the end.
        let key = if block.heavy { None } else { Some(block.key) };
        for (at, one) in members.iter().enumerate() {
            let others = members.get(at + 1..).unwrap_or_default();
            let others = if block.heavy { others.get(..NEIGHBOURS.min(others.len())).unwrap_or_default() } else { others };
            for other in others {
                let first_here = key.is_none() || this.common(*one, *other) == key;
                if first_here && Self::is_new(passes, pass, *one, *other) {
                    visit(*one.min(other), *one.max(other));
                }
            }
        }
    }
}

struct Columns {
    values: Vec<usize>,
    names: Vec<usize>,
}

impl Columns {
    fn new(table: &Table, rule: &Rule) -> Self {
        let values = rule.keys.iter().filter_map(|key| if let Key::Value(name) = key { table.find(name) } else { None }).collect();
        let names = (0..table.columns.len()).filter(|at| table.columns.get(*at).is_some_and(|column| column.kind.is_name())).collect();
        Self { values, names }
    }

    fn words<'a>(&self, table: &'a Table, row: u32) -> Vec<&'a str> {
        let mut words: Vec<&str> = Vec::new();
        for column in &self.names {
            if let Some(Value::Words { skeleton, .. }) = table.value(*column, row) {
                words.extend(skeleton.split(' '));
            }
        }
        words.sort_unstable();
        words.dedup();
        words
    }

    /// The sorted keys of a record; none when a value is missing.
    fn keys(&self, table: &Table, rule: &Rule, row: u32, keys: &mut Vec<u32>) {
        keys.clear();
        let mut base = 0;
        for column in &self.values {
            let id = table.id(*column, row);
            if id == MISSING {
                return;
            }
            base = mix(base ^ u64::from(id) ^ (*column as u64) << 40);
        }
        let two = rule.keys.contains(&Key::TwoWords);
        if !two && !rule.keys.contains(&Key::Word) {
            keys.push(base as u32);
            return;
        }
        let hash = |word: &str| {
            let mut hasher = FxHasher::default();
            hasher.write(word.as_bytes());
            hasher.finish()
        };
        let words: Vec<u64> = self.words(table, row).into_iter().map(hash).collect();
        for (at, word) in words.iter().enumerate() {
            if two {
                keys.extend(words.iter().skip(at + 1).map(|other| mix(mix(base ^ word) ^ other) as u32));
            } else {
                keys.push(mix(base ^ word) as u32);
            }
        }
        keys.sort_unstable();
        keys.dedup();
    }
}

/// Of so few pairs all are looked at.
const FEW: u64 = 600_000;

/// The rules to link by: all pairs where they are few, else those that the model was learned by.
pub(crate) fn link_by(table: &Table, learned_by: Vec<Rule>) -> Vec<Rule> {
    let rows = table.rows as u64;
    if rows * rows.saturating_sub(1) / 2 <= FEW { vec![Rule::default()] } else { learned_by }
}

/// The rules that fit a table: each telling column alone where that gives few pairs, else with a word of the name.
pub(crate) fn suggest(table: &Table) -> Vec<Rule> {
    let rows = table.rows as u64;
    let budget = 3 * rows + 200_000;
    let named = table.columns.iter().any(|column| column.kind.is_name());
    let mut rules = Vec::new();
    let mut spread = Vec::new();
    for column in &table.columns {
        if column.kind.is_name() || column.kind == Kind::Exact {
            continue;
        }
        let value = Key::Value(column.name.clone());
        let alone = Rule { keys: vec![value.clone()] };
        let with_name = Rule { keys: vec![value.clone(), Key::Word] };
        if estimate(table, &alone) <= budget {
            rules.push(alone);
        } else if named && estimate(table, &with_name) <= 2 * budget {
            rules.push(with_name);
            spread.push(value);
        } else {
            spread.push(value);
        }
    }
    for (at, one) in spread.iter().enumerate() {
        for other in spread.iter().skip(at + 1) {
            let both = Rule { keys: vec![one.clone(), other.clone()] };
            if estimate(table, &both) <= budget {
                rules.push(both);
            }
        }
    }
    let names = Rule { keys: vec![Key::TwoWords] };
    if named && estimate(table, &names) <= 6 * budget {
        rules.push(names);
    }
    let word = Rule { keys: vec![Key::Word] };
    if named && estimate(table, &word) <= 6 * budget {
        rules.push(word);
    }
    rules
}

/// How many pairs a rule gives at most, heavy blocks bounded; an exact count without looking at a single pair.
#[must_use]
pub fn estimate(table: &Table, rule: &Rule) -> u64 {
    Pass::new(table, rule, 0).blocks.iter().map(|block| Pass::pairs(*block)).sum()
}
