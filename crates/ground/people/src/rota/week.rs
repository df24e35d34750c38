//! A stretch of time as it will be: who answers from when to when, who would and is away, and what an absence tears open.

use time::{Duration, OffsetDateTime};
use uuid::Uuid;

use super::{Away, Hole, Slot, SlotError, Turn, answered};

/// An absence is looked at for holes so far ahead: a rota is not kept for longer.
const LOOK_AHEAD: Duration = Duration::days(366);
/// Two weekly turns that meet at all meet within a fortnight, whatever the clocks do in it.
const FORTNIGHT: Duration = Duration::days(14);

/// A time in which the same members answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stretch {
    /// First moment.
    pub from: OffsetDateTime,
    /// The moment at which somebody comes or goes, or the time is cut.
    pub to: OffsetDateTime,
    /// Who answers, in the order of their ids. Nobody is a hole.
    pub members: Vec<Uuid>,
    /// Whose turn it is who are away.
    pub away: Vec<Uuid>,
    /// Whose turn it is who hold no key of the team: they could open nothing, and do not count.
    pub keyless: Vec<Uuid>,
}

/// The time from the first of these moments to the last, cut at each of them and wherever somebody comes or goes. `keyless` are the
/// turns of those who hold no key of the team.
///
/// # Errors
/// [`SlotError::Zone`] when a stored slot names a time zone that is not in the database.
pub fn stretches(slots: &[Slot], keyless: &[Slot], away: &[Away], cuts: &[OffsetDateTime]) -> Result<Vec<Stretch>, SlotError> {
    let mut cuts: Vec<i64> = cuts.iter().map(|cut| cut.unix_timestamp()).collect();
    cuts.sort_unstable();
    let (Some(&from), Some(&to)) = (cuts.first(), cuts.last()) else { return Ok(Vec::new()) };
    let (planned, there) = (answered(slots, &[], from, to)?, answered(slots, away, from, to)?);
    let cannot = answered(keyless, away, from, to)?;
    let mut edges: Vec<i64> = planned.iter().chain(&there).chain(&cannot).flat_map(|turn| [turn.begins, turn.ends]).collect();
    edges.retain(|edge| (from..to).contains(edge));
    edges.extend(&cuts);
    edges.sort_unstable();
    edges.dedup();
    let mut stretches: Vec<Stretch> = Vec::new();
    for (begins, ends) in edges.iter().zip(edges.iter().skip(1)) {
        let (members, keyless) = (during(&there, *begins), during(&cannot, *begins));
        let mut away = during(&planned, *begins);
        away.retain(|member| !members.contains(member));
        match stretches.last_mut() {
            Some(last) if (&last.members, &last.away, &last.keyless) == (&members, &away, &keyless) && !cuts.contains(begins) => {
                last.to = moment(*ends);
            }
            _ => stretches.push(Stretch { from: moment(*begins), to: moment(*ends), members, away, keyless }),
        }
    }
    Ok(stretches)
}

/// When nobody answers from `now` on because this member is away: what taking the absence back would mend.
///
/// # Errors
/// [`SlotError::Zone`] when a stored slot names a time zone that is not in the database.
pub fn torn(slots: &[Slot], away: &[Away], absence: &Away, now: OffsetDateTime) -> Result<Vec<Hole>, SlotError> {
    let from = absence.from.max(now);
    let to = absence.to.min(from.saturating_add(LOOK_AHEAD));
    if from >= to {
        return Ok(Vec::new());
    }
    let mut holes: Vec<Hole> = Vec::new();
    for stretch in stretches(slots, &[], away, &[from, to])? {
        if !stretch.members.is_empty() || !stretch.away.contains(&absence.member) {
            continue;
        }
        match holes.last_mut() {
            Some(last) if last.to == stretch.from => last.to = stretch.to,
            _ => holes.push(Hole { from: stretch.from, to: stretch.to }),
        }
    }
    Ok(holes)
}

/// The turn that this one would double: of the same member and team, at a time that both hold.
///
/// # Errors
/// [`SlotError::Zone`] when a slot names a time zone that is not in the database.
pub fn doubled<'a>(slots: &'a [Slot], new: &Slot, now: OffsetDateTime) -> Result<Option<&'a Slot>, SlotError> {
    let (from, to) = (now.unix_timestamp(), now.saturating_add(FORTNIGHT).unix_timestamp());
    let turns = new.turns(from, to)?;
    for slot in slots.iter().filter(|slot| slot.member == new.member && slot.team == new.team) {
        let meets = |(begins, ends): &(i64, i64)| turns.iter().any(|(from, to)| begins < to && from < ends);
        if slot.turns(from, to)?.iter().any(meets) {
            return Ok(Some(slot));
        }
    }
    Ok(None)
}

/// Whose turn it is at a moment, each once.
fn during(turns: &[Turn], moment: i64) -> Vec<Uuid> {
    let mut members: Vec<Uuid> = turns.iter().filter(|turn| turn.begins <= moment && moment < turn.ends).map(|turn| turn.member).collect();
    members.sort_unstable();
    members.dedup();
    members
}

/// Every edge is a moment that was given or one that a clock shows, so none lies outside what a date can be.
fn moment(second: i64) -> OffsetDateTime {
    OffsetDateTime::from_unix_timestamp(second).unwrap_or(OffsetDateTime::UNIX_EPOCH)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used)]
    use super::*;
    use crate::rota::holes;
    use proptest::prelude::*;
    use time::macros::datetime;

    fn slot(member: u128, weekday: u8, from: u16, to: u16) -> Slot {
        let id = Uuid::from_u128(member * 100 + u128::from(weekday));
        Slot { id, team: Uuid::nil(), member: Uuid::from_u128(member), weekday, from, to, zone: "Europe/London".into() }
    }

    fn away(member: u128, from: OffsetDateTime, to: OffsetDateTime) -> Away {
        Away { id: Uuid::nil(), member: Uuid::from_u128(member), from, to }
    }

    /// Days from 8 to 20 by one member, nights from 20 to 8 by another.
    fn full_week() -> Vec<Slot> {
        (1..=7).flat_map(|day| [slot(1, day, 480, 1200), slot(2, day, 1200, 480)]).collect()
    }

    #[test]
    fn a_day_is_told_as_it_will_be() {
        let leave = [away(2, datetime!(2026-11-24 22:00 UTC), datetime!(2026-11-26 12:00 UTC))];
        let cuts = [datetime!(2026-11-24 00:00 UTC), datetime!(2026-11-25 00:00 UTC), datetime!(2026-11-25 12:00 UTC)];
        let told = stretches(&full_week(), &[], &leave, &cuts).unwrap();
        let short: Vec<_> = told.iter().map(|it| (it.from.hour(), it.to.hour(), it.members.len(), it.away.len())).collect();
        assert_eq!(short, [(0, 8, 1, 0), (8, 20, 1, 0), (20, 22, 1, 0), (22, 0, 0, 1), (0, 8, 0, 1), (8, 12, 1, 0)]);
        assert!(stretches(&full_week(), &[], &leave, &[]).unwrap().is_empty());
    }

    #[test]
    fn who_cannot_open_yet_is_named_and_does_not_count() {
        let keyless = [slot(3, 2, 600, 1260)];
        let cuts = [datetime!(2026-11-24 00:00 UTC), datetime!(2026-11-25 00:00 UTC)];
        let days: Vec<Slot> = (1..=7).map(|day| slot(1, day, 480, 1200)).collect();
        let told = stretches(&days, &keyless, &[], &cuts).unwrap();
        let short: Vec<_> = told.iter().map(|it| (it.from.hour(), it.to.hour(), it.members.len(), it.keyless.len())).collect();
        assert_eq!(short, [(0, 8, 0, 0), (8, 10, 1, 0), (10, 20, 1, 1), (20, 21, 0, 1), (21, 0, 0, 0)]);
    }

    #[test]
    fn an_absence_tears_what_taking_it_back_would_mend() {
        let slots = full_week();
        let leave = [
            away(2, datetime!(2026-11-24 22:00 UTC), datetime!(2026-11-25 12:00 UTC)),
            away(1, datetime!(2026-11-25 00:00 UTC), datetime!(2026-11-26 00:00 UTC)),
        ];
        let now = datetime!(2026-11-24 12:00 UTC);
        let night = Hole { from: datetime!(2026-11-24 22:00 UTC), to: datetime!(2026-11-25 08:00 UTC) };
        let day = Hole { from: datetime!(2026-11-25 08:00 UTC), to: datetime!(2026-11-25 20:00 UTC) };
        assert_eq!(torn(&slots, &leave, &leave[0], now).unwrap(), [night]);
        assert_eq!(torn(&slots, &leave, &leave[1], now).unwrap(), [day]);
        assert_eq!(torn(&slots, &leave, &leave[0], datetime!(2026-11-25 12:00 UTC)).unwrap(), [], "what is over is not torn");
        // Beside somebody else, nobody is missed.
        let doubled: Vec<Slot> = slots.into_iter().chain((1..=7).map(|day| slot(3, day, 0, 1440))).collect();
        assert_eq!(torn(&doubled, &leave, &leave[0], now).unwrap(), []);
    }

    #[test]
    fn a_turn_doubles_only_one_of_the_same_member_and_team() {
        let now = datetime!(2026-11-24 12:00 UTC);
        let slots = [slot(1, 7, 1200, 480)];
        let meets = |new: &Slot| doubled(&slots, new, now).unwrap().is_some();
        assert!(meets(&slot(1, 1, 420, 540)), "Sunday's night runs into Monday");
        assert!(!meets(&slot(1, 1, 480, 540)), "one begins where the other ends");
        assert!(!meets(&slot(2, 7, 1200, 480)), "somebody else's");
        assert!(!meets(&Slot { team: Uuid::from_u128(1), ..slot(1, 7, 1200, 480) }), "another team's");
        assert!(meets(&Slot { zone: "Europe/Bucharest".into(), ..slot(1, 7, 1320, 1440) }), "20:00 to 22:00 in London");
    }

    proptest! {
        /// The stretches lie side by side, and those with nobody are exactly the holes.
        #[test]
        fn stretches_with_nobody_are_the_holes(
            parts in prop::collection::vec((1_u128..4, 1_u8..=7, 0_u16..1440, 1_u16..=1440), 0..8),
            leave in prop::collection::vec((1_u128..4, 0_i64..10_080, 1_i64..4_000), 0..4),
            minutes in 1_i64..10_080,
        ) {
            // Over the night on which London's clocks go back.
            let begin = datetime!(2026-10-22 00:00 UTC);
            let away: Vec<Away> = leave.iter().map(|(member, from, long)| {
                let from = begin + Duration::minutes(*from);
                away(*member, from, from + Duration::minutes(*long))
            }).collect();
            let slots: Vec<Slot> = parts.iter().map(|(member, day, from, to)| slot(*member, *day, *from, *to)).collect();
            let end = begin + Duration::minutes(minutes);
            let told = stretches(&slots, &[], &away, &[begin, end]).unwrap();
            prop_assert_eq!(told.first().map(|it| it.from), Some(begin));
            prop_assert_eq!(told.last().map(|it| it.to), Some(end));
            prop_assert!(told.windows(2).all(|two| two[0].to == two[1].from));
            let mut nobody: Vec<Hole> = Vec::new();
            for it in told.iter().filter(|it| it.members.is_empty()) {
                match nobody.last_mut() {
                    Some(last) if last.to == it.from => last.to = it.to,
                    _ => nobody.push(Hole { from: it.from, to: it.to }),
                }
            }
            prop_assert_eq!(nobody, holes(&slots, &away, begin, end).unwrap());
        }
    }
}
