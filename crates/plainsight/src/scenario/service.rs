//! The invented helpline itself: its organisation, teams, members, rota, and what its operator states.

use serde::Deserialize;
use time::Weekday;

use super::error::ScenarioError;

const FILE: &str = "organisation.toml";
const MINUTES_A_DAY: u16 = 24 * 60;

/// An organisation with its people.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Organisation {
    /// Name.
    pub name: String,
    /// The zone it runs.
    pub zone: String,
    /// Teams.
    #[serde(rename = "team")]
    pub teams: Vec<Team>,
    /// Members.
    #[serde(rename = "member")]
    pub members: Vec<Member>,
    /// Shifts in local time.
    #[serde(rename = "shift")]
    pub shifts: Vec<Shift>,
}

/// A team, to whose key contacts are sealed.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Team {
    /// Id.
    pub id: String,
    /// Name.
    pub name: String,
    /// Zone.
    pub zone: String,
    /// Sign-in name of the member who holds the key first and grants it to the others.
    pub first_holder: String,
}

/// What a member may do, in which zone.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Role {
    /// Zone, or `people` for the administration of accounts.
    pub zone: String,
    /// Role.
    pub role: String,
}

/// An invented member of staff. No password is stored: the demo makes one when it is made.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Member {
    /// Sign-in name.
    pub sign_in: String,
    /// Name as colleagues see it.
    pub name: String,
    /// Roles.
    pub roles: Vec<Role>,
    /// Ids of the teams whose key the member holds; none for an administrator.
    pub teams: Vec<String>,
    /// Languages spoken.
    pub languages: Vec<String>,
    /// Pager number, from the drama range.
    pub pager: String,
    /// Address at example.org.
    pub email: String,
}

impl Member {
    /// Whether the member has this role of the zone.
    #[must_use]
    pub fn has_role(&self, zone: &str, role: &str) -> bool {
        self.roles.iter().any(|held| held.zone == zone && held.role == role)
    }
}

/// A shift that returns every week; `to` at or before `from` lies on the next day.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Shift {
    /// Team.
    pub team: String,
    /// Days on which it begins: `mon` to `sun`.
    pub days: Vec<String>,
    /// `HH:MM`, local time.
    pub from: String,
    /// `HH:MM`, local time.
    pub to: String,
    /// `desk`, `on call` or `second on call`.
    pub duty: String,
    /// Sign-in names.
    pub members: Vec<String>,
}

/// One stretch of the rota within one local day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Slot {
    /// Team.
    pub team: String,
    /// Local weekday.
    pub day: Weekday,
    /// Minutes from local midnight.
    pub from: u16,
    /// Minutes from local midnight, at most 1440 (midnight at the end of the day).
    pub to: u16,
    /// `desk`, `on call` or `second on call`.
    pub duty: String,
    /// Sign-in name.
    pub member: String,
}

impl Organisation {
    /// The member who signs in with this name.
    #[must_use]
    pub fn member(&self, sign_in: &str) -> Option<&Member> {
        self.members.iter().find(|member| member.sign_in == sign_in)
    }

    /// The rota as weekly slots, each within one local day: a night shift is cut in two at midnight.
    ///
    /// # Errors
    /// [`ScenarioError::Malformed`] when a day or time cannot be read.
    pub fn slots(&self) -> Result<Vec<Slot>, ScenarioError> {
        let mut slots = Vec::new();
        for shift in &self.shifts {
            let (from, to) = (clock(&shift.from)?, clock(&shift.to)?);
            for name in &shift.days {
                let day = weekday(name)?;
                let parts = if to > from { vec![(day, from, to)] } else { vec![(day, from, MINUTES_A_DAY), (day.next(), 0, to)] };
                for member in &shift.members {
                    slots.extend(parts.iter().filter(|(_, from, to)| from < to).map(|(day, from, to)| Slot {
                        team: shift.team.clone(),
                        day: *day,
                        from: *from,
                        to: *to,
                        duty: shift.duty.clone(),
                        member: member.clone(),
                    }));
                }
            }
        }
        Ok(slots)
    }

    pub(crate) fn check(&self) -> Result<(), ScenarioError> {
        for team in &self.teams {
            let holds = self.member(&team.first_holder).is_some_and(|member| member.teams.contains(&team.id));
            if !holds {
                return Err(ScenarioError::unfit(FILE, format!("the first holder of the team {} is not in it", team.id)));
            }
        }
        for member in &self.members {
            if self.members.iter().filter(|other| other.sign_in == member.sign_in).count() > 1 {
                return Err(ScenarioError::unfit(FILE, format!("the sign-in name \"{}\" stands twice", member.sign_in)));
            }
            if let Some(team) = member.teams.iter().find(|id| !self.teams.iter().any(|team| team.id == **id)) {
                return Err(ScenarioError::unfit(FILE, format!("{} is in the unknown team \"{team}\"", member.sign_in)));
            }
        }
        for slot in self.slots()? {
            let fits = self.member(&slot.member).is_some_and(|member| member.teams.contains(&slot.team));
            if !fits {
                return Err(ScenarioError::unfit(
                    FILE,
                    format!("\"{}\" stands on the rota of the team {} without being in it", slot.member, slot.team),
                ));
            }
        }
        Ok(())
    }
}

fn malformed(problem: String) -> ScenarioError {
    ScenarioError::Malformed { file: FILE.to_owned(), problem }
}

fn weekday(name: &str) -> Result<Weekday, ScenarioError> {
    Ok(match name {
        "mon" => Weekday::Monday,
        "tue" => Weekday::Tuesday,
        "wed" => Weekday::Wednesday,
        "thu" => Weekday::Thursday,
        "fri" => Weekday::Friday,
        "sat" => Weekday::Saturday,
        "sun" => Weekday::Sunday,
        _ => return Err(malformed(format!("\"{name}\" is not a day; write mon, tue, wed, thu, fri, sat or sun"))),
    })
}

fn clock(text: &str) -> Result<u16, ScenarioError> {
    let wrong = || malformed(format!("\"{text}\" is not a time; write it like 08:00"));
    let (hour, minute) = text.split_once(':').ok_or_else(wrong)?;
    let (hour, minute): (u16, u16) = (hour.parse().map_err(|_| wrong())?, minute.parse().map_err(|_| wrong())?);
    if hour > 23 || minute > 59 {
        return Err(wrong());
    }
    Ok(hour * 60 + minute)
}

/// What the operator of the demo states, beside the facts of `routes.toml`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Operator {
    /// Name shown to the public.
    pub name: String,
    /// One line on what it is for.
    pub short_purpose: String,
    /// The neutral title of every public page.
    pub cover_title: String,
    /// Where "Leave now" goes.
    pub leave_page: String,
    /// The operator's own line.
    pub line: Line,
    /// When people read messages.
    pub staffed: Staffed,
    /// Who confirmed the facts of `routes.toml` and until when that holds.
    pub confirmed: Confirmed,
}

/// The operator's own telephone line.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Line {
    /// Drama number.
    pub telephone: String,
    /// Drama number for text messages.
    pub text_message: String,
    /// Address at example.org.
    pub email: String,
}

/// Staffed hours in the form of the jurisdiction files.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Staffed {
    /// Time zone.
    pub zone: String,
    /// Lines such as `mon-sun 08:00-20:00`.
    pub hours: Vec<String>,
}

/// Who confirmed public facts, and for how long.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Confirmed {
    /// Name.
    pub by: String,
    /// Day of the check, `YYYY-MM-DD`.
    pub on: String,
    /// Day by which it must be checked again.
    pub review_by: String,
}
