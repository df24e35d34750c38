//! The file origin: an address of its own at which files of strangers are fetched, so that whatever one of them does in a browser, it
//! is not at the desk. It knows no cookie and no page; each address is a ticket that the desk drew.

use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::extract::{Path, Request, State};
use axum::http::header::{
    ACCEPT_RANGES, CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_LENGTH, CONTENT_RANGE, CONTENT_SECURITY_POLICY, CONTENT_TYPE, HeaderName,
    RANGE, REFERRER_POLICY, X_CONTENT_TYPE_OPTIONS,
};
use axum::http::{HeaderValue, Method, StatusCode};
use axum::middleware::{Next, from_fn};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use futures_util::StreamExt;

use super::desk::{Desk, Shows, shows};
use crate::acts::hand_out::{Handing, hand_out};
use crate::range::{Asked, Span, asked};
use crate::ticket::Purpose;
use crate::trouble::Trouble;

/// A file that is opened by itself can do nothing.
const POLICY: &str = "sandbox; default-src 'none'; img-src 'self'; media-src 'self'; style-src 'unsafe-inline'";

pub(crate) fn router(desk: Desk) -> Router {
    Router::new()
        .route("/f/{token}", get(fetch))
        .fallback(nothing)
        .method_not_allowed_fallback(nothing)
        .with_state(desk)
        .layer(from_fn(guard))
}

/// What every answer carries. Other sites can neither show what is here nor read it; the desk stands at the same site.
async fn guard(request: Request, next: Next) -> Response {
    let mut answer = next.run(request).await;
    let headers = [
        (CONTENT_SECURITY_POLICY, POLICY),
        (X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (REFERRER_POLICY, "no-referrer"),
        (CACHE_CONTROL, "no-store"),
        (HeaderName::from_static("cross-origin-resource-policy"), "same-site"),
        (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
        (HeaderName::from_static("x-robots-tag"), "noindex, nofollow"),
    ];
    for (name, value) in headers {
        answer.headers_mut().insert(name, HeaderValue::from_static(value));
    }
    answer
}

/// One answer for what was never there, is dead, was another's or is gone.
async fn nothing() -> Response {
    (StatusCode::NOT_FOUND, "There is nothing here.\n").into_response()
}

async fn fetch(State(desk): State<Desk>, Path(token): Path<String>, method: Method, request: Request) -> Response {
    // What only asks for the head fetches nothing, and must not spend a ticket.
    let Some(files) = desk.files.as_ref().filter(|_| method == Method::GET) else { return nothing().await };
    match hand_out(&desk.cabinet, &files.tickets, &token).await {
        Ok(handing) => give(handing, request.headers().get(RANGE).and_then(|range| range.to_str().ok())).await,
        Err(Trouble::DeadTicket | Trouble::NotFound | Trouble::Erased | Trouble::FileGone) => nothing().await,
        Err(error) => {
            tracing::error!(%error, "a file was not handed out");
            broken(&error)
        }
    }
}

/// Whoever has a good ticket is told what is wrong.
fn broken(error: &Trouble) -> Response {
    if error.is_passing() {
        (StatusCode::SERVICE_UNAVAILABLE, "This is busy at the moment. Go back and try again.\n").into_response()
    } else {
        (StatusCode::INTERNAL_SERVER_ERROR, "This file is damaged here and is not given out. Tell your supervisor.\n").into_response()
    }
}

async fn give(handing: Handing, range: Option<&str>) -> Response {
    let size = handing.size();
    // What is kept is kept whole.
    let range = range.filter(|_| handing.purpose == Purpose::Look);
    let (status, span) = match asked(range, size) {
        Asked::Whole => (StatusCode::OK, Span::whole(size)),
        Asked::Part(span) => (StatusCode::PARTIAL_CONTENT, span),
        Asked::Outside => {
            return (StatusCode::RANGE_NOT_SATISFIABLE, [(CONTENT_RANGE, format!("bytes */{size}"))], "").into_response();
        }
    };
    let inline = handing.purpose == Purpose::Look && handing.kind.is_some_and(|kind| shows(kind) != Shows::Nothing);
    let media_type = handing.kind.map_or("application/octet-stream", |kind| kind.media_type());
    let disposition = if inline { "inline".to_owned() } else { format!("attachment; filename=\"{}\"", handing.name) };
    // The first piece is opened before anything is said: what is damaged from its beginning is told, not begun.
    let first = match handing.piece(span.first, span.last).await {
        Ok(piece) => piece,
        Err(error) => {
            tracing::error!(%error, "a file was not handed out");
            return broken(&error);
        }
    };
    let rest = Span { first: span.first + first.len() as u64, last: span.last };
    let pieces = futures_util::stream::iter([Ok(first)]).chain(Arc::new(handing).stream(rest));
    let mut answer = Response::new(Body::from_stream(pieces));
    *answer.status_mut() = status;
    let headers = answer.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(media_type));
    headers.insert(CONTENT_LENGTH, span.length().into());
    headers.insert(ACCEPT_RANGES, HeaderValue::from_static(if inline { "bytes" } else { "none" }));
    if let Ok(disposition) = HeaderValue::from_str(&disposition) {
        headers.insert(CONTENT_DISPOSITION, disposition);
    }
    if status == StatusCode::PARTIAL_CONTENT
        && let Ok(range) = HeaderValue::from_str(&format!("bytes {}-{}/{size}", span.first, span.last))
    {
        headers.insert(CONTENT_RANGE, range);
    }
    answer
}
