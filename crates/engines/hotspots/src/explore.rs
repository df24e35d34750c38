//! Which places to look at next: those that are dense for how hard anybody looked, and some that nobody looked at.

use crate::effort::{Effort, Looked, quantile};
use crate::random::Random;

/// How the dense ones are chosen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Rule {
    /// By the estimated density: the same each time, and easy to explain.
    #[default]
    Density,
    /// Each as often as it is likely to be the densest (Thompson 1933): a draw from what is known of each.
    Draw,
}

/// Why a place is proposed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    /// Dense for how hard anybody looked.
    Dense,
    /// Nobody looked yet.
    Unseen,
    /// Not looked at for longest.
    LongAgo,
}

/// A place to look at.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Proposal {
    /// The row of the area.
    pub area: usize,
    /// Why.
    pub reason: Reason,
    /// Of those that nobody looked at for long: how likely each of them was to be drawn.
    pub drawn: Option<f64>,
}

/// Proposes `count` places. The share `explore` of them, rounded up, goes to places that nobody looked at, drawn so that each of them is
/// as likely as every other, then to those looked at longest ago; without it, what nobody looks at is never looked at. The rest are the
/// densest. The same seed gives the same proposals.
#[must_use]
pub fn propose(areas: &[Looked], effort: &Effort, count: usize, explore: f64, rule: Rule, seed: u64) -> Vec<Proposal> {
    let count = count.min(areas.len());
    let quota = ((count as f64 * explore.clamp(0.0, 1.0)).ceil() as usize).min(count);
    let mut random = Random::new(seed);
    let mut unseen: Vec<usize> = (0..areas.len()).filter(|area| areas[*area].visits <= 0.0).collect();
    let drawn = (quota as f64 / unseen.len().max(1) as f64).min(1.0);
    let mut proposals = Vec::with_capacity(count);
    for at in 0..quota.min(unseen.len()) {
        let other = at + random.below((unseen.len() - at) as u64) as usize;
        unseen.swap(at, other);
        proposals.push(Proposal { area: unseen[at], reason: Reason::Unseen, drawn: Some(drawn) });
    }
    let mut seen: Vec<usize> = (0..areas.len()).filter(|area| areas[*area].visits > 0.0).collect();
    if proposals.len() < quota {
        // A visit that nobody dated may be as old as any. Among equals, the least visited, and then chance.
        let chance: Vec<u64> = areas.iter().map(|_| random.below(u64::MAX)).collect();
        seen.sort_by(|one, other| {
            let old = |area: usize| areas[area].days_since.unwrap_or(u32::MAX);
            old(*other).cmp(&old(*one)).then(areas[*one].visits.total_cmp(&areas[*other].visits)).then(chance[*one].cmp(&chance[*other]))
        });
        let long_ago = seen.iter().take(quota - proposals.len());
        proposals.extend(long_ago.map(|area| Proposal { area: *area, reason: Reason::LongAgo, drawn: None }));
    }
    let score = |area: usize, random: &mut Random| {
        let known = &effort.estimates[area];
        match rule {
            Rule::Density => known.density,
            Rule::Draw => quantile(known.shape, (random.below(1 << 53) as f64 + 0.5) / (1_u64 << 53) as f64) / known.rate,
        }
    };
    let mut taken = vec![false; areas.len()];
    proposals.iter().for_each(|proposal| taken[proposal.area] = true);
    let mut dense: Vec<(f64, usize)> = (0..areas.len()).filter(|area| !taken[*area]).map(|area| (score(area, &mut random), area)).collect();
    dense.sort_by(|one, other| other.0.total_cmp(&one.0).then(one.1.cmp(&other.1)));
    let rest = dense.iter().take(count - proposals.len()).map(|(_, area)| Proposal { area: *area, reason: Reason::Dense, drawn: None });
    let rest: Vec<Proposal> = rest.collect();
    rest.into_iter().chain(proposals).collect()
}
