//! A way to get help: who answers, how to reach them, when, at what cost, in which languages.

use std::{collections::BTreeMap, fmt};

use crate::{code_list::code_list, fact::Fact, hours::WeeklyHours};

code_list! {
    /// What a route is for.
    pub enum RouteKind {
        /// Life in danger now.
        Emergency = "emergency",
        /// The operator of this site.
        Operator = "operator",
        /// A helpline on slavery and exploitation.
        Helpline = "helpline",
        /// Somebody to talk to for whoever may hurt themselves.
        Crisis = "crisis",
        /// Police, when it is not an emergency.
        Police = "police",
        /// A line that takes information without a name.
        AnonymousLine = "anonymous-line",
        /// A safe place, money, a lawyer, a doctor.
        Support = "support",
        /// Lines for children, and for adults worried about one.
        Children = "children",
        /// A state agency.
        Agency = "agency",
    }
}

code_list! {
    /// How a person gets through.
    pub enum Means {
        /// Speaking on a telephone.
        Voice = "voice",
        /// Typing by the text relay.
        TextRelay = "text-relay",
        /// Signing by video.
        Video = "video",
        /// A text message.
        TextMessage = "text-message",
        /// A web site only.
        Web = "web",
    }
}

code_list! {
    /// What a call costs the caller.
    pub enum Cost {
        /// Nothing; the page says that the call may stay in the call list.
        Free = "free",
        /// Nothing inside the country.
        FreeInside = "free-inside",
        /// As much as an ordinary call.
        Ordinary = "ordinary",
    }
}

code_list! {
    /// Whether a person must say who they are.
    pub enum Anonymity {
        /// No name is asked.
        Yes = "yes",
        /// The person chooses: share, confidential or anonymous.
        Choice = "choice",
        /// They may ask for a name.
        MayAsk = "may-ask",
        /// A name is needed.
        No = "no",
    }
}

code_list! {
    /// Which languages are answered.
    pub enum LanguagesKind {
        /// Many, through an interpreter on the line.
        Interpreter = "interpreter",
        /// The languages that are listed.
        Listed = "listed",
    }
}

/// The languages of a route.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Languages {
    /// By interpreter, or the listed ones only.
    pub kind: LanguagesKind,
    /// Language tags that are always answered.
    pub tags: Vec<String>,
}

/// A telephone number as people in that country write it.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Telephone(String);

impl Telephone {
    /// Digits, spaces and one leading `+`; two to fifteen digits.
    ///
    /// Returns `None` for anything else.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let rest = text.strip_prefix('+').unwrap_or(text);
        let digits = rest.bytes().filter(u8::is_ascii_digit).count();
        let only = rest.bytes().all(|byte| byte.is_ascii_digit() || byte == b' ');
        (only && (2..=15).contains(&digits)).then(|| Self(text.to_owned()))
    }

    /// As written, for a person to read.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Without spaces, for a `tel:` or `sms:` link.
    #[must_use]
    pub fn dial(&self) -> String {
        self.0.chars().filter(|c| !c.is_whitespace()).collect()
    }
}

impl fmt::Display for Telephone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// An `https` address. Nothing else is linked from a page that a frightened person reads.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct WebAddress(String);

impl WebAddress {
    /// `https://host` with an optional path; no user name, port, blank or quote. `None` for anything else.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let rest = text.strip_prefix("https://")?;
        let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
        let host_is_good = host.contains('.')
            && !host.starts_with(['.', '-'])
            && !host.ends_with(['.', '-'])
            && host.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'.' || byte == b'-');
        let rest_is_good = rest.bytes().all(|byte| byte.is_ascii_graphic() && !b"\"'<>\\`{}|^".contains(&byte));
        (host_is_good && rest_is_good && text.len() <= 300).then(|| Self(text.to_owned()))
    }

    /// The whole address, for a link.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Without `https://` and a last slash, for a person to read.
    #[must_use]
    pub fn shown(&self) -> &str {
        let rest = self.0.strip_prefix("https://").unwrap_or(&self.0);
        rest.strip_suffix('/').unwrap_or(rest)
    }
}

impl fmt::Display for WebAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// How a route is called on a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RouteName {
    /// A Fluent key: `route-<id>`, with `route-<id>-note` beside it.
    Key(String),
    /// The operator's own words by language tag.
    Own(BTreeMap<String, String>),
}

impl RouteName {
    /// The operator's own words in this language, else in English, else in any; `None` when the name is a Fluent key.
    #[must_use]
    pub fn own(&self, tag: &str) -> Option<&str> {
        match self {
            Self::Key(_) => None,
            Self::Own(names) => names.get(tag).or_else(|| names.get("en")).or_else(|| names.values().next()).map(String::as_str),
        }
    }
}

code_list! {
    /// The facts a route can have.
    pub enum FactName {
        /// The number to call.
        Telephone = "telephone",
        /// Another number that reaches the same people.
        AlsoTelephone = "also",
        /// What to press or send if you cannot speak, after calling.
        Silent = "silent",
        /// The web site.
        Web = "web",
        /// When somebody answers.
        Hours = "hours",
        /// What it costs.
        Cost = "cost",
        /// Languages answered.
        Languages = "languages",
        /// Whether a name is asked.
        Anonymous = "anonymous",
    }
}

/// A route to help as the files state it, checked or not. Pages get a [`crate::ShownRoute`] instead.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Route {
    /// Stable id inside its jurisdiction.
    pub id: String,
    /// What it is for.
    pub kind: RouteKind,
    /// How a person gets through.
    pub means: Means,
    /// What it is called.
    pub name: RouteName,
    /// Answers only calls from inside the country.
    pub only_inside: bool,
    /// Whether the operator added it.
    pub own: bool,
    /// The number to call.
    pub telephone: Option<Fact<Telephone>>,
    /// Another number that reaches the same people.
    pub also: Option<Fact<Telephone>>,
    /// What to press after calling if you cannot speak.
    pub silent: Option<Fact<Telephone>>,
    /// The web site.
    pub web: Option<Fact<WebAddress>>,
    /// When somebody answers.
    pub hours: Option<Fact<WeeklyHours>>,
    /// What it costs.
    pub cost: Option<Fact<Cost>>,
    /// Languages answered.
    pub languages: Option<Fact<Languages>>,
    /// Whether a name is asked.
    pub anonymous: Option<Fact<Anonymity>>,
}
