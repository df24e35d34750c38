//! `cargo xtask test`: everything that must hold before a change lands.

use std::fs;
use std::process::Command;
use std::time::Instant;

use anyhow::{Result, anyhow, bail};

use crate::{demo, postgres, run, setup, tidy};

#[derive(Default)]
struct Wanted {
    room: Option<String>,
    quick: bool,
    all: bool,
}

impl Wanted {
    fn from_arguments(arguments: &[String]) -> Result<Self> {
        let mut wanted = Self::default();
        let mut words = arguments.iter();
        while let Some(word) = words.next() {
            match word.as_str() {
                "-p" | "--room" => match words.next() {
                    Some(room) => wanted.room = Some(room.clone()),
                    None => bail!("-p needs the name of a room, for example: cargo xtask test -p vault"),
                },
                "--quick" => wanted.quick = true,
                "--all" => wanted.all = true,
                "--yes" => {}
                other => bail!("unknown option {other:?}; try cargo xtask help"),
            }
        }
        Ok(wanted)
    }
}

pub fn test(arguments: &[String]) -> Result<()> {
    let wanted = Wanted::from_arguments(arguments)?;
    let mut times = Vec::new();
    let mut step = |name: &'static str, work: &mut dyn FnMut() -> Result<()>| -> Result<()> {
        let begin = Instant::now();
        work()?;
        times.push((name, begin.elapsed()));
        Ok(())
    };

    step("setup", &mut || setup::setup(setup::Consent::from_arguments(arguments)))?;
    let thorough = !wanted.quick && wanted.room.is_none();
    if thorough {
        step("format", &mut || run::run(run::cargo().args(["fmt", "--all", "--check"])))?;
        step("tidy", &mut tidy::tidy)?;
        step("lints", &mut || run::run(run::cargo().args(["clippy", "--workspace", "--all-targets", "--", "-D", "warnings"])))?;
        step("documentation", &mut || {
            run::run(run::cargo().args(["doc", "--workspace", "--no-deps", "--document-private-items"]).env("RUSTDOCFLAGS", "-D warnings"))
        })?;
    }
    step("build", &mut || run::run(run::cargo().args(["build", "--package", "plainsight"])))?;
    let cluster = postgres::Cluster::start()?;
    let url = cluster.url();
    step("tests", &mut || run::run(tests(wanted.room.as_deref()).env("PLAINSIGHT_TEST_POSTGRES", &url)))?;
    if !wanted.quick && wanted.room.is_none() {
        step("from outside", &mut || interface_and_journeys(&url, wanted.all))?;
    }
    drop(cluster);
    println!("\nAll is well. Where the time went:");
    for (name, time) in times {
        println!("  {name:<14} {:>5} s", time.as_secs());
    }
    Ok(())
}

/// The Rust tests, by nextest when it is there.
fn tests(room: Option<&str>) -> Command {
    let mut command = run::cargo();
    if run::found("cargo-nextest") {
        command.args(["nextest", "run", "--no-fail-fast"]);
    } else {
        command.args(["test", "--no-fail-fast"]);
    }
    match room {
        Some("plainsight") => command.args(["--package", "plainsight"]),
        Some(room) => command.args(["--package", &format!("plainsight-{room}")]),
        None => command.arg("--workspace"),
    };
    command
}

/// Tests of the real program from outside, one file after another.
fn from_outside(tests: &str, postgres: &str) -> Command {
    let mut command = Command::new("node");
    command
        .args(["--test", "--test-reporter=spec", "--test-concurrency=1", tests])
        .env("PLAINSIGHT", run::root().join(demo::target()).join("debug/plainsight"))
        .env("PLAINSIGHT_TEST_POSTGRES", postgres);
    command
}

/// Both at once: each waits much, for a browser or for the next code of a sign-in, and neither knows the other's house.
fn interface_and_journeys(postgres: &str, all: bool) -> Result<()> {
    std::thread::scope(|scope| {
        let interface = scope.spawn(|| interface(postgres));
        let journeys = journeys(postgres, all);
        // Printed when it has ended, so that the two do not talk into one another.
        let interface = interface.join().map_err(|_| anyhow!("the calls of the interface were broken off"))?;
        println!("{}", interface?);
        journeys
    })
}

/// The interface for other systems, called with requests made from its description, on both databases: what was found.
fn interface(postgres: &str) -> Result<String> {
    run::output(from_outside("tests/api/schemathesis.test.mjs", postgres).env("PLAINSIGHT_SCHEMATHESIS", setup::schemathesis_program()))
}

/// The journeys in headless Chromium, against the real program on SQLite and on PostgreSQL.
fn journeys(postgres: &str, all: bool) -> Result<()> {
    // Each file of journeys has a house of its own; the invented data in it is made once and copied.
    let models = std::env::temp_dir().join(format!("plainsight-journeys-{}", std::process::id()));
    fs::create_dir_all(&models)?;
    let mut command = from_outside("tests/browser/", postgres);
    command.env("PLAINSIGHT_JOURNEY_MODELS", &models).env("PLAINSIGHT_CHROMIUM", setup::browser().unwrap_or("chromium"));
    if all {
        command.env("PLAINSIGHT_AXE_ALL", "1");
    }
    let outcome = run::run(&mut command);
    fs::remove_dir_all(&models)?;
    outcome
}
