//! What another system is told when something is wrong: problem details after RFC 9457, in English, for those who build it.

use std::borrow::Cow;

use axum::http::header::{CONTENT_TYPE, RETRY_AFTER, WWW_AUTHENTICATE};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use utoipa::{IntoResponses, ToSchema};

use crate::trouble::Trouble;

/// What was wrong, and what to do.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Problem {
    /// Which kind of problem: `urn:plainsight:problem:` and a word that does not change.
    #[serde(rename = "type")]
    kind: Cow<'static, str>,
    title: &'static str,
    status: u16,
    /// What to do about it.
    detail: Cow<'static, str>,
    /// Each value that has to be mended.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    errors: Vec<Wrong>,
    /// After how many seconds to try again.
    #[serde(skip)]
    again: Option<u32>,
}

/// One value that has to be mended.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Wrong {
    /// Where: a JSON pointer (RFC 6901) into what was sent.
    pub(super) pointer: String,
    pub(super) detail: String,
}

/// How everybody who calls with a key and JSON may be refused; for the description alone.
#[derive(IntoResponses)]
#[allow(dead_code, reason = "what is refused is a `Problem`: this says which there are")]
pub(super) enum Refused {
    /// No key that holds.
    #[response(status = 401, content_type = "application/problem+json")]
    Key(Problem),
    /// Not with this key.
    #[response(status = 403, content_type = "application/problem+json")]
    Scope(Problem),
    /// Too large.
    #[response(status = 413, content_type = "application/problem+json")]
    TooLarge(Problem),
    /// Not JSON.
    #[response(status = 415, content_type = "application/problem+json")]
    NotJson(Problem),
    /// Values to be mended.
    #[response(status = 422, content_type = "application/problem+json")]
    Values(Problem),
    /// Too much within an hour.
    #[response(status = 429, content_type = "application/problem+json")]
    TooMuch(Problem),
}

/// A key as a part of a JSON pointer.
pub(super) fn in_pointer(key: &str) -> String {
    key.replace('~', "~0").replace('/', "~1")
}

impl Problem {
    const fn new(status: StatusCode, kind: &'static str, title: &'static str, detail: &'static str) -> Self {
        Self { kind: Cow::Borrowed(kind), title, status: status.as_u16(), detail: Cow::Borrowed(detail), errors: Vec::new(), again: None }
    }

    pub(super) const NOT_FOUND: Self = Self::new(
        StatusCode::NOT_FOUND,
        "urn:plainsight:problem:not-found",
        "Nothing here",
        "There is nothing at this address. GET /api/v1/openapi.json lists what there is.",
    );
    pub(super) const METHOD: Self = Self::new(
        StatusCode::METHOD_NOT_ALLOWED,
        "urn:plainsight:problem:method",
        "Not by this method",
        "This address is not asked by this method: see the header Allow.",
    );
    pub(super) const NO_KEY: Self = Self::new(
        StatusCode::UNAUTHORIZED,
        "urn:plainsight:problem:key",
        "No key that holds",
        "Send your key as `Authorization: Bearer psk1_...`. If it held before, it was ended: ask the helpline for another.",
    );
    pub(super) const NOT_BELIEVED: Self = Self::new(
        StatusCode::UNAUTHORIZED,
        "urn:plainsight:problem:signature",
        "Not believed",
        "Sign the message as Standard Webhooks say, with the secret that the helpline gave you for this address.",
    );
    pub(super) const NOT_ALLOWED: Self = Self::new(
        StatusCode::FORBIDDEN,
        "urn:plainsight:problem:scope",
        "Not with this key",
        "The helpline did not give your system leave for this. Ask them.",
    );
    pub(super) const TOO_LARGE: Self = Self::new(
        StatusCode::PAYLOAD_TOO_LARGE,
        "urn:plainsight:problem:too-large",
        "Too large",
        "More than 512 KiB was sent. The longest text may have 10,000 characters.",
    );
    pub(super) const NOT_JSON: Self = Self::new(
        StatusCode::UNSUPPORTED_MEDIA_TYPE,
        "urn:plainsight:problem:media-type",
        "Not JSON",
        "Send JSON, and say so: `Content-Type: application/json`.",
    );
    pub(super) const IDEMPOTENCY_KEY: Self = Self::new(
        StatusCode::BAD_REQUEST,
        "urn:plainsight:problem:idempotency-key",
        "An idempotency key is missing",
        "Send a header `Idempotency-Key` of 16 to 128 visible ASCII characters that is new for each sending and the same when you send again: a random UUID does.",
    );
    pub(super) const OTHER_CONTENT: Self = Self::new(
        StatusCode::CONFLICT,
        "urn:plainsight:problem:other-content",
        "The key of another sending",
        "This idempotency key was used for something else. What was sent first is stored. Send this with a new key.",
    );
    pub(super) const ALREADY_SENT: Self = Self::new(
        StatusCode::CONFLICT,
        "urn:plainsight:problem:already-sent",
        "Sent before",
        "This was stored, and its receipt is shown no more: it is shown again for 15 minutes, to the same key.",
    );
    const NO_RECEIPT: Self =
        Self::new(StatusCode::NOT_FOUND, "urn:plainsight:problem:no-mailbox", "No receipt", "Nothing was stored. This can be no receipt.");
    pub(super) fn busy() -> Self {
        let problem = Self::new(
            StatusCode::SERVICE_UNAVAILABLE,
            "urn:plainsight:problem:busy",
            "Not at this moment",
            "It may not have been stored. Send the same again, with the same idempotency key, after the seconds in Retry-After.",
        );
        Self { again: Some(2), ..problem }
    }

    fn broken() -> Self {
        let problem = Self::new(
            StatusCode::SERVICE_UNAVAILABLE,
            "urn:plainsight:problem:broken",
            "Out of order",
            "It may not have been stored. Those who look after the helpline can read in its log why. Send the same again, with the same idempotency key; and show people the emergency number and the other ways to reach help.",
        );
        Self { again: Some(60), ..problem }
    }

    /// More than may be handed in within an hour; the hour is over in so many seconds.
    pub(super) fn too_much(again: u32) -> Self {
        let problem = Self::new(
            StatusCode::TOO_MANY_REQUESTS,
            "urn:plainsight:problem:too-much",
            "Too much within an hour",
            "Your system has handed in as much as was agreed for an hour. Keep what you have and send it after the seconds in Retry-After; if that happens often, ask the helpline.",
        );
        Self { again: Some(again), ..problem }
    }

    /// Values to be mended.
    pub(super) fn wrong(errors: Vec<Wrong>) -> Self {
        let problem = Self::new(
            StatusCode::UNPROCESSABLE_ENTITY,
            "urn:plainsight:problem:values",
            "Some values have to be mended",
            "Nothing was stored. Mend what `errors` names and send it again.",
        );
        Self { errors, ..problem }
    }

    pub(super) fn one(pointer: &str, detail: impl Into<String>) -> Self {
        Self::wrong(vec![Wrong { pointer: pointer.to_owned(), detail: detail.into() }])
    }

    /// What was typed can be no receipt: that tells nothing of any report.
    pub(super) fn no_receipt(why: &impl std::fmt::Display) -> Self {
        Self { detail: format!("Nothing was stored. {why}: look at it again.").into(), ..Self::NO_RECEIPT }
    }

    /// Why a message was not believed: whoever has the secret can mend it, and nobody else is helped by it.
    pub(super) fn not_believed(why: String) -> Self {
        Self { detail: why.into(), ..Self::NOT_BELIEVED }
    }

    pub(super) fn status(&self) -> StatusCode {
        StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
    }

    pub(super) fn detail(&self) -> &str {
        &self.detail
    }
}

impl From<Trouble> for Problem {
    fn from(trouble: Trouble) -> Self {
        match trouble {
            Trouble::AlreadyFiled => Self::ALREADY_SENT,
            Trouble::OtherContent => Self::OTHER_CONTENT,
            Trouble::NotFound => Self::NOT_FOUND,
            Trouble::TooMuch { again } => Self::too_much(again),
            error => {
                tracing::error!(%error, "what another system asked for could not be done");
                if error.is_passing() { Self::busy() } else { Self::broken() }
            }
        }
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let body = serde_json::to_vec(&self).unwrap_or_default();
        let mut response = (self.status(), [(CONTENT_TYPE, "application/problem+json")], body).into_response();
        if let Some(again) = self.again {
            response.headers_mut().insert(RETRY_AFTER, HeaderValue::from(again));
        }
        if self.status == StatusCode::UNAUTHORIZED.as_u16() {
            response.headers_mut().insert(WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
        response
    }
}
