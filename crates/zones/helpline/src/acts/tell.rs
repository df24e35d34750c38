//! An adviser tells the reporter what became of their report.

use plainsight_people::SignedIn;
use uuid::Uuid;

use super::answer::{add, mailbox, seal_paper};
use super::open::{folder, hold};
use crate::cabinet::{Cabinet, hour};
use crate::dialogue::paused;
use crate::form::FormKey;
use crate::header::Due;
use crate::message::{From, Message};
use crate::outcome::Outcome;
use crate::records::papers::PaperKind;
use crate::trouble::Trouble;

/// Puts the sentence into the mailbox, signed as a reply is. Nothing more is due then until the reporter writes.
pub(crate) async fn tell(cabinet: &Cabinet, who: &SignedIn, contact: Uuid, outcome: Outcome, form: Option<FormKey>) -> Result<(), Trouble> {
    let held = hold(cabinet, who, contact).await?;
    if held.row.locate.is_none() {
        return Err(Trouble::Withdrawn);
    }
    let danger = matches!(cabinet.open_header(contact, &held.row.header)?.next_due(), Some((Due::Danger, _)));
    let (report, papers) = folder(cabinet, &held).await?;
    if !danger && paused(&report, &papers) {
        return Err(Trouble::Paused);
    }
    if !outcome.is_true_of(&papers) {
        return Err(Trouble::NothingPassedOn);
    }
    let key = form.map(|form| form.with(b"tell").with(outcome.name().as_bytes()));
    let message =
        Message { outcome: Some(outcome), member: Some(who.member.id), ..Message::new(From::Desk, hour(cabinet.now()), String::new()) };
    let paper = seal_paper(cabinet, who, &held, PaperKind::Message, &[&mailbox(&held)?], &message, key)?;
    // Which sentence it was is nothing for the ledger: it says what became of somebody.
    add(cabinet, who, paper, "contact.outcome_told", serde_json::json!({}), |header| header.told_outcome()).await
}
