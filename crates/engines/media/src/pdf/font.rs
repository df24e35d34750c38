//! Typefaces inside a PDF, without what they say of who made them and when: of TrueType and OpenType stay the tables that
//! draw; of CFF and Type 1, whose parts point at each other, the words of their makers become spaces.

use crate::read::{Reader, find};
use crate::refused::Fault;

type Made<T> = Result<T, Fault>;

const WRONG: Fault = Fault::Damaged("a typeface");

/// Letters, their measures, and what code means which (ISO 32000-2, 9.9). `name`, `OS/2`, `meta`, `FFTM`, `DSIG` and the like
/// tell of maker, licence and time, or help to lay out text, which a page has behind it.
const TABLES: [&[u8; 4]; 15] =
    [b"CFF ", b"VORG", b"cmap", b"cvt ", b"fpgm", b"glyf", b"head", b"hhea", b"hmtx", b"loca", b"maxp", b"post", b"prep", b"vhea", b"vmtx"];

pub(super) fn clean(bytes: Vec<u8>) -> Made<Vec<u8>> {
    match bytes.get(..4) {
        Some(b"\0\x01\0\0" | b"true" | b"OTTO") => tables(&bytes),
        Some(b"ttcf") => Err(Fault::Unknown("a collection of typefaces")),
        Some([b'%', b'!', ..] | [0x80, 1, ..]) => Ok(plain(bytes)),
        Some([1, _, head, _]) if *head >= 4 => compact(bytes),
        _ => Err(WRONG),
    }
}

fn tables(bytes: &[u8]) -> Made<Vec<u8>> {
    let mut reader = Reader::new(bytes);
    let version: [u8; 4] = reader.array().ok_or(WRONG)?;
    let count = reader.be16().ok_or(WRONG)?;
    reader.take(6).ok_or(WRONG)?;
    let (mut kept, mut length) = (Vec::new(), 0);
    for _ in 0..count {
        let name: [u8; 4] = reader.array().ok_or(WRONG)?;
        reader.be32().ok_or(WRONG)?;
        let (at, size) = reader.be32().zip(reader.be32()).ok_or(WRONG)?;
        if !TABLES.contains(&&name) || kept.iter().any(|(known, _)| *known == name) {
            continue;
        }
        let table = Reader::from(bytes, at as usize).take(size as usize).ok_or(WRONG)?;
        length += table.len();
        if length > bytes.len() {
            return Err(Fault::TooMuch("tables of the same bytes"));
        }
        let table = match &name {
            b"head" => head(table)?,
            b"CFF " => compact(table.to_vec())?,
            _ => table.to_vec(),
        };
        kept.push((name, table));
    }
    kept.sort_unstable_by_key(|(name, _)| *name);
    let count = kept.len() as u16;
    let power = count.max(1).ilog2() as u16;
    let mut out = version.to_vec();
    out.extend([count, 16 << power, power, count * 16 - (16 << power).min(count * 16)].iter().flat_map(|number| number.to_be_bytes()));
    let mut at = 12 + 16 * kept.len();
    for (name, table) in &kept {
        out.extend(name);
        out.extend(sum(table).to_be_bytes());
        out.extend((at as u32).to_be_bytes());
        out.extend((table.len() as u32).to_be_bytes());
        at += table.len().next_multiple_of(4);
    }
    let mut place = None;
    for (name, table) in &kept {
        if name == b"head" {
            place = Some(out.len() + 8);
        }
        out.extend(table);
        out.resize(out.len().next_multiple_of(4), 0);
    }
    let adjusted = 0xb1b0_afba_u32.wrapping_sub(sum(&out));
    if let Some(field) = place.and_then(|place| out.get_mut(place..place + 4)) {
        field.copy_from_slice(&adjusted.to_be_bytes());
    }
    Ok(out)
}

/// Without the typeface's revision and the times of its making; the sum of the file is put in when that is known.
fn head(table: &[u8]) -> Made<Vec<u8>> {
    let mut out = table.get(..54).ok_or(WRONG)?.to_vec();
    for range in [4..12, 20..36] {
        out.get_mut(range).ok_or(WRONG)?.fill(0);
    }
    Ok(out)
}

fn sum(bytes: &[u8]) -> u32 {
    bytes.chunks(4).fold(0, |sum: u32, word| {
        let mut whole = [0; 4];
        whole.iter_mut().zip(word).for_each(|(to, from)| *to = *from);
        sum.wrapping_add(u32::from_be_bytes(whole))
    })
}

/// The items of an index of CFF, and where it ends.
fn index(bytes: &[u8], at: usize) -> Made<(Vec<std::ops::Range<usize>>, usize)> {
    let mut reader = Reader::from(bytes, at);
    let count = usize::from(reader.be16().ok_or(WRONG)?);
    if count == 0 {
        return Ok((Vec::new(), reader.at()));
    }
    let width = usize::from(reader.byte().filter(|width| matches!(width, 1..=4)).ok_or(WRONG)?);
    let offsets = reader.take((count + 1) * width).ok_or(WRONG)?;
    let start = reader.at() - 1;
    let offsets: Vec<usize> =
        offsets.chunks_exact(width).map(|offset| start + offset.iter().fold(0, |sum, byte| sum << 8 | usize::from(*byte))).collect();
    let items = offsets.windows(2).map(|pair| pair[0]..pair[1]);
    let right = offsets.is_sorted() && offsets.first() > Some(&start) && offsets.last().is_some_and(|end| *end <= bytes.len());
    if right { Ok((items.collect(), offsets.last().copied().unwrap_or_default())) } else { Err(WRONG) }
}

/// CFF (Adobe 5176): version, notice, names and copyright of the typeface.
fn compact(mut bytes: Vec<u8>) -> Made<Vec<u8>> {
    /// Strings below are those that every reader has.
    const OWN: usize = 391;
    let (_, at) = index(&bytes, usize::from(*bytes.get(2).ok_or(WRONG)?))?;
    let (tops, at) = index(&bytes, at)?;
    let (strings, _) = index(&bytes, at)?;
    let mut says = Vec::new();
    for top in tops {
        let mut reader = Reader::new(bytes.get(top).ok_or(WRONG)?);
        let mut last = None;
        while let Some(byte) = reader.byte() {
            last = match byte {
                0..=4 => {
                    says.extend(last);
                    None
                }
                12 => {
                    if matches!(reader.byte(), Some(0 | 21)) {
                        says.extend(last);
                    }
                    None
                }
                28 => reader.be16().map(usize::from),
                29 => reader.be32().map(|number| number as usize),
                30 => {
                    while reader.byte().is_some_and(|byte| byte & 15 != 15 && byte >> 4 != 15) {}
                    None
                }
                32..=246 => usize::from(byte).checked_sub(139),
                247..=250 => reader.byte().map(|low| (usize::from(byte) - 247) * 256 + usize::from(low) + 108),
                251..=254 => reader.byte().and(None),
                _ => None,
            };
        }
    }
    for string in says.into_iter().filter_map(|string| string.checked_sub(OWN)).filter_map(|place| strings.get(place)) {
        bytes.get_mut(string.clone()).ok_or(WRONG)?.fill(b' ');
    }
    Ok(bytes)
}

/// Type 1: what is readable of it says nothing but what it is, its measures and its letters' codes.
fn plain(mut bytes: Vec<u8>) -> Vec<u8> {
    const NAMES: [&[u8]; 2] = [b"%!PS-AdobeFont-1.0", b"%!FontType1-1.0"];
    let end = find(&bytes, b"eexec").unwrap_or(bytes.len());
    let first = NAMES.iter().find(|name| find(bytes.get(..32).unwrap_or_default(), name).is_some_and(|at| at <= 6));
    let from = first.map_or(0, |name| find(&bytes, name).unwrap_or_default() + name.len());
    let (mut comment, mut depth) = (first.is_some(), 0_usize);
    let mut escaped = false;
    for byte in bytes.get_mut(from..end).unwrap_or_default() {
        match byte {
            b'\r' | b'\n' if comment => comment = false,
            _ if comment => *byte = b' ',
            _ if escaped => {
                escaped = false;
                *byte = b' ';
            }
            b'\\' if depth > 0 => {
                escaped = true;
                *byte = b' ';
            }
            b'(' => {
                depth += 1;
                if depth > 1 {
                    *byte = b' ';
                }
            }
            b')' if depth > 0 => {
                depth -= 1;
                if depth > 0 {
                    *byte = b' ';
                }
            }
            _ if depth > 0 => *byte = b' ',
            b'%' => {
                comment = true;
                *byte = b' ';
            }
            _ => {}
        }
    }
    bytes
}

#[cfg(test)]
mod tests {
    use super::{clean, sum};

    /// A typeface of these tables.
    fn typeface(tables: &[(&[u8; 4], &[u8])]) -> Vec<u8> {
        let mut out = [b"\0\x01\0\0".as_slice(), &(tables.len() as u16).to_be_bytes(), &[0; 6]].concat();
        let mut at = 12 + 16 * tables.len();
        for (name, table) in tables {
            out.extend([name.as_slice(), &[0; 4], &(at as u32).to_be_bytes(), &(table.len() as u32).to_be_bytes()].concat());
            at += table.len();
        }
        out.extend(tables.iter().flat_map(|(_, table)| *table));
        out
    }

    #[test]
    fn a_typeface_does_not_say_who_made_it_and_when() {
        let head = [&[0, 1, 0, 0], b"CNRYCNRY\x5f\x0f\x3c\xf5\0\0\x03\xe8CANARYCANARYCANA".as_slice(), &[0; 18]].concat();
        let bytes = typeface(&[(b"name", b"CANARY"), (b"glyf", b"letters!"), (b"head", &head), (b"FFTM", b"CANARY"), (b"OS/2", b"CNRY")]);
        let once = clean(bytes).unwrap();
        assert!(!once.windows(4).any(|word| word == b"CANA" || word == b"CNRY"));
        assert!(once.windows(8).any(|word| word == b"letters!"));
        assert_eq!(sum(&once), 0xb1b0_afba);
        assert_eq!(clean(once.clone()).unwrap(), once);
        assert!(clean(typeface(&[(b"glyf", b"x")])[..20].to_vec()).is_err());
    }

    #[test]
    fn a_typeface_in_words_keeps_those_that_draw() {
        let text = b"%!PS-AdobeFont-1.0: CANARY\n%%CreationDate: CANARY\n/FontInfo 9 dict dup begin\n/Notice (CANARY \\) (CANARY)) def\n/Encoding 256 array % CANARY\ncurrentfile eexec (CANARY";
        let out = clean(text.to_vec()).unwrap();
        let out = String::from_utf8(out).unwrap();
        let words = out.split_ascii_whitespace().collect::<Vec<_>>().join(" ");
        assert_eq!(words, "%!PS-AdobeFont-1.0 /FontInfo 9 dict dup begin /Notice ( ) def /Encoding 256 array currentfile eexec (CANARY");
        assert_eq!(out.len(), text.len());
    }

    #[test]
    fn a_compact_typeface_keeps_the_names_of_its_letters() {
        let index = |items: &[&[u8]]| {
            let mut out = [&(items.len() as u16).to_be_bytes(), [1_u8].as_slice()].concat();
            let mut at = 1;
            for item in items {
                out.push(at);
                at += item.len() as u8;
            }
            out.push(at);
            out.extend(items.concat());
            out
        };
        // Notice is the first string, copyright the second; a letter is called by the third.
        let top = [&[28, 1, 135, 1], [28, 1, 136, 12, 0].as_slice()].concat();
        let bytes = [&[1, 0, 4, 1], index(&[b"Face"]).as_slice(), &index(&[&top]), &index(&[b"CANARY", b"CANARY", b"letter"])].concat();
        let out = clean(bytes.clone()).unwrap();
        assert!(!out.windows(6).any(|word| word == b"CANARY") && out.windows(6).any(|word| word == b"letter"));
        assert_eq!(out.len(), bytes.len());
        assert!(clean(b"\x01\0\x04\x01\0".to_vec()).is_err());
    }
}
