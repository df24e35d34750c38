//! The administrator's path from an empty folder to a helpline that is staffed, as docs/administrator.md walks it.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;

use plainsight_helpline::Proof;
use plainsight_store::Entropy as _;
use plainsight_testkit::TestEntropy;
use plainsight_vault::InstanceKey;

use crate::program::Instance;

const DAYS: [&str; 7] = ["1", "2", "3", "4", "5", "6", "7"];

#[test]
fn from_an_empty_folder_to_a_staffed_helpline() {
    let instance = Instance::configured();
    let said = instance.does(&["init"]);
    assert!(said.contains("made") && said.contains("Keep the key files apart"), "{said}");
    for key in ["keys/public.key", "keys/desk.key"] {
        assert_eq!(fs::metadata(instance.path(key)).unwrap().permissions().mode() & 0o777, 0o600, "{key}");
    }
    assert_eq!(fs::metadata(instance.path("data")).unwrap().permissions().mode() & 0o777, 0o700);
    let before = fs::read(instance.path("keys/desk.key")).unwrap();
    assert!(instance.does(&["init"]).contains("kept"), "a second start of init keeps the keys");
    assert_eq!(fs::read(instance.path("keys/desk.key")).unwrap(), before);

    instance.does(&["organisation", "add", "Westmere Helpline"]);
    instance.member("ana", "helpline:adviser");
    instance.member("ben", "helpline:supervisor");
    let listed = instance.does(&["member", "list"]);
    assert!(listed.contains("ana Wintergreen") && listed.contains("helpline:supervisor"), "{listed}");

    let checked = instance.run(&["doctor"]);
    assert!(!checked.well && checked.said.contains("no team takes reports: run `plainsight team add"), "{checked:?}");
    let as_ana = ["--as", "ana", "--password-file", "ana.password"];
    instance.does(&[["team", "add", "Night desk", "--intake"].as_slice(), &as_ana].concat());
    let checked = instance.run(&["doctor"]);
    assert!(checked.said.contains("one member holds the key of the team \"Night desk\""), "{checked:?}");
    instance.does(&[["team", "grant", "Night desk", "ben"].as_slice(), &as_ana].concat());
    assert!(instance.does(&["team", "list"]).contains("Night desk  (key 1, 2 hold it)"));

    assert!(instance.does(&["rota", "show", "Night desk"]).starts_with("nobody "));
    for day in DAYS {
        instance.does(&["rota", "add", "Night desk", "ana", "--weekday", day, "--from", "20:00", "--to", "08:00"]);
        instance.does(&["rota", "add", "Night desk", "ben", "--weekday", day, "--from", "08:00", "--to", "20:00"]);
    }
    let shown = instance.does(&["rota", "show", "Night desk"]);
    assert!(shown.starts_with("Monday     08:00-20:00  ben Wintergreen\nMonday     20:00-08:00  ana Wintergreen\n"), "{shown}");
    assert!(shown.ends_with("somebody is on call at every hour of the coming week\n"), "{shown}");

    // A turn that was mistyped goes again, by the name of who has it and when it begins.
    instance.does(&["rota", "add", "Night desk", "ana", "--weekday", "3", "--from", "09:00", "--to", "10:00"]);
    instance.does(&["rota", "remove", "Night desk", "ana", "--weekday", "3", "--from", "09:00"]);
    assert_eq!(instance.does(&["rota", "show", "Night desk"]), shown);
    assert_eq!(instance.does(&["member", "pager", "ben", "ben@pager.example.org"]), "ben is paged at ben@pager.example.org\n");
    assert_eq!(instance.does(&["member", "pager", "ben"]), "ben is not paged any more\n");

    let checked = instance.does(&["doctor"]);
    assert!(!checked.contains("WRONG"), "{checked}");
    for fine in ["2 members hold the key of the team \"Night desk\"", "reports go to the team Night desk", "somebody is on call"] {
        assert!(checked.contains(fine), "{fine} in {checked}");
    }
    let verified = instance.does(&["ledger", "verify"]);
    assert!(verified.contains("people: ") && !verified.contains("BROKEN"), "{verified}");

    // Ben leaves: the team gets a new key, his account closes, his turns are holes.
    instance.does(&[["team", "leave", "Night desk", "ben"].as_slice(), &as_ana].concat());
    let closed = instance.does(&["member", "close", "ben"]);
    assert!(!closed.contains("needs a new key"), "{closed}");
    assert!(instance.does(&["team", "list"]).contains("(key 2, 1 hold it)"));
    assert!(instance.does(&["member", "list"]).contains("helpline:supervisor (closed)"));
    assert!(instance.does(&["rota", "show", "Night desk"]).contains("nobody "));

    // Ana loses her phone; nobody else holds the key, and doctor says what that means.
    let reset = instance.does(&["member", "reset", "ana"]);
    assert!(reset.contains("holds no team's key"), "{reset}");
    let checked = instance.run(&["doctor"]);
    assert!(!checked.well && checked.said.contains("WRONG  nobody holds the key of the team \"Night desk\""), "{checked:?}");
}

/// Whoever reads the ledger is somebody of their own: no second role, no team's key.
#[test]
fn an_auditor_is_made_and_holds_nothing_else() {
    let instance = Instance::made();
    instance.member("maud", "people:auditor");
    instance.member("ana", "helpline:adviser");
    assert!(instance.does(&["member", "list"]).contains("maud Wintergreen             people:auditor"));
    let add = ["member", "add", "bob", "--name", "Bob", "--email", "bob@example.org", "--role", "people:auditor", "--role"];
    for other in ["people:administrator", "helpline:adviser"] {
        let refused = instance.fails(&[add.as_slice(), &[other]].concat());
        assert!(refused.contains("an auditor holds no other role"), "{refused}");
    }
    let as_ana = ["--as", "ana", "--password-file", "ana.password"];
    instance.does(&[["team", "add", "Night desk", "--intake"].as_slice(), &as_ana].concat());
    let refused = instance.fails(&[["team", "grant", "Night desk", "maud"].as_slice(), &as_ana].concat());
    assert!(refused.contains("no role in the team's zone"), "{refused}");
}

/// What close says to do next can be done.
#[test]
fn after_an_account_is_closed_a_holder_makes_the_new_key() {
    let instance = Instance::made();
    instance.member("ana", "helpline:adviser");
    instance.member("ben", "helpline:adviser");
    let as_ana = ["--as", "ana", "--password-file", "ana.password"];
    instance.does(&[["team", "add", "Night desk", "--intake"].as_slice(), &as_ana].concat());
    instance.does(&[["team", "grant", "Night desk", "ben"].as_slice(), &as_ana].concat());
    let said = instance.does(&["member", "close", "ben"]);
    assert!(said.contains("plainsight team rotate \"Night desk\" --as HOLDER"), "{said}");
    assert!(instance.does(&["team", "list"]).contains("new key due"));
    instance.does(&[["team", "rotate", "Night desk"].as_slice(), &as_ana].concat());
    assert!(instance.does(&["team", "list"]).contains("(key 2, 1 hold it)"));
}

/// A changed entry is found and named, a cut-off end is found by a head that was kept elsewhere.
#[test]
fn a_changed_or_shortened_ledger_is_found() {
    let instance = Instance::made();
    instance.member("ana", "helpline:adviser");
    instance.member("ben", "helpline:adviser");
    assert!(instance.does(&["ledger", "verify"]).starts_with("people: 3 entries, whole\n"));
    let head = instance.does(&["ledger", "head", "--zone", "people"]);
    fs::write(instance.path("head.txt"), &head).unwrap();
    instance.member("cat", "helpline:adviser");
    assert_eq!(instance.does(&["ledger", "verify", "--head", "head.txt"]), "people: 4 entries, whole\n");

    // Somebody cuts off the last two entries and mends the kept end: the chain alone looks whole.
    fs::copy(instance.path("data/content.sqlite"), instance.path("before.sqlite")).unwrap();
    instance.tamper("DELETE FROM ledger_entries WHERE zone = 'people' AND seq > 2");
    instance.tamper(
        "UPDATE ledger_heads SET entries = 2, hash = (SELECT hash FROM ledger_entries WHERE zone = 'people' AND seq = 2) \
         WHERE zone = 'people'",
    );
    assert!(instance.does(&["ledger", "verify"]).starts_with("people: 2 entries, whole\n"));
    let short = instance.run(&["ledger", "verify", "--head", "head.txt"]);
    assert!(!short.well && short.said.contains("people: BROKEN"), "{short:?}");

    fs::copy(instance.path("before.sqlite"), instance.path("data/content.sqlite")).unwrap();
    instance.tamper("UPDATE ledger_entries SET body = zeroblob(length(body)) WHERE zone = 'people' AND seq = 2");
    let changed = instance.run(&["ledger", "verify"]);
    assert!(!changed.well && changed.said.contains("people: BROKEN: the ledger was changed at entry 2"), "{changed:?}");
    assert!(changed.said.contains("helpline: 0 entries, whole"), "the other zone's is looked at too: {changed:?}");
    let signed = instance.fails(&["ledger", "head", "--zone", "people"]);
    assert!(signed.contains("entry 2"), "a broken chain is not signed: {signed}");

    fs::write(instance.path("head.txt"), head.replace("entries=3", "entries=2")).unwrap();
    assert!(instance.fails(&["ledger", "verify", "--head", "head.txt"]).contains("was not signed by this instance"));
}

/// What the desk's key signed is told from what somebody changed; no database is needed for it.
#[test]
fn a_proof_of_filing_is_checked_against_the_key_of_the_instance() {
    let instance = Instance::made();
    let key = InstanceKey::from_text(&fs::read_to_string(instance.path("keys/desk.key")).unwrap()).unwrap().signing_key();
    let day = time::macros::date!(2026 - 12 - 01);
    let text = Proof::sign(&key, "Westmere Helpline", day, &mut TestEntropy::new(1).rng()).to_lines();
    fs::write(instance.path("proof.txt"), format!("A report was filed.\n\n{text}")).unwrap();
    let said = instance.does(&["proof", "verify", "proof.txt"]);
    assert!(said.starts_with("signed here: on 2026-12-01 (UTC) a report was filed with Westmere Helpline; proof "), "{said}");
    fs::write(instance.path("proof.txt"), text.replace("2026-12-01", "2026-11-01")).unwrap();
    assert!(instance.fails(&["proof", "verify", "proof.txt"]).contains("the proof was changed"));
    assert!(instance.fails(&["proof", "verify", "plainsight.toml"]).contains("proves nothing"));
}
