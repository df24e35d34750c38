//! `plainsight team ...`: teams, and who holds their keys. Every change is signed by a member who holds the key.

use std::path::Path;
use std::process::ExitCode;

use anyhow::{Context, Result, bail};
use uuid::Uuid;

use plainsight_people::acts::sign_in::{self, SignInError};
use plainsight_people::acts::team::{create_team, grant_team, list_teams, remove_from_team, rotate_team};
use plainsight_people::{People, Unlocked};
use plainsight_store::put_site_value;

use super::member::named as named_member;
use super::terminal;
use crate::cli::{Holder, Team};
use crate::config::Config;
use crate::instance::Instance;
use crate::say;

pub(crate) async fn team(command: &Team) -> Result<ExitCode> {
    match command {
        Team::Add { instance, name, holder, zone, intake, custodians } => {
            let instance = Instance::open(Config::read(&instance.config)?).await?;
            let people = instance.people().await?;
            let holder = unlock(&people, holder).await?;
            let team = create_team(&people, &holder, zone, name).await?;
            if *intake {
                take_reports(&instance, team).await?;
            }
            if *custodians {
                keep_originals(&instance, team).await?;
            }
            say(format_args!("added the team {name} ({team})"));
        }
        Team::Grant { instance, team, member, holder } => {
            let (people, team) = named(instance, team).await?;
            let holder = unlock(&people, holder).await?;
            grant_team(&people, &holder, team, named_member(&people, member).await?).await?;
            say(format_args!("{member} holds the team's key"));
        }
        Team::Leave { instance, team, member, holder } => {
            let (people, team) = named(instance, team).await?;
            let holder = unlock(&people, holder).await?;
            let epoch = remove_from_team(&people, &holder, team, named_member(&people, member).await?).await?;
            say(format_args!(
                "{member} no longer holds the team's key; the team's new key is number {epoch}. What they have seen, they have seen."
            ));
        }
        Team::Rotate { instance, team, holder } => {
            let (people, team) = named(instance, team).await?;
            let holder = unlock(&people, holder).await?;
            let epoch = rotate_team(&people, &holder, team).await?;
            say(format_args!("the team's new key is number {epoch}"));
        }
        Team::List(instance) => {
            let people = Instance::open(Config::read(&instance.config)?).await?.people().await?;
            for team in list_teams(&people, people.now()).await? {
                let holders = team.holders.len();
                let due = if team.rotation_due { ", new key due" } else { "" };
                say(format_args!("{}  {}  {}  (key {}, {holders} hold it{due})", team.id, team.zone, team.name, team.epoch));
            }
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// From now on the public site's reports go to this team.
pub(crate) async fn take_reports(instance: &Instance, team: Uuid) -> Result<()> {
    let organisation = instance.organisation().await?;
    instance
        .store
        .content()
        .tx("helpline.intake_team", move |tx| {
            Box::pin(async move { put_site_value(tx, organisation, plainsight_helpline::INTAKE_TEAM, &team.to_string()).await })
        })
        .await?;
    Ok(())
}

/// From now on originals are sealed to this team.
pub(crate) async fn keep_originals(instance: &Instance, team: Uuid) -> Result<()> {
    let organisation = instance.organisation().await?;
    instance
        .store
        .content()
        .tx("helpline.custodians", move |tx| {
            Box::pin(async move { put_site_value(tx, organisation, plainsight_helpline::CUSTODIANS, &team.to_string()).await })
        })
        .await?;
    Ok(())
}

async fn named(instance: &crate::cli::Instance, name: &str) -> Result<(People, Uuid)> {
    let people = Instance::open(Config::read(&instance.config)?).await?.people().await?;
    let team = find_team(&people, name).await?;
    Ok((people, team))
}

pub(crate) async fn find_team(people: &People, name: &str) -> Result<Uuid> {
    let teams = list_teams(people, people.now()).await?;
    let found = teams.into_iter().find(|team| team.name == name || team.id.to_string() == name);
    Ok(found.with_context(|| format!("there is no team {name:?}: see `plainsight team list`"))?.id)
}

async fn unlock(people: &People, holder: &Holder) -> Result<std::sync::Arc<Unlocked>> {
    unlock_as(people, &holder.holder, holder.password_file.as_deref()).await
}

/// The keys of a member whose password is typed at the terminal or stands in a file.
pub(super) async fn unlock_as(people: &People, name: &str, password_file: Option<&Path>) -> Result<std::sync::Arc<Unlocked>> {
    let member = named_member(people, name).await?;
    let password = terminal::password(password_file, name)?;
    match sign_in::unlock(people, member, password).await {
        Ok(proved) => Ok(proved.unlocked),
        Err(SignInError::Refused) => bail!("that is not the password of {name}: nothing was changed"),
        Err(SignInError::Act(error)) => Err(error.into()),
    }
}
