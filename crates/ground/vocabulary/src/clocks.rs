//! How soon somebody reads, answers and reports back: the rules, as pure functions.

use time::{Duration, OffsetDateTime};

use crate::{
    code_list::code_list,
    contact::Proximity,
    hours::{HoursError, WeeklyHours},
};

code_list! {
    /// How soon a person must read a contact.
    pub enum Urgency {
        /// Somebody is in danger now: a person is alarmed within minutes, at any hour.
        Danger = "danger",
        /// It is happening to the reporter, or a child is or may be concerned.
        Soon = "soon",
        /// Everything else, counted in staffed hours.
        Normal = "normal",
    }
}

code_list! {
    /// The answer to a question that a person may not be able to answer.
    pub enum Answer {
        /// Yes.
        Yes = "yes",
        /// No.
        No = "no",
        /// Not sure, or could not see.
        NotSure = "not-sure",
    }
}

/// What a reporter said that decides how soon a person reads it. Unanswered questions are `None`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct UrgencyAnswers {
    /// "Is somebody in danger now?"
    pub danger: Option<Answer>,
    /// How near the reporter is to it.
    pub proximity: Option<Proximity>,
    /// "Are you under 18?" or "Is a child concerned?"
    pub child: Option<Answer>,
}

impl UrgencyAnswers {
    /// Danger first; a self-report, a child or "not sure" soon; the rest normal.
    ///
    /// "Not sure" counts as a child, because the law presumes it where age is unsure (Modern Slavery Act 2015, section 51).
    /// Who is not sure of a danger does not wake anybody, and does not wait for the morning either.
    #[must_use]
    pub fn urgency(&self) -> Urgency {
        if self.danger == Some(Answer::Yes) {
            return Urgency::Danger;
        }
        let child = matches!(self.child, Some(Answer::Yes | Answer::NotSure));
        if child || self.danger == Some(Answer::NotSure) || self.proximity == Some(Proximity::Myself) {
            return Urgency::Soon;
        }
        Urgency::Normal
    }
}

/// The clocks a service runs by. The public page tells the real ones.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Clocks {
    /// Danger: a person has been alarmed and has looked, in minutes of ordinary time.
    pub danger: Duration,
    /// Self-report or child: read by a person, in ordinary time.
    pub soon: Duration,
    /// Everything else: first read, in *staffed* time.
    pub first_read_staffed: Duration,
    /// An acknowledgement is in the mailbox, in ordinary time.
    pub acknowledged: Duration,
    /// What became of it, in ordinary time (whole days of 24 hours).
    pub feedback: Duration,
}

impl Clocks {
    /// The clocks that practitioners asked for: 15 minutes, 1 hour, 4 staffed hours, 24 hours, 28 days.
    pub const STANDARD: Self = Self {
        danger: Duration::minutes(15),
        soon: Duration::hours(1),
        first_read_staffed: Duration::hours(4),
        acknowledged: Duration::hours(24),
        feedback: Duration::days(28),
    };

    /// When each thing is due for a contact that arrived at `received`.
    ///
    /// # Errors
    /// [`HoursError::NeverOpen`] when the staffed hours are empty: a service that nobody staffs cannot promise a time.
    pub fn due(&self, urgency: Urgency, received: OffsetDateTime, staffed: &WeeklyHours) -> Result<Due, HoursError> {
        let plus = |duration| received.checked_add(duration).ok_or(HoursError::TooFar);
        let first_read = match urgency {
            Urgency::Danger => plus(self.danger)?,
            Urgency::Soon => plus(self.soon)?,
            Urgency::Normal => staffed.add_staffed(received, self.first_read_staffed)?,
        };
        Ok(Due { first_read, acknowledged: plus(self.acknowledged)?, feedback: plus(self.feedback)? })
    }
}

impl Default for Clocks {
    fn default() -> Self {
        Self::STANDARD
    }
}

/// When a person must have read, acknowledged and reported back, in UTC.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Due {
    /// A person has read it (in danger: has been alarmed and looked).
    pub first_read: OffsetDateTime,
    /// An acknowledgement is in the mailbox.
    pub acknowledged: OffsetDateTime,
    /// The reporter has been told what may be told about what became of it.
    pub feedback: OffsetDateTime,
}
