//! How far apart two spellings sound: an edit distance over sounds, in which what respelling and other scripts change costs
//! little, and another consonant costs much.
//!
//! The weights are ours, set by hand after what registers do: a vowel is the first thing to change, `h` comes and goes,
//! voiced and unvoiced neighbours change places (`b p`, `d t`, `g k`, `s z`), and what one script cannot write another
//! guesses (`v w b`, `j zh ch`, `l r`).

/// A sound is one letter: vowels `a i u`, consonants capital; see [`Sounds::of`].
type Sound = u8;

/// No word has more sounds that count.
const MOST: usize = 64;

/// What a folded word sounds like. On the stack, for thousands are compared in one search.
#[derive(Clone, Copy)]
pub(crate) struct Sounds {
    all: [Sound; MOST],
    count: usize,
}

/// How alike two folded words sound, in [0, 1]; symmetric. With `loose`, one of the two is written in a script that leaves
/// vowels out or adds them.
pub(crate) fn sounds_like(one: &str, other: &str, loose: bool) -> f64 {
    heard_alike(&Sounds::of(one), &Sounds::of(other), loose, 0.0)
}

/// [`sounds_like`] for words whose sounds are known; 0 as soon as it is clear that they are less alike than `least`.
pub(crate) fn heard_alike(one: &Sounds, other: &Sounds, loose: bool, least: f64) -> f64 {
    let costs = if loose { &LOOSE } else { &STRICT };
    let (one, other) = (one.heard(), other.heard());
    let weigh = |sounds: &[Sound]| -> f32 { sounds.iter().map(|sound| if is_vowel(*sound) { costs.vowel } else { 1.0 }).sum() };
    let (first, second) = (weigh(one), weigh(other));
    let weight = first.max(second);
    // What is so much shorter cannot be alike.
    if weight <= 0.0 || first.min(second) < weight * 0.4 {
        return 0.0;
    }
    #[allow(clippy::cast_possible_truncation, reason = "a share of 1, to the precision of the weights")]
    let most = (1.0 - least as f32) * weight / SHARP + 1e-4;
    match distance(one, other, costs, most) {
        Some(distance) => f64::from((1.0 - SHARP * distance / weight).max(0.0)),
        None => 0.0,
    }
}

/// A word with one strange consonant in five is hardly the same word.
const SHARP: f32 = 1.2;

/// What each change costs, by sound: a table, for it is asked millions of times.
struct Costs {
    /// What a vowel weighs beside a consonant.
    vowel: f32,
    dropped: [f32; 32],
    changed: [[f32; 32]; 32],
}

static STRICT: std::sync::LazyLock<Costs> = std::sync::LazyLock::new(|| Costs::new(false));
static LOOSE: std::sync::LazyLock<Costs> = std::sync::LazyLock::new(|| Costs::new(true));

/// The place of a sound in the tables: its letter in the alphabet. The capitals A, I and U are no sounds, and digits fall
/// together with some letters, which no name minds.
fn place(sound: Sound) -> usize {
    usize::from(sound & 31)
}

impl Costs {
    fn new(loose: bool) -> Self {
        let mut costs = Self { vowel: if loose { 0.2 } else { 0.5 }, dropped: [0.9; 32], changed: [[1.0; 32]; 32] };
        let all: Vec<Sound> = b"aiu".iter().chain(b"BCDEFGHJKLMNOPQRSTVWXYZ").copied().collect();
        for sound in &all {
            costs.dropped[place(*sound)] = dropped(*sound, loose);
            for other in &all {
                costs.changed[place(*sound)][place(*other)] = changed(*sound, *other);
            }
        }
        costs
    }
}

/// The least cost of making one out of the other; none when it is more than `most`.
fn distance(one: &[Sound], other: &[Sound], costs: &Costs, most: f32) -> Option<f32> {
    let mut last = [0.0_f32; MOST + 1];
    let mut sum = 0.0;
    for (sound, slot) in other.iter().zip(last.iter_mut().skip(1)) {
        sum += costs.dropped[place(*sound)];
        *slot = sum;
    }
    for sound in one {
        let (leave, change) = (costs.dropped[place(*sound)], &costs.changed[place(*sound)]);
        let mut diagonal = last[0];
        let mut left = diagonal + leave;
        let mut least = left;
        last[0] = left;
        for (against, slot) in other.iter().zip(last.iter_mut().skip(1)) {
            let against = place(*against);
            left = (diagonal + change[against]).min(*slot + leave).min(left + costs.dropped[against]);
            diagonal = *slot;
            *slot = left;
            least = least.min(left);
        }
        if least > most {
            return None;
        }
    }
    last.get(other.len()).copied().filter(|distance| *distance <= most)
}

fn is_vowel(sound: Sound) -> bool {
    matches!(sound, b'a' | b'i' | b'u')
}

/// What it costs that one side has a sound and the other none.
fn dropped(sound: Sound, loose: bool) -> f32 {
    match sound {
        b'a' => {
            if loose {
                0.03
            } else {
                0.25
            }
        }
        b'i' | b'u' => {
            if loose {
                0.1
            } else {
                0.3
            }
        }
        b'H' => 0.15,
        b'Y' | b'W' => {
            if loose {
                0.15
            } else {
                0.3
            }
        }
        b'R' | b'N' if loose => 0.6,
        _ => 0.9,
    }
}

/// What it costs to hear one sound for another.
fn changed(one: Sound, other: Sound) -> f32 {
    // A sound that is no sound costs as a strange one.
    if one == other {
        return 0.0;
    }
    let (low, high) = (one.min(other), one.max(other));
    match (low, high) {
        (b'Y', b'i') | (b'W', b'u') | (b'J', b'Y') | (b'V', b'W') => 0.08,
        (b'C' | b'X', b'K')
        | (b'K', b'X')
        | (b'H', b'X')
        | (b'S', b'Z')
        | (b'Q', b'S')
        | (b'Q', b'Z')
        | (b'C', b'Q')
        | (b'J', b'Z')
        | (b'C', b'J')
        | (b'J', b'Q')
        | (b'G', b'J')
        | (b'G', b'K')
        | (b'B', b'P')
        | (b'D', b'T')
        | (b'F', b'V') => 0.2,
        (b'G', b'H') | (b'V', b'u') | (b'B', b'V') | (b'C', b'S') | (b'J', b'i') | (b'F', b'P') | (b'F', b'H') => 0.3,
        (b'W', b'a') | (b'Y', b'a') => 0.4,
        (b'L', b'R') | (b'S', b'T') => 0.5,
        (b'M', b'N') => 0.6,
        (b'a', b'i') | (b'a', b'u') | (b'i', b'u') => 0.25,
        _ => 1.0,
    }
}

// Vowels `a i u`; `Q` for sh, `C` for ch, `X` for kh, `Y W H` as half vowels, the rest by
// their letter. A doubled letter is one sound.
impl Sounds {
    /// The sounds of a folded word.
    pub(crate) fn of(folded: &str) -> Self {
        let letters = folded.as_bytes();
        let mut sounds = Self { all: [0; MOST], count: 0 };
        let mut at = 0;
        while at < letters.len() {
            let letter = |offset: usize| letters.get(at + offset).copied().unwrap_or(0);
            let (heard, used): (&[Sound], usize) = match (letter(0), letter(1), letter(2)) {
                (b's', b'c', b'h') | (b't', b's', b'h') => (if letter(0) == b's' { b"Q" } else { b"C" }, 3),
                (b't', b'c', b'h') | (b'd', b'z', b'h') => (if letter(0) == b't' { b"C" } else { b"J" }, 3),
                (b's', b'h' | b'z', _) => (b"Q", 2),
                (b'c', b'h' | b'z', _) => (b"C", 2),
                (b'z', b'h', _) | (b'r', b'z', _) => (b"Z", 2),
                (b'k', b'h', _) => (b"X", 2),
                (b'g', b'h', _) => (b"G", 2),
                (b'p', b'h', _) => (b"F", 2),
                (b't', b'h', _) => (b"T", 2),
                (b'd', b'h', _) => (b"D", 2),
                (b'b', b'h', _) => (b"B", 2),
                (b't', b's' | b'z', _) => (b"S", 2),
                (b'd', b'z', _) => (b"Z", 2),
                (b'c', b'k', _) => (b"K", 2),
                (b'q', b'u', _) => (b"K", 2),
                (b'x', b'h', _) | (b'd', b'j', _) | (b'g', b'j', _) => (b"J", 2),
                (b'e', b'e', _) => (b"i", 2),
                (b'o', b'o' | b'u', _) => (b"u", 2),
                (b'x', _, _) if at > 0 => (b"KS", 1),
                (b'x', _, _) => (b"S", 1),
                (b'a' | b'e', _, _) => (b"a", 1),
                (b'i', _, _) => (b"i", 1),
                (b'o' | b'u', _, _) => (b"u", 1),
                (b'y', _, _) => (b"Y", 1),
                (b'w', _, _) => (b"W", 1),
                (b'c' | b'q', _, _) => (b"K", 1),
                _ => (&[], 1),
            };
            let doubled = at > 0 && letters.get(at - 1) == letters.get(at);
            if !doubled {
                if heard.is_empty() {
                    sounds.push(&[letter(0).to_ascii_uppercase()]);
                } else {
                    sounds.push(heard);
                }
            }
            at += used;
        }
        sounds
    }

    fn push(&mut self, heard: &[Sound]) {
        for (slot, sound) in self.all.iter_mut().skip(self.count).zip(heard) {
            *slot = *sound;
            self.count += 1;
        }
    }

    fn heard(&self) -> &[Sound] {
        self.all.get(..self.count).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::sounds_like;
    use proptest::prelude::*;

    #[test]
    fn what_respelling_changes_costs_little() {
        for (one, other) in [("gjoka", "joka"), ("mateusz", "mateush"), ("katarzyna", "katazhina"), ("joussef", "yusuf")] {
            assert!(sounds_like(one, other, false) > 0.8, "{one} {other} {}", sounds_like(one, other, false));
        }
        for (without, with) in
            [("mhmd", "mohammed"), ("hsyn", "hussein"), ("mnswr", "mansour"), ("ywsf", "youssef"), ("shyrynkw", "chirinko")]
        {
            assert!(sounds_like(without, with, true) > 0.8, "{without} {with} {}", sounds_like(without, with, true));
        }
        for (one, other) in [("popa", "rosu"), ("ivan", "igor"), ("mhmd", "ahmed")] {
            assert!(sounds_like(one, other, true) < 0.75, "{one} {other} {}", sounds_like(one, other, true));
        }
    }

    proptest! {
        #[test]
        fn it_is_symmetric_and_one_for_the_same(one in "[a-z]{0,9}", other in "[a-z]{0,9}", loose in any::<bool>()) {
            let far = sounds_like(&one, &other, loose);
            prop_assert!((0.0..=1.0).contains(&far));
            prop_assert!((far - sounds_like(&other, &one, loose)).abs() < 1e-9);
            if !one.is_empty() {
                prop_assert!((sounds_like(&one, &one, loose) - 1.0).abs() < 1e-12);
            }
        }
    }
}
