//! Routes to help: only what somebody checked is shown, only until its review day, and the emergency number always.

use plainsight_vocabulary::{FactName, Jurisdiction, Means, RouteKind, Standing, jurisdictions};
use proptest::prelude::*;
use time::macros::{date, datetime};
use time::{Duration, OffsetDateTime};

fn shipped(id: &str) -> &'static Jurisdiction {
    jurisdictions().iter().find(|one| one.id == id).unwrap()
}

fn parse(text: &str) -> Jurisdiction {
    Jurisdiction::parse("test.toml", text).unwrap_or_else(|error| panic!("{error}"))
}

/// A jurisdiction with one helpline; `check` goes into each of its facts.
fn helpline(zone: &str, check: &str) -> Jurisdiction {
    parse(&format!(
        r#"id = "test"
country = "XX"
zone = "{zone}"
[[route]]
id = "line"
kind = "helpline"
[route.fact.telephone]
value = "020 7946 0123"
source = "invented"
{check}
[route.fact.hours]
value = ["mon-fri 09:00-17:00", "sat 22:00-02:00"]
source = "invented"
{check}
[route.fact.cost]
value = "free"
source = "invented"
"#
    ))
}

const CHECKED: &str = "checked = true\nchecked_on = 2026-11-01\nreview_by = 2026-12-01";

#[test]
fn as_shipped_only_the_emergency_numbers_of_the_law_are_shown() {
    let now = datetime!(2026-11-26 12:00 UTC);
    for (id, expected) in [("england", vec!["999", "18000"]), ("romania", vec!["112"])] {
        let routes = shipped(id).routes_to_show(now);
        let numbers: Vec<&str> = routes.iter().filter_map(|route| Some(route.telephone?.as_str())).collect();
        assert_eq!(numbers, expected, "{id}");
        for route in &routes {
            assert_eq!(route.kind, RouteKind::Emergency);
            // Hours, cost and languages of the same route are not the law's, so they wait for the operator.
            assert!(route.hours.is_none() && route.cost.is_none() && route.languages.is_none() && route.silent.is_none());
        }
    }
    let also = shipped("england").routes_to_show(now)[0].also.map(|number| number.as_str());
    assert_eq!(also, Some("112"));
}

#[test]
fn the_emergency_number_is_shown_whatever_the_computer_thinks_the_day_is() {
    for year in [1970, 2023, 2026, 2027, 2060, 9998] {
        let now = OffsetDateTime::UNIX_EPOCH.replace_year(year).unwrap();
        for (id, number) in [("england", "999"), ("romania", "112")] {
            let routes = shipped(id).routes_to_show(now);
            assert_eq!(routes[0].telephone.unwrap().as_str(), number, "{id} in {year}");
        }
    }
    // The operator is told all the same.
    let report = shipped("england").report(datetime!(2028-01-01 00:00 UTC));
    assert_eq!(report[0].facts[0].standing, Standing::GoodReviewDue { since: date!(2027 - 11 - 23) });
}

#[test]
fn the_real_routes_are_there_each_with_a_source() {
    for (id, route, number, web) in [
        ("england", "emergency", "999", None),
        ("england", "police", "101", Some("https://www.police.uk")),
        ("england", "modern-slavery-helpline", "08000 121 700", Some("https://www.modernslaveryhelpline.org")),
        ("england", "crimestoppers", "0800 555 111", Some("https://crimestoppers-uk.org")),
        ("england", "salvation-army", "0800 808 3733", None),
        ("england", "justice-and-care", "", Some("https://justiceandcare.org")),
        ("england", "samaritans", "116 123", Some("https://www.samaritans.org")),
        ("england", "childline", "0800 1111", None),
        ("england", "nspcc", "0808 800 5000", None),
        ("england", "emergency-bsl", "", Some("https://999bsl.co.uk")),
        ("romania", "emergency-romania", "112", None),
        ("romania", "anitp", "0800 800 678", Some("https://anitp.mai.gov.ro")),
    ] {
        let found = shipped(id).route(route).unwrap_or_else(|| panic!("{id}/{route}"));
        assert_eq!(found.telephone.as_ref().map_or("", |fact| fact.value.as_str()), number, "{route}");
        assert_eq!(found.web.as_ref().map(|fact| fact.value.as_str()), web, "{route}");
    }
    for jurisdiction in jurisdictions() {
        for fact in jurisdiction.report(datetime!(2026-11-26 12:00 UTC)).iter().flat_map(|route| &route.facts) {
            assert!(fact.source.len() > 5, "{}", fact.fact);
            let statutory = fact.standing == Standing::Good;
            assert!(statutory || fact.standing == Standing::Unchecked, "{}: we confirm nothing for the operator", fact.fact);
        }
    }
}

/// The line answers calls from inside Romania only: somebody in England must not be sent to it.
#[test]
fn a_line_that_answers_only_inside_its_country_is_not_shown_abroad() {
    let anitp = shipped("romania").route("anitp").unwrap();
    assert!(anitp.only_inside);
    let mut checked = shipped("romania").clone();
    for route in &mut checked.routes {
        if let Some(fact) = &mut route.telephone {
            (fact.checked, fact.checked_on, fact.review_by) = (true, Some(date!(2026 - 11 - 01)), Some(date!(2027 - 05 - 01)));
        }
    }
    let now = datetime!(2026-11-26 12:00 UTC);
    let ids = |routes: Vec<plainsight_vocabulary::ShownRoute<'_>>| routes.iter().map(|route| route.id.to_owned()).collect::<Vec<_>>();
    assert_eq!(ids(checked.routes_to_show(now)), ["emergency-romania", "anitp"]);
    assert_eq!(ids(checked.routes_to_show_abroad(now)), ["emergency-romania"]);
}

#[test]
fn an_unchecked_fact_is_hidden_and_a_route_without_a_way_to_reach_it_too() {
    let now = datetime!(2026-11-26 12:00 UTC);
    assert!(helpline("Europe/London", "").routes_to_show(now).is_empty());
    let jurisdiction = helpline("Europe/London", CHECKED);
    let routes = jurisdiction.routes_to_show(now);
    assert_eq!(routes.len(), 1);
    assert!(routes[0].hours.is_some() && routes[0].cost.is_none(), "the cost was not checked");
}

/// The review day itself still counts, until midnight where the line is, not where the server is.
#[test]
fn a_route_disappears_with_the_local_day_after_its_review_day() {
    for (zone, last, first_without) in [
        ("Europe/London", datetime!(2026-12-01 23:59:59 UTC), datetime!(2026-12-02 00:00 UTC)),
        ("Europe/Bucharest", datetime!(2026-12-01 21:59:59 UTC), datetime!(2026-12-01 22:00 UTC)),
    ] {
        let jurisdiction = helpline(zone, CHECKED);
        assert_eq!(jurisdiction.routes_to_show(last).len(), 1, "{zone}");
        assert!(jurisdiction.routes_to_show(first_without).is_empty(), "{zone}");
        let report = jurisdiction.report(first_without);
        assert!(!report[0].shown);
        assert_eq!(report[0].facts[0].standing, Standing::PastReview { since: date!(2026 - 12 - 01) });
    }
    // In summer time the day ends an hour earlier in UTC.
    let summer = helpline("Europe/London", "checked = true\nchecked_on = 2026-06-01\nreview_by = 2026-07-01");
    assert_eq!(summer.routes_to_show(datetime!(2026-07-01 22:59:59 UTC)).len(), 1);
    assert!(summer.routes_to_show(datetime!(2026-07-01 23:00 UTC)).is_empty());
}

#[test]
fn a_check_does_not_count_before_its_day() {
    let jurisdiction = helpline("Europe/London", CHECKED);
    assert!(jurisdiction.routes_to_show(datetime!(2026-10-31 23:59 UTC)).is_empty());
    assert_eq!(jurisdiction.routes_to_show(datetime!(2026-11-01 00:00 UTC)).len(), 1);
    assert_eq!(jurisdiction.report(datetime!(2026-10-31 12:00 UTC))[0].facts[0].standing, Standing::NotYet { from: date!(2026 - 11 - 01) });
}

#[test]
fn open_now_is_true_at_each_moment_around_opening_closing_and_at_night() {
    let jurisdiction = helpline("Europe/Bucharest", CHECKED);
    for (at, open) in [
        (datetime!(2026-11-27 08:59:59 +2), false),
        (datetime!(2026-11-27 09:00 +2), true),
        (datetime!(2026-11-27 16:59:59 +2), true),
        (datetime!(2026-11-27 17:00 +2), false),
        (datetime!(2026-11-28 21:59:59 +2), false),
        (datetime!(2026-11-28 22:00 +2), true),
        (datetime!(2026-11-29 01:59:59 +2), true),
        (datetime!(2026-11-29 02:00 +2), false),
    ] {
        let routes = jurisdiction.routes_to_show(at);
        assert_eq!(routes[0].open_now(at), Some(open), "{at}");
    }
    let england = shipped("england");
    let now = datetime!(2026-11-26 12:00 UTC);
    assert_eq!(england.routes_to_show(now)[0].open_now(now), None, "hours that nobody checked say nothing");
}

#[test]
fn hours_are_not_shown_beside_a_web_address_whose_telephone_is_gone() {
    let text = format!(
        "id = \"test\"\ncountry = \"XX\"\nzone = \"UTC\"\n[[route]]\nid = \"line\"\nkind = \"helpline\"\n\
         [route.fact.telephone]\nvalue = \"020 7946 0123\"\nsource = \"invented\"\n\
         [route.fact.silent]\nvalue = \"55\"\nsource = \"invented\"\n{CHECKED}\n\
         [route.fact.web]\nvalue = \"https://example.org\"\nsource = \"invented\"\n{CHECKED}\n\
         [route.fact.cost]\nvalue = \"free\"\nsource = \"invented\"\n{CHECKED}\n\
         [route.fact.hours]\nvalue = \"always\"\nsource = \"invented\"\n{CHECKED}\n"
    );
    let jurisdiction = parse(&text);
    let routes = jurisdiction.routes_to_show(datetime!(2026-11-26 12:00 UTC));
    assert_eq!(routes.len(), 1);
    assert!(routes[0].web.is_some());
    assert!(routes[0].telephone.is_none() && routes[0].hours.is_none() && routes[0].cost.is_none() && routes[0].silent.is_none());
}

#[test]
fn the_emergency_routes_stand_first_and_those_who_cannot_hear_or_speak_have_theirs() {
    for jurisdiction in jurisdictions() {
        let kinds: Vec<bool> = jurisdiction.routes.iter().map(|route| route.kind == RouteKind::Emergency).collect();
        assert!(kinds[0] && kinds.is_sorted_by(|one, other| one >= other), "{}", jurisdiction.id);
    }
    for means in [Means::Voice, Means::TextRelay, Means::Video, Means::TextMessage] {
        assert!(shipped("england").routes.iter().any(|route| route.kind == RouteKind::Emergency && route.means == means), "{means}");
    }
}

/// A jurisdiction file that is right but for one replaced piece: the line and the words that name the mistake.
#[test]
fn each_mistake_is_named_with_its_file_and_line() {
    let good = r#"id = "test"
country = "XX"
zone = "Europe/London"

[clocks]
danger_minutes = 15

[[route]]
id = "line"
kind = "helpline"
means = "voice"

[route.fact.telephone]
value = "020 7946 0123"
source = "invented"
checked = true
checked_on = 2026-11-01
review_by = 2026-12-01

[route.fact.hours]
value = ["mon-fri 09:00-17:00"]
source = "invented"

[[route]]
id = "other"
kind = "emergency"

[route.fact.web]
value = "https://example.org"
source = "invented"
"#;
    parse(good);
    for (piece, wrong, line, problem) in [
        (r#"id = "test""#, r#"id = "Test""#, 1, "not an id"),
        (r#"country = "XX""#, r#"country = "England""#, 2, "not a country code"),
        (r#"zone = "Europe/London""#, r#"zone = "Europe/Londn""#, 3, "not a time zone"),
        ("danger_minutes = 15", "danger_minutes = 0", 5, "danger_minutes is 0"),
        ("danger_minutes = 15", "danger_minutes = 61", 5, "danger_minutes is 61"),
        ("danger_minutes = 15", "danger_minutes = -1", 6, "invalid"),
        ("danger_minutes = 15", "panic_minutes = 15", 6, "panic_minutes"),
        (r#"id = "line""#, r#"id = "a line""#, 9, "not an id"),
        (r#"id = "other""#, r#"id = "line""#, 25, "stands twice"),
        (r#"kind = "helpline""#, r#"kind = "hotline""#, 10, "not a kind of route"),
        (r#"means = "voice""#, r#"means = "pigeon""#, 11, "not a way to get through"),
        (r#"value = "020 7946 0123""#, r#"value = "020-7946""#, 14, "no value for \"telephone\""),
        (r#"value = "020 7946 0123""#, r#"value = "5""#, 14, "no value for \"telephone\""),
        (r#"value = "020 7946 0123""#, r#"value = ["020"]"#, 14, "no value for \"telephone\""),
        ("checked_on = 2026-11-01", "checked_on = 2026-11-01T10:00:00", 17, "not a day"),
        ("checked_on = 2026-11-01\n", "", 13, "needs the day"),
        ("review_by = 2026-12-01\n", "", 13, "needs the day"),
        ("checked_on = 2026-11-01", "checked_on = 2026-02-30", 17, ""),
        ("checked = true", "checked = true\nstatutory = true", 13, "statutory"),
        ("[route.fact.hours]", "[route.fact.hour]", 20, "not a fact of a route"),
        ("mon-fri 09:00-17:00", "mon-fri 9-5", 21, "not a line of hours"),
        (r#"value = ["mon-fri 09:00-17:00"]"#, "value = []", 21, "empty"),
        ("https://example.org", "http://example.org", 29, "no value for \"web\""),
        ("https://example.org", "https://user@example.org", 29, "no value for \"web\""),
        ("https://example.org", "https://example.org:8443", 29, "no value for \"web\""),
        ("https://example.org", "javascript:alert(1)", 29, "no value for \"web\""),
        ("https://example.org", "https://example.org/'x", 29, "no value for \"web\""),
        ("source = \"invented\"\nchecked = true", "checked = true", 13, "source"),
    ] {
        assert!(good.contains(piece), "{piece}");
        let error = Jurisdiction::parse("made-up.toml", &good.replacen(piece, wrong, 1)).expect_err(wrong);
        assert_eq!((error.file.as_str(), error.line), ("made-up.toml", Some(line)), "{wrong}: {error}");
        assert!(error.problem.contains(problem), "{wrong}: {error}");
        assert!(!error.advice.is_empty(), "{wrong}");
        assert!(!error.to_string().contains('\n'), "one line for a log: {error}");
    }
}

#[test]
fn a_file_without_its_beginning_or_far_too_large_is_refused() {
    for text in ["", "id = \"test\"", "\u{feff}", "[[route]]", "id = 1\ncountry = 2"] {
        assert_eq!(Jurisdiction::parse("made-up.toml", text).unwrap_err().file, "made-up.toml");
    }
    let large = format!("# {}", "x".repeat(1024 * 1024));
    let error = Jurisdiction::parse("made-up.toml", &large).unwrap_err();
    assert!(error.problem.contains("1 MiB") && error.line.is_none());
}

#[test]
fn every_kind_of_fact_can_stand_in_a_file() {
    let names: Vec<&str> = FactName::ALL.iter().map(|name| name.code()).collect();
    let values = [
        r#""020 7946 0123""#,
        r#""112""#,
        r#""55""#,
        r#""https://example.org""#,
        r#""always""#,
        r#""free""#,
        r#""interpreter""#,
        r#""choice""#,
    ];
    let mut text = "id = \"test\"\ncountry = \"XX\"\nzone = \"UTC\"\n[[route]]\nid = \"line\"\nkind = \"helpline\"\n".to_owned();
    for (name, value) in names.iter().zip(values) {
        text.push_str(&format!("[route.fact.{name}]\nvalue = {value}\nsource = \"invented\"\n{CHECKED}\n"));
    }
    let jurisdiction = parse(&text);
    let report = jurisdiction.report(datetime!(2026-11-26 12:00 UTC));
    let reported: Vec<&str> = report[0].facts.iter().map(|fact| fact.fact.rsplit('/').next().unwrap()).collect();
    assert_eq!(reported.len(), names.len());
    assert!(names.iter().all(|name| reported.contains(name)), "{reported:?}");
}

proptest! {
    /// What the public sees at an instant has at least one way in, and every part of it stands good.
    #[test]
    fn a_shown_route_can_be_reached(days in -400..800_i64, minutes in 0..1_440_i64) {
        let now = datetime!(2026-11-26 00:00 UTC) + Duration::days(days) + Duration::minutes(minutes);
        let local = helpline("Europe/London", CHECKED);
        for jurisdiction in jurisdictions().iter().chain([&local]) {
            for route in jurisdiction.routes_to_show(now) {
                prop_assert!(route.telephone.is_some() || route.web.is_some());
            }
            for report in jurisdiction.report(now) {
                let shown = report.facts.iter().any(|fact| fact.standing.is_shown());
                prop_assert!(shown || !report.shown, "{}", report.route);
            }
        }
    }
}
