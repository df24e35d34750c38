//! An adviser gives a reporter who asks for it a signed proof that their report was filed.

use plainsight_people::SignedIn;
use plainsight_vault::SigningKey;
use uuid::Uuid;

use super::answer::{Answerable, add, answerable, mailbox, seal_paper};
use super::open::Paper;
use crate::cabinet::{Cabinet, hour};
use crate::form::FormKey;
use crate::message::{From, Message};
use crate::proof::{Proof, may_have};
use crate::records::papers::PaperKind;
use crate::trouble::Trouble;

/// Puts the proof into the mailbox, once: a second one would say nothing more.
pub(crate) async fn prove(
    cabinet: &Cabinet,
    who: &SignedIn,
    contact: Uuid,
    (key, operator): (&SigningKey, &str),
    form: Option<FormKey>,
) -> Result<(), Trouble> {
    let answerable = answerable(cabinet, who, contact).await?;
    if !may_have(&answerable.report) {
        return Err(Trouble::NotFound);
    }
    answerable.goes_on()?;
    let Answerable { held, header, papers, .. } = answerable;
    if papers.iter().any(|(_, _, paper)| matches!(paper, Paper::Message(message) if message.proof.is_some())) {
        return Ok(());
    }
    let proof = Proof::sign(key, operator, header.clocks.arrived.date(), &mut cabinet.rng());
    let message = Message { proof: Some(proof), member: Some(who.member.id), ..Message::new(From::Desk, hour(cabinet.now()), "") };
    let form = form.map(|form| form.with(b"prove"));
    let paper = seal_paper(cabinet, who, &held, PaperKind::Message, &[&mailbox(&held)?], &message, form)?;
    add(cabinet, who, paper, "contact.proof_given", serde_json::json!({}), |header| header.flags.acknowledged = true).await
}
