//! What a reporter types is in no file in clear: not in the databases, their logs or free pages, not in the program's own log,
//! not in a backup.

use plainsight_tests::house::{House, On};

const CANARIES: [&str; 7] =
    ["CanaryWordsQx7", "CanaryPlaceQx7", "CanaryAddressQx7", "CanaryAddedQx7", "CanaryFileNameQx7", "CanaryInFileQx7", "CanaryUnsentQx7"];

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_that_was_typed_lies_anywhere_in_clear() {
    for on in On::BOTH {
        nothing_lies_in_clear(on).await;
    }
}

async fn nothing_lies_in_clear(on: On) {
    let mut house = House::load(on, 0).await.unwrap();
    house.start("public").await.unwrap();
    house.start("desk").await.unwrap();
    let mut phone = house.phone();
    phone.get("/?lang=en").await.unwrap();
    phone.press("me", &[]).await.unwrap();
    let typed = [("words", CANARIES[0]), ("place", CANARIES[1]), ("reach", "email"), ("address", CANARIES[2])];
    phone.press("send", &typed).await.unwrap();
    let receipt = phone.receipt().unwrap();
    phone.press("read", &[]).await.unwrap();
    phone.press("open", &[("receipt", &receipt)]).await.unwrap();
    phone.press("add", &[("words", CANARIES[3])]).await.unwrap();
    // A file with a later word, and one that nobody sends.
    let holds = CANARIES[5].repeat(200_000);
    let (sent, unsent) = (format!("{}.jpg", CANARIES[4]), CANARIES[6].repeat(1000));
    phone.press_with_files("add", &[], &[(&sent, holds.as_bytes())]).await.unwrap();
    assert!(phone.page.contains("You sent one file."), "the file was sent");
    phone.press_with_files("files", &[], &[(&sent, unsent.as_bytes())]).await.unwrap();
    assert!(phone.page.contains("value=\"away-"), "the other waits");
    backup(&house);

    let mut needles: Vec<Vec<u8>> = CANARIES.iter().map(|canary| canary.as_bytes().to_vec()).collect();
    needles.push(receipt.as_bytes().to_vec());
    // Sealed or hashed it may lie there; as hexadecimal in a dump of PostgreSQL it would still be clear.
    let as_hex: Vec<Vec<u8>> = needles.iter().map(|needle| needle.iter().flat_map(|b| format!("{b:02x}").into_bytes()).collect()).collect();
    needles.extend(as_hex);
    // While the program runs (write-ahead logs), and after it was killed (free pages).
    for moment in ["running", "killed"] {
        let files = house.files().unwrap();
        assert!(files.iter().any(|(path, bytes)| path.ends_with("public.log") && !bytes.is_empty()), "no log was looked at");
        assert!(files.iter().any(|(path, bytes)| path.to_string_lossy().contains("backup") && bytes.len() > 10_000), "no backup");
        for (path, bytes) in files {
            for needle in &needles {
                let found = bytes.windows(needle.len()).any(|window| window == needle.as_slice());
                assert!(!found, "{on:?}: {} lies in {} ({moment})", String::from_utf8_lossy(needle), path.display());
            }
        }
        house.kill().unwrap();
    }
}

/// A copy of the records as an administrator makes it, in the folder of the instance.
fn backup(house: &House) {
    let (well, said) = house.command(&["backup", "make", &house.folder.path().join("backup").display().to_string()]).unwrap();
    assert!(well, "{said}");
}
