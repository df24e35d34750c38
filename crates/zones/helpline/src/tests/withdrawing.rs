//! A reporter withdraws: we stop, delete what we may, and say what has already left.

use plainsight_store::{StoreError, work};

use super::referring::call;
use super::world::{CANARY, Filed, World, danger, full_report, mark_safe, normal, on_both, refer};
use crate::acts::answer::note;
use crate::acts::withdraw::{Withdrawn, withdraw};
use crate::form::FormKey;
use crate::header::Due;
use crate::records::{keystore, papers};
use crate::trouble::Trouble;

async fn take_back(world: &World, filed: &Filed) -> Withdrawn {
    let outcome = withdraw(&world.public, &world.pepper(), &filed.root).await.unwrap();
    assert_eq!(world.locate(&filed.root).await, None, "from now on the receipt leads to nothing");
    assert!(world.header(filed.contact).await.flags.withdrawn);
    assert!(matches!(withdraw(&world.public, &world.pepper(), &filed.root).await, Err(Trouble::NotFound)));
    outcome
}

async fn has_key(world: &World, filed: &Filed) -> bool {
    !keystore::of_contact(world.db.keystore().read(), world.organisation, filed.contact).await.unwrap().is_empty()
}

#[tokio::test]
async fn a_report_that_nobody_read_is_erased_with_its_key() {
    on_both(|world| async move {
        let filed = world.file(&full_report()).await;
        assert_eq!(take_back(&world, &filed).await, Withdrawn::Erased);
        let row = world.row(filed.contact).await;
        assert!(row.report.is_empty() && row.locate.is_none());
        assert!(!has_key(&world, &filed).await);
        assert!(world.header(filed.contact).await.flags.erased);
        assert!(matches!(world.open(&world.ana, filed.contact).await, Err(Trouble::Erased)));
        let entry = world.ledger().await.pop().unwrap();
        assert_eq!((entry.act.as_str(), entry.detail), ("contact.withdrawn", serde_json::json!({ "erased": true })));
        assert!(!super::world::lies_in(&world.everything_stored().await, CANARY));
    })
    .await;
}

#[tokio::test]
async fn a_report_that_was_read_is_stopped_and_kept() {
    on_both(|world| async move {
        let filed = world.file(&normal()).await;
        world.open(&world.ana, filed.contact).await.unwrap();
        note(&world.desk, &world.ana, filed.contact, "seen".into()).await.unwrap();
        assert_eq!(take_back(&world, &filed).await, Withdrawn::Stopped);
        assert!(has_key(&world, &filed).await);
        let opened = world.open(&world.ben, filed.contact).await.unwrap();
        assert_eq!(opened.papers.len(), 1);
        assert_eq!(opened.header.next_due(), None, "it asks for nothing any more");
    })
    .await;
}

/// What was written last may say why somebody withdraws, or that they are made to: a person reads it.
#[tokio::test]
async fn what_was_written_before_withdrawing_is_still_read_and_the_reporter_is_told() {
    on_both(|world| async move {
        let filed = world.file(&normal()).await;
        world.open(&world.ana, filed.contact).await.unwrap();
        world.adds(&filed.root, &FormKey::new(&world.public), "he knows", None).await.unwrap();
        assert_eq!(take_back(&world, &filed).await, Withdrawn::StillRead);
        assert_eq!(world.header(filed.contact).await.next_due().map(|due| due.0), Some(Due::Read));
        let opened = world.open(&world.ben, filed.contact).await.unwrap();
        assert_eq!((opened.papers.len(), opened.header.next_due()), (1, None));
    })
    .await;
}

#[tokio::test]
async fn what_was_passed_on_cannot_be_called_back_and_the_reporter_is_told() {
    on_both(|world| async move {
        let filed = world.file(&danger()).await;
        world.open(&world.ana, filed.contact).await.unwrap();
        refer(&world.desk, &world.ana, filed.contact, call(&world)).await.unwrap();
        let dealt_with = world.file(&danger()).await;
        refer(&world.desk, &world.ana, dealt_with.contact, call(&world)).await.unwrap();
        mark_safe(&world.desk, &world.ana, dealt_with.contact, "she is out".into()).await.unwrap();
        assert_eq!(take_back(&world, &dealt_with).await, Withdrawn::AlreadyPassedOn);
        assert_eq!(take_back(&world, &filed).await, Withdrawn::PassedOnAndStillRead, "the danger is open");
        assert!(world.header(filed.contact).await.flags.review_due, "the review is still owed");
        assert!(world.open(&world.ben, filed.contact).await.is_ok());
    })
    .await;
}

/// Somebody may be forced to withdraw: a danger is looked at all the same, until somebody says that it is dealt with.
#[tokio::test]
async fn a_danger_stays_on_the_list_though_it_was_withdrawn_before_or_after_the_reading() {
    on_both(|world| async move {
        let (unread, read) = (world.file(&danger()).await, world.file(&danger()).await);
        world.open(&world.ana, read.contact).await.unwrap();
        for filed in [&unread, &read] {
            assert_eq!(take_back(&world, filed).await, Withdrawn::DangerStays);
            let opened = world.open(&world.ana, filed.contact).await.unwrap();
            assert_eq!(opened.report.words, "she is locked in");
            assert_eq!(opened.header.next_due().map(|due| due.0), Some(Due::Danger));
            mark_safe(&world.desk, &world.ana, filed.contact, "she is with her sister".into()).await.unwrap();
            assert_eq!(world.header(filed.contact).await.next_due(), None);
        }
        let dealt_with = world.file(&danger()).await;
        world.open(&world.ana, dealt_with.contact).await.unwrap();
        mark_safe(&world.desk, &world.ana, dealt_with.contact, "the police are there".into()).await.unwrap();
        assert_eq!(take_back(&world, &dealt_with).await, Withdrawn::Stopped);
    })
    .await;
}

/// A crash between the two databases: the content is gone, the key not yet.
#[tokio::test]
async fn a_key_that_a_crash_left_behind_opens_nothing_and_is_swept() {
    on_both(|world| async move {
        let filed = world.file(&normal()).await;
        let key = keystore::of_contact(world.db.keystore().read(), world.organisation, filed.contact).await.unwrap().remove(0);
        take_back(&world, &filed).await;
        world.db.keystore().tx("test.crash", work!([key], |tx| keystore::insert(tx, key).await.map_err(StoreError::from))).await.unwrap();
        assert!(matches!(world.open(&world.ana, filed.contact).await, Err(Trouble::Erased)));
        let mut sweeper = crate::Sweeper::default();
        sweeper.sweep(&world.desk, None).await.unwrap();
        sweeper.sweep(&world.desk, None).await.unwrap();
        assert!(!has_key(&world, &filed).await);
        let left = papers::of_contact(world.db.content().read(), world.organisation, filed.contact).await.unwrap();
        assert_eq!(left, []);
    })
    .await;
}
