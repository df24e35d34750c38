//! The operator's own file: it can confirm, correct and add, and cannot take the emergency number away.

use plainsight_vocabulary::{
    Controller, Jurisdiction, KeptFor, OperatorFacts, Promise, RouteKind, Standing, Supervisor, confirmation_form, jurisdictions,
};
use time::Duration;
use time::macros::{date, datetime};

const CHECK: &str = "by = \"A. Member\"\non = 2026-11-01\nreview_by = 2027-05-01\n";

fn apply(text: &str) -> Result<Vec<Jurisdiction>, String> {
    OperatorFacts::parse("ours.toml", text).and_then(|facts| facts.apply(jurisdictions())).map_err(|error| error.to_string())
}

fn change(kind: &str, fact: &str, value: &str) -> String {
    format!("[[{kind}]]\nfact = \"{fact}\"\nvalue = {value}\n{CHECK}")
}

fn route_ids(jurisdictions: &[Jurisdiction], id: &str) -> Vec<String> {
    let now = datetime!(2026-11-26 12:00 UTC);
    let found = jurisdictions.iter().find(|one| one.id == id).unwrap();
    found.routes_to_show(now).iter().map(|route| route.id.to_owned()).collect()
}

#[test]
fn an_operator_who_states_nothing_changes_nothing() {
    assert_eq!(OperatorFacts::none().apply(jurisdictions()).unwrap(), jurisdictions());
    assert_eq!(apply("").unwrap(), jurisdictions());
}

#[test]
fn what_the_operator_confirmed_is_shown_with_who_and_until_when() {
    let changed = apply(&change("confirm", "england/crimestoppers/telephone", "\"0800 555 111\"")).unwrap();
    assert!(route_ids(&changed, "england").contains(&"crimestoppers".to_owned()));
    let fact = changed[0].route("crimestoppers").unwrap().telephone.as_ref().unwrap();
    assert_eq!(fact.checked_by.as_deref(), Some("A. Member"));
    assert_eq!(fact.standing(date!(2027 - 05 - 01)), Standing::Good);
    assert_eq!(fact.standing(date!(2027 - 05 - 02)), Standing::PastReview { since: date!(2027 - 05 - 01) });
}

/// A later release that changes a number must not be vouched for by an old call.
#[test]
fn a_confirmation_of_another_value_is_refused() {
    let error = apply(&change("confirm", "england/crimestoppers/telephone", "\"0800 555 112\"")).unwrap_err();
    assert!(error.starts_with("ours.toml, line 2: ") && error.contains("not the one that is shipped"), "{error}");
    let changed = apply(&change("override", "england/crimestoppers/telephone", "\"020 7946 0123\"")).unwrap();
    assert_eq!(changed[0].route("crimestoppers").unwrap().telephone.as_ref().unwrap().value.as_str(), "020 7946 0123");
}

#[test]
fn hours_written_another_way_are_the_same_hours() {
    let base = Jurisdiction::parse(
        "base.toml",
        "id = \"test\"\ncountry = \"XX\"\nzone = \"Europe/London\"\n[[route]]\nid = \"line\"\nkind = \"helpline\"\n\
         [route.fact.hours]\nvalue = [\"mon-tue 09:00-17:00\", \"wed 09:00-17:00\"]\nsource = \"invented\"\n",
    )
    .unwrap();
    let facts = OperatorFacts::parse("ours.toml", &change("confirm", "test/line/hours", "\"mon-wed 09:00-17:00\"")).unwrap();
    assert!(facts.apply(std::slice::from_ref(&base)).is_ok());
    let facts = OperatorFacts::parse("ours.toml", &change("confirm", "test/line/hours", "\"mon-wed 09:00-17:30\"")).unwrap();
    assert!(facts.apply(&[base]).is_err());
}

#[test]
fn nobody_can_take_the_emergency_number_away() {
    for (fact, value) in [("england/emergency/telephone", "\"020 7946 0123\""), ("romania/emergency-romania/telephone", "\"0800 1111\"")] {
        let error = apply(&change("override", fact, value)).unwrap_err();
        assert!(error.contains("statutory"), "{error}");
    }
    // Confirming it keeps it the law's: it outlives the operator's review day too.
    let changed = apply(&change("confirm", "england/emergency/telephone", "\"999\"")).unwrap();
    let routes = changed[0].routes_to_show(datetime!(2040-01-01 00:00 UTC));
    assert_eq!(routes[0].telephone.unwrap().as_str(), "999");
}

fn own(more: &str) -> String {
    format!(
        "[[route]]\njurisdiction = \"england\"\nid = \"our-line\"\nkind = \"operator\"\nname = {{ en = \"Our line\", ro = \"Linia noastră\" }}\n{CHECK}{more}"
    )
}

#[test]
fn a_route_of_their_own_stands_after_the_emergency_and_says_its_name_in_the_language() {
    let changed = apply(&own("telephone = \"020 7946 0123\"\nhours = \"always\"\n")).unwrap();
    let ids = route_ids(&changed, "england");
    assert_eq!(ids, ["emergency", "emergency-relay", "our-line"]);
    let route = changed[0].route("our-line").unwrap();
    assert!(route.own && route.kind == RouteKind::Operator);
    for (tag, name) in [("ro", "Linia noastră"), ("en", "Our line"), ("ar", "Our line")] {
        assert_eq!(route.name.own(tag), Some(name));
    }
    assert_eq!(changed[0].route("police").unwrap().name.own("en"), None);
}

#[test]
fn two_routes_of_their_own_keep_the_order_of_the_file() {
    let two =
        own("web = \"https://example.org\"\nmeans = \"web\"\n") + &own("web = \"https://example.com\"\n").replace("our-line", "our-page");
    assert_eq!(route_ids(&apply(&two).unwrap(), "england")[2..], ["our-line", "our-page"]);
}

#[test]
fn clocks_and_staffed_hours_are_the_operators() {
    let text = "[clocks]\ndanger_minutes = 10\nfeedback_days = 14\n[desk]\nzone = \"Europe/London\"\nhours = [\"mon-fri 08:00-20:00\"]\n";
    let facts = OperatorFacts::parse("ours.toml", text).unwrap();
    assert_eq!(facts.desk_hours().unwrap().to_string(), "mon-fri 08:00-20:00");
    for jurisdiction in facts.apply(jurisdictions()).unwrap() {
        assert_eq!(jurisdiction.clocks.danger, Duration::minutes(10));
        assert_eq!(jurisdiction.clocks.soon, Duration::hours(1), "what is left out stays");
        assert_eq!(jurisdiction.clocks.feedback, Duration::days(14));
        // Each in the zone of the desk, not of the jurisdiction: it is one desk.
        assert_eq!(jurisdiction.desk_hours.unwrap().zone_name(), "Europe/London");
    }
}

fn promise(id: &str) -> String {
    format!("[promises]\n{id} = {{ by = \"A. Member\", on = 2026-11-01, review_by = 2027-05-01 }}\n")
}

/// Only the operator knows what they can keep: nothing is promised for them, and nothing for ever.
#[test]
fn a_promise_stands_from_the_day_it_was_ticked_to_its_review_day() {
    assert_eq!(OperatorFacts::none().promises().on(date!(2026 - 12 - 01)), []);
    let two = promise("no-employer") + "[promises.no-name-without-consent]\n" + CHECK;
    let facts = OperatorFacts::parse("ours.toml", &two).unwrap();
    let both = [Promise::NoNameWithoutConsent, Promise::NoEmployer];
    for (day, promised) in
        [(date!(2026 - 10 - 31), &[][..]), (date!(2026 - 11 - 01), &both), (date!(2027 - 05 - 01), &both), (date!(2027 - 05 - 02), &[])]
    {
        assert_eq!(facts.promises().on(day), promised, "{day}");
    }
    assert!(!facts.promises().holds(Promise::NoImmigration, date!(2026 - 12 - 01)));
    let late = facts.promises().standings(date!(2027 - 06 - 01));
    assert!(late.into_iter().all(|(_, standing)| standing == Standing::PastReview { since: date!(2027 - 05 - 01) }));
}

/// Where nobody says how long, nothing is deleted by time.
#[test]
fn how_long_things_are_kept_is_the_operators_to_say() {
    assert_eq!(OperatorFacts::none().kept(), None);
    let text = "[kept]\nanonymous_days = 90\nordinary_days = 730\nsafeguarding_days = 2190\n";
    let kept = KeptFor { anonymous_days: 90, ordinary_days: 730, safeguarding_days: 2190 };
    assert_eq!(OperatorFacts::parse("ours.toml", text).unwrap().kept(), Some(kept));
}

#[test]
fn of_the_controller_only_what_was_written_is_known() {
    assert_eq!(*OperatorFacts::none().controller(), Controller::default());
    let text = "[controller]\nname = \" Our charity \"\ndpo_email = \"dpo@example.org\"\n";
    let facts = OperatorFacts::parse("ours.toml", text).unwrap();
    let stated = Controller { name: Some("Our charity".into()), dpo_email: Some("dpo@example.org".into()), ..Controller::default() };
    assert_eq!(*facts.controller(), stated);
}

/// Whom a person can complain to besides; for a jurisdiction that nobody looked up, no authority is made up.
#[test]
fn every_shipped_jurisdiction_has_its_supervisor() {
    for jurisdiction in jurisdictions() {
        assert!(Supervisor::of(&jurisdiction.id).is_some_and(|one| one.web.starts_with("https://")), "{}", jurisdiction.id);
    }
    assert_eq!(Supervisor::of("atlantis"), None);
}

#[test]
fn each_mistake_is_named_with_its_file_and_line() {
    let crimestoppers = change("confirm", "england/crimestoppers/telephone", "\"0800 555 111\"");
    let with = |piece: &str, wrong: &str| crimestoppers.replace(piece, wrong);
    let line = "telephone = \"020 7946 0123\"\nhours = \"always\"\n";
    for (text, number, problem) in [
        (with("england/crimestoppers", "wales/crimestoppers"), 2, "no jurisdiction \"wales\""),
        (with("/crimestoppers/", "/crimestopers/"), 2, "no route \"crimestopers\""),
        (with("/telephone", "/fax"), 2, "not a fact of a route"),
        (with("england/crimestoppers/telephone", "crimestoppers/telephone"), 2, "does not name a fact"),
        (with("/telephone", "/telephone/more"), 2, "does not name a fact"),
        (with("/telephone", "/silent"), 2, "no fact \"silent\" to confirm"),
        (with("\"0800 555 111\"", "\"call us\""), 3, "no value for \"telephone\""),
        (with("A. Member", " "), 4, "nobody is named"),
        (with("A. Member", &"x".repeat(201)), 4, "nobody is named"),
        (with("2026-11-01", "\"2026-11-01\""), 5, ""),
        (with("2027-05-01", "2026-11-01"), 6, "not after"),
        (with("2027-05-01", "2027-11-03"), 6, "more than a year"),
        (crimestoppers.clone() + &crimestoppers, 8, "stands twice"),
        (crimestoppers.clone() + &crimestoppers.replace("confirm", "override"), 8, "stands twice"),
        (with("[[confirm]]", "[[confirmed]]"), 1, "confirmed"),
        (with("by = \"A", "who = \"A"), 4, "who"),
        (own(line).replace("our-line", "police"), 3, "exists already"),
        (own(line).replace("our-line", "Our Line"), 3, "not an id"),
        (own(line).replace("\"england\"", "\"wales\""), 3, "no jurisdiction"),
        (own(line).replace("\"operator\"", "\"friend\""), 4, "not a kind of route"),
        (own(line).replace("Our line", " "), 5, "no usable name"),
        (own(line).replace("Our line", "Our\\nline"), 5, "no usable name"),
        (own(""), 3, "no telephone and no web"),
        (own("telephone = \"020 7946 0123\"\n"), 3, "no hours"),
        (own(line) + &own(line), 13, "exists already"),
        ("[desk]\nzone = \"Europe/Londn\"\nhours = \"always\"\n".to_owned(), 2, "not a time zone"),
        ("[desk]\nzone = \"Europe/London\"\nhours = []\n".to_owned(), 3, "empty"),
        ("[desk]\nzone = \"Europe/London\"\nhours = \"9 to 5\"\n".to_owned(), 3, "not a line of hours"),
        (promise("no-police"), 2, "no promise \"no-police\""),
        (promise("no-employer") + "no-imigration = { by = \"A\", on = 2026-11-01, review_by = 2027-05-01 }\n", 3, "no promise"),
        (promise("no-cost").replace("A. Member", ""), 2, "nobody is named"),
        (promise("no-cost").replace("2027-05", "2028-05"), 2, "more than a year"),
        (promise("no-cost").replace(", review_by = 2027-05-01", ""), 2, "review_by"),
        (promise("no-cost").replace("by = \"A", "who = \"A"), 2, "who"),
        (promise("no-cost") + &promise("no-cost")[11..], 3, ""),
        ("[controller]\nname = \"Ours\"\nemail = \"ours\"\n".to_owned(), 3, "not an email address"),
        ("[controller]\ndpo_email = \"a@b@example.org\"\n".to_owned(), 2, "not an email address"),
        ("[controller]\naddress = \" \"\n".to_owned(), 2, "empty"),
        ("[controller]\ncomplaints_to = \"a\\nb\"\n".to_owned(), 2, "line break"),
        ("[controller]\nname = \"Ours\"\ncity = \"X\"\n".to_owned(), 3, "city"),
        ("\n[kept]\nanonymous_days = 7\nordinary_days = 30\nsafeguarding_days = 60\n".to_owned(), 2, "do not fit together"),
        ("[kept]\nanonymous_days = 90\nordinary_days = 60\nsafeguarding_days = 365\n".to_owned(), 1, "do not fit together"),
        ("[kept]\nanonymous_days = 90\nordinary_days = 120\n".to_owned(), 1, "safeguarding_days"),
        ("[clocks]\nacknowledged_hours = 0\n".to_owned(), 1, "acknowledged_hours is 0"),
        ("x = ".to_owned(), 1, ""),
    ] {
        let error = OperatorFacts::parse("ours.toml", &text).and_then(|facts| facts.apply(jurisdictions())).expect_err(problem);
        assert_eq!((error.file.as_str(), error.line), ("ours.toml", Some(number)), "{error}\n{text}");
        assert!(error.problem.contains(problem), "{error}");
        assert!(!error.advice.is_empty());
    }
}

/// The form that the operator fills in names every fact that waits, with the value to check; filled in, everything is shown.
#[test]
fn the_form_to_confirm_is_itself_an_operators_file() {
    let now = datetime!(2026-11-26 12:00 UTC);
    let form = confirmation_form(jurisdictions(), now);
    assert_eq!(apply(&form).unwrap(), jurisdictions(), "until somebody takes the marks away, it states nothing");
    let filled: Vec<String> = form
        .lines()
        .filter_map(|line| line.strip_prefix("# "))
        .filter(|line| line.starts_with("[[") || line.contains(" = "))
        .map(|line| match line.trim_end() {
            "by = \"\"" => "by = \"A. Member\"".to_owned(),
            "on =" => "on = 2026-11-26".to_owned(),
            "review_by =" => "review_by = 2027-11-26".to_owned(),
            other => other.to_owned(),
        })
        .filter(|line| !line.starts_with("source:"))
        .collect();
    let changed = apply(&filled.join("\n")).unwrap();
    for jurisdiction in &changed {
        assert_eq!(jurisdiction.routes_to_show(now).len(), jurisdiction.routes.len(), "{}", jurisdiction.id);
        for fact in jurisdiction.report(now).iter().flat_map(|route| &route.facts) {
            assert_eq!(fact.standing, Standing::Good, "{}", fact.fact);
        }
    }
    // Once all is confirmed, the form asks for nothing.
    assert!(!confirmation_form(&changed, now).contains("[[confirm]]"));
}
