//! The frame of every page.

mod desk;
mod public;

pub use desk::{DeskPage, DeskSite, Hat, Theme};
pub use public::{MessageDoor, PublicPage, PublicSite};

use askama::Template;
use axum::response::{Html, IntoResponse, Response};

use crate::{Locale, assets};

/// A template as an answer. A template that fails to render is a mistake of ours: it is logged, and the answer is a
/// bare 500, which the face dresses.
fn respond(page: &impl Template) -> Response {
    match page.render() {
        Ok(html) => Html(html).into_response(),
        Err(error) => {
            tracing::error!(rule = "pages.render", %error, "a page could not be rendered");
            axum::http::StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
    }
}

/// The address of a style sheet in the direction of the language.
fn style(face: &str, locale: &Locale) -> String {
    let name = if locale.is_rtl() { format!("{face}.rtl.css") } else { format!("{face}.css") };
    assets::href(&name).unwrap_or_default()
}
