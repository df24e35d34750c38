//! How long a contact is kept: it is erased when its time is over, or when a supervisor says so with a reason; a legal hold
//! beats both. What is erased nobody can open again: its key is gone, wherever its sealed content may still lie.

use uuid::Uuid;

use plainsight_ledger::Actor;
use plainsight_people::SignedIn;
use plainsight_store::{Tx, work};
use plainsight_vocabulary::KeptFor;

use super::answer::{add, seal_paper};
use super::erasure::{erase_in, erase_key};
use super::open::{hold, hold_folder};
use crate::cabinet::Cabinet;
use crate::form::Written;
use crate::header::{Due, Header};
use crate::message::{Mark, Note};
use crate::records::papers::PaperKind;
use crate::records::{SUPERVISOR, ZONE, contacts};
use crate::trouble::Trouble;

named! {
    /// Why a contact is erased before its time.
    WhyErased {
        /// Whom it is about asked for it.
        Asked = "asked",
        /// It came here by mistake: sent to the wrong place, twice, or as a trial.
        Mistake = "mistake",
        /// We had no right to keep it.
        NoRight = "no-right",
    }
}

/// Says that a contact may not be deleted, or that it may be again. A supervisor's to say, with the reason in the folder.
pub(crate) async fn keep_for_law(cabinet: &Cabinet, who: &SignedIn, contact: Uuid, reason: Written, on: bool) -> Result<(), Trouble> {
    let held = hold(cabinet, who, contact).await?;
    if !who.member.holds(ZONE, SUPERVISOR) {
        return Err(Trouble::NotFound);
    }
    // Pressed twice, or said already.
    if cabinet.open_header(contact, &held.row.header)?.flags.held == on {
        return Ok(());
    }
    let (act, mark) = if on { ("contact.held", Mark::Held) } else { ("contact.hold_ended", Mark::HoldEnded) };
    let note = Note::new(who.member.id, cabinet.now(), reason.text, Some(mark));
    // Each hold is a paper of its own: the same words may be said again after a colleague ended it.
    let paper = seal_paper(cabinet, who, &held, PaperKind::Note, &[], &note, None)?;
    add(cabinet, who, paper, act, serde_json::json!({}), move |header| header.flags.held = on).await
}

/// Erases a contact for a reason. A supervisor's to do.
///
/// [`Trouble::Kept`] while a legal hold, a review that is due or a danger that nobody dealt with keeps it.
pub(crate) async fn erase(cabinet: &Cabinet, who: &SignedIn, contact: Uuid, why: WhyErased) -> Result<(), Trouble> {
    let (_, header) = hold_folder(cabinet, who, contact).await?;
    if header.is_case() || !who.member.holds(ZONE, SUPERVISOR) {
        return Err(Trouble::NotFound);
    }
    let (inside, member) = (cabinet.clone(), who.member.id);
    cabinet
        .store
        .content()
        .tx(
            "helpline.erase",
            work!([inside], |tx| {
                // Judged under the lock: a colleague may say at this very moment that it must be kept.
                let header = locked(&inside, tx, contact).await?;
                if header.flags.held || header.flags.review_due || matches!(header.next_due(), Some((Due::Danger, _))) {
                    return Err(Trouble::Kept);
                }
                erase_in(&inside, tx, contact).await?;
                let detail = serde_json::json!({ "why": why.name() });
                inside.record(tx, Actor::Member(member), "contact.erased", contact, detail).await
            }),
        )
        .await?;
    erase_key(cabinet, contact).await
}

/// Erases a contact or a case whose time is over. Of one that is settled and does not say since when, the day is noted instead.
pub(crate) async fn erase_by_time(cabinet: &Cabinet, contact: Uuid, kept: &KeptFor) -> Result<(), Trouble> {
    let (inside, kept) = (cabinet.clone(), *kept);
    let erased = cabinet
        .store
        .content()
        .tx(
            "helpline.erase_by_time",
            work!([inside], |tx| {
                let mut header = locked(&inside, tx, contact).await?;
                if header.flags.erased {
                    return Ok(false);
                }
                // By the rules of now: those may keep what was settled by earlier ones.
                header.settle(inside.now());
                if header.kept_until(&kept).is_none_or(|until| until > inside.now()) {
                    inside.change_header(tx, contact, |_| {}).await?;
                    return Ok(false);
                }
                erase_in(&inside, tx, contact).await?;
                inside.record(tx, Actor::System("retention"), "contact.erased_by_time", contact, serde_json::json!({})).await?;
                Ok::<_, Trouble>(true)
            }),
        )
        .await?;
    if erased {
        erase_key(cabinet, contact).await?;
    }
    Ok(())
}

/// The header, held until the transaction ends.
async fn locked(cabinet: &Cabinet, tx: &Tx, contact: Uuid) -> Result<Header, Trouble> {
    let row = contacts::find_to_change(tx, cabinet.organisation, contact).await?.ok_or(Trouble::NotFound)?;
    cabinet.open_header(contact, &row.header)
}
