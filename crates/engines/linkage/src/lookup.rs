//! Numbers that are found by keys, in a file: what an index finds its blocks and frequencies by.
//!
//! A sorted run of keys, in which a small table that stays in memory says where each part begins; keys are mixed, so the parts
//! are about as long. A look takes two reads.

use std::io::{self, Read, Seek, SeekFrom, Write};

use serde::{Deserialize, Serialize};

use crate::random::mix;

/// Writes and counts the bytes.
#[derive(Debug)]
pub(crate) struct Counted<W> {
    to: W,
    at: u64,
}

impl<W: Write> Counted<W> {
    /// From the beginning of what is written to.
    pub(crate) fn new(to: W) -> Self {
        Self { to, at: 0 }
    }

    /// Where the next byte comes.
    pub(crate) fn at(&self) -> u64 {
        self.at
    }

    pub(crate) fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.at += bytes.len() as u64;
        self.to.write_all(bytes)
    }

    pub(crate) fn numbers(&mut self, numbers: impl IntoIterator<Item = u32>) -> io::Result<()> {
        numbers.into_iter().try_for_each(|number| self.write(&number.to_le_bytes()))
    }
}

/// What is read from a file, and how long it is: whatever a damaged file says, no more is asked of it than it has.
#[derive(Debug)]
pub(crate) struct Bytes<F> {
    file: F,
    pub(crate) len: u64,
    room: Vec<u8>,
}

impl<F: Read + Seek> Bytes<F> {
    pub(crate) fn new(mut file: F) -> io::Result<Self> {
        let len = file.seek(SeekFrom::End(0))?;
        Ok(Self { file, len, room: Vec::new() })
    }

    pub(crate) fn read(&mut self, at: u64, bytes: u64) -> io::Result<&[u8]> {
        if at.checked_add(bytes).is_none_or(|end| end > self.len) {
            return Err(damaged());
        }
        self.room.resize(usize::try_from(bytes).map_err(|_| damaged())?, 0);
        self.file.seek(SeekFrom::Start(at))?;
        self.file.read_exact(&mut self.room)?;
        Ok(&self.room)
    }

    pub(crate) fn numbers(&mut self, at: u64, count: u64) -> io::Result<Vec<u32>> {
        let bytes = self.read(at, count.checked_mul(4).ok_or_else(damaged)?)?;
        Ok(bytes.chunks_exact(4).map(number).collect())
    }
}

pub(crate) fn damaged() -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, "the index is damaged: make it anew")
}

/// The number that four bytes say.
pub(crate) fn number(bytes: &[u8]) -> u32 {
    bytes.iter().rev().fold(0, |number, byte| number << 8 | u32::from(*byte))
}

fn key_and_end(bytes: &[u8]) -> (u64, u32) {
    let (low, rest) = bytes.split_at(bytes.len().min(4));
    let (high, end) = rest.split_at(rest.len().min(4));
    (u64::from(number(high)) << 32 | u64::from(number(low)), number(end))
}

/// Where the parts of a lookup stand in its file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Place {
    at: u64,
    keys: u32,
    numbers: u32,
    /// The table has 2 to this power parts.
    bits: u32,
}

/// About so many keys lie in a part of the table.
const A_PART: usize = 32;
/// A key, and where its numbers end.
const ENTRY: u64 = 12;

/// Numbers that are found by keys of 64 bits.
#[derive(Debug)]
pub(crate) struct Lookup {
    place: Place,
    /// Where each part of the table begins, and the last ends.
    begins: Vec<u32>,
}

impl Lookup {
    /// Writes the numbers of every key, `ends` saying where those of each end. The keys may be any; each stands once.
    pub(crate) fn write<W: Write>(out: &mut Counted<W>, mut ends: Vec<(u64, u32)>, numbers: &[u32]) -> io::Result<Place> {
        // In the order of the mixed keys, in which the parts of the table are equal.
        let mut begin = 0;
        let mut groups: Vec<(u64, u32, u32)> = Vec::with_capacity(ends.len());
        for (key, end) in ends.drain(..) {
            groups.push((mix(key), begin, end));
            begin = end;
        }
        drop(ends);
        groups.sort_unstable();
        let bits = (groups.len() / A_PART).max(1).ilog2();
        let place = Place { at: out.at(), keys: groups.len() as u32, numbers: numbers.len() as u32, bits };
        let part = |key: u64| key.checked_shr(64 - bits).unwrap_or(0);
        let mut at = 0_usize;
        for each in 0..=1_u64 << bits {
            while groups.get(at).is_some_and(|(key, ..)| part(*key) < each) {
                at += 1;
            }
            out.numbers([at as u32])?;
        }
        let mut end = 0;
        for (key, from, to) in &groups {
            end += to - from;
            out.numbers([*key as u32, (*key >> 32) as u32, end])?;
        }
        for (_, from, to) in &groups {
            out.numbers(numbers.get(*from as usize..*to as usize).unwrap_or_default().iter().copied())?;
        }
        Ok(place)
    }

    pub(crate) fn open<F: Read + Seek>(bytes: &mut Bytes<F>, place: Place) -> io::Result<Self> {
        if place.bits > 32 {
            return Err(damaged());
        }
        Ok(Self { begins: bytes.numbers(place.at, (1 << place.bits) + 1)?, place })
    }

    /// The numbers of a key, in the order in which they were written.
    pub(crate) fn get<F: Read + Seek>(&self, bytes: &mut Bytes<F>, key: u64) -> io::Result<Vec<u32>> {
        let key = mix(key);
        let part = key.checked_shr(64 - self.place.bits).unwrap_or(0) as usize;
        let (Some(from), Some(to)) = (self.begins.get(part), self.begins.get(part + 1)) else { return Err(damaged()) };
        if from >= to {
            return Ok(Vec::new());
        }
        let entries = self.place.at + self.begins.len() as u64 * 4;
        // The entry before says where the first one's numbers begin.
        let before = u64::from(from.saturating_sub(1));
        let read = bytes.read(entries + before * ENTRY, (u64::from(*to) - before) * ENTRY)?;
        let (mut begin, mut found) = (0, None);
        for (at, entry) in (before..).zip(read.chunks_exact(ENTRY as usize)) {
            let (each, end) = key_and_end(entry);
            if at >= u64::from(*from) && each == key {
                found = Some((begin, end));
                break;
            }
            begin = end;
        }
        let Some((begin, end)) = found else { return Ok(Vec::new()) };
        let numbers = entries + u64::from(self.place.keys) * ENTRY;
        bytes.numbers(numbers + u64::from(begin) * 4, u64::from(end.checked_sub(begin).ok_or_else(damaged)?))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::io::Cursor;

    fn opened(groups: &[(u64, Vec<u32>)]) -> (Bytes<Cursor<Vec<u8>>>, Lookup) {
        let (mut ends, mut numbers, mut file) = (Vec::new(), Vec::new(), vec![7; 5]);
        for (key, own) in groups {
            numbers.extend(own);
            ends.push((*key, numbers.len() as u32));
        }
        let mut out = Counted::new(&mut file);
        out.at = 5;
        let place = Lookup::write(&mut out, ends, &numbers).unwrap();
        let mut bytes = Bytes::new(Cursor::new(file)).unwrap();
        let lookup = Lookup::open(&mut bytes, place).unwrap();
        (bytes, lookup)
    }

    proptest! {
        #[test]
        fn every_key_finds_its_own_numbers_and_no_other_does(
            groups in prop::collection::btree_map(0_u64..5000, prop::collection::vec(any::<u32>(), 1..4), 0..300),
            others in prop::collection::vec(any::<u64>(), 10),
        ) {
            let (mut bytes, lookup) = opened(&groups.clone().into_iter().collect::<Vec<_>>());
            for key in (0..5000).step_by(7).chain(groups.keys().copied()).chain(others) {
                prop_assert_eq!(lookup.get(&mut bytes, key).unwrap(), groups.get(&key).cloned().unwrap_or_default());
            }
        }

        /// A damaged file gives an error or other numbers, and never stops the program.
        #[test]
        fn a_damaged_file_stops_nobody(at in 0_usize..400, byte in any::<u8>(), end in 0_usize..400) {
            let groups: Vec<(u64, Vec<u32>)> = (0..40).map(|key| (key, vec![key as u32; 2])).collect();
            let (bytes, lookup) = opened(&groups);
            let mut file = bytes.file.into_inner();
            if let Some(place) = file.get_mut(at) {
                *place = byte;
            }
            file.truncate(file.len().saturating_sub(end));
            let mut bytes = Bytes::new(Cursor::new(file)).unwrap();
            if let Ok(lookup) = Lookup::open(&mut bytes, lookup.place) {
                for key in 0..40 {
                    let _ = lookup.get(&mut bytes, key);
                }
            }
        }
    }
}
