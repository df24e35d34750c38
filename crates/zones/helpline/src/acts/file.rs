//! A report is filed: sealed before it is stored, acknowledged only when it is on the disk.

use time::{Duration, OffsetDateTime};
use uuid::Uuid;
use zeroize::Zeroizing;

use plainsight_ledger::Actor;
use plainsight_store::{StoreError, Tx, work};
use plainsight_vault::{ColumnPlace, Contact, DataKeyRing, Kind, PublicKey, ReadyReceipt, Receipt, Root, SecretKey, Team, envelope};
use plainsight_vocabulary::{Answer, ConsentLevel, Due, Proximity, Urgency, UrgencyAnswers};

use super::danger::{Round, page_now};
use super::events;
use super::stow::{attach, make_ready};
use crate::attached::Stowed;
use crate::cabinet::{Cabinet, hour};
use crate::form::FormKey;
use crate::header::{Alarm, Clocks, Flags, Folder, Header, Retention, SizeClass, Told};
use crate::pool::{For, Pool};
use crate::records::{ZONE, changes, contacts, filings, keystore};
use crate::report::{Path, Report};
use crate::trouble::Trouble;

/// How long a sent form shows its receipt again.
pub(crate) const SHOWN_AGAIN: Duration = Duration::minutes(15);

/// Who takes reports, and how long things may take.
#[derive(Clone)]
pub struct Intake {
    pub team: Uuid,
    pub epoch: u32,
    pub team_key: PublicKey<Team>,
    /// The clocks of the service, applied to a time of arrival.
    pub due: std::sync::Arc<dyn Fn(OffsetDateTime, Urgency) -> Due + Send + Sync>,
    /// Languages that are common enough here to stand in a header.
    pub common_languages: Vec<String>,
}

impl Intake {
    /// What a header may say of a language: only one that is common here.
    pub(crate) fn header_language(&self, language: &str) -> String {
        if self.common_languages.iter().any(|common| common == language) { language.to_owned() } else { "other".to_owned() }
    }
}

/// How one sending is known again, and what shows its receipt again.
pub(crate) struct Sending {
    pub(crate) form: FormKey,
    /// Seals the receipt for showing again: of a secret that only whoever sends has.
    pub(crate) ring: DataKeyRing,
    /// A keyed hash of what was sent, where the form alone does not tell: the same form with anything else is refused.
    pub(crate) content: Option<[u8; 32]>,
    /// Which system hands it in, and whether that is told when something waits.
    pub(crate) from: Option<HandedBy>,
    /// What is sent with it.
    pub(crate) files: Vec<Stowed>,
}

/// The system that hands a report in.
#[derive(Clone, Copy)]
pub(crate) struct HandedBy {
    pub(crate) sender: Uuid,
    /// By what it knows the report, if it wants to be told of it.
    pub(crate) reference: Option<Uuid>,
}

impl Sending {
    /// By a form of the site: with exactly this report.
    pub(crate) fn of_form(form: &FormKey, report: &Report) -> Result<Self, Trouble> {
        Self::with_files(form, report, Vec::new())
    }

    /// With exactly this report and these files: a file that was added after going back must never pass for one that was
    /// sent before.
    pub(crate) fn with_files(form: &FormKey, report: &Report, files: Vec<Stowed>) -> Result<Self, Trouble> {
        let form = with_report(form, report)?;
        let form = files.iter().fold(form, |form, file| form.with(file.id.as_bytes()));
        Ok(Self { ring: form.ring(), form, content: None, from: None, files })
    }
}

/// Files a report and gives the receipt, which nobody else has.
pub(crate) async fn file(cabinet: &Cabinet, intake: &Intake, report: &Report, sending: &Sending, pool: &Pool) -> Result<Receipt, Trouble> {
    match sent_before(cabinet, sending).await? {
        Some(receipt) => Ok(receipt),
        None => file_new(cabinet, intake, report, sending, pool).await,
    }
}

/// Files what was not sent before, as far as anybody looked.
pub(crate) async fn file_new(
    cabinet: &Cabinet,
    intake: &Intake,
    report: &Report,
    sending: &Sending,
    pool: &Pool,
) -> Result<Receipt, Trouble> {
    let ready = pool.take(if is_need(report) { For::Need } else { For::Others }).await;
    store_under(cabinet, intake, report, sending, ready).await
}

/// Whether a report never waits behind others: it happens to whoever writes, or somebody is in danger.
pub(crate) fn is_need(report: &Report) -> bool {
    report.path == Path::Me || urgency(report) == Urgency::Danger
}

/// Files a report under a receipt that was made already.
pub(crate) async fn file_under(
    cabinet: &Cabinet,
    intake: &Intake,
    report: &Report,
    form: &FormKey,
    ready: ReadyReceipt,
) -> Result<Receipt, Trouble> {
    store_under(cabinet, intake, report, &Sending::of_form(form, report)?, ready).await
}

/// The language is that of the page: to change it changes nothing that was said.
fn with_report(form: &FormKey, report: &Report) -> Result<FormKey, Trouble> {
    let said = Report { language: String::new(), ..report.clone() };
    let text = Zeroizing::new(serde_json::to_vec(&said).map_err(|_| Trouble::Damaged("the report"))?);
    Ok(form.with(&text))
}

async fn store_under(
    cabinet: &Cabinet,
    intake: &Intake,
    report: &Report,
    sending: &Sending,
    ready: ReadyReceipt,
) -> Result<Receipt, Trouble> {
    let form = &sending.form;
    let receipt_place = form_place(cabinet, form);
    let filing = filings::Model {
        organisation: cabinet.organisation,
        form: form.hash().to_vec(),
        receipt: sending.ring.seal(&receipt_place, ready.receipt.digits().as_bytes(), &mut cabinet.rng()),
        until: seal_until(cabinet, form, cabinet.now() + SHOWN_AGAIN, sending.content),
    };
    let mailbox = Mailbox { locate: Some(ready.locate.to_vec()), key: ready.mailbox_public.to_bytes().to_vec() };
    match store_report(cabinet, intake, report, mailbox, (filing, &sending.files), sending.from).await {
        Ok(()) => Ok(ready.receipt),
        // Two sendings of one form at once: the other was first, and its receipt is the one that counts.
        Err(error) => match sent_before(cabinet, sending).await {
            Ok(Some(receipt)) => Ok(receipt),
            Err(again @ (Trouble::AlreadyFiled | Trouble::OtherContent)) => Err(again),
            Ok(None) | Err(_) => Err(error),
        },
    }
}

/// Where answers to a new contact go.
pub(crate) struct Mailbox {
    locate: Option<Vec<u8>>,
    key: Vec<u8>,
}

impl Mailbox {
    /// Nobody holds a receipt: a mailbox that nobody can open.
    pub(crate) fn of_nobody(cabinet: &Cabinet) -> Self {
        let mut nobody = [0; 32];
        rand::Rng::fill_bytes(&mut cabinet.rng(), &mut nobody);
        Self { locate: None, key: Root::from_bytes(nobody).mailbox().public().to_bytes().to_vec() }
    }

    pub(crate) fn into_key(self) -> Vec<u8> {
        self.key
    }
}

/// Seals a report that carries nobody's signature and stores it, with the row by which its sending is known again.
pub(crate) async fn store_report(
    cabinet: &Cabinet,
    intake: &Intake,
    report: &Report,
    mailbox: Mailbox,
    (filing, files): (filings::Model, &[Stowed]),
    from: Option<HandedBy>,
) -> Result<(), Trouble> {
    let now = cabinet.now();
    let contact = cabinet.new_id();
    let (contact_key, key_row) = make_key(cabinet, intake, contact)?;

    let text = Zeroizing::new(serde_json::to_vec(report).map_err(|_| Trouble::Damaged("the report"))?);
    let report_place = cabinet.envelope(Kind::Report, intake.epoch, contact);
    let sealed = envelope::seal(&report_place, &[&contact_key.public()], &text, &mut cabinet.rng())?;

    let ready = make_ready(cabinet, contact, &contact_key.public(), hour(now), files).await?;

    let header = new_header(cabinet.organisation, intake, report, sealed.len(), now);
    let row = contacts::Model {
        organisation: cabinet.organisation,
        id: contact,
        header: cabinet.seal_header(contact, &header)?,
        locate: mailbox.locate,
        mailbox_key: mailbox.key,
        contact_key: contact_key.public().to_bytes().to_vec(),
        epoch: epoch_column(intake.epoch)?,
        report: sealed,
    };
    // The key first: a crash between the two leaves a key without a contact, which `tidy` sweeps, never a contact
    // without its key, which nobody could read.
    store_key(cabinet, key_row).await?;
    let alarm = header.alarm;
    let inside = cabinet.clone();
    cabinet
        .store
        .content()
        .tx(
            "helpline.file",
            work!([inside, row, filing, ready], |tx| {
                store(&inside, tx, row, filing, alarm, from).await?;
                attach(&inside, tx, ready).await
            }),
        )
        .await
}

/// The key of a new contact, and its wrap to the team.
pub(crate) fn make_key(cabinet: &Cabinet, intake: &Intake, contact: Uuid) -> Result<(SecretKey<Contact>, keystore::Model), Trouble> {
    make_key_for(cabinet, intake.team, intake.epoch, &intake.team_key, contact)
}

/// The key of a new folder, and its wrap to an epoch of a team.
pub(crate) fn make_key_for(
    cabinet: &Cabinet,
    team: Uuid,
    epoch: u32,
    team_key: &PublicKey<Team>,
    folder: Uuid,
) -> Result<(SecretKey<Contact>, keystore::Model), Trouble> {
    let mut rng = cabinet.rng();
    let key = SecretKey::<Contact>::generate(&mut rng);
    let place = cabinet.envelope(Kind::ContactKey, epoch, folder);
    let wrapped = envelope::seal(&place, &[team_key], key.seed().as_slice(), &mut rng)?;
    let wrap = keystore::Model { organisation: cabinet.organisation, contact: folder, team, epoch: epoch_column(epoch)?, wrapped };
    Ok((key, wrap))
}

pub(crate) async fn store_key(cabinet: &Cabinet, row: keystore::Model) -> Result<(), StoreError> {
    cabinet.store.keystore().tx("helpline.file_key", work!([row], |tx| keystore::insert(tx, row).await.map_err(StoreError::from))).await
}

async fn store(
    cabinet: &Cabinet,
    tx: &Tx,
    row: contacts::Model,
    filing: filings::Model,
    alarm: Alarm,
    from: Option<HandedBy>,
) -> Result<(), Trouble> {
    let contact = row.id;
    filings::insert(tx, filing).await?;
    contacts::insert(tx, row).await?;
    changes::note(tx, cabinet.organisation, contact).await?;
    if alarm.on {
        page_now(cabinet, tx, contact, alarm, Round::OnCall).await?;
    }
    if let Some(HandedBy { sender, reference: Some(reference) }) = from {
        events::follow(cabinet, tx, contact, sender, reference).await?;
    }
    let detail = from.map_or_else(|| serde_json::json!({}), |from| serde_json::json!({ "sender": from.sender }));
    cabinet.record(tx, Actor::Reporter, "contact.filed", contact, detail).await
}

/// The receipt of a form that was sent in the last 15 minutes; `AlreadyFiled` when it was sent longer ago, or under a key that
/// has changed since.
pub(crate) async fn sent_before(cabinet: &Cabinet, sending: &Sending) -> Result<Option<Receipt>, Trouble> {
    let form = &sending.form;
    let Some(filing) = filings::find(cabinet.store.content().read(), cabinet.organisation, &form.hash()).await? else {
        return Ok(None);
    };
    let (until, content) = open_until(cabinet, form.row(), &filing.until)?;
    // First of all: something else under the key of an earlier sending was never stored, and must not be told that it was.
    if sending.content.is_some_and(|sent| sent != content) {
        return Err(Trouble::OtherContent);
    }
    if until <= cabinet.now() {
        return Err(Trouble::AlreadyFiled);
    }
    let opened = match sending.ring.open(&form_place(cabinet, form), &filing.receipt) {
        Ok(opened) => opened,
        Err(_) if sending.content.is_some() => return Err(Trouble::AlreadyFiled),
        Err(error) => return Err(error.into()),
    };
    let digits = std::str::from_utf8(&opened).map_err(|_| Trouble::Damaged("a stored receipt"))?;
    Ok(Some(Receipt::parse(digits).map_err(|_| Trouble::Damaged("a stored receipt"))?))
}

/// Seals until when a sending is known, and what it was: one length for all.
pub(crate) fn seal_until(cabinet: &Cabinet, form: &FormKey, until: OffsetDateTime, content: Option<[u8; 32]>) -> Vec<u8> {
    let mut bytes = until.unix_timestamp().to_be_bytes().to_vec();
    bytes.extend(content.unwrap_or_default());
    cabinet.ring.seal(&cabinet.column("helpline_filings", form.row(), "until"), &bytes, &mut cabinet.rng())
}

/// Until when a sending is known, and the hash of what it was. Of those from before there was a hash, none.
pub(crate) fn open_until(cabinet: &Cabinet, row: Uuid, sealed: &[u8]) -> Result<(OffsetDateTime, [u8; 32]), Trouble> {
    let bytes = cabinet.ring.open(&cabinet.column("helpline_filings", row, "until"), sealed)?;
    let damaged = Trouble::Damaged("a stored time");
    let Some((seconds, content)) = bytes.split_first_chunk::<8>() else { return Err(damaged) };
    let until = OffsetDateTime::from_unix_timestamp(i64::from_be_bytes(*seconds)).map_err(|_| damaged)?;
    Ok((until, content.try_into().unwrap_or_default()))
}

fn form_place(cabinet: &Cabinet, form: &FormKey) -> ColumnPlace<'static> {
    ColumnPlace { organisation: cabinet.organisation, zone: ZONE, table: "helpline_filings", row: form.row(), column: "receipt" }
}

/// Urgency from the answers alone: the danger box, then who speaks and whether a child may be concerned.
pub(crate) fn urgency(report: &Report) -> Urgency {
    let proximity = match report.path {
        Path::Me => Proximity::Myself,
        Path::Noticed => Proximity::Public,
    };
    let asked = UrgencyAnswers { danger: report.danger, proximity: Some(proximity), child: report.child }.urgency();
    // Whoever sends a text or a mail was asked nothing: it may be happening to them.
    let unasked = asked == Urgency::Normal && report.handed.as_ref().is_some_and(|handed| handed.unasked);
    if unasked { Urgency::Soon } else { asked }
}

pub(crate) fn new_header(organisation: Uuid, intake: &Intake, report: &Report, sealed_size: usize, now: OffsetDateTime) -> Header {
    let urgency = urgency(report);
    let due = (intake.due)(now, urgency);
    let mut alarm = Alarm::default();
    if urgency == Urgency::Danger {
        alarm.set_off();
    }
    Header {
        version: 1,
        organisation,
        team: intake.team,
        urgency,
        language: intake.header_language(&report.language),
        clocks: Clocks { arrived: now, read_by: due.first_read, acknowledge_by: due.acknowledged, feedback_by: due.feedback },
        retention: retention(urgency, report),
        size: size_class(sealed_size),
        flags: Flags::default(),
        alarm,
        told: Told::default(),
        hands: Vec::new(),
        folder: Folder::Contact,
        settled: None,
    }
}

/// How long this report is kept.
pub(crate) fn retention(urgency: Urgency, report: &Report) -> Retention {
    match (urgency, report.naming) {
        (Urgency::Danger, _) => Retention::Safeguarding,
        _ if matches!(report.child, Some(Answer::Yes | Answer::NotSure)) => Retention::Safeguarding,
        (_, Some(ConsentLevel::Anonymous)) => Retention::Anonymous,
        _ => Retention::Ordinary,
    }
}

/// The padding step that an envelope of this size lies in (steps of 2, 8, 32, 128 KiB; see docs/envelope.md).
pub(crate) fn size_class(sealed: usize) -> SizeClass {
    match sealed {
        0..8_192 => SizeClass::Short,
        8_192..32_768 => SizeClass::Medium,
        32_768..131_072 => SizeClass::Long,
        _ => SizeClass::VeryLong,
    }
}

pub(crate) fn epoch_column(epoch: u32) -> Result<i32, Trouble> {
    i32::try_from(epoch).map_err(|_| Trouble::Damaged("the team's epoch"))
}
