//! Reading other scripts aloud in Latin letters.
//!
//! Each script has a table of its own: a letter, a tab, and its readings, the commonest first, `-` for none. The tables
//! follow the romanisations that passports and newspapers use (BGN/PCGN, ISO 9, ALA-LC, Hepburn, pinyin) where these
//! agree, and the second readings are what people write instead. Letters of a script without a table are read by
//! `any_ascii`, which also knows Han (as pinyin), kana and hangul.

use std::collections::HashMap;
use std::sync::OnceLock;

use unicode_normalization::UnicodeNormalization;

use crate::fold::{fold_latin, is_latin};

/// No word has more readings than this: the commonest first.
const MOST_READINGS: usize = 6;

/// How a word may be spelt in small Latin letters, the commonest first; one reading for a Latin word. Never more than six,
/// none twice. No reading at all when the word holds neither letter nor digit.
///
/// Arabic and Hebrew leave most vowels out, and so does their reading: محمد is `mhmd`. [`crate::skeleton()`] compares those.
#[must_use]
pub fn read(word: &str) -> Vec<String> {
    let mut readings = vec![String::new()];
    let signs: Vec<char> = word.nfc().collect();
    let mut at = 0;
    while let Some(sign) = signs.get(at).copied() {
        at += 1;
        if is_latin(sign) {
            for reading in &mut readings {
                fold_latin(sign, reading);
            }
            continue;
        }
        if sign.is_ascii() || is_passed_over(sign) {
            continue;
        }
        if let Some((options, used)) = indic(&signs, at - 1) {
            at = at - 1 + used;
            add(&mut readings, &[options.as_str()]);
            continue;
        }
        if let Some(options) = ethiopic(sign) {
            add(&mut readings, &[options.as_str()]);
            continue;
        }
        let small = sign.to_lowercase().next().unwrap_or(sign);
        // Hebrew writes the sounds that it lacks with a stroke behind the letter.
        let stroke = matches!(signs.get(at), Some('\'' | '\u{5f3}' | '\u{2019}' | '`'));
        if let Some(sound) = with_stroke(sign).filter(|_| stroke) {
            add(&mut readings, &[sound]);
            continue;
        }
        match table().get(&small) {
            Some(options) => add(&mut readings, options),
            None => {
                let ascii: String = any_ascii::any_ascii_char(sign).chars().filter(char::is_ascii_alphanumeric).collect();
                add(&mut readings, &[ascii.to_ascii_lowercase().as_str()]);
            }
        }
    }
    let mut seen: Vec<String> = Vec::with_capacity(readings.len());
    for reading in readings {
        if !reading.is_empty() && !seen.contains(&reading) {
            seen.push(reading);
        }
    }
    seen
}

/// Whether a word is written in a script that leaves vowels out.
#[must_use]
pub fn is_abjad(word: &str) -> bool {
    word.chars().any(|sign| matches!(sign, '\u{590}'..='\u{5ff}' | '\u{600}'..='\u{6ff}' | '\u{750}'..='\u{77f}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}'))
}

/// Marks that stand on a letter, joiners and vowel points: read with the letter they stand on, or not at all.
fn is_passed_over(sign: char) -> bool {
    matches!(sign, '\u{300}'..='\u{36f}' | '\u{591}'..='\u{5c7}' | '\u{610}'..='\u{61a}' | '\u{640}' | '\u{64b}'..='\u{65f}' | '\u{670}' | '\u{200b}'..='\u{200f}' | '\u{2010}'..='\u{2060}' | '\u{feff}')
}

fn with_stroke(letter: char) -> Option<&'static str> {
    match letter {
        'ג' => Some("j"),
        'ז' => Some("zh"),
        'צ' | 'ץ' => Some("ch"),
        'ת' => Some("th"),
        _ => None,
    }
}

/// Goes on with every reading by every option; the first of each stays first.
fn add(readings: &mut Vec<String>, options: &[&str]) {
    let mut grown = Vec::with_capacity(MOST_READINGS);
    for option in options {
        for reading in readings.iter() {
            if grown.len() < MOST_READINGS {
                grown.push(format!("{reading}{option}"));
            }
        }
    }
    *readings = grown;
}

type Table = HashMap<char, Vec<&'static str>>;

fn table() -> &'static Table {
    static TABLE: OnceLock<Table> = OnceLock::new();
    TABLE.get_or_init(|| {
        let files = [
            include_str!("../data/cyrillic.tsv"),
            include_str!("../data/greek.tsv"),
            include_str!("../data/arabic.tsv"),
            include_str!("../data/hebrew.tsv"),
            include_str!("../data/caucasus.tsv"),
        ];
        files.into_iter().flat_map(str::lines).filter_map(row).collect()
    })
}

fn row(line: &'static str) -> Option<(char, Vec<&'static str>)> {
    let (letter, readings) = line.split_once('\t')?;
    let letter = letter.chars().next().filter(|letter| *letter != '#')?;
    Some((letter, readings.split('|').map(|reading| if reading == "-" { "" } else { reading }).collect()))
}

/// The scripts of India share one order of letters (ISCII): Devanagari, Bengali, Gurmukhi, Gujarati, Oriya, Tamil, Telugu,
/// Kannada, Malayalam, each in a block of 128. A consonant carries `a` unless a vowel sign or a virama follows; at the end
/// of a word that `a` is not said in the northern languages. What the signs from `at` on read as, and how many they are.
fn indic(signs: &[char], at: usize) -> Option<(String, usize)> {
    let (block, offset) = iscii(*signs.get(at)?)?;
    let mut text = String::new();
    let mut used = 1;
    match offset {
        0x05..=0x14 => text.push_str(vowel(offset)),
        0x15..=0x39 | 0x58..=0x5f => {
            text.push_str(consonant(offset));
            let mut next = signs.get(at + 1).and_then(|sign| iscii(*sign)).filter(|(other, _)| *other == block).map(|(_, offset)| offset);
            if next == Some(0x3c) {
                used += 1;
                next = signs.get(at + 2).and_then(|sign| iscii(*sign)).map(|(_, offset)| offset);
            }
            match next {
                Some(0x4d) => used += 1,
                Some(sign @ 0x3e..=0x4c) => {
                    text.push_str(vowel_sign(sign));
                    used += 1;
                }
                Some(_) => text.push('a'),
                // The last letter of a word: its `a` is not said in the north.
                None if block >= 5 => text.push('a'),
                None => {}
            }
        }
        0x3e..=0x4c => text.push_str(vowel_sign(offset)),
        0x01 | 0x02 => text.push('n'),
        0x03 => text.push('h'),
        0x66..=0x6f => text.push(char::from(b'0' + u8::try_from(offset - 0x66).unwrap_or(0))),
        // Gurmukhi: tippi nasalises, addak doubles what follows.
        0x70 if block == 2 => text.push('n'),
        _ => {}
    }
    Some((text, used))
}

fn iscii(sign: char) -> Option<(u32, u32)> {
    let code = u32::from(sign);
    (0x900..0xd80).contains(&code).then(|| ((code - 0x900) / 0x80, (code - 0x900) % 0x80))
}

fn vowel(offset: u32) -> &'static str {
    match offset {
        0x05 => "a",
        0x06 => "aa",
        0x07 => "i",
        0x08 => "ee",
        0x09 => "u",
        0x0a => "oo",
        0x0b => "ri",
        0x0d..=0x0f => "e",
        0x10 => "ai",
        0x11..=0x13 => "o",
        0x14 => "au",
        _ => "",
    }
}

fn vowel_sign(offset: u32) -> &'static str {
    match offset {
        0x3e => "a",
        0x3f => "i",
        0x40 => "i",
        0x41 => "u",
        0x42 => "u",
        0x43 => "ri",
        0x45..=0x47 => "e",
        0x48 => "ai",
        0x49..=0x4b => "o",
        0x4c => "au",
        _ => "",
    }
}

fn consonant(offset: u32) -> &'static str {
    const CONSONANTS: [&str; 37] = [
        "k", "kh", "g", "gh", "n", "ch", "chh", "j", "jh", "n", "t", "th", "d", "dh", "n", "t", "th", "d", "dh", "n", "n", "p", "ph", "b",
        "bh", "m", "y", "r", "r", "l", "l", "l", "v", "sh", "sh", "s", "h",
    ];
    match offset {
        0x58 => "q",
        0x59 => "kh",
        0x5a => "g",
        0x5b => "z",
        0x5c => "r",
        0x5d => "rh",
        0x5e => "f",
        0x5f => "y",
        _ => usize::try_from(offset - 0x15).ok().and_then(|at| CONSONANTS.get(at)).copied().unwrap_or_default(),
    }
}

/// Ethiopic writes a consonant and its vowel as one letter, eight to a row from U+1200: the row says the consonant, the
/// place in it the vowel.
fn ethiopic(sign: char) -> Option<String> {
    const ROWS: [&str; 43] = [
        "h", "l", "h", "m", "s", "r", "s", "sh", "q", "qw", "q", "qw", "b", "v", "t", "ch", "h", "hw", "n", "ny", "", "k", "kw", "kh",
        "kw", "w", "", "z", "zh", "y", "d", "d", "j", "g", "gw", "g", "t", "ch", "p", "ts", "ts", "f", "p",
    ];
    const VOWELS: [&str; 8] = ["e", "u", "i", "a", "ie", "", "o", "wa"];
    let code = u32::from(sign);
    if !(0x1200..0x1358).contains(&code) {
        return None;
    }
    let row = ROWS.get(usize::try_from((code - 0x1200) / 8).ok()?)?;
    let vowel = VOWELS.get(usize::try_from((code - 0x1200) % 8).ok()?)?;
    // The row of the glottal stop is all vowels; its first is said `a`.
    Some(match (*row, *vowel) {
        ("", "e") => "a".to_owned(),
        ("", "") => "i".to_owned(),
        (row, vowel) => format!("{row}{vowel}"),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_script_is_read_aloud() {
        for (written, spelt) in [
            ("Иван", "ivan"),
            ("Георги", "georgi"),
            ("Цветелина", "tsvetelina"),
            ("Щерев", "shterev"),
            ("Дмитрий", "dmitriy"),
            ("Олександр", "oleksandr"),
            ("Живковић", "zhivkovich"),
            ("Γιώργος", "giorgos"),
            ("Παπαδόπουλος", "papadopoulos"),
            ("Γεωργία", "georgia"),
            ("ნინო", "nino"),
            ("გიორგი", "giorgi"),
            ("Արմեն", "armen"),
            ("ሀይለ", "heyle"),
            ("አበበ", "abebe"),
            ("संजय", "sanjay"),
            ("राम", "ram"),
            ("সুমন", "suman"),
            ("ਸਿੰਘ", "singh"),
            ("王", "wang"),
            ("小明", "xiaoming"),
            ("محمد", "mhmd"),
            ("פרץ", "prts"),
            ("ז'נבייב", "zhnbyyb"),
        ] {
            let readings = read(written);
            assert!(readings.iter().any(|reading| reading == spelt), "{written}: {readings:?}");
        }
    }

    #[test]
    fn readings_are_few_and_differ() {
        let readings = read("Жюжюйгщъёкхц");
        assert!((2..=MOST_READINGS).contains(&readings.len()));
        assert!(readings.iter().enumerate().all(|(at, one)| !readings[..at].contains(one)));
        assert!(read("·—!").is_empty());
        assert_eq!(read("Anna"), ["anna"]);
    }

    #[test]
    fn every_row_of_the_tables_is_read() {
        assert!(table().len() > 200, "{}", table().len());
        for (letter, readings) in table() {
            assert!(readings.iter().all(|reading| reading.bytes().all(|byte| byte.is_ascii_lowercase())), "{letter}: {readings:?}");
        }
    }
}
