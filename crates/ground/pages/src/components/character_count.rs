use askama::Template;
use serde::Deserialize;

use super::field::field;
use super::{ErrorMessage, FormGroup, Hint, Label, Textarea};
use crate::markup::{Attributes, Classes, Markup, given, scalar};

/// Several lines of text with a limit that is said.
#[derive(Debug, Clone, Default, Deserialize, Template)]
#[template(source = "{{ self.textarea() }}", ext = "html")]
#[serde(rename_all = "camelCase", default)]
pub struct CharacterCount {
    pub id: Option<String>,
    pub name: String,
    #[serde(deserialize_with = "scalar")]
    pub rows: Option<String>,
    #[serde(deserialize_with = "scalar")]
    pub value: Option<String>,
    pub maxlength: Option<u32>,
    pub maxwords: Option<u32>,
    pub threshold: Option<u32>,
    pub count_type: Option<String>,
    pub label: Label,
    pub hint: Option<Hint>,
    pub error_message: Option<ErrorMessage>,
    pub form_group: FormGroup,
    pub spellcheck: Option<bool>,
    pub count_message: CountMessage,
    pub textarea_description_text: Option<String>,
    pub characters_under_limit_text: Plurals,
    pub characters_at_limit_text: Option<String>,
    pub characters_over_limit_text: Plurals,
    pub words_under_limit_text: Plurals,
    pub words_at_limit_text: Option<String>,
    pub words_over_limit_text: Plurals,
    pub classes: Classes,
    pub attributes: Attributes,
}
component!(CharacterCount);
common!(CharacterCount);
field!(CharacterCount);

/// How the line below the field looks.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct CountMessage {
    pub classes: Classes,
}

/// One text for each plural form, in the order given.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(transparent)]
pub struct Plurals(Attributes);

impl CharacterCount {
    /// `name` is also the id; `said` is the limit as the page says it.
    pub fn new(name: impl Into<String>, maxlength: u32, said: impl Into<String>) -> Self {
        Self { name: name.into(), maxlength: Some(maxlength), textarea_description_text: Some(said.into()), ..Self::default() }
    }

    /// Nothing is remembered, spell-checked elsewhere or translated: for every field of the public face.
    pub fn private(mut self) -> Self {
        self.spellcheck = Some(false);
        self.attributes = self.attributes.set("autocomplete", "off").set("translate", "no");
        self
    }

    fn textarea(&self) -> Textarea {
        let id = given(&self.id).unwrap_or(&self.name);
        Textarea {
            id: Some(id.to_owned()),
            name: self.name.clone(),
            described_by: Some(format!("{id}-info")),
            rows: self.rows.clone(),
            spellcheck: self.spellcheck,
            value: self.value.clone(),
            form_group: FormGroup {
                classes: self.form_group.classes.and("govuk-character-count"),
                attributes: self.group_attributes().and(&self.form_group.attributes),
                before_input: self.form_group.before_input.clone(),
                after_input: Some(self.after_input(id).into()),
                ..FormGroup::default()
            },
            classes: self.classes.and("govuk-js-character-count"),
            label: self.label.clone(),
            hint: self.hint.clone(),
            error_message: self.error_message.clone(),
            attributes: self.attributes.clone(),
            ..Textarea::default()
        }
    }

    fn limit(&self) -> Option<u32> {
        self.maxwords.filter(|limit| *limit > 0).or(self.maxlength.filter(|limit| *limit > 0))
    }

    fn count_type(&self) -> Option<&str> {
        given(&self.count_type).or(self.maxwords.filter(|limit| *limit > 0).map(|_| "words"))
    }

    fn after_input(&self, id: &str) -> Markup {
        let unit = if self.count_type() == Some("words") { "words" } else { "characters" };
        let default = format!("You can enter up to %{{count}} {unit}");
        let text =
            self.limit().map(|limit| given(&self.textarea_description_text).unwrap_or(&default).replace("%{count}", &limit.to_string()));
        let hint = Hint {
            content: text.unwrap_or_default().into(),
            id: Some(format!("{id}-info")),
            classes: self.count_message.classes.and("govuk-character-count__message"),
            ..Hint::default()
        };
        let mut after = vec![Markup::of(&hint)];
        if let Some(insert) = &self.form_group.after_input {
            after.push(insert.content.markup());
        }
        Markup::join(after)
    }

    fn group_attributes(&self) -> Attributes {
        let number = |number: Option<u32>| number.map(|number| number.to_string());
        let mut attributes = Attributes::default()
            .set("data-module", "govuk-character-count")
            .set_some("data-maxlength", number(self.maxlength).as_deref())
            .set_some("data-maxwords", number(self.maxwords).as_deref())
            .set_some("data-threshold", number(self.threshold).as_deref())
            .set_some("data-count-type", self.count_type());
        if self.limit().is_none()
            && let Some(text) = given(&self.textarea_description_text)
        {
            attributes = attributes.set("data-i18n.textarea-description.other", text);
        }
        attributes = plurals(attributes, "characters-under-limit", &self.characters_under_limit_text);
        attributes = single(attributes, "characters-at-limit", &self.characters_at_limit_text);
        attributes = plurals(attributes, "characters-over-limit", &self.characters_over_limit_text);
        attributes = plurals(attributes, "words-under-limit", &self.words_under_limit_text);
        attributes = single(attributes, "words-at-limit", &self.words_at_limit_text);
        plurals(attributes, "words-over-limit", &self.words_over_limit_text)
    }
}

pub(super) fn plurals(attributes: Attributes, key: &str, texts: &Plurals) -> Attributes {
    texts.0.iter().fold(attributes, |attributes, (form, text)| attributes.set(format!("data-i18n.{key}.{form}"), text))
}

pub(super) fn single(attributes: Attributes, key: &str, text: &Option<String>) -> Attributes {
    match given(text) {
        Some(text) => attributes.set(format!("data-i18n.{key}"), text),
        None => attributes,
    }
}
