//! Time and randomness are handed in: no call below the binary reads the clock or the system's random source.

use rand::rngs::StdRng;
use time::OffsetDateTime;

/// Where the time comes from: the system's clock in the binary, a settable one in tests.
pub trait Clock: Send + Sync {
    /// The time now, in UTC.
    fn now(&self) -> OffsetDateTime;
}

/// Where randomness comes from: the operating system in the binary, a seed in tests.
pub trait Entropy: Send + Sync {
    /// A fresh generator, independent of every other one that was given out.
    fn rng(&self) -> StdRng;
}

/// Seconds since 1970 in UTC, the form in which tables keep times that statements compare: text with and without
/// fractions of a second does not sort by time.
pub fn unix(at: OffsetDateTime) -> i64 {
    at.unix_timestamp()
}

/// The time that [`unix`] gave. A number outside the range of dates gives the nearest end of it.
pub fn from_unix(seconds: i64) -> OffsetDateTime {
    OffsetDateTime::from_unix_timestamp(seconds).unwrap_or(if seconds < 0 {
        time::PrimitiveDateTime::MIN.assume_utc()
    } else {
        time::PrimitiveDateTime::MAX.assume_utc()
    })
}
