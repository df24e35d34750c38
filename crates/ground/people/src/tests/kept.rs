//! A form that came too late comes back to the member who wrote it, and to nobody else.
//!
//! After a sign-in or unlock with a kept form, the door answers with the page that posts it again; without one it leads on.

use axum::http::StatusCode;
use plainsight_vault::form_state::DayKeys;
use time::Duration;

use super::browser::Browser;
use super::world::{Person, World, on_both};
use crate::kept_form::{DeskPath, KeptForm, LARGEST};

/// A form of this member as the gate seals it.
fn kept(world: &World, person: &Person, text: &str) -> String {
    let path = DeskPath::parse("/note").unwrap();
    let form = KeptForm { member: person.id, path, fields: vec![("text".to_owned(), text.to_owned())] };
    let now = world.now().unix_timestamp();
    let keys = DayKeys::derive(&world.people.blind("people.kept_form", &[]), DayKeys::day_of(now));
    keys.seal(&serde_json::to_vec(&form).unwrap(), now, &mut world.people.rng()).unwrap()
}

#[tokio::test]
async fn a_kept_form_comes_back_to_who_wrote_it_and_to_nobody_else() {
    on_both(|world| async move {
        let (ana, ben) = (world.adviser("ana").await, world.adviser("ben").await);
        let form = kept(&world, &ana, "what the caller said");
        let mut of_ana = Browser::at(&world.people);
        assert_eq!(of_ana.sign_in_with(&world, &ana, &[("kept", &form)]).await.status, StatusCode::OK);
        let unlocked = of_ana.post("/locked", &[("password", &ana.password), ("kept", &form)]).await;
        assert_eq!(unlocked.status, StatusCode::OK);
        let mut of_ben = Browser::at(&world.people);
        let others = of_ben.sign_in_with(&world, &ben, &[("kept", &form), ("next", "/contacts")]).await;
        assert_eq!(others.leads_to(), "/contacts", "another's form is as good as none");
        assert!(!others.body.contains("caller"));
        let others = of_ben.post("/locked", &[("password", &ben.password), ("kept", &form)]).await;
        assert_eq!(others.leads_to(), "/");
        // A wrong password shows nothing of it, and does not lose it.
        let wrong = of_ana.post("/locked", &[("password", "not the password"), ("kept", &form)]).await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(!wrong.body.contains("caller"));
    })
    .await;
}

/// It lives over a restart and over midnight, but not for days; whatever is not ours is as good as none.
#[tokio::test]
async fn a_kept_form_lives_for_a_day_and_cannot_be_made_up() {
    on_both(|world| async move {
        let ana = world.adviser("ana").await;
        let form = kept(&world, &ana, "what the caller said");
        world.clock.advance(Duration::hours(24));
        let mut browser = Browser::at(&world.restarted().await);
        assert_eq!(browser.sign_in_with(&world, &ana, &[("kept", &form)]).await.status, StatusCode::OK);
        world.clock.advance(Duration::hours(24));
        assert_eq!(browser.sign_in_with(&world, &ana, &[("kept", &form)]).await.leads_to(), "/");
        let mut changed = kept(&world, &ana, "x");
        changed.replace_range(60..61, if changed.as_bytes()[60] == b'A' { "B" } else { "A" });
        for not_ours in ["", "AAAA", "%%%", &changed] {
            world.clock.advance(Duration::minutes(1));
            assert_eq!(browser.sign_in_with(&world, &ana, &[("kept", not_ours)]).await.leads_to(), "/");
        }
    })
    .await;
}

/// The door answers a late form without failing, whatever its size and kind: too large and unreadable ones are lost, and the
/// notice on the page says so.
#[tokio::test]
async fn a_late_form_of_any_size_meets_the_door() {
    on_both(|world| async move {
        let ana = world.adviser("ana").await;
        let mut browser = Browser::at(&world.people);
        browser.sign_in(&world, &ana).await;
        for size in [0, 10, LARGEST - 100, LARGEST, LARGEST + 1, 3_000_000] {
            world.people.memory().lock_member(ana.id);
            let text = "x".repeat(size);
            assert_eq!(browser.post("/note", &[("text", &text)]).await.status, StatusCode::UNAUTHORIZED, "{size}");
        }
        // The same on a session that has ended, when it is still known whose it was, and when it is not.
        for hours in [11, 30] {
            world.clock.advance(Duration::hours(hours));
            assert_eq!(browser.post("/note", &[("text", "late")]).await.status, StatusCode::UNAUTHORIZED);
        }
        assert_eq!(world.count("sessions", &[("member", ana.id.into())]).await, 1, "a late form makes no session");
    })
    .await;
}
