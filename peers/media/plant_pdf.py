"""A PDF with a canary wherever the format lets anything be written that is not drawn.

    python3 plant_pdf.py PHOTOGRAPH.jpg OUT.pdf

Two revisions: the second writes over what the first showed. SEEN1 ... are drawn; no canary is.
"""

import pathlib
import sys
import zlib

C = "CANARYzq7"
photograph = pathlib.Path(sys.argv[1]).read_bytes()

objects = {}


def stream(entries, data, packed=True):
    body = zlib.compress(data) if packed else data
    filters = "/Filter/FlateDecode" if packed else ""
    return f"<<{entries}{filters}/Length {len(body)}>>stream\n".encode() + body + b"\nendstream"


def form(text):
    return stream("/Type/XObject/Subtype/Form/BBox[0 0 200 20]/Resources<</Font<</F1 5 0 R>>>>", f"% {C}\nBT /F1 12 Tf 2 4 Td ({text}) Tj ET".encode())


objects[1] = (
    f"<</Type/Catalog/Pages 2 0 R/Metadata 20 0 R/Lang({C})/OpenAction<</S/JavaScript/JS(app.alert\\('{C}'\\))>>/PieceInfo<</{C}<</Private({C})>>>>"
    f"/Names<</EmbeddedFiles<</Names[({C})21 0 R]>>/JavaScript<</Names[({C})<</S/JavaScript/JS({C})>>]>>>>/Outlines 23 0 R"
    f"/OCProperties<</OCGs[30 0 R 31 0 R]/D<</ON[30 0 R]/OFF[31 0 R]>>>>/AcroForm<</Fields[13 0 R]/DR<<>>>>/AA<</WC<</S/JavaScript/JS({C})>>>>>>"
).encode()
objects[2] = b"<</Type/Pages/Kids[3 0 R]/Count 1/MediaBox[0 0 400 400]>>"
objects[3] = (
    f"<</Type/Page/Parent 2 0 R/Contents[4 0 R 6 0 R]/LastModified(D:20240506070809)/PieceInfo<</{C}<<>>>>/Thumb 24 0 R/{C} 1/AA<</O<</S/JavaScript/JS({C})>>>>"
    "/Resources<</Font<</F1 5 0 R>>/XObject<</Im1 7 0 R/Im2 25 0 R/Fm1 8 0 R/FmH 32 0 R>>/Properties<</L1 30 0 R/L2 31 0 R>>/ColorSpace<</Cs1 26 0 R>>>>"
    "/Annots[10 0 R 11 0 R 12 0 R 13 0 R 14 0 R]>>"
).encode()
objects[4] = stream(f"/{C}({C})", f"% {C}\nBT /F1 18 Tf 40 350 Td (OLD{C}) Tj ET".encode())
objects[5] = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"
objects[6] = stream(
    "",
    f"/Span<</ActualText({C})/Lang({C})>>BDC BT /F1 18 Tf 40 310 Td (SEEN2 marked) Tj ET EMC\nq 120 0 0 90 40 200 cm /Im1 Do Q\nq 1 0 0 1 200 250 cm /Fm1 Do Q\n"
    f"/OC /L1 BDC BT /F1 12 Tf 40 160 Td (SEEN3 layer) Tj ET EMC\n/OC /L2 BDC BT /F1 12 Tf 40 140 Td ({C}layer) Tj ET EMC\n/FmH Do\n/Cs1 cs 0.2 0.4 0.6 sc 40 100 60 20 re f\n".encode(),
)
objects[7] = stream(f"/Type/XObject/Subtype/Image/Width 80/Height 60/ColorSpace/DeviceRGB/BitsPerComponent 8/Filter/DCTDecode/Metadata 20 0 R/Name/{C}", photograph, packed=False)
objects[8] = form("SEEN4 form")
objects[9] = form(f"{C}nobody refers to it")
objects[10] = f"<</Type/Annot/Subtype/Text/Rect[10 10 30 30]/Contents({C})/T({C})/M(D:20240506070809)/NM({C})>>".encode()
objects[11] = f"<</Type/Annot/Subtype/FreeText/Rect[200 150 400 170]/Contents(SEEN5{C})/T({C})/CreationDate(D:20240506)/RC({C})/DA(/F1 12 Tf)/F 4/AP<</N 15 0 R>>>>".encode()
objects[12] = f"<</Type/Annot/Subtype/FileAttachment/Rect[0 0 9 9]/FS 21 0 R/T({C})>>".encode()
objects[13] = f"<</Type/Annot/Subtype/Widget/FT/Tx/T({C})/TU({C})/V({C})/DV({C})/Rect[200 100 400 120]/F 4/AP<</N 16 0 R>>>>".encode()
objects[14] = f"<</Type/Annot/Subtype/Link/Rect[0 0 50 50]/A<</S/URI/URI(https://{C}.example)>>>>".encode()
objects[15] = form("SEEN5 note")
objects[16] = form("SEEN6 field")
objects[20] = stream("/Type/Metadata/Subtype/XML", f"<x:xmpmeta><dc:creator>{C}</dc:creator><xmp:CreateDate>2024</xmp:CreateDate></x:xmpmeta>".encode(), packed=False)
objects[21] = f"<</Type/Filespec/F({C}.txt)/UF({C}.txt)/EF<</F 22 0 R>>>>".encode()
objects[22] = stream("/Type/EmbeddedFile", C.encode(), packed=False)
objects[23] = f"<</Type/Outlines/First 27 0 R/Last 27 0 R/Count 1>>".encode()
objects[24] = stream("/Width 1/Height 1/BitsPerComponent 8/ColorSpace/DeviceGray", b"\x80")
objects[25] = stream("/Type/XObject/Subtype/Image/Width 9/Height 1/BitsPerComponent 8/ColorSpace/DeviceGray", C.encode(), packed=False)
objects[26] = b"[/ICCBased 28 0 R]"
objects[27] = f"<</Title({C})/Parent 23 0 R/Dest[3 0 R/Fit]>>".encode()
objects[28] = stream("/N 3/Alternate/DeviceRGB", b"profile of a screen " + C.encode())
objects[30] = f"<</Type/OCG/Name({C})>>".encode()
objects[31] = f"<</Type/OCG/Name({C})/Usage<<>>>>".encode()
objects[32] = stream("/Type/XObject/Subtype/Form/BBox[0 0 9 9]/OC 31 0 R", f"({C}) Tj".encode())
objects[40] = f"<</Title({C})/Author({C})/Subject({C})/Keywords({C})/Creator({C})/Producer({C})/CreationDate(D:20240506070809)/{C}({C})>>".encode()

out = bytearray(f"%PDF-1.6\n%\xe2\xe3\xcf\xd3\n% {C}\n".encode("latin-1"))


def table(numbers, trailer):
    global out
    starts = {}
    for number in numbers:
        starts[number] = len(out)
        out += f"{number} 0 obj\n".encode() + objects[number] + b"\nendobj\n"
    start = len(out)
    out += b"xref\n"
    if 1 in numbers:
        out += b"0 1\n0000000000 65535 f \n"
    for number in numbers:
        out += f"{number} 1\n{starts[number]:010} 00000 n \n".encode()
    out += f"trailer\n<</Size 41/Root 1 0 R/Info 40 0 R/ID[<{C.encode().hex()}><{C.encode().hex()}>]/{C}({C}){trailer}>>\nstartxref\n{start}\n%%EOF\n".encode()
    return start


first = table(sorted(objects), "")
objects[4] = stream(f"/{C}({C})", f"% {C}\nBT /F1 18 Tf 40 350 Td (SEEN1 newest) Tj ET".encode())
table([4], f"/Prev {first}")
out += f"\n% {C}\n".encode()
pathlib.Path(sys.argv[2]).write_bytes(out)
