//! Members and teams at the desk: who sees them, what is shown once, and which rules of the house a form is told.

use axum::http::StatusCode;
use plainsight_ledger::OpenedActor;
use plainsight_people::acts::member::{close_member, find_member, list_members};
use plainsight_people::acts::team::{grant_team, list_teams};
use plainsight_people::{CodeSecret, RoleName};
use time::Duration;

use crate::browser::{Answer, Browser};
use crate::world::{ADMINISTRATION, Person, World, on_both};

impl World {
    async fn at_staff(&self, person: Person) -> (Person, Browser) {
        let mut browser = Browser::at_staff(&self.people);
        browser.sign_in(self, &person).await;
        (person, browser)
    }

    async fn administrator(&self) -> (Person, Browser) {
        self.at_staff(self.add("ada", &["people:administrator"]).await).await
    }
}

/// What stands after a heading of the summary list.
fn shown<'a>(page: &'a Answer, heading: &str) -> &'a str {
    let rest = page.body.split_once(&format!(">{heading}</dt>")).unwrap().1;
    rest.split_once("<strong>").unwrap().1.split("</strong>").next().unwrap()
}

#[tokio::test]
async fn whoever_is_no_administrator_finds_nothing_there() {
    on_both(|world| async move {
        let ben = world.adviser("ben").await;
        let (page, end, speaks) =
            (format!("/people/{}", ben.id), format!("/people/{}/end", ben.id), format!("/people/{}/languages", ben.id));
        let paths = ["/people", "/people/add", &page, &end];
        assert!(Browser::at_staff(&world.people).get("/people").await.leads_to().starts_with("/sign-in"));
        let strangers = [("sue", "helpline:supervisor"), ("ana", "helpline:adviser"), ("maud", "people:auditor")];
        for (name, role) in strangers {
            let (_, mut browser) = world.at_staff(world.add(name, &[role]).await).await;
            for path in paths {
                assert_eq!(browser.get(path).await.status, StatusCode::NOT_FOUND, "{name} {path}");
            }
            for path in ["/people/add", &end, &speaks] {
                let form = [
                    ("name", "X"),
                    ("email", "x@example.org"),
                    ("sign_in_name", "x"),
                    ("roles", "people:administrator"),
                    ("languages", "ro"),
                ];
                assert_eq!(browser.post(path, &form).await.status, StatusCode::NOT_FOUND, "{name} {path}");
            }
            assert!(!browser.get("/rota").await.body.contains("href=\"/people\""), "{name} is not led there");
        }
        let listed = list_members(&world.people).await.unwrap();
        assert!(listed.len() == 4 && listed.iter().all(|it| !it.closed && it.member.speaks.is_empty()));
    })
    .await;
}

#[tokio::test]
async fn a_member_is_added_and_what_they_need_is_shown_once() {
    on_both(|world| async move {
        let (ada, mut browser) = world.administrator().await;
        let form = [
            ("name", " Ioana Vrabeț "),
            ("email", "ioana@example.org"),
            ("sign_in_name", "ioana"),
            ("roles", "helpline:adviser"),
            ("roles", "helpline:supervisor"),
        ];
        let page = browser.post("/people/add", &form).await;
        assert_eq!(page.status, StatusCode::OK);
        assert!(page.body.contains("This is shown once"));
        let (phrase, secret) =
            (shown(&page, "First password").to_owned(), shown(&page, "Secret of the second factor, to type into the application"));
        assert_eq!(phrase.split(['-', ' ', '.']).count(), 5, "five words");
        assert!(page.body.contains("otpauth://totp/"));
        let member = find_member(&world.people, "ioana").await.unwrap();
        assert_eq!((member.name.as_str(), member.roles.len()), ("Ioana Vrabeț", 2));

        // With them, and with nothing else, the new member comes in.
        let bytes = data_encoding::BASE32_NOPAD.decode(secret.as_bytes()).unwrap();
        let code = CodeSecret::from_bytes(&bytes).unwrap();
        let ioana = Person { id: member.id, sign_in_name: "ioana".into(), password: phrase.clone(), code };
        let list = browser.get("/people").await;
        assert!(list.body.contains("Not signed in yet"));
        let (_, mut theirs) = world.at_staff(ioana).await;
        assert_eq!(theirs.get("/rota").await.status, StatusCode::OK);
        assert!(!browser.get("/people").await.body.contains("Not signed in yet"));

        // Neither is on any page again, and pressing twice makes no second account.
        for path in ["/people".to_owned(), format!("/people/{}", member.id)] {
            let body = browser.get(&path).await.body;
            assert!(body.contains("Ioana Vrabeț") && !body.contains(&phrase) && !body.contains(secret), "{path}");
        }
        let twice = browser.post("/people/add", &form).await;
        assert_eq!(twice.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(twice.body.contains("Somebody has this sign-in name") && !twice.body.contains("otpauth"));
        let made = world.entries().await.into_iter().filter(|it| it.act == "member.made" && it.actor == OpenedActor::Member(ada.id));
        assert_eq!(made.count(), 1);
    })
    .await;
}

/// The rules of the house stand beside the field that breaks them, and the form comes back as it was.
#[tokio::test]
async fn roles_that_nobody_holds_together_are_refused_beside_the_field() {
    on_both(|world| async move {
        let (_, mut browser) = world.administrator().await;
        let names = [("name", "Nia Two"), ("email", "nia@example.org"), ("sign_in_name", "nia")];
        let auditor = "An auditor holds no other role and no team’s key";
        for (roles, said) in [
            (vec!["people:auditor", "helpline:adviser"], auditor),
            (vec!["people:auditor", "people:administrator"], auditor),
            (vec!["helpline:adviser", "intelligence:analyst"], "Nobody works both in Helpline and in intelligence."),
            (vec![], "Choose at least one role."),
            (vec!["helpline:queen"], "Choose at least one role."),
            (vec!["Helpline"], "Choose at least one role."),
        ] {
            let form: Vec<_> = names.into_iter().chain(roles.iter().map(|role| ("roles", *role))).collect();
            let page = browser.post("/people/add", &form).await;
            assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY, "{roles:?}");
            assert!(page.body.matches(said).count() == 2 && page.body.contains("id=\"roles-error\""), "{roles:?}");
            assert!(page.body.contains("value=\"Nia Two\"") && page.body.contains("value=\"nia\""), "{roles:?}");
            for role in roles.iter().filter(|role| role.parse::<RoleName>().is_ok() && **role != "helpline:queen") {
                assert!(page.body.contains(&format!("value=\"{role}\" checked")), "{role}");
            }
        }
        let page = browser.post("/people/add", &[("name", " "), ("email", "nia"), ("sign_in_name", "nia@x")]).await;
        for said in ["Write a name", "Write an e-mail address", "Write a short sign-in name", "Choose at least one role"] {
            assert_eq!(page.body.matches(said).count(), 2, "{said}: everything is said at once");
        }
        assert_eq!(list_members(&world.people).await.unwrap().len(), 1);
    })
    .await;
}

/// Ending an account is asked on a page of its own, wants the password typed lately, and takes everything at once.
#[tokio::test]
async fn an_account_ends_after_the_password_was_typed_again() {
    on_both(|world| async move {
        let (ada, mut browser) = world.administrator().await;
        let (ana, mut anas) = world.at_staff(world.adviser("ana").await).await;
        let team = world.team(&ana).await;
        let end = format!("/people/{}/end", ana.id);
        let page = browser.get(&end).await;
        assert!(
            page.body.contains("End the account of ana Wintergreen?") && page.body.contains("Nobody else holds the key of Night desk.")
        );
        assert_eq!(anas.get("/rota").await.status, StatusCode::OK, "asking ends nothing");

        world.clock.advance(Duration::minutes(6));
        assert_eq!(browser.get(&end).await.leads_to(), format!("/locked?next=%2Fpeople%2F{}%2Fend", ana.id));
        assert_eq!(browser.post(&end, &[]).await.status, StatusCode::UNAUTHORIZED);
        assert!(find_member(&world.people, "ana").await.is_ok(), "nothing ended");
        browser.unlock(&ada).await;
        assert_eq!(browser.post(&end, &[]).await.leads_to(), "/people?done=ended");

        assert!(anas.get("/rota").await.leads_to().starts_with("/sign-in"));
        let listed = list_teams(&world.people, world.now()).await.unwrap();
        assert!(listed.iter().any(|it| it.id == team && it.holders.is_empty() && it.rotation_due));
        let page = browser.get("/people?done=ended").await;
        for said in ["The account is ended.", ">Ended<", "New key due", "Nobody holds this key any more."] {
            assert!(page.body.contains(said), "{said}");
        }
        assert_eq!(browser.post(&end, &[]).await.leads_to(), "/people", "ended is ended");
        let closed = world.entries().await.into_iter().filter(|it| it.act == "member.closed" && it.actor == OpenedActor::Member(ada.id));
        assert_eq!(closed.count(), 1);

        // Nobody ends their own, so an administrator always stays.
        let own = format!("/people/{}/end", ada.id);
        assert!(browser.get(&own).await.body.contains("You cannot end your own account."));
        assert_eq!(browser.post(&own, &[]).await.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(find_member(&world.people, "ada").await.is_ok());
    })
    .await;
}

#[tokio::test]
async fn only_an_unlocked_holder_gives_a_teams_key() {
    on_both(|world| async move {
        let sue = world.adviser("sue").await;
        let team = world.team(&sue).await;
        let (ben, nav) = (world.adviser("ben").await, world.add("nav", &["care:navigator"]).await);
        let (path, field) = (format!("/people/teams/{team}/grant"), format!("member-{team}"));
        let holders = async || list_teams(&world.people, world.now()).await.unwrap()[0].holders.clone();

        // An administrator without the key sees who holds it, and has no form.
        let (_, mut without) = world.administrator().await;
        let page = without.get("/people").await;
        assert!(page.body.contains("Held by: sue Wintergreen") && page.body.contains("Only one member holds this key."));
        assert!(!page.body.contains(&path));
        let refused = without.post(&path, &[(&field, &ben.id.to_string())]).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(refused.body.contains("Only somebody who holds this team’s newest key can give it."));
        assert_eq!(holders().await, [sue.id]);

        let (eve, mut holder) = world.at_staff(world.add("eve", &["people:administrator", "helpline:adviser"]).await).await;
        grant_team(&world.people, &*world.unlocked(&sue).await, team, eve.id).await.unwrap();
        let maud = world.add("maud", &["people:auditor"]).await;
        for (member, said) in [
            (nav.id.to_string(), "They have no role where this team works."),
            (maud.id.to_string(), "They have no role where this team works."),
            (String::new(), "Choose somebody from the list."),
            ("somebody".to_owned(), "Choose somebody from the list."),
        ] {
            let page = holder.post(&path, &[(&field, &member)]).await;
            assert_eq!((page.status, page.body.matches(said).count()), (StatusCode::UNPROCESSABLE_ENTITY, 2), "{member}");
            assert!(page.body.contains(&format!("href=\"#{field}\"")));
        }
        world.clock.advance(Duration::minutes(6));
        assert_eq!(holder.post(&path, &[(&field, &ben.id.to_string())]).await.status, StatusCode::UNAUTHORIZED, "the password first");
        holder.unlock(&eve).await;
        assert_eq!(holder.post(&path, &[(&field, &ben.id.to_string())]).await.leads_to(), "/people?done=granted");
        assert!(holders().await.contains(&ben.id));
        assert!(world.unlocked(&ben).await.newest(team).is_some());
        // A closed account is not on the list and gets nothing.
        close_member(&world.people, ADMINISTRATION, ben.id).await.unwrap();
        assert!(holder.post(&path, &[(&field, &ben.id.to_string())]).await.body.contains("Choose somebody from the list."));
    })
    .await;
}

#[tokio::test]
async fn languages_are_set_from_the_page_of_the_member() {
    on_both(|world| async move {
        let (_, mut browser) = world.administrator().await;
        let ana = world.adviser("ana").await;
        let (page, save) = (format!("/people/{}", ana.id), format!("/people/{}/languages", ana.id));
        let saved = browser.post(&save, &[("languages", " ro, zh-Hans  en")]).await;
        assert_eq!(saved.leads_to(), format!("{page}?done=languages"));
        let after = browser.get(saved.leads_to()).await;
        assert!(after.body.contains("The languages are saved.") && after.body.contains("value=\"ro zh-Hans en\""));
        let wrong = browser.post(&save, &[("languages", "ro Romanian_language")]).await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(wrong.body.contains("“Romanian_language” is no language tag.") && wrong.body.contains("value=\"ro Romanian_language\""));
        assert_eq!(find_member(&world.people, "ana").await.unwrap().speaks, ["ro", "zh-Hans", "en"]);
        assert_eq!(browser.get("/people/00000000-0000-0000-0000-000000000000").await.status, StatusCode::NOT_FOUND);
        assert!(browser.get("/people?lang=ro").await.body.contains("Membri și echipe"));
    })
    .await;
}
