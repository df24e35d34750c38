//! Styles, scripts and pictures: built by `web/build.mjs`, named by their content, embedded, never fetched twice.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::LazyLock;

use axum::Router;
use axum::extract::Path;
use axum::http::header::{ACCEPT_ENCODING, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_TYPE, VARY};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::get;

#[derive(rust_embed::RustEmbed)]
#[folder = "../../../web/dist"]
#[allow_missing = true]
struct Dist;

struct Asset {
    kind: &'static str,
    bytes: Cow<'static, [u8]>,
    gzip: Option<Cow<'static, [u8]>>,
}

/// The hashed name of each asset by its plain one, as in `public.css`.
static NAMES: LazyLock<HashMap<String, String>> = LazyLock::new(|| {
    let manifest = Dist::get("manifest.json").map(|file| file.data).unwrap_or_default();
    serde_json::from_slice(&manifest).unwrap_or_default()
});

static ASSETS: LazyLock<HashMap<String, Asset>> = LazyLock::new(|| {
    NAMES
        .values()
        .filter_map(|name| {
            let bytes = Dist::get(name)?.data;
            let gzip = Dist::get(&format!("{name}.gz")).map(|file| file.data);
            Some((name.clone(), Asset { kind: kind(name), bytes, gzip }))
        })
        .collect()
});

fn kind(name: &str) -> &'static str {
    match name.rsplit_once('.').map(|(_, ending)| ending) {
        Some("css") => "text/css; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("svg") => "image/svg+xml",
        Some("woff2") => "font/woff2",
        _ => "application/octet-stream",
    }
}

/// True when `web/dist` was built before this program was compiled.
pub fn built() -> bool {
    !NAMES.is_empty()
}

/// The address of an asset by its plain name: `href("public.css")`. None when it was not built.
pub fn href(name: &str) -> Option<String> {
    NAMES.get(name).map(|hashed| format!("/assets/{hashed}"))
}

/// The plain names of all assets with their size in bytes as sent compressed.
pub fn sizes() -> impl Iterator<Item = (&'static str, usize)> {
    NAMES.iter().filter_map(|(name, hashed)| {
        let asset = ASSETS.get(hashed)?;
        Some((name.as_str(), asset.gzip.as_ref().map_or(asset.bytes.len(), |gzip| gzip.len())))
    })
}

/// `/assets/{name}`, for a year, because another content has another name.
pub fn routes<S: Clone + Send + Sync + 'static>() -> Router<S> {
    Router::new().route("/assets/{name}", get(serve)).route("/favicon.ico", get(icon))
}

async fn serve(Path(name): Path<String>, headers: HeaderMap) -> Response {
    answer(&name, &headers)
}

/// Old browsers ask for this name whatever the page says.
async fn icon(headers: HeaderMap) -> Response {
    match NAMES.get("icon.svg") {
        Some(name) => answer(name, &headers),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

fn answer(name: &str, headers: &HeaderMap) -> Response {
    let Some(asset) = ASSETS.get(name) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let accepted = headers.get(ACCEPT_ENCODING).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let gzip = asset.gzip.as_ref().filter(|_| accepts_gzip(accepted));
    let mut answer = match gzip.unwrap_or(&asset.bytes) {
        Cow::Borrowed(bytes) => (*bytes).into_response(),
        Cow::Owned(bytes) => bytes.clone().into_response(),
    };
    let out = answer.headers_mut();
    out.insert(CONTENT_TYPE, HeaderValue::from_static(asset.kind));
    out.insert(CACHE_CONTROL, HeaderValue::from_static("public, max-age=31536000, immutable"));
    out.insert(VARY, HeaderValue::from_static("accept-encoding"));
    if gzip.is_some() {
        out.insert(CONTENT_ENCODING, HeaderValue::from_static("gzip"));
    }
    answer
}

fn accepts_gzip(accepted: &str) -> bool {
    accepted.split(',').any(|coding| {
        let (name, weight) = coding.split_once(';').unwrap_or((coding, ""));
        let refused = weight.trim().strip_prefix("q=").is_some_and(|weight| weight.trim().parse() == Ok(0.0_f32));
        name.trim().eq_ignore_ascii_case("gzip") && !refused
    })
}
