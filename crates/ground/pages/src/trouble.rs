//! Pages for when something does not work, in both faces.

use askama::Template;
use axum::http::header::RETRY_AFTER;
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};

use crate::{DeskPage, DeskSite, Language, Locale, PublicPage, PublicSite};

/// What went wrong, from the point of view of the person at the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trouble {
    /// There is no such page, or none that this person may see: the answer is the same.
    NotFound,
    /// The request makes no sense to us.
    Malformed,
    /// What was sent is too large.
    TooLarge,
    /// The answer took too long.
    Timeout,
    /// Too many people at once.
    Busy,
    /// A mistake of ours.
    Broken,
}

impl Trouble {
    pub const ALL: [Self; 6] = [Self::NotFound, Self::Malformed, Self::TooLarge, Self::Timeout, Self::Busy, Self::Broken];

    pub fn status(self) -> StatusCode {
        match self {
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::Malformed => StatusCode::BAD_REQUEST,
            Self::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::Timeout => StatusCode::GATEWAY_TIMEOUT,
            Self::Busy => StatusCode::SERVICE_UNAVAILABLE,
            Self::Broken => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    /// The trouble behind an answer that has no page of its own.
    pub(crate) fn of(status: StatusCode) -> Self {
        match status {
            StatusCode::PAYLOAD_TOO_LARGE | StatusCode::URI_TOO_LONG | StatusCode::REQUEST_HEADER_FIELDS_TOO_LARGE => Self::TooLarge,
            StatusCode::REQUEST_TIMEOUT | StatusCode::GATEWAY_TIMEOUT => Self::Timeout,
            StatusCode::SERVICE_UNAVAILABLE | StatusCode::TOO_MANY_REQUESTS => Self::Busy,
            StatusCode::NOT_FOUND | StatusCode::METHOD_NOT_ALLOWED | StatusCode::GONE => Self::NotFound,
            status if status.is_client_error() => Self::Malformed,
            _ => Self::Broken,
        }
    }

    /// The id of the heading, and of what to do next.
    fn texts(self) -> (&'static str, &'static str) {
        match self {
            Self::NotFound => ("trouble-not-found-title", "trouble-not-found-text"),
            Self::Malformed => ("trouble-malformed-title", "trouble-malformed-text"),
            Self::TooLarge => ("trouble-too-large-title", "trouble-too-large-text"),
            Self::Timeout => ("trouble-timeout-title", "trouble-timeout-text"),
            Self::Busy => ("trouble-busy-title", "trouble-busy-text"),
            Self::Broken => ("trouble-broken-title", "trouble-broken-text"),
        }
    }
}

#[derive(Template)]
#[template(
    source = r#"{% if own_heading %}<h1 class="govuk-heading-l">{{ title }}</h1>{% endif %}
<p class="govuk-body-l">{{ text }}</p>
{% if let Some(danger) = danger %}<p class="govuk-body">{{ danger }}</p>{% endif %}
<p class="govuk-body"><a class="govuk-link" href="{{ home }}">{{ home_text }}</a></p>"#,
    ext = "html"
)]
struct Body<'a> {
    own_heading: bool,
    title: std::borrow::Cow<'a, str>,
    text: std::borrow::Cow<'a, str>,
    danger: Option<std::borrow::Cow<'a, str>>,
    home: String,
    home_text: std::borrow::Cow<'a, str>,
}

fn body<'a>(trouble: Trouble, locale: &'a Locale, language: &Language, public: bool) -> Body<'a> {
    let (title, text) = trouble.texts();
    Body {
        own_heading: public,
        title: locale.text(title),
        text: locale.text(text),
        danger: public.then(|| locale.text("trouble-danger")),
        home: language.href("/"),
        home_text: locale.text(if public { "trouble-home" } else { "trouble-desk-home" }),
    }
}

fn finish(trouble: Trouble, page: Response) -> Response {
    let mut answer = (trouble.status(), page).into_response();
    if trouble == Trouble::Busy {
        answer.headers_mut().insert(RETRY_AFTER, HeaderValue::from_static("10"));
    }
    answer
}

/// The page for the public.
pub fn public_trouble(site: &PublicSite, language: &Language, trouble: Trouble) -> Response {
    let body = body(trouble, &language.locale, language, true);
    finish(trouble, PublicPage::new(site, language, "/", body).into_response())
}

/// The page for the desk.
pub fn desk_trouble(site: &DeskSite, language: &Language, trouble: Trouble) -> Response {
    let (title, _) = trouble.texts();
    let body = body(trouble, &language.locale, language, false);
    finish(trouble, DeskPage::new(site, language, language.locale.text(title), body).into_response())
}
