//! One track: its heads, its tables, and where its samples lie.

use super::entry::{Codec, entries};
use super::{MOST_CHUNKS, MOST_SAMPLES, nal, tell, timeless};
use crate::bmff::{self, Box, boxes, listed, nested, one, written};
use crate::plan::{Cleaned, Pieces};
use crate::read::Reader;
use crate::refused::Fault;
use crate::{Kept, Trace};

type Made<T> = Result<T, Fault>;

const TABLES: Fault = Fault::Damaged("the tables of a track");

/// Samples that lie one after the other.
pub(super) struct Chunk {
    pub(super) start: usize,
    /// The number of samples, and of the description they follow.
    count: u32,
    description: u32,
    pub(super) length: usize,
    /// What is written of it, where that is not all of it.
    pub(super) pieces: Option<Pieces>,
    /// Where it lies in the copy.
    pub(super) new: u32,
}

impl Chunk {
    /// How long it is in the copy.
    pub(super) fn written(&self) -> usize {
        self.pieces.as_ref().map_or(self.length, Pieces::len)
    }
}

enum Sizes {
    All(usize, usize),
    Each(Vec<u32>),
}

pub(super) struct Track {
    heads: Vec<u8>,
    media_heads: Vec<u8>,
    kind_head: Vec<u8>,
    descriptions: Vec<u8>,
    codecs: Vec<Codec>,
    /// The tables of times, as they are.
    times: Vec<u8>,
    to_chunk: Vec<u8>,
    sizes: Sizes,
    pub(super) chunks: Vec<Chunk>,
}

/// The boxes of a track, of its medium, of how that is stored, of its samples; and the kind of the track.
struct Parts {
    inside: Vec<Box>,
    mdia: Vec<Box>,
    minf: Vec<Box>,
    stbl: Vec<Box>,
    kind: [u8; 4],
}

fn parts(bytes: &[u8], trak: &Box) -> Made<Parts> {
    let inside = boxes(bytes, trak.body.clone())?;
    let mdia = boxes(bytes, one(&inside, b"mdia")?.ok_or(TABLES)?.body.clone())?;
    let hdlr = one(&mdia, b"hdlr")?.ok_or(TABLES)?.bytes(bytes);
    let kind = Reader::from(hdlr, 8).array().ok_or(TABLES)?;
    let minf = boxes(bytes, one(&mdia, b"minf")?.ok_or(TABLES)?.body.clone())?;
    let stbl = boxes(bytes, one(&minf, b"stbl")?.ok_or(TABLES)?.body.clone())?;
    Ok(Parts { inside, mdia, minf, stbl, kind })
}

/// How many bytes of samples a track has, whatever it is.
pub(super) fn size(bytes: &[u8], trak: &Box) -> Made<usize> {
    Ok(match sizes(bytes, &parts(bytes, trak)?.stbl)? {
        Sizes::All(size, count) => size.saturating_mul(count),
        Sizes::Each(sizes) => sizes.iter().map(|size| *size as usize).sum(),
    })
}

/// Whether a track is played unless somebody chooses otherwise.
pub(super) fn is_enabled(bytes: &[u8], trak: &Box) -> bool {
    let inside = boxes(bytes, trak.body.clone()).unwrap_or_default();
    let flags = one(&inside, b"tkhd").ok().flatten().and_then(|head| head.bytes(bytes).get(3).copied());
    flags.is_some_and(|flags| flags & 1 == 1)
}

impl Track {
    /// `None` when the track is neither seen nor heard.
    pub(super) fn read(bytes: &[u8], trak: &Box, cleaned: &mut Cleaned) -> Made<Option<Self>> {
        let Parts { inside, mdia, minf, stbl, kind } = parts(bytes, trak)?;
        if !matches!(&kind, b"vide" | b"soun") {
            match &kind {
                b"meta" | b"camm" | b"gpmd" => cleaned.removes_all([Trace::Place, Trace::Device, Trace::Time]),
                b"tmcd" => cleaned.removes(Trace::Time),
                b"text" | b"sbtl" | b"subt" | b"clcp" => cleaned.removes(Trace::Comment),
                _ => cleaned.removes(Trace::UnknownPart),
            }
            return Ok(None);
        }
        for (found, known) in inside
            .iter()
            .map(|found| (found, [b"tkhd", b"edts", b"mdia"].as_slice()))
            .chain(mdia.iter().map(|found| (found, [b"mdhd", b"hdlr", b"minf"].as_slice())))
        {
            match &found.name {
                name if known.contains(&name) => {}
                b"tref" | b"free" | b"skip" | b"tapt" | b"load" | b"elng" => cleaned.removes(Trace::Software),
                _ => tell(bytes, found, cleaned),
            }
        }
        check_references(bytes, &minf)?;
        let mut heads = written(b"tkhd", &track_head(bytes, one(&inside, b"tkhd")?.ok_or(TABLES)?, cleaned)?);
        if let Some(edits) = one(&inside, b"edts")? {
            let edits = boxes(bytes, edits.body.clone())?;
            if let Some(list) = one(&edits, b"elst")? {
                heads.extend(written(b"edts", &listed(bytes, list, |version| if version == 1 { 20 } else { 12 })?));
            }
        }
        let video = &kind == b"vide";
        let (descriptions, codecs) = entries(bytes, one(&stbl, b"stsd")?.ok_or(TABLES)?, video, cleaned)?;
        let sizes = sizes(bytes, &stbl)?;
        let samples = match &sizes {
            Sizes::All(_, count) => *count,
            Sizes::Each(sizes) => sizes.len(),
        };
        let mut times = runs(bytes, one(&stbl, b"stts")?.ok_or(TABLES)?, samples)?;
        if let Some(table) = one(&stbl, b"ctts")? {
            times.extend(runs(bytes, table, samples)?);
        }
        if let Some(table) = one(&stbl, b"stss")? {
            times.extend(starts(bytes, table, samples)?);
        }
        for found in &stbl {
            match &found.name {
                b"saiz" | b"saio" | b"senc" => return Err(Fault::Encrypted),
                b"stsd" | b"stts" | b"ctts" | b"stss" | b"stsc" | b"stsz" | b"stz2" | b"stco" | b"co64" | b"sdtp" | b"sgpd" | b"sbgp"
                | b"cslg" | b"stps" | b"stdp" => {}
                _ => tell(bytes, found, cleaned),
            }
        }
        let mut track = Self {
            heads,
            media_heads: media_heads(bytes, &mdia, &kind, cleaned)?,
            kind_head: if video { written(b"vmhd", &[0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0]) } else { written(b"smhd", &[0; 8]) },
            descriptions,
            codecs,
            times,
            to_chunk: listed(bytes, one(&stbl, b"stsc")?.ok_or(TABLES)?, |_| 12)?,
            sizes,
            chunks: Vec::new(),
        };
        // QuickTime counts plain samples as of one byte, whatever they are.
        if let (Sizes::All(size, _), Some(frame)) = (&mut track.sizes, track.codecs.first().and_then(|codec| codec.frame)) {
            *size = frame.max(*size);
        }
        track.read_chunks(bytes, &stbl)?;
        if video {
            cleaned.keeps(Kept::Orientation);
        }
        Ok(Some(track))
    }

    pub(super) fn input_length(&self) -> usize {
        self.chunks.iter().map(|chunk| chunk.length).sum()
    }

    pub(super) fn samples(&self) -> usize {
        match &self.sizes {
            // Plain sound has one for each moment; only its table counts.
            Sizes::All(..) => 0,
            Sizes::Each(sizes) => sizes.len(),
        }
    }

    /// About as long as its tables are in the copy.
    pub(super) fn tables(&self) -> usize {
        self.times.len() + self.to_chunk.len() + 4 * (self.samples() + self.chunks.len()) + 1024
    }

    pub(super) fn made_length(&self) -> usize {
        self.chunks.iter().filter_map(|chunk| chunk.pieces.as_ref()).map(Pieces::made_length).sum()
    }

    fn read_chunks(&mut self, bytes: &[u8], stbl: &[Box]) -> Made<()> {
        let starts: Vec<u64> = match (one(stbl, b"stco")?, one(stbl, b"co64")?) {
            (Some(table), None) => {
                let mut reader = Reader::from(table.bytes(bytes), 4);
                let count = reader.be32().ok_or(TABLES)? as usize;
                let table = reader.take(count.checked_mul(4).ok_or(TABLES)?).ok_or(TABLES)?;
                table.chunks_exact(4).filter_map(|at| at.try_into().ok()).map(|at| u64::from(u32::from_be_bytes(at))).collect()
            }
            (None, Some(table)) => {
                let mut reader = Reader::from(table.bytes(bytes), 4);
                let count = reader.be32().ok_or(TABLES)? as usize;
                let table = reader.take(count.checked_mul(8).ok_or(TABLES)?).ok_or(TABLES)?;
                table.chunks_exact(8).filter_map(|at| at.try_into().ok()).map(u64::from_be_bytes).collect()
            }
            _ => return Err(TABLES),
        };
        if starts.len() > MOST_CHUNKS {
            return Err(Fault::TooMuch("chunks"));
        }
        let table = self.to_chunk.get(16..).unwrap_or_default();
        let rows: Vec<[usize; 3]> = table
            .chunks_exact(12)
            .map(|row| {
                let mut reader = Reader::new(row);
                [reader.be32(), reader.be32(), reader.be32()].map(|number| number.unwrap_or_default() as usize)
            })
            .collect();
        let (mut row, mut sample) = (0, 0);
        let all = match &self.sizes {
            Sizes::All(_, count) => *count,
            Sizes::Each(sizes) => sizes.len(),
        };
        for (place, start) in starts.iter().enumerate() {
            while rows.get(row + 1).is_some_and(|[first, ..]| *first <= place + 1) {
                row += 1;
            }
            let [first, count, description] = rows.get(row).copied().ok_or(TABLES)?;
            if first > place + 1 {
                return Err(TABLES);
            }
            // A table may promise more samples than there are.
            let count = count.min(all - sample);
            let length = match &self.sizes {
                Sizes::All(size, _) => size.checked_mul(count).ok_or(TABLES)?,
                Sizes::Each(sizes) => sizes.get(sample..sample + count).ok_or(TABLES)?.iter().map(|size| *size as usize).sum(),
            };
            let start = usize::try_from(*start).map_err(|_| TABLES)?;
            let end = start.checked_add(length).filter(|end| *end <= bytes.len()).ok_or(Fault::Damaged("samples are missing"))?;
            let description = description.checked_sub(1).filter(|description| *description < self.codecs.len()).ok_or(TABLES)?;
            self.chunks.push(Chunk {
                start,
                count: count as u32,
                description: description as u32,
                length: end - start,
                pieces: None,
                new: 0,
            });
            sample += count;
        }
        // Rows for chunks that are not there say nothing of any sample.
        let used = rows.iter().take_while(|[first, ..]| *first <= starts.len()).count().max(1);
        let mut firsts = rows.iter().take(used).map(|[first, ..]| *first);
        if !firsts.clone().zip(firsts.by_ref().skip(1)).all(|(one, next)| one < next) {
            return Err(TABLES);
        }
        self.to_chunk = table.get(..12 * used).unwrap_or_default().to_vec();
        let count = (used as u32).to_be_bytes();
        self.to_chunk = written(b"stsc", &[&[0; 4], count.as_slice(), &self.to_chunk].concat());
        if sample == all { Ok(()) } else { Err(Fault::Damaged("samples are missing")) }
    }

    /// Takes the encoder's messages out of the samples; their sizes are then others.
    pub(super) fn clean_samples(&mut self, bytes: &[u8], cleaned: &mut Cleaned) -> Made<()> {
        let mut sample = 0;
        for chunk in &mut self.chunks {
            let codec = self.codecs.get(chunk.description as usize).ok_or(TABLES)?;
            let count = chunk.count as usize;
            sample += count;
            if !codec.speaks() {
                continue;
            }
            let mut pieces = Pieces::default();
            let mut at = chunk.start;
            match &mut self.sizes {
                Sizes::All(size, _) => {
                    for _ in 0..count {
                        let before = pieces.len();
                        nal::clean(bytes, at..at + *size, codec, &mut pieces, cleaned)?;
                        if pieces.len() - before != *size {
                            return Err(Fault::Unknown("messages in samples of one size"));
                        }
                        at += *size;
                    }
                }
                Sizes::Each(sizes) => {
                    for size in sizes.get_mut(sample - count..sample).ok_or(TABLES)? {
                        let (before, end) = (pieces.len(), at + *size as usize);
                        nal::clean(bytes, at..end, codec, &mut pieces, cleaned)?;
                        at = end;
                        *size = (pieces.len() - before) as u32;
                    }
                }
            }
            chunk.pieces = Some(pieces);
        }
        Ok(())
    }

    pub(super) fn write(&self, out: &mut Vec<u8>) {
        nested(out, b"trak", |out| {
            out.extend(&self.heads);
            nested(out, b"mdia", |out| {
                out.extend(&self.media_heads);
                nested(out, b"minf", |out| {
                    out.extend(&self.kind_head);
                    // The samples lie in this file.
                    out.extend(b"\0\0\0\x24dinf\0\0\0\x1cdref\0\0\0\0\0\0\0\x01\0\0\0\x0curl \0\0\0\x01");
                    nested(out, b"stbl", |out| self.write_tables(out));
                });
            });
        });
    }

    fn write_tables(&self, out: &mut Vec<u8>) {
        out.extend(&self.descriptions);
        out.extend(&self.times);
        out.extend(&self.to_chunk);
        nested(out, b"stsz", |out| {
            out.extend([0; 4]);
            match &self.sizes {
                Sizes::All(size, count) => out.extend([*size as u32, *count as u32].iter().flat_map(|number| number.to_be_bytes())),
                Sizes::Each(each) => {
                    out.extend([0; 4]);
                    out.extend((each.len() as u32).to_be_bytes());
                    out.extend(each.iter().flat_map(|size| size.to_be_bytes()));
                }
            }
        });
        nested(out, b"stco", |out| {
            out.extend([0; 4]);
            out.extend((self.chunks.len() as u32).to_be_bytes());
            out.extend(self.chunks.iter().flat_map(|chunk| chunk.new.to_be_bytes()));
        });
    }
}

fn sizes(bytes: &[u8], stbl: &[Box]) -> Made<Sizes> {
    let mut reader = match (one(stbl, b"stsz")?, one(stbl, b"stz2")?) {
        (Some(table), None) => Reader::from(table.bytes(bytes), 4),
        (_, Some(_)) => return Err(Fault::Unknown("a table of small sizes")),
        _ => return Err(TABLES),
    };
    let (size, count) = reader.be32().zip(reader.be32()).ok_or(TABLES)?;
    if size != 0 {
        return Ok(Sizes::All(size as usize, count as usize));
    }
    let table = reader.take((count as usize).checked_mul(4).ok_or(TABLES)?).ok_or(TABLES)?;
    if count as usize > MOST_SAMPLES {
        return Err(Fault::TooMuch("samples"));
    }
    Ok(Sizes::Each(table.chunks_exact(4).filter_map(|size| size.try_into().ok()).map(u32::from_be_bytes).collect()))
}

/// A table of how many samples have which time, up to the last sample.
fn runs(bytes: &[u8], found: &Box, samples: usize) -> Made<Vec<u8>> {
    let table = listed(bytes, found, |_| 8)?;
    let mut out = Vec::with_capacity(table.len());
    let mut left = samples;
    for row in table.get(16..).unwrap_or_default().chunks_exact(8) {
        let mut reader = Reader::new(row);
        let (count, time) = reader.be32().zip(reader.be32()).ok_or(TABLES)?;
        let count = left.min(count as usize);
        left -= count;
        if count > 0 {
            out.extend((count as u32).to_be_bytes());
            out.extend(time.to_be_bytes());
        }
    }
    // The version says whether times may be negative.
    let version = if &found.name == b"ctts" { table.get(8).copied().unwrap_or_default().min(1) } else { 0 };
    let count = (out.len() as u32 / 8).to_be_bytes();
    Ok(written(&found.name, &[&[version, 0, 0, 0], count.as_slice(), &out].concat()))
}

/// The numbers of samples that do not depend on others.
fn starts(bytes: &[u8], found: &Box, samples: usize) -> Made<Vec<u8>> {
    let table = listed(bytes, found, |_| 4)?;
    let mut out = Vec::with_capacity(table.len());
    let mut last = 0;
    for row in table.get(16..).unwrap_or_default().chunks_exact(4) {
        let number = Reader::new(row).be32().ok_or(TABLES)?;
        if number > last && number as usize <= samples {
            out.extend(row);
            last = number;
        }
    }
    let count = (out.len() as u32 / 4).to_be_bytes();
    Ok(written(&found.name, &[&[0; 4], count.as_slice(), &out].concat()))
}

/// Samples in another file are none of ours.
fn check_references(bytes: &[u8], minf: &[Box]) -> Made<()> {
    let Some(dinf) = one(minf, b"dinf")? else { return Ok(()) };
    let dinf = boxes(bytes, dinf.body.clone())?;
    let Some(dref) = one(&dinf, b"dref")? else { return Ok(()) };
    let body = dref.body.start.saturating_add(8).min(dref.body.end)..dref.body.end;
    let here = boxes(bytes, body)?.iter().all(|found| found.bytes(bytes).get(3).is_some_and(|flags| flags & 1 == 1));
    if here { Ok(()) } else { Err(Fault::Unknown("samples in another file")) }
}

/// Number, length, layer, volume, matrix and size.
fn track_head(bytes: &[u8], found: &Box, cleaned: &mut Cleaned) -> Made<Vec<u8>> {
    let mut body = timeless(bytes, found, |long| if long { 96 } else { 84 }, cleaned)?;
    let end = body.len();
    // Reserved: four bytes behind the number, eight behind the length, two behind the volume.
    let number = if end == 96 { 24 } else { 16 };
    for range in [number..number + 4, end - 60..end - 52, end - 46..end - 44] {
        body.get_mut(range).ok_or(TABLES)?.fill(0);
    }
    Ok(body)
}

fn media_heads(bytes: &[u8], mdia: &[Box], kind: &[u8; 4], cleaned: &mut Cleaned) -> Made<Vec<u8>> {
    let mut head = timeless(bytes, one(mdia, b"mdhd")?.ok_or(TABLES)?, |long| if long { 36 } else { 24 }, cleaned)?;
    // The language of the device is that of who held it: `und`, and no quality.
    let end = head.len();
    if let Some(language) = head.get_mut(end - 4..) {
        if language != [0x55, 0xc4, 0, 0] {
            cleaned.removes(Trace::Author);
        }
        language.copy_from_slice(&[0x55, 0xc4, 0, 0]);
    }
    let handler = one(mdia, b"hdlr")?.ok_or(TABLES)?.bytes(bytes);
    let quick = handler.get(4..8) == Some(b"mhlr");
    if handler.get(12..).unwrap_or_default().iter().any(|byte| *byte != 0) {
        cleaned.removes(Trace::Software);
    }
    let mut body = vec![0; 4];
    body.extend(if quick { b"mhlr" } else { b"\0\0\0\0" });
    body.extend(kind);
    body.extend([0; 13]);
    Ok([written(b"mdhd", &head), bmff::written(b"hdlr", &body)].concat())
}
