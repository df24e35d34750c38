//! The workshop: what a person types to set up, try, test and check Plainsight.
//!
//! `cargo xtask demo` and `cargo xtask test` are the two commands of the README. Both begin with `setup`, so that they
//! work on a fresh Debian machine that has Rust and Node.

mod demo;
mod postgres;
mod run;
mod setup;
mod test;
mod tidy;
mod web;

use std::process::ExitCode;

use anyhow::{Result, bail};

const HELP: &str = "\
The workshop of Plainsight

Usage: cargo xtask <COMMAND>

Commands:
  setup [--yes]                     install what is missing: npm packages, Chromium, PostgreSQL; build the web assets
  demo [ARGUMENTS OF plainsight demo]
                                    set up, build, start the whole system on SQLite with an invented scenario
  test [-p ROOM] [--quick] [--all]  set up, then check everything: format, lints, documentation, tidy, tests on SQLite
                                    and PostgreSQL, journeys in headless Chromium
                                      -p ROOM   only the tests of one room (for example: -p vault)
                                      --quick   no lints, no documentation, no browser
                                      --all     the full accessibility matrix instead of a covering sample
  tidy                              the house rules: arrows, licences, file sizes, words, translations
";

fn main() -> ExitCode {
    match command() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn command() -> Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    std::env::set_current_dir(run::root())?;
    let rest = arguments.get(1..).unwrap_or_default();
    match arguments.first().map(String::as_str) {
        Some("setup") => setup::setup(setup::Consent::from_arguments(rest)),
        Some("demo") => demo::demo(rest),
        Some("test") => test::test(rest),
        Some("tidy") => tidy::tidy(),
        Some("help" | "--help" | "-h") | None => {
            print!("{HELP}");
            Ok(())
        }
        Some(other) => bail!("there is no command {other:?}\n\n{HELP}"),
    }
}
