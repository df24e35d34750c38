//! What was erased stays erased, whatever backup is put back; and a backup that is put back is whole.

use std::collections::HashSet;
use std::path::{Path, PathBuf};

use plainsight_store::backup::{self, Manifest, Source};
use plainsight_store::{Holder, Store, StoreError, TombstoneError, TombstoneFile, Tombstones, UntrustedTombstones, work};
use sea_orm::DbBackend;
use tempfile::TempDir;
use time::Duration;
use uuid::Uuid;

use plainsight_vocabulary::KeptFor;

use super::world::{Filed, World, full_report, normal, on_both, on_sqlite};
use crate::acts::close::close;
use crate::acts::erasure::{self, Replayed, replay};
use crate::acts::keep::{WhyErased, erase, keep_for_law};
use crate::acts::open::open;
use crate::acts::tidy::{Swept, sweep};
use crate::acts::withdraw::{Withdrawn, withdraw};
use crate::cabinet::Cabinet;
use crate::index::{Eyes, Filter, Index};
use crate::records::{ZONE, contacts, keystore, papers};
use crate::search::library::View;
use crate::trouble::Trouble;

const KEPT: KeptFor = KeptFor { anonymous_days: 30, ordinary_days: 60, safeguarding_days: 90 };

struct Backup {
    folder: TempDir,
    manifest: Manifest,
    tombstones: Vec<u8>,
}

async fn back_up(world: &World) -> Backup {
    let folder = tempfile::tempdir().unwrap();
    let (content, keystore) = world.db.copy_out(folder.path(), &|_, _, _| {}).await.unwrap();
    let tombstones = world.desk.tombstones.read().await.unwrap();
    let part = backup::write_file(&folder.path().join(backup::TOMBSTONES), &tombstones).await.unwrap();
    let manifest = Manifest { made: world.now(), program: "test".to_owned(), kind: world.db.kind(), content, keystore, tombstones: part };
    Backup { folder, manifest, tombstones }
}

/// The restored helpline, beside the one that it comes from.
async fn put_back(world: &World, content: &Backup, keystore: &Backup) -> Cabinet {
    let [content, keystore] = [content, keystore].map(|backup| Source { folder: backup.folder.path(), manifest: &backup.manifest });
    let store = backup::copy_in(world.db.address(), content, keystore, &super::world::migrations(), &|_, _, _| {}).await.unwrap();
    let list = TombstoneFile::at(world.outside.path().join("restored-tombstones"));
    Cabinet::open(&store, world.organisation, (Holder::Desk, &world.desk_key), world.clock.clone(), world.entropy.clone(), list)
        .await
        .unwrap()
}

fn believed(cabinet: &Cabinet, list: &[u8]) -> Tombstones {
    UntrustedTombstones::parse(list).unwrap().trust(&erasure::keys(cabinet)).unwrap()
}

async fn newest(world: &World) -> Vec<u8> {
    world.desk.tombstones.read().await.unwrap()
}

async fn keys(store: &Store, organisation: Uuid, contact: Uuid) -> Vec<Vec<u8>> {
    let rows = keystore::of_contact(store.keystore().read(), organisation, contact).await.unwrap();
    rows.into_iter().map(|row| row.wrapped).collect()
}

/// Whether any file below a folder holds these bytes, as they are or in hexadecimal digits.
fn in_a_file(folder: &Path, bytes: &[u8]) -> bool {
    let hex = data_encoding::HEXLOWER.encode(bytes).into_bytes();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path: PathBuf = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let read = std::fs::read(&path).unwrap();
            if [bytes, &hex].iter().any(|needle| read.windows(needle.len()).any(|window| window == *needle)) {
                return true;
            }
        }
    }
    false
}

/// Sealed bytes by which a report and the wrap of its key are found again. They begin after what all of a kind have in common, and
/// are few enough to lie on one page of SQLite's.
async fn canaries(world: &World, contact: Uuid) -> [Vec<u8>; 2] {
    let report = world.row(contact).await.report;
    let wrap = keys(&world.db, world.organisation, contact).await.remove(0);
    [&report, &wrap].map(|bytes| bytes[bytes.len() - 40..].to_vec())
}

async fn is_erased(cabinet: &Cabinet, contact: Uuid) -> bool {
    let read = cabinet.store.content().read();
    let row = contacts::find(read, cabinet.organisation, contact).await.unwrap().unwrap();
    let erased = cabinet.open_header(contact, &row.header).unwrap().flags.erased;
    let papers = papers::of_contact(read, cabinet.organisation, contact).await.unwrap().len();
    let keys = keys(&cabinet.store, cabinet.organisation, contact).await.len();
    if erased {
        assert_eq!((row.report.len(), row.locate, papers, keys), (0, None, 0, 0), "erased, and not all of it is gone");
    }
    erased
}

async fn opens(cabinet: &Cabinet, world: &World, contact: Uuid) -> bool {
    match open(cabinet, &world.ana, contact).await {
        Ok(_) => true,
        Err(Trouble::Erased) => false,
        Err(error) => panic!("{error}"),
    }
}

/// What the desk lists for its work. (What was erased is counted in the list of everything, as it was when it was erased.)
async fn listed(world: &World, cabinet: &Cabinet) -> HashSet<Uuid> {
    let index = Index::new();
    index.catch_up(cabinet).await.unwrap();
    let (teams, view) = ([world.team], View::default());
    let eyes = Eyes { member: world.ana.member.id, teams: &teams, speaks: &[], now: world.now(), view: &view, language: None, whose: None };
    index.list(&eyes, &[Filter::Open], 0, 1000).rows.into_iter().map(|(id, _)| id).collect()
}

/// One erased in each way there is, and one that is kept.
async fn four(world: &World) -> [Filed; 4] {
    let four = [world.file(&full_report()).await, world.file(&normal()).await, world.file(&normal()).await, world.file(&normal()).await];
    world.open(&world.ana, four[2].contact).await.unwrap();
    close(&world.desk, &world.ana, four[2].contact, "done".into()).await.unwrap();
    four
}

async fn erase_three(world: &World, [withdrawn, asked, old, _]: &[Filed; 4]) {
    assert_eq!(withdraw(&world.public, &world.pepper(), &withdrawn.root).await.unwrap(), Withdrawn::Erased);
    world.open(&world.ana, asked.contact).await.unwrap();
    erase(&world.desk, &world.sue, asked.contact, WhyErased::Asked).await.unwrap();
    world.clock.advance(Duration::days(61));
    sweep(&world.desk, &mut Swept::default(), Some(&KEPT)).await.unwrap();
    assert!(world.header(old.contact).await.flags.erased);
}

#[tokio::test]
async fn what_was_erased_after_a_backup_does_not_come_back_with_it() {
    on_both(|world| async move {
        let four = four(&world).await;
        let canaries = [canaries(&world, four[0].contact).await, canaries(&world, four[2].contact).await].concat();
        let backup = back_up(&world).await;
        assert!(canaries.iter().all(|canary| in_a_file(backup.folder.path(), canary)), "the backup holds what was there");
        erase_three(&world, &four).await;

        let restored = put_back(&world, &backup, &backup).await;
        for filed in &four {
            assert!(!is_erased(&restored, filed.contact).await, "without tombstones everything would be back");
        }
        let list = believed(&restored, &newest(&world).await);
        assert_eq!(list.len(), 3);
        assert_eq!(replay(&restored, &list).await.unwrap(), Replayed { erased: 3, ..Replayed::default() });

        for filed in &four[..3] {
            assert!(is_erased(&restored, filed.contact).await && !opens(&restored, &world, filed.contact).await);
            assert_eq!(
                contacts::find_by_locate(restored.store.content().read(), world.organisation, &filed.root.locate(&world.pepper()))
                    .await
                    .unwrap(),
                None
            );
        }
        assert_eq!(listed(&world, &restored).await, HashSet::from([four[3].contact]));
        assert!(opens(&restored, &world, four[3].contact).await, "what was not erased is whole");
        if let Some(folder) = world.db.folder() {
            assert!(canaries.iter().all(|canary| !in_a_file(folder, canary)), "neither in a table, nor a free page, nor a log");
        }
        // Erasing again is idempotent, and the restored instance knows by itself what was erased.
        assert_eq!(replay(&restored, &list).await.unwrap(), Replayed::default());
        assert_eq!(believed(&restored, &restored.tombstones.read().await.unwrap()).len(), 3);
        plainsight_ledger::verify(restored.store.content().read(), world.organisation, ZONE, None).await.unwrap();
        restored.store.close().await;
    })
    .await;
}

/// The list says how many folders on which day, and nothing else: no id, in no form that somebody could try.
#[tokio::test]
async fn a_tombstone_says_nothing_but_a_day() {
    on_both(|world| async move {
        let four = four(&world).await;
        erase_three(&world, &four).await;
        let text = String::from_utf8(newest(&world).await).unwrap();
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!(lines.len(), 4, "one line a folder below the first");
        for line in &lines[1..] {
            let parts: Vec<usize> = line.split(' ').map(str::len).collect();
            assert_eq!(parts, [10, 64, 128]);
        }
        assert!(lines[1].starts_with("2026-12-01 ") && lines[3].starts_with("2027-01-31 "));
        for filed in &four {
            assert!(!text.contains(&filed.contact.simple().to_string()) && !text.contains(&filed.contact.to_string()));
        }
        // Another zone or organisation that erased the same id would write another line.
        let other = plainsight_store::TombstoneKeys::new(&world.desk.ring, world.organisation, "care");
        assert!(!believed(&world.desk, text.as_bytes()).tell_of(&other, four[0].contact));
        assert!(believed(&world.desk, text.as_bytes()).tell_of(&erasure::keys(&world.public), four[0].contact));
    })
    .await;
}

#[tokio::test]
async fn a_forged_tombstone_is_named() {
    on_sqlite(|world| async move {
        let four = four(&world).await;
        erase_three(&world, &four).await;
        let list = newest(&world).await;
        let text = String::from_utf8(list.clone()).unwrap();
        let keys = erasure::keys(&world.desk);
        let refused = |text: &str| UntrustedTombstones::parse(text.as_bytes()).unwrap().trust(&keys).unwrap_err();
        // Another day, and the commitment of one line under the signature of another.
        assert_eq!(refused(&text.replacen("2026-12-01", "2026-12-02", 2)), TombstoneError::BadSignature { line: 2 });
        let stolen: Vec<String> =
            text.lines().map(|line| line.split(' ').map(str::to_owned).collect::<Vec<_>>()).fold(Vec::new(), |mut all, parts| {
                let line = if all.len() == 2 { format!("{} {} {}", parts[0], "0".repeat(64), parts[2]) } else { parts.join(" ") };
                all.push(line);
                all
            });
        assert_eq!(refused(&format!("{}\n", stolen.join("\n"))), TombstoneError::BadSignature { line: 3 });
        // What somebody wrote with keys of their own.
        let mallory = plainsight_store::TombstoneKeys::new(&plainsight_vault::DataKeyRing::new(1, &[1; 32]), world.organisation, ZONE);
        let file = TombstoneFile::at(world.outside.path().join("forged"));
        file.lay(vec![mallory.carve(four[3].contact, world.now().date())]).await.unwrap();
        let forged = file.read().await.unwrap();
        assert!(matches!(UntrustedTombstones::parse(&forged).unwrap().trust(&keys), Err(TombstoneError::BadSignature { line: 2 })));
        let (some, lines) = UntrustedTombstones::parse(&forged).unwrap().trust_some(&keys);
        assert!(some.is_empty() && lines == [2]);
    })
    .await;
}

/// The disk refuses the tombstone: then the key stays, and what is half done ends by itself when the disk takes it again.
#[tokio::test]
async fn no_key_is_deleted_before_its_tombstone_is_on_the_disk() {
    on_both(|world| async move {
        let filed = world.file(&normal()).await;
        world.open(&world.ana, filed.contact).await.unwrap();
        let nowhere = Cabinet { tombstones: TombstoneFile::at("/nowhere/tombstones"), ..world.desk.clone() };
        assert!(matches!(erase(&nowhere, &world.sue, filed.contact, WhyErased::NoRight).await, Err(Trouble::TombstoneFile(_))));
        assert!(world.header(filed.contact).await.flags.erased);
        assert_eq!(keys(&world.db, world.organisation, filed.contact).await.len(), 1, "the key waits for its tombstone");
        assert!(sweep(&nowhere, &mut Swept::default(), None).await.is_err());
        assert_eq!(keys(&world.db, world.organisation, filed.contact).await.len(), 1);

        sweep(&world.desk, &mut Swept::default(), None).await.unwrap();
        assert!(is_erased(&world.desk, filed.contact).await);
        let list = believed(&world.desk, &newest(&world).await);
        assert!(list.len() == 1 && list.tell_of(&erasure::keys(&world.desk), filed.contact));
    })
    .await;
}

/// Killed between tombstone and key: the next sweep deletes the key, and lays no second stone.
#[tokio::test]
async fn what_was_killed_between_tombstone_and_key_is_ended_by_the_next_sweep() {
    on_both(|world| async move {
        let filed = world.file(&normal()).await;
        world.open(&world.ana, filed.contact).await.unwrap();
        let wraps = keystore::of_contact(world.db.keystore().read(), world.organisation, filed.contact).await.unwrap();
        erase(&world.desk, &world.sue, filed.contact, WhyErased::Asked).await.unwrap();
        let laid = newest(&world).await;
        // As it was the moment before the key was deleted.
        let wrap = wraps[0].clone();
        let keystore = world.db.keystore();
        keystore.tx("test.key", work!([wrap], |tx| keystore::insert(tx, wrap).await.map_err(StoreError::from))).await.unwrap();
        assert_eq!(keys(&world.db, world.organisation, filed.contact).await.len(), 1);
        sweep(&world.desk, &mut Swept::default(), None).await.unwrap();
        assert!(is_erased(&world.desk, filed.contact).await);
        assert_eq!(newest(&world).await, laid);
    })
    .await;
}

/// What an older version erased, or another host, or a list that was lost: the tombstones are written anew.
#[tokio::test]
async fn a_lost_list_is_written_anew_from_what_is_marked_as_erased() {
    on_both(|world| async move {
        let four = four(&world).await;
        erase_three(&world, &four).await;
        std::fs::remove_file(world.desk.tombstones.path()).unwrap();
        sweep(&world.desk, &mut Swept::default(), None).await.unwrap();
        let list = believed(&world.desk, &newest(&world).await);
        let keys = erasure::keys(&world.desk);
        assert_eq!(four.each_ref().map(|filed| list.tell_of(&keys, filed.contact)), [true, true, true, false]);
    })
    .await;
}

/// A hold that an older backup still knows had ended before the erasure, or there would have been none.
#[tokio::test]
async fn a_legal_hold_of_an_older_backup_brings_nothing_back() {
    on_both(|world| async move {
        let filed = world.file(&normal()).await;
        world.open(&world.ana, filed.contact).await.unwrap();
        keep_for_law(&world.desk, &world.sue, filed.contact, "a court asked".into(), true).await.unwrap();
        let backup = back_up(&world).await;
        assert!(matches!(erase(&world.desk, &world.sue, filed.contact, WhyErased::Asked).await, Err(Trouble::Kept)));
        assert_eq!(newest(&world).await, b"", "what is kept gets no tombstone");
        keep_for_law(&world.desk, &world.sue, filed.contact, "the court is done".into(), false).await.unwrap();
        erase(&world.desk, &world.sue, filed.contact, WhyErased::Asked).await.unwrap();
        let restored = put_back(&world, &backup, &backup).await;
        let list = believed(&restored, &newest(&world).await);
        assert_eq!(replay(&restored, &list).await.unwrap().erased, 1);
        assert!(is_erased(&restored, filed.contact).await);
        restored.store.close().await;
    })
    .await;
}

/// An old content beside a new keystore: folders whose key is gone are nobody's any more, keys without a folder are deleted, and
/// neither is shown.
#[tokio::test]
async fn content_that_is_older_than_the_keystore_leaves_nothing_half() {
    on_both(|world| async move {
        let four = four(&world).await;
        let old = back_up(&world).await;
        erase_three(&world, &four).await;
        let late = world.file(&normal()).await;
        let new = back_up(&world).await;
        // Even with the list of tombstones lost.
        let restored = put_back(&world, &old, &new).await;
        let replayed = replay(&restored, &Tombstones::default()).await.unwrap();
        assert_eq!(replayed, Replayed { erased: 0, without_key: 3, keys_alone: 1 });
        for filed in &four[..3] {
            assert!(is_erased(&restored, filed.contact).await);
        }
        assert!(opens(&restored, &world, four[3].contact).await);
        assert!(keys(&restored.store, world.organisation, late.contact).await.is_empty());
        assert_eq!(listed(&world, &restored).await, HashSet::from([four[3].contact]));
        // Of the report that came later nothing was erased: were a newer backup put back, it would be there.
        let laid = believed(&restored, &restored.tombstones.read().await.unwrap());
        assert!(!laid.tell_of(&erasure::keys(&restored), late.contact));
        let read = restored.store.content().read();
        plainsight_ledger::verify(read, world.organisation, ZONE, None).await.unwrap();
        let acts = restored.ledger.read(read, world.organisation, ZONE, None, 100).await.unwrap();
        assert_eq!(acts.iter().filter(|entry| entry.act == "contact.key_gone").count(), 3);
        restored.store.close().await;
    })
    .await;
}

/// A copy that is made while people report and advisers erase has every key of every folder, and a chain that holds.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_copy_that_is_made_during_work_is_whole() {
    on_both(|world| async move {
        for _ in 0..5 {
            world.file(&full_report()).await;
        }
        let stop = std::sync::atomic::AtomicBool::new(false);
        let begun = tokio::sync::Semaphore::new(0);
        let writing = async {
            let mut filed = Vec::new();
            while !stop.load(std::sync::atomic::Ordering::SeqCst) {
                let one = world.file(&full_report()).await;
                if filed.len() % 3 == 1 {
                    withdraw(&world.public, &world.pepper(), &one.root).await.unwrap();
                }
                filed.push(one);
                begun.add_permits(1);
            }
            filed
        };
        let copying = async {
            let mut backups = Vec::new();
            for _ in 0..3 {
                begun.acquire_many(2).await.unwrap().forget();
                backups.push(back_up(&world).await);
            }
            stop.store(true, std::sync::atomic::Ordering::SeqCst);
            backups
        };
        let (filed, backups) = tokio::join!(writing, copying);
        assert!(filed.len() >= 6, "work went on meanwhile");
        for backup in &backups {
            for which in [plainsight_store::Which::Content, plainsight_store::Which::Keystore] {
                let Manifest { kind, .. } = backup.manifest;
                backup::check(backup.folder.path(), kind, which, backup.manifest.copied(which)).await.unwrap();
            }
            let restored = put_back(&world, backup, backup).await;
            let list = believed(&restored, &backup.tombstones);
            let replayed = replay(&restored, &list).await.unwrap();
            assert_eq!(replayed.without_key, 0, "each folder of the copy has its key, or its tombstone");
            plainsight_ledger::verify(restored.store.content().read(), world.organisation, ZONE, None).await.unwrap();
            for contact in listed(&world, &restored).await {
                assert!(opens(&restored, &world, contact).await);
            }
            restored.store.close().await;
        }
    })
    .await;
}

/// After an erasure the bytes are in no log either, without anybody stopping the program.
#[tokio::test]
async fn erased_bytes_leave_the_log_at_once() {
    on_sqlite(|world| async move {
        assert_eq!(world.db.backend(), DbBackend::Sqlite);
        let filed = world.file(&full_report()).await;
        let canaries = canaries(&world, filed.contact).await;
        let folder = world.db.folder().unwrap();
        assert!(canaries.iter().all(|canary| in_a_file(folder, canary)));
        assert_eq!(withdraw(&world.public, &world.pepper(), &filed.root).await.unwrap(), Withdrawn::Erased);
        assert!(canaries.iter().all(|canary| !in_a_file(folder, canary)));
    })
    .await;
}
