//! What styles, layers and masters say before anything is written: how they are called, and what they hide.

use super::Rules;
use crate::xml::Xml;

/// Names that LibreOffice gives by itself: `P1`, `ta1`, `Heading_20_1`. Any other may be the name of a house.
pub(super) fn is_usual(name: &str) -> bool {
    let name = name.replace("_20_", " ");
    let stem = name.trim_end_matches(|letter: char| letter.is_ascii_digit()).trim_end();
    let counted = name.len() > stem.len() && name.len() <= 6 && stem.len() <= 3 && stem.bytes().all(|letter| letter.is_ascii_alphabetic());
    counted
        || matches!(
            stem,
            "Standard"
                | "Default"
                | "Heading"
                | "Title"
                | "Subtitle"
                | "Text body"
                | "List"
                | "Caption"
                | "Index"
                | "Header"
                | "Footer"
                | "Footnote"
                | "Endnote"
                | "Table Contents"
                | "Table Heading"
                | "Graphics"
                | "Frame"
                | "Internet link"
                | "Footnote Symbol"
                | "Footnote anchor"
                | "Endnote Symbol"
                | "Numbering Symbols"
                | "Bullet Symbols"
                | "Contents"
                | "Contents Heading"
                | "Outline"
                | "No List"
                | "Quotations"
                | "Signature"
                | "standard"
                | "default"
                | "Text"
                | "Result"
                | "Accent"
                | "Status"
                | "Good"
                | "Bad"
                | "Neutral"
        )
}

impl Rules<'_> {
    /// Reads what styles are called and which hide something.
    pub(super) fn learn(&mut self, xml: &Xml<'_>) {
        let Some(root) = xml.root() else { return };
        for number in xml.inside(root) {
            let (space, local) = xml.name(number);
            if let Some(name) = xml
                .attribute(number, Some("style"), "name")
                .filter(|_| matches!(space, "style" | "number" | "text") && local != "font-face")
            {
                let new = if is_usual(name) { name.to_owned() } else { format!("Style_{}", self.names.len() + 1) };
                self.names.entry(name.to_owned()).or_insert(new);
            }
            let hides = match (space, local) {
                ("style", "table-properties") => xml.attribute(number, Some("table"), "display").map(|display| display == "false"),
                ("style", "drawing-page-properties") => {
                    xml.attribute(number, Some("presentation"), "visibility").map(|visibility| visibility == "hidden")
                }
                ("style", "text-properties") => xml.attribute(number, Some("text"), "display").map(|display| display == "none"),
                _ => None,
            };
            if let Some(hides) = hides
                && let Some(name) = xml.attribute(xml.parent(number), Some("style"), "name")
            {
                // Two styles of one name are of two families; what one of them hides is not known to be shown.
                *self.says.entry(name.to_owned()).or_default() |= hides;
            }
            if let Some(parent) = xml.attribute(number, Some("style"), "parent-style-name")
                && let Some(name) = xml.attribute(number, Some("style"), "name")
            {
                self.parents.insert(name.to_owned(), parent.to_owned());
            }
            if (space, local) == ("draw", "layer") && is_off(xml, number) {
                self.layers.extend(xml.attribute(number, Some("draw"), "name").map(str::to_owned));
            }
        }
    }

    /// A style that is based on one that hides something hides it too, unless it says otherwise.
    pub(super) fn inherit(&mut self) {
        for name in self.names.keys() {
            let mut at = Some(name);
            // No style is based on so many others, but one may be based on itself.
            for _ in 0..20 {
                match at.and_then(|at| self.says.get(at)) {
                    Some(true) => drop(self.hidden.insert(name.clone())),
                    Some(false) => {}
                    None => {
                        at = at.and_then(|at| self.parents.get(at));
                        continue;
                    }
                }
                break;
            }
        }
    }

    pub(super) fn find_masters(&mut self, content: &Xml<'_>) {
        let pages = content.inside(content.root().unwrap_or_default()).filter(|number| content.is(*number, "draw", "page"));
        let shown = pages.filter(|page| !self.is_hidden(content, *page, "draw"));
        self.masters = shown.filter_map(|page| content.attribute(page, Some("draw"), "master-page-name")).map(str::to_owned).collect();
    }
}

/// Not shown on a screen.
pub(super) fn is_off(xml: &Xml<'_>, number: usize) -> bool {
    matches!(xml.attribute(number, Some("draw"), "display"), Some("none" | "printer"))
}
