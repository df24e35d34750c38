//! What stays of the marks of a document: elements and attributes that are known, values that have the shape of a measure or
//! of a word of the language, and text where text is read. Whatever is not here goes, known or not.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::sync::LazyLock;

/// Pairs of a space and a name.
type Names = BTreeSet<(&'static str, &'static str)>;

fn names(text: &'static str) -> Names {
    let lines = text.lines().filter(|line| !line.starts_with('#')).filter_map(|line| line.split_once(": "));
    lines.flat_map(|(space, names)| names.split(' ').map(move |name| (space, name))).collect()
}

static ELEMENTS: LazyLock<Names> = LazyLock::new(|| names(include_str!("elements.txt")));
static ATTRIBUTES: LazyLock<Names> = LazyLock::new(|| names(include_str!("attributes.txt")));

/// Measures, numbers, colours, and words of the languages of documents are shorter.
const MOST_WORD: usize = 64;
/// Names of typefaces and sheets, formats of numbers.
const MOST_TEXT: usize = 255;
/// The points of a drawing, the cells of a format.
const MOST_LIST: usize = 20_000;

/// Whether an element is one of its space.
pub(super) fn element(space: &str, name: &str) -> bool {
    ELEMENTS.contains(&(if space.is_empty() { "sheet" } else { space }, name))
}

/// Whether an attribute stays that is of its element's own space, or of none.
pub(super) fn attribute((space, element): (&str, &str), name: &str, value: &str) -> bool {
    let list = match space {
        "" => "sheet",
        "a" | "c" | "pic" | "wp" | "wps" | "wpg" | "xdr" => "drawing",
        "w10" => "v",
        own => own,
    };
    if !ATTRIBUTES.contains(&(list, name)) {
        return false;
    }
    match (list, name) {
        // Seen: the names of typefaces and sheets, what numbers look like, words along a path, what stands before a line.
        ("w", "ascii" | "hAnsi" | "eastAsia" | "cs" | "font") | (_, "typeface" | "formatCode" | "string") => value.len() <= MOST_TEXT,
        ("sheet", "name") | ("w", "name") => value.len() <= MOST_TEXT,
        ("w", "val") if element == "lvlText" => value.len() <= MOST_TEXT,
        ("sheet", "val") if element == "name" => value.len() <= MOST_TEXT,
        // A bound of a scale may be worked out from cells.
        ("sheet", "val") if element == "cfvo" => value.parse::<f64>().is_ok(),
        ("m", "val") | ("drawing", "char") => {
            value.chars().count() <= 2 || is_word(value) || value.len() <= 10 && value.starts_with('&') && value.ends_with(';')
        }
        ("w", "uri") => value == "http://schemas.microsoft.com/office/word",
        ("v", "adj" | "path" | "points" | "v" | "wrapcoords" | "colors" | "eqn") | ("sheet", "sqref") | ("drawing", "fmla") => {
            value.len() <= MOST_LIST && value.chars().all(is_letter)
        }
        ("drawing", "uri") => value.len() <= MOST_TEXT,
        _ => is_word(value),
    }
}

fn is_word(value: &str) -> bool {
    value.len() <= MOST_WORD && value.chars().all(is_letter)
}

fn is_letter(letter: char) -> bool {
    letter.is_ascii_alphanumeric()
        || matches!(letter, ' ' | '.' | ',' | ':' | '%' | '#' | '+' | '-' | '_' | '{' | '}' | '*' | '/' | '?' | '@' | '$')
}

/// How a shape of the old kind lies on its page, without what is the program's own.
pub(super) fn style(value: &str) -> String {
    const KEPT: &[&str] = &[
        "position",
        "left",
        "top",
        "width",
        "height",
        "margin-left",
        "margin-top",
        "margin-right",
        "margin-bottom",
        "z-index",
        "rotation",
        "flip",
        "visibility",
        "text-align",
        "v-text-anchor",
        "v-text-align",
        "layout-flow",
        "font-family",
        "font-size",
        "font-weight",
        "font-style",
        "mso-position-horizontal",
        "mso-position-horizontal-relative",
        "mso-position-vertical",
        "mso-position-vertical-relative",
        "mso-left-percent",
        "mso-top-percent",
        "mso-width-percent",
        "mso-width-relative",
        "mso-height-percent",
        "mso-height-relative",
        "mso-wrap-style",
        "mso-wrap-distance-left",
        "mso-wrap-distance-top",
        "mso-wrap-distance-right",
        "mso-wrap-distance-bottom",
        "mso-fit-shape-to-text",
    ];
    let value = value.replace("&quot;", "'");
    let pairs = value.split(';').filter_map(|pair| pair.split_once(':')).map(|(name, value)| (name.trim(), value.trim()));
    let kept = pairs.filter(|(name, value)| {
        let quoted = *name == "font-family" && value.len() <= MOST_WORD && value.chars().all(|letter| letter == '\'' || is_letter(letter));
        KEPT.contains(name) && (quoted || is_word(value))
    });
    kept.map(|(name, value)| format!("{name}:{value}")).collect::<Vec<_>>().join(";")
}

/// Whether what stands directly in an element is read.
pub(super) fn text((space, name): (&str, &str)) -> bool {
    matches!(
        (space, name),
        ("w" | "m" | "a", "t")
            | ("c", "v" | "f" | "formatCode" | "separator")
            | ("xdr", "col" | "row" | "colOff" | "rowOff")
            | ("wp", "posOffset" | "align")
            | ("", "v" | "t" | "formula" | "oddHeader" | "oddFooter" | "evenHeader" | "evenFooter" | "firstHeader" | "firstFooter")
    )
}

/// Text where text is read, and nothing elsewhere.
pub(super) fn say(of: (&'static str, &str), text: Cow<'_, str>) -> String {
    if self::text(of) { text.into_owned() } else { String::new() }
}

/// A formula of numbers and of cells of its own sheet.
pub(super) fn is_plain_formula(text: &str) -> bool {
    let is_cell = |word: &str| {
        let word = word.replace('$', "");
        let digits = word.trim_start_matches(|letter: char| letter.is_ascii_uppercase());
        let letters = word.len() - digits.len();
        (1..=3).contains(&letters) && !digits.is_empty() && digits.len() <= 7 && digits.bytes().all(|digit| digit.is_ascii_digit())
    };
    let text = text.replace("&lt;", "<").replace("&gt;", ">");
    text.len() <= MOST_WORD
        && text
            .split(['+', '-', '*', '/', '(', ')', '<', '>', '=', ':', ',', ' '])
            .all(|word| word.is_empty() || word.parse::<f64>().is_ok_and(f64::is_finite) || is_cell(word))
}

#[cfg(test)]
mod tests {
    use super::{attribute, element, is_plain_formula, style};

    #[test]
    fn what_is_known_stays_and_nothing_else() {
        assert!(element("w", "tbl") && element("", "sheetData") && element("a", "blip") && !element("w", "CANARY"));
        assert!(attribute(("w", "jc"), "val", "center") && attribute(("a", "off"), "x", "-12700"));
        assert!(attribute(("w", "lvlText"), "val", "%1.\u{2022}") && attribute(("", "font"), "name", "Noto Sans"));
        assert!(!attribute(("w", "jc"), "CANARY", "1") && !attribute(("v", "imagedata"), "src", "file:x"));
        assert!(!attribute(("w", "jc"), "val", "\u{e9}") && !attribute(("w", "jc"), "val", &"a".repeat(65)));
        assert!(!attribute(("", "cfvo"), "val", "Hidden!A1") && attribute(("", "cfvo"), "val", "0.5"));
    }

    #[test]
    fn a_style_says_where_a_shape_lies() {
        assert_eq!(style("position:absolute; margin-left:1pt;CANARY:x;width:CANARY&amp;"), "position:absolute;margin-left:1pt");
    }

    #[test]
    fn a_formula_that_names_something_is_not_plain() {
        for plain in ["100", "$B$2", "A1&gt;3", "-0.5"] {
            assert!(is_plain_formula(plain), "{plain}");
        }
        for other in ["Hidden!A1", "CANARY", "\"CANARY\"", "SEARCH(\"x\",A1)", "inf"] {
            assert!(!is_plain_formula(other), "{other}");
        }
    }
}
