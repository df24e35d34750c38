//! The table of the pictures of a file: which there are, where they lie, what belongs to what, and which properties they own.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use crate::Trace;
use crate::bmff::{Box, boxes, one};
use crate::plan::Cleaned;
use crate::read::Reader;
use crate::refused::Fault;

type Made<T> = Result<T, Fault>;

pub(super) const WRONG: Fault = Fault::Damaged("the table of its pictures");
const MOST_ITEMS: usize = 20_000;
/// Ranges of the file, references, and properties owned, of all items. Each may take no more than a bit of a byte.
const MOST_PLACES: usize = 100_000;
const MOST_REFERENCES: usize = 200_000;
const MOST_OWNED: usize = 200_000;
pub(super) struct Item {
    pub(super) kind: [u8; 4],
    /// In the file, or in the table itself.
    pub(super) places: Vec<Range<usize>>,
}

pub(super) struct Table {
    pub(super) primary: u32,
    pub(super) items: BTreeMap<u32, Item>,
    pub(super) references: References,
    pub(super) properties: Vec<Box>,
    /// Of each item: properties by number, from one on, and whether a reader must know them.
    pub(super) owned: BTreeMap<u32, Vec<(usize, bool)>>,
}

/// Which items are made of which, which make others transparent, which are thumbnails.
#[derive(Default)]
pub(super) struct References {
    pub(super) tiles: BTreeMap<u32, Vec<u32>>,
    /// By the item that is added to: the items that add, and by these: all that they add to.
    pub(super) auxiliary: BTreeMap<u32, BTreeSet<u32>>,
    pub(super) adds: BTreeMap<u32, Vec<u32>>,
    pub(super) thumbnails: BTreeSet<u32>,
}

pub(super) fn read(bytes: &[u8], meta: &Box, cleaned: &mut Cleaned) -> Made<Table> {
    let inside = boxes(bytes, meta.body.start + 4..meta.body.end)?;
    let need = |name: &[u8; 4]| one(&inside, name)?.ok_or(WRONG);
    for found in &inside {
        match &found.name {
            b"hdlr" => {
                if found.bytes(bytes).get(12..).unwrap_or_default().iter().any(|byte| *byte != 0) {
                    cleaned.removes(Trace::Software);
                }
            }
            b"pitm" | b"iinf" | b"iloc" | b"iref" | b"iprp" | b"idat" | b"dinf" => {}
            b"ipro" => return Err(Fault::Encrypted),
            b"grpl" => cleaned.removes(Trace::UnknownPart),
            b"free" | b"skip" => {}
            _ => cleaned.removes(Trace::UnknownPart),
        }
    }
    let primary = {
        let mut reader = Reader::new(need(b"pitm")?.bytes(bytes));
        let version = reader.be32().ok_or(WRONG)? >> 24;
        if version == 0 { reader.be16().map(u32::from) } else { reader.be32() }.ok_or(WRONG)?
    };
    let mut items = items(bytes, need(b"iinf")?)?;
    places(bytes, need(b"iloc")?, one(&inside, b"idat")?, &mut items)?;
    let references = match one(&inside, b"iref")? {
        Some(found) => references(bytes, found)?,
        None => References::default(),
    };
    let iprp = boxes(bytes, need(b"iprp")?.body.clone())?;
    let properties = boxes(bytes, one(&iprp, b"ipco")?.ok_or(WRONG)?.body.clone())?;
    let mut owned: BTreeMap<u32, Vec<(usize, bool)>> = BTreeMap::new();
    let mut count = 0;
    for found in iprp.iter().filter(|found| &found.name == b"ipma") {
        let mut reader = Reader::new(found.bytes(bytes));
        let head = reader.be32().ok_or(WRONG)?;
        for _ in 0..reader.be32().ok_or(WRONG)? {
            let item = if head >> 24 == 0 { reader.be16().map(u32::from) } else { reader.be32() }.ok_or(WRONG)?;
            for _ in 0..reader.byte().ok_or(WRONG)? {
                let entry = if head & 1 == 1 {
                    let value = reader.be16().ok_or(WRONG)?;
                    (usize::from(value & 0x7fff), value & 0x8000 != 0)
                } else {
                    let value = reader.byte().ok_or(WRONG)?;
                    (usize::from(value & 0x7f), value & 0x80 != 0)
                };
                owned.entry(item).or_default().push(entry);
                count += 1;
                if count > MOST_OWNED {
                    return Err(Fault::TooMuch("properties"));
                }
            }
        }
    }
    Ok(Table { primary, items, references, properties, owned })
}

fn items(bytes: &[u8], iinf: &Box) -> Made<BTreeMap<u32, Item>> {
    let version = *iinf.bytes(bytes).first().ok_or(WRONG)?;
    let head = if version == 0 { 6 } else { 8 };
    let mut items = BTreeMap::new();
    for found in boxes(bytes, (iinf.body.start + head).min(iinf.body.end)..iinf.body.end)? {
        let mut reader = Reader::new(found.bytes(bytes));
        let version = reader.be32().ok_or(WRONG)? >> 24;
        let number = match version {
            2 => reader.be16().map(u32::from),
            3 => reader.be32(),
            _ => return Err(Fault::Unknown("an old table of pictures")),
        }
        .ok_or(WRONG)?;
        if reader.be16().ok_or(WRONG)? != 0 {
            return Err(Fault::Encrypted);
        }
        let kind = reader.array().ok_or(WRONG)?;
        if items.insert(number, Item { kind, places: Vec::new() }).is_some() || items.len() > MOST_ITEMS {
            return Err(WRONG);
        }
    }
    Ok(items)
}

fn places(bytes: &[u8], iloc: &Box, idat: Option<&Box>, items: &mut BTreeMap<u32, Item>) -> Made<()> {
    let mut reader = Reader::new(iloc.bytes(bytes));
    let version = reader.be32().ok_or(WRONG)? >> 24;
    let sizes = reader.be16().ok_or(WRONG)?;
    let [offset, length, base, index] = [12, 8, 4, 0].map(|shift| usize::from(sizes >> shift & 15));
    if version > 2 || [offset, length, base].iter().any(|size| !matches!(size, 0 | 4 | 8)) {
        return Err(WRONG);
    }
    let index = if version == 0 { 0 } else { index };
    let number = |reader: &mut Reader<'_>, size: usize| {
        reader.take(size).map(|bytes| bytes.iter().fold(0_u64, |sum, byte| sum << 8 | u64::from(*byte)))
    };
    let count = if version < 2 { reader.be16().map(u32::from) } else { reader.be32() }.ok_or(WRONG)?;
    let (mut ranges, mut length_of_all) = (0, 0_usize);
    for _ in 0..count {
        let item = if version < 2 { reader.be16().map(u32::from) } else { reader.be32() }.ok_or(WRONG)?;
        let method = if version == 0 { 0 } else { reader.be16().ok_or(WRONG)? & 15 };
        if reader.be16().ok_or(WRONG)? != 0 {
            return Err(Fault::Unknown("pictures in another file"));
        }
        let start = number(&mut reader, base).ok_or(WRONG)?;
        for _ in 0..reader.be16().ok_or(WRONG)? {
            number(&mut reader, index).ok_or(WRONG)?;
            let (at, length) = number(&mut reader, offset).zip(number(&mut reader, length)).ok_or(WRONG)?;
            let at = usize::try_from(start.saturating_add(at)).map_err(|_| WRONG)?;
            let length = usize::try_from(length).map_err(|_| WRONG)?;
            let within = match method {
                0 => 0..bytes.len(),
                1 => idat.ok_or(WRONG)?.body.clone(),
                _ => return Err(Fault::Unknown("a picture made of others")),
            };
            let at = within.start.checked_add(at).ok_or(WRONG)?;
            // No length is up to the end.
            let end = if length == 0 { within.end } else { at.checked_add(length).ok_or(WRONG)? };
            if at > end || end > within.end {
                return Err(WRONG);
            }
            ranges += 1;
            length_of_all = length_of_all.saturating_add(end - at);
            // The file's bytes once for pictures and once for what is beside them.
            if ranges > MOST_PLACES || length_of_all > 2 * bytes.len() {
                return Err(Fault::TooMuch("pictures of the same bytes"));
            }
            if let Some(item) = items.get_mut(&item) {
                item.places.push(at..end);
            }
        }
    }
    Ok(())
}

fn references(bytes: &[u8], iref: &Box) -> Made<References> {
    let long = iref.bytes(bytes).first() == Some(&1);
    let mut all = References::default();
    let mut sum = 0;
    for found in boxes(bytes, (iref.body.start + 4).min(iref.body.end)..iref.body.end)? {
        let mut reader = Reader::new(found.bytes(bytes));
        let number = |reader: &mut Reader<'_>| if long { reader.be32() } else { reader.be16().map(u32::from) };
        let from = number(&mut reader).ok_or(WRONG)?;
        let count = reader.be16().ok_or(WRONG)?;
        sum += usize::from(count);
        if sum > MOST_REFERENCES {
            return Err(Fault::TooMuch("references"));
        }
        let to = (0..count).map(|_| number(&mut reader).ok_or(WRONG)).collect::<Made<Vec<_>>>()?;
        match &found.name {
            b"dimg" => all.tiles.entry(from).or_default().extend(to),
            b"auxl" => {
                for item in &to {
                    all.auxiliary.entry(*item).or_default().insert(from);
                }
                all.adds.entry(from).or_default().extend(to);
            }
            b"thmb" => drop(all.thumbnails.insert(from)),
            _ => {}
        }
    }
    Ok(all)
}
