use askama::Template;
use serde::Deserialize;

use crate::markup::{Attributes, Classes, Content, scalar};

/// A button, or a link that looks like one when `href` is set.
#[derive(Debug, Clone, Default, Deserialize, Template)]
#[template(path = "components/button.html")]
#[serde(rename_all = "camelCase", default)]
pub struct Button {
    #[serde(flatten)]
    pub content: Content,
    pub id: Option<String>,
    pub name: Option<String>,
    #[serde(rename = "type")]
    pub kind: Option<String>,
    #[serde(deserialize_with = "scalar")]
    pub value: Option<String>,
    pub href: Option<String>,
    pub disabled: bool,
    pub is_start_button: bool,
    pub prevent_double_click: Option<bool>,
    pub classes: Classes,
    pub attributes: Attributes,
}
component!(Button);
common!(Button);

impl Button {
    /// A button that sends its form.
    pub fn new(text: impl Into<Content>) -> Self {
        Self { content: text.into(), ..Self::default() }
    }

    /// A link that looks like a button.
    pub fn link(text: impl Into<Content>, href: impl Into<String>) -> Self {
        Self { content: text.into(), href: Some(href.into()), ..Self::default() }
    }

    /// What the form carries when this button was the one.
    pub fn named(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.name = Some(name.into());
        self.value = Some(value.into());
        self
    }

    pub fn id(mut self, id: impl Into<String>) -> Self {
        self.id = Some(id.into());
        self
    }

    /// The quieter kind.
    pub fn secondary(self) -> Self {
        self.classes("govuk-button--secondary")
    }

    /// For what cannot be undone, and for leaving.
    pub fn warning(self) -> Self {
        self.classes("govuk-button--warning")
    }
}
