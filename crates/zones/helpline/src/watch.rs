//! No clock passes unheard. What is due says so itself: at every look the rule asks each header anew when somebody must be
//! told, so that no act can forget to set a timer, and a crash loses none.
//!
//! A danger has an alarm of its own (`jobs.rs`) until it is passed on; from then on it is watched here too.

use time::{Duration, OffsetDateTime};

use plainsight_vocabulary::{Urgency, WeeklyHours};

use crate::header::{Due, Header, Told};

/// A danger that was passed on and that nobody marked as dealt with is asked about after this.
const PASSED_ON: Duration = Duration::hours(24);
/// Told so long before the desk closes, when a clock passes while it is closed.
const BEFORE_CLOSING: Duration = Duration::hours(1);
/// How far ahead of its time something can be told: the longest that a weekly desk is closed, and the hour before.
pub(crate) const AHEAD: Duration = Duration::days(8);
/// What would be told again so soon is told now, with what is due: a team is not paged for each.
pub(crate) const TOGETHER: Duration = Duration::hours(4);

/// Who is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Whom {
    OnCall,
    Team,
}

/// That somebody must be told of a clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Alert {
    pub(crate) at: OffsetDateTime,
    pub(crate) whom: Whom,
    /// It cannot wait for staffed hours.
    pub(crate) pressing: bool,
    /// Told before, and still not done.
    pub(crate) again: bool,
    /// By when it is due.
    by: OffsetDateTime,
}

/// When whom must be told of what is due next for this contact; none when nothing is due, or something else pages already.
///
/// First who is on call: when the time has come, or an hour before the desk closes if it comes while the desk is closed
/// (whoever writes about themselves or about a child is not put off: they are read at any hour). Then the whole team, until
/// it is done. `staffed` is when the desk is open, as far as anybody said.
pub(crate) fn next_alert(header: &Header, staffed: Option<&WeeklyHours>) -> Option<Alert> {
    let (by, pressing) = match header.next_due()? {
        (Due::Danger, _) if header.alarm.on => return None,
        (Due::Danger, by) => (by.checked_add(PASSED_ON)?, true),
        (Due::Read, by) => (by, header.urgency != Urgency::Normal || header.flags.unfinished),
        (Due::Acknowledge | Due::Feedback | Due::LookAgain, by) => (by, false),
    };
    let Told { of, rounds, at } = header.told;
    if rounds == 0 || of != by.unix_timestamp() {
        let at = if pressing { by } else { in_time(by, header.clocks.arrived, staffed) };
        return Some(Alert { at, whom: Whom::OnCall, pressing, again: false, by });
    }
    let wait = match (pressing, rounds) {
        (true, 1) => Duration::minutes(15),
        (true, _) => Duration::hours(1),
        (false, 1) => Duration::hours(4),
        (false, _) => Duration::hours(24),
    };
    let at = OffsetDateTime::from_unix_timestamp(at).ok()?.checked_add(wait)?;
    let at = if pressing { at } else { staffed.and_then(|hours| hours.opens_next(at)).unwrap_or(at) };
    Some(Alert { at, whom: Whom::Team, pressing, again: true, by })
}

/// When to tell of something that waits for staffed hours: when it is due; an hour before the desk closes, when it comes due
/// behind closed doors and was there already.
fn in_time(by: OffsetDateTime, since: OffsetDateTime, staffed: Option<&WeeklyHours>) -> OffsetDateTime {
    let before = staffed.and_then(|hours| hours.closed_since(by)).map(|closed| closed - BEFORE_CLOSING);
    before.filter(|before| *before > since).unwrap_or(by)
}

impl Header {
    /// Somebody has been told.
    pub(crate) fn note_told(&mut self, alert: &Alert, now: OffsetDateTime) {
        let of = alert.by.unix_timestamp();
        let rounds = if self.told.of == of { self.told.rounds } else { 0 };
        self.told = Told { of, rounds: rounds.saturating_add(1), at: now.unix_timestamp() };
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use rand::rngs::StdRng;
    use rand::{RngExt, SeedableRng};
    use time::macros::datetime;

    use plainsight_vocabulary::{Clocks as Promises, Due as Promised};

    use super::*;
    use crate::header::tests::header;
    use crate::header::{Alarm, Clocks};

    fn office() -> WeeklyHours {
        WeeklyHours::parse("Europe/London", &["mon-fri 09:00-17:00"]).unwrap()
    }

    fn arrived(at: OffsetDateTime, urgency: Urgency, due: Promised) -> Header {
        let mut alarm = Alarm::default();
        if urgency == Urgency::Danger {
            alarm.set_off();
        }
        let clocks = Clocks { arrived: at, read_by: due.first_read, acknowledge_by: due.acknowledged, feedback_by: due.feedback };
        Header { urgency, clocks, alarm, ..header() }
    }

    fn filed(at: OffsetDateTime, urgency: Urgency) -> Header {
        arrived(at, urgency, Promises::STANDARD.due(urgency, at, &office()).unwrap())
    }

    fn at(header: &Header) -> OffsetDateTime {
        next_alert(header, Some(&office())).unwrap().at
    }

    #[test]
    fn who_writes_about_themselves_is_not_put_off_to_the_morning() {
        let saturday_night = datetime!(2026-11-28 02:00 UTC);
        let mut header = filed(saturday_night, Urgency::Soon);
        assert_eq!(at(&header), saturday_night + Duration::HOUR);
        for (told, next, whom) in [(0, 0, Whom::OnCall), (1, 15, Whom::Team), (2, 75, Whom::Team), (3, 135, Whom::Team)] {
            let alert = next_alert(&header, Some(&office())).unwrap();
            assert_eq!((alert.at, alert.whom), (saturday_night + Duration::HOUR + Duration::minutes(next), whom), "after {told}");
            header.note_told(&alert, alert.at);
        }
    }

    #[test]
    fn what_comes_due_behind_closed_doors_is_told_before_they_close() {
        // Read on Friday morning, to be answered by Saturday.
        let friday = datetime!(2026-11-27 10:30 UTC);
        let mut header = filed(friday, Urgency::Normal);
        assert_eq!(at(&header), friday + Duration::hours(4));
        header.flags.read = true;
        assert_eq!(at(&header), datetime!(2026-11-27 16:00 UTC));
        // What is not done then is asked for when the desk is open again, of the whole team.
        let alert = next_alert(&header, Some(&office())).unwrap();
        header.note_told(&alert, alert.at);
        let again = next_alert(&header, Some(&office())).unwrap();
        assert_eq!((again.at, again.whom, again.again), (datetime!(2026-11-30 09:00 UTC), Whom::Team, true));
        // Answered: another clock, and its own first telling.
        header.flags.acknowledged = true;
        assert_eq!(at(&header), friday + Duration::days(28));
    }

    #[test]
    fn what_came_while_the_desk_was_closed_and_is_due_before_it_opens_is_told_when_it_is_due() {
        let friday_night = datetime!(2026-11-27 22:00 UTC);
        let mut header = filed(friday_night, Urgency::Normal);
        header.flags.read = true;
        assert_eq!(at(&header), friday_night + Duration::hours(24));
    }

    #[test]
    fn a_danger_pages_by_itself_until_it_is_passed_on_and_is_not_forgotten_then() {
        let night = datetime!(2026-11-28 02:00 UTC);
        let mut header = filed(night, Urgency::Danger);
        assert_eq!(next_alert(&header, Some(&office())), None);
        header.alarm.on = false;
        header.flags.referred = true;
        assert_eq!(at(&header), night + Duration::minutes(15) + Duration::hours(24));
        header.flags.safe = true;
        header.flags.read = true;
        header.flags.acknowledged = true;
        // Boxing Day, a Saturday: told on the last open day before.
        assert_eq!((header.next_due().unwrap().1, at(&header)), (night + Duration::days(28), datetime!(2026-12-25 16:00 UTC)));
    }

    #[test]
    fn nothing_is_told_of_what_asks_for_nothing() {
        let mut header = filed(datetime!(2026-11-27 10:30 UTC), Urgency::Normal);
        header.flags.read = true;
        header.flags.closed = true;
        assert_eq!(next_alert(&header, Some(&office())), None);
    }

    /// Hours of every shape: always, an office, evenings over midnight, one hour a week, nobody said.
    fn desks() -> Vec<Option<WeeklyHours>> {
        let parse = |lines: &[&str]| Some(WeeklyHours::parse("Europe/London", lines).unwrap());
        vec![parse(&["always"]), Some(office()), parse(&["thu-sun 18:00-02:00"]), parse(&["wed 10:00-11:00"]), None]
    }

    proptest! {
        /// The first telling of any clock comes at or before its time, and after the contact came.
        #[test]
        fn nobody_hears_of_a_clock_when_it_is_over(minutes in 0_i64..(60 * 24 * 400), which in 0_usize..5, read in any::<bool>(), answered in any::<bool>()) {
            let came = datetime!(2026-01-01 00:00 UTC) + Duration::minutes(minutes);
            let desk = &desks()[which];
            let due = desk.as_ref().map_or_else(
                || Promised { first_read: came + Duration::hours(4), acknowledged: came + Duration::hours(24), feedback: came + Duration::days(28) },
                |hours| Promises::STANDARD.due(Urgency::Normal, came, hours).unwrap(),
            );
            let mut header = arrived(came, Urgency::Normal, due);
            header.flags.read = read;
            header.flags.acknowledged = read && answered;
            let alert = next_alert(&header, desk.as_ref()).unwrap();
            let (_, by) = header.next_due().unwrap();
            prop_assert!(alert.at <= by && alert.at > came && by - alert.at <= AHEAD, "{} {}", alert.at, by);
        }
    }

    /// One who works at the desk in the simulated year: reads, answers and reports back, or does not.
    fn works_on(header: &mut Header, dice: &mut StdRng) {
        match header.next_due() {
            Some((Due::Danger, _)) if header.alarm.on => {
                header.alarm.on = false;
                header.flags.referred = true;
                header.flags.read = true;
            }
            Some((Due::Danger, _)) => header.flags.safe = true,
            Some((Due::Read, _)) => {
                header.flags.read = true;
                header.flags.reporter_wrote = false;
                header.clocks.round(dice.random_bool(0.3));
            }
            Some((Due::Acknowledge, _)) => header.flags.acknowledged = true,
            Some((Due::Feedback | Due::LookAgain, _)) => header.flags.closed = true,
            None => {}
        }
    }

    /// A year of 100,000 contacts at a desk that keeps office hours, loses a third of its people for weeks on end, and whose
    /// program stands still now and then: no clock passes without somebody having been told by then, or at the first look
    /// after the program stood still; nobody is told of what is done; and what is forgotten is told again and again.
    #[test]
    fn in_a_year_of_a_hundred_thousand_contacts_no_clock_passes_unheard() {
        const LOOK: Duration = Duration::seconds(20);
        let start = datetime!(2026-01-05 00:00 UTC);
        let end = start + Duration::days(365);
        let mut dice = StdRng::seed_from_u64(2026);
        let outages: Vec<(OffsetDateTime, OffsetDateTime)> = (0..40)
            .map(|_| {
                let from = start + Duration::minutes(dice.random_range(0..365 * 24 * 60));
                (from, from + Duration::minutes(dice.random_range(1..600)))
            })
            .collect();
        // The first look at or after a moment at which the program runs.
        let look = |at: OffsetDateTime| {
            let mut at = at;
            while let Some((_, to)) = outages.iter().find(|(from, to)| (*from..*to).contains(&at)) {
                at = *to;
            }
            at + LOOK
        };
        let (mut passed, mut told, mut forgotten) = (0_u32, 0_u32, 0_u32);
        for number in 0..100_000_u32 {
            let came = start + Duration::seconds(dice.random_range(0..300 * 24 * 3600));
            let urgency = [Urgency::Normal, Urgency::Normal, Urgency::Normal, Urgency::Soon, Urgency::Danger][number as usize % 5];
            let mut header = filed(came, urgency);
            let absent = came.ordinal() % 90 < 30;
            let mut now = came;
            // Each step ends with work on the contact, or with the end of the year.
            while now < end && header.next_due().is_some() {
                let slow = if absent { 6 } else { 1 };
                let minutes = match (header.next_due(), dice.random_bool(0.02)) {
                    (_, true) => 60 * 24 * 90,
                    (Some((Due::Danger | Due::Read, _)), _) => dice.random_range(1..300) * slow,
                    (Some((Due::Acknowledge, _)), _) => dice.random_range(1..2000) * slow,
                    _ => dice.random_range(60 * 24..60 * 24 * 27) * slow.min(2),
                };
                let worked = (now + Duration::minutes(minutes)).min(end);
                let (due, by) = header.next_due().unwrap();
                let began = header.told.rounds * u32::from(header.told.of == by.unix_timestamp());
                let mut rounds = began;
                let mut first = None;
                while let Some(alert) = next_alert(&header, Some(&office())) {
                    let at = look(alert.at.max(now));
                    if at >= worked {
                        break;
                    }
                    header.note_told(&alert, at);
                    first.get_or_insert(at);
                    (rounds, told) = (rounds + 1, told + 1);
                }
                // A danger that pages by itself has its own tests.
                let watched = due != Due::Danger;
                if watched && worked > look(by.max(now)) {
                    passed += 1;
                    assert!(rounds > 0, "contact {number}: {due:?} passed at {by} and nobody was told by {worked}");
                    if began == 0 {
                        assert!(first.unwrap() <= look(by.max(now)), "contact {number}: {due:?} of {by} was told at {first:?}");
                    }
                    if worked - by.max(now) > Duration::days(10) {
                        forgotten += 1;
                        assert!(rounds >= 6, "contact {number}: forgotten for ten days and told {rounds} times");
                    }
                }
                works_on(&mut header, &mut dice);
                now = worked;
            }
        }
        assert!(passed > 10_000 && forgotten > 500 && told > passed, "{passed} {told} {forgotten}");
    }
}
