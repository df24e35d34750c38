//! The frame of the pages: neutral for whoever looks over a shoulder, whole without scripts, nothing from elsewhere.

use axum::Router;
use axum::routing::get as route;
use plainsight_pages::{DeskPage, Language, Locales, Markup, PublicPage, PublicSite, Theme, assets, desk_face, public_face};

use crate::{WEATHER, desk_site, get, public_site};

#[derive(askama::Template)]
#[template(source = "<h1>{{ text }}</h1>", ext = "html")]
struct Body {
    text: &'static str,
}

fn public(site: &PublicSite) -> Router {
    let shown = site.clone();
    let page = route(move |request: axum::extract::Request| {
        let site = shown.clone();
        async move {
            let language = Language::of(&request.into_parts().0, site.locales());
            let body = Body { text: "slavery <script>" };
            axum::response::IntoResponse::into_response(PublicPage::new(&site, &language, "/me?step=2#end", body).back("/").error(true))
        }
    });
    public_face(site.clone(), Router::new().route("/me", page))
}

#[tokio::test]
async fn the_title_is_neutral_on_every_page() {
    for (site, lang, title) in [
        (public_site(), "en", "Error: Help and advice"),
        (public_site(), "ro", "Eroare: Ajutor și sfaturi"),
        (public_site().cover_title("Weather & news"), "ro", "Eroare: Weather &#38; news"),
    ] {
        let answer = get(&public(&site), &format!("/me?lang={lang}")).await;
        assert!(answer.text().contains(&format!("<title>{title}</title>")), "{}", answer.text());
        let head = answer.text().split_once("<body").unwrap().0;
        assert!(!head.contains("slavery"));
        assert!(answer.text().contains("<h1>slavery &#60;script&#62;</h1>"));
    }
}

/// Whoever reads a message leaves no address of it in the history: the way there is a form, not a link.
#[tokio::test]
async fn reading_a_message_is_a_form_and_not_an_address() {
    let answer = get(&public(&public_site()), "/me?lang=ro").await;
    assert!(answer.text().contains(r#"<form method="post" action="/help?lang=ro" autocomplete="off">"#), "{}", answer.text());
    assert!(!answer.text().contains("href=\"/help"));
}

#[tokio::test]
async fn every_language_of_the_menu_leads_to_the_same_page() {
    let answer = get(&public(&public_site()), "/me").await;
    assert!(answer.text().contains(r#"href="/me?step=2&#38;lang=ro#end""#), "{}", answer.text());
    assert!(answer.text().contains(r#"lang="ro" hreflang="ro" dir="ltr""#));
    assert!(answer.text().contains(r#"aria-current="true" lang="en""#));
}

#[tokio::test]
async fn a_page_takes_nothing_from_elsewhere_and_runs_nothing_in_line() {
    let answers = [get(&public(&public_site()), "/me").await, get(&desk_face(desk_site(), Router::new()), "/nothing").await];
    for answer in &answers {
        let text = answer.text();
        for piece in ["src=\"", "href=\"", "action=\""] {
            for address in text.split(piece).skip(1).map(|rest| rest.split('"').next().unwrap()) {
                assert!(address.starts_with('/') || address.starts_with('#'), "{address}");
                if let Some(asset) = address.strip_prefix("/assets/") {
                    assert!(!asset.is_empty() && get(&assets::routes(), address).await.status.is_success(), "{address}");
                }
            }
        }
        assert_eq!(text.matches("<script").count(), 1);
        assert!(!text.contains(" style=") && !text.contains("<style") && !text.contains(" onclick") && !text.contains(WEATHER));
    }
}

#[tokio::test]
async fn invented_data_are_marked_on_every_page_of_both_faces() {
    let mark = |text: &str| text.contains("Invented data.");
    assert!(!mark(get(&public(&public_site()), "/me").await.text()));
    assert!(mark(get(&public(&public_site().invented(true)), "/me").await.text()));
    assert!(mark(get(&public(&public_site().invented(true)), "/nothing").await.text()));
    assert!(mark(get(&desk_face(desk_site(), Router::new()), "/nothing").await.text()));
}

#[tokio::test]
async fn the_desk_shows_who_is_there_and_keeps_the_language_in_its_doors() {
    let site = desk_site();
    let shown = site.clone();
    let page = route(move |request: axum::extract::Request| {
        let site = shown.clone();
        async move {
            let language = Language::of(&request.into_parts().0, &site.locales);
            let page = DeskPage::new(&site, &language, "A <title>", Body { text: "body" })
                .hat("Ana <Pop>", "Adviser")
                .aside(Markup::literal("<p>never call</p>"))
                .theme(Theme::Dark)
                .calm(true)
                .own_heading();
            axum::response::IntoResponse::into_response(page)
        }
    });
    let answer = get(&desk_face(site, Router::new().route("/record", page)), "/record?lang=ro").await;
    let text = answer.text();
    assert!(text.contains("Ana &#60;Pop&#62;") && text.contains("Adviser"));
    assert!(text.contains(r#"action="/sign-out?lang=ro""#) && text.contains(r#"href="/?lang=ro""#));
    assert!(text.contains(r#"data-theme="dark""#) && text.contains("ps-desk--calm"));
    assert!(text.contains("<aside") && text.contains("<p>never call</p>"));
    assert!(text.contains("<title>A &#60;title&#62; – "), "{text}");
    assert_eq!(text.matches("<h1").count(), 1, "a page has one heading");
    assert_eq!(Locales::load(None).unwrap().get("ro").text("desk-sign-out"), "Ieșiți din cont");
}
