//! PDF (ISO 32000-2): a new file of what the newest revision's pages draw.
//!
//! Pages are followed from the root through entries that are known to be needed; each object that is reached is written
//! anew, and so older revisions, what nothing refers to, names, actions, files inside, forms' values and the document's own
//! words about itself are not in the copy. What annotations draw stays as a stamp without a name; layers that are not shown
//! draw nothing.

mod build;
mod classes;
mod content;
mod file;
mod filters;
mod font;
mod layers;
mod page;
mod parse;
mod words;

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::ops::Range;

use classes::{Class, tells};
use file::File;
use parse::{Dict, Object, write};

use crate::plan::{Cleaned, Pieces};
use crate::refused::Fault;
use crate::{Kept, Kind, Trace, xmp};

type Made<T> = Result<T, Fault>;

/// What is written anew is held in memory until it is written.
const MOST_MADE: usize = 40 << 20;
const MOST_WORK: usize = 300_000;
/// Values that one object of the copy holds, and all of them. An array of arrays of arrays that are one and the same is short
/// to say and long to write.
const MOST_VALUES: usize = 500_000;
const MOST_VALUES_OF_ALL: usize = 40_000_000;

/// The bytes of a stream in the copy.
enum Body {
    None,
    Made(Vec<u8>),
    Input(Range<usize>),
    /// Of what begins there in the input.
    Pieces(Pieces, usize),
}

struct Cleaner<'a> {
    file: File<'a>,
    cleaned: Cleaned,
    /// The new number of each object by its old one and by what it is used as.
    numbers: BTreeMap<(u32, Class), usize>,
    waiting: VecDeque<(u32, Class, usize)>,
    last: usize,
    /// Where each new object begins.
    starts: BTreeMap<usize, usize>,
    at: usize,
    made: usize,
    /// Bytes of the input that are in the copy as they are, or were looked at to be.
    claimed: usize,
    /// Values since the last object was written, and before.
    values: usize,
    values_before: usize,
    inherited: page::AllInherited,
    /// Layers that are not shown.
    hidden: BTreeSet<u32>,
    depth: usize,
}

const CATALOG: usize = 1;
const PAGES: usize = 2;

pub(crate) fn clean(bytes: &[u8]) -> Made<Cleaned> {
    let file = File::read(bytes)?;
    let mut cleaner = Cleaner {
        file,
        cleaned: Cleaned::new(Kind::Pdf),
        numbers: BTreeMap::new(),
        waiting: VecDeque::new(),
        last: PAGES,
        starts: BTreeMap::new(),
        at: 0,
        made: 0,
        claimed: 0,
        values: 0,
        values_before: 0,
        inherited: Default::default(),
        hidden: BTreeSet::new(),
        depth: 0,
    };
    cleaner.put(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n");
    let root = cleaner.file.dict(cleaner.file.trailer.get("Root"))?.ok_or(Fault::Damaged("its root is missing"))?;
    cleaner.tell(&root)?;
    cleaner.hidden = layers::hidden(&cleaner.file, &root)?;
    let pages = page::all(&cleaner.file, &root)?;
    let mut catalog = Dict::default();
    catalog.set("Type", Object::of("Catalog"));
    catalog.set("Pages", Object::Ref(PAGES as u32));
    cleaner.object(CATALOG, &catalog, Body::None)?;
    let first = cleaner.last + 1;
    cleaner.last += pages.len();
    let mut tree = Dict::default();
    tree.set("Type", Object::of("Pages"));
    tree.set("Kids", Object::Array((first..first + pages.len()).map(|number| Object::Ref(number as u32)).collect()));
    tree.set("Count", Object::from_number(pages.len()));
    cleaner.object(PAGES, &tree, Body::None)?;
    for (place, page) in pages.iter().enumerate() {
        cleaner.page(first + place, page)?;
        cleaner.drain()?;
    }
    cleaner.finish();
    cleaner.cleaned.keeps(Kept::Layout);
    cleaner.cleaned.keeps(Kept::Typefaces);
    Ok(cleaner.cleaned)
}

impl Cleaner<'_> {
    /// What the file says about itself.
    fn tell(&mut self, root: &Dict) -> Made<()> {
        let trailer = self.file.trailer.clone();
        if trailer.get("Info").is_some() {
            self.cleaned.removes_all([Trace::Author, Trace::Time, Trace::Software]);
        }
        if trailer.get("ID").is_some() {
            self.cleaned.removes(Trace::Software);
        }
        if self.file.has_older {
            self.cleaned.removes(Trace::EarlierVersion);
        }
        if self.file.has_trailing {
            self.cleaned.removes(Trace::TrailingBytes);
        }
        for (key, value) in &root.0 {
            match key.as_slice() {
                b"Type" => {}
                b"Metadata" => {
                    let packet = match value {
                        Object::Ref(number) => self.file.get(*number)?,
                        _ => continue,
                    };
                    let text = match (&packet.object, &packet.stream) {
                        (Object::Dict(dict), Some(range)) => self.file.unpack(dict, range).unwrap_or_default(),
                        _ => Vec::new(),
                    };
                    self.cleaned.removes_all(xmp::traces(&text));
                }
                b"Names" => {
                    for (kind, trace) in [("EmbeddedFiles", Trace::Attachment), ("JavaScript", Trace::Script), ("Dests", Trace::Link)] {
                        if self.file.dict(Some(value))?.is_some_and(|names| names.get(kind).is_some()) {
                            self.cleaned.removes(trace);
                        }
                    }
                }
                b"AcroForm" => {
                    let form = self.file.dict(Some(value))?.unwrap_or_default();
                    if form.get("XFA").is_some() {
                        return Err(Fault::Unknown("a form that is drawn by a program (XFA)"));
                    }
                    self.cleaned.removes(Trace::Script);
                }
                b"OCProperties" => self.cleaned.removes(Trace::HiddenLayer),
                key => self.cleaned.removes_all(tells(key)),
            }
        }
        Ok(())
    }

    fn put(&mut self, bytes: &[u8]) {
        self.at += bytes.len();
        self.cleaned.made(bytes);
    }

    /// Counts values that are about to be held.
    fn counts(&mut self, values: usize) -> Made<()> {
        self.values += values;
        let too_much = self.values > MOST_VALUES || self.values_before + self.values > MOST_VALUES_OF_ALL;
        if too_much { Err(Fault::TooMuch("values in one object")) } else { Ok(()) }
    }

    /// Counts bytes of a stream that may stay as they are. Streams that lie in each other, or are used as two things, would
    /// make a copy that is longer than the file.
    fn claims(&mut self, range: &Range<usize>) -> Made<()> {
        self.claimed += range.len();
        if self.claimed > self.file.bytes.len() { Err(Fault::TooMuch("streams of the same bytes")) } else { Ok(()) }
    }

    /// The new number of an object that is still to be written, or was.
    fn numbered(&mut self, old: u32, class: Class) -> Made<usize> {
        if let Some(new) = self.numbers.get(&(old, class)) {
            return Ok(*new);
        }
        let new = self.fresh()?;
        self.numbers.insert((old, class), new);
        self.waiting.push_back((old, class, new));
        Ok(new)
    }

    fn fresh(&mut self) -> Made<usize> {
        self.last += 1;
        if self.last > MOST_WORK { Err(Fault::TooMuch("objects")) } else { Ok(self.last) }
    }

    fn drain(&mut self) -> Made<()> {
        while let Some((old, class, new)) = self.waiting.pop_front() {
            let whole = self.file.get(old)?;
            let (object, body) = self.build(&whole.object, whole.stream, class)?;
            match object {
                Object::Dict(dict) => self.object(new, &dict, body)?,
                other => {
                    self.starts.insert(new, self.at);
                    let mut out = format!("{new} 0 obj\n").into_bytes();
                    write(&other, &mut out);
                    out.extend(b"\nendobj\n");
                    self.made += out.len();
                    self.values_before += std::mem::take(&mut self.values);
                    self.put(&out);
                }
            }
        }
        Ok(())
    }

    fn object(&mut self, number: usize, dict: &Dict, body: Body) -> Made<()> {
        self.starts.insert(number, self.at);
        let mut dict = dict.clone();
        let length = match &body {
            Body::None => None,
            Body::Made(bytes) => Some(bytes.len()),
            Body::Input(range) => Some(range.len()),
            Body::Pieces(pieces, _) => Some(pieces.len()),
        };
        if let Some(length) = length {
            dict.set("Length", Object::from_number(length));
        }
        let mut out = format!("{number} 0 obj\n").into_bytes();
        write(&Object::Dict(dict), &mut out);
        if length.is_some() {
            out.extend(b"\nstream\n");
        }
        self.made += out.len();
        self.put(&out);
        match body {
            Body::None => {}
            Body::Made(bytes) => {
                self.made += bytes.len();
                self.put(&bytes);
            }
            Body::Input(range) => {
                self.at += range.len();
                self.cleaned.copy(self.file.bytes, range);
            }
            Body::Pieces(pieces, start) => {
                self.made += pieces.made_length();
                self.at += pieces.len();
                self.cleaned.pieces.append(self.file.bytes, pieces, start);
            }
        }
        self.values_before += std::mem::take(&mut self.values);
        self.put(if length.is_some() { b"\nendstream\nendobj\n" } else { b"\nendobj\n" });
        if self.made > MOST_MADE { Err(Fault::TooMuch("bytes in one document")) } else { Ok(()) }
    }

    fn finish(&mut self) {
        let start = self.at;
        let mut out = format!("xref\n0 {}\n0000000000 65535 f \n", self.last + 1).into_bytes();
        for number in 1..=self.last {
            let at = self.starts.get(&number).copied().unwrap_or_default();
            out.extend(format!("{at:010} 00000 n \n").as_bytes());
        }
        out.extend(format!("trailer\n<</Size {}/Root {CATALOG} 0 R>>\nstartxref\n{start}\n%%EOF\n", self.last + 1).as_bytes());
        self.put(&out);
    }
}
