//! Which words stand under a key: hashes of key and word in one sorted list, eight bytes each. Two keys of one hash only
//! bring a word that comparing then turns away.

use std::collections::BTreeSet;

/// What a key is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Sound = 1,
    /// The consonants of a word in Latin letters, asked for by one of another script.
    Consonants = 2,
    /// The consonants of a word in another script, asked for by any.
    Foreign = 3,
    /// A spelling, or a spelling with one letter left out.
    Neighbour = 4,
    Initial = 5,
}

/// The sorted list, and what came since it was last sorted.
#[derive(Clone, Debug, Default)]
pub(super) struct Keys {
    sorted: Vec<u64>,
    recent: BTreeSet<u64>,
}

impl Keys {
    pub(super) fn put(&mut self, kind: Kind, key: &str, word: u32) {
        self.recent.insert(place(kind, key) | u64::from(word));
        if self.recent.len() > 100_000 + self.sorted.len() / 4 {
            self.settle();
        }
    }

    /// Sorts in what came since.
    pub(super) fn settle(&mut self) {
        self.sorted.extend(std::mem::take(&mut self.recent));
        self.sorted.sort_unstable();
        self.sorted.dedup();
        self.sorted.shrink_to_fit();
    }

    pub(super) fn get(&self, kind: Kind, key: &str, words: &mut Vec<u32>) {
        let from = place(kind, key);
        let to = from | u64::from(u32::MAX);
        let word = |entry: &u64| u32::try_from(entry & u64::from(u32::MAX)).unwrap_or_default();
        let begin = self.sorted.partition_point(|entry| *entry < from);
        words.extend(self.sorted.iter().skip(begin).take_while(|entry| **entry <= to).map(word));
        words.extend(self.recent.range(from..=to).map(word));
    }

    pub(super) fn memory(&self) -> usize {
        self.sorted.capacity() * 8 + self.recent.len() * 12
    }
}

fn place(kind: Kind, key: &str) -> u64 {
    mixed(key.bytes(), SEED ^ kind as u64) & !u64::from(u32::MAX)
}

/// A hash of a name's words.
pub(super) fn hash_of(words: &[u32]) -> u64 {
    mixed(words.iter().flat_map(|word| word.to_le_bytes()), SEED)
}

const SEED: u64 = 0xcbf2_9ce4_8422_2325;

/// FNV-1a of 64 bits, well mixed at the end (the finaliser of MurmurHash3).
fn mixed(bytes: impl Iterator<Item = u8>, seed: u64) -> u64 {
    let mut hash = bytes.fold(seed, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3));
    hash = (hash ^ (hash >> 33)).wrapping_mul(0xff51_afd7_ed55_8ccd);
    hash = (hash ^ (hash >> 33)).wrapping_mul(0xc4ce_b9fe_1a85_ec53);
    hash ^ (hash >> 33)
}
