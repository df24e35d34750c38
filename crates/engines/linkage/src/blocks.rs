//! The blocks of one rule, to which records are added one by one; at any time the same as [`crate::blocking::Pass`] makes of
//! all records at once.

use std::io::{self, Read, Seek};

use rustc_hash::FxHashMap;

use crate::blocking::{NEIGHBOURS, Rule};
use crate::keys::Columns;
use crate::stock::{Records, Stock};

/// The records of every key of one rule.
#[derive(Debug)]
pub(crate) struct Blocks {
    /// The number of the rule.
    number: usize,
    rule: Rule,
    columns: Columns,
    /// The blocks to which records were added; whole, in the order of names once they are heavy. The others are as they were
    /// at the beginning.
    grown: FxHashMap<u32, Vec<u32>>,
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

/// The place of a record in the order of names.
type Order = (Vec<String>, u32);

impl Blocks {
    pub(crate) fn new<F: Read + Seek, R: Records>(stock: &Stock<F, R>, number: usize, rule: &Rule) -> Self {
        Self { number, rule: rule.clone(), columns: Columns::new(stock.table(), rule), grown: FxHashMap::default() }
    }

    fn keys_of<F: Read + Seek, R: Records>(&self, stock: &mut Stock<F, R>, record: u32) -> io::Result<Vec<u32>> {
        let (mut words, mut keys) = (Vec::new(), Vec::new());
        let row = stock.row(record)?;
        self.columns.keys(stock.table(), row, &mut words, &mut keys);
        Ok(keys)
    }

    fn order<F: Read + Seek, R: Records>(&self, stock: &mut Stock<F, R>, record: u32) -> io::Result<Order> {
        let row = stock.row(record)?;
        Ok((self.columns.words(stock.table(), row).into_iter().map(str::to_owned).collect(), record))
    }

    /// Where a record stands, or would stand, in a heavy block.
    fn place<F: Read + Seek, R: Records>(&self, stock: &mut Stock<F, R>, block: &[u32], record: u32) -> io::Result<usize> {
        let own = self.order(stock, record)?;
        let (mut from, mut to) = (0, block.len());
        while from < to {
            let middle = from.midpoint(to);
            let Some(other) = block.get(middle) else { break };
            if self.order(stock, *other)? < own { from = middle + 1 } else { to = middle }
        }
        Ok(from)
    }

    fn block<F: Read + Seek, R: Records>(&self, stock: &mut Stock<F, R>, key: u32) -> io::Result<Vec<u32>> {
        match self.grown.get(&key) {
            Some(block) => Ok(block.clone()),
            None => stock.shelf.members(self.number, key),
        }
    }

    /// Adds a record, the last of all.
    pub(crate) fn add<F: Read + Seek, R: Records>(&mut self, stock: &mut Stock<F, R>, record: u32) -> io::Result<Arrival> {
        let mut arrival = Arrival::default();
        for key in self.keys_of(stock, record)? {
            let mut block = match self.grown.remove(&key) {
                Some(block) => block,
                None => stock.shelf.members(self.number, key)?,
            };
            if self.rule.is_heavy(block.len()) {
                let at = self.place(stock, &block, record)?;
                block.insert(at, record);
                arrival.candidates.extend(around(&block, at));
                // What stood as far apart as is looked at stands one farther now.
                for before in 1..=NEIGHBOURS {
                    let pair = at.checked_sub(before).and_then(|left| block.get(left)).zip(block.get(at + NEIGHBOURS + 1 - before));
                    arrival.parted.pairs.extend(pair.map(|(one, other)| (*one.min(other), *one.max(other))));
                }
            } else if self.rule.is_heavy(block.len() + 1) {
                block.push(record);
                let mut ordered: Vec<Order> = block.iter().map(|each| self.order(stock, *each)).collect::<io::Result<_>>()?;
                ordered.sort_unstable();
                block = ordered.into_iter().map(|(_, each)| each).collect();
                let at = block.iter().position(|each| *each == record).unwrap_or_default();
                arrival.candidates.extend(around(&block, at));
                arrival.parted.among.push(block.clone());
            } else {
                arrival.candidates.extend_from_slice(&block);
                block.push(record);
            }
            self.grown.insert(key, block);
        }
        Ok(arrival)
    }

    /// Whether this rule brings two records together.
    pub(crate) fn bring_together<F: Read + Seek, R: Records>(&self, stock: &mut Stock<F, R>, one: u32, other: u32) -> io::Result<bool> {
        let others = self.keys_of(stock, other)?;
        for key in self.keys_of(stock, one)? {
            if others.binary_search(&key).is_err() {
                continue;
            }
            let block = self.block(stock, key)?;
            if !self.rule.is_heavy(block.len()) || self.place(stock, &block, one)?.abs_diff(self.place(stock, &block, other)?) <= NEIGHBOURS
            {
                return Ok(true);
            }
        }
        Ok(false)
    }
}

/// The neighbours of a place.
fn around(block: &[u32], at: usize) -> impl Iterator<Item = u32> + '_ {
    let from = at.saturating_sub(NEIGHBOURS);
    block.iter().enumerate().skip(from).take(at - from + NEIGHBOURS + 1).filter(move |(place, _)| *place != at).map(|(_, row)| *row)
}
