//! The rules of plans, on invented weeks and on Solomon's instances.

#![allow(
    clippy::indexing_slicing,
    clippy::missing_docs_in_private_items,
    clippy::cast_possible_truncation,
    clippy::cast_possible_wrap,
    reason = "tests"
)]

mod why;

use std::path::Path;

use plainsight_names::Unwatched;
use plainsight_planner::{
    Break, Need, Options, Person, Pin, Plan, Problem, Quota, Resource, Rule, Shift, Steps, Stop, Supplied, Travel, Use, Visit, Vrptw,
    Window, broken, left_out, plan,
};

const HOUR: i32 = 3600;

/// A stream of small numbers.
struct Draws(u64);

impl Draws {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) as usize) % end
    }
}

fn invented(seed: u64, rich: bool) -> Problem {
    let mut draws = Draws(seed.wrapping_mul(7919) + 1);
    let count = 12 + draws.below(12);
    let places: Vec<(f64, f64)> =
        (0..count + 2).map(|_| (51.5 + draws.below(100) as f64 / 1000.0, -0.2 + draws.below(100) as f64 / 1000.0)).collect();
    let skills = ["romanian", "detective", "female officer"];
    let mut problem = Problem { travel: Travel::great_circle(&places, 1.3, 25.0), ..Problem::default() };
    for team in 0..3 {
        let members: Vec<String> = (0..2).map(|member| format!("{team}{member}")).collect();
        for id in &members {
            let own = skills.iter().filter(|_| draws.below(2) == 0).map(|skill| (*skill).to_owned()).collect();
            problem.people.push(Person { id: id.clone(), skills: own, accompanied: false });
        }
        for day in 0..2 {
            let start = day * 24 * HOUR + (8 + draws.below(3) as i32) * HOUR;
            let lunch = Break { from: start + 2 * HOUR, to: start + 4 * HOUR, seconds: HOUR / 2 };
            let breaks = if rich && draws.below(2) == 0 { vec![lunch] } else { Vec::new() };
            let (id, base) = (format!("{team}-{day}"), count + team % 2);
            let most = (rich && draws.below(3) == 0).then_some(3 * HOUR);
            problem.shifts.push(Shift {
                id,
                team: team.to_string(),
                members: members.clone(),
                base,
                start,
                end: start + 6 * HOUR,
                breaks,
                most,
            });
        }
    }
    for at in 0..count {
        let windows = (0..1 + draws.below(2) as i32).map(|day| {
            let from = day * 24 * HOUR + (8 + draws.below(7) as i32) * HOUR;
            Window { from, to: from + (1 + draws.below(3) as i32) * HOUR }
        });
        let windows: Vec<Window> = windows.collect();
        problem.visits.push(Visit {
            id: at.to_string(),
            place: at,
            value: 1 + draws.below(20) as u32,
            seconds: (20 + draws.below(60) as i32) * 60,
            windows,
            needs: if draws.below(3) == 0 { vec![Need { skill: skills[draws.below(3)].to_owned(), count: 1 }] } else { Vec::new() },
            kind: ["welfare", "car wash"][draws.below(2)].to_owned(),
            uses: if rich && draws.below(4) == 0 { vec![Use { resource: "interpreter".to_owned(), amount: 1 }] } else { Vec::new() },
            ..Visit::default()
        });
    }
    if rich {
        problem.rules =
            vec![Rule::Together(vec![0, 1]), Rule::Before { first: 2, then: 3, least: HOUR / 2, most: 30 * HOUR }, Rule::Apart(4, 5)];
        if draws.below(2) == 0 {
            problem.visits[6].pin = Some(Pin { shift: "0-0".to_owned(), start: None });
        }
        problem.quotas = vec![Quota { kind: Some("car wash".to_owned()), most: Some(4), ..Quota::default() }];
        let supply = (0..2).map(|day| (Window { from: (day * 24 + 9) * HOUR, to: (day * 24 + 15) * HOUR }, 1)).collect();
        problem.resources = vec![Resource { id: "interpreter".to_owned(), supplied: Supplied::AtOnce, supply }];
        problem.hours = vec![("0".to_owned(), 5 * HOUR)];
    }
    problem
}

fn options(seed: u64, threads: usize) -> Options {
    Options { seed, searches: 2, threads }
}

/// Every hard rule holds in every plan, told by a checker that shares no code with the search.
#[test]
fn plans_break_no_rule() {
    let mut made = 0;
    for seed in 0..100 {
        let problem = invented(seed, true);
        let plan = plan(&problem, None, &options(seed, 1), &Steps(128), &Unwatched);
        assert_eq!(broken(&problem, &plan), Vec::<String>::new(), "{seed}");
        made += plan.routes.iter().map(|route| route.stops.len()).sum::<usize>();
    }
    assert!(made > 500, "{made}");
}

/// No visit is left out that any shift could take between two others (two hundred invented weeks; times told by hand).
#[test]
fn nothing_that_fits_is_left_out() {
    let mut out = 0;
    for seed in 0..200 {
        let problem = invented(seed, false);
        let plan = plan(&problem, None, &options(seed, 1), &Steps(64), &Unwatched);
        let made = plan.made(problem.visits.len());
        for visit in (0..made.len()).filter(|visit| made[*visit].is_none()) {
            out += 1;
            for shift in 0..problem.shifts.len() {
                for at in 0..=plan.routes[shift].stops.len() {
                    let mut order: Vec<usize> = plan.routes[shift].stops.iter().map(|stop| stop.visit).collect();
                    order.insert(at, visit);
                    let mut other = plan.clone();
                    other.routes[shift].stops = by_hand(&problem, shift, &order);
                    assert!(!broken(&problem, &other).is_empty(), "{seed}: {visit} fits {shift} at {at}");
                }
            }
        }
        assert_eq!(left_out(&problem, &plan).len(), made.iter().filter(|made| made.is_none()).count(), "each has its reason");
    }
    assert!(out > 100, "{out}");
}

/// Visits in order, each as early as can be.
fn by_hand(problem: &Problem, shift: usize, order: &[usize]) -> Vec<Stop> {
    let (mut time, mut place) = (problem.shifts[shift].start, problem.shifts[shift].base);
    let mut stops = Vec::new();
    for visit in order {
        let asked = &problem.visits[*visit];
        time += problem.travel.way(place, asked.place);
        let start = asked.windows.iter().filter(|window| window.to >= time).map(|window| window.from.max(time)).min().unwrap_or(time);
        stops.push(Stop { visit: *visit, start });
        (time, place) = (start + asked.seconds, asked.place);
    }
    stops
}

/// The same seed and steps give the same plan on any number of threads.
#[test]
fn threads_change_nothing() {
    let problem = invented(5, true);
    let one: Plan = plan(&problem, None, &options(3, 1), &Steps(6000), &Unwatched);
    assert_eq!(one, plan(&problem, None, &options(3, 2), &Steps(6000), &Unwatched));
}

/// A team that drops out takes nothing along that another can make, and whoever follows a plan keeps to it.
#[test]
fn a_plan_is_followed_when_a_team_drops_out() {
    let mut problem = invented(9, false);
    let first = plan(&problem, None, &options(1, 1), &Steps(500), &Unwatched);
    let again = plan(&problem, Some(&first), &options(1, 1), &Steps(0), &Unwatched);
    assert_eq!((again.worth.changed, again.worth.value), (0, first.worth.value));
    problem.shifts[0].members.clear();
    problem.shifts[0].end = problem.shifts[0].start + 1;
    let fewer = plan(&problem, Some(&first), &options(1, 1), &Steps(0), &Unwatched);
    assert_eq!(broken(&problem, &fewer), Vec::<String>::new());
    assert!(fewer.routes[0].stops.is_empty());
}

/// C101's best known distance comes out, and R101's within one in a hundred; both by the rules alone.
#[test]
fn solomon_s_instances_are_served() {
    for (name, best, slack) in [("C101", 828.94, 1.0001), ("R101", 1642.88, 1.01)] {
        let file = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("../../../data/planning/solomon/{name}.txt"));
        let instance = Vrptw::read(&std::fs::read_to_string(file).unwrap()).unwrap();
        let found = instance.solve(1, 1, 1, &Steps(6000), &Unwatched);
        assert!(instance.check(&found.routes).unwrap() <= best * slack, "{name}: {}", found.distance);
    }
}
