//! The drill: an officer shows that their share opens and is the right one. It is compared with what was written down
//! about it when it was made; no two shares come together.

use plainsight_ledger::Actor;
use plainsight_vault::keys::SecretKey;
use serde_json::json;
use zeroize::Zeroizing;

use super::standing::Standing;
use crate::error::ActError;
use crate::member::Unlocked;
use crate::records::recovery;
use crate::recovery::open_share;
use crate::registry::People;

/// Tries the share of an officer and writes down when.
///
/// # Errors
/// [`crate::recovery::RecoveryRefused`] says what is wrong with the share.
pub async fn try_share(people: &People, officer: &Unlocked, zone: &str) -> Result<(), ActError> {
    let (inside, zone, id) = (people.clone(), zone.to_owned(), officer.id);
    let seed: Zeroizing<[u8; 32]> = officer.member.seed();
    people
        .store()
        .content()
        .tx("people.try_share", move |tx| {
            let (people, zone, seed) = (inside.clone(), zone.clone(), seed.clone());
            Box::pin(async move {
                let standing = Standing::usable(&people, tx, &zone).await?;
                let mut row = standing.share_of(&people, tx, id).await?.clone();
                let place = standing.share_place(&row)?;
                open_share(&place, &row.sealed, &SecretKey::from_seed(*seed), &standing.maker, &row.commitment)?;
                let now = people.now().unix_timestamp().to_be_bytes();
                row.tried_at = Some(people.seal("recovery_shares", id, &tried_column(&zone, standing.number), &now));
                recovery::put_share(tx, row).await?;
                let detail = json!({ "zone": zone, "number": standing.number });
                people.note(tx, Actor::Member(id), "recovery.tried", Some(id), detail).await
            })
        })
        .await
}

/// The column name under which the moment of a trial is sealed: that of another key says nothing about this one.
pub(super) fn tried_column(zone: &str, number: u32) -> String {
    format!("tried_at.{zone}.{number}")
}
