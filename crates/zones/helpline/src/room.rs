//! How much of what nobody has sent yet may lie here. Whoever chooses files and never sends them must not fill the disk on
//! which reports are stored: beyond the limit no file is taken, and every report still is. Pure; the time is an argument.

use std::sync::{Mutex, MutexGuard, PoisonError};

use time::{Duration, OffsetDateTime};

use crate::parcel::PARCEL;

/// What the operator gets who says nothing.
pub(crate) const DEFAULT: u64 = 2 << 30;
/// What is stored is counted again after this time.
const COUNTED_FOR: Duration = Duration::minutes(1);

/// What waits here, in parcels.
#[derive(Default)]
pub(crate) struct Room(Mutex<State>);

#[derive(Default)]
struct State {
    counted_at: Option<OffsetDateTime>,
    counted: u64,
    /// What was stored since it was counted.
    stored: u64,
    /// What was begun since, and in the time before: it may still be on its way.
    begun: u64,
    begun_before: u64,
}

impl Room {
    /// Whether it is time to count again.
    pub(crate) fn is_stale(&self, now: OffsetDateTime) -> bool {
        let counted_at = self.state().counted_at;
        // A clock that was set back makes it stale too.
        counted_at.is_none_or(|at| !(Duration::ZERO..COUNTED_FOR).contains(&(now - at)))
    }

    pub(crate) fn was_counted(&self, now: OffsetDateTime, parcels: u64) {
        let mut state = self.state();
        *state = State { counted_at: Some(now), counted: parcels, stored: 0, begun: 0, begun_before: state.begun };
    }

    /// Asks for room for a file of so many parcels, and keeps it for a while.
    pub(crate) fn begin(&self, limit: u64, parcels: u32) -> bool {
        let mut state = self.state();
        let more = u64::from(parcels) + 1;
        let waits = state.counted + state.stored.max(state.begun + state.begun_before);
        let room = waits + more <= limit / PARCEL as u64;
        if room {
            state.begun += more;
        }
        room
    }

    /// Whether there is room for one more parcel of a file that was begun: more may have been begun than there is room for.
    pub(crate) fn has_room(&self, limit: u64) -> bool {
        let state = self.state();
        state.counted + state.stored < limit / PARCEL as u64
    }

    /// So many parcels are here now.
    pub(crate) fn stored(&self, parcels: u32) {
        self.state().stored += u64::from(parcels);
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use time::macros::datetime;

    use super::*;

    const NOW: OffsetDateTime = datetime!(2026-12-01 10:20:30 UTC);
    const LIMIT: u64 = 10 * PARCEL as u64;

    #[test]
    fn what_was_begun_keeps_its_room_until_it_is_counted_twice() {
        let room = Room::default();
        assert!(room.is_stale(NOW));
        room.was_counted(NOW, 2);
        assert!(!room.is_stale(NOW) && room.is_stale(NOW + COUNTED_FOR) && room.is_stale(NOW - Duration::SECOND));
        assert!(room.begin(LIMIT, 5));
        assert!(!room.begin(LIMIT, 2), "two, six and three are eleven");
        room.was_counted(NOW, 2);
        assert!(!room.begin(LIMIT, 2), "it may still be on its way");
        room.was_counted(NOW, 2);
        assert!(room.begin(LIMIT, 2));
    }

    #[test]
    fn nobody_stores_more_than_there_is_room_for_however_much_was_begun() {
        let room = Room::default();
        room.was_counted(NOW, 4);
        for _ in 0..6 {
            assert!(room.has_room(LIMIT));
            room.stored(1);
        }
        assert!(!room.has_room(LIMIT));
        assert!(!room.begin(LIMIT, 1));
        room.was_counted(NOW, 0);
        assert!(room.has_room(LIMIT) && room.begin(LIMIT, 1));
    }
}
