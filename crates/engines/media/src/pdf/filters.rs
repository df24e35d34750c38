//! How streams are packed (ISO 32000-2, 7.4).

use flate2::{Compress, Compression, Decompress, FlushCompress, FlushDecompress, Status};

use super::parse::{Dict, is_space};
use crate::refused::Fault;

type Made<T> = Result<T, Fault>;

const WRONG: Fault = Fault::Damaged("a packed stream");

pub(crate) fn deflate(bytes: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(bytes.len() / 2 + 64);
    let mut compress = Compress::new(Compression::default(), true);
    loop {
        let rest = bytes.get(compress.total_in() as usize..).unwrap_or_default();
        match compress.compress_vec(rest, &mut out, FlushCompress::Finish) {
            Ok(Status::StreamEnd) | Err(_) => return out,
            Ok(_) => out.reserve(bytes.len() / 2 + 64),
        }
    }
}

/// Inflates into memory, no more than `most`.
pub(crate) fn inflate(bytes: &[u8], most: usize) -> Made<Vec<u8>> {
    let mut inflate = Decompress::new(true);
    let mut out = Vec::with_capacity(bytes.len().saturating_mul(3).min(most) + 64);
    loop {
        let (before_in, before_out) = (inflate.total_in(), out.len());
        let rest = bytes.get(before_in as usize..).unwrap_or_default();
        match inflate.decompress_vec(rest, &mut out, FlushDecompress::None) {
            Ok(Status::StreamEnd) => return Ok(out),
            Ok(_) if out.len() > most => return Err(Fault::TooMuch("bytes in one stream")),
            Ok(_) if inflate.total_in() == before_in && out.len() == before_out && out.len() < out.capacity() => return Err(WRONG),
            Ok(_) => out.reserve(1 << 16),
            Err(_) => return Err(WRONG),
        }
    }
}

/// Where a packed stream ends, however large it unpacks; and how large that is.
pub(crate) fn inflated_end(bytes: &[u8]) -> Made<(usize, u64)> {
    const MOST: u64 = 1 << 31;
    let mut inflate = Decompress::new(true);
    let mut buffer = vec![0; 1 << 16];
    loop {
        let (before_in, before_out) = (inflate.total_in(), inflate.total_out());
        let rest = bytes.get(before_in as usize..).unwrap_or_default();
        match inflate.decompress(rest, &mut buffer, FlushDecompress::None) {
            Ok(Status::StreamEnd) => return Ok((inflate.total_in() as usize, inflate.total_out())),
            Ok(_) if inflate.total_out() > MOST => return Err(Fault::TooMuch("bytes in one picture")),
            Ok(_) if inflate.total_in() == before_in && inflate.total_out() == before_out => return Err(WRONG),
            Ok(_) => {}
            Err(_) => return Err(WRONG),
        }
    }
}

pub(crate) fn ascii_hex(bytes: &[u8]) -> Made<Vec<u8>> {
    let (mut out, mut half) = (Vec::new(), None);
    for byte in bytes {
        match byte {
            b'>' => break,
            byte if is_space(*byte) => {}
            byte => {
                let digit = (*byte as char).to_digit(16).ok_or(WRONG)? as u8;
                match half.take() {
                    Some(high) => out.push(high << 4 | digit),
                    None => half = Some(digit),
                }
            }
        }
    }
    out.extend(half.map(|high: u8| high << 4));
    Ok(out)
}

pub(crate) fn ascii_85(bytes: &[u8], most: usize) -> Made<Vec<u8>> {
    let (mut out, mut group, mut count) = (Vec::new(), 0_u64, 0);
    for byte in bytes {
        match byte {
            b'~' => break,
            // One letter is four bytes.
            b'z' if out.len() > most => return Err(Fault::TooMuch("bytes in one stream")),
            b'z' if count == 0 => out.extend([0; 4]),
            b'!'..=b'u' => {
                group = group * 85 + u64::from(byte - b'!');
                count += 1;
                if count == 5 {
                    out.extend(u32::try_from(group).map_err(|_| WRONG)?.to_be_bytes());
                    (group, count) = (0, 0);
                }
            }
            byte if is_space(*byte) => {}
            _ => return Err(WRONG),
        }
    }
    if count > 1 {
        for _ in count..5 {
            group = group * 85 + 84;
        }
        let last = u32::try_from(group).map_err(|_| WRONG)?.to_be_bytes();
        out.extend(last.get(..count - 1).unwrap_or_default());
    }
    Ok(out)
}

pub(crate) fn run_length(bytes: &[u8], most: usize) -> Made<Vec<u8>> {
    let mut out = Vec::new();
    let mut at = 0;
    while let Some(length) = bytes.get(at) {
        at += 1;
        match length {
            0..=127 => {
                let count = usize::from(*length) + 1;
                out.extend(bytes.get(at..at + count).ok_or(WRONG)?);
                at += count;
            }
            128 => break,
            _ => {
                out.extend(std::iter::repeat_n(*bytes.get(at).ok_or(WRONG)?, 257 - usize::from(*length)));
                at += 1;
            }
        }
        if out.len() > most {
            return Err(Fault::TooMuch("bytes in one stream"));
        }
    }
    Ok(out)
}

/// `early`: codes grow one code early, as in almost every file.
pub(crate) fn lzw(bytes: &[u8], early: bool, most: usize) -> Made<Vec<u8>> {
    let mut out: Vec<u8> = Vec::new();
    // Each entry is a piece of what was written.
    let mut table: Vec<(usize, usize)> = Vec::new();
    let (mut width, mut last, mut at) = (9, None::<(usize, usize)>, 0_usize);
    loop {
        if at + width > bytes.len() * 8 {
            return Ok(out);
        }
        let mut code = 0_usize;
        for bit in at..at + width {
            code = code << 1 | usize::from(bytes.get(bit / 8).copied().unwrap_or_default() >> (7 - bit % 8) & 1);
        }
        at += width;
        match code {
            256 => {
                table.clear();
                (width, last) = (9, None);
                continue;
            }
            257 => return Ok(out),
            _ => {}
        }
        let start = out.len();
        if code < 256 {
            out.push(code as u8);
        } else if let Some((from, length)) = table.get(code - 258).copied() {
            out.extend_from_within(from..from + length);
        } else if let (Some((from, length)), true) = (last, code - 258 == table.len()) {
            out.extend_from_within(from..from + length);
            out.push(*out.get(from).ok_or(WRONG)?);
        } else {
            return Err(WRONG);
        }
        if let Some((from, length)) = last
            && table.len() + 258 < 4096
        {
            table.push((from, length + 1));
        }
        last = Some((start, out.len() - start));
        if out.len() > most {
            return Err(Fault::TooMuch("bytes in one stream"));
        }
        let next = table.len() + 258 + usize::from(early);
        width = match next {
            0..=511 => 9,
            512..=1023 => 10,
            1024..=2047 => 11,
            _ => 12,
        };
    }
}

/// Undoes a predictor (TIFF is not among those that structures use).
pub(crate) fn unpredicted(bytes: Vec<u8>, parms: Option<&Dict>) -> Made<Vec<u8>> {
    let Some(parms) = parms else { return Ok(bytes) };
    let predictor = parms.number("Predictor").unwrap_or(1);
    if predictor == 1 {
        return Ok(bytes);
    }
    if predictor < 10 {
        return Err(Fault::Unknown("a stream that is predicted as in TIFF"));
    }
    let field = |name: &str, usual: i64| {
        usize::try_from(parms.number(name).unwrap_or(usual)).ok().filter(|value| (1..=1 << 20).contains(value)).ok_or(WRONG)
    };
    let (colours, bits, columns) = (field("Colors", 1)?, field("BitsPerComponent", 8)?, field("Columns", 1)?);
    if colours > 64 || bits > 32 {
        return Err(WRONG);
    }
    let (row, step) = ((colours * bits * columns).div_ceil(8), (colours * bits).div_ceil(8));
    // A row that is longer than all there is would take memory and hold nothing.
    if row >= bytes.len() {
        return Err(WRONG);
    }
    let mut out = Vec::with_capacity(bytes.len());
    let mut before = vec![0; row];
    for line in bytes.chunks(row + 1) {
        let (kind, values) = line.split_first().ok_or(WRONG)?;
        let mut here = values.to_vec();
        here.resize(row, 0);
        for at in 0..row {
            let left = if at >= step { here[at - step] } else { 0 };
            let up = before[at];
            let corner = if at >= step { before[at - step] } else { 0 };
            let guess = match kind {
                0 => 0,
                1 => left,
                2 => up,
                3 => ((u16::from(left) + u16::from(up)) / 2) as u8,
                4 => paeth(left, up, corner),
                _ => return Err(WRONG),
            };
            here[at] = here[at].wrapping_add(guess);
        }
        out.extend(here.get(..values.len()).unwrap_or_default());
        before = here;
    }
    Ok(out)
}

fn paeth(left: u8, up: u8, corner: u8) -> u8 {
    let guess = i16::from(left) + i16::from(up) - i16::from(corner);
    let far = |value: u8| (guess - i16::from(value)).abs();
    if far(left) <= far(up) && far(left) <= far(corner) {
        left
    } else if far(up) <= far(corner) {
        up
    } else {
        corner
    }
}

#[cfg(test)]
mod tests {
    use super::{ascii_85, ascii_hex, deflate, inflate, inflated_end, lzw, run_length};

    #[test]
    fn known_examples_unpack() {
        assert_eq!(ascii_hex(b"48 65 6C6c 6f>").unwrap(), b"Hello");
        assert_eq!(ascii_85(b"87cURD]i,\"Ebo80~>", 99).unwrap(), b"Hello World!");
        assert_eq!(run_length(&[2, b'a', b'b', b'c', 254, b'x', 128, b'?'], 99).unwrap(), b"abcxxx");
        // ISO 32000-2, 7.4.4.2.
        assert_eq!(
            lzw(&[0x80, 0x0b, 0x60, 0x50, 0x22, 0x0c, 0x0c, 0x85, 0x01], true, 99).unwrap(),
            [45, 45, 45, 45, 45, 65, 45, 45, 45, 66]
        );
    }

    #[test]
    fn what_is_packed_unpacks_and_ends_where_it_ends() {
        let bytes = b"words and words and words".repeat(1000);
        let packed = deflate(&bytes);
        assert_eq!(inflate(&packed, 1 << 20).unwrap(), bytes);
        assert!(inflate(&packed, 100).is_err());
        assert_eq!(inflated_end(&[packed.as_slice(), b"CANARY"].concat()).unwrap(), (packed.len(), bytes.len() as u64));
    }
}
