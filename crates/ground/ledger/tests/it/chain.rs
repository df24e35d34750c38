//! Appending and reading.

use std::sync::Arc;

use futures_util::future::join_all;
use plainsight_ledger::{Actor, Entry, Ledger, LedgerError, OpenedActor, Verified, verify};
use plainsight_store::work;
use plainsight_testkit::on_both;
use plainsight_vault::DataKeyRing;
use sea_orm::{ConnectionTrait as _, Statement};
use time::macros::datetime;
use uuid::Uuid;

use crate::world::{self, AT, ORGANISATION, OTHER, ZONE};

#[tokio::test]
async fn an_empty_ledger_holds() {
    on_both(world::migrations(), |db| async move {
        let verified = verify(db.content().read(), ORGANISATION, ZONE, None).await.unwrap();
        assert_eq!(verified, Verified { entries: 0, head: [0; 32] });
    })
    .await;
}

#[tokio::test]
async fn the_ledger_declares_exactly_its_columns() {
    on_both(world::migrations(), |db| async move {
        let declared = [plainsight_store::tables(), plainsight_ledger::tables()].concat();
        assert_eq!(db.check_classes(&declared).await.unwrap(), []);
    })
    .await;
}

#[tokio::test]
async fn entries_are_read_back_newest_first_and_chains_are_apart() {
    on_both(world::migrations(), |db| async move {
        world::append(&db, ORGANISATION, ZONE, 1..6).await;
        world::append(&db, ORGANISATION, "care", 1..3).await;
        world::append(&db, OTHER, ZONE, 1..4).await;
        let read = db.content().read();
        for (organisation, zone, entries) in [(ORGANISATION, ZONE, 5), (ORGANISATION, "care", 2), (OTHER, ZONE, 3)] {
            assert_eq!(verify(read, organisation, zone, None).await.unwrap().entries, entries);
        }
        let newest = world::ledger().read(read, ORGANISATION, ZONE, None, 2).await.unwrap();
        assert_eq!(newest.iter().map(|entry| entry.seq).collect::<Vec<_>>(), [5, 4]);
        let older = world::ledger().read(read, ORGANISATION, ZONE, Some(4), 10).await.unwrap();
        assert_eq!(older.iter().map(|entry| entry.seq).collect::<Vec<_>>(), [3, 2, 1]);
        let first = older.last().unwrap();
        assert_eq!((first.hour, first.at), (datetime!(2026-01-01 10:00 UTC), Some(AT)));
        assert_eq!((&first.actor, first.act.as_str()), (&OpenedActor::Member(Uuid::from_u128(7)), "contact.opened"));
        assert_eq!((first.record, first.detail["number"].as_u64()), (Some(Uuid::from_u128(1)), Some(1)));
        let stranger = Ledger::new(DataKeyRing::new(1, &[8; 32]));
        assert_eq!(stranger.read(read, ORGANISATION, ZONE, None, 1).await.unwrap_err(), LedgerError::Sealed { seq: 5 });
    })
    .await;
}

/// Many adviser's acts at once: the chain has each of them once and no gap.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn concurrent_acts_make_one_chain() {
    on_both(world::migrations(), |db| async move {
        let entropy = world::entropy();
        let acts = (0..30).map(|number| {
            let (store, entropy) = (db.store().clone(), Arc::clone(&entropy));
            tokio::spawn(async move { world::one(&store, ORGANISATION, ZONE, number, entropy).await })
        });
        for act in join_all(acts).await {
            act.unwrap().unwrap();
        }
        let read = db.content().read();
        assert_eq!(verify(read, ORGANISATION, ZONE, None).await.unwrap().entries, 30);
        let entries = world::ledger().read(read, ORGANISATION, ZONE, None, 100).await.unwrap();
        let mut numbers: Vec<u64> = entries.iter().map(|entry| entry.detail["number"].as_u64().unwrap()).collect();
        numbers.sort_unstable();
        assert_eq!(numbers, (0..30).collect::<Vec<_>>());
    })
    .await;
}

#[tokio::test]
async fn an_act_that_is_rolled_back_leaves_no_entry() {
    on_both(world::migrations(), |db| async move {
        world::append(&db, ORGANISATION, ZONE, 1..3).await;
        let (ledger, entropy) = (world::ledger(), world::entropy());
        let refused: Result<(), LedgerError> = db
            .content()
            .tx(
                "trial.refused",
                work!([ledger, entropy], |tx| {
                    let mut entry = Entry {
                        organisation: ORGANISATION,
                        zone: ZONE,
                        at: AT,
                        actor: Actor::System("retention"),
                        act: "contact.erased",
                        record: None,
                        detail: serde_json::Value::Null,
                    };
                    ledger.append(tx, &entry, &mut entropy.rng()).await?;
                    entry.act = "not a code";
                    ledger.append(tx, &entry, &mut entropy.rng()).await
                }),
            )
            .await;
        assert_eq!(refused, Err(LedgerError::NotACode { what: "act".to_owned() }));
        assert_eq!(verify(db.content().read(), ORGANISATION, ZONE, None).await.unwrap().entries, 2);
    })
    .await;
}

/// The table alone tells neither who nor what nor which record.
#[tokio::test]
async fn the_table_shows_no_actor_no_act_and_no_record() {
    on_both(world::migrations(), |db| async move {
        world::append(&db, ORGANISATION, ZONE, 1..2).await;
        let select = Statement::from_string(db.backend(), "SELECT body FROM ledger_entries");
        let row = db.content().read().query_one_raw(select).await.unwrap().unwrap();
        let body: Vec<u8> = row.try_get_by_index(0).unwrap();
        for word in [&b"contact.opened"[..], b"member", b"number", Uuid::from_u128(7).as_bytes()] {
            assert!(!body.windows(word.len()).any(|window| window == word));
        }
    })
    .await;
}
