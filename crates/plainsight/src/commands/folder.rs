//! The folders that commands write: whole or not at all, over nothing that is there, and never over somebody else's.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

/// Refuses a folder that exists, before any work is done.
pub(crate) fn free(out: &Path) -> Result<()> {
    if out.exists() {
        bail!("{} exists already: give a folder that does not, so that nothing is written over", out.display());
    }
    Ok(())
}

/// Fills a folder beside, which takes the name when it is whole. `ours` are the files that it may hold.
pub(crate) fn whole<T>(out: &Path, ours: &[&str], fill: impl FnOnce(&Path) -> Result<T>) -> Result<T> {
    let unfinished = beside(out, ".unfinished");
    make_anew(&unfinished, ours)?;
    let filled = fill(&unfinished).and_then(|filled| {
        fs::rename(&unfinished, out)?;
        Ok(filled)
    });
    if filled.is_err() {
        let _ = fs::remove_dir_all(&unfinished);
    }
    filled.with_context(|| format!("could not write {}", out.display()))
}

/// The folder of the same name with something more.
pub(crate) fn beside(out: &Path, more: &str) -> PathBuf {
    let mut name = out.file_name().unwrap_or_default().to_owned();
    name.push(more);
    out.with_file_name(name)
}

/// Makes a folder anew that a run before may have left behind. Where it holds anything but our files, it is somebody's, and stays.
pub(crate) fn make_anew(folder: &Path, ours: &[&str]) -> Result<()> {
    if folder.exists() {
        for entry in fs::read_dir(folder).with_context(|| format!("could not read {}", folder.display()))? {
            let name = entry?.file_name();
            if !ours.iter().any(|own| name == **own) {
                bail!("{} holds {}, which is not this program's: take it away, or give another name", folder.display(), name.display());
            }
        }
        fs::remove_dir_all(folder)?;
    }
    fs::create_dir_all(folder).with_context(|| format!("could not make {}", folder.display()))
}
