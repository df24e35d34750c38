//! What people and clocks do here, one function each: permission, named transaction, sealing, rows, ledger and jobs in
//! one. Only acts open a transaction.

pub(crate) mod answer;
pub(crate) mod bring;
pub(crate) mod case;
mod case_write;
pub(crate) mod clean;
pub(crate) mod close;
pub(crate) mod come_back;
pub(crate) mod copy;
pub(crate) mod custody;
pub(crate) mod danger;
pub(crate) mod decide;
pub(crate) mod erasure;
pub(crate) mod events;
pub(crate) mod file;
pub(crate) mod hand_in;
pub(crate) mod hand_out;
pub(crate) mod hands;
pub(crate) mod keep;
pub(crate) mod open;
pub(crate) mod prove;
pub(crate) mod refer;
pub(crate) mod senders;
pub(crate) mod settings;
pub(crate) mod stow;
pub(crate) mod tell;
pub(crate) mod tidy;
pub(crate) mod views;
pub(crate) mod withdraw;
pub(crate) mod write_down;
