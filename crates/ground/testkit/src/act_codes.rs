//! The act codes that a room writes into the ledger, found in its source: whoever adds an act must give it words.

use std::collections::BTreeSet;
use std::path::Path;

/// First words of names that look like a code and are none: transactions and keyed hashes are named by their room.
const ROOMS: &[&str] = &["helpline", "people", "store", "ledger_entries", "pages", "vault"];
/// First words of what other systems are told, and tell us.
const EVENTS: &[&str] = &["mailbox", "message", "report"];
/// Last words of file names.
const ENDINGS: &[&str] = &["csv", "ftl", "html", "js", "json", "key", "org", "sock", "toml", "txt"];

/// Every string in the source below `folder` that looks like an act: `contact.opened`. Comments and tests are passed over, and
/// the `lib.rs`, in which a room lists what it writes.
///
/// # Panics
/// When the folder cannot be read.
#[must_use]
pub fn act_codes(folder: &Path) -> BTreeSet<String> {
    let mut codes = BTreeSet::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).expect("a folder of source") {
            let path = entry.expect("an entry of the folder").path();
            let passed_over = path.file_stem().is_some_and(|name| name == "tests" || name == "lib");
            if path.is_dir() && !passed_over {
                folders.push(path);
            } else if path.extension().is_some_and(|ending| ending == "rs") && !passed_over {
                codes.extend(in_source(&std::fs::read_to_string(&path).expect("a source file")));
            }
        }
    }
    codes
}

fn in_source(text: &str) -> impl Iterator<Item = String> {
    let code = text.split("#[cfg(test)]\nmod ").next().unwrap_or_default();
    let lines = code.lines().filter(|line| !line.trim_start().starts_with("//"));
    lines.flat_map(|line| line.split('"').skip(1).step_by(2)).filter(|text| is_code(text)).map(str::to_owned)
}

fn is_code(text: &str) -> bool {
    let is_word = |word: &str| {
        word.starts_with(|first: char| first.is_ascii_lowercase())
            && word.bytes().all(|byte| byte.is_ascii_lowercase() || matches!(byte, b'-' | b'_'))
    };
    let other = |first: &str, last: &str| ROOMS.contains(&first) || EVENTS.contains(&first) || ENDINGS.contains(&last);
    text.split_once('.').is_some_and(|(first, last)| is_word(first) && is_word(last) && !other(first, last))
}

#[cfg(test)]
mod tests {
    use super::in_source;

    #[test]
    fn acts_are_found_and_nothing_else() {
        let source = r#"
            // "comment.passed"
            note(tx, "team.new-epoch", json!({ "zone": zone })); tx("people.make", x);
            let act = if asks { "contact.asked" } else { "contact.marked_safe" };
            read("desk.toml"); say("Two words. More"); blind("people.key");
            #[cfg(test)]
            fn helper() { note("member.helped") }
#[cfg(test)]
mod tests { fn x() { "test.only"; } }
        "#;
        let found: Vec<String> = in_source(source).collect();
        assert_eq!(found, ["team.new-epoch", "contact.asked", "contact.marked_safe", "member.helped"]);
    }
}
