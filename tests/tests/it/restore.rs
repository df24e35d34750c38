//! A backup is made while people report, somebody withdraws, the machine dies, the backup is put back: what was withdrawn is not
//! there, and everything else is.

use std::fs;
use std::path::{Path, PathBuf};

use plainsight_tests::house::{House, On};

const KEPT: &str = "KeptWordsQx9";
const TAKEN_BACK: &str = "TakenBackWordsQx9";

/// The only backup of a folder.
fn only(shelf: &Path) -> PathBuf {
    let mut found: Vec<PathBuf> = fs::read_dir(shelf).unwrap().map(|entry| entry.unwrap().path()).collect();
    assert_eq!(found.len(), 1, "{found:?}");
    found.remove(0)
}

fn text(path: &Path) -> &str {
    path.to_str().unwrap()
}

fn does(house: &House, words: &[&str]) -> String {
    let (well, said) = house.command(words).unwrap();
    assert!(well, "{words:?}: {said}");
    said
}

fn refuses(house: &House, words: &[&str], why: &str) {
    let (well, said) = house.command(words).unwrap();
    assert!(!well && said.contains(why), "{words:?} should fail with {why:?}: {said}");
}

/// Whether a receipt leads to a mailbox.
async fn leads(house: &House, receipt: &str) -> bool {
    let mut phone = house.phone();
    phone.get("/?lang=en").await.unwrap();
    phone.press("read", &[]).await.unwrap();
    phone.press("open", &[("receipt", receipt)]).await.unwrap();
    phone.page.contains("withdraw-ask")
}

async fn withdraw(house: &House, receipt: &str) {
    let mut phone = house.phone();
    phone.get("/?lang=en").await.unwrap();
    phone.press("read", &[]).await.unwrap();
    phone.press("open", &[("receipt", receipt)]).await.unwrap();
    phone.press("withdraw-ask", &[]).await.unwrap();
    phone.press("withdraw", &[]).await.unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_was_withdrawn_stays_withdrawn_when_the_backup_of_before_is_put_back() {
    for on in On::BOTH {
        there_and_back(on).await;
    }
}

async fn there_and_back(on: On) {
    let mut house = House::load(on, 3).await.unwrap();
    house.start("public").await.unwrap();
    house.start("desk").await.unwrap();
    let kept = house.phone().report(KEPT).await.unwrap();
    let taken_back = house.phone().report(TAKEN_BACK).await.unwrap();
    let shelf = house.folder.path().join("shelf");
    does(&house, &["backup", "make", text(&shelf)]);
    let backup = only(&shelf);
    let backup = text(&backup);
    withdraw(&house, &taken_back).await;
    assert!(leads(&house, &kept).await && !leads(&house, &taken_back).await);

    refuses(&house, &["restore", backup, "--replace"], "still uses this instance");
    house.kill().unwrap();
    refuses(&house, &["restore", backup], "say --replace");
    if on == On::Sqlite {
        // As a restoring leaves it that was killed: nothing opens what may be half of one and half of another.
        fs::create_dir(house.folder.path().join("data/restoring")).unwrap();
        refuses(&house, &["ledger", "verify"], "run `plainsight restore` again");
    }
    let said = does(&house, &["restore", backup, "--replace"]);
    assert!(said.contains("1 folder erased again before anybody could open them"), "{said}");
    assert!(said.contains("set aside"), "{said}");
    let said = does(&house, &["ledger", "verify"]);
    assert!(said.contains("helpline: ") && !said.contains("BROKEN"), "{said}");

    house.start("public").await.unwrap();
    house.start("desk").await.unwrap();
    assert!(leads(&house, &kept).await, "{on:?}: what was not withdrawn is back");
    assert!(!leads(&house, &taken_back).await, "{on:?}: what was withdrawn is not");
    let (_, said) = house.command(&["doctor"]).unwrap();
    assert!(said.contains("set aside when a backup was put back"), "{said}");
    // On another machine there is no list but that of the backup: the administrator is told what that means, and what to do.
    house.kill().unwrap();
    let (list, away) =
        (house.folder.path().join(if on == On::Sqlite { "data/tombstones" } else { "tombstones" }), house.folder.path().join("away"));
    fs::rename(&list, &away).unwrap();
    let said = does(&house, &["restore", backup, "--replace"]);
    assert!(said.contains("WRONG  this instance had no list of tombstones"), "{said}");
    // The restoring made a list; that a newer one is missing is said all the same until somebody answers, whoever tries again or looks.
    let said = does(&house, &["restore", backup, "--replace"]);
    assert!(said.contains("WRONG  this instance had no list of tombstones"), "{said}");
    let (_, said) = house.command(&["doctor"]).unwrap();
    assert!(said.contains("without the newest list of tombstones"), "{said}");
    let said = does(&house, &["restore", backup, "--replace", "--tombstones", text(&away)]);
    assert!(said.contains("1 folder erased again") && !said.contains("WRONG"), "{said}");
    let (_, said) = house.command(&["doctor"]).unwrap();
    assert!(!said.contains("without the newest list of tombstones"), "{said}");
    house.start("public").await.unwrap();
    house.start("desk").await.unwrap();
    assert!(leads(&house, &kept).await && !leads(&house, &taken_back).await);
    // A new report can be sent and read: numbers that the database draws go on.
    let newer = house.phone().report("after the fire").await.unwrap();
    assert!(leads(&house, &newer).await);
}

/// Every way in which a backup is not what it says is named, and leaves the instance as it was.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_backup_that_is_not_whole_or_not_ours_is_refused() {
    for on in On::BOTH {
        refused(on).await;
    }
}

async fn refused(on: On) {
    let house = House::load(on, 3).await.unwrap();
    let shelf = house.folder.path().join("shelf");
    does(&house, &["backup", "make", text(&shelf)]);
    let good = only(&shelf);
    let ending = if on == On::Sqlite { "sqlite" } else { "rows" };
    let copy = |name: &str| {
        let folder = house.folder.path().join(name);
        fs::create_dir(&folder).unwrap();
        for entry in fs::read_dir(&good).unwrap() {
            let path = entry.unwrap().path();
            fs::copy(&path, folder.join(path.file_name().unwrap())).unwrap();
        }
        folder
    };
    for name in ["content", "keystore"] {
        let cut = copy(&format!("cut-{name}"));
        let file = cut.join(format!("{name}.{ending}"));
        let bytes = fs::read(&file).unwrap();
        fs::write(&file, &bytes[..bytes.len() - 1]).unwrap();
        let why = format!("{name}.{ending} was cut or changed");
        refuses(&house, &["restore", text(&cut), "--replace"], &why);
        refuses(&house, &["backup", "check", text(&cut)], &why);
    }
    let forged = copy("forged-manifest");
    let manifest = fs::read_to_string(forged.join("manifest")).unwrap();
    fs::write(forged.join("manifest"), manifest.replace("program=", "program=1")).unwrap();
    refuses(&house, &["restore", text(&forged), "--replace"], "the manifest was changed");
    refuses(&house, &["backup", "check", text(&forged)], "the manifest was changed");
    let half = copy("half");
    fs::remove_file(half.join("manifest")).unwrap();
    refuses(&house, &["restore", text(&half), "--replace"], "is no backup");

    let list = house.folder.path().join("list");
    let line = format!("2026-12-01 {} {}", "a".repeat(64), "b".repeat(128));
    fs::write(&list, format!("plainsight-tombstones=1\n{line}\n")).unwrap();
    let with = ["restore", text(&good), "--replace", "--tombstones", text(&list)];
    refuses(&house, &with, "line 2 was not signed by this instance");
    fs::write(&list, "plainsight-tombstones=1\nsomething\n").unwrap();
    refuses(&house, &with, "line 2 of the list of tombstones cannot be read");
    fs::write(&list, format!("plainsight-tombstones=1\n{line}\n{}", &line[..40])).unwrap();
    let said = does(&house, &[&with[..], &["--ignore-forged"]].concat());
    assert!(said.contains("count for nothing: 2") && said.contains("the last line of") && said.contains("0 folders erased"), "{said}");
    does(&house, &["ledger", "verify"]);
}

/// The keystore of an old backup goes after 14 days, its content later, and the last way back never.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn copies_of_the_keystore_live_for_fourteen_days() {
    let house = House::load(On::Sqlite, 3).await.unwrap();
    let shelf = house.folder.path().join("shelf");
    does(&house, &["backup", "make", text(&shelf)]);
    let new = only(&shelf);
    let aged = |stamp: &str| {
        let folder = shelf.join(stamp);
        fs::create_dir(&folder).unwrap();
        for name in ["content.sqlite", "keystore.sqlite", "tombstones"] {
            fs::copy(new.join(name), folder.join(name)).unwrap();
        }
        let manifest = fs::read_to_string(new.join("manifest")).unwrap();
        let made = manifest.lines().nth(1).unwrap().to_owned();
        fs::write(folder.join("manifest"), manifest.replace(&made, &format!("made={stamp}"))).unwrap();
        folder
    };
    let days_ago = |days: i64| plainsight_store::backup::stamp(time_now() - time::Duration::days(days));
    let (young, old, ancient) = (aged(&days_ago(13)), aged(&days_ago(15)), aged(&days_ago(91)));
    let abandoned = shelf.join(format!("{}.unfinished", days_ago(2)));
    fs::create_dir(&abandoned).unwrap();
    fs::write(abandoned.join("keystore.sqlite"), "half").unwrap();
    let running = shelf.join(format!("{}.unfinished", days_ago(0)));
    fs::create_dir(&running).unwrap();

    let (well, said) = house.bare_command(&["backup", "prune", text(&shelf)]).unwrap();
    assert!(well, "{said}");
    let keys = |folder: &Path| folder.join("keystore.sqlite").exists();
    assert!(keys(&new) && keys(&young) && !keys(&old) && old.join("content.sqlite").exists());
    assert!(!ancient.exists() && !abandoned.exists() && running.exists());
    refuses(&house, &["restore", text(&old), "--replace"], "the manifest was changed");

    let last = aged(&days_ago(40));
    for folder in [&new, &young] {
        fs::remove_dir_all(folder).unwrap();
    }
    let (well, said) = house.bare_command(&["backup", "prune", text(&shelf)]).unwrap();
    assert!(!well && said.contains("is the newest backup and older than 14 days"), "{said}");
    assert!(keys(&last), "nobody's last way back is thrown away");
}

#[expect(clippy::disallowed_methods, reason = "the program that is tested reads the real clock")]
fn time_now() -> time::OffsetDateTime {
    time::OffsetDateTime::now_utc()
}
