//! A reporter comes back with the receipt: reads the replies, adds facts. Whatever the receipt leads to, the same work is
//! done, so that an answer does not tell whether a report exists.

use time::{Duration, OffsetDateTime};
use uuid::Uuid;
use zeroize::Zeroizing;

use plainsight_ledger::Actor;
use plainsight_store::work;
use plainsight_vault::{Kind, PublicKey, Root};
use plainsight_vocabulary::{Answer, Due, Urgency};

use super::answer::seal_from_reporter;
use super::danger::{change, said_anew};
use super::open::open_message;
use super::stow::{attach, make_ready};
use crate::attached::Stowed;
use crate::cabinet::{Cabinet, hour};
use crate::form::FormKey;
use crate::header::Header;
use crate::message::{From, Message};
use crate::records::{contacts, papers};
use crate::report::SafeContact;
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
        // Nothing that a mailbox alone can have wrong may end in another answer: it would tell that there is one.
        let Ok(at) = cabinet.open_time("helpline_papers", paper.id, "at", &paper.at) else {
            tracing::error!("the time of a message of a mailbox does not open");
            continue;
        };
        match open_message(&paper.sealed, &cabinet.paper_envelope(Kind::Message, paper.contact, paper.id), &key, &staff) {
            Ok(message) => messages.push((at, message)),
            // What is not ours is not shown as ours; the true messages still are.
            Err(error) => tracing::error!(%error, "a message of a mailbox does not open"),
        }
    }
    messages.sort_by_key(|(at, _)| *at);
    Ok(Mailbox { contact, messages: messages.into_iter().map(|(_, message)| message).collect() })
}

/// What a reporter adds: a text, an answer to the question of danger, or both; or how they may be reached from now on.
#[derive(Clone, Default)]
pub(crate) struct Added {
    pub(crate) text: String,
    pub(crate) danger: Option<Answer>,
    pub(crate) wishes: Option<SafeContact>,
    /// Files that are sent with it.
    pub(crate) files: Vec<Stowed>,
}

/// The reporter adds something. Sealed to the contact and to the reporter's own mailbox. One form adds one thing once,
/// however often it is sent.
pub(crate) async fn write(
    cabinet: &Cabinet,
    pepper: &[u8; 32],
    root: &Root,
    form: FormKey,
    added: Added,
    due: impl Fn(OffsetDateTime, Urgency) -> Due,
) -> Result<(), Trouble> {
    let locate = root.locate(pepper);
    let row = contacts::find_by_locate(cabinet.store.content().read(), cabinet.organisation, &locate).await?.ok_or(Trouble::NotFound)?;
    let contact = row.id;
    let contact_key = PublicKey::from_bytes(&row.contact_key).map_err(|_| Trouble::Damaged("a contact key"))?;
    let mailbox = root.mailbox().public();
    let Added { text, danger, wishes, files } = added;
    let in_danger = danger == Some(Answer::Yes);
    let mut form = form.with(danger.map_or("", Answer::code).as_bytes()).with(text.as_bytes());
    for file in &files {
        form = form.with(file.id.as_bytes());
    }
    if in_danger {
        let paper = form.row();
        form = said_anew(cabinet, contact, form, &cabinet.open_header(contact, &row.header)?, paper).await?;
    }
    if let Some(wishes) = &wishes {
        match chosen_anew(cabinet, pepper, root, form, wishes).await? {
            Some(anew) => form = anew,
            // It holds already.
            None => return Ok(()),
        }
    }
    let sent = files.iter().map(|file| file.id).collect();
    let message = Message { danger, wishes, files: sent, ..Message::new(From::Reporter, hour(cabinet.now()), text) };
    let only_wishes = message.is_only_wishes();
    let at = place_in_order(cabinet, contact).await?;
    let ready = make_ready(cabinet, contact, &contact_key, at, &files).await?;
    let paper = seal_from_reporter(cabinet, (contact, form.row()), at, &contact_key, &mailbox, &message)?;
    let Due { first_read: read_by, feedback, .. } = due(cabinet.now(), if in_danger { Urgency::Danger } else { Urgency::Soon });
    let inside = cabinet.clone();
    cabinet
        .store
        .content()
        .tx(
            "helpline.reporter_adds",
            work!([inside, paper, ready], |tx| {
                // Asked again under the lock: a withdrawal on another page may have come first.
                let row = contacts::find_to_change(tx, inside.organisation, contact).await?;
                let row = row.filter(|row| row.locate.is_some()).ok_or(Trouble::NotFound)?;
                let said = papers::exists(tx, paper.organisation, contact, paper.id).await?;
                // Once for all presses; but nobody is told that somebody comes while no alarm runs.
                if said && (!in_danger || inside.open_header(contact, &row.header)?.alarm.on) {
                    return Ok(());
                }
                if !said {
                    papers::insert(tx, paper).await?;
                    attach(&inside, tx, ready).await?;
                }
                let written = |header: &mut Header| {
                    if !only_wishes {
                        header.tell_anew(feedback);
                    }
                    if in_danger {
                        header.raise_danger(read_by);
                        header.reporter_wrote();
                    } else if only_wishes {
                        header.wishes_changed(read_by);
                    } else {
                        header.more_to_read(read_by, danger == Some(Answer::NotSure));
                    }
                };
                change(&inside, tx, contact, written).await?;
                // The ledger does not tell a change of the wishes from other words: that somebody had to change them is theirs.
                inside.record(tx, Actor::Reporter, "contact.added_to", contact, serde_json::json!({})).await
            }),
        )
        .await
}

/// The key of a form that says how the reporter may be reached; none when that holds already. Going back to the page and
/// choosing what was chosen two choices ago is a new choice: what was stored first must not pass for what holds now.
async fn chosen_anew(
    cabinet: &Cabinet,
    pepper: &[u8; 32],
    root: &Root,
    form: FormKey,
    wishes: &SafeContact,
) -> Result<Option<FormKey>, Trouble> {
    let messages = read(cabinet, pepper, root).await?.messages;
    let said: Vec<&SafeContact> = messages.iter().filter_map(|message| message.wishes.as_ref()).collect();
    if said.last() == Some(&wishes) {
        return Ok(None);
    }
    let text = Zeroizing::new(serde_json::to_vec(wishes).map_err(|_| Trouble::Damaged("what was chosen"))?);
    Ok(Some(form.with(&text).with(&said.len().to_be_bytes())))
}

/// Where a new message of the reporter stands in the folder: at its full hour, or right after the newest paper. Nothing
/// keeps the second in which somebody wrote.
async fn place_in_order(cabinet: &Cabinet, contact: Uuid) -> Result<OffsetDateTime, Trouble> {
    let mut at = hour(cabinet.now());
    for paper in papers::of_contact(cabinet.store.content().read(), cabinet.organisation, contact).await? {
        // One that does not open keeps nobody from writing: the folder shows it as damaged.
        if let Ok(other) = cabinet.open_time("helpline_papers", paper.id, "at", &paper.at) {
            at = at.max(other + Duration::seconds(1));
        }
    }
    Ok(at)
}
