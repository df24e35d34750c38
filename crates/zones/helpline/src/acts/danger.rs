//! Danger that is said or seen after the first report: the clock starts and the alarm goes off, as for a first report. And
//! its end.

use time::{Duration, OffsetDateTime};
use uuid::Uuid;

use plainsight_ledger::Actor;
use plainsight_people::SignedIn;
use plainsight_store::{NewJob, Tx, work};

use super::answer::{paper_id, put, seal_paper};
use super::open::hold;
use crate::cabinet::Cabinet;
use crate::form::{FormKey, Written};
use crate::header::{Alarm, Header, StillOpen};
use crate::jobs::{DANGER_PAGE, DangerPage};
use crate::message::{Mark, Note};
use crate::records::contacts;
use crate::records::papers::{self, PaperKind};
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
    let header = cabinet.open_header(contact, &held.row.header)?;
    let mut key = reason.key("mark-danger");
    if let Some(once) = &key {
        key = Some(said_anew(cabinet, contact, once.clone(), &header, paper_id(once, contact)).await?);
    }
    let note = Note::new(who.member.id, now, reason.text, Some(Mark::Danger));
    let paper = seal_paper(cabinet, who, &held, PaperKind::Note, &[], &note, key)?;
    let member = who.member.id;
    let inside = cabinet.clone();
    cabinet
        .store
        .content()
        .tx(
            "helpline.mark_danger",
            work!([inside, paper], |tx| {
                let row = contacts::find_to_change(tx, inside.organisation, contact).await?.ok_or(Trouble::NotFound)?;
                let silent = !inside.open_header(contact, &row.header)?.alarm.on;
                if put(&inside, tx, paper).await? || silent {
                    change(&inside, tx, contact, |header| header.raise_danger(now + within)).await?;
                    inside.record(tx, Actor::Member(member), "contact.marked_danger", contact, serde_json::json!({})).await?;
                }
                Ok::<_, Trouble>(())
            }),
        )
        .await
}

/// Marks the danger as dealt with: its clock and its alarm stop. `saw` is the number of the alarm that stood on the page
/// before the adviser's eyes. Refused when another has gone off since, and while the reporter has written something that
/// nobody has read: it may be another danger.
pub(crate) async fn mark_safe(cabinet: &Cabinet, who: &SignedIn, contact: Uuid, reason: Written, saw: u32) -> Result<(), Trouble> {
    let held = hold(cabinet, who, contact).await?;
    let key = reason.key("mark-safe");
    let note = Note::new(who.member.id, cabinet.now(), reason.text, Some(Mark::Safe));
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
                let header = inside.change_header(tx, contact, calm).await?;
                if header.flags.reporter_wrote || header.alarm.number != saw {
                    return Err(Trouble::StillOpen(StillOpen::Unread));
                }
                inside.record(tx, Actor::Member(member), "contact.marked_safe", contact, serde_json::json!({})).await
            }),
        )
        .await
}

/// Changes the header of a contact that is stored already, in the caller's transaction, and pages when the change sets off
/// its alarm.
pub(crate) async fn change(cabinet: &Cabinet, tx: &Tx, contact: Uuid, change: impl FnOnce(&mut Header)) -> Result<(), Trouble> {
    let (before, header) = change_seeing(cabinet, tx, contact, change).await?;
    if header.alarm.number == before.number {
        return Ok(());
    }
    // Danger that is said again while nobody has dealt with it tells the whole team at once: were it to begin with who is on
    // call, somebody who calls for help every ten minutes would keep the others from ever being told.
    page_now(cabinet, tx, contact, header.alarm, if before.on { Round::Team } else { Round::OnCall }).await
}

/// Changes the header of a contact, and gives the alarm as it was before beside the header as it is now.
pub(crate) async fn change_seeing(
    cabinet: &Cabinet,
    tx: &Tx,
    contact: Uuid,
    change: impl FnOnce(&mut Header),
) -> Result<(Alarm, Header), Trouble> {
    let mut before = Alarm::default();
    let kept = &mut before;
    let header = cabinet
        .change_header(tx, contact, move |header| {
            *kept = header.alarm;
            change(header);
        })
        .await?;
    Ok((before, header))
}

/// Asks for the first page of an alarm.
pub(crate) async fn page_now(cabinet: &Cabinet, tx: &Tx, contact: Uuid, alarm: Alarm, round: Round) -> Result<(), Trouble> {
    page_at(cabinet, tx, contact, alarm, round, cabinet.now()).await
}

/// Asks for the first page of an alarm at a later time: somebody is at it now.
pub(crate) async fn page_at(
    cabinet: &Cabinet,
    tx: &Tx,
    contact: Uuid,
    alarm: Alarm,
    round: Round,
    due: OffsetDateTime,
) -> Result<(), Trouble> {
    let payload = &DangerPage { contact, alarm: alarm.number, round: round as u32 };
    let job = NewJob { organisation: cabinet.organisation, kind: DANGER_PAGE, version: 1, payload, due };
    cabinet.jobs.enqueue(tx, &job, &mut cabinet.rng()).await?;
    Ok(())
}

/// With which round an alarm begins.
#[derive(Clone, Copy)]
pub(crate) enum Round {
    OnCall = 0,
    Team = 1,
}

/// The key of a form that says danger. The same form with the same words is one saying, unless that was dealt with or passed
/// on since: whoever goes back to the page and sends it once more then says it anew.
pub(crate) async fn said_anew(cabinet: &Cabinet, contact: Uuid, form: FormKey, header: &Header, paper: Uuid) -> Result<FormKey, Trouble> {
    let said = papers::exists(cabinet.store.content().read(), cabinet.organisation, contact, paper).await?;
    Ok(if said && !header.alarm.on { form.with(&header.alarm.number.to_be_bytes()) } else { form })
}
