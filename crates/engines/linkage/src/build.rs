//! Takes records one by one and makes a table of them.

use std::hash::{BuildHasher as _, Hasher as _};
use std::sync::{Mutex, PoisonError};

use hashbrown::HashTable;
use plainsight_names::Unwatched;
use rustc_hash::{FxBuildHasher, FxHashMap, FxHasher};

use crate::table::{BadCell, Column, ColumnSpec, MISSING, Table, TableError};
use crate::value::{Unreadable, Value, cut, read, said, words};
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
    /// Once the table was finished, the share of records that hold each word of a column.
    word_shares: Vec<FxHashMap<String, f32>>,
    threads: usize,
    /// How frequent values are does not change any more.
    going_on: bool,
    /// The cells of the records that wait to be read, record after record, and where each ends.
    cells: String,
    ends: Vec<usize>,
}

/// Tells what is new in a column.
#[derive(Debug)]
pub(crate) struct Teller {
    /// Cells as they were written, one after the other, with where each ends and the number of its value; found by their text.
    texts: String,
    ends: Vec<(usize, u32)>,
    written: HashTable<u32>,
    /// The numbers of values by what they say.
    known: HashTable<u32>,
    /// Why texts that were written before cannot be read.
    unreadable: FxHashMap<u32, Unreadable>,
    pub(crate) bad: Vec<BadCell>,
}

/// How frequent a value is among the records that a model's frequencies are of.
#[derive(Debug)]
pub(crate) struct Frequent {
    /// The share of records that have it.
    pub(crate) share: f32,
    /// Of a name, the share of records that hold each of its words.
    pub(crate) words: Vec<f32>,
}

/// What a column is told of a value that it has not met; nothing before the table is finished, when all are counted at once.
pub(crate) type Tell<'a> = dyn FnMut(&Value) -> Option<Frequent> + 'a;

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
        Ok(Self { table, tellers, word_shares: Vec::new(), threads, going_on: false, cells: String::new(), ends: Vec::new() })
    }

    /// Goes on with a table that was finished: records are added, and how frequent values are stays as it was, so that what
    /// a model says of two records does not change under it. A value that comes anew is as frequent as one that a single record
    /// has.
    #[must_use]
    pub fn going_on(table: Table, threads: usize) -> Self {
        let tellers = table.columns.iter().map(Teller::new).collect();
        let word_shares = table.columns.iter().map(Column::shares_of_words).collect();
        Self { table, tellers, word_shares, threads, going_on: true, cells: String::new(), ends: Vec::new() }
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

    /// Reads the records that wait, column by column.
    fn read_waiting(&mut self) {
        let width = self.table.columns.len();
        if width == 0 || self.ends.is_empty() {
            self.table.rows = self.table.files.len();
            return;
        }
        let before = self.table.rows;
        let (cells, ends, rarest, going_on) = (self.cells.as_str(), self.ends.as_slice(), self.table.rarest, self.going_on);
        let word_shares = &self.word_shares;
        let columns: Vec<Mutex<(&mut Column, &mut Teller)>> =
            self.table.columns.iter_mut().zip(&mut self.tellers).map(Mutex::new).collect();
        let work = |(): &mut (), at: usize| {
            let Some(column) = columns.get(at) else { return };
            let mut locked = column.lock().unwrap_or_else(PoisonError::into_inner);
            let (column, teller) = &mut *locked;
            let share = if column.kind.identifies() { 0.0 } else { rarest };
            let of_word = |word: &String| word_shares.get(at).and_then(|shares| shares.get(word)).copied().unwrap_or(rarest);
            let mut tell = |value: &Value| going_on.then(|| Frequent { share, words: words(value).iter().map(of_word).collect() });
            for row in 0..ends.len() / width {
                let place = row * width + at;
                let begin = place.checked_sub(1).and_then(|place| ends.get(place)).copied().unwrap_or_default();
                let cell = ends.get(place).and_then(|end| cells.get(begin..*end)).unwrap_or_default();
                teller.push(column, cell, before + row, &mut tell);
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
    fn take_bad(&mut self) -> Vec<BadCell> {
        let mut bad: Vec<BadCell> = self.tellers.iter_mut().flat_map(|teller| teller.bad.drain(..)).collect();
        bad.sort_by_key(|bad| bad.row);
        bad
    }
}

impl Teller {
    pub(crate) fn new(column: &Column) -> Self {
        let mut known = HashTable::with_capacity(column.values.len());
        for (id, value) in (0_u32..).zip(&column.values) {
            known.insert_unique(said(value), id, |id| column.values.get(*id as usize).map_or(0, said));
        }
        let (texts, ends, written, unreadable) = (String::new(), Vec::new(), HashTable::new(), FxHashMap::default());
        Self { texts, ends, written, known, unreadable, bad: Vec::new() }
    }

    pub(crate) fn push(&mut self, column: &mut Column, cell: &str, row: usize, tell: &mut Tell<'_>) {
        let hash = FxBuildHasher.hash_one(cell);
        let before = self.written.find(hash, |at| self.text(*at) == cell).copied();
        let id = if let Some(at) = before {
            if let Some(why) = self.unreadable.get(&at) {
                self.bad.push(BadCell { row, column: column.name.clone(), why: *why });
            }
            self.ends.get(at as usize).map_or(MISSING, |(_, id)| *id)
        } else {
            let read = self.number(column, cell, tell);
            let id = read.unwrap_or(MISSING);
            // What is long and says nothing is not kept.
            let kept = id != MISSING || cell.len() < 64;
            if let Err(why) = read {
                self.bad.push(BadCell { row, column: column.name.clone(), why });
                if kept {
                    self.unreadable.insert(self.ends.len() as u32, why);
                }
            }
            if kept {
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
    fn number(&mut self, column: &mut Column, cell: &str, tell: &mut Tell<'_>) -> Result<u32, Unreadable> {
        let Some(value) = read(column.kind, cell)? else { return Ok(MISSING) };
        let (hash, values) = (said(&value), &column.values);
        if let Some(id) = self.known.find(hash, |id| values.get(*id as usize).is_some_and(|other| value == *other)) {
            return Ok(*id);
        }
        let id = values.len() as u32;
        self.known.insert_unique(hash, id, |id| values.get(*id as usize).map_or(0, said));
        let frequent = tell(&value);
        column.take(value, frequent);
        Ok(id)
    }
}

fn text_of<'a>(texts: &'a str, ends: &[(usize, u32)], at: u32) -> &'a str {
    let begin = (at as usize).checked_sub(1).and_then(|before| ends.get(before)).map_or(0, |(end, _)| *end);
    ends.get(at as usize).and_then(|(end, _)| texts.get(begin..*end)).unwrap_or_default()
}

impl Column {
    pub(crate) fn new(spec: &ColumnSpec) -> Self {
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

    /// Takes a value that it has not yet, and how frequent it is where that is known already.
    fn take(&mut self, value: Value, frequent: Option<Frequent>) {
        if let Value::Words { skeleton, .. } = &value {
            self.word_keys.extend(skeleton.split(' ').map(|word| {
                let mut hasher = FxHasher::default();
                hasher.write(word.as_bytes());
                hasher.finish()
            }));
        }
        self.word_starts.push(self.word_keys.len() as u32);
        if let Some(frequent) = frequent {
            self.shares.push(frequent.share);
            self.word_shares.extend(frequent.words);
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
