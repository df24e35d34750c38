//! Boxes of the ISO base media format (ISO 14496-12), which films and the photographs of newer telephones are made of.

use std::ops::Range;

use crate::read::Reader;
use crate::refused::Fault;

type Made<T> = Result<T, Fault>;

const MOST_BOXES: usize = 100_000;

#[derive(Clone, Debug)]
pub(crate) struct Box {
    pub(crate) name: [u8; 4],
    /// Without its head.
    pub(crate) body: Range<usize>,
}

impl Box {
    pub(crate) fn bytes<'a>(&self, all: &'a [u8]) -> &'a [u8] {
        all.get(self.body.clone()).unwrap_or_default()
    }
}

/// The boxes of a range, one after the other. QuickTime ends some lists with four noughts.
pub(crate) fn boxes(all: &[u8], range: Range<usize>) -> Made<Vec<Box>> {
    const WRONG: Fault = Fault::Damaged("the size of a box");
    let mut reader = Reader::from(all.get(..range.end).ok_or(WRONG)?, range.start);
    let mut found = Vec::new();
    while !reader.is_empty() {
        if reader.left() == 4 && reader.rest() == [0; 4] {
            break;
        }
        let start = reader.at();
        let size = reader.be32().ok_or(WRONG)? as usize;
        let name = reader.array().ok_or(WRONG)?;
        let size = match size {
            0 => range.end - start,
            1 => usize::try_from(reader.be64().ok_or(WRONG)?).map_err(|_| WRONG)?,
            size => size,
        };
        let body = size.checked_sub(reader.at() - start).and_then(|length| reader.range(length)).ok_or(WRONG)?;
        found.push(Box { name, body });
        if found.len() > MOST_BOXES {
            return Err(Fault::TooMuch("boxes"));
        }
    }
    Ok(found)
}

/// The one box of a name.
pub(crate) fn one<'a>(boxes: &'a [Box], name: &[u8; 4]) -> Made<Option<&'a Box>> {
    let mut found = boxes.iter().filter(|one| &one.name == name);
    let first = found.next();
    if found.next().is_some() { Err(Fault::Damaged("a box that may come once comes twice")) } else { Ok(first) }
}

pub(crate) fn written(name: &[u8; 4], body: &[u8]) -> Vec<u8> {
    let mut out = (body.len() as u32 + 8).to_be_bytes().to_vec();
    out.extend(name);
    out.extend(body);
    out
}

/// Writes a box whose body is written by `body`, in one place and without a copy of it.
pub(crate) fn nested(out: &mut Vec<u8>, name: &[u8; 4], body: impl FnOnce(&mut Vec<u8>)) {
    let start = out.len();
    out.extend([0; 4]);
    out.extend(name);
    body(out);
    let length = (out.len() - start) as u32;
    if let Some(field) = out.get_mut(start..start + 4) {
        field.copy_from_slice(&length.to_be_bytes());
    }
}

/// A box with a version and flags, of which a count and so many entries follow; anything behind them is cut off.
pub(crate) fn listed(all: &[u8], found: &Box, entry: impl Fn(u8) -> usize) -> Made<Vec<u8>> {
    const WRONG: Fault = Fault::Damaged("a table");
    let body = found.bytes(all);
    let mut reader = Reader::new(body);
    let version = reader.byte().ok_or(WRONG)?;
    reader.take(3).ok_or(WRONG)?;
    let count = reader.be32().ok_or(WRONG)? as usize;
    let length = count.checked_mul(entry(version)).ok_or(WRONG)?;
    reader.take(length).ok_or(WRONG)?;
    let mut out = body.get(..reader.at()).unwrap_or_default().to_vec();
    if let Some(flags) = out.get_mut(1..4) {
        flags.fill(0);
    }
    Ok(written(&found.name, &out))
}
