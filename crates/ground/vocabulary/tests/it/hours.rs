//! Opening and staffed hours over every change of the clocks: no time is lost, none is invented, and an answer always comes.
//!
//! London changes at 01:00 UTC on 29 March and 25 October 2026, Bucharest at the same instants (03:00 and 04:00 there).

use plainsight_vocabulary::{HoursError, HoursLine, WeeklyHours};
use proptest::prelude::*;
use time::macros::datetime;
use time::{Duration, OffsetDateTime};

const ZONES: [&str; 2] = ["Europe/London", "Europe/Bucharest"];

fn hours(zone: &str, lines: &[&str]) -> WeeklyHours {
    WeeklyHours::parse(zone, lines).unwrap()
}

#[test]
fn open_from_the_opening_instant_until_just_before_the_closing_one() {
    let office = hours("Europe/London", &["mon-fri 09:00-17:00"]);
    for (at, open) in [
        (datetime!(2026-11-27 08:59:59.999 UTC), false),
        (datetime!(2026-11-27 09:00 UTC), true),
        (datetime!(2026-11-27 16:59:59.999 UTC), true),
        (datetime!(2026-11-27 17:00 UTC), false),
        (datetime!(2026-11-28 12:00 UTC), false),
        // In summer the same local hours are an hour earlier in UTC.
        (datetime!(2026-07-03 08:00 UTC), true),
        (datetime!(2026-07-03 16:00 UTC), false),
    ] {
        assert_eq!(office.open_now(at), open, "{at}");
    }
}

#[test]
fn a_night_shift_is_open_on_both_sides_of_midnight_and_belongs_to_the_evening() {
    let night = hours("Europe/Bucharest", &["fri 22:00-06:00"]);
    for (at, open) in [
        (datetime!(2026-11-27 21:59:59 +2), false),
        (datetime!(2026-11-27 22:00 +2), true),
        (datetime!(2026-11-28 00:00 +2), true),
        (datetime!(2026-11-28 05:59:59 +2), true),
        (datetime!(2026-11-28 06:00 +2), false),
        // The night before, though its early hours are a Friday, is not open.
        (datetime!(2026-11-27 02:00 +2), false),
    ] {
        assert_eq!(night.open_now(at), open, "{at}");
    }
    assert_eq!(night.closes_next(datetime!(2026-11-27 23:00 +2)), Some(datetime!(2026-11-28 04:00 UTC)));
}

#[test]
fn a_sunday_night_runs_into_monday_and_over_the_end_of_the_year() {
    let night = hours("Europe/London", &["sun 22:00-02:00", "thu 22:00-02:00"]);
    assert!(night.open_now(datetime!(2026-11-30 01:30 UTC)), "Monday morning");
    assert!(night.open_now(datetime!(2027-01-01 01:59 UTC)), "the night of the last Thursday of 2026");
    assert!(!night.open_now(datetime!(2027-01-01 02:00 UTC)));
}

#[test]
fn openings_that_touch_or_overlap_are_one_opening() {
    let split = hours("Europe/London", &["mon-sun 00:00-08:00", "mon-sun 08:00-16:00", "mon-sun 15:00-24:00"]);
    let at = datetime!(2026-11-27 07:00 UTC);
    assert!(split.open_now(datetime!(2026-11-27 08:00 UTC)));
    assert_eq!(split.closes_next(at), None, "it never closes");
    let two = hours("Europe/London", &["fri 09:00-13:00", "fri 13:00-17:00"]);
    assert_eq!(two.closes_next(datetime!(2026-11-27 10:00 UTC)), Some(datetime!(2026-11-27 17:00 UTC)));
    // The overlap is staffed once, not twice.
    let twice = hours("Europe/London", &["fri 09:00-15:00", "fri 11:00-17:00"]);
    assert_eq!(twice.add_staffed(datetime!(2026-11-27 09:00 UTC), Duration::hours(8)), Ok(datetime!(2026-11-27 17:00 UTC)));
}

#[test]
fn the_next_opening_is_found_at_night_at_the_weekend_and_when_open() {
    let office = hours("Europe/Bucharest", &["mon-fri 09:00-17:00"]);
    assert_eq!(office.opens_next(datetime!(2026-11-27 03:00 +2)), Some(datetime!(2026-11-27 07:00 UTC)));
    assert_eq!(office.opens_next(datetime!(2026-11-27 17:00 +2)), Some(datetime!(2026-11-30 07:00 UTC)));
    let open = datetime!(2026-11-27 12:00 +2);
    assert_eq!(office.opens_next(open), Some(open));
    assert_eq!(hours("UTC", &[]).opens_next(open), None);
    assert_eq!(WeeklyHours::always("UTC").unwrap().opens_next(open), Some(open));
}

/// Somebody works from 22:00 to 06:00: seven hours when the clocks go forward, nine when they go back.
#[test]
fn a_night_shift_over_the_change_is_as_long_as_it_is_for_those_who_work_it() {
    for (zone, lines, evening, expected) in [
        ("Europe/London", "sat 22:00-06:00", datetime!(2026-03-28 22:00 UTC), 7),
        ("Europe/London", "sat 22:00-06:00", datetime!(2026-10-24 21:00 UTC), 9),
        ("Europe/Bucharest", "sat 22:00-06:00", datetime!(2026-03-28 20:00 UTC), 7),
        ("Europe/Bucharest", "sat 22:00-06:00", datetime!(2026-10-24 19:00 UTC), 9),
        ("Europe/London", "sat 22:00-06:00", datetime!(2026-11-07 22:00 UTC), 8),
    ] {
        let shift = hours(zone, &[lines]);
        assert!(shift.open_now(evening) && !shift.open_now(evening - Duration::seconds(1)), "{zone} {evening}");
        assert_eq!(shift.closes_next(evening), Some(evening + Duration::hours(expected)), "{zone} {evening}");
    }
}

#[test]
fn a_skipped_local_time_stands_for_the_change_and_a_repeated_one_for_its_first() {
    // 01:30 does not exist in London on 29 March 2026.
    let skipped = hours("Europe/London", &["sun 01:30-03:00"]);
    assert_eq!(skipped.opens_next(datetime!(2026-03-28 12:00 UTC)), Some(datetime!(2026-03-29 01:00 UTC)));
    assert_eq!(skipped.closes_next(datetime!(2026-03-29 01:00 UTC)), Some(datetime!(2026-03-29 02:00 UTC)));
    // An opening that the change swallows whole does not happen that day, and the next is found.
    let swallowed = hours("Europe/London", &["sun 01:10-01:50"]);
    assert_eq!(swallowed.opens_next(datetime!(2026-03-28 12:00 UTC)), Some(datetime!(2026-04-05 00:10 UTC)));
    // 01:30 comes twice on 25 October 2026: at 00:30 and at 01:30 UTC.
    let repeated = hours("Europe/London", &["sun 01:30-03:00"]);
    assert_eq!(repeated.opens_next(datetime!(2026-10-24 12:00 UTC)), Some(datetime!(2026-10-25 00:30 UTC)));
    assert_eq!(repeated.closes_next(datetime!(2026-10-25 00:30 UTC)), Some(datetime!(2026-10-25 03:00 UTC)));
}

#[test]
fn what_cannot_be_read_is_named() {
    for line in [
        "",
        "mon",
        "mon 09:00",
        "mon 9:00-17:00",
        "mon 09:00-09:00",
        "mon 25:00-26:00",
        "mon 09:60-10:00",
        "mon 24:00-02:00",
        "mon 00:00-00:00",
        "mon-fri-sun 09:00-17:00",
        "Monday 09:00-17:00",
        "mon 09:00-17:00 more",
        "mon 09:00–17:00",
        "mon ０9:00-17:00",
        "mon +9:00-17:00",
    ] {
        assert_eq!(WeeklyHours::parse("UTC", &[line]), Err(HoursError::Malformed(line.to_owned())));
    }
    assert_eq!(WeeklyHours::parse("UTC", &["always", "mon 09:00-17:00"]), Err(HoursError::AlwaysAmongOthers));
    assert_eq!(WeeklyHours::always("Mars/Base"), Err(HoursError::UnknownZone("Mars/Base".to_owned())));
    assert!(matches!(WeeklyHours::parse("Europe/Bukarest", &["mon 09:00-17:00"]), Err(HoursError::UnknownZone(_))));
}

#[test]
fn hours_are_written_as_they_are_read() {
    for text in ["always", "mon-fri 09:00-17:00", "mon-thu 09:00-17:00, fri 09:00-13:00", "sat-sun 22:00-02:00", "mon-sun 00:00-24:00"] {
        let lines: Vec<&str> = text.split(", ").collect();
        let read = hours("Europe/London", &lines);
        assert_eq!(read.to_string(), text);
        assert_eq!(read.zone_name(), "Europe/London");
    }
    // A run over the end of the week is written from Monday on.
    assert_eq!(hours("UTC", &["sat-mon 10:00-11:00"]).to_string(), "mon 10:00-11:00, sat-sun 10:00-11:00");
    // Midnight as people write it, and as tables of hours do.
    assert_eq!(hours("UTC", &["fri 22:00-00:00"]), hours("UTC", &["fri 22:00-24:00"]));
    assert_eq!(HoursLine::clock(24 * 60), "24:00");
    assert_eq!(HoursLine::clock(26 * 60 + 5), "02:05");
}

#[test]
fn below_zero_and_never_are_errors_and_no_time_is_now() {
    let office = hours("Europe/London", &["mon 09:00-17:00"]);
    let now = datetime!(2026-11-27 10:00 UTC);
    assert_eq!(office.add_staffed(now, Duration::seconds(-1)), Err(HoursError::BelowZero));
    assert_eq!(hours("UTC", &[]).add_staffed(now, Duration::hours(1)), Err(HoursError::NeverOpen));
    assert_eq!(office.add_staffed(now, Duration::ZERO), Ok(now));
    assert_eq!(office.add_staffed(now, Duration::weeks(52 * 200)), Err(HoursError::TooFar));
    assert_eq!(office.add_staffed(now, Duration::MAX), Err(HoursError::TooFar));
}

/// Lines of hours as an operator might write them.
fn line() -> impl Strategy<Value = String> {
    const DAYS: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
    let quarter = |quarters: u16| format!("{:02}:{:02}", quarters / 4, quarters % 4 * 15);
    (0..7_usize, 0..7_usize, 0..96_u16, 1..96_u16).prop_map(move |(first, last, from, length)| {
        let to = match from + length {
            96 => "24:00".to_owned(),
            end => quarter(end % 96),
        };
        format!("{}-{} {}-{to}", DAYS[first], DAYS[last], quarter(from))
    })
}

fn schedule() -> impl Strategy<Value = WeeklyHours> {
    (0..2_usize, prop::collection::vec(line(), 1..4)).prop_map(|(zone, lines)| WeeklyHours::parse(ZONES[zone], &lines).unwrap())
}

/// An instant, mostly within two days of a change of the clocks.
fn instant() -> impl Strategy<Value = OffsetDateTime> {
    let changes = [datetime!(2026-03-29 01:00 UTC), datetime!(2026-10-25 01:00 UTC), datetime!(2027-03-28 01:00 UTC)];
    prop_oneof![
        3 => (0..3_usize, -2_880..2_880_i64).prop_map(move |(change, minutes)| changes[change] + Duration::minutes(minutes)),
        1 => (0..600_000_i64).prop_map(|minutes| datetime!(2026-01-01 00:00 UTC) + Duration::minutes(minutes)),
    ]
}

/// The minutes in which somebody is there, counted one by one.
fn staffed_minutes(hours: &WeeklyHours, from: OffsetDateTime, to: OffsetDateTime) -> i64 {
    let mut at = from;
    let mut minutes = 0;
    while at < to {
        minutes += i64::from(hours.open_now(at));
        at += Duration::minutes(1);
    }
    minutes
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, ..ProptestConfig::default() })]

    /// Between now and the answer lies exactly the staffed time that was asked for, counted minute by minute.
    #[test]
    fn no_staffed_time_is_lost_and_none_is_invented(hours in schedule(), at in instant(), minutes in 1..360_i64) {
        let due = hours.add_staffed(at, Duration::minutes(minutes)).unwrap();
        prop_assume!(due - at < Duration::days(16));
        prop_assert_eq!(staffed_minutes(&hours, at, due), minutes);
        prop_assert!(hours.open_now(due - Duration::minutes(1)), "the last minute is a staffed one");
    }

    #[test]
    fn later_never_means_sooner(hours in schedule(), at in instant(), wait in 0..5_000_i64, minutes in 1..3_000_i64, more in 0..3_000_i64) {
        let due = hours.add_staffed(at, Duration::minutes(minutes)).unwrap();
        prop_assert!(due >= at + Duration::minutes(minutes), "staffed time is never more than time");
        prop_assert!(hours.add_staffed(at + Duration::minutes(wait), Duration::minutes(minutes)).unwrap() >= due);
        let longer = hours.add_staffed(at, Duration::minutes(minutes + more)).unwrap();
        prop_assert!(longer >= due + Duration::minutes(more));
        prop_assert_eq!(hours.add_staffed(due, Duration::minutes(more)).unwrap_or(due), if more == 0 { due } else { longer }, "in two steps as in one");
    }

    /// Whoever is always there loses no hour and gains none, however the day is cut into shifts.
    #[test]
    fn shifts_that_fill_the_day_are_ordinary_time(zone in 0..2_usize, cut in 1..96_u16, at in instant(), minutes in 0..20_000_i64) {
        let cut = format!("{:02}:{:02}", cut / 4, cut % 4 * 15);
        let shifts = [format!("mon-sun 00:00-{cut}"), format!("mon-sun {cut}-24:00")];
        let shifts = WeeklyHours::parse(ZONES[zone], &shifts).unwrap();
        prop_assert!(shifts.open_now(at));
        let expected = at + Duration::minutes(minutes);
        prop_assert_eq!(shifts.add_staffed(at, Duration::minutes(minutes)).unwrap(), expected);
        prop_assert_eq!(WeeklyHours::always(ZONES[zone]).unwrap().add_staffed(at, Duration::minutes(minutes)).unwrap(), expected);
    }

    /// Every schedule with an hour in it answers, from every instant, for as long as anybody may be promised.
    #[test]
    fn an_answer_always_comes(hours in schedule(), at in instant(), minutes in 0..6_000_i64) {
        let due = hours.add_staffed(at, Duration::minutes(minutes));
        prop_assert!(due.is_ok());
        prop_assert!(hours.opens_next(at).is_some());
    }

    #[test]
    fn the_next_opening_and_closing_agree_with_being_open(hours in schedule(), at in instant()) {
        let opens = hours.opens_next(at).unwrap();
        prop_assert!(opens >= at && hours.open_now(opens));
        prop_assert_eq!(opens == at, hours.open_now(at));
        if opens > at {
            prop_assert!(!hours.open_now(opens - Duration::seconds(1)));
            prop_assert_eq!(hours.closes_next(at), None);
        } else if let Some(closes) = hours.closes_next(at) {
            prop_assert!(closes > at && !hours.open_now(closes));
            prop_assert!(hours.open_now(closes - Duration::seconds(1)));
        }
    }

    #[test]
    fn what_is_written_reads_back_the_same(hours in schedule()) {
        let text = hours.to_string();
        let again = WeeklyHours::parse(hours.zone_name(), &text.split(", ").collect::<Vec<_>>());
        prop_assert_eq!(again, Ok(hours));
    }

    #[test]
    fn no_text_breaks_the_reader(line in "\\PC*", other in "(mon|sun|fri)(-(tue|sat))? [0-9:]{4,5}-[0-9:]{4,5}") {
        let _ = WeeklyHours::parse("Europe/London", &[line]);
        let _ = WeeklyHours::parse("Europe/London", &[other]);
    }

    #[test]
    fn no_instant_breaks_it(hours in schedule(), seconds in -377_705_116_800_i64..253_402_300_799) {
        let at = OffsetDateTime::from_unix_timestamp(seconds).unwrap();
        let _ = hours.open_now(at);
        let _ = hours.opens_next(at);
        let _ = hours.closes_next(at);
        let _ = hours.add_staffed(at, Duration::hours(4));
    }
}

/// When it closed is the end of the last opening, however long ago, over nights, weekends and the change of the clocks.
#[test]
fn a_closed_service_says_since_when() {
    let office = WeeklyHours::parse("Europe/London", &["mon-fri 09:00-17:00"]).unwrap();
    let since = |hours: &WeeklyHours, at| hours.closed_since(at);
    assert_eq!(since(&office, datetime!(2026-11-30 08:59 UTC)), Some(datetime!(2026-11-27 17:00 UTC)));
    assert_eq!(since(&office, datetime!(2026-11-27 17:00 UTC)), Some(datetime!(2026-11-27 17:00 UTC)));
    assert_eq!(since(&office, datetime!(2026-11-27 16:59 UTC)), None);
    // London went back an hour in the night to Sunday.
    assert_eq!(since(&office, datetime!(2026-10-26 08:30 UTC)), Some(datetime!(2026-10-23 16:00 UTC)));
    let long = WeeklyHours::parse("Europe/London", &["sun 09:00-08:00", "mon 00:00-01:00"]).unwrap();
    assert_eq!(since(&long, datetime!(2026-11-30 09:00 UTC)), Some(datetime!(2026-11-30 08:00 UTC)));
    let weekly = WeeklyHours::parse("Europe/London", &["wed 10:00-11:00"]).unwrap();
    assert_eq!(since(&weekly, datetime!(2026-12-02 09:59 UTC)), Some(datetime!(2026-11-25 11:00 UTC)));
    assert_eq!(since(&WeeklyHours::always("UTC").unwrap(), datetime!(2026-12-02 09:59 UTC)), None);
    assert_eq!(since(&WeeklyHours::parse::<&str>("UTC", &[]).unwrap(), datetime!(2026-12-02 09:59 UTC)), None);
}
