//! What an index is made of, in one file that is read in places: blocks, frequencies, links and groups of the records that it
//! began with. No cell stands in it, only numbers made of them.
//!
//! The file ends with a heading in TOML, that heading's length in eight bytes, and eight signs that say what it is. Whatever
//! was cut off lacks them.

use std::hash::{BuildHasher as _, Hasher as _};
use std::io::{self, Read, Seek, Write};

use rustc_hash::{FxBuildHasher, FxHashMap, FxHasher};
use serde::{Deserialize, Serialize};

use crate::blocking::{Rule, entries};
use crate::build::Frequent;
use crate::cluster::Pair;
use crate::index::IndexError;
use crate::keys::Columns;
use crate::kind::Kind;
use crate::lookup::{Bytes, Counted, Lookup, Place, damaged, number};
use crate::model::Model;
use crate::run::fits;
use crate::table::{Column, ColumnSpec, Table};
use crate::value::{Value, said, words};

const SIGNS: &[u8; 8] = b"PLSHELF1";

/// What the file says of itself.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct Heading {
    /// Numbers made of texts differ from one making of the program to another: this one tells whether they are the same.
    probe: i64,
    stamp: i64,
    rows: u32,
    across: bool,
    /// The bits of the share of records that has what only one of them has.
    rarest: u32,
    /// Where the links of each record end, then the links; where the groups stand, and the files.
    links: u64,
    groups: u64,
    files: u64,
    columns: Vec<Shelved>,
    rules: Vec<Rule>,
    blocks: Vec<Place>,
    names: Place,
}

#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct Shelved {
    name: String,
    kind: Kind,
    shares: Place,
    words: Place,
}

fn probe() -> i64 {
    FxBuildHasher.hash_one("Plainsight").rotate_left(1).wrapping_add(word_key("plainsight")) as i64
}

fn word_key(word: &str) -> u64 {
    let mut hasher = FxHasher::default();
    hasher.write(word.as_bytes());
    hasher.finish()
}

/// What an index is made of.
#[derive(Clone, Copy)]
pub struct Shelving<'a> {
    /// The records.
    pub table: &'a Table,
    /// The model by which they were linked.
    pub model: &'a Model,
    /// Their links.
    pub links: &'a [Pair],
    /// For every record, the first of its group, by these links alone.
    pub groups: &'a [u32],
    /// Whether only records of two different files can be the same.
    pub across: bool,
    /// What its keeper calls each record, by which it is found again; none where nobody asks.
    pub names: Option<&'a dyn Fn(u32) -> &'a str>,
    /// Whatever its keeper will know it by.
    pub stamp: u64,
}

/// Writes an index of linked records; opened with [`crate::Index::open`], others can be added.
///
/// # Errors
/// When the model does not fit the records, or the file cannot be written.
pub fn shelve(to: impl Write, Shelving { table, model, links, groups, across, names, stamp }: Shelving<'_>) -> Result<(), IndexError> {
    fits(table, model)?;
    let mut out = Counted::new(to);
    let blocks = model.rules.iter().map(|rule| write_blocks(&mut out, table, rule)).collect::<io::Result<_>>()?;
    let columns = table.columns.iter().map(|column| write_shares(&mut out, table, column)).collect::<io::Result<_>>()?;
    let at_links = out.at();
    write_links(&mut out, table.rows, links)?;
    let at_groups = out.at();
    out.numbers(groups.iter().copied())?;
    let at_files = out.at();
    if across {
        out.numbers(table.files.iter().map(|file| u32::from(*file)))?;
    }
    let rows = u32::try_from(table.rows).unwrap_or(u32::MAX);
    let named = names.map_or(Vec::new(), |name| (0..rows).map(|row| (word_key(name(row)), row)).collect());
    let names = write_names(&mut out, named)?;
    let heading = Heading {
        probe: probe(),
        stamp: stamp as i64,
        rows,
        across,
        rarest: table.rarest.to_bits(),
        links: at_links,
        groups: at_groups,
        files: at_files,
        columns,
        rules: model.rules.clone(),
        blocks,
        names,
    };
    let text = toml::to_string(&heading).map_err(io::Error::other)?;
    out.write(text.as_bytes())?;
    out.write(&(text.len() as u64).to_le_bytes())?;
    out.write(SIGNS)?;
    Ok(())
}

fn write_blocks(out: &mut Counted<impl Write>, table: &Table, rule: &Rule) -> io::Result<Place> {
    let columns = Columns::new(table, rule);
    let entries = entries(table, &columns).2;
    let mut members: Vec<u32> = entries.iter().map(|entry| *entry as u32).collect();
    let (mut ends, mut end) = (Vec::new(), 0);
    for block in entries.chunk_by(|one, other| one >> 32 == other >> 32) {
        let from = end;
        end += block.len();
        ends.extend(block.first().map(|entry| (entry >> 32, end as u32)));
        // Whoever is added to a heavy block looks for its place in the order of names.
        if rule.is_heavy(block.len())
            && let Some(members) = members.get_mut(from..end)
        {
            members.sort_by_cached_key(|row| (columns.words(table, *row), *row));
        }
    }
    drop(entries);
    Lookup::write(out, ends, &members)
}

/// Only what is more frequent than a value that comes anew.
fn write_shares(out: &mut Counted<impl Write>, table: &Table, column: &Column) -> io::Result<Shelved> {
    let mut lookup = |shares: &mut dyn Iterator<Item = (u64, f32)>, of_new: f32| {
        let (mut ends, mut numbers) = (Vec::new(), Vec::new());
        for (key, share) in shares.filter(|(_, share)| *share != of_new) {
            numbers.push(share.to_bits());
            ends.push((key, numbers.len() as u32));
        }
        Lookup::write(out, ends, &numbers)
    };
    let of_new = if column.kind.identifies() { 0.0 } else { table.rarest };
    let shares = lookup(&mut column.values.iter().map(said).zip(column.shares.iter().copied()), of_new)?;
    let of_words: FxHashMap<u64, f32> =
        column.values.iter().flat_map(words).map(|word| word_key(word)).zip(column.word_shares.iter().copied()).collect();
    let words = lookup(&mut of_words.into_iter(), table.rarest)?;
    Ok(Shelved { name: column.name.clone(), kind: column.kind, shares, words })
}

fn write_names(out: &mut Counted<impl Write>, mut named: Vec<(u64, u32)>) -> io::Result<Place> {
    named.sort_unstable();
    let records: Vec<u32> = named.iter().map(|(_, record)| *record).collect();
    let (mut ends, mut end) = (Vec::new(), 0);
    for same in named.chunk_by(|one, other| one.0 == other.0) {
        end += same.len() as u32;
        ends.extend(same.first().map(|(name, _)| (*name, end)));
    }
    drop(named);
    Lookup::write(out, ends, &records)
}

/// Where the links of each record end, then of all records the other one and the bits of the weight.
fn write_links(out: &mut Counted<impl Write>, rows: usize, links: &[Pair]) -> io::Result<()> {
    let mut both: Vec<(u32, u32, u32)> = Vec::with_capacity(links.len() * 2);
    for Pair { one, other, weight } in links {
        both.extend([(*one, *other, weight.to_bits()), (*other, *one, weight.to_bits())]);
    }
    both.sort_unstable();
    let mut at = 0;
    for row in 0..u32::try_from(rows).unwrap_or(u32::MAX) {
        while both.get(at).is_some_and(|(one, ..)| *one == row) {
            at += 1;
        }
        out.numbers([at as u32])?;
    }
    both.iter().try_for_each(|(_, other, weight)| out.numbers([*other, *weight]))
}

/// An opened file.
#[derive(Debug)]
pub(crate) struct Shelf<F> {
    bytes: Bytes<F>,
    heading: Heading,
    blocks: Vec<Lookup>,
    /// Of each column, the shares of values and of words.
    shares: Vec<(Lookup, Lookup)>,
    names: Lookup,
    pub(crate) rarest: f32,
}

impl<F: Read + Seek> Shelf<F> {
    pub(crate) fn open(file: F) -> Result<Self, IndexError> {
        let mut bytes = Bytes::new(file)?;
        let end = bytes.len.checked_sub(16).ok_or(IndexError::Another)?;
        let last = bytes.read(end, 16)?;
        let (long, signs) = last.split_at(8);
        if signs != SIGNS {
            return Err(IndexError::Another);
        }
        let long = u64::from(number(long));
        let text = bytes.read(end.checked_sub(long).ok_or(IndexError::Another)?, long)?;
        let heading: Heading = std::str::from_utf8(text).ok().and_then(|text| toml::from_str(text).ok()).ok_or(IndexError::Another)?;
        if heading.probe != probe() {
            return Err(IndexError::Another);
        }
        let blocks = heading.blocks.iter().map(|place| Lookup::open(&mut bytes, *place)).collect::<io::Result<_>>()?;
        let open = |column: &Shelved| Ok((Lookup::open(&mut bytes, column.shares)?, Lookup::open(&mut bytes, column.words)?));
        let shares = heading.columns.iter().map(open).collect::<io::Result<_>>()?;
        let names = Lookup::open(&mut bytes, heading.names)?;
        Ok(Self { rarest: f32::from_bits(heading.rarest), bytes, heading, blocks, shares, names })
    }

    pub(crate) fn stamp(&self) -> u64 {
        self.heading.stamp as u64
    }

    /// The records of a name, and perhaps others.
    pub(crate) fn named(&mut self, name: &str) -> io::Result<Vec<u32>> {
        self.names.get(&mut self.bytes, word_key(name))
    }

    pub(crate) fn rows(&self) -> u32 {
        self.heading.rows
    }

    pub(crate) fn across(&self) -> bool {
        self.heading.across
    }

    pub(crate) fn rules(&self) -> &[Rule] {
        &self.heading.rules
    }

    pub(crate) fn columns(&self) -> Vec<ColumnSpec> {
        self.heading.columns.iter().map(|column| ColumnSpec { name: column.name.clone(), kind: column.kind }).collect()
    }

    /// The records of a block; in the order of names when it is heavy.
    pub(crate) fn members(&mut self, rule: usize, key: u32) -> io::Result<Vec<u32>> {
        let blocks = self.blocks.get(rule).ok_or_else(damaged)?;
        blocks.get(&mut self.bytes, u64::from(key))
    }

    /// How frequent a value is, and its words.
    pub(crate) fn frequent(&mut self, column: usize, value: &Value) -> io::Result<Frequent> {
        let (shares, of_words) = self.shares.get(column).ok_or_else(damaged)?;
        let identifies = self.heading.columns.get(column).is_some_and(|column| column.kind.identifies());
        let mut share = |lookup: &Lookup, key: u64, of_new: f32| {
            Ok(lookup.get(&mut self.bytes, key)?.first().map_or(of_new, |bits| f32::from_bits(*bits)))
        };
        let own = share(shares, said(value), if identifies { 0.0 } else { self.rarest })?;
        let words = words(value).iter().map(|word| share(of_words, word_key(word), self.rarest)).collect::<io::Result<_>>()?;
        Ok(Frequent { share: own, words })
    }

    /// The links of a record, with their weights.
    pub(crate) fn links(&mut self, row: u32) -> io::Result<Vec<(u32, f32)>> {
        let (at, rows) = (self.heading.links, u64::from(self.heading.rows));
        let (begin, end) = match row.checked_sub(1) {
            Some(before) => match self.bytes.numbers(at + u64::from(before) * 4, 2)?.as_slice() {
                [begin, end] => (*begin, *end),
                _ => return Err(damaged()),
            },
            None => (0, self.bytes.numbers(at, 1)?.first().copied().unwrap_or(0)),
        };
        let count = end.checked_sub(begin).ok_or_else(damaged)?;
        let numbers = self.bytes.numbers(at + rows * 4 + u64::from(begin) * 8, u64::from(count) * 2)?;
        Ok(numbers.chunks_exact(2).filter_map(|pair| Some((*pair.first()?, f32::from_bits(*pair.last()?)))).collect())
    }

    /// The first record of the group of a record, by the evidence alone.
    pub(crate) fn group(&mut self, row: u32) -> io::Result<u32> {
        let group = self.bytes.numbers(self.heading.groups + u64::from(row) * 4, 1)?;
        group.first().copied().ok_or_else(damaged)
    }

    /// The groups of all records.
    pub(crate) fn groups(&mut self) -> io::Result<Vec<u32>> {
        self.bytes.numbers(self.heading.groups, u64::from(self.heading.rows))
    }

    /// Which file a record is of.
    pub(crate) fn file(&mut self, row: u32) -> io::Result<u16> {
        if !self.heading.across {
            return Ok(0);
        }
        let file = self.bytes.numbers(self.heading.files + u64::from(row) * 4, 1)?;
        file.first().and_then(|file| u16::try_from(*file).ok()).ok_or_else(damaged)
    }
}
