//! What every page stands on: layout of both faces, components, the form kit, languages, assets, headers.
//!
//! Architecture invariant: nothing here knows a zone, a table or a key. Screens hand in what is to be shown; this room
//! never reads a clock, a file outside `--locales`, or the network.

pub mod assets;
pub mod components;
mod face;
mod form;
mod headers;
mod language;
mod layout;
pub mod locale;
mod markup;
mod sheet;
mod trouble;

pub use face::{desk_face, public_face};
pub use form::{FieldErrors, Form, Typed};
pub use headers::{desk_headers, public_headers};
pub use language::Language;
pub use layout::{DeskPage, DeskSite, Hat, MessageDoor, PublicPage, PublicSite, Theme};
pub use locale::{Locale, LocaleError, Locales, Value};
pub use markup::{Attributes, Classes, Content, Markup};
pub use sheet::{csv_file, harmless};
pub use trouble::{Trouble, desk_trouble, public_trouble};
