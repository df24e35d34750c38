//! WebP (RFC 9649): written anew from its picture or frames and their transparency, with flags that say what is there.

use std::ops::Range;

use crate::icc::{self, Space};
use crate::plan::Cleaned;
use crate::read::Reader;
use crate::refused::Fault;
use crate::{Kept, Kind, Trace, exif, xmp};

type Made<T> = Result<T, Fault>;

const CUT: Fault = Fault::Damaged("it ends too early");
const MOST_FRAMES: usize = 20_000;
/// Of the file, or of one frame.
const MOST_CHUNKS: usize = 100_000;

const PROFILE: u8 = 0x20;
const ALPHA: u8 = 0x10;
const EXIF: u8 = 0x08;
const ANIMATION: u8 = 0x02;

#[derive(Clone)]
struct Chunk {
    name: [u8; 4],
    body: Range<usize>,
}

pub(crate) fn clean(bytes: &[u8]) -> Made<Cleaned> {
    let mut cleaned = Cleaned::new(Kind::WebP);
    let size = Reader::from(bytes, 4).le32().ok_or(CUT)? as usize;
    let end = size.checked_add(8).filter(|end| *end <= bytes.len()).ok_or(CUT)?;
    if end + end % 2 < bytes.len() {
        cleaned.removes(Trace::TrailingBytes);
    }
    let chunks = chunks(bytes, 12..end)?;
    let body = |chunk: &Chunk| bytes.get(chunk.body.clone()).unwrap_or_default();
    let mut extended = None;
    let (mut profile, mut orientation, mut loops) = (None, None, None);
    // The picture's own chunks, or those of its frames with their heads.
    let mut picture: Vec<Chunk> = Vec::new();
    let mut frames: Vec<(Vec<u8>, Vec<Chunk>)> = Vec::new();
    for (place, chunk) in chunks.iter().enumerate() {
        match &chunk.name {
            b"VP8X" if place == 0 => extended = Some(body(chunk)),
            b"VP8 " | b"VP8L" | b"ALPH" => picture.push(chunk.clone()),
            b"ANIM" if loops.is_none() => {
                loops = Some(<[u8; 6]>::try_from(body(chunk)).map_err(|_| Fault::Damaged("the head of its animation"))?)
            }
            b"ANMF" => {
                let mut head = body(chunk).get(..16).ok_or(Fault::Damaged("a frame"))?.to_vec();
                if let Some(flags) = head.last_mut() {
                    *flags &= 3;
                }
                let inner = self::chunks(bytes, chunk.body.start + 16..chunk.body.end)?;
                let (kept, other): (Vec<Chunk>, Vec<Chunk>) =
                    inner.into_iter().partition(|chunk| matches!(&chunk.name, b"VP8 " | b"VP8L" | b"ALPH"));
                cleaned.removes_all(other.iter().map(|_| Trace::UnknownPart));
                frames.push((head, kept));
                if frames.len() > MOST_FRAMES {
                    return Err(Fault::TooMuch("frames"));
                }
            }
            b"ICCP" => match icc::space(body(chunk)) {
                Some(space) if space != Space::Srgb => {
                    let anew = icc::profile(space);
                    if anew != body(chunk) {
                        cleaned.removes(Trace::Device);
                    }
                    profile = Some(anew);
                }
                _ => cleaned.removes(Trace::Device),
            },
            b"EXIF" => {
                let exif = body(chunk);
                let exif = exif::read(exif.strip_prefix(b"Exif\0\0").unwrap_or(exif));
                orientation = orientation.or(exif.orientation);
                cleaned.removes_all(exif.traces);
            }
            b"XMP " => cleaned.removes_all(xmp::traces(body(chunk))),
            _ => cleaned.removes(Trace::UnknownPart),
        }
    }
    let animated = loops.is_some() && !frames.is_empty();
    if animated && !picture.is_empty() || !animated && !frames.is_empty() {
        cleaned.removes(Trace::HiddenLayer);
    }
    if animated && !frames.iter().all(|(head, _)| is_on(extended, head)) {
        return Err(Fault::Damaged("a frame"));
    }
    let first = if animated { frames.iter().try_for_each(|(_, chunks)| check(bytes, chunks)) } else { check(bytes, &picture) };
    first?;
    let transparent = extended.and_then(|body| body.first()).is_some_and(|flags| flags & ALPHA != 0);
    let alpha = picture.iter().any(|chunk| &chunk.name == b"ALPH");
    let flags = [(profile.is_some(), PROFILE), (transparent || alpha, ALPHA), (orientation.is_some(), EXIF), (animated, ANIMATION)];
    let flags: u8 = flags.iter().filter(|(is, _)| *is).map(|(_, flag)| flag).sum();
    let plain = !animated && profile.is_none() && orientation.is_none() && !alpha;

    let mut out = cleaned;
    let mut length = 4;
    let mut parts: Vec<Part> = Vec::new();
    if !plain {
        let size = extended.and_then(|body| body.get(4..10)).ok_or(Fault::Damaged("its head"))?;
        parts.push(Part::Made(*b"VP8X", [&[flags, 0, 0, 0], size].concat()));
    }
    if let Some(profile) = profile {
        parts.push(Part::Made(*b"ICCP", profile));
        out.keeps(Kept::ColourSpace);
    }
    if animated {
        parts.push(Part::Made(*b"ANIM", loops.unwrap_or_default().to_vec()));
        parts.extend(frames.into_iter().map(|(head, chunks)| Part::Frame(head, chunks)));
        out.keeps(Kept::Timing);
    } else {
        parts.extend(picture.into_iter().map(Part::Input));
    }
    if let Some(way) = orientation {
        parts.push(Part::Made(*b"EXIF", exif::upright(way)));
        out.keeps(Kept::Orientation);
    }
    if flags & ALPHA != 0 {
        out.keeps(Kept::Transparency);
    }
    length += parts.iter().map(Part::length).sum::<usize>();
    out.made(b"RIFF");
    out.made(u32::try_from(length).map_err(|_| Fault::TooMuch("bytes"))?.to_le_bytes());
    out.made(b"WEBP");
    for part in parts {
        part.write(bytes, &mut out);
    }
    Ok(out)
}

enum Part {
    Made([u8; 4], Vec<u8>),
    Input(Chunk),
    Frame(Vec<u8>, Vec<Chunk>),
}

impl Part {
    fn body(&self) -> usize {
        match self {
            Self::Made(_, body) => body.len(),
            Self::Input(chunk) => chunk.body.len(),
            Self::Frame(head, chunks) => head.len() + chunks.iter().map(|chunk| 8 + chunk.body.len().next_multiple_of(2)).sum::<usize>(),
        }
    }

    fn length(&self) -> usize {
        8 + self.body().next_multiple_of(2)
    }

    fn write(self, bytes: &[u8], out: &mut Cleaned) {
        let length = self.body();
        let size = (length as u32).to_le_bytes();
        match self {
            Self::Made(name, body) => {
                out.made(name);
                out.made(size);
                out.made(body);
            }
            Self::Input(chunk) => {
                out.made(chunk.name);
                out.made(size);
                out.copy(bytes, chunk.body);
            }
            Self::Frame(head, chunks) => {
                out.made(b"ANMF");
                out.made(size);
                out.made(head);
                for chunk in chunks {
                    Self::Input(chunk).write(bytes, out);
                }
            }
        }
        if length % 2 == 1 {
            out.made([0]);
        }
    }
}

fn chunks(bytes: &[u8], range: Range<usize>) -> Made<Vec<Chunk>> {
    let mut reader = Reader::from(bytes.get(..range.end).ok_or(CUT)?, range.start);
    let mut chunks = Vec::new();
    while !reader.is_empty() {
        let name = reader.array().ok_or(CUT)?;
        let length = reader.le32().ok_or(CUT)? as usize;
        let body = reader.range(length).ok_or(CUT)?;
        if length % 2 == 1 {
            // The last one's padding is left out by some writers.
            reader.byte();
        }
        chunks.push(Chunk { name, body });
        if chunks.len() > MOST_CHUNKS {
            return Err(Fault::TooMuch("parts"));
        }
    }
    Ok(chunks)
}

/// Whether a frame lies on the canvas: what lies beside it is not seen.
fn is_on(canvas: Option<&[u8]>, frame: &[u8]) -> bool {
    let number = |bytes: Option<&[u8]>| bytes.map_or(0, |bytes| bytes.iter().rev().fold(0_u32, |sum, byte| sum << 8 | u32::from(*byte)));
    [(4, 0, 6), (7, 3, 9)].iter().all(|(size, start, length)| {
        let whole = number(canvas.and_then(|canvas| canvas.get(*size..size + 3))) + 1;
        number(frame.get(*start..start + 3)) * 2 + number(frame.get(*length..length + 3)) < whole
    })
}

/// One picture, with transparency before it or not, whose first bytes are a picture's.
fn check(bytes: &[u8], chunks: &[Chunk]) -> Made<()> {
    let starts = |chunk: &Chunk| {
        let body = bytes.get(chunk.body.clone()).unwrap_or_default();
        match &chunk.name {
            b"VP8 " => body.get(3..6) == Some(b"\x9d\x01\x2a"),
            b"VP8L" => body.first() == Some(&0x2f),
            _ => !body.is_empty(),
        }
    };
    let names: Vec<&[u8; 4]> = chunks.iter().map(|chunk| &chunk.name).collect();
    let right = matches!(names.as_slice(), [b"VP8 "] | [b"VP8L"] | [b"ALPH", b"VP8 "]) && chunks.iter().all(starts);
    if right { Ok(()) } else { Err(Fault::Damaged("its picture")) }
}
