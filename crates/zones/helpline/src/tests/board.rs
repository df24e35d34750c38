//! The supervisors' board: who sees it, that each number is its list, and that nothing of other teams is in it.

use plainsight_vocabulary::{Answer, WeeklyHours};
use time::Duration;
use uuid::Uuid;

use super::browser::Page;
use super::desk_pages::{desk, desk_of};
use super::world::{World, danger, normal, on_both, settings};
use crate::acts::case::begin;
use crate::report::Report;
use crate::site::PublicSettings;

const BOARD: &str = "/helpline/board";

/// Where the numbers of the board lead, each with the number. A tile has it in front of its words.
fn numbers(page: &Page) -> Vec<(String, usize)> {
    let main = page.html.split("<main").nth(1).unwrap();
    let mut found = Vec::new();
    for link in main.split("<a ").skip(1) {
        let address = link.split("href=\"").nth(1).unwrap().split('"').next().unwrap().replace("&#38;", "&").replace("&amp;", "&");
        if !address.starts_with("/helpline?") {
            continue;
        }
        // In the link itself, or in bold letters after it.
        let inside = link.split("</a>").next().unwrap();
        let digits = |text: &str| text.split(['<', '>']).find_map(|piece| piece.trim().parse().ok());
        let number = digits(inside).or_else(|| digits(link.split("<strong>").nth(1).unwrap_or_default()));
        if let Some(number) = number {
            found.push((address, number));
        }
    }
    found
}

fn staffed() -> PublicSettings {
    PublicSettings { staffed: Some(WeeklyHours::parse("Europe/London", &["mon-fri 09:00-17:00"]).unwrap()), ..settings() }
}

async fn some_of_everything(world: &World) -> Uuid {
    let ours = world.file(&danger()).await.contact;
    for report in [Report { language: "ro".into(), ..normal() }, normal(), Report { child: Some(Answer::Yes), ..normal() }, danger()] {
        world.file(&report).await;
    }
    world.open(&world.ana, ours).await.unwrap();
    let read = world.file(&normal()).await.contact;
    world.open(&world.ben, read).await.unwrap();
    crate::acts::hands::take(&world.desk, &world.ben, read).await.unwrap();
    world.clock.advance(Duration::minutes(90));
    ours
}

#[tokio::test]
async fn each_number_of_the_board_is_the_list_that_it_leads_to() {
    on_both(|world| async move {
        some_of_everything(&world).await;
        let sue = desk(&world, &world.sue);
        let board = sue.get(BOARD).await;
        board.check_decent();
        let numbers = numbers(&board);
        for wanted in ["show=to-read&show=overdue", "show=theirs&whose=", "show=nobodys", "language=other", "show=held"] {
            assert!(numbers.iter().any(|(address, _)| address.contains(wanted)), "{wanted}: {numbers:?}");
        }
        for (address, number) in numbers {
            let list = sue.get(&address).await;
            list.check_decent();
            let rows = list.html.matches("/helpline/contacts/").count();
            assert_eq!(rows, number, "{address}");
        }
        assert!(board.text().contains("One contact is in danger and nobody is at it"), "{}", board.text());
        world.open(&world.ana, first_contact(&sue.get("/helpline?show=unattended").await)).await.unwrap();
        assert!(sue.get(BOARD).await.text().contains("Nobody is in danger unattended"));
    })
    .await;
}

fn first_contact(page: &Page) -> Uuid {
    let after = page.html.split("/helpline/contacts/").nth(1).unwrap();
    Uuid::parse_str(&after[..36]).unwrap()
}

/// To everybody who is not a supervisor the page does not exist.
#[tokio::test]
async fn the_board_is_for_supervisors_alone() {
    on_both(|world| async move {
        let missing = format!("/helpline/contacts/{}", Uuid::from_u128(9));
        for who in [&world.ana, &world.new] {
            let adviser = desk(&world, who);
            let (refused, nothing) = (adviser.get(BOARD).await, adviser.get(&missing).await);
            assert_eq!((refused.status.as_u16(), refused.text()), (404, nothing.text()));
            assert!(!adviser.get("/helpline/shift").await.html.contains(BOARD), "nor is it at the side");
        }
        assert!(desk(&world, &world.sue).get("/helpline/shift").await.html.contains(BOARD));
    })
    .await;
}

/// The board of a supervisor is that of a database in which what they may not see does not exist.
#[tokio::test]
async fn nothing_of_another_team_is_on_the_board() {
    on_both(|world| async move {
        let ours = some_of_everything(&world).await;
        begin(&world.desk, &world.ana, &[ours], "Nail bar".into()).await.unwrap();
        let sue = desk_of(&world, &world.sue, staffed());
        sue.get(BOARD).await;
        let before = sue.get(BOARD).await.text();
        let (ola, theirs) = world.elsewhere(&Report { child: Some(Answer::Yes), ..danger() }).await;
        let of_ours = sue.get("/helpline?show=all").await.text();
        begin(&world.desk, &ola, &[theirs], "Nail bar".into()).await.unwrap();
        crate::acts::hands::take(&world.desk, &ola, theirs).await.unwrap();
        world.open(&ola, theirs).await.unwrap();
        plainsight_people::acts::rota::add_absence(
            &world.people,
            plainsight_ledger::Actor::Member(ola.member.id),
            ola.member.id,
            world.now(),
            world.now() + Duration::DAY,
        )
        .await
        .unwrap();
        assert_eq!(sue.get(BOARD).await.text(), before);
        assert_eq!(sue.get("/helpline?show=all").await.text(), of_ours);
        // Their team is as one that does not exist, and so are their hands.
        let team = world.header(theirs).await.team;
        let asked = async |query: String| sue.get(&format!("/helpline?show=all&{query}")).await.text();
        let nobody = Uuid::from_u128(9);
        assert_eq!(asked(format!("team={team}")).await, asked(format!("team={nobody}")).await);
        assert!(!asked(format!("whose={}&show=theirs", ola.member.id)).await.contains("C-"));
    })
    .await;
}

/// How long somebody waited is known from the moment at which a page opened the contact, and only of enough of them.
#[tokio::test]
async fn how_long_people_waited_is_counted_when_a_page_opens_a_contact() {
    on_both(|world| async move {
        let sue = desk_of(&world, &world.sue, staffed());
        assert!(!sue.get(BOARD).await.text().contains("20 minutes"));
        for number in 0..5 {
            assert!(number == 0 || sue.get(BOARD).await.text().contains("fewer than 5"), "{number}");
            let filed = world.file(&normal()).await;
            sue.get("/helpline").await;
            world.clock.advance(Duration::minutes(20));
            sue.get(&format!("/helpline/contacts/{}", filed.contact)).await;
        }
        let text = sue.get(BOARD).await.text();
        assert!(text.contains("20 minutes 20 minutes 5 of 5"), "{text}");
        assert!(text.contains("5 contacts came today"), "{text}");
        let stored = world.everything_stored().await;
        assert!(!stored.contains("waited"), "it is on no disk");
    })
    .await;
}
