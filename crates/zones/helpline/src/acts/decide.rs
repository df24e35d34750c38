//! What is done about one contact, with the reason: not everything is worth a case. A later decision takes the place of an earlier
//! one, and all of them stay in the folder.

use time::Duration;
use uuid::Uuid;

use plainsight_people::SignedIn;

use super::answer::{add, seal_paper};
use super::danger::mark_danger;
use super::open::{Paper, hold};
use crate::cabinet::Cabinet;
use crate::case::Decision;
use crate::form::Written;
use crate::header::{Due, Retention};
use crate::message::{Mark, Note};
use crate::records::papers::PaperKind;
use crate::trouble::Trouble;

/// Decides what is done about a contact. Whoever decides that somebody is in danger now marks the danger with it, so that it is paged:
/// `within` is how long it may wait.
pub(crate) async fn decide(
    cabinet: &Cabinet,
    who: &SignedIn,
    contact: Uuid,
    decision: Decision,
    reason: Written,
    within: Duration,
) -> Result<(), Trouble> {
    let held = hold(cabinet, who, contact).await?;
    let in_danger = matches!(cabinet.open_header(contact, &held.row.header)?.next_due(), Some((Due::Danger, _)));
    // First: a crash between the two leaves a danger without a decision, never a decision of which nobody hears.
    if decision == Decision::DangerNow && !in_danger {
        mark_danger(cabinet, who, contact, reason.clone(), within).await?;
    }
    let key = reason.key("decide").map(|key| key.with(decision.name().as_bytes()));
    let note = Note { decision: Some(decision), ..Note::new(who.member.id, cabinet.now(), reason.text, Some(Mark::Decided)) };
    let paper = seal_paper(cabinet, who, &held, PaperKind::Note, &[], &note, key)?;
    add(cabinet, who, paper, "contact.decided", serde_json::json!({}), move |header| {
        if decision == Decision::DangerNow {
            header.retention = header.retention.max(Retention::Safeguarding);
        }
    })
    .await
}

/// What was decided last; the papers come in order of time.
pub(crate) fn decided<'a>(papers: impl IntoIterator<Item = &'a Paper>) -> Option<Decision> {
    let decision = |paper: &Paper| if let Paper::Note(note) = paper { note.decision } else { None };
    papers.into_iter().filter_map(decision).last()
}
