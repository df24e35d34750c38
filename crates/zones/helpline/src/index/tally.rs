//! What came when, and how long it waited for its first reading. Both are counted in memory as headers come in. The hour of a
//! reading stands on no disk: it would tell who sat at the desk when a report was opened.

use std::collections::{BTreeMap, HashMap, VecDeque};

use time::{Duration, OffsetDateTime};
use uuid::Uuid;

use plainsight_vocabulary::Urgency;

use crate::header::{Header, Retention};

/// Readings are looked at over this week and the one before.
const REMEMBERED: Duration = Duration::days(14);
/// Of fewer than so many nothing is said: their middle would say something of one person.
pub(crate) const ENOUGH: usize = 5;

/// What came within one hour.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Came {
    pub(crate) in_hour: usize,
    /// Of these only the day is known any more.
    pub(crate) in_day: usize,
}

/// That somebody read a contact for the first time.
#[derive(Clone, Copy, Debug)]
struct Reading {
    at: OffsetDateTime,
    waited: Duration,
    urgency: Urgency,
    in_time: bool,
}

/// How long people waited for the first reading.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Waited {
    pub(crate) read: usize,
    pub(crate) in_time: usize,
    /// Half waited no longer, and nine of ten; nothing when they are too few.
    pub(crate) half: Option<Duration>,
    pub(crate) most: Option<Duration>,
}

/// The last seven days, or the seven before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Week {
    This,
    Last,
}

#[derive(Debug, Default)]
pub(super) struct Tally {
    /// By team and hour since 1970.
    came: HashMap<Uuid, BTreeMap<i64, Came>>,
    readings: HashMap<Uuid, VecDeque<Reading>>,
    since: Option<OffsetDateTime>,
}

/// In which hour it came, and whether that is only the first of its day. The time of an anonymous contact is rounded to the day
/// when it is read, also of one that was anonymous before somebody was told to keep the reporter safe.
fn hour_of(header: &Header) -> Option<(i64, bool)> {
    let at = header.clocks.arrived;
    let day_only = header.flags.read && header.retention != Retention::Ordinary && at.time() == time::Time::MIDNIGHT;
    (!header.is_case()).then(|| (at.unix_timestamp().div_euclid(3600), day_only))
}

impl Tally {
    /// From now on readings are seen.
    pub(super) fn begin(&mut self, now: OffsetDateTime) {
        self.since.get_or_insert(now);
    }

    pub(super) fn since(&self) -> Option<OffsetDateTime> {
        self.since
    }

    pub(super) fn came(&mut self, header: &Header) {
        let Some((hour, day_only)) = hour_of(header) else { return };
        let came = self.came.entry(header.team).or_default().entry(hour).or_default();
        if day_only {
            came.in_day += 1;
        } else {
            came.in_hour += 1;
        }
    }

    /// Another header stands in the place of this one.
    pub(super) fn replaced(&mut self, before: &Header, after: &Header, now: Option<OffsetDateTime>) {
        if let Some((hour, day_only)) = hour_of(before)
            && let Some(came) = self.came.get_mut(&before.team).and_then(|hours| hours.get_mut(&hour))
        {
            let count = if day_only { &mut came.in_day } else { &mut came.in_hour };
            *count = count.saturating_sub(1);
        }
        let Some(at) = now else { return };
        // What an adviser wrote down themselves waited for nobody.
        let read_now = !before.flags.read && after.flags.read && !before.flags.unfinished && !before.is_case();
        if read_now {
            let readings = self.readings.entry(after.team).or_default();
            while readings.front().is_some_and(|oldest| at - oldest.at > REMEMBERED) {
                readings.pop_front();
            }
            let waited = (at - before.clocks.arrived).max(Duration::ZERO);
            readings.push_back(Reading { at, waited, urgency: before.urgency, in_time: at <= before.clocks.read_by });
        }
    }

    /// What came to these teams in this hour since 1970.
    pub(super) fn within(&self, teams: &[Uuid], hour: i64) -> Came {
        let hours = teams.iter().filter_map(|team| self.came.get(team)?.get(&hour));
        hours.fold(Came::default(), |sum, one| Came { in_hour: sum.in_hour + one.in_hour, in_day: sum.in_day + one.in_day })
    }

    pub(super) fn waited(&self, teams: &[Uuid], urgency: Urgency, week: Week, now: OffsetDateTime) -> Waited {
        let (from, to) = match week {
            Week::This => (Duration::ZERO, Duration::WEEK),
            Week::Last => (Duration::WEEK, 2 * Duration::WEEK),
        };
        let theirs = teams.iter().filter_map(|team| self.readings.get(team)).flatten();
        let wanted = theirs.filter(|reading| reading.urgency == urgency && (from..to).contains(&(now - reading.at)));
        let (mut times, mut in_time) = (Vec::new(), 0);
        for reading in wanted {
            times.push(reading.waited);
            in_time += usize::from(reading.in_time);
        }
        times.sort_unstable();
        let at = |tenths: usize| {
            let place = (times.len() * tenths).div_ceil(10).saturating_sub(1);
            times.get(place).copied().filter(|_| times.len() >= ENOUGH)
        };
        Waited { read: times.len(), in_time, half: at(5), most: at(9) }
    }
}

#[cfg(test)]
mod tests {
    use time::macros::datetime;

    use super::*;
    use crate::header::tests::header;

    const NOW: OffsetDateTime = datetime!(2026-11-25 12:00 UTC);

    /// Reads one contact that came so many minutes before.
    fn read(tally: &mut Tally, minutes: i64, at: OffsetDateTime) {
        let mut before = header();
        before.clocks.arrived = at - Duration::minutes(minutes);
        before.clocks.read_by = before.clocks.arrived + Duration::minutes(30);
        tally.came(&before);
        let mut after = before.clone();
        after.flags.read = true;
        after.clocks.round(false);
        tally.replaced(&before, &after, Some(at));
        tally.came(&after);
    }

    #[test]
    fn the_middle_and_the_ninth_of_ten_are_times_that_somebody_waited() {
        let mut tally = Tally::default();
        for minutes in [50, 10, 40, 20] {
            read(&mut tally, minutes, NOW - Duration::HOUR);
        }
        let team = [header().team];
        let of = |tally: &Tally, week| tally.waited(&team, Urgency::Normal, week, NOW);
        assert_eq!(of(&tally, Week::This), Waited { read: 4, in_time: 2, half: None, most: None }, "too few to say");
        read(&mut tally, 30, NOW - Duration::HOUR);
        let minutes = |minutes| Some(Duration::minutes(minutes));
        assert_eq!(of(&tally, Week::This), Waited { read: 5, in_time: 3, half: minutes(30), most: minutes(50) });
        assert_eq!(of(&tally, Week::Last).read, 0);
        let later = tally.waited(&team, Urgency::Normal, Week::Last, NOW + Duration::WEEK);
        assert_eq!((later.read, later.half), (5, minutes(30)));
        assert_eq!(tally.waited(&[Uuid::from_u128(9)], Urgency::Normal, Week::This, NOW).read, 0, "of another team nothing");
        read(&mut tally, 1, NOW + Duration::days(20));
        assert_eq!(tally.waited(&team, Urgency::Normal, Week::Last, NOW + Duration::WEEK).read, 0, "forgotten after two weeks");
    }

    #[test]
    fn of_an_anonymous_contact_the_day_is_known_and_no_hour() {
        let mut tally = Tally::default();
        let mut before = header();
        before.retention = Retention::Anonymous;
        before.clocks.arrived = datetime!(2026-11-24 15:20 UTC);
        tally.came(&before);
        let hour = |at: OffsetDateTime| at.unix_timestamp() / 3600;
        let at = |tally: &Tally, at| tally.within(&[header().team], hour(at));
        assert_eq!(at(&tally, before.clocks.arrived), Came { in_hour: 1, in_day: 0 });
        let mut after = before.clone();
        after.flags.read = true;
        after.clocks.round(true);
        tally.replaced(&before, &after, None);
        tally.came(&after);
        assert_eq!(at(&tally, before.clocks.arrived), Came::default(), "memory does not know what the disk forgot");
        assert_eq!(at(&tally, datetime!(2026-11-24 00:00 UTC)), Came { in_hour: 0, in_day: 1 });
    }
}
