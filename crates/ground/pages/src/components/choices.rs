//! Radios and checkboxes.

use askama::Template;
use serde::Deserialize;

use super::field::described;
use super::{ErrorMessage, Fieldset, FormGroup, Hint, Label, Legend};
use crate::markup::{Attributes, Classes, Content, Markup, Scalar, given, scalar, sparse};

/// One answer out of a few.
#[derive(Debug, Clone, Default, Deserialize, Template)]
#[template(path = "components/choices.html")]
#[serde(rename_all = "camelCase", default)]
pub struct Radios {
    pub fieldset: Option<Fieldset>,
    pub hint: Option<Hint>,
    pub error_message: Option<ErrorMessage>,
    pub form_group: FormGroup,
    pub id_prefix: Option<String>,
    pub name: String,
    #[serde(deserialize_with = "sparse")]
    pub items: Vec<Option<RadioItem>>,
    #[serde(deserialize_with = "scalar")]
    pub value: Option<String>,
    pub classes: Classes,
    pub attributes: Attributes,
}
component!(Radios);
common!(Radios);

/// Any number of answers out of a few.
#[derive(Debug, Clone, Default, Deserialize, Template)]
#[template(path = "components/choices.html")]
#[serde(rename_all = "camelCase", default)]
pub struct Checkboxes {
    pub described_by: Option<String>,
    pub fieldset: Option<Fieldset>,
    pub hint: Option<Hint>,
    pub error_message: Option<ErrorMessage>,
    pub form_group: FormGroup,
    pub id_prefix: Option<String>,
    pub name: String,
    #[serde(deserialize_with = "sparse")]
    pub items: Vec<Option<CheckboxItem>>,
    pub(crate) values: Vec<Scalar>,
    pub classes: Classes,
    pub attributes: Attributes,
}
component!(Checkboxes);
common!(Checkboxes);

/// One answer that excludes the others.
pub type RadioItem = Choice;
/// One answer that may stand beside others.
pub type CheckboxItem = Choice;

/// One answer.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Choice {
    #[serde(flatten)]
    pub content: Content,
    pub id: Option<String>,
    pub name: Option<String>,
    #[serde(deserialize_with = "scalar")]
    pub value: Option<String>,
    pub label: Label,
    pub hint: Option<Hint>,
    /// Instead of an answer, a word between two of them.
    pub divider: Option<String>,
    pub checked: Option<bool>,
    pub conditional: Option<Conditional>,
    /// "exclusive" for a box that clears the others (with scripts).
    pub behaviour: Option<String>,
    pub disabled: bool,
    pub attributes: Attributes,
}

/// What is asked further when this answer is chosen.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Conditional {
    pub html: Markup,
}

impl Choice {
    pub fn new(value: impl Into<String>, text: impl Into<Content>) -> Self {
        Self { value: Some(value.into()), content: text.into(), ..Self::default() }
    }

    pub fn divider(word: impl Into<String>) -> Self {
        Self { divider: Some(word.into()), ..Self::default() }
    }

    pub fn hint(mut self, hint: impl Into<Hint>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    pub fn conditional(mut self, inside: Markup) -> Self {
        self.conditional = Some(Conditional { html: inside });
        self
    }

    pub fn checked(mut self, checked: bool) -> Self {
        self.checked = Some(checked);
        self
    }

    fn hint_given(&self) -> Option<&Hint> {
        self.hint.as_ref().filter(|hint| !hint.content.is_empty())
    }

    fn conditional_given(&self) -> Option<&Markup> {
        self.conditional.as_ref().map(|conditional| &conditional.html).filter(|html| !html.is_empty())
    }

    fn is_checked(&self, chosen: bool) -> bool {
        self.checked.unwrap_or(chosen)
    }

    fn own_label(&self, id: &str, class: &str) -> Label {
        Label {
            content: self.content.clone(),
            classes: self.label.classes.and(class),
            attributes: self.label.attributes.clone(),
            target: Some(id.to_owned()),
            is_page_heading: false,
        }
    }

    fn own_hint(&self, hint: &Hint, id: &str, class: &str) -> Hint {
        Hint {
            id: Some(format!("{id}-item-hint")),
            classes: hint.classes.and(class),
            content: hint.content.clone(),
            attributes: hint.attributes.clone(),
        }
    }

    /// The first has no number, so that the error summary can lead to it by the name of the group.
    fn own_id(&self, prefix: &str, index: usize) -> String {
        match given(&self.id) {
            Some(id) => id.to_owned(),
            None if index == 0 => prefix.to_owned(),
            None => format!("{prefix}-{}", index + 1),
        }
    }
}

macro_rules! choices {
    ($name:ident, $kind:literal, $input:literal) => {
        impl $name {
            /// `name` is also the id of the first answer.
            pub fn new(name: impl Into<String>) -> Self {
                Self { name: name.into(), ..Self::default() }
            }

            /// The question.
            pub fn legend(mut self, legend: impl Into<Legend>) -> Self {
                self.fieldset.get_or_insert_default().legend = legend.into();
                self
            }

            pub fn hint(mut self, hint: impl Into<Hint>) -> Self {
                self.hint = Some(hint.into());
                self
            }

            pub fn items(mut self, items: impl IntoIterator<Item = Choice>) -> Self {
                self.items = items.into_iter().map(Some).collect();
                self
            }

            /// What is wrong with the answer, when something is.
            pub fn error(mut self, error: Option<ErrorMessage>) -> Self {
                self.error_message = error;
                self
            }

            /// The answers are not remembered by the browser: for every field of the public face.
            pub fn private(mut self) -> Self {
                for item in self.items.iter_mut().flatten() {
                    if item.divider.is_none() {
                        item.attributes = std::mem::take(&mut item.attributes).set("autocomplete", "off");
                    }
                }
                self
            }

            fn prefix(&self) -> &str {
                given(&self.id_prefix).unwrap_or(&self.name)
            }

            fn described(&self) -> Option<String> {
                described(self.described_before(), self.prefix(), self.hint.is_some(), self.error_message.is_some())
            }

            fn own_fieldset(&self, fieldset: &Fieldset) -> Fieldset {
                Fieldset { described_by: self.described(), html: Some(Markup::of(&self.inside())), role: None, ..fieldset.clone() }
            }

            fn inside(&self) -> Inside<'_> {
                let items = self.items.iter().enumerate().filter_map(|(index, item)| {
                    let item = item.as_ref()?;
                    Some(self.view(item, item.own_id(self.prefix(), index)))
                });
                Inside {
                    kind: $kind,
                    input: $input,
                    prefix: self.prefix(),
                    hint: self.hint.as_ref(),
                    error: self.error_message.as_ref(),
                    group: &self.form_group,
                    classes: &self.classes,
                    attributes: &self.attributes,
                    items: items.collect(),
                }
            }
        }
    };
}
choices!(Radios, "radios", "radio");
choices!(Checkboxes, "checkboxes", "checkbox");

impl Radios {
    /// The answer that was given before.
    pub fn value(mut self, value: impl Into<String>) -> Self {
        self.value = Some(value.into());
        self
    }

    /// The answers stand in one line.
    pub fn inline(self) -> Self {
        self.classes("govuk-radios--inline")
    }

    fn described_before(&self) -> Option<&str> {
        self.fieldset.as_ref().and_then(|fieldset| fieldset.described_by.as_deref())
    }

    fn view<'a>(&'a self, item: &'a Choice, id: String) -> View<'a> {
        let chosen = given(&self.value).is_some_and(|value| item.value.as_deref() == Some(value));
        View {
            checked: item.is_checked(chosen),
            name: &self.name,
            described: item.hint_given().map(|_| format!("{id}-item-hint")),
            behaviour: None,
            item,
            id,
        }
    }
}

impl Checkboxes {
    /// The answers that were given before.
    pub fn values<T: Into<String>>(mut self, values: impl IntoIterator<Item = T>) -> Self {
        self.values = values.into_iter().map(|value| Scalar(Some(value.into()))).collect();
        self
    }

    fn described_before(&self) -> Option<&str> {
        self.fieldset.as_ref().and_then(|fieldset| given(&fieldset.described_by)).or(self.described_by.as_deref())
    }

    fn view<'a>(&'a self, item: &'a Choice, id: String) -> View<'a> {
        let chosen = item.value.is_some() && self.values.iter().any(|value| value.0 == item.value);
        let hint = item.hint_given().map(|_| format!("{id}-item-hint"));
        // Without a fieldset to carry them, each box is described by what describes the group.
        let group = if self.fieldset.is_none() { self.described() } else { None };
        let described: Vec<String> = group.into_iter().chain(hint).collect();
        View {
            checked: item.is_checked(chosen),
            name: given(&item.name).unwrap_or(&self.name),
            described: (!described.is_empty()).then(|| described.join(" ")),
            behaviour: given(&item.behaviour),
            item,
            id,
        }
    }
}

/// One answer as it is written.
struct View<'a> {
    item: &'a Choice,
    id: String,
    name: &'a str,
    checked: bool,
    described: Option<String>,
    behaviour: Option<&'a str>,
}

/// What stands inside the fieldset, or alone when there is none.
#[derive(Template)]
#[template(path = "components/choices_inside.html")]
struct Inside<'a> {
    kind: &'static str,
    input: &'static str,
    prefix: &'a str,
    hint: Option<&'a Hint>,
    error: Option<&'a ErrorMessage>,
    group: &'a FormGroup,
    classes: &'a Classes,
    attributes: &'a Attributes,
    items: Vec<View<'a>>,
}
impl askama::filters::HtmlSafe for Inside<'_> {}

impl Inside<'_> {
    /// The id of the hint or the error of the group.
    fn part(&self, part: &str) -> String {
        format!("{}-{part}", self.prefix)
    }

    /// The class of a part of an answer.
    fn class(&self, part: &str) -> String {
        format!("govuk-{}__{part}", self.kind)
    }
}
