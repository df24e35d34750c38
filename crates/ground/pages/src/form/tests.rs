//! The form kit: what was typed comes back, what is wrong is said at the field and at the top, and logs learn nothing.

#![allow(clippy::unwrap_used, clippy::expect_used)]

use std::sync::OnceLock;

use askama::Template;
use axum::body::Body;
use axum::extract::FromRequest;
use axum::http::Request;
use axum::http::header::CONTENT_TYPE;
use proptest::prelude::*;

use super::*;
use crate::Locales;

fn english() -> &'static Locale {
    static LOCALE: OnceLock<std::sync::Arc<Locale>> = OnceLock::new();
    LOCALE.get_or_init(|| Locales::load(None).unwrap().english())
}

/// What `axum::Form<Typed>` makes of a body, as a handler gets it.
fn sent(body: &str) -> Option<Typed> {
    let request = Request::post("/").header(CONTENT_TYPE, "application/x-www-form-urlencoded").body(Body::from(body.to_owned())).unwrap();
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    runtime.block_on(axum::Form::<Typed>::from_request(request, &())).ok().map(|form| form.0)
}

fn encode(text: &str) -> String {
    text.bytes().map(|byte| if byte.is_ascii_alphanumeric() { char::from(byte).to_string() } else { format!("%{byte:02X}") }).collect()
}

#[test]
fn everything_that_was_sent_is_kept_known_or_not() {
    let typed = sent("words=Ana+are%20mere&seen=one&seen=two&empty=&words=again&unknown=%C8%9B").unwrap();
    assert_eq!(typed.get("words"), "Ana are mere", "the first value");
    assert_eq!(typed.all("words").len(), 2);
    assert_eq!(typed.all("seen"), ["one", "two"]);
    assert!(typed.has("empty") && typed.given("empty").is_none());
    assert_eq!(typed.get("unknown"), "ț");
    assert!(!typed.has("missing") && typed.get("missing").is_empty() && typed.all("missing").is_empty());
    assert_eq!(sent("").unwrap(), Typed::default());
}

#[test]
fn white_space_around_an_answer_is_not_an_answer() {
    let typed = Typed::from_pairs([("a", "  \n\t"), ("b", "  Ana \n")]);
    assert_eq!(typed.given("a"), None);
    assert_eq!(typed.given("b"), Some("Ana"));
    assert_eq!(typed.get("b"), "  Ana \n", "what was typed stays as it was typed");
}

#[test]
fn newer_answers_replace_older_ones_field_by_field() {
    let mut typed = Typed::from_pairs([("a", "1"), ("seen", "one"), ("seen", "two")]);
    typed.merge(Typed::from_pairs([("seen", "three"), ("c", "3")]));
    assert_eq!(typed.all("seen"), ["three"]);
    assert_eq!((typed.get("a"), typed.get("c")), ("1", "3"));
    typed.set("a", "2");
    typed.remove("c");
    assert_eq!(typed.iter().map(|(name, values)| (name, values.len())).collect::<Vec<_>>(), [("a", 1), ("seen", 1)]);
    assert_eq!(typed.get("a"), "2");
}

/// What people type never reaches a log, not even by mistake.
#[test]
fn a_log_line_shows_the_names_of_fields_only() {
    let typed = Typed::from_pairs([("words", "He locks the door"), ("place", "Alder Row")]);
    let line = format!("{typed:?}");
    assert_eq!(line, r#"{"place", "words"}"#);
    let mut errors = FieldErrors::new();
    errors.add_with("words", "error-words-too-long", [("longest", Value::from(5))]);
    assert_eq!(errors.iter().collect::<Vec<_>>(), [("words", "error-words-too-long")]);
}

#[test]
fn every_kind_of_field_comes_back_filled() {
    let typed = Typed::from_pairs([
        ("one", "Ana"),
        ("many", "line 1\nline 2"),
        ("limit", "short"),
        ("pick", "b"),
        ("box", "a"),
        ("box", "c"),
        ("list", "b"),
    ]);
    let errors = FieldErrors::new();
    for form in [Form::public(english(), &typed, &errors), Form::desk(english(), &typed, &errors)] {
        assert!(form.input("one", "back").render().unwrap().contains(r#" value="Ana""#));
        assert!(form.textarea("many", "back").render().unwrap().contains(">line 1\nline 2</textarea>"));
        let limited = form.limited("limit", "back", 500).render().unwrap();
        assert!(limited.contains(">short</textarea>") && limited.contains("You can write up to 500 letters."), "{limited}");
        let answers = [("a", "answer-yes"), ("b", "answer-no"), ("c", "answer-not-sure")];
        assert_eq!(checked(&form.radios("pick", "back", answers).render().unwrap()), ["b"]);
        assert_eq!(checked(&form.checkboxes("box", "back", answers).render().unwrap()), ["a", "c"]);
        let select = form.select("list", "back", [SelectItem::new("a", "A"), SelectItem::new("b", "B")]).render().unwrap();
        assert!(select.contains(r#"value="b" selected"#) && select.matches("selected").count() == 1, "{select}");
        // Fields that nobody filled in are empty, and no answer is chosen for anybody.
        assert!(form.input("none", "back").render().unwrap().contains(r#" value="""#));
        assert!(checked(&form.radios("none", "back", answers).render().unwrap()).is_empty());
    }
}

/// The values of the answers that are checked.
fn checked(html: &str) -> Vec<&str> {
    html.split("<input").skip(1).filter(|input| input.split('>').next().unwrap().contains(" checked")).map(value).collect()
}

fn value(input: &str) -> &str {
    input.split_once(" value=\"").unwrap().1.split('"').next().unwrap()
}

/// A browser that remembers what was typed tells the next person who holds the phone.
#[test]
fn on_the_public_face_the_browser_remembers_nothing() {
    let (typed, errors) = (Typed::default(), FieldErrors::new());
    let answers = [("a", "answer-yes"), ("b", "answer-no")];
    let public = Form::public(english(), &typed, &errors);
    for html in [
        public.input("x", "back").render().unwrap(),
        public.textarea("x", "back").render().unwrap(),
        public.limited("x", "back", 9).render().unwrap(),
        public.select("x", "back", [SelectItem::new("a", "A")]).render().unwrap(),
    ] {
        assert_eq!(html.matches(r#" autocomplete="off""#).count(), 1, "{html}");
        assert!(html.contains(r#" translate="no""#), "{html}");
    }
    for html in [
        public.input("x", "back").render().unwrap(),
        public.textarea("x", "back").render().unwrap(),
        public.limited("x", "back", 9).render().unwrap(),
    ] {
        assert!(html.contains(r#" spellcheck="false""#), "words are not sent to a service that checks spelling: {html}");
    }
    for html in [public.radios("x", "back", answers).render().unwrap(), public.checkboxes("x", "back", answers).render().unwrap()] {
        assert_eq!(html.matches(r#" autocomplete="off""#).count(), 2, "{html}");
    }
    let desk = Form::desk(english(), &typed, &errors);
    assert!(!desk.input("x", "back").render().unwrap().contains("autocomplete"));
}

#[test]
fn what_is_wrong_is_said_at_the_top_and_at_the_field_and_the_top_leads_there() {
    let typed = Typed::from_pairs([("limit", "too long")]);
    let mut errors = FieldErrors::new();
    errors.add("limit", "error-message-empty").add_with("limit", "error-words-too-long", [("longest", 500.into())]);
    errors.add("pick", "error-setting-unknown");
    let form = Form::public(english(), &typed, &errors);
    let summary = form.summary().unwrap().render().unwrap();
    let order: Vec<usize> = ["#limit", "#pick"].iter().map(|href| summary.find(href).unwrap()).collect();
    assert!(order.is_sorted(), "in the order of the page: {summary}");
    assert!(summary.contains("There is a problem") && summary.contains("500"), "every error is there, variables filled in");
    assert!(summary.contains(r#"tabindex="-1""#) && summary.contains("autofocus"), "the focus comes without scripts: {summary}");

    let field = form.limited("limit", "back", 500).render().unwrap();
    assert!(field.contains(r#"id="limit""#) && field.contains(r#"id="limit-error""#) && field.contains("limit-error\""), "{field}");
    assert!(field.contains(">too long</textarea>"), "what was typed stays: {field}");
    // The summary leads to the first answer of a group, which bears the name of the group.
    let radios = form.radios("pick", "back", [("a", "answer-yes"), ("b", "answer-no")]).render().unwrap();
    assert!(radios.contains(r#"id="pick" name="pick""#) && radios.contains(r#"id="pick-error""#), "{radios}");
    assert!(errors.has("pick") && !errors.has("other"));
    assert!(form.error("other").is_none());
}

#[test]
fn without_a_mistake_there_is_no_summary() {
    let (typed, errors) = (Typed::default(), FieldErrors::new());
    assert!(errors.is_empty() && Form::desk(english(), &typed, &errors).summary().is_none());
}

/// Fields go into the sealed state of a form and come back out of it.
#[test]
fn what_was_typed_is_written_and_read_again_the_same() {
    let typed = Typed::from_pairs([("a", "1"), ("b", ""), ("b", "ț\u{0}\"<"), ("", "x")]);
    let text = serde_json::to_string(&typed).unwrap();
    assert_eq!(serde_json::from_str::<Typed>(&text).unwrap(), typed);
}

proptest! {
    #[test]
    fn whatever_is_typed_comes_through_the_wire_and_back_to_the_page(words in any::<String>(), name in "[a-z]{1,8}") {
        let typed = sent(&format!("{name}={}", encode(&words))).unwrap();
        prop_assert_eq!(typed.get(&name), words.as_str());
        let text = serde_json::to_string(&typed).unwrap();
        prop_assert_eq!(&serde_json::from_str::<Typed>(&text).unwrap(), &typed);
        let errors = FieldErrors::new();
        let html = Form::public(english(), &typed, &errors).input(&name, "back").render().unwrap();
        let escaped = value(&html);
        prop_assert!(!escaped.contains(['<', '>', '"', '\'']), "{}", escaped);
        let back = escaped.replace("&#60;", "<").replace("&#62;", ">").replace("&#34;", "\"").replace("&#39;", "'").replace("&#38;", "&");
        prop_assert_eq!(back, words);
    }

    /// A page with any hostile answer in every field has no tag that the same page with a word does not have.
    #[test]
    fn no_answer_becomes_markup(words in "[<>\"'&/=a-z ]{0,40}") {
        let page = |words: &str| {
            let typed = Typed::from_pairs([("a", words), ("b", words)]);
            let mut errors = FieldErrors::new();
            errors.add_with("a", "error-receipt-word", [("word", Value::from(words.to_owned()))]);
            let form = Form::public(english(), &typed, &errors);
            [form.summary().unwrap().render().unwrap(), form.input("a", "back").render().unwrap(), form.textarea("b", "back").render().unwrap()].concat()
        };
        let (typed, plain) = (page(&words), page("x"));
        prop_assert_eq!(typed.matches('<').count(), plain.matches('<').count());
        prop_assert_eq!(typed.matches('"').count(), plain.matches('"').count());
    }

    #[test]
    fn no_body_breaks_the_reader(body in any::<String>()) {
        let _ = sent(&body);
    }
}
