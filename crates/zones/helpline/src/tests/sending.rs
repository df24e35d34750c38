//! Files are sent with a report, and later with the number: by a browser without scripts. Whatever is wrong with a file, the
//! report goes.

use axum::http::StatusCode;
use plainsight_vault::Receipt;
use sha2::{Digest, Sha256};
use time::Duration;
use uuid::Uuid;

use super::browser::{Browser, Page, Parts};
use super::files::alive;
use super::public_mailbox;
use super::public_site::public_settings;
use super::world::{World, lies_in, normal, on_both};
use crate::acts::open::Paper;
use crate::acts::stow::sweep_files;
use crate::attached::Attached;
use crate::parcel::PARCEL;
use crate::records::contacts;
use crate::site::PublicSettings;

const CANARY: &str = "kanarienvogel";

/// Bytes that are like no others.
fn picture(length: usize) -> Vec<u8> {
    (0..length as u32).map(|number| (number.wrapping_mul(2_654_435_761) >> 24) as u8).collect()
}

/// The page on which files are chosen, of a report that says something.
async fn files_page(browser: &Browser, danger: &str) -> Page {
    let page = browser.post("/help", &[("go", "noticed")]).await;
    let page = browser.press(&page, &[("danger", danger)], "continue").await;
    let check = browser.press(&page, &[], "check").await;
    let page = browser.press(&check, &[], "edit-files").await;
    page.check_decent();
    assert_eq!(page.field("page"), "files");
    page
}

fn receipt(page: &Page) -> Receipt {
    let digits = page.html.split("data-receipt=\"").nth(1).unwrap_or_else(|| panic!("a receipt: {}", page.plain()));
    Receipt::parse(digits.split('"').next().unwrap()).unwrap()
}

/// What the folders say of their files.
async fn filed(world: &World) -> Vec<(Uuid, Attached)> {
    let mut found = Vec::new();
    for (contact, _) in contacts::headers(world.db.content().read(), world.organisation).await.unwrap() {
        let opened = world.open(&world.ana, contact).await.unwrap();
        found.extend(opened.papers.into_iter().filter_map(|(id, _, paper)| match paper {
            Paper::File(file) => Some((id, file)),
            _ => None,
        }));
    }
    found
}

async fn reports(world: &World) -> usize {
    contacts::headers(world.db.content().read(), world.organisation).await.unwrap().len()
}

/// The values of the buttons that take a file away.
fn away(page: &Page) -> Vec<String> {
    page.html.split("value=\"away-").skip(1).map(|rest| format!("away-{}", rest.split('"').next().unwrap())).collect()
}

#[tokio::test]
async fn files_are_chosen_looked_at_taken_away_and_sent_without_scripts() {
    on_both(|world| async move {
        let browser = world.browser(1).await;
        let page = files_page(&browser, "no").await;
        assert!(page.plain().contains("Do not take a risk to get a photograph"), "{}", page.plain());
        assert!(page.html.contains("enctype=\"multipart/form-data\""));
        let (large, small) = (picture(PARCEL + 70_000), picture(900));
        let chosen = [("C:\\Ana\\van.jpg", &large[..]), ("list.pdf", &small[..]), ("wrong.txt", b"a shopping list")];
        let page = browser.press_with_files(&page, &[], &chosen, "files").await;
        assert_eq!((page.status, page.field("page").as_str()), (StatusCode::OK, "files"));
        for shown in ["van.jpg", "about 2 MB", "list.pdf", "less than 1 MB", "wrong.txt"] {
            assert!(page.plain().contains(shown), "{shown}: {}", page.plain());
        }
        assert!(!page.html.contains("Ana\\"), "a folder of the phone");
        let page = browser.press(&page, &[], &away(&page)[2]).await;
        assert!(!page.plain().contains("wrong.txt"), "{}", page.plain());
        assert_eq!(alive(&world).await.len(), 2);

        // In another language what was chosen stays, and on every page after.
        let page = browser.press(&page, &[], "language-ro").await;
        assert!(page.html.contains("lang=\"ro\"") && page.plain().contains("cam 2 MB"), "{}", page.plain());
        let check = browser.press(&browser.press(&page, &[], "language-en").await, &[], "continue").await;
        assert!(check.plain().contains("2 files."), "{}", check.plain());
        let sent = browser.press(&check, &[], "send").await;
        receipt(&sent);
        assert!(!sent.plain().contains("van") && !sent.plain().contains("list.pdf"), "names on the page with the number");

        let mut found: Vec<_> = filed(&world).await.into_iter().map(|(_, file)| (file.name, file.size, file.hash)).collect();
        found.sort();
        let hash = |bytes: &[u8]| -> [u8; 32] { Sha256::digest(bytes).into() };
        let expected = [("list.pdf".to_owned(), 900, hash(&small)), ("van.jpg".to_owned(), large.len() as u64, hash(&large))];
        assert_eq!(found, expected);
    })
    .await;
}

#[tokio::test]
async fn a_form_that_is_sent_twice_sends_its_files_once_and_one_that_was_added_to_is_another() {
    on_both(|world| async move {
        let browser = world.browser(2).await;
        let page = files_page(&browser, "no").await;
        let check = browser.press_with_files(&page, &[], &[("a.jpg", b"a")], "continue").await;
        let first = receipt(&browser.press(&check, &[], "send").await);
        assert!(receipt(&browser.press(&check, &[], "send").await) == first);
        assert_eq!((reports(&world).await, filed(&world).await.len()), (1, 1));
        // Back, one more, and sent again: it must not pass for what was sent before.
        let page = browser.press(&check, &[], "edit-files").await;
        let check = browser.press_with_files(&page, &[], &[("b.jpg", b"b")], "continue").await;
        assert!(receipt(&browser.press(&check, &[], "send").await) != first);
        let mut names: Vec<_> = filed(&world).await.into_iter().map(|(_, file)| file.name).collect();
        names.sort();
        assert_eq!((reports(&world).await, names), (2, vec!["a.jpg".to_owned(), "b.jpg".to_owned()]));
    })
    .await;
}

#[tokio::test]
async fn a_file_alone_is_a_report() {
    on_both(|world| async move {
        let browser = world.browser(1).await;
        let page = browser.post("/help", &[("go", "noticed")]).await;
        let page = browser.press(&browser.press(&page, &[], "check").await, &[], "edit-files").await;
        let nothing = browser.press(&page, &[], "send").await;
        assert_eq!(nothing.status, StatusCode::UNPROCESSABLE_ENTITY);
        receipt(&browser.press_with_files(&page, &[], &[("a.jpg", b"a")], "send").await);
        assert_eq!(filed(&world).await.len(), 1);
    })
    .await;
}

/// Each is said by its name, nothing else is lost, and the form goes on.
#[tokio::test]
async fn what_cannot_be_taken_is_named_and_the_rest_is_kept() {
    on_both(|world| async move {
        let browser = world.browser(1).await;
        let page = files_page(&browser, "no").await;
        let names: Vec<String> = (1..=12).map(|number| format!("{number}.jpg")).collect();
        let mut chosen: Vec<(&str, &[u8])> = names.iter().map(|name| (name.as_str(), &b"x"[..])).collect();
        chosen[3].1 = b"";
        let page = browser.press_with_files(&page, &[], &chosen, "continue").await;
        assert_eq!((page.status, page.field("page").as_str()), (StatusCode::UNPROCESSABLE_ENTITY, "files"), "it is said before going on");
        let text = page.plain();
        for said in ["There is nothing in “4.jpg”", "“12.jpg” was not added: 10 files are the most"] {
            assert!(text.contains(said), "{said}: {text}");
        }
        assert_eq!((away(&page).len(), page.summary_targets()), (10, vec!["files".to_owned(), "files".to_owned()]));
        let check = browser.press(&page, &[], "continue").await;
        assert!(check.plain().contains("10 files."), "{}", check.plain());
        receipt(&browser.press(&check, &[], "send").await);
        assert_eq!(filed(&world).await.len(), 10);
    })
    .await;
}

#[tokio::test]
async fn a_cut_or_broken_body_loses_nothing_that_came_before() {
    on_both(|world| async move {
        let browser = world.browser(1).await;
        let page = files_page(&browser, "no").await;
        let page = browser.press_with_files(&page, &[], &[("whole.jpg", b"whole")], "files").await;
        let body = Parts::default().field("state", &page.field("state")).field("page", "files").file("files", "half.jpg", &picture(3000));
        let body = body.field("go", "continue").end();
        let cut = browser.post_as("/help", Parts::KIND, body[..body.len() - 2000].to_vec()).await;
        assert_eq!((cut.status, cut.field("page").as_str()), (StatusCode::UNPROCESSABLE_ENTITY, "files"), "{}", cut.plain());
        assert!(cut.plain().contains("half.jpg” did not come whole") && away(&cut).len() == 1, "{}", cut.plain());
        assert_eq!(alive(&world).await.len(), 1, "half a file is thrown away");

        let wrong = browser.post_as("/help", "multipart/form-data; boundary=other", body.clone()).await;
        assert_eq!(wrong.status, StatusCode::BAD_REQUEST);
        wrong.check_decent();
        let none = browser.post_as("/help", "multipart/form-data", body).await;
        assert_eq!(none.status, StatusCode::BAD_REQUEST);
        // Files are taken where they are chosen, and nowhere else.
        let words = Parts::default().field("page", "me").field("words", "help").file("files", "a.jpg", b"a").field("go", "stay").end();
        let me = browser.post_as("/help", Parts::KIND, words).await;
        assert_eq!((me.field("words").as_str(), alive(&world).await.len()), ("help", 1));
    })
    .await;
}

#[tokio::test]
async fn a_file_that_died_is_named_before_sending_and_a_page_of_yesterday_says_which() {
    on_both(|world| async move {
        let browser = world.browser(2).await;
        let page = files_page(&browser, "no").await;
        let check = browser.press_with_files(&page, &[], &[("van.jpg", b"a van")], "continue").await;
        let old = browser.press(&check, &[], "edit-files").await;
        world.clock.advance(Duration::hours(23));
        // The page is young, the file is not.
        let check = browser.press(&browser.press(&check, &[], "edit-words").await, &[("words", "six men")], "check").await;
        world.clock.advance(Duration::hours(2));
        let told = browser.press(&check, &[], "send").await;
        assert!(told.plain().contains("van.jpg” is not here any more") && reports(&world).await == 0, "{}", told.plain());
        assert!(told.plain().contains("six men"), "{}", told.plain());
        receipt(&browser.press(&told, &[], "send").await);
        assert_eq!((reports(&world).await, filed(&world).await.len()), (1, 0));

        let expired = browser.press(&old, &[], "continue").await;
        assert!(expired.plain().contains("more than a day old") && expired.plain().contains("van.jpg” is not here any more"));
        sweep_files(&world.desk).await.unwrap();
        assert_eq!(alive(&world).await.len(), 0);
    })
    .await;
}

/// Nothing about a file stands between the press and the alarm.
#[tokio::test]
async fn a_report_in_danger_goes_whatever_is_wrong_with_its_files() {
    on_both(|world| async move {
        let browser = world.browser(2).await;
        let page = files_page(&browser, "yes").await;
        assert!(page.html.contains("data-urgent"));
        let sent = browser.press_with_files(&page, &[], &[("empty.jpg", b""), ("van.jpg", b"a van")], "send").await;
        receipt(&sent);
        assert!(sent.plain().contains("A file that you chose was not sent"), "{}", sent.plain());
        assert_eq!(filed(&world).await.len(), 1);

        // One that died is missing in the folder, which says so.
        let page = files_page(&browser, "yes").await;
        let page = browser.press_with_files(&page, &[], &[("gone.jpg", b"gone")], "files").await;
        browser.press(&page, &[], &away(&page)[0]).await;
        receipt(&browser.press(&page, &[], "send").await);
        let names: Vec<_> = filed(&world).await.into_iter().map(|(_, file)| file.name).collect();
        assert!(names.contains(&"gone.jpg".to_owned()) && reports(&world).await == 2, "{names:?}");
    })
    .await;
}

#[tokio::test]
async fn when_too_much_waits_files_are_refused_kindly_and_reports_never() {
    on_both(|world| async move {
        let small = PublicSettings { waiting_files: 5 * PARCEL as u64, ..public_settings(&["always"]) };
        let browser = Browser::new(crate::public(world.site_with(small, 2).await));
        let page = files_page(&browser, "no").await;
        let (two, three) = (picture(PARCEL + 1), picture(2 * PARCEL + 1));
        let page = browser.press_with_files(&page, &[], &[("two.jpg", &two[..]), ("three.jpg", &three[..])], "files").await;
        assert!(page.plain().contains("three.jpg” was not added: there is no room"), "{}", page.plain());
        assert_eq!(away(&page).len(), 1);
        // What came of it before the end of the room was seen is gone when it is counted again, and what is sent waits no more.
        receipt(&browser.press(&page, &[], "send").await);
        sweep_files(&world.desk).await.unwrap();
        // What was begun keeps its room until it was counted twice.
        let mut page = files_page(&browser, "no").await;
        for _ in 0..2 {
            world.clock.advance(Duration::minutes(1));
            page = browser.press_with_files(&page, &[], &[("three.jpg", &three[..])], "files").await;
        }
        assert_eq!((page.status, away(&page).len()), (StatusCode::OK, 1), "{}", page.plain());
        receipt(&browser.press(&page, &[], "send").await);
    })
    .await;
}

#[tokio::test]
async fn neither_a_name_nor_a_byte_lies_here_in_clear() {
    on_both(|world| async move {
        let browser = world.browser(1).await;
        let page = files_page(&browser, "no").await;
        let name = format!("{CANARY}-name.jpg");
        let holds = format!("{CANARY}-holds").repeat(100);
        let page = browser.press_with_files(&page, &[], &[(&name, holds.as_bytes())], "files").await;
        let shown = away(&page).len();
        for moment in ["waiting", "sent"] {
            let stored = world.everything_stored().await;
            assert!(!lies_in(&stored, CANARY), "{moment}");
            if moment == "waiting" {
                receipt(&browser.press(&page, &[], "send").await);
            }
        }
        assert_eq!((shown, filed(&world).await.len()), (1, 1));
    })
    .await;
}

#[tokio::test]
async fn whoever_wants_to_be_known_to_nobody_is_warned_of_names_and_pictures() {
    on_both(|world| async move {
        let browser = world.browser(1).await;
        let page = files_page(&browser, "no").await;
        let check = browser.press_with_files(&page, &[], &[("a.jpg", b"a")], "continue").await;
        let contact = browser.press(&check, &[], "edit-contact").await;
        let check = browser.press(&contact, &[("naming", "anonymous")], "check").await;
        let asked = browser.press(&check, &[], "send").await;
        assert_eq!((asked.field("page").as_str(), reports(&world).await), ("reveals", 0));
        assert!(asked.plain().contains("what a picture shows"), "{}", asked.plain());
        receipt(&browser.press(&asked, &[], "send").await);
        assert_eq!(filed(&world).await.len(), 1);
    })
    .await;
}

#[tokio::test]
async fn files_are_added_later_with_the_number_and_a_closed_mailbox_keeps_them() {
    on_both(|world| async move {
        let (_, right) = public_mailbox::file(&world, &normal()).await;
        let browser = public_mailbox::begin(&world).await;
        let page = public_mailbox::open(&browser, &right.digits()).await;
        page.check_decent();
        let page = browser.press_with_files(&page, &[("words", "")], &[("a.jpg", b"a"), ("b.jpg", b"b")], "files").await;
        assert_eq!((page.field("page").as_str(), away(&page).len(), page.size), ("messages", 2, public_mailbox::ANSWER));
        let sent = browser.press(&page, &[], "add").await;
        assert!(sent.plain().contains("You sent 2 files."), "{}", sent.plain());
        assert!(!sent.plain().contains("a.jpg") && away(&sent).is_empty(), "{}", sent.plain());
        // Pressed twice it is one.
        browser.press(&page, &[], "add").await;
        assert_eq!(filed(&world).await.len(), 2);

        // What is wrong with one is said, and the words wait.
        let wrong = browser.press_with_files(&sent, &[("words", "six men")], &[("c.jpg", b""), ("d.jpg", b"d")], "add").await;
        assert!(wrong.plain().contains("There is nothing in") && wrong.field("words") == "six men", "{}", wrong.plain());
        // The mailbox closed meanwhile: words and files wait for the number.
        world.clock.advance(Duration::minutes(31));
        let closed = browser.press(&wrong, &[], "add").await;
        assert!(closed.plain().contains("close by themselves"), "{}", closed.plain());
        let open = browser.press(&closed, &[("receipt", &right.digits())], "open").await;
        assert_eq!((open.field("words").as_str(), away(&open).len()), ("six men", 1), "{}", open.plain());
        let sent = browser.press(&open, &[], "add").await;
        assert!(sent.plain().contains("You sent one file."), "{}", sent.plain());
        assert_eq!(filed(&world).await.len(), 3);
    })
    .await;
}
