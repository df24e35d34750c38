//! Service keys: one ring of data keys for each organisation and zone, wrapped once for each process that may hold it.
//!
//! The wrapping key comes from a file outside the data folder and its backups, so a stolen disk opens no service-sealed column.

use plainsight_vault::{DataKeyRing, InstanceKey};
use rand_core::CryptoRng;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::{ColumnDef, Index, Table};
use sea_orm::{DbBackend, QueryOrder as _, Set, Statement};
use uuid::Uuid;

use crate::error::StoreError;
use crate::migrate::keyed_table;

/// The process that holds a service key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Holder {
    /// The public site.
    Public,
    /// The desk and the worker.
    Desk,
}

impl Holder {
    /// The word in the table.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Public => "public",
            Self::Desk => "desk",
        }
    }
}

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "service_keys")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub organisation: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub zone: String,
    #[sea_orm(primary_key, auto_increment = false)]
    pub holder: String,
    #[sea_orm(primary_key, auto_increment = false)]
    pub epoch: i32,
    pub wrapped: Vec<u8>,
}

impl ActiveModelBehavior for ActiveModel {}

pub(crate) fn table(backend: DbBackend) -> Vec<Statement> {
    let mut table = Table::create();
    table
        .table("service_keys")
        .col(ColumnDef::new("organisation").uuid().not_null())
        .col(ColumnDef::new("zone").text().not_null())
        .col(ColumnDef::new("holder").text().not_null())
        .col(ColumnDef::new("epoch").integer().not_null())
        .col(ColumnDef::new("wrapped").blob().not_null())
        .primary_key(Index::create().col("organisation").col("zone").col("holder").col("epoch"));
    vec![keyed_table(backend, &mut table)]
}

fn context(organisation: Uuid, zone: &str, holder: Holder) -> String {
    format!("service_keys/{organisation}/{zone}/{}", holder.as_str())
}

/// Sees to it that each of `holders` has the service ring of the zone: made when nobody has one, else taken from a holder that
/// has it. Holders that have it already are left alone.
///
/// # Errors
/// [`StoreError::Sealed`] when a holder's key does not open its wrap, [`StoreError::NoServiceKey`] when the ring exists but none
/// of `holders` has it.
pub async fn ensure_service_key(
    tx: &impl ConnectionTrait,
    organisation: Uuid,
    zone: &str,
    holders: &[(Holder, &InstanceKey)],
    rng: &mut (impl CryptoRng + ?Sized),
) -> Result<(), StoreError> {
    let mut ring = None;
    let mut without = Vec::new();
    for (holder, key) in holders {
        match load_service_ring(tx, organisation, zone, *holder, key).await {
            Ok(found) => ring = Some(found),
            Err(StoreError::NoServiceKey { .. }) => without.push((*holder, *key)),
            Err(error) => return Err(error),
        }
    }
    let Some((first, _)) = without.first() else { return Ok(()) };
    let ring = match ring {
        Some(ring) => ring,
        None => {
            let taken = Entity::find().filter(Column::Organisation.eq(organisation)).filter(Column::Zone.eq(zone)).one(tx).await?;
            if taken.is_some() {
                return Err(StoreError::NoServiceKey { holder: first.as_str(), zone: zone.to_owned() });
            }
            DataKeyRing::generate(rng)
        }
    };
    for (holder, key) in without {
        insert(tx, organisation, zone, holder, key, &ring, rng).await?;
    }
    Ok(())
}

/// Gives every holder the ring with one more, newer key, with which everything is sealed from then on. `holders` must be all that
/// have the ring: one that is left out could no longer open what the others seal.
///
/// # Errors
/// As [`ensure_service_key`].
pub async fn rotate_service_key(
    tx: &impl ConnectionTrait,
    organisation: Uuid,
    zone: &str,
    holders: &[(Holder, &InstanceKey)],
    rng: &mut (impl CryptoRng + ?Sized),
) -> Result<(), StoreError> {
    let Some((first, key)) = holders.first() else { return Ok(()) };
    let rows = Entity::find().filter(Column::Organisation.eq(organisation)).filter(Column::Zone.eq(zone)).all(tx).await?;
    for holder in [Holder::Public, Holder::Desk] {
        let has = rows.iter().any(|row| row.holder == holder.as_str());
        let given = holders.iter().any(|(given, _)| *given == holder);
        if has != given {
            return Err(StoreError::NoServiceKey { holder: holder.as_str(), zone: zone.to_owned() });
        }
    }
    let ring = load_service_ring(tx, organisation, zone, *first, key).await?.rotated(rng);
    for (holder, key) in holders {
        insert(tx, organisation, zone, *holder, key, &ring, rng).await?;
    }
    Ok(())
}

async fn insert(
    tx: &impl ConnectionTrait,
    organisation: Uuid,
    zone: &str,
    holder: Holder,
    key: &InstanceKey,
    ring: &DataKeyRing,
    rng: &mut (impl CryptoRng + ?Sized),
) -> Result<(), StoreError> {
    let wrapped = key.wrap_ring(ring, &context(organisation, zone, holder), rng);
    let row = ActiveModel {
        organisation: Set(organisation),
        zone: Set(zone.to_owned()),
        holder: Set(holder.as_str().to_owned()),
        epoch: Set(i32::try_from(ring.newest()).map_err(|_| StoreError::Shape { what: "service_keys.epoch".to_owned() })?),
        wrapped: Set(wrapped),
    };
    Entity::insert(row).exec_without_returning(tx).await?;
    Ok(())
}

/// The service ring of the zone, opened with the holder's instance key.
///
/// # Errors
/// [`StoreError::NoServiceKey`] when the holder has none, [`StoreError::Sealed`] when the key does not open it.
pub async fn load_service_ring(
    read: &impl ConnectionTrait,
    organisation: Uuid,
    zone: &str,
    holder: Holder,
    key: &InstanceKey,
) -> Result<DataKeyRing, StoreError> {
    let row = Entity::find()
        .filter(Column::Organisation.eq(organisation))
        .filter(Column::Zone.eq(zone))
        .filter(Column::Holder.eq(holder.as_str()))
        .order_by_desc(Column::Epoch)
        .one(read)
        .await?
        .ok_or_else(|| StoreError::NoServiceKey { holder: holder.as_str(), zone: zone.to_owned() })?;
    key.unwrap_ring(&row.wrapped, &context(organisation, zone, holder)).map_err(|_| StoreError::Sealed { table: "service_keys" })
}
