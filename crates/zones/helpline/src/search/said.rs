//! What a contact says, as search needs it: its words, and the facts that lead from one contact to another (telephones, e-mail
//! addresses, number plates, names on platforms, postcodes), each with the part of the folder in which it stands.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use plainsight_names::fold;
use plainsight_vocabulary::{Answer, TellingKind, reachable_at};
use uuid::Uuid;

use crate::acts::decide::decided;
use crate::acts::open::Paper;
use crate::case::{Case, Decision, Entry, Opening, cases_of};
use crate::dialogue::reports;
use crate::message::UrgentReferral;
use crate::report::{About, Report};

/// Longer words are cut: nobody types them, and a pasted key must not fill the memory.
const LONGEST_WORD: usize = 40;

/// Which part of a contact's folder. Kept as bits beside each word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub(crate) enum Part {
    Words = 1,
    Place = 2,
    /// How the reporter may be reached.
    Reach = 4,
    Message = 8,
    Note = 16,
    Referral = 32,
}

impl Part {
    pub(crate) const ALL: [Self; 6] = [Self::Words, Self::Place, Self::Reach, Self::Message, Self::Note, Self::Referral];

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Words => "words",
            Self::Place => "place",
            Self::Reach => "reach",
            Self::Message => "message",
            Self::Note => "note",
            Self::Referral => "referral",
        }
    }
}

/// What kind of thing leads from one contact to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum FactKind {
    Telephone,
    Email,
    Plate,
    /// A name on a platform: `@name`.
    Handle,
    Postcode,
}

impl FactKind {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Telephone => "telephone",
            Self::Email => "email",
            Self::Plate => "plate",
            Self::Handle => "handle",
            Self::Postcode => "postcode",
        }
    }
}

/// One such thing, spelt in the one way in which it is compared.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Fact {
    pub(crate) kind: FactKind,
    pub(crate) value: Box<str>,
}

impl Fact {
    /// As somebody would type it, so that it reads as the same thing again.
    pub(crate) fn text(&self) -> String {
        if self.kind == FactKind::Handle { format!("@{}", self.value) } else { self.value.to_string() }
    }
}

/// Words and facts, each with the parts in which they stand.
#[derive(Default)]
pub(crate) struct Said {
    pub(crate) words: BTreeMap<Box<str>, u8>,
    pub(crate) facts: BTreeMap<Fact, u8>,
    /// Somebody under 18, or perhaps under 18.
    pub(crate) child: bool,
    pub(crate) complaint: bool,
    /// How many reports it holds of somebody who brings news of others (see `dialogue.rs`).
    pub(crate) reports: usize,
    /// Of a case.
    pub(crate) title: Option<String>,
    /// Of a case: somebody asks about the data that is kept of them, and was not answered yet.
    pub(crate) asked: bool,
    /// The cases that a contact is in.
    pub(crate) cases: BTreeSet<Uuid>,
    /// What was decided last about it.
    pub(crate) decision: Option<Decision>,
}

impl Said {
    /// All that is said in the folder of a case. What its contacts say is found with them.
    pub(crate) fn of_case(opening: &Opening, entries: &[Option<Entry>]) -> Self {
        let case = Case::of(opening, entries.iter().flatten());
        let mut said = Self::default();
        said.take_in(&case.title, Part::Words);
        for entry in entries.iter().flatten() {
            said.take_in(&entry.text, Part::Note);
        }
        Self { asked: case.waiting().is_some(), decision: case.decision, title: Some(case.title), ..said }
    }

    /// All that is said in a folder.
    pub(crate) fn of<'a>(report: &Report, papers: impl IntoIterator<Item = &'a Paper>) -> Self {
        let mut said = Self {
            child: matches!(report.child, Some(Answer::Yes | Answer::NotSure)),
            complaint: report.about == About::Complaint,
            ..Self::default()
        };
        let papers: Vec<&Paper> = papers.into_iter().collect();
        said.cases = cases_of(papers.iter().copied());
        said.decision = decided(papers.iter().copied());
        said.reports = reports(report, papers.iter().copied());
        said.take_in(&report.words, Part::Words);
        said.take_in(&report.role, Part::Words);
        said.take_in(report.handed.as_ref().map_or("", |handed| &handed.from), Part::Reach);
        if let Some(spoken) = &report.spoken {
            said.take_in(&spoken.advice, Part::Words);
        }
        said.take_in(&report.place, Part::Place);
        said.take_in(&report.safe_contact.address, Part::Reach);
        said.take_in(&report.safe_contact.code_word, Part::Reach);
        for paper in papers {
            match paper {
                Paper::Message(message) => {
                    said.take_in(&message.text, Part::Message);
                    // The earlier ways stay too: they may lead from one contact to another, though nobody may use them.
                    if let Some(wishes) = &message.wishes {
                        said.take_in(&wishes.address, Part::Reach);
                        said.take_in(&wishes.code_word, Part::Reach);
                    }
                }
                Paper::Note(note) => said.take_in(&note.text, Part::Note),
                Paper::Review(review) => said.take_in(&review.text, Part::Referral),
                Paper::UrgentReferral(UrgentReferral { call_taker, incident_reference, told, .. }) => {
                    for text in [call_taker.as_str(), incident_reference.as_deref().unwrap_or_default(), told.as_str()] {
                        said.take_in(text, Part::Referral);
                    }
                }
                Paper::File(file) => said.take_in(&file.name, Part::Words),
                Paper::Custody(custody) => said.take_in(&custody.reason, Part::Note),
                Paper::Cleaning(_) | Paper::Damaged(_) => {}
            }
        }
        said
    }

    /// The numbers and addresses at which whoever wrote may be, or was, reached.
    pub(crate) fn reached_at(&self) -> impl Iterator<Item = &Fact> {
        let direct = |fact: &Fact| matches!(fact.kind, FactKind::Telephone | FactKind::Email);
        self.facts.iter().filter(move |(fact, parts)| *parts & Part::Reach as u8 != 0 && direct(fact)).map(|(fact, _)| fact)
    }

    /// Puts in the words and facts of a text.
    pub(crate) fn take_in(&mut self, text: &str, part: Part) {
        for word in words(text) {
            *self.words.entry(word.into()).or_default() |= part as u8;
        }
        for (_, fact) in facts(text) {
            *self.facts.entry(fact).or_default() |= part as u8;
        }
    }
}

/// The words of a text, in small letters without marks, other scripts in their commonest Latin spelling. Scripts that set no
/// spaces between words give each pair of neighbouring signs.
pub(crate) fn words(text: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut word = String::new();
    let mut before: Option<char> = None;
    for sign in text.chars().chain([' ']) {
        if is_unspaced(sign) {
            push(&mut words, &mut word);
            if let Some(before) = before {
                words.push(String::from_iter([before, sign]));
            }
            before = Some(sign);
            continue;
        }
        before = None;
        if sign.is_alphanumeric() || is_mark(sign) {
            word.push(sign);
        } else if !is_apostrophe(sign) {
            push(&mut words, &mut word);
        }
    }
    words
}

fn push(words: &mut Vec<String>, word: &mut String) {
    if !word.is_empty() {
        let mut folded = fold(word);
        if let Some((end, _)) = folded.char_indices().nth(LONGEST_WORD) {
            folded.truncate(end);
        }
        if !folded.is_empty() {
            words.push(folded);
        }
        word.clear();
    }
}

fn is_apostrophe(sign: char) -> bool {
    matches!(sign, '\'' | '\u{2019}' | '\u{2bc}')
}

/// A mark that stands on a letter is part of the word.
fn is_mark(sign: char) -> bool {
    matches!(sign, '\u{300}'..='\u{36f}' | '\u{5b0}'..='\u{5c7}' | '\u{610}'..='\u{61a}' | '\u{64b}'..='\u{65f}' | '\u{93a}'..='\u{94f}' | '\u{981}'..='\u{d4d}')
}

fn is_unspaced(sign: char) -> bool {
    matches!(sign, '\u{e00}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}' | '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}')
}

/// The facts in a text, and where they stand.
pub(crate) fn facts(text: &str) -> Vec<(Range<usize>, Fact)> {
    let mut found: Vec<(Range<usize>, Fact)> = reachable_at(text)
        .into_iter()
        .filter_map(|telling| {
            let piece = text.get(telling.range.clone())?;
            let (kind, value) = match telling.kind {
                TellingKind::Telephone => (FactKind::Telephone, telephone(piece)?),
                TellingKind::Email => (FactKind::Email, piece.to_lowercase()),
                TellingKind::OwnName => return None,
            };
            Some((telling.range, Fact { kind, value: value.into() }))
        })
        .collect();
    let tokens: Vec<Range<usize>> = tokens(text);
    let mut at = 0;
    while at < tokens.len() {
        let taken = (1..=3).rev().find_map(|count| {
            let window = tokens.get(at..at + count)?;
            let range = window.first()?.start..window.last()?.end;
            let fact = plate_or_postcode(text, window)?;
            found.iter().all(|(other, _)| apart(other, &range)).then_some((count, range, fact))
        });
        match taken {
            Some((count, range, fact)) => {
                found.push((range, fact));
                at += count;
            }
            None => at += 1,
        }
    }
    let free: Vec<_> = handles(text).filter(|(range, _)| found.iter().all(|(other, _)| apart(other, range))).collect();
    found.extend(free);
    found
}

fn apart(one: &Range<usize>, other: &Range<usize>) -> bool {
    one.end <= other.start || other.end <= one.start
}

/// A telephone number as it is compared: its last nine digits. A number is written with its country's code, with a zero for the
/// trunk or with neither; from the ninth digit backwards all three are the same.
/// `None` for fewer digits: other signs that count as numbers are none.
fn telephone(text: &str) -> Option<String> {
    let digits: Vec<char> = text.chars().filter_map(digit).filter_map(|digit| char::from_digit(digit, 10)).collect();
    digits.get(digits.len().checked_sub(9)?..).map(|digits| digits.iter().collect())
}

/// The value of a decimal digit of any script that people write telephone numbers in.
fn digit(sign: char) -> Option<u32> {
    /// The zeros of the scripts (Unicode, general category Nd); nine digits follow each.
    const ZEROS: [char; 19] = ['0', '٠', '۰', '߀', '०', '০', '੦', '૦', '୦', '௦', '౦', '೦', '൦', '๐', '໐', '༠', '၀', '០', '０'];
    ZEROS.iter().map(|zero| u32::from(sign).wrapping_sub(u32::from(*zero))).find(|digit| *digit < 10)
}

/// Runs of Latin letters and digits.
fn tokens(text: &str) -> Vec<Range<usize>> {
    let mut tokens = Vec::new();
    let mut start = None;
    for (at, sign) in text.char_indices().chain([(text.len(), ' ')]) {
        match (start, sign.is_alphanumeric()) {
            (None, true) => start = Some(at),
            (Some(begin), false) => {
                tokens.push(begin..at);
                start = None;
            }
            _ => {}
        }
    }
    tokens
}

/// A plate or a postcode in tokens that stand side by side. Words that only happen to have the shape ("in 20 men") are told
/// apart by their small letters, unless a token mixes letters and digits.
fn plate_or_postcode(text: &str, window: &[Range<usize>]) -> Option<Fact> {
    let whole = text.get(window.first()?.start..window.last()?.end)?;
    if !whole.contains(|sign: char| sign.is_ascii_digit()) {
        return None;
    }
    let joined_well = window.windows(2).all(|pair| match pair {
        [one, other] => matches!(text.get(one.end..other.start), Some(" " | "-" | "\u{a0}")),
        _ => false,
    });
    let pieces: Vec<&str> = window.iter().filter_map(|range| text.get(range.clone())).collect();
    let mixed =
        |piece: &&str| piece.contains(|sign: char| sign.is_ascii_digit()) && piece.contains(|sign: char| sign.is_ascii_alphabetic());
    let small = |piece: &&str| piece.contains(|sign: char| sign.is_ascii_lowercase());
    if !joined_well || (!pieces.iter().any(mixed) && pieces.iter().any(small)) {
        return None;
    }
    let joined: String = pieces.concat().to_ascii_uppercase();
    let shape: String = joined
        .chars()
        .map(|sign| match sign {
            'A'..='Z' => 'A',
            '0'..='9' => '9',
            _ => '?',
        })
        .collect();
    if is_postcode(&pieces, &shape) {
        return Some(Fact { kind: FactKind::Postcode, value: joined.into() });
    }
    (is_british(&pieces, &joined, &shape) || is_romanian(&joined, &shape)).then(|| Fact { kind: FactKind::Plate, value: joined.into() })
}

/// The shapes of postcodes of the United Kingdom. The space may be left out only where the whole is one token.
fn is_postcode(pieces: &[&str], shape: &str) -> bool {
    let shapes = ["A99AA", "AA99AA", "A999AA", "A9A9AA", "AA999AA", "AA9A9AA"];
    shapes.contains(&shape)
        && match pieces {
            [_] => true,
            [_, inward] => inward.len() == 3,
            _ => false,
        }
}

/// Marks of the United Kingdom since 1963, with those of Northern Ireland (DVLA, leaflet INF104), in one piece or in the two
/// in which they stand on the plate.
fn is_british(pieces: &[&str], joined: &str, shape: &str) -> bool {
    let first = match shape {
        "AA99AAA" => 4,
        "A9AAA" | "A99AAA" | "A999AAA" => shape.len() - 3,
        "AAA9A" | "AAA99A" | "AAA999A" => 3,
        // The letters of Northern Ireland have an I or a Z among them.
        "AAA9999" if joined.get(..3).is_some_and(|letters| letters.contains(['I', 'Z'])) => 3,
        _ => return false,
    };
    match pieces {
        [_] => true,
        [one, _] => one.len() == first,
        _ => false,
    }
}

/// Romanian marks: the county, two or three digits, three letters.
fn is_romanian(joined: &str, shape: &str) -> bool {
    const COUNTIES: [&str; 41] = [
        "AB", "AR", "AG", "BC", "BH", "BN", "BT", "BV", "BR", "BZ", "CS", "CL", "CJ", "CT", "CV", "DB", "DJ", "GL", "GR", "GJ", "HR", "HD",
        "IL", "IS", "IF", "MM", "MH", "MS", "NT", "OT", "PH", "SM", "SJ", "SB", "SV", "TR", "TM", "TL", "VS", "VL", "VN",
    ];
    match shape {
        "A99AAA" | "A999AAA" => joined.starts_with('B'),
        "AA99AAA" => joined.get(..2).is_some_and(|county| COUNTIES.contains(&county)),
        _ => false,
    }
}

/// `@name`, where no address stands before the sign.
fn handles(text: &str) -> impl Iterator<Item = (Range<usize>, Fact)> + '_ {
    text.match_indices('@').filter_map(|(at, _)| {
        let before = text.get(..at)?.chars().next_back();
        if before.is_some_and(|sign| sign.is_alphanumeric() || matches!(sign, '.' | '_' | '-' | '+')) {
            return None;
        }
        let after = text.get(at + 1..)?;
        let end = after.find(|sign: char| !(sign.is_ascii_alphanumeric() || matches!(sign, '.' | '_'))).unwrap_or(after.len());
        let name = after.get(..end)?.trim_end_matches('.');
        (name.len() >= 3).then(|| (at..at + 1 + name.len(), Fact { kind: FactKind::Handle, value: name.to_ascii_lowercase().into() }))
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn found(text: &str) -> Vec<(FactKind, String)> {
        facts(text).into_iter().map(|(_, fact)| (fact.kind, fact.value.to_string())).collect()
    }

    #[test]
    fn a_number_is_one_number_however_it_is_written() {
        for written in ["+44 7700 900123", "07700 900123", "0044 7700-900-123", "(07700) 900123", "7700900123"] {
            assert_eq!(found(&format!("call {written}.")), [(FactKind::Telephone, "700900123".to_owned())], "{written}");
        }
        for written in ["٠٧٧٠٠٩٠٠١٢٣", "۰۷۷۰۰ ۹۰۰۱۲۳", "০৭৭০০৯০০১২৩"] {
            assert_eq!(found(written), [(FactKind::Telephone, "700900123".to_owned())], "{written}");
        }
        for written in ["room 12, 40 pounds, 2026", "ⅠⅡⅢⅣⅤⅥⅦⅧⅨ", "½½½½½½½½½½"] {
            assert_eq!(found(written), [], "{written}");
        }
    }

    #[test]
    fn plates_and_postcodes_are_told_from_words_of_their_shape() {
        let plate = |value: &str| vec![(FactKind::Plate, value.to_owned())];
        for written in ["white van WX21 ABC outside", "wx21abc", "van wx21 abc", "WX21-ABC"] {
            assert_eq!(found(written), plate("WX21ABC"), "{written}");
        }
        for (written, value) in [("B 123 ABC", "B123ABC"), ("CJ-12-XYZ", "CJ12XYZ"), ("B123XYZ", "B123XYZ"), ("GXI 1234", "GXI1234")] {
            assert_eq!(found(written), plate(value), "{written}");
        }
        for written in ["WM90 7KC", "at wm907kc", "3 Almonry Wynd, WM90 7kc"] {
            assert_eq!(found(written), [(FactKind::Postcode, "WM907KC".to_owned())], "{written}");
        }
        for written in ["in 20 men", "at 10 the", "we saw 12 people", "ZZ 12 XYZ", "the 40 old", "they pay 30", "B&B 12 abc"] {
            assert_eq!(found(written), [], "{written}");
        }
    }

    #[test]
    fn addresses_and_names_on_platforms() {
        let text = "write to Boss.Man@Example.org or @car_wash.king.";
        assert_eq!(found(text), [(FactKind::Email, "boss.man@example.org".to_owned()), (FactKind::Handle, "car_wash.king".to_owned())]);
    }

    #[test]
    fn words_lose_case_marks_and_script() {
        assert_eq!(words("Ionuț’s CAR-wash, Ștefan"), ["ionuts", "car", "wash", "stefan"]);
        assert_eq!(words("Иван"), [fold("Иван")]);
        assert_eq!(words("洗车场"), ["洗车", "车场"]);
        assert!(words(&"x".repeat(500))[0].len() <= LONGEST_WORD);
    }

    proptest! {
        /// What somebody typed is never a reason to fail, and every fact is a piece of the text.
        #[test]
        fn any_text_can_be_read(text in "\\PC{0,80}|[A-Z0-9 @.+-]{0,40}") {
            for (range, fact) in facts(&text) {
                prop_assert!(text.get(range).is_some());
                prop_assert!(!fact.value.is_empty());
            }
            prop_assert!(words(&text).iter().all(|word| !word.is_empty() && word.chars().count() <= LONGEST_WORD));
        }
    }
}
