//! What an administrator cannot do: read. Accounts are theirs to make and reset, keys are not.

use axum::http::StatusCode;
use plainsight_people::acts::member::reset_member;
use plainsight_people::acts::sign_in::{SignInError, refresh, unlock};
use plainsight_people::acts::team::{grant_team, list_teams, rotate_team};
use plainsight_people::{ActError, ZONE};
use plainsight_vault::password::five_words;

use crate::browser::Browser;
use crate::world::{ADMINISTRATION, Person, on_both};

/// The rule: who resets every account opens nothing with them.
#[tokio::test]
async fn who_resets_every_account_reads_nothing() {
    on_both(|world| async move {
        let members = [world.adviser("ana").await, world.adviser("ben").await, world.add("ada", &["people:administrator"]).await];
        let [ana, ben, _] = &members;
        let team = world.team(ana).await;
        grant_team(&world.people, &*world.unlocked(ana).await, team, ben.id).await.unwrap();
        let at_work = world.unlocked(ben).await;
        let mut browser = Browser::at(&world.people);
        browser.sign_in(&world, ben).await;
        assert!(browser.is_in().await);
        world.clock.advance(time::Duration::minutes(1));

        let mut anew = Vec::new();
        for member in &members {
            let handed = reset_member(&world.people, ADMINISTRATION, member.id, None).await.unwrap();
            anew.push(Person::of(&member.sign_in_name, &handed));
        }

        assert_eq!((world.count("grants", &[]).await, world.count("sessions", &[]).await), (0, 0));
        assert_eq!(world.people.memory().unlocked_sessions(), 0);
        assert_eq!(browser.get("/").await.leads_to(), "/sign-in");
        assert_eq!(browser.post("/note", &[("text", "x")]).await.status, StatusCode::UNAUTHORIZED);
        assert!(refresh(&world.people, &at_work).await.unwrap().held_teams().next().is_none());
        for (old, new) in members.iter().zip(&anew) {
            assert!(matches!(unlock(&world.people, old.id, old.password.clone().into()).await, Err(SignInError::Refused)));
            let proved = world.sign_in(new).await.unwrap();
            assert_eq!(proved.unlocked.teams.len(), 0);
            for other in &anew {
                let refused = grant_team(&world.people, &proved.unlocked, team, other.id).await;
                assert!(matches!(refused, Err(ActError::NotAHolder)));
            }
            assert!(matches!(rotate_team(&world.people, &proved.unlocked, team).await, Err(ActError::NotAHolder)));
        }
        let listed = &list_teams(&world.people, world.now()).await.unwrap()[0];
        assert_eq!((listed.holders.len(), listed.rotation_due), (0, true));
        plainsight_ledger::verify(world.db.content().read(), world.organisation, ZONE, None).await.unwrap();
        assert_eq!(world.entries().await.iter().filter(|entry| entry.act == "member.reset").count(), 3, "and it is on record");
    })
    .await;
}

/// A reset account reads again when a holder who was not reset grants it the key, and not before.
#[tokio::test]
async fn a_reset_account_waits_for_a_holder() {
    on_both(|world| async move {
        let (ana, ben) = (world.adviser("ana").await, world.adviser("ben").await);
        let team = world.team(&ana).await;
        grant_team(&world.people, &*world.unlocked(&ana).await, team, ben.id).await.unwrap();
        let handed = reset_member(&world.people, ADMINISTRATION, ben.id, None).await.unwrap();
        let ben = Person::of("ben", &handed);
        assert!(world.unlocked(&ben).await.newest(team).is_none());
        rotate_team(&world.people, &*world.unlocked(&ana).await, team).await.unwrap();
        assert!(world.unlocked(&ben).await.newest(team).is_none(), "a new epoch brings nobody back");
        grant_team(&world.people, &*world.unlocked(&ana).await, team, ben.id).await.unwrap();
        let unlocked = world.unlocked(&ben).await;
        assert!(unlocked.team_key(team, 1).is_some() && unlocked.team_key(team, 2).is_some());
    })
    .await;
}

/// A chosen password at a reset is the member's; the old second factor is gone with the old password.
#[tokio::test]
async fn a_reset_ends_the_old_second_factor() {
    on_both(|world| async move {
        let ana = world.adviser("ana").await;
        let words = five_words(&mut plainsight_store::Entropy::rng(&plainsight_testkit::TestEntropy::new(9)));
        let handed = reset_member(&world.people, ADMINISTRATION, ana.id, Some(&words)).await.unwrap();
        assert!(handed.words.is_none());
        assert!(world.try_sign_in("ana", &words, &world.code(&ana)).await.is_err());
        let secret = data_encoding::BASE32_NOPAD.decode(handed.enrolment.secret.as_bytes()).unwrap();
        let code = plainsight_people::CodeSecret::from_bytes(&secret).unwrap().code_at(world.now()).unwrap();
        assert!(world.try_sign_in("ana", &words, &code).await.is_ok());
    })
    .await;
}
