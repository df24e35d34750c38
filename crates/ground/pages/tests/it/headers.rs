//! The headers are a promise to people: nothing of a third party, nothing kept, no address of ours told to anyone.

use std::collections::BTreeMap;

use axum::Router;
use axum::routing::get as route;
use plainsight_pages::{desk_face, desk_headers, public_face, public_headers};

use crate::{desk_site, get, public_site};

const POLICY: &str = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; \
    base-uri 'none'; frame-ancestors 'none'";
const DESK_POLICY: &str = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; \
    base-uri 'none'; frame-ancestors 'none'";
const PERMISSIONS: &str = "accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), magnetometer=(), microphone=(), \
    payment=(), usb=(), browsing-topics=(), interest-cohort=()";

fn expected(referrer: &'static str) -> BTreeMap<&'static str, &'static str> {
    BTreeMap::from([
        ("content-security-policy", if referrer == "same-origin" { DESK_POLICY } else { POLICY }),
        ("referrer-policy", referrer),
        ("x-content-type-options", "nosniff"),
        ("x-frame-options", "DENY"),
        ("permissions-policy", PERMISSIONS),
        ("cross-origin-opener-policy", "same-origin"),
        ("cross-origin-resource-policy", "same-origin"),
        ("x-robots-tag", "noindex, nofollow"),
        ("x-dns-prefetch-control", "off"),
        ("cache-control", "no-store"),
    ])
}

#[test]
fn the_headers_of_each_face_are_exactly_these() {
    for (headers, referrer) in [(public_headers(), "no-referrer"), (desk_headers(), "same-origin")] {
        let found: BTreeMap<&str, &str> = headers.iter().map(|(name, value)| (name.as_str(), value.to_str().unwrap())).collect();
        assert_eq!(found, expected(referrer));
    }
}

/// No address, no scheme, no "unsafe" and no wildcard in the policy: only what this site itself serves.
#[test]
fn the_policy_names_no_third_party_and_nothing_unsafe() {
    for policy in [POLICY, DESK_POLICY] {
        for word in ["http", "data:", "blob:", "unsafe", "*", "nonce"] {
            assert!(!policy.contains(word), "{word}");
        }
        assert!(policy.starts_with("default-src 'none'"));
    }
}

/// The desk may show what lies at the file origin, from there alone and as pictures, sound and film alone.
#[tokio::test]
async fn a_desk_with_files_names_that_one_origin_and_nothing_else() {
    for origin in ["https://files.example.org", "http://localhost:8082", "http://[::1]:8082"] {
        let site = desk_site().with_files(origin).unwrap();
        let answer = get(&desk_face(site, Router::new().route("/good", route(|| async { "good" }))), "/good").await;
        let policy = answer.headers["content-security-policy"].to_str().unwrap();
        let expected = DESK_POLICY.replace("img-src 'self';", &format!("img-src 'self' {origin}; media-src {origin};"));
        assert_eq!(policy, expected);
        assert_eq!(policy.matches("http").count(), 2);
    }
    for wrong in [
        "",
        "files.example.org",
        "https://",
        "https://a.example *",
        "https://a.example; script-src *",
        "https://a.example/",
        "javascript:x",
        "https://*",
    ] {
        assert!(desk_site().with_files(wrong).is_none(), "{wrong}");
    }
}

#[tokio::test]
async fn every_answer_of_a_face_carries_them() {
    let screens = || {
        Router::new().route("/good", route(|| async { "good" })).route("/own", route(|| async { ([("cache-control", "private")], "own") }))
    };
    let faces = [(public_face(public_site(), screens()), "no-referrer"), (desk_face(desk_site(), screens()), "same-origin")];
    for (face, referrer) in faces {
        for path in ["/good", "/nothing/here", "/assets/no-such-file"] {
            let answer = get(&face, path).await;
            for (name, value) in expected(referrer) {
                assert_eq!(answer.header(name), value, "{path}: {name}");
            }
            assert_eq!(answer.headers.get_all("content-security-policy").iter().count(), 1);
            assert!(!answer.headers.contains_key("set-cookie"), "a face sets no cookie by itself");
        }
        assert_eq!(get(&face, "/own").await.header("cache-control"), "private", "a screen that knows better keeps its own");
    }
}
