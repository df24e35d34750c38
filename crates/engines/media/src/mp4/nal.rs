//! Messages inside samples: what encoders write into the stream itself, beside what is shown and heard.
//!
//! x264 writes all its settings into the first picture, telephones write their own there, and clocks stand in timing
//! messages. Of the messages stay those that change how a picture is shown.

use std::ops::Range;

use super::entry::{Codec, Speech};
use crate::Trace;
use crate::plan::{Cleaned, Piece};
use crate::read::{Reader, find};
use crate::refused::Fault;

type Made<T> = Result<T, Fault>;

const WRONG: Fault = Fault::Damaged("a sample");

/// Where to start, what lies beside each other, which way is up, light and its curve (H.264 and H.265, annex D).
const KEPT: [u32; 7] = [6, 45, 47, 129, 137, 144, 147];

/// What is written of a sample.
pub(super) fn clean(bytes: &[u8], sample: Range<usize>, codec: &Codec, cleaned: &mut Cleaned) -> Made<Vec<Piece>> {
    match codec.speech {
        Speech::None => Ok(vec![Piece::Input(sample)]),
        Speech::Avc | Speech::Hevc => units(bytes, sample, codec, cleaned),
        Speech::Visual => {
            let body = bytes.get(sample.clone()).ok_or(WRONG)?;
            if find(body, b"\0\0\x01\xb2").is_none() {
                return Ok(vec![Piece::Input(sample)]);
            }
            Ok(vec![Piece::Made(without_user_data(body, cleaned))])
        }
        Speech::Aac => Ok(silenced(bytes.get(sample.clone()).ok_or(WRONG)?, cleaned)
            .map_or_else(|| vec![Piece::Input(sample)], |anew| vec![Piece::Made(anew)])),
    }
}

fn units(bytes: &[u8], sample: Range<usize>, codec: &Codec, cleaned: &mut Cleaned) -> Made<Vec<Piece>> {
    let mut pieces: Vec<Piece> = Vec::new();
    let mut reader = Reader::from(bytes.get(..sample.end).ok_or(WRONG)?, sample.start);
    let hevc = codec.speech == Speech::Hevc;
    while !reader.is_empty() {
        let start = reader.at();
        let length = reader.take(codec.length).ok_or(WRONG)?.iter().fold(0, |sum, byte| sum << 8 | usize::from(*byte));
        let body = reader.range(length).ok_or(WRONG)?;
        let unit = bytes.get(body.clone()).ok_or(WRONG)?;
        let Some(first) = unit.first() else { continue };
        let kind = if hevc { first >> 1 & 0x3f } else { first & 0x1f };
        let (message, unknown) =
            if hevc { (matches!(kind, 39 | 40), kind == 38 || kind >= 41) } else { (kind == 6, kind == 12 || kind == 0 || kind >= 22) };
        if unknown {
            cleaned.removes(Trace::UnknownPart);
        } else if message {
            if let Some(anew) = messages(unit, if hevc { 2 } else { 1 }, cleaned)? {
                let length = (anew.len() as u32).to_be_bytes();
                pieces.push(Piece::Made([length.get(4 - codec.length..).ok_or(WRONG)?, &anew].concat()));
            }
        } else {
            match pieces.last_mut() {
                Some(Piece::Input(last)) if last.end == start => last.end = body.end,
                _ => pieces.push(Piece::Input(start..body.end)),
            }
        }
    }
    Ok(pieces)
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

/// MPEG-4 part 2: user data goes from its start code to the next one.
pub(super) fn without_user_data(bytes: &[u8], cleaned: &mut Cleaned) -> Vec<u8> {
    let mut out = Vec::with_capacity(bytes.len());
    let mut rest = bytes;
    while let Some(at) = find(rest, b"\0\0\x01\xb2") {
        out.extend(rest.get(..at).unwrap_or_default());
        cleaned.removes(Trace::Software);
        rest = rest.get(at + 4..).unwrap_or_default();
        rest = find(rest, b"\0\0\x01").and_then(|next| rest.get(next..)).unwrap_or_default();
    }
    out.extend(rest);
    out
}

/// Elements before the sound of an AAC frame that no decoder plays: their bytes become noughts. `None` when there are none.
///
/// FFmpeg writes its name into the first frame so.
fn silenced(frame: &[u8], cleaned: &mut Cleaned) -> Option<Vec<u8>> {
    const FILL: usize = 6;
    const DATA: usize = 4;
    let bits = |at: usize, count: usize| -> Option<usize> {
        if at + count > frame.len() * 8 {
            return None;
        }
        Some(
            (at..at + count)
                .fold(0, |sum, bit| sum << 1 | usize::from(frame.get(bit / 8).copied().unwrap_or_default() >> (7 - bit % 8) & 1)),
        )
    };
    let mut out: Option<Vec<u8>> = None;
    let mut at = 0;
    loop {
        let (from, count) = match bits(at, 3)? {
            FILL => {
                let mut count = bits(at + 3, 4)?;
                let mut from = at + 7;
                if count == 15 {
                    count = bits(from, 8)? + 14;
                    from += 8;
                }
                (from, count)
            }
            DATA => {
                let aligned = bits(at + 7, 1)? == 1;
                let mut count = bits(at + 8, 8)?;
                let mut from = at + 16;
                if count == 255 {
                    count += bits(from, 8)?;
                    from += 8;
                }
                (if aligned { from.next_multiple_of(8) } else { from }, count)
            }
            _ => return out,
        };
        let end = from + count * 8;
        if end > frame.len() * 8 {
            return out;
        }
        let said = (from..end).any(|bit| bits(bit, 1) == Some(1));
        if said {
            cleaned.removes(Trace::Software);
            let anew = out.get_or_insert_with(|| frame.to_vec());
            for bit in from..end {
                if let Some(byte) = anew.get_mut(bit / 8) {
                    *byte &= !(0x80 >> (bit % 8));
                }
            }
        }
        at = end;
    }
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
