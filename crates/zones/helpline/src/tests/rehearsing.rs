//! Invented contacts go through the same acts as real ones; receipts stand ready for a burst of reports.

use super::world::{MINUTE, normal, on_both};
use crate::rehearsal::{Step, file_invented, take_step};
use crate::trouble::Trouble;

#[tokio::test]
async fn an_invented_story_leaves_what_a_true_one_leaves() {
    on_both(|world| async move {
        let (intake, pepper) = (world.intake().await, world.pepper());
        let reporter = file_invented(&world.desk, &intake, &pepper, &normal(), None).await.unwrap();
        let steps = [
            Step::Open,
            Step::Note("a note".into()),
            Step::Ask("which street?".into()),
            Step::Reply("thank you".into()),
            Step::ReferUrgently { incident_reference: None, told: "passed on".into() },
            Step::MarkSafe("met".into()),
        ];
        for step in steps {
            world.clock.advance(MINUTE);
            take_step(&world.desk, &world.ana, reporter.contact, step).await.unwrap();
        }
        reporter.add(&world.desk, &intake, &pepper, "by the station".into()).await.unwrap();
        world.clock.advance(MINUTE);
        let own = take_step(&world.desk, &world.ana, reporter.contact, Step::Review("fine".into())).await;
        assert!(matches!(own, Err(Trouble::NeedsSecondPerson)), "rehearsals keep the rules too");
        take_step(&world.desk, &world.ben, reporter.contact, Step::Review("right".into())).await.unwrap();
        let flags = world.header(reporter.contact).await.flags;
        assert!(flags.read && flags.acknowledged && flags.referred && flags.safe && !flags.review_due);
        assert_eq!(world.open(&world.ben, reporter.contact).await.unwrap().papers.len(), 7);
    })
    .await;
}

/// A report is never refused for want of a receipt: it waits for the next one.
#[tokio::test]
async fn who_needs_a_receipt_while_none_stands_ready_gets_the_next_one() {
    on_both(|world| async move {
        let pool = world.pool();
        let waiting: Vec<_> = (0..3)
            .map(|_| {
                tokio::spawn({
                    let pool = pool.clone();
                    async move { pool.take(crate::pool::For::Others).await }
                })
            })
            .collect();
        tokio::task::yield_now().await;
        for _ in 0..3 {
            pool.put(world.ready().0);
        }
        let mut given = Vec::new();
        for taken in waiting {
            given.push(taken.await.unwrap().receipt.digits().to_string());
        }
        given.sort();
        given.dedup();
        assert_eq!((given.len(), pool.standing()), (3, 0), "each got one of their own");
    })
    .await;
}

/// The pool fills by itself, with receipts that lead where their root leads.
#[tokio::test]
async fn the_pool_fills_itself_with_receipts_that_open_their_mailbox() {
    on_both(|world| async move {
        let pool = world.pool();
        let filling = tokio::spawn(pool.clone().fill());
        let ready = pool.take(crate::pool::For::Others).await;
        filling.abort();
        let root = pool.stretch(ready.receipt.clone()).await.unwrap();
        assert_eq!(root.locate(&world.pepper()), ready.locate);
        assert_eq!(root.mailbox().public().to_bytes(), ready.mailbox_public.to_bytes());
    })
    .await;
}
