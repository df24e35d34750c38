//! PNG and animated PNG (W3C, third edition): written anew from its header, palette, transparency and coded rows.
//!
//! The coded rows are inflated to their end. What lies after that end, inside the same chunks, is what was cut away by a
//! careless editor (CVE-2023-21036); rows beyond the height are too. Neither is in the copy. Every checksum is checked and
//! written anew.

use std::ops::Range;

use crate::icc::{self, Space};
use crate::plan::Cleaned;
use crate::read::{Reader, holds};
use crate::refused::Fault;
use crate::{Kept, Kind, Trace, exif, shape, xmp};

mod rows;

use rows::{coded, deflate, inflate_small, write_rows};

type Made<T> = Result<T, Fault>;

const MOST_CHUNKS: usize = 200_000;
const MOST_FRAMES: usize = 10_000;
/// Inflated rows of all frames.
const MOST_ALL: u64 = 1 << 32;
#[derive(Clone, Copy)]
struct Head {
    width: u32,
    height: u32,
    depth: u8,
    colour: u8,
    interlaced: bool,
}

impl Head {
    /// How many bytes the rows of a frame of this size inflate to.
    fn rows(&self, width: u32, height: u32) -> u64 {
        let samples = match self.colour {
            2 => 3,
            4 => 2,
            6 => 4,
            _ => 1,
        };
        let pass =
            |width: u64, height: u64| if width == 0 { 0 } else { height * (1 + (width * samples * u64::from(self.depth)).div_ceil(8)) };
        let (width, height) = (u64::from(width), u64::from(height));
        if !self.interlaced {
            return pass(width, height);
        }
        const ADAM7: [(u64, u64, u64, u64); 7] =
            [(0, 8, 0, 8), (4, 8, 0, 8), (0, 4, 4, 8), (2, 4, 0, 4), (0, 2, 2, 4), (1, 2, 0, 2), (0, 1, 1, 2)];
        let steps = |length: u64, from: u64, step: u64| length.saturating_sub(from).div_ceil(step);
        ADAM7.iter().map(|(left, across, top, down)| pass(steps(width, *left, *across), steps(height, *top, *down))).sum()
    }
}

struct Chunk {
    name: [u8; 4],
    body: Range<usize>,
}

pub(crate) fn clean(bytes: &[u8]) -> Made<Cleaned> {
    let mut cleaned = Cleaned::new(Kind::Png);
    let (chunks, end) = chunks(bytes)?;
    if end < bytes.len() {
        cleaned.removes(Trace::TrailingBytes);
    }
    let body = |chunk: &Chunk| bytes.get(chunk.body.clone()).unwrap_or_default();
    let head = read_head(chunks.first().map(body).unwrap_or_default())?;
    let one = |name: &[u8; 4]| -> Made<Option<&[u8]>> {
        let mut found = chunks.iter().filter(|chunk| &chunk.name == name);
        let first = found.next().map(body);
        if found.next().is_some() { Err(Fault::Damaged("a part that may come once comes twice")) } else { Ok(first) }
    };
    cleaned.made(b"\x89PNG\r\n\x1a\n");
    write(&mut cleaned, b"IHDR", one(b"IHDR")?.unwrap_or_default());
    write_colour(&mut cleaned, one(b"iCCP")?, one(b"cICP")?, one(b"gAMA")?, head.colour);
    let palette = one(b"PLTE")?;
    if let Some(palette) = palette {
        let most = if head.colour == 3 { 1 << head.depth } else { 256 };
        if palette.is_empty() || palette.len() % 3 != 0 || palette.len() / 3 > most || matches!(head.colour, 0 | 4) {
            return Err(Fault::Damaged("its palette"));
        }
        // In a picture of full colours it is advice for screens of 1996.
        if head.colour == 3 {
            write(&mut cleaned, b"PLTE", palette);
        } else {
            cleaned.removes(Trace::UnknownPart);
        }
    } else if head.colour == 3 {
        return Err(Fault::Damaged("its palette is missing"));
    }
    if let Some(clear) = one(b"tRNS")? {
        let right = match head.colour {
            0 => clear.len() == 2,
            2 => clear.len() == 6,
            3 => clear.len() <= palette.map_or(0, <[u8]>::len) / 3,
            _ => false,
        };
        if !right {
            return Err(Fault::Damaged("its transparency"));
        }
        write(&mut cleaned, b"tRNS", clear);
        cleaned.keeps(Kept::Transparency);
    }
    write_shape(&mut cleaned, one(b"pHYs")?);
    if let Some(tiff) = one(b"eXIf")? {
        let exif = exif::read(tiff);
        if let Some(way) = exif.orientation {
            write(&mut cleaned, b"eXIf", &exif::upright(way));
            cleaned.keeps(Kept::Orientation);
        }
        cleaned.removes_all(exif.traces);
    }
    for chunk in &chunks {
        let trace = match &chunk.name {
            b"IHDR" | b"PLTE" | b"tRNS" | b"IDAT" | b"IEND" | b"acTL" | b"fcTL" | b"fdAT" | b"eXIf" | b"iCCP" | b"pHYs" | b"sRGB"
            | b"gAMA" | b"cICP" => continue,
            b"tEXt" | b"zTXt" | b"iTXt" => {
                cleaned.removes_all(text(body(chunk)));
                continue;
            }
            b"tIME" => Trace::Time,
            b"cHRM" | b"sBIT" | b"mDCV" | b"cLLI" | b"oFFs" | b"sCAL" | b"pCAL" => Trace::Device,
            name if name[0].is_ascii_uppercase() => return Err(Fault::Unknown("a part that must be understood")),
            _ => Trace::UnknownPart,
        };
        cleaned.removes(trace);
    }
    write_pictures(bytes, &chunks, &head, &mut cleaned)?;
    write(&mut cleaned, b"IEND", b"");
    Ok(cleaned)
}

/// All chunks with their checksums checked, and where the last one ends.
fn chunks(bytes: &[u8]) -> Made<(Vec<Chunk>, usize)> {
    const CUT: Fault = Fault::Damaged("it ends too early");
    let mut reader = Reader::from(bytes, 8);
    let mut chunks = Vec::new();
    loop {
        let length = reader.be32().ok_or(CUT)? as usize;
        let name: [u8; 4] = reader.array().ok_or(CUT)?;
        let body = reader.range(length).ok_or(CUT)?;
        let sum = reader.be32().ok_or(CUT)?;
        if !name.iter().all(u8::is_ascii_alphabetic) {
            return Err(Fault::Damaged("a part has no name"));
        }
        let right = crc32fast::hash(bytes.get(body.start - 4..body.end).unwrap_or_default()) == sum;
        // What is dropped anyway may be broken.
        if !right && (name[0].is_ascii_uppercase() || matches!(&name, b"fcTL" | b"fdAT" | b"acTL" | b"tRNS")) {
            return Err(Fault::Damaged("a checksum"));
        }
        if chunks.is_empty() != (&name == b"IHDR") {
            return Err(Fault::Damaged("its header is not first"));
        }
        chunks.push(Chunk { name, body });
        if &name == b"IEND" {
            return Ok((chunks, reader.at()));
        }
        if chunks.len() > MOST_CHUNKS {
            return Err(Fault::TooMuch("parts"));
        }
    }
}

fn read_head(body: &[u8]) -> Made<Head> {
    const WRONG: Fault = Fault::Damaged("its header");
    let mut reader = Reader::new(body);
    let (width, height) = (reader.be32().ok_or(WRONG)?, reader.be32().ok_or(WRONG)?);
    let [depth, colour, 0, 0, interlaced @ (0 | 1)] = reader.array().filter(|_| reader.is_empty()).ok_or(WRONG)? else { return Err(WRONG) };
    let possible = match colour {
        0 => matches!(depth, 1 | 2 | 4 | 8 | 16),
        3 => matches!(depth, 1 | 2 | 4 | 8),
        2 | 4 | 6 => matches!(depth, 8 | 16),
        _ => false,
    };
    if !possible || width == 0 || height == 0 || width > 1 << 24 || height > 1 << 24 {
        return Err(WRONG);
    }
    Ok(Head { width, height, depth, colour, interlaced: interlaced == 1 })
}

fn write(cleaned: &mut Cleaned, name: &[u8; 4], body: &[u8]) {
    cleaned.made((body.len() as u32).to_be_bytes());
    cleaned.made(name);
    cleaned.made(body);
    let mut sum = crc32fast::Hasher::new();
    sum.update(name);
    sum.update(body);
    cleaned.made(sum.finalize().to_be_bytes());
}

/// A picture without a profile is read as sRGB, so that space needs no word.
fn write_colour(cleaned: &mut Cleaned, profile: Option<&[u8]>, coding: Option<&[u8]>, gamma: Option<&[u8]>, colour: u8) {
    if let Some(coding) = coding {
        if let [_, _, 0, 0 | 1] = coding {
            write(cleaned, b"cICP", coding);
            cleaned.keeps(Kept::ColourSpace);
        } else {
            cleaned.removes(Trace::UnknownPart);
        }
    }
    if let Some(profile) = profile {
        let inflated = profile.iter().position(|byte| *byte == 0).and_then(|end| inflate_small(profile.get(end + 2..)?));
        match inflated.as_deref().and_then(icc::space).filter(|_| !matches!(colour, 0 | 4)) {
            Some(Space::Srgb) => {
                cleaned.removes(Trace::Device);
            }
            Some(space) => {
                let anew = icc::profile(space);
                let body = [b"P\0\0".as_slice(), &deflate(&anew)].concat();
                if body != profile {
                    cleaned.removes(Trace::Device);
                }
                write(cleaned, b"iCCP", &body);
                cleaned.keeps(Kept::ColourSpace);
            }
            None => cleaned.removes(Trace::Device),
        }
    } else if let Some(gamma) = gamma {
        const LINEAR: &[u8] = &100_000_u32.to_be_bytes();
        const USUAL: &[u8] = &45_455_u32.to_be_bytes();
        if gamma == LINEAR {
            write(cleaned, b"gAMA", gamma);
            cleaned.keeps(Kept::ColourSpace);
        } else if gamma != USUAL {
            cleaned.removes(Trace::Device);
        }
    }
}

/// Dots per metre are the screen's or the scanner's; the ratio of a pixel's sides is the picture's.
fn write_shape(cleaned: &mut Cleaned, said: Option<&[u8]>) {
    let Some(said) = said else { return };
    let mut reader = Reader::new(said);
    let (Some(across), Some(down), Some(unit)) = (reader.be32(), reader.be32(), reader.byte()) else {
        return cleaned.removes(Trace::UnknownPart);
    };
    let ratio = shape::ratio(across, down);
    if unit != 0 || ratio.is_none_or(|(one, other)| one == other || (u32::from(one), u32::from(other)) != (across, down)) {
        cleaned.removes(Trace::Device);
    }
    if let Some((across, down)) = ratio.filter(|(across, down)| across != down) {
        write(cleaned, b"pHYs", &[u32::from(across).to_be_bytes().as_slice(), &u32::from(down).to_be_bytes(), &[0]].concat());
        cleaned.keeps(Kept::PixelShape);
    }
}

fn text(body: &[u8]) -> Vec<Trace> {
    // A keyword has 79 letters at most.
    let keyword = body.iter().take(79).take_while(|byte| **byte != 0).map(u8::to_ascii_lowercase).collect::<Vec<_>>();
    let says = |word: &[u8]| holds(&keyword, word);
    if says(b"xmp") {
        xmp::traces(body)
    } else if says(b"raw profile") {
        vec![Trace::Place, Trace::Time, Trace::Device]
    } else if says(b"time") || says(b"date") {
        vec![Trace::Time]
    } else if says(b"author") || says(b"copyright") || says(b"artist") {
        vec![Trace::Author]
    } else if says(b"software") {
        vec![Trace::Software]
    } else if says(b"source") || says(b"model") || says(b"make") {
        vec![Trace::Device]
    } else {
        vec![Trace::Comment]
    }
}

struct Frame {
    /// The control chunk without its number, if the frame has one.
    control: Option<Vec<u8>>,
    width: u32,
    height: u32,
    /// In `IDAT`, not `fdAT`.
    main: bool,
    data: Vec<Range<usize>>,
}

fn write_pictures(bytes: &[u8], chunks: &[Chunk], head: &Head, cleaned: &mut Cleaned) -> Made<()> {
    const WRONG: Fault = Fault::Damaged("a frame of its animation");
    let mut frames: Vec<Frame> = Vec::new();
    let mut plays = None;
    let mut number = 0;
    for chunk in chunks {
        let mut body = Reader::new(bytes.get(chunk.body.clone()).unwrap_or_default());
        match &chunk.name {
            b"acTL" => {
                body.be32();
                let count = body.be32().filter(|_| plays.is_none() && frames.is_empty() && body.is_empty()).ok_or(WRONG)?;
                plays = Some(count);
            }
            b"fcTL" => {
                if body.be32() != Some(number) || body.left() != 22 || frames.len() >= MOST_FRAMES || plays.is_none() {
                    return Err(WRONG);
                }
                number += 1;
                let control = body.rest().to_vec();
                let (width, height) = body.be32().zip(body.be32()).ok_or(WRONG)?;
                let (left, top) = body.be32().zip(body.be32()).ok_or(WRONG)?;
                let inside = |from: u32, length: u32, whole: u32| length > 0 && from.checked_add(length).is_some_and(|end| end <= whole);
                if !inside(left, width, head.width) || !inside(top, height, head.height) {
                    return Err(WRONG);
                }
                frames.push(Frame { control: Some(control), width, height, main: false, data: Vec::new() });
            }
            b"IDAT" => {
                if !frames.iter().any(|frame| frame.main) {
                    match frames.last_mut() {
                        Some(frame) if frames_match(frame, head) => frame.main = true,
                        Some(_) => return Err(WRONG),
                        None => frames.push(Frame { control: None, width: head.width, height: head.height, main: true, data: Vec::new() }),
                    }
                }
                frames.last_mut().filter(|frame| frame.main).ok_or(Fault::Damaged("coded rows lie apart"))?.data.push(chunk.body.clone());
            }
            b"fdAT" => {
                if body.be32() != Some(number) {
                    return Err(WRONG);
                }
                number += 1;
                frames
                    .last_mut()
                    .filter(|frame| frame.control.is_some() && !frame.main)
                    .ok_or(WRONG)?
                    .data
                    .push(chunk.body.start + 4..chunk.body.end);
            }
            _ => {}
        }
    }
    if !frames.iter().any(|frame| frame.main) {
        return Err(Fault::Damaged("there is no picture in it"));
    }
    if let Some(plays) = plays {
        let count = frames.iter().filter(|frame| frame.control.is_some()).count() as u32;
        if count == 0 {
            return Err(WRONG);
        }
        write(cleaned, b"acTL", &[count.to_be_bytes(), plays.to_be_bytes()].concat());
        cleaned.keeps(Kept::Timing);
    }
    let mut number = 0_u32;
    let mut all = 0;
    for frame in &frames {
        all += head.rows(frame.width, frame.height);
        if all > MOST_ALL {
            return Err(Fault::TooMuch("rows"));
        }
        if let Some(control) = &frame.control {
            write(cleaned, b"fcTL", &[&number.to_be_bytes(), control.as_slice()].concat());
            number += 1;
        }
        let rows = coded(bytes, &frame.data, head.rows(frame.width, frame.height), cleaned)?;
        if frame.main {
            write_rows(bytes, *b"IDAT", &[], rows, cleaned)?;
        } else {
            write_rows(bytes, *b"fdAT", &number.to_be_bytes(), rows, cleaned)?;
            number += 1;
        }
    }
    Ok(())
}

fn frames_match(frame: &Frame, head: &Head) -> bool {
    frame.data.is_empty() && (frame.width, frame.height) == (head.width, head.height)
}
