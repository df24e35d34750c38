use askama::Template;
use serde::Deserialize;

use crate::markup::{Attributes, Classes, Content, scalar, sparse};

/// Rows and columns.
#[derive(Debug, Clone, Default, Deserialize, Template)]
#[template(path = "components/table.html")]
#[serde(rename_all = "camelCase", default)]
pub struct Table {
    #[serde(deserialize_with = "sparse")]
    pub rows: Vec<Option<Vec<Cell>>>,
    pub head: Option<Vec<Cell>>,
    #[serde(deserialize_with = "scalar")]
    pub caption: Option<String>,
    pub caption_classes: Classes,
    pub first_cell_is_header: bool,
    pub classes: Classes,
    pub attributes: Attributes,
}
component!(Table);
common!(Table);

/// One cell of head or body.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Cell {
    #[serde(flatten)]
    pub content: Content,
    /// "numeric" sets numbers below each other.
    pub format: Option<String>,
    pub colspan: Option<u16>,
    pub rowspan: Option<u16>,
    pub classes: Classes,
    pub attributes: Attributes,
}

impl Cell {
    pub fn new(content: impl Into<Content>) -> Self {
        Self { content: content.into(), ..Self::default() }
    }

    /// A number.
    pub fn numeric(content: impl Into<Content>) -> Self {
        Self { format: Some("numeric".to_owned()), ..Self::new(content) }
    }

    pub fn classes(mut self, classes: impl Into<Classes>) -> Self {
        self.classes = classes.into();
        self
    }
}

impl<T: Into<Content>> From<T> for Cell {
    fn from(content: T) -> Self {
        Self::new(content)
    }
}

impl Table {
    /// The caption says what the table shows.
    pub fn new(caption: impl Into<String>) -> Self {
        Self { caption: Some(caption.into()), caption_classes: "govuk-table__caption--m".into(), ..Self::default() }
    }

    pub fn head<C: Into<Cell>>(mut self, cells: impl IntoIterator<Item = C>) -> Self {
        self.head = Some(cells.into_iter().map(Into::into).collect());
        self
    }

    /// Adds a row.
    pub fn row<C: Into<Cell>>(mut self, cells: impl IntoIterator<Item = C>) -> Self {
        self.rows.push(Some(cells.into_iter().map(Into::into).collect()));
        self
    }

    /// Replaces the rows.
    pub fn rows(mut self, rows: impl IntoIterator<Item = Vec<Cell>>) -> Self {
        self.rows = rows.into_iter().map(Some).collect();
        self
    }

    /// The first cell of each row names it.
    pub fn first_cell_is_header(mut self) -> Self {
        self.first_cell_is_header = true;
        self
    }
}
