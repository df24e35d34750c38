//! `cargo xtask demo`: the whole system on this machine, with a worked scenario.

use anyhow::Result;

use crate::{run, setup};

pub fn demo(arguments: &[String]) -> Result<()> {
    setup::for_pages()?;
    run::run(run::cargo().args(["build", "--package", "plainsight"]))?;
    let mut program = std::process::Command::new(run::root().join(target()).join("debug/plainsight"));
    program.arg("demo").args(arguments);
    let status = program.status()?;
    std::process::exit(status.code().unwrap_or(1));
}

/// Where cargo puts what it builds.
pub fn target() -> std::path::PathBuf {
    std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| "target".into(), Into::into)
}
