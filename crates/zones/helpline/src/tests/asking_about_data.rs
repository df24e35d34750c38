//! Requests about data: they have a clock of their own, everything that they reach is shown, and nothing is given that nobody decided on.

use std::collections::BTreeMap;

use axum::http::StatusCode;
use plainsight_people::acts::team::grant_team;
use plainsight_store::work;
use time::Duration;
use time::macros::date;
use uuid::Uuid;

use super::browser::Page;
use super::desk_pages::desk;
use super::world::{CANARY, START, World, again, full_report, lies_in, member, normal, on_both};
use crate::acts::answer::note;
use crate::acts::case::{Request, add, begin, begin_request, merge, more_time, open, put_in, relate};
use crate::asked::{Answered, Wish};
use crate::case::{Case, Relation, What};
use crate::form::{FormKey, Written};
use crate::records::keystore;
use crate::records::papers::{self, PaperKind};
use crate::report::{LONGEST_TEXT, Report};
use crate::trouble::Trouble;

async fn request(world: &World, wish: Wish, contact: Option<Uuid>) -> Uuid {
    let asked = Request { team: world.team, wish, came: START.date(), from: "R. M., under their receipt" };
    begin_request(&world.desk, &world.sue, contact, &asked, "R. M., a copy".into()).await.unwrap()
}

async fn state(world: &World, case: Uuid) -> Case {
    open(&world.desk, &world.sue, case).await.unwrap().main().unwrap().case.clone()
}

/// The names of the fields of a page that begin so.
fn fields(page: &Page, prefix: &str) -> Vec<String> {
    let after = page.html.split("name=\"").skip(1).filter_map(|after| after.split('"').next());
    after.filter(|name| name.starts_with(prefix)).map(str::to_owned).collect()
}

fn value(page: &Page, name: &str) -> String {
    page.html.split(&format!("name=\"{name}\" value=\"")).nth(1).unwrap().split('"').next().unwrap().to_owned()
}

/// The words of a passage as the page offers them.
fn words_of(page: &Page, key: &str) -> String {
    let area = page.html.split(&format!("name=\"text-{key}\"")).nth(1).unwrap();
    area.split_once('>').unwrap().1.split("</textarea>").next().unwrap().to_owned()
}

/// What is kept in the folder while a copy is prepared, as it lies there.
async fn drafts_of(world: &World, case: Uuid) -> BTreeMap<Uuid, Vec<u8>> {
    papers::sealed(world.db.content().read(), world.organisation, case, PaperKind::CopyPassage).await.unwrap()
}

/// The passages of a page on which nothing is decided.
fn open_keys(page: &Page) -> Vec<String> {
    let selects = page.html.split("<select").skip(1).map(|select| select.split("</select>").next().unwrap());
    let open = selects.filter(|select| !select.contains(" selected") || select.contains("value=\"\" selected"));
    let name = |select: &str| select.split("name=\"decision-").nth(1).map(|after| after.split('"').next().unwrap().to_owned());
    open.filter_map(name).collect()
}

#[tokio::test]
async fn a_request_is_looked_at_in_time_for_its_answer() {
    on_both(|world| async move {
        let case = request(&world, Wish::Copy, None).await;
        let asked = state(&world, case).await.asked.unwrap();
        assert_eq!((asked.came, asked.by), (date!(2026 - 12 - 01), date!(2027 - 01 - 01)));
        let look = async || world.header(case).await.clocks.feedback_by;
        assert_eq!(look().await.date(), date!(2026 - 12 - 25), "a week before the last day");
        // Whatever day a colleague names, the answer is not forgotten.
        let later = world.now() + Duration::days(90);
        add(&world.desk, &world.sue, case, What::LookAgain { on: later.date() }, "".into(), Some(later)).await.unwrap();
        assert_eq!(look().await.date(), date!(2026 - 12 - 25));
        more_time(&world.desk, &world.sue, case, "six hundred pages".into()).await.unwrap();
        assert_eq!(state(&world, case).await.asked.unwrap().by, date!(2027 - 03 - 01));
        world.clock.advance(Duration::days(100));
        add(&world.desk, &world.sue, case, What::Noted, "still not answered".into(), None).await.unwrap();
        assert!(look().await - world.now() <= Duration::DAY, "after the last day it is looked at every day");
        let answer = What::Answered { answered: Answered::Refused, copy: None };
        add(&world.desk, &world.sue, case, answer, "it was somebody else".into(), None).await.unwrap();
        assert_eq!(state(&world, case).await.asked.unwrap().answered, Some(Answered::Refused));
        assert!(matches!(more_time(&world.desk, &world.sue, case, "again".into()).await, Err(Trouble::NotFound)));
        let acts = world.acts().await;
        for act in ["case.asked", "case.more_time", "case.answered"] {
            assert!(acts.iter().any(|each| each == act), "{act}");
        }
    })
    .await;
}

#[tokio::test]
async fn only_a_supervisor_writes_down_and_answers_a_request() {
    on_both(|world| async move {
        let asked = Request { team: world.team, wish: Wish::Copy, came: START.date(), from: "me" };
        let not_hers = begin_request(&world.desk, &world.ana, None, &asked, "me".into()).await;
        assert!(matches!(not_hers, Err(Trouble::NotFound)));
        let case = request(&world, Wish::Copy, None).await;
        let answer = What::Answered { answered: Answered::Done, copy: Some("all".into()) };
        assert!(matches!(add(&world.desk, &world.ana, case, answer, "".into(), None).await, Err(Trouble::NotFound)));
        assert!(matches!(more_time(&world.desk, &world.ana, case, "slow".into()).await, Err(Trouble::NotFound)));
        let ana = desk(&world, &world.ana);
        for path in [
            "/helpline/asked".to_owned(),
            format!("/helpline/cases/{case}/copy"),
            format!("/helpline/cases/{case}/copies/1"),
            format!("/helpline/cases/{case}/copy/letter"),
        ] {
            assert_eq!(ana.get(&path).await.status, StatusCode::NOT_FOUND, "{path}");
        }
        for path in [format!("/helpline/cases/{case}/copy"), format!("/helpline/cases/{case}/copy/letter")] {
            assert_eq!(ana.post(&path, &[("go", "look"), ("of", "")]).await.status, StatusCode::NOT_FOUND, "{path}");
        }
        // An adviser sees that it is asked, for they may know the person, and not what was given.
        let page = ana.get(&format!("/helpline/cases/{case}")).await;
        assert!(page.text().contains("A request about data") && !page.html.contains("/copy\""));
    })
    .await;
}

/// A form that is sent twice makes one request; one that cannot be taken comes back as it was typed.
#[tokio::test]
async fn a_request_is_written_down_from_its_page() {
    on_both(|world| async move {
        let contact = world.file(&normal()).await.contact;
        let sue = desk(&world, &world.sue);
        let page = sue.get(&format!("/helpline/asked?contact={contact}")).await;
        page.check_decent();
        let form = value(&page, "form");
        let id = contact.to_string();
        let half = [("form", form.as_str()), ("contact", id.as_str()), ("came", "2027-01-01"), ("title", ""), ("from", "R. M. wrote")];
        let back = sue.post("/helpline/asked", &half).await;
        assert_eq!(
            (back.status, back.summary_targets()),
            (StatusCode::UNPROCESSABLE_ENTITY, ["wish", "came", "title"].map(str::to_owned).into())
        );
        back.check_decent();
        assert!(back.html.contains(">R. M. wrote</textarea>") && value(&back, "form") == form);
        let whole = [half[0], half[1], ("came", "2026-11-20"), ("title", "R. M."), half[4], ("wish", "copy")];
        let first = sue.post("/helpline/asked", &whole).await.location().to_owned();
        assert!(first.starts_with("/helpline/cases/"), "{first}");
        assert_eq!(sue.post("/helpline/asked", &whole).await.location(), first, "pressed twice");
        let page = sue.get(&first).await;
        page.check_decent();
        for said in ["A copy of what we keep about them", "Not answered yet", "R. M. wrote"] {
            assert!(page.text().contains(said), "{said}");
        }
        let case: Uuid = first.rsplit('/').next().unwrap().parse().unwrap();
        assert_eq!(state(&world, case).await.contacts, [contact].into());
        let listed = sue.get("/helpline/cases?show=asked").await;
        assert!(listed.html.contains(&first));
        assert!(!desk(&world, &world.new).get("/helpline/cases?show=asked").await.html.contains(&first), "whoever holds no key");
    })
    .await;
}

/// Everything that the request reaches is on the page; every passage wants a decision; what is changed for the letter stays as it is in
/// the records; what is left out is nowhere in it, and neither is a reference.
#[tokio::test]
async fn a_copy_holds_what_was_decided_on_and_nothing_else() {
    on_both(|world| async move {
        let filed = world.file(&full_report()).await;
        world.adds(&filed.root, &FormKey::new(&world.public), "message-of-theirs 07700 900456", None).await.unwrap();
        note(&world.desk, &world.ana, filed.contact, "note-about-somebody-else".into()).await.unwrap();
        let other = world.file(&normal()).await.contact;
        let about = begin(&world.desk, &world.ana, &[other], "About".into()).await.unwrap();
        add(&world.desk, &world.ana, about, What::Noted, "entry-of-a-case".into(), None).await.unwrap();
        let case = request(&world, Wish::Copy, Some(filed.contact)).await;
        relate(&world.desk, &world.sue, (case, about), Some(Relation::SamePeople), "the same person".into()).await.unwrap();

        let sue = desk(&world, &world.sue);
        let path = format!("/helpline/cases/{case}/copy");
        let page = sue.get(&path).await;
        assert_eq!(page.status, StatusCode::OK);
        page.check_decent();
        let keys: Vec<String> = fields(&page, "text-").iter().map(|name| name.trim_start_matches("text-").to_owned()).collect();
        let all: String = keys.iter().map(|key| words_of(&page, key)).collect();
        for said in [CANARY, "message-of-theirs", "note-about-somebody-else", "entry-of-a-case", "07700 900123"] {
            assert!(all.contains(said), "{said}");
        }
        assert!(page.text().contains("Look at: 07700 900456"), "numbers are pointed at");
        assert!(world.header(filed.contact).await.flags.reporter_wrote, "nothing counts as read by it");
        let opened =
            |contact: Uuid| move |entry: &plainsight_ledger::OpenedEntry| entry.act == "contact.opened" && entry.record == Some(contact);
        assert!(world.ledger().await.iter().any(opened(filed.contact)), "and it is in the ledger");

        // All but one are decided: it comes back with the words that were kept.
        let named = |name: &str| keys.iter().find(|key| words_of(&page, key).contains(name)).unwrap().clone();
        let (note_key, message, entry) = (named("note-about"), named("message-of"), named("entry-of"));
        let mut sent: Vec<(String, String)> = Vec::new();
        for key in &keys {
            let words = if *key == message { "message-of-theirs […]".to_owned() } else { words_of(&page, key) };
            let decided = match key {
                key if *key == note_key => "others",
                key if *key == entry => "crime",
                key if *key == message => "",
                _ => "give",
            };
            sent.push((format!("text-{key}"), words));
            sent.push((format!("saw-{key}"), value(&page, &format!("saw-{key}"))));
            sent.push((format!("decision-{key}"), decided.to_owned()));
        }
        let sent: Vec<(&str, &str)> = sent.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        let back = sue.post(&path, &[sent, vec![("go", "look")]].concat()).await;
        let missing = format!("decision-{message}");
        assert_eq!((back.status, back.summary_targets()), (StatusCode::UNPROCESSABLE_ENTITY, vec![missing.clone()]));
        assert_eq!(words_of(&back, &message), "message-of-theirs […]");
        let letter = format!("{path}/letter");
        assert_eq!(sue.get(&letter).await.location(), path, "nothing is looked at before all is decided");
        let give = async |page: &Page| {
            let of = |name: &str| value(page, name);
            sue.post(&letter, &[("form", &of("form")), ("of", &of("of")), ("language", &of("language"))]).await
        };
        assert_eq!(sue.post(&letter, &[("of", "")]).await.location(), path, "and nothing is given");

        let (text, saw) = (format!("text-{message}"), format!("saw-{message}"));
        let seen = value(&back, &saw);
        let last = [(text.as_str(), "message-of-theirs […]"), (&saw, &seen), (&missing, "give"), ("go", "look")];
        assert_eq!(sue.post(&path, &last).await.location(), letter);
        let look = sue.get(&letter).await;
        look.check_decent();
        assert!(look.status == StatusCode::OK && look.text().contains("This is what they get"));
        assert!(state(&world, case).await.asked.unwrap().answered.is_none(), "nothing is given by looking");
        let romanian = sue.get(&format!("{letter}?language=ro")).await;
        assert!(romanian.text().contains("Ce păstrăm despre dumneavoastră"));
        // It is as it was read, or it is not given: somebody put something in while it was read.
        note(&world.desk, &world.ana, filed.contact, "another-note-about-somebody-else".into()).await.unwrap();
        assert_eq!(give(&look).await.location(), path);
        let page = sue.get(&path).await;
        let (new, old) = (open_keys(&page), fields(&page, "text-").len());
        assert_eq!((new.len(), old), (1, keys.len() + 1), "of the new one alone nothing is decided");
        let again = format!("decision-{}", new[0]);
        assert_eq!(
            sue.post(&path, &[(again.as_str(), "give"), (&format!("text-{}", new[0]), "given"), ("go", "look")]).await.location(),
            letter
        );
        let other = give(&look).await;
        assert_eq!((other.status, other.text().contains("Something changed while you read")), (StatusCode::CONFLICT, true));
        assert!(state(&world, case).await.asked.unwrap().answered.is_none());

        let look = sue.get(&letter).await;
        for _ in 0..2 {
            assert_eq!(give(&look).await.location(), format!("/helpline/cases/{case}"), "pressed twice");
        }
        assert_eq!(state(&world, case).await.asked.unwrap().answered, Some(Answered::Partly));
        assert!(drafts_of(&world, case).await.is_empty(), "what was prepared is not kept beside what was given");

        let folder = open(&world.desk, &world.sue, case).await.unwrap();
        let entry = folder.main().unwrap().entries.iter().flatten().last().unwrap().clone();
        let What::Answered { copy: Some(copy), .. } = entry.what else { panic!("no copy") };
        for said in [
            "What we keep about you",
            CANARY,
            "message-of-theirs […]",
            "it is about somebody else",
            "The law lets us leave some things out",
        ] {
            assert!(copy.contains(said), "{said}");
        }
        for hidden in ["900456", "note-about-somebody-else", "entry-of-a-case", "hinder", "C-", "K-", "by ana"] {
            assert!(!copy.contains(hidden), "{hidden}: {copy}");
        }
        let read = sue.get(&format!("/helpline/cases/{case}/copies/{}", entry.number)).await;
        read.check_decent();
        assert!(read.text().contains("message-of-theirs […]"));
        let file = sue.get(&format!("/helpline/cases/{case}/copies/{}/file", entry.number)).await;
        assert_eq!(file.html, copy, "the file is what was given");
        assert!(world.open(&world.ana, filed.contact).await.is_ok_and(|opened| opened.papers.len() >= 2), "the records stay as they were");
        assert!(!super::world::lies_in(&world.everything_stored().await, "message-of-theirs"), "and it lies sealed");
    })
    .await;
}

/// A copy is only of what this supervisor may open: what another team keeps is answered by that team.
#[tokio::test]
async fn a_copy_reaches_no_further_than_the_keys_of_who_makes_it() {
    on_both(|world| async move {
        let case = request(&world, Wish::Copy, None).await;
        let (_, theirs) = world.elsewhere(&full_report()).await;
        assert!(put_in(&world.desk, &world.sue, case, theirs, true, "same".into()).await.is_err());
        let sue = desk(&world, &world.sue);
        let path = format!("/helpline/cases/{case}/copy");
        let page = sue.get(&path).await;
        assert!(fields(&page, "text-").is_empty());
        let letter = format!("{path}/letter");
        assert_eq!(sue.post(&path, &[("go", "look")]).await.location(), letter);
        let look = sue.get(&letter).await;
        let given = sue.post(&letter, &[("form", &value(&look, "form")), ("of", &value(&look, "of")), ("language", "en")]).await;
        assert_eq!(given.status, StatusCode::SEE_OTHER);
        assert_eq!(state(&world, case).await.asked.unwrap().answered, Some(Answered::Nothing));
    })
    .await;
}

/// Two forms, the second from before the first was sent: both are kept, and the newer answer holds.
#[tokio::test]
async fn an_answer_that_is_sent_twice_is_one() {
    on_both(|world| async move {
        let case = request(&world, Wish::Erase, None).await;
        let written = || Written { text: "done".into(), form: Some(FormKey::of_record(&world.desk, case, "test", "1")) };
        for _ in 0..2 {
            let answer = What::Answered { answered: Answered::Done, copy: None };
            add(&world.desk, &world.sue, case, answer, written(), None).await.unwrap();
        }
        assert_eq!(open(&world.desk, &world.sue, case).await.unwrap().main().unwrap().entries.len(), 2);
    })
    .await;
}

/// The clock of the law does not stop because somebody tidies up.
#[tokio::test]
async fn a_request_that_waits_for_its_answer_is_neither_closed_nor_merged() {
    on_both(|world| async move {
        let case = request(&world, Wish::Copy, None).await;
        let contact = world.file(&normal()).await.contact;
        let other = begin(&world.desk, &world.ana, &[contact], "Other".into()).await.unwrap();
        let closed = add(&world.desk, &world.ana, case, What::Closed, "tidy".into(), None).await;
        assert!(matches!(closed, Err(Trouble::Unanswered)));
        assert!(matches!(merge(&world.desk, &world.ana, case, other, "same".into()).await, Err(Trouble::Unanswered)));
        let ana = desk(&world, &world.ana);
        let page = ana.get(&format!("/helpline/cases/{case}")).await;
        assert!(!page.html.contains("id=\"close-form\"") && !page.html.contains("id=\"merge-form\""));
        let sent = ana.post(&format!("/helpline/cases/{case}"), &[("go", "close"), ("close-reason", "tidy")]).await;
        assert!(
            sent.text().contains("this request was not answered yet") && sent.html.contains(">tidy</textarea>")
                || sent.text().contains("Answer it first")
        );
        merge(&world.desk, &world.ana, other, case, "same".into()).await.unwrap();
        // The two months more are told within the first: after it there is nothing to take.
        world.clock.advance(Duration::days(40));
        assert!(matches!(more_time(&world.desk, &world.sue, case, "many pages".into()).await, Err(Trouble::NotFound)));
        let answer = What::Answered { answered: Answered::Nothing, copy: None };
        add(&world.desk, &world.sue, case, answer, "nothing is kept".into(), None).await.unwrap();
        add(&world.desk, &world.ana, case, What::Closed, "done".into(), None).await.unwrap();
    })
    .await;
}

/// A request that reaches many long passages, with words that take several bytes a sign.
async fn long_request(world: &World) -> (Uuid, Uuid) {
    let filed = world.file(&Report { words: "words-of-theirs".to_owned(), ..Report::default() }).await;
    for number in 0..5 {
        let text = format!("note {number} {}", "ቃል ".repeat(LONGEST_TEXT / 4));
        note(&world.desk, &world.ana, filed.contact, text.into()).await.unwrap();
    }
    (request(world, Wish::Copy, Some(filed.contact)).await, filed.contact)
}

/// The passages of a page as its form sends them, each with this decision.
fn decide(page: &Page, decision: &str) -> Vec<(String, String)> {
    let keys = fields(page, "text-");
    let of = |name: String| {
        let key = name.trim_start_matches("text-").to_owned();
        let saw = format!("saw-{key}");
        let seen = value(page, &saw);
        [(name.clone(), words_of(page, &key)), (format!("decision-{key}"), decision.to_owned()), (saw, seen)]
    };
    keys.into_iter().flat_map(of).collect()
}

fn with<'a>(sent: &'a [(String, String)], go: &'a str) -> Vec<(&'a str, &'a str)> {
    sent.iter().map(|(name, value)| (name.as_str(), value.as_str())).chain([("go", go)]).collect()
}

/// Page by page, and never a form that a locked session would lose; whoever is called away goes on where they were.
#[tokio::test]
async fn a_copy_is_prepared_page_by_page_and_kept_meanwhile() {
    on_both(|world| async move {
        let (case, _) = long_request(&world).await;
        let (path, of_case) = (format!("/helpline/cases/{case}/copy"), format!("/helpline/cases/{case}"));
        let sue = desk(&world, &world.sue);
        let page = sue.get(&path).await;
        page.check_decent();
        assert!(page.text().contains("Page 1 of"), "it is too long for one page");
        assert!(drafts_of(&world, case).await.is_empty(), "nothing is kept of looking");
        let sent = decide(&page, "give");
        let size: usize = sent.iter().map(|(name, value)| name.len() + value.len()).sum();
        assert!(size < plainsight_people::kept_form::LARGEST / 2, "{size}");
        let next = sue.post(&path, &with(&sent, "next")).await.location().to_owned();
        assert!(next.starts_with(&format!("{path}?at=")), "{next}");
        let second = sue.get(&next).await;
        second.check_decent();
        assert!(second.text().contains("Page 2 of") && second.text().contains("Last kept"));
        assert!(fields(&second, "text-").iter().all(|name| !fields(&page, "text-").contains(name)));

        // Half of a page, and away: it lies sealed, and with it where it goes on.
        let half = [("text-", "[…] half-kept"), ("decision-", "")];
        let key = fields(&second, "text-")[0].trim_start_matches("text-").to_owned();
        let half = half.map(|(name, value)| (format!("{name}{key}"), value.to_owned()));
        assert_eq!(sue.post(&path, &with(&half, "later")).await.location(), of_case);
        assert!(!lies_in(&world.everything_stored().await, "half-kept"));
        assert!(world.acts().await.contains(&"case.copy_kept".to_owned()));
        let back = sue.get(&path).await;
        assert!(back.text().contains("Page 2 of") && words_of(&back, &key) == "[…] half-kept", "on the page where something is open");
        let before = sue.post(&path, &with(&decide(&back, ""), "back")).await.location().to_owned();
        assert_eq!(decide(&sue.get(&before).await, "give").len(), sent.len(), "and back a page");
        assert!(open_keys(&sue.get(&before).await).is_empty(), "what was decided is");

        // To the end.
        let mut seen = 0;
        loop {
            let page = sue.get(&path).await;
            seen += 1;
            assert!(seen < 20);
            let to = sue.post(&path, &with(&decide(&page, "give"), "look")).await;
            if to.location() == format!("{path}/letter") {
                break;
            }
            assert_eq!(to.status, StatusCode::UNPROCESSABLE_ENTITY, "the next page with something open is shown");
        }
        let look = sue.get(&format!("{path}/letter")).await;
        assert!(look.text().contains("[…] half-kept") && look.text().contains("note 4"));
        // Refused after all: what was prepared goes with the answer.
        let answer = What::Answered { answered: Answered::Refused, copy: None };
        add(&world.desk, &world.sue, case, answer, "it was somebody else".into(), None).await.unwrap();
        assert!(drafts_of(&world, case).await.is_empty());
    })
    .await;
}

#[tokio::test]
async fn of_two_who_prepare_one_copy_neither_overwrites_the_other() {
    on_both(|world| async move {
        let tom = member(&world.people, "tom", &["helpline:supervisor"]).await;
        grant_team(&world.people, &world.sue.unlocked, world.team, tom.member.id).await.unwrap();
        let tom = again(&world.people, &tom).await;
        let filed = world.file(&Report { words: "words-of-theirs".to_owned(), ..Report::default() }).await;
        let case = request(&world, Wish::Copy, Some(filed.contact)).await;
        let path = format!("/helpline/cases/{case}/copy");
        let (sue, tom) = (desk(&world, &world.sue), desk(&world, &tom));
        let page = sue.get(&path).await;
        let key = format!("{}-words", filed.contact);
        let decided = |decision: &str, page: &Page| {
            let of = |name: &str| format!("{name}-{key}");
            let seen = value(page, &of("saw"));
            vec![(of("text"), format!("{decision}-words")), (of("decision"), decision.to_owned()), (of("saw"), seen)]
        };
        assert_eq!(tom.post(&path, &with(&decided("harm", &page), "later")).await.status, StatusCode::SEE_OTHER);
        let clash = sue.post(&path, &with(&decided("give", &page), "look")).await;
        assert_eq!((clash.status, clash.summary_targets()), (StatusCode::UNPROCESSABLE_ENTITY, vec![format!("decision-{key}")]));
        clash.check_decent();
        assert!(clash.text().contains("it could do serious harm") && clash.text().contains("harm-words"), "theirs is shown");
        assert_eq!(words_of(&clash, &key), "give-words", "and mine is still there");
        assert_eq!(words_of(&tom.get(&path).await, &key), "harm-words", "theirs stands");
        // Seen, and kept again: now mine stands.
        sue.post(&path, &with(&decided("give", &clash), "later")).await;
        assert_eq!(words_of(&tom.get(&path).await, &key), "give-words");
        // What is far too long is named, and is not thrown away.
        let page = sue.get(&path).await;
        let mut long = decided("give", &page);
        long[0].1 = "x".repeat(3 * LONGEST_TEXT);
        let back = sue.post(&path, &with(&long, "next")).await;
        assert_eq!((back.status, words_of(&back, &key)), (StatusCode::UNPROCESSABLE_ENTITY, long[0].1.clone()));
        assert_eq!(words_of(&sue.get(&path).await, &key), "give-words");
    })
    .await;
}

/// A draft is of the folder that its passage comes from: it goes with it, and whoever can write to the database decides nothing.
#[tokio::test]
async fn what_is_prepared_goes_with_what_it_was_made_from() {
    on_both(|world| async move {
        let (case, contact) = long_request(&world).await;
        let path = format!("/helpline/cases/{case}/copy");
        let sue = desk(&world, &world.sue);
        let first = sue.get(&path).await;
        sue.post(&path, &with(&decide(&first, "give"), "next")).await;
        assert!(open_keys(&sue.get(&path).await).iter().all(|key| !fields(&first, "text-").contains(&format!("text-{key}"))));
        // Somebody puts one draft in the place of another.
        let drafts = drafts_of(&world, case).await;
        let (ids, sealed): (Vec<Uuid>, Vec<Vec<u8>>) = drafts.into_iter().unzip();
        world.tamper("helpline_papers", "sealed", ids[0], Some(sealed[1].clone())).await;
        let page = sue.get(&path).await;
        assert!(page.text().contains("Page 1 of") && open_keys(&page).len() == 1, "one is to be decided on again");
        sue.post(&path, &with(&decide(&page, "give"), "later")).await;
        assert_eq!(open_keys(&sue.get(&format!("{path}?at={}", open_keys(&page)[0])).await).len(), 0);

        // The contact is erased: its drafts open for nobody, and are gone when anybody goes on.
        let organisation = world.organisation;
        world
            .db
            .keystore()
            .tx("test.erase", work!(|tx| keystore::erase(tx, organisation, contact).await.map_err(Trouble::from)))
            .await
            .unwrap();
        let page = sue.get(&path).await;
        assert!(fields(&page, "text-").is_empty() && !page.html.contains("words-of-theirs"));
        assert_eq!(drafts_of(&world, case).await.len(), ids.len());
        sue.post(&path, &[("go", "later")]).await;
        assert!(drafts_of(&world, case).await.is_empty());
    })
    .await;
}
