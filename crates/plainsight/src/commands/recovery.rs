//! `plainsight recovery ...`: several officers bring a team's key back that nobody holds any more.

use std::process::ExitCode;

use anyhow::Result;
use time::OffsetDateTime;
use uuid::Uuid;

use plainsight_people::People;
use plainsight_people::acts::member::{Listed, list_members};
use plainsight_people::acts::recovery::{
    Asked, ZoneRecovery, agree, ask, cover_teams, finish, list_recovery, make_recovery, stop, try_share,
};
use plainsight_people::acts::team::{TeamListed, list_teams};
use plainsight_people::recovery::{Concern, KeyState, in_utc};

use super::member::named;
use super::team::{find_team, unlock_as};
use crate::cli::{self, Recovery};
use crate::config::Config;
use crate::instance::Instance;
use crate::say;

async fn open(instance: &cli::Instance) -> Result<People> {
    Instance::open(Config::read(&instance.config)?).await?.people().await
}

pub(crate) async fn recovery(command: &Recovery) -> Result<ExitCode> {
    match command {
        Recovery::Make { instance, zone, officers, need, acting } => {
            let people = open(instance).await?;
            let mut ids = Vec::new();
            for officer in officers {
                ids.push(named(&people, officer).await?);
            }
            let maker = unlock_as(&people, &acting.name, acting.password_file.as_deref()).await?;
            let (number, covered) = make_recovery(&people, &maker, zone, &ids, *need).await?;
            say(format_args!("made recovery key {number} of {zone}: {need} of {} officers bring a key back", officers.len()));
            let told = Told::read(&people).await?;
            say(format_args!("it covers {}", told.teams(&covered)));
            told.what_is_left(&people, zone).await?;
        }
        Recovery::Cover { instance, zone, acting } => {
            let people = open(instance).await?;
            let holder = unlock_as(&people, &acting.name, acting.password_file.as_deref()).await?;
            let covered = cover_teams(&people, &holder, zone).await?;
            let told = Told::read(&people).await?;
            say(format_args!("the recovery key of {zone} covers {}", told.teams(&covered)));
            told.what_is_left(&people, zone).await?;
        }
        Recovery::Show(instance) => show(&open(instance).await?).await?,
        Recovery::Drill { instance, zone, acting } => {
            let people = open(instance).await?;
            let officer = unlock_as(&people, &acting.name, acting.password_file.as_deref()).await?;
            try_share(&people, &officer, zone).await?;
            say(format_args!("the share of {} opens and is the right one", acting.name));
        }
        Recovery::Ask { instance, teams, target, reason, acting } => {
            let people = open(instance).await?;
            let mut ids = Vec::new();
            for team in teams {
                ids.push(find_team(&people, team).await?);
            }
            let target_id = named(&people, target).await?;
            let officer = unlock_as(&people, &acting.name, acting.password_file.as_deref()).await?;
            let request = ask(&people, &officer, &ids, target_id, reason).await?;
            say(format_args!("asked, and you have agreed: {request}"));
            say("The running desk tells everybody. 24 hours after that, and when enough officers agreed, finish it with");
            say(format_args!("  plainsight recovery finish {request} --as {target}"));
        }
        Recovery::Agree { instance, request, acting } => {
            let people = open(instance).await?;
            let officer = unlock_as(&people, &acting.name, acting.password_file.as_deref()).await?;
            agree(&people, &officer, *request).await?;
            say("you have agreed; nobody but the member whom the request names can use your share");
        }
        Recovery::Stop { instance, request, acting } => {
            let people = open(instance).await?;
            let who = unlock_as(&people, &acting.name, acting.password_file.as_deref()).await?;
            stop(&people, &who, *request).await?;
            say("stopped: whoever still wants it has to ask anew");
        }
        Recovery::Finish { instance, request, acting } => {
            let people = open(instance).await?;
            let member = unlock_as(&people, &acting.name, acting.password_file.as_deref()).await?;
            let back = finish(&people, &member, *request).await?;
            let told = Told::read(&people).await?;
            say(format_args!("{} holds the key of {}", acting.name, told.teams(&back)));
            for team in told.teams.iter().filter(|team| team.rotation_due && team.holders.contains(&member.id)) {
                say(format_args!("give the team a new key: plainsight team rotate {:?} --as {}", team.name, acting.name));
            }
            say("The recovery key is used up: make a new one with `plainsight recovery make`.");
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// Names for what acts call by ids.
pub(super) struct Told {
    members: Vec<Listed>,
    teams: Vec<TeamListed>,
}

impl Told {
    pub(super) async fn read(people: &People) -> Result<Self> {
        Ok(Self { members: list_members(people).await?, teams: list_teams(people, people.now()).await? })
    }

    pub(super) fn member(&self, id: Uuid) -> &str {
        self.members.iter().find(|it| it.member.id == id).map_or("somebody who left", |it| it.sign_in_name.as_str())
    }

    pub(super) fn members(&self, ids: &[Uuid]) -> String {
        ids.iter().map(|id| self.member(*id)).collect::<Vec<_>>().join(", ")
    }

    pub(super) fn teams(&self, ids: &[Uuid]) -> String {
        let names: Vec<String> =
            ids.iter().filter_map(|id| self.teams.iter().find(|team| team.id == *id)).map(|team| format!("{:?}", team.name)).collect();
        if names.is_empty() { "no team".to_owned() } else { names.join(", ") }
    }

    /// The teams of a zone that a holder still has to cover.
    async fn what_is_left(&self, people: &People, zone: &str) -> Result<()> {
        for found in list_recovery(people, people.now()).await?.iter().filter(|it| it.zone == zone && !it.uncovered.is_empty()) {
            say(format_args!(
                "not covered: {}. Somebody who holds the key runs `plainsight recovery cover {zone} --as HOLDER`",
                self.teams(&found.uncovered)
            ));
        }
        Ok(())
    }

    /// What wants attention, in words: what it is, and what to do.
    pub(super) fn concern(&self, zone: &str, concern: &Concern) -> String {
        match concern {
            Concern::Damaged => format!(
                "something in the recovery of {zone} is damaged or was not written by this desk, and is passed over. The log names it: find out who writes this database, and look with `plainsight recovery show` whether anybody asks for a key"
            ),
            Concern::NoKey => format!(
                "{zone} has no recovery key: a team's key is lost with its last holder. Run `plainsight recovery make {zone} --officers A,B,C --as HOLDER`"
            ),
            Concern::UsedUp => format!(
                "the recovery key of {zone} was used and brings nothing back any more. Run `plainsight recovery make {zone} --officers A,B,C --as HOLDER`"
            ),
            Concern::TooFew { counting, need } => format!(
                "{counting} officers of {zone} have a share that counts and {need} are needed: nothing can be brought back. Run `plainsight recovery make {zone} --officers A,B,C --as HOLDER`"
            ),
            Concern::NoneToSpare => format!(
                "if one more officer of {zone} leaves or is reset, nothing can be brought back. Run `plainsight recovery make {zone}` with more officers"
            ),
            Concern::DrillDue(late) => format!(
                "these officers of {zone} have not tried their share for 180 days: {}. Each runs `plainsight recovery drill {zone} --as NAME`",
                self.members(late)
            ),
            Concern::NotCovered(team) => format!(
                "the recovery key of {zone} does not cover {}: somebody who holds its key runs `plainsight recovery cover {zone} --as HOLDER`",
                self.teams(&[*team])
            ),
        }
    }
}

async fn show(people: &People) -> Result<()> {
    let (told, now) = (Told::read(people).await?, people.now());
    for zone in list_recovery(people, now).await? {
        match &zone.key {
            None => say(format_args!("{}: no recovery key", zone.zone)),
            Some(key) => show_key(&told, &zone, key),
        }
        for request in &zone.requests {
            show_request(&told, &zone, request, now);
        }
        for concern in zone.concerns(now) {
            say(format_args!("  look: {}", told.concern(&zone.zone, &concern)));
        }
    }
    Ok(())
}

fn show_key(told: &Told, zone: &ZoneRecovery, key: &KeyState) {
    let used = if key.used { ", used up" } else { "" };
    say(format_args!(
        "{}: recovery key {}, made by {} on {}, {} of {} officers needed{used}",
        zone.zone,
        key.number,
        told.member(key.made_by),
        key.made_at.map_or_else(|| "an unknown day".to_owned(), |at| at.date().to_string()),
        key.need,
        key.officers.len()
    ));
    for officer in &key.officers {
        let tried = officer.tried.map_or_else(|| "never tried".to_owned(), |at| format!("tried on {}", at.date()));
        let counts = if officer.counts { "" } else { ", no longer counts" };
        say(format_args!("  officer {:<16} {tried}{counts}", told.member(officer.member)));
    }
    if !key.used {
        say(format_args!("  covers {}", told.teams(&zone.covered)));
    }
}

fn show_request(told: &Told, zone: &ZoneRecovery, request: &Asked, now: OffsetDateTime) {
    let need = zone.key.as_ref().map_or(0, |key| key.need);
    say(format_args!("  request {}", request.id));
    say(format_args!("    the keys of {} for {}", told.teams(&request.teams), told.member(request.target)));
    say(format_args!("    asked by {} on {}: {}", told.member(request.asked_by), in_utc(request.asked_at), request.reason));
    say(format_args!("    agreed: {} ({} needed)", told.members(&request.agreed), need));
    if !request.unreached.is_empty() {
        say(format_args!("    not reached yet: {}", told.members(&request.unreached)));
    }
    match request.ready_at {
        None => say("    those who can stop it do not all know of it yet: the 24 hours count from then"),
        Some(at) if at > now => say(format_args!("    can be finished after {}", in_utc(at))),
        Some(_) => say("    the 24 hours are over"),
    }
}
