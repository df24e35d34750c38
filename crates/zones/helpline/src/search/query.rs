//! What an adviser typed into the search box.

use crate::reference;
use crate::search::said::{Fact, facts, words};

/// So many terms are looked for; of a pasted page the first ones.
pub(crate) const MOST_TERMS: usize = 12;

/// What is looked for: each term must be found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Query {
    pub(crate) terms: Vec<Term>,
    /// The text is a contact's reference: these 35 bits of its id.
    pub(crate) reference: Option<u64>,
    /// There were more terms than are looked for.
    pub(crate) cut: bool,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Term {
    /// A telephone number, a plate...: the same thing in any spelling.
    Fact(Fact),
    /// A folded word: it, words that begin with it, and words that sound like it.
    Word(String),
}

impl Query {
    pub(crate) fn parse(text: &str) -> Self {
        let mut terms = Vec::new();
        let mut rest = text.to_owned();
        let mut found = facts(text);
        found.sort_by_key(|(range, _)| range.start);
        for (range, fact) in found.into_iter().rev() {
            rest.replace_range(range, " ");
            terms.push(Term::Fact(fact));
        }
        terms.reverse();
        for word in words(&rest) {
            let term = Term::Word(word);
            if !terms.contains(&term) {
                terms.push(term);
            }
        }
        let cut = terms.len() > MOST_TERMS;
        terms.truncate(MOST_TERMS);
        Self { terms, reference: reference::bits(text), cut }
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.terms.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::search::said::FactKind;

    #[test]
    fn what_is_one_thing_is_looked_for_as_one() {
        let query = Query::parse("Blue van WX21 ABC, 07700 900123 blue");
        let fact = |kind, value: &str| Term::Fact(Fact { kind, value: value.into() });
        assert_eq!(
            query.terms,
            [fact(FactKind::Plate, "WX21ABC"), fact(FactKind::Telephone, "700900123"), Term::Word("blue".into()), Term::Word("van".into())]
        );
        assert!(Query::parse(" ,; ").is_empty());
        let long = Query::parse(&(0..50).map(|number| format!("word{number} ")).collect::<String>());
        assert_eq!((long.terms.len(), long.cut), (MOST_TERMS, true));
    }
}
