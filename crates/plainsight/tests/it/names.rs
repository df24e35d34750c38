//! `plainsight names search` as somebody at a terminal uses it.

use std::fs;

use crate::program::plainsight;

const PEOPLE: &str =
    "id,Given name,family_name,town\n1,Ștefan,Țăranu,Westmere\n2,Иван,Петров,Westmere\n3,Gheorghe,Popescu,Alder\n4,TARANU,Stefan,Alder\n";

#[test]
fn a_name_is_found_with_its_rows_whatever_the_spelling() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("people.csv"), PEOPLE).unwrap();
    let search = |query: &str| plainsight(folder.path(), &["names", "search", "people.csv", "--query", query]);
    assert_eq!(search("Taranu Stefan").said.lines().next(), Some("1.00  Ștefan Țăranu  (row 2, 5)"));
    assert!(search("Ivan Petrov").said.starts_with("1.00  Иван Петров  (row 3)"));
    assert!(search("Gigi Popescu").said.contains("Gheorghe Popescu  (row 4)"));
    assert_eq!(search("Zbigniew").said, "no name like \"Zbigniew\" among 3 names in 4 rows\n");
    let only = plainsight(folder.path(), &["names", "search", "people.csv", "--query", "Westmere", "--column", "town", "--json"]);
    let answer: serde_json::Value = serde_json::from_str(&only.said).unwrap();
    assert_eq!(answer["columns"], serde_json::json!(["town"]));
    assert_eq!(answer["hits"][0], serde_json::json!({ "likeness": 1.0, "name": "Westmere", "rows": [2, 3] }));
}

#[test]
fn what_is_wrong_with_a_file_is_said_with_its_row_and_the_rest_is_read() {
    let folder = tempfile::tempdir().unwrap();
    let mut bytes = b"name,age\nAna Pop,30\nIon Pop\n".to_vec();
    bytes.extend(b"M\xe3d\xe3lina Rus,31\n\"open quote,1\n");
    fs::write(folder.path().join("odd.csv"), bytes).unwrap();
    fs::write(folder.path().join("names.txt"), "Ana Pop\n\nIon Rus\n").unwrap();
    fs::write(folder.path().join("none.csv"), "a,b\n1,2\n").unwrap();
    fs::write(folder.path().join("empty.csv"), "").unwrap();
    let found = plainsight(folder.path(), &["names", "search", "odd.csv", "--query", "Ion Pop"]);
    assert!(found.well && found.said.starts_with("1.00  Ion Pop  (row 3)"), "{found:?}");
    for told in ["row 3: 1 cells, and the headings are 2", "row 4: not written in UTF-8"] {
        assert!(found.complained.contains(told), "{told}: {}", found.complained);
    }
    // As a Romanian spreadsheet writes it, with a quote that nobody closed.
    fs::write(folder.path().join("open.csv"), "Nume și prenume;Oraș\n\"Rus Ion;x\nPop Ana;y\nȚăranu Ștefan;z\n").unwrap();
    let found = plainsight(folder.path(), &["names", "search", "open.csv", "--query", "Stefan Taranu"]);
    assert!(found.said.starts_with("1.00  Țăranu Ștefan  (row 4)"), "{found:?}");
    assert!(found.complained.contains("row 2: a quote is opened and not closed"), "{found:?}");
    let line = plainsight(folder.path(), &["names", "search", "names.txt", "--query", "Ion Rus"]);
    assert_eq!(line.said.lines().next(), Some("1.00  Ion Rus  (row 3)"));
    for (file, extra, told) in [
        ("none.csv", &[][..], "no heading of none.csv says that it holds names: name them with --column; there are: a, b"),
        ("none.csv", &["--column", "c"], "none.csv has no column \"c\"; it has: a, b"),
        ("empty.csv", &[], "empty.csv is empty: its first line must be headings"),
        ("names.txt", &["--column", "c"], "it has no columns"),
        ("absent.csv", &[], "could not read absent.csv"),
    ] {
        let failed = plainsight(folder.path(), &[&["names", "search", file, "--query", "x"], extra].concat());
        assert!(!failed.well && failed.complained.contains(told), "{file}: {failed:?}");
    }
    let nothing = plainsight(folder.path(), &["names", "search", "names.txt", "--query", " "]);
    assert!(!nothing.well && nothing.complained.contains("give a name with --query"));
}
