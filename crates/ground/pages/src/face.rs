//! What lies around all routes of a face: assets, leaving, headers, and pages for answers that have none.

use axum::Router;
use axum::extract::{Request, State};
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE, HeaderName, LOCATION};
use axum::http::{HeaderValue, StatusCode};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use axum::routing::get;

use crate::headers::add_missing;
use crate::{DeskSite, Language, PublicSite, Trouble, assets, desk_trouble, public_headers, public_trouble};

/// The public face around `screens`: adds `/leave`, `/assets`, the headers, and a page in the language of the browser
/// for every bare answer of 400 and above.
pub fn public_face(site: PublicSite, screens: Router) -> Router {
    let leave = Router::new().route("/leave", get(leave).post(leave_by_form)).with_state(site.clone());
    screens.merge(leave).merge(assets::routes()).layer(middleware::from_fn_with_state(site, public_frame))
}

/// The desk around `screens`: adds `/assets`, the headers, and pages for bare answers of 400 and above.
pub fn desk_face(site: DeskSite, screens: Router) -> Router {
    screens.merge(assets::routes()).layer(middleware::from_fn_with_state(site, desk_frame))
}

/// Opens the operator's weather page and empties the cache of this site. The history stays; the page says so.
async fn leave(State(site): State<PublicSite>) -> Response {
    let Ok(to) = HeaderValue::from_str(site.leave_to()) else {
        // Said at the start by the configuration; here the person must still get away.
        return (StatusCode::SEE_OTHER, [(LOCATION, HeaderValue::from_static("about:blank"))]).into_response();
    };
    let clear = (HeaderName::from_static("clear-site-data"), HeaderValue::from_static("\"cache\""));
    let keep = (CACHE_CONTROL, HeaderValue::from_static("no-store"));
    (StatusCode::SEE_OTHER, [(LOCATION, to), clear, keep]).into_response()
}

async fn leave_by_form(state: State<PublicSite>) -> Response {
    leave(state).await
}

async fn public_frame(State(site): State<PublicSite>, request: Request, next: Next) -> Response {
    let (parts, body) = request.into_parts();
    let language = Language::of(&parts, site.locales());
    let mut answer = next.run(Request::from_parts(parts, body)).await;
    if is_bare(&answer) {
        answer = public_trouble(&site, &language, Trouble::of(answer.status()));
    }
    add_missing(answer.headers_mut(), &public_headers());
    answer
}

async fn desk_frame(State(site): State<DeskSite>, request: Request, next: Next) -> Response {
    let (parts, body) = request.into_parts();
    let language = Language::of(&parts, &site.locales);
    let mut answer = next.run(Request::from_parts(parts, body)).await;
    if is_bare(&answer) {
        answer = desk_trouble(&site, &language, Trouble::of(answer.status()));
    }
    add_missing(answer.headers_mut(), &site.headers);
    answer
}

/// An answer of 400 or above that a library made: empty or plain text, nothing for a person.
fn is_bare(answer: &Response) -> bool {
    let status = answer.status();
    if !(status.is_client_error() || status.is_server_error()) {
        return false;
    }
    let kind = answer.headers().get(CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    kind.is_empty() || kind.starts_with("text/plain")
}
