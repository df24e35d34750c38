//! Local days and hours of the scenario, from the time zone data inside the program.

use jiff::Timestamp;
use jiff::tz::TimeZone;
use time::{Date, Month, OffsetDateTime, Time};

/// A time zone that turns UTC into local days and back.
#[derive(Debug, Clone)]
pub(crate) struct LocalZone(TimeZone);

impl LocalZone {
    pub(crate) fn new(name: &str) -> Option<Self> {
        TimeZone::get(name).ok().map(Self)
    }

    /// The local date and the minute of the local day.
    pub(crate) fn local(&self, at: OffsetDateTime) -> (Date, u16) {
        let Ok(instant) = Timestamp::from_second(at.unix_timestamp()) else {
            return (at.date(), u16::from(at.hour()) * 60 + u16::from(at.minute()));
        };
        let local = self.0.to_datetime(instant);
        let month = Month::try_from(local.month().unsigned_abs()).unwrap_or(Month::January);
        let date = Date::from_calendar_date(i32::from(local.year()), month, local.day().unsigned_abs()).unwrap_or(at.date());
        (date, u16::from(local.hour().unsigned_abs()) * 60 + u16::from(local.minute().unsigned_abs()))
    }

    /// The instant of a local date and time; a time that the spring change skips is the same clock reading an hour later.
    pub(crate) fn instant(&self, date: Date, time: Time) -> OffsetDateTime {
        let civil = jiff::civil::DateTime::new(
            i16::try_from(date.year()).unwrap_or(1970),
            i8::try_from(u8::from(date.month())).unwrap_or(1),
            i8::try_from(date.day()).unwrap_or(1),
            i8::try_from(time.hour()).unwrap_or(0),
            i8::try_from(time.minute()).unwrap_or(0),
            i8::try_from(time.second()).unwrap_or(0),
            0,
        );
        civil
            .ok()
            .and_then(|civil| self.0.to_timestamp(civil).ok())
            .and_then(|instant| OffsetDateTime::from_unix_timestamp(instant.as_second()).ok())
            .unwrap_or_else(|| date.with_time(time).assume_utc())
    }
}
