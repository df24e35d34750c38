//! WAV: how the sound was sampled, and the samples.

use crate::plan::Cleaned;
use crate::read::Reader;
use crate::refused::Fault;
use crate::{Kept, Kind, Trace, xmp};

type Made<T> = Result<T, Fault>;

const CUT: Fault = Fault::Damaged("it ends too early");

pub(crate) fn clean(bytes: &[u8]) -> Made<Cleaned> {
    let mut cleaned = Cleaned::new(Kind::Wav);
    let size = Reader::from(bytes, 4).le32().ok_or(CUT)? as usize;
    let end = size.checked_add(8).filter(|end| *end <= bytes.len()).ok_or(CUT)?;
    if end + end % 2 < bytes.len() {
        cleaned.removes(Trace::TrailingBytes);
    }
    let mut reader = Reader::from(bytes.get(..end).ok_or(CUT)?, 12);
    let (mut format, mut data, mut fact) = (None, None, None);
    while !reader.is_empty() {
        let name: [u8; 4] = reader.array().ok_or(CUT)?;
        let length = reader.le32().ok_or(CUT)? as usize;
        let range = reader.range(length).ok_or(CUT)?;
        if length % 2 == 1 {
            reader.byte();
        }
        let body = bytes.get(range.clone()).unwrap_or_default();
        match &name {
            b"fmt " if format.is_none() => format = Some(format_of(body)?),
            b"data" if data.is_none() => data = Some(range),
            b"fact" if fact.is_none() => fact = body.get(..4),
            b"fmt " | b"data" => return Err(Fault::Damaged("a part that may come once comes twice")),
            b"bext" | b"iXML" | b"cart" | b"aXML" => cleaned.removes_all([Trace::Author, Trace::Time, Trace::Device]),
            b"LIST" | b"id3 " | b"ID3 " => cleaned.removes_all(super::TAG),
            b"_PMX" => cleaned.removes_all(xmp::traces(body)),
            b"cue " | b"smpl" | b"inst" | b"note" | b"labl" => cleaned.removes(Trace::Comment),
            b"PAD " | b"JUNK" | b"FLLR" if body.iter().all(|byte| *byte == 0) => {}
            _ => cleaned.removes(Trace::UnknownPart),
        }
    }
    let (format, data) = format.zip(data).ok_or(Fault::Damaged("there is no sound in it"))?;
    let plain = matches!(format.first(), Some(1));
    let fact = fact.filter(|_| !plain);
    let whole = 4 + 8 + format.len() + fact.map_or(0, |_| 12) + 8 + data.len().next_multiple_of(2);
    cleaned.made(b"RIFF");
    cleaned.made((whole as u32).to_le_bytes());
    cleaned.made(b"WAVEfmt ");
    cleaned.made((format.len() as u32).to_le_bytes());
    cleaned.made(&format);
    if let Some(fact) = fact {
        cleaned.made(b"fact\x04\0\0\0");
        cleaned.made(fact);
    }
    cleaned.made(b"data");
    cleaned.made((data.len() as u32).to_le_bytes());
    let odd = data.len() % 2 == 1;
    cleaned.copy(bytes, data);
    if odd {
        cleaned.made([0]);
    }
    cleaned.keeps(Kept::CodecSettings);
    Ok(cleaned)
}

/// The description of the samples, of a format that is known, with nothing behind it.
fn format_of(body: &[u8]) -> Made<Vec<u8>> {
    const WRONG: Fault = Fault::Damaged("the description of its samples");
    let kind = Reader::new(body).le16().ok_or(WRONG)?;
    let length = match kind {
        1 | 3 | 6 | 7 => 16,
        // Packed to four bits; the table of Microsoft's is a part of it.
        2 => 50,
        0x11 => 20,
        0xfffe => 40,
        _ => return Err(Fault::Unknown("sound of a codec")),
    };
    let mut out = body.get(..length).ok_or(WRONG)?.to_vec();
    // The size of what follows, the samples of a block, and the seven pairs of Microsoft's.
    const PAIRS: [i16; 15] = [7, 256, 0, 512, -256, 0, 0, 192, 64, 240, 0, 460, -208, 392, -232];
    let packed = match kind {
        2 => {
            out.get(16..18) == Some(&[32, 0])
                && out.get(20..) == Some(PAIRS.iter().flat_map(|number| number.to_le_bytes()).collect::<Vec<_>>().as_slice())
        }
        0x11 => out.get(16..18) == Some(&[2, 0]),
        _ => true,
    };
    if !packed {
        return Err(Fault::Unknown("sound that is packed in a way of its own"));
    }
    if kind == 0xfffe {
        const TAIL: &[u8] = b"\0\0\0\0\x10\0\x80\0\0\xaa\0\x38\x9b\x71";
        let known = matches!(out.get(24..26), Some([1 | 3 | 6 | 7, 0])) && out.get(26..) == Some(TAIL);
        if !known {
            return Err(Fault::Unknown("sound of a codec"));
        }
        if let Some(size) = out.get_mut(16..18) {
            size.copy_from_slice(&[22, 0]);
        }
    } else if length == 16 && kind != 1 {
        out.extend([0, 0]);
    }
    Ok(out)
}
