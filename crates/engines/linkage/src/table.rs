//! Records in columns: every different value once, and of each record the numbers of its values.

use rustc_hash::FxHashMap;

use crate::kind::{Kind, guess};
use crate::value::{Unreadable, Value, read};

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
    values: Vec<Value>,
    /// How many records have each value.
    counts: Vec<u32>,
    /// Of each value that is a name, the share of records that hold each of its words.
    word_shares: Vec<Vec<f32>>,
    ids: Vec<u32>,
}

/// Records, ready to be linked.
#[derive(Debug)]
pub struct Table {
    pub(crate) rows: usize,
    pub(crate) columns: Vec<Column>,
    /// Which file each record is from.
    pub(crate) files: Vec<u16>,
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
        let Some(column) = self.columns.get(column) else { return 0.0 };
        column.counts.get(id as usize).map_or(0.0, |count| *count as f32 / self.rows.max(1) as f32)
    }

    /// The share of records that hold every word that two names have in common, were words independent.
    pub(crate) fn share_of_common_words(&self, one: (usize, u32), other: (usize, u32)) -> f32 {
        let (Some(Value::Words { words, .. }), Some(Value::Words { words: others, .. })) =
            (self.value_of(one.0, one.1), self.value_of(other.0, other.1))
        else {
            return 0.0;
        };
        let shares = self.columns.get(one.0).and_then(|column| column.word_shares.get(one.1 as usize));
        let common = words.iter().zip(shares.into_iter().flatten()).filter(|(word, _)| others.contains(word));
        common.map(|(_, share)| *share).product::<f32>().max(1.0 / self.rows.max(1) as f32)
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

/// Takes records one by one.
#[derive(Debug)]
pub struct TableBuilder {
    table: Table,
    /// The number of each value by its text as it was written.
    written: Vec<FxHashMap<String, u32>>,
    /// The number of each value as it was read.
    known: Vec<FxHashMap<String, u32>>,
    bad: Vec<BadCell>,
}

impl TableBuilder {
    /// A table of these columns.
    ///
    /// # Errors
    /// [`TableError::TwoColumns`].
    pub fn new(columns: &[ColumnSpec]) -> Result<Self, TableError> {
        for (at, column) in columns.iter().enumerate() {
            if columns.iter().take(at).any(|other| other.name == column.name) {
                return Err(TableError::TwoColumns(column.name.clone()));
            }
        }
        let made = columns.iter().map(|column| Column {
            name: column.name.clone(),
            kind: column.kind,
            values: Vec::new(),
            counts: Vec::new(),
            word_shares: Vec::new(),
            ids: Vec::new(),
        });
        Ok(Self {
            table: Table { rows: 0, columns: made.collect(), files: Vec::new() },
            written: vec![FxHashMap::default(); columns.len()],
            known: vec![FxHashMap::default(); columns.len()],
            bad: Vec::new(),
        })
    }

    /// Adds a record of the file `file`: a cell a column, in their order; cells that are not there are missing.
    ///
    /// # Errors
    /// [`TableError::Full`].
    pub fn push<'a>(&mut self, file: u16, cells: impl IntoIterator<Item = &'a str>) -> Result<(), TableError> {
        if self.table.rows >= MISSING as usize - 1 {
            return Err(TableError::Full);
        }
        let mut cells = cells.into_iter();
        for (at, column) in self.table.columns.iter_mut().enumerate() {
            let cell = cells.next().unwrap_or_default();
            let (Some(written), Some(known)) = (self.written.get_mut(at), self.known.get_mut(at)) else { continue };
            let id = if let Some(id) = written.get(cell) {
                *id
            } else {
                let id = match read(column.kind, cell) {
                    Ok(Some(value)) => {
                        let text = said(&value);
                        *known.entry(text).or_insert_with(|| {
                            column.values.push(value);
                            column.counts.push(0);
                            column.values.len() as u32 - 1
                        })
                    }
                    Ok(None) => MISSING,
                    Err(why) => {
                        self.bad.push(BadCell { row: self.table.rows, column: column.name.clone(), why });
                        MISSING
                    }
                };
                if id != MISSING || cell.len() < 64 {
                    written.insert(cell.to_owned(), id);
                }
                id
            };
            if let Some(count) = column.counts.get_mut(id as usize) {
                *count += 1;
            }
            column.ids.push(id);
        }
        self.table.files.push(file);
        self.table.rows += 1;
        Ok(())
    }

    /// The table, and the cells that could not be read.
    #[must_use]
    pub fn finish(mut self) -> (Table, Vec<BadCell>) {
        let rows = self.table.rows.max(1) as f32;
        for column in self.table.columns.iter_mut().filter(|column| column.kind.is_name()) {
            let mut held: FxHashMap<&str, u32> = FxHashMap::default();
            for (value, count) in column.values.iter().zip(&column.counts) {
                if let Value::Words { words, .. } = value {
                    for word in words {
                        *held.entry(word).or_default() += count;
                    }
                }
            }
            let share = |value: &Value| match value {
                Value::Words { words, .. } => {
                    words.iter().filter_map(|word| held.get(word.as_str())).map(|count| *count as f32 / rows).collect()
                }
                _ => Vec::new(),
            };
            column.word_shares = column.values.iter().map(share).collect();
        }
        (self.table, self.bad)
    }
}

/// A value as text: two that say the same are one.
fn said(value: &Value) -> String {
    match value {
        // As written, too: what one script hides another shows.
        Value::Words { words, name, .. } => {
            let foreign = name.words().iter().map(|word| word.folded()).collect::<Vec<_>>().join(" ");
            format!("{} {foreign}", words.join(" "))
        }
        Value::Date { year, month, day } => format!("{year}-{month}-{day}"),
        Value::Text(text) => text.clone(),
    }
}
