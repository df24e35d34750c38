//! How soon somebody reads and answers.

use plainsight_vocabulary::{Answer, Clocks, HoursError, Proximity, Urgency, UrgencyAnswers, WeeklyHours, jurisdictions};
use time::Duration;
use time::macros::datetime;

#[test]
fn the_clocks_are_those_that_practitioners_asked_for() {
    let clocks = Clocks::default();
    assert_eq!(clocks, Clocks::STANDARD);
    assert_eq!(clocks.danger, Duration::minutes(15));
    assert_eq!(clocks.soon, Duration::hours(1));
    assert_eq!(clocks.first_read_staffed, Duration::hours(4));
    assert_eq!(clocks.acknowledged, Duration::hours(24));
    assert_eq!(clocks.feedback, Duration::days(28));
    for jurisdiction in jurisdictions() {
        assert_eq!(jurisdiction.clocks, clocks, "{}", jurisdiction.id);
        assert_eq!(jurisdiction.desk_hours, None, "nobody may be promised a time before the operator says so");
    }
}

#[test]
fn danger_comes_before_everything_and_unsure_never_counts_as_no() {
    let answers = || std::iter::once(None).chain(Answer::ALL.iter().copied().map(Some));
    for danger in answers() {
        for proximity in std::iter::once(None).chain(Proximity::ALL.iter().copied().map(Some)) {
            for child in answers() {
                let unsure = |answer| matches!(answer, Some(Answer::Yes | Answer::NotSure));
                let soon = proximity == Some(Proximity::Myself) || unsure(child) || danger == Some(Answer::NotSure);
                let expected = match (danger, soon) {
                    (Some(Answer::Yes), _) => Urgency::Danger,
                    (_, true) => Urgency::Soon,
                    (_, false) => Urgency::Normal,
                };
                assert_eq!(UrgencyAnswers { danger, proximity, child }.urgency(), expected, "{danger:?} {proximity:?} {child:?}");
            }
        }
    }
    assert_eq!(UrgencyAnswers::default().urgency(), Urgency::Normal);
}

#[test]
fn danger_and_self_reports_do_not_wait_for_staffed_hours() {
    let office = WeeklyHours::parse("Europe/London", &["mon-fri 09:00-17:00"]).unwrap();
    let night = datetime!(2026-11-28 03:00 UTC);
    let due = |urgency| Clocks::STANDARD.due(urgency, night, &office).unwrap();
    assert_eq!(due(Urgency::Danger).first_read, datetime!(2026-11-28 03:15 UTC));
    assert_eq!(due(Urgency::Soon).first_read, datetime!(2026-11-28 04:00 UTC));
    // Saturday night: the four staffed hours begin on Monday morning.
    assert_eq!(due(Urgency::Normal).first_read, datetime!(2026-11-30 13:00 UTC));
    for urgency in Urgency::ALL {
        assert_eq!(due(*urgency).acknowledged, datetime!(2026-11-29 03:00 UTC));
        assert_eq!(due(*urgency).feedback, datetime!(2026-12-26 03:00 UTC));
    }
}

#[test]
fn four_staffed_hours_run_over_the_evening_into_the_next_working_day() {
    let office = WeeklyHours::parse("Europe/London", &["mon-fri 09:00-17:00"]).unwrap();
    for (received, first_read) in [
        (datetime!(2026-11-27 09:00 UTC), datetime!(2026-11-27 13:00 UTC)),
        (datetime!(2026-11-27 13:00 UTC), datetime!(2026-11-27 17:00 UTC)),
        (datetime!(2026-11-27 13:01 UTC), datetime!(2026-11-30 09:01 UTC)),
        (datetime!(2026-11-27 16:59:59 UTC), datetime!(2026-11-30 12:59:59 UTC)),
        (datetime!(2026-11-27 17:00 UTC), datetime!(2026-11-30 13:00 UTC)),
    ] {
        assert_eq!(Clocks::STANDARD.due(Urgency::Normal, received, &office).unwrap().first_read, first_read, "{received}");
    }
}

#[test]
fn an_instant_in_any_offset_gives_the_same_times() {
    let office = WeeklyHours::parse("Europe/Bucharest", &["mon-fri 09:00-17:00"]).unwrap();
    let (one, other) = (datetime!(2026-11-27 10:30 UTC), datetime!(2026-11-27 12:30 +2));
    for urgency in Urgency::ALL {
        assert_eq!(Clocks::STANDARD.due(*urgency, one, &office), Clocks::STANDARD.due(*urgency, other, &office));
    }
}

#[test]
fn a_desk_that_nobody_staffs_promises_nothing_but_still_answers_danger() {
    let never = WeeklyHours::parse::<&str>("Europe/London", &[]).unwrap();
    let now = datetime!(2026-11-27 10:00 UTC);
    assert_eq!(Clocks::STANDARD.due(Urgency::Normal, now, &never), Err(HoursError::NeverOpen));
    assert!(Clocks::STANDARD.due(Urgency::Danger, now, &never).is_ok());
    assert!(Clocks::STANDARD.due(Urgency::Soon, now, &never).is_ok());
}

#[test]
fn the_end_of_time_is_an_error_and_not_a_panic() {
    let always = WeeklyHours::always("Europe/London").unwrap();
    let last = datetime!(9999-12-31 23:59:59 UTC);
    for urgency in Urgency::ALL {
        assert_eq!(Clocks::STANDARD.due(*urgency, last, &always), Err(HoursError::TooFar));
    }
}
