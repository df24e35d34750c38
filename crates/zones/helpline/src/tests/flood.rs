//! Many send at once: everybody is stored in the end, whoever is in need at once, and on a day like others nobody notices.

use std::time::Duration;

use axum::http::StatusCode;
use plainsight_vault::Receipt;

use super::browser::{Browser, Page};
use super::public_site::public_settings;
use super::world::{World, on_both, on_sqlite};
use crate::gate::{Comer, Gate, Passage, Rules};
use crate::load::CALM_SENDINGS;
use crate::pool::For;
use crate::puzzle::solve;
use crate::records::contacts;
use crate::site::Site;

/// A report site at which much is sent, and a browser for it.
async fn flooded(world: &World, receipts: usize) -> (Site, Browser) {
    let site = world.site_with(public_settings(&["always"]), 0).await;
    for _ in 0..receipts {
        site.pool.put(world.ready().0);
    }
    flood(&site);
    (site.clone(), Browser::new(crate::public(site)))
}

/// More comes to the gate than on any day like others.
fn flood(site: &Site) {
    for number in 0..=CALM_SENDINGS {
        let form = crate::form::FormKey::new(&site.cabinet).with(&number.to_be_bytes());
        let comer = Comer { form: &form, need: false, place: None, solution: None };
        drop(futures_util::FutureExt::now_or_never(site.gate.pass(comer)));
    }
    assert!(!site.gate.is_calm());
}

async fn send(browser: &Browser, words: &str) -> Page {
    let begun = browser.post("/help", &[("go", "work")]).await;
    browser.press(&begun, &[("words", words)], "send").await
}

fn receipt(page: &Page) -> Option<Receipt> {
    let digits = page.html.split("data-receipt=\"").nth(1)?.split('"').next()?;
    Receipt::parse(digits).ok()
}

fn waits(page: &Page) -> bool {
    page.check_decent();
    assert_eq!(page.status, StatusCode::OK, "nobody is refused");
    page.html.contains("data-question=")
}

fn data(page: &Page, name: &str) -> String {
    page.html.split(&format!("data-{name}=\"")).nth(1).unwrap().split('"').next().unwrap().to_owned()
}

/// What a browser with scripts posts.
fn solution(page: &Page) -> String {
    solve(&data(page, "question"), data(page, "bits").parse().unwrap())
}

async fn stored(world: &World) -> usize {
    contacts::headers(world.db.content().read(), world.organisation).await.unwrap().len()
}

#[tokio::test]
async fn on_a_day_like_others_there_is_no_waiting_page() {
    on_both(|world| async move {
        let site = world.site_with(public_settings(&["always"]), 0).await;
        let browser = Browser::new(crate::public(site.clone()));
        for number in 0..CALM_SENDINGS {
            site.pool.put(world.ready().0);
            let sent = send(&browser, &format!("report {number}")).await;
            assert!(receipt(&sent).is_some(), "{number}");
            assert!(!sent.html.contains("ps-wait") && !sent.html.contains("wait-"), "{number}");
        }
        assert!(waits(&send(&browser, "one too many").await));
    })
    .await;
}

#[tokio::test]
async fn who_waits_sends_when_the_turn_comes_and_pressing_early_costs_nothing() {
    on_both(|world| async move {
        let (site, browser) = flooded(&world, 1).await;
        let wait = send(&browser, "They sleep in the shop").await;
        assert!(waits(&wait) && stored(&world).await == 0);
        assert!(wait.text().contains("Not sent yet") && wait.text().contains("call 999"), "{}", wait.text());
        let left: i64 = data(&wait, "left").parse().unwrap();
        // Too early: the same turn, less time.
        world.clock.advance(time::Duration::seconds(2));
        flood(&site);
        let early = browser.press(&wait, &[], "send").await;
        assert!(waits(&early));
        assert_eq!(data(&early, "left").parse::<i64>().unwrap(), left - 2000);
        world.clock.advance(time::Duration::milliseconds(left - 2000));
        flood(&site);
        // The first of the two pages is as good as the second.
        let sent = browser.press(&wait, &[], "send").await;
        let number = receipt(&sent).expect("a receipt");
        // And pressed again it shows the same number at once.
        assert!(receipt(&browser.press(&early, &[], "send").await).unwrap() == number);
        assert_eq!(stored(&world).await, 1);
    })
    .await;
}

#[tokio::test]
async fn work_goes_at_once_and_is_for_one_report_and_one_time_only() {
    on_both(|world| async move {
        let (site, browser) = flooded(&world, 3).await;
        let wait = send(&browser, "They sleep in the shop").await;
        let work = solution(&wait);
        // With other words on the same form: a new place, and the work counts for nothing.
        let other = [("state", wait.field("state")), ("page", "words".into()), ("words", "something else".into()), ("work", work.clone())];
        let other: Vec<(&str, &str)> = other.iter().map(|(name, value)| (*name, value.as_str())).chain([("go", "send")]).collect();
        assert!(waits(&browser.post("/help", &other).await));
        // In another form, not at all, or wrong.
        let second = send(&browser, "They sleep in the shop").await;
        for wrong in [work.as_str(), "", "aaaaaaaa", "zzzzzzzz", "\u{fffd}"] {
            assert!(waits(&browser.press(&second, &[("work", wrong)], "send").await), "{wrong}");
        }
        assert_eq!(stored(&world).await, 0);
        assert!(receipt(&browser.press(&wait, &[("work", &work)], "send").await).is_some());
        // Twice it is one report.
        assert!(receipt(&browser.press(&wait, &[("work", &work)], "send").await).is_some());
        assert_eq!(stored(&world).await, 1);
        // Kept for later it counts no more: the puzzle is another, and the turn has come meanwhile.
        let third = send(&browser, "hoarded").await;
        let hoarded = solution(&third);
        world.clock.advance(time::Duration::minutes(11));
        flood(&site);
        let comer_is_timed = browser.press(&third, &[("work", &hoarded)], "send").await;
        assert!(receipt(&comer_is_timed).is_some(), "whoever waited is sent in any case");
    })
    .await;
}

/// Nothing stands between the press and the alarm.
#[tokio::test]
async fn need_is_sent_at_once_however_many_send() {
    on_both(|world| async move {
        let (_, browser) = flooded(&world, 2).await;
        let me = browser.post("/help", &[("go", "me")]).await;
        assert!(receipt(&browser.press(&me, &[("words", "help me")], "send").await).is_some());
        let seen = browser.post("/help", &[("go", "noticed")]).await;
        assert!(receipt(&browser.press(&seen, &[("danger", "yes")], "send").await).is_some());
        for way in ["known", "noticed", "work", "complain"] {
            let page = browser.post("/help", &[("go", way)]).await;
            let filled: &[(&str, &str)] =
                if page.html.contains("name=\"words\"") { &[("words", "x")] } else { &[("danger", "no"), ("child", "no")] };
            assert!(waits(&browser.press(&page, filled, "send").await), "{way}");
        }
    })
    .await;
}

/// All that was acknowledged is in the page: the process may end, another takes it up.
#[tokio::test]
async fn a_page_from_before_a_restart_still_sends() {
    on_both(|world| async move {
        let (_, before) = flooded(&world, 0).await;
        let wait = send(&before, "They sleep in the shop").await;
        assert!(waits(&wait));
        // Calm: at once.
        let site = world.site_with(public_settings(&["always"]), 0).await;
        site.pool.put(world.ready().0);
        let after = Browser::new(crate::public(site));
        assert!(receipt(&after.press(&wait, &[], "send").await).is_some());
        // Still a flood: with the work that was done for the page of before.
        let again = send(&before, "And in the cellar").await;
        let (_, flooded) = flooded(&world, 1).await;
        let work = solution(&again);
        assert!(receipt(&flooded.press(&again, &[("work", &work)], "send").await).is_some());
        assert_eq!(stored(&world).await, 2);
    })
    .await;
}

#[tokio::test]
async fn what_was_typed_is_never_lost_on_the_waiting_page() {
    on_both(|world| async move {
        let (_, browser) = flooded(&world, 1).await;
        let wait = send(&browser, "They sleep in the shop").await;
        let answers = browser.press(&wait, &[], "check").await;
        assert!(answers.text().contains("They sleep in the shop") && answers.field("page") == "check");
        // From there the place is still theirs.
        world.clock.advance(time::Duration::seconds(1));
        let back = browser.press(&answers, &[], "send").await;
        let work = solution(&back);
        assert_eq!(data(&back, "question"), data(&wait, "question"));
        assert!(receipt(&browser.press(&back, &[("work", &work)], "send").await).is_some());
        // In Romanian too, and after a day.
        let romanian = Browser::new(crate::public(flooded(&world, 0).await.0)).query("?lang=ro");
        let wait = send(&romanian, "Dorm în magazin").await;
        assert!(waits(&wait) && wait.text().contains("Încă nu s-a trimis"));
        world.clock.advance(time::Duration::hours(25));
        assert!(romanian.press(&wait, &[], "send").await.text().contains("Dorm în magazin"));
    })
    .await;
}

/// An anonymous report is asked once about what may tell who wrote it, not again after each wait.
#[tokio::test]
async fn who_was_asked_before_the_wait_is_not_asked_again() {
    on_sqlite(|world| async move {
        let (_, browser) = flooded(&world, 1).await;
        let mut page = browser.post("/help", &[("go", "noticed")]).await;
        for _ in 0..3 {
            page = browser.press(&page, &[], "continue").await;
        }
        page = browser.press(&page, &[("words", "My name is Ana Popescu. Ring 07700 900123.")], "continue").await;
        let asked = browser.press(&page, &[("naming", "anonymous")], "send").await;
        assert_eq!(asked.field("page"), "reveals");
        // As a browser that unticked everything.
        let state = asked.field("state");
        let wait = browser.post("/help", &[("state", &state), ("page", "reveals"), ("go", "send")]).await;
        assert!(waits(&wait));
        let work = solution(&wait);
        assert!(receipt(&browser.press(&wait, &[("work", &work)], "send").await).is_some());
    })
    .await;
}

/// The lanes do not stand before those who come back; and making receipts for a flood takes turns with opening theirs.
#[tokio::test]
async fn a_flood_does_not_starve_those_who_come_back() {
    on_sqlite(|world| async move {
        let site = world.site_with(public_settings(&["always"]), 1).await;
        let browser = Browser::new(crate::public(site.clone()));
        let sent = send(&browser, "They sleep in the shop").await;
        let number = receipt(&sent).unwrap();
        // Hundreds wait for receipts, which are made one after the other without end.
        let filling = tokio::spawn(site.pool.clone().fill());
        let mut waiting = Vec::new();
        for _ in 0..300 {
            let pool = site.pool.clone();
            waiting.push(tokio::spawn(async move { pool.take(For::Others).await }));
        }
        flood(&site);
        let read = browser.post("/help", &[("go", "open"), ("receipt", &number.digits())]).await;
        assert!(read.html.contains("name=\"words\"") && read.field("page") == "messages");
        assert!(waiting.iter().filter(|each| !each.is_finished()).count() > 100, "the flood was still waiting");
        filling.abort();
        waiting.iter().for_each(tokio::task::JoinHandle::abort);
    })
    .await;
}

/// Receipts are what is scarce: need gets three of four, however many others wait, and never all.
#[tokio::test]
async fn receipts_go_to_need_first_and_never_only_to_it() {
    on_sqlite(|world| async move {
        let pool = world.pool();
        let (tell, mut told) = tokio::sync::mpsc::unbounded_channel();
        for (whom, many) in [(For::Others, 20), (For::Need, 20)] {
            for _ in 0..many {
                let (pool, tell) = (pool.clone(), tell.clone());
                tokio::spawn(async move {
                    drop(pool.take(whom).await);
                    tell.send(whom).unwrap();
                });
            }
            // All of them stand there before anybody gets one.
            tokio::task::yield_now().await;
        }
        let mut order = Vec::new();
        for _ in 0..12 {
            pool.put(world.ready().0);
            order.push(told.recv().await.unwrap());
        }
        for four in order.chunks(4) {
            assert_eq!(four, [For::Need, For::Need, For::Need, For::Others]);
        }
    })
    .await;
}

/// Whoever is not reached in time, or finds the lane full, has their place; and whoever hangs up stops nobody.
#[tokio::test]
async fn nobody_is_refused_by_a_full_lane_or_a_long_hold() {
    on_sqlite(|world| async move {
        let rules = Rules { slots: 1, slots_for_need: 1, longest_lane: 2, longest_hold: Duration::from_millis(1) };
        let gate = Gate::new(rules, world.public.clock.clone());
        let forms: Vec<_> = (0..6_u8).map(|number| crate::form::FormKey::new(&world.public).with(&[number])).collect();
        let comer = |number: usize, place| Comer { form: &forms[number], need: false, place, solution: None };
        let Passage::Turn(slot) = gate.pass(comer(0, None)).await else { panic!("the first goes through") };
        let Passage::Wait(place) = gate.pass(comer(1, None)).await else { panic!("no slot") };
        assert!(place.is_of(&forms[1]));
        let since = place.since;
        world.clock.advance(time::Duration::minutes(1));
        // Its turn has come and there is still no slot: the place stays as old as it was.
        let Passage::Wait(place) = gate.pass(comer(1, Some(place))).await else { panic!("no slot") };
        assert_eq!(place.since, since);
        // Need has a slot of its own.
        let need = Comer { need: true, ..comer(2, None) };
        assert!(matches!(gate.pass(need).await, Passage::Turn(_)));
        drop(slot);
        world.clock.advance(time::Duration::minutes(1));
        assert!(matches!(gate.pass(comer(1, Some(place))).await, Passage::Turn(_)));
    })
    .await;
}
