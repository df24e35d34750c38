"""Office documents with a canary wherever their formats let anything be written that is not seen.

    python3 plant_documents.py WORK_FOLDER PHOTOGRAPH.jpg OUT_FOLDER

LibreOffice makes the documents from flat ODF written here; what only Microsoft's programs write is added to the archives
afterwards. The words SEEN1, SEEN2, ... are seen; no canary is.
"""

import base64
import pathlib
import re
import subprocess
import sys
import zipfile

C = "CANARYzq7"
work, photograph, out = (pathlib.Path(argument) for argument in sys.argv[1:4])
picture = base64.b64encode(photograph.read_bytes()).decode()

SPACES = " ".join(
    f'xmlns:{prefix}="{address}"'
    for prefix, address in {
        "office": "urn:oasis:names:tc:opendocument:xmlns:office:1.0",
        "style": "urn:oasis:names:tc:opendocument:xmlns:style:1.0",
        "text": "urn:oasis:names:tc:opendocument:xmlns:text:1.0",
        "table": "urn:oasis:names:tc:opendocument:xmlns:table:1.0",
        "draw": "urn:oasis:names:tc:opendocument:xmlns:drawing:1.0",
        "fo": "urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0",
        "svg": "urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0",
        "xlink": "http://www.w3.org/1999/xlink",
        "dc": "http://purl.org/dc/elements/1.1/",
        "meta": "urn:oasis:names:tc:opendocument:xmlns:meta:1.0",
        "presentation": "urn:oasis:names:tc:opendocument:xmlns:presentation:1.0",
        "script": "urn:oasis:names:tc:opendocument:xmlns:script:1.0",
        "of": "urn:oasis:names:tc:opendocument:xmlns:of:1.2",
    }.items()
)
META = (
    f"<office:meta><meta:generator>{C}</meta:generator><dc:title>{C}</dc:title><dc:description>{C}</dc:description><dc:subject>{C}</dc:subject>"
    f"<meta:keyword>{C}</meta:keyword><meta:initial-creator>{C}</meta:initial-creator><dc:creator>{C}</dc:creator>"
    f"<dc:date>2024-05-06T07:08:09</dc:date><meta:creation-date>2024-05-06T07:08:09</meta:creation-date>"
    f'<meta:user-defined meta:name="{C}">{C}</meta:user-defined></office:meta>'
)
NOTE = f"<office:annotation><dc:creator>{C}</dc:creator><dc:date>2024-05-06T07:08:09</dc:date><text:p>{C}</text:p></office:annotation>"
FRAME = (
    f'<draw:frame draw:name="{C}" text:anchor-type="as-char" svg:width="4cm" svg:height="3cm"><draw:image><office:binary-data>{picture}</office:binary-data></draw:image>'
    f"<svg:title>{C}</svg:title><svg:desc>{C}</svg:desc></draw:frame>"
)


def flat(kind, styles, body):
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<office:document {SPACES} office:version="1.2" office:mimetype="application/vnd.oasis.opendocument.{kind}">'
        f"{META}{styles}<office:body><office:{kind}>{body}</office:{kind}></office:body></office:document>"
    )


TEXT = flat(
    "text",
    f'<office:styles><style:style style:name="{C}_20_style" style:display-name="{C} style" style:family="paragraph"><style:text-properties fo:color="#884400"/></style:style></office:styles>'
    f'<office:automatic-styles><style:style style:name="T1" style:family="text"><style:text-properties text:display="none"/></style:style></office:automatic-styles>',
    f'<text:tracked-changes><text:changed-region text:id="ct1"><text:deletion><office:change-info><dc:creator>{C}</dc:creator><dc:date>2024-05-06T07:08:09</dc:date></office:change-info>'
    f'<text:p>{C}deleted</text:p></text:deletion></text:changed-region><text:changed-region text:id="ct2"><text:insertion><office:change-info><dc:creator>{C}</dc:creator>'
    f"<dc:date>2024-05-06T07:08:09</dc:date></office:change-info></text:insertion></text:changed-region></text:tracked-changes>"
    f'<text:h text:outline-level="1">SEEN1 heading</text:h>'
    f'<text:p text:style-name="{C}_20_style">SEEN2 a car wash{NOTE}<text:change text:change-id="ct1"/> and '
    f'<text:change-start text:change-id="ct2"/>SEEN3 inserted<text:change-end text:change-id="ct2"/> words.</text:p>'
    f'<text:p><text:bookmark text:name="{C}"/>SEEN4<text:span text:style-name="T1">{C}hidden</text:span> <text:a xlink:href="https://{C.lower()}.example/{C}">SEEN5 link</text:a></text:p>'
    f'<text:p>SEEN6<text:note text:note-class="footnote"><text:note-citation>1</text:note-citation>'
    f"<text:note-body><text:p>SEEN7 below</text:p></text:note-body></text:note></text:p><text:p>{FRAME}</text:p>"
    f'<table:table table:name="{C}"><table:table-column table:number-columns-repeated="2"/><table:table-row><table:table-cell><text:p>SEEN8</text:p></table:table-cell>'
    f"<table:table-cell><text:p>SEEN9</text:p></table:table-cell></table:table-row></table:table>",
)

TABLE = flat(
    "spreadsheet",
    f'<office:styles><style:style style:name="{C}" style:family="table-cell"><style:text-properties fo:color="#884400"/></style:style></office:styles>'
    f'<office:automatic-styles><style:style style:name="ta1" style:family="table"><style:table-properties table:display="true"/></style:style>'
    f'<style:style style:name="ta2" style:family="table"><style:table-properties table:display="false"/></style:style></office:automatic-styles>',
    f'<table:table table:name="Sheet1" table:style-name="ta1"><table:shapes>{FRAME.replace(" text:anchor-type=" + chr(34) + "as-char" + chr(34), "")}</table:shapes><table:table-column/><table:table-column table:visibility="collapse"/><table:table-column/>'
    f'<table:table-row><table:table-cell office:value-type="string" table:style-name="{C}">{NOTE}<text:p>SEEN1</text:p></table:table-cell>'
    f'<table:table-cell office:value-type="string"><text:p>{C}column</text:p></table:table-cell><table:table-cell office:value-type="float" office:value="12"><text:p>12</text:p></table:table-cell></table:table-row>'
    f'<table:table-row table:visibility="collapse"><table:table-cell office:value-type="string"><text:p>{C}row</text:p></table:table-cell></table:table-row>'
    f'<table:table-row><table:table-cell office:value-type="string"><text:p>SEEN2</text:p></table:table-cell><table:table-cell/>'
    f'<table:table-cell table:formula="of:=LEN(&quot;{C}&quot;)+27" office:value-type="float" office:value="36"><text:p>36</text:p></table:table-cell></table:table-row></table:table>'
    f'<table:table table:name="{C}" table:style-name="ta2"><table:table-column/><table:table-row><table:table-cell office:value-type="string"><text:p>{C}sheet</text:p></table:table-cell></table:table-row></table:table>'
    f'<table:named-expressions><table:named-range table:name="{C}" table:cell-range-address="$Sheet1.$A$1"/></table:named-expressions>',
)

SLIDES = flat(
    "presentation",
    f'<office:automatic-styles><style:style style:name="dp1" style:family="drawing-page"><style:drawing-page-properties presentation:visibility="visible"/></style:style>'
    f'<style:style style:name="dp2" style:family="drawing-page"><style:drawing-page-properties presentation:visibility="hidden"/></style:style></office:automatic-styles>',
    f'<draw:page draw:name="{C}" draw:style-name="dp1">{NOTE}<draw:frame draw:name="{C}" svg:x="1cm" svg:y="1cm" svg:width="10cm" svg:height="3cm"><draw:text-box><text:p>SEEN1 slide</text:p></draw:text-box>'
    f'<svg:desc>{C}</svg:desc></draw:frame>{FRAME.replace(" text:anchor-type=" + chr(34) + "as-char" + chr(34), " svg:x=" + chr(34) + "2cm" + chr(34) + " svg:y=" + chr(34) + "6cm" + chr(34))}'
    f'<presentation:notes><draw:frame presentation:class="notes" svg:x="1cm" svg:y="1cm" svg:width="10cm" svg:height="3cm"><draw:text-box><text:p>{C}notes</text:p></draw:text-box></draw:frame></presentation:notes></draw:page>'
    f'<draw:page draw:name="hidden{C}" draw:style-name="dp2"><draw:frame svg:x="1cm" svg:y="1cm" svg:width="10cm" svg:height="3cm"><draw:text-box><text:p>{C}hidden</text:p></draw:text-box></draw:frame></draw:page>'
    f'<draw:page draw:name="{C}3" draw:style-name="dp1"><draw:frame svg:x="1cm" svg:y="1cm" svg:width="10cm" svg:height="3cm"><draw:text-box><text:p>SEEN2 slide</text:p></draw:text-box></draw:frame></draw:page>',
)


def convert(text, ending, kinds):
    source = work / f"document.{ending}"
    source.write_text(text)
    for kind in kinds:
        subprocess.run(["soffice", f"-env:UserInstallation=file://{work}/profile", "--headless", "--convert-to", kind, "--outdir", str(out), str(source)], check=True, capture_output=True)


convert(TEXT, "fodt", ["odt", "docx"])
convert(TABLE, "fods", ["ods", "xlsx"])
convert(SLIDES, "fodp", ["odp", "pptx"])


def again(name, change, more):
    """Writes an archive anew with some parts changed and others added, with times, comments and extra fields."""
    path = out / name
    with zipfile.ZipFile(path) as archive:
        parts = [(entry.filename, archive.read(entry)) for entry in archive.infolist()]
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.comment = C.encode()
        for part, content in parts + [extra for extra in more if extra[0] not in dict(parts)]:
            content = change(part, content)
            entry = zipfile.ZipInfo(part, (2024, 5, 6, 7, 8, 8))
            stored = part == "mimetype"
            entry.compress_type = zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
            if not stored:
                entry.comment = C.encode()
                entry.extra = b"\x99\x99\x09\x00" + C.encode()
            archive.writestr(entry, content)


def relation(number, kind, target, mode=""):
    return f'<Relationship Id="rIdX{number}" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}" Target="{target}"{mode}/>'


EVERY = [
    ("customXml/item1.xml", f"<x>{C}</x>"),
    ("docProps/thumbnail.jpeg", photograph.read_bytes()),
    ("docProps/custom.xml", f"<Properties>{C}</Properties>"),
    (f"{C}/strange.bin", C * 3),
]
OUTER = f'<Relationship Id="rIdX1" Type="http://schemas.openxmlformats.org/package/2006/relationships/metadata/thumbnail" Target="docProps/thumbnail.jpeg"/>'


def word(part, content):
    if part == "word/document.xml":
        text = content.decode()
        text = re.sub(r"<w:p>|<w:p ", lambda found: f'<w:p w:rsidR="00{C}" w:rsidRDefault="00{C}"' + (">" if found.group() == "<w:p>" else " "), text)
        added = (
            f'<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>{C}vanish</w:t></w:r><w:ins w:id="901" w:author="{C}" w:date="2024-05-06T07:08:09Z"><w:r><w:t>SEENA</w:t></w:r></w:ins>'
            f'<w:del w:id="902" w:author="{C}" w:date="2024-05-06T07:08:09Z"><w:r><w:delText>{C}del</w:delText></w:r></w:del>'
            f'<w:moveFrom w:id="903" w:author="{C}"><w:r><w:t>{C}moved</w:t></w:r></w:moveFrom>'
            f'<w:sdt><w:sdtPr><w:alias w:val="{C}"/><w:tag w:val="{C}"/><w:dataBinding w:xpath="{C}" w:storeItemID="{{{C}}}"/></w:sdtPr><w:sdtContent><w:r><w:t>SEENB</w:t></w:r></w:sdtContent></w:sdt>'
            f'<w:fldSimple w:instr=" INCLUDETEXT C:\\\\Users\\\\{C} "><w:r><w:t>SEENC</w:t></w:r></w:fldSimple>'
            f'<w:smartTag w:uri="urn:{C}" w:element="{C}"><w:smartTagPr><w:attr w:name="{C}" w:val="{C}"/></w:smartTagPr><w:r><w:t>SEEND</w:t></w:r></w:smartTag>'
            f'<w:r><w:rPr><w:rPrChange w:id="904" w:author="{C}"><w:rPr/></w:rPrChange></w:rPr><w:t>SEENE</w:t></w:r><!-- {C} --></w:p>'
        )
        text = text.replace("<w:sectPr", added + "<w:sectPr", 1)
        return text.encode()
    if part == "word/settings.xml":
        return content.replace(
            b"</w:settings>",
            f'<w:rsids><w:rsidRoot w:val="00{C}"/></w:rsids><w:docVars><w:docVar w:name="{C}" w:val="{C}"/></w:docVars><w:attachedTemplate xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" r:id="rIdX9"/></w:settings>'.encode(),
        )
    if part == "word/_rels/document.xml.rels":
        more = relation(2, "customXml", "../customXml/item1.xml") + relation(3, "people", "people.xml") + relation(4, "vbaProject", "vbaProject.bin") + relation(5, "oleObject", "embeddings/o.bin")
        return content.replace(b"</Relationships>", (more + relation(6, "image", f"file:///C:/Users/{C}/x.png", ' TargetMode="External"') + "</Relationships>").encode())
    return whole(part, content)


def whole(part, content):
    if part == "_rels/.rels":
        return content.replace(b"</Relationships>", (OUTER + "</Relationships>").encode())
    return content


again("document.docx", word, EVERY + [("word/people.xml", f"<x>{C}</x>"), ("word/vbaProject.bin", C), ("word/embeddings/o.bin", C)])


def sheet(part, content):
    if part == "xl/workbook.xml":
        return re.sub(rb"<workbookPr", f'<fileSharing userName="{C}"/><workbookPr codeName="{C}"'.encode(), content, count=1)
    if part == "xl/worksheets/sheet1.xml":
        return content.replace(b"</worksheet>", f'<dataValidations count="1"><dataValidation sqref="A1" prompt="{C}" promptTitle="{C}"/></dataValidations></worksheet>'.encode())
    if part == "xl/_rels/workbook.xml.rels":
        return content.replace(b"</Relationships>", (relation(2, "externalLink", "externalLinks/e.xml") + relation(3, "vbaProject", "vbaProject.bin") + "</Relationships>").encode())
    return whole(part, content)


again("document.xlsx", sheet, EVERY + [("xl/externalLinks/e.xml", f"<x>{C}</x>"), ("xl/vbaProject.bin", C), ("xl/printerSettings/printerSettings1.bin", C)])


def slide(part, content):
    if part == "ppt/presentation.xml":
        return content.replace(b"</p:presentation>", f'<p:modifyVerifier userName="{C}"/><p:extLst><p:ext uri="{{{C}}}"/></p:extLst></p:presentation>'.encode())
    if part == "ppt/slides/slide1.xml":
        return content.replace(b"</p:sld>", f'<p:extLst><p:ext uri="{{{C}}}"><x xmlns="urn:{C}">{C}</x></p:ext></p:extLst></p:sld>'.encode())
    return whole(part, content)


again("document.pptx", slide, EVERY + [("ppt/tags/tag1.xml", f"<x>{C}</x>")])
again("document.odt", lambda part, content: content, [(f"Thumbnails/{C}.png", C), (f"Basic/Standard/{C}.xml", f"<x>{C}</x>"), (f"Versions/{C}", C)])
again("document.ods", lambda part, content: content, [(f"Configurations2/{C}.xml", f"<x>{C}</x>")])
again("document.odp", lambda part, content: content, [("META-INF/documentsignatures.xml", f"<x>{C}</x>")])
