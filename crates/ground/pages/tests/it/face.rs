//! Leaving, and pages for answers that a library made.

use axum::Router;
use axum::body::Body;
use axum::http::{Request, StatusCode};
use axum::response::IntoResponse;
use axum::routing::{get as route, post};
use plainsight_pages::{PublicSite, Trouble, desk_face, public_face};

use crate::{WEATHER, ask, desk_site, get, get_with, public_site};

fn screens() -> Router {
    Router::new()
        .route("/good", route(|| async { "good" }))
        .route("/only-post", post(|| async { "done" }))
        .route("/dressed", route(|| async { (StatusCode::NOT_FOUND, axum::response::Html("<p>our own page</p>")) }))
        .route("/json", route(|| async { (StatusCode::BAD_REQUEST, [("content-type", "application/json")], "{}") }))
        .route(
            "/bare/{status}",
            route(|axum::extract::Path(status): axum::extract::Path<u16>| async move { StatusCode::from_u16(status).unwrap().into_response() }),
        )
        .route(
            "/plain/{status}",
            route(|axum::extract::Path(status): axum::extract::Path<u16>| async move { (StatusCode::from_u16(status).unwrap(), "a secret of the library") }),
        )
}

fn public() -> Router {
    public_face(public_site(), screens())
}

fn desk() -> Router {
    desk_face(desk_site(), screens())
}

/// The weather page opens; of this site the cache is emptied. The rest of the browser is left as it is: emptying cookies
/// or storage would be seen by whoever picks up the phone, and would promise more than is true.
#[tokio::test]
async fn leaving_opens_the_weather_and_empties_the_cache_and_nothing_else() {
    for method in ["GET", "POST"] {
        let request = Request::builder().method(method).uri("/leave").body(Body::empty()).unwrap();
        let answer = ask(&public(), request).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{method}");
        assert_eq!(answer.header("location"), WEATHER);
        assert_eq!(answer.header("clear-site-data"), "\"cache\"");
        assert_eq!(answer.header("cache-control"), "no-store");
        assert_eq!(answer.header("referrer-policy"), "no-referrer", "the weather page does not learn where somebody came from");
        assert!(answer.body.is_empty());
    }
}

#[tokio::test]
async fn leaving_works_even_when_the_operator_wrote_a_broken_address() {
    let site = PublicSite::new(plainsight_pages::Locales::load(None).unwrap(), "https://weather.example.org/\nset-cookie: x");
    let answer = get(&public_face(site, Router::new()), "/leave").await;
    assert_eq!((answer.status, answer.header("location")), (StatusCode::SEE_OTHER, "about:blank"));
    assert!(!answer.headers.contains_key("set-cookie"));
}

/// What a library answered, and what the page answers: six kinds of trouble are enough for a person.
const DRESSED: [(u16, u16); 17] = [
    (400, 400),
    (403, 400),
    (404, 404),
    (405, 404),
    (408, 504),
    (410, 404),
    (413, 413),
    (414, 413),
    (415, 400),
    (422, 400),
    (429, 503),
    (431, 413),
    (500, 500),
    (501, 500),
    (502, 500),
    (503, 503),
    (504, 504),
];

#[tokio::test]
async fn a_bare_answer_becomes_a_page_in_the_language_of_the_browser() {
    for (face, name) in [(public(), "public"), (desk(), "desk")] {
        for (bare, dressed) in DRESSED {
            for path in [format!("/bare/{bare}"), format!("/plain/{bare}")] {
                let english = get(&face, &path).await;
                assert_eq!(english.status, dressed, "{name} {path}");
                assert_eq!(english.header("content-type"), "text/html; charset=utf-8", "{name} {path}");
                assert!(english.text().contains(r#"<html lang="en" dir="ltr""#), "{name} {path}");
                assert!(!english.text().contains("a secret of the library"), "{name} {path}");
                let romanian = get_with(&face, &path, "accept-language", "ro-RO,ro;q=0.9,en;q=0.5").await;
                assert_eq!(romanian.status, english.status);
                assert!(romanian.text().contains(r#"<html lang="ro" dir="ltr""#), "{name} {path}");
                assert!(!romanian.text().contains('['), "a message is missing: {name} {path}: {}", romanian.text());
            }
        }
    }
}

#[tokio::test]
async fn the_language_in_the_address_wins_and_stays_in_the_links() {
    let answer = get_with(&public(), "/nothing?lang=ro", "accept-language", "en").await;
    assert_eq!(answer.status, StatusCode::NOT_FOUND);
    assert!(answer.text().contains(r#"lang="ro""#) && answer.text().contains(r#"href="/?lang=ro""#));
    for garbage in [
        "/nothing?lang=",
        "/nothing?lang=xx",
        "/nothing?lang=%3Cscript%3E",
        "/nothing?lang=ro%00",
        "/nothing?&&lang",
        "/nothing?lang=ro-RO-extra-long-tag",
    ] {
        let answer = get_with(&public(), garbage, "accept-language", ";;,q=,\t*").await;
        assert!(answer.text().contains(r#"<html lang="en""#), "{garbage}");
        assert!(answer.text().contains(r#"href="/""#), "a language that does not exist is not carried on: {garbage}");
    }
    let answer = get(&public(), "/nothing?lang=ar-XB").await;
    assert!(answer.text().contains(r#"<html lang="ar-XB" dir="rtl""#) && answer.text().contains("public.rtl-"));
}

#[tokio::test]
async fn the_public_is_told_what_to_do_in_danger_and_the_desk_how_to_go_on() {
    let locales = plainsight_pages::Locales::load(None).unwrap();
    let english = locales.english();
    let public = get(&public(), "/nothing").await;
    assert!(public.text().contains(&*english.text("trouble-danger")));
    let desk = get(&desk(), "/nothing").await;
    assert!(!desk.text().contains(&*english.text("trouble-danger")) && desk.text().contains(&*english.text("trouble-desk-home")));
    assert!(desk.text().contains("A &#60;b&#62;helpline&#60;/b&#62;"), "the operator's name is text");
    assert!(desk.text().contains(&*english.text("invented-title")));
}

/// "No such page" and "not for you" are the same answer; a method that is not served is no hint either.
#[tokio::test]
async fn a_wrong_method_looks_like_a_page_that_does_not_exist() {
    let (wrong, missing) = (get(&public(), "/only-post").await, get(&public(), "/nothing").await);
    assert_eq!(wrong.status, missing.status);
    assert_eq!(wrong.body, missing.body);
}

#[tokio::test]
async fn an_answer_that_has_a_page_keeps_it() {
    for face in [public(), desk()] {
        assert_eq!(get(&face, "/good").await.text(), "good");
        let dressed = get(&face, "/dressed").await;
        assert_eq!((dressed.status, dressed.text()), (StatusCode::NOT_FOUND, "<p>our own page</p>"));
        assert_eq!(get(&face, "/json").await.text(), "{}");
    }
}

#[tokio::test]
async fn a_busy_site_says_when_to_come_back() {
    for status in ["429", "503"] {
        let answer = get(&public(), &format!("/bare/{status}")).await;
        assert_eq!((answer.status, answer.header("retry-after")), (StatusCode::SERVICE_UNAVAILABLE, "10"));
    }
    assert_eq!(get(&public(), "/bare/500").await.header("retry-after"), "");
    for trouble in Trouble::ALL {
        assert!(trouble.status().is_client_error() || trouble.status().is_server_error());
    }
}

/// The desk has no quick exit, and the public no sign out.
#[tokio::test]
async fn each_face_has_only_its_own_doors() {
    assert_eq!(get(&desk(), "/leave").await.status, StatusCode::NOT_FOUND);
    let public = get(&public(), "/nothing").await;
    assert!(public.text().contains(r#"href="/leave""#) && !public.text().contains("sign-out"));
}
