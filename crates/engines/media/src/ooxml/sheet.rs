//! Tables of Excel: values as they were shown. Formulas give way to their results, for they name files, people and hidden
//! sheets; hidden sheets, rows and columns are not in the copy, nor any string that only they used.

use super::{Links, Role, Shared, drawing, kept};
use crate::Trace;
use crate::plan::Cleaned;
use crate::refused::Fault;
use crate::xml::{self, Act, Xml};

type Made<T> = Result<T, Fault>;

/// What a sheet may have directly inside.
const SHEET: &[&str] = &[
    "sheetPr",
    "dimension",
    "sheetViews",
    "sheetFormatPr",
    "cols",
    "sheetData",
    "mergeCells",
    "phoneticPr",
    "conditionalFormatting",
    "printOptions",
    "pageMargins",
    "pageSetup",
    "headerFooter",
    "rowBreaks",
    "colBreaks",
    "drawing",
];
const WORKBOOK: &[&str] = &["workbookPr", "bookViews", "sheets"];
const STYLES: &[&str] = &["numFmts", "fonts", "fills", "borders", "cellStyleXfs", "cellXfs", "cellStyles", "dxfs", "colors"];

pub(crate) fn clean(xml: &Xml<'_>, role: Role, links: &mut Links, shared: &mut Shared, cleaned: &mut Cleaned) -> Made<Vec<u8>> {
    let root = xml.root().unwrap_or_default();
    let (allowed, name) = match role {
        Role::Main => (WORKBOOK, "workbook"),
        Role::Sheet => (SHEET, "worksheet"),
        Role::Styles => (STYLES, "styleSheet"),
        Role::Strings => (["si"].as_slice(), "sst"),
        _ => return Err(Fault::Unknown("a part of another kind than its relation says")),
    };
    if !xml.is(root, "", name) {
        return Err(Fault::Unknown("a part of another kind than its relation says"));
    }
    let hidden = hidden_columns(xml, root)?;
    let (mut column, mut string, mut style) = (0, 0, 0);
    xml::write(
        xml,
        |number| {
            let name = xml.name(number);
            if number != root && xml.parent(number) == root && !allowed.contains(&name.1) {
                if let Some(trace) = dropped(name.1) {
                    cleaned.removes(trace);
                }
                return Ok(Act::Drop);
            }
            if let Some(act) = drawing::decide(xml, number, links, cleaned)? {
                return Ok(act);
            }
            let mut drop = |trace| {
                cleaned.removes(trace);
                Ok(Act::Drop)
            };
            match name.1 {
                "sheet" if xml.attribute(number, None, "state").is_some_and(|state| state != "visible") => {
                    if let Some(id) = xml.attribute(number, Some("r"), "id") {
                        links.forget(id);
                    }
                    drop(Trace::HiddenLayer)
                }
                "sheet" => {
                    shared.sheets.extend(xml.attribute(number, None, "name").map(str::to_owned));
                    keep(xml, number, links, cleaned)
                }
                "conditionalFormatting" if !xml.children(number).any(|rule| is_plain_rule(xml, rule)) => drop(Trace::Software),
                "cfRule" if !is_plain_rule(xml, number) => drop(Trace::Software),
                // The row stays, empty, so that those below it keep their numbers.
                "c" if role == Role::Sheet && is_hidden_row(xml, xml.parent(number)) => drop(Trace::HiddenLayer),
                // How a word is said, which is shown where somebody asks for it.
                "rPh" => drop(Trace::HiddenLayer),
                "row" => {
                    column = 0;
                    keep(xml, number, links, cleaned)
                }
                "c" if role == Role::Sheet => {
                    column = match xml.attribute(number, None, "r") {
                        Some(place) => column_of(place).ok_or(Fault::Damaged("the place of a cell"))?,
                        None => column + 1,
                    };
                    if hidden.get(column as usize) == Some(&true) {
                        return drop(Trace::HiddenLayer);
                    }
                    if xml.attribute(number, None, "t") == Some("s") {
                        let value = xml.child(number, "", "v").ok_or(Fault::Damaged("the string of a cell"))?;
                        let index: String = (value..xml.close(value)).map(|number| xml.text(number)).collect();
                        let index = index.trim().parse().ok().filter(|index| *index < MOST_STRINGS);
                        shared.strings.insert(index.ok_or(Fault::Damaged("the string of a cell"))?);
                    }
                    keep(xml, number, links, cleaned)
                }
                "f" if role == Role::Sheet => {
                    // What was never worked out was never shown by anything but a program that works it out again.
                    let cell = xml.parent(number);
                    let value = xml.child(cell, "", "v").is_some_and(|value| xml.has_text(value));
                    if !value && xml.is(cell, "", "c") && xml.attribute(cell, None, "t") != Some("str") {
                        return Err(Fault::Unknown("a formula without its value"));
                    }
                    drop(Trace::Software)
                }
                "si" => {
                    let shown = shared.strings.contains(&string);
                    string += 1;
                    if shown {
                        return keep(xml, number, links, cleaned);
                    }
                    if xml.has_text(number) {
                        cleaned.removes(Trace::HiddenLayer);
                    }
                    Ok(Act::Instead("<si><t/></si>".to_owned()))
                }
                "selection" | "mruColors" => drop(Trace::Software),
                "workbookView" => Ok(Act::Keep(Vec::new())),
                "workbookPr" => Ok(Act::Keep(
                    xml.attribute(number, None, "date1904").map(|value| ("date1904".to_owned(), value.to_owned())).into_iter().collect(),
                )),
                "cellStyle" => {
                    let Act::Keep(mut kept) = keep(xml, number, links, cleaned)? else { return Ok(Act::Drop) };
                    let usual = kept.iter().any(|(name, _)| name == "builtinId");
                    style += 1;
                    let new = format!("Style {style}");
                    for (_, value) in kept.iter_mut().filter(|(name, _)| name == "name" && !usual) {
                        if !value.starts_with("Style ") {
                            cleaned.removes(Trace::Comment);
                        }
                        value.clone_from(&new);
                    }
                    Ok(Act::Keep(kept))
                }
                _ => keep(xml, number, links, cleaned),
            }
        },
        &mut kept::say,
    )
}

/// A format that depends on values in its own sheet. One that is worked out otherwise may name files, people and hidden sheets.
fn is_plain_rule(xml: &Xml<'_>, rule: usize) -> bool {
    let text = |number: usize| (number..xml.close(number)).map(|number| xml.text(number)).collect::<String>();
    xml.is(rule, "", "cfRule")
        && xml.attribute(rule, None, "text").is_none()
        && xml.children(rule).filter(|child| xml.is(*child, "", "formula")).all(|formula| kept::is_plain_formula(&text(formula)))
}

fn keep(xml: &Xml<'_>, number: usize, links: &mut Links, cleaned: &mut Cleaned) -> Made<Act> {
    let mut kept = drawing::attributes(xml, number, links, cleaned);
    // Of a conference's or a printer's own choosing, or counts that no longer hold.
    kept.retain(|(name, _)| {
        !matches!(
            name.as_str(),
            "spans"
                | "cm"
                | "vm"
                | "ph"
                | "count"
                | "uniqueCount"
                | "topLeftCell"
                | "activeCell"
                | "sqref"
                | "copies"
                | "horizontalDpi"
                | "verticalDpi"
                | "usePrinterDefaults"
        ) || name == "sqref" && xml.name(number).1 == "conditionalFormatting"
    });
    Ok(Act::Keep(kept))
}

fn is_true(value: Option<&str>) -> bool {
    matches!(value, Some("1" | "true"))
}

fn is_nought(value: Option<&str>) -> bool {
    value.and_then(|value| value.parse::<f64>().ok()) == Some(0.0)
}

fn is_hidden_row(xml: &Xml<'_>, row: usize) -> bool {
    is_true(xml.attribute(row, None, "hidden")) || is_nought(xml.attribute(row, None, "ht"))
}

/// What the parts of a workbook and of a sheet that go would have told.
fn dropped(name: &str) -> Option<Trace> {
    Some(match name {
        "definedNames" | "dataValidations" | "scenarios" | "smartTags" => Trace::Comment,
        "fileSharing" | "fileRecoveryPr" | "protectedRanges" => Trace::Author,
        "hyperlinks" | "externalReferences" | "webPublishItems" | "customWorkbookViews" | "customSheetViews" => Trace::Link,
        "oleObjects" | "legacyDrawing" | "legacyDrawingHF" | "picture" => Trace::Attachment,
        "controls" => Trace::Script,
        "pivotCaches" | "autoFilter" => Trace::HiddenLayer,
        "calcPr" | "fileVersion" | "sheetCalcPr" | "ignoredErrors" | "tableParts" | "tableStyles" | "phoneticPr" => Trace::Software,
        _ => Trace::UnknownPart,
    })
}

/// More fit into no part.
const MOST_STRINGS: usize = 2_000_000;
/// No table has more.
const MOST_COLUMNS: usize = 16_384;

/// By number, from one on.
fn hidden_columns(xml: &Xml<'_>, root: usize) -> Made<Vec<bool>> {
    let mut hidden = vec![false; MOST_COLUMNS + 1];
    for column in xml.child(root, "", "cols").into_iter().flat_map(|columns| xml.children(columns)) {
        if is_true(xml.attribute(column, None, "hidden")) || is_nought(xml.attribute(column, None, "width")) {
            let bound =
                |name| xml.attribute(column, None, name).and_then(|value| value.parse::<usize>().ok()).ok_or(Fault::Damaged("a column"));
            let range = bound("min")?.min(MOST_COLUMNS)..=bound("max")?.min(MOST_COLUMNS);
            hidden.get_mut(range).unwrap_or_default().fill(true);
        }
    }
    Ok(hidden)
}

/// `AB12` is in column 28.
fn column_of(place: &str) -> Option<u32> {
    let letters: Vec<u8> = place.bytes().take_while(u8::is_ascii_uppercase).collect();
    if letters.is_empty() || letters.len() > 3 {
        return None;
    }
    Some(letters.iter().fold(0, |sum, letter| sum * 26 + u32::from(letter - b'A') + 1))
}

#[cfg(test)]
mod tests {
    use super::column_of;

    #[test]
    fn columns_have_numbers() {
        assert_eq!(column_of("A1"), Some(1));
        assert_eq!(column_of("AB12"), Some(28));
        assert_eq!(column_of("XFD1048576"), Some(16384));
        assert_eq!(column_of("12"), None);
    }
}
