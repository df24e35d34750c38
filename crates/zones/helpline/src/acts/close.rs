//! A contact is closed, with the reason in the folder. What takes it up again: an adviser, a question, danger, an urgent
//! referral, or the reporter who writes.

use uuid::Uuid;

use plainsight_ledger::Actor;
use plainsight_people::SignedIn;
use plainsight_store::work;

use super::answer::{put, seal_paper};
use super::open::hold;
use crate::cabinet::Cabinet;
use crate::form::Written;
use crate::message::{Mark, Note};
use crate::records::contacts;
use crate::records::papers::PaperKind;
use crate::trouble::Trouble;

/// Closes a contact: nothing more is due. Refused while it hides something that somebody must still do.
pub(crate) async fn close(cabinet: &Cabinet, who: &SignedIn, contact: Uuid, reason: Written) -> Result<(), Trouble> {
    let held = hold(cabinet, who, contact).await?;
    let key = reason.key("close");
    let note = Note::new(who.member.id, cabinet.now(), reason.text, Some(Mark::Closed));
    let paper = seal_paper(cabinet, who, &held, PaperKind::Note, &[], &note, key)?;
    let member = who.member.id;
    let inside = cabinet.clone();
    cabinet
        .store
        .content()
        .tx(
            "helpline.close",
            work!([inside, paper], |tx| {
                if !put(&inside, tx, paper).await? {
                    return Ok(());
                }
                // Judged under the lock: the reporter may write, or a colleague may pass the contact on, at this very moment.
                let row = contacts::find_to_change(tx, inside.organisation, contact).await?.ok_or(Trouble::NotFound)?;
                if let Some(reason) = inside.open_header(contact, &row.header)?.still_open() {
                    return Err(Trouble::StillOpen(reason));
                }
                let change = |header: &mut crate::header::Header| {
                    header.flags.closed = true;
                    header.flags.waiting_for_reporter = false;
                };
                inside.change_header(tx, contact, change).await?;
                inside.record(tx, Actor::Member(member), "contact.closed", contact, serde_json::json!({})).await
            }),
        )
        .await
}

/// Takes a closed contact up again.
pub(crate) async fn reopen(cabinet: &Cabinet, who: &SignedIn, contact: Uuid) -> Result<(), Trouble> {
    hold(cabinet, who, contact).await?;
    let member = who.member.id;
    let inside = cabinet.clone();
    cabinet
        .store
        .content()
        .tx(
            "helpline.reopen",
            work!([inside], |tx| {
                let change = |header: &mut crate::header::Header| {
                    header.flags.closed = false;
                    // The work goes on, and something may become of it.
                    header.flags.told_outcome = false;
                };
                inside.change_header(tx, contact, change).await?;
                inside.record(tx, Actor::Member(member), "contact.reopened", contact, serde_json::json!({})).await
            }),
        )
        .await
}
