//! Whether a plan keeps every hard rule, told from the rules alone: shares no code with the search and is never asked by it.

use std::collections::HashMap;

use crate::problem::{Plan, Problem, Rule, Seconds, Supplied};

/// Every hard rule that a plan breaks, in words; none when it keeps them all.
#[must_use]
pub fn broken(problem: &Problem, plan: &Plan) -> Vec<String> {
    let mut wrong = Vec::new();
    let mut made: HashMap<usize, (usize, Seconds)> = HashMap::new();
    if plan.routes.len() != problem.shifts.len() {
        return vec!["a plan has a route for each shift".to_owned()];
    }
    for (row, (shift, route)) in problem.shifts.iter().zip(&plan.routes).enumerate() {
        for stop in &route.stops {
            let Some(visit) = problem.visits.get(stop.visit) else {
                wrong.push(format!("{}: there is no visit {}", shift.id, stop.visit));
                continue;
            };
            if made.insert(stop.visit, (row, stop.start)).is_some() {
                wrong.push(format!("{} is made twice", visit.id));
            }
            if !visit.windows.iter().any(|window| (window.from..=window.to).contains(&stop.start)) {
                wrong.push(format!("{} begins outside its windows", visit.id));
            }
            let members = || shift.members.iter().filter_map(|id| problem.people.iter().find(|person| person.id == *id));
            for need in &visit.needs {
                if (members().filter(|person| person.skills.contains(&need.skill)).count() as u32) < need.count {
                    wrong.push(format!("{}: {} has too few {}", visit.id, shift.id, need.skill));
                }
            }
            if members().any(|person| visit.conflicts.contains(&person.id) || person.skills.iter().any(|skill| visit.bars.contains(skill)))
            {
                wrong.push(format!("{}: somebody of {} must not take part", visit.id, shift.id));
            }
            if visit.pin.as_ref().is_some_and(|pin| pin.shift != shift.id || pin.start.is_some_and(|start| start != stop.start)) {
                wrong.push(format!("{} is not where it is pinned", visit.id));
            }
        }
        let work: Seconds = route.stops.iter().filter_map(|stop| problem.visits.get(stop.visit)).map(|visit| visit.seconds).sum();
        if shift.most.is_some_and(|most| work > most) {
            wrong.push(format!("{} works longer than it may", shift.id));
        }
        walk(problem, row, plan, &mut wrong);
    }
    for rule in &problem.rules {
        let team = |visit: &usize| made.get(visit).and_then(|(shift, _)| problem.shifts.get(*shift)).map(|shift| &shift.team);
        match rule {
            Rule::Before { first, then, least, most } => {
                if let Some((_, begins)) = made.get(then) {
                    let over = made.get(first).map(|(_, begun)| begun + problem.visits[*first].seconds);
                    if over.is_none_or(|over| begins - over < *least || begins - over > *most) {
                        wrong.push(format!("{} does not follow as it must", problem.visits[*then].id));
                    }
                }
            }
            Rule::Together(visits) => {
                let starts: Vec<Option<Seconds>> = visits.iter().map(|visit| made.get(visit).map(|(_, start)| *start)).collect();
                let mut teams: Vec<_> = visits.iter().filter_map(team).collect();
                let all = teams.len();
                teams.sort();
                teams.dedup();
                if starts.windows(2).any(|pair| pair[0] != pair[1]) || teams.len() != all {
                    wrong.push("visits that belong together do not begin together, each by another team".to_owned());
                }
            }
            Rule::Apart(one, other) => {
                if team(one).is_some() && team(one) == team(other) {
                    wrong.push(format!("{} and {} are made by one team", problem.visits[*one].id, problem.visits[*other].id));
                }
            }
        }
    }
    for quota in &problem.quotas {
        let counts = |visit: &&usize| {
            let visit = &problem.visits[**visit];
            quota.kind.as_ref().is_none_or(|kind| *kind == visit.kind) && quota.area.as_ref().is_none_or(|area| *area == visit.area)
        };
        if quota.most.is_some_and(|most| made.keys().filter(counts).count() as u32 > most) {
            wrong.push(format!("there are more than {:?} of kind {:?} in area {:?}", quota.most, quota.kind, quota.area));
        }
    }
    for (team, most) in &problem.hours {
        let ours = made.iter().filter(|(_, (shift, _))| problem.shifts[*shift].team == *team);
        if ours.map(|(visit, _)| problem.visits[*visit].seconds).sum::<Seconds>() > *most {
            wrong.push(format!("{team} works longer than it may"));
        }
    }
    resources(problem, &made, &mut wrong);
    wrong
}

/// Goes through a shift in the order of times: ways, visits and breaks do not overlap.
fn walk(problem: &Problem, row: usize, plan: &Plan, wrong: &mut Vec<String>) {
    let (shift, route) = (&problem.shifts[row], &plan.routes[row]);
    if route.stops.is_empty() {
        return;
    }
    if route.breaks.len() != shift.breaks.len() {
        wrong.push(format!("{} has {} breaks, not {}", shift.id, route.breaks.len(), shift.breaks.len()));
    }
    let mut place = shift.base;
    let mut time = shift.start;
    let mut pauses = route.breaks.iter().zip(&shift.breaks).peekable();
    let stops = route.stops.iter().filter_map(|stop| problem.visits.get(stop.visit).map(|visit| (visit.place, stop.start, visit.seconds)));
    for (next, start, seconds) in stops.chain([(shift.base, shift.end, 0)]) {
        let mut busy = problem.travel.way(place, next);
        while let Some((begins, pause)) = pauses.next_if(|(begins, _)| **begins < start || (**begins == start && next == shift.base)) {
            if *begins < pause.from || *begins > pause.to || *begins < time {
                wrong.push(format!("{} has a break at the wrong time", shift.id));
            }
            busy += pause.seconds;
        }
        if time + busy > start {
            wrong.push(format!("{} cannot be there at {start}", shift.id));
        }
        (time, place) = (start + seconds, next);
    }
}

fn resources(problem: &Problem, made: &HashMap<usize, (usize, Seconds)>, wrong: &mut Vec<String>) {
    for resource in &problem.resources {
        let users: Vec<(Seconds, Seconds, u64)> = made
            .iter()
            .flat_map(|(visit, (_, start))| {
                let visit = &problem.visits[*visit];
                visit
                    .uses
                    .iter()
                    .filter(|used| used.resource == resource.id)
                    .map(move |used| (*start, start + visit.seconds, u64::from(used.amount)))
            })
            .collect();
        for (begins, ends, _) in &users {
            let enough = resource.supply.iter().any(|(window, most)| match resource.supplied {
                Supplied::InAll => {
                    let inside = |moment: &Seconds| window.from <= *moment && *moment <= window.to;
                    inside(begins)
                        && users.iter().filter(|(begun, ..)| inside(begun)).map(|(.., amount)| amount).sum::<u64>() <= u64::from(*most)
                }
                Supplied::AtOnce => {
                    let beside: u64 =
                        users.iter().filter(|(begun, over, _)| begun <= begins && begins < over).map(|(.., amount)| amount).sum();
                    window.from <= *begins && *ends <= window.to && beside <= u64::from(*most)
                }
            });
            if !enough {
                wrong.push(format!("there is not so much of {} at {begins}", resource.id));
            }
        }
    }
}
