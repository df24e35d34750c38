//! Exif: which way is up, and what else it told. The block is always dropped; an orientation other than upright is written
//! anew, alone.

use std::collections::BTreeSet;

use crate::Trace;
use crate::read::Reader;

/// No camera writes more directories, and a loop of them is a trap.
const MOST_DIRECTORIES: usize = 64;
const MOST_ENTRIES: usize = 2000;

const ORIENTATION: u16 = 0x0112;

pub(crate) struct Exif {
    /// 2 to 8; upright needs no word.
    pub(crate) orientation: Option<u8>,
    pub(crate) traces: BTreeSet<Trace>,
}

/// Reads a TIFF block. Damage is no error: all of it is dropped, and what could be read is told.
pub(crate) fn read(tiff: &[u8]) -> Exif {
    let mut exif = Exif { orientation: None, traces: BTreeSet::new() };
    let little = match tiff.get(..4) {
        Some(b"II*\0") => true,
        Some(b"MM\0*") => false,
        _ => {
            exif.traces.insert(Trace::UnknownPart);
            return exif;
        }
    };
    let number = |at: usize, width: usize| -> Option<u32> {
        let mut reader = Reader::from(tiff, at);
        match (width, little) {
            (2, true) => reader.le16().map(u32::from),
            (2, false) => reader.be16().map(u32::from),
            (_, true) => reader.le32(),
            (_, false) => reader.be32(),
        }
    };
    // The second directory of the main chain describes the thumbnail.
    let mut waiting: Vec<(usize, bool)> = number(4, 4).map(|at| (at as usize, true)).into_iter().collect();
    let mut seen = BTreeSet::new();
    while let Some((at, main)) = waiting.pop() {
        if seen.len() >= MOST_DIRECTORIES || !seen.insert(at) {
            continue;
        }
        let Some(count) = number(at, 2) else { continue };
        let count = (count as usize).min(MOST_ENTRIES);
        for entry in 0..count {
            let place = at + 2 + entry * 12;
            let (Some(tag), Some(value)) = (number(place, 2), number(place + 8, 4)) else { break };
            let tag = tag as u16;
            if tag == ORIENTATION {
                if let Some(way @ 2..=8) = number(place + 8, 2).filter(|_| main && exif.orientation.is_none()) {
                    exif.orientation = Some(way as u8);
                }
                continue;
            }
            exif.traces.extend(trace(tag));
            if matches!(tag, 0x8769 | 0x8825 | 0xa005) {
                waiting.push((value as usize, false));
            }
        }
        if let Some(next) = number(at + 2 + count * 12, 4).filter(|next| main && *next != 0) {
            exif.traces.insert(Trace::Thumbnail);
            waiting.push((next as usize, false));
        }
    }
    exif
}

/// What a field tells. Resolutions and the like tell of the device.
fn trace(tag: u16) -> Option<Trace> {
    Some(match tag {
        0x8769 | 0xa005 => return None,
        0x8825 => Trace::Place,
        0x0132 | 0x9003 | 0x9004 | 0x9010..=0x9012 | 0x9290..=0x9292 | 0x882a => Trace::Time,
        0x013b | 0x8298 | 0xa430 | 0x9c9d => Trace::Author,
        0x010d | 0x010e | 0x9286 | 0x9c9b | 0x9c9c | 0x9c9e | 0x9c9f | 0x02bc | 0x83bb | 0x8649 | 0x010a => Trace::Comment,
        0x0131 | 0x000b | 0xa436 => Trace::Software,
        0x0201 | 0x0202 | 0x0103 => Trace::Thumbnail,
        _ => Trace::Device,
    })
}

/// A TIFF block that says which way is up and nothing else.
pub(crate) fn upright(orientation: u8) -> Vec<u8> {
    let mut tiff = b"MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0".to_vec();
    tiff.extend([orientation, 0, 0, 0, 0, 0, 0]);
    tiff
}

#[cfg(test)]
mod tests {
    use super::{read, upright};

    #[test]
    fn what_is_written_is_read_and_tells_nothing_else() {
        for way in 2..=8 {
            let exif = read(&upright(way));
            assert_eq!(exif.orientation, Some(way));
            assert!(exif.traces.is_empty(), "{:?}", exif.traces);
        }
        assert_eq!(read(&upright(9)).orientation, None);
    }

    #[test]
    fn a_loop_of_directories_ends() {
        let mut tiff = b"II*\0\x08\0\0\0\x01\0\x69\x87\x04\0\x01\0\0\0\x08\0\0\0".to_vec();
        tiff.extend([8, 0, 0, 0]);
        assert_eq!(read(&tiff).orientation, None);
    }
}
