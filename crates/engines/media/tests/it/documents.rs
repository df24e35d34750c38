//! What hides in documents: in the corpus, made by LibreOffice and planted after, and planted here.

use plainsight_media::{CannotClean, Kind, Trace};

use crate::corpus::names;
use crate::{CANARY, archive, clean, file, holds, parts};

pub(crate) const WORD: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
const RELATIONS: &str = "http://schemas.openxmlformats.org/package/2006/relationships";
pub(crate) const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const TYPES: &str =
    "<Types><Override ContentType='application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml'/></Types>";

/// A text of Word with this body, and relations of its own.
pub(crate) fn word_with(body: &str, relations: &str, more: &[(&str, &[u8])]) -> Vec<u8> {
    let document = format!(
        "<w:document xmlns:w='{WORD}' xmlns:r='{OFFICE}' xmlns:x='urn:x' xmlns:mc='http://schemas.openxmlformats.org/markup-compatibility/2006'><w:body>{body}</w:body></w:document>"
    );
    let outer = format!(
        "<Relationships xmlns='{RELATIONS}'><Relationship Id='a' Type='{OFFICE}/officeDocument' Target='word/document.xml'/></Relationships>"
    );
    let inner = format!("<Relationships xmlns='{RELATIONS}'>{relations}</Relationships>");
    let mut all: Vec<(&str, &[u8])> = vec![
        ("[Content_Types].xml", TYPES.as_bytes()),
        ("_rels/.rels", outer.as_bytes()),
        ("word/document.xml", document.as_bytes()),
        ("word/_rels/document.xml.rels", inner.as_bytes()),
    ];
    all.extend(more);
    archive(&all)
}

pub(crate) fn word(body: &str) -> Vec<u8> {
    word_with(body, "", &[])
}

pub(crate) fn part(zip: &[u8], name: &str) -> String {
    let found = parts(zip).into_iter().find(|(part, _)| part == name);
    String::from_utf8(found.unwrap_or_else(|| panic!("{name} is not there")).1).unwrap()
}

/// The text of the main part, marks left out.
pub(crate) fn words(zip: &[u8]) -> String {
    let xml = part(zip, "word/document.xml");
    xml.split('<').filter_map(|piece| piece.split_once('>')).map(|(_, text)| text).collect::<String>().trim().to_owned()
}

#[test]
fn no_part_of_any_document_holds_the_canary_when_it_is_unpacked() {
    let mut seen = 0;
    for name in names() {
        let bytes = file(&name);
        if !bytes.starts_with(b"PK") {
            continue;
        }
        for (part, content) in parts(&clean(&bytes)) {
            assert!(!holds(&content, CANARY) && !part.contains("CANARY"), "{name}: {part}");
        }
        seen += 1;
    }
    assert!(seen >= 6);
}

#[test]
fn what_is_seen_in_a_document_stays() {
    for (name, seen) in [
        (
            "document.docx",
            &["SEEN1", "SEEN2", "SEEN3", "SEEN4", "SEEN5", "SEEN6", "SEEN7", "SEEN8", "SEEN9", "SEENA", "SEENB", "SEENC", "SEEND", "SEENE"]
                [..],
        ),
        ("document.xlsx", &["SEEN1", "SEEN2", "36"]),
        ("document.pptx", &["SEEN1", "SEEN2"]),
        ("document.odt", &["SEEN1", "SEEN2", "SEEN3", "SEEN4", "SEEN5", "SEEN6", "SEEN7", "SEEN8", "SEEN9"]),
        ("document.ods", &["SEEN1", "SEEN2", "36", "Sheet1"]),
        ("document.odp", &["SEEN1", "SEEN2"]),
    ] {
        let all: Vec<u8> = parts(&clean(&file(name))).into_iter().flat_map(|(_, content)| content).collect();
        for word in seen {
            assert!(holds(&all, word.as_bytes()), "{name}: {word}");
        }
    }
}

#[test]
fn pictures_in_documents_are_cleaned_too() {
    for name in ["document.docx", "document.xlsx", "document.pptx", "document.odt", "document.ods", "document.odp"] {
        let pictures: Vec<_> = parts(&clean(&file(name))).into_iter().filter(|(part, _)| part.ends_with(".jpg")).collect();
        assert!(!pictures.is_empty(), "{name}");
        for (_, picture) in pictures {
            assert_eq!(clean(&picture), picture);
        }
    }
}

#[test]
fn insertions_stay_and_deletions_go() {
    let bytes = word(
        "<w:p><w:ins w:author='CANARY'><w:r><w:t>new</w:t></w:r></w:ins><w:del w:author='CANARY'><w:r><w:delText>CANARY</w:delText></w:r></w:del><w:moveTo><w:r><w:t> moved</w:t></w:r></w:moveTo></w:p>",
    );
    assert_eq!(words(&clean(&bytes)), "new moved");
    assert!(plainsight_media::clean(&bytes).unwrap().removed().contains_key(&Trace::EarlierVersion));
}

#[test]
fn a_deleted_row_of_a_table_goes_with_its_words() {
    let row = |marks: &str, text: &str| format!("<w:tr>{marks}<w:tc><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:tc></w:tr>");
    let bytes = word(&format!("<w:tbl>{}{}</w:tbl>", row("", "stays"), row("<w:trPr><w:del w:author='x'/></w:trPr>", "CANARY")));
    assert_eq!(words(&clean(&bytes)), "stays");
}

#[test]
fn a_table_whose_rows_stand_in_controls_stays_and_one_without_rows_goes() {
    let row = |marks: &str, text: &str| format!("<w:tr>{marks}<w:tc><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:tc></w:tr>");
    let inside = word(&format!(
        "<w:tbl><w:tblPr/><w:sdt><w:sdtPr><w:alias w:val='CANARY'/></w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt></w:tbl>",
        row("", "stays")
    ));
    assert_eq!(words(&clean(&inside)), "stays");
    let gone = word(&format!("<w:tbl><w:tblPr/>{}</w:tbl>", row("<w:trPr><w:del/></w:trPr>", "CANARY")));
    assert!(!part(&clean(&gone), "word/document.xml").contains("w:tbl"));
}

#[test]
fn words_that_are_not_shown_go() {
    let bytes = word(
        "<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>CANARY</w:t></w:r><w:r><w:rPr><w:vanish w:val='0'/></w:rPr><w:t>shown</w:t></w:r></w:p>",
    );
    assert_eq!(words(&clean(&bytes)), "shown");
}

#[test]
fn the_name_of_a_houses_own_style_goes() {
    let styles = format!(
        "<w:styles xmlns:w='{WORD}'><w:style w:type='paragraph' w:styleId='CANARY1'><w:name w:val='CANARY house'/><w:aliases w:val='CANARY'/></w:style><w:style w:styleId='H1'><w:name w:val='heading 1'/><w:basedOn w:val='CANARY1'/></w:style></w:styles>"
    );
    let relation = format!("<Relationship Id='s' Type='{OFFICE}/styles' Target='styles.xml'/>");
    let bytes = word_with(
        "<w:p><w:pPr><w:pStyle w:val='CANARY1'/></w:pPr><w:r><w:t>x</w:t></w:r></w:p>",
        &relation,
        &[("word/styles.xml", styles.as_bytes())],
    );
    let cleaned = clean(&bytes);
    assert!(part(&cleaned, "word/document.xml").contains("<w:pStyle w:val=\"Style1\"/>"));
    let styles = part(&cleaned, "word/styles.xml");
    assert!(
        styles.contains("w:styleId=\"Style1\"")
            && styles.contains("<w:name w:val=\"Style1\"/>")
            && styles.contains("<w:basedOn w:val=\"Style1\"/>"),
        "{styles}"
    );
    assert!(styles.contains("w:styleId=\"Heading1\"") && !styles.contains("CANARY"), "{styles}");
}

#[test]
fn a_name_of_no_known_space_goes_and_one_of_two_ways_to_show_a_thing_stays() {
    let bytes = word(
        "<x:CANARY x:y='CANARY'>CANARY</x:CANARY><w:p x:z='CANARY'><mc:AlternateContent><mc:Choice Requires='x'><w:r><w:t>CANARY</w:t></w:r></mc:Choice><mc:Fallback><w:r><w:t>shown</w:t></w:r></mc:Fallback></mc:AlternateContent></w:p>",
    );
    let cleaned = clean(&bytes);
    assert_eq!(words(&cleaned), "shown");
    assert!(!part(&cleaned, "word/document.xml").contains("CANARY"));
}

#[test]
fn no_relation_leads_out() {
    let relation = format!(
        "<Relationship Id='h' Type='{OFFICE}/hyperlink' Target='https://CANARY.example' TargetMode='External'/><Relationship Id='t' Type='{OFFICE}/attachedTemplate' Target='file:///CANARY' TargetMode='External'/>"
    );
    let bytes = word_with("<w:p><w:hyperlink r:id='h' w:tooltip='CANARY'><w:r><w:t>here</w:t></w:r></w:hyperlink></w:p>", &relation, &[]);
    let cleaned = clean(&bytes);
    assert_eq!(words(&cleaned), "here");
    assert!(parts(&cleaned).iter().all(|(_, content)| !holds(content, b"External") && !holds(content, CANARY)));
    assert!(plainsight_media::clean(&bytes).unwrap().removed().contains_key(&Trace::Link));
}

#[test]
fn a_document_inside_the_document_is_refused() {
    let relation = format!("<Relationship Id='h' Type='{OFFICE}/aFChunk' Target='x.html'/>");
    let bytes = word_with("<w:altChunk r:id='h'/>", &relation, &[("word/x.html", b"<p>")]);
    assert_eq!(plainsight_media::clean(&bytes), Err(CannotClean::UnknownPart { kind: Kind::Docx, what: "a document inside the document" }));
}

#[test]
fn entities_are_never_expanded() {
    let document = format!(
        "<!DOCTYPE x [<!ENTITY a 'b'><!ENTITY f SYSTEM 'file:///etc/passwd'>]><w:document xmlns:w='{WORD}'><w:body>&a;&f;</w:body></w:document>"
    );
    let outer =
        format!("<Relationships xmlns='{RELATIONS}'><Relationship Id='a' Type='{OFFICE}/officeDocument' Target='d.xml'/></Relationships>");
    let bytes = archive(&[("[Content_Types].xml", TYPES.as_bytes()), ("_rels/.rels", outer.as_bytes()), ("d.xml", document.as_bytes())]);
    assert_eq!(plainsight_media::clean(&bytes), Err(CannotClean::UnknownPart { kind: Kind::Docx, what: "a document type" }));
}

/// A document whose main part is 100 MB of spaces, and says that it is of this size.
fn bomb(says: u32) -> Vec<u8> {
    use std::io::Write;
    let mut to = flate2::write::DeflateEncoder::new(Vec::new(), flate2::Compression::best());
    to.write_all(&vec![b' '; 100 << 20]).unwrap();
    let packed = to.finish().unwrap();
    let outer = format!(
        "<Relationships xmlns='{RELATIONS}'><Relationship Id='a' Type='{OFFICE}/officeDocument' Target='main.xml'/></Relationships>"
    );
    let mut bytes = archive(&[("[Content_Types].xml", TYPES.as_bytes()), ("_rels/.rels", outer.as_bytes()), ("main.xml", &packed)]);
    for (mark, method, size, name) in [(b"PK\x03\x04", 8, 22, 30), (b"PK\x01\x02", 10, 24, 46)] {
        let at = (0..bytes.len()).find(|at| bytes[*at..].starts_with(mark) && bytes[at + name..].starts_with(b"main.xml")).unwrap();
        bytes[at + method] = 8;
        bytes[at + size..at + size + 4].copy_from_slice(&says.to_le_bytes());
    }
    bytes
}

#[test]
fn a_bomb_is_told_from_a_document() {
    // What it says is believed before anything is inflated, and no more is inflated than it says.
    assert_eq!(plainsight_media::clean(&bomb(100 << 20)), Err(CannotClean::TooMuch { kind: Kind::Docx, what: "bytes in one part" }));
    assert_eq!(plainsight_media::clean(&bomb(1000)), Err(CannotClean::Damaged { kind: Kind::Docx, what: "a packed part" }));
}

#[test]
fn a_tower_of_marks_is_a_bomb() {
    let bytes = word(&format!("{}{}", "<w:p>".repeat(300), "</w:p>".repeat(300)));
    assert_eq!(plainsight_media::clean(&bytes), Err(CannotClean::TooMuch { kind: Kind::Docx, what: "depth" }));
}

#[test]
fn an_archive_that_says_two_things_is_refused() {
    let bytes = word("<w:p/>");
    // The head of a part gives another name than the directory.
    let mut two = bytes.clone();
    let at = two.windows(17).position(|name| name == b"word/document.xml").unwrap();
    two[at] = b'W';
    assert!(plainsight_media::clean(&two).is_err());
    // Something lies before the first part.
    assert!(plainsight_media::clean(&[b"CANARY".as_slice(), &bytes].concat()).is_err());
    // Two parts of one name.
    let twice = word_with("<w:p/>", "", &[("WORD/document.xml", b"<x/>")]);
    assert!(plainsight_media::clean(&twice).is_err());
}

#[test]
fn a_picture_that_cannot_be_cleaned_keeps_the_whole_document_back() {
    let relation = format!("<Relationship Id='i' Type='{OFFICE}/image' Target='media/image1.emf'/>");
    let body = "<w:p><w:r><w:pict><v:shape xmlns:v='urn:schemas-microsoft-com:vml'><v:imagedata r:id='i'/></v:shape></w:pict></w:r></w:p>";
    let bytes = word_with(body, &relation, &[("word/media/image1.emf", b"\x01\0\0\0CANARY")]);
    assert!(matches!(plainsight_media::clean(&bytes), Err(CannotClean::UnknownPart { .. })));
    // One that nothing shows is no reason: it goes.
    let bytes = word_with("<w:p/>", &relation, &[("word/media/image1.emf", b"\x01\0\0\0CANARY")]);
    assert_eq!(plainsight_media::clean(&bytes).unwrap().removed().get(&Trace::HiddenLayer), Some(&1));
}

/// A text of LibreOffice with this body.
pub(crate) fn open_text(body: &str, more: &[(&str, &[u8])]) -> Vec<u8> {
    let spaces: String = ["office", "text", "table", "style"]
        .map(|prefix| format!(" xmlns:{prefix}='urn:oasis:names:tc:opendocument:xmlns:{prefix}:1.0'"))
        .concat();
    let content = format!(
        "<office:document-content{spaces} xmlns:draw='urn:oasis:names:tc:opendocument:xmlns:drawing:1.0' xmlns:xlink='http://www.w3.org/1999/xlink'>{body}</office:document-content>"
    );
    let mut all: Vec<(&str, &[u8])> = vec![("mimetype", b"application/vnd.oasis.opendocument.text"), ("content.xml", content.as_bytes())];
    all.extend(more);
    archive(&all)
}

#[test]
fn a_document_with_a_password_is_told() {
    let bytes =
        open_text("<office:body/>", &[("META-INF/manifest.xml", b"<manifest:manifest><manifest:encryption-data/></manifest:manifest>")]);
    assert_eq!(plainsight_media::clean(&bytes), Err(CannotClean::Encrypted(Kind::Odt)));
}

#[test]
fn hidden_rows_columns_and_sections_of_a_text_are_empty() {
    let cell = |text: &str| format!("<table:table-cell><text:p>{text}</text:p></table:table-cell>");
    let table = format!(
        "<table:table table:name='CANARY'><table:table-column/><table:table-column table:visibility='collapse'/><table:table-row>{}{}</table:table-row><table:table-row table:visibility='collapse'>{}</table:table-row></table:table>",
        cell("seen"),
        cell("CANARY"),
        cell("CANARY")
    );
    let body = format!(
        "<office:body><office:text><text:section text:name='CANARY' text:display='none'><text:p>CANARY</text:p></text:section>{table}</office:text></office:body>"
    );
    let cleaned = clean(&open_text(&body, &[]));
    let content = part(&cleaned, "content.xml");
    assert!(content.contains("seen") && !content.contains("CANARY"), "{content}");
}

#[test]
fn an_object_in_a_text_keeps_it_back() {
    let bytes = open_text("<office:body><draw:object xlink:href='./Object 1'/></office:body>", &[("Object 1/content.xml", b"<CANARY/>")]);
    assert_eq!(plainsight_media::clean(&bytes), Err(CannotClean::UnknownPart { kind: Kind::Odt, what: "a chart or another object" }));
}

#[test]
fn a_picture_from_elsewhere_is_not_asked_for() {
    let bytes =
        open_text("<office:body><draw:frame><draw:image xlink:href='https://CANARY.example/x.png'/></draw:frame></office:body>", &[]);
    let cleaned = plainsight_media::clean(&bytes).unwrap();
    assert!(!part(&cleaned.to_bytes(&bytes), "content.xml").contains("CANARY"));
    assert_eq!(cleaned.removed().get(&Trace::Link), Some(&1));
}

/// A table of Excel with this sheet and these strings.
pub(crate) fn table(cells: &str, strings: &str) -> Vec<u8> {
    const SHEET: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    const TABLE: &str =
        "<Types><Override ContentType='application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml'/></Types>";
    let outer = format!(
        "<Relationships xmlns='{RELATIONS}'><Relationship Id='a' Type='{OFFICE}/officeDocument' Target='xl/w.xml'/></Relationships>"
    );
    let book = format!("<workbook xmlns='{SHEET}' xmlns:r='{OFFICE}'><sheets><sheet name='One' sheetId='1' r:id='s'/></sheets></workbook>");
    let inner = format!(
        "<Relationships xmlns='{RELATIONS}'><Relationship Id='s' Type='{OFFICE}/worksheet' Target='s.xml'/><Relationship Id='t' Type='{OFFICE}/sharedStrings' Target='t.xml'/></Relationships>"
    );
    let sheet =
        format!("<worksheet xmlns='{SHEET}'><cols><col min='2' max='3' hidden='1'/></cols><sheetData>{cells}</sheetData></worksheet>");
    let strings = format!("<sst xmlns='{SHEET}'>{strings}</sst>");
    archive(&[
        ("[Content_Types].xml", TABLE.as_bytes()),
        ("_rels/.rels", outer.as_bytes()),
        ("xl/w.xml", book.as_bytes()),
        ("xl/_rels/w.xml.rels", inner.as_bytes()),
        ("xl/s.xml", sheet.as_bytes()),
        ("xl/t.xml", strings.as_bytes()),
    ])
}

#[test]
fn a_formula_gives_way_to_its_value_and_one_without_a_value_keeps_the_table_back() {
    let bytes = table("<row r='1'><c r='A1'><f>CANARY!B2*2</f><v>6</v></c></row>", "");
    let sheet = part(&clean(&bytes), "xl/worksheets/sheet1.xml");
    assert!(sheet.contains("<v>6</v>") && !sheet.contains("CANARY"), "{sheet}");
    for cell in ["<c r='A1'><f>B2*2</f></c>", "<c r='A1'><f>B2*2</f><v/></c>"] {
        let bytes = table(&format!("<row r='1'>{cell}</row>"), "");
        assert_eq!(
            plainsight_media::clean(&bytes),
            Err(CannotClean::UnknownPart { kind: Kind::Xlsx, what: "a formula without its value" })
        );
    }
}

#[test]
fn strings_that_no_shown_cell_uses_go() {
    let cells =
        "<row r='1'><c r='A1' t='s'><v>1</v></c><c r='B1' t='s'><v>0</v></c></row><row r='2' hidden='1'><c r='A2' t='s'><v>2</v></c></row>";
    let bytes = table(cells, "<si><t>CANARY column</t></si><si><t>seen</t></si><si><t>CANARY row</t></si><si><t>CANARY deleted</t></si>");
    let cleaned = clean(&bytes);
    let strings = part(&cleaned, "xl/sharedStrings.xml");
    assert!(strings.contains("seen") && !strings.contains("CANARY"), "{strings}");
    let sheet = part(&cleaned, "xl/worksheets/sheet1.xml");
    assert!(sheet.contains("r=\"A1\"") && !sheet.contains("B1") && !sheet.contains("A2"), "{sheet}");
}
