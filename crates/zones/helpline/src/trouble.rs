//! What can go wrong in an act of the helpline, named so that a page can say what to do next.

use plainsight_ledger::LedgerError;
use plainsight_store::{StoreError, TombstoneError};
use plainsight_vault::{OpenError, SealError};

use crate::header::{HeaderError, StillOpen};

/// Why an act could not be done.
#[derive(Debug, thiserror::Error)]
pub enum Trouble {
    /// Absent, or refused: the two look alike, so that nobody learns what exists.
    #[error("there is no such record, or this member may not see it")]
    NotFound,
    /// The database is busy or full; nothing was lost, trying again is right.
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error(transparent)]
    Ledger(#[from] LedgerError),
    /// Nothing is erased that could not be told after a backup was put back.
    #[error("the list of tombstones cannot be used: {0}")]
    TombstoneFile(#[from] std::io::Error),
    #[error(transparent)]
    Tombstone(#[from] TombstoneError),
    #[error("a sealed value does not open: {0}")]
    Open(#[from] OpenError),
    #[error("a value could not be sealed: {0}")]
    Seal(#[from] SealError),
    #[error(transparent)]
    Header(#[from] HeaderError),
    #[error(transparent)]
    People(#[from] plainsight_people::ActError),
    #[error("{0} is damaged")]
    Damaged(&'static str),
    /// A review of one's own referral.
    #[error("a second person must review this")]
    NeedsSecondPerson,
    /// The dialogue waits for a supervisor.
    #[error("a supervisor must look before the dialogue goes on")]
    Paused,
    /// Closing would hide what somebody must still do.
    #[error("this contact cannot be closed yet: {0:?}")]
    StillOpen(StillOpen),
    /// A case that was merged: what is to be done with it is done with the one in which it goes on.
    #[error("this case goes on in another")]
    Merged,
    /// Somebody closed the case.
    #[error("this case is closed")]
    CaseClosed,
    /// Somebody asks about their data and waits for an answer: the clock of that must not stop.
    #[error("this request was not answered yet")]
    Unanswered,
    /// Something keeps it: it may not be deleted.
    #[error("a legal hold or an open danger keeps this contact")]
    Kept,
    /// What was being written down has been finished, by this member or a colleague.
    #[error("this contact has been written down already")]
    Finished,
    /// It changed between reading and writing: asked again, it may do.
    #[error("somebody else wrote at the same moment")]
    Meanwhile,
    /// This very form was already sent.
    #[error("this form was sent before")]
    AlreadyFiled,
    /// The key of one sending, with something else.
    #[error("this key was used for other content before")]
    OtherContent,
    /// More than somebody decided that this system may hand in within an hour.
    #[error("this system hands in too much")]
    TooMuch {
        /// After so many seconds there is room again.
        again: u32,
    },
    #[error("the content of this contact has been erased")]
    Erased,
    /// Nobody can come back to read an answer.
    #[error("the reporter has withdrawn: an answer would reach nobody")]
    Withdrawn,
    /// Nobody was told of it outside, so nobody may be told that somebody was.
    #[error("nothing was passed on")]
    NothingPassedOn,
    /// More than the largest file that is taken.
    #[error("a file is larger than 100 MB")]
    FileTooLarge,
    #[error("there is nothing in this file")]
    FileEmpty,
    /// It was not sent within a day, or was taken back.
    #[error("a file is here no longer")]
    FileGone,
    /// What was shown at the file origin leads nowhere, or no longer.
    #[error("this ticket is not good, or no longer")]
    DeadTicket,
    /// It was used, refused, or its hour is over: asking anew is right.
    #[error("this asking counts no longer")]
    AskingOver,
    #[error("no team takes reports yet: run `plainsight team add`")]
    NoIntakeTeam,
}

impl From<sea_orm::DbErr> for Trouble {
    fn from(error: sea_orm::DbErr) -> Self {
        Self::Store(error.into())
    }
}

impl Trouble {
    /// Whether trying again may help: the page says so and keeps what was typed.
    pub(crate) fn is_passing(&self) -> bool {
        matches!(self, Self::Store(_) | Self::Ledger(_))
    }
}
