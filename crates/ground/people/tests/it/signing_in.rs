//! Signing in: name, password and code together; which of them is wrong is never said and costs the same.

use std::time::Duration;

use plainsight_people::acts::member::close_member;
use plainsight_people::acts::sign_in::{SignInError, unlock};
use time::Duration as Time;

use crate::world::{ADMINISTRATION, on_both};

#[tokio::test]
async fn all_three_parts_together_and_nothing_less() {
    on_both(|world| async move {
        let (ana, ben) = (world.adviser("ana").await, world.adviser("ben").await);
        let code = world.code(&ana);
        let wrong = if code == "000000" { "000001" } else { "000000" };
        for (what, name, password, code) in [
            ("unknown name", "nobody", ana.password.as_str(), code.as_str()),
            ("no name", "", &ana.password, &code),
            ("wrong password", "ana", "not the password at all", &code),
            ("no password", "ana", "", &code),
            ("another's password", "ana", &ben.password, &code),
            ("wrong code", "ana", &ana.password, wrong),
            ("no code", "ana", &ana.password, ""),
            ("another's code", "ana", &ana.password, &world.code(&ben)),
        ] {
            let refused = world.try_sign_in(name, password, code).await;
            assert!(matches!(refused, Err(SignInError::Refused)), "{what}");
        }
        let proved = world.try_sign_in(" ANA ", &ana.password, &code).await.unwrap();
        assert_eq!((proved.member.id, proved.unlocked.id), (ana.id, ana.id));
        world.clock.advance(Time::seconds(60));
        let by_address = world.try_sign_in("ana@example.org", &ana.password, &world.code(&ana)).await.unwrap();
        assert_eq!(by_address.member.id, ana.id);
    })
    .await;
}

/// Nobody learns from the work done, from the answer or from the ledger which part was wrong, or whether a name exists.
#[tokio::test]
async fn what_is_wrong_costs_the_same_and_is_never_said() {
    on_both(|world| async move {
        let (ana, gone) = (world.adviser("ana").await, world.adviser("gone").await);
        close_member(&world.people, ADMINISTRATION, gone.id).await.unwrap();
        let code = world.code(&ana);
        let mut seen = Vec::new();
        for (name, password, code) in [
            ("nobody", ana.password.as_str(), code.as_str()),
            ("ana", "not the password at all", &code),
            ("ana", &ana.password, "12345"),
            ("gone", &gone.password, &world.code(&gone)),
        ] {
            let (work, pauses, entries) = (world.people.password_work(), world.pause.delays().len(), world.entries().await.len());
            let said = world.try_sign_in(name, password, code).await.unwrap_err().to_string();
            let entry = &world.entries().await[entries..];
            assert_eq!(entry.len(), 1);
            assert_eq!(entry[0].record, None);
            let cost = (world.people.password_work() - work, world.pause.delays().len() - pauses);
            seen.push((said, cost, entry[0].act.clone(), entry[0].detail.clone()));
        }
        assert_eq!(seen[0].1, (1, 1), "one password, one delay");
        assert!(seen.iter().all(|other| *other == seen[0]), "{seen:?}");
    })
    .await;
}

#[tokio::test]
async fn a_code_is_used_once_and_lives_for_one_step_on_either_side() {
    on_both(|world| async move {
        let ana = world.adviser("ana").await;
        let start = world.now();
        let code = world.code(&ana);
        for (seconds, lets_in) in [(-60, false), (60, false), (30, true), (30, false), (0, false)] {
            world.clock.set(start + Time::seconds(seconds));
            let tried = world.try_sign_in("ana", &ana.password, &code).await;
            assert_eq!(tried.is_ok(), lets_in, "{seconds} s after the code was shown");
        }
        // The step before the used one is as dead as the used one, although its code would still be in the window.
        world.clock.set(start + Time::seconds(30));
        let before = ana.code.code_at(start).unwrap();
        assert!(world.try_sign_in("ana", &ana.password, &before).await.is_err());
        let next = ana.code.code_at(start + Time::seconds(60)).unwrap();
        assert!(world.try_sign_in("ana", &ana.password, &next).await.is_ok());
    })
    .await;
}

/// Somebody who watched the code being typed is not let in at the same moment.
#[tokio::test]
async fn of_two_sign_ins_with_one_code_one_is_refused() {
    on_both(|world| async move {
        let ana = world.adviser("ana").await;
        let (one, two) = tokio::join!(world.sign_in(&ana), world.sign_in(&ana));
        assert_eq!(usize::from(one.is_ok()) + usize::from(two.is_ok()), 1, "{one:?} {two:?}");
    })
    .await;
}

/// Guessing is slowed, for names that exist and for names that do not; nobody is ever locked out, and who gets in is forgiven.
#[tokio::test]
async fn failures_slow_down_and_are_forgiven() {
    on_both(|world| async move {
        let ana = world.adviser("ana").await;
        let slowed = [0, 0, 0, 0, 1, 2, 4, 8, 8].map(Duration::from_secs);
        for name in ["ana", "nobody-of-that-name"] {
            let before = world.pause.delays().len();
            for _ in slowed {
                assert!(world.try_sign_in(name, "not the password at all", "000000").await.is_err());
            }
            assert_eq!(world.pause.delays()[before..], slowed, "{name}");
        }
        assert!(world.sign_in(&ana).await.is_ok(), "the right parts still work behind the delay");
        assert_eq!(world.pause.delays().last(), Some(&Duration::from_secs(8)));
        world.clock.advance(Time::seconds(60));
        assert!(world.sign_in(&ana).await.is_ok());
        assert_eq!(world.pause.delays().last(), Some(&Duration::ZERO), "who got in is forgiven");
    })
    .await;
}

/// The door to an open session is guessed at as slowly as the front door: they share a count.
#[tokio::test]
async fn unlocking_is_slowed_with_signing_in() {
    on_both(|world| async move {
        let ana = world.adviser("ana").await;
        for _ in 0..6 {
            let refused = unlock(&world.people, ana.id, "not the password at all".to_owned().into()).await;
            assert!(matches!(refused, Err(SignInError::Refused)));
        }
        assert!(world.sign_in(&ana).await.is_ok());
        assert_eq!(world.pause.delays().last(), Some(&Duration::from_secs(4)));
    })
    .await;
}

#[tokio::test]
async fn a_closed_account_is_refused_at_both_doors() {
    on_both(|world| async move {
        let ana = world.adviser("ana").await;
        close_member(&world.people, ADMINISTRATION, ana.id).await.unwrap();
        assert!(matches!(world.sign_in(&ana).await, Err(SignInError::Refused)));
        assert!(matches!(unlock(&world.people, ana.id, ana.password.clone().into()).await, Err(SignInError::Refused)));
    })
    .await;
}
