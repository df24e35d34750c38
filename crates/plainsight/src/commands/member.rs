//! `plainsight member ...`.

use std::process::ExitCode;

use anyhow::{Context, Result, bail};
use uuid::Uuid;

use plainsight_ledger::Actor;
use plainsight_people::acts::code::current_code;
use plainsight_people::acts::member::{
    HandedOver, NewMember, close_member, create_member, find_member, list_members, reset_member, set_languages,
};
use plainsight_people::acts::passkey::{PasskeyListed, list_passkeys, remove_passkeys};
use plainsight_people::acts::rota::set_pager;
use plainsight_people::acts::team::list_teams;
use plainsight_people::{ActError, People, RoleName};

use super::terminal;
use crate::cli::Member;
use crate::config::Config;
use crate::instance::Instance;
use crate::say;

/// Who acts when an administrator uses the command line.
pub(crate) const COMMAND_LINE: Actor = Actor::System("command line");

pub(crate) async fn member(command: &Member) -> Result<ExitCode> {
    match command {
        Member::Add { instance, sign_in_name, name, email, roles, password_file, pager } => {
            let people = Instance::open(Config::read(&instance.config)?).await?.people().await?;
            let password = password_file.as_deref().map(|file| terminal::password(Some(file), sign_in_name)).transpose()?;
            let roles: Vec<_> = roles.iter().map(|role| known(role)).collect::<Result<_>>()?;
            let new = NewMember { name, email, sign_in_name, roles: &roles, password: password.as_ref().map(|text| text.as_str()) };
            let handed = create_member(&people, COMMAND_LINE, &new).await?;
            // First what is shown only once: the account is there, whatever becomes of the pager.
            say(format_args!("added {sign_in_name} ({})", handed.id));
            hand_over(&handed);
            if let Some(pager) = pager {
                set_pager(&people, COMMAND_LINE, handed.id, Some(pager)).await.context("the account is made, but has no pager address")?;
            }
        }
        Member::Reset { instance, member } => {
            let people = Instance::open(Config::read(&instance.config)?).await?.people().await?;
            let handed = reset_member(&people, COMMAND_LINE, named(&people, member).await?, None).await?;
            say(format_args!("{member} starts anew and holds no team's key: a holder has to grant it again (plainsight team grant)"));
            hand_over(&handed);
        }
        Member::Pager { instance, member, address } => {
            let people = Instance::open(Config::read(&instance.config)?).await?.people().await?;
            set_pager(&people, COMMAND_LINE, named(&people, member).await?, address.as_deref()).await?;
            match address {
                Some(address) => say(format_args!("{member} is paged at {address}")),
                None => say(format_args!("{member} is not paged any more")),
            }
        }
        Member::Languages { instance, member, tags } => {
            let people = Instance::open(Config::read(&instance.config)?).await?.people().await?;
            set_languages(&people, COMMAND_LINE, named(&people, member).await?, tags).await?;
            say(format_args!(
                "{member} speaks {}",
                if tags.is_empty() { "no language that was named".to_owned() } else { tags.join(", ") }
            ));
        }
        Member::Passkeys { instance, member, remove } => {
            let people = Instance::open(Config::read(&instance.config)?).await?.people().await?;
            let id = named(&people, member).await?;
            if *remove {
                let removed = remove_passkeys(&people, COMMAND_LINE, id).await?;
                say(format_args!(
                    "removed {removed} of {member}'s passkeys and ended their sign-ins: they sign in anew with the six-digit code"
                ));
            } else {
                passkeys(member, &list_passkeys(&people, id).await?);
            }
        }
        Member::Close { instance, member } => {
            let people = Instance::open(Config::read(&instance.config)?).await?.people().await?;
            close_member(&people, COMMAND_LINE, named(&people, member).await?).await?;
            say(format_args!("{member} can no longer sign in and holds no team's key"));
            for team in list_teams(&people, people.now()).await?.iter().filter(|team| team.rotation_due) {
                say(format_args!("the team {0:?} needs a new key: plainsight team rotate {0:?} --as HOLDER", team.name));
            }
        }
        Member::Code { instance, member } => {
            let people = Instance::open(Config::read(&instance.config)?).await?.people().await?;
            let id = named(&people, member).await?;
            say(current_code(&people, id).await?.as_str());
        }
        Member::List(instance) => {
            let people = Instance::open(Config::read(&instance.config)?).await?.people().await?;
            for listed in list_members(&people).await? {
                let roles: Vec<String> = listed.member.roles.iter().map(ToString::to_string).collect();
                let closed = if listed.closed { " (closed)" } else { "" };
                let speaks =
                    if listed.member.speaks.is_empty() { String::new() } else { format!("  speaks {}", listed.member.speaks.join(" ")) };
                say(format_args!("{:<16} {:<28} {}{closed}{speaks}", listed.sign_in_name, listed.member.name, roles.join(" ")));
            }
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// A role that a room of this program offers; a mistyped one would open nothing, and nobody would know why.
fn known(text: &str) -> Result<RoleName> {
    let role: RoleName = text.parse()?;
    let helpline = plainsight_helpline::roles().iter().map(|role| ("helpline", *role));
    let offered: Vec<String> =
        plainsight_people::roles().iter().copied().chain(helpline).map(|(zone, role)| format!("{zone}:{role}")).collect();
    if !offered.contains(&role.to_string()) {
        bail!("there is no role {role}; there are: {}", offered.join(", "));
    }
    Ok(role)
}

/// The member with an open account whom somebody named at the terminal.
pub(super) async fn named(people: &People, name: &str) -> Result<Uuid> {
    match find_member(people, name).await {
        Ok(member) => Ok(member.id),
        Err(ActError::NotFound) => bail!("there is no member {name:?} with an open account: see `plainsight member list`"),
        Err(error) => Err(error.into()),
    }
}

/// A line for each passkey: its name, and the days on which it was added and last used.
fn passkeys(member: &str, listed: &[PasskeyListed]) {
    if listed.is_empty() {
        say(format_args!("{member} has no passkey"));
    }
    for it in listed {
        let used = it.last_used.map_or_else(|| "not used yet".to_owned(), |at| format!("last used {}", at.date()));
        match &it.known {
            Some((name, added)) => say(format_args!("{name}  added {}  {used}", added.date())),
            None => say(format_args!("a passkey that cannot be read: it lets nobody in; remove it with --remove")),
        }
    }
}

/// What the member must get by a safe way, and what is shown only this once.
fn hand_over(handed: &HandedOver) {
    if let Some(words) = &handed.words {
        say(format_args!("first password: {}", words.as_str()));
    }
    say(format_args!("second factor:  {}", handed.enrolment.address.as_str()));
    say("These are not shown again.");
}
