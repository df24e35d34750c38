//! A ledger with some entries.

use std::sync::Arc;

use plainsight_ledger::{Actor, Entry, Ledger, LedgerError};
use plainsight_store::{Entropy, Migration, Store, work};
use plainsight_testkit::TestEntropy;
use plainsight_vault::DataKeyRing;
use sea_orm::{ConnectionTrait as _, Statement, Value};
use time::OffsetDateTime;
use time::macros::datetime;
use uuid::Uuid;

pub(crate) const ORGANISATION: Uuid = Uuid::from_u128(0xA);
pub(crate) const OTHER: Uuid = Uuid::from_u128(0xB);
pub(crate) const ZONE: &str = "helpline";
pub(crate) const AT: OffsetDateTime = datetime!(2026-01-01 10:20:30 UTC);

pub(crate) fn migrations() -> Vec<Migration> {
    [plainsight_store::migrations(), plainsight_ledger::migrations()].concat()
}

pub(crate) fn ledger() -> Ledger {
    Ledger::new(DataKeyRing::new(1, &[9; 32]))
}

pub(crate) fn entropy() -> Arc<dyn Entropy> {
    Arc::new(TestEntropy::new(4))
}

/// Appends entries with running numbers in their detail, each in a transaction of its own.
pub(crate) async fn append(store: &Store, organisation: Uuid, zone: &'static str, numbers: std::ops::Range<u64>) {
    let entropy = entropy();
    for number in numbers {
        one(store, organisation, zone, number, Arc::clone(&entropy)).await.unwrap();
    }
}

pub(crate) async fn one(
    store: &Store,
    organisation: Uuid,
    zone: &'static str,
    number: u64,
    entropy: Arc<dyn Entropy>,
) -> Result<(), LedgerError> {
    let ledger = ledger();
    store
        .content()
        .tx(
            "trial.append",
            work!([ledger, entropy], |tx| {
                let entry = Entry {
                    organisation,
                    zone,
                    at: AT,
                    actor: Actor::Member(Uuid::from_u128(7)),
                    act: "contact.opened",
                    record: Some(Uuid::from_u128(u128::from(number))),
                    detail: serde_json::json!({ "number": number }),
                };
                ledger.append(tx, &entry, &mut entropy.rng()).await
            }),
        )
        .await
}

/// Runs a statement as somebody with the database in hand would.
pub(crate) async fn tamper(store: &Store, sql: impl Into<String>, values: Vec<Value>) -> u64 {
    let sql = sql.into();
    let done: Result<u64, LedgerError> = store
        .content()
        .tx(
            "trial.tamper",
            work!([sql, values], |tx| {
                let done = tx.execute_raw(Statement::from_sql_and_values(tx.get_database_backend(), sql, values)).await?;
                Ok(done.rows_affected())
            }),
        )
        .await;
    done.unwrap()
}
