//! One function for each thing that is done here: permission, named transaction, rows and ledger entry in one.
//!
//! The command line and the screens call these; nothing else opens a transaction.

pub(crate) mod audit;
pub mod code;
pub mod member;
pub mod organisation;
pub mod passkey;
pub mod recovery;
pub mod rota;
pub mod sign_in;
pub mod signers;
pub mod team;
