//! `plainsight plan week` from a plan that is kept to, `plan compare`, tables of travel, and the worked week.

use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use crate::program::{Ended, plainsight};

fn scenario() -> String {
    let file: PathBuf = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../scenarios/week-of-action/week.toml");
    fs::read_to_string(file).unwrap()
}

fn planned(folder: &Path, more: &[&str]) -> Value {
    let done = run(folder, more);
    assert!(done.well, "{more:?}: {done:?}");
    serde_json::from_str(&done.said).unwrap()
}

fn run(folder: &Path, more: &[&str]) -> Ended {
    plainsight(folder, &[&["plan", "week", "week.toml"], more].concat())
}

/// The shift and the beginning of each visit.
fn made(plan: &Value) -> HashMap<String, (String, i64)> {
    let shifts = plan["shifts"].as_array().unwrap().iter();
    let visits = shifts.flat_map(|shift| shift["visits"].as_array().unwrap().iter().map(move |visit| (shift, visit)));
    visits
        .map(|(shift, visit)| {
            (visit["visit"].as_str().unwrap().to_owned(), (shift["shift"].as_str().unwrap().to_owned(), visit["begins"].as_i64().unwrap()))
        })
        .collect()
}

const DAY: i64 = 86_400;

/// Sixty visits: each is made or has a reason; charity and a woman lead where they must; whoever is accompanied is; welfare comes first.
#[test]
fn the_worked_week_keeps_its_rules_and_tells_every_reason() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("week.toml"), scenario()).unwrap();
    let plan = planned(folder.path(), &["--steps", "300", "--out", "out"]);
    let (made, left) = (made(&plan), plan["left_out"].as_array().unwrap());
    assert_eq!(made.len() + left.len(), 60);
    assert!(made.len() >= 44, "{}", made.len());
    assert_eq!(plan["worth"]["missed"], 0, "six welfare visits come before all value");
    let week: toml::Table = toml::from_str(&scenario()).unwrap();
    let list = |name: &str| week[name].as_array().unwrap().clone();
    let members: HashMap<String, Vec<String>> = list("shift")
        .iter()
        .map(|shift| {
            let members = shift["members"].as_array().unwrap().iter().map(|name| name.as_str().unwrap().to_owned()).collect();
            (shift["id"].as_str().unwrap().to_owned(), members)
        })
        .collect();
    let skilled = |shift: &str, skill: &str| {
        let has = |name: &String| {
            let people = list("person");
            let person = people.iter().find(|person| person["id"].as_str() == Some(name)).unwrap().clone();
            person["skills"].as_array().unwrap().iter().any(|own| own.as_str() == Some(skill))
        };
        members[shift].iter().filter(|name| has(name)).count()
    };
    let mut welfare = 0;
    for visit in list("visit") {
        let Some((shift, _)) = made.get(visit["id"].as_str().unwrap()) else { continue };
        if visit["kind"].as_str() == Some("welfare") {
            welfare += 1;
            assert!(skilled(shift, "charity") >= 1 && skilled(shift, "female") >= 1 && skilled(shift, "foreign officer") == 0, "{visit}");
        }
        if visit["kind"].as_str() == Some("flight") {
            assert!(skilled(shift, "airside") >= 1, "{visit}");
        }
    }
    assert!(welfare >= 6, "{welfare}");
    for left in left {
        assert!(!left["why"].as_str().unwrap().is_empty() && left["why"] != "more than one thing stands in its way", "{left}");
    }
    let read = |name: &str| fs::read_to_string(folder.path().join("out").join(name)).unwrap();
    assert_eq!(read("returns.csv").lines().count(), 1 + 3 * made.len());
    assert!(read("returns.csv").contains(",2,2026-12-1"), "a fortnight after the first week of December: {}", read("returns.csv"));
    let shapes: Value = serde_json::from_str(&read("plan.geojson")).unwrap();
    assert!(shapes["features"].as_array().unwrap().len() > 60);
    assert_eq!(serde_json::from_str::<Value>(&read("plan.json")).unwrap(), plan);
    let page = read("report.html");
    for absent in ["http", "<script", "NaN"] {
        assert!(!page.contains(absent), "{absent}");
    }
}

/// On Wednesday at two a team drops out: what has begun stays to the second, nothing of that team is kept, and the rest hardly moves.
#[test]
fn a_plan_is_kept_to_when_a_team_drops_out() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("week.toml"), scenario()).unwrap();
    let first = planned(folder.path(), &["--steps", "300"]);
    fs::write(folder.path().join("first.json"), first.to_string()).unwrap();
    let from = ["--from", "first.json", "--steps", "50"];
    let same = planned(folder.path(), &["--from", "first.json", "--steps", "0"]);
    assert_eq!(same["changes"], json!([]), "nothing changes where nothing has to");

    let again = planned(folder.path(), &[&from[..], &["--at", "Wed 14:00", "--without", "Alder", "--out", "out"]].concat());
    let (before, after) = (made(&first), made(&again));
    let now = 2 * DAY + 14 * 3600;
    for (visit, (shift, begins)) in &before {
        if *begins < now {
            assert_eq!(after.get(visit), Some(&(shift.clone(), *begins)), "{visit} had begun");
        }
    }
    for (visit, (shift, begins)) in &after {
        assert!(*begins >= now || before.contains_key(visit), "{visit} begins in the past");
        assert!(*begins < now || !shift.starts_with("Alder"), "{visit} is made by {shift}, which dropped out");
    }
    assert!(before.values().any(|(shift, begins)| shift.starts_with("Alder") && *begins >= now), "there was something to lose");
    let moved = again["changes"].as_array().unwrap().iter().filter(|change| change["what"] == "moved").count();
    assert!(moved <= 12, "{moved} of {} moved", before.len());
    for left in again["left_out"].as_array().unwrap() {
        let asks = left["would_be_possible_with"].to_string();
        assert!(!asks.contains("Alder"), "nobody who dropped out is asked back: {left}");
    }
    assert!(fs::read_to_string(folder.path().join("out/report.html")).unwrap().contains("What changed"));

    fs::write(folder.path().join("again.json"), again.to_string()).unwrap();
    let done = plainsight(folder.path(), &["plan", "compare", "first.json", "again.json", "--out", "both"]);
    assert!(done.well, "{done:?}");
    let compared: Value = serde_json::from_str(&done.said).unwrap();
    assert_eq!(compared["changes"], again["changes"]);
    assert_eq!(compared["worth_after"], again["worth"]);
    let rows = fs::read_to_string(folder.path().join("both/changes.csv")).unwrap();
    assert_eq!(rows.lines().count(), 1 + compared["changes"].as_array().unwrap().len());
    let same = plainsight(folder.path(), &["plan", "compare", "first.json", "first.json"]);
    assert!(same.well && serde_json::from_str::<Value>(&same.said).unwrap()["changes"] == json!([]), "{same:?}");
    assert!(!plainsight(folder.path(), &["plan", "compare", "first.json", "week.toml"]).well);
}

#[test]
fn somebody_decides_by_hand() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("week.toml"), scenario()).unwrap();
    let first = planned(folder.path(), &["--steps", "100"]);
    fs::write(folder.path().join("first.json"), first.to_string()).unwrap();
    let asked = ["--from", "first.json", "--steps", "20", "--pin", "Harbour Noodle=Birch Thu@Thu 15:00", "--leave-out", "Copper Ladle"];
    let again = planned(folder.path(), &asked);
    assert_eq!(made(&again)["Harbour Noodle"], ("Birch Thu".to_owned(), 3 * DAY + 15 * 3600));
    let why = |plan: &Value, visit: &str| {
        let left = plan["left_out"].as_array().unwrap().iter().find(|left| left["visit"] == visit).cloned();
        left.unwrap_or_else(|| panic!("{visit} is not left out"))["why"].as_str().unwrap().to_owned()
    };
    assert_eq!(why(&again, "Copper Ladle"), "somebody said that it is not to be made");
    // A pin that cannot be kept is told.
    let again = planned(folder.path(), &["--steps", "20", "--pin", "Harbour Noodle=Birch Thu@Thu 05:00"]);
    assert!(why(&again, "Harbour Noodle").contains("pinned") || why(&again, "Harbour Noodle").contains("nobody could make it"), "{again}");
    // Without its airside officer and detective, a team flies nowhere.
    let again = planned(folder.path(), &["--steps", "20", "--without", "Officer Quay", "--without", "Detective Heath"]);
    assert!(why(&again, "Flight from the south, Thursday").contains("airside"), "{again}");
    assert!(made(&again).values().all(|(shift, _)| !shift.starts_with("Dune")), "an officer of another country is never alone");
    for (more, wanted) in [
        (&["--without", "Cedr"][..], "there is no shift, team or person \"Cedr\"; did you mean Cedar"),
        (&["--pin", "Harbor Noodle=Birch Thu"], "there is no visit \"Harbor Noodle\"; did you mean Harbour Noodle"),
        (&["--pin", "Harbour Noodle=Birch Sunday"], "there is no shift \"Birch Sunday\""),
        (&["--pin", "Harbour Noodle"], "write VISIT=SHIFT"),
        (&["--leave-out", "Nowhere"], "there is no visit \"Nowhere\""),
        (&["--from", "first.json", "--at", "Noon"], "is no moment"),
        (&["--at", "Tue 11:30"], "--from"),
        (&["--from", "week.toml"], "is not a plan"),
        (&["--from", "missing.json"], "could not read missing.json"),
    ] {
        let done = run(folder.path(), more);
        assert!(!done.well && done.said.is_empty() && done.complained.contains(wanted), "{more:?}: {done:?}");
    }
}

const SMALL: &str = r#"travel = "table.json"

[[person]]
id = "Officer A"
[[shift]]
id = "Blue Tuesday"
team = "Blue"
members = ["Officer A"]
at = [51.60, -0.20]
time = "Tue 08:00-16:00"
[[visit]]
id = "one"
at = [51.61, -0.21]
value = 20
minutes = 45
begin = ["Tue 09:00-12:00"]
[[visit]]
id = "two"
at = [51.62, -0.21]
value = 20
minutes = 45
begin = ["Tue 09:00-12:00"]
"#;

#[test]
fn tables_of_travel_are_read_and_what_does_not_fit_is_told() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("week.toml"), SMALL).unwrap();
    let table = |text: &str| fs::write(folder.path().join("table.json"), text).unwrap();
    let located = r#""sources":[{"location":[-0.2101,51.6102]},{"location":[-0.21,51.62]},{"location":[-0.2,51.6]}]"#;
    table(&format!(r#"{{"code":"Ok","durations":[[0,600,300.2],[600,0,900],[300.2,900,0]],{located}}}"#));
    let plan = planned(folder.path(), &["--steps", "20"]);
    assert_eq!(plan["worth"]["travel"], 301 + 600 + 900);
    table(
        r#"{"sources_to_targets":[[{"time":0},{"time":600},{"time":300}],[{"time":600},{"time":0},{"time":null}],[{"time":300},{"time":null},{"time":0}]]}"#,
    );
    let done = run(folder.path(), &["--steps", "20"]);
    assert!(done.well && done.complained.contains("no way between 2 pairs"), "{done:?}");
    let places: Value = serde_json::from_str(&plainsight(folder.path(), &["plan", "places", "week.toml"]).said).unwrap();
    assert_eq!(places["order"], json!(["one", "two", "Blue Tuesday"]));
    assert_eq!(places["osrm_coordinates"], "-0.21,51.61;-0.21,51.62;-0.2,51.6");
    for (text, wanted) in [
        ("{}", "has neither `durations` (OSRM) nor `sources_to_targets` (Valhalla)"),
        ("[", "is neither a table of OSRM nor of Valhalla"),
        (r#"{"code":"NoTable","message":"too big"}"#, "OSRM said NoTable: too big"),
        (r#"{"code":"Ok","durations":[[0,1],[1,0]]}"#, "has 2 rows, and 3 are needed"),
        (r#"{"code":"Ok","durations":[[0,1,2],[1,0],[1,2,0]]}"#, "row 2: 2 ways, and 3 are needed"),
        (r#"{"code":"Ok","durations":[[0,1,2],[1,0,-4],[1,2,0]]}"#, "row 2: -4 is no number of seconds"),
    ] {
        table(text);
        let done = run(folder.path(), &[]);
        assert!(!done.well && done.complained.contains(wanted), "{text}: {done:?}");
    }
    table(&format!(r#"{{"code":"Ok","durations":[[0,6,3],[6,0,9],[3,9,0]],{}}}"#, located.replace("51.62", "51.9")));
    assert!(run(folder.path(), &[]).complained.contains("row 2: it is of 51.9, -0.21, and the place is 51.62, -0.21"));
    fs::write(
        folder.path().join("week.toml"),
        SMALL.replace("table.json", "other.json").replace("travel", "monday = \"2026-12-01\"\ntravel"),
    )
    .unwrap();
    let complained = run(folder.path(), &[]).complained;
    assert!(complained.contains("could not read") && complained.contains("is no Monday"), "{complained}");
}
