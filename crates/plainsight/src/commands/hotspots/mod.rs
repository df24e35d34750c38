//! `plainsight hotspots`: where and when reports cluster. The engine computes; here files are read and written.

mod cells;
mod density;
mod effort;
mod feedback;
mod hexagons;
mod knox;

mod places;
pub(crate) mod scan;

use std::fs;
use std::path::Path;
use std::process::ExitCode;

use anyhow::Result;
use serde_json::Value;

use crate::cli::Hotspots;
use crate::commands::folder;
use crate::commands::page::table;

/// So many bad rows are named one by one.
const NAMED: usize = 10;

/// What stands over every report.
const LEAD: &str = "This shows the density of reports. Where nobody looks or calls, there are no reports; a place is not dangerous \
                    because it is dark here, nor safe because it is light.";

pub(crate) fn hotspots(command: &Hotspots) -> Result<ExitCode> {
    match command {
        Hotspots::Scan(asked) => scan::scan(asked),
        Hotspots::Effort(asked) => effort::run(asked),
        Hotspots::Feedback(asked) => feedback::run(asked),
        Hotspots::Hexagons(asked) => hexagons::run(asked),
        Hotspots::Gi(cells) => cells::gi(cells),
        Hotspots::Moran(cells) => cells::moran(cells),
        Hotspots::Density(density) => density::density(density),
        Hotspots::Knox(knox) => knox::knox(knox),
    }
}

fn threads(asked: Option<usize>) -> usize {
    asked.unwrap_or_else(|| std::thread::available_parallelism().map_or(1, usize::from)).max(1)
}

/// Writes files into a folder, whole or not at all.
fn write(out: &Path, files: &[(&str, String)]) -> Result<()> {
    let names: Vec<&str> = files.iter().map(|(name, _)| *name).collect();
    folder::whole(out, &names, |folder| files.iter().try_for_each(|(name, text)| Ok(fs::write(folder.join(name), text)?)))
}

/// What a summary says, for a page; lists that have tables of their own are left out.
fn how(summary: &Value, without: &[&str]) -> String {
    let said = summary
        .as_object()
        .into_iter()
        .flatten()
        .filter(|(name, value)| !without.contains(&name.as_str()) && !value.is_null())
        .map(|(name, value)| vec![name.replace('_', " "), value.as_str().map_or_else(|| value.to_string(), str::to_owned)]);
    format!("<h2>How it was found</h2>{}", table(&["What", "Answer"], said))
}

/// A cell of CSV: quoted where it has to be.
fn quoted(text: &str) -> String {
    if text.contains([',', '"', '\n', '\r']) { format!("\"{}\"", text.replace('"', "\"\"")) } else { text.to_owned() }
}
