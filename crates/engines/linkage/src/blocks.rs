//! The blocks of one rule, to which records are added one by one; at any time the same as [`crate::blocking::Pass`] makes of
//! all records at once.

use rustc_hash::FxHashMap;

use crate::blocking::{NEIGHBOURS, Rule, entries};
use crate::keys::Columns;
use crate::table::Table;

/// The records of every key of one rule.
#[derive(Debug)]
pub(crate) struct Blocks {
    rule: Rule,
    columns: Columns,
    first: First,
    /// The blocks that were looked at since; whole, in the order of names once they are heavy.
    grown: FxHashMap<u32, Vec<u32>>,
}

/// The blocks as they were at the beginning: the keys, sorted, where the members of each begin, and the members.
#[derive(Debug)]
struct First {
    keys: Vec<u32>,
    starts: Vec<u32>,
    members: Vec<u32>,
}

impl First {
    fn members(&self, key: u32) -> &[u32] {
        let Ok(at) = self.keys.binary_search(&key) else { return &[] };
        let start = |at: usize| self.starts.get(at).map_or(0, |start| *start as usize);
        self.members.get(start(at)..start(at + 1)).unwrap_or_default()
    }
}

/// What comes of adding a record to the blocks of one rule.
#[derive(Debug, Default)]
pub(crate) struct Arrival {
    /// Records that it is compared with.
    pub(crate) candidates: Vec<u32>,
    /// Pairs of other records that this rule does not bring together any more.
    pub(crate) parted: Parted,
}

#[derive(Debug, Default)]
pub(crate) struct Parted {
    pub(crate) pairs: Vec<(u32, u32)>,
    /// All members of blocks that became heavy: any pair of them may be parted.
    pub(crate) among: Vec<Vec<u32>>,
}

impl Blocks {
    pub(crate) fn new(table: &Table, rule: &Rule) -> Self {
        let columns = Columns::new(table, rule);
        let entries = entries(table, &columns).2;
        let (mut keys, mut starts) = (Vec::new(), Vec::new());
        let mut begin = 0;
        for block in entries.chunk_by(|one, other| one >> 32 == other >> 32) {
            keys.extend(block.first().map(|entry| (entry >> 32) as u32));
            starts.push(begin);
            begin += block.len() as u32;
        }
        starts.push(begin);
        let members = entries.iter().map(|entry| *entry as u32).collect();
        Self { rule: rule.clone(), columns, first: First { keys, starts, members }, grown: FxHashMap::default() }
    }

    fn keys_of(&self, table: &Table, row: u32) -> Vec<u32> {
        let (mut words, mut keys) = (Vec::new(), Vec::new());
        self.columns.keys(table, row, &mut words, &mut keys);
        keys
    }

    /// Adds a record, the last of the table.
    pub(crate) fn add(&mut self, table: &Table, row: u32) -> Arrival {
        let mut arrival = Arrival::default();
        let keys = self.keys_of(table, row);
        let Self { rule, columns, first, grown } = self;
        let order = |row: &u32| (columns.words(table, *row), *row);
        for key in keys {
            let block = grown.entry(key).or_insert_with(|| in_order(first.members(key), rule, order));
            if rule.is_heavy(block.len()) {
                let own = order(&row);
                let at = block.partition_point(|other| order(other) < own);
                block.insert(at, row);
                arrival.candidates.extend(around(block, at));
                // What stood as far apart as is looked at stands one farther now.
                for before in 1..=NEIGHBOURS {
                    let pair = at.checked_sub(before).and_then(|left| block.get(left)).zip(block.get(at + NEIGHBOURS + 1 - before));
                    arrival.parted.pairs.extend(pair.map(|(one, other)| (*one.min(other), *one.max(other))));
                }
            } else if rule.is_heavy(block.len() + 1) {
                block.push(row);
                block.sort_by_cached_key(order);
                let at = block.iter().position(|each| *each == row).unwrap_or_default();
                arrival.candidates.extend(around(block, at));
                arrival.parted.among.push(block.clone());
            } else {
                arrival.candidates.extend_from_slice(block);
                block.push(row);
            }
        }
        arrival
    }

    /// Whether this rule brings two records together.
    pub(crate) fn bring_together(&mut self, table: &Table, one: u32, other: u32) -> bool {
        let others = self.keys_of(table, other);
        let common: Vec<u32> = self.keys_of(table, one).into_iter().filter(|key| others.binary_search(key).is_ok()).collect();
        let Self { rule, columns, first, grown } = self;
        let order = |row: &u32| (columns.words(table, *row), *row);
        common.into_iter().any(|key| {
            let block = grown.entry(key).or_insert_with(|| in_order(first.members(key), rule, order));
            if !rule.is_heavy(block.len()) {
                return true;
            }
            let place = |row: u32| {
                let own = order(&row);
                block.partition_point(|each| order(each) < own)
            };
            place(one).abs_diff(place(other)) <= NEIGHBOURS
        })
    }
}

/// A block with its members in the order of names when it is heavy, else as they are.
fn in_order<K: Ord>(members: &[u32], rule: &Rule, order: impl Fn(&u32) -> K) -> Vec<u32> {
    let mut block = members.to_vec();
    if rule.is_heavy(block.len()) {
        block.sort_by_cached_key(order);
    }
    block
}

/// The neighbours of a place.
fn around(block: &[u32], at: usize) -> impl Iterator<Item = u32> + '_ {
    let from = at.saturating_sub(NEIGHBOURS);
    block.iter().enumerate().skip(from).take(at - from + NEIGHBOURS + 1).filter(move |(place, _)| *place != at).map(|(_, row)| *row)
}
