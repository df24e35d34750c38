//! Which contacts may be about the same. Suggested with the reason, never joined by itself: two people may share a telephone,
//! and two cases a street.

use std::collections::{BTreeSet, HashMap};

use uuid::Uuid;

use super::said::{Fact, FactKind, Part, Said};
use super::shelf::Shelf;

/// A fact in more contacts than this leads nowhere: it is our own number, or a hospital's.
const COMMON_FACT: usize = 25;
/// A word in more contacts than this says little of a place or of what happened there; with few contacts, in more than
/// one in [`COMMON_SHARE`] of them.
const COMMON_WORD: usize = 200;
const COMMON_SHARE: usize = 20;
const FEW: usize = 5;
/// So many of the rarest words of a contact are looked at.
const MOST_WORDS: usize = 40;
/// Contacts of one place count as alike when they share so many rarer words besides.
const SHARED_WORDS: usize = 3;
/// So many are suggested.
pub(crate) const MOST: usize = 8;

/// Another contact that may be about the same, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Alike {
    pub(crate) contact: Uuid,
    /// What stands in both.
    pub(crate) facts: Vec<Fact>,
    /// Words of the place in both.
    pub(crate) place: Vec<String>,
    /// Rarer words of the text in both.
    pub(crate) words: Vec<String>,
}

impl Alike {
    /// The more it has in common, the further up. A postcode alone is a street, not a case.
    fn weight(&self) -> usize {
        let facts = self.facts.iter().map(|fact| if fact.kind == FactKind::Postcode { 2 } else { 10 });
        facts.sum::<usize>() + self.place.len() + self.words.len()
    }

    /// The likeliest stands first.
    pub(crate) fn place(&self) -> (std::cmp::Reverse<usize>, Uuid) {
        (std::cmp::Reverse(self.weight()), self.contact)
    }

    fn counts(&self) -> bool {
        let postcode = self.facts.iter().any(|fact| fact.kind == FactKind::Postcode);
        let strong = self.facts.iter().any(|fact| fact.kind != FactKind::Postcode);
        strong || ((postcode || self.place.len() >= 2) && self.words.len() >= SHARED_WORDS)
    }
}

/// The contacts on these shelves that may be about the same as one that says `said`, the likeliest first.
pub(crate) fn alike(shelf: &Shelf, contact: Uuid, said: &Said) -> Vec<Alike> {
    let mut found: HashMap<Uuid, Alike> = HashMap::new();
    for fact in said.facts.keys() {
        let others: Vec<Uuid> = shelf.with_fact(fact).filter(|other| *other != contact).take(COMMON_FACT + 1).collect();
        if others.len() <= COMMON_FACT {
            others.into_iter().for_each(|other| entry(&mut found, other).facts.push(fact.clone()));
        }
    }
    for word in rarest(shelf, said, Part::Place as u8) {
        for other in shelf.with_word(word, Part::Place as u8 | Part::Words as u8).filter(|other| *other != contact) {
            entry(&mut found, other).place.push(word.to_owned());
        }
    }
    // Only contacts that something leads to already: words alone are no reason.
    for word in rarest(shelf, said, Part::Words as u8 | Part::Message as u8) {
        for other in shelf.with_word(word, Part::Words as u8 | Part::Message as u8) {
            if let Some(alike) = found.get_mut(&other)
                && !alike.place.iter().any(|known| known == word)
            {
                alike.words.push(word.to_owned());
            }
        }
    }
    let mut alike: Vec<Alike> = found.into_values().filter(Alike::counts).collect();
    alike.sort_by_key(Alike::place);
    alike.truncate(MOST);
    alike
}

fn entry(found: &mut HashMap<Uuid, Alike>, contact: Uuid) -> &mut Alike {
    found.entry(contact).or_insert_with(|| Alike { contact, facts: Vec::new(), place: Vec::new(), words: Vec::new() })
}

/// The rarest words of these parts, none that is common.
fn rarest<'a>(shelf: &Shelf, said: &'a Said, parts: u8) -> Vec<&'a str> {
    let common = (shelf.len() / COMMON_SHARE).clamp(FEW, COMMON_WORD);
    let mut words: BTreeSet<(usize, &str)> = BTreeSet::new();
    for (word, stands) in &said.words {
        let often = shelf.how_often(word, common);
        if stands & parts != 0 && word.len() > 2 && often <= common {
            words.insert((often, &**word));
        }
    }
    words.into_iter().map(|(_, word)| word).take(MOST_WORDS).collect()
}
