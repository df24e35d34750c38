//! What a page draws (ISO 32000-2, 8 and 9): written anew operator by operator. Comments, marks around content and what
//! hangs on them go; content of layers that are not shown draws nothing any more.

use std::collections::BTreeSet;

use super::parse::{Lexer, Object, is_space, write};
use crate::Trace;
use crate::refused::Fault;

type Made<T> = Result<T, Fault>;

const MOST_OPERANDS: usize = 2000;
const MOST_MARKS: usize = 200;

/// What the resources of a page say about the names in its content.
#[derive(Default)]
pub(crate) struct Layers {
    /// Properties that belong to a layer: whether it is shown.
    pub(crate) shown: std::collections::BTreeMap<Vec<u8>, bool>,
    /// Pictures and forms of layers that are not shown.
    pub(crate) unseen: BTreeSet<Vec<u8>>,
    /// Names of resources that what is drawn asks for.
    pub(crate) used: BTreeSet<Vec<u8>>,
    /// Whether any of them can be a resource only: a typeface, a picture, a state.
    pub(crate) borrows: bool,
}

/// The same drawing without what is not drawn.
pub(crate) fn clean(bytes: &[u8], layers: &mut Layers, traces: &mut Vec<Trace>) -> Made<Vec<u8>> {
    let mut out = Vec::with_capacity(bytes.len());
    let mut lexer = Lexer::new(bytes, 0);
    let mut operands: Vec<Object> = Vec::new();
    // Of each mark that is open: whether it hides what is inside.
    let mut marks: Vec<bool> = Vec::new();
    while !lexer.is_done() {
        let object = lexer.operand()?;
        let Object::Word(word) = object else {
            operands.push(object);
            if operands.len() > MOST_OPERANDS {
                return Err(Fault::TooMuch("operands"));
            }
            continue;
        };
        let given = std::mem::take(&mut operands);
        lexer.forgets();
        let hidden = marks.iter().any(|mark| *mark);
        match word.as_slice() {
            b"BMC" | b"BDC" => {
                let hides = match given.as_slice() {
                    [Object::Name(tag), Object::Name(name)] if tag == b"OC" => {
                        !layers.shown.get(name).copied().ok_or(Fault::Unknown("a layer of no name"))?
                    }
                    [Object::Name(tag), ..] if tag == b"OC" => return Err(Fault::Unknown("a layer of no name")),
                    _ => false,
                };
                if hides {
                    traces.push(Trace::HiddenLayer);
                }
                marks.push(hides);
                if marks.len() > MOST_MARKS {
                    return Err(Fault::TooMuch("depth"));
                }
            }
            b"EMC" => drop(marks.pop()),
            b"MP" | b"DP" | b"BX" | b"EX" => {}
            b"BI" => {
                let image = inline_image(&mut lexer, &mut layers.used)?;
                if !hidden {
                    out.extend(image);
                }
            }
            word => {
                let word = match word {
                    b"Do" | b"sh" | b"Tj" | b"TJ" if hidden => continue,
                    // What is left of these moves to the next line.
                    b"'" if hidden => {
                        out.extend(b"T*\n");
                        continue;
                    }
                    b"\"" if hidden => return Err(Fault::Unknown("a hidden line of text")),
                    b"S" | b"s" | b"f" | b"F" | b"f*" | b"B" | b"B*" | b"b" | b"b*" if hidden => b"n",
                    word => word,
                };
                if word == b"Do" && matches!(given.as_slice(), [Object::Name(name)] if layers.unseen.contains(name)) {
                    traces.push(Trace::HiddenLayer);
                    continue;
                }
                if !fits(word, &given) {
                    return Err(Fault::Damaged("an operator of a page"));
                }
                layers.borrows |= matches!(word, b"Tf" | b"Do" | b"gs" | b"sh");
                for operand in &given {
                    if let Object::Name(name) = operand {
                        layers.used.insert(name.clone());
                    }
                    write(operand, &mut out);
                    out.push(b' ');
                }
                out.extend(word);
                out.push(b'\n');
            }
        }
    }
    if operands.is_empty() { Ok(out) } else { Err(Fault::Damaged("what a page draws")) }
}

/// Whether an operator is known, and has operands of its kinds; words stand in nothing but what shows words.
fn fits(word: &[u8], given: &[Object]) -> bool {
    let numbers = |given: &[Object]| given.iter().all(|operand| matches!(operand, Object::Number(_)));
    match word {
        b"q" | b"Q" | b"h" | b"n" | b"W" | b"W*" | b"S" | b"s" | b"f" | b"F" | b"f*" | b"B" | b"B*" | b"b" | b"b*" | b"BT" | b"ET"
        | b"T*" => given.is_empty(),
        b"w" | b"J" | b"j" | b"M" | b"i" | b"Tc" | b"Tw" | b"Tz" | b"TL" | b"Tr" | b"Ts" | b"g" | b"G" => {
            given.len() == 1 && numbers(given)
        }
        b"m" | b"l" | b"Td" | b"TD" | b"d0" => given.len() == 2 && numbers(given),
        b"rg" | b"RG" => given.len() == 3 && numbers(given),
        b"v" | b"y" | b"re" | b"k" | b"K" => given.len() == 4 && numbers(given),
        b"c" | b"cm" | b"Tm" | b"d1" => given.len() == 6 && numbers(given),
        b"sc" | b"SC" => numbers(given),
        b"scn" | b"SCN" => match given.split_last() {
            Some((Object::Name(_), before)) => numbers(before),
            _ => numbers(given),
        },
        b"cs" | b"CS" | b"gs" | b"sh" | b"Do" | b"ri" => matches!(given, [Object::Name(_)]),
        b"Tf" => matches!(given, [Object::Name(_), Object::Number(_)]),
        b"d" => matches!(given, [Object::Array(dashes), Object::Number(_)] if numbers(dashes)),
        b"Tj" | b"'" => matches!(given, [Object::Text(_)]),
        b"\"" => matches!(given, [Object::Number(_), Object::Number(_), Object::Text(_)]),
        b"TJ" => {
            matches!(given, [Object::Array(pieces)] if pieces.iter().all(|piece| matches!(piece, Object::Text(_) | Object::Number(_))))
        }
        _ => false,
    }
}

/// A small picture in the content itself. Its packed bytes stay; those of a JPEG could say more, and are refused.
fn inline_image(lexer: &mut Lexer<'_>, used: &mut BTreeSet<Vec<u8>>) -> Made<Vec<u8>> {
    const WRONG: Fault = Fault::Damaged("a picture in a page's content");
    const KEYS: &[&[u8]] = &[
        b"W",
        b"H",
        b"BPC",
        b"CS",
        b"D",
        b"DP",
        b"F",
        b"IM",
        b"I",
        b"Width",
        b"Height",
        b"BitsPerComponent",
        b"ColorSpace",
        b"Decode",
        b"DecodeParms",
        b"Filter",
        b"ImageMask",
        b"Interpolate",
    ];
    let mut out = b"BI\n".to_vec();
    loop {
        match lexer.object()? {
            Object::Word(word) if word == b"ID" => break,
            Object::Name(key) => {
                let value = lexer.object()?;
                if !KEYS.contains(&key.as_slice()) {
                    continue;
                }
                let jpeg = |value: &Object| matches!(value, Object::Name(name) if matches!(name.as_slice(), b"DCT" | b"DCTDecode"));
                if jpeg(&value) || matches!(&value, Object::Array(all) if all.iter().any(jpeg)) {
                    return Err(Fault::Unknown("a photograph in a page's content"));
                }
                if let Object::Name(name) = &value {
                    used.insert(name.clone());
                }
                write(&Object::Name(key), &mut out);
                out.push(b' ');
                write(&value, &mut out);
                out.push(b'\n');
            }
            _ => return Err(WRONG),
        }
    }
    // One space after `ID`, then bytes until `EI` between spaces, with what can be read after it.
    let data = lexer.rest().get(1..).ok_or(WRONG)?;
    let mut at = 0;
    while let Some(step) = data.get(at..).and_then(|rest| crate::read::find(rest, b"EI")) {
        let place = at + step;
        let after = data.get(place + 2..).unwrap_or_default();
        let apart =
            place > 0 && data.get(place - 1).is_some_and(|byte| is_space(*byte)) && after.first().is_none_or(|byte| is_space(*byte));
        let readable = after.iter().take(20).all(|byte| is_space(*byte) && *byte != 0 || (32..127).contains(byte));
        if apart && readable {
            out.extend(b"ID ");
            out.extend(data.get(..place).unwrap_or_default());
            out.extend(b"EI\n");
            lexer.at += 1 + place + 2;
            return Ok(out);
        }
        at = place + 2;
    }
    Err(WRONG)
}

#[cfg(test)]
mod tests {
    use super::{Layers, clean};

    fn cleaned(text: &str) -> Result<String, crate::refused::Fault> {
        let mut layers = Layers::default();
        layers.shown.insert(b"L0".to_vec(), false);
        layers.shown.insert(b"L1".to_vec(), true);
        layers.unseen.insert(b"X9".to_vec());
        clean(text.as_bytes(), &mut layers, &mut Vec::new())
            .map(|bytes| String::from_utf8_lossy(&bytes).replace('\n', " ").trim().to_owned())
    }

    #[test]
    fn what_is_drawn_stays_and_what_is_said_beside_it_goes() {
        assert_eq!(
            cleaned("q % CANARY\n1 0 0 1 5 5 cm /Span <</ActualText (CANARY)>> BDC BT (Hi) Tj ET EMC Q").unwrap(),
            "q 1 0 0 1 5 5 cm BT <4869> Tj ET Q"
        );
    }

    #[test]
    fn a_layer_that_is_not_shown_draws_nothing_and_moves_what_it_moved() {
        assert_eq!(
            cleaned("/OC /L0 BDC 2 0 0 2 0 0 cm 0 0 9 9 re f (no) Tj /X1 Do EMC /OC /L1 BDC 1 g EMC /X9 Do").unwrap(),
            "2 0 0 2 0 0 cm 0 0 9 9 re n 1 g"
        );
        assert!(cleaned("/OC /L7 BDC EMC").is_err());
    }

    #[test]
    fn words_where_no_words_belong_are_damage() {
        for text in ["(CANARY) q", "(CANARY) 1 w", "/F1 (CANARY) Tf", "CANARY", "(left over)", "[(CANARY)] 0 d"] {
            assert!(cleaned(text).is_err(), "{text}");
        }
    }

    #[test]
    fn a_small_picture_ends_where_it_ends() {
        assert_eq!(cleaned("BI /W 1 /H 1 /CANARY 3 /CS /G ID xEI yEI EI Q").unwrap(), "BI /W 1 /H 1 /CS /G ID xEI yEI EI Q");
        assert!(cleaned("BI /W 1 /F /DCT ID x EI").is_err());
    }
}
