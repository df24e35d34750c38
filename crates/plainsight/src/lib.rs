//! The binary of Plainsight as a library: reads the configuration, mounts the zones, runs the clocks and the command line.

pub mod cli;
mod commands;
mod config;
#[doc(hidden)]
pub mod fuzz;
mod hardening;
mod instance;
mod mount;
mod pager;
mod poster;
mod recovery_notice;
pub mod scenario;
mod schema;
mod system;
mod worker;

use std::process::ExitCode;

use cli::{Cli, Command, Names};

/// Runs one command to its end. Errors go to standard error with what to do next.
pub fn run(cli: Cli) -> ExitCode {
    // Confined before it has a second thread, a log or anything open.
    if let Command::CleanApart = cli.command {
        return commands::clean_apart::clean_apart();
    }
    start_log();
    let runtime = match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => {
            complain(&anyhow::Error::from(error).context("could not start"));
            return ExitCode::FAILURE;
        }
    };
    match runtime.block_on(command(cli)) {
        Ok(code) => code,
        Err(error) => {
            complain(&error);
            ExitCode::FAILURE
        }
    }
}

async fn command(cli: Cli) -> anyhow::Result<ExitCode> {
    match cli.command {
        Command::Serve(serve) => commands::serve::serve(&serve).await,
        Command::Demo(demo) => commands::demo::demo(&demo).await,
        Command::Init(instance) => commands::init::init(&instance).await,
        Command::Doctor(instance) => commands::doctor::doctor(&instance).await,
        Command::Organisation(organisation) => commands::organisation::organisation(&organisation).await,
        Command::Team(team) => commands::team::team(&team).await,
        Command::Recovery(recovery) => commands::recovery::recovery(&recovery).await,
        Command::Member(member) => commands::member::member(&member).await,
        Command::Rota(rota) => commands::rota::rota(&rota).await,
        Command::Sender(sender) => commands::sender::sender(&sender).await,
        Command::Settings(settings) => commands::settings::settings(&settings).await,
        Command::Ledger(ledger) => commands::ledger::ledger(&ledger).await,
        Command::Backup(backup) => commands::backup::backup(&backup).await,
        Command::Restore(restore) => commands::restore::restore(&restore).await,
        Command::Proof(proof) => commands::proof::proof(&proof),
        Command::CleanApart => Ok(commands::clean_apart::clean_apart()),
        Command::Hotspots(hotspots) => commands::hotspots::hotspots(&hotspots),
        Command::Link(link) => commands::link::link(&link),
        Command::Plan(plan) => commands::plan::plan(&plan),
        Command::Names(Names::Search(search)) => commands::names::search(&search),
    }
}

/// The log says what the program does, never what anybody typed.
fn start_log() {
    let filter = tracing_subscriber::EnvFilter::try_from_env("PLAINSIGHT_LOG").unwrap_or_else(|_| "warn,plainsight=info".into());
    tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).with_target(false).init();
}

#[allow(clippy::print_stderr, reason = "the answer to a command goes to the terminal")]
fn complain(error: &anyhow::Error) {
    eprintln!("error: {error:#}");
}

/// Prints what somebody should know beside a command's answer, where a pipe does not take it for the answer.
fn remark(line: impl std::fmt::Display) {
    use std::io::Write;
    let _ = writeln!(std::io::stderr(), "{line}");
}

/// Prints a line of a command's answer.
#[allow(clippy::print_stdout, reason = "the answer to a command goes to the terminal")]
fn say(line: impl std::fmt::Display) {
    use std::io::Write;
    // A closed pipe (`plainsight ... | head`) is no reason to fail.
    let _ = writeln!(std::io::stdout(), "{line}");
}
