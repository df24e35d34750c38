//! A reporter comes back with the receipt.

use time::Duration;

use super::world::{Filed, MINUTE, World, danger, full_report, normal, on_both};
use crate::acts::answer::reply;
use crate::acts::come_back::{self, Mailbox};
use crate::acts::open::Paper;
use crate::acts::withdraw::withdraw;
use crate::form::FormKey;
use crate::message::From;
use crate::report::{Path, Report};
use crate::trouble::Trouble;

async fn add(world: &World, filed: &Filed, form: &FormKey, text: &str) -> Result<(), Trouble> {
    world.adds(&filed.root, form, text, None).await
}

async fn read(world: &World, filed: &Filed) -> Mailbox {
    come_back::read(&world.public, &world.pepper(), &filed.root).await.unwrap()
}

/// keys.md: wrong, expired, withdrawn and erased read the same.
#[tokio::test]
async fn a_receipt_that_leads_nowhere_does_not_say_why() {
    on_both(|world| async move {
        let (_, wrong) = world.ready();
        let erased = world.file(&normal()).await;
        withdraw(&world.public, &world.pepper(), &erased.root).await.unwrap();
        let withdrawn = world.file(&normal()).await;
        world.open(&world.ana, withdrawn.contact).await.unwrap();
        reply(&world.desk, &world.ana, withdrawn.contact, "we wrote".into(), false).await.unwrap();
        withdraw(&world.public, &world.pepper(), &withdrawn.root).await.unwrap();
        for root in [&wrong, &erased.root, &withdrawn.root] {
            let mailbox = come_back::read(&world.public, &world.pepper(), root).await.unwrap();
            assert!(mailbox.contact.is_none() && mailbox.messages.is_empty());
            let form = FormKey::new(&world.public);
            let written = world.adds(root, &form, "still here?", None).await;
            assert!(matches!(written, Err(Trouble::NotFound)));
            let gone = withdraw(&world.public, &world.pepper(), root).await;
            assert!(matches!(gone, Err(Trouble::NotFound)));
        }
        // The receipt under another pepper leads nowhere either: a stolen table of receipts cannot be tried elsewhere.
        let live = world.file(&normal()).await;
        let elsewhere = come_back::read(&world.public, &[1; 32], &live.root).await.unwrap();
        assert!(elsewhere.contact.is_none());
    })
    .await;
}

/// Somebody may be made to open the mailbox: what was reported must not stand there.
#[tokio::test]
async fn the_first_report_is_never_shown_again() {
    on_both(|world| async move {
        let filed = world.file(&full_report()).await;
        let mailbox = read(&world, &filed).await;
        assert_eq!(mailbox.contact, Some(filed.contact));
        assert!(mailbox.messages.is_empty());
        add(&world, &filed, &FormKey::new(&world.public), "a new fact").await.unwrap();
        let texts: Vec<String> = read(&world, &filed).await.messages.into_iter().map(|message| message.text).collect();
        assert_eq!(texts, ["a new fact"]);
    })
    .await;
}

#[tokio::test]
async fn an_added_fact_reaches_the_desk_and_starts_the_reading_clock_again() {
    on_both(|world| async move {
        let filed = world.file(&normal()).await;
        let first = world.header(filed.contact).await.clocks.read_by;
        add(&world, &filed, &FormKey::new(&world.public), "before anybody read").await.unwrap();
        assert_eq!(world.header(filed.contact).await.clocks.read_by, first, "an unread contact keeps its clock");
        world.clock.advance(MINUTE);
        world.open(&world.ana, filed.contact).await.unwrap();

        world.clock.advance(Duration::hours(5));
        add(&world, &filed, &FormKey::new(&world.public), "the van came again").await.unwrap();
        let header = world.header(filed.contact).await;
        assert!(header.flags.reporter_wrote);
        let restarted = header.clocks.read_by;
        assert_eq!(restarted, (world.now() + Duration::hours(1)).replace_nanosecond(0).unwrap());
        world.clock.advance(20 * MINUTE);
        add(&world, &filed, &FormKey::new(&world.public), "and left").await.unwrap();
        assert_eq!(world.header(filed.contact).await.clocks.read_by, restarted, "writing on does not put reading off");

        let opened = world.open(&world.ben, filed.contact).await.unwrap();
        let texts: Vec<&str> = opened
            .papers
            .iter()
            .filter_map(|(_, _, paper)| match paper {
                Paper::Message(message) if message.from == From::Reporter => Some(message.text.as_str()),
                _ => None,
            })
            .collect();
        assert_eq!(texts, ["before anybody read", "the van came again", "and left"]);
        assert!(!opened.header.flags.reporter_wrote);
        assert_eq!(opened.header.clocks.read_by.minute(), 0, "the second in which somebody wrote is not kept");
    })
    .await;
}

/// Order without seconds: what the reporter wrote stands after what was there, and tells no more than the hour.
#[tokio::test]
async fn messages_stand_in_their_order_and_keep_no_second_of_the_reporter() {
    on_both(|world| async move {
        let filed = world.file(&Report { path: Path::Me, ..normal() }).await;
        let expected = ["first", "second", "our answer", "third"];
        add(&world, &filed, &FormKey::new(&world.public), "first").await.unwrap();
        world.clock.advance(MINUTE);
        add(&world, &filed, &FormKey::new(&world.public), "second").await.unwrap();
        let papers = crate::records::papers::of_contact(world.db.content().read(), world.organisation, filed.contact).await.unwrap();
        for paper in papers {
            let at = world.desk.open_time("helpline_papers", paper.id, "at", &paper.at).unwrap();
            assert_eq!((at.minute(), at.second() <= 1), (0, true), "{at}");
        }
        world.clock.advance(MINUTE);
        reply(&world.desk, &world.ana, filed.contact, "our answer".into(), false).await.unwrap();
        world.clock.advance(MINUTE);
        add(&world, &filed, &FormKey::new(&world.public), "third").await.unwrap();
        let texts: Vec<String> = read(&world, &filed).await.messages.into_iter().map(|message| message.text).collect();
        assert_eq!(texts, expected);
    })
    .await;
}

#[tokio::test]
async fn the_same_form_added_twice_adds_once() {
    on_both(|world| async move {
        let filed = world.file(&danger()).await;
        let form = FormKey::new(&world.public);
        add(&world, &filed, &form, "once").await.unwrap();
        add(&world, &filed, &form, "once").await.unwrap();
        assert_eq!(read(&world, &filed).await.messages.len(), 1);
        assert_eq!(world.acts().await, ["contact.filed", "contact.added_to"]);

        let form = FormKey::new(&world.public);
        let both = futures_util::future::join(add(&world, &filed, &form, "together"), add(&world, &filed, &form, "together")).await;
        assert!(both.0.is_ok() && both.1.is_ok());
        assert_eq!(read(&world, &filed).await.messages.len(), 2);

        // Back in the browser, and something else written on the same page: it must not pass for what was stored before.
        add(&world, &filed, &form, "he is here").await.unwrap();
        assert_eq!(read(&world, &filed).await.messages.last().map(|message| message.text.clone()), Some("he is here".to_owned()));
    })
    .await;
}

/// The mailbox was open on two pages; on one of them the report was withdrawn.
#[tokio::test]
async fn nothing_is_put_into_a_contact_that_was_withdrawn_meanwhile() {
    on_both(|world| async move {
        let filed = world.file(&normal()).await;
        let (pepper, form) = (world.pepper(), FormKey::new(&world.public));
        let (withdrawn, _) =
            futures_util::future::join(withdraw(&world.public, &pepper, &filed.root), add(&world, &filed, &form, "at the same moment"))
                .await;
        withdrawn.unwrap();
        let papers = crate::records::papers::of_contact(world.db.content().read(), world.organisation, filed.contact).await.unwrap();
        assert_eq!(papers, [], "an erased contact has an empty folder, whichever came first");
    })
    .await;
}
