//! Whoever comes back changes how they may be reached, and tells nothing else.

use axum::http::StatusCode;
use plainsight_vocabulary::ConsentLevel;
use time::Duration;

use super::browser::{Browser, Page};
use super::desk_pages::desk;
use super::public_mailbox::{ANSWER, begin, file, open};
use super::searching::{found, references};
use super::world::{CANARY, Filed, MINUTE, World, danger, full_report, lies_in, normal, on_both};
use crate::acts::answer::reply;
use crate::acts::come_back;
use crate::acts::open::Paper;
use crate::form::FormKey;
use crate::header::Due;
use crate::report::{LONGEST_TEXT, Path, Reach, Report, SafeContact};
use crate::wishes::Wishes;

fn not_at_all() -> SafeContact {
    SafeContact::default()
}

fn by_telephone() -> SafeContact {
    SafeContact {
        reach: Reach::Telephone,
        address: format!("{CANARY} 07700 900777"),
        times: format!("{CANARY} at noon"),
        code_word: format!("{CANARY} green"),
    }
}

async fn holds(world: &World, filed: &Filed) -> (SafeContact, usize) {
    let opened = world.open(&world.ana, filed.contact).await.unwrap();
    let wishes = Wishes::of(&opened.report, &opened.papers);
    (wishes.now.clone(), wishes.earlier.len())
}

#[tokio::test]
async fn changed_wishes_reach_the_desk_sealed_and_are_read_like_any_word() {
    on_both(|world| async move {
        let filed = world.file(&full_report()).await;
        world.open(&world.ana, filed.contact).await.unwrap();
        reply(&world.desk, &world.ana, filed.contact, "what did you see?".into(), true).await.unwrap();
        world.clock.advance(MINUTE);
        world.wishes(&filed.root, &FormKey::new(&world.public), by_telephone()).await.unwrap();
        let header = world.header(filed.contact).await;
        assert!(header.flags.reporter_wrote && header.flags.waiting_for_reporter, "read it; what we asked is still open");
        assert_eq!(header.next_due().map(|due| due.0), Some(Due::Read));
        assert!(!lies_in(&world.everything_stored().await, CANARY));
        assert!(holds(&world, &filed).await == (by_telephone(), 1));
        assert_eq!(world.acts().await.iter().filter(|act| *act == "contact.added_to").count(), 1, "no more than that they wrote");

        // Nobody else holds it, and no other receipt opens it.
        let other = world.file(&normal()).await;
        let theirs = come_back::read(&world.public, &world.pepper(), &other.root).await.unwrap();
        assert!(theirs.messages.is_empty());
    })
    .await;
}

/// One press is one change; and the last press holds, also after going back to an earlier page.
#[tokio::test]
async fn the_last_choice_holds_however_often_and_from_whichever_page_it_is_sent() {
    on_both(|world| async move {
        let filed = world.file(&full_report()).await;
        let form = FormKey::new(&world.public);
        let both =
            futures_util::future::join(world.wishes(&filed.root, &form, not_at_all()), world.wishes(&filed.root, &form, not_at_all()));
        let both = both.await;
        assert!(both.0.is_ok() && both.1.is_ok());
        assert!(holds(&world, &filed).await == (not_at_all(), 1));
        for (number, wishes) in [by_telephone(), not_at_all(), by_telephone(), not_at_all(), not_at_all()].into_iter().enumerate() {
            world.wishes(&filed.root, &form, wishes.clone()).await.unwrap();
            assert!(holds(&world, &filed).await == (wishes, (number + 2).min(5)), "{number}");
        }
    })
    .await;
}

/// A danger that somebody is at: whoever is about to call the old number has to hear of it.
#[tokio::test]
async fn whoever_is_at_a_danger_is_told_that_something_was_written() {
    on_both(|world| async move {
        let filed = world.file(&danger()).await;
        world.open(&world.ana, filed.contact).await.unwrap();
        world.wishes(&filed.root, &FormKey::new(&world.public), not_at_all()).await.unwrap();
        let header = world.header(filed.contact).await;
        assert!(header.alarm.on && !header.alarm.attended);
        assert_eq!(header.alarm.number, 1, "it is no new danger");
    })
    .await;
}

#[tokio::test]
async fn making_oneself_safer_never_pauses_the_dialogue() {
    on_both(|world| async move {
        let filed = world.file(&normal()).await;
        for wishes in [by_telephone(), not_at_all(), by_telephone(), not_at_all()] {
            world.wishes(&filed.root, &FormKey::new(&world.public), wishes).await.unwrap();
        }
        assert!(!world.open(&world.ana, filed.contact).await.unwrap().header.flags.supervisor_due);
        reply(&world.desk, &world.ana, filed.contact, "thank you".into(), false).await.unwrap();
    })
    .await;
}

async fn change(browser: &Browser, receipt: &str, filled: &[(&str, &str)]) -> Page {
    let page = open(browser, receipt).await;
    let ask = browser.press(&page, &[], "wishes-ask").await;
    browser.press(&ask, filled, "wishes").await
}

#[tokio::test]
async fn whoever_comes_back_says_in_three_presses_that_nobody_may_contact_them() {
    on_both(|world| async move {
        let browser = begin(&world).await;
        let (contact, receipt) = file(&world, &Report { path: Path::Me, ..full_report() }).await;
        let page = open(&browser, &receipt.digits()).await;
        let ask = browser.press(&page, &[], "wishes-ask").await;
        ask.check_decent();
        assert_eq!((ask.status, ask.size, ask.field("reach").as_str()), (StatusCode::OK, ANSWER, ""), "nothing is chosen yet");
        assert!(!ask.html.contains(CANARY) && !ask.html.contains("07700"), "what was said before is not shown");
        let nothing = browser.press(&ask, &[], "wishes").await;
        assert_eq!((nothing.size, nothing.summary_targets()), (ANSWER, vec!["reach".to_owned()]));
        nothing.check_decent();
        let wrong = browser.press(&nothing, &[("reach", "telephone"), ("address", "my sister"), ("code-word", "green")], "wishes").await;
        assert_eq!(wrong.summary_targets(), ["address"]);
        assert_eq!((wrong.field("reach").as_str(), wrong.field("address").as_str()), ("telephone", "my sister"));
        assert!(!world.header(contact).await.flags.reporter_wrote, "nothing is stored yet");

        let done = browser.press(&wrong, &[("reach", "nobody")], "wishes").await;
        done.check_decent();
        assert_eq!((done.status, done.size), (StatusCode::OK, ANSWER));
        let text = done.text();
        assert!(text.contains("This is now how we may contact you") && text.contains("No, do not contact me"), "{text}");
        let opened = world.open(&world.ana, contact).await.unwrap();
        let Paper::Message(message) = &opened.papers[0].2 else { panic!("a message") };
        assert!(message.wishes == Some(not_at_all()) && message.text.is_empty() && message.danger.is_none());

        // Going back changes nothing.
        let ask = browser.press(&done, &[], "wishes-ask").await;
        let kept = browser.press(&ask, &[("reach", "email"), ("address", "ana@example.org")], "keep").await;
        assert!(kept.html.contains("name=\"words\""));
        assert_eq!(world.open(&world.ana, contact).await.unwrap().papers.len(), 1);
    })
    .await;
}

/// Somebody else may hold the phone when the messages are read.
#[tokio::test]
async fn the_mailbox_never_shows_a_number_or_the_word_that_we_say_first() {
    on_both(|world| async move {
        let browser = begin(&world).await;
        let (_, receipt) = file(&world, &normal()).await;
        let filled = [("reach", "text"), ("address", "07700 900777"), ("times", "at noon"), ("code-word", "greenfinch")];
        let done = change(&browser, &receipt.digits(), &filled).await;
        assert!(done.text().contains("By text message"));
        for page in [&done, &open(&browser, &receipt.digits()).await] {
            for secret in ["07700", "at noon", "greenfinch"] {
                assert!(!page.html.contains(secret), "{secret}");
            }
        }
    })
    .await;
}

#[tokio::test]
async fn nothing_typed_on_either_page_is_lost() {
    on_both(|world| async move {
        let browser = begin(&world).await;
        let (contact, receipt) = file(&world, &normal()).await;
        let page = open(&browser, &receipt.digits()).await;
        let half = [("words", "a half sentence"), ("danger", "not-sure")];
        let ask = browser.press(&page, &half, "wishes-ask").await;
        let done = browser.press(&ask, &[("reach", "receipt")], "wishes").await;
        assert_eq!((done.field("words").as_str(), done.field("danger").as_str()), ("a half sentence", "not-sure"));
        assert!(!done.html.contains("In danger now: "), "the half sentence was not sent");

        // The mailbox closes by itself while somebody writes.
        let ask = browser.press(&done, &[], "wishes-ask").await;
        world.clock.advance(Duration::minutes(31));
        let filled = [("reach", "email"), ("address", "ana@example.org"), ("times", "\u{e9}t\u{e9} \"noon\" <b>")];
        let closed = browser.press(&ask, &filled, "wishes").await;
        assert!(closed.text().contains("after half an hour"));
        let again = browser.press(&closed, &[("receipt", &receipt.digits())], "open").await;
        assert_eq!(again.size, ANSWER);
        for (name, value) in filled.into_iter().chain(half) {
            assert_eq!(again.field(name), value, "{name}");
        }
        let done = browser.press(&again, &[], "wishes").await;
        assert_eq!(done.field("words"), "a half sentence");
        let opened = world.open(&world.ana, contact).await.unwrap();
        assert_eq!(Wishes::of(&opened.report, &opened.papers).now.address, "ana@example.org");
        let long = browser.press(&done, &[("words", &"<".repeat(LONGEST_TEXT))], "wishes-ask").await;
        assert_eq!((long.field("words").len(), long.size % ANSWER), (LONGEST_TEXT, 0));
    })
    .await;
}

#[tokio::test]
async fn the_desk_shows_what_holds_and_folds_away_what_does_not() {
    on_both(|world| async move {
        let report = Report { naming: Some(ConsentLevel::Anonymous), ..full_report() };
        let (filed, other) = (world.file(&report).await, world.file(&Report { words: "call 07700 900123".into(), ..normal() }).await);
        let desk = desk(&world, &world.ana);
        let card = |page: &Page| {
            let card = page.html.split("id=\"safe-contact\"").nth(1).unwrap().split("</section>").next().unwrap().to_owned();
            let (holds, earlier) = card.split_once("<details").unwrap_or((&card, ""));
            (holds.to_owned(), earlier.to_owned())
        };
        let path = format!("/helpline/contacts/{}", filed.contact);
        let (holds, earlier) = card(&desk.get(&path).await);
        assert!(holds.contains("07700 900123") && earlier.is_empty() && !holds.contains("Changed by"));

        world.clock.advance(Duration::days(2));
        world.wishes(&filed.root, &FormKey::new(&world.public), by_telephone()).await.unwrap();
        world.wishes(&filed.root, &FormKey::new(&world.public), not_at_all()).await.unwrap();
        let page = desk.get(&path).await;
        page.check_decent();
        let (holds, earlier) = card(&page);
        assert!(holds.contains("Do not contact this person") && !holds.contains("07700"), "{holds}");
        assert!(holds.contains("3 December 2026"), "{holds}");
        assert!(earlier.contains("No longer safe to use") && earlier.contains("<s "), "{earlier}");
        let place = |text: &str| earlier.find(text).expect("an earlier way");
        assert!(place("07700 900777") < place("07700 900123"), "newest first");
        let rest = page.html.replace(&earlier, "");
        assert!(!rest.contains("07700 900777") && !rest.contains("07700 900123"), "nowhere else on the page");
        assert_eq!(page.text().matches("changed how they may be reached").count(), 2);
        // The number leads to another contact still, and is not shown as one to call.
        assert!(page.text().contains("no longer safe to use)"), "{}", page.text());
        let theirs = desk.get(&format!("/helpline/contacts/{}", other.contact)).await;
        assert!(!theirs.text().contains("no longer safe to use)"), "there it is what they wrote");

        for (text, contacts) in [("07700 900777", vec![filed.contact]), ("07700 900123", vec![filed.contact, other.contact])] {
            assert_eq!(found(&world, &world.ana, text).await, references(&contacts), "{text}");
        }
    })
    .await;
}

/// Somebody who can write to the database breaks the message in which a number was taken back.
#[tokio::test]
async fn a_broken_message_is_no_reason_to_use_the_old_number() {
    on_both(|world| async move {
        let filed = world.file(&full_report()).await;
        world.wishes(&filed.root, &FormKey::new(&world.public), not_at_all()).await.unwrap();
        let paper = world.open(&world.ana, filed.contact).await.unwrap().papers[0].0;
        world.tamper("helpline_papers", "sealed", paper, Some(vec![1, 2, 3])).await;
        let page = desk(&world, &world.ana).get(&format!("/helpline/contacts/{}", filed.contact)).await;
        assert!(page.text().contains("They may have changed this. Do not contact them"), "{}", page.text());
    })
    .await;
}
