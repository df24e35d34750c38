//! How alike two names are, by a model that can be read.
//!
//! **Words.** 1 for the same plain spelling in any reading; 0.95 for forms of one name by the data files; for words that
//! share a sound at least 0.92; for one edit in words of four letters or more at least 0.9; an initial that fits is 0.75; else the
//! better of Jaro-Winkler, which says little below 0.8 and is therefore drawn towards 0, and of how alike they sound. In
//! words of scripts that leave vowels out only the sound counts, and little where there are but one or two consonants.
//!
//! **Names.** Words are paired off, the best pairs first, in whatever order they stand. Each pair counts with its weight
//! (a particle or an initial little, any other word 1); a word left over on one side counts a third of it against the
//! likeness, since people leave names out but do not add any; a pair that is not alike counts in full against it.

use crate::distance::{damerau_levenshtein, jaro_winkler};
use crate::name::{Name, Word};
use crate::spoken::sounds_like;
use crate::variants::same_name;

/// Below this two words are not the same name in another spelling.
const ALIKE: f64 = 0.7;

/// How alike two words are, in [0, 1]; symmetric, 1 for equal spellings.
#[must_use]
pub fn word_likeness(one: &Word, other: &Word) -> f64 {
    let readings = || one.readings.iter().flat_map(|reading| other.readings.iter().map(move |against| (reading, against)));
    if readings().any(|(reading, against)| reading == against) {
        return 1.0;
    }
    if same_name(one.folded(), other.folded()) {
        // Of a word without vowels, that its name is known says more than how it sounds.
        return if one.loose || other.loose { 0.98 } else { 0.95 };
    }
    if one.is_initial() || other.is_initial() {
        let fits = one.folded().as_bytes().first() == other.folded().as_bytes().first();
        return if fits { 0.75 } else { 0.0 };
    }
    let loose = one.loose || other.loose;
    let mut best = 0.0_f64;
    for (reading, against) in readings() {
        best = best.max(spellings_like(reading, against, loose));
        if one.foreign != other.foreign && !loose {
            best = best.max(sounds_like(reading, against, false).min(0.96));
        }
    }
    if loose {
        return best * trust(one).min(trust(other));
    }
    let same_sound = one.sounds.iter().any(|sound| sound.len() > 1 && other.sounds.contains(sound));
    if same_sound { best.max(0.92) } else { best }
}

/// Two spellings that differ.
fn spellings_like(one: &str, other: &str, loose: bool) -> f64 {
    if loose {
        return sounds_like(one, other, true).min(0.97);
    }
    let alike = jaro_winkler(one, other);
    let letters = one.len().max(other.len());
    if letters >= 4 && damerau_levenshtein(one, other, 1).is_some() {
        return alike.max(0.9);
    }
    // By ear, two words are never as surely one as by eye.
    drawn(alike).max(sounds_like(one, other, false).min(0.93) - 0.03)
}

/// Jaro-Winkler of strangers is around a half: only what lies above that says something.
fn drawn(alike: f64) -> f64 {
    if alike >= 0.8 { alike - (1.0 - alike) * 0.5 } else { (alike - 0.5).max(0.0) }
}

/// Of one or two consonants there are many names.
fn trust(word: &Word) -> f64 {
    match word.skeletons.iter().map(String::len).max() {
        None | Some(0 | 1) => 0.85,
        Some(2) => 0.95,
        Some(_) => 1.0,
    }
}

/// How alike two names are, in [0, 1]; symmetric, 1 for the same words in any order, 0 when one has no words.
#[must_use]
pub fn likeness(one: &Name, other: &Name) -> f64 {
    let (one, other) = (&one.words, &other.words);
    if one.is_empty() || other.is_empty() {
        return 0.0;
    }
    let mut pairs = Vec::with_capacity(one.len() * other.len());
    for (left, word) in one.iter().enumerate() {
        for (right, against) in other.iter().enumerate() {
            let alike = word_likeness(word, against);
            if alike >= ALIKE {
                pairs.push((alike, left, right));
            }
        }
    }
    // Of equal likeness, the pair of the earlier places: the same whichever name comes first.
    pairs.sort_by(|a, b| b.0.total_cmp(&a.0).then((a.1 + a.2).cmp(&(b.1 + b.2))).then(a.1.abs_diff(a.2).cmp(&b.1.abs_diff(b.2))));
    let (mut left_free, mut right_free) = (vec![true; one.len()], vec![true; other.len()]);
    let (mut alike, mut whole) = (0.0, 0.0);
    for (likeness, left, right) in pairs {
        if let (Some(first @ true), Some(second @ true)) = (left_free.get_mut(left), right_free.get_mut(right)) {
            (*first, *second) = (false, false);
            let pair = one.get(left).map_or(0.0, weight) + other.get(right).map_or(0.0, weight);
            alike += likeness * pair / 2.0;
            whole += pair / 2.0;
        }
    }
    let left_over =
        |words: &[Word], free: &[bool]| -> f64 { words.iter().zip(free).filter(|(_, free)| **free).map(|(word, _)| weight(word)).sum() };
    let (left, right) = (left_over(one, &left_free), left_over(other, &right_free));
    // What is left on both sides stands against each other; what is left on one was perhaps only not written.
    whole += left.min(right) + (left.max(right) - left.min(right)) / 3.0;
    let apart = if whole > 0.0 { alike / whole } else { 0.0 };
    // Words that one side wrote as one.
    if one.len() != other.len() && joined(one) == joined(other) { apart.max(0.97) } else { apart }
}

fn joined(words: &[Word]) -> String {
    words.iter().map(Word::folded).collect()
}

fn weight(word: &Word) -> f64 {
    if word.is_particle() {
        0.2
    } else if word.is_initial() {
        0.5
    } else {
        1.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn alike(one: &str, other: &str) -> f64 {
        likeness(&Name::new(one), &Name::new(other))
    }

    #[test]
    fn spellings_of_one_name_are_alike_and_other_names_are_not() {
        for (one, other) in [
            ("Ștefan Ionuț Țăranu", "Taranu Stefan Ionut"),
            ("Gheorghe Popescu", "Gigi Popescu"),
            ("Иван Петров", "Ivan Petrov"),
            ("محمد الحسن", "Mohammed al-Hassan"),
            ("王小明", "Xiaoming Wang"),
            ("Nguyễn Thị Mai", "Nguyen Thi Mai"),
            ("Xhemali Krasniqi", "Jemali Krasniqi"),
            ("Tsvetelina Dimitrova", "Цветелина Димитрова"),
            ("Ana-Maria Ionescu", "Anamaria Ionescu"),
            ("J. Smith", "John Smith"),
            ("Mureșan Ana", "Ana Muresna"),
        ] {
            assert!(alike(one, other) > 0.85, "{one} / {other}: {}", alike(one, other));
        }
        for (one, other) in [
            ("Ștefan Țăranu", "Ștefan Popescu"),
            ("Ivan Petrov", "Igor Sidorov"),
            ("Mohammed Ali", "Ahmed Hassan"),
            ("Ana Popescu", "Dan Ionescu"),
            ("محمد", "Ahmed Farah"),
            ("", "Ana"),
        ] {
            assert!(alike(one, other) < 0.7, "{one} / {other}: {}", alike(one, other));
        }
    }

    proptest! {
        #[test]
        fn likeness_is_symmetric_bounded_and_one_for_itself(one in "[A-Za-zșțăЖя王م .-]{0,14}", other in "[A-Za-zșțăЖя王م .-]{0,14}") {
            let (first, second) = (Name::new(&one), Name::new(&other));
            let alike = likeness(&first, &second);
            prop_assert!((0.0..=1.0 + 1e-12).contains(&alike));
            prop_assert!((alike - likeness(&second, &first)).abs() < 1e-9, "{one:?} {other:?}");
            if !first.words().is_empty() {
                prop_assert!((likeness(&first, &first) - 1.0).abs() < 1e-9);
            }
        }
    }
}
