//! Measures a linkage against the truth, where a file has it.

use std::collections::{BTreeMap, HashMap, HashSet};

use serde::Serialize;

use plainsight_linkage::Linked;

#[derive(Serialize)]
pub(super) struct Measured {
    true_pairs: u64,
    pairs: Score,
    groups: Score,
    /// Recall in groups, by the values of the column that was asked for.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    recall_by: BTreeMap<String, f64>,
}

#[derive(Serialize)]
struct Score {
    precision: f64,
    recall: f64,
    f1: f64,
}

impl Score {
    fn of(right: u64, said: u64, are: u64) -> Self {
        let share = |of: u64| if of == 0 { 1.0 } else { right as f64 / of as f64 };
        let (precision, recall) = (share(said), share(are));
        let f1 = if precision + recall > 0.0 { 2.0 * precision * recall / (precision + recall) } else { 0.0 };
        Self { precision: rounded(precision), recall: rounded(recall), f1: rounded(f1) }
    }
}

fn rounded(share: f64) -> f64 {
    (share * 10_000.0).round() / 10_000.0
}

/// Between two files, the first of which has so many records, only pairs of one record each are counted: others are never linked.
pub(super) fn measure(linked: &Linked, truth: &[String], slices: &[String], of_first: Option<usize>) -> Measured {
    let counts = |one: u32, other: u32| of_first.is_none_or(|first| ((one as usize) < first) != ((other as usize) < first));
    let mut are: HashMap<&str, Vec<u32>> = HashMap::new();
    // A record of which the truth is not known stands for itself.
    for (row, name) in (0_u32..).zip(truth).filter(|(_, name)| !name.is_empty()) {
        are.entry(name).or_default().push(row);
    }
    let links: HashSet<(u32, u32)> = linked.pairs.iter().map(|pair| (pair.one, pair.other)).collect();
    let (mut true_pairs, mut found, mut together) = (0, 0, 0);
    let mut by: BTreeMap<String, (u64, u64)> = BTreeMap::new();
    for rows in are.values() {
        for (at, one) in rows.iter().enumerate() {
            for other in rows.iter().skip(at + 1).filter(|other| counts(*one, **other)) {
                true_pairs += 1;
                found += u64::from(links.contains(&(*one, *other)));
                let grouped = linked.clusters.get(*one as usize) == linked.clusters.get(*other as usize);
                together += u64::from(grouped);
                let slice = slices.get(*one as usize).filter(|slice| !slice.is_empty());
                if let Some(slice) = slice {
                    let counts = by.entry(slice.clone()).or_default();
                    *counts = (counts.0 + u64::from(grouped), counts.1 + 1);
                }
            }
        }
    }
    // Of each group, how many records are of the first file and how many of the other.
    let mut sizes: HashMap<u32, [u64; 2]> = HashMap::new();
    for (row, leader) in linked.clusters.iter().enumerate() {
        let [first, second] = sizes.entry(*leader).or_default();
        *(if of_first.is_some_and(|of_first| row >= of_first) { second } else { first }) += 1;
    }
    let pairs = |[first, second]: &[u64; 2]| if of_first.is_some() { first * second } else { first * first.saturating_sub(1) / 2 };
    let said: u64 = sizes.values().map(pairs).sum();
    Measured {
        true_pairs,
        pairs: Score::of(found, links.len() as u64, true_pairs),
        groups: Score::of(together, said, true_pairs),
        recall_by: by.into_iter().map(|(slice, (right, of))| (slice, rounded(right as f64 / of.max(1) as f64))).collect(),
    }
}
