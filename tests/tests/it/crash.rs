//! A power cut at any moment loses no report that was acknowledged and no receipt that was shown.

use std::time::Duration;

use plainsight_tests::house::{House, On};

/// Counts *usable* receipts: each one that was shown must open its mailbox after the crash.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn every_receipt_that_was_shown_still_opens_after_kill() {
    for on in On::BOTH {
        receipts_outlive_kill(on).await;
    }
}

async fn receipts_outlive_kill(on: On) {
    let mut house = House::load(on, 0).await.unwrap();
    let mut shown = Vec::new();
    for round in 0..3_u64 {
        house.start("public").await.unwrap();
        let mut phones = Vec::new();
        for each in 0..4 {
            let mut phone = house.phone();
            phones.push(tokio::spawn(async move {
                let mut receipts = Vec::new();
                for turn in 0..40 {
                    if phone.get("/?lang=en").await.is_err() {
                        break;
                    }
                    match phone.report(&format!("round {round} phone {each} turn {turn}")).await {
                        Ok(receipt) => receipts.push(receipt),
                        Err(_) => break,
                    }
                }
                receipts
            }));
        }
        tokio::time::sleep(Duration::from_millis(1500 + 700 * round)).await;
        house.kill().unwrap();
        for phone in phones {
            shown.extend(phone.await.unwrap());
        }
    }
    assert!(!shown.is_empty(), "{on:?}: the test sent nothing");

    house.start("public").await.unwrap();
    let mut usable = 0;
    for receipt in &shown {
        let mut phone = house.phone();
        phone.get("/?lang=en").await.unwrap();
        phone.press("read", &[]).await.unwrap();
        phone.press("open", &[("receipt", receipt)]).await.unwrap();
        usable += usize::from(phone.hidden("page").as_deref() == Some("messages"));
    }
    assert_eq!(usable, shown.len(), "{on:?}: receipts that were shown and do not open");
    let (whole, said) = house.command(&["ledger", "verify"]).unwrap();
    assert!(whole, "{said}");
}

/// A double submit, and one after a crash, show the same receipt.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn sending_a_form_twice_shows_the_same_receipt() {
    let mut house = House::load(On::Sqlite, 0).await.unwrap();
    house.start("public").await.unwrap();
    let mut phone = house.phone();
    phone.get("/?lang=en").await.unwrap();
    phone.press("me", &[]).await.unwrap();
    let form = [
        ("state".to_owned(), phone.hidden("state").unwrap()),
        ("page".to_owned(), "me".to_owned()),
        ("words".to_owned(), "sent twice".to_owned()),
        ("go".to_owned(), "send".to_owned()),
    ];
    phone.post("/help?lang=en", &form).await.unwrap();
    let first = phone.receipt().unwrap();
    phone.post("/help?lang=en", &form).await.unwrap();
    assert_eq!(phone.receipt().unwrap(), first);
    house.kill().unwrap();
    house.start("public").await.unwrap();
    phone.post("/help?lang=en", &form).await.unwrap();
    assert_eq!(phone.receipt().unwrap(), first, "after a crash");
}
