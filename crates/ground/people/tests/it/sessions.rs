//! Sessions: how long the desk stays open, what ends it, and what of it lies in the database.

use axum::http::{StatusCode, header};
use plainsight_people::acts::member::{change_roles, close_member};
use plainsight_people::acts::sign_in::forget_sessions;
use plainsight_people::desk_memory::{IDLE_LOCK, SESSION_END, SessionKey};
use plainsight_people::{COOKIE, forget_ended, lock_idle};
use sea_orm::Value;
use time::Duration;

use crate::browser::Browser;
use crate::world::{ADMINISTRATION, on_both, roles};

/// Nothing behind the gate is reached without signing in, and what was wanted is gone to afterwards.
#[tokio::test]
async fn the_desk_is_closed_to_strangers() {
    on_both(|world| async move {
        let ana = world.adviser("ana").await;
        let mut browser = Browser::at(&world.people);
        assert_eq!(browser.get("/").await.leads_to(), "/sign-in");
        assert_eq!(browser.get("/contacts?tab=new").await.leads_to(), "/sign-in?next=%2Fcontacts%3Ftab%3Dnew");
        assert_eq!(browser.get("/locked").await.leads_to(), "/sign-in");
        assert_eq!(browser.post("/note", &[("text", "x")]).await.status, StatusCode::UNAUTHORIZED);
        assert_eq!(browser.cookie, None, "a stranger is given no cookie");
        let wrong = browser.post("/sign-in", &[("name", "ana"), ("password", "not the password"), ("code", "000000")]).await;
        assert_eq!((wrong.status, browser.cookie.as_ref()), (StatusCode::UNPROCESSABLE_ENTITY, None));
        assert_eq!(browser.post("/sign-in", &[]).await.status, StatusCode::UNPROCESSABLE_ENTITY);
        let signed_in = browser.sign_in_with(&world, &ana, &[("next", "/contacts?tab=new")]).await;
        assert_eq!(signed_in.leads_to(), "/contacts?tab=new");
        assert_eq!(browser.get("/sign-in?next=/contacts").await.leads_to(), "/contacts");
    })
    .await;
}

/// A page that somebody forgot to put behind the gate refuses everybody, a signed-in member too.
#[tokio::test]
async fn a_page_outside_the_gate_is_open_to_nobody() {
    on_both(|world| async move {
        let ana = world.adviser("ana").await;
        let mut browser = Browser::at(&world.people);
        browser.sign_in(&world, &ana).await;
        let mut outside = browser.outside_the_gate(&world.people);
        for path in ["/", "/advisers", "/export"] {
            assert_eq!(outside.get(path).await.leads_to(), "/sign-in", "{path}");
        }
        assert_eq!(outside.post("/note", &[("text", "x")]).await.leads_to(), "/sign-in");
    })
    .await;
}

/// An address in `next` never leads off the desk.
#[tokio::test]
async fn no_return_address_leaves_the_desk() {
    on_both(|world| async move {
        let ana = world.adviser("ana").await;
        let mut browser = Browser::at(&world.people);
        for evil in ["//evil.example", "/\\evil.example", "https://evil.example", "/\t/evil.example", "evil", ""] {
            world.clock.advance(Duration::minutes(1));
            assert_eq!(browser.sign_in_with(&world, &ana, &[("next", evil)]).await.leads_to(), "/", "{evil:?}");
            let query = serde_urlencoded::to_string([("next", evil)]).unwrap();
            assert_eq!(browser.get(&format!("/sign-in?{query}")).await.leads_to(), "/", "{evil:?}");
            let unlocked = browser.post("/locked", &[("password", &ana.password), ("next", evil)]).await;
            assert_eq!(unlocked.leads_to(), "/", "{evil:?}");
        }
    })
    .await;
}

#[tokio::test]
async fn the_cookie_is_for_this_host_and_no_script() {
    on_both(|world| async move {
        let ana = world.adviser("ana").await;
        let mut browser = Browser::at(&world.people);
        let set = browser.sign_in(&world, &ana).await.headers[header::SET_COOKIE].to_str().unwrap().to_owned();
        let mut parts: Vec<&str> = set.split("; ").skip(1).collect();
        parts.sort_unstable();
        assert!(set.starts_with("__Host-") && set.starts_with(COOKIE), "{set}");
        assert_eq!(parts, ["HttpOnly", "Path=/", "SameSite=Lax", "Secure"]);
    })
    .await;
}

/// A session id that was there before the sign-in, planted or old, is worth nothing after it.
#[tokio::test]
async fn the_session_id_changes_at_sign_in() {
    on_both(|world| async move {
        let ana = world.adviser("ana").await;
        let mut browser = Browser::at(&world.people);
        let planted = format!("{COOKIE}=AAAAAAAAAAAAAAAAAAAAAA");
        browser.cookie = Some(planted.clone());
        browser.sign_in(&world, &ana).await;
        let first = browser.cookie.clone().unwrap();
        assert_ne!(first, planted);
        world.clock.advance(Duration::minutes(1));
        browser.sign_in(&world, &ana).await;
        let second = browser.cookie.clone().unwrap();
        assert_ne!(first, second);
        assert!(browser.is_in().await);
        assert_eq!(world.people.memory().unlocked_sessions(), 1);
        for old in [planted, first] {
            browser.cookie = Some(old);
            assert!(!browser.is_in().await);
        }
    })
    .await;
}

/// After a quarter of an hour without a request the keys are gone; the password brings them back, nothing else does.
#[tokio::test]
async fn an_idle_session_is_locked_until_the_password_is_typed() {
    on_both(|world| async move {
        let (ana, ben) = (world.adviser("ana").await, world.adviser("ben").await);
        let mut browser = Browser::at(&world.people);
        browser.sign_in(&world, &ana).await;
        world.clock.advance(IDLE_LOCK - Duration::seconds(1));
        assert!(browser.is_in().await);
        world.clock.advance(IDLE_LOCK);
        assert_eq!(browser.get("/contacts").await.leads_to(), "/locked?next=%2Fcontacts");
        assert_eq!(browser.post("/note", &[("text", "x")]).await.status, StatusCode::UNAUTHORIZED);
        assert_eq!(browser.get("/locked").await.status, StatusCode::OK);
        for wrong in ["", "not the password at all", &ben.password] {
            let refused = browser.post("/locked", &[("password", wrong)]).await;
            assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
            assert!(!browser.is_in().await);
        }
        let back = browser.post("/locked", &[("password", &ana.password), ("next", "/contacts")]).await;
        assert_eq!(back.leads_to(), "/contacts");
        assert!(browser.is_in().await);
        // The sweeper drops the keys without being asked for a page.
        world.clock.advance(IDLE_LOCK);
        assert_eq!((lock_idle(&world.people, world.now()), world.people.memory().unlocked_sessions()), (1, 0));
        assert!(!browser.is_in().await);
    })
    .await;
}

/// After ten hours the session ends, however busy it was and however often it was unlocked.
#[tokio::test]
async fn a_session_ends_after_ten_hours() {
    on_both(|world| async move {
        let ana = world.adviser("ana").await;
        let mut browser = Browser::at(&world.people);
        browser.sign_in(&world, &ana).await;
        let end = world.now() + SESSION_END;
        assert_eq!(SESSION_END, Duration::hours(10));
        while world.now() + Duration::minutes(14) < end {
            world.clock.advance(Duration::minutes(14));
            assert!(browser.is_in().await);
        }
        assert!(browser.unlock(&ana).await.leads_to() == "/");
        world.clock.set(end - Duration::seconds(1));
        assert!(browser.is_in().await);
        world.clock.set(end);
        assert_eq!(browser.get("/").await.leads_to(), "/sign-in");
        assert_eq!(browser.unlock(&ana).await.status, StatusCode::UNAUTHORIZED);
        assert_eq!(world.people.memory().unlocked_sessions(), 0);
        // The row stays a day, to say whose late form may be kept, and is then forgotten.
        world.clock.set(end + Duration::hours(24));
        assert_eq!(forget_ended(&world.people).await.unwrap(), 0);
        world.clock.advance(Duration::seconds(1));
        assert_eq!(forget_ended(&world.people).await.unwrap(), 1);
    })
    .await;
}

#[tokio::test]
async fn locking_drops_the_keys_and_signing_out_ends_the_session() {
    on_both(|world| async move {
        let ana = world.adviser("ana").await;
        let mut browser = Browser::at(&world.people);
        browser.sign_in(&world, &ana).await;
        assert_eq!(browser.post("/lock", &[]).await.leads_to(), "/locked");
        assert_eq!(world.people.memory().unlocked_sessions(), 0);
        assert_eq!(browser.get("/").await.leads_to(), "/locked");
        browser.unlock(&ana).await;
        let cookie = browser.cookie.clone();
        assert_eq!(browser.post("/sign-out", &[]).await.leads_to(), "/sign-in");
        assert_eq!((browser.cookie.as_ref(), world.people.memory().unlocked_sessions()), (None, 0));
        browser.cookie = cookie;
        assert!(!browser.is_in().await, "the old cookie is dead");
        assert_eq!(browser.unlock(&ana).await.status, StatusCode::UNAUTHORIZED);
        assert_eq!(world.entries().await.last().unwrap().act, "member.signed-out");
        assert_eq!(browser.post("/sign-out", &[]).await.leads_to(), "/sign-in", "leaving twice is no fault");
    })
    .await;
}

/// A link or picture on another site cannot lock or sign out anybody: that takes a post.
#[tokio::test]
async fn leaving_takes_a_post() {
    on_both(|world| async move {
        let ana = world.adviser("ana").await;
        let mut browser = Browser::at(&world.people);
        browser.sign_in(&world, &ana).await;
        for path in ["/lock", "/sign-out"] {
            assert_eq!(browser.get(path).await.status, StatusCode::METHOD_NOT_ALLOWED);
        }
        assert!(browser.is_in().await);
    })
    .await;
}

/// A role taken away or an account closed counts with the next request, not with the next sign-in.
#[tokio::test]
async fn what_is_taken_away_is_gone_with_the_next_page() {
    on_both(|world| async move {
        let ana = world.adviser("ana").await;
        let mut browser = Browser::at(&world.people);
        browser.sign_in(&world, &ana).await;
        assert_eq!(browser.get("/advisers").await.body, ana.id.to_string());
        change_roles(&world.people, ADMINISTRATION, ana.id, &roles(&["helpline:supervisor"])).await.unwrap();
        assert_eq!(browser.get("/advisers").await.status, StatusCode::NOT_FOUND, "refused reads like missing");
        assert!(browser.is_in().await);
        close_member(&world.people, ADMINISTRATION, ana.id).await.unwrap();
        assert_eq!(browser.get("/").await.leads_to(), "/sign-in");
        assert_eq!(browser.unlock(&ana).await.status, StatusCode::UNAUTHORIZED);
    })
    .await;
}

/// Some pages want the password typed lately, however busy the session is.
#[tokio::test]
async fn grants_and_exports_ask_for_the_password_again() {
    on_both(|world| async move {
        let ana = world.adviser("ana").await;
        let mut browser = Browser::at(&world.people);
        assert_eq!(browser.get("/export").await.leads_to(), "/sign-in?next=%2Fexport");
        browser.sign_in(&world, &ana).await;
        assert_eq!(browser.get("/export").await.status, StatusCode::OK);
        world.clock.advance(Duration::minutes(5));
        assert!(browser.is_in().await);
        assert_eq!(browser.get("/export").await.leads_to(), "/locked?next=%2Fexport");
        assert_eq!(browser.post("/export", &[("all", "yes")]).await.status, StatusCode::UNAUTHORIZED);
        browser.unlock(&ana).await;
        assert_eq!(browser.get("/export").await.status, StatusCode::OK);
        assert_eq!(browser.post("/export", &[("all", "yes")]).await.status, StatusCode::OK);
    })
    .await;
}

/// Keys are nowhere but in memory: after a restart everybody is signed in and locked.
#[tokio::test]
async fn a_restart_leaves_everybody_locked() {
    on_both(|world| async move {
        let ana = world.adviser("ana").await;
        let mut browser = Browser::at(&world.people);
        browser.sign_in(&world, &ana).await;
        assert!(browser.is_in().await);
        let mut browser = browser.at_restarted(&world.restarted().await);
        assert_eq!(browser.get("/").await.leads_to(), "/locked");
        browser.unlock(&ana).await;
        assert!(browser.is_in().await);
    })
    .await;
}

/// A row of the sessions table cannot be turned into a cookie, and holds no key.
#[tokio::test]
async fn a_stored_session_holds_neither_its_id_nor_a_key() {
    on_both(|world| async move {
        let ana = world.adviser("ana").await;
        let team = world.team(&ana).await;
        let mut browser = Browser::at(&world.people);
        browser.sign_in(&world, &ana).await;
        let id = browser.session();
        let of_ana: [(&str, Value); 1] = [("member", ana.id.into())];
        let key = world.cell("sessions", "key", &of_ana).await.unwrap();
        assert_eq!(key, SessionKey::of(id).0);
        let row = [key, world.cell("sessions", "data", &of_ana).await.unwrap()].concat();
        let unlocked = world.unlocked(&ana).await;
        let cookie = browser.cookie.clone().unwrap();
        let cookie_value = cookie.split_once('=').unwrap().1;
        for secret in [
            id.0.to_le_bytes().to_vec(),
            id.0.to_be_bytes().to_vec(),
            cookie_value.as_bytes().to_vec(),
            ana.id.as_bytes().to_vec(),
            ana.id.to_string().into_bytes(),
            unlocked.member.seed().to_vec(),
            unlocked.signing.to_bytes().to_vec(),
            unlocked.newest(team).unwrap().1.seed().to_vec(),
        ] {
            assert!(!row.windows(secret.len()).any(|part| part == secret));
        }
    })
    .await;
}

/// Whoever can write the table does not become somebody else with it: data are bound to their row.
#[tokio::test]
async fn a_copied_session_row_admits_nobody() {
    on_both(|world| async move {
        let (ana, mal) = (world.adviser("ana").await, world.adviser("mal").await);
        let (mut of_ana, mut of_mal) = (Browser::at(&world.people), Browser::at(&world.people));
        of_ana.sign_in(&world, &ana).await;
        of_mal.sign_in(&world, &mal).await;
        let key = |browser: &Browser| [("key", Value::from(SessionKey::of(browser.session()).0.to_vec()))];
        let data = world.cell("sessions", "data", &key(&of_ana)).await.unwrap();
        world.overwrite("sessions", "data", data, &key(&of_mal)).await;
        world.overwrite("sessions", "member", ana.id, &key(&of_mal)).await;
        assert_ne!(of_mal.get("/").await.status, StatusCode::OK);
        assert_ne!(of_mal.unlock(&mal).await.status, StatusCode::SEE_OTHER);
        assert!(of_ana.is_in().await);
        // A row under the hash of an id that Mal made up, with Ana's data.
        let mut made_up = Browser::at(&world.people);
        made_up.cookie = Some(format!("{COOKIE}=AAAAAAAAAAAAAAAAAAAAAA"));
        let columns = ["organisation", "key", "member", "ends", "data"];
        world.copy_row("sessions", &columns, &key(&of_ana), &key(&made_up)).await;
        assert_ne!(made_up.get("/").await.status, StatusCode::OK);
        assert_ne!(made_up.unlock(&mal).await.status, StatusCode::SEE_OTHER);
    })
    .await;
}

/// What a restored backup holds of sessions lets nobody in.
#[tokio::test]
async fn every_session_can_be_forgotten_at_once() {
    on_both(|world| async move {
        let (ana, ben) = (world.adviser("ana").await, world.adviser("ben").await);
        let [mut hers, mut his] = [(); 2].map(|()| Browser::at_account(&world.people));
        hers.sign_in(&world, &ana).await;
        his.sign_in(&world, &ben).await;
        assert_eq!(forget_sessions(world.db.store(), world.organisation).await.unwrap(), 2);
        assert!(!hers.is_in().await && !his.is_in().await);
    })
    .await;
}
