//! Pages that are the same for everybody are made once a minute and kept, packed and unpacked: most visitors only look.

use std::collections::HashMap;
use std::io::Write;
use std::sync::{OnceLock, PoisonError, RwLock};

use axum::body::Bytes;
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::{IntoResponse, Response};

/// The kept pages.
#[derive(Default)]
pub(crate) struct Pages {
    kept: RwLock<HashMap<String, Kept>>,
    pub(crate) emergency: OnceLock<String>,
}

#[derive(Clone)]
struct Kept {
    minute: i64,
    plain: Bytes,
    packed: Bytes,
}

/// More pages than this are not kept: a visitor chooses the address.
const MOST: usize = 500;

impl Pages {
    /// The page of this address, made anew when the minute is over: opening hours and review dates stay true.
    pub(crate) fn get(&self, address: &str, minute: i64, request: &HeaderMap, make: impl FnOnce() -> String) -> Response {
        let kept = self.kept.read().unwrap_or_else(PoisonError::into_inner).get(address).filter(|kept| kept.minute == minute).cloned();
        let kept = kept.unwrap_or_else(|| {
            let plain = Bytes::from(make());
            let fresh = Kept { minute, packed: pack(&plain), plain };
            let mut all = self.kept.write().unwrap_or_else(PoisonError::into_inner);
            if all.len() < MOST || all.contains_key(address) {
                all.insert(address.to_owned(), fresh.clone());
            }
            fresh
        });
        let takes_packed = request
            .get(header::ACCEPT_ENCODING)
            .and_then(|value| value.to_str().ok())
            .is_some_and(|accepted| accepted.split(',').any(|each| each.trim().split(';').next() == Some("gzip")));
        let html = (header::CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8"));
        let vary = (header::VARY, HeaderValue::from_static("accept-encoding, accept-language"));
        if takes_packed && !kept.packed.is_empty() {
            ([html, vary, (header::CONTENT_ENCODING, HeaderValue::from_static("gzip"))], kept.packed).into_response()
        } else {
            ([html, vary], kept.plain).into_response()
        }
    }
}

/// Empty when packing fails, which means: send it plain.
fn pack(plain: &[u8]) -> Bytes {
    let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    match packer.write_all(plain).and_then(|()| packer.finish()) {
        Ok(packed) => packed.into(),
        Err(_) => Bytes::new(),
    }
}
