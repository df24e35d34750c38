use askama::Template;
use serde::Deserialize;

use super::field::{described, field};
use super::{ErrorMessage, FormGroup, Hint, Label};
use crate::markup::{Attributes, Classes, given, scalar, sparse};

/// One answer out of many.
#[derive(Debug, Clone, Default, Deserialize, Template)]
#[template(path = "components/select.html")]
#[serde(rename_all = "camelCase", default)]
pub struct Select {
    pub id: Option<String>,
    pub name: String,
    #[serde(deserialize_with = "sparse")]
    pub items: Vec<Option<SelectItem>>,
    #[serde(deserialize_with = "scalar")]
    pub value: Option<String>,
    pub disabled: bool,
    pub described_by: Option<String>,
    pub label: Label,
    pub hint: Option<Hint>,
    pub error_message: Option<ErrorMessage>,
    pub form_group: FormGroup,
    pub classes: Classes,
    pub attributes: Attributes,
}
component!(Select);
common!(Select);
field!(Select);

/// One answer.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct SelectItem {
    #[serde(deserialize_with = "scalar")]
    pub value: Option<String>,
    pub text: String,
    pub selected: Option<bool>,
    pub disabled: bool,
    pub attributes: Attributes,
}

impl SelectItem {
    pub fn new(value: impl Into<String>, text: impl Into<String>) -> Self {
        Self { value: Some(value.into()), text: text.into(), ..Self::default() }
    }
}

impl Select {
    /// `name` is also the id.
    pub fn new(name: impl Into<String>) -> Self {
        Self { name: name.into(), ..Self::default() }
    }

    pub fn items(mut self, items: impl IntoIterator<Item = SelectItem>) -> Self {
        self.items = items.into_iter().map(Some).collect();
        self
    }

    /// The browser does not remember the answer: for every field of the public face.
    pub fn private(mut self) -> Self {
        self.attributes = self.attributes.set("autocomplete", "off").set("translate", "no");
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

    fn is_selected(&self, item: &SelectItem) -> bool {
        let value = item.value.as_deref().unwrap_or(&item.text);
        item.selected.unwrap_or_else(|| given(&self.value) == Some(value))
    }
}
