//! After-care of places: every visit that is made is made again after 2, 6 and 12 weeks (what one week begins, return visits keep).

use serde::Serialize;

use crate::problem::{Plan, Problem, Seconds};

/// When places are visited again, in weeks.
pub const WEEKS: [u32; 3] = [2, 6, 12];

/// A visit to make again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Return {
    /// The row of the visit that was made.
    pub visit: usize,
    /// After so many weeks.
    pub weeks: u32,
    /// No earlier, in seconds from the beginning of the plan.
    pub from: Seconds,
    /// No later.
    pub to: Seconds,
}

/// The return visits of a plan: for each visit that is made, three, each within two days before and after, in the order of when they are
/// due.
#[must_use]
pub fn returns(problem: &Problem, plan: &Plan) -> Vec<Return> {
    const DAY: Seconds = 86_400;
    let made = plan.made(problem.visits.len());
    let of = |(visit, made): (usize, &Option<(usize, Seconds)>)| {
        let (_, start) = (*made)?;
        let day = start.div_euclid(DAY) * DAY;
        Some(WEEKS.map(|weeks| {
            let due = day + weeks as Seconds * 7 * DAY;
            Return { visit, weeks, from: due - 2 * DAY, to: due + 3 * DAY - 1 }
        }))
    };
    let mut returns: Vec<Return> = made.iter().enumerate().filter_map(of).flatten().collect();
    returns.sort_by_key(|back| (back.from, back.visit));
    returns
}
