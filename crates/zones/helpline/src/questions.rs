//! The question pages of the report: which there are, in which order, and what each takes from a posted form. No page is
//! required and none blocks sending; `check` says what to mend before going on.

use crate::fields::Fields;
use plainsight_vocabulary::{Answer, ConsentLevel};

use crate::report::{LONGEST_LINE, LONGEST_TEXT, Reach, Report, SafeContact, Seen, Way};

/// No id of the vocabulary is longer, in bytes. What is, was not chosen on a page of ours, and has no room in a form state.
const LONGEST_ID: usize = 64;

/// The field of the signs that somebody ticks of themselves.
pub(crate) const SELF_SIGNS: &str = "self";

/// One question page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Page {
    /// The one page of "It is happening to me".
    Me,
    /// The one page of "I work with people".
    Work,
    /// The one page of a complaint about us.
    Complain,
    Danger,
    Place,
    Signs,
    Words,
    Contact,
    /// Photographs and other files, for whoever has some.
    Files,
    Check,
    /// Before an anonymous report is sent: what in it may say who wrote it.
    Reveals,
}

/// The pages of "I noticed something": danger and child first.
const NOTICED: [Page; 7] = [Page::Danger, Page::Place, Page::Signs, Page::Words, Page::Contact, Page::Files, Page::Check];

impl Page {
    const ALL: [Self; 11] = [
        Self::Me,
        Self::Work,
        Self::Complain,
        Self::Danger,
        Self::Place,
        Self::Signs,
        Self::Words,
        Self::Contact,
        Self::Files,
        Self::Check,
        Self::Reveals,
    ];

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Me => "me",
            Self::Work => "work",
            Self::Complain => "complain",
            Self::Danger => "danger",
            Self::Place => "place",
            Self::Signs => "signs",
            Self::Words => "words",
            Self::Contact => "contact",
            Self::Files => "files",
            Self::Check => "check",
            Self::Reveals => "reveals",
        }
    }

    pub(crate) fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|page| page.name() == name)
    }

    pub(crate) fn first(way: Way) -> Self {
        match way {
            Way::Me => Self::Me,
            Way::Work => Self::Work,
            Way::Complain => Self::Complain,
            Way::Noticed => Self::Danger,
        }
    }

    /// The way that a page alone tells of.
    pub(crate) fn way(self) -> Option<Way> {
        match self {
            Self::Me => Some(Way::Me),
            Self::Work => Some(Way::Work),
            Self::Complain => Some(Way::Complain),
            Self::Check | Self::Files => None,
            // Only a witness is asked who may know them.
            _ => Some(Way::Noticed),
        }
    }

    pub(crate) fn next(self, way: Way) -> Self {
        match way {
            Way::Me | Way::Work | Way::Complain => Self::Check,
            Way::Noticed => self.place_in_order().and_then(|index| NOTICED.get(index + 1)).copied().unwrap_or(Self::Check),
        }
    }

    pub(crate) fn previous(self, way: Way) -> Option<Self> {
        match (self, way) {
            (Self::Reveals, _) => Some(Self::Check),
            (Self::Check, Way::Me | Way::Work | Way::Complain) => Some(Self::first(way)),
            (Self::Files, Way::Me | Way::Complain) => Some(Self::Check),
            (Self::Me | Self::Work | Self::Complain, _) | (_, Way::Me | Way::Complain) => None,
            // A page that was opened from the answers to change one.
            (_, Way::Work) => Some(Self::Check),
            (_, Way::Noticed) => NOTICED.get(self.place_in_order()?.checked_sub(1)?).copied(),
        }
    }

    /// "2 of 6", for pages that stand in a row.
    pub(crate) fn number(self, way: Way) -> Option<(usize, usize)> {
        if way != Way::Noticed {
            return None;
        }
        self.place_in_order().map(|index| (index + 1, NOTICED.len()))
    }

    fn place_in_order(self) -> Option<usize> {
        NOTICED.iter().position(|page| *page == self)
    }
}

/// Something to mend: the field's id and the message that says how.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Problem {
    pub(crate) field: &'static str,
    pub(crate) message: &'static str,
}

/// Takes the answers of one page into the report. Everything typed is taken, right or wrong, so that the page comes back
/// filled.
pub(crate) fn absorb(page: Page, fields: &Fields, report: &mut Report) {
    match page {
        Page::Me => {
            absorb_danger(fields, report);
            report.place = fields.text("place");
            report.words = fields.text("words");
            let of_themselves = |id: &&str| plainsight_vocabulary::sign(id).is_some_and(|sign| sign.self_ok);
            report.signs = fields.all(SELF_SIGNS).filter(of_themselves).map(|id| (id.to_owned(), Seen::Yes)).collect();
            absorb_contact(fields, report);
        }
        Page::Work => {
            absorb_danger(fields, report);
            absorb_place(fields, report);
            report.words = fields.text("words");
            report.role = fields.text("role");
            absorb_contact(fields, report);
        }
        Page::Complain => {
            report.words = fields.text("words");
            absorb_contact(fields, report);
        }
        Page::Danger => absorb_danger(fields, report),
        Page::Place => absorb_place(fields, report),
        Page::Signs => {
            for (id, seen) in fields.with_prefix("sign-").filter(|(id, _)| plainsight_vocabulary::sign(id).is_some()) {
                match Seen::parse(seen) {
                    Some(seen) => report.signs.insert(id.to_owned(), seen),
                    None => report.signs.remove(id),
                };
            }
        }
        Page::Words => report.words = fields.text("words"),
        Page::Contact => {
            report.naming = fields.get("naming").and_then(ConsentLevel::from_code);
            absorb_contact(fields, report);
        }
        Page::Files | Page::Check | Page::Reveals => {}
    }
}

fn absorb_danger(fields: &Fields, report: &mut Report) {
    report.danger = fields.get("danger").and_then(Answer::from_code);
    report.child = fields.get("child").and_then(Answer::from_code);
}

fn absorb_place(fields: &Fields, report: &mut Report) {
    report.setting = fields.get("setting").filter(|setting| (1..=LONGEST_ID).contains(&setting.len())).map(str::to_owned);
    report.place = fields.text("place");
}

fn absorb_contact(fields: &Fields, report: &mut Report) {
    let contact = &mut report.safe_contact;
    contact.reach = fields.get("reach").and_then(Reach::parse).unwrap_or_default();
    contact.address = fields.text("address");
    contact.times = fields.text("times");
    contact.code_word = fields.text("code-word");
}

/// What must be mended before the report can be stored at all: texts that are too long. Said on every way on.
pub(crate) fn too_long(report: &Report) -> Vec<Problem> {
    let texts = [("place", &report.place, LONGEST_LINE), ("words", &report.words, LONGEST_TEXT), ("role", &report.role, LONGEST_LINE)];
    let mut problems = longer(&texts);
    problems.extend(contact_too_long(&report.safe_contact));
    problems
}

/// The same of how to reach somebody.
pub(crate) fn contact_too_long(contact: &SafeContact) -> Vec<Problem> {
    longer(&[
        ("address", &contact.address, LONGEST_LINE),
        ("times", &contact.times, LONGEST_LINE),
        ("code-word", &contact.code_word, LONGEST_LINE),
    ])
}

fn longer(texts: &[(&'static str, &String, usize)]) -> Vec<Problem> {
    texts
        .iter()
        .filter(|(_, text, longest)| text.chars().count() > *longest)
        .map(|(field, _, _)| Problem { field, message: if *field == "words" { "error-words-too-long" } else { "error-line-too-long" } })
        .collect()
}

/// An address that the chosen way cannot use.
pub(crate) fn contact_problem(contact: &SafeContact) -> Option<Problem> {
    let address = contact.address.trim();
    let message = match contact.reach {
        reach if reach.needs_address() && address.is_empty() => "error-address-missing",
        Reach::Telephone | Reach::Text if !looks_like_telephone(address) => "error-telephone",
        Reach::Email if !looks_like_email(address) => "error-email",
        _ => return None,
    };
    Some(Problem { field: "address", message })
}

/// What to mend on this page before "Continue". "Send what I have" asks only `too_long` and `nothing_to_send`.
pub(crate) fn check(page: Page, report: &Report, known_setting: impl Fn(&str) -> bool) -> Vec<Problem> {
    let mut problems = too_long(report);
    if matches!(page, Page::Place | Page::Work) && report.setting.as_deref().is_some_and(|setting| !known_setting(setting)) {
        problems.push(Problem { field: "setting", message: "error-setting-unknown" });
    }
    if matches!(page, Page::Me | Page::Work | Page::Complain | Page::Contact) {
        problems.extend(contact_problem(&report.safe_contact));
    }
    problems
}

/// The problem of sending an empty form.
pub(crate) fn nothing_to_send(page: Page, report: &Report) -> Option<Problem> {
    let field = match page {
        Page::Danger => "danger",
        Page::Place => "setting",
        Page::Signs => "signs",
        Page::Contact => "reach",
        Page::Files => "files",
        Page::Me | Page::Work | Page::Complain | Page::Words | Page::Check | Page::Reveals => "words",
    };
    (!report.says_something()).then_some(Problem { field, message: "error-nothing-to-send" })
}

/// Drops what no longer belongs before the report is sealed: an address nobody may use, signs that the vocabulary does
/// not know, a setting that does not exist.
pub(crate) fn finish(report: &mut Report, known_setting: impl Fn(&str) -> bool, known_sign: impl Fn(&str) -> bool) {
    if report.setting.as_deref().is_some_and(|setting| !known_setting(setting)) {
        report.setting = None;
    }
    report.signs.retain(|id, _| known_sign(id));
    if !report.safe_contact.reach.needs_address() {
        report.safe_contact.address.clear();
    }
}

fn looks_like_telephone(text: &str) -> bool {
    let digits = text.chars().filter(char::is_ascii_digit).count();
    (5..=20).contains(&digits) && text.chars().all(|sign| sign.is_ascii_digit() || " +-()./".contains(sign))
}

fn looks_like_email(text: &str) -> bool {
    text.split_once('@')
        .is_some_and(|(name, domain)| !name.is_empty() && domain.contains('.') && !domain.starts_with('.') && !domain.ends_with('.'))
        && !text.contains(char::is_whitespace)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::Path;

    fn known(_: &str) -> bool {
        true
    }

    #[test]
    fn the_path_of_a_witness_begins_with_danger_and_child_and_ends_with_check() {
        let mut page = Page::first(Way::Noticed);
        assert_eq!(page, Page::Danger);
        let mut seen = vec![page];
        while page != Page::Check {
            let next = page.next(Way::Noticed);
            assert_eq!(next.previous(Way::Noticed), Some(page));
            page = next;
            seen.push(page);
        }
        assert_eq!(seen, NOTICED);
    }

    #[test]
    fn it_is_happening_to_me_is_one_page() {
        assert_eq!(Page::first(Way::Me), Page::Me);
        assert_eq!(Page::Me.previous(Way::Me), None);
        assert_eq!(Page::Me.next(Way::Me), Page::Check);
    }

    #[test]
    fn who_works_with_people_has_one_page_and_can_still_tick_signs_from_the_answers() {
        assert_eq!(Page::first(Way::Work), Page::Work);
        assert_eq!((Page::Work.next(Way::Work), Page::Work.previous(Way::Work)), (Page::Check, None));
        assert_eq!((Page::Check.previous(Way::Work), Page::Signs.previous(Way::Work)), (Some(Page::Work), Some(Page::Check)));
        assert_eq!((Page::Signs.next(Way::Work), Page::Signs.number(Way::Work)), (Page::Check, None));
    }

    #[test]
    fn files_are_asked_for_last_and_never_before_danger() {
        assert_eq!((Page::Files.next(Way::Noticed), Page::Files.previous(Way::Noticed)), (Page::Check, Some(Page::Contact)));
        for way in [Way::Me, Way::Work, Way::Complain] {
            assert_eq!((Page::Files.next(way), Page::Files.previous(way)), (Page::Check, Some(Page::Check)), "{way:?}");
        }
    }

    #[test]
    fn a_complaint_is_one_page_and_asks_for_no_name() {
        assert_eq!(Page::first(Way::Complain), Page::Complain);
        assert_eq!((Page::Complain.next(Way::Complain), Page::Complain.previous(Way::Complain)), (Page::Check, None));
        assert_eq!((Page::Check.previous(Way::Complain), Page::Complain.number(Way::Complain)), (Some(Page::Complain), None));
        let mut report = Report { about: Way::Complain.about(), ..Report::default() };
        absorb(Page::Complain, &Fields::parse(b"words=Nobody+answered&reach=receipt&naming=share&danger=yes"), &mut report);
        assert_eq!((report.words.as_str(), report.safe_contact.reach), ("Nobody answered", Reach::Receipt));
        assert_eq!((report.naming, report.danger), (None, None), "what the page does not ask it does not take");
    }

    #[test]
    fn what_was_typed_comes_back_even_when_it_is_wrong() {
        let mut report = Report::default();
        absorb(Page::Contact, &Fields::parse(b"reach=telephone&address=my+sister&times=mornings"), &mut report);
        assert_eq!(report.safe_contact.address, "my sister");
        assert_eq!(check(Page::Contact, &report, known), [Problem { field: "address", message: "error-telephone" }]);
        absorb(Page::Contact, &Fields::parse(b"reach=email&address=a%40example.org"), &mut report);
        assert_eq!(check(Page::Contact, &report, known), []);
    }

    #[test]
    fn what_somebody_ticks_of_themselves_is_what_can_be_asked_of_them() {
        let mut report = Report { path: Path::Me, ..Report::default() };
        absorb(Page::Me, &Fields::parse(b"self=doc-held&self=ctl-locked&self=no-such&self=ven-nobusiness"), &mut report);
        assert_eq!(report.signs_seen().collect::<Vec<_>>(), ["ctl-locked", "doc-held"]);
        // Taken away again, it is gone.
        absorb(Page::Me, &Fields::parse(b"self=doc-held"), &mut report);
        assert_eq!(report.signs_seen().collect::<Vec<_>>(), ["doc-held"]);
    }

    #[test]
    fn a_wrong_address_never_stops_sending_but_a_text_that_cannot_be_stored_does() {
        let mut report = Report { words: "help".into(), ..Report::default() };
        report.safe_contact.reach = Reach::Telephone;
        assert_eq!(too_long(&report), []);
        assert_eq!(nothing_to_send(Page::Me, &report), None);
        report.words = "x".repeat(LONGEST_TEXT + 1);
        assert_eq!(too_long(&report), [Problem { field: "words", message: "error-words-too-long" }]);
    }

    #[test]
    fn an_address_is_dropped_when_nobody_may_use_it() {
        let mut report = Report::default();
        report.safe_contact.address = "07700 900123".into();
        report.signs.insert("no-such-sign".into(), Seen::Yes);
        finish(&mut report, known, |_| false);
        assert!(report.safe_contact.address.is_empty());
        assert!(report.signs.is_empty());
    }
}
