//! Small pieces of markup that pages share. Each is a template, so that text is escaped.

use askama::Template;
use time::macros::format_description;
use time::{Date, OffsetDateTime, UtcOffset};

use plainsight_pages::components::Table;
use plainsight_pages::{Locale, Markup};
use plainsight_vocabulary::Sign;

use crate::report::Path;

#[derive(Template)]
#[template(source = r#"<p class="govuk-body">{{ text }}</p>"#, ext = "html")]
pub(crate) struct Paragraph<'a> {
    pub(crate) text: &'a str,
}

#[derive(Template)]
#[template(source = r#"<p class="govuk-body">{{ inside }}</p>"#, ext = "html")]
struct Line {
    inside: Markup,
}

#[derive(Template)]
#[template(source = r#"<a class="govuk-link" href="{{ href }}" rel="noreferrer noopener">{{ text }}</a>"#, ext = "html")]
struct Link<'a> {
    href: &'a str,
    text: &'a str,
}

#[derive(Template)]
#[template(
    source = r#"<dl class="govuk-summary-list">{% for answer in answers %}<div class="govuk-summary-list__row">
  <dt class="govuk-summary-list__key">{{ answer.question }}</dt>
  <dd class="govuk-summary-list__value ps-words" dir="auto">{{ answer.given }}</dd>
  <dd class="govuk-summary-list__actions"><button class="ps-link-button" name="go" value="edit-{{ answer.page }}">{{ change }}<span class="govuk-visually-hidden"> {{ answer.question }}</span></button></dd>
</div>{% endfor %}</dl>"#,
    ext = "html"
)]
struct Answers<'a> {
    answers: &'a [Answered],
    change: &'a str,
}

/// One question of the check page, with the page it can be changed on.
pub(crate) struct Answered {
    pub(crate) question: String,
    pub(crate) given: String,
    pub(crate) page: &'static str,
}

#[derive(Template)]
#[template(source = r#"<div class="ps-scroll" tabindex="0" role="region" aria-label="{{ label }}">{{ table }}</div>"#, ext = "html")]
struct Scroll<'a> {
    label: &'a str,
    table: Table,
}

/// A table that scrolls by itself where it is too wide, under a heading that says what it shows.
pub(crate) fn scroll(label: &str, mut table: Table) -> Markup {
    table.caption_classes = "govuk-visually-hidden".into();
    Markup::of(&Scroll { label, table })
}

pub(crate) fn paragraph(text: &str) -> Markup {
    Markup::of(&Paragraph { text })
}

/// A paragraph around markup.
pub(crate) fn line(inside: Markup) -> Markup {
    Markup::of(&Line { inside })
}

pub(crate) fn link(href: &str, text: &str) -> Markup {
    Markup::of(&Link { href, text })
}

/// A list of answers, each with a button that leads back to its page.
pub(crate) fn answers(answers: &[Answered], change: &str) -> Markup {
    Markup::of(&Answers { answers, change })
}

/// A sign in the words in which the reporter was asked.
pub(crate) fn sign(words: &Locale, sign: &Sign, path: Path) -> String {
    let asked = if path == Path::Me { sign.self_key() } else { None };
    words.text(&asked.unwrap_or_else(|| sign.witness_key())).into_owned()
}

/// A text of ours without the marks that keep numbers in order on a screen: where it is copied or read by a program.
pub(crate) fn unmarked(text: &str) -> String {
    text.replace(['\u{2066}', '\u{2068}', '\u{2069}'], "")
}

/// What a language is called in the language of the page; its tag when nobody wrote that down yet.
pub(crate) fn language_name(words: &Locale, tag: &str) -> String {
    let id = format!("language-{}", tag.to_lowercase());
    if words.has(&id) { words.text(&id).into_owned() } else { tag.to_owned() }
}

/// A day as the browser's own field for it sends it, and as hints show it: 2026-11-28.
pub(crate) fn day(typed: &str) -> Option<Date> {
    Date::parse(typed.trim(), format_description!("[year]-[month]-[day]")).ok()
}

/// The offset from UTC of a place's clock at a moment; UTC itself for a place nobody knows.
pub(crate) fn offset(zone: &str, at: OffsetDateTime) -> UtcOffset {
    let timestamp = jiff::Timestamp::from_second(at.unix_timestamp()).ok();
    timestamp
        .and_then(|timestamp| jiff::tz::TimeZone::get(zone).ok().map(|zone| zone.to_offset(timestamp).seconds()))
        .and_then(|seconds| UtcOffset::from_whole_seconds(seconds).ok())
        .unwrap_or(UtcOffset::UTC)
}
