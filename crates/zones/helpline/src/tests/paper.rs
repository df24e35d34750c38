//! What the report site gives on paper, and what it says to whoever may hurt themselves.

use time::macros::datetime;

use plainsight_vocabulary::{Jurisdiction, OperatorFacts, jurisdictions};

use super::browser::{Browser, Page};
use super::public_site::public_settings;
use super::world::{World, on_both};
use crate::PublicSettings;

async fn browser(world: &World, settings: PublicSettings) -> Browser {
    Browser::new(crate::public(world.site_with(settings, 0).await))
}

/// England as an operator's own file makes it, with nothing else confirmed.
fn england(file: &str) -> PublicSettings {
    let jurisdictions: Vec<Jurisdiction> = OperatorFacts::parse("test.toml", file).unwrap().apply(jurisdictions()).unwrap();
    let england = jurisdictions.into_iter().filter(|one| one.id == "england").collect();
    PublicSettings { jurisdictions: england, ..public_settings(&[]) }
}

/// What stands on each of the cards, and on the poster.
fn papers(page: &Page) -> (Vec<String>, String) {
    let text = |html: &str| {
        let page = Page { status: page.status, headers: page.headers.clone(), html: format!("<body>{html}"), size: 0 };
        page.text()
    };
    let (cards, poster) = page.html.split_once("<div class=\"ps-poster\">").unwrap();
    let poster = poster.split("</main>").next().unwrap();
    (cards.split("<div class=\"ps-slip").skip(1).filter(|card| !card.starts_with("s\"")).map(text).collect(), text(poster))
}

#[tokio::test]
async fn eight_cards_and_a_poster_say_whom_to_call_and_when_it_was_checked() {
    on_both(|world| async move {
        let page = browser(&world, public_settings(&["always"])).await.get("/card").await;
        page.check_decent();
        let (cards, poster) = papers(&page);
        assert_eq!(cards.len(), 8);
        assert!(cards.iter().all(|card| card.contains("Help and advice") && card.contains("Checked:")));
        for said in [
            "In danger now 999",
            "Say “police” and the name of your language.",
            "You can ask for an interpreter.",
            "To talk to someone 020 7946 0158",
            "Monday to Sunday: 08:00 to 20:00",
            "Checked: Monday 23 November 2026.",
            "Get a new one after Sunday 23 May 2027.",
        ] {
            assert!(cards[0].contains(said), "{said}: {}", cards[0]);
        }
        for said in ["999", "18000", "999bsl.co.uk", "020 7946 0158", "116 123", "Press 55 when asked", "23 May 2027"] {
            assert!(poster.contains(said), "{said}: {poster}");
        }
        let safety = page.html.find("Do not carry a card if somebody searches your things.").unwrap();
        assert!(safety < page.html.find("ps-slip").unwrap(), "safety is read before anything is printed");
        assert!(!page.html.contains("<input") && !page.html.contains("tel:"), "nothing to press on paper");
    })
    .await;
}

/// A finder must not learn what it is about, whatever the operator and their site are called.
#[tokio::test]
async fn no_paper_tells_a_finder_what_it_is_about() {
    let telling = r#"
        [[route]]
        jurisdiction = "england"
        id = "our-line"
        kind = "operator"
        name = { en = "Stop Slavery Line", ro = "Stop Sclaviei" }
        telephone = "020 7946 0123"
        web = "https://stop-trafficking.example.org"
        hours = ["mon-fri 09:00-17:00"]
        by = "A. Member"
        on = 2026-11-01
        review_by = 2027-05-01
    "#;
    on_both(move |world| async move {
        for settings in [england(telling), public_settings(&["always"])] {
            for query in ["?lang=en", "?lang=ro"] {
                let page = browser(&world, settings.clone()).await.query(query).get("/card").await;
                page.check_decent();
                let (cards, poster) = papers(&page);
                for word in [
                    "slav", "traffick", "exploit", "victim", "rescue", "raid", "immigra", "arrest", "sclav", "trafic", "exploat", "salv",
                    "razie", "imigra", "arest",
                ] {
                    let found = cards.iter().chain([&poster]).find(|paper| paper.to_lowercase().contains(word));
                    assert_eq!(found, None, "{word} {query}");
                }
            }
        }
        let page = browser(&world, england(telling)).await.get("/card").await;
        let (cards, poster) = papers(&page);
        assert!(cards[0].contains("020 7946 0123") && poster.contains("020 7946 0123"), "the number stands all the same");
    })
    .await;
}

#[tokio::test]
async fn cards_follow_the_language_of_the_page() {
    on_both(|world| async move {
        let page = browser(&world, public_settings(&["always"])).await.query("?lang=ro").get("/card").await;
        page.check_decent();
        let (cards, poster) = papers(&page);
        for said in
            ["Ajutor și sfaturi", "În pericol acum 999", "Puteți cere un interpret.", "020 7946 0158", "Verificat: luni, 23 noiembrie 2026"]
        {
            assert!(cards[0].contains(said), "{said}: {}", cards[0]);
        }
        assert!(poster.contains("Puteți vorbi cu cineva") && poster.contains("116 123"), "{poster}");
    })
    .await;
}

/// A retired number kills, and paper cannot be taken down: what is past its review day is not printed, and nothing is claimed
/// of it.
#[tokio::test]
async fn a_number_past_its_review_day_is_not_printed() {
    on_both(|world| async move {
        // The review day itself still counts, on the clock of England: 23 May is summer time there.
        world.clock.set(datetime!(2027-05-23 22:59 UTC));
        let (cards, poster) = papers(&browser(&world, public_settings(&[])).await.get("/card").await);
        assert!(cards[0].contains("020 7946 0158") && poster.contains("116 123"));
        world.clock.set(datetime!(2027-05-23 23:00 UTC));
        let page = browser(&world, public_settings(&[])).await.get("/card").await;
        page.check_decent();
        let (cards, poster) = papers(&page);
        for gone in ["020 7946 0158", "116 123", "999bsl", "interpreter", "To talk to someone", "Get a new one", "Press 55"] {
            assert!(!cards[0].contains(gone) && !poster.contains(gone), "{gone}");
        }
        assert!(cards[0].contains("In danger now 999") && poster.contains("18000"), "the law's own numbers stay");
        assert!(poster.contains("999 Say “police” or “ambulance”"), "{poster}");
        assert!(page.text().contains("No other routes have been checked yet."));
    })
    .await;
}

/// The helpline of the country stands in where the operator has no line, without its name, which tells.
#[tokio::test]
async fn without_a_line_of_the_operator_the_helpline_is_printed() {
    let helpline = r#"
        [[confirm]]
        fact = "england/modern-slavery-helpline/telephone"
        value = "08000 121 700"
        by = "A. Member"
        on = 2026-11-01
        review_by = 2027-05-01
    "#;
    on_both(move |world| async move {
        let (cards, poster) = papers(&browser(&world, england(helpline)).await.get("/card").await);
        assert!(cards[0].contains("To talk to someone 08000 121 700"), "{}", cards[0]);
        // The card names the oldest check of what is on it.
        assert!(cards[0].contains("Checked: Sunday 1 November 2026."), "{}", cards[0]);
        assert!(poster.contains("08000 121 700") && !poster.contains("Modern"), "{poster}");
        let own = papers(&browser(&world, public_settings(&[])).await.get("/card").await);
        assert!(!own.0[0].contains("08000 121 700"));
    })
    .await;
}

#[tokio::test]
async fn whoever_spots_signs_or_works_with_people_finds_the_cards() {
    on_both(|world| async move {
        let browser = browser(&world, public_settings(&["always"])).await;
        let work = browser.post("/help", &[("go", "work")]).await;
        for page in [browser.get("/signs").await, work] {
            assert!(page.html.contains("href=\"/card\""));
        }
        assert!(!browser.get("/").await.html.contains("/card"), "the first page stays short");
    })
    .await;
}

/// practice 1: self-harm is danger now. Nobody is asked; whoever may hurt themselves, or helps somebody who may, finds who helps.
#[tokio::test]
async fn whoever_may_hurt_themselves_is_told_whom_to_call() {
    on_both(|world| async move {
        for (query, matter, ambulance) in [
            ("?lang=en", "You matter. Talk to somebody now.", "Call 999 and say “ambulance”"),
            ("?lang=ro", "Viața dumneavoastră contează. Vorbiți cu cineva acum.", "Sunați la 999 și spuneți „ambulance”"),
        ] {
            let browser = browser(&world, public_settings(&["always"])).await.query(query);
            let now = browser.get("/now").await;
            now.check_decent();
            assert!(now.has_id("talk") && now.text().contains(matter) && now.text().contains(ambulance), "{}", now.text());
            assert_eq!(now.html.matches("href=\"tel:116123\"").count(), 1, "in its own section, and not again further down");
            let (section, line) = (now.html.find("id=\"talk\"").unwrap(), now.html.find("tel:116123").unwrap());
            assert!(section < line && line < now.html.find("id=\"route-emergency\"").unwrap());

            let mut pages = Vec::new();
            for way in ["me", "known", "noticed", "work"] {
                pages.push((way, browser.post("/help", &[("go", way)]).await));
            }
            for (way, page) in &pages {
                assert_eq!(page.html.matches("#talk\"").count(), 1, "{way}");
                assert!(page.html.contains(&format!("href=\"/now{query}#talk\"")), "{way}: in the language of the page");
            }
            let me = &pages[0].1;
            assert!(me.html.find("#talk").unwrap() < me.html.find("name=\"words\"").unwrap(), "before anything is typed");
            for (way, page) in &pages {
                let asked = page.form().iter().any(|(name, _)| name.contains("hurt") || name.contains("harm"));
                assert!(!asked, "{way}: nobody is asked");
            }
        }
    })
    .await;
}

/// A number that nobody looked at again is worse than none: the ambulance stays.
#[tokio::test]
async fn a_line_that_nobody_checked_again_goes_and_the_ambulance_stays() {
    on_both(|world| async move {
        world.clock.set(datetime!(2027-05-23 23:00 UTC));
        let now = browser(&world, public_settings(&[])).await.get("/now").await;
        now.check_decent();
        assert!(!now.text().contains("116 123") && !now.text().contains("people who listen"));
        assert!(now.text().contains("You matter.") && now.text().contains("Call 999 and say “ambulance”"));
    })
    .await;
}
