//! What every page of the report site must and must not have.

use axum::http::StatusCode;
use time::Duration;
use time::macros::datetime;

use super::browser::{Browser, Page};
use super::public_site::{public_settings, stated};
use super::world::{START, World, on_both};

/// Each page that a reporter can see, by name, in the language of the browser.
async fn every_page(browser: &Browser) -> Vec<(String, Page)> {
    let mut pages = Vec::new();
    for path in ["/", "/now", "/signs", "/card", "/privacy", "/complain", "/no-such-page", "/signs/no-such-setting"] {
        pages.push((path.to_owned(), browser.get(path).await));
    }
    for setting in plainsight_vocabulary::settings() {
        pages.push((setting.id.clone(), browser.get(&format!("/signs/{}", setting.id)).await));
    }
    let me = browser.post("/help", &[("go", "me")]).await;
    let wrong = browser.press(&me, &[("reach", "telephone"), ("address", "x")], "check").await;
    let empty = browser.press(&me, &[], "send").await;
    let unknown = browser.post("/help", &[("page", "me"), ("state", "x"), ("go", "send")]).await;
    let mut page = browser.post("/help", &[("go", "noticed")]).await;
    for setting in plainsight_vocabulary::settings() {
        let place = browser.press(&page, &[("danger", "yes")], "continue").await;
        let signs = browser.press(&place, &[("setting", &setting.id)], "continue").await;
        pages.push((format!("signs of {}", setting.id), signs));
    }
    while page.field("page") != "check" {
        let next = browser.press(&page, &[], "continue").await;
        pages.push((page.field("page"), page));
        page = next;
    }
    let filled = browser.press(&me, &[("words", "zzz"), ("danger", "yes"), ("child", "yes"), ("place", "zzz")], "check").await;
    let sent = browser.press(&filled, &[], "send").await;
    let practised = browser.press(&sent, &[("receipt", "1")], "practise").await;
    let digits = sent.html.split("data-receipt=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let read = browser.post("/help", &[("go", "read")]).await;
    let missing = browser.press(&read, &[], "open").await;
    let mailbox = browser.press(&read, &[("receipt", &digits)], "open").await;
    let nothing_added = browser.press(&mailbox, &[], "add").await;
    let added = browser.press(&mailbox, &[("words", "zzz")], "add").await;
    let ask = browser.press(&added, &[], "withdraw-ask").await;
    let withdrawn = browser.press(&ask, &[], "withdraw").await;
    let nothing = browser.press(&read, &[("receipt", &digits)], "open").await;
    let work = browser.post("/help", &[("go", "work")]).await;
    let noted = browser.press(&work, &[("danger", "yes"), ("words", "zzz"), ("role", "zzz")], "send").await;
    pages.extend([("work".to_owned(), work), ("the note of work".to_owned(), noted)]);
    let complain = browser.get("/complain").await;
    let checked = browser.press(&complain, &[("words", "zzz")], "check").await;
    let complained = browser.press(&checked, &[], "send").await;
    pages.extend([("the answers of a complaint".to_owned(), checked), ("a complaint that was sent".to_owned(), complained)]);
    let rest = [me, wrong, empty, unknown, filled, sent, practised, read, missing, mailbox, nothing_added, added, ask, withdrawn, nothing];
    pages.extend(rest.into_iter().enumerate().map(|(number, page)| (format!("step {number}"), page)));
    pages
}

/// The operator of these pages states all that can be stated, so that each sentence is looked at.
async fn browser(world: &World) -> Browser {
    world.clock.set(START + Duration::nanoseconds(999_000_000));
    Browser::new(crate::public(world.site_with(stated(public_settings(&["always"])), 3).await))
}

#[tokio::test]
async fn no_page_has_a_cookie_a_foreign_address_or_a_script_or_style_in_its_text() {
    on_both(|world| async move {
        for (name, page) in every_page(&browser(&world).await).await {
            page.check_decent();
            assert!(page.html.contains("lang=\"en\"") && page.html.contains("dir=\"ltr\""), "{name}");
            assert_eq!(page.headers.get("referrer-policy").unwrap(), "no-referrer", "{name}");
            assert!(page.headers.get("cache-control").is_some_and(|value| value.to_str().unwrap().contains("no-store")), "{name}");
            assert_eq!(page.html.matches("<h1").count(), 1, "{name} has one heading");
            for field in page.html.split('<').filter(|tag| tag.starts_with("textarea") || tag.starts_with("input class=\"govuk-input")) {
                assert!(field.contains("autocomplete=\"off\"") && field.contains("spellcheck=\"false\""), "{name}: <{field}");
            }
        }
    })
    .await;
}

/// A form posts to one neutral address; no address tells what somebody did.
#[tokio::test]
async fn every_form_posts_to_the_one_neutral_address() {
    on_both(|world| async move {
        for (name, page) in every_page(&browser(&world).await).await {
            for form in page.html.split("<form").skip(1) {
                let action = form.split("action=\"").nth(1).unwrap().split('"').next().unwrap();
                assert!(["/help", "/leave"].contains(&action), "{name}: {action}");
                assert!(form.contains("method=\"post\""), "{name}");
            }
        }
    })
    .await;
}

/// Nothing of ours stays in English in another language, and no language misses a message.
#[tokio::test]
async fn every_page_stands_in_every_language() {
    on_both(|world| async move {
        let english = every_page(&browser(&world).await).await;
        for (query, lang, dir) in [("?lang=ro", "ro", "ltr"), ("?lang=ar-XB", "ar-XB", "rtl")] {
            let other = every_page(&browser(&world).await.query(query)).await;
            assert_eq!(english.len(), other.len());
            for ((name, one), (_, page)) in english.iter().zip(&other) {
                assert_eq!(one.status, page.status, "{name} in {lang}");
                page.check_decent();
                assert!(
                    page.html.contains(&format!("lang=\"{lang}\"")) && page.html.contains(&format!("dir=\"{dir}\"")),
                    "{name} in {lang}"
                );
                let known = one.pieces();
                let left: Vec<String> =
                    page.pieces().into_iter().filter(|piece| piece.len() > 25 && piece.contains(' ') && known.contains(piece)).collect();
                // The words of a receipt are of a list, whichever language the page has; the operator's name is its own.
                let ours = |piece: &String| (piece.split(' ').count() != 8 || piece.ends_with('.')) && !piece.ends_with("(invented)");
                let left: Vec<_> = left.into_iter().filter(ours).collect();
                assert_eq!(left, [] as [String; 0], "{name} in {lang}");
            }
        }
    })
    .await;
}

/// practice 5: what is true of the phone, and nothing more.
#[tokio::test]
async fn the_first_page_is_honest_about_the_phone_and_about_leaving() {
    on_both(|world| async move {
        let page = browser(&world).await.get("/").await;
        let text = page.text();
        assert!(text.contains("This page does not save your answers on this phone. Your phone may still show that you visited."));
        assert!(text.contains("It does not clear your history."));
        assert!(!text.to_lowercase().contains("nothing is kept on"));
        assert!(!text.contains("receipt"), "the first page does not tell that somebody reported");
        assert!(page.html.find("tel:999").unwrap() < page.html.find("name=\"go\"").unwrap(), "danger stands first");
    })
    .await;
}

/// practice 5.0 rule 7: everybody is told the exceptions before choosing; a child in a child's words.
#[tokio::test]
async fn the_exceptions_stand_before_the_choice_of_contact() {
    on_both(|world| async move {
        let browser = browser(&world).await;
        let exceptions = "There are two exceptions.";
        let me = browser.post("/help", &[("go", "me")]).await;
        let mut contact = browser.post("/help", &[("go", "noticed")]).await;
        while contact.field("page") != "contact" {
            contact = browser.press(&contact, &[], "continue").await;
        }
        let work = browser.post("/help", &[("go", "work")]).await;
        for (page, choice) in
            [(&me, "name=\"reach\""), (&work, "name=\"reach\""), (&contact, "name=\"naming\""), (&contact, "name=\"reach\"")]
        {
            assert!(page.html.find(exceptions).unwrap() < page.html.find(choice).unwrap());
        }
        assert!(me.html.find("name=\"child\"").unwrap() < me.html.find("name=\"reach\"").unwrap(), "age is asked before the choice");
        let child = "If we think you are in danger we may have to tell someone whose job is to keep you safe.";
        for answer in ["yes", "not-sure"] {
            let wrong = [("child", answer), ("reach", "email"), ("address", "x")];
            let page = browser.press(&me, &wrong, "check").await;
            assert!(page.text().contains(child) && page.html.find(child).unwrap() < page.html.find("name=\"reach\"").unwrap());
        }
        assert!(me.text().contains(child), "without scripts the sentence must be there before the answer");
    })
    .await;
}

/// practice 5: what one operator can keep another cannot. A sentence stands while somebody vouches for it, and is gone after.
#[tokio::test]
async fn a_promise_stands_only_while_the_operator_stands_by_it() {
    on_both(|world| async move {
        let (boss, officers) = ("We do not tell your boss.", "We do not tell immigration officers.");
        let nobody = "We tell nobody who you are unless you agree";
        let promised = async |settings| {
            let browser = Browser::new(crate::public(world.site_with(settings, 0).await));
            let mut contact = browser.post("/help", &[("go", "noticed")]).await;
            while contact.field("page") != "contact" {
                contact = browser.press(&contact, &[], "continue").await;
            }
            let me = browser.post("/help", &[("go", "me")]).await;
            let pages = [browser.get("/").await, me, browser.get("/privacy").await, contact];
            for page in &pages {
                page.check_decent();
                assert!(!page.text().contains(officers), "not ticked");
            }
            pages.map(|page| (page.text().contains(boss), page.text().contains(nobody)))
        };
        let none = [(false, false); 4];
        assert_eq!(promised(public_settings(&[])).await, none, "nobody ticked anything");
        let all = [(true, false), (true, true), (true, true), (false, true)];
        assert_eq!(promised(stated(public_settings(&[]))).await, all);
        // The review day itself still counts, on the clock of England: 23 May is summer time there.
        world.clock.set(datetime!(2027-05-23 22:59 UTC));
        assert_eq!(promised(stated(public_settings(&[]))).await, all);
        world.clock.set(datetime!(2027-05-23 23:00 UTC));
        assert_eq!(promised(stated(public_settings(&[]))).await, none, "nobody looked at it again");
    })
    .await;
}

/// Who answers in law, and to whom one can complain: as the operator states it, and nothing made up where they do not.
#[tokio::test]
async fn the_notice_says_of_the_operator_only_what_the_operator_said() {
    on_both(|world| async move {
        let notice = async |settings| Browser::new(crate::public(world.site_with(settings, 0).await)).get("/privacy").await;
        let stated_page = notice(stated(public_settings(&[]))).await;
        stated_page.check_decent();
        let text = stated_page.text();
        for said in ["Westmere helpline (invented)", "3 Almonry Wynd", "privacy@example.org", "dpo@example.org", "complaints@example.org"] {
            assert!(text.contains(said), "{said}");
        }
        assert!(text.contains("within 30 days") && text.contains("Schedule 1, paragraph 18"), "the law of England");
        assert!(stated_page.html.contains("href=\"https://ico.org.uk/\""));

        assert!(
            text.contains("nobody may know you: 6 months.") || text.contains("nobody may know you: \u{2068}6 months\u{2069}."),
            "{text}"
        );
        assert!(text.contains("it is deleted by itself"));

        let silent = notice(public_settings(&[])).await;
        assert!(silent.text().contains("No time is counted") && !silent.text().contains("deleted by itself"));
        for invented in ["answers for what you send", "Address:", "Email:", "Data protection officer", "@", "You can also send it to"] {
            assert!(!silent.text().contains(invented), "{invented}");
        }
        assert!(silent.html.contains("href=\"https://ico.org.uk/\""), "the authority is the country's, not the operator's");

        let jurisdictions = plainsight_vocabulary::jurisdictions().iter().filter(|one| one.id == "romania").cloned().collect();
        let abroad = notice(crate::PublicSettings { jurisdictions, ..public_settings(&[]) }).await;
        assert!(abroad.html.contains("href=\"https://www.dataprotection.ro/\"") && !abroad.html.contains("ico.org.uk"));
        assert!(!abroad.text().contains("30 days") && !abroad.text().contains("Act 2018"), "no law of another country");
        let nowhere = notice(crate::PublicSettings { jurisdictions: Vec::new(), ..public_settings(&[]) }).await;
        assert!(!nowhere.html.contains("ico.org.uk") && !nowhere.text().contains("authority for data protection"));
    })
    .await;
}

#[tokio::test]
async fn hours_are_said_as_they_are() {
    on_both(|world| async move {
        let settings = public_settings(&["mon-fri 09:00-17:00"]);
        let browser = Browser::new(crate::public(world.site_with(settings, 2).await));
        assert!(browser.get("/").await.text().contains("Someone is reading messages now."));
        let me = browser.post("/help", &[("go", "me")]).await;
        let sent = browser.press(&me, &[("words", "by day")], "send").await.text();
        assert!(sent.contains("reads your report within 1 hour"), "{sent}");
        world.clock.set(datetime!(2026-12-01 17:00:01 UTC));
        let closed = browser.get("/").await.text();
        assert!(closed.contains("Nobody reads messages until") && closed.contains("2 December") && closed.contains("call 999"), "{closed}");
        let me = browser.post("/help", &[("go", "me")]).await;
        let sent = browser.press(&me, &[("words", "at night")], "send").await.text();
        assert!(sent.contains("Nobody reads messages until"), "{sent}");
        assert!(!sent.contains("reads your report within"), "no hour is promised in which nobody reads: {sent}");
        let nobody = Browser::new(crate::public(world.site_with(public_settings(&[]), 0).await));
        assert!(!nobody.get("/").await.text().contains("reading messages now"), "what nobody said is not claimed");
    })
    .await;
}

#[tokio::test]
async fn the_neutral_address_by_itself_leads_to_the_first_page() {
    on_both(|world| async move {
        let page = browser(&world).await.get("/help").await;
        assert_eq!((page.status, page.location()), (StatusCode::SEE_OTHER, "/"));
        let page = browser(&world).await.query("?lang=ro").get("/help").await;
        assert_eq!(page.location(), "/?lang=ro");
    })
    .await;
}

/// Kept pages are packed for those who take it, and a page of one language is never given for another.
#[tokio::test]
async fn a_kept_page_comes_packed_or_plain_and_in_the_right_language() {
    on_both(|world| async move {
        let plain = browser(&world).await;
        let first = plain.get("/signs").await;
        assert!(!first.headers.contains_key("content-encoding"));
        let site = world.site_with(public_settings(&["always"]), 0).await;
        let packed = Browser::new(crate::public(site.clone())).header("accept-encoding", "br, gzip;q=0.8").get("/signs").await;
        assert_eq!(packed.headers.get("content-encoding").unwrap(), "gzip");
        assert!(packed.size < first.size);
        let romanian = Browser::new(crate::public(site.clone())).header("accept-language", "ro").get("/signs").await;
        assert!(romanian.html.contains("lang=\"ro\""));
        let again = Browser::new(crate::public(site)).get("/signs").await;
        assert!(again.html.contains("lang=\"en\"") && again.html == first.html);
    })
    .await;
}
