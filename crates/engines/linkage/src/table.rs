//! Records in columns: every different value once, and of each record the numbers of its values.

use std::hash::{Hash as _, Hasher as _};

use rustc_hash::FxHasher;

use crate::kind::{Kind, guess};
use crate::value::{Unreadable, Value, said};

/// The number of no value.
pub(crate) const MISSING: u32 = u32::MAX;

/// What a column is called and holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ColumnSpec {
    /// Its heading.
    pub name: String,
    /// What its values are.
    pub kind: Kind,
}

impl ColumnSpec {
    /// A column of the kind that its heading says.
    #[must_use]
    pub fn guessed(name: &str) -> Self {
        Self { name: name.to_owned(), kind: guess(name) }
    }
}

/// A cell that could not be read and counts as missing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BadCell {
    /// The record, counted from 0.
    pub row: usize,
    /// The heading.
    pub column: String,
    /// Why.
    pub why: Unreadable,
}

/// Why there is no table.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TableError {
    /// Two columns of one name.
    #[error("two columns are called {0:?}: give them different headings")]
    TwoColumns(String),
    /// More records than have numbers.
    #[error("a table holds no more than 4 billion records")]
    Full,
}

#[derive(Debug)]
pub(crate) struct Column {
    pub(crate) name: String,
    pub(crate) kind: Kind,
    pub(crate) values: Vec<Value>,
    /// How many records have each value.
    pub(crate) counts: Vec<u32>,
    /// The share of records that have each value, as it was when the table was finished first; 0 where how common it is says
    /// nothing.
    pub(crate) shares: Vec<f32>,
    /// Of each value that is a name, how its words sound: keys to find it by, one after the other, and where each value's begin.
    pub(crate) word_keys: Vec<u64>,
    pub(crate) word_starts: Vec<u32>,
    /// Of each value that is a name, the share of records that hold each of its words, one after the other, and where each
    /// value's begin.
    pub(crate) word_shares: Vec<f32>,
    pub(crate) word_share_starts: Vec<u32>,
    pub(crate) ids: Vec<u32>,
}

impl Column {
    /// How many pairs of records have the same value, where more than `heavy` records of one value are compared with so many
    /// neighbours only.
    pub(crate) fn pairs(&self, heavy: usize, neighbours: usize) -> u64 {
        let pairs = |count: &u32| {
            let count = u64::from(*count);
            if count > heavy as u64 { count * neighbours as u64 } else { count * count.saturating_sub(1) / 2 }
        };
        self.counts.iter().map(pairs).sum()
    }

    /// Whether nearly all records have a value that more than `heavy` have: a colour, not a telephone.
    pub(crate) fn is_common(&self, heavy: usize) -> bool {
        let sum = |counts: &mut dyn Iterator<Item = &u32>| counts.map(|count| u64::from(*count)).sum::<u64>();
        let all = sum(&mut self.counts.iter());
        sum(&mut self.counts.iter().filter(|count| **count as usize <= heavy)) * 10 < all
    }
}

/// Records, ready to be linked.
#[derive(Debug)]
pub struct Table {
    pub(crate) rows: usize,
    pub(crate) columns: Vec<Column>,
    /// Which file each record is from.
    pub(crate) files: Vec<u16>,
    /// The share of records that has what only one of them has, as it was when the table was finished first.
    pub(crate) rarest: f32,
}

/// The part of `all` that belongs to a value.
fn part<'a, T>(all: &'a [T], starts: &[u32], id: u32) -> &'a [T] {
    let at = |place: Option<usize>| place.and_then(|place| starts.get(place)).map_or(0, |start| *start as usize);
    all.get(at(Some(id as usize))..at((id as usize).checked_add(1))).unwrap_or_default()
}

impl Table {
    /// How many records there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.rows
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.rows == 0
    }

    /// A number that other records hardly ever have: the same for the same cells in the same order.
    #[must_use]
    pub fn fingerprint(&self) -> u64 {
        let mut hasher = FxHasher::default();
        self.files.hash(&mut hasher);
        for column in &self.columns {
            column.name.hash(&mut hasher);
            column.ids.hash(&mut hasher);
            for value in &column.values {
                said(value).hash(&mut hasher);
            }
        }
        hasher.finish()
    }

    /// The headings of the columns that are compared, in their order.
    #[must_use]
    pub fn headings(&self) -> Vec<&str> {
        self.columns.iter().map(|column| column.name.as_str()).collect()
    }

    pub(crate) fn find(&self, name: &str) -> Option<usize> {
        self.columns.iter().position(|column| column.name == name)
    }

    pub(crate) fn file(&self, row: u32) -> u16 {
        self.files.get(row as usize).copied().unwrap_or_default()
    }

    pub(crate) fn id(&self, column: usize, row: u32) -> u32 {
        self.columns.get(column).and_then(|column| column.ids.get(row as usize)).copied().unwrap_or(MISSING)
    }

    pub(crate) fn value(&self, column: usize, row: u32) -> Option<&Value> {
        self.value_of(column, self.id(column, row))
    }

    pub(crate) fn value_of(&self, column: usize, id: u32) -> Option<&Value> {
        self.columns.get(column).and_then(|column| column.values.get(id as usize))
    }

    /// The share of records that have this value, among those that have one.
    pub(crate) fn share(&self, column: usize, id: u32) -> f32 {
        self.columns.get(column).and_then(|column| column.shares.get(id as usize)).copied().unwrap_or(0.0)
    }

    /// How the words of a name sound, as keys.
    pub(crate) fn word_keys(&self, column: usize, row: u32) -> &[u64] {
        let id = self.id(column, row);
        self.columns.get(column).map_or(&[], |column| part(&column.word_keys, &column.word_starts, id))
    }

    /// The share of records that hold every word that two names have in common, were words independent.
    pub(crate) fn share_of_common_words(&self, one: (usize, u32), other: (usize, u32)) -> f32 {
        let (Some(Value::Words { words, .. }), Some(Value::Words { words: others, .. })) =
            (self.value_of(one.0, one.1), self.value_of(other.0, other.1))
        else {
            return 0.0;
        };
        let shares = self.columns.get(one.0).map_or(&[][..], |column| part(&column.word_shares, &column.word_share_starts, one.1));
        let common = words.iter().zip(shares).filter(|(word, _)| others.contains(word));
        common.map(|(_, share)| *share).product::<f32>().max(self.rarest)
    }

    /// A column of whole names, and the columns of names that only repeat a part of it.
    pub(crate) fn one_source(&self) -> Option<(String, Vec<String>)> {
        const LOOKED_AT: usize = 2000;
        let names: Vec<usize> =
            (0..self.columns.len()).filter(|at| self.columns.get(*at).is_some_and(|column| column.kind.is_name())).collect();
        let words = |column: usize, row: u32| match self.value(column, row) {
            Some(Value::Words { words, .. }) => words.as_slice(),
            _ => &[],
        };
        let step = self.rows.div_ceil(LOOKED_AT).max(1);
        let rows: Vec<u32> = (0..self.rows).step_by(step).map(|row| row as u32).collect();
        let count = |column: usize| -> usize { rows.iter().map(|row| words(column, *row).len()).sum() };
        let whole = |column: &&usize| self.columns.get(**column).is_some_and(|column| column.kind == Kind::FullName);
        let fullest = *names.iter().filter(whole).max_by_key(|column| (count(**column), usize::MAX - **column))?;
        let repeats = |column: &usize| {
            let both: Vec<u32> =
                rows.iter().copied().filter(|row| !words(*column, *row).is_empty() && !words(fullest, *row).is_empty()).collect();
            let held = both.iter().filter(|row| words(*column, **row).iter().all(|word| words(fullest, **row).contains(word))).count();
            held * 10 >= both.len() * 7
        };
        let name = |column: &usize| self.columns.get(*column).map(|column| column.name.clone());
        let others = names.iter().filter(|column| **column != fullest && repeats(column)).filter_map(name).collect();
        Some((name(&fullest)?, others))
    }

    /// The columns that say nothing: empty, or the same in every record.
    #[must_use]
    pub fn idle(&self) -> Vec<&str> {
        self.columns.iter().filter(|column| column.values.len() < 2).map(|column| column.name.as_str()).collect()
    }
}
