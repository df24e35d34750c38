//! Closing hides nothing that somebody must still do, says why, and is undone by whoever writes next.

use plainsight_people::SignedIn;
use uuid::Uuid;

use super::referring::call;
use super::world::{CANARY, Filed, MINUTE, World, danger, lies_in, mark_safe, normal, on_both, refer};
use crate::acts::answer::reply;
use crate::acts::close::{close, reopen};
use crate::acts::open::Paper;
use crate::acts::refer::review;
use crate::form::FormKey;
use crate::header::{Due, StillOpen};
use crate::message::Mark;
use crate::trouble::Trouble;

fn refused(done: Result<(), Trouble>) -> Option<StillOpen> {
    match done {
        Err(Trouble::StillOpen(reason)) => Some(reason),
        Err(error) => panic!("another trouble: {error}"),
        Ok(()) => None,
    }
}

async fn writes(world: &World, filed: &Filed) {
    let form = FormKey::new(&world.public);
    world.adds(&filed.root, &form, "more", None).await.unwrap();
}

async fn due(world: &World, contact: Uuid) -> Option<Due> {
    world.header(contact).await.next_due().map(|due| due.0)
}

#[tokio::test]
async fn a_danger_is_closed_only_after_it_was_read_dealt_with_and_reviewed() {
    on_both(|world| async move {
        let filed = world.file(&danger()).await;
        let close = async |who: &SignedIn| refused(close(&world.desk, who, filed.contact, "done".into()).await);
        assert_eq!(close(&world.ana).await, Some(StillOpen::Danger));
        world.open(&world.ana, filed.contact).await.unwrap();
        refer(&world.desk, &world.ana, filed.contact, call(&world)).await.unwrap();
        assert_eq!(close(&world.ana).await, Some(StillOpen::Danger), "passing on is not the end of it");
        mark_safe(&world.desk, &world.ana, filed.contact, "police were there".into()).await.unwrap();
        assert_eq!(close(&world.ana).await, Some(StillOpen::Review));
        review(&world.desk, &world.ben, filed.contact, "right".into()).await.unwrap();
        assert_eq!(close(&world.ana).await, None);
        assert_eq!(due(&world, filed.contact).await, None);
        let acts = world.acts().await;
        assert_eq!(acts.iter().filter(|act| *act == "contact.closed").count(), 1, "what was refused left no entry");
        let opened = world.open(&world.ben, filed.contact).await.unwrap();
        assert_eq!(opened.papers.len(), 4, "... and no paper");
    })
    .await;
}

#[tokio::test]
async fn the_reasons_stand_in_the_folder_and_nowhere_in_clear() {
    on_both(|world| async move {
        let filed = world.file(&danger()).await;
        world.open(&world.ana, filed.contact).await.unwrap();
        mark_safe(&world.desk, &world.ana, filed.contact, format!("{CANARY} met by officers").into()).await.unwrap();
        world.clock.advance(MINUTE);
        close(&world.desk, &world.ben, filed.contact, format!("{CANARY} nothing left to do").into()).await.unwrap();
        let opened = world.open(&world.ana, filed.contact).await.unwrap();
        let ends: Vec<_> = opened
            .papers
            .iter()
            .map(|(_, _, paper)| match paper {
                Paper::Note(note) => (note.marks, note.member, note.text.as_str()),
                _ => panic!("only reasons"),
            })
            .collect();
        let (ana, ben) = (world.ana.member.id, world.ben.member.id);
        let expected =
            [(Some(Mark::Safe), ana, "kanarienvogel met by officers"), (Some(Mark::Closed), ben, "kanarienvogel nothing left to do")];
        assert_eq!(ends, expected);
        assert!(!lies_in(&world.everything_stored().await, CANARY));
    })
    .await;
}

#[tokio::test]
async fn nothing_is_closed_unread_not_even_what_was_just_added() {
    on_both(|world| async move {
        let filed = world.file(&normal()).await;
        let close = async || refused(close(&world.desk, &world.ana, filed.contact, "done".into()).await);
        assert_eq!(close().await, Some(StillOpen::Unread));
        world.open(&world.ana, filed.contact).await.unwrap();
        writes(&world, &filed).await;
        assert_eq!(close().await, Some(StillOpen::Unread));
        world.open(&world.ana, filed.contact).await.unwrap();
        assert_eq!(close().await, None);
    })
    .await;
}

#[tokio::test]
async fn a_closed_contact_comes_back_when_the_reporter_writes_or_somebody_takes_it_up() {
    on_both(|world| async move {
        let filed = world.file(&normal()).await;
        let (desk, ana, contact) = (&world.desk, &world.ana, filed.contact);
        let close_again = async || {
            world.open(ana, contact).await.unwrap();
            close(desk, ana, contact, "done".into()).await.unwrap();
            assert_eq!(due(&world, contact).await, None);
        };
        close_again().await;
        reply(desk, ana, contact, "thank you".into(), false).await.unwrap();
        assert_eq!(due(&world, contact).await, None, "a last word is no new work");
        writes(&world, &filed).await;
        assert_eq!(due(&world, contact).await, Some(Due::Read));
        close_again().await;
        reopen(desk, ana, contact).await.unwrap();
        assert_eq!(due(&world, contact).await, Some(Due::Feedback));
        close_again().await;
        reply(desk, ana, contact, "which day?".into(), true).await.unwrap();
        assert!(due(&world, contact).await.is_some() && world.header(contact).await.flags.waiting_for_reporter);
        close_again().await;
        assert!(!world.header(contact).await.flags.waiting_for_reporter, "nobody waits for an answer to what is closed");
        refer(desk, ana, contact, call(&world)).await.unwrap();
        let flags = world.header(contact).await.flags;
        assert!(!flags.closed && flags.review_due);
        assert!(world.acts().await.contains(&"contact.reopened".to_owned()));
    })
    .await;
}
