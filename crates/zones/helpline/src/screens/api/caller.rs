//! Who calls, whether they may, and how much they have handed in within this hour; and the reading of what they send.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use axum::body::{Body, Bytes};
use axum::http::header::{AUTHORIZATION, CONTENT_TYPE};
use axum::http::{HeaderMap, Request, StatusCode};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use serde::de::DeserializeOwned;
use tokio::sync::Semaphore;
use uuid::Uuid;

use super::LARGEST;
use super::problem::{Problem, Wrong, in_pointer};
use crate::acts::hand_in::{self, Caller};
use crate::sender::{Scope, Sender};
use crate::site::Site;
use crate::trouble::Trouble;

/// How many contacts each system has handed in within the hour, dangers beyond the ceiling apart. In memory: a restart forgives,
/// and a ceiling is no secret.
pub(crate) struct Ceilings {
    counts: Mutex<HashMap<(Uuid, bool), (i64, u32)>>,
    bench: Semaphore,
}

const HOUR: i64 = 3600;
/// So many dangers an hour are taken beyond the ceiling, at the least.
const LEAST_DANGERS: u32 = 60;
/// So many requests of other systems work at receipts at once; people on the pages have the rest.
const AT_ONCE: usize = 2;

impl Default for Ceilings {
    fn default() -> Self {
        Self { counts: Mutex::default(), bench: Semaphore::new(AT_ONCE) }
    }
}

impl Ceilings {
    /// Counts one more; when that is too much, after how many seconds there is room again.
    fn count(&self, sender: (Uuid, bool), per_hour: u32, unix: i64) -> Result<(), u32> {
        let hour = unix.div_euclid(HOUR);
        let mut counts = self.counts.lock().unwrap_or_else(PoisonError::into_inner);
        let (since, count) = counts.entry(sender).or_insert((hour, 0));
        if *since != hour {
            (*since, *count) = (hour, 0);
        }
        if *count >= per_hour {
            return Err(u32::try_from(HOUR - unix.rem_euclid(HOUR)).unwrap_or(1));
        }
        *count += 1;
        Ok(())
    }
}

/// The caller of a request, if its key holds and may do this.
pub(super) async fn caller(site: &Site, headers: &HeaderMap, scope: Scope) -> Result<Caller, Problem> {
    let given = headers.get(AUTHORIZATION).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let key = given.split_once(' ').filter(|(scheme, _)| scheme.eq_ignore_ascii_case("bearer")).map(|(_, key)| key.trim());
    by_key(site, key.unwrap_or_default(), scope).await
}

pub(super) async fn by_key(site: &Site, key: &str, scope: Scope) -> Result<Caller, Problem> {
    let caller = hand_in::caller(&site.cabinet, key).await?.ok_or(Problem::NO_KEY)?;
    if caller.sender.may(scope) { Ok(caller) } else { Err(Problem::NOT_ALLOWED) }
}

/// A place for this system among those that work at receipts: it must not take the bench from the people on the pages.
pub(super) async fn place(site: &Site) -> Result<tokio::sync::SemaphorePermit<'_>, Problem> {
    site.ceilings.bench.acquire().await.map_err(|_| Problem::busy())
}

/// Counts one more that is handed in, or says that there is no room. A danger has room of its own when all else is used up.
pub(super) fn count(site: &Site, sender: &Sender, id: Uuid, danger: bool) -> Result<(), Trouble> {
    let unix = site.cabinet.now().unix_timestamp();
    let ceilings = &site.ceilings;
    let again = match ceilings.count((id, false), sender.per_hour, unix) {
        Err(_) if danger => ceilings.count((id, true), (sender.per_hour / 10).max(LEAST_DANGERS), unix),
        counted => counted,
    };
    again.map_err(|again| Trouble::TooMuch { again })
}

/// The key by which one sending is known again.
pub(super) fn idempotency_key(headers: &HeaderMap) -> Result<&str, Problem> {
    let key = headers.get("idempotency-key").and_then(|value| value.to_str().ok());
    let fits = |key: &&str| (16..=128).contains(&key.len()) && key.bytes().all(|byte| byte.is_ascii_graphic());
    key.filter(fits).ok_or(Problem::IDEMPOTENCY_KEY)
}

/// The body of a request, if it is not too large.
pub(super) async fn body(request: Request<Body>) -> Result<(HeaderMap, Bytes), Problem> {
    let (parts, body) = request.into_parts();
    let body = axum::body::to_bytes(body, LARGEST).await.map_err(|_| Problem::TOO_LARGE)?;
    Ok((parts.headers, body))
}

/// What was sent as JSON; what is wrong with it is named with its place.
pub(super) fn json<T: DeserializeOwned>(headers: &HeaderMap, body: &[u8]) -> Result<T, Problem> {
    let kind = headers.get(CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    let kind = kind.split(';').next().unwrap_or_default().trim();
    if !kind.eq_ignore_ascii_case("application/json") {
        return Err(Problem::NOT_JSON);
    }
    let mut read = serde_json::Deserializer::from_slice(body);
    let value = serde_path_to_error::deserialize(&mut read).map_err(|error| {
        let pointer = pointer(error.path());
        Problem::wrong(vec![Wrong { pointer, detail: error.into_inner().to_string() }])
    })?;
    read.end().map_err(|error| Problem::one("", error.to_string()))?;
    Ok(value)
}

fn pointer(path: &serde_path_to_error::Path) -> String {
    use serde_path_to_error::Segment;
    path.iter()
        .map(|segment| match segment {
            Segment::Seq { index } => format!("/{index}"),
            Segment::Map { key } => format!("/{}", in_pointer(key)),
            Segment::Enum { variant } => format!("/{variant}"),
            Segment::Unknown => "/?".to_owned(),
        })
        .collect()
}

/// An answer in JSON.
pub(super) fn answer(status: StatusCode, value: &impl Serialize) -> Response {
    match serde_json::to_vec(value) {
        Ok(body) => (status, [(CONTENT_TYPE, "application/json")], body).into_response(),
        Err(error) => {
            tracing::error!(%error, "an answer could not be written");
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_ceiling_holds_for_one_hour_and_one_sender() {
        let (ceilings, one, other) = (Ceilings::default(), (Uuid::from_u128(1), false), (Uuid::from_u128(2), false));
        let begin = 1_800_000_000 - 1_800_000_000 % HOUR;
        for _ in 0..3 {
            assert_eq!(ceilings.count(one, 3, begin + 100), Ok(()));
        }
        assert_eq!(ceilings.count(one, 3, begin + 100), Err(3500));
        assert_eq!(ceilings.count(other, 3, begin + 100), Ok(()), "nobody pays for another");
        assert_eq!(ceilings.count(one, 3, begin + HOUR), Ok(()));
    }

    #[test]
    fn the_place_of_a_mistake_is_a_json_pointer() {
        #[derive(serde::Deserialize, Debug)]
        struct Sent {
            #[allow(dead_code)]
            signs: std::collections::BTreeMap<String, bool>,
        }
        let mut headers = HeaderMap::new();
        headers.insert(CONTENT_TYPE, axum::http::HeaderValue::from_static("application/json; charset=utf-8"));
        let problem = json::<Sent>(&headers, br#"{"signs":{"a/b":3}}"#).unwrap_err();
        assert!(format!("{problem:?}").contains("/signs/a~1b"), "{problem:?}");
        assert!(json::<Sent>(&headers, br#"{"signs":{}} trailing"#).is_err());
        headers.insert(CONTENT_TYPE, axum::http::HeaderValue::from_static("text/plain"));
        assert_eq!(json::<Sent>(&headers, b"{}").unwrap_err().status(), StatusCode::UNSUPPORTED_MEDIA_TYPE);
    }
}
