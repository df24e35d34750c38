//! The search for a good week: strings of visits near each other are taken out and put back where they cost least (Christiaens and Vanden
//! Berghe 2020), under simulated annealing; at the end whatever still fits anywhere is put in.

use std::sync::Arc;

use plainsight_names::Watch;

use crate::budget::Budget;
use crate::line::Line;
use crate::problem::{FAR, Plan, Problem, Seconds, Supplied, Worth};
use crate::random::Random;
use crate::ready::Ready;
use crate::rounds::{Searcher, search};

/// How a week is planned.
#[derive(Clone, Copy, Debug)]
pub struct Options {
    /// The same seed and steps give the same plan.
    pub seed: u64,
    /// So many searches beside each other; the plan depends on it.
    pub searches: usize,
    /// So many threads; the plan does not depend on it.
    pub threads: usize,
}

/// Plans a week. A problem with mistakes ([`Problem::check`]) must not be given. `former` is a plan to follow: its visits stay where they
/// are as far as they can, and each that moves counts as changed.
#[must_use]
pub fn plan(problem: &Problem, former: Option<&Plan>, options: &Options, budget: &dyn Budget, watch: &dyn Watch) -> Plan {
    let ready = Ready::new(problem);
    let first = Week::new(&ready, former, options.seed, 0);
    if budget.spent(0) >= 1.0 || problem.visits.is_empty() {
        return first.best.1;
    }
    let mut weeks = vec![first];
    weeks.extend((1..options.searches.max(1)).map(|stream| Week::new(&ready, former, options.seed, stream as u64)));
    search(weeks, options.threads, budget, watch).1
}

type Found = (Vec<Vec<usize>>, Plan, Vec<Option<Seconds>>);

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
    travel: i64,
    value: u64,
}

impl State {
    fn empty(ready: &Ready<'_>) -> Self {
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

pub(crate) struct Week<'a> {
    ready: &'a Ready<'a>,
    former: Vec<Option<usize>>,
    random: Random,
    pub(crate) state: State,
    near: Vec<Vec<usize>>,
    /// Seconds on the way that a unit of value is worth.
    rate: f64,
    best: Found,
}

impl<'a> Week<'a> {
    pub(crate) fn new(ready: &'a Ready<'a>, former: Option<&Plan>, seed: u64, stream: u64) -> Self {
        const MEAN: f64 = 20_000.0;
        let problem = ready.problem;
        let count = problem.visits.len();
        let near = (0..count)
            .map(|visit| {
                let mut others: Vec<usize> = (0..count).collect();
                others.sort_by_key(|other| problem.travel.way(problem.visits[visit].place, problem.visits[*other].place));
                others
            })
            .collect();
        let total: u64 = problem.visits.iter().map(|visit| u64::from(visit.value)).sum();
        let mut week = Self {
            ready,
            former: former
                .map_or_else(|| vec![None; count], |plan| plan.made(count).into_iter().map(|made| made.map(|(shift, _)| shift)).collect()),
            random: Random::new(seed, stream),
            state: State::empty(ready),
            near,
            rate: MEAN * count as f64 / total.max(1) as f64,
            best: (Vec::new(), Plan::default(), Vec::new()),
        };
        week.begin(former);
        let plan = week.plan();
        week.best = (week.state.lines.iter().map(|line| line.visits.clone()).collect(), plan, week.state.fixed.clone());
        week
    }

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

    /// Pinned visits first, then those of the plan that is followed, then whatever fits.
    fn begin(&mut self, former: Option<&Plan>) {
        let visits = &self.ready.problem.visits;
        let mut pinned: Vec<usize> = (0..visits.len()).filter(|visit| visits[*visit].pin.is_some()).collect();
        pinned.sort_by_key(|visit| visits[*visit].pin.as_ref().and_then(|pin| pin.start));
        for visit in pinned {
            self.insert(visit, 0.0, None);
        }
        // By time, so that what must follow another comes after it.
        let mut kept: Vec<(Seconds, usize, usize)> = Vec::new();
        for (shift, route) in former.iter().flat_map(|plan| plan.routes.iter().enumerate()) {
            kept.extend(route.stops.iter().map(|stop| (stop.start, shift, stop.visit)));
        }
        kept.sort_unstable();
        for (start, shift, visit) in kept {
            if self.ready.able.get(visit).is_some_and(|able| able.contains(&shift)) && self.state.shift_of[visit].is_none() {
                let fixed = self.ready.tied[visit].then_some(start);
                let at = self.state.lines[shift].visits.len();
                let timely = fixed.is_none_or(|start| self.timely(visit, start));
                if timely && self.allowed(visit, shift) && self.state.lines[shift].fits(self.ready, shift, at, visit, fixed).is_some() {
                    self.put(visit, shift, at, fixed);
                }
            }
        }
        // Those that begin together are all there, or none.
        for visit in 0..visits.len() {
            let lacks = |other: &usize| self.state.shift_of[*other].is_none();
            if self.state.shift_of[visit].is_some() && self.ready.group[visit].iter().any(lacks) {
                self.take(visit);
            }
        }
        self.complete();
    }

    /// Puts in every visit that still fits, the most valuable first, until none does.
    pub(crate) fn complete(&mut self) {
        let visits = &self.ready.problem.visits;
        loop {
            let mut absent: Vec<usize> = (0..visits.len()).filter(|visit| self.state.shift_of[*visit].is_none()).collect();
            absent.sort_by_key(|visit| (std::cmp::Reverse(visits[*visit].value), *visit));
            let put = absent.iter().filter(|visit| self.state.shift_of[**visit].is_none() && self.insert(**visit, 0.0, None)).count();
            if put == 0 {
                break;
            }
        }
    }

    /// Whether quotas, hours and those it must be apart from let a shift make a visit.
    fn allowed(&self, visit: usize, shift: usize) -> bool {
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
    fn timely(&self, visit: usize, start: Seconds) -> bool {
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
                let users: Vec<(Seconds, Seconds, u32)> = (0..visits.len())
                    .filter(|other| *other != visit && self.state.shift_of[*other].is_some())
                    .flat_map(|other| {
                        ready.uses[other].iter().filter(|(used, _)| used == resource).map(move |(_, amount)| (other, *amount))
                    })
                    .filter_map(|(other, amount)| self.state.fixed[other].map(|begun| (begun, begun + visits[other].seconds, amount)))
                    .collect();
                ready.problem.resources[*resource].supply.iter().any(|(window, most)| match supplied {
                    Supplied::InAll => {
                        let inside = |begun: Seconds| window.from <= begun && begun <= window.to;
                        let used: u32 = users.iter().filter(|(begun, ..)| inside(*begun)).map(|(.., amount)| amount).sum();
                        inside(start) && used + amount <= *most
                    }
                    Supplied::AtOnce => {
                        let at = |moment: Seconds| -> u32 {
                            users.iter().filter(|(begun, over, _)| *begun <= moment && moment < *over).map(|(.., amount)| amount).sum()
                        };
                        let moments = users.iter().map(|(begun, ..)| *begun).filter(|begun| start < *begun && *begun < end).chain([start]);
                        window.from <= start && end <= window.to && moments.into_iter().all(|moment| at(moment) + amount <= *most)
                    }
                })
            })
    }

    fn put(&mut self, visit: usize, shift: usize, at: usize, fixed: Option<Seconds>) {
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
    fn extra(&self, visit: usize, shift: usize) -> f64 {
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

    fn missed(&self) -> u32 {
        self.ready.problem.quotas.iter().zip(&self.state.counts).map(|(quota, count)| quota.least.saturating_sub(*count)).sum()
    }

    fn cost(&self) -> f64 {
        let languages: f64 =
            (0..self.former.len()).filter_map(|visit| self.state.shift_of[visit].map(|shift| self.extra(visit, shift))).sum();
        self.state.travel as f64 + languages - self.rate * self.state.value as f64 + f64::from(self.missed()) * 1e6
    }

    fn worth(&self) -> Worth {
        let made = || (0..self.former.len()).filter_map(|visit| self.state.shift_of[visit].map(|shift| (visit, shift)));
        let shares: Vec<f64> =
            self.state.load.iter().zip(&self.ready.time).map(|(load, time)| f64::from(*load) / f64::from((*time).max(1))).collect();
        let mean = shares.iter().sum::<f64>() / shares.len().max(1) as f64;
        Worth {
            missed: self.missed(),
            value: self.state.value,
            languages: made().filter(|(visit, shift)| self.ready.spoken[*visit][*shift]).count() as u32,
            changed: (0..self.former.len())
                .filter(|visit| self.former[*visit].is_some() && self.former[*visit] != self.state.shift_of[*visit])
                .count() as u32,
            unfair: (shares.iter().map(|share| (share - mean).powi(2)).sum::<f64>() / shares.len().max(1) as f64 * 1e6).round() / 1e6,
            travel: self.state.travel,
        }
    }

    fn plan(&self) -> Plan {
        let timed = |(shift, line): (usize, &Arc<Line>)| line.timed(self.ready, shift, &self.state.fixed);
        Plan { routes: self.state.lines.iter().enumerate().map(timed).collect(), worth: self.worth() }
    }

    fn keep_best(&mut self) {
        if above(&self.worth(), &self.best.1.worth) {
            let before = self.state.clone();
            self.complete();
            self.best = (self.state.lines.iter().map(|line| line.visits.clone()).collect(), self.plan(), self.state.fixed.clone());
            self.state = before;
        }
    }

    /// Takes strings of visits near a place out; gives the shifts that have room now.
    fn ruin(&mut self) -> Vec<usize> {
        let strings = 1 + self.random.below(4);
        let seed = self.random.below(self.near.len());
        let mut ruined: Vec<usize> = Vec::new();
        for at in 0..self.near.len() {
            if ruined.len() >= strings {
                break;
            }
            let visit = self.near[seed][at];
            // Some are passed over, so that it is not always the same neighbours.
            let Some(shift) = self.state.shift_of[visit].filter(|shift| !ruined.contains(shift)) else { continue };
            if self.random.share() < 0.3 {
                continue;
            }
            ruined.push(shift);
            let line = &self.state.lines[shift].visits;
            let length = 1 + self.random.below(line.len().min(6));
            let here = line.iter().position(|other| *other == visit).unwrap_or_default();
            let first = here.saturating_sub(self.random.below(length)).min(line.len() - length);
            let outs: Vec<usize> = line.iter().skip(first).take(length).copied().collect();
            for out in outs {
                if self.ready.problem.visits[out].pin.is_none() {
                    self.take(out);
                }
            }
        }
        ruined
    }
}

/// Whether one is worth more than another, the first things first.
fn above(one: &Worth, other: &Worth) -> bool {
    let whole = |worth: &Worth| (std::cmp::Reverse(worth.missed), worth.value, worth.languages, std::cmp::Reverse(worth.changed));
    // Fairness is told in hundredths: a second of work more or less does not outweigh an hour on the road.
    let fair = |worth: &Worth| (worth.unfair * 100.0).round() as i64;
    whole(one).cmp(&whole(other)).then(fair(other).cmp(&fair(one))).then(other.travel.cmp(&one.travel)).is_gt()
}

impl Searcher for Week<'_> {
    type Found = Found;

    fn step(&mut self, spent: f64) {
        const HOT: f64 = 1000.0;
        const COLD: f64 = 30.0;
        let heat = HOT * (COLD / HOT).powf(spent.min(1.0));
        let (before, cost) = (self.state.clone(), self.cost());
        let waiting: Vec<bool> = self.state.shift_of.iter().map(Option::is_none).collect();
        let ruined = self.ruin();
        let (visits, ready) = (&self.ready.problem.visits, self.ready);
        let mut absent: Vec<usize> = (0..visits.len()).filter(|visit| self.state.shift_of[*visit].is_none()).collect();
        self.random.shuffle(&mut absent);
        match self.random.below(6) {
            0 => {}
            1 | 2 => absent.sort_by_key(|visit| std::cmp::Reverse(visits[*visit].value)),
            3 | 4 => absent.sort_by_key(|visit| {
                std::cmp::Reverse(u64::from(visits[*visit].value) * 100_000 / (visits[*visit].seconds.max(0) as u64 + 900))
            }),
            _ => absent.sort_by_key(|visit| ready.able[*visit].len()),
        }
        for visit in absent {
            if self.state.shift_of[visit].is_none() {
                // What fitted nowhere before fits, if at all, where there is room now.
                self.insert(visit, 0.02, (waiting[visit] && !ready.tied[visit]).then_some(&ruined));
            }
        }
        if self.cost() < cost - heat * self.random.share().max(1e-300).ln() {
            self.keep_best();
        } else {
            self.state = before;
        }
    }

    fn best(&self) -> &Found {
        &self.best
    }

    fn better(one: &Found, other: &Found) -> bool {
        above(&one.1.worth, &other.1.worth)
    }

    fn take_over(&mut self, found: &Found) {
        for visit in 0..self.near.len() {
            self.take(visit);
        }
        for (shift, visits) in found.0.iter().enumerate() {
            for (at, visit) in visits.iter().enumerate() {
                self.put(*visit, shift, at, found.2[*visit]);
            }
        }
        self.best = found.clone();
    }
}
