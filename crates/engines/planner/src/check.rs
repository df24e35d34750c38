//! What is wrong with a problem before anybody plans: all of it at once, each with its row.

use std::collections::HashSet;

use crate::problem::{Problem, Rule};

/// The part of a problem that a mistake is about, by row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum About {
    /// A visit.
    Visit(usize),
    /// A shift.
    Shift(usize),
    /// A person.
    Person(usize),
    /// A rule.
    Rule(usize),
    /// A resource.
    Resource(usize),
    /// A team's hours.
    Hours(usize),
}

/// What is wrong, and with what.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{what}")]
pub struct Mistake {
    /// With what.
    pub about: About,
    /// In words, with what to do.
    pub what: String,
}

impl Problem {
    /// Every mistake: duplicate names, impossible windows, unknown people, shifts that end before they begin, visits that nobody can do.
    #[must_use]
    pub fn check(&self) -> Vec<Mistake> {
        let mut wrong = Vec::new();
        let mut tell = |about, what: String| wrong.push(Mistake { about, what });
        duplicates(self.visits.iter().map(|visit| visit.id.as_str()), |row, id| {
            tell(About::Visit(row), format!("the visit {id} is there twice: give each its own id"));
        });
        duplicates(self.people.iter().map(|person| person.id.as_str()), |row, id| {
            tell(About::Person(row), format!("the person {id} is there twice"));
        });
        duplicates(self.shifts.iter().map(|shift| shift.id.as_str()), |row, id| {
            tell(About::Shift(row), format!("the shift {id} is there twice"));
        });
        duplicates(self.resources.iter().map(|resource| resource.id.as_str()), |row, id| {
            tell(About::Resource(row), format!("the resource {id} is there twice"));
        });
        self.check_shifts(&mut tell);
        for (row, visit) in self.visits.iter().enumerate() {
            let mut say = |what: String| tell(About::Visit(row), format!("visit {}: {what}", visit.id));
            if visit.place >= self.travel.places {
                say("its place has no row in the table of travel".to_owned());
            }
            if visit.seconds < 0 {
                say("it takes less than no time".to_owned());
            }
            if visit.windows.is_empty() {
                say("it has no window in which it may begin".to_owned());
            }
            for window in visit.windows.iter().filter(|window| window.to < window.from) {
                say(format!("a window ends ({} s) before it begins ({} s)", window.to, window.from));
            }
            for need in &visit.uses {
                if !self.resources.iter().any(|resource| resource.id == need.resource) {
                    say(format!("there is no resource {}", need.resource));
                }
            }
            for person in visit.conflicts.iter().filter(|id| !self.people.iter().any(|person| person.id == **id)) {
                say(format!("there is no person {person} to be in conflict with"));
            }
            if let Some(pin) = visit.pin.as_ref().filter(|pin| !self.shifts.iter().any(|shift| shift.id == pin.shift)) {
                say(format!("it is pinned to the shift {}, which is not there", pin.shift));
            }
        }
        for (row, rule) in self.rules.iter().enumerate() {
            let named: Vec<usize> = match rule {
                Rule::Before { first, then, .. } => vec![*first, *then],
                Rule::Together(visits) => visits.clone(),
                Rule::Apart(one, other) => vec![*one, *other],
            };
            let different: HashSet<usize> = named.iter().copied().collect();
            if named.iter().any(|visit| *visit >= self.visits.len()) || different.len() < 2 || different.len() < named.len() {
                tell(About::Rule(row), "a rule binds at least two different visits that are there".to_owned());
            }
            if let Rule::Before { least, most, .. } = rule
                && least > most
            {
                tell(About::Rule(row), "the shortest gap is longer than the longest".to_owned());
            }
        }
        for row in self.in_circles() {
            tell(About::Rule(row), "visits wait for each other in a circle: each would have to be made before itself".to_owned());
        }
        wrong
    }

    /// Rules of what comes before what that lead back to where they began.
    fn in_circles(&self) -> Vec<usize> {
        let afters = |visit: usize| {
            self.rules.iter().filter_map(move |rule| match rule {
                Rule::Before { first, then, .. } if *first == visit => Some(*then),
                _ => None,
            })
        };
        let leads_back = |rule: &Rule| {
            let Rule::Before { first, then, .. } = rule else { return false };
            let (mut seen, mut next) = (HashSet::new(), vec![*then]);
            while let Some(visit) = next.pop() {
                if visit == *first {
                    return true;
                }
                if seen.insert(visit) {
                    next.extend(afters(visit));
                }
            }
            false
        };
        self.rules.iter().enumerate().filter(|(_, rule)| leads_back(rule)).map(|(row, _)| row).collect()
    }

    fn check_shifts(&self, tell: &mut impl FnMut(About, String)) {
        for (row, shift) in self.shifts.iter().enumerate() {
            let mut say = |what: String| tell(About::Shift(row), format!("shift {}: {what}", shift.id));
            if shift.base >= self.travel.places {
                say("its base has no row in the table of travel".to_owned());
            }
            if shift.end <= shift.start {
                say("it ends before it begins".to_owned());
            }
            if shift
                .breaks
                .iter()
                .any(|pause| pause.to < pause.from || pause.seconds < 0 || pause.from.max(shift.start) + pause.seconds > shift.end)
            {
                say("a break does not fit into it".to_owned());
            }
            let members: Vec<_> = shift.members.iter().map(|id| (id, self.people.iter().find(|person| person.id == *id))).collect();
            for (id, _) in members.iter().filter(|(_, person)| person.is_none()) {
                say(format!("there is no person {id}"));
            }
            if !members.is_empty() && members.iter().all(|(_, person)| person.is_some_and(|person| person.accompanied)) {
                say("all its members must be accompanied: add a colleague who need not be".to_owned());
            }
            for other in self.shifts.iter().take(row).filter(|other| other.start < shift.end && shift.start < other.end) {
                for id in shift.members.iter().filter(|id| other.members.contains(id)) {
                    say(format!("{id} is in {} at the same time", other.id));
                }
            }
        }
        for (row, (team, _)) in self.hours.iter().enumerate() {
            if !self.shifts.iter().any(|shift| shift.team == *team) {
                tell(About::Hours(row), format!("there is no team {team}"));
            }
        }
    }
}

fn duplicates<'a>(names: impl Iterator<Item = &'a str>, mut tell: impl FnMut(usize, &str)) {
    let mut seen = HashSet::new();
    for (row, name) in names.enumerate() {
        if !seen.insert(name) {
            tell(row, name);
        }
    }
}
