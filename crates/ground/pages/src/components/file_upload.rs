use askama::Template;
use serde::Deserialize;

use super::character_count::{plurals, single};
use super::field::{described, field};
use super::{ErrorMessage, FormGroup, Hint, Label, Plurals};
use crate::markup::{Attributes, Classes, given};

/// A field in which files are chosen. Its form is sent in parts (`multipart/form-data`).
#[derive(Debug, Clone, Default, Deserialize, Template)]
#[template(path = "components/file_upload.html")]
#[serde(rename_all = "camelCase", default)]
pub struct FileUpload {
    pub id: Option<String>,
    pub name: String,
    /// Never written: a browser lets no page say what is chosen.
    pub value: Option<String>,
    pub disabled: bool,
    pub multiple: bool,
    pub described_by: Option<String>,
    pub label: Label,
    pub hint: Option<Hint>,
    pub error_message: Option<ErrorMessage>,
    pub form_group: FormGroup,
    /// The look that the design system's own script gives it.
    pub javascript: bool,
    pub choose_files_button_text: Option<String>,
    pub no_file_chosen_text: Option<String>,
    pub multiple_files_chosen_text: Plurals,
    pub drop_instruction_text: Option<String>,
    pub entered_drop_zone_text: Option<String>,
    pub left_drop_zone_text: Option<String>,
    pub wrapper_classes: Classes,
    pub wrapper_attributes: Attributes,
    pub classes: Classes,
    pub attributes: Attributes,
}
component!(FileUpload);
common!(FileUpload);
field!(FileUpload);

impl FileUpload {
    /// `name` is also the id.
    pub fn new(name: impl Into<String>) -> Self {
        Self { name: name.into(), ..Self::default() }
    }

    /// Several files at once.
    pub fn multiple(mut self) -> Self {
        self.multiple = true;
        self
    }

    fn id(&self) -> &str {
        given(&self.id).unwrap_or(&self.name)
    }

    fn described(&self) -> Option<String> {
        described(self.described_by.as_deref(), self.id(), self.hint.is_some(), self.error_message.is_some())
    }

    fn own_label(&self) -> Label {
        self.label.clone().target(self.id())
    }

    fn said(&self) -> Attributes {
        let attributes = single(Attributes::default(), "choose-files-button", &self.choose_files_button_text);
        let attributes = single(attributes, "no-file-chosen", &self.no_file_chosen_text);
        let attributes = plurals(attributes, "multiple-files-chosen", &self.multiple_files_chosen_text);
        let attributes = single(attributes, "drop-instruction", &self.drop_instruction_text);
        let attributes = single(attributes, "entered-drop-zone", &self.entered_drop_zone_text);
        single(attributes, "left-drop-zone", &self.left_drop_zone_text)
    }
}
