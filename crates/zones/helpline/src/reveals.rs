//! What in a report may say who wrote it. Whoever chose to be known to nobody is shown it once before sending, and decides
//! for each piece; nothing is taken out by itself, for only the reporter knows whose name or number it is.

use plainsight_vocabulary::{ConsentLevel, Telling, TellingKind, tells_who, tells_who_in_a_line};

use crate::fields::Fields;
use crate::report::{Reach, Report, SafeContact};

/// The field that names the pieces to take out.
pub(crate) const TAKE_OUT: &str = "out";
/// The id of the safe contact, which is no piece of the words.
const CONTACT: &str = "contact";
/// What stands in the place of what was taken out.
const GAP: &str = "[…]";

/// A piece that may say who wrote the report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Piece {
    pub(crate) id: String,
    pub(crate) text: String,
    /// The reporter wrote that it is their own: the page offers it as taken out.
    pub(crate) own: bool,
}

/// Whether the reporter is asked before sending: of what they wrote, and of files, whose names and pictures we cannot read.
pub(crate) fn asks(report: &Report, files: bool) -> bool {
    !pieces(report).is_empty() || (files && report.naming == Some(ConsentLevel::Anonymous))
}

/// The pieces to ask about, in the order in which they stand.
pub(crate) fn pieces(report: &Report) -> Vec<Piece> {
    if report.naming != Some(ConsentLevel::Anonymous) {
        return Vec::new();
    }
    let mut pieces = Vec::new();
    for (field, text, found) in
        [("words", &report.words, tells_who(&report.words)), ("place", &report.place, tells_who_in_a_line(&report.place))]
    {
        pieces.extend(found.into_iter().enumerate().map(|(number, telling)| Piece {
            id: format!("{field}-{number}"),
            text: text.get(telling.range).unwrap_or_default().to_owned(),
            own: telling.kind == TellingKind::OwnName,
        }));
    }
    let contact = &report.safe_contact;
    if contact.reach.needs_address() && !contact.address.trim().is_empty() {
        pieces.push(Piece { id: CONTACT.to_owned(), text: contact.address.clone(), own: false });
    }
    pieces
}

/// Takes out what was chosen. Without an address nobody can be reached but by the receipt.
pub(crate) fn take_out(fields: &Fields, report: &mut Report) {
    let chosen = |id: &str| fields.all(TAKE_OUT).any(|each| each == id);
    if report.naming != Some(ConsentLevel::Anonymous) {
        return;
    }
    let gone = |field: &str, text: &mut String, found: Vec<Telling>| {
        // From the end, so that the places before it stay right.
        for (number, telling) in found.into_iter().enumerate().rev() {
            if chosen(&format!("{field}-{number}")) {
                text.replace_range(telling.range, GAP);
            }
        }
    };
    let (in_words, in_place) = (tells_who(&report.words), tells_who_in_a_line(&report.place));
    gone("words", &mut report.words, in_words);
    gone("place", &mut report.place, in_place);
    if chosen(CONTACT) {
        report.safe_contact = SafeContact { reach: Reach::Receipt, ..SafeContact::default() };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn report() -> Report {
        let words = "My name is Ana Popescu. Ring 07700 900123.".to_owned();
        let safe_contact = SafeContact { reach: Reach::Email, address: "ana@example.org".into(), ..SafeContact::default() };
        let place = "ask at 07700 900456".to_owned();
        Report { words, place, safe_contact, naming: Some(ConsentLevel::Anonymous), ..Report::default() }
    }

    #[test]
    fn only_who_wants_to_be_known_to_nobody_is_asked() {
        for naming in [None, Some(ConsentLevel::Share), Some(ConsentLevel::Confidential)] {
            let mut other = Report { naming, ..report() };
            assert!(!asks(&other, true));
            take_out(&Fields::parse(b"out=words-0"), &mut other);
            assert_eq!(other.words, report().words);
        }
        let silent = Report { naming: Some(ConsentLevel::Anonymous), words: "a car wash".into(), ..Report::default() };
        assert_eq!((asks(&silent, false), asks(&silent, true)), (false, true), "a picture may tell who they are");
        let pieces = pieces(&report());
        let shown: Vec<_> = pieces.iter().map(|piece| (piece.id.as_str(), piece.text.as_str(), piece.own)).collect();
        let expected = [
            ("words-0", "Ana Popescu", true),
            ("words-1", "07700 900123", false),
            ("place-0", "07700 900456", false),
            ("contact", "ana@example.org", false),
        ];
        assert_eq!(shown, expected);
    }

    #[test]
    fn what_was_chosen_is_taken_out_and_nothing_else() {
        let mut report = report();
        take_out(&Fields::parse(b"out=words-0&out=words-9&out=x"), &mut report);
        assert_eq!(report.words, "My name is […]. Ring 07700 900123.");
        assert_eq!((report.safe_contact.address.as_str(), report.place.as_str()), ("ana@example.org", "ask at 07700 900456"));
        take_out(&Fields::parse(b"out=place-0"), &mut report);
        assert_eq!(report.place, "ask at […]");
        take_out(&Fields::parse(b"out=contact"), &mut report);
        assert_eq!(report.safe_contact, SafeContact { reach: Reach::Receipt, ..SafeContact::default() });
    }
}
