//! What an administrator changes at the desk of members who stay, and of teams.

use axum::http::StatusCode;
use plainsight_ledger::OpenedActor;
use plainsight_people::acts::member::find_member;
use plainsight_people::acts::rota::pager;
use plainsight_people::acts::team::{grant_team, list_teams};
use time::Duration;

use crate::browser::Browser;
use crate::world::{Person, World, on_both};

async fn at_desk(world: &World, person: &Person) -> Browser {
    let mut browser = Browser::at_staff(&world.people);
    browser.sign_in(world, person).await;
    browser
}

async fn role_names(world: &World, name: &str) -> Vec<String> {
    find_member(&world.people, name).await.unwrap().roles.iter().map(ToString::to_string).collect()
}

#[tokio::test]
async fn whoever_is_no_administrator_changes_nothing() {
    on_both(|world| async move {
        let (ana, sue) = (world.adviser("ana").await, world.add("sue", &["helpline:supervisor"]).await);
        let team = world.team(&ana).await;
        let mut browser = at_desk(&world, &sue).await;
        for path in
            ["roles", "pager", "reset"].map(|deed| format!("/people/{}/{deed}", ana.id)).iter().chain([&"/people/teams/add".to_owned()])
        {
            assert_eq!(browser.get(path).await.status, StatusCode::NOT_FOUND, "{path}");
            let form = [("roles", "people:administrator"), ("address", "x@example.org"), ("name", "X"), ("zone", "helpline")];
            assert_eq!(browser.post(path, &form).await.status, StatusCode::NOT_FOUND, "{path}");
        }
        assert_eq!(browser.post(&format!("/people/teams/{team}/rotate"), &[]).await.status, StatusCode::NOT_FOUND);
        assert!(world.sign_in(&ana).await.is_ok(), "nothing was reset");
        assert_eq!(
            (role_names(&world, "ana").await, list_teams(&world.people, world.now()).await.unwrap().len()),
            (vec!["helpline:adviser".to_owned()], 1)
        );
    })
    .await;
}

/// The form shows what they may do now, and the rules of the house stand beside it.
#[tokio::test]
async fn roles_are_changed_within_the_rules_of_the_house() {
    on_both(|world| async move {
        let (ada, ana) = (world.add("ada", &["people:administrator"]).await, world.adviser("ana").await);
        world.team(&ana).await;
        let mut browser = at_desk(&world, &ada).await;
        let page = format!("/people/{}/roles", ana.id);
        assert!(browser.get(&page).await.body.contains("value=\"helpline:adviser\" checked"));
        for (roles, said) in [
            (vec![], "Choose at least one role."),
            (vec!["helpline:queen"], "Choose at least one role."),
            (vec!["people:auditor", "helpline:adviser"], "An auditor holds no other role"),
            (vec!["helpline:adviser", "intelligence:analyst"], "Nobody works both in Helpline and in intelligence."),
            (vec!["people:administrator"], "They hold the key of a team where they would have no role left."),
            (vec!["people:auditor"], "They hold the key of a team where they would have no role left."),
        ] {
            let form: Vec<_> = roles.iter().map(|role| ("roles", *role)).collect();
            let answer = browser.post(&page, &form).await;
            assert_eq!((answer.status, answer.body.matches(said).count()), (StatusCode::UNPROCESSABLE_ENTITY, 2), "{roles:?}");
            assert_eq!(role_names(&world, "ana").await, ["helpline:adviser"], "{roles:?}");
        }
        world.clock.advance(Duration::minutes(6));
        let form = [("roles", "helpline:adviser"), ("roles", "helpline:supervisor")];
        assert_eq!(browser.post(&page, &form).await.status, StatusCode::UNAUTHORIZED, "the password first");
        browser.unlock(&ada).await;
        assert_eq!(browser.post(&page, &form).await.leads_to(), format!("/people/{}?done=roles", ana.id));
        assert_eq!(role_names(&world, "ana").await, ["helpline:adviser", "helpline:supervisor"]);
        assert!(browser.get(&format!("/people/{}?done=roles", ana.id)).await.body.contains("The roles are saved."));

        let own = browser.post(&format!("/people/{}/roles", ada.id), &[("roles", "helpline:adviser")]).await;
        assert!(own.body.contains("You cannot stop being an administrator yourself."));
        assert_eq!(role_names(&world, "ada").await, ["people:administrator"]);
        let changed = world.entries().await.into_iter().filter(|it| it.act == "member.roles" && it.actor == OpenedActor::Member(ada.id));
        assert_eq!(changed.count(), 1);
    })
    .await;
}

#[tokio::test]
async fn where_somebody_is_paged_is_set_and_cleared() {
    on_both(|world| async move {
        let (ada, ana) = (world.add("ada", &["people:administrator"]).await, world.adviser("ana").await);
        let mut browser = at_desk(&world, &ada).await;
        let page = format!("/people/{}/pager", ana.id);
        let wrong = browser.post(&page, &[("address", "ana at home")]).await;
        assert!(wrong.status == StatusCode::UNPROCESSABLE_ENTITY && wrong.body.contains("value=\"ana at home\""));
        let saved = browser.post(&page, &[("address", " night@example.org ")]).await;
        assert_eq!(saved.leads_to(), format!("/people/{}?done=pager", ana.id));
        assert_eq!(pager(&world.people, ana.id).await.unwrap().unwrap().as_str(), "night@example.org");
        assert!(browser.get(&page).await.body.contains("value=\"night@example.org\""));
        assert!(browser.get(&format!("/people/{}", ana.id)).await.body.contains("night@example.org"));
        browser.post(&page, &[("address", "")]).await;
        assert!(pager(&world.people, ana.id).await.unwrap().is_none());
    })
    .await;
}

/// A reset answers once with what is handed over, and what the account held before is gone at that moment.
#[tokio::test]
async fn a_reset_is_shown_once_and_takes_every_key() {
    on_both(|world| async move {
        let (ada, ana) = (world.add("ada", &["people:administrator"]).await, world.adviser("ana").await);
        let team = world.team(&ana).await;
        let (mut browser, mut anas) = (at_desk(&world, &ada).await, at_desk(&world, &ana).await);
        let page = format!("/people/{}/reset", ana.id);
        let asked = browser.get(&page).await;
        assert!(
            asked.body.contains("Reset the account of ana Wintergreen?") && asked.body.contains("Nobody else holds the key of Night desk.")
        );
        assert_eq!(anas.get("/rota").await.status, StatusCode::OK, "asking resets nothing");
        let answer = browser.post(&page, &[]).await;
        assert_eq!(answer.status, StatusCode::OK);
        for said in ["The account is reset", "This is shown once", "otpauth://totp/"] {
            assert!(answer.body.contains(said), "{said}");
        }
        let phrase = answer
            .body
            .split_once("First password</dt>")
            .unwrap()
            .1
            .split_once("<strong>")
            .unwrap()
            .1
            .split_once('<')
            .unwrap()
            .0
            .to_owned();
        assert!(!browser.get(&format!("/people/{}", ana.id)).await.body.contains(&phrase), "and nowhere afterwards");
        assert!(anas.get("/rota").await.leads_to().starts_with("/sign-in"));
        assert!(world.sign_in(&ana).await.is_err(), "the old password");
        let ana = Person { password: phrase, ..ana };
        assert!(world.unlocked(&ana).await.newest(team).is_none());
        let own = browser.post(&format!("/people/{}/reset", ada.id), &[]).await;
        assert!(own.status == StatusCode::UNPROCESSABLE_ENTITY && own.body.contains("You cannot reset your own account."));
        world.clock.advance(Duration::minutes(1));
        assert!(world.sign_in(&ada).await.is_ok());
    })
    .await;
}

#[tokio::test]
async fn a_team_is_made_by_its_first_holder_and_gets_a_new_key_from_one() {
    on_both(|world| async move {
        let ada = world.add("ada", &["people:administrator"]).await;
        let mut without = at_desk(&world, &ada).await;
        let page = without.get("/people/teams/add").await;
        assert!(page.body.contains("You have none there.") && !page.body.contains("name=\"zone\""));
        let refused = without.post("/people/teams/add", &[("name", "Night desk"), ("zone", "helpline")]).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(list_teams(&world.people, world.now()).await.unwrap().is_empty());

        let eve = world.add("eve", &["people:administrator", "helpline:adviser"]).await;
        let mut browser = at_desk(&world, &eve).await;
        let empty = browser.post("/people/teams/add", &[("name", " "), ("zone", "elsewhere")]).await;
        for said in ["Write a name, at most 200 letters.", "Choose where the team works."] {
            assert_eq!(empty.body.matches(said).count(), 2, "{said}");
        }
        let form = [("name", "Night desk"), ("zone", "helpline")];
        assert_eq!(browser.post("/people/teams/add", &form).await.leads_to(), "/people?done=team");
        assert!(browser.post("/people/teams/add", &form).await.body.contains("There is a team of this name already."));
        let made = list_teams(&world.people, world.now()).await.unwrap().remove(0);
        assert_eq!((made.name.as_str(), made.epoch, made.holders.as_slice()), ("Night desk", 1, &[eve.id][..]));

        // The very next page is opened with the key, so that it can be given at once.
        let rotate = format!("/people/teams/{}/rotate", made.id);
        assert!(browser.get("/people").await.body.contains(&rotate));
        assert!(!without.get("/people").await.body.contains(&rotate));
        let stranger = without.post(&rotate, &[]).await;
        assert!(
            stranger.status == StatusCode::UNPROCESSABLE_ENTITY && stranger.body.contains("Only somebody who holds this team’s newest key")
        );
        let ben = world.adviser("ben").await;
        grant_team(&world.people, &*world.unlocked(&eve).await, made.id, ben.id).await.unwrap();
        assert_eq!(browser.post(&rotate, &[]).await.leads_to(), "/people?done=rotated");
        let after = list_teams(&world.people, world.now()).await.unwrap().remove(0);
        assert_eq!((after.epoch, after.holders.len()), (2, 2));
        assert!(browser.get("/people?done=rotated").await.body.contains("The team has a new key."));
    })
    .await;
}

/// Only an administrator who holds the key takes it, from somebody else, and the team has a new one at once.
#[tokio::test]
async fn a_teams_key_is_taken_on_a_page_of_its_own() {
    on_both(|world| async move {
        let ada = world.add("ada", &["people:administrator", "helpline:adviser"]).await;
        let (ana, other) = (world.adviser("ana").await, world.add("olu", &["people:administrator"]).await);
        let team = world.team(&ada).await;
        let mut browser = at_desk(&world, &ada).await;
        let page = |holder: uuid::Uuid| format!("/people/teams/{team}/holders/{holder}/take");
        assert_eq!(browser.get(&page(ana.id)).await.status, StatusCode::NOT_FOUND, "she holds none");
        grant_team(&world.people, &*world.unlocked(&ada).await, team, ana.id).await.unwrap();
        assert!(browser.get("/people").await.body.contains("Take the key of Night desk from ana Wintergreen"));
        assert!(!browser.get("/people").await.body.contains(&page(ada.id)), "not from oneself");
        let mut without = at_desk(&world, &other).await;
        for (path, theirs) in [(page(ana.id), &mut without), (page(ada.id), &mut browser)] {
            assert_eq!(theirs.get(&path).await.status, StatusCode::NOT_FOUND, "{path}");
            assert_eq!(theirs.post(&path, &[]).await.status, StatusCode::NOT_FOUND, "{path}");
        }
        assert!(browser.get(&page(ana.id)).await.body.contains("Take the key of Night desk from ana Wintergreen?"));
        assert_eq!(browser.post(&page(ana.id), &[]).await.leads_to(), "/people?done=taken");
        let listed = list_teams(&world.people, world.now()).await.unwrap().remove(0);
        assert_eq!((listed.holders.as_slice(), listed.epoch), (&[ada.id][..], 2));
        assert!(world.unlocked(&ana).await.newest(team).is_none());
        // Pressed twice: there is nothing left to take.
        assert_eq!(browser.post(&page(ana.id), &[]).await.status, StatusCode::NOT_FOUND);
    })
    .await;
}
