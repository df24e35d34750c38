//! Reading of violence wears people down. How many distressing contacts somebody has read lately is counted in memory, to say
//! "stop for a while" and to show a supervisor who should not take the next. It is nowhere on the disk, and gone after the shift:
//! a record of how people bear it would be one more burden.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use time::{Duration, OffsetDateTime};
use uuid::Uuid;

use plainsight_vocabulary::Urgency;

use crate::header::{Header, Retention};

/// Whoever has read so many in one shift is asked to stop for a while.
pub(crate) const MUCH: usize = 5;
const SHIFT: Duration = Duration::hours(8);

/// Who read which distressing contact when.
#[derive(Clone, Default)]
pub(crate) struct Strain(Arc<Mutex<HashMap<Uuid, HashMap<Uuid, OffsetDateTime>>>>);

impl Strain {
    /// A member reads a contact. Danger, and what was passed on urgently, count as distressing; the same one counts once.
    pub(crate) fn read(&self, member: Uuid, contact: Uuid, header: &Header, now: OffsetDateTime) {
        if header.urgency != Urgency::Danger && header.retention != Retention::Safeguarding {
            return;
        }
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let theirs = all.entry(member).or_default();
        theirs.retain(|_, at| now - *at < SHIFT);
        theirs.insert(contact, now);
    }

    /// How many distressing contacts a member has read in this shift.
    pub(crate) fn of(&self, member: Uuid, now: OffsetDateTime) -> usize {
        let all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        all.get(&member).map_or(0, |theirs| theirs.values().filter(|at| now - **at < SHIFT).count())
    }
}
