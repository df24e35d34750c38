//! How long things are kept: not a day longer than the operator says, and never less than the law or the work needs.

use time::Duration;
use uuid::Uuid;

use plainsight_vocabulary::KeptFor;

use super::desk_pages::desk;
use super::referring::call;
use super::world::{World, danger, mark_safe, normal, on_both, refer};
use crate::acts::case::{add, begin, merge, put_in};
use crate::acts::close::close;
use crate::acts::keep::{WhyErased, erase, keep_for_law};
use crate::acts::tidy::{Swept, sweep};
use crate::acts::withdraw::{Withdrawn, withdraw};
use crate::case::What;
use crate::records::{contacts, keystore, papers};
use crate::report::Report;
use crate::trouble::Trouble;
use plainsight_vocabulary::ConsentLevel;

const KEPT: KeptFor = KeptFor { anonymous_days: 30, ordinary_days: 60, safeguarding_days: 90 };

async fn swept(world: &World) {
    sweep(&world.desk, &mut Swept::default(), Some(&KEPT)).await.unwrap();
}

async fn closed(world: &World, report: &Report) -> Uuid {
    let contact = world.file(report).await.contact;
    world.open(&world.ana, contact).await.unwrap();
    if world.header(contact).await.alarm.on {
        mark_safe(&world.desk, &world.ana, contact, "met".into()).await.unwrap();
        world.open(&world.ana, contact).await.unwrap();
    }
    close(&world.desk, &world.ana, contact, "done".into()).await.unwrap();
    contact
}

/// Nothing is left that anybody could open.
async fn gone(world: &World, contact: Uuid) -> bool {
    let (content, keys) = (world.db.content().read(), world.desk.store.keystore().read());
    let row = contacts::find(content, world.organisation, contact).await.unwrap().unwrap();
    let erased = world.desk.open_header(contact, &row.header).unwrap().flags.erased;
    let papers = papers::of_contact(content, world.organisation, contact).await.unwrap();
    let keys = keystore::of_contact(keys, world.organisation, contact).await.unwrap();
    assert_eq!(erased, row.report.is_empty());
    assert!(!erased || (row.locate.is_none() && papers.is_empty() && keys.is_empty()), "erased and not all gone");
    erased
}

#[tokio::test]
async fn what_is_done_with_is_erased_when_its_time_is_over_and_not_before() {
    on_both(|world| async move {
        let anonymous = closed(&world, &Report { naming: Some(ConsentLevel::Anonymous), ..normal() }).await;
        let (ordinary, in_danger) = (closed(&world, &normal()).await, closed(&world, &danger()).await);
        let open = world.file(&normal()).await.contact;
        for (days, expected) in [
            (0, [false, false, false]),
            (29, [false, false, false]),
            (31, [true, false, false]),
            (59, [true, false, false]),
            (61, [true, true, false]),
            (89, [true, true, false]),
            (91, [true, true, true]),
        ] {
            world.clock.set(super::world::START + Duration::days(days));
            swept(&world).await;
            let found = [gone(&world, anonymous).await, gone(&world, ordinary).await, gone(&world, in_danger).await];
            assert_eq!(found, expected, "after {days} days");
        }
        world.clock.advance(Duration::days(1000));
        swept(&world).await;
        assert!(!gone(&world, open).await, "what nobody has read is kept for as long as it takes");
        let acts = world.acts().await;
        assert_eq!(acts.iter().filter(|act| *act == "contact.erased_by_time").count(), 3);
        assert!(matches!(world.open(&world.ana, ordinary).await, Err(Trouble::Erased)));
    })
    .await;
}

#[tokio::test]
async fn where_nobody_said_how_long_nothing_is_erased() {
    on_both(|world| async move {
        let contact = closed(&world, &normal()).await;
        world.clock.advance(Duration::days(4000));
        sweep(&world.desk, &mut Swept::default(), None).await.unwrap();
        assert!(!gone(&world, contact).await);
    })
    .await;
}

/// A legal hold beats time, the supervisor and the reporter.
#[tokio::test]
async fn a_legal_hold_beats_whoever_would_delete() {
    on_both(|world| async move {
        let contact = closed(&world, &normal()).await;
        assert!(matches!(keep_for_law(&world.desk, &world.ana, contact, "court".into(), true).await, Err(Trouble::NotFound)));
        keep_for_law(&world.desk, &world.sue, contact, "a court asked".into(), true).await.unwrap();
        world.clock.advance(Duration::days(500));
        swept(&world).await;
        assert!(!gone(&world, contact).await);
        assert!(matches!(erase(&world.desk, &world.sue, contact, WhyErased::Asked).await, Err(Trouble::Kept)));
        keep_for_law(&world.desk, &world.sue, contact, "the court is done".into(), false).await.unwrap();
        world.clock.advance(Duration::days(59));
        swept(&world).await;
        assert!(!gone(&world, contact).await, "its time counts anew");
        world.clock.advance(Duration::days(2));
        swept(&world).await;
        assert!(gone(&world, contact).await);

        let unread = world.file(&normal()).await;
        keep_for_law(&world.desk, &world.sue, unread.contact, "an inquiry".into(), true).await.unwrap();
        assert_eq!(withdraw(&world.public, &world.pepper(), &unread.root).await.unwrap(), Withdrawn::Stopped);
        assert!(!gone(&world, unread.contact).await);
    })
    .await;
}

/// Nothing is deleted under the hands of those who work on a case; with the case its time begins.
#[tokio::test]
async fn what_is_in_an_open_case_is_kept() {
    on_both(|world| async move {
        let (one, two) = (closed(&world, &normal()).await, closed(&world, &normal()).await);
        let case = begin(&world.desk, &world.ana, &[one], "Car wash".into()).await.unwrap();
        let other = begin(&world.desk, &world.ana, &[two], "Nail bar".into()).await.unwrap();
        put_in(&world.desk, &world.ana, case, two, true, "".into()).await.unwrap();
        world.clock.advance(Duration::days(200));
        swept(&world).await;
        assert!(!gone(&world, one).await && !gone(&world, two).await);
        add(&world.desk, &world.ana, case, What::Closed, "done".into(), None).await.unwrap();
        assert!(!world.header(one).await.flags.in_case && world.header(two).await.flags.in_case, "still in the other case");
        add(&world.desk, &world.ana, case, What::Reopened, "not done".into(), None).await.unwrap();
        assert!(world.header(one).await.flags.in_case);
        add(&world.desk, &world.ana, case, What::Closed, "done now".into(), None).await.unwrap();
        put_in(&world.desk, &world.ana, other, two, false, "not there".into()).await.unwrap();
        assert!(!world.header(two).await.flags.in_case);
        world.clock.advance(Duration::days(61));
        swept(&world).await;
        assert!(gone(&world, one).await && gone(&world, two).await);
        assert!(gone(&world, case).await, "a case is kept as long as any other");
        // What is left of the open case opens, without what was erased.
        let opened = crate::acts::case::open(&world.desk, &world.ana, other).await.unwrap();
        assert!(opened.together.contacts.is_empty());
        add(&world.desk, &world.ana, other, What::Closed, "nothing left".into(), None).await.unwrap();
    })
    .await;
}

/// A case that was merged is part of the one in which it goes on.
#[tokio::test]
async fn what_was_merged_is_kept_with_the_case_in_which_it_goes_on() {
    on_both(|world| async move {
        let (one, two) = (closed(&world, &normal()).await, closed(&world, &normal()).await);
        let into = begin(&world.desk, &world.ana, &[one], "Car wash".into()).await.unwrap();
        let from = begin(&world.desk, &world.ana, &[two], "Nail bar".into()).await.unwrap();
        merge(&world.desk, &world.ana, from, into, "one boss".into()).await.unwrap();
        world.clock.advance(Duration::days(200));
        swept(&world).await;
        assert!(!gone(&world, from).await && !gone(&world, two).await);
        add(&world.desk, &world.ana, into, What::Closed, "done".into(), None).await.unwrap();
        world.clock.advance(Duration::days(61));
        swept(&world).await;
        for each in [one, two, into, from] {
            assert!(gone(&world, each).await);
        }
    })
    .await;
}

#[tokio::test]
async fn a_supervisor_erases_with_a_reason_from_the_page() {
    on_both(|world| async move {
        let filed = world.file(&normal()).await;
        let path = format!("/helpline/contacts/{}", filed.contact);
        assert!(matches!(erase(&world.desk, &world.ana, filed.contact, WhyErased::Asked).await, Err(Trouble::NotFound)));
        let adviser = desk(&world, &world.ana).get(&path).await;
        assert!(adviser.text().contains("How long it is kept") && !adviser.has_id("erase-form"));
        let desk = desk(&world, &world.sue);
        let page = desk.get(&path).await;
        page.check_decent();
        assert!(page.has_id("erase-form") && page.has_id("keep-form"));
        let wrong = desk.post(&format!("{path}/erase"), &[]).await;
        wrong.check_decent();
        assert_eq!((wrong.status.as_u16(), wrong.summary_targets()), (422, vec!["why".to_owned(), "sure".to_owned()]));
        let empty = desk.post(&format!("{path}/keep"), &[("keep", " "), ("held", "yes")]).await;
        assert_eq!(empty.summary_targets(), ["keep"]);
        desk.post(&format!("{path}/keep"), &[("keep", "a court asked"), ("held", "yes")]).await;
        let held = desk.get(&path).await;
        held.check_decent();
        assert!(held.text().contains("Legal hold by sue") && !held.has_id("erase-form"), "{}", held.text());
        let kept = desk.post(&format!("{path}/erase"), &[("why", "asked"), ("sure", "yes")]).await;
        assert!(kept.text().contains("It was not deleted"));
        desk.post(&format!("{path}/keep"), &[("keep", "the court is done"), ("held", "no")]).await;
        assert_eq!(desk.post(&format!("{path}/erase"), &[("why", "asked"), ("sure", "yes")]).await.location(), "/helpline");
        assert!(gone(&world, filed.contact).await);
        assert_eq!(desk.get(&path).await.status.as_u16(), 410);
        let entry = world.ledger().await.into_iter().rev().find(|entry| entry.act == "contact.erased").unwrap();
        assert_eq!(entry.detail, serde_json::json!({ "why": "asked" }));
        // The receipt reads like a wrong one.
        assert!(matches!(withdraw(&world.public, &world.pepper(), &filed.root).await, Err(Trouble::NotFound)));
    })
    .await;
}

/// Whatever is written, the time of keeping begins anew; and a child's report is kept as long as any that keeps somebody safe.
#[tokio::test]
async fn a_word_of_ours_begins_the_time_anew() {
    on_both(|world| async move {
        let contact = closed(&world, &normal()).await;
        world.clock.advance(Duration::days(59));
        crate::acts::answer::note(&world.desk, &world.ana, contact, "they called again".into()).await.unwrap();
        world.clock.advance(Duration::days(59));
        swept(&world).await;
        assert!(!gone(&world, contact).await);
        world.clock.advance(Duration::days(2));
        swept(&world).await;
        assert!(gone(&world, contact).await);
        let anonymous = Report { naming: Some(ConsentLevel::Anonymous), child: Some(plainsight_vocabulary::Answer::NotSure), ..normal() };
        let child = closed(&world, &anonymous).await;
        world.clock.advance(Duration::days(89));
        swept(&world).await;
        assert!(!gone(&world, child).await);
    })
    .await;
}

/// What a second person must still look at is not deleted by the first, and what is erased asks for nothing.
#[tokio::test]
async fn a_review_that_is_due_keeps_a_contact() {
    on_both(|world| async move {
        let contact = world.file(&danger()).await.contact;
        world.open(&world.sue, contact).await.unwrap();
        refer(&world.desk, &world.sue, contact, call(&world)).await.unwrap();
        mark_safe(&world.desk, &world.sue, contact, "met".into()).await.unwrap();
        assert!(matches!(erase(&world.desk, &world.sue, contact, WhyErased::Mistake).await, Err(Trouble::Kept)));
        crate::acts::refer::review(&world.desk, &world.ana, contact, "well done".into()).await.unwrap();
        erase(&world.desk, &world.sue, contact, WhyErased::Mistake).await.unwrap();
        let header = world.header(contact).await;
        assert_eq!((header.next_due(), header.flags.review_due, header.settled), (None, false, None));
    })
    .await;
}

/// A case can be held as a contact can.
#[tokio::test]
async fn a_legal_hold_keeps_a_case() {
    on_both(|world| async move {
        let one = closed(&world, &normal()).await;
        let case = begin(&world.desk, &world.ana, &[one], "Car wash".into()).await.unwrap();
        add(&world.desk, &world.ana, case, What::Closed, "done".into(), None).await.unwrap();
        assert!(add(&world.desk, &world.ana, case, What::Held, "court".into(), None).await.is_err(), "a supervisor's to say");
        add(&world.desk, &world.sue, case, What::Held, "a court asked".into(), None).await.unwrap();
        world.clock.advance(Duration::days(500));
        swept(&world).await;
        assert!(!gone(&world, case).await && gone(&world, one).await);
        add(&world.desk, &world.sue, case, What::HoldEnded, "the court is done".into(), None).await.unwrap();
        world.clock.advance(Duration::days(61));
        swept(&world).await;
        assert!(gone(&world, case).await);
    })
    .await;
}

/// A danger that nobody dealt with keeps a contact.
#[tokio::test]
async fn a_danger_is_not_deleted_away() {
    on_both(|world| async move {
        let contact = world.file(&danger()).await.contact;
        world.open(&world.sue, contact).await.unwrap();
        assert!(matches!(erase(&world.desk, &world.sue, contact, WhyErased::Mistake).await, Err(Trouble::Kept)));
    })
    .await;
}
