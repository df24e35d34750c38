//! The two sites: which rooms are mounted where, with which headers and limits.

use std::fs;

use anyhow::{Context, Result};
use axum::Router;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::csrf::CsrfLayer;

use plainsight_helpline::{Desk, Pool, PublicSettings, Site};
use plainsight_pages::{DeskSite, Locales};
use plainsight_people::{Accounts, Auditing, Book, People, Room, Staff, needs_fresh};
use plainsight_store::{Holder, site_value};
use plainsight_vault::SiteSalt;
use plainsight_vocabulary::{Clocks, OperatorFacts};

use crate::config::Config;
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
    let settings = settings(instance).await?;
    let pool = Pool::new(salt, key.pepper(), instance.entropy.clone(), 1);
    tokio::spawn(pool.clone().fill());
    let site = Site::new(cabinet, locales, settings, pool, key.subkey("form state"));
    Ok(plainsight_helpline::public(site).layer(CatchPanicLayer::new()))
}

/// The desk: for members only, under a session.
pub(crate) async fn desk(instance: &Instance, people: &People) -> Result<Router> {
    let cabinet = instance.cabinet(Holder::Desk).await?;
    let locales = locales(&instance.config)?;
    let organisation = cabinet.organisation;
    let name = site_value(instance.store.content().read(), organisation, plainsight_people::acts::organisation::OPERATOR_NAME).await?;
    let face = DeskSite::new(locales.clone(), name.unwrap_or_default(), is_demo(instance).await?);
    let settings = settings(instance).await?;
    let zone = settings.jurisdictions.first().map_or_else(|| "Europe/London".to_owned(), |first| first.zone.clone());
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
    let staff = Staff::new(&door, &zone, [helpline]);
    let accounts = Accounts::new(&door, &zone, [helpline]);
    let desk = Desk::new(cabinet, face.clone(), people.clone(), zone, settings, instance.desk_key()?.signing_key());
    let csrf = CsrfLayer::new()
        .add_trusted_origin(instance.config.desk.origin.trim_end_matches('/'))
        .context("the desk's `origin` is not an address")?;
    let fresh = needs_fresh(&door, FRESH, plainsight_helpline::desk_with_fresh_password(desk.clone()));
    let rooms =
        plainsight_helpline::desk(desk).merge(fresh).merge(plainsight_people::ledger(auditing)).merge(plainsight_people::staff(staff));
    let rooms = rooms.merge(plainsight_people::account(accounts));
    let inside = plainsight_people::desk(&door, rooms);
    Ok(plainsight_pages::desk_face(face, inside).layer(csrf).layer(CatchPanicLayer::new()))
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

pub(crate) async fn settings(instance: &Instance) -> Result<PublicSettings> {
    let config = &instance.config;
    let facts = operator(config)?;
    let known = plainsight_vocabulary::jurisdictions();
    let all = facts.apply(known).map_err(anyhow::Error::from).context("the operator file does not fit the routes to help")?;
    let mut jurisdictions = Vec::new();
    for wanted in &config.jurisdictions {
        let found = all.iter().find(|jurisdiction| jurisdiction.id == *wanted);
        let names = || known.iter().map(|jurisdiction| jurisdiction.id.as_str()).collect::<Vec<_>>().join(", ");
        jurisdictions.push(found.with_context(|| format!("there is no jurisdiction {wanted:?}; there are: {}", names()))?.clone());
    }
    let clocks = jurisdictions.first().map_or(Clocks::STANDARD, |jurisdiction| jurisdiction.clocks);
    let staffed = facts.desk_hours().cloned().or_else(|| jurisdictions.first().and_then(|first| first.desk_hours.clone()));
    let (promises, controller) = (facts.promises().clone(), facts.controller().clone());
    let (leave_to, invented) = (config.public.leave_to.clone(), is_demo(instance).await?);
    Ok(PublicSettings { leave_to, invented, jurisdictions, staffed, clocks, promises, controller, kept: facts.kept() })
}

pub(crate) fn operator(config: &Config) -> Result<OperatorFacts> {
    let Some(file) = &config.operator else { return Ok(OperatorFacts::none()) };
    let text = fs::read_to_string(file).with_context(|| format!("could not read the operator file {}", file.display()))?;
    Ok(OperatorFacts::parse(&file.display().to_string(), &text)?)
}

fn locales(config: &Config) -> Result<Locales> {
    Locales::load(config.locales.as_deref()).context("the translations could not be loaded")
}
