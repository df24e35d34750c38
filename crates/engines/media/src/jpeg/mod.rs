//! JPEG (ITU-T T.81): written anew from its frame, its tables and its coded blocks.
//!
//! Tables come directly before the first scan that uses them, so that unused and repeated ones are gone. Of the
//! application segments stay: that there is a JFIF one, the transform of Adobe's (colours depend on it), the orientation,
//! and a known space of colours; each is written anew. What follows the end is dropped: second pictures, gain maps, films.

mod coded;

use std::collections::BTreeMap;
use std::ops::Range;

use coded::{Codes, Part, walk};

use crate::icc::{self, Space};
use crate::plan::Cleaned;
use crate::read::Reader;
use crate::refused::Fault;
use crate::{Kept, Kind, Trace, exif, shape, xmp};

/// A progressive picture has about ten. Thousands over one picture are a bomb for whoever decodes it.
const MOST_SCANS: usize = 100;
/// What the largest cameras make, twice.
const MOST_PIXELS: u64 = 500_000_000;

type Made<T> = Result<T, Fault>;

const CUT: Fault = Fault::Damaged("it ends too early");

#[derive(Clone, Copy)]
struct Component {
    id: u8,
    /// What it is called in the copy.
    new: u8,
    table: u8,
    /// How many blocks it has across and down in a unit of all components.
    across: u8,
    down: u8,
}

/// A table that was read, and whether it was written since.
#[derive(Clone, Default)]
struct Table {
    bytes: Vec<u8>,
    written: bool,
}

#[derive(Default)]
struct Picture {
    jfif: Option<(u16, u16)>,
    adobe: Option<u8>,
    orientation: Option<u8>,
    /// Its parts, by their numbers.
    profile: BTreeMap<u8, Vec<u8>>,
    /// The frame's segment with its marker, rebuilt.
    frame: Vec<u8>,
    frame_written: bool,
    size: (u16, u16),
    progressive: bool,
    arithmetic: bool,
    components: Vec<Component>,
    quantisation: [Option<Table>; 4],
    /// By class (DC, AC) and number.
    huffman: [[Option<Table>; 4]; 2],
    conditioning: [[Option<Table>; 4]; 2],
    restart: u16,
    restart_written: u16,
    scans: usize,
}

pub(crate) fn clean(bytes: &[u8]) -> Made<Cleaned> {
    let mut cleaned = Cleaned::new(Kind::Jpeg);
    let mut picture = Picture::default();
    let mut reader = Reader::from(bytes, 2);
    cleaned.made([0xff, 0xd8]);
    loop {
        if reader.byte().ok_or(CUT)? != 0xff {
            return Err(Fault::Damaged("there is something between its segments"));
        }
        let marker = loop {
            match reader.byte().ok_or(CUT)? {
                0xff => {}
                marker => break marker,
            }
        };
        match marker {
            0xd9 => break,
            0x00 | 0x01 | 0xd0..=0xd8 => return Err(Fault::Damaged("a marker is out of its place")),
            _ => {}
        }
        let length = (reader.be16().ok_or(CUT)? as usize).checked_sub(2).ok_or(Fault::Damaged("a segment is shorter than its length"))?;
        let body = reader.take(length).ok_or(CUT)?;
        match marker {
            0xc0..=0xc2 | 0xc9 | 0xca => picture.read_frame(marker, body)?,
            0xc4 => picture.read_huffman(body)?,
            0xdb => picture.read_quantisation(body)?,
            0xcc => picture.read_conditioning(body)?,
            0xdd => picture.restart = Reader::new(body).be16().filter(|_| body.len() == 2).ok_or(Fault::Damaged("its restart interval"))?,
            0xda => {
                let scan = picture.write_scan(body, &mut cleaned)?;
                let start = reader.at();
                let coded = reader.take(coded_length(reader.rest())).ok_or(CUT)?;
                let kept = picture.drawn(coded, &scan)?;
                if kept.iter().map(Range::len).sum::<usize>() < coded.len() {
                    cleaned.removes(Trace::TrailingBytes);
                }
                for range in kept {
                    cleaned.copy(bytes, start + range.start..start + range.end);
                }
            }
            0xe0..=0xef => picture.read_application(marker, body, &mut cleaned),
            0xfe => cleaned.removes(Trace::Comment),
            0xdc => return Err(Fault::Unknown("a height that is told after the picture")),
            0xc3 | 0xc5..=0xc7 | 0xcb | 0xcd..=0xcf | 0xde | 0xdf => return Err(Fault::Unknown("a lossless or layered picture")),
            _ => {
                cleaned.removes(Trace::UnknownPart);
            }
        }
    }
    if picture.scans == 0 {
        return Err(Fault::Damaged("there is no picture in it"));
    }
    if !reader.is_empty() {
        cleaned.removes(Trace::TrailingBytes);
        if reader.rest().starts_with(b"\xff\xd8\xff") {
            cleaned.removes(Trace::Thumbnail);
        }
    }
    cleaned.made([0xff, 0xd9]);
    cleaned.keeps(Kept::EncoderTables);
    Ok(cleaned)
}

/// How far coded blocks go: to the next marker that is neither a stuffed byte nor a restart.
fn coded_length(bytes: &[u8]) -> usize {
    let mut at = 0;
    while let Some(step) = bytes.get(at..).and_then(|rest| rest.iter().position(|byte| *byte == 0xff)) {
        let place = at + step;
        match bytes.get(place + 1) {
            Some(0x00 | 0xd0..=0xd7) => at = place + 2,
            _ => return place,
        }
    }
    bytes.len()
}

fn segment(marker: u8, body: &[u8]) -> Vec<u8> {
    let mut bytes = vec![0xff, marker];
    bytes.extend((body.len() as u16 + 2).to_be_bytes());
    bytes.extend(body);
    bytes
}

impl Picture {
    fn read_frame(&mut self, marker: u8, body: &[u8]) -> Made<()> {
        const WRONG: Fault = Fault::Damaged("its frame");
        if !self.frame.is_empty() {
            return Err(Fault::Unknown("a second frame"));
        }
        let mut reader = Reader::new(body);
        let (Some(depth), Some(height), Some(width), Some(count)) = (reader.byte(), reader.be16(), reader.be16(), reader.byte()) else {
            return Err(WRONG);
        };
        if !matches!(depth, 8 | 12) || height == 0 || width == 0 || !matches!(count, 1..=4) || reader.left() != count as usize * 3 {
            return Err(WRONG);
        }
        if u64::from(width) * u64::from(height) > MOST_PIXELS {
            return Err(Fault::TooMuch("pixels"));
        }
        while let Some([id, sampling, table]) = reader.array() {
            let possible = matches!(sampling >> 4, 1..=4) && matches!(sampling & 15, 1..=4) && table < 4;
            if !possible || self.components.iter().any(|other| other.id == id) {
                return Err(WRONG);
            }
            self.components.push(Component { id, new: id, table, across: sampling >> 4, down: sampling & 15 });
        }
        // Ids that mean a space of colours where nothing else says one (IJG's reading); any others are but names.
        let ids: Vec<u8> = self.components.iter().map(|component| component.id).collect();
        let meant = matches!(
            ids.as_slice(),
            [1] | [1, 2, 3] | [1, 0x22, 0x23] | [0, 1, 2] | [b'R', b'G', b'B'] | [1, 2, 3, 4] | [b'C', b'M', b'Y', b'K']
        );
        let mut body = body.to_vec();
        for (place, component) in self.components.iter_mut().enumerate() {
            component.new = if meant { component.id } else { place as u8 + 1 };
            if let Some(id) = body.get_mut(6 + place * 3) {
                *id = component.new;
            }
        }
        self.size = (width, height);
        self.progressive = matches!(marker, 0xc2 | 0xca);
        self.arithmetic = matches!(marker, 0xc9 | 0xca);
        self.frame = segment(marker, &body);
        Ok(())
    }

    fn read_quantisation(&mut self, body: &[u8]) -> Made<()> {
        const WRONG: Fault = Fault::Damaged("a table of quantisation");
        let mut reader = Reader::new(body);
        while let Some(head) = reader.byte() {
            let values = reader.take(if head >> 4 == 0 { 64 } else { 128 }).ok_or(WRONG)?;
            let slot = self.quantisation.get_mut(usize::from(head & 15)).filter(|_| head >> 4 <= 1).ok_or(WRONG)?;
            set(slot, [&[head], values].concat());
        }
        Ok(())
    }

    fn read_huffman(&mut self, body: &[u8]) -> Made<()> {
        const WRONG: Fault = Fault::Damaged("a Huffman table");
        let mut reader = Reader::new(body);
        while let Some(head) = reader.byte() {
            let counts = reader.take(16).ok_or(WRONG)?;
            let sum: usize = counts.iter().map(|count| usize::from(*count)).sum();
            let values = reader.take(sum).filter(|_| sum <= 256).ok_or(WRONG)?;
            let slot = self.huffman.get_mut(usize::from(head >> 4)).and_then(|class| class.get_mut(usize::from(head & 15))).ok_or(WRONG)?;
            set(slot, [&[head], counts, values].concat());
        }
        Ok(())
    }

    fn read_conditioning(&mut self, body: &[u8]) -> Made<()> {
        const WRONG: Fault = Fault::Damaged("a table of arithmetic conditioning");
        let mut reader = Reader::new(body);
        while let Some(head) = reader.byte() {
            let value = reader.byte().ok_or(WRONG)?;
            let slot =
                self.conditioning.get_mut(usize::from(head >> 4)).and_then(|class| class.get_mut(usize::from(head & 15))).ok_or(WRONG)?;
            set(slot, vec![head, value]);
        }
        Ok(())
    }

    fn read_application(&mut self, marker: u8, body: &[u8], cleaned: &mut Cleaned) {
        match marker {
            0xe0 if body.starts_with(b"JFIF\0") => {
                let mut reader = Reader::from(body, 7);
                let unit = reader.byte();
                // The ratio alone: a density in dots per inch is the scanner's.
                let density = reader.be16().zip(reader.be16());
                let shape = density.and_then(|(across, down)| shape::ratio(across.into(), down.into())).unwrap_or((1, 1));
                if unit != Some(0) || density != Some(shape) {
                    cleaned.removes(Trace::Device);
                }
                if reader.take(2).is_some_and(|size| size != [0, 0]) {
                    cleaned.removes(Trace::Thumbnail);
                }
                self.jfif = Some(shape);
            }
            0xe0 if body.starts_with(b"JFXX\0") => cleaned.removes(Trace::Thumbnail),
            0xee if body.starts_with(b"Adobe") && body.len() >= 12 => {
                self.adobe = body.get(11).copied().filter(|transform| *transform <= 2)
            }
            0xe1 if body.starts_with(b"Exif\0") => {
                let exif = exif::read(body.get(6..).unwrap_or_default());
                self.orientation = self.orientation.or(exif.orientation);
                cleaned.removes_all(exif.traces);
            }
            0xe1 if body.starts_with(b"http://ns.adobe.com/x") => cleaned.removes_all(xmp::traces(body)),
            0xe2 if body.starts_with(b"ICC_PROFILE\0") => {
                // 255 parts of 65 kB are the most; a part that comes twice is the first.
                if let (Some(number), Some(part)) = (body.get(12), body.get(14..)) {
                    self.profile.entry(*number).or_insert_with(|| part.to_vec());
                }
            }
            0xe2 if body.starts_with(b"MPF\0") => cleaned.removes(Trace::Thumbnail),
            0xed => cleaned.removes_all([Trace::Author, Trace::Comment]),
            _ => cleaned.removes(Trace::UnknownPart),
        }
    }

    /// What stands before the first scan, in the order that readers expect.
    fn write_head(&mut self, cleaned: &mut Cleaned) {
        if let Some((across, down)) = self.jfif {
            let mut body = b"JFIF\0\x01\x01\0".to_vec();
            body.extend(across.to_be_bytes());
            body.extend(down.to_be_bytes());
            body.extend([0, 0]);
            cleaned.made(segment(0xe0, &body));
            if across != down {
                cleaned.keeps(Kept::PixelShape);
            }
        }
        if let Some(way) = self.orientation {
            cleaned.made(segment(0xe1, &[b"Exif\0\0", exif::upright(way).as_slice()].concat()));
            cleaned.keeps(Kept::Orientation);
        }
        if !self.profile.is_empty() {
            let profile: Vec<u8> = std::mem::take(&mut self.profile).into_values().flatten().collect();
            match icc::space(&profile) {
                Some(space) => {
                    let anew = icc::profile(space);
                    if anew != profile {
                        cleaned.removes(Trace::Device);
                    }
                    if space != Space::Srgb {
                        cleaned.made(segment(0xe2, &[b"ICC_PROFILE\0\x01\x01", anew.as_slice()].concat()));
                        cleaned.keeps(Kept::ColourSpace);
                    }
                }
                None => cleaned.removes(Trace::Device),
            }
        }
        if let Some(transform) = self.adobe {
            cleaned.made(segment(0xee, &[b"Adobe\0\x64\0\0\0\0".as_slice(), &[transform]].concat()));
        }
    }

    fn write_scan(&mut self, body: &[u8], cleaned: &mut Cleaned) -> Made<Vec<(Component, u8, u8)>> {
        const WRONG: Fault = Fault::Damaged("the head of a scan");
        self.scans += 1;
        if self.scans > MOST_SCANS {
            return Err(Fault::TooMuch("scans"));
        }
        if self.frame.is_empty() {
            return Err(Fault::Damaged("a scan comes before its frame"));
        }
        if self.scans == 1 {
            self.write_head(cleaned);
        }
        let mut reader = Reader::new(body);
        let count = reader.byte().filter(|count| matches!(count, 1..=4)).ok_or(WRONG)?;
        let mut used = Vec::new();
        for _ in 0..count {
            let [id, tables] = reader.array().ok_or(WRONG)?;
            let component = self.components.iter().find(|component| component.id == id).ok_or(WRONG)?;
            used.push((*component, tables >> 4, tables & 15));
        }
        let [first, last, bits] = reader.array().filter(|_| reader.is_empty()).ok_or(WRONG)?;
        if last > 63 || first > last {
            return Err(WRONG);
        }
        for (component, ..) in &used {
            let slot = self.quantisation.get_mut(usize::from(component.table)).and_then(Option::as_mut);
            write(slot.ok_or(Fault::Damaged("a table of quantisation is missing"))?, 0xdb, cleaned);
        }
        if !self.frame_written {
            cleaned.made(&self.frame);
            self.frame_written = true;
        }
        let (dc, ac) = if self.progressive { (first == 0 && bits >> 4 == 0, first > 0) } else { (true, true) };
        for (class, needed) in [dc, ac].into_iter().enumerate() {
            for (_, dc_number, ac_number) in used.iter().filter(|_| needed) {
                let number = usize::from(if class == 0 { *dc_number } else { *ac_number });
                let tables = if self.arithmetic { &mut self.conditioning } else { &mut self.huffman };
                match tables.get_mut(class).and_then(|class| class.get_mut(number)).and_then(Option::as_mut) {
                    Some(table) => write(table, if self.arithmetic { 0xcc } else { 0xc4 }, cleaned),
                    // Arithmetic coding has values of its own to begin with.
                    None if self.arithmetic => {}
                    None => return Err(Fault::Damaged("a Huffman table is missing")),
                }
            }
        }
        if self.restart != self.restart_written {
            cleaned.made(segment(0xdd, &self.restart.to_be_bytes()));
            self.restart_written = self.restart;
        }
        let mut head = vec![count];
        head.extend(used.iter().flat_map(|(component, dc, ac)| [component.new, dc << 4 | ac]));
        head.extend([first, last, bits]);
        cleaned.made(segment(0xda, &head));
        Ok(used)
    }

    /// Which coded bytes draw something. Of progressive and arithmetic pictures that is known to a decoder only: all.
    fn drawn(&self, coded: &[u8], scan: &[(Component, u8, u8)]) -> Made<Vec<Range<usize>>> {
        if self.progressive || self.arithmetic {
            return Ok(std::iter::once(0..coded.len()).collect());
        }
        let codes = |class: usize, number: u8| -> Made<Codes> {
            let table = self.huffman.get(class).and_then(|class| class.get(usize::from(number))).and_then(Option::as_ref);
            Codes::new(&table.ok_or(Fault::Damaged("a Huffman table is missing"))?.bytes)
        };
        let tables = scan.iter().map(|(_, dc, ac)| Ok((codes(0, *dc)?, codes(1, *ac)?))).collect::<Made<Vec<_>>>()?;
        let most = |of: fn(&Component) -> u8| u64::from(self.components.iter().map(of).max().unwrap_or(1));
        let (across, down) = (most(|component| component.across), most(|component| component.down));
        let (width, height) = (u64::from(self.size.0), u64::from(self.size.1));
        // One component alone has units of one block, and none beyond its own edge.
        let (units, single) = match scan {
            [(one, ..)] => {
                let (own_across, own_down) = (u64::from(one.across), u64::from(one.down));
                ((width * own_across).div_ceil(across).div_ceil(8) * (height * own_down).div_ceil(down).div_ceil(8), true)
            }
            _ => (width.div_ceil(8 * across) * height.div_ceil(8 * down), false),
        };
        let parts: Vec<Part<'_>> = scan
            .iter()
            .zip(&tables)
            .map(|((component, ..), (dc, ac))| Part {
                blocks: if single { 1 } else { usize::from(component.across * component.down) },
                dc,
                ac,
            })
            .collect();
        walk(coded, &parts, units, self.restart)
    }
}

fn set(slot: &mut Option<Table>, bytes: Vec<u8>) {
    if slot.as_ref().is_none_or(|table| table.bytes != bytes) {
        *slot = Some(Table { bytes, written: false });
    }
}

fn write(table: &mut Table, marker: u8, cleaned: &mut Cleaned) {
    if !table.written {
        cleaned.made(segment(marker, &table.bytes));
        table.written = true;
    }
}
