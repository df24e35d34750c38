//! `plainsight link` as somebody at a terminal uses it.

use std::fs;
use std::path::Path;

use crate::program::plainsight;

fn fake_1000() -> String {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../data/linkage/fake_1000.csv").display().to_string()
}

#[test]
fn a_file_is_linked_measured_and_linked_again_by_its_own_model() {
    let folder = tempfile::tempdir().unwrap();
    let file = fake_1000();
    let measured = ["link", "dedupe", &file, "--id", "unique_id", "--truth", "cluster", "--slice", "city", "--out", "first"];
    let done = plainsight(folder.path(), &measured);
    assert!(done.well, "{done:?}");
    let summary: serde_json::Value = serde_json::from_str(&done.said).unwrap();
    assert_eq!(summary["records"], 1000);
    assert_eq!(summary["compared"], serde_json::json!(["first_name", "surname", "dob", "email"]));
    assert!(summary["measured"]["groups"]["f1"].as_f64().unwrap() > 0.85, "{summary}");
    assert!(summary["measured"]["recall_by"].as_object().unwrap().len() > 3, "{summary}");

    let read = |name: &str| fs::read_to_string(folder.path().join(name)).unwrap();
    assert_eq!(read("first/groups.csv").lines().count(), 1001);
    assert!(read("first/pairs.csv").starts_with("one,other,weight,probability\n0,"));
    // The report stands alone: charts and numbers of records, no cell of theirs and nothing from elsewhere.
    let report = read("first/report.html");
    for chart in [
        "Weights of all pairs compared",
        "What each field says",
        "nearest to the threshold",
        "A group and its links",
        "could not be linked",
    ] {
        assert!(report.contains(chart), "{chart}");
    }
    for absent in ["http", "<script", "Robert", "@smith"] {
        assert!(!report.contains(absent), "{absent}");
    }
    let again = [
        "link",
        "dedupe",
        &file,
        "--id",
        "unique_id",
        "--leave-out",
        "city",
        "--leave-out",
        "cluster",
        "--model",
        "first/model.toml",
        "--out",
        "second",
        "--threads",
        "1",
    ];
    assert!(plainsight(folder.path(), &again).well);
    for name in ["pairs.csv", "groups.csv", "model.toml", "report.html"] {
        assert_eq!(read(&format!("first/{name}")), read(&format!("second/{name}")), "{name}");
    }
    let left: Vec<_> = fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(left.len(), 2, "nothing unfinished is left: {left:?}");
}

#[test]
fn records_of_two_files_are_linked_by_the_columns_that_both_have() {
    let folder = tempfile::tempdir().unwrap();
    let line = |at: usize| format!("Given{at},Family{at},077009{:05},x{at}\n", at * 7);
    let (one, other): (String, String) = ((0..120).map(line).collect(), (60..180).map(line).collect());
    fs::write(folder.path().join("one.csv"), format!("given_name,family_name,phone,note\n{one}")).unwrap();
    let swapped: String = other
        .lines()
        .map(|row| row.split(',').collect::<Vec<_>>())
        .map(|cells| format!("{},{},{}\n", cells[2], cells[1], cells[0]))
        .collect();
    fs::write(folder.path().join("other.csv"), format!("phone,family_name,given_name\n{swapped}")).unwrap();
    let done = plainsight(folder.path(), &["link", "between", "one.csv", "other.csv", "--out", "found"]);
    assert!(done.well, "{done:?}");
    let summary: serde_json::Value = serde_json::from_str(&done.said).unwrap();
    assert_eq!(summary["not_compared"], serde_json::json!(["note"]));
    assert_eq!(summary["pairs_linked"], 60, "{summary}");
    assert!(fs::read_to_string(folder.path().join("found/pairs.csv")).unwrap().contains("\n1:62,2:2,"));
}

#[test]
fn what_is_wrong_is_said_and_nothing_is_written() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &[u8]| fs::write(folder.path().join(name), text).unwrap();
    write("twice.csv", b"id,given_name,dob\n1,Ana,1984-02-29\n2,Ion,1990-01-01\n1,Dan,1991-01-01\n");
    write("other.csv", b"a,b\n1,2\n");
    write("same.csv", b"given_name,town\nAna,x\nAna,x\n");
    write("empty.csv", b"");
    write("heads.csv", b"dob,dob\n1,2\n");
    write("faith.csv", b"id,religion\n1,a\n2,b\n");
    write("model.toml", b"prior = 2");
    fs::create_dir(folder.path().join("there")).unwrap();
    for (arguments, told) in [
        (&["dedupe", "twice.csv", "--id", "id", "--out", "out"][..], "rows 2 and 4 have the same id: \"1\""),
        (&["dedupe", "twice.csv", "--id", "number", "--out", "out"], "twice.csv has no column \"number\"; it has: id, given_name, dob"),
        (&["dedupe", "twice.csv", "--out", "there"], "there exists already"),
        (&["between", "twice.csv", "other.csv", "--out", "out"], "there is no column to compare"),
        (&["dedupe", "same.csv", "--out", "out"], "nothing to compare"),
        (&["dedupe", "empty.csv", "--out", "out"], "there is no column to compare"),
        (&["dedupe", "heads.csv", "--out", "out"], "two columns are called \"dob\""),
        (&["dedupe", "faith.csv", "--out", "out"], "there is no column to compare"),
        (&["dedupe", "twice.csv", "--model", "model.toml", "--out", "out"], "model.toml is not a model of this program"),
        (&["dedupe", "absent.csv", "--out", "out"], "could not read absent.csv"),
    ] {
        let failed = plainsight(folder.path(), &[&["link"], arguments].concat());
        assert!(!failed.well && failed.complained.contains(told), "{arguments:?}: {failed:?}");
        assert!(!folder.path().join("out").exists() && !folder.path().join("out.unfinished").exists(), "{arguments:?}");
    }
    // What is wrong with single rows stops nothing.
    let mut odd = b"given_name,family_name,dob\n".to_vec();
    for at in 0..40 {
        odd.extend(format!("Given{},Family{},19{:02}-03-04\n", at / 2, at / 2, 40 + at / 2).into_bytes());
    }
    odd.extend(b"Ana,Pop\nM\xe3d,Rus,1990-01-01\nIon,Rus,0000-00-00\n");
    write("odd.csv", &odd);
    let done = plainsight(folder.path(), &["link", "dedupe", "odd.csv", "--out", "out"]);
    assert!(done.well, "{done:?}");
    for told in
        ["odd.csv row 42: 2 cells, and the headings are 3", "odd.csv row 43: not written in UTF-8", "odd.csv row 44, dob: not a date"]
    {
        assert!(done.complained.contains(told), "{told}: {}", done.complained);
    }
}
