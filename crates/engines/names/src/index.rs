//! Finding a name among millions, however it was spelt.
//!
//! Names share words, and words share spellings: the index keeps each different word once, under the keys of its
//! spelling, sound, consonants and one-letter neighbours (the deletion neighbourhoods of Garbe's SymSpell, 2012), and for
//! each word the names that hold it. A query looks its words up under the same keys, compares the few hundred words that
//! come back ([`crate::word_likeness()`]), gathers the names of its rarest word, and compares the best of those in full
//! ([`crate::likeness()`]).

use std::collections::{BTreeMap, HashMap};

use crate::fold::is_latin;
use crate::likeness::{likeness, word_likeness};
use crate::name::{MOST_WORDS, Name, Word, split};
use crate::spoken::{Sounds, heard_alike};
use crate::variants::{other_forms, same_name};
use crate::watch::Watch;

mod keys;

use keys::{Keys, Kind};

/// So many of the words like a query's word are followed to their names.
const WORDS_FOLLOWED: usize = 400;
/// So many names are gathered at most before they are compared word by word.
const NAMES_GATHERED: usize = 200_000;
/// Words that sound less alike than this are not compared in full.
const WORTH_COMPARING: f64 = 0.5;
/// So many names are compared in full.
const NAMES_COMPARED: usize = 300;
/// Less alike than this is not shown.
const LEAST: f64 = 0.55;
/// Progress is told after so many names.
const STEP: usize = 10_000;

/// A name that was found.
#[derive(Clone, Debug, PartialEq)]
pub struct Hit<'a> {
    /// The number that [`NameIndex::add`] gave.
    pub name: u32,
    /// As it was first written.
    pub written: &'a str,
    /// How alike it is to the query, in [0, 1].
    pub likeness: f64,
}

/// Why an index could not be made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NameIndexError {
    /// Somebody asked to stop.
    #[error("stopped after {0} names, as asked")]
    Cancelled(usize),
    /// More different names than have numbers.
    #[error("an index holds no more than 4 billion different names")]
    Full,
}

/// Names that can be searched: exact, by prefix, with a typing error, by sound, across scripts, in any order.
#[derive(Clone, Debug, Default)]
pub struct NameIndex {
    /// Every different word, folded when it is Latin and as written when it is not, with its number.
    words: BTreeMap<Box<str>, u32>,
    /// The words by number.
    spelt: Vec<Box<str>>,
    keys: Keys,
    /// Of each word, the names that hold it, in order.
    holders: Vec<Vec<u32>>,
    /// All names as they were first written, one after the other, and where each ends.
    written: String,
    ends: Vec<u64>,
    /// How often each name was added.
    counts: Vec<u32>,
    /// The words of each name by number, one name after the other, and where each ends.
    parts: Vec<u32>,
    part_ends: Vec<u32>,
    /// The number of a name by the hash of its words; names of one hash are told apart by the words.
    numbers: HashMap<u64, u32>,
}

impl NameIndex {
    /// An index of these names.
    ///
    /// # Errors
    /// [`NameIndexError::Cancelled`] when the watch says so, [`NameIndexError::Full`].
    pub fn build<'a>(names: impl IntoIterator<Item = &'a str>, watch: &dyn Watch) -> Result<Self, NameIndexError> {
        let names = names.into_iter();
        let of = names.size_hint().0 as u64;
        let mut index = Self::default();
        for (done, name) in names.enumerate() {
            if done % STEP == 0 {
                if watch.cancelled() {
                    return Err(NameIndexError::Cancelled(done));
                }
                watch.progress("names", done as u64, of);
            }
            index.add(name)?;
        }
        index.keys.settle();
        Ok(index)
    }

    /// Adds a name and gives its number. The same words in another order, in capitals or with other marks are the same name
    /// and have one number: who keeps records keeps them by it.
    ///
    /// # Errors
    /// [`NameIndexError::Full`].
    pub fn add(&mut self, written: &str) -> Result<u32, NameIndexError> {
        let mut parts = Vec::new();
        for (word, spelt) in spelt_words(written) {
            parts.push(self.word(&word, &spelt)?);
        }
        parts.sort_unstable();
        let mut hash = keys::hash_of(&parts);
        while let Some(number) = self.numbers.get(&hash) {
            if self.parts(*number) == parts {
                let number = *number;
                if let Some(count) = self.counts.get_mut(number as usize) {
                    *count = count.saturating_add(1);
                }
                return Ok(number);
            }
            hash = hash.wrapping_add(1);
        }
        let number = u32::try_from(self.ends.len()).map_err(|_| NameIndexError::Full)?;
        let end = u32::try_from(self.parts.len() + parts.len()).map_err(|_| NameIndexError::Full)?;
        self.numbers.insert(hash, number);
        self.counts.push(1);
        self.written.push_str(written);
        self.ends.push(self.written.len() as u64);
        self.parts.extend(&parts);
        self.part_ends.push(end);
        parts.dedup();
        for part in parts {
            if let Some(holders) = self.holders.get_mut(part as usize) {
                holders.push(number);
            }
        }
        Ok(number)
    }

    /// The number of a word; a new one is put under its keys.
    fn word(&mut self, word: &Word, spelt: &str) -> Result<u32, NameIndexError> {
        if let Some(id) = self.words.get(spelt) {
            return Ok(*id);
        }
        let id = u32::try_from(self.spelt.len()).map_err(|_| NameIndexError::Full)?;
        self.words.insert(spelt.into(), id);
        self.spelt.push(spelt.into());
        self.holders.push(Vec::new());
        for (kind, key) in stored_keys(word) {
            self.keys.put(kind, &key, id);
        }
        Ok(id)
    }

    /// How many different names there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether there is no name.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// A name as it was first written; empty for a number that was not given.
    #[must_use]
    pub fn written(&self, name: u32) -> &str {
        let at = name as usize;
        let end = |at: usize| self.ends.get(at).and_then(|end| usize::try_from(*end).ok());
        let begin = if at == 0 { Some(0) } else { end(at - 1) };
        begin.zip(end(at)).and_then(|(begin, end)| self.written.get(begin..end)).unwrap_or_default()
    }

    fn parts(&self, name: u32) -> &[u32] {
        let at = name as usize;
        let end = |at: usize| self.part_ends.get(at).map(|end| *end as usize);
        let begin = if at == 0 { Some(0) } else { end(at - 1) };
        begin.zip(end(at)).and_then(|(begin, end)| self.parts.get(begin..end)).unwrap_or_default()
    }

    /// Roughly how many bytes of memory the index takes.
    #[must_use]
    pub fn memory(&self) -> usize {
        let words: usize = self.spelt.iter().map(|word| 2 * word.len() + 16 + 20 + 24).sum();
        let holders: usize = self.holders.iter().map(|names| names.capacity() * 4).sum();
        let numbers = self.numbers.capacity() * 8 / 7 * 17;
        let names = self.written.capacity()
            + self.ends.capacity() * 8
            + self.parts.capacity() * 4
            + self.part_ends.capacity() * 4
            + self.counts.capacity() * 4;
        words + holders + numbers + names + self.keys.memory()
    }

    /// The names most like the query, best first; of those that are alike within a fiftieth, the more frequent first: a
    /// spelling that many wrote is sooner meant than one that was mistyped once. The last word of the query
    /// may be only the beginning of a word.
    #[must_use]
    pub fn search(&self, query: &str, most: usize) -> Vec<Hit<'_>> {
        let name = Name::new(query);
        let counted: Vec<&Word> = name.words.iter().filter(|word| !word.is_particle() && !word.is_initial()).collect();
        let counted = if counted.is_empty() { name.words.iter().collect() } else { counted };
        let last = counted.len().saturating_sub(1);
        let mut like: Vec<HashMap<u32, f64>> = counted.iter().enumerate().map(|(at, word)| self.words_like(word, at == last)).collect();
        // The rarest word first: it has the fewest names to look at.
        like.retain(|words| !words.is_empty());
        like.sort_by_key(|words| words.keys().filter_map(|word| self.holders.get(*word as usize)).map(Vec::len).sum::<usize>());
        let Some(rarest) = like.first() else { return Vec::new() };
        let mut followed: Vec<(u32, f64)> = rarest.iter().map(|(word, likeness)| (*word, *likeness)).collect();
        followed.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        let mut gathered: Vec<u32> = Vec::new();
        for (word, _) in followed {
            if gathered.len() < NAMES_GATHERED {
                gathered.extend(self.holders.get(word as usize).into_iter().flatten());
            }
        }
        gathered.sort_unstable();
        gathered.dedup();
        let mut rough: Vec<(f64, u32)> = gathered.into_iter().map(|number| (self.rough(number, &like), number)).collect();
        let best = |a: &(f64, u32), b: &(f64, u32)| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1));
        if rough.len() > NAMES_COMPARED {
            rough.select_nth_unstable_by(NAMES_COMPARED, best);
            rough.truncate(NAMES_COMPARED);
        }
        let mut hits: Vec<Hit<'_>> = rough
            .into_iter()
            .map(|(rough, number)| {
                let written = self.written(number);
                // A beginning of a word is like its word as far as it goes, which comparing in full cannot know.
                Hit { name: number, written, likeness: likeness(&name, &Name::new(written)).max((rough - 0.1).min(0.89)) }
            })
            .filter(|hit| hit.likeness >= LEAST)
            .collect();
        let count = |hit: &Hit<'_>| self.counts.get(hit.name as usize).copied().unwrap_or_default();
        let step = |hit: &Hit<'_>| (hit.likeness * 50.0).floor();
        hits.sort_by(|a, b| {
            let order = step(b).total_cmp(&step(a)).then_with(|| count(b).cmp(&count(a)));
            order.then_with(|| b.likeness.total_cmp(&a.likeness)).then_with(|| a.written.cmp(b.written))
        });
        hits.truncate(most);
        hits
    }

    /// How much of the query a name holds, by its words alone.
    fn rough(&self, number: u32, like: &[HashMap<u32, f64>]) -> f64 {
        let parts = self.parts(number);
        let held: f64 =
            like.iter().map(|words| parts.iter().filter_map(|part| words.get(part)).fold(0.0_f64, |best, each| best.max(*each))).sum();
        let (asked, has) = (like.len() as f64, parts.len() as f64);
        held / (asked + (has - asked).max(0.0) * 0.1)
    }

    /// The words of the index that may be this word of a query, and how alike they are.
    fn words_like(&self, word: &Word, may_go_on: bool) -> HashMap<u32, f64> {
        let mut found: Vec<u32> = Vec::new();
        for (kind, key) in asked_keys(word) {
            self.keys.get(kind, &key, &mut found);
        }
        found.sort_unstable();
        found.dedup();
        let heard: Vec<Sounds> = word.readings.iter().take(2).map(|reading| Sounds::of(reading)).collect();
        let mut like: Vec<(u32, f64)> = found
            .into_iter()
            .filter_map(|id| {
                let spelt: &str = self.spelt.get(id as usize)?;
                // Most that share a key sound too far apart; only the rest is worth taking apart in full. Another script may
                // be read in several ways, and another form sounds like nothing.
                let far = spelt.is_ascii() && spelt.len() > 4 && {
                    let against = Sounds::of(spelt);
                    heard.iter().all(|heard| heard_alike(heard, &against, word.loose, WORTH_COMPARING) < WORTH_COMPARING)
                        && !same_name(word.folded(), spelt)
                };
                if far {
                    return None;
                }
                let alike = word_likeness(word, &Word::new(spelt)?);
                (alike >= 0.7).then_some((id, alike))
            })
            .collect();
        if may_go_on && word.folded().len() >= 3 && !word.foreign {
            let begins = word.folded();
            let range = self.words.range::<str, _>((std::ops::Bound::Included(begins), std::ops::Bound::Unbounded));
            let prefixed = range.take_while(|(spelt, _)| spelt.starts_with(begins)).take(WORDS_FOLLOWED).map(|(_, id)| (*id, 0.9));
            like.extend(prefixed);
        }
        like.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        like.truncate(WORDS_FOLLOWED);
        let mut words = HashMap::with_capacity(like.len());
        for (id, alike) in like {
            words.entry(id).or_insert(alike);
        }
        words
    }
}

/// The words of a name with how the index spells them: folded when Latin, as written when not, so that nothing of another
/// script is lost by one way of reading it.
fn spelt_words(written: &str) -> Vec<(Word, String)> {
    let spelt = |written: &str, word: &Word| {
        let latin = written.chars().all(|sign| is_latin(sign) || !sign.is_alphanumeric());
        if latin {
            return word.folded().to_owned();
        }
        // A few capitals have a small letter that is read in another way: those stay as they are, or nothing would find them.
        let small = written.to_lowercase();
        if Word::new(&small).is_some_and(|read| read.readings == word.readings) { small } else { written.to_owned() }
    };
    split(written)
        .filter_map(|written| {
            let word = Word::new(&written)?;
            let spelt = spelt(&written, &word);
            Some((word, spelt))
        })
        .take(MOST_WORDS)
        .collect()
}

/// The keys under which a word is found.
fn stored_keys(word: &Word) -> Vec<(Kind, String)> {
    let mut keys: Vec<(Kind, String)> = word.sounds.iter().map(|sound| (Kind::Sound, sound.clone())).collect();
    keys.extend(word.sounds.iter().flat_map(|sound| shortened(sound)).map(|shorter| (Kind::Sound, shorter)));
    for skeleton in &word.skeletons {
        let kind = if word.foreign { Kind::Foreign } else { Kind::Consonants };
        keys.push((kind, skeleton.clone()));
        keys.extend(shortened(skeleton).map(|shorter| (kind, shorter)));
    }
    for reading in &word.readings {
        keys.push((Kind::Neighbour, reading.clone()));
        keys.extend(shortened(reading).map(|shorter| (Kind::Neighbour, shorter)));
    }
    if let Some(first) = word.folded().get(..1).filter(|_| word.is_initial()) {
        keys.push((Kind::Initial, first.to_owned()));
    }
    keys
}

/// The keys under which the words like this one are.
fn asked_keys(word: &Word) -> Vec<(Kind, String)> {
    let mut keys: Vec<(Kind, String)> = word.sounds.iter().map(|sound| (Kind::Sound, sound.clone())).collect();
    keys.extend(word.sounds.iter().flat_map(|sound| shortened(sound)).map(|shorter| (Kind::Sound, shorter)));
    let kinds = if word.foreign { &[Kind::Consonants, Kind::Foreign][..] } else { &[Kind::Foreign] };
    for (kind, skeleton) in kinds.iter().flat_map(|kind| word.skeletons.iter().map(move |skeleton| (kind, skeleton))) {
        keys.push((*kind, skeleton.clone()));
        keys.extend(shortened(skeleton).map(|shorter| (*kind, shorter)));
    }
    for reading in &word.readings {
        keys.push((Kind::Neighbour, reading.clone()));
        keys.extend(shortened(reading).map(|shorter| (Kind::Neighbour, shorter)));
    }
    keys.extend(other_forms(word.folded()).map(|form| (Kind::Neighbour, form.to_owned())));
    keys
}

/// A word with one letter left out, each once: two words one edit apart share such a shortening, or one is the other's.
fn shortened(word: &str) -> impl Iterator<Item = String> + '_ {
    const LONGEST: usize = 24;
    let letters = if (3..=LONGEST).contains(&word.len()) && word.is_ascii() { word.len() } else { 0 };
    let doubled = |at: usize| at > 0 && word.as_bytes().get(at) == word.as_bytes().get(at - 1);
    (0..letters).filter(move |at| !doubled(*at)).map(|at| {
        let mut shorter = word.to_owned();
        shorter.remove(at);
        shorter
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::watch::Unwatched;
    use proptest::prelude::*;

    fn index(names: &[&str]) -> NameIndex {
        NameIndex::build(names.iter().copied(), &Unwatched).unwrap()
    }

    fn first(index: &NameIndex, query: &str) -> String {
        index.search(query, 10).first().map(|hit| hit.written.to_owned()).unwrap_or_default()
    }

    const NAMES: [&str; 12] = [
        "Ștefan Ionuț Țăranu",
        "Gheorghe Popescu",
        "Иван Петров",
        "محمد الحسن",
        "王小明",
        "Nguyễn Thị Mai",
        "Xhemali Krasniqi",
        "Цветелина Димитрова",
        "John Smith",
        "Ana Mureșan",
        "Ana Maria Ionescu",
        "Oluwaseun Adeyemi",
    ];

    #[test]
    fn a_name_is_found_whatever_the_spelling_script_or_order() {
        let index = index(&NAMES);
        for (query, wanted) in [
            ("Taranu Stefan", 0),
            ("Popescu Gigi", 1),
            ("Gheorge Popescu", 1),
            ("Ivan Petrov", 2),
            ("Mohammed Al-Hassan", 3),
            ("Xiaoming Wang", 4),
            ("Mai Nguyen", 5),
            ("Jemali Krasniqi", 6),
            ("Tsvetelina Dimitrova", 7),
            ("Smith, J.", 8),
            ("Muresna Ana", 9),
            ("Ionescu Ana-M", 10),
            ("Seun Adeyemi", 11),
            ("Adey", 11),
        ] {
            assert_eq!(first(&index, query), NAMES[wanted], "{query}");
        }
        assert!(index.search("Zbigniew Brzeczyszczykiewicz", 10).is_empty());
        assert!(index.search("", 10).is_empty() && index.search("…", 10).is_empty());
    }

    #[test]
    fn one_name_has_one_number_whatever_its_order_capitals_and_marks() {
        let mut index = NameIndex::default();
        for same in ["Ana Pop", "ANA POP", "Pop, Ană"] {
            assert_eq!(index.add(same).unwrap(), 0);
        }
        for (number, other) in [(1, "Ana Popa"), (2, "Ana Ana Pop"), (3, "Ана Pop"), (4, "…")] {
            assert_eq!(index.add(other).unwrap(), number);
        }
        assert_eq!((index.len(), index.written(0), index.written(9)), (5, "Ana Pop", ""));
    }

    #[test]
    fn a_build_that_is_stopped_says_where() {
        struct Stop;
        impl Watch for Stop {
            fn progress(&self, _: &'static str, _: u64, _: u64) {}
            fn cancelled(&self) -> bool {
                true
            }
        }
        assert_eq!(NameIndex::build(["Ana"], &Stop).unwrap_err(), NameIndexError::Cancelled(0));
    }

    proptest! {
        /// A name that is in the index is found by itself, however it was built.
        #[test]
        fn whatever_was_added_is_found(names in prop::collection::vec("[A-ZȘa-zăț]{2,7}( [A-Za-zж王مح]{2,7}){0,2}", 1..20)) {
            let built = NameIndex::build(names.iter().map(String::as_str), &Unwatched).unwrap();
            let mut grown = NameIndex::default();
            for name in &names {
                grown.add(name).unwrap();
            }
            for name in &names {
                let hits = built.search(name, 20);
                let number = grown.clone().add(name).unwrap();
                prop_assert!(hits.iter().any(|hit| hit.name == number), "{name}: {hits:?}");
                prop_assert_eq!(hits, grown.search(name, 20));
            }
        }
    }
}
