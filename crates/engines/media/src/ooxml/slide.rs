//! Slides of PowerPoint: what is seen when they are shown one after the other. Notes, hidden slides, films, sounds, motion
//! and comments go.

use super::{Links, drawing, kept};
use crate::Trace;
use crate::plan::Cleaned;
use crate::refused::Fault;
use crate::xml::{self, Act, Xml};

type Made<T> = Result<T, Fault>;

const PRESENTATION: &[&str] = &["sldMasterIdLst", "sldIdLst", "sldSz", "notesSz", "defaultTextStyle"];

/// Relations to slides, layouts and masters that nobody is shown have been forgotten by `links`.
pub(crate) fn clean(xml: &Xml<'_>, links: &mut Links, cleaned: &mut Cleaned) -> Made<Vec<u8>> {
    let root = xml.root().unwrap_or_default();
    let (space, name) = xml.name(root);
    if space != "p" || !matches!(name, "presentation" | "sld" | "sldLayout" | "sldMaster") {
        return Err(Fault::Unknown("a part of another kind than its relation says"));
    }
    let whole = name == "presentation";
    // On a slide stands its own text; what a master or a layout says in its place is seen by who writes.
    let prompts = matches!(name, "sldLayout" | "sldMaster");
    let mut prompt_ends = 0;
    xml::write(
        xml,
        |number| {
            let name = xml.name(number).1;
            if whole && number != root && xml.parent(number) == root && !PRESENTATION.contains(&name) {
                cleaned.removes(if name == "modifyVerifier" { Trace::Author } else { Trace::UnknownPart });
                return Ok(Act::Drop);
            }
            if prompts && xml.is(number, "p", "sp") && is_placeholder(xml, number) {
                prompt_ends = xml.close(number);
            }
            if number < prompt_ends && xml.is(number, "a", "t") {
                if xml.has_text(number) {
                    cleaned.removes(Trace::Comment);
                }
                return Ok(Act::Instead("<a:t/>".to_owned()));
            }
            if let Some(act) = drawing::decide(xml, number, links, cleaned)? {
                return Ok(act);
            }
            let mut drop = |trace| {
                cleaned.removes(trace);
                Ok(Act::Drop)
            };
            match name {
                "sldId" | "sldLayoutId" | "sldMasterId" if !xml.attribute(number, Some("r"), "id").is_some_and(|id| links.keeps(id)) => {
                    drop(Trace::HiddenLayer)
                }
                "timing" | "transition" => drop(Trace::Software),
                "controls" => drop(Trace::Script),
                "oleObj" | "contentPart" => drop(Trace::Attachment),
                _ => Ok(Act::Keep(drawing::attributes(xml, number, links, cleaned))),
            }
        },
        &mut kept::say,
    )
}

fn is_placeholder(xml: &Xml<'_>, shape: usize) -> bool {
    let own = xml.child(shape, "p", "nvSpPr").and_then(|own| xml.child(own, "p", "nvPr"));
    own.is_some_and(|own| xml.child(own, "p", "ph").is_some())
}
