//! What the source writes into the ledger, an auditor reads in words.

use std::collections::BTreeSet;
use std::path::Path;

use plainsight_testkit::act_codes;

/// Every act that the source writes is listed by its room, and has words in each finished language.
#[test]
fn every_act_has_words_in_both_languages() {
    let ground = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let ours = act_codes(&ground.join("people/src"));
    let listed: BTreeSet<String> = plainsight_people::act_codes().iter().map(|code| (*code).to_owned()).collect();
    assert_eq!(ours, listed, "people::act_codes() is what the source writes");
    let mut all = act_codes(&ground.parent().unwrap().join("zones"));
    assert!(all.contains("contact.opened") && all.contains("alarm.clock_passes"), "{all:?}");
    all.extend(act_codes(&ground.join("ledger/src")));
    all.extend(ours);
    all.extend(["contacts.searched", "list.exported"].map(str::to_owned));
    let locales = plainsight_pages::Locales::load(None).unwrap();
    for tag in ["en", "ro"] {
        let words = locales.find(tag).unwrap();
        for code in &all {
            let id = format!("act-{}", code.replace('.', "-"));
            assert!(words.has(&id) && !words.text(&id).is_empty(), "locales/{tag}/ledger.ftl says no {id}");
        }
    }
}
