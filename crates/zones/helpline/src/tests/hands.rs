//! Nobody owns a contact: it is taken, let go and handed over, and everybody on the team can act on it all the same.

use axum::http::StatusCode;
use plainsight_people::acts::rota::add_absence;
use time::Duration;
use uuid::Uuid;

use super::desk_pages::desk;
use super::world::{COMMAND_LINE, danger, normal, on_both};
use crate::acts::hands::{hand_over, let_go, take};
use crate::acts::open::Paper;
use crate::strain::MUCH;
use crate::trouble::Trouble;

#[tokio::test]
async fn several_have_it_in_hand_and_one_lets_go() {
    on_both(|world| async move {
        let contact = world.file(&normal()).await.contact;
        let (ana, ben) = (&world.ana, &world.ben);
        for who in [ana, ben, ana] {
            take(&world.desk, who, contact).await.unwrap();
        }
        assert_eq!(world.header(contact).await.hands, [ben.member.id, ana.member.id]);
        let_go(&world.desk, ben, contact).await.unwrap();
        let_go(&world.desk, ben, contact).await.unwrap();
        assert_eq!(world.header(contact).await.hands, [ana.member.id]);
        assert!(matches!(take(&world.desk, &world.new, contact).await, Err(Trouble::NotFound)));
        assert!(world.open(ben, contact).await.is_ok(), "what is in ana's hands ben can open");
    })
    .await;
}

#[tokio::test]
async fn it_is_handed_to_who_can_open_it_with_a_word_and_to_nobody_else() {
    on_both(|world| async move {
        let contact = world.file(&normal()).await.contact;
        take(&world.desk, &world.ana, contact).await.unwrap();
        let to = |member: Uuid| hand_over(&world.desk, &world.people, &world.ana, contact, member, "call her after ten".into());
        assert!(matches!(to(world.new.member.id).await, Err(Trouble::NotFound)), "no key, no contact");
        assert!(matches!(to(Uuid::nil()).await, Err(Trouble::NotFound)));
        assert_eq!(world.header(contact).await.hands, [world.ana.member.id]);
        to(world.ben.member.id).await.unwrap();
        assert_eq!(world.header(contact).await.hands, [world.ben.member.id]);
        let opened = world.open(&world.ben, contact).await.unwrap();
        let Some((_, _, Paper::Note(note))) = opened.papers.last() else { panic!("a note") };
        assert_eq!((note.text.as_str(), note.to), ("call her after ten", Some(world.ben.member.id)));
    })
    .await;
}

#[tokio::test]
async fn handing_over_from_the_page_asks_to_whom_and_why_and_keeps_what_was_typed() {
    on_both(|world| async move {
        let contact = world.file(&normal()).await.contact;
        let browser = desk(&world, &world.ana);
        let path = |act: &str| format!("/helpline/contacts/{contact}{act}");
        assert_eq!(browser.post(&path("/take"), &[]).await.status, StatusCode::SEE_OTHER);
        let page = browser.get(&path("")).await;
        page.check_decent();
        assert!(page.text().contains("In the hands of ana"), "{}", page.text());
        assert!(page.html.contains(&world.ben.member.id.to_string()) && !page.html.contains(&world.new.member.id.to_string()));
        assert!(browser.get("/helpline?show=mine").await.html.contains(&path("")));
        let nobody = browser.post(&path("/hand-over"), &[("to", ""), ("hand-over", "call her after ten")]).await;
        assert_eq!((nobody.status, nobody.summary_targets()), (StatusCode::UNPROCESSABLE_ENTITY, vec!["to".to_owned()]));
        assert!(nobody.text().contains("call her after ten"));
        let ben = world.ben.member.id.to_string();
        let wordless = browser.post(&path("/hand-over"), &[("to", &ben), ("hand-over", "")]).await;
        assert_eq!(wordless.summary_targets(), ["hand-over"]);
        assert!(wordless.html.contains(&format!("value=\"{ben}\" selected")));
        assert_eq!(browser.post(&path("/hand-over"), &[("to", &ben), ("hand-over", "call her")]).await.status, StatusCode::SEE_OTHER);
        assert!(browser.get(&path("")).await.text().contains("ana handed it over to ben"));
        assert!(!browser.get("/helpline?show=mine").await.html.contains(&path("")));
    })
    .await;
}

/// The page two shifts read together: who is on call, what is left, whose hands are full; and who has read too much of it.
#[tokio::test]
async fn the_page_of_a_shift_says_what_is_left_and_in_whose_hands() {
    on_both(|world| async move {
        let contacts = [world.file(&danger()).await.contact, world.file(&normal()).await.contact];
        take(&world.desk, &world.ana, contacts[0]).await.unwrap();
        super::paging::on_rota(&world, &world.ben).await;
        let now = world.now();
        add_absence(&world.people, COMMAND_LINE, world.sue.member.id, now, now + Duration::days(1)).await.unwrap();
        let page = desk(&world, &world.ben).get("/helpline/shift").await;
        page.check_decent();
        let text = page.text();
        for said in ["Night team: ben", "Nobody is on call from", "Away: sue", "In nobody’s hands 1", "ana 1 0"] {
            assert!(text.contains(said), "{said}: {text}");
        }
        assert!(page.html.contains(&format!("/helpline/contacts/{}", contacts[0])));
        let outsider = super::world::member(&world.people, "out", &["people:administrator"]).await;
        assert_eq!(desk(&world, &outsider).get("/helpline/shift").await.status, StatusCode::NOT_FOUND);
        // Another team's work is not theirs to see: no count, no name of a danger.
        let new = desk(&world, &world.new).get("/helpline/shift").await;
        assert!(!new.html.contains(&contacts[0].to_string()) && new.text().contains("In nobody’s hands 0"));
    })
    .await;
}

#[tokio::test]
async fn whoever_has_read_much_that_is_hard_to_bear_is_asked_to_stop_for_a_while() {
    on_both(|world| async move {
        let ana = desk(&world, &world.ana);
        let mut contacts = Vec::new();
        for _ in 0..MUCH {
            contacts.push(world.file(&danger()).await.contact);
        }
        let (last, first) = contacts.split_last().unwrap();
        let open = async |contact: &Uuid| assert_eq!(ana.get(&format!("/helpline/contacts/{contact}")).await.status, StatusCode::OK);
        for contact in first.iter().chain(first) {
            open(contact).await;
        }
        open(&world.file(&normal()).await.contact).await;
        assert!(!ana.get("/helpline").await.has_id("rest"), "read twice is one, and not every contact is hard to bear");
        open(last).await;
        let list = ana.get("/helpline").await;
        assert!(list.has_id("rest"));
        list.check_decent();
        assert!(ana.get("/helpline/shift").await.text().contains("5: somebody else should take the next"));
        world.clock.advance(Duration::hours(8));
        assert!(!ana.get("/helpline").await.has_id("rest"));
    })
    .await;
}
