//! A problem made ready for a search: who may make what, rules by visit, breaks of shifts.

use crate::problem::{Break, FAR, Need, Problem, Rule, Seconds, Supplied, Visit, Window};

/// A problem with what a search asks often.
#[derive(Clone)]
pub(crate) struct Ready<'a> {
    pub(crate) problem: &'a Problem,
    /// The number of each shift's team.
    pub(crate) team: Vec<usize>,
    pub(crate) teams: usize,
    /// The most seconds of visits a team makes, and the seconds of its shifts.
    pub(crate) most: Vec<Seconds>,
    pub(crate) time: Vec<Seconds>,
    /// By shift, the most seconds of visits.
    pub(crate) day: Vec<Seconds>,
    /// By visit, the moment that it is pinned to.
    pub(crate) pinned: Vec<Option<Seconds>>,
    /// By visit, when it may begin.
    pub(crate) windows: Vec<Vec<Window>>,
    /// By visit, the shifts that may make it.
    pub(crate) able: Vec<Vec<usize>>,
    /// By visit and shift, whether every language that would help is there.
    pub(crate) spoken: Vec<Vec<bool>>,
    /// By visit, the group that begins together with it (itself when none).
    pub(crate) group: Vec<Vec<usize>>,
    /// By visit, those before it, and those after it.
    pub(crate) firsts: Vec<Vec<(usize, Seconds, Seconds)>>,
    pub(crate) thens: Vec<Vec<usize>>,
    pub(crate) apart: Vec<Vec<usize>>,
    /// Whether its start stays as it was chosen, because something else depends on it.
    pub(crate) tied: Vec<bool>,
    pub(crate) quotas: Vec<Vec<usize>>,
    /// By visit, the resource's row and the amount.
    pub(crate) uses: Vec<Vec<(usize, u32)>>,
}

impl<'a> Ready<'a> {
    pub(crate) fn new(problem: &'a Problem) -> Self {
        let count = problem.visits.len();
        let mut names: Vec<&str> = Vec::new();
        let team: Vec<usize> = problem
            .shifts
            .iter()
            .map(|shift| {
                names.iter().position(|name| *name == shift.team).unwrap_or_else(|| {
                    names.push(&shift.team);
                    names.len() - 1
                })
            })
            .collect();
        let hours = |name: &&str| problem.hours.iter().filter(|(team, _)| team == name).map(|(_, most)| *most).min().unwrap_or(FAR);
        let mut time = vec![0; names.len()];
        for (shift, team) in problem.shifts.iter().zip(&team) {
            time[*team] += shift.end - shift.start;
        }
        let mut ready = Self {
            problem,
            teams: names.len(),
            most: names.iter().map(hours).collect(),
            time,
            team,
            day: problem.shifts.iter().map(|shift| shift.most.unwrap_or(FAR)).collect(),
            pinned: problem.visits.iter().map(|visit| visit.pin.as_ref().and_then(|pin| pin.start)).collect(),
            windows: problem.visits.iter().map(|visit| visit.windows.clone()).collect(),
            able: Vec::new(),
            spoken: Vec::new(),
            group: (0..count).map(|visit| vec![visit]).collect(),
            firsts: vec![Vec::new(); count],
            thens: vec![Vec::new(); count],
            apart: vec![Vec::new(); count],
            tied: problem.visits.iter().map(|visit| !visit.uses.is_empty()).collect(),
            quotas: Vec::new(),
            uses: Vec::new(),
        };
        for rule in &problem.rules {
            match rule {
                Rule::Before { first, then, least, most } => {
                    ready.firsts[*then].push((*first, *least, *most));
                    ready.thens[*first].push(*then);
                    (ready.tied[*first], ready.tied[*then]) = (true, true);
                }
                Rule::Together(visits) => {
                    // Groups that share a visit are one.
                    let mut all: Vec<usize> = visits.iter().flat_map(|visit| ready.group[*visit].clone()).collect();
                    all.sort_unstable();
                    all.dedup();
                    for visit in &all {
                        ready.group[*visit].clone_from(&all);
                        ready.tied[*visit] = true;
                    }
                }
                Rule::Apart(one, other) => {
                    ready.apart[*one].push(*other);
                    ready.apart[*other].push(*one);
                }
            }
        }
        for visit in &problem.visits {
            ready.able.push((0..problem.shifts.len()).filter(|shift| ready.refused(visit, *shift).is_none()).collect());
            let speaks = |shift: usize| visit.helped_by.iter().all(|skill| ready.holders(shift, skill) > 0);
            ready.spoken.push((0..problem.shifts.len()).map(speaks).collect());
            let counts = |row: &usize| {
                let quota = &problem.quotas[*row];
                quota.kind.as_ref().is_none_or(|kind| *kind == visit.kind) && quota.area.as_ref().is_none_or(|area| *area == visit.area)
            };
            ready.quotas.push((0..problem.quotas.len()).filter(counts).collect());
            let row = |name: &str| problem.resources.iter().position(|resource| resource.id == name);
            ready.uses.push(visit.uses.iter().filter_map(|used| row(&used.resource).map(|row| (row, used.amount))).collect());
        }
        ready
    }

    /// How many members of a shift have a skill.
    pub(crate) fn holders(&self, shift: usize, skill: &str) -> u32 {
        let has = |id: &&String| self.problem.people.iter().any(|person| person.id == **id && person.skills.iter().any(|own| own == skill));
        self.problem.shifts[shift].members.iter().filter(has).count() as u32
    }

    /// Which skills a shift lacks for a visit, and how many of each.
    pub(crate) fn lacks(&self, visit: &Visit, shift: usize) -> Vec<Need> {
        let lack = |need: &Need| Need { skill: need.skill.clone(), count: need.count.saturating_sub(self.holders(shift, &need.skill)) };
        visit.needs.iter().map(lack).filter(|need| need.count > 0).collect()
    }

    /// Who in a shift must not make a visit.
    pub(crate) fn barred(&self, visit: &Visit, shift: usize) -> Option<String> {
        let members = &self.problem.shifts[shift].members;
        if let Some(person) = members.iter().find(|id| visit.conflicts.contains(id)) {
            return Some(format!("{person} has a conflict of interest"));
        }
        let skill = visit.bars.iter().find(|skill| self.holders(shift, skill) > 0)?;
        Some(format!("nobody who is {skill} may take part"))
    }

    fn refused(&self, visit: &Visit, shift: usize) -> Option<String> {
        if visit.pin.as_ref().is_some_and(|pin| pin.shift != self.problem.shifts[shift].id) {
            return Some("it is pinned to another shift".to_owned());
        }
        if let Some(need) = self.lacks(visit, shift).first() {
            return Some(format!("no shift has the skills; {} lacks {} more of {}", self.problem.shifts[shift].id, need.count, need.skill));
        }
        self.barred(visit, shift)
    }

    /// The earliest moment from `time` on at which a visit may begin.
    pub(crate) fn begins(&self, visit: usize, time: Seconds, fixed: Option<Seconds>) -> Seconds {
        let windows = &self.windows[visit];
        if let Some(fixed) = fixed {
            return if time <= fixed && windows.iter().any(|window| window.from <= fixed && fixed <= window.to) { fixed } else { FAR };
        }
        windows.iter().filter(|window| window.to >= time).map(|window| window.from.max(time)).min().unwrap_or(FAR)
    }

    /// The latest moment up to `time` at which it may begin.
    pub(crate) fn begins_by(&self, visit: usize, time: Seconds, fixed: Option<Seconds>) -> Seconds {
        let windows = &self.windows[visit];
        if let Some(fixed) = fixed {
            return if fixed <= time { fixed } else { -FAR };
        }
        windows.iter().filter(|window| window.from <= time).map(|window| window.to.min(time)).max().unwrap_or(-FAR)
    }

    pub(crate) fn breaks(&self, shift: usize) -> &[Break] {
        &self.problem.shifts[shift].breaks
    }

    /// The most seconds of visits that a shift may make, even if its team did nothing else.
    fn allowance(&self, shift: usize) -> Seconds {
        self.day[shift].min(self.most[self.team[shift]])
    }

    /// Whether a visit alone fits a shift at some time, told without any other.
    fn alone(&self, visit: usize, shift: usize) -> bool {
        let (there, problem) = (self.problem.visits[visit].place, self.problem);
        let work = &problem.shifts[shift];
        if problem.visits[visit].seconds > self.allowance(shift) {
            return false;
        }
        let start = self.begins(visit, work.start + problem.travel.way(work.base, there), None);
        start < FAR && start + problem.visits[visit].seconds + problem.travel.way(there, work.base) <= work.end
    }

    /// The visits that nobody can make even if nothing else was planned, with the reason.
    pub(crate) fn impossible(&self) -> Vec<(usize, String)> {
        let mut found = Vec::new();
        for (row, visit) in self.problem.visits.iter().enumerate() {
            let supply = |(resource, amount): &(usize, u32)| {
                let resource = &self.problem.resources[*resource];
                let long = |(window, most): &&(Window, u32)| {
                    most >= amount && (resource.supplied == Supplied::InAll || window.to - window.from >= visit.seconds)
                };
                resource.supply.iter().any(|supply| long(&supply))
            };
            if self.able[row].is_empty() {
                let meant = |shift: &usize| visit.pin.as_ref().is_none_or(|pin| pin.shift == self.problem.shifts[*shift].id);
                let reasons = (0..self.problem.shifts.len()).filter(meant).filter_map(|shift| self.refused(visit, shift));
                let nearest = reasons.min_by_key(String::len).unwrap_or_else(|| "there are no shifts".to_owned());
                found.push((row, nearest));
            } else if self.windows[row].is_empty() {
                found.push((row, "there is no time left in which it may begin".to_owned()));
            } else if self.able[row].iter().all(|shift| visit.seconds > self.allowance(*shift)) {
                found.push((row, "no shift that has the skills may work so long".to_owned()));
            } else if !self.able[row].iter().any(|shift| self.alone(row, *shift)) {
                found.push((row, "no shift that has the skills can reach it within its windows and be back in time".to_owned()));
            } else if !self.uses[row].iter().all(supply) {
                found.push((row, "there is never so much of a resource as it takes".to_owned()));
            }
        }
        found
    }
}
