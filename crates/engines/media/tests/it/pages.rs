//! What hides in PDF: planted by peers/media/plant_pdf.py, and here.

use plainsight_media::{CannotClean, Kind, Trace};

use crate::{CANARY, clean, file, holds};

const FILES: [&str; 4] = ["planted.pdf", "packed.pdf", "linear.pdf", "document.pdf"];

/// All streams of a file that was written here, unpacked where they are deflated.
pub(crate) fn streams(pdf: &[u8]) -> Vec<Vec<u8>> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(step) = pdf[at..].windows(8).position(|window| window == b"\nstream\n") {
        let body = &pdf[at + step + 8..];
        let mut out = Vec::new();
        let inflated = std::io::Read::read_to_end(&mut flate2::read::ZlibDecoder::new(body), &mut out);
        found.push(if inflated.is_ok() {
            out
        } else {
            body[..body.windows(10).position(|window| window == b"\nendstream").unwrap()].to_vec()
        });
        at += step + 8;
    }
    found
}

fn hex(text: &[u8]) -> Vec<u8> {
    text.iter().flat_map(|byte| format!("{byte:02x}").into_bytes()).collect()
}

#[test]
fn no_stream_holds_the_canary_when_it_is_unpacked() {
    for name in FILES {
        let after = clean(&file(name));
        let all = streams(&after);
        assert!(!all.is_empty());
        for stream in all {
            assert!(!holds(&stream, CANARY) && !holds(&stream, &hex(CANARY)), "{name}");
        }
        assert!(!holds(&after, &hex(CANARY)), "{name}");
    }
}

#[test]
fn what_is_drawn_stays() {
    for name in &FILES[..3] {
        let all = streams(&clean(&file(name))).concat();
        for seen in ["SEEN1 newest", "SEEN2 marked", "SEEN3 layer", "SEEN4 form", "SEEN5 note", "SEEN6 field"] {
            assert!(holds(&all, &hex(seen.as_bytes())), "{name}: {seen}");
        }
        assert!(!holds(&all, &hex(b"OLD")), "{name}");
    }
}

#[test]
fn however_a_file_is_laid_out_its_copy_is_the_same() {
    let planted = clean(&file("planted.pdf"));
    assert!(planted == clean(&file("packed.pdf")));
    assert!(planted == clean(&file("linear.pdf")));
}

#[test]
fn a_photograph_on_a_page_is_cleaned_too() {
    let photographs: Vec<_> = streams(&clean(&file("planted.pdf"))).into_iter().filter(|stream| stream.starts_with(b"\xff\xd8")).collect();
    assert_eq!(photographs.len(), 1);
    assert_eq!(clean(&photographs[0]), photographs[0]);
    assert_eq!(photographs[0], clean(&file("photo.jpg")));
}

#[test]
fn a_file_says_by_kind_what_it_told() {
    let bytes = file("planted.pdf");
    let removed = plainsight_media::clean(&bytes).unwrap().removed().clone();
    for trace in [
        Trace::Author,
        Trace::Time,
        Trace::Software,
        Trace::EarlierVersion,
        Trace::Attachment,
        Trace::Script,
        Trace::HiddenLayer,
        Trace::Thumbnail,
        Trace::Comment,
        Trace::TrailingBytes,
    ] {
        assert!(removed.contains_key(&trace), "{trace:?}");
    }
}

/// A file of these objects, numbered from one; the first is the root.
pub(crate) fn pdf(objects: &[&str], trailer: &str) -> Vec<u8> {
    let mut out = b"%PDF-1.7\n".to_vec();
    let mut table = format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1);
    for (place, object) in objects.iter().enumerate() {
        table += &format!("{:010} 00000 n \n", out.len());
        out.extend(format!("{} 0 obj\n{object}\nendobj\n", place + 1).bytes());
    }
    let start = out.len();
    out.extend(format!("{table}trailer\n<</Size {}/Root 1 0 R{trailer}>>\nstartxref\n{start}\n%%EOF\n", objects.len() + 1).bytes());
    out
}

pub(crate) const ROOT: &str = "<</Type/Catalog/Pages 2 0 R>>";
pub(crate) const PAGES: &str = "<</Type/Pages/Kids[3 0 R]/Count 1>>";

pub(crate) fn page(entries: &str) -> String {
    format!("<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]{entries}>>")
}

pub(crate) fn stream(entries: &str, body: &str) -> String {
    format!("<<{entries}/Length {}>>stream\n{body}\nendstream", body.len())
}

#[test]
fn a_file_with_a_password_is_told() {
    let bytes = pdf(&[ROOT, PAGES, &page("")], "/Encrypt 4 0 R");
    assert_eq!(plainsight_media::clean(&bytes), Err(CannotClean::Encrypted(Kind::Pdf)));
}

#[test]
fn what_cannot_be_cleaned_keeps_the_file_back() {
    let image = |filter: &str| stream(&format!("/Subtype/Image/Width 1/Height 1/Filter/{filter}"), "CANARY");
    let with = |object: String, contents: &str| {
        pdf(&[ROOT, PAGES, &page("/Contents 5 0 R/Resources<</XObject<</X 4 0 R>>>>"), &object, &stream("", contents)], "")
    };
    for (bytes, what) in [
        (with(image("JPXDecode"), "/X Do"), "a picture as JPEG 2000"),
        (with(image("JBIG2Decode"), "/X Do"), "a picture as JBIG2"),
        (with(stream("/Subtype/PS", ""), "/X Do"), "a drawing of another kind"),
        (pdf(&["<</Pages 2 0 R/AcroForm<</XFA 4 0 R>>>>", PAGES, &page("")], ""), "a form that is drawn by a program (XFA)"),
        (pdf(&[ROOT, PAGES, &page("/Annots[<</Subtype/Redact/Rect[0 0 1 1]>>]")], ""), "a blackening that was not carried out"),
        (pdf(&[ROOT, PAGES, &page("/Annots[<</Subtype/Widget/FT/Tx/V(x)/Rect[0 0 1 1]>>]")], ""), "a form field that a program draws"),
        (with(stream("/Subtype/Form", "/F1 9 Tf"), "/X Do"), "a drawing that borrows what its page has"),
    ] {
        assert_eq!(plainsight_media::clean(&bytes), Err(CannotClean::UnknownPart { kind: Kind::Pdf, what }));
    }
    // What no page draws is no reason.
    assert!(plainsight_media::clean(&with(image("JPXDecode"), "")).is_ok());
}

#[test]
fn a_picture_ends_where_its_packing_ends() {
    let packed = flate(b"\x01\x02\x03");
    let mut body = packed.clone();
    body.extend(b"CANARY");
    // Bytes do not fit into text: the stream is put in afterwards.
    let mut bytes = pdf(
        &[
            ROOT,
            PAGES,
            &page("/Contents 4 0 R/Resources<</XObject<</X 5 0 R>>>>"),
            &stream("", "/X Do"),
            &stream("/Subtype/Image/Filter/FlateDecode", &"#".repeat(body.len())),
        ],
        "",
    );
    let at = bytes.windows(body.len()).position(|window| window.iter().all(|byte| *byte == b'#')).unwrap();
    bytes[at..at + body.len()].copy_from_slice(&body);
    let after = clean(&bytes);
    assert!(!holds(&after, CANARY) && holds(&after, &packed));
}

pub(crate) fn flate(bytes: &[u8]) -> Vec<u8> {
    let mut to = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::best());
    std::io::Write::write_all(&mut to, bytes).unwrap();
    to.finish().unwrap()
}

#[test]
fn rings_and_towers_end() {
    let tower = format!("{}{}", "[".repeat(5000), "]".repeat(5000));
    for bytes in [
        pdf(&[ROOT, "<</Type/Pages/Kids[2 0 R]>>"], ""),
        pdf(&[ROOT, PAGES, &page(&format!("/Rotate {tower}"))], ""),
        pdf(&[ROOT, PAGES, &page("/MediaBox 4 0 R"), "[4 0 R]"], ""),
        pdf(&[ROOT, PAGES, &page("/MediaBox 4 0 R"), "4 0 R"], ""),
        pdf(&[ROOT, "2 0 R"], ""),
        pdf(&[ROOT, PAGES, &page("")], "/Prev 9"),
    ] {
        plainsight_fuzz::mutations(&bytes, 20, plainsight_media::fuzz::any);
    }
    assert!(matches!(plainsight_media::clean(&pdf(&[ROOT, "<</Type/Pages/Kids[2 0 R]>>"], "")), Err(CannotClean::Damaged { .. })));
}

#[test]
fn a_form_that_draws_itself_ends() {
    let bytes = pdf(
        &[
            ROOT,
            PAGES,
            &page("/Contents 5 0 R/Resources<</XObject<</X 4 0 R>>>>"),
            &stream("/Subtype/Form/Resources<</XObject<</X 4 0 R>>>>", "/X Do"),
            &stream("", "/X Do"),
        ],
        "",
    );
    plainsight_media::fuzz::any(&bytes);
    assert!(plainsight_media::clean(&bytes).is_ok());
}

#[test]
fn what_bears_no_name_of_a_drawing_goes() {
    let bytes = pdf(
        &[
            ROOT,
            PAGES,
            &page("/CANARY(CANARY)/Contents 4 0 R/Resources<</Font<</F1 5 0 R/F2 6 0 R>>>>"),
            &stream("/CANARY 1", "/F1 9 Tf"),
            "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/CANARY(CANARY)>>",
            "<</Type/Font/BaseFont/CANARY>>",
        ],
        "/CANARY(x)",
    );
    assert!(!holds(&clean(&bytes), CANARY));
}
