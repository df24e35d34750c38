//! Passkeys: a second factor equal to the code, for one member, at this desk, once for each challenge.

use axum::http::StatusCode;
use plainsight_ledger::OpenedActor;
use plainsight_people::acts::member::{close_member, reset_member};
use plainsight_people::acts::passkey::{
    PasskeyCredentials, add_passkey, list_passkeys, new_passkey_options, passkey_options, prove_with_passkey, remove_passkey,
    remove_passkeys,
};
use plainsight_people::acts::sign_in::{Proved, SignInError};
use plainsight_people::desk_memory::SessionKey;
use plainsight_people::{ActError, PasskeyRefused, RelyingParty};
use serde_json::Value;
use time::Duration;
use uuid::Uuid;

use crate::authenticator::Passkey;
use crate::browser::{Browser, ORIGIN};
use crate::world::{ADMINISTRATION, Person, World, on_both};

fn place() -> RelyingParty {
    RelyingParty::at(ORIGIN).unwrap()
}

impl World {
    /// Adds the passkey to the account.
    pub(crate) async fn add_passkey(&self, person: &Person, passkey: &mut Passkey, name: &str) -> Result<Uuid, ActError> {
        let options = new_passkey_options(&self.people, &place(), person.id).await?;
        add_passkey(&self.people, &place(), person.id, name, &passkey.make(&options)).await
    }

    fn options(&self) -> Value {
        passkey_options(&self.people, &place())
    }

    async fn by_answer(&self, name: &str, password: &str, answer: &str) -> Result<Proved, SignInError> {
        let typed = PasskeyCredentials { name: name.into(), password: password.to_owned().into(), answer: answer.to_owned() };
        prove_with_passkey(&self.people, &place(), &typed).await
    }

    /// Signs in with everything right and this passkey.
    pub(crate) async fn by_passkey(&self, person: &Person, passkey: &Passkey) -> Result<Proved, SignInError> {
        self.by_answer(&person.sign_in_name, &person.password, &passkey.answer(&self.options())).await
    }

    async fn alarms(&self) -> usize {
        self.entries().await.iter().filter(|it| it.act == "alarm.passkey_copied").count()
    }
}

fn is_refused(tried: Result<Proved, SignInError>) -> bool {
    match tried {
        Ok(_) => false,
        Err(SignInError::Refused) => true,
        Err(other) => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn a_passkey_stands_for_the_code_and_not_for_the_password() {
    on_both(|world| async move {
        let ana = world.adviser("ana").await;
        for (mut passkey, name) in [(Passkey::new(1), "my telephone"), (Passkey::edwards(2), " the key on my ring ")] {
            world.add_passkey(&ana, &mut passkey, name).await.unwrap();
            let proved = world.by_passkey(&ana, &passkey).await.unwrap();
            assert_eq!(proved.member.id, ana.id);
            assert!(is_refused(world.by_answer("ana", "not the password at all", &passkey.answer(&world.options())).await));
            assert!(is_refused(world.by_answer("ana", "", &passkey.answer(&world.options())).await));
        }
        let listed = list_passkeys(&world.people, ana.id).await.unwrap();
        let names: Vec<&str> = listed.iter().map(|it| it.known.as_ref().unwrap().0.as_str()).collect();
        assert_eq!(names.len(), 2);
        assert!(names.contains(&"my telephone") && names.contains(&"the key on my ring"));
        assert!(listed.iter().all(|it| it.last_used == Some(world.now())));
        // The code goes on as before, and the ledger says in a code which of the two it was.
        world.sign_in(&ana).await.unwrap();
        let by: Vec<Value> =
            world.entries().await.into_iter().filter(|it| it.act == "member.signed-in").map(|it| it.detail["by"].clone()).collect();
        assert_eq!(by, ["passkey", "passkey", "code"]);
    })
    .await;
}

/// What a passkey has signed lets somebody in once, and with a wrong password not even that.
#[tokio::test]
async fn an_answer_is_good_for_one_try() {
    on_both(|world| async move {
        let ana = world.adviser("ana").await;
        let mut passkey = Passkey::new(1);
        world.add_passkey(&ana, &mut passkey, "telephone").await.unwrap();
        let answer = passkey.answer(&world.options());
        assert!(world.by_answer("ana", &ana.password, &answer).await.is_ok());
        assert!(is_refused(world.by_answer("ana", &ana.password, &answer).await), "the same answer again");

        let answer = passkey.answer(&world.options());
        assert!(is_refused(world.by_answer("ana", "not the password at all", &answer).await));
        assert!(is_refused(world.by_answer("ana", &ana.password, &answer).await), "after a wrong password");

        // A key that counts: sending its answer again is no sign of a copy.
        passkey.counter = 5;
        let answer = passkey.answer(&world.options());
        let (one, two) = tokio::join!(world.by_answer("ana", &ana.password, &answer), world.by_answer("ana", &ana.password, &answer));
        assert_eq!(usize::from(one.is_ok()) + usize::from(two.is_ok()), 1, "of two at the same moment");
        assert_eq!(world.alarms().await, 0);
    })
    .await;
}

#[tokio::test]
async fn a_challenge_is_ours_for_signing_in_and_five_minutes_old_at_most() {
    on_both(|world| async move {
        let ana = world.adviser("ana").await;
        let mut passkey = Passkey::new(1);
        world.add_passkey(&ana, &mut passkey, "telephone").await.unwrap();

        let late = passkey.answer(&world.options());
        world.clock.advance(Duration::minutes(5));
        assert!(is_refused(world.by_answer("ana", &ana.password, &late).await), "too late");

        let adding = new_passkey_options(&world.people, &place(), ana.id).await.unwrap();
        assert!(is_refused(world.by_answer("ana", &ana.password, &passkey.answer(&adding)).await), "a challenge for adding");

        let mut made_up = world.options();
        made_up["challenge"] = "AAAA".into();
        assert!(is_refused(world.by_answer("ana", &ana.password, &passkey.answer(&made_up)).await), "a challenge of nobody's");

        let before = passkey.answer(&world.options());
        let typed = PasskeyCredentials { name: "ana".into(), password: ana.password.clone().into(), answer: before };
        assert!(is_refused(prove_with_passkey(&world.restarted().await, &place(), &typed).await), "after a restart");

        let wrong_kind = passkey.answer_as("webauthn.create", &world.options());
        assert!(is_refused(world.by_answer("ana", &ana.password, &wrong_kind).await), "an answer of another kind");
        assert!(world.by_passkey(&ana, &passkey).await.is_ok());
    })
    .await;
}

/// What was signed for another page, by another passkey, or without anybody touching the device, lets nobody in.
#[tokio::test]
async fn another_place_another_passkey_or_nobody_there_is_refused() {
    on_both(|world| async move {
        let (ana, ben) = (world.adviser("ana").await, world.adviser("ben").await);
        let (mut hers, mut his) = (Passkey::new(1), Passkey::new(2));
        world.add_passkey(&ana, &mut hers, "telephone").await.unwrap();
        world.add_passkey(&ben, &mut his, "telephone").await.unwrap();

        type Change = fn(&mut Passkey);
        let changes: [(&str, Change); 4] = [
            ("a page that looks like ours", |it| it.origin = "https://desk.example.com".into()),
            ("our name without https", |it| it.origin = "http://desk.example.org".into()),
            ("the passkey of another place", |it| it.host = "desk.example.com".into()),
            ("nobody touched the device", |it| it.flags = 0),
        ];
        for (what, change) in changes {
            let mut other = hers.copied();
            change(&mut other);
            assert!(is_refused(world.by_passkey(&ana, &other).await), "{what}");
        }
        assert!(is_refused(world.by_passkey(&ana, &his).await), "Ben's passkey with Ana's password");
        assert!(is_refused(world.by_answer("ben", &ana.password, &hers.answer(&world.options())).await), "Ana's passkey under Ben's name");
        let answer = hers.answer(&world.options());
        let mut tampered: Value = serde_json::from_str(&answer).unwrap();
        tampered["signature"] = serde_json::from_str::<Value>(&his.answer(&world.options())).unwrap()["signature"].clone();
        assert!(is_refused(world.by_answer("ana", &ana.password, &tampered.to_string()).await), "another's signature");
        assert!(world.by_answer("ana", &ana.password, &answer).await.is_ok(), "what was not signed used nothing up");
        assert!(world.by_passkey(&ben, &his).await.is_ok());
    })
    .await;
}

/// Nobody learns from work, answer or ledger what was wrong, whether a name exists, or whether it has a passkey.
#[tokio::test]
async fn what_is_wrong_costs_the_same_and_is_never_said() {
    on_both(|world| async move {
        let (ana, ben, gone) = (world.adviser("ana").await, world.adviser("ben").await, world.adviser("gone").await);
        let (mut passkey, mut left) = (Passkey::new(1), Passkey::new(2));
        world.add_passkey(&ana, &mut passkey, "telephone").await.unwrap();
        world.add_passkey(&gone, &mut left, "telephone").await.unwrap();
        close_member(&world.people, ADMINISTRATION, gone.id).await.unwrap();
        let mut seen = Vec::new();
        for (what, name, password, passkey) in [
            ("unknown name", "nobody", ana.password.as_str(), &passkey),
            ("wrong password", "ana", "not the password at all", &passkey),
            ("no passkey in the account", "ben", &ben.password, &passkey),
            ("another passkey", "ana", &ana.password, &Passkey::new(9)),
            ("closed account", "gone", &gone.password, &left),
        ] {
            let (work, pauses, entries) = (world.people.password_work(), world.pause.delays().len(), world.entries().await.len());
            let said = world.by_answer(name, password, &passkey.answer(&world.options())).await.unwrap_err().to_string();
            let entry = &world.entries().await[entries..];
            assert_eq!((entry.len(), entry[0].record), (1, None), "{what}");
            let cost = (world.people.password_work() - work, world.pause.delays().len() - pauses);
            seen.push((said, cost, entry[0].act.clone(), entry[0].detail.clone()));
        }
        assert_eq!(seen[0].1, (1, 1), "one password, one delay");
        assert!(seen.iter().all(|other| *other == seen[0]), "{seen:?}");
        // What is no answer at all is refused like the rest, and counts like the rest.
        assert!(is_refused(world.by_answer("ana", &ana.password, "{}").await));
        let fifth = world.pause.delays().last().copied().unwrap();
        assert!(is_refused(world.by_answer("ana", &ana.password, "").await));
        assert!(world.pause.delays().last().copied().unwrap() >= fifth);
    })
    .await;
}

/// Failures with passkeys and with codes are counted together.
#[tokio::test]
async fn guessing_is_slowed_as_with_codes() {
    on_both(|world| async move {
        let ana = world.adviser("ana").await;
        let mut passkey = Passkey::new(1);
        world.add_passkey(&ana, &mut passkey, "telephone").await.unwrap();
        for _ in 0..5 {
            assert!(is_refused(world.by_answer("ana", "not the password at all", &passkey.answer(&world.options())).await));
        }
        assert!(world.sign_in(&ana).await.is_ok());
        assert_eq!(world.pause.delays().last(), Some(&std::time::Duration::from_secs(2)));
        assert!(world.by_passkey(&ana, &passkey).await.is_ok());
        assert_eq!(world.pause.delays().last(), Some(&std::time::Duration::ZERO), "who got in is forgiven");
    })
    .await;
}

/// Two devices with one passkey give themselves away by their counters. An auditor reads of it.
#[tokio::test]
async fn a_counter_that_goes_back_is_refused_and_raises_an_alarm() {
    on_both(|world| async move {
        let ana = world.adviser("ana").await;
        let mut passkey = Passkey::new(1);
        passkey.counter = 7;
        world.add_passkey(&ana, &mut passkey, "telephone").await.unwrap();
        let mut copy = passkey.copied();
        passkey.counter = 8;
        assert!(world.by_passkey(&ana, &passkey).await.is_ok());
        for counter in [0, 7, 8] {
            copy.counter = counter;
            assert!(is_refused(world.by_passkey(&ana, &copy).await), "{counter}");
        }
        assert_eq!(world.alarms().await, 3);
        let alarm = world.entries().await.into_iter().find(|it| it.act == "alarm.passkey_copied").unwrap();
        assert_eq!((alarm.actor, alarm.record), (OpenedActor::System("sign-in".into()), Some(ana.id)));
        // Whoever has no passkey of hers raises none, whatever they count.
        let mut stranger = Passkey::new(9);
        stranger.counter = 1;
        assert!(is_refused(world.by_passkey(&ana, &stranger).await));
        assert_eq!(world.alarms().await, 3);
        passkey.counter = 9;
        assert!(world.by_passkey(&ana, &passkey).await.is_ok());
    })
    .await;
}

#[tokio::test]
async fn a_passkey_that_is_removed_lets_nobody_in() {
    on_both(|world| async move {
        let (ana, ben) = (world.adviser("ana").await, world.adviser("ben").await);
        let (mut one, mut two, mut three) = (Passkey::new(1), Passkey::new(2), Passkey::new(3));
        let id = world.add_passkey(&ana, &mut one, "one").await.unwrap();
        world.add_passkey(&ana, &mut two, "two").await.unwrap();
        world.add_passkey(&ana, &mut three, "three").await.unwrap();
        let elsewhere = SessionKey::of(tower_sessions::session::Id(1));
        let nobodys = remove_passkey(&world.people, ben.id, elsewhere, id).await;
        assert!(matches!(nobodys, Err(ActError::NotFound)), "another's passkey is not theirs to remove");
        let waiting = one.answer(&world.options());
        remove_passkey(&world.people, ana.id, elsewhere, id).await.unwrap();
        assert!(is_refused(world.by_answer("ana", &ana.password, &waiting).await));
        assert!(world.by_passkey(&ana, &two).await.is_ok());
        assert_eq!(remove_passkeys(&world.people, ADMINISTRATION, ana.id).await.unwrap(), 2);
        assert_eq!(remove_passkeys(&world.people, ADMINISTRATION, ana.id).await.unwrap(), 0);
        assert!(is_refused(world.by_passkey(&ana, &two).await) && is_refused(world.by_passkey(&ana, &three).await));
        assert!(world.sign_in(&ana).await.is_ok(), "the code does");
        let removed = world.entries().await.into_iter().filter(|it| it.act == "passkey.removed").count();
        assert_eq!(removed, 2, "what removed nothing is no entry");
    })
    .await;
}

/// A thief with the device and the password may be in already when the passkeys are taken away.
#[tokio::test]
async fn removing_every_passkey_of_a_member_ends_their_sign_ins() {
    on_both(|world| async move {
        let (ana, ben) = (world.adviser("ana").await, world.adviser("ben").await);
        world.add_passkey(&ana, &mut Passkey::new(1), "telephone").await.unwrap();
        let (mut thief, mut bens) = (Browser::at_account(&world.people), Browser::at_account(&world.people));
        thief.sign_in(&world, &ana).await;
        bens.sign_in(&world, &ben).await;
        assert!(thief.is_in().await && bens.is_in().await);
        remove_passkeys(&world.people, ADMINISTRATION, ana.id).await.unwrap();
        assert!(!world.people.memory().is_unlocked(ana.id, world.now()));
        assert!(!thief.is_in().await && bens.is_in().await);
    })
    .await;
}

/// And so does the member's own hand, but for the page where they do it.
#[tokio::test]
async fn removing_a_passkey_of_ones_own_ends_every_other_sign_in() {
    on_both(|world| async move {
        let (ana, ben) = (world.adviser("ana").await, world.adviser("ben").await);
        let id = world.add_passkey(&ana, &mut Passkey::new(1), "telephone").await.unwrap();
        let [mut thief, mut hers, mut bens] = [(); 3].map(|()| Browser::at_account(&world.people));
        thief.sign_in(&world, &ana).await;
        world.clock.advance(Duration::minutes(1));
        hers.sign_in(&world, &ana).await;
        bens.sign_in(&world, &ben).await;
        let remove = format!("/account/passkeys/{id}/remove");
        assert_eq!(hers.post(&remove, &[]).await.leads_to(), "/account?done=removed");
        assert!(hers.is_in().await && bens.is_in().await && !thief.is_in().await);
        // A second press removes nothing and ends nothing.
        assert_eq!(hers.post(&remove, &[]).await.leads_to(), "/account?done=removed");
        assert!(hers.is_in().await);
        assert_eq!(world.count("sessions", &[("member", ana.id.into())]).await, 1);
    })
    .await;
}

/// Whoever had a passkey before a reset or the end of an account has nothing after it, even if the row comes back.
#[tokio::test]
async fn a_reset_and_the_end_of_an_account_remove_every_passkey() {
    on_both(|world| async move {
        let (ana, ben) = (world.adviser("ana").await, world.adviser("ben").await);
        let (mut hers, mut his) = (Passkey::new(1), Passkey::new(2));
        let id = world.add_passkey(&ana, &mut hers, "telephone").await.unwrap();
        world.add_passkey(&ben, &mut his, "telephone").await.unwrap();
        let columns = ["organisation", "id", "member", "credential", "used"];
        // A copy under a name of nobody's survives the reset; the desk does not know it.
        let hidden = [("member", Uuid::from_u128(77).into()), ("id", Uuid::from_u128(78).into())];
        world.copy_row("passkeys", &columns, &[("id", id.into())], &hidden).await;

        let anew = Person::of("ana", &reset_member(&world.people, ADMINISTRATION, ana.id, None).await.unwrap());
        close_member(&world.people, ADMINISTRATION, ben.id).await.unwrap();
        assert_eq!(world.count("passkeys", &[]).await, 1);
        assert!(is_refused(world.by_passkey(&anew, &hers).await));
        assert!(is_refused(world.by_passkey(&ben, &his).await));

        let back = [("member", ana.id.into()), ("id", id.into())];
        world.copy_row("passkeys", &columns, &[("id", Uuid::from_u128(78).into())], &back).await;
        assert!(is_refused(world.by_passkey(&anew, &hers).await), "put back after the reset");
        assert!(world.sign_in(&anew).await.is_ok());
    })
    .await;
}

/// A damaged row, or one that was put under another member, lets nobody in and keeps nobody out.
#[tokio::test]
async fn a_damaged_row_is_left_out() {
    on_both(|world| async move {
        let (ana, ben) = (world.adviser("ana").await, world.adviser("ben").await);
        let (mut one, mut two, mut his) = (Passkey::new(1), Passkey::new(2), Passkey::new(3));
        let first = world.add_passkey(&ana, &mut one, "one").await.unwrap();
        world.clock.advance(Duration::minutes(1));
        world.add_passkey(&ana, &mut two, "two").await.unwrap();
        let moved = world.add_passkey(&ben, &mut his, "his").await.unwrap();
        world.overwrite("passkeys", "member", ana.id, &[("id", moved.into())]).await;
        for column in ["credential", "used"] {
            let own = world.cell("passkeys", column, &[("id", first.into())]).await.unwrap();
            let mut damaged = own.clone();
            damaged[own.len() / 2] ^= 1;
            for bytes in [damaged, Vec::new()] {
                world.overwrite("passkeys", column, bytes, &[("id", first.into())]).await;
                assert!(is_refused(world.by_passkey(&ana, &one).await), "{column}");
                assert!(world.by_passkey(&ana, &two).await.is_ok(), "the other passkey works");
                let listed = list_passkeys(&world.people, ana.id).await.unwrap();
                let known: Vec<bool> = listed.iter().map(|it| it.known.is_some()).collect();
                assert_eq!(known, [true, false, false], "it is shown, so that it can be removed");
            }
            world.overwrite("passkeys", column, own, &[("id", first.into())]).await;
            assert!(world.by_passkey(&ana, &one).await.is_ok());
        }
        // As if Ben had written the database to come in with Ana's password.
        assert!(is_refused(world.by_passkey(&ana, &his).await));
    })
    .await;
}

#[tokio::test]
async fn what_is_added_is_made_here_for_this_member_now_and_once() {
    on_both(|world| async move {
        let (ana, ben) = (world.adviser("ana").await, world.adviser("ben").await);
        let mut passkey = Passkey::new(1);
        let add = |who: Uuid, name: &'static str, answer: String| {
            let people = world.people.clone();
            async move {
                match add_passkey(&people, &place(), who, name, &answer).await {
                    Ok(_) => None,
                    Err(ActError::Passkey(refused)) => Some(refused),
                    Err(other) => panic!("{other:?}"),
                }
            }
        };
        let fresh = || async { new_passkey_options(&world.people, &place(), ana.id).await.unwrap() };
        for name in ["", "  ", "a\nb", "a name of a passkey that is a good deal longer than anybody reads"] {
            assert_eq!(add(ana.id, name, passkey.make(&fresh().await)).await, Some(PasskeyRefused::Name), "{name:?}");
        }
        assert_eq!(add(ana.id, "x", String::new()).await, Some(PasskeyRefused::NotRead));
        let answer = passkey.make(&fresh().await);
        assert_eq!(add(ben.id, "x", answer).await, Some(PasskeyRefused::Challenge), "made for somebody else");
        let mut for_signing_in = fresh().await;
        for_signing_in["challenge"] = world.options()["challenge"].clone();
        assert_eq!(add(ana.id, "x", passkey.make(&for_signing_in)).await, Some(PasskeyRefused::Challenge));
        let late = passkey.make(&fresh().await);
        world.clock.advance(Duration::minutes(5));
        assert_eq!(add(ana.id, "x", late).await, Some(PasskeyRefused::Challenge));
        passkey.origin = "https://desk.example.com".into();
        assert_eq!(add(ana.id, "x", passkey.make(&fresh().await)).await, Some(PasskeyRefused::Wrong));
        passkey.origin = ORIGIN.into();

        let answer = passkey.make(&fresh().await);
        assert_eq!(add(ana.id, "x", answer.clone()).await, None);
        assert_eq!(add(ana.id, "x", answer.clone()).await, Some(PasskeyRefused::Challenge), "the same answer again");
        assert_eq!(add(ana.id, "x", passkey.make(&fresh().await)).await, Some(PasskeyRefused::Known));
        remove_passkeys(&world.people, ADMINISTRATION, ana.id).await.unwrap();
        assert_eq!(add(ana.id, "x", answer).await, Some(PasskeyRefused::Challenge), "the same answer after removing");
        for seed in 1..=10 {
            assert_eq!(add(ana.id, "x", Passkey::new(seed).make(&fresh().await)).await, None, "{seed}");
        }
        assert_eq!(add(ana.id, "x", Passkey::new(11).make(&fresh().await)).await, Some(PasskeyRefused::TooMany));
        assert_eq!(fresh().await["excludeCredentials"].as_array().unwrap().len(), 10, "no device makes a second one");
    })
    .await;
}

/// What is asked of a browser is the same for everybody, and says nothing of anybody who works here.
#[tokio::test]
async fn what_a_browser_is_told_names_nobody() {
    on_both(|world| async move {
        let ana = world.adviser("ana").await;
        world.add_passkey(&ana, &mut Passkey::new(1), "telephone").await.unwrap();
        let mut browser = Browser::at_account(&world.people);
        let answer = browser.get("/sign-in/passkey").await;
        let mut said: Value = serde_json::from_str(&answer.body).unwrap();
        said["challenge"].take();
        let nobody_named = serde_json::json!({
            "challenge": null, "rpId": "desk.example.org", "allowCredentials": [], "userVerification": "preferred", "timeout": 300_000,
        });
        assert_eq!(said, nobody_named);
        assert!(browser.cookie.is_none());
        let made = new_passkey_options(&world.people, &place(), ana.id).await.unwrap();
        assert_ne!(made["user"]["id"], data_encoding::BASE64URL_NOPAD.encode(ana.id.as_bytes()), "the id of a member is not on a device");
        assert_eq!(made["attestation"], "none");
        assert_eq!(made["authenticatorSelection"]["residentKey"], "required");
    })
    .await;
}

/// The whole way through the pages: add, sign out, sign in with it, remove.
#[tokio::test]
async fn through_the_pages_and_back() {
    on_both(|world| async move {
        let (ana, maud) = (world.adviser("ana").await, world.add("maud", &["people:auditor"]).await);
        let mut browser = Browser::at_account(&world.people);
        assert!(browser.get("/account").await.leads_to().starts_with("/sign-in"));
        browser.sign_in(&world, &ana).await;
        assert!(browser.get("/account").await.body.contains("You have no passkey yet"));
        // The page's script finds its part of each page, which is hidden without it.
        let part = |kind: &str, from: &str| format!("data-passkey=\"{kind}\" data-options=\"{from}\" hidden>");
        assert!(browser.get("/account/passkeys/add").await.body.contains(&part("create", "/account/passkeys/options")));
        assert!(Browser::at_account(&world.people).get("/sign-in").await.body.contains(&part("get", "/sign-in/passkey")));
        let mut passkey = Passkey::new(1);
        let options = serde_json::from_str(&browser.get("/account/passkeys/options").await.body).unwrap();
        let empty = browser.post("/account/passkeys/add", &[("name", "<b>my phone</b>")]).await;
        assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(empty.body.contains("No passkey came from your browser") && !empty.body.contains("<b>my phone"));
        let form = [("name", "my phone"), ("passkey", &passkey.make(&options))];
        assert_eq!(browser.post("/account/passkeys/add", &form).await.leads_to(), "/account?done=added");
        let page = browser.get("/account").await.body;
        assert!(page.contains("my phone") && page.contains("Tuesday 24 November 2026") && page.contains("Not used yet"));

        // Nobody else sees or removes it.
        let id = list_passkeys(&world.people, ana.id).await.unwrap()[0].id;
        let remove = format!("/account/passkeys/{id}/remove");
        let mut other = Browser::at_account(&world.people);
        other.sign_in(&world, &maud).await;
        assert!(!other.get("/account").await.body.contains("my phone"));
        assert_eq!(other.get(&remove).await.status, StatusCode::NOT_FOUND);
        other.post(&remove, &[]).await;
        assert_eq!(list_passkeys(&world.people, ana.id).await.unwrap().len(), 1);

        browser.post("/sign-out", &[]).await;
        let options = serde_json::from_str(&browser.get("/sign-in/passkey").await.body).unwrap();
        let answer = passkey.answer(&options);
        let form = [("name", "ana"), ("password", ana.password.as_str()), ("code", ""), ("passkey", &answer), ("next", "/account")];
        assert_eq!(browser.post("/sign-in", &form).await.leads_to(), "/account");
        let again = Browser::at_account(&world.people).post("/sign-in", &form).await;
        assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(again.body.contains("Name, password and passkey do not go together"));

        // What opens the door later wants the password typed lately.
        world.clock.advance(Duration::minutes(6));
        for path in ["/account/passkeys/add", "/account/passkeys/options", remove.as_str()] {
            assert!(browser.get(path).await.leads_to().starts_with("/locked"), "{path}");
        }
        assert_eq!(browser.post(&remove, &[]).await.status, StatusCode::UNAUTHORIZED);
        assert_eq!(list_passkeys(&world.people, ana.id).await.unwrap().len(), 1);
        browser.unlock(&ana).await;
        assert!(browser.get(&remove).await.body.contains("Remove “my phone”?"));
        assert_eq!(browser.post(&remove, &[]).await.leads_to(), "/account?done=removed");
        assert!(is_refused(world.by_passkey(&ana, &passkey).await));
    })
    .await;
}

/// A desk at an address for which no browser makes passkeys offers none, and takes none.
#[tokio::test]
async fn without_an_address_there_are_none() {
    on_both(|world| async move {
        let ana = world.adviser("ana").await;
        let mut passkey = Passkey::new(1);
        world.add_passkey(&ana, &mut passkey, "telephone").await.unwrap();
        let mut browser = Browser::at(&world.people);
        assert_eq!(browser.get("/sign-in/passkey").await.status, StatusCode::NOT_FOUND);
        assert!(!browser.get("/sign-in").await.body.contains("data-passkey"));
        let answer = passkey.answer(&world.options());
        let form = [("name", "ana"), ("password", ana.password.as_str()), ("passkey", &answer)];
        assert_eq!(browser.post("/sign-in", &form).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    })
    .await;
}
