//! `plainsight plan` as somebody at a terminal uses it.

use std::fs;

use crate::program::plainsight;

const WEEK: &str = r#"[[person]]
id = "Officer A"
skills = ["romanian"]

[[shift]]
id = "Blue Tuesday"
team = "Blue"
members = ["Officer A"]
at = [51.60, -0.20]
time = "Tue 08:00-16:00"

[[visit]]
id = "car wash"
at = [51.61, -0.21]
value = 20
minutes = 45
begin = ["Tue 09:00-12:00"]
needs = { romanian = 1 }
"#;

#[test]
fn a_week_is_planned_and_the_same_steps_give_the_same_plan() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("week.toml"), WEEK).unwrap();
    let command = ["plan", "week", "week.toml", "--steps", "100"];
    let done = plainsight(folder.path(), &command);
    assert!(done.well, "{done:?}");
    let plan: serde_json::Value = serde_json::from_str(&done.said).unwrap();
    assert_eq!(
        plan["shifts"][0]["visits"][0],
        serde_json::json!({ "visit": "car wash", "from": "Tue 09:00", "to": "Tue 09:45", "begins": 118_800, "seconds": 2700 })
    );
    assert_eq!(plan["worth"]["value"], 20);
    assert_eq!(done.said, plainsight(folder.path(), &command).said);
}

#[test]
fn a_plan_is_written_as_tables_and_as_a_page_that_stands_alone() {
    let folder = tempfile::tempdir().unwrap();
    let late = WEEK.get(WEEK.find("[[visit]]").unwrap()..).unwrap().replace("car wash", "nail <bar>").replace("45", "400");
    fs::write(folder.path().join("week.toml"), format!("{WEEK}\n{late}")).unwrap();
    let command = ["plan", "week", "week.toml", "--steps", "100", "--out", "out"];
    let done = plainsight(folder.path(), &command);
    assert!(done.well, "{done:?}");
    let read = |name: &str| fs::read_to_string(folder.path().join("out").join(name)).unwrap();
    assert_eq!(read("plan.csv"), "shift,team,visit,from,to\nBlue Tuesday,Blue,car wash,Tue 09:00,Tue 09:45\n");
    assert!(
        read("left-out.csv").starts_with("visit,why,would be possible with\nnail <bar>,the shifts that could make it are full"),
        "{}",
        read("left-out.csv")
    );
    let page = read("report.html");
    assert!(
        page.contains("1 of 2 visits are planned")
            && page.contains("nail &lt;bar&gt;")
            && page.contains("car wash, Tue 09:00 to Tue 09:45")
    );
    assert!(!page.contains("http") && !page.contains("<script"), "it stands alone");
    let again = plainsight(folder.path(), &command);
    assert!(!again.well && again.complained.contains("out exists already"), "{again:?}");
}

/// Every wrong entry is told with its line, and nothing is planned.
#[test]
fn wrong_entries_are_all_told_with_their_lines() {
    let folder = tempfile::tempdir().unwrap();
    let twice = WEEK.get(WEEK.find("[[visit]]").unwrap()..).unwrap().replace("romanian", "vietnamese").replace("Tue 09", "Someday 09");
    fs::write(folder.path().join("week.toml"), format!("{WEEK}\n{twice}")).unwrap();
    let done = plainsight(folder.path(), &["plan", "week", "week.toml"]);
    assert!(!done.well && done.said.is_empty(), "{done:?}");
    assert!(done.complained.contains("line 20: \"Someday 09:00-12:00\" is no time"), "{done:?}");
    assert!(done.complained.contains("line 20: the visit car wash is there twice"), "{done:?}");
    let nobody = WEEK.replace("romanian = 1", "romanian = 2");
    fs::write(folder.path().join("week.toml"), nobody).unwrap();
    let done = plainsight(folder.path(), &["plan", "week", "week.toml", "--steps", "10"]);
    assert!(done.complained.contains("line 12: visit car wash: nobody could make it"), "{done:?}");
    assert!(done.well, "one visit that nobody can make does not stop the others: {done:?}");
    let plan: serde_json::Value = serde_json::from_str(&done.said).unwrap();
    let left = &plan["left_out"][0];
    assert_eq!((&left["never"], &left["would_be_possible_with"][0]), (&true.into(), &"one more romanian in Blue Tuesday".into()), "{left}");
    fs::write(folder.path().join("week.toml"), WEEK.replace("skills", "nationality")).unwrap();
    assert!(!plainsight(folder.path(), &["plan", "week", "week.toml"]).well, "there is no such field");
}

#[test]
fn what_makes_no_sense_is_refused_and_what_is_over_is_told() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("none.toml"), "").unwrap();
    let done = plainsight(folder.path(), &["plan", "week", "none.toml"]);
    assert!(!done.well && done.complained.contains("none.toml has no [[visit]]"), "{done:?}");
    let other = WEEK.get(WEEK.find("[[visit]]").unwrap()..).unwrap().replace("car wash", "nail bar");
    let circle = "[[before]]\nfirst = \"car wash\"\nthen = \"nail bar\"\n[[before]]\nfirst = \"nail bar\"\nthen = \"car wash\"\n";
    fs::write(folder.path().join("week.toml"), format!("{WEEK}\n{other}\n{circle}")).unwrap();
    let done = plainsight(folder.path(), &["plan", "week", "week.toml"]);
    assert!(!done.well && done.complained.contains("line 28: visits wait for each other in a circle"), "{done:?}");
    // Amounts as large as can be written are only numbers.
    let beds = "[[resource]]\nid = \"bed\"\nat_once = false\nsupply = [{ time = \"Tue 00:00-24:00\", amount = 4294967295 }]\n";
    let use_up =
        |text: &str| text.replace("needs = {", "uses = { bed = 4294967295 }\nneeds = {").replace("value = 20", "value = 4294967295");
    fs::write(folder.path().join("week.toml"), format!("{}\n{}\n{beds}", use_up(WEEK), use_up(&other))).unwrap();
    let command = ["plan", "week", "week.toml", "--steps", "20"];
    let done = plainsight(folder.path(), &command);
    assert!(done.well, "{done:?}");
    let plan: serde_json::Value = serde_json::from_str(&done.said).unwrap();
    assert!(plan["left_out"][0]["why"].as_str().unwrap().contains("bed is used up"), "{plan}");
    fs::write(folder.path().join("plan.json"), done.said).unwrap();
    let done = plainsight(folder.path(), &[&command[..], &["--from", "plan.json", "--at", "Tue 13:00"]].concat());
    let plan: serde_json::Value = serde_json::from_str(&done.said).unwrap();
    assert!(plan["left_out"][0]["why"].as_str().unwrap().contains("no time left in which it may begin"), "{plan}");
    assert!(done.complained.is_empty(), "{done:?}");
}
