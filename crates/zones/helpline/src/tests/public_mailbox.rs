//! *Read a message*: what somebody who comes back is shown, and what nobody can tell from it.

use axum::http::StatusCode;
use plainsight_vault::{Receipt, Root, stretch};
use time::Duration;
use time::macros::datetime;
use uuid::Uuid;

use super::browser::{Browser, Page};
use super::public_site::public_settings;
use super::world::{CANARY, START, World, full_report, normal, on_both};
use crate::acts::answer::reply;
use crate::acts::file::file_under;
use crate::form::FormKey;
use crate::report::{LONGEST_TEXT, Report};

pub(super) const ANSWER: usize = 64 * 1024;

/// Files under a receipt that is truly stretched, as one is that somebody types.
pub(super) async fn file(world: &World, report: &Report) -> (Uuid, Receipt) {
    let receipt = Receipt::generate(&mut world.entropy.rng());
    let root: Root = stretch(&receipt, &world.salt()).unwrap();
    let (ready, root) = world.ready_under(receipt, root);
    let receipt = file_under(&world.public, &world.intake().await, report, &FormKey::new(&world.public), ready).await.unwrap();
    (world.locate(&root).await.unwrap(), receipt)
}

/// The answer comes on the full second, which is near.
pub(super) async fn begin(world: &World) -> Browser {
    world.clock.set(START + Duration::nanoseconds(999_000_000));
    world.browser(0).await
}

pub(super) async fn open(browser: &Browser, receipt: &str) -> Page {
    let page = browser.post("/help", &[("go", "read")]).await;
    browser.press(&page, &[("receipt", receipt)], "open").await
}

/// keys.md: any well-formed receipt costs the same work and is answered with one page of 64 KiB.
#[tokio::test]
async fn right_wrong_withdrawn_and_erased_receipts_are_answered_with_pages_of_one_size() {
    on_both(|world| async move {
        let browser = begin(&world).await;
        let (contact, right) = file(&world, &full_report()).await;
        world.open(&world.ana, contact).await.unwrap();
        reply(&world.desk, &world.ana, contact, "we are here".into(), false).await.unwrap();
        let shown = open(&browser, &right.digits()).await;
        assert!(shown.text().contains("we are here"));
        assert!(!shown.html.contains(CANARY), "the first report is not shown again");

        let words = right.words(plainsight_vault::WordList::english()).join(" ");
        let by_words = open(&browser, &words).await;
        assert!(by_words.text().contains("we are here"));
        let wrong = open(&browser, &Receipt::generate(&mut world.entropy.rng()).digits()).await;
        let ask = browser.press(&shown, &[], "withdraw-ask").await;
        let done = browser.press(&ask, &[], "withdraw").await;
        assert!(done.text().contains("We"), "{}", done.text());
        let withdrawn = open(&browser, &right.digits()).await;
        let (_, unread) = file(&world, &normal()).await;
        let ask = browser.press(&open(&browser, &unread.digits()).await, &[], "withdraw-ask").await;
        browser.press(&ask, &[], "withdraw").await;
        let erased = open(&browser, &unread.digits()).await;

        for page in [&shown, &by_words, &wrong, &withdrawn, &erased] {
            assert_eq!((page.status, page.size), (StatusCode::OK, ANSWER));
            assert_eq!(page.headers.get("content-encoding").unwrap(), "identity", "packing would tell the size of the text");
            page.check_decent();
        }
        let same = |page: &Page| page.html.split("<!--").next().unwrap().to_owned();
        assert_eq!(same(&wrong), same(&withdrawn));
        assert_eq!(same(&wrong), same(&erased));
    })
    .await;
}

#[tokio::test]
async fn the_longest_messages_do_not_break_the_size_and_older_ones_stand_on_the_next_page() {
    on_both(|world| async move {
        let browser = begin(&world).await;
        let (contact, receipt) = file(&world, &normal()).await;
        for text in ["<&>\"", "𐐷", "x"] {
            let text: String = text.repeat(LONGEST_TEXT).chars().take(LONGEST_TEXT - 10).collect();
            reply(&world.desk, &world.ana, contact, text.into(), false).await.unwrap();
            world.clock.advance(Duration::MINUTE);
        }
        let mut page = open(&browser, &receipt.digits()).await;
        for newest_first in ["x", "𐐷", "<&>\""] {
            assert_eq!(page.size, ANSWER, "{newest_first}");
            assert!(page.text().contains(&newest_first.repeat(3)));
            page = browser.press(&page, &[], "older").await;
        }
    })
    .await;
}

/// Nobody is endangered: the mailbox asks, and says at once what happens.
#[tokio::test]
async fn somebody_who_comes_back_in_danger_ticks_one_answer_and_is_told_to_call() {
    on_both(|world| async move {
        let browser = begin(&world).await;
        let (contact, receipt) = file(&world, &normal()).await;
        let page = open(&browser, &receipt.digits()).await;
        // What was ticked comes back beside what is to be mended.
        let long = "z".repeat(LONGEST_TEXT + 1);
        let back = browser.press(&page, &[("danger", "yes"), ("words", &long)], "add").await;
        assert_eq!(back.field("danger"), "yes");
        assert_eq!(world.header(contact).await.alarm.number, 0);
        let told = browser.press(&page, &[("danger", "yes")], "add").await;
        assert_eq!((told.status, told.size), (StatusCode::OK, ANSWER));
        assert!(told.text().contains("call 999 now"), "{}", told.text());
        assert!(told.text().contains("In danger now: Yes"));
        assert_eq!(told.field("danger"), "");
        assert_eq!(world.header(contact).await.alarm.number, 1);
        // Pressed twice it is one; and calm words are no alarm.
        browser.press(&page, &[("danger", "yes")], "add").await;
        let calm = browser.press(&told, &[("words", "I am outside now")], "add").await;
        assert!(!calm.text().contains("We are alerting"));
        assert_eq!(world.header(contact).await.alarm.number, 1);
    })
    .await;
}

/// The mailbox closes by itself: the answer about danger waits for the number as the words do.
#[tokio::test]
async fn what_was_ticked_when_the_mailbox_closed_is_not_lost() {
    on_both(|world| async move {
        let browser = begin(&world).await;
        let (_, receipt) = file(&world, &normal()).await;
        let page = open(&browser, &receipt.digits()).await;
        world.clock.advance(31 * Duration::MINUTE);
        let closed = browser.press(&page, &[("danger", "yes"), ("words", "he is here")], "add").await;
        let again = browser.press(&closed, &[("receipt", &receipt.digits())], "open").await;
        assert_eq!((again.field("danger").as_str(), again.field("words").as_str()), ("yes", "he is here"));
    })
    .await;
}

/// Only a receipt that leads somewhere has messages: one that is broken must not be answered in another way.
#[tokio::test]
async fn a_broken_mailbox_is_answered_in_the_size_of_all_answers() {
    on_both(|world| async move {
        let browser = begin(&world).await;
        let (contact, receipt) = file(&world, &normal()).await;
        reply(&world.desk, &world.ana, contact, "we are here".into(), false).await.unwrap();
        let paper = world.open(&world.ana, contact).await.unwrap().papers[0].0;
        world.tamper("helpline_papers", "at", paper, Some(vec![1, 2, 3])).await;
        let page = open(&browser, &receipt.digits()).await;
        assert_eq!((page.status, page.size), (StatusCode::OK, ANSWER));
        assert!(!page.text().contains("we are here"));
        world.run("ALTER TABLE helpline_papers RENAME COLUMN sealed TO sealed_away").await;
        let busy = open(&browser, &receipt.digits()).await;
        let wrong = open(&browser, &Receipt::generate(&mut world.entropy.rng()).digits()).await;
        for page in [&busy, &wrong] {
            assert_eq!((page.status, page.size), (StatusCode::OK, ANSWER));
            assert!(page.text().contains("press again in a minute"));
        }
    })
    .await;
}

#[tokio::test]
async fn a_receipt_that_cannot_be_one_is_said_at_the_field_with_what_was_typed() {
    on_both(|world| async move {
        let browser = begin(&world).await;
        for typed in ["", "12345", "abandon zzzzzz able able able able able able", "1234567890123456789012345"] {
            let page = open(&browser, typed).await;
            assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY, "{typed}");
            assert_eq!(page.field("receipt"), typed);
            assert!(page.html.contains("govuk-error-message"));
        }
    })
    .await;
}

#[tokio::test]
async fn what_a_reporter_adds_is_said_once_and_what_cannot_be_taken_comes_back() {
    on_both(|world| async move {
        let browser = begin(&world).await;
        let (contact, receipt) = file(&world, &normal()).await;
        let page = open(&browser, &receipt.digits()).await;
        let empty = browser.press(&page, &[("words", "  ")], "add").await;
        assert!(empty.html.contains("govuk-error-message"));
        let long = "z".repeat(LONGEST_TEXT + 1);
        let back = browser.press(&page, &[("words", &long)], "add").await;
        assert_eq!(back.field("words"), long);
        assert_eq!(back.size % ANSWER, 0);
        let added = browser.press(&page, &[("words", "a new fact")], "add").await;
        assert!(added.text().contains("a new fact"));
        assert_eq!((added.field("words").as_str(), added.size), ("", ANSWER));
        // The same page sent twice (a double press) adds nothing more; the next page adds again.
        browser.press(&page, &[("words", "a new fact")], "add").await;
        let again = browser.press(&added, &[("words", "one more")], "add").await;
        assert_eq!(again.html.matches("<article").count(), 2);
        assert!(world.header(contact).await.flags.reporter_wrote);
    })
    .await;
}

/// A mailbox closes by itself; a slow writer loses nothing.
#[tokio::test]
async fn a_mailbox_closes_after_half_an_hour_and_keeps_what_was_being_written() {
    on_both(|world| async move {
        let browser = begin(&world).await;
        let (contact, receipt) = file(&world, &normal()).await;
        reply(&world.desk, &world.ana, contact, "a secret answer".into(), false).await.unwrap();
        let page = open(&browser, &receipt.digits()).await;
        world.clock.advance(Duration::minutes(31));
        let closed = browser.press(&page, &[("words", "written slowly")], "add").await;
        assert!(!closed.html.contains("a secret answer"));
        assert!(closed.text().contains("after half an hour") && !closed.text().contains("more than a day old"));
        assert_eq!(closed.field("words"), "written slowly");
        let opened = browser.press(&closed, &[("receipt", &receipt.digits())], "open").await;
        assert_eq!(opened.field("words"), "written slowly");
        let added = browser.press(&opened, &[], "add").await;
        assert!(added.text().contains("written slowly") && added.field("words").is_empty());
    })
    .await;
}

/// What is written in a mailbox pages nobody: whoever is in danger is told to call, and when nobody reads.
#[tokio::test]
async fn an_open_mailbox_says_whom_to_call_in_danger_and_when_messages_are_read() {
    on_both(|world| async move {
        let browser = Browser::new(crate::public(world.site_with(public_settings(&["mon-fri 09:00-17:00"]), 0).await));
        let (_, receipt) = file(&world, &normal()).await;
        world.clock.set(datetime!(2026-12-01 22:00:00.999 UTC));
        let page = open(&browser, &receipt.digits()).await;
        assert!(page.text().contains("In danger now? Call 999."), "{}", page.text());
        assert!(page.text().contains("Nobody reads messages until"));
        assert_eq!(page.size, ANSWER);
    })
    .await;
}

/// Withdrawing says what became of it: each outcome its own honest sentence.
#[tokio::test]
async fn withdrawing_asks_first_and_says_what_became_of_it() {
    on_both(|world| async move {
        let browser = begin(&world).await;
        let locales = plainsight_pages::Locales::load(None).unwrap();
        let english = locales.english();
        let take_back = async |receipt: &Receipt| {
            let page = open(&browser, &receipt.digits()).await;
            let ask = browser.press(&page, &[], "withdraw-ask").await;
            let kept = browser.press(&ask, &[], "keep").await;
            assert!(kept.html.contains("read-messages") || kept.html.contains("name=\"words\""), "keeping leads back");
            browser.press(&ask, &[], "withdraw").await.text()
        };
        let (_, unread) = file(&world, &normal()).await;
        assert!(take_back(&unread).await.contains(&*english.text("withdrawn-erased")));
        let (contact, read) = file(&world, &normal()).await;
        world.open(&world.ana, contact).await.unwrap();
        assert!(take_back(&read).await.contains(&*english.text("withdrawn-stopped")));
        let (_, danger) = file(&world, &super::world::danger()).await;
        assert!(take_back(&danger).await.contains(&*english.text("withdrawn-danger")));
        let (contact, referred) = file(&world, &normal()).await;
        super::world::refer(&world.desk, &world.ana, contact, super::referring::call(&world)).await.unwrap();
        assert!(take_back(&referred).await.contains(&*english.text("withdrawn-passed-on")));
    })
    .await;
}
