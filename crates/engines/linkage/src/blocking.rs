//! Which pairs are looked at: those that agree on the keys of at least one rule.

use plainsight_names::Watch;
use serde::{Deserialize, Serialize};

use crate::field::looks_like;
use crate::kind::Kind;
use crate::random::mix;
use crate::run::RunError;
use crate::table::{MISSING, Table};
use crate::value::Value;
use crate::work::Shared;

/// Part of a rule.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Key {
    /// The same value of a column.
    Value(String),
    /// Any word of the given or family name the same, by its consonants.
    Word,
    /// Any two words of the name the same, in any order.
    TwoWords,
    /// The value of a column, or one that is a single sign away; of a plate also one that looks alike, or its beginning or end.
    OneOff(String),
    /// Two places, by the columns of degrees north and east, within about 250 metres.
    Near(String, String),
}

impl Key {
    /// The columns that it names.
    pub(crate) fn columns(&self) -> impl Iterator<Item = &str> {
        let columns = match self {
            Self::Value(column) | Self::OneOff(column) => [Some(column), None],
            Self::Near(north, east) => [Some(north), Some(east)],
            Self::Word | Self::TwoWords => [None, None],
        };
        columns.into_iter().flatten().map(String::as_str)
    }
}

/// Two records are looked at when they agree on all keys of a rule. A rule without keys looks at all pairs.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Rule {
    /// The keys.
    pub keys: Vec<Key>,
}

impl Rule {
    /// Whether a block of so many records is heavy: a word of a name says little where many have it.
    pub(crate) fn is_heavy(&self, records: usize) -> bool {
        !self.keys.is_empty() && records > if self.keys == [Key::Word] { HEAVY_WORD } else { HEAVY }
    }
}

/// A value shared by so many records that only neighbours in the order of names were looked at, not all pairs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Heavy {
    /// The rule, counted from 0.
    pub rule: usize,
    /// A record that has the value.
    pub example: u32,
    /// How many records share it.
    pub records: usize,
}

/// A block of more records than this is heavy.
pub const HEAVY: usize = 400;
/// A block of more records that share no more than a word is heavy.
pub(crate) const HEAVY_WORD: usize = 40;
/// How many following neighbours each record of a heavy block is compared with.
pub const NEIGHBOURS: usize = 10;

/// Records with one key: a part of the members of a pass.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Block {
    from: u32,
    to: u32,
    key: u32,
    heavy: bool,
}

/// The keys of every record under one rule, and its blocks.
#[derive(Debug)]
pub(crate) struct Pass {
    starts: Vec<u32>,
    keys: Vec<u32>,
    members: Vec<u32>,
    pub(crate) blocks: Vec<Block>,
    heavy: Vec<Heavy>,
}

impl Pass {
    pub(crate) fn new(table: &Table, rule: &Rule) -> Self {
        let columns = Columns::new(table, rule);
        let (starts, keys, entries) = entries(table, &columns);
        let mut pass =
            Self { starts, keys, members: entries.iter().map(|entry| *entry as u32).collect(), blocks: Vec::new(), heavy: Vec::new() };
        let mut from = 0;
        let mut heavy_keys = Vec::new();
        for block in entries.chunk_by(|one, other| one >> 32 == other >> 32) {
            let to = from + block.len();
            let heavy = rule.is_heavy(block.len());
            if heavy {
                heavy_keys.extend(block.first().map(|entry| (entry >> 32) as u32));
                pass.heavy.push(Heavy { rule: 0, example: block.first().map_or(0, |entry| *entry as u32), records: block.len() });
                if let Some(members) = pass.members.get_mut(from..to) {
                    members.sort_by_cached_key(|row| (columns.words(table, *row), *row));
                }
            }
            if block.len() > 1 {
                let key = block.first().map_or(0, |entry| (entry >> 32) as u32);
                pass.blocks.push(Block { from: from as u32, to: to as u32, key, heavy });
            }
            from = to;
        }
        // A pair of a heavy block was perhaps not looked at: a later rule may not rely on it.
        if !heavy_keys.is_empty() {
            pass.forget(&heavy_keys);
        }
        pass
    }

    /// The passes of all rules.
    pub(crate) fn all(table: &Table, rules: &[Rule], threads: usize, watch: &dyn Watch) -> Result<Vec<Self>, RunError> {
        let make = |(): &mut (), at: usize| rules.get(at).map(|rule| Self::new(table, rule));
        let made = Shared { stage: "blocks", threads, watch }.each(rules.len(), || (), make)?;
        Ok(made.into_iter().flatten().collect())
    }

    /// The blocks of all passes in portions of about as many pairs, each with the number of its pass.
    pub(crate) fn portions(passes: &[Self]) -> Vec<(usize, &[Block])> {
        /// About how many pairs a thread takes at a time.
        const PORTION: u64 = 50_000;
        let mut portions = Vec::new();
        for (at, pass) in passes.iter().enumerate() {
            let (mut from, mut sum) = (0, 0);
            for (to, block) in pass.blocks.iter().enumerate() {
                sum += Self::pairs(*block);
                if sum >= PORTION || to + 1 == pass.blocks.len() {
                    portions.extend(pass.blocks.get(from..=to).map(|blocks| (at, blocks)));
                    (from, sum) = (to + 1, 0);
                }
            }
        }
        portions
    }

    /// The values of all passes that too many records share.
    pub(crate) fn heavy(passes: Vec<Self>) -> Vec<Heavy> {
        (0..).zip(passes).flat_map(|(rule, pass)| pass.heavy.into_iter().map(move |heavy| Heavy { rule, ..heavy })).collect()
    }

    /// How many pairs there are at most.
    pub(crate) fn count(&self) -> u64 {
        self.blocks.iter().map(|block| Self::pairs(*block)).sum()
    }

    fn forget(&mut self, sorted: &[u32]) {
        let (mut starts, mut keys) = (vec![0], Vec::new());
        for ends in self.starts.windows(2) {
            if let [from, to] = ends {
                let own = self.keys.get(*from as usize..*to as usize).unwrap_or_default();
                keys.extend(own.iter().filter(|key| sorted.binary_search(key).is_err()));
            }
            starts.push(keys.len() as u32);
        }
        (self.starts, self.keys) = (starts, keys);
    }

    fn own(&self, row: u32) -> &[u32] {
        let at = |row: usize| self.starts.get(row).copied().unwrap_or(0) as usize;
        self.keys.get(at(row as usize)..at(row as usize + 1)).unwrap_or_default()
    }

    /// The first key that two records share.
    fn common(&self, one: u32, other: u32) -> Option<u32> {
        let (mut left, mut right) = (self.own(one), self.own(other));
        while let ([first, rest @ ..], [second, others @ ..]) = (left, right) {
            match first.cmp(second) {
                std::cmp::Ordering::Equal => return Some(*first),
                std::cmp::Ordering::Less => left = rest,
                std::cmp::Ordering::Greater => right = others,
            }
        }
        None
    }

    /// How many pairs a block has.
    pub(crate) fn pairs(block: Block) -> u64 {
        let size = u64::from(block.to - block.from);
        if block.heavy { size * NEIGHBOURS as u64 } else { size * (size - 1) / 2 }
    }

    /// Whether no rule before `pass` gives this pair.
    pub(crate) fn is_new(passes: &[Self], pass: usize, one: u32, other: u32) -> bool {
        passes.get(..pass).unwrap_or_default().iter().all(|pass| pass.common(one, other).is_none())
    }

    /// Calls `visit` with every pair of a block that no earlier block of this rule had and that `wanted` wants.
    pub(crate) fn visit(&self, block: Block, wanted: impl Fn(u32, u32) -> bool, mut visit: impl FnMut(u32, u32)) {
        let members = self.members.get(block.from as usize..block.to as usize).unwrap_or_default();
        // The key of a heavy block is forgotten, so that a pair may be met again. It is dropped at the end.
        let key = if block.heavy { None } else { Some(block.key) };
        for (at, one) in members.iter().enumerate() {
            let others = members.get(at + 1..).unwrap_or_default();
            let others = if block.heavy { others.get(..NEIGHBOURS.min(others.len())).unwrap_or_default() } else { others };
            for other in others {
                let (one, other) = (*one.min(other), *one.max(other));
                if wanted(one, other) && (key.is_none() || self.common(one, other) == key) {
                    visit(one, other);
                }
            }
        }
    }
}

/// The keys of every record: where each record's begin, the keys, and key and record together, sorted by key.
pub(crate) fn entries(table: &Table, columns: &Columns) -> (Vec<u32>, Vec<u32>, Vec<u64>) {
    let (mut starts, mut keys, mut entries) = (Vec::with_capacity(table.rows + 1), Vec::new(), Vec::new());
    starts.push(0);
    let (mut own, mut words) = (Vec::new(), Vec::new());
    for row in 0..u32::try_from(table.rows).unwrap_or(u32::MAX) {
        columns.keys(table, row, &mut words, &mut own);
        keys.extend_from_slice(&own);
        entries.extend(own.iter().map(|key| u64::from(*key) << 32 | u64::from(row)));
        starts.push(keys.len() as u32);
    }
    (starts, keys, sorted_by_key(entries))
}

/// The columns that a rule reads.
#[derive(Clone, Debug)]
pub(crate) struct Columns {
    values: Vec<usize>,
    names: Vec<usize>,
    several: Vec<Several>,
}

/// A part of a rule by which a record may have several keys.
#[derive(Clone, Copy, Debug)]
enum Several {
    Word,
    TwoWords,
    OneOff(usize),
    Near(usize, usize),
}

impl Columns {
    pub(crate) fn new(table: &Table, rule: &Rule) -> Self {
        let values = rule.keys.iter().filter_map(|key| if let Key::Value(name) = key { table.find(name) } else { None }).collect();
        let names = (0..table.columns.len()).filter(|at| table.columns.get(*at).is_some_and(|column| column.kind.is_name())).collect();
        let several = rule.keys.iter().filter_map(|key| match key {
            Key::Value(_) => None,
            Key::Word => Some(Several::Word),
            Key::TwoWords => Some(Several::TwoWords),
            Key::OneOff(column) => table.find(column).map(Several::OneOff),
            Key::Near(north, east) => table.find(north).zip(table.find(east)).map(|(north, east)| Several::Near(north, east)),
        });
        Self { values, names, several: several.collect() }
    }

    pub(crate) fn words<'a>(&self, table: &'a Table, row: u32) -> Vec<&'a str> {
        let mut words: Vec<&str> = Vec::new();
        for column in &self.names {
            if let Some(Value::Words { skeleton, .. }) = table.value(*column, row) {
                words.extend(skeleton.split(' '));
            }
        }
        words.sort_unstable();
        words.dedup();
        words
    }

    /// The sorted keys of a record; none when a value is missing. `room` is room to work in.
    pub(crate) fn keys(&self, table: &Table, row: u32, room: &mut Vec<u64>, keys: &mut Vec<u32>) {
        keys.clear();
        let mut base = 0;
        for column in &self.values {
            let id = table.id(*column, row);
            if id == MISSING {
                return;
            }
            base = mix(base ^ u64::from(id) ^ (*column as u64) << 40);
        }
        match self.several.as_slice() {
            [] => keys.push(base as u32),
            [one] => {
                self.each(table, *one, row, room);
                keys.extend(room.iter().map(|each| mix(base ^ each) as u32));
            }
            several => {
                let mut all = vec![base];
                for one in several {
                    self.each(table, *one, row, room);
                    all = all.iter().flat_map(|base| room.iter().map(move |each| mix(base ^ each))).collect();
                }
                keys.extend(all.into_iter().map(|key| key as u32));
            }
        }
        keys.sort_unstable();
        keys.dedup();
    }

    /// The keys that one part of a rule gives a record.
    fn each(&self, table: &Table, part: Several, row: u32, keys: &mut Vec<u64>) {
        keys.clear();
        match part {
            Several::Word | Several::TwoWords => {
                keys.extend(self.names.iter().flat_map(|column| table.word_keys(*column, row)));
                keys.sort_unstable();
                keys.dedup();
                if let Several::TwoWords = part {
                    let words = keys.len();
                    for one in 0..words {
                        for other in one + 1..words {
                            let pair = keys.get(one).zip(keys.get(other)).map(|(one, other)| mix(*one) ^ other);
                            keys.extend(pair);
                        }
                    }
                    keys.drain(..words);
                }
            }
            Several::OneOff(column) => {
                if let Some(Value::Text(text)) = table.value(column, row) {
                    let plate = table.columns.get(column).is_some_and(|column| column.kind == Kind::Plate);
                    one_off(text, plate, keys);
                }
            }
            Several::Near(north, east) => {
                if let (Some(Value::Degrees(north)), Some(Value::Degrees(east))) = (table.value(north, row), table.value(east, row)) {
                    near(*north, *east, keys);
                }
            }
        }
    }
}

/// Keys of which two texts share one when they are a single sign apart: the text, and the text without each of its signs (the
/// deletion neighbourhood; Mor and Fraenkel 1982). Of a plate, what looks alike is one, and its beginning and end are keys too.
fn one_off(text: &str, plate: bool, keys: &mut Vec<u64>) {
    let signs: Vec<char> = if plate { text.chars().map(looks_like).collect() } else { text.chars().collect() };
    let key = |signs: &mut dyn Iterator<Item = &char>| signs.fold(0, |key, sign| mix(key ^ u64::from(u32::from(*sign)) ^ 1 << 32));
    keys.push(key(&mut signs.iter()));
    for left_out in 0..signs.len() {
        keys.push(key(&mut signs.iter().enumerate().filter(|(at, _)| *at != left_out).map(|(_, sign)| sign)));
    }
    if plate {
        let (begin, end) = (signs.iter().take(4), signs.iter().skip(signs.len().saturating_sub(3)));
        keys.extend([key(&mut begin.into_iter()) ^ 1, key(&mut end.into_iter()) ^ 2]);
    }
}

/// The cells that a place lies in, of four grids that are shifted by half a cell: two places that are no farther apart than
/// that share one. A cell is 500 metres high, and as wide at 65 degrees; wider nearer to the equator.
fn near(north: i32, east: i32, keys: &mut Vec<u64>) {
    const HIGH: i64 = 4492;
    const WIDE: i64 = 10_640;
    for (grid, (up, right)) in (0..).zip([(0, 0), (0, 1), (1, 0), (1, 1)]) {
        let cell = |degrees: i32, size: i64, shift: i64| (i64::from(degrees) + shift * size / 2).div_euclid(size) as u64;
        keys.push(mix(cell(north, HIGH, up) << 34 ^ cell(east, WIDE, right) << 2 ^ grid));
    }
}

/// Sorts by the upper 32 bits; what has the same key stays in its order (radix sort, least significant digit first).
fn sorted_by_key(mut entries: Vec<u64>) -> Vec<u64> {
    const DIGITS: [(u32, usize); 3] = [(32, 11), (43, 11), (54, 10)];
    let mut other = vec![0; entries.len()];
    for (shift, bits) in DIGITS {
        let digit = |entry: u64| (entry >> shift) as usize & ((1 << bits) - 1);
        let mut ends = vec![0_usize; 1 << bits];
        for entry in &entries {
            if let Some(end) = ends.get_mut(digit(*entry)) {
                *end += 1;
            }
        }
        let mut sum = 0;
        for end in &mut ends {
            (*end, sum) = (sum, sum + *end);
        }
        for entry in &entries {
            if let Some(place) = ends.get_mut(digit(*entry)) {
                if let Some(slot) = other.get_mut(*place) {
                    *slot = *entry;
                }
                *place += 1;
            }
        }
        std::mem::swap(&mut entries, &mut other);
    }
    entries
}

/// Whether all pairs of a table can be looked at.
pub(crate) fn few(table: &Table) -> bool {
    const FEW: u64 = 600_000;
    let rows = table.rows as u64;
    rows * rows.saturating_sub(1) / 2 <= FEW
}

/// The rules that fit a table, with how many pairs each gives at most. No pair is looked at.
///
/// # Errors
/// When somebody stopped it.
pub fn suggested(table: &Table, threads: usize, watch: &dyn Watch) -> Result<Vec<(Rule, u64)>, RunError> {
    Ok(suggest(table, threads, watch)?.into_iter().map(|(rule, pass)| (rule, pass.count())).collect())
}

/// The rules that fit a table, with the pairs that each gives: each telling column alone where that gives few, else with a word
/// of the name.
pub(crate) fn suggest(table: &Table, threads: usize, watch: &dyn Watch) -> Result<Vec<(Rule, Pass)>, RunError> {
    let rows = table.rows as u64;
    let budget = 3 * rows + 200_000;
    let named = table.columns.iter().any(|column| column.kind.is_name());
    let value = |column: &str| Key::Value(column.to_owned());
    let telling = || {
        table
            .columns
            .iter()
            .filter(|column| !column.kind.is_name() && !matches!(column.kind, Kind::Exact | Kind::Age | Kind::Latitude | Kind::Longitude))
    };
    let few: Vec<bool> = telling().map(|column| column.pairs(HEAVY, NEIGHBOURS) <= budget && !column.is_common(HEAVY)).collect();
    // First what a column gives, alone or with a word of the name; then two columns of those that give too much alone.
    let first: Vec<Rule> = telling()
        .zip(&few)
        .filter(|(_, few)| **few || named)
        .map(|(column, few)| Rule { keys: if *few { vec![value(&column.name)] } else { vec![value(&column.name), Key::Word] } })
        .collect();
    let mut kept = within(table, first, 2 * budget, threads, watch)?;
    let by = |kind: Kind| table.columns.iter().find(|column| column.kind == kind).map(|column| column.name.clone());
    // What is seen in passing or written down by ear, where there is no name to go by beside it.
    let seldom_right =
        telling().filter(|column| column.kind == Kind::Plate || (!named && matches!(column.kind, Kind::Phone | Kind::Identifier)));
    let mut one_off: Vec<Rule> = seldom_right.map(|column| Rule { keys: vec![Key::OneOff(column.name.clone())] }).collect();
    one_off.extend(by(Kind::Latitude).zip(by(Kind::Longitude)).map(|(north, east)| Rule { keys: vec![Key::Near(north, east)] }));
    kept.extend(within(table, one_off, 2 * budget, threads, watch)?);
    let spread: Vec<&str> = telling().zip(&few).filter(|(_, few)| !**few).map(|(column, _)| column.name.as_str()).collect();
    let mut second: Vec<Rule> = Vec::new();
    for (at, one) in spread.iter().enumerate() {
        second.extend(spread.iter().skip(at + 1).map(|other| Rule { keys: vec![value(one), value(other)] }));
    }
    kept.extend(within(table, second, budget, threads, watch)?);
    if named {
        let words = [Key::TwoWords, Key::Word].map(|key| Rule { keys: vec![key] });
        kept.extend(within(table, words.to_vec(), 6 * budget, threads, watch)?);
    }
    Ok(kept)
}

/// Those of some rules that give at most so many pairs.
fn within(table: &Table, rules: Vec<Rule>, most: u64, threads: usize, watch: &dyn Watch) -> Result<Vec<(Rule, Pass)>, RunError> {
    let passes = Pass::all(table, &rules, threads, watch)?;
    Ok(rules.into_iter().zip(passes).filter(|(_, pass)| pass.count() <= most).collect())
}

/// How many pairs a rule gives at most, heavy blocks bounded; an exact count without looking at a single pair.
#[must_use]
pub fn estimate(table: &Table, rule: &Rule) -> u64 {
    Pass::new(table, rule).count()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        /// One sign more, fewer, other, or two that changed places: a key is shared.
        #[test]
        fn texts_one_sign_apart_share_a_key(text in "[a-z0-9]{3,9}", at in 0_usize..9, sign in "[a-z0-9]", plate in any::<bool>()) {
            let shared = |one: &str, other: &str| {
                let (mut keys, mut others) = (Vec::new(), Vec::new());
                one_off(one, plate, &mut keys);
                one_off(other, plate, &mut others);
                keys.iter().any(|key| others.contains(key))
            };
            let at = at % text.len();
            let signs: Vec<char> = text.chars().collect();
            let sign = sign.chars().next().unwrap_or('a');
            let mut other = signs.clone();
            other[at] = sign;
            prop_assert!(shared(&text, &other.iter().collect::<String>()));
            let mut longer = signs.clone();
            longer.insert(at, sign);
            prop_assert!(shared(&text, &longer.iter().collect::<String>()));
            let mut swapped = signs.clone();
            swapped.swap(at, (at + 1) % signs.len());
            prop_assert!(at + 1 == signs.len() || shared(&text, &swapped.iter().collect::<String>()));
            // Of a plate, whoever saw its beginning or end.
            prop_assert!(!plate || text.len() < 4 || shared(&text, &text[..4]) && shared(&text, &text[text.len() - 3..]));
        }

        /// Two places no farther apart than half a cell share one, wherever a cell ends.
        #[test]
        fn places_near_each_other_share_a_cell(north in -60_000_000_i32..60_000_000, east in -170_000_000_i32..170_000_000, up in -2246_i32..=2246, right in -3200_i32..=3200) {
            let cells = |north, east| {
                let mut keys = Vec::new();
                near(north, east, &mut keys);
                keys
            };
            let others = cells(north + up, east + right);
            prop_assert!(cells(north, east).iter().any(|key| others.contains(key)));
        }

        #[test]
        fn entries_are_sorted_by_key_and_stay_in_order(entries in prop::collection::vec((0_u32..50, any::<u32>()), 0..200)) {
            let spread = |(key, row): &(u32, u32)| u64::from(mix(u64::from(*key)) as u32) << 32 | u64::from(*row);
            let entries: Vec<u64> = entries.iter().map(spread).collect();
            let mut wanted = entries.clone();
            wanted.sort_by_key(|entry| entry >> 32);
            prop_assert_eq!(sorted_by_key(entries), wanted);
        }
    }
}
