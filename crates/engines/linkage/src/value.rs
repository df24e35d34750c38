//! A cell, read by the kind of its column: made ready once, compared often.

use plainsight_names::{Name, fold, sound};

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
}

/// Cells that say that nothing is known.
const NOTHING: [&str; 9] = ["", "unknown", "n/a", "na", "null", "none", "nan", "-", "?"];

/// Reads a cell; none when it is empty or says that nothing is known.
pub(crate) fn read(kind: Kind, cell: &str) -> Result<Option<Value>, Unreadable> {
    let cell = cell.trim();
    let cell = cell.char_indices().nth(LONGEST).and_then(|(end, _)| cell.get(..end)).unwrap_or(cell);
    if NOTHING.iter().any(|nothing| cell.eq_ignore_ascii_case(nothing)) {
        return Ok(None);
    }
    Ok(match kind {
        Kind::GivenName | Kind::FamilyName | Kind::FullName => words(cell),
        Kind::Date => Some(date(cell).ok_or(Unreadable::Date)?),
        Kind::Phone => Some(Value::Text(phone(cell).ok_or(Unreadable::Phone)?)),
        Kind::Postcode | Kind::Account | Kind::Identifier => text(cell, false),
        Kind::Address | Kind::Text | Kind::Exact => text(cell, true),
    })
}

fn words(cell: &str) -> Option<Value> {
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

/// The digits without the ways in: `+44`, `0044` and the `0` before the number are one.
fn phone(cell: &str) -> Option<String> {
    let digits: String = cell.chars().filter(char::is_ascii_digit).collect();
    let digits = digits.strip_prefix("00").unwrap_or(&digits);
    let national =
        if cell.trim_start().starts_with('+') || digits.len() > 11 { digits.strip_prefix("44").unwrap_or(digits) } else { digits };
    let national = national.trim_start_matches('0');
    (national.len() >= 5).then(|| national.to_owned())
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
        [day, month, year, ..] => (*year, *month, *day),
        [year] => (*year, 0, 0),
        _ => return None,
    };
    if !(1000..=2200).contains(&year) {
        return None;
    }
    Some(Value::Date { year: year as u16, month: month.min(99) as u8, day: day.min(99) as u8 })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_read_as_registers_write_them() {
        let wanted = Some(Value::Date { year: 1984, month: 2, day: 29 });
        for cell in ["1984-02-29", "19840229", "29/02/1984", "1984/2/29", "1984-02-29T00:00:00"] {
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
        assert_eq!(read(Kind::Phone, "12"), Err(Unreadable::Phone));
    }

    #[test]
    fn nothing_known_is_missing() {
        for cell in ["", "  ", "N/A", "unknown", "…"] {
            assert_eq!(read(Kind::FullName, cell), Ok(None), "{cell}");
        }
    }
}
