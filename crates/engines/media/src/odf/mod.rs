//! Documents of LibreOffice (ODF 1.3): the text and its styles are written anew, with the pictures that they show; what the
//! program keeps beside them (its own settings, versions, thumbnails, signatures, scripts) is not carried over.
//!
//! What is read is what was shown: tracked changes are carried out, comments, forms and hidden words, rows, columns, sheets
//! and slides go, fields and formulas give way to what they show.

use std::collections::{BTreeMap, BTreeSet};

use crate::ooxml::{picture_into, picture_kind};
use crate::plan::{Cleaned, Pieces};
use crate::refused::Fault;
use crate::xml::{self, Act, Space, Xml, written};
use crate::zip::{Archive, MOST_PART, Writer};
use crate::{Kept, Kind, Trace};

mod fields;
mod kept;
mod learn;

use fields::FIELDS;
use learn::{is_off, is_usual};

type Made<T> = Result<T, Fault>;

const SPACES: &[Space] = &[
    ("office", &["urn:oasis:names:tc:opendocument:xmlns:office:1.0"]),
    ("style", &["urn:oasis:names:tc:opendocument:xmlns:style:1.0"]),
    ("text", &["urn:oasis:names:tc:opendocument:xmlns:text:1.0"]),
    ("table", &["urn:oasis:names:tc:opendocument:xmlns:table:1.0"]),
    ("draw", &["urn:oasis:names:tc:opendocument:xmlns:drawing:1.0"]),
    ("fo", &["urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0"]),
    ("svg", &["urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0"]),
    ("xlink", &["http://www.w3.org/1999/xlink"]),
    ("number", &["urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0"]),
    ("presentation", &["urn:oasis:names:tc:opendocument:xmlns:presentation:1.0"]),
    ("dr3d", &["urn:oasis:names:tc:opendocument:xmlns:dr3d:1.0"]),
];

pub(crate) fn clean(bytes: &[u8], kind: Kind) -> Made<Cleaned> {
    let archive = Archive::read(bytes)?;
    let mut cleaned = Cleaned::new(kind);
    if archive.says_more {
        cleaned.removes(Trace::UnknownPart);
    }
    if archive.says_when {
        cleaned.removes(Trace::Time);
    }
    if let Some(entry) = archive.find("META-INF/manifest.xml") {
        let manifest = archive.inflate(entry, MOST_PART)?;
        if crate::read::holds(&manifest, b"encryption-data") {
            return Err(Fault::Encrypted);
        }
    }
    for entry in &archive.entries {
        let trace = match entry.name.as_str() {
            "mimetype" | "content.xml" | "styles.xml" | "META-INF/manifest.xml" => continue,
            "meta.xml" => {
                cleaned.removes_all([Trace::Author, Trace::Time, Trace::Software]);
                continue;
            }
            "settings.xml" => Trace::Software,
            name if name.starts_with("Thumbnails/") => Trace::Thumbnail,
            name if name.starts_with("Configurations2/") || name == "layout-cache" => Trace::Software,
            name if name.starts_with("Basic/") || name.starts_with("Dialogs/") || name.starts_with("Scripts/") => Trace::Script,
            name if name.starts_with("Versions/") => Trace::EarlierVersion,
            name if name.starts_with("META-INF/") => Trace::Author,
            // Told of when it is seen whether they are shown.
            name if name.starts_with("Pictures/") || name.starts_with("media/") || name.starts_with("Object") => continue,
            _ => Trace::UnknownPart,
        };
        cleaned.removes(trace);
    }
    let mut writer = Writer::default();
    let mut media_type = Pieces::default();
    media_type.made(kind.media_type());
    writer.add_pieces(&mut cleaned, "mimetype", media_type, &[], None)?;
    let content = archive.find("content.xml").ok_or(Fault::Damaged("its text is missing"))?;
    let content = archive.inflate(content, MOST_PART)?;
    let content = Xml::read(&content, SPACES)?;
    let styles = archive.find("styles.xml").map(|entry| archive.inflate(entry, MOST_PART)).transpose()?;
    let styles = styles.as_deref().map(|bytes| Xml::read(bytes, SPACES)).transpose()?;
    let mut rules = Rules {
        archive: &archive,
        kind,
        names: BTreeMap::new(),
        says: BTreeMap::new(),
        parents: BTreeMap::new(),
        hidden: BTreeSet::new(),
        layers: BTreeSet::new(),
        masters: BTreeSet::new(),
        pictures: BTreeMap::new(),
    };
    for xml in styles.iter().chain([&content]) {
        if xml.says_more {
            cleaned.removes(Trace::Comment);
        }
        rules.learn(xml);
    }
    rules.inherit();
    rules.find_masters(&content);
    let mut files = Vec::new();
    for (name, xml, root) in [("styles.xml", styles.as_ref(), "document-styles"), ("content.xml", Some(&content), "document-content")] {
        let Some(xml) = xml else { continue };
        if !xml.root().is_some_and(|number| xml.is(number, "office", root)) {
            return Err(Fault::Unknown("a part of another kind than its name says"));
        }
        files.push((name.to_owned(), rules.write(xml, &mut cleaned)?));
    }
    let unseen = archive.entries.iter().filter(|entry| {
        let beside = entry.name.starts_with("Pictures/") || entry.name.starts_with("media/") || entry.name.starts_with("Object");
        beside && !rules.pictures.contains_key(&entry.name)
    });
    cleaned.removes_all(unseen.map(|_| Trace::HiddenLayer).collect::<Vec<_>>());
    let mut manifest = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<manifest:manifest xmlns:manifest=\"urn:oasis:names:tc:opendocument:xmlns:manifest:1.0\" manifest:version=\"1.3\"><manifest:file-entry manifest:full-path=\"/\" manifest:version=\"1.3\" manifest:media-type=\"{}\"/>",
        kind.media_type()
    );
    let mut entry = |name: &str, media: &str| {
        manifest.push_str(&format!("<manifest:file-entry manifest:full-path=\"{name}\" manifest:media-type=\"{media}\"/>"))
    };
    for (name, bytes) in &files {
        writer.add(&mut cleaned, name, bytes)?;
        entry(name, "text/xml");
    }
    let mut pictures: Vec<((usize, Kind), String)> = rules.pictures.into_iter().map(|(old, new)| (new, old)).collect();
    pictures.sort_unstable();
    for ((number, kind), old) in pictures {
        let found = archive.find(&old).ok_or(Fault::Damaged("a picture is missing"))?;
        let new = picture_name(number, kind);
        entry(&new, kind.media_type());
        picture_into(&archive, found, &new, &mut cleaned, &mut writer)?;
    }
    manifest.push_str("</manifest:manifest>");
    writer.add(&mut cleaned, "META-INF/manifest.xml", manifest.as_bytes())?;
    writer.finish(&mut cleaned);
    cleaned.keeps(Kept::Layout);
    cleaned.keeps(Kept::Typefaces);
    Ok(cleaned)
}

struct Rules<'a> {
    archive: &'a Archive<'a>,
    kind: Kind,
    /// What styles are called from now on.
    names: BTreeMap<String, String>,
    /// What styles say themselves of whether something is shown, and on which others they are based.
    says: BTreeMap<String, bool>,
    parents: BTreeMap<String, String>,
    /// Styles of which nothing is shown: sheets, slides, words.
    hidden: BTreeSet<String>,
    /// Layers of drawings that are not shown.
    layers: BTreeSet<String>,
    /// Masters of the slides that are shown.
    masters: BTreeSet<String>,
    /// The pictures that are shown, by their old names, with numbers from one on.
    pictures: BTreeMap<String, (usize, Kind)>,
}

impl Rules<'_> {
    fn write(&mut self, xml: &Xml<'_>, cleaned: &mut Cleaned) -> Made<Vec<u8>> {
        let mut columns = Columns::default();
        xml::write(xml, |number| self.decide(xml, number, &mut columns, cleaned), &mut kept::say)
    }

    fn is_hidden(&self, xml: &Xml<'_>, number: usize, space: &str) -> bool {
        xml.attribute(number, Some(space), "style-name").is_some_and(|name| self.hidden.contains(name))
    }

    fn decide(&mut self, xml: &Xml<'_>, number: usize, columns: &mut Columns, cleaned: &mut Cleaned) -> Made<Act> {
        let (space, name) = xml.name(number);
        let mut drop = |trace| {
            cleaned.removes(trace);
            Ok(Act::Drop)
        };
        match (space, name) {
            ("?", _) => drop(Trace::UnknownPart),
            ("office", "annotation" | "annotation-end") => drop(Trace::Comment),
            ("office", "meta") => drop(Trace::Author),
            ("office", "scripts" | "event-listeners" | "forms" | "dde-source") => drop(Trace::Script),
            ("office", "settings") => drop(Trace::Software),
            ("office", "binary-data") => Err(Fault::Unknown("a picture in the text itself")),
            ("text" | "table", "tracked-changes") => drop(Trace::EarlierVersion),
            ("text", "change" | "change-start" | "change-end") => drop(Trace::EarlierVersion),
            ("text", "bookmark" | "bookmark-start" | "bookmark-end" | "reference-mark" | "reference-mark-start" | "reference-mark-end") => {
                drop(Trace::Comment)
            }
            ("text", "hidden-text" | "hidden-paragraph") => drop(Trace::HiddenLayer),
            ("text", "script" | "execute-macro" | "dde-connection-decls") => drop(Trace::Script),
            (
                "text",
                "user-field-decls"
                | "variable-decls"
                | "sequence-decls"
                | "alphabetical-index-auto-mark-file"
                | "section-source"
                | "database-next"
                | "database-row-select",
            ) => drop(Trace::Comment),
            (
                "text",
                "toc-mark"
                | "toc-mark-start"
                | "toc-mark-end"
                | "user-index-mark"
                | "alphabetical-index-mark"
                | "alphabetical-index-mark-start"
                | "alphabetical-index-mark-end"
                | "user-index-mark-start"
                | "user-index-mark-end",
            ) => drop(Trace::Comment),
            ("text", name) if name.ends_with("-source") || name.ends_with("-configuration") => drop(Trace::Software),
            ("text", "section") => {
                if matches!(xml.attribute(number, Some("text"), "display"), Some("none" | "condition")) {
                    return drop(Trace::HiddenLayer);
                }
                Ok(Act::Unwrap)
            }
            ("text", "span" | "p" | "h") if self.is_hidden(xml, number, "text") => drop(Trace::HiddenLayer),
            ("text", "a") => {
                cleaned.removes(Trace::Link);
                Ok(Act::Unwrap)
            }
            ("text", name) if FIELDS.contains(&name) => {
                cleaned.removes(Trace::Software);
                Ok(Act::Unwrap)
            }
            ("draw", "a") => {
                cleaned.removes(Trace::Link);
                Ok(Act::Unwrap)
            }
            ("draw", "object") => Err(Fault::Unknown("a chart or another object")),
            ("draw", "object-ole" | "plugin" | "applet" | "floating-frame") => drop(Trace::Attachment),
            ("draw", "control") => drop(Trace::Script),
            ("draw", "layer-set" | "glue-point") => drop(Trace::Software),
            // In a layer that is not shown, or shown on paper alone.
            ("draw" | "dr3d", _)
                if is_off(xml, number) || xml.attribute(number, Some("draw"), "layer").is_some_and(|layer| self.layers.contains(layer)) =>
            {
                drop(Trace::HiddenLayer)
            }
            // Slides are never shown as they are printed for an audience, nor is a master that none of them has.
            ("style", "handout-master") => drop(Trace::HiddenLayer),
            ("style", "master-page")
                if self.kind == Kind::Odp
                    && !xml.attribute(number, Some("style"), "name").is_some_and(|name| self.masters.contains(name)) =>
            {
                drop(Trace::HiddenLayer)
            }
            ("draw", "page") if self.is_hidden(xml, number, "draw") => drop(Trace::HiddenLayer),
            ("draw", "image") => self.picture(xml, number, cleaned),
            ("svg", "title" | "desc") => drop(Trace::Comment),
            ("svg", "font-face-src" | "definition-src") => drop(Trace::Attachment),
            ("presentation", "notes") => drop(Trace::Comment),
            ("presentation", "animations" | "settings" | "event-listener" | "sound" | "date-time-decl" | "header-decl" | "footer-decl") => {
                drop(Trace::Software)
            }
            ("style", "background-image") => drop(Trace::UnknownPart),
            ("draw", "fill-image") => drop(Trace::UnknownPart),
            ("table", "table") if self.is_hidden(xml, number, "table") => drop(Trace::HiddenLayer),
            (
                "table",
                "named-expressions"
                | "database-ranges"
                | "data-pilot-tables"
                | "content-validations"
                | "consolidation"
                | "label-ranges"
                | "calculation-settings"
                | "dde-links"
                | "scenario"
                | "table-source"
                | "detective"
                | "title"
                | "desc"
                | "cell-range-source"
                | "background",
            ) => drop(Trace::Comment),
            ("style", "map")
                if !xml.attribute(number, Some("style"), "condition").is_some_and(|value| kept::attribute("style", "condition", value)) =>
            {
                drop(Trace::Software)
            }
            // What no program shows is not shown because it stands in something unknown.
            (space, name) if !kept::element(space, name) => {
                cleaned.removes(Trace::UnknownPart);
                Ok(Act::Unwrap)
            }
            ("table", _) => self.table(xml, number, columns, cleaned),
            _ => Ok(Act::Keep(self.attributes(xml, number, cleaned))),
        }
    }

    /// Rows and columns that are hidden stay, empty, so that the others keep their numbers.
    fn table(&mut self, xml: &Xml<'_>, number: usize, columns: &mut Columns, cleaned: &mut Cleaned) -> Made<Act> {
        const HIDING: [Option<&str>; 2] = [Some("collapse"), Some("filter")];
        let visibility = xml.attribute(number, Some("table"), "visibility");
        let times = |name| {
            xml.attribute(number, Some("table"), name)
                .map_or(Some(1), |value| value.parse::<usize>().ok())
                .filter(|times| *times <= 1 << 20)
                .ok_or(Fault::Damaged("a repeated cell"))
        };
        match xml.name(number).1 {
            "table" => *columns = Columns::default(),
            "table-column" => columns.add(times("number-columns-repeated")?, HIDING.contains(&visibility)),
            "table-row" => columns.at = 0,
            "table-cell" | "covered-table-cell" => {
                let times = times("number-columns-repeated")?;
                let hidden = columns.are_hidden(times) || HIDING.contains(&xml.attribute(xml.parent(number), Some("table"), "visibility"));
                columns.at = columns.at.saturating_add(times);
                if hidden {
                    if xml.has_text(number) || xml.attribute(number, Some("office"), "value-type").is_some() {
                        cleaned.removes(Trace::HiddenLayer);
                    }
                    let name = xml.name(number).1;
                    return Ok(Act::Instead(format!("<table:{name} table:number-columns-repeated=\"{times}\"/>")));
                }
            }
            _ => {}
        }
        Ok(Act::Keep(self.attributes(xml, number, cleaned)))
    }

    fn picture(&mut self, xml: &Xml<'_>, number: usize, cleaned: &mut Cleaned) -> Made<Act> {
        let old = xml.attribute(number, Some("xlink"), "href").unwrap_or_default().trim_start_matches("./");
        let Some(entry) = self.archive.find(old) else {
            cleaned.removes(Trace::Link);
            return Ok(Act::Drop);
        };
        let (number, kind) = match self.pictures.get(old) {
            Some(known) => *known,
            None => (self.pictures.len() + 1, picture_kind(self.archive, entry)?),
        };
        self.pictures.insert(old.to_owned(), (number, kind));
        let new = picture_name(number, kind);
        let kept = [("xlink:href", new.as_str()), ("xlink:type", "simple"), ("xlink:show", "embed"), ("xlink:actuate", "onLoad")];
        Ok(Act::Keep(kept.map(|(name, value)| (name.to_owned(), value.to_owned())).to_vec()))
    }

    fn attributes(&self, xml: &Xml<'_>, number: usize, cleaned: &mut Cleaned) -> Vec<(String, String)> {
        let (of, element) = xml.name(number);
        let mut kept = Vec::new();
        for attribute in xml.attributes(number) {
            let (space, name, value) = (attribute.space.unwrap_or_default(), attribute.name, attribute.value);
            let whole = written(attribute.space, name);
            match (space, name) {
                ("?" | "xml" | "xlink", _) => {}
                // Gradients, markers and the like are called by name.
                ("draw", "name") if matches!(element, "gradient" | "hatch" | "marker" | "stroke-dash" | "opacity") => {
                    kept.push((whole, value.to_owned()))
                }
                ("draw", "fill-gradient-name" | "fill-hatch-name" | "marker-start" | "marker-end" | "stroke-dash" | "opacity-name") => {
                    kept.push((whole, value.to_owned()));
                }
                ("table", "name") if self.kind == Kind::Ods && of == "table" => kept.push((whole, value.to_owned())),
                ("table", "name") => cleaned.removes(Trace::Comment),
                // Said again in the cell itself.
                ("office", "string-value") | ("text" | "draw", "id") | ("draw", "nav-order" | "layer" | "fill-image-name") => {}
                ("style", "name") if element == "font-face" => kept.push((whole, value.to_owned())),
                ("style", "name") => kept.push((whole, self.renamed(value, cleaned))),
                (_, name)
                    if name.ends_with("style-name") && name != "font-style-name"
                        || matches!(name, "master-page-name" | "page-layout-name" | "presentation-page-layout-name") =>
                {
                    kept.push((whole, self.renamed(value, cleaned)));
                }
                _ if kept::attribute(space, name, value) => kept.push((whole, value.to_owned())),
                ("table", "formula") | ("text", "formula" | "condition") => cleaned.removes(Trace::Software),
                (_, "language" | "country" | "script" | "language-asian" | "language-complex" | "country-asian" | "country-complex") => {
                    cleaned.removes(Trace::Author);
                }
                (_, "name" | "display-name") => cleaned.removes(Trace::Comment),
                _ => cleaned.removes(Trace::UnknownPart),
            }
        }
        kept
    }

    fn renamed(&self, name: &str, cleaned: &mut Cleaned) -> String {
        if name.is_empty() {
            return String::new();
        }
        // A name of no style that is here is shown as the default.
        let new = self.names.get(name).cloned().unwrap_or_else(|| if is_usual(name) { name.to_owned() } else { "Standard".to_owned() });
        if new != name {
            cleaned.removes(Trace::Comment);
        }
        new
    }
}

fn picture_name(number: usize, kind: Kind) -> String {
    format!("Pictures/image{number}.{}", kind.ending())
}

/// Which columns of the table that is being written are hidden.
#[derive(Default)]
struct Columns {
    hidden: Vec<std::ops::Range<usize>>,
    count: usize,
    at: usize,
}

impl Columns {
    fn add(&mut self, times: usize, hidden: bool) {
        let end = self.count.saturating_add(times);
        if hidden {
            match self.hidden.last_mut() {
                Some(last) if last.end == self.count => last.end = end,
                _ => self.hidden.push(self.count..end),
            }
        }
        self.count = end;
    }

    fn are_hidden(&self, times: usize) -> bool {
        let place = self.hidden.partition_point(|range| range.end <= self.at);
        self.hidden.get(place).is_some_and(|range| range.start <= self.at && self.at.saturating_add(times) <= range.end)
    }
}
