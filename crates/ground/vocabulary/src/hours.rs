//! Opening hours and staffed hours as data, right over a change of the clocks.
//!
//! Hours are written in local time ("mon-fri 09:00-17:00"), because that is what people keep to; all
//! questions and answers are instants in UTC. A local time that the spring change skips stands for the
//! instant of the change; one that the autumn change repeats stands for its first occurrence. So the
//! mapping from local time to instant never goes backwards, and a night shift over the spring change is
//! an hour short, as it is for the people who work it.

use std::fmt;

use jiff::{
    Timestamp, ToSpan,
    civil::{Date, Weekday},
    tz::{AmbiguousOffset, TimeZone},
};
use time::{Duration, OffsetDateTime};

const MINUTES_A_DAY: u16 = 24 * 60;
/// Staffed time is looked for over this many days; a service that needs longer than ten years to give
/// the time is not staffed.
const HORIZON_DAYS: usize = 3_660;

/// Why hours cannot be read or a staffed time cannot be worked out.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum HoursError {
    /// The time zone is not in the time zone database.
    #[error("\"{0}\" is not a time zone; write it like \"Europe/London\"")]
    UnknownZone(String),
    /// A line of hours is not in the form `mon-fri 09:00-17:00`.
    #[error("\"{0}\" is not a line of hours; write \"always\", \"mon-fri 09:00-17:00\" or \"sat 22:00-02:00\"")]
    Malformed(String),
    /// `always` stands beside other lines.
    #[error("\"always\" must stand alone")]
    AlwaysAmongOthers,
    /// There are no hours at all, so nobody is ever there.
    #[error("the hours are empty, so nobody is ever there; name at least one hour a week")]
    NeverOpen,
    /// The duration is below zero.
    #[error("a staffed time cannot be below zero")]
    BelowZero,
    /// The staffed time is not reached within ten years, or the instant is out of range.
    #[error("that much staffed time is not reached within ten years")]
    TooFar,
}

/// One opening in a week, in minutes from local midnight of `day`. `to` may pass midnight.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Slot {
    /// Days after Monday.
    day: u8,
    from: u16,
    to: u16,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Pattern {
    Always,
    Weekly(Vec<Slot>),
}

/// The hours a service keeps in a week, in its own time zone, or always.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WeeklyHours {
    zone: TimeZone,
    zone_name: String,
    pattern: Pattern,
}

/// One line of hours for a page: days from Monday = 0, minutes from midnight (`to` may pass 1440).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HoursLine {
    /// First day, Monday is 0.
    pub first_day: u8,
    /// Last day of the run of days with the same hours, Monday is 0.
    pub last_day: u8,
    /// Minutes from local midnight.
    pub from: u16,
    /// Minutes from local midnight; over 1440 means the day after.
    pub to: u16,
}

impl HoursLine {
    /// The code of a day as used in Fluent keys `day-<code>`: `mon` to `sun`.
    #[must_use]
    pub fn day_code(day: u8) -> &'static str {
        DAYS.get(usize::from(day)).copied().unwrap_or("sun")
    }

    /// A time of day such as `09:00`; midnight at the end of the day is `24:00`, after it the time of the next day.
    #[must_use]
    pub fn clock(minutes: u16) -> String {
        let shown = if minutes > MINUTES_A_DAY { minutes - MINUTES_A_DAY } else { minutes };
        format!("{:02}:{:02}", shown / 60, shown % 60)
    }
}

const DAYS: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

/// The time zone of this name from the bundled database (nothing is read from the computer).
pub(crate) fn time_zone(name: &str) -> Result<TimeZone, HoursError> {
    TimeZone::get(name).map_err(|_| HoursError::UnknownZone(name.to_owned()))
}

impl WeeklyHours {
    /// Open at every hour of every day.
    ///
    /// # Errors
    /// [`HoursError::UnknownZone`].
    pub fn always(zone: &str) -> Result<Self, HoursError> {
        Ok(Self { zone: time_zone(zone)?, zone_name: zone.to_owned(), pattern: Pattern::Always })
    }

    /// Reads lines such as `always`, `mon-fri 09:00-17:00`, `sat 22:00-02:00` (past midnight).
    ///
    /// No lines at all is a schedule with nobody there: it can be kept, and says so when a staffed time is asked of it.
    ///
    /// # Errors
    /// [`HoursError`] names the line that cannot be read.
    pub fn parse<S: AsRef<str>>(zone: &str, lines: &[S]) -> Result<Self, HoursError> {
        if lines.iter().any(|line| line.as_ref().trim() == "always") {
            if lines.len() > 1 {
                return Err(HoursError::AlwaysAmongOthers);
            }
            return Self::always(zone);
        }
        let mut slots = Vec::new();
        for line in lines {
            let line = line.as_ref();
            slots.extend(parse_line(line).ok_or_else(|| HoursError::Malformed(line.to_owned()))?);
        }
        slots.sort_unstable();
        slots.dedup();
        Ok(Self { zone: time_zone(zone)?, zone_name: zone.to_owned(), pattern: Pattern::Weekly(slots) })
    }

    /// Whether these hours are every hour of every day.
    #[must_use]
    pub fn is_always(&self) -> bool {
        self.pattern == Pattern::Always
    }

    /// Whether there is no hour in the week at all.
    #[must_use]
    pub fn is_never(&self) -> bool {
        matches!(&self.pattern, Pattern::Weekly(slots) if slots.is_empty())
    }

    /// The name of the time zone, such as `Europe/Bucharest`.
    #[must_use]
    pub fn zone_name(&self) -> &str {
        &self.zone_name
    }

    /// The hours for a page: runs of neighbouring days with the same hours joined; empty when always open.
    #[must_use]
    pub fn lines(&self) -> Vec<HoursLine> {
        let Pattern::Weekly(slots) = &self.pattern else {
            return Vec::new();
        };
        let mut lines: Vec<HoursLine> = Vec::new();
        for slot in slots {
            let run = lines.iter_mut().find(|line| line.from == slot.from && line.to == slot.to && line.last_day + 1 == slot.day);
            match run {
                Some(line) => line.last_day = slot.day,
                None => lines.push(HoursLine { first_day: slot.day, last_day: slot.day, from: slot.from, to: slot.to }),
            }
        }
        lines
    }

    /// Whether somebody is there at this instant. The closing instant itself is closed.
    #[must_use]
    pub fn open_now(&self, at: OffsetDateTime) -> bool {
        let instant = timestamp(at);
        match &self.pattern {
            Pattern::Always => true,
            Pattern::Weekly(_) => self.windows(instant).take_while(|window| window.0 <= instant).any(|window| instant < window.1),
        }
    }

    /// The next instant at which the service opens; `at` itself when it is open now; `None` when it never opens.
    #[must_use]
    pub fn opens_next(&self, at: OffsetDateTime) -> Option<OffsetDateTime> {
        let instant = timestamp(at);
        match &self.pattern {
            Pattern::Always => Some(at),
            Pattern::Weekly(_) => {
                let window = self.windows(instant).find(|window| instant < window.1)?;
                if window.0 <= instant { Some(at) } else { offset_date_time(window.0).ok() }
            }
        }
    }

    /// When the service closes if it is open at `at`; `None` when it is closed or never closes.
    #[must_use]
    pub fn closes_next(&self, at: OffsetDateTime) -> Option<OffsetDateTime> {
        let instant = timestamp(at);
        match &self.pattern {
            Pattern::Always => None,
            Pattern::Weekly(_) => {
                let mut windows = self.windows(instant).skip_while(|window| window.1 <= instant);
                let (from, mut closes) = windows.next()?;
                if instant < from {
                    return None;
                }
                // Openings that touch or overlap are one opening.
                for (next_from, next_to) in windows {
                    if next_from > closes {
                        return offset_date_time(closes).ok();
                    }
                    closes = closes.max(next_to);
                }
                None
            }
        }
    }

    /// When the service closed if it is closed at `at`; `None` when it is open, always open or never.
    #[must_use]
    pub fn closed_since(&self, at: OffsetDateTime) -> Option<OffsetDateTime> {
        if self.open_now(at) {
            return None;
        }
        let instant = timestamp(at);
        // Looked for further and further back; every opening of a week lies in the eight days before.
        let within = |days: i64| {
            let from = timestamp(at.checked_sub(Duration::days(days))?);
            self.windows(from).take_while(|window| window.0 <= instant).map(|window| window.1).max()
        };
        let days = [0, 2, 8].into_iter().find(|days| within(*days).is_some())?;
        // An opening of the day before those that were found may end after them.
        offset_date_time(within(days + 1)?).ok()
    }

    /// The instant at which `duration` of staffed time has passed since `at`.
    ///
    /// Counting starts at `at`, or at the next opening when the service is closed. Closed time does not count.
    ///
    /// # Errors
    /// [`HoursError::NeverOpen`] when the schedule is empty, [`HoursError::BelowZero`], [`HoursError::TooFar`].
    pub fn add_staffed(&self, at: OffsetDateTime, duration: Duration) -> Result<OffsetDateTime, HoursError> {
        if duration.is_negative() {
            return Err(HoursError::BelowZero);
        }
        if self.is_never() {
            return Err(HoursError::NeverOpen);
        }
        if duration.is_zero() {
            return Ok(at);
        }
        if self.is_always() {
            return at.checked_add(duration).ok_or(HoursError::TooFar);
        }
        let instant = timestamp(at);
        let mut left = duration.whole_nanoseconds();
        let mut counted_to = instant;
        for (from, to) in self.windows(instant) {
            let from = from.max(counted_to);
            if to <= from {
                continue;
            }
            let open = to.as_nanosecond() - from.as_nanosecond();
            if left <= open {
                let end = Timestamp::from_nanosecond(from.as_nanosecond() + left).map_err(|_| HoursError::TooFar)?;
                return offset_date_time(end);
            }
            left -= open;
            counted_to = to;
        }
        Err(HoursError::TooFar)
    }

    /// Openings from the day before `instant` on, by opening instant; two may overlap where slots do.
    fn windows(&self, instant: Timestamp) -> impl Iterator<Item = (Timestamp, Timestamp)> + '_ {
        let slots: &[Slot] = match &self.pattern {
            Pattern::Always => &[],
            Pattern::Weekly(slots) => slots,
        };
        let today = self.zone.to_datetime(instant).date();
        // A slot may reach into the next day, so the day before counts as well.
        let first = today.checked_sub(1.day()).unwrap_or(today);
        std::iter::successors(Some(first), |date| date.checked_add(1.day()).ok())
            .take(HORIZON_DAYS)
            .flat_map(move |date| {
                let day = monday_based(date.weekday());
                slots.iter().filter(move |slot| slot.day == day).map(move |slot| (date, *slot))
            })
            .filter_map(|(date, slot)| {
                let from = self.instant(date, slot.from)?;
                let to = self.instant(date, slot.to)?;
                (from < to).then_some((from, to))
            })
    }

    /// The instant of a local time, never going backwards as local time goes on.
    fn instant(&self, date: Date, minutes: u16) -> Option<Timestamp> {
        let date = date.checked_add(i64::from(minutes / MINUTES_A_DAY).days()).ok()?;
        let minutes = minutes % MINUTES_A_DAY;
        let hour = i8::try_from(minutes / 60).ok()?;
        let minute = i8::try_from(minutes % 60).ok()?;
        let local = date.at(hour, minute, 0, 0);
        let ambiguous = self.zone.to_ambiguous_timestamp(local);
        match ambiguous.offset() {
            AmbiguousOffset::Unambiguous { offset } => offset.to_timestamp(local).ok(),
            AmbiguousOffset::Fold { before, .. } => before.to_timestamp(local).ok(),
            AmbiguousOffset::Gap { after, .. } => {
                // Read with the new offset, a skipped time lies before the change itself.
                let early = after.to_timestamp(local).ok()?;
                let change = self.zone.following(early).next()?;
                Some(change.timestamp())
            }
        }
    }
}

impl fmt::Display for WeeklyHours {
    /// The form that [`WeeklyHours::parse`] reads, lines joined by commas.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.is_always() {
            return f.write_str("always");
        }
        for (index, line) in self.lines().iter().enumerate() {
            if index > 0 {
                f.write_str(", ")?;
            }
            f.write_str(HoursLine::day_code(line.first_day))?;
            if line.last_day != line.first_day {
                write!(f, "-{}", HoursLine::day_code(line.last_day))?;
            }
            write!(f, " {}-{}", HoursLine::clock(line.from), HoursLine::clock(line.to))?;
        }
        Ok(())
    }
}

fn monday_based(weekday: Weekday) -> u8 {
    weekday.to_monday_zero_offset().unsigned_abs()
}

fn parse_line(line: &str) -> Option<Vec<Slot>> {
    let mut words = line.split_whitespace();
    let (days, hours) = (words.next()?, words.next()?);
    if words.next().is_some() {
        return None;
    }
    let (first, last) = match days.split_once('-') {
        Some((first, last)) => (parse_day(first)?, parse_day(last)?),
        None => (parse_day(days)?, parse_day(days)?),
    };
    let (from, to) = hours.split_once('-')?;
    let (from, to) = (parse_clock(from)?, parse_clock(to)?);
    if from == to || from == MINUTES_A_DAY {
        return None;
    }
    let to = if to < from { to + MINUTES_A_DAY } else { to };
    // "sat-mon" runs over the end of the week.
    let run = (last + 7 - first) % 7;
    Some((0..=run).map(|step| Slot { day: (first + step) % 7, from, to }).collect())
}

fn parse_day(day: &str) -> Option<u8> {
    let index = DAYS.iter().position(|name| *name == day)?;
    u8::try_from(index).ok()
}

fn parse_clock(clock: &str) -> Option<u16> {
    let (hour, minute) = clock.split_once(':')?;
    if hour.len() != 2 || minute.len() != 2 {
        return None;
    }
    let digits = |part: &str| -> Option<u16> { part.bytes().all(|byte| byte.is_ascii_digit()).then(|| part.parse().ok()).flatten() };
    let (hour, minute) = (digits(hour)?, digits(minute)?);
    let minutes = hour * 60 + minute;
    (minute < 60 && minutes <= MINUTES_A_DAY).then_some(minutes)
}

/// The instant for jiff; the ends of its range stand for anything beyond them.
pub(crate) fn timestamp(at: OffsetDateTime) -> Timestamp {
    Timestamp::from_nanosecond(at.unix_timestamp_nanos()).unwrap_or(if at.year() < 0 { Timestamp::MIN } else { Timestamp::MAX })
}

fn offset_date_time(at: Timestamp) -> Result<OffsetDateTime, HoursError> {
    OffsetDateTime::from_unix_timestamp_nanos(at.as_nanosecond()).map_err(|_| HoursError::TooFar)
}
