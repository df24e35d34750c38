//! The emergency door: one adviser alone passes a danger on by telephone and records it; a second person reviews within
//! 24 hours, after, never before.

use time::{Duration, OffsetDateTime};
use uuid::Uuid;

use plainsight_ledger::Actor;
use plainsight_people::SignedIn;
use plainsight_store::{NewJob, work};

use super::answer::seal_paper;
use super::open::{Paper, hold, open};
use crate::cabinet::Cabinet;
use crate::header::{Header, Retention};
use crate::jobs::{REVIEW_ALARM, ReviewAlarm};
use crate::message::{Ground, Receiver, Review, UrgentReferral};
use crate::records::contacts;
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
}

pub(crate) async fn refer(cabinet: &Cabinet, who: &SignedIn, contact: Uuid, call: Call) -> Result<(), Trouble> {
    let held = hold(cabinet, who, contact).await?;
    let member = who.member.id;
    let Call { receiver, passed_at, call_taker, incident_reference, told, ground } = call;
    let detail = serde_json::json!({ "receiver": receiver.name(), "ground": ground.name(), "reference": incident_reference.is_some() });
    let referral = UrgentReferral { receiver, passed_at, call_taker, incident_reference, told, ground, member };
    let paper = seal_paper(cabinet, who, &held, PaperKind::UrgentReferral, &[], &referral)?;
    let due = cabinet.now() + REVIEW_WITHIN;
    let inside = cabinet.clone();
    cabinet
        .store
        .content()
        .tx(
            "helpline.refer",
            work!([inside, paper, detail], |tx| {
                papers::insert(tx, paper).await?;
                let change = |header: &mut Header| {
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
pub(crate) async fn review(cabinet: &Cabinet, who: &SignedIn, contact: Uuid, text: String) -> Result<(), Trouble> {
    let opened = open(cabinet, who, contact).await?;
    if !may_review(&opened.papers, who.member.id) {
        return Err(Trouble::NeedsSecondPerson);
    }
    let held = hold(cabinet, who, contact).await?;
    let review = Review { text, at: cabinet.now(), member: who.member.id };
    let paper = seal_paper(cabinet, who, &held, PaperKind::Review, &[], &review)?;
    let seen = opened.papers.iter().map(|(id, _, _)| *id).collect();
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
                // Asked again under the lock: a referral that was made meanwhile has not been looked at.
                contacts::find_to_change(tx, inside.organisation, contact).await?.ok_or(Trouble::NotFound)?;
                let referrals = papers::ids(tx, inside.organisation, contact, PaperKind::UrgentReferral).await?;
                if referrals.iter().any(|referral| !seen.contains(referral)) {
                    return Err(Trouble::NeedsSecondPerson);
                }
                papers::insert(tx, paper).await?;
                inside.change_header(tx, contact, |header| header.flags.review_due = false).await?;
                inside.record(tx, Actor::Member(member), "contact.referral_reviewed", contact, serde_json::json!({})).await
            }),
        )
        .await
}

/// Whether this member may review: there is a referral since the last review, and none of those is their own.
pub(crate) fn may_review(papers: &[(Uuid, OffsetDateTime, Paper)], member: Uuid) -> bool {
    let mut waiting: Vec<Uuid> = Vec::new();
    for (_, _, paper) in papers {
        match paper {
            Paper::UrgentReferral(referral) => waiting.push(referral.member),
            Paper::Review(_) => waiting.clear(),
            Paper::Message(_) | Paper::Note(_) | Paper::Damaged => {}
        }
    }
    !waiting.is_empty() && !waiting.contains(&member)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn referral(member: u128) -> (Uuid, OffsetDateTime, Paper) {
        let referral = UrgentReferral {
            receiver: Receiver::Emergency,
            passed_at: OffsetDateTime::UNIX_EPOCH,
            call_taker: String::new(),
            incident_reference: None,
            told: String::new(),
            ground: Ground::DangerToLife,
            member: Uuid::from_u128(member),
        };
        (Uuid::from_u128(9), OffsetDateTime::UNIX_EPOCH, Paper::UrgentReferral(referral))
    }

    #[test]
    fn nobody_reviews_their_own_referral() {
        let (ana, ben) = (Uuid::from_u128(1), Uuid::from_u128(2));
        assert!(!may_review(&[referral(1)], ana));
        assert!(may_review(&[referral(1)], ben));
        assert!(!may_review(&[referral(1), referral(2)], ben));
        let review = Review { text: String::new(), at: OffsetDateTime::UNIX_EPOCH, member: ben };
        assert!(!may_review(&[referral(1), (ben, OffsetDateTime::UNIX_EPOCH, Paper::Review(review))], ben));
        assert!(!may_review(&[], ben));
    }
}
