//! Telling everybody of a request. The worker tells; here stands who, of what, and that it was done.

use plainsight_ledger::Actor;
use serde_json::json;
use uuid::Uuid;
use zeroize::Zeroizing;

use super::request::{About, close, live, put, request_is_ours};
use crate::acts::member::read_profile;
use crate::error::ActError;
use crate::records::{members, recovery};
use crate::recovery::RecoveryRefused;
use crate::registry::People;

/// Requests of which nobody was told yet and that can still be finished. One that cannot is closed: it would be told of
/// for ever. One that is not in order is passed over, so that it holds up no other.
///
/// # Errors
/// Failures of the database.
pub async fn untold(people: &People) -> Result<Vec<Uuid>, ActError> {
    let mut untold = Vec::new();
    for row in recovery::open_requests(people.read(), people.organisation()).await? {
        match live(people, people.read(), row.id).await {
            Ok((_, about, _)) if about.told_at.is_none() => untold.push(row.id),
            Ok(_) => {}
            Err(error @ (ActError::Store(_) | ActError::Ledger(_))) => return Err(error),
            Err(ActError::Recovery(refused)) if is_over(refused) => close_over(people, row.id).await?,
            Err(error) => tracing::warn!(request = %row.id, %error, "a request for a recovery is not in order and is told to nobody"),
        }
    }
    Ok(untold)
}

/// Whether nothing can become of a request any more. A damaged row may be mended, so it is no such reason.
fn is_over(refused: RecoveryRefused) -> bool {
    matches!(refused, RecoveryRefused::Over | RecoveryRefused::NoKey | RecoveryRefused::UsedUp)
}

/// Closes a request with which nothing can be recovered any more.
async fn close_over(people: &People, request: Uuid) -> Result<(), ActError> {
    let inside = people.clone();
    people
        .store()
        .content()
        .tx("people.close_recovery", move |tx| {
            let people = inside.clone();
            Box::pin(async move {
                let Some(row) = recovery::find_request(tx, people.organisation(), request).await? else { return Ok(()) };
                if !row.open || !request_is_ours(&people, &row) {
                    return Ok(());
                }
                let target = row.target;
                close(&people, tx, row).await?;
                people.note(tx, Actor::System("worker"), "recovery.over", Some(target), json!({ "request": request })).await
            })
        })
        .await
}

/// Writes down that everybody was told: from now on the 24 hours count.
///
/// # Errors
/// [`RecoveryRefused::Over`] and failures of the database.
pub async fn mark_told(people: &People, request: Uuid) -> Result<(), ActError> {
    let inside = people.clone();
    people
        .store()
        .content()
        .tx("people.told_of_recovery", move |tx| {
            let people = inside.clone();
            Box::pin(async move {
                let (mut row, about, _) = live(&people, tx, request).await?;
                if about.told_at.is_some() {
                    return Ok(());
                }
                row.about = About { told_at: Some(people.now()), ..about }.seal(&people, row.id)?;
                let target = row.target;
                put(&people, tx, row).await?;
                people.note(tx, Actor::System("worker"), "recovery.told", Some(target), json!({ "request": request })).await
            })
        })
        .await
}

/// Where every member with an open account is told: their pager, or their e-mail address.
///
/// # Errors
/// Failures of the database.
pub async fn addresses(people: &People) -> Result<Vec<Zeroizing<String>>, ActError> {
    let mut addresses = Vec::new();
    for row in members::all(people.read(), people.organisation()).await?.iter().filter(|row| !row.closed) {
        addresses.push(match &row.pager {
            Some(sealed) => {
                let plain = people.unseal("members", row.id, "pager", sealed)?;
                Zeroizing::new(String::from_utf8_lossy(&plain).into_owned())
            }
            None => Zeroizing::new(read_profile(people, row)?.email),
        });
    }
    Ok(addresses)
}
