//! The card of one file: what it is, what was taken out of the copy, what can be done with it. Never the sender's own name for it:
//! that is part of the original.

use askama::Template;
use uuid::Uuid;

use plainsight_media::Kind;
use plainsight_pages::components::{Cell, Table};
use plainsight_pages::{Language, Locale, Markup};
use plainsight_people::SignedIn;

use super::{home, path};
use crate::acts::custody::{may_agree, may_ask};
use crate::attached::{CleanCopy, CleaningEnd};
use crate::exhibit::Exhibit;
use crate::records::{SUPERVISOR, ZONE};
use crate::reference::file_reference;
use crate::screens::desk::Desk;

#[derive(Template)]
#[template(path = "desk/files/card.html")]
struct Card<'a> {
    words: &'a Locale,
    id: Uuid,
    /// What it is, so far as that is known.
    what: String,
    size: String,
    reference: String,
    /// What a picture is called where it is not seen.
    alt: String,
    note: &'a str,
    state: State,
    /// Who has the original.
    original: &'static str,
    /// Where it is asked for, for those who may.
    ask: Option<String>,
    continuity: String,
}

enum State {
    /// It is being made safe to look at: where to see whether it is ready.
    Waits { refresh: String },
    /// There is a cleaned copy.
    Copy(Box<Shown>),
    /// There is none: why, and where a supervisor tries again.
    None { why: String, again: Option<String> },
}

struct Shown {
    /// Where a picture comes from that is shown small.
    small: Option<String>,
    look: Option<String>,
    save: String,
    removed: Option<Table>,
    kept: Vec<String>,
}

/// The card of a file in the folder of a contact or a case.
pub(in crate::screens::desk) fn card(
    desk: &Desk,
    who: &SignedIn,
    language: &Language,
    (folder, is_case): (Uuid, bool),
    exhibit: &Exhibit<'_>,
) -> Markup {
    let words = &*language.locale;
    let id = exhibit.id;
    let href = |act: &str| language.href(&path(folder, id, act));
    let busy = desk.files.as_ref().is_some_and(|files| files.cleaner.is_at(id));
    let state = match exhibit.end() {
        Some((_, CleaningEnd::Copy(copy))) => State::Copy(Box::new(shown(words, copy, href))),
        Some((_, CleaningEnd::Cannot(code))) if !busy => {
            let again = exhibit.may_be_tried_again() && who.member.holds(ZONE, SUPERVISOR);
            State::None { why: cannot(words, code), again: again.then(|| href("clean")) }
        }
        Some((_, CleaningEnd::Infected(name))) => {
            State::None { why: words.with("evidence-infected", &[("name", name.as_str().into())]), again: None }
        }
        _ => State::Waits { refresh: language.href(&home(folder, is_case, id)) },
    };
    let kind = exhibit.copy().and_then(|(_, copy)| Kind::parse(&copy.kind));
    Markup::of(&Card {
        words,
        id,
        what: words.text(&kind.map_or_else(|| "evidence-a-file".to_owned(), |kind| format!("evidence-kind-{}", kind.name()))).into_owned(),
        size: size(words, exhibit.file.size),
        alt: alt(words, id),
        reference: file_reference(id),
        note: &exhibit.file.note,
        state,
        original: if exhibit.file.kept.is_some() { "evidence-original-kept" } else { "evidence-original-not-kept" },
        ask: (may_ask(who, exhibit.file) || may_agree(who)).then(|| href("original")),
        continuity: href("continuity"),
    })
}

/// What a picture is called where it is not seen: what it shows is known to nobody but those who look.
pub(super) fn alt(words: &Locale, file: Uuid) -> String {
    words.with("evidence-alt", &[("reference", file_reference(file).as_str().into())])
}

fn shown(words: &Locale, copy: &CleanCopy, href: impl Fn(&str) -> String) -> Shown {
    let kind = Kind::parse(&copy.kind);
    Shown {
        small: kind.filter(|kind| shows(*kind) == Shows::Picture).map(|_| href("small")),
        look: kind.filter(|kind| shows(*kind) != Shows::Nothing).map(|_| href("look")),
        save: href("save"),
        removed: removed(words, copy),
        kept: copy.kept.iter().map(|code| words.text(&format!("evidence-kept-{code}")).into_owned()).collect(),
    }
}

/// What was taken out: how many of which kind, never what they said.
pub(super) fn removed(words: &Locale, copy: &CleanCopy) -> Option<Table> {
    let rows = copy
        .removed
        .iter()
        .map(|(code, count)| vec![Cell::new(words.text(&format!("evidence-trace-{code}")).into_owned()), Cell::numeric(count.to_string())]);
    let head = [Cell::new(words.text("evidence-trace").into_owned()), Cell::numeric(words.text("evidence-count").into_owned())];
    let mut table = Table::new(words.text("evidence-removed").into_owned()).head(head).rows(rows).first_cell_is_header();
    // It stands under a line that says the same.
    table.caption_classes = "govuk-visually-hidden".into();
    (!copy.removed.is_empty()).then_some(table)
}

/// Why there is no copy. A code of a newer version has no words here.
pub(super) fn cannot(words: &Locale, code: &str) -> String {
    let id = format!("evidence-cannot-{code}");
    words.text(if words.has(&id) { &id } else { "evidence-cannot" }).into_owned()
}

/// What a browser can do with a cleaned copy on a page of ours.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(in crate::screens) enum Shows {
    Picture,
    Sound,
    Film,
    /// It is saved, and opened by a program that knows it.
    Nothing,
}

pub(in crate::screens) fn shows(kind: Kind) -> Shows {
    let media_type = kind.media_type();
    if media_type.starts_with("image/") {
        Shows::Picture
    } else if media_type.starts_with("audio/") {
        Shows::Sound
    } else if media_type.starts_with("video/") {
        Shows::Film
    } else {
        Shows::Nothing
    }
}

/// A size as people say it.
pub(in crate::screens::desk) fn size(words: &Locale, bytes: u64) -> String {
    let (id, count) = match bytes {
        0..1000 => ("evidence-size-bytes", bytes as f64),
        1000..1_000_000 => ("evidence-size-kb", (bytes as f64 / 1000.0).round()),
        _ => ("evidence-size-mb", (bytes as f64 / 100_000.0).round() / 10.0),
    };
    words.with(id, &[("count", count.into())])
}

#[cfg(test)]
mod tests {
    use plainsight_media::{Kept, Kind, Reason, Trace};
    use plainsight_pages::Locales;

    use crate::attached::Obstacle;

    /// Whatever the engine says of a file can be said to people, in every language of the desk.
    #[test]
    fn every_code_has_words() {
        let ids = Kind::ALL
            .iter()
            .map(|kind| format!("evidence-kind-{}", kind.name()))
            .chain(Trace::ALL.iter().map(|trace| format!("evidence-trace-{}", trace.name())))
            .chain(Kept::ALL.iter().map(|kept| format!("evidence-kept-{}", kept.name())))
            .chain(Reason::ALL.iter().map(|reason| format!("evidence-cannot-{}", reason.name())))
            .chain(Obstacle::ALL.iter().map(|obstacle| format!("evidence-cannot-{}", obstacle.name())));
        let locales = Locales::load(None).unwrap();
        for id in ids {
            for tag in ["en", "ro"] {
                assert!(locales.find(tag).unwrap().has(&id), "{tag}: {id}");
            }
        }
    }
}
