//! What hides in sound: tags around it, and names inside it.

use plainsight_media::{CannotClean, Kind, Trace};

use crate::{CANARY, clean, file, holds};

#[test]
fn no_name_of_an_encoder_is_left_but_the_one_that_everybody_gets() {
    for name in ["sound.mp3", "variable.mp3", "sound.wav", "sound.ogg", "sound.opus", "sound.flac"] {
        let after = clean(&file(name));
        for word in [b"Lavc".as_slice(), b"Lavf", b"LAME3", b"Xiph", b"libopus", b"LIST", b"bext", b"APETAGEX", b"LYRICS", b"ID3"] {
            assert!(!holds(&after, word), "{name}: {}", String::from_utf8_lossy(word));
        }
        // Players know how much silence to leave out by this name alone; it is a constant.
        let told = after.windows(3).filter(|word| word == b"LAM").count();
        assert_eq!(told, usize::from(name.ends_with("mp3")), "{name}");
    }
}

#[test]
fn names_between_the_sound_of_two_frames_go() {
    let before = file("variable.mp3");
    let after = clean(&before);
    assert!(before.windows(3).filter(|word| word == b"LAM").count() > 10);
    // Frame for frame of the same length: from the table on, nothing but those bits is other.
    let frames = &before[before.len() - after.len()..];
    let changed = frames.iter().zip(&after).skip(200).filter(|(one, other)| one != other);
    let only_less = changed.clone().all(|(one, other)| one & other == *other);
    assert!(only_less && changed.count() > 20);
}

#[test]
fn samples_of_wav_stay_byte_by_byte() {
    let (before, after) = (file("sound.wav"), clean(&file("sound.wav")));
    let data = |bytes: &[u8]| {
        let at = bytes.windows(4).position(|name| name == b"data").unwrap();
        let length = u32::from_le_bytes(bytes[at + 4..at + 8].try_into().unwrap()) as usize;
        bytes[at + 8..at + 8 + length].to_vec()
    };
    assert_eq!(data(&before), data(&after));
    assert_eq!(after.len(), 44 + data(&before).len());
}

#[test]
fn pages_of_sound_stay_and_have_a_number_that_everybody_has() {
    for name in ["sound.ogg", "sound.opus"] {
        let (before, after) = (file(name), clean(&file(name)));
        let last = |bytes: &[u8]| bytes[bytes.windows(4).rposition(|mark| mark == b"OggS").unwrap()..].to_vec();
        let (one, other) = (last(&before), last(&after));
        assert_eq!(one[27..], other[27..], "{name}");
        assert_eq!(other[14..18], [1, 0, 0, 0]);
    }
}

#[test]
fn a_damaged_page_and_a_second_stream_are_told() {
    let good = clean(&file("sound.ogg"));
    let mut bad = good.clone();
    let end = bad.len() - 3;
    bad[end] ^= 1;
    assert_eq!(plainsight_media::clean(&bad), Err(CannotClean::Damaged { kind: Kind::Ogg, what: "the checksum of a page" }));
    let two = [good.clone(), good].concat();
    assert_eq!(plainsight_media::clean(&two), Err(CannotClean::UnknownPart { kind: Kind::Ogg, what: "several streams" }));
}

#[test]
fn what_follows_the_sound_goes() {
    for name in ["sound.wav", "sound.ogg", "sound.mp3"] {
        let plain = clean(&file(name));
        let bytes = [plain.clone(), b"CANARY and more".to_vec()].concat();
        let cleaned = plainsight_media::clean(&bytes).unwrap();
        assert_eq!(cleaned.to_bytes(&bytes), plain, "{name}");
        assert!(cleaned.removed().contains_key(&Trace::TrailingBytes), "{name}");
    }
}

#[test]
fn frames_of_flac_are_found_by_their_checksums() {
    let plain = clean(&file("sound.flac"));
    // A tag after the last frame goes; a frame that does not come out is damage.
    let bytes = [plain.clone(), b"TAG".to_vec(), b"CANARY".repeat(30)[..125].to_vec()].concat();
    assert_eq!(clean(&bytes), plain);
    let mut bad = plain.clone();
    let end = bad.len() - 20;
    bad[end] ^= 1;
    assert!(matches!(plainsight_media::clean(&bad), Err(CannotClean::Damaged { kind: Kind::Flac, .. })));
}

#[test]
fn a_tag_before_flac_does_not_make_it_mp3() {
    let plain = clean(&file("sound.flac"));
    let bytes = [b"ID3\x04\0\0\0\0\0\x06CANARY".as_slice(), &plain].concat();
    assert_eq!(clean(&bytes), plain);
}

#[test]
fn a_format_that_is_not_known_is_kept_back() {
    let mut bytes = clean(&file("sound.wav"));
    bytes[20] = 0x55;
    assert_eq!(plainsight_media::clean(&bytes), Err(CannotClean::UnknownPart { kind: Kind::Wav, what: "sound of a codec" }));
    assert!(!holds(&clean(&file("sound.wav")), CANARY));
}
