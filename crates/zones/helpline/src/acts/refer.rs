//! The emergency door: one adviser alone passes a danger on by telephone and records it; a second person reviews within
//! 24 hours, after, never before.

use time::{Duration, OffsetDateTime};
use uuid::Uuid;

use plainsight_ledger::Actor;
use plainsight_people::SignedIn;
use plainsight_store::{NewJob, work};

use super::answer::{paper_id, put, seal_paper};
use super::open::{Paper, folder, hold};
use crate::cabinet::Cabinet;
use crate::form::{FormKey, Written};
use crate::header::{Header, Retention};
use crate::jobs::{REVIEW_ALARM, ReviewAlarm};
use crate::message::{Ground, Receiver, Review, UrgentReferral};
use crate::records::papers::{self, PaperKind};
use crate::trouble::Trouble;

/// How long the review may take before it alarms.
pub(crate) const REVIEW_WITHIN: Duration = Duration::hours(24);

/// What the adviser writes down after the call.
#[derive(Clone)]
pub(crate) struct Call {
    pub(crate) receiver: Receiver,
    pub(crate) passed_at: OffsetDateTime,
    pub(crate) call_taker: String,
    /// `None`: refused or none given.
    pub(crate) incident_reference: Option<String>,
    pub(crate) told: String,
    pub(crate) ground: Ground,
    /// The form it was written in: sent twice it is one.
    pub(crate) form: Option<FormKey>,
}

/// Records the call. `saw` is the number of the alarm that stood on the page before the adviser's eyes.
pub(crate) async fn refer(cabinet: &Cabinet, who: &SignedIn, contact: Uuid, call: Call, saw: u32) -> Result<(), Trouble> {
    let held = hold(cabinet, who, contact).await?;
    let member = who.member.id;
    let Call { receiver, passed_at, call_taker, incident_reference, told, ground, form } = call;
    let detail = serde_json::json!({ "receiver": receiver.name(), "ground": ground.name(), "reference": incident_reference.is_some() });
    let referral = UrgentReferral { receiver, passed_at, call_taker, incident_reference, told, ground, member };
    let paper = seal_paper(cabinet, who, &held, PaperKind::UrgentReferral, &[], &referral, form)?;
    let due = cabinet.now() + REVIEW_WITHIN;
    let inside = cabinet.clone();
    cabinet
        .store
        .content()
        .tx(
            "helpline.refer",
            work!([inside, paper, detail], |tx| {
                if !put(&inside, tx, paper).await? {
                    return Ok(());
                }
                let change = |header: &mut Header| {
                    // The danger is with those who can go there: nobody has to be woken for it again. Unless the reporter
                    // wrote or another alarm went off meanwhile, of which those cannot know.
                    header.alarm.on &= header.flags.reporter_wrote || header.alarm.number != saw;
                    header.retention = Retention::Safeguarding;
                    header.flags.referred = true;
                    header.flags.review_due = true;
                    header.flags.closed = false;
                };
                inside.change_header(tx, contact, change).await?;
                let payload = ReviewAlarm { contact };
                let job = NewJob { organisation: inside.organisation, kind: REVIEW_ALARM, version: 1, payload: &payload, due };
                inside.jobs.enqueue(tx, &job, &mut inside.rng()).await?;
                inside.record(tx, Actor::Member(member), "contact.referred_urgently", contact, detail).await
            }),
        )
        .await
}

/// A second person reviews the referrals of a contact.
pub(crate) async fn review(cabinet: &Cabinet, who: &SignedIn, contact: Uuid, written: Written) -> Result<(), Trouble> {
    let held = hold(cabinet, who, contact).await?;
    // Not opened: nothing of it is shown by this, and what the reporter wrote meanwhile stays unread.
    let (_, papers) = folder(cabinet, &held).await?;
    // Pressed twice, the first review is in the folder already and leaves nothing to review.
    let key = written.key("review");
    let of = match may_review(&papers, who.member.id) {
        Some(of) => of,
        None if key.as_ref().is_some_and(|key| papers.iter().any(|(id, _, _)| *id == paper_id(key, contact))) => return Ok(()),
        None => return Err(Trouble::NeedsSecondPerson),
    };
    let review = Review { of: of.clone(), text: written.text, at: cabinet.now(), member: who.member.id };
    let paper = seal_paper(cabinet, who, &held, PaperKind::Review, &[], &review, key)?;
    let seen = papers.iter().map(|(id, _, _)| *id).collect();
    store_review(cabinet, who, paper, seen).await
}

/// Stores the review of the referrals among these papers.
pub(crate) async fn store_review(cabinet: &Cabinet, who: &SignedIn, paper: papers::Model, seen: Vec<Uuid>) -> Result<(), Trouble> {
    let member = who.member.id;
    let inside = cabinet.clone();
    cabinet
        .store
        .content()
        .tx(
            "helpline.review",
            work!([inside, paper, seen], |tx| {
                let contact = paper.contact;
                if !put(&inside, tx, paper).await? {
                    return Ok(());
                }
                // Asked again under the lock: a referral that was made meanwhile has not been looked at.
                let referrals = papers::ids(tx, inside.organisation, contact, PaperKind::UrgentReferral).await?;
                if referrals.iter().any(|referral| !seen.contains(referral)) {
                    return Err(Trouble::NeedsSecondPerson);
                }
                inside.change_header(tx, contact, |header| header.flags.review_due = false).await?;
                inside.record(tx, Actor::Member(member), "contact.referral_reviewed", contact, serde_json::json!({})).await
            }),
        )
        .await
}

/// The referrals that wait for a review and that this member may review: there are some, and none of them is their own. One
/// that does not open any more may be reviewed by anybody: the review then says so.
pub(crate) fn may_review(papers: &[(Uuid, OffsetDateTime, Paper)], member: Uuid) -> Option<Vec<Uuid>> {
    let reviewed = |id: &Uuid| papers.iter().any(|(_, _, paper)| matches!(paper, Paper::Review(review) if review.of.contains(id)));
    let mut waiting = Vec::new();
    for (id, _, paper) in papers.iter().filter(|(id, _, _)| !reviewed(id)) {
        match paper {
            Paper::UrgentReferral(referral) if referral.member == member => return None,
            Paper::UrgentReferral(_) | Paper::Damaged(Some(PaperKind::UrgentReferral)) => waiting.push(*id),
            Paper::Message(_) | Paper::Note(_) | Paper::Review(_) | Paper::Damaged(_) => {}
            Paper::File(_) | Paper::Cleaning(_) | Paper::Custody(_) => {}
        }
    }
    (!waiting.is_empty()).then_some(waiting)
}

#[cfg(test)]
mod tests {
    use super::*;

    const AT: OffsetDateTime = OffsetDateTime::UNIX_EPOCH;

    fn referral(id: u128, member: u128) -> (Uuid, OffsetDateTime, Paper) {
        let referral = UrgentReferral {
            receiver: Receiver::Emergency,
            passed_at: AT,
            call_taker: String::new(),
            incident_reference: None,
            told: String::new(),
            ground: Ground::DangerToLife,
            member: Uuid::from_u128(member),
        };
        (Uuid::from_u128(id), AT, Paper::UrgentReferral(referral))
    }

    fn review(id: u128, of: &[u128]) -> (Uuid, OffsetDateTime, Paper) {
        let of = of.iter().map(|id| Uuid::from_u128(*id)).collect();
        let review = Review { of, text: String::new(), at: AT, member: Uuid::from_u128(2) };
        (Uuid::from_u128(id), AT, Paper::Review(review))
    }

    #[test]
    fn nobody_reviews_their_own_referral() {
        let (ana, ben) = (Uuid::from_u128(1), Uuid::from_u128(2));
        assert_eq!(may_review(&[referral(10, 1)], ana), None);
        assert_eq!(may_review(&[referral(10, 1)], ben), Some(vec![Uuid::from_u128(10)]));
        assert_eq!(may_review(&[referral(10, 1), referral(11, 2)], ben), None);
        assert_eq!(may_review(&[], ben), None);
    }

    #[test]
    fn a_review_is_of_the_referrals_it_names_in_whatever_order_one_second_puts_them() {
        let ana = Uuid::from_u128(1);
        assert_eq!(may_review(&[referral(10, 3), review(20, &[10])], ana), None);
        assert_eq!(may_review(&[review(20, &[10]), referral(10, 3)], ana), None);
        let later = [review(20, &[10]), referral(11, 3), referral(10, 3)];
        assert_eq!(may_review(&later, ana), Some(vec![Uuid::from_u128(11)]));
    }

    #[test]
    fn a_referral_that_does_not_open_can_be_reviewed_and_asks_no_more() {
        let ana = Uuid::from_u128(1);
        let damaged = (Uuid::from_u128(10), AT, Paper::Damaged(Some(PaperKind::UrgentReferral)));
        assert_eq!(may_review(std::slice::from_ref(&damaged), ana), Some(vec![Uuid::from_u128(10)]));
        assert_eq!(may_review(&[damaged, review(20, &[10])], ana), None);
        assert_eq!(may_review(&[(Uuid::from_u128(10), AT, Paper::Damaged(None))], ana), None);
    }
}
