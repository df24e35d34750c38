//! What somebody can do who writes the database past the desk: nothing that gives them a team's key.

use plainsight_people::acts::member::{close_member, reset_member};
use plainsight_people::acts::sign_in::refresh;
use plainsight_people::acts::team::{grant_team, list_teams, remove_from_team, rotate_team};
use plainsight_people::{ActError, GrantRefused};
use sea_orm::Value;
use uuid::Uuid;

use crate::world::{ADMINISTRATION, Person, World, on_both};

const COLUMNS: [&str; 9] = ["organisation", "team", "member", "epoch", "id", "granted_by", "granter_key", "proof", "sealed"];

/// Ana holds a key; Mal has an account in the zone, and the database.
async fn scene(world: &World) -> (Person, Person, Uuid) {
    let (ana, mal) = (world.adviser("ana").await, world.adviser("mal").await);
    let team = world.team(&ana).await;
    (ana, mal, team)
}

async fn holds(world: &World, person: &Person, team: Uuid) -> bool {
    world.unlocked(person).await.newest(team).is_some()
}

/// A row without the desk's proof opens nothing, and the next new epoch is not given to whom it names.
#[tokio::test]
async fn a_row_past_the_desk_is_refused_now_and_at_the_next_epoch() {
    on_both(|world| async move {
        let (ana, mal, team) = scene(&world).await;
        let of_ana: [(&str, Value); 2] = [("team", team.into()), ("member", ana.id.into())];
        world.copy_row("grants", &COLUMNS, &of_ana, &[("member", mal.id.into()), ("proof", vec![0_u8; 32].into())]).await;
        assert!(!holds(&world, &mal, team).await);
        let at_work = world.unlocked(&mal).await;

        rotate_team(&world.people, &*world.unlocked(&ana).await, team).await.unwrap();
        assert!(!holds(&world, &mal, team).await, "the forged row was taken for a holder");
        assert!(refresh(&world.people, &at_work).await.unwrap().newest(team).is_none());
        assert!(holds(&world, &ana, team).await);
        assert_eq!(list_teams(&world.people, world.now()).await.unwrap()[0].holders, [ana.id]);
    })
    .await;
}

/// A grant says whose it is: copied whole to another member, or moved to another team, it is worth nothing.
#[tokio::test]
async fn a_copied_grant_is_refused() {
    on_both(|world| async move {
        let (ana, mal, team) = scene(&world).await;
        let of_ana: [(&str, Value); 2] = [("team", team.into()), ("member", ana.id.into())];
        world.copy_row("grants", &COLUMNS, &of_ana, &[("member", mal.id.into())]).await;
        assert!(!holds(&world, &mal, team).await);
        rotate_team(&world.people, &*world.unlocked(&ana).await, team).await.unwrap();
        assert!(!holds(&world, &mal, team).await);

        let other = world.team(&mal).await;
        world.forget("grants", "member", ana.id).await;
        let of_mal: [(&str, Value); 2] = [("team", other.into()), ("member", mal.id.into())];
        world.overwrite("grants", "member", ana.id, &of_mal).await;
        assert!(!holds(&world, &ana, other).await);
    })
    .await;
}

/// An epoch number in the row that is not the one granted gives nothing, and old grants do not become new ones.
#[tokio::test]
async fn an_old_grant_does_not_become_a_new_one() {
    on_both(|world| async move {
        let (ana, mal, team) = scene(&world).await;
        grant_team(&world.people, &*world.unlocked(&ana).await, team, mal.id).await.unwrap();
        let of_mal: [(&str, Value); 2] = [("team", team.into()), ("member", mal.id.into())];
        let mut old = Vec::new();
        for column in ["granter_key", "proof", "sealed"] {
            old.push((column, world.cell("grants", column, &of_mal).await.unwrap()));
        }
        let id = world.id_cell("grants", "id", &of_mal).await;
        remove_from_team(&world.people, &*world.unlocked(&ana).await, team, mal.id).await.unwrap();
        // Mal puts the old grant back, as it was and then with the newest epoch's number.
        let of_ana: [(&str, Value); 2] = [("team", team.into()), ("member", ana.id.into())];
        let mut back: Vec<(&str, Value)> = vec![("member", mal.id.into()), ("epoch", 1.into()), ("id", id.into())];
        back.extend(old.into_iter().map(|(column, value)| (column, value.into())));
        world.copy_row("grants", &COLUMNS, &of_ana, &back).await;
        let kept = world.unlocked(&mal).await;
        assert_eq!(kept.newest(team).map(|(epoch, _)| epoch), Some(1), "what a leaver had, a leaver can keep");
        assert!(matches!(grant_team(&world.people, &kept, team, mal.id).await, Err(ActError::NotAHolder)));
        rotate_team(&world.people, &*world.unlocked(&ana).await, team).await.unwrap();
        let newest = world.unlocked(&mal).await.newest(team).map(|(epoch, _)| epoch);
        assert_eq!(newest, Some(1), "a grant that was put back is not followed by a new epoch");
        world.overwrite("grants", "epoch", 3, &of_mal).await;
        assert!(!holds(&world, &mal, team).await);
    })
    .await;
}

/// Who resets an account and puts its old grant back is not given the next epoch with the new password.
#[tokio::test]
async fn a_grant_put_back_after_a_reset_is_not_followed_by_a_new_epoch() {
    on_both(|world| async move {
        let (ana, mal, team) = scene(&world).await;
        grant_team(&world.people, &*world.unlocked(&ana).await, team, mal.id).await.unwrap();
        let of_mal: [(&str, Value); 2] = [("team", team.into()), ("member", mal.id.into())];
        let mut back: Vec<(&str, Value)> = vec![("member", mal.id.into())];
        for column in ["granter_key", "proof", "sealed"] {
            back.push((column, world.cell("grants", column, &of_mal).await.unwrap().into()));
        }
        back.push(("id", world.id_cell("grants", "id", &of_mal).await.into()));
        let handed = reset_member(&world.people, ADMINISTRATION, mal.id, None).await.unwrap();
        let mal = Person::of("mal", &handed);
        let of_ana: [(&str, Value); 2] = [("team", team.into()), ("member", ana.id.into())];
        world.copy_row("grants", &COLUMNS, &of_ana, &back).await;
        assert!(!holds(&world, &mal, team).await);
        rotate_team(&world.people, &*world.unlocked(&ana).await, team).await.unwrap();
        assert!(!holds(&world, &mal, team).await);
        assert!(holds(&world, &ana, team).await);
    })
    .await;
}

/// A grant put back for a closed account stops neither the next epoch nor those who stay.
#[tokio::test]
async fn a_row_of_a_closed_account_does_not_stop_the_team() {
    on_both(|world| async move {
        let (ana, mal, team) = scene(&world).await;
        close_member(&world.people, ADMINISTRATION, mal.id).await.unwrap();
        let of_ana: [(&str, Value); 2] = [("team", team.into()), ("member", ana.id.into())];
        world.copy_row("grants", &COLUMNS, &of_ana, &[("member", mal.id.into())]).await;
        assert_eq!(rotate_team(&world.people, &*world.unlocked(&ana).await, team).await.unwrap(), 2);
    })
    .await;
}

/// A public key that the desk did not put there gets nothing sealed to it.
#[tokio::test]
async fn a_swapped_public_key_gets_no_grant() {
    on_both(|world| async move {
        let (ana, mal, team) = scene(&world).await;
        let ben = world.adviser("ben").await;
        for column in ["public_key", "verifying_key"] {
            let own = world.cell("members", column, &[("id", ben.id.into())]).await.unwrap();
            let others = world.cell("members", column, &[("id", mal.id.into())]).await.unwrap();
            world.overwrite("members", column, others, &[("id", ben.id.into())]).await;
            let refused = grant_team(&world.people, &*world.unlocked(&ana).await, team, ben.id).await;
            assert!(matches!(refused, Err(ActError::Grant(GrantRefused::NotOurRow))), "{column}");
            world.overwrite("members", column, own, &[("id", ben.id.into())]).await;
        }
        grant_team(&world.people, &*world.unlocked(&ana).await, team, ben.id).await.unwrap();
    })
    .await;
}

/// An epoch whose public key was exchanged is noticed by everybody who unlocks, and nobody grants or rotates on top of it.
#[tokio::test]
async fn an_exchanged_team_key_is_noticed() {
    on_both(|world| async move {
        let (ana, mal, team) = scene(&world).await;
        let mine = world.team(&mal).await;
        let before = world.unlocked(&ana).await;
        for column in ["public_key", "proof"] {
            let place = [("team", team.into())];
            let own = world.cell("team_epochs", column, &place).await.unwrap();
            let others = world.cell("team_epochs", column, &[("team", mine.into())]).await.unwrap();
            world.overwrite("team_epochs", column, others, &place).await;
            assert!(!holds(&world, &ana, team).await, "{column}");
            let refused = rotate_team(&world.people, &before, team).await;
            assert!(matches!(refused, Err(ActError::Grant(GrantRefused::NotOurRow))), "{column}");
            world.overwrite("team_epochs", column, own, &place).await;
        }
        assert!(holds(&world, &ana, team).await);
    })
    .await;
}
