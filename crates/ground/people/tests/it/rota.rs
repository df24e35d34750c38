//! Who is on call: every minute of the week, on the nights when the clocks change too.

use plainsight_people::ActError;
use plainsight_people::acts::member::close_member;
use plainsight_people::acts::rota::{
    NewSlot, absences, add_absence, add_slot, holes, on_call, pager, remove_absence, remove_slot, set_pager, slots, stretches,
};
use plainsight_people::acts::team::{grant_team, remove_from_team};
use plainsight_people::rota::{self, Hole, Slot};
use proptest::prelude::*;
use sea_orm::Value;
use time::macros::datetime;
use time::{Duration, OffsetDateTime};
use uuid::Uuid;

use crate::world::{ADMINISTRATION, NIGHT, on_both};

/// Weeks around the last Sundays of March and October, when London's clocks change at 01:00 UTC, and a plain one.
const WEEKS: [OffsetDateTime; 3] = [datetime!(2026-03-26 00:00 UTC), datetime!(2026-10-22 00:00 UTC), datetime!(2026-06-04 00:00 UTC)];

/// A week cut at these minutes of each day, every piece given to somebody.
fn covered(cuts: &[u16], zone: &str) -> Vec<Slot> {
    let mut cuts = cuts.to_vec();
    cuts.sort_unstable();
    cuts.dedup();
    let mut slots = Vec::new();
    for weekday in 1..=7 {
        for (number, from) in cuts.iter().enumerate() {
            // The last piece of a day runs over midnight to the first of the next.
            let to = if number + 1 < cuts.len() {
                cuts[number + 1]
            } else if cuts[0] == 0 {
                1440
            } else {
                cuts[0]
            };
            let member = Uuid::from_u128(1 + number as u128);
            let id = Uuid::from_u128(u128::from(weekday) * 100 + number as u128);
            slots.push(Slot { id, team: Uuid::nil(), member, weekday, from: *from, to, zone: zone.to_owned() });
        }
    }
    slots
}

proptest! {
    /// A week without gaps on the wall has none in fact, whichever minutes it is cut at and whatever the clocks do.
    #[test]
    fn a_covered_week_is_covered_when_the_clocks_change(
        cuts in prop::collection::vec(0_u16..1440, 1..5),
        zone in prop::sample::select(vec!["Europe/London", "Europe/Bucharest", "America/New_York", "Australia/Lord_Howe", "UTC"]),
        minute in 0_i64..7 * 1440,
    ) {
        let slots = covered(&cuts, zone);
        for week in WEEKS {
            prop_assert_eq!(rota::holes(&slots, &[], week, week + Duration::days(7)).unwrap(), []);
            let found = rota::on_call(&slots, &[], &[], week + Duration::minutes(minute)).unwrap();
            prop_assert!(!found.members.is_empty());
            prop_assert_eq!(found.hole, None);
        }
    }
}

/// The same, minute for minute, through both nights, with changes of shift in the very hour that is skipped or comes twice.
#[test]
fn every_minute_of_both_nights_has_somebody() {
    let slots = covered(&[30, 75, 90, 120, 485, 1201], "Europe/London");
    for night in [datetime!(2026-03-28 22:00 UTC), datetime!(2026-10-24 22:00 UTC)] {
        for minute in 0..6 * 60 {
            let now = night + Duration::minutes(minute);
            assert!(!rota::on_call(&slots, &[], &[], now).unwrap().members.is_empty(), "{now}");
        }
    }
}

/// The night shift of the long night is nine hours, of the short night seven.
#[test]
fn a_night_shift_has_the_hours_that_the_night_has() {
    let night = |weekday| Slot { weekday, from: 23 * 60, to: 7 * 60, ..covered(&[0], "Europe/London")[0].clone() };
    for (saturday, hours) in
        [(datetime!(2026-03-28 12:00 UTC), 7), (datetime!(2026-10-24 12:00 UTC), 9), (datetime!(2026-11-21 12:00 UTC), 8)]
    {
        let holes = rota::holes(&[night(6)], &[], saturday, saturday + Duration::days(1)).unwrap();
        assert_eq!(holes.len(), 2);
        assert_eq!(holes[1].from - holes[0].to, Duration::hours(hours), "{saturday}");
    }
}

#[tokio::test]
async fn those_on_call_come_in_one_order_and_closed_accounts_do_not_answer() {
    on_both(|world| async move {
        let (ana, ben) = (world.adviser("ana").await, world.adviser("ben").await);
        let team = world.team(&ana).await;
        grant_team(&world.people, &*world.unlocked(&ana).await, team, ben.id).await.unwrap();
        let turn = |member: Uuid, weekday, from, to| NewSlot { team, member, weekday, from, to, zone: "Europe/London" };
        // Monday night into Tuesday, both; Ben twice.
        for (member, from) in [(ben.id, 1200), (ana.id, 1260), (ben.id, 1300)] {
            add_slot(&world.people, ADMINISTRATION, &turn(member, 1, from, 480)).await.unwrap();
        }
        let mut both = [ana.id, ben.id];
        both.sort_unstable();
        assert_eq!(on_call(&world.people, team, NIGHT).await.unwrap().members, both);
        let eight = datetime!(2026-11-24 08:00 UTC);
        let empty = Hole { from: eight, to: datetime!(2026-11-30 20:00 UTC) };
        assert_eq!(on_call(&world.people, team, NIGHT).await.unwrap().hole, Some(empty));
        assert!(on_call(&world.people, team, eight).await.unwrap().members.is_empty());
        assert_eq!(holes(&world.people, team, NIGHT, NIGHT + Duration::days(7)).await.unwrap(), [empty]);

        close_member(&world.people, ADMINISTRATION, ben.id).await.unwrap();
        assert_eq!(on_call(&world.people, team, NIGHT).await.unwrap().members, [ana.id]);
        close_member(&world.people, ADMINISTRATION, ana.id).await.unwrap();
        let whole = Hole { from: NIGHT, to: NIGHT + Duration::days(7) };
        assert_eq!(on_call(&world.people, team, NIGHT).await.unwrap().hole, Some(whole));
        assert_eq!(holes(&world.people, team, NIGHT, NIGHT + Duration::days(7)).await.unwrap(), [whole]);
        assert_eq!(slots(&world.people, team).await.unwrap().len(), 3, "a turn nobody takes is still shown");
    })
    .await;
}

#[tokio::test]
async fn only_somebody_who_works_there_is_put_on_the_rota() {
    on_both(|world| async move {
        let (ana, nav) = (world.adviser("ana").await, world.add("nav", &["care:navigator"]).await);
        let team = world.team(&ana).await;
        let turn = NewSlot { team, member: ana.id, weekday: 1, from: 0, to: 1440, zone: "Europe/London" };
        let add = async |turn: NewSlot<'static>| add_slot(&world.people, ADMINISTRATION, &turn).await;
        let outsider = add(NewSlot { member: nav.id, ..turn.clone() }).await;
        assert!(matches!(outsider, Err(ActError::NoRoleInZone)));
        assert!(matches!(add(NewSlot { member: Uuid::nil(), ..turn.clone() }).await, Err(ActError::NotFound)));
        assert!(matches!(add(NewSlot { team: Uuid::nil(), ..turn.clone() }).await, Err(ActError::NotFound)));
        assert!(matches!(add(NewSlot { weekday: 8, ..turn.clone() }).await, Err(ActError::Slot(_))));
        assert!(matches!(add(NewSlot { zone: "London", ..turn.clone() }).await, Err(ActError::Slot(_))));
        let slot = add(turn).await.unwrap();
        assert_eq!(on_call(&world.people, team, datetime!(2026-11-30 23:59 UTC)).await.unwrap().members, [ana.id]);
        remove_slot(&world.people, ADMINISTRATION, slot).await.unwrap();
        assert!(matches!(remove_slot(&world.people, ADMINISTRATION, slot).await, Err(ActError::NotFound)));
        assert_eq!(slots(&world.people, team).await.unwrap(), []);
    })
    .await;
}

/// Whoever was never given the team's key is not counted on until they are: their turn is a hole, with their name beside it.
#[tokio::test]
async fn who_holds_no_key_of_the_team_is_not_on_call() {
    on_both(|world| async move {
        let (ana, ben) = (world.adviser("ana").await, world.adviser("ben").await);
        let (people, team) = (&world.people, world.team(&ana).await);
        let week = async || holes(people, team, NIGHT, NIGHT + Duration::days(7)).await.unwrap();
        let around = [NIGHT - Duration::HOUR, NIGHT + Duration::HOUR];
        for member in [ana.id, ben.id] {
            for weekday in 1..=7 {
                let (from, to) = if member == ana.id { (480, 1200) } else { (1200, 480) };
                let slot = NewSlot { team, member, weekday, from, to, zone: "Europe/London" };
                add_slot(people, ADMINISTRATION, &slot).await.unwrap();
            }
        }
        let found = on_call(people, team, NIGHT).await.unwrap();
        assert_eq!((found.members, found.keyless), (vec![], vec![ben.id]));
        assert!(week().await.len() >= 7, "every night is a hole");
        let told = stretches(people, team, &around).await.unwrap();
        assert!(told.iter().all(|it| it.members.is_empty() && it.keyless == [ben.id]));
        // Away, nobody counts on them for another reason.
        let away = add_absence(people, ADMINISTRATION, ben.id, NIGHT - Duration::DAY, NIGHT + Duration::DAY).await.unwrap();
        assert!(on_call(people, team, NIGHT).await.unwrap().keyless.is_empty());
        remove_absence(people, ADMINISTRATION, away).await.unwrap();

        let holder = world.unlocked(&ana).await;
        grant_team(people, &holder, team, ben.id).await.unwrap();
        let found = on_call(people, team, NIGHT).await.unwrap();
        assert_eq!((found.members, found.keyless, week().await.len()), (vec![ben.id], vec![], 0));
        // A grant that somebody wrote into the table opens nothing.
        let other = world.adviser("mal").await;
        world.overwrite("grants", "member", other.id, &[("member", ben.id.into())]).await;
        assert_eq!(on_call(people, team, NIGHT).await.unwrap().keyless, [ben.id]);
        world.overwrite("grants", "member", ben.id, &[("member", other.id.into())]).await;
        remove_from_team(people, &holder, team, ben.id).await.unwrap();
        assert!(on_call(people, team, NIGHT).await.unwrap().keyless.is_empty(), "whoever leaves is taken off");
    })
    .await;
}

/// Who works when, and how they are reached at night, is nobody's business who finds a disk.
#[tokio::test]
async fn pager_addresses_and_turns_lie_sealed() {
    on_both(|world| async move {
        let ana = world.adviser("ana").await;
        let team = world.team(&ana).await;
        set_pager(&world.people, ADMINISTRATION, ana.id, Some(" night.pager@example.org ")).await.unwrap();
        let slot = NewSlot { team, member: ana.id, weekday: 1, from: 0, to: 1440, zone: "Europe/London" };
        let slot = add_slot(&world.people, ADMINISTRATION, &slot).await.unwrap();
        let key = |id: Uuid| [("id", Value::from(id))];
        let sealed =
            [world.cell("members", "pager", &key(ana.id)).await.unwrap(), world.cell("rota", "slot", &key(slot)).await.unwrap()].concat();
        for text in ["night.pager", "example.org", "London", &ana.id.to_string()] {
            assert!(!sealed.windows(text.len()).any(|part| part == text.as_bytes()), "{text}");
        }
        assert_eq!(pager(&world.people, ana.id).await.unwrap().as_deref().map(String::as_str), Some("night.pager@example.org"));
        for wrong in ["", "07700 900123", "a b@example.org"] {
            assert!(matches!(set_pager(&world.people, ADMINISTRATION, ana.id, Some(wrong)).await, Err(ActError::Name(_))), "{wrong}");
        }
        set_pager(&world.people, ADMINISTRATION, ana.id, None).await.unwrap();
        assert_eq!(pager(&world.people, ana.id).await.unwrap(), None);
        close_member(&world.people, ADMINISTRATION, ana.id).await.unwrap();
        assert!(matches!(pager(&world.people, ana.id).await, Err(ActError::NotFound)));
    })
    .await;
}

/// A turn of somebody who is away is a hole, until the absence is taken back.
#[tokio::test]
async fn who_is_away_is_not_on_call() {
    on_both(|world| async move {
        let ana = world.adviser("ana").await;
        let people = &world.people;
        let team = world.team(&ana).await;
        let now = world.now();
        for weekday in 1..=7 {
            let slot = NewSlot { team, member: ana.id, weekday, from: 0, to: 1440, zone: "Europe/London" };
            add_slot(people, ADMINISTRATION, &slot).await.unwrap();
        }
        assert_eq!(on_call(people, team, now).await.unwrap().members, [ana.id]);
        let (from, to) = (now - Duration::HOUR, now + Duration::days(2));
        assert!(matches!(add_absence(people, ADMINISTRATION, ana.id, to, from).await, Err(ActError::AwayBackwards)));
        assert!(matches!(add_absence(people, ADMINISTRATION, Uuid::nil(), from, to).await, Err(ActError::NotFound)));
        let away = add_absence(people, ADMINISTRATION, ana.id, from, to).await.unwrap();
        let found = on_call(people, team, now).await.unwrap();
        assert_eq!(
            (found.members, found.hole),
            (vec![], Some(Hole { from: now.replace_nanosecond(0).unwrap(), to: to.replace_nanosecond(0).unwrap() }))
        );
        assert_eq!(holes(people, team, now, now + Duration::days(7)).await.unwrap().len(), 1);
        assert_eq!(absences(people).await.unwrap().iter().map(|away| away.member).collect::<Vec<_>>(), [ana.id]);
        remove_absence(people, ADMINISTRATION, away).await.unwrap();
        assert!(matches!(remove_absence(people, ADMINISTRATION, away).await, Err(ActError::NotFound)));
        assert_eq!(on_call(people, team, now).await.unwrap().members, [ana.id]);
    })
    .await;
}

/// What a member speaks stands beside their name, and a tag that is none is refused.
#[tokio::test]
async fn the_languages_of_a_member_are_kept_with_their_name() {
    use plainsight_people::acts::member::{find_member, set_languages};
    on_both(|world| async move {
        let ana = world.adviser("ana").await;
        let tags = ["ro".to_owned(), "zh-Hans".to_owned()];
        set_languages(&world.people, ADMINISTRATION, ana.id, &tags).await.unwrap();
        let member = find_member(&world.people, "ana").await.unwrap();
        assert_eq!((member.speaks.as_slice(), member.name.as_str()), (tags.as_slice(), "ana Wintergreen"));
        for wrong in ["", "r", "Romanian language", "ro_RO"] {
            let refused = set_languages(&world.people, ADMINISTRATION, ana.id, &[wrong.to_owned()]).await;
            assert!(matches!(refused, Err(ActError::LanguageTag(_))), "{wrong:?}");
        }
        set_languages(&world.people, ADMINISTRATION, ana.id, &[]).await.unwrap();
        assert!(find_member(&world.people, "ana").await.unwrap().speaks.is_empty());
        assert!(world.sign_in(&ana).await.is_ok());
    })
    .await;
}
