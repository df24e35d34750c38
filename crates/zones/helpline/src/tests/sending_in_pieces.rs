//! Files are sent piece by piece, as the script of the report site does: what is lost on the way is sent again, nothing is
//! stored twice, and a ticket is good for one thing.

use axum::http::StatusCode;
use serde_json::Value;
use time::Duration;

use super::browser::{Browser, Page, Parts};
use super::files::stored;
use super::public_site::public_settings;
use super::world::on_both;
use crate::acts::stow::sweep_files;
use crate::parcel::{LARGEST, PARCEL};
use crate::records::{contacts, files};
use crate::site::PublicSettings;

/// Three pieces, the last of one byte.
fn picture() -> Vec<u8> {
    (0..2 * PARCEL as u32 + 1).map(|number| (number.wrapping_mul(2_654_435_761) >> 24) as u8).collect()
}

async fn ask(browser: &Browser, fields: &[(&str, &str)], piece: Option<&[u8]>) -> (StatusCode, Value) {
    let parts = fields.iter().fold(Parts::default(), |parts, (name, value)| parts.field(name, value));
    let parts = piece.into_iter().fold(parts, |parts, piece| parts.file("part", "part", piece));
    let answer = browser.post_as("/help/part", Parts::KIND, parts.end()).await;
    (answer.status, serde_json::from_str(&answer.html).unwrap_or_default())
}

async fn begin(browser: &Browser, name: &str, size: u64) -> String {
    let (status, answer) = ask(browser, &[("do", "begin"), ("name", name), ("size", &size.to_string())], None).await;
    assert_eq!((status, &answer["there"]), (StatusCode::OK, &serde_json::json!([])), "{answer}");
    answer["ticket"].as_str().unwrap().to_owned()
}

async fn put(browser: &Browser, ticket: &str, number: usize) -> (StatusCode, Value) {
    let picture = picture();
    let piece = picture.chunks(PARCEL).nth(number).unwrap();
    ask(browser, &[("do", "put"), ("ticket", ticket), ("number", &number.to_string())], Some(piece)).await
}

async fn files_page(browser: &Browser) -> Page {
    let page = browser.post("/help", &[("go", "noticed")]).await;
    let check = browser.press(&browser.press(&page, &[("danger", "no")], "continue").await, &[], "check").await;
    browser.press(&check, &[], "edit-files").await
}

#[tokio::test]
async fn pieces_come_in_any_order_and_twice_and_the_form_takes_what_is_whole() {
    on_both(|world| async move {
        let browser = world.browser(1).await;
        let ticket = begin(&browser, "van.jpg", picture().len() as u64).await;
        for (number, there) in [(1, vec![1]), (1, vec![1]), (0, vec![0, 1])] {
            let (status, answer) = put(&browser, &ticket, number).await;
            assert_eq!((status, &answer["there"]), (StatusCode::OK, &serde_json::json!(there)));
            assert!(answer["whole"].is_null());
        }
        let (_, answer) = ask(&browser, &[("do", "there"), ("ticket", &ticket)], None).await;
        assert_eq!(answer["there"], serde_json::json!([0, 1]));
        let (_, answer) = put(&browser, &ticket, 2).await;
        let whole = answer["whole"].as_str().unwrap().to_owned();
        let before = stored(&world).await;
        // The answer to the last one was lost: it is asked for again, and the last one is sent again.
        let (_, answer) = ask(&browser, &[("do", "there"), ("ticket", &ticket)], None).await;
        assert!(answer["whole"].is_string());
        put(&browser, &ticket, 2).await;
        assert_eq!(stored(&world).await, before, "nothing doubled");

        let page = files_page(&browser).await;
        let check = browser.press(&page, &[("ticket", &whole)], "continue").await;
        assert!(check.plain().contains("1 file."), "{}", check.plain());
        // The same ticket again is the same file.
        let again = browser.press(&browser.press(&check, &[], "edit-files").await, &[("ticket", &whole)], "continue").await;
        assert!(again.plain().contains("1 file."), "{}", again.plain());
        let sent = browser.press(&again, &[], "send").await;
        assert!(sent.html.contains("data-receipt"), "{}", sent.plain());
        let waiting = files::waiting(world.db.content().read(), world.organisation).await.unwrap();
        assert_eq!(waiting.len(), 0);
        // What was sent is not changed any more.
        let (status, answer) = put(&browser, &ticket, 0).await;
        assert_eq!((status, answer["why"].as_str()), (StatusCode::UNPROCESSABLE_ENTITY, Some("gone")));
    })
    .await;
}

/// The page comes back while half is here: it says so, gives the ticket to go on with, and sends nothing half.
#[tokio::test]
async fn what_is_not_whole_is_said_and_not_sent_and_goes_on_where_it_stopped() {
    on_both(|world| async move {
        let browser = world.browser(1).await;
        let ticket = begin(&browser, "van.jpg", picture().len() as u64).await;
        put(&browser, &ticket, 0).await;
        let page = browser.press(&files_page(&browser).await, &[("ticket", &ticket)], "files").await;
        assert!(page.plain().contains("Not all of it is here"), "{}", page.plain());
        let again = page.html.split("data-ticket=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
        let check = browser.press(&page, &[], "continue").await;
        assert!(check.plain().contains("One file is not all here and will not be sent."), "{}", check.plain());
        let (_, answer) = ask(&browser, &[("do", "there"), ("ticket", &again)], None).await;
        assert_eq!(answer["there"], serde_json::json!([0]));
        put(&browser, &again, 1).await;
        let (_, answer) = put(&browser, &again, 2).await;
        let page = browser.press(&check, &[], "edit-files").await;
        let check = browser.press(&page, &[("ticket", answer["whole"].as_str().unwrap())], "continue").await;
        assert!(check.plain().contains("1 file."), "{}", check.plain());
        // An older page that knows less takes nothing away.
        let sent = browser.press(&check, &[], "send").await;
        assert!(sent.html.contains("data-receipt") && !sent.plain().contains("was not sent"), "{}", sent.plain());
    })
    .await;
}

#[tokio::test]
async fn a_ticket_is_no_state_and_a_state_no_ticket_and_both_grow_old() {
    on_both(|world| async move {
        let browser = world.browser(0).await;
        let ticket = begin(&browser, "van.jpg", 3).await;
        let page = files_page(&browser).await;
        let lost = browser.post("/help", &[("state", &ticket), ("page", "words"), ("words", "help"), ("go", "continue")]).await;
        assert!(lost.plain().contains("could not be opened again"), "{}", lost.plain());
        for wrong in [page.field("state").as_str(), "", "x"] {
            let (status, answer) = ask(&browser, &[("do", "put"), ("ticket", wrong), ("number", "0")], Some(b"abc")).await;
            assert_eq!((status, answer["why"].as_str()), (StatusCode::UNPROCESSABLE_ENTITY, Some("gone")));
        }
        world.clock.advance(Duration::hours(24) + Duration::seconds(1));
        for what in ["put", "there"] {
            let (status, answer) = ask(&browser, &[("do", what), ("ticket", &ticket), ("number", "0")], Some(b"abc")).await;
            assert_eq!((status, answer["why"].as_str()), (StatusCode::UNPROCESSABLE_ENTITY, Some("gone")), "{what}");
        }
    })
    .await;
}

#[tokio::test]
async fn what_does_not_fit_is_refused_with_why() {
    on_both(|world| async move {
        let browser = world.browser(0).await;
        for (size, why) in [("0", "empty"), (&*(LARGEST + 1).to_string(), "large"), ("many", "large"), ("-1", "large")] {
            let (status, answer) = ask(&browser, &[("do", "begin"), ("name", "a"), ("size", size)], None).await;
            assert_eq!((status, answer["why"].as_str()), (StatusCode::UNPROCESSABLE_ENTITY, Some(why)), "{size}");
        }
        let ticket = begin(&browser, "a", 3).await;
        let number = |number: &'static str| [("do", "put"), ("ticket", ticket.as_str()), ("number", number)];
        // Too short, no such piece, no number, larger than any piece.
        for (fields, piece) in [(number("0"), &b"ab"[..]), (number("1"), b"abc"), (number("x"), b"abc")] {
            let (status, _) = ask(&browser, &fields, Some(piece)).await;
            assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
        }
        let (status, _) = ask(&browser, &number("0"), Some(&vec![0; PARCEL + 1])).await;
        assert_eq!(status, StatusCode::PAYLOAD_TOO_LARGE);
        let (status, _) = ask(&browser, &[("do", "sing")], None).await;
        assert_eq!(status, StatusCode::BAD_REQUEST);
        assert_eq!(stored(&world).await, 0);
        assert_eq!(contacts::headers(world.db.content().read(), world.organisation).await.unwrap().len(), 0);
    })
    .await;
}

#[tokio::test]
async fn what_is_taken_away_is_gone_and_too_much_is_refused_before_it_begins() {
    on_both(|world| async move {
        let small = PublicSettings { waiting_files: 4 * PARCEL as u64, ..public_settings(&["always"]) };
        let browser = Browser::new(crate::public(world.site_with(small, 0).await));
        let ticket = begin(&browser, "van.jpg", picture().len() as u64).await;
        let size = picture().len().to_string();
        let more = [("do", "begin"), ("name", "more.jpg"), ("size", size.as_str())];
        let (status, answer) = ask(&browser, &more, None).await;
        assert_eq!((status, answer["why"].as_str()), (StatusCode::UNPROCESSABLE_ENTITY, Some("full")));
        let (status, _) = ask(&browser, &[("do", "away"), ("ticket", &ticket)], None).await;
        assert_eq!(status, StatusCode::OK);
        let (_, answer) = put(&browser, &ticket, 0).await;
        assert_eq!((answer["why"].as_str(), stored(&world).await), (Some("gone"), 0));
        // It keeps its room until it is swept, and what was begun until it was counted twice.
        sweep_files(&world.desk).await.unwrap();
        for _ in 0..2 {
            world.clock.advance(Duration::minutes(1));
            ask(&browser, &[("do", "begin"), ("size", "0")], None).await;
            put(&browser, &ticket, 0).await;
        }
        begin(&browser, "more.jpg", picture().len() as u64).await;
    })
    .await;
}
