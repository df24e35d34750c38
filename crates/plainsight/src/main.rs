//! The command line of Plainsight: one program, everything an administrator does with an instance.

use std::process::ExitCode;

use clap::Parser;

fn main() -> ExitCode {
    plainsight::run(plainsight::cli::Cli::parse())
}
