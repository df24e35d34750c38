//! A fact that can go stale: a telephone number, an address, opening hours.
//!
//! A retired number kills. So each fact carries where it comes from, whether somebody checked it, and
//! until when that holds; only a checked fact within its review date is shown to the public.

use time::Date;

/// A value with its source and how far it can be trusted today.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fact<T> {
    /// What is stated.
    pub value: T,
    /// Where it is from.
    pub source: String,
    /// Whether somebody checked it.
    pub checked: bool,
    /// Laid down by law (999, 112, the text relay): shown even when the review date has passed, because an
    /// emergency number that vanished from the page would be the greater harm. The review still falls due for the operator.
    pub statutory: bool,
    /// The day on which it was checked.
    pub checked_on: Option<Date>,
    /// Who checked it, as the operator names them. Never shown to the public.
    pub checked_by: Option<String>,
    /// The last day on which the check holds.
    pub review_by: Option<Date>,
}

/// Whether a fact may be shown on a day, and why not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Standing {
    /// Checked and within its review date.
    Good,
    /// Laid down by law, its review date has passed: shown, and the operator is told.
    GoodReviewDue {
        /// The last day of the check.
        since: Date,
    },
    /// Nobody confirmed it.
    Unchecked,
    /// The confirmation carries a day that has not come yet.
    NotYet {
        /// The day it was confirmed for.
        from: Date,
    },
    /// The review date has passed.
    PastReview {
        /// The last day of the check.
        since: Date,
    },
}

impl Standing {
    /// Whether the public page shows a fact of this standing.
    #[must_use]
    pub fn is_shown(self) -> bool {
        matches!(self, Self::Good | Self::GoodReviewDue { .. })
    }
}

impl<T> Fact<T> {
    /// The last day on which it is shown without being checked again; none for what the law lays down.
    #[must_use]
    pub fn ends(&self) -> Option<Date> {
        self.review_by.filter(|_| !self.statutory)
    }

    /// How the fact stands on a local day. The review day itself still counts.
    #[must_use]
    pub fn standing(&self, today: Date) -> Standing {
        if !self.checked {
            return Standing::Unchecked;
        }
        // A computer with a wrong date must not take the emergency number from the page either.
        if let Some(from) = self.checked_on.filter(|from| *from > today && !self.statutory) {
            return Standing::NotYet { from };
        }
        match self.review_by {
            Some(since) if since < today && self.statutory => Standing::GoodReviewDue { since },
            Some(since) if since < today => Standing::PastReview { since },
            Some(_) => Standing::Good,
            // A check without an end would never be looked at again.
            None if self.statutory => Standing::Good,
            None => Standing::Unchecked,
        }
    }

    /// The value, if it may be shown on this local day.
    #[must_use]
    pub fn shown(&self, today: Date) -> Option<&T> {
        self.standing(today).is_shown().then_some(&self.value)
    }
}
