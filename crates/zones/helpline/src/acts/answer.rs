//! What the desk writes into a contact: a reply, a question, a private note.

use serde::Serialize;
use time::OffsetDateTime;
use uuid::Uuid;
use zeroize::Zeroizing;

use plainsight_ledger::Actor;
use plainsight_people::SignedIn;
use plainsight_store::{Tx, work};
use plainsight_vault::{Contact, Mailbox, PublicKey, Recipient, SigningKey, envelope};

use super::events::{self, Event};
use super::open::{Held, Paper, folder, hold};
use crate::attached::Attached;
use crate::cabinet::{Cabinet, hour};
use crate::dialogue::paused;
use crate::form::{FormKey, Written};
use crate::header::{Due, Header};
use crate::message::{From, Mark, Message, Note};
use crate::records::papers::{self, PaperKind};
use crate::records::{SUPERVISOR, ZONE, contacts};
use crate::report::Report;
use crate::trouble::Trouble;

/// A contact whose reporter holds a receipt: an answer reaches them.
pub(crate) struct Answerable {
    pub(crate) held: Held,
    pub(crate) header: Header,
    pub(crate) report: Report,
    pub(crate) papers: Vec<(Uuid, OffsetDateTime, Paper)>,
}

impl Answerable {
    /// Whether the dialogue goes on, or waits for a supervisor. While somebody is in danger, nobody waits.
    pub(crate) fn goes_on(&self) -> Result<(), Trouble> {
        let danger = matches!(self.header.next_due(), Some((Due::Danger, _)));
        if !danger && paused(&self.report, &self.papers) { Err(Trouble::Paused) } else { Ok(()) }
    }
}

pub(crate) async fn answerable(cabinet: &Cabinet, who: &SignedIn, contact: Uuid) -> Result<Answerable, Trouble> {
    let held = hold(cabinet, who, contact).await?;
    if held.row.locate.is_none() {
        return Err(Trouble::Withdrawn);
    }
    let header = cabinet.open_header(contact, &held.row.header)?;
    let (report, papers) = folder(cabinet, &held).await?;
    Ok(Answerable { held, header, report, papers })
}

/// Replies to the reporter, or asks them something.
pub(crate) async fn reply(cabinet: &Cabinet, who: &SignedIn, contact: Uuid, written: Written, asks: bool) -> Result<(), Trouble> {
    let answerable = answerable(cabinet, who, contact).await?;
    answerable.goes_on()?;
    let held = answerable.held;
    let key = written.key(if asks { "ask" } else { "reply" });
    let message = Message { asks, member: Some(who.member.id), ..Message::new(From::Desk, hour(cabinet.now()), written.text) };
    let mailbox = mailbox(&held)?;
    let paper = seal_paper(cabinet, who, &held, PaperKind::Message, &[&mailbox], &message, key)?;
    let act = if asks { "contact.asked" } else { "contact.replied" };
    add(cabinet, who, paper, act, serde_json::json!({}), move |header| {
        let flags = &mut header.flags;
        flags.acknowledged = true;
        // Not read by answering: the reporter may have written while this was being written.
        flags.waiting_for_reporter = asks;
        // What was asked waits for an answer: the work goes on.
        flags.closed &= !asks;
    })
    .await
}

/// Writes a private note, which the reporter never sees.
pub(crate) async fn note(cabinet: &Cabinet, who: &SignedIn, contact: Uuid, written: Written) -> Result<(), Trouble> {
    let held = hold(cabinet, who, contact).await?;
    let key = written.key("note");
    let note = Note::new(who.member.id, cabinet.now(), written.text, None);
    let paper = seal_paper(cabinet, who, &held, PaperKind::Note, &[], &note, key)?;
    add(cabinet, who, paper, "contact.noted", serde_json::json!({}), |_| {}).await
}

/// A supervisor has looked at a paused dialogue: it may go on, for the reason that stands in the folder.
pub(crate) async fn go_on(cabinet: &Cabinet, who: &SignedIn, contact: Uuid, reason: Written) -> Result<(), Trouble> {
    let held = hold(cabinet, who, contact).await?;
    if !who.member.holds(ZONE, SUPERVISOR) {
        return Err(Trouble::NotFound);
    }
    let key = reason.key("go-on");
    let note = Note::new(who.member.id, cabinet.now(), reason.text, Some(Mark::GoOn));
    let paper = seal_paper(cabinet, who, &held, PaperKind::Note, &[], &note, key)?;
    add(cabinet, who, paper, "contact.dialogue_goes_on", serde_json::json!({}), |header| header.flags.supervisor_due = false).await
}

/// The reporter's public key, made from the receipt.
pub(crate) fn mailbox(held: &Held) -> Result<PublicKey<Mailbox>, Trouble> {
    PublicKey::from_bytes(&held.row.mailbox_key).map_err(|_| Trouble::Damaged("a mailbox key"))
}

/// Signs a paper by the member who writes it and seals it to the contact and to `others`. What one form sends twice becomes
/// one paper.
pub(crate) fn seal_paper(
    cabinet: &Cabinet,
    who: &SignedIn,
    held: &Held,
    kind: PaperKind,
    others: &[&dyn Recipient],
    content: &impl Serialize,
    form: Option<FormKey>,
) -> Result<papers::Model, Trouble> {
    let contact_key = held.key.public();
    let mut recipients: Vec<&dyn Recipient> = vec![&contact_key];
    recipients.extend(others);
    let id = form.map_or_else(|| cabinet.new_id(), |form| paper_id(&form, held.row.id));
    seal_content(cabinet, (held.row.id, id), cabinet.now(), kind, &recipients, Some(&who.unlocked.signing), content)
}

/// The id of what this form stores in the folder of a contact.
pub(crate) fn paper_id(form: &FormKey, contact: Uuid) -> Uuid {
    form.with(contact.as_bytes()).row()
}

/// Seals what the reporter adds as the paper `id`, with public keys alone: the public process has no others. `at` is its
/// place in the order of the folder.
pub(crate) fn seal_from_reporter(
    cabinet: &Cabinet,
    (contact, id): (Uuid, Uuid),
    at: OffsetDateTime,
    contact_key: &PublicKey<Contact>,
    mailbox: &PublicKey<Mailbox>,
    message: &Message,
) -> Result<papers::Model, Trouble> {
    seal_content(cabinet, (contact, id), at, PaperKind::Message, &[contact_key, mailbox], None, message)
}

/// Seals what the folder is told of a file that the reporter sent.
pub(crate) fn seal_file_from_reporter(
    cabinet: &Cabinet,
    place: (Uuid, Uuid),
    at: OffsetDateTime,
    contact_key: &PublicKey<Contact>,
    file: &Attached,
) -> Result<papers::Model, Trouble> {
    seal_content(cabinet, place, at, PaperKind::File, &[contact_key], None, file)
}

/// Seals a paper that is signed by somebody who may no longer be at the desk when it is written.
pub(crate) fn seal_signed(
    cabinet: &Cabinet,
    place: (Uuid, Uuid),
    kind: PaperKind,
    contact_key: &PublicKey<Contact>,
    signing: &SigningKey,
    content: &impl Serialize,
) -> Result<papers::Model, Trouble> {
    seal_content(cabinet, place, cabinet.now(), kind, &[contact_key], Some(signing), content)
}

pub(super) fn seal_content(
    cabinet: &Cabinet,
    (contact, id): (Uuid, Uuid),
    at: OffsetDateTime,
    kind: PaperKind,
    recipients: &[&dyn Recipient],
    signer: Option<&SigningKey>,
    content: &impl Serialize,
) -> Result<papers::Model, Trouble> {
    let text = Zeroizing::new(serde_json::to_vec(content).map_err(|_| Trouble::Damaged("what was written"))?);
    let place = cabinet.paper_envelope(kind.envelope(), contact, id);
    let sealed = match signer {
        Some(signer) => envelope::seal_signed(&place, recipients, &text, signer, &mut cabinet.rng())?,
        None => envelope::seal(&place, recipients, &text, &mut cabinet.rng())?,
    };
    let at = cabinet.seal_time("helpline_papers", id, "at", at);
    Ok(papers::Model { organisation: cabinet.organisation, contact, id, kind: kind.name().to_owned(), at, sealed })
}

/// Puts a paper into the folder, under the lock of its contact: two presses at once are one after the other. False when
/// this very paper lies there already.
pub(crate) async fn put(cabinet: &Cabinet, tx: &Tx, paper: papers::Model) -> Result<bool, Trouble> {
    contacts::find_to_change(tx, cabinet.organisation, paper.contact).await?.ok_or(Trouble::NotFound)?;
    if papers::exists(tx, paper.organisation, paper.contact, paper.id).await? {
        return Ok(false);
    }
    papers::insert(tx, paper).await?;
    Ok(true)
}

/// Stores a paper that a member wrote, with its entry in the ledger and the change of the contact's header.
pub(crate) async fn add(
    cabinet: &Cabinet,
    who: &SignedIn,
    paper: papers::Model,
    act: &'static str,
    detail: serde_json::Value,
    change: impl Fn(&mut Header) + Clone + Send + Sync + 'static,
) -> Result<(), Trouble> {
    let member = who.member.id;
    let inside = cabinet.clone();
    cabinet
        .store
        .content()
        .tx(
            "helpline.add_paper",
            work!([inside, paper, detail, change], |tx| {
                let contact = paper.contact;
                let told = paper.kind == PaperKind::Message.name();
                if put(&inside, tx, paper).await? {
                    // Whatever is written, its time of keeping begins anew.
                    let change = |header: &mut Header| {
                        change(header);
                        header.settled = None;
                    };
                    inside.change_header(tx, contact, change).await?;
                    if told {
                        events::note(&inside, tx, contact, Event::Message).await?;
                    }
                    inside.record(tx, Actor::Member(member), act, contact, detail).await?;
                }
                Ok(())
            }),
        )
        .await
}
