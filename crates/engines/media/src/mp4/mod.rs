//! Films and sound in the ISO base media format: MP4, M4A, 3GP and QuickTime.
//!
//! The tracks that are seen and heard are written anew with tables of their own, and the bytes of their samples after
//! them; whatever else lay among the samples (a track of places, of the sensors, of time codes) is not carried over, nor
//! is anything that a box said of maker, place, time or program. From the samples themselves go the encoder's messages.

mod entry;
mod nal;
mod track;

use crate::bmff::{self, Box, boxes, nested, one, written};
use crate::plan::{Cleaned, Pieces};
use crate::read::{Reader, holds};
use crate::refused::Fault;
use crate::{Kept, Kind, Trace, xmp};

use entry::{Codec, Speech};
use track::{Chunk, Track};

/// The settings of H.265 with what is needed to decode, for pictures that are coded as films are.
pub(crate) use entry::parameter_sets as hevc_settings;

/// Pictures that are coded as units of H.265.
pub(crate) struct Units {
    /// How many bytes give the length of a unit.
    pub(crate) length: usize,
}

impl Units {
    pub(crate) fn clean(&self, bytes: &[u8], place: std::ops::Range<usize>, to: &mut Pieces, cleaned: &mut Cleaned) -> Made<()> {
        nal::clean(bytes, place, &Codec { speech: Speech::Hevc, length: self.length, frame: None }, to, cleaned)
    }
}

type Made<T> = Result<T, Fault>;

const MOST_TRACKS: usize = 32;
/// Of all tracks. A film of 100 MB has some ten thousand, and sound cut finely some hundred thousand.
const MOST_CHUNKS: usize = 500_000;
const MOST_SAMPLES: usize = 4_000_000;
/// All tables of a film, which are held in memory.
const MOST_TABLES: usize = 48 << 20;
/// The heads of all tracks, as a guess at how much room is needed.
const MOST_HEADS: usize = 1 << 14;
/// What is made anew of samples.
const MOST_MADE: usize = 64 << 20;

pub(crate) fn clean(bytes: &[u8], kind: Kind) -> Made<Cleaned> {
    let mut cleaned = Cleaned::new(kind);
    let top = boxes(bytes, 0..bytes.len())?;
    let moov = one(&top, b"moov")?.ok_or(Fault::Damaged("it has no table of its tracks"))?;
    let mut media = 0;
    for found in &top {
        match &found.name {
            b"ftyp" | b"moov" | b"wide" => {}
            b"mdat" => media += found.body.len(),
            b"moof" | b"styp" | b"sidx" | b"mfra" => return Err(Fault::Unknown("a film in fragments")),
            b"free" | b"skip" => {
                if found.bytes(bytes).iter().any(|byte| *byte != 0) {
                    cleaned.removes(Trace::TrailingBytes);
                }
            }
            _ => tell(bytes, found, &mut cleaned),
        }
    }
    if moov.body.len() > MOST_TABLES {
        return Err(Fault::TooMuch("tables"));
    }
    let inside = boxes(bytes, moov.body.clone())?;
    let mut tracks = Vec::new();
    let enabled = |trak: &Box| track::is_enabled(bytes, trak);
    let any = inside.iter().any(|found| &found.name == b"trak" && enabled(found));
    for found in &inside {
        match &found.name {
            b"mvhd" => {}
            // Switched off: nobody sees or hears it.
            b"trak" if any && !enabled(found) => {
                cleaned.removes(Trace::HiddenLayer);
                media = media.saturating_sub(track::size(bytes, found).unwrap_or_default());
            }
            b"trak" => match Track::read(bytes, found, &mut cleaned)? {
                Some(track) => tracks.push(track),
                None => media = media.saturating_sub(track::size(bytes, found).unwrap_or_default()),
            },
            b"mvex" => return Err(Fault::Unknown("a film in fragments")),
            b"cmov" => return Err(Fault::Unknown("a packed table of tracks")),
            b"free" | b"skip" => {}
            b"iods" => cleaned.removes(Trace::Software),
            _ => tell(bytes, found, &mut cleaned),
        }
        if tracks.len() > MOST_TRACKS {
            return Err(Fault::TooMuch("tracks"));
        }
        if tracks.iter().map(|track| track.chunks.len()).sum::<usize>() > MOST_CHUNKS {
            return Err(Fault::TooMuch("chunks"));
        }
        if tracks.iter().map(Track::samples).sum::<usize>() > MOST_SAMPLES {
            return Err(Fault::TooMuch("samples"));
        }
    }
    if tracks.is_empty() {
        return Err(Fault::Damaged("there is nothing in it to see or to hear"));
    }
    let length: usize = tracks.iter().map(Track::input_length).fold(0, usize::saturating_add);
    if length < media {
        cleaned.removes(Trace::TrailingBytes);
    }
    // Before any of them is looked at: tables of some bytes can point at the same film a million times.
    if length > bytes.len() {
        return Err(Fault::TooMuch("samples of the same bytes"));
    }
    let head = movie_head(bytes, one(&inside, b"mvhd")?.ok_or(Fault::Damaged("the head of the film"))?, &mut cleaned)?;
    let ftyp = brands(bytes, one(&top, b"ftyp")?);
    for track in &mut tracks {
        track.clean_samples(bytes, &mut cleaned)?;
        if track.made_length() > MOST_MADE {
            return Err(Fault::TooMuch("messages in samples"));
        }
    }
    write(bytes, &ftyp, &head, &mut tracks, &mut cleaned)?;
    cleaned.keeps(Kept::Timing);
    cleaned.keeps(Kept::CodecSettings);
    Ok(cleaned)
}

fn write(bytes: &[u8], ftyp: &[u8], head: &[u8], tracks: &mut [Track], cleaned: &mut Cleaned) -> Made<()> {
    // Chunks in the order in which they lay, so that sound and picture stay together.
    // Empty ones come first where they share a place, so that they keep it when the copy is cleaned again.
    let mut order: Vec<(usize, bool, usize, usize)> = Vec::new();
    for (number, track) in tracks.iter().enumerate() {
        order.extend(track.chunks.iter().enumerate().map(|(place, chunk)| (chunk.start, chunk.written() > 0, number, place)));
    }
    order.sort_unstable();
    let length: usize = tracks.iter().flat_map(|track| &track.chunks).map(Chunk::written).sum();
    // Messages written anew may be a little longer than they were.
    if length > bytes.len() {
        return Err(Fault::TooMuch("samples of the same bytes"));
    }
    if u32::try_from(length.saturating_add(1 << 26)).is_err() {
        return Err(Fault::TooMuch("bytes of a film"));
    }
    let moov = |tracks: &[Track]| {
        let mut out = Vec::with_capacity(MOST_HEADS + tracks.iter().map(Track::tables).sum::<usize>());
        nested(&mut out, b"moov", |out| {
            out.extend(written(b"mvhd", head));
            tracks.iter().for_each(|track| track.write(out));
        });
        out
    };
    let mut at = ftyp.len() + moov(tracks).len() + 8;
    for (_, _, track, chunk) in &order {
        if let Some(chunk) = tracks.get_mut(*track).and_then(|track| track.chunks.get_mut(*chunk)) {
            chunk.new = at as u32;
            at += chunk.written();
        }
    }
    cleaned.made(ftyp);
    cleaned.pieces.take(moov(tracks));
    cleaned.made((length as u32 + 8).to_be_bytes());
    cleaned.made(b"mdat");
    for (_, _, track, chunk) in &order {
        let Some(chunk) = tracks.get_mut(*track).and_then(|track| track.chunks.get_mut(*chunk)) else { continue };
        match chunk.pieces.take() {
            Some(pieces) => cleaned.pieces.append(bytes, pieces, 0),
            None => cleaned.copy(bytes, chunk.start..chunk.start + chunk.length),
        }
    }
    Ok(())
}

/// What a box that is dropped told, by the names of its fields.
fn tell(bytes: &[u8], found: &Box, cleaned: &mut Cleaned) {
    const SAYS: &[(&[u8], Trace)] = &[
        (b"\xa9xyz", Trace::Place),
        (b"loci", Trace::Place),
        (b"location", Trace::Place),
        (b"\xa9day", Trace::Time),
        (b"creationdate", Trace::Time),
        (b"date", Trace::Time),
        (b"\xa9mak", Trace::Device),
        (b"\xa9mod", Trace::Device),
        (b".make", Trace::Device),
        (b".model", Trace::Device),
        (b"\xa9too", Trace::Software),
        (b"\xa9swr", Trace::Software),
        (b".software", Trace::Software),
        (b"\xa9ART", Trace::Author),
        (b"\xa9wrt", Trace::Author),
        (b"auth", Trace::Author),
        (b"\xa9cmt", Trace::Comment),
        (b"\xa9nam", Trace::Comment),
        (b"desc", Trace::Comment),
        (b"titl", Trace::Comment),
        (b"covr", Trace::Thumbnail),
    ];
    let body = found.bytes(bytes);
    if body.is_empty() {
        return;
    }
    let mut traces: Vec<Trace> = if holds(body, b"<x:xmpmeta") || holds(body, b"<?xpacket") { xmp::traces(body) } else { Vec::new() };
    traces.extend(SAYS.iter().filter(|(name, _)| holds(body, name)).map(|(_, trace)| *trace));
    traces.sort_unstable();
    traces.dedup();
    if traces.is_empty() {
        traces.push(Trace::UnknownPart);
    }
    cleaned.removes_all(traces);
}

/// The head of a film, a track or a medium: its times are noughts. Gives the body.
fn timeless(bytes: &[u8], found: &Box, length: impl Fn(bool) -> usize, cleaned: &mut Cleaned) -> Made<Vec<u8>> {
    const WRONG: Fault = Fault::Damaged("the head of a track");
    let mut body = found.bytes(bytes).to_vec();
    let long = match body.first() {
        Some(0) => false,
        Some(1) => true,
        _ => return Err(WRONG),
    };
    if body.len() < length(long) {
        return Err(WRONG);
    }
    body.truncate(length(long));
    let times = body.get_mut(4..if long { 20 } else { 12 }).ok_or(WRONG)?;
    if times.iter().any(|byte| *byte != 0) {
        cleaned.removes(Trace::Time);
    }
    times.fill(0);
    Ok(body)
}

/// Scale, length, speed, volume and matrix; what QuickTime says of previews and selections is nought.
fn movie_head(bytes: &[u8], found: &Box, cleaned: &mut Cleaned) -> Made<Vec<u8>> {
    let mut body = timeless(bytes, found, |long| if long { 112 } else { 100 }, cleaned)?;
    let end = body.len();
    // Ten reserved bytes before the matrix, 24 before the number of the next track.
    for range in [end - 74..end - 64, end - 28..end - 4] {
        if let Some(reserved) = body.get_mut(range) {
            if reserved.iter().any(|byte| *byte != 0) {
                cleaned.removes(Trace::Device);
            }
            reserved.fill(0);
        }
    }
    Ok(body)
}

/// Brands say which program wrote a file; some few say how to read it.
fn brands(bytes: &[u8], ftyp: Option<&Box>) -> Vec<u8> {
    const KNOWN: [&[u8; 4]; 8] = [b"qt  ", b"M4A ", b"M4V ", b"3gp4", b"3gp5", b"3gp6", b"3g2a", b"isom"];
    let major = match ftyp {
        None => *b"qt  ",
        Some(ftyp) => Reader::new(ftyp.bytes(bytes)).array().filter(|brand| KNOWN.contains(&brand)).unwrap_or(*b"isom"),
    };
    let mut body = [major.as_slice(), &[0; 4], &major].concat();
    if &major != b"qt  " {
        body.extend(b"iso2mp41mp42");
    }
    bmff::written(b"ftyp", &body)
}
