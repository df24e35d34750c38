//! Languages that exist for tests: a long one that shows texts cut off or not translatable, and one that runs from
//! right to left. Made from English, so that they are never behind it.

use std::fmt::Write;

use fluent_syntax::ast::{Entry, Expression, InlineExpression, Pattern, PatternElement, Resource};
use fluent_syntax::{parser, serializer};

/// Messages that are settings, not text.
const SETTINGS: &[&str] = &["language-name", "language-direction"];

/// Rewrites every text of a Fluent file; variables, selectors and functions stay. `text` was parsed before.
pub(super) fn transform(text: &str, change: fn(&str) -> String) -> String {
    let mut resource: Resource<String> = match parser::parse(text.to_owned()) {
        Ok(resource) | Err((resource, _)) => resource,
    };
    for entry in &mut resource.body {
        if let Entry::Message(message) = entry
            && !SETTINGS.contains(&message.id.name.as_str())
        {
            if let Some(pattern) = &mut message.value {
                in_pattern(pattern, change);
            }
        } else if let Entry::Term(term) = entry {
            in_pattern(&mut term.value, change);
        }
    }
    serializer::serialize(&resource)
}

fn in_pattern(pattern: &mut Pattern<String>, change: fn(&str) -> String) {
    for element in &mut pattern.elements {
        match element {
            PatternElement::TextElement { value } => *value = change(value),
            PatternElement::Placeable { expression } => in_expression(expression, change),
        }
    }
}

fn in_expression(expression: &mut Expression<String>, change: fn(&str) -> String) {
    match expression {
        Expression::Select { variants, .. } => variants.iter_mut().for_each(|variant| in_pattern(&mut variant.value, change)),
        Expression::Inline(InlineExpression::Placeable { expression }) => in_expression(expression, change),
        Expression::Inline(_) => {}
    }
}

/// Accents on every letter that has them, about 40 % more length, brackets around each piece.
pub(super) fn long(text: &str) -> String {
    map_words(text, |words| {
        let mut out = String::from("⟦");
        let mut letters = 0_usize;
        for letter in words.chars() {
            out.push(accented(letter));
            letters += usize::from(letter.is_alphabetic());
        }
        let more = (letters * 2).div_ceil(5);
        if more > 0 {
            out.push(' ');
            out.extend("lõñg ".chars().cycle().take(more.saturating_sub(1)));
        }
        out.push('⟧');
        out
    })
}

/// Every line marked to be shown from right to left, so that a place that forgot the direction is seen at once.
pub(super) fn right_to_left(text: &str) -> String {
    map_words(text, |words| {
        let mut out = String::new();
        let _ = write!(out, "\u{202e}{words}\u{202c}");
        out
    })
}

/// Applies to the text between the white space at both ends, which keeps its place beside variables; line by line,
/// because a Fluent text keeps its lines.
fn map_words(text: &str, change: impl Fn(&str) -> String) -> String {
    let lines = text.split('\n').map(|line| {
        let words = line.trim();
        // Punctuation alone carries no text; brackets at the start of a line would read as Fluent.
        if !words.chars().any(char::is_alphanumeric) {
            return line.to_owned();
        }
        let start = &line[..line.len() - line.trim_start().len()];
        let end = &line[line.trim_end().len()..];
        format!("{start}{}{end}", change(words))
    });
    lines.collect::<Vec<_>>().join("\n")
}

fn accented(letter: char) -> char {
    const PLAIN: &str = "AaBbCcDdEeFfGgHhIiJjKkLlMmNnOoPpRrSsTtUuVvWwXxYyZz";
    const ACCENTED: &str = "ÅåƁƀÇçÐðÉéƑƒĜĝĤĥÎîĴĵĶķĻļṀṁÑñÖöÞþŔŕŠšŢţÛûṼṽŴŵẊẋÝýŽž";
    PLAIN.find(letter).and_then(|at| ACCENTED.chars().nth(at)).unwrap_or(letter)
}
