//! practice 5.0 rule 5: the third report under one receipt flags the supervisor and pauses the dialogue.

use plainsight_vocabulary::{Answer, Proximity};

use super::desk_pages::desk;
use super::world::{Filed, World, normal, on_both};
use crate::acts::answer::{go_on, note, reply};
use crate::form::FormKey;
use crate::report::{Path, Reach, Report, SafeContact};
use crate::trouble::Trouble;

async fn writes(world: &World, filed: &Filed, text: &str) {
    world.adds(&filed.root, &FormKey::new(&world.public), text, None).await.unwrap();
}

async fn answers(world: &World, filed: &Filed) -> Result<(), Trouble> {
    reply(&world.desk, &world.ana, filed.contact, "thank you".into(), false).await
}

#[tokio::test]
async fn the_third_report_pauses_the_dialogue_until_a_supervisor_has_looked() {
    on_both(|world| async move {
        let filed = world.file(&normal()).await;
        writes(&world, &filed, "a van came").await;
        world.open(&world.ana, filed.contact).await.unwrap();
        answers(&world, &filed).await.unwrap();
        writes(&world, &filed, "it came again, I followed it").await;
        // The rule holds before anybody has opened the page, and the page then flags it.
        assert!(matches!(answers(&world, &filed).await, Err(Trouble::Paused)));
        assert!(world.open(&world.ana, filed.contact).await.unwrap().header.flags.supervisor_due);
        note(&world.desk, &world.ana, filed.contact, "I told sue".into()).await.unwrap();
        writes(&world, &filed, "the reporter can always write").await;

        let by_an_adviser = go_on(&world.desk, &world.ana, filed.contact, "it is fine".into()).await;
        assert!(matches!(by_an_adviser, Err(Trouble::NotFound)));
        go_on(&world.desk, &world.sue, filed.contact, "a neighbour who sees it from the window".into()).await.unwrap();
        assert!(!world.header(filed.contact).await.flags.supervisor_due);
        answers(&world, &filed).await.unwrap();
        assert!(!world.open(&world.ana, filed.contact).await.unwrap().header.flags.supervisor_due);
        assert_eq!(world.acts().await.iter().filter(|act| *act == "contact.dialogue_goes_on").count(), 1);
    })
    .await;
}

/// Nobody is endangered comes first: in danger the dialogue never waits for a supervisor, nor for whom it is happening to.
#[tokio::test]
async fn danger_and_those_it_is_happening_to_are_always_answered() {
    on_both(|world| async move {
        let me = world.file(&Report { path: Path::Me, ..normal() }).await;
        let nurse = world.file(&Report { proximity: Some(Proximity::Professional), ..normal() }).await;
        let neighbour = world.file(&Report { proximity: Some(Proximity::Known), ..normal() }).await;
        for filed in [&me, &nurse, &neighbour] {
            for text in ["one", "two", "three"] {
                writes(&world, filed, text).await;
            }
        }
        answers(&world, &me).await.unwrap();
        answers(&world, &nurse).await.unwrap();
        assert!(matches!(answers(&world, &neighbour).await, Err(Trouble::Paused)));
        world.adds(&neighbour.root, &FormKey::new(&world.public), "he is here", Some(Answer::Yes)).await.unwrap();
        answers(&world, &neighbour).await.unwrap();
    })
    .await;
}

/// practice 5.0 rule 5: the third report from one receipt *or number*. Somebody who writes each time under a new receipt is
/// told apart from nobody else but by the number that they give.
#[tokio::test]
async fn the_third_report_of_one_number_pauses_the_dialogue_as_well() {
    on_both(|world| async move {
        let reach = |address: &str| SafeContact { reach: Reach::Text, address: address.into(), ..SafeContact::default() };
        let report = |address: &str| Report { safe_contact: reach(address), ..normal() };
        let desk = desk(&world, &world.ana);
        let page = async |filed: &Filed| desk.get(&format!("/helpline/contacts/{}", filed.contact)).await;
        let first = world.file(&report("07700 900123")).await;
        let second = world.file(&report("+44 7700 900123")).await;
        // Not theirs: another number, somebody to whom it happens, and a nurse.
        world.file(&report("07700 900999")).await;
        world.file(&Report { path: Path::Me, ..report("07700 900123") }).await;
        world.file(&Report { proximity: Some(Proximity::Professional), ..report("07700 900123") }).await;
        page(&second).await;
        assert!(!world.header(second.contact).await.flags.supervisor_due, "two are two");
        answers(&world, &second).await.unwrap();

        let third = world.file(&report("00447700900123")).await;
        let opened = page(&third).await;
        assert!(opened.text().contains("make three with this one"));
        assert!(world.header(third.contact).await.flags.supervisor_due);
        assert!(matches!(answers(&world, &third).await, Err(Trouble::Paused)));
        page(&third).await;
        go_on(&world.desk, &world.sue, third.contact, "a neighbour with three windows".into()).await.unwrap();
        page(&third).await;
        answers(&world, &third).await.unwrap();
        // What was opened before is looked at again when it is opened again.
        page(&first).await;
        assert!(matches!(answers(&world, &first).await, Err(Trouble::Paused)));
        let marks = world.open(&world.ana, third.contact).await.unwrap().papers.len();
        assert_eq!(marks, 3, "the mark once, the supervisor's word, the answer");
    })
    .await;
}
