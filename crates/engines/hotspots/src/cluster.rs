//! A cluster as it is told: where, when, how dense, how likely by chance.

use crate::baseline::Baseline;
use crate::inference::Significance;
use crate::likelihood::Ratio;
use crate::place::Ellipse;
use crate::study::{Extent, Options, Period, Study};
use crate::sweep::{Field, Hit, Room};

/// A zone and time that is denser than the rest.
#[derive(Clone, Debug, PartialEq)]
pub struct Cluster {
    /// Its areas, from the middle outwards.
    pub areas: Vec<u32>,
    /// The middle.
    pub centre: u32,
    /// How far the farthest area is; of an ellipse, its short half axis.
    pub radius: f64,
    /// Its form, where it is no circle.
    pub ellipse: Option<Ellipse>,
    /// The first interval.
    pub from: usize,
    /// The interval after the last.
    pub to: usize,
    /// Cases in it.
    pub observed: u64,
    /// Cases expected in it.
    pub expected: f64,
    /// How many times denser it is than the rest; none where the rest has no case.
    pub relative_risk: Option<f64>,
    /// The log likelihood ratio, without the penalty.
    pub llr: f64,
    /// What is compared with replicates: the ratio with the penalty.
    pub statistic: f64,
    /// How likely something as dense comes about anywhere by chance.
    pub p: f64,
    /// Of a prospective scan: so many intervals pass on average until chance alone gives as much.
    pub recurrence: Option<f64>,
    /// Other zones and times that are exactly as dense: areas, first interval, interval after the last.
    pub tied: Vec<(Vec<u32>, usize, usize)>,
}

/// So many clusters as dense as another are named.
const MOST_TIED: usize = 20;

pub(crate) fn describe(
    study: &Study<'_>,
    field: &Field,
    (cells, taken): (&[u32], &[bool]),
    statistic: f64,
    hit: Hit,
    options: &Options,
    significance: &Significance,
) -> Cluster {
    let ring = &field.zones.rings[hit.ring as usize];
    let zone = |hit: &Hit| field.zones.members(&field.zones.rings[hit.ring as usize])[..hit.size as usize].to_vec();
    let areas = zone(&hit);
    let (from, to) = (hit.from as usize, hit.to as usize);
    let count = |cells: &[u32]| -> u64 {
        areas.iter().flat_map(|at| &cells[*at as usize * field.intervals..][from..to]).map(|count| u64::from(*count)).sum()
    };
    let observed = count(cells);
    let all: u64 = cells.iter().map(|count| u64::from(*count)).sum();
    let stride = field.intervals + 1;
    let size: f64 = match &field.baseline {
        Baseline::Sums(sums) => areas.iter().map(|at| sums[*at as usize * stride + to] - sums[*at as usize * stride + from]).sum(),
        Baseline::Margins { rows, columns, all } => {
            let held: u64 = areas.iter().map(|at| u64::from(rows[*at as usize])).sum();
            held as f64 * f64::from(columns[to] - columns[from]) / all
        }
    };
    let expected = match field.levels.ratio() {
        Ratio::Poisson(_) => size,
        Ratio::Bernoulli(all, everybody) => size * all / everybody,
    };
    let (rest, rest_expected) = ((all - observed) as f64, all as f64 - expected);
    let risk = observed as f64 / expected / (rest / rest_expected);
    let mut sorted = areas.clone();
    sorted.sort_unstable();
    let mut seen = vec![(sorted, from, to)];
    let mut tied = Vec::new();
    let bar = statistic * (1.0 - 1e-9);
    field.sweep(cells, Some(taken), &mut Room::default(), bar, |ratio, other| {
        if ratio >= bar && seen.len() <= MOST_TIED {
            let areas = zone(&other);
            let mut key = (areas.clone(), other.from as usize, other.to as usize);
            key.0.sort_unstable();
            if !seen.contains(&key) {
                tied.push((areas, key.1, key.2));
                seen.push(key);
            }
        }
        bar
    });
    let places = study.places;
    let farthest = areas.last().copied().unwrap_or(ring.centre) as usize;
    let (middle, edge) = (&places[ring.centre as usize], &places[farthest]);
    let radius = match (options.extent, ring.ellipse) {
        (Extent::Time, _) => 0.0,
        (_, Some(ellipse)) => ellipse.far(middle, edge),
        (_, None) => middle.far(edge, study.coordinates),
    };
    // Areas that hold nobody and nothing were left out of the search: they lie in the cluster all the same.
    let far = |area: usize| match ring.ellipse {
        Some(ellipse) => ellipse.far(middle, &places[area]),
        None => middle.far(&places[area], study.coordinates),
    };
    let mut areas = areas;
    if options.extent != Extent::Time {
        let mut empty: Vec<u32> = (0..places.len() as u32)
            .filter(|area| !taken[*area as usize] && !areas.contains(area) && field.is_empty(*area) && far(*area as usize) <= radius)
            .collect();
        areas.append(&mut empty);
        areas.sort_by(|one, other| far(*one as usize).total_cmp(&far(*other as usize)).then(one.cmp(other)));
    }
    let p = significance.p(statistic);
    Cluster {
        centre: ring.centre,
        radius,
        ellipse: ring.ellipse,
        from,
        to,
        observed,
        expected,
        relative_risk: (risk.is_finite()).then_some(risk),
        llr: statistic / ring.weight,
        statistic,
        p,
        recurrence: (options.period == Period::Prospective && options.extent != Extent::Space).then_some(1.0 / p),
        tied,
        areas,
    }
}
