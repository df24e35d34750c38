//! Telling a code: for made-up data only, so that a demonstration and its tests can sign in.

use plainsight_store::site_value;
use uuid::Uuid;
use zeroize::Zeroizing;

use crate::acts::member::open_row;
use crate::error::ActError;
use crate::registry::People;
use crate::second_factor::CodeSecret;

/// The site value that marks an instance as made for demonstration. `serve` refuses such a folder.
pub const DEMO_MARK: &str = "demo";
/// What the mark says.
pub const DEMO_MARKED: &str = "yes";

/// The six-digit code a member would read from their application now.
///
/// # Errors
/// [`ActError::NotADemo`] unless the instance is marked as one: on a real one this would make the second factor
/// worth nothing.
pub async fn current_code(people: &People, member: Uuid) -> Result<Zeroizing<String>, ActError> {
    let mark = site_value(people.read(), people.organisation(), DEMO_MARK).await?;
    if mark.as_deref() != Some(DEMO_MARKED) {
        return Err(ActError::NotADemo);
    }
    let row = open_row(people, member).await?;
    let secret = people.unseal("members", member, "code_secret", &row.code_secret)?;
    Ok(Zeroizing::new(CodeSecret::from_bytes(&secret)?.code_at(people.now())?))
}
