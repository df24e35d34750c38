//! Telling everybody of a request. The worker tells; here stands who, of what, and that it was done.

use plainsight_ledger::Actor;
use serde_json::json;
use uuid::Uuid;
use zeroize::Zeroizing;

use super::request::{About, live, put, request_is_ours};
use crate::acts::member::read_profile;
use crate::error::ActError;
use crate::records::{members, recovery};
use crate::registry::People;

/// Requests of which nobody was told yet.
///
/// # Errors
/// Failures of the database.
pub async fn untold(people: &People) -> Result<Vec<Uuid>, ActError> {
    let mut untold = Vec::new();
    for row in recovery::open_requests(people.read(), people.organisation()).await? {
        if request_is_ours(people, &row) && About::open(people, &row)?.told_at.is_none() {
            untold.push(row.id);
        }
    }
    Ok(untold)
}

/// Writes down that everybody was told: from now on the 24 hours count.
///
/// # Errors
/// [`crate::recovery::RecoveryRefused::Over`] and failures of the database.
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
