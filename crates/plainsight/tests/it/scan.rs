//! `plainsight hotspots scan`: files in, clusters out.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::program::plainsight;

fn published(name: &str) -> String {
    let folder: PathBuf = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../data/spatial/satscan");
    folder.join(name).canonicalize().unwrap().to_string_lossy().into_owned()
}

fn answer(folder: &Path, arguments: &[&str]) -> Value {
    let done = plainsight(folder, &[&["hotspots", "scan"], arguments].concat());
    assert!(done.well, "{arguments:?}: {done:?}");
    serde_json::from_str(&done.said).unwrap()
}

fn refused(folder: &Path, arguments: &[&str]) -> String {
    let done = plainsight(folder, &[&["hotspots", "scan"], arguments].concat());
    assert!(!done.well && done.said.is_empty(), "{arguments:?}: {done:?}");
    done.complained
}

fn sorted(names: &Value) -> Vec<String> {
    let mut names: Vec<String> = names.as_array().unwrap().iter().map(|name| name.as_str().unwrap().to_owned()).collect();
    names.sort();
    names
}

fn said() -> Value {
    serde_json::from_str(&fs::read_to_string(published("expected.json")).unwrap()).unwrap()
}

/// The same areas, dates, counts and ratio as SaTScan; p within three standard errors of a rank among 999.
fn agrees(cluster: &Value, said: &Value) {
    let number = |value: &Value| value.as_f64().unwrap();
    let (llr, p) = (number(&said["llr"]), number(&said["p_mc"]));
    assert!((number(&cluster["log_likelihood_ratio"]) / llr - 1.0).abs() < 1e-4, "{cluster}");
    assert_eq!(number(&cluster["observed"]), number(&said["observed"]));
    assert!((number(&cluster["expected"]) - number(&said["expected"])).abs() <= 0.0051, "{cluster}");
    assert!((number(&cluster["p"]) - p).abs() < 3.0 * (p * (1.0 - p) / 999.0 + p * (1.0 - p) / 9999.0).sqrt(), "{cluster}");
}

#[test]
fn the_published_sets_give_what_satscan_computes() {
    let folder = tempfile::tempdir().unwrap();
    let [cases, places, people] = ["nm.cas", "nm.geo", "nm.pop"].map(published);
    let asked = ["--cases", &cases, "--coordinates", &places, "--population", &people, "--model", "poisson", "--out", "nm"];
    let summary = answer(folder.path(), &asked);
    let (first, wanted) = (&summary["clusters"][0], &said()["nm"]);
    assert_eq!(sorted(&first["areas"]), sorted(&wanted["cluster"]));
    assert_eq!((&first["centre"], &first["from"], &first["to"]), (&"Torrance".into(), &"1985-01-01".into(), &"1989-12-31".into()));
    agrees(first, wanted);
    assert_eq!((&summary["measures"], &summary["p_values"]), (&"report density".into(), &"standard Monte Carlo".into()));
    assert!(summary["ties"].as_str().unwrap().contains("counts as exceeding"));
    let read = |name: &str| fs::read_to_string(folder.path().join("nm").join(name)).unwrap();
    assert_eq!(read("areas.csv").lines().count(), 33);
    assert_eq!(read("clusters.csv").lines().count(), 1 + summary["clusters"].as_array().unwrap().len());
    let shapes: Value = serde_json::from_str(&read("clusters.geojson")).unwrap();
    assert!(shapes["features"].as_array().unwrap().len() >= 33);
    let report = read("report.html");
    for absent in ["http", "<script", "NaN", "crime", "inf"] {
        assert!(!report.contains(absent), "{absent}");
    }
    assert!(report.contains("<svg") && report.contains("Torrance"));
    assert!(refused(folder.path(), &asked).contains("exists already"), "nothing is written over");

    let [cases, places] = ["NYCfever.cas", "NYCfever.geo"].map(published);
    let common = ["--cases", &cases, "--coordinates", &places, "--model", "permutation", "--prospective", "--reach", "3"];
    let more = ["--longest", "7", "--from", "2001/11/1", "--to", "2001/11/24"];
    let summary = answer(folder.path(), &[&common[..], &more].concat());
    let (first, wanted) = (&summary["clusters"][0], &said()["nyc"]);
    assert_eq!(sorted(&first["areas"]), sorted(&wanted["cluster"]));
    assert_eq!((&first["centre"], &first["from"], &first["to"]), (&"11418".into(), &"2001-11-22".into(), &"2001-11-24".into()));
    agrees(first, wanted);

    let [cases, controls, places] = ["NHumberside.cas", "NHumberside.ctl", "NHumberside.geo"].map(published);
    let asked = ["--cases", &cases, "--controls", &controls, "--coordinates", &places, "--planar", "--model", "bernoulli", "--space"];
    let summary = answer(folder.path(), &asked);
    let (first, wanted) = (&summary["clusters"][0], &said()["humberside"]);
    let mut found = vec![sorted(&first["areas"]), sorted(&first["as_dense"][0]["areas"])];
    let mut tied: Vec<Vec<String>> = wanted["cluster_any_of"].as_array().unwrap().iter().map(sorted).collect();
    found.sort();
    tied.sort();
    assert_eq!(found, tied, "both clusters that tie are named");
    agrees(first, wanted);
}

/// Twenty places on a grid, ten days; nine reports more at two of them on the last day.
fn tables(folder: &Path) {
    let (mut places, mut cases) = ("place,x,y\n".to_owned(), "place;count;date\n".to_owned());
    let (mut geo, mut cas) = (String::new(), String::new());
    for at in 0..20_usize {
        writeln!(places, "\"place {at}\",{},{}", at % 5 * 400, at / 5 * 400).unwrap();
        writeln!(geo, "p{at} {} {}", at % 5 * 400, at / 5 * 400).unwrap();
        for day in 1..=10 {
            let count = usize::from((at * 10 + day).wrapping_mul(2_654_435_761) % 65_536 < 26_000) + if at < 2 && day > 9 { 9 } else { 0 };
            if count > 0 {
                writeln!(cases, "place {at};{count};2026-11-{day:02}").unwrap();
                writeln!(cas, "p{at} {count} 2026/11/{day}").unwrap();
            }
        }
    }
    for (name, text) in [("places.csv", places), ("cases.csv", cases), ("places.geo", geo), ("cases.cas", cas)] {
        fs::write(folder.join(name), text).unwrap();
    }
}

#[test]
fn tables_and_files_of_satscan_give_the_same_and_so_do_threads() {
    let folder = tempfile::tempdir().unwrap();
    tables(folder.path());
    let run = |cases: &str, places: &str, more: &[&str]| {
        let common = ["--cases", cases, "--coordinates", places, "--model", "permutation", "--planar"];
        answer(folder.path(), &[&common[..], more].concat())
    };
    let mut first = run("cases.csv", "places.csv", &["--threads", "1"]);
    let mut other = run("cases.cas", "places.geo", &["--threads", "3"]);
    assert_eq!(first["clusters"][0]["areas"], serde_json::json!(["place 0", "place 1"]));
    assert_eq!((&first["clusters"][0]["from"], &first["clusters"][0]["to"]), (&"2026-11-10".into(), &"2026-11-10".into()));
    assert!(first["clusters"][0]["p"].as_f64().unwrap() < 0.05, "{first}");
    for summary in [&mut first, &mut other] {
        for cluster in summary["clusters"].as_array_mut().unwrap() {
            for named in ["areas", "centre", "as_dense"] {
                cluster.as_object_mut().unwrap().remove(named);
            }
        }
    }
    assert_eq!(first, other);
    for more in [
        &["--ellipses", "--replicates", "19"][..],
        &["--time", "--interval", "2-days"],
        &["--prospective", "--p-values", "gumbel"],
        &["--p-values", "sequential", "--replicates", "9999"],
        &["--interval", "week", "--clusters", "1"],
    ] {
        // The permutation model looks at times and areas together only.
        let time = more.contains(&"--time");
        let done = plainsight(
            folder.path(),
            &[&["hotspots", "scan", "--cases", "cases.csv", "--coordinates", "places.csv", "--model", "permutation"], more].concat(),
        );
        assert_eq!(done.well, !time, "{more:?}: {done:?}");
    }
}

#[test]
fn what_cannot_be_counted_is_named_and_the_rest_counts() {
    let folder = tempfile::tempdir().unwrap();
    tables(folder.path());
    let add = |name: &str, text: &str| {
        let file = folder.path().join(name);
        let before = fs::read_to_string(&file).unwrap();
        fs::write(file, before + text).unwrap();
    };
    let before = answer(folder.path(), &["--cases", "cases.csv", "--coordinates", "places.csv", "--model", "permutation"]);
    add(
        "cases.csv",
        "nowhere;1;2026-11-03\nplace 3;-1;2026-11-03\nplace 3;many;2026-11-03\nplace 3;1;2026-13-03\nplace 3;1;\nplace 3;1;2026\n",
    );
    add("places.csv", "place 1,400,0\nplace 1,9,9\nplace 77,east,0\n,1,1\n");
    let asked =
        ["--cases", "cases.csv", "--coordinates", "places.csv", "--model", "permutation", "--interval", "day", "--from", "2026-11-01"];
    let asked = [&asked[..], &["--to", "2026-11-10", "--out", "out"]].concat();
    let done = plainsight(folder.path(), &[&["hotspots", "scan"][..], &asked].concat());
    assert!(done.well, "{done:?}");
    let summary: Value = serde_json::from_str(&done.said).unwrap();
    assert_eq!(summary["clusters"], before["clusters"]);
    assert_eq!(summary["rows_left_out"], 10);
    let left_out = fs::read_to_string(folder.path().join("out/left_out.txt")).unwrap();
    let line = fs::read_to_string(folder.path().join("cases.csv")).unwrap().lines().count();
    for (at, why) in [
        (5, "\"nowhere\" has no coordinates"),
        (4, "\"-1\" is no count"),
        (3, "\"many\" is no count"),
        (2, "\"2026-13-03\" is no date"),
        (1, "\"\" is no date"),
        (0, "2026: the date is less exact than the intervals"),
    ] {
        assert!(left_out.contains(&format!("cases.csv line {}: {why}", line - at)), "{why}: {left_out}");
    }
    for why in [
        "line 22: place 1 stands there twice",
        "line 23: place 1 stands elsewhere before",
        "line 24: \"east\", \"0\" is no place",
        "line 25",
    ] {
        assert!(left_out.contains(&format!("places.csv {why}")), "{why}: {left_out}");
    }
}

#[test]
fn who_people_are_is_never_allowed_for_and_ages_are() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| fs::write(folder.path().join(name), text).unwrap();
    write("places.csv", "place,latitude,longitude\na,51.60,-0.20\nb,51.61,-0.21\nc,51.62,-0.22\n");
    let (mut cases, mut people) = ("place,date,age,nationality\n".to_owned(), "place,population,age,nationality\n".to_owned());
    for (at, place) in ["a", "b", "c"].iter().enumerate() {
        for age in ["young", "old"] {
            writeln!(people, "{place},{},{age},x", if age == "young" { 100 * (at + 1) } else { 900 }).unwrap();
        }
        for day in 1..=(3 + at * 3) {
            writeln!(cases, "{place},2026-11-{day:02},young,x").unwrap();
        }
    }
    cases.push_str("a,2026-11-02,middle,x\n");
    write("cases.csv", &cases);
    write("people.csv", &people);
    let common = ["--cases", "cases.csv", "--coordinates", "places.csv", "--model", "poisson"];
    let asked = [&common[..], &["--population", "people.csv", "--space"]].concat();
    let done = plainsight(folder.path(), &[&["hotspots", "scan"][..], &asked].concat());
    assert!(done.well, "{done:?}");
    let summary: Value = serde_json::from_str(&done.said).unwrap();
    assert_eq!(summary["allowed_for"], serde_json::json!(["age"]));
    assert!(done.complained.contains("the column nationality is never used"), "{}", done.complained);
    assert!(done.complained.contains("cases.csv line 20: the population has nobody who is middle"), "{}", done.complained);
    assert_eq!(summary["reports"], 18);

    write("few.csv", "place,population\na,100\nb,100\n");
    let asked = [&common[..], &["--population", "few.csv", "--space"]].concat();
    let done = plainsight(folder.path(), &[&["hotspots", "scan"][..], &asked].concat());
    assert!(done.well && done.complained.contains("c has no population"), "{done:?}");
    write("sexes.csv", "place,population,sex\na,100,f\n");
    assert!(
        refused(folder.path(), &[&common[..], &["--population", "sexes.csv"]].concat())
            .contains("the population has sex, and the reports do not")
    );
    assert!(refused(folder.path(), &common).contains("give it with --population"));
    let ellipses = [&common[..], &["--population", "people.csv", "--ellipses"]].concat();
    assert!(refused(folder.path(), &ellipses).contains("ellipses need a plane"));
}

#[test]
fn files_that_are_something_else_are_told_apart() {
    let folder = tempfile::tempdir().unwrap();
    tables(folder.path());
    let write = |name: &str, text: &str| fs::write(folder.path().join(name), text).unwrap();
    write("other.csv", "name,age\nx,3\n");
    write("only.csv", "place,latitude\nx,3\n");
    write("few.csv", "place,count,date\nplace 1,1,2026-11-01\n");
    write("dateless.csv", "place,count\nplace 1,1\nplace 2,4\n");
    for (cases, places, more, wanted) in [
        ("other.csv", "places.csv", &[][..], "has no column `place`; it has: name, age"),
        ("cases.csv", "only.csv", &[], "has neither `latitude` and `longitude` nor `x` and `y`"),
        ("few.csv", "places.csv", &["--from", "2026-11-01", "--to", "2026-11-03"], "1 reports could be counted"),
        ("dateless.csv", "places.csv", &[], "no report has a date"),
        ("cases.csv", "places.csv", &["--from", "soon"], "\"soon\" is no date"),
        ("cases.csv", "places.csv", &["--from", "2026-12-01", "--to", "2026-11-01"], "ends (2026-11-01) before it begins"),
        ("cases.csv", "places.csv", &["--interval", "fortnight"], "say day, week, month, year"),
        ("cases.csv", "places.csv", &["--interval", "year"], "the permutation model needs space and time"),
        ("cases.csv", "places.csv", &["--share", "0"], "--share is more than 0"),
        ("cases.csv", "places.csv", &["--controls", "cases.csv"], "controls belong to the Bernoulli model"),
        ("missing.csv", "places.csv", &[], "could not read missing.csv"),
    ] {
        let asked = [&["--cases", cases, "--coordinates", places, "--model", "permutation"], more].concat();
        let complaint = refused(folder.path(), &asked);
        assert!(complaint.contains(wanted), "{asked:?}: {complaint}");
    }
}
