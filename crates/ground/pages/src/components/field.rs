//! The parts that fields share: label, hint, fieldset, and the group around a field.

use askama::Template;
use serde::Deserialize;

use crate::markup::{Attributes, Classes, Content, Markup};

/// What a field is called.
#[derive(Debug, Clone, Default, Deserialize, Template)]
#[template(
    source = r#"{% if !content.is_empty() %}{% if is_page_heading %}<h1 class="govuk-label-wrapper">
  {% endif %}<label class="govuk-label{{ classes }}"{{ attributes }}{% if let Some(id) = crate::markup::given(target) %} for="{{ id }}"{% endif %}>
  {{ content }}
</label>{% if is_page_heading %}
</h1>{% endif %}{% endif %}"#,
    ext = "html"
)]
#[serde(rename_all = "camelCase", default)]
pub struct Label {
    #[serde(flatten)]
    pub content: Content,
    #[serde(rename = "for")]
    pub target: Option<String>,
    pub is_page_heading: bool,
    pub classes: Classes,
    pub attributes: Attributes,
}
component!(Label);
common!(Label);

impl Label {
    pub fn new(text: impl Into<Content>) -> Self {
        Self { content: text.into(), ..Self::default() }
    }

    /// The label is the question of the page: large, and its heading.
    pub fn page_heading(self) -> Self {
        Self { is_page_heading: true, classes: "govuk-label--l".into(), ..self }
    }

    pub fn target(mut self, id: impl Into<String>) -> Self {
        self.target = Some(id.into());
        self
    }
}

impl<T: Into<Content>> From<T> for Label {
    fn from(text: T) -> Self {
        Self::new(text)
    }
}

/// Help beside a field.
#[derive(Debug, Clone, Default, Deserialize, Template)]
#[template(
    source = r#"<div{% if let Some(id) = crate::markup::given(id) %} id="{{ id }}"{% endif %} class="govuk-hint{{ classes }}"{{ attributes }}>
  {{ content }}
</div>"#,
    ext = "html"
)]
#[serde(default)]
pub struct Hint {
    #[serde(flatten)]
    pub content: Content,
    pub id: Option<String>,
    pub classes: Classes,
    pub attributes: Attributes,
}
component!(Hint);
common!(Hint);

impl Hint {
    pub fn new(text: impl Into<Content>) -> Self {
        Self { content: text.into(), ..Self::default() }
    }

    pub(crate) fn with_id(&self, id: String) -> Self {
        Self { id: Some(id), ..self.clone() }
    }
}

impl<T: Into<Content>> From<T> for Hint {
    fn from(text: T) -> Self {
        Self::new(text)
    }
}

/// A group of fields under one question.
#[derive(Debug, Clone, Default, Deserialize, Template)]
#[template(
    source = r#"<fieldset class="govuk-fieldset{{ classes }}"{% if let Some(role) = crate::markup::given(role) %} role="{{ role }}"{% endif %}{% if let Some(id) = crate::markup::given(described_by) %} aria-describedby="{{ id }}"{% endif %}{{ attributes }}>
  {% if !legend.content.is_empty() %}
  <legend class="govuk-fieldset__legend{{ legend.classes }}">
  {% if legend.is_page_heading %}
    <h1 class="govuk-fieldset__heading">
      {{ legend.content }}
    </h1>
  {% else %}
    {{ legend.content }}
  {% endif %}
  </legend>
  {% endif %}
  {% if let Some(html) = html %}{{ html }}{% endif %}
</fieldset>"#,
    ext = "html"
)]
#[serde(rename_all = "camelCase", default)]
pub struct Fieldset {
    pub legend: Legend,
    pub role: Option<String>,
    pub described_by: Option<String>,
    pub html: Option<Markup>,
    pub classes: Classes,
    pub attributes: Attributes,
}
component!(Fieldset);
common!(Fieldset);

impl Fieldset {
    pub fn new(legend: impl Into<Legend>, inside: Markup) -> Self {
        Self { legend: legend.into(), html: Some(inside), ..Self::default() }
    }
}

/// The question over a group of fields.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Legend {
    #[serde(flatten)]
    pub content: Content,
    pub is_page_heading: bool,
    pub classes: Classes,
}

impl Legend {
    pub fn new(text: impl Into<Content>) -> Self {
        Self { content: text.into(), classes: "govuk-fieldset__legend--m".into(), is_page_heading: false }
    }

    /// The legend is the question of the page.
    pub fn page_heading(self) -> Self {
        Self { is_page_heading: true, classes: "govuk-fieldset__legend--l".into(), ..self }
    }
}

impl<T: Into<Content>> From<T> for Legend {
    fn from(text: T) -> Self {
        Self::new(text)
    }
}

/// The group around one field.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct FormGroup {
    pub before_input: Option<Insert>,
    pub after_input: Option<Insert>,
    pub before_inputs: Option<Insert>,
    pub after_inputs: Option<Insert>,
    pub classes: Classes,
    pub attributes: Attributes,
}

/// Something put before or after a field.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Insert {
    #[serde(flatten)]
    pub content: Content,
}

impl<T: Into<Content>> From<T> for Insert {
    fn from(content: T) -> Self {
        Self { content: content.into() }
    }
}

/// The ids that a field is described by, in order.
pub(crate) fn described(before: Option<&str>, id: &str, hint: bool, error: bool) -> Option<String> {
    let mut ids: Vec<String> = before.filter(|ids| !ids.is_empty()).map(str::to_owned).into_iter().collect();
    if hint {
        ids.push(format!("{id}-hint"));
    }
    if error {
        ids.push(format!("{id}-error"));
    }
    (!ids.is_empty()).then(|| ids.join(" "))
}

/// The setters of a single field with label, hint and error; and of what every field on a public page carries.
macro_rules! field {
    ($name:ty) => {
        impl $name {
            pub fn label(mut self, label: impl Into<$crate::components::Label>) -> Self {
                self.label = label.into();
                self
            }

            pub fn hint(mut self, hint: impl Into<$crate::components::Hint>) -> Self {
                self.hint = Some(hint.into());
                self
            }

            /// What is wrong with the field, when something is.
            pub fn error(mut self, error: Option<$crate::components::ErrorMessage>) -> Self {
                self.error_message = error;
                self
            }

            /// What was typed before.
            pub fn value(mut self, value: impl Into<String>) -> Self {
                self.value = Some(value.into());
                self
            }
        }
    };
}
pub(crate) use field;
