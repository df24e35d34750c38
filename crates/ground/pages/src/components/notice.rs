//! What stands out of the text: tags, warnings, insets, banners, panels.

use askama::Template;
use serde::Deserialize;

use super::Button;
use crate::markup::{Attributes, Classes, Content, Markup, given};

/// A state in a word.
#[derive(Debug, Clone, Default, Deserialize, Template)]
#[template(source = r#"<strong class="govuk-tag{{ classes }}"{{ attributes }}>{{ content }}</strong>"#, ext = "html")]
#[serde(default)]
pub struct Tag {
    #[serde(flatten)]
    pub content: Content,
    pub classes: Classes,
    pub attributes: Attributes,
}
component!(Tag);
common!(Tag);

impl Tag {
    pub fn new(text: impl Into<Content>) -> Self {
        Self { content: text.into(), ..Self::default() }
    }

    /// A colour of the design system: "red", "yellow", "green", "grey", "blue". The word must say it too.
    pub fn colour(self, colour: &str) -> Self {
        let class = format!("govuk-tag--{colour}");
        self.classes(class)
    }
}

/// A warning with its sign.
#[derive(Debug, Clone, Default, Deserialize, Template)]
#[template(
    source = r#"<div class="govuk-warning-text{{ classes }}"{{ attributes }}>
  <span class="govuk-warning-text__icon" aria-hidden="true">!</span>
  <strong class="govuk-warning-text__text">
    <span class="govuk-visually-hidden">{{ crate::markup::given(icon_fallback_text).unwrap_or("Warning") }}</span>
    {{ content }}
  </strong>
</div>"#,
    ext = "html"
)]
#[serde(rename_all = "camelCase", default)]
pub struct WarningText {
    #[serde(flatten)]
    pub content: Content,
    pub icon_fallback_text: Option<String>,
    pub classes: Classes,
    pub attributes: Attributes,
}
component!(WarningText);
common!(WarningText);

impl WarningText {
    /// `hidden` is the word for "Warning" in the language of the page.
    pub fn new(text: impl Into<Content>, hidden: impl Into<String>) -> Self {
        Self { content: text.into(), icon_fallback_text: Some(hidden.into()), ..Self::default() }
    }
}

/// A paragraph that matters, set in.
#[derive(Debug, Clone, Default, Deserialize, Template)]
#[template(
    source = r#"<div{% if let Some(id) = crate::markup::given(id) %} id="{{ id }}"{% endif %} class="govuk-inset-text{{ classes }}"{{ attributes }}>
  {{ content }}
</div>"#,
    ext = "html"
)]
#[serde(default)]
pub struct InsetText {
    #[serde(flatten)]
    pub content: Content,
    pub id: Option<String>,
    pub classes: Classes,
    pub attributes: Attributes,
}
component!(InsetText);
common!(InsetText);

impl InsetText {
    pub fn new(content: impl Into<Content>) -> Self {
        Self { content: content.into(), ..Self::default() }
    }
}

/// A line across the top that says what kind of site this is.
#[derive(Debug, Clone, Default, Deserialize, Template)]
#[template(
    source = r#"<div class="govuk-phase-banner govuk-width-container{{ classes }}"{{ attributes }}>
  <p class="govuk-phase-banner__content">
    {{ self.own_tag() }}
    <span class="govuk-phase-banner__text">
      {{ content }}
    </span>
  </p>
</div>"#,
    ext = "html"
)]
#[serde(default)]
pub struct PhaseBanner {
    #[serde(flatten)]
    pub content: Content,
    pub tag: Tag,
    pub classes: Classes,
    pub attributes: Attributes,
}
component!(PhaseBanner);
common!(PhaseBanner);

impl PhaseBanner {
    pub fn new(tag: impl Into<Content>, text: impl Into<Content>) -> Self {
        Self { tag: Tag::new(tag), content: text.into(), ..Self::default() }
    }

    fn own_tag(&self) -> Tag {
        Tag { content: self.tag.content.clone(), classes: self.tag.classes.and("govuk-phase-banner__content__tag"), ..Tag::default() }
    }
}

/// News about what was just done, or what the page needs first.
#[derive(Debug, Clone, Default, Deserialize, Template)]
#[template(path = "components/notification_banner.html")]
#[serde(rename_all = "camelCase", default)]
pub struct NotificationBanner {
    #[serde(flatten)]
    pub content: Content,
    pub title_text: Option<String>,
    pub title_html: Option<Markup>,
    pub title_heading_level: Option<u8>,
    #[serde(rename = "type")]
    pub kind: Option<String>,
    pub role: Option<String>,
    pub title_id: Option<String>,
    pub disable_auto_focus: Option<bool>,
    pub classes: Classes,
    pub attributes: Attributes,
}
component!(NotificationBanner);
common!(NotificationBanner);

impl NotificationBanner {
    pub fn new(title: impl Into<String>, content: impl Into<Content>) -> Self {
        Self { title_text: Some(title.into()), content: content.into(), ..Self::default() }
    }

    /// Something was done.
    pub fn success(title: impl Into<String>, content: impl Into<Content>) -> Self {
        Self { kind: Some("success".to_owned()), ..Self::new(title, content) }
    }

    fn is_success(&self) -> bool {
        self.kind.as_deref() == Some("success")
    }

    fn title(&self) -> Content {
        Content::of(&self.title_text, &self.title_html).or_text(if self.is_success() { "Success" } else { "Important" })
    }

    fn own_role(&self) -> &str {
        given(&self.role).unwrap_or(if self.is_success() { "alert" } else { "region" })
    }

    fn own_title_id(&self) -> &str {
        given(&self.title_id).unwrap_or("govuk-notification-banner-title")
    }
}

/// The end of a journey, or a pause before something that matters.
#[derive(Debug, Clone, Default, Deserialize, Template)]
#[template(path = "components/panel.html")]
#[serde(rename_all = "camelCase", default)]
pub struct Panel {
    #[serde(flatten)]
    pub content: Content,
    pub title_text: Option<String>,
    pub title_html: Option<Markup>,
    pub heading_level: Option<u8>,
    pub actions: Option<PanelActions>,
    pub classes: Classes,
    pub attributes: Attributes,
}
component!(Panel);
common!(Panel);

/// What can be done from an interruption.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct PanelActions {
    pub items: Vec<PanelAction>,
    pub classes: Classes,
    pub attributes: Attributes,
}

/// One button or link of an interruption.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct PanelAction {
    pub text: String,
    pub href: Option<String>,
    #[serde(rename = "type")]
    pub kind: Option<String>,
    pub classes: Classes,
    pub attributes: Attributes,
}

impl PanelAction {
    fn is_button(&self) -> bool {
        given(&self.href).is_none() || self.kind.as_deref() == Some("button")
    }

    fn button(&self) -> Button {
        Button {
            content: self.text.as_str().into(),
            kind: Some(given(&self.kind).unwrap_or("button").to_owned()),
            href: self.href.clone(),
            classes: self.classes.and("govuk-button--inverse"),
            attributes: self.attributes.clone(),
            ..Button::default()
        }
    }
}

impl Panel {
    pub fn new(title: impl Into<String>, content: impl Into<Content>) -> Self {
        Self { title_text: Some(title.into()), content: content.into(), ..Self::default() }
    }

    fn is_interruption(&self) -> bool {
        self.classes.contains("govuk-panel--interruption")
    }

    fn own_actions(&self) -> Option<&PanelActions> {
        self.actions.as_ref().filter(|_| self.is_interruption())
    }

    fn level(&self) -> u8 {
        self.heading_level.unwrap_or(1)
    }
}
