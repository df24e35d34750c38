//! Accounts: who may have one, what they are called, and what the ledger says about it.

use plainsight_people::acts::code::{DEMO_MARK, DEMO_MARKED, current_code};
use plainsight_people::acts::member::{NewMember, change_roles, close_member, create_member, find_member, list_members, reset_member};
use plainsight_people::acts::rota::{NewSlot, add_slot, set_pager};
use plainsight_people::acts::team::{create_team, grant_team, remove_from_team, rotate_team};
use plainsight_people::{ActError, ZONE};
use plainsight_store::put_site_value;
use uuid::Uuid;

use crate::world::{ADMINISTRATION, on_both, roles};

/// Nobody hears what people tell a helpline or a carer and also works for those who enforce.
#[tokio::test]
async fn no_account_joins_confidence_and_enforcement() {
    on_both(|world| async move {
        for (confidence, enforcement) in [
            ("helpline:adviser", "intelligence:analyst"),
            ("helpline:adviser", "operations:planner"),
            ("care:navigator", "intelligence:analyst"),
            ("care:navigator", "operations:planner"),
        ] {
            let refused = world.try_add("both", &[confidence, enforcement]).await.err();
            assert!(matches!(refused, Some(ActError::RoleConflict(_))), "{confidence} {enforcement}");
            let member = world.try_add("one", &[confidence]).await.unwrap_or_else(|error| panic!("{error}"));
            let refused = change_roles(&world.people, ADMINISTRATION, member.id, &roles(&[enforcement, confidence])).await.err();
            assert!(matches!(refused, Some(ActError::RoleConflict(_))));
            close_member(&world.people, ADMINISTRATION, member.id).await.unwrap();
            let taken = world.try_add("one", &[confidence]).await.err();
            assert!(matches!(taken, Some(ActError::NameTaken)), "a leaver's name leads to nobody else");
            world.forget("members", "id", member.id).await;
        }
        assert_eq!(list_members(&world.people).await.unwrap().len(), 0, "a refused account leaves no row");
    })
    .await;
}

/// A grant is a way into a zone like a role is, so it keeps the same rule.
#[tokio::test]
async fn a_team_key_is_never_granted_across_the_divide() {
    on_both(|world| async move {
        let (ana, dan) = (world.adviser("ana").await, world.add("dan", &["operations:planner"]).await);
        let team = world.team(&ana).await;
        let holder = world.unlocked(&ana).await;
        assert!(matches!(grant_team(&world.people, &holder, team, dan.id).await, Err(ActError::RoleConflict(_))));
        let planner = world.unlocked(&dan).await;
        assert!(matches!(create_team(&world.people, &planner, "care", "Navigators").await, Err(ActError::RoleConflict(_))));
        assert!(matches!(create_team(&world.people, &planner, "awareness", "Posters").await, Err(ActError::NoRoleInZone)));
        let ben = world.add("ben", &["care:navigator"]).await;
        assert!(matches!(grant_team(&world.people, &holder, team, ben.id).await, Err(ActError::NoRoleInZone)));
        assert_eq!(world.count("grants", &[]).await, 1);
    })
    .await;
}

/// A name or address leads to one account, however it is written.
#[tokio::test]
async fn names_are_unique_whatever_their_case() {
    on_both(|world| async move {
        let ana = world.adviser("ana").await;
        let again = |sign_in_name: &'static str, email: &'static str| {
            let people = world.people.clone();
            async move {
                let new = NewMember { name: "Ana", email, sign_in_name, roles: &[], password: None };
                create_member(&people, ADMINISTRATION, &new).await.err()
            }
        };
        assert!(matches!(again(" ANA ", "other@example.org").await, Some(ActError::NameTaken)));
        assert!(matches!(again("other", "Ana@Example.Org").await, Some(ActError::NameTaken)));
        for (sign_in_name, email) in [("", "o@example.org"), ("o@x", "o@example.org"), ("o", "example.org"), ("o", ""), ("o\n", "o@\u{7}x")]
        {
            assert!(matches!(again(sign_in_name, email).await, Some(ActError::Name(_))), "{sign_in_name:?} {email:?}");
        }
        for name in ["ana", " Ana", "ANA@example.org "] {
            assert_eq!(find_member(&world.people, name).await.unwrap().id, ana.id, "{name}");
        }
        assert!(matches!(find_member(&world.people, "an").await, Err(ActError::NotFound)));
    })
    .await;
}

/// A chosen password has to be hard to guess, at the beginning and after a reset.
#[tokio::test]
async fn weak_passwords_are_refused() {
    on_both(|world| async move {
        let ana = world.adviser("ana").await;
        for weak in ["", "short", "12345678901234567890", "aaaaaaaaaaaaaaaaaaaa", "abcdefghijklmnopqrstuvwxyz"] {
            let new = NewMember { name: "Ben", email: "ben@example.org", sign_in_name: "ben", roles: &[], password: Some(weak) };
            let made = create_member(&world.people, ADMINISTRATION, &new).await;
            assert!(matches!(made, Err(ActError::TooWeak(_))), "{weak}");
            let reset = reset_member(&world.people, ADMINISTRATION, ana.id, Some(weak)).await;
            assert!(matches!(reset, Err(ActError::TooWeak(_))), "{weak}");
        }
        assert!(world.sign_in(&ana).await.is_ok(), "a refused reset changes nothing");
        let chosen = "kettle under the copper stairs";
        let new = NewMember { name: "Ben", email: "ben@example.org", sign_in_name: "ben", roles: &[], password: Some(chosen) };
        assert!(create_member(&world.people, ADMINISTRATION, &new).await.unwrap().words.is_none());
    })
    .await;
}

/// Acts on accounts that are closed or were never there change nothing.
#[tokio::test]
async fn a_closed_account_is_not_there() {
    on_both(|world| async move {
        let ana = world.adviser("ana").await;
        close_member(&world.people, ADMINISTRATION, ana.id).await.unwrap();
        for id in [ana.id, Uuid::from_u128(1)] {
            assert!(matches!(close_member(&world.people, ADMINISTRATION, id).await, Err(ActError::NotFound)));
            assert!(matches!(reset_member(&world.people, ADMINISTRATION, id, None).await, Err(ActError::NotFound)));
            assert!(matches!(change_roles(&world.people, ADMINISTRATION, id, &[]).await, Err(ActError::NotFound)));
            assert!(matches!(set_pager(&world.people, ADMINISTRATION, id, None).await, Err(ActError::NotFound)));
        }
        assert!(matches!(find_member(&world.people, "ana").await, Err(ActError::NotFound)));
        assert!(list_members(&world.people).await.unwrap()[0].closed);
    })
    .await;
}

/// Who loses a role loses the key first: otherwise the team would go on under a key that an outsider knows.
#[tokio::test]
async fn a_role_is_not_taken_from_somebody_who_still_holds_a_key() {
    on_both(|world| async move {
        let (ana, ben) = (world.adviser("ana").await, world.adviser("ben").await);
        let team = world.team(&ana).await;
        grant_team(&world.people, &*world.unlocked(&ana).await, team, ben.id).await.unwrap();
        let to_care = roles(&["care:navigator"]);
        assert!(matches!(change_roles(&world.people, ADMINISTRATION, ben.id, &to_care).await, Err(ActError::StillHolds)));
        remove_from_team(&world.people, &*world.unlocked(&ana).await, team, ben.id).await.unwrap();
        change_roles(&world.people, ADMINISTRATION, ben.id, &to_care).await.unwrap();
        assert_eq!(find_member(&world.people, "ben").await.unwrap().roles, to_care);
    })
    .await;
}

/// Telling codes would make the second factor worth nothing, so it is for invented data only.
#[tokio::test]
async fn codes_are_told_on_a_demonstration_only() {
    on_both(|world| async move {
        let ana = world.adviser("ana").await;
        let mark = async |value: &'static str| {
            let organisation = world.organisation;
            let put = world
                .db
                .content()
                .tx("test.mark", move |tx| Box::pin(async move { put_site_value(tx, organisation, DEMO_MARK, value).await }));
            put.await.unwrap();
        };
        assert!(matches!(current_code(&world.people, ana.id).await, Err(ActError::NotADemo)));
        mark("no").await;
        assert!(matches!(current_code(&world.people, ana.id).await, Err(ActError::NotADemo)));
        mark(DEMO_MARKED).await;
        assert_eq!(*current_code(&world.people, ana.id).await.unwrap(), world.code(&ana));
        close_member(&world.people, ADMINISTRATION, ana.id).await.unwrap();
        assert!(matches!(current_code(&world.people, ana.id).await, Err(ActError::NotFound)));
    })
    .await;
}

/// The ledger keeps what was done and by whom, in ids and codes: no name, address, team name or password.
#[tokio::test]
async fn the_ledger_names_nobody_and_holds_together() {
    on_both(|world| async move {
        let (ana, ben) = (world.adviser("ana").await, world.adviser("ben").await);
        world.sign_in(&ana).await.unwrap();
        assert!(world.try_sign_in("Wintergreen", "a guess of a password", "123456").await.is_err());
        let team = world.team(&ana).await;
        let holder = world.unlocked(&ana).await;
        grant_team(&world.people, &holder, team, ben.id).await.unwrap();
        rotate_team(&world.people, &holder, team).await.unwrap();
        remove_from_team(&world.people, &*world.unlocked(&ana).await, team, ben.id).await.unwrap();
        set_pager(&world.people, ADMINISTRATION, ana.id, Some("ana.pager@example.org")).await.unwrap();
        let slot = NewSlot { team, member: ana.id, weekday: 1, from: 0, to: 480, zone: "Europe/London" };
        add_slot(&world.people, ADMINISTRATION, &slot).await.unwrap();
        change_roles(&world.people, ADMINISTRATION, ben.id, &roles(&["care:navigator"])).await.unwrap();
        reset_member(&world.people, ADMINISTRATION, ben.id, None).await.unwrap();
        close_member(&world.people, ADMINISTRATION, ben.id).await.unwrap();

        let entries = world.entries().await;
        let acts: Vec<&str> = entries.iter().map(|entry| entry.act.as_str()).collect();
        for act in [
            "organisation.made",
            "member.made",
            "member.signed-in",
            "sign-in.refused",
            "member.unlocked",
            "team.made",
            "team.granted",
            "team.new-epoch",
            "team.left",
            "member.pager",
            "rota.added",
            "member.roles",
            "member.reset",
            "member.closed",
        ] {
            assert!(acts.contains(&act), "{act} in {acts:?}");
        }
        let text = format!("{entries:?}").to_lowercase();
        for name in ["ana", "ben", "wintergreen", "example", "night desk", "westmere", "guess", "123456", &ana.password, &ben.password] {
            assert!(!text.contains(name), "{name} in {text}");
        }
        let whole = plainsight_ledger::verify(world.db.content().read(), world.organisation, ZONE, None).await.unwrap();
        assert_eq!(whole.entries, entries.len() as u64);
    })
    .await;
}
