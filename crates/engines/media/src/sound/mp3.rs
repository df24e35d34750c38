//! MP3 (ISO 11172-3, 13818-3): its frames, without the tags around them and the words between the sound inside them.
//!
//! Encoders write their names into the bits that are left over between the sound of two frames. Which bits those are is
//! told by each frame's own side information: they become noughts.

use std::ops::Range;

use super::Tags;
use crate::plan::Cleaned;
use crate::read::{self, Reader};
use crate::refused::Fault;
use crate::{Kept, Kind, Trace};

type Made<T> = Result<T, Fault>;

/// More than a day of speech.
const MOST_FRAMES: usize = 2_000_000;

#[derive(Clone, Copy)]
struct Head {
    length: u16,
    /// Version 1 has two granules, the others one.
    one: bool,
    mono: bool,
    /// Of the side information, and where it begins: after four bytes, or six with a checksum.
    side: u8,
    side_at: u8,
    /// What all frames of a file have in common.
    like: [u8; 2],
}

fn head(bytes: &[u8]) -> Option<Head> {
    const RATES_ONE: [usize; 15] = [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320];
    const RATES_TWO: [usize; 15] = [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160];
    const SAMPLES: [usize; 3] = [44_100, 48_000, 32_000];
    let [0xff, second, third, fourth] = *bytes.first_chunk::<4>()? else { return None };
    let version = second >> 3 & 3;
    if second & 0xe0 != 0xe0 || version == 1 || second >> 1 & 3 != 1 {
        return None;
    }
    let one = version == 3;
    let rate = *(if one { &RATES_ONE } else { &RATES_TWO }).get(usize::from(third >> 4)).filter(|rate| **rate > 0)?;
    let samples = SAMPLES.get(usize::from(third >> 2 & 3))?
        >> match version {
            3 => 0,
            2 => 1,
            _ => 2,
        };
    let padding = usize::from(third >> 1 & 1);
    let mono = fourth >> 6 == 3;
    let side = match (one, mono) {
        (true, false) => 32,
        (true, true) | (false, false) => 17,
        (false, true) => 9,
    };
    let length = ((if one { 144_000 } else { 72_000 }) * rate / samples + padding) as u16;
    let side_at = if second & 1 == 1 { 4 } else { 6 };
    let like = [second & 0xfe, third & 0x0c];
    (length > u16::from(side_at + side)).then_some(Head { length, one, mono, side, side_at, like })
}

/// Whether these bytes begin as a frame does. One sync word is found in any noise, so the head must be a possible one.
pub(crate) fn is_frame(bytes: &[u8]) -> bool {
    head(bytes).is_some()
}

impl Head {
    /// Where the sound in a frame begins.
    fn sound_at(self) -> usize {
        usize::from(self.side_at) + usize::from(self.side)
    }

    fn length(self) -> usize {
        self.length.into()
    }
}

/// A frame, and where the sound in it lies.
struct Frame {
    range: Range<usize>,
    head: Head,
}

pub(crate) fn clean(bytes: &[u8]) -> Made<Cleaned> {
    let mut cleaned = Cleaned::new(Kind::Mp3);
    let tags = Tags::of(bytes);
    let mut frames: Vec<Frame> = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        let rest = bytes.get(at..).unwrap_or_default();
        if let Some(length) = tags.length(at) {
            cleaned.removes_all(super::TAG);
            at += length.max(1);
            continue;
        }
        let fits = |head: &Head| head.length() <= rest.len() && frames.first().is_none_or(|first| first.head.like == head.like);
        // The first frame is believed when another follows.
        let follows = |head: &Head| {
            let next = rest.get(head.length()..).unwrap_or_default();
            !frames.is_empty()
                || next.is_empty()
                || tags.length(at + head.length()).is_some()
                || self::head(next).is_some_and(|next| next.like == head.like)
        };
        match head(rest).filter(fits).filter(follows) {
            Some(head) => {
                frames.push(Frame { range: at..at + head.length(), head });
                at += head.length();
                if frames.len() > MOST_FRAMES {
                    return Err(Fault::TooMuch("frames"));
                }
            }
            None => {
                // Noise between frames and a last frame that was cut; players step over it.
                let skip = (1..rest.len()).find(|skip| {
                    let rest = rest.get(*skip..).unwrap_or_default();
                    rest.first() == Some(&0xff)
                        && self::head(rest).is_some_and(|one| rest.get(one.length()..).is_some_and(|next| self::head(next).is_some()))
                        || tags.length(at + skip).is_some()
                });
                cleaned.removes(Trace::TrailingBytes);
                at += skip.unwrap_or(rest.len());
            }
        }
    }
    if frames.is_empty() {
        return Err(Fault::Damaged("there is no sound in it"));
    }
    write_first(bytes, &mut frames, &mut cleaned);
    write_sound(bytes, &frames, &mut cleaned)?;
    cleaned.keeps(Kept::CodecSettings);
    Ok(cleaned)
}

/// The first frame may be no sound but a table of the file's length, with the name of the encoder.
fn write_first(bytes: &[u8], frames: &mut Vec<Frame>, cleaned: &mut Cleaned) {
    let Some(first) = frames.first() else { return };
    let frame = bytes.get(first.range.clone()).unwrap_or_default();
    if frame.get(36..40) == Some(b"VBRI") {
        cleaned.removes(Trace::Software);
        frames.remove(0);
        return;
    }
    let place = first.head.sound_at();
    let mut reader = Reader::from(frame, place);
    let Some(name @ (b"Xing" | b"Info")) = reader.take(4) else { return };
    let Some(flags) = reader.be32() else { return };
    let mut out = frame.get(..4).unwrap_or_default().to_vec();
    out.resize(place, 0);
    out.extend(name);
    out.extend((flags & 7).to_be_bytes());
    for (flag, length) in [(1, 4), (2, 4), (4, 100), (8, 4)] {
        if flags & flag != 0 {
            let Some(value) = reader.take(length) else { return };
            match flag {
                1 => out.extend((frames.len() as u32 - 1).to_be_bytes()),
                2 => out.extend((frames.iter().map(|frame| frame.range.len()).sum::<usize>() as u32).to_be_bytes()),
                // Where each hundredth of the sound lies in the file never goes back.
                4 if value.is_sorted() => out.extend(value),
                4 => out.extend((0..100_u32).map(|part| (part * 256 / 100) as u8)),
                _ => {}
            }
        }
    }
    // How many samples at both ends are none of the recording's, in the one way that players read it.
    let after = reader.rest();
    let gaps = after.get(21..24).filter(|_| after.get(..4).is_some_and(|name| name.iter().all(u8::is_ascii_alphabetic)));
    if let Some(gaps) = gaps {
        let from = out.len();
        out.extend(b"LAME\0\0\0\0\0");
        out.resize(from + 21, 0);
        out.extend(gaps);
        out.resize(from + 34, 0);
        let sum = out.iter().fold(0_u16, |sum, byte| {
            let mut sum = sum ^ u16::from(*byte);
            for _ in 0..8 {
                sum = if sum & 1 == 1 { sum >> 1 ^ 0xa001 } else { sum >> 1 };
            }
            sum
        });
        out.extend(sum.to_be_bytes());
    }
    out.resize(frame.len(), 0);
    if out != frame {
        cleaned.removes(Trace::Software);
    }
    cleaned.made(out);
    frames.remove(0);
}

/// The frames of sound; bits between the sound of one and that of the next are noughts.
fn write_sound(bytes: &[u8], frames: &[Frame], cleaned: &mut Cleaned) -> Made<()> {
    // All sound laid end to end: where each frame's own part begins.
    let mut starts = Vec::with_capacity(frames.len() + 1);
    let mut sum = 0;
    for frame in frames {
        starts.push(sum);
        sum += frame.range.len() - frame.head.sound_at();
    }
    starts.push(sum);
    let mut said = false;
    let mut at = 0;
    let mut cursor = 0;
    for (frame, start) in frames.iter().zip(&starts) {
        let side = bytes
            .get(frame.range.start + usize::from(frame.head.side_at)..)
            .and_then(|rest| rest.get(..frame.head.side.into()))
            .ok_or(Fault::Damaged("a frame"))?;
        let (back, length) = side_information(side, frame.head);
        // Sound that began before the file began cannot be played; it is left as it is.
        // Which bits are sound, in the sound laid end to end.
        let from = start.saturating_sub(back) * 8;
        if at < from {
            said |= silence(bytes, frames, &starts, at..from, &mut cursor, cleaned);
        }
        at = at.max(from + length);
    }
    said |= silence(bytes, frames, &starts, at..sum * 8, &mut cursor, cleaned);
    let end = frames.last().map_or(0, |frame| frame.range.end);
    copy(bytes, frames, &mut cursor, end, cleaned);
    if said {
        cleaned.removes(Trace::Software);
    }
    Ok(())
}

/// How far back the sound of a frame begins, and how many bits it has.
fn side_information(side: &[u8], head: Head) -> (usize, usize) {
    let bits = |at: usize, count: usize| read::bits(side, at, count).unwrap_or_default();
    let channels = if head.mono { 1 } else { 2 };
    let (back, first, granules, step) = match (head.one, head.mono) {
        (true, true) => (bits(0, 9), 9 + 5 + 4, 2, 59),
        (true, false) => (bits(0, 9), 9 + 3 + 8, 2, 59),
        (false, true) => (bits(0, 8), 8 + 1, 1, 63),
        (false, false) => (bits(0, 8), 8 + 2, 1, 63),
    };
    let length = (0..granules * channels).map(|part| bits(first + part * step, 12)).sum();
    (back, length)
}

/// Writes what comes before the byte that a gap begins in, and the gap's bytes with its bits as noughts. Whether they said
/// anything.
fn silence(bytes: &[u8], frames: &[Frame], starts: &[usize], gap: Range<usize>, cursor: &mut usize, cleaned: &mut Cleaned) -> bool {
    let mut said = false;
    let (first, last) = (gap.start / 8, gap.end.div_ceil(8));
    let mut number = starts.partition_point(|start| *start <= first).saturating_sub(1);
    for place in first..last {
        while starts.get(number + 1).is_some_and(|next| *next <= place) {
            number += 1;
        }
        let (Some(frame), Some(start)) = (frames.get(number), starts.get(number)) else { break };
        let at = frame.range.start + frame.head.sound_at() + (place - start);
        let Some(byte) = bytes.get(at).copied() else { break };
        let mut mask = 0xff_u8;
        if place * 8 < gap.start {
            mask &= 0xff >> (gap.start - place * 8);
        }
        if place * 8 + 8 > gap.end {
            mask &= !(0xff >> (gap.end - place * 8));
        }
        // A byte that holds the end of one gap and the start of another was written already.
        if byte & mask != 0 && at >= *cursor {
            copy(bytes, frames, cursor, at, cleaned);
            cleaned.made([byte & !mask]);
            *cursor = at + 1;
            said = true;
        }
    }
    said
}

/// Copies frames from where the copy is up to a place in the input; what lies between frames is stepped over.
fn copy(bytes: &[u8], frames: &[Frame], cursor: &mut usize, to: usize, cleaned: &mut Cleaned) {
    let mut number = frames.partition_point(|frame| frame.range.end <= *cursor);
    while let Some(frame) = frames.get(number).filter(|frame| frame.range.start < to) {
        cleaned.copy(bytes, frame.range.start.max(*cursor)..frame.range.end.min(to));
        number += 1;
    }
    *cursor = to;
}
