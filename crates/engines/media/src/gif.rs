//! GIF (87a, 89a): written anew from its screen, palettes, frames and their timing.
//!
//! The codes of each frame are walked, not drawn: a frame ends with its end code or its last pixel, and what lies in the
//! same blocks after that is dropped. Of the extensions stay how long a frame stands and how often all of them run.

use crate::plan::Cleaned;
use crate::read::Reader;
use crate::refused::Fault;
use crate::{Kept, Kind, Trace, xmp};

type Made<T> = Result<T, Fault>;

const CUT: Fault = Fault::Damaged("it ends too early");
const MOST_FRAMES: usize = 20_000;
/// Pixels of all frames.
const MOST_PIXELS: u64 = 4_000_000_000;
/// Codes of one frame, which are held in memory while they are walked.
const MOST_CODES: usize = 32 << 20;
/// What is made anew of all frames that are not cut into blocks as they are here.
const MOST_MADE: usize = 64 << 20;

pub(crate) fn clean(bytes: &[u8]) -> Made<Cleaned> {
    let mut cleaned = Cleaned::new(Kind::Gif);
    let mut reader = Reader::from(bytes, 6);
    cleaned.made(b"GIF89a");
    let (width, height) = reader.le16().zip(reader.le16()).ok_or(CUT)?;
    let [flags, background, ratio] = reader.array().ok_or(CUT)?;
    cleaned.made(width.to_le_bytes());
    cleaned.made(height.to_le_bytes());
    let palette = flags & 0x80 != 0;
    // The depth of the screen that it was made on is of no use.
    cleaned.made([if palette { 0x80 | 0x70 | flags & 7 } else { 0x70 }, if palette { background } else { 0 }, ratio]);
    if palette {
        cleaned.made(reader.take(3 << ((flags & 7) + 1)).ok_or(CUT)?);
    }
    let (mut control, mut frames, mut pixels, mut looped) = (None, 0, 0, false);
    loop {
        match reader.byte().ok_or(CUT)? {
            0x3b => break,
            // A nought between blocks is what careless writers leave.
            0x00 => {}
            0x21 => {
                let label = reader.byte().ok_or(CUT)?;
                match label {
                    0xf9 => control = Some(read_control(&mut reader)?),
                    0xfe => {
                        skip(&mut reader)?;
                        cleaned.removes(Trace::Comment);
                    }
                    0x01 => {
                        skip(&mut reader)?;
                        control = None;
                        cleaned.removes(Trace::Comment);
                    }
                    0xff => read_application(&mut reader, &mut cleaned, &mut looped)?,
                    _ => {
                        skip(&mut reader)?;
                        cleaned.removes(Trace::UnknownPart);
                    }
                }
            }
            0x2c => {
                frames += 1;
                if frames > MOST_FRAMES {
                    return Err(Fault::TooMuch("frames"));
                }
                if let Some([flags, low, high, clear]) = control.take() {
                    cleaned.made([0x21, 0xf9, 4, flags, low, high, clear, 0]);
                    cleaned.keeps(Kept::Timing);
                }
                write_frame(bytes, &mut reader, (width, height), &mut cleaned, &mut pixels)?;
            }
            _ => return Err(Fault::Damaged("there is something between its blocks")),
        }
    }
    if frames == 0 {
        return Err(Fault::Damaged("there is no picture in it"));
    }
    if !reader.is_empty() {
        cleaned.removes(Trace::TrailingBytes);
    }
    cleaned.made([0x3b]);
    Ok(cleaned)
}

/// The disposal, the delay and the clear colour; bits without a meaning are nought.
fn read_control(reader: &mut Reader<'_>) -> Made<[u8; 4]> {
    let [4, flags, low, high, clear, 0] = reader.array().ok_or(CUT)? else { return Err(Fault::Damaged("the timing of a frame")) };
    Ok([flags & 0x1d, low, high, if flags & 1 == 1 { clear } else { 0 }])
}

fn skip(reader: &mut Reader<'_>) -> Made<usize> {
    let mut length = 0;
    loop {
        match reader.byte().ok_or(CUT)? {
            0 => return Ok(length),
            count => length += reader.take(count.into()).ok_or(CUT)?.len(),
        }
    }
}

fn read_application(reader: &mut Reader<'_>, cleaned: &mut Cleaned, looped: &mut bool) -> Made<()> {
    let start = reader.clone();
    let size = reader.byte().ok_or(CUT)?;
    let name = reader.take(size.into()).ok_or(CUT)?;
    if matches!(name, b"NETSCAPE2.0" | b"ANIMEXTS1.0") {
        let mut blocks = reader.clone();
        if let Some([3, 1, low, high, 0]) = blocks.array()
            && !*looped
        {
            *reader = blocks;
            *looped = true;
            cleaned.made(b"\x21\xff\x0bNETSCAPE2.0\x03\x01");
            cleaned.made([low, high, 0]);
            cleaned.keeps(Kept::Timing);
            return Ok(());
        }
    }
    if name == b"XMP DataXMP" {
        let from = reader.rest();
        // Its text is not cut into blocks; a trailer makes any reader of blocks come out at its end.
        let length = skip(reader)?;
        cleaned.removes_all(xmp::traces(from.get(..length.min(from.len())).unwrap_or_default()));
        return Ok(());
    }
    *reader = start;
    skip(reader)?;
    cleaned.removes(if name.starts_with(b"ICCRGBG1") { Trace::Device } else { Trace::UnknownPart });
    Ok(())
}

fn write_frame(bytes: &[u8], reader: &mut Reader<'_>, screen: (u16, u16), cleaned: &mut Cleaned, pixels: &mut u64) -> Made<()> {
    let (left, top) = reader.le16().zip(reader.le16()).ok_or(CUT)?;
    let (width, height) = reader.le16().zip(reader.le16()).ok_or(CUT)?;
    let flags = reader.byte().ok_or(CUT)?;
    // A viewer that does not cut it off makes the screen larger, and shows what nobody else sees. Some writers leave a screen of
    // nought, which is as large as the first frame.
    if screen != (0, 0) && (left >= screen.0 || top >= screen.1) {
        return Err(Fault::Unknown("a frame beside the screen"));
    }
    *pixels += u64::from(width) * u64::from(height);
    if *pixels > MOST_PIXELS {
        return Err(Fault::TooMuch("pixels"));
    }
    cleaned.made([0x2c]);
    cleaned.made(left.to_le_bytes());
    cleaned.made(top.to_le_bytes());
    cleaned.made(width.to_le_bytes());
    cleaned.made(height.to_le_bytes());
    cleaned.made([if flags & 0x80 != 0 { flags & 0xc7 } else { flags & 0x40 }]);
    if flags & 0x80 != 0 {
        cleaned.made(reader.take(3 << ((flags & 7) + 1)).ok_or(CUT)?);
    }
    let least = reader.byte().filter(|least| matches!(least, 1..=11)).ok_or(Fault::Damaged("the codes of a frame"))?;
    let start = reader.at();
    let mut codes = Vec::new();
    // Whether all blocks but the last are as long as a block can be.
    let mut usual = true;
    loop {
        match reader.byte().ok_or(CUT)? {
            0 => break,
            count => {
                usual &= codes.len() % 255 == 0;
                codes.extend_from_slice(reader.take(count.into()).ok_or(CUT)?);
            }
        }
        if codes.len() > MOST_CODES {
            return Err(Fault::TooMuch("codes of one frame"));
        }
    }
    let bits = walk(&codes, least, u64::from(width) * u64::from(height))?;
    let length = bits.div_ceil(8);
    if length < codes.len() {
        cleaned.removes(Trace::TrailingBytes);
    }
    codes.truncate(length);
    cleaned.made([least]);
    // Whole blocks stay where they lie; the last is made anew, for bits behind the last code.
    let whole = if usual { length.saturating_sub(1) / 255 } else { 0 };
    cleaned.copy(bytes, start..start + whole * 256);
    if let Some(last) = codes.last_mut()
        && bits % 8 != 0
    {
        *last &= (1 << (bits % 8)) - 1;
    }
    for block in codes.get(whole * 255..).unwrap_or_default().chunks(255) {
        cleaned.made([block.len() as u8]);
        cleaned.made(block);
    }
    cleaned.made([0]);
    if cleaned.made_length() > MOST_MADE { Err(Fault::TooMuch("codes in small blocks")) } else { Ok(()) }
}

/// How many bits the codes of a frame take. No pixel is drawn: the length of each code's run is enough.
fn walk(codes: &[u8], least: u8, pixels: u64) -> Made<usize> {
    const WRONG: Fault = Fault::Damaged("the codes of a frame");
    let clear = 1_usize << least;
    let end = clear + 1;
    let mut lengths: Vec<u64> = Vec::with_capacity(4096);
    let (mut width, mut last, mut drawn, mut at) = (u32::from(least) + 1, None::<u64>, 0_u64, 0_usize);
    let restart = |lengths: &mut Vec<u64>| {
        lengths.clear();
        lengths.resize(end + 1, 1);
    };
    restart(&mut lengths);
    loop {
        let Some(code) = code_at(codes, at, width) else {
            // Without an end code; what was drawn so far is what anybody sees.
            return if drawn >= pixels { Ok(at) } else { Err(CUT) };
        };
        let next = at + width as usize;
        if code == clear {
            restart(&mut lengths);
            (width, last) = (u32::from(least) + 1, None);
        } else if code == end {
            return Ok(next);
        } else if drawn >= pixels {
            // Codes beyond the last pixel draw nothing.
            return Ok(at);
        } else {
            let length = match (lengths.get(code), last) {
                (Some(length), _) => *length,
                (None, Some(last)) if code == lengths.len() => last + 1,
                _ => return Err(WRONG),
            };
            if let Some(last) = last
                && lengths.len() < 4096
            {
                lengths.push(last + 1);
            }
            drawn = drawn.saturating_add(length);
            last = Some(length);
            if lengths.len() == 1 << width && width < 12 {
                width += 1;
            }
        }
        at = next;
    }
}

fn code_at(codes: &[u8], at: usize, width: u32) -> Option<usize> {
    let byte = at / 8;
    if at + width as usize > codes.len() * 8 {
        return None;
    }
    let mut window = 0_usize;
    for (place, value) in codes.get(byte..)?.iter().take(3).enumerate() {
        window |= usize::from(*value) << (8 * place);
    }
    Some(window >> (at % 8) & ((1 << width) - 1))
}
