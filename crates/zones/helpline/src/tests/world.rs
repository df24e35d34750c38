//! A small helpline: an organisation with its keys, a team of three, and reporters whose receipts are not stretched.

use std::sync::Arc;

use plainsight_ledger::{Actor, OpenedEntry};
use plainsight_people::acts::member::{NewMember, create_member};
use plainsight_people::acts::organisation::{InstanceKeys, ZoneKeys, create_organisation};
use plainsight_people::acts::sign_in::{refresh, unlock};
use plainsight_people::acts::team::{create_team, grant_team};
use plainsight_people::{CountedPause, People, Settings, SignedIn};
use plainsight_store::{Clock, Entropy, Holder, Jobs, Migration, StoreError, TombstoneFile, schema_columns, work};
use plainsight_testkit::{TestClock, TestDb, TestEntropy};
use plainsight_vault::{InstanceKey, ReadyReceipt, Receipt, Root, SiteSalt};
use plainsight_vocabulary::{Answer, Clocks, ConsentLevel};
use rand::Rng;
use sea_orm::sea_query::{Expr, ExprTrait, Query};
use sea_orm::{ConnectionTrait, DbBackend, Statement};
use time::macros::datetime;
use time::{Duration, OffsetDateTime};
use uuid::Uuid;
use zeroize::Zeroizing;

use crate::acts::come_back::{self, Added};
use crate::acts::file::{Intake, file_under};
use crate::acts::open::{OpenContact, open};
use crate::acts::refer::Call;
use crate::acts::{danger, refer};
use crate::cabinet::Cabinet;
use crate::form::{FormKey, Written};
use crate::header::Header;
use crate::pool::Pool;
use crate::records::{ZONE, contacts};
use crate::report::{Path, Reach, Report, SafeContact, Seen};
use crate::site::PublicSettings;
use crate::trouble::Trouble;

/// A Tuesday morning, not on a full minute.
pub(crate) const START: OffsetDateTime = datetime!(2026-12-01 10:20:30 UTC);
pub(crate) const COMMAND_LINE: Actor = Actor::System("test");

/// Every act of one helpline can be played in it.
pub(crate) struct World {
    pub(crate) db: TestDb,
    /// A folder beside the databases.
    pub(crate) outside: tempfile::TempDir,
    pub(crate) clock: Arc<TestClock>,
    pub(crate) entropy: Arc<dyn Entropy>,
    pub(crate) public_key: InstanceKey,
    pub(crate) desk_key: InstanceKey,
    pub(crate) organisation: Uuid,
    pub(crate) people: People,
    /// What the public process holds, and what the desk holds.
    pub(crate) public: Cabinet,
    pub(crate) desk: Cabinet,
    pub(crate) team: Uuid,
    /// The first holder of the team's key, a supervisor; she granted it to the two advisers.
    pub(crate) sue: SignedIn,
    pub(crate) ana: SignedIn,
    pub(crate) ben: SignedIn,
    /// An adviser to whom nobody granted a key.
    pub(crate) new: SignedIn,
}

/// A filed report, and what its reporter keeps.
pub(crate) struct Filed {
    pub(crate) contact: Uuid,
    pub(crate) receipt: Receipt,
    pub(crate) root: Root,
    pub(crate) form: FormKey,
}

pub(crate) fn migrations() -> Vec<Migration> {
    let rooms = [plainsight_store::migrations(), plainsight_ledger::migrations(), plainsight_people::migrations(), crate::migrations()];
    rooms.into_iter().flatten().collect()
}

/// Runs one body in a fresh world on each database.
pub(crate) async fn on_both<R: Future<Output = ()>>(body: impl Fn(World) -> R) {
    let body = &body;
    plainsight_testkit::on_both(migrations(), |db| async move { body(World::new(db).await).await }).await;
}

/// Runs one body in a fresh world on SQLite: for what only it can be made to do.
pub(crate) async fn on_sqlite<R: Future<Output = ()>>(body: impl FnOnce(World) -> R) {
    body(World::new(TestDb::sqlite(&migrations()).await).await).await;
}

impl World {
    async fn new(db: TestDb) -> Self {
        let clock = Arc::new(TestClock::at(START));
        let entropy: Arc<dyn Entropy> = Arc::new(TestEntropy::new(7));
        let public_key = InstanceKey::generate(&mut entropy.rng());
        let desk_key = InstanceKey::generate(&mut entropy.rng());
        let zones = [ZoneKeys { zone: ZONE.to_owned(), public: true }];
        let keys = InstanceKeys { desk: &desk_key, public: &public_key };
        let organisation = create_organisation(&db, &keys, "Invented Helpline", &zones, clock.as_ref(), &entropy).await.unwrap();
        let settings = Settings::light_for_tests(Arc::new(CountedPause::default()));
        let people = People::open(&db, organisation, &desk_key, clock.clone(), entropy.clone(), settings).await.unwrap();
        let sue = member(&people, "sue", &["helpline:supervisor"]).await;
        let ana = member(&people, "ana", &["helpline:adviser"]).await;
        let ben = member(&people, "ben", &["helpline:adviser"]).await;
        let new = member(&people, "new", &["helpline:adviser"]).await;
        let team = create_team(&people, &sue.unlocked, ZONE, "Night team").await.unwrap();
        let sue = again(&people, &sue).await;
        for adviser in [&ana, &ben] {
            grant_team(&people, &sue.unlocked, team, adviser.member.id).await.unwrap();
        }
        let (ana, ben) = (again(&people, &ana).await, again(&people, &ben).await);
        let outside = tempfile::tempdir().unwrap();
        let stones = TombstoneFile::at(outside.path().join("tombstones"));
        let make = async |holder, key: &InstanceKey| {
            Cabinet::open(&db, organisation, (holder, key), clock.clone(), entropy.clone(), stones.clone()).await.unwrap()
        };
        let public = make(Holder::Public, &public_key).await;
        let desk = make(Holder::Desk, &desk_key).await;
        Self { clock, entropy, public_key, desk_key, organisation, people, public, desk, team, sue, ana, ben, new, outside, db }
    }

    pub(crate) fn now(&self) -> OffsetDateTime {
        self.clock.now()
    }

    pub(crate) fn pepper(&self) -> Zeroizing<[u8; 32]> {
        self.public_key.pepper()
    }

    pub(crate) fn salt(&self) -> SiteSalt {
        SiteSalt([9; 16])
    }

    /// A pool that holds only what a test puts into it.
    pub(crate) fn pool(&self) -> Pool {
        Pool::new(self.salt(), self.pepper(), self.entropy.clone(), 1)
    }

    /// A receipt whose root was drawn, not stretched: as good as a real one, and made at once.
    pub(crate) fn ready(&self) -> (ReadyReceipt, Root) {
        let mut bytes = [0; 32];
        self.entropy.rng().fill_bytes(&mut bytes);
        self.ready_under(Receipt::generate(&mut self.entropy.rng()), Root::from_bytes(bytes))
    }

    pub(crate) fn ready_under(&self, receipt: Receipt, root: Root) -> (ReadyReceipt, Root) {
        let ready = ReadyReceipt { receipt, locate: root.locate(&self.pepper()), mailbox_public: root.mailbox().public() };
        (ready, root)
    }

    pub(crate) async fn intake(&self) -> Intake {
        let (epoch, team_key) = plainsight_people::team_public_key(self.db.content().read(), self.organisation, self.team).await.unwrap();
        let settings = settings();
        Intake {
            team: self.team,
            epoch,
            team_key,
            due: Arc::new(move |at, urgency| settings.due(at, urgency)),
            common_languages: vec!["en".to_owned()],
        }
    }

    /// Files a report as the public process does.
    pub(crate) async fn file(&self, report: &Report) -> Filed {
        let form = FormKey::new(&self.public);
        let (ready, root) = self.ready();
        let receipt = file_under(&self.public, &self.intake().await, report, &form, ready).await.unwrap();
        let contact = self.locate(&root).await.expect("the filed contact");
        Filed { contact, receipt, root, form }
    }

    /// What a receipt leads to.
    /// A colleague who holds the key of another team and not of ours, and what was filed with them.
    pub(crate) async fn elsewhere(&self, report: &Report) -> (SignedIn, Uuid) {
        let ola = member(&self.people, "ola", &["helpline:adviser"]).await;
        let team = plainsight_people::acts::team::create_team(&self.people, &ola.unlocked, ZONE, "Other team").await.unwrap();
        let ola = again(&self.people, &ola).await;
        let (epoch, team_key) = plainsight_people::team_public_key(self.db.content().read(), self.organisation, team).await.unwrap();
        let intake = Intake { team, epoch, team_key, ..self.intake().await };
        let (ready, root) = self.ready();
        crate::acts::file::file_under(&self.public, &intake, report, &FormKey::new(&self.public), ready).await.unwrap();
        let contact = self.locate(&root).await.unwrap();
        (ola, contact)
    }

    pub(crate) async fn locate(&self, root: &Root) -> Option<Uuid> {
        let found = contacts::find_by_locate(self.db.content().read(), self.organisation, &root.locate(&self.pepper())).await;
        found.unwrap().map(|row| row.id)
    }

    pub(crate) async fn row(&self, contact: Uuid) -> contacts::Model {
        contacts::find(self.db.content().read(), self.organisation, contact).await.unwrap().unwrap()
    }

    pub(crate) async fn header(&self, contact: Uuid) -> Header {
        self.desk.open_header(contact, &self.row(contact).await.header).unwrap()
    }

    /// The reporter comes back and adds something.
    pub(crate) async fn adds(&self, root: &Root, form: &FormKey, text: &str, danger: Option<Answer>) -> Result<(), Trouble> {
        let added = Added { text: text.to_owned(), danger, ..Added::default() };
        come_back::write(&self.public, &self.pepper(), root, form.clone(), added, |at, urgency| settings().due(at, urgency)).await
    }

    /// The reporter comes back and says how they may be reached from now on.
    pub(crate) async fn wishes(&self, root: &Root, form: &FormKey, wishes: SafeContact) -> Result<(), Trouble> {
        let added = Added { wishes: Some(wishes), ..Added::default() };
        come_back::write(&self.public, &self.pepper(), root, form.clone(), added, |at, urgency| settings().due(at, urgency)).await
    }

    pub(crate) async fn open(&self, who: &SignedIn, contact: Uuid) -> Result<OpenContact, Trouble> {
        open(&self.desk, who, contact).await
    }

    /// The entries of the helpline's ledger in their order; the chain must hold.
    pub(crate) async fn ledger(&self) -> Vec<OpenedEntry> {
        let read = self.db.content().read();
        plainsight_ledger::verify(read, self.organisation, ZONE, None).await.unwrap();
        let mut entries = self.desk.ledger.read(read, self.organisation, ZONE, None, 1000).await.unwrap();
        entries.reverse();
        entries
    }

    pub(crate) async fn acts(&self) -> Vec<String> {
        self.ledger().await.into_iter().map(|entry| entry.act).collect()
    }

    /// The kinds of the jobs that wait.
    pub(crate) async fn waiting_jobs(&self) -> Vec<(String, OffsetDateTime)> {
        let waiting = Some(plainsight_store::JobState::Waiting);
        let jobs = Jobs::list(self.db.content().read(), self.organisation, waiting).await.unwrap();
        jobs.into_iter().map(|job| (job.kind, job.due)).collect()
    }

    /// Somebody who can write to the database puts other bytes into a column.
    pub(crate) async fn tamper(&self, table: &'static str, column: &'static str, id: Uuid, value: Option<Vec<u8>>) {
        let organisation = self.organisation;
        let statement = Query::update()
            .table(table)
            .value(column, value)
            .and_where(Expr::col("organisation").eq(organisation))
            .and_where(Expr::col("id").eq(id))
            .to_owned();
        self.db
            .content()
            .tx(
                "test.tamper",
                work!([statement], |tx| {
                    assert_eq!(tx.execute(&statement).await?.rows_affected(), 1);
                    Ok::<_, StoreError>(())
                }),
            )
            .await
            .unwrap();
    }

    /// Runs a statement on the content.
    pub(crate) async fn run(&self, sql: &'static str) {
        self.db.content().tx("test.run", work!(|tx| tx.execute_unprepared(sql).await.map(drop).map_err(StoreError::from))).await.unwrap();
    }

    /// Every value of every row of every table of both databases, as text: bytes in hexadecimal digits beside themselves.
    pub(crate) async fn everything_stored(&self) -> String {
        let mut all = String::new();
        for database in [self.db.content(), self.db.keystore()] {
            let read = database.read();
            for (table, column) in schema_columns(read).await.unwrap() {
                let sql = match database.backend() {
                    DbBackend::Postgres => format!("SELECT \"{column}\"::text FROM \"{table}\" WHERE \"{column}\" IS NOT NULL"),
                    _ => format!("SELECT hex(\"{column}\") FROM \"{table}\" WHERE \"{column}\" IS NOT NULL"),
                };
                for row in read.query_all_raw(Statement::from_string(database.backend(), sql)).await.unwrap() {
                    all.push_str(&row.try_get_by_index::<String>(0).unwrap());
                    all.push('\n');
                }
            }
        }
        all
    }
}

/// Whether a text lies in what [`World::everything_stored`] gave, plain or in hexadecimal digits.
pub(crate) fn lies_in(stored: &str, text: &str) -> bool {
    let hex = data_encoding::HEXLOWER.encode(text.as_bytes());
    stored.contains(text) || stored.to_lowercase().contains(&hex)
}

/// Makes an account and signs it in.
pub(crate) async fn member(people: &People, name: &str, roles: &[&str]) -> SignedIn {
    let roles: Vec<_> = roles.iter().map(|role| role.parse().unwrap()).collect();
    let email = format!("{name}@example.org");
    let new = NewMember { name, email: &email, sign_in_name: name, roles: &roles, password: None };
    let handed = create_member(people, COMMAND_LINE, &new).await.unwrap();
    let proved = unlock(people, handed.id, handed.words.unwrap()).await.unwrap();
    SignedIn { member: proved.member, unlocked: proved.unlocked, proved: people.now() }
}

/// The same member with the keys that were granted since.
pub(crate) async fn again(people: &People, who: &SignedIn) -> SignedIn {
    SignedIn { unlocked: refresh(people, &who.unlocked).await.unwrap(), ..who.clone() }
}

pub(crate) fn settings() -> PublicSettings {
    PublicSettings {
        leave_to: "https://weather.example.org/".to_owned(),
        invented: false,
        jurisdictions: Vec::new(),
        staffed: None,
        clocks: Clocks::STANDARD,
        promises: plainsight_vocabulary::Promises::default(),
        controller: plainsight_vocabulary::Controller::default(),
        kept: None,
        waiting_files: crate::WAITING_FILES,
    }
}

/// A canary that stands in every field of a report.
pub(crate) const CANARY: &str = "kanarienvogel";

/// A report with every field filled, each with the canary in it where it takes text.
pub(crate) fn full_report() -> Report {
    Report {
        path: Path::Noticed,
        proximity: Some(plainsight_vocabulary::Proximity::Known),
        language: format!("{CANARY}-language"),
        danger: Some(Answer::No),
        child: Some(Answer::No),
        setting: Some(format!("{CANARY}-setting")),
        place: format!("{CANARY} place"),
        signs: [(format!("{CANARY}-sign"), Seen::Yes)].into(),
        words: format!("{CANARY} words"),
        naming: Some(ConsentLevel::Confidential),
        safe_contact: SafeContact {
            reach: Reach::Telephone,
            address: format!("{CANARY} 07700 900123"),
            times: format!("{CANARY} times"),
            code_word: format!("{CANARY} code"),
        },
        role: format!("{CANARY} role"),
        ..Report::default()
    }
}

pub(crate) fn danger() -> Report {
    Report { danger: Some(Answer::Yes), words: "she is locked in".to_owned(), ..Report::default() }
}

pub(crate) fn normal() -> Report {
    Report { words: "a car wash".to_owned(), ..Report::default() }
}

pub(crate) const MINUTE: Duration = Duration::MINUTE;

/// Marks a danger as dealt with, by somebody who has the newest of the contact before their eyes.
pub(crate) async fn mark_safe(cabinet: &Cabinet, who: &SignedIn, contact: Uuid, reason: Written) -> Result<(), Trouble> {
    danger::mark_safe(cabinet, who, contact, reason, newest_alarm(cabinet, contact).await).await
}

/// Passes a contact on, by somebody who has the newest of it before their eyes.
pub(crate) async fn refer(cabinet: &Cabinet, who: &SignedIn, contact: Uuid, call: Call) -> Result<(), Trouble> {
    refer::refer(cabinet, who, contact, call, newest_alarm(cabinet, contact).await).await
}

async fn newest_alarm(cabinet: &Cabinet, contact: Uuid) -> u32 {
    let row = contacts::find(cabinet.store.content().read(), cabinet.organisation, contact).await.unwrap();
    row.map(|row| cabinet.open_header(contact, &row.header).unwrap().alarm.number).unwrap_or_default()
}
