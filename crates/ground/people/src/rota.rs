//! Who is on call: weekly slots, and the holes between them.
//!
//! A slot is written as people write a rota: a weekday, a time from and a time to, in the time zone of the wall
//! clock it was read from. So the night shift stays the night shift when the clocks change. A slot whose end is
//! not after its start runs into the next day.
//!
//! A hole is a time in which nobody would answer. It is computed from the same intervals as `who`, never
//! guessed: a rota that looks full and is not is how a danger flag waits until the morning.

mod week;

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};
use time::OffsetDateTime;
use uuid::Uuid;

pub use week::{Stretch, doubled, stretches, torn};

/// Minutes in a day.
const DAY: u16 = 24 * 60;

/// One weekly turn of one member.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Slot {
    /// The slot's own id.
    pub id: Uuid,
    /// The team that answers.
    pub team: Uuid,
    /// Who answers.
    pub member: Uuid,
    /// Monday = 1 to Sunday = 7.
    pub weekday: u8,
    /// First minute of the day, 0 to 1,439.
    pub from: u16,
    /// End in minutes of the day, 1 to 1,440; not after `from` means on the next day.
    pub to: u16,
    /// IANA name of the time zone, for example `Europe/London`.
    pub zone: String,
}

/// What is wrong with a slot.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SlotError {
    /// Not 1 to 7.
    #[error("a weekday is 1 (Monday) to 7 (Sunday)")]
    Weekday,
    /// Minutes outside the day.
    #[error("a slot begins at minute 0 to 1439 and ends at minute 1 to 1440")]
    Minutes,
    /// No such time zone in the bundled database.
    #[error("there is no time zone named {0}")]
    Zone(String),
}

/// A time in which a member does not answer, whatever the rota says: leave, illness.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Away {
    /// The absence's own id.
    pub id: Uuid,
    /// Who is away.
    pub member: Uuid,
    /// The first moment.
    #[serde(with = "time::serde::timestamp")]
    pub from: OffsetDateTime,
    /// The first moment at which they answer again.
    #[serde(with = "time::serde::timestamp")]
    pub to: OffsetDateTime,
}

/// A time in which nobody is on call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hole {
    /// First moment without anybody.
    pub from: OffsetDateTime,
    /// When somebody is on call again, or the end of the time looked at.
    pub to: OffsetDateTime,
}

/// Who is on call at one moment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OnCall {
    /// Members whose turn it is, each once, in the order of their ids.
    pub members: Vec<Uuid>,
    /// Whose turn it is who hold no key of the team: they could open nothing, and do not count.
    pub keyless: Vec<Uuid>,
    /// The hole this moment lies in, or the next one within a week; none when the week is covered.
    pub hole: Option<Hole>,
}

impl Slot {
    /// Checks a slot before it is stored.
    ///
    /// # Errors
    /// See [`SlotError`].
    pub fn check(&self) -> Result<(), SlotError> {
        if !(1..=7).contains(&self.weekday) {
            return Err(SlotError::Weekday);
        }
        if self.from >= DAY || self.to == 0 || self.to > DAY {
            return Err(SlotError::Minutes);
        }
        self.time_zone().map(|_| ())
    }

    fn time_zone(&self) -> Result<TimeZone, SlotError> {
        TimeZone::get(&self.zone).map_err(|_| SlotError::Zone(self.zone.clone()))
    }

    /// The turns of this slot that touch `[from, to)`, as half-open intervals in seconds since 1970.
    fn turns(&self, from: i64, to: i64) -> Result<Vec<(i64, i64)>, SlotError> {
        let zone = self.time_zone()?;
        let (Some(mut date), Some(last)) = (local_date(&zone, from - 2 * 86_400), local_date(&zone, to)) else {
            return Ok(Vec::new());
        };
        let mut turns = Vec::new();
        while date <= last {
            let Ok(next) = date.tomorrow() else { break };
            if date.weekday().to_monday_one_offset() == i8::try_from(self.weekday).unwrap_or(0) {
                let end_date = if self.to > self.from { date } else { next };
                if let (Some(start), Some(end)) = (instant(&zone, date, self.from), instant(&zone, end_date, self.to))
                    && start < to
                    && end > from
                    && start < end
                {
                    turns.push((start, end));
                }
            }
            date = next;
        }
        Ok(turns)
    }
}

fn local_date(zone: &TimeZone, unix: i64) -> Option<Date> {
    Some(zone.to_datetime(Timestamp::from_second(unix).ok()?).date())
}

/// A wall-clock minute as an instant. A minute that the clocks skip is read with the offset before the change,
/// one that comes twice is read as the first (jiff's "compatible" rule, the one of RFC 5545).
fn instant(zone: &TimeZone, date: Date, minute: u16) -> Option<i64> {
    let (date, minute) = if minute == DAY { (date.tomorrow().ok()?, 0) } else { (date, minute) };
    let time = date.at(i8::try_from(minute / 60).ok()?, i8::try_from(minute % 60).ok()?, 0, 0);
    Some(time.to_zoned_datetime(zone.clone()).ok()?.timestamp().as_second())
}

/// Minutes since midnight of `HH:MM`; 24:00 is the end of the day.
#[must_use]
pub fn minutes(text: &str) -> Option<u16> {
    let (hours, minutes) = text.trim().split_once(':')?;
    let (hours, minutes) = (hours.parse::<u16>().ok()?, minutes.parse::<u16>().ok()?);
    (minutes < 60 && (hours < 24 || (hours == 24 && minutes == 0))).then_some(hours * 60 + minutes)
}

/// The time of day as a clock shows it.
#[must_use]
pub fn clock(minutes: u16) -> String {
    format!("{:02}:{:02}", minutes / 60, minutes % 60)
}

/// A stretch of time in which a member answers: half open, in seconds since 1970.
struct Turn {
    member: Uuid,
    begins: i64,
    ends: i64,
}

/// The turns of these slots that touch `[from, to)`, without what lies in an absence of whose turn it is.
fn answered(slots: &[Slot], away: &[Away], from: i64, to: i64) -> Result<Vec<Turn>, SlotError> {
    let mut answered = Vec::new();
    for slot in slots {
        let mut turns = slot.turns(from, to)?;
        for absence in away.iter().filter(|absence| absence.member == slot.member) {
            let (gone, back) = (absence.from.unix_timestamp(), absence.to.unix_timestamp());
            let parts = |(begins, ends): (i64, i64)| [(begins, ends.min(gone)), (begins.max(back), ends)];
            turns = turns.into_iter().flat_map(parts).filter(|(begins, ends)| begins < ends).collect();
        }
        let touching = turns.into_iter().filter(|(begins, ends)| *begins < to && *ends > from);
        answered.extend(touching.map(|(begins, ends)| Turn { member: slot.member, begins, ends }));
    }
    Ok(answered)
}

/// The holes in `slots` between two moments, in order.
///
/// # Errors
/// [`SlotError::Zone`] when a stored slot names a time zone that is not in the database.
pub fn holes(slots: &[Slot], away: &[Away], from: OffsetDateTime, to: OffsetDateTime) -> Result<Vec<Hole>, SlotError> {
    let (start, end) = (from.unix_timestamp(), to.unix_timestamp());
    let mut turns = answered(slots, away, start, end)?;
    turns.sort_unstable_by_key(|turn| turn.begins);
    let mut holes = Vec::new();
    let mut covered = start;
    for Turn { begins, ends, .. } in turns {
        if begins > covered {
            holes.push((covered, begins));
        }
        covered = covered.max(ends);
    }
    if covered < end {
        holes.push((covered, end));
    }
    Ok(holes
        .into_iter()
        .filter_map(|(from, to)| {
            Some(Hole { from: OffsetDateTime::from_unix_timestamp(from).ok()?, to: OffsetDateTime::from_unix_timestamp(to).ok()? })
        })
        .collect())
}

/// Who is on call at `now`, and the next hole within a week. `keyless` are the turns of those who hold no key of the team.
///
/// # Errors
/// [`SlotError::Zone`] when a stored slot names a time zone that is not in the database.
pub fn on_call(slots: &[Slot], keyless: &[Slot], away: &[Away], now: OffsetDateTime) -> Result<OnCall, SlotError> {
    let moment = now.unix_timestamp();
    let at = |slots: &[Slot]| -> Result<Vec<Uuid>, SlotError> {
        let mut members: Vec<Uuid> = answered(slots, away, moment, moment + 1)?.into_iter().map(|turn| turn.member).collect();
        members.sort_unstable();
        members.dedup();
        Ok(members)
    };
    let (members, keyless) = (at(slots)?, at(keyless)?);
    let hole = holes(slots, away, now, now + time::Duration::days(7))?.into_iter().next();
    Ok(OnCall { members, keyless, hole })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used)]
    use super::*;
    use proptest::prelude::*;
    use time::macros::datetime;

    fn slot(member: u128, weekday: u8, from: u16, to: u16) -> Slot {
        Slot {
            id: Uuid::from_u128(member * 100 + u128::from(weekday)),
            team: Uuid::from_u128(7),
            member: Uuid::from_u128(member),
            weekday,
            from,
            to,
            zone: "Europe/London".into(),
        }
    }

    /// Days from 8 to 20 by one member, nights from 20 to 8 by another.
    fn full_week() -> Vec<Slot> {
        (1..=7).flat_map(|day| [slot(1, day, 480, 1200), slot(2, day, 1200, 480)]).collect()
    }

    #[test]
    fn the_night_shift_runs_into_the_morning() {
        let slots = full_week();
        let at = |now| on_call(&slots, &[], &[], now).unwrap();
        // A Tuesday in winter, when London keeps UTC.
        assert_eq!(at(datetime!(2026-11-24 03:00 UTC)).members, [Uuid::from_u128(2)]);
        assert_eq!(at(datetime!(2026-11-24 07:59:59 UTC)).members, [Uuid::from_u128(2)]);
        assert_eq!(at(datetime!(2026-11-24 08:00 UTC)).members, [Uuid::from_u128(1)]);
        assert_eq!(at(datetime!(2026-11-24 03:00 UTC)).hole, None);
    }

    #[test]
    fn a_missing_night_is_found_before_it_comes() {
        let mut slots = full_week();
        slots.retain(|s| !(s.member == Uuid::from_u128(2) && s.weekday == 6));
        let found = on_call(&slots, &[], &[], datetime!(2026-11-24 12:00 UTC)).unwrap();
        assert_eq!(found.hole, Some(Hole { from: datetime!(2026-11-28 20:00 UTC), to: datetime!(2026-11-29 08:00 UTC) }));
        let inside = on_call(&slots, &[], &[], datetime!(2026-11-29 02:00 UTC)).unwrap();
        assert_eq!(inside.members, Vec::<Uuid>::new());
        assert_eq!(inside.hole.unwrap().from, datetime!(2026-11-29 02:00 UTC));
    }

    #[test]
    fn who_is_away_does_not_answer_and_the_hole_is_seen_before_it_comes() {
        let slots = full_week();
        let away = |member: u128, from, to| Away { id: Uuid::nil(), member: Uuid::from_u128(member), from, to };
        // From Tuesday 22:00, in the middle of a night, to Thursday noon, in a day that is not theirs.
        let leave = [away(2, datetime!(2026-11-24 22:00 UTC), datetime!(2026-11-26 12:00 UTC))];
        let holes = holes(&slots, &leave, datetime!(2026-11-24 00:00 UTC), datetime!(2026-11-28 00:00 UTC)).unwrap();
        let nights = [
            Hole { from: datetime!(2026-11-24 22:00 UTC), to: datetime!(2026-11-25 08:00 UTC) },
            Hole { from: datetime!(2026-11-25 20:00 UTC), to: datetime!(2026-11-26 08:00 UTC) },
        ];
        assert_eq!(holes, nights);
        let at = |now| on_call(&slots, &[], &leave, now).unwrap().members;
        assert_eq!(at(datetime!(2026-11-24 21:59 UTC)), [Uuid::from_u128(2)]);
        assert_eq!(at(datetime!(2026-11-24 22:00 UTC)), Vec::<Uuid>::new());
        assert_eq!(at(datetime!(2026-11-25 12:00 UTC)), [Uuid::from_u128(1)], "somebody else's leave is not theirs");
        assert_eq!(at(datetime!(2026-11-26 20:00 UTC)), [Uuid::from_u128(2)]);
    }

    #[test]
    fn an_empty_rota_is_one_hole() {
        let now = datetime!(2026-11-24 12:00 UTC);
        let found = on_call(&[], &[], &[], now).unwrap();
        assert_eq!(found.hole, Some(Hole { from: now, to: now + time::Duration::days(7) }));
    }

    #[test]
    fn slots_follow_the_wall_clock_when_the_clocks_change() {
        // 25 October 2026: London goes back an hour at 02:00 local time.
        let slots = full_week();
        assert_eq!(on_call(&slots, &[], &[], datetime!(2026-10-24 07:30 UTC)).unwrap().members, [Uuid::from_u128(1)]);
        assert_eq!(on_call(&slots, &[], &[], datetime!(2026-10-25 07:30 UTC)).unwrap().members, [Uuid::from_u128(2)]);
        let week = holes(&slots, &[], datetime!(2026-10-20 00:00 UTC), datetime!(2026-10-30 00:00 UTC));
        assert_eq!(week.unwrap(), []);
    }

    #[test]
    fn refuses_what_no_clock_shows() {
        assert_eq!(slot(1, 0, 0, 10).check(), Err(SlotError::Weekday));
        assert_eq!(slot(1, 8, 0, 10).check(), Err(SlotError::Weekday));
        assert_eq!(slot(1, 1, 1440, 10).check(), Err(SlotError::Minutes));
        assert_eq!(slot(1, 1, 0, 0).check(), Err(SlotError::Minutes));
        assert_eq!(slot(1, 1, 0, 1441).check(), Err(SlotError::Minutes));
        let mut elsewhere = slot(1, 1, 0, 10);
        elsewhere.zone = "Europe/Nowhere".into();
        assert_eq!(elsewhere.check(), Err(SlotError::Zone("Europe/Nowhere".into())));
        assert_eq!(slot(1, 1, 0, 1440).check(), Ok(()));
    }

    proptest! {
        /// Holes and turns are each other's complement: at any moment either somebody is on call or the moment
        /// is the start of the first hole.
        #[test]
        fn somebody_answers_or_it_is_a_hole(
            parts in prop::collection::vec((1_u128..4, 1_u8..8, 0_u16..1440, 1_u16..=1440), 0..12),
            minutes in 0_i64..(60 * 24 * 40),
            leave in prop::collection::vec((1_u128..4, 0_i64..(60 * 24 * 40), 1_i64..(60 * 24 * 5)), 0..4),
        ) {
            let begin = datetime!(2026-10-10 00:00 UTC);
            let away: Vec<Away> = leave
                .iter()
                .map(|(member, from, long)| Away {
                    id: Uuid::nil(),
                    member: Uuid::from_u128(*member),
                    from: begin + time::Duration::minutes(*from),
                    to: begin + time::Duration::minutes(from + long),
                })
                .collect();
            let slots: Vec<Slot> = parts.iter().map(|(m, d, f, t)| slot(*m, *d, *f, *t)).collect();
            let now = datetime!(2026-10-10 00:00 UTC) + time::Duration::minutes(minutes);
            let found = on_call(&slots, &[], &away, now).unwrap();
            prop_assert!(!found.members.iter().any(|member| away.iter().any(|it| it.member == *member && it.from <= now && now < it.to)));
            let in_hole = found.hole.is_some_and(|hole| hole.from == now);
            prop_assert_eq!(found.members.is_empty(), in_hole);
        }
    }
}
