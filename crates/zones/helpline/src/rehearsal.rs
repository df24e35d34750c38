//! Invented contacts for demo, training and tests of scale. They go through the same acts as real ones, on a clock that
//! the caller sets; only the receipt is not stretched, for nobody holds it.

use rand::Rng;
use uuid::Uuid;

use plainsight_people::SignedIn;
use plainsight_vault::{ReadyReceipt, Receipt, Root};

use crate::acts::come_back::Added;
use crate::acts::file::{Intake, file_under};
use crate::acts::refer::Call;
use crate::acts::{answer, close, come_back, danger, hands, open, refer};
use crate::cabinet::Cabinet;
use crate::form::FormKey;
use crate::message::{Ground, Receiver};
use crate::records::contacts;
use crate::report::Report;
use crate::trouble::Trouble;

/// An invented reporter: the way to their mailbox.
pub struct Reporter {
    root: Root,
    pub contact: Uuid,
}

/// What an adviser does in a rehearsal.
#[derive(Clone, Debug)]
pub enum Step {
    Open,
    Note(String),
    Reply(String),
    Ask(String),
    MarkSafe(String),
    Close(String),
    ReferUrgently { incident_reference: Option<String>, told: String },
    Review(String),
}

/// Files an invented report. With a receipt (stretched by the caller) somebody can come back to it.
pub async fn file_invented(
    cabinet: &Cabinet,
    intake: &Intake,
    pepper: &[u8; 32],
    report: &Report,
    receipt: Option<(Receipt, Root)>,
) -> Result<Reporter, Trouble> {
    let mut rng = cabinet.rng();
    let (receipt, root) = receipt.unwrap_or_else(|| {
        let mut bytes = [0; 32];
        rng.fill_bytes(&mut bytes);
        (Receipt::generate(&mut rng), Root::from_bytes(bytes))
    });
    let locate = root.locate(pepper);
    let ready = ReadyReceipt { receipt, locate, mailbox_public: root.mailbox().public() };
    file_under(cabinet, intake, report, &FormKey::new(cabinet), ready).await?;
    let row = contacts::find_by_locate(cabinet.store.content().read(), cabinet.organisation, &locate).await?.ok_or(Trouble::NotFound)?;
    Ok(Reporter { root, contact: row.id })
}

impl Reporter {
    /// The reporter adds something.
    pub async fn add(&self, cabinet: &Cabinet, intake: &Intake, pepper: &[u8; 32], text: String) -> Result<(), Trouble> {
        let due = intake.due.clone();
        let added = Added { text, ..Added::default() };
        come_back::write(cabinet, pepper, &self.root, FormKey::new(cabinet), added, move |at, urgency| due(at, urgency)).await
    }
}

/// An adviser does one thing with a contact. Whoever decides something about it has its page open.
pub async fn take_step(cabinet: &Cabinet, who: &SignedIn, contact: Uuid, step: Step) -> Result<(), Trouble> {
    match step {
        // Whoever opens it has it in hand.
        Step::Open => {
            open::open(cabinet, who, contact).await?;
            hands::take(cabinet, who, contact).await
        }
        Step::Note(text) => answer::note(cabinet, who, contact, text.into()).await,
        Step::Reply(text) => answer::reply(cabinet, who, contact, text.into(), false).await,
        Step::Ask(text) => answer::reply(cabinet, who, contact, text.into(), true).await,
        Step::MarkSafe(reason) => {
            let opened = open::open(cabinet, who, contact).await?;
            danger::mark_safe(cabinet, who, contact, reason.into(), opened.header.alarm.number).await
        }
        Step::Close(reason) => {
            open::open(cabinet, who, contact).await?;
            close::close(cabinet, who, contact, reason.into()).await
        }
        Step::ReferUrgently { incident_reference, told } => {
            let call = Call {
                receiver: Receiver::PoliceControlRoom,
                passed_at: cabinet.now(),
                call_taker: "control room".to_owned(),
                incident_reference,
                told,
                ground: Ground::DangerToLife,
                form: None,
            };
            let opened = open::open(cabinet, who, contact).await?;
            refer::refer(cabinet, who, contact, call, opened.header.alarm.number).await
        }
        Step::Review(text) => refer::review(cabinet, who, contact, text.into()).await,
    }
}
