//! What stays of the marks of a document: elements and attributes that are known, values that have the shape of a measure or
//! of a word of the language, and text where text is read.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::sync::LazyLock;

/// Triples of a space, whether it is an attribute's, and a name.
static NAMES: LazyLock<BTreeSet<(&'static str, bool, &'static str)>> = LazyLock::new(|| {
    let lines = include_str!("names.txt").lines().filter(|line| !line.starts_with('#')).filter_map(|line| line.split_once(": "));
    lines
        .flat_map(|(space, names)| {
            let own = space.trim_end_matches('@');
            names.split(' ').map(move |name| (own, space.len() > own.len(), name))
        })
        .collect()
});

const MOST_WORD: usize = 64;
const MOST_TEXT: usize = 255;
const MOST_POINTS: usize = 100_000;

pub(super) fn element(space: &str, name: &str) -> bool {
    NAMES.contains(&(space, false, name))
}

/// Whether an attribute stays with this value.
pub(super) fn attribute(space: &str, name: &str, value: &str) -> bool {
    if !NAMES.contains(&(space, true, name)) {
        return false;
    }
    match name {
        // Seen: typefaces, what stands before and after a number.
        "font-family" | "font-family-asian" | "font-family-complex" | "font-name" | "font-name-asian" | "font-name-complex" => {
            value.len() <= MOST_TEXT
        }
        "font-adornments" | "font-style-name" | "num-prefix" | "num-suffix" | "bullet-char" | "char" | "leader-text" => {
            value.len() <= MOST_WORD
        }
        // A format that depends on what a cell holds; one that is worked out may name files, people and hidden sheets.
        "condition" => value.strip_prefix("value()").is_some_and(|rest| {
            let bound = rest.replace("&lt;", "<").replace("&gt;", ">");
            bound.trim_start_matches(['<', '>', '=', '!']).parse::<f64>().is_ok_and(f64::is_finite)
        }),
        "d" | "points" | "enhanced-path" | "glue-points" | "formula" | "transform" | "modifiers" | "text-areas" => {
            value.len() <= MOST_POINTS && value.chars().all(|letter| is_letter(letter) || matches!(letter, '(' | ')'))
        }
        _ => value.len() <= MOST_WORD && value.chars().all(|letter| is_letter(letter) || matches!(letter, '(' | ')')),
    }
}

fn is_letter(letter: char) -> bool {
    letter.is_ascii_alphanumeric() || matches!(letter, ' ' | '.' | ',' | ':' | '%' | '#' | '+' | '-' | '_' | '*' | '/' | '?' | '@' | '$')
}

/// Text where text is read, and nothing elsewhere.
pub(super) fn say(of: (&'static str, &str), text: Cow<'_, str>) -> String {
    let read = match of {
        ("text", "p" | "h" | "span" | "ruby-base" | "ruby-text" | "note-citation" | "number" | "linenumbering-separator") => true,
        ("text", "page-continuation" | "page-count" | "page-number" | "sheet-name") => true,
        ("text", name) => name.ends_with("-count") || super::fields::FIELDS.contains(&name),
        ("number", name) => matches!(name, "text" | "currency-symbol" | "embedded-text" | "fill-character"),
        ("presentation", name) => matches!(name, "header" | "footer" | "date-time"),
        _ => false,
    };
    if read { text.into_owned() } else { String::new() }
}

#[cfg(test)]
mod tests {
    use super::{attribute, element};

    #[test]
    fn what_is_known_stays_and_nothing_else() {
        assert!(element("text", "p") && element("style", "style") && !element("text", "CANARY") && !element("office", "binary-data"));
        assert!(attribute("fo", "margin-left", "1.5cm") && attribute("draw", "enhanced-path", "M ?f1 0 L 21600 ?f2 Z N"));
        assert!(attribute("style", "condition", "value()&gt;=0") && !attribute("style", "condition", "value()=&quot;CANARY&quot;"));
        assert!(!attribute("text", "CANARY", "1") && !attribute("office", "string-value", "CANARY"));
        assert!(!attribute("fo", "margin-left", "a&quot;") && !attribute("table", "formula", "of:=1"));
    }
}
