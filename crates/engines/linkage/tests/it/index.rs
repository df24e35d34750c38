//! Records that come one by one, and what people decide, against all records at once.

use std::io::Cursor;
use std::sync::OnceLock;

use plainsight_linkage::{
    ColumnSpec, Decision, Held, Index, Key, Linked, Model, Options, Rule, Shelving, Table, TableBuilder, between, dedupe, shelve, train,
};
use plainsight_names::Unwatched;
use proptest::prelude::*;

use super::sets::OPTIONS;

const HEADINGS: [&str; 4] = ["given_name", "family_name", "dob", "phone"];

type Record = [String; 4];

fn builder() -> TableBuilder {
    let columns: Vec<ColumnSpec> = HEADINGS.iter().map(|heading| ColumnSpec::guessed(heading)).collect();
    TableBuilder::new(&columns, 2).unwrap()
}

fn push(builder: &mut TableBuilder, records: &[Record]) {
    for (at, record) in records.iter().enumerate() {
        builder.push(u16::try_from(at % 2).unwrap(), record.iter().map(String::as_str)).unwrap();
    }
}

fn table(records: &[Record]) -> Table {
    let mut builder = builder();
    push(&mut builder, records);
    builder.finish().0
}

type InMemory = Index<Cursor<Vec<u8>>, Vec<Vec<String>>>;

/// An index of some records.
fn index(records: &[Record], model: &Model, options: &Options) -> InMemory {
    let kept = records.iter().map(|record| record.to_vec()).collect();
    Index::new(&table(records), model.clone(), kept, options, &Unwatched).unwrap()
}

fn add(index: &mut InMemory, records: &[Record], from: usize) {
    for (at, record) in records.iter().enumerate().skip(from) {
        index.add(u16::try_from(at % 2).unwrap(), record.iter().map(String::as_str)).unwrap();
    }
}

/// All records at once, by the same model and the frequencies of the first of them.
fn batch(records: &[Record], first: usize, model: &Model, options: &Options) -> Linked {
    let mut builder = TableBuilder::going_on(table(&records[..first]), 2);
    for (at, record) in records.iter().enumerate().skip(first) {
        builder.push(u16::try_from(at % 2).unwrap(), record.iter().map(String::as_str)).unwrap();
    }
    let run = if options.across { between } else { dedupe };
    run(&builder.finish().0, model, options, &Unwatched).unwrap()
}

fn assert_same(index: &mut InMemory, linked: &Linked) {
    assert_eq!(index.links().unwrap(), linked.pairs);
    assert_eq!(index.groups().unwrap(), linked.clusters);
}

/// Few names, dates and telephones, so that many meet.
fn records(count: usize, seed: u64) -> Vec<Record> {
    let mut state = seed;
    let mut draw = |below: u64| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) % below
    };
    (0..count)
        .map(|_| {
            let given = ["Ana", "Anna", "Ioana", "Maria", "Marija", "Elena", "Ștefan", "Stefan", "Иван", "Ivan"][draw(10) as usize];
            let family = ["Pop", "Popa", "Popescu", "Rusu", "Russu", "Marku", "Dimitrov"][draw(7) as usize];
            let born = format!("19{}{}-0{}-1{}", 7 + draw(2), draw(3), 1 + draw(2), draw(3));
            let phone = if draw(4) == 0 { String::new() } else { format!("07700 9001{:02}", draw(30)) };
            [given.to_owned(), family.to_owned(), born, phone]
        })
        .collect()
}

#[test]
fn records_that_come_one_by_one_end_as_all_at_once() {
    for across in [false, true] {
        let options = Options { across, ..OPTIONS };
        let records = records(400, 7);
        let first = 150;
        let model = train(&table(&records[..first]), &[], &options, &Unwatched).unwrap();
        let mut index = self::index(&records[..first], &model, &options);
        for next in [151, 200, 400] {
            let done = index.len();
            add(&mut index, &records[..next], done);
            assert_same(&mut index, &batch(&records[..next], first, &model, &options));
        }
    }
}

/// By every rule there is, each alone: while blocks are small, when they become heavy, and after.
#[test]
fn blocks_that_become_heavy_part_what_all_at_once_would_not_have_compared() {
    let records = records(700, 3);
    let first = 60;
    let model = train(&table(&records[..first]), &[], &OPTIONS, &Unwatched).unwrap();
    let phone = || Key::Value("phone".to_owned());
    for keys in [vec![Key::Word], vec![Key::TwoWords], vec![phone()], vec![Key::Value("dob".to_owned()), Key::Word], vec![]] {
        let model = Model { rules: vec![Rule { keys: keys.clone() }], threshold: 0.05, ..model.clone() };
        let mut index = self::index(&records[..first], &model, &OPTIONS);
        let steps: &[usize] = if keys.is_empty() { &[120] } else { &[100, 320, 420, 700] };
        for next in steps {
            let done = index.len();
            add(&mut index, &records[..*next], done);
            assert_same(&mut index, &batch(&records[..*next], first, &model, &OPTIONS));
        }
    }
}

/// A telephone of thousands: its block is heavy from the beginning or becomes it, and the answer is the same.
#[test]
fn a_heavy_telephone_is_the_same_one_by_one() {
    let mut records = records(900, 11);
    for record in &mut records {
        record[3] = "07700 900199".to_owned();
    }
    let model = train(&table(&records[..500]), &[], &OPTIONS, &Unwatched).unwrap();
    let rules = vec![Rule { keys: vec![Key::Value("phone".to_owned())] }];
    let model = Model { rules, threshold: 0.05, ..model };
    for first in [390, 450] {
        let mut index = self::index(&records[..first], &model, &OPTIONS);
        add(&mut index, &records, first);
        assert_same(&mut index, &batch(&records, first, &model, &OPTIONS));
    }
}

#[test]
fn who_is_said_to_be_the_same_is_and_who_is_said_to_be_apart_never_is() {
    let records = records(120, 5);
    let model = train(&table(&records), &[], &OPTIONS, &Unwatched).unwrap();
    let mut index = self::index(&records, &model, &OPTIONS);
    let before = index.groups().unwrap();
    let strangers = (0..120).find(|row| before[*row as usize] != before[0]).unwrap();
    let moved = index.decide(1, Decision::Same(strangers, 0)).unwrap();
    assert_eq!(index.groups().unwrap()[strangers as usize], index.groups().unwrap()[0]);
    assert!(moved.contains(&(strangers, 0)), "{moved:?}");
    assert!(index.held_by(0).unwrap().contains(&Held::Decided(1, Decision::Same(strangers, 0))));
    // Whoever says that they are apart is heard first.
    index.decide(2, Decision::Apart(0, strangers)).unwrap();
    assert_ne!(index.groups().unwrap()[strangers as usize], index.groups().unwrap()[0]);
    assert!(!index.held_by(0).unwrap().iter().any(|held| matches!(held, Held::Decided(..))));
    index.take_back(2).unwrap();
    assert_eq!(index.groups().unwrap()[strangers as usize], index.groups().unwrap()[0]);
    assert!(!index.take_back(1).unwrap().is_empty());
    assert_eq!(index.groups().unwrap(), before);
    assert_eq!(index.take_back(1).unwrap(), []);
    assert_eq!(index.decide(3, Decision::Same(7, 9_999_999)).unwrap(), [], "a record that is not there");
}

/// What happens to an index.
#[derive(Clone, Debug)]
enum Step {
    Add,
    Decide(Decision),
    TakeBack(usize),
}

fn step() -> impl Strategy<Value = Step> {
    let pair = || (0_u32..70, 0_u32..70);
    prop_oneof![
        3 => Just(Step::Add),
        2 => pair().prop_map(|(one, other)| Step::Decide(Decision::Same(one, other))),
        1 => pair().prop_map(|(one, other)| Step::Decide(Decision::Apart(one, other))),
        3 => (0_usize..12).prop_map(Step::TakeBack),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    /// Merge, add, unmerge in any order: as if never merged, with the links that came later.
    #[test]
    fn what_is_taken_back_leaves_no_trace(steps in prop::collection::vec(step(), 1..40), seed in 0_u64..1000) {
        let records = records(70, seed);
        let first = 40;
        let model = train(&table(&records[..first]), &[], &OPTIONS, &Unwatched).unwrap();
        let new = || self::index(&records[..first], &model, &OPTIONS);
        let mut index = new();
        let mut standing: Vec<(u64, Decision)> = Vec::new();
        for (number, step) in (0_u64..).zip(steps) {
            match step {
                Step::Add if index.len() < records.len() => {
                    let next = index.len() + 1;
                    add(&mut index, &records[..next], next - 1);
                }
                Step::Add => {}
                Step::Decide(decision) => {
                    index.decide(number, decision).unwrap();
                    standing.push((number, decision));
                }
                Step::TakeBack(at) if at < standing.len() => {
                    index.take_back(standing.remove(at).0).unwrap();
                }
                Step::TakeBack(_) => {}
            }
        }
        // Those decisions that stand, made in another order on an index that saw all records at once.
        let mut straight = new();
        add(&mut straight, &records[..index.len()], first);
        for (number, decision) in standing.iter().rev() {
            straight.decide(*number, *decision).unwrap();
        }
        prop_assert_eq!(index.groups().unwrap(), straight.groups().unwrap());
        prop_assert_eq!(index.links().unwrap(), straight.links().unwrap());
        for (number, _) in &standing {
            index.take_back(*number).unwrap();
        }
        prop_assert_eq!(index.groups().unwrap(), batch(&records[..index.len()], first, &model, &OPTIONS).clusters);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]

    /// A file that a disk damaged gives an error or another answer; it never stops the program.
    #[test]
    fn a_damaged_index_stops_nobody(at in 0_usize..60_000, byte in any::<u8>(), cut in prop::option::of(0_usize..60_000)) {
        let records = records(80, 4);
        let (table, kept) = (table(&records), || records.iter().map(|record| record.to_vec()).collect::<Vec<_>>());
        let model = MODEL.get_or_init(|| train(&table, &[], &OPTIONS, &Unwatched).unwrap());
        let linked = dedupe(&table, model, &OPTIONS, &Unwatched).unwrap();
        let mut file = Vec::new();
        let shelving = Shelving { table: &table, model, links: &linked.pairs, groups: &linked.clusters, across: false, names: None, stamp: 7 };
        shelve(&mut file, shelving).unwrap();
        let whole = Index::open(Cursor::new(file.clone()), model.clone(), kept()).unwrap();
        prop_assert_eq!((whole.len(), whole.stamp()), (80, 7));
        let place = at % file.len();
        file[place] = byte;
        if let Some(cut) = cut {
            file.truncate(cut % file.len());
        }
        if let Ok(mut index) = Index::open(Cursor::new(file), model.clone(), kept()) {
            for record in &records[..3] {
                let _ = index.add(0, record.iter().map(String::as_str));
            }
            let _ = (index.members(1), index.held_by(2), index.groups(), index.explain(0, 1), index.decide(1, Decision::Same(0, 2)));
        }
    }
}

static MODEL: OnceLock<Model> = OnceLock::new();

/// The evidence is what it was: nobody's weight changes because others came.
#[test]
fn what_a_link_weighs_stays_as_it_was() {
    let records = records(300, 9);
    let model = train(&table(&records[..200]), &[], &OPTIONS, &Unwatched).unwrap();
    let mut index = self::index(&records[..200], &model, &OPTIONS);
    let before = index.links().unwrap();
    add(&mut index, &records, 200);
    let after = index.links().unwrap();
    assert!(before.iter().all(|pair| after.contains(pair)));
}

/// A cell that cannot be read is told with the very record that it is of.
#[test]
fn a_wrong_cell_is_told_with_its_record() {
    let mut records = records(60, 2);
    let model = train(&table(&records), &[], &OPTIONS, &Unwatched).unwrap();
    let mut index = self::index(&records, &model, &OPTIONS);
    records[0][2] = "soon".to_owned();
    let wrong: Vec<usize> = records[..3]
        .iter()
        .map(|record| index.add(0, record.iter().map(String::as_str)).unwrap())
        .flat_map(|added| added.bad.into_iter().map(move |bad| (bad.row, added.record)))
        .map(|(row, record)| {
            assert_eq!(row, record as usize);
            row
        })
        .collect();
    assert_eq!(wrong, [60]);
}

/// A name in another script is another value, whichever of the two came first: the answer does not depend on their order.
#[test]
fn a_name_in_two_scripts_is_likened_the_same_whoever_comes_first() {
    let record = |given: &str| [given, "Popescu", "1971-02-12", ""].map(str::to_owned);
    let weight = |records: &[Record], one: u32, other: u32| {
        let model = train(&table(&self::records(60, 3)), &[], &OPTIONS, &Unwatched).unwrap();
        let parts = plainsight_linkage::explain(&table(records), &model, one, other).unwrap();
        parts.into_iter().filter(|part| part.field == "given name").map(|part| part.level).next()
    };
    let straight = weight(&[record("Ivan"), record("Ioana"), record("Иван")], 0, 1);
    assert_eq!(straight, weight(&[record("Иван"), record("Ioana"), record("Ivan")], 2, 1));
    assert_ne!(straight, weight(&[record("Иван"), record("Ioana"), record("Ivan")], 0, 1), "what they are read as differs");
}
