//! No clock passes unheard: the worker looks at all of them, and tells who is on call, then the team.

use plainsight_people::acts::rota::add_absence;
use plainsight_vocabulary::Answer;
use time::Duration;
use time::macros::datetime;

use super::paging::{Night, TEAM, on_rota};
use super::world::{COMMAND_LINE, MINUTE, World, danger, normal, on_both, refer};
use crate::acts::answer::reply;
use crate::acts::close::close;
use crate::report::{Path, Report};
use crate::tests::referring::call;

const BEN: [&str; 1] = ["ben@pager.example.org"];

/// Moves the clock on and looks; the pages that a danger sends by itself are not among them.
async fn later(world: &World, night: &Night, by: Duration) -> Vec<String> {
    world.clock.advance(by);
    night.look().await
}

#[tokio::test]
async fn who_is_on_call_is_told_when_a_clock_passes_then_the_team_until_it_is_done() {
    on_both(|world| async move {
        let night = Night::begin(&world).await;
        on_rota(&world, &world.ben).await;
        let filed = world.file(&Report { path: Path::Me, ..normal() }).await;
        assert!(night.look().await.is_empty());
        assert!(later(&world, &night, 59 * MINUTE).await.is_empty());
        assert_eq!(later(&world, &night, MINUTE).await, BEN);
        assert!(night.look().await.is_empty(), "told once");
        assert!(later(&world, &night, 14 * MINUTE).await.is_empty());
        assert_eq!(later(&world, &night, MINUTE).await, TEAM);
        assert_eq!(later(&world, &night, Duration::HOUR).await, TEAM, "and again, while somebody waits who wrote of themselves");
        world.open(&world.ana, filed.contact).await.unwrap();
        assert!(later(&world, &night, Duration::hours(2)).await.is_empty());
        let told = world.acts().await.into_iter().filter(|act| act == "alarm.clock_passes").count();
        assert_eq!(told, 3);
        // It was read at noon; the answer is due the next morning, in staffed hours.
        assert_eq!(later(&world, &night, Duration::hours(22)).await, TEAM, "the rota has nobody on a Wednesday");
        reply(&world.desk, &world.ana, filed.contact, "thank you".into(), false).await.unwrap();
        assert!(later(&world, &night, Duration::days(20)).await.is_empty());
    })
    .await;
}

#[tokio::test]
async fn a_team_is_told_once_of_many_and_nothing_is_told_of_what_is_closed() {
    on_both(|world| async move {
        let night = Night::begin(&world).await;
        let mut contacts = Vec::new();
        for _ in 0..5 {
            contacts.push(world.file(&normal()).await.contact);
            world.clock.advance(10 * MINUTE);
        }
        let (done, left) = contacts.split_first().unwrap();
        world.open(&world.ana, *done).await.unwrap();
        close(&world.desk, &world.ana, *done, "nothing to do".into()).await.unwrap();
        assert_eq!(later(&world, &night, Duration::hours(4)).await, TEAM, "nobody is on the rota: the team is told");
        assert!(later(&world, &night, 30 * MINUTE).await.is_empty());
        for contact in left {
            assert_eq!(world.header(*contact).await.told.rounds, 1);
        }
        assert_eq!(world.header(*done).await.told.rounds, 0);
        // The desk is closed at night: the team hears of it in the morning, once for all that is late by then.
        assert!(later(&world, &night, Duration::hours(8)).await.is_empty());
        world.clock.set(datetime!(2026-12-02 09:00:20 UTC));
        assert_eq!(night.look().await, TEAM);
        assert!(later(&world, &night, Duration::hours(1)).await.is_empty());
    })
    .await;
}

#[tokio::test]
async fn when_nobody_can_be_told_it_is_tried_again_and_who_is_away_is_not_counted_on() {
    on_both(|world| async move {
        let night = Night::begin(&world).await;
        on_rota(&world, &world.ben).await;
        let now = world.now();
        add_absence(&world.people, COMMAND_LINE, world.ben.member.id, now - Duration::HOUR, now + Duration::days(3)).await.unwrap();
        let filed = world.file(&Report { child: Some(Answer::NotSure), ..normal() }).await;
        night.cut(true);
        assert!(later(&world, &night, Duration::HOUR).await.is_empty());
        assert_eq!(world.header(filed.contact).await.told.rounds, 0, "nobody was told, so nothing is written down");
        night.cut(false);
        assert_eq!(later(&world, &night, MINUTE).await, TEAM, "ben is away");
    })
    .await;
}

#[tokio::test]
async fn a_danger_that_was_passed_on_is_asked_about_after_a_day() {
    on_both(|world| async move {
        let night = Night::begin(&world).await;
        let filed = world.file(&danger()).await;
        refer(&world.desk, &world.ana, filed.contact, call(&world)).await.unwrap();
        assert!(later(&world, &night, Duration::hours(23)).await.is_empty());
        assert_eq!(later(&world, &night, Duration::hours(2)).await, TEAM);
    })
    .await;
}
