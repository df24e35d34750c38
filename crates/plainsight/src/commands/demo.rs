//! `plainsight demo`: the whole system on this machine, with an invented scenario.

use std::collections::HashMap;
use std::fs;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

use anyhow::{Context, Result, bail};
use serde::{Deserialize, Serialize};
use time::{Duration, OffsetDateTime};
use uuid::Uuid;
use zeroize::Zeroizing;

use plainsight_helpline::rehearsal::{self, Reporter, Step};
use plainsight_helpline::{Cabinet, Intake, Path as ReportPath, Reach, Report, SafeContact, Seen};
use plainsight_people::acts::code::DEMO_MARKED;
use plainsight_people::acts::member::{NewMember, create_member, set_languages};
use plainsight_people::acts::rota::{NewSlot, add_slot, set_pager};
use plainsight_people::acts::sign_in::{refresh, unlock};
use plainsight_people::acts::team::{create_team, grant_team};
use plainsight_people::{People, SignedIn};
use plainsight_store::{Clock, Holder, put_site_value};
use plainsight_vault::{Receipt, stretch};

use super::member::COMMAND_LINE;
use super::{organisation, serve, team};
use crate::cli::Demo;
use crate::config::Config;
use crate::instance::{Instance, ensure_key};
use crate::mount;
use crate::say;
use crate::scenario::{self, DeskAct, InventedContact, Scenario};

/// Where the demo keeps its data when no folder is named.
const FOLDER: &str = "var/demo";
/// The id in a scenario of the team that keeps originals.
const CUSTODIANS: &str = "custodians";
/// So many of the newest contacts that have an answer get a receipt that somebody can try.
const RECEIPTS: usize = 3;

/// The first line of a configuration that the demo made, by which it knows its own.
const MADE: &str = "# Made by `plainsight demo`. Invented data.";

/// A sign-in of the demo. Kept in a file, for everything here is invented.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct SignIn {
    sign_in_name: String,
    name: String,
    roles: String,
    password: String,
}

/// What the demo remembers to print again at its next start.
#[derive(Serialize, Deserialize)]
struct Printed {
    receipts: Vec<String>,
}

pub(crate) async fn demo(command: &Demo) -> Result<ExitCode> {
    let files = files(command);
    if ![command.public, command.desk, files].iter().all(|address| address.ip().is_loopback()) {
        bail!("the demo listens on this machine only: use an address like 127.0.0.1:8080");
    }
    let folder = command.data.clone().unwrap_or_else(|| PathBuf::from(FOLDER));
    fs::create_dir_all(&folder).with_context(|| format!("could not make the folder {}", folder.display()))?;
    let folder = folder.canonicalize()?;
    let file = folder.join("plainsight.toml");
    let whole = folder.join("sign-ins.json");
    check_folder(&file)?;
    write_config(command, &folder)?;
    if whole.exists() {
        if !mount::is_demo(&Instance::open(Config::read(&file)?).await?).await? {
            bail!("this database holds no invented data: the demo refuses it. Give it a database of its own");
        }
        say(format_args!("Going on with the invented data in {} (delete the folder to begin anew).", folder.display()));
    } else {
        load(command, &file, &folder).await?;
    }
    print(command, &folder)?;
    if command.only_load {
        return Ok(ExitCode::SUCCESS);
    }
    serve::both(&file).await
}

/// The demo writes its configuration anew at each start: never over that of a real instance.
fn check_folder(file: &Path) -> Result<()> {
    let operator = file.with_file_name("operator.toml");
    match fs::read_to_string(file) {
        Ok(text) if text.starts_with(MADE) => Ok(()),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound && !operator.exists() => Ok(()),
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            Err(error).with_context(|| format!("could not read {}", file.display()))
        }
        _ => bail!(
            "{} holds the configuration of another instance, and the demo would write over it: give it a folder of its own with --data",
            file.parent().unwrap_or(file).display()
        ),
    }
}

/// Where cleaned copies are given out.
fn files(command: &Demo) -> SocketAddr {
    let port = command.desk.port();
    command.files.unwrap_or_else(|| SocketAddr::new(command.desk.ip(), port.checked_add(1).unwrap_or(port - 1)))
}

fn write_config(command: &Demo, folder: &Path) -> Result<()> {
    let scenario = Scenario::load(&command.scenario)?;
    // Keys and data lie side by side here, as they never may in a real instance: nothing in it is real.
    let data = match &command.postgres {
        Some(url) => format!("postgres = {}", toml::Value::String(url.clone())),
        None => "data = \"data\"".to_owned(),
    };
    let operator = scenario.routes(OffsetDateTime::date(crate::system::clock().now()));
    let text = format!(
        "{MADE}\n{data}\noperator = \"operator.toml\"\njurisdictions = [{:?}, \"romania\"]\n\n\
         [keys]\npublic = \"keys/public.key\"\ndesk = \"keys/desk.key\"\n\n\
         [public]\nlisten = \"{}\"\nleave_to = {:?}\n\n[desk]\nlisten = \"{}\"\norigin = \"http://localhost:{}\"\n\n\
         [files]\nlisten = \"{}\"\norigin = \"http://localhost:{}\"\n\n[pager]\nfolder = \"pager\"\n",
        scenario.jurisdiction,
        command.public,
        scenario.operator.leave_page,
        command.desk,
        command.desk.port(),
        files(command),
        files(command).port()
    );
    fs::write(folder.join("operator.toml"), operator)?;
    fs::write(folder.join("plainsight.toml"), text)?;
    Ok(())
}

async fn load(command: &Demo, file: &Path, folder: &Path) -> Result<()> {
    let config = Config::read(file)?;
    let scenario = Scenario::load(&command.scenario)?;
    let entropy = crate::system::entropy();
    ensure_key(&config.keys.public, entropy.as_ref())?;
    ensure_key(&config.keys.desk, entropy.as_ref())?;
    let instance = Instance::open_and_migrate(config).await?;
    let organisation = organisation::add(&instance, &scenario.organisation.name).await?;
    instance
        .store
        .content()
        .tx("demo.mark", move |tx| Box::pin(async move { put_site_value(tx, organisation, mount::DEMO, DEMO_MARKED).await }))
        .await?;
    say(format_args!("Making {} and {} invented contacts ...", scenario.title, command.contacts));
    let people = instance.people().await?;
    let (sign_ins, staff, intake_team, custodians) = staff(&people, &scenario).await?;
    team::take_reports(&instance, intake_team).await?;
    if let Some(custodians) = custodians {
        team::keep_originals(&instance, custodians).await?;
    }
    let receipts = contacts(command, &instance, &scenario, &staff, intake_team).await?;
    fs::write(folder.join("printed.json"), serde_json::to_vec_pretty(&Printed { receipts })?)?;
    instance.store.close().await;
    // Written last: a demo that was stopped while it was made is made anew.
    fs::write(folder.join("sign-ins.json"), serde_json::to_vec_pretty(&sign_ins)?)?;
    Ok(())
}

type Staff = HashMap<String, SignedIn>;

/// Members with passwords made here and now, their team, their rota.
async fn staff(people: &People, scenario: &Scenario) -> Result<(Vec<SignIn>, Staff, Uuid, Option<Uuid>)> {
    let mut sign_ins = Vec::new();
    let mut ids = HashMap::new();
    let mut unlocked = HashMap::new();
    for member in &scenario.organisation.members {
        let roles: Vec<_> = member.roles.iter().map(|role| format!("{}:{}", role.zone, role.role).parse()).collect::<Result<_, _>>()?;
        let new = NewMember { name: &member.name, email: &member.email, sign_in_name: &member.sign_in, roles: &roles, password: None };
        let handed = create_member(people, COMMAND_LINE, &new).await?;
        let password = handed.words.context("no password was made")?;
        set_pager(people, COMMAND_LINE, handed.id, Some(&member.email)).await?;
        set_languages(people, COMMAND_LINE, handed.id, &member.languages).await?;
        ids.insert(member.sign_in.clone(), handed.id);
        unlocked.insert(member.sign_in.clone(), unlock(people, handed.id, Zeroizing::new(password.to_string())).await?);
        sign_ins.push(SignIn {
            sign_in_name: member.sign_in.clone(),
            name: member.name.clone(),
            roles: member.roles.iter().map(|role| role.role.as_str()).collect::<Vec<_>>().join(", "),
            password: password.to_string(),
        });
    }
    let mut teams = HashMap::new();
    for team in &scenario.organisation.teams {
        let holder = unlocked.get(&team.first_holder).context("the first holder of a team is no member")?;
        let id = create_team(people, &holder.unlocked, &team.zone, &team.name).await?;
        teams.insert(team.id.clone(), id);
        let holder = refresh(people, &holder.unlocked).await?;
        for member in
            scenario.organisation.members.iter().filter(|member| member.teams.contains(&team.id) && member.sign_in != team.first_holder)
        {
            grant_team(people, &holder, id, *ids.get(&member.sign_in).context("a member is missing")?).await?;
        }
    }
    for slot in scenario.organisation.slots()? {
        let (Some(team), Some(member)) = (teams.get(&slot.team), ids.get(&slot.member)) else { continue };
        let weekday = slot.day.number_from_monday();
        let new = NewSlot { team: *team, member: *member, weekday, from: slot.from, to: slot.to, zone: &scenario.time_zone };
        add_slot(people, COMMAND_LINE, &new).await?;
    }
    let mut staff = Staff::new();
    for (name, proved) in unlocked {
        staff.insert(name, SignedIn { unlocked: refresh(people, &proved.unlocked).await?, member: proved.member, proved: people.now() });
    }
    let first = scenario.organisation.teams.first().and_then(|team| teams.get(&team.id)).context("the scenario has no team")?;
    Ok((sign_ins, staff, *first, teams.get(CUSTODIANS).copied()))
}

/// A clock that stands where the story stands.
struct StoryClock(OffsetDateTime);

impl Clock for StoryClock {
    fn now(&self) -> OffsetDateTime {
        self.0
    }
}

/// One thing that happens in the story.
enum Event<'a> {
    Filed(&'a InventedContact),
    Added(usize, &'a str),
    Desk(usize, &'a str, &'a DeskAct),
}

/// Loads the contacts in the order of the story: everything happens when it happened.
async fn contacts(command: &Demo, instance: &Instance, scenario: &Scenario, staff: &Staff, team: Uuid) -> Result<Vec<String>> {
    let now = instance.clock.now();
    let mut invented = scenario::generate(scenario, command.seed, command.contacts, now);
    in_danger_now(&mut invented, now);
    let mut events: Vec<(OffsetDateTime, Event<'_>)> = Vec::new();
    for contact in &invented {
        events.push((contact.filed_at, Event::Filed(contact)));
        events
            .extend(contact.later_messages.iter().map(|later| (contact.filed_at + later.after, Event::Added(contact.number, &later.text))));
        events.extend(
            contact.desk_story.steps.iter().map(|step| (contact.filed_at + step.after, Event::Desk(contact.number, &step.by, &step.act))),
        );
    }
    events.retain(|(at, _)| *at <= now);
    events.sort_by_key(|(at, _)| *at);

    let replied =
        |contact: &&InventedContact| contact.desk_story.steps.iter().any(|step| matches!(step.act, DeskAct::Reply(_) | DeskAct::Ask(_)));
    let with_receipt: Vec<usize> = invented.iter().rev().filter(replied).take(RECEIPTS).map(|contact| contact.number).collect();
    let base = instance.cabinet(Holder::Desk).await?;
    let pepper = instance.public_key()?.pepper();
    let salt = mount::salt(instance).await?;
    let (epoch, team_key) = plainsight_people::team_public_key(instance.store.content().read(), base.organisation, team).await?;
    let settings = mount::standing(instance, &base).await?.settings();
    let due = settings.clone();
    let intake =
        Intake { team, epoch, team_key, due: Arc::new(move |at, urgency| due.due(at, urgency)), common_languages: vec!["en".to_owned()] };

    let mut reporters: HashMap<usize, Reporter> = HashMap::new();
    let mut receipts = Vec::new();
    let all = events.len();
    for (done, (at, event)) in events.into_iter().enumerate() {
        if done % 100 == 0 && done > 0 {
            say(format_args!("  {done} of {all} events"));
        }
        let cabinet = Cabinet { clock: Arc::new(StoryClock(at)), ..base.clone() };
        match event {
            Event::Filed(contact) => {
                let receipt = with_receipt.contains(&contact.number).then(|| Receipt::generate(&mut instance.entropy.rng()));
                let receipt = receipt.map(|receipt| stretch(&receipt, &salt).map(|root| (receipt, root))).transpose()?;
                receipts.extend(receipt.as_ref().map(|(receipt, _)| receipt.digits().to_string()));
                let reporter = rehearsal::file_invented(&cabinet, &intake, &pepper, &report(contact), receipt).await?;
                reporters.insert(contact.number, reporter);
            }
            Event::Added(number, text) => {
                if let Some(reporter) = reporters.get(&number) {
                    reporter.add(&cabinet, &intake, &pepper, text.to_owned()).await?;
                }
            }
            Event::Desk(number, by, act) => {
                if let (Some(reporter), Some(who), Some(step)) = (reporters.get(&number), staff.get(by), step(act)) {
                    rehearsal::take_step(&cabinet, who, reporter.contact, step).await?;
                }
            }
        }
    }
    Ok(receipts)
}

/// Moves the last danger to a few minutes ago, with nobody on it yet: whoever opens the demo sees the danger clock run.
fn in_danger_now(invented: &mut [InventedContact], now: OffsetDateTime) {
    if let Some(contact) = invented.iter_mut().rev().find(|contact| contact.danger) {
        contact.filed_at = now - Duration::minutes(4);
        contact.later_messages.clear();
        contact.desk_story.steps.clear();
    }
}

fn report(contact: &InventedContact) -> Report {
    let place = [Some(contact.place.words.as_str()), contact.place.street.as_deref(), contact.place.postcode.as_deref()];
    let words = match &contact.name {
        Some(name) => format!("{}\n{name}", contact.own_words),
        None => contact.own_words.clone(),
    };
    Report {
        path: match contact.path {
            scenario::ReportPath::Me => ReportPath::Me,
            scenario::ReportPath::Noticed => ReportPath::Noticed,
        },
        proximity: Some(contact.proximity),
        language: contact.language.clone(),
        danger: contact.danger.then_some(plainsight_vocabulary::Answer::Yes),
        child: contact.child,
        setting: contact.place.setting.clone(),
        place: place.into_iter().flatten().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", "),
        signs: contact.signs.iter().map(|(id, seen)| (id.clone(), seen_as(*seen))).collect(),
        words,
        naming: Some(contact.identity),
        safe_contact: safe_contact(&contact.safe_contact),
        ..Report::default()
    }
}

fn seen_as(seen: scenario::Seen) -> Seen {
    match seen {
        scenario::Seen::Yes => Seen::Yes,
        scenario::Seen::No => Seen::No,
        scenario::Seen::CouldNotSee => Seen::CouldNotSee,
    }
}

fn safe_contact(contact: &scenario::SafeContact) -> SafeContact {
    let channel = match contact {
        scenario::SafeContact::None => return SafeContact::default(),
        scenario::SafeContact::ReceiptOnly => return SafeContact { reach: Reach::Receipt, ..SafeContact::default() },
        scenario::SafeContact::Channels(channels) => match channels.first() {
            Some(channel) => channel,
            None => return SafeContact::default(),
        },
    };
    let days = channel.days.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
    SafeContact {
        reach: match channel.kind {
            scenario::ChannelKind::Telephone => Reach::Telephone,
            scenario::ChannelKind::TextMessage => Reach::Text,
            scenario::ChannelKind::Email => Reach::Email,
        },
        address: channel.address.clone(),
        times: format!(
            "{days} {:02}:{:02}-{:02}:{:02}",
            channel.from.hour(),
            channel.from.minute(),
            channel.to.hour(),
            channel.to.minute()
        ),
        code_word: channel.code_word.clone().unwrap_or_default(),
    }
}

/// What of the story this version of the desk can do.
fn step(act: &DeskAct) -> Option<Step> {
    Some(match act {
        DeskAct::Opened => Step::Open,
        DeskAct::Note(text) => Step::Note(text.clone()),
        DeskAct::Reply(text) => Step::Reply(text.clone()),
        DeskAct::Ask(text) => Step::Ask(text.clone()),
        DeskAct::MarkedSafe(reason) => Step::MarkSafe(reason.clone()),
        DeskAct::UrgentReferral { incident_reference, told, .. } => Step::ReferUrgently {
            incident_reference: (incident_reference != "none given").then(|| incident_reference.clone()),
            told: told.clone(),
        },
        DeskAct::UrgentReviewed => Step::Review("Looked at it after the fact: it was right to call.".to_owned()),
        DeskAct::Closed(reason) => Step::Close(reason.clone()),
    })
}

fn print(command: &Demo, folder: &Path) -> Result<()> {
    let sign_ins: Vec<SignIn> = serde_json::from_slice(&fs::read(folder.join("sign-ins.json"))?)?;
    let printed: Printed = serde_json::from_slice(&fs::read(folder.join("printed.json"))?)?;
    say("");
    say("Everything here is invented.");
    say(format_args!("  Report site   http://localhost:{}/", command.public.port()));
    say(format_args!("  Desk          http://localhost:{}/", command.desk.port()));
    say("");
    say("Sign in at the desk as");
    for sign_in in &sign_ins {
        say(format_args!("  {:<10} {:<22} {:<24} password: {}", sign_in.sign_in_name, sign_in.name, sign_in.roles, sign_in.password));
    }
    say(format_args!("  The six-digit code: plainsight member code NAME --config {}", folder.join("plainsight.toml").display()));
    if !printed.receipts.is_empty() {
        say("");
        say("Read a message with one of these receipts:");
        for receipt in &printed.receipts {
            say(format_args!("  {receipt}"));
        }
    }
    say("");
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_demo_writes_over_no_configuration_but_its_own() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("plainsight.toml");
        check_folder(&file).unwrap();
        fs::write(&file, format!("{MADE}\n")).unwrap();
        check_folder(&file).unwrap();
        fs::write(&file, "data = \"data\"\n").unwrap();
        assert!(check_folder(&file).unwrap_err().to_string().contains("another instance"));
        fs::remove_file(&file).unwrap();
        fs::write(folder.path().join("operator.toml"), "").unwrap();
        assert!(check_folder(&file).is_err(), "an operator's facts lie here");
    }
}
