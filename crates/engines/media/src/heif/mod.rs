//! HEIF and AVIF (ISO 23008-12, AV1-ISOBMFF): photographs of newer telephones.
//!
//! The picture, the tiles that it is made of and its transparency are written anew with the properties that change how
//! they look; thumbnails, maps of depth and of light, Exif, XMP and whatever else lay beside them are not carried over.
//! Which way is up stands in a property here, and stays.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use crate::bmff::{Box, boxes, one, written};
use crate::icc::{self, Space};
use crate::mp4::Units;
use crate::plan::{Cleaned, Pieces};
use crate::read::Reader;
use crate::refused::Fault;
use crate::{Kept, Kind, Trace, exif, xmp};

mod table;

use table::{Table, read};

type Made<T> = Result<T, Fault>;

const WRONG: Fault = table::WRONG;
/// Properties as they are written.
const MOST_PROPERTIES: usize = 4 << 20;

pub(crate) fn clean(bytes: &[u8], kind: Kind) -> Made<Cleaned> {
    let mut cleaned = Cleaned::new(kind);
    let top = boxes(bytes, 0..bytes.len())?;
    let meta = one(&top, b"meta")?.ok_or(WRONG)?;
    for found in &top {
        match &found.name {
            b"ftyp" | b"meta" | b"mdat" => {}
            b"moov" => return Err(Fault::Unknown("a series of pictures")),
            b"free" | b"skip" if found.bytes(bytes).iter().all(|byte| *byte == 0) => {}
            _ => cleaned.removes(Trace::UnknownPart),
        }
    }
    let table = read(bytes, meta, &mut cleaned)?;
    let kept = shown(bytes, &table)?;
    for (number, item) in table.items.iter().filter(|(number, _)| !kept.contains(number)) {
        let body: Vec<u8> =
            item.places.iter().flat_map(|place| bytes.get(place.clone()).unwrap_or_default()).copied().take(1 << 20).collect();
        match &item.kind {
            b"Exif" => cleaned.removes_all(exif::read(body.get(10..).unwrap_or_default()).traces),
            b"mime" => cleaned.removes_all(xmp::traces(&body)),
            _ if table.references.thumbnails.contains(number) => cleaned.removes(Trace::Thumbnail),
            _ => cleaned.removes(Trace::HiddenLayer),
        }
    }
    write(bytes, kind, &table, &kept, &mut cleaned)?;
    cleaned.keeps(Kept::CodecSettings);
    Ok(cleaned)
}

fn properties(table: &Table, item: u32) -> impl Iterator<Item = &Box> {
    table.owned.get(&item).into_iter().flatten().filter_map(|(number, _)| table.properties.get(number.checked_sub(1)?))
}

/// The picture, its tiles, and what makes either transparent.
fn shown(bytes: &[u8], table: &Table) -> Made<BTreeSet<u32>> {
    let mut kept = BTreeSet::new();
    let mut waiting = vec![table.primary];
    while let Some(number) = waiting.pop() {
        let item = table.items.get(&number).ok_or(WRONG)?;
        match &item.kind {
            b"hvc1" | b"av01" | b"grid" => {}
            b"iovl" | b"iden" | b"tmap" => return Err(Fault::Unknown("a picture made of others")),
            _ => return Err(Fault::Unknown("a picture of a codec")),
        }
        if !kept.insert(number) {
            continue;
        }
        waiting.extend(table.references.tiles.get(&number).into_iter().flatten());
        for from in table.references.auxiliary.get(&number).into_iter().flatten() {
            if properties(table, *from).any(|found| &found.name == b"auxC" && is_alpha(found.bytes(bytes))) {
                waiting.push(*from);
            }
        }
    }
    // What is copied is never more than the file has.
    let length: usize = kept.iter().filter_map(|number| table.items.get(number)).flat_map(|item| &item.places).map(Range::len).sum();
    if length > bytes.len() {
        return Err(Fault::TooMuch("pictures of the same bytes"));
    }
    Ok(kept)
}

fn is_alpha(body: &[u8]) -> bool {
    let name = body.get(4..).and_then(|rest| rest.split(|byte| *byte == 0).next()).unwrap_or_default();
    matches!(name, b"urn:mpeg:mpegB:cicp:systems:auxiliary:alpha" | b"urn:mpeg:hevc:2015:auxid:1")
}

/// A property as it stands in the copy; `None` when it goes.
fn property(bytes: &[u8], found: &Box, cleaned: &mut Cleaned) -> Made<Option<Vec<u8>>> {
    let body = found.bytes(bytes);
    let first = |length: usize| body.get(..length).map(|body| written(&found.name, body)).ok_or(Fault::Damaged("a property"));
    Ok(Some(match &found.name {
        b"ispe" => written(b"ispe", &[&[0; 4], body.get(4..12).ok_or(WRONG)?].concat()),
        b"irot" => {
            cleaned.keeps(Kept::Orientation);
            written(b"irot", &[body.first().ok_or(WRONG)? & 3])
        }
        b"imir" => {
            cleaned.keeps(Kept::Orientation);
            written(b"imir", &[body.first().ok_or(WRONG)? & 1])
        }
        b"pasp" => first(8)?,
        b"clap" => first(32)?,
        b"pixi" => {
            let count = usize::from(*body.get(4).filter(|count| matches!(count, 1..=4)).ok_or(WRONG)?);
            let depths = body.get(5..5 + count).filter(|depths| depths.iter().all(|depth| matches!(depth, 1..=16))).ok_or(WRONG)?;
            written(b"pixi", &[&[0, 0, 0, 0, count as u8], depths].concat())
        }
        b"hvcC" => written(b"hvcC", &crate::mp4::hevc_settings(body, cleaned)?),
        // Units of metadata after the four bytes of settings are left out; the sequence's head stays.
        b"av1C" => {
            let units = av1_units(body, 4.min(body.len())..body.len(), cleaned)?;
            let units = units.into_iter().flat_map(|range| body.get(range).unwrap_or_default());
            written(b"av1C", &body.get(..4).ok_or(WRONG)?.iter().chain(units).copied().collect::<Vec<_>>())
        }
        b"auxC" if is_alpha(body) => {
            cleaned.keeps(Kept::Transparency);
            let end = body.iter().skip(4).position(|byte| *byte == 0).ok_or(WRONG)? + 5;
            written(b"auxC", &[&[0; 4], body.get(4..end).ok_or(WRONG)?].concat())
        }
        b"colr" => match body.get(..4) {
            Some(b"nclx") => first(11)?,
            Some(b"prof" | b"rICC") => {
                let profile = body.get(4..).unwrap_or_default();
                match icc::space(profile) {
                    Some(space) if space != Space::Srgb => {
                        let anew = icc::profile(space);
                        if anew != profile {
                            cleaned.removes(Trace::Device);
                        }
                        cleaned.keeps(Kept::ColourSpace);
                        written(b"colr", &[b"prof".as_slice(), &anew].concat())
                    }
                    _ => {
                        cleaned.removes(Trace::Device);
                        return Ok(None);
                    }
                }
            }
            _ => return Ok(None),
        },
        _ => {
            cleaned.removes(Trace::UnknownPart);
            return Ok(None);
        }
    }))
}

fn write(bytes: &[u8], kind: Kind, table: &Table, kept: &BTreeSet<u32>, cleaned: &mut Cleaned) -> Made<()> {
    // Items are numbered anew from one, in the order of their old numbers.
    let new: BTreeMap<u32, u16> = kept.iter().enumerate().map(|(place, number)| (*number, place as u16 + 1)).collect();
    let number = |old: u32| new.get(&old).copied().unwrap_or_default().to_be_bytes();
    let (list, owners) = owned(bytes, table, kept, &new, cleaned)?;
    let mut pictures = Vec::new();
    for item in kept {
        let pieces = picture(bytes, table, *item, cleaned)?;
        // No length would mean: up to the end.
        if pieces.len() == 0 {
            return Err(Fault::Damaged("a picture"));
        }
        pictures.push(pieces);
    }
    let references = &table.references;
    // Tiles are not shown by themselves, nor is what makes others transparent.
    let parts: BTreeSet<u32> = kept
        .iter()
        .filter(|from| references.adds.contains_key(from))
        .chain(kept.iter().filter_map(|from| references.tiles.get(from)).flatten())
        .copied()
        .collect();
    let count = (kept.len() as u16).to_be_bytes();
    let mut infos = [[0; 4].as_slice(), &count].concat();
    for item in kept {
        let kind = table.items.get(item).map(|item| item.kind).unwrap_or_default();
        let part = u8::from(parts.contains(item));
        infos.extend(written(b"infe", &[&[2, 0, 0, part], number(*item).as_slice(), &[0, 0], &kind, &[0]].concat()));
    }
    let mut refs = vec![0; 4];
    for (name, lists) in [(b"dimg", &references.tiles), (b"auxl", &references.adds)] {
        for (from, to) in lists.iter().filter(|(from, _)| kept.contains(from)) {
            let to: Vec<u16> = to.iter().filter_map(|to| new.get(to).copied()).collect();
            // A list of more cannot be written as one; no picture has so many tiles.
            let length = u16::try_from(to.len()).map_err(|_| Fault::TooMuch("references"))?;
            if !to.is_empty() {
                let body = [number(*from), length.to_be_bytes()].into_iter().chain(to.iter().map(|to| to.to_be_bytes()));
                refs.extend(written(name, &body.flatten().collect::<Vec<_>>()));
            }
        }
    }
    let ipma = [[0, 0, 0, 1].as_slice(), &(kept.len() as u32).to_be_bytes(), &owners].concat();
    let iprp = written(b"iprp", &[written(b"ipco", &list.concat()), written(b"ipma", &ipma)].concat());
    let meta = |start: usize| {
        let mut iloc = [[0, 0, 0, 0, 0x44, 0].as_slice(), &count].concat();
        let mut at = start;
        for (item, pieces) in kept.iter().zip(&pictures) {
            let length = pieces.len();
            iloc.extend(number(*item));
            iloc.extend([0, 0, 0, 1]);
            iloc.extend((at as u32).to_be_bytes());
            iloc.extend((length as u32).to_be_bytes());
            at += length;
        }
        let parts = [
            written(b"hdlr", &[[0; 8].as_slice(), b"pict", &[0; 13]].concat()),
            written(b"pitm", &[[0; 4].as_slice(), &number(table.primary)].concat()),
            written(b"iloc", &iloc),
            written(b"iinf", &infos),
            if refs.len() > 4 { written(b"iref", &refs) } else { Vec::new() },
            iprp.clone(),
        ];
        written(b"meta", &[[0; 4].as_slice(), &parts.concat()].concat())
    };
    let brand: &[u8] = if kind == Kind::Avif { b"avif\0\0\0\0avifmif1miaf" } else { b"heic\0\0\0\0heicmif1" };
    let ftyp = written(b"ftyp", brand);
    let start = ftyp.len() + meta(0).len() + 8;
    let length: usize = pictures.iter().map(Pieces::len).sum();
    let all = u32::try_from(length + 8)
        .ok()
        .filter(|all| all.checked_add(start as u32).is_some() && length <= bytes.len())
        .ok_or(Fault::TooMuch("pictures of the same bytes"))?;
    cleaned.made(ftyp);
    cleaned.made(meta(start));
    cleaned.made(all.to_be_bytes());
    cleaned.made(b"mdat");
    for pieces in pictures {
        cleaned.pieces.append(bytes, pieces, 0);
    }
    Ok(())
}

/// The properties that stay, and which item owns which of them.
fn owned(
    bytes: &[u8],
    table: &Table,
    kept: &BTreeSet<u32>,
    new: &BTreeMap<u32, u16>,
    cleaned: &mut Cleaned,
) -> Made<(Vec<Vec<u8>>, Vec<u8>)> {
    let mut list: Vec<Vec<u8>> = Vec::new();
    // Many tiles own one property: each is written anew once, and two that are then the same are one.
    let mut known: BTreeMap<usize, Option<u16>> = BTreeMap::new();
    let mut places: BTreeMap<Vec<u8>, u16> = BTreeMap::new();
    let (mut owners, mut length) = (Vec::new(), 0);
    for item in kept {
        let mut own = Vec::new();
        for (place, essential) in table.owned.get(item).into_iter().flatten() {
            let Some(found) = place.checked_sub(1).and_then(|place| table.properties.get(place)) else { continue };
            let at = match known.get(place) {
                Some(at) => *at,
                None => {
                    let at = property(bytes, found, cleaned)?.map(|anew| {
                        *places.entry(anew).or_insert_with_key(|anew| {
                            length += anew.len();
                            list.push(anew.clone());
                            list.len() as u16
                        })
                    });
                    known.insert(*place, at);
                    at
                }
            };
            match at {
                Some(at) => own.push(at | if *essential { 0x8000 } else { 0 }),
                None if *essential => return Err(Fault::Unknown("a property that must be understood")),
                None => {}
            }
            if list.len() > 0x7fff || length > MOST_PROPERTIES {
                return Err(Fault::TooMuch("properties"));
            }
        }
        owners.extend(new.get(item).copied().unwrap_or_default().to_be_bytes());
        owners.push(u8::try_from(own.len()).map_err(|_| Fault::TooMuch("properties"))?);
        owners.extend(own.iter().flat_map(|entry| entry.to_be_bytes()));
    }
    Ok((list, owners))
}

/// The bytes of an item without messages.
fn picture(bytes: &[u8], table: &Table, number: u32, cleaned: &mut Cleaned) -> Made<Pieces> {
    let mut pieces = Pieces::default();
    let item = table.items.get(&number).ok_or(WRONG)?;
    if item.kind == *b"grid" {
        let body: Vec<u8> = item.places.iter().flat_map(|place| bytes.get(place.clone()).unwrap_or_default()).copied().take(12).collect();
        let length = if body.get(1).ok_or(WRONG)? & 1 == 1 { 12 } else { 8 };
        pieces.made(body.get(..length).ok_or(WRONG)?);
        return Ok(pieces);
    }
    let [place] = item.places.as_slice() else { return Err(Fault::Unknown("a picture in pieces")) };
    if item.kind == *b"av01" {
        for range in av1_units(bytes, place.clone(), cleaned)? {
            pieces.copy(bytes, range);
        }
        return Ok(pieces);
    }
    let settings = properties(table, number).find(|found| &found.name == b"hvcC").ok_or(Fault::Damaged("a property"))?;
    let length = usize::from(settings.bytes(bytes).get(21).ok_or(WRONG)? & 3) + 1;
    Units { length }.clean(bytes, place.clone(), &mut pieces, cleaned)?;
    Ok(pieces)
}

/// Units of AV1 without those of metadata, of padding and of no known kind.
fn av1_units(bytes: &[u8], place: Range<usize>, cleaned: &mut Cleaned) -> Made<Vec<Range<usize>>> {
    const UNIT: Fault = Fault::Damaged("a unit of a picture");
    const MOST_GAPS: usize = 100_000;
    let mut reader = Reader::from(bytes.get(..place.end).ok_or(UNIT)?, place.start);
    let mut kept: Vec<Range<usize>> = Vec::new();
    while !reader.is_empty() {
        let start = reader.at();
        let head = reader.byte().ok_or(UNIT)?;
        if head & 4 != 0 {
            reader.byte().ok_or(UNIT)?;
        }
        if head & 2 == 0 {
            reader.take(reader.left());
        } else {
            let mut length = 0_usize;
            for place in 0..5 {
                let byte = reader.byte().ok_or(UNIT)?;
                length |= usize::from(byte & 0x7f) << (7 * place);
                if byte & 0x80 == 0 {
                    break;
                }
            }
            reader.take(length).ok_or(UNIT)?;
        }
        match head >> 3 & 15 {
            1..=4 | 6 | 7 => match kept.last_mut() {
                Some(last) if last.end == start => last.end = reader.at(),
                _ => kept.push(start..reader.at()),
            },
            5 => cleaned.removes(Trace::Software),
            _ => cleaned.removes(Trace::UnknownPart),
        }
        if kept.len() > MOST_GAPS {
            return Err(Fault::TooMuch("units of a picture"));
        }
    }
    Ok(kept)
}
