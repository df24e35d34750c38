//! When nothing more fits on the disk, a report is not taken and not lost: the page comes back with what was typed, and
//! takes it when there is room again.

use super::world::on_sqlite;

/// SQLite counts its pages: here the disk is full when the limit says so. (PostgreSQL has no such limit to set; what the page
/// does with its error is the same.)
#[tokio::test]
async fn a_full_disk_gives_the_form_back_and_later_takes_it() {
    on_sqlite(|world| async move {
        let phone = world.browser(2).await;
        let begin = phone.post("/help", &[("go", "me")]).await;
        world.run("PRAGMA max_page_count = 1").await;
        let words = format!("they keep our papers {}", "x".repeat(4000));
        let full = phone.press(&begin, &[("words", &words), ("place", "by the station")], "send").await;
        full.check_decent();
        assert!(full.text().contains("What you typed is still here") && full.text().contains("call 999"), "{}", full.text());
        assert_eq!((full.field("words"), full.field("place")), (words, "by the station".to_owned()));
        assert!(world.acts().await.is_empty(), "nothing of it was stored");
        world.run("PRAGMA max_page_count = 4294967294").await;
        let sent = phone.press(&full, &[], "send").await;
        assert!(sent.html.contains("data-receipt"), "{}", sent.text());
        assert_eq!(world.acts().await, ["contact.filed"]);
    })
    .await;
}
