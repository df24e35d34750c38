//! Recovery at the desk: who finds the page, what it lets whom do, and what an administrator sees.

use axum::http::StatusCode;
use plainsight_people::acts::member::close_member;
use plainsight_people::acts::recovery::{list_recovery, make_recovery};
use plainsight_people::acts::team::create_team;
use plainsight_people::recovery::WAIT;
use time::Duration;
use uuid::Uuid;

use crate::browser::Browser;
use crate::recovery::{Office, tell_all};
use crate::world::{ADMINISTRATION, Person, World, on_both};

async fn at_desk(world: &World, person: &Person) -> Browser {
    let mut browser = Browser::at_staff(&world.people);
    browser.sign_in(world, person).await;
    browser
}

fn request(page: &str) -> Uuid {
    page.split_once("id=\"request-").expect("a request").1.split_once('"').unwrap().0.parse().unwrap()
}

#[tokio::test]
async fn whoever_has_no_part_in_it_finds_nothing_there() {
    on_both(|world| async move {
        let office = Office::open(&world).await;
        let (nia, maud) = (world.adviser("nia").await, world.add("maud", &["people:auditor"]).await);
        let ada = world.add("ada", &["people:administrator"]).await;
        let id = Uuid::from_u128(5);
        for person in [&nia, &maud, &ada] {
            let mut browser = at_desk(&world, person).await;
            assert_eq!(browser.get("/recovery").await.status, StatusCode::NOT_FOUND, "{}", person.sign_in_name);
            for deed in ["zones/helpline/drill", "zones/helpline/cover", "zones/helpline/make", "ask", &format!("requests/{id}/agree")] {
                let answer = browser.post(&format!("/recovery/{deed}"), &[("reason", "x")]).await;
                assert_eq!(answer.status, StatusCode::NOT_FOUND, "{} {deed}", person.sign_in_name);
            }
            assert!(!browser.get("/rota").await.body.contains("href=\"/recovery\""));
        }
        for person in [&office.ana, &office.ben, &office.mara, &office.olu] {
            let mut browser = at_desk(&world, person).await;
            assert_eq!(browser.get("/recovery").await.status, StatusCode::OK, "{}", person.sign_in_name);
            assert!(browser.get("/rota").await.body.contains("href=\"/recovery\""));
        }
        assert!(Browser::at_staff(&world.people).get("/recovery").await.leads_to().starts_with("/sign-in"));
    })
    .await;
}

/// A holder makes the key on a page; what does not fit comes back beside the field, with the officers still chosen.
#[tokio::test]
async fn a_holder_makes_a_recovery_key_on_the_page() {
    on_both(|world| async move {
        let office = Office::open(&world).await;
        let page = "/recovery/zones/helpline/make";
        let maud = world.add("maud", &["people:auditor"]).await;
        let (mut ben, mut ana) = (at_desk(&world, &office.ben).await, at_desk(&world, &office.ana).await);
        assert_eq!(ben.get(page).await.status, StatusCode::NOT_FOUND, "an officer who holds no key");
        assert_eq!(ana.get("/recovery/zones/nowhere/make").await.status, StatusCode::NOT_FOUND);
        let asked = ana.get(page).await.body;
        assert!(asked.contains("<strong dir=\"auto\">Night desk</strong>") && asked.contains("Its shares are worth nothing after this"));
        assert!(!asked.contains(&maud.id.to_string()), "an auditor keeps no share");
        let (ben_id, mara_id) = (office.ben.id.to_string(), office.mara.id.to_string());
        let one = ana.post(page, &[("officers", ben_id.as_str()), ("need", "2")]).await;
        assert_eq!(one.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(one.body.contains("href=\"#officers\"") && one.body.contains(&format!("value=\"{ben_id}\" checked")));
        let both = [("officers", ben_id.as_str()), ("officers", mara_id.as_str())];
        let many = ana.post(page, &[both[0], both[1], ("need", "3")]).await;
        assert!(many.status == StatusCode::UNPROCESSABLE_ENTITY && many.body.contains("href=\"#need\""));
        assert_eq!(ana.post(page, &[both[0], both[1], ("need", "2")]).await.leads_to(), "/recovery?done=made");
        let key = list_recovery(&world.people, world.now()).await.unwrap().remove(0).key.unwrap();
        assert_eq!((key.number, key.need, key.officers.len()), (2, 2, 2));
        assert!(ben.get("/recovery").await.body.contains("Recovery key number 2"));
    })
    .await;
}

/// From the drill to the key, on pages alone; each deed wants a password that was typed just now.
#[tokio::test]
async fn officers_bring_a_key_back_on_the_page() {
    on_both(|world| async move {
        let office = Office::open(&world).await;
        let nia = world.adviser("nia").await;
        close_member(&world.people, ADMINISTRATION, office.ana.id).await.unwrap();
        let (mut ben, mut nias) = (at_desk(&world, &office.ben).await, at_desk(&world, &nia).await);
        let page = ben.get("/recovery").await;
        for said in ["Recovery key number 1, made by", "2 of 3 officers are needed.", "Has not tried their share yet"] {
            assert!(page.body.contains(said), "{said}");
        }
        assert_eq!(ben.post("/recovery/zones/helpline/drill", &[]).await.leads_to(), "/recovery?done=tried");
        assert!(ben.get("/recovery?done=tried").await.body.contains("Your share opens and is the right one."));

        // The form comes back as it was, with everything that is missing.
        let half = ben.post("/recovery/ask", &[("reason", "Ana is gone")]).await;
        assert_eq!(half.status, StatusCode::UNPROCESSABLE_ENTITY);
        for said in ["Choose at least one team.", "Choose somebody from the list."] {
            assert_eq!(half.body.matches(said).count(), 2, "{said}");
        }
        assert!(half.body.contains(">Ana is gone</textarea>"));
        let team = office.team.to_string();
        let form = |target: Uuid| [("teams", team.clone()), ("target", target.to_string()), ("reason", "Ana is gone".to_owned())];
        let asked = async |browser: &mut Browser, target: Uuid| {
            let form = form(target);
            browser.post("/recovery/ask", &form.each_ref().map(|(name, value)| (*name, value.as_str()))).await
        };
        let wrong = asked(&mut ben, office.mara.id).await;
        assert!(wrong.body.contains("They have no role where this team works."));
        world.clock.advance(Duration::minutes(6));
        assert_eq!(asked(&mut ben, nia.id).await.status, StatusCode::UNAUTHORIZED, "the password first");
        ben.unlock(&office.ben).await;
        assert_eq!(asked(&mut ben, nia.id).await.leads_to(), "/recovery?done=asked");

        let page = ben.get("/recovery").await;
        let id = request(&page.body);
        for said in [
            "The key of Night desk for nia Wintergreen",
            "Agreed: ben Wintergreen. That is 1 of 2.",
            "Those who can stop this do not all know of it yet.",
        ] {
            assert!(page.body.contains(said), "{said}");
        }
        assert!(!page.body.contains(&format!("{id}/agree")), "Ben has agreed by asking");
        let mut mara = at_desk(&world, &office.mara).await;
        assert!(mara.get("/rota").await.body.contains("Somebody asks for the key of a team."));
        assert_eq!(mara.post(&format!("/recovery/requests/{id}/agree"), &[]).await.leads_to(), "/recovery?done=agreed");
        let again = mara.post(&format!("/recovery/requests/{id}/agree"), &[]).await;
        assert!(again.status == StatusCode::UNPROCESSABLE_ENTITY && again.body.contains("You have agreed to this already."));

        tell_all(&world, id).await;
        let finish = format!("/recovery/requests/{id}/finish");
        assert!(!nias.get("/recovery").await.body.contains(&finish), "no button before its time");
        nias.unlock(&nia).await;
        assert!(nias.get("/recovery").await.body.contains("It can be finished after Wednesday 25 November 2026"));
        assert!(nias.post(&finish, &[]).await.body.contains("It can be finished after"));
        world.clock.advance(WAIT);
        nias.sign_in(&world, &nia).await;
        assert!(nias.get("/recovery").await.body.contains(&finish));
        assert_eq!(nias.post(&finish, &[]).await.leads_to(), "/recovery?done=finished");
        // The very next page is opened with the key.
        let after = nias.get("/recovery?done=finished").await;
        assert!(after.body.contains("You hold the key.") && after.body.contains("The recovery key was used"));
        assert!(world.unlocked(&nia).await.newest(office.team).is_some());
    })
    .await;
}

/// An administrator sees how recovery stands and has no part in it; one who is an officer can stop it there.
#[tokio::test]
async fn an_administrator_sees_the_state_and_stops_only_as_an_officer() {
    on_both(|world| async move {
        let office = Office::open(&world).await;
        let nia = world.adviser("nia").await;
        let id = office.ask(&world, &office.ben, &nia).await.unwrap();
        let stop = format!("/recovery/requests/{id}/stop");
        let ada = world.add("ada", &["people:administrator"]).await;
        let mut adas = at_desk(&world, &ada).await;
        let page = adas.get("/people").await;
        for said in
            ["Recovery key number 1, made by ana Wintergreen", "2 of 3 officers are needed", "The key of Night desk for nia Wintergreen"]
        {
            assert!(page.body.contains(said), "{said}");
        }
        for deed in [stop.as_str(), "/drill", "/agree", "/finish", "/cover"] {
            assert!(!page.body.contains(deed), "{deed}");
        }
        assert_eq!(adas.post(&stop, &[]).await.status, StatusCode::NOT_FOUND);
        assert_eq!(list_recovery(&world.people, world.now()).await.unwrap()[0].requests.len(), 1, "nothing was stopped");

        let mut maras = at_desk(&world, &office.mara).await;
        let page = maras.get("/people").await;
        assert!(page.body.contains(&stop) && !page.body.contains("/drill") && page.body.contains("href=\"/recovery\""));
        assert_eq!(maras.post(&stop, &[]).await.leads_to(), "/recovery?done=stopped");
        assert!(list_recovery(&world.people, world.now()).await.unwrap()[0].requests.is_empty());
        assert!(maras.get("/recovery?lang=ro").await.body.contains("Recuperare"));
    })
    .await;
}

/// A recovery goes on without what cannot be read, so it is seen and stopped without it too.
#[tokio::test]
async fn damaged_rows_take_no_page_away_on_which_a_recovery_is_stopped() {
    on_both(|world| async move {
        let office = Office::open(&world).await;
        let nia = world.adviser("nia").await;
        let id = office.ask(&world, &office.ben, &nia).await.unwrap();
        let care = create_team(&world.people, &*world.unlocked(&office.olu).await, "care", "Care desk").await.unwrap();
        make_recovery(&world.people, &*world.unlocked(&office.olu).await, "care", &[office.ana.id, office.olu.id], 2).await.unwrap();
        let zone = [("zone", "helpline".into())];
        let mut bytes = world.cell("recovery_keys", "made_at", &zone).await.unwrap();
        *bytes.last_mut().unwrap() ^= 1;
        world.overwrite("recovery_keys", "made_at", bytes, &zone).await;
        let mut bens = at_desk(&world, &office.ben).await;
        assert!(bens.get("/rota").await.body.contains("Somebody asks for the key of a team."));
        let page = bens.get("/recovery").await;
        assert!(page.body.contains("on an unknown day") && page.body.contains("is damaged"), "{}", page.body);
        let mut maras = at_desk(&world, &office.mara).await;
        assert!(maras.get("/people").await.body.contains(&format!("/recovery/requests/{id}/stop")));

        // Nor does a row of another zone, nor one of an officer who is not asked.
        world.overwrite("recovery_shares", "position", -1, &[("zone", "care".into()), ("officer", office.ana.id.into())]).await;
        world.overwrite("recovery_teams", "epoch", -1, &[("team", care.into())]).await;
        let zones = list_recovery(&world.people, world.now()).await.unwrap();
        assert!(zones.iter().all(|zone| zone.damaged && zone.key.is_some()), "{zones:?}");
        assert_eq!(bens.post(&format!("/recovery/requests/{id}/stop"), &[]).await.leads_to(), "/recovery?done=stopped");
    })
    .await;
}

/// A holder adds their team to a recovery key that does not cover it, knowingly.
#[tokio::test]
async fn a_holder_adds_their_team_on_the_page() {
    on_both(|world| async move {
        let office = Office::open(&world).await;
        // A row that is gone covers nothing.
        world.forget("recovery_teams", "team", office.team).await;
        let mut anas = at_desk(&world, &office.ana).await;
        let page = anas.get("/recovery").await;
        assert!(page.body.contains("The key of Night desk would not come back.") && page.body.contains("Add it to the recovery key"));
        assert_eq!(anas.post("/recovery/zones/helpline/cover", &[]).await.leads_to(), "/recovery?done=covered");
        assert!(!anas.get("/recovery").await.body.contains("would not come back"));
        let mut bens = at_desk(&world, &office.ben).await;
        let refused = bens.post("/recovery/zones/helpline/cover", &[]).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    })
    .await;
}
