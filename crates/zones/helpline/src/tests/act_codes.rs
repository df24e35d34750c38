//! The acts that an auditor can filter by are those that this zone writes.

use std::collections::BTreeSet;
use std::path::Path;

/// Written by the list's search and export, which come next; their words and their alarms are there before them.
const SOON: [&str; 2] = ["contacts.searched", "list.exported"];

#[test]
fn every_act_that_is_written_is_listed() {
    let mut written = plainsight_testkit::act_codes(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"));
    written.extend(SOON.map(str::to_owned));
    let listed: BTreeSet<String> = crate::act_codes().iter().map(|code| (*code).to_owned()).collect();
    assert_eq!(written, listed, "helpline::act_codes() is what the source writes");
}
