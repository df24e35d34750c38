//! The list of what was erased: durable, whole, and believed only where this instance signed it.

use plainsight_store::{TombstoneError, TombstoneFile, TombstoneKeys, Tombstones, UntrustedTombstones, fuzz};
use plainsight_vault::DataKeyRing;
use time::macros::date;
use uuid::Uuid;

const DAY: time::Date = date!(2026 - 12 - 01);

fn folder(number: u128) -> Uuid {
    Uuid::from_u128(number)
}

async fn list(numbers: &[u128]) -> Vec<u8> {
    let place = tempfile::tempdir().unwrap();
    let file = TombstoneFile::at(place.path().join("tombstones"));
    file.lay(numbers.iter().map(|number| fuzz::keys().carve(folder(*number), DAY)).collect()).await.unwrap();
    file.read().await.unwrap()
}

fn told(list: &Tombstones, numbers: &[u128]) -> Vec<bool> {
    numbers.iter().map(|number| list.tell_of(&fuzz::keys(), folder(*number))).collect()
}

#[tokio::test]
async fn what_was_laid_is_told_and_nothing_else_is() {
    let read = UntrustedTombstones::parse(&list(&[1, 2, 2]).await).unwrap();
    assert_eq!(read.len(), 3);
    let list = read.trust(&fuzz::keys()).unwrap();
    assert_eq!(list.len(), 2, "the same folder is told of once");
    assert_eq!(told(&list, &[1, 2, 3]), [true, true, false]);
}

/// A rotated ring tells of what was erased before, and an older backup's ring of what was erased after.
#[tokio::test]
async fn the_keys_stay_the_same_when_the_ring_is_rotated() {
    let old = DataKeyRing::new(1, &[7; 32]);
    let new = old.with(2, &[8; 32]);
    let keys = |ring| TombstoneKeys::new(ring, folder(1), "helpline");
    let place = tempfile::tempdir().unwrap();
    let file = TombstoneFile::at(place.path().join("tombstones"));
    file.lay(vec![keys(&new).carve(folder(5), DAY), keys(&old).carve(folder(6), DAY)]).await.unwrap();
    for ring in [&old, &new] {
        let list = UntrustedTombstones::parse(&file.read().await.unwrap()).unwrap().trust(&keys(ring)).unwrap();
        assert!(list.tell_of(&keys(ring), folder(5)) && list.tell_of(&keys(ring), folder(6)));
    }
    let stranger = keys(&DataKeyRing::new(1, &[9; 32]));
    let refused = UntrustedTombstones::parse(&file.read().await.unwrap()).unwrap().trust(&stranger);
    assert_eq!(refused.unwrap_err(), TombstoneError::BadSignature { line: 2 });
}

/// A crash in the middle of a line: it is passed over when it is read, and cut off when the next is written.
#[tokio::test]
async fn a_torn_last_line_is_passed_over_and_mended_at_every_byte() {
    let whole = list(&[1]).await;
    let both = list(&[1, 2]).await;
    let place = tempfile::tempdir().unwrap();
    for cut in 0..both.len() {
        let file = TombstoneFile::at(place.path().join(format!("cut-{cut}")));
        std::fs::write(file.path(), &both[..cut]).unwrap();
        let read = UntrustedTombstones::parse(&both[..cut]).unwrap().trust(&fuzz::keys()).unwrap();
        assert_eq!(told(&read, &[1, 2]), [cut >= whole.len(), false], "cut at {cut}");
        file.lay(vec![fuzz::keys().carve(folder(3), DAY)]).await.unwrap();
        let mended = UntrustedTombstones::parse(&file.read().await.unwrap()).unwrap();
        assert!(!mended.is_torn());
        assert_eq!(told(&mended.trust(&fuzz::keys()).unwrap(), &[1, 2, 3]), [cut >= whole.len(), false, true], "cut at {cut}");
    }
}

#[tokio::test]
async fn a_file_that_is_no_list_is_neither_read_nor_written() {
    let place = tempfile::tempdir().unwrap();
    let file = TombstoneFile::at(place.path().join("other"));
    for text in ["plainsight-tombstones=2\n", "# a diary\n", "something without an end"] {
        assert_eq!(UntrustedTombstones::parse(text.as_bytes()).unwrap_err(), TombstoneError::NotAList, "{text}");
    }
    std::fs::write(file.path(), "something without an end").unwrap();
    assert!(file.lay(vec![fuzz::keys().carve(folder(1), DAY)]).await.is_err());
    assert_eq!(std::fs::read_to_string(file.path()).unwrap(), "something without an end");
    let text = String::from_utf8(list(&[1]).await).unwrap();
    for wrong in [text.to_uppercase().replacen("PLAINSIGHT-TOMBSTONES", "plainsight-tombstones", 1), text.replace(' ', "  ")] {
        assert_eq!(UntrustedTombstones::parse(wrong.as_bytes()).unwrap_err(), TombstoneError::Malformed { line: 2 });
    }
}

/// The public process and the desk erase at the same moment.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn many_writers_lose_no_line() {
    let place = tempfile::tempdir().unwrap();
    let path = place.path().join("tombstones");
    let laying = (0..60_u128).map(|number| {
        let file = TombstoneFile::at(&path);
        tokio::spawn(async move { file.lay(vec![fuzz::keys().carve(folder(number), DAY)]).await.unwrap() })
    });
    for laid in laying.collect::<Vec<_>>() {
        laid.await.unwrap();
    }
    let list = UntrustedTombstones::parse(&std::fs::read(&path).unwrap()).unwrap().trust(&fuzz::keys()).unwrap();
    assert_eq!(list.len(), 60);
    use std::os::unix::fs::PermissionsExt as _;
    assert_eq!(std::fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
}

#[tokio::test]
async fn only_what_is_missing_is_added_from_another_list() {
    let place = tempfile::tempdir().unwrap();
    let file = TombstoneFile::at(place.path().join("tombstones"));
    let other =
        |numbers: &'static [u128]| async { UntrustedTombstones::parse(&list(numbers).await).unwrap().trust(&fuzz::keys()).unwrap() };
    assert_eq!(file.lay_missing(&other(&[1, 2]).await).await.unwrap(), 2);
    assert_eq!(file.lay_missing(&other(&[2, 3]).await).await.unwrap(), 1);
    assert_eq!(UntrustedTombstones::parse(&file.read().await.unwrap()).unwrap().len(), 3);
}

#[tokio::test]
async fn a_damaged_list_is_believed_whole_or_not_at_all() {
    plainsight_fuzz::mutations_of(&[list(&[1, 2, 3]).await, list(&[]).await], 1500, fuzz::tombstones);
}
