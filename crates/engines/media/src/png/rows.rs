//! The coded rows of a picture: inflated to their end, and packed anew where others lie behind the last.

use std::ops::Range;

use flate2::{Compress, Compression, Decompress, FlushCompress, FlushDecompress, Status};

use crate::Trace;
use crate::plan::Cleaned;
use crate::refused::Fault;

type Made<T> = Result<T, Fault>;

/// Inflated rows of one picture or frame.
const MOST_ROWS: u64 = 1 << 31;
/// Rows that are packed anew, of all frames.
const MOST_ANEW: u64 = 1 << 28;
/// What rows that are packed anew may take: it is held in memory.
const MOST_PACKED: usize = 64 << 20;

pub(super) enum Rows {
    AsTheyAre(Vec<Range<usize>>),
    Anew(Vec<u8>),
}

/// The coded rows and nothing after them.
pub(super) fn coded(bytes: &[u8], data: &[Range<usize>], expected: u64, cleaned: &mut Cleaned) -> Made<Rows> {
    if expected > MOST_ROWS {
        return Err(Fault::TooMuch("rows"));
    }
    let mut anew = None;
    let (used, inflated) = inflate(bytes, data, expected, &mut anew)?;
    if inflated < expected {
        return Err(Fault::Damaged("rows are missing"));
    }
    if inflated > expected {
        cleaned.removes(Trace::EarlierVersion);
        if expected > MOST_ANEW {
            return Err(Fault::TooMuch("rows that hide others"));
        }
        let mut compress = Some((Compress::new(Compression::default(), true), Vec::new()));
        inflate(bytes, data, expected, &mut compress)?;
        let (mut compress, mut out) = compress.ok_or(Fault::Damaged("its coded rows"))?;
        finish(&mut compress, &mut out);
        if cleaned.made_length() + out.len() > MOST_PACKED {
            return Err(Fault::TooMuch("rows that hide others"));
        }
        return Ok(Rows::Anew(out));
    }
    let mut left = used;
    let mut ranges = Vec::new();
    for range in data {
        let length = range.len().min(usize::try_from(left).unwrap_or(usize::MAX));
        ranges.push(range.start..range.start + length);
        left -= length as u64;
    }
    if data.iter().map(Range::len).sum::<usize>() as u64 > used {
        cleaned.removes(Trace::EarlierVersion);
    }
    Ok(Rows::AsTheyAre(ranges))
}

/// Inflates, and says how many bytes went in and came out; at most one row's worth beyond what is expected is looked at.
/// With a compressor, the expected bytes are compressed anew.
fn inflate(bytes: &[u8], data: &[Range<usize>], expected: u64, anew: &mut Option<(Compress, Vec<u8>)>) -> Made<(u64, u64)> {
    const WRONG: Fault = Fault::Damaged("its coded rows");
    let mut inflate = Decompress::new(true);
    let mut buffer = vec![0; 1 << 16];
    for range in data {
        let part = bytes.get(range.clone()).ok_or(WRONG)?;
        let start = inflate.total_in();
        loop {
            let from = (inflate.total_in() - start) as usize;
            let (before_in, before_out) = (inflate.total_in(), inflate.total_out());
            let status = inflate.decompress(part.get(from..).unwrap_or_default(), &mut buffer, FlushDecompress::None).map_err(|_| WRONG)?;
            let out = (inflate.total_out() - before_out) as usize;
            if let Some((compress, to)) = anew {
                let wanted = usize::try_from(expected.saturating_sub(before_out)).unwrap_or(usize::MAX).min(out);
                feed(compress, buffer.get(..wanted).unwrap_or_default(), to);
            }
            if status == Status::StreamEnd {
                return Ok((inflate.total_in(), inflate.total_out()));
            }
            if inflate.total_out() > expected {
                return Ok((inflate.total_in(), inflate.total_out()));
            }
            if out == 0 && inflate.total_in() == before_in {
                break;
            }
        }
    }
    Err(Fault::Damaged("its coded rows end too early"))
}

fn feed(compress: &mut Compress, mut bytes: &[u8], to: &mut Vec<u8>) {
    while !bytes.is_empty() {
        to.reserve(bytes.len() + 64);
        let before = compress.total_in();
        if compress.compress_vec(bytes, to, FlushCompress::None).is_err() {
            return;
        }
        let used = (compress.total_in() - before) as usize;
        bytes = bytes.get(used..).unwrap_or_default();
    }
}

fn finish(compress: &mut Compress, to: &mut Vec<u8>) {
    loop {
        to.reserve(1 << 12);
        if !matches!(compress.compress_vec(&[], to, FlushCompress::Finish), Ok(Status::Ok | Status::BufError)) {
            return;
        }
    }
}

pub(super) fn deflate(bytes: &[u8]) -> Vec<u8> {
    let (mut compress, mut out) = (Compress::new(Compression::default(), true), Vec::new());
    feed(&mut compress, bytes, &mut out);
    finish(&mut compress, &mut out);
    out
}

/// A profile; the largest are some megabytes.
pub(super) fn inflate_small(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut out = Vec::with_capacity(1 << 22);
    match Decompress::new(true).decompress_vec(bytes, &mut out, FlushDecompress::Finish) {
        Ok(Status::StreamEnd) => Some(out),
        _ => None,
    }
}

pub(super) fn write_rows(bytes: &[u8], name: [u8; 4], before: &[u8], rows: Rows, cleaned: &mut Cleaned) -> Made<()> {
    let length = match &rows {
        Rows::AsTheyAre(ranges) => ranges.iter().map(Range::len).sum(),
        Rows::Anew(bytes) => bytes.len(),
    } + before.len();
    let length = u32::try_from(length).ok().filter(|length| *length < 1 << 31).ok_or(Fault::TooMuch("bytes of one picture"))?;
    let mut sum = crc32fast::Hasher::new();
    sum.update(&name);
    sum.update(before);
    cleaned.made(length.to_be_bytes());
    cleaned.made(name);
    cleaned.made(before);
    match rows {
        Rows::AsTheyAre(ranges) => {
            for range in ranges {
                sum.update(bytes.get(range.clone()).unwrap_or_default());
                cleaned.copy(bytes, range.clone());
            }
        }
        Rows::Anew(bytes) => {
            sum.update(&bytes);
            cleaned.pieces.take(bytes);
        }
    }
    cleaned.made(sum.finalize().to_be_bytes());
    Ok(())
}
