//! What a folder says of the files in it: how each came, what became of it, and who had the original before their eyes.
//! Each is a paper; the bytes are parcels elsewhere.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use time::OffsetDateTime;
use uuid::Uuid;

use crate::message::From;
use crate::parcel::FileKey;

/// A file whose parcels are all here, and which is in no folder yet.
#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct Stowed {
    pub(crate) id: Uuid,
    pub(crate) key: FileKey,
    pub(crate) name: String,
    pub(crate) size: u64,
    /// SHA-256 of what came.
    pub(crate) hash: [u8; 32],
}

/// A file as it came. The paper's id is the file's.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Attached {
    /// As the sender's machine called it: it may say who they are, and is part of the original.
    pub(crate) name: String,
    pub(crate) size: u64,
    /// SHA-256 of what came.
    pub(crate) hash: [u8; 32],
    pub(crate) from: From,
    /// Rounded to the hour for a reporter.
    #[serde(with = "time::serde::timestamp")]
    pub(crate) at: OffsetDateTime,
    /// Who of us put it there.
    pub(crate) member: Option<Uuid>,
    /// The key of the original, sealed to those who keep originals; none where nobody did when it came.
    pub(crate) kept: Option<Kept>,
    /// What whoever of us put it there says of it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub(crate) note: String,
}

/// The key of an original as the custodians' team can open it.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Kept {
    pub(crate) team: Uuid,
    pub(crate) epoch: u32,
    /// An envelope inside the paper: the folder's key and the custodians' are both needed.
    pub(crate) sealed: Vec<u8>,
}

/// What became of a file that was to be cleaned. Signed by the member under whose eyes it was done.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Cleaning {
    /// The file.
    pub(crate) of: Uuid,
    pub(crate) end: CleaningEnd,
    #[serde(with = "time::serde::timestamp")]
    pub(crate) at: OffsetDateTime,
    pub(crate) member: Uuid,
}

/// How a cleaning ended.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum CleaningEnd {
    /// There is a copy with nothing in it but what is seen, heard and read.
    Copy(CleanCopy),
    /// No copy can be made of which all traces are known to be gone: the code says why.
    Cannot(String),
    /// The operator's scanner knows it: by this name.
    Infected(String),
}

named! {
    /// What stood in the way of a copy, where it was not what the file holds: that has its codes in the media engine.
    Obstacle {
        /// The worker took too long.
        Time = "time",
        /// It needed too much memory.
        Memory = "memory",
        /// It could not be started or did not end well.
        Worker = "worker",
        /// It tried what no worker may do, or lied: the file may have taken it over.
        Attack = "attack",
        /// The scanner that the operator chose gave no answer.
        Scanner = "scanner",
        /// Parcels of the file are missing or damaged here.
        Lost = "lost",
    }
}

impl Obstacle {
    /// Whether trying again may help.
    pub(crate) fn passes(self) -> bool {
        self != Self::Attack
    }
}

/// A cleaned copy: a file of its own in the same folder.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct CleanCopy {
    pub(crate) file: Uuid,
    pub(crate) key: FileKey,
    /// The code of what it is, of the media engine.
    pub(crate) kind: String,
    pub(crate) size: u64,
    pub(crate) hash: [u8; 32],
    /// What was removed, by the codes of the media engine: how many of which. Never what they said.
    pub(crate) removed: BTreeMap<String, u32>,
    /// What was kept on purpose although it may say a little.
    pub(crate) kept: Vec<String>,
}

/// One step on the way to an original, for the statement of who had it. Signed.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Custody {
    /// The file.
    pub(crate) of: Uuid,
    pub(crate) step: CustodyStep,
    pub(crate) reason: String,
    #[serde(with = "time::serde::timestamp")]
    pub(crate) at: OffsetDateTime,
    pub(crate) member: Uuid,
}

/// What was done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum CustodyStep {
    /// A custodian asks to open the original.
    Asked,
    /// A second person agrees with the asking that this paper is.
    Agreed(Uuid),
    /// A second person says no to it.
    Refused(Uuid),
    /// The original was opened and given out, on the asking that this paper is.
    Opened(Uuid),
}

shows_nothing!(Stowed, Attached, Kept, Cleaning, CleaningEnd, CleanCopy, Custody);
