//! What a week of visits consists of: plain data, without a field for anything but the work. Times are seconds from the plan's beginning.

use serde::{Deserialize, Serialize};

/// Seconds from the beginning of the plan, or a length in seconds.
pub type Seconds = i32;

/// From one moment to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Window {
    /// The first moment.
    pub from: Seconds,
    /// The last moment.
    pub to: Seconds,
}

/// So many members of a team must have a skill: a language, a credential, a role.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Need {
    /// As members name it.
    pub skill: String,
    /// So many at least.
    pub count: u32,
}

/// What a visit takes of a shared resource.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Use {
    /// The resource's name.
    pub resource: String,
    /// So much of it.
    pub amount: u32,
}

/// A visit that stays with a shift, whatever else changes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pin {
    /// The shift's name.
    pub shift: String,
    /// When it begins, where that stays too.
    pub start: Option<Seconds>,
}

/// A visit that somebody would like to be made.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Visit {
    /// Its name, once in a plan.
    pub id: String,
    /// Its row in the table of travel.
    pub place: usize,
    /// What making it is worth; more is better.
    pub value: u32,
    /// How long it takes.
    pub seconds: Seconds,
    /// When it may begin.
    pub windows: Vec<Window>,
    /// Skills that the members of its team must have, in sum.
    pub needs: Vec<Need>,
    /// Skills that nobody in its team may have (a charity worker at a warrant).
    pub bars: Vec<String>,
    /// Languages that would help, and are not needed.
    pub helped_by: Vec<String>,
    /// People who must not make it: a conflict of interest.
    pub conflicts: Vec<String>,
    /// What kind it is, for quotas: welfare, warrant, a kind of venue.
    pub kind: String,
    /// Where it is, for quotas.
    pub area: String,
    /// What it takes of shared resources.
    pub uses: Vec<Use>,
    /// Where it stays.
    pub pin: Option<Pin>,
}

/// A member of a team.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    /// The name, once in a plan.
    pub id: String,
    /// Skills, credentials and languages in which they can work.
    pub skills: Vec<String>,
    /// Works only beside a colleague who need not be accompanied (an officer of another country).
    pub accompanied: bool,
}

/// A pause that a team makes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Break {
    /// It begins no earlier.
    pub from: Seconds,
    /// It begins no later.
    pub to: Seconds,
    /// So long.
    pub seconds: Seconds,
}

/// A team on a day.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shift {
    /// The name, once in a plan.
    pub id: String,
    /// The team.
    pub team: String,
    /// Its members by name.
    pub members: Vec<String>,
    /// Where it begins and ends: a row in the table of travel.
    pub base: usize,
    /// It leaves the base no earlier.
    pub start: Seconds,
    /// It is back no later.
    pub end: Seconds,
    /// Pauses in order.
    pub breaks: Vec<Break>,
    /// The most seconds of visits in it.
    pub most: Option<Seconds>,
}

/// What binds visits to each other. Visits are named by their row.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Rule {
    /// One only after another that is made: from its end until the next begins pass `least` to `most` seconds.
    Before {
        /// The one before.
        first: usize,
        /// The one after.
        then: usize,
        /// The shortest gap.
        least: Seconds,
        /// The longest gap.
        most: Seconds,
    },
    /// All or none, beginning at the same moment, each by another team: joint visits, simultaneous warrants.
    Together(Vec<usize>),
    /// Not both by the same team.
    Apart(usize, usize),
}

/// How many visits of a kind, in an area, in a time.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Quota {
    /// Visits of this kind; of any when none.
    pub kind: Option<String>,
    /// Visits in this area; in any when none.
    pub area: Option<String>,
    /// So many come before all value ("welfare visits first").
    pub least: u32,
    /// Never more.
    pub most: Option<u32>,
}

/// How a resource is used up.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Supplied {
    /// So much at any moment (interpreters booked); a visit lies wholly in one time of supply.
    AtOnce,
    /// So much in all in each time of supply (beds of a night, hours of a host force).
    InAll,
}

/// Something limited that visits share.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Resource {
    /// The name, once in a plan.
    pub id: String,
    /// How it is used up.
    pub supplied: Supplied,
    /// When there is how much of it.
    pub supply: Vec<(Window, u32)>,
}

/// How long ways take, in seconds, from every place (row) to every place (column).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Travel {
    /// So many places.
    pub places: usize,
    /// Row by row.
    pub seconds: Vec<Seconds>,
}

impl Travel {
    /// The way from one place to another. A way that the table lacks is endless.
    #[must_use]
    pub fn way(&self, from: usize, to: usize) -> Seconds {
        self.seconds.get(from * self.places + to).copied().unwrap_or(FAR)
    }

    /// Ways along great circles (degrees of latitude and longitude), longer by a road factor, at a speed in kilometres an hour.
    #[must_use]
    pub fn great_circle(places: &[(f64, f64)], road_factor: f64, speed: f64) -> Self {
        const EARTH: f64 = 6371.0;
        let way = |one: &(f64, f64), other: &(f64, f64)| {
            let (north, east) = ((other.0 - one.0).to_radians() / 2.0, (other.1 - one.1).to_radians() / 2.0);
            let part = north.sin().powi(2) + one.0.to_radians().cos() * other.0.to_radians().cos() * east.sin().powi(2);
            let kilometres = 2.0 * EARTH * part.clamp(0.0, 1.0).sqrt().asin() * road_factor;
            ((kilometres / speed * 3600.0).ceil() as Seconds).min(FAR)
        };
        Self { places: places.len(), seconds: places.iter().flat_map(|one| places.iter().map(move |other| way(one, other))).collect() }
    }
}

/// Further than any way.
pub(crate) const FAR: Seconds = 100_000_000;

/// All of it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Problem {
    /// What could be visited.
    pub visits: Vec<Visit>,
    /// Who there is.
    pub people: Vec<Person>,
    /// Which team works when.
    pub shifts: Vec<Shift>,
    /// What binds visits.
    pub rules: Vec<Rule>,
    /// How many of a kind.
    pub quotas: Vec<Quota>,
    /// What is limited.
    pub resources: Vec<Resource>,
    /// The most seconds of visits that a team makes in all.
    pub hours: Vec<(String, Seconds)>,
    /// How long ways take.
    pub travel: Travel,
}

/// A visit in a plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stop {
    /// The visit's row.
    pub visit: usize,
    /// When it begins.
    pub start: Seconds,
}

/// A shift's work in a plan.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Route {
    /// In order.
    pub stops: Vec<Stop>,
    /// When each of the shift's breaks begins, where it has any visits.
    pub breaks: Vec<Seconds>,
}

/// What a plan is worth, the first first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Worth {
    /// Visits that quotas miss.
    pub missed: u32,
    /// The value of what is visited.
    pub value: u64,
    /// Visits made with every language that would help.
    pub languages: u32,
    /// Visits that changed their shift, where a plan follows another.
    pub changed: u32,
    /// How unevenly work lies on teams: 0 when all work the same share of their time.
    pub unfair: f64,
    /// Seconds on the way.
    pub travel: i64,
}

/// A plan: a route for each shift, in the order of shifts.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Plan {
    /// One a shift.
    pub routes: Vec<Route>,
    /// What it is worth.
    pub worth: Worth,
}

impl Plan {
    /// The shift and start of each visit that is made.
    #[must_use]
    pub fn made(&self, visits: usize) -> Vec<Option<(usize, Seconds)>> {
        let mut made = vec![None; visits];
        for (shift, route) in self.routes.iter().enumerate() {
            for stop in &route.stops {
                if let Some(place) = made.get_mut(stop.visit) {
                    *place = Some((shift, stop.start));
                }
            }
        }
        made
    }
}
