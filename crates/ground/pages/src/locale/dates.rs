//! Dates and times in full, in the words of the language.

use time::{OffsetDateTime, UtcOffset, Weekday};

use super::Locale;

impl Locale {
    /// "Sunday 24 September 2023, 14:38", at the clock of the place that `offset` (from UTC) belongs to.
    pub fn date_time(&self, at: OffsetDateTime, offset: UtcOffset) -> String {
        let (date, time) = (self.date(at, offset), self.time(at, offset));
        self.with("date-time", &[("date", date.into()), ("time", time.into())])
    }

    /// "Sunday 24 September 2023".
    pub fn date(&self, at: OffsetDateTime, offset: UtcOffset) -> String {
        let at = at.to_offset(offset);
        let weekday = self.text(weekday(at.weekday())).into_owned();
        let month = self.text(MONTHS[usize::from(u8::from(at.month())) - 1]).into_owned();
        // The year as text: a number would get separators in some languages.
        self.with(
            "date-full",
            &[("weekday", weekday.into()), ("day", at.day().into()), ("month", month.into()), ("year", at.year().to_string().into())],
        )
    }

    /// "14:38".
    pub fn time(&self, at: OffsetDateTime, offset: UtcOffset) -> String {
        let at = at.to_offset(offset);
        format!("{:02}:{:02}", at.hour(), at.minute())
    }
}

const MONTHS: [&str; 12] =
    ["month-1", "month-2", "month-3", "month-4", "month-5", "month-6", "month-7", "month-8", "month-9", "month-10", "month-11", "month-12"];

fn weekday(day: Weekday) -> &'static str {
    match day {
        Weekday::Monday => "weekday-monday",
        Weekday::Tuesday => "weekday-tuesday",
        Weekday::Wednesday => "weekday-wednesday",
        Weekday::Thursday => "weekday-thursday",
        Weekday::Friday => "weekday-friday",
        Weekday::Saturday => "weekday-saturday",
        Weekday::Sunday => "weekday-sunday",
    }
}
