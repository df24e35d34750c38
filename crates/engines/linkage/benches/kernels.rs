//! How long each stage of linkage takes on a thousand invented people: `cargo bench -p plainsight-linkage`.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::missing_docs_in_private_items,
    reason = "a benchmark of nothing must not run"
)]

use std::hint::black_box;
use std::path::Path;

use criterion::{BatchSize, Criterion, criterion_group, criterion_main};
use plainsight_linkage::{ColumnSpec, Index, Options, Table, TableBuilder, dedupe, estimate, explain, suggested, train, unlinkables};
use plainsight_names::Unwatched;

const OPTIONS: Options = Options { seed: 1, threads: 1, across: false };

type Rows = (Vec<ColumnSpec>, Vec<Vec<String>>);

fn rows() -> Rows {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../data/linkage/fake_1000.csv");
    let mut reader = csv::Reader::from_path(file).expect("the set of a thousand people");
    let headings: Vec<String> = reader.headers().expect("headings").iter().map(str::to_owned).collect();
    let wanted: Vec<usize> = (0..headings.len()).filter(|at| !["unique_id", "cluster"].contains(&headings[*at].as_str())).collect();
    let rows = reader.records().flatten().map(|row| wanted.iter().map(|at| row[*at].to_owned()).collect()).collect();
    (wanted.iter().map(|at| ColumnSpec::guessed(&headings[*at])).collect(), rows)
}

fn table((columns, rows): &Rows) -> Table {
    let mut builder = TableBuilder::new(columns, 1).expect("columns");
    for row in rows {
        builder.push(0, row.iter().map(String::as_str)).expect("room");
    }
    builder.finish().0
}

fn stages(criterion: &mut Criterion) {
    let rows = rows();
    let records = table(&rows);
    let model = train(&records, &[], &OPTIONS, &Unwatched).expect("a model");
    criterion.bench_function("reading the records", |bench| bench.iter(|| table(black_box(&rows))));
    criterion.bench_function("rules and their blocks", |bench| bench.iter(|| suggested(black_box(&records), 1, &Unwatched)));
    if let Some(rule) = model.rules.first() {
        criterion.bench_function("counting the pairs of a rule", |bench| bench.iter(|| estimate(&records, black_box(rule))));
    }
    criterion.bench_function("learning a model", |bench| bench.iter(|| train(black_box(&records), &[], &OPTIONS, &Unwatched)));
    criterion.bench_function("comparing all pairs and grouping", |bench| {
        bench.iter(|| dedupe(black_box(&records), &model, &OPTIONS, &Unwatched))
    });
    criterion.bench_function("explaining a pair", |bench| bench.iter(|| explain(&records, &model, black_box(0), black_box(1))));
    criterion.bench_function("each record with itself", |bench| bench.iter(|| unlinkables(black_box(&records), &model)));
    let index = || Index::new(&table(&rows), model.clone(), rows.1.clone(), &OPTIONS, &Unwatched).expect("an index");
    let one: Vec<&str> = rows.1.first().into_iter().flatten().map(String::as_str).collect();
    criterion.bench_function("adding a record", |bench| {
        bench.iter_batched_ref(index, |index| index.add(0, one.iter().copied()).map(|added| added.links.len()), BatchSize::LargeInput);
    });
}

criterion_group!(kernels, stages);
criterion_main!(kernels);
