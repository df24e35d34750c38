//! The help is a promise to administrators: what it says is kept in a file, and a change of it is a change of that file.
//!
//! To renew the file after a wanted change: `UPDATE_GOLDEN=1 cargo test -p plainsight help`, then read the difference.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use clap::{Command, CommandFactory as _};
use plainsight::cli::Cli;

use crate::program::plainsight;

/// The names that lead to every command, the program itself first.
fn commands(command: &Command, before: &[String], found: &mut Vec<Vec<String>>) {
    found.push(before.to_vec());
    for inner in command.get_subcommands() {
        let names: Vec<String> = before.iter().cloned().chain([inner.get_name().to_owned()]).collect();
        commands(inner, &names, found);
    }
}

#[test]
fn the_help_of_every_command_is_as_promised() {
    let mut all = Vec::new();
    commands(&Cli::command(), &[], &mut all);
    let mut text = String::new();
    for names in all {
        let arguments: Vec<&str> = names.iter().map(String::as_str).chain(["--help"]).collect();
        let ended = plainsight(Path::new("."), &arguments);
        assert!(ended.well, "{arguments:?}: {ended:?}");
        write!(text, "$ plainsight {}\n{}\n", arguments.join(" "), ended.said).unwrap();
    }
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/help.txt");
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        fs::write(&file, &text).unwrap();
    }
    let promised = fs::read_to_string(&file).unwrap_or_default();
    let differs = text.lines().zip(promised.lines()).find(|(now, promised)| now != promised);
    assert!(text == promised, "the help changed; first at {differs:?}. If that is wanted, see the top of this test");
}

#[test]
fn the_program_says_its_name_and_version() {
    let ended = plainsight(Path::new("."), &["--version"]);
    assert_eq!(ended.said, format!("plainsight {}\n", env!("CARGO_PKG_VERSION")));
    let nothing = plainsight(Path::new("."), &[]);
    assert!(!nothing.well && nothing.complained.contains("Usage: plainsight"), "{nothing:?}");
}
