//! Styles and scripts: every address a page writes leads somewhere, is named by its content, and is fetched once.

use axum::Router;
use plainsight_pages::{assets, public_face};

use crate::{get, get_with, public_site};

const NAMES: [&str; 9] =
    ["public.css", "public.rtl.css", "desk.css", "desk.rtl.css", "public.js", "files.js", "wait.js", "desk.js", "icon.svg"];

#[tokio::test]
async fn every_address_leads_to_a_file_that_may_be_kept_for_ever() {
    assert!(assets::built(), "web/dist is empty; run `cargo xtask setup`");
    let face: Router = assets::routes();
    for name in NAMES {
        let href = assets::href(name).unwrap_or_else(|| panic!("{name} was not built"));
        let answer = get(&face, &href).await;
        assert!(answer.status.is_success(), "{href}");
        assert_eq!(answer.header("cache-control"), "public, max-age=31536000, immutable", "{href}");
        let kind = match name.rsplit('.').next().unwrap() {
            "css" => "text/css; charset=utf-8",
            "js" => "text/javascript; charset=utf-8",
            _ => "image/svg+xml",
        };
        assert_eq!(answer.header("content-type"), kind);
        assert!(!answer.body.is_empty());
        // Another content has another name: twelve letters of its hash stand in the address.
        let (stem, ending) = name.rsplit_once('.').unwrap();
        let hash = href.strip_prefix(&format!("/assets/{stem}-")).unwrap().strip_suffix(&format!(".{ending}")).unwrap();
        assert!(hash.len() == 12 && hash.bytes().all(|byte| byte.is_ascii_hexdigit()), "{href}");
    }
}

#[tokio::test]
async fn a_browser_that_takes_gzip_gets_it_and_another_does_not() {
    let face: Router = assets::routes();
    let href = assets::href("public.css").unwrap();
    let plain = get(&face, &href).await;
    assert_eq!((plain.header("content-encoding"), plain.header("vary")), ("", "accept-encoding"));
    for accepted in ["gzip", "br, GZIP;q=0.5", "deflate, gzip; q=1.0"] {
        let answer = get_with(&face, &href, "accept-encoding", accepted).await;
        assert_eq!(answer.header("content-encoding"), "gzip", "{accepted}");
        assert!(answer.body.starts_with(&[0x1f, 0x8b]) && answer.body.len() < plain.body.len());
        assert_eq!(answer.header("vary"), "accept-encoding");
    }
    for refused in ["identity", "gzip;q=0", "gzip; q=0.0", "gzipped", "", "*"] {
        assert_eq!(get_with(&face, &href, "accept-encoding", refused).await.body, plain.body, "{refused}");
    }
}

#[tokio::test]
async fn only_assets_are_served_and_never_a_folder_or_the_manifest() {
    let face: Router = assets::routes();
    for path in [
        "/assets/manifest.json",
        "/assets/public.css",
        "/assets/..%2Fmanifest.json",
        "/assets/",
        "/assets/%2e%2e/Cargo.toml",
        "/assets/x.gz",
    ] {
        assert_eq!(get(&face, path).await.status, 404, "{path}");
    }
    let href = assets::href("public.css").unwrap();
    assert_eq!(get(&face, &format!("{href}.gz")).await.status, 404);
    assert!(assets::href("no-such.css").is_none());
}

#[tokio::test]
async fn old_browsers_find_the_icon_where_they_look() {
    let face = public_face(public_site(), Router::new());
    let (icon, named) = (get(&face, "/favicon.ico").await, get(&face, &assets::href("icon.svg").unwrap()).await);
    assert_eq!(icon.body, named.body);
    assert_eq!(icon.header("content-type"), "image/svg+xml");
}

#[test]
fn the_sizes_are_those_of_what_is_sent() {
    let sizes: std::collections::BTreeMap<&str, usize> = assets::sizes().collect();
    assert_eq!(sizes.len(), NAMES.len());
    assert!(sizes.values().all(|size| *size > 0));
}

/// The styles and scripts fetch nothing from anywhere: no address of another place, no import, no font, no picture.
#[tokio::test]
async fn no_asset_names_another_place() {
    let face: Router = assets::routes();
    for name in NAMES.iter().filter(|name| !name.ends_with(".svg")) {
        let answer = get(&face, &assets::href(name).unwrap()).await;
        let text = answer.text();
        for word in
            ["@import", "url(", "src:url", "sourceMappingURL", "//fonts.", "navigator.sendBeacon", "localStorage", "document.cookie"]
        {
            assert!(!text.contains(word), "{name} holds {word}");
        }
    }
}
