//! XML, read into a list of marks that point into the text, and written again with names that are known.
//!
//! There are no document types here and so no entities to expand; prefixes are written as everybody writes them, and what
//! stands in a space of names that is not known has no space here either.

use std::borrow::Cow;
use std::cell::Cell;
use std::collections::BTreeMap;

use quick_xml::Reader;
use quick_xml::events::Event;

use crate::refused::Fault;

mod write;

pub(crate) use write::{Act, write, written};

type Made<T> = Result<T, Fault>;

const MOST_DEPTH: usize = 250;
const MOST_MARKS: usize = 2_000_000;
const MOST_ATTRIBUTES: usize = 200;
/// Bindings of prefixes that are in force at once.
const MOST_BINDINGS: usize = 256;
const MOST_NAME: usize = 200;
const MOST_PLAIN: usize = 4 << 20;
/// Each mark is looked at some times, and so are those around it. Where that comes to more than so many times the part's
/// length, somebody made it for that.
const MOST_WORK: u64 = 64;

/// A space of names: the prefix that it is written with, and all addresses that mean it, the one to write first.
pub(crate) type Space = (&'static str, &'static [&'static str]);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mark {
    Open,
    Close,
    Text,
    /// Text that is not escaped.
    Plain,
}

#[derive(Clone, Copy, Debug)]
struct Token {
    start: u32,
    end: u32,
    /// Of an opening its closing, of a closing its opening.
    other: u32,
    /// The opening that it stands in; its own number at the top.
    parent: u32,
    mark: Mark,
    space: u8,
}

const NO_SPACE: u8 = u8::MAX;

pub(crate) struct Attribute<'a> {
    /// The prefix of its space as we write it; `None` without one.
    pub(crate) space: Option<&'static str>,
    pub(crate) name: &'a str,
    /// Escaped as it stands.
    pub(crate) value: &'a str,
}

pub(crate) struct Xml<'a> {
    text: &'a str,
    tokens: Vec<Token>,
    spaces: &'static [Space],
    prefixes: BTreeMap<&'a str, u8>,
    /// Bytes and marks that were looked at.
    work: Cell<u64>,
    /// Whether there were comments or instructions to programs.
    pub(crate) says_more: bool,
}

impl<'a> Xml<'a> {
    pub(crate) fn read(bytes: &'a [u8], spaces: &'static [Space]) -> Made<Self> {
        const WRONG: Fault = Fault::Damaged("the XML of a part");
        let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
        let text = std::str::from_utf8(bytes).map_err(|_| Fault::Unknown("text in another encoding than UTF-8"))?;
        let mut xml = Self { text, tokens: Vec::new(), spaces, prefixes: BTreeMap::new(), work: Cell::new(0), says_more: false };
        let mut reader = Reader::from_str(text);
        // Of each open element: its mark and how many bindings were in force before it.
        let mut open: Vec<(u32, usize)> = Vec::new();
        let mut bound: Vec<(&'a str, u8)> = vec![("xml", NO_SPACE)];
        loop {
            let start = reader.buffer_position() as usize;
            let event = reader.read_event().map_err(|_| WRONG)?;
            let end = reader.buffer_position() as usize;
            let number = xml.tokens.len() as u32;
            let parent = open.last().map_or(number, |(opening, _)| *opening);
            let mut push = |mark, space, other| xml.tokens.push(Token { start: start as u32, end: end as u32, other, parent, mark, space });
            match event {
                Event::Start(_) | Event::Empty(_) => {
                    let before = bound.len();
                    let tag = text.get(start..end).ok_or(WRONG)?;
                    let mut names: Vec<&str> = Vec::new();
                    for attribute in attributes(tag) {
                        let (name, value) = attribute?;
                        if names.contains(&name) {
                            return Err(Fault::Damaged("an attribute stands twice"));
                        }
                        names.push(name);
                        if names.len() > MOST_ATTRIBUTES || bound.len() > MOST_BINDINGS {
                            return Err(Fault::TooMuch("attributes"));
                        }
                        let Some(prefix) = name.strip_prefix("xmlns") else { continue };
                        if !prefix.is_empty() && !prefix.starts_with(':') {
                            continue;
                        }
                        let prefix = prefix.trim_start_matches(':');
                        let space =
                            spaces.iter().position(|(_, addresses)| addresses.contains(&value)).map_or(NO_SPACE, |space| space as u8);
                        bound.push((prefix, space));
                        if !prefix.is_empty() && *xml.prefixes.entry(prefix).or_insert(space) != space {
                            return Err(Fault::Unknown("a prefix of two meanings"));
                        }
                    }
                    if element_name(tag).len() > MOST_NAME {
                        return Err(Fault::TooMuch("letters in a name"));
                    }
                    let (prefix, _) = split(element_name(tag));
                    let space = bound.iter().rev().find(|(name, _)| *name == prefix).map_or(NO_SPACE, |(_, space)| *space);
                    push(Mark::Open, space, number + 1);
                    if matches!(event, Event::Empty(_)) {
                        push(Mark::Close, space, number);
                        bound.truncate(before);
                    } else {
                        open.push((number, before));
                        if open.len() > MOST_DEPTH {
                            return Err(Fault::TooMuch("depth"));
                        }
                    }
                }
                Event::End(_) => {
                    let (opening, before) = open.pop().ok_or(WRONG)?;
                    bound.truncate(before);
                    let space = xml.tokens.get(opening as usize).map_or(NO_SPACE, |token| token.space);
                    xml.tokens.push(Token {
                        start: start as u32,
                        end: end as u32,
                        other: opening,
                        parent: opening,
                        mark: Mark::Close,
                        space,
                    });
                    if let Some(token) = xml.tokens.get_mut(opening as usize) {
                        token.other = number;
                    }
                }
                Event::Text(_) => push(Mark::Text, NO_SPACE, number),
                Event::GeneralRef(reference) => {
                    let known = matches!(&*reference, "lt" | "gt" | "amp" | "quot" | "apos")
                        || reference.resolve_char_ref().is_ok_and(|letter| letter.is_some());
                    if !known {
                        return Err(Fault::Unknown("an entity"));
                    }
                    push(Mark::Text, NO_SPACE, number);
                }
                Event::CData(_) if end - start > MOST_PLAIN => return Err(Fault::TooMuch("text")),
                Event::CData(_) => push(Mark::Plain, NO_SPACE, number),
                Event::Comment(_) | Event::PI(_) => xml.says_more = true,
                Event::DocType(_) => return Err(Fault::Unknown("a document type")),
                Event::Decl(decl) => {
                    let utf8 = decl.encoding().is_none_or(|name| name.is_ok_and(|name| name.eq_ignore_ascii_case("utf-8")));
                    if !utf8 {
                        return Err(Fault::Unknown("text in another encoding than UTF-8"));
                    }
                }
                Event::Eof => break,
            }
            if xml.tokens.len() > MOST_MARKS {
                return Err(Fault::TooMuch("marks in one part"));
            }
        }
        let root = xml.root().ok_or(WRONG)?;
        let whole = xml.tokens.iter().enumerate().all(|(number, token)| {
            (root..=xml.close(root)).contains(&number)
                || xml.text.get(token.start as usize..token.end as usize).is_some_and(|text| text.trim().is_empty())
        });
        if !open.is_empty() || !whole {
            return Err(WRONG);
        }
        Ok(xml)
    }

    pub(crate) fn root(&self) -> Option<usize> {
        self.tokens.iter().position(|token| token.mark == Mark::Open)
    }

    pub(crate) fn mark(&self, number: usize) -> Option<Mark> {
        self.tokens.get(number).map(|token| token.mark)
    }

    /// The closing of an opening, the opening of a closing.
    pub(crate) fn close(&self, number: usize) -> usize {
        self.tokens.get(number).map_or(number, |token| token.other as usize)
    }

    /// The opening in which this stands directly; itself at the top.
    pub(crate) fn parent(&self, number: usize) -> usize {
        self.tokens.get(number).map_or(number, |token| token.parent as usize)
    }

    fn slice(&self, number: usize) -> &'a str {
        self.tokens.get(number).and_then(|token| self.text.get(token.start as usize..token.end as usize)).unwrap_or_default()
    }

    /// The prefix of its space, as we write it, and its name. A space that is not known is `"?"`.
    pub(crate) fn name(&self, number: usize) -> (&'static str, &'a str) {
        let Some(token) = self.tokens.get(number) else { return ("?", "") };
        let (_, name) = split(element_name(self.slice(number)));
        (self.spaces.get(usize::from(token.space)).map_or("?", |(prefix, _)| prefix), name)
    }

    pub(crate) fn is(&self, number: usize, space: &str, name: &str) -> bool {
        self.mark(number) == Some(Mark::Open) && self.name(number) == (self.canonical(space), name)
    }

    fn canonical(&self, space: &str) -> &'static str {
        self.spaces.iter().find(|(prefix, _)| *prefix == space).map_or("?", |(prefix, _)| prefix)
    }

    /// The attributes of an opening in known spaces or in none; bindings of prefixes are not among them.
    pub(crate) fn attributes(&self, number: usize) -> impl Iterator<Item = Attribute<'a>> {
        let tag = self.slice(number);
        let tag = if self.works(tag.len()) { tag } else { "" };
        // They were read once, when the part was.
        attributes(tag).map_while(Result::ok).filter_map(|(name, value)| {
            let (prefix, local) = split(name);
            if name == "xmlns" || prefix == "xmlns" {
                return None;
            }
            let space = match prefix {
                "" => None,
                "xml" => Some("xml"),
                _ => self.meaning(prefix).or(Some("?")),
            };
            Some(Attribute { space, name: local, value })
        })
    }

    /// Counts what is looked at; `false` when it is too much, which is told by `check` at the latest when the part is written.
    fn works(&self, amount: usize) -> bool {
        self.work.set(self.work.get() + amount as u64 + 1);
        self.work.get() <= MOST_WORK * (self.text.len() as u64 + 4096)
    }

    /// Whether everything that was asked for was looked at.
    pub(crate) fn check(&self) -> Made<()> {
        if self.works(0) { Ok(()) } else { Err(Fault::TooMuch("marks to look at")) }
    }

    pub(crate) fn attribute(&self, number: usize, space: Option<&str>, name: &str) -> Option<&'a str> {
        self.attributes(number).find(|attribute| attribute.space == space && attribute.name == name).map(|attribute| attribute.value)
    }

    /// The space that a prefix of this text means, as we write it.
    pub(crate) fn meaning(&self, prefix: &str) -> Option<&'static str> {
        self.prefixes.get(prefix).and_then(|space| self.spaces.get(usize::from(*space))).map(|(prefix, _)| *prefix)
    }

    /// The elements directly inside an opening.
    pub(crate) fn children(&self, number: usize) -> impl Iterator<Item = usize> + '_ {
        let end = self.close(number);
        let mut at = number + 1;
        std::iter::from_fn(move || {
            while at < end && self.works(0) {
                let here = at;
                if self.mark(here) == Some(Mark::Open) {
                    at = self.close(here) + 1;
                    return Some(here);
                }
                at += 1;
            }
            None
        })
    }

    pub(crate) fn child(&self, number: usize, space: &str, name: &str) -> Option<usize> {
        self.children(number).find(|child| self.is(*child, space, name))
    }

    /// All openings inside an opening, itself not among them.
    pub(crate) fn inside(&self, number: usize) -> impl Iterator<Item = usize> + '_ {
        (number + 1..self.close(number)).filter(|number| self.works(0) && self.mark(*number) == Some(Mark::Open))
    }

    /// Escaped text between marks.
    pub(crate) fn text(&self, number: usize) -> Cow<'a, str> {
        let slice = self.slice(number);
        match self.mark(number) {
            Some(Mark::Text) => slice.into(),
            Some(Mark::Plain) => {
                let inner = slice.strip_prefix("<![CDATA[").and_then(|rest| rest.strip_suffix("]]>")).unwrap_or_default();
                inner.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").into()
            }
            _ => "".into(),
        }
    }

    /// Whether anything is to be read inside.
    pub(crate) fn has_text(&self, number: usize) -> bool {
        (number..=self.close(number)).any(|number| {
            self.works(0) && matches!(self.mark(number), Some(Mark::Text | Mark::Plain)) && !self.slice(number).trim().is_empty()
        })
    }
}

fn split(name: &str) -> (&str, &str) {
    name.split_once(':').unwrap_or(("", name))
}

fn element_name(tag: &str) -> &str {
    let inner = tag.trim_start_matches('<').trim_start_matches('/');
    inner.split(|letter: char| letter.is_ascii_whitespace() || letter == '>' || letter == '/').next().unwrap_or_default()
}

/// Name and value of each attribute of a tag; nothing comes after an error.
fn attributes(tag: &str) -> impl Iterator<Item = Made<(&str, &str)>> {
    let inner = tag.strip_prefix('<').and_then(|tag| tag.strip_suffix('>')).map_or("", |tag| tag.strip_suffix('/').unwrap_or(tag));
    let mut rest = inner.get(element_name(tag).len()..).unwrap_or_default().trim();
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let found = first_attribute(rest);
        rest = found.map_or("", |(_, _, after)| after);
        Some(found.map(|(name, value, _)| (name, value)).ok_or(Fault::Damaged("an attribute")))
    })
}

/// Name, value, and what comes after.
fn first_attribute(text: &str) -> Option<(&str, &str, &str)> {
    let (name, after) = text.split_once('=')?;
    let (name, after) = (name.trim(), after.trim_start());
    let quote = after.chars().next().filter(|quote| matches!(quote, '"' | '\''))?;
    let (value, after) = after.get(1..)?.split_once(quote)?;
    let plain = |letter: char| letter.is_alphanumeric() || matches!(letter, ':' | '-' | '_' | '.');
    let right = !name.is_empty() && name.chars().all(plain) && !value.contains('<') && references_are_known(value);
    let apart = after.is_empty() || after.starts_with(|letter: char| letter.is_ascii_whitespace());
    (right && apart).then(|| (name, value, after.trim_start()))
}

fn references_are_known(value: &str) -> bool {
    value.split('&').skip(1).all(|part| {
        let Some((name, _)) = part.split_once(';') else { return false };
        matches!(name, "lt" | "gt" | "amp" | "quot" | "apos")
            || name.strip_prefix('#').is_some_and(|code| !code.is_empty() && code.chars().all(|letter| letter.is_ascii_alphanumeric()))
    })
}

#[cfg(test)]
mod tests {
    use super::{Act, Space, Xml, write};

    const SPACES: &[Space] = &[("a", &["urn:a"]), ("", &["urn:plain"])];

    fn same(text: &str) -> Result<String, crate::refused::Fault> {
        let xml = Xml::read(text.as_bytes(), SPACES)?;
        let decide = |number| if xml.name(number).0 == "?" { Ok(Act::Drop) } else { Ok(Act::Keep(Vec::new())) };
        let bytes = write(&xml, decide, &mut |_, text| text.into_owned())?;
        Ok(String::from_utf8(bytes).unwrap().split_once('\n').unwrap().1.to_owned())
    }

    #[test]
    fn prefixes_are_written_as_everybody_writes_them() {
        let out = same("<zz:r xmlns:zz='urn:a'><zz:b/><c xmlns='urn:plain'>x &amp; y</c><d/></zz:r>").unwrap();
        assert_eq!(out, "<a:r xmlns:a=\"urn:a\" xmlns=\"urn:plain\"><a:b/><c>x &amp; y</c></a:r>");
    }

    #[test]
    fn no_document_type_and_no_entity() {
        for text in [
            "<!DOCTYPE r [<!ENTITY x 'y'>]><r/>",
            "<r xmlns='urn:a'>&x;</r>",
            "<r xmlns='urn:a' b='&x;'/>",
            "<r>",
            "<r></s>",
            "<r/><s/>",
            "<r a=b/>",
        ] {
            assert!(same(text).is_err(), "{text}");
        }
    }
}
