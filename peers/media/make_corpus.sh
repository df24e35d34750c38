#!/bin/sh
# Makes the files that crates/engines/media is tested on: a canary in every field that these tools can write.
#   peers/media/make_corpus.sh FOLDER
# Needs (Debian): libimage-exiftool-perl libjpeg-turbo-progs ffmpeg qpdf imagemagick webp libheif-examples libreoffice python3
# The small ones are kept in data/media (SOURCES.md there); `cargo test` needs none of these tools.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
out=$1
mkdir -p "$out"
cd "$out"
C=CANARYzq7
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# ---- pictures: made here, of nothing but shapes
convert -size 80x60 -seed 7 plasma:tomato-steelblue -blur 0x2 -fill white -draw "rectangle 10,10 45,30" -depth 8 -strip PNG24:"$work/base.png"
convert "$work/base.png" -quality 85 -strip "$work/base.jpg"
convert "$work/base.png" -resize 40x30 -strip -quality 60 "$work/small.jpg"

everything() {
    # Every writable tag of the groups that telephones and desks write, without their values' own constraints.
    exiftool -q -m -overwrite_original -P \
        -EXIF:Make="$C" -EXIF:Model="$C" -EXIF:Software="$C" -EXIF:Artist="$C" -EXIF:Copyright="$C" -EXIF:ImageDescription="$C" \
        -EXIF:UserComment="$C" -EXIF:SerialNumber="$C" -EXIF:LensModel="$C" -EXIF:LensSerialNumber="$C" -EXIF:OwnerName="$C" \
        -EXIF:XPAuthor="$C" -EXIF:XPComment="$C" -EXIF:XPTitle="$C" -EXIF:XPKeywords="$C" -EXIF:ImageUniqueID="$C" -EXIF:HostComputer="$C" \
        -EXIF:DateTimeOriginal='2024:05:06 07:08:09' -EXIF:CreateDate='2024:05:06 07:08:09' -EXIF:ModifyDate='2024:05:06 07:08:09' \
        -EXIF:OffsetTime='+01:00' -EXIF:GPSLatitude=51.5 -EXIF:GPSLatitudeRef=N -EXIF:GPSLongitude=0.12 -EXIF:GPSLongitudeRef=W -EXIF:GPSAltitude=35 \
        -EXIF:GPSDateStamp='2024:05:06' -EXIF:GPSTimeStamp='07:08:09' -EXIF:GPSAreaInformation="$C" -EXIF:GPSProcessingMethod="$C" \
        -IPTC:By-line="$C" -IPTC:City="$C" -IPTC:Caption-Abstract="$C" -IPTC:Keywords="$C" -IPTC:OriginatingProgram="$C" \
        -XMP-dc:Creator="$C" -XMP-dc:Title="$C" -XMP-dc:Description="$C" -XMP-photoshop:City="$C" -XMP-xmp:CreatorTool="$C" -XMP-aux:SerialNumber="$C" \
        -XMP-xmpMM:DocumentID="$C" -XMP-xmpMM:HistoryAction="$C" -XMP-exif:GPSLatitude=51.5 -XMP-exif:GPSLongitude=-0.12 -XMP-xmp:CreateDate='2024:05:06 07:08:09' \
        -XMP-mwg-rs:RegionName="$C" -XMP-iptcExt:PersonInImage="$C" \
        -PNG:Author="$C" -PNG:Comment="$C" -PNG:Software="$C" -PNG:Title="$C" -PNG:ModifyDate='2024:05:06 07:08:09' \
        "$@" || true
}

cp "$work/base.jpg" photo.jpg
everything photo.jpg -EXIF:Orientation#=6 -Comment="$C" -Photoshop:URL="http://$C.example" -JFIF:XResolution=301 -JFIF:YResolution=301 -JFIF:ResolutionUnit=inches "-EXIF:ThumbnailImage<=$work/small.jpg"
# A telephone's second picture after the first, then a film.
{ cat photo.jpg "$work/small.jpg"; printf 'MotionPhoto_Data%s' "$C"; } > motion.jpg
convert "$work/base.png" -quality 80 -interlace JPEG -strip progressive.jpg; everything progressive.jpg -Comment="$C"
convert "$work/base.png" -colorspace CMYK -quality 80 -strip cmyk.jpg; everything cmyk.jpg
convert "$work/base.png" -colorspace gray -quality 80 -strip grey.jpg; everything grey.jpg
jpegtran -restart 3B "$work/base.jpg" > restart.jpg; everything restart.jpg

cp "$work/base.png" screenshot.png
everything screenshot.png -EXIF:Orientation#=6
convert "$work/base.png" -colors 16 -depth 8 -type Palette -strip -set comment "$C" -set "Custom-$C" "$C" palette.png; everything palette.png
convert "$work/base.png" -interlace PNG -alpha set -channel A -evaluate set 60% -depth 8 -strip interlaced.png; everything interlaced.png
ffmpeg -v error -y -f lavfi -i testsrc=size=40x30:rate=5:duration=1 -plays 0 -f apng animated.png; everything animated.png

convert -delay 20 \( "$work/base.png" -resize 40x30 \) \( "$work/base.png" -resize 40x30 -negate \) -loop 0 -set comment "$C" animated.gif
exiftool -q -m -overwrite_original -XMP-dc:Creator="$C" -XMP-exif:GPSLatitude=51.5 -Comment="$C" animated.gif

cwebp -quiet -q 70 "$work/base.png" -o photo.webp; everything photo.webp -EXIF:Orientation#=6
cwebp -quiet -lossless "$work/base.png" -o lossless.webp; everything lossless.webp
convert interlaced.png -quality 60 transparent.webp; everything transparent.webp
ffmpeg -v error -y -f lavfi -i testsrc=size=40x30:rate=5:duration=1 -loop 0 -c:v libwebp_anim animated.webp || true; everything animated.webp

# ---- documents
python3 "$here/plant_documents.py" "$work" photo.jpg .

# ---- pages: one planted by hand, the same with its objects packed, and one of LibreOffice's
python3 "$here/plant_pdf.py" photo.jpg planted.pdf
qpdf --object-streams=generate planted.pdf packed.pdf 2>/dev/null || [ $? = 3 ]
qpdf --linearize planted.pdf linear.pdf 2>/dev/null || [ $? = 3 ]
sed -i "s/${C}deleted/struck/" "$work/document.fodt"
soffice "-env:UserInstallation=file://$work/profile" --headless --convert-to 'pdf:writer_pdf_Export:{"UseTaggedPDF":{"type":"boolean","value":"true"}}' --outdir "$work" "$work/document.fodt" > /dev/null
echo "$C" > "$work/attached.txt"
qpdf --add-attachment "$work/attached.txt" --description="$C" -- "$work/document.pdf" document.pdf
exiftool -q -m -overwrite_original -Title="$C" -Author="$C" -Subject="$C" -Keywords="$C" -Creator="$C" -Producer="$C" -XMP-dc:Creator="$C" -XMP-xmp:CreatorTool="$C" document.pdf

# ---- films and sound in their container
tones='-f lavfi -i sine=frequency=440:duration=1:sample_rate=22050'
scene='-f lavfi -i testsrc=size=64x48:rate=10:duration=1'
said="-metadata title=$C -metadata artist=$C -metadata comment=$C -metadata description=$C -metadata encoder=$C -metadata creation_time=2024-05-06T07:08:09Z -metadata location=+51.5000-000.1200/ -metadata:s handler_name=$C -metadata:s language=ron"
ffmpeg -v error -y $scene $tones $said -c:v libx264 -x264-params threads=1 -c:a aac -b:a 32k -movflags use_metadata_tags -metadata "com.android.version=$C" film.mp4
ffmpeg -v error -y $scene $tones $said -c:v libx265 -x265-params log-level=none:pools=1:frame-threads=1 -tag:v hvc1 -c:a aac -b:a 32k -movflags +faststart hevc.mp4
ffmpeg -v error -y $scene $tones $said -c:v libx264 -c:a pcm_s16le -timecode 01:02:03:04 film.mov
ffmpeg -v error -y $scene $said -c:v mpeg4 -b:v 60k old.3gp
ffmpeg -v error -y $tones $said -metadata album="$C" -c:a aac -b:a 32k sound.m4a
for film in film.mp4 hevc.mp4 film.mov old.3gp sound.m4a; do
    exiftool -q -m -overwrite_original -QuickTime:CreateDate='2024:05:06 07:08:09' -QuickTime:MediaCreateDate='2024:05:06 07:08:09' -QuickTime:TrackCreateDate='2024:05:06 07:08:09' \
        -Keys:GPSCoordinates='51.5, -0.12, 35' -Keys:Make="$C" -Keys:Model="$C" -Keys:Software="$C" -Keys:Author="$C" -UserData:GPSCoordinates='51.5, -0.12, 35' -UserData:Make="$C" -UserData:Author="$C" \
        -ItemList:Artist="$C" -XMP-dc:Creator="$C" -XMP-exif:GPSLatitude=51.5 "$film" || true
done

# ---- sound in containers of its own
ffmpeg -v error -y $tones $said -c:a libmp3lame -b:a 32k -id3v2_version 4 -write_id3v1 1 sound.mp3
ffmpeg -v error -y $tones $said -c:a libmp3lame -q:a 6 variable.mp3
python3 - "$C" sound.mp3 << 'EOF'
import struct, sys
canary, name = sys.argv[1].encode(), sys.argv[2]
item = struct.pack("<II", len(canary), 0) + b"Artist\0" + canary
head = lambda flags: b"APETAGEX" + struct.pack("<IIII", 2000, len(item) + 32, 1, flags) + bytes(8)
sound = open(name, "rb").read()
lyrics = b"LYRICSBEGININD0000200AUT" + b"%05d" % len(canary) + canary
lyrics += b"%06dLYRICS200" % len(lyrics)
open(name, "wb").write(sound[:-128] + head(0xA0000000) + item + head(0x80000000) + lyrics + sound[-128:])
EOF
ffmpeg -v error -y $tones $said -c:a pcm_s16le -write_bext 1 -metadata description="$C" -metadata originator="$C" -metadata coding_history="$C" -t 0.3 sound.wav
printf 'CNRY\012\000\000\000%s\000' "$C" >> sound.wav
python3 -c "
import struct, sys
b = bytearray(open('sound.wav', 'rb').read()); b[4:8] = struct.pack('<I', len(b) - 8); open('sound.wav', 'wb').write(b)"
ffmpeg -v error -y $tones $said -c:a libvorbis sound.ogg
ffmpeg -v error -y $tones $said -c:a libopus -b:a 24k sound.opus
ffmpeg -v error -y $tones -i "$work/small.jpg" $said -map 0:a -map 1:v -disposition:v attached_pic -c:a flac -t 0.3 sound.flac
printf 'TAG%125s' "$C" >> sound.flac

# ---- photographs of newer telephones
heif-enc -q 50 "$work/base.png" -o photo.heic > /dev/null
convert "$work/base.png" -alpha set -channel A -evaluate set 60% -depth 8 PNG32:"$work/clear.png"
heif-enc -q 50 --thumb 32 "$work/clear.png" -o transparent.heic > /dev/null
heif-enc -A -q 50 "$work/base.png" -o photo.avif > /dev/null 2>&1 || ffmpeg -v error -y -i "$work/base.png" -c:v libaom-av1 -still-picture 1 -crf 40 photo.avif
for picture in photo.heic transparent.heic photo.avif; do everything "$picture"; done
