//! Reads the sets, and counts pairs.

use std::collections::HashMap;
use std::path::PathBuf;

use plainsight_linkage::{ColumnSpec, Linked, Options, Table, TableBuilder};

pub(crate) const OPTIONS: Options = Options { seed: 1, threads: 2, across: false };

/// A set of the folder `data/linkage`, and who each record truly is.
pub(crate) fn read(file: &str, truth: &str) -> (Table, Vec<String>) {
    let file = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../data/linkage").join(file);
    let mut reader = csv::ReaderBuilder::new().trim(csv::Trim::All).from_path(file).unwrap();
    let headings: Vec<String> = reader.headers().unwrap().iter().map(str::to_owned).collect();
    let truth_at = headings.iter().position(|heading| heading == truth).unwrap();
    let wanted: Vec<usize> = (0..headings.len()).filter(|at| *at != truth_at && headings[*at] != "unique_id").collect();
    let columns: Vec<ColumnSpec> = wanted.iter().map(|at| ColumnSpec::guessed(&headings[*at])).collect();
    let mut builder = TableBuilder::new(&columns, 2).unwrap();
    let mut truths = Vec::new();
    for row in reader.records() {
        let row = row.unwrap();
        builder.push(0, wanted.iter().map(|at| &row[*at])).unwrap();
        // FEBRL: rec-1496-org and rec-1496-dup-0 are one.
        truths.push(if truth == "rec_id" {
            row[truth_at].split('-').take(2).collect::<Vec<_>>().join("-")
        } else {
            row[truth_at].to_owned()
        });
    }
    (builder.finish().0, truths)
}

/// F1 of the pairs that lie in one group.
pub(crate) fn f1(linked: &Linked, truth: &[String]) -> f64 {
    let pairs = |sizes: HashMap<(u32, &str), u64>| -> u64 { sizes.values().map(|size| size * (size - 1) / 2).sum() };
    let mut both: HashMap<(u32, &str), u64> = HashMap::new();
    let mut said: HashMap<(u32, &str), u64> = HashMap::new();
    let mut are: HashMap<(u32, &str), u64> = HashMap::new();
    for (leader, truth) in linked.clusters.iter().zip(truth) {
        *both.entry((*leader, truth)).or_default() += 1;
        *said.entry((*leader, "")).or_default() += 1;
        *are.entry((0, truth)).or_default() += 1;
    }
    2.0 * pairs(both) as f64 / (pairs(said) + pairs(are)) as f64
}
