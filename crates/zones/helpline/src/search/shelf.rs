//! The index of what one team's contacts say, in memory: for each word and each fact the contacts in which it stands, and in
//! which part. A contact that changed gets a new number; its old one is struck out.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::ops::Bound;

use uuid::Uuid;

use plainsight_names::{jaro_winkler, other_forms, sound};

use crate::case::Decision;
use crate::reference;
use crate::search::query::{Query, Term};
use crate::search::said::{Fact, Part, Said};

/// Below it two words that sound alike are two words: "wash" and "phase".
const LIKE: f64 = 0.78;
/// So many struck out contacts, and one for eight living ones, are left until they are swept.
const FEW_STRUCK_OUT: usize = 64;
/// An index of so many contacts is swept in some tenths of a second.
const SWEPT_AT_ONCE: usize = 50_000;
/// Shorter words are not looked for by their beginning or sound: too much begins with "a".
const SHORT: usize = 3;
/// A number in more contacts than this is nobody's own.
const MANY: usize = 25;
/// The bits of a posting that say in which parts a word stands; the rest is the number of the contact.
const PARTS: u32 = 6;

/// A set of numbers, a bit each.
#[derive(Clone, Default)]
pub(crate) struct Numbers(Vec<u64>);

impl Numbers {
    fn insert(&mut self, number: u32) {
        let (slot, bit) = (number as usize / 64, number % 64);
        if slot >= self.0.len() {
            self.0.resize(slot + 1, 0);
        }
        if let Some(bits) = self.0.get_mut(slot) {
            *bits |= 1 << bit;
        }
    }

    pub(crate) fn contains(&self, number: u32) -> bool {
        self.0.get(number as usize / 64).is_some_and(|bits| bits & (1 << (number % 64)) != 0)
    }

    fn remove(&mut self, number: u32) {
        if let Some(bits) = self.0.get_mut(number as usize / 64) {
            *bits &= !(1 << (number % 64));
        }
    }

    fn keep(&mut self, other: &Self) {
        self.0.truncate(other.0.len());
        for (bits, others) in self.0.iter_mut().zip(&other.0) {
            *bits &= others;
        }
    }

    fn iter(&self) -> impl Iterator<Item = u32> + '_ {
        (0..).zip(&self.0).flat_map(|(slot, bits): (u32, &u64)| {
            let mut left = *bits;
            std::iter::from_fn(move || {
                let bit = (left != 0).then(|| left.trailing_zeros())?;
                left &= left - 1;
                Some(slot * 64 + bit)
            })
        })
    }
}

/// How a term was found in a contact.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum How {
    /// As it was typed.
    Exactly,
    /// In a word that begins with it.
    Beginning,
    /// In another spelling of it.
    Sounding,
}

/// Why a contact was found: for each term, how and in which parts.
pub(crate) type Why = Vec<(How, u8)>;

/// What a query finds. Whoever has one term only in another spelling stands behind those who have it as it was typed.
#[derive(Default)]
pub(crate) struct Hits {
    pub(crate) close: Vec<Uuid>,
    pub(crate) sounding: Vec<Uuid>,
}

#[derive(Default)]
pub(crate) struct Shelf {
    /// Number -> contact.
    contacts: Vec<Uuid>,
    alive: Numbers,
    /// Contact -> its number, and the mark of what was read.
    numbers: HashMap<Uuid, (u32, u64)>,
    words: BTreeMap<Box<str>, u32>,
    /// By the number of the word: the contacts in which it stands, in the order of their numbers.
    postings: Vec<Vec<u32>>,
    spelt: Vec<Box<str>>,
    sounds: HashMap<Box<str>, Vec<u32>>,
    facts: HashMap<Fact, Vec<u32>>,
    children: HashSet<Uuid>,
    complaints: HashSet<Uuid>,
    /// Cases that are requests about data, not answered yet.
    asked: HashSet<Uuid>,
    /// Contact -> how many reports it holds of somebody who brings news of others.
    reports: HashMap<Uuid, usize>,
    /// Of cases.
    titles: HashMap<Uuid, Box<str>>,
    /// Contact -> the cases that it is in.
    cases: HashMap<Uuid, BTreeSet<Uuid>>,
    /// What was decided last, of contacts and cases.
    decisions: HashMap<Uuid, Decision>,
}

impl Shelf {
    pub(crate) fn title(&self, case: Uuid) -> Option<&str> {
        self.titles.get(&case).map(AsRef::as_ref)
    }

    pub(crate) fn len(&self) -> usize {
        self.numbers.len()
    }

    /// Whether what this mark stands for was read already.
    pub(crate) fn holds(&self, contact: Uuid, mark: u64) -> bool {
        self.numbers.get(&contact).is_some_and(|(_, read)| *read == mark)
    }

    pub(crate) fn child(&self, contact: Uuid) -> bool {
        self.children.contains(&contact)
    }

    pub(crate) fn complaint(&self, contact: Uuid) -> bool {
        self.complaints.contains(&contact)
    }

    pub(crate) fn asked(&self, case: Uuid) -> bool {
        self.asked.contains(&case)
    }

    pub(crate) fn decision(&self, folder: Uuid) -> Option<Decision> {
        self.decisions.get(&folder).copied()
    }

    pub(crate) fn cases(&self, contact: Uuid) -> Option<&BTreeSet<Uuid>> {
        self.cases.get(&contact)
    }

    /// Puts in what a contact says, in the place of what it said before.
    pub(crate) fn put(&mut self, contact: Uuid, mark: u64, said: &Said) {
        self.remove(contact);
        let Ok(number) = u32::try_from(self.contacts.len()) else { return };
        if number >= 1 << (32 - PARTS) {
            return;
        }
        self.contacts.push(contact);
        self.alive.insert(number);
        self.numbers.insert(contact, (number, mark));
        for (word, parts) in &said.words {
            let id = self.word(word);
            if let Some(postings) = self.postings.get_mut(id as usize) {
                postings.push(number << PARTS | u32::from(*parts));
            }
        }
        for (fact, parts) in &said.facts {
            self.facts.entry(fact.clone()).or_default().push(number << PARTS | u32::from(*parts));
        }
        if said.child {
            self.children.insert(contact);
        }
        if said.complaint {
            self.complaints.insert(contact);
        }
        if said.asked {
            self.asked.insert(contact);
        }
        if said.reports > 0 {
            self.reports.insert(contact, said.reports);
        }
        if !said.cases.is_empty() {
            self.cases.insert(contact, said.cases.clone());
        }
        if let Some(decision) = said.decision {
            self.decisions.insert(contact, decision);
        }
        if let Some(title) = &said.title {
            self.titles.insert(contact, title.as_str().into());
        }
        if self.contacts.len() > FEW_STRUCK_OUT + self.numbers.len() + self.numbers.len() / 8 {
            self.sweep();
        }
    }

    pub(crate) fn remove(&mut self, contact: Uuid) {
        if let Some((number, _)) = self.numbers.remove(&contact) {
            self.alive.remove(number);
        }
        self.children.remove(&contact);
        self.complaints.remove(&contact);
        self.asked.remove(&contact);
        self.reports.remove(&contact);
        self.titles.remove(&contact);
        self.cases.remove(&contact);
        self.decisions.remove(&contact);
    }

    /// Something was erased: its words are forgotten now, where that does not keep others waiting.
    pub(crate) fn forget_soon(&mut self) {
        if self.contacts.len() < SWEPT_AT_ONCE {
            self.sweep();
        }
    }

    fn word(&mut self, word: &str) -> u32 {
        if let Some(id) = self.words.get(word) {
            return *id;
        }
        let id = u32::try_from(self.postings.len()).unwrap_or(u32::MAX);
        self.words.insert(word.into(), id);
        self.postings.push(Vec::new());
        self.spelt.push(word.into());
        if is_name_like(word) {
            self.sounds.entry(sound(word).into()).or_default().push(id);
        }
        id
    }

    /// Gives the living new numbers, without gaps, and forgets what was struck out.
    fn sweep(&mut self) {
        let mut renumbered = vec![u32::MAX; self.contacts.len()];
        let mut contacts = Vec::with_capacity(self.numbers.len());
        for (old, new) in self.alive.iter().zip(0_u32..) {
            if let (Some(contact), Some(place)) = (self.contacts.get(old as usize), renumbered.get_mut(old as usize)) {
                contacts.push(*contact);
                *place = new;
            }
        }
        let renumber = |postings: &mut Vec<u32>| {
            postings.retain_mut(|posting| {
                let new = renumbered.get((*posting >> PARTS) as usize).copied().unwrap_or(u32::MAX);
                *posting = new.wrapping_shl(PARTS) | *posting & ((1 << PARTS) - 1);
                new != u32::MAX
            });
            postings.shrink_to_fit();
        };
        self.postings.iter_mut().for_each(renumber);
        self.forget_words();
        self.facts.values_mut().for_each(renumber);
        self.facts.retain(|_, postings| !postings.is_empty());
        for (number, _) in self.numbers.values_mut() {
            *number = renumbered.get(*number as usize).copied().unwrap_or(u32::MAX);
        }
        self.alive = Numbers::default();
        for number in (0_u32..).take(contacts.len()) {
            self.alive.insert(number);
        }
        self.contacts = contacts;
    }

    /// Forgets the words that stand in no contact any more: a name that was erased must not stay.
    fn forget_words(&mut self) {
        let (mut postings, mut spelt) = (Vec::new(), Vec::new());
        self.sounds.clear();
        self.words.retain(|word, id| {
            let old = self.postings.get_mut(*id as usize).map(std::mem::take).unwrap_or_default();
            *id = u32::try_from(postings.len()).unwrap_or(u32::MAX);
            let stays = !old.is_empty();
            if stays {
                if is_name_like(word) {
                    self.sounds.entry(sound(word).into()).or_default().push(*id);
                }
                postings.push(old);
                spelt.push(word.clone());
            }
            stays
        });
        self.postings = postings;
        self.spelt = spelt;
    }

    /// The contacts in which every term stands.
    pub(crate) fn find(&self, query: &Query) -> Hits {
        let (mut close, mut sounding) = (Vec::new(), Vec::new());
        if !query.is_empty() {
            let mut all = self.alive.clone();
            let mut near = self.alive.clone();
            for term in &query.terms {
                let mut numbers = Numbers::default();
                self.each_posting(term, &mut |how, posting| {
                    if how < How::Sounding {
                        numbers.insert(posting >> PARTS);
                    }
                });
                near.keep(&numbers);
                self.each_posting(term, &mut |how, posting| {
                    if how == How::Sounding {
                        numbers.insert(posting >> PARTS);
                    }
                });
                all.keep(&numbers);
            }
            for number in all.iter() {
                let Some(contact) = self.contacts.get(number as usize) else { continue };
                if near.contains(number) {
                    close.push(*contact)
                } else {
                    sounding.push(*contact)
                };
            }
        }
        if let Some(bits) = query.reference {
            let referred: Vec<Uuid> = self.numbers.keys().copied().filter(|contact| reference::bits_of(*contact) == bits).collect();
            sounding.retain(|contact| !referred.contains(contact));
            close.retain(|contact| !referred.contains(contact));
            close.extend(referred);
        }
        Hits { close, sounding }
    }

    /// How and where each term stands in a contact; `None` for a term that does not.
    pub(crate) fn why(&self, query: &Query, contact: Uuid) -> Option<Why> {
        let (number, _) = self.numbers.get(&contact)?;
        query
            .terms
            .iter()
            .map(|term| {
                let mut best: Option<(How, u8)> = None;
                self.each_word(term, &mut |how, postings| {
                    let Some(posting) = at(postings, *number) else { return };
                    let parts = (posting & ((1 << PARTS) - 1)) as u8;
                    best = match best {
                        Some((known, seen)) if known == how => Some((how, seen | parts)),
                        Some((known, seen)) if known < how => Some((known, seen)),
                        _ => Some((how, parts)),
                    };
                });
                best
            })
            .collect()
    }

    fn each_posting(&self, term: &Term, each: &mut impl FnMut(How, u32)) {
        self.each_word(term, &mut |how, postings| postings.iter().for_each(|posting| each(how, *posting)));
    }

    /// The postings of each word that a term stands for.
    fn each_word(&self, term: &Term, each: &mut impl FnMut(How, &[u32])) {
        let word = match term {
            Term::Fact(fact) => {
                each(How::Exactly, self.facts.get(fact).map_or(&[], Vec::as_slice));
                return;
            }
            Term::Word(word) => word.as_str(),
        };
        let postings = |id: u32| self.postings.get(id as usize).map_or(&[][..], Vec::as_slice);
        if word.chars().count() < SHORT {
            each(How::Exactly, self.words.get(word).map_or(&[], |id| postings(*id)));
            return;
        }
        for (longer, id) in self.words.range::<str, _>((Bound::Included(word), Bound::Unbounded)) {
            if !longer.starts_with(word) {
                break;
            }
            each(if longer.len() == word.len() { How::Exactly } else { How::Beginning }, postings(*id));
        }
        if !is_name_like(word) {
            return;
        }
        for id in self.sounds.get(sound(word).as_str()).into_iter().flatten() {
            let Some(other) = self.spelt.get(*id as usize).filter(|other| !other.starts_with(word)) else { continue };
            if jaro_winkler(word, other) >= LIKE {
                each(How::Sounding, postings(*id));
            }
        }
        for form in other_forms(word).filter(|form| !form.starts_with(word)) {
            if let Some(id) = self.words.get(form) {
                each(How::Sounding, postings(*id));
            }
        }
    }

    /// The other contacts in which a fact stands.
    pub(crate) fn with_fact(&self, fact: &Fact) -> impl Iterator<Item = Uuid> + '_ {
        self.living(self.facts.get(fact).map_or(&[][..], Vec::as_slice))
    }

    /// How many reports lie in the other contacts whose writers may be reached at one of these.
    pub(crate) fn reports_from<'a>(&self, reached_at: impl Iterator<Item = &'a Fact>, contact: Uuid) -> usize {
        let of_reach = |posting: &&u32| **posting as u8 & Part::Reach as u8 != 0;
        let postings = |fact| self.facts.get(fact).map_or(&[][..], Vec::as_slice).iter().filter(of_reach);
        let others: HashSet<Uuid> = reached_at.flat_map(|fact| self.living(postings(fact))).filter(|other| *other != contact).collect();
        // What so many give is the number of a hostel or a hospital, and nobody's own.
        if others.len() > MANY { 0 } else { others.iter().filter_map(|other| self.reports.get(other)).sum() }
    }

    /// The contacts in which a word stands in one of these parts.
    pub(crate) fn with_word(&self, word: &str, parts: u8) -> impl Iterator<Item = Uuid> + '_ {
        let postings = self.words.get(word).and_then(|id| self.postings.get(*id as usize)).map_or(&[][..], Vec::as_slice);
        self.living(postings.iter().filter(move |posting| **posting as u8 & parts != 0))
    }

    /// In how many contacts a word stands; beyond `most` it is not counted on.
    pub(crate) fn how_often(&self, word: &str, most: usize) -> usize {
        self.with_word(word, u8::MAX).take(most + 1).count()
    }

    fn living<'a>(&'a self, postings: impl IntoIterator<Item = &'a u32> + 'a) -> impl Iterator<Item = Uuid> + 'a {
        postings
            .into_iter()
            .map(|posting| posting >> PARTS)
            .filter(|number| self.alive.contains(*number))
            .filter_map(|number| self.contacts.get(number as usize).copied())
    }
}

/// The posting of a number.
fn at(postings: &[u32], number: u32) -> Option<u32> {
    let place = postings.partition_point(|posting| posting >> PARTS < number);
    postings.get(place).copied().filter(|posting| posting >> PARTS == number)
}

/// Only what can be spelt in several ways is looked for by its sound: numbers and short words are what they are.
fn is_name_like(word: &str) -> bool {
    word.len() > SHORT && word.bytes().all(|byte| byte.is_ascii_lowercase())
}

/// The parts whose bits are set.
pub(crate) fn parts(bits: u8) -> impl Iterator<Item = Part> {
    Part::ALL.into_iter().filter(move |part| bits & *part as u8 != 0)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn said(text: &str) -> Said {
        let mut said = Said::default();
        said.take_in(text, Part::Words);
        said
    }

    fn id(number: u8) -> Uuid {
        Uuid::from_u128(u128::from(number))
    }

    fn close(shelf: &Shelf, text: &str) -> Vec<Uuid> {
        let mut found: Vec<Uuid> = shelf.find(&Query::parse(text)).close.into_iter().collect();
        found.sort_unstable();
        found
    }

    #[test]
    fn a_name_is_found_in_other_spellings_and_those_stand_apart() {
        let mut shelf = Shelf::default();
        for (number, text) in [(1, "Mohammed was there"), (2, "ask for Muhammad"), (3, "Gheorghe drives"), (4, "the wash"), (5, "Ionuț")] {
            shelf.put(id(number), 0, &said(text));
        }
        let found = shelf.find(&Query::parse("Mohamed"));
        assert!(found.close.is_empty());
        assert_eq!(found.sounding, [id(1), id(2)]);
        assert_eq!(shelf.find(&Query::parse("gigi")).sounding, [id(3)]);
        assert_eq!((close(&shelf, "IONUT"), close(&shelf, "was")), (vec![id(5)], vec![id(1), id(4)]), "a beginning is enough");
        let query = Query::parse("mohamed there");
        let why = shelf.why(&query, id(1)).unwrap();
        assert_eq!(why, [(How::Sounding, Part::Words as u8), (How::Exactly, Part::Words as u8)]);
        assert_eq!(shelf.why(&query, id(2)), None);
    }

    #[test]
    fn a_reference_finds_its_contact() {
        let mut shelf = Shelf::default();
        let contact = Uuid::from_u128(0x0123_4567_89ab_4def_8123_4567_89ab_cdef);
        shelf.put(contact, 0, &said("a car wash"));
        assert_eq!(close(&shelf, " c-04hm-asw"), [contact]);
    }

    /// What was struck out is swept when it is more than half, and nothing else with it.
    #[test]
    fn a_contact_that_changes_a_thousand_times_is_one_contact() {
        let mut shelf = Shelf::default();
        shelf.put(id(1), 0, &said("stays here, 07700 900123"));
        for round in 0..3000_u64 {
            shelf.put(id(2), round, &said(&format!("round{round} again")));
        }
        assert_eq!((shelf.len(), close(&shelf, "again"), close(&shelf, "stays 07700900123")), (2, vec![id(2)], vec![id(1)]));
        assert_eq!((close(&shelf, "round2999"), close(&shelf, "round7")), (vec![id(2)], vec![]));
        assert!(
            shelf.contacts.len() < 70 && shelf.words.len() < 80 && shelf.postings.iter().all(|postings| postings.len() < 1100),
            "{}",
            shelf.contacts.len()
        );
        assert!(shelf.holds(id(2), 2999) && !shelf.holds(id(2), 7));
    }

    proptest! {
        /// The index finds exactly what reading every text one after the other would find, whatever was put in, put in anew and
        /// taken out in between.
        #[test]
        fn it_finds_what_reading_everything_would_find(
            acts in prop::collection::vec((0_u8..6, prop::option::weighted(0.8, "(van|vans|vanish|red|reds|night|at|a)( (van|vanish|red|night|a|at)){0,3}")), 0..40),
            asked in "(van|red|night|at|a|ni)( (van|red|night|at|a)){0,2}",
        ) {
            let mut shelf = Shelf::default();
            let mut texts: HashMap<Uuid, String> = HashMap::new();
            for (number, text) in acts {
                match text {
                    Some(text) => {
                        shelf.put(id(number), 0, &said(&text));
                        texts.insert(id(number), text);
                    }
                    None => {
                        shelf.remove(id(number));
                        texts.remove(&id(number));
                    }
                }
            }
            let holds = |text: &str, term: &str| text.split(' ').any(|word| if term.len() < SHORT { word == term } else { word.starts_with(term) });
            let mut expected: Vec<Uuid> = texts.iter().filter(|(_, text)| asked.split(' ').all(|term| holds(text, term))).map(|(id, _)| *id).collect();
            expected.sort_unstable();
            prop_assert_eq!(close(&shelf, &asked), expected.clone());
            let query = Query::parse(&asked);
            for contact in texts.keys() {
                let why = shelf.why(&query, *contact);
                if expected.contains(contact) {
                    prop_assert!(why.unwrap().iter().all(|(how, parts)| *how < How::Sounding && *parts == Part::Words as u8));
                }
            }
            prop_assert_eq!(shelf.len(), texts.len());
        }
    }
}
