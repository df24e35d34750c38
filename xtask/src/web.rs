//! The web assets: npm packages by the lock file, styles and scripts built into `web/dist`.

use std::collections::hash_map::DefaultHasher;
use std::fs;
use std::hash::{Hash, Hasher};
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};

use crate::run;

/// Installs the npm packages when the lock file changed since the last time.
pub fn packages() -> Result<()> {
    let stamp = Stamp::new("web/node_modules/.plainsight-stamp", &["web/package-lock.json"])?;
    if stamp.is_fresh() {
        return Ok(());
    }
    run::run(Command::new("npm").args(["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]).current_dir("web"))?;
    stamp.set()
}

/// Builds styles and scripts when their sources changed since the last time.
pub fn build() -> Result<()> {
    let stamp = Stamp::new("web/dist/.plainsight-stamp", &["web"])?;
    if stamp.is_fresh() {
        return Ok(());
    }
    run::run(Command::new("node").arg("build.mjs").current_dir("web"))?;
    stamp.set()
}

/// Remembers the contents that something was made from.
struct Stamp {
    file: PathBuf,
    of: String,
}

impl Stamp {
    fn new(file: &str, sources: &[&str]) -> Result<Self> {
        let mut hasher = DefaultHasher::new();
        for source in sources {
            hash_tree(Path::new(source), &mut hasher)?;
        }
        Ok(Self { file: file.into(), of: format!("{:016x}", hasher.finish()) })
    }

    fn is_fresh(&self) -> bool {
        fs::read_to_string(&self.file).is_ok_and(|text| text == self.of)
    }

    fn set(&self) -> Result<()> {
        fs::write(&self.file, &self.of).with_context(|| format!("could not write {}", self.file.display()))
    }
}

fn hash_tree(path: &Path, hasher: &mut DefaultHasher) -> Result<()> {
    if path.ends_with("node_modules") || path.ends_with("dist") {
        return Ok(());
    }
    if path.is_dir() {
        let mut entries = fs::read_dir(path)?.map(|entry| Ok(entry?.path())).collect::<Result<Vec<_>>>()?;
        entries.sort();
        return entries.iter().try_for_each(|entry| hash_tree(entry, hasher));
    }
    path.hash(hasher);
    fs::read(path).with_context(|| format!("could not read {}", path.display()))?.hash(hasher);
    Ok(())
}
