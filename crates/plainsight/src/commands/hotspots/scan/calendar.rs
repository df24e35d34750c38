//! Dates as files have them, and the intervals of a study.

use anyhow::{Context, Result, bail};
use jiff::civil::{Date, date};

/// How exact a date is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Exact {
    Day,
    Month,
    Year,
}

/// A date: the first day it can mean, and how exact it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct When {
    pub(super) first: Date,
    pub(super) exact: Exact,
}

impl When {
    /// `2001/11/24`, `2001-11-24`, `2001/11`, `2001`, or `73` for 1973, as SaTScan takes it.
    pub(super) fn read(text: &str) -> Option<Self> {
        let parts: Vec<&str> = text.split(['/', '-']).collect();
        let number = |at: usize| parts.get(at).map_or(Some(1), |part| part.parse::<i8>().ok());
        let year: i16 = parts.first()?.parse().ok()?;
        let year = if (0..100).contains(&year) && parts.first()?.len() <= 2 { year + 1900 } else { year };
        let exact = match parts.len() {
            1 => Exact::Year,
            2 => Exact::Month,
            3 => Exact::Day,
            _ => return None,
        };
        Some(Self { first: Date::new(year, number(1)?, number(2)?).ok()?, exact })
    }

    /// The day in the middle of what it can mean: a population counted in a year is that of its summer.
    pub(super) fn middle(self) -> Date {
        match self.exact {
            Exact::Day => self.first,
            Exact::Month => date(self.first.year(), self.first.month(), 15),
            Exact::Year => date(self.first.year(), 7, 1),
        }
    }

    /// The last day it can mean.
    pub(super) fn last(self) -> Date {
        match self.exact {
            Exact::Day => self.first,
            Exact::Month => self.first.last_of_month(),
            Exact::Year => self.first.last_of_year(),
        }
    }
}

/// The number of a day, from 1970 on.
pub(super) fn number(day: Date) -> i64 {
    day.duration_since(date(1970, 1, 1)).as_hours() / 24
}

/// The intervals of a study, by their first days; the last entry is the day after the study.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Calendar {
    pub(super) bounds: Vec<Date>,
    exact: Exact,
}

impl Calendar {
    /// All of time as one interval.
    pub(super) fn none() -> Self {
        Self { bounds: vec![date(1970, 1, 1), date(1970, 1, 2)], exact: Exact::Year }
    }

    /// From the first day to the last, in intervals as named. Those of weeks and days are counted from the end, so that the last is a
    /// whole one: the first may be shorter.
    pub(super) fn new(first: Date, last: Date, interval: &str) -> Result<Self> {
        const MOST: usize = 100_000;
        if last < first {
            bail!("the study ends ({last}) before it begins ({first})");
        }
        let end = last.tomorrow().with_context(|| format!("{last} is too late"))?;
        let (days, exact) = match interval {
            "year" => (None, Exact::Year),
            "month" => (None, Exact::Month),
            "week" => (Some(7), Exact::Day),
            "day" => (Some(1), Exact::Day),
            _ => {
                let days =
                    interval.strip_suffix("-days").and_then(|days| days.parse::<i64>().ok()).filter(|days| (1..=100_000).contains(days));
                (Some(days.with_context(|| format!("--interval {interval}: say day, week, month, year or 10-days"))?), Exact::Day)
            }
        };
        let mut bounds = Vec::new();
        if let Some(days) = days {
            let mut bound = end;
            while bound > first {
                bounds.push(bound);
                bound = bound.checked_sub(jiff::Span::new().days(days)).unwrap_or(first);
                if bounds.len() > MOST {
                    bail!("from {first} to {last} are more than {MOST} intervals: take longer ones with --interval");
                }
            }
            bounds.push(first);
            bounds.reverse();
        } else {
            let mut bound = first;
            while bound < end {
                bounds.push(bound);
                let month = if exact == Exact::Year { bound.last_of_year() } else { bound.last_of_month() };
                bound = month.tomorrow().with_context(|| format!("{last} is too late"))?;
            }
            bounds.push(end);
        }
        Ok(Self { bounds, exact })
    }

    pub(super) fn len(&self) -> usize {
        self.bounds.len() - 1
    }

    /// The interval that a date lies in; or why in none.
    pub(super) fn find(&self, when: When) -> Result<usize, String> {
        if when.exact > self.exact {
            return Err("the date is less exact than the intervals".to_owned());
        }
        let after = self.bounds.partition_point(|bound| *bound <= when.first);
        match after.checked_sub(1) {
            Some(at) if at < self.len() => Ok(at),
            _ => Err("it is not in the time of the study".to_owned()),
        }
    }

    /// The first and the last day of some intervals.
    pub(super) fn span(&self, from: usize, to: usize) -> (String, String) {
        let day = |at: usize| self.bounds.get(at).copied().unwrap_or(date(1970, 1, 1));
        (day(from).to_string(), day(to).yesterday().unwrap_or(day(to)).to_string())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_read_as_people_and_satscan_write_them() {
        for (text, wanted) in [
            ("2001/11/24", Some(("2001-11-24", "2001-11-24"))),
            ("2001-2-3", Some(("2001-02-03", "2001-02-03"))),
            ("2000/02", Some(("2000-02-01", "2000-02-29"))),
            ("1985", Some(("1985-01-01", "1985-12-31"))),
            ("73", Some(("1973-01-01", "1973-12-31"))),
            ("2001/13/01", None),
            ("2001/02/30", None),
            ("24.11.2001", None),
            ("yesterday", None),
            ("", None),
            ("2001/11/24/1", None),
        ] {
            let read = When::read(text).map(|when| (when.first.to_string(), when.last().to_string()));
            assert_eq!(read.as_ref().map(|(first, last)| (first.as_str(), last.as_str())), wanted, "{text}");
        }
    }

    #[test]
    fn weeks_end_with_the_study_and_months_with_the_calendar() {
        let bounds = |interval| {
            let calendar = Calendar::new(date(2026, 10, 30), date(2026, 11, 20), interval).unwrap();
            calendar.bounds.iter().map(ToString::to_string).collect::<Vec<_>>()
        };
        assert_eq!(bounds("week"), ["2026-10-30", "2026-10-31", "2026-11-07", "2026-11-14", "2026-11-21"]);
        assert_eq!(bounds("month"), ["2026-10-30", "2026-11-01", "2026-11-21"]);
        assert_eq!(bounds("30-days"), ["2026-10-30", "2026-11-21"]);
        assert!(Calendar::new(date(2026, 1, 1), date(2026, 2, 1), "fortnight").is_err());
        assert!(Calendar::new(date(2026, 2, 1), date(2026, 1, 1), "day").is_err());
    }

    #[test]
    fn a_date_lies_in_one_interval_or_the_reason_is_told() {
        let calendar = Calendar::new(date(2026, 1, 1), date(2026, 1, 10), "day").unwrap();
        assert_eq!(calendar.find(When::read("2026-01-10").unwrap()), Ok(9));
        assert!(calendar.find(When::read("2026-01-11").unwrap()).is_err());
        assert!(calendar.find(When::read("2025-12-31").unwrap()).is_err());
        assert!(calendar.find(When::read("2026-01").unwrap()).is_err());
    }
}
