//! What an operator may promise on the public pages. Only they can know whether it is kept, so nothing is promised until
//! somebody with a name ticked it, and a promise that nobody looked at again within a year is no longer shown.

use time::Date;

use crate::code_list::code_list;
use crate::fact::{Fact, Standing};

code_list! {
    /// A promise of the public pages. A fixed list, so that each is worded with care and translated once.
    pub enum Promise {
        /// We tell nobody who you are without your word; danger to a life or a child excepted.
        NoNameWithoutConsent = "no-name-without-consent",
        /// We do not tell your boss.
        NoEmployer = "no-employer",
        /// We do not tell immigration officers. Many operators cannot promise it.
        NoImmigration = "no-immigration",
        /// An interpreter costs nothing.
        InterpreterFree = "interpreter-free",
        /// Our help costs nothing.
        NoCost = "no-cost",
    }
}

impl Promise {
    /// The Fluent key of its sentence.
    #[must_use]
    pub fn key(self) -> String {
        format!("promise-{self}")
    }
}

/// The promises that the operator ticked.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Promises(pub(crate) Vec<Fact<Promise>>);

impl Promises {
    /// What is promised on a local day, in the order of the list, whatever the order of the file.
    #[must_use]
    pub fn on(&self, today: Date) -> Vec<Promise> {
        Promise::ALL.iter().copied().filter(|promise| self.holds(*promise, today)).collect()
    }

    /// Whether this one is promised on a local day.
    #[must_use]
    pub fn holds(&self, promise: Promise, today: Date) -> bool {
        self.0.iter().any(|ticked| ticked.value == promise && ticked.standing(today).is_shown())
    }

    /// What the operator ticked of this promise, whether it still holds or not.
    #[must_use]
    pub fn ticked(&self, promise: Promise) -> Option<&Fact<Promise>> {
        self.0.iter().find(|ticked| ticked.value == promise)
    }

    /// Every promise that was ticked and how it stands on a local day, for `doctor`.
    pub fn standings(&self, today: Date) -> impl Iterator<Item = (Promise, Standing)> + '_ {
        self.0.iter().map(move |ticked| (ticked.value, ticked.standing(today)))
    }
}
