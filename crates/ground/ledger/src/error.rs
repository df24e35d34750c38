//! What can go wrong in the ledger.

use plainsight_store::StoreError;
use thiserror::Error;

use crate::head::HeadError;
use crate::verify::Broken;

/// A failure of the ledger.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
#[non_exhaustive]
pub enum LedgerError {
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// Something that is not a code was about to enter the ledger. The value itself is not repeated.
    #[error("{what} of a ledger entry is not a code: letters, digits and - _ . : / + only, 80 at most")]
    NotACode {
        /// The part of the entry: `act`, or the path within the detail.
        what: String,
    },
    /// The chain was changed.
    #[error(transparent)]
    Broken(#[from] Broken),
    /// A signed head is not what it should be.
    #[error(transparent)]
    Head(#[from] HeadError),
    /// An entry's body does not open with this ring, or is not one of ours.
    #[error("the body of entry {seq} does not open with this key")]
    Sealed {
        /// The entry's number, from 1.
        seq: u64,
    },
}

impl From<sea_orm::DbErr> for LedgerError {
    fn from(error: sea_orm::DbErr) -> Self {
        Self::Store(StoreError::from(error))
    }
}
