//! The words that people read: every message exists in every finished language, and the public texts keep to the
//! words of the field.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use anyhow::{Context, Result};

use super::files;

/// Languages that must be complete.
const FINISHED: &[&str] = &["en", "ro"];

/// Words that no public text may use, with what to say instead.
const FORBIDDEN: &[(&str, &str)] = &[
    ("alleged", "say what was seen"),
    ("illegal immigrant", "do not speak of status"),
    ("rescue", "say: help"),
    ("your phone keeps nothing", "it is not true: the phone may show the visit"),
    ("completely anonymous", "we cannot promise it"),
    ("100%", "no promise that cannot be kept"),
];

/// Files that only staff read.
const STAFF: &[&str] = &["desk.ftl", "evidence.ftl", "ledger.ftl", "people.ftl", "recovery.ftl"];

pub fn check(wrong: &mut Vec<String>) -> Result<()> {
    let mut messages = BTreeMap::new();
    for language in FINISHED {
        messages.insert(*language, read(language, wrong)?);
    }
    let empty = BTreeSet::new();
    let english = messages.get("en").unwrap_or(&empty);
    for (language, ids) in &messages {
        for missing in english.difference(ids) {
            wrong.push(format!("locales/{language} lacks the message {missing}"));
        }
        for extra in ids.difference(english) {
            wrong.push(format!("locales/{language} has a message that English lacks: {extra}"));
        }
    }
    for path in files::tracked()? {
        let name = path.to_string_lossy();
        if name.starts_with("crates/") && (name.ends_with(".rs") || name.ends_with(".html")) {
            let text = fs::read_to_string(&path)?;
            for id in used(&text) {
                if !english.contains(id) {
                    wrong.push(format!("{name} asks for the message {id}, which locales/en lacks"));
                }
            }
        }
    }
    Ok(())
}

fn read(language: &str, wrong: &mut Vec<String>) -> Result<BTreeSet<String>> {
    let folder = Path::new("locales").join(language);
    let mut ids = BTreeSet::new();
    for entry in fs::read_dir(&folder).with_context(|| format!("there is no folder {}", folder.display()))? {
        let path = entry?.path();
        let text = fs::read_to_string(&path)?;
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        for line in text.lines() {
            if let Some((id, _)) = line.split_once('=')
                && line.starts_with(|first: char| first.is_ascii_lowercase())
                && !ids.insert(id.trim().to_owned())
            {
                wrong.push(format!("{} defines {} a second time", path.display(), id.trim()));
            }
        }
        if language == "en" && !STAFF.contains(&name.as_str()) {
            let lower = text.to_lowercase();
            for (word, instead) in FORBIDDEN {
                if lower.contains(word) {
                    wrong.push(format!("{} says {word:?}: {instead}", path.display()));
                }
            }
        }
    }
    Ok(ids)
}

/// The messages that a source file asks for by a literal name: `words.text("id")` and `locale.with("id", ...)`.
fn used(text: &str) -> impl Iterator<Item = &str> {
    const ASKED: [&str; 3] = ["words", "locale", "locale()"];
    [".text(\"", ".with(\""].into_iter().flat_map(move |call| {
        text.match_indices(call).filter_map(move |(at, _)| {
            let (before, rest) = text.split_at_checked(at)?;
            let comment = before.rsplit('\n').next().is_some_and(|line| line.trim_start().starts_with("//"));
            let id = rest.get(call.len()..)?.split('"').next()?;
            let named = !id.is_empty() && id.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-');
            (named && !comment && ASKED.iter().any(|asked| before.ends_with(asked))).then_some(id)
        })
    })
}
