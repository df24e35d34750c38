//! Requests about data: they have a clock of their own, everything that they reach is shown, and nothing is given that nobody decided on.

use axum::http::StatusCode;
use time::Duration;
use time::macros::date;
use uuid::Uuid;

use super::browser::{Browser, Page};
use super::desk_pages::desk;
use super::world::{CANARY, START, World, full_report, normal, on_both};
use crate::acts::answer::note;
use crate::acts::case::{Request, add, begin, begin_request, merge, more_time, open, put_in, relate};
use crate::asked::{Answered, Wish};
use crate::case::{Case, Relation, What};
use crate::form::{FormKey, Written};
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
        for path in ["/helpline/asked".to_owned(), format!("/helpline/cases/{case}/copy"), format!("/helpline/cases/{case}/copies/1")] {
            assert_eq!(ana.get(&path).await.status, StatusCode::NOT_FOUND, "{path}");
        }
        assert_eq!(ana.post(&format!("/helpline/cases/{case}/copy"), &[("go", "give")]).await.status, StatusCode::NOT_FOUND);
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

        // All but one are decided: it comes back with the words that were typed.
        let form = value(&page, "form");
        let named = |name: &str| keys.iter().find(|key| words_of(&page, key).contains(name)).unwrap().clone();
        let (note_key, message, entry) = (named("note-about"), named("message-of"), named("entry-of"));
        let mut sent: Vec<(String, String)> = vec![("form".into(), form), ("language".into(), "en".into())];
        for key in &keys {
            let words = if *key == message { "message-of-theirs […]".to_owned() } else { words_of(&page, key) };
            let decided = if *key == note_key {
                "others"
            } else if *key == entry {
                "crime"
            } else {
                "give"
            };
            sent.push((format!("text-{key}"), words));
            sent.push((format!("decision-{key}"), decided.to_owned()));
        }
        let post = async |desk: &Browser, left: &str, go: &str| {
            let fields: Vec<(&str, &str)> =
                sent.iter().filter(|(name, _)| name != left).map(|(name, value)| (name.as_str(), value.as_str())).collect();
            desk.post(&path, &[fields, vec![("go", go)]].concat()).await
        };
        let missing = format!("decision-{message}");
        for go in ["look", "give"] {
            let back = post(&sue, &missing, go).await;
            assert_eq!((back.status, back.summary_targets()), (StatusCode::UNPROCESSABLE_ENTITY, vec![missing.clone()]), "{go}");
            assert_eq!(words_of(&back, &message), "message-of-theirs […]");
        }
        let look = post(&sue, "", "look").await;
        look.check_decent();
        assert!(look.status == StatusCode::OK && look.text().contains("This is what they get"));
        assert!(state(&world, case).await.asked.unwrap().answered.is_none(), "nothing is given by looking");
        let given = post(&sue, "", "give").await;
        assert_eq!(given.status, StatusCode::SEE_OTHER);
        assert_eq!(state(&world, case).await.asked.unwrap().answered, Some(Answered::Partly));

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
        let page = desk(&world, &world.sue).get(&format!("/helpline/cases/{case}/copy")).await;
        assert!(fields(&page, "text-").is_empty());
        let form = value(&page, "form");
        let given = desk(&world, &world.sue).post(&format!("/helpline/cases/{case}/copy"), &[("form", &form), ("go", "give")]).await;
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
