//! Reasons and remedies in words.

use plainsight_planner::{Need, Problem, Reason, Remedy, Seconds};

use super::read::moment;

fn visit(problem: &Problem, row: usize) -> &str {
    problem.visits.get(row).map_or("?", |visit| visit.id.as_str())
}

fn shift(problem: &Problem, row: usize) -> &str {
    problem.shifts.get(row).map_or("?", |shift| shift.id.as_str())
}

fn resource(problem: &Problem, row: usize) -> &str {
    problem.resources.get(row).map_or("?", |resource| resource.id.as_str())
}

fn minutes(seconds: Seconds) -> String {
    let minutes = (seconds + 59) / 60;
    if minutes == 1 { "1 minute".to_owned() } else { format!("{minutes} minutes") }
}

/// What a quota counts, as "visits of kind car wash in area north".
fn counted(problem: &Problem, row: usize) -> String {
    let Some(quota) = problem.quotas.get(row) else { return "visits".to_owned() };
    let kind = quota.kind.as_ref().map(|kind| format!(" of kind {kind}")).unwrap_or_default();
    let area = quota.area.as_ref().map(|area| format!(" in area {area}")).unwrap_or_default();
    format!("visits{kind}{area}")
}

fn people(needs: &[Need]) -> String {
    let each =
        |need: &Need| if need.count == 1 { format!("one more {}", need.skill) } else { format!("{} more {}", need.count, need.skill) };
    needs.iter().map(each).collect::<Vec<_>>().join(" and ")
}

/// Why a visit was left out.
pub(super) fn reason(problem: &Problem, reason: &Reason) -> String {
    match reason {
        Reason::Never { why } => format!("nobody could make it even if nothing else was planned: {why}"),
        Reason::Pin { shift: row } => format!("it is pinned to {}, where it does not fit", shift(problem, *row)),
        Reason::After { first } => format!("it must follow {}, which is not made", visit(problem, *first)),
        Reason::Together { with } => {
            let others: Vec<&str> = with.iter().map(|row| visit(problem, *row)).collect();
            format!("it must begin together with {}, and there is no moment at which all can", others.join(" and "))
        }
        Reason::Quota { quota } => {
            let most = problem.quotas.get(*quota).and_then(|quota| quota.most).unwrap_or_default();
            format!("{most} {} are made already, and no more are wanted", counted(problem, *quota))
        }
        Reason::Hours => "the teams that could make it work as long as they may".to_owned(),
        Reason::Apart { from } => format!("the team that could make it makes {}, and the two must be apart", visit(problem, *from)),
        Reason::Supply { resource: row } => format!("{} is used up when it could be made", resource(problem, *row)),
        Reason::Full => "the shifts that could make it are full when it could be made".to_owned(),
        Reason::Several => "more than one thing stands in its way".to_owned(),
        Reason::Fits { shift: row, start } => format!("nothing: {} could make it at {}", shift(problem, *row), moment(*start)),
    }
}

/// Whether a change asks something of a shift.
pub(super) fn asks(problem: &Problem, remedy: &Remedy, asked: usize) -> bool {
    match remedy {
        Remedy::Members { shift, .. } | Remedy::Window { shift, .. } | Remedy::Longer { shift, .. } | Remedy::Work { shift, .. } => {
            *shift == asked
        }
        Remedy::Hours { team, .. } => problem.shifts.get(asked).is_some_and(|shift| shift.team == *team),
        _ => false,
    }
}

/// What would make a visit possible.
pub(super) fn remedy(problem: &Problem, asked: usize, remedy: &Remedy) -> String {
    match remedy {
        Remedy::Members { shift: row, needs, longer: 0 } => format!("{} in {}", people(needs), shift(problem, *row)),
        Remedy::Members { shift: row, needs, longer } => {
            format!("{} in {}, and {} more of it", people(needs), shift(problem, *row), minutes(*longer))
        }
        Remedy::Window { shift: row, start } => format!("a beginning at {}, by {}", moment(*start), shift(problem, *row)),
        Remedy::Longer { shift: row, seconds } => format!("another {} of {}", minutes(*seconds), shift(problem, *row)),
        Remedy::Quota { quota } => format!("one more of the {} that are wanted", counted(problem, *quota)),
        Remedy::Hours { team, seconds } => format!("{} more work of the team {team}", minutes(*seconds)),
        Remedy::Work { shift: row, seconds } => format!("{} more work in {}", minutes(*seconds), shift(problem, *row)),
        Remedy::Supply { resource: row, amount, start } => {
            let long = problem.visits.get(asked).map_or(0, |visit| visit.seconds);
            format!("{amount} more of {} from {} to {}", resource(problem, *row), moment(*start), moment(start + long))
        }
        Remedy::Unpin => "taking its pin away".to_owned(),
        Remedy::Instead { visits } => {
            let others: Vec<String> = visits
                .iter()
                .map(|row| format!("{} (worth {})", visit(problem, *row), problem.visits.get(*row).map_or(0, |visit| visit.value)))
                .collect();
            format!("giving up {}", others.join(" and "))
        }
    }
}
