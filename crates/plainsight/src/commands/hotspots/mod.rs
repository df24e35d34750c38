//! `plainsight hotspots`: where and when reports cluster. The engine computes; here files are read and written.

mod cells;
mod density;
mod knox;
mod map;
mod places;

use std::fs;
use std::path::Path;
use std::process::ExitCode;

use anyhow::{Context, Result, bail};
use plainsight_names::Watch;

use crate::cli::Hotspots;

/// So many bad rows are named one by one.
const NAMED: usize = 10;

pub(crate) fn hotspots(command: &Hotspots) -> Result<ExitCode> {
    match command {
        Hotspots::Gi(cells) => cells::gi(cells),
        Hotspots::Moran(cells) => cells::moran(cells),
        Hotspots::Density(density) => density::density(density),
        Hotspots::Knox(knox) => knox::knox(knox),
    }
}

/// Nobody watches; Ctrl-C ends the program, and as files are written last and whole, nothing is left behind.
struct Quiet;

impl Watch for Quiet {
    fn progress(&self, _: &'static str, _: u64, _: u64) {}

    fn cancelled(&self) -> bool {
        false
    }
}

fn threads(asked: Option<usize>) -> usize {
    asked.unwrap_or_else(|| std::thread::available_parallelism().map_or(1, usize::from)).max(1)
}

/// Refuses a folder that exists, before any work is done.
fn free(out: Option<&Path>) -> Result<()> {
    match out {
        Some(out) if out.exists() => {
            bail!("{} exists already: give a folder that does not, so that nothing is written over", out.display())
        }
        _ => Ok(()),
    }
}

/// Writes files into a folder beside, which takes its name when it is whole: nothing is ever half there.
fn write(out: &Path, files: &[(&str, String)]) -> Result<()> {
    let mut name = out.file_name().unwrap_or_default().to_owned();
    name.push(".unfinished");
    let unfinished = out.with_file_name(name);
    let all = || -> Result<()> {
        if unfinished.exists() {
            fs::remove_dir_all(&unfinished)?;
        }
        fs::create_dir_all(&unfinished)?;
        for (name, text) in files {
            fs::write(unfinished.join(name), text)?;
        }
        Ok(fs::rename(&unfinished, out)?)
    };
    let written = all();
    if written.is_err() {
        let _ = fs::remove_dir_all(&unfinished);
    }
    written.with_context(|| format!("could not write {}", out.display()))
}
