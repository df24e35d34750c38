//! A part written anew, mark by mark.

use std::borrow::Cow;

use super::{Mark, Xml};
use crate::refused::Fault;

type Made<T> = Result<T, Fault>;

/// What is written of one part.
const MOST_OUT: usize = 32 << 20;

/// What becomes of an element.
pub(crate) enum Act {
    /// It stays, with these attributes; what is inside is asked about by itself.
    Keep(Vec<(String, String)>),
    /// Its marks go, what is inside is asked about by itself.
    Unwrap,
    Drop,
    /// This stands in its place.
    Instead(String),
}

/// What becomes of text, by the element in which it stands directly.
pub(crate) type Say<'a> = &'a mut dyn FnMut((&'static str, &str), Cow<'_, str>) -> String;

/// Writes a part anew: `decide` says what becomes of each element, `say` what of text.
pub(crate) fn write(xml: &Xml<'_>, mut decide: impl FnMut(usize) -> Made<Act>, say: Say<'_>) -> Made<Vec<u8>> {
    let root = xml.root().ok_or(Fault::Damaged("a part is empty"))?;
    let mut out = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n");
    let mut unwrapped = Vec::new();
    // Where the last opening ended, if nothing came after it yet: an element of which nothing is left is written short.
    let mut bare = None;
    let mut at = root;
    while at <= xml.close(root) {
        match xml.mark(at) {
            Some(Mark::Open) => match decide(at)? {
                Act::Drop => at = xml.close(at),
                Act::Instead(text) => {
                    out.push_str(&text);
                    at = xml.close(at);
                }
                Act::Unwrap => unwrapped.push(xml.close(at)),
                Act::Keep(attributes) => {
                    out.push('<');
                    push_name(&mut out, xml.name(at));
                    if at == root {
                        for (prefix, addresses) in xml.spaces {
                            let (colon, address) =
                                (if prefix.is_empty() { "" } else { ":" }, addresses.first().copied().unwrap_or_default());
                            out.push_str(&format!(" xmlns{colon}{prefix}=\"{address}\""));
                        }
                    }
                    for (name, value) in attributes {
                        out.push_str(&format!(" {name}=\"{}\"", value.replace('"', "&quot;")));
                    }
                    out.push('>');
                    bare = Some(out.len());
                }
            },
            Some(Mark::Close) => {
                if unwrapped.last() == Some(&at) {
                    unwrapped.pop();
                } else if bare == Some(out.len()) {
                    out.pop();
                    out.push_str("/>");
                    bare = None;
                } else {
                    out.push_str("</");
                    push_name(&mut out, xml.name(xml.close(at)));
                    out.push('>');
                }
            }
            Some(Mark::Text | Mark::Plain) => out.push_str(&say(xml.name(xml.parent(at)), xml.text(at))),
            None => break,
        }
        at += 1;
        if out.len() > MOST_OUT {
            return Err(Fault::TooMuch("text in one part"));
        }
        xml.check()?;
    }
    Ok(out.into_bytes())
}

fn push_name(out: &mut String, (prefix, name): (&str, &str)) {
    if !prefix.is_empty() {
        out.push_str(prefix);
        out.push(':');
    }
    out.push_str(name);
}

/// An attribute's name as it is written.
pub(crate) fn written(space: Option<&str>, name: &str) -> String {
    match space {
        None | Some("") => name.to_owned(),
        Some(prefix) => format!("{prefix}:{name}"),
    }
}
