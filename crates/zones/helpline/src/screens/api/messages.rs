//! Text messages and mails as a gateway hands them in: signed webhooks, each taken once however often it comes.

use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, Request, StatusCode};
use axum::response::Response;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::caller::{answer, body, count, json};
use super::problem::Problem;
use crate::acts::hand_in;
use crate::report::{Handed, LONGEST_TEXT, Report};
use crate::signature::Headers;
use crate::site::Site;
use crate::trouble::Trouble;

/// A message that somebody sent to the helpline's number or address.
#[derive(Deserialize, ToSchema)]
pub(super) struct MessageIn {
    /// What happened: nothing but `message.received` is taken.
    #[serde(rename = "type")]
    kind: Kind,
    data: MessageData,
}

#[derive(Deserialize, ToSchema)]
enum Kind {
    #[serde(rename = "message.received")]
    Received,
}

#[derive(Deserialize, ToSchema)]
pub(super) struct MessageData {
    /// The number or address from which it came.
    #[schema(max_length = 500)]
    from: String,
    /// What it says.
    #[schema(min_length = 1, max_length = 10_000, pattern = "\\S")]
    words: String,
    /// In which language, if that is known; `en` if left out.
    #[schema(pattern = "^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}$", max_length = 35)]
    #[serde(default)]
    language: Option<String>,
}

#[derive(Serialize, ToSchema)]
pub(super) struct TakenOut {
    /// False when it had been taken before.
    new: bool,
}

/// Hand in a text message or mail. Signed after Standard Webhooks; the same `webhook-id` again is the same message.
#[utoipa::path(
    post,
    path = "/api/v1/messages/{sender}",
    tag = "Messages",
    security(("signature" = [])),
    params(
        ("sender" = Uuid, Path, description = "The address that the helpline gave you."),
        ("webhook-id" = String, Header, description = "The id of the message."),
        ("webhook-timestamp" = String, Header, description = "Seconds since 1970, of this attempt."),
        ("webhook-signature" = String, Header, description = "`v1,` and base 64."),
    ),
    request_body = MessageIn,
    responses(
        (status = 200, description = "Stored, now or before.", body = TakenOut),
        (status = 401, description = "Not believed.", body = Problem, content_type = "application/problem+json"),
        (status = 413, description = "Too large.", body = Problem, content_type = "application/problem+json"),
        (status = 415, description = "Not JSON.", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "Values to be mended.", body = Problem, content_type = "application/problem+json"),
        (status = 429, description = "Too much within an hour.", body = Problem, content_type = "application/problem+json"),
        (status = 503, description = "Not at this moment: send the same again.", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(super) async fn take(State(site): State<Site>, Path(sender): Path<String>, request: Request<Body>) -> Result<Response, Problem> {
    let (headers, body) = body(request).await?;
    let id = Uuid::parse_str(&sender).map_err(|_| Problem::NOT_BELIEVED)?;
    let signed = Headers {
        id: text(&headers, "webhook-id"),
        timestamp: text(&headers, "webhook-timestamp"),
        signature: text(&headers, "webhook-signature"),
    };
    let believed = match hand_in::believe(&site.cabinet, id, signed, &body).await {
        // An address that was never given out, and one that signs nothing.
        Err(Trouble::NotFound) => return Err(Problem::NOT_BELIEVED),
        believed => believed?,
    };
    let (sender, message) = believed.map_err(Problem::not_believed)?;
    let MessageIn { kind: Kind::Received, data } = json(&headers, &body)?;
    if data.words.trim().is_empty() {
        return Err(Problem::one("/data/words", "a message that says nothing is not handed in"));
    }
    // A text is cut by nobody but its sender: one that is longer was pasted, and says so at its end.
    let (words, from) = (cut(data.words, LONGEST_TEXT), cut(data.from, 500));
    let language = data.language.filter(|tag| super::reports::is_tag(tag)).unwrap_or_else(|| "en".to_owned());
    let report = Report { words, language, handed: Some(Handed { from, ..Handed::default() }), ..Report::default() };
    let room = || count(&site, &sender, id, false);
    let new = hand_in::message(&site.cabinet, &site.intake().await?, (id, &sender), message, report, &room).await?;
    Ok(answer(StatusCode::OK, &TakenOut { new }))
}

fn text<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers.get(name).and_then(|value| value.to_str().ok())
}

/// The beginning of a text that is too long, with a mark where it ends: a gateway has nobody who could shorten it.
fn cut(text: String, longest: usize) -> String {
    if text.chars().count() <= longest { text } else { text.chars().take(longest - 3).chain("[…]".chars()).collect() }
}
