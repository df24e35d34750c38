//! A cleaned copy as a plan: pieces of the input to copy, and pieces that were made.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};
use std::ops::Range;

use crate::{Kept, Kind, Trace};

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Piece {
    /// A range of the input, which lies inside it.
    Input(Range<usize>),
    Made(Vec<u8>),
}

/// A piece that grew for ever would be moved again and again, and lie in memory twice.
const MOST_PIECE: usize = 1 << 16;
/// A shorter range of the input is copied: a plan of many short ones would be larger than what it stands for.
const LEAST_RANGE: usize = 256;

/// Pieces one after the other, joined where they can be.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Pieces {
    list: Vec<Piece>,
    length: usize,
    made: usize,
}

impl Pieces {
    pub(crate) fn len(&self) -> usize {
        self.length
    }

    pub(crate) fn made_length(&self) -> usize {
        self.made
    }

    pub(crate) fn made(&mut self, bytes: impl AsRef<[u8]>) {
        let bytes = bytes.as_ref();
        self.length += bytes.len();
        self.made += bytes.len();
        match self.list.last_mut() {
            Some(Piece::Made(last)) if last.len() + bytes.len() <= MOST_PIECE => last.extend_from_slice(bytes),
            _ if bytes.is_empty() => {}
            _ => self.push(Piece::Made(bytes.to_vec())),
        }
    }

    /// The same for bytes that are large and need not lie in memory twice.
    pub(crate) fn take(&mut self, bytes: Vec<u8>) {
        if bytes.len() <= MOST_PIECE {
            return self.made(bytes);
        }
        self.length += bytes.len();
        self.made += bytes.len();
        self.push(Piece::Made(bytes));
    }

    /// A range of the input.
    pub(crate) fn copy(&mut self, input: &[u8], range: Range<usize>) {
        if range.is_empty() {
            return;
        }
        if let Some(Piece::Input(last)) = self.list.last_mut()
            && last.end == range.start
        {
            self.length += range.len();
            last.end = range.end;
        } else if range.len() < LEAST_RANGE {
            self.made(input.get(range).unwrap_or_default());
        } else {
            self.length += range.len();
            self.push(Piece::Input(range));
        }
    }

    /// Pieces of a part of the input that begins at `start`.
    pub(crate) fn append(&mut self, input: &[u8], pieces: Self, start: usize) {
        for piece in pieces.list {
            match piece {
                Piece::Made(bytes) => self.take(bytes),
                Piece::Input(range) => self.copy(input, start + range.start..start + range.end),
            }
        }
    }

    /// The bytes themselves, piece by piece. `input` is what the ranges are of.
    pub(crate) fn each<'a>(&'a self, input: &'a [u8]) -> impl Iterator<Item = &'a [u8]> {
        self.list.iter().map(move |piece| match piece {
            Piece::Made(bytes) => bytes,
            Piece::Input(range) => input.get(range.clone()).unwrap_or_default(),
        })
    }

    fn push(&mut self, piece: Piece) {
        if let Some(Piece::Made(last)) = self.list.last_mut() {
            last.shrink_to_fit();
        }
        self.list.push(piece);
    }
}

/// A cleaned copy, not yet written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cleaned {
    pub(crate) kind: Kind,
    pub(crate) pieces: Pieces,
    removed: BTreeMap<Trace, u32>,
    kept: BTreeSet<Kept>,
}

impl Cleaned {
    pub(crate) fn new(kind: Kind) -> Self {
        Self { kind, pieces: Pieces::default(), removed: BTreeMap::new(), kept: BTreeSet::new() }
    }

    /// What the file is.
    #[must_use]
    pub fn kind(&self) -> Kind {
        self.kind
    }

    /// How many parts were removed, by what they said. Never what they said.
    #[must_use]
    pub fn removed(&self) -> &BTreeMap<Trace, u32> {
        &self.removed
    }

    /// What was kept on purpose although it may say a little.
    #[must_use]
    pub fn kept(&self) -> &BTreeSet<Kept> {
        &self.kept
    }

    /// The length of the cleaned copy in bytes.
    #[must_use]
    pub fn len(&self) -> usize {
        self.pieces.length
    }

    /// Whether the cleaned copy is empty; it never is.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// How many bytes of the copy were made anew and are held in memory; the rest is ranges of the input.
    #[must_use]
    pub fn made_length(&self) -> usize {
        self.pieces.made
    }

    /// Writes the cleaned copy. `input` is what [`crate::clean`] was given.
    ///
    /// # Errors
    /// Those of the writer, and `InvalidInput` when `input` is shorter than it was.
    pub fn write(&self, input: &[u8], to: &mut impl Write) -> io::Result<()> {
        for piece in &self.pieces.list {
            match piece {
                Piece::Made(bytes) => to.write_all(bytes)?,
                Piece::Input(range) => {
                    to.write_all(input.get(range.clone()).ok_or_else(|| io::Error::from(io::ErrorKind::InvalidInput))?)?;
                }
            }
        }
        Ok(())
    }

    /// The cleaned copy in memory. `input` is what [`crate::clean`] was given.
    #[must_use]
    pub fn to_bytes(&self, input: &[u8]) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(self.len());
        self.pieces.each(input).for_each(|piece| bytes.extend_from_slice(piece));
        bytes
    }

    pub(crate) fn made(&mut self, bytes: impl AsRef<[u8]>) {
        self.pieces.made(bytes);
    }

    pub(crate) fn copy(&mut self, input: &[u8], range: Range<usize>) {
        self.pieces.copy(input, range);
    }

    pub(crate) fn removes(&mut self, trace: Trace) {
        let count = self.removed.entry(trace).or_default();
        *count = count.saturating_add(1);
    }

    pub(crate) fn removes_all(&mut self, traces: impl IntoIterator<Item = Trace>) {
        for trace in traces {
            self.removes(trace);
        }
    }

    pub(crate) fn keeps(&mut self, kept: Kept) {
        self.kept.insert(kept);
    }

    /// Takes over what a part inside was relieved of.
    pub(crate) fn tell_of(&mut self, inner: &Self) {
        for (trace, count) in &inner.removed {
            let sum = self.removed.entry(*trace).or_default();
            *sum = sum.saturating_add(*count);
        }
        self.kept.extend(&inner.kept);
    }
}

#[cfg(test)]
mod tests {
    use super::{Piece, Pieces};

    /// A film or a song may be cut so that a plan of its ranges would take more room than the film.
    #[test]
    fn many_short_ranges_are_copied_and_long_ones_are_not() {
        let input = vec![7; 1 << 20];
        let mut pieces = Pieces::default();
        for at in (0..input.len()).step_by(32) {
            pieces.made([1]);
            pieces.copy(&input, at..at + 31);
        }
        assert_eq!(pieces.len(), input.len());
        assert!(pieces.list.len() <= input.len() / (1 << 15), "{}", pieces.list.len());
        let mut pieces = Pieces::default();
        pieces.copy(&input, 0..1 << 19);
        pieces.copy(&input, 1 << 19..1 << 20);
        assert_eq!(pieces.list, [Piece::Input(0..1 << 20)]);
        assert_eq!(pieces.made_length(), 0);
    }
}
