//! The form kit: what was typed, what is wrong with it, and fields that show both.

use std::collections::BTreeMap;
use std::fmt;

use serde::de::{Deserializer, MapAccess, Visitor};
use serde::{Deserialize, Serialize};

use crate::components::{
    CharacterCount, CheckboxItem, Checkboxes, ErrorItem, ErrorMessage, ErrorSummary, Input, Legend, RadioItem, Radios, Select, SelectItem,
    Textarea,
};
use crate::{Attributes, Locale, Value};

/// What was typed, field by field. Keeps everything, known or not, so that a page with a mistake comes back filled.
/// Its `Debug` output names fields only: what people type never reaches a log.
#[derive(Clone, Default, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Typed(BTreeMap<String, Vec<String>>);

impl Typed {
    pub fn from_pairs<N: Into<String>, V: Into<String>>(pairs: impl IntoIterator<Item = (N, V)>) -> Self {
        let mut typed = Self::default();
        for (name, value) in pairs {
            typed.0.entry(name.into()).or_default().push(value.into());
        }
        typed
    }

    /// The first value of a field; empty when there is none.
    pub fn get(&self, name: &str) -> &str {
        self.0.get(name).and_then(|values| values.first()).map_or("", String::as_str)
    }

    /// The first value without the white space around it; none when nothing is left.
    pub fn given(&self, name: &str) -> Option<&str> {
        Some(self.get(name).trim()).filter(|value| !value.is_empty())
    }

    /// Every value of a field, as of checkboxes.
    pub fn all(&self, name: &str) -> &[String] {
        self.0.get(name).map(Vec::as_slice).unwrap_or_default()
    }

    /// True when the field came with the form, even if empty.
    pub fn has(&self, name: &str) -> bool {
        self.0.contains_key(name)
    }

    pub fn set(&mut self, name: impl Into<String>, value: impl Into<String>) {
        self.0.insert(name.into(), vec![value.into()]);
    }

    pub fn remove(&mut self, name: &str) {
        self.0.remove(name);
    }

    /// Takes over every field of `newer`; the others stay.
    pub fn merge(&mut self, newer: Self) {
        self.0.extend(newer.0);
    }

    pub fn iter(&self) -> impl Iterator<Item = (&str, &[String])> {
        self.0.iter().map(|(name, values)| (name.as_str(), values.as_slice()))
    }
}

impl fmt::Debug for Typed {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_set().entries(self.0.keys()).finish()
    }
}

/// Reads `application/x-www-form-urlencoded` through `axum::Form<Typed>`, and what it was itself written as.
impl<'de> Deserialize<'de> for Typed {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        #[serde(untagged)]
        enum OneOrMore {
            One(String),
            More(Vec<String>),
        }
        struct Fields;
        impl<'de> Visitor<'de> for Fields {
            type Value = Typed;
            fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
                out.write_str("the fields of a form")
            }
            fn visit_map<M: MapAccess<'de>>(self, mut map: M) -> Result<Typed, M::Error> {
                let mut typed = Typed::default();
                while let Some((name, values)) = map.next_entry::<String, OneOrMore>()? {
                    let here = typed.0.entry(name).or_default();
                    match values {
                        OneOrMore::One(value) => here.push(value),
                        OneOrMore::More(mut values) => here.append(&mut values),
                    }
                }
                Ok(typed)
            }
        }
        from.deserialize_map(Fields)
    }
}

/// Everything that is wrong with a form: the id of a field and the message for it, in the order of the page.
#[derive(Debug, Clone, Default)]
pub struct FieldErrors(Vec<FieldError>);

#[derive(Debug, Clone)]
struct FieldError {
    field: String,
    message: &'static str,
    variables: Vec<(&'static str, Value<'static>)>,
}

impl FieldErrors {
    pub fn new() -> Self {
        Self::default()
    }

    /// `message` is the id of a text that says what is wrong and how to mend it.
    pub fn add(&mut self, field: impl Into<String>, message: &'static str) -> &mut Self {
        self.add_with(field, message, [])
    }

    pub fn add_with(
        &mut self,
        field: impl Into<String>,
        message: &'static str,
        variables: impl IntoIterator<Item = (&'static str, Value<'static>)>,
    ) -> &mut Self {
        self.0.push(FieldError { field: field.into(), message, variables: variables.into_iter().collect() });
        self
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub fn has(&self, field: &str) -> bool {
        self.0.iter().any(|error| error.field == field)
    }

    /// The ids of the fields and messages, for tests and logs: they hold nothing of what was typed.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &'static str)> {
        self.0.iter().map(|error| (error.field.as_str(), error.message))
    }

    /// For the top of the page; none when nothing is wrong. Takes the focus without scripts too.
    pub fn summary(&self, locale: &Locale) -> Option<ErrorSummary> {
        if self.is_empty() {
            return None;
        }
        let items = self.0.iter().map(|error| ErrorItem::new(error.say(locale), &error.field));
        let focus = Attributes::default().set("tabindex", "-1").flag("autofocus");
        Some(ErrorSummary::new(locale.text("error-summary-title"), items).attributes(focus))
    }

    /// The message at one field.
    pub fn of(&self, field: &str, locale: &Locale) -> Option<ErrorMessage> {
        let error = self.0.iter().find(|error| error.field == field)?;
        Some(ErrorMessage::new(error.say(locale), locale.text("error-prefix")))
    }
}

impl FieldError {
    fn say(&self, locale: &Locale) -> String {
        locale.with(self.message, &self.variables)
    }
}

/// Makes fields in one language, filled with what was typed and marked with what is wrong.
#[derive(Clone, Copy)]
pub struct Form<'a> {
    locale: &'a Locale,
    typed: &'a Typed,
    errors: &'a FieldErrors,
    private: bool,
}

impl<'a> Form<'a> {
    /// For the public face: the browser remembers, checks and translates nothing.
    pub fn public(locale: &'a Locale, typed: &'a Typed, errors: &'a FieldErrors) -> Self {
        Self { locale, typed, errors, private: true }
    }

    pub fn desk(locale: &'a Locale, typed: &'a Typed, errors: &'a FieldErrors) -> Self {
        Self { locale, typed, errors, private: false }
    }

    /// One line of text; `label` is the id of its label.
    pub fn input(&self, name: &str, label: &str) -> Input {
        let field = Input::new(name).label(self.locale.text(label)).value(self.typed.get(name)).error(self.error(name));
        if self.private { field.private() } else { field }
    }

    /// One line of text whose label the screen made itself.
    pub fn input_of(&self, name: &str, label: String) -> Input {
        let field = Input::new(name).label(label).value(self.typed.get(name)).error(self.error(name));
        if self.private { field.private() } else { field }
    }

    /// A text in the language of the form, for hints.
    pub fn text(&self, id: &str) -> String {
        self.locale.text(id).into_owned()
    }

    /// Several lines of text.
    pub fn textarea(&self, name: &str, label: &str) -> Textarea {
        let field = Textarea::new(name).label(self.locale.text(label)).value(self.typed.get(name)).error(self.error(name));
        if self.private { field.private() } else { field }
    }

    /// Several lines of text with a limit in characters that is said.
    pub fn limited(&self, name: &str, label: &str, limit: u32) -> CharacterCount {
        let said = self.locale.with("field-limit", &[("limit", limit.into())]);
        let field =
            CharacterCount::new(name, limit, said).label(self.locale.text(label)).value(self.typed.get(name)).error(self.error(name));
        if self.private { field.private() } else { field }
    }

    /// One answer out of a few: the value and the id of the text of each.
    pub fn radios<'b>(&self, name: &str, legend: &str, items: impl IntoIterator<Item = (&'b str, &'b str)>) -> Radios {
        let items = items.into_iter().map(|(value, text)| RadioItem::new(value, self.locale.text(text)));
        self.radios_of(name, Legend::new(self.locale.text(legend)), items)
    }

    /// One answer out of a few that the screen made itself.
    pub fn radios_of(&self, name: &str, legend: Legend, items: impl IntoIterator<Item = RadioItem>) -> Radios {
        let field = Radios::new(name).legend(legend).items(items).value(self.typed.get(name)).error(self.error(name));
        if self.private { field.private() } else { field }
    }

    /// Any number of answers out of a few: the value and the id of the text of each.
    pub fn checkboxes<'b>(&self, name: &str, legend: &str, items: impl IntoIterator<Item = (&'b str, &'b str)>) -> Checkboxes {
        let items = items.into_iter().map(|(value, text)| CheckboxItem::new(value, self.locale.text(text)));
        self.checkboxes_of(name, Legend::new(self.locale.text(legend)), items)
    }

    /// Any number of answers out of a few that the screen made itself.
    pub fn checkboxes_of(&self, name: &str, legend: Legend, items: impl IntoIterator<Item = CheckboxItem>) -> Checkboxes {
        let values = self.typed.all(name).iter().map(String::as_str);
        let field = Checkboxes::new(name).legend(legend).items(items).values(values).error(self.error(name));
        if self.private { field.private() } else { field }
    }

    /// One answer out of many.
    pub fn select(&self, name: &str, label: &str, items: impl IntoIterator<Item = SelectItem>) -> Select {
        let field = Select::new(name).label(self.locale.text(label)).items(items).value(self.typed.get(name)).error(self.error(name));
        if self.private { field.private() } else { field }
    }

    /// The message at one field, for components that the kit does not make.
    pub fn error(&self, name: &str) -> Option<ErrorMessage> {
        self.errors.of(name, self.locale)
    }

    /// For the top of the page.
    pub fn summary(&self) -> Option<ErrorSummary> {
        self.errors.summary(self.locale)
    }
}

#[cfg(test)]
mod tests;
