//! The two sites: which rooms are mounted where, with which headers and limits.

use std::fs;
use std::sync::Arc;

use anyhow::{Context, Result};
use axum::Router;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::csrf::CsrfLayer;

use plainsight_apart::{Apart, Limits, Program, Scanner};
use plainsight_helpline::{Cabinet, Cleaner, Desk, MakeSettings, OperatorFile, Pool, PublicSettings, Site, Standing};
use plainsight_pages::{DeskSite, Locales};
use plainsight_people::{Accounts, Auditing, Book, People, Room, Staff, needs_fresh};
use plainsight_store::{Holder, site_value};
use plainsight_vault::SiteSalt;
use plainsight_vocabulary::{Clocks, OperatorFacts};

use crate::config::{Config, PublicSite as PublicPart};
use crate::instance::Instance;

/// The name of the site value that marks invented data: pages carry a banner, and `serve` refuses the database.
pub(crate) const DEMO: &str = plainsight_people::acts::code::DEMO_MARK;

/// How long ago a password may have been typed before a page that gives somebody a key.
const FRESH: time::Duration = time::Duration::minutes(5);

/// The report site: no cookie, no address kept, no private key.
pub(crate) async fn public(instance: &Instance) -> Result<Router> {
    let cabinet = instance.cabinet(Holder::Public).await?;
    let key = instance.public_key()?;
    let salt = salt(instance).await?;
    let locales = locales(&instance.config)?;
    let standing = standing(instance, &cabinet).await?;
    // Reports come first: that the desk cannot be told stops nobody.
    if let Err(error) = standing.tell_desk(&cabinet).await {
        tracing::error!(%error, "the desk could not be told with which operator file the report site began");
    }
    tokio::spawn(follow(standing.clone(), cabinet.clone()));
    let pool = Pool::new(salt, key.pepper(), instance.entropy.clone(), 1);
    tokio::spawn(pool.clone().fill());
    let site = Site::new(cabinet, locales, standing, pool, key.subkey("form state"));
    Ok(plainsight_helpline::public(site).layer(CatchPanicLayer::new()))
}

/// The desk, for members only, under a session; and the origin of its files, which knows none.
pub(crate) async fn desk(instance: &Instance, people: &People) -> Result<(Router, Router)> {
    let cabinet = instance.cabinet(Holder::Desk).await?;
    let locales = locales(&instance.config)?;
    let organisation = cabinet.organisation;
    let name = site_value(instance.store.content().read(), organisation, plainsight_people::acts::organisation::OPERATOR_NAME).await?;
    let files_origin = instance.config.files_origin()?;
    let face = DeskSite::new(locales.clone(), name.unwrap_or_default(), is_demo(instance).await?)
        .with_files(&files_origin)
        .with_context(|| format!("`origin` under [files] is no origin: {files_origin:?} should be like https://files.example.org"))?;
    let standing = standing(instance, &cabinet).await?;
    tokio::spawn(follow(standing.clone(), cabinet.clone()));
    let zone = standing.settings().jurisdictions.first().map_or_else(|| "Europe/London".to_owned(), |first| first.zone.clone());
    let door = plainsight_people::Desk::new(people.clone(), face.clone()).at(&instance.config.desk.origin);
    let book = Book {
        zone: "helpline",
        ledger: cabinet.ledger.clone(),
        acts: plainsight_helpline::act_codes(),
        reference: plainsight_helpline::record_reference,
    };
    let auditing = Auditing::new(&door, [book], instance.desk_key()?.signing_key(), &zone);
    let (pages, roles) = (plainsight_helpline::desk_pages(), plainsight_helpline::roles());
    let helpline = Room { zone: "helpline", title: "desk-helpline", pages, roles };
    let staff = Staff::new(&door, &zone, [helpline]).never_on_call(plainsight_helpline::CUSTODIANS);
    let accounts = Accounts::new(&door, &zone, [helpline]);
    let worker = Apart::new(Program::this(&["clean-apart"]), Limits::default());
    let cleaner = Cleaner::new(worker, instance.config.files.scan.clone().map(Scanner::at));
    let desk = Desk::new(cabinet, face.clone(), people.clone(), zone, standing, instance.desk_key()?.signing_key())
        .with_files(cleaner, &files_origin);
    let files = plainsight_helpline::files(desk.clone()).layer(CatchPanicLayer::new());
    let csrf = CsrfLayer::new()
        .add_trusted_origin(instance.config.desk.origin.trim_end_matches('/'))
        .context("the desk's `origin` is not an address")?;
    let fresh = needs_fresh(&door, FRESH, plainsight_helpline::desk_with_fresh_password(desk.clone()));
    let rooms =
        plainsight_helpline::desk(desk).merge(fresh).merge(plainsight_people::ledger(auditing)).merge(plainsight_people::staff(staff));
    let rooms = rooms.merge(plainsight_people::account(accounts));
    let inside = plainsight_people::desk(&door, rooms);
    Ok((plainsight_pages::desk_face(face, inside).layer(csrf).layer(CatchPanicLayer::new()), files))
}

/// Whether the database holds invented data.
pub(crate) async fn is_demo(instance: &Instance) -> Result<bool> {
    let organisation = instance.organisation().await?;
    Ok(site_value(instance.store.content().read(), organisation, DEMO).await?.is_some())
}

pub(crate) async fn salt(instance: &Instance) -> Result<SiteSalt> {
    let organisation = instance.organisation().await?;
    let text = site_value(instance.store.content().read(), organisation, plainsight_people::acts::organisation::SITE_SALT)
        .await?
        .context("the organisation has no site salt: the database is damaged")?;
    let bytes = data_encoding::HEXLOWER.decode(text.as_bytes()).ok().and_then(|bytes| bytes.try_into().ok());
    Ok(SiteSalt(bytes.context("the site salt is damaged")?))
}

/// How often a process looks whether somebody changed what holds at the desk.
const FOLLOW: std::time::Duration = std::time::Duration::from_secs(5);

/// What holds of the operator's own words: their file as it is now, and what was changed over it at the desk.
pub(crate) async fn standing(instance: &Instance, cabinet: &Cabinet) -> Result<Standing> {
    let config = &instance.config;
    let (name, text) = operator_file(config)?;
    let (public, invented, wanted) = (config.public.clone(), is_demo(instance).await?, config.jurisdictions.clone());
    let make: MakeSettings = Arc::new(move |facts| settings(&wanted, &public, invented, facts).map_err(|error| format!("{error:#}")));
    let standing = Standing::begin(OperatorFile { name, text, make }, cabinet).await?;
    standing.map_err(anyhow::Error::msg)
}

/// Takes over for ever what is changed at the desk.
async fn follow(standing: Standing, cabinet: Cabinet) {
    let mut tick = tokio::time::interval(FOLLOW);
    tick.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Skip);
    loop {
        tick.tick().await;
        if let Err(error) = standing.catch_up(&cabinet).await {
            tracing::error!(%error, "what was changed at the desk could not be read; trying again");
        }
    }
}

fn settings(wanted: &[String], public: &PublicPart, invented: bool, facts: &OperatorFacts) -> Result<PublicSettings> {
    let known = plainsight_vocabulary::jurisdictions();
    let all = facts.apply(known).map_err(anyhow::Error::from).context("the operator file does not fit the routes to help")?;
    let mut jurisdictions = Vec::new();
    for wanted in wanted {
        let found = all.iter().find(|jurisdiction| jurisdiction.id == *wanted);
        let names = || known.iter().map(|jurisdiction| jurisdiction.id.as_str()).collect::<Vec<_>>().join(", ");
        jurisdictions.push(found.with_context(|| format!("there is no jurisdiction {wanted:?}; there are: {}", names()))?.clone());
    }
    let clocks = jurisdictions.first().map_or(Clocks::STANDARD, |jurisdiction| jurisdiction.clocks);
    let staffed = facts.desk_hours().cloned().or_else(|| jurisdictions.first().and_then(|first| first.desk_hours.clone()));
    let (promises, controller) = (facts.promises().clone(), facts.controller().clone());
    let (leave_to, waiting_files) = (public.leave_to.clone(), public.waiting_files);
    Ok(PublicSettings { leave_to, invented, jurisdictions, staffed, clocks, promises, controller, kept: facts.kept(), waiting_files })
}

/// The operator's file: its name and its text; nothing where there is none.
fn operator_file(config: &Config) -> Result<(String, String)> {
    let Some(file) = &config.operator else { return Ok(("operator.toml".to_owned(), String::new())) };
    let text = fs::read_to_string(file).with_context(|| format!("could not read the operator file {}", file.display()))?;
    Ok((file.display().to_string(), text))
}

fn locales(config: &Config) -> Result<Locales> {
    Locales::load(config.locales.as_deref()).context("the translations could not be loaded")
}
