//! Installs what is missing, so that the two commands of the README are enough on a fresh machine.

use std::io::{IsTerminal, Write};
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::{postgres, run, web};

/// Whether Debian packages may be installed without asking.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Consent {
    Ask,
    Given,
}

impl Consent {
    pub fn from_arguments(arguments: &[String]) -> Self {
        if run::is_root() || arguments.iter().any(|word| word == "--yes") { Self::Given } else { Self::Ask }
    }
}

/// Everything that building, demo and tests need.
pub fn setup(consent: Consent) -> Result<()> {
    node()?;
    let mut missing = Vec::new();
    if browser().is_none() {
        missing.push("chromium");
    }
    if postgres::programs().is_none() {
        missing.push("postgresql");
    }
    if !python() {
        missing.push("python3-venv");
    }
    install(&missing, consent)?;
    schemathesis()?;
    web::packages()?;
    web::build()
}

/// Only what `demo` needs: the pages.
pub fn for_pages() -> Result<()> {
    node()?;
    web::packages()?;
    web::build()
}

/// The headless browser for the journeys.
pub fn browser() -> Option<&'static str> {
    ["chromium", "chromium-browser", "google-chrome"].into_iter().find(|name| run::found(name))
}

/// Whether there is a Python that can make a folder of its own for packages.
fn python() -> bool {
    Command::new("python3").args(["-c", "import ensurepip, venv"]).output().is_ok_and(|answer| answer.status.success())
}

/// Where the program is that calls the interface for other systems.
pub fn schemathesis_program() -> std::path::PathBuf {
    run::root().join("target/schemathesis/bin/schemathesis")
}

/// Installs it into a folder of its own, unless what is there was made from the same list.
fn schemathesis() -> Result<()> {
    let wanted = run::root().join("tests/api/requirements.txt");
    let folder = run::root().join("target/schemathesis");
    let stamp = folder.join("requirements.txt");
    let list = std::fs::read_to_string(&wanted).context("tests/api/requirements.txt is missing")?;
    if std::fs::read_to_string(&stamp).is_ok_and(|was| was == list) {
        return Ok(());
    }
    println!("installing schemathesis into target/schemathesis");
    run::run(Command::new("python3").args(["-m", "venv", "--clear"]).arg(&folder))?;
    run::run(Command::new(folder.join("bin/pip")).args(["install", "--quiet", "--disable-pip-version-check", "-r"]).arg(&wanted))?;
    std::fs::write(&stamp, list).context("could not note what was installed")
}

fn node() -> Result<()> {
    let version = run::output(Command::new("node").arg("--version"))
        .context("Node is missing. Install Node 20 or newer (https://nodejs.org), then run this again")?;
    let major: u32 = version.trim().trim_start_matches('v').split('.').next().unwrap_or_default().parse().unwrap_or(0);
    if major < 20 {
        bail!("Node {} is too old. Install Node 20 or newer, then run this again", version.trim());
    }
    if !run::found("npm") {
        bail!("npm is missing. It comes with Node: install Node 20 or newer, then run this again");
    }
    Ok(())
}

fn install(packages: &[&str], consent: Consent) -> Result<()> {
    if packages.is_empty() {
        return Ok(());
    }
    let list = packages.join(" ");
    if !run::found("apt-get") {
        bail!("please install: {list} (this machine has no apt-get, so it cannot be done from here)");
    }
    if consent == Consent::Ask && !asked(&list)? {
        bail!("please install: {list}, or run `cargo xtask setup --yes`");
    }
    let apt = |arguments: &[&str]| {
        let mut command = if run::is_root() { Command::new("apt-get") } else { Command::new("sudo") };
        if !run::is_root() {
            command.args(["env", "DEBIAN_FRONTEND=noninteractive", "apt-get"]);
        }
        command.env("DEBIAN_FRONTEND", "noninteractive").args(arguments);
        run::run(&mut command)
    };
    apt(&["update", "-qq"])?;
    let mut words = vec!["install", "-y", "-qq", "--no-install-recommends"];
    words.extend(packages);
    apt(&words)
}

fn asked(list: &str) -> Result<bool> {
    if !std::io::stdin().is_terminal() {
        return Ok(false);
    }
    print!("These Debian packages are missing: {list}. Install them now? [y/N] ");
    std::io::stdout().flush()?;
    let mut answer = String::new();
    std::io::stdin().read_line(&mut answer)?;
    Ok(matches!(answer.trim(), "y" | "Y" | "yes"))
}
