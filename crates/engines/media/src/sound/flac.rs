//! FLAC (RFC 9639): the description of the stream and its frames, which are found by their checksums.

use super::Tags;
use crate::plan::Cleaned;
use crate::read::Reader;
use crate::refused::Fault;
use crate::{Kept, Kind, Trace};

type Made<T> = Result<T, Fault>;

const CUT: Fault = Fault::Damaged("it ends too early");
/// The largest frame that the format can have is smaller: 65,535 samples of 8 channels of 33 bits.
const MOST_FRAME: usize = 3 << 20;

pub(crate) fn clean(bytes: &[u8]) -> Made<Cleaned> {
    let mut cleaned = Cleaned::new(Kind::Flac);
    let mut reader = Reader::new(bytes);
    while let Some(length) = super::id3_length(reader.rest()) {
        cleaned.removes_all(super::TAG);
        reader.take(length).ok_or(CUT)?;
    }
    if reader.take(4) != Some(b"fLaC") {
        return Err(Fault::Damaged("its head"));
    }
    let mut description = None;
    loop {
        let kind = reader.byte().ok_or(CUT)?;
        let [high, middle, low] = reader.array().ok_or(CUT)?;
        let body = reader.take(usize::from(high) << 16 | usize::from(middle) << 8 | usize::from(low)).ok_or(CUT)?;
        match kind & 0x7f {
            0 if description.is_none() && body.len() == 34 => description = Some(body),
            0 => return Err(Fault::Damaged("its description")),
            1 if body.iter().all(|byte| *byte == 0) => {}
            1 | 2 => cleaned.removes(Trace::UnknownPart),
            // Where to jump is found without it.
            3 => {}
            4 => cleaned.removes_all(super::TAG),
            5 => cleaned.removes(Trace::Comment),
            6 => cleaned.removes(Trace::Thumbnail),
            _ => return Err(Fault::Unknown("a part of a newer kind")),
        }
        if kind & 0x80 != 0 {
            break;
        }
    }
    let description = description.ok_or(Fault::Damaged("its description"))?;
    let start = reader.at();
    let tags = Tags::of(bytes);
    let end = frames_end(bytes, &tags, start)?;
    if end < bytes.len() {
        cleaned.removes_all(if tags.length(end).is_some() { super::TAG.to_vec() } else { vec![Trace::TrailingBytes] });
    }
    cleaned.made(b"fLaC\x80\0\0\x22");
    cleaned.made(description);
    cleaned.copy(bytes, start..end);
    cleaned.keeps(Kept::CodecSettings);
    Ok(cleaned)
}

/// Where the last frame ends: each ends where its checksum comes out and either another begins or a tag, or nothing is left.
fn frames_end(bytes: &[u8], tags: &Tags<'_>, start: usize) -> Made<usize> {
    let mut at = start;
    while at < bytes.len() {
        let rest = bytes.get(at..).unwrap_or_default();
        if !is_frame(rest) {
            return if at > start && tags.length(at).is_some() { Ok(at) } else { Err(Fault::Damaged("a frame")) };
        }
        let mut sum = 0_u16;
        let mut next = None;
        for (place, byte) in rest.iter().take(MOST_FRAME).enumerate() {
            sum = crc16(sum, *byte);
            if sum == 0 && place > 8 {
                let after = rest.get(place + 1..).unwrap_or_default();
                if after.is_empty() || is_frame(after) || tags.length(at + place + 1).is_some() {
                    next = Some(at + place + 1);
                    break;
                }
            }
        }
        at = next.ok_or(Fault::Damaged("the checksum of a frame"))?;
    }
    if at > start { Ok(at) } else { Err(Fault::Damaged("there is no sound in it")) }
}

/// Whether a frame begins here: its sync code, a head of possible values, and the head's checksum.
fn is_frame(bytes: &[u8]) -> bool {
    let Some([0xff, 0xf8 | 0xf9, sizes, channels]) = bytes.first_chunk::<4>() else { return false };
    if sizes >> 4 == 0 || sizes & 15 == 15 || channels >> 4 > 10 || channels & 1 == 1 {
        return false;
    }
    // The number of the frame, coded as letters are in UTF-8.
    let Some(first) = bytes.get(4) else { return false };
    let number = match first.leading_ones() {
        0 => 1,
        count @ 2..=7 => count as usize,
        _ => return false,
    };
    let size = match sizes >> 4 {
        6 => 1,
        7 => 2,
        _ => 0,
    };
    let rate = match sizes & 15 {
        12 => 1,
        13 | 14 => 2,
        _ => 0,
    };
    let length = 4 + number + size + rate;
    let Some(head) = bytes.get(..length + 1) else { return false };
    head.iter().fold(0_u8, |sum, byte| {
        let mut sum = sum ^ byte;
        for _ in 0..8 {
            sum = if sum & 0x80 != 0 { sum << 1 ^ 0x07 } else { sum << 1 };
        }
        sum
    }) == 0
}

fn crc16(sum: u16, byte: u8) -> u16 {
    let mut sum = sum ^ u16::from(byte) << 8;
    for _ in 0..8 {
        sum = if sum & 0x8000 != 0 { sum << 1 ^ 0x8005 } else { sum << 1 };
    }
    sum
}
