//! What a file is, by its content; and what is refused for being two things, or for running.

use plainsight_media::{CannotClean, Kept, Kind, Reason, Trace, kind};

use crate::corpus::names;
use crate::file;

#[test]
fn every_file_of_the_corpus_is_what_its_ending_says() {
    for name in names() {
        let kind = kind(&file(&name)).unwrap();
        let ending = name.rsplit('.').next().unwrap();
        let same = kind.ending() == ending || matches!((ending, kind), ("m4a" | "3gp", Kind::Mp4) | ("opus", Kind::Ogg));
        assert!(same, "{name}: {kind}");
    }
}

#[test]
fn what_runs_is_refused() {
    for text in [
        "<svg xmlns='http://www.w3.org/2000/svg'/>",
        "\u{feff}<?xml version='1.0'?><svg/>",
        "  \n<!DOCTYPE html><p>",
        "<html><script>",
        "#!/bin/sh\n",
        "MZ\u{1}\u{2}",
        "{\\rtf1 x}",
    ] {
        assert!(matches!(kind(text.as_bytes()), Err(CannotClean::Active(_))), "{text}");
    }
}

#[test]
fn a_page_in_two_byte_letters_is_still_a_page() {
    let wide: Vec<u8> = "\u{feff}<svg onload='x'/>".encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert!(matches!(kind(&wide), Err(CannotClean::Active(_))));
}

#[test]
fn what_nobody_knows_is_not_guessed() {
    for text in [b"".as_slice(), b"x", b"plain words", b"\0\0\0\0\0\0\0\0\0\0\0\0"] {
        assert_eq!(kind(text), Err(CannotClean::UnknownKind));
    }
}

/// A picture that unpacks as an archive carries whatever its maker likes past whoever only looks.
#[test]
fn a_photograph_with_an_archive_behind_it_is_refused() {
    let mut zip = b"PK\x01\x02".to_vec();
    zip.resize(46, 0);
    let size = zip.len() as u32;
    zip.extend(b"PK\x05\x06\0\0\0\0\x01\0\x01\0");
    zip.extend(size.to_le_bytes());
    zip.extend([0; 6]);
    let both = [file("photo.jpg"), zip].concat();
    assert_eq!(kind(&both), Err(CannotClean::TwoKinds(Kind::Jpeg, "a ZIP archive")));
}

#[test]
fn a_picture_that_opens_as_a_pdf_is_refused() {
    let mut both = file("animated.gif");
    both.splice(20..20, *b"%PDF-1.4");
    assert_eq!(kind(&both), Err(CannotClean::TwoKinds(Kind::Gif, "a PDF")));
}

#[test]
fn a_page_in_the_comment_of_a_picture_is_refused() {
    let mut both = file("animated.gif");
    let end = both.len() - 1;
    both.splice(end..end, *b"\x21\xfe\x11<script>alert(1)<\0");
    assert_eq!(kind(&both), Err(CannotClean::TwoKinds(Kind::Gif, "a page of HTML")));
}

/// One process tells another: a name that changes is not understood, and two that are the same are mixed up.
#[test]
fn names_are_told_and_understood_and_never_change() {
    let kinds: Vec<&str> = Kind::ALL.iter().map(|kind| kind.name()).collect();
    assert_eq!(kinds.join(" "), "jpeg png gif webp heif avif pdf docx xlsx pptx odt ods odp mp4 mov mp3 wav ogg flac");
    let traces: Vec<&str> = Trace::ALL.iter().map(|trace| trace.name()).collect();
    assert_eq!(
        traces.join(" "),
        "place time device author comment earlier-version thumbnail attachment script hidden-layer software link trailing-bytes unknown-part"
    );
    let kept: Vec<&str> = Kept::ALL.iter().map(|kept| kept.name()).collect();
    assert_eq!(kept.join(" "), "orientation colour-space encoder-tables pixel-shape timing transparency typefaces layout codec-settings");
    let reasons: Vec<&str> = Reason::ALL.iter().map(|reason| reason.name()).collect();
    assert_eq!(reasons.join(" "), "unknown-kind active two-kinds damaged unknown-part encrypted too-much");
    assert!(Kind::ALL.iter().all(|kind| Kind::parse(kind.name()) == Some(*kind)));
    assert!(Trace::ALL.iter().all(|trace| Trace::parse(trace.name()) == Some(*trace)));
    assert!(Kept::ALL.iter().all(|kept| Kept::parse(kept.name()) == Some(*kept)));
    assert!(Reason::ALL.iter().all(|reason| Reason::parse(reason.name()) == Some(*reason)));
    assert_eq!((Kind::parse("JPEG"), Trace::parse(""), Reason::parse("nothing")), (None, None, None));
}

#[test]
fn a_refusal_has_a_code_and_says_of_which_kind_the_file_was() {
    let refused = plainsight_media::clean(b"\xff\xd8\xff").unwrap_err();
    assert_eq!((refused.code(), refused.kind()), ("damaged", Some(Kind::Jpeg)));
    let refused = plainsight_media::clean(b"#!/bin/sh\n").unwrap_err();
    assert_eq!((refused.code(), refused.kind()), ("active", None));
}
