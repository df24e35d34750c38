//! Nobody owns a contact: it is taken, let go and handed over, and everybody on the team can act on it all the same.

use axum::http::StatusCode;
use uuid::Uuid;

use super::desk_pages::desk;
use super::world::{normal, on_both};
use crate::acts::hands::{hand_over, let_go, take};
use crate::acts::open::Paper;
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
        assert!(page.text().contains("In the hands of : ana") || page.text().contains("In the hands of: ana"), "{}", page.text());
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
