//! What the program says when something is missing or mistyped: what it is, and what to do next. Nothing is changed.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;

use crate::program::{Instance, plainsight};

fn check(complaint: &str, parts: &[&str]) {
    assert!(complaint.starts_with("error: "), "{complaint}");
    for part in parts {
        assert!(complaint.contains(part), "{part:?} in {complaint:?}");
    }
}

#[test]
fn a_missing_or_wrong_configuration() {
    let folder = tempfile::tempdir().unwrap();
    let missing = plainsight(folder.path(), &["init", "--config", "nowhere.toml"]);
    assert!(!missing.well);
    check(&missing.complained, &["nowhere.toml", "write one", "docs/administrator.md"]);
    let unnamed = plainsight(folder.path(), &["doctor"]);
    assert!(!unnamed.well && unnamed.complained.contains("--config <FILE>"), "{unnamed:?}");
    let instance = Instance::configured();
    fs::write(instance.path("plainsight.toml"), "data = \"data\"\n[keys]\npublik = \"x\"\n").unwrap();
    check(&instance.fails(&["init"]), &["plainsight.toml is not a valid configuration", "publik"]);
}

#[test]
fn steps_in_the_wrong_order() {
    let instance = Instance::configured();
    check(&instance.fails(&["organisation", "add", "Westmere"]), &["run `plainsight init`"]);
    check(&instance.fails(&["member", "list"]), &["run `plainsight init`"]);
    check(&instance.fails(&["serve"]), &["run `plainsight init`"]);
    instance.does(&["init"]);
    for early in [&["member", "list"][..], &["team", "list"], &["ledger", "verify"], &["serve"]] {
        check(&instance.fails(early), &["run `plainsight organisation add`"]);
    }
    instance.does(&["organisation", "add", "Westmere"]);
    check(&instance.fails(&["organisation", "add", "Another"]), &["already has an organisation", "an instance of its own"]);
}

/// Scanning is never on in silence, and a scanner that is gone is not passed over.
#[test]
fn a_scanner_that_was_chosen_and_is_not_there() {
    let instance = Instance::made();
    let said = instance.run(&["doctor"]).said;
    assert!(said.contains("fine   files are cleaned in a process that is confined") && !said.contains("scan"), "{said}");
    let file = instance.path("plainsight.toml");
    let config = fs::read_to_string(&file).unwrap();
    fs::write(&file, format!("{config}files = {{ scan = \"clamd.ctl\" }}\n")).unwrap();
    let doctor = instance.run(&["doctor"]);
    assert!(!doctor.well && doctor.said.contains("look   virus scanning is on"), "{}", doctor.said);
    assert!(doctor.said.contains("WRONG  not scanned: the scanner at") && doctor.said.contains("no file passes"), "{}", doctor.said);
}

#[test]
fn key_files_that_are_gone_open_to_others_or_wrong() {
    let instance = Instance::made();
    let key = instance.path("keys/desk.key");
    fs::set_permissions(&key, fs::Permissions::from_mode(0o640)).unwrap();
    check(&instance.fails(&["member", "list"]), &["others may read the key file", "chmod 600"]);
    check(&instance.fails(&["init"]), &["chmod 600"]);
    assert!(instance.run(&["doctor"]).said.contains("WRONG  others may read the key file"));

    // Another instance's key.
    let own = fs::read(&key).unwrap();
    fs::remove_file(&key).unwrap();
    let other = Instance::made();
    fs::copy(other.path("keys/desk.key"), &key).unwrap();
    check(&instance.fails(&["member", "list"]), &["is this the right desk key?"]);
    fs::write(&key, "not a key\n").unwrap();
    check(&instance.fails(&["member", "list"]), &["desk.key is not a key file"]);

    // Gone: a new one would open nothing, so init makes none.
    fs::remove_file(&key).unwrap();
    check(&instance.fails(&["init"]), &["desk.key is gone", "put the copy back"]);
    assert!(!key.exists());
    fs::write(&key, own).unwrap();
    fs::set_permissions(&key, fs::Permissions::from_mode(0o600)).unwrap();
    instance.does(&["member", "list"]);

    // In the data folder, a backup would carry what it should protect from.
    let text = fs::read_to_string(instance.path("plainsight.toml")).unwrap();
    fs::create_dir(instance.path("data/keys")).unwrap();
    fs::copy(&key, instance.path("data/keys/desk.key")).unwrap();
    fs::write(instance.path("plainsight.toml"), text.replace("keys/desk.key", "data/keys/desk.key")).unwrap();
    assert!(instance.run(&["doctor"]).said.contains("WRONG  the desk key file lies in the data folder"));
}

#[test]
fn members_teams_and_roles_that_are_not_there() {
    let instance = Instance::made();
    instance.member("ana", "helpline:adviser");
    let as_ana = ["--as", "ana", "--password-file", "ana.password"];
    instance.does(&[["team", "add", "Night desk"].as_slice(), &as_ana].concat());
    let no_member = "there is no member \"bob\" with an open account: see `plainsight member list`";
    check(&instance.fails(&["member", "reset", "bob"]), &[no_member]);
    check(&instance.fails(&["member", "close", "bob"]), &[no_member]);
    check(&instance.fails(&["team", "add", "Day desk", "--as", "bob"]), &[no_member]);
    check(&instance.fails(&[["team", "grant", "Night desk", "bob"].as_slice(), &as_ana].concat()), &[no_member]);
    check(&instance.fails(&[["team", "leave", "Night desk", "bob"].as_slice(), &as_ana].concat()), &[no_member]);
    let turn = ["--weekday", "1", "--from", "08:00", "--to", "20:00"];
    check(&instance.fails(&[["rota", "add", "Night desk", "bob"].as_slice(), &turn].concat()), &[no_member]);
    let gone = instance.fails(&["rota", "remove", "Night desk", "ana", "--weekday", "1", "--from", "08:00"]);
    check(&gone, &["ana has no turn on day 1 from 08:00: see `plainsight rota show \"Night desk\"`"]);
    check(&instance.fails(&["member", "pager", "bob", "b@example.org"]), &[no_member]);
    check(&instance.fails(&["member", "pager", "ana", "ana at home"]), &["a pager address is an e-mail address"]);
    let no_team = "there is no team \"Nigt desk\": see `plainsight team list`";
    check(&instance.fails(&["rota", "show", "Nigt desk"]), &[no_team]);
    check(&instance.fails(&[["team", "rotate", "Nigt desk"].as_slice(), &as_ana].concat()), &[no_team]);

    let add = |role: &str| instance.fails(&["member", "add", "bob", "--name", "Bob", "--email", "bob@example.org", "--role", role]);
    check(&add("helpline:advisor"), &["there is no role helpline:advisor", "helpline:adviser, helpline:supervisor"]);
    check(&add("adviser"), &["a role is written zone:role"]);
    assert_eq!(instance.does(&["member", "list"]).lines().count(), 1);
    let zone = instance.fails(&["ledger", "verify", "--zone", "helplin"]);
    check(&zone, &["there is no zone \"helplin\"", "people, helpline"]);
    check(&instance.fails(&["ledger", "head", "--zone", "helplin"]), &["there is no zone"]);
}

#[test]
fn passwords_that_are_wrong_or_cannot_be_asked_for() {
    let instance = Instance::made();
    instance.member("ana", "helpline:adviser");
    let add = ["team", "add", "Night desk", "--as", "ana"];
    check(&instance.fails(&add), &["use --password-file"]);
    fs::write(instance.path("wrong"), "not the password at all\n").unwrap();
    check(
        &instance.fails(&[&add[..], &["--password-file", "wrong"]].concat()),
        &["that is not the password of ana", "nothing was changed"],
    );
    fs::write(instance.path("empty"), "").unwrap();
    check(&instance.fails(&[&add[..], &["--password-file", "empty"]].concat()), &["its first line must be the password"]);
    assert_eq!(instance.does(&["team", "list"]), "");
}

/// What is shown only once is shown, even when a later part of the command fails.
#[test]
fn a_wrong_pager_address_does_not_cost_the_first_password() {
    let instance = Instance::made();
    let ended = instance.run(&[
        "member",
        "add",
        "ana",
        "--name",
        "Ana",
        "--email",
        "ana@example.org",
        "--role",
        "helpline:adviser",
        "--pager",
        "07700 900123",
    ]);
    assert!(!ended.well && ended.said.contains("first password: ") && ended.said.contains("second factor:"), "{ended:?}");
    check(&ended.complained, &["the account is made, but has no pager address", "e-mail address"]);
}
