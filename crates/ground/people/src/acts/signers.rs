//! Whose signatures stand under what staff write.

use plainsight_vault::VerifyingKey;
use sea_orm::ConnectionTrait;
use uuid::Uuid;

use crate::error::ActError;
use crate::records::members;

/// The verifying keys of all members there ever were: a letter stays signed when its writer leaves.
///
/// # Errors
/// Failures of the database, and a damaged key.
pub async fn verifying_keys(read: &impl ConnectionTrait, organisation: Uuid) -> Result<Vec<VerifyingKey>, ActError> {
    let rows = members::all(read, organisation).await?;
    rows.iter().map(|row| VerifyingKey::from_bytes(&row.verifying_key).map_err(|_| ActError::Sealed("members"))).collect()
}

/// The verifying key of one member whose account is open; none for everybody else. For what is not done yet: whoever has left says
/// nothing any more.
///
/// # Errors
/// Failures of the database, and a damaged key.
pub async fn verifying_key_of(read: &impl ConnectionTrait, organisation: Uuid, member: Uuid) -> Result<Option<VerifyingKey>, ActError> {
    let row = members::find(read, organisation, member).await?.filter(|row| !row.closed);
    row.map(|row| VerifyingKey::from_bytes(&row.verifying_key).map_err(|_| ActError::Sealed("members"))).transpose()
}

/// The same, each with the member whose key it is: who signed as whom can be told.
///
/// # Errors
/// Failures of the database, and a damaged key.
pub async fn signers(read: &impl ConnectionTrait, organisation: Uuid) -> Result<Vec<(Uuid, VerifyingKey)>, ActError> {
    let rows = members::all(read, organisation).await?;
    let key = |row: &members::Model| VerifyingKey::from_bytes(&row.verifying_key).map_err(|_| ActError::Sealed("members"));
    rows.iter().map(|row| Ok((row.id, key(row)?))).collect()
}
