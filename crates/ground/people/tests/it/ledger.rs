//! The ledger as an auditor reads it: who may, what is shown and what never is.

use axum::http::{StatusCode, header};
use plainsight_ledger::{Actor, Entry, Ledger, LedgerError, OpenedActor};
use plainsight_people::acts::member::change_roles;
use plainsight_people::acts::organisation::{InstanceKeys, create_organisation};
use plainsight_people::acts::team::{create_team, grant_team};
use plainsight_people::{ActError, Book, RoleConflict};
use plainsight_store::Entropy;
use plainsight_testkit::TestEntropy;
use plainsight_vault::{DataKeyRing, InstanceKey};
use serde_json::{Value, json};
use time::Duration;
use uuid::Uuid;

use crate::browser::{Answer, Browser};
use crate::world::{ADMINISTRATION, NIGHT, Person, World, on_both, roles};

const HELPLINE: &str = "helpline";

fn book() -> Book {
    let reference = |_: &str, id: Uuid| format!("C-{:04}", id.as_u128());
    Book { zone: HELPLINE, ledger: Ledger::new(DataKeyRing::new(1, &[5; 32])), acts: &["contact.filed", "contact.opened"], reference }
}

impl World {
    async fn wrote(&self, organisation: Uuid, actor: Actor, act: &'static str, record: u128, detail: Value) {
        let (ledger, at) = (book().ledger, self.now());
        let done: Result<(), LedgerError> = self
            .db
            .content()
            .tx("test.write", move |tx| {
                let (ledger, detail) = (ledger.clone(), detail.clone());
                Box::pin(async move {
                    let entry = Entry { organisation, zone: HELPLINE, at, actor, act, record: Some(Uuid::from_u128(record)), detail };
                    ledger.append(tx, &entry, &mut TestEntropy::new(3).rng()).await
                })
            })
            .await;
        done.unwrap();
    }

    async fn opened(&self, who: &Person, record: u128) {
        self.wrote(self.organisation, Actor::Member(who.id), "contact.opened", record, json!({})).await;
    }

    /// A browser at the desk with the ledger in it, and an auditor signed in.
    async fn auditor(&self) -> (Person, Browser) {
        let maud = self.add("maud", &["people:auditor"]).await;
        let mut browser = Browser::at_ledger(&self.people, book());
        browser.sign_in(self, &maud).await;
        (maud, browser)
    }
}

/// The cells of the rows, without their markup.
fn rows(page: &Answer) -> Vec<Vec<String>> {
    assert_eq!(page.status, StatusCode::OK, "{page:?}");
    let body = page.body.split_once("<tbody").and_then(|(_, rest)| rest.split("</table>").next()).unwrap_or_default();
    let cell = |piece: &str| piece.split_once('>').map(|(_, text)| text.split("</t").next().unwrap_or_default().to_owned());
    let cells = |row: &str| row.split("<t").filter(|piece| piece.starts_with("d ") || piece.starts_with("h ")).filter_map(cell).collect();
    body.split("<tr class=\"govuk").skip(1).map(cells).collect()
}

fn column(page: &Answer, number: usize) -> Vec<String> {
    rows(page).into_iter().filter_map(|row| row.into_iter().nth(number)).collect()
}

const PAGES: [&str; 3] = ["/ledger", "/ledger/entries.csv", "/ledger/chain"];

#[tokio::test]
async fn whoever_is_no_auditor_finds_nothing_there() {
    on_both(|world| async move {
        let mut stranger = Browser::at_ledger(&world.people, book());
        for path in PAGES {
            assert!(stranger.get(path).await.leads_to().starts_with("/sign-in"), "{path}");
        }
        let people =
            [("ada", "people:administrator"), ("ana", "helpline:adviser"), ("sue", "helpline:supervisor"), ("eve", "care:auditor")];
        for (name, role) in people {
            let person = world.add(name, &[role]).await;
            let mut browser = Browser::at_ledger(&world.people, book());
            browser.sign_in(&world, &person).await;
            let missing = browser.get("/nothing-of-this-name").await;
            for path in PAGES {
                let refused = browser.get(path).await;
                assert_eq!((refused.status, &refused.body), (StatusCode::NOT_FOUND, &missing.body), "{name} {path}");
            }
            assert_eq!(browser.post("/ledger/chain", &[("head", "x")]).await.status, StatusCode::NOT_FOUND);
        }
        assert!(!world.entries().await.iter().any(|entry| entry.act.starts_with("ledger.")), "nothing was read");
    })
    .await;
}

/// The role is read afresh: taken away, the next page is gone.
#[tokio::test]
async fn a_role_that_is_taken_away_closes_the_page() {
    on_both(|world| async move {
        let (maud, mut browser) = world.auditor().await;
        assert_eq!(browser.get("/ledger").await.status, StatusCode::OK);
        change_roles(&world.people, ADMINISTRATION, maud.id, &roles(&["helpline:adviser"])).await.unwrap();
        assert_eq!(browser.get("/ledger").await.status, StatusCode::NOT_FOUND);
    })
    .await;
}

#[tokio::test]
async fn an_auditor_holds_no_other_role_and_no_key() {
    on_both(|world| async move {
        let refused = |done: Result<(), ActError>| matches!(done, Err(ActError::RoleConflict(RoleConflict::OwnAuditor)));
        for other in ["people:administrator", "helpline:adviser", "intelligence:analyst"] {
            assert!(refused(world.try_add("two", &["people:auditor", other]).await.map(drop)), "{other}");
        }
        let maud = world.add("maud", &["people:auditor"]).await;
        let both = roles(&["people:auditor", "people:administrator"]);
        assert!(refused(change_roles(&world.people, ADMINISTRATION, maud.id, &both).await));
        // Not of a team in the room of members either, where the auditor's own role lies.
        assert!(refused(create_team(&world.people, &*world.unlocked(&maud).await, "people", "Own").await.map(drop)));
        let ada = world.add("ada", &["people:administrator"]).await;
        let team = create_team(&world.people, &*world.unlocked(&ada).await, "people", "Officers").await.unwrap();
        assert!(refused(grant_team(&world.people, &*world.unlocked(&ada).await, team, maud.id).await));
        let auditor = roles(&["people:auditor"]);
        assert!(matches!(change_roles(&world.people, ADMINISTRATION, ada.id, &auditor).await, Err(ActError::StillHolds)));
    })
    .await;
}

#[tokio::test]
async fn the_list_says_who_did_what_when_and_filters() {
    on_both(|world| async move {
        let (ana, ben) = (world.adviser("ana").await, world.adviser("ben").await);
        world.opened(&ana, 7).await;
        world.clock.advance(Duration::minutes(10));
        world.wrote(world.organisation, Actor::Reporter, "contact.filed", 8, json!({})).await;
        world.wrote(world.organisation, Actor::Member(ben.id), "contact.handed_over", 8, json!({ "to": ana.id })).await;
        world.clock.advance(Duration::days(1));
        world.opened(&ana, 8).await;
        let (_, mut browser) = world.auditor().await;

        let page = browser.get("/ledger").await;
        let listed = rows(&page);
        let filed: Vec<&Vec<String>> = listed.iter().filter(|row| row[5].starts_with("Helpline ")).collect();
        assert_eq!(filed.len(), 4);
        assert_eq!(filed[0][..4], ["03:10", "ana Wintergreen", "Opened a contact", "C-0008"]);
        assert_eq!(filed[1][1..], ["ben Wintergreen", "Handed a contact over", "C-0008", "to ana Wintergreen", "Helpline 3"]);
        assert_eq!(filed[2][..2], ["03:00–04:00", "A reporter"]);
        let place = |day: &str| page.body.find(&format!(">{day}</th>")).unwrap();
        assert!(place("Wednesday 25 November 2026") < place("Tuesday 24 November 2026"));
        assert!(listed.iter().any(|row| row[2] == "Made an account" && row[3] == "maud Wintergreen"), "{listed:?}");

        let only = |numbers: &[u64]| numbers.iter().map(|number| format!("Helpline {number}")).collect::<Vec<_>>();
        let (ana_id, contact) = (ana.id, Uuid::from_u128(8));
        for (query, numbers) in [
            (format!("who={ana_id}"), vec![4, 1]),
            ("who=reporter".to_owned(), vec![2]),
            ("act=contact.opened".to_owned(), vec![4, 1]),
            ("record=c0008".to_owned(), vec![4, 3, 2]),
            (format!("record={contact}"), vec![4, 3, 2]),
            (format!("record=C-0008&who={ana_id}"), vec![4]),
            ("act=contact.opened&to=2026-11-24".to_owned(), vec![1]),
            ("act=contact.opened&from=2026-11-25".to_owned(), vec![4]),
            ("act=contact.opened&from=2026-11-24&to=2026-11-25".to_owned(), vec![4, 1]),
            ("act=contact.opened&from=2026-11-26".to_owned(), vec![]),
        ] {
            let page = browser.get(&format!("/ledger?{query}")).await;
            assert_eq!(column(&page, 5), only(&numbers), "{query}");
            let count = if numbers.len() == 1 { "1 entry.".to_owned() } else { format!("{} entries.", numbers.len()) };
            assert!(page.body.contains(&count), "{query}: {count}");
        }
        // Each filter is a tag that leads to the same list without it.
        let page = browser.get("/ledger?act=contact.opened&record=C-0008&from=2026-11-24").await;
        for without in
            ["record=C-0008&#38;from=2026-11-24", "act=contact.opened&#38;from=2026-11-24", "act=contact.opened&#38;record=C-0008"]
        {
            assert!(page.body.contains(&format!("href=\"/ledger?{without}\"")), "{without}");
        }
        assert!(browser.get("/ledger?who=program&act=member.made&lang=ro").await.body.contains("A creat un cont"));
    })
    .await;
}

#[tokio::test]
async fn what_cannot_be_read_is_said_and_shows_no_list() {
    on_both(|world| async move {
        let (_, mut browser) = world.auditor().await;
        let long = format!("record={}", "x".repeat(201));
        for (query, said) in [
            ("from=24.11.2026", "Write the day as"),
            ("to=2026-02-30", "Write the day as"),
            ("from=2026-11-25&to=2026-11-24", "not before the first"),
            ("who=everybody", "Choose somebody from the list"),
            (long.as_str(), "Write a reference"),
        ] {
            let page = browser.get(&format!("/ledger?{query}")).await;
            assert!(page.body.contains(said) && page.body.contains("govuk-error-summary"), "{query}");
            assert!(!page.body.contains("<tbody") && !page.body.contains("stands out"), "{query}");
            assert!(browser.get(&format!("/ledger/entries.csv?{query}")).await.leads_to().starts_with("/ledger?"), "{query}");
        }
        assert!(!world.entries().await.iter().any(|entry| entry.act.starts_with("ledger.")), "nothing was shown, nothing was read");
        // Text from the address is text on the page.
        let page = browser.get("/ledger?record=%3Cscript%3E&act=%22%3E%3Cb%3E").await;
        assert!(!page.body.contains("<script>") && !page.body.contains("\"><b>"));
    })
    .await;
}

#[tokio::test]
async fn pages_of_fifty_hold_every_entry_once() {
    on_both(|world| async move {
        let ana = world.adviser("ana").await;
        for record in 0..120 {
            // Far apart, so that nothing stands out.
            world.clock.advance(Duration::minutes(2));
            world.opened(&ana, record).await;
        }
        let (_, mut browser) = world.auditor().await;
        let mut seen = Vec::new();
        for (page, count) in [50, 50, 20, 0].into_iter().enumerate() {
            let answer = browser.get(&format!("/ledger?act=contact.opened&page={page}")).await;
            let numbers = column(&answer, 5);
            assert_eq!(numbers.len(), count, "page {page}");
            assert!(answer.body.contains("120 entries."));
            let older = format!("/ledger?act=contact.opened&#38;page={}", page + 1);
            assert_eq!(answer.body.contains(&older), page < 2, "page {page}");
            assert_eq!(answer.body.contains("govuk-pagination__prev"), page > 0, "page {page}");
            seen.extend(numbers);
        }
        assert_eq!(seen, (1..=120).rev().map(|number| format!("Helpline {number}")).collect::<Vec<_>>());
        // Unfiltered, the count is the table's and the pages are the same.
        let whole = browser.get("/ledger?page=1").await;
        assert_eq!(rows(&whole).len(), 50);
        let all = 120 + world.entries().await.len() - 1;
        assert!(whole.body.contains(&format!("{all} entries.")), "{all}");
    })
    .await;
}

#[tokio::test]
async fn nothing_of_another_organisation_is_shown() {
    on_both(|world| async move {
        let ana = world.adviser("ana").await;
        let entropy: std::sync::Arc<dyn Entropy> = std::sync::Arc::new(TestEntropy::new(9));
        let keys = InstanceKeys { desk: &InstanceKey::from_bytes([7; 32]), public: &InstanceKey::from_bytes([8; 32]) };
        let other = create_organisation(world.db.store(), &keys, "Eastmere", &[], world.clock.as_ref(), &entropy).await.unwrap();
        for record in 900..960 {
            world.wrote(other, Actor::Member(ana.id), "contact.opened", record, json!({})).await;
        }
        world.opened(&ana, 1).await;
        let (_, mut browser) = world.auditor().await;
        for path in ["/ledger?act=contact.opened", "/ledger", "/ledger/entries.csv", "/ledger/chain"] {
            let page = browser.get(path).await;
            assert!(!page.body.contains("C-09") && !page.body.contains(&other.to_string()), "{path}");
        }
        let page = browser.get("/ledger?act=contact.opened").await;
        assert_eq!(column(&page, 5), ["Helpline 1"]);
        assert!(page.body.contains("Nothing stands out in the last 30 days"), "sixty openings, all of another organisation");
    })
    .await;
}

#[tokio::test]
async fn who_opens_much_is_asked_about_at_the_top() {
    on_both(|world| async move {
        let (ana, ben) = (world.adviser("ana").await, world.adviser("ben").await);
        for record in 0..41 {
            world.opened(&ana, record).await;
            world.opened(&ben, record % 40).await;
        }
        let (_, mut browser) = world.auditor().await;
        let said = "ana Wintergreen opened 41 different records within one hour: Tuesday 24 November 2026, 03:00.";
        let page = browser.get("/ledger").await;
        assert!(page.body.contains(said));
        assert!(!page.body.contains("ben Wintergreen opened"), "forty is not more than forty");
        assert!(page.body.contains(&format!("/ledger?who={}&#38;from=2026-11-24&#38;to=2026-11-24", ana.id)));
        assert!(browser.get("/ledger?act=member.made").await.body.contains(said), "whatever else is asked for");
        assert!(browser.get("/ledger?from=2026-11-25").await.body.contains("Nothing stands out in these days"));
        world.clock.advance(Duration::days(31));
        browser.cookie = None;
        let maud = world.add("mia", &["people:auditor"]).await;
        browser.sign_in(&world, &maud).await;
        assert!(browser.get("/ledger").await.body.contains("Nothing stands out in the last 30 days"));
        assert!(browser.get("/ledger?from=2026-11-24&to=2026-11-24").await.body.contains(said));
    })
    .await;
}

/// What is shown is downloaded, all pages of it, and a name that begins like a formula runs in no spreadsheet.
#[tokio::test]
async fn the_file_holds_what_the_list_holds() {
    on_both(|world| async move {
        let evil = world.adviser("=1+cmd").await;
        for record in 0..60 {
            world.clock.advance(Duration::minutes(2));
            world.opened(&evil, record).await;
        }
        world.wrote(world.organisation, Actor::Reporter, "contact.filed", 99, json!({})).await;
        let (maud, mut browser) = world.auditor().await;
        let page = browser.get("/ledger?act=contact.opened").await;
        assert!(page.body.contains("Download these 60 entries (CSV)"));
        let file = browser.get("/ledger/entries.csv?act=contact.opened").await;
        assert_eq!(file.headers[header::CONTENT_DISPOSITION], "attachment; filename=\"ledger-60-rows.csv\"");
        assert_eq!(file.headers[header::CONTENT_TYPE], "text/csv; charset=utf-8");
        let mut reader = csv::Reader::from_reader(file.body.as_bytes());
        assert_eq!(&reader.headers().unwrap()[0], "zone");
        let records: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
        assert_eq!(records.len(), 60);
        for record in &records {
            assert!(!record.iter().any(|cell| cell.starts_with(['=', '+', '-', '@'])), "{record:?}");
            assert_eq!((&record[5], &record[6], &record[7]), ("'=1+cmd Wintergreen", "contact.opened", "Opened a contact"));
            assert_eq!((&record[3], &record[4]), ("second", evil.id.to_string().as_str()));
        }
        let hour = browser.get("/ledger/entries.csv?who=reporter").await;
        assert!(hour.body.contains("2026-11-24T05:00:00Z,hour,reporter,A reporter,contact.filed"), "{}", hour.body);
        let last = world.entries().await.pop().unwrap();
        assert_eq!((last.act.as_str(), last.actor), ("ledger.exported", OpenedActor::Member(maud.id)));
        assert_eq!(last.detail, json!({ "rows": 1, "filters": ["who"] }));
    })
    .await;
}

#[tokio::test]
async fn whoever_reads_is_written_down() {
    on_both(|world| async move {
        let (maud, mut browser) = world.auditor().await;
        browser.get("/ledger?who=reporter&from=2026-11-01&record=C-7&page=2").await;
        browser.get("/ledger/chain").await;
        let entries = world.entries().await;
        let [.., read, verified] = entries.as_slice() else { panic!("two entries") };
        assert_eq!((read.act.as_str(), &read.actor), ("ledger.read", &OpenedActor::Member(maud.id)));
        assert_eq!(read.detail, json!({ "found": 0, "page": 3, "filters": ["who", "record", "days"] }));
        assert_eq!((verified.act.as_str(), verified.at), ("ledger.verified", Some(NIGHT)));
        let page = browser.get("/ledger?act=ledger.read").await;
        assert_eq!(column(&page, 1), ["maud Wintergreen"]);
    })
    .await;
}

#[tokio::test]
async fn a_chain_is_whole_until_somebody_changes_it() {
    on_both(|world| async move {
        let ana = world.adviser("ana").await;
        for record in 0..3 {
            world.opened(&ana, record).await;
        }
        let (_, mut browser) = world.auditor().await;
        let page = browser.get("/ledger/chain").await;
        assert_eq!(page.body.matches(">Whole<").count(), 2, "{}", page.body);
        assert!(page.body.contains("Each of 3 entries follows"));
        let head = page.body.split("<pre").nth(1).and_then(|rest| rest.split_once('>')?.1.split("</pre>").next()).unwrap().to_owned();
        assert!(head.contains("zone=helpline\nentries=3\n"), "{head}");

        let same = browser.post("/ledger/chain", &[("head", &head)]).await;
        assert!(same.status == StatusCode::OK && same.body.contains("Compared with the head of Helpline"), "{}", same.body);
        for (wrong, said) in [("nonsense", "all eight lines"), (&head.replace("entries=3", "entries=4"), "did not sign this head")] {
            let page = browser.post("/ledger/chain", &[("head", wrong)]).await;
            assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
            assert!(page.body.contains(said), "{said}");
        }
        // The end is cut off and the kept end mended: only the head that was printed shows it.
        let second = world.cell("ledger_entries", "hash", &key(&world, 2)).await.unwrap();
        world.forget_row("ledger_entries", &key(&world, 3)).await;
        let kept = [("organisation", world.organisation.into()), ("zone", HELPLINE.into())];
        world.overwrite("ledger_heads", "entries", 2_i64, &kept).await;
        world.overwrite("ledger_heads", "hash", second, &kept).await;
        assert!(browser.get("/ledger/chain").await.body.contains("Each of 2 entries follows"));
        let cut = browser.post("/ledger/chain", &[("head", &head)]).await;
        assert!(cut.body.contains(">Broken<") && cut.body.contains("At entry 3: the signed head knows it"), "{}", cut.body);

        world.overwrite("ledger_entries", "body", b"changed".to_vec(), &key(&world, 1)).await;
        let broken = browser.get("/ledger/chain").await;
        assert!(broken.body.contains("At entry 1: its content does not give its hash"), "{}", broken.body);
        let page = browser.get("/ledger?act=entry.unreadable").await;
        assert_eq!(column(&page, 5), ["Helpline 1"], "what does not open is still a line");
    })
    .await;
}

fn key(world: &World, seq: i64) -> [(&'static str, sea_orm::Value); 3] {
    [("organisation", world.organisation.into()), ("zone", HELPLINE.into()), ("seq", seq.into())]
}
