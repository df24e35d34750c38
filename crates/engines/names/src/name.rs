//! A name as words, each ready to be compared.

use crate::fold::is_latin;
use crate::script::{is_abjad, read};
use crate::sound::{skeleton, sound};

/// No name has more words than this that count; what a form took as a name may be a letter.
pub(crate) const MOST_WORDS: usize = 12;
/// Nor a word more letters.
const LONGEST_WORD: usize = 64;

/// Words that stand between the parts of a name and come and go: articles, "son of", "from".
const PARTICLES: [&str; 28] = [
    "al", "el", "ul", "ad", "as", "ibn", "bin", "ben", "bint", "binti", "abu", "de", "da", "di", "do", "dos", "del", "della", "des", "du",
    "la", "le", "van", "von", "der", "den", "ter", "y",
];

/// One word of a name with everything that comparing needs.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Word {
    /// How it may be spelt in plain Latin letters, the commonest first; at least one.
    pub(crate) readings: Vec<String>,
    /// The sound of each reading, none twice.
    pub(crate) sounds: Vec<String>,
    /// The consonants of each reading, none twice.
    pub(crate) skeletons: Vec<String>,
    /// Written in a script that leaves vowels out, or in Han signs by their sound, which puts vowels in: only the consonants
    /// can be trusted.
    pub(crate) loose: bool,
    /// Written in another script than Latin: its spelling in Latin letters is only how we read it.
    pub(crate) foreign: bool,
}

impl Word {
    /// Reads one word; `None` when it holds neither letter nor digit.
    #[must_use]
    pub fn new(written: &str) -> Option<Self> {
        let written: String = written.chars().take(LONGEST_WORD).collect();
        let abjad = is_abjad(&written);
        let loose = abjad || (written.chars().count() > 2 && written.chars().all(is_han));
        let mut readings = read(&written);
        for reading in &mut readings {
            reading.truncate(LONGEST_WORD);
        }
        // The article is written as one with the word in Arabic, and left out or set apart in Latin.
        if abjad && let Some(without) = readings.first().and_then(|first| first.strip_prefix("al")).filter(|rest| rest.len() > 1) {
            readings.push(without.to_owned());
        }
        if readings.is_empty() {
            return None;
        }
        let each = |key: fn(&str) -> String| {
            let mut keys: Vec<String> = Vec::with_capacity(readings.len());
            for key in readings.iter().map(|reading| key(reading)).filter(|key| !key.is_empty()) {
                if !keys.contains(&key) {
                    keys.push(key);
                }
            }
            keys
        };
        let (sounds, skeletons) = (each(sound), each(skeleton));
        let foreign = written.chars().any(|sign| sign.is_alphabetic() && !is_latin(sign));
        Some(Self { readings, sounds, skeletons, loose, foreign })
    }

    /// The commonest plain spelling.
    #[must_use]
    pub fn folded(&self) -> &str {
        self.readings.first().map_or("", String::as_str)
    }

    /// A cheap look before [`crate::word_likeness()`]: whether the two may be one name at all. They begin with one sound,
    /// or one is written in another script, or the data files have them as forms of one name.
    #[must_use]
    pub fn could_be(&self, other: &Self) -> bool {
        let begin = |word: &Self| word.sounds.first().and_then(|sound| sound.chars().next());
        self.foreign
            || other.foreign
            || begin(self) == begin(other)
            || self.folded().get(..1) == other.folded().get(..1)
            || {
                // A typing error in the first letter.
                let (one, against) = (self.folded(), other.folded());
                let (rest, others) = (one.get(1..3), against.get(1..3));
                rest.is_some() && (rest == others || against.get(..2) == rest || one.get(..2) == others)
            }
            || crate::variants::same_name(self.folded(), other.folded())
    }

    /// One letter that stands for a name.
    #[must_use]
    pub fn is_initial(&self) -> bool {
        self.folded().len() == 1
    }

    /// A word that comes and goes between the parts of a name.
    #[must_use]
    pub fn is_particle(&self) -> bool {
        PARTICLES.contains(&self.folded())
    }
}

/// A whole name: its words in the order in which they were written.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Name {
    pub(crate) words: Vec<Word>,
}

impl Name {
    /// Takes a name apart at spaces, hyphens, commas and points; Han names, which are written without spaces, into family
    /// and given name. Anything may be given; at most twelve words count.
    #[must_use]
    pub fn new(written: &str) -> Self {
        let words = split(written).filter_map(|word| Word::new(&word)).take(MOST_WORDS).collect();
        Self { words }
    }

    /// The words of the name.
    #[must_use]
    pub fn words(&self) -> &[Word] {
        &self.words
    }
}

fn is_han(sign: char) -> bool {
    matches!(sign, '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}')
}

/// The words as they were written.
pub(crate) fn split(written: &str) -> impl Iterator<Item = String> + '_ {
    written
        .split(|sign: char| {
            sign.is_whitespace()
                || matches!(sign, '-' | ',' | '.' | '/' | ';' | '_' | '\u{2010}'..='\u{2015}' | '\u{b7}' | '\u{30fb}' | '\u{5be}')
        })
        .filter(|word| !word.is_empty())
        .flat_map(|word| {
            let signs: Vec<char> = word.chars().collect();
            let han = signs.iter().copied().all(is_han);
            match signs.split_first() {
                // The family name is the first sign of two or three; of four and more it is a name from elsewhere, spelt by sound.
                Some((family, given)) if han && (1..=2).contains(&given.len()) => vec![family.to_string(), given.iter().collect()],
                _ => vec![word.to_owned()],
            }
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folded(written: &str) -> Vec<String> {
        Name::new(written).words.iter().map(|word| word.folded().to_owned()).collect()
    }

    #[test]
    fn names_come_apart_where_people_join_them() {
        assert_eq!(folded("Popescu, Ana-Maria"), ["popescu", "ana", "maria"]);
        assert_eq!(folded("J.R. O’Neill"), ["j", "r", "oneill"]);
        assert_eq!(folded("王小明"), ["wang", "xiaoming"]);
        assert_eq!(folded(" \u{200b}· "), [""; 0]);
    }

    #[test]
    fn a_name_that_is_a_letter_is_cut() {
        assert_eq!(Name::new(&"Ana ".repeat(1000)).words.len(), MOST_WORDS);
        assert!(Name::new(&"ß".repeat(10_000_000)).words[0].folded().len() <= LONGEST_WORD);
    }
}
