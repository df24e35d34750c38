//! Why a visit was left out, and the nearest thing that would make it possible, told from the finished plan.

use serde::Serialize;

use crate::line::Line;
use crate::problem::{Need, Plan, Problem, Seconds};
use crate::ready::Ready;

/// What stands in a visit's way.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Why {
    /// No shift has the skills; this one has the time and lacks the least of them, where any has the time.
    Skills {
        /// The shift.
        shift: usize,
        /// What it lacks.
        lacks: Vec<Need>,
        /// Whether with them the visit fits into the plan as it is.
        enough: bool,
    },
    /// Shifts that have the skills are full; this one would have to end so much later.
    Full {
        /// The shift.
        shift: usize,
        /// Seconds, in steps of ten minutes; none when three hours would not do.
        longer: Option<Seconds>,
    },
    /// It fits a shift's time, and a quota, a team's hours, a resource or another visit forbids it.
    Bound {
        /// The shift.
        shift: usize,
    },
    /// Somebody in each shift that has the skills must not take part.
    Barred {
        /// A shift.
        shift: usize,
    },
}

/// Each visit that a plan leaves out, with the reason.
#[must_use]
pub fn left_out(problem: &Problem, plan: &Plan) -> Vec<(usize, Why)> {
    const STEP: Seconds = 600;
    const STEPS: Seconds = 18;
    let ready = Ready::new(problem);
    let made = plan.made(problem.visits.len());
    let fixed: Vec<Option<Seconds>> =
        made.iter().enumerate().map(|(visit, made)| made.filter(|_| ready.tied[visit]).map(|(_, start)| start)).collect();
    let line = |shift: usize, longer: Seconds| {
        let visits = plan.routes.get(shift).map(|route| route.stops.iter().map(|stop| stop.visit).collect()).unwrap_or_default();
        Line::longer(&ready, shift, visits, &fixed, longer)
    };
    let shifts = 0..problem.shifts.len();
    let lines: Vec<Vec<Line>> = shifts.clone().map(|shift| (0..=STEPS).map(|step| line(shift, step * STEP)).collect()).collect();
    let fits = |visit: usize, shift: usize, step: usize| {
        let line = &lines[shift][step];
        (0..=line.visits.len()).any(|at| line.fits(&ready, shift, at, visit, None).is_some())
    };
    let why = |visit: usize| {
        let asked = &problem.visits[visit];
        if let Some(shift) = ready.able[visit].iter().find(|shift| fits(visit, **shift, 0)) {
            return Some(Why::Bound { shift: *shift });
        }
        let longer = |shift: &usize| (1..=STEPS).find(|step| fits(visit, *shift, *step as usize)).map(|step| (step * STEP, *shift));
        if let Some((longer, shift)) = ready.able[visit].iter().filter_map(longer).min() {
            return Some(Why::Full { shift, longer: Some(longer) });
        }
        let lacking = shifts.clone().filter(|shift| ready.barred(asked, *shift).is_none());
        let lacking =
            lacking.map(|shift| (!fits(visit, shift, 0), ready.lacks(asked, shift), shift)).filter(|(_, lacks, _)| !lacks.is_empty());
        let nearest = lacking.min_by_key(|(full, lacks, shift)| (*full, lacks.iter().map(|need| need.count).sum::<u32>(), *shift));
        match (nearest, ready.able[visit].first()) {
            (Some((false, lacks, shift)), _) => Some(Why::Skills { shift, lacks, enough: true }),
            (_, Some(shift)) => Some(Why::Full { shift: *shift, longer: None }),
            (Some((true, lacks, shift)), None) => Some(Why::Skills { shift, lacks, enough: false }),
            (None, None) => shifts.clone().next().map(|shift| Why::Barred { shift }),
        }
    };
    (0..problem.visits.len()).filter(|visit| made[*visit].is_none()).filter_map(|visit| why(visit).map(|why| (visit, why))).collect()
}
