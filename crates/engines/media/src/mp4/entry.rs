//! How samples are coded: the description of each codec that is known, without the names of who wrote it.

use crate::bmff::{Box, boxes, written};
use crate::plan::Cleaned;
use crate::read::Reader;
use crate::refused::Fault;
use crate::{Kept, Trace};

type Made<T> = Result<T, Fault>;

const WRONG: Fault = Fault::Damaged("the description of a codec");
/// Settings of a decoder have some bytes, heads of pictures some hundred.
const MOST_SPECIFIC: usize = 1024;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Speech {
    /// Samples say nothing beside what they show.
    None,
    Avc,
    Hevc,
    /// MPEG-4 part 2, with its user data.
    Visual,
    Aac,
}

#[derive(Clone, Copy, Debug)]
pub(super) struct Codec {
    pub(super) speech: Speech,
    /// How many bytes give the length of a unit.
    pub(super) length: usize,
    /// Plain sound: bytes of all channels at one moment.
    pub(super) frame: Option<usize>,
}

impl Codec {
    pub(super) fn speaks(&self) -> bool {
        self.speech != Speech::None
    }
}

/// The table of descriptions written anew.
pub(super) fn entries(bytes: &[u8], stsd: &Box, video: bool, cleaned: &mut Cleaned) -> Made<(Vec<u8>, Vec<Codec>)> {
    let count = Reader::from(stsd.bytes(bytes), 4).be32().ok_or(WRONG)?;
    let start = stsd.body.start.saturating_add(8).min(stsd.body.end);
    let found = boxes(bytes, start..stsd.body.end)?;
    if found.is_empty() || found.len() != count as usize || found.len() > 64 {
        return Err(WRONG);
    }
    let mut body = vec![0; 4];
    body.extend(count.to_be_bytes());
    let mut codecs = Vec::new();
    for one in &found {
        let (entry, codec) = if video { picture(bytes, one, cleaned)? } else { sound(bytes, one, cleaned)? };
        body.extend(written(&one.name, &entry));
        codecs.push(codec);
    }
    Ok((written(b"stsd", &body), codecs))
}

fn picture(bytes: &[u8], entry: &Box, cleaned: &mut Cleaned) -> Made<(Vec<u8>, Codec)> {
    let speech = match &entry.name {
        b"avc1" | b"avc3" => Speech::Avc,
        b"hvc1" | b"hev1" => Speech::Hevc,
        b"mp4v" => Speech::Visual,
        b"vp08" | b"vp09" | b"s263" | b"h263" | b"H263" => Speech::None,
        b"encv" => return Err(Fault::Encrypted),
        _ => return Err(Fault::Unknown("a picture of a codec")),
    };
    let mut out = entry.bytes(bytes).get(..78).ok_or(WRONG)?.to_vec();
    if out.get(6..8) != Some(&[0, 1]) {
        return Err(Fault::Unknown("samples in another file"));
    }
    // What is reserved; version, vendor and qualities; dots per inch; the reserved size of data; the name of the compressor.
    for range in [0..6, 8..24, 28..40, 42..74] {
        if let Some(part) = out.get_mut(range) {
            if part.iter().any(|byte| *byte != 0) {
                cleaned.removes(Trace::Software);
            }
            part.fill(0);
        }
    }
    let mut codec = Codec { speech, length: 4, frame: None };
    for inner in boxes(bytes, entry.body.start + 78..entry.body.end)? {
        let body = inner.bytes(bytes);
        match &inner.name {
            b"avcC" => {
                codec.length = usize::from(body.get(4).ok_or(WRONG)? & 3) + 1;
                out.extend(written(&inner.name, &avc_sets(body, cleaned)?));
            }
            b"hvcC" => {
                codec.length = usize::from(body.get(21).ok_or(WRONG)? & 3) + 1;
                out.extend(written(&inner.name, &parameter_sets(body, cleaned)?));
            }
            b"vpcC" => out.extend(written(b"vpcC", &[body.get(..10).ok_or(WRONG)?, &[0, 0]].concat())),
            b"pasp" => out.extend(written(b"pasp", body.get(..8).ok_or(WRONG)?)),
            b"clap" => out.extend(written(b"clap", body.get(..32).ok_or(WRONG)?)),
            b"fiel" => out.extend(written(b"fiel", body.get(..2).ok_or(WRONG)?)),
            b"esds" => out.extend(written(&inner.name, &descriptor(body, speech == Speech::Visual, cleaned)?)),
            b"d263" => out.extend(written(&inner.name, &vendorless(body, 7, cleaned)?)),
            b"colr" if matches!(body.get(..4), Some(b"nclx" | b"nclc")) => {
                let length = if body.starts_with(b"nclx") { 11 } else { 10 };
                out.extend(written(b"colr", body.get(..length).ok_or(WRONG)?));
                cleaned.keeps(Kept::ColourSpace);
            }
            b"colr" | b"gama" => cleaned.removes(Trace::Device),
            b"btrt" | b"free" => {}
            b"sinf" => return Err(Fault::Encrypted),
            _ => cleaned.removes(Trace::UnknownPart),
        }
    }
    Ok((out, codec))
}

/// The settings of H.264: two lists of units, and four bytes for the profiles that have them.
fn avc_sets(body: &[u8], cleaned: &mut Cleaned) -> Made<Vec<u8>> {
    let mut reader = Reader::new(body);
    let head = reader.take(5).ok_or(WRONG)?.to_vec();
    let high = matches!(head.get(1), Some(100 | 110 | 122 | 144 | 244));
    for (kind, mask) in [(7, 0x1f), (8, 0xff)] {
        let count = reader.byte().ok_or(WRONG)? & mask;
        for _ in 0..count {
            let length = reader.be16().ok_or(WRONG)?;
            if reader.take(length.into()).and_then(|unit| unit.first()).map(|first| first & 0x1f) != Some(kind) {
                return Err(WRONG);
            }
        }
    }
    let extended = high && reader.take(4).is_some();
    if !reader.is_empty() {
        cleaned.removes(Trace::UnknownPart);
    }
    let mut out = body.get(..reader.at()).unwrap_or_default().to_vec();
    // The number of extensions that came after.
    if let (true, Some(extensions)) = (extended, out.last_mut()) {
        *extensions = 0;
    }
    Ok(out)
}

/// Of the units that come before the picture, those that are needed to decode it.
pub(crate) fn parameter_sets(body: &[u8], cleaned: &mut Cleaned) -> Made<Vec<u8>> {
    let mut reader = Reader::new(body);
    let head = reader.take(22).ok_or(WRONG)?;
    let count = reader.byte().ok_or(WRONG)?;
    let mut arrays = Vec::new();
    let mut kept = 0_u8;
    for _ in 0..count {
        let kind = reader.byte().ok_or(WRONG)?;
        let units = reader.be16().ok_or(WRONG)?;
        let mut array = vec![kind];
        array.extend(units.to_be_bytes());
        for _ in 0..units {
            let length = reader.be16().ok_or(WRONG)?;
            array.extend(length.to_be_bytes());
            array.extend(reader.take(length.into()).ok_or(WRONG)?);
        }
        if matches!(kind & 0x3f, 32..=34) {
            arrays.extend(array);
            kept += 1;
        } else {
            cleaned.removes(Trace::Software);
        }
    }
    Ok([head, &[kept], &arrays].concat())
}

fn vendorless(body: &[u8], length: usize, cleaned: &mut Cleaned) -> Made<Vec<u8>> {
    // Vendor, version of the decoder, and modes.
    let mut out = body.get(..body.len().min(length)).unwrap_or_default().to_vec();
    let vendor = out.get_mut(..4).ok_or(WRONG)?;
    if vendor.iter().any(|byte| *byte != 0) {
        cleaned.removes(Trace::Software);
    }
    vendor.fill(0);
    Ok(out)
}

/// The elementary stream's descriptor (ISO 14496-1): the decoder's settings alone.
fn descriptor(body: &[u8], visual: bool, cleaned: &mut Cleaned) -> Made<Vec<u8>> {
    fn part<'a>(reader: &mut Reader<'a>) -> Option<(u8, &'a [u8])> {
        let tag = reader.byte()?;
        let mut length = 0_usize;
        for _ in 0..4 {
            let byte = reader.byte()?;
            length = length << 7 | usize::from(byte & 0x7f);
            if byte & 0x80 == 0 {
                break;
            }
        }
        Some((tag, reader.take(length)?))
    }
    fn packed(tag: u8, body: &[u8]) -> Vec<u8> {
        let length = body.len() as u32;
        let mut out = vec![tag];
        out.extend([21, 14, 7].map(|shift| (length >> shift & 0x7f) as u8 | 0x80));
        out.push((length & 0x7f) as u8);
        out.extend(body);
        out
    }
    let (3, stream) = part(&mut Reader::from(body, 4)).ok_or(WRONG)? else { return Err(WRONG) };
    let mut reader = Reader::new(stream);
    reader.be16().ok_or(WRONG)?;
    let flags = reader.byte().ok_or(WRONG)?;
    if flags & 0xe0 != 0 {
        return Err(Fault::Unknown("a stream that depends on another"));
    }
    let (4, decoder) = part(&mut reader).ok_or(WRONG)? else { return Err(WRONG) };
    let mut inner = Reader::new(decoder);
    let mut head = inner.take(13).ok_or(WRONG)?.to_vec();
    // Sizes of buffers and rates are the encoder's own measure.
    if let Some(rates) = head.get_mut(2..) {
        rates.fill(0);
    }
    let mut settings = Vec::new();
    if let Some((5, specific)) = part(&mut inner) {
        let all = std::iter::once(0..specific.len()).collect();
        let kept: Vec<_> = if visual { super::nal::without_user_data(specific, cleaned) } else { all };
        let specific: Vec<u8> = kept.into_iter().flat_map(|range| specific.get(range).unwrap_or_default()).copied().collect();
        if specific.len() > MOST_SPECIFIC {
            return Err(WRONG);
        }
        settings = packed(5, &specific);
    }
    let decoder = packed(4, &[head, settings].concat());
    let stream = packed(3, &[[0, 0, 0].as_slice(), &decoder, &packed(6, &[2])].concat());
    Ok([[0; 4].as_slice(), &stream].concat())
}

fn sound(bytes: &[u8], entry: &Box, cleaned: &mut Cleaned) -> Made<(Vec<u8>, Codec)> {
    const PLAIN: [&[u8; 4]; 10] = [b"sowt", b"twos", b"raw ", b"lpcm", b"in24", b"in32", b"fl32", b"fl64", b"ulaw", b"alaw"];
    let plain = PLAIN.contains(&&entry.name);
    let speech = match &entry.name {
        b"mp4a" => Speech::Aac,
        b"samr" | b"sawb" | b"Opus" | b"alac" | b"ac-3" | b"ec-3" | b".mp3" => Speech::None,
        _ if plain => Speech::None,
        b"enca" => return Err(Fault::Encrypted),
        _ => return Err(Fault::Unknown("sound of a codec")),
    };
    let body = entry.bytes(bytes);
    let version = Reader::from(body, 8).be16().ok_or(WRONG)?;
    let length = match version {
        0 => 28,
        1 => 44,
        2 => 64,
        _ => return Err(WRONG),
    };
    let mut out = body.get(..length).ok_or(WRONG)?.to_vec();
    if out.get(6..8) != Some(&[0, 1]) {
        return Err(Fault::Unknown("samples in another file"));
    }
    // What is reserved, revision and vendor.
    out.get_mut(..6).ok_or(WRONG)?.fill(0);
    let vendor = out.get_mut(10..16).ok_or(WRONG)?;
    if vendor.iter().any(|byte| *byte != 0) {
        cleaned.removes(Trace::Software);
    }
    vendor.fill(0);
    let number = |at: usize| Reader::from(body, at).be16().map_or(0, usize::from);
    let frame = match version {
        _ if !plain => None,
        0 => Some(number(16) * number(18) / 8),
        1 => Reader::from(body, 36).be32().map(|frame| frame as usize),
        _ => Reader::from(body, 56).be32().map(|frame| frame as usize),
    };
    let mut codec = Codec { speech, length: 0, frame };
    let aac = children(bytes, entry.body.start + length..entry.body.end, false, &mut out, cleaned)?;
    // The object type says whether what is called MPEG-4 audio is AAC.
    if speech == Speech::Aac && !aac {
        codec.speech = Speech::None;
    }
    Ok((out, codec))
}

/// How long the settings of a codec of sound are; what lies behind them is read by nobody.
fn settings_length(name: &[u8; 4], body: &[u8]) -> Option<usize> {
    let at = |place: usize| body.get(place).copied().map_or(0, usize::from);
    Some(match name {
        b"dOps" if at(10) == 0 => 11,
        b"dOps" => 13 + at(1),
        b"dac3" => 3,
        // A substream takes three bytes, or four when others depend on it.
        b"dec3" => (0..=at(1) & 7).fold(2, |place, _| place + if at(place + 2) >> 1 & 15 == 0 { 3 } else { 4 }),
        // With its version, and with a table of channels.
        b"alac" if body.len() >= 52 => 52,
        b"alac" => 28,
        b"chan" => 16 + 20 * at(15),
        b"pcmC" => 6,
        b"frma" | b"mp4a" => 4,
        b"enda" => 2,
        _ => return None,
    })
}

/// Adds the boxes inside a description of sound that are needed; whether one of them says that it is AAC.
fn children(bytes: &[u8], range: std::ops::Range<usize>, in_wave: bool, out: &mut Vec<u8>, cleaned: &mut Cleaned) -> Made<bool> {
    let mut aac = false;
    for inner in boxes(bytes, range)? {
        let body = inner.bytes(bytes);
        match &inner.name {
            b"esds" => {
                let anew = descriptor(body, false, cleaned)?;
                // After the heads of two descriptors: the object type.
                aac |= matches!(anew.get(17), Some(0x40 | 0x66..=0x68));
                out.extend(written(&inner.name, &anew));
            }
            name if let Some(length) = settings_length(name, body) => {
                out.extend(written(name, body.get(..length).ok_or(WRONG)?));
            }
            b"damr" => out.extend(written(&inner.name, &vendorless(body, 9, cleaned)?)),
            // A tower of them would be climbed until there is no more room for it.
            b"wave" if in_wave => return Err(WRONG),
            b"wave" => {
                let mut wave = Vec::new();
                aac |= children(bytes, inner.body.clone(), true, &mut wave, cleaned)?;
                wave.extend([0, 0, 0, 8, 0, 0, 0, 0]);
                out.extend(written(b"wave", &wave));
            }
            b"\0\0\0\0" | b"btrt" | b"free" => {}
            b"sinf" => return Err(Fault::Encrypted),
            _ => cleaned.removes(Trace::UnknownPart),
        }
    }
    Ok(aac)
}
