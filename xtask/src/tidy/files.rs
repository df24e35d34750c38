//! The size of files, and what no file may hold.

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use anyhow::Result;

use crate::run;

const TELL_OVER: usize = 400;
const FAIL_OVER: usize = 700;

/// Paths of the machine where something was made; they mean nothing to a reader elsewhere.
const FOREIGN: &[&str] = &[concat!("/wo", "rk/"), concat!("/ro", "ot/")];

/// The files that git knows or would take.
pub fn tracked() -> Result<Vec<PathBuf>> {
    let text = run::output(Command::new("git").args(["ls-files", "--cached", "--others", "--exclude-standard"]))?;
    Ok(text.lines().map(PathBuf::from).filter(|path| path.is_file()).collect())
}

pub fn check(wrong: &mut Vec<String>) -> Result<()> {
    for path in tracked()? {
        let Ok(text) = fs::read_to_string(&path) else { continue };
        let shown = path.display();
        if path.extension().is_some_and(|extension| extension == "rs") {
            let lines = text.lines().count();
            if lines > FAIL_OVER {
                wrong.push(format!("{shown} has {lines} lines: it is two rooms, cut it"));
            } else if lines > TELL_OVER {
                println!("tidy: (told only) {shown} has {lines} lines");
            }
        }
        for foreign in FOREIGN {
            if text.contains(foreign) {
                wrong.push(format!("{shown} names a path of the machine it was made on: {foreign}"));
            }
        }
    }
    Ok(())
}
