//! What the desk writes into a contact: a reply, a question, a private note.

use serde::Serialize;
use time::OffsetDateTime;
use uuid::Uuid;
use zeroize::Zeroizing;

use plainsight_ledger::Actor;
use plainsight_people::SignedIn;
use plainsight_store::work;
use plainsight_vault::{Contact, Mailbox, PublicKey, Recipient, SigningKey, envelope};

use super::open::{Held, hold};
use crate::cabinet::{Cabinet, hour};
use crate::header::Flags;
use crate::message::{From, Message, Note};
use crate::records::papers::{self, PaperKind};
use crate::trouble::Trouble;

/// Replies to the reporter, or asks them something.
pub(crate) async fn reply(cabinet: &Cabinet, who: &SignedIn, contact: Uuid, text: String, asks: bool) -> Result<(), Trouble> {
    let held = hold(cabinet, who, contact).await?;
    if held.row.locate.is_none() {
        return Err(Trouble::Withdrawn);
    }
    let message = Message { from: From::Desk, asks, text, at: hour(cabinet.now()), member: Some(who.member.id) };
    let mailbox = mailbox(&held)?;
    let paper = seal_paper(cabinet, who, &held, PaperKind::Message, &[&mailbox], &message)?;
    let act = if asks { "contact.asked" } else { "contact.replied" };
    add(cabinet, who, paper, act, serde_json::json!({}), move |flags| {
        flags.acknowledged = true;
        // Not read by answering: the reporter may have written while this was being written.
        flags.waiting_for_reporter = asks;
        // What was asked waits for an answer: the work goes on.
        flags.closed &= !asks;
    })
    .await
}

/// Writes a private note, which the reporter never sees.
pub(crate) async fn note(cabinet: &Cabinet, who: &SignedIn, contact: Uuid, text: String) -> Result<(), Trouble> {
    let held = hold(cabinet, who, contact).await?;
    let note = Note { text, at: cabinet.now(), member: who.member.id, ends: None };
    let paper = seal_paper(cabinet, who, &held, PaperKind::Note, &[], &note)?;
    add(cabinet, who, paper, "contact.noted", serde_json::json!({}), |_| {}).await
}

/// The reporter's public key, made from the receipt.
pub(crate) fn mailbox(held: &Held) -> Result<PublicKey<Mailbox>, Trouble> {
    PublicKey::from_bytes(&held.row.mailbox_key).map_err(|_| Trouble::Damaged("a mailbox key"))
}

/// Signs a paper by the member who writes it and seals it to the contact and to `others`.
pub(crate) fn seal_paper(
    cabinet: &Cabinet,
    who: &SignedIn,
    held: &Held,
    kind: PaperKind,
    others: &[&dyn Recipient],
    content: &impl Serialize,
) -> Result<papers::Model, Trouble> {
    let contact_key = held.key.public();
    let mut recipients: Vec<&dyn Recipient> = vec![&contact_key];
    recipients.extend(others);
    seal_content(cabinet, (held.row.id, cabinet.new_id()), cabinet.now(), kind, &recipients, Some(&who.unlocked.signing), content)
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

fn seal_content(
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

/// Stores a paper that a member wrote, with its entry in the ledger and the change of the contact's flags.
pub(crate) async fn add(
    cabinet: &Cabinet,
    who: &SignedIn,
    paper: papers::Model,
    act: &'static str,
    detail: serde_json::Value,
    change: impl Fn(&mut Flags) + Clone + Send + Sync + 'static,
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
                papers::insert(tx, paper).await?;
                inside.change_header(tx, contact, |header| change(&mut header.flags)).await?;
                inside.record(tx, Actor::Member(member), act, contact, detail).await
            }),
        )
        .await
}
