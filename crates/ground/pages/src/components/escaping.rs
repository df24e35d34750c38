//! Nothing that somebody typed can become markup, in any component and any place of it that takes text.

#![allow(clippy::unwrap_used, clippy::expect_used)]

use askama::Template;
use proptest::prelude::*;

use super::*;
use crate::{Attributes, Content, Markup};

/// Every component with `text` in every place that takes text of people, by name.
fn everywhere(text: &str) -> Vec<(&'static str, String)> {
    let t = || text.to_owned();
    let content = || Content::text(t());
    let error = || Some(ErrorMessage::new(t(), t()));
    let attributes = || Attributes::default().set("data-typed", t());
    let render = |template: &dyn Fn() -> Markup| template().as_str().to_owned();
    let choices = || {
        [
            Choice::new(t(), t()).hint(t()),
            Choice { id: Some(t()), name: Some(t()), behaviour: Some(t()), ..Choice::new("a value nobody types", t()) },
            Choice::divider(t()),
        ]
    };
    vec![
        ("back link", render(&|| BackLink::new(t(), t()).attributes(attributes()).classes(t()).into())),
        ("badge", render(&|| Badge::new(t()).attributes(attributes()).classes(t()).into())),
        (
            "breadcrumbs",
            render(&|| Breadcrumbs::new(t(), [Breadcrumb::new(t(), t()), Breadcrumb::here(t())]).attributes(attributes()).into()),
        ),
        ("button", render(&|| Button::new(t()).named(t(), t()).id(t()).attributes(attributes()).classes(t()).into())),
        ("button link", render(&|| Button::link(t(), t()).id(t()).attributes(attributes()).into())),
        (
            "character count",
            render(&|| {
                CharacterCount::new(t(), 100, t()).label(t()).hint(t()).value(t()).error(error()).private().attributes(attributes()).into()
            }),
        ),
        (
            "checkboxes",
            render(&|| Checkboxes::new(t()).legend(t()).hint(t()).items(choices()).values([t()]).error(error()).private().into()),
        ),
        ("details", render(&|| Details::new(t(), t()).attributes(attributes()).classes(t()).into())),
        ("error message", render(&|| ErrorMessage::new(t(), t()).into())),
        ("error summary", render(&|| ErrorSummary::new(t(), [ErrorItem::new(t(), text)]).attributes(attributes()).into())),
        (
            "exit",
            render(&|| {
                ExitThisPage {
                    activated_text: Some(t()),
                    timed_out_text: Some(t()),
                    press_two_more_times_text: Some(t()),
                    press_one_more_time_text: Some(t()),
                    ..ExitThisPage::new(t(), t())
                }
                .into()
            }),
        ),
        ("fieldset", render(&|| Fieldset::new(Legend::new(t()).page_heading(), Markup::default()).attributes(attributes()).into())),
        (
            "header",
            render(&|| {
                GenericHeader { url: Some(t()), logo_text: Some(t()), container_classes: Some(t()), ..GenericHeader::default() }.into()
            }),
        ),
        ("hint", render(&|| Hint::new(t()).attributes(attributes()).into())),
        ("identity bar", render(&|| IdentityBar::new(t()).attributes(attributes()).classes(t()).into())),
        (
            "input",
            render(&|| {
                let affix = || Some(Affix { content: content(), classes: t().into(), attributes: attributes() });
                Input {
                    prefix: affix(),
                    suffix: affix(),
                    described_by: Some(t()),
                    pattern: Some(t()),
                    ..Input::new(t()).kind(t()).inputmode(t()).autocomplete(t())
                }
                .label(t())
                .hint(t())
                .value(t())
                .error(error())
                .attributes(attributes())
                .into()
            }),
        ),
        ("inset text", render(&|| InsetText { id: Some(t()), ..InsetText::new(t()) }.into())),
        ("label", render(&|| Label::new(t()).target(t()).page_heading().attributes(attributes()).into())),
        (
            "languages",
            render(&|| {
                let item = |current| LanguageItem {
                    content: content(),
                    href: Some(t()),
                    lang: Some(t()),
                    dir: Some(t()),
                    current,
                    language_description_text: Some(t()),
                    ..LanguageItem::default()
                };
                LanguageNavigation::new(t(), [item(true), item(false)]).into()
            }),
        ),
        (
            "messages",
            render(&|| {
                let message = |message: Message| Message { id: Some(t()), ..message.at(t(), t(), t()) };
                Messages { id: Some(t()), ..Messages::new(t(), [message(Message::sent(t(), t())), message(Message::received(t(), t()))]) }
                    .into()
            }),
        ),
        ("banner", render(&|| NotificationBanner { title_id: Some(t()), role: Some(t()), ..NotificationBanner::success(t(), t()) }.into())),
        (
            "pagination",
            render(&|| {
                let arrow = || Some(PageArrow { label_text: Some(t()), ..PageArrow::new(t(), t()) });
                Pagination::new(
                    t(),
                    [PageItem::new(1, t(), t(), true), PageItem { number: Some(t()), href: Some(t()), ..PageItem::default() }],
                )
                .previous(arrow())
                .next(arrow())
                .into()
            }),
        ),
        ("arrows", render(&|| Pagination::arrows(t(), Some(PageArrow { label_text: Some(t()), ..PageArrow::new(t(), t()) }), None).into())),
        (
            "panel",
            render(&|| {
                let action = |kind: Option<&str>, href| PanelAction {
                    text: t(),
                    href,
                    kind: kind.map(str::to_owned),
                    attributes: attributes(),
                    ..PanelAction::default()
                };
                let actions = PanelActions {
                    items: vec![action(None, Some(t())), action(Some("button"), Some(t())), action(None, None)],
                    ..PanelActions::default()
                };
                Panel { actions: Some(actions), ..Panel::new(t(), t()).classes("govuk-panel--interruption") }.into()
            }),
        ),
        (
            "password",
            render(&|| {
                PasswordInput {
                    name: t(),
                    show_password_text: Some(t()),
                    show_password_aria_label_text: Some(t()),
                    ..PasswordInput::default()
                }
                .label(t())
                .hint(t())
                .value(t())
                .error(error())
                .into()
            }),
        ),
        ("phase banner", render(&|| PhaseBanner::new(t(), t()).attributes(attributes()).into())),
        ("radios", render(&|| Radios::new(t()).legend(t()).hint(t()).items(choices()).value(t()).error(error()).private().into())),
        (
            "select",
            render(&|| Select::new(t()).label(t()).hint(t()).items([SelectItem::new(t(), t())]).value(t()).error(error()).private().into()),
        ),
        (
            "side navigation",
            render(&|| {
                SideNavigation::new(
                    t(),
                    [SideSection::new(
                        t(),
                        [SideItem::new(t(), t()).active(true), SideItem { attributes: attributes(), ..SideItem::new(t(), t()) }],
                    )],
                )
                .into()
            }),
        ),
        ("skip link", render(&|| SkipLink::new(t(), t()).attributes(attributes()).into())),
        (
            "summary list",
            render(&|| {
                SummaryList::new([
                    SummaryRow::new(t(), t()).action(t(), t(), t()).action(t(), t(), t()),
                    SummaryRow::new(t(), t()).action(t(), t(), t()),
                ])
                .card(t())
                .into()
            }),
        ),
        (
            "table",
            render(&|| {
                Table::new(t())
                    .head([t(), t()])
                    .row([Cell::new(t()), Cell::numeric(t())])
                    .first_cell_is_header()
                    .attributes(attributes())
                    .into()
            }),
        ),
        ("file upload", render(&|| FileUpload::new(t()).label(t()).hint(t()).error(error()).multiple().attributes(attributes()).into())),
        ("tag", render(&|| Tag::new(t()).attributes(attributes()).classes(t()).into())),
        (
            "textarea",
            render(&|| Textarea::new(t()).label(t()).hint(t()).value(t()).error(error()).private().attributes(attributes()).into()),
        ),
        (
            "timeline",
            render(&|| {
                Timeline::new([TimelineItem { attributes: attributes(), ..TimelineItem::new(t(), t(), t()).byline(t()).content(t()) }])
                    .into()
            }),
        ),
        ("warning", render(&|| WarningText::new(t(), t()).attributes(attributes()).into())),
    ]
}

/// The names of tags and attributes of a piece of HTML, and the texts. Reads as a browser does as far as quotes go.
fn structure(html: &str) -> Vec<String> {
    let mut names = Vec::new();
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        let mut quoted = false;
        let end = rest[at..].find(|letter: char| {
            quoted ^= letter == '"';
            letter == '>' && !quoted
        });
        let Some(end) = end else {
            names.push("A TAG THAT DOES NOT END".to_owned());
            break;
        };
        let tag = &rest[at..at + end + 1];
        let outside: String = tag.split('"').step_by(2).collect();
        names.push(outside.split_whitespace().collect::<Vec<_>>().join(" "));
        rest = &rest[at + end + 1..];
    }
    names
}

/// Pieces that break out of texts, of attributes in either quotes, of comments, or that are broken letters.
fn hostile() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "<script>",
        "</script>",
        "<img src=x onerror=alert(1)>",
        "\"",
        "'",
        "\" onfocus=\"alert(1)",
        "' autofocus '",
        "&lt;",
        "&#34;",
        "&",
        "<!--",
        "-->",
        "</textarea>",
        "</title>",
        "]]>",
        "`",
        "=",
        ">",
        "<",
        "/>",
        "\u{0}",
        "\u{202e}",
        "\n",
        "\r\n",
        "javascript:alert(1)",
        "{{ x }}",
        "%{count}",
        "a",
    ]);
    prop::collection::vec(prop_oneof![4 => piece.prop_map(str::to_owned), 1 => "\\PC{1,4}"], 1..6).prop_map(|pieces| pieces.concat())
}

#[test]
fn every_component_is_among_them() {
    let names: Vec<&str> = everywhere("x").iter().map(|(name, _)| *name).collect();
    // The golden tests compare 30 components of GOV.UK and 5 of MOJ; a button and a pagination stand here in two kinds.
    assert_eq!(names.len(), 30 + 5 + 2);
}

/// A plain word shows that each component writes what it is given; otherwise the property would hold for empty pages.
#[test]
fn every_component_writes_what_it_is_given() {
    for (name, html) in everywhere("plainword") {
        assert!(html.contains("plainword"), "{name}: {html}");
    }
}

#[test]
fn a_script_is_written_as_text() {
    for (name, html) in everywhere("<script>alert(\"1\")</script>") {
        assert!(!html.contains("<script") && !html.contains("(\"1\")"), "{name}: {html}");
        assert!(html.contains("&#60;script&#62;alert(&#34;1&#34;)"), "{name}: {html}");
    }
}

proptest! {
    /// The page has the same tags and attributes whatever was typed: text stays text.
    #[test]
    fn what_was_typed_changes_no_tag_and_no_attribute(text in hostile()) {
        // A plain word of the same emptiness and first line break, so that what depends on these is the same.
        let plain = if text.trim().is_empty() { text.clone() } else { "x".to_owned() };
        for ((name, typed), (_, expected)) in everywhere(&text).into_iter().zip(everywhere(&plain)) {
            prop_assert_eq!(structure(&typed), structure(&expected), "{}: {}", name, typed);
        }
    }

    /// Whoever reads the value back, as a browser does, gets what was typed.
    #[test]
    fn a_value_reads_back_as_it_was_typed(text in hostile()) {
        let html = Input::new("field").value(text.clone()).render().unwrap();
        let (_, value) = html.split_once(" value=\"").unwrap();
        let (value, _) = value.split_once('"').unwrap();
        prop_assert_eq!(unescape(value), text.clone());
        let html = Textarea::new("field").value(text.clone()).render().unwrap();
        let (_, value) = html.split_once("rows=\"5\">").unwrap();
        let (value, _) = value.split_once("</textarea>").unwrap();
        // A browser drops one line break at the start of a text area.
        let value = value.strip_prefix("\r\n").or_else(|| value.strip_prefix('\n')).unwrap_or(value);
        prop_assert_eq!(unescape(value), text);
    }
}

fn unescape(text: &str) -> String {
    let text = text.replace("&#60;", "<").replace("&#62;", ">").replace("&#34;", "\"").replace("&#39;", "'");
    text.replace("&#38;", "&")
}
