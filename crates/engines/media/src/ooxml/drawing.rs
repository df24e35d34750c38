//! What drawings, charts and themes have in common in all three kinds of documents.

use std::collections::BTreeSet;

use super::{Links, Shared, kept};
use crate::plan::Cleaned;
use crate::refused::Fault;
use crate::xml::{self, Act, Xml, written};
use crate::{Kept, Trace};

type Made<T> = Result<T, Fault>;

/// Attributes of free words, of addresses or of the program's own book-keeping, in any element.
const SAYS: &[(&str, Trace)] = &[
    ("descr", Trace::Comment),
    ("title", Trace::Comment),
    ("alt", Trace::Comment),
    ("tooltip", Trace::Comment),
    ("macro", Trace::Script),
    ("textlink", Trace::Link),
    ("codeName", Trace::Software),
    ("matchingName", Trace::Comment),
    ("href", Trace::Link),
    ("src", Trace::Link),
    ("target", Trace::Link),
    ("tgtFrame", Trace::Link),
    ("lang", Trace::Author),
    ("altLang", Trace::Author),
];

/// Dropped without a word: they say nothing that is not said elsewhere, and are different in every file.
const BOOK_KEEPING: &[&str] = &[
    "dirty",
    "err",
    "smtClean",
    "smtId",
    "bmk",
    "fLocksText",
    "fLocksWithSheet",
    "fPublished",
    "dataDxfId",
    "userDrawn",
    "preserve",
    "spid",
    "gfxdata",
    "hidden",
    "noProof",
    "customStyle",
    "tplc",
    "print",
];

/// The attributes of an element that stay; relations under their new ids.
pub(crate) fn attributes(xml: &Xml<'_>, number: usize, links: &mut Links, cleaned: &mut Cleaned) -> Vec<(String, String)> {
    let whole = xml.name(number);
    let (space, name) = whole;
    let mut kept = Vec::new();
    for attribute in xml.attributes(number) {
        let (own, value) = (attribute.name, attribute.value);
        match attribute.space {
            Some("r") => {
                if let Some(new) = links.renamed(value).filter(|_| matches!(own, "id" | "embed" | "link")) {
                    kept.push((written(Some("r"), own), new));
                }
            }
            Some("xml") => {
                if own == "space" && matches!(value, "preserve" | "default") {
                    kept.push(("xml:space".to_owned(), value.to_owned()));
                }
            }
            Some("?" | "mc" | "o") => {}
            of if of.is_some_and(|of| of != space) => cleaned.removes(Trace::UnknownPart),
            _ if own == "name" && is_named_drawing(name) || own == "styleName" => {
                if !value.is_empty() {
                    cleaned.removes(Trace::Comment);
                }
                kept.push((own.to_owned(), String::new()));
            }
            _ if space == "a" && name == "fld" && own == "id" => {
                kept.push(("id".to_owned(), "{00000000-0000-0000-0000-000000000000}".to_owned()));
            }
            _ if space == "v" && own == "style" => kept.push((own.to_owned(), kept::style(value))),
            _ if space == "v" && own == "id" && name != "shapetype" => {}
            of if kept::attribute(whole, own, value) => kept.push((written(of, own), value.to_owned())),
            _ if value.is_empty() || BOOK_KEEPING.contains(&own) => {}
            _ => cleaned.removes(SAYS.iter().find(|(says, _)| *says == own).map_or(Trace::UnknownPart, |(_, trace)| *trace)),
        }
    }
    kept
}

fn is_named_drawing(name: &str) -> bool {
    matches!(name, "docPr" | "cNvPr" | "theme" | "clrScheme" | "fontScheme" | "fmtScheme" | "cSld" | "custClr" | "tblStyle")
}

/// Drawings of these kinds are seen and cleaned; others are not known here.
const GRAPHICS: &[&str] = &[
    "http://schemas.openxmlformats.org/drawingml/2006/picture",
    "http://schemas.openxmlformats.org/drawingml/2006/chart",
    "http://schemas.openxmlformats.org/drawingml/2006/table",
    "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
    "http://schemas.microsoft.com/office/word/2010/wordprocessingGroup",
];
const DIAGRAM: &str = "http://schemas.openxmlformats.org/drawingml/2006/diagram";

/// What becomes of an element that is the same in all documents; `None` where only the document's own rules know.
pub(crate) fn decide(xml: &Xml<'_>, number: usize, links: &mut Links, cleaned: &mut Cleaned) -> Made<Option<Act>> {
    let name = xml.name(number);
    let mut drop = |trace| {
        cleaned.removes(trace);
        Ok(Some(Act::Drop))
    };
    match name {
        ("?", _) => drop(Trace::UnknownPart),
        // These spaces are taken apart here, and not kept.
        (space, name) if !matches!(space, "mc" | "o" | "dgm") && !kept::element(space, name) => drop(Trace::UnknownPart),
        (_, "extLst" | "custDataLst" | "custClrLst") => drop(Trace::UnknownPart),
        ("a", "hlinkClick" | "hlinkHover" | "hlinkMouseOver") => drop(Trace::Link),
        ("a", "audioFile" | "videoFile" | "quickTimeFile" | "wavAudioFile" | "audioCd" | "snd") => drop(Trace::Attachment),
        ("dgm", _) => Err(Fault::Unknown("a diagram")),
        ("c", "externalData" | "pivotSource") => drop(Trace::Attachment),
        ("c", "printSettings" | "userShapes" | "protection") => drop(Trace::Device),
        ("c", "lang") => drop(Trace::Author),
        ("o", _) => drop(if name.1 == "OLEObject" { Trace::Attachment } else { Trace::Software }),
        ("a", "graphicData") => match xml.attribute(number, None, "uri") {
            Some(uri) if GRAPHICS.contains(&uri) => Ok(Some(Act::Keep(attributes(xml, number, links, cleaned)))),
            Some(DIAGRAM) => Err(Fault::Unknown("a diagram")),
            _ => drop(Trace::Attachment),
        },
        ("mc", "AlternateContent") => Ok(Some(Act::Unwrap)),
        ("mc", "Choice" | "Fallback") => Ok(Some(if chosen(xml, number) { Act::Unwrap } else { Act::Drop })),
        ("mc", _) => Ok(Some(Act::Drop)),
        (_, "drawing" | "graphicFrame") if graphic(xml, number).is_some_and(|uri| !GRAPHICS.contains(&uri)) => {
            if graphic(xml, number) == Some(DIAGRAM) { Err(Fault::Unknown("a diagram")) } else { drop(Trace::Attachment) }
        }
        (
            _,
            "drawing" | "pict" | "sp" | "pic" | "graphicFrame" | "grpSp" | "cxnSp" | "twoCellAnchor" | "oneCellAnchor" | "absoluteAnchor",
        ) if is_hidden(xml, number) => drop(Trace::HiddenLayer),
        ("a" | "c" | "pic" | "wp" | "wps" | "wpg" | "xdr" | "v" | "w10" | "m", _) => {
            if name.1 == "blip" && xml.attributes(number).any(|attribute| attribute.space == Some("r") && attribute.name == "link") {
                cleaned.removes(Trace::Link);
            }
            Ok(Some(Act::Keep(attributes(xml, number, links, cleaned))))
        }
        _ => Ok(None),
    }
}

/// The first choice of which all names are known here, or else the fallback; never both, for they show the same twice.
fn chosen(xml: &Xml<'_>, number: usize) -> bool {
    let whole = xml.parent(number);
    if !xml.is(whole, "mc", "AlternateContent") {
        return false;
    }
    let understood = |child: usize| {
        let requires = xml.attribute(child, None, "Requires").unwrap_or_default();
        xml.is(child, "mc", "Choice")
            && !requires.is_empty()
            && requires.split_ascii_whitespace().all(|prefix| xml.meaning(prefix).is_some())
    };
    let choice = xml.children(whole).find(|child| understood(*child)).or_else(|| xml.child(whole, "mc", "Fallback"));
    choice == Some(number)
}

fn graphic<'a>(xml: &Xml<'a>, number: usize) -> Option<&'a str> {
    let data = xml.inside(number).find(|inner| xml.is(*inner, "a", "graphicData"));
    data.map(|data| xml.attribute(data, None, "uri").unwrap_or_default())
}

/// A drawing that its maker hid.
fn is_hidden(xml: &Xml<'_>, number: usize) -> bool {
    if xml.name(number).1 == "pict" {
        // Of a shape of the old kind.
        let mut shapes = xml.inside(number).filter(|inner| xml.name(*inner).0 == "v");
        let hides = |style: &str| style.replace(' ', "").contains("visibility:hidden");
        return shapes.any(|shape| xml.attribute(shape, None, "style").is_some_and(hides));
    }
    let named = xml.inside(number).find(|inner| matches!(xml.name(*inner).1, "cNvPr" | "docPr"));
    named.and_then(|named| xml.attribute(named, None, "hidden")).is_some_and(|hidden| matches!(hidden, "1" | "true"))
}

/// Charts, themes, and the sheet of drawings above a table.
pub(crate) fn clean(xml: &Xml<'_>, links: &mut Links, shared: &Shared, cleaned: &mut Cleaned) -> Made<Vec<u8>> {
    let mut told = 0;
    let out = xml::write(
        xml,
        |number| match decide(xml, number, links, cleaned)? {
            Some(act) => Ok(act),
            None => {
                cleaned.removes(Trace::UnknownPart);
                Ok(Act::Drop)
            }
        },
        &mut |of, text| {
            if of == ("c", "f") {
                let anew = source(&text, &shared.sheets);
                told += u32::from(anew != text);
                return anew;
            }
            kept::say(of, text)
        },
    )?;
    cleaned.removes_all((0..told).map(|_| Trace::Link));
    cleaned.keeps(Kept::Layout);
    Ok(out)
}

/// Where a chart has its values from. They stand beside it; a sheet that is not shown, or is in another file, is not named.
fn source(formula: &str, sheets: &BTreeSet<String>) -> String {
    let Some((sheet, cells)) = formula.rsplit_once('!') else { return String::new() };
    let plain =
        sheet.strip_prefix('\'').and_then(|sheet| sheet.strip_suffix('\'')).map_or(sheet.to_owned(), |sheet| sheet.replace("''", "'"));
    if sheets.contains(&plain) && kept::is_plain_formula(cells) { formula.to_owned() } else { String::new() }
}
