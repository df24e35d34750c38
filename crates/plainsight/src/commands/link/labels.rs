//! Pairs of which somebody knows whether they are the same: they teach the model.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};

use anyhow::{Context, Result, bail};

use plainsight_linkage::Label;

use super::read::Texts;
use crate::cli::LinkHow;
use crate::commands::source::Source;

/// The pairs of the file that was given, by the numbers of their records; none when none was. Between two files, the first record
/// is of the first, which has so many, and the other of the second.
pub(super) fn read(how: &LinkHow, ids: &Texts, of_first: Option<usize>) -> Result<Vec<Label>> {
    let Some(file) = &how.labels else { return Ok(Vec::new()) };
    let (ones, others) = match of_first {
        Some(first) => (ids.rows(0..first), ids.rows(first..ids.len())),
        None => (ids.rows(0..ids.len()), ids.rows(0..ids.len())),
    };
    let mut source = Source::open(file)?;
    let find =
        |name: &str| source.find(name).with_context(|| format!("{} has no column {name:?}: it needs one, other and same", file.display()));
    let (one_at, other_at, same_at) = (find("one")?, find("other")?, find("same")?);
    let mut labels = Vec::new();
    while source.next()? {
        let at = source.row();
        let record = |column, rows: &HashMap<&str, u32>| {
            let id = source.cell(Some(column));
            rows.get(id.as_ref()).copied().with_context(|| format!("{} row {at}: there is no record {id:?}", file.display()))
        };
        let same = match source.cell(Some(same_at)).to_lowercase().as_str() {
            "yes" | "1" | "true" => true,
            "no" | "0" | "false" => false,
            other => bail!("{} row {at}: {other:?} is neither yes nor no", file.display()),
        };
        labels.push(Label { one: record(one_at, &ones)?, other: record(other_at, &others)?, same });
    }
    Ok(labels)
}

/// A number that other labels hardly ever have.
pub(super) fn fingerprint(labels: &[Label]) -> u64 {
    let mut hasher = DefaultHasher::new();
    for Label { one, other, same } in labels {
        (one, other, same).hash(&mut hasher);
    }
    hasher.finish()
}
