//! A report is sealed before it is stored, and stored once.

use plainsight_store::{StoreError, work};
use plainsight_vault::{Kind, Receipt, envelope};
use plainsight_vocabulary::{Answer, Urgency};
use rand::RngExt;
use time::Duration;

use super::world::{CANARY, Filed, MINUTE, START, World, danger, full_report, lies_in, normal, on_both};
use crate::acts::file::{Intake, Sending, file_under};
use crate::acts::tidy::{Swept, sweep};
use crate::cabinet::Cabinet;
use crate::form::FormKey;
use crate::header::{HEADER_SIZE, Retention};
use crate::pool::Pool;
use crate::records::{changes, contacts, filings, keystore};
use crate::report::Report;
use crate::trouble::Trouble;

/// Files a report of the site's form.
async fn file(cabinet: &Cabinet, intake: &Intake, report: &Report, form: &FormKey, pool: &Pool) -> Result<Receipt, Trouble> {
    crate::acts::file::file(cabinet, intake, report, &Sending::of_form(form, report)?, pool).await
}

async fn count_contacts(world: &World) -> usize {
    contacts::headers(world.db.content().read(), world.organisation).await.unwrap().len()
}

async fn keys(world: &World) -> Vec<uuid::Uuid> {
    keystore::contacts(world.db.keystore().read(), world.organisation).await.unwrap()
}

/// keys.md: content is class P, the header class S; nothing a reporter typed lies in clear anywhere.
#[tokio::test]
async fn nothing_that_was_typed_lies_in_clear_in_any_column() {
    on_both(|world| async move {
        let Filed { contact, receipt, .. } = world.file(&Report { danger: Some(Answer::Yes), ..full_report() }).await;
        let stored = world.everything_stored().await;
        assert!(lies_in(&stored, "Invented Helpline"), "the search finds what lies in clear");
        assert!(!lies_in(&stored, CANARY));
        assert!(!lies_in(&stored, &receipt.digits()));
        assert!(!lies_in(&stored, std::str::from_utf8(receipt.to_ascii().as_slice()).unwrap()));
        if let Some(folder) = world.db.folder() {
            for file in std::fs::read_dir(folder).unwrap() {
                let bytes = std::fs::read(file.unwrap().path()).unwrap();
                assert!(!bytes.windows(CANARY.len()).any(|window| window == CANARY.as_bytes()), "the files hold the canary");
            }
        }
        // The desk's service key opens the header: it has one size and says nothing of what was written.
        let row = world.row(contact).await;
        let header = world.desk.ring.open(&world.desk.column("helpline_contacts", contact, "header"), &row.header).unwrap();
        assert_eq!(header.len(), HEADER_SIZE);
        assert!(!String::from_utf8_lossy(&header).contains(CANARY));
        assert_eq!(world.header(contact).await.language, "other", "a language that is rare here tells who wrote");
    })
    .await;
}

#[tokio::test]
async fn every_sealed_header_has_one_length() {
    on_both(|world| async move {
        let mut lengths = Vec::new();
        for report in [normal(), danger(), full_report(), Report { language: "en".into(), ..normal() }] {
            let filed = world.file(&report).await;
            lengths.push(world.row(filed.contact).await.header.len());
        }
        lengths.dedup();
        assert_eq!(lengths.len(), 1);
    })
    .await;
}

/// practice 5.0: the danger clock starts with the report; nothing may come between the two.
#[tokio::test]
async fn danger_asks_for_a_page_in_the_transaction_of_the_report_and_nothing_else_does() {
    on_both(|world| async move {
        world.file(&normal()).await;
        assert_eq!(world.waiting_jobs().await, []);
        let filed = world.file(&danger()).await;
        let jobs = world.waiting_jobs().await;
        assert_eq!(jobs.len(), 1);
        assert_eq!(jobs[0].0, crate::DANGER_PAGE);
        assert!(jobs[0].1 <= START);
        let header = world.header(filed.contact).await;
        assert_eq!((header.urgency, header.retention), (Urgency::Danger, Retention::Safeguarding));
        assert_eq!(header.clocks.read_by, START.replace_nanosecond(0).unwrap() + 15 * MINUTE);
        assert_eq!(world.acts().await, ["contact.filed", "contact.filed"]);
        let entry = world.ledger().await.pop().unwrap();
        assert_eq!((entry.at, entry.hour.minute()), (None, 0), "what the public does carries only the hour");
    })
    .await;
}

/// A contact without its key could be read by nobody; a key without a contact does no harm and is swept.
#[tokio::test]
async fn a_filing_that_fails_half_way_leaves_a_key_alone_and_two_sweeps_delete_it() {
    on_both(|world| async move {
        let kept = world.file(&normal()).await;
        // The second filing comes with the receipt of the first: the content transaction must refuse it.
        let (ready, _) = world.ready_under(kept.receipt.clone(), plainsight_vault::Root::from_bytes(*kept.root.to_bytes()));
        let failed = file_under(&world.public, &world.intake().await, &danger(), &FormKey::new(&world.public), ready).await;
        assert!(matches!(failed, Err(Trouble::Store(_))), "{:?}", failed.err());
        assert_eq!(count_contacts(&world).await, 1);
        assert_eq!(keys(&world).await.len(), 2);
        assert_eq!(world.waiting_jobs().await, [], "the page is rolled back with the report");
        assert_eq!(world.acts().await, ["contact.filed"]);

        let mut orphans = Swept::default();
        sweep(&world.desk, &mut orphans, None).await.unwrap();
        assert_eq!(keys(&world).await.len(), 2, "one sweep alone may have looked between the two writes");
        sweep(&world.desk, &mut orphans, None).await.unwrap();
        assert_eq!(keys(&world).await, [kept.contact]);
        assert!(world.open(&world.ana, kept.contact).await.is_ok());
    })
    .await;
}

#[tokio::test]
async fn a_key_whose_contact_comes_between_two_sweeps_is_kept() {
    on_both(|world| async move {
        let filed = world.file(&normal()).await;
        let row = world.row(filed.contact).await;
        world.run("DELETE FROM helpline_contacts").await;
        let mut orphans = Swept::default();
        sweep(&world.desk, &mut orphans, None).await.unwrap();
        world.db.content().tx("test.put_back", work!([row], |tx| contacts::insert(tx, row).await.map_err(StoreError::from))).await.unwrap();
        sweep(&world.desk, &mut orphans, None).await.unwrap();
        sweep(&world.desk, &mut orphans, None).await.unwrap();
        assert_eq!(keys(&world).await, [filed.contact]);
    })
    .await;
}

/// keys.md, receipt: a double submit or a crash shows the same receipt for 15 minutes.
#[tokio::test]
async fn a_form_sent_twice_gives_the_same_receipt_and_one_contact() {
    on_both(|world| async move {
        let (form, pool, intake) = (FormKey::new(&world.public), world.pool(), world.intake().await);
        pool.put(world.ready().0);
        pool.put(world.ready().0);
        let first = file(&world.public, &intake, &normal(), &form, &pool).await.unwrap();
        world.clock.advance(15 * MINUTE - Duration::SECOND);
        let second = file(&world.public, &intake, &normal(), &form, &pool).await.unwrap();
        assert!(first == second);
        assert_eq!((count_contacts(&world).await, pool.standing()), (1, 1));

        // At 15 minutes to the second the receipt is gone, and the form still files nothing.
        world.clock.advance(Duration::SECOND);
        assert!(matches!(file(&world.public, &intake, &normal(), &form, &pool).await, Err(Trouble::AlreadyFiled)));
        let receipts = async || filings::all(world.db.content().read(), world.organisation).await.unwrap();
        assert!(!receipts().await[0].receipt.is_empty());
        sweep(&world.public, &mut Swept::default(), None).await.unwrap();
        assert!(receipts().await[0].receipt.is_empty());
        assert!(matches!(file(&world.public, &intake, &normal(), &form, &pool).await, Err(Trouble::AlreadyFiled)));
        // Longer than a form state lives, then nothing of it is left.
        world.clock.advance(Duration::hours(48));
        sweep(&world.public, &mut Swept::default(), None).await.unwrap();
        assert_eq!(receipts().await, []);
        assert_eq!(count_contacts(&world).await, 1);
    })
    .await;
}

#[tokio::test]
async fn two_sendings_of_one_form_at_once_give_one_contact_and_one_receipt() {
    on_both(|world| async move {
        let (form, intake) = (FormKey::new(&world.public), world.intake().await);
        let report = danger();
        let send = || file_under(&world.public, &intake, &report, &form, world.ready().0);
        let sent = futures_util::future::join_all((0..6).map(|_| send())).await;
        let receipts: Vec<String> = sent.into_iter().map(|sent| sent.unwrap().digits().to_string()).collect();
        assert!(receipts.iter().all(|receipt| *receipt == receipts[0]), "all sendings show one receipt");
        assert_eq!(count_contacts(&world).await, 1);
        assert_eq!(world.waiting_jobs().await.len(), 1);
        assert_eq!(world.acts().await, ["contact.filed"]);
        let mut orphans = Swept::default();
        sweep(&world.desk, &mut orphans, None).await.unwrap();
        sweep(&world.desk, &mut orphans, None).await.unwrap();
        assert_eq!(keys(&world).await.len(), 1);
    })
    .await;
}

/// Somebody sends, goes back in the browser, writes more and sends again: the page says "We have your report" only of what
/// is stored.
#[tokio::test]
async fn a_form_that_was_changed_after_sending_is_stored_as_it_is_now() {
    on_both(|world| async move {
        let (form, pool, intake) = (FormKey::new(&world.public), world.pool(), world.intake().await);
        pool.put(world.ready().0);
        let (ready, root) = world.ready();
        pool.put(ready);
        let more = Report { words: "a car wash; he has a gun".to_owned(), ..normal() };
        let first = file(&world.public, &intake, &normal(), &form, &pool).await.unwrap();
        let second = file(&world.public, &intake, &more, &form, &pool).await.unwrap();
        assert!(first != second);
        let contact = world.locate(&root).await.unwrap();
        assert_eq!(world.open(&world.ana, contact).await.unwrap().report.words, more.words);
        // Each of the two shows its own receipt again, in whichever language the page is.
        let romanian = Report { language: "ro".to_owned(), ..more };
        assert!(file(&world.public, &intake, &romanian, &form, &pool).await.unwrap() == second);
        assert!(file(&world.public, &intake, &normal(), &form, &pool).await.unwrap() == first);
        assert_eq!(count_contacts(&world).await, 2);
    })
    .await;
}

/// A receipt lies sealed with a key that only the form carries: another form's key opens nothing.
#[tokio::test]
async fn the_receipt_of_a_sent_form_opens_with_that_form_only() {
    on_both(|world| async move {
        let filed = world.file(&normal()).await;
        let other = FormKey::new(&world.public);
        let pool = world.pool();
        pool.put(world.ready().0);
        let receipt = file(&world.public, &world.intake().await, &normal(), &other, &pool).await.unwrap();
        assert!(receipt != filed.receipt);
        let again = file(&world.public, &world.intake().await, &normal(), &filed.form, &pool).await.unwrap();
        assert!(again == filed.receipt);
        let row = filings::all(world.db.content().read(), world.organisation).await.unwrap().remove(0);
        let place = world.desk.column("helpline_filings", other.row(), "receipt");
        assert!(world.desk.ring.open(&place, &row.receipt).is_err(), "the service's key does not open it");
    })
    .await;
}

#[tokio::test]
async fn sweeping_keeps_only_the_newest_changes() {
    on_both(|world| async move {
        let contact = world.file(&normal()).await.contact;
        let organisation = world.organisation;
        let note = |count: usize| {
            world.db.content().tx(
                "test.changes",
                work!(|tx| {
                    for _ in 0..count {
                        changes::note(tx, organisation, contact).await?;
                    }
                    changes::prune(tx, 20).await?;
                    Ok::<_, StoreError>(())
                }),
            )
        };
        note(50).await.unwrap();
        assert_eq!(changes::from(world.db.content().read(), 0).await.unwrap().len(), 20);
    })
    .await;
}

/// keys.md: padding 2, 8, 32, 128 KiB, then Padmé; so that a stored size tells next to nothing of a message.
#[test]
fn ten_thousand_messages_of_any_length_have_at_most_six_sizes() {
    let mut rng = plainsight_store::Entropy::rng(&plainsight_testkit::TestEntropy::new(1));
    for kind in [Kind::Report, Kind::Message, Kind::Note] {
        let mut sizes = std::collections::BTreeSet::new();
        for _ in 0..10_000 {
            // One to four bytes a sign, by the script.
            let sign = ["x", "ä", "ह", "𐐷"][rng.random_range(0..4)];
            let words = sign.len() * rng.random_range(0..=crate::report::LONGEST_TEXT);
            sizes.insert(envelope::sealed_length(kind, words + 400));
        }
        assert!(sizes.len() <= 6, "{kind:?}: {sizes:?}");
    }
}
