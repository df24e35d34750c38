//! `plainsight organisation add`.

use std::process::ExitCode;

use anyhow::{Result, bail};

use plainsight_people::acts::organisation::{InstanceKeys, ZoneKeys, create_organisation, list_organisations};

use crate::cli::Organisation;
use crate::config::Config;
use crate::instance::{Instance, ZONES};
use crate::say;

pub(crate) async fn organisation(command: &Organisation) -> Result<ExitCode> {
    let Organisation::Add { instance, name } = command;
    let instance = Instance::open(Config::read(&instance.config)?).await?;
    let id = add(&instance, name).await?;
    say(format_args!("added the organisation {name} ({id})"));
    Ok(ExitCode::SUCCESS)
}

pub(crate) async fn add(instance: &Instance, name: &str) -> Result<uuid::Uuid> {
    if !list_organisations(&instance.store).await?.is_empty() {
        bail!("this instance already has an organisation; another one needs an instance of its own");
    }
    let (public, desk) = (instance.public_key()?, instance.desk_key()?);
    let keys = InstanceKeys { desk: &desk, public: &public };
    let zones: Vec<ZoneKeys> = ZONES.iter().map(|zone| ZoneKeys { zone: (*zone).to_owned(), public: *zone == "helpline" }).collect();
    Ok(create_organisation(&instance.store, &keys, name, &zones, instance.clock.as_ref(), &instance.entropy).await?)
}
