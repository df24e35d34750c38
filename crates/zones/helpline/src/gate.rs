//! Where sendings of the report site pass into storing, one after the other when there are many. `load.rs` says when,
//! `lanes.rs` in which order; here they wait. Nothing is kept of anybody but that they stand here, as long as they do.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::sync::oneshot;

use plainsight_store::Clock;

use crate::form::FormKey;
use crate::lanes::{Lane, Lanes, Line, SlotKind, Stand};
use crate::load::{Load, WAIT_AGAIN, bits};
use crate::puzzle::Place;

/// How much may happen at once.
#[derive(Clone, Debug)]
pub(crate) struct Rules {
    /// So many are stored at once of those in need: enough that several share one write to the disk.
    pub(crate) slots_for_need: usize,
    /// And of all others.
    pub(crate) slots: usize,
    /// More than this stand in no lane but that of need; the last is shown the wait again, with the same place. A report
    /// that is held takes some kilobytes.
    pub(crate) longest_lane: usize,
    /// An answer is not kept back longer: proxies and telephones give up after half a minute and more.
    pub(crate) longest_hold: Duration,
}

impl Default for Rules {
    fn default() -> Self {
        Self { slots_for_need: 8, slots: 8, longest_lane: 512, longest_hold: Duration::from_secs(20) }
    }
}

/// The gate. Cheap to clone; all clones are one.
#[derive(Clone)]
pub(crate) struct Gate(Arc<Inner>);

struct Inner {
    rules: Rules,
    clock: Arc<dyn Clock>,
    state: Mutex<State>,
}

struct State {
    lanes: Lanes<oneshot::Sender<Slot>>,
    load: Load,
}

/// What became of somebody who came to the gate.
pub(crate) enum Passage {
    /// It is their turn, as long as the slot is held.
    Turn(Slot),
    /// Not yet; the page carries the place.
    Wait(Place),
}

/// The right to store one report. Given up when dropped.
pub(crate) struct Slot {
    kind: SlotKind,
    gate: Gate,
}

impl Drop for Slot {
    fn drop(&mut self) {
        self.gate.state().lanes.give_back(self.kind);
        self.gate.call();
    }
}

/// Whoever stands in a lane; they leave it when their browser hangs up.
struct Standing<'a> {
    gate: &'a Gate,
    stand: Stand,
}

impl Drop for Standing<'_> {
    fn drop(&mut self) {
        let left = self.gate.state().lanes.leave(&self.stand);
        drop(left);
    }
}

/// Somebody who wants to send.
pub(crate) struct Comer<'a> {
    /// The key of their form with what they send.
    pub(crate) form: &'a FormKey,
    /// Whether it happens to them, or somebody is in danger.
    pub(crate) need: bool,
    /// The place that they were given before.
    pub(crate) place: Option<Place>,
    /// What was posted as the solution of a puzzle.
    pub(crate) solution: Option<&'a str>,
}

impl Gate {
    pub(crate) fn new(rules: Rules, clock: Arc<dyn Clock>) -> Self {
        let lanes = Lanes::new(rules.slots_for_need, rules.slots);
        Self(Arc::new(Inner { rules, clock, state: Mutex::new(State { lanes, load: Load::default() }) }))
    }

    /// Whether nobody has to wait for anything.
    pub(crate) fn is_calm(&self) -> bool {
        self.state().is_calm(self.now())
    }

    /// Lets somebody through when it is their turn. Nobody is refused: who cannot pass has a place that holds.
    pub(crate) async fn pass(&self, comer: Comer<'_>) -> Passage {
        let now = self.now();
        let place = comer.place.clone().filter(|place| place.is_of(comer.form));
        let line = match self.line(&comer, place.as_ref(), now) {
            Ok(line) => line,
            Err(wait) => return Passage::Wait(wait),
        };
        match self.stand(line).await {
            Some(slot) => Passage::Turn(slot),
            None => Passage::Wait(self.again(&comer, place)),
        }
    }

    /// To which lane somebody comes, or how long they wait before they come to one.
    fn line(&self, comer: &Comer<'_>, place: Option<&Place>, now: i64) -> Result<Line, Place> {
        if comer.need {
            return Ok(Line::Need);
        }
        let mut state = self.state();
        let Some(place) = place else {
            state.load.arrived(now);
            if state.is_calm(now) {
                return Ok(Line::Timed { since: now });
            }
            let turn = state.load.turn(now);
            return Err(Place::new(comer.form, now, turn, state.bits()));
        };
        if comer.solution.is_some_and(|solution| place.is_solved(comer.form, solution, now)) {
            return Ok(Line::Worked { bits: place.bits, since: place.since });
        }
        if now >= place.turn || state.is_calm(now) {
            return Ok(Line::Timed { since: place.since });
        }
        Err(place.clone().fresh(now, state.bits()))
    }

    /// Waits in a lane. `None` when it took too long, or when those who stand there before fill it.
    async fn stand(&self, line: Line) -> Option<Slot> {
        let (tell, told) = oneshot::channel();
        let standing = {
            let mut state = self.state();
            let standing = Standing { gate: self, stand: state.lanes.enter(line, tell) };
            if line.lane() != Lane::Need && state.lanes.waiting(line.lane()) > self.0.rules.longest_lane {
                // Perhaps the one who just came. Told by nothing being sent.
                drop(state.lanes.last_leaves(line.lane()));
            }
            standing
        };
        self.call();
        let slot = if line.lane() == Lane::Need {
            told.await.ok()
        } else {
            tokio::time::timeout(self.0.rules.longest_hold, told).await.ok().and_then(Result::ok)
        };
        drop(standing);
        slot
    }

    /// Their place once more, with a little time and a puzzle of this moment.
    fn again(&self, comer: &Comer<'_>, place: Option<Place>) -> Place {
        let now = self.now();
        let bits = self.state().bits();
        match place {
            Some(place) => place.again(now, now + WAIT_AGAIN, bits),
            None => Place::new(comer.form, now, now + WAIT_AGAIN, bits),
        }
    }

    /// Calls all whose turn it is.
    fn call(&self) {
        let now = self.now();
        let mut called = Vec::new();
        {
            let mut state = self.state();
            while let Some((kind, who)) = state.lanes.next() {
                if kind == SlotKind::Shared {
                    state.load.stored(now);
                }
                called.push((kind, who));
            }
        }
        // Outside of the lock: the slot of somebody who has just gone comes back at once, and calls the next.
        for (kind, who) in called {
            drop(who.send(Slot { kind, gate: self.clone() }));
        }
    }

    fn now(&self) -> i64 {
        millis(self.0.clock.now())
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    fn is_calm(&mut self, now: i64) -> bool {
        let waiting = self.lanes.waiting(Lane::Worked) + self.lanes.waiting(Lane::Timed);
        self.load.is_calm(now, waiting)
    }

    fn bits(&self) -> u8 {
        bits(self.lanes.waiting(Lane::Worked))
    }
}

/// Milliseconds since 1970.
pub(crate) fn millis(at: time::OffsetDateTime) -> i64 {
    at.unix_timestamp().saturating_mul(1000).saturating_add(i64::from(at.millisecond()))
}
