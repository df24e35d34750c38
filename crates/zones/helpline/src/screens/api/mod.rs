//! The doors for other systems: a small REST interface for those that hand contacts in for people, and the intake half of
//! Open311. Both lead to the same acts as the pages. They stand in the public process and so hold no private key: what came
//! in cannot be read here, but with the receipt of the person who told it.

mod caller;
mod description;
mod form;
mod mailbox;
mod messages;
mod open311;
mod problem;
mod reports;

use axum::Router;
use axum::http::header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY, HeaderName, REFERRER_POLICY, X_CONTENT_TYPE_OPTIONS};
use axum::http::{HeaderValue, Response};
use axum::routing::{get, post};
use tower_http::set_header::SetResponseHeaderLayer;

use crate::site::Site;
use problem::Problem;

pub(crate) use caller::Ceilings;
#[cfg(test)]
pub(crate) use description::description;

/// The largest request that is read: ten times what the longest report needs.
const LARGEST: usize = 512 * 1024;

/// The interface for other systems, and that of Open311.
pub(crate) fn router(site: Site) -> Router {
    let interface = Router::new()
        .route("/openapi.json", get(description::show))
        .route("/form", get(form::form))
        .route("/routes", get(form::routes))
        .route("/reports", post(reports::hand_in))
        .route("/mailbox/read", post(mailbox::read))
        .route("/mailbox/add", post(mailbox::add))
        .route("/mailbox/withdraw", post(mailbox::withdraw))
        .route("/messages/{sender}", post(messages::take))
        .fallback(async || Problem::NOT_FOUND)
        .method_not_allowed_fallback(async || Problem::METHOD);
    let all = Router::new().nest("/api/v1", interface).nest("/open311/v2", open311::router()).with_state(site);
    let kept: [(HeaderName, &'static str); 4] = [
        (CACHE_CONTROL, "no-store"),
        (CONTENT_SECURITY_POLICY, "default-src 'none'; frame-ancestors 'none'"),
        (REFERRER_POLICY, "no-referrer"),
        (X_CONTENT_TYPE_OPTIONS, "nosniff"),
    ];
    kept.into_iter().fold(all, |all, (name, value)| {
        let value = HeaderValue::from_static(value);
        all.layer(SetResponseHeaderLayer::if_not_present(name, move |_: &Response<axum::body::Body>| Some(value.clone())))
    })
}
