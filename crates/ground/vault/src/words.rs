//! Lists of 2,048 words, eleven bits each: receipts in words, and generated pass phrases.

use std::collections::HashMap;
use std::fmt;
use std::sync::LazyLock;

/// How many words a list has.
pub const LIST: usize = 2048;

/// A list of 2,048 words, no two of which are the same after folding, in any of our lists.
pub struct WordList {
    tag: &'static str,
    words: Vec<&'static str>,
    numbers: HashMap<String, u16>,
}

static ENGLISH: LazyLock<WordList> = LazyLock::new(|| WordList::read("en", include_str!("../words/en.txt")));
static ROMANIAN: LazyLock<WordList> = LazyLock::new(|| WordList::read("ro", include_str!("../words/ro.txt")));

impl WordList {
    /// The English list.
    pub fn english() -> &'static Self {
        &ENGLISH
    }

    /// The Romanian list.
    pub fn romanian() -> &'static Self {
        &ROMANIAN
    }

    /// The list of a language tag such as `"ro"` or `"ro-MD"`, if we have one.
    pub fn for_language(tag: &str) -> Option<&'static Self> {
        let language = tag.split(['-', '_']).next().unwrap_or_default();
        Self::all().into_iter().find(|list| list.tag.eq_ignore_ascii_case(language))
    }

    /// Every list.
    pub fn all() -> [&'static Self; 2] {
        [Self::english(), Self::romanian()]
    }

    fn read(tag: &'static str, text: &'static str) -> Self {
        let words: Vec<&'static str> = text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#')).collect();
        let numbers = words.iter().zip(0..).map(|(word, number)| (fold(word), number)).collect();
        Self { tag, words, numbers }
    }

    /// The language of the list, for example `"ro"`.
    pub fn tag(&self) -> &'static str {
        self.tag
    }

    /// All the words, in order.
    pub fn words(&self) -> &[&'static str] {
        &self.words
    }

    /// The word of a number; numbers wrap at 2,048.
    pub fn word(&self, number: u16) -> &'static str {
        self.words.get(usize::from(number) % LIST).copied().unwrap_or_default()
    }

    /// The number of a word, whatever its case and marks.
    pub fn number(&self, word: &str) -> Option<u16> {
        self.numbers.get(&fold(word)).copied()
    }
}

impl fmt::Debug for WordList {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "WordList({})", self.tag)
    }
}

/// Lower case, without marks: what two spellings of one word have in common.
pub fn fold(word: &str) -> String {
    word.chars().flat_map(char::to_lowercase).filter(|letter| !('\u{300}'..='\u{36f}').contains(letter)).map(plain).collect()
}

fn plain(letter: char) -> char {
    match letter {
        'à'..='å' | 'ā' | 'ă' | 'ą' => 'a',
        'ç' | 'ć' | 'č' => 'c',
        'è'..='ë' | 'ē' | 'ę' | 'ě' => 'e',
        'ì'..='ï' | 'ī' | 'į' => 'i',
        'ñ' | 'ń' | 'ň' => 'n',
        'ò'..='ö' | 'ō' | 'ő' => 'o',
        'ș' | 'ş' | 'š' | 'ś' => 's',
        'ț' | 'ţ' | 'ť' => 't',
        'ù'..='ü' | 'ū' | 'ű' => 'u',
        'ý' | 'ÿ' => 'y',
        'ź' | 'ż' | 'ž' => 'z',
        other => other,
    }
}
