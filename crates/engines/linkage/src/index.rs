//! Records that come one by one: each gets its links at once, and the groups are what they would be had all records come
//! together. What people decided about two records is kept beside it, and taken back without a trace.

mod decisions;

use std::collections::BTreeMap;
use std::io::{self, Cursor, Read, Seek};

use rustc_hash::{FxHashMap, FxHashSet};

use plainsight_names::Watch;

use crate::blocks::{Arrival, Blocks, Parted};
use crate::cluster::Pair;
use crate::field::{Comparer, Memory};
use crate::model::{Model, Part, Scale};
use crate::run::{Linked, Options, RunError, between, dedupe, explain, least};
use crate::shelf::{Shelf, Shelving, shelve};
use crate::stock::{Records, Stock};
use crate::table::{BadCell, MISSING, Table};
pub use decisions::{Decision, Held};

/// Why an index cannot go on. After an error of reading, open it anew.
#[derive(Debug, thiserror::Error)]
pub enum IndexError {
    /// The model does not fit, or somebody stopped it.
    #[error(transparent)]
    Run(#[from] RunError),
    /// What it is made of cannot be read or written.
    #[error("the index could not be read or written: {0}")]
    Io(#[from] io::Error),
    /// The file is no index, was cut off, or is of another version of this program or another model.
    #[error("this is no index of these records by this model and this version of the program: make it anew")]
    Another,
    /// More records than have numbers.
    #[error("an index holds no more than 4 billion records")]
    Full,
}

/// What came of a new record.
#[derive(Clone, Debug, PartialEq)]
pub struct Added {
    /// Its number.
    pub record: u32,
    /// Its links, in the order of the other records.
    pub links: Vec<Pair>,
    /// Links of other records that are none any more: so many share what brought them together that only neighbours are
    /// compared.
    pub parted: Vec<(u32, u32)>,
    /// Every record whose group has another first record now, with it.
    pub moved: Vec<(u32, u32)>,
    /// Cells of it that could not be read.
    pub bad: Vec<BadCell>,
}

/// Linked records to which others can be added: an index in a file ([`shelve`]) that is read in places, the records that came
/// later, in memory, and whoever keeps the records and gives their cells.
///
/// How frequent values are stays as it was in the records that the index began with, so that the weight of two records never
/// changes: one that was told stays true. [`crate::TableBuilder::going_on`] makes the table that a batch needs for the same answer.
#[derive(Debug)]
pub struct Index<F, R> {
    stock: Stock<F, R>,
    model: Model,
    scale: Scale,
    blocks: Vec<Blocks>,
    /// The links of every record whose links changed, or that came later.
    links: FxHashMap<u32, Vec<(u32, f32)>>,
    /// The first record of the group of every record that moved, or that came later.
    group: FxHashMap<u32, u32>,
    decisions: BTreeMap<u64, Decision>,
    /// The numbers of the decisions about each record.
    about: FxHashMap<u32, Vec<u64>>,
    memory: Memory,
}

impl<R: Records> Index<Cursor<Vec<u8>>, R> {
    /// Links the records of a table and keeps an index of them in memory. `records` gives the same cells as the table was made of.
    ///
    /// # Errors
    /// When the model does not fit the records, or somebody stopped it.
    pub fn new(table: &Table, model: Model, records: R, options: &Options, watch: &dyn Watch) -> Result<Self, IndexError> {
        let run = if options.across { between } else { dedupe };
        let linked = run(table, &model, options, watch)?;
        Self::of(table, model, &linked, records, options)
    }

    /// An index in memory of records that were linked already, by the same model and options.
    ///
    /// # Errors
    /// When the model does not fit the records.
    pub fn of(table: &Table, model: Model, linked: &Linked, records: R, options: &Options) -> Result<Self, IndexError> {
        let mut file = Vec::new();
        let Linked { pairs: links, clusters: groups, .. } = linked;
        shelve(&mut file, Shelving { table, model: &model, links, groups, across: options.across, names: None, stamp: 0 })?;
        Self::open(Cursor::new(file), model, records)
    }
}

impl<F: Read + Seek, R: Records> Index<F, R> {
    /// Opens an index that [`shelve`] wrote of records by this model. Nothing but its headings is read.
    ///
    /// # Errors
    /// [`IndexError::Another`], or when it cannot be read.
    pub fn open(file: F, model: Model, records: R) -> Result<Self, IndexError> {
        let stock = Stock::new(Shelf::open(file)?, records);
        if stock.shelf.rules() != model.rules {
            return Err(IndexError::Another);
        }
        model.check().map_err(RunError::Model)?;
        Comparer::new(stock.table(), &model.fields()).map_err(RunError::Column)?;
        let blocks = model.rules.iter().enumerate().map(|(number, rule)| Blocks::new(&stock, number, rule)).collect();
        Ok(Self {
            stock,
            scale: Scale::new(&model),
            model,
            blocks,
            links: FxHashMap::default(),
            group: FxHashMap::default(),
            decisions: BTreeMap::new(),
            about: FxHashMap::default(),
            memory: Memory::new(),
        })
    }

    /// The model.
    #[must_use]
    pub fn model(&self) -> &Model {
        &self.model
    }

    /// What its keeper wrote to know it by ([`Shelving::stamp`]).
    #[must_use]
    pub fn stamp(&self) -> u64 {
        self.stock.shelf.stamp()
    }

    /// Of the records that the index began with, those that may be called this ([`Shelving::names`]): their keeper knows.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn named(&mut self, name: &str) -> Result<Vec<u32>, IndexError> {
        Ok(self.stock.shelf.named(name)?)
    }

    /// How many records there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.stock.len() as usize
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Why two records have their weight: the prior and every field, in bits.
    ///
    /// # Errors
    /// When a record cannot be read.
    pub fn explain(&mut self, one: u32, other: u32) -> Result<Vec<Part>, IndexError> {
        let (one, other) = (self.stock.row(one)?, self.stock.row(other)?);
        Ok(explain(self.stock.table(), &self.model, one, other)?)
    }

    /// The records of the group of a record, in order.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn members(&mut self, record: u32) -> Result<Vec<u32>, IndexError> {
        if record as usize >= self.len() {
            return Ok(Vec::new());
        }
        let leader = self.group(record)?;
        let mut members = Vec::new();
        for each in self.connected(record)?.0 {
            if self.group(each)? == leader {
                members.push(each);
            }
        }
        members.sort_unstable();
        Ok(members)
    }

    /// The first record of the group of a record.
    ///
    /// # Errors
    /// When the index cannot be read, or there is no such record.
    pub fn group(&mut self, record: u32) -> Result<u32, IndexError> {
        match self.group.get(&record) {
            Some(leader) => Ok(*leader),
            None => Ok(self.stock.shelf.group(record)?),
        }
    }

    /// For every record, the first record of its group.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn groups(&mut self) -> Result<Vec<u32>, IndexError> {
        let mut groups = self.stock.shelf.groups()?;
        groups.extend(groups.len() as u32..self.stock.len());
        for (record, leader) in &self.group {
            if let Some(place) = groups.get_mut(*record as usize) {
                *place = *leader;
            }
        }
        Ok(groups)
    }

    /// All links, in order.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn links(&mut self) -> Result<Vec<Pair>, IndexError> {
        let mut links = Vec::new();
        for one in 0..self.stock.len() {
            let later = self.links_of(one)?.into_iter().filter(|(other, _)| one < *other);
            links.extend(later.map(|(other, weight)| Pair { one, other, weight }));
        }
        links.sort_unstable_by_key(|pair| (pair.one, pair.other));
        Ok(links)
    }

    fn links_of(&mut self, record: u32) -> io::Result<Vec<(u32, f32)>> {
        match self.links.get(&record) {
            Some(links) => Ok(links.clone()),
            None => self.stock.shelf.links(record),
        }
    }

    /// The links of a record, to be changed.
    fn own_links(&mut self, record: u32) -> io::Result<&mut Vec<(u32, f32)>> {
        match self.links.entry(record) {
            std::collections::hash_map::Entry::Occupied(place) => Ok(place.into_mut()),
            std::collections::hash_map::Entry::Vacant(place) => Ok(place.insert(self.stock.shelf.links(record)?)),
        }
    }

    /// Adds a record: a cell a column, in the order of the table.
    ///
    /// # Errors
    /// When the index or a record cannot be read.
    pub fn add<'a>(&mut self, file: u16, cells: impl IntoIterator<Item = &'a str>) -> Result<Added, IndexError> {
        let (record, arrivals, bad) = self.take(file, cells)?;
        let mut candidates: Vec<u32> = Vec::new();
        let mut parted = Parted::default();
        for arrival in arrivals {
            candidates.extend(arrival.candidates);
            parted.pairs.extend(arrival.parted.pairs);
            parted.among.extend(arrival.parted.among);
        }
        candidates.sort_unstable();
        candidates.dedup();
        let row = self.stock.row(record)?;
        let mut rows = Vec::with_capacity(candidates.len());
        for other in candidates {
            rows.push((other, self.stock.row(other)?));
        }
        let (table, least, mut found) = (self.stock.table(), least(&self.model), Vec::new());
        let comparer = Comparer::new(table, &self.model.fields()).map_err(RunError::Column)?;
        for (other, other_row) in rows {
            if self.stock.shelf.across() && table.file(row) == table.file(other_row) {
                continue;
            }
            let weight = self.scale.weight(&comparer.see(&mut self.memory, other_row, row));
            if weight >= least {
                found.push(Pair { one: other, other: record, weight: weight as f32 });
            }
        }
        for pair in &found {
            self.link(pair.one, pair.other, Some(pair.weight))?;
        }
        let parted = self.part(parted)?;
        let touched: Vec<u32> = parted.iter().flat_map(|(one, other)| [*one, *other]).chain([record]).collect();
        let moved = self.regroup(&touched)?;
        Ok(Added { record, links: found, parted, moved, bad })
    }

    /// Takes a record into the blocks.
    fn take<'a>(&mut self, file: u16, cells: impl IntoIterator<Item = &'a str>) -> Result<(u32, Vec<Arrival>, Vec<BadCell>), IndexError> {
        if self.len() >= MISSING as usize - 1 {
            return Err(IndexError::Full);
        }
        self.make_room();
        let (record, bad) = self.stock.add(file, cells.into_iter().map(str::to_owned).collect())?;
        let mut arrivals = Vec::with_capacity(self.blocks.len());
        for blocks in &mut self.blocks {
            arrivals.push(blocks.add(&mut self.stock, record)?);
        }
        self.group.insert(record, record);
        self.links.insert(record, Vec::new());
        Ok((record, arrivals, bad))
    }

    /// Puts the records back that were pulled, when they are many.
    fn make_room(&mut self) {
        if self.stock.put_back() {
            self.memory = Memory::new();
        }
    }

    /// Takes in a record that was added before, with its file; [`Self::linked_before`] says its links.
    ///
    /// # Errors
    /// When the index or a record cannot be read.
    pub fn added_before<'a>(&mut self, file: u16, cells: impl IntoIterator<Item = &'a str>) -> Result<(), IndexError> {
        self.take(file, cells).map(drop)
    }

    /// Links of records that were added before, with their weight, or without one where they parted two.
    ///
    /// # Errors
    /// When the index or a record cannot be read.
    pub fn linked_before(&mut self, links: impl IntoIterator<Item = ((u32, u32), Option<f32>)>) -> Result<(), IndexError> {
        let mut touched = Vec::new();
        for ((one, other), weight) in links {
            if one.max(other) >= self.stock.len() {
                return Err(IndexError::Another);
            }
            self.link(one, other, weight)?;
            touched.extend([one, other]);
        }
        self.regroup(&touched).map(drop)
    }

    /// Links two records, or parts them.
    fn link(&mut self, one: u32, other: u32, weight: Option<f32>) -> io::Result<()> {
        for (from, to) in [(one, other), (other, one)] {
            let links = self.own_links(from)?;
            links.retain(|(each, _)| *each != to);
            links.extend(weight.map(|weight| (to, weight)));
        }
        Ok(())
    }

    /// Takes out the links of pairs that no rule brings together any more: a batch would not have looked at them.
    fn part(&mut self, parted: Parted) -> io::Result<Vec<(u32, u32)>> {
        let mut doubtful: Vec<(u32, u32)> = Vec::new();
        for (one, other) in parted.pairs {
            if self.links_of(one)?.iter().any(|(each, _)| *each == other) {
                doubtful.push((one, other));
            }
        }
        for block in parted.among {
            let members: FxHashSet<u32> = block.iter().copied().collect();
            for one in &block {
                let others = self.links_of(*one)?.into_iter().map(|(other, _)| other);
                doubtful.extend(others.filter(|other| one < other && members.contains(other)).map(|other| (*one, other)));
            }
        }
        doubtful.sort_unstable();
        doubtful.dedup();
        let mut lost = Vec::new();
        for (one, other) in doubtful {
            let mut together = false;
            for blocks in &self.blocks {
                together = together || blocks.bring_together(&mut self.stock, one, other)?;
            }
            if !together {
                self.link(one, other, None)?;
                lost.push((one, other));
            }
        }
        Ok(lost)
    }
}
