//! Telling another system that something waits for somebody who came by it: signed webhooks that say that there is news and
//! never what. The system knows the report by a reference that leads nowhere here.

use std::pin::Pin;
use std::sync::Arc;

use serde::{Deserialize, Serialize};
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;
use uuid::Uuid;

use plainsight_store::{NewJob, Tx};

use super::senders as senders_acts;
use crate::cabinet::Cabinet;
use crate::records::{handed, senders};
use crate::sender::Sender;
use crate::trouble::Trouble;

/// The job that delivers one event.
pub const SENDER_EVENT: &str = "helpline.sender_event";

/// What is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Event {
    /// Somebody has read the report for the first time.
    #[serde(rename = "report.read")]
    Read,
    /// A message waits in the mailbox.
    #[serde(rename = "mailbox.message")]
    Message,
}

/// One event on its way.
#[derive(Clone, Serialize, Deserialize)]
pub struct SenderEvent {
    contact: Uuid,
    sender: Uuid,
    reference: Uuid,
    event: Event,
    /// The id of the message: the same for each attempt, so that the receiver takes it once.
    id: Uuid,
    at: i64,
}

shows_nothing!(SenderEvent);

#[derive(Serialize, Deserialize)]
struct Followed {
    sender: Uuid,
    reference: Uuid,
}

/// What is sent.
#[derive(Serialize)]
struct Body {
    #[serde(rename = "type")]
    kind: Event,
    timestamp: String,
    data: Data,
}

#[derive(Serialize)]
struct Data {
    reference: Uuid,
}

/// A request to be posted as it stands.
pub struct Delivery {
    /// Where to.
    pub address: String,
    /// The three headers of Standard Webhooks.
    pub headers: [(&'static str, String); 3],
    /// JSON.
    pub body: Vec<u8>,
}

/// From now on this sender is told of the contact, under its reference.
pub(super) async fn follow(cabinet: &Cabinet, tx: &Tx, contact: Uuid, sender: Uuid, reference: Uuid) -> Result<(), Trouble> {
    let text = serde_json::to_vec(&Followed { sender, reference }).map_err(|_| Trouble::Damaged("a reference"))?;
    let sealed = cabinet.ring.seal(&cabinet.column("helpline_handed", contact, "sealed"), &text, &mut cabinet.rng());
    handed::insert(tx, handed::Model { organisation: cabinet.organisation, contact, sealed }).await?;
    Ok(())
}

/// Puts an event on its way, if another system wants to hear of this contact.
pub(super) async fn note(cabinet: &Cabinet, tx: &Tx, contact: Uuid, event: Event) -> Result<(), Trouble> {
    let Some(row) = handed::find(tx, cabinet.organisation, contact).await? else { return Ok(()) };
    let opened = cabinet.ring.open(&cabinet.column("helpline_handed", contact, "sealed"), &row.sealed).ok();
    // Whoever reads or answers is not kept from it by a reference that is damaged.
    let Some(Followed { sender, reference }) = opened.and_then(|opened| serde_json::from_slice(&opened).ok()) else {
        tracing::error!("by what another system knows a contact does not open: it is not told");
        return Ok(());
    };
    let now = cabinet.now();
    let payload = &SenderEvent { contact, sender, reference, event, id: cabinet.new_id(), at: now.unix_timestamp() };
    let job = NewJob { organisation: cabinet.organisation, kind: SENDER_EVENT, version: 1, payload, due: now };
    cabinet.jobs.enqueue(tx, &job, &mut cabinet.rng()).await?;
    Ok(())
}

/// What is to be posted for an event; none when the sender wants to hear nothing any more.
async fn delivery(cabinet: &Cabinet, event: &SenderEvent) -> Result<Option<Delivery>, Trouble> {
    let read = cabinet.store.content().read();
    // Withdrawn or erased since: nothing is told any more.
    if handed::find(read, cabinet.organisation, event.contact).await?.is_none() {
        return Ok(None);
    }
    let Some(row) = senders::find(read, cabinet.organisation, event.sender).await? else { return Ok(None) };
    let sender = Sender::open(cabinet, &row)?;
    let Some(hook) = sender.hook.filter(|hook| !hook.gone) else { return Ok(None) };
    let at = OffsetDateTime::from_unix_timestamp(event.at).map_err(|_| Trouble::Damaged("the time of an event"))?;
    let timestamp = at.format(&Rfc3339).map_err(|_| Trouble::Damaged("the time of an event"))?;
    let body = Body { kind: event.event, timestamp, data: Data { reference: event.reference } };
    let body = serde_json::to_vec(&body).map_err(|_| Trouble::Damaged("an event"))?;
    let (id, now) = (format!("msg_{}", event.id.simple()), cabinet.now());
    let signature = hook.secret.sign(&id, now, &body);
    let headers = [("webhook-id", id), ("webhook-timestamp", now.unix_timestamp().to_string()), ("webhook-signature", signature)];
    Ok(Some(Delivery { address: hook.address, headers, body }))
}

/// What came of an attempt to deliver.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Delivered {
    /// Taken, or nobody wants it any more.
    Done,
    /// To be tried again later.
    NotNow,
}

/// What posting gives back: the status of the answer, or why there was none.
pub type Posting<'a> = Pin<Box<dyn Future<Output = Result<u16, String>> + Send + 'a>>;

/// Posts a request over the network. The binary knows how.
pub trait Poster: Send + Sync {
    fn post<'a>(&'a self, delivery: &'a Delivery) -> Posting<'a>;
}

/// Delivers events to other systems.
#[derive(Clone)]
pub struct Events {
    pub cabinet: Cabinet,
    pub poster: Arc<dyn Poster>,
}

impl Events {
    /// One attempt. Who answers 410 is told nothing more (Standard Webhooks, "Operational considerations").
    pub async fn deliver(&self, event: &SenderEvent) -> Result<Delivered, Trouble> {
        let Some(delivery) = delivery(&self.cabinet, event).await? else { return Ok(Delivered::Done) };
        match self.poster.post(&delivery).await {
            Ok(200..300) => Ok(Delivered::Done),
            Ok(410) => match senders_acts::hook_gone(&self.cabinet, event.sender, delivery.address.clone()).await {
                Ok(()) | Err(Trouble::NotFound) => Ok(Delivered::Done),
                Err(error) => Err(error),
            },
            Ok(status) => {
                tracing::warn!(status, "another system did not take an event; trying again later");
                Ok(Delivered::NotNow)
            }
            Err(error) => {
                tracing::warn!(error, "another system could not be told; trying again later");
                Ok(Delivered::NotNow)
            }
        }
    }
}
