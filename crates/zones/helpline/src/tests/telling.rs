//! What became of a report comes back to whoever holds the receipt, in a fixed sentence and when an adviser releases it.

use axum::http::StatusCode;
use plainsight_pages::Locales;
use plainsight_vault::envelope;
use time::Duration;

use super::desk_pages::desk;
use super::public_mailbox::{ANSWER, begin, file, open as open_mailbox};
use super::referring::call;
use super::world::{CANARY, MINUTE, danger, full_report, normal, on_both, refer};
use crate::acts::answer::reply;
use crate::acts::close::{close, reopen};
use crate::acts::come_back;
use crate::acts::tell::tell;
use crate::acts::withdraw::withdraw;
use crate::form::FormKey;
use crate::header::Due;
use crate::message::From;
use crate::outcome::Outcome;
use crate::report::Report;
use crate::trouble::Trouble;

#[tokio::test]
async fn being_told_fulfils_the_clock_of_the_feedback_until_the_reporter_writes() {
    on_both(|world| async move {
        let filed = world.file(&normal()).await;
        world.open(&world.ana, filed.contact).await.unwrap();
        reply(&world.desk, &world.ana, filed.contact, "thank you".into(), false).await.unwrap();
        let due = async || world.header(filed.contact).await.next_due().map(|due| due.0);
        assert_eq!(due().await, Some(Due::Feedback));
        world.clock.advance(MINUTE);
        tell(&world.desk, &world.ana, filed.contact, Outcome::Kept, None).await.unwrap();
        assert_eq!(due().await, None);
        let messages = come_back::read(&world.public, &world.pepper(), &filed.root).await.unwrap().messages;
        let told = messages.last().unwrap();
        assert_eq!((told.from, told.outcome, told.text.as_str(), told.at.minute()), (From::Desk, Some(Outcome::Kept), "", 0));
        let entry = world.ledger().await.pop().unwrap();
        assert_eq!((entry.act.as_str(), entry.detail), ("contact.outcome_told", serde_json::json!({})), "not which sentence");

        // Two months later they write: it is read, and told of within 28 days of then.
        world.clock.advance(Duration::days(60));
        world.adds(&filed.root, &FormKey::new(&world.public), "it goes on", None).await.unwrap();
        assert_eq!(due().await, Some(Due::Read));
        let header = world.open(&world.ana, filed.contact).await.unwrap().header;
        let (what, by) = header.next_due().unwrap();
        assert_eq!(what, Due::Feedback);
        assert!(by > world.now() + Duration::days(27) && by <= world.now() + Duration::days(28), "{by}");
    })
    .await;
}

#[tokio::test]
async fn a_contact_of_which_was_told_can_be_closed_and_whoever_opens_it_again_owes_a_word() {
    on_both(|world| async move {
        let filed = world.file(&normal()).await;
        world.open(&world.ana, filed.contact).await.unwrap();
        tell(&world.desk, &world.ana, filed.contact, Outcome::LookedIntoNothingMore, None).await.unwrap();
        close(&world.desk, &world.ana, filed.contact, "nothing more to do".into()).await.unwrap();
        reopen(&world.desk, &world.ana, filed.contact).await.unwrap();
        assert_eq!(world.header(filed.contact).await.next_due().map(|due| due.0), Some(Due::Feedback));
    })
    .await;
}

/// A danger is not done with because somebody was told of it.
#[tokio::test]
async fn being_told_hides_no_danger_and_nothing_unread() {
    on_both(|world| async move {
        let filed = world.file(&danger()).await;
        world.open(&world.ana, filed.contact).await.unwrap();
        tell(&world.desk, &world.ana, filed.contact, Outcome::Advised, None).await.unwrap();
        assert_eq!(world.header(filed.contact).await.next_due().map(|due| due.0), Some(Due::Danger));
        let other = world.file(&normal()).await;
        world.open(&world.ana, other.contact).await.unwrap();
        world.adds(&other.root, &FormKey::new(&world.public), "written meanwhile", None).await.unwrap();
        tell(&world.desk, &world.ana, other.contact, Outcome::Kept, None).await.unwrap();
        let header = world.header(other.contact).await;
        assert_eq!(header.next_due().map(|due| due.0), Some(Due::Read));
        let header = world.open(&world.ana, other.contact).await.map(|opened| opened.header).unwrap();
        assert_eq!(header.next_due().map(|due| due.0), Some(Due::Feedback), "of what they wrote they were not told");
    })
    .await;
}

#[tokio::test]
async fn nobody_is_told_that_it_was_passed_on_before_it_was() {
    on_both(|world| async move {
        let filed = world.file(&normal()).await;
        let desk = desk(&world, &world.ana);
        let path = format!("/helpline/contacts/{}", filed.contact);
        let page = desk.get(&path).await;
        page.check_decent();
        assert!(!page.html.contains("value=\"passed-on\"") && page.html.contains("value=\"kept\""));
        let refused = desk.post(&format!("{path}/tell"), &[("outcome", "passed-on")]).await;
        assert_eq!((refused.status, refused.summary_targets()), (StatusCode::UNPROCESSABLE_ENTITY, vec!["outcome".to_owned()]));
        let early = tell(&world.desk, &world.ana, filed.contact, Outcome::PassedOn, None).await;
        assert!(matches!(early, Err(Trouble::NothingPassedOn)));
        let empty = desk.post(&format!("{path}/tell"), &[("outcome", "whatever")]).await;
        empty.check_decent();
        assert_eq!(empty.summary_targets(), ["outcome"]);
        assert!(!world.acts().await.contains(&"contact.outcome_told".to_owned()));

        refer(&world.desk, &world.ana, filed.contact, call(&world)).await.unwrap();
        let page = desk.get(&path).await;
        assert!(page.html.contains("value=\"passed-on\""));
        let key = page.html.split("id=\"tell-form\"").nth(1).unwrap().split("name=\"form\" value=\"").nth(1).unwrap();
        let key = key.split('"').next().unwrap().to_owned();
        let before = world.open(&world.ana, filed.contact).await.unwrap().papers.len();
        for _ in 0..2 {
            let told = desk.post(&format!("{path}/tell"), &[("outcome", "passed-on"), ("form", &key)]).await;
            assert_eq!(told.status, StatusCode::SEE_OTHER);
        }
        assert_eq!(world.open(&world.ana, filed.contact).await.unwrap().papers.len(), before + 1, "one press, one sentence");
        let text = desk.get(&path).await.text();
        assert!(text.contains("Told what became of it, by") && text.contains("We told people whose job it is"), "{text}");
    })
    .await;
}

/// The adviser sees what they release in the language in which it will be read; the reporter reads it in theirs.
#[tokio::test]
async fn the_sentence_is_read_in_the_readers_language_and_says_nothing_of_the_report() {
    on_both(|world| async move {
        let locales = Locales::load(None).unwrap();
        let sentence = |tag: &str| locales.find(tag).unwrap().text(&Outcome::HelpOffered.key()).into_owned();
        let browser = begin(&world).await;
        let (contact, receipt) = file(&world, &Report { language: "ro".into(), ..full_report() }).await;
        let desk = desk(&world, &world.ana);
        let page = desk.get(&format!("/helpline/contacts/{contact}")).await;
        assert!(page.text().contains(&sentence("en")) && page.text().contains(&sentence("ro")), "{}", page.text());
        desk.post(&format!("/helpline/contacts/{contact}/tell"), &[("outcome", "help-offered")]).await;
        let english = open_mailbox(&browser, &receipt.digits()).await;
        let romanian = world.browser(0).await.query("?lang=ro");
        let romanian = open_mailbox(&romanian, &receipt.digits()).await;
        for (page, tag) in [(&english, "en"), (&romanian, "ro")] {
            page.check_decent();
            assert_eq!(page.size, ANSWER);
            assert!(page.text().contains(&sentence(tag)), "{}", page.text());
            assert!(!page.html.contains(CANARY) && !page.html.contains("Ana"));
        }
    })
    .await;
}

#[tokio::test]
async fn whom_no_answer_reaches_is_told_nothing_and_nobody_can_tell_in_the_desks_name() {
    on_both(|world| async move {
        let filed = world.file(&normal()).await;
        world.open(&world.ana, filed.contact).await.unwrap();
        let stranger = tell(&world.desk, &world.new, filed.contact, Outcome::Kept, None).await;
        assert!(matches!(stranger, Err(Trouble::NotFound)));
        tell(&world.desk, &world.ana, filed.contact, Outcome::Kept, None).await.unwrap();
        let paper = crate::records::papers::of_contact(world.db.content().read(), world.organisation, filed.contact).await.unwrap();
        let place = world.public.paper_envelope(plainsight_vault::Kind::Message, filed.contact, paper[0].id);
        assert!(envelope::open(&paper[0].sealed, &place, &filed.root.mailbox()).is_err(), "it is signed, as a reply is");
        for text in ["one", "two"] {
            world.adds(&filed.root, &FormKey::new(&world.public), text, None).await.unwrap();
        }
        let paused = tell(&world.desk, &world.ana, filed.contact, Outcome::Kept, None).await;
        assert!(matches!(paused, Err(Trouble::Paused)));
        withdraw(&world.public, &world.pepper(), &filed.root).await.unwrap();
        let gone = tell(&world.desk, &world.ana, filed.contact, Outcome::Kept, None).await;
        assert!(matches!(gone, Err(Trouble::Withdrawn)));
        let page = desk(&world, &world.ana).get(&format!("/helpline/contacts/{}", filed.contact)).await;
        assert!(!page.html.contains("tell-form"));
    })
    .await;
}
