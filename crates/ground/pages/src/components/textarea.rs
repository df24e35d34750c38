use askama::Template;
use serde::Deserialize;

use super::field::{described, field};
use super::{ErrorMessage, FormGroup, Hint, Label};
use crate::markup::{Attributes, Classes, given, scalar};

/// Several lines of text.
#[derive(Debug, Clone, Default, Deserialize, Template)]
#[template(path = "components/textarea.html")]
#[serde(rename_all = "camelCase", default)]
pub struct Textarea {
    pub id: Option<String>,
    pub name: String,
    pub spellcheck: Option<bool>,
    #[serde(deserialize_with = "scalar")]
    pub rows: Option<String>,
    #[serde(deserialize_with = "scalar")]
    pub value: Option<String>,
    pub disabled: bool,
    pub described_by: Option<String>,
    pub label: Label,
    pub hint: Option<Hint>,
    pub error_message: Option<ErrorMessage>,
    pub form_group: FormGroup,
    pub autocomplete: Option<String>,
    pub classes: Classes,
    pub attributes: Attributes,
}
component!(Textarea);
common!(Textarea);
field!(Textarea);

impl Textarea {
    /// `name` is also the id.
    pub fn new(name: impl Into<String>) -> Self {
        Self { name: name.into(), ..Self::default() }
    }

    pub fn rows(mut self, rows: u16) -> Self {
        self.rows = Some(rows.to_string());
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

    fn described(&self) -> Option<String> {
        described(self.described_by.as_deref(), self.id(), self.hint.is_some(), self.error_message.is_some())
    }

    fn own_label(&self) -> Label {
        self.label.clone().target(self.id())
    }
}
