//! What hides in pictures, planted here.

use plainsight_media::{CannotClean, Kept, Kind, Trace};

use crate::{CANARY, clean, file, holds};

fn jpeg_with(segment: &[u8]) -> Vec<u8> {
    let mut bytes = clean(&file("photo.jpg"));
    bytes.splice(2..2, segment.iter().copied());
    bytes
}

pub(crate) fn png_chunk(name: &[u8; 4], body: &[u8]) -> Vec<u8> {
    let named = [name.as_slice(), body].concat();
    [&(body.len() as u32).to_be_bytes(), named.as_slice(), &crc32fast::hash(&named).to_be_bytes()].concat()
}

/// A grey picture of 4 by 4, whose coded rows are given.
pub(crate) fn png_of(rows: &[u8], more: &[Vec<u8>]) -> Vec<u8> {
    let head = png_chunk(b"IHDR", b"\0\0\0\x04\0\0\0\x04\x08\0\0\0\0");
    let parts = [b"\x89PNG\r\n\x1a\n".to_vec(), head, more.concat(), png_chunk(b"IDAT", rows), png_chunk(b"IEND", b"")];
    parts.concat()
}

pub(crate) fn deflated(bytes: &[u8]) -> Vec<u8> {
    use std::io::Write;
    let mut to = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::none());
    to.write_all(bytes).unwrap();
    to.finish().unwrap()
}

#[test]
fn every_application_segment_of_a_photograph_goes() {
    for marker in (0xe0..=0xef).chain([0xfe, 0xf0]) {
        let bytes = jpeg_with(&[&[0xff, marker, 0, 12], b"CANARY-abc".as_slice()].concat());
        let cleaned = plainsight_media::clean(&bytes).unwrap();
        assert!(!holds(&cleaned.to_bytes(&bytes), CANARY), "{marker:x}");
        assert!(!cleaned.removed().is_empty(), "{marker:x}");
    }
}

#[test]
fn a_table_that_no_scan_uses_is_no_place_to_hide() {
    let table = [b"\xff\xdb\0\x43\x03CANARY".as_slice(), &[7; 58]].concat();
    let codes = [b"\xff\xc4\0\x1a\x03\x07".as_slice(), &[0; 15], b"CANARY7"].concat();
    for segment in [table, codes] {
        let bytes = jpeg_with(&segment);
        assert!(holds(&bytes, CANARY));
        assert_eq!(clean(&bytes), clean(&file("photo.jpg")));
    }
}

#[test]
fn what_lies_behind_the_last_coded_block_is_gone() {
    let plain = clean(&file("photo.jpg"));
    let mut bytes = plain.clone();
    let end = bytes.len() - 2;
    bytes.splice(end..end, *b"CANARY");
    let cleaned = plainsight_media::clean(&bytes).unwrap();
    assert_eq!(cleaned.to_bytes(&bytes), plain);
    assert_eq!(cleaned.removed().get(&Trace::TrailingBytes), Some(&1));
}

#[test]
fn what_lies_before_a_restart_is_gone() {
    let plain = clean(&file("restart.jpg"));
    let mut bytes = plain.clone();
    let restart = bytes.windows(2).position(|pair| pair == [0xff, 0xd2]).unwrap();
    bytes.splice(restart..restart, *b"CANARY");
    assert_eq!(clean(&bytes), plain);
}

#[test]
fn a_photograph_of_which_blocks_are_missing_is_damaged() {
    let mut bytes = clean(&file("photo.jpg"));
    let end = bytes.len() - 2;
    bytes.drain(end - 100..end);
    assert_eq!(plainsight_media::clean(&bytes), Err(CannotClean::Damaged { kind: Kind::Jpeg, what: "its coded blocks" }));
}

#[test]
fn a_film_behind_a_photograph_is_gone() {
    let bytes = [file("photo.jpg"), b"\0\0\0\x18ftypmp42CANARY".to_vec()].concat();
    let cleaned = plainsight_media::clean(&bytes).unwrap();
    assert_eq!(cleaned.removed().get(&Trace::TrailingBytes), Some(&1));
    assert_eq!(cleaned.to_bytes(&bytes), clean(&file("photo.jpg")));
}

#[test]
fn a_photograph_says_by_kind_what_it_told() {
    let bytes = file("photo.jpg");
    let cleaned = plainsight_media::clean(&bytes).unwrap();
    for trace in [Trace::Place, Trace::Time, Trace::Device, Trace::Author, Trace::Comment, Trace::Thumbnail, Trace::Software] {
        assert!(cleaned.removed().contains_key(&trace), "{trace:?}");
    }
    assert!(cleaned.kept().contains(&Kept::Orientation));
    assert_eq!(cleaned.kind(), Kind::Jpeg);
}

#[test]
fn a_photograph_of_a_hundred_thousand_scans_is_a_bomb() {
    let bytes = clean(&file("photo.jpg"));
    let scan = bytes.windows(2).position(|marker| marker == [0xff, 0xda]).unwrap();
    let bomb = [&bytes[..bytes.len() - 2], &bytes[scan..bytes.len() - 2].repeat(200), &[0xff, 0xd9]].concat();
    assert_eq!(plainsight_media::clean(&bomb), Err(CannotClean::TooMuch { kind: Kind::Jpeg, what: "scans" }));
}

#[test]
fn a_profile_of_ones_own_screen_goes_and_a_known_one_is_written_anew() {
    let mut measured = vec![0; 128];
    measured[16..20].copy_from_slice(b"RGB ");
    measured[36..40].copy_from_slice(b"acsp");
    measured.extend(b"\0\0\0\0CANARY screen 4711");
    let body = [b"ICC_PROFILE\0\x01\x01".as_slice(), &measured].concat();
    let bytes = jpeg_with(&[&[0xff, 0xe2], (body.len() as u16 + 2).to_be_bytes().as_slice(), &body].concat());
    let cleaned = plainsight_media::clean(&bytes).unwrap();
    assert_eq!(cleaned.removed().get(&Trace::Device), Some(&1));
    assert!(!holds(&cleaned.to_bytes(&bytes), b"ICC_PROFILE"));
}

/// CVE-2023-21036: what an editor cut away lies after the end of the coded rows.
#[test]
fn what_was_cut_away_from_a_screenshot_is_gone() {
    let row = [0, 1, 2, 3, 4];
    let rows = [deflated(&row.repeat(4)), b"CANARY and the rest of the older picture".to_vec()].concat();
    let bytes = png_of(&rows, &[]);
    let cleaned = plainsight_media::clean(&bytes).unwrap();
    assert!(!holds(&cleaned.to_bytes(&bytes), CANARY));
    assert_eq!(cleaned.removed().get(&Trace::EarlierVersion), Some(&1));
}

#[test]
fn rows_below_the_last_one_are_gone() {
    let row = [0, 1, 2, 3, 4];
    let bytes = png_of(&deflated(&[row.repeat(4), b"CANARY".repeat(10)].concat()), &[]);
    assert!(holds(&bytes, CANARY));
    let after = clean(&bytes);
    assert!(!holds(&after, CANARY));
    assert_eq!(image::load_from_memory(&after).unwrap().into_bytes(), [1, 2, 3, 4].repeat(4));
}

#[test]
fn a_picture_of_too_few_rows_is_damaged() {
    assert!(matches!(plainsight_media::clean(&png_of(&deflated(&[0; 12]), &[])), Err(CannotClean::Damaged { .. })));
}

#[test]
fn every_other_part_of_a_png_goes_and_one_that_must_be_understood_is_refused() {
    let rows = deflated(&[0, 1, 2, 3, 4].repeat(4));
    let plain = png_of(&rows, &[]);
    for name in [
        b"tEXt", b"iTXt", b"tIME", b"sBIT", b"hIST", b"prVt", b"cHRM", b"sPLT", b"eXIf", b"dSIG", b"caBX", b"pHYs", b"gAMA", b"iCCP",
        b"bKGD",
    ] {
        let bytes = png_of(&rows, &[png_chunk(name, b"CANARY")]);
        let cleaned = plainsight_media::clean(&bytes).unwrap();
        assert_eq!(cleaned.to_bytes(&bytes), plain, "{}", String::from_utf8_lossy(name));
        assert!(!cleaned.removed().is_empty());
    }
    let bytes = png_of(&rows, &[png_chunk(b"CgBI", b"CANARY")]);
    assert!(matches!(plainsight_media::clean(&bytes), Err(CannotClean::UnknownPart { .. })));
}

#[test]
fn a_broken_checksum_is_damage() {
    let mut bytes = png_of(&deflated(&[0, 1, 2, 3, 4].repeat(4)), &[]);
    let end = bytes.len() - 14;
    bytes[end] ^= 1;
    assert!(matches!(plainsight_media::clean(&bytes), Err(CannotClean::Damaged { kind: Kind::Png, what: "a checksum" })));
}

#[test]
fn what_lies_in_a_frame_of_a_gif_after_its_end_code_is_gone() {
    let plain = clean(&file("animated.gif"));
    // The last frame's blocks end with the nought before the trailer.
    let end = plain.len() - 2;
    let mut bytes = plain.clone();
    bytes.splice(end..end, *b"\x06CANARY");
    let cleaned = plainsight_media::clean(&bytes).unwrap();
    assert!(!holds(&cleaned.to_bytes(&bytes), CANARY));
    assert_eq!(cleaned.to_bytes(&bytes), plain);
}

#[test]
fn every_extension_of_a_gif_but_timing_goes() {
    let plain = clean(&file("animated.gif"));
    let end = plain.len() - 1;
    for extension in
        [b"\x21\xfe\x06CANARY\0".as_slice(), b"\x21\x01\x0cCANARYCANARY\0", b"\x21\xff\x0bCANARYabcde\x06CANARY\0", b"\x21\x77\x06CANARY\0"]
    {
        let mut bytes = plain.clone();
        bytes.splice(end..end, extension.iter().copied());
        let cleaned = plainsight_media::clean(&bytes).unwrap();
        assert_eq!(cleaned.to_bytes(&bytes), plain);
        assert!(!cleaned.removed().is_empty());
    }
}

#[test]
fn a_part_that_no_webp_has_is_gone() {
    let plain = clean(&file("photo.webp"));
    let mut bytes = [plain.clone(), b"CNRY\x06\0\0\0CANARY".to_vec()].concat();
    let size = (bytes.len() as u32 - 8).to_le_bytes();
    bytes[4..8].copy_from_slice(&size);
    let cleaned = plainsight_media::clean(&bytes).unwrap();
    assert_eq!(cleaned.to_bytes(&bytes), plain);
    assert_eq!(cleaned.removed().get(&Trace::UnknownPart), Some(&1));
}

/// The names of the items of a table of pictures.
fn kinds(bytes: &[u8]) -> Vec<&[u8]> {
    bytes.windows(4).enumerate().filter(|(_, name)| name == b"infe").map(|(at, _)| &bytes[at + 12..at + 16]).collect()
}

#[test]
fn photographs_of_newer_telephones_keep_their_picture_and_nothing_beside_it() {
    for name in ["photo.heic", "transparent.heic", "photo.avif"] {
        let (before, after) = (file(name), clean(&file(name)));
        assert!(kinds(&before).contains(&b"Exif".as_slice()) && kinds(&before).contains(&b"mime".as_slice()), "{name}");
        assert!(kinds(&after).iter().all(|kind| [b"hvc1".as_slice(), b"av01", b"grid"].contains(kind)), "{name}");
        for word in [b"Exif".as_slice(), b"mime", b"x265", b"http", b"thmb", b"xmp"] {
            assert!(!holds(&after, word), "{name}: {}", String::from_utf8_lossy(word));
        }
    }
    assert!(holds(&file("transparent.heic"), b"thmb"));
    // The table of transparency is seen, and stays.
    assert!(holds(&clean(&file("transparent.heic")), b"auxid:1"));
}

#[test]
fn a_thumbnail_beside_a_picture_is_told() {
    let bytes = file("transparent.heic");
    let cleaned = plainsight_media::clean(&bytes).unwrap();
    for trace in [Trace::Thumbnail, Trace::Place, Trace::Device] {
        assert!(cleaned.removed().contains_key(&trace), "{trace:?}");
    }
    assert!(cleaned.kept().contains(&Kept::Transparency));
}

#[test]
fn a_picture_that_is_made_of_others_in_an_unknown_way_is_kept_back() {
    let mut bytes = clean(&file("photo.avif"));
    let at = bytes.windows(4).position(|name| name == b"infe").unwrap() + 12;
    bytes[at..at + 4].copy_from_slice(b"iovl");
    assert_eq!(plainsight_media::clean(&bytes), Err(CannotClean::UnknownPart { kind: Kind::Avif, what: "a picture made of others" }));
}
