//! From a scenario, a seed and a moment to any number of contacts. Pure: no clock, no file, no other randomness.

use rand::SeedableRng;
use rand::rngs::StdRng;
use time::{Duration, OffsetDateTime, Time};

use super::contact::{InventedContact, ReportPath};
use super::load::Scenario;
use super::random::Dice;
use super::writer::Writer;

/// Invents `count` contacts that were sent in the scenario's days before `until`, earliest first.
///
/// The same scenario, seed, count and moment give the same contacts.
#[must_use]
pub fn generate(scenario: &Scenario, seed: u64, count: usize, until: OffsetDateTime) -> Vec<InventedContact> {
    let mut dice = Dice(StdRng::seed_from_u64(seed));
    let until = until.replace_nanosecond(0).unwrap_or(until);
    let mut arrivals: Vec<(OffsetDateTime, ReportPath)> = (0..count)
        .map(|_| {
            let path = if dice.chance(scenario.rates.share.me) { ReportPath::Me } else { ReportPath::Noticed };
            (arrival(scenario, &mut dice, path, until), path)
        })
        .collect();
    arrivals.sort_by_key(|(at, _)| *at);
    let mut written: Vec<InventedContact> = Vec::with_capacity(count);
    for (number, (filed_at, path)) in arrivals.into_iter().enumerate() {
        let contact = Writer { scenario, dice: &mut dice, until }.contact(number, path, filed_at, &written);
        written.push(contact);
    }
    written
}

/// A moment in the days before `until`, by weekday and hour as people live.
fn arrival(scenario: &Scenario, dice: &mut Dice, path: ReportPath, until: OffsetDateTime) -> OffsetDateTime {
    let when = &scenario.rates.when;
    let hours = match path {
        ReportPath::Me => &when.hours_me,
        ReportPath::Noticed => &when.hours_noticed,
    };
    let (today, _) = scenario.zone.local(until);
    let earliest = until - Duration::days(i64::from(scenario.days));
    // A draw that falls outside the window is drawn again; the bound only keeps a strange scenario from going on for ever.
    for _ in 0..1_000 {
        let date = today.saturating_sub(Duration::days(dice.between(0, i64::from(scenario.days) + 1)));
        let heaviest = when.weekdays.iter().copied().fold(f64::MIN_POSITIVE, f64::max);
        let weight = when.weekdays.get(usize::from(date.weekday().number_days_from_monday())).copied().unwrap_or(1.0);
        if !dice.chance(weight / heaviest) {
            continue;
        }
        let hour = dice.index(hours.iter().copied()).and_then(|hour| u8::try_from(hour).ok()).unwrap_or(12);
        let minute = u8::try_from(dice.between(0, 60)).unwrap_or(0);
        let second = u8::try_from(dice.between(0, 60)).unwrap_or(0);
        let at = scenario.zone.instant(date, Time::from_hms(hour, minute, second).unwrap_or(Time::MIDNIGHT));
        if at >= earliest && at <= until {
            return at;
        }
    }
    until
}
