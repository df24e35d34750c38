use askama::Template;
use serde::Deserialize;

use super::Button;
use crate::markup::{Attributes, Classes, Content, Markup, given};

/// The button that leaves the site at once. Without scripts it is a plain link.
#[derive(Debug, Clone, Default, Deserialize, Template)]
#[template(
    source = r#"<div{% if let Some(id) = crate::markup::given(id) %} id="{{ id }}"{% endif %} class="govuk-exit-this-page{{ classes }}" data-module="govuk-exit-this-page"{{ attributes }}
  {%- if let Some(text) = crate::markup::given(activated_text) %} data-i18n.activated="{{ text }}"{% endif %}
  {%- if let Some(text) = crate::markup::given(timed_out_text) %} data-i18n.timed-out="{{ text }}"{% endif %}
  {%- if let Some(text) = crate::markup::given(press_two_more_times_text) %} data-i18n.press-two-more-times="{{ text }}"{% endif %}
  {%- if let Some(text) = crate::markup::given(press_one_more_time_text) %} data-i18n.press-one-more-time="{{ text }}"{% endif %}>
  {{ self.button() }}
</div>"#,
    ext = "html"
)]
#[serde(rename_all = "camelCase", default)]
pub struct ExitThisPage {
    #[serde(flatten)]
    pub content: Content,
    pub id: Option<String>,
    pub redirect_url: Option<String>,
    pub activated_text: Option<String>,
    pub timed_out_text: Option<String>,
    pub press_two_more_times_text: Option<String>,
    pub press_one_more_time_text: Option<String>,
    pub classes: Classes,
    pub attributes: Attributes,
}
component!(ExitThisPage);
common!(ExitThisPage);

impl ExitThisPage {
    pub fn new(text: impl Into<Content>, to: impl Into<String>) -> Self {
        Self { content: text.into(), redirect_url: Some(to.into()), ..Self::default() }
    }

    fn button(&self) -> Button {
        let content = if self.content.is_empty() {
            Markup::literal(r#"<span class="govuk-visually-hidden">Emergency</span> Exit this page"#).into()
        } else {
            self.content.clone()
        };
        Button::link(content, given(&self.redirect_url).unwrap_or("https://www.bbc.co.uk/weather"))
            .classes("govuk-button--warning govuk-exit-this-page__button govuk-js-exit-this-page-button")
            .attributes(Attributes::default().set("rel", "nofollow noreferrer"))
    }
}
