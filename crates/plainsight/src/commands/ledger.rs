//! `plainsight ledger verify` and `plainsight ledger head`.

use std::process::ExitCode;

use anyhow::{Context, Result, bail};

use plainsight_ledger::{LedgerError, UntrustedHead, sign_head, verify};

use crate::cli;
use crate::config::Config;
use crate::instance::Instance;
use crate::say;

/// The zones that keep a ledger: the rooms of the program, and the members' own.
pub(super) fn zones() -> Vec<&'static str> {
    let mut zones = vec![plainsight_people::ZONE];
    zones.extend(crate::instance::ZONES);
    zones
}

/// A mistyped zone has no entries, and no entries look whole.
fn check_zone(zone: &str) -> Result<()> {
    if zones().contains(&zone) { Ok(()) } else { bail!("there is no zone {zone:?}; there are: {}", zones().join(", ")) }
}

pub(crate) async fn ledger(command: &cli::Ledger) -> Result<ExitCode> {
    if let cli::Ledger::Verify { zone: Some(zone), .. } | cli::Ledger::Head { zone, .. } = command {
        check_zone(zone)?;
    }
    match command {
        cli::Ledger::Verify { instance, head, zone } => {
            let instance = Instance::open(Config::read(&instance.config)?).await?;
            let organisation = instance.organisation().await?;
            let head = head
                .as_deref()
                .map(|file| {
                    let text = std::fs::read_to_string(file).with_context(|| format!("could not read {}", file.display()))?;
                    let head = UntrustedHead::parse(&text).with_context(|| format!("{} is not a signed head", file.display()))?;
                    let key = instance.desk_key()?.signing_key().verifying_key();
                    anyhow::Ok(head.trust(&key).with_context(|| format!("{} was not signed by this instance", file.display()))?)
                })
                .transpose()?;
            let wanted: Vec<&str> = match (zone, &head) {
                (Some(zone), _) => vec![zone.as_str()],
                (None, Some(head)) => vec![head.zone()],
                (None, None) => zones(),
            };
            let mut whole = true;
            for zone in wanted {
                match verify(instance.store.content().read(), organisation, zone, head.as_ref()).await {
                    Ok(verified) => say(format_args!("{zone}: {} entries, whole", verified.entries)),
                    Err(LedgerError::Broken(broken)) => {
                        whole = false;
                        say(format_args!("{zone}: BROKEN: {broken}"));
                    }
                    Err(error) => return Err(error.into()),
                }
            }
            Ok(if whole { ExitCode::SUCCESS } else { ExitCode::FAILURE })
        }
        cli::Ledger::Head { instance, zone } => {
            let instance = Instance::open(Config::read(&instance.config)?).await?;
            let organisation = instance.organisation().await?;
            let key = instance.desk_key()?.signing_key();
            let head = sign_head(instance.store.content().read(), organisation, zone, &key, instance.clock.now()).await?;
            say(head.to_text().trim_end());
            Ok(ExitCode::SUCCESS)
        }
    }
}
