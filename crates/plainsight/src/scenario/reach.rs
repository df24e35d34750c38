//! Who a reporter lets us know, and how they may be reached.

use plainsight_vocabulary::ConsentLevel;
use time::{Time, Weekday};

use super::contact::{Channel, ChannelKind, ReportPath, SafeContact};
use super::random::Dice;
use super::rates::Rates;

const COVERS: &[&str] = &["say you ring about the sofa", "say it is the dentist", "say wrong number and put down", "ask for Maria"];
const CODE_WORDS: &[&str] = &["parcel", "blue umbrella", "Thursday bread", "the cat is fine", "lemon", "paper boat"];

/// Share, confidential or anonymous, and the ways back that fit it.
pub(crate) fn ways_back(rates: &Rates, dice: &mut Dice, path: ReportPath, number: usize) -> (ConsentLevel, SafeContact) {
    let (identities, ways) = match path {
        ReportPath::Me => (&rates.identity_me, &rates.safe_me),
        ReportPath::Noticed => (&rates.identity_noticed, &rates.safe_noticed),
    };
    let identity = dice.share(identities).and_then(ConsentLevel::from_code).unwrap_or(ConsentLevel::Anonymous);
    let way = dice.share(ways).unwrap_or("none");
    // A telephone number gives somebody away: few who stay anonymous leave one.
    let way = if way == "channels" && identity == ConsentLevel::Anonymous && dice.chance(0.8) { "receipt" } else { way };
    let safe_contact = match way {
        "channels" => SafeContact::Channels(channels(dice, path, number)),
        "receipt" => SafeContact::ReceiptOnly,
        _ => SafeContact::None,
    };
    (identity, safe_contact)
}

fn channels(dice: &mut Dice, path: ReportPath, number: usize) -> Vec<Channel> {
    const WEEK: [Weekday; 7] =
        [Weekday::Monday, Weekday::Tuesday, Weekday::Wednesday, Weekday::Thursday, Weekday::Friday, Weekday::Saturday, Weekday::Sunday];
    let many = if dice.chance(0.2) { 2 } else { 1 };
    let kinds = [ChannelKind::Telephone, ChannelKind::TextMessage, ChannelKind::Email];
    let first = dice.index([0.5, 0.34, 0.16].into_iter()).unwrap_or(0);
    let line = if path == ReportPath::Noticed && dice.chance(0.25) {
        format!("020 7946 0{:03}", 200 + dice.between(0, 800))
    } else {
        format!("07700 900{:03}", 500 + dice.between(0, 500))
    };
    let mobile = line.starts_with("07");
    (0..many)
        .map(|step| {
            let kind = kinds.get((first + step) % kinds.len()).copied().unwrap_or(ChannelKind::Telephone);
            // A landline takes no text messages.
            let kind = if kind == ChannelKind::TextMessage && !mobile { ChannelKind::Telephone } else { kind };
            let address = if kind == ChannelKind::Email { format!("reporter{number}@example.org") } else { line.clone() };
            let (days, hours) = match dice.between(0, 5) {
                0 => (&WEEK[..5], (10, 12)),
                1 => (&WEEK[..5], (13, 14)),
                2 => (&WEEK[..], (18, 20)),
                3 => (&WEEK[..], (21, 23)),
                _ => (&WEEK[5..], (9, 12)),
            };
            let at = |hour| Time::from_hms(hour, 0, 0).unwrap_or(Time::MIDNIGHT);
            let careful = path == ReportPath::Me;
            Channel {
                kind,
                address,
                days: days.to_vec(),
                from: at(hours.0),
                to: at(hours.1),
                cover: if dice.chance(if careful { 0.6 } else { 0.1 }) { dice.one(COVERS).map(|text| (*text).to_owned()) } else { None },
                code_word: if dice.chance(if careful { 0.5 } else { 0.08 }) {
                    dice.one(CODE_WORDS).map(|text| (*text).to_owned())
                } else {
                    None
                },
            }
        })
        .collect()
}

/// The first number among the safe channels.
pub(crate) fn first_telephone(safe_contact: &SafeContact) -> Option<String> {
    let SafeContact::Channels(channels) = safe_contact else { return None };
    channels.iter().find(|channel| channel.kind != ChannelKind::Email).map(|channel| channel.address.clone())
}
