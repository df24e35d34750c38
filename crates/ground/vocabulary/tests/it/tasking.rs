//! Nobody tasks a reporter: the phrases that ask for more are found, and what is safe to say is left alone.

use plainsight_vocabulary::{TaskingRule, tasking_phrases};
use proptest::prelude::*;

fn rules(text: &str) -> Vec<TaskingRule> {
    tasking_phrases(text).into_iter().map(|hit| hit.rule).collect()
}

#[test]
fn a_reply_that_asks_for_more_is_marked_in_english_and_romanian() {
    use TaskingRule::{Ask, FindOut, Follow, GoBack, Record, StayInTouch, Watch};
    for (text, rule) in [
        ("Can you find out where she sleeps?", FindOut),
        ("Please get the car's registration.", FindOut),
        ("Try to see if there are more workers.", FindOut),
        ("Could you ask the manager how much they are paid?", Ask),
        ("Maybe speak to the girl when she is alone.", Ask),
        ("Could you call him again?", Ask),
        ("Please go back tomorrow.", GoBack),
        ("Next time you are there, count the beds.", GoBack),
        ("Take another look if you can.", GoBack),
        ("If it is safe, follow the van.", Follow),
        ("Take a photo of the house.", Record),
        ("Film what is happening inside.", Record),
        ("Write down the times when they leave.", Record),
        ("Keep an eye on the flat for us.", Watch),
        ("Keep us updated.", Watch),
        ("Stay in touch with him for now.", StayInTouch),
        ("Pretend to be a customer.", StayInTouch),
        ("GO BACK and look", GoBack),
        ("Aflați unde doarme.", FindOut),
        ("Puteți să verificați dacă mai sunt acolo?", FindOut),
        ("Întrebați-l pe șef cât îi plătește.", Ask),
        ("Vorbiți cu fata când e singură.", Ask),
        ("Vă rugăm să vă întoarceți acolo mâine.", GoBack),
        ("Mai treceți pe acolo.", GoBack),
        ("Urmăriți duba.", Follow),
        ("Faceți o poză la casă.", Record),
        ("Filmați ce se întâmplă.", Record),
        ("Notați numărul de înmatriculare.", Record),
        ("Țineți-ne la curent.", Watch),
        ("Stați cu ochii pe casă.", Watch),
        ("Păstrați legătura cu el.", StayInTouch),
        ("Câștigați-i încrederea.", StayInTouch),
    ] {
        assert!(rules(text).contains(&rule), "{text}: {:?}", rules(text));
    }
}

#[test]
fn what_is_safe_to_say_is_left_alone() {
    for text in [
        "",
        "Thank you for telling us. You did the right thing.",
        "Do not go back. Do not follow anyone and do not take photos.",
        "Please do not ask anyone, follow them or film.",
        "Never ask him about it.",
        "You don't need to find out more.",
        "Did you go back after that day?",
        "What did you see when you were there on Sunday?",
        "We will ask the council to visit.",
        "The police may ask the manager.",
        "You can find out more about your rights on this page.",
        "Stay in touch with us here, with your number.",
        "Go back to the first page and choose your language.",
        "Mulțumim că ne-ați spus.",
        "Nu vă întoarceți acolo. Nu urmăriți pe nimeni și nu faceți poze.",
        "Nu întrebați, nu urmăriți, nu filmați.",
        "Noi vom verifica dacă este adevărat.",
        "Ce ați văzut atunci?",
        "Aflați mai multe despre drepturile dumneavoastră aici.",
        "Păstrați legătura cu noi, cu numărul dumneavoastră.",
        "Notați numărul de confirmare.",
        "You cannot hide the call, but we will follow the case.",
    ] {
        let hits = tasking_phrases(text);
        assert!(hits.is_empty(), "{text}: {:?}", hits.iter().map(|hit| &text[hit.range.clone()]).collect::<Vec<_>>());
    }
}

/// "Do not worry" forbids nothing.
#[test]
fn an_empty_no_excuses_nothing() {
    for text in ["Do not worry, just go back tomorrow.", "Don't forget to take a photo.", "Nu uitați să faceți o poză.", "Why not go back?"]
    {
        assert!(!tasking_phrases(text).is_empty(), "{text}");
    }
}

/// A negation holds for its own sentence only.
#[test]
fn what_is_forbidden_first_and_asked_for_after_is_marked() {
    for (text, piece) in [
        ("Do not follow him. Take a photo instead.", "Take a photo"),
        ("Nu îl urmăriți. Faceți o poză.", "Faceți o poză"),
        ("Never go inside, but keep an eye on the door.", "keep an eye"),
        ("Do not follow him but take a photo.", "take a photo"),
        ("Nu intrați, dar faceți o poză.", "faceți o poză"),
        ("Notați numărul mașinii.", "Notați numărul mașinii"),
    ] {
        let hits = tasking_phrases(text);
        assert!(hits.iter().any(|hit| text[hit.range.clone()].contains(piece)), "{text}: {hits:?}");
    }
}

/// The line that the reply box carries names what is forbidden; the check must not mark it.
#[test]
fn the_fixed_line_of_the_reply_box_is_not_marked() {
    for language in crate::fluent::languages() {
        // Of the advice to the adviser, the sentence that a reply might repeat.
        let (forbidden, _) = language.text("tasking-advice").split_once(". ").unwrap();
        for text in [forbidden, language.text("setting-safety")] {
            assert!(tasking_phrases(text).is_empty(), "{}: {text}", language.tag);
        }
    }
}

#[test]
fn a_word_is_the_same_with_and_without_its_marks() {
    let hit = |text: &str| rules(text).first().copied();
    for text in ["Întrebați-l pe el.", "Intrebati-l pe el.", "ÎNTREBAȚI-L PE EL.", "Întrebaţi-l pe el.", "I\u{302}ntreba\u{21b}i-l pe el."]
    {
        assert_eq!(hit(text), Some(TaskingRule::Ask), "{text}");
    }
    assert_eq!(hit("don\u{2019}t go back"), None);
    assert_eq!(hit("go\nback"), None, "two lines are two sentences");
}

#[test]
fn a_hit_names_the_piece_of_the_text() {
    let text = "Vă rugăm: faceți o poză 📷 la casă.";
    let hits = tasking_phrases(text);
    assert_eq!(hits.iter().map(|hit| &text[hit.range.clone()]).collect::<Vec<_>>(), ["faceți o poză"]);
    for rule in TaskingRule::ALL {
        assert_eq!(rule.key(), format!("tasking-{rule}"));
    }
}

/// Words of the phrases, mixed with anything.
fn mixed() -> impl Strategy<Value = String> {
    let words = prop::sample::select(vec![
        "go",
        "back",
        "take",
        "a",
        "photo",
        "not",
        "do",
        "ask",
        "him",
        "follow",
        "keep",
        "in",
        "touch",
        "with",
        "us",
        "faceți",
        "poză",
        "nu",
        "vă",
        "întoarceți",
        "urmăriți",
        "İ",
        "ß",
        "ﬁ",
        "\u{301}",
        "\u{200b}",
        "🙂",
        ".",
        ",",
        "\n",
        "'",
        "’",
        "\u{202e}",
        "a\u{302}",
    ]);
    let piece = prop_oneof![4 => words.prop_map(str::to_owned), 1 => "\\PC{0,6}"];
    (prop::collection::vec(piece, 0..40), prop::sample::select(vec![" ", "", "  ", "\t"]))
        .prop_map(|(pieces, between)| pieces.join(between))
}

proptest! {
    /// For any text: no panic, hits in order, apart, and on character boundaries.
    #[test]
    fn every_hit_is_a_piece_of_the_text(text in prop_oneof![mixed(), any::<String>()]) {
        let mut from = 0;
        for hit in tasking_phrases(&text) {
            prop_assert!(hit.range.start >= from && hit.range.start < hit.range.end);
            prop_assert!(text.get(hit.range.clone()).is_some());
            from = hit.range.end;
        }
    }

    #[test]
    fn a_sentence_of_its_own_is_marked_whatever_stands_before(text in "[a-zA-Z0-9 ]{0,40}") {
        let text = format!("{text}. Go back tomorrow.");
        prop_assert!(rules(&text).contains(&TaskingRule::GoBack), "{}", text);
    }
}
