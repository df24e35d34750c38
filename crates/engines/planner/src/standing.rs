//! Where visits stand, and how one is put in or taken out without breaking a rule.

use std::sync::Arc;

use crate::line::Line;
use crate::problem::{FAR, Plan, Seconds, Supplied};
use crate::random::Random;
use crate::ready::Ready;
use crate::week::Week;

/// Which shift makes which visits, and what that adds up to.
#[derive(Clone)]
pub(crate) struct State {
    pub(crate) lines: Vec<Arc<Line>>,
    pub(crate) shift_of: Vec<Option<usize>>,
    /// When visits begin that something else depends on.
    pub(crate) fixed: Vec<Option<Seconds>>,
    /// By quota, visits that count.
    pub(crate) counts: Vec<u32>,
    /// By team, seconds of visits.
    pub(crate) load: Vec<Seconds>,
    pub(crate) travel: i64,
    pub(crate) value: u64,
}

impl State {
    pub(crate) fn empty(ready: &Ready<'_>) -> Self {
        let (problem, fixed) = (ready.problem, vec![None; ready.problem.visits.len()]);
        Self {
            lines: (0..problem.shifts.len()).map(|shift| Arc::new(Line::of(ready, shift, Vec::new(), &fixed))).collect(),
            shift_of: fixed.iter().map(|_| None).collect(),
            fixed,
            counts: vec![0; problem.quotas.len()],
            load: vec![0; ready.teams],
            travel: 0,
            value: 0,
        }
    }
}

impl<'a> Week<'a> {
    /// As it stands, to ask what would be: nothing is searched.
    pub(crate) fn standing(ready: &'a Ready<'a>, state: State) -> Self {
        let former = vec![None; ready.problem.visits.len()];
        Self { ready, former, random: Random::new(0, 0), state, near: Vec::new(), rate: 0.0, best: Default::default() }
    }

    /// The state of a plan.
    pub(crate) fn of(ready: &'a Ready<'a>, plan: &Plan) -> Self {
        let mut week = Self::standing(ready, State::empty(ready));
        for (shift, route) in plan.routes.iter().enumerate() {
            for stop in &route.stops {
                let at = week.state.lines[shift].visits.len();
                let fixed = ready.tied[stop.visit] || ready.pinned[stop.visit].is_some();
                week.put(stop.visit, shift, at, fixed.then_some(stop.start));
            }
        }
        week
    }

    /// Whether quotas, hours and those it must be apart from let a shift make a visit.
    pub(crate) fn allowed(&self, visit: usize, shift: usize) -> bool {
        let (ready, state, team) = (self.ready, &self.state, self.ready.team[shift]);
        let full = |quota: &usize| ready.problem.quotas[*quota].most.is_some_and(|most| state.counts[*quota] >= most);
        let same = |other: &usize| state.shift_of[*other].is_some_and(|shift| ready.team[shift] == team);
        let day = || state.lines[shift].visits.iter().map(|other| ready.problem.visits[*other].seconds).sum::<Seconds>();
        let seconds = ready.problem.visits[visit].seconds;
        !ready.quotas[visit].iter().any(full)
            && (ready.day[shift] >= FAR || day() + seconds <= ready.day[shift])
            && state.load[team] + seconds <= ready.most[team]
            && !ready.apart[visit].iter().any(same)
            && !ready.group[visit].iter().any(|other| *other != visit && same(other))
    }

    /// Whether resources and the visits before it let a visit begin at a moment.
    pub(crate) fn timely(&self, visit: usize, start: Seconds) -> bool {
        let (ready, visits) = (self.ready, &self.ready.problem.visits);
        let end = start + visits[visit].seconds;
        let follows = ready.firsts[visit].iter().all(|(first, least, most)| {
            self.state.shift_of[*first].is_some()
                && self.state.fixed[*first].is_some_and(|begun| {
                    let over = begun + visits[*first].seconds;
                    over + least <= start && start <= over + most
                })
        });
        let pinned = ready.pinned[visit].is_none_or(|pinned| pinned == start);
        follows
            && pinned
            && ready.uses[visit].iter().all(|(resource, amount)| {
                let supplied = ready.problem.resources[*resource].supplied;
                let users: Vec<(Seconds, Seconds, u64)> = (0..visits.len())
                    .filter(|other| *other != visit && self.state.shift_of[*other].is_some())
                    .flat_map(|other| {
                        ready.uses[other].iter().filter(|(used, _)| used == resource).map(move |(_, amount)| (other, u64::from(*amount)))
                    })
                    .filter_map(|(other, amount)| self.state.fixed[other].map(|begun| (begun, begun + visits[other].seconds, amount)))
                    .collect();
                ready.problem.resources[*resource].supply.iter().any(|(window, most)| match supplied {
                    Supplied::InAll => {
                        let inside = |begun: Seconds| window.from <= begun && begun <= window.to;
                        let used: u64 = users.iter().filter(|(begun, ..)| inside(*begun)).map(|(.., amount)| amount).sum();
                        inside(start) && used + u64::from(*amount) <= u64::from(*most)
                    }
                    Supplied::AtOnce => {
                        let at = |moment: Seconds| -> u64 {
                            users.iter().filter(|(begun, over, _)| *begun <= moment && moment < *over).map(|(.., amount)| amount).sum()
                        };
                        let moments = users.iter().map(|(begun, ..)| *begun).filter(|begun| start < *begun && *begun < end).chain([start]);
                        window.from <= start
                            && end <= window.to
                            && moments.into_iter().all(|moment| at(moment) + u64::from(*amount) <= u64::from(*most))
                    }
                })
            })
    }

    pub(crate) fn put(&mut self, visit: usize, shift: usize, at: usize, fixed: Option<Seconds>) {
        let ready = self.ready;
        self.state.travel += i64::from(self.state.lines[shift].detour(ready, shift, at, visit));
        self.state.value += u64::from(ready.problem.visits[visit].value);
        self.state.load[ready.team[shift]] += ready.problem.visits[visit].seconds;
        self.state.shift_of[visit] = Some(shift);
        self.state.fixed[visit] = fixed;
        for quota in &ready.quotas[visit] {
            self.state.counts[*quota] += 1;
        }
        let line = Arc::make_mut(&mut self.state.lines[shift]);
        line.visits.insert(at, visit);
        line.renew(ready, shift, &self.state.fixed);
    }

    /// Takes a visit out, with those that cannot be without it.
    pub(crate) fn take(&mut self, visit: usize) {
        let ready = self.ready;
        let Some(shift) = self.state.shift_of[visit].take() else { return };
        self.state.fixed[visit] = None;
        self.state.travel -= i64::from(self.state.lines[shift].travel(ready, shift));
        let line = Arc::make_mut(&mut self.state.lines[shift]);
        line.visits.retain(|other| *other != visit);
        line.renew(ready, shift, &self.state.fixed);
        self.state.travel += i64::from(self.state.lines[shift].travel(ready, shift));
        self.state.value -= u64::from(ready.problem.visits[visit].value);
        self.state.load[ready.team[shift]] -= ready.problem.visits[visit].seconds;
        for quota in &ready.quotas[visit] {
            self.state.counts[*quota] -= 1;
        }
        for other in ready.group[visit].iter().chain(&ready.thens[visit]) {
            self.take(*other);
        }
    }

    /// Puts a visit (with those that begin together with it) where it costs least; `blink` is how often a place is overlooked,
    /// `only` the shifts that are looked at, where not all are.
    pub(crate) fn insert(&mut self, visit: usize, blink: f64, only: Option<&[usize]>) -> bool {
        if self.ready.tied[visit] || self.ready.pinned[visit].is_some() {
            return self.insert_tied(visit);
        }
        let ready = self.ready;
        let mut best: Option<(f64, usize, usize)> = None;
        for shift in &ready.able[visit] {
            if only.is_some_and(|only| !only.contains(shift)) || !self.allowed(visit, *shift) {
                continue;
            }
            let line = &self.state.lines[*shift];
            for at in 0..=line.visits.len() {
                let cost = f64::from(line.detour(ready, *shift, at, visit)) + self.extra(visit, *shift);
                if best.is_some_and(|(least, ..)| least <= cost) || (blink > 0.0 && self.random.share() < blink) {
                    continue;
                }
                if line.fits(ready, *shift, at, visit, None).is_some() {
                    best = Some((cost, *shift, at));
                }
            }
        }
        best.map(|(_, shift, at)| self.put(visit, shift, at, None)).is_some()
    }

    /// What a shift's making a visit costs beside the way: languages that are not there, a change, a team that works much already.
    pub(crate) fn extra(&self, visit: usize, shift: usize) -> f64 {
        let team = self.ready.team[shift];
        let spoken = if self.ready.spoken[visit][shift] { 0.0 } else { 3600.0 };
        let changed = if self.former[visit].is_some_and(|former| former != shift) { 1800.0 } else { 0.0 };
        spoken + changed + 60.0 * f64::from(self.state.load[team]) / f64::from(self.ready.time[team].max(1))
    }

    fn insert_tied(&mut self, visit: usize) -> bool {
        let ready = self.ready;
        let visits = &ready.problem.visits;
        let group = &ready.group[visit];
        // Every moment from which on something becomes possible: the earliest that fits, if any does, is among them.
        let mut moments: Vec<Seconds> = Vec::new();
        for member in group {
            moments.extend(ready.windows[*member].iter().map(|window| window.from));
            moments.extend(ready.pinned[*member]);
            let firsts = ready.firsts[*member].iter();
            moments.extend(
                firsts.filter_map(|(first, least, _)| self.state.fixed[*first].map(|begun| begun + visits[*first].seconds + least)),
            );
            for (resource, _) in &ready.uses[*member] {
                moments.extend(ready.problem.resources[*resource].supply.iter().map(|(window, _)| window.from));
                let users = (0..visits.len()).filter(|other| ready.uses[*other].iter().any(|(used, _)| used == resource));
                moments.extend(users.filter_map(|other| self.state.fixed[other].map(|begun| begun + visits[other].seconds)));
            }
            for shift in &ready.able[*member] {
                let line = &self.state.lines[*shift];
                moments.extend((0..=line.visits.len()).filter_map(|at| line.fits(ready, *shift, at, *member, None)));
            }
        }
        moments.sort_unstable();
        moments.dedup();
        let before = self.state.clone();
        let mut best: Option<(i64, State)> = None;
        for moment in moments {
            if self.put_group(group, moment) {
                let cost = self.state.travel - before.travel;
                if best.as_ref().is_none_or(|(least, _)| cost < *least) {
                    best = Some((cost, self.state.clone()));
                }
            }
            self.state.clone_from(&before);
        }
        best.map(|(_, state)| self.state = state).is_some()
    }

    /// Puts the rest of a group in, all at one moment, each by another team; tries every team for each.
    fn put_group(&mut self, group: &[usize], moment: Seconds) -> bool {
        let Some((visit, rest)) = group.split_first() else { return true };
        if !self.timely(*visit, moment) {
            return false;
        }
        let ready = self.ready;
        let mut ways: Vec<(Seconds, usize, usize)> = Vec::new();
        for shift in ready.able[*visit].iter().filter(|shift| self.allowed(*visit, **shift)) {
            let line = &self.state.lines[*shift];
            let fitting = (0..=line.visits.len()).filter(|at| line.fits(ready, *shift, *at, *visit, Some(moment)).is_some());
            ways.extend(fitting.map(|at| (line.detour(ready, *shift, at, *visit), *shift, at)).min());
        }
        ways.sort_unstable();
        for (_, shift, at) in ways {
            let before = (!rest.is_empty()).then(|| self.state.clone());
            self.put(*visit, shift, at, Some(moment));
            if self.put_group(rest, moment) {
                return true;
            }
            if let Some(before) = before {
                self.state = before;
            }
        }
        false
    }
}
