//! An adviser tells the reporter what became of their report.

use plainsight_people::SignedIn;
use uuid::Uuid;

use super::answer::{add, answerable, mailbox, seal_paper};
use crate::cabinet::{Cabinet, hour};
use crate::form::FormKey;
use crate::message::{From, Message};
use crate::outcome::Outcome;
use crate::records::papers::PaperKind;
use crate::trouble::Trouble;

/// Puts the sentence into the mailbox, signed as a reply is. Nothing more is due then until the reporter writes.
pub(crate) async fn tell(cabinet: &Cabinet, who: &SignedIn, contact: Uuid, outcome: Outcome, form: Option<FormKey>) -> Result<(), Trouble> {
    let answerable = answerable(cabinet, who, contact).await?;
    answerable.goes_on()?;
    if !outcome.is_true_of(&answerable.papers) {
        return Err(Trouble::NothingPassedOn);
    }
    let held = answerable.held;
    let key = form.map(|form| form.with(b"tell").with(outcome.name().as_bytes()));
    let message =
        Message { outcome: Some(outcome), member: Some(who.member.id), ..Message::new(From::Desk, hour(cabinet.now()), String::new()) };
    let paper = seal_paper(cabinet, who, &held, PaperKind::Message, &[&mailbox(&held)?], &message, key)?;
    // Which sentence it was is nothing for the ledger: it says what became of somebody.
    add(cabinet, who, paper, "contact.outcome_told", serde_json::json!({}), |header| header.told_outcome()).await
}
