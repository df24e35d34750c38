//! Several chains are read as one, the newest first, and nothing of another organisation.

use plainsight_ledger::{Actor, Entry, LedgerError, OpenedActor, OpenedEntry, Span, UNREADABLE, Walk};
use plainsight_store::{Store, work};
use plainsight_testkit::on_both;
use time::{Duration, OffsetDateTime};
use uuid::Uuid;

use crate::world::{AT, ORGANISATION, OTHER, ZONE, append, entropy, ledger, migrations, tamper};

const MEMBER: Actor = Actor::Member(Uuid::from_u128(7));

async fn at(store: &Store, zone: &'static str, actor: Actor, at: OffsetDateTime) {
    let (ledger, entropy) = (ledger(), entropy());
    let done: Result<(), LedgerError> = store
        .content()
        .tx(
            "trial.append",
            work!([ledger, entropy], |tx| {
                let detail = serde_json::Value::Null;
                let entry = Entry { organisation: ORGANISATION, zone, at, actor, act: "contact.opened", record: None, detail };
                ledger.append(tx, &entry, &mut entropy.rng()).await
            }),
        )
        .await;
    done.unwrap();
}

async fn walked(store: &Store, zones: &[&str], span: Span) -> Vec<(usize, OpenedEntry)> {
    let ledger = ledger();
    let mut walk = Walk::new(ORGANISATION, zones.iter().map(|zone| (*zone, &ledger)), span);
    let mut found = Vec::new();
    while let Some(next) = walk.next(store.content().read()).await.unwrap() {
        found.push(next);
    }
    found
}

#[tokio::test]
async fn two_chains_are_one_list() {
    on_both(migrations(), |db| async move {
        let minute = |minute| AT + Duration::minutes(minute);
        for (zone, offset) in [(ZONE, 0), ("people", 1)] {
            for step in 0..4 {
                at(&db, zone, MEMBER, minute(step * 2 + offset)).await;
            }
        }
        append(&db, OTHER, ZONE, 0..3).await;
        let found = walked(&db, &[ZONE, "people"], Span::default()).await;
        let times: Vec<OffsetDateTime> = found.iter().map(|(_, entry)| entry.when()).collect();
        assert_eq!(times, (0..8).rev().map(minute).collect::<Vec<_>>());
        assert_eq!(found.iter().map(|(place, _)| *place).collect::<Vec<_>>(), [1, 0, 1, 0, 1, 0, 1, 0]);
        assert_eq!(walked(&db, &["people"], Span::default()).await.len(), 4);
        assert_eq!(ledger().count(db.content().read(), ORGANISATION, ZONE).await.unwrap(), 4);
        // Entries of both edges, inside one hour.
        let span = Span { from: Some(minute(2)), to: Some(minute(5)) };
        assert_eq!(walked(&db, &[ZONE, "people"], span).await.len(), 3);
    })
    .await;
}

/// What a reporter did carries its hour alone. What lies behind it in its chain is not held back by it.
#[tokio::test]
async fn an_hour_without_a_minute_keeps_its_place_in_the_chain() {
    on_both(migrations(), |db| async move {
        at(&db, ZONE, MEMBER, AT).await;
        at(&db, ZONE, Actor::Reporter, AT + Duration::minutes(5)).await;
        at(&db, "people", MEMBER, AT - Duration::minutes(5)).await;
        let found = walked(&db, &["people", ZONE], Span::default()).await;
        let order: Vec<(usize, bool)> = found.iter().map(|(place, entry)| (*place, entry.actor == OpenedActor::Reporter)).collect();
        assert_eq!(order, [(1, true), (1, false), (0, false)]);
    })
    .await;
}

#[tokio::test]
async fn more_entries_than_one_reading_takes_all_come() {
    on_both(migrations(), |db| async move {
        append(&db, ORGANISATION, ZONE, 0..503).await;
        let found = walked(&db, &[ZONE], Span::default()).await;
        assert_eq!(found.iter().map(|(_, entry)| entry.seq).collect::<Vec<_>>(), (1..=503).rev().collect::<Vec<u64>>());
    })
    .await;
}

/// An entry whose seal was broken is still a line of the list: whoever reads must see that it is there.
#[tokio::test]
async fn a_damaged_entry_is_shown_as_such() {
    on_both(migrations(), |db| async move {
        append(&db, ORGANISATION, ZONE, 0..3).await;
        let blank = if db.backend() == sea_orm::DbBackend::Postgres { "'\\x00'" } else { "x'00'" };
        assert_eq!(tamper(&db, format!("UPDATE ledger_entries SET body = {blank} WHERE seq = 2"), vec![]).await, 1);
        let acts: Vec<String> = walked(&db, &[ZONE], Span::default()).await.into_iter().map(|(_, entry)| entry.act).collect();
        assert_eq!(acts, ["contact.opened", UNREADABLE, "contact.opened"]);
    })
    .await;
}
