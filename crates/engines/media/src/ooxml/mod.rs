//! Documents of Microsoft Office (ECMA-376): the parts that are reached from the main one by relations of known kinds are
//! written anew, under names of ours, and nothing else is carried over.
//!
//! What is read is what was shown: tracked insertions stay, deletions and comments go; formulas give way to their values,
//! fields to their results; hidden sheets, rows, columns, slides and words are not in the copy.

mod drawing;
mod kept;
mod relations;
mod sheet;
mod slide;
mod word;

use std::collections::{BTreeMap, BTreeSet, VecDeque};

pub(crate) use relations::Links;
use relations::{Fate, Relation, fate};

use crate::plan::Cleaned;
use crate::refused::Fault;
use crate::xml::{Space, Xml};
use crate::zip::{Archive, Entry, MOST_PART, MOST_PICTURE, Writer};
use crate::{Kept, Kind, Trace};

type Made<T> = Result<T, Fault>;

/// What a part is in a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Role {
    Main,
    Styles,
    Numbering,
    Theme,
    Settings,
    Header,
    Footer,
    Footnotes,
    Endnotes,
    Picture,
    Chart,
    Sheet,
    Strings,
    Drawing,
    Slide,
    Layout,
    Master,
    TableStyles,
}

const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

pub(crate) const SPACES_WORD: &[Space] = &[
    ("w", &["http://schemas.openxmlformats.org/wordprocessingml/2006/main"]),
    ("r", &[OFFICE]),
    ("a", &["http://schemas.openxmlformats.org/drawingml/2006/main"]),
    ("pic", &["http://schemas.openxmlformats.org/drawingml/2006/picture"]),
    ("wp", &["http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"]),
    ("wps", &["http://schemas.microsoft.com/office/word/2010/wordprocessingShape"]),
    ("wpg", &["http://schemas.microsoft.com/office/word/2010/wordprocessingGroup"]),
    ("m", &["http://schemas.openxmlformats.org/officeDocument/2006/math"]),
    ("v", &["urn:schemas-microsoft-com:vml"]),
    ("w10", &["urn:schemas-microsoft-com:office:word"]),
    ("o", &["urn:schemas-microsoft-com:office:office"]),
    ("c", &["http://schemas.openxmlformats.org/drawingml/2006/chart"]),
    ("dgm", &["http://schemas.openxmlformats.org/drawingml/2006/diagram"]),
    ("mc", &["http://schemas.openxmlformats.org/markup-compatibility/2006"]),
];

pub(crate) const SPACES_SHEET: &[Space] = &[
    ("", &["http://schemas.openxmlformats.org/spreadsheetml/2006/main"]),
    ("r", &[OFFICE]),
    ("a", &["http://schemas.openxmlformats.org/drawingml/2006/main"]),
    ("xdr", &["http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing"]),
    ("c", &["http://schemas.openxmlformats.org/drawingml/2006/chart"]),
    ("dgm", &["http://schemas.openxmlformats.org/drawingml/2006/diagram"]),
    ("mc", &["http://schemas.openxmlformats.org/markup-compatibility/2006"]),
];

pub(crate) const SPACES_SLIDE: &[Space] = &[
    ("p", &["http://schemas.openxmlformats.org/presentationml/2006/main"]),
    ("r", &[OFFICE]),
    ("a", &["http://schemas.openxmlformats.org/drawingml/2006/main"]),
    ("c", &["http://schemas.openxmlformats.org/drawingml/2006/chart"]),
    ("m", &["http://schemas.openxmlformats.org/officeDocument/2006/math"]),
    ("dgm", &["http://schemas.openxmlformats.org/drawingml/2006/diagram"]),
    ("mc", &["http://schemas.openxmlformats.org/markup-compatibility/2006"]),
];

/// What parts learn from each other.
#[derive(Default)]
pub(crate) struct Shared {
    /// What a text's own styles are called from now on.
    pub(crate) styles: BTreeMap<String, String>,
    /// Sheets that are shown, as formulas name them.
    pub(crate) sheets: BTreeSet<String>,
    /// Whether first and even pages of a text have heads of their own.
    pub(crate) first_differs: bool,
    pub(crate) even_differs: bool,
    /// Notes that the text refers to: whether at the end, and their ids.
    pub(crate) notes: BTreeSet<(bool, String)>,
    /// Which of a text's styles show nothing.
    pub(crate) hiding: word::Hiding,
    /// The strings of a table that a kept cell shows.
    pub(crate) strings: BTreeSet<usize>,
    /// Slides that are shown, and their layouts and masters.
    pub(crate) shown: BTreeSet<String>,
}

struct Package<'a> {
    archive: Archive<'a>,
    kind: Kind,
    cleaned: Cleaned,
    writer: Writer,
    waiting: VecDeque<(String, Role)>,
    /// Of each part by its old name: its new one.
    names: BTreeMap<String, String>,
    counts: BTreeMap<Role, usize>,
    types: BTreeMap<String, &'static str>,
    /// Names that some relation spoke of.
    told: BTreeSet<String>,
    shared: Shared,
}

/// Which document a list of the parts' types describes.
pub(crate) fn kind(types: &str) -> Option<Kind> {
    let any = |names: &[&str]| names.iter().any(|name| types.contains(name));
    if any(&[
        "wordprocessingml.document.main+xml",
        "wordprocessingml.template.main+xml",
        "ms-word.document.macroEnabled.main+xml",
        "ms-word.template.macroEnabledTemplate.main+xml",
    ]) {
        Some(Kind::Docx)
    } else if any(&["spreadsheetml.sheet.main+xml", "spreadsheetml.template.main+xml", "ms-excel.sheet.macroEnabled.main+xml"]) {
        Some(Kind::Xlsx)
    } else if any(&[
        "presentationml.presentation.main+xml",
        "presentationml.slideshow.main+xml",
        "presentationml.template.main+xml",
        "ms-powerpoint.presentation.macroEnabled.main+xml",
        "ms-powerpoint.slideshow.macroEnabled.main+xml",
    ]) {
        Some(Kind::Pptx)
    } else {
        None
    }
}

pub(crate) fn clean(bytes: &[u8], kind: Kind) -> Made<Cleaned> {
    let archive = Archive::read(bytes)?;
    let mut cleaned = Cleaned::new(kind);
    if archive.says_more {
        cleaned.removes(Trace::UnknownPart);
    }
    if archive.says_when {
        cleaned.removes(Trace::Time);
    }
    let mut package = Package {
        archive,
        kind,
        cleaned,
        writer: Writer::default(),
        waiting: VecDeque::new(),
        names: BTreeMap::new(),
        counts: BTreeMap::new(),
        types: BTreeMap::new(),
        told: BTreeSet::new(),
        shared: Shared::default(),
    };
    package.begin()?;
    while let Some((source, role)) = package.waiting.pop_front() {
        // Which strings are shown is known when all sheets were read.
        if role == Role::Strings && package.waiting.iter().any(|(_, other)| *other != Role::Strings) {
            package.waiting.push_back((source, role));
            continue;
        }
        package.part(&source, role)?;
    }
    package.end()
}

impl Package<'_> {
    fn begin(&mut self) -> Made<()> {
        let relations = relations::read(&self.archive, "")?;
        let mut main = None;
        for relation in &relations {
            self.told.extend(relation.target.clone());
            match relation.kind.as_str() {
                "officeDocument" if main.is_none() => main.clone_from(&relation.target),
                "core-properties" => self.cleaned.removes_all([Trace::Author, Trace::Time]),
                "extended-properties" => self.cleaned.removes_all([Trace::Software, Trace::Author]),
                "thumbnail" => self.cleaned.removes(Trace::Thumbnail),
                "custom-properties" => self.cleaned.removes(Trace::Comment),
                _ => self.cleaned.removes(Trace::UnknownPart),
            }
        }
        let main = main.ok_or(Fault::Damaged("its main part is missing"))?;
        let new = self.name_for(&main, Role::Main, None)?;
        self.writer_rels("", &[("officeDocument".to_owned(), new)])
    }

    /// The new name of a part, which is put in the line if it is met for the first time.
    fn name_for(&mut self, source: &str, role: Role, ending: Option<&'static str>) -> Made<String> {
        if let Some(name) = self.names.get(source) {
            return Ok(name.clone());
        }
        let count = self.counts.entry(role).or_default();
        *count += 1;
        let folder = match self.kind {
            Kind::Docx => "word",
            Kind::Xlsx => "xl",
            _ => "ppt",
        };
        let name = match role {
            Role::Main => ["word/document.xml", "xl/workbook.xml", "ppt/presentation.xml"]
                .into_iter()
                .find(|name| name.starts_with(folder))
                .unwrap_or_default()
                .to_owned(),
            Role::Styles => format!("{folder}/styles.xml"),
            Role::Numbering => format!("{folder}/numbering.xml"),
            Role::Theme => format!("{folder}/theme/theme{count}.xml"),
            Role::Settings => format!("{folder}/settings.xml"),
            Role::Header => format!("{folder}/header{count}.xml"),
            Role::Footer => format!("{folder}/footer{count}.xml"),
            Role::Footnotes => format!("{folder}/footnotes.xml"),
            Role::Endnotes => format!("{folder}/endnotes.xml"),
            Role::Picture => format!("{folder}/media/image{count}.{}", ending.unwrap_or("bin")),
            Role::Chart => format!("{folder}/charts/chart{count}.xml"),
            Role::Sheet => format!("{folder}/worksheets/sheet{count}.xml"),
            Role::Strings => format!("{folder}/sharedStrings.xml"),
            Role::Drawing => format!("{folder}/drawings/drawing{count}.xml"),
            Role::Slide => format!("{folder}/slides/slide{count}.xml"),
            Role::Layout => format!("{folder}/slideLayouts/slideLayout{count}.xml"),
            Role::Master => format!("{folder}/slideMasters/slideMaster{count}.xml"),
            Role::TableStyles => format!("{folder}/tableStyles.xml"),
        };
        if self.types.contains_key(&name) {
            return Err(Fault::Damaged("a part that may come once comes twice"));
        }
        self.types.insert(name.clone(), content_type(role, self.kind));
        self.names.insert(source.to_owned(), name.clone());
        self.waiting.push_back((source.to_owned(), role));
        Ok(name)
    }

    fn part(&mut self, source: &str, role: Role) -> Made<()> {
        let new = self.names.get(source).cloned().unwrap_or_default();
        let entry = self.archive.find(source).ok_or(Fault::Damaged("a part is missing"))?;
        if role == Role::Picture {
            return picture_into(&self.archive, entry, &new, &mut self.cleaned, &mut self.writer);
        }
        let bytes = self.archive.inflate(entry, MOST_PART)?;
        let xml = Xml::read(
            &bytes,
            match self.kind {
                Kind::Docx => SPACES_WORD,
                Kind::Xlsx => SPACES_SHEET,
                _ => SPACES_SLIDE,
            },
        )?;
        if xml.says_more {
            self.cleaned.removes(Trace::Comment);
        }
        let relations = relations::read(&self.archive, source)?;
        let mut links = Links::new(&relations, role)?;
        if self.kind == Kind::Docx && role == Role::Main {
            self.read_styles(&relations)?;
            self.read_settings(&relations)?;
        }
        if self.kind == Kind::Pptx {
            if role == Role::Main {
                self.find_shown(&relations)?;
            }
            let listed =
                |kind: &str| matches!(kind, "slide" | "slideMaster") && role == Role::Main || kind == "slideLayout" && role == Role::Master;
            for relation in relations.iter().filter(|relation| listed(&relation.kind)) {
                if !relation.target.as_ref().is_some_and(|target| self.shared.shown.contains(target)) {
                    links.forget(&relation.id);
                }
            }
        }
        let cleaned = &mut self.cleaned;
        let out = match (self.kind, role) {
            (_, Role::Chart | Role::Theme | Role::Drawing | Role::TableStyles) => drawing::clean(&xml, &mut links, &self.shared, cleaned),
            (Kind::Docx, _) => word::clean(&xml, role, &mut links, &mut self.shared, cleaned),
            (Kind::Xlsx, _) => sheet::clean(&xml, role, &mut links, &mut self.shared, cleaned),
            (_, _) => slide::clean(&xml, &mut links, cleaned),
        }?;
        self.write_relations(&new, &relations, links)?;
        self.writer.add(&mut self.cleaned, &new, &out)
    }

    fn write_relations(&mut self, new: &str, relations: &[Relation], links: Links) -> Made<()> {
        self.told.extend(relations.iter().filter_map(|relation| relation.target.clone()));
        for relation in relations {
            if links.is_used(&relation.id) {
                continue;
            }
            match fate(&relation.kind, relation.external) {
                // A picture of what was deleted is still there, and shown nowhere.
                Fate::Keep(_) => self.cleaned.removes(Trace::HiddenLayer),
                Fate::Drop(Some(trace)) => self.cleaned.removes(trace),
                Fate::Drop(None) | Fate::Refuse(_) => {}
            }
        }
        let mut written = Vec::new();
        for (relation, role) in links.used() {
            let Some(target) = &relation.target else { continue };
            let ending = match self.archive.find(target).filter(|_| role == Role::Picture) {
                Some(entry) => Some(picture_kind(&self.archive, entry)?.ending()),
                None => None,
            };
            written.push((relation.kind.clone(), self.name_for(target, role, ending)?));
        }
        if written.is_empty() { Ok(()) } else { self.writer_rels(new, &written) }
    }

    fn writer_rels(&mut self, of: &str, relations: &[(String, String)]) -> Made<()> {
        let (folder, file) = of.rsplit_once('/').unwrap_or(("", of));
        let name = if folder.is_empty() { format!("_rels/{file}.rels") } else { format!("{folder}/_rels/{file}.rels") };
        self.writer.add(&mut self.cleaned, &name, relations::write(folder, relations).as_bytes())
    }

    fn read_styles(&mut self, relations: &[Relation]) -> Made<()> {
        let styles = relations.iter().find(|relation| relation.kind == "styles").and_then(|relation| relation.target.as_deref());
        let Some(entry) = styles.and_then(|name| self.archive.find(name)) else { return Ok(()) };
        let bytes = self.archive.inflate(entry, MOST_PART)?;
        let xml = Xml::read(&bytes, SPACES_WORD)?;
        self.shared.styles = word::style_names(&xml);
        self.shared.hiding = word::Hiding::read(&xml);
        xml.check()?;
        Ok(())
    }

    fn read_settings(&mut self, relations: &[Relation]) -> Made<()> {
        let settings = relations.iter().find(|relation| relation.kind == "settings").and_then(|relation| relation.target.as_deref());
        let Some(entry) = settings.and_then(|name| self.archive.find(name)) else { return Ok(()) };
        let bytes = self.archive.inflate(entry, MOST_PART)?;
        let xml = Xml::read(&bytes, SPACES_WORD)?;
        self.shared.even_differs = word::even_differs(&xml);
        xml.check()
    }

    /// Which slides are shown, and which layouts and masters they need.
    fn find_shown(&mut self, relations: &[Relation]) -> Made<()> {
        for slide in relations.iter().filter(|relation| relation.kind == "slide").filter_map(|relation| relation.target.as_deref()) {
            let Some(entry) = self.archive.find(slide) else { continue };
            let bytes = self.archive.inflate(entry, MOST_PART)?;
            let xml = Xml::read(&bytes, SPACES_SLIDE)?;
            if xml.root().and_then(|root| xml.attribute(root, None, "show")).is_some_and(|show| matches!(show, "0" | "false")) {
                continue;
            }
            self.shared.shown.insert(slide.to_owned());
            let target = |of: &str, kind: &str| -> Made<Option<String>> {
                Ok(relations::read(&self.archive, of)?
                    .into_iter()
                    .find(|relation| relation.kind == kind)
                    .and_then(|relation| relation.target))
            };
            // Many slides have one layout, and it is asked for its master once.
            if let Some(layout) = target(slide, "slideLayout")?
                && self.shared.shown.insert(layout.clone())
            {
                self.shared.shown.extend(target(&layout, "slideMaster")?);
            }
        }
        Ok(())
    }

    fn end(mut self) -> Made<Cleaned> {
        let unknown = self.archive.entries.iter().filter(|entry| {
            let accounted = self.names.contains_key(&entry.name) || self.told.contains(&entry.name);
            !accounted && entry.name != "[Content_Types].xml" && !entry.name.ends_with(".rels")
        });
        self.cleaned.removes_all(unknown.map(|_| Trace::UnknownPart).collect::<Vec<_>>());
        let mut types = String::from(
            "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"><Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>",
        );
        let endings: BTreeSet<&str> =
            self.types.keys().filter(|name| name.contains("/media/")).filter_map(|name| name.rsplit('.').next()).collect();
        for ending in endings {
            let media = [Kind::Jpeg, Kind::Png, Kind::Gif, Kind::WebP]
                .into_iter()
                .find(|kind| kind.ending() == ending)
                .map_or("", Kind::media_type);
            types.push_str(&format!("<Default Extension=\"{ending}\" ContentType=\"{media}\"/>"));
        }
        for (name, content) in self.types.iter().filter(|(name, _)| !name.contains("/media/")) {
            types.push_str(&format!("<Override PartName=\"/{name}\" ContentType=\"{content}\"/>"));
        }
        types.push_str("</Types>");
        self.writer.add(&mut self.cleaned, "[Content_Types].xml", types.as_bytes())?;
        self.writer.finish(&mut self.cleaned);
        self.cleaned.keeps(Kept::Layout);
        self.cleaned.keeps(Kept::Typefaces);
        Ok(self.cleaned)
    }
}

fn content_type(role: Role, kind: Kind) -> &'static str {
    match (role, kind) {
        (Role::Main, Kind::Docx) => "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
        (Role::Main, Kind::Xlsx) => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
        (Role::Main, _) => "application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml",
        (Role::Styles, Kind::Docx) => "application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml",
        (Role::Styles, _) => "application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml",
        (Role::Numbering, _) => "application/vnd.openxmlformats-officedocument.wordprocessingml.numbering+xml",
        (Role::Theme, _) => "application/vnd.openxmlformats-officedocument.theme+xml",
        (Role::Settings, _) => "application/vnd.openxmlformats-officedocument.wordprocessingml.settings+xml",
        (Role::Header, _) => "application/vnd.openxmlformats-officedocument.wordprocessingml.header+xml",
        (Role::Footer, _) => "application/vnd.openxmlformats-officedocument.wordprocessingml.footer+xml",
        (Role::Footnotes, _) => "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml",
        (Role::Endnotes, _) => "application/vnd.openxmlformats-officedocument.wordprocessingml.endnotes+xml",
        (Role::Picture, _) => "",
        (Role::Chart, _) => "application/vnd.openxmlformats-officedocument.drawingml.chart+xml",
        (Role::Sheet, _) => "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml",
        (Role::Strings, _) => "application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml",
        (Role::Drawing, _) => "application/vnd.openxmlformats-officedocument.drawing+xml",
        (Role::Slide, _) => "application/vnd.openxmlformats-officedocument.presentationml.slide+xml",
        (Role::Layout, _) => "application/vnd.openxmlformats-officedocument.presentationml.slideLayout+xml",
        (Role::Master, _) => "application/vnd.openxmlformats-officedocument.presentationml.slideMaster+xml",
        (Role::TableStyles, _) => "application/vnd.openxmlformats-officedocument.presentationml.tableStyles+xml",
    }
}

/// A picture inside a document must be one that can be cleaned itself. Its first bytes say what it would be; that it is
/// that and nothing else is seen when it is cleaned.
pub(crate) fn picture_kind(archive: &Archive<'_>, entry: &Entry) -> Made<Kind> {
    match crate::kind::by_magic(&archive.start(entry)) {
        Ok(kind @ (Kind::Jpeg | Kind::Png | Kind::Gif | Kind::WebP)) => Ok(kind),
        _ => Err(Fault::Unknown("a picture of a kind that is not cleaned")),
    }
}

/// Cleans a picture and adds it under a name.
pub(crate) fn picture_into(archive: &Archive<'_>, entry: &Entry, name: &str, cleaned: &mut Cleaned, writer: &mut Writer) -> Made<()> {
    const WRONG: Fault = Fault::Unknown("a picture that cannot be cleaned");
    let kind = picture_kind(archive, entry)?;
    let picture = archive.inflate(entry, MOST_PICTURE)?;
    let inner = crate::clean(&picture).ok().filter(|inner| inner.kind() == kind).ok_or(WRONG)?;
    cleaned.tell_of(&inner);
    writer.add_pieces(cleaned, name, inner.pieces, &picture, archive.lies(entry))
}
