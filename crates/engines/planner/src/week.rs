//! The search for a good week: strings of visits near each other are taken out and put back where they cost least (Christiaens and Vanden
//! Berghe 2020), under simulated annealing; at the end whatever still fits anywhere is put in.

use std::sync::Arc;

use plainsight_names::Watch;

use crate::budget::Budget;
use crate::line::Line;
use crate::problem::{Plan, Problem, Seconds, Worth};
use crate::random::Random;
use crate::ready::Ready;
use crate::rounds::{Searcher, search};
use crate::standing::State;

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

pub(crate) struct Week<'a> {
    pub(crate) ready: &'a Ready<'a>,
    pub(crate) former: Vec<Option<usize>>,
    pub(crate) random: Random,
    pub(crate) state: State,
    pub(crate) near: Vec<Vec<usize>>,
    /// Seconds on the way that a unit of value is worth.
    pub(crate) rate: f64,
    pub(crate) best: Found,
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

    fn missed(&self) -> u32 {
        let missed = self.ready.problem.quotas.iter().zip(&self.state.counts).map(|(quota, count)| quota.least.saturating_sub(*count));
        missed.fold(0, u32::saturating_add)
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
            // Of no shift at all the sum is -0.
            unfair: (shares.iter().map(|share| (share - mean).powi(2)).sum::<f64>() / shares.len().max(1) as f64 * 1e6).round() / 1e6 + 0.0,
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
