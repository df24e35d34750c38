//! The card that says which contacts may be about the same, and why. Nothing is joined by itself.

use askama::Template;

use plainsight_pages::{Language, Locale, Markup};
use plainsight_people::SignedIn;

use super::list::reading;
use super::{Desk, tags, teams};
use crate::acts::open::OpenContact;
use crate::reference::reference;
use crate::search::alike::Alike;
use crate::search::said::{FactKind, Said};
use crate::trouble::Trouble;

/// So many words are shown as a reason.
const SHOWN: usize = 6;

#[derive(Template)]
#[template(path = "desk/alike.html")]
struct Card<'a> {
    words: &'a Locale,
    rows: Vec<Row>,
    reading: Option<String>,
}

struct Row {
    href: String,
    reference: String,
    tags: Markup,
    why: Vec<String>,
}

/// The card of one contact.
pub(super) async fn card(desk: &Desk, who: &SignedIn, language: &Language, opened: &OpenContact) -> Result<Markup, Trouble> {
    let words = &*language.locale;
    let progress = desk.library.catch_up(&desk.cabinet, &desk.index, who).await?;
    let said = Said::of(&opened.report, opened.papers.iter().map(|(_, _, paper)| paper));
    let held = teams(who);
    let rows = desk.library.view(who).alike(opened.id, &said).into_iter().filter_map(|alike| {
        let header = desk.index.header(&held, alike.contact)?;
        Some(Row {
            href: language.href(&format!("/helpline/contacts/{}", alike.contact)),
            reference: reference(alike.contact),
            tags: tags(words, &header),
            why: why(words, &alike),
        })
    });
    Ok(Markup::of(&Card { words, rows: rows.collect(), reading: reading(words, progress) }))
}

fn why(words: &Locale, alike: &Alike) -> Vec<String> {
    let mut why: Vec<String> = alike
        .facts
        .iter()
        .map(|fact| {
            let kind = words.text(&format!("desk-fact-{}", fact.kind.name()));
            let value = if fact.kind == FactKind::Handle { format!("@{}", fact.value) } else { fact.value.to_string() };
            words.with("desk-alike-fact", &[("kind", (&*kind).into()), ("value", value.as_str().into())])
        })
        .collect();
    for (id, said) in [("desk-alike-place", &alike.place), ("desk-alike-words", &alike.words)] {
        if !said.is_empty() {
            let said: Vec<&str> = said.iter().take(SHOWN).map(String::as_str).collect();
            why.push(words.with(id, &[("words", said.join(", ").as_str().into())]));
        }
    }
    why
}
