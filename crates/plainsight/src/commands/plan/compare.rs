//! `plainsight plan compare`: what differs between two plans.

use std::collections::BTreeMap;
use std::process::ExitCode;

use anyhow::Result;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::told::{Told, VisitTold};
use crate::cli::PlanCompare;
use crate::commands::folder;
use crate::commands::page::{page, table};
use crate::say;

/// What became of a visit.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct Change {
    pub(super) visit: String,
    /// Moved, at another time, added or dropped.
    pub(super) what: String,
    pub(super) before: Option<String>,
    pub(super) after: Option<String>,
    /// Why it was dropped.
    pub(super) why: Option<String>,
}

const FILES: [&str; 2] = ["changes.csv", "report.html"];

fn made(told: &Told) -> BTreeMap<&str, (&str, &VisitTold)> {
    told.shifts.iter().flat_map(|shift| shift.visits.iter().map(|visit| (visit.visit.as_str(), (shift.shift.as_str(), visit)))).collect()
}

/// Every visit that is made by another shift, at another minute, or only in one of two plans.
pub(super) fn changes(one: &Told, other: &Told) -> Vec<Change> {
    let (before, after) = (made(one), made(other));
    let mut visits: Vec<&str> = before.keys().chain(after.keys()).copied().collect();
    visits.sort_unstable();
    visits.dedup();
    let place = |(shift, told): &(&str, &VisitTold)| format!("{shift}, {} to {}", told.from, told.to);
    let change = |visit: &str| {
        let (was, is) = (before.get(visit), after.get(visit));
        let what = match (was, is) {
            (Some((shift, told)), Some((to, then))) if shift == to => {
                // Seconds are nobody's business.
                (told.begins / 60 != then.begins / 60).then_some("at another time")?
            }
            (Some(_), Some(_)) => "moved",
            (None, Some(_)) => "added",
            _ => "dropped",
        };
        let why = is.is_none().then(|| other.left_out.iter().find(|left| left.visit == visit).map(|left| left.why.clone())).flatten();
        Some(Change { visit: visit.to_owned(), what: what.to_owned(), before: was.map(place), after: is.map(place), why })
    };
    visits.into_iter().filter_map(change).collect()
}

/// By team: visits, and minutes of them.
fn teams(told: &Told) -> BTreeMap<&str, (usize, i32)> {
    let mut teams: BTreeMap<&str, (usize, i32)> = BTreeMap::new();
    for shift in &told.shifts {
        let team = teams.entry(&shift.team).or_default();
        team.0 += shift.visits.len();
        team.1 += shift.visits.iter().map(|visit| visit.seconds / 60).sum::<i32>();
    }
    teams
}

/// What plans are worth, line by line: a name, and both numbers.
fn worth(one: &Told, other: &Told) -> [(&'static str, String, String); 6] {
    let (before, after) = (&one.worth, &other.worth);
    let pair = |name, of: &dyn Fn(&plainsight_planner::Worth) -> String| (name, of(before), of(after));
    [
        pair("value of what is visited", &|worth| worth.value.to_string()),
        pair("visits that quotas miss", &|worth| worth.missed.to_string()),
        ("visits", made(one).len().to_string(), made(other).len().to_string()),
        pair("visits with every language that would help", &|worth| worth.languages.to_string()),
        pair("unevenness of work (0 is even)", &|worth| format!("{:.4}", worth.unfair)),
        pair("minutes on the way", &|worth| (worth.travel / 60).to_string()),
    ]
}

pub(super) fn compare(asked: &PlanCompare) -> Result<ExitCode> {
    if let Some(out) = &asked.out {
        folder::free(out)?;
    }
    let (one, other) = (Told::read(&asked.one)?, Told::read(&asked.other)?);
    let changes = changes(&one, &other);
    let count = |what: &str| changes.iter().filter(|change| change.what == what).count();
    let (before, after) = (teams(&one), teams(&other));
    let mut names: Vec<&str> = before.keys().chain(after.keys()).copied().collect();
    names.sort_unstable();
    names.dedup();
    let of = |teams: &BTreeMap<&str, (usize, i32)>, name: &str| teams.get(name).copied().unwrap_or_default();
    let by_team: Vec<Value> = names
        .iter()
        .map(|name| {
            let ((was, minutes), (is, then)) = (of(&before, name), of(&after, name));
            json!({ "team": name, "visits_before": was, "visits_after": is, "minutes_before": minutes, "minutes_after": then })
        })
        .collect();
    let summary = json!({
        "moved": count("moved"),
        "at_another_time": count("at another time"),
        "added": count("added"),
        "dropped": count("dropped"),
        "worth_before": one.worth,
        "worth_after": other.worth,
        "teams": by_team,
        "changes": changes,
    });
    if let Some(out) = &asked.out {
        let mut rows = csv::Writer::from_writer(Vec::new());
        rows.write_record(["visit", "what", "before", "after", "why"])?;
        let text = |text: &Option<String>| text.clone().unwrap_or_default();
        for change in &changes {
            rows.write_record([&change.visit, &change.what, &text(&change.before), &text(&change.after), &text(&change.why)])?;
        }
        let cells =
            |change: &Change| vec![change.visit.clone(), change.what.clone(), text(&change.before), text(&change.after), text(&change.why)];
        let parts = [
            "<h2>What they are worth</h2>".to_owned(),
            table(
                &["", "Before", "After"],
                worth(&one, &other).into_iter().map(|(name, before, after)| vec![name.to_owned(), before, after]),
            ),
            "<h2>Teams</h2>".to_owned(),
            table(
                &["Team", "Visits before", "after", "Minutes before", "after"],
                names.iter().map(|name| {
                    let ((was, minutes), (is, then)) = (of(&before, name), of(&after, name));
                    vec![(*name).to_owned(), was.to_string(), is.to_string(), minutes.to_string(), then.to_string()]
                }),
            ),
            "<h2>Visits</h2>".to_owned(),
            format!("<div class=\"wide\">{}</div>", table(&["Visit", "What", "Before", "After", "Why"], changes.iter().map(cells))),
        ];
        let lead = format!(
            "{} visits moved, {} at another time, {} added, {} dropped.",
            count("moved"),
            count("at another time"),
            count("added"),
            count("dropped")
        );
        let texts = [String::from_utf8(rows.into_inner()?)?, page("Two plans beside each other", &lead, &parts)];
        folder::whole(out, &FILES, |folder| {
            FILES.iter().zip(&texts).try_for_each(|(name, text)| Ok(std::fs::write(folder.join(name), text)?))
        })?;
    }
    say(serde_json::to_string_pretty(&summary)?);
    Ok(ExitCode::SUCCESS)
}
