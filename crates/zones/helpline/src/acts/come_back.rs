//! A reporter comes back with the receipt: reads the replies, adds facts. Whatever the receipt leads to, the same work is
//! done, so that an answer does not tell whether a report exists.

use time::{Duration, OffsetDateTime};
use uuid::Uuid;

use plainsight_ledger::Actor;
use plainsight_store::work;
use plainsight_vault::{Kind, PublicKey, Root};

use super::answer::seal_from_reporter;
use super::file::FormKey;
use super::open::open_message;
use crate::cabinet::{Cabinet, hour};
use crate::header::Header;
use crate::message::{From, Message};
use crate::records::{contacts, papers};
use crate::trouble::Trouble;

/// What a receipt leads to. A wrong, expired, withdrawn and erased one lead to the same: nothing.
pub(crate) struct Mailbox {
    pub(crate) contact: Option<Uuid>,
    /// Replies and the reporter's own later messages, in order of time; never the first report.
    pub(crate) messages: Vec<Message>,
}

pub(crate) async fn read(cabinet: &Cabinet, pepper: &[u8; 32], root: &Root) -> Result<Mailbox, Trouble> {
    let locate = root.locate(pepper);
    let key = root.mailbox();
    let row = contacts::find_by_locate(cabinet.store.content().read(), cabinet.organisation, &locate).await?;
    // Looked up in any case: a receipt that leads nowhere asks for the messages of nobody.
    let contact = row.map(|row| row.id);
    let found = papers::messages(cabinet.store.content().read(), cabinet.organisation, contact.unwrap_or_default()).await?;
    let staff = plainsight_people::verifying_keys(cabinet.store.content().read(), cabinet.organisation).await?;
    let mut messages: Vec<(OffsetDateTime, Message)> = Vec::new();
    for paper in found {
        let at = cabinet.open_time("helpline_papers", paper.id, "at", &paper.at)?;
        match open_message(&paper.sealed, &cabinet.paper_envelope(Kind::Message, paper.contact, paper.id), &key, &staff) {
            Ok(message) => messages.push((at, message)),
            // What is not ours is not shown as ours; the true messages still are.
            Err(error) => tracing::error!(%error, "a message of a mailbox does not open"),
        }
    }
    messages.sort_by_key(|(at, _)| *at);
    Ok(Mailbox { contact, messages: messages.into_iter().map(|(_, message)| message).collect() })
}

/// The reporter adds something. Sealed to the contact and to the reporter's own mailbox. One form adds one text
/// once, however often it is sent.
pub(crate) async fn write(
    cabinet: &Cabinet,
    pepper: &[u8; 32],
    root: &Root,
    form: FormKey,
    text: String,
    read_by: impl Fn(OffsetDateTime) -> OffsetDateTime,
) -> Result<(), Trouble> {
    let locate = root.locate(pepper);
    let row = contacts::find_by_locate(cabinet.store.content().read(), cabinet.organisation, &locate).await?.ok_or(Trouble::NotFound)?;
    let contact = row.id;
    let contact_key = PublicKey::from_bytes(&row.contact_key).map_err(|_| Trouble::Damaged("a contact key"))?;
    let mailbox = root.mailbox().public();
    let form = form.with(text.as_bytes());
    let message = Message { from: From::Reporter, asks: false, text, at: hour(cabinet.now()), member: None };
    let at = place_in_order(cabinet, contact).await?;
    let paper = seal_from_reporter(cabinet, (contact, form.row()), at, &contact_key, &mailbox, &message)?;
    let read_by = read_by(cabinet.now());
    let inside = cabinet.clone();
    cabinet
        .store
        .content()
        .tx(
            "helpline.reporter_adds",
            work!([inside, paper], |tx| {
                // Asked again under the lock: a withdrawal on another page may have come first.
                let row = contacts::find_to_change(tx, inside.organisation, contact).await?;
                if row.is_none_or(|row| row.locate.is_none()) {
                    return Err(Trouble::NotFound);
                }
                if papers::exists(tx, paper.organisation, contact, paper.id).await? {
                    return Ok(());
                }
                papers::insert(tx, paper).await?;
                let change = |header: &mut Header| {
                    if !header.flags.reporter_wrote && header.flags.read {
                        header.clocks.read_by = read_by;
                    }
                    header.flags.reporter_wrote = true;
                    header.flags.waiting_for_reporter = false;
                    header.flags.closed = false;
                };
                inside.change_header(tx, contact, change).await?;
                inside.record(tx, Actor::Reporter, "contact.added_to", contact, serde_json::json!({})).await
            }),
        )
        .await
}

/// Where a new message of the reporter stands in the folder: at its full hour, or right after the newest paper. Nothing
/// keeps the second in which somebody wrote.
async fn place_in_order(cabinet: &Cabinet, contact: Uuid) -> Result<OffsetDateTime, Trouble> {
    let mut at = hour(cabinet.now());
    for paper in papers::of_contact(cabinet.store.content().read(), cabinet.organisation, contact).await? {
        at = at.max(cabinet.open_time("helpline_papers", paper.id, "at", &paper.at)? + Duration::seconds(1));
    }
    Ok(at)
}
