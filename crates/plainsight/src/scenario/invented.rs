//! The rules of invented data: what no scenario and no generated contact may hold. Tests and the tidy check call [`breaches`].
//!
//! - telephone numbers: only the ranges that are kept free for drama, 07700 900000 to 900999 and 020 7946 0000 to 0999, and
//!   the public lines of [`PUBLIC_NUMBERS`];
//! - plates: the local tag has Q as its second letter and the last three letters have I or Q, which are never issued;
//! - mail and web addresses: example.org, and the sites of public lines in [`PUBLIC_SITES`];
//! - postcodes: the area WM, which does not exist, with last letters that no postcode has;
//! - no name of a real place from [`REAL_PLACES`].

use std::fmt;

/// Public help and emergency lines, which real people may need whatever else is invented.
pub const PUBLIC_NUMBERS: &[&str] =
    &["18000", "18001101", "08000121700", "0800555111", "08008083733", "08001111", "08088005000", "0800800678", "116123"];

/// Sites of public lines.
pub const PUBLIC_SITES: &[&str] = &[
    "999bsl.co.uk",
    "www.modernslaveryhelpline.org",
    "www.police.uk",
    "crimestoppers-uk.org",
    "justiceandcare.org",
    "anitp.mai.gov.ro",
    "www.samaritans.org",
];

/// Real places that somebody could slip in by habit. Not every place: the ones that an author of this project thinks of.
pub const REAL_PLACES: &[&str] = &[
    "London",
    "Barnet",
    "Colindale",
    "Hendon",
    "Edgware",
    "Finchley",
    "Golders Green",
    "Mill Hill",
    "Burnt Oak",
    "Cricklewood",
    "Enfield",
    "Haringey",
    "Tottenham",
    "Brent",
    "Wembley",
    "Harrow",
    "Camden",
    "Hackney",
    "Newham",
    "Croydon",
    "Ealing",
    "Southall",
    "Hounslow",
    "Lewisham",
    "Peckham",
    "Brixton",
    "Ilford",
    "Romford",
    "Barking",
    "Luton",
    "Bedford",
    "Watford",
    "Slough",
    "Heathrow",
    "Gatwick",
    "Stansted",
    "Birmingham",
    "Manchester",
    "Liverpool",
    "Leeds",
    "Sheffield",
    "Bradford",
    "Leicester",
    "Nottingham",
    "Coventry",
    "Bristol",
    "Cardiff",
    "Swansea",
    "Glasgow",
    "Edinburgh",
    "Belfast",
    "Southampton",
    "Portsmouth",
    "Norwich",
    "Peterborough",
    "Wisbech",
    "Boston",
    "Lincolnshire",
    "Kent",
    "Essex",
    "Bucharest",
    "București",
    "Bacău",
    "Craiova",
    "Ploiești",
    "Iași",
    "Otopeni",
    "Warsaw",
    "Warszawa",
    "Sofia",
    "Tirana",
    "Hanoi",
    "Lisbon",
    "Lisboa",
    "Madrid",
    "Delhi",
    "Asmara",
    "Addis Ababa",
];

/// Postcode areas in use whose outward codes alone betray a real place: two letters and a digit.
const AREAS: &[&str] = &[
    "AB", "AL", "BA", "BB", "BD", "BH", "BL", "BN", "BR", "BS", "BT", "CA", "CB", "CF", "CH", "CM", "CO", "CR", "CT", "CV", "CW", "DA",
    "DD", "DE", "DG", "DH", "DL", "DN", "DT", "DY", "EC", "EH", "EN", "EX", "FK", "FY", "GL", "GU", "HA", "HD", "HG", "HP", "HR", "HS",
    "HU", "HX", "IG", "IP", "IV", "KA", "KT", "KW", "KY", "LA", "LD", "LE", "LL", "LN", "LS", "LU", "ME", "MK", "ML", "NE", "NG", "NN",
    "NP", "NR", "NW", "OL", "OX", "PA", "PE", "PH", "PL", "PO", "PR", "RG", "RH", "RM", "SA", "SE", "SG", "SK", "SL", "SM", "SN", "SO",
    "SP", "SR", "SS", "ST", "SW", "SY", "TA", "TD", "TF", "TN", "TQ", "TR", "TS", "TW", "UB", "WA", "WC", "WD", "WF", "WN", "WR", "WS",
    "WV", "YO", "ZE",
];

/// Which rule is broken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Rule {
    /// A number outside the drama ranges.
    Telephone,
    /// A plate that could be issued.
    Plate,
    /// A mail address outside example.org.
    Email,
    /// A web address outside example.org.
    Web,
    /// A postcode that is or could be real.
    Postcode,
    /// A real place.
    RealPlace,
}

/// One thing that is not invented, or not provably so.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Breach {
    /// The rule.
    pub rule: Rule,
    /// What was found.
    pub found: String,
}

impl fmt::Display for Breach {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mend = match self.rule {
            Rule::Telephone => "use 07700 900000 to 900999 or 020 7946 0000 to 0999",
            Rule::Plate => "use a plate such as WQ68 QAK: Q second, and I or Q among the last three letters",
            Rule::Email => "use an address at example.org",
            Rule::Web => "use example.org",
            Rule::Postcode => "use the area WM90 to WM99 and last letters from C I K M O V",
            Rule::RealPlace => "invent a name",
        };
        write!(f, "\"{}\" may be real: {mend}", self.found)
    }
}

/// Everything in a text that breaks a rule, in the order of the rules.
#[must_use]
pub fn breaches(text: &str) -> Vec<Breach> {
    let mut found = Vec::new();
    let mut add = |rule, what: Vec<String>| found.extend(what.into_iter().map(|found| Breach { rule, found }));
    add(Rule::Telephone, telephones(text));
    let tokens = tokens(text);
    add(Rule::Plate, plates(&tokens));
    add(Rule::Email, emails(text));
    add(Rule::Web, sites(text));
    add(Rule::Postcode, postcodes(&tokens));
    add(Rule::RealPlace, real_places(text));
    found
}

/// Digits of other scripts count as digits: a number in Arabic-Indic digits is a number.
fn digit(letter: char) -> Option<u8> {
    const ZEROS: [u32; 5] = [0x30, 0x660, 0x6F0, 0x966, 0xA66];
    let code = u32::from(letter);
    ZEROS.iter().find(|zero| (**zero..**zero + 10).contains(&code)).and_then(|zero| u8::try_from(code - zero).ok())
}

/// Runs of seven digits and more, with the separators that people put into numbers, that are no allowed number.
fn telephones(text: &str) -> Vec<String> {
    let mut wrong = Vec::new();
    let (mut shown, mut digits, mut plus) = (String::new(), String::new(), false);
    for letter in text.chars().chain(std::iter::once('\n')) {
        if let Some(value) = digit(letter) {
            digits.push(char::from(b'0' + value));
            shown.push(letter);
            continue;
        }
        if !digits.is_empty() && " -.()/\u{a0}\u{2009}\u{202f}".contains(letter) {
            shown.push(letter);
            continue;
        }
        if digits.len() >= 7 && !is_date(&shown) && !is_allowed_number(&digits, plus) {
            wrong.push(shown.trim_end_matches([' ', '-', '.', '(', ')', '/']).to_owned());
        }
        plus = letter == '+';
        shown.clear();
        digits.clear();
    }
    wrong
}

fn is_date(shown: &str) -> bool {
    let parts: Vec<&str> = shown.trim().split('-').collect();
    matches!(parts.as_slice(), [year, month, day] if year.len() == 4 && month.len() == 2 && day.len() == 2)
}

fn is_allowed_number(digits: &str, plus: bool) -> bool {
    let national = match digits.strip_prefix("0044").or_else(|| digits.strip_prefix("44").filter(|_| plus)) {
        Some(rest) => format!("0{}", rest.trim_start_matches('0')),
        None => digits.to_owned(),
    };
    let drama = national.len() == 11 && (national.starts_with("07700900") || national.starts_with("02079460"));
    drama || PUBLIC_NUMBERS.contains(&national.as_str())
}

/// A run of ASCII letters and digits, and whether only one space or hyphen parts it from the next.
struct Token<'a> {
    text: &'a str,
    joins_next: bool,
}

fn tokens(text: &str) -> Vec<Token<'_>> {
    let mut tokens = Vec::new();
    let mut rest = text;
    while let Some(start) = rest.find(|letter: char| letter.is_ascii_alphanumeric()) {
        rest = &rest[start..];
        let end = rest.find(|letter: char| !letter.is_ascii_alphanumeric()).unwrap_or(rest.len());
        let (token, after) = rest.split_at(end);
        let mut next = after.chars();
        let joins_next =
            matches!(next.next(), Some(' ' | '-' | '\u{a0}')) && next.next().is_some_and(|letter| letter.is_ascii_alphanumeric());
        tokens.push(Token { text: token, joins_next });
        rest = after;
    }
    tokens
}

/// The shape of a text: A for a letter, 9 for a digit.
fn shape(text: &str) -> String {
    text.chars().map(|letter| if letter.is_ascii_digit() { '9' } else { 'A' }).collect()
}

/// Each token, and each pair that stands together, in capitals with its shape and whether it was written in capitals.
fn pieces(tokens: &[Token<'_>]) -> impl Iterator<Item = (String, String, bool)> {
    let single = tokens.iter().map(|token| token.text.to_owned());
    let pairs = tokens.windows(2).filter_map(|pair| match pair {
        [first, second] if first.joins_next => Some(format!("{} {}", first.text, second.text)),
        _ => None,
    });
    single.chain(pairs).map(|text| {
        let capital = !text.chars().any(|letter| letter.is_ascii_lowercase());
        let parts: Vec<String> = text.split(' ').map(shape).collect();
        (text.to_ascii_uppercase(), parts.join(" "), capital)
    })
}

fn plates(tokens: &[Token<'_>]) -> Vec<String> {
    let mut wrong = Vec::new();
    for (text, shape, capital) in pieces(tokens) {
        let current = ["AA99AAA", "AA99 AAA"].contains(&shape.as_str());
        // Plates from before 2001: a year letter before or after. Only in capitals: "a15 bus" is none, nor is a Bulgarian
        // word in Latin letters and digits.
        let without_gap = shape.replace(' ', "");
        let older = capital && ["A9AAA", "A99AAA", "A999AAA", "AAA9A", "AAA99A", "AAA999A"].contains(&without_gap.as_str());
        let letters: Vec<char> = text.chars().filter(char::is_ascii_alphabetic).collect();
        let cannot_be_issued = current && letters.get(1) == Some(&'Q') && letters.iter().skip(2).any(|letter| "IQ".contains(*letter));
        if older || (current && !cannot_be_issued) {
            wrong.push(text);
        }
    }
    wrong
}

fn postcodes(tokens: &[Token<'_>]) -> Vec<String> {
    let mut wrong = Vec::new();
    for (text, shape, capital) in pieces(tokens) {
        let full = ["A9", "A99", "A9A", "AA9", "AA99", "AA9A"]
            .iter()
            .any(|outward| shape == format!("{outward}9AA") || shape == format!("{outward} 9AA"));
        let invented = text.starts_with("WM9") && text.chars().rev().take(2).all(|letter| "CIKMOV".contains(letter));
        let area: String = text.chars().take_while(char::is_ascii_alphabetic).collect();
        let outward = ["AA9", "AA99", "AA9A", "AA9 9", "AA99 9", "AA9A 9"].contains(&shape.as_str());
        let real_area = capital && outward && AREAS.contains(&area.as_str());
        if real_area || (full && !invented) {
            wrong.push(text);
        }
    }
    wrong
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|letter: char| letter.is_whitespace() || "\"'<>()[],;{}`|".contains(letter)).filter(|word| !word.is_empty())
}

fn emails(text: &str) -> Vec<String> {
    words(text)
        .filter(|word| word.contains('@'))
        .filter(|word| {
            let domain = word.rsplit('@').next().unwrap_or_default().trim_end_matches(['.', ':', '!', '?', '/']);
            !domain.eq_ignore_ascii_case("example.org")
        })
        .map(str::to_owned)
        .collect()
}

fn sites(text: &str) -> Vec<String> {
    const ENDINGS: &[&str] = &[".com", ".co.uk", ".org.uk", ".gov.uk", ".uk", ".org", ".net", ".ro", ".pl", ".info", ".eu"];
    words(text)
        .filter(|word| !word.contains('@'))
        .filter_map(|word| {
            let lower = word.to_lowercase();
            let address = lower.trim_start_matches("https://").trim_start_matches("http://");
            let host = address.split(['/', '?', '#']).next().unwrap_or_default().trim_end_matches(['.', ':', '!']);
            let is_site = lower.contains("://") || lower.starts_with("www.") || ENDINGS.iter().any(|ending| host.ends_with(ending));
            let allowed = host == "example.org" || host.ends_with(".example.org") || PUBLIC_SITES.contains(&host);
            (is_site && !allowed).then(|| word.to_owned())
        })
        .collect()
}

fn real_places(text: &str) -> Vec<String> {
    // The name of the time zone is the one way in which a real town may stand here.
    let text = text.replace("Europe/London", "");
    let lower = text.to_lowercase();
    REAL_PLACES
        .iter()
        .filter(|place| {
            let place = place.to_lowercase();
            lower.match_indices(&place).any(|(at, _)| {
                let before = lower[..at].chars().next_back();
                let after = lower[at + place.len()..].chars().next();
                !before.is_some_and(char::is_alphanumeric) && !after.is_some_and(char::is_alphanumeric)
            })
        })
        .map(|place| (*place).to_owned())
        .collect()
}
