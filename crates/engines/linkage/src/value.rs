//! A cell, read by the kind of its column: made ready once, compared often.

use std::hash::BuildHasher as _;

use plainsight_names::{Name, fold, sound};
use rustc_hash::FxBuildHasher;

use crate::kind::Kind;

/// A cell is read as far as this many characters.
pub const LONGEST: usize = 512;

/// Why a cell counts as missing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unreadable {
    /// A date that is none, or lies before 1000 or after 2200.
    #[error("not a date of the years 1000 to 2200")]
    Date,
    /// A telephone number of fewer than five digits.
    #[error("not a telephone number: fewer than five digits")]
    Phone,
    /// Degrees that are no number or lie beyond the poles or the date line.
    #[error("not degrees: a number from -90 to 90 north, from -180 to 180 east")]
    Degrees,
    /// An age without a number of years up to 120.
    #[error("not an age: a number of years, as 34, about 30, 25-30 or 30s")]
    Age,
}

/// What was read.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Value {
    Words {
        name: Name,
        /// The folded words in order of the alphabet.
        words: Vec<String>,
        /// How they sound, divided by spaces.
        skeleton: String,
    },
    Date {
        year: u16,
        month: u8,
        day: u8,
    },
    /// Letters and digits without marks, capitals and spaces.
    Text(String),
    /// Millionths of a degree, north or east.
    Degrees(i32),
    /// In years, the least and the most.
    Age(u8, u8),
}

/// As much of a cell as is read.
pub(crate) fn cut(cell: &str) -> &str {
    let cell = cell.trim();
    cell.char_indices().nth(LONGEST).and_then(|(end, _)| cell.get(..end)).unwrap_or(cell)
}

/// Cells that say that nothing is known.
const NOTHING: [&str; 9] = ["", "unknown", "n/a", "na", "null", "none", "nan", "-", "?"];

/// Reads a cell; none when it is empty or says that nothing is known.
pub(crate) fn read(kind: Kind, cell: &str) -> Result<Option<Value>, Unreadable> {
    let cell = cut(cell);
    if NOTHING.iter().any(|nothing| cell.eq_ignore_ascii_case(nothing)) {
        return Ok(None);
    }
    Ok(match kind {
        Kind::GivenName | Kind::FamilyName | Kind::FullName => name(cell),
        Kind::Date => Some(date(cell).ok_or(Unreadable::Date)?),
        Kind::Phone => Some(Value::Text(phone(cell).ok_or(Unreadable::Phone)?)),
        Kind::Postcode | Kind::Account | Kind::Identifier | Kind::Plate => text(cell, false),
        Kind::Latitude => Some(degrees(cell, 90.0).ok_or(Unreadable::Degrees)?),
        Kind::Longitude => Some(degrees(cell, 180.0).ok_or(Unreadable::Degrees)?),
        Kind::Age => Some(age(cell).ok_or(Unreadable::Age)?),
        Kind::Address | Kind::Text | Kind::Exact => text(cell, true),
    })
}

fn name(cell: &str) -> Option<Value> {
    let name = Name::new(cell);
    let mut words: Vec<String> = name.words().iter().map(|word| word.folded().to_owned()).collect();
    words.sort_unstable();
    words.dedup();
    let mut sounds: Vec<String> = words.iter().map(|word| sound(word)).filter(|sound| !sound.is_empty()).collect();
    sounds.sort_unstable();
    sounds.dedup();
    (!words.is_empty()).then(|| Value::Words { skeleton: sounds.join(" "), name, words })
}

fn text(cell: &str, spaced: bool) -> Option<Value> {
    let mut text = String::with_capacity(cell.len());
    for part in cell.split(|sign: char| !sign.is_alphanumeric()).filter(|part| !part.is_empty()) {
        let begin = text.len();
        if spaced && begin > 0 {
            text.push(' ');
        }
        let before = text.len();
        if part.is_ascii() {
            text.extend(part.chars().map(|sign| sign.to_ascii_lowercase()));
        } else {
            text.push_str(&fold(part));
        }
        if text.len() == before {
            text.truncate(begin);
        }
    }
    (!text.is_empty()).then_some(Value::Text(text))
}

fn degrees(cell: &str, most: f64) -> Option<Value> {
    let degrees: f64 = cell.trim_end_matches('°').replace(',', ".").parse().ok()?;
    (degrees.abs() <= most).then(|| Value::Degrees((degrees * 1e6).round() as i32))
}

fn age(cell: &str) -> Option<Value> {
    const ABOUT: u8 = 3;
    let mut numbers = cell.split(|sign: char| !sign.is_ascii_digit()).filter(|part| !part.is_empty()).map(str::parse::<u8>);
    let first = numbers.next()?.ok().filter(|years| *years <= 120)?;
    let second = numbers.next().map(|years| years.ok().filter(|years| *years <= 120));
    Some(match second {
        Some(second) => Value::Age(first.min(second?), first.max(second?)),
        // The thirties.
        None if cell.to_lowercase().ends_with('s') => Value::Age(first, first.saturating_add(9)),
        None if cell.starts_with(|sign: char| !sign.is_ascii_digit()) => Value::Age(first.saturating_sub(ABOUT), first + ABOUT),
        None => Value::Age(first, first),
    })
}

/// The digits without the ways in: `+44`, `0044` and the `0` before the number are one, and so is the code of any country
/// (ITU-T E.164).
fn phone(cell: &str) -> Option<String> {
    let digits: String = cell.chars().filter(char::is_ascii_digit).collect();
    let abroad = digits.strip_prefix("00");
    let national = if cell.trim_start().starts_with('+') || abroad.is_some() {
        let digits = abroad.unwrap_or(&digits);
        digits.get(country_code(digits)..).unwrap_or_default()
    } else if digits.len() > 11 {
        digits.strip_prefix("44").unwrap_or(&digits)
    } else {
        &digits
    };
    let national = national.trim_start_matches('0');
    (national.len() >= 5).then(|| national.to_owned())
}

/// How long the code of the country is with which a number begins: no code is the beginning of another.
fn country_code(digits: &str) -> usize {
    const OF_TWO: [&str; 44] = [
        "20", "27", "30", "31", "32", "33", "34", "36", "39", "40", "41", "43", "44", "45", "46", "47", "48", "49", "51", "52", "53", "54",
        "55", "56", "57", "58", "60", "61", "62", "63", "64", "65", "66", "81", "82", "84", "86", "90", "91", "92", "93", "94", "95", "98",
    ];
    match digits.get(..2) {
        _ if digits.starts_with(['1', '7']) => 1,
        Some(two) if OF_TWO.contains(&two) => 2,
        _ => 3,
    }
}

fn date(cell: &str) -> Option<Value> {
    let numbers: Vec<u32> = cell
        .split(|sign: char| !sign.is_ascii_digit())
        .filter(|part| !part.is_empty())
        .map(|part| part.parse().ok())
        .collect::<Option<_>>()?;
    let (year, month, day) = match numbers.as_slice() {
        [whole] if cell.len() == 8 => (whole / 10_000, whole / 100 % 100, whole % 100),
        [year, month, day, ..] if *year > 31 => (*year, *month, *day),
        // As Americans write it, where it can be nothing else.
        [month, day, year, ..] if *day > 12 && *month <= 12 => (*year, *month, *day),
        [day, month, year, ..] => (*year, *month, *day),
        [year] => (*year, 0, 0),
        _ => return None,
    };
    if !(1000..=2200).contains(&year) {
        return None;
    }
    Some(Value::Date { year: year as u16, month: month.min(99) as u8, day: day.min(99) as u8 })
}

/// The folded words of a name.
pub(crate) fn words(value: &Value) -> &[String] {
    match value {
        Value::Words { words, .. } => words,
        _ => &[],
    }
}

/// What a value says, as a number; those that say the same are one. A name is taken with all that it is compared by: what is one
/// word in two scripts is likened to others differently.
pub(crate) fn said(value: &Value) -> u64 {
    match value {
        Value::Words { name, .. } => FxBuildHasher.hash_one(name),
        Value::Date { year, month, day } => FxBuildHasher.hash_one((year, month, day)),
        Value::Text(text) => FxBuildHasher.hash_one(text.as_str()),
        Value::Degrees(degrees) => FxBuildHasher.hash_one(degrees),
        Value::Age(from, to) => FxBuildHasher.hash_one((from, to)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_read_as_registers_write_them() {
        let wanted = Some(Value::Date { year: 1984, month: 2, day: 29 });
        for cell in ["1984-02-29", "19840229", "29/02/1984", "1984/2/29", "1984-02-29T00:00:00", "02/29/1984"] {
            assert_eq!(read(Kind::Date, cell), Ok(wanted.clone()), "{cell}");
        }
        for cell in ["0000-00-00", "soon", "12", "99999999999999999999"] {
            assert_eq!(read(Kind::Date, cell), Err(Unreadable::Date), "{cell}");
        }
    }

    #[test]
    fn a_number_is_one_however_it_is_dialled() {
        for cell in ["07700 900123", "+447700900123", "00447700900123", "+44 (0)7700-900123"] {
            assert_eq!(read(Kind::Phone, cell), Ok(Some(Value::Text("7700900123".into()))), "{cell}");
        }
        for cell in ["0722 123 456", "+40 722 123 456", "0040722123456"] {
            assert_eq!(read(Kind::Phone, cell), Ok(Some(Value::Text("722123456".into()))), "{cell}");
        }
        for cell in ["069 123 4567", "+355 69 123 4567"] {
            assert_eq!(read(Kind::Phone, cell), Ok(Some(Value::Text("691234567".into()))), "{cell}");
        }
        assert_eq!(read(Kind::Phone, "12"), Err(Unreadable::Phone));
    }

    #[test]
    fn ages_and_degrees_are_read_as_people_write_them() {
        for (cell, from, to) in
            [("34", 34, 34), ("about 30", 27, 33), ("25-30", 25, 30), ("30s", 30, 39), ("~40", 37, 43), ("30 to 25", 25, 30)]
        {
            assert_eq!(read(Kind::Age, cell), Ok(Some(Value::Age(from, to))), "{cell}");
        }
        for cell in ["young", "300", "20-999"] {
            assert_eq!(read(Kind::Age, cell), Err(Unreadable::Age), "{cell}");
        }
        assert_eq!(read(Kind::Latitude, "51.61"), Ok(Some(Value::Degrees(51_610_000))));
        assert_eq!(read(Kind::Longitude, "-0,2"), Ok(Some(Value::Degrees(-200_000))));
        for cell in ["91", "north", "NaN°"] {
            assert_eq!(read(Kind::Latitude, cell), Err(Unreadable::Degrees), "{cell}");
        }
    }

    #[test]
    fn nothing_known_is_missing() {
        for cell in ["", "  ", "N/A", "unknown", "…"] {
            assert_eq!(read(Kind::FullName, cell), Ok(None), "{cell}");
        }
    }
}
