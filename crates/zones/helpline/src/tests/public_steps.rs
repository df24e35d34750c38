//! The report site step by step, by a browser without scripts.

use axum::http::StatusCode;
use plainsight_vault::Receipt;
use plainsight_vocabulary::{Answer, ConsentLevel, Proximity, Urgency};
use time::Duration;

use super::browser::{Browser, Page};
use super::world::{World, on_both};
use crate::records::contacts;
use crate::report::{About, LONGEST_LINE, LONGEST_TEXT, Path, Reach, Report, Seen};

async fn only_report(world: &World) -> Option<Report> {
    let all = contacts::headers(world.db.content().read(), world.organisation).await.unwrap();
    assert!(all.len() <= 1, "one report, not {}", all.len());
    let (contact, _) = all.first()?;
    Some(world.open(&world.ana, *contact).await.unwrap().report)
}

fn receipt(page: &Page) -> Receipt {
    let digits = page.html.split("data-receipt=\"").nth(1).expect("a receipt").split('"').next().unwrap();
    Receipt::parse(digits).unwrap()
}

async fn begin(browser: &Browser, path: &str) -> Page {
    let page = browser.post("/help", &[("go", path)]).await;
    assert_eq!(page.status, StatusCode::OK);
    page
}

/// Section 103 of the Data (Use and Access) Act 2025: a form that can be filled in here. Nobody has to say who they are.
#[tokio::test]
async fn a_complaint_needs_no_name_and_is_answered_like_a_report() {
    on_both(|world| async move {
        let browser = world.browser(1).await;
        for path in ["/", "/now", "/privacy"] {
            assert!(browser.get(path).await.html.contains("href=\"/complain\""), "{path}");
        }
        let page = browser.get("/complain").await;
        page.check_decent();
        assert!(page.text().contains("within 30 days") && page.text().contains("without your name"), "{}", page.text());
        assert!(page.text().contains("If someone is in danger, call"));
        assert_eq!((page.field("reach").as_str(), page.has_id("naming")), ("receipt", false), "the answer waits here unless they choose");

        let empty = browser.press(&page, &[], "send").await;
        assert_eq!((empty.status, empty.summary_targets()), (StatusCode::UNPROCESSABLE_ENTITY, vec!["words".to_owned()]));
        let typed = [("words", "Nobody answered me"), ("reach", "email"), ("address", "x")];
        let wrong = browser.press(&page, &typed, "check").await;
        assert_eq!((wrong.status, wrong.summary_targets()), (StatusCode::UNPROCESSABLE_ENTITY, vec!["address".to_owned()]));
        // In another language the typed words and what it is about stay.
        let romanian = browser.press(&wrong, &[("reach", "receipt"), ("address", "")], "language-ro").await;
        assert!(romanian.html.contains("lang=\"ro\"") && romanian.field("words") == "Nobody answered me");
        let check = browser.press(&romanian, &[], "check").await;
        assert!(!check.text().contains("Not answered"), "only what was asked is shown: {}", check.text());
        let change = browser.press(&check, &[], "edit-complain").await;
        assert_eq!(change.field("page"), "complain");

        let sent = browser.press(&check, &[], "send").await;
        let number = receipt(&sent);
        assert!(browser.press(&change, &[], "send").await.html.contains(&*number.digits()), "one form stores one complaint");
        let report = only_report(&world).await.unwrap();
        assert_eq!((report.about, report.words.as_str(), report.naming), (About::Complaint, "Nobody answered me", None));
        assert_eq!((report.safe_contact.reach, report.language.as_str()), (Reach::Receipt, "en"));
    })
    .await;
}

/// A form that was open for too long comes back as what it was: a complaint does not turn into a report.
#[tokio::test]
async fn a_complaint_whose_page_is_lost_stays_a_complaint() {
    on_both(|world| async move {
        let browser = world.browser(1).await;
        let lost = [("page", "complain"), ("state", "x"), ("go", "send"), ("words", "Nobody answered me")];
        let back = browser.post("/help", &lost).await;
        assert_eq!((back.field("page").as_str(), back.field("words").as_str()), ("complain", "Nobody answered me"));
        receipt(&browser.press(&back, &[], "send").await);
        assert_eq!(only_report(&world).await.unwrap().about, About::Complaint);
    })
    .await;
}

/// practice 5.0 rule 6: one page, then the receipt.
#[tokio::test]
async fn it_is_happening_to_me_is_one_page_to_the_receipt() {
    on_both(|world| async move {
        let browser = world.browser(1).await;
        let page = begin(&browser, "me").await;
        let asked: Vec<&str> = plainsight_vocabulary::self_signs(None).iter().map(|sign| sign.id.as_str()).take(2).collect();
        let typed = [
            ("words", "I cannot leave"),
            ("place", "the farm"),
            ("danger", "no"),
            ("child", "not-sure"),
            ("reach", "nobody"),
            ("self", asked[1]),
        ];
        // The questions are to the person, in the second person; what was ticked comes back.
        let check = browser.press(&page, &typed, "check").await;
        let question = plainsight_pages::Locales::load(None).unwrap().english().text(&format!("sign-{}-self", asked[1])).into_owned();
        assert!(check.text().contains(&question), "{question}");
        let back = browser.press(&check, &[], "edit-me").await;
        assert_eq!(back.field("self"), asked[1]);
        let sent = browser.press(&page, &typed, "send").await;
        assert_eq!(sent.status, StatusCode::OK);
        receipt(&sent);
        let report = only_report(&world).await.unwrap();
        assert_eq!((report.path, report.words.as_str(), report.place.as_str()), (Path::Me, "I cannot leave", "the farm"));
        assert_eq!((report.danger, report.child), (Some(Answer::No), Some(Answer::NotSure)));
        assert_eq!(report.signs_seen().collect::<Vec<_>>(), [asked[1]]);
        // Who may be a child sees the lines for children again beside the number.
        assert!(sent.text().contains("If you are under 18 you can also call"), "{}", sent.text());
    })
    .await;
}

#[tokio::test]
async fn i_noticed_something_asks_danger_first_and_carries_every_answer_to_the_end() {
    on_both(|world| async move {
        let browser = world.browser(1).await;
        let page = begin(&browser, "noticed").await;
        assert_eq!(page.field("page"), "danger");
        let page = browser.press(&page, &[("danger", "yes"), ("child", "yes")], "continue").await;
        assert_eq!(page.field("page"), "place");
        let setting = plainsight_vocabulary::settings()[0].id.as_str();
        let page = browser.press(&page, &[("setting", setting), ("place", "Mill Lane")], "continue").await;
        assert_eq!(page.field("page"), "signs");
        let sign = plainsight_vocabulary::signs_for(&plainsight_vocabulary::settings()[0]).strongest[0].id.clone();
        let page = browser.press(&page, &[(&format!("sign-{sign}"), "yes")], "continue").await;
        assert_eq!(page.field("page"), "words");
        let page = browser.press(&page, &[("words", "six men\r\nin one van")], "continue").await;
        assert_eq!(page.field("page"), "contact");
        let contact =
            [("naming", "confidential"), ("reach", "telephone"), ("address", "07700 900123"), ("times", "mornings"), ("code-word", "blue")];
        let page = browser.press(&page, &contact, "continue").await;
        assert_eq!(page.field("page"), "files");
        assert!(page.plain().contains("Question 6 of 6"), "{}", page.text());
        let check = browser.press(&page, &[], "continue").await;
        assert_eq!(check.field("page"), "check");
        for shown in ["Mill Lane", "six men", "07700 900123", "mornings", "blue"] {
            assert!(check.text().contains(shown), "{shown}");
        }
        // Back and again: nothing is lost on the way.
        let back = browser.press(&check, &[], "edit-words").await;
        assert_eq!(back.field("words"), "six men\nin one van");
        let check = browser.press(&back, &[], "check").await;
        let back = browser.press(&check, &[], "back").await;
        assert_eq!(back.field("page"), "files");
        let back = browser.press(&back, &[], "back").await;
        assert_eq!((back.field("page").as_str(), back.field("times").as_str()), ("contact", "mornings"));
        let check = browser.press(&browser.press(&back, &[], "continue").await, &[], "continue").await;
        let sent = browser.press(&check, &[], "send").await;
        receipt(&sent);
        assert!(sent.text().contains("call 999 now"), "{}", sent.text());
        let report = only_report(&world).await.unwrap();
        assert_eq!(report.setting.as_deref(), Some(setting));
        assert_eq!(report.signs.get(&sign), Some(&Seen::Yes));
        assert_eq!((report.words.as_str(), report.naming), ("six men\nin one van", Some(ConsentLevel::Confidential)));
        assert_eq!(report.safe_contact.reach, Reach::Telephone);
        assert_eq!(report.safe_contact.code_word, "blue");
    })
    .await;
}

/// practice 5.0 rule 6: "Send what I have" on every page; one answered field is enough.
#[tokio::test]
async fn what_one_has_can_be_sent_from_every_page() {
    on_both(|world| async move {
        let browser = world.browser(8).await;
        let setting = plainsight_vocabulary::settings()[0].id.as_str();
        let sign = format!("sign-{}", plainsight_vocabulary::signs_for(&plainsight_vocabulary::settings()[0]).strongest[0].id);
        let answers: [(&str, &[(&str, &str)]); 5] = [
            ("danger", &[("danger", "not-sure")]),
            ("place", &[("setting", setting)]),
            ("signs", &[(&sign, "yes")]),
            ("words", &[("words", "x")]),
            ("contact", &[("reach", "email"), ("address", "a@example.org")]),
        ];
        for (wanted, answer) in answers {
            let mut page = begin(&browser, "noticed").await;
            while page.field("page") != wanted {
                page = browser.press(&page, &[], "continue").await;
            }
            receipt(&browser.press(&page, answer, "send").await);
        }
        // A wrong telephone number stops nobody from sending.
        let page = begin(&browser, "me").await;
        receipt(&browser.press(&page, &[("reach", "telephone"), ("address", "ask my sister")], "send").await);
    })
    .await;
}

/// practice, section 5: "You wrote a name. Remove it?", asked on our side before an anonymous report is sent.
#[tokio::test]
async fn whoever_wants_to_be_known_to_nobody_is_shown_what_may_tell_and_decides() {
    on_both(|world| async move {
        let browser = world.browser(1).await;
        let page = begin(&browser, "known").await;
        let page = browser.press(&page, &[], "continue").await;
        let page = browser.press(&page, &[], "continue").await;
        let page = browser.press(&page, &[], "continue").await;
        let words = "My name is Ana Popescu. The boss is Ion Pop, his number is 07700 900123.";
        let page = browser.press(&page, &[("words", words)], "continue").await;
        let contact = [("naming", "anonymous"), ("reach", "email"), ("address", "ana@example.org")];
        let asked = browser.press(&page, &contact, "send").await;
        asked.check_decent();
        assert_eq!((asked.status, asked.field("page").as_str()), (StatusCode::OK, "reveals"));
        for shown in ["Ana Popescu", "07700 900123", "ana@example.org"] {
            assert!(asked.text().contains(&format!("Take out: {shown}")), "{shown}");
        }
        assert!(!asked.text().contains("Take out: Ion Pop"), "whom the report is about is left alone");
        assert_eq!(asked.form().iter().filter(|(name, _)| name == "out").map(|(_, value)| value.as_str()).collect::<Vec<_>>(), ["words-0"]);
        assert!(only_report(&world).await.is_none(), "nothing is sent before the answer");
        // In another language the choice is still there.
        let other = browser.press(&asked, &[("out", "words-1")], "stay").await;
        assert_eq!(other.form().iter().filter(|(name, _)| name == "out").map(|(_, value)| value.as_str()).collect::<Vec<_>>(), ["words-1"]);
        // Back to the answers, and again: asked anew, with nothing lost.
        let check = browser.press(&asked, &[], "back").await;
        assert!(check.text().contains("Ana Popescu"));
        let asked = browser.press(&check, &[], "send").await;
        let sent = browser.press(&asked, &[("out", "words-0"), ("out", "contact")], "send").await;
        receipt(&sent);
        let report = only_report(&world).await.unwrap();
        assert_eq!(report.words, "My name is […]. The boss is Ion Pop, his number is 07700 900123.");
        assert_eq!((report.safe_contact.reach, report.safe_contact.address.as_str()), (Reach::Receipt, ""));
        assert_eq!((report.path, report.proximity), (Path::Noticed, Some(Proximity::Known)));
    })
    .await;
}

/// Nobody is made to take anything out, nobody else is asked, and the question is asked once.
#[tokio::test]
async fn what_may_tell_who_somebody_is_can_be_sent_as_it_stands() {
    on_both(|world| async move {
        let browser = world.browser(3).await;
        for (naming, asks) in [("anonymous", true), ("confidential", false), ("share", false)] {
            let mut page = begin(&browser, "noticed").await;
            while page.field("page") != "words" {
                page = browser.press(&page, &[], "continue").await;
            }
            let page = browser.press(&page, &[("words", "my name is ana")], "continue").await;
            let mut page = browser.press(&page, &[("naming", naming)], "send").await;
            assert_eq!(page.field("page") == "reveals", asks, "{naming}");
            if asks {
                page = browser.press(&page, &[("out", "none of it")], "send").await;
            }
            receipt(&page);
        }
        let all = contacts::headers(world.db.content().read(), world.organisation).await.unwrap();
        for (contact, _) in all {
            assert_eq!(world.open(&world.ana, contact).await.unwrap().report.words, "my name is ana");
        }
    })
    .await;
}

/// Whoever has to run must not leave behind a report that was not sent.
#[tokio::test]
async fn in_danger_no_question_stands_between_the_press_and_the_alarm() {
    on_both(|world| async move {
        let browser = world.browser(1).await;
        let mut page = begin(&browser, "noticed").await;
        page = browser.press(&page, &[("danger", "yes")], "continue").await;
        while page.field("page") != "words" {
            page = browser.press(&page, &[], "continue").await;
        }
        let page = browser.press(&page, &[("words", "my name is ana, he is at the door")], "continue").await;
        receipt(&browser.press(&page, &[("naming", "anonymous")], "send").await);
        assert_eq!(only_report(&world).await.unwrap().words, "my name is ana, he is at the door");
    })
    .await;
}

#[tokio::test]
async fn somebody_who_works_with_people_gets_advice_one_page_and_a_note() {
    on_both(|world| async move {
        let browser = world.browser(2).await;
        let words = plainsight_pages::Locales::load(None).unwrap().english();
        let first = begin(&browser, "work").await;
        first.check_decent();
        let (text, setting) = (first.text(), &plainsight_vocabulary::settings()[0]);
        for said in ["work-now-alone", "work-step-child", "work-step-advice"] {
            assert!(text.contains(&*words.text(said)), "{said}");
        }
        assert!(text.find(&*words.text("work-now-title")) < text.find(&*words.text("work-form-title")), "advice before any form");
        assert!(!begin(&browser, "noticed").await.text().contains(&*words.text("work-now-title")));
        // What is wrong or too long comes back on this page, with everything else that was typed.
        let long = "x".repeat(crate::report::LONGEST_LINE + 1);
        let filled =
            [("role", long.as_str()), ("words", "he sleeps in the store"), ("setting", setting.id.as_str()), ("place", "Alder Row")];
        let refused = browser.press(&first, &filled, "check").await;
        assert_eq!((refused.field("page").as_str(), refused.summary_targets()), ("work", vec!["role".to_owned()]));
        assert!(refused.text().contains("he sleeps in the store"));
        let check = browser.press(&refused, &[("role", "nurse"), ("setting", setting.id.as_str())], "check").await;
        assert_eq!(check.field("page"), "check");
        assert!(check.text().contains("nurse") && check.text().contains("Alder Row"));
        // Signs can be added from the answers, those for professionals among them, and back is without loss.
        let signs = browser.press(&check, &[], "edit-signs").await;
        let sign = plainsight_vocabulary::signs_for_professional(setting).more[0];
        let check = browser.press(&signs, &[(&format!("sign-{}", sign.id), "yes")], "continue").await;
        assert_eq!(check.field("page"), "check");
        let back = browser.press(&check, &[], "back").await;
        assert_eq!((back.field("page").as_str(), back.field("role").as_str()), ("work", "nurse"));
        let sent = browser.press(&back, &[], "send").await;
        sent.check_decent();
        receipt(&sent);
        // The note is for a record that others read: nothing of the report in it, no number.
        let note = sent.html.split("id=\"note\"").nth(1).unwrap().split('>').nth(1).unwrap().split('<').next().unwrap();
        assert!(note.contains("1 December 2026"), "{note}");
        for secret in ["he sleeps", "Alder Row", "nurse", "10:20"] {
            assert!(!note.contains(secret), "{secret}");
        }
        assert!(!note.chars().collect::<Vec<_>>().windows(5).any(|five| five.iter().all(char::is_ascii_digit)), "{note}");
        let report = only_report(&world).await.unwrap();
        assert_eq!((report.proximity, report.role.as_str()), (Some(Proximity::Professional), "nurse"));
        assert!(report.signs.contains_key(&sign.id));
        let own = receipt_of(&begin(&browser, "noticed").await, &browser).await;
        assert!(!own.has_id("note"), "a note is for who asked for none");
    })
    .await;
}

/// A witness sends what they have.
async fn receipt_of(first: &Page, browser: &Browser) -> Page {
    browser.press(first, &[("danger", "no")], "send").await
}

#[tokio::test]
async fn an_empty_report_comes_back_with_the_message_at_a_field_of_the_page() {
    on_both(|world| async move {
        let browser = world.browser(0).await;
        let check = |page: &Page, wanted: &str| {
            assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
            assert_eq!(page.field("page"), wanted);
            let targets = page.summary_targets();
            assert_eq!(targets.len(), 1);
            assert!(page.has_id(&targets[0]), "{wanted}: the summary leads to #{}, which is not there", targets[0]);
            assert!(page.html.contains("govuk-error-message"), "{wanted}: no message at the field");
            assert!(page.html.contains("<title>Error"), "{wanted}: the title says it first");
        };
        let page = begin(&browser, "me").await;
        check(&browser.press(&page, &[("times", "at night")], "send").await, "me");
        let check_page = browser.press(&page, &[], "check").await;
        check(&browser.press(&check_page, &[], "send").await, "me");
        let mut page = begin(&browser, "noticed").await;
        for wanted in ["danger", "place", "signs", "words", "contact"] {
            assert_eq!(page.field("page"), wanted);
            check(&browser.press(&page, &[], "send").await, wanted);
            page = browser.press(&page, &[], "continue").await;
        }
        check(&browser.press(&page, &[], "send").await, "danger");
        // What is dropped before sealing is no answer: an address that nobody may use, a kind of place that does not exist.
        let page = begin(&browser, "me").await;
        check(&browser.press(&page, &[("address", "07700 900123"), ("reach", "nobody")], "send").await, "me");
        let page = browser.press(&begin(&browser, "noticed").await, &[], "continue").await;
        check(&browser.press(&page, &[("setting", "no-such-place")], "send").await, "place");
        assert!(only_report(&world).await.is_none());
    })
    .await;
}

#[tokio::test]
async fn what_was_typed_comes_back_whole_when_something_is_to_be_mended() {
    on_both(|world| async move {
        let browser = world.browser(1).await;
        let page = begin(&browser, "me").await;
        let long = format!("{}<b>&\"'end", "ä".repeat(LONGEST_TEXT));
        let line = "y".repeat(LONGEST_LINE + 1);
        for go in ["send", "check"] {
            let typed = [("words", long.as_str()), ("place", line.as_str()), ("times", "at noon"), ("reach", "receipt")];
            let back = browser.press(&page, &typed, go).await;
            assert_eq!(back.status, StatusCode::UNPROCESSABLE_ENTITY, "{go}");
            assert_eq!((back.field("words"), back.field("place")), (long.clone(), line.clone()));
            assert_eq!((back.field("times").as_str(), back.field("reach").as_str()), ("at noon", "receipt"));
            assert_eq!(back.summary_targets(), ["place", "words"]);
            // Shortened, it goes through: the state kept the rest.
            if go == "send" {
                let sent = browser.press(&back, &[("words", "short"), ("place", "Mill Lane")], "send").await;
                receipt(&sent);
                assert_eq!(only_report(&world).await.unwrap().safe_contact.times, "at noon");
            }
        }
        let page = begin(&browser, "noticed").await;
        let words = browser.post("/help", &[("page", "words"), ("state", &page.field("state")), ("words", &long), ("go", "back")]).await;
        assert_eq!((words.status, words.field("words")), (StatusCode::UNPROCESSABLE_ENTITY, long));
    })
    .await;
}

/// keys.md, form state: the longest answers in any script still fit.
#[tokio::test]
async fn the_longest_report_in_any_script_goes_through_every_page() {
    on_both(|world| async move {
        let browser = world.browser(1).await;
        let (text, line) = ("𐐷".repeat(LONGEST_TEXT), "𐐷".repeat(LONGEST_LINE));
        let mut page = begin(&browser, "noticed").await;
        page = browser.press(&page, &[], "continue").await;
        page = browser.press(&page, &[("place", &line)], "continue").await;
        page = browser.press(&page, &[], "continue").await;
        page = browser.press(&page, &[("words", &text)], "continue").await;
        page = browser.press(&page, &[("reach", "receipt"), ("times", &line), ("code-word", &line)], "continue").await;
        // Beside it the most files that are taken, with the longest names.
        let names: Vec<String> = (0..10).map(|number| format!("{number}{}", "𐐷".repeat(130))).collect();
        let files: Vec<(&str, &[u8])> = names.iter().map(|name| (name.as_str(), &b"x"[..])).collect();
        page = browser.press_with_files(&page, &[], &files, "continue").await;
        assert_eq!(page.field("page"), "check");
        assert!(page.plain().contains("10 files."));
        receipt(&browser.press(&page, &[], "send").await);
        assert!(only_report(&world).await.unwrap().words == text);
    })
    .await;
}

#[tokio::test]
async fn a_page_of_yesterday_comes_back_filled_and_is_not_sent() {
    on_both(|world| async move {
        let browser = world.browser(1).await;
        let page = begin(&browser, "me").await;
        let check = browser.press(&page, &[("words", "from yesterday"), ("danger", "yes")], "check").await;
        world.clock.advance(Duration::hours(25));
        let back = browser.press(&check, &[], "send").await;
        assert!(back.text().contains("more than a day old"));
        assert!(back.text().contains("from yesterday"));
        assert!(only_report(&world).await.is_none());
        let sent = browser.press(&back, &[], "send").await;
        receipt(&sent);
        assert_eq!(only_report(&world).await.unwrap().words, "from yesterday");
    })
    .await;
}

#[tokio::test]
async fn a_page_whose_state_is_unknown_keeps_its_own_fields() {
    on_both(|world| async move {
        let browser = world.browser(1).await;
        let page = begin(&browser, "me").await;
        let state = page.field("state");
        world.clock.advance(Duration::days(3));
        for state in [state.as_str(), "", "!!!", "AAAA"] {
            let typed = [("state", state), ("page", "me"), ("words", "still here"), ("child", "yes"), ("go", "send")];
            let back = browser.post("/help", &typed).await;
            assert_eq!(back.status, StatusCode::OK);
            assert_eq!((back.field("words").as_str(), back.field("child").as_str()), ("still here", "yes"), "{state}");
            assert!(back.text().contains("could not be opened again"));
        }
        assert!(only_report(&world).await.is_none());
        let back = browser.post("/help", &[("state", "x"), ("page", "me"), ("words", "still here"), ("go", "send")]).await;
        receipt(&browser.press(&back, &[], "send").await);
    })
    .await;
}

#[tokio::test]
async fn sending_again_shows_the_same_receipt_and_later_only_that_it_was_sent() {
    on_both(|world| async move {
        let browser = world.browser(2).await;
        let page = begin(&browser, "me").await;
        let first = browser.press(&page, &[("words", "once")], "send").await;
        let second = browser.press(&page, &[("words", "once")], "send").await;
        assert!(receipt(&first) == receipt(&second));
        // Practising is optional and says right or wrong.
        let digits = receipt(&first).digits();
        assert!(browser.press(&first, &[("receipt", &digits)], "practise").await.text().contains("That is right."));
        assert!(browser.press(&first, &[("receipt", "12345")], "practise").await.text().contains("not the same number"));
        world.clock.advance(Duration::minutes(16));
        for late in [browser.press(&page, &[("words", "once")], "send").await, browser.press(&first, &[], "practise").await] {
            assert!(!late.html.contains("data-receipt"));
            assert!(late.text().contains("This was already sent"));
        }
        only_report(&world).await.unwrap();
    })
    .await;
}

/// When the disk is full the page comes back with everything, and says whom to call.
#[tokio::test]
async fn a_report_that_cannot_be_stored_comes_back_filled() {
    on_both(|world| async move {
        let browser = world.browser(2).await;
        let page = begin(&browser, "me").await;
        world.run("ALTER TABLE helpline_filings RENAME TO helpline_gone").await;
        let back = browser.press(&page, &[("words", "do not lose this")], "send").await;
        assert_eq!(back.field("words"), "do not lose this");
        assert!(back.text().contains("999"));
        world.run("ALTER TABLE helpline_gone RENAME TO helpline_filings").await;
        receipt(&browser.press(&back, &[], "send").await);
        assert_eq!(only_report(&world).await.unwrap().words, "do not lose this");
    })
    .await;
}

#[tokio::test]
async fn hostile_bytes_are_answered_with_a_page() {
    on_both(|world| async move {
        let browser = world.browser(3).await;
        let bodies: [&[u8]; 9] = [
            b"",
            b"\xff\xfe\x00\x01",
            b"go=%ff%fe&page=%00&state=%80",
            b"go=edit-nowhere&page=me",
            b"go=language-xx&page=me&words=x",
            b"page=messages&go=withdraw&state=x",
            b"page=sent&go=practise",
            b"go=open&receipt=%00%ff",
            b"go=older&page=messages&skip=99999999999999999999",
        ];
        for body in bodies {
            let page = browser.post_bytes("/help", body).await;
            assert!(page.status.is_success() || page.status.is_redirection() || page.status == StatusCode::UNPROCESSABLE_ENTITY);
        }
        let mut large = b"page=me&go=send&words=".to_vec();
        large.resize(600 * 1024, b'x');
        let refused = browser.post_bytes("/help", &large).await;
        assert_eq!(refused.status, StatusCode::PAYLOAD_TOO_LARGE);
        assert!(refused.html.contains("</html>"), "a page for people");
        let page = begin(&browser, "me").await;
        let script = "<script>alert(1)</script>\0\u{202e}\"'><img src=x onerror=y>";
        let back = browser.press(&page, &[("words", script), ("place", script)], "check").await;
        assert!(!back.html.contains("<script>alert") && !back.html.contains("<img"));
        receipt(&browser.press(&back, &[], "send").await);
        assert_eq!(only_report(&world).await.unwrap().words, script.replace('\0', "\u{fffd}"));
    })
    .await;
}

/// An old phone that sends `Origin: null`, or none, and knows nothing of Sec-Fetch, must get through.
#[tokio::test]
async fn the_language_menu_keeps_what_was_typed_and_old_phones_get_through() {
    on_both(|world| async move {
        let browser = world.browser(1).await.header("origin", "null");
        let page = begin(&browser, "me").await;
        let typed = [("words", "ajutor"), ("address", "not a number"), ("reach", "telephone")];
        let romanian = browser.press(&page, &typed, "language-ro").await;
        assert_eq!((romanian.status, romanian.field("words").as_str()), (StatusCode::OK, "ajutor"));
        assert!(romanian.html.contains("lang=\"ro\"") && romanian.html.contains("/help?lang=ro"));
        receipt(&browser.press(&romanian, &[], "send").await);
        let all = contacts::headers(world.db.content().read(), world.organisation).await.unwrap();
        assert_eq!(world.header(all[0].0).await.urgency, Urgency::Soon);
    })
    .await;
}
