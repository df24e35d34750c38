//! What comes of looking where was looked: a simulation (Lum and Isaac 2016; Ensign and others 2018).
//!
//! Places of some kinds have a true density that nobody knows. Every week some of them are visited. Finds come from visits, reports from
//! anywhere, at a rate that differs by kind: where people are hidden, few report. When places are ranked by what was counted, those
//! visited first are visited for ever, because only visits find. Ranked by what was counted for how hard anybody looked, they are not.

use crate::effort::{Effort, Looked, effort, quantile};
use crate::explore::{Rule, propose};
use crate::random::Random;

/// A kind of venue in the simulation.
#[derive(Clone, Debug, PartialEq)]
pub struct Kind {
    /// Its name.
    pub name: String,
    /// So many places.
    pub places: usize,
    /// How dense it truly is.
    pub density: f64,
    /// Reports a week from a place of density 1.
    pub reports: f64,
    /// Visits that each place has had before the first week.
    pub visits: f64,
}

/// How places are chosen each week.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Choice {
    /// Those with most counted, in all streams.
    Counts,
    /// By [`effort`], without looking elsewhere.
    Effort(Rule),
    /// By [`effort`], with this share of visits where nobody looked for long.
    Explored(Rule, f64),
}

/// What is simulated.
#[derive(Clone, Debug, PartialEq)]
pub struct World {
    /// Kinds of venues.
    pub kinds: Vec<Kind>,
    /// Places visited each week.
    pub visits: usize,
    /// Finds of a visit to a place of density 1.
    pub finds: f64,
    /// So many weeks.
    pub weeks: usize,
}

impl World {
    /// An invented borough: car washes have been visited for years, and nothing else has.
    #[must_use]
    pub fn usual(weeks: usize) -> Self {
        let kind = |name: &str, places, density, reports, visits| Kind { name: name.to_owned(), places, density, reports, visits };
        Self {
            kinds: vec![
                kind("car washes", 20, 1.0, 0.02, 20.0),
                kind("nail bars", 30, 1.0, 0.02, 0.0),
                kind("building sites", 15, 1.5, 0.02, 0.0),
                kind("farms", 15, 2.0, 0.004, 0.0),
                kind("houses", 40, 1.0, 0.008, 0.0),
            ],
            visits: 10,
            finds: 0.15,
            weeks,
        }
    }
}

/// What came of a choice.
#[derive(Clone, Debug, PartialEq)]
pub struct Course {
    /// By week, the share of visits to each kind.
    pub shares: Vec<Vec<f64>>,
    /// By week, what visits found.
    pub finds: Vec<u32>,
    /// How far the visits of the last quarter of weeks lie from where density is: half the sum of differences between shares of visits
    /// and shares of true density (total variation), from 0 to 1.
    pub apart: f64,
    /// How far visits from then on would be from the densest places: the mean true density of places visited, of the last quarter.
    pub density: f64,
}

/// The share of all true density that each kind has.
#[must_use]
pub fn truth(world: &World) -> Vec<f64> {
    let all: f64 = world.kinds.iter().map(|kind| kind.places as f64 * kind.density).sum();
    world.kinds.iter().map(|kind| kind.places as f64 * kind.density / all).collect()
}

/// Simulates weeks of visits. The same seed gives the same course.
#[must_use]
pub fn simulate(world: &World, choice: Choice, seed: u64) -> Course {
    let mut random = Random::new(seed);
    let kinds: Vec<usize> = world.kinds.iter().enumerate().flat_map(|(at, kind)| std::iter::repeat_n(at, kind.places)).collect();
    // Places of a kind differ: a gamma distribution of shape 2.
    let density: Vec<f64> = kinds.iter().map(|kind| world.kinds[*kind].density * quantile(2.0, uniform(&mut random)) / 2.0).collect();
    let mut places: Vec<Looked> = kinds
        .iter()
        .zip(&density)
        .map(|(kind, density)| {
            let visits = world.kinds[*kind].visits;
            let found = poisson(visits * world.finds * density, &mut random);
            Looked { found, visits, exposure: 1.0, days_since: (visits > 0.0).then_some(7), ..Looked::default() }
        })
        .collect();
    let (mut shares, mut finds, mut dense) = (Vec::new(), Vec::new(), Vec::new());
    for week in 0..world.weeks as u64 {
        for (place, (kind, density)) in places.iter_mut().zip(kinds.iter().zip(&density)) {
            place.reported += poisson(world.kinds[*kind].reports * density, &mut random);
            place.days_since = place.days_since.map(|days| days + 7);
        }
        let chosen = choose(&places, world.visits, choice, seed.wrapping_add(week));
        let mut share = vec![0.0; world.kinds.len()];
        let mut found = 0;
        for area in &chosen {
            let now = poisson(world.finds * density[*area], &mut random);
            let place = &mut places[*area];
            (place.found, place.visits, place.days_since) = (place.found + now, place.visits + 1.0, Some(0));
            share[kinds[*area]] += 1.0 / chosen.len() as f64;
            found += now;
        }
        dense.push(chosen.iter().map(|area| density[*area]).sum::<f64>() / chosen.len().max(1) as f64);
        shares.push(share);
        finds.push(found);
    }
    let last = world.weeks.div_ceil(4).max(1);
    let late = &shares[world.weeks.saturating_sub(last)..];
    let mean = |kind: usize| late.iter().map(|share| share[kind]).sum::<f64>() / late.len().max(1) as f64;
    let apart = truth(world).iter().enumerate().map(|(kind, truth)| (mean(kind) - truth).abs()).sum::<f64>() / 2.0;
    let late = &dense[world.weeks.saturating_sub(last)..];
    Course { apart, density: late.iter().sum::<f64>() / late.len().max(1) as f64, shares, finds }
}

fn choose(places: &[Looked], count: usize, choice: Choice, seed: u64) -> Vec<usize> {
    let by = |rule, explore| {
        let known: Option<Effort> = effort(places).ok();
        known.map(|known| propose(places, &known, count, explore, rule, seed).iter().map(|proposal| proposal.area).collect())
    };
    let chosen: Option<Vec<usize>> = match choice {
        Choice::Counts => None,
        Choice::Effort(rule) => by(rule, 0.0),
        Choice::Explored(rule, explore) => by(rule, explore),
    };
    chosen.unwrap_or_else(|| {
        let mut order: Vec<usize> = (0..places.len()).collect();
        order.sort_by_key(|place| std::cmp::Reverse(places[*place].reported + places[*place].third_party + places[*place].found));
        order.truncate(count);
        order
    })
}

fn uniform(random: &mut Random) -> f64 {
    (random.below(1 << 53) as f64 + 0.5) / (1_u64 << 53) as f64
}

/// A draw of a Poisson distribution, by its steps: what is expected here is small.
fn poisson(mean: f64, random: &mut Random) -> u32 {
    let (mut left, mut count) = (uniform(random) - (-mean).exp(), 0);
    let mut part = (-mean).exp();
    while left > 0.0 && count < 1000 {
        count += 1;
        part *= mean / f64::from(count);
        left -= part;
    }
    count
}
