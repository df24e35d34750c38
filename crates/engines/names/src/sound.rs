//! Keys under which spellings of one name meet, whatever language respelt it.
//!
//! The classic keys (Soundex, Metaphone) hear English. These hear what respelling changes in the names of many languages:
//! `c k q ch` are one sound, `s z sh zh ts x` one, `f v w ph` one, `i y j xh dj` one, vowels three, and `h` counts only at
//! the beginning. They are for finding; how alike two words are is for [`crate::word_likeness()`] to say.

/// The key of a folded word ([`crate::fold()`]): capital letters, one a sound, none twice in a row. Empty for an empty word.
#[must_use]
pub fn sound(folded: &str) -> String {
    key(folded, true)
}

/// The consonants of a folded word, as Arabic and Hebrew write them: the key under which محمد and Mohammed meet. `w` and
/// `y` are vowels there as often as not, and fall away with `h`; `p` is written `b`.
#[must_use]
pub fn skeleton(folded: &str) -> String {
    key(folded, false)
}

fn key(folded: &str, with_vowels: bool) -> String {
    let letters = folded.as_bytes();
    let mut key = String::with_capacity(letters.len());
    let mut at = 0;
    // A letter doubled in writing is one sound; the same sound on both sides of a vowel is two.
    let mut fresh = true;
    while let Some(letter) = letters.get(at) {
        let (sign, used) = sound_at(letters, at, with_vowels);
        let doubled = at > 0 && letters.get(at - 1) == Some(letter);
        at += used;
        match sign {
            Some(sign) if with_vowels => {
                if !key.ends_with(sign) {
                    key.push(sign);
                }
            }
            Some(sign) => {
                if !(key.ends_with(sign) && (doubled || !fresh)) {
                    key.push(sign);
                }
                fresh = false;
            }
            None => fresh = true,
        }
    }
    key
}

/// The sound at a place, and how many letters it takes.
fn sound_at(letters: &[u8], at: usize, with_vowels: bool) -> (Option<char>, usize) {
    let letter = |offset: usize| letters.get(at + offset).copied().unwrap_or(0);
    let vowel = |sign| if with_vowels { Some(sign) } else { None };
    let digraph = match (letter(0), letter(1)) {
        (b's', b'c') if letter(2) == b'h' => Some((Some('S'), 3)),
        (b'd', b'z') if letter(2) == b'h' => Some((Some('J'), 3)),
        (b't', b's' | b'z') => Some((Some('S'), 2)),
        (b's', b'h' | b'z') | (b'z', b'h') | (b'd', b'z') => Some((Some('S'), 2)),
        (b'c', b'h' | b'k' | b'z') | (b'k', b'h') | (b'q', b'u') => Some((Some('K'), 2)),
        (b'p', b'h') => Some((Some('F'), 2)),
        (b't', b'h') => Some((Some('T'), 2)),
        (b'd', b'h') => Some((Some('D'), 2)),
        (b'g', b'h') => Some((Some('G'), 2)),
        (b'b', b'h') => Some((Some('B'), 2)),
        (b'x', b'h') | (b'd', b'j') | (b'g', b'j') => Some((Some('J'), 2)),
        (b'e', b'e') => Some((vowel('I'), 2)),
        (b'o', b'u' | b'o') => Some((vowel('U'), 2)),
        _ => None,
    };
    let (sign, used) = digraph.unwrap_or_else(|| {
        let sign = match letter(0) {
            b'a' | b'e' => vowel('A'),
            b'i' | b'y' => vowel('I'),
            b'o' | b'u' => vowel('U'),
            b'w' if with_vowels => Some('F'),
            b'w' => None,
            b'h' if with_vowels && at == 0 => Some('H'),
            b'h' => None,
            b'j' => Some('J'),
            b'c' | b'k' | b'q' => Some('K'),
            b's' | b'z' | b'x' => Some('S'),
            b'f' | b'v' => Some('F'),
            b'p' if with_vowels => Some('P'),
            b'b' | b'p' => Some('B'),
            b'd' => Some('D'),
            b'g' => Some('G'),
            b'l' => Some('L'),
            b'm' => Some('M'),
            b'n' => Some('N'),
            b'r' => Some('R'),
            b't' => Some('T'),
            digit => Some(char::from(digit)),
        };
        (sign, 1)
    });
    // j is the y of half of Europe, and the zh of the other half; without vowels the latter is all that is written.
    let j = if with_vowels { 'I' } else { 'S' };
    (if sign == Some('J') { Some(j) } else { sign }, used)
}

#[cfg(test)]
mod tests {
    use super::{skeleton, sound};

    #[test]
    fn respellings_of_one_name_share_a_key() {
        for group in [
            &["gheorghe", "gheorge", "georghe"][..],
            &["xhemali", "jemali", "dzhemali", "djemali"],
            &["mohammed", "mohamed", "muhammad", "muhamed"],
            &["tsvetelina", "zwetelina", "zvetelina"],
            &["zhivko", "zivko"],
            &["philip", "filip"],
            &["jan", "yan"],
            &["katerina", "catherina", "katherina"],
            &["joussef", "yussef", "yusef"],
        ] {
            let keys: Vec<String> = group.iter().map(|word| sound(word)).collect();
            assert!(keys.iter().all(|key| *key == keys[0]), "{group:?}: {keys:?}");
        }
    }

    #[test]
    fn other_names_have_other_keys() {
        for (one, other) in [("maria", "marta"), ("ana", "ina"), ("popa", "pop"), ("dan", "tan"), ("mihai", "nihai")] {
            assert_ne!(sound(one), sound(other));
        }
    }

    #[test]
    fn writing_without_vowels_meets_writing_with_them() {
        for (without, with) in [("mhmd", "mohammed"), ("prts", "peretz"), ("khald", "khaled"), ("wlyd", "walid"), ("snan", "sinan")] {
            assert_eq!(skeleton(without), skeleton(with), "{with}");
        }
        assert_eq!(skeleton("ali"), "L");
        assert_eq!(skeleton(""), "");
    }
}
