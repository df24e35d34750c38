//! Files that are sent to the real program: a large one fits into little memory, and what was sent of one before the program was
//! killed need not be sent again.

use serde_json::Value;

use plainsight_tests::house::{House, On};
use plainsight_tests::phone::Phone;

const PIECE: usize = 1 << 20;
const LARGEST: usize = 100 << 20;

/// Bytes that are like no others.
fn film(length: usize) -> Vec<u8> {
    (0..length as u32).map(|number| (number.wrapping_mul(2_654_435_761) >> 24) as u8).collect()
}

/// To the page on which files are chosen, with something said.
async fn to_files(phone: &mut Phone) {
    phone.get("/?lang=en").await.unwrap();
    phone.press("noticed", &[]).await.unwrap();
    phone.press("check", &[("danger", "no")]).await.unwrap();
    phone.press("edit-files", &[]).await.unwrap();
    assert_eq!(phone.hidden("page").as_deref(), Some("files"));
}

/// The peak memory of the service stays under 64 MB above idle.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_largest_film_never_lies_whole_in_memory() {
    let mut house = House::load(On::Sqlite, 0).await.unwrap();
    house.start("public").await.unwrap();
    let mut phone = house.phone();
    to_files(&mut phone).await;
    let idle = house.peak_memory().unwrap();
    phone.press_with_files("files", &[], &[("film.mp4", &film(LARGEST))]).await.unwrap();
    let above = house.peak_memory().unwrap().saturating_sub(idle);
    assert!(phone.page.contains("film.mp4") && phone.page.contains("about 100 MB"), "the film is there");
    assert_eq!(phone.page.matches("value=\"away-").count(), 1);
    assert!(above < 64 << 20, "{above} bytes above idle");
    phone.press("send", &[]).await.unwrap();
    phone.receipt().unwrap();
}

/// One post of the script of the page.
async fn ask(phone: &mut Phone, fields: &[(&str, &str)], piece: Option<&[u8]>) -> anyhow::Result<Value> {
    let fields: Vec<(&str, String)> = fields.iter().map(|(name, value)| (*name, (*value).to_owned())).collect();
    let files: Vec<(&str, &str, &[u8])> = piece.into_iter().map(|piece| ("part", "part", piece)).collect();
    phone.post_parts("/help/part", &fields, &files).await?;
    Ok(serde_json::from_str(&phone.page)?)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_program_that_is_killed_while_a_file_comes_goes_on_where_it_was() {
    for on in On::BOTH {
        goes_on_after_kill(on).await;
    }
}

async fn goes_on_after_kill(on: On) {
    let mut house = House::load(on, 0).await.unwrap();
    house.start("public").await.unwrap();
    let film = film(9 * PIECE + 5);
    let size = film.len().to_string();
    let mut phone = house.phone();
    let begun = ask(&mut phone, &[("do", "begin"), ("name", "film.mp4"), ("size", &size)], None).await.unwrap();
    let ticket = begun["ticket"].as_str().unwrap().to_owned();

    // Sent without end until the program is dead; which answers came is known.
    let (mut sender, sent_ticket, pieces) = (house.phone(), ticket.clone(), film.clone());
    let (told, mut hears) = tokio::sync::watch::channel(0);
    let sending = tokio::spawn(async move {
        let mut answered = Vec::new();
        for (number, piece) in pieces.chunks(PIECE).enumerate() {
            let fields = [("do", "put"), ("ticket", sent_ticket.as_str()), ("number", &number.to_string())];
            if ask(&mut sender, &fields, Some(piece)).await.is_err() {
                break;
            }
            answered.push(number as u64);
            let _ = told.send(answered.len());
        }
        answered
    });
    while *hears.borrow_and_update() < 3 && hears.changed().await.is_ok() {}
    house.kill().unwrap();
    let answered = sending.await.unwrap();
    assert!(answered.len() >= 3, "{on:?}: nothing was sent before the program was killed");

    house.start("public").await.unwrap();
    let mut answer = ask(&mut phone, &[("do", "there"), ("ticket", &ticket)], None).await.unwrap();
    let there: Vec<u64> = answer["there"].as_array().unwrap().iter().map(|number| number.as_u64().unwrap()).collect();
    assert!(answered.iter().all(|number| there.contains(number)), "{on:?}: a piece that was answered for is gone: {answered:?}, {there:?}");
    for (number, piece) in film.chunks(PIECE).enumerate().filter(|(number, _)| !there.contains(&(*number as u64))) {
        let fields = [("do", "put"), ("ticket", ticket.as_str()), ("number", &number.to_string())];
        answer = ask(&mut phone, &fields, Some(piece)).await.unwrap();
    }
    assert_eq!(answer["there"].as_array().unwrap().len(), 10, "{on:?}: nothing doubled");
    let whole = answer["whole"].as_str().unwrap().to_owned();
    to_files(&mut phone).await;
    phone.press("continue", &[("ticket", &whole)]).await.unwrap();
    assert!(phone.page.contains("1 file."), "{on:?}: the form takes it");
    // Killed once more, between the file and the report.
    house.kill().unwrap();
    house.start("public").await.unwrap();
    phone.press("send", &[]).await.unwrap();
    phone.receipt().unwrap();
    assert!(!phone.page.contains("was not sent"), "{on:?}");
}
