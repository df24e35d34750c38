//! Streams that are written in words: which letters codes mean, and functions. Of their words stay those of their languages.

use super::parse::{Dict, Lexer, Object, is_space, write};
use crate::refused::Fault;

type Made<T> = Result<T, Fault>;

/// A function that is a program; the longest are some kilobytes.
const MOST_PROGRAM: usize = 1 << 20;
/// Operands of a table of letters.
const MOST_OPERANDS: usize = 200_000;

/// Collections of letters that everybody has.
pub(super) fn system_info(dict: &Dict) -> Dict {
    let mut out = Dict::default();
    for (key, known, usual) in [
        ("Registry", ["Adobe"].as_slice(), "Adobe"),
        ("Ordering", ["Identity", "Japan1", "GB1", "CNS1", "Korea1", "KR", "UCS"].as_slice(), "Identity"),
    ] {
        let value = match dict.get(key) {
            Some(Object::Text(text)) => known.iter().find(|known| known.as_bytes() == text).copied().unwrap_or(usual),
            _ => usual,
        };
        out.set(key, Object::Text(value.as_bytes().to_vec()));
    }
    out.set("Supplement", Object::Number(dict.number("Supplement").unwrap_or_default().to_string()));
    out
}

/// Which letters codes mean: without comments, and with no words but those of the language.
pub(super) fn mapping(bytes: &[u8]) -> Made<Vec<u8>> {
    const WORDS: &[&str] = &[
        "begincmap",
        "endcmap",
        "begincodespacerange",
        "endcodespacerange",
        "beginbfchar",
        "endbfchar",
        "beginbfrange",
        "endbfrange",
        "begincidchar",
        "endcidchar",
        "begincidrange",
        "endcidrange",
        "beginnotdefchar",
        "endnotdefchar",
        "beginnotdefrange",
        "endnotdefrange",
        "usecmap",
    ];
    let mut out = b"/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n/CMapName /X def\n/CMapType 2 def\n".to_vec();
    let mut lexer = Lexer::new(bytes, 0);
    let mut operands: Vec<Object> = Vec::new();
    while !lexer.is_done() {
        match lexer.operand()? {
            Object::Word(word) => {
                let given = std::mem::take(&mut operands);
                lexer.forgets();
                let text = std::str::from_utf8(&word).unwrap_or_default();
                // The direction of writing is the one value that is set by name and matters.
                if text == "def" {
                    if let [Object::Name(name), Object::Number(value)] = given.as_slice()
                        && name == b"WMode"
                    {
                        out.extend(format!("/WMode {value} def\n").as_bytes());
                    }
                    continue;
                }
                if matches!(text, "begincmap" | "endcmap") || !WORDS.contains(&text) {
                    continue;
                }
                let count = given.len();
                for (place, operand) in given.iter().enumerate() {
                    let fits = match operand {
                        Object::Text(_) | Object::Number(_) => true,
                        Object::Array(items) => items.iter().all(|item| matches!(item, Object::Text(_))),
                        Object::Name(_) => text == "usecmap",
                        _ => false,
                    };
                    if !fits {
                        return Err(Fault::Damaged("a table of letters"));
                    }
                    write(operand, &mut out);
                    out.push(if place + 1 == count { b' ' } else { b'\n' });
                }
                out.extend(text.as_bytes());
                out.push(b'\n');
            }
            operand => {
                operands.push(operand);
                if operands.len() > MOST_OPERANDS {
                    return Err(Fault::TooMuch("operands"));
                }
            }
        }
    }
    out.extend(b"endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n");
    Ok(out)
}

/// A function as a small program of numbers.
pub(super) fn calculation(bytes: &[u8]) -> Made<Vec<u8>> {
    if bytes.len() > MOST_PROGRAM {
        return Err(Fault::TooMuch("bytes in a function"));
    }
    let mut out = Vec::with_capacity(bytes.len());
    let mut comment = false;
    let mut word = 0;
    for byte in bytes {
        match byte {
            b'\r' | b'\n' => {
                comment = false;
                out.push(b' ');
                word = 0;
            }
            _ if comment => {}
            b'%' => comment = true,
            b'{' | b'}' => {
                out.extend([b' ', *byte, b' ']);
                word = 0;
            }
            byte if is_space(*byte) => {
                out.push(b' ');
                word = 0;
            }
            byte if byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'+') => {
                word += 1;
                // The longest word of the language is `bitshift`, `truncate`; numbers may be longer.
                if word > 20 {
                    return Err(Fault::Damaged("a function"));
                }
                out.push(*byte);
            }
            _ => return Err(Fault::Damaged("a function")),
        }
    }
    let text = String::from_utf8_lossy(&out).split_ascii_whitespace().collect::<Vec<_>>().join(" ");
    Ok(text.into_bytes())
}
