//! The keys of a record under a rule: two records that share one are looked at.

use serde::{Deserialize, Serialize};

use crate::blocking::Rule;
use crate::field::looks_like;
use crate::kind::Kind;
use crate::random::mix;
use crate::table::Table;
use crate::value::{Value, said};

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

/// The columns that a rule reads.
#[derive(Clone, Debug)]
pub(crate) struct Columns {
    values: Vec<usize>,
    names: Vec<usize>,
    several: Vec<Several>,
}

/// A record is found by so many words of its names.
const MOST_WORDS: usize = 24;

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
            let Some(value) = table.value(*column, row) else { return };
            base = mix(base ^ said(value) ^ (*column as u64) << 40);
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
                // Two of a hundred words are five thousand keys.
                keys.truncate(MOST_WORDS);
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
    }
}
