#!/bin/sh
# Cleans the same files with this engine and with mat2, in one run: which of them each cleans, what exiftool still finds of
# the canary, the places and the times, whether what is seen, heard and read is the same, and how long it took.
#   peers/media/beside_mat2.sh [FOLDER]     (default: data/media)
# Needs (Debian): mat2 libimage-exiftool-perl ffmpeg imagemagick poppler-utils libheif-examples
set -eu
cd "$(dirname "$0")/../.."
folder=${1:-data/media}
set --
target=${CARGO_TARGET_DIR:-target}
cargo build --quiet --release -p plainsight-peers-media
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir "$work/ours" "$work/mat2"
for file in "$folder"/*; do
    case $file in *.md) ;; *) cp "$file" "$work/mat2/"; set -- "$@" "$file" ;; esac
done

now() { date +%s%N; }
began=$(now)
"$target/release/peers-media-clean" "$work/ours" "$@" > "$work/ours.txt"
ours=$(( ($(now) - began) / 1000000 ))
began=$(now)
for file in "$@"; do mat2 --inplace "$work/mat2/$(basename "$file")" > /dev/null 2>&1 || echo "$(basename "$file")" >> "$work/mat2.refused"; done
mat2=$(( ($(now) - began) / 1000000 ))
began=$(now)
for file in "$@"; do "$target/release/peers-media-clean" - "$file" > /dev/null; done
each=$(( ($(now) - began) / 1000000 ))
touch "$work/mat2.refused" "$work/ours.refused"

# Bytes of a file, unpacked as far as archives, pages and text go.
laid_open() {
    case $1 in
        *.docx | *.xlsx | *.pptx | *.odt | *.ods | *.odp) unzip -p "$1"; unzip -l "$1" ;;
        *.pdf) qpdf --qdf --object-streams=disable "$1" - 2> /dev/null || cat "$1" ;;
        *) cat "$1" ;;
    esac
}
# Tags that say where, when, with what or by whom; noughts and counts do not.
tags() {
    exiftool -a -G1 -s "$1" | grep -vE '^\[(ExifTool|System|Composite|File|ZIP)\]' | grep -aE 'CANARY|GPS|2024:|Date|Author|Creator|Producer|Software|Make |Model|Serial|Location|Lavf|Lavc|x26[45]' |
        grep -vE '0000:00:00|Encoder +: LAME$' | wc -l
}
seen() {
    case $1 in
        *.jpg | *.png | *.gif | *.webp | *.heic | *.avif) convert "$1" -strip rgba:- 2> /dev/null | md5sum ;;
        *.pdf) pdftoppm -r 60 "$1" 2> /dev/null | md5sum ;;
        *.mp4 | *.mov | *.3gp | *.m4a | *.mp3 | *.wav | *.ogg | *.opus | *.flac) ffmpeg -v quiet -i "$1" -map '0:V?' -map '0:a?' -f framemd5 - | grep -v '^#' | md5sum ;;
        *) echo "-" ;;
    esac
}
printf '%-18s | %8s %6s %5s | %8s %6s %5s\n' file ours traces same mat2 traces same
for file in "$@"; do
    name=$(basename "$file")
    before=$(seen "$file")
    line=$(printf '%-18s' "$name")
    for side in ours mat2; do
        copy=$work/$side/$name
        if [ ! -e "$copy" ] || grep -qx "$name" "$work/$side.refused" 2> /dev/null; then
            line="$line | $(printf '%8s %6s %5s' refused - -)"
            continue
        fi
        canaries=$(laid_open "$copy" | grep -a -o CANARY | wc -l)
        same=no
        [ "$before" = "$(seen "$copy")" ] && same=yes
        [ "$before" = "-" ] && same=-
        line="$line | $(printf '%8s %6s %5s' "$(stat -c %s "$copy")" "$canaries+$(tags "$copy")" "$same")"
    done
    echo "$line"
done
echo "traces: canaries in the bytes, laid open, + tags that exiftool still finds. same: pixels, frames of sound and film."
echo "ours: $ours ms for all in one process, $each ms with a process for each; mat2: $mat2 ms"
