//! An adviser writes down what somebody says, while they say it. The first keeping makes a contact, so that a call that drops
//! or a browser that dies leaves it on the list, with its clock; from then on each keeping puts the newest in its place, until
//! it is finished.

use time::OffsetDateTime;
use uuid::Uuid;
use zeroize::Zeroizing;

use plainsight_ledger::Actor;
use plainsight_people::SignedIn;
use plainsight_store::work;
use plainsight_vault::{Contact, Kind, SecretKey, envelope};
use plainsight_vocabulary::{Channel, ConsentLevel, Urgency};

use super::danger::{Round, change_seeing, page_at};
use super::file::{Intake, Mailbox, epoch_column, make_key, new_header, retention, size_class, store_key, urgency};
use super::open::{Found, hold, key_of, open_report};
use crate::cabinet::Cabinet;
use crate::header::Header;
use crate::records::{changes, contacts, keystore};
use crate::report::Report;
use crate::trouble::Trouble;
use crate::written_down::{Clash, Marks, Sheet, merge};

/// So often is tried again when a colleague keeps the same sheet at the same moment.
const TRIES: u32 = 5;

/// What is stored after a keeping.
pub(crate) struct Kept {
    pub(crate) sheet: Sheet,
    pub(crate) clashes: Vec<Clash>,
    /// False while nothing was written that is worth a contact.
    pub(crate) stored: bool,
}

/// Keeps what stands on the sheet of this contact, and finishes it if asked to and nothing clashes. `saw` is what the fields
/// held when the page was made. A contact that does not exist yet is made under the id that the page carries, so that a
/// keeping sent twice makes one.
///
/// [`Trouble::Finished`] when it was finished meanwhile.
pub(crate) async fn keep(
    cabinet: &Cabinet,
    who: &SignedIn,
    intake: &Intake,
    contact: Uuid,
    typed: &Sheet,
    saw: &Marks,
    finish: bool,
) -> Result<Kept, Trouble> {
    for _ in 0..TRIES {
        let kept = match contacts::find(cabinet.store.content().read(), cabinet.organisation, contact).await? {
            Some(_) => keep_again(cabinet, who, intake, contact, typed, saw, finish).await,
            // Opened and left again: that is no contact.
            None if !typed.says_something() => return Ok(Kept { sheet: typed.clone(), clashes: Vec::new(), stored: false }),
            None => begin(cabinet, who, intake, contact, typed, finish).await,
        };
        match kept {
            Err(Trouble::Meanwhile) => {}
            kept => return kept,
        }
    }
    Err(Trouble::Meanwhile)
}

async fn begin(cabinet: &Cabinet, who: &SignedIn, intake: &Intake, contact: Uuid, typed: &Sheet, finish: bool) -> Result<Kept, Trouble> {
    let now = cabinet.now();
    let report = typed.to_report();
    let key = match key_of(cabinet, who, contact).await? {
        Found::NotTheirs => return Err(Trouble::NotFound),
        // Left by a keeping that was cut off between the key and the contact.
        Found::Key(key) => key,
        Found::Nothing => new_key(cabinet, intake, contact).await?,
    };
    let sealed = seal(cabinet, who, intake.epoch, contact, &key, &report)?;
    let mut header = new_header(cabinet.organisation, intake, &report, sealed.len(), now);
    header.flags.unfinished = true;
    header.clocks.read_by = (intake.due)(now, Urgency::Soon).first_read.min(header.clocks.read_by);
    header.hands.push(who.member.id);
    header.alarm.attended |= header.alarm.on;
    let danger_due = (intake.due)(now, Urgency::Danger).first_read;
    if finish {
        finish_header(&mut header, &report);
    }
    let row = contacts::Model {
        organisation: cabinet.organisation,
        id: contact,
        header: cabinet.seal_header(contact, &header)?,
        locate: None,
        mailbox_key: Mailbox::of_nobody(cabinet).into_key(),
        contact_key: key.public().to_bytes().to_vec(),
        epoch: epoch_column(intake.epoch)?,
        report: sealed,
    };
    let (member, alarm) = (who.member.id, header.alarm);
    let inside = cabinet.clone();
    let stored = cabinet
        .store
        .content()
        .tx(
            "helpline.begin_writing_down",
            work!([inside, row], |tx| {
                contacts::insert(tx, row).await?;
                changes::note(tx, inside.organisation, contact).await?;
                if alarm.on {
                    page_at(&inside, tx, contact, alarm, Round::Team, danger_due).await?;
                }
                let detail = serde_json::json!({ "finished": finish });
                inside.record(tx, Actor::Member(member), "contact.taken_down", contact, detail).await
            }),
        )
        .await;
    match stored {
        Ok(()) => Ok(Kept { sheet: Sheet::of(&report), clashes: Vec::new(), stored: true }),
        // The same page kept it twice at once, and the other was first.
        Err(error) => match contacts::find(cabinet.store.content().read(), cabinet.organisation, contact).await? {
            Some(_) => Err(Trouble::Meanwhile),
            None => Err(error),
        },
    }
}

/// Makes and stores the key of a new contact; `Meanwhile` when the same page did so at the same moment.
async fn new_key(cabinet: &Cabinet, intake: &Intake, contact: Uuid) -> Result<SecretKey<Contact>, Trouble> {
    let (key, row) = make_key(cabinet, intake, contact)?;
    match store_key(cabinet, row).await {
        Ok(()) => Ok(key),
        Err(error) => match keystore::of_contact(cabinet.store.keystore().read(), cabinet.organisation, contact).await?.is_empty() {
            true => Err(error.into()),
            false => Err(Trouble::Meanwhile),
        },
    }
}

async fn keep_again(
    cabinet: &Cabinet,
    who: &SignedIn,
    intake: &Intake,
    contact: Uuid,
    typed: &Sheet,
    saw: &Marks,
    finish: bool,
) -> Result<Kept, Trouble> {
    let held = hold(cabinet, who, contact).await?;
    if !cabinet.open_header(contact, &held.row.header)?.flags.unfinished {
        return Err(Trouble::Finished);
    }
    let staff = plainsight_people::verifying_keys(cabinet.store.content().read(), cabinet.organisation).await?;
    let stored = Sheet::of(&open_report(cabinet, &held, &staff)?);
    let (merged, clashes) = merge(&stored, typed, saw);
    let finish = finish && clashes.is_empty();
    if merged == stored && !finish {
        return Ok(Kept { sheet: merged, clashes, stored: true });
    }
    let report = merged.to_report();
    let epoch = u32::try_from(held.row.epoch).map_err(|_| Trouble::Damaged("the epoch of a contact"))?;
    let sealed = seal(cabinet, who, epoch, contact, &held.key, &report)?;
    let (now, member) = (cabinet.now(), who.member.id);
    let danger_due = (intake.due)(now, Urgency::Danger).first_read;
    let language = intake.header_language(&report.language);
    let before = held.row.report.clone();
    let inside = cabinet.clone();
    cabinet
        .store
        .content()
        .tx(
            "helpline.write_down",
            work!([inside, before, sealed, report, language], |tx| {
                let row = contacts::find_to_change(tx, inside.organisation, contact).await?.ok_or(Trouble::NotFound)?;
                if row.report != before {
                    return Err(Trouble::Meanwhile);
                }
                let size = size_class(sealed.len());
                let change = |header: &mut Header| {
                    header.size = size;
                    header.language = language;
                    raise(header, &report, danger_due);
                    // Whoever writes is at it.
                    header.alarm.attended |= header.alarm.on;
                    if finish {
                        finish_header(header, &report);
                    }
                };
                let (alarm, header) = change_seeing(&inside, tx, contact, change).await?;
                if header.alarm.number != alarm.number {
                    page_at(&inside, tx, contact, header.alarm, Round::Team, danger_due).await?;
                }
                contacts::set_report(tx, inside.organisation, contact, sealed).await?;
                if finish {
                    inside.record(tx, Actor::Member(member), "contact.written_down", contact, serde_json::json!({})).await?;
                }
                Ok(())
            }),
        )
        .await?;
    Ok(Kept { sheet: merged, clashes, stored: true })
}

fn seal(
    cabinet: &Cabinet,
    who: &SignedIn,
    epoch: u32,
    contact: Uuid,
    key: &SecretKey<Contact>,
    report: &Report,
) -> Result<Vec<u8>, Trouble> {
    let text = Zeroizing::new(serde_json::to_vec(report).map_err(|_| Trouble::Damaged("the report"))?);
    let place = cabinet.envelope(Kind::Report, epoch, contact);
    Ok(envelope::seal_signed(&place, &[&key.public()], &text, &who.unlocked.signing, &mut cabinet.rng())?)
}

/// What is heard may make a contact more urgent, never less: a danger that was ticked by mistake is marked as dealt with, and
/// says why. The adviser who hears it is at it: nobody else is paged before its time is over.
fn raise(header: &mut Header, report: &Report, danger_due: OffsetDateTime) {
    match (urgency(report), header.urgency) {
        (Urgency::Danger, Urgency::Danger) => {}
        (Urgency::Danger, _) => {
            header.raise_danger(danger_due);
            header.alarm.attended = true;
        }
        (Urgency::Soon, Urgency::Normal) => header.urgency = Urgency::Soon,
        _ => {}
    }
    if header.urgency != Urgency::Danger && !header.flags.referred {
        header.retention = retention(header.urgency, report);
    }
}

/// All is written down. Who listened has read it; who was spoken with has been answered.
fn finish_header(header: &mut Header, report: &Report) {
    header.flags.unfinished = false;
    header.flags.read = true;
    header.flags.acknowledged |= matches!(report.channel, Channel::Phone | Channel::InPerson);
    header.clocks.round(report.naming == Some(ConsentLevel::Anonymous));
    if header.alarm.on {
        header.alarm.attend();
    }
}
