//! What is compared, and on which levels two values may agree.

use serde::{Deserialize, Serialize};

use plainsight_names::{Name, damerau_levenshtein, jaro_winkler, likeness};

use crate::kind::Kind;
use crate::random::mix;
use crate::table::{MISSING, Table};
use crate::value::Value;

/// A model compares at most this many fields.
pub const MOST_FIELDS: usize = 16;

/// What a field measures.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Measure {
    /// The given names, of the columns given and family name, in whichever order fits.
    Given,
    /// The family names, likewise.
    Family,
    /// Whether the names fit as they stand or swapped.
    Order,
    /// Postcode and address together.
    Home,
    /// Degrees north and east together: how far apart two places are.
    Where,
    /// One column.
    Column(Kind),
}

/// A field of a model.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Field {
    /// What a person calls it.
    pub name: String,
    /// What it measures.
    pub measure: Measure,
    /// The columns that it reads.
    pub columns: Vec<String>,
}

impl Field {
    /// The levels from "different" upward; level 0 is a missing value.
    #[must_use]
    pub fn levels(&self) -> &'static [&'static str] {
        match self.measure {
            Measure::Given | Measure::Family | Measure::Column(Kind::GivenName | Kind::FamilyName | Kind::FullName) => {
                &["different", "alike", "near", "words in common", "a part", "the same"]
            }
            Measure::Order => &["as written", "swapped"],
            Measure::Home => &["different", "same area", "same street", "same postcode", "the same"],
            Measure::Where => &["over a kilometre", "within a kilometre", "within 250 metres", "within 50 metres"],
            Measure::Column(Kind::Account) => &["different", "alike", "other digits", "near", "the same"],
            Measure::Column(Kind::Plate) => &["different", "in part", "read wrongly", "the same"],
            Measure::Column(Kind::Age) => &["apart", "near", "may be the same"],
            Measure::Column(Kind::Latitude | Kind::Longitude) => &["different", "the same"],
            Measure::Column(Kind::Date) => &["different", "same year", "near", "day and month swapped", "the same"],
            Measure::Column(Kind::Phone | Kind::Identifier) => &["different", "one digit", "the same"],
            Measure::Column(Kind::Exact) => &["different", "the same"],
            Measure::Column(_) => &["different", "alike", "near", "the same"],
        }
    }

    /// Whether people of one household agree on it: their family name, home and telephone.
    #[must_use]
    pub fn shared_by_households(&self) -> bool {
        matches!(
            self.measure,
            Measure::Family | Measure::Home | Measure::Column(Kind::FamilyName | Kind::Phone | Kind::Postcode | Kind::Address)
        )
    }

    /// The levels over which probabilities sum to one.
    pub(crate) fn groups(&self) -> [(u8, u8); 1] {
        [(1, self.levels().len() as u8)]
    }
}

/// What a pair showed: four bits a field, and of fields that agree in full the share of records with that value.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Seen {
    pub(crate) pattern: u64,
    pub(crate) shares: [f32; MOST_FIELDS],
}

impl Seen {
    pub(crate) fn level(pattern: u64, field: usize) -> u8 {
        (pattern >> (4 * field) & 15) as u8
    }

    fn set(&mut self, field: usize, level: u8, share: f32) {
        self.pattern |= u64::from(level) << (4 * field);
        if let Some(place) = self.shares.get_mut(field) {
            *place = share;
        }
    }
}

/// Levels of pairs of names that were compared before: names repeat. A pair has one place, and whatever comes there later
/// takes it: small enough to stay near the processor.
#[derive(Debug)]
pub(crate) struct Memory {
    /// Two values, their columns and the level; all zeros where nothing is remembered.
    places: Vec<(u32, u32, u32)>,
}

/// So many places, by a power of two.
const PLACES: u32 = 18;

impl Memory {
    pub(crate) fn new() -> Self {
        Self { places: vec![(0, 0, 0); 1 << PLACES] }
    }

    /// The level of two values of two columns: remembered, or worked out and remembered.
    fn level(&mut self, one: (usize, u32), other: (usize, u32), work: impl FnOnce() -> u8) -> u8 {
        let columns = (one.0 << 20 | other.0 << 8) as u32;
        let at = mix(u64::from(one.1) << 32 | u64::from(other.1)) ^ u64::from(columns >> 8);
        let Some(place) = self.places.get_mut((at & ((1 << PLACES) - 1)) as usize) else { return work() };
        if (place.0, place.1, place.2 & !0xff) == (one.1, other.1, columns) && place.2 & 0xff != 0 {
            return place.2 as u8;
        }
        let level = work();
        *place = (one.1, other.1, columns | u32::from(level));
        level
    }
}

/// A table made ready for comparing by some fields.
#[derive(Debug)]
pub(crate) struct Comparer<'a> {
    pub(crate) table: &'a Table,
    fields: Vec<(Measure, Vec<usize>)>,
}

impl<'a> Comparer<'a> {
    /// The error is a column that the table lacks.
    pub(crate) fn new(table: &'a Table, fields: &[Field]) -> Result<Self, String> {
        let mut made = Vec::with_capacity(fields.len());
        for field in fields {
            let columns: Result<Vec<usize>, String> =
                field.columns.iter().map(|name| table.find(name).ok_or_else(|| name.clone())).collect();
            made.push((field.measure, columns?));
        }
        Ok(Self { table, fields: made })
    }

    pub(crate) fn see(&self, memory: &mut Memory, one: u32, other: u32) -> Seen {
        let mut seen = Seen::default();
        let mut names = None;
        for (at, (measure, columns)) in self.fields.iter().enumerate() {
            let (level, share) = match (measure, columns.as_slice()) {
                (Measure::Given | Measure::Family | Measure::Order, [given, family]) => {
                    let names = *names.get_or_insert_with(|| self.names(memory, (*given, *family), one, other));
                    match measure {
                        Measure::Given => names.given,
                        Measure::Family => names.family,
                        _ => (names.order, 0.0),
                    }
                }
                (Measure::Home, [postcode, address]) => self.home(memory, *postcode, *address, one, other),
                (Measure::Where, [north, east]) => (self.apart((*north, *east), one, other), 0.0),
                (Measure::Column(kind), [column]) => self.column(memory, *kind, (*column, one), (*column, other)),
                _ => (0, 0.0),
            };
            seen.set(at, level, share);
        }
        seen
    }

    /// The level of two cells, perhaps of two columns of one kind, and the share of the value when it is the same.
    fn column(&self, memory: &mut Memory, kind: Kind, one: (usize, u32), other: (usize, u32)) -> (u8, f32) {
        let (first, second) = (self.table.id(one.0, one.1), self.table.id(other.0, other.1));
        if first == MISSING || second == MISSING {
            return (0, 0.0);
        }
        let top = top(kind);
        if one.0 == other.0 && first == second {
            return (top, self.table.share(one.0, first));
        }
        let (one, other) =
            if (one.0, first) <= (other.0, second) { ((one.0, first), (other.0, second)) } else { ((other.0, second), (one.0, first)) };
        let work = || {
            let values = self.table.value_of(one.0, one.1).zip(self.table.value_of(other.0, other.1));
            values.map_or(0, |(one, other)| level(kind, one, other))
        };
        let level = if kind.is_name() { memory.level(one, other, work) } else { work() };
        let share = match level {
            _ if level == top => self.table.share(one.0, one.1).max(self.table.share(other.0, other.1)),
            // What is in both names says as much as it is rare.
            4 | 5 if kind.is_name() => self.table.share_of_common_words(one, other),
            _ => 0.0,
        };
        (level, share)
    }

    fn names(&self, memory: &mut Memory, (given, family): (usize, usize), one: u32, other: u32) -> Names {
        let mut pair = |left: usize, right: usize| self.column(memory, Kind::GivenName, (left, one), (right, other));
        let straight = Names { given: pair(given, given), family: pair(family, family), order: 0 };
        // Only when the names do not fit as they stand is it worth looking at them the other way round.
        if straight.fit() {
            return Names { order: 1, ..straight };
        }
        let swapped = Names { given: pair(given, family), family: pair(family, given), order: 0 };
        // The order says something only of names that fit: for strangers either is chance.
        if swapped.fit() { Names { order: 2, ..swapped } } else { straight }
    }

    /// How far two places are apart.
    fn apart(&self, (north, east): (usize, usize), one: u32, other: u32) -> u8 {
        let degrees = |column, row| match self.table.value(column, row) {
            Some(Value::Degrees(degrees)) => Some(f64::from(*degrees) / 1e6),
            _ => None,
        };
        let place = |row| Some((degrees(north, row)?, degrees(east, row)?));
        let Some(((north, east), (other_north, other_east))) = place(one).zip(place(other)) else { return 0 };
        match metres((north, east), (other_north, other_east)) {
            metres if metres <= 50.0 => 4,
            metres if metres <= 250.0 => 3,
            metres if metres <= 1000.0 => 2,
            _ => 1,
        }
    }

    fn home(&self, memory: &mut Memory, postcode: usize, address: usize, one: u32, other: u32) -> (u8, f32) {
        let (code, _) = self.column(memory, Kind::Postcode, (postcode, one), (postcode, other));
        let (street, share) = self.column(memory, Kind::Address, (address, one), (address, other));
        let area = |row| match self.table.value(postcode, row) {
            Some(Value::Text(text)) => Some(area(text)),
            _ => None,
        };
        let same_code = code == 4;
        let level = match (code, street) {
            (0, 0) => return (0, 0.0),
            (_, 4) if same_code || code == 0 => 5,
            (4, _) => 4,
            (_, 3 | 4) => 3,
            _ if code > 0 && area(one) == area(other) => 2,
            _ => 1,
        };
        (level, if level == 5 { share } else { 0.0 })
    }
}

/// The distance of two places in degrees, on a sphere (the haversine formula; Sinnott 1984).
fn metres(one: (f64, f64), other: (f64, f64)) -> f64 {
    const RADIUS: f64 = 6_371_008.8;
    let (north, south) = (one.0.to_radians(), other.0.to_radians());
    let half = |angle: f64| (angle / 2.0).sin().powi(2);
    let chord = half(north - south) + north.cos() * south.cos() * half((one.1 - other.1).to_radians());
    2.0 * RADIUS * chord.sqrt().min(1.0).asin()
}

/// The part of a postcode that says the district: without the last three signs.
fn area(postcode: &str) -> &str {
    postcode.len().checked_sub(3).and_then(|end| postcode.get(..end)).unwrap_or(postcode)
}

#[derive(Clone, Copy)]
struct Names {
    given: (u8, f32),
    family: (u8, f32),
    order: u8,
}

impl Names {
    fn fit(&self) -> bool {
        self.given.0 >= 3 && self.family.0 >= 3
    }
}

fn top(kind: Kind) -> u8 {
    Field { name: String::new(), measure: Measure::Column(kind), columns: Vec::new() }.levels().len() as u8
}

/// The level of two values that are not the same.
fn level(kind: Kind, one: &Value, other: &Value) -> u8 {
    match (one, other) {
        (Value::Words { name: left, words: first, .. }, Value::Words { name: right, words: second, .. }) => {
            if first == second {
                return 6;
            }
            let (short, long) = if first.len() <= second.len() { (first, second) } else { (second, first) };
            if short.len() < long.len() && short.iter().all(|word| word.len() > 1 && long.contains(word)) {
                return 5;
            }
            if !could_be(left, right) {
                return 1;
            }
            match likeness(left, right) {
                alike if alike >= 0.985 => 6,
                alike if alike >= 0.88 => 3,
                _ if short.iter().any(|word| word.len() > 1 && long.contains(word)) => 4,
                alike if alike >= 0.75 => 2,
                _ => 1,
            }
        }
        (Value::Date { year, month, day }, Value::Date { year: other_year, month: other_month, day: other_day }) => {
            let years = year.abs_diff(*other_year);
            let same = [years == 0, month == other_month, day == other_day];
            let near = one_digit_apart(digits(*year, *month, *day), digits(*other_year, *other_month, *other_day));
            match same {
                [true, true, true] => 5,
                [true, false, false] if month == other_day && day == other_month => 4,
                _ if near => 3,
                [true, ..] if (*month, *day) == (1, 1) || (*other_month, *other_day) == (1, 1) => 3,
                [false, true, true] if years == 10 || years == 1 => 3,
                [true, true, false] | [true, false, true] => 2,
                [true, ..] => 2,
                _ => 1,
            }
        }
        (Value::Text(one), Value::Text(other)) => texts(kind, one, other),
        (Value::Degrees(_), Value::Degrees(_)) => 1,
        (Value::Age(from, to), Value::Age(other_from, other_to)) => {
            // A year for the birthday between two sightings; five are near.
            let gap = from.max(other_from).saturating_sub(*to.min(other_to));
            match gap {
                0 | 1 => 3,
                2..=5 => 2,
                _ => 1,
            }
        }
        _ => 0,
    }
}

fn digits(year: u16, month: u8, day: u8) -> [u8; 8] {
    let of = |number: u16, place: u16| (number / place % 10) as u8;
    let (month, day) = (u16::from(month), u16::from(day));
    [of(year, 1000), of(year, 100), of(year, 10), of(year, 1), of(month, 10), of(month, 1), of(day, 10), of(day, 1)]
}

/// Whether one digit is another, or two neighbours changed places.
fn one_digit_apart(one: [u8; 8], other: [u8; 8]) -> bool {
    let mut apart = (0..8).filter(|at| one.get(*at) != other.get(*at));
    match (apart.next(), apart.next(), apart.next()) {
        (_, None, _) => true,
        (Some(first), Some(second), None) => {
            second == first + 1 && one.get(first) == other.get(second) && one.get(second) == other.get(first)
        }
        _ => false,
    }
}

/// A cheap look before a dear one: whether any two words begin alike, or may be forms of one name.
fn could_be(one: &Name, other: &Name) -> bool {
    one.words().iter().any(|word| other.words().iter().any(|against| word.could_be(against)))
}

/// Two plates that differ: letters and digits that look alike are read wrongly, and whoever saw a part saw its beginning or end.
fn plates(one: &str, other: &str) -> u8 {
    let looks = |plate: &str| plate.chars().map(looks_like).collect::<String>();
    let (first, second) = (looks(one), looks(other));
    if first == second || (one.len() >= 5 && other.len() >= 5 && damerau_levenshtein(&first, &second, 1).is_some()) {
        return 3;
    }
    let (short, long) = if first.len() <= second.len() { (first, second) } else { (second, first) };
    1 + u8::from(short.len() >= 3 && short.len() < long.len() && (long.starts_with(&short) || long.ends_with(&short)))
}

/// What a letter of a plate may be taken for.
pub(crate) fn looks_like(letter: char) -> char {
    match letter {
        'o' | 'q' | 'd' => '0',
        'i' | 'l' | 'j' => '1',
        'z' => '2',
        's' => '5',
        'g' => '6',
        't' => '7',
        'b' => '8',
        other => other,
    }
}

/// Two names of accounts that differ. Many people have the letters of one in common, for they are their name: the digits tell
/// them apart.
fn accounts(one: &str, other: &str) -> u8 {
    let letters = |account: &str| account.chars().filter(|sign| !sign.is_ascii_digit()).collect::<String>();
    if damerau_levenshtein(one, other, 1).is_some() {
        return 4;
    }
    let (first, second) = (letters(one), letters(other));
    match jaro_winkler(&first, &second) {
        _ if first == second && !first.is_empty() => 3,
        alike if alike >= 0.88 => 2,
        _ => 1,
    }
}

fn texts(kind: Kind, one: &str, other: &str) -> u8 {
    if one == other {
        return top(kind);
    }
    match kind {
        Kind::Exact => 1,
        Kind::Plate => plates(one, other),
        Kind::Account => accounts(one, other),
        Kind::Phone | Kind::Identifier => 1 + u8::from(one.len() >= 5 && damerau_levenshtein(one, other, 1).is_some()),
        _ => match jaro_winkler(one, other) {
            alike if alike >= 0.92 || damerau_levenshtein(one, other, 1).is_some() => 3,
            alike if alike >= 0.82 => 2,
            _ => 1,
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_plate_seen_in_passing_is_still_a_plate() {
        for (one, other, wanted) in [
            ("ab12cde", "ab12cdf", 3),
            ("ab12cde", "a812cde", 3),
            ("ab12cde", "ab12", 2),
            ("ab12cde", "cde", 2),
            ("ab12cde", "xy99zzz", 1),
            ("ab12cde", "12", 1),
        ] {
            assert_eq!((plates(one, other), plates(other, one)), (wanted, wanted), "{one} {other}");
        }
    }

    #[test]
    fn a_degree_of_latitude_is_111_kilometres_and_places_are_as_far_apart_either_way() {
        let (barnet, bucharest) = ((51.65, -0.2), (44.43, 26.1));
        assert!((metres((51.0, 0.0), (52.0, 0.0)) - 111_195.0).abs() < 1.0);
        assert!((metres(barnet, bucharest) - metres(bucharest, barnet)).abs() < 1e-6);
        assert!((2_000_000.0..2_200_000.0).contains(&metres(barnet, bucharest)));
    }
}
