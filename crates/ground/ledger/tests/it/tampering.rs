//! Whatever one record suffers, verification finds it and names the place.

use plainsight_ledger::{Broken, LedgerError, Why, sign_head, verify};
use plainsight_store::Store;
use plainsight_testkit::{TestDb, on_both};
use plainsight_vault::SigningKey;
use proptest::prelude::*;
use proptest::strategy::ValueTree as _;
use proptest::test_runner::TestRunner;
use sea_orm::{ConnectionTrait as _, Statement};

use crate::world::{self, ORGANISATION, OTHER, ZONE, tamper};

const ENTRIES: u64 = 12;

async fn broken(store: &Store) -> Broken {
    match verify(store.content().read(), ORGANISATION, ZONE, None).await {
        Err(LedgerError::Broken(broken)) => broken,
        other => panic!("tampering was not found: {other:?}"),
    }
}

/// Keeps the chain as it was and puts it back, so that one database serves many cases.
async fn keep(store: &Store) {
    for table in ["ledger_entries", "ledger_heads"] {
        tamper(store, format!("CREATE TABLE kept_{table} AS SELECT * FROM {table}"), vec![]).await;
    }
}

async fn put_back(store: &Store) {
    for table in ["ledger_entries", "ledger_heads"] {
        tamper(store, format!("DELETE FROM {table}"), vec![]).await;
        tamper(store, format!("INSERT INTO {table} SELECT * FROM kept_{table}"), vec![]).await;
    }
}

async fn filled(db: &TestDb) {
    world::append(db, ORGANISATION, ZONE, 1..ENTRIES + 1).await;
    world::append(db, OTHER, ZONE, 1..3).await;
    keep(db).await;
    assert_eq!(verify(db.content().read(), ORGANISATION, ZONE, None).await.unwrap().entries, ENTRIES);
}

async fn bytes(store: &Store, column: &str, seq: u64) -> Vec<u8> {
    let select = Statement::from_sql_and_values(
        store.content().backend(),
        format!("SELECT {column} FROM ledger_entries WHERE organisation = $1 AND zone = $2 AND seq = $3"),
        [ORGANISATION.into(), ZONE.into(), seq.cast_signed().into()],
    );
    store.content().read().query_one_raw(select).await.unwrap().unwrap().try_get_by_index(0).unwrap()
}

fn row(seq: u64) -> Vec<sea_orm::Value> {
    vec![ORGANISATION.into(), ZONE.into(), seq.cast_signed().into()]
}

const ROW: &str = "WHERE organisation = $1 AND zone = $2 AND seq = $3";

#[tokio::test]
async fn any_flipped_bit_of_any_record_is_found() {
    on_both(world::migrations(), |db| async move {
        filled(&db).await;
        let mut runner = TestRunner::deterministic();
        let case = (1..=ENTRIES, prop_oneof![Just("body"), Just("hash")], any::<prop::sample::Index>(), 0_u8..8);
        for _ in 0..40 {
            let (seq, column, byte, bit) = case.new_tree(&mut runner).unwrap().current();
            let mut value = bytes(&db, column, seq).await;
            let at = byte.index(value.len());
            value[at] ^= 1 << bit;
            let mut values = row(seq);
            values.push(value.into());
            assert_eq!(tamper(&db, format!("UPDATE ledger_entries SET {column} = $4 {ROW}"), values).await, 1);
            assert_eq!(broken(&db).await, Broken { at: seq, why: Why::Changed }, "{column} {at} {bit}");
            put_back(&db).await;
        }
        for (column, why) in [("hour", Why::Changed), ("version", Why::UnknownVersion)] {
            for seq in [1, 5, ENTRIES] {
                tamper(&db, format!("UPDATE ledger_entries SET {column} = {column} + 1 {ROW}"), row(seq)).await;
                assert_eq!(broken(&db).await, Broken { at: seq, why });
                put_back(&db).await;
            }
        }
    })
    .await;
}

#[tokio::test]
async fn any_dropped_record_is_found() {
    on_both(world::migrations(), |db| async move {
        filled(&db).await;
        for seq in 1..=ENTRIES {
            assert_eq!(tamper(&db, format!("DELETE FROM ledger_entries {ROW}"), row(seq)).await, 1);
            let why = if seq == ENTRIES { Why::OtherEnd } else { Why::Missing };
            assert_eq!(broken(&db).await, Broken { at: seq, why });
            // Closing the gap by renumbering does not help.
            for later in seq + 1..=ENTRIES {
                tamper(&db, format!("UPDATE ledger_entries SET seq = seq - 1 {ROW}"), row(later)).await;
            }
            let renumbered = broken(&db).await;
            assert_eq!(renumbered.at, seq);
            put_back(&db).await;
        }
    })
    .await;
}

#[tokio::test]
async fn any_two_swapped_records_are_found() {
    on_both(world::migrations(), |db| async move {
        filled(&db).await;
        let mut runner = TestRunner::deterministic();
        for _ in 0..20 {
            let (one, other) = (1..ENTRIES, 1..ENTRIES).new_tree(&mut runner).unwrap().current();
            let other = if other >= one { other + 1 } else { other };
            // With and without the hashes going along.
            for columns in [&["body"][..], &["body", "hash"], &["body", "hash", "hour"]] {
                let set = |from: &str| columns.iter().map(|column| format!("{column} = {from}.{column}")).collect::<Vec<_>>().join(", ");
                for (to, from) in [(one, other), (other, one)] {
                    let sql = format!(
                        "UPDATE ledger_entries SET {} FROM kept_ledger_entries k WHERE ledger_entries.organisation = $1 \
                         AND ledger_entries.zone = $2 AND ledger_entries.seq = $3 AND k.organisation = $1 AND k.zone = $2 AND k.seq = $4",
                        set("k")
                    );
                    let mut values = row(to);
                    values.push(from.cast_signed().into());
                    assert_eq!(tamper(&db, sql, values).await, 1);
                }
                assert_eq!(broken(&db).await, Broken { at: one.min(other), why: Why::Changed }, "{one} {other} {columns:?}");
                put_back(&db).await;
            }
        }
    })
    .await;
}

#[tokio::test]
async fn an_inserted_record_is_found_wherever_it_is_put() {
    on_both(world::migrations(), |db| async move {
        filled(&db).await;
        let insert = "INSERT INTO ledger_entries (organisation, zone, seq, version, hour, body, hash) \
                      SELECT organisation, zone, $4, version, hour, body, hash FROM ledger_entries WHERE organisation = $1 AND zone = $2 AND seq = $3";
        for (at, expected) in [(-3_i64, 1), (0, 1), (13, 13), (14, 13)] {
            let mut values = row(4);
            values.push(at.into());
            assert_eq!(tamper(&db, insert, values).await, 1);
            assert_eq!(broken(&db).await.at, expected, "inserted as {at}");
            put_back(&db).await;
        }
        // In the middle: everything behind moves up by one.
        for seq in (5..=ENTRIES).rev() {
            tamper(&db, format!("UPDATE ledger_entries SET seq = seq + 1 {ROW}"), row(seq)).await;
        }
        let mut values = row(4);
        values.push(5_i64.into());
        tamper(&db, insert, values).await;
        assert_eq!(broken(&db).await, Broken { at: 5, why: Why::Changed });
    })
    .await;
}

/// A record of another organisation's chain does not fit into this one.
#[tokio::test]
async fn a_record_moved_from_another_chain_is_found() {
    on_both(world::migrations(), |db| async move {
        filled(&db).await;
        tamper(&db, format!("DELETE FROM ledger_entries {ROW}"), row(1)).await;
        let moved = "UPDATE ledger_entries SET organisation = $1 WHERE organisation = $2 AND zone = $3 AND seq = 1";
        assert_eq!(tamper(&db, moved, vec![ORGANISATION.into(), OTHER.into(), ZONE.into()]).await, 1);
        assert_eq!(broken(&db).await, Broken { at: 1, why: Why::Changed });
    })
    .await;
}

#[tokio::test]
async fn a_changed_end_is_found() {
    on_both(world::migrations(), |db| async move {
        filled(&db).await;
        let head = "WHERE organisation = $1 AND zone = $2";
        let which = || vec![ORGANISATION.into(), ZONE.into()];
        for (sql, at) in [
            (format!("UPDATE ledger_heads SET entries = entries + 1 {head}"), ENTRIES + 1),
            (format!("UPDATE ledger_heads SET entries = entries - 2 {head}"), ENTRIES - 1),
            (format!("DELETE FROM ledger_heads {head}"), 1),
        ] {
            assert_eq!(tamper(&db, sql.clone(), which()).await, 1);
            assert_eq!(broken(&db).await, Broken { at, why: Why::OtherEnd }, "{sql}");
            put_back(&db).await;
        }
        let mut values = which();
        values.push(vec![0_u8; 32].into());
        tamper(&db, format!("UPDATE ledger_heads SET hash = $3 {head}"), values).await;
        assert_eq!(broken(&db).await.why, Why::OtherEnd);
    })
    .await;
}

/// Whoever cuts the end off and mends the kept end too is found out by a head that had left the building.
#[tokio::test]
async fn an_end_cut_off_with_care_is_found_against_a_signed_head() {
    on_both(world::migrations(), |db| async move {
        filled(&db).await;
        let read = db.content().read();
        let key = SigningKey::from_bytes([3; 32]);
        let head = sign_head(read, ORGANISATION, ZONE, &key, world::AT).await.unwrap();
        for left in [ENTRIES - 1, 5, 1, 0] {
            tamper(&db, "DELETE FROM ledger_entries WHERE organisation = $1 AND zone = $2 AND seq > $3", row(left)).await;
            let hash = if left == 0 { vec![0; 32] } else { bytes(&db, "hash", left).await };
            let mut values = row(left);
            values.push(hash.into());
            tamper(&db, "UPDATE ledger_heads SET entries = $3, hash = $4 WHERE organisation = $1 AND zone = $2", values).await;
            assert_eq!(verify(read, ORGANISATION, ZONE, None).await.unwrap().entries, left, "looks whole without the head");
            let found = verify(read, ORGANISATION, ZONE, Some(&head)).await.unwrap_err();
            assert_eq!(found, LedgerError::Broken(Broken { at: left + 1, why: Why::CutOff }));
        }
        // Written anew to the same length, and longer: the signed entry is another.
        world::append(&db, ORGANISATION, ZONE, 50..50 + ENTRIES + 3).await;
        verify(read, ORGANISATION, ZONE, None).await.unwrap();
        let found = verify(read, ORGANISATION, ZONE, Some(&head)).await.unwrap_err();
        assert_eq!(found, LedgerError::Broken(Broken { at: ENTRIES, why: Why::Rewritten }));
    })
    .await;
}
