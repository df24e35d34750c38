use askama::Template;
use serde::Deserialize;

use super::field::{described, field};
use super::{ErrorMessage, FormGroup, Hint, Label};
use crate::markup::{Attributes, Classes, Content, given, scalar};

/// One line of text.
#[derive(Debug, Clone, Default, Deserialize, Template)]
#[template(path = "components/input.html")]
#[serde(rename_all = "camelCase", default)]
pub struct Input {
    pub id: Option<String>,
    pub name: String,
    #[serde(rename = "type")]
    pub kind: Option<String>,
    pub inputmode: Option<String>,
    #[serde(deserialize_with = "scalar")]
    pub value: Option<String>,
    pub disabled: bool,
    pub described_by: Option<String>,
    pub label: Label,
    pub hint: Option<Hint>,
    pub error_message: Option<ErrorMessage>,
    pub prefix: Option<Affix>,
    pub suffix: Option<Affix>,
    pub form_group: FormGroup,
    pub input_wrapper: InputWrapper,
    pub autocomplete: Option<String>,
    pub autocapitalize: Option<String>,
    pub pattern: Option<String>,
    pub spellcheck: Option<bool>,
    pub classes: Classes,
    pub attributes: Attributes,
}
component!(Input);
common!(Input);
field!(Input);

/// A sign before or after the text, as a unit or a currency.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Affix {
    #[serde(flatten)]
    pub content: Content,
    pub classes: Classes,
    pub attributes: Attributes,
}

/// The box around input, prefix and suffix.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct InputWrapper {
    pub classes: Classes,
    pub attributes: Attributes,
}

impl Input {
    /// `name` is also the id.
    pub fn new(name: impl Into<String>) -> Self {
        Self { name: name.into(), ..Self::default() }
    }

    /// The HTML type: "email", "tel", "search".
    pub fn kind(mut self, kind: impl Into<String>) -> Self {
        self.kind = Some(kind.into());
        self
    }

    /// Which keyboard a phone shows: "numeric", "tel".
    pub fn inputmode(mut self, mode: impl Into<String>) -> Self {
        self.inputmode = Some(mode.into());
        self
    }

    pub fn autocomplete(mut self, autocomplete: impl Into<String>) -> Self {
        self.autocomplete = Some(autocomplete.into());
        self
    }

    /// Nothing is remembered, spell-checked elsewhere or translated: for every field of the public face.
    pub fn private(mut self) -> Self {
        self.autocomplete = Some("off".to_owned());
        self.spellcheck = Some(false);
        self.attributes = self.attributes.set("translate", "no");
        self
    }

    fn id(&self) -> &str {
        given(&self.id).unwrap_or(&self.name)
    }

    fn affixed(&self) -> bool {
        let filled = |affix: &Option<Affix>| affix.as_ref().is_some_and(|affix| !affix.content.is_empty());
        let inserted = |insert: &Option<super::Insert>| insert.as_ref().is_some_and(|insert| !insert.content.is_empty());
        filled(&self.prefix) || filled(&self.suffix) || inserted(&self.form_group.before_input) || inserted(&self.form_group.after_input)
    }

    fn all_attributes(&self) -> Attributes {
        let error = if self.error_message.is_some() { " govuk-input--error" } else { "" };
        let described = described(self.described_by.as_deref(), self.id(), self.hint.is_some(), self.error_message.is_some());
        let mut attributes = Attributes::default()
            .set("class", format!("govuk-input{}{error}", self.classes))
            .set("id", self.id())
            .set("name", self.name.as_str())
            .set("type", given(&self.kind).unwrap_or("text"))
            .set_some("spellcheck", self.spellcheck.map(|on| if on { "true" } else { "false" }))
            .set_some("value", self.value.as_deref());
        if self.disabled {
            attributes = attributes.flag("disabled");
        }
        attributes
            .set_some("aria-describedby", described.as_deref())
            .set_some("autocomplete", self.autocomplete.as_deref())
            .set_some("autocapitalize", self.autocapitalize.as_deref())
            .set_some("pattern", self.pattern.as_deref())
            .set_some("inputmode", self.inputmode.as_deref())
            .and(&self.attributes)
    }

    fn own_label(&self) -> Label {
        self.label.clone().target(self.id())
    }
}
