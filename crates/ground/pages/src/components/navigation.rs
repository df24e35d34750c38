//! Ways around: back, breadcrumbs, skip link, header, languages.

use askama::Template;
use serde::Deserialize;

use crate::markup::{Attributes, Classes, Content, Markup};

/// One page back.
#[derive(Debug, Clone, Default, Deserialize, Template)]
#[template(
    source = r##"<a href="{{ crate::markup::given(href).unwrap_or("#") }}" class="govuk-back-link{{ classes }}"{{ attributes }}>{{ content.or_text("Back") }}</a>"##,
    ext = "html"
)]
#[serde(default)]
pub struct BackLink {
    #[serde(flatten)]
    pub content: Content,
    pub href: Option<String>,
    pub classes: Classes,
    pub attributes: Attributes,
}
component!(BackLink);
common!(BackLink);

impl BackLink {
    pub fn new(text: impl Into<Content>, href: impl Into<String>) -> Self {
        Self { content: text.into(), href: Some(href.into()), ..Self::default() }
    }
}

/// Where this page stands.
#[derive(Debug, Clone, Default, Deserialize, Template)]
#[template(
    source = r#"<nav class="govuk-breadcrumbs{{ classes }}{% if collapse_on_mobile %} govuk-breadcrumbs--collapse-on-mobile{% endif %}"{{ attributes }} aria-label="{{ label_text.as_deref().unwrap_or("Breadcrumb") }}">
  <ol class="govuk-breadcrumbs__list">
  {% for item in items %}
    {% if let Some(href) = crate::markup::given(item.href) %}
    <li class="govuk-breadcrumbs__list-item">
      <a class="govuk-breadcrumbs__link" href="{{ href }}"{{ item.attributes }}>{{ item.content }}</a>
    </li>
    {% else %}
    <li class="govuk-breadcrumbs__list-item" aria-current="page">{{ item.content }}</li>
    {% endif %}
  {% endfor %}
  </ol>
</nav>"#,
    ext = "html"
)]
#[serde(rename_all = "camelCase", default)]
pub struct Breadcrumbs {
    pub items: Vec<Breadcrumb>,
    pub collapse_on_mobile: bool,
    pub label_text: Option<String>,
    pub classes: Classes,
    pub attributes: Attributes,
}
component!(Breadcrumbs);
common!(Breadcrumbs);

/// One step; the last has no `href`.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Breadcrumb {
    #[serde(flatten)]
    pub content: Content,
    pub href: Option<String>,
    pub attributes: Attributes,
}

impl Breadcrumb {
    pub fn new(text: impl Into<Content>, href: impl Into<String>) -> Self {
        Self { content: text.into(), href: Some(href.into()), ..Self::default() }
    }

    /// The page itself.
    pub fn here(text: impl Into<Content>) -> Self {
        Self { content: text.into(), ..Self::default() }
    }
}

impl Breadcrumbs {
    pub fn new(label: impl Into<String>, items: impl IntoIterator<Item = Breadcrumb>) -> Self {
        Self { label_text: Some(label.into()), items: items.into_iter().collect(), ..Self::default() }
    }
}

/// Jumps over the header for those who use the keyboard.
#[derive(Debug, Clone, Default, Deserialize, Template)]
#[template(
    source = r##"<a href="{{ crate::markup::given(href).unwrap_or("#content") }}" class="govuk-skip-link{{ classes }}"{{ attributes }} data-module="govuk-skip-link">{{ content }}</a>"##,
    ext = "html"
)]
#[serde(default)]
pub struct SkipLink {
    #[serde(flatten)]
    pub content: Content,
    pub href: Option<String>,
    pub classes: Classes,
    pub attributes: Attributes,
}
component!(SkipLink);
common!(SkipLink);

impl SkipLink {
    pub fn new(text: impl Into<Content>, href: impl Into<String>) -> Self {
        Self { content: text.into(), href: Some(href.into()), ..Self::default() }
    }
}

/// The header of a service that is not GOV.UK.
#[derive(Debug, Clone, Default, Deserialize, Template)]
#[template(
    source = r#"<div class="govuk-generic-header{{ classes }}"{{ attributes }}>
  <div class="govuk-generic-header__container {{ crate::markup::given(container_classes).unwrap_or("govuk-width-container") }}">
    <div class="govuk-generic-header__logo">
      <a href="{{ crate::markup::given(url).unwrap_or("/") }}" class="govuk-generic-header__homepage-link">
        {{ Content::of(logo_text, logo_html) }}
      </a>
    </div>
  </div>
</div>"#,
    ext = "html"
)]
#[serde(rename_all = "camelCase", default)]
pub struct GenericHeader {
    pub url: Option<String>,
    pub logo_text: Option<String>,
    pub logo_html: Option<Markup>,
    pub container_classes: Option<String>,
    pub classes: Classes,
    pub attributes: Attributes,
}
component!(GenericHeader);
common!(GenericHeader);

/// The languages of the site, each by its own name.
#[derive(Debug, Clone, Default, Deserialize, Template)]
#[template(path = "components/language_navigation.html")]
#[serde(rename_all = "camelCase", default)]
pub struct LanguageNavigation {
    pub items: Vec<LanguageItem>,
    pub aria_label: Option<String>,
    pub classes: Classes,
    pub attributes: Attributes,
}
component!(LanguageNavigation);
common!(LanguageNavigation);

/// One language.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct LanguageItem {
    #[serde(flatten)]
    pub content: Content,
    pub href: Option<String>,
    pub lang: Option<String>,
    pub href_lang: Option<String>,
    pub dir: Option<String>,
    pub current: bool,
    pub language_description_text: Option<String>,
    pub classes: Classes,
    pub attributes: Attributes,
}

impl LanguageNavigation {
    pub fn new(label: impl Into<String>, items: impl IntoIterator<Item = LanguageItem>) -> Self {
        Self { aria_label: Some(label.into()), items: items.into_iter().collect(), ..Self::default() }
    }
}
