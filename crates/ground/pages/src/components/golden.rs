//! Every case that the design system ships for the components in use renders as the design system renders it.
//!
//! Compared after white space is collapsed and entities are brought to one spelling: an escape that is missing or
//! doubled is still a difference.

#![allow(clippy::unwrap_used, clippy::expect_used)]

use std::fs;
use std::path::{Path, PathBuf};

use askama::Template;
use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::*;

#[derive(Deserialize)]
struct Fixtures<T> {
    fixtures: Vec<Fixture<T>>,
}

#[derive(Deserialize)]
struct Fixture<T> {
    name: String,
    options: T,
    html: String,
}

/// The components whose cases are compared below; `at_least` guards against a package that ships fewer.
fn check<T: DeserializeOwned + Template>(component: &str, at_least: usize) {
    let path = folder().join(component).join("fixtures.json");
    let text = fs::read_to_string(&path).unwrap_or_else(|why| panic!("{}: {why}. Run `cargo xtask setup`.", path.display()));
    let cases: Fixtures<T> = serde_json::from_str(&text).unwrap_or_else(|why| panic!("{component}: {why}"));
    assert!(cases.fixtures.len() >= at_least, "{component}: {} cases, expected {at_least}", cases.fixtures.len());
    let mut wrong = Vec::new();
    for case in cases.fixtures {
        let ours = normal(&case.options.render().unwrap());
        let theirs = normal(&case.html);
        if ours != theirs {
            let at = ours.iter().zip(&theirs).position(|(ours, theirs)| ours != theirs).unwrap_or(ours.len().min(theirs.len()));
            wrong.push(format!(
                "{component}, {:?}\n  ours:   {:?}\n  theirs: {:?}",
                case.name,
                ours.get(at.saturating_sub(1)..(at + 3).min(ours.len())),
                theirs.get(at.saturating_sub(1)..(at + 3).min(theirs.len())),
            ));
        }
    }
    assert!(wrong.is_empty(), "{} cases differ\n{}", wrong.len(), wrong.join("\n"));
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../web/node_modules/govuk-frontend/dist/govuk/components")
}

/// The tags and texts of a piece of HTML in order. White space between block tags goes; beside the tags that stand in a
/// line of text, one space is kept, because it shows.
pub(super) fn normal(html: &str) -> Vec<String> {
    let mut pieces: Vec<String> = Vec::new();
    let mut rest = html;
    while !rest.is_empty() {
        let (piece, after) =
            if rest.starts_with('<') { rest.split_at(end_of_tag(rest)) } else { rest.split_at(rest.find('<').unwrap_or(rest.len())) };
        rest = after;
        let collapsed = one_spelling(&collapse(piece));
        if piece.starts_with('<') {
            pieces.push(collapsed);
        } else if !collapsed.trim().is_empty() {
            let before = pieces.last().is_some_and(|tag| in_line(tag));
            let after = in_line(rest);
            let mut text = collapsed.trim().to_owned();
            if before && collapsed.starts_with(' ') && pieces.last().is_some_and(|tag| tag.starts_with("</")) {
                text.insert(0, ' ');
            }
            if after && collapsed.ends_with(' ') && !rest.starts_with("</") {
                text.push(' ');
            }
            pieces.push(text);
        }
    }
    pieces
}

fn end_of_tag(html: &str) -> usize {
    let mut quoted = false;
    html.char_indices()
        .find(|(_, letter)| {
            quoted ^= *letter == '"';
            *letter == '>' && !quoted
        })
        .map_or(html.len(), |(at, _)| at + 1)
}

fn in_line(tag: &str) -> bool {
    let name = tag.trim_start_matches(['<', '/']);
    ["span", "a ", "a>", "strong", "em"].iter().any(|start| name.starts_with(start))
}

fn collapse(text: &str) -> String {
    let mut out = String::new();
    for letter in text.chars() {
        if !letter.is_whitespace() {
            out.push(letter);
        } else if !out.ends_with(' ') {
            out.push(' ');
        }
    }
    out.replace(" >", ">")
}

fn one_spelling(text: &str) -> String {
    let text = text.replace("&quot;", "&#34;").replace("&lt;", "&#60;").replace("&gt;", "&#62;").replace("&amp;", "&#38;");
    text.replace("&#039;", "&#39;").replace("&apos;", "&#39;")
}

/// The comparison itself sees what matters and forgives what does not.
#[test]
fn the_comparison_is_strict_where_it_shows() {
    assert_eq!(normal("<p>\n  a &quot;b&quot;\n</p>"), normal("<p>a &#34;b&#34;</p>"));
    assert_ne!(normal("<p>a <b>b</b></p>"), normal("<p>a &lt;b&gt;b</p>"));
    assert_ne!(normal("<p>&lt;</p>"), normal("<p>&amp;lt;</p>"));
    assert_ne!(normal("<span>a</span> b"), normal("<span>a</span>b"));
    assert_ne!(normal(r#"<p class="a">b</p>"#), normal(r#"<p class="a" id="c">b</p>"#));
}

macro_rules! golden {
    ($($test:ident: $kind:ty, $component:literal, $at_least:literal;)+) => { $(
        #[test]
        fn $test() {
            check::<$kind>($component, $at_least);
        }
    )+ };
}

golden! {
    back_link: BackLink, "back-link", 7;
    breadcrumbs: Breadcrumbs, "breadcrumbs", 12;
    button: Button, "button", 38;
    character_count: CharacterCount, "character-count", 34;
    checkboxes: Checkboxes, "checkboxes", 42;
    details: Details, "details", 10;
    error_message: ErrorMessage, "error-message", 9;
    error_summary: ErrorSummary, "error-summary", 19;
    exit_this_page: ExitThisPage, "exit-this-page", 4;
    fieldset: Fieldset, "fieldset", 18;
    file_upload: FileUpload, "file-upload", 22;
    generic_header: GenericHeader, "generic-header", 7;
    hint: Hint, "hint", 6;
    input: Input, "input", 45;
    inset_text: InsetText, "inset-text", 6;
    label: Label, "label", 17;
    language_navigation: LanguageNavigation, "language-navigation", 13;
    notification_banner: NotificationBanner, "notification-banner", 21;
    pagination: Pagination, "pagination", 15;
    panel: Panel, "panel", 19;
    password_input: PasswordInput, "password-input", 12;
    phase_banner: PhaseBanner, "phase-banner", 7;
    radios: Radios, "radios", 43;
    select: Select, "select", 19;
    skip_link: SkipLink, "skip-link", 9;
    summary_list: SummaryList, "summary-list", 30;
    table: Table, "table", 21;
    tag: Tag, "tag", 12;
    textarea: Textarea, "textarea", 18;
    warning_text: WarningText, "warning-text", 8;
}
