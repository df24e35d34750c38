//! The MOJ components in use render as the package's own templates render them.
//!
//! The package ships no fixtures. `moj_fixtures.json` holds the examples of its guidance and our hostile cases, rendered
//! from its templates by `web/moj-fixtures.mjs`, which says how to do so again after an upgrade. Three differences are
//! meant, and are taken out before the comparison:
//! - `datetime` of a `<time>` is a date that machines read; the package writes the words of the page into it;
//! - no English "at" stands between sender and time of a message;
//! - a conversation with a label is a region, because a label on a plain `div` is not announced.

#![allow(clippy::unwrap_used, clippy::expect_used)]

use askama::Template;
use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::golden::normal;
use super::*;
use crate::Markup;

#[derive(Deserialize)]
struct Fixtures {
    version: String,
    fixtures: Vec<Fixture>,
}

#[derive(Deserialize)]
struct Fixture {
    component: String,
    name: String,
    ours: serde_json::Value,
    html: String,
}

fn fixtures() -> Fixtures {
    serde_json::from_str(include_str!("moj_fixtures.json")).unwrap()
}

fn check<T: DeserializeOwned + Template>(component: &str, at_least: usize) {
    let cases: Vec<Fixture> = fixtures().fixtures.into_iter().filter(|case| case.component == component).collect();
    assert!(cases.len() >= at_least, "{component}: {} cases, expected {at_least}", cases.len());
    for case in cases {
        let options: T = serde_json::from_value(case.ours).unwrap_or_else(|why| panic!("{component}, {}: {why}", case.name));
        let ours = normal(&without_meant_differences(&options.render().unwrap()));
        let theirs = normal(&without_meant_differences(&case.html));
        assert_eq!(ours, theirs, "{component}, {}", case.name);
    }
}

fn without_meant_differences(html: &str) -> String {
    let mut out = String::new();
    let mut rest = html;
    while let Some(at) = rest.find(" datetime=\"") {
        let value = &rest[at + 11..];
        out.push_str(&rest[..at]);
        rest = &value[value.find('"').unwrap() + 1..];
    }
    out.push_str(rest);
    out.replace("</span> at <time", "</span> <time").replace(" role=\"region\"", "")
}

#[test]
fn badge() {
    check::<Badge>("badge", 5);
}

#[test]
fn identity_bar() {
    check::<IdentityBar>("identity-bar", 5);
}

#[test]
fn side_navigation() {
    check::<SideNavigation>("side-navigation", 6);
}

#[test]
fn timeline() {
    check::<Timeline>("timeline", 4);
}

#[test]
fn messages() {
    check::<Messages>("messages", 4);
}

/// After an upgrade of the package the cases are rendered anew, and the difference is read.
#[test]
fn the_cases_are_those_of_the_installed_package() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../web/node_modules/@ministryofjustice/frontend/package.json");
    let text = std::fs::read_to_string(path).unwrap_or_else(|why| panic!("{path}: {why}. Run `cargo xtask setup`."));
    let package: serde_json::Value = serde_json::from_str(&text).unwrap();
    assert_eq!(package["version"], fixtures().version, "run web/moj-fixtures.mjs");
}

#[test]
fn every_case_is_compared() {
    let compared = ["badge", "identity-bar", "side-navigation", "timeline", "messages"];
    assert!(fixtures().fixtures.iter().all(|case| compared.contains(&case.component.as_str())));
}

/// The package opens a menu with scripts; here each action stands there, a form with a button, and works without.
#[test]
fn the_actions_of_an_identity_bar_stand_in_its_menus() {
    let bar = IdentityBar::new("C-7K2-91").action(Button::new("Take")).action(Markup::literal("<form></form>"));
    let html = bar.render().unwrap();
    assert_eq!(html.matches("moj-identity-bar__menu").count(), 2);
    assert!(html.contains("moj-identity-bar__actions") && html.contains("<form></form>") && html.contains("Take"));
}

/// Machines and readers of the page get the same instant: `datetime` is never a phrase.
#[test]
fn times_are_written_for_machines_too() {
    let event = TimelineItem::new("Read", "2026-11-26T12:00:00Z", "26 November 2026, 12:00").byline("by Ana Pop");
    let html = Timeline::new([event]).render().unwrap();
    assert!(html.contains(r#"<time datetime="2026-11-26T12:00:00Z">26 November 2026, 12:00</time>"#), "{html}");
    let message = Message::received("Ana", "text").at("2026-11-26T12:00:00Z", "26 November", "12:00");
    let html = Messages::new("Talk", [message]).render().unwrap();
    assert!(html.contains(r#"datetime="2026-11-26T12:00:00Z">12:00</time>"#), "{html}");
}

#[test]
fn the_day_is_written_once_for_the_messages_of_one_day() {
    let at = |message: Message, date: &str| message.at("2026-11-26T12:00:00Z", date, "12:00");
    let talk = Messages::new(
        "Talk",
        [
            at(Message::sent("Us", "one"), "Thursday"),
            at(Message::received("You", "two"), "Thursday"),
            at(Message::sent("Us", "three"), "Friday"),
            at(Message::sent("Us", "four"), "Thursday"),
        ],
    );
    assert_eq!(talk.render().unwrap().matches("moj-message-list__date").count(), 3);
    assert!(talk.render().unwrap().contains(r#"role="region" aria-label="Talk""#));
}
