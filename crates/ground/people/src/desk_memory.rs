//! What the desk keeps in memory and nowhere else: the keys of members who are unlocked now.
//!
//! The map is keyed by the hash of the session id, the same that names the session's row. Nothing in the database
//! leads from a row to keys: after a restart nobody is unlocked. An entry that has been idle for [`IDLE_LOCK`] is
//! never given out, whether or not the sweeper has come by.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use time::{Duration, OffsetDateTime};
use uuid::Uuid;

use crate::member::Unlocked;

/// After this long without a request, the keys are dropped; the session stays, and asks for the password.
pub const IDLE_LOCK: Duration = Duration::minutes(15);
/// After this long a session ends, however busy it was.
pub const SESSION_END: Duration = Duration::hours(10);

/// SHA-256 of a session id: names the row and the keys, and cannot be turned back into a cookie.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct SessionKey(pub [u8; 32]);

impl std::fmt::Debug for SessionKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("SessionKey")
    }
}

struct Held {
    unlocked: Arc<Unlocked>,
    /// When the password was last proved.
    proved: OffsetDateTime,
    seen: OffsetDateTime,
    ends: OffsetDateTime,
}

/// Keys of an unlocked session, and when its password was last proved.
#[derive(Clone)]
pub struct Present {
    /// The keys.
    pub unlocked: Arc<Unlocked>,
    /// When the member last typed the password.
    pub proved: OffsetDateTime,
}

/// The map of unlocked sessions.
#[derive(Default)]
pub struct DeskMemory(Mutex<HashMap<SessionKey, Held>>);

impl DeskMemory {
    fn held(&self) -> MutexGuard<'_, HashMap<SessionKey, Held>> {
        // A panic elsewhere leaves the map whole: every change to it is a single insert or remove.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Keeps the keys of a session whose password has just been proved.
    pub(crate) fn unlock(&self, key: SessionKey, unlocked: Arc<Unlocked>, now: OffsetDateTime, ends: OffsetDateTime) {
        self.held().insert(key, Held { unlocked, proved: now, seen: now, ends });
    }

    /// Replaces the keys of a session that is unlocked already (a new epoch, a grant more or less). Not a proof
    /// of the password, and not activity.
    pub(crate) fn replace(&self, key: SessionKey, unlocked: Arc<Unlocked>) {
        if let Some(held) = self.held().get_mut(&key) {
            held.unlocked = unlocked;
        }
    }

    /// The keys of an unlocked session, and notes that it is in use. An idle or ended one is locked here and now.
    pub fn use_at(&self, key: SessionKey, now: OffsetDateTime) -> Option<Present> {
        let mut held = self.held();
        let entry = held.get_mut(&key)?;
        if is_over(entry, now) {
            held.remove(&key);
            return None;
        }
        entry.seen = now;
        Some(Present { unlocked: Arc::clone(&entry.unlocked), proved: entry.proved })
    }

    /// Drops the keys of one session.
    pub fn lock(&self, key: SessionKey) {
        self.held().remove(&key);
    }

    /// Drops the keys of every session of one member.
    pub fn lock_member(&self, member: Uuid) {
        self.held().retain(|_, held| held.unlocked.id != member);
    }

    /// Drops the keys of every session of one member but this one.
    pub(crate) fn lock_others(&self, member: Uuid, but: SessionKey) {
        self.held().retain(|key, held| held.unlocked.id != member || *key == but);
    }

    /// Drops the keys of every session that has been idle too long or has ended. Returns how many.
    pub fn lock_idle(&self, now: OffsetDateTime) -> usize {
        let mut held = self.held();
        let before = held.len();
        held.retain(|_, entry| !is_over(entry, now));
        before - held.len()
    }

    /// Whether a member has an unlocked session. Asking is no activity.
    #[must_use]
    pub fn is_unlocked(&self, member: Uuid, now: OffsetDateTime) -> bool {
        self.held().values().any(|held| held.unlocked.id == member && !is_over(held, now))
    }

    /// How many sessions are unlocked.
    #[must_use]
    pub fn unlocked_sessions(&self) -> usize {
        self.held().len()
    }
}

fn is_over(held: &Held, now: OffsetDateTime) -> bool {
    now - held.seen >= IDLE_LOCK || now >= held.ends
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used)]
    use std::collections::BTreeMap;

    use plainsight_vault::{SecretKey, SigningKey};
    use time::macros::datetime;

    use super::*;

    const NIGHT: OffsetDateTime = datetime!(2026-11-24 03:00 UTC);
    const KEY: SessionKey = SessionKey([1; 32]);

    fn unlocked(member: u128) -> Arc<Unlocked> {
        Arc::new(Unlocked {
            id: Uuid::from_u128(member),
            member: SecretKey::from_seed([1; 32]),
            signing: SigningKey::from_bytes([2; 32]),
            teams: BTreeMap::new(),
            newest: BTreeMap::new(),
            granted: BTreeMap::new(),
        })
    }

    #[test]
    fn an_idle_session_is_locked_even_when_no_sweeper_came() {
        let memory = DeskMemory::default();
        let keys = unlocked(1);
        memory.unlock(KEY, Arc::clone(&keys), NIGHT, NIGHT + SESSION_END);
        assert!(memory.use_at(KEY, NIGHT + Duration::minutes(14)).is_some());
        assert!(memory.use_at(KEY, NIGHT + Duration::minutes(28)).is_some());
        assert!(memory.use_at(KEY, NIGHT + Duration::minutes(43)).is_none());
        // Nothing but the caller's own handle is left of the keys, so they are wiped with it.
        assert_eq!(Arc::strong_count(&keys), 1);
    }

    #[test]
    fn the_sweeper_drops_what_is_idle_or_over_and_nothing_else() {
        let memory = DeskMemory::default();
        let (idle, busy, over) = (unlocked(1), unlocked(2), unlocked(3));
        memory.unlock(SessionKey([1; 32]), Arc::clone(&idle), NIGHT, NIGHT + SESSION_END);
        memory.unlock(SessionKey([2; 32]), Arc::clone(&busy), NIGHT, NIGHT + SESSION_END);
        memory.unlock(SessionKey([3; 32]), Arc::clone(&over), NIGHT, NIGHT + Duration::minutes(16));
        let later = NIGHT + Duration::minutes(10);
        memory.use_at(SessionKey([2; 32]), later).unwrap();
        memory.use_at(SessionKey([3; 32]), later).unwrap();
        assert_eq!(memory.lock_idle(NIGHT + Duration::minutes(16)), 2);
        assert_eq!(memory.unlocked_sessions(), 1);
        assert_eq!((Arc::strong_count(&idle), Arc::strong_count(&busy), Arc::strong_count(&over)), (1, 2, 1));
    }

    #[test]
    fn locking_a_member_locks_all_their_sessions() {
        let memory = DeskMemory::default();
        memory.unlock(SessionKey([1; 32]), unlocked(1), NIGHT, NIGHT + SESSION_END);
        memory.unlock(SessionKey([2; 32]), unlocked(1), NIGHT, NIGHT + SESSION_END);
        memory.unlock(SessionKey([3; 32]), unlocked(2), NIGHT, NIGHT + SESSION_END);
        memory.lock_member(Uuid::from_u128(1));
        assert!(memory.use_at(SessionKey([1; 32]), NIGHT).is_none());
        assert!(memory.use_at(SessionKey([2; 32]), NIGHT).is_none());
        assert!(memory.use_at(SessionKey([3; 32]), NIGHT).is_some());
    }

    #[test]
    fn replacing_keys_is_neither_a_proof_nor_activity() {
        let memory = DeskMemory::default();
        memory.unlock(KEY, unlocked(1), NIGHT, NIGHT + SESSION_END);
        memory.replace(KEY, unlocked(1));
        assert!(memory.use_at(KEY, NIGHT + IDLE_LOCK).is_none());
        memory.replace(KEY, unlocked(1));
        assert_eq!(memory.unlocked_sessions(), 0);
    }
}
