//! Objects of PDF (ISO 32000-2, 7.3), read from bytes and written in one way.

use std::collections::BTreeSet;
use std::ops::Range;

use crate::refused::Fault;

type Made<T> = Result<T, Fault>;

pub(crate) const WRONG: Fault = Fault::Damaged("an object");
const MOST_DEPTH: usize = 60;
/// Of one object with all that stands in it.
const MOST_VALUES: usize = 500_000;

#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Object {
    Null,
    Bool(bool),
    /// As it was written, if that is how numbers are written.
    Number(String),
    Text(Vec<u8>),
    Name(Vec<u8>),
    Array(Vec<Object>),
    Dict(Dict),
    Ref(u32),
    /// A word that is none of these: an operator.
    Word(Vec<u8>),
}

#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Dict(pub(crate) Vec<(Vec<u8>, Object)>);

impl Dict {
    pub(crate) fn get(&self, key: &str) -> Option<&Object> {
        self.0.iter().find(|(name, _)| name == key.as_bytes()).map(|(_, value)| value)
    }

    pub(crate) fn set(&mut self, key: &str, value: Object) {
        self.0.retain(|(name, _)| name != key.as_bytes());
        self.0.push((key.as_bytes().to_vec(), value));
    }

    pub(crate) fn number(&self, key: &str) -> Option<i64> {
        self.get(key).and_then(Object::integer)
    }

    pub(crate) fn name(&self, key: &str) -> Option<&[u8]> {
        match self.get(key) {
            Some(Object::Name(name)) => Some(name),
            _ => None,
        }
    }
}

impl Object {
    pub(crate) fn integer(&self) -> Option<i64> {
        match self {
            Self::Number(text) => text.parse().ok(),
            _ => None,
        }
    }

    /// How many values it holds, itself among them.
    pub(crate) fn values(&self) -> usize {
        match self {
            Self::Array(items) => 1 + items.iter().map(Self::values).sum::<usize>(),
            Self::Dict(dict) => 1 + dict.0.iter().map(|(_, value)| 1 + value.values()).sum::<usize>(),
            _ => 1,
        }
    }

    pub(crate) fn of(name: &str) -> Self {
        Self::Name(name.as_bytes().to_vec())
    }

    pub(crate) fn from_number(number: usize) -> Self {
        Self::Number(number.to_string())
    }
}

pub(crate) fn is_space(byte: u8) -> bool {
    matches!(byte, 0 | 9 | 10 | 12 | 13 | 32)
}

fn is_delimiter(byte: u8) -> bool {
    matches!(byte, b'(' | b')' | b'<' | b'>' | b'[' | b']' | b'{' | b'}' | b'/' | b'%')
}

#[derive(Clone, Debug)]
pub(crate) struct Lexer<'a> {
    bytes: &'a [u8],
    pub(crate) at: usize,
    /// Of the object that is being read.
    values: usize,
}

impl<'a> Lexer<'a> {
    pub(crate) fn new(bytes: &'a [u8], at: usize) -> Self {
        Self { bytes, at: at.min(bytes.len()), values: 0 }
    }

    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    pub(crate) fn rest(&self) -> &'a [u8] {
        self.bytes.get(self.at..).unwrap_or_default()
    }

    /// Spaces and comments mean nothing.
    pub(crate) fn skip(&mut self) {
        while let Some(byte) = self.peek() {
            if byte == b'%' {
                while self.peek().is_some_and(|byte| !matches!(byte, b'\r' | b'\n')) {
                    self.at += 1;
                }
            } else if is_space(byte) {
                self.at += 1;
            } else {
                break;
            }
        }
    }

    pub(crate) fn is_done(&mut self) -> bool {
        self.skip();
        self.at >= self.bytes.len()
    }

    pub(crate) fn takes(&mut self, word: &str) -> bool {
        self.skip();
        let there = self.rest().starts_with(word.as_bytes());
        if there {
            self.at += word.len();
        }
        there
    }

    pub(crate) fn integer(&mut self) -> Option<u64> {
        self.skip();
        let start = self.at;
        while self.peek().is_some_and(|byte| byte.is_ascii_digit()) {
            self.at += 1;
        }
        std::str::from_utf8(self.bytes.get(start..self.at)?).ok()?.parse().ok()
    }

    /// `12 0 obj`, and the number.
    pub(crate) fn object_head(&mut self) -> Option<u32> {
        let number = self.integer()?;
        self.integer()?;
        if self.takes("obj") { u32::try_from(number).ok() } else { None }
    }

    pub(crate) fn object(&mut self) -> Made<Object> {
        self.values = 0;
        self.object_at(0)
    }

    /// An operand, which counts together with those before it until the operator comes.
    pub(crate) fn operand(&mut self) -> Made<Object> {
        self.object_at(0)
    }

    pub(crate) fn forgets(&mut self) {
        self.values = 0;
    }

    fn object_at(&mut self, depth: usize) -> Made<Object> {
        if depth > MOST_DEPTH {
            return Err(Fault::TooMuch("depth"));
        }
        self.values += 1;
        if self.values > MOST_VALUES {
            return Err(Fault::TooMuch("values in one object"));
        }
        self.skip();
        match self.peek().ok_or(WRONG)? {
            b'/' => {
                self.at += 1;
                self.name().map(Object::Name)
            }
            b'(' => {
                self.at += 1;
                self.text().map(Object::Text)
            }
            b'<' if self.rest().starts_with(b"<<") => {
                self.at += 2;
                let mut dict = Dict::default();
                let mut known = BTreeSet::new();
                while !self.takes(">>") {
                    let Object::Name(key) = self.object_at(depth + 1)? else { return Err(WRONG) };
                    let value = self.object_at(depth + 1)?;
                    if matches!(value, Object::Word(_)) {
                        return Err(WRONG);
                    }
                    if known.insert(key.clone()) {
                        dict.0.push((key, value));
                    }
                    if dict.0.len() > 20_000 {
                        return Err(Fault::TooMuch("entries of one object"));
                    }
                }
                Ok(Object::Dict(dict))
            }
            b'<' => {
                self.at += 1;
                self.hex().map(Object::Text)
            }
            b'[' => {
                self.at += 1;
                let mut array = Vec::new();
                while !self.takes("]") {
                    let value = self.object_at(depth + 1)?;
                    if matches!(value, Object::Word(_)) {
                        return Err(WRONG);
                    }
                    array.push(value);
                }
                Ok(Object::Array(array))
            }
            b'+' | b'-' | b'.' | b'0'..=b'9' => self.number_or_reference(),
            _ => {
                let word = self.word();
                match word {
                    b"" => Err(WRONG),
                    b"null" => Ok(Object::Null),
                    b"true" => Ok(Object::Bool(true)),
                    b"false" => Ok(Object::Bool(false)),
                    word => Ok(Object::Word(word.to_vec())),
                }
            }
        }
    }

    fn word(&mut self) -> &'a [u8] {
        let start = self.at;
        while self.peek().is_some_and(|byte| !is_space(byte) && !is_delimiter(byte)) {
            self.at += 1;
        }
        self.bytes.get(start..self.at).unwrap_or_default()
    }

    fn number_or_reference(&mut self) -> Made<Object> {
        let word = self.word();
        let text = std::str::from_utf8(word).map_err(|_| WRONG)?;
        if let Ok(number) = text.parse::<u32>() {
            let mut ahead = self.clone();
            if ahead.integer().is_some() {
                ahead.skip();
                if ahead.peek() == Some(b'R') {
                    ahead.at += 1;
                    if ahead.peek().is_none_or(|byte| is_space(byte) || is_delimiter(byte)) {
                        self.at = ahead.at;
                        return Ok(Object::Ref(number));
                    }
                }
            }
        }
        plain_number(text).map(Object::Number).ok_or(Fault::Damaged("a number"))
    }

    fn name(&mut self) -> Made<Vec<u8>> {
        let raw = self.word();
        let mut name = Vec::with_capacity(raw.len());
        let mut at = 0;
        while let Some(byte) = raw.get(at) {
            let code = if *byte == b'#' {
                raw.get(at + 1..at + 3).and_then(|code| std::str::from_utf8(code).ok()).and_then(|code| u8::from_str_radix(code, 16).ok())
            } else {
                None
            };
            name.push(code.unwrap_or(*byte));
            at += if code.is_some() { 3 } else { 1 };
        }
        Ok(name)
    }

    fn hex(&mut self) -> Made<Vec<u8>> {
        let (mut out, mut half) = (Vec::new(), None);
        loop {
            let byte = self.peek().ok_or(WRONG)?;
            self.at += 1;
            if byte == b'>' {
                out.extend(half.map(|high: u8| high << 4));
                return Ok(out);
            }
            if is_space(byte) {
                continue;
            }
            let digit = (byte as char).to_digit(16).ok_or(WRONG)? as u8;
            match half.take() {
                Some(high) => out.push(high << 4 | digit),
                None => half = Some(digit),
            }
        }
    }

    fn text(&mut self) -> Made<Vec<u8>> {
        let (mut out, mut open) = (Vec::new(), 1);
        loop {
            let byte = self.peek().ok_or(WRONG)?;
            self.at += 1;
            match byte {
                b'(' => open += 1,
                b')' => {
                    open -= 1;
                    if open == 0 {
                        return Ok(out);
                    }
                }
                b'\\' => {
                    let code = self.peek().ok_or(WRONG)?;
                    self.at += 1;
                    match code {
                        b'n' => out.push(b'\n'),
                        b'r' => out.push(b'\r'),
                        b't' => out.push(b'\t'),
                        b'b' => out.push(8),
                        b'f' => out.push(12),
                        b'\r' => {
                            if self.peek() == Some(b'\n') {
                                self.at += 1;
                            }
                        }
                        b'\n' => {}
                        b'0'..=b'7' => {
                            let mut value = u16::from(code - b'0');
                            for _ in 0..2 {
                                if let Some(digit @ b'0'..=b'7') = self.peek() {
                                    value = value * 8 + u16::from(digit - b'0');
                                    self.at += 1;
                                }
                            }
                            out.push(value as u8);
                        }
                        other => out.push(other),
                    }
                    continue;
                }
                b'\r' => {
                    if self.peek() == Some(b'\n') {
                        self.at += 1;
                    }
                    out.push(b'\n');
                    continue;
                }
                _ => {}
            }
            out.push(byte);
        }
    }

    /// After a dictionary: where the bytes of its stream begin, if it has one.
    pub(crate) fn stream_start(&mut self) -> Option<usize> {
        if !self.takes("stream") {
            return None;
        }
        if self.peek() == Some(b'\r') {
            self.at += 1;
        }
        if self.peek() == Some(b'\n') {
            self.at += 1;
        }
        Some(self.at)
    }
}

/// A number as this program writes it; what some writers make of numbers (`--5`, `1.2.3`, `5-3`) is not one.
fn plain_number(text: &str) -> Option<String> {
    let unsigned = text.strip_prefix(['+', '-']).unwrap_or(text);
    let (whole, part) = unsigned.split_once('.').unwrap_or((unsigned, ""));
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if unsigned.len() > 40 || !digits(whole) || !digits(part) || whole.is_empty() && part.is_empty() {
        return None;
    }
    Some(text.strip_prefix('+').unwrap_or(text).to_owned())
}

pub(crate) fn write(object: &Object, out: &mut Vec<u8>) {
    match object {
        Object::Null => out.extend(b"null"),
        Object::Bool(true) => out.extend(b"true"),
        Object::Bool(false) => out.extend(b"false"),
        Object::Number(text) => out.extend(text.as_bytes()),
        Object::Text(bytes) => {
            out.push(b'<');
            out.extend(
                bytes.iter().flat_map(|byte| [b"0123456789abcdef"[usize::from(byte >> 4)], b"0123456789abcdef"[usize::from(byte & 15)]]),
            );
            out.push(b'>');
        }
        Object::Name(name) => {
            out.push(b'/');
            for byte in name {
                if is_space(*byte) || is_delimiter(*byte) || *byte == b'#' || !(33..=126).contains(byte) {
                    out.extend(format!("#{byte:02x}").as_bytes());
                } else {
                    out.push(*byte);
                }
            }
        }
        Object::Array(array) => {
            out.push(b'[');
            for (place, value) in array.iter().enumerate() {
                if place > 0 {
                    out.push(b' ');
                }
                write(value, out);
            }
            out.push(b']');
        }
        Object::Dict(dict) => {
            out.extend(b"<<");
            for (key, value) in &dict.0 {
                write(&Object::Name(key.clone()), out);
                out.push(b' ');
                write(value, out);
            }
            out.extend(b">>");
        }
        Object::Ref(number) => out.extend(format!("{number} 0 R").as_bytes()),
        Object::Word(word) => out.extend(word),
    }
}

/// An object with the bytes of its stream, which lie in the input.
#[derive(Clone, Debug)]
pub(crate) struct Whole {
    pub(crate) object: Object,
    pub(crate) stream: Option<Range<usize>>,
}
