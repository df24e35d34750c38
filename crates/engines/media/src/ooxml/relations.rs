//! Relations between parts: which kinds lead to something that is seen, and what the others are.

use std::collections::BTreeMap;

use super::Role;
use crate::Trace;
use crate::refused::Fault;
use crate::xml::{Space, Xml};
use crate::zip::{Archive, MOST_PART};

type Made<T> = Result<T, Fault>;

const SPACES: &[Space] = &[("", &["http://schemas.openxmlformats.org/package/2006/relationships"])];

#[derive(Clone, Debug)]
pub(crate) struct Relation {
    pub(crate) id: String,
    /// The last word of its type's address.
    pub(crate) kind: String,
    pub(crate) external: bool,
    /// The part it leads to, by its whole name.
    pub(crate) target: Option<String>,
}

pub(crate) enum Fate {
    Keep(Role),
    /// Silently where it says nothing.
    Drop(Option<Trace>),
    /// It is seen, and cannot be cleaned.
    Refuse(&'static str),
}

pub(crate) fn fate(kind: &str, external: bool) -> Fate {
    if external {
        return Fate::Drop(Some(Trace::Link));
    }
    let keep = match kind {
        "styles" => Role::Styles,
        "numbering" => Role::Numbering,
        "theme" => Role::Theme,
        "settings" => Role::Settings,
        "header" => Role::Header,
        "footer" => Role::Footer,
        "footnotes" => Role::Footnotes,
        "endnotes" => Role::Endnotes,
        "image" => Role::Picture,
        "chart" => Role::Chart,
        "worksheet" => Role::Sheet,
        "sharedStrings" => Role::Strings,
        "drawing" => Role::Drawing,
        "slide" => Role::Slide,
        "slideLayout" => Role::Layout,
        "slideMaster" => Role::Master,
        "tableStyles" => Role::TableStyles,
        _ => {
            return match kind {
                "aFChunk" | "subDocument" => Fate::Refuse("a document inside the document"),
                "diagramData" | "diagramDrawing" => Fate::Refuse("a diagram"),
                "chartsheet" | "dialogsheet" | "xlMacrosheet" => Fate::Refuse("a sheet that is no table"),
                "chartEx" => Fate::Refuse("a chart of a newer kind"),
                "package" | "oleObject" | "media" | "video" | "audio" | "attachedToolbars" => Fate::Drop(Some(Trace::Attachment)),
                "vbaProject" | "control" | "activeXControlBinary" | "customUI" | "ctrlProp" | "webextension" => {
                    Fate::Drop(Some(Trace::Script))
                }
                "comments" | "commentsExtended" | "commentsIds" | "commentsExtensible" | "threadedComment" | "notesSlide"
                | "notesMaster" | "handoutMaster" => Fate::Drop(Some(Trace::Comment)),
                "commentAuthors" | "authors" | "people" | "person" => Fate::Drop(Some(Trace::Author)),
                "printerSettings" => Fate::Drop(Some(Trace::Device)),
                "externalLink" | "hyperlink" | "attachedTemplate" | "connections" | "queryTable" => Fate::Drop(Some(Trace::Link)),
                "pivotTable" | "pivotCacheDefinition" | "pivotCacheRecords" => Fate::Drop(Some(Trace::HiddenLayer)),
                "revisionHeaders" | "revisionLog" | "usernames" | "changesInfo" => Fate::Drop(Some(Trace::EarlierVersion)),
                "thumbnail" => Fate::Drop(Some(Trace::Thumbnail)),
                "fontTable" | "webSettings" | "stylesWithEffects" | "presProps" | "viewProps" | "calcChain" | "chartStyle"
                | "chartColorStyle" | "themeOverride" | "vmlDrawing" | "table" | "sheetMetadata" => Fate::Drop(Some(Trace::Software)),
                _ => Fate::Drop(Some(Trace::UnknownPart)),
            };
        }
    };
    Fate::Keep(keep)
}

/// Parts that belong to others without being named in their text.
fn is_implied(role: Role) -> bool {
    matches!(
        role,
        Role::Styles
            | Role::Numbering
            | Role::Theme
            | Role::Settings
            | Role::Footnotes
            | Role::Endnotes
            | Role::Strings
            | Role::Layout
            | Role::Master
            | Role::TableStyles
    )
}

/// The relations of a part, by its name; of the whole package, by no name.
pub(crate) fn read(archive: &Archive<'_>, of: &str) -> Made<Vec<Relation>> {
    let (folder, file) = of.rsplit_once('/').unwrap_or(("", of));
    let name = if folder.is_empty() { format!("_rels/{file}.rels") } else { format!("{folder}/_rels/{file}.rels") };
    let Some(entry) = archive.find(&name) else { return Ok(Vec::new()) };
    let bytes = archive.inflate(entry, MOST_PART)?;
    let xml = Xml::read(&bytes, SPACES)?;
    let root = xml.root().ok_or(Fault::Damaged("the relations of a part"))?;
    let mut relations = Vec::new();
    for child in xml.children(root).filter(|child| xml.is(*child, "", "Relationship")) {
        let (Some(id), Some(kind), Some(target)) =
            (xml.attribute(child, None, "Id"), xml.attribute(child, None, "Type"), xml.attribute(child, None, "Target"))
        else {
            return Err(Fault::Damaged("the relations of a part"));
        };
        let external = xml.attribute(child, None, "TargetMode") == Some("External");
        let kind = kind.rsplit('/').next().unwrap_or_default().to_owned();
        let target = if external || target.is_empty() || target.starts_with('#') { None } else { Some(resolved(folder, target)?) };
        relations.push(Relation { id: id.to_owned(), kind, external, target });
    }
    xml.check()?;
    Ok(relations)
}

fn resolved(folder: &str, target: &str) -> Made<String> {
    let mut steps: Vec<&str> =
        if target.starts_with('/') { Vec::new() } else { folder.split('/').filter(|step| !step.is_empty()).collect() };
    for step in target.split('/') {
        match step {
            "" | "." => {}
            ".." => {
                steps.pop().ok_or(Fault::Damaged("a relation leads out of the archive"))?;
            }
            step => steps.push(step),
        }
    }
    Ok(steps.join("/"))
}

/// The relations of a part as a file, each with its type and the whole name of its target.
pub(crate) fn write(folder: &str, relations: &[(String, String)]) -> String {
    let mut out = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">",
    );
    for (number, (kind, target)) in relations.iter().enumerate() {
        let own: Vec<&str> = folder.split('/').filter(|step| !step.is_empty()).collect();
        let to: Vec<&str> = target.split('/').collect();
        let common = own.iter().zip(&to).take_while(|(one, other)| one == other).count();
        let up = "../".repeat(own.len() - common);
        let down = to.get(common..).unwrap_or_default().join("/");
        out.push_str(&format!("<Relationship Id=\"rId{}\" Type=\"{}/{kind}\" Target=\"{up}{down}\"/>", number + 1, super::OFFICE));
    }
    out.push_str("</Relationships>");
    out
}

/// Which relations of a part its text speaks of, and under which new id.
pub(crate) struct Links {
    kept: BTreeMap<String, (Relation, Role)>,
    /// By old id, numbers from one on.
    used: BTreeMap<String, usize>,
    implied: Vec<String>,
    /// Whether what is implied belongs to it: a chart does not bring styles of its own.
    brings: bool,
}

impl Links {
    pub(crate) fn new(relations: &[Relation], from: Role) -> Made<Self> {
        let mut links = Self { kept: BTreeMap::new(), used: BTreeMap::new(), implied: Vec::new(), brings: from != Role::Chart };
        for relation in relations {
            match fate(&relation.kind, relation.external) {
                Fate::Keep(role) => {
                    let (id, relation) = (relation.id.clone(), relation.clone());
                    if is_implied(role) && links.brings {
                        links.implied.push(id.clone());
                    }
                    if links.kept.insert(id, (relation, role)).is_some() {
                        return Err(Fault::Damaged("two relations have one name"));
                    }
                }
                Fate::Drop(_) => {}
                Fate::Refuse(what) => return Err(Fault::Unknown(what)),
            }
        }
        Ok(links)
    }

    /// The new id of a relation that stays.
    pub(crate) fn renamed(&mut self, id: &str) -> Option<String> {
        if !self.kept.contains_key(id) {
            return None;
        }
        let next = self.used.len() + 1;
        Some(format!("rId{}", self.used.entry(id.to_owned()).or_insert(next)))
    }

    pub(crate) fn keeps(&self, id: &str) -> bool {
        self.kept.contains_key(id)
    }

    pub(crate) fn forget(&mut self, id: &str) {
        self.kept.remove(id);
    }

    pub(crate) fn is_used(&self, id: &str) -> bool {
        self.used.contains_key(id) || self.kept.get(id).is_some_and(|(_, role)| is_implied(*role) && self.brings)
    }

    /// In the order of their new ids.
    pub(crate) fn used(self) -> Vec<(Relation, Role)> {
        let Self { mut kept, used, implied, .. } = self;
        let mut named: Vec<(usize, String)> = used.into_iter().map(|(id, number)| (number, id)).collect();
        named.sort_unstable();
        let ids = named.into_iter().map(|(_, id)| id).chain(implied);
        // Each is taken once, and one that was forgotten not at all.
        ids.filter_map(|id| kept.remove(&id)).collect()
    }
}
