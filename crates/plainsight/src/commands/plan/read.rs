//! A week of visits as somebody writes it down in TOML. Every wrong entry is told with its line, all at once.

use std::collections::{BTreeMap, HashMap};
use std::path::{Path, PathBuf};

use jiff::civil::Date;
use serde::Deserialize;
use toml::Spanned;

use super::matrix;
use plainsight_planner::{
    About, Break, Need, Person, Pin, Problem, Quota, Resource, Rule, Seconds, Shift, Supplied, Travel, Use, Visit, Window,
};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Week {
    /// The day that the week begins, for dates of return visits.
    monday: Option<String>,
    /// A table of OSRM or Valhalla, beside this file; great circles when there is none.
    travel: Option<PathBuf>,
    #[serde(default = "road_factor")]
    road_factor: f64,
    /// Kilometres an hour.
    #[serde(default = "speed")]
    speed: f64,
    #[serde(default)]
    visit: Vec<Spanned<VisitEntry>>,
    #[serde(default)]
    person: Vec<Spanned<PersonEntry>>,
    #[serde(default)]
    shift: Vec<Spanned<ShiftEntry>>,
    #[serde(default)]
    before: Vec<Spanned<BeforeEntry>>,
    #[serde(default)]
    together: Vec<Spanned<VisitsEntry>>,
    #[serde(default)]
    apart: Vec<Spanned<VisitsEntry>>,
    #[serde(default)]
    quota: Vec<QuotaEntry>,
    #[serde(default)]
    resource: Vec<Spanned<ResourceEntry>>,
    #[serde(default)]
    hours: BTreeMap<String, Spanned<f64>>,
}

fn road_factor() -> f64 {
    1.3
}

fn speed() -> f64 {
    25.0
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct VisitEntry {
    id: String,
    at: (f64, f64),
    value: u32,
    minutes: u32,
    begin: Vec<String>,
    #[serde(default)]
    needs: BTreeMap<String, u32>,
    #[serde(default)]
    bars: Vec<String>,
    #[serde(default)]
    helped_by: Vec<String>,
    #[serde(default)]
    conflicts: Vec<String>,
    #[serde(default)]
    kind: String,
    #[serde(default)]
    area: String,
    #[serde(default)]
    uses: BTreeMap<String, u32>,
    pinned_to: Option<String>,
    pinned_at: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PersonEntry {
    id: String,
    #[serde(default)]
    skills: Vec<String>,
    #[serde(default)]
    accompanied: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ShiftEntry {
    id: String,
    team: String,
    members: Vec<String>,
    at: (f64, f64),
    time: String,
    #[serde(default)]
    breaks: Vec<BreakEntry>,
    most_hours: Option<f64>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct BreakEntry {
    begin: String,
    minutes: u32,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct BeforeEntry {
    first: String,
    then: String,
    #[serde(default)]
    least_minutes: u32,
    most_minutes: Option<u32>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct VisitsEntry {
    visits: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct QuotaEntry {
    kind: Option<String>,
    area: Option<String>,
    #[serde(default)]
    least: u32,
    most: Option<u32>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ResourceEntry {
    id: String,
    at_once: bool,
    supply: Vec<SupplyEntry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SupplyEntry {
    time: String,
    amount: u32,
}

const DAYS: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
const DAY: Seconds = 86_400;

/// A moment as people write it: `Tue 09:30`.
pub(super) fn moment(seconds: Seconds) -> String {
    let (day, minute) = (seconds.div_euclid(DAY), seconds.rem_euclid(DAY) / 60);
    let name = DAYS.get(day.rem_euclid(7) as usize).copied().unwrap_or_default();
    format!("{name} {:02}:{:02}", minute / 60, minute % 60)
}

/// `Tue 09:30-17:00`; an end before the beginning is on the day after.
fn window(text: &str) -> Option<Window> {
    let (day, times) = text.trim().split_once(' ')?;
    let day = DAYS.iter().position(|name| *name == day)? as Seconds * DAY;
    let (from, to) = times.split_once('-')?;
    let clock = |text: &str| {
        let (hour, minute) = text.trim().split_once(':')?;
        let (hour, minute): (Seconds, Seconds) = (hour.parse().ok()?, minute.parse().ok()?);
        ((0..=24).contains(&hour) && (0..60).contains(&minute)).then_some(hour * 3600 + minute * 60)
    };
    let (from, to) = (clock(from)?, clock(to)?);
    Some(Window { from: day + from, to: day + to + if to < from { DAY } else { 0 } })
}

/// A moment as people write it: `Tue 09:30`.
pub(super) fn at(text: &str) -> Option<Seconds> {
    window(&format!("{text}-24:00")).map(|window| window.from)
}

/// What was read.
pub(super) struct Read {
    pub(super) problem: Problem,
    /// Latitude and longitude, by row of the table of travel.
    pub(super) places: Vec<(f64, f64)>,
    /// The line that each visit stands at.
    pub(super) lines: HashMap<String, usize>,
    pub(super) monday: Option<Date>,
    /// Pairs of places without a way between them, in the table that was read.
    pub(super) no_way: usize,
}

/// Reads a problem; or everything that is wrong with it, each with its line.
pub(super) fn problem(text: &str, folder: &Path) -> Result<Read, Vec<String>> {
    let line = |at: usize| text.get(..at).map_or(0, |before| before.matches('\n').count()) + 1;
    let week: Week = toml::from_str(text).map_err(|error| vec![format!("{error}")])?;
    let mut wrong: Vec<(usize, String)> = Vec::new();
    let mut windows = |texts: &[String], at: usize| -> Vec<Window> {
        let mut read = Vec::new();
        for text in texts {
            match window(text) {
                Some(window) => read.push(window),
                None => wrong.push((line(at), format!("{text:?} is no time: write a day and two times, as \"Tue 09:00-17:30\""))),
            }
        }
        read
    };
    let mut places: Vec<(f64, f64)> = Vec::new();
    let mut problem = Problem::default();
    let most = |minutes: u32| Seconds::try_from(minutes).unwrap_or(Seconds::MAX / 60).min(100_000) * 60;
    for entry in &week.visit {
        let (at, visit) = (entry.span().start, entry.as_ref());
        places.push(visit.at);
        let pinned = visit.pinned_at.as_ref().map(|text| windows(&[format!("{text}-23:59")], at));
        problem.visits.push(Visit {
            id: visit.id.clone(),
            place: places.len() - 1,
            value: visit.value,
            seconds: most(visit.minutes),
            windows: windows(&visit.begin, at),
            needs: visit.needs.iter().map(|(skill, count)| Need { skill: skill.clone(), count: *count }).collect(),
            bars: visit.bars.clone(),
            helped_by: visit.helped_by.clone(),
            conflicts: visit.conflicts.clone(),
            kind: visit.kind.clone(),
            area: visit.area.clone(),
            uses: visit.uses.iter().map(|(resource, amount)| Use { resource: resource.clone(), amount: *amount }).collect(),
            pin: visit.pinned_to.clone().map(|shift| Pin { shift, start: pinned.and_then(|read| read.first().map(|window| window.from)) }),
        });
    }
    for person in week.person.iter().map(AsRef::as_ref) {
        problem.people.push(Person { id: person.id.clone(), skills: person.skills.clone(), accompanied: person.accompanied });
    }
    for entry in &week.shift {
        let (at, shift) = (entry.span().start, entry.as_ref());
        places.push(shift.at);
        let time = windows(std::slice::from_ref(&shift.time), at).first().copied().unwrap_or(Window { from: 0, to: 1 });
        let breaks = shift.breaks.iter().filter_map(|pause| {
            let begin = windows(std::slice::from_ref(&pause.begin), at).first().copied()?;
            Some(Break { from: begin.from, to: begin.to, seconds: most(pause.minutes) })
        });
        problem.shifts.push(Shift {
            id: shift.id.clone(),
            team: shift.team.clone(),
            members: shift.members.clone(),
            base: places.len() - 1,
            start: time.from,
            end: time.to,
            breaks: breaks.collect(),
            most: shift.most_hours.map(|hours| (hours.clamp(0.0, 1e4) * 3600.0) as Seconds),
        });
    }
    for entry in &week.resource {
        let (at, resource) = (entry.span().start, entry.as_ref());
        let supply = resource
            .supply
            .iter()
            .flat_map(|supply| windows(std::slice::from_ref(&supply.time), at).into_iter().map(|time| (time, supply.amount)));
        let supply = supply.collect();
        let supplied = if resource.at_once { Supplied::AtOnce } else { Supplied::InAll };
        problem.resources.push(Resource { id: resource.id.clone(), supplied, supply });
    }
    let mut rules: Vec<usize> = Vec::new();
    let mut rows = |ids: &[&String], at: usize| -> Option<Vec<usize>> {
        let mut found = Vec::new();
        for id in ids {
            match problem.visits.iter().position(|visit| visit.id == **id) {
                Some(row) => found.push(row),
                None => wrong.push((line(at), format!("there is no visit {id}"))),
            }
        }
        (found.len() == ids.len()).then_some(found)
    };
    for entry in &week.before {
        let (at, rule) = (entry.span().start, entry.as_ref());
        if let Some([first, then]) = rows(&[&rule.first, &rule.then], at).as_deref() {
            let least = most(rule.least_minutes);
            problem.rules.push(Rule::Before { first: *first, then: *then, least, most: rule.most_minutes.map_or(100_000 * 60, most) });
            rules.push(at);
        }
    }
    let mut odd = Vec::new();
    for (entry, together) in week.together.iter().map(|entry| (entry, true)).chain(week.apart.iter().map(|entry| (entry, false))) {
        let at = entry.span().start;
        match rows(&entry.as_ref().visits.iter().collect::<Vec<_>>(), at).as_deref() {
            Some(visits) if together => problem.rules.push(Rule::Together(visits.to_vec())),
            Some([one, other]) => problem.rules.push(Rule::Apart(*one, *other)),
            Some(_) => {
                odd.push((line(at), "`apart` names two visits".to_owned()));
                continue;
            }
            None => continue,
        }
        rules.push(at);
    }
    wrong.extend(odd);
    for quota in week.quota {
        problem.quotas.push(Quota { kind: quota.kind, area: quota.area, least: quota.least, most: quota.most });
    }
    problem.hours = week.hours.iter().map(|(team, hours)| (team.clone(), (hours.as_ref().clamp(0.0, 1e4) * 3600.0) as Seconds)).collect();
    if places.iter().any(|(north, east)| !(north.abs() <= 90.0 && east.abs() <= 180.0)) || !(week.speed > 0.0 && week.road_factor > 0.0) {
        wrong.push((1, "places are latitude and longitude in degrees; speed and road_factor are more than nothing".to_owned()));
    }
    problem.travel = Travel::great_circle(&places, week.road_factor, week.speed);
    let mut no_way = 0;
    if let Some(table) = &week.travel {
        match matrix::read(&folder.join(table), &places) {
            Ok((travel, lacking)) => (problem.travel, no_way) = (travel, lacking),
            Err(why) => wrong.push((1, why)),
        }
    }
    let monday: Option<Date> = week.monday.as_ref().and_then(|text| text.parse().ok());
    if let Some(text) = week.monday.as_ref().filter(|_| monday.is_none_or(|day| day.weekday() != jiff::civil::Weekday::Monday)) {
        wrong.push((1, format!("monday = {text:?} is no Monday: write its date, as \"2026-11-30\"")));
    }
    for mistake in problem.check() {
        let at = match mistake.about {
            About::Visit(row) => week.visit.get(row).map(|entry| entry.span().start),
            About::Shift(row) => week.shift.get(row).map(|entry| entry.span().start),
            About::Person(row) => week.person.get(row).map(|entry| entry.span().start),
            About::Resource(row) => week.resource.get(row).map(|entry| entry.span().start),
            About::Rule(row) => rules.get(row).copied(),
            About::Hours(row) => week.hours.values().nth(row).map(|entry| entry.span().start),
        };
        wrong.push((at.map_or(1, line), mistake.what));
    }
    if wrong.is_empty() {
        let lines = week.visit.iter().map(|entry| (entry.as_ref().id.clone(), line(entry.span().start))).collect();
        return Ok(Read { problem, places, lines, monday, no_way });
    }
    wrong.sort();
    Err(wrong.into_iter().map(|(line, what)| format!("line {line}: {what}")).collect())
}
