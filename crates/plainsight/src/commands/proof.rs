//! `plainsight proof verify`.

use std::process::ExitCode;

use anyhow::{Context, Result};

use plainsight_helpline::Proof;

use crate::cli;
use crate::config::Config;
use crate::instance::read_key;
use crate::say;

/// Needs no database: what was proved stays true when the report is gone.
pub(crate) fn proof(command: &cli::Proof) -> Result<ExitCode> {
    let cli::Proof::Verify { instance, file } = command;
    let config = Config::read(&instance.config)?;
    let text = std::fs::read_to_string(file).with_context(|| format!("could not read {}", file.display()))?;
    let key = read_key(&config.keys.desk)?.signing_key().verifying_key();
    let proof = Proof::check(&text, &key).with_context(|| format!("{} proves nothing", file.display()))?;
    say(format_args!("signed here: on {} (UTC) a report was filed with {}; proof {}", proof.day, proof.operator, proof.number));
    Ok(ExitCode::SUCCESS)
}
