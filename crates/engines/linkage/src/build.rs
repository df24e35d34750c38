//! Takes records one by one and makes a table of them.

use std::hash::{BuildHasher as _, Hasher as _};
use std::sync::{Mutex, PoisonError};

use hashbrown::HashTable;
use plainsight_names::Unwatched;
use rustc_hash::{FxBuildHasher, FxHashMap, FxHasher};

use crate::table::{BadCell, Column, ColumnSpec, MISSING, Table, TableError};
use crate::value::{Value, cut, read};
use crate::work::Shared;

/// Records are taken in so many bytes at a time: enough for every thread to have a column to work on.
const BATCH: usize = 4 << 20;

/// So many records with one value that is meant for one alone say nothing of how common it is: they are its own.
const OWN_RECORDS: u32 = 4;

/// Takes records one by one.
#[derive(Debug)]
pub struct TableBuilder {
    table: Table,
    tellers: Vec<Teller>,
    threads: usize,
    /// How frequent values are does not change any more.
    going_on: bool,
    /// The cells of the records that wait to be read, record after record, and where each ends.
    cells: String,
    ends: Vec<usize>,
}

/// Tells what is new in a column.
#[derive(Debug)]
struct Teller {
    /// Cells as they were written, one after the other, with where each ends and the number of its value; found by their text.
    texts: String,
    ends: Vec<(usize, u32)>,
    written: HashTable<u32>,
    /// The numbers of values by what they say.
    known: HashTable<u32>,
    /// The share of records that hold each word of a name, once the table was finished.
    word_shares: FxHashMap<String, f32>,
    bad: Vec<BadCell>,
}

impl TableBuilder {
    /// A table of these columns, read by so many threads; the table does not depend on them.
    ///
    /// # Errors
    /// [`TableError::TwoColumns`].
    pub fn new(columns: &[ColumnSpec], threads: usize) -> Result<Self, TableError> {
        for (at, column) in columns.iter().enumerate() {
            if columns.iter().take(at).any(|other| other.name == column.name) {
                return Err(TableError::TwoColumns(column.name.clone()));
            }
        }
        let columns: Vec<Column> = columns.iter().map(Column::new).collect();
        let tellers = columns.iter().map(Teller::new).collect();
        let table = Table { rows: 0, columns, files: Vec::new(), rarest: 0.0 };
        Ok(Self { table, tellers, threads, going_on: false, cells: String::new(), ends: Vec::new() })
    }

    /// Goes on with a table that was finished: records are added, and how frequent values are stays as it was, so that what
    /// a model says of two records does not change under it. A value that comes anew is as frequent as one that a single record
    /// has.
    #[must_use]
    pub fn going_on(table: Table, threads: usize) -> Self {
        let tellers = table.columns.iter().map(Teller::new).collect();
        Self { table, tellers, threads, going_on: true, cells: String::new(), ends: Vec::new() }
    }

    /// Adds a record of the file `file`: a cell a column, in their order; cells that are not there are missing.
    ///
    /// # Errors
    /// [`TableError::Full`].
    pub fn push<'a>(&mut self, file: u16, cells: impl IntoIterator<Item = &'a str>) -> Result<(), TableError> {
        if self.table.files.len() >= MISSING as usize - 1 {
            return Err(TableError::Full);
        }
        let mut cells = cells.into_iter();
        for _ in 0..self.table.columns.len() {
            self.cells.push_str(cut(cells.next().unwrap_or_default()));
            self.ends.push(self.cells.len());
        }
        self.table.files.push(file);
        if self.cells.len() >= BATCH {
            self.read_waiting();
        }
        Ok(())
    }

    /// The table with every record that was pushed.
    pub(crate) fn table(&mut self) -> &Table {
        self.read_waiting();
        &self.table
    }

    /// Reads the records that wait, column by column.
    fn read_waiting(&mut self) {
        let width = self.table.columns.len();
        if width == 0 || self.ends.is_empty() {
            self.table.rows = self.table.files.len();
            return;
        }
        let before = self.table.rows;
        let (cells, ends, rarest) = (self.cells.as_str(), self.ends.as_slice(), self.going_on.then_some(self.table.rarest));
        let columns: Vec<Mutex<(&mut Column, &mut Teller)>> =
            self.table.columns.iter_mut().zip(&mut self.tellers).map(Mutex::new).collect();
        let work = |(): &mut (), at: usize| {
            let Some(column) = columns.get(at) else { return };
            let mut locked = column.lock().unwrap_or_else(PoisonError::into_inner);
            let (column, teller) = &mut *locked;
            for row in 0..ends.len() / width {
                let place = row * width + at;
                let begin = place.checked_sub(1).and_then(|place| ends.get(place)).copied().unwrap_or_default();
                let cell = ends.get(place).and_then(|end| cells.get(begin..*end)).unwrap_or_default();
                teller.push(column, cell, before + row, rarest);
            }
        };
        // Of a few records, starting a thread would take longer than reading them.
        let threads = if ends.len() < 10_000 { 1 } else { self.threads };
        // Nobody can stop this: a batch is short.
        let _ = Shared { stage: "records", threads, watch: &Unwatched }.each(width, || (), work);
        self.table.rows = self.table.files.len();
        self.cells.clear();
        self.ends.clear();
    }

    /// The table, and the cells that could not be read.
    #[must_use]
    pub fn finish(mut self) -> (Table, Vec<BadCell>) {
        self.read_waiting();
        let rows = self.table.rows;
        if !self.going_on {
            self.table.rarest = 1.0 / rows.max(1) as f32;
            let columns: Vec<Mutex<&mut Column>> = self.table.columns.iter_mut().map(Mutex::new).collect();
            let weigh = |(): &mut (), at: usize| {
                if let Some(column) = columns.get(at) {
                    column.lock().unwrap_or_else(PoisonError::into_inner).weigh(rows);
                }
            };
            let _ = Shared { stage: "records", threads: self.threads, watch: &Unwatched }.each(columns.len(), || (), weigh);
        }
        let bad = self.take_bad();
        (self.table, bad)
    }

    /// The cells that could not be read, row by row, as a person reads them; within a row in the order of the columns.
    pub(crate) fn take_bad(&mut self) -> Vec<BadCell> {
        let mut bad: Vec<BadCell> = self.tellers.iter_mut().flat_map(|teller| teller.bad.drain(..)).collect();
        bad.sort_by_key(|bad| bad.row);
        bad
    }
}

impl Teller {
    fn new(column: &Column) -> Self {
        let mut known = HashTable::with_capacity(column.values.len());
        for (id, value) in (0_u32..).zip(&column.values) {
            known.insert_unique(said(value), id, |id| column.values.get(*id as usize).map_or(0, said));
        }
        let word_shares = column.shares_of_words();
        Self { texts: String::new(), ends: Vec::new(), written: HashTable::new(), known, word_shares, bad: Vec::new() }
    }

    fn push(&mut self, column: &mut Column, cell: &str, row: usize, rarest: Option<f32>) {
        let hash = FxBuildHasher.hash_one(cell);
        let before = self.written.find(hash, |at| self.text(*at) == cell).and_then(|at| self.ends.get(*at as usize));
        let id = if let Some((_, id)) = before {
            *id
        } else {
            let id = self.number(column, cell, row, rarest);
            // What is long and says nothing is not kept.
            if id != MISSING || cell.len() < 64 {
                self.texts.push_str(cell);
                self.ends.push((self.texts.len(), id));
                let (texts, ends) = (&self.texts, &self.ends);
                let hash_of = |at: &u32| FxBuildHasher.hash_one(text_of(texts, ends, *at));
                self.written.insert_unique(hash, ends.len() as u32 - 1, hash_of);
            }
            id
        };
        if let Some(count) = column.counts.get_mut(id as usize) {
            *count += 1;
        }
        column.ids.push(id);
    }

    fn text(&self, at: u32) -> &str {
        text_of(&self.texts, &self.ends, at)
    }

    /// The number of the value that a cell says.
    fn number(&mut self, column: &mut Column, cell: &str, row: usize, rarest: Option<f32>) -> u32 {
        let value = match read(column.kind, cell) {
            Ok(Some(value)) => value,
            Ok(None) => return MISSING,
            Err(why) => {
                self.bad.push(BadCell { row, column: column.name.clone(), why });
                return MISSING;
            }
        };
        let (hash, values) = (said(&value), &column.values);
        if let Some(id) = self.known.find(hash, |id| values.get(*id as usize).is_some_and(|other| says_the_same(&value, other))) {
            return *id;
        }
        let id = values.len() as u32;
        self.known.insert_unique(hash, id, |id| values.get(*id as usize).map_or(0, said));
        column.take(value, rarest, &self.word_shares);
        id
    }
}

fn text_of<'a>(texts: &'a str, ends: &[(usize, u32)], at: u32) -> &'a str {
    let begin = (at as usize).checked_sub(1).and_then(|before| ends.get(before)).map_or(0, |(end, _)| *end);
    ends.get(at as usize).and_then(|(end, _)| texts.get(begin..*end)).unwrap_or_default()
}

impl Column {
    fn new(spec: &ColumnSpec) -> Self {
        Self {
            name: spec.name.clone(),
            kind: spec.kind,
            values: Vec::new(),
            counts: Vec::new(),
            shares: Vec::new(),
            word_keys: Vec::new(),
            word_starts: vec![0],
            word_shares: Vec::new(),
            word_share_starts: vec![0],
            ids: Vec::new(),
        }
    }

    /// Takes a value that it has not yet. `rarest` is the share that it gets once shares do not change any more.
    fn take(&mut self, value: Value, rarest: Option<f32>, word_shares: &FxHashMap<String, f32>) {
        if let Value::Words { skeleton, words, .. } = &value {
            self.word_keys.extend(skeleton.split(' ').map(|word| {
                let mut hasher = FxHasher::default();
                hasher.write(word.as_bytes());
                hasher.finish()
            }));
            if let Some(rarest) = rarest {
                self.word_shares.extend(words.iter().map(|word| word_shares.get(word).copied().unwrap_or(rarest)));
            }
        }
        self.word_starts.push(self.word_keys.len() as u32);
        if let Some(rarest) = rarest {
            self.shares.push(if self.kind.identifies() { 0.0 } else { rarest });
            self.word_share_starts.push(self.word_shares.len() as u32);
        }
        self.values.push(value);
        self.counts.push(0);
    }

    /// Says how frequent each value is among so many records, and each word of a name.
    fn weigh(&mut self, rows: usize) {
        let rows = rows.max(1) as f32;
        // A telephone that two records have is theirs, not a common one; one that dozens have is somebody's who runs them.
        let own = if self.kind.identifies() { OWN_RECORDS } else { 0 };
        self.shares = self.counts.iter().map(|count| count.saturating_sub(own) as f32 / rows).collect();
        let mut held: FxHashMap<&str, u32> = FxHashMap::default();
        for (value, count) in self.values.iter().zip(&self.counts) {
            for word in words(value) {
                *held.entry(word).or_default() += count;
            }
        }
        for value in &self.values {
            let shares = words(value).iter().filter_map(|word| held.get(word.as_str()));
            self.word_shares.extend(shares.map(|count| *count as f32 / rows));
            self.word_share_starts.push(self.word_shares.len() as u32);
        }
    }

    /// The share of records that hold each word.
    fn shares_of_words(&self) -> FxHashMap<String, f32> {
        let all = self.values.iter().flat_map(words);
        all.zip(&self.word_shares).map(|(word, share)| (word.clone(), *share)).collect()
    }
}

fn words(value: &Value) -> &[String] {
    match value {
        Value::Words { words, .. } => words,
        _ => &[],
    }
}

/// What a value says, as a number; those that say the same are one.
pub(crate) fn said(value: &Value) -> u64 {
    match value {
        Value::Words { words, name, .. } => {
            let mut hasher = FxHasher::default();
            for word in words.iter().map(String::as_str).chain(name.words().iter().map(|word| word.folded())) {
                hasher.write(word.as_bytes());
                hasher.write_u8(0xff);
            }
            hasher.finish()
        }
        Value::Date { year, month, day } => FxBuildHasher.hash_one((year, month, day)),
        Value::Text(text) => FxBuildHasher.hash_one(text.as_str()),
        Value::Degrees(degrees) => FxBuildHasher.hash_one(degrees),
        Value::Age(from, to) => FxBuildHasher.hash_one((from, to)),
    }
}

fn says_the_same(one: &Value, other: &Value) -> bool {
    match (one, other) {
        // As written, too: what one script hides another shows.
        (Value::Words { words, name, .. }, Value::Words { words: others, name: other, .. }) => {
            words == others && name.words().iter().map(|word| word.folded()).eq(other.words().iter().map(|word| word.folded()))
        }
        _ => one == other,
    }
}
