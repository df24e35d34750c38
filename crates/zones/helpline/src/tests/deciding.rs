//! What is done about one contact is decided with a reason, without a case.

use axum::http::StatusCode;

use super::desk_pages::desk;
use super::world::{CANARY, START, danger, lies_in, mark_safe, normal, on_both};
use crate::acts::decide::decide;
use crate::acts::open::Paper;
use crate::case::Decision;
use crate::header::{Due, Retention};
use crate::message::Mark;
use crate::trouble::Trouble;

#[tokio::test]
async fn a_decision_stands_in_the_folder_with_its_reason_and_the_last_one_holds() {
    on_both(|world| async move {
        let contact = world.file(&normal()).await.contact;
        let within = super::world::MINUTE * 15;
        for (decision, reason) in [(Decision::Investigate, "who drives them?"), (Decision::NotSlavery, "kanarienvogel: a family")] {
            decide(&world.desk, &world.ana, contact, decision, reason.into(), within).await.unwrap();
            world.clock.advance(super::world::MINUTE);
        }
        let opened = world.open(&world.ben, contact).await.unwrap();
        let decided: Vec<_> = opened
            .papers
            .iter()
            .filter_map(|(_, _, paper)| match paper {
                Paper::Note(note) if note.marks == Some(Mark::Decided) => note.decision,
                _ => None,
            })
            .collect();
        assert_eq!(decided, [Decision::Investigate, Decision::NotSlavery]);
        assert_eq!(opened.said.decision, Some(Decision::NotSlavery));
        assert!(world.acts().await.iter().filter(|act| *act == "contact.decided").count() == 2);
        assert!(!lies_in(&world.everything_stored().await, CANARY), "sealed, with the decision");
        assert!(!lies_in(&world.everything_stored().await, Decision::NotSlavery.name()));
        let (ola, _) = world.elsewhere(&normal()).await;
        let theirs = decide(&world.desk, &ola, contact, Decision::Advise, "mine".into(), within).await;
        assert!(matches!(theirs, Err(Trouble::NotFound)), "whoever cannot open it decides nothing");
    })
    .await;
}

/// No decision says that somebody is in danger and leaves everybody asleep.
#[tokio::test]
async fn who_decides_on_danger_marks_it() {
    on_both(|world| async move {
        let within = super::world::MINUTE * 15;
        let contact = world.file(&normal()).await.contact;
        decide(&world.desk, &world.ana, contact, Decision::DangerNow, "she is locked in".into(), within).await.unwrap();
        let header = world.header(contact).await;
        assert!(matches!(header.next_due(), Some((Due::Danger, _))) && header.alarm.on && header.retention == Retention::Safeguarding);
        assert_eq!(world.waiting_jobs().await.len(), 1, "the rota is paged");
        // In a danger that is open already nothing is said twice.
        let other = world.file(&danger()).await.contact;
        let (before, jobs) = (world.header(other).await.alarm.number, world.waiting_jobs().await.len());
        decide(&world.desk, &world.ana, other, Decision::DangerNow, "police are on their way".into(), within).await.unwrap();
        assert_eq!((world.header(other).await.alarm.number, world.waiting_jobs().await.len()), (before, jobs));
        // Dealt with, and decided anew: another danger.
        world.open(&world.ana, other).await.unwrap();
        mark_safe(&world.desk, &world.ana, other, "they are out".into()).await.unwrap();
        decide(&world.desk, &world.ana, other, Decision::DangerNow, "he found them".into(), within).await.unwrap();
        assert!(world.header(other).await.alarm.number > before);
        assert!(world.now() >= START);
    })
    .await;
}

#[tokio::test]
async fn a_decision_is_made_on_the_page_and_stands_in_the_file_of_the_list() {
    on_both(|world| async move {
        let contact = world.file(&normal()).await.contact;
        let ana = desk(&world, &world.ana);
        let path = format!("/helpline/contacts/{contact}");
        let page = ana.get(&path).await;
        page.check_decent();
        assert!(page.has_id("decide-form"));
        let half = ana.post(&format!("{path}/decide"), &[("decide", "because")]).await;
        assert_eq!((half.status, half.summary_targets()), (StatusCode::UNPROCESSABLE_ENTITY, vec!["decision".to_owned()]));
        assert!(half.html.contains(">because</textarea>"));
        let none = ana.post(&format!("{path}/decide"), &[("decision", "advise"), ("decide", "  ")]).await;
        assert_eq!((none.status, none.summary_targets()), (StatusCode::UNPROCESSABLE_ENTITY, vec!["decide".to_owned()]));
        let form = page.html.split("id=\"decide-form\"").nth(1).unwrap().split("value=\"").nth(1).unwrap().split('"').next().unwrap();
        let sent = [("form", form), ("decision", "labour-abuse"), ("decide", "no wages, and free to leave")];
        for _ in 0..2 {
            assert_eq!(ana.post(&format!("{path}/decide"), &sent).await.location(), path, "pressed twice");
        }
        let page = ana.get(&path).await;
        page.check_decent();
        assert_eq!(page.text().matches("Decided by ana: Labour abuse").count(), 1, "{}", page.text());
        assert!(page.text().contains("Decided so far: Labour abuse") && page.text().contains("no wages, and free to leave"));
        let file = ana.get("/helpline/list.csv?show=all").await;
        assert!(file.html.contains("Labour abuse") && file.html.lines().next().unwrap().contains("Decision"), "{}", file.html);
        assert!(!desk(&world, &world.new).get("/helpline/list.csv?show=all").await.html.contains("Labour abuse"), "whoever holds no key");
    })
    .await;
}
