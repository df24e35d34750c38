//! What in a text may say who wrote it.

use plainsight_vocabulary::{TellingKind, tells_who, tells_who_in_a_line};
use proptest::prelude::*;

fn found(text: &str) -> Vec<(&str, TellingKind)> {
    tells_who(text).into_iter().map(|telling| (&text[telling.range], telling.kind)).collect()
}

fn names(text: &str) -> Vec<&str> {
    found(text).into_iter().filter(|(_, kind)| *kind == TellingKind::OwnName).map(|(text, _)| text).collect()
}

#[test]
fn a_name_that_the_writer_gives_as_their_own_is_found_in_many_languages() {
    for (text, name) in [
        ("Hello, my name is Ana Popescu and I saw a van.", "Ana Popescu"),
        ("my name is ana", "ana"),
        ("MY NAME IS: Ana", "Ana"),
        ("I am Ana Popescu, I live near.", "Ana Popescu"),
        ("Mă numesc Ion-Gabriel Țuțea.", "Ion-Gabriel Țuțea"),
        ("ma cheama Ioana si lucrez la spalatorie", "Ioana"),
        ("Nazywam się Zofia Nowak", "Zofia Nowak"),
        ("Меня зовут Ирина Петрова, я видела", "Ирина Петрова"),
        ("اسمي محمد", "محمد"),
        ("我叫王小明，我在", "王小明"),
        ("Tên tôi là Nguyễn Thị Mai.", "Nguyễn Thị Mai"),
        ("मेरा नाम सीता है", "सीता है"),
    ] {
        assert_eq!(names(text), [name], "{text}");
    }
}

#[test]
fn a_name_signed_under_a_text_is_found() {
    assert_eq!(names("They sleep in the back.\nThank you, Maria"), ["Maria"]);
    assert_eq!(names("They sleep in the back.\nMaria Ionescu.\n"), ["Maria Ionescu"]);
    assert_eq!(names("They sleep in the back.\nPlease help them"), [""; 0]);
    assert_eq!(names("They sleep in the back. Thank you for reading this, Maria"), ["Maria"]);
    assert_eq!(names("Dorm acolo. Vă mulțumesc, Ana Pop."), ["Ana Pop"]);
    assert_eq!(names("They work for him without thanks. It is on Station Road, Barnet"), [""; 0]);
    assert_eq!(names("Nobody thanked them on Station Road, Barnet"), [""; 0]);
}

/// A report without the name of whom it is about would help nobody.
#[test]
fn names_of_others_and_what_only_looks_like_a_name_are_left_alone() {
    for text in [
        "The boss is called Ion Popescu, he lives on Station Road.",
        "I am Romanian.",
        "I am scared and this is wrong",
        "This is Barnet.",
        "sunt la munca",
        "Her name is Elena. His name is Marku.",
        "",
        "   \n\n ",
        "Maria",
    ] {
        assert_eq!(names(text), [""; 0], "{text}");
    }
}

#[test]
fn numbers_and_addresses_are_asked_about_and_prices_and_plates_are_not() {
    assert_eq!(found("ring 07700 900123 now"), [("07700 900123", TellingKind::Telephone)]);
    assert_eq!(found("+44 (0)7700-900123"), [("+44 (0)7700-900123", TellingKind::Telephone)]);
    let several = |text| found(text).into_iter().map(|(text, _)| text).collect::<Vec<_>>();
    for (text, numbers) in [
        ("07700 900123 07700 900456", ["07700 900123", "07700 900456"]),
        ("07700 900123 / 07700 900456", ["07700 900123", "07700 900456"]),
        ("It is 07700 900123. 07700 900456 is his.", ["07700 900123", "07700 900456"]),
        ("+44 7700 900123 +40 721 234 567", ["+44 7700 900123", "+40 721 234 567"]),
        ("7700900123 7700900456", ["7700900123", "7700900456"]),
    ] {
        assert_eq!(several(text), numbers, "{text}");
    }
    // What cannot be told apart is asked about as a whole.
    for text in ["4111 1111 1111 1111", "07700 900123-07700 900456"] {
        assert_eq!(several(text), [text]);
    }
    assert_eq!(found("mail ana.p@example.org."), [("ana.p@example.org", TellingKind::Email)]);
    for text in ["12 Hill Road, 3 men, £1,200", "on 12/03/2026 at 10.30", "AB12 CDE", "@home", "a@b"] {
        assert_eq!(found(text), [], "{text}");
    }
}

#[test]
fn the_last_word_of_a_place_signs_nothing() {
    let found = |text| tells_who_in_a_line(text).len();
    assert_eq!(found("Station Road, thanks, Barnet"), 0);
    assert_eq!(found("ring 07700 900123 at the gate"), 1);
}

proptest! {
    /// Whatever is typed: pieces in order, apart, on character boundaries.
    #[test]
    fn pieces_can_always_be_taken_out(text in "\\PC{0,80}", tail in "(my name is [A-Za-z ]{0,9}|\\+?[0-9 ]{0,20}|[a-z]{0,3}@[a-z.]{0,6}|\n[A-Z]?[a-z]{0,4})?") {
        let text = format!("{text} {tail}");
        let mut end = 0;
        for telling in tells_who(&text) {
            prop_assert!(telling.range.start >= end && telling.range.start < telling.range.end);
            prop_assert!(text.get(telling.range.clone()).is_some());
            end = telling.range.end;
        }
    }
}
