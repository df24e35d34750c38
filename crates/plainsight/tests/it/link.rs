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
    assert!(done.complained.contains("only one.csv has note: not compared"), "{done:?}");
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
    let wide: Vec<u8> = "given_name,dob\nAna,1984-02-29\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
    write("wide.csv", &[&[0xff, 0xfe], wide.as_slice()].concat());
    fs::create_dir(folder.path().join("there")).unwrap();
    for (arguments, told) in [
        (&["dedupe", "twice.csv", "--id", "id", "--out", "out"][..], "rows 2 and 4 have the same id: \"1\""),
        (&["dedupe", "twice.csv", "--id", "number", "--out", "out"], "twice.csv has no column \"number\"; it has: id, given_name, dob"),
        (&["dedupe", "twice.csv", "--out", "there"], "there exists already"),
        (&["between", "twice.csv", "other.csv", "--out", "out"], "there is no column to compare"),
        (&["dedupe", "same.csv", "--out", "out"], "nothing to compare"),
        (&["dedupe", "empty.csv", "--out", "out"], "empty.csv is empty: its first line must be headings"),
        (&["dedupe", "wide.csv", "--out", "out"], "wide.csv is written in UTF-16: save it as CSV in UTF-8"),
        (&["dedupe", "heads.csv", "--out", "out"], "two columns are called \"dob\""),
        (&["dedupe", "faith.csv", "--out", "out"], "there is no column to compare"),
        (&["dedupe", "twice.csv", "--model", "model.toml", "--out", "out"], "model.toml is not a model of this program"),
        (&["dedupe", "absent.csv", "--out", "out"], "could not read absent.csv"),
    ] {
        let failed = plainsight(folder.path(), &[&["link"], arguments].concat());
        assert!(!failed.well && failed.complained.contains(told), "{arguments:?}: {failed:?}");
        assert!(!folder.path().join("out").exists() && !folder.path().join("out.unfinished").exists(), "{arguments:?}");
    }
    // A folder of somebody else's that happens to have the name is left alone.
    for name in ["out.progress", "out.unfinished"] {
        let mine = folder.path().join(name).join("mine.txt");
        fs::create_dir(folder.path().join(name)).unwrap();
        fs::write(&mine, "mine").unwrap();
        let failed = plainsight(folder.path(), &["link", "dedupe", &fake_1000(), "--model", "person", "--id", "unique_id", "--out", "out"]);
        assert!(!failed.well && failed.complained.contains("mine.txt, which is not this program's"), "{failed:?}");
        assert_eq!(fs::read_to_string(&mine).unwrap(), "mine");
        fs::remove_dir_all(folder.path().join(name)).unwrap();
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

/// One quote that nobody closed must not swallow the rows that follow, and every wrong cell is told, not only the first like it.
#[test]
fn an_open_quote_costs_one_row_and_every_wrong_cell_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let mut text = String::from("given_name,family_name,dob\n");
    for at in 0..200 {
        let given = if at == 50 { "\"Given".to_owned() } else { format!("Given{}", at / 2) };
        let born = if at >= 185 { "0000-01-01".to_owned() } else { format!("19{:02}-03-04", 40 + at / 4) };
        text.push_str(&format!("{given},Family{},{born}\n", at / 2));
    }
    text.push_str("\"Two\nlines\",Family,1990-01-01\n");
    fs::write(folder.path().join("quote.csv"), text).unwrap();
    let done = plainsight(folder.path(), &["link", "dedupe", "quote.csv", "--out", "out"]);
    assert!(done.well && done.complained.contains("row 52: a quote is opened and not closed; the row was left out"), "{done:?}");
    let summary: serde_json::Value = serde_json::from_str(&done.said).unwrap();
    assert_eq!((summary["records"].as_u64(), summary["problems"].as_u64()), (Some(200), Some(16)), "{summary}");
    let problems = fs::read_to_string(folder.path().join("out/problems.txt")).unwrap();
    assert_eq!(problems.lines().count(), 16);
    assert!(problems.ends_with("quote.csv row 201, dob: not a date of the years 1000 to 2200; it counts as missing\n"), "{problems}");
    let kept = plainsight(folder.path(), &["link", "keep", "quote.csv", "--in", "kept"]);
    assert!(kept.well && kept.complained.contains("dob: not a date") && kept.complained.contains("and 5 more"), "{kept:?}");
}

/// Two files number their records alike: whose a number is stays clear, and only pairs that can be linked are measured.
#[test]
fn two_files_may_number_their_records_alike() {
    let folder = tempfile::tempdir().unwrap();
    let line = |at: usize, who: usize| format!("{at},Given{who},Family{who},077009{:05},p{who}\n", who * 7);
    let head = "id,given_name,family_name,phone,person\n";
    // Of each person two records in the first file and one in the second.
    let one: String = (0..120).map(|at| line(at, at / 2)).collect();
    let other: String = (0..60).map(|at| line(at, at)).collect();
    fs::write(folder.path().join("one.csv"), format!("{head}{one}")).unwrap();
    fs::write(folder.path().join("other.csv"), format!("{head}{other}")).unwrap();
    let labels: String = (0..20).map(|at| format!("{},{at},yes\n", at * 2)).collect();
    fs::write(folder.path().join("labels.csv"), format!("one,other,same\n{labels}119,0,no\n")).unwrap();
    let files = ["link", "between", "one.csv", "other.csv", "--id", "id", "--truth", "person", "--labels", "labels.csv", "--out", "out"];
    let done = plainsight(folder.path(), &files);
    assert!(done.well, "{done:?}");
    let summary: serde_json::Value = serde_json::from_str(&done.said).unwrap();
    assert_eq!(summary["measured"]["true_pairs"], 120, "{summary}");
    assert_eq!(summary["measured"]["pairs"]["recall"], 1.0, "{summary}");
    let groups = fs::read_to_string(folder.path().join("out/groups.csv")).unwrap();
    assert!(groups.starts_with("file,record,group_file,group\n1,0,1,0\n") && groups.contains("\n2,0,1,0\n"), "{groups}");
}

/// Of more columns than are compared those that tell most are taken, and what was not is said.
#[test]
fn of_many_columns_those_that_tell_most_are_compared() {
    let folder = tempfile::tempdir().unwrap();
    let small: Vec<String> = (0..18).map(|at| format!("c{at}")).collect();
    let mut text = format!("{},Nume,Prenume,Data nașterii,Telefon,Naționalitate\n", small.join(","));
    for at in 0..60 {
        let cells: Vec<String> = (0..18).map(|each| ((at * 7 + each) % 5).to_string()).collect();
        text.push_str(&format!("{},Pop{},Ana{},19{:02}-01-02,07220012{:02},x\n", cells.join(","), at / 2, at / 2, 40 + at / 2, at / 2));
    }
    fs::write(folder.path().join("wide.csv"), text).unwrap();
    let done = plainsight(folder.path(), &["link", "dedupe", "wide.csv", "--out", "out"]);
    assert!(done.well, "{done:?}");
    let summary: serde_json::Value = serde_json::from_str(&done.said).unwrap();
    let told = |list: &str, name: &str| summary[list].as_array().unwrap().iter().any(|each| each == name);
    for name in ["Nume", "Prenume", "Data nașterii", "Telefon"] {
        assert!(told("compared", name), "{name}: {summary}");
    }
    assert!(told("not_compared", "Naționalitate") && told("not_compared", "c17") && !told("compared", "c17"), "{summary}");
}

/// Records that come later are linked as if they had come together; what a colleague decided is kept, and taken back.
#[test]
fn records_are_kept_added_to_and_decided_about() {
    let folder = tempfile::tempdir().unwrap();
    let all = fs::read_to_string(fake_1000()).unwrap();
    let (head, rows) = all.split_once('\n').unwrap();
    let rows: Vec<&str> = rows.lines().collect();
    let write = |name: &str, rows: &[&str]| fs::write(folder.path().join(name), format!("{head}\n{}\n", rows.join("\n"))).unwrap();
    write("first.csv", &rows[..600]);
    write("rest.csv", &rows[600..]);
    let run = |arguments: &[&str]| plainsight(folder.path(), &[&["link"], arguments].concat());
    let json = |text: &str| -> serde_json::Value { serde_json::from_str(text).unwrap() };
    let kept = run(&["keep", "first.csv", "--in", "kept", "--id", "unique_id", "--leave-out", "cluster"]);
    assert!(kept.well, "{kept:?}");
    assert_eq!(json(&kept.said)["records"], 600);
    assert!(!run(&["keep", "first.csv", "--in", "kept"]).well, "nothing is written over");
    let read = |name: &str| fs::read_to_string(folder.path().join("kept").join(name)).unwrap();
    let before = read("links.csv");

    // An addition that was cut short has not happened, and is made again.
    let append = |name: &str, text: &str| fs::write(folder.path().join("kept").join(name), format!("{}{text}", read(name))).unwrap();
    append("records.csv", "600,Torn,Rec");
    append("links.csv", "5,600,9.5\n5,60");
    let added = run(&["add", "kept", "rest.csv", "--id", "unique_id"]);
    assert!(added.well && added.complained.contains("cut short"), "{added:?}");
    let told: Vec<serde_json::Value> = added.said.lines().map(json).collect();
    assert_eq!((told.len(), told[400]["records"].as_u64()), (401, Some(1000)));
    assert!(told.iter().filter(|each| each["links"].as_array().is_some_and(|links| !links.is_empty())).count() > 200);
    assert!(read("links.csv").starts_with(&before) && !read("links.csv").contains("5,600,9.5"));
    let twice = run(&["add", "kept", "rest.csv", "--id", "unique_id"]);
    assert!(!twice.well && twice.complained.contains("row 2: there is a record \"600\" already"), "{twice:?}");

    let group = |record: &str| json(&run(&["group", "kept", record]).said);
    let (zero, last) = (group("0"), group("999"));
    assert!(zero["records"].as_array().unwrap().len() > 1 && zero["group"] != last["group"]);
    let decided = run(&["decide", "kept", "same", "0", "999", "--why", "she told us, with a comma"]);
    assert_eq!(json(&decided.said)["decision"], 1);
    let both = group("999");
    let names = |group: &serde_json::Value| group["records"].as_array().unwrap().len();
    assert_eq!(names(&both), names(&zero) + names(&last), "whole groups become one");
    let held = both["held_by"].as_array().unwrap();
    assert!(held.iter().any(|each| each["why"] == "she told us, with a comma"), "{both}");
    assert!(held.iter().any(|each| each["because"].as_array().is_some_and(|parts| parts.len() > 3)), "every link says why");
    assert!(run(&["take-back", "kept", "1", "--why", "it was\nher sister"]).well);
    assert_eq!((group("0"), group("999")), (zero, last), "as if it had never been");
    assert!(!run(&["take-back", "kept", "1", "--why", "again"]).well);
    assert!(read("decisions.csv").contains("it was her sister"), "what was decided stays on record");
    // The index is made of the other files: when it is gone, cut off or of a former state, it is made anew, and nothing else changes.
    let path = |name: &str| folder.path().join("kept").join(name);
    let (index, places) = (fs::read(path("links.index")).unwrap(), fs::read(path("records.places")).unwrap());
    let (zero, last) = (group("0"), group("999"));
    let same = || assert_eq!((group("0"), group("999")), (zero.clone(), last.clone()));
    fs::remove_file(path("links.index")).unwrap();
    let anew = run(&["group", "kept", "0"]);
    assert!(anew.well && anew.complained.contains("made anew"), "{anew:?}");
    same();
    fs::write(path("records.places"), &places[..places.len() - 3]).unwrap();
    same();
    fs::write(path("links.index"), &index).unwrap();
    same();
    fs::write(path("links.index"), &index[..index.len() / 2]).unwrap();
    same();
    assert!(!run(&["add", "kept", "rest.csv", "--id", "unique_id"]).well, "they are still known by their numbers");
    for wrong in [vec!["group", "kept", "nobody"], vec!["group", "nowhere", "0"], vec!["decide", "kept", "apart", "0", "0", "--why", "x"]] {
        let ended = run(&wrong);
        assert!(!ended.well && ended.complained.starts_with("error: "), "{ended:?}");
    }
}

/// A witness sees a plate in passing; the model of vehicles knows what that looks like, however few there are.
#[test]
fn few_records_are_linked_by_the_model_of_their_kind() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| fs::write(folder.path().join(name), text).unwrap();
    write(
        "seen.csv",
        "id,plate,make,model,colour\na,QB12 CDE,Ford,Transit,white\nb,Q812CDE,Ford,,white\nc,QB12,ford,Transit,white\nd,ZK70 XYO,BMW,3 Series,black\ne,ZK70 XY0,,,black\nf,IH44 GHA,Audi,A4,red\n",
    );
    let run = |arguments: &[&str]| plainsight(folder.path(), &[&["link"], arguments].concat());
    let done = run(&["dedupe", "seen.csv", "--id", "id", "--model", "vehicle", "--out", "found"]);
    assert!(done.well, "{done:?}");
    let groups = fs::read_to_string(folder.path().join("found/groups.csv")).unwrap();
    assert_eq!(groups, "record,group\na,a\nb,a\nc,a\nd,d\ne,d\nf,f\n");
    for kind in ["person", "phone", "venue", "organisation", "account"] {
        let wrong = run(&["dedupe", "seen.csv", "--id", "id", "--model", kind, "--leave-out", "model", "--out", "none"]);
        assert!(!wrong.well && wrong.complained.contains(&format!("the model {kind} compares the columns")), "{wrong:?}");
    }
    assert!(!run(&["dedupe", "seen.csv", "--model", "nowhere.toml", "--out", "none"]).well);

    // Which pairs would be looked at, and what somebody knows of pairs.
    let rules = run(&["rules", &fake_1000(), "--leave-out", "cluster"]);
    assert!(rules.said.lines().count() > 2 && rules.said.contains("pairs_at_most"), "{rules:?}");
    let labelled = |text: &str, out: &str| {
        write("labels.csv", text);
        run(&["dedupe", &fake_1000(), "--id", "unique_id", "--leave-out", "cluster", "--labels", "labels.csv", "--out", out])
    };
    assert!(labelled("one,other,same\n0,1,yes\n0,2,yes\n0,600,no\n", "labelled").well);
    for (text, complaint) in [
        ("one,other,same\n0,1,perhaps\n", "row 2: \"perhaps\" is neither yes nor no"),
        ("one,other,same\n0,1,yes\n0,nobody,yes\n", "row 3: there is no record \"nobody\""),
        ("one,other\n0,1\n", "it needs one, other and same"),
    ] {
        let wrong = labelled(text, "none");
        assert!(!wrong.well && wrong.complained.contains(complaint), "{wrong:?}");
    }
}

/// The same records in Parquet, with numbers as numbers and days as days, give the same groups.
#[test]
fn a_parquet_file_is_read_as_the_csv_file_it_was_made_of() {
    use parquet::data_type::{ByteArray, ByteArrayType, Int32Type, Int64Type};
    use parquet::file::writer::SerializedFileWriter;

    let folder = tempfile::tempdir().unwrap();
    let mut reader = csv::Reader::from_path(fake_1000()).unwrap();
    let headings = reader.headers().unwrap().clone();
    let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    let columns: String = headings
        .iter()
        .map(|heading| match heading {
            "unique_id" => "required int64 unique_id;".to_owned(),
            "dob" => "optional int32 dob (DATE);".to_owned(),
            other => format!("optional binary {other} (UTF8);"),
        })
        .collect();
    let schema = parquet::schema::parser::parse_message_type(&format!("message people {{{columns}}}")).unwrap();
    let file = fs::File::create(folder.path().join("people.parquet")).unwrap();
    let mut writer = SerializedFileWriter::new(file, schema.into(), std::sync::Arc::default()).unwrap();
    let mut group = writer.next_row_group().unwrap();
    for (at, heading) in headings.iter().enumerate() {
        let mut column = group.next_column().unwrap().unwrap();
        let cells: Vec<&str> = rows.iter().map(|row| row[at].trim()).filter(|cell| !cell.is_empty()).collect();
        let there: Vec<i16> = rows.iter().map(|row| i16::from(!row[at].trim().is_empty())).collect();
        match heading {
            "unique_id" => {
                let numbers: Vec<i64> = cells.iter().map(|cell| cell.parse().unwrap()).collect();
                column.typed::<Int64Type>().write_batch(&numbers, None, None).unwrap();
            }
            "dob" => {
                let day = |cell: &&str| {
                    let parts: Vec<i32> = cell.split('-').map(|part| part.parse().unwrap()).collect();
                    let month = time::Month::try_from(u8::try_from(parts[1]).unwrap()).unwrap();
                    let day = time::Date::from_calendar_date(parts[0], month, u8::try_from(parts[2]).unwrap()).unwrap();
                    day.to_julian_day() - time::OffsetDateTime::UNIX_EPOCH.date().to_julian_day()
                };
                let days: Vec<i32> = cells.iter().map(day).collect();
                column.typed::<Int32Type>().write_batch(&days, Some(&there), None).unwrap();
            }
            _ => {
                let texts: Vec<ByteArray> = cells.iter().map(|cell| ByteArray::from(*cell)).collect();
                column.typed::<ByteArrayType>().write_batch(&texts, Some(&there), None).unwrap();
            }
        }
        column.close().unwrap();
    }
    group.close().unwrap();
    writer.close().unwrap();

    let link = |file: &str, out: &str| {
        let done = plainsight(folder.path(), &["link", "dedupe", file, "--id", "unique_id", "--leave-out", "cluster", "--out", out]);
        assert!(done.well, "{done:?}");
        fs::read_to_string(folder.path().join(out).join("groups.csv")).unwrap()
    };
    assert_eq!(link("people.parquet", "parquet"), link(&fake_1000(), "csv"));
    // A file that was cut short is told as such, and nothing is written.
    let whole = fs::read(folder.path().join("people.parquet")).unwrap();
    fs::write(folder.path().join("cut.parquet"), &whole[..whole.len() / 2]).unwrap();
    let cut = plainsight(folder.path(), &["link", "dedupe", "cut.parquet", "--out", "none"]);
    assert!(!cut.well && cut.complained.contains("cut.parquet is damaged"), "{cut:?}");
}
