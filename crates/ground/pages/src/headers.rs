//! The headers that every answer carries.

use axum::http::header::{self, HeaderMap, HeaderName, HeaderValue};

/// Nothing but our own styles, scripts and pictures; no frame, no plugin, no other place for a form to go. Files are sent
/// piece by piece to where the page comes from.
const POLICY: &str = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; \
    base-uri 'none'; frame-ancestors 'none'";

/// The desk keeps what is being written down by itself, and sends it to where its pages come from.
const DESK_POLICY: &str = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; \
    base-uri 'none'; frame-ancestors 'none'";

/// Devices and interfaces that no page of ours ever asks for.
const PERMISSIONS: &str = "accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), magnetometer=(), microphone=(), \
    payment=(), usb=(), browsing-topics=(), interest-cohort=()";

/// For the public face: no address of ours is told to anyone, nothing is kept.
pub fn public_headers() -> HeaderMap {
    headers("no-referrer", POLICY)
}

/// For the desk. The referrer stays within the desk, because the check against forged requests needs it.
pub fn desk_headers() -> HeaderMap {
    headers("same-origin", DESK_POLICY)
}

/// The same for a desk that shows files from an origin of their own: pictures, sound and film come from there and nothing else does.
/// `None` when that is no origin that a policy can name.
pub(crate) fn desk_headers_with_files(origin: &str) -> Option<HeaderMap> {
    let host = origin.strip_prefix("https://").or_else(|| origin.strip_prefix("http://"))?;
    let plain = !host.is_empty() && host.bytes().all(|byte| byte.is_ascii_alphanumeric() || b".-:[]".contains(&byte));
    let policy = DESK_POLICY.replace("img-src 'self';", &format!("img-src 'self' {origin}; media-src {origin};"));
    let policy = HeaderValue::from_str(&policy).ok().filter(|_| plain)?;
    let mut headers = desk_headers();
    headers.insert(header::CONTENT_SECURITY_POLICY, policy);
    Some(headers)
}

fn headers(referrer: &'static str, policy: &'static str) -> HeaderMap {
    let pairs: [(HeaderName, &'static str); 10] = [
        (header::CONTENT_SECURITY_POLICY, policy),
        (header::REFERRER_POLICY, referrer),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::X_FRAME_OPTIONS, "DENY"),
        (HeaderName::from_static("permissions-policy"), PERMISSIONS),
        (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
        (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
        (HeaderName::from_static("x-robots-tag"), "noindex, nofollow"),
        (HeaderName::from_static("x-dns-prefetch-control"), "off"),
        (header::CACHE_CONTROL, "no-store"),
    ];
    pairs.into_iter().map(|(name, value)| (name, HeaderValue::from_static(value))).collect()
}

/// Adds what is not there: an asset keeps its own way of being cached.
pub(crate) fn add_missing(to: &mut HeaderMap, from: &HeaderMap) {
    for (name, value) in from {
        if !to.contains_key(name) {
            to.insert(name.clone(), value.clone());
        }
    }
}
