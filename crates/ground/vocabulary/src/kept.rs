//! How long an operator keeps what was told, after the day on which nothing more is to be done about it.

use serde::Deserialize;

use crate::error::{FileError, Source};

/// Nothing is deleted sooner: a reporter may come back, and a court may ask.
const SHORTEST: u32 = 30;
/// A hundred years.
const LONGEST: u32 = 36_500;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RawKept {
    anonymous_days: u32,
    ordinary_days: u32,
    safeguarding_days: u32,
}

/// Days, by what the report is. Counted from the day on which nothing is due and nothing else keeps it: no open case, no legal
/// hold, no review.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct KeptFor {
    /// Whoever wrote chose that nobody may know them.
    pub anonymous_days: u32,
    /// Any other.
    pub ordinary_days: u32,
    /// Somebody was in danger, or a service was told to keep them safe.
    pub safeguarding_days: u32,
}

impl RawKept {
    pub(crate) fn read(&self, source: Source<'_>, at: usize) -> Result<KeptFor, FileError> {
        let kept =
            KeptFor { anonymous_days: self.anonymous_days, ordinary_days: self.ordinary_days, safeguarding_days: self.safeguarding_days };
        let in_order = kept.anonymous_days <= kept.ordinary_days && kept.ordinary_days <= kept.safeguarding_days;
        if kept.anonymous_days < SHORTEST || kept.safeguarding_days > LONGEST || !in_order {
            return Err(source.error(
                at,
                "these times of keeping do not fit together",
                format!(
                    "Write days from {SHORTEST} to {LONGEST}: anonymous_days at most ordinary_days, and that at most safeguarding_days."
                ),
            ));
        }
        Ok(kept)
    }
}
