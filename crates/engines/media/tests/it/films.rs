//! What hides in films and in sound beside them: planted by ffmpeg and exiftool, and here.

use plainsight_media::{CannotClean, Kind, Trace};

use crate::{CANARY, clean, file, holds};

const FILES: [&str; 5] = ["film.mp4", "hevc.mp4", "film.mov", "old.3gp", "sound.m4a"];

fn be32(bytes: &[u8], at: usize) -> usize {
    u32::from_be_bytes(bytes[at..at + 4].try_into().unwrap()) as usize
}

/// The bodies of the boxes of a path, all of each step.
pub(crate) fn found<'a>(bytes: &'a [u8], path: &[&[u8]]) -> Vec<&'a [u8]> {
    let Some((name, rest)) = path.split_first() else { return vec![bytes] };
    let mut all = Vec::new();
    let mut at = 0;
    while at + 8 <= bytes.len() {
        let size = if be32(bytes, at) == 1 { be32(bytes, at + 12) } else { be32(bytes, at) };
        if &&bytes[at + 4..at + 8] == name {
            all.extend(found(&bytes[at + 8..at + size], rest));
        }
        at += size;
    }
    all
}

/// Of each track that is seen or heard: its kind and its samples. Written apart from what it tests.
fn samples(bytes: &[u8]) -> Vec<(Vec<u8>, Vec<Vec<u8>>)> {
    let mut tracks = Vec::new();
    for trak in found(bytes, &[b"moov", b"trak"]) {
        let kind = found(trak, &[b"mdia", b"hdlr"])[0][8..12].to_vec();
        if kind != b"vide" && kind != b"soun" {
            continue;
        }
        let table = |name: &[u8]| found(trak, &[b"mdia", b"minf", b"stbl", name])[0].to_vec();
        let (stsz, stsc, stco) = (table(b"stsz"), table(b"stsc"), table(b"stco"));
        let (mut all, mut row, mut number) = (Vec::new(), 0, 0);
        for chunk in 0..be32(&stco, 4) {
            while row + 1 < be32(&stsc, 4) && be32(&stsc, 8 + (row + 1) * 12) <= chunk + 1 {
                row += 1;
            }
            let mut at = be32(&stco, 8 + chunk * 4);
            for _ in 0..be32(&stsc, 12 + row * 12) {
                if number == be32(&stsz, 8) {
                    break;
                }
                let size = if be32(&stsz, 4) == 0 { be32(&stsz, 12 + number * 4) } else { be32(&stsz, 4) };
                all.push(bytes[at..at + size].to_vec());
                at += size;
                number += 1;
            }
        }
        tracks.push((kind, all));
    }
    tracks
}

/// The units of a sample that draw.
fn drawing(sample: &[u8], message: fn(u8) -> bool) -> Vec<&[u8]> {
    let mut units = Vec::new();
    let mut at = 0;
    while at < sample.len() {
        let end = at + 4 + be32(sample, at);
        if !message(sample[at + 4]) {
            units.push(&sample[at..end]);
        }
        at = end;
    }
    units
}

#[test]
fn no_name_of_an_encoder_is_left() {
    for name in FILES {
        let (before, after) = (file(name), clean(&file(name)));
        for word in [b"Lavc".as_slice(), b"Lavf", b"x264", b"x265", b"Handler", b"+51.5", b"com.apple", b"XMP"] {
            assert!(!holds(&after, word), "{name}: {}", String::from_utf8_lossy(word));
        }
        assert!(holds(&before, b"Lav") || name != "film.mp4");
    }
}

#[test]
fn what_is_seen_stays_unit_by_unit() {
    for (name, message) in [
        ("film.mp4", (|first| first & 0x1f == 6) as fn(u8) -> bool),
        ("film.mov", |first| first & 0x1f == 6),
        ("hevc.mp4", |first| matches!(first >> 1 & 0x3f, 39 | 40)),
    ] {
        let (before, after) = (samples(&file(name)), samples(&clean(&file(name))));
        let video = |tracks: &[(Vec<u8>, Vec<Vec<u8>>)]| tracks.iter().find(|(kind, _)| kind == b"vide").unwrap().1.clone();
        let (before, after) = (video(&before), video(&after));
        assert_eq!(before.len(), after.len(), "{name}");
        assert_eq!(before.len(), 10);
        for (one, other) in before.iter().zip(&after) {
            assert_eq!(drawing(one, message).concat(), *other, "{name}");
        }
    }
}

#[test]
fn what_is_heard_stays_sample_by_sample() {
    for name in ["film.mp4", "film.mov", "sound.m4a", "hevc.mp4"] {
        let sound = |bytes: &[u8]| samples(bytes).into_iter().find(|(kind, _)| kind == b"soun").unwrap().1;
        let (before, after) = (sound(&file(name)), sound(&clean(&file(name))));
        assert!(before.len() == after.len() && before.len() > 10, "{name}");
        // The first frame of FFmpeg's AAC names it, and is as long without the name.
        for (one, other) in before.iter().zip(&after).skip(1) {
            assert_eq!(one, other, "{name}");
        }
        assert_eq!(before[0].len(), after[0].len());
    }
}

#[test]
fn a_film_says_by_kind_what_it_told() {
    let bytes = file("film.mp4");
    let removed = plainsight_media::clean(&bytes).unwrap().removed().clone();
    for trace in [Trace::Place, Trace::Time, Trace::Device, Trace::Author, Trace::Comment, Trace::Software] {
        assert!(removed.contains_key(&trace), "{trace:?}");
    }
}

pub(crate) fn boxed(name: &[u8], body: &[u8]) -> Vec<u8> {
    [&(body.len() as u32 + 8).to_be_bytes(), name, body].concat()
}

/// A track of samples of one size, in chunks of one sample.
pub(crate) fn track(kind: &[u8; 4], entry: &[u8], size: u32, places: &[u32]) -> Vec<u8> {
    let count = (places.len() as u32).to_be_bytes();
    let stbl = [
        boxed(b"stsd", &[[0, 0, 0, 0, 0, 0, 0, 1].as_slice(), entry].concat()),
        boxed(b"stts", &[[0; 4].as_slice(), &1_u32.to_be_bytes(), &count, &160_u32.to_be_bytes()].concat()),
        boxed(b"stsc", &[[0; 4].as_slice(), &[1_u32; 4].map(u32::to_be_bytes).concat()].concat()),
        boxed(b"stsz", &[[0; 4].as_slice(), &size.to_be_bytes(), &count].concat()),
        boxed(b"stco", &[[0; 4].as_slice(), &count, &places.iter().flat_map(|place| place.to_be_bytes()).collect::<Vec<_>>()].concat()),
    ]
    .concat();
    let hdlr = [[0; 8].as_slice(), kind, &[0; 12], b"CANARY handler\0"].concat();
    let mdia = [boxed(b"mdhd", &[0; 24]), boxed(b"hdlr", &hdlr), boxed(b"minf", &boxed(b"stbl", &stbl))].concat();
    boxed(b"trak", &[boxed(b"tkhd", &[0; 84]), boxed(b"mdia", &mdia), boxed(b"udta", b"\0\0\0\x0eloc CANARY")].concat())
}

/// Sound of which each sample is followed by one of a track of places.
fn watched() -> Vec<u8> {
    let samr = boxed(b"samr", &[[0, 0, 0, 0, 0, 0, 0, 1].as_slice(), &[0; 20], &boxed(b"damr", b"vndr\0\0\0\0\x01")].concat());
    let meta = boxed(b"gpmd", b"\0\0\0\0\0\0\0\x01CANARY");
    let ftyp = boxed(b"ftyp", b"mp42\0\0\0\0CNRYmp42");
    let mdat = boxed(b"mdat", b"sound1CANARY-1sound2CANARY-2CANARY in a gap");
    let start = ftyp.len() as u32 + 8;
    let moov =
        [boxed(b"mvhd", &[0; 100]), track(b"soun", &samr, 6, &[start, start + 14]), track(b"meta", &meta, 8, &[start + 6, start + 20])]
            .concat();
    [ftyp, mdat, boxed(b"moov", &moov), boxed(b"uuid", b"CANARYCANARYCANARY"), boxed(b"free", b"CANARY")].concat()
}

#[test]
fn a_track_of_places_goes_with_the_bytes_of_its_samples() {
    let bytes = watched();
    let cleaned = plainsight_media::clean(&bytes).unwrap();
    let after = cleaned.to_bytes(&bytes);
    assert!(!holds(&after, CANARY) && !holds(&after, b"vndr") && !holds(&after, b"CNRY"));
    assert_eq!(samples(&after), [(b"soun".to_vec(), vec![b"sound1".to_vec(), b"sound2".to_vec()])]);
    for trace in [Trace::Place, Trace::Software, Trace::TrailingBytes, Trace::UnknownPart] {
        assert!(cleaned.removed().contains_key(&trace), "{trace:?}");
    }
}

#[test]
fn a_track_that_is_switched_off_goes() {
    let samr = boxed(b"samr", &[[0, 0, 0, 0, 0, 0, 0, 1].as_slice(), &[0; 20]].concat());
    let mdat = boxed(b"mdat", b"sound1CANARY");
    let moov = |on: u8| {
        let mut heard = track(b"soun", &samr, 6, &[24]);
        heard[8 + 8 + 3] = on;
        [
            boxed(b"ftyp", b"mp42\0\0\0\0"),
            mdat.clone(),
            boxed(b"moov", &[boxed(b"mvhd", &[0; 100]), heard, track(b"soun", &samr, 6, &[30])].concat()),
        ]
        .concat()
    };
    let bytes = moov(1);
    let cleaned = plainsight_media::clean(&bytes).unwrap();
    assert!(!holds(&cleaned.to_bytes(&bytes), CANARY));
    assert_eq!(cleaned.removed().get(&Trace::HiddenLayer), Some(&1));
    // Where none is switched on, players play all.
    assert_eq!(samples(&clean(&moov(0))).len(), 2);
}

#[test]
fn a_film_in_fragments_or_of_an_unknown_codec_is_kept_back() {
    let fragments = [watched(), boxed(b"moof", b"")].concat();
    assert_eq!(plainsight_media::clean(&fragments), Err(CannotClean::UnknownPart { kind: Kind::Mp4, what: "a film in fragments" }));
    let mut unknown = watched();
    let at = unknown.windows(4).position(|name| name == b"samr").unwrap();
    unknown[at..at + 4].copy_from_slice(b"CNRY");
    assert_eq!(plainsight_media::clean(&unknown), Err(CannotClean::UnknownPart { kind: Kind::Mp4, what: "sound of a codec" }));
    let mut secret = watched();
    secret[at..at + 4].copy_from_slice(b"enca");
    assert_eq!(plainsight_media::clean(&secret), Err(CannotClean::Encrypted(Kind::Mp4)));
}

#[test]
fn a_thousand_chunks_of_the_same_bytes_are_a_bomb() {
    let samr = boxed(b"samr", &[[0, 0, 0, 0, 0, 0, 0, 1].as_slice(), &[0; 20]].concat());
    let mdat = boxed(b"mdat", &[7; 5000]);
    let moov = boxed(b"moov", &[boxed(b"mvhd", &[0; 100]), track(b"soun", &samr, 5000, &[24; 1000])].concat());
    let bytes = [boxed(b"ftyp", b"mp42\0\0\0\0"), mdat, moov].concat();
    assert_eq!(plainsight_media::clean(&bytes), Err(CannotClean::TooMuch { kind: Kind::Mp4, what: "samples of the same bytes" }));
}

#[test]
fn a_film_is_cleaned_as_a_plan_of_what_lies_in_it() {
    let bytes = file("film.mov");
    let cleaned = plainsight_media::clean(&bytes).unwrap();
    // All of the sound and of the drawing is told by its place; what is made anew is the tables.
    assert!(cleaned.made_length() < 4000, "{}", cleaned.made_length());
}
