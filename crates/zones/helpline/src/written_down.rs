//! What an adviser writes down while listening: one sheet of fields, kept again and again while it is filled. Two people may
//! have the same sheet open: what each changed is taken field by field, and where both changed one, nothing is overwritten.

use std::collections::BTreeMap;

use sha2::{Digest, Sha256};

use plainsight_vocabulary::{Answer, Channel, ConsentLevel, Proximity};

use crate::fields::Fields;
use crate::report::{LONGEST_LINE, LONGEST_TEXT, Path, Reach, Report, Seen, Spoken};

/// The fields in the order of a call: whether it is safe to talk comes before anything else.
pub(crate) const FIELDS: [&str; 18] = [
    "channel",
    "safe",
    "danger",
    "caller",
    "child",
    "place",
    "setting",
    "words",
    "signs",
    "limits",
    "naming",
    "reach",
    "address",
    "times",
    "code-word",
    "language",
    "interpreter",
    "advice",
];

/// The fields that take a long text.
pub(crate) const LONG: [&str; 2] = ["words", "advice"];

/// One value for each field, as a form carries it.
#[derive(Clone, Default, PartialEq, Eq)]
pub(crate) struct Sheet(BTreeMap<&'static str, String>);

/// A short mark of what each field held when a page was made: tells whether a colleague changed it since.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Marks(BTreeMap<String, String>);

/// A field that this member and a colleague both changed. The colleague's value stands.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Clash {
    pub(crate) field: &'static str,
    pub(crate) theirs: String,
}

impl Sheet {
    /// What a form sent. The signs are a field of their own each, joined here.
    pub(crate) fn sent(fields: &Fields) -> Self {
        let value = |name: &'static str| match name {
            "signs" => {
                let mut signs: Vec<&str> = fields.all("signs").collect();
                signs.sort_unstable();
                signs.dedup();
                signs.join(" ")
            }
            _ => fields.text(name),
        };
        Self(FIELDS.into_iter().map(|name| (name, value(name))).collect())
    }

    pub(crate) fn of(report: &Report) -> Self {
        let spoken = report.spoken.clone().unwrap_or_default();
        let code = |answer: Option<Answer>| answer.map(|answer| answer.code().to_owned()).unwrap_or_default();
        let caller = if report.path == Path::Me { Some(Proximity::Myself) } else { report.proximity };
        let contact = &report.safe_contact;
        let values = [
            ("channel", report.channel.code().to_owned()),
            ("safe", code(spoken.safe_to_talk)),
            ("danger", code(report.danger)),
            ("caller", caller.map(|caller| caller.code().to_owned()).unwrap_or_default()),
            ("child", code(report.child)),
            ("place", report.place.clone()),
            ("setting", report.setting.clone().unwrap_or_default()),
            ("words", report.words.clone()),
            ("signs", report.signs_seen().collect::<Vec<_>>().join(" ")),
            ("limits", if spoken.told_limits { "yes".to_owned() } else { String::new() }),
            ("naming", report.naming.map(|level| level.code().to_owned()).unwrap_or_default()),
            ("reach", contact.reach.name().to_owned()),
            ("address", contact.address.clone()),
            ("times", contact.times.clone()),
            ("code-word", contact.code_word.clone()),
            ("language", report.language.clone()),
            ("interpreter", spoken.interpreter),
            ("advice", spoken.advice),
        ];
        Self(values.into_iter().collect())
    }

    /// A sheet on which nothing was written yet.
    pub(crate) fn blank(language: &str) -> Self {
        let report = Report { language: language.to_owned(), channel: Channel::Phone, ..Report::default() };
        Self::of(&report)
    }

    pub(crate) fn get(&self, field: &str) -> &str {
        self.0.get(field).map_or("", String::as_str)
    }

    pub(crate) fn signs(&self) -> impl Iterator<Item = &str> {
        self.get("signs").split_whitespace()
    }

    /// The report that this sheet says. What no form of ours can send counts as not answered.
    pub(crate) fn to_report(&self) -> Report {
        let answer = |field: &str| Answer::from_code(self.get(field));
        let caller = Proximity::from_code(self.get("caller"));
        let setting = plainsight_vocabulary::setting(self.get("setting")).map(|setting| setting.id.clone());
        let known = self.signs().filter(|id| plainsight_vocabulary::sign(id).is_some());
        // Only what an adviser can have heard: the site's own channel would pass for a report that the reporter typed.
        let channel = Channel::from_code(self.get("channel")).filter(|channel| SPOKEN.contains(channel)).unwrap_or(Channel::Phone);
        let mut report = Report {
            path: if caller == Some(Proximity::Myself) { Path::Me } else { Path::Noticed },
            proximity: caller,
            language: self.get("language").to_owned(),
            danger: answer("danger"),
            child: answer("child"),
            setting,
            place: self.get("place").to_owned(),
            signs: known.map(|id| (id.to_owned(), Seen::Yes)).collect(),
            words: self.get("words").to_owned(),
            naming: ConsentLevel::from_code(self.get("naming")),
            channel,
            spoken: Some(Spoken {
                safe_to_talk: answer("safe"),
                told_limits: self.get("limits") == "yes",
                interpreter: self.get("interpreter").to_owned(),
                advice: self.get("advice").to_owned(),
            }),
            ..Report::default()
        };
        report.safe_contact.reach = Reach::parse(self.get("reach")).unwrap_or_default();
        report.safe_contact.address = self.get("address").to_owned();
        report.safe_contact.times = self.get("times").to_owned();
        report.safe_contact.code_word = self.get("code-word").to_owned();
        report
    }

    /// Whether anything was written that is worth a contact.
    pub(crate) fn says_something(&self) -> bool {
        let written = |field: &&str| !self.get(field).trim().is_empty();
        self.to_report().says_something() || ["safe", "interpreter", "advice"].iter().any(written)
    }

    pub(crate) fn marks(&self) -> Marks {
        Marks(self.0.iter().map(|(field, value)| ((*field).to_owned(), mark(value))).collect())
    }

    /// The fields whose text is longer than one field takes.
    pub(crate) fn too_long(&self) -> Vec<(&'static str, usize)> {
        let longest = |field: &str| if LONG.contains(&field) { LONGEST_TEXT } else { LONGEST_LINE };
        // The signs are no text: one word for each that is ticked.
        let texts = FIELDS.into_iter().filter(|field| *field != "signs").map(|field| (field, longest(field)));
        texts.filter(|(field, longest)| self.get(field).chars().count() > *longest).collect()
    }

    /// This sheet without the fields that are too long: what was kept of them before stays.
    pub(crate) fn without_too_long(&self) -> Self {
        let mut sheet = self.clone();
        for (field, _) in self.too_long() {
            sheet.0.remove(field);
        }
        sheet
    }

    /// This sheet, with the fields that `take` names as the other has them.
    pub(crate) fn with_from(&self, other: &Self, take: impl Fn(&str) -> bool) -> Self {
        let mut sheet = self.clone();
        for field in FIELDS.into_iter().filter(|field| take(field)) {
            sheet.0.insert(field, other.get(field).to_owned());
        }
        sheet
    }
}

/// The ways on which somebody tells an adviser something.
pub(crate) const SPOKEN: [Channel; 5] = [Channel::Phone, Channel::InPerson, Channel::Letter, Channel::Email, Channel::TextMessage];

impl Marks {
    /// As one hidden field of a form carries them.
    pub(crate) fn to_field(&self) -> String {
        self.0.iter().map(|(field, mark)| format!("{field}:{mark}")).collect::<Vec<_>>().join(" ")
    }

    pub(crate) fn from_field(text: &str) -> Self {
        Self(text.split_whitespace().filter_map(|pair| pair.split_once(':')).map(|(a, b)| (a.to_owned(), b.to_owned())).collect())
    }

    /// The marks of a page that goes on showing what was typed after it was kept in the background. A field that a colleague
    /// changed keeps its mark, so that the old value, which still stands on this page, does not pass for a change; one that
    /// clashes has none, and clashes until somebody has looked.
    pub(crate) fn after(&self, typed: &Sheet, kept: &Sheet, clashes: &[Clash]) -> Self {
        let mut marks = self.clone();
        for field in FIELDS {
            if clashes.iter().any(|clash| clash.field == field) {
                marks.0.remove(field);
            } else if typed.0.get(field) == kept.0.get(field) {
                marks.0.insert(field.to_owned(), mark(kept.get(field)));
            }
        }
        marks
    }

    fn of(&self, field: &str) -> Option<&str> {
        self.0.get(field).map(String::as_str)
    }
}

fn mark(value: &str) -> String {
    let hash = Sha256::new().chain_update(b"plainsight field mark v1").chain_update(value).finalize();
    data_encoding::HEXLOWER.encode(&hash[..6])
}

/// Takes what was typed on a page that showed the fields as `saw`, into what is stored: a field that only one of the two
/// changed is theirs; one that both changed stays as it is stored, and is named.
pub(crate) fn merge(stored: &Sheet, typed: &Sheet, saw: &Marks) -> (Sheet, Vec<Clash>) {
    let mut merged = stored.clone();
    let mut clashes = Vec::new();
    for field in FIELDS {
        let theirs = stored.get(field);
        let Some(ours) = typed.0.get(field).map(String::as_str) else { continue };
        if theirs == ours || saw.of(field) == Some(&mark(ours)) {
            continue;
        }
        if saw.of(field) == Some(&mark(theirs)) {
            merged.0.insert(field, ours.to_owned());
        } else {
            clashes.push(Clash { field, theirs: theirs.to_owned() });
        }
    }
    (merged, clashes)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn sheet(values: &[(&'static str, &str)]) -> Sheet {
        let mut sheet = Sheet::blank("en");
        for (field, value) in values {
            sheet.0.insert(field, (*value).to_owned());
        }
        sheet
    }

    #[test]
    fn a_sheet_says_a_report_and_comes_back_from_it() {
        let full = sheet(&[
            ("channel", "in-person"),
            ("safe", "not-sure"),
            ("danger", "no"),
            ("caller", "self"),
            ("child", "yes"),
            ("place", "Alder Row"),
            ("setting", "car-wash"),
            ("words", "they took my phone"),
            ("signs", "ctl-nophone doc-held"),
            ("limits", "yes"),
            ("naming", "confidential"),
            ("reach", "telephone"),
            ("address", "07700 900123"),
            ("times", "after ten"),
            ("code-word", "library"),
            ("language", "ro"),
            ("interpreter", "line 4, 1123"),
            ("advice", "how to leave safely"),
        ]);
        let setting = plainsight_vocabulary::settings().first().unwrap().id.clone();
        let full = full.with_from(&sheet(&[("setting", &setting)]), |field| field == "setting");
        assert!(Sheet::of(&full.to_report()) == full);
        assert_eq!(full.to_report().path, Path::Me);
        // What no page of ours sends is no answer; nothing an adviser writes passes for what came over the site.
        let odd =
            sheet(&[("channel", "web"), ("danger", "perhaps"), ("setting", "moon"), ("signs", "doc-held no-such"), ("reach", "pigeon")]);
        let report = odd.to_report();
        assert_eq!((report.channel, report.danger, report.setting.as_deref()), (Channel::Phone, None, None));
        assert_eq!((report.signs_seen().collect::<Vec<_>>(), report.safe_contact.reach), (vec!["doc-held"], Reach::Nobody));
    }

    #[test]
    fn what_two_people_change_is_taken_by_field_and_nothing_is_overwritten() {
        let page = sheet(&[("words", "a man"), ("place", "Alder Row")]);
        let stored = sheet(&[("words", "a man and a boy"), ("place", "Alder Row")]);
        let typed = sheet(&[("words", "a man in a van"), ("place", "12 Alder Row")]);
        let (merged, clashes) = merge(&stored, &typed, &page.marks());
        assert_eq!((merged.get("words"), merged.get("place")), ("a man and a boy", "12 Alder Row"));
        assert_eq!(clashes.iter().map(|clash| (clash.field, clash.theirs.as_str())).collect::<Vec<_>>(), [("words", "a man and a boy")]);
        // Both wrote the same: there is nothing to decide.
        assert!(merge(&typed, &typed, &page.marks()).1.is_empty());
    }

    /// Kept in the background over and over, a page never puts its old values over what a colleague wrote meanwhile.
    #[test]
    fn a_page_that_keeps_itself_does_not_take_back_what_a_colleague_wrote() {
        let page = sheet(&[("words", "a man"), ("place", "Alder Row")]);
        let stored = sheet(&[("words", "a man"), ("place", "12 Alder Row")]);
        let mut typed = sheet(&[("words", "a man and a boy"), ("place", "Alder Row")]);
        let (kept, clashes) = merge(&stored, &typed, &page.marks());
        let marks = page.marks().after(&typed, &kept, &clashes);
        typed.0.insert("words", "a man and two boys".to_owned());
        let (kept, clashes) = merge(&kept, &typed, &marks);
        assert_eq!((kept.get("words"), kept.get("place"), clashes.len()), ("a man and two boys", "12 Alder Row", 0));
    }

    #[test]
    fn a_pasted_novel_is_named_and_the_rest_is_kept() {
        let novel = "x".repeat(LONGEST_TEXT + 1);
        let typed = sheet(&[("words", &novel), ("place", "Alder Row")]);
        assert_eq!(typed.too_long(), [("words", LONGEST_TEXT)]);
        let stored = sheet(&[("words", "so far")]);
        let (kept, clashes) = merge(&stored, &typed.without_too_long(), &stored.marks());
        assert_eq!((kept.get("words"), kept.get("place"), clashes.len()), ("so far", "Alder Row", 0));
    }

    proptest! {
        /// Whatever two people type on one sheet: each word of theirs stands in the result or is named as a clash; what nobody
        /// changed is as it was.
        #[test]
        fn nothing_typed_is_lost(
            page in prop::collection::vec("[ab]{0,2}", FIELDS.len()),
            stored in prop::collection::vec("[ab]{0,2}", FIELDS.len()),
            typed in prop::collection::vec("[ab]{0,2}", FIELDS.len()),
        ) {
            let of = |values: &[String]| Sheet(FIELDS.into_iter().zip(values.iter().cloned()).collect());
            let (page, stored, typed) = (of(&page), of(&stored), of(&typed));
            let marks = Marks::from_field(&page.marks().to_field());
            let (merged, clashes) = merge(&stored, &typed, &marks);
            for field in FIELDS {
                let (was, theirs, ours, now) = (page.get(field), stored.get(field), typed.get(field), merged.get(field));
                let clash = clashes.iter().any(|clash| clash.field == field && clash.theirs == theirs);
                prop_assert_eq!(clash, theirs != was && ours != was && theirs != ours);
                prop_assert_eq!(now, if clash || ours == was { theirs } else { ours });
            }
        }
    }
}
