//! Service keys and site values.

use plainsight_store::{
    Entropy as _, Holder, Store, StoreError, ensure_service_key, load_service_ring, put_site_value, rotate_service_key, site_value, work,
};
use plainsight_testkit::{TestEntropy, on_both};
use plainsight_vault::{ColumnPlace, DataKeyRing, InstanceKey};
use uuid::Uuid;

const ORGANISATION: Uuid = Uuid::from_u128(1);

fn instance(seed: u8) -> InstanceKey {
    InstanceKey::from_bytes([seed; 32])
}

async fn ensure(store: &Store, zone: &'static str, holders: Vec<(Holder, u8)>, seed: u64) -> Result<(), StoreError> {
    store
        .content()
        .tx(
            "trial.ensure",
            work!([holders], |tx| {
                let keys: Vec<_> = holders.iter().map(|(holder, seed)| (*holder, instance(*seed))).collect();
                let holders: Vec<_> = keys.iter().map(|(holder, key)| (*holder, key)).collect();
                ensure_service_key(tx, ORGANISATION, zone, &holders, &mut TestEntropy::new(seed).rng()).await
            }),
        )
        .await
}

async fn load(store: &Store, zone: &str, holder: Holder, seed: u8) -> Result<DataKeyRing, StoreError> {
    load_service_ring(store.content().read(), ORGANISATION, zone, holder, &instance(seed)).await
}

fn place() -> ColumnPlace<'static> {
    ColumnPlace { organisation: ORGANISATION, zone: "helpline", table: "trial", row: Uuid::from_u128(9), column: "value" }
}

#[tokio::test]
async fn the_holders_of_a_zone_share_a_ring_that_others_cannot_open() {
    on_both(plainsight_store::migrations(), |db| async move {
        ensure(&db, "helpline", vec![(Holder::Public, 1), (Holder::Desk, 2)], 7).await.unwrap();
        let public = load(&db, "helpline", Holder::Public, 1).await.unwrap();
        let desk = load(&db, "helpline", Holder::Desk, 2).await.unwrap();
        let sealed = public.seal(&place(), b"routing", &mut TestEntropy::new(1).rng());
        assert_eq!(desk.open(&place(), &sealed).unwrap().as_slice(), b"routing");

        assert_eq!(load(&db, "helpline", Holder::Desk, 3).await.unwrap_err(), StoreError::Sealed { table: "service_keys" });
        let none = StoreError::NoServiceKey { holder: "desk", zone: "care".to_owned() };
        assert_eq!(load(&db, "care", Holder::Desk, 2).await.unwrap_err(), none);

        // Another zone has another ring.
        ensure(&db, "care", vec![(Holder::Desk, 2)], 8).await.unwrap();
        assert!(load(&db, "care", Holder::Desk, 2).await.unwrap().open(&place(), &sealed).is_err());
    })
    .await;
}

#[tokio::test]
async fn ensuring_again_keeps_the_ring_and_lets_a_new_holder_in() {
    on_both(plainsight_store::migrations(), |db| async move {
        ensure(&db, "helpline", vec![(Holder::Desk, 2)], 7).await.unwrap();
        let sealed = load(&db, "helpline", Holder::Desk, 2).await.unwrap().seal(&place(), b"x", &mut TestEntropy::new(1).rng());
        // The public key alone cannot bring itself in, and must not get a ring of its own.
        let alone = ensure(&db, "helpline", vec![(Holder::Public, 1)], 8).await.unwrap_err();
        assert_eq!(alone, StoreError::NoServiceKey { holder: "public", zone: "helpline".to_owned() });
        ensure(&db, "helpline", vec![(Holder::Public, 1), (Holder::Desk, 2)], 9).await.unwrap();
        for (holder, seed) in [(Holder::Public, 1), (Holder::Desk, 2)] {
            assert!(load(&db, "helpline", holder, seed).await.unwrap().open(&place(), &sealed).is_ok());
        }
    })
    .await;
}

#[tokio::test]
async fn a_rotated_ring_opens_the_old_and_seals_anew_for_all_holders_or_none() {
    on_both(plainsight_store::migrations(), |db| async move {
        ensure(&db, "helpline", vec![(Holder::Public, 1), (Holder::Desk, 2)], 7).await.unwrap();
        let old = load(&db, "helpline", Holder::Public, 1).await.unwrap();
        let sealed = old.seal(&place(), b"old", &mut TestEntropy::new(1).rng());
        let rotate = |holders: Vec<(Holder, u8)>| {
            db.content().tx::<(), StoreError, _>(
                "trial.rotate",
                work!([holders], |tx| {
                    let keys: Vec<_> = holders.iter().map(|(holder, seed)| (*holder, instance(*seed))).collect();
                    let holders: Vec<_> = keys.iter().map(|(holder, key)| (*holder, key)).collect();
                    rotate_service_key(tx, ORGANISATION, "helpline", &holders, &mut TestEntropy::new(2).rng()).await
                }),
            )
        };
        let left_out = rotate(vec![(Holder::Desk, 2)]).await.unwrap_err();
        assert_eq!(left_out, StoreError::NoServiceKey { holder: "public", zone: "helpline".to_owned() });
        rotate(vec![(Holder::Public, 1), (Holder::Desk, 2)]).await.unwrap();
        let new = load(&db, "helpline", Holder::Desk, 2).await.unwrap();
        assert_eq!(new.epochs(), [1, 2]);
        assert!(new.open(&place(), &sealed).is_ok());
        let sealed = new.seal(&place(), b"new", &mut TestEntropy::new(3).rng());
        assert!(load(&db, "helpline", Holder::Public, 1).await.unwrap().open(&place(), &sealed).is_ok());
        assert!(old.open(&place(), &sealed).is_err());
    })
    .await;
}

#[tokio::test]
async fn a_site_value_is_an_organisations_own_and_can_be_replaced() {
    on_both(plainsight_store::migrations(), |db| async move {
        let put = |organisation: u128, value: &'static str| {
            db.content().tx::<(), StoreError, _>(
                "trial.site",
                work!(|tx| put_site_value(tx, Uuid::from_u128(organisation), "operator", value).await),
            )
        };
        put(1, "first").await.unwrap();
        put(2, "other").await.unwrap();
        put(1, "second").await.unwrap();
        let read = db.content().read();
        assert_eq!(site_value(read, Uuid::from_u128(1), "operator").await.unwrap().as_deref(), Some("second"));
        assert_eq!(site_value(read, Uuid::from_u128(2), "operator").await.unwrap().as_deref(), Some("other"));
        assert_eq!(site_value(read, Uuid::from_u128(1), "salt").await.unwrap(), None);
    })
    .await;
}
