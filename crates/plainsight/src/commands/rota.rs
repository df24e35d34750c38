//! `plainsight rota ...`: who is on call when.

use std::process::ExitCode;

use anyhow::{Context, Result, bail};

use plainsight_people::acts::member::list_members;
use plainsight_people::acts::rota::{NewSlot, absences, add_absence, add_slot, holes, remove_absence, remove_slot, slots};
use plainsight_people::acts::team::list_teams;
use plainsight_people::rota::{Slot, clock};

use super::member::{COMMAND_LINE, named};
use super::team::find_team;
use crate::cli::Rota;
use crate::config::Config;
use crate::instance::Instance;
use crate::say;

/// In the place of the name of somebody whose account was ended.
const LEFT: &str = "(left)";
const DAYS: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

pub(crate) async fn rota(command: &Rota) -> Result<ExitCode> {
    match command {
        Rota::Add { instance, team, member, weekday, from, to, zone } => {
            let people = Instance::open(Config::read(&instance.config)?).await?.people().await?;
            let team = find_team(&people, team).await?;
            let member = named(&people, member).await?;
            let slot = NewSlot { team, member, weekday: *weekday, from: minutes(from)?, to: minutes(to)?, zone };
            add_slot(&people, COMMAND_LINE, &slot).await?;
            say("added");
        }
        Rota::Remove { instance, team, member, weekday, from } => {
            let people = Instance::open(Config::read(&instance.config)?).await?.people().await?;
            let (id, minute) = (find_team(&people, team).await?, minutes(from)?);
            let listed = list_members(&people).await?;
            // Of a member who has left too: their turns stay on the rota as holes.
            let named = |slot: &Slot| listed.iter().any(|it| it.member.id == slot.member && it.sign_in_name == *member);
            let slots = slots(&people, id).await?;
            let Some(slot) = slots.iter().find(|slot| slot.weekday == *weekday && slot.from == minute && named(slot)) else {
                bail!("{member} has no turn on day {weekday} from {from}: see `plainsight rota show {team:?}`");
            };
            remove_slot(&people, COMMAND_LINE, slot.id).await?;
            say("removed");
        }
        Rota::Away { instance, member, from, to, zone } => {
            let people = Instance::open(Config::read(&instance.config)?).await?.people().await?;
            let id = named(&people, member).await?;
            let (from, to) = (moment(from, zone, 0)?, moment(to, zone, 1)?);
            add_absence(&people, COMMAND_LINE, id, from, to).await?;
            say(format_args!("{member} is away from {} to {}", local(from, zone)?, local(to, zone)?));
        }
        Rota::Back { instance, member, from, zone } => {
            let people = Instance::open(Config::read(&instance.config)?).await?.people().await?;
            let (id, day) = (named(&people, member).await?, moment(from, zone, 0)?);
            let away = absences(&people).await?;
            let Some(absence) = away.iter().find(|away| away.member == id && away.from == day) else {
                bail!("no absence of {member} begins on {from}: see `plainsight rota show`");
            };
            remove_absence(&people, COMMAND_LINE, absence.id).await?;
            say("taken back");
        }
        Rota::Show { instance, team } => {
            let people = Instance::open(Config::read(&instance.config)?).await?.people().await?;
            let team = find_team(&people, team).await?;
            let members = list_members(&people).await?;
            let mut slots = slots(&people, team).await?;
            slots.sort_by_key(|slot| (slot.weekday, slot.from, slot.member));
            let listed = list_teams(&people, people.now()).await?;
            let holds = |member| listed.iter().any(|it| it.id == team && it.holders.contains(&member));
            for slot in &slots {
                let name = members.iter().find(|it| it.member.id == slot.member && !it.closed).map_or(LEFT, |it| it.member.name.as_str());
                let day = DAYS.get(usize::from(slot.weekday).wrapping_sub(1)).copied().unwrap_or("?");
                let key = if name == LEFT || holds(slot.member) { "" } else { " (holds no key of the team: cannot open yet)" };
                say(format_args!("{day:<10} {}-{}  {name}{key}", clock(slot.from), clock(slot.to)));
            }
            let zone = slots.first().map_or("UTC", |slot| slot.zone.as_str());
            let now = people.now();
            let on_rota = |member| slots.iter().any(|slot| slot.member == member);
            for away in absences(&people).await?.iter().filter(|away| away.to > now && on_rota(away.member)) {
                let name = members.iter().find(|it| it.member.id == away.member).map_or(LEFT, |it| it.member.name.as_str());
                say(format_args!("away      {} to {}  {name}", local(away.from, zone)?, local(away.to, zone)?));
            }
            let holes = holes(&people, team, now, now + time::Duration::days(7)).await?;
            for hole in &holes {
                say(format_args!("nobody    {} to {} ({zone})", local(hole.from, zone)?, local(hole.to, zone)?));
            }
            if holes.is_empty() {
                say("somebody is on call at every hour of the coming week");
            }
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// Minutes since midnight of `HH:MM`; 24:00 is the end of the day.
pub(crate) fn minutes(text: &str) -> Result<u16> {
    plainsight_people::rota::minutes(text).with_context(|| format!("{text:?} is not a time: write it like 09:30"))
}

/// A moment on the wall clock of a zone; a day alone is its midnight, so many days later.
fn moment(text: &str, zone: &str, days: i32) -> Result<time::OffsetDateTime> {
    let zone = jiff::tz::TimeZone::get(zone).with_context(|| format!("there is no time zone named {zone}"))?;
    let at = match text.parse::<jiff::civil::Date>() {
        Ok(day) if !text.contains('T') => day.checked_add(jiff::Span::new().days(days))?.at(0, 0, 0, 0).to_zoned_datetime(zone)?,
        _ => text
            .parse::<jiff::civil::DateTime>()
            .with_context(|| format!("{text:?} is no day: write it like 2026-12-24, or 2026-12-24T18:00"))?
            .to_zoned_datetime(zone)?,
    };
    Ok(time::OffsetDateTime::from_unix_timestamp(at.timestamp().as_second())?)
}

/// A moment as the clock on the wall shows it.
fn local(moment: time::OffsetDateTime, zone: &str) -> Result<String> {
    let moment = jiff::Timestamp::from_second(moment.unix_timestamp())?.in_tz(zone)?;
    Ok(moment.strftime("%A %Y-%m-%d %H:%M").to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_absence_lasts_to_the_end_of_its_last_day() {
        use time::macros::datetime;
        assert_eq!(moment("2026-07-01", "Europe/London", 0).unwrap(), datetime!(2026-06-30 23:00 UTC));
        assert_eq!(moment("2026-07-01", "Europe/London", 1).unwrap(), datetime!(2026-07-01 23:00 UTC));
        assert_eq!(moment("2026-12-24T18:00", "Europe/London", 1).unwrap(), datetime!(2026-12-24 18:00 UTC));
        for wrong in ["tomorrow", "2026-13-01", "24.12.2026", ""] {
            assert!(moment(wrong, "Europe/London", 0).is_err(), "{wrong}");
        }
    }

    #[test]
    fn times_are_read_as_people_write_them() {
        assert_eq!(minutes("09:30").unwrap(), 570);
        assert_eq!(minutes("24:00").unwrap(), 1440);
        for wrong in ["24:01", "9", "09:60", "-1:00", "nine"] {
            assert!(minutes(wrong).is_err(), "{wrong}");
        }
    }
}
