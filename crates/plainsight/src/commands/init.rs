//! `plainsight init`: key files and database of a new instance, or an older database brought up to date.

use std::process::ExitCode;

use anyhow::{Result, bail};

use plainsight_people::acts::organisation::list_organisations;

use crate::cli;
use crate::config::Config;
use crate::instance::{Instance, ensure_key};
use crate::{say, system};

pub(crate) async fn init(instance: &cli::Instance) -> Result<ExitCode> {
    let config = Config::read(&instance.config)?;
    let entropy = system::entropy();
    let files = [config.keys.public.clone(), config.keys.desk.clone()];
    let instance = Instance::open_and_migrate(config).await?;
    let in_use = !list_organisations(&instance.store).await?.is_empty();
    let mut made = Vec::new();
    for file in &files {
        // A new key would open nothing here, and would hide that the right one is gone.
        if in_use && !file.exists() {
            bail!(
                "the key file {} is gone, and this database was sealed with it: put the copy back that you keep elsewhere",
                file.display()
            );
        }
        made.push(ensure_key(file, entropy.as_ref())?);
    }
    for (file, made) in files.iter().zip(made) {
        say(format_args!("{} {}", if made { "made" } else { "kept" }, file.display()));
    }
    say("the database is up to date");
    say("Keep the key files apart from the data and its backups: without them nothing sealed can be opened.");
    Ok(ExitCode::SUCCESS)
}
