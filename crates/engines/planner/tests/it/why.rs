//! Reasons and remedies against a slow twin that tries every shift and place in the order by hand.

use plainsight_names::Unwatched;
use plainsight_planner::{Need, Person, Plan, Problem, Quota, Reason, Remedy, Rule, Steps, Stop, Supplied, Window, broken, left_out, plan};

use super::{HOUR, invented, options};

/// Whether a visit's start matters to something else, or something else to it.
fn bound(problem: &Problem, visit: usize) -> bool {
    let asked = &problem.visits[visit];
    let ruled = problem.rules.iter().any(|rule| match rule {
        Rule::Before { first, then, .. } => *first == visit || *then == visit,
        Rule::Together(visits) => visits.contains(&visit),
        Rule::Apart(..) => false,
    });
    ruled || !asked.uses.is_empty() || asked.pin.as_ref().is_some_and(|pin| pin.start.is_some())
}

/// An order of visits as early as can be; those that are bound keep their starts. `start` is that of the visit that is new.
fn by_hand(problem: &Problem, shift: usize, order: &[usize], before: &[Stop], new: (usize, Option<i32>)) -> Vec<Stop> {
    let (mut time, mut place) = (problem.shifts[shift].start, problem.shifts[shift].base);
    let mut stops = Vec::new();
    for visit in order {
        let asked = &problem.visits[*visit];
        time += problem.travel.way(place, asked.place);
        let earliest = asked.windows.iter().filter(|window| window.to >= time).map(|window| window.from.max(time)).min().unwrap_or(time);
        let start = if *visit == new.0 {
            new.1.unwrap_or(earliest)
        } else if bound(problem, *visit) {
            before.iter().find(|stop| stop.visit == *visit).map_or(earliest, |stop| stop.start)
        } else {
            earliest
        };
        stops.push(Stop { visit: *visit, start });
        (time, place) = (start + asked.seconds, asked.place);
    }
    stops
}

/// Whether a visit can be put in anywhere, without any rule broken.
fn fits(problem: &Problem, plan: &Plan, visit: usize, hints: &[i32]) -> bool {
    let mut starts: Vec<Option<i32>> = vec![None];
    if bound(problem, visit) {
        let asked = &problem.visits[visit];
        let mut moments: Vec<i32> = hints.to_vec();
        moments.extend(asked.windows.iter().map(|window| window.from));
        moments.extend(problem.resources.iter().flat_map(|resource| resource.supply.iter().map(|(window, _)| window.from)));
        let stops = || plan.routes.iter().flat_map(|route| &route.stops);
        moments.extend(stops().map(|stop| stop.start + problem.visits[stop.visit].seconds));
        for rule in &problem.rules {
            if let Rule::Before { first, then, least, .. } = rule
                && *then == visit
            {
                moments.extend(stops().filter(|stop| stop.visit == *first).map(|stop| stop.start + problem.visits[*first].seconds + least));
            }
        }
        starts.extend(moments.into_iter().map(Some));
    }
    (0..problem.shifts.len()).any(|shift| {
        let before = &plan.routes[shift].stops;
        (0..=before.len()).any(|at| {
            starts.iter().any(|start| {
                let mut order: Vec<usize> = before.iter().map(|stop| stop.visit).collect();
                order.insert(at, visit);
                let mut other = plan.clone();
                other.routes[shift].stops = by_hand(problem, shift, &order, before, (visit, *start));
                broken(problem, &other).is_empty()
            })
        })
    })
}

/// The problem and the plan with a remedy, made by hand.
fn changed(problem: &Problem, plan: &Plan, visit: usize, remedy: &Remedy) -> (Problem, Plan, Vec<i32>) {
    let (mut problem, mut plan, mut hints) = (problem.clone(), plan.clone(), Vec::new());
    match remedy {
        Remedy::Members { shift, needs, longer } => {
            for Need { skill, count } in needs {
                for at in 0..*count {
                    let id = format!("new {skill} {at}");
                    problem.people.push(Person { id: id.clone(), skills: vec![skill.clone()], accompanied: false });
                    problem.shifts[*shift].members.push(id);
                }
            }
            problem.shifts[*shift].end += longer;
        }
        Remedy::Window { start, .. } => {
            problem.visits[visit].windows.push(Window { from: *start, to: *start });
            hints.push(*start);
        }
        Remedy::Longer { shift, seconds } => problem.shifts[*shift].end += seconds,
        Remedy::Quota { quota } => problem.quotas[*quota].most = problem.quotas[*quota].most.map(|most| most + 1),
        Remedy::Hours { team, seconds } => {
            problem.hours.iter_mut().filter(|(name, _)| name == team).for_each(|(_, most)| *most += seconds);
        }
        Remedy::Work { shift, seconds } => problem.shifts[*shift].most = problem.shifts[*shift].most.map(|most| most + seconds),
        Remedy::Supply { resource, amount, start } => {
            let end = start + problem.visits[visit].seconds;
            for (window, most) in &mut problem.resources[*resource].supply {
                if window.from < end && *start < window.to {
                    *most += amount;
                }
            }
            problem.resources[*resource].supply.push((Window { from: *start, to: end }, 99));
            hints.push(*start);
        }
        Remedy::Unpin => problem.visits[visit].pin = None,
        Remedy::Instead { visits } => {
            plan.routes.iter_mut().for_each(|route| route.stops.retain(|stop| !visits.contains(&stop.visit)));
        }
    }
    (problem, plan, hints)
}

/// Over three hundred invented weeks with every kind of rule: nothing that is left out fits, and each remedy makes it fit.
#[test]
fn reasons_are_true_and_remedies_work() {
    let (mut kinds, mut tried, mut without) = (std::collections::BTreeSet::new(), 0, 0);
    for seed in 0..300 {
        let mut problem = invented(seed, true);
        // Breaks are not made by hand here; they have their own checks.
        problem.shifts.iter_mut().for_each(|shift| shift.breaks.clear());
        let plan = plan(&problem, None, &options(seed, 1), &Steps(32), &Unwatched);
        assert_eq!(broken(&problem, &plan), Vec::<String>::new());
        let left = left_out(&problem, &plan);
        assert_eq!(left.len(), plan.made(problem.visits.len()).iter().filter(|made| made.is_none()).count(), "each has its reason");
        for left in left {
            let name = |named: String| named.split([' ', '{']).next().unwrap_or_default().to_owned();
            kinds.insert(name(format!("{:?}", left.reason)));
            // Visits that begin together come in together: one alone is no plan.
            let together = problem.rules.iter().any(|rule| matches!(rule, Rule::Together(visits) if visits.contains(&left.visit)));
            if together {
                continue;
            }
            assert!(!matches!(left.reason, Reason::Fits { .. }), "{seed}: {left:?}");
            assert!(!fits(&problem, &plan, left.visit, &[]), "{seed}: {left:?} fits");
            without += usize::from(left.remedies.is_empty());
            for remedy in &left.remedies {
                tried += 1;
                kinds.insert(name(format!("{remedy:?}")));
                let (problem, plan, hints) = changed(&problem, &plan, left.visit, remedy);
                assert!(fits(&problem, &plan, left.visit, &hints), "{seed}: {left:?}: {remedy:?} does not help");
            }
        }
    }
    for kind in ["Never", "Full", "Quota", "Hours", "Supply", "After", "Members", "Window", "Longer", "Instead", "Work"] {
        assert!(kinds.contains(kind), "{kind} does not come up: {kinds:?}");
    }
    assert!(tried > 1000 && without * 5 < tried, "{tried} {without}");
}

/// A Romanian speaker more on Tuesday is what is asked for, where just that is lacking.
#[test]
fn one_more_speaker_on_tuesday_is_what_is_asked_for() {
    let mut problem = invented(1, false);
    problem.visits.truncate(1);
    problem.people.iter_mut().for_each(|person| person.skills.clear());
    problem.visits[0].needs = vec![Need { skill: "romanian".to_owned(), count: 1 }];
    problem.visits[0].windows = vec![Window { from: 34 * HOUR, to: 36 * HOUR }];
    let made = plan(&problem, None, &options(1, 1), &Steps(0), &Unwatched);
    let left = left_out(&problem, &made);
    assert!(matches!(left[0].reason, Reason::Never { .. }));
    let [Remedy::Members { shift, needs, longer: 0 }] = left[0].remedies.as_slice() else { panic!("{left:?}") };
    assert_eq!((problem.shifts[*shift].start / HOUR / 24, needs[0].skill.as_str(), needs[0].count), (1, "romanian", 1));
}

/// A visit pinned to a shift that has no room is told, with what would help.
#[test]
fn a_pin_that_cannot_be_kept_is_told() {
    let mut problem = invented(3, false);
    problem.shifts[0].end = problem.shifts[0].start + 60;
    problem.visits[0].needs.clear();
    problem.visits[0].windows = vec![Window { from: 0, to: 48 * HOUR }];
    problem.visits[0].pin = Some(plainsight_planner::Pin { shift: problem.shifts[0].id.clone(), start: None });
    let made = plan(&problem, None, &options(1, 1), &Steps(0), &Unwatched);
    let left = left_out(&problem, &made);
    let told = left.iter().find(|left| left.visit == 0).unwrap();
    assert!(matches!(told.reason, Reason::Pin { shift: 0 } | Reason::Never { .. }), "{told:?}");
    problem.shifts[0].end = problem.shifts[0].start + HOUR * 6;
    problem.shifts[0].most = Some(problem.visits[0].seconds - 1);
    let made = plan(&problem, None, &options(1, 1), &Steps(0), &Unwatched);
    assert!(made.made(problem.visits.len())[0].is_none() && broken(&problem, &made).is_empty());
    // Room for one of two that are pinned.
    problem.shifts[0].most = Some(problem.visits[0].seconds);
    problem.visits[1] = plainsight_planner::Visit { id: "1".to_owned(), ..problem.visits[0].clone() };
    let made = plan(&problem, None, &options(1, 1), &Steps(0), &Unwatched);
    let left = left_out(&problem, &made);
    let told = left.iter().find(|left| left.visit == 1).unwrap();
    assert!(matches!(told.reason, Reason::Pin { shift: 0 }), "{told:?}");
    assert!(told.remedies.iter().any(|remedy| matches!(remedy, Remedy::Work { shift: 0, .. } | Remedy::Unpin)), "{told:?}");
}

/// A resource that is used up in all, and a quota of nothing: what is asked for is just that much more.
#[test]
fn what_is_used_up_is_named() {
    let mut problem = invented(2, false);
    problem.visits.truncate(2);
    for visit in &mut problem.visits {
        visit.needs.clear();
        visit.windows = vec![Window { from: 0, to: 48 * HOUR }];
        visit.uses = vec![plainsight_planner::Use { resource: "bed".to_owned(), amount: 1 }];
        visit.kind = "welfare".to_owned();
    }
    let supply = vec![(Window { from: 0, to: 48 * HOUR }, 1)];
    problem.resources = vec![plainsight_planner::Resource { id: "bed".to_owned(), supplied: Supplied::InAll, supply }];
    let made = plan(&problem, None, &options(1, 1), &Steps(0), &Unwatched);
    let left = left_out(&problem, &made);
    assert!(matches!(left[0].reason, Reason::Supply { resource: 0 }), "{left:?}");
    problem.visits.iter_mut().for_each(|visit| visit.uses.clear());
    problem.quotas = vec![Quota { kind: Some("welfare".to_owned()), most: Some(1), ..Quota::default() }];
    let made = plan(&problem, None, &options(1, 1), &Steps(0), &Unwatched);
    let left = left_out(&problem, &made);
    assert!(matches!(left[0].reason, Reason::Quota { quota: 0 }), "{left:?}");
    assert!(left[0].remedies.contains(&Remedy::Quota { quota: 0 }));
}
