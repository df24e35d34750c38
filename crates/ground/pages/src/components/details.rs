use askama::Template;
use serde::Deserialize;

use crate::markup::{Attributes, Classes, Content, Markup};

/// A line that opens to show more.
#[derive(Debug, Clone, Default, Deserialize, Template)]
#[template(
    source = r#"<details{% if let Some(id) = crate::markup::given(id) %} id="{{ id }}"{% endif %} class="govuk-details{{ classes }}"{{ attributes }}{% if open %} open{% endif %}>
  <summary class="govuk-details__summary">
    <span class="govuk-details__summary-text">
      {{ Content::of(summary_text, summary_html) }}
    </span>
  </summary>
  <div class="govuk-details__text">
    {{ content }}
  </div>
</details>"#,
    ext = "html"
)]
#[serde(rename_all = "camelCase", default)]
pub struct Details {
    #[serde(flatten)]
    pub content: Content,
    pub summary_text: Option<String>,
    pub summary_html: Option<Markup>,
    pub id: Option<String>,
    pub open: bool,
    pub classes: Classes,
    pub attributes: Attributes,
}
component!(Details);
common!(Details);

impl Details {
    pub fn new(summary: impl Into<String>, inside: impl Into<Content>) -> Self {
        Self { summary_text: Some(summary.into()), content: inside.into(), ..Self::default() }
    }

    pub fn open(mut self, open: bool) -> Self {
        self.open = open;
        self
    }
}
