//! Danger that is said or seen after the first report.

use plainsight_vocabulary::{Answer, Urgency};
use time::Duration;

use super::paging::{Night, TEAM, on_rota};
use super::referring::call;
use super::world::{CANARY, Filed, MINUTE, World, danger, normal, on_both};
use crate::acts::close::close;
use crate::acts::come_back;
use crate::acts::danger::{mark_danger, mark_safe};
use crate::acts::open::Paper;
use crate::acts::refer::refer;
use crate::form::{FormKey, Written};
use crate::header::{Due, StillOpen};
use crate::jobs::DANGER_PAGE;
use crate::message::Mark;
use crate::report::Report;
use crate::trouble::Trouble;

async fn says(world: &World, filed: &Filed, text: &str, danger: Answer) {
    world.adds(&filed.root, &FormKey::new(&world.public), text, Some(danger)).await.unwrap();
}

/// Nobody is endangered: what a reporter says of danger counts whenever they say it, text or none.
#[tokio::test]
async fn a_reporter_who_comes_back_in_danger_starts_the_clock_and_the_alarm_even_in_a_closed_contact() {
    on_both(|world| async move {
        let night = Night::begin(&world).await;
        on_rota(&world, &world.ben).await;
        let filed = world.file(&normal()).await;
        world.open(&world.ana, filed.contact).await.unwrap();
        close(&world.desk, &world.ana, filed.contact, "nothing more to do".into()).await.unwrap();
        world.clock.advance(Duration::days(7));
        says(&world, &filed, "", Answer::Yes).await;
        let header = world.header(filed.contact).await;
        assert_eq!((header.urgency, header.flags.closed), (Urgency::Danger, false));
        let (due, by) = header.next_due().unwrap();
        assert_eq!((due, by), (Due::Danger, world.now().replace_nanosecond(0).unwrap() + 15 * MINUTE));
        assert_eq!(night.tick(&world).await, ["ben@pager.example.org"]);
        world.clock.advance(16 * MINUTE);
        assert_eq!(night.tick(&world).await, TEAM);
        // The reporter sees that it arrived.
        let mailbox = come_back::read(&world.public, &world.pepper(), &filed.root).await.unwrap();
        assert_eq!(mailbox.messages.iter().map(|message| message.danger).collect::<Vec<_>>(), [Some(Answer::Yes)]);
        let opened = world.open(&world.ana, filed.contact).await.unwrap();
        assert!(matches!(&opened.papers.last().unwrap().2, Paper::Message(message) if message.danger == Some(Answer::Yes)));
    })
    .await;
}

#[tokio::test]
async fn a_danger_that_is_said_again_after_it_was_dealt_with_or_passed_on_pages_again_and_once() {
    on_both(|world| async move {
        let night = Night::begin(&world).await;
        on_rota(&world, &world.ben).await;
        let (safe, passed) = (world.file(&danger()).await, world.file(&danger()).await);
        assert_eq!(night.tick(&world).await.len(), 2);
        mark_safe(&world.desk, &world.ana, safe.contact, "she is out".into()).await.unwrap();
        refer(&world.desk, &world.ana, passed.contact, call(&world)).await.unwrap();
        world.clock.advance(20 * MINUTE);
        assert!(night.tick(&world).await.is_empty());
        for filed in [&safe, &passed] {
            says(&world, filed, "he has come back", Answer::Yes).await;
            assert_eq!(night.tick(&world).await, ["ben@pager.example.org"]);
        }
        // Said twice, the later alarm takes the place of the earlier one.
        says(&world, &safe, "please", Answer::Yes).await;
        assert_eq!(night.tick(&world).await, ["ben@pager.example.org"]);
        world.open(&world.ana, passed.contact).await.unwrap();
        mark_safe(&world.desk, &world.ana, passed.contact, "police are there".into()).await.unwrap();
        world.clock.advance(16 * MINUTE);
        assert_eq!(night.tick(&world).await, TEAM, "one alarm of one contact");
    })
    .await;
}

/// Between the page and the press the reporter may write: what nobody has read is not dealt with.
#[tokio::test]
async fn nothing_unread_is_silenced_by_marking_or_passing_on_what_came_before() {
    on_both(|world| async move {
        let night = Night::begin(&world).await;
        let (safe, passed) = (world.file(&danger()).await, world.file(&danger()).await);
        night.tick(&world).await;
        for filed in [&safe, &passed] {
            world.open(&world.ana, filed.contact).await.unwrap();
            says(&world, filed, "he has taken the child", Answer::Yes).await;
        }
        night.tick(&world).await;
        let refused = mark_safe(&world.desk, &world.ana, safe.contact, "she is out".into()).await;
        assert!(matches!(refused, Err(Trouble::StillOpen(StillOpen::Unread))));
        refer(&world.desk, &world.ana, passed.contact, call(&world)).await.unwrap();
        world.clock.advance(16 * MINUTE);
        assert_eq!(night.tick(&world).await.len(), 2 * TEAM.len());
        // Read, the first is marked; nothing of the refused mark was kept.
        let opened = world.open(&world.ana, safe.contact).await.unwrap();
        assert_eq!(opened.papers.len(), 1);
        mark_safe(&world.desk, &world.ana, safe.contact, "both are out".into()).await.unwrap();
        refer(&world.desk, &world.ana, passed.contact, call(&world)).await.unwrap();
        world.clock.advance(16 * MINUTE);
        assert_eq!(night.tick(&world).await, TEAM, "what was written meanwhile has still to be read");
        world.open(&world.ana, passed.contact).await.unwrap();
        refer(&world.desk, &world.ana, passed.contact, call(&world)).await.unwrap();
        world.clock.advance(16 * MINUTE);
        assert!(night.tick(&world).await.is_empty());
    })
    .await;
}

/// A form sent twice is one message and one alarm.
#[tokio::test]
async fn the_same_danger_sent_twice_is_one() {
    on_both(|world| async move {
        let filed = world.file(&normal()).await;
        let form = FormKey::new(&world.public);
        for _ in 0..2 {
            world.adds(&filed.root, &form, "he is here", Some(Answer::Yes)).await.unwrap();
        }
        assert_eq!(world.header(filed.contact).await.alarm.number, 1);
        assert_eq!(world.waiting_jobs().await.len(), 1);
        // With another answer it is another thing that was said.
        world.adds(&filed.root, &form, "he is here", Some(Answer::No)).await.unwrap();
        assert_eq!(world.open(&world.ana, filed.contact).await.unwrap().papers.len(), 2);
    })
    .await;
}

#[tokio::test]
async fn who_is_not_sure_of_a_danger_wakes_nobody_and_is_read_soon() {
    on_both(|world| async move {
        let first = world.file(&Report { danger: Some(Answer::NotSure), ..normal() }).await;
        let later = world.file(&normal()).await;
        says(&world, &later, "perhaps", Answer::NotSure).await;
        for filed in [&first, &later] {
            let header = world.header(filed.contact).await;
            assert_eq!(header.urgency, Urgency::Soon);
            assert_eq!(header.next_due(), Some((Due::Read, world.now().replace_nanosecond(0).unwrap() + Duration::HOUR)));
        }
        assert!(world.waiting_jobs().await.is_empty());
    })
    .await;
}

/// One adviser alone can always act on danger, and says why.
#[tokio::test]
async fn an_adviser_who_reads_danger_out_of_a_report_marks_it_and_pages() {
    on_both(|world| async move {
        let night = Night::begin(&world).await;
        on_rota(&world, &world.ben).await;
        let filed = world.file(&normal()).await;
        world.open(&world.ana, filed.contact).await.unwrap();
        let reason = Written { text: format!("{CANARY} she writes from a locked room"), form: Some(FormKey::new(&world.desk)) };
        for _ in 0..2 {
            mark_danger(&world.desk, &world.ana, filed.contact, reason.clone(), 15 * MINUTE).await.unwrap();
        }
        assert_eq!(night.tick(&world).await, ["ben@pager.example.org"]);
        assert_eq!(world.header(filed.contact).await.next_due().map(|due| due.0), Some(Due::Danger));
        let opened = world.open(&world.ben, filed.contact).await.unwrap();
        let notes: Vec<_> =
            opened.papers.iter().map(|(_, _, paper)| matches!(paper, Paper::Note(note) if note.marks == Some(Mark::Danger))).collect();
        assert_eq!(notes, [true], "pressed twice it is one");
        assert_eq!(world.acts().await.iter().filter(|act| *act == "contact.marked_danger").count(), 1);
        let outsider = mark_danger(&world.desk, &world.new, filed.contact, "x".into(), MINUTE).await;
        assert!(matches!(outsider, Err(Trouble::NotFound)));
        assert_eq!(world.waiting_jobs().await.iter().filter(|(kind, _)| kind == DANGER_PAGE).count(), 1);
    })
    .await;
}
