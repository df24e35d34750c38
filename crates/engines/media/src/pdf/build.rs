//! Objects written anew, entry by entry and by what they are.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::ops::Range;

use super::classes::{Class, RESOURCES, entries, members, tells};
use super::file::MOST_STREAM;
use super::parse::{Dict, Object};
use super::words::{calculation, mapping, system_info};
use super::{Body, Cleaner, filters, font};
use crate::refused::Fault;
use crate::{Trace, jpeg};

type Made<T> = Result<T, Fault>;

const MOST_DEPTH: usize = 60;
/// Of one space of colours.
const MOST_INKS: usize = 64;
impl Cleaner<'_> {
    /// What stands in an entry of this class in the copy. What has a stream or entries of its own becomes an object of its own.
    pub(super) fn value(&mut self, object: &Object, class: Class) -> Made<Option<Object>> {
        self.counts(1)?;
        self.depth += 1;
        if self.depth > MOST_DEPTH {
            return Err(Fault::TooMuch("depth"));
        }
        let value = self.value_inside(object, class);
        self.depth -= 1;
        value
    }

    fn value_inside(&mut self, object: &Object, class: Class) -> Made<Option<Object>> {
        if let Object::Ref(number) = object {
            let whole = self.file.get(*number)?;
            return match (&whole.object, &whole.stream) {
                (Object::Null, _) => Ok(None),
                (Object::Dict(_), _) if !matches!(class, Class::Plain | Class::Space | Class::Calibration) => {
                    Ok(Some(Object::Ref(self.numbered(*number, class)? as u32)))
                }
                (Object::Ref(_), _) => Err(Fault::Damaged("a reference to a reference")),
                (direct, _) => self.value(direct, class),
            };
        }
        match class {
            Class::Plain => self.plain(object),
            Class::Space => self.space(object),
            Class::FontList | Class::Functions => {
                let inner = if class == Class::FontList { Class::Font } else { Class::Function };
                match object {
                    Object::Array(items) => {
                        let mut out = Vec::new();
                        for item in items {
                            let class = if matches!(item, Object::Number(_)) { Class::Plain } else { inner };
                            out.extend(self.value(item, class)?);
                        }
                        Ok(Some(Object::Array(out)))
                    }
                    one => self.value(one, inner),
                }
            }
            // A mask may be a range of colours; an encoding, a function or a mask may be a name.
            _ => match object {
                Object::Dict(_) => Ok(Some(self.build(object, None, class)?.0)),
                Object::Name(_) | Object::Array(_)
                    if matches!(
                        class,
                        Class::Encoding | Class::Image | Class::SoftMask | Class::GlyphMap | Class::Function | Class::Mapping
                    ) =>
                {
                    self.plain(object)
                }
                _ => {
                    self.cleaned.removes(Trace::UnknownPart);
                    Ok(None)
                }
            },
        }
    }

    fn plain(&mut self, object: &Object) -> Made<Option<Object>> {
        Ok(match object {
            Object::Bool(_) | Object::Number(_) | Object::Name(_) => Some(object.clone()),
            Object::Array(items) => {
                let mut out = Vec::new();
                for item in items {
                    out.extend(self.value(item, Class::Plain)?);
                }
                Some(Object::Array(out))
            }
            Object::Null => None,
            _ => {
                self.cleaned.removes(Trace::UnknownPart);
                None
            }
        })
    }

    /// In the order of the list, whatever the order was: that order is the writer's.
    fn entries_of(&mut self, dict: &Dict, class: Class) -> Made<Dict> {
        let known = entries(class);
        let mut out = Dict::default();
        for (name, inner) in known {
            if let Some(value) = dict.get(name)
                && let Some(value) = self.value(value, *inner)?
            {
                out.set(name, value);
            }
        }
        let unknown = dict.0.iter().filter(|(key, _)| !known.iter().any(|(name, _)| name.as_bytes() == key));
        self.cleaned.removes_all(unknown.filter_map(|(key, _)| tells(key)));
        Ok(out)
    }

    /// An object of a class, with the bytes of its stream.
    pub(super) fn build(&mut self, object: &Object, stream: Option<Range<usize>>, class: Class) -> Made<(Object, Body)> {
        let Object::Dict(dict) = object else {
            return Ok((self.value(object, class)?.unwrap_or(Object::Null), Body::None));
        };
        if let Some(inner) = members(class) {
            let mut out = Dict::default();
            for (key, value) in sorted(dict) {
                if let Some(value) = self.value(value, inner)? {
                    out.0.push((key.clone(), value));
                }
            }
            return Ok((Object::Dict(out), Body::None));
        }
        let class = match (class, dict.name("Subtype")) {
            (Class::Picture, Some(b"Image")) => Class::Image,
            (Class::Picture, Some(b"Form")) => Class::Form,
            (Class::Picture, _) => return Err(Fault::Unknown("a drawing of another kind")),
            (class, _) => class,
        };
        match class {
            Class::SystemInfo => return Ok((Object::Dict(system_info(dict)), Body::None)),
            Class::Glyphs => return self.glyphs(dict),
            Class::Form | Class::Glyph => return self.form(dict, stream, class),
            Class::Pattern if stream.is_some() => return self.form(dict, stream, class),
            Class::Image => return self.image(dict, stream),
            _ => {}
        }
        let mut out = self.entries_of(dict, class)?;
        if class == Class::Font && dict.get("CharProcs").is_some() {
            let resources = self.file.dict(dict.get("Resources"))?.unwrap_or_default();
            let resources = self.resources(&resources, None)?;
            out.set("Resources", Object::Dict(resources));
        }
        let Some(range) = stream else { return Ok((Object::Dict(out), Body::None)) };
        let bytes = self.file.unpack(dict, &range)?;
        let bytes = match class {
            Class::Mapping | Class::Encoding => mapping(&bytes)?,
            Class::Function if dict.number("FunctionType") == Some(4) => calculation(&bytes)?,
            Class::FontFile => {
                let anew = font::clean(bytes)?;
                // Of Type 1 it is the readable part, which is as long as it was.
                if dict.get("Length1").is_some() && !anew.starts_with(b"%!") {
                    out.set("Length1", Object::from_number(anew.len()));
                }
                anew
            }
            Class::GlyphMap | Class::Function | Class::Shading => bytes,
            _ => return Err(Fault::Damaged("a stream is where none belongs")),
        };
        out.set("Filter", Object::of("FlateDecode"));
        Ok((Object::Dict(out), Body::Made(filters::deflate(&bytes))))
    }

    /// The maps of resources, with the names that are used.
    pub(super) fn resources(&mut self, resources: &Dict, used: Option<&BTreeSet<Vec<u8>>>) -> Made<Dict> {
        let mut out = Dict::default();
        for (kind, class) in RESOURCES {
            let Some(map) = self.file.dict(resources.get(kind))? else { continue };
            let Some(inner) = members(*class) else { continue };
            let mut kept = Dict::default();
            for (name, value) in sorted(&map) {
                if used.is_none_or(|used| used.contains(name))
                    && let Some(value) = self.value(value, inner)?
                {
                    kept.0.push((name.clone(), value));
                }
            }
            if !kept.0.is_empty() {
                out.set(kind, Object::Dict(kept));
            }
        }
        Ok(out)
    }

    fn form(&mut self, dict: &Dict, stream: Option<Range<usize>>, class: Class) -> Made<(Object, Body)> {
        let range = stream.ok_or(Fault::Damaged("a drawing without content"))?;
        let bytes = self.file.unpack(dict, &range)?;
        let mut out = self.entries_of(dict, class)?;
        let own = self.file.dict(dict.get("Resources"))?;
        let (drawing, resources, borrows) = self.drawing(&bytes, own.as_ref())?;
        if class != Class::Glyph {
            if borrows {
                return Err(Fault::Unknown("a drawing that borrows what its page has"));
            }
            out.set("Resources", Object::Dict(resources));
        }
        out.set("Filter", Object::of("FlateDecode"));
        Ok((Object::Dict(out), Body::Made(filters::deflate(&drawing))))
    }

    /// The drawings of a typeface's letters: each becomes a stream of its own.
    fn glyphs(&mut self, dict: &Dict) -> Made<(Object, Body)> {
        let mut out = Dict::default();
        for (name, value) in sorted(dict) {
            if let Object::Ref(number) = value {
                self.counts(1)?;
                let new = self.numbered(*number, Class::Glyph)?;
                out.0.push((name.clone(), Object::Ref(new as u32)));
            }
        }
        Ok((Object::Dict(out), Body::None))
    }

    fn image(&mut self, dict: &Dict, stream: Option<Range<usize>>) -> Made<(Object, Body)> {
        let range = stream.ok_or(Fault::Damaged("a picture without content"))?;
        self.claims(&range)?;
        if dict.get("F").is_some() {
            return Err(Fault::Unknown("a stream in another file"));
        }
        let mut out = self.entries_of(dict, Class::Image)?;
        let mut filters = self.file.filters(dict)?;
        // What lies in the file as it is, until it is unpacked.
        let mut bytes = Cow::Borrowed(self.file.bytes.get(range.clone()).unwrap_or_default());
        // What is packed twice, or as text, is unpacked down to its last packing.
        while filters.len() > 1 || filters.first().is_some_and(|(name, _)| matches!(name.as_slice(), b"ASCIIHexDecode" | b"ASCII85Decode"))
        {
            let (name, parms) = filters.remove(0);
            self.file.spend(bytes.len())?;
            bytes = Cow::Owned(self.file.undo(&bytes, &name, parms.as_ref())?);
        }
        self.file.spend(bytes.len() + 256)?;
        let (filter, mut parms) = filters.pop().unwrap_or((Vec::new(), None));
        let body = |bytes: Cow<'_, [u8]>, length: usize| match bytes {
            Cow::Borrowed(_) => Body::Input(range.start..range.start + length),
            Cow::Owned(mut bytes) => {
                bytes.truncate(length);
                Body::Made(bytes)
            }
        };
        let (filter, body) = match filter.as_slice() {
            b"" | b"CCITTFaxDecode" => {
                let length = bytes.len();
                (filter, body(bytes, length))
            }
            b"FlateDecode" => {
                let (end, unpacked) = filters::inflated_end(&bytes)?;
                self.file.spend(usize::try_from(unpacked).unwrap_or(usize::MAX))?;
                if bytes.len() > end + 2 {
                    self.cleaned.removes(Trace::TrailingBytes);
                }
                (filter, body(bytes, end))
            }
            b"LZWDecode" => {
                let early = parms.as_ref().and_then(|parms| parms.number("EarlyChange")) != Some(0);
                let plain = filters::lzw(&bytes, early, MOST_STREAM)?;
                self.file.spend(plain.len())?;
                (b"FlateDecode".to_vec(), Body::Made(filters::deflate(&plain)))
            }
            b"RunLengthDecode" => {
                let plain = filters::run_length(&bytes, MOST_STREAM)?;
                self.file.spend(plain.len())?;
                (b"FlateDecode".to_vec(), Body::Made(filters::deflate(&plain)))
            }
            b"DCTDecode" => {
                let inner = photograph(&bytes)?;
                self.cleaned.tell_of(&inner);
                let body = match &bytes {
                    Cow::Borrowed(_) => Body::Pieces(inner.pieces, range.start),
                    Cow::Owned(bytes) => Body::Made(inner.to_bytes(bytes)),
                };
                (filter, body)
            }
            b"JPXDecode" => return Err(Fault::Unknown("a picture as JPEG 2000")),
            b"JBIG2Decode" => return Err(Fault::Unknown("a picture as JBIG2")),
            _ => return Err(Fault::Unknown("a picture that is packed in another way")),
        };
        if !filter.is_empty() {
            out.set("Filter", Object::Name(filter));
        }
        if let Some(parms) = &mut parms {
            const KNOWN: &[&str] = &[
                "K",
                "EndOfLine",
                "EncodedByteAlign",
                "Columns",
                "Rows",
                "EndOfBlock",
                "BlackIs1",
                "DamagedRowsBeforeError",
                "Predictor",
                "Colors",
                "BitsPerComponent",
                "ColorTransform",
            ];
            parms.0.retain(|(name, value)| {
                KNOWN.iter().any(|known| known.as_bytes() == name) && matches!(value, Object::Number(_) | Object::Bool(_))
            });
            parms.0.sort_by(|(one, _), (other, _)| one.cmp(other));
            if !parms.0.is_empty() {
                out.set("DecodeParms", Object::Dict(parms.clone()));
            }
        }
        Ok((Object::Dict(out), body))
    }

    fn space(&mut self, object: &Object) -> Made<Option<Object>> {
        const WRONG: Fault = Fault::Damaged("a space of colours");
        let items = match object {
            Object::Name(_) => return Ok(Some(object.clone())),
            Object::Array(items) => items,
            _ => return Err(WRONG),
        };
        let Some(Object::Name(kind)) = items.first() else { return Err(WRONG) };
        let item = |place: usize| items.get(place).cloned().ok_or(WRONG);
        let mut out = vec![Object::Name(kind.clone())];
        match kind.as_slice() {
            b"DeviceGray" | b"DeviceRGB" | b"DeviceCMYK" | b"G" | b"RGB" | b"CMYK" => return Ok(Some(Object::Name(kind.clone()))),
            b"ICCBased" => {
                let dict = self.file.dict(items.get(1))?.ok_or(WRONG)?;
                self.cleaned.removes(Trace::Device);
                return Ok(Some(Object::of(match dict.number("N") {
                    Some(1) => "DeviceGray",
                    Some(3) => "DeviceRGB",
                    Some(4) => "DeviceCMYK",
                    _ => return Err(WRONG),
                })));
            }
            b"CalGray" | b"CalRGB" | b"Lab" => {
                let dict = self.file.dict(items.get(1))?.ok_or(WRONG)?;
                out.push(Object::Dict(self.entries_of(&dict, Class::Calibration)?));
            }
            b"Indexed" | b"I" => {
                out.extend(self.value(&item(1)?, Class::Space)?);
                out.extend(self.value(&item(2)?, Class::Plain)?);
                let table = match item(3)? {
                    Object::Ref(number) => {
                        let whole = self.file.get(number)?;
                        match (whole.object, whole.stream) {
                            (Object::Dict(dict), Some(range)) => self.file.unpack(&dict, &range)?,
                            (Object::Text(text), _) => text,
                            _ => return Err(WRONG),
                        }
                    }
                    Object::Text(text) => text,
                    _ => return Err(WRONG),
                };
                // 256 colours of 32 inks are more than anybody has.
                out.push(Object::Text(table.get(..table.len().min(8192)).unwrap_or_default().to_vec()));
            }
            b"Pattern" => {
                if let Some(under) = items.get(1) {
                    out.extend(self.value(under, Class::Space)?);
                }
            }
            b"Separation" | b"DeviceN" => {
                let names = match self.file.resolve(&item(1)?)? {
                    Object::Name(name) => Object::Name(ink(name, 0)),
                    Object::Array(names) if names.len() <= MOST_INKS => Object::Array(
                        names
                            .into_iter()
                            .enumerate()
                            .map(|(place, name)| if let Object::Name(name) = name { Object::Name(ink(name, place)) } else { Object::Null })
                            .collect(),
                    ),
                    _ => return Err(WRONG),
                };
                out.push(names);
                out.extend(self.value(&item(2)?, Class::Space)?);
                out.extend(self.value(&item(3)?, Class::Function)?);
                if items.len() > 4 {
                    self.cleaned.removes(Trace::Device);
                }
            }
            _ => return Err(Fault::Unknown("a space of colours")),
        }
        Ok(Some(Object::Array(out)))
    }
}

fn sorted(dict: &Dict) -> Vec<&(Vec<u8>, Object)> {
    let mut entries: Vec<_> = dict.0.iter().collect();
    entries.sort_by(|(one, _), (other, _)| one.cmp(other));
    entries
}

/// A spot colour's own name may be a house's; what it looks like stands beside it.
fn ink(name: Vec<u8>, place: usize) -> Vec<u8> {
    match name.as_slice() {
        b"All" | b"None" | b"Cyan" | b"Magenta" | b"Yellow" | b"Black" => name,
        _ => format!("Spot{place}").into_bytes(),
    }
}

fn photograph(bytes: &[u8]) -> Made<crate::Cleaned> {
    if !bytes.starts_with(b"\xff\xd8\xff") {
        return Err(Fault::Damaged("a photograph"));
    }
    jpeg::clean(bytes)
}
