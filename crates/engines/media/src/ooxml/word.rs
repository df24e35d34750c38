//! Texts of Word: what is read stays. Tracked insertions are taken as accepted and deletions as carried out, because that is
//! what a reader sees; comments, fields' instructions, bookmarks, form fields' help and the marks by which revisions are
//! told apart go.

use std::collections::{BTreeMap, BTreeSet};

use super::{Links, Role, Shared, drawing, kept};
use crate::Trace;
use crate::plan::Cleaned;
use crate::refused::Fault;
use crate::xml::{self, Act, Xml};

type Made<T> = Result<T, Fault>;

/// Names of styles that every Word has; any other may be the name of a house.
const USUAL: &[&str] = &[
    "normal",
    "title",
    "subtitle",
    "list paragraph",
    "header",
    "footer",
    "hyperlink",
    "followedhyperlink",
    "caption",
    "table grid",
    "default paragraph font",
    "normal table",
    "no list",
    "footnote text",
    "footnote reference",
    "endnote text",
    "endnote reference",
    "strong",
    "emphasis",
    "quote",
    "intense quote",
    "body text",
    "list bullet",
    "list number",
    "list",
    "no spacing",
    "page number",
    "toc heading",
    "book title",
    "subtle emphasis",
    "intense emphasis",
    "plain text",
    "date",
    "signature",
    "salutation",
    "closing",
    "block text",
    "line number",
    "table of figures",
    "index heading",
];

fn is_usual(name: &str) -> bool {
    let lower = name.to_ascii_lowercase();
    let stem = lower.trim_end_matches(|letter: char| letter.is_ascii_digit()).trim_end();
    USUAL.contains(&lower.as_str()) || USUAL.contains(&stem) || matches!(stem, "heading" | "toc" | "index")
}

/// The new ids of a text's styles. A usual one is called after its usual name.
pub(crate) fn style_names(xml: &Xml<'_>) -> BTreeMap<String, String> {
    let mut names = BTreeMap::new();
    let mut taken = BTreeSet::new();
    let Some(root) = xml.root() else { return names };
    for style in xml.children(root).filter(|child| xml.is(*child, "w", "style")) {
        let Some(id) = xml.attribute(style, Some("w"), "styleId") else { continue };
        let usual = xml.child(style, "w", "name").and_then(|name| xml.attribute(name, Some("w"), "val")).filter(|name| is_usual(name));
        let new = match usual {
            Some(name) => name
                .split(' ')
                .map(|word| word.get(..1).unwrap_or_default().to_ascii_uppercase() + word.get(1..).unwrap_or_default())
                .collect(),
            None => format!("Style{}", names.len() + 1),
        };
        let new = if taken.contains(&new) { format!("Style{}", names.len() + 1) } else { new };
        taken.insert(new.clone());
        names.entry(id.to_owned()).or_insert(new);
    }
    names
}

pub(crate) fn clean(xml: &Xml<'_>, role: Role, links: &mut Links, shared: &mut Shared, cleaned: &mut Cleaned) -> Made<Vec<u8>> {
    let root = xml.root().unwrap_or_default();
    let (space, name) = xml.name(root);
    let right = space == "w"
        && match role {
            Role::Main => name == "document",
            Role::Styles => name == "styles",
            Role::Numbering => name == "numbering",
            Role::Settings => name == "settings",
            Role::Header => name == "hdr",
            Role::Footer => name == "ftr",
            Role::Footnotes => name == "footnotes",
            Role::Endnotes => name == "endnotes",
            _ => false,
        };
    if !right {
        return Err(Fault::Unknown("a part of another kind than its relation says"));
    }
    if role == Role::Main {
        let mut pages = xml.inside(root).filter(|number| xml.is(*number, "w", "titlePg"));
        shared.first_differs = pages.any(|page| is_on(xml, page));
    }
    xml::write(
        xml,
        |number| {
            if role == Role::Settings && number != root && xml.parent(number) == root && !SETTINGS.contains(&xml.name(number).1) {
                cleaned.removes(Trace::Software);
                return Ok(Act::Drop);
            }
            match drawing::decide(xml, number, links, cleaned)? {
                Some(act) => Ok(act),
                None => Ok(own(xml, number, links, shared, cleaned)),
            }
        },
        &mut kept::say,
    )
}

/// Settings that change what a page looks like.
const SETTINGS: &[&str] = &[
    "evenAndOddHeaders",
    "mirrorMargins",
    "gutterAtTop",
    "bookFoldPrinting",
    "defaultTabStop",
    "autoHyphenation",
    "characterSpacingControl",
    "footnotePr",
    "endnotePr",
    "compat",
    "clrSchemeMapping",
    "decimalSymbol",
    "listSeparator",
    "displayBackgroundShape",
    "mathPr",
];

fn own(xml: &Xml<'_>, number: usize, links: &mut Links, shared: &mut Shared, cleaned: &mut Cleaned) -> Act {
    let (space, name) = xml.name(number);
    if space != "w" {
        cleaned.removes(Trace::UnknownPart);
        return Act::Drop;
    }
    let mut drop = |trace| {
        cleaned.removes(trace);
        Act::Drop
    };
    match name {
        "ins" | "moveTo" | "hyperlink" | "smartTag" | "customXml" | "sdt" | "sdtContent" | "fldSimple" | "dir" | "bdo"
            if xml.close(number) > number + 1 =>
        {
            match name {
                "ins" | "moveTo" => cleaned.removes(Trace::EarlierVersion),
                "hyperlink" => cleaned.removes(Trace::Link),
                "sdt" | "smartTag" | "customXml" => cleaned.removes(Trace::UnknownPart),
                "fldSimple" => cleaned.removes(Trace::Software),
                _ => {}
            }
            if matches!(name, "dir" | "bdo") { keep(xml, number, links, shared, cleaned) } else { Act::Unwrap }
        }
        "del" | "moveFrom" | "ins" | "moveTo" | "rPrChange" | "pPrChange" | "sectPrChange" | "tblPrChange" | "tblPrExChange"
        | "tblGridChange" | "tcPrChange" | "trPrChange" | "numberingChange" | "cellIns" | "cellDel" | "cellMerge" | "delText"
        | "delInstrText" => drop(Trace::EarlierVersion),
        _ if name.starts_with("moveFromRange")
            || name.starts_with("moveToRange")
            || name.starts_with("customXmlIns")
            || name.starts_with("customXmlDel")
            || name.starts_with("customXmlMove") =>
        {
            drop(Trace::EarlierVersion)
        }
        "commentRangeStart" | "commentRangeEnd" | "commentReference" | "annotationRef" => drop(Trace::Comment),
        "proofErr" | "noProof" | "lastRenderedPageBreak" | "nsid" | "tmpl" | "divId" | "rsids" | "rsid" | "latentStyles" | "proofState" => {
            drop(Trace::Software)
        }
        "bookmarkStart" | "bookmarkEnd" | "ffData" | "tblCaption" | "tblDescription" | "aliases" | "docPartObj" | "sdtPr" | "sdtEndPr"
        | "smartTagPr" | "customXmlPr" => drop(Trace::Comment),
        "permStart" | "permEnd" => drop(Trace::Author),
        "lang" | "themeFontLang" => drop(Trace::Author),
        "fldChar" => {
            cleaned.removes(Trace::Software);
            xml.child(number, "w", "ffData").and_then(|field| chosen(xml, field)).map_or(Act::Drop, Act::Instead)
        }
        "instrText" | "fldData" => drop(Trace::Software),
        "object" | "control" | "movie" => drop(Trace::Attachment),
        "printerSettings" => drop(Trace::Device),
        "altChunk" | "subDoc" => drop(Trace::Attachment),
        "hyperlink" | "smartTag" | "customXml" | "sdt" | "fldSimple" | "sdtContent" => Act::Drop,
        "r" if is_hidden_run(xml, number, &shared.hiding) => drop(Trace::HiddenLayer),
        "tr" if xml.child(number, "w", "trPr").and_then(|row| xml.child(row, "w", "hidden")).is_some_and(|hidden| is_on(xml, hidden)) => {
            drop(Trace::HiddenLayer)
        }
        "tr" if is_deleted_row(xml, number) => drop(Trace::EarlierVersion),
        "tbl" if is_deleted_table(xml, number) => drop(Trace::EarlierVersion),
        // Of the first page and of even pages, which are shown where the document says that they are others.
        "headerReference" | "footerReference"
            if match xml.attribute(number, Some("w"), "type") {
                Some("first") => !shared.first_differs,
                Some("even") => !shared.even_differs,
                _ => false,
            } =>
        {
            drop(Trace::HiddenLayer)
        }
        "footnoteReference" | "endnoteReference" => {
            shared.notes.extend(xml.attribute(number, Some("w"), "id").map(|id| (name == "endnoteReference", id.to_owned())));
            keep(xml, number, links, shared, cleaned)
        }
        // One that nothing refers to any more. Lines between text and notes have a type.
        "footnote" | "endnote"
            if matches!(xml.attribute(number, Some("w"), "type"), None | Some("normal"))
                && !xml.attribute(number, Some("w"), "id").is_some_and(|id| shared.notes.contains(&(name == "endnote", id.to_owned()))) =>
        {
            drop(Trace::HiddenLayer)
        }
        "name" => {
            let value = xml.attribute(number, Some("w"), "val").unwrap_or_default();
            let style = Some(xml.parent(number)).filter(|outer| xml.is(*outer, "w", "style"));
            match style.and_then(|style| xml.attribute(style, Some("w"), "styleId")) {
                Some(_) if is_usual(value) => Act::Keep(vec![("w:val".to_owned(), value.to_owned())]),
                Some(id) => {
                    let new = shared.styles.get(id).cloned().unwrap_or_default();
                    if new != value {
                        cleaned.removes(Trace::Comment);
                    }
                    Act::Keep(vec![("w:val".to_owned(), new)])
                }
                None => drop(Trace::Comment),
            }
        }
        _ => keep(xml, number, links, shared, cleaned),
    }
}

fn keep(xml: &Xml<'_>, number: usize, links: &mut Links, shared: &Shared, cleaned: &mut Cleaned) -> Act {
    let name = xml.name(number).1;
    let names_style = matches!(name, "pStyle" | "rStyle" | "tblStyle" | "basedOn" | "next" | "link" | "numStyleLink" | "styleLink");
    let mut kept = Vec::new();
    for (attribute, value) in drawing::attributes(xml, number, links, cleaned) {
        let local = attribute.strip_prefix("w:").unwrap_or(&attribute);
        match local {
            _ if local.starts_with("rsid") => cleaned.removes(Trace::EarlierVersion),
            "author" | "initials" => cleaned.removes(Trace::Author),
            "date" => cleaned.removes(Trace::Time),
            "val" if names_style => kept.push((attribute, shared.styles.get(&value).cloned().unwrap_or_else(|| "Normal".to_owned()))),
            "styleId" => kept.push((attribute, shared.styles.get(&value).cloned().unwrap_or_default())),
            "customStyle" => {}
            "tooltip" | "docLocation" | "anchor" | "history" | "printerSettings" => cleaned.removes(Trace::Link),
            _ => kept.push((attribute, value)),
        }
    }
    Act::Keep(kept)
}

fn is_on(xml: &Xml<'_>, number: usize) -> bool {
    !xml.attribute(number, Some("w"), "val").is_some_and(|value| matches!(value, "0" | "false" | "off"))
}

/// Whether even pages have heads of their own, by the settings.
pub(crate) fn even_differs(settings: &Xml<'_>) -> bool {
    let found = settings.root().and_then(|root| settings.child(root, "w", "evenAndOddHeaders"));
    found.is_some_and(|found| is_on(settings, found))
}

/// What an old form field shows that stands in its settings alone: a box, or what was chosen from a list.
fn chosen(xml: &Xml<'_>, field: usize) -> Option<String> {
    let value = |of: usize, name: &str| xml.child(of, "w", name).and_then(|found| xml.attribute(found, Some("w"), "val"));
    if let Some(tick) = xml.child(field, "w", "checkBox") {
        let state = ["checked", "default"].into_iter().find_map(|name| xml.child(tick, "w", name));
        return Some(format!("<w:t>{}</w:t>", if state.is_some_and(|state| is_on(xml, state)) { '\u{2612}' } else { '\u{2610}' }));
    }
    let list = xml.child(field, "w", "ddList")?;
    let place = value(list, "result").or_else(|| value(list, "default")).and_then(|place| place.parse().ok()).unwrap_or(0);
    let entry = xml.children(list).filter(|child| xml.is(*child, "w", "listEntry")).nth(place)?;
    Some(format!("<w:t>{}</w:t>", xml.attribute(entry, Some("w"), "val")?))
}

/// Which styles show nothing of what they are put on.
#[derive(Default)]
pub(crate) struct Hiding {
    /// What each style says of it, or the one that it is based on.
    styles: BTreeMap<String, bool>,
    /// Styles that need not be named, of paragraphs, letters and tables.
    usual: BTreeMap<String, String>,
    /// What holds where no style says anything.
    all: bool,
}

impl Hiding {
    pub(crate) fn read(xml: &Xml<'_>) -> Self {
        let mut hiding = Self::default();
        let Some(root) = xml.root() else { return hiding };
        let mut own: BTreeMap<&str, (Option<bool>, Option<&str>)> = BTreeMap::new();
        for style in xml.children(root) {
            if xml.is(style, "w", "docDefaults") {
                hiding.all = xml.child(style, "w", "rPrDefault").and_then(|usual| vanishes(xml, usual)).unwrap_or(false);
            }
            let Some(id) = xml.attribute(style, Some("w"), "styleId").filter(|_| xml.is(style, "w", "style")) else { continue };
            let based = xml.child(style, "w", "basedOn").and_then(|based| xml.attribute(based, Some("w"), "val"));
            own.insert(id, (vanishes(xml, style), based));
            if matches!(xml.attribute(style, Some("w"), "default"), Some("1" | "true" | "on"))
                && let Some(kind) = xml.attribute(style, Some("w"), "type")
            {
                hiding.usual.insert(kind.to_owned(), id.to_owned());
            }
        }
        for id in own.keys() {
            let mut at = Some(*id);
            // No style is based on so many others, but one may be based on itself.
            for _ in 0..20 {
                let Some((says, based)) = at.and_then(|at| own.get(at)) else { break };
                if let Some(hidden) = says {
                    hiding.styles.insert((*id).to_owned(), *hidden);
                    break;
                }
                at = *based;
            }
        }
        hiding
    }

    fn of(&self, kind: &str, style: Option<&str>) -> bool {
        let style = style.or_else(|| self.usual.get(kind).map(String::as_str));
        style.and_then(|style| self.styles.get(style)).copied().unwrap_or(false)
    }
}

/// What an element's properties say of whether it is shown.
fn vanishes(xml: &Xml<'_>, number: usize) -> Option<bool> {
    let properties = xml.child(number, "w", "rPr")?;
    let says = |name| xml.child(properties, "w", name).map(|vanish| is_on(xml, vanish));
    if says("specVanish") == Some(true) { Some(true) } else { says("vanish") }
}

/// Words that Word does not show: the run says so, or one of the styles of its letters, its paragraph and its table; of two
/// that both do, one takes back what the other says (ECMA-376-1, 17.7.3).
fn is_hidden_run(xml: &Xml<'_>, number: usize, hiding: &Hiding) -> bool {
    if let Some(hidden) = vanishes(xml, number) {
        return hidden;
    }
    let style = |of: usize, properties: &str, name: &str| {
        xml.child(of, "w", properties)
            .and_then(|found| xml.child(found, "w", name))
            .and_then(|style| xml.attribute(style, Some("w"), "val"))
    };
    let mut hidden = hiding.of("character", style(number, "rPr", "rStyle"));
    let (mut at, mut paragraph) = (number, false);
    while xml.parent(at) != at {
        at = xml.parent(at);
        if xml.is(at, "w", "p") && !paragraph {
            paragraph = true;
            hidden ^= hiding.of("paragraph", style(at, "pPr", "pStyle"));
        } else if xml.is(at, "w", "tbl") {
            hidden ^= hiding.of("table", style(at, "tblPr", "tblStyle"));
            break;
        } else if xml.is(at, "w", "txbxContent") {
            break;
        }
    }
    hidden || hiding.all
}

fn is_deleted_row(xml: &Xml<'_>, number: usize) -> bool {
    xml.child(number, "w", "trPr").is_some_and(|properties| xml.child(properties, "w", "del").is_some())
}

/// A table of which no row is left. Rows may stand in controls of content, which are no rows themselves.
fn is_deleted_table(xml: &Xml<'_>, number: usize) -> bool {
    let (rows, other): (Vec<usize>, Vec<usize>) = xml
        .children(number)
        .filter(|child| !matches!(xml.name(*child).1, "tblPr" | "tblGrid" | "tblPrEx"))
        .partition(|child| xml.is(*child, "w", "tr"));
    !rows.is_empty() && rows.iter().all(|row| is_deleted_row(xml, *row)) && other.iter().all(|other| xml.close(*other) == other + 1)
}
