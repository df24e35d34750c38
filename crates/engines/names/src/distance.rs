//! How far apart two short byte strings are.

/// Jaro-Winkler similarity in [0, 1] with the usual scaling 0.1 for up to four common first letters (Winkler 1990). Two
/// empty strings are alike.
#[must_use]
pub fn jaro_winkler(one: &str, other: &str) -> f64 {
    let jaro = jaro(one.as_bytes(), other.as_bytes());
    let prefix = one.bytes().zip(other.bytes()).take(4).take_while(|(a, b)| a == b).count();
    jaro + small(prefix) * 0.1 * (1.0 - jaro)
}

/// No word has more letters; texts may.
const SHORT: usize = 64;

fn jaro(one: &[u8], other: &[u8]) -> f64 {
    if one == other {
        return 1.0;
    }
    if one.is_empty() || other.is_empty() {
        return 0.0;
    }
    // The shorter first: the same pairs whichever way round, so that likeness is symmetric.
    let (one, other) = if (one.len(), one) <= (other.len(), other) { (one, other) } else { (other, one) };
    let window = (other.len() / 2).saturating_sub(1);
    // Words are short: only a long text needs room of its own.
    let (mut near, mut near_matched) = ([false; SHORT], [0; SHORT]);
    let (mut far, mut far_matched);
    let (taken, matched): (&mut [bool], &mut [u8]) = match (near.get_mut(..other.len()), near_matched.get_mut(..one.len())) {
        (Some(taken), Some(matched)) => (taken, matched),
        _ => {
            (far, far_matched) = (vec![false; other.len()], vec![0; one.len()]);
            (&mut far, &mut far_matched)
        }
    };
    let mut found = 0;
    for (at, letter) in one.iter().enumerate() {
        let (from, to) = (at.saturating_sub(window), (at + window + 1).min(other.len()));
        for (place, candidate) in other.iter().enumerate().take(to).skip(from) {
            if candidate == letter && taken.get(place) == Some(&false) {
                if let Some(slot) = taken.get_mut(place) {
                    *slot = true;
                }
                if let Some(slot) = matched.get_mut(found) {
                    *slot = *letter;
                }
                found += 1;
                break;
            }
        }
    }
    if found == 0 {
        return 0.0;
    }
    let there = other.iter().zip(&*taken).filter(|(_, taken)| **taken).map(|(letter, _)| letter);
    let moved = matched.iter().take(found).zip(there).filter(|(a, b)| a != b).count() / 2;
    let count = small(found);
    (count / small(one.len()) + count / small(other.len()) + (count - small(moved)) / count) / 3.0
}

/// Edit distance with swaps of neighbours (optimal string alignment); `None` when it is more than `most`.
#[must_use]
pub fn damerau_levenshtein(one: &str, other: &str, most: usize) -> Option<usize> {
    let (one, other) = (one.as_bytes(), other.as_bytes());
    if one.len().abs_diff(other.len()) > most {
        return None;
    }
    if most <= 1 {
        return at_most_one(one, other).filter(|distance| *distance <= most);
    }
    let width = other.len() + 1;
    let mut before_last = vec![0; width];
    let mut last: Vec<usize> = (0..width).collect();
    let mut row = vec![0; width];
    for (at, letter) in one.iter().enumerate() {
        let mut least = at + 1;
        set(&mut row, 0, at + 1);
        for (place, other_letter) in other.iter().enumerate() {
            let change = get(&last, place) + usize::from(letter != other_letter);
            let mut cost = change.min(get(&last, place + 1) + 1).min(get(&row, place) + 1);
            let swapped = at > 0 && place > 0 && one.get(at - 1) == Some(other_letter) && other.get(place - 1) == Some(letter);
            if swapped {
                cost = cost.min(get(&before_last, place - 1) + 1);
            }
            set(&mut row, place + 1, cost);
            least = least.min(cost);
        }
        if least > most {
            return None;
        }
        std::mem::swap(&mut before_last, &mut last);
        std::mem::swap(&mut last, &mut row);
    }
    Some(get(&last, other.len())).filter(|distance| *distance <= most)
}

/// The distance when it is 0 or 1: what differs lies between the common beginning and the common end.
fn at_most_one(one: &[u8], other: &[u8]) -> Option<usize> {
    let begin = one.iter().zip(other).take_while(|(a, b)| a == b).count();
    let (one, other) = (one.get(begin..)?, other.get(begin..)?);
    let end = one.iter().rev().zip(other.iter().rev()).take_while(|(a, b)| a == b).count();
    match (one.get(..one.len() - end)?, other.get(..other.len() - end)?) {
        ([], []) => Some(0),
        ([_], [] | [_]) | ([], [_]) => Some(1),
        ([a, b], [c, d]) if (a, b) == (d, c) => Some(1),
        _ => None,
    }
}

fn get(row: &[usize], at: usize) -> usize {
    row.get(at).copied().unwrap_or(usize::MAX / 2)
}

fn set(row: &mut [usize], at: usize, value: usize) {
    if let Some(slot) = row.get_mut(at) {
        *slot = value;
    }
}

/// A length as a float; no word is so long that this would lose anything.
fn small(length: usize) -> f64 {
    u32::try_from(length).map_or(f64::from(u32::MAX), f64::from)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Values of Winkler's own table (1990), to three places.
    #[test]
    fn jaro_winkler_is_as_published() {
        for (one, other, wanted) in [
            ("shackleford", "shackelford", 0.982),
            ("dunningham", "cunnigham", 0.896),
            ("nichleson", "nichulson", 0.956),
            ("jones", "johnson", 0.832),
            ("abroms", "abrams", 0.922),
            ("martha", "marhta", 0.961),
            ("dwayne", "duane", 0.840),
            ("dixon", "dicksonx", 0.813),
        ] {
            assert!((jaro_winkler(one, other) - wanted).abs() < 0.0006, "{one} {other}: {}", jaro_winkler(one, other));
        }
    }

    #[test]
    fn a_swap_of_neighbours_is_one_edit() {
        assert_eq!(damerau_levenshtein("stefan", "setfan", 2), Some(1));
        assert_eq!(damerau_levenshtein("stefan", "stefan", 0), Some(0));
        assert_eq!(damerau_levenshtein("stefan", "stefania", 1), None);
        assert_eq!(damerau_levenshtein("", "ab", 2), Some(2));
    }

    proptest! {
        /// Long texts take another way through memory, not another way to count.
        #[test]
        fn what_is_long_is_compared_as_what_is_short(one in "[a-c]{0,9}", other in "[a-c]{0,9}") {
            let long = "x".repeat(SHORT);
            let (first, second) = (format!("{long}{one}"), format!("{long}{other}"));
            prop_assert_eq!(damerau_levenshtein(&first, &second, 9), damerau_levenshtein(&one, &other, 9));
            prop_assert_eq!(jaro_winkler(&first, &second) > 0.999_999, one == other);
        }

        #[test]
        fn distances_are_symmetric_and_bounded(one in "[a-e]{0,9}", other in "[a-e]{0,9}") {
            prop_assert_eq!(jaro_winkler(&one, &other), jaro_winkler(&other, &one));
            prop_assert!((0.0..=1.0).contains(&jaro_winkler(&one, &other)));
            let far = damerau_levenshtein(&one, &other, 20).unwrap();
            prop_assert_eq!(Some(far), damerau_levenshtein(&other, &one, 20));
            prop_assert_eq!(far == 0, one == other);
            for most in 0..10 {
                prop_assert_eq!(damerau_levenshtein(&one, &other, most), (far <= most).then_some(far));
            }
        }
    }
}
