//! Ogg (RFC 3533) with Vorbis or Opus: its own pages with a number that everybody's have, an empty head of comments, and
//! the pages of sound.

use std::ops::Range;

use crate::plan::Cleaned;
use crate::read::Reader;
use crate::refused::Fault;
use crate::{Kept, Kind, Trace};

type Made<T> = Result<T, Fault>;

const CUT: Fault = Fault::Damaged("it ends too early");

struct Page {
    flags: u8,
    place: [u8; 8],
    serial: u32,
    segments: Range<usize>,
    body: Range<usize>,
}

pub(crate) fn clean(bytes: &[u8]) -> Made<Cleaned> {
    let mut cleaned = Cleaned::new(Kind::Ogg);
    let mut reader = Reader::new(bytes);
    let mut out = Out { number: 0, cleaned: &mut cleaned };
    let (mut headers, mut wanted, mut serial) = (Vec::new(), 0, None);
    let mut packet = Vec::new();
    let mut ended = false;
    while !reader.is_empty() {
        if ended {
            if reader.rest().starts_with(b"OggS") {
                return Err(Fault::Unknown("several streams"));
            }
            out.cleaned.removes(Trace::TrailingBytes);
            break;
        }
        let page = page(bytes, &mut reader)?;
        if *serial.get_or_insert(page.serial) != page.serial {
            return Err(Fault::Unknown("several streams"));
        }
        if page.serial != 1 && out.number == 0 && headers.is_empty() && packet.is_empty() {
            out.cleaned.removes(Trace::Software);
        }
        ended = page.flags & 4 != 0;
        let segments = bytes.get(page.segments.clone()).unwrap_or_default();
        if wanted == 0 || headers.len() < wanted {
            let mut at = page.body.start;
            for segment in segments {
                let part = bytes.get(at..at + usize::from(*segment)).ok_or(CUT)?;
                packet.extend_from_slice(part);
                at += part.len();
                if *segment < 255 {
                    headers.push(std::mem::take(&mut packet));
                }
            }
            if packet.len() > 1 << 24 || headers.len() > 3 {
                return Err(Fault::TooMuch("bytes in its head"));
            }
            if wanted == 0
                && let Some(first) = headers.first()
            {
                wanted = if first.starts_with(b"\x01vorbis") && first.len() == 30 {
                    3
                } else if is_opus_head(first) {
                    2
                } else {
                    return Err(Fault::Unknown("sound of a codec"));
                };
            }
            if wanted != 0 && headers.len() >= wanted {
                if headers.len() > wanted || !packet.is_empty() {
                    return Err(Fault::Damaged("its head does not end with a page"));
                }
                out.heads(&headers)?;
            }
            continue;
        }
        out.page(page.flags, page.place, segments, bytes, page.body);
    }
    if wanted == 0 || headers.len() < wanted {
        return Err(CUT);
    }
    cleaned.keeps(Kept::CodecSettings);
    Ok(cleaned)
}

/// As long as it has to be: with a table of channels or without.
fn is_opus_head(packet: &[u8]) -> bool {
    let channels = packet.get(9).copied().map_or(0, usize::from);
    let table = if packet.get(18) == Some(&0) { 0 } else { 2 + channels };
    packet.starts_with(b"OpusHead") && packet.len() == 19 + table
}

fn page(bytes: &[u8], reader: &mut Reader<'_>) -> Made<Page> {
    let start = reader.at();
    if reader.take(4) != Some(b"OggS") || reader.byte() != Some(0) {
        return Err(Fault::Damaged("there is something between its pages"));
    }
    let flags = reader.byte().ok_or(CUT)?;
    let place = reader.array().ok_or(CUT)?;
    let serial = reader.le32().ok_or(CUT)?;
    reader.le32().ok_or(CUT)?;
    let sum = reader.le32().ok_or(CUT)?;
    let count = reader.byte().ok_or(CUT)?;
    let segments = reader.range(count.into()).ok_or(CUT)?;
    let length = bytes.get(segments.clone()).unwrap_or_default().iter().map(|segment| usize::from(*segment)).sum();
    let body = reader.range(length).ok_or(CUT)?;
    let head = bytes.get(start..start + 22).ok_or(CUT)?;
    let own = [head, &[0; 4], bytes.get(start + 26..body.start).ok_or(CUT)?].concat();
    if crc(crc(0, &own), bytes.get(body.clone()).ok_or(CUT)?) != sum {
        return Err(Fault::Damaged("the checksum of a page"));
    }
    Ok(Page { flags: flags & 7, place, serial, segments, body })
}

struct Out<'a> {
    number: u32,
    cleaned: &'a mut Cleaned,
}

impl Out<'_> {
    fn heads(&mut self, headers: &[Vec<u8>]) -> Made<()> {
        let [first, comments, rest @ ..] = headers else { return Err(CUT) };
        let vorbis = !first.starts_with(b"Opus");
        let empty: &[u8] = if vorbis { b"\x03vorbis\0\0\0\0\0\0\0\0\x01" } else { b"OpusTags\0\0\0\0\0\0\0\0" };
        if !comments.starts_with(if vorbis { b"\x03vorbis" } else { b"OpusTags" })
            || rest.first().is_some_and(|setup| !setup.starts_with(b"\x05vorbis"))
        {
            return Err(Fault::Damaged("its head"));
        }
        if comments != empty {
            self.cleaned.removes_all(super::TAG);
        }
        self.packets(2, &[first]);
        let mut more = vec![empty];
        more.extend(rest.iter().map(Vec::as_slice));
        self.packets(0, &more);
        Ok(())
    }

    /// Whole packets on as many pages as they take.
    fn packets(&mut self, flags: u8, packets: &[&[u8]]) {
        let mut segments = Vec::new();
        for packet in packets {
            segments.extend(std::iter::repeat_n(255, packet.len() / 255));
            segments.push((packet.len() % 255) as u8);
        }
        let body = packets.concat();
        let mut at = 0;
        let mut open = false;
        let pages = segments.chunks(255).count();
        for (place, chunk) in segments.chunks(255).enumerate() {
            let length: usize = chunk.iter().map(|segment| usize::from(*segment)).sum();
            let part = body.get(at..at + length).unwrap_or_default();
            // A page on which no packet ends has no place in time.
            let ends = chunk.iter().any(|segment| *segment < 255);
            let time = if ends || place + 1 == pages { [0; 8] } else { [0xff; 8] };
            let head = self.head(flags | u8::from(open), time, chunk, part);
            self.cleaned.made(head);
            self.cleaned.made(part);
            open = chunk.last() == Some(&255);
            at += length;
        }
    }

    fn page(&mut self, flags: u8, place: [u8; 8], segments: &[u8], bytes: &[u8], body: Range<usize>) {
        let head = self.head(flags, place, segments, bytes.get(body.clone()).unwrap_or_default());
        self.cleaned.made(head);
        self.cleaned.copy(bytes, body);
    }

    fn head(&mut self, flags: u8, place: [u8; 8], segments: &[u8], body: &[u8]) -> Vec<u8> {
        let mut head = b"OggS\0".to_vec();
        head.push(flags);
        head.extend(place);
        head.extend(1_u32.to_le_bytes());
        head.extend(self.number.to_le_bytes());
        head.extend([0; 4]);
        head.push(segments.len() as u8);
        head.extend(segments);
        let sum = crc(crc(0, &head), body);
        if let Some(field) = head.get_mut(22..26) {
            field.copy_from_slice(&sum.to_le_bytes());
        }
        self.number = self.number.wrapping_add(1);
        head
    }
}

fn crc(sum: u32, bytes: &[u8]) -> u32 {
    const TABLE: [u32; 256] = {
        let mut table = [0_u32; 256];
        let mut number = 0;
        while number < 256 {
            let mut value = (number as u32) << 24;
            let mut bit = 0;
            while bit < 8 {
                value = if value & 0x8000_0000 != 0 { value << 1 ^ 0x04c1_1db7 } else { value << 1 };
                bit += 1;
            }
            table[number] = value;
            number += 1;
        }
        table
    };
    bytes.iter().fold(sum, |sum, byte| sum << 8 ^ TABLE[usize::from((sum >> 24) as u8 ^ byte)])
}
