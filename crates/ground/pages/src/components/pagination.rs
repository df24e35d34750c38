use askama::Template;
use serde::Deserialize;

use crate::markup::{Attributes, Classes, Content, Markup, given, scalar, sparse};

/// The way through a long list.
#[derive(Debug, Clone, Default, Deserialize, Template)]
#[template(path = "components/pagination.html")]
#[serde(rename_all = "camelCase", default)]
pub struct Pagination {
    #[serde(deserialize_with = "some_items")]
    pub items: Option<Vec<Option<PageItem>>>,
    pub previous: Option<PageArrow>,
    pub next: Option<PageArrow>,
    pub landmark_label: Option<String>,
    pub classes: Classes,
    pub attributes: Attributes,
}
component!(Pagination);
common!(Pagination);

fn some_items<'de, D: serde::Deserializer<'de>>(from: D) -> Result<Option<Vec<Option<PageItem>>>, D::Error> {
    sparse(from).map(Some)
}

/// One page, or the gap between two.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct PageItem {
    #[serde(deserialize_with = "scalar")]
    pub number: Option<String>,
    pub visually_hidden_text: Option<String>,
    pub href: Option<String>,
    pub current: bool,
    pub ellipsis: bool,
    pub attributes: Attributes,
}

/// To the page before or after.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct PageArrow {
    #[serde(flatten)]
    pub content: Content,
    pub label_text: Option<String>,
    pub href: Option<String>,
    pub attributes: Attributes,
}

impl PageArrow {
    pub fn new(text: impl Into<Content>, href: impl Into<String>) -> Self {
        Self { content: text.into(), href: Some(href.into()), ..Self::default() }
    }

    fn own_content(&self, word: &'static str) -> Content {
        if self.content.is_empty() { Markup::literal(word).into() } else { self.content.clone() }
    }
}

impl PageItem {
    /// `label` is what those who listen hear: "Page 3".
    pub fn new(number: usize, label: impl Into<String>, href: impl Into<String>, current: bool) -> Self {
        Self {
            number: Some(number.to_string()),
            visually_hidden_text: Some(label.into()),
            href: Some(href.into()),
            current,
            ..Self::default()
        }
    }

    /// The gap between two.
    pub fn gap() -> Self {
        Self { ellipsis: true, ..Self::default() }
    }

    fn is_something(&self) -> bool {
        self.ellipsis || self.current || self.number.is_some() || self.href.is_some()
    }

    fn label(&self) -> String {
        let number = self.number.as_deref().unwrap_or_default();
        self.visually_hidden_text.clone().unwrap_or_else(|| format!("Page {number}"))
    }
}

impl Pagination {
    pub fn new(label: impl Into<String>, items: impl IntoIterator<Item = PageItem>) -> Self {
        Self { landmark_label: Some(label.into()), items: Some(items.into_iter().map(Some).collect()), ..Self::default() }
    }

    /// Only previous and next.
    pub fn arrows(label: impl Into<String>, previous: Option<PageArrow>, next: Option<PageArrow>) -> Self {
        Self { landmark_label: Some(label.into()), previous, next, ..Self::default() }
    }

    pub fn previous(mut self, arrow: Option<PageArrow>) -> Self {
        self.previous = arrow;
        self
    }

    pub fn next(mut self, arrow: Option<PageArrow>) -> Self {
        self.next = arrow;
        self
    }

    fn block(&self) -> bool {
        self.items.is_none() && (self.next.is_some() || self.previous.is_some())
    }

    fn arrow(&self, arrow: &Option<PageArrow>) -> Option<PageArrow> {
        arrow.clone().filter(|arrow| given(&arrow.href).is_some())
    }
}
