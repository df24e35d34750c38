//! The clock on the desk's wall: days begin and end by it.

use std::sync::Arc;

use jiff::civil::Date;
use jiff::tz::TimeZone;
use time::{OffsetDateTime, UtcOffset};

/// The wall clock of the place where the desk stands.
#[derive(Clone)]
pub(super) struct WallClock {
    zone: TimeZone,
    name: Arc<str>,
}

impl WallClock {
    /// The clock of a time zone. A place that nobody knows keeps the time of UTC.
    pub(super) fn new(zone: &str) -> Self {
        let (zone, name) = TimeZone::get(zone).map_or((TimeZone::UTC, "UTC"), |found| (found, zone));
        Self { zone, name: name.into() }
    }

    /// The IANA name of the time zone.
    pub(super) fn name(&self) -> &str {
        &self.name
    }

    /// How far the clock is from UTC at a moment.
    pub(super) fn offset(&self, at: OffsetDateTime) -> UtcOffset {
        let seconds = jiff::Timestamp::from_second(at.unix_timestamp()).map_or(0, |at| self.zone.to_offset(at).seconds());
        UtcOffset::from_whole_seconds(seconds).unwrap_or(UtcOffset::UTC)
    }

    /// The first moment of a day.
    pub(super) fn midnight(&self, day: Date) -> Option<OffsetDateTime> {
        let second = day.at(0, 0, 0, 0).to_zoned_datetime(self.zone.clone()).ok()?.timestamp().as_second();
        OffsetDateTime::from_unix_timestamp(second).ok()
    }

    /// The day of a moment.
    pub(super) fn day(&self, at: OffsetDateTime) -> Option<Date> {
        Some(self.zone.to_datetime(jiff::Timestamp::from_second(at.unix_timestamp()).ok()?).date())
    }
}
