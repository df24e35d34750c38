//! Languages. Fluent files are built into the program; files in the folder given with `--locales` win at run time.
//!
//! A file of that folder that cannot be read, or that asks for a variable which the page does not give, stops the
//! start with the file, the line and the reason: a text about danger or consent must never be half there without
//! anybody knowing. A message that a language lacks is shown in English, and the start logs how many there are.

mod dates;
mod load;
mod negotiate;
mod pseudo;

use std::borrow::Cow;
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource};

pub use fluent_bundle::FluentValue as Value;

/// The tag of the pseudo-language with long, accented texts.
pub const LONG: &str = "en-XA";
/// The tag of the pseudo-language that runs from right to left.
pub const RIGHT_TO_LEFT: &str = "ar-XB";

/// Why the languages could not be loaded.
#[derive(Debug, thiserror::Error)]
pub enum LocaleError {
    #[error("could not read {path}: {why}")]
    Unreadable { path: PathBuf, why: std::io::Error },
    #[error("{file}, line {line}: {why}")]
    Syntax { file: String, line: usize, why: String },
    #[error("{file}: the message {message} uses ${variable}, which the page does not give it")]
    UnknownVariable { file: String, message: String, variable: String },
    #[error("{0:?} is not a language tag; name the folder as in \"ro\" or \"pt-BR\"")]
    NotATag(String),
    #[error("the language en is missing from the program")]
    NoEnglish,
}

/// All languages of this installation. Cheap to clone.
#[derive(Clone)]
pub struct Locales(Arc<Inner>);

struct Inner {
    english: Arc<Locale>,
    /// English first, then by tag; the pseudo-languages last.
    all: Vec<Arc<Locale>>,
}

/// One language: its texts, its direction, its dates.
pub struct Locale {
    tag: String,
    own_name: String,
    rtl: bool,
    pseudo: bool,
    /// Texts without variables, ready to write.
    plain: HashMap<String, Box<str>>,
    bundle: FluentBundle<FluentResource>,
    /// English, for what this language lacks; none for English itself.
    fallback: Option<Arc<Locale>>,
}

impl Locales {
    /// The languages of the program, with the files of `folder` (`<tag>/*.ftl`) over them.
    ///
    /// # Errors
    /// When a file cannot be read or is not Fluent, a folder's name is not a language tag, or a message asks for a
    /// variable that the English one does not have.
    pub fn load(folder: Option<&Path>) -> Result<Self, LocaleError> {
        load::load(folder)
    }

    /// The language with this tag, whatever the case of the letters; English when there is none.
    pub fn get(&self, tag: &str) -> Arc<Locale> {
        self.find(tag).unwrap_or_else(|| self.english())
    }

    /// The language with this tag.
    pub fn find(&self, tag: &str) -> Option<Arc<Locale>> {
        self.0.all.iter().find(|locale| locale.tag.eq_ignore_ascii_case(tag)).cloned()
    }

    pub fn english(&self) -> Arc<Locale> {
        self.0.english.clone()
    }

    /// The best language for an `Accept-Language` header; English when none fits. Never a pseudo-language.
    pub fn negotiate(&self, accept_language: Option<&str>) -> Arc<Locale> {
        let menu: Vec<&Arc<Locale>> = self.menu().collect();
        let tags: Vec<&str> = menu.iter().map(|locale| locale.tag()).collect();
        negotiate::best(accept_language.unwrap_or_default(), &tags)
            .and_then(|at| menu.get(at).map(|locale| Arc::clone(locale)))
            .unwrap_or_else(|| self.english())
    }

    /// The languages that the language menu offers, English first.
    pub fn menu(&self) -> impl Iterator<Item = &Arc<Locale>> {
        self.0.all.iter().filter(|locale| !locale.pseudo)
    }

    /// Every language, the pseudo-languages last.
    pub fn all(&self) -> impl Iterator<Item = &Arc<Locale>> {
        self.0.all.iter()
    }
}

impl Locale {
    /// The language tag, for `lang=`.
    pub fn tag(&self) -> &str {
        &self.tag
    }

    /// "ltr" or "rtl", for `dir=`.
    pub fn dir(&self) -> &'static str {
        if self.rtl { "rtl" } else { "ltr" }
    }

    pub fn is_rtl(&self) -> bool {
        self.rtl
    }

    /// What the language calls itself.
    pub fn own_name(&self) -> &str {
        &self.own_name
    }

    /// True for the languages that exist for tests only.
    pub fn is_pseudo(&self) -> bool {
        self.pseudo
    }

    /// True when this language itself has the message.
    pub fn has(&self, id: &str) -> bool {
        self.plain.contains_key(id) || self.bundle.has_message(id)
    }

    /// A text without variables. English when this language lacks it; the id in brackets when English lacks it too.
    pub fn text(&self, id: &str) -> Cow<'_, str> {
        match self.plain.get(id) {
            Some(text) => Cow::Borrowed(text),
            None => self.format(id, None),
        }
    }

    /// A text with variables: `locale.with("desk-list-count", &[("count", 3.into())])`.
    pub fn with(&self, id: &str, variables: &[(&str, Value<'_>)]) -> String {
        let mut arguments = FluentArgs::with_capacity(variables.len());
        for (name, value) in variables {
            arguments.set(*name, value.clone());
        }
        self.format(id, Some(&arguments)).into_owned()
    }

    fn format(&self, id: &str, arguments: Option<&FluentArgs<'_>>) -> Cow<'_, str> {
        let Some(pattern) = self.bundle.get_message(id).and_then(|message| message.value()) else {
            return match &self.fallback {
                Some(english) => Cow::Owned(english.format(id, arguments).into_owned()),
                None => {
                    tracing::error!(rule = "pages.locale.missing", id, "no language has this message");
                    Cow::Owned(format!("[{id}]"))
                }
            };
        };
        let mut errors = Vec::new();
        let text = self.bundle.format_pattern(pattern, arguments, &mut errors).into_owned();
        if !errors.is_empty() {
            tracing::error!(rule = "pages.locale.format", id, tag = self.tag, "a message could not be filled in whole");
        }
        Cow::Owned(text)
    }
}

#[cfg(test)]
mod tests;
