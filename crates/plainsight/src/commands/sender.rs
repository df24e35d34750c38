//! `plainsight sender ...`: other systems that hand contacts in.

use std::process::ExitCode;

use anyhow::{Result, anyhow};

use plainsight_helpline::{Cabinet, NewSender, add_sender, end_sender, list_senders};
use plainsight_store::Holder;

use crate::cli::Sender;
use crate::config::Config;
use crate::instance::Instance;
use crate::say;

pub(crate) async fn sender(command: &Sender) -> Result<ExitCode> {
    match command {
        Sender::Add { instance, name, way, scopes, per_hour } => {
            let new = NewSender { name: name.clone(), way: way.clone(), scopes: scopes.clone(), per_hour: *per_hour };
            let added = add_sender(&cabinet(instance).await?, &new).await?.map_err(|wrong| anyhow!(wrong))?;
            say(format_args!("added the system {name} ({}). Its key, shown once:\n{}", added.id, *added.key));
            if let Some(signing) = added.signing {
                say(format_args!("Its messages go to /api/v1/messages/{}, signed with this secret, shown once:\n{}", added.id, *signing));
            }
        }
        Sender::End { instance, id } => {
            end_sender(&cabinet(instance).await?, *id).await?;
            say(format_args!("ended: no key of {id} holds any more"));
        }
        Sender::List(instance) => {
            for line in list_senders(&cabinet(instance).await?).await? {
                say(line);
            }
        }
    }
    Ok(ExitCode::SUCCESS)
}

async fn cabinet(instance: &crate::cli::Instance) -> Result<Cabinet> {
    Instance::open(Config::read(&instance.config)?).await?.cabinet(Holder::Desk).await
}
