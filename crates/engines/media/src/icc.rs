//! Colour profiles. A profile can name a screen, a printer or a scanner, and one that was measured is as good as a serial
//! number, so none is ever kept. One whose primaries are those of a space that everybody uses is written anew from
//! constants; any other is dropped, and colours are then read as sRGB: a little off, and nobody is found by it.

use crate::read::Reader;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Space {
    /// What a picture without a profile is taken for.
    Srgb,
    DisplayP3,
    AdobeRgb,
}

/// The red, green and blue primaries, adapted to D50, in 1/65536 (ICC.1:2022; Adobe RGB (1998); Display P3).
const PRIMARIES: [(Space, [[i32; 3]; 3]); 3] = [
    (Space::Srgb, [[28578, 14581, 912], [25240, 46982, 6364], [9378, 3973, 46797]]),
    (Space::DisplayP3, [[33758, 15807, -69], [19149, 45362, 2746], [10280, 4367, 51389]]),
    (Space::AdobeRgb, [[39960, 20408, 1275], [13452, 41010, 3990], [9783, 4119, 48810]]),
];

/// Writers round differently; no two of these spaces are nearer to each other than ten times this.
const NEAR: i32 = 330;

const WHITE: [i32; 3] = [63190, 65536, 54061];

/// Which space a profile describes, if it is one that everybody uses.
pub(crate) fn space(profile: &[u8]) -> Option<Space> {
    if profile.get(16..20)? != b"RGB " || profile.get(36..40)? != b"acsp" {
        return None;
    }
    // A table takes precedence over the primaries, and may say anything.
    if tag(profile, b"A2B0").is_some() {
        return None;
    }
    let usual = [b"rTRC", b"gTRC", b"bTRC"].iter().all(|name| tag(profile, name).is_some_and(is_usual_curve));
    if !usual {
        return None;
    }
    let found = [xyz(profile, b"rXYZ")?, xyz(profile, b"gXYZ")?, xyz(profile, b"bXYZ")?];
    PRIMARIES
        .iter()
        .find(|(_, known)| {
            known.iter().zip(&found).all(|(one, other)| one.iter().zip(other).all(|(one, other)| (one - other).abs() <= NEAR))
        })
        .map(|(space, _)| *space)
}

/// Near to a gamma of 2.2 and to the curve of sRGB, which do not differ to the eye: half the signal is a fifth of the light.
fn is_usual_curve(tag: &[u8]) -> bool {
    let mut reader = Reader::new(tag);
    let name = reader.array::<4>();
    reader.be32();
    let gamma = match name.as_ref() {
        Some(b"curv") => match reader.be32() {
            Some(1) => reader.be16().map(|gamma| f64::from(gamma) / 256.0),
            Some(count @ 2..=65_536) => {
                let middle = Reader::from(tag, 12 + (count as usize / 2) * 2).be16();
                return middle.is_some_and(|light| (0.18..0.25).contains(&(f64::from(light) / 65_535.0)));
            }
            _ => None,
        },
        Some(b"para") => {
            reader.be32();
            reader.be32().map(|gamma| f64::from(gamma) / 65_536.0)
        }
        _ => None,
    };
    gamma.is_some_and(|gamma| (2.1..2.5).contains(&gamma))
}

fn tag<'a>(profile: &'a [u8], name: &[u8; 4]) -> Option<&'a [u8]> {
    let mut reader = Reader::from(profile, 128);
    let count = reader.be32()?.min(200);
    for _ in 0..count {
        let signature: [u8; 4] = reader.array()?;
        let (offset, size) = (reader.be32()? as usize, reader.be32()? as usize);
        if &signature == name {
            return Reader::from(profile, offset).take(size);
        }
    }
    None
}

fn xyz(profile: &[u8], name: &[u8; 4]) -> Option<[i32; 3]> {
    let mut reader = Reader::new(tag(profile, name)?);
    if &reader.array::<4>()? != b"XYZ " {
        return None;
    }
    reader.be32()?;
    Some([reader.be32()? as i32, reader.be32()? as i32, reader.be32()? as i32])
}

/// A profile of nothing but numbers that everybody's has.
pub(crate) fn profile(space: Space) -> Vec<u8> {
    let Some((_, primaries)) = PRIMARIES.iter().find(|(known, _)| *known == space) else { return Vec::new() };
    let text = |words: &str| {
        let mut tag = b"mluc\0\0\0\0\0\0\0\x01\0\0\0\x0cenUS".to_vec();
        tag.extend((words.len() as u32 * 2).to_be_bytes());
        tag.extend(28_u32.to_be_bytes());
        tag.extend(words.encode_utf16().flat_map(u16::to_be_bytes));
        tag
    };
    let point = |point: &[i32; 3]| {
        let mut tag = b"XYZ \0\0\0\0".to_vec();
        tag.extend(point.iter().flat_map(|number| number.to_be_bytes()));
        tag
    };
    let mut curve = b"para\0\0\0\0".to_vec();
    if space == Space::AdobeRgb {
        curve.extend([0, 0, 0, 0]);
        curve.extend((563_u32 * 256).to_be_bytes());
    } else {
        curve.extend([0, 3, 0, 0]);
        // The curve of sRGB: gamma 2.4, 1/1.055, 0.055/1.055, 1/12.92, 0.04045.
        curve.extend([157_286_u32, 62_119, 3417, 5072, 2651].iter().flat_map(|number| number.to_be_bytes()));
    }
    let name = match space {
        Space::Srgb => "sRGB",
        Space::DisplayP3 => "P3",
        Space::AdobeRgb => "RGB 1998",
    };
    let tags: [(&[u8; 4], Vec<u8>); 9] = [
        (b"desc", text(name)),
        (b"cprt", text("CC0")),
        (b"wtpt", point(&WHITE)),
        (b"rXYZ", point(&primaries[0])),
        (b"gXYZ", point(&primaries[1])),
        (b"bXYZ", point(&primaries[2])),
        (b"rTRC", curve.clone()),
        (b"gTRC", curve.clone()),
        (b"bTRC", curve),
    ];
    let mut table = (tags.len() as u32).to_be_bytes().to_vec();
    let mut data = Vec::new();
    let start = 128 + 4 + tags.len() * 12;
    for (signature, tag) in &tags {
        table.extend(*signature);
        table.extend(((start + data.len()) as u32).to_be_bytes());
        table.extend((tag.len() as u32).to_be_bytes());
        data.extend(tag);
        data.resize(data.len().next_multiple_of(4), 0);
    }
    let mut bytes = ((start + data.len()) as u32).to_be_bytes().to_vec();
    bytes.extend(b"\0\0\0\0\x04\0\0\0mntrRGB XYZ ");
    bytes.resize(36, 0);
    bytes.extend(b"acsp");
    bytes.resize(68, 0);
    bytes.extend(WHITE.iter().flat_map(|number| number.to_be_bytes()));
    bytes.resize(128, 0);
    bytes.extend(table);
    bytes.extend(data);
    bytes
}

#[cfg(test)]
mod tests {
    use super::{Space, profile, space};

    #[test]
    fn a_profile_that_is_written_is_known_again() {
        for known in [Space::Srgb, Space::DisplayP3, Space::AdobeRgb] {
            assert_eq!(space(&profile(known)), Some(known));
        }
    }

    #[test]
    fn a_measured_screen_is_nobodys_space() {
        let mut measured = profile(Space::DisplayP3);
        let at = measured.windows(4).rposition(|name| name == b"XYZ ").unwrap();
        measured[at + 9] ^= 0x20;
        assert_eq!(space(&measured), None);
    }
}
