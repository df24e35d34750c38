//! The card that is never out of sight: how this person may be reached now, and how no longer.

use askama::Template;
use time::UtcOffset;

use plainsight_pages::components::{SummaryList, SummaryRow};
use plainsight_pages::{Locale, Markup};

use crate::acts::open::OpenContact;
use crate::report::{Reach, SafeContact};
use crate::screens::bits;
use crate::wishes::Wishes;

#[derive(Template)]
#[template(path = "desk/safe_contact.html")]
struct Card<'a> {
    words: &'a Locale,
    now: Markup,
    /// Since which day it holds.
    since: Option<String>,
    unsure: bool,
    /// One line each.
    earlier: Vec<String>,
}

pub(super) fn card(words: &Locale, opened: &OpenContact, offset: UtcOffset) -> Markup {
    let wishes = Wishes::of(&opened.report, &opened.papers);
    Markup::of(&Card {
        words,
        now: holds(words, wishes.now),
        since: wishes.since.map(|since| words.with("desk-wishes-since", &[("date", words.date(since, offset).as_str().into())])),
        unsure: wishes.unsure,
        earlier: wishes.earlier.into_iter().map(|contact| line(words, contact)).collect(),
    })
}

fn holds(words: &Locale, contact: &SafeContact) -> Markup {
    match contact.reach {
        Reach::Nobody => return bits::paragraph(&words.text("desk-safe-contact-nobody")),
        Reach::Receipt => return bits::paragraph(&words.text("desk-safe-contact-receipt")),
        Reach::Telephone | Reach::Text | Reach::Email => {}
    }
    let nothing = words.text("check-nothing").into_owned();
    let given = |text: &str| if text.trim().is_empty() { nothing.clone() } else { text.to_owned() };
    let rows = [
        ("check-contact", words.text(&format!("reach-{}", contact.reach.name())).into_owned()),
        ("desk-safe-contact-address", given(&contact.address)),
        ("desk-safe-contact-times", given(&contact.times)),
        ("desk-safe-contact-code", given(&contact.code_word)),
    ];
    SummaryList::new(rows.map(|(label, value)| SummaryRow::new(words.text(label).into_owned(), value))).into()
}

/// A way to reach somebody in one line that nobody takes for the card.
pub(super) fn line(words: &Locale, contact: &SafeContact) -> String {
    let reach = words.text(&format!("reach-{}", contact.reach.name())).into_owned();
    let SafeContact { address, times, code_word, .. } = contact;
    let pieces = [reach.as_str(), address, times, code_word];
    pieces.into_iter().map(str::trim).filter(|piece| !piece.is_empty()).collect::<Vec<_>>().join("; ")
}
