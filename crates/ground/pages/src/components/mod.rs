//! The components of the GOV.UK and MOJ design systems as typed structs.
//!
//! Each struct carries the macro options of the design system by their own names and renders the same HTML; the
//! golden tests compare every case that the npm packages ship. Screens use the constructors.

/// A component renders itself without being escaped again.
macro_rules! component {
    ($($name:ty),+ $(,)?) => { $(
        impl askama::filters::HtmlSafe for $name {}
        impl From<$name> for $crate::markup::Markup {
            fn from(component: $name) -> Self {
                Self::of(&component)
            }
        }
    )+ };
}

/// Setters for what most components take.
macro_rules! common {
    ($name:ty) => {
        impl $name {
            /// More CSS classes.
            pub fn classes(mut self, classes: impl Into<$crate::markup::Classes>) -> Self {
                self.classes = classes.into();
                self
            }

            /// More HTML attributes.
            pub fn attributes(mut self, attributes: $crate::markup::Attributes) -> Self {
                self.attributes = attributes;
                self
            }
        }
    };
}

mod button;
mod character_count;
mod choices;
mod details;
mod errors;
mod exit_this_page;
mod field;
mod file_upload;
mod input;
mod moj;
mod navigation;
mod notice;
mod pagination;
mod password_input;
mod select;
mod summary_list;
mod table;
mod textarea;

#[cfg(test)]
mod escaping;
#[cfg(test)]
mod golden;
#[cfg(test)]
mod moj_tests;

pub use button::Button;
pub use character_count::{CharacterCount, CountMessage, Plurals};
pub use choices::{CheckboxItem, Checkboxes, Choice, Conditional, RadioItem, Radios};
pub use details::Details;
pub use errors::{ErrorItem, ErrorMessage, ErrorSummary};
pub use exit_this_page::ExitThisPage;
pub use field::{Fieldset, FormGroup, Hint, Insert, Label, Legend};
pub use file_upload::FileUpload;
pub use input::{Affix, Input, InputWrapper};
pub use moj::{
    Badge, IdentityBar, Message, MessageList, Messages, SideHeading, SideItem, SideNavigation, SideSection, Timeline, TimelineItem,
};
pub use navigation::{BackLink, Breadcrumb, Breadcrumbs, GenericHeader, LanguageItem, LanguageNavigation, SkipLink};
pub use notice::{InsetText, NotificationBanner, Panel, PanelAction, PanelActions, PhaseBanner, Tag, WarningText};
pub use pagination::{PageArrow, PageItem, Pagination};
pub use password_input::PasswordInput;
pub use select::{Select, SelectItem};
pub use summary_list::{SummaryAction, SummaryActions, SummaryCard, SummaryList, SummaryRow, SummaryText, SummaryTitle};
pub use table::{Cell, Table};
pub use textarea::Textarea;
