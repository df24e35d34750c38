//! A PDF as a store of objects: the newest of each number, found through its tables (ISO 32000-2, 7.5).

use std::borrow::Cow;
use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::rc::Rc;

use super::filters;
use super::parse::{Dict, Lexer, Object, Whole};
use crate::read::find;
use crate::refused::Fault;

type Made<T> = Result<T, Fault>;

const TABLE: Fault = Fault::Damaged("its table of objects");
const MOST_OBJECTS: usize = 500_000;
const MOST_REVISIONS: usize = 1000;
/// Bytes read and unpacked, of all that is asked for, however often: some seconds. What is read as objects counts four times.
const MOST_WORK: u64 = 6 << 30;
/// Streams of objects that are kept unpacked: those of a page, and of what many pages share.
const MOST_UNPACKED: usize = 32 << 20;
/// One stream unpacked.
pub(crate) const MOST_STREAM: usize = 24 << 20;

#[derive(Clone, Copy, Debug)]
enum Place {
    Free,
    At(usize),
    /// In a stream of objects.
    In(u32, usize),
}

/// A stream of objects, unpacked, and where each of its objects begins.
type Unpacked = Rc<(Vec<u8>, Vec<(u32, usize)>)>;

pub(crate) struct File<'a> {
    pub(crate) bytes: &'a [u8],
    places: BTreeMap<u32, Place>,
    pub(crate) trailer: Dict,
    pub(crate) has_older: bool,
    pub(crate) has_trailing: bool,
    unpacked: RefCell<Vec<(u32, Unpacked)>>,
    work: Cell<u64>,
}

impl<'a> File<'a> {
    pub(crate) fn read(bytes: &'a [u8]) -> Made<Self> {
        let from = bytes.len().saturating_sub(2048);
        let tail = bytes.get(from..).unwrap_or_default();
        let mut last = None;
        let mut at = 0;
        while let Some(step) = tail.get(at..).and_then(|rest| find(rest, b"startxref")) {
            last = Some(at + step);
            at += step + 9;
        }
        let last = from + last.ok_or(Fault::Damaged("it has no end"))?;
        let mut lexer = Lexer::new(bytes, last + 9);
        let start = lexer.integer().ok_or(TABLE)?;
        lexer.at += lexer.rest().iter().take_while(|byte| super::parse::is_space(**byte)).count();
        let rest = lexer.rest().strip_prefix(b"%%EOF").ok_or(Fault::Damaged("it has no end"))?;
        let mut file = Self {
            bytes,
            places: BTreeMap::new(),
            trailer: Dict::default(),
            has_older: false,
            has_trailing: !rest.iter().all(|byte| super::parse::is_space(*byte)),
            unpacked: RefCell::new(Vec::new()),
            work: Cell::new(0),
        };
        let mut waiting = vec![usize::try_from(start).map_err(|_| TABLE)?];
        let mut seen = BTreeSet::new();
        let mut tables = 0;
        while let Some(at) = waiting.pop() {
            if !seen.insert(at) {
                return Err(TABLE);
            }
            if seen.len() > MOST_REVISIONS {
                return Err(Fault::TooMuch("revisions"));
            }
            let trailer = file.read_table(at)?;
            let offset = |key: &str| trailer.number(key).map(|at| usize::try_from(at).map_err(|_| TABLE)).transpose();
            // What a hybrid file adds counts as part of the same table.
            waiting.extend(offset("Prev")?);
            if let Some(beside) = offset("XRefStm")? {
                file.read_table(beside)?;
            }
            tables += 1;
            if tables == 1 {
                file.trailer = trailer;
            }
        }
        // A file that is laid out for reading over a slow line has two tables from the first.
        let linear = find(bytes.get(..bytes.len().min(1024)).unwrap_or_default(), b"/Linearized").is_some();
        file.has_older = tables > if linear { 2 } else { 1 };
        if file.trailer.get("Encrypt").is_some() {
            return Err(Fault::Encrypted);
        }
        Ok(file)
    }

    /// Counts what was read or unpacked. A file of some bytes can ask for the same a billion times.
    pub(crate) fn spend(&self, amount: usize) -> Made<()> {
        self.work.set(self.work.get() + amount as u64);
        if self.work.get() > MOST_WORK { Err(Fault::TooMuch("objects to look at")) } else { Ok(()) }
    }

    fn spend_reading(&self, lexer: &Lexer<'_>, from: usize) -> Made<()> {
        self.spend(4 * (lexer.at.saturating_sub(from) + 32))
    }

    fn add(&mut self, number: u64, place: Place) -> Made<()> {
        let number = u32::try_from(number).map_err(|_| TABLE)?;
        self.places.entry(number).or_insert(place);
        if self.places.len() > MOST_OBJECTS { Err(Fault::TooMuch("objects")) } else { Ok(()) }
    }

    fn read_table(&mut self, at: usize) -> Made<Dict> {
        let mut lexer = Lexer::new(self.bytes, at);
        if lexer.takes("xref") {
            while !lexer.takes("trailer") {
                let (first, count) = lexer.integer().zip(lexer.integer()).ok_or(TABLE)?;
                if count > MOST_OBJECTS as u64 {
                    return Err(Fault::TooMuch("objects"));
                }
                for number in first..first.saturating_add(count) {
                    let (at, _) = lexer.integer().zip(lexer.integer()).ok_or(TABLE)?;
                    let used = lexer.takes("n");
                    if !used && !lexer.takes("f") {
                        return Err(TABLE);
                    }
                    self.spend(80)?;
                    self.add(number, if used { Place::At(usize::try_from(at).map_err(|_| TABLE)?) } else { Place::Free })?;
                }
            }
            let trailer = lexer.object()?;
            self.spend_reading(&lexer, at)?;
            return match trailer {
                Object::Dict(trailer) => Ok(trailer),
                _ => Err(TABLE),
            };
        }
        lexer.object_head().ok_or(TABLE)?;
        let whole = self.read_whole(&mut lexer)?;
        let (Object::Dict(dict), Some(range)) = (&whole.object, whole.stream) else { return Err(TABLE) };
        if dict.name("Type") != Some(b"XRef") {
            return Err(TABLE);
        }
        let table = self.unpack(dict, &range)?;
        let Some(Object::Array(widths)) = dict.get("W") else { return Err(TABLE) };
        let widths: Vec<usize> =
            widths.iter().filter_map(Object::integer).filter_map(|width| usize::try_from(width).ok()).filter(|width| *width <= 8).collect();
        let [kind_width, first_width, second_width] = widths.as_slice() else { return Err(TABLE) };
        let size = dict.number("Size").and_then(|size| u64::try_from(size).ok()).ok_or(TABLE)?;
        let index: Vec<u64> = match dict.get("Index") {
            Some(Object::Array(index)) => {
                index.iter().filter_map(Object::integer).filter_map(|number| u64::try_from(number).ok()).collect()
            }
            _ => vec![0, size],
        };
        let mut rows = table.chunks_exact((kind_width + first_width + second_width).max(1));
        for pair in index.chunks_exact(2) {
            let [first, count] = pair else { return Err(TABLE) };
            for number in *first..first.saturating_add(*count) {
                let Some(row) = rows.next() else { return Err(TABLE) };
                let field = |from: usize, width: usize| {
                    row.get(from..from + width).unwrap_or_default().iter().fold(0_u64, |sum, byte| sum << 8 | u64::from(*byte))
                };
                let kind = if *kind_width == 0 { 1 } else { field(0, *kind_width) };
                let (one, other) = (field(*kind_width, *first_width), field(kind_width + first_width, *second_width));
                let place = match kind {
                    0 => Place::Free,
                    1 => Place::At(usize::try_from(one).map_err(|_| TABLE)?),
                    2 => Place::In(u32::try_from(one).map_err(|_| TABLE)?, usize::try_from(other).map_err(|_| TABLE)?),
                    _ => return Err(TABLE),
                };
                self.spend(80)?;
                self.add(number, place)?;
            }
        }
        Ok(dict.clone())
    }

    /// The object behind a number; what no table knows is null.
    pub(crate) fn get(&self, number: u32) -> Made<Whole> {
        match self.places.get(&number) {
            None | Some(Place::Free) => Ok(Whole { object: Object::Null, stream: None }),
            Some(Place::At(at)) => {
                let mut lexer = Lexer::new(self.bytes, *at);
                if lexer.object_head() != Some(number) {
                    return Err(TABLE);
                }
                let whole = self.read_whole(&mut lexer);
                self.spend_reading(&lexer, *at)?;
                whole
            }
            Some(Place::In(stream, place)) => {
                let unpacked = self.objects_of(*stream)?;
                let (known, at) = unpacked.1.get(*place).ok_or(TABLE)?;
                if *known != number {
                    return Err(TABLE);
                }
                let mut lexer = Lexer::new(&unpacked.0, *at);
                let object = lexer.object();
                self.spend_reading(&lexer, *at)?;
                Ok(Whole { object: object?, stream: None })
            }
        }
    }

    /// Follows references; a ring of them is null.
    pub(crate) fn resolve(&self, object: &Object) -> Made<Object> {
        let mut object = object.clone();
        for _ in 0..20 {
            match object {
                Object::Ref(number) => object = self.get(number)?.object,
                other => return Ok(other),
            }
        }
        Ok(Object::Null)
    }

    pub(crate) fn dict(&self, object: Option<&Object>) -> Made<Option<Dict>> {
        Ok(match object.map(|object| self.resolve(object)).transpose()? {
            Some(Object::Dict(dict)) => Some(dict),
            _ => None,
        })
    }

    fn read_whole(&self, lexer: &mut Lexer<'a>) -> Made<Whole> {
        let object = lexer.object()?;
        let Object::Dict(dict) = &object else { return Ok(Whole { object, stream: None }) };
        let Some(start) = lexer.stream_start() else { return Ok(Whole { object, stream: None }) };
        let length = match dict.get("Length") {
            Some(Object::Ref(number)) => match self.places.get(number) {
                // The length of a stream never lies in a stream.
                Some(Place::At(at)) => {
                    let mut lexer = Lexer::new(self.bytes, *at);
                    lexer.object_head().ok_or(TABLE)?;
                    lexer.object()?.integer()
                }
                _ => None,
            },
            Some(length) => length.integer(),
            None => None,
        };
        const WRONG: Fault = Fault::Damaged("the length of a stream");
        let length = length.and_then(|length| usize::try_from(length).ok()).ok_or(WRONG)?;
        let end = start.checked_add(length).filter(|end| *end <= self.bytes.len()).ok_or(WRONG)?;
        if !Lexer::new(self.bytes, end).takes("endstream") {
            return Err(WRONG);
        }
        Ok(Whole { object, stream: Some(start..end) })
    }

    fn objects_of(&self, stream: u32) -> Made<Unpacked> {
        const WRONG: Fault = Fault::Damaged("a stream of objects");
        if let Some((_, unpacked)) = self.unpacked.borrow().iter().find(|(number, _)| *number == stream) {
            return Ok(Rc::clone(unpacked));
        }
        let Some(Place::At(_)) = self.places.get(&stream) else { return Err(WRONG) };
        let whole = self.get(stream)?;
        let (Object::Dict(dict), Some(range)) = (&whole.object, whole.stream) else { return Err(WRONG) };
        let bytes = self.unpack(dict, &range)?;
        let count = dict.number("N").and_then(|count| usize::try_from(count).ok()).filter(|count| *count <= MOST_OBJECTS).ok_or(WRONG)?;
        let first = dict.number("First").and_then(|first| usize::try_from(first).ok()).ok_or(WRONG)?;
        let mut lexer = Lexer::new(&bytes, 0);
        let mut starts = Vec::new();
        for _ in 0..count {
            let (number, at) = lexer.integer().zip(lexer.integer()).ok_or(WRONG)?;
            starts.push((u32::try_from(number).map_err(|_| WRONG)?, first.saturating_add(usize::try_from(at).map_err(|_| WRONG)?)));
        }
        let unpacked = Rc::new((bytes, starts));
        let mut kept = self.unpacked.borrow_mut();
        kept.push((stream, Rc::clone(&unpacked)));
        let held = |kept: &[(u32, Unpacked)]| kept.iter().map(|(_, one)| one.0.len() + one.1.len() * 16).sum::<usize>();
        while kept.len() > 1 && held(&kept) > MOST_UNPACKED {
            kept.remove(0);
        }
        Ok(unpacked)
    }

    /// The filters of a stream with their parameters.
    pub(crate) fn filters(&self, dict: &Dict) -> Made<Vec<(Vec<u8>, Option<Dict>)>> {
        let list = |object: Option<&Object>| -> Made<Vec<Object>> {
            Ok(match object.map(|object| self.resolve(object)).transpose()? {
                Some(Object::Array(array)) => array.iter().map(|item| self.resolve(item)).collect::<Made<_>>()?,
                None | Some(Object::Null) => Vec::new(),
                Some(one) => vec![one],
            })
        };
        let parms = list(dict.get("DecodeParms").or_else(|| dict.get("DP")))?;
        let mut filters = Vec::new();
        for (place, filter) in list(dict.get("Filter").or_else(|| dict.get("F")))?.into_iter().enumerate() {
            let Object::Name(name) = filter else { return Err(Fault::Damaged("the filter of a stream")) };
            let own = match parms.get(place) {
                Some(Object::Dict(dict)) => Some(dict.clone()),
                _ => None,
            };
            filters.push((name, own));
        }
        if filters.len() > 8 { Err(Fault::TooMuch("filters")) } else { Ok(filters) }
    }

    /// Undoes one filter.
    pub(crate) fn undo(&self, bytes: &[u8], name: &[u8], parms: Option<&Dict>) -> Made<Vec<u8>> {
        match name {
            b"FlateDecode" | b"Fl" => filters::unpredicted(filters::inflate(bytes, MOST_STREAM)?, parms),
            b"LZWDecode" | b"LZW" => {
                let early = parms.and_then(|parms| parms.number("EarlyChange")) != Some(0);
                filters::unpredicted(filters::lzw(bytes, early, MOST_STREAM)?, parms)
            }
            b"ASCIIHexDecode" | b"AHx" => filters::ascii_hex(bytes),
            b"ASCII85Decode" | b"A85" => filters::ascii_85(bytes, MOST_STREAM),
            b"RunLengthDecode" | b"RL" => filters::run_length(bytes, MOST_STREAM),
            b"Crypt" => Err(Fault::Encrypted),
            _ => Err(Fault::Unknown("a stream that is packed in another way")),
        }
    }

    /// A stream unpacked.
    pub(crate) fn unpack(&self, dict: &Dict, range: &Range<usize>) -> Made<Vec<u8>> {
        if dict.get("F").is_some_and(|file| !matches!(file, Object::Name(_))) {
            return Err(Fault::Unknown("a stream in another file"));
        }
        let mut bytes = Cow::Borrowed(self.bytes.get(range.clone()).unwrap_or_default());
        self.spend(bytes.len() + 256)?;
        for (name, parms) in self.filters(dict)? {
            bytes = Cow::Owned(self.undo(&bytes, &name, parms.as_ref())?);
            self.spend(bytes.len())?;
        }
        if bytes.len() > MOST_STREAM { Err(Fault::TooMuch("bytes in one stream")) } else { Ok(bytes.into_owned()) }
    }
}
