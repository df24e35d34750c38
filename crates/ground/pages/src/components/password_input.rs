use askama::Template;
use serde::Deserialize;

use super::field::field;
use super::{Button, ErrorMessage, FormGroup, Hint, Input, InputWrapper, Label};
use crate::markup::{Attributes, Classes, Markup, given, scalar};

/// A password, with a button that shows it (with scripts).
#[derive(Debug, Clone, Default, Deserialize, Template)]
#[template(source = "{{ self.input() }}", ext = "html")]
#[serde(rename_all = "camelCase", default)]
pub struct PasswordInput {
    pub id: Option<String>,
    pub name: String,
    #[serde(deserialize_with = "scalar")]
    pub value: Option<String>,
    pub disabled: bool,
    pub described_by: Option<String>,
    pub label: Label,
    pub hint: Option<Hint>,
    pub error_message: Option<ErrorMessage>,
    pub form_group: FormGroup,
    pub autocomplete: Option<String>,
    pub show_password_text: Option<String>,
    pub hide_password_text: Option<String>,
    pub show_password_aria_label_text: Option<String>,
    pub hide_password_aria_label_text: Option<String>,
    pub password_shown_announcement_text: Option<String>,
    pub password_hidden_announcement_text: Option<String>,
    pub classes: Classes,
    pub attributes: Attributes,
}
component!(PasswordInput);
common!(PasswordInput);
field!(PasswordInput);

impl PasswordInput {
    /// `name` is also the id. The words of the button come from the language.
    pub fn new(name: impl Into<String>, locale: &crate::Locale) -> Self {
        let word = |id: &str| Some(locale.text(id).into_owned());
        Self {
            name: name.into(),
            show_password_text: word("password-show"),
            hide_password_text: word("password-hide"),
            show_password_aria_label_text: word("password-show-label"),
            hide_password_aria_label_text: word("password-hide-label"),
            password_shown_announcement_text: word("password-shown"),
            password_hidden_announcement_text: word("password-hidden"),
            ..Self::default()
        }
    }

    fn input(&self) -> Input {
        let id = given(&self.id).unwrap_or(&self.name);
        let mut attributes = Attributes::default().set("data-module", "govuk-password-input");
        for (key, text) in [
            ("show-password", &self.show_password_text),
            ("hide-password", &self.hide_password_text),
            ("show-password-aria-label", &self.show_password_aria_label_text),
            ("hide-password-aria-label", &self.hide_password_aria_label_text),
            ("password-shown-announcement", &self.password_shown_announcement_text),
            ("password-hidden-announcement", &self.password_hidden_announcement_text),
        ] {
            if let Some(text) = given(text) {
                attributes = attributes.set(format!("data-i18n.{key}"), text);
            }
        }
        let button = Button::new(self.show_password_text.as_deref().unwrap_or("Show"))
            .classes("govuk-button--secondary govuk-password-input__toggle govuk-js-password-input-toggle")
            .attributes(
                Attributes::default()
                    .set("aria-controls", id)
                    .set("aria-label", self.show_password_aria_label_text.as_deref().unwrap_or("Show password"))
                    .flag("hidden"),
            );
        let button = Button { kind: Some("button".to_owned()), ..button };
        let mut after = vec![Markup::of(&button)];
        if let Some(insert) = &self.form_group.after_input {
            after.push(insert.content.markup());
        }
        Input {
            form_group: FormGroup {
                classes: self.form_group.classes.and("govuk-password-input"),
                attributes: attributes.and(&self.form_group.attributes),
                before_input: self.form_group.before_input.clone(),
                after_input: Some(Markup::join(after).into()),
                ..FormGroup::default()
            },
            input_wrapper: InputWrapper { classes: "govuk-password-input__wrapper".into(), ..InputWrapper::default() },
            label: self.label.clone(),
            hint: self.hint.clone(),
            classes: self.classes.and("govuk-password-input__input govuk-js-password-input-input"),
            error_message: self.error_message.clone(),
            id: self.id.clone(),
            name: self.name.clone(),
            kind: Some("password".to_owned()),
            spellcheck: Some(false),
            autocapitalize: Some("none".to_owned()),
            autocomplete: Some(given(&self.autocomplete).unwrap_or("current-password").to_owned()),
            value: self.value.clone(),
            disabled: self.disabled,
            described_by: self.described_by.clone(),
            attributes: self.attributes.clone(),
            ..Input::default()
        }
    }
}
