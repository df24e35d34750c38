use askama::Template;
use serde::Deserialize;

use crate::markup::{Attributes, Classes, Content, Markup};

/// What is wrong with one field, beside the field.
#[derive(Debug, Clone, Default, Deserialize, Template)]
#[template(
    source = r#"<p{% if let Some(id) = crate::markup::given(id) %} id="{{ id }}"{% endif %} class="govuk-error-message{{ classes }}"{{ attributes }}>
  {% if let Some(hidden) = self.hidden() %}<span class="govuk-visually-hidden">{{ hidden }}:</span> {{ content }}{% else %}{{ content }}{% endif %}
</p>"#,
    ext = "html"
)]
#[serde(rename_all = "camelCase", default)]
pub struct ErrorMessage {
    #[serde(flatten)]
    pub content: Content,
    pub id: Option<String>,
    /// Said before the message to those who listen; English "Error" when it is not set, nothing when it is empty.
    pub visually_hidden_text: Option<String>,
    pub classes: Classes,
    pub attributes: Attributes,
}
component!(ErrorMessage);
common!(ErrorMessage);

impl ErrorMessage {
    /// `hidden` is the word for "Error" in the language of the page.
    pub fn new(text: impl Into<Content>, hidden: impl Into<String>) -> Self {
        Self { content: text.into(), visually_hidden_text: Some(hidden.into()), ..Self::default() }
    }

    pub(crate) fn with_id(&self, id: String) -> Self {
        Self { id: Some(id), ..self.clone() }
    }

    fn hidden(&self) -> Option<&str> {
        Some(self.visually_hidden_text.as_deref().unwrap_or("Error")).filter(|text| !text.is_empty())
    }
}

/// Everything that is wrong with a form, at the top of the page.
#[derive(Debug, Clone, Default, Deserialize, Template)]
#[template(
    source = r#"<div class="govuk-error-summary{{ classes }}"{% if let Some(disable) = disable_auto_focus %} data-disable-auto-focus="{{ disable }}"{% endif %}{{ attributes }} data-module="govuk-error-summary">
  <div role="alert">
    <h2 class="govuk-error-summary__title">
      {{ Content::of(title_text, title_html) }}
    </h2>
    <div class="govuk-error-summary__body">
      {%- let description = Content::of(description_text, description_html) -%}
      {% if !description.is_empty() %}
      <p>
        {{ description }}
      </p>
      {% endif %}
      {% if !error_list.is_empty() %}
        <ul class="govuk-list govuk-error-summary__list">
        {% for item in error_list %}
          <li>
          {% if let Some(href) = crate::markup::given(item.href) %}
            <a href="{{ href }}"{{ item.attributes }}>{{ item.content }}</a>
          {% else %}
            {{ item.content }}
          {% endif %}
          </li>
        {% endfor %}
        </ul>
      {% endif %}
    </div>
  </div>
</div>"#,
    ext = "html"
)]
#[serde(rename_all = "camelCase", default)]
pub struct ErrorSummary {
    pub title_text: Option<String>,
    pub title_html: Option<Markup>,
    pub description_text: Option<String>,
    pub description_html: Option<Markup>,
    pub error_list: Vec<ErrorItem>,
    pub disable_auto_focus: Option<bool>,
    pub classes: Classes,
    pub attributes: Attributes,
}
component!(ErrorSummary);
common!(ErrorSummary);

/// One line of the summary, leading to its field.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct ErrorItem {
    #[serde(flatten)]
    pub content: Content,
    pub href: Option<String>,
    pub attributes: Attributes,
}

impl ErrorSummary {
    pub fn new(title: impl Into<String>, items: impl IntoIterator<Item = ErrorItem>) -> Self {
        Self { title_text: Some(title.into()), error_list: items.into_iter().collect(), ..Self::default() }
    }
}

impl ErrorItem {
    /// `field` is the id of the field, without `#`.
    pub fn new(text: impl Into<Content>, field: &str) -> Self {
        Self { content: text.into(), href: Some(format!("#{field}")), ..Self::default() }
    }
}
