//! What a long run has compared, kept beside where its answer will be, so that it can be stopped (or killed) and gone on with by
//! giving the same command again.
//!
//! The folder `OUT.progress` holds `run`, which says of which records and options it is, `model.toml`, and `compared`: one piece after
//! the other, each with its length and check sum. A piece that was cut short is not taken.

use std::collections::HashMap;
use std::fs::{self, File, OpenOptions};
use std::hash::Hasher as _;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use anyhow::Result;

use plainsight_linkage::{Compared, Model, Options, Pair, Progress, Table};

use crate::commands::folder::{beside, make_anew};
use crate::remark;

/// Portions that were compared, in a file.
pub(super) struct SoFar {
    known: HashMap<usize, Compared>,
    file: Mutex<Option<File>>,
}

pub(super) fn folder(out: &Path) -> PathBuf {
    beside(out, ".progress")
}

/// What a run that was stopped had learned of these very records, where there is one.
pub(super) fn model(out: &Path, table: &Table, options: &Options, named: &str) -> Option<Model> {
    let folder = folder(out);
    let said = fs::read_to_string(folder.join("run")).ok()?;
    if said != run(table, options, named) {
        return None;
    }
    Model::from_toml(&fs::read_to_string(folder.join("model.toml")).ok()?).ok()
}

const WRITTEN: [&str; 3] = ["run", "model.toml", "compared"];

/// Takes away what a run left behind that has its answer now.
pub(super) fn forget(out: &Path) {
    let folder = folder(out);
    for name in WRITTEN {
        let _ = fs::remove_file(folder.join(name));
    }
    let _ = fs::remove_dir(folder);
}

/// Which run it is.
fn run(table: &Table, options: &Options, named: &str) -> String {
    let Options { seed, across, .. } = options;
    format!("program {}, records {:016x}, seed {seed}, across {across}, model {named}\n", env!("CARGO_PKG_VERSION"), table.fingerprint())
}

impl SoFar {
    /// Goes on with what a run of these records and this model left behind, or begins anew.
    pub(super) fn open(out: &Path, table: &Table, options: &Options, named: &str, model: &Model) -> Result<Self> {
        let folder = folder(out);
        let (said, text) = (run(table, options, named), model.to_toml()?);
        let same = fs::read_to_string(folder.join("run")).is_ok_and(|before| before == said)
            && fs::read_to_string(folder.join("model.toml")).is_ok_and(|before| before == text);
        let path = folder.join("compared");
        if !same {
            make_anew(&folder, &WRITTEN)?;
            fs::write(&path, [])?;
            fs::write(folder.join("model.toml"), text)?;
            fs::write(folder.join("run"), said)?;
        }
        let bytes = fs::read(&path)?;
        let (mut known, mut at) = (HashMap::new(), 0);
        while let Some((portion, compared, end)) = piece(&bytes, at) {
            known.insert(portion, compared);
            at = end;
        }
        if !known.is_empty() {
            remark(format_args!("going on with {}: {} portions of pairs were compared before", folder.display(), known.len()));
        }
        let file = OpenOptions::new().append(true).open(&path)?;
        file.set_len(at as u64)?;
        Ok(Self { known, file: Mutex::new(Some(file)) })
    }
}

impl Progress for SoFar {
    fn known(&self, portion: usize) -> Option<Compared> {
        self.known.get(&portion).cloned()
    }

    fn done(&self, portion: usize, compared: &Compared) {
        let mut file = self.file.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(open) = file.as_mut()
            && let Err(error) = open.write_all(&bytes(portion, compared))
        {
            // The answer does not depend on it: only that it can be gone on with.
            tracing::error!(%error, "what was compared cannot be kept");
            *file = None;
        }
    }
}

fn bytes(portion: usize, compared: &Compared) -> Vec<u8> {
    let mut body = Vec::new();
    body.extend((portion as u64).to_le_bytes());
    body.extend(compared.count.to_le_bytes());
    body.extend((compared.weights.len() as u64).to_le_bytes());
    for (bits, pairs) in &compared.weights {
        body.extend(bits.to_le_bytes());
        body.extend(pairs.to_le_bytes());
    }
    for pair in &compared.pairs {
        body.extend(pair.one.to_le_bytes());
        body.extend(pair.other.to_le_bytes());
        body.extend(pair.weight.to_le_bytes());
    }
    let mut piece = Vec::with_capacity(body.len() + 16);
    piece.extend((body.len() as u64).to_le_bytes());
    piece.extend(sum(&body).to_le_bytes());
    piece.extend(body);
    piece
}

fn sum(body: &[u8]) -> u64 {
    let mut hasher = std::hash::DefaultHasher::new();
    hasher.write(body);
    hasher.finish()
}

/// The piece that begins at a place, and where it ends; none when it is not whole.
fn piece(bytes: &[u8], at: usize) -> Option<(usize, Compared, usize)> {
    let mut rest = bytes.get(at..)?;
    let size = usize::try_from(number(&mut rest)?).ok()?;
    let check = number(&mut rest)?;
    let mut body = rest.get(..size)?;
    if sum(body) != check {
        return None;
    }
    let portion = usize::try_from(number(&mut body)?).ok()?;
    let count = number(&mut body)?;
    let weights =
        (0..number(&mut body)?).map(|_| Some((i32::from_le_bytes(take(&mut body)?), number(&mut body)?))).collect::<Option<_>>()?;
    let mut pairs = Vec::new();
    while !body.is_empty() {
        let (one, other) = (u32::from_le_bytes(take(&mut body)?), u32::from_le_bytes(take(&mut body)?));
        pairs.push(Pair { one, other, weight: f32::from_le_bytes(take(&mut body)?) });
    }
    Some((portion, Compared { pairs, count, weights }, at + 16 + size))
}

fn take<const SIZE: usize>(bytes: &mut &[u8]) -> Option<[u8; SIZE]> {
    let (taken, rest) = bytes.split_first_chunk()?;
    *bytes = rest;
    Some(*taken)
}

fn number(bytes: &mut &[u8]) -> Option<u64> {
    take(bytes).map(u64::from_le_bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_piece_comes_back_whole_or_not_at_all() {
        let compared = Compared { pairs: vec![Pair { one: 1, other: 7, weight: 2.5 }], count: 9, weights: vec![(-3, 8), (2, 1)] };
        let two = [bytes(4, &compared), bytes(5, &compared)].concat();
        let (portion, read, end) = piece(&two, 0).unwrap();
        assert_eq!((portion, &read), (4, &compared));
        assert_eq!(piece(&two, end).map(|(portion, read, _)| (portion, read)), Some((5, compared)));
        for cut in end..two.len() {
            assert!(piece(&two[..cut], end).is_none(), "{cut}");
        }
        let mut wrong = two.clone();
        wrong[end - 1] ^= 1;
        assert!(piece(&wrong, 0).is_none());
    }
}
