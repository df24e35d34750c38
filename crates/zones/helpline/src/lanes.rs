//! Order under a flood: who of those that wait is stored next. Pure; `gate.rs` lets people wait, `load.rs` says when
//! anybody has to.
//!
//! Three lanes. *Need* is for whom it is happening to and for danger: it has slots of its own and never stands behind the
//! others. The other two share slots: three of four go to those who showed work, one of four to those who only waited, and
//! a lane in which nobody waits gives its turn to the other.

use std::cmp::Reverse;
use std::collections::BTreeMap;

/// So many turns in a row go to those who showed work, then one to those who waited: 75 % and 25 %.
const WORKED_IN_A_ROW: u8 = 3;

/// Where somebody waits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Lane {
    Need,
    Worked,
    Timed,
}

/// How somebody comes to a lane: what decides who is before whom in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Line {
    /// In order of coming.
    Need,
    /// Who showed more work is first, then who has waited since earlier (milliseconds).
    Worked { bits: u8, since: i64 },
    /// Who has waited since earlier is first.
    Timed { since: i64 },
}

impl Line {
    pub(crate) fn lane(self) -> Lane {
        match self {
            Self::Need => Lane::Need,
            Self::Worked { .. } => Lane::Worked,
            Self::Timed { .. } => Lane::Timed,
        }
    }
}

/// One place in a lane, as long as somebody stands there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Stand {
    lane: Lane,
    key: Key,
}

/// The order within a lane. The number tells apart who came in the same millisecond.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Key {
    bits: Reverse<u8>,
    since: i64,
    number: u64,
}

/// Of which kind a slot is, to be given back to where it came from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum SlotKind {
    Need,
    Shared,
}

/// Those who wait, and the slots that are free. `T` is how somebody is told that it is their turn.
pub(crate) struct Lanes<T> {
    need: BTreeMap<Key, T>,
    worked: BTreeMap<Key, T>,
    timed: BTreeMap<Key, T>,
    free_for_need: usize,
    free_for_others: usize,
    /// How many turns in a row those who worked have had.
    worked_in_a_row: u8,
    came: u64,
}

impl<T> Lanes<T> {
    pub(crate) fn new(slots_for_need: usize, slots_for_others: usize) -> Self {
        Self {
            need: BTreeMap::new(),
            worked: BTreeMap::new(),
            timed: BTreeMap::new(),
            free_for_need: slots_for_need.max(1),
            free_for_others: slots_for_others.max(1),
            worked_in_a_row: 0,
            came: 0,
        }
    }

    /// Somebody comes and waits, if only for a moment.
    pub(crate) fn enter(&mut self, line: Line, who: T) -> Stand {
        self.came += 1;
        let (bits, since) = match line {
            Line::Need => (0, 0),
            Line::Worked { bits, since } => (bits, since),
            Line::Timed { since } => (0, since),
        };
        let stand = Stand { lane: line.lane(), key: Key { bits: Reverse(bits), since, number: self.came } };
        self.lane(stand.lane).insert(stand.key, who);
        stand
    }

    /// Somebody does not wait any more. `None` when their turn has come already.
    pub(crate) fn leave(&mut self, stand: &Stand) -> Option<T> {
        self.lane(stand.lane).remove(&stand.key)
    }

    /// Sends away whoever stands last in a lane.
    pub(crate) fn last_leaves(&mut self, lane: Lane) -> Option<T> {
        self.lane(lane).pop_last().map(|(_, who)| who)
    }

    /// Whose turn it is, if a slot is free for them.
    pub(crate) fn next(&mut self) -> Option<(SlotKind, T)> {
        if self.free_for_need > 0
            && let Some((_, who)) = self.need.pop_first()
        {
            self.free_for_need -= 1;
            return Some((SlotKind::Need, who));
        }
        if self.free_for_others == 0 {
            return None;
        }
        // A turn that the other lane took because nobody stood in this one is not counted: it is still this one's.
        let who = if self.worked_in_a_row < WORKED_IN_A_ROW {
            match self.worked.pop_first() {
                Some(who) => {
                    self.worked_in_a_row += 1;
                    Some(who)
                }
                None => self.timed.pop_first(),
            }
        } else {
            match self.timed.pop_first() {
                Some(who) => {
                    self.worked_in_a_row = 0;
                    Some(who)
                }
                None => self.worked.pop_first(),
            }
        };
        let (_, who) = who?;
        self.free_for_others -= 1;
        Some((SlotKind::Shared, who))
    }

    pub(crate) fn give_back(&mut self, slot: SlotKind) {
        match slot {
            SlotKind::Need => self.free_for_need += 1,
            SlotKind::Shared => self.free_for_others += 1,
        }
    }

    pub(crate) fn waiting(&self, lane: Lane) -> usize {
        match lane {
            Lane::Need => self.need.len(),
            Lane::Worked => self.worked.len(),
            Lane::Timed => self.timed.len(),
        }
    }

    fn lane(&mut self, lane: Lane) -> &mut BTreeMap<Key, T> {
        match lane {
            Lane::Need => &mut self.need,
            Lane::Worked => &mut self.worked,
            Lane::Timed => &mut self.timed,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[derive(Clone, Debug)]
    enum Event {
        Comes(Line),
        /// The slot that was given longest ago is given back.
        Done,
        /// Whoever came at this place of all does not wait any more.
        Leaves(usize),
    }

    fn line() -> impl Strategy<Value = Line> {
        prop_oneof![
            Just(Line::Need),
            (18..22_u8, 0..50_i64).prop_map(|(bits, since)| Line::Worked { bits, since }),
            (0..50_i64).prop_map(|since| Line::Timed { since }),
        ]
    }

    fn event() -> impl Strategy<Value = Event> {
        prop_oneof![4 => line().prop_map(Event::Comes), 3 => Just(Event::Done), 1 => (0..80_usize).prop_map(Event::Leaves)]
    }

    proptest! {
        /// Whatever happens: no slot stands empty while somebody waits who may use it, nobody passes somebody who is before
        /// them in their lane, nobody is forgotten, and need takes no slot of the others nor they of it.
        #[test]
        fn slots_are_used_and_order_is_kept(events in prop::collection::vec(event(), 1..200), need in 1..4_usize, others in 1..5_usize) {
            let mut lanes = Lanes::new(need, others);
            let (mut came, mut waiting, mut served, mut left) = (Vec::new(), Vec::<usize>::new(), Vec::new(), 0);
            let mut taken = std::collections::VecDeque::new();
            let before = |one: (usize, Line), other: (usize, Line)| match (one.1, other.1) {
                (Line::Worked { bits, since }, Line::Worked { bits: b, since: s }) => (Reverse(bits), since, one.0) < (Reverse(b), s, other.0),
                (Line::Timed { since }, Line::Timed { since: s }) => (since, one.0) < (s, other.0),
                _ => one.0 < other.0,
            };
            let finish = events.len() + 400;
            let events = events.into_iter().chain(std::iter::repeat_n(Event::Done, finish));
            for event in events {
                match event {
                    Event::Comes(line) => {
                        let number = came.len();
                        came.push((line, lanes.enter(line, number)));
                        waiting.push(number);
                    }
                    Event::Done => if let Some(slot) = taken.pop_front() { lanes.give_back(slot) },
                    Event::Leaves(number) => if let Some((_, stand)) = came.get(number) {
                        let was = waiting.iter().position(|each| *each == number);
                        prop_assert_eq!(lanes.leave(stand).is_some(), was.is_some());
                        if let Some(was) = was { waiting.remove(was); left += 1; }
                    },
                }
                while let Some((slot, who)) = lanes.next() {
                    let line = came[who].0;
                    prop_assert_eq!(slot == SlotKind::Need, line == Line::Need);
                    waiting.retain(|each| *each != who);
                    for other in &waiting {
                        let theirs = came[*other].0;
                        prop_assert!(theirs.lane() != line.lane() || before((who, line), (*other, theirs)), "{who} passed {other}");
                    }
                    taken.push_back(slot);
                    served.push(who);
                }
                let busy = |kind| taken.iter().filter(|slot| **slot == kind).count();
                prop_assert!(busy(SlotKind::Need) <= need && busy(SlotKind::Shared) <= others);
                prop_assert!(lanes.waiting(Lane::Need) == 0 || busy(SlotKind::Need) == need);
                prop_assert!(lanes.waiting(Lane::Worked) + lanes.waiting(Lane::Timed) == 0 || busy(SlotKind::Shared) == others);
            }
            prop_assert_eq!(served.len() + left, came.len(), "nobody is refused and nobody is forgotten");
        }

        /// While many stand in both, any four turns in a row are three for work and one for waiting.
        #[test]
        fn three_of_four_slots_go_to_work_while_both_are_full(slots in 1..6_usize, alone in 0..9_usize) {
            let mut lanes = Lanes::new(1, slots);
            // Whatever was before, when only one lane had anybody.
            for number in 0..alone {
                lanes.enter(if number % 2 == 0 { Line::Timed { since: 0 } } else { Line::Worked { bits: 18, since: 0 } }, Lane::Need);
                while let Some((slot, _)) = lanes.next() { lanes.give_back(slot); }
            }
            for since in 0..40 {
                lanes.enter(Line::Timed { since }, Lane::Timed);
                lanes.enter(Line::Worked { bits: 19, since }, Lane::Worked);
            }
            let mut turns = Vec::new();
            for _ in 0..40 {
                let (slot, who) = lanes.next().unwrap();
                lanes.give_back(slot);
                turns.push(who);
            }
            for four in turns.windows(4) {
                prop_assert_eq!(four.iter().filter(|lane| **lane == Lane::Timed).count(), 1);
            }
        }

        /// However many of the others wait, whoever is in need goes at once.
        #[test]
        fn need_never_stands_behind_the_others(flood in prop::collection::vec(line(), 0..300), slots in 1..5_usize) {
            let mut lanes = Lanes::new(1, slots);
            for line in flood.into_iter().filter(|line| *line != Line::Need) { lanes.enter(line, false); }
            while lanes.next().is_some() {}
            lanes.enter(Line::Need, true);
            prop_assert_eq!(lanes.next(), Some((SlotKind::Need, true)));
        }
    }

    #[test]
    fn who_comes_to_a_full_lane_with_a_better_place_takes_that_of_the_last() {
        let mut lanes = Lanes::new(1, 1);
        for since in [30, 10, 20] {
            lanes.enter(Line::Timed { since }, since);
        }
        assert_eq!(lanes.last_leaves(Lane::Timed), Some(30));
        assert_eq!(lanes.next(), Some((SlotKind::Shared, 10)));
    }
}
