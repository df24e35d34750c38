//! Why a visit was left out, and the nearest single changes that would make it possible. Each change is tried: the visit is put into the
//! plan with it, and only what then fits is told.

use std::sync::Arc;

use serde::Serialize;

use crate::line::Line;
use crate::problem::{Need, Plan, Problem, Seconds, Window};
use crate::ready::Ready;
use crate::standing::State;
use crate::week::Week;

/// What stands in a visit's way. Visits, shifts, quotas and resources are named by their rows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// Nobody could make it even if nothing else was planned.
    Never {
        /// Why, in words.
        why: String,
    },
    /// It is pinned where it does not fit.
    Pin {
        /// The shift.
        shift: usize,
    },
    /// The visit that it must follow is not made, or does not end in time.
    After {
        /// That visit.
        first: usize,
    },
    /// By itself it fits; those that must begin together with it do not all.
    Together {
        /// The others.
        with: Vec<usize>,
    },
    /// So many of its kind, in its area, are made already.
    Quota {
        /// The quota.
        quota: usize,
    },
    /// The teams that could make it work as long as they may.
    Hours,
    /// The teams that could make it make one that it must be apart from.
    Apart {
        /// That visit.
        from: usize,
    },
    /// There is not so much of a resource when it could be made.
    Supply {
        /// The resource.
        resource: usize,
    },
    /// The shifts that could make it are full when it could be made.
    Full,
    /// More than one of these.
    Several,
    /// Nothing: it fits. A plan that was searched leaves out no such visit; one that somebody changed may.
    Fits {
        /// The shift.
        shift: usize,
        /// When it would begin.
        start: Seconds,
    },
}

/// A change that makes a visit possible in the plan as it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Remedy {
    /// Members more in a shift.
    Members {
        /// The shift.
        shift: usize,
        /// Who: so many with each skill.
        needs: Vec<Need>,
        /// So much longer must it be as well; 0 in most cases.
        longer: Seconds,
    },
    /// It may begin at a moment outside its windows.
    Window {
        /// The shift that then makes it.
        shift: usize,
        /// The moment.
        start: Seconds,
    },
    /// A shift ends later.
    Longer {
        /// The shift.
        shift: usize,
        /// So much later, in steps of ten minutes.
        seconds: Seconds,
    },
    /// One more under a quota.
    Quota {
        /// The quota.
        quota: usize,
    },
    /// A team works longer in all.
    Hours {
        /// The team.
        team: String,
        /// So much longer.
        seconds: Seconds,
    },
    /// A shift works longer in visits.
    Work {
        /// The shift.
        shift: usize,
        /// So much longer.
        seconds: Seconds,
    },
    /// More of a resource.
    Supply {
        /// The resource.
        resource: usize,
        /// So much more.
        amount: u32,
        /// From then, as long as the visit takes.
        start: Seconds,
    },
    /// It is not pinned.
    Unpin,
    /// Others are given up: the least valuable that do.
    Instead {
        /// Those.
        visits: Vec<usize>,
    },
}

/// A visit that a plan leaves out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Left {
    /// Its row.
    pub visit: usize,
    /// Why.
    pub reason: Reason,
    /// What would make it possible, at most one change of each kind; none when no single change does.
    pub remedies: Vec<Remedy>,
}

/// A shift is asked to be longer in steps, and by no more than so many.
const STEP: Seconds = 600;
const STEPS: Seconds = 18;
/// So far outside its windows a visit is tried, in seconds.
const WIDER: [Seconds; 5] = [900, 1800, 3600, 7200, 14_400];
/// So many visits are tried to be given up for one, from the least valuable.
const GIVEN_UP: usize = 80;

/// Each visit that a plan leaves out, with the reason and remedies.
#[must_use]
pub fn left_out(problem: &Problem, plan: &Plan) -> Vec<Left> {
    let ready = Ready::new(problem);
    let state = Week::of(&ready, plan).state;
    let mut never: Vec<Option<String>> = vec![None; problem.visits.len()];
    for (row, why) in ready.impossible() {
        never[row] = Some(why);
    }
    let absent = (0..problem.visits.len()).filter(|visit| state.shift_of[*visit].is_none());
    absent
        .map(|visit| {
            let mut asked = Asked { ready: ready.clone(), plain: &ready, state: &state, visit };
            match never[visit].take() {
                Some(why) => Left { visit, reason: Reason::Never { why }, remedies: asked.members() },
                None => asked.told(),
            }
        })
        .collect()
}

/// A visit that is asked about. `ready` is changed for each question, and put back.
struct Asked<'a> {
    ready: Ready<'a>,
    plain: &'a Ready<'a>,
    state: &'a State,
    visit: usize,
}

impl Asked<'_> {
    /// Where and when the visit would be made with a change of the state.
    fn with(&self, change: impl FnOnce(&mut State)) -> Option<(usize, Seconds)> {
        let mut state = self.state.clone();
        change(&mut state);
        self.standing(state)
    }

    fn standing(&self, state: State) -> Option<(usize, Seconds)> {
        let mut week = Week::standing(&self.ready, state);
        if !week.insert(self.visit, 0.0, None) {
            return None;
        }
        let shift = week.state.shift_of[self.visit]?;
        let route = week.state.lines[shift].timed(&self.ready, shift, &week.state.fixed);
        route.stops.iter().find(|stop| stop.visit == self.visit).map(|stop| (shift, stop.start))
    }

    fn told(&mut self) -> Left {
        let visit = self.visit;
        if let Some((shift, start)) = self.with(|_| {}) {
            return Left { visit, reason: Reason::Fits { shift, start }, remedies: Vec::new() };
        }
        let mut remedies = self.members();
        remedies.extend(self.window());
        remedies.extend(self.longer());
        remedies.extend(self.quota());
        remedies.extend(self.hours());
        remedies.extend(self.work());
        remedies.extend(self.supply());
        remedies.extend(self.unpin());
        remedies.extend(self.instead());
        Left { visit, reason: self.reason(&remedies), remedies }
    }

    /// The reason: what, taken away alone, lets it fit.
    fn reason(&mut self, remedies: &[Remedy]) -> Reason {
        let (visit, problem) = (self.visit, self.plain.problem);
        if let Some(pin) = &problem.visits[visit].pin
            && let Some(shift) = problem.shifts.iter().position(|shift| shift.id == pin.shift)
        {
            return Reason::Pin { shift };
        }
        if let Some((first, ..)) = self.plain.firsts[visit].iter().find(|(first, ..)| self.state.shift_of[*first].is_none()) {
            return Reason::After { first: *first };
        }
        let with: Vec<usize> = self.plain.group[visit].iter().copied().filter(|other| *other != visit).collect();
        if !with.is_empty() {
            self.ready.group[visit] = vec![visit];
            let alone = self.with(|_| {}).is_some();
            self.ready.group[visit].clone_from(&self.plain.group[visit]);
            if alone {
                return Reason::Together { with };
            }
        }
        for remedy in remedies {
            match remedy {
                Remedy::Quota { quota } => return Reason::Quota { quota: *quota },
                Remedy::Hours { .. } | Remedy::Work { .. } => return Reason::Hours,
                Remedy::Supply { resource, .. } => return Reason::Supply { resource: *resource },
                _ => {}
            }
        }
        for from in self.plain.apart[visit].iter().filter(|other| self.state.shift_of[**other].is_some()) {
            self.ready.apart[visit].retain(|other| other != from);
            let fits = self.with(|_| {}).is_some();
            self.ready.apart[visit].clone_from(&self.plain.apart[visit]);
            if fits {
                return Reason::Apart { from: *from };
            }
        }
        // Of quotas and hours nothing is left that forbids it in some shift: then it is time.
        let team = |shift: &usize| self.plain.team[*shift];
        let quota = self.plain.quotas[visit].iter().any(|quota| self.full(*quota));
        let work = |shift: &usize| self.state.load[team(shift)] + problem.visits[visit].seconds <= self.plain.most[team(shift)];
        if quota || !self.plain.able[visit].iter().any(work) { Reason::Several } else { Reason::Full }
    }

    fn full(&self, quota: usize) -> bool {
        self.plain.problem.quotas[quota].most.is_some_and(|most| self.state.counts[quota] >= most)
    }

    /// Only one shift may make it.
    fn only(&mut self, shift: usize) {
        self.ready.able[self.visit] = vec![shift];
    }

    fn back(&mut self) {
        self.ready.able[self.visit].clone_from(&self.plain.able[self.visit]);
    }

    /// Fewest members more, in a shift that lacks some; where there is no time either, with the least time more.
    fn members(&mut self) -> Vec<Remedy> {
        let visit = &self.plain.problem.visits[self.visit];
        let mut lacking: Vec<(u64, usize, Vec<Need>)> = (0..self.plain.problem.shifts.len())
            .filter(|shift| self.plain.barred(visit, *shift).is_none())
            .filter(|shift| visit.pin.as_ref().is_none_or(|pin| pin.shift == self.plain.problem.shifts[*shift].id))
            .map(|shift| (shift, self.plain.lacks(visit, shift)))
            .filter(|(_, needs)| !needs.is_empty())
            .map(|(shift, needs)| (needs.iter().map(|need| u64::from(need.count)).sum(), shift, needs))
            .collect();
        lacking.sort_by_key(|(count, shift, _)| (*count, *shift));
        let mut found: Option<Remedy> = None;
        for (_, shift, needs) in &lacking {
            self.only(*shift);
            if self.with(|_| {}).is_some() {
                found = Some(Remedy::Members { shift: *shift, needs: needs.clone(), longer: 0 });
                break;
            }
        }
        // Two changes are told only where no shift has the skills: else one change is nearer.
        if found.is_none() && self.plain.able[self.visit].is_empty() {
            found = lacking.into_iter().find_map(|(_, shift, needs)| {
                self.only(shift);
                Some(Remedy::Members { shift, needs, longer: self.longer_by(shift)? })
            });
        }
        self.back();
        found.into_iter().collect()
    }

    fn window(&mut self) -> Option<Remedy> {
        let plain = &self.plain.windows[self.visit];
        for wider in WIDER {
            self.ready.windows[self.visit] =
                plain.iter().map(|window| Window { from: window.from - wider, to: window.to + wider }).collect();
            if let Some((shift, start)) = self.with(|_| {}) {
                self.ready.windows[self.visit].clone_from(plain);
                return Some(Remedy::Window { shift, start });
            }
        }
        self.ready.windows[self.visit].clone_from(plain);
        None
    }

    /// How much later a shift must end, where three hours would do.
    fn longer_by(&self, shift: usize) -> Option<Seconds> {
        let visits = &self.state.lines[shift].visits;
        let fits = |steps: Seconds| {
            let line = Line::longer(&self.ready, shift, visits.clone(), &self.state.fixed, steps * STEP);
            self.with(|state| state.lines[shift] = Arc::new(line)).is_some()
        };
        fits(STEPS).then(|| (1..=STEPS).find(|steps| fits(*steps)).unwrap_or(STEPS) * STEP)
    }

    fn longer(&mut self) -> Option<Remedy> {
        let mut least: Option<(Seconds, usize)> = None;
        for shift in self.plain.able[self.visit].clone() {
            self.only(shift);
            let found = self.longer_by(shift).map(|seconds| (seconds, shift));
            least = [least, found].into_iter().flatten().min();
        }
        self.back();
        least.map(|(seconds, shift)| Remedy::Longer { shift, seconds })
    }

    fn quota(&self) -> Option<Remedy> {
        let full: Vec<usize> = self.plain.quotas[self.visit].iter().copied().filter(|quota| self.full(*quota)).collect();
        let [quota] = full.as_slice() else { return None };
        self.with(|state| state.counts[*quota] = state.counts[*quota].saturating_sub(1)).map(|_| Remedy::Quota { quota: *quota })
    }

    fn hours(&mut self) -> Option<Remedy> {
        let seconds = self.plain.problem.visits[self.visit].seconds;
        let mut least: Option<(Seconds, usize)> = None;
        for shift in self.plain.able[self.visit].clone() {
            let team = self.plain.team[shift];
            let over = self.state.load[team] + seconds - self.plain.most[team];
            if over > 0 && least.is_none_or(|(least, _)| over < least) {
                self.only(shift);
                if self.with(|state| state.load[team] -= over).is_some() {
                    least = Some((over, shift));
                }
            }
        }
        self.back();
        least.map(|(seconds, shift)| Remedy::Hours { team: self.plain.problem.shifts[shift].team.clone(), seconds })
    }

    fn work(&mut self) -> Option<Remedy> {
        let visits = &self.plain.problem.visits;
        let mut least: Option<(Seconds, usize)> = None;
        for shift in self.plain.able[self.visit].clone() {
            let done: Seconds = self.state.lines[shift].visits.iter().map(|other| visits[*other].seconds).sum();
            let over = done + visits[self.visit].seconds - self.plain.day[shift];
            if over > 0 && least.is_none_or(|(least, _)| over < least) {
                self.only(shift);
                self.ready.day[shift] += over;
                if self.with(|_| {}).is_some() {
                    least = Some((over, shift));
                }
                self.ready.day[shift] -= over;
            }
        }
        self.back();
        least.map(|(seconds, shift)| Remedy::Work { shift, seconds })
    }

    fn supply(&mut self) -> Option<Remedy> {
        let plain = self.plain.uses[self.visit].clone();
        let mut found = None;
        for (resource, amount) in &plain {
            self.ready.uses[self.visit].retain(|(other, _)| other != resource);
            found = self.with(|_| {}).map(|(_, start)| Remedy::Supply { resource: *resource, amount: *amount, start });
            self.ready.uses[self.visit].clone_from(&plain);
            if found.is_some() {
                break;
            }
        }
        found
    }

    fn unpin(&mut self) -> Option<Remedy> {
        let visit = &self.plain.problem.visits[self.visit];
        visit.pin.as_ref()?;
        let free = |shift: &usize| self.plain.lacks(visit, *shift).is_empty() && self.plain.barred(visit, *shift).is_none();
        self.ready.able[self.visit] = (0..self.plain.problem.shifts.len()).filter(free).collect();
        self.ready.pinned[self.visit] = None;
        let found = self.with(|_| {}).map(|_| Remedy::Unpin);
        self.ready.pinned[self.visit] = self.plain.pinned[self.visit];
        self.back();
        found
    }

    fn instead(&self) -> Option<Remedy> {
        let visits = &self.plain.problem.visits;
        let mut made: Vec<usize> =
            (0..visits.len()).filter(|other| self.state.shift_of[*other].is_some() && visits[*other].pin.is_none()).collect();
        made.sort_by_key(|other| (visits[*other].value, *other));
        made.into_iter().take(GIVEN_UP).find_map(|other| {
            let mut week = Week::standing(&self.ready, self.state.clone());
            week.take(other);
            let state = week.state;
            let gone = (0..visits.len()).filter(|row| self.state.shift_of[*row].is_some() && state.shift_of[*row].is_none()).collect();
            self.standing(state).map(|_| Remedy::Instead { visits: gone })
        })
    }
}
