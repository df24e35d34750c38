//! `plainsight settings ...`: what holds of the operator's own words, over their file and what was changed at the desk.

use std::process::ExitCode;

use anyhow::{Result, bail};

use plainsight_store::Holder;

use crate::cli::Settings;
use crate::config::Config;
use crate::instance::Instance;
use crate::{mount, say};

pub(crate) async fn settings(command: &Settings) -> Result<ExitCode> {
    let (Settings::Show(named) | Settings::Export(named)) = command;
    let instance = Instance::open(Config::read(&named.config)?).await?;
    let standing = mount::standing(&instance, &instance.cabinet(Holder::Desk).await?).await?;
    let (text, from) = standing.text();
    match command {
        // A shell empties the file that it writes to before this program reads it.
        Settings::Export(_) if standing.file_is_empty() => {
            bail!("the operator's file is empty. If you export into it, write to another file and move that into its place");
        }
        Settings::Export(_) => say(text.trim_end()),
        Settings::Show(_) => {
            say(format_args!("what holds is from {from}"));
            let (settings, now) = (standing.settings(), instance.clock.now());
            for report in settings.jurisdictions.iter().flat_map(|jurisdiction| jurisdiction.report(now)) {
                say(format_args!("{} {}", if report.shown { "shown " } else { "hidden" }, report.route));
                for fact in report.facts {
                    say(format_args!("       {} = {} ({:?})", fact.fact, fact.value, fact.standing));
                }
            }
            for (promise, standing) in settings.promises.standings(now.date()) {
                say(format_args!("{} {promise} ({standing:?})", if standing.is_shown() { "promised" } else { "not promised" }));
            }
        }
    }
    Ok(ExitCode::SUCCESS)
}
