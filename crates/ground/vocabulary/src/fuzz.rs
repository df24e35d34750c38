//! Targets for fuzzing: what people outside write, as plain functions of bytes. None may panic, and what is refused
//! is refused with the name of the file and words for whoever keeps it.

use time::OffsetDateTime;

use crate::{FileError, Jurisdiction, OperatorFacts, confirmation_form, jurisdictions, tables, tasking_phrases, tells_who};

/// The second that the targets take for now: a day within the corpus's confirmations.
pub const NOW: i64 = 1_795_600_000;

fn now() -> OffsetDateTime {
    OffsetDateTime::UNIX_EPOCH + time::Duration::seconds(NOW)
}

/// Reads a jurisdiction file; what is read can be shown, reported on and confirmed at any instant.
pub fn jurisdiction(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    match Jurisdiction::parse("fuzzed.toml", &text) {
        Ok(read) => show(std::slice::from_ref(&read)),
        Err(error) => told(&error, &text),
    }
}

/// Reads an operator's file and lays it over the shipped jurisdictions.
pub fn operator(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    match OperatorFacts::parse("fuzzed.toml", &text).and_then(|facts| facts.apply(jurisdictions())) {
        Ok(read) => show(&read),
        Err(error) => told(&error, &text),
    }
}

/// Reads each of the tables.
pub fn tables(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let results = [
        tables::read_signs("fuzzed.csv", &text).map(drop),
        tables::read_venues("fuzzed.csv", &text).map(drop),
        tables::read_exploitation("fuzzed.csv", &text).map(drop),
        tables::read_contact_kinds("fuzzed.csv", &text).map(drop),
        tables::read_settings("fuzzed.csv", &text, crate::signs(), crate::venues()).map(drop),
    ];
    for error in results.into_iter().filter_map(Result::err) {
        told(&error, &text);
    }
}

/// Looks for phrases that task a reporter; every hit is a piece of the text, and hits do not overlap.
pub fn tasking(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let mut from = 0;
    for hit in tasking_phrases(&text) {
        assert!(hit.range.start >= from && !hit.range.is_empty(), "hits stand in order: {hit:?}");
        assert!(text.get(hit.range.clone()).is_some(), "a hit lies on character boundaries: {hit:?}");
        from = hit.range.end;
    }
}

/// Looks for what may say who wrote a text; every piece can be taken out, and none overlaps another.
pub fn identity(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let mut from = 0;
    for telling in tells_who(&text) {
        assert!(telling.range.start >= from && !telling.range.is_empty(), "pieces stand in order: {telling:?}");
        assert!(text.get(telling.range.clone()).is_some(), "a piece lies on character boundaries: {telling:?}");
        from = telling.range.end;
    }
}

fn show(jurisdictions: &[Jurisdiction]) {
    for jurisdiction in jurisdictions {
        for route in jurisdiction.routes_to_show(now()) {
            let _ = route.open_now(now());
        }
        let _ = jurisdiction.report(now());
    }
    let _ = confirmation_form(jurisdictions, now());
}

fn told(error: &FileError, text: &str) {
    assert!(error.file.starts_with("fuzzed") && !error.problem.is_empty() && !error.advice.is_empty(), "{error:?}");
    // A cut last line may be named as the one after it.
    assert!(error.line.is_none_or(|line| (1..=text.lines().count() + 2).contains(&line)), "{error:?}");
}
