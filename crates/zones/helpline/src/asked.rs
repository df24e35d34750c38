//! Somebody asks about the data that is kept of them: for a copy, or that it is corrected, deleted, or no longer used. Each such
//! request is a case, so that it has a clock, hands, notes and a place among the others.
//!
//! Time and grounds follow the UK GDPR and the Data Protection Act 2018: an answer within one month of the day on which it came,
//! two months more where it is complex or there are many, and that has to be said within the first month (Article 12(3));
//! what is somebody else's (Article 15(4); Schedule 2, paragraph 16), what would hinder finding a crime (Schedule 2,
//! paragraph 2) and what could do serious harm (Schedule 3) is left out, passage by passage.

use serde::{Deserialize, Serialize};
use time::{Date, Duration, Month, OffsetDateTime, Time};

named! {
    /// What is asked for.
    Wish {
        Copy = "copy",
        Correct = "correct",
        Erase = "erase",
        /// Kept, and not used any more.
        Limit = "limit",
        Object = "object",
    }
}

named! {
    /// What the answer was.
    Answered {
        Done = "done",
        /// Something was left out, or not all of it was done.
        Partly = "partly",
        Nothing = "nothing",
        Refused = "refused",
    }
}

named! {
    /// Why a passage is not given.
    LeftOut {
        /// It is about somebody else.
        Others = "others",
        /// It would show who told us.
        Source = "source",
        /// It could do somebody serious harm.
        Harm = "harm",
        /// It would hinder finding a crime or keeping somebody safe from one.
        Crime = "crime",
    }
}

/// A request as it stands now.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Asked {
    pub(crate) wish: Wish,
    /// The day on which it came.
    pub(crate) came: Date,
    /// The last day for the answer.
    pub(crate) by: Date,
    pub(crate) answered: Option<Answered>,
}

impl Asked {
    pub(crate) fn new(wish: Wish, came: Date) -> Self {
        Self { wish, came, by: months_after(came, 1), answered: None }
    }

    /// The last day with the two months more.
    pub(crate) fn at_the_latest(&self) -> Date {
        months_after(self.came, 3)
    }

    /// When somebody is to look at it, so that there is still time to answer: a week before the last day, and on it.
    pub(crate) fn look_again(&self, now: OffsetDateTime) -> Option<OffsetDateTime> {
        if self.answered.is_some() {
            return None;
        }
        let last = self.by.with_time(NINE).assume_utc();
        let days = [last - WEEK, last].into_iter().find(|at| *at > now);
        // After the last day it is looked at every day, until it is answered.
        Some(days.unwrap_or(now + Duration::DAY))
    }
}

const WEEK: Duration = Duration::days(7);
const NINE: Time = match Time::from_hms(9, 0, 0) {
    Ok(nine) => nine,
    Err(_) => Time::MIDNIGHT,
};

/// The same day some months later; where that month has no such day, its last.
fn months_after(day: Date, months: u8) -> Date {
    let count = i32::from(u8::from(day.month())) - 1 + i32::from(months);
    let (year, month) = (day.year() + count.div_euclid(12), count.rem_euclid(12) + 1);
    let month = u8::try_from(month).ok().and_then(|month| Month::try_from(month).ok()).unwrap_or(Month::December);
    Date::from_calendar_date(year, month, day.day().min(month.length(year))).unwrap_or(day)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use time::macros::{date, datetime};

    use super::*;

    #[test]
    fn a_month_ends_on_the_same_day_of_the_next_or_on_its_last() {
        for (came, by, latest) in [
            (date!(2026 - 11 - 03), date!(2026 - 12 - 03), date!(2027 - 02 - 03)),
            (date!(2027 - 01 - 31), date!(2027 - 02 - 28), date!(2027 - 04 - 30)),
            (date!(2028 - 01 - 30), date!(2028 - 02 - 29), date!(2028 - 04 - 30)),
            (date!(2026 - 12 - 31), date!(2027 - 01 - 31), date!(2027 - 03 - 31)),
        ] {
            let asked = Asked::new(Wish::Copy, came);
            assert_eq!((asked.by, asked.at_the_latest()), (by, latest));
        }
    }

    #[test]
    fn somebody_looks_a_week_before_on_the_last_day_and_every_day_after() {
        let asked = Asked::new(Wish::Copy, date!(2026 - 11 - 03));
        assert_eq!(asked.look_again(datetime!(2026-11-04 10:00 UTC)), Some(datetime!(2026-11-26 09:00 UTC)));
        assert_eq!(asked.look_again(datetime!(2026-11-27 10:00 UTC)), Some(datetime!(2026-12-03 09:00 UTC)));
        assert_eq!(asked.look_again(datetime!(2026-12-05 10:00 UTC)), Some(datetime!(2026-12-06 10:00 UTC)));
        assert_eq!(Asked { answered: Some(Answered::Done), ..asked }.look_again(datetime!(2026-11-04 10:00 UTC)), None);
    }

    proptest! {
        /// A request that nobody answered is always looked at later than now, and never later than its last day while that lies ahead.
        #[test]
        fn no_request_runs_past_its_last_day_unseen(day in 0_i64..20_000, later in 0_i64..120 * 86_400) {
            let came = date!(2000 - 01 - 01).saturating_add(Duration::days(day));
            let asked = Asked::new(Wish::Erase, came);
            let now = came.midnight().assume_utc() + Duration::seconds(later);
            let look = asked.look_again(now).unwrap();
            let last = asked.by.with_time(NINE).assume_utc();
            prop_assert!(look > now && (look <= last || now >= last) && look - now <= Duration::days(32));
            prop_assert!(asked.by > came && asked.at_the_latest() > asked.by);
        }
    }
}
