//! Making an organisation: its row, its service keys, its site salt.

use plainsight_ledger::{Actor, Entry, Ledger};
use plainsight_store::{Clock, Entropy, Holder, Store, ensure_service_key, load_service_ring, put_site_value};
use plainsight_vault::InstanceKey;
use rand_core::Rng as _;
use serde_json::json;
use uuid::Uuid;

use crate::error::ActError;
use crate::records::organisations;
use crate::roles::{RoleError, ZONE, is_name};

/// The site value that holds the salt of receipts, as 32 hexadecimal digits.
pub const SITE_SALT: &str = "site-salt";
/// The site value that holds the organisation's name as the public site shows it.
pub const OPERATOR_NAME: &str = "operator-name";

/// A zone of a new organisation, and which processes hold its service key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ZoneKeys {
    /// The zone.
    pub zone: String,
    /// Whether the public process seals under this key too (intake does; staff data never).
    pub public: bool,
}

/// The two key files of an instance.
pub struct InstanceKeys<'a> {
    /// Of the desk process.
    pub desk: &'a InstanceKey,
    /// Of the public process.
    pub public: &'a InstanceKey,
}

/// Makes an organisation with a service key for each zone, and for this room's own.
///
/// # Errors
/// [`ActError::Name`], [`ActError::Role`] for a zone that is not a name, and failures of the database.
pub async fn create_organisation(
    store: &Store,
    keys: &InstanceKeys<'_>,
    name: &str,
    zones: &[ZoneKeys],
    clock: &dyn Clock,
    entropy: &std::sync::Arc<dyn Entropy>,
) -> Result<Uuid, ActError> {
    let name = name.trim().to_owned();
    if name.is_empty() || name.len() > 200 || name.contains(char::is_control) {
        return Err(ActError::Name("an organisation needs a name of at most 200 bytes"));
    }
    if zones.iter().any(|it| !is_name(&it.zone)) {
        return Err(RoleError::NotARole.into());
    }
    let mut bytes = [0_u8; 16];
    entropy.rng().fill_bytes(&mut bytes);
    let id = uuid::Builder::from_random_bytes(bytes).into_uuid();
    entropy.rng().fill_bytes(&mut bytes);
    let salt = data_encoding::HEXLOWER.encode(&bytes);
    let mut zones = zones.to_vec();
    zones.retain(|it| it.zone != ZONE);
    zones.push(ZoneKeys { zone: ZONE.to_owned(), public: false });
    let now = clock.now();
    let (desk, public, entropy) = (keys.desk.to_bytes(), keys.public.to_bytes(), std::sync::Arc::clone(entropy));
    store
        .content()
        .tx("people.create_organisation", move |tx| {
            let (name, salt, zones, entropy) = (name.clone(), salt.clone(), zones.clone(), entropy.clone());
            let (desk, public) = (InstanceKey::from_bytes(*desk), InstanceKey::from_bytes(*public));
            Box::pin(async move {
                let mut rng = entropy.rng();
                organisations::insert(tx, organisations::Model { organisation: id, name: name.clone() }).await?;
                for it in &zones {
                    let mut holders = vec![(Holder::Desk, &desk)];
                    if it.public {
                        holders.push((Holder::Public, &public));
                    }
                    ensure_service_key(tx, id, &it.zone, &holders, &mut rng).await?;
                }
                put_site_value(tx, id, SITE_SALT, &salt).await?;
                put_site_value(tx, id, OPERATOR_NAME, &name).await?;
                let ring = load_service_ring(tx, id, ZONE, Holder::Desk, &desk).await?;
                let names: Vec<&str> = zones.iter().map(|it| it.zone.as_str()).collect();
                let entry = Entry {
                    organisation: id,
                    zone: ZONE,
                    at: now,
                    actor: Actor::System("command line"),
                    act: "organisation.made",
                    record: Some(id),
                    detail: json!({ "zones": names }),
                };
                Ledger::new(ring).append(tx, &entry, &mut rng).await?;
                Ok::<Uuid, ActError>(id)
            })
        })
        .await
}

/// The organisations of this instance, with their names.
///
/// # Errors
/// Failures of the database.
pub async fn list_organisations(store: &Store) -> Result<Vec<(Uuid, String)>, ActError> {
    let rows = organisations::all(store.content().read()).await?;
    Ok(rows.into_iter().map(|row| (row.organisation, row.name)).collect())
}
