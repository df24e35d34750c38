//! An adviser opens a contact: the ledger first, then the content, and only for the team.

use plainsight_people::acts::team::{create_team, grant_team, rotate_team};
use plainsight_store::work;
use plainsight_vocabulary::ConsentLevel;
use time::macros::datetime;
use uuid::Uuid;

use super::world::{MINUTE, again, danger, full_report, member, normal, on_both};
use crate::acts::answer::reply;
use crate::acts::open::{Reading, mark_read};
use crate::acts::withdraw::{Withdrawn, withdraw};
use crate::form::FormKey;
use crate::header::Due;
use crate::records::ZONE;
use crate::report::Report;
use crate::trouble::Trouble;

#[tokio::test]
async fn a_report_comes_back_as_it_was_sent() {
    on_both(|world| async move {
        let report = full_report();
        let filed = world.file(&report).await;
        let opened = world.open(&world.ana, filed.contact).await.unwrap();
        assert!(opened.report == report);
        assert!(opened.papers.is_empty());
        assert!(opened.header.flags.read && !opened.header.flags.acknowledged);
    })
    .await;
}

/// keys.md: an opened record is one entry, committed before the content is sent.
#[tokio::test]
async fn each_opening_is_one_entry_and_without_the_entry_nothing_is_shown() {
    on_both(|world| async move {
        let filed = world.file(&normal()).await;
        world.open(&world.ana, filed.contact).await.unwrap();
        world.open(&world.ben, filed.contact).await.unwrap();
        let entries = world.ledger().await;
        assert_eq!(entries.len(), 3);
        for (entry, who) in entries[1..].iter().zip([&world.ana, &world.ben]) {
            assert_eq!(entry.act, "contact.opened");
            assert_eq!(entry.record, Some(filed.contact));
            assert_eq!(entry.actor, plainsight_ledger::OpenedActor::Member(who.member.id));
            assert_eq!(entry.detail, serde_json::json!({}));
        }
        // The ledger refuses: nothing is shown.
        world.run("ALTER TABLE ledger_entries RENAME TO ledger_gone").await;
        assert!(matches!(world.open(&world.ana, filed.contact).await, Err(Trouble::Ledger(_) | Trouble::Store(_))));
    })
    .await;
}

/// A seized list must not match a network log: no time that the header keeps may tell when somebody was online.
#[tokio::test]
async fn the_first_reading_rounds_every_time_to_the_hour_and_of_an_anonymous_contact_to_the_day() {
    on_both(|world| async move {
        let times = async |report: &Report| {
            let filed = world.file(report).await;
            world.clock.advance(7 * MINUTE);
            world.open(&world.ana, filed.contact).await.unwrap();
            world.header(filed.contact).await.clocks
        };
        let clocks = times(&danger()).await;
        assert_eq!(clocks.arrived, datetime!(2026-12-01 10:00 UTC));
        assert_eq!(clocks.acknowledge_by, datetime!(2026-12-02 10:00 UTC));
        for at in [clocks.read_by, clocks.feedback_by] {
            assert_eq!((at.minute(), at.second()), (0, 0), "{at}");
        }
        let clocks = times(&Report { naming: Some(ConsentLevel::Anonymous), ..normal() }).await;
        for at in [clocks.arrived, clocks.read_by, clocks.acknowledge_by, clocks.feedback_by] {
            assert_eq!((at.hour(), at.minute(), at.second()), (0, 0, 0), "{at}");
        }
    })
    .await;
}

/// What a member may not see looks like what does not exist.
#[tokio::test]
async fn without_the_teams_key_a_contact_looks_like_one_that_does_not_exist() {
    on_both(|world| async move {
        let filed = world.file(&normal()).await;
        let elsewhere = member(&world.people, "ola", &["helpline:adviser"]).await;
        create_team(&world.people, &elsewhere.unlocked, ZONE, "Other team").await.unwrap();
        let elsewhere = again(&world.people, &elsewhere).await;
        for who in [&world.new, &elsewhere] {
            let refused = world.open(who, filed.contact).await.err().unwrap();
            let random = world.open(who, Uuid::from_u128(0x1234_5678)).await.err().unwrap();
            assert_eq!(refused.to_string(), random.to_string());
            assert!(matches!(refused, Trouble::NotFound));
        }
        assert_eq!(world.acts().await, ["contact.filed"], "a refused opening leaves the contact unread");
        assert!(!world.header(filed.contact).await.flags.read);
    })
    .await;
}

#[tokio::test]
async fn an_erased_contact_is_known_to_its_team_and_to_nobody_else() {
    on_both(|world| async move {
        let filed = world.file(&normal()).await;
        assert_eq!(withdraw(&world.public, &world.pepper(), &filed.root).await.unwrap(), Withdrawn::Erased);
        assert!(matches!(world.open(&world.ana, filed.contact).await, Err(Trouble::Erased)));
        assert!(matches!(world.open(&world.new, filed.contact).await, Err(Trouble::NotFound)));
    })
    .await;
}

/// A reporter was told that nobody had read it. An adviser who was just opening it must not be shown it after that.
#[tokio::test]
async fn a_withdrawal_that_comes_first_wins_over_an_opening_that_has_begun() {
    on_both(|world| async move {
        let filed = world.file(&normal()).await;
        let key = crate::acts::open::hold(&world.desk, &world.ana, filed.contact).await.unwrap();
        assert!(crate::acts::open::open_report(&world.desk, &key, &[]).is_ok(), "the content was read from the database");
        withdraw(&world.public, &world.pepper(), &filed.root).await.unwrap();
        let (desk, contact) = (world.desk.clone(), filed.contact);
        let late = world
            .db
            .content()
            .tx("test.late", work!([desk], |tx| desk.change_header(tx, contact, |header| header.flags.read = true).await))
            .await;
        assert!(matches!(late, Err(Trouble::Erased)));
        assert!(!world.header(filed.contact).await.flags.read);
    })
    .await;
}

/// What is added while an adviser's page is being made is not on it: it stays unread, and nothing closes over it.
#[tokio::test]
async fn what_the_reporter_writes_during_an_opening_stays_unread() {
    on_both(|world| async move {
        let filed = world.file(&normal()).await;
        let form = FormKey::new(&world.public);
        world.adds(&filed.root, &form, "he is here", None).await.unwrap();
        let reading = Reading { anonymous: false, paused: false, shown: Vec::new() };
        let header = mark_read(&world.desk, &world.ana, filed.contact, reading).await.unwrap();
        assert!(header.flags.read && header.flags.reporter_wrote);
        // Nor is it read by answering.
        reply(&world.desk, &world.ana, filed.contact, "thank you".into(), false).await.unwrap();
        assert_eq!(world.header(filed.contact).await.next_due().map(|due| due.0), Some(Due::Read));
        assert!(!world.open(&world.ana, filed.contact).await.unwrap().header.flags.reporter_wrote);
    })
    .await;
}

/// practice 2, "sealed to people": a new adviser at 02:00 with no colleague online reads the danger report.
#[tokio::test]
async fn a_new_adviser_at_two_in_the_night_reads_the_danger_report_alone() {
    on_both(|world| async move {
        let before = world.file(&danger()).await;
        grant_team(&world.people, &world.sue.unlocked, world.team, world.new.member.id).await.unwrap();
        world.people.memory().lock_member(world.sue.member.id);
        world.clock.set(datetime!(2026-12-02 02:00 UTC));
        let during = world.file(&danger()).await;
        let new = again(&world.people, &world.new).await;
        for filed in [before, during] {
            let opened = world.open(&new, filed.contact).await.unwrap();
            assert_eq!(opened.report.words, "she is locked in");
        }
    })
    .await;
}

#[tokio::test]
async fn contacts_of_an_older_epoch_open_after_the_team_got_a_new_key() {
    on_both(|world| async move {
        let before = world.file(&normal()).await;
        rotate_team(&world.people, &world.sue.unlocked, world.team).await.unwrap();
        let after = world.file(&normal()).await;
        let epochs = [world.row(before.contact).await.epoch, world.row(after.contact).await.epoch];
        assert_eq!(epochs, [1, 2]);
        let ana = again(&world.people, &world.ana).await;
        assert!(world.open(&ana, before.contact).await.is_ok());
        assert!(world.open(&ana, after.contact).await.is_ok());
    })
    .await;
}

/// A row copied over another, by somebody who can write to the database, opens for nobody.
#[tokio::test]
async fn content_put_in_the_place_of_another_contact_does_not_open() {
    on_both(|world| async move {
        let (one, other) = (world.file(&normal()).await, world.file(&full_report()).await);
        let stolen = world.row(one.contact).await.report;
        world.tamper("helpline_contacts", "report", other.contact, Some(stolen)).await;
        assert!(matches!(world.open(&world.ana, other.contact).await, Err(Trouble::Open(_))));
        assert_eq!(world.acts().await, ["contact.filed", "contact.filed"]);
    })
    .await;
}
