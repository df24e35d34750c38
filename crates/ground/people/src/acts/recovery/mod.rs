//! Recovery: making a zone's recovery key, trying the shares, and the way of a request from asking to the grant.
//!
//! No act here brings shares together but [`finish`], in the memory of the member whom the request names.

mod cover;
mod drill;
mod list;
mod make;
mod request;
mod standing;
mod telling;

pub(crate) use cover::cover_new_epoch;
pub use cover::cover_teams;
pub use drill::try_share;
pub use list::{Asked, ZoneRecovery, list_recovery};
pub use make::make_recovery;
pub use request::{agree, ask, finish, stop};
pub(crate) use standing::may_be_officer;
pub use telling::{Due, Told, addresses, begin_telling, note_told};
