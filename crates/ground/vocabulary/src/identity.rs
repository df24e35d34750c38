//! What in a text may say who wrote it: a name after "my name is", a name signed under it, a telephone number, an e-mail
//! address.
//!
//! Whoever chose to be known to nobody is asked about these before sending (docs/vocabulary.md). Names of others are left
//! alone: a reporter must not be led to take out whom the report is about. It errs towards silence where a capital letter
//! is all there is to go by, and asks about every number, for only the reporter knows whose it is.
//!
//! The phrases are data (`data/introductions.csv`), looked for in every text whatever its language.

use std::{ops::Range, sync::OnceLock};

/// What a piece of text may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TellingKind {
    /// A name that the writer says is their own, or signs with.
    OwnName,
    /// A telephone number, of whomever.
    Telephone,
    /// An e-mail address, of whomever.
    Email,
}

/// A piece of a text that may say who wrote it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Telling {
    /// Byte range in the text that was read, on character boundaries.
    pub range: Range<usize>,
    /// What it may be.
    pub kind: TellingKind,
}

/// The pieces of a text that may say who wrote it, in the order in which they stand; none overlaps another.
#[must_use]
pub fn tells_who(text: &str) -> Vec<Telling> {
    let mut found = pieces(text);
    found.extend(signed(text));
    in_order(found)
}

/// The same for a line that nobody signs, such as a place: the last word of an address is no name of its writer.
#[must_use]
pub fn tells_who_in_a_line(text: &str) -> Vec<Telling> {
    in_order(pieces(text))
}

/// Only the telephone numbers and e-mail addresses of a text, of whomever, in the order in which they stand.
#[must_use]
pub fn reachable_at(text: &str) -> Vec<Telling> {
    let mut found = if text.contains(char::is_numeric) { numbers(&signs(text), text.len()) } else { Vec::new() };
    found.extend(addresses(text));
    in_order(found)
}

fn pieces(text: &str) -> Vec<Telling> {
    let signs = signs(text);
    let mut found: Vec<Telling> = introduced(&signs, text.len());
    found.extend(numbers(&signs, text.len()));
    found.extend(addresses(text));
    found
}

fn in_order(mut found: Vec<Telling>) -> Vec<Telling> {
    found.sort_by_key(|telling| (telling.range.start, std::cmp::Reverse(telling.range.end)));
    let mut end = 0;
    found.retain(|telling| {
        let free = telling.range.start >= end;
        end = end.max(telling.range.end);
        free
    });
    found
}

fn signs(text: &str) -> Vec<Sign> {
    text.char_indices().map(|(at, sign)| Sign { at, sign, folded: fold(sign) }).collect()
}

/// A character of the text: where it stands, and without case and marks.
struct Sign {
    at: usize,
    sign: char,
    folded: char,
}

fn fold(sign: char) -> char {
    match sign.to_lowercase().next().unwrap_or(sign) {
        'ă' | 'â' | 'á' | 'à' | 'ä' => 'a',
        'î' | 'í' | 'ì' | 'ï' | 'ı' => 'i',
        'ș' | 'ş' => 's',
        'ț' | 'ţ' => 't',
        'é' | 'è' | 'ê' | 'ë' | 'ę' => 'e',
        'ё' => 'е',
        '\u{2019}' | '\u{2bc}' => '\'',
        sign if sign.is_whitespace() => ' ',
        sign => sign,
    }
}

/// How somebody says their own name, or thanks before they sign.
struct Introduction {
    words: Vec<char>,
    /// No introduction but a word of thanks: what stands alone after the last comma behind it signs the text.
    thanks: bool,
    /// Two words with capitals must follow.
    full: bool,
    /// The script writes no spaces: no word ends where the phrase begins.
    unspaced: bool,
}

impl Introduction {
    /// The index after the phrase when it stands at `start`, as whole words where the script has them.
    fn at(&self, signs: &[Sign], start: usize) -> Option<usize> {
        let in_word = |at: Option<usize>| at.and_then(|at| signs.get(at)).is_some_and(|sign| sign.sign.is_alphanumeric());
        if !self.unspaced && in_word(start.checked_sub(1)) {
            return None;
        }
        matches_at(signs, start, &self.words).filter(|after| self.unspaced || !in_word(Some(*after)))
    }
}

fn introductions() -> &'static [Introduction] {
    static INTRODUCTIONS: OnceLock<Vec<Introduction>> = OnceLock::new();
    INTRODUCTIONS.get_or_init(|| {
        let rows = include_str!("../data/introductions.csv").lines().filter(|line| !line.starts_with('#')).skip(1);
        rows.filter_map(|row| {
            let mut cells = row.splitn(3, ',');
            let (kind, language, phrase) = (cells.next()?, cells.next()?, cells.next()?);
            Some(Introduction {
                words: phrase.chars().map(fold).collect(),
                full: kind == "full",
                thanks: kind == "thanks",
                unspaced: language == "zh",
            })
        })
        .collect()
    })
}

fn introduced(signs: &[Sign], length: usize) -> Vec<Telling> {
    let mut found = Vec::new();
    for start in 0..signs.len() {
        for introduction in introductions().iter().filter(|introduction| !introduction.thanks) {
            let Some(after) = introduction.at(signs, start) else { continue };
            if let Some(range) = name_after(signs, length, after, introduction) {
                found.push(Telling { range, kind: TellingKind::OwnName });
            }
        }
    }
    found
}

/// The index after the phrase when it stands at `start`; any run of white space is one space.
fn matches_at(signs: &[Sign], start: usize, phrase: &[char]) -> Option<usize> {
    let mut at = start;
    for wanted in phrase {
        if signs.get(at)?.folded != *wanted {
            return None;
        }
        at += 1;
        while *wanted == ' ' && signs.get(at).is_some_and(|sign| sign.folded == ' ') {
            at += 1;
        }
    }
    Some(at)
}

/// The words of a name that follow: the first, and those with a capital after it; two when none has one.
fn name_after(signs: &[Sign], length: usize, after: usize, introduction: &Introduction) -> Option<Range<usize>> {
    const LONGEST: usize = 4;
    const UNSPACED_LONGEST: usize = 4;
    /// Words that go on with the sentence after a name without capitals.
    const GOES_ON: [&str; 14] = ["and", "i", "we", "from", "please", "but", "si", "din", "am", "y", "et", "und", "the", "lucrez"];
    let mut at = after;
    let mut words: Vec<(usize, usize)> = Vec::new();
    loop {
        while signs.get(at).is_some_and(|sign| matches!(sign.folded, ' ' | ':') && sign.sign != '\n') {
            at += 1;
        }
        let begin = at;
        while signs.get(at).is_some_and(|sign| is_part_of_name(sign.sign)) && (!introduction.unspaced || at - begin < UNSPACED_LONGEST) {
            at += 1;
        }
        if begin == at || words.len() == LONGEST {
            break;
        }
        let capital = signs.get(begin).is_some_and(|sign| sign.sign.is_uppercase());
        let text: String = signs.get(begin..at)?.iter().map(|sign| sign.folded).collect();
        let first_has_capital = words.first().is_some_and(|(first, _)| signs.get(*first).is_some_and(|sign| sign.sign.is_uppercase()));
        let belongs = match words.len() {
            0 => capital || !introduction.full,
            _ if first_has_capital => capital && !GOES_ON.contains(&text.as_str()),
            1 => !introduction.full && !introduction.unspaced && !GOES_ON.contains(&text.as_str()),
            _ => false,
        };
        if !belongs {
            break;
        }
        words.push((begin, at));
    }
    if words.is_empty() || (introduction.full && words.len() < 2) {
        return None;
    }
    let (first, last) = (words.first()?.0, words.last()?.1);
    Some(signs.get(first)?.at..signs.get(last).map_or(length, |sign| sign.at))
}

fn is_part_of_name(sign: char) -> bool {
    // Letters, marks that stand on them, and what joins two names into one.
    sign.is_alphabetic() || matches!(sign, '\'' | '\u{2019}' | '-' | '\u{300}'..='\u{36f}' | '\u{900}'..='\u{d7f}')
}

/// A number has at least so many digits: shorter ones are house numbers, prices and dates.
const FEWEST_DIGITS: usize = 9;
/// ITU-T E.164: no telephone number has more.
const MOST_DIGITS: usize = 15;

/// Runs of at least nine digits, with what people put between them.
fn numbers(signs: &[Sign], length: usize) -> Vec<Telling> {
    let begins = |at: usize| signs.get(at).is_some_and(|sign| sign.sign.is_numeric() || sign.sign == '+');
    let mut found = Vec::new();
    let mut at = 0;
    while at < signs.len() {
        if !begins(at) {
            at += 1;
            continue;
        }
        let begin = at;
        while signs.get(at).is_some_and(|sign| joins(sign.sign)) && !ends_a_number(signs, at) {
            at += 1;
        }
        for piece in each_number(signs.get(begin..at).unwrap_or_default()) {
            let range =
                signs.get(begin + piece.start).map_or(length, |sign| sign.at)..signs.get(begin + piece.end).map_or(length, |sign| sign.at);
            found.push(Telling { range, kind: TellingKind::Telephone });
        }
        at = at.max(begin + 1);
    }
    found
}

fn joins(sign: char) -> bool {
    sign.is_numeric() || matches!(sign, ' ' | '-' | '(' | ')' | '.' | '/' | '+' | '\u{a0}')
}

/// The end of a sentence, and a stroke between two spaces, stand between two numbers, never within one.
fn ends_a_number(signs: &[Sign], at: usize) -> bool {
    let is = |at: usize, wanted: char| signs.get(at).is_some_and(|sign| sign.folded == wanted);
    (is(at, '.') && is(at + 1, ' ')) || (at > 0 && is(at - 1, ' ') && is(at, '/') && is(at + 1, ' '))
}

/// The numbers in a run of digits, as index ranges: the run itself, or several that stand side by side with a space between
/// them. What cannot be told apart is asked about as a whole.
fn each_number(run: &[Sign]) -> Vec<Range<usize>> {
    let digits = |range: &Range<usize>| run.get(range.clone()).unwrap_or_default().iter().filter(|sign| sign.sign.is_numeric()).count();
    let Some(last) = run.iter().rposition(|sign| sign.sign.is_numeric()) else { return Vec::new() };
    let whole = 0..last + 1;
    match digits(&whole) {
        0..FEWEST_DIGITS => return Vec::new(),
        FEWEST_DIGITS..=MOST_DIGITS => return vec![whole],
        _ => {}
    }
    let mut found: Vec<Range<usize>> = Vec::new();
    let mut at = 0;
    for word in run.get(whole.clone()).unwrap_or_default().split(|sign| sign.folded == ' ') {
        let this = at..at + word.len();
        at = this.end + 1;
        let number = digits(&this);
        if number == 0 {
            continue;
        }
        let first = word.first().map_or(' ', |sign| sign.sign);
        let goes_on = found.last().map(&digits).is_some_and(|so_far| {
            let full = so_far >= FEWEST_DIGITS && matches!(first, '0' | '+');
            !full && so_far + number <= MOST_DIGITS
        });
        match found.last_mut() {
            Some(number) if goes_on => number.end = this.end,
            _ => found.push(this),
        }
    }
    let all_numbers = found.iter().all(|range| (FEWEST_DIGITS..=MOST_DIGITS).contains(&digits(range)));
    if all_numbers { found } else { vec![whole] }
}

fn addresses(text: &str) -> Vec<Telling> {
    let part = |sign: char| sign.is_alphanumeric() || matches!(sign, '.' | '-' | '_' | '+');
    text.match_indices('@')
        .filter_map(|(at, _)| {
            let (before, after) = (text.get(..at)?, text.get(at + 1..)?);
            let start = before.char_indices().rev().take_while(|(_, sign)| part(*sign)).last()?.0;
            let domain = after.split(|sign: char| !part(sign)).next()?.trim_end_matches('.');
            domain.contains('.').then(|| Telling { range: start..at + 1 + domain.len(), kind: TellingKind::Email })
        })
        .collect()
}

/// A last line that is a name and nothing else, or what stands after its last comma; in a text of one line only after a
/// word of thanks, for the last word of a place may stand there too.
fn signed(text: &str) -> Vec<Telling> {
    let end = text.trim_end_matches(|sign: char| sign.is_whitespace() || sign == '.').len();
    let whole = text.get(..end).unwrap_or_default();
    let line_start = whole.rfind('\n').map(|at| at + 1);
    let (line_start, one_line) = (line_start.unwrap_or_default(), line_start.is_none());
    let line = whole.get(line_start..).unwrap_or_default();
    if one_line && !line.rfind(',').and_then(|comma| line.get(..comma)).is_some_and(thanks) {
        return Vec::new();
    }
    let start = line.rfind(',').map_or(line_start, |at| line_start + at + 1);
    let last = whole.get(start..).unwrap_or_default();
    let begin = start + (last.len() - last.trim_start().len());
    let name = last.trim();
    let words: Vec<&str> = name.split_whitespace().collect();
    let is_name = |word: &&str| word.chars().next().is_some_and(char::is_uppercase) && word.chars().all(is_part_of_name);
    if (1..=3).contains(&words.len()) && words.iter().all(is_name) {
        vec![Telling { range: begin..begin + name.len(), kind: TellingKind::OwnName }]
    } else {
        Vec::new()
    }
}

/// Whether the last sentence of a text says thanks.
fn thanks(text: &str) -> bool {
    let sentence = text.rsplit(['.', '!', '?']).next().unwrap_or_default();
    let signs = signs(sentence);
    (0..signs.len()).any(|start| introductions().iter().any(|phrase| phrase.thanks && phrase.at(&signs, start).is_some()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_of_the_phrases_is_read() {
        let rows = include_str!("../data/introductions.csv").lines().filter(|line| !line.starts_with('#')).count() - 1;
        assert_eq!(introductions().len(), rows);
    }
}
