//! `plainsight doctor`: looks at an instance and says what needs attention, most urgent first.

mod cleaning;
mod scanner;

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::ExitCode;

use anyhow::Result;
use time::{Date, Duration, OffsetDateTime};

use super::newer_list::NewerList;
use super::recovery::Told;
use crate::cli;
use crate::config::Config;
use crate::instance::{Instance, read_key};
use crate::pager::Pager;
use crate::{mount, say};
use plainsight_helpline::{CUSTODIANS, INTAKE_TEAM};
use plainsight_people::acts::member::list_members;
use plainsight_people::acts::recovery::list_recovery;
use plainsight_people::acts::rota::holes;
use plainsight_people::acts::team::{TeamListed, list_teams};
use plainsight_people::recovery::Concern;
use plainsight_store::backup::left_over;
use plainsight_store::{JobState, Jobs, UntrustedTombstones, site_value};
use plainsight_vocabulary::{FactReport, Jurisdiction, OperatorFacts, Standing};

/// How early it says that a fact must be checked again.
const LAPSES_SOON: Duration = Duration::days(30);

/// What was found: things that endanger somebody, things to look at, things in order.
#[derive(Default)]
struct Findings {
    wrong: Vec<String>,
    look: Vec<String>,
    fine: Vec<String>,
}

pub(crate) async fn doctor(command: &cli::Instance) -> Result<ExitCode> {
    let config = Config::read(&command.config)?;
    let mut findings = Findings::default();
    files(&config, &mut findings);
    cleaning::look(&mut findings).await;
    if let Some(socket) = &config.files.scan {
        scanner::look(socket, scanner::CONFIGURATIONS, &mut findings).await;
    }
    match Instance::open(config).await {
        Err(error) => findings.wrong.push(format!("{error:#}")),
        Ok(instance) => {
            findings.fine.push("the database fits this program".to_owned());
            erasures(&instance, &mut findings).await;
            if let Err(error) = records(&instance, &mut findings).await {
                findings.wrong.push(format!("{error:#}"));
            }
        }
    }
    for line in &findings.wrong {
        say(format_args!("WRONG  {line}"));
    }
    for line in &findings.look {
        say(format_args!("look   {line}"));
    }
    for line in &findings.fine {
        say(format_args!("fine   {line}"));
    }
    Ok(if findings.wrong.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn files(config: &Config, findings: &mut Findings) {
    for (name, file) in [("public", &config.keys.public), ("desk", &config.keys.desk)] {
        match read_key(file) {
            Ok(_) => findings.fine.push(format!("the {name} key file can be read by its owner only")),
            Err(error) => findings.wrong.push(format!("{error:#}")),
        }
        if let Some(data) = &config.data
            && inside(file, data)
        {
            findings
                .wrong
                .push(format!("the {name} key file lies in the data folder: a backup of it would open what it should protect. Move it"));
        }
    }
    if let Some(data) = &config.data
        && let Ok(about) = fs::metadata(data)
        && about.permissions().mode() & 0o077 != 0
    {
        findings.wrong.push(format!("others may read the data folder: run `chmod 700 {}`", data.display()));
    }
    if !config.desk.origin.starts_with("https://") && !config.desk.listen.ip().is_loopback() {
        findings.wrong.push("the desk's origin is not https: passwords would cross the network in clear".to_owned());
    }
    origins(config, findings);
    match Pager::new(&config.pager) {
        Err(error) => findings.wrong.push(format!("{error:#}")),
        Ok(pager) if !pager.is_configured() => {
            findings
                .wrong
                .push("no pager: nobody is told when somebody is in danger at night. Add [pager] to the configuration".to_owned());
        }
        Ok(_) => findings.fine.push("a pager is configured".to_owned()),
    }
}

/// Files of strangers are shown at an origin of their own, or what one of them does in a browser it does at the desk.
fn origins(config: &Config, findings: &mut Findings) {
    let desk = config.desk.origin.trim_end_matches('/');
    let files = match config.files_origin() {
        Ok(files) => files,
        Err(error) => return findings.wrong.push(format!("{error:#}")),
    };
    let site = |origin: &str| origin.parse::<axum::http::Uri>().ok().and_then(|uri| uri.host().map(str::to_owned)).unwrap_or_default();
    let (desk_host, files_host) = (site(desk), site(&files));
    let parent = |host: &str| host.split_once('.').map(|(_, parent)| parent.to_owned()).unwrap_or_default();
    if files == desk || config.files_listen() == config.desk.listen {
        findings.wrong.push(
            "files are given out at the desk's own address: what a file does in a browser it would do at the desk. Name another `listen` and `origin` under [files]"
                .to_owned(),
        );
    } else if desk_host != files_host && parent(&desk_host) != parent(&files_host) {
        findings.wrong.push(format!(
            "the desk and its files are at different sites ({desk_host} and {files_host}): browsers would not show the files. Name one beside the desk's, such as files.{}",
            parent(&desk_host)
        ));
    } else if config.files.origin.is_none() && desk.starts_with("https://") {
        findings.look.push(format!(
            "files are given out at {files}, because [files] names no `origin`: see that browsers reach it there, or name one such as https://files.{}",
            parent(&desk_host)
        ));
    } else {
        findings.fine.push(format!("files are given out at an origin of their own, {files}"));
    }
}

fn inside(file: &Path, folder: &Path) -> bool {
    match (file.canonicalize(), folder.canonicalize()) {
        (Ok(file), Ok(folder)) => file.starts_with(folder),
        _ => file.starts_with(folder),
    }
}

/// Nothing can be erased without a list of tombstones, and what a restoring set aside still opens what was erased since.
async fn erasures(instance: &Instance, findings: &mut Findings) {
    let list = instance.config.tombstones();
    let name = list.path().display().to_string();
    match list.read().await.map(|bytes| UntrustedTombstones::parse(&bytes)) {
        Ok(Ok(read)) => findings.fine.push(format!("{} erased folders in the list of tombstones", read.len())),
        Ok(Err(error)) => findings.wrong.push(format!("{name}: {error}. A backup that is put back would bring back what was erased")),
        Err(error) => findings.wrong.push(format!("the list of tombstones {name} cannot be read: {error}")),
    }
    // Looked at and not made: a file that another user of this machine makes here could not be written by the program.
    if let Err(error) = fs::OpenOptions::new().append(true).open(list.path())
        && error.kind() != std::io::ErrorKind::NotFound
    {
        findings.wrong.push(format!("the list of tombstones {name} cannot be written, so nothing can be erased: {error}"));
    }
    let question = NewerList::beside(list.path());
    match question.since() {
        Ok(None) => {}
        Ok(Some(since)) => findings.wrong.push(format!(
            "a backup was put back without the newest list of tombstones: what was erased after {since} may be back. Is a newer list kept elsewhere, stop and run `plainsight restore BACKUP --replace --tombstones FILE` before much is lost by it. Is there none, delete {}",
            question.path().display()
        )),
        Err(error) => findings.wrong.push(format!("{error:#}")),
    }
    match async { anyhow::Ok(left_over(&instance.config.address()?).await?) }.await {
        Ok((left, _)) => findings.look.extend(left.iter().map(|left| {
            format!("{left} was set aside when a backup was put back; it holds a copy of the keystore: delete it within 14 days")
        })),
        Err(error) => findings.look.push(format!("whether a restoring left something over cannot be seen: {error:#}")),
    }
}

async fn records(instance: &Instance, findings: &mut Findings) -> Result<()> {
    let organisation = instance.organisation().await?;
    let read = instance.store.content().read();
    let now = instance.clock.now();
    if mount::is_demo(instance).await? {
        findings.look.push("this database holds invented data".to_owned());
    }
    let people = instance.people().await?;
    findings.fine.push(format!("{} members", list_members(&people).await?.len()));
    let teams = list_teams(&people, now).await?;
    for team in &teams {
        holders(team, findings);
    }
    recovery(&people, now, findings).await?;
    match site_value(read, organisation, INTAKE_TEAM).await? {
        None => findings.wrong.push("no team takes reports: run `plainsight team add NAME --as MEMBER --intake`".to_owned()),
        Some(intake) => match teams.iter().find(|team| team.id.to_string() == intake) {
            None => findings.wrong.push("the team that takes reports is gone".to_owned()),
            Some(team) => {
                findings.fine.push(format!("reports go to the team {}", team.name));
                rota(&people, team.id, now, findings).await?;
            }
        },
    }
    match site_value(read, organisation, CUSTODIANS).await? {
        None => findings.look.push(
            "nobody keeps the originals of files: whoever holds a folder could open them. Run `plainsight team add NAME --as MEMBER --custodians`, with members of the role helpline:custodian"
                .to_owned(),
        ),
        Some(keepers) => match teams.iter().find(|team| team.id.to_string() == keepers) {
            None => findings.wrong.push("the team that keeps originals is gone: no file can be taken. Name another with `plainsight team add --custodians`".to_owned()),
            Some(team) => findings.fine.push(format!("originals of files are kept by the team {}", team.name)),
        },
    }
    for job in Jobs::list(read, organisation, Some(JobState::Failed)).await? {
        findings.look.push(format!("a job failed and was given up: {} ({})", job.kind, job.failure.unwrap_or_default()));
    }
    let standing = mount::standing(instance, &instance.cabinet(plainsight_store::Holder::Desk).await?).await?;
    let (text, from) = standing.text();
    findings.fine.push(format!("what the public is told is from {from}"));
    let facts = OperatorFacts::parse("the operator's file", &text)?;
    for jurisdiction in facts.apply(plainsight_vocabulary::jurisdictions())? {
        if instance.config.jurisdictions.contains(&jurisdiction.id) {
            routes(&jurisdiction, now, findings);
        }
    }
    promises(&facts, now.date(), findings);
    Ok(())
}

/// A promise that lapses takes its sentence off the public pages: the operator is told a month before, and after.
fn promises(facts: &OperatorFacts, today: Date, findings: &mut Findings) {
    for (promise, standing) in facts.promises().standings(today) {
        if !standing.is_shown() {
            findings.look.push(format!("not promised to the public: {promise} ({standing:?})"));
        }
    }
    for (promise, standing) in facts.promises().standings(today.saturating_add(LAPSES_SOON)) {
        if let Standing::PastReview { since } = standing
            && since >= today
        {
            findings.look.push(format!("to be checked again until {since}: the promise {promise}"));
        }
    }
}

/// What the public is not told because nobody checked it, and what stops being shown unless somebody checks it again.
fn routes(jurisdiction: &Jurisdiction, now: OffsetDateTime, findings: &mut Findings) {
    for fact in jurisdiction.report(now).iter().flat_map(|route| &route.facts).filter(|fact| !fact.standing.is_shown()) {
        let FactReport { fact, value, standing, source, .. } = fact;
        findings.look.push(format!("not shown to the public: {fact} = {value} ({standing:?}; source: {source})"));
    }
    for fact in jurisdiction.report(now + LAPSES_SOON).iter().flat_map(|route| &route.facts) {
        let (Standing::PastReview { since } | Standing::GoodReviewDue { since }) = fact.standing else { continue };
        if since >= now.date() {
            let FactReport { fact, value, source, .. } = fact;
            findings.look.push(format!("to be checked again until {since}: {fact} = {value} (source: {source})"));
        }
    }
}

/// A key that nobody holds reads nothing; one that a single member holds is lost with that member.
fn holders(team: &TeamListed, findings: &mut Findings) {
    match team.holders.len() {
        0 => findings.wrong.push(format!(
            "nobody holds the key of the team {:?}: what is sealed to it can be read by nobody. Officers bring it back with `plainsight recovery ask`; without them, make a new team: docs/administrator.md",
            team.name
        )),
        1 => findings.look.push(format!(
            "one member holds the key of the team {0:?}; with them it would be lost. Run `plainsight team grant {0:?} MEMBER --as HOLDER`",
            team.name
        )),
        holders => findings.fine.push(format!("{holders} members hold the key of the team {:?}", team.name)),
    }
    if team.rotation_due {
        findings.look.push(format!("the team {0:?} needs a new key: run `plainsight team rotate {0:?} --as HOLDER`", team.name));
    }
}

/// Whether a team's key would come back if everybody who holds it were gone.
async fn recovery(people: &plainsight_people::People, now: OffsetDateTime, findings: &mut Findings) -> Result<()> {
    let told = Told::read(people).await?;
    for zone in list_recovery(people, now).await? {
        let concerns = zone.concerns(now);
        if concerns.is_empty() {
            findings.fine.push(format!("the recovery key of {} covers every team, and every officer has tried their share", zone.zone));
        }
        for concern in &concerns {
            let line = told.concern(&zone.zone, concern);
            let list = if matches!(concern, Concern::TooFew { .. } | Concern::Damaged) { &mut findings.wrong } else { &mut findings.look };
            list.push(line);
        }
        for request in &zone.requests {
            findings.look.push(format!(
                "{} asked for the keys of {} for {}: see `plainsight recovery show`, and stop it if it should not be",
                told.member(request.asked_by),
                told.teams(&request.teams),
                told.member(request.target)
            ));
        }
    }
    Ok(())
}

/// A hole in the rota of the coming week is found before somebody is in danger in it.
async fn rota(people: &plainsight_people::People, team: uuid::Uuid, now: OffsetDateTime, findings: &mut Findings) -> Result<()> {
    let holes = holes(people, team, now, now + Duration::days(7)).await?;
    if holes.is_empty() {
        findings.fine.push("somebody is on call at every hour of the coming week".to_owned());
    } else {
        let minutes: i64 = holes.iter().map(|hole| (hole.to - hole.from).whole_minutes()).sum();
        findings.wrong.push(format!(
            "nobody is on call for {} h {} min of the coming week: the whole team will be paged then. See `plainsight rota show`",
            minutes / 60,
            minutes % 60
        ));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use time::macros::datetime;

    use super::*;
    use crate::scenario::Scenario;

    /// An operator is told a month before a route would vanish from the page, and again when it has.
    #[test]
    fn a_fact_is_named_before_and_after_it_lapses() {
        let made = datetime!(2026-02-01 12:00 UTC);
        let routes_file = Scenario::load("westmere").unwrap().routes(made.date());
        let facts = plainsight_vocabulary::OperatorFacts::parse("routes.toml", &routes_file).unwrap();
        let jurisdictions = facts.apply(plainsight_vocabulary::jurisdictions()).unwrap();
        let england = jurisdictions.iter().find(|each| each.id == "england").unwrap();
        let look = |days: i64, words: &str| {
            let mut findings = Findings::default();
            routes(england, made + Duration::days(days), &mut findings);
            findings.look.iter().filter(|line| line.starts_with(words)).count()
        };
        let (hidden, soon) = ("not shown to the public", "to be checked again until 2026-08-01");
        assert_eq!(look(100, soon), 0, "months before, nobody is disturbed");
        assert!(look(160, soon) > 0);
        assert_eq!(look(160, hidden), look(0, hidden), "until that day it is shown");
        assert_eq!(look(200, soon), 0);
        assert!(look(200, hidden) > look(0, hidden));
        let promised = |days: i64, words: &str| {
            let mut findings = Findings::default();
            promises(&facts, made.date() + Duration::days(days), &mut findings);
            findings.look.iter().filter(|line| line.starts_with(words)).count()
        };
        let ticked = facts.promises().on(made.date()).len();
        assert_eq!(promised(100, soon), 0);
        assert_eq!(promised(160, soon), ticked);
        assert_eq!(promised(160, "not promised"), 0);
        assert_eq!(promised(200, "not promised"), ticked);
    }
}
