//! Pages: what each draws, with what it inherits, and what its annotations draw on it.

use std::collections::BTreeSet;

use super::classes::{Class, tells};
use super::file::File;
use super::parse::{Dict, Object};
use super::{Body, Cleaner, PAGES, content, filters, layers};
use crate::Trace;
use crate::refused::Fault;

type Made<T> = Result<T, Fault>;

const MOST_PAGES: usize = 20_000;
/// What one page draws, unpacked.
const MOST_CONTENT: usize = 12 << 20;
/// A stamp takes as much room as so many values.
const STAMP: usize = 20;
const INHERITED: [&str; 4] = ["Resources", "MediaBox", "CropBox", "Rotate"];

/// A page, and the object that each of what it inherits stands in: not that itself, for thousands may share it.
#[derive(Clone, Copy)]
pub(crate) struct Page {
    number: u32,
    inherits: [Option<u32>; INHERITED.len()],
}

/// What a page inherited: the next one will most likely inherit the same.
pub(super) struct Inherited {
    from: u32,
    value: Object,
    values: usize,
}

pub(super) type AllInherited = [Option<Inherited>; INHERITED.len()];

/// All pages in their order.
pub(crate) fn all(file: &File<'_>, root: &Dict) -> Made<Vec<Page>> {
    const WRONG: Fault = Fault::Damaged("the tree of its pages");
    let mut pages = Vec::new();
    let mut seen = BTreeSet::new();
    let number = |object: &Object| if let Object::Ref(number) = object { Ok(*number) } else { Err(WRONG) };
    let first = number(root.get("Pages").ok_or(WRONG)?)?;
    let mut waiting = vec![Page { number: first, inherits: [None; INHERITED.len()] }];
    while let Some(mut page) = waiting.pop() {
        if !seen.insert(page.number) {
            return Err(WRONG);
        }
        let Some(dict) = file.dict(Some(&Object::Ref(page.number)))? else { continue };
        for (key, from) in INHERITED.iter().zip(&mut page.inherits) {
            if dict.get(key).is_some() {
                *from = Some(page.number);
            }
        }
        match dict.get("Kids").map(|kids| file.resolve(kids)).transpose()? {
            Some(Object::Array(kids)) => {
                if kids.len() + waiting.len() > MOST_PAGES {
                    return Err(Fault::TooMuch("pages"));
                }
                for kid in kids.iter().rev() {
                    waiting.push(Page { number: number(kid)?, ..page });
                }
            }
            _ => pages.push(page),
        }
        if pages.len() > MOST_PAGES {
            return Err(Fault::TooMuch("pages"));
        }
    }
    if pages.is_empty() { Err(Fault::Damaged("it has no pages")) } else { Ok(pages) }
}

impl Cleaner<'_> {
    pub(super) fn page(&mut self, number: usize, page: &Page) -> Made<()> {
        let page = self.with_inherited(page)?;
        let mut out = Dict::default();
        out.set("Type", Object::of("Page"));
        out.set("Parent", Object::Ref(PAGES as u32));
        let known = [
            ("MediaBox", Class::Plain),
            ("CropBox", Class::Plain),
            ("Rotate", Class::Plain),
            ("UserUnit", Class::Plain),
            ("Group", Class::Group),
        ];
        for (key, class) in known {
            if let Some(value) = page.get(key)
                && let Some(value) = self.value(value, class)?
            {
                out.set(key, value);
            }
        }
        let unknown = page.0.iter().filter(|(key, _)| key != b"Type" && !known.iter().any(|(name, _)| name.as_bytes() == key));
        self.cleaned.removes_all(unknown.filter_map(|(key, _)| tells(key)));
        let resources = self.file.dict(page.get("Resources"))?.unwrap_or_default();
        let drawing = self.contents(page.get("Contents"))?;
        let (drawing, resources, _) = self.drawing(&drawing, Some(&resources))?;
        out.set("Resources", Object::Dict(resources));
        let contents = self.fresh()?;
        out.set("Contents", Object::Ref(contents as u32));
        let stamps = self.annotations(page.get("Annots"))?;
        if !stamps.is_empty() {
            out.set("Annots", Object::Array(stamps));
        }
        self.object(number, &out, Body::None)?;
        let mut dict = Dict::default();
        dict.set("Filter", Object::of("FlateDecode"));
        self.object(contents, &dict, Body::Made(filters::deflate(&drawing)))
    }

    /// The page with what it inherits.
    fn with_inherited(&mut self, page: &Page) -> Made<Dict> {
        let mut dict = self.file.dict(Some(&Object::Ref(page.number)))?.unwrap_or_default();
        for ((key, from), last) in INHERITED.iter().zip(page.inherits).zip(&mut self.inherited) {
            let Some(from) = from.filter(|from| *from != page.number) else { continue };
            if last.as_ref().is_none_or(|last| last.from != from) {
                let above = self.file.dict(Some(&Object::Ref(from)))?.unwrap_or_default();
                *last = above.get(key).map(|value| Inherited { from, value: value.clone(), values: value.values() });
            }
            if let Some(last) = last {
                // It is taken apart some times for this page.
                self.file.spend(256 * last.values)?;
                dict.set(key, last.value.clone());
            }
        }
        Ok(dict)
    }

    /// The streams of a page's content, one after the other.
    fn contents(&self, object: Option<&Object>) -> Made<Vec<u8>> {
        let Some(object) = object else { return Ok(Vec::new()) };
        let parts = match self.file.resolve(object)? {
            Object::Array(parts) => parts,
            _ => vec![object.clone()],
        };
        let mut out = Vec::new();
        for part in parts {
            let Object::Ref(number) = part else { return Err(Fault::Damaged("the content of a page")) };
            let whole = self.file.get(number)?;
            if let (Object::Dict(dict), Some(range)) = (&whole.object, &whole.stream) {
                out.extend(self.file.unpack(dict, range)?);
                out.push(b'\n');
            }
            if out.len() > MOST_CONTENT {
                return Err(Fault::TooMuch("bytes in one page"));
            }
        }
        Ok(out)
    }

    /// A drawing written anew, and of its resources those that it uses; and whether it uses any although it has none.
    pub(super) fn drawing(&mut self, bytes: &[u8], resources: Option<&Dict>) -> Made<(Vec<u8>, Dict, bool)> {
        if bytes.len() > MOST_CONTENT {
            return Err(Fault::TooMuch("bytes in one drawing"));
        }
        self.file.spend(4 * bytes.len())?;
        let none = Dict::default();
        let own = resources.unwrap_or(&none);
        let mut layers = layers::of(&self.file, &self.hidden, own)?;
        let mut traces = Vec::new();
        let out = content::clean(bytes, &mut layers, &mut traces)?;
        self.cleaned.removes_all(traces);
        let kept = self.resources(own, Some(&layers.used))?;
        Ok((out, kept, resources.is_none() && layers.borrows))
    }

    /// What annotations draw stays, as stamps that say nothing; everything else of them goes.
    fn annotations(&mut self, object: Option<&Object>) -> Made<Vec<Object>> {
        let Some(Object::Array(annotations)) = object.map(|object| self.file.resolve(object)).transpose()? else { return Ok(Vec::new()) };
        let mut stamps = Vec::new();
        for annotation in annotations {
            let Some(dict) = self.file.dict(Some(&annotation))? else { continue };
            self.file.spend(256)?;
            let drawn = match dict.name("Subtype").unwrap_or_default() {
                b"Widget" | b"FreeText" | b"Line" | b"Square" | b"Circle" | b"Polygon" | b"PolyLine" | b"Highlight" | b"Underline"
                | b"Squiggly" | b"StrikeOut" | b"Stamp" | b"Caret" | b"Ink" => true,
                b"Link" => {
                    self.cleaned.removes(Trace::Link);
                    false
                }
                b"FileAttachment" | b"Sound" | b"Movie" | b"Screen" | b"RichMedia" | b"3D" => {
                    self.cleaned.removes(Trace::Attachment);
                    false
                }
                b"Redact" => return Err(Fault::Unknown("a blackening that was not carried out")),
                _ => {
                    self.cleaned.removes_all([Trace::Comment, Trace::Author]);
                    false
                }
            };
            if !drawn {
                continue;
            }
            // Hidden, or not to be seen on a screen.
            let flags = dict.number("F").unwrap_or_default();
            let shown = flags & 0x22 == 0 && dict.get("OC").map_or(Ok(true), |layer| layers::is_shown(&self.file, &self.hidden, layer))?;
            if !shown {
                self.cleaned.removes(Trace::HiddenLayer);
                continue;
            }
            if let Some(stamp) = self.stamp(&dict)? {
                stamps.push(Object::Dict(stamp));
            }
        }
        Ok(stamps)
    }

    fn stamp(&mut self, dict: &Dict) -> Made<Option<Dict>> {
        let looks = self.file.dict(dict.get("AP"))?.unwrap_or_default();
        let mut look = looks.get("N").cloned();
        // One look for each state of a box that can be ticked.
        if let Some(Object::Ref(number)) = &look
            && self.file.get(*number)?.stream.is_none()
        {
            look = self.file.get(*number).map(|whole| Some(whole.object))?;
        }
        if let Some(Object::Dict(states)) = &look {
            look = dict.name("AS").and_then(|state| std::str::from_utf8(state).ok()).and_then(|state| states.get(state)).cloned();
        }
        for (key, _) in dict.0.iter().filter(|(key, _)| !matches!(key.as_slice(), b"Type" | b"Subtype" | b"Rect" | b"F" | b"P")) {
            self.cleaned.removes_all(if key == b"Contents" { Some(Trace::Comment) } else { tells(key) });
        }
        let Some(Object::Ref(number)) = look else {
            let says = dict.name("Subtype") == Some(b"Widget") && dict.get("V").is_some() && dict.name("FT") != Some(b"Btn");
            return if says { Err(Fault::Unknown("a form field that a program draws")) } else { Ok(None) };
        };
        let whole = self.file.get(number)?;
        if whole.stream.is_none() {
            return Ok(None);
        }
        // The look may belong to a layer of its own.
        if let Object::Dict(look) = &whole.object
            && let Some(layer) = look.get("OC")
            && !layers::is_shown(&self.file, &self.hidden, layer)?
        {
            self.cleaned.removes(Trace::HiddenLayer);
            return Ok(None);
        }
        let place = dict
            .get("Rect")
            .map(|place| self.value(place, Class::Plain))
            .transpose()?
            .flatten()
            .ok_or(Fault::Damaged("the place of an annotation"))?;
        let new = self.numbered(number, Class::Form)?;
        self.counts(STAMP)?;
        let mut normal = Dict::default();
        normal.set("N", Object::Ref(new as u32));
        let mut stamp = Dict::default();
        stamp.set("Type", Object::of("Annot"));
        stamp.set("Subtype", Object::of("Stamp"));
        stamp.set("Rect", place);
        stamp.set("F", Object::from_number(4));
        stamp.set("AP", Object::Dict(normal));
        Ok(Some(stamp))
    }
}
