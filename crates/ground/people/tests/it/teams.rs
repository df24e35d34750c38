//! Team keys: who gets one, who loses it, and what an old one opens.

use plainsight_people::acts::member::close_member;
use plainsight_people::acts::sign_in::refresh;
use plainsight_people::acts::team::{EPOCH_AGE, create_team, grant_team, list_teams, remove_from_team, rotate_team, team_public_key};
use plainsight_people::{ActError, GrantRefused, Unlocked};
use time::Duration;
use uuid::Uuid;

use crate::browser::Browser;
use crate::world::{ADMINISTRATION, World, on_both};

/// The epochs of a team that these keys open, checked against the public halves that reports are sealed to.
fn epochs(unlocked: &Unlocked, team: Uuid) -> Vec<u32> {
    (0..20).filter(|epoch| unlocked.team_key(team, *epoch).is_some()).collect()
}

async fn fits_newest(world: &World, unlocked: &Unlocked, team: Uuid) -> bool {
    let (epoch, public) = team_public_key(world.db.content().read(), world.organisation, team).await.unwrap();
    unlocked.team_key(team, epoch).is_some_and(|key| key.public().to_bytes() == public.to_bytes())
}

#[tokio::test]
async fn who_makes_a_team_is_its_first_holder() {
    on_both(|world| async move {
        let ana = world.adviser("ana").await;
        let team = world.team(&ana).await;
        let unlocked = world.unlocked(&ana).await;
        assert!(fits_newest(&world, &unlocked, team).await);
        assert_eq!(unlocked.newest(team).unwrap().0, 1);
        let listed = &list_teams(&world.people, world.now()).await.unwrap()[0];
        assert_eq!((listed.name.as_str(), listed.holders.as_slice(), listed.rotation_due), ("Night desk", [ana.id].as_slice(), false));
        let unnamed = create_team(&world.people, &unlocked, "helpline", " ").await;
        assert!(matches!(unnamed, Err(ActError::Name(_))));
        let twice = create_team(&world.people, &unlocked, "helpline", " Night desk ").await;
        assert!(matches!(twice, Err(ActError::Name(text)) if text.contains("already")), "a command could not tell the two apart");
        let nowhere = create_team(&world.people, &unlocked, "Help line", "Day desk").await;
        assert!(matches!(nowhere, Err(ActError::Role(_))));
    })
    .await;
}

/// A grant comes from an unlocked holder of the newest epoch, and from nobody else.
#[tokio::test]
async fn only_a_holder_of_the_newest_epoch_grants() {
    on_both(|world| async move {
        let (ana, ben, cat) = (world.adviser("ana").await, world.adviser("ben").await, world.adviser("cat").await);
        let team = world.team(&ana).await;
        let stranger = world.unlocked(&ben).await;
        let earlier = world.unlocked(&ana).await;
        for refused in [
            grant_team(&world.people, &stranger, team, cat.id).await,
            grant_team(&world.people, &stranger, team, ben.id).await,
            rotate_team(&world.people, &stranger, team).await.map(|_| ()),
            remove_from_team(&world.people, &stranger, team, ana.id).await.map(|_| ()),
            grant_team(&world.people, &earlier, Uuid::from_u128(1), cat.id).await,
        ] {
            assert!(matches!(refused, Err(ActError::NotAHolder)), "{refused:?}");
        }
        rotate_team(&world.people, &earlier, team).await.unwrap();
        let stale = grant_team(&world.people, &earlier, team, ben.id).await;
        assert!(matches!(stale, Err(ActError::NotAHolder)), "keys from before the newest epoch");
        assert!(matches!(rotate_team(&world.people, &earlier, team).await, Err(ActError::NotAHolder)));
        let holder = world.unlocked(&ana).await;
        assert!(matches!(grant_team(&world.people, &holder, team, Uuid::from_u128(1)).await, Err(ActError::NotFound)));
        close_member(&world.people, ADMINISTRATION, cat.id).await.unwrap();
        assert!(matches!(grant_team(&world.people, &holder, team, cat.id).await, Err(ActError::NotFound)));
        grant_team(&world.people, &holder, team, ben.id).await.unwrap();
        assert!(fits_newest(&world, &*world.unlocked(&ben).await, team).await);
    })
    .await;
}

/// One grant is enough to read what the team already has.
#[tokio::test]
async fn a_joiner_reads_all_earlier_epochs() {
    on_both(|world| async move {
        let (ana, ben) = (world.adviser("ana").await, world.adviser("ben").await);
        let team = world.team(&ana).await;
        for epoch in 2..=4 {
            assert_eq!(rotate_team(&world.people, &*world.unlocked(&ana).await, team).await.unwrap(), epoch);
        }
        let holder = world.unlocked(&ana).await;
        grant_team(&world.people, &holder, team, ben.id).await.unwrap();
        assert_eq!(world.count("grants", &[("member", ben.id.into())]).await, 1);
        let joiner = world.unlocked(&ben).await;
        assert_eq!(epochs(&joiner, team), [1, 2, 3, 4]);
        for epoch in 1..=4 {
            assert_eq!(*joiner.team_key(team, epoch).unwrap().seed(), *holder.team_key(team, epoch).unwrap().seed());
        }
    })
    .await;
}

/// Who leaves loses grant and sign-ins at once and never reaches the new epoch; those who stay read on.
#[tokio::test]
async fn a_leaver_is_out_and_cannot_follow() {
    on_both(|world| async move {
        let (ana, ben, cat) = (world.adviser("ana").await, world.adviser("ben").await, world.adviser("cat").await);
        let team = world.team(&ana).await;
        let holder = world.unlocked(&ana).await;
        for member in [ben.id, cat.id] {
            grant_team(&world.people, &holder, team, member).await.unwrap();
        }
        let mut browser = Browser::at(&world.people);
        browser.sign_in(&world, &ben).await;
        assert_eq!(browser.get("/").await.body, format!("{} 1", ben.id));
        let kept = world.unlocked(&ben).await;

        assert_eq!(remove_from_team(&world.people, &holder, team, ben.id).await.unwrap(), 2);
        assert_eq!(world.count("grants", &[("member", ben.id.into())]).await, 0);
        assert_eq!(world.count("sessions", &[("member", ben.id.into())]).await, 0);
        assert_eq!(world.people.memory().unlocked_sessions(), 0);
        assert_eq!(browser.get("/").await.leads_to(), "/sign-in");

        assert_eq!(epochs(&kept, team), [1], "what they had, they keep");
        assert!(!fits_newest(&world, &kept, team).await);
        assert_eq!(epochs(&refresh(&world.people, &kept).await.unwrap(), team), [0_u32; 0]);
        assert_eq!(epochs(&*world.unlocked(&ben).await, team), [0_u32; 0]);
        for stays in [&ana, &cat] {
            assert_eq!(epochs(&*world.unlocked(stays).await, team), [1, 2]);
        }
        let again = remove_from_team(&world.people, &*world.unlocked(&ana).await, team, ben.id).await;
        assert!(matches!(again, Err(ActError::NotFound)));
    })
    .await;
}

/// Grant, sign-ins and new epoch go together: when the epoch cannot be made, the leaver is not half out.
#[tokio::test]
async fn leaving_is_one_transaction() {
    on_both(|world| async move {
        let (ana, ben, cat) = (world.adviser("ana").await, world.adviser("ben").await, world.adviser("cat").await);
        let team = world.team(&ana).await;
        let holder = world.unlocked(&ana).await;
        for member in [ben.id, cat.id] {
            grant_team(&world.people, &holder, team, member).await.unwrap();
        }
        let mut browser = Browser::at(&world.people);
        browser.sign_in(&world, &ben).await;
        // The new epoch cannot be sealed to somebody whose key this desk did not put there.
        let proof = world.cell("members", "keys_proof", &[("id", cat.id.into())]).await.unwrap();
        world.overwrite("members", "keys_proof", vec![0_u8; 32], &[("id", cat.id.into())]).await;
        let failed = remove_from_team(&world.people, &holder, team, ben.id).await;
        assert!(matches!(failed, Err(ActError::Grant(GrantRefused::NotOurRow))), "{failed:?}");
        assert_eq!((world.count("grants", &[]).await, world.count("team_epochs", &[]).await), (3, 1));
        assert!(browser.is_in().await);
        assert_eq!(world.entries().await.iter().filter(|entry| entry.act == "team.left").count(), 0);
        world.overwrite("members", "keys_proof", proof, &[("id", cat.id.into())]).await;
        remove_from_team(&world.people, &holder, team, ben.id).await.unwrap();
        assert!(!browser.is_in().await);
    })
    .await;
}

/// Who makes the new key knows it, so nobody takes the key from themselves.
#[tokio::test]
async fn nobody_shuts_out_themselves() {
    on_both(|world| async move {
        let ana = world.adviser("ana").await;
        let team = world.team(&ana).await;
        let holder = world.unlocked(&ana).await;
        assert!(matches!(remove_from_team(&world.people, &holder, team, ana.id).await, Err(ActError::Yourself)));
        assert_eq!(epochs(&*world.unlocked(&ana).await, team), [1]);
    })
    .await;
}

/// A new epoch or grant reaches those who are at work without their signing in again.
#[tokio::test]
async fn those_at_work_get_new_keys_with_the_next_page() {
    on_both(|world| async move {
        let (ana, ben) = (world.adviser("ana").await, world.adviser("ben").await);
        let team = world.team(&ana).await;
        let mut browser = Browser::at(&world.people);
        browser.sign_in(&world, &ben).await;
        assert_eq!(browser.get("/").await.body, format!("{} 0", ben.id));
        let at_work = world.unlocked(&ben).await;
        grant_team(&world.people, &*world.unlocked(&ana).await, team, ben.id).await.unwrap();
        assert_eq!(browser.get("/").await.body, format!("{} 1", ben.id));
        rotate_team(&world.people, &*world.unlocked(&ana).await, team).await.unwrap();
        assert!(fits_newest(&world, &refresh(&world.people, &at_work).await.unwrap(), team).await);
    })
    .await;
}

/// A link that was damaged loses what lies behind it and nothing else.
#[tokio::test]
async fn a_broken_link_loses_only_what_lies_behind_it() {
    on_both(|world| async move {
        let ana = world.adviser("ana").await;
        let (team, other) = (world.team(&ana).await, world.team(&ana).await);
        for _ in 2..=4 {
            rotate_team(&world.people, &*world.unlocked(&ana).await, team).await.unwrap();
        }
        let place = [("team", team.into()), ("epoch", 3.into())];
        let mut link = world.cell("team_epochs", "previous", &place).await.unwrap();
        let last = link.len() - 1;
        link[last] ^= 1;
        world.overwrite("team_epochs", "previous", link, &place).await;
        let unlocked = world.unlocked(&ana).await;
        assert_eq!(epochs(&unlocked, team), [3, 4]);
        assert_eq!(epochs(&unlocked, other), [1]);
        assert_eq!(rotate_team(&world.people, &unlocked, team).await.unwrap(), 5, "the team works on");
    })
    .await;
}

#[tokio::test]
async fn a_new_epoch_is_due_after_ninety_days_and_after_a_cut() {
    on_both(|world| async move {
        let (ana, ben) = (world.adviser("ana").await, world.adviser("ben").await);
        let team = world.team(&ana).await;
        let due = async |after| list_teams(&world.people, world.now() + after).await.unwrap()[0].rotation_due;
        assert_eq!(EPOCH_AGE, Duration::days(90));
        assert!(!due(EPOCH_AGE - Duration::seconds(1)).await);
        assert!(due(EPOCH_AGE).await);
        world.clock.advance(EPOCH_AGE);
        rotate_team(&world.people, &*world.unlocked(&ana).await, team).await.unwrap();
        assert!(!due(Duration::ZERO).await);
        grant_team(&world.people, &*world.unlocked(&ana).await, team, ben.id).await.unwrap();
        close_member(&world.people, ADMINISTRATION, ben.id).await.unwrap();
        assert!(due(Duration::ZERO).await, "somebody who knows the key is gone");
        rotate_team(&world.people, &*world.unlocked(&ana).await, team).await.unwrap();
        assert!(!due(Duration::ZERO).await);
        assert_eq!(list_teams(&world.people, world.now()).await.unwrap()[0].holders, [ana.id]);
    })
    .await;
}
