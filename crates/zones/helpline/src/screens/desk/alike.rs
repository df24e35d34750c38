//! The card that says which contacts may be about the same, and why. Nothing is joined by itself.

use std::collections::BTreeSet;

use askama::Template;
use uuid::Uuid;

use plainsight_pages::{Language, Locale, Markup};
use plainsight_people::SignedIn;

use super::list::reading;
use super::{Desk, tags, teams};
use crate::acts::open::OpenContact;
use crate::form::FormKey;
use crate::header::Header;
use crate::reference::{case_reference, reference};
use crate::report::SafeContact;
use crate::search::alike::Alike;
use crate::search::library::{Progress, View};
use crate::search::said::{Fact, facts};
use crate::wishes::Wishes;

/// So many words are shown as a reason.
const SHOWN: usize = 6;

#[derive(Template)]
#[template(path = "desk/alike.html")]
struct Card<'a> {
    words: &'a Locale,
    /// Where a form is sent that puts both into one case, and its key.
    action: String,
    form: String,
    rows: Vec<Row>,
    reading: Option<String>,
}

struct Row {
    href: String,
    reference: String,
    tags: Markup,
    why: Vec<String>,
    join: Option<Join>,
}

/// One press that puts both into one case: into the other's, or into a new one.
struct Join {
    go: &'static str,
    field: &'static str,
    id: Uuid,
    text: String,
}

/// The card of one contact.
pub(super) fn card(desk: &Desk, who: &SignedIn, language: &Language, opened: &OpenContact, (view, progress): (&View, Progress)) -> Markup {
    let words = &*language.locale;
    let said = &opened.said;
    let not_safe = no_longer_safe(opened);
    let held = teams(who);
    let rows = view.alike(opened.id, said).into_iter().filter_map(|alike| {
        let ours = |header: &Header| !header.is_case() && !header.flags.erased && header.team == opened.header.team;
        let header = desk.index.header(&held, alike.contact).filter(ours)?;
        let is_open = |case: &Uuid| desk.index.header(&held, *case).is_some_and(|header| !header.flags.closed && !header.flags.erased);
        let theirs: BTreeSet<Uuid> = view.cases(alike.contact).into_iter().filter(is_open).collect();
        let together = theirs.iter().any(|case| said.cases.contains(case));
        let join = match theirs.first() {
            _ if together => None,
            Some(case) => {
                let text = words.with("desk-alike-join", &[("case", case_reference(*case).as_str().into())]);
                Some(Join { go: "put-in", field: "case", id: *case, text })
            }
            None => Some(Join { go: "begin", field: "with", id: alike.contact, text: words.text("desk-alike-begin").into_owned() }),
        };
        Some(Row {
            join,
            href: language.href(&format!("/helpline/contacts/{}", alike.contact)),
            reference: reference(alike.contact),
            tags: tags(words, &header),
            why: why(words, &alike, &not_safe),
        })
    });
    let action = language.href(&format!("/helpline/contacts/{}/case", opened.id));
    let form = FormKey::new(&desk.cabinet).to_field();
    Markup::of(&Card { words, action, form, rows: rows.collect(), reading: reading(words, progress) })
}

/// What of the facts is an earlier way to reach the reporter, and not one that holds: nobody may read it as one.
fn no_longer_safe(opened: &OpenContact) -> BTreeSet<Fact> {
    let wishes = Wishes::of(&opened.report, &opened.papers);
    let of = |contact: &SafeContact| facts(&contact.address).into_iter().map(|(_, fact)| fact).collect::<BTreeSet<_>>();
    let holds = of(wishes.now);
    wishes.earlier.into_iter().flat_map(of).filter(|fact| !holds.contains(fact)).collect()
}

fn why(words: &Locale, alike: &Alike, not_safe: &BTreeSet<Fact>) -> Vec<String> {
    let mut why: Vec<String> = alike
        .facts
        .iter()
        .map(|fact| {
            let kind = words.text(&format!("desk-fact-{}", fact.kind.name()));
            let value = fact.text();
            let id = if not_safe.contains(fact) { "desk-alike-fact-not-safe" } else { "desk-alike-fact" };
            words.with(id, &[("kind", (&*kind).into()), ("value", value.as_str().into())])
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
