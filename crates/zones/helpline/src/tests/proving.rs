//! A signed proof that a report was filed: only for whoever asks, and never where the paper could hurt.

use axum::http::StatusCode;
use plainsight_vocabulary::Answer;
use time::Duration;

use super::desk_pages::desk;
use super::public_mailbox::{ANSWER, begin, file, open as open_mailbox};
use super::world::{CANARY, START, full_report, normal, on_both};
use crate::proof::{Proof, ProofError};
use crate::report::{About, Path, Report};

#[tokio::test]
async fn whoever_asked_for_it_finds_a_paper_that_anybody_can_check_and_that_says_nothing() {
    on_both(|world| async move {
        let browser = begin(&world).await;
        let (contact, receipt) = file(&world, &full_report()).await;
        let mailbox = open_mailbox(&browser, &receipt.digits()).await;
        assert!(!mailbox.text().to_lowercase().contains("paper"), "nothing is offered there");
        browser.press(&mailbox, &[("words", "please give me the paper")], "add").await;
        let desk = desk(&world, &world.ana);
        let path = format!("/helpline/contacts/{contact}");
        let page = desk.get(&path).await;
        page.check_decent();
        let key = page.html.split("id=\"proof-form\"").nth(1).unwrap().split("name=\"form\" value=\"").nth(1).unwrap();
        let key = key.split('"').next().unwrap().to_owned();
        world.clock.advance(Duration::days(3));
        for _ in 0..2 {
            assert_eq!(desk.post(&format!("{path}/proof"), &[("form", &key)]).await.status, StatusCode::SEE_OTHER);
        }
        assert_eq!(world.acts().await.iter().filter(|act| *act == "contact.proof_given").count(), 1);
        let page = desk.get(&path).await;
        assert!(page.text().contains("Proof of filing, given by") && !page.html.contains("proof-form"), "once");

        let shown = open_mailbox(&browser, &receipt.digits()).await;
        shown.check_decent();
        assert_eq!(shown.size, ANSWER);
        let paper = shown.html.split("data-proof").nth(1).unwrap().split('>').nth(1).unwrap().split("</div").next().unwrap();
        assert!(
            paper.contains("1 December 2026 a report was filed with Invented Helpline. Nothing of what it says stands here."),
            "{paper}"
        );
        let proof = Proof::check(paper, &world.desk_key.signing_key().verifying_key()).unwrap();
        assert_eq!((proof.day, proof.operator.as_str()), (START.date(), "Invented Helpline"));
        assert!(!paper.contains(CANARY) && !paper.contains(&contact.to_string()) && !paper.contains("Ana") && !paper.contains("10:"));
        // The public process could not have made it.
        let other = Proof::check(paper, &world.public_key.signing_key().verifying_key());
        assert_eq!(other.unwrap_err(), ProofError::OtherKey);
    })
    .await;
}

#[tokio::test]
async fn nobody_is_given_or_offered_a_paper_that_could_be_found_on_them() {
    on_both(|world| async move {
        let desk = desk(&world, &world.ana);
        let reports = [
            Report { path: Path::Me, ..normal() },
            Report { child: Some(Answer::Yes), ..normal() },
            Report { child: Some(Answer::NotSure), ..normal() },
            Report { about: About::Complaint, ..normal() },
        ];
        for report in reports {
            let filed = world.file(&report).await;
            let path = format!("/helpline/contacts/{}", filed.contact);
            assert!(!desk.get(&path).await.html.contains("proof-form"));
            assert_eq!(desk.post(&format!("{path}/proof"), &[]).await.status, StatusCode::NOT_FOUND);
        }
        assert!(!world.acts().await.contains(&"contact.proof_given".to_owned()));

        // The page after sending says that it can be asked for, to whom it may be given and to nobody else.
        let browser = world.browser(3).await;
        for (way, fields, offered) in [
            ("noticed", vec![("danger", "no"), ("child", "no")], true),
            ("noticed", vec![("danger", "no"), ("child", "not-sure")], false),
            ("me", vec![("words", "help me")], false),
        ] {
            let page = browser.post("/help", &[("go", way)]).await;
            let sent = browser.press(&page, &fields, "send").await;
            assert!(sent.html.contains("ps-receipt"));
            assert_eq!(sent.text().contains("a paper that says you reported"), offered, "{way}");
        }
    })
    .await;
}
