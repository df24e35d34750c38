//! The table of return visits: what was visited is visited again after 2, 6 and 12 weeks.

use anyhow::Result;
use jiff::civil::Date;

use plainsight_planner::{Plan, Problem, Seconds, returns};

use super::report::DAY;

/// The table; with dates where the week has one, else by the number of the week and its day.
pub(super) fn table(problem: &Problem, plan: &Plan, monday: Option<Date>) -> Result<String> {
    let mut rows = csv::Writer::from_writer(Vec::new());
    rows.write_record(["visit", "kind", "area", "after weeks", "from", "to", "needs"])?;
    let day = |time: Seconds| -> String {
        let days = time.div_euclid(DAY);
        match monday.and_then(|monday| monday.checked_add(jiff::Span::new().days(i64::from(days))).ok()) {
            Some(date) => date.to_string(),
            None => {
                let name = super::read::moment(time);
                format!("week {}, {}", days.div_euclid(7) + 1, name.split(' ').next().unwrap_or_default())
            }
        }
    };
    for back in returns(problem, plan) {
        let Some(visit) = problem.visits.get(back.visit) else { continue };
        let needs: Vec<String> = visit.needs.iter().map(|need| format!("{} {}", need.count, need.skill)).collect();
        let weeks = back.weeks.to_string();
        rows.write_record([&visit.id, &visit.kind, &visit.area, &weeks, &day(back.from), &day(back.to), &needs.join(", ")])?;
    }
    Ok(String::from_utf8(rows.into_inner()?)?)
}
