//! Two processes: what each may hold, and what `serve` and `demo` refuse.

use std::fs;

use plainsight_tests::house::{House, On};

/// The public process takes reports and gives receipts without the desk's key: it never has it, so nobody can take it there.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_public_process_needs_no_key_of_the_desk() {
    let mut house = House::load(On::Sqlite, 0).await.unwrap();
    let key = house.folder.path().join("keys/desk.key");
    let kept = fs::read(&key).unwrap();
    fs::remove_file(&key).unwrap();
    house.start("public").await.unwrap();
    let mut phone = house.phone();
    phone.get("/?lang=en").await.unwrap();
    let receipt = phone.report("sent while the desk's key is far away").await.unwrap();
    phone.press("read", &[]).await.unwrap();
    phone.press("open", &[("receipt", &receipt)]).await.unwrap();
    assert_eq!(phone.hidden("page").as_deref(), Some("messages"));
    fs::write(&key, kept).unwrap();
}

/// The other way round: a desk does not need what the public process holds.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_desk_needs_no_key_of_the_public_process() {
    let mut house = House::load(On::Sqlite, 3).await.unwrap();
    fs::remove_file(house.folder.path().join("keys/public.key")).unwrap();
    house.start("desk").await.unwrap();
}

/// A key file that anybody can read is no key file.
#[tokio::test]
async fn a_key_that_others_may_read_is_refused_with_what_to_do() {
    use std::os::unix::fs::PermissionsExt as _;
    let house = House::load(On::Sqlite, 0).await.unwrap();
    let key = house.folder.path().join("keys/desk.key");
    fs::set_permissions(&key, fs::Permissions::from_mode(0o644)).unwrap();
    let (well, said) = house.command(&["doctor"]).unwrap();
    assert!(!well);
    assert!(said.contains("chmod 600"), "{said}");
}

/// Nobody should report into a demo.
#[tokio::test]
async fn serve_refuses_invented_data() {
    let house = House::load(On::Sqlite, 0).await.unwrap();
    for words in [&["serve"][..], &["serve", "--only", "public"], &["serve", "--only", "desk"]] {
        let (well, said) = house.command(words).unwrap();
        assert!(!well && said.contains("invented data"), "{words:?}: {said}");
    }
}

/// A demo is for this machine only.
#[tokio::test]
async fn demo_refuses_to_be_seen_from_outside() {
    let house = House::load(On::Sqlite, 0).await.unwrap();
    let said = house.bare_command(&["demo", "--public", "0.0.0.0:8080"]).unwrap();
    assert!(!said.0 && said.1.contains("this machine only"), "{}", said.1);
}
