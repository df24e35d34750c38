//! Files that are made to take memory or time: short to send, and without an end for whoever takes them apart. Each was one
//! before it was told. `peers/media/small_room.sh` tries larger ones in a small room.

use plainsight_media::{CannotClean, Kind};

use crate::documents::{open_text, word};
use crate::films::{boxed, track};
use crate::pages::{PAGES, ROOT, flate, page, pdf, stream};

fn is_too_much(bytes: &[u8], what: &str) {
    match plainsight_media::clean(bytes) {
        Err(CannotClean::TooMuch { what: said, .. }) => assert_eq!(said, what),
        other => panic!("{what}: {:?}", other.map(|cleaned| cleaned.len())),
    }
}

#[test]
fn a_million_empty_parts_are_a_bomb() {
    let parts = [b"WEBP".as_slice(), &b"junk\0\0\0\0".repeat(100_001)].concat();
    is_too_much(&[b"RIFF".as_slice(), &(parts.len() as u32).to_le_bytes(), &parts].concat(), "parts");
}

/// A table of pictures with these items, where they lie, and which properties they own.
fn pictures(kind: &[u8], items: u16, places: &[u8], owned: &[u8], data: &[u8]) -> Vec<u8> {
    let infos: Vec<u8> = (1..=items)
        .flat_map(|number| boxed(b"infe", &[&[2, 0, 0, 0], number.to_be_bytes().as_slice(), &[0, 0], kind, &[0]].concat()))
        .collect();
    let parts = [
        boxed(b"hdlr", &[[0; 8].as_slice(), b"pict", &[0; 13]].concat()),
        boxed(b"pitm", &[0, 0, 0, 0, 0, 1]),
        boxed(b"iinf", &[[0; 4].as_slice(), &items.to_be_bytes(), &infos].concat()),
        boxed(b"iloc", places),
        boxed(b"iprp", &[boxed(b"ipco", b""), owned.to_vec()].concat()),
    ];
    let brand: &[u8] = if kind == b"av01" { b"avif\0\0\0\0" } else { b"heic\0\0\0\0" };
    [boxed(b"ftyp", brand), boxed(b"meta", &[[0; 4].as_slice(), &parts.concat()].concat()), boxed(b"mdat", data)].concat()
}

#[test]
fn places_that_take_no_bytes_are_counted() {
    let places = [[0; 6].as_slice(), &[0xff, 0xff], &[0, 1, 0, 0, 0xff, 0xff].repeat(65_535)].concat();
    is_too_much(&pictures(b"hvc1", 1, &places, b"", b""), "pictures of the same bytes");
}

#[test]
fn pictures_of_the_same_bytes_are_a_bomb() {
    let places: Vec<u8> = (1..=2000_u16)
        .flat_map(|number| [number.to_be_bytes().as_slice(), &[0; 4], &[0, 1], &0_u32.to_be_bytes(), &(1_u32 << 19).to_be_bytes()].concat())
        .collect();
    let places = [[1, 0, 0, 0, 0x44, 0].as_slice(), &2000_u16.to_be_bytes(), &places].concat();
    is_too_much(&pictures(b"av01", 2000, &places, b"", &[0; 1 << 19]), "pictures of the same bytes");
}

#[test]
fn a_picture_with_a_million_properties_is_a_bomb() {
    let one = [&[0, 1, 0xff], [1; 255].as_slice()].concat();
    let owned = boxed(b"ipma", &[[0; 4].as_slice(), &1000_u32.to_be_bytes(), &one.repeat(1000)].concat());
    is_too_much(&pictures(b"hvc1", 1, &[0; 8], &owned, b""), "properties");
}

#[test]
fn a_tower_of_descriptions_is_not_climbed() {
    let tower = (0..20_000_u32).rev().flat_map(|above| [&(8 * (above + 1)).to_be_bytes(), b"wave".as_slice()].concat()).collect::<Vec<_>>();
    let entry = boxed(b"mp4a", &[[0, 0, 0, 0, 0, 0, 0, 1].as_slice(), &[0; 20], &tower].concat());
    let moov = boxed(b"moov", &[boxed(b"mvhd", &[0; 100]), track(b"soun", &entry, 1, &[24])].concat());
    let bytes = [boxed(b"ftyp", b"mp42\0\0\0\0"), boxed(b"mdat", b"x"), moov].concat();
    assert_eq!(plainsight_media::clean(&bytes), Err(CannotClean::Damaged { kind: Kind::Mp4, what: "the description of a codec" }));
}

/// Before, the bytes of each chunk were looked at first, and counted after.
#[test]
fn frames_of_the_same_bytes_are_counted_before_they_are_looked_at() {
    let esds = [&[0; 4], b"\x03\x14\0\0\0\x04\x0f\x40".as_slice(), &[0; 12], b"\x05\0"].concat();
    let entry = boxed(b"mp4a", &[[0, 0, 0, 0, 0, 0, 0, 1].as_slice(), &[0; 20], &boxed(b"esds", &esds)].concat());
    let moov = boxed(b"moov", &[boxed(b"mvhd", &[0; 100]), track(b"soun", &entry, 5000, &[24; 40_000])].concat());
    let bytes = [boxed(b"ftyp", b"mp42\0\0\0\0"), boxed(b"mdat", &[0xde; 5000]), moov].concat();
    is_too_much(&bytes, "samples of the same bytes");
}

#[test]
fn restarts_with_something_before_each_are_a_bomb() {
    let mut bytes = b"\xff\xd8\xff\xdb\0\x43\0".to_vec();
    bytes.extend([1; 64]);
    bytes.extend(b"\xff\xc0\0\x0b\x08\x40\0\x40\0\x01\x01\x11\0");
    for class in [0, 0x10] {
        bytes.extend([&[0xff, 0xc4, 0, 0x15, class, 2], [0; 15].as_slice(), &[0, 1]].concat());
    }
    bytes.extend(b"\xff\xdd\0\x04\0\x01\xff\xda\0\x08\x01\x01\0\0\x3f\0");
    bytes.extend((0..200_000_u32).flat_map(|number| [0, 0, 0xff, 0xd0 + (number % 8) as u8]));
    is_too_much(&[bytes, b"\xff\xd9".to_vec()].concat(), "gaps before restarts");
}

#[test]
fn a_million_words_without_an_end_are_looked_at_once() {
    let frame = [b"\xff\xf3\x14\xc4".as_slice(), &[0; 20]].concat();
    let bytes = [frame.repeat(3), b"LYRICSBEGIN".repeat(100_000)].concat();
    assert_eq!(plainsight_media::clean(&bytes).unwrap().to_bytes(&bytes), frame.repeat(3));
}

#[test]
fn an_array_of_arrays_that_are_one_is_a_bomb() {
    let towers: Vec<String> = (4..24).map(|number| format!("[{}]", format!("{} 0 R ", number + 1).repeat(10))).collect();
    let page = page("/Rotate 4 0 R");
    let mut objects = vec![ROOT, PAGES, &page];
    objects.extend(towers.iter().map(String::as_str));
    objects.push("1");
    is_too_much(&pdf(&objects, ""), "values in one object");
}

#[test]
fn an_array_of_a_million_numbers_is_a_bomb() {
    let array = format!("[{}]", "0 ".repeat(600_000));
    is_too_much(&pdf(&[ROOT, PAGES, &page("/Rotate 4 0 R"), &array], ""), "values in one object");
}

#[test]
fn an_annotation_that_stands_a_hundred_thousand_times_on_a_page_is_a_bomb() {
    let annotations = format!("[{}]", "5 0 R ".repeat(100_000));
    let look = stream("/Subtype/Form", "");
    let bytes = pdf(&[ROOT, PAGES, &page("/Annots 4 0 R"), &annotations, "<</Subtype/Ink/Rect[0 0 1 1]/AP<</N 6 0 R>>>>", &look], "");
    is_too_much(&bytes, "values in one object");
}

#[test]
fn one_letter_that_means_four_bytes_is_no_bomb() {
    let letters = stream("/Filter/ASCII85Decode", &"z".repeat(7 << 20));
    is_too_much(&pdf(&[ROOT, PAGES, &page("/Contents 4 0 R"), &letters], ""), "bytes in one stream");
}

#[test]
fn a_row_of_half_a_gigabyte_is_no_row() {
    let packed: String = flate(b"\0").iter().map(|byte| format!("{byte:02x}")).collect();
    let content = stream(
        "/Filter[/ASCIIHexDecode/FlateDecode]/DecodeParms[null<</Predictor 12/Columns 1048576/Colors 64/BitsPerComponent 32>>]",
        &packed,
    );
    let bytes = pdf(&[ROOT, PAGES, &page("/Contents 4 0 R"), &content], "");
    assert_eq!(plainsight_media::clean(&bytes), Err(CannotClean::Damaged { kind: Kind::Pdf, what: "a packed stream" }));
}

/// Nine pictures, each of which has all that follow it in its stream.
#[test]
fn pictures_that_lie_in_each_other_are_a_bomb() {
    const HEAD: usize = 120;
    let names: String = (0..9).map(|number| format!("/X{number} {} 0 R", number + 5)).collect();
    let draws: String = (0..9).map(|number| format!("/X{number} Do\n")).collect();
    let page = page(&format!("/Contents 4 0 R/Resources<</XObject<<{names}>>>>"));
    let mut out = b"%PDF-1.7\n".to_vec();
    let mut table = "xref\n0 14\n0000000000 65535 f \n".to_owned();
    for (place, object) in [ROOT, PAGES, &page, &stream("", &draws)].iter().enumerate() {
        table += &format!("{:010} 00000 n \n", out.len());
        out.extend(format!("{} 0 obj\n{object}\nendobj\n", place + 1).bytes());
    }
    for number in 0..9 {
        table += &format!("{:010} 00000 n \n", out.len());
        let left = (8 - number) * HEAD + 5000;
        let entries = format!("/Subtype/Image/Width 1/Height 1/ColorSpace/DeviceGray/BitsPerComponent 8/Length {left}>>stream\n");
        let head = format!("{} 0 obj<<", number + 5);
        out.extend(format!("{head}{}{entries}", " ".repeat(HEAD - head.len() - entries.len())).bytes());
    }
    out.extend("x".repeat(5000).bytes());
    out.extend(b"\nendstream\nendobj\n");
    let start = out.len();
    out.extend(format!("{table}trailer\n<</Size 14/Root 1 0 R>>\nstartxref\n{start}\n%%EOF\n").bytes());
    is_too_much(&out, "streams of the same bytes");
}

#[test]
fn a_page_inherits_and_thousands_do_not_hold_what_they_inherit() {
    let kids: String = (4..1004).map(|number| format!("{number} 0 R ")).collect();
    let tree = format!("<</Type/Pages/Kids[{kids}]/MediaBox[0 0 9 9]/Resources<</Font<</F1 3 0 R>>>>/Rotate 90>>");
    let mut objects = vec![ROOT, &tree, "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"];
    objects.extend(std::iter::repeat_n("<</Type/Page>>", 1000));
    let bytes = pdf(&objects, "");
    plainsight_media::fuzz::any(&bytes);
    let cleaned = crate::clean(&bytes);
    assert_eq!(cleaned.windows(10).filter(|window| window == b"/Rotate 90").count(), 1000);
}

/// To say of each of them whether it is the one to read, all before it were read.
#[test]
fn a_thousand_ways_to_show_a_thing_are_a_bomb() {
    let choices = format!("<mc:AlternateContent>{}</mc:AlternateContent>", "<mc:Choice/>".repeat(30_000));
    is_too_much(&word(&choices), "marks to look at");
}

/// For each cell, its row was read again.
#[test]
fn a_row_that_is_longer_than_its_cells_is_read_a_bounded_number_of_times() {
    let row = format!("<table:table-row table:x='{}'>{}</table:table-row>", "x".repeat(100_000), "<table:table-cell/>".repeat(3000));
    is_too_much(&open_text(&row, &[]), "marks to look at");
}

#[test]
fn words_that_grow_when_they_are_written_are_bounded() {
    let plain = format!("<![CDATA[{}]]>", "&".repeat(3 << 20));
    is_too_much(&word(&format!("<w:t>{plain}{plain}{plain}</w:t>")), "text in one part");
}

#[test]
fn an_attribute_that_stands_twice_is_damage() {
    let bytes = word("<w:p w:x='1' w:x='CANARY'/>");
    assert_eq!(plainsight_media::clean(&bytes), Err(CannotClean::Damaged { kind: Kind::Docx, what: "an attribute stands twice" }));
}
