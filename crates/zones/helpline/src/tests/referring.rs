//! The emergency door: one adviser alone can act, a second person reviews after, never before.

use time::Duration;

use super::world::{CANARY, World, danger, lies_in, normal, on_both, refer};
use crate::acts::answer::seal_paper;
use crate::acts::open::{Paper, hold};
use crate::acts::refer::{Call, review, store_review};
use crate::header::Retention;
use crate::message::{Ground, Receiver, Review};
use crate::records::papers::PaperKind;
use crate::trouble::Trouble;

pub(super) fn call(world: &World) -> Call {
    Call {
        receiver: Receiver::Emergency,
        passed_at: world.now(),
        call_taker: format!("{CANARY} operator 4"),
        incident_reference: Some(format!("{CANARY} CAD 123")),
        told: format!("{CANARY} a woman is locked in"),
        ground: Ground::DangerToLife,
        form: None,
    }
}

/// practice 5.0 rule 1: recorded by one adviser alone, with nobody else online.
#[tokio::test]
async fn one_adviser_alone_records_an_urgent_referral() {
    on_both(|world| async move {
        let filed = world.file(&danger()).await;
        refer(&world.desk, &world.ana, filed.contact, call(&world)).await.unwrap();
        let header = world.header(filed.contact).await;
        assert!(header.flags.referred && header.flags.review_due);
        assert_eq!(header.retention, Retention::Safeguarding);
        assert!(!header.flags.safe, "passing on does not say that the danger is over");
        let opened = world.open(&world.ben, filed.contact).await.unwrap();
        let Some((_, _, Paper::UrgentReferral(referral))) = opened.papers.first() else { panic!("the referral is in the folder") };
        assert_eq!(referral.incident_reference.as_deref(), Some("kanarienvogel CAD 123"));
        assert_eq!(referral.member, world.ana.member.id);
        assert!(!lies_in(&world.everything_stored().await, CANARY));
    })
    .await;
}

#[tokio::test]
async fn the_ledger_says_to_what_kind_and_why_and_nothing_that_was_told() {
    on_both(|world| async move {
        let filed = world.file(&normal()).await;
        refer(&world.desk, &world.ana, filed.contact, call(&world)).await.unwrap();
        let none = Call { incident_reference: None, ground: Ground::Consent, ..call(&world) };
        refer(&world.desk, &world.ana, filed.contact, none).await.unwrap();
        let details: Vec<_> = world.ledger().await.into_iter().skip(1).map(|entry| entry.detail).collect();
        assert_eq!(
            details,
            [
                serde_json::json!({ "receiver": "emergency", "ground": "danger-to-life", "reference": true }),
                serde_json::json!({ "receiver": "emergency", "ground": "consent", "reference": false }),
            ]
        );
    })
    .await;
}

#[tokio::test]
async fn a_second_person_reviews_and_never_the_same() {
    on_both(|world| async move {
        let filed = world.file(&danger()).await;
        refer(&world.desk, &world.ana, filed.contact, call(&world)).await.unwrap();
        world.clock.advance(Duration::MINUTE);
        assert!(matches!(review(&world.desk, &world.ana, filed.contact, "fine".into()).await, Err(Trouble::NeedsSecondPerson)));
        assert!(world.header(filed.contact).await.flags.review_due);
        assert!(matches!(review(&world.desk, &world.new, filed.contact, "fine".into()).await, Err(Trouble::NotFound)));
        review(&world.desk, &world.ben, filed.contact, "it was right to call".into()).await.unwrap();
        assert!(!world.header(filed.contact).await.flags.review_due);
        assert_eq!(world.acts().await.last().map(String::as_str), Some("contact.referral_reviewed"));
        world.clock.advance(Duration::MINUTE);
        let again = review(&world.desk, &world.sue, filed.contact, "twice".into()).await;
        assert!(matches!(again, Err(Trouble::NeedsSecondPerson)), "there is nothing left to review");

        // A later referral owes a review of its own.
        refer(&world.desk, &world.ben, filed.contact, call(&world)).await.unwrap();
        world.clock.advance(Duration::MINUTE);
        assert!(world.header(filed.contact).await.flags.review_due);
        assert!(matches!(review(&world.desk, &world.ben, filed.contact, "own".into()).await, Err(Trouble::NeedsSecondPerson)));
        review(&world.desk, &world.ana, filed.contact, "right again".into()).await.unwrap();
    })
    .await;
}

/// A colleague passes the contact on again while a review is being written: that review says nothing of it.
#[tokio::test]
async fn a_referral_that_was_made_during_a_review_is_reviewed_too() {
    on_both(|world| async move {
        let filed = world.file(&danger()).await;
        refer(&world.desk, &world.ana, filed.contact, call(&world)).await.unwrap();
        let seen = world.open(&world.ben, filed.contact).await.unwrap().papers.iter().map(|(id, _, _)| *id).collect();
        let held = hold(&world.desk, &world.ben, filed.contact).await.unwrap();
        let written = Review { of: Vec::new(), text: "right".into(), at: world.now(), member: world.ben.member.id };
        let paper = seal_paper(&world.desk, &world.ben, &held, PaperKind::Review, &[], &written, None).unwrap();
        refer(&world.desk, &world.ben, filed.contact, call(&world)).await.unwrap();
        assert!(matches!(store_review(&world.desk, &world.ben, paper, seen).await, Err(Trouble::NeedsSecondPerson)));
        assert!(world.header(filed.contact).await.flags.review_due);
        assert!(!world.acts().await.contains(&"contact.referral_reviewed".to_owned()));
    })
    .await;
}

#[tokio::test]
async fn without_the_teams_key_nothing_is_recorded() {
    on_both(|world| async move {
        let filed = world.file(&danger()).await;
        assert!(matches!(refer(&world.desk, &world.new, filed.contact, call(&world)).await, Err(Trouble::NotFound)));
        let header = world.header(filed.contact).await;
        assert!(!header.flags.referred);
        assert_eq!(world.waiting_jobs().await.len(), 1, "only the page of the danger waits");
    })
    .await;
}
