//! The coded blocks of a sequential picture, walked to their last bit and not drawn (ITU-T T.81, annex F): what lies behind
//! that bit, at the end or before a restart, is nothing that anybody sees.

use std::ops::Range;

use crate::refused::Fault;

type Made<T> = Result<T, Fault>;

const WRONG: Fault = Fault::Damaged("its coded blocks");

/// Of each sixteen bits: how long the code is that they begin with, and what it means.
pub(super) struct Codes(Vec<(u8, u8)>);

impl Codes {
    /// From a table as it stands in the file: how many codes there are of each length, then their meanings.
    pub(super) fn new(table: &[u8]) -> Made<Self> {
        const TABLE: Fault = Fault::Damaged("a Huffman table");
        let (counts, values) = table.get(1..).and_then(|table| table.split_at_checked(16)).ok_or(TABLE)?;
        let mut codes = vec![(0, 0); 1 << 16];
        let (mut code, mut values) = (0_usize, values.iter());
        for (place, count) in counts.iter().enumerate() {
            let length = place + 1;
            for _ in 0..*count {
                let value = values.next().ok_or(TABLE)?;
                let from = code << (16 - length);
                codes.get_mut(from..from + (1 << (16 - length))).ok_or(TABLE)?.fill((length as u8, *value));
                code += 1;
            }
            code <<= 1;
        }
        Ok(Self(codes))
    }
}

/// One component of a scan: how many blocks it has in each unit, and its codes.
pub(super) struct Part<'a> {
    pub(super) blocks: usize,
    pub(super) dc: &'a Codes,
    pub(super) ac: &'a Codes,
}

struct Bits<'a> {
    bytes: &'a [u8],
    at: usize,
    buffer: u64,
    count: u32,
}

impl Bits<'_> {
    fn fill(&mut self) {
        while self.count <= 48 {
            let Some(byte) = self.bytes.get(self.at).copied() else { return };
            if byte == 0xff {
                // Anything but a stuffed byte is a restart.
                if self.bytes.get(self.at + 1) != Some(&0) {
                    return;
                }
                self.at += 1;
            }
            self.at += 1;
            self.buffer = self.buffer << 8 | u64::from(byte);
            self.count += 8;
        }
    }

    fn code(&mut self, codes: &Codes) -> Made<u8> {
        if self.count < 16 {
            self.fill();
        }
        let window = if self.count >= 16 { self.buffer >> (self.count - 16) } else { self.buffer << (16 - self.count) };
        let (length, value) = *codes.0.get((window & 0xffff) as usize).ok_or(WRONG)?;
        if length == 0 {
            return Err(WRONG);
        }
        self.skip(length.into())?;
        Ok(value)
    }

    fn skip(&mut self, count: u32) -> Made<()> {
        if self.count < count {
            self.fill();
        }
        self.count = self.count.checked_sub(count).ok_or(WRONG)?;
        Ok(())
    }

    /// Where the byte ends that the last bit stands in.
    fn end(&self) -> usize {
        let mut at = self.at;
        for _ in 0..self.count / 8 {
            let stuffed = at >= 2 && self.bytes.get(at - 2..at) == Some(&[0xff, 0]);
            at = at.saturating_sub(if stuffed { 2 } else { 1 });
        }
        at
    }
}

/// The ranges of coded bytes that draw something, with the restarts between them.
pub(super) fn walk(bytes: &[u8], parts: &[Part<'_>], units: u64, restart: u16) -> Made<Vec<Range<usize>>> {
    let mut kept = Vec::new();
    let (mut left, mut start) = (units, 0);
    loop {
        let mut bits = Bits { bytes, at: start, buffer: 0, count: 0 };
        let now = if restart == 0 { left } else { left.min(restart.into()) };
        for _ in 0..now {
            for part in parts {
                for _ in 0..part.blocks {
                    block(&mut bits, part)?;
                }
            }
        }
        left -= now;
        let end = bits.end();
        add(&mut kept, start..end)?;
        if left == 0 {
            return Ok(kept);
        }
        let rest = bytes.get(end..).unwrap_or_default();
        let next = rest.windows(2).position(|pair| matches!(pair, [0xff, 0xd0..=0xd7])).ok_or(WRONG)?;
        add(&mut kept, end + next..end + next + 2)?;
        start = end + next + 2;
    }
}

/// Camera and telephone leave nothing between a block and a restart.
const MOST_GAPS: usize = 100_000;

fn add(kept: &mut Vec<Range<usize>>, range: Range<usize>) -> Made<()> {
    match kept.last_mut() {
        Some(last) if last.end == range.start => last.end = range.end,
        _ => kept.push(range),
    }
    if kept.len() > MOST_GAPS { Err(Fault::TooMuch("gaps before restarts")) } else { Ok(()) }
}

fn block(bits: &mut Bits<'_>, part: &Part<'_>) -> Made<()> {
    let size = bits.code(part.dc)?;
    if size > 16 {
        return Err(WRONG);
    }
    bits.skip(size.into())?;
    let mut place = 1;
    while place < 64 {
        let code = bits.code(part.ac)?;
        let (run, size) = (code >> 4, code & 15);
        if size == 0 {
            if run != 15 {
                return Ok(());
            }
            place += 16;
            continue;
        }
        place += usize::from(run) + 1;
        bits.skip(size.into())?;
    }
    if place <= 64 { Ok(()) } else { Err(WRONG) }
}
