//! The ledger: who did what and when, in a chain that shows any change.
//!
//! Each organisation and zone has a chain of its own. An entry's body is service-sealed, and the chain hashes the sealed bytes, so
//! anyone who holds the table can verify it without a key. Heads are signed and leave the building (to officers, partners, paper):
//! only against such a head is a chain that was cut or rewritten from some point on found out. `docs/ledger.md` has the formats.
//!
//! Architecture invariant: no name and no text of a person enters an entry; [`Entry::detail`] takes codes and numbers only, and
//! [`Ledger::append`] refuses what does not look like one.
//!
//! Architecture invariant: an entry is appended in the transaction of the act that it records, and never changed or deleted.

pub mod alarms;
mod append;
mod chain;
mod entry;
mod error;
mod head;
mod rows;
mod verify;
mod walk;

pub use append::Ledger;
pub use entry::{Actor, Entry, OpenedActor, OpenedEntry};
pub use error::LedgerError;
pub use head::{HeadError, SignedHead, UntrustedHead};
pub use verify::{Broken, Verified, Why, sign_head, verify};
pub use walk::{Span, UNREADABLE, Walk};

use plainsight_store::{Class, Migration, TableClasses, Which};

/// The migrations of this room.
pub fn migrations() -> Vec<Migration> {
    vec![Migration { name: "ledger/0001_chain", database: Which::Content, up: rows::tables }]
}

/// The classes of this room's columns.
pub fn tables() -> &'static [TableClasses] {
    use Class::{Clear, Service};
    &[
        TableClasses { table: "ledger_heads", columns: &[("organisation", Clear), ("zone", Clear), ("entries", Clear), ("hash", Clear)] },
        TableClasses {
            table: "ledger_entries",
            columns: &[
                ("organisation", Clear),
                ("zone", Clear),
                ("seq", Clear),
                ("version", Clear),
                ("hour", Clear),
                ("body", Service),
                ("hash", Clear),
            ],
        },
    ]
}
