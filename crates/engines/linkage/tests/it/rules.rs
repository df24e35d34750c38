//! The rules that hold whatever the records.

use std::collections::BTreeMap;
use std::sync::Mutex;

use plainsight_linkage::{
    ColumnSpec, Compared, Evidence, Field, Key, Kind, Label, Level, Measure, Model, ModelError, Options, Progress, Rule, RunError, Table,
    TableBuilder, TableError, Unreadable, between, dedupe, explain, go_on, suggested, teach, train,
};
use plainsight_names::{Unwatched, Watch};
use proptest::prelude::*;

use super::sets::OPTIONS;

fn table(headings: &[&str], rows: &[&[&str]]) -> Table {
    let columns: Vec<ColumnSpec> = headings.iter().map(|heading| ColumnSpec::guessed(heading)).collect();
    let mut builder = TableBuilder::new(&columns, 2).unwrap();
    for (at, row) in rows.iter().enumerate() {
        builder.push(u16::try_from(at % 2).unwrap(), row.iter().copied()).unwrap();
    }
    builder.finish().0
}

/// One field with the month of birth of the textbooks: those who are one person agree 95 times in 100, strangers by chance
/// one time in twelve (Fellegi and Sunter 1969; Blakely and Salmond 2002 work the same numbers).
fn month_of_birth() -> Model {
    let level = |name: &str, m, u| Level { name: name.to_owned(), m, u };
    let field = Field { name: "month".to_owned(), measure: Measure::Column(Kind::Exact), columns: vec!["year".to_owned()] };
    let evidence = Evidence { field, levels: vec![level("different", 0.05, 11.0 / 12.0), level("the same", 0.95, 1.0 / 12.0)] };
    Model { prior: 0.5, household: 0.0, threshold: 0.5, records: 0, rules: vec![Rule::default()], evidence: vec![evidence] }
}

#[test]
fn weights_are_the_logarithms_of_the_odds() {
    // Twelve values, one record each and one twice: a value is as frequent as chance says, so that frequency adds nothing.
    let rows: Vec<Vec<String>> = (0..12).map(|month| vec![month.to_string()]).chain([vec!["0".to_owned()]]).collect();
    let rows: Vec<Vec<&str>> = rows.iter().map(|row| row.iter().map(String::as_str).collect()).collect();
    let rows: Vec<&[&str]> = rows.iter().map(Vec::as_slice).collect();
    let table = table(&["year"], &rows);
    let weight = |one, other| explain(&table, &month_of_birth(), one, other).unwrap()[1].weight;
    // log2(0.05 / (11/12)) = -4.196; log2(0.95 / (1/12)) = 3.511, and two of thirteen records share the value, not one in
    // twelve: log2((1/12) / (2/13)) = -0.885.
    assert!((weight(1, 2) + 4.196).abs() < 0.001, "{}", weight(1, 2));
    assert!((weight(0, 12) - (3.511 - 0.885)).abs() < 0.001, "{}", weight(0, 12));
}

#[test]
fn a_missing_value_weighs_nothing() {
    let table = table(&["year"], &[&["1"], &[""], &["N/A"]]);
    assert_eq!(explain(&table, &month_of_birth(), 0, 1).unwrap()[1].weight, 0.0);
    assert_eq!(explain(&table, &month_of_birth(), 1, 2).unwrap()[1].level, "missing");
}

#[test]
fn a_model_is_kept_as_text_and_a_wrong_one_is_told() {
    let model = month_of_birth();
    assert_eq!(Model::from_toml(&model.to_toml().unwrap()).unwrap(), model);
    let wrong = |from: &str, to: &str| Model::from_toml(&model.to_toml().unwrap().replacen(from, to, 1)).unwrap_err();
    assert!(matches!(wrong("prior = 0.5", "prior = 1.5"), ModelError::Probability(_)));
    assert!(matches!(wrong("prior", "piror"), ModelError::Form(_)));
    assert!(matches!(wrong("m = 0.05", "m = 0.0"), ModelError::Probability(_)));
    assert_eq!(wrong("year", "nationality"), ModelError::Refused("nationality".to_owned()));
}

/// practice: nobody is taken for somebody by where they come from or what they believe.
#[test]
fn what_must_not_count_is_never_compared() {
    let mut model = month_of_birth();
    model.evidence[0].field.columns = vec!["Religion".to_owned()];
    let table = table(&["Religion"], &[&["a"], &["a"]]);
    assert_eq!(dedupe(&table, &model, &OPTIONS, &Unwatched), Err(RunError::Model(ModelError::Refused("Religion".to_owned()))));
}

#[test]
fn columns_and_cells_that_are_wrong_are_told_with_their_row() {
    let twice = TableBuilder::new(&[ColumnSpec::guessed("dob"), ColumnSpec::guessed("dob")], 2);
    assert_eq!(twice.err(), Some(TableError::TwoColumns("dob".to_owned())));
    let mut builder = TableBuilder::new(&[ColumnSpec::guessed("dob"), ColumnSpec::guessed("name")], 2).unwrap();
    let long = "Ana ".repeat(2_500_000);
    builder.push(0, ["0000-00-00", &long]).unwrap();
    builder.push(0, ["1984-02-29"]).unwrap();
    let (table, bad) = builder.finish();
    assert_eq!((table.len(), bad.len()), (2, 1));
    assert_eq!((bad[0].row, bad[0].column.as_str(), bad[0].why), (0, "dob", Unreadable::Date));
}

#[test]
fn records_without_differences_teach_nothing() {
    for rows in [&[][..], &[&["Ana", ""][..]], &[&["", ""], &["", ""]], &[&["Ana", "x"], &["Ana", "x"]]] {
        let table = table(&["given_name", "town"], rows);
        assert_eq!(train(&table, &[], &OPTIONS, &Unwatched), Err(RunError::Nothing));
    }
    let table = table(&["town"], &[&["a"], &["b"]]);
    assert_eq!(dedupe(&table, &month_of_birth(), &OPTIONS, &Unwatched), Err(RunError::Column("year".to_owned())));
}

/// Links that do not explode: what many share costs in proportion, and is told.
#[test]
fn a_telephone_that_thousands_share_costs_no_square() {
    const MANY: usize = 20_000;
    let columns: Vec<ColumnSpec> = ["given_name", "family_name", "phone"].iter().map(|heading| ColumnSpec::guessed(heading)).collect();
    let mut builder = TableBuilder::new(&columns, 2).unwrap();
    for at in 0..MANY {
        let (given, family) = (format!("Given{}", at % 997), format!("Family{}", at % 1009));
        let own = format!("07700{at:06}");
        builder.push(0, [given.as_str(), family.as_str(), if at % 2 == 0 { "07700 900123" } else { own.as_str() }]).unwrap();
    }
    let (table, _) = builder.finish();
    let model = train(&table, &[], &OPTIONS, &Unwatched).unwrap();
    let linked = dedupe(&table, &model, &OPTIONS, &Unwatched).unwrap();
    assert!(linked.heavy.iter().any(|heavy| heavy.records == MANY / 2), "{:?}", linked.heavy);
    assert!(linked.scored < 100 * MANY as u64, "{}", linked.scored);
}

#[test]
fn two_records_of_one_file_are_never_linked_between_files() {
    let rows: Vec<Vec<String>> =
        (0..200).map(|at| vec![format!("Given{}", at / 4), format!("Family{}", at / 4), format!("07700 9{:05}", at / 4)]).collect();
    let rows: Vec<Vec<&str>> = rows.iter().map(|row| row.iter().map(String::as_str).collect()).collect();
    let rows: Vec<&[&str]> = rows.iter().map(Vec::as_slice).collect();
    let table = table(&["given_name", "family_name", "phone"], &rows);
    let across = Options { across: true, ..OPTIONS };
    let model = train(&table, &[], &across, &Unwatched).unwrap();
    let linked = between(&table, &model, &across, &Unwatched).unwrap();
    assert!(!linked.pairs.is_empty());
    assert!(linked.pairs.iter().all(|pair| pair.one % 2 != pair.other % 2), "files alternate");
    let mut sizes = std::collections::HashMap::new();
    for leader in &linked.clusters {
        *sizes.entry(leader).or_insert(0) += 1;
    }
    assert_eq!(sizes.values().max(), Some(&2));
}

/// What somebody knows counts the more, the more of it there is, and less than nothing never.
#[test]
fn pairs_that_are_known_to_be_the_same_draw_the_model_towards_them() {
    let rows: Vec<Vec<String>> = (0..200).map(|at| vec![format!("Given{}", at / 2), format!("077009{:05}", at / 2)]).collect();
    let rows: Vec<Vec<&str>> = rows.iter().map(|row| row.iter().map(String::as_str).collect()).collect();
    let rows: Vec<&[&str]> = rows.iter().map(Vec::as_slice).collect();
    let table = table(&["given_name", "phone"], &rows);
    // Known to be the same though their telephones differ.
    let known = |count: u32| -> Vec<Label> { (0..count).map(|at| Label { one: at, other: at + 100, same: true }).collect() };
    let same_phone = |labels: &[Label]| {
        let model = train(&table, labels, &OPTIONS, &Unwatched).unwrap();
        let phone = model.evidence.iter().find(|evidence| evidence.field.name == "phone").unwrap();
        phone.levels.last().unwrap().m
    };
    let (none, few, many) = (same_phone(&[]), same_phone(&known(20)), same_phone(&known(90)));
    assert!(none > few && few > many && many < none / 2.0, "{none} {few} {many}");
    // Records that are not there, one with itself, and pairs that differ teach nothing.
    let odd = [Label { one: 3, other: 9999, same: true }, Label { one: 3, other: 3, same: true }, Label { one: 0, other: 1, same: false }];
    assert_eq!(same_phone(&odd), none);
}

/// A telephone has but its number: what is taught on others tells who has it, where the records alone cannot.
#[test]
fn a_model_that_was_taught_serves_records_that_lack_columns_and_are_fewer() {
    let make = |count: usize, salt: usize| -> (Table, Vec<u32>) {
        let columns: Vec<ColumnSpec> = ["phone", "name", "note"].map(ColumnSpec::guessed).to_vec();
        let mut builder = TableBuilder::new(&columns, 1).unwrap();
        let mut entities = Vec::new();
        for at in 0..count {
            let entity = at / 2;
            let phone = format!("07700 9{:05}", entity * 7919 % 99_991 + salt);
            let name = if at % 2 == 0 { format!("Name{}", entity % 50) } else { String::new() };
            builder.push(0, [phone.as_str(), name.as_str(), "x"]).unwrap();
            entities.push(u32::try_from(entity).unwrap());
        }
        (builder.finish().0, entities)
    };
    let (known, entities) = make(4000, 0);
    let model = teach(&known, &entities, &OPTIONS, &Unwatched).unwrap();
    assert_eq!(model.records, 4000);
    let fewer = table(&["phone", "colour"], &[&["07700 900123", "red"], &["+447700900123", "blue"], &["07700 900777", "red"]]);
    let fitted = model.fitted(&fewer).unwrap();
    assert!(fitted.prior > model.prior && fitted.evidence.iter().all(|evidence| evidence.field.name != "name"));
    let linked = dedupe(&fewer, &fitted, &OPTIONS, &Unwatched).unwrap();
    assert_eq!(linked.clusters, [0, 0, 2]);
    assert_eq!(model.fitted(&table(&["town"], &[&["a"], &["b"]])), Err(RunError::Nothing));
    assert_eq!(teach(&known, &entities[1..], &OPTIONS, &Unwatched), Err(RunError::Nothing), "numbers of other records");
}

/// Before anything is compared: how many pairs a rule gives at most is said, and holds.
#[test]
fn rules_say_how_many_pairs_they_give() {
    let (table, _) = super::sets::read("febrl3.csv", "rec_id");
    let rules = suggested(&table, 2, &Unwatched).unwrap();
    assert!(rules.len() > 3);
    let model = train(&table, &[], &OPTIONS, &Unwatched).unwrap();
    assert_eq!(model.rules, rules.iter().map(|(rule, _)| rule.clone()).collect::<Vec<_>>());
    for (rule, most) in rules {
        assert_eq!(plainsight_linkage::estimate(&table, &rule), most);
        let one = Model { rules: vec![rule], ..model.clone() };
        assert!(dedupe(&table, &one, &OPTIONS, &Unwatched).unwrap().scored <= most);
    }
}

#[test]
fn long_work_can_be_stopped() {
    struct Stop;
    impl Watch for Stop {
        fn progress(&self, _: &'static str, _: u64, _: u64) {}
        fn cancelled(&self) -> bool {
            true
        }
    }
    let table = table(&["year"], &[&["1"], &["2"], &["1"]]);
    assert_eq!(train(&table, &[], &OPTIONS, &Stop), Err(RunError::Cancelled));
    assert_eq!(dedupe(&table, &month_of_birth(), &OPTIONS, &Stop), Err(RunError::Cancelled));
}

/// What was compared before it was stopped is not compared again, and the answer is the same.
#[test]
fn what_was_stopped_goes_on_where_it_was() {
    #[derive(Default)]
    struct Notes {
        kept: Mutex<BTreeMap<usize, Compared>>,
        again: Mutex<usize>,
    }
    impl Progress for Notes {
        fn known(&self, portion: usize) -> Option<Compared> {
            self.kept.lock().unwrap().get(&portion).cloned()
        }
        fn done(&self, portion: usize, compared: &Compared) {
            *self.again.lock().unwrap() += 1;
            assert!(self.kept.lock().unwrap().insert(portion, compared.clone()).is_none(), "compared twice");
        }
    }
    struct StopIn<'a>(&'a Notes, usize);
    impl Watch for StopIn<'_> {
        fn progress(&self, _: &'static str, _: u64, _: u64) {}
        fn cancelled(&self) -> bool {
            self.0.kept.lock().unwrap().len() >= self.1
        }
    }
    let (table, _) = super::sets::read("fake_1000.csv", "cluster");
    let model = train(&table, &[], &OPTIONS, &Unwatched).unwrap();
    let rules = vec![Rule { keys: vec![Key::Word] }, Rule { keys: vec![Key::TwoWords] }, Rule { keys: vec![Key::Value("dob".to_owned())] }];
    let model = Model { rules, ..model };
    let whole = dedupe(&table, &model, &OPTIONS, &Unwatched).unwrap();
    let notes = Notes::default();
    let one = Options { threads: 1, ..OPTIONS };
    assert_eq!(go_on(&table, &model, &one, &notes, &StopIn(&notes, 1)), Err(RunError::Cancelled));
    assert_eq!(notes.kept.lock().unwrap().len(), 1);
    assert_eq!(go_on(&table, &model, &OPTIONS, &notes, &Unwatched).unwrap(), whole);
    let all = *notes.again.lock().unwrap();
    assert!(all > 2);
    assert_eq!(go_on(&table, &model, &OPTIONS, &notes, &Unwatched).unwrap(), whole);
    assert_eq!(*notes.again.lock().unwrap(), all, "nothing is left to compare");
}

proptest! {
    /// Whatever the records: every record is in one group, led by its first, and every link is a pair in order.
    #[test]
    fn groups_are_a_partition(rows in prop::collection::vec(("[A-C]{1,3}", "[A-C]{0,3}", "(19[0-9]{2}-0[1-9]-1[0-9])?"), 2..40)) {
        let rows: Vec<[&str; 3]> = rows.iter().map(|(given, family, born)| [given.as_str(), family.as_str(), born.as_str()]).collect();
        let rows: Vec<&[&str]> = rows.iter().map(<[&str; 3]>::as_slice).collect();
        let table = table(&["given_name", "family_name", "dob"], &rows);
        let Ok(model) = train(&table, &[], &OPTIONS, &Unwatched) else { return Ok(()) };
        let linked = dedupe(&table, &model, &OPTIONS, &Unwatched).unwrap();
        prop_assert_eq!(linked.clusters.len(), rows.len());
        for (row, leader) in (0_u32..).zip(&linked.clusters) {
            prop_assert!(*leader <= row && linked.clusters[*leader as usize] == *leader);
        }
        prop_assert!(linked.pairs.windows(2).all(|pair| (pair[0].one, pair[0].other) < (pair[1].one, pair[1].other)));
        prop_assert!(linked.pairs.iter().all(|pair| pair.one < pair.other));
    }
}
