//! The helpline: where reports come in and are answered.
//!
//! The public site takes a report from anybody, at any hour, and gives a receipt; advisers open it at the desk, answer,
//! and pass danger on by telephone. People work here who believe first and ask carefully; what they read leaves this
//! zone only by a crossing.
//!
//! Architecture invariant: the public half ([`public`]) holds no private key. It seals to public keys and forgets.
//!
//! Architecture invariant: only `acts` open a transaction; screens, jobs and commands call acts.
#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used))]

#[macro_use]
mod macros;

mod acts;
mod asked;
mod attached;
mod cabinet;
mod case;
mod chosen;
mod copy_draft;
mod custody;
mod dialogue;
mod draft;
mod exhibit;
mod fields;
mod form;
#[doc(hidden)]
pub mod fuzz;
mod gate;
mod header;
mod index;
mod jobs;
mod lanes;
mod load;
#[doc(hidden)]
pub mod measure;
mod message;
mod outcome;
mod parcel;
mod pool;
mod proof;
mod puzzle;
mod questions;
mod range;
mod records;
mod reference;
pub mod rehearsal;
mod report;
mod reveals;
mod room;
mod screens;
mod search;
mod sender;
mod signature;
mod site;
mod standing;
mod strain;
mod sweeper;
mod ticket;
mod trouble;
mod watch;
mod wishes;
mod written_down;

#[cfg(test)]
mod tests;

pub use acts::clean::{Cleaner, Cleans};
pub use acts::erasure::{Replayed, note_backup, note_restored, replay};
pub use acts::events::{Delivered, Delivery, Events, Poster, Posting, SENDER_EVENT, SenderEvent};
pub use acts::file::Intake;
pub use acts::senders::{AddedSender, NewSender, add_sender, end_sender, list_senders};
pub use acts::stow::CUSTODIANS;
pub use cabinet::Cabinet;
pub use jobs::{Clockwork, DANGER_PAGE, DangerPage, Notice, Pager, Paging, REVIEW_ALARM, ReviewAlarm};
pub use pool::{POOL_SIZE, Pool};
pub use proof::{Proof, ProofError};
pub use reference::record_reference;
pub use report::{About, Path, Reach, Report, SafeContact, Seen};
pub use screens::desk::Desk;
pub use site::{COMMON_LANGUAGES, INTAKE_TEAM, PublicSettings, Site, WAITING_FILES};
pub use standing::{MakeSettings, OperatorFile, Standing};
pub use sweeper::Sweeper;
pub use trouble::Trouble;

use axum::Router;

use plainsight_store::{Migration, TableClasses};

/// The report site, and the doors for other systems beside it.
pub fn public(site: Site) -> Router {
    let doors = screens::api::router(site.clone());
    // Outside the face: who calls there is a program, and gets no page of ours when something is wrong.
    doors.fallback_service(plainsight_pages::public_face(site.face.clone(), screens::public::router(site)))
}

/// The advisers' desk; `people` puts the session around it.
pub fn desk(desk: Desk) -> Router {
    screens::desk::router(desk)
}

/// The origin at which the files of this desk are shown: an address of its own, without sessions and without cookies.
pub fn files(desk: Desk) -> Router {
    screens::origin::router(desk)
}

/// The pages where other systems are given keys: the binary asks for the password again before them.
pub fn desk_with_fresh_password(desk: Desk) -> Router {
    screens::desk::fresh_router(desk)
}

/// The tables of this zone.
pub fn migrations() -> Vec<Migration> {
    records::migrations()
}

/// The class of every column.
pub fn tables() -> &'static [TableClasses] {
    records::tables()
}

/// The roles that a member may hold here.
pub fn roles() -> &'static [&'static str] {
    &["adviser", records::SUPERVISOR, records::CUSTODIAN]
}

/// The pages that stand at the side of the desk, for rooms whose pages are shown to the same people.
pub fn desk_pages() -> &'static [(&'static str, &'static str)] {
    screens::desk::PAGES
}

/// The codes of the acts that this zone writes into the ledger. A test finds them in the source.
pub fn act_codes() -> &'static [&'static str] {
    &[
        "alarm.clock_passes",
        "alarm.danger_in_hand",
        "alarm.danger_not_paged",
        "alarm.danger_paged",
        "alarm.review_not_paged",
        "alarm.review_overdue",
        "backup.made",
        "backup.restored",
        "case.answered",
        "case.asked",
        "case.begun",
        "case.closed",
        "case.copy_kept",
        "case.decided",
        "case.file_brought",
        "case.file_cleaned",
        "case.file_looked_at",
        "case.file_not_cleaned",
        "case.file_saved",
        "case.held",
        "case.hold_ended",
        "case.look_again",
        "case.merged",
        "case.more_time",
        "case.noted",
        "case.opened",
        "case.original_agreed",
        "case.original_asked",
        "case.original_opened",
        "case.original_refused",
        "case.parted",
        "case.put_in",
        "case.related",
        "case.reopened",
        "case.titled",
        "case.took_out",
        "case.unrelated",
        "contact.added_to",
        "contact.asked",
        "contact.closed",
        "contact.decided",
        "contact.dialogue_goes_on",
        "contact.erased",
        "contact.erased_again",
        "contact.erased_by_time",
        "contact.filed",
        "contact.file_brought",
        "contact.file_cleaned",
        "contact.file_looked_at",
        "contact.file_not_cleaned",
        "contact.file_saved",
        "contact.handed_over",
        "contact.held",
        "contact.hold_ended",
        "contact.key_gone",
        "contact.let_go",
        "contact.marked_danger",
        "contact.marked_safe",
        "contact.noted",
        "contact.opened",
        "contact.original_agreed",
        "contact.original_asked",
        "contact.original_opened",
        "contact.original_refused",
        "contact.outcome_told",
        "contact.proof_given",
        "contact.referral_reviewed",
        "contact.referred_urgently",
        "contact.reopened",
        "contact.replied",
        "contact.taken",
        "contact.taken_down",
        "contact.withdrawn",
        "contact.written_down",
        "contacts.searched",
        "list.exported",
        "sender.added",
        "sender.ended",
        "sender.hook_gone",
        "sender.hook_set",
        "sender.key_ended",
        "sender.key_made",
        "sender.signing_made",
        "settings.brought_back",
        "settings.changed",
        "settings.confirmed",
        "settings.proposed",
        "settings.refused",
    ]
}
