//! The mailbox of a receipt, for a person who has nothing but another system between them and us. The receipt is all that
//! opens it: the key of the system opens nothing.

use std::time::Duration;

use axum::body::Body;
use axum::extract::State;
use axum::http::{Request, StatusCode};
use axum::response::Response;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use plainsight_vault::{Receipt, Root};
use plainsight_vocabulary::Answer;

use super::caller::{answer, body, caller, count, idempotency_key, json, place};
use super::description::answers;
use super::problem::{Problem, Refused};
use super::reports::{Emergency, is_tag};
use crate::acts::come_back::{self, Added};
use crate::acts::withdraw::{self, Withdrawn};
use crate::form::FormKey;
use crate::message::{From, Message};
use crate::report::LONGEST_TEXT;
use crate::screens::public::mailbox::paper;
use crate::sender::Scope;
use crate::site::Site;
use crate::trouble::Trouble;

/// Every answer to a receipt has at least this size.
const ANSWER_SIZE: usize = 64 * 1024;

/// A receipt, and the language to answer in.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct ReceiptIn {
    /// 25 digits, grouped or not, or its eight words.
    #[schema(max_length = 200)]
    receipt: String,
    /// In which language fixed sentences are told; `en` if left out.
    #[schema(pattern = "^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}$", max_length = 35)]
    #[serde(default)]
    language: Option<String>,
}

/// What the person adds: words, an answer to the question of danger, or both.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct AddIn {
    /// 25 digits, grouped or not, or its eight words.
    #[schema(max_length = 200)]
    receipt: String,
    #[schema(min_length = 1, max_length = 10_000, pattern = "\\S")]
    #[serde(default)]
    words: Option<String>,
    /// Whether somebody is in danger now. `yes` alarms people at once.
    #[schema(schema_with = answers)]
    #[serde(default)]
    danger: Option<Answer>,
    /// In which language to answer; `en` if left out.
    #[schema(pattern = "^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}$", max_length = 35)]
    #[serde(default)]
    language: Option<String>,
}

/// What waits under a receipt. A receipt that leads nowhere, and one under which nothing was written yet, look the same.
#[derive(Serialize, ToSchema)]
pub(super) struct MessagesOut {
    messages: Vec<MessageOut>,
    /// Means nothing: all answers have one size.
    padding: String,
}

#[derive(Serialize, ToSchema)]
pub(super) struct MessageOut {
    /// `us` or `you`.
    from: &'static str,
    /// The day on which it was written, as `2026-11-28`.
    day: String,
    /// We asked something and wait for an answer.
    asks: bool,
    text: String,
}

#[derive(Serialize, ToSchema)]
pub(super) struct AddedOut {
    /// False where the receipt leads nowhere: mistyped, or nothing is kept under it any more.
    stored: bool,
    emergency: Emergency,
    /// Means nothing: all answers have one size.
    padding: String,
}

#[derive(Serialize, ToSchema)]
pub(super) struct WithdrawnOut {
    /// `nothing`: the receipt leads nowhere. `erased`: nobody had read it. `stopped`: it was read; we do nothing more. `still-read`: a person still reads what was
    /// written last. `passed-on`: somebody outside was told, which cannot be called back. `passed-on-still-read`: both.
    /// `danger`: a person still looks at it.
    outcome: &'static str,
    /// Means nothing: all answers have one size.
    padding: String,
}

/// Read what waits under a receipt.
#[utoipa::path(
    post,
    path = "/api/v1/mailbox/read",
    tag = "Mailbox",
    security(("key" = ["mailbox"])),
    request_body = ReceiptIn,
    responses(
        (status = 200, description = "What waits there, on the full second and of one size.", body = MessagesOut),
        Refused,
        (status = 404, description = "This can be no receipt.", body = Problem, content_type = "application/problem+json"),
        (status = 503, description = "Not at this moment.", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(super) async fn read(State(site): State<Site>, request: Request<Body>) -> Result<Response, Problem> {
    let (headers, body) = body(request).await?;
    let caller = caller(&site, &headers, Scope::Mailbox).await?;
    let sent: ReceiptIn = json(&headers, &body)?;
    let language = tag(sent.language.as_deref())?;
    let root = root(&site, &caller, &sent.receipt).await?;
    let mailbox = come_back::read(&site.cabinet, site.pool.pepper(), &root).await?;
    let messages = mailbox.messages.iter().map(|message| told(&site, language, message)).collect();
    Ok(on_the_second(&site, MessagesOut { messages, padding: String::new() }, |out, padding| out.padding = padding).await)
}

/// Add to a report, under its receipt.
#[utoipa::path(
    post,
    path = "/api/v1/mailbox/add",
    tag = "Mailbox",
    security(("key" = ["mailbox"])),
    params(("Idempotency-Key" = String, Header, description = "New for each sending, the same when you send again.", min_length = 16, max_length = 128, pattern = "^[!-~]+$")),
    request_body = AddIn,
    responses(
        (status = 200, description = "Stored.", body = AddedOut),
        (status = 400, description = "No idempotency key.", body = Problem, content_type = "application/problem+json"),
        Refused,
        (status = 404, description = "This can be no receipt.", body = Problem, content_type = "application/problem+json"),
        (status = 503, description = "Not at this moment: send the same again.", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(super) async fn add(State(site): State<Site>, request: Request<Body>) -> Result<Response, Problem> {
    let (headers, body) = body(request).await?;
    let caller = caller(&site, &headers, Scope::Mailbox).await?;
    let key = idempotency_key(&headers)?;
    let sent: AddIn = json(&headers, &body)?;
    let text = sent.words.unwrap_or_default();
    if text.trim().is_empty() && sent.danger.is_none() {
        return Err(Problem::one("/words", "words or danger must be there"));
    }
    if text.chars().count() > LONGEST_TEXT {
        return Err(Problem::one("/words", "at most 10,000 characters"));
    }
    let language = tag(sent.language.as_deref())?;
    let root = root(&site, &caller, &sent.receipt).await?;
    let form = FormKey::of_record(&site.cabinet, caller.id, "add", key);
    let added = Added { text, danger: sent.danger, ..Added::default() };
    let settings = site.settings.clone();
    let write = come_back::write(&site.cabinet, site.pool.pepper(), &root, form, added, move |at, urgency| settings.due(at, urgency));
    let stored = there(write.await)?.is_some();
    let alarmed = stored && sent.danger == Some(Answer::Yes);
    let emergency = Emergency::of(&site, language, alarmed);
    let out = AddedOut { stored, emergency, padding: String::new() };
    Ok(on_the_second(&site, out, |out, padding| out.padding = padding).await)
}

/// Withdraw a report: we stop, and delete what we may.
#[utoipa::path(
    post,
    path = "/api/v1/mailbox/withdraw",
    tag = "Mailbox",
    security(("key" = ["mailbox"])),
    request_body = ReceiptIn,
    responses(
        (status = 200, description = "What became of it.", body = WithdrawnOut),
        Refused,
        (status = 404, description = "This can be no receipt.", body = Problem, content_type = "application/problem+json"),
        (status = 503, description = "Not at this moment.", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(super) async fn withdraw(State(site): State<Site>, request: Request<Body>) -> Result<Response, Problem> {
    let (headers, body) = body(request).await?;
    let caller = caller(&site, &headers, Scope::Mailbox).await?;
    let sent: ReceiptIn = json(&headers, &body)?;
    tag(sent.language.as_deref())?;
    let root = root(&site, &caller, &sent.receipt).await?;
    let outcome = match there(withdraw::withdraw(&site.cabinet, site.pool.pepper(), &root).await)? {
        None => "nothing",
        Some(Withdrawn::Erased) => "erased",
        Some(Withdrawn::Stopped) => "stopped",
        Some(Withdrawn::StillRead) => "still-read",
        Some(Withdrawn::AlreadyPassedOn) => "passed-on",
        Some(Withdrawn::PassedOnAndStillRead) => "passed-on-still-read",
        Some(Withdrawn::DangerStays) => "danger",
    };
    Ok(on_the_second(&site, WithdrawnOut { outcome, padding: String::new() }, |out, padding| out.padding = padding).await)
}

fn tag(given: Option<&str>) -> Result<&str, Problem> {
    let tag = given.unwrap_or("en");
    if is_tag(tag) { Ok(tag) } else { Err(Problem::one("/language", "a BCP 47 tag such as en, ro or zh-Hant")) }
}

/// What was done under a receipt; nothing where it leads nowhere. That is no mistake with an answer of its own: its size and its
/// moment would tell whoever watches the network that there is no report.
fn there<T>(done: Result<T, Trouble>) -> Result<Option<T>, Trouble> {
    match done {
        Ok(done) => Ok(Some(done)),
        Err(Trouble::NotFound) => Ok(None),
        Err(error) => Err(error),
    }
}

/// Stretches a typed receipt, in the same queue as those who come back on the pages.
async fn root(site: &Site, caller: &crate::acts::hand_in::Caller, typed: &str) -> Result<Root, Problem> {
    let receipt = Receipt::parse(typed).map_err(|error| Problem::no_receipt(&error))?;
    // Counted with all else: nobody tries out receipts by the thousand.
    count(site, &caller.sender, caller.id, false)?;
    let _mine = place(site).await?;
    let _place = site.queue().ok_or_else(Problem::busy)?;
    site.pool.stretch(receipt).await.ok_or_else(Problem::busy)
}

fn told(site: &Site, language: &str, message: &Message) -> MessageOut {
    let words = site.locales.get(language);
    let text = match (&message.proof, message.outcome, &message.wishes) {
        (Some(proof), ..) => paper(&words, proof),
        (None, Some(outcome), _) => words.text(&outcome.key()).into_owned(),
        (None, None, Some(wishes)) => {
            let reach = words.text(&format!("reach-{}", wishes.reach.name()));
            words.with("read-said-wishes", &[("reach", (&*reach).into())])
        }
        (None, None, None) => message.text.clone(),
    };
    MessageOut {
        from: if message.from == From::Desk { "us" } else { "you" },
        day: message.at.date().to_string(),
        asks: message.asks,
        text: text.replace(['\u{2068}', '\u{2069}'], ""),
    }
}

/// The answer to a receipt: of one size, on the full second, like the page of a mailbox.
async fn on_the_second<T: Serialize>(site: &Site, mut out: T, set: impl FnOnce(&mut T, String)) -> Response {
    let length = serde_json::to_vec(&out).map_or(0, |bytes| bytes.len());
    let missing = length.next_multiple_of(ANSWER_SIZE) - length;
    let mut noise = vec![0; missing.div_ceil(2)];
    rand::Rng::fill_bytes(&mut site.cabinet.rng(), &mut noise);
    let mut padding = data_encoding::HEXLOWER.encode(&noise);
    padding.truncate(missing);
    set(&mut out, padding);
    let past = u64::from(site.cabinet.now().nanosecond());
    tokio::time::sleep(Duration::from_nanos(1_000_000_000_u64.saturating_sub(past))).await;
    answer(StatusCode::OK, &out)
}
