//! Every file of data/media: the canary is gone, what is seen is the same, and a clean file stays as it is.

use std::fs;

use image::codecs::gif::GifDecoder;
use image::codecs::png::PngDecoder;
use image::codecs::webp::WebPDecoder;
use image::{AnimationDecoder, ImageDecoder};
use plainsight_media::Kind;

use crate::{CANARY, clean, file, folder, holds};

pub(crate) fn names() -> Vec<String> {
    let mut names: Vec<String> = fs::read_dir(folder())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| !name.ends_with(".md"))
        .collect();
    names.sort();
    assert!(!names.is_empty());
    names
}

/// Every frame's pixels, as a decoder that is not ours sees them.
fn pixels(bytes: &[u8], kind: Kind) -> Vec<Vec<u8>> {
    let read = || std::io::Cursor::new(bytes);
    let frames = |frames: image::Frames<'_>| frames.map(|frame| frame.unwrap().into_buffer().into_raw()).collect();
    match kind {
        Kind::Gif => frames(GifDecoder::new(read()).unwrap().into_frames()),
        Kind::WebP if WebPDecoder::new(read()).unwrap().has_animation() => frames(WebPDecoder::new(read()).unwrap().into_frames()),
        Kind::Png if PngDecoder::new(read()).unwrap().is_apng().unwrap() => {
            frames(PngDecoder::new(read()).unwrap().apng().unwrap().into_frames())
        }
        _ => vec![image::load_from_memory(bytes).unwrap().into_bytes()],
    }
}

fn is_picture(kind: Kind) -> bool {
    matches!(kind, Kind::Jpeg | Kind::Png | Kind::Gif | Kind::WebP)
}

#[test]
fn no_canary_is_left_in_any_file() {
    for name in names() {
        let before = file(&name);
        let after = clean(&before);
        assert!(!holds(&after, CANARY), "{name}");
    }
}

#[test]
fn what_is_removed_is_told_by_kind() {
    for name in names() {
        let bytes = file(&name);
        assert!(!plainsight_media::clean(&bytes).unwrap().removed().is_empty(), "{name}");
    }
}

#[test]
fn a_clean_file_stays_as_it_is() {
    for name in names() {
        let once = clean(&file(&name));
        let again = plainsight_media::clean(&once).unwrap();
        assert!(again.to_bytes(&once) == once, "{name}");
        assert!(again.removed().is_empty(), "{name}: {:?}", again.removed());
    }
}

#[test]
fn the_plan_writes_what_it_says() {
    for name in names() {
        let bytes = file(&name);
        let cleaned = plainsight_media::clean(&bytes).unwrap();
        let mut written = Vec::new();
        cleaned.write(&bytes, &mut written).unwrap();
        assert!(written == cleaned.to_bytes(&bytes) && written.len() == cleaned.len(), "{name}");
    }
}

#[test]
fn pictures_keep_every_pixel_of_every_frame() {
    let mut seen = 0;
    for name in names() {
        let before = file(&name);
        let kind = plainsight_media::kind(&before).unwrap();
        if is_picture(kind) {
            let after = clean(&before);
            let (one, other) = (pixels(&before, kind), pixels(&after, kind));
            assert!(!one.is_empty() && one == other, "{name}");
            seen += 1;
        }
    }
    assert!(seen >= 10, "{seen}");
}

#[test]
fn pictures_keep_which_way_is_up() {
    let orientation = |bytes: &[u8]| {
        let reader = image::ImageReader::new(std::io::Cursor::new(bytes)).with_guessed_format().unwrap();
        reader.into_decoder().unwrap().orientation().unwrap()
    };
    for name in ["photo.jpg", "screenshot.png", "photo.webp"] {
        let before = file(name);
        assert_eq!(orientation(&before), image::metadata::Orientation::Rotate90, "{name}");
        assert_eq!(orientation(&clean(&before)), image::metadata::Orientation::Rotate90, "{name}");
    }
}
