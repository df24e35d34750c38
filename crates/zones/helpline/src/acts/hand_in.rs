//! Another system hands a contact in: a report that somebody filled in there, or a text message or mail as it came.

use sha2::{Digest, Sha256};
use time::Duration;
use uuid::Uuid;
use zeroize::Zeroizing;

use plainsight_vault::{DataKeyRing, Receipt};
use plainsight_vocabulary::Answer;

use super::file::{HandedBy, Intake, Mailbox, Sending, file_new, seal_until, sent_before, store_report};
use super::senders;
use crate::cabinet::Cabinet;
use crate::form::FormKey;
use crate::pool::Pool;
use crate::records::filings;
use crate::report::{Handed, Report};
use crate::sender::{Key, Scope, Sender};
use crate::signature::Headers;
use crate::trouble::Trouble;

/// A gateway tries again for days; so long the id of a message is known again.
const MESSAGE_KNOWN: Duration = Duration::days(7);

/// A system that has shown who it is.
pub(crate) struct Caller {
    pub(crate) id: Uuid,
    pub(crate) sender: Sender,
    /// What only it has: seals what is shown to it again.
    secret: Zeroizing<[u8; 32]>,
}

/// Whose key this is. None for what is no key, a key that was ended, and one of a sender that was ended.
pub(crate) async fn caller(cabinet: &Cabinet, text: &str) -> Result<Option<Caller>, Trouble> {
    let Some(key) = Key::parse(text) else { return Ok(None) };
    match senders::find(cabinet, key.sender).await {
        Ok(sender) if sender.knows(&key) => Ok(Some(Caller { id: key.sender, sender, secret: secret(text) })),
        Ok(_) | Err(Trouble::NotFound) => Ok(None),
        Err(error) => Err(error),
    }
}

fn secret(text: &str) -> Zeroizing<[u8; 32]> {
    Zeroizing::new(Sha256::new().chain_update(b"plainsight shown again v1").chain_update(text).finalize().into())
}

/// What a report that was handed in is answered with.
pub(crate) struct HandedIn {
    pub(crate) receipt: Receipt,
    /// By what the sender hears of it.
    pub(crate) reference: Uuid,
}

/// Whether there is room for one more of a system within this hour; asked only of what is new.
pub(crate) type Room<'a> = &'a (dyn Fn() -> Result<(), Trouble> + Send + Sync);

/// Files a report that a system hands in under its idempotency key. The same key again is the same sending: with the same
/// content it gives the same receipt for a quarter of an hour, with other content it is refused.
pub(crate) async fn report(
    cabinet: &Cabinet,
    intake: &Intake,
    caller: &Caller,
    key: &str,
    mut report: Report,
    (pool, room): (&Pool, Room<'_>),
) -> Result<HandedIn, Trouble> {
    report.channel = caller.sender.way;
    report.handed.get_or_insert_default().by = caller.sender.name.clone();
    let form = FormKey::of_record(cabinet, caller.id, "report", key);
    let text = Zeroizing::new(serde_json::to_vec(&report).map_err(|_| Trouble::Damaged("the report"))?);
    let reference = form.with(b"reference").row();
    let told = caller.sender.hook.as_ref().is_some_and(|hook| !hook.gone);
    let sending = Sending {
        ring: DataKeyRing::new(1, &form.with(b"shown again").with(&*caller.secret).bytes()),
        form,
        content: Some(cabinet.ring.blind("plainsight/sent content/1", &text)),
        from: Some(HandedBy { sender: caller.id, reference: told.then_some(reference) }),
        files: Vec::new(),
    };
    if let Some(receipt) = sent_before(cabinet, &sending).await? {
        return Ok(HandedIn { receipt, reference });
    }
    room()?;
    let receipt = file_new(cabinet, intake, &report, &sending, pool).await?;
    Ok(HandedIn { receipt, reference })
}

/// A message of a gateway that is believed: who the sender is, and the id of the message.
pub(crate) async fn believe<'a>(
    cabinet: &Cabinet,
    id: Uuid,
    headers: Headers<'a>,
    body: &[u8],
) -> Result<Result<(Sender, &'a str), String>, Trouble> {
    let sender = senders::find(cabinet, id).await?;
    let Some(secret) = sender.signs.clone().filter(|_| sender.may(Scope::Messages)) else { return Err(Trouble::NotFound) };
    Ok(secret.check(headers, body, cabinet.now()).map(|message| (sender, message)).map_err(|error| error.to_string()))
}

/// What a system passes on as somebody wrote it, without having asked them anything.
fn passed_on(sender: &Sender, report: Report) -> Report {
    let handed = Handed { by: sender.name.clone(), unasked: true, ..report.handed.unwrap_or_default() };
    Report { channel: sender.way, handed: Some(handed), ..report }
}

/// Stores what somebody wrote as a contact without a receipt. The same message again is stored once, whatever it says by then.
/// False when it was there already.
pub(crate) async fn message(
    cabinet: &Cabinet,
    intake: &Intake,
    (id, sender): (Uuid, &Sender),
    message: &str,
    report: Report,
    room: Room<'_>,
) -> Result<bool, Trouble> {
    let report = passed_on(sender, report);
    let form = FormKey::of_record(cabinet, id, "message", message);
    if was_stored(cabinet, &form).await? {
        return Ok(false);
    }
    room()?;
    store_once(cabinet, intake, id, &form, &report, MESSAGE_KNOWN).await
}

/// Requests of Open311 have no key of a sending: the same words within so long are one request, when they are long enough to be
/// one person's and nobody is in danger.
const SAME_WORDS: Duration = Duration::minutes(15);
const ONE_PERSONS: usize = 40;

/// Stores a request of a city's app, which gets no receipt: its own lists must lead nowhere here.
pub(crate) async fn request(cabinet: &Cabinet, intake: &Intake, caller: &Caller, report: Report, room: Room<'_>) -> Result<bool, Trouble> {
    let report = passed_on(&caller.sender, report);
    let text = Zeroizing::new(serde_json::to_vec(&report).map_err(|_| Trouble::Damaged("the report"))?);
    let window = cabinet.now().unix_timestamp().div_euclid(SAME_WORDS.whole_seconds());
    let of = |window: i64| FormKey::of_record(cabinet, caller.id, "open311", &window.to_string()).with(&text);
    let same_again = report.words.chars().count() >= ONE_PERSONS && matches!(report.danger, None | Some(Answer::No));
    if same_again && (was_stored(cabinet, &of(window)).await? || was_stored(cabinet, &of(window - 1)).await?) {
        return Ok(false);
    }
    room()?;
    let form = if same_again { of(window) } else { FormKey::new(cabinet) };
    store_once(cabinet, intake, caller.id, &form, &report, SAME_WORDS).await
}

async fn store_once(
    cabinet: &Cabinet,
    intake: &Intake,
    sender: Uuid,
    form: &FormKey,
    report: &Report,
    known: Duration,
) -> Result<bool, Trouble> {
    let filing = filings::Model {
        organisation: cabinet.organisation,
        form: form.hash().to_vec(),
        receipt: Vec::new(),
        until: seal_until(cabinet, form, cabinet.now() + known, None),
    };
    let from = Some(HandedBy { sender, reference: None });
    match store_report(cabinet, intake, report, Mailbox::of_nobody(cabinet), (filing, &[]), from).await {
        Ok(()) => Ok(true),
        // Sent twice at once, and the other was first.
        Err(error) => {
            if was_stored(cabinet, form).await.unwrap_or(false) {
                Ok(false)
            } else {
                Err(error)
            }
        }
    }
}

async fn was_stored(cabinet: &Cabinet, form: &FormKey) -> Result<bool, Trouble> {
    Ok(filings::find(cabinet.store.content().read(), cabinet.organisation, &form.hash()).await?.is_some())
}
