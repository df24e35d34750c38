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

const MOST_PIECE: usize = 1 << 16;

/// A cleaned copy, not yet written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cleaned {
    pub(crate) kind: Kind,
    pub(crate) pieces: Vec<Piece>,
    removed: BTreeMap<Trace, u32>,
    kept: BTreeSet<Kept>,
}

impl Cleaned {
    pub(crate) fn new(kind: Kind) -> Self {
        Self { kind, pieces: Vec::new(), removed: BTreeMap::new(), kept: BTreeSet::new() }
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
        self.pieces.iter().map(Piece::len).sum()
    }

    /// Whether the cleaned copy is empty; it never is.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// How many bytes of the copy were made anew and are held in memory; the rest is ranges of the input.
    #[must_use]
    pub fn made_length(&self) -> usize {
        self.pieces.iter().map(|piece| if let Piece::Made(bytes) = piece { bytes.len() } else { 0 }).sum()
    }

    /// Writes the cleaned copy. `input` is what [`crate::clean`] was given.
    ///
    /// # Errors
    /// Those of the writer, and `InvalidInput` when `input` is shorter than it was.
    pub fn write(&self, input: &[u8], to: &mut impl Write) -> io::Result<()> {
        for piece in &self.pieces {
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
        for piece in &self.pieces {
            bytes.extend_from_slice(match piece {
                Piece::Made(made) => made,
                Piece::Input(range) => input.get(range.clone()).unwrap_or_default(),
            });
        }
        bytes
    }

    pub(crate) fn made(&mut self, bytes: impl AsRef<[u8]>) {
        let bytes = bytes.as_ref();
        match self.pieces.last_mut() {
            // A piece that grew for ever would be moved again and again, and lie in memory twice.
            Some(Piece::Made(last)) if last.len() + bytes.len() <= MOST_PIECE => last.extend_from_slice(bytes),
            _ => self.pieces.push(Piece::Made(bytes.to_vec())),
        }
    }

    pub(crate) fn input(&mut self, range: Range<usize>) {
        if range.is_empty() {
            return;
        }
        match self.pieces.last_mut() {
            Some(Piece::Input(last)) if last.end == range.start => last.end = range.end,
            _ => self.pieces.push(Piece::Input(range)),
        }
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

impl Piece {
    pub(crate) fn len(&self) -> usize {
        match self {
            Self::Input(range) => range.len(),
            Self::Made(bytes) => bytes.len(),
        }
    }
}
