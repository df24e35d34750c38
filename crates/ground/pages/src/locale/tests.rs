//! Languages: nothing half there without anybody knowing, the operator's files win, and a text is never missing on a page.

#![allow(clippy::unwrap_used, clippy::expect_used)]

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use proptest::prelude::*;
use tempfile::TempDir;
use time::macros::datetime;
use time::{OffsetDateTime, UtcOffset};

use super::*;

/// A message that only a test's folder has, and one that nobody has.
const OURS: &str = "only-ours";
const NOBODYS: &str = "no-such-message";

fn embedded() -> Locales {
    Locales::load(None).unwrap()
}

/// A folder as for `--locales`: `ro/more.ftl` and its text.
fn folder(files: &[(&str, &str)]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    folder
}

fn load(files: &[(&str, &str)]) -> Result<Locales, LocaleError> {
    let folder = folder(files);
    Locales::load(Some(folder.path()))
}

fn refused(files: &[(&str, &str)]) -> LocaleError {
    load(files).err().expect("was loaded")
}

#[test]
fn english_comes_first_and_both_finished_languages_are_whole() {
    let locales = embedded();
    let menu: Vec<(&str, &str)> = locales.menu().map(|locale| (locale.tag(), locale.own_name())).collect();
    assert_eq!(menu, [("en", "English"), ("ro", "Română")]);
    let (english, romanian) = (locales.english(), locales.get("ro"));
    let missing: Vec<&String> = english.plain.keys().filter(|id| !romanian.has(id)).collect();
    assert!(missing.is_empty(), "{missing:?}");
    assert_ne!(romanian.text("leave-now"), english.text("leave-now"));
}

/// The first page tells people what the button does, by its name.
#[test]
fn pages_call_a_button_what_the_button_is_called() {
    for locale in embedded().menu() {
        for (text, button) in
            [("start-leave-honest", "leave-now"), ("sent-next-answer", "read-a-message"), ("leave-timed-out", "leave-now")]
        {
            let (text, button) = (locale.text(text).into_owned(), locale.text(button).into_owned());
            assert!(text.contains(&button), "{}: {text:?} does not name {button:?}", locale.tag());
        }
    }
}

#[test]
fn a_file_of_the_folder_wins_over_the_program() {
    let locales = load(&[("ro/ours.ftl", "leave-now = Plecați\n"), ("en/ours.ftl", "back = Go back\nonly-ours = Ours\n")]).unwrap();
    let (english, romanian) = (locales.english(), locales.get("ro"));
    assert_eq!(romanian.text("leave-now"), "Plecați");
    assert_eq!(english.text("back"), "Go back");
    assert_eq!(english.text(OURS), "Ours");
    assert_eq!(romanian.text(OURS), "Ours", "a message that only English has");
    assert_eq!(romanian.text("back"), "Înapoi", "what the folder leaves alone stays");
    // A text that had variables may lose them, and the other way round.
    let locales = load(&[("ro/ours.ftl", "field-limit = Scrieți puțin\ntitle-with-error = { $title } (eroare)\n")]).unwrap();
    assert_eq!(locales.get("ro").with("field-limit", &[("limit", 9.into())]), "Scrieți puțin");
    assert_eq!(locales.get("ro").text("field-limit"), "Scrieți puțin");
    assert_eq!(locales.get("ro").with("title-with-error", &[("title", "A".into())]), "A (eroare)");
}

#[test]
fn files_of_one_folder_are_read_in_the_order_of_their_names() {
    let locales = load(&[("en/b.ftl", "back = from b\n"), ("en/a.ftl", "back = from a\n"), ("en/c.txt", "back = not Fluent\n")]).unwrap();
    assert_eq!(locales.english().text("back"), "from b");
}

#[test]
fn a_new_language_joins_the_menu_and_borrows_from_english_what_it_lacks() {
    let locales = load(&[("ar/pages.ftl", "language-name = العربية\nback = رجوع\n")]).unwrap();
    let arabic = locales.find("AR").unwrap();
    assert_eq!((arabic.own_name(), arabic.dir()), ("العربية", "rtl"));
    assert_eq!(arabic.text("back"), "رجوع");
    assert!(arabic.has("back") && !arabic.has("leave-now"));
    assert_eq!(arabic.text("leave-now"), locales.english().text("leave-now"));
    let borrowed = arabic.with("title-with-error", &[("title", "x".into())]);
    assert_eq!(borrowed, locales.english().with("title-with-error", &[("title", "x".into())]));
    assert_eq!(locales.menu().map(|locale| locale.tag()).collect::<Vec<_>>(), ["en", "ar", "ro"]);
    assert_eq!(locales.english().text(NOBODYS), "[no-such-message]");
    assert_eq!(arabic.text(NOBODYS), "[no-such-message]");
}

#[test]
fn a_file_says_its_direction_itself_if_it_knows_better() {
    let locales = load(&[
        ("ku/pages.ftl", "language-direction = rtl\n"),
        ("fa/pages.ftl", "language-direction = ltr\n"),
        ("ps/pages.ftl", "back = x\n"),
    ]);
    let dir = |tag: &str| locales.as_ref().unwrap().get(tag).dir();
    assert_eq!([dir("ku"), dir("fa"), dir("ps"), dir("ro")], ["rtl", "ltr", "rtl", "ltr"]);
}

#[test]
fn a_folder_is_the_language_it_names_however_its_letters_are_written() {
    let locales = load(&[("RO/ours.ftl", "leave-now = Plecați\n"), ("pt_br/pages.ftl", "back = Voltar\n")]).unwrap();
    assert_eq!(locales.get("ro").text("leave-now"), "Plecați");
    assert_eq!(locales.get("ro").text("back"), "Înapoi");
    assert_eq!(locales.menu().map(|locale| locale.tag()).collect::<Vec<_>>(), ["en", "pt-BR", "ro"]);
}

#[test]
fn a_broken_file_stops_the_start_with_its_name_and_line() {
    for (text, wanted) in [
        ("back = Back\n\nleave now = Leave\n", 3),
        // The brace is missed where the next line begins.
        ("back = { $open\n", 2),
        ("back = Back\nnext = { UNKNOWN( }\n", 2),
        ("one = 1\ntwo =\nthree = 3\n", 2),
        ("one = { $count ->\n    [one] 1\n}\n", 3),
    ] {
        let folder = folder(&[("ro/broken.ftl", text)]);
        let error = Locales::load(Some(folder.path())).err().expect(text);
        let LocaleError::Syntax { file, line, why } = &error else { panic!("{error}") };
        assert!(file.ends_with("broken.ftl") && file.contains("ro"), "{file}");
        assert_eq!(*line, wanted, "{text}: {error}");
        assert!(!why.is_empty());
        assert!(error.to_string().contains(&format!("broken.ftl, line {line}: ")), "{error}");
    }
}

#[test]
fn a_variable_that_the_page_does_not_give_stops_the_start() {
    for (name, text) in [
        ("ro/ours.ftl", "back = { $who } înapoi\n"),
        ("ro/ours.ftl", "field-limit = { $limt ->\n   *[other] x\n}\n"),
        ("ro/ours.ftl", "field-limit = { $limit ->\n   [one] { $name }\n  *[other] x\n}\n"),
        ("ro/ours.ftl", "field-limit = { NUMBER($limt) }\n"),
        // The operator's English is checked like any other language.
        ("en/ours.ftl", "back = { $who } back\n"),
    ] {
        let error = refused(&[(name, text)]);
        let LocaleError::UnknownVariable { file, message, variable } = &error else { panic!("{error}") };
        assert!(file.ends_with("ours.ftl"), "{file}");
        assert!(text.contains(message.as_str()) && text.contains(&format!("${variable}")), "{error}");
    }
}

/// The operator's English may leave a variable out; what other languages make of it is not their mistake.
#[test]
fn an_english_text_that_drops_a_variable_breaks_no_other_language() {
    let locales = load(&[("en/ours.ftl", "field-limit = Be short\n")]).unwrap();
    assert_eq!(locales.english().with("field-limit", &[("limit", 5.into())]), "Be short");
    assert!(locales.get("ro").with("field-limit", &[("limit", 5.into())]).contains('5'));
}

#[test]
fn a_folder_that_is_no_language_or_cannot_be_read_is_named() {
    assert!(matches!(refused(&[("not a tag/x.ftl", "back = x\n")]), LocaleError::NotATag(tag) if tag == "not a tag"));
    let error = Locales::load(Some(Path::new("/no/such/folder"))).err().unwrap();
    assert!(error.to_string().contains("/no/such/folder"), "{error}");
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir_all(folder.path().join("ro")).unwrap();
    fs::write(folder.path().join("ro/bytes.ftl"), [0xff, 0xfe, 0x00]).unwrap();
    let error = Locales::load(Some(folder.path())).err().unwrap();
    assert!(matches!(&error, LocaleError::Unreadable { path, .. } if path.ends_with("ro/bytes.ftl")), "{error}");
    // What editors and version control leave beside the languages is not one.
    assert!(load(&[(".git/config", "x"), ("README.md", "x"), ("ro/notes.txt", "x")]).is_ok());
}

#[test]
fn files_as_windows_writes_them_are_read() {
    let locales = load(&[("ro/ours.ftl", "\u{feff}back = Înapoi acum\r\nleave-now = Ieșiți\r\n    imediat\r\n")]).unwrap();
    assert_eq!(locales.get("ro").text("back"), "Înapoi acum");
    assert!(locales.get("ro").text("leave-now").starts_with("Ieșiți"));
}

#[test]
fn the_long_pseudo_language_lengthens_every_text_and_keeps_what_is_filled_in() {
    let locales = embedded();
    let (english, long) = (locales.english(), locales.find(LONG).unwrap());
    assert!(long.is_pseudo() && !long.is_rtl());
    for (id, text) in &english.plain {
        let words = text.chars().filter(|letter| letter.is_alphabetic()).count();
        if ["language-name", "language-direction"].contains(&id.as_str()) || words < 3 {
            continue;
        }
        let (before, after) = (text.chars().count(), long.text(id).chars().count());
        assert!(after * 10 >= before * 12, "{id}: {text:?} {:?}", long.text(id));
        assert!(long.text(id).contains('⟦') && long.text(id).contains('⟧'), "{id}");
    }
    let said = long.with("title-with-error", &[("title", "Ana".into())]);
    assert!(said.contains("Ana") && said.contains('⟦'), "{said}");
    let counted = long.with("clock-feedback", &[("count", 28.into())]);
    assert!(counted.contains("28"), "{counted}");
}

#[test]
fn the_right_to_left_pseudo_language_runs_from_right_to_left() {
    let locales = embedded();
    let rtl = locales.find(RIGHT_TO_LEFT).unwrap();
    assert!(rtl.is_pseudo() && rtl.is_rtl());
    assert_eq!(rtl.dir(), "rtl");
    let (english, text) = (locales.english().text("leave-now").into_owned(), rtl.text("leave-now").into_owned());
    assert_eq!(text, format!("\u{202e}{english}\u{202c}"));
    // A number in such a text is kept apart, so that it does not run with the words.
    let counted = rtl.with("field-limit", &[("limit", 100.into())]);
    assert!(counted.contains("\u{2068}100\u{2069}"), "{counted:?}");
    assert!(!locales.english().with("field-limit", &[("limit", 100.into())]).contains('\u{2068}'));
}

/// Made from the English files and what the operator put over them, so never behind; and no member of the public meets them.
#[test]
fn pseudo_languages_have_every_message_and_stay_out_of_the_menu() {
    let locales = load(&[("en/ours.ftl", "only-ours = Ours is here\n")]).unwrap();
    let english: BTreeSet<&String> = locales.0.english.plain.keys().collect();
    for tag in [LONG, RIGHT_TO_LEFT] {
        let pseudo = locales.find(tag).unwrap();
        assert!(english.iter().all(|id| pseudo.has(id)), "{tag}");
        assert!(pseudo.has(OURS), "{tag}");
        assert!(locales.menu().all(|locale| locale.tag() != tag));
        assert_eq!(locales.negotiate(Some(tag)).tag(), "en", "a browser that asks for {tag}");
    }
    assert_eq!(locales.all().count(), 4);
}

#[test]
fn an_english_text_that_begins_with_a_bracket_stops_nothing() {
    let locales = load(&[("en/ours.ftl", "back = [\n    Back\n")]).unwrap();
    assert!(locales.find(LONG).unwrap().has("back"));
}

#[test]
fn plurals_follow_the_language() {
    let locales = embedded();
    let said = |tag: &str, count: i64| locales.get(tag).with("within-minutes", &[("count", count.into())]);
    for (count, english, romanian) in [
        (1, "1 minute", "1 minut"),
        (2, "2 minutes", "2 minute"),
        (0, "0 minutes", "0 minute"),
        (19, "19 minutes", "19 minute"),
        (20, "20 minutes", "20 de minute"),
        (120, "120 minutes", "120 de minute"),
    ] {
        assert_eq!((said("en", count).as_str(), said("ro", count).as_str()), (english, romanian));
    }
}

#[test]
fn dates_are_written_in_full_at_the_clock_of_the_place() {
    let locales = embedded();
    let at = datetime!(2023-09-24 13:38 UTC);
    let summer = UtcOffset::from_hms(1, 0, 0).unwrap();
    assert_eq!(locales.english().date_time(at, summer), "Sunday 24 September 2023, 14:38");
    assert_eq!(locales.get("ro").date_time(at, UtcOffset::from_hms(3, 0, 0).unwrap()), "duminică, 24 septembrie 2023, ora 16:38");
    // The day of the place, not of the server.
    let late = datetime!(2026-11-30 22:30 UTC);
    assert_eq!(locales.get("ro").date(late, UtcOffset::from_hms(2, 0, 0).unwrap()), "marți, 1 decembrie 2026");
    assert_eq!(locales.english().date(late, UtcOffset::UTC), "Monday 30 November 2026");
    assert_eq!(locales.english().time(datetime!(2026-01-02 03:04:59 UTC), UtcOffset::UTC), "03:04");
}

#[test]
fn every_day_and_month_has_a_name() {
    let locales = embedded();
    for locale in locales.menu() {
        let mut names = BTreeSet::new();
        for day in 0..366 {
            let at = datetime!(2024-01-01 12:00 UTC) + time::Duration::days(day);
            let date = locale.date(at, UtcOffset::UTC);
            assert!(!date.contains('[') && date.ends_with("2024"), "{date}");
            names
                .extend(date.split([' ', ',']).filter(|word| word.chars().any(char::is_alphabetic)).map(str::to_owned).collect::<Vec<_>>());
        }
        assert_eq!(names.len(), 19, "{}: {names:?}", locale.tag());
    }
}

#[test]
fn a_browsers_wish_is_served_and_garbage_asks_for_nothing() {
    let locales = embedded();
    for (wish, tag) in [
        (None, "en"),
        (Some("ro"), "ro"),
        (Some("RO-md;q=0.4, de;q=0.9"), "ro"),
        (Some("en-GB,en;q=0.9,ro;q=0.8"), "en"),
        (Some("MO"), "ro"),
        (Some("ro;Q=0.9, en;Q=0.1"), "ro"),
        (Some("en;Q=0.1, ro;Q=0.9"), "ro"),
        (Some("ro;q=0"), "en"),
        (Some("ro;q=2, en"), "en"),
        (Some("ro;q=NaN"), "en"),
        (Some("ro;q=-1"), "en"),
        (Some(";;;,,q=,*;q=1"), "en"),
        (Some("<script>"), "en"),
        (Some("romance"), "en"),
    ] {
        assert_eq!(locales.negotiate(wish).tag(), tag, "{wish:?}");
    }
    assert_eq!(locales.find("ro-RO").map(|locale| locale.tag().to_owned()), None, "an address names a language of the menu");
    assert_eq!(locales.get("xx").tag(), "en");
}

proptest! {
    /// No date that a clock can show breaks the words.
    #[test]
    fn no_instant_breaks_a_date(seconds in -377_000_000_000_i64..253_000_000_000, hours in -23..=23_i8) {
        let locales = embedded_once();
        let at = OffsetDateTime::from_unix_timestamp(seconds).unwrap();
        let offset = UtcOffset::from_hms(hours, 0, 0).unwrap();
        for locale in locales.all() {
            prop_assert!(!locale.date_time(at, offset).is_empty());
        }
    }

    /// What is filled into a text comes out as it went in: nothing in it is read as Fluent.
    #[test]
    fn what_is_filled_in_is_not_read_again(text in "\\PC*") {
        let locales = embedded_once();
        let said = locales.english().with("title-with-error", &[("title", text.as_str().into())]);
        prop_assert_eq!(said, format!("Error: {text}"));
    }

    /// A broken file is an error with a line, never a panic; and what reads makes pseudo-languages too.
    #[test]
    fn no_text_breaks_the_reader(text in prop_oneof![any::<String>(), "[a-z]{1,3} = [{}$ a-z\n\\[\\]*>-]{0,30}"]) {
        for change in [pseudo::long as fn(&str) -> String, pseudo::right_to_left] {
            match load::parse_text(&text, change) {
                (Ok(_), pseudo) => prop_assert!(pseudo.is_ok()),
                (Err(LocaleError::Syntax { line, .. }), _) => prop_assert!((1..=text.lines().count() + 1).contains(&line)),
                (Err(error), _) => prop_assert!(false, "{}", error),
            }
        }
    }
}

fn embedded_once() -> &'static Locales {
    static LOCALES: std::sync::OnceLock<Locales> = std::sync::OnceLock::new();
    LOCALES.get_or_init(embedded)
}
