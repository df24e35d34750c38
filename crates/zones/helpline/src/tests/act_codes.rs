//! The acts that an auditor can filter by are those that this zone writes.

use std::collections::BTreeSet;
use std::path::Path;

#[test]
fn every_act_that_is_written_is_listed() {
    let written = plainsight_testkit::act_codes(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"));
    let listed: BTreeSet<String> = crate::act_codes().iter().map(|code| (*code).to_owned()).collect();
    assert_eq!(written, listed, "helpline::act_codes() is what the source writes");
}
