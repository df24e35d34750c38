//! `plainsight rota ...`: who is on call when.

use std::process::ExitCode;

use anyhow::{Result, bail};

use plainsight_people::acts::member::list_members;
use plainsight_people::acts::rota::{NewSlot, add_slot, holes, remove_slot, slots};
use plainsight_people::rota::Slot;

use super::member::{COMMAND_LINE, named};
use super::team::find_team;
use crate::cli::Rota;
use crate::config::Config;
use crate::instance::Instance;
use crate::say;

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
        Rota::Show { instance, team } => {
            let people = Instance::open(Config::read(&instance.config)?).await?.people().await?;
            let team = find_team(&people, team).await?;
            let members = list_members(&people).await?;
            let mut slots = slots(&people, team).await?;
            slots.sort_by_key(|slot| (slot.weekday, slot.from, slot.member));
            for slot in &slots {
                let name =
                    members.iter().find(|it| it.member.id == slot.member && !it.closed).map_or("(left)", |it| it.member.name.as_str());
                let day = DAYS.get(usize::from(slot.weekday).wrapping_sub(1)).copied().unwrap_or("?");
                say(format_args!("{day:<10} {}-{}  {name}", clock(slot.from), clock(slot.to)));
            }
            let zone = slots.first().map_or("UTC", |slot| slot.zone.as_str());
            let now = people.now();
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
    let parts = text.split_once(':').and_then(|(hours, minutes)| Some((hours.parse::<u16>().ok()?, minutes.parse::<u16>().ok()?)));
    match parts {
        Some((hours, minutes)) if minutes < 60 && (hours < 24 || (hours == 24 && minutes == 0)) => Ok(hours * 60 + minutes),
        _ => bail!("{text:?} is not a time: write it like 09:30"),
    }
}

/// A moment as the clock on the wall shows it.
fn local(moment: time::OffsetDateTime, zone: &str) -> Result<String> {
    let moment = jiff::Timestamp::from_second(moment.unix_timestamp())?.in_tz(zone)?;
    Ok(moment.strftime("%A %Y-%m-%d %H:%M").to_string())
}

fn clock(minutes: u16) -> String {
    format!("{:02}:{:02}", minutes / 60, minutes % 60)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_read_as_people_write_them() {
        assert_eq!(minutes("09:30").unwrap(), 570);
        assert_eq!(minutes("24:00").unwrap(), 1440);
        for wrong in ["24:01", "9", "09:60", "-1:00", "nine"] {
            assert!(minutes(wrong).is_err(), "{wrong}");
        }
    }
}
