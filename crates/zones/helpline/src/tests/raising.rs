//! Danger that is said or seen after the first report.

use plainsight_vocabulary::{Answer, Urgency};
use time::Duration;

use super::paging::{Night, TEAM, on_rota};
use super::referring::call;
use super::world::{CANARY, Filed, MINUTE, World, danger, mark_safe, normal, on_both, refer};
use crate::acts;
use crate::acts::close::close;
use crate::acts::come_back;
use crate::acts::danger::mark_danger;
use crate::acts::open::Paper;
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
        assert_eq!(night.tick(&world).await, TEAM);
        world.open(&world.ana, passed.contact).await.unwrap();
        mark_safe(&world.desk, &world.ana, passed.contact, "police are there".into()).await.unwrap();
        world.clock.advance(16 * MINUTE);
        assert_eq!(night.tick(&world).await, TEAM, "one alarm of one contact");
    })
    .await;
}

/// Who is on call may sleep: calling for help again must bring more people, never put them off.
#[tokio::test]
async fn whoever_calls_for_help_every_ten_minutes_keeps_nobody_from_being_told() {
    on_both(|world| async move {
        let night = Night::begin(&world).await;
        on_rota(&world, &world.ben).await;
        let filed = world.file(&danger()).await;
        assert_eq!(night.tick(&world).await, ["ben@pager.example.org"]);
        for _ in 0..3 {
            world.clock.advance(10 * MINUTE);
            says(&world, &filed, "please", Answer::Yes).await;
            assert_eq!(night.tick(&world).await, TEAM);
        }
    })
    .await;
}

/// Those who were told by telephone cannot know what is written here: somebody has to read it and tell them.
#[tokio::test]
async fn whatever_is_written_after_a_danger_was_passed_on_pages_and_has_a_clock() {
    on_both(|world| async move {
        let night = Night::begin(&world).await;
        on_rota(&world, &world.ben).await;
        for answer in [None, Some(Answer::NotSure), Some(Answer::No)] {
            let filed = world.file(&danger()).await;
            night.tick(&world).await;
            world.open(&world.ana, filed.contact).await.unwrap();
            refer(&world.desk, &world.ana, filed.contact, call(&world)).await.unwrap();
            world.clock.advance(16 * MINUTE);
            assert!(night.tick(&world).await.is_empty());
            world.adds(&filed.root, &FormKey::new(&world.public), "they moved her to another house", answer).await.unwrap();
            assert_eq!(night.tick(&world).await, ["ben@pager.example.org"], "{answer:?}");
            let by = world.now().replace_nanosecond(0).unwrap() + Duration::HOUR;
            assert_eq!(world.header(filed.contact).await.due_by(), Some(by));
            mark_safe(&world.desk, &world.ana, filed.contact, "x".into()).await.unwrap_err();
            world.open(&world.ana, filed.contact).await.unwrap();
            mark_safe(&world.desk, &world.ana, filed.contact, "the police know".into()).await.unwrap();
        }
    })
    .await;
}

/// A page that was opened before another alarm went off silences nothing, though a colleague has read it since.
#[tokio::test]
async fn what_was_not_on_the_page_of_whoever_decides_is_not_silenced() {
    on_both(|world| async move {
        let night = Night::begin(&world).await;
        let (safe, passed) = (world.file(&danger()).await, world.file(&danger()).await);
        night.tick(&world).await;
        for filed in [&safe, &passed] {
            let saw = world.open(&world.ana, filed.contact).await.unwrap().header.alarm.number;
            says(&world, filed, "he has a knife", Answer::Yes).await;
            world.open(&world.ben, filed.contact).await.unwrap();
            if filed.contact == safe.contact {
                let refused = acts::danger::mark_safe(&world.desk, &world.ana, filed.contact, "she is out".into(), saw).await;
                assert!(matches!(refused, Err(Trouble::StillOpen(StillOpen::Unread))));
            } else {
                acts::refer::refer(&world.desk, &world.ana, filed.contact, call(&world), saw).await.unwrap();
            }
            assert!(world.header(filed.contact).await.alarm.on);
        }
    })
    .await;
}

/// The page of Back still holds the words that were sent: sent again after they were dealt with, they are said again.
#[tokio::test]
async fn the_same_words_of_danger_after_it_was_dealt_with_are_another_danger() {
    on_both(|world| async move {
        let night = Night::begin(&world).await;
        on_rota(&world, &world.ben).await;
        let filed = world.file(&normal()).await;
        let form = FormKey::new(&world.public);
        let marks = Written { text: "she writes from a locked room".into(), form: Some(FormKey::new(&world.desk)) };
        for round in 1..3 {
            for _ in 0..2 {
                world.adds(&filed.root, &form, "he is here", Some(Answer::Yes)).await.unwrap();
            }
            assert_eq!(night.tick(&world).await, ["ben@pager.example.org"]);
            let opened = world.open(&world.ana, filed.contact).await.unwrap();
            let said = opened.papers.iter().filter(|(_, _, paper)| matches!(paper, Paper::Message(_))).count();
            assert_eq!(said, round, "the desk sees that it was said again");
            mark_safe(&world.desk, &world.ana, filed.contact, "he has gone".into()).await.unwrap();
        }
        // And at the desk.
        for round in 1..3 {
            for _ in 0..2 {
                mark_danger(&world.desk, &world.ana, filed.contact, marks.clone(), 15 * MINUTE).await.unwrap();
            }
            assert_eq!(night.tick(&world).await, ["ben@pager.example.org"]);
            assert_eq!(world.acts().await.iter().filter(|act| *act == "contact.marked_danger").count(), round);
            mark_safe(&world.desk, &world.ana, filed.contact, "she is out".into()).await.unwrap();
        }
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
