//! The records of an index: those that are looked at are pulled from wherever they are kept into a small table, to be compared.

use std::io::{self, Read, Seek};

use rustc_hash::FxHashMap;

use crate::build::Teller;
use crate::shelf::Shelf;
use crate::table::{BadCell, Column, Table};
use crate::value::{Value, cut};

/// Whoever keeps the records gives their cells.
pub trait Records {
    /// The cells of a record, in the order of the columns, put into `cells`, which is empty.
    ///
    /// # Errors
    /// When it cannot be read.
    fn cells(&mut self, record: u32, cells: &mut Vec<String>) -> io::Result<()>;
}

/// Records in memory.
impl Records for Vec<Vec<String>> {
    fn cells(&mut self, record: u32, cells: &mut Vec<String>) -> io::Result<()> {
        let own = self.get(record as usize).ok_or(io::ErrorKind::NotFound)?;
        cells.extend_from_slice(own);
        Ok(())
    }
}

/// When so many records were pulled, all are put back: memory stays bounded.
const MOST: usize = 50_000;

/// All records: those that the index began with are pulled from where they are kept, those that came later stay in memory.
#[derive(Debug)]
pub(crate) struct Stock<F, R> {
    pub(crate) shelf: Shelf<F>,
    kept: R,
    /// Of each record that came later, its file and its cells.
    later: Vec<(u16, Vec<String>)>,
    pulled: Pulled,
}

/// The records that were pulled, and which row of the table each is.
#[derive(Debug)]
struct Pulled {
    table: Table,
    tellers: Vec<Teller>,
    rows: FxHashMap<u32, u32>,
}

impl Pulled {
    fn none<F: Read + Seek>(shelf: &Shelf<F>) -> Self {
        let columns: Vec<Column> = shelf.columns().iter().map(Column::new).collect();
        let tellers = columns.iter().map(Teller::new).collect();
        let table = Table { rows: 0, columns, files: Vec::new(), rarest: shelf.rarest };
        Self { table, tellers, rows: FxHashMap::default() }
    }
}

impl<F: Read + Seek, R: Records> Stock<F, R> {
    pub(crate) fn new(shelf: Shelf<F>, kept: R) -> Self {
        Self { pulled: Pulled::none(&shelf), shelf, kept, later: Vec::new() }
    }

    pub(crate) fn len(&self) -> u32 {
        self.shelf.rows() + self.later.len() as u32
    }

    /// The records that were pulled.
    pub(crate) fn table(&self) -> &Table {
        &self.pulled.table
    }

    /// Which row of the table a record is that was pulled.
    pub(crate) fn pulled(&self, record: u32) -> Option<u32> {
        self.pulled.rows.get(&record).copied()
    }

    /// Takes in a record that comes later; its number, and its cells that could not be read.
    pub(crate) fn add(&mut self, file: u16, cells: Vec<String>) -> io::Result<(u32, Vec<BadCell>)> {
        let record = self.len();
        let bad = self.take(record, file, &cells)?;
        self.later.push((file, cells));
        Ok((record, bad))
    }

    /// Which row of the table a record is; pulls it where it was not.
    pub(crate) fn row(&mut self, record: u32) -> io::Result<u32> {
        if let Some(row) = self.pulled(record) {
            return Ok(row);
        }
        let row = self.pulled.table.rows as u32;
        match record.checked_sub(self.shelf.rows()) {
            Some(later) => {
                let (file, cells) = self.later.get(later as usize).cloned().ok_or(io::ErrorKind::NotFound)?;
                self.take(record, file, &cells)?;
            }
            None => {
                let mut cells = Vec::new();
                self.kept.cells(record, &mut cells)?;
                let file = self.shelf.file(record)?;
                self.take(record, file, &cells)?;
            }
        }
        Ok(row)
    }

    /// Puts all records back when there are many; whether it did. What was remembered of rows of the table is void then.
    pub(crate) fn put_back(&mut self) -> bool {
        let many = self.pulled.table.rows >= MOST;
        if many {
            self.pulled = Pulled::none(&self.shelf);
        }
        many
    }

    fn take(&mut self, record: u32, file: u16, cells: &[String]) -> io::Result<Vec<BadCell>> {
        let Pulled { table, tellers, rows } = &mut self.pulled;
        let mut bad = Vec::new();
        for (at, (column, teller)) in table.columns.iter_mut().zip(tellers).enumerate() {
            let mut failed = None;
            let mut tell = |value: &Value| self.shelf.frequent(at, value).map_err(|why| failed = Some(why)).ok();
            let cell = cells.get(at).map_or("", |cell| cut(cell));
            teller.push(column, cell, record as usize, &mut tell);
            bad.append(&mut teller.bad);
            if let Some(why) = failed {
                // A value of which it is not known how frequent it is must not stay.
                self.pulled = Pulled::none(&self.shelf);
                return Err(why);
            }
        }
        rows.insert(record, table.rows as u32);
        table.files.push(file);
        table.rows += 1;
        Ok(bad)
    }
}
