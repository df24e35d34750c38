//! Messages inside samples: what encoders write into the stream itself, beside what is shown and heard.
//!
//! x264 writes all its settings into the first picture, telephones write their own there, and clocks stand in timing
//! messages. Of the messages stay those that change how a picture is shown.

use std::ops::Range;

use super::entry::{Codec, Speech};
use crate::Trace;
use crate::plan::{Cleaned, Pieces};
use crate::read::{self, Reader, find};
use crate::refused::Fault;

type Made<T> = Result<T, Fault>;

const WRONG: Fault = Fault::Damaged("a sample");

/// Where to start, what lies beside each other, which way is up, light and its curve (H.264 and H.265, annex D).
const KEPT: [u32; 7] = [6, 45, 47, 129, 137, 144, 147];

/// What is written of a sample.
pub(super) fn clean(bytes: &[u8], sample: Range<usize>, codec: &Codec, to: &mut Pieces, cleaned: &mut Cleaned) -> Made<()> {
    let body = bytes.get(sample.clone()).ok_or(WRONG)?;
    match codec.speech {
        Speech::None => to.copy(bytes, sample),
        Speech::Avc | Speech::Hevc => units(bytes, sample, codec, to, cleaned)?,
        Speech::Visual => {
            for range in without_user_data(body, cleaned) {
                to.copy(bytes, sample.start + range.start..sample.start + range.end);
            }
        }
        Speech::Aac => {
            let mut at = sample.start;
            for (place, anew) in silenced(body, cleaned) {
                to.copy(bytes, at..sample.start + place);
                at = sample.start + place + anew.len();
                to.made(anew);
            }
            to.copy(bytes, at..sample.end);
        }
    }
    Ok(())
}

fn units(bytes: &[u8], sample: Range<usize>, codec: &Codec, to: &mut Pieces, cleaned: &mut Cleaned) -> Made<()> {
    let mut reader = Reader::from(bytes.get(..sample.end).ok_or(WRONG)?, sample.start);
    let hevc = codec.speech == Speech::Hevc;
    while !reader.is_empty() {
        let start = reader.at();
        let length = reader.take(codec.length).ok_or(WRONG)?.iter().fold(0, |sum, byte| sum << 8 | usize::from(*byte));
        let body = reader.range(length).ok_or(WRONG)?;
        let unit = bytes.get(body.clone()).ok_or(WRONG)?;
        let Some(first) = unit.first() else { continue };
        let kind = if hevc { first >> 1 & 0x3f } else { first & 0x1f };
        // Of H.265 the layer stands in the head: a second eye, or a sharper picture that few players know.
        let layer = hevc && (first & 1 != 0 || unit.get(1).is_some_and(|second| second >> 3 != 0));
        let (message, unknown) =
            if hevc { (matches!(kind, 39 | 40), !is_drawn_hevc(kind, unit)) } else { (kind == 6, !is_drawn_avc(kind, unit)) };
        if layer || !hevc && matches!(kind, 14 | 15 | 19..=21) {
            cleaned.removes(Trace::HiddenLayer);
        } else if !message && unknown {
            cleaned.removes(Trace::UnknownPart);
        } else if message {
            if let Some(anew) = messages(unit, if hevc { 2 } else { 1 }, cleaned)? {
                let length = (anew.len() as u32).to_be_bytes();
                to.made(length.get(4 - codec.length..).ok_or(WRONG)?);
                to.made(anew);
            }
        } else {
            to.copy(bytes, start..body.end);
        }
    }
    Ok(())
}

/// Slices, sets of parameters, and marks of no more bytes than they need.
fn is_drawn_avc(kind: u8, unit: &[u8]) -> bool {
    match kind {
        1..=5 | 7 | 8 | 13 => true,
        9 => unit.len() == 2,
        10 | 11 => unit.len() == 1,
        _ => false,
    }
}

fn is_drawn_hevc(kind: u8, unit: &[u8]) -> bool {
    match kind {
        0..=9 | 16..=21 | 32..=34 => true,
        35 => unit.len() == 3,
        36 | 37 => unit.len() == 2,
        _ => false,
    }
}

/// A unit of messages with those that stay; `None` when none does.
fn messages(unit: &[u8], head: usize, cleaned: &mut Cleaned) -> Made<Option<Vec<u8>>> {
    let plain = unescaped(unit.get(head..).ok_or(WRONG)?);
    let mut reader = Reader::new(&plain);
    let mut kept = Vec::new();
    let mut removed = false;
    // At the end stands one bit and nothing more.
    while reader.left() > 1 {
        let start = reader.at();
        let mut number = || -> Option<u32> {
            let mut sum = 0_u32;
            loop {
                let byte = reader.byte()?;
                sum = sum.checked_add(byte.into())?;
                if byte != 0xff {
                    return Some(sum);
                }
            }
        };
        let (Some(kind), Some(length)) = (number(), number()) else { break };
        if reader.take(length as usize).is_none() {
            break;
        }
        if KEPT.contains(&kind) {
            kept.extend(plain.get(start..reader.at()).unwrap_or_default());
        } else {
            removed = true;
            // A timing message may hold a clock.
            cleaned.removes(if kind == 1 { Trace::Time } else { Trace::Software });
        }
    }
    if kept.is_empty() {
        if !removed {
            cleaned.removes(Trace::UnknownPart);
        }
        return Ok(None);
    }
    kept.push(0x80);
    Ok(Some([unit.get(..head).ok_or(WRONG)?, &escaped(&kept)].concat()))
}

fn unescaped(bytes: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(bytes.len());
    let mut noughts = 0;
    for byte in bytes {
        if noughts >= 2 && *byte == 3 {
            noughts = 0;
            continue;
        }
        noughts = if *byte == 0 { noughts + 1 } else { 0 };
        out.push(*byte);
    }
    out
}

fn escaped(bytes: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(bytes.len() + 4);
    let mut noughts = 0;
    for byte in bytes {
        if noughts >= 2 && *byte <= 3 {
            out.push(3);
            noughts = 0;
        }
        noughts = if *byte == 0 { noughts + 1 } else { 0 };
        out.push(*byte);
    }
    out
}

/// MPEG-4 part 2: user data goes from its start code to the next one. The ranges that stay.
pub(super) fn without_user_data(bytes: &[u8], cleaned: &mut Cleaned) -> Vec<Range<usize>> {
    let mut kept = Vec::new();
    let mut at = 0;
    while let Some(step) = bytes.get(at..).and_then(|rest| find(rest, b"\0\0\x01\xb2")) {
        kept.push(at..at + step);
        cleaned.removes(Trace::Software);
        let after = at + step + 4;
        at = bytes.get(after..).and_then(|rest| find(rest, b"\0\0\x01")).map_or(bytes.len(), |next| after + next);
    }
    kept.push(at..bytes.len());
    kept
}

/// Elements before the sound of an AAC frame that no decoder plays: their bytes become noughts. Where, and the bytes.
///
/// FFmpeg writes its name into the first frame so.
fn silenced(frame: &[u8], cleaned: &mut Cleaned) -> Vec<(usize, Vec<u8>)> {
    const FILL: usize = 6;
    const DATA: usize = 4;
    let bits = |at: usize, count: usize| read::bits(frame, at, count);
    // Where the words of an element begin, and how many bytes they are.
    let element = |at: usize| -> Option<(usize, usize)> {
        match bits(at, 3)? {
            FILL => {
                let (mut count, mut from) = (bits(at + 3, 4)?, at + 7);
                if count == 15 {
                    count = bits(from, 8)? + 14;
                    from += 8;
                }
                Some((from, count))
            }
            DATA => {
                let aligned = bits(at + 7, 1)? == 1;
                let (mut count, mut from) = (bits(at + 8, 8)?, at + 16);
                if count == 255 {
                    count += bits(from, 8)?;
                    from += 8;
                }
                Some((if aligned { from.next_multiple_of(8) } else { from }, count))
            }
            _ => None,
        }
    };
    let mut out: Vec<(usize, Vec<u8>)> = Vec::new();
    let mut at = 0;
    while let Some((from, count)) = element(at) {
        let end = from + count * 8;
        if end > frame.len() * 8 {
            break;
        }
        if (from..end).any(|bit| bits(bit, 1) == Some(1)) {
            cleaned.removes(Trace::Software);
            let first = from / 8;
            let mut anew = frame.get(first..end.div_ceil(8)).unwrap_or_default().to_vec();
            // A byte that the words before end in was changed already.
            if let (Some((place, before)), Some(byte)) = (out.last(), anew.first_mut())
                && place + before.len() > first
            {
                *byte = before.last().copied().unwrap_or_default();
            }
            for bit in from..end {
                if let Some(byte) = anew.get_mut(bit / 8 - first) {
                    *byte &= !(0x80 >> (bit % 8));
                }
            }
            if out.last().is_some_and(|(place, before)| place + before.len() > first)
                && let Some((_, before)) = out.last_mut()
            {
                before.pop();
            }
            out.push((first, anew));
        }
        at = end;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::{escaped, messages, unescaped};
    use crate::plan::Cleaned;
    use crate::{Kind, Trace};

    #[test]
    fn what_is_escaped_is_the_same_again() {
        for bytes in [[0, 0, 0, 0, 1].as_slice(), &[0, 0, 3, 0, 0, 2], &[1, 2, 3]] {
            assert_eq!(unescaped(&escaped(bytes)), bytes);
        }
    }

    #[test]
    fn of_the_messages_those_stay_that_change_what_is_shown() {
        let unit = [&[6, 5, 20], b"CANARYCANARYCANARYab".as_slice(), &[6, 1, 0xc4, 1, 2, 9, 9, 0x80]].concat();
        let mut cleaned = Cleaned::new(Kind::Mp4);
        assert_eq!(messages(&unit, 1, &mut cleaned).unwrap().unwrap(), [6, 6, 1, 0xc4, 0x80]);
        assert_eq!(cleaned.removed().get(&Trace::Software), Some(&1));
        assert_eq!(cleaned.removed().get(&Trace::Time), Some(&1));
    }
}
