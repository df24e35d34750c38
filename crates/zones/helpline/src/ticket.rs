//! Tickets for files: each lets one member fetch one file for one purpose from the file origin, which knows no cookie. They are in
//! memory alone and die after five minutes, or with the lock of the desk they were drawn at: a ticket holds no key, only a way to
//! the keys of the session, which is gone when those are.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};

use sha2::{Digest, Sha256};
use time::{Duration, OffsetDateTime};
use uuid::Uuid;

use plainsight_people::Unlocked;

/// How long a ticket is good for. Whoever looks at a film goes on for as long after each piece of it.
pub(crate) const GOOD_FOR: Duration = Duration::minutes(5);

/// For what a file is fetched.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Purpose {
    /// To be seen or heard on a page of the desk.
    Look,
    /// To be kept: the cleaned copy.
    Save,
    /// To be kept: the original, by those who keep originals.
    Original,
}

/// What a ticket is good for.
#[derive(Clone)]
pub(crate) struct Ticket {
    pub(crate) member: Uuid,
    /// The contact or the case.
    pub(crate) folder: Uuid,
    /// The file as it came.
    pub(crate) file: Uuid,
    /// The paper that holds the key of what is fetched: of the cleaning, or of the file itself.
    pub(crate) paper: Uuid,
    pub(crate) purpose: Purpose,
    unlocked: Weak<Unlocked>,
}

impl Ticket {
    pub(crate) fn new(unlocked: &Arc<Unlocked>, (folder, file): (Uuid, Uuid), paper: Uuid, purpose: Purpose) -> Self {
        Self { member: unlocked.id, folder, file, paper, purpose, unlocked: Arc::downgrade(unlocked) }
    }
}

struct Drawn {
    ticket: Ticket,
    until: OffsetDateTime,
    /// The first fetching is in the ledger.
    used: bool,
}

/// The tickets of a desk. Clones share them.
#[derive(Clone, Default)]
pub(crate) struct Tickets(Arc<Mutex<HashMap<[u8; 32], Drawn>>>);

/// A ticket that was shown and is good.
pub(crate) struct Shown {
    pub(crate) ticket: Ticket,
    pub(crate) unlocked: Arc<Unlocked>,
    /// Nothing was fetched with it before.
    pub(crate) first: bool,
}

impl Tickets {
    /// Draws a ticket, and gives what stands in the address: 128 random bits.
    pub(crate) fn draw(&self, ticket: Ticket, now: OffsetDateTime, rng: &mut impl rand::Rng) -> String {
        let mut bytes = [0; 16];
        rng.fill_bytes(&mut bytes);
        let mut drawn = self.drawn();
        drawn.retain(|_, each| each.until > now && each.ticket.unlocked.strong_count() > 0);
        drawn.insert(Sha256::digest(bytes).into(), Drawn { ticket, until: now + GOOD_FOR, used: false });
        data_encoding::HEXLOWER.encode(&bytes)
    }

    /// The ticket of this token, if it is good at this moment.
    pub(crate) fn show(&self, token: &str, now: OffsetDateTime) -> Option<Shown> {
        let key = key(token)?;
        let mut drawn = self.drawn();
        let each = drawn.get(&key)?;
        let Some(unlocked) = each.ticket.unlocked.upgrade().filter(|_| each.until > now) else {
            drawn.remove(&key);
            return None;
        };
        Some(Shown { ticket: each.ticket.clone(), unlocked, first: !each.used })
    }

    /// Notes that a fetching is in the ledger. Of a look, what follows is the same look: a film is fetched in pieces.
    pub(crate) fn used(&self, token: &str, now: OffsetDateTime) {
        let Some(key) = key(token) else { return };
        if let Some(each) = self.drawn().get_mut(&key) {
            each.used = true;
            if each.ticket.purpose == Purpose::Look {
                each.until = now + GOOD_FOR;
            }
        }
    }

    /// Takes a ticket away that is good once: true for the one who took it.
    pub(crate) fn spend(&self, token: &str) -> bool {
        key(token).is_some_and(|key| self.drawn().remove(&key).is_some())
    }

    fn drawn(&self) -> MutexGuard<'_, HashMap<[u8; 32], Drawn>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Looked up by its hash: how long that takes tells nothing of a token that is nearly right.
fn key(token: &str) -> Option<[u8; 32]> {
    let bytes: [u8; 16] = data_encoding::HEXLOWER.decode(token.as_bytes()).ok()?.try_into().ok()?;
    Some(Sha256::digest(bytes).into())
}
