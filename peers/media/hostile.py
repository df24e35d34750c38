#!/usr/bin/env python3
"""Files that are made to take memory and time: `hostile.py FOLDER` writes them, some 100 MB each.
`small_room.sh` cleans them in 512 MB of addresses."""
import struct
import sys
import zlib
from pathlib import Path

folder = Path(sys.argv[1])
folder.mkdir(parents=True, exist_ok=True)
MEGABYTES = int(sys.argv[2]) if len(sys.argv) > 2 else 100
SIZE = MEGABYTES << 20


def write(name, data):
    (folder / name).write_bytes(data)


def box(name, body):
    return struct.pack(">I", len(body) + 8) + name + body


# Pictures and sound.
small = b"WEBP" + b"junk\0\0\0\0" * (SIZE // 8)
write("chunks.webp", b"RIFF" + struct.pack("<I", len(small)) + small)
small = b"WAVE" + b"junk\0\0\0\0" * (SIZE // 8)
write("chunks.wav", b"RIFF" + struct.pack("<I", len(small)) + small)
chunk = lambda name, body: struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def png(name, side, *more):
    head = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", side, side, 8, 6, 0, 0, 0))
    left, packer, rows = side * (1 + 4 * side) + (1 << 20), zlib.compressobj(9), b""
    while left:
        length = min(left, 1 << 24)
        rows += packer.compress(bytes(length))
        left -= length
    write(name, head + b"".join(more) + chunk(b"IDAT", rows + packer.flush()) + chunk(b"IEND", b""))


png("rows.png", 20_000)
png("anew.png", 8_000)
png("words.png", 8_000, chunk(b"tEXt", b"A" * (SIZE - 1000)))
write("blocks.gif", b"GIF89a\x01\0\x01\0\0\0\0" + (b"\x2c\0\0\0\0\x10\0\x10\0\0\x08" + b"\x01\0" * 2542 + b"\0") * (SIZE // 5100) + b";")
quant = b"\xff\xdb\0\x43\0" + b"\1" * 64
huff = lambda head: b"\xff\xc4\0\x15" + head + b"\2" + b"\0" * 15 + b"\0\1"
frame = b"\xff\xc0\0\x0b\x08" + struct.pack(">HH", 16000, 16000) + b"\1\1\x11\0"
scan = b"\xff\xdd\0\4\0\1\xff\xda\0\x08\1\1\0\0\x3f\0"
tables = quant + frame + huff(b"\0") + huff(b"\x10") + scan
restarts = b"".join(b"\0\0\xff" + bytes([0xd0 + n % 8]) for n in range(8))
write("restarts.jpg", b"\xff\xd8" + tables + restarts * (4_000_000 // 8) + b"\xff\xd9")
part = lambda n: b"\xff\xe2\xff\xffICC_PROFILE\0" + bytes([n & 255, 255]) + b"x" * (65533 - 14)
write("profile.jpg", b"\xff\xd8" + b"".join(part(n) for n in range(SIZE // 65537)) + tables + restarts * 10 + b"\xff\xd9")

CRC = []
for number in range(256):
    value = number << 24
    for _ in range(8):
        value = ((value << 1) ^ 0x04C11DB7 if value & 0x80000000 else value << 1) & 0xFFFFFFFF
    CRC.append(value)


def page(flags, number, segments, body):
    out = bytearray(b"OggS\0" + bytes([flags]) + bytes(8) + b"\1\0\0\0" + struct.pack("<I", number) + bytes(4))
    out += bytes([len(segments)]) + segments + body
    total = 0
    for byte in out:
        total = (total << 8 & 0xFFFFFFFF) ^ CRC[total >> 24 ^ byte]
    out[22:26] = struct.pack("<I", total)
    return bytes(out)


opus = b"OpusHead\1\1\0\0\x80\xbb\0\0\0\0\0"
tags = b"OpusTags" + bytes(8)
sound = page(0, 2, b"\1", b"x")
write("pages.ogg", page(2, 0, bytes([len(opus)]), opus) + page(0, 1, bytes([len(tags)]), tags) + sound * (SIZE // len(sound)))
write("frames.mp3", (b"\xff\xf3\x14\xc4" + bytes(20)) * 1_900_000 + b"\xff" * (SIZE - 24 * 1_900_000))
write("lyrics.mp3", (b"\xff\xf3\x14\xc4" + bytes(20)) * 3 + b"LYRICSBEGIN" * (SIZE // 11))
flac = b"fLaC\x80\0\0\x22" + bytes(34)
write("noughts.flac", flac + b"\xff\xf8\xc9\x18\0\xc2" + bytes(SIZE - 100))

# Boxes.
infe = lambda n, kind: box(b"infe", b"\2\0\0\0" + struct.pack(">HH", n, 0) + kind + b"\0")


def heif(items, iloc, more=b"", brand=b"heic"):
    iinf = box(b"iinf", bytes(4) + struct.pack(">H", len(items)) + b"".join(infe(n, kind) for n, kind in items))
    iprp = box(b"iprp", box(b"ipco", b"") + more)
    meta = box(b"meta", bytes(4) + box(b"hdlr", bytes(8) + b"pict" + bytes(13)) + box(b"pitm", bytes(4) + b"\0\1") + iinf + iloc + iprp)
    return box(b"ftyp", brand + bytes(4)) + meta


none = box(b"iloc", bytes(6) + struct.pack(">H", 65535) + b"\0\1\0\0\xff\xff" * 65535)
write("nothing.heic", heif([(1, b"hvc1")], none))
same = box(b"iloc", b"\1\0\0\0\x44\0" + struct.pack(">H", 20000) + b"".join(struct.pack(">HHHHII", n + 1, 0, 0, 1, 0, 50 << 20) for n in range(20000)))
write("same.avif", heif([(n + 1, b"av01") for n in range(20000)], same, brand=b"avif") + box(b"mdat", bytes(SIZE)))
owned = box(b"ipma", bytes(4) + struct.pack(">I", SIZE // 300) + (b"\0\1\xff" + b"\1" * 255) * (SIZE // 300))
write("owned.heic", heif([(1, b"hvc1")], box(b"iloc", bytes(8)), owned))


def film(entry, stts, stsc, stsz, stco, mdat, kind=b"soun"):
    stbl = box(b"stsd", struct.pack(">II", 0, 1) + entry) + stts + stsc + stsz + stco
    mdia = box(b"mdhd", bytes(24)) + box(b"hdlr", bytes(8) + kind + bytes(12)) + box(b"minf", box(b"stbl", stbl))
    trak = box(b"trak", box(b"tkhd", bytes(84)) + box(b"mdia", mdia))
    return box(b"ftyp", b"isom" + bytes(4)) + box(b"mdat", mdat) + box(b"moov", box(b"mvhd", bytes(100)) + trak)


entry = lambda name, more: box(name, bytes(6) + b"\0\1" + bytes(20) + more)
stts = box(b"stts", struct.pack(">IIII", 0, 1, 1, 1))
stsc = box(b"stsc", struct.pack(">IIIII", 0, 1, 1, 1, 1))
many = 499_000
stco = box(b"stco", struct.pack(">II", 0, many) + struct.pack(">I", 24) * many)
write("chunks.mp4", film(entry(b"samr", b""), stts, stsc, box(b"stsz", struct.pack(">III", 0, 1, many)), stco, b"x"))
many = 3_900_000
write("sizes.mp4", film(entry(b"samr", b""), stts, box(b"stsc", struct.pack(">IIIII", 0, 1, 1, many, 1)), box(b"stsz", struct.pack(">III", 0, 0, many) + bytes(4 * many)), box(b"stco", struct.pack(">III", 0, 1, 24)), b"x"))
depth = 1_000_000
sizes = [8 * (depth - n) for n in range(depth)]
write("tower.mp4", film(entry(b"mp4a", b"".join(struct.pack(">I", size) + b"wave" for size in sizes)), stts, stsc, box(b"stsz", struct.pack(">III", 0, 1, 1)), box(b"stco", struct.pack(">III", 0, 1, 24)), b"x"))
write("words.m4a", film(entry(b"mp4a", box(b"esds", bytes(4) + b"\3\x14\0\0\0\4\x0f\x40" + bytes(12) + b"\5\0")), stts, stsc, box(b"stsz", struct.pack(">III", 0, 300, SIZE // 300)), box(b"stco", struct.pack(">II", 0, SIZE // 300) + b"".join(struct.pack(">I", 24 + n * 300) for n in range(SIZE // 300))), (b"\xde\xff" + b"C" * 298) * (SIZE // 300)))


# Pages.
def pdf(name, objects, trailer=""):
    out = bytearray(b"%PDF-1.7\n")
    table = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    for number, body in enumerate(objects, 1):
        table += b"%010d 00000 n \n" % len(out)
        out += b"%d 0 obj\n" % number + (body.encode() if isinstance(body, str) else body) + b"\nendobj\n"
    start = len(out)
    out += table + b"trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start)
    write(name, bytes(out))


ROOT, TREE = "<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[3 0 R]/Count 1>>"
leaf = lambda more: f"<</Type/Page/MediaBox[0 0 9 9]{more}>>"
stream = lambda more, body: b"<<%s/Length %d>>stream\n" % (more.encode(), len(body)) + body + b"\nendstream"
names = "".join(f"/F{n} 5 0 R" for n in range(19_000))
kids = " ".join(f"{n} 0 R" for n in range(6, 19_006))
pdf("inherited.pdf", [ROOT, f"<</Type/Pages/Kids[{kids}]/MediaBox[0 0 9 9]/Resources<</Font<<{names}>>>>>>", "null", "null", "<</Type/Font>>"] + ["<</Type/Page>>"] * 19_000)
pdf("laughs.pdf", [ROOT, TREE, leaf("/Rotate 4 0 R")] + [f"[{f'{n + 1} 0 R ' * 10}]" for n in range(4, 24)] + ["1"])
pdf("array.pdf", [ROOT, TREE, leaf("/Rotate 4 0 R"), "[" + "0 " * (SIZE // 2) + "]"])
pdf("looks.pdf", [ROOT, TREE, leaf("/Annots 4 0 R"), "[" + "5 0 R " * 400_000 + "]", "<</Subtype/Ink/Rect[0 0 1 1]/AP<</N 6 0 R>>>>", stream("/Subtype/Form", b"")])
pdf("letters.pdf", [ROOT, TREE, leaf("/Contents 4 0 R"), stream("/Filter/ASCII85Decode", b"z" * SIZE)])
row = zlib.compress(b"\0" + b"x" * 1000)
pdf("row.pdf", [ROOT, TREE, leaf("/Contents 4 0 R"), stream("/Filter/FlateDecode/DecodeParms<</Predictor 12/Columns 1048576/Colors 64/BitsPerComponent 32>>", row)])
zeros = zlib.compress(b" " * (12 << 20), 9)
pdf("parts.pdf", [ROOT, TREE, leaf("/Contents 4 0 R"), "[" + "5 0 R " * 400_000 + "]", stream("/Filter[/ASCIIHexDecode/FlateDecode]", b" " * (MEGABYTES << 19))])
forms = 4000
pdf("forms.pdf", [ROOT, TREE, leaf("/Contents 4 0 R/Resources<</XObject<<" + "".join(f"/X{n} {n + 5} 0 R" for n in range(forms)) + ">>>>"), stream("", b"".join(b"/X%d Do\n" % n for n in range(forms)))] + [stream("/Subtype/Form/Filter/FlateDecode", zeros)] * forms)
pdf("dashes.pdf", [ROOT, TREE, leaf("/Contents 4 0 R"), stream("/Filter/FlateDecode", zlib.compress(b"[" + b"0 " * (6 << 20) + b"] 0 d"))])
# Streams that lie in each other: the first is almost the whole file.
inner = bytearray(b"%PDF-1.7\n")
pdf_count, body = 3000, MEGABYTES << 19
places, heads = [], []
outer = [ROOT, TREE, leaf("/Contents 4 0 R/Resources<</XObject<<" + "".join(f"/X{n} {n + 5} 0 R" for n in range(pdf_count)) + ">>>>"), stream("", b"".join(b"/X%d Do\n" % n for n in range(pdf_count)))]
for number, one in enumerate(outer, 1):
    places.append(len(inner))
    inner += b"%d 0 obj\n" % number + (one.encode() if isinstance(one, str) else one) + b"\nendobj\n"
head_length = 110
for n in range(pdf_count):
    places.append(len(inner))
    left = (pdf_count - n - 1) * head_length + body
    text = b"%d 0 obj<</Subtype/Image/Width 1/Height 1/ColorSpace/DeviceGray/BitsPerComponent 8/Length %d>>stream\n" % (n + 5, left)
    inner += text.replace(b"<</Sub", b"<<" + b" " * (head_length - len(text)) + b"/Sub")
inner += b"x" * body + b"\nendstream\nendobj\n"
start = len(inner)
inner += b"xref\n0 %d\n0000000000 65535 f \n" % (len(places) + 1) + b"".join(b"%010d 00000 n \n" % at for at in places)
inner += b"trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(places) + 1, start)
write("nested.pdf", bytes(inner))


# Documents.
def archive(name, parts):
    out, directory = bytearray(), bytearray()
    for part, data in parts:
        data = data.encode() if isinstance(data, str) else data
        packer = zlib.compressobj(9, zlib.DEFLATED, -15)
        packed = packer.compress(data) + packer.flush()
        head = struct.pack("<HHHHHIIIHH", 20, 0, 8, 0, 33, zlib.crc32(data), len(packed), len(data), len(part), 0)
        directory += b"PK\1\2\x14\0" + head + bytes(10) + struct.pack("<I", len(out)) + part.encode()
        out += b"PK\3\4" + head + part.encode() + packed
    end = struct.pack("<HHHHIIH", 0, 0, len(parts), len(parts), len(directory), len(out), 0)
    write(name, bytes(out + directory + b"PK\5\6" + end))


W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
S = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
O = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
P = "http://schemas.openxmlformats.org/package/2006/relationships"
A = "http://schemas.openxmlformats.org/drawingml/2006/main"
MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
relations = lambda inside: f"<Relationships xmlns='{P}'>{inside}</Relationships>"
relation = lambda kind, target, id="a": f"<Relationship Id='{id}' Type='{O}/{kind}' Target='{target}'/>"


def word(name, body, more=(), rels=""):
    types = "<Types><Override ContentType='application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml'/></Types>"
    text = f"<w:document xmlns:w='{W}' xmlns:r='{O}' xmlns:a='{A}' xmlns:mc='{MC}'><w:body>{body}</w:body></w:document>"
    archive(name, [("[Content_Types].xml", types), ("_rels/.rels", relations(relation("officeDocument", "w/d.xml"))), ("w/d.xml", text), ("w/_rels/d.xml.rels", relations(rels))] + list(more))


PART = 15 << 20
styles = f"<w:styles xmlns:w='{W}'>" + "".join(f"<w:style w:styleId='{n}'/>" for n in range(PART // 32)) + "</w:styles>"
word("styles.docx", "", [("w/s.xml", styles)], relation("styles", "s.xml"))
word("quotes.docx", "<w:p w:x='" + '"' * PART + "'/>")
word("groups.docx", "<w:grpSp>" * 200 + "<w:sp/>" * 900_000 + "</w:grpSp>" * 200)
word("choices.docx", "<mc:AlternateContent>" + "<mc:Choice/>" * 900_000 + "</mc:AlternateContent>")
word("spaces.docx", "<w:p " + " ".join(f"xmlns:p{n}='u'" for n in range(190)) + ">" + "<w:r/>" * 900_000 + "</w:p>")
word("links.docx", "".join(f"<a:blip r:embed='i{n}'/>" for n in range(PART // 30)), [("w/i.png", b"\x89PNG\r\n\x1a\n")], "".join(relation("image", "i.png", f"i{n}") for n in range(140_000)))
uses = lambda count: "".join(f"<w:headerReference r:id='i{n}'/>" for n in range(count))
word("parts.docx", uses(9_900), [(f"w/h{n}.xml", f"<w:hdr xmlns:w='{W}'/>") for n in range(9_900)], "".join(relation("header", f"h{n}.xml", f"i{n}") for n in range(9_900)))
word("inflated.docx", uses(16), [(f"w/h{n}.xml", f"<w:hdr xmlns:w='{W}'>" + "<w:p/>" * 900_000 + " " * (PART - 5_400_000) + "</w:hdr>") for n in range(16)], "".join(relation("header", f"h{n}.xml", f"i{n}") for n in range(16)))


def table(name, rows):
    types = "<Types><Override ContentType='application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml'/></Types>"
    book = f"<workbook xmlns='{S}' xmlns:r='{O}'><sheets><sheet name='One' sheetId='1' r:id='s'/></sheets></workbook>"
    archive(name, [("[Content_Types].xml", types), ("_rels/.rels", relations(relation("officeDocument", "x/w.xml"))), ("x/w.xml", book), ("x/_rels/w.xml.rels", relations(relation("worksheet", "s.xml", "s"))), ("x/s.xml", f"<worksheet xmlns='{S}'><sheetData>{rows}</sheetData></worksheet>")])


table("row.xlsx", "<row x='" + "x" * (PART // 2) + "'>" + "<c/>" * 900_000 + "</row>")
table("formulas.xlsx", "<row><c>" + "<f/>" * 900_000 + "</c></row>")
X = "urn:oasis:names:tc:opendocument:xmlns:"
spaces = f"xmlns:office='{X}office:1.0' xmlns:text='{X}text:1.0' xmlns:draw='{X}drawing:1.0' xmlns:table='{X}table:1.0' xmlns:xlink='http://www.w3.org/1999/xlink' xmlns:style='{X}style:1.0'"
open_text = lambda name, body, more=(): archive(name, [("mimetype", "application/vnd.oasis.opendocument.text"), ("content.xml", f"<office:document-content {spaces}>{body}</office:document-content>")] + list(more))
open_text("pictures.odt", "".join(f"<draw:image xlink:href='Pictures/{n % 9000}'/>" for n in range(PART // 40)), [(f"Pictures/{n}", b"\x89PNG\r\n\x1a\n") for n in range(9000)])
open_text("hidden.odt", "<style:style x='" + "x" * (PART // 2) + "'>" + "<style:text-properties text:display='none'/>" * (PART // 90) + "</style:style>")
open_text("cells.odt", "<table:table-row x='" + "x" * (PART // 2) + "'>" + "<table:table-cell/>" * (PART // 40) + "</table:table-row>")
