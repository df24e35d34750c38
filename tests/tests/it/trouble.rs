//! Trouble that is nobody's fault: the page says so, nothing typed is lost, and the same button works afterwards.

use plainsight_tests::house::{House, On};
use sea_orm::{ConnectionTrait, Database, TransactionTrait};

/// A backup program that holds the database's lock for longer than we wait.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_locked_database_gives_the_page_back_and_later_takes_the_report() {
    let mut house = House::load(On::Sqlite, 0).await.unwrap();
    house.start("public").await.unwrap();
    let mut phone = house.phone();
    phone.get("/?lang=en").await.unwrap();
    phone.press("me", &[]).await.unwrap();

    let file = house.folder.path().join("data/content.sqlite");
    let other = Database::connect(format!("sqlite://{}?mode=rw", file.display())).await.unwrap();
    let held = other.begin().await.unwrap();
    held.execute_unprepared("UPDATE site_values SET value = value").await.unwrap();
    phone.press("send", &[("words", "typed while it was locked")]).await.unwrap();
    assert!(phone.receipt().is_err());
    assert!(phone.page.contains("We could not save it just now"), "{}", phone.page);
    assert!(phone.page.contains("typed while it was locked"));
    held.rollback().await.unwrap();

    phone.press("send", &[("words", "typed while it was locked")]).await.unwrap();
    phone.receipt().unwrap();
}

/// The receipt that was shown is still good when the program starts again: its keys come from the key files, not from memory.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_form_that_was_open_over_a_restart_is_taken() {
    let mut house = House::load(On::Sqlite, 0).await.unwrap();
    house.start("public").await.unwrap();
    let mut phone = house.phone();
    phone.get("/?lang=en").await.unwrap();
    phone.press("noticed", &[]).await.unwrap();
    phone.press("continue", &[("danger", "no")]).await.unwrap();
    phone.press("continue", &[("setting", "car-wash"), ("place", "Alder Row")]).await.unwrap();
    house.kill().unwrap();
    house.start("public").await.unwrap();
    phone.press("send", &[]).await.unwrap();
    phone.receipt().unwrap();
}
