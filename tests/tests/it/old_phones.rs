//! Old phones send no modern headers, or `Origin: null`. They are served like any other.

use plainsight_tests::house::{House, On};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_form_from_origin_null_or_from_none_is_taken() {
    let mut house = House::load(On::Sqlite, 0).await.unwrap();
    house.start("public").await.unwrap();
    for origin in [None, Some("null".to_owned()), Some("https://elsewhere.example".to_owned())] {
        let mut phone = house.phone();
        phone.origin_header = origin.clone();
        phone.get("/?lang=en").await.unwrap();
        phone.report("from an old phone").await.unwrap_or_else(|error| panic!("{origin:?}: {error:#}"));
    }
}

/// Garbage, floods of fields and broken encodings get a page that helps, never an error without one.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whatever_is_posted_a_page_comes_back() {
    let mut house = House::load(On::Sqlite, 0).await.unwrap();
    house.start("public").await.unwrap();
    let long = "x".repeat(200_000);
    let bodies: [&[(&str, &str)]; 6] = [
        &[],
        &[("state", "not a state"), ("page", "words"), ("words", "kept")],
        &[("page", "no-such-page"), ("go", "send")],
        &[("page", "words"), ("words", &long), ("go", "send")],
        &[("go", "open"), ("receipt", "1234")],
        &[("state", "\u{0}\u{fffd}"), ("page", "me"), ("go", "edit-nothing"), ("words", "\u{202e}kept")],
    ];
    for body in bodies {
        let mut phone = house.phone();
        let fields: Vec<(String, String)> = body.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        phone.post("/help?lang=en", &fields).await.unwrap();
        assert!(phone.status.is_success() || phone.status.as_u16() == 422, "{} for {:?}", phone.status, body.first());
        assert!(phone.page.contains("</html>"), "no whole page");
        if let Some((_, typed)) = body
            .iter()
            .find(|(name, _)| *name == "words")
            .filter(|_| body.iter().any(|(name, value)| *name == "page" && *value != "no-such-page"))
        {
            let typed = typed.trim_start_matches('\u{202e}');
            assert!(phone.page.contains(typed), "what was typed is gone for {:?}", body.first());
        }
    }
}
