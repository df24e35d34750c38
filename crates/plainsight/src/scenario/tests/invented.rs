//! Nothing in a scenario, and nothing that is made from it, could be real.

use time::macros::datetime;

use crate::scenario::invented::{Rule, breaches};
use crate::scenario::{DeskAct, InventedContact, SafeContact, Scenario, generate};

fn all_text(contact: &InventedContact) -> String {
    let mut text = vec![contact.own_words.clone(), contact.place.words.clone()];
    text.extend(contact.place.street.clone());
    text.extend(contact.place.postcode.clone());
    text.extend(contact.name.clone());
    text.extend(contact.later_messages.iter().map(|message| message.text.clone()));
    if let SafeContact::Channels(channels) = &contact.safe_contact {
        for channel in channels {
            text.push(channel.address.clone());
            text.extend(channel.cover.clone());
            text.extend(channel.code_word.clone());
        }
    }
    for step in &contact.desk_story.steps {
        match &step.act {
            DeskAct::Note(words) | DeskAct::Reply(words) | DeskAct::Ask(words) | DeskAct::MarkedSafe(words) | DeskAct::Closed(words) => {
                text.push(words.clone())
            }
            DeskAct::UrgentReferral { receiver, incident_reference, told } => {
                text.extend([receiver.clone(), incident_reference.clone(), told.clone()]);
            }
            DeskAct::Opened | DeskAct::UrgentReviewed => {}
        }
    }
    text.join("\n")
}

#[test]
fn no_file_of_the_scenario_holds_anything_real() {
    let world = Scenario::load("westmere").unwrap();
    for (file, text) in world.files() {
        let found: Vec<String> = breaches(text).iter().map(ToString::to_string).collect();
        assert!(found.is_empty(), "{file}: {found:#?}");
    }
}

#[test]
fn no_generated_contact_holds_anything_real() {
    let world = Scenario::load("westmere").unwrap();
    for contact in generate(&world, 7, 5_000, datetime!(2026-11-24 09:00 UTC)) {
        let text = all_text(&contact);
        let found: Vec<String> = breaches(&text).iter().map(ToString::to_string).collect();
        assert!(found.is_empty(), "{found:#?} in {text}");
        assert!(!text.contains('{') && !text.contains('}'), "a slot is left open in {text}");
    }
}

#[test]
fn every_plate_and_postcode_of_the_files_has_the_impossible_shape() {
    let world = Scenario::load("westmere").unwrap();
    for vehicle in &world.places.vehicles {
        assert_eq!(vehicle.plate.len(), 8, "{}", vehicle.plate);
        assert!(vehicle.plate[1..2] == *"Q" && vehicle.plate[5..].contains(['I', 'Q']), "{}", vehicle.plate);
    }
    for premises in world.places.premises.iter().filter(|premises| !premises.postcode.is_empty()) {
        assert!(premises.postcode.starts_with("WM9"), "{}", premises.postcode);
        assert!(premises.postcode.chars().rev().take(2).all(|letter| "CIKMOV".contains(letter)), "{}", premises.postcode);
    }
}

#[test]
fn the_rules_find_what_could_be_real() {
    let cases = [
        ("ring 020 7946 1158", Rule::Telephone),
        ("07700 901000", Rule::Telephone),
        ("+44 7911 123456", Rule::Telephone),
        ("(0161) 496-0000", Rule::Telephone),
        ("٠٧٩١١١٢٣٤٥٦", Rule::Telephone),
        ("0722 123 456", Rule::Telephone),
        ("the van was AB12 CDE", Rule::Plate),
        ("ab12cde", Rule::Plate),
        ("WQ68 ABC", Rule::Plate),
        ("WA68 QIQ", Rule::Plate),
        ("A123 BCD", Rule::Plate),
        ("someone@example.com", Rule::Email),
        ("mail me: a.b@mail.ro.", Rule::Email),
        ("see www.carwash.co.uk", Rule::Web),
        ("https://example.com/x", Rule::Web),
        ("NW9 5AB", Rule::Postcode),
        ("nw95ab", Rule::Postcode),
        ("around NW9", Rule::Postcode),
        ("SE15 4", Rule::Postcode),
        ("WM91 4AB", Rule::Postcode),
        ("a shop in Colindale", Rule::RealPlace),
        ("sunt din IAȘI", Rule::RealPlace),
    ];
    for (text, rule) in cases {
        assert!(breaches(text).iter().any(|breach| breach.rule == rule), "{text} was let through");
    }
}

#[test]
fn the_rules_let_invented_and_public_things_through() {
    for text in [
        "020 7946 0158, 07700 900123 or +44 7700 900123",
        "999, 112, 101, 18000, 0800 1111, 116 123 and 08000 121 700",
        "WQ68 QAK and wq68qak, WM91 4CK, wm914ck",
        "help@example.org, https://example.org/, https://www.modernslaveryhelpline.org",
        "on 2026-11-24 from 08:00-20:00, time zone Europe/London",
        "The year 2018 had 2,271 entries; the 17 bus; at 5 am; I sleep in the bath; Alder Row",
    ] {
        assert_eq!(breaches(text), [], "{text}");
    }
}
