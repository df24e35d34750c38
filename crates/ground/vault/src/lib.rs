//! Keys, sealed envelopes, column encryption, receipts, form state, passwords and padding.
//!
//! Everything that is kept secret in a database of Plainsight passes through this room. It decides formats that data
//! will depend on for years, so each format has a page under `docs/` and test vectors under `vectors/`.
//!
//! Architecture invariant: no function here reads a file, a clock, a database or the randomness of the operating
//! system. Time and a random source are arguments, so a browser could seal by the same code.
//!
//! Architecture invariant: HPKE is reachable in *base* mode only (the module `hpke_base` is private and the one place
//! that names the crate). Its authenticated modes panic with X-Wing.

mod aead;
pub mod column;
pub mod envelope;
mod error;
pub mod form_state;
mod framing;
#[doc(hidden)]
pub mod fuzz;
mod hpke_base;
pub mod instance;
mod kdf;
pub mod keys;
pub mod padding;
pub mod password;
pub mod receipt;
mod secret;
mod stretch;
pub mod words;

pub use column::{ColumnPlace, DataKeyRing};
pub use envelope::{EnvelopePlace, Kind, Opened, Outside};
pub use error::{KeyError, OpenError, SealError};
pub use form_state::{DayKeys, FormStateError};
pub use instance::InstanceKey;
pub use keys::{Contact, Mailbox, Member, PublicKey, Recipient, Recovery, Role, SecretKey, SigningKey, Team, VerifyingKey};
pub use password::{PasswordCost, PasswordError, TooWeak, WrongPassword};
pub use receipt::{ReadyReceipt, Receipt, ReceiptError, Root, SiteSalt, stretch};
pub use stretch::StretchError;
pub use words::WordList;
