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

    /// Whether all that makes up one of these texts is looked for. A single word is too little to tell: many are called Ana.
    pub(crate) fn is_for(&self, texts: &[String]) -> bool {
        texts.iter().any(|text| {
            let Self { terms, .. } = Self::parse(text);
            let tells = terms.len() > 1 || matches!(terms.first(), Some(Term::Fact(_)));
            tells && terms.iter().all(|term| self.terms.contains(term))
        })
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
    fn whoever_looks_for_themselves_is_told_from_whoever_looks_for_a_namesake() {
        let own = ["Ștefan Radu Ionescu".to_owned(), "stefan@example.org".to_owned()];
        for looked in ["ionescu stefan radu", "Stefan Radu Ionescu Barnet", "mail STEFAN@example.org"] {
            assert!(Query::parse(looked).is_for(&own), "{looked}");
        }
        for looked in ["ionescu", "Stefan Ionescu", "stefan@example.com", ""] {
            assert!(!Query::parse(looked).is_for(&own), "{looked}");
        }
        assert!(!Query::parse("Ana").is_for(&["Ana".to_owned()]) && !Query::parse("x").is_for(&[String::new()]));
    }

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
