//! Does a reply ask the reporter to find out more?
//!
//! Being asked to look again puts a reporter in danger and turns a volunteer into a covert human intelligence
//! source (Regulation of Investigatory Powers Act 2000, section 26). This check reads a reply before it is sent and
//! marks the phrases that ask somebody to go back, follow, film, watch, ask around or stay in touch. It warns;
//! a person decides. It errs towards warning, and keeps quiet for "do not ...", for what *we* will do, and for
//! questions about what was already seen ("did you go back?").
//!
//! The phrases are data (`data/tasking.csv`): words folded to plain lower-case letters, `a|b` for either,
//! `stem*` for any ending, `_2` for up to two words between. A row of the kind `allowed` takes a phrase out again.

use std::{ops::Range, sync::OnceLock};

use crate::code_list::code_list;

code_list! {
    /// What a phrase asks of the reporter.
    pub enum TaskingRule {
        /// Find out, check, gather.
        FindOut = "find-out",
        /// Ask or speak to somebody.
        Ask = "ask",
        /// Go back, look again, go inside.
        GoBack = "go-back",
        /// Follow somebody.
        Follow = "follow",
        /// Film, photograph, record, note down.
        Record = "record",
        /// Keep watch, report back.
        Watch = "watch",
        /// Stay in touch, win trust, pretend.
        StayInTouch = "stay-in-touch",
    }
}

impl TaskingRule {
    /// The Fluent key of the line that tells an adviser what is wrong: `tasking-go-back`.
    #[must_use]
    pub fn key(self) -> String {
        format!("tasking-{}", self.code())
    }
}

/// A phrase that asks the reporter to do something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hit {
    /// Byte range in the text that was checked, on character boundaries.
    pub range: Range<usize>,
    /// What it asks.
    pub rule: TaskingRule,
}

/// The phrases in a reply that ask the reporter to find out more, in the order in which they stand.
///
/// English and Romanian phrases are both looked for in every text. Phrases that overlap are one hit.
#[must_use]
pub fn tasking_phrases(text: &str) -> Vec<Hit> {
    let words = words(text);
    let phrases = phrases();
    let allowed: Vec<Range<usize>> = (0..words.len())
        .flat_map(|start| {
            let words = &words;
            phrases.allowed.iter().filter_map(move |phrase| Some(start..phrase.match_at(words, start)?))
        })
        .collect();
    let mut hits: Vec<Hit> = Vec::new();
    for start in 0..words.len() {
        let Some((end, rule)) = longest(&phrases.hits, &words, start) else {
            continue;
        };
        if allowed.iter().any(|allowed| allowed.start < end && start < allowed.end) || excused(&words, start) {
            continue;
        }
        let (Some(first), Some(last)) = (words.get(start), words.get(end - 1)) else {
            continue;
        };
        match hits.last_mut() {
            Some(before) if first.range.start < before.range.end => {
                before.range.end = before.range.end.max(last.range.end);
            }
            _ => hits.push(Hit { range: first.range.start..last.range.end, rule }),
        }
    }
    hits
}

fn longest(phrases: &[(Phrase, TaskingRule)], words: &[Word], start: usize) -> Option<(usize, TaskingRule)> {
    phrases.iter().filter_map(|(phrase, rule)| Some((phrase.match_at(words, start)?, *rule))).max_by_key(|(end, _)| *end)
}

/// What stands between a word and the one before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Gap {
    None,
    Clause,
    Sentence,
}

#[derive(Debug)]
struct Word {
    folded: String,
    range: Range<usize>,
    before: Gap,
}

fn words(text: &str) -> Vec<Word> {
    let mut words: Vec<Word> = Vec::new();
    let mut open = false;
    let mut gap = Gap::Sentence;
    for (at, c) in text.char_indices() {
        if c.is_alphanumeric() || is_mark(c) {
            let end = at + c.len_utf8();
            if !open {
                words.push(Word { folded: String::new(), range: at..end, before: gap });
                open = true;
                gap = Gap::None;
            }
            if let Some(word) = words.last_mut() {
                word.range.end = end;
                fold(c, &mut word.folded);
            }
        } else if open && matches!(c, '\'' | '\u{2019}') {
            // "don't" is one word, with or without its apostrophe.
        } else {
            open = false;
            gap = gap.max(match c {
                '.' | '!' | '?' | ';' | ':' | '\n' | '\u{2026}' => Gap::Sentence,
                ',' | '(' | ')' | '\u{2013}' | '\u{2014}' => Gap::Clause,
                _ => Gap::None,
            });
        }
    }
    words
}

/// Combining marks: a letter written as base and mark folds to its base.
fn is_mark(c: char) -> bool {
    ('\u{300}'..='\u{36f}').contains(&c)
}

fn fold(c: char, into: &mut String) {
    for c in c.to_lowercase() {
        match c {
            'ă' | 'â' | 'á' | 'à' | 'ä' => into.push('a'),
            'î' | 'í' | 'ì' | 'ï' => into.push('i'),
            'ș' | 'ş' => into.push('s'),
            'ț' | 'ţ' => into.push('t'),
            'é' | 'è' | 'ê' | 'ë' => into.push('e'),
            c if is_mark(c) => {}
            c => into.push(c),
        }
    }
}

/// Whether the phrase that begins at `start` is forbidden rather than asked for, is something that somebody else
/// will do, or is a question about the past.
fn excused(words: &[Word], start: usize) -> bool {
    const NEGATORS: [&str; 16] = [
        "not",
        "dont",
        "never",
        "without",
        "cannot",
        "cant",
        "shouldnt",
        "mustnt",
        "wont",
        "nobody",
        "nu",
        "niciodata",
        "fara",
        "nici",
        "nimeni",
        "neither",
    ];
    // "do not worry", "not sure", "do not forget": what follows is still asked for.
    const AFTER_EMPTY_NEGATOR: [&str; 16] = [
        "worry", "sure", "forget", "hesitate", "panic", "only", "yet", "be", "uita", "uitati", "ezita", "ezitati", "sunteti", "esti",
        "stiti", "stii",
    ];
    const TURNS: [&str; 5] = ["but", "instead", "dar", "insa", "ci"];
    const NEW_REQUEST: [&str; 18] = [
        "please",
        "can",
        "could",
        "would",
        "so",
        "then",
        "try",
        "if",
        "when",
        "unless",
        "daca",
        "cand",
        "puteti",
        "poti",
        "incercati",
        "incearca",
        "asa",
        "rugam",
    ];
    const OTHERS: [&str; 18] = [
        "we",
        "i",
        "ill",
        "police",
        "officer",
        "officers",
        "they",
        "colleague",
        "colleagues",
        "council",
        "team",
        "noi",
        "eu",
        "politia",
        "politistii",
        "colegii",
        "colegul",
        "colega",
    ];
    let mut crossed_clause = false;
    let mut near = 0_usize;
    let mut reporter_named = false;
    let mut index = start;
    while index > 0 {
        let Some(current) = words.get(index) else {
            return false;
        };
        if current.before == Gap::Sentence {
            return false;
        }
        crossed_clause |= current.before == Gap::Clause;
        index -= 1;
        near += 1;
        let Some(word) = words.get(index) else {
            return false;
        };
        let text = word.folded.as_str();
        let next = words.get(index + 1).map(|word| word.folded.as_str());
        if NEGATORS.contains(&text) {
            let empty = next.is_some_and(|next| AFTER_EMPTY_NEGATOR.contains(&next));
            let why_not = index > 0 && words.get(index - 1).is_some_and(|word| matches!(word.folded.as_str(), "why" | "ce"));
            if !empty && !why_not {
                return !crossed_clause || opens_sentence(words, index);
            }
        }
        if text == "did" && !crossed_clause {
            return true;
        }
        // "Never go inside, but keep an eye on it": what stands after the turn is asked for.
        if TURNS.contains(&text) {
            return false;
        }
        if NEW_REQUEST.contains(&text) && (near > 3 || reporter_named) {
            return false;
        }
        reporter_named |= matches!(text, "you" | "dumneavoastra" | "dvs" | "tu" | "voi");
        if near <= 4 && !reporter_named && !crossed_clause && OTHERS.contains(&text) {
            return true;
        }
    }
    false
}

/// Whether a negator opens its sentence ("Do not ...", "Please never ...", "Nu ..."), so that it governs the list after it.
fn opens_sentence(words: &[Word], negator: usize) -> bool {
    let mut index = negator;
    loop {
        let Some(word) = words.get(index) else {
            return false;
        };
        if word.before == Gap::Sentence {
            return true;
        }
        if index == 0 {
            return true;
        }
        index -= 1;
        let lead = words.get(index).map(|word| word.folded.as_str());
        if !matches!(lead, Some("do" | "please" | "so" | "va" | "rugam" | "te" | "rog" | "you" | "must" | "should" | "and")) {
            return false;
        }
    }
}

#[derive(Debug)]
enum Part {
    /// Any of these words; the flag says that only the beginning must fit.
    Words(Vec<(String, bool)>),
    /// Up to this many words of any kind.
    Gap(usize),
}

#[derive(Debug)]
struct Phrase {
    parts: Vec<Part>,
}

impl Phrase {
    fn parse(text: &str) -> Self {
        let parts = text
            .split_whitespace()
            .map(|part| match part.strip_prefix('_').map(str::parse) {
                Some(Ok(most)) => Part::Gap(most),
                _ => Part::Words(
                    part.split('|')
                        .map(|word| match word.strip_suffix('*') {
                            Some(stem) => (stem.to_owned(), true),
                            None => (word.to_owned(), false),
                        })
                        .collect(),
                ),
            })
            .collect();
        Self { parts }
    }

    /// The index after the last word of this phrase when it begins at `start`.
    fn match_at(&self, words: &[Word], start: usize) -> Option<usize> {
        match_parts(&self.parts, words, start, start)
    }
}

fn match_parts(parts: &[Part], words: &[Word], start: usize, at: usize) -> Option<usize> {
    let Some((part, rest)) = parts.split_first() else {
        return Some(at);
    };
    match part {
        Part::Gap(most) => (0..=*most).find_map(|skip| {
            let within = (at..at + skip).all(|index| in_sentence(words, start, index));
            within.then(|| match_parts(rest, words, start, at + skip)).flatten()
        }),
        Part::Words(choices) => {
            let word = words.get(at)?;
            let fits = choices.iter().any(|(choice, stem)| if *stem { word.folded.starts_with(choice) } else { word.folded == *choice });
            (fits && in_sentence(words, start, at)).then(|| match_parts(rest, words, start, at + 1)).flatten()
        }
    }
}

fn in_sentence(words: &[Word], start: usize, index: usize) -> bool {
    index == start || words.get(index).is_some_and(|word| word.before != Gap::Sentence)
}

struct Phrases {
    hits: Vec<(Phrase, TaskingRule)>,
    allowed: Vec<Phrase>,
}

fn phrases() -> &'static Phrases {
    static PHRASES: OnceLock<Phrases> = OnceLock::new();
    PHRASES.get_or_init(|| {
        let mut phrases = Phrases { hits: Vec::new(), allowed: Vec::new() };
        for (rule, phrase) in
            include_str!("../data/tasking.csv").lines().filter(|line| !line.starts_with('#')).filter_map(|line| line.split_once(','))
        {
            match TaskingRule::from_code(rule) {
                Some(rule) => phrases.hits.push((Phrase::parse(phrase), rule)),
                None if rule == "allowed" => phrases.allowed.push(Phrase::parse(phrase)),
                None => {}
            }
        }
        phrases
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_of_the_phrases_is_read() {
        let rows = include_str!("../data/tasking.csv").lines().filter(|line| !line.starts_with('#') && *line != "rule,phrase").count();
        assert_eq!(phrases().hits.len() + phrases().allowed.len(), rows);
    }

    #[test]
    fn phrases_are_written_as_words_are_folded() {
        for line in include_str!("../data/tasking.csv").lines() {
            assert!(line.is_ascii(), "not folded: {line}");
            assert!(line.starts_with('#') || *line == line.to_lowercase());
        }
    }
}
