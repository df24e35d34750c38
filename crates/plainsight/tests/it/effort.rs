//! `plainsight hotspots effort` and `feedback`: what was counted for how hard anybody looked.

use std::fs;
use std::path::Path;

use serde_json::Value;

use crate::program::plainsight;

fn areas(folder: &Path) {
    let mut text = "area,exposure,visits,reported,found,third_party,days_since,longitude,latitude,religion\n".to_owned();
    for at in 0..20 {
        // Car washes are visited ten times as often, and find as much a visit as others.
        let (visits, found) = if at < 5 {
            ("50", "10")
        } else if at < 15 {
            ("5", "1")
        } else {
            ("", "")
        };
        let days = if at < 15 { "30" } else { "" };
        text.push_str(&format!("\"Area {at}, north\",10,{visits},{},{found},1,{days},{},51.6,x\n", at % 4, -0.2 + f64::from(at) / 100.0));
    }
    text.push_str("Area a,ten,1,1,1,1,1,0,51,x\nArea b,0,1,1,1,1,1,0,51,x\nArea c,1,,1,1,1,1,0,51,x\n,1,1,1,1,1,1,0,51,x\n");
    text.push_str("\"Area 3, north\",1,1,1,1,1,1,0,51,x\nArea d,1,1,-1,1,1,1,0,51,x\nArea e,1,1,1,1,1,soon,0,51,x\n");
    fs::write(folder.join("areas.csv"), text).unwrap();
}

#[test]
fn places_are_proposed_for_how_hard_anybody_looked_and_some_where_nobody_did() {
    let folder = tempfile::tempdir().unwrap();
    areas(folder.path());
    let asked = ["hotspots", "effort", "areas.csv", "--out", "out", "--seed", "4"];
    let done = plainsight(folder.path(), &asked);
    assert!(done.well, "{done:?}");
    let summary: Value = serde_json::from_str(&done.said).unwrap();
    assert_eq!((&summary["areas"], &summary["rows_left_out"], &summary["nobody_looked"]), (&20.into(), &7.into(), &5.into()));
    let found = summary["found_a_visit"].as_f64().unwrap();
    assert!((found - 60.0 / 300.0).abs() < 0.02, "one find in five visits, everywhere: {found}");
    let proposals = summary["proposals"].as_array().unwrap();
    assert_eq!(proposals.len(), 10);
    let unseen: Vec<_> = proposals.iter().filter(|proposal| proposal["why"] == "nobody looked yet").collect();
    assert!(unseen.len() == 2 && unseen.iter().all(|proposal| proposal["drawn_with_probability"] == 0.4), "{proposals:?}");
    for named in [
        "the column religion is never used",
        "line 22, Area a: exposure \"ten\" is no number",
        "line 23, Area b: it has reports and no exposure",
        "line 24, Area c: it has finds and no visits",
        "line 25: the area has no name",
        "line 26: Area 3, north stands there before",
        "line 27, Area d: reported \"-1\" is no count",
        "line 28, Area e: days since \"soon\" is no number of days",
    ] {
        assert!(done.complained.contains(named), "{named}: {}", done.complained);
    }
    let read = |name: &str| fs::read_to_string(folder.path().join("out").join(name)).unwrap();
    assert_eq!(
        (read("areas.csv").lines().count(), read("proposals.csv").lines().count(), read("expected.csv").lines().count()),
        (21, 11, 21)
    );
    let report = read("report.html");
    assert!(report.contains("<svg") && report.contains("Nobody looked there."));
    for absent in ["http", "<script", "NaN", "crime", "religion"] {
        assert!(!report.contains(absent) && !read("areas.geojson").contains(absent), "{absent}");
    }
    let again = plainsight(folder.path(), &["hotspots", "effort", "areas.csv", "--seed", "4"]);
    assert_eq!(again.said, done.said, "the same seed proposes the same");
    assert!(plainsight(folder.path(), &asked).complained.contains("exists already"));
    // What exposure and visits give is a population that the scan takes.
    fs::write(folder.path().join("places.csv"), "place,latitude,longitude\n\"Area 0, north\",51.6,-0.2\n\"Area 1, north\",51.6,-0.19\n")
        .unwrap();
    fs::write(folder.path().join("cases.csv"), "place,count\n\"Area 0, north\",9\n\"Area 1, north\",1\n").unwrap();
    let scan = [
        "hotspots",
        "scan",
        "--cases",
        "cases.csv",
        "--coordinates",
        "places.csv",
        "--population",
        "out/expected.csv",
        "--model",
        "poisson",
    ];
    let done = plainsight(folder.path(), &[&scan[..], &["--space"]].concat());
    assert!(done.well, "{done:?}");
    let missing = plainsight(folder.path(), &["hotspots", "effort", "areas.csv", "--found", "finds"]);
    assert!(!missing.well && missing.complained.contains("has no column \"finds\"; it has: area, exposure"), "{missing:?}");
}

#[test]
fn the_loop_is_shown_with_and_without() {
    let folder = tempfile::tempdir().unwrap();
    let done = plainsight(folder.path(), &["hotspots", "feedback", "--weeks", "12", "--out", "loop"]);
    assert!(done.well, "{done:?}");
    let summary: Value = serde_json::from_str(&done.said).unwrap();
    let apart: Vec<f64> =
        summary["courses"].as_array().unwrap().iter().map(|course| course["apart_from_the_truth"].as_f64().unwrap()).collect();
    assert!(apart[0] > apart[1] && apart[0] > apart[2], "{apart:?}");
    let weeks = fs::read_to_string(folder.path().join("loop/weeks.csv")).unwrap();
    assert_eq!(weeks.lines().count(), 1 + 3 * 12 * 5);
    assert!(fs::read_to_string(folder.path().join("loop/report.html")).unwrap().contains("week 12"));
    assert!(!plainsight(folder.path(), &["hotspots", "feedback", "--weeks", "1"]).well);
}
