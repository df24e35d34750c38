//! A form as it came, and what has to be mended in it, in words: the page comes back filled.

use plainsight_pages::components::{ErrorItem, ErrorMessage, ErrorSummary, Input, Select, SelectItem};
use plainsight_pages::{Locale, Typed, Value};

/// What was typed, and the mistakes in the order of the page.
#[derive(Default)]
pub(super) struct Filled {
    pub(super) typed: Typed,
    wrong: Vec<(String, String)>,
}

impl Filled {
    pub(super) fn new(typed: Typed) -> Self {
        Self { typed, wrong: Vec::new() }
    }

    /// `message` is the id of a text that says what is wrong and how to mend it.
    pub(super) fn add(&mut self, words: &Locale, field: impl Into<String>, message: &str) {
        self.say(field, words.text(message).into_owned());
    }

    pub(super) fn add_with(&mut self, words: &Locale, field: &str, message: &str, variables: &[(&str, Value<'_>)]) {
        self.say(field, words.with(message, variables));
    }

    /// What is wrong, in words already.
    pub(super) fn say(&mut self, field: impl Into<String>, text: String) {
        self.wrong.push((field.into(), text));
    }

    pub(super) fn is_wrong(&self) -> bool {
        !self.wrong.is_empty()
    }

    /// One line of text; `label` is the id of its label.
    pub(super) fn input(&self, words: &Locale, name: &str, label: &str) -> Input {
        let field = Input::new(name).label(words.text(label)).value(self.typed.get(name)).error(self.error(words, name));
        field.autocomplete("off")
    }

    /// One answer out of many.
    pub(super) fn select(&self, words: &Locale, name: &str, label: &str, items: impl IntoIterator<Item = SelectItem>) -> Select {
        Select::new(name).label(words.text(label)).items(items).value(self.typed.get(name)).error(self.error(words, name))
    }

    pub(super) fn error(&self, words: &Locale, name: &str) -> Option<ErrorMessage> {
        let (_, text) = self.wrong.iter().find(|(field, _)| field == name)?;
        Some(ErrorMessage::new(text.clone(), words.text("error-prefix")))
    }

    /// Everything that is to be mended, at the top of the page.
    pub(super) fn summary(&self, words: &Locale) -> Option<ErrorSummary> {
        let items = self.wrong.iter().map(|(field, text)| ErrorItem::new(text.clone(), field));
        self.is_wrong().then(|| ErrorSummary::new(words.text("error-summary-title"), items))
    }
}
