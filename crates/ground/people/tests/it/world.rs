//! An organisation with a desk, whose clock and randomness the test decides. The unit tests of the crate use it too.

use std::sync::Arc;

use data_encoding::BASE32_NOPAD;
use plainsight_ledger::{Actor, Ledger, OpenedEntry};
use plainsight_people::acts::member::{HandedOver, NewMember, create_member};
use plainsight_people::acts::organisation::{InstanceKeys, create_organisation};
use plainsight_people::acts::sign_in::{self, Credentials, Proved, SignInError};
use plainsight_people::acts::team::{create_team, list_teams};
use plainsight_people::{ActError, CodeSecret, CountedPause, People, RoleName, Settings, Unlocked, ZONE};
use plainsight_store::{Clock as _, Entropy, Holder, Migration, StoreError, load_service_ring};
use plainsight_testkit::{TestClock, TestDb, TestEntropy};
use plainsight_vault::InstanceKey;
use sea_orm::sea_query::{Alias, Expr, ExprTrait as _, Query, SimpleExpr};
use sea_orm::{ConnectionTrait as _, Value};
use time::OffsetDateTime;
use time::macros::datetime;
use uuid::Uuid;

/// A Tuesday night in winter.
pub(crate) const NIGHT: OffsetDateTime = datetime!(2026-11-24 03:00 UTC);
pub(crate) const ADMINISTRATION: Actor = Actor::System("command-line");

pub(crate) struct World {
    pub(crate) db: TestDb,
    pub(crate) people: People,
    pub(crate) clock: Arc<TestClock>,
    pub(crate) pause: Arc<CountedPause>,
    pub(crate) organisation: Uuid,
}

/// A member, with what was handed over.
pub(crate) struct Person {
    pub(crate) id: Uuid,
    pub(crate) sign_in_name: String,
    pub(crate) password: String,
    pub(crate) code: CodeSecret,
}

impl Person {
    pub(crate) fn of(sign_in_name: &str, handed: &HandedOver) -> Self {
        let secret = BASE32_NOPAD.decode(handed.enrolment.secret.as_bytes()).unwrap();
        Self {
            id: handed.id,
            sign_in_name: sign_in_name.to_owned(),
            password: handed.words.as_ref().unwrap().to_string(),
            code: CodeSecret::from_bytes(&secret).unwrap(),
        }
    }
}

fn migrations() -> Vec<Migration> {
    [plainsight_store::migrations(), plainsight_ledger::migrations(), plainsight_people::migrations()].concat()
}

/// Runs a test body in a fresh world on SQLite, then on PostgreSQL.
pub(crate) async fn on_both<F, R>(body: F)
where
    F: Fn(World) -> R,
    R: Future<Output = ()>,
{
    let body = &body;
    plainsight_testkit::on_both(migrations(), |db| async move { body(World::new(db).await).await }).await;
}

fn desk_key() -> InstanceKey {
    InstanceKey::from_bytes([7; 32])
}

impl World {
    async fn new(db: TestDb) -> Self {
        let clock = Arc::new(TestClock::at(NIGHT));
        let entropy: Arc<dyn Entropy> = Arc::new(TestEntropy::new(1));
        let keys = InstanceKeys { desk: &desk_key(), public: &InstanceKey::from_bytes([8; 32]) };
        let organisation = create_organisation(db.store(), &keys, "Westmere Helpline", &[], clock.as_ref(), &entropy).await.unwrap();
        let pause = Arc::new(CountedPause::default());
        let people = open(&db, organisation, &clock, entropy, &pause).await;
        Self { db, people, clock, pause, organisation }
    }

    /// The desk of the same instance after a restart: same records and key file, empty memory.
    pub(crate) async fn restarted(&self) -> People {
        open(&self.db, self.organisation, &self.clock, Arc::new(TestEntropy::new(2)), &self.pause).await
    }

    pub(crate) async fn add(&self, sign_in_name: &str, roles: &[&str]) -> Person {
        self.try_add(sign_in_name, roles).await.unwrap()
    }

    pub(crate) async fn try_add(&self, sign_in_name: &str, roles: &[&str]) -> Result<Person, ActError> {
        let (name, email) = (format!("{sign_in_name} Wintergreen"), format!("{sign_in_name}@example.org"));
        let roles = self::roles(roles);
        let new = NewMember { name: &name, email: &email, sign_in_name, roles: &roles, password: None };
        Ok(Person::of(sign_in_name, &create_member(&self.people, ADMINISTRATION, &new).await?))
    }

    /// An adviser of the helpline.
    pub(crate) async fn adviser(&self, sign_in_name: &str) -> Person {
        self.add(sign_in_name, &["helpline:adviser"]).await
    }

    pub(crate) fn now(&self) -> OffsetDateTime {
        self.clock.now()
    }

    pub(crate) fn code(&self, person: &Person) -> String {
        person.code.code_at(self.now()).unwrap()
    }

    pub(crate) async fn try_sign_in(&self, name: &str, password: &str, code: &str) -> Result<Proved, SignInError> {
        let typed = Credentials { name: name.into(), password: password.to_owned().into(), code: code.to_owned().into() };
        sign_in::prove(&self.people, &typed).await
    }

    /// Signs in with everything right.
    pub(crate) async fn sign_in(&self, person: &Person) -> Result<Proved, SignInError> {
        self.try_sign_in(&person.sign_in_name, &person.password, &self.code(person)).await
    }

    /// The keys a member gets who types the password now.
    pub(crate) async fn unlocked(&self, person: &Person) -> Arc<Unlocked> {
        sign_in::unlock(&self.people, person.id, person.password.clone().into()).await.unwrap().unlocked
    }

    /// A team of the helpline whose only holder is this member: the night desk, and whoever makes one after it a desk
    /// numbered by those there are.
    pub(crate) async fn team(&self, holder: &Person) -> Uuid {
        let others = list_teams(&self.people, self.now()).await.map_or(0, |teams| teams.len());
        let name = if others == 0 { "Night desk".to_owned() } else { format!("Desk {}", others + 1) };
        create_team(&self.people, &*self.unlocked(holder).await, "helpline", &name).await.unwrap()
    }

    /// Every entry of this room's ledger, the oldest first.
    pub(crate) async fn entries(&self) -> Vec<OpenedEntry> {
        let ring = load_service_ring(self.db.content().read(), self.organisation, ZONE, Holder::Desk, &desk_key()).await.unwrap();
        let mut entries = Ledger::new(ring).read(self.db.content().read(), self.organisation, ZONE, None, 10_000).await.unwrap();
        entries.reverse();
        entries
    }

    /// How many rows of a table fit.
    pub(crate) async fn count(&self, table: &str, key: &[(&str, Value)]) -> usize {
        let select = Query::select().expr(Expr::val(1)).from(Alias::new(table)).cond_where(fits(key)).to_owned();
        self.db.content().read().query_all_raw(self.db.backend().build(&select)).await.unwrap().len()
    }

    /// One value as it lies in the database.
    pub(crate) async fn cell(&self, table: &str, column: &str, key: &[(&str, Value)]) -> Option<Vec<u8>> {
        self.value(table, column, key).await
    }

    /// One id as it lies in the database.
    pub(crate) async fn id_cell(&self, table: &str, column: &str, key: &[(&str, Value)]) -> Uuid {
        self.value(table, column, key).await
    }

    async fn value<T: sea_orm::TryGetable>(&self, table: &str, column: &str, key: &[(&str, Value)]) -> T {
        let select = Query::select().column(Alias::new(column)).from(Alias::new(table)).cond_where(fits(key)).to_owned();
        let row = self.db.content().read().query_one_raw(self.db.backend().build(&select)).await.unwrap().expect("the row");
        row.try_get_by_index(0).unwrap()
    }

    /// Writes past the desk, as somebody with the database alone could.
    pub(crate) async fn overwrite(&self, table: &str, column: &str, value: impl Into<Value>, key: &[(&str, Value)]) {
        let update = Query::update().table(Alias::new(table)).value(Alias::new(column), Expr::val(value)).cond_where(fits(key)).to_owned();
        self.write(self.db.backend().build(&update)).await;
    }

    /// Copies a row past the desk, with other values in some columns.
    pub(crate) async fn copy_row(&self, table: &str, columns: &[&str], key: &[(&str, Value)], other: &[(&str, Value)]) {
        let mut select = Query::select();
        select.from(Alias::new(table)).cond_where(fits(key));
        for column in columns {
            match other.iter().find(|(name, _)| name == column) {
                Some((_, value)) => select.expr(Expr::val(value.clone())),
                None => select.column(Alias::new(*column)),
            };
        }
        let names: Vec<Alias> = columns.iter().map(|column| Alias::new(*column)).collect();
        let insert = Query::insert().into_table(Alias::new(table)).columns(names).select_from(select).unwrap().to_owned();
        self.write(self.db.backend().build(&insert)).await;
    }

    /// Deletes a row past the desk.
    pub(crate) async fn forget(&self, table: &str, column: &str, id: Uuid) {
        self.forget_row(table, &[(column, id.into())]).await;
    }

    /// Deletes the row of this key past the desk.
    pub(crate) async fn forget_row(&self, table: &str, key: &[(&str, Value)]) {
        let delete = Query::delete().from_table(Alias::new(table)).cond_where(fits(key)).to_owned();
        self.write(self.db.backend().build(&delete)).await;
    }

    async fn write(&self, statement: sea_orm::Statement) {
        self.db
            .content()
            .tx("test.write", move |tx| {
                let statement = statement.clone();
                Box::pin(async move {
                    assert_eq!(tx.execute_raw(statement).await?.rows_affected(), 1);
                    Ok::<(), StoreError>(())
                })
            })
            .await
            .unwrap();
    }
}

async fn open(db: &TestDb, organisation: Uuid, clock: &Arc<TestClock>, entropy: Arc<dyn Entropy>, pause: &Arc<CountedPause>) -> People {
    let settings = Settings::light_for_tests(pause.clone());
    People::open(db.store(), organisation, &desk_key(), clock.clone(), entropy, settings).await.unwrap()
}

fn fits(key: &[(&str, Value)]) -> sea_orm::Condition {
    key.iter().fold(sea_orm::Condition::all(), |all, (column, value)| {
        let same: SimpleExpr = Expr::col(Alias::new(*column)).eq(value.clone());
        all.add(same)
    })
}

pub(crate) fn roles(names: &[&str]) -> Vec<RoleName> {
    names.iter().map(|name| name.parse().unwrap()).collect()
}
