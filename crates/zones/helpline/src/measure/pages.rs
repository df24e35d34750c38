//! The desk's pages over a database of the size of a large helpline: the rows, their sealed headers and the sealed reports lie in it,
//! the words are in memory as reading them would have left them. For the bench alone.

use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::http::{Method, Request, StatusCode, header};
use axum::{Extension, body};
use tower::ServiceExt as _;
use uuid::Uuid;

use plainsight_ledger::Actor;
use plainsight_pages::{DeskSite, Locales};
use plainsight_people::acts::member::{NewMember, create_member};
use plainsight_people::acts::organisation::{InstanceKeys, ZoneKeys, create_organisation};
use plainsight_people::acts::sign_in::{refresh, unlock};
use plainsight_people::acts::team::create_team;
use plainsight_people::{People, Settings, SignedIn, team_public_key};
use plainsight_store::{Clock, Entropy, Holder, Migration, Store, TombstoneFile, work};
use plainsight_vault::{InstanceKey, ReadyReceipt, Receipt, Root};
use plainsight_vocabulary::{Clocks, Controller, Promises};

use super::Memory;
use crate::acts::answer::note;
use crate::acts::case::{add, begin, put_in};
use crate::acts::file::{Intake, file_under};
use crate::cabinet::Cabinet;
use crate::case::What;
use crate::form::FormKey;
use crate::records::{ZONE, contacts};
use crate::report::Report;
use crate::screens::desk::Desk;
use crate::site::PublicSettings;
use crate::trouble::Trouble;

/// What can go wrong while a measure is set up is said and ends it.
type Made<T> = Result<T, Box<dyn std::error::Error + Send + Sync>>;

/// So many contacts and entries a case that is opened has.
const IN_CASE: usize = 20;
const ENTRIES: usize = 60;
/// Rows of one statement: SQLite binds no more than 32,766 values.
const ROWS: usize = 2_000;

/// The tables that the desk needs.
#[must_use]
pub fn migrations() -> Vec<Migration> {
    let rooms = [plainsight_store::migrations(), plainsight_ledger::migrations(), plainsight_people::migrations(), crate::migrations()];
    rooms.into_iter().flatten().collect()
}

/// A desk over a full database.
pub struct Pages {
    router: Router,
    /// A case with many contacts and entries.
    pub case: Uuid,
    /// A contact with some notes.
    pub contact: Uuid,
    desk: Desk,
    who: SignedIn,
    memory: Memory,
}

impl Pages {
    /// Fills a database and opens the desk over it; the index of headers is read from the database by [`Pages::read_headers`].
    ///
    /// # Errors
    /// Failures of the database.
    pub async fn fill(store: &Store, clock: Arc<dyn Clock>, entropy: Arc<dyn Entropy>, contacts: usize, cases: usize) -> Made<Self> {
        let (public_key, desk_key) = (InstanceKey::generate(&mut entropy.rng()), InstanceKey::generate(&mut entropy.rng()));
        let keys = InstanceKeys { desk: &desk_key, public: &public_key };
        let zones = [ZoneKeys { zone: ZONE.to_owned(), public: true }];
        let organisation = create_organisation(store, &keys, "Invented Helpline", &zones, clock.as_ref(), &entropy).await?;
        let people = People::open(store, organisation, &desk_key, clock.clone(), entropy.clone(), Settings::default()).await?;
        let (who, team) = supervisor(&people).await?;
        let open = async |holder, key: &InstanceKey| {
            // Nothing is erased where only pages are measured.
            let tombstones = TombstoneFile::at("/nowhere/tombstones");
            Cabinet::open(store, organisation, (holder, key), clock.clone(), entropy.clone(), tombstones).await
        };
        let (public, cabinet) = (open(Holder::Public, &public_key).await?, open(Holder::Desk, &desk_key).await?);

        let (epoch, team_key) = team_public_key(store.content().read(), organisation, team).await?;
        let settings = Arc::new(settings());
        let due = settings.clone();
        let intake = Intake {
            team,
            epoch,
            team_key,
            due: Arc::new(move |at, urgency| due.due(at, urgency)),
            common_languages: vec!["en".to_owned()],
        };
        let mut real = Vec::new();
        for number in 0..IN_CASE {
            let report =
                Report { words: format!("They work at night and do not speak, seen from the bus, {number}."), ..Report::default() };
            let mut bytes = [0; 32];
            rand::Rng::fill_bytes(&mut public.rng(), &mut bytes);
            // Drawn, not stretched: nobody comes back with it.
            let root = Root::from_bytes(bytes);
            let receipt = Receipt::generate(&mut public.rng());
            let ready = ReadyReceipt { receipt, locate: root.locate(&public_key.pepper()), mailbox_public: root.mailbox().public() };
            file_under(&public, &intake, &report, &FormKey::new(&public), ready).await?;
        }
        for (id, _) in contacts::headers(store.content().read(), organisation).await? {
            real.push(id);
        }
        let contact = real.first().copied().ok_or("no contact was filed")?;
        let row = contacts::find(store.content().read(), organisation, contact).await?.ok_or("no contact was filed")?;
        let case = begin(&cabinet, &who, &[contact], "Night work".into()).await?;
        for id in real.iter().skip(1) {
            put_in(&cabinet, &who, case, *id, true, "the same place".into()).await?;
        }
        for number in 0..ENTRIES {
            add(&cabinet, &who, case, What::Noted, format!("Looked at the rota of the place, {number}.").as_str().into(), None).await?;
        }
        for number in 0..20 {
            note(&cabinet, &who, contact, format!("Called the council, {number}.").as_str().into()).await?;
        }

        let mut memory = Memory::empty();
        let filler = row.report;
        for place in (0..contacts + cases).step_by(ROWS) {
            let mut rows = Vec::with_capacity(ROWS);
            for number in place..(place + ROWS).min(contacts + cases) {
                let (id, header) = memory.row(organisation, team, number >= contacts);
                rows.push(contacts::Model {
                    organisation,
                    id,
                    header: cabinet.seal_header(id, &header)?,
                    locate: None,
                    mailbox_key: row.mailbox_key.clone(),
                    contact_key: row.contact_key.clone(),
                    epoch: row.epoch,
                    report: filler.clone(),
                });
            }
            store
                .content()
                .tx("helpline.measure_fill", work!([rows], |tx| Ok::<_, Trouble>(contacts::insert_for_measure(tx, rows).await?)))
                .await?;
        }
        let face = DeskSite::new(Locales::load(None)?, "Invented Helpline", false);
        let desk = Desk::new(cabinet, face.clone(), people, "Europe/London", Arc::unwrap_or_clone(settings), desk_key.signing_key());
        let router = plainsight_pages::desk_face(face, crate::desk(desk.clone())).layer(Extension(who.clone()));
        Ok(Self { router, case, contact, desk, who, memory })
    }

    /// Reads every header from the database and opens it, as the first page after a start does.
    ///
    /// # Errors
    /// Failures of the database.
    pub async fn read_headers(&self) -> Made<()> {
        Ok(self.desk.index.catch_up(&self.desk.cabinet).await?)
    }

    /// Puts the words of all contacts into memory, as reading them would have left them.
    pub fn put_words(&mut self) {
        let team = self.who.unlocked.held_teams().next().unwrap_or_default();
        let shelf = std::mem::take(&mut self.memory.shelf);
        self.desk.library.put_for_measure(team, &self.who.unlocked, shelf, &self.desk.index);
    }

    /// Something to look for, as advisers look.
    pub fn question(&mut self) -> String {
        self.memory.question()
    }

    /// Asks for a page; with a body, posts it. Gives how many bytes came.
    ///
    /// # Errors
    /// When the page is not given.
    pub async fn ask(&self, path: &str, posted: Option<String>) -> Made<usize> {
        let method = if posted.is_some() { Method::POST } else { Method::GET };
        let request = Request::builder().method(method).uri(path).header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        let answer = self.router.clone().oneshot(request.body(posted.map_or_else(Body::empty, Body::from))?).await?;
        let status = answer.status();
        if status != StatusCode::OK {
            return Err(format!("{path} answered {status}").into());
        }
        Ok(body::to_bytes(answer.into_body(), usize::MAX).await?.len())
    }
}

async fn supervisor(people: &People) -> Made<(SignedIn, Uuid)> {
    let roles = ["helpline:supervisor".parse()?];
    let new = NewMember { name: "sue", email: "sue@example.org", sign_in_name: "sue", roles: &roles, password: None };
    let handed = create_member(people, Actor::System("bench"), &new).await?;
    let proved = unlock(people, handed.id, handed.words.ok_or("no password")?).await?;
    let team = create_team(people, &proved.unlocked, ZONE, "Night team").await?;
    let unlocked = refresh(people, &proved.unlocked).await?;
    Ok((SignedIn { member: proved.member, unlocked, proved: people.now() }, team))
}

fn settings() -> PublicSettings {
    PublicSettings {
        leave_to: "https://weather.example.org/".to_owned(),
        invented: true,
        jurisdictions: Vec::new(),
        staffed: None,
        clocks: Clocks::STANDARD,
        promises: Promises::default(),
        controller: Controller::default(),
        kept: None,
        waiting_files: crate::WAITING_FILES,
    }
}
