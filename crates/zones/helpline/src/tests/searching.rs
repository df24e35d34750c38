//! Search in what is sealed: what is found, by whom, and that it is forgotten.

use std::sync::Arc;

use plainsight_people::SignedIn;
use time::Duration;
use uuid::Uuid;

use super::browser::Browser;
use super::desk_pages::desk;
use super::referring::call;
use super::world::{World, danger, normal, on_both, on_sqlite, refer};
use crate::acts::answer::{note, reply};
use crate::acts::case::begin;
use crate::acts::withdraw::withdraw;
use crate::index::{CaseFilter, Filter, Index};
use crate::reference::reference;
use crate::report::{Report, SafeContact};
use crate::search::library::Library;
use plainsight_vocabulary::Answer;

/// The references on a page, in their order, none twice.
fn shown(page: &super::browser::Page) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for piece in page.pieces() {
        if piece.starts_with("C-") && piece.len() == 10 && !found.contains(&piece) {
            found.push(piece);
        }
    }
    found
}

pub(super) async fn found(world: &World, who: &SignedIn, text: &str) -> Vec<String> {
    let page = desk(world, who).post("/helpline/search", &[("q", text)]).await;
    page.check_decent();
    let mut found = shown(&page);
    found.sort();
    found
}

pub(super) fn references(contacts: &[Uuid]) -> Vec<String> {
    let mut all: Vec<String> = contacts.iter().map(|id| reference(*id)).collect();
    all.sort();
    all
}

#[tokio::test]
async fn a_contact_is_found_by_whatever_stands_in_its_folder() {
    on_both(|world| async move {
        let report = Report {
            place: "behind 3 Almonry Wynd, WM90 7KC".into(),
            words: "Ștefan sleeps in the white van WX21 ABC".into(),
            safe_contact: SafeContact { address: "+44 7700 900123".into(), ..SafeContact::default() },
            ..normal()
        };
        let filed = world.file(&report).await;
        let other = world.file(&normal()).await;
        world.adds(&filed.root, &filed.form, "the boss is @washking", None).await.unwrap();
        world.open(&world.ana, filed.contact).await.unwrap();
        note(&world.desk, &world.ana, filed.contact, "spoke with the hospital".into()).await.unwrap();
        reply(&world.desk, &world.ana, filed.contact, "we are listening".into(), false).await.unwrap();
        refer(&world.desk, &world.ana, filed.contact, call(&world)).await.unwrap();
        for text in ["stefan", "STEPHAN", "wx21abc", "wm907kc", "07700 900 123", "@washking", "hospital", "listening", "van almonry"] {
            assert_eq!(found(&world, &world.ana, text).await, references(&[filed.contact]), "{text}");
        }
        assert_eq!(found(&world, &world.ana, &call(&world).call_taker).await, references(&[filed.contact]), "what was told outside");
        assert_eq!(found(&world, &world.ana, &reference(other.contact).to_lowercase()).await, references(&[other.contact]));
        assert_eq!(found(&world, &world.ana, "stefan spaceship").await, references(&[]), "every word must be found");
        let page = desk(&world, &world.ana).post("/helpline/search", &[("q", "hospital stephan")]).await;
        let text = page.text();
        assert!(text.contains("note") && text.contains("spelt otherwise"), "{text}");
        assert!(!text.contains("spoke") && !text.contains("sleeps"), "why it was found, and none of its text");
    })
    .await;
}

/// Every access in the ledger, and nothing about a person in it.
#[tokio::test]
async fn a_search_is_written_down_without_what_was_looked_for() {
    on_both(|world| async move {
        world.file(&normal()).await;
        let desk = desk(&world, &world.ana);
        desk.post("/helpline/search", &[("q", "wash 07700 900123"), ("show", "open")]).await;
        let entry = world.ledger().await.pop().unwrap();
        assert_eq!(entry.act, "contacts.searched");
        assert_eq!(entry.detail, serde_json::json!({ "kinds": ["telephone", "words"], "filters": ["open"], "hits": 0 }));
        desk.post("/helpline/search", &[("q", "wash ana@example.org")]).await;
        assert_eq!(world.ledger().await.pop().unwrap().detail["own"], true, "whoever looks for themselves is to be asked why");
        let before = world.ledger().await.len();
        let empty = desk.post("/helpline/search", &[("q", " . ")]).await;
        assert_eq!((empty.status.as_u16(), empty.summary_targets()), (422, vec!["q".to_owned()]));
        let novel = desk.post("/helpline/search", &[("q", &"x ".repeat(4000))]).await;
        assert_eq!(novel.status.as_u16(), 422);
        assert!(novel.html.contains(&"x ".repeat(4000)), "nothing typed is lost");
        assert_eq!(world.ledger().await.len(), before);
    })
    .await;
}

/// Every page that says something of more than one contact.
async fn every_list(desk: &Browser, contact: Uuid, case: Uuid) -> Vec<(String, String)> {
    let mut paths: Vec<String> = Filter::ALL.iter().map(|filter| format!("/helpline?show={}", filter.name())).collect();
    paths.extend(["/helpline/cases.csv?show=all", "/helpline/cases?show=asked"].map(str::to_owned));
    paths.extend(Filter::ALL.iter().map(|filter| format!("/helpline/list.csv?show={}", filter.name())));
    paths.extend(CaseFilter::ALL.iter().map(|filter| format!("/helpline/cases?show={}", filter.name())));
    paths.extend(["/helpline?show=child&show=open".into(), "/helpline/shift".into(), "/helpline/search".into()]);
    paths.extend([format!("/helpline/contacts/{contact}"), format!("/helpline/cases/{case}")]);
    let mut pages = Vec::new();
    for path in paths {
        let page = desk.get(&path).await;
        pages.push((path.clone(), if path.contains("csv") { page.html } else { page.text() }));
    }
    for asked in ["van", "WX21 ABC", "07700 900123", "boss", "nail bar"] {
        pages.push((asked.to_owned(), desk.post("/helpline/search", &[("q", asked)]).await.text()));
        pages.push((format!("{asked} as a file"), desk.post("/helpline/search", &[("q", asked), ("file", "csv")]).await.html));
    }
    pages
}

/// Every list, count, suggestion, file and error of a member is that of a database in which what they may not see does not
/// exist.
#[tokio::test]
async fn nothing_of_another_team_is_found_counted_or_suggested() {
    on_both(|world| async move {
        let words = "white van WX21 ABC, call 07700 900123, the boss";
        let report = Report { words: words.into(), child: Some(Answer::Yes), ..danger() };
        let ours = world.file(&report).await.contact;
        world.open(&world.ana, ours).await.unwrap();
        let case = begin(&world.desk, &world.ana, &[ours], "Nail bar".into()).await.unwrap();
        let (alone, beside) = (desk(&world, &world.ana), desk(&world, &world.ana));
        // Read once before, so that both looks see what was opened already.
        for browser in [&alone, &beside] {
            every_list(browser, ours, case).await;
        }
        let before = every_list(&alone, ours, case).await;
        let (ola, theirs) = world.elsewhere(&report).await;
        let their_case = begin(&world.desk, &ola, &[theirs], "Nail bar".into()).await.unwrap();
        assert_eq!(found(&world, &ola, "wx21abc").await, references(&[theirs]));
        for browser in [&alone, &beside] {
            for (one, other) in before.iter().zip(every_list(browser, ours, case).await) {
                assert_eq!(*one, other);
            }
        }
        for hidden in [theirs, their_case] {
            for path in [format!("/helpline/contacts/{hidden}"), format!("/helpline/cases/{hidden}")] {
                let missing = path.replace(&hidden.to_string(), &Uuid::from_u128(9).to_string());
                assert_eq!(alone.get(&path).await.text(), alone.get(&missing).await.text());
            }
        }
        assert_eq!(found(&world, &world.ana, &reference(theirs)).await, references(&[]));
    })
    .await;
}

/// What somebody looks for is about people: nobody else sees it, and it lies nowhere in clear.
#[tokio::test]
async fn a_view_is_kept_for_its_member_alone() {
    on_both(|world| async move {
        let filed = world.file(&Report { words: "the kanarienvogel van".into(), ..normal() }).await;
        let (ana, ben) = (desk(&world, &world.ana), desk(&world, &world.ben));
        let page = ana.post("/helpline/search", &[("q", "kanarienvogel"), ("name", "the van"), ("keep", "yes")]).await;
        page.check_decent();
        assert!(page.text().contains("It is kept") && page.text().contains("One was found"), "{}", page.text());
        ana.post("/helpline/views", &[("show", "danger"), ("show", "mine"), ("name", "my dangers")]).await;
        let list = ana.get("/helpline").await;
        list.check_decent();
        assert!(list.text().contains("my dangers") && list.text().contains("the van"));
        assert!(!ben.get("/helpline").await.text().contains("my dangers"));
        assert!(!super::world::lies_in(&world.everything_stored().await, "kanarienvogel"));
        let kept = crate::acts::views::kept(&world.desk, &world.ana).await.unwrap();
        let id = |name: &str| kept.iter().find(|(_, kept)| kept.name == name).unwrap().0.to_string();
        let again = ana.post("/helpline/search", &[("view", &id("the van"))]).await;
        assert_eq!(shown(&again), [reference(filed.contact)]);
        let to = ana.post("/helpline/search", &[("view", &id("my dangers"))]).await;
        assert_eq!(to.location(), "/helpline?show=danger&show=mine");
        assert_eq!(ben.post("/helpline/search", &[("view", &id("the van"))]).await.status.as_u16(), 404);
        ben.post(&format!("/helpline/views/{}/forget", id("the van")), &[]).await;
        assert_eq!(crate::acts::views::kept(&world.desk, &world.ana).await.unwrap().len(), 2, "another's is not theirs to forget");
        ana.post(&format!("/helpline/views/{}/forget", id("the van")), &[]).await;
        assert!(!ana.get("/helpline").await.text().contains("the van"));
        for (name, expected) in [("", "Write something"), (&*"x".repeat(61), "at most 60")] {
            let wrong = ana.post("/helpline/views", &[("show", "new"), ("name", name)]).await;
            wrong.check_decent();
            assert_eq!((wrong.status.as_u16(), wrong.summary_targets()), (422, vec!["name".to_owned()]));
            assert!(wrong.text().contains(expected) || expected.starts_with("at most"), "{}", wrong.text());
        }
        for number in 0..20 {
            ana.post("/helpline/views", &[("show", "new"), ("name", &format!("view {number}"))]).await;
        }
        assert_eq!(crate::acts::views::kept(&world.desk, &world.ana).await.unwrap().len(), crate::acts::views::MOST_VIEWS);
        let full = ana.post("/helpline/search", &[("q", "van"), ("name", "one more"), ("keep", "yes")]).await;
        full.check_decent();
        assert!(full.status.as_u16() == 422 && full.html.contains("one more"), "{}", full.text());
    })
    .await;
}

#[tokio::test]
async fn what_was_withdrawn_unread_is_found_no_more() {
    on_both(|world| async move {
        let filed = world.file(&normal()).await;
        let desk = desk(&world, &world.ana);
        let search = [("q", "wash")];
        assert_eq!(shown(&desk.post("/helpline/search", &search).await), references(&[filed.contact]));
        withdraw(&world.public, &world.pepper(), &filed.root).await.unwrap();
        assert!(shown(&desk.post("/helpline/search", &search).await).is_empty());
    })
    .await;
}

/// The index lives as long as somebody of the team is unlocked, and not a breath longer.
#[tokio::test]
async fn what_was_read_is_forgotten_when_the_last_of_the_team_locks() {
    on_sqlite(|world| async move {
        world.file(&normal()).await;
        let (library, index) = (Library::default(), Index::new());
        let World { desk, ana: one, ben: two, .. } = world;
        index.catch_up(&desk).await.unwrap();
        for who in [&one, &two] {
            let progress = library.catch_up(&desk, &index, who).await;
            assert_eq!((progress.read, progress.left), (1, 0));
        }
        assert_eq!(library.teams(), 1);
        let keys = Arc::downgrade(&two.unlocked);
        drop(two);
        tokio::time::sleep(std::time::Duration::from_millis(1500)).await;
        assert!(keys.upgrade().is_none(), "the reading holds nobody's keys while it waits");
        assert_eq!(library.teams(), 1, "somebody is still there");
        drop(one);
        for _ in 0..100 {
            tokio::time::sleep(std::time::Duration::from_millis(100)).await;
            if library.teams() == 0 {
                return;
            }
        }
        panic!("it was kept");
    })
    .await;
}

#[tokio::test]
async fn lists_are_narrowed_by_several_filters_and_had_as_a_file() {
    on_both(|world| async move {
        let child = world.file(&Report { child: Some(Answer::NotSure), ..normal() }).await;
        let child_in_danger = world.file(&Report { child: Some(Answer::Yes), ..danger() }).await;
        let adult = world.file(&danger()).await;
        let desk = desk(&world, &world.ana);
        let page = desk.get("/helpline?show=child").await;
        page.check_decent();
        assert_eq!(shown(&page), [reference(child_in_danger.contact), reference(child.contact)], "danger first");
        let both = desk.get("/helpline?show=child&show=danger").await;
        both.check_decent();
        assert_eq!(shown(&both), [reference(child_in_danger.contact)]);
        for left in
            ["href=\"/helpline?show=danger\"", "href=\"/helpline?show=child\"", "href=\"/helpline/list.csv?show=child&amp;show=danger\""]
        {
            assert!(both.html.contains(left) || both.html.contains(&left.replace("&amp;", "&#38;")), "{left}");
        }
        let file = desk.get("/helpline/list.csv?show=danger").await;
        let lines: Vec<&str> = file.html.lines().collect();
        assert_eq!(lines.len(), 3, "a head and two rows");
        assert!(lines[0].starts_with("Reference,") && file.html.contains(&reference(adult.contact)), "{}", file.html);
        let entry = world.ledger().await.pop().unwrap();
        assert_eq!((entry.act.as_str(), entry.detail), ("list.exported", serde_json::json!({ "list": "danger", "rows": 2 })));
        let searched = desk.post("/helpline/search", &[("q", "locked"), ("file", "csv")]).await;
        assert_eq!(searched.html.lines().count(), 3);
        let without = desk.post("/helpline/search", &[("q", "locked car"), ("show", "child"), ("without", "term:1")]).await;
        assert_eq!(shown(&without), [reference(child_in_danger.contact)]);
        assert!(without.html.contains("value=\"locked\""));
    })
    .await;
}

/// Suggested with the reason, and never joined by itself.
#[tokio::test]
async fn contacts_that_may_be_about_the_same_are_suggested_with_the_reason() {
    on_both(|world| async move {
        let place = "Almonry Wynd car wash, Westmere".to_owned();
        let one = Report { place: place.clone(), words: "men sleep in vans, the boss shouts at night".into(), ..normal() };
        let first = world.file(&one).await;
        let same_place = Report { place, words: "boss shouts, men sleep behind".into(), ..normal() };
        let second = world.file(&same_place).await;
        let same_number = Report { words: "her number is 07700 900123".into(), ..normal() };
        let third = world.file(&same_number).await;
        let fourth = world.file(&Report { place: "Almonry Wynd".into(), words: "loud music".into(), ..normal() }).await;
        let fifth = world.file(&Report { words: "call 0044 7700 900123 at night".into(), ..normal() }).await;
        let desk = desk(&world, &world.ana);
        let suggested = async |contact: Uuid| {
            let page = desk.get(&format!("/helpline/contacts/{contact}")).await;
            page.check_decent();
            let mut all = shown(&page);
            all.retain(|each| *each != reference(contact));
            (all, page.text())
        };
        let (all, text) = suggested(first.contact).await;
        assert_eq!(all, [reference(second.contact)], "the street alone, or one common word, is no reason");
        assert!(text.contains("Same place") && text.contains("Both say") && text.contains("shouts"), "{text}");
        let (all, text) = suggested(third.contact).await;
        assert_eq!(all, [reference(fifth.contact)]);
        assert!(text.contains("Same telephone number") && text.contains("700900123"), "{text}");
        assert!(suggested(fourth.contact).await.0.is_empty());
        world.clock.advance(Duration::MINUTE);
        // A number that stands everywhere leads nowhere.
        for _ in 0..30 {
            world.file(&same_number).await;
        }
        assert!(suggested(third.contact).await.0.is_empty());
    })
    .await;
}
