//! What strangers tried to carry through: words that are not shown, and words where no words belong.

use plainsight_media::{CannotClean, Kind, Trace};

use crate::documents::{OFFICE, WORD, open_text, part, table, word, word_with, words};
use crate::films::{boxed, found, track};
use crate::pages::{PAGES, ROOT, page, pdf, stream};
use crate::{CANARY, archive, clean, file, holds, parts};

/// A text of Word with styles of its own.
fn styled(styles: &str, body: &str) -> Vec<u8> {
    let styles = format!("<w:styles xmlns:w='{WORD}'>{styles}</w:styles>");
    let relation = format!("<Relationship Id='s' Type='{OFFICE}/styles' Target='styles.xml'/>");
    word_with(body, &relation, &[("word/styles.xml", styles.as_bytes())])
}

const HIDING: &str = "<w:style w:type='character' w:styleId='H'><w:name w:val='H'/><w:rPr><w:vanish/></w:rPr></w:style><w:style w:type='character' w:styleId='I'><w:name w:val='I'/><w:basedOn w:val='H'/></w:style><w:style w:type='paragraph' w:styleId='P'><w:name w:val='P'/><w:rPr><w:vanish/></w:rPr></w:style><w:style w:type='table' w:styleId='T'><w:name w:val='T'/><w:rPr><w:vanish/></w:rPr></w:style>";

#[test]
fn words_that_a_style_hides_go() {
    let run = |properties: &str| format!("<w:r><w:rPr>{properties}</w:rPr><w:t>CANARY</w:t></w:r>");
    let paragraph = |properties: &str, runs: &str| format!("<w:p><w:pPr>{properties}</w:pPr>{runs}</w:p>");
    for hidden in [
        paragraph("", &run("<w:rStyle w:val='H'/>")),
        paragraph("", &run("<w:rStyle w:val='I'/>")),
        paragraph("", &run("<w:specVanish/>")),
        paragraph("<w:pStyle w:val='P'/>", &run("")),
        format!("<w:tbl><w:tblPr><w:tblStyle w:val='T'/></w:tblPr><w:tr><w:tc>{}</w:tc></w:tr></w:tbl>", paragraph("", &run(""))),
    ] {
        let bytes = styled(HIDING, &hidden);
        let cleaned = plainsight_media::clean(&bytes).unwrap();
        assert_eq!(words(&cleaned.to_bytes(&bytes)), "", "{hidden}");
        assert!(cleaned.removed().contains_key(&Trace::HiddenLayer));
    }
    // Shown: because the run says so, because one style takes back what the other says, or on paper.
    let shown = [
        paragraph("<w:pStyle w:val='P'/>", &run("<w:vanish w:val='0'/>")),
        paragraph("<w:pStyle w:val='P'/>", &run("<w:rStyle w:val='H'/>")),
        paragraph("", &run("<w:webHidden/>")),
    ];
    for shown in shown {
        assert_eq!(words(&clean(&styled(HIDING, &shown))), "CANARY", "{shown}");
    }
    let usual = "<w:style w:type='paragraph' w:default='1' w:styleId='N'><w:name w:val='Normal'/><w:rPr><w:vanish/></w:rPr></w:style>";
    assert_eq!(words(&clean(&styled(usual, &paragraph("", &run(""))))), "");
    let all = "<w:docDefaults><w:rPrDefault><w:rPr><w:vanish/></w:rPr></w:rPrDefault></w:docDefaults>";
    assert_eq!(words(&clean(&styled(all, &paragraph("", &run(""))))), "");
}

#[test]
fn words_stand_where_words_are_read_and_nowhere_else() {
    for body in [
        "<w:p>CANARY<w:r>CANARY<w:t>seen</w:t></w:r></w:p>",
        "<w:p><w:CANARY>CANARY</w:CANARY><w:r><w:t>seen</w:t></w:r></w:p>",
        "<w:p w:CANARY='1' w:rsidR='CANARY'><w:pPr><w:jc w:val='CANARY &quot;'/></w:pPr><w:r><w:t>seen</w:t></w:r></w:p>",
    ] {
        let text = part(&clean(&word(body)), "word/document.xml");
        assert!(text.contains("seen") && !text.contains("CANARY"), "{text}");
    }
    for body in [
        "<office:body><office:text>CANARY<text:p text:CANARY='x'>seen</text:p></office:text></office:body>",
        "<office:body><office:text><text:CANARY>CANARY</text:CANARY><text:p>seen</text:p></office:text></office:body>",
        "<office:body><table:table><table:table-row><table:table-cell office:string-value='CANARY'><text:p>seen</text:p></table:table-cell></table:table-row></table:table></office:body>",
    ] {
        let text = part(&clean(&open_text(body, &[])), "content.xml");
        assert!(text.contains("seen") && !text.contains("CANARY"), "{text}");
    }
}

#[test]
fn an_old_form_field_shows_what_it_showed() {
    let field = |settings: &str| {
        word(&format!(
            "<w:p><w:r><w:fldChar w:fldCharType='begin'><w:ffData><w:name w:val='CANARY'/>{settings}</w:ffData></w:fldChar></w:r><w:r><w:t>.</w:t></w:r></w:p>"
        ))
    };
    let list = "<w:ddList><w:result w:val='1'/><w:listEntry w:val='CANARY'/><w:listEntry w:val='chosen'/></w:ddList>";
    for (settings, shown) in [
        (list, "chosen."),
        ("<w:checkBox><w:checked/></w:checkBox>", "\u{2612}."),
        ("<w:checkBox><w:default w:val='1'/><w:checked w:val='0'/></w:checkBox>", "\u{2610}."),
        ("<w:textInput/>", "."),
    ] {
        let bytes = clean(&field(settings));
        assert_eq!(words(&bytes), shown);
        assert!(!part(&bytes, "word/document.xml").contains("CANARY"));
    }
}

#[test]
fn a_picture_of_the_old_kind_names_no_file_and_one_that_is_hidden_goes() {
    let shape = |style: &str| {
        word(&format!(
            "<w:p><w:r><w:pict xmlns:v='urn:schemas-microsoft-com:vml'><v:shape style='{style}' alt='CANARY' href='CANARY'><v:imagedata src='file:///C:/CANARY.png' r:href='x'/><v:textpath string='seen'/></v:shape></w:pict></w:r></w:p>"
        ))
    };
    let text = part(&clean(&shape("width:9pt;mso-CANARY:1;height:9pt")), "word/document.xml");
    assert!(text.contains("style=\"width:9pt;height:9pt\"") && text.contains("string=\"seen\"") && !text.contains("CANARY"), "{text}");
    let bytes = shape("position:absolute; visibility: hidden");
    let cleaned = plainsight_media::clean(&bytes).unwrap();
    assert!(!part(&cleaned.to_bytes(&bytes), "word/document.xml").contains("v:shape"));
    assert_eq!(cleaned.removed().get(&Trace::HiddenLayer), Some(&1));
}

#[test]
fn a_format_that_is_worked_out_goes_and_one_that_compares_stays() {
    let rule = |formula: &str| {
        format!(
            "</sheetData><conditionalFormatting sqref='A1:B2'><cfRule type='cellIs' priority='1' operator='equal'><formula>{formula}</formula></cfRule></conditionalFormatting><sheetData>"
        )
    };
    let sheet = |formula: &str| part(&clean(&table(&rule(formula), "")), "xl/worksheets/sheet1.xml");
    for formula in ["CANARY!A1", "\"CANARY\"", "CANARY", "NOT(ISERROR(SEARCH(\"CANARY\",A1)))"] {
        let text = sheet(formula);
        assert!(!text.contains("CANARY") && !text.contains("conditionalFormatting"), "{text}");
    }
    assert!(sheet("$B$2").contains("<formula>$B$2</formula>"));
}

#[test]
fn a_chart_names_no_sheet_that_is_not_shown() {
    const SHEET: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    const RELATIONS: &str = "http://schemas.openxmlformats.org/package/2006/relationships";
    let relations = |all: &[(&str, &str, &str)]| {
        let all: String =
            all.iter().map(|(id, kind, target)| format!("<Relationship Id='{id}' Type='{OFFICE}/{kind}' Target='{target}'/>")).collect();
        format!("<Relationships xmlns='{RELATIONS}'>{all}</Relationships>")
    };
    let book = format!(
        "<workbook xmlns='{SHEET}' xmlns:r='{OFFICE}'><sheets><sheet name='Seen' sheetId='1' r:id='a'/><sheet name='CANARY' sheetId='2' state='hidden' r:id='b'/></sheets></workbook>"
    );
    let sheet = format!("<worksheet xmlns='{SHEET}' xmlns:r='{OFFICE}'><sheetData/><drawing r:id='d'/></worksheet>");
    let drawing = format!(
        "<xdr:wsDr xmlns:xdr='http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing' xmlns:c='http://schemas.openxmlformats.org/drawingml/2006/chart' xmlns:r='{OFFICE}'><c:chart r:id='c'/></xdr:wsDr>"
    );
    let series = |formula: &str| {
        format!(
            "<c:ser><c:val><c:numRef><c:f>{formula}</c:f><c:numCache><c:pt idx='0'><c:v>7</c:v></c:pt></c:numCache></c:numRef></c:val></c:ser>"
        )
    };
    let chart = format!(
        "<c:chartSpace xmlns:c='http://schemas.openxmlformats.org/drawingml/2006/chart'>{}{}{}</c:chartSpace>",
        series("Seen!$A$1:$A$9"),
        series("CANARY!$A$1"),
        series("Seen!CANARY")
    );
    let types = "<Types><Override ContentType='application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml'/></Types>";
    let cleaned = clean(&archive(&[
        ("[Content_Types].xml", types.as_bytes()),
        ("_rels/.rels", relations(&[("a", "officeDocument", "xl/w.xml")]).as_bytes()),
        ("xl/w.xml", book.as_bytes()),
        ("xl/_rels/w.xml.rels", relations(&[("a", "worksheet", "s.xml"), ("b", "worksheet", "h.xml")]).as_bytes()),
        ("xl/s.xml", sheet.as_bytes()),
        ("xl/h.xml", sheet.as_bytes()),
        ("xl/_rels/s.xml.rels", relations(&[("d", "drawing", "d.xml")]).as_bytes()),
        ("xl/d.xml", drawing.as_bytes()),
        ("xl/_rels/d.xml.rels", relations(&[("c", "chart", "c.xml")]).as_bytes()),
        ("xl/c.xml", chart.as_bytes()),
    ]));
    let text = part(&cleaned, "xl/charts/chart1.xml");
    assert!(text.contains("<c:f>Seen!$A$1:$A$9</c:f>") && !text.contains("CANARY"), "{text}");
    assert_eq!(text.matches("<c:v>7</c:v>").count(), 3);
    assert!(parts(&cleaned).iter().all(|(_, bytes)| !holds(bytes, CANARY)));
}

#[test]
fn a_look_of_a_layer_that_is_off_is_no_stamp() {
    let root = "<</Type/Catalog/Pages 2 0 R/OCProperties<</OCGs[6 0 R]/D<</OFF[6 0 R]>>>>>>";
    let look = |entries: &str| {
        let look = stream(&format!("/Subtype/Form/BBox[0 0 1 1]{entries}"), "0 0 1 1 re f");
        let annotation = "<</Subtype/Ink/Rect[0 0 1 1]/AP<</N 5 0 R>>>>";
        pdf(&[root, PAGES, &page("/Annots[4 0 R]"), annotation, &look, "<</Type/OCG/Name(CANARY)>>"], "")
    };
    assert!(holds(&clean(&look("")), b"/Stamp"));
    let bytes = look("/OC 6 0 R");
    let cleaned = plainsight_media::clean(&bytes).unwrap();
    assert!(!holds(&cleaned.to_bytes(&bytes), b"/Stamp") && cleaned.removed().contains_key(&Trace::HiddenLayer));
}

#[test]
fn a_typeface_on_a_page_does_not_say_when_it_was_made() {
    let word = "%!PS-AdobeFont-1.0: Face\n%%CreationDate: CANARY\n/Notice (CANARY) def\ncurrentfile eexec\n";
    let bytes = pdf(
        &[
            ROOT,
            PAGES,
            &page("/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>"),
            &stream("", "BT /F1 9 Tf (a) Tj ET"),
            "<</Type/Font/Subtype/Type1/BaseFont/Face/FontDescriptor 6 0 R>>",
            "<</Type/FontDescriptor/FontName/Face/FontFile 7 0 R>>",
            &stream(&format!("/Length1 {}", word.len()), word),
        ],
        "",
    );
    let after = clean(&bytes);
    let streams = crate::pages::streams(&after);
    assert!(streams.iter().any(|bytes| holds(bytes, b"%!PS-AdobeFont-1.0")));
    assert!(streams.iter().all(|bytes| !holds(bytes, CANARY)));
}

#[test]
fn a_frame_beside_the_screen_is_not_passed_on() {
    // The first frame's place on the screen.
    let mut bytes = file("animated.gif");
    let at = {
        let cleaned = clean(&bytes);
        cleaned.windows(2).position(|pair| pair == [0, 0x2c]).unwrap() + 2
    };
    bytes = clean(&bytes);
    bytes[at..at + 2].copy_from_slice(&60_000_u16.to_le_bytes());
    assert_eq!(plainsight_media::clean(&bytes), Err(CannotClean::UnknownPart { kind: Kind::Gif, what: "a frame beside the screen" }));
    let mut bytes = clean(&file("animated.webp"));
    let at = bytes.windows(4).position(|name| name == b"ANMF").unwrap() + 8;
    bytes[at + 2] = 0x70;
    assert_eq!(plainsight_media::clean(&bytes), Err(CannotClean::Damaged { kind: Kind::WebP, what: "a frame" }));
}

#[test]
fn the_shape_of_a_pixel_is_no_room_for_a_message() {
    let picture = crate::pictures::png_of(&crate::pictures::deflated(&[0; 20]), &[crate::pictures::png_chunk(b"pHYs", b"CANARYzq\0")]);
    assert!(!holds(&clean(&picture), CANARY));
    let mut photo = file("photo.jpg");
    let at = photo.windows(5).position(|name| name == b"JFIF\0").unwrap() + 8;
    photo[at..at + 4].copy_from_slice(b"CNRY");
    assert!(!holds(&clean(&photo), b"CNRY"));
}

#[test]
fn components_of_a_photograph_have_no_names() {
    let mut photo = clean(&file("photo.jpg"));
    let frame = photo.windows(2).position(|marker| marker == [0xff, 0xc0]).unwrap();
    let scan = photo.windows(2).position(|marker| marker == [0xff, 0xda]).unwrap();
    let before = photo.clone();
    for (place, name) in b"CNR".iter().enumerate() {
        photo[frame + 10 + place * 3] = *name;
        photo[scan + 5 + place * 2] = *name;
    }
    assert_eq!(clean(&photo), before);
}

#[test]
fn what_lies_behind_the_settings_of_a_codec_goes() {
    let entry = |more: &[u8]| boxed(b"samr", &[[0, 0, 0, 0, 0, 0, 0, 1].as_slice(), &[0; 20], more].concat());
    let settings = boxed(b"damr", b"vndr\0\0\0\0\x01CANARY");
    let mut heard = track(b"soun", &entry(&settings), 6, &[24, 30]);
    // Times for samples that are not there, and what is reserved.
    let at = heard.windows(4).position(|name| name == b"stts").unwrap();
    heard[at + 12..at + 16].copy_from_slice(&9_u32.to_be_bytes());
    heard[16 + 16..16 + 20].copy_from_slice(b"CNRY");
    let mdat = boxed(b"mdat", b"sound1sound2");
    let bytes = [boxed(b"ftyp", b"mp42\0\0\0\0"), mdat, boxed(b"moov", &[boxed(b"mvhd", &[0; 100]), heard].concat())].concat();
    let after = clean(&bytes);
    assert!(!holds(&after, CANARY) && !holds(&after, b"CNRY"));
    let times = found(&after, &[b"moov", b"trak", b"mdia", b"minf", b"stbl", b"stts"]);
    assert_eq!(times[0][8..12], 2_u32.to_be_bytes());
}

#[test]
fn the_table_of_a_song_says_where_it_is_and_nothing_else() {
    let mut song = clean(&file("variable.mp3"));
    let before = song.clone();
    let at = song.windows(4).position(|name| name == b"Xing" || name == b"Info").unwrap();
    song[at + 8..at + 12].copy_from_slice(b"CNRY");
    song[at + 20..at + 26].copy_from_slice(CANARY);
    let after = clean(&song);
    assert!(!holds(&after, CANARY) && !holds(&after, b"CNRY"));
    assert_eq!((&after[..at + 16], after.len()), (&before[..at + 16], before.len()));
}

#[test]
fn a_head_of_sound_is_as_long_as_it_has_to_be() {
    let mut sound = file("sound.wav");
    // A packed format with a table of its own.
    sound[16..20].copy_from_slice(&50_u32.to_le_bytes());
    sound[20..22].copy_from_slice(&2_u16.to_le_bytes());
    let format = [&[32_u8, 0, 0, 2, 7, 0], b"CANARYCANARYCANARYCANARYCANA".as_slice()].concat();
    sound.splice(36..36, format);
    let size = (sound.len() as u32 - 8).to_le_bytes();
    sound[4..8].copy_from_slice(&size);
    assert_eq!(
        plainsight_media::clean(&sound),
        Err(CannotClean::UnknownPart { kind: Kind::Wav, what: "sound that is packed in a way of its own" })
    );
}

#[test]
fn a_style_that_is_based_on_one_that_hides_hides_too() {
    let styles = "<office:automatic-styles><style:style style:name='A'><style:text-properties text:display='none'/></style:style><style:style style:name='B' style:parent-style-name='A'/><style:style style:name='C' style:parent-style-name='B'><style:text-properties text:display='true'/></style:style></office:automatic-styles>";
    let body = "<office:body><office:text><text:p text:style-name='B'>CANARY</text:p><text:p text:style-name='C'>seen</text:p></office:text></office:body>";
    let text = part(&clean(&open_text(&format!("{styles}{body}"), &[])), "content.xml");
    assert!(text.contains("seen") && !text.contains("CANARY"), "{text}");
}

#[test]
fn what_lies_in_a_layer_that_is_off_goes() {
    let layers = "<draw:layer-set><draw:layer draw:name='off' draw:display='none'/><draw:layer draw:name='on'/></draw:layer-set>";
    let shape = |attributes: &str, words: &str| {
        format!("<draw:frame {attributes}><draw:text-box><text:p>{words}</text:p></draw:text-box></draw:frame>")
    };
    let shapes =
        [shape("draw:layer='off'", "CANARY"), shape("draw:display='printer'", "CANARY"), shape("draw:layer='on'", "seen")].concat();
    let bytes = open_text(&format!("{layers}<office:body><office:text>{shapes}</office:text></office:body>"), &[]);
    let text = part(&clean(&bytes), "content.xml");
    assert!(text.contains("seen") && !text.contains("CANARY"), "{text}");
}

#[test]
fn a_master_that_no_slide_has_goes() {
    let spaces: String =
        ["office", "text", "style"].map(|prefix| format!(" xmlns:{prefix}='urn:oasis:names:tc:opendocument:xmlns:{prefix}:1.0'")).concat();
    let draw = "xmlns:draw='urn:oasis:names:tc:opendocument:xmlns:drawing:1.0'";
    let master = |name: &str, words: &str| {
        format!(
            "<style:master-page style:name='{name}'><draw:frame><draw:text-box><text:p>{words}</text:p></draw:text-box></draw:frame></style:master-page>"
        )
    };
    let styles = format!(
        "<office:document-styles{spaces} {draw}><office:master-styles><style:handout-master><text:p>CANARY</text:p></style:handout-master>{}{}</office:master-styles></office:document-styles>",
        master("One", "seen"),
        master("Two", "CANARY")
    );
    let content = format!(
        "<office:document-content{spaces} {draw}><office:body><office:presentation><draw:page draw:master-page-name='One'/></office:presentation></office:body></office:document-content>"
    );
    let bytes = archive(&[
        ("mimetype", b"application/vnd.oasis.opendocument.presentation"),
        ("content.xml", content.as_bytes()),
        ("styles.xml", styles.as_bytes()),
    ]);
    let text = part(&clean(&bytes), "styles.xml");
    assert!(text.contains("seen") && !text.contains("CANARY"), "{text}");
}

#[test]
fn heads_and_notes_that_no_page_shows_go() {
    let text = |name: &str, words: &str| format!("<w:{name} xmlns:w='{WORD}'><w:p><w:r><w:t>{words}</w:t></w:r></w:p></w:{name}>");
    let notes = format!(
        "<w:footnotes xmlns:w='{WORD}'><w:footnote w:type='separator' w:id='0'><w:p/></w:footnote><w:footnote w:id='2'><w:p><w:r><w:t>seen</w:t></w:r></w:p></w:footnote><w:footnote w:id='3'><w:p><w:r><w:t>CANARY</w:t></w:r></w:p></w:footnote></w:footnotes>"
    );
    let relations: String = [
        ("a", "header", "a.xml"),
        ("b", "header", "b.xml"),
        ("c", "footer", "c.xml"),
        ("d", "footnotes", "d.xml"),
        ("e", "settings", "e.xml"),
    ]
    .map(|(id, kind, target)| format!("<Relationship Id='{id}' Type='{OFFICE}/{kind}' Target='{target}'/>"))
    .concat();
    let make = |pages: &str, settings: &str| {
        let body = format!(
            "<w:p><w:r><w:footnoteReference w:id='2'/></w:r></w:p><w:sectPr><w:headerReference w:type='default' r:id='a'/><w:headerReference w:type='first' r:id='b'/><w:footerReference w:type='even' r:id='c'/>{pages}</w:sectPr>"
        );
        let settings = format!("<w:settings xmlns:w='{WORD}'>{settings}</w:settings>");
        let (seen, first, even) = (text("hdr", "seen"), text("hdr", "CANARY first"), text("ftr", "CANARY even"));
        let parts = [("a.xml", &seen), ("b.xml", &first), ("c.xml", &even), ("d.xml", &notes), ("e.xml", &settings)];
        let named: Vec<(String, &[u8])> = parts.iter().map(|(name, text)| (format!("word/{name}"), text.as_bytes())).collect();
        clean(&word_with(&body, &relations, &named.iter().map(|(name, text)| (name.as_str(), *text)).collect::<Vec<_>>()))
    };
    let all = |bytes: &[u8]| parts(bytes).into_iter().flat_map(|(_, bytes)| bytes).collect::<Vec<u8>>();
    let bytes = all(&make("", ""));
    assert!(!holds(&bytes, CANARY) && bytes.windows(4).filter(|word| word == b"seen").count() == 2);
    let bytes = all(&make("<w:titlePg/>", "<w:evenAndOddHeaders/>"));
    assert!(holds(&bytes, b"CANARY first") && holds(&bytes, b"CANARY even") && !holds(&bytes, b">CANARY<"));
}

#[test]
fn rows_of_no_height_and_how_a_word_is_said_go() {
    let cells = "<row r='1' ht='0' customHeight='1'><c r='A1'><v>77</v></c></row><row r='2'><c r='A2' t='s'><v>0</v></c></row>";
    let cleaned = clean(&table(cells, "<si><t>seen</t><rPh sb='0' eb='1'><t>CANARY</t></rPh></si>"));
    assert!(!part(&cleaned, "xl/worksheets/sheet1.xml").contains("77"));
    let strings = part(&cleaned, "xl/sharedStrings.xml");
    assert!(strings.contains("seen") && !strings.contains("CANARY"), "{strings}");
    let hidden = "<w:tbl><w:tr><w:trPr><w:hidden/></w:trPr><w:tc><w:p><w:r><w:t>CANARY</w:t></w:r></w:p></w:tc></w:tr></w:tbl>";
    assert_eq!(words(&clean(&word(hidden))), "");
}

#[test]
fn what_a_layout_says_to_who_writes_goes() {
    const P: &str = "http://schemas.openxmlformats.org/presentationml/2006/main";
    const A: &str = "http://schemas.openxmlformats.org/drawingml/2006/main";
    const RELATIONS: &str = "http://schemas.openxmlformats.org/package/2006/relationships";
    let relations = |all: &[(&str, &str, &str)]| {
        let all: String =
            all.iter().map(|(id, kind, target)| format!("<Relationship Id='{id}' Type='{OFFICE}/{kind}' Target='{target}'/>")).collect();
        format!("<Relationships xmlns='{RELATIONS}'>{all}</Relationships>")
    };
    let shape = |place: &str, words: &str| {
        format!(
            "<p:sp><p:nvSpPr><p:cNvPr id='2' name=''/><p:cNvSpPr/><p:nvPr>{place}</p:nvPr></p:nvSpPr><p:txBody><a:p><a:r><a:t>{words}</a:t></a:r></a:p></p:txBody></p:sp>"
        )
    };
    let tree = |shapes: &str| format!("<p:cSld><p:spTree>{shapes}</p:spTree></p:cSld>");
    let whole = |name: &str, inside: &str| format!("<p:{name} xmlns:p='{P}' xmlns:a='{A}' xmlns:r='{OFFICE}'>{inside}</p:{name}>");
    let show = whole("presentation", "<p:sldIdLst><p:sldId id='256' r:id='s'/></p:sldIdLst>");
    let slide = whole("sld", &tree(&shape("<p:ph type='title'/>", "seen on the slide")));
    let layout = whole("sldLayout", &tree(&[shape("<p:ph type='title'/>", "CANARY"), shape("", "seen on the layout")].concat()));
    let types =
        "<Types><Override ContentType='application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml'/></Types>";
    let cleaned = clean(&archive(&[
        ("[Content_Types].xml", types.as_bytes()),
        ("_rels/.rels", relations(&[("a", "officeDocument", "ppt/p.xml")]).as_bytes()),
        ("ppt/p.xml", show.as_bytes()),
        ("ppt/_rels/p.xml.rels", relations(&[("s", "slide", "s.xml")]).as_bytes()),
        ("ppt/s.xml", slide.as_bytes()),
        ("ppt/_rels/s.xml.rels", relations(&[("l", "slideLayout", "l.xml")]).as_bytes()),
        ("ppt/l.xml", layout.as_bytes()),
    ]));
    assert!(part(&cleaned, "ppt/slides/slide1.xml").contains("seen on the slide"));
    let layout = part(&cleaned, "ppt/slideLayouts/slideLayout1.xml");
    assert!(layout.contains("seen on the layout") && !layout.contains("CANARY"), "{layout}");
}
