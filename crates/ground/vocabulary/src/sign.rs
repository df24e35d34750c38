//! Signs: facts that a person can observe. No single sign proves anything, and no absence does.
//!
//! A sign says what somebody does or has done to them, never what somebody is: nothing about nationality,
//! language, ethnicity, religion, or selling sex by choice. The words themselves are in the Fluent files.

use crate::{code_list::code_list, exploitation::ExploitationLetter};

code_list! {
    /// The part of life a sign is about.
    pub enum Category {
        /// Where and how they live.
        Living = "LIV",
        /// Work.
        Work = "WRK",
        /// Control by another person.
        Control = "CTL",
        /// Health.
        Health = "HLT",
        /// Money.
        Money = "MON",
        /// Documents.
        Documents = "DOC",
        /// Behaviour.
        Behaviour = "BEH",
        /// Recruitment and travel.
        Recruitment = "REC",
        /// The venue and its prices.
        Venue = "VEN",
        /// Sexual exploitation.
        Sex = "SEX",
        /// Children.
        Child = "CHD",
        /// Being made to commit crime.
        Criminal = "CRM",
        /// A home taken over.
        Cuckooing = "CUC",
        /// Domestic servitude.
        Domestic = "DOM",
    }
}

impl Category {
    /// The Fluent key of its name: `category-wrk`.
    #[must_use]
    pub fn name_key(self) -> String {
        format!("category-{}", self.code().to_ascii_lowercase())
    }
}

code_list! {
    /// Who can come to know a sign.
    pub enum Observer {
        /// The public: customer, neighbour, passer-by.
        Public = "P",
        /// The person it happens to, and who works beside them.
        Worker = "W",
        /// A professional who talks with them.
        Professional = "X",
    }
}

code_list! {
    /// How much a sign weighs beside others.
    ///
    /// Our judgement, in three steps after the idea of the ILO and European Commission operational indicators
    /// (2009, by a Delphi survey of experts). It is not their list and not a probability.
    pub enum Strength {
        /// Coercion or exploitation itself.
        Strong = "strong",
        /// Seldom seen without control or abuse.
        Medium = "medium",
        /// Common in hard but free lives as well; counts only beside others.
        Weak = "weak",
    }
}

/// A sign, without its words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sign {
    /// Stable id, such as `doc-held`.
    pub id: String,
    /// The part of life it is about.
    pub category: Category,
    /// The kinds of exploitation it points to; empty means any.
    pub exploitation: Vec<ExploitationLetter>,
    /// Who can come to know it.
    pub observers: Vec<Observer>,
    /// May stand by itself, for instance on a poster.
    pub alone_ok: bool,
    /// Marks migrants, a faith or sex work by choice rather than a crime. Shown to professionals beside other
    /// signs only; never alone, never to the public, never in a score.
    pub proxy_risk: bool,
    /// May be shown on a public page.
    pub public_ok: bool,
    /// Has words in the second person for somebody to whom it happens. Only with `public_ok`: the question stands on a
    /// public page.
    pub self_ok: bool,
    /// Source keys, see docs/vocabulary.md.
    pub sources: Vec<String>,
    /// `None` exactly for signs with a proxy risk. Private: [`Scoring`] is the only way to it.
    pub(crate) strength: Option<Strength>,
}

impl Sign {
    /// The Fluent key of what somebody else could see: `sign-doc-held-witness`.
    #[must_use]
    pub fn witness_key(&self) -> String {
        format!("sign-{}-witness", self.id)
    }

    /// The Fluent key of the question to the person themselves: `sign-doc-held-self`, where there is one.
    #[must_use]
    pub fn self_key(&self) -> Option<String> {
        self.self_ok.then(|| format!("sign-{}-self", self.id))
    }

    /// Whether an observer of this kind can come to know it.
    #[must_use]
    pub fn seen_by(&self, observer: Observer) -> bool {
        self.observers.contains(&observer)
    }

    /// Whether it points to this kind of exploitation (a sign of any kind does).
    #[must_use]
    pub fn points_to(&self, letter: ExploitationLetter) -> bool {
        self.exploitation.is_empty() || self.exploitation.contains(&letter)
    }

    /// This sign as part of a score; `None` for a sign with a proxy risk.
    #[must_use]
    pub fn for_scoring(&self) -> Option<ScoringSign<'_>> {
        match self.strength {
            Some(strength) if !self.proxy_risk => Some(ScoringSign { sign: self, strength }),
            _ => None,
        }
    }
}

/// A sign that may count in a score.
///
/// The only type that gives a [`Strength`], and it cannot be made from a sign with a proxy risk. An engine or a
/// screen that weighs signs takes `ScoringSign`, never [`Sign`]; so a proxy in a score does not compile.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ScoringSign<'a> {
    sign: &'a Sign,
    strength: Strength,
}

impl<'a> ScoringSign<'a> {
    /// The sign's id.
    #[must_use]
    pub fn id(&self) -> &'a str {
        &self.sign.id
    }

    /// The part of life it is about.
    #[must_use]
    pub fn category(&self) -> Category {
        self.sign.category
    }

    /// The kinds of exploitation it points to; empty means any.
    #[must_use]
    pub fn exploitation(&self) -> &'a [ExploitationLetter] {
        &self.sign.exploitation
    }

    /// How much it weighs.
    #[must_use]
    pub fn strength(&self) -> Strength {
        self.strength
    }
}

/// Signs that may count in a score, out of any signs: those with a proxy risk are not among them.
#[derive(Debug, Clone)]
pub struct Scoring<'a> {
    signs: Vec<ScoringSign<'a>>,
}

impl<'a> Scoring<'a> {
    /// The scoring view of some signs.
    pub fn over(signs: impl IntoIterator<Item = &'a Sign>) -> Self {
        Self { signs: signs.into_iter().filter_map(Sign::for_scoring).collect() }
    }

    /// The signs that may count.
    pub fn iter(&self) -> impl Iterator<Item = ScoringSign<'a>> + '_ {
        self.signs.iter().copied()
    }

    /// How many of this strength are among them.
    #[must_use]
    pub fn count(&self, strength: Strength) -> usize {
        self.signs.iter().filter(|sign| sign.strength == strength).count()
    }
}
