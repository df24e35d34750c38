//! Danger that is said or seen after the first report: the clock starts and the alarm goes off, as for a first report. And
//! its end.

use time::{Duration, OffsetDateTime};
use uuid::Uuid;

use plainsight_ledger::Actor;
use plainsight_people::SignedIn;
use plainsight_store::{NewJob, Tx, work};

use super::answer::{put, seal_paper};
use super::open::hold;
use crate::cabinet::Cabinet;
use crate::form::Written;
use crate::header::{Alarm, Header, StillOpen};
use crate::jobs::{DANGER_PAGE, DangerPage};
use crate::message::{Mark, Note};
use crate::records::papers::PaperKind;
use crate::trouble::Trouble;

/// An adviser reads danger out of what was written, or heard of it: one person alone decides, and says why.
pub(crate) async fn mark_danger(
    cabinet: &Cabinet,
    who: &SignedIn,
    contact: Uuid,
    reason: Written,
    within: Duration,
) -> Result<(), Trouble> {
    let held = hold(cabinet, who, contact).await?;
    let now = cabinet.now();
    let key = reason.key("mark-danger");
    let note = Note { text: reason.text, at: now, member: who.member.id, marks: Some(Mark::Danger) };
    let paper = seal_paper(cabinet, who, &held, PaperKind::Note, &[], &note, key)?;
    let member = who.member.id;
    let inside = cabinet.clone();
    cabinet
        .store
        .content()
        .tx(
            "helpline.mark_danger",
            work!([inside, paper], |tx| {
                if put(&inside, tx, paper).await? {
                    raise(&inside, tx, contact, now + within, |_| {}).await?;
                    inside.record(tx, Actor::Member(member), "contact.marked_danger", contact, serde_json::json!({})).await?;
                }
                Ok::<_, Trouble>(())
            }),
        )
        .await
}

/// Marks the danger as dealt with: its clock and its alarm stop. Refused while the reporter has written something that
/// nobody has read: it may be another danger.
pub(crate) async fn mark_safe(cabinet: &Cabinet, who: &SignedIn, contact: Uuid, reason: Written) -> Result<(), Trouble> {
    let held = hold(cabinet, who, contact).await?;
    let key = reason.key("mark-safe");
    let note = Note { text: reason.text, at: cabinet.now(), member: who.member.id, marks: Some(Mark::Safe) };
    let paper = seal_paper(cabinet, who, &held, PaperKind::Note, &[], &note, key)?;
    let member = who.member.id;
    let inside = cabinet.clone();
    cabinet
        .store
        .content()
        .tx(
            "helpline.mark_safe",
            work!([inside, paper], |tx| {
                if !put(&inside, tx, paper).await? {
                    return Ok(());
                }
                let calm = |header: &mut Header| {
                    header.flags.safe = true;
                    header.alarm.on = false;
                };
                // Judged on what the lock shows; an error takes the paper back out.
                if inside.change_header(tx, contact, calm).await?.flags.reporter_wrote {
                    return Err(Trouble::StillOpen(StillOpen::Unread));
                }
                inside.record(tx, Actor::Member(member), "contact.marked_safe", contact, serde_json::json!({})).await
            }),
        )
        .await
}

/// Danger in a contact that is stored already: its header changes and the alarm goes off, in the caller's transaction.
pub(crate) async fn raise(
    cabinet: &Cabinet,
    tx: &Tx,
    contact: Uuid,
    look_by: OffsetDateTime,
    change: impl FnOnce(&mut Header),
) -> Result<(), Trouble> {
    let raised = |header: &mut Header| {
        header.raise_danger(look_by);
        change(header);
    };
    let header = cabinet.change_header(tx, contact, raised).await?;
    page_now(cabinet, tx, contact, header.alarm).await
}

/// Asks for the first page of an alarm.
pub(crate) async fn page_now(cabinet: &Cabinet, tx: &Tx, contact: Uuid, alarm: Alarm) -> Result<(), Trouble> {
    let payload = &DangerPage { contact, alarm: alarm.number, round: 0 };
    let job = NewJob { organisation: cabinet.organisation, kind: DANGER_PAGE, version: 1, payload, due: cabinet.now() };
    cabinet.jobs.enqueue(tx, &job, &mut cabinet.rng()).await?;
    Ok(())
}
