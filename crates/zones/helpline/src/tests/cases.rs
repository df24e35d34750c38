//! Cases: contacts that are looked at together, and that nothing of it is lost or seen by others.

use plainsight_people::SignedIn;
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};
use time::Duration;
use uuid::Uuid;

use super::browser::{Browser, Page};
use super::desk_pages::desk;
use super::world::{World, normal, on_both, on_sqlite};
use crate::acts::case::{OpenCase, add, begin, merge, open, part, put_in, relate};
use crate::case::{Case, Decision, Relation, What, cases_of};
use crate::form::{FormKey, Written};
use crate::header::Due;
use crate::records::contacts;
use crate::reference::{case_reference, reference};
use crate::report::Report;
use crate::trouble::Trouble;

async fn a_case(world: &World, title: &str) -> (Uuid, Uuid) {
    let contact = world.file(&normal()).await.contact;
    let case = begin(&world.desk, &world.ana, &[contact], title.into()).await.unwrap();
    (case, contact)
}

async fn opened(world: &World, who: &SignedIn, case: Uuid) -> OpenCase {
    open(&world.desk, who, case).await.unwrap()
}

async fn state(world: &World, case: Uuid) -> Case {
    opened(world, &world.ben, case).await.main().unwrap().case.clone()
}

async fn send(desk: &Browser, case: Uuid, fields: &[(&str, &str)]) -> Page {
    desk.post(&format!("/helpline/cases/{case}"), fields).await
}

#[tokio::test]
async fn a_case_holds_contacts_and_a_contact_says_in_which_cases_it_is() {
    on_both(|world| async move {
        let (case, one) = a_case(&world, "Car wash").await;
        let two = world.file(&normal()).await.contact;
        let (other_case, _) = a_case(&world, "Nail bar").await;
        for into in [case, other_case] {
            put_in(&world.desk, &world.ben, into, two, true, "same van".into()).await.unwrap();
        }
        // Twice is once.
        put_in(&world.desk, &world.ana, case, two, true, "same van".into()).await.unwrap();
        let case_now = opened(&world, &world.ana, case).await;
        assert_eq!(case_now.together.contacts, [one, two].into());
        assert_eq!(case_now.main().unwrap().entries.len(), 2);
        let folder = world.open(&world.ana, two).await.unwrap();
        assert_eq!(cases_of(folder.papers.iter().map(|(_, _, paper)| paper)), [case, other_case].into());
        put_in(&world.desk, &world.ana, case, two, false, "another van".into()).await.unwrap();
        let folder = world.open(&world.ana, two).await.unwrap();
        assert_eq!(cases_of(folder.papers.iter().map(|(_, _, paper)| paper)), [other_case].into());
        assert_eq!(state(&world, case).await.contacts, [one].into());
        let acts: Vec<String> = world.acts().await.into_iter().filter(|act| act.starts_with("case.")).collect();
        for act in ["case.begun", "case.put_in", "case.took_out", "case.opened"] {
            assert!(acts.iter().any(|each| each == act), "{act}");
        }
    })
    .await;
}

/// The disk says that there is a case, and neither what it is about nor what belongs to it.
#[tokio::test]
async fn nothing_of_a_case_lies_in_clear() {
    on_both(|world| async move {
        let (case, contact) = a_case(&world, "kanarienvogel title").await;
        add(&world.desk, &world.ana, case, What::Decided { decision: Decision::Investigate }, "kanarienvogel reason".into(), None)
            .await
            .unwrap();
        let stored = world.everything_stored().await;
        assert!(!super::world::lies_in(&stored, "kanarienvogel"));
        assert!(!super::world::lies_in(&stored, "investigate"));
        let papers = crate::records::papers::of_contact(world.db.content().read(), world.organisation, case).await.unwrap();
        assert_eq!(papers.len(), 2);
        let contact = contact.as_bytes().to_vec();
        assert!(papers.iter().all(|paper| !paper.sealed.windows(16).any(|bytes| bytes == contact)));
    })
    .await;
}

#[tokio::test]
async fn what_is_merged_is_one_case_and_what_is_parted_is_what_it_was() {
    on_both(|world| async move {
        let ((one, in_one), (two, in_two), (three, in_three)) =
            (a_case(&world, "One").await, a_case(&world, "Two").await, a_case(&world, "Three").await);
        let before = (state(&world, one).await, state(&world, two).await);
        merge(&world.desk, &world.ana, two, one, "same boss".into()).await.unwrap();
        merge(&world.desk, &world.ben, three, two, "same van".into()).await.unwrap();
        let whole = opened(&world, &world.ana, one).await;
        assert_eq!(whole.together.contacts, [in_one, in_two, in_three].into(), "into the one in which it goes on");
        assert_eq!(state(&world, three).await.into, Some(one));
        assert!(world.header(two).await.flags.closed && world.header(two).await.next_due().is_none());
        // In a circle or twice there is nothing to merge.
        for (from, into) in [(one, two), (two, three), (one, one)] {
            assert!(matches!(merge(&world.desk, &world.ana, from, into, "again".into()).await, Err(Trouble::NotFound)));
        }
        // What is put into a merged case goes where it goes on.
        let late = world.file(&normal()).await.contact;
        put_in(&world.desk, &world.ana, three, late, true, "".into()).await.unwrap();
        assert!(state(&world, one).await.contacts.contains(&late));
        for case in [two, three] {
            part(&world.desk, &world.ana, case, "another boss".into()).await.unwrap();
        }
        part(&world.desk, &world.ana, three, "pressed again".into()).await.unwrap();
        put_in(&world.desk, &world.ana, one, late, false, "moved".into()).await.unwrap();
        assert_eq!((state(&world, one).await, state(&world, two).await), before);
        assert_eq!(opened(&world, &world.ana, one).await.together.cases, [one]);
        assert_eq!(world.header(two).await.next_due().map(|(due, _)| due), Some(Due::LookAgain));
    })
    .await;
}

/// Two who press at once write one after the other; both are kept, in one order.
#[tokio::test]
async fn two_who_write_into_one_case_at_once_both_write() {
    on_both(|world| async move {
        let ((one, _), (two, _)) = (a_case(&world, "One").await, a_case(&world, "Two").await);
        let note = |who, case, text: &'static str| add(&world.desk, who, case, What::Noted, text.into(), None);
        let relate_both = |who, pair| relate(&world.desk, who, pair, Some(Relation::SamePlace), "seen".into());
        let done = tokio::join!(
            note(&world.ana, one, "a"),
            note(&world.ben, one, "b"),
            relate_both(&world.ana, (one, two)),
            relate_both(&world.ben, (two, one)),
        );
        for done in [done.0, done.1, done.2, done.3] {
            done.unwrap();
        }
        let folder = opened(&world, &world.ana, one).await;
        let numbers: Vec<u32> = folder.main().unwrap().entries.iter().flatten().map(|entry| entry.number).collect();
        assert_eq!(numbers, [1, 2, 3, 4, 5]);
        assert_eq!(state(&world, two).await.relations, [(one, Relation::SamePlace)].into());
    })
    .await;
}

/// One form does one thing, however often it is pressed.
#[tokio::test]
async fn one_form_begins_one_case() {
    on_both(|world| async move {
        let contact = world.file(&normal()).await.contact;
        let form = FormKey::new(&world.desk);
        let pressed = || Written { text: "Car wash".into(), form: Some(form.clone()) };
        let one = begin(&world.desk, &world.ana, &[contact], pressed()).await.unwrap();
        assert_eq!(begin(&world.desk, &world.ana, &[contact], pressed()).await.unwrap(), one);
        for _ in 0..2 {
            add(&world.desk, &world.ana, one, What::Noted, Written { text: "seen".into(), form: Some(form.clone()) }, None).await.unwrap();
        }
        assert_eq!(opened(&world, &world.ana, one).await.main().unwrap().entries.len(), 2);
    })
    .await;
}

/// A case is no contact and a contact no case; of another team's there is nothing.
#[tokio::test]
async fn a_case_opens_for_its_team_alone_and_as_a_case_alone() {
    on_both(|world| async move {
        let (case, contact) = a_case(&world, "Car wash").await;
        let (ola, theirs) = world.elsewhere(&normal()).await;
        assert!(matches!(open(&world.desk, &ola, case).await, Err(Trouble::NotFound)));
        assert!(matches!(put_in(&world.desk, &world.ana, case, theirs, true, "".into()).await, Err(Trouble::NotFound)));
        assert!(matches!(begin(&world.desk, &world.ana, &[contact, theirs], "x".into()).await, Err(Trouble::NotFound)));
        assert!(matches!(begin(&world.desk, &world.ana, &[case], "x".into()).await, Err(Trouble::NotFound)));
        assert!(matches!(world.open(&world.ana, case).await, Err(Trouble::NotFound)));
        assert!(matches!(open(&world.desk, &world.ana, contact).await, Err(Trouble::NotFound)));
        let desk = desk(&world, &ola);
        for path in [format!("/helpline/cases/{case}"), format!("/helpline/contacts/{case}")] {
            let page = desk.get(&path).await;
            assert_eq!(page.status.as_u16(), 404);
            assert_eq!(page.text(), desk.get(&path.replace(&case.to_string(), &Uuid::from_u128(7).to_string())).await.text());
        }
        assert!(!desk.get("/helpline/cases").await.html.contains(&case_reference(case)));
        let typed = [("go", "put-in"), ("case-reference", &*case_reference(case))];
        let page = desk.post(&format!("/helpline/contacts/{theirs}/case"), &typed).await;
        assert!(page.text().contains("There is no such reference"), "{}", page.text());
    })
    .await;
}

/// No case is forgotten: each is looked at again, sooner or later by what was decided.
#[tokio::test]
async fn a_case_has_a_clock_until_it_is_closed() {
    on_both(|world| async move {
        let (case, _) = a_case(&world, "Car wash").await;
        let decide = |decision| add(&world.desk, &world.ana, case, What::Decided { decision }, "because".into(), None);
        let days = async || {
            let (due, by) = world.header(case).await.next_due().unwrap();
            assert_eq!(due, Due::LookAgain);
            (by - world.now()).whole_hours() / 24 + 1
        };
        assert_eq!(days().await, 7);
        decide(Decision::DangerNow).await.unwrap();
        assert_eq!(days().await, 1);
        decide(Decision::Advise).await.unwrap();
        assert_eq!(days().await, 28);
        world.clock.advance(Duration::days(40));
        add(&world.desk, &world.ben, case, What::Noted, "called again".into(), None).await.unwrap();
        assert_eq!(days().await, 7, "whoever does something with it looks at it");
        add(&world.desk, &world.ben, case, What::Closed, "done".into(), None).await.unwrap();
        assert_eq!(world.header(case).await.next_due(), None);
        add(&world.desk, &world.ben, case, What::Reopened, "not done".into(), None).await.unwrap();
        assert!(world.header(case).await.next_due().is_some());
    })
    .await;
}

#[tokio::test]
async fn a_case_is_worked_on_from_its_pages() {
    on_both(|world| async move {
        let one = world.file(&Report { words: "van WX21 ABC".into(), ..normal() }).await.contact;
        let two = world.file(&Report { words: "a van, wx21abc".into(), ..normal() }).await.contact;
        let desk = desk(&world, &world.ana);
        // Suggested, and put together by one press.
        let page = desk.get(&format!("/helpline/contacts/{one}")).await;
        assert!(page.text().contains("Put both in a new case"), "{}", page.text());
        let to = desk.post(&format!("/helpline/contacts/{one}/case"), &[("go", "begin"), ("with", &two.to_string())]).await;
        let path = to.location().to_owned();
        let case: Uuid = path.rsplit('/').next().unwrap().parse().unwrap();
        let page = desk.get(&path).await;
        page.check_decent();
        for shown in [case_reference(case), reference(one), reference(two), format!("Case of {}", reference(one))] {
            assert!(page.text().contains(&shown), "{shown}: {}", page.text());
        }
        assert!(!desk.get(&format!("/helpline/contacts/{one}")).await.text().contains("Put both in a new case"), "they are together");

        let wrong = send(&desk, case, &[("go", "decide"), ("decide-reason", "typed reason"), ("decide-look-again", "2020-01-01")]).await;
        wrong.check_decent();
        assert_eq!(wrong.status.as_u16(), 422);
        assert_eq!(wrong.summary_targets(), ["decision", "decide-look-again"]);
        assert!(wrong.html.contains("typed reason"), "nothing typed is lost");
        let decided =
            [("go", "decide"), ("decision", "investigate"), ("decide-reason", "two reports"), ("decide-look-again", "2026-12-05")];
        assert_eq!(send(&desk, case, &decided).await.location(), path);
        let by = world.header(case).await.next_due().unwrap().1;
        assert_eq!(by, time::macros::datetime!(2026-12-05 09:00 UTC));
        for (fields, expected) in [
            (vec![("go", "put-in"), ("put-in", "C-0000-000")], "There is no such reference"),
            (vec![("go", "put-in"), ("put-in", "van")], "Write a reference such as"),
            (vec![("go", "merge"), ("merge", &*case_reference(case)), ("merge-reason", "x")], "This is the same case"),
            (vec![("go", "relate"), ("relate", ""), ("relate-reason", "x")], "Choose one."),
            (vec![("go", "note"), ("note", " ")], "Write something"),
            (vec![("go", "title"), ("title", "")], "Write something"),
        ] {
            let page = send(&desk, case, &fields).await;
            assert_eq!(page.status.as_u16(), 422, "{fields:?}");
            assert!(page.text().contains(expected), "{fields:?}: {}", page.text());
        }
        let (other, _) = a_case(&world, "Nail bar").await;
        let reference = case_reference(other).to_lowercase();
        let related = [("go", "relate"), ("relate", &*reference), ("relation", "same-people"), ("relate-reason", "seen at both")];
        send(&desk, case, &related).await;
        let renamed = [("go", "title"), ("title", "Car wash on Almonry Wynd")];
        send(&desk, case, &renamed).await;
        let page = desk.get(&path).await;
        page.check_decent();
        for shown in ["Nail bar", "The same people", "Car wash on Almonry Wynd", "Decided: ", "two reports", "by ana"] {
            assert!(page.text().contains(shown), "{shown}: {}", page.text());
        }
        send(&desk, other, &[("go", "merge"), ("merge", &case_reference(case)), ("merge-reason", "one boss")]).await;
        let merged = desk.get(&format!("/helpline/cases/{other}")).await;
        merged.check_decent();
        assert!(merged.text().contains("goes on in another"));
        let again = send(&desk, case, &[("go", "merge"), ("merge", &case_reference(other)), ("merge-reason", "x")]).await;
        assert!(again.text().contains("one case already"), "{}", again.text());
        send(&desk, other, &[("go", "part"), ("part-reason", "two bosses")]).await;
        let list = desk.get("/helpline/cases?show=mine").await;
        list.check_decent();
        assert!(list.text().contains("Car wash on Almonry Wynd") && list.text().contains("Nail bar"), "{}", list.text());
        let found = desk.post("/helpline/search", &[("q", "almonry wynd")]).await;
        assert!(found.html.contains(&format!("/helpline/cases/{case}")), "{}", found.text());
        assert!(contacts::find(world.db.content().read(), world.organisation, case).await.unwrap().is_some());
    })
    .await;
}

/// Whatever is put in, taken out, closed, opened again, merged and parted, in any order: a contact is kept exactly while it is in
/// a case that somebody works on, and a merged case exactly while the one in which it goes on is open.
#[tokio::test]
async fn a_contact_is_kept_exactly_while_an_open_case_holds_it() {
    on_sqlite(|world| async move {
        let mut cases = Vec::new();
        for title in ["One", "Two", "Three"] {
            cases.push(a_case(&world, title).await);
        }
        let mut dice = StdRng::seed_from_u64(11);
        for round in 0..120 {
            let pick = |dice: &mut StdRng| cases[dice.random_range(0..3)];
            let ((case, _), (other, contact)) = (pick(&mut dice), pick(&mut dice));
            let reason = || Written::from("because");
            let desk = &world.desk;
            let done = match dice.random_range(0..7) {
                0 | 1 => put_in(desk, &world.ana, case, contact, true, reason()).await,
                2 => put_in(desk, &world.ben, case, contact, false, reason()).await,
                3 => add(desk, &world.ana, case, What::Closed, reason(), None).await,
                4 => add(desk, &world.ana, case, What::Reopened, reason(), None).await,
                5 => merge(desk, &world.ana, case, other, reason()).await,
                _ => part(desk, &world.ana, case, reason()).await,
            };
            assert!(matches!(done, Ok(()) | Err(Trouble::NotFound | Trouble::CaseClosed | Trouble::Merged)), "{done:?}");
            let mut held: Vec<Uuid> = Vec::new();
            for (case, _) in &cases {
                let opened = opened(&world, &world.ana, *case).await;
                let main = opened.main().unwrap();
                let is_root = main.case.into.is_none();
                assert_eq!(main.header.flags.closed, main.case.closed || !is_root, "round {round} {case}");
                if is_root && !main.case.closed {
                    held.extend(&opened.together.contacts);
                    held.extend(opened.together.cases.iter().skip(1));
                }
            }
            for folder in cases.iter().flat_map(|(case, contact)| [*case, *contact]) {
                assert_eq!(world.header(folder).await.flags.in_case, held.contains(&folder), "round {round}");
            }
        }
    })
    .await;
}
