//! The scan statistic: the zone and time that is densest beyond chance (Kulldorff 1997, 2001; Kulldorff et al. 1998, 2005).

use plainsight_names::Watch;

use crate::baseline::{Baseline, Ending, Levels};
use crate::inference::{Chance, Significance, exceeds};
use crate::likelihood::Ratio;
use crate::place::{Coordinates, Ellipse, Place};
use crate::replicate::{Drawn, Null};
use crate::share::{Crew, Stopped};
use crate::sweep::{Field, Hit, Room};
use crate::zones::Zones;

/// Counts by area and interval, area by area, with what they are compared with.
#[derive(Clone, Copy, Debug)]
pub enum Counts<'a> {
    /// Cases against expected cases ([`crate::expected`]); these are scaled to add up to the cases.
    Poisson {
        /// Cases.
        cases: &'a [u32],
        /// Expected cases, in any unit.
        expected: &'a [f64],
    },
    /// Cases against controls.
    Bernoulli {
        /// Cases.
        cases: &'a [u32],
        /// Controls.
        controls: &'a [u32],
    },
    /// Cases alone: dense in space and time together, whatever areas and days are like by themselves.
    Permutation {
        /// Cases.
        cases: &'a [u32],
    },
}

/// What is looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Extent {
    /// A zone, in all time.
    Space,
    /// A time, in all areas.
    Time,
    /// A zone and a time.
    SpaceTime,
}

/// Which times count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Period {
    /// Any.
    Retrospective,
    /// Those that go on at the end.
    Prospective,
}

/// How large a cluster may be.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Limits {
    /// Of what is expected, of people or, in the permutation model, of cases: no more than this share; more than 0, at most 1.
    pub share: f64,
    /// No farther from the middle, in kilometres or the unit of the plane.
    pub reach: Option<f64>,
    /// No fewer intervals; at least 1.
    pub shortest: usize,
    /// No more intervals; half of all when left out.
    pub longest: Option<usize>,
    /// No fewer cases; at least 1, and 2 with SaTScan.
    pub cases: u32,
}

impl Default for Limits {
    fn default() -> Self {
        Self { share: 0.5, reach: None, shortest: 1, longest: None, cases: 2 }
    }
}

/// What is scanned.
#[derive(Clone, Copy, Debug)]
pub struct Study<'a> {
    /// Middles of the areas.
    pub places: &'a [Place],
    /// How they are given.
    pub coordinates: Coordinates,
    /// How many intervals there are; 1 for space alone.
    pub intervals: usize,
    /// What was counted.
    pub counts: Counts<'a>,
}

/// How it is scanned.
#[derive(Clone, Debug, PartialEq)]
pub struct Options {
    /// What is looked for.
    pub extent: Extent,
    /// Which times count.
    pub period: Period,
    /// How large a cluster may be.
    pub limits: Limits,
    /// Ellipses beside circles; on a plane only.
    pub ellipses: Vec<Ellipse>,
    /// How much less long ellipses count: 0 none, 0.5 some, 1 much.
    pub penalty: f64,
    /// At most so many replicates; at least 1.
    pub replicates: usize,
    /// How p-values come about.
    pub p_values: Chance,
    /// At most so many clusters.
    pub clusters: usize,
    /// The same seed gives the same answer.
    pub seed: u64,
    /// How many threads work; the answer does not depend on it.
    pub threads: usize,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            extent: Extent::SpaceTime,
            period: Period::Retrospective,
            limits: Limits::default(),
            ellipses: Vec::new(),
            penalty: 0.5,
            replicates: 999,
            p_values: Chance::Standard,
            clusters: 10,
            seed: 1,
            threads: 1,
        }
    }
}

/// Why there is no answer.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum ScanError {
    /// Tables of the wrong size.
    #[error("{what} has {has} cells, and {needs} are needed: one for each area and interval")]
    Size {
        /// Which.
        what: &'static str,
        /// Its size.
        has: usize,
        /// The right size.
        needs: usize,
    },
    /// Nothing to look for.
    #[error("there are {0} cases: at least two are needed, in at least one area and interval")]
    Few(u64),
    /// More than can be counted.
    #[error("there are {0} cases or people, more than can be counted: take larger units")]
    Many(u64),
    /// No place.
    #[error("area {0} lies nowhere: give finite coordinates, latitudes from -90 to 90 and longitudes from -180 to 180")]
    Place(usize),
    /// Ellipses on a globe.
    #[error("ellipses need a plane: give planar coordinates, or circles alone")]
    Ellipse,
    /// Expected cases that are no numbers.
    #[error("what is expected of area {area} in interval {interval} is no number of cases")]
    Expected {
        /// The area.
        area: usize,
        /// The interval.
        interval: usize,
    },
    /// Cases where there can be none.
    #[error("area {area} has cases in interval {interval}, and nobody they could come from: give its population")]
    Nobody {
        /// The area.
        area: usize,
        /// The interval.
        interval: usize,
    },
    /// Limits that nothing meets.
    #[error("nothing meets these limits: {0}")]
    Limits(&'static str),
    /// Models and extents that do not go together.
    #[error("the permutation model needs space and time: it compares areas by when their cases came")]
    Permutation,
    /// Somebody stopped it.
    #[error("stopped as asked")]
    Cancelled,
}

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

/// The answer.
#[derive(Clone, Debug, PartialEq)]
pub struct Outcome {
    /// From the densest down; no two share an area. Empty when nothing is denser than expected.
    pub clusters: Vec<Cluster>,
    /// The replicates, and how p-values come from them.
    pub significance: Significance,
    /// Cases in all.
    pub cases: u64,
    /// How many zones there are in how many windows of time.
    pub zones: u64,
    /// Windows of time.
    pub windows: u64,
}

/// Looks for clusters.
///
/// # Errors
/// When the study or the options do not fit, or somebody stopped it.
pub fn scan(study: &Study<'_>, options: &Options, watch: &dyn Watch) -> Result<Outcome, ScanError> {
    let (field, null, cells) = prepare(study, options)?;
    let mut room = Room::default();
    let (first, hit) = field.highest(cells, None, &mut room);
    let significance = replicate(&field, &null, cells.len(), first, options, watch)?;
    let mut clusters: Vec<Cluster> = Vec::new();
    let mut taken = vec![false; field.areas];
    let mut next = hit.map(|hit| (first, hit));
    while let Some((statistic, hit)) = next {
        let cluster = describe(study, &field, (cells, &taken), statistic, hit, options, &significance);
        for area in &cluster.areas {
            taken[*area as usize] = true;
        }
        clusters.push(cluster);
        if clusters.len() >= options.clusters.max(1) || watch.cancelled() {
            break;
        }
        let (statistic, hit) = field.highest(cells, Some(&taken), &mut room);
        next = hit.map(|hit| (statistic, hit));
    }
    let cases = cells.iter().map(|count| u64::from(*count)).sum();
    let zones =
        field.zones.rings.iter().map(|ring| (field.zones.members(ring).len() as u64 + 1).saturating_sub(u64::from(ring.least))).sum();
    Ok(Outcome { clusters, significance, cases, zones, windows: field.windows.len() as u64 })
}

/// Replicates in portions, so that an early stop comes at the same one on any number of threads.
fn replicate(
    field: &Field,
    null: &Null,
    cells: usize,
    first: f64,
    options: &Options,
    watch: &dyn Watch,
) -> Result<Significance, ScanError> {
    const PORTION: usize = 128;
    let mut highest: Vec<f64> = Vec::with_capacity(options.replicates);
    let mut stopped_early = false;
    while highest.len() < options.replicates && !stopped_early {
        let begun = highest.len();
        let portion = match options.p_values {
            Chance::Sequential { .. } => PORTION.min(options.replicates - begun),
            _ => options.replicates,
        };
        let work = |(drawn, room): &mut (Drawn, Room), at: usize| {
            null.draw(cells, options.seed, (begun + at) as u64, drawn);
            field.highest(&drawn.cells, None, room).0
        };
        let crew = Crew { stage: "replicates", threads: options.threads, watch };
        highest.extend(crew.each(portion, Default::default, work).map_err(|Stopped| ScanError::Cancelled)?);
        if let Chance::Sequential { exceeding } = options.p_values {
            let mut so_many = 0;
            if let Some(end) = highest.iter().position(|replicate| {
                so_many += u32::from(exceeds(*replicate, first));
                so_many >= exceeding.max(1)
            }) && end + 1 < options.replicates
            {
                highest.truncate(end + 1);
                stopped_early = true;
            }
        }
    }
    Ok(Significance { method: options.p_values, highest, stopped_early })
}

fn describe(
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

/// So many clusters as dense as another are named.
const MOST_TIED: usize = 20;

fn total(counts: &[u32]) -> Result<u64, ScanError> {
    let total = counts.iter().map(|count| u64::from(*count)).sum();
    if total > u64::from(u32::MAX / 2) { Err(ScanError::Many(total)) } else { Ok(total) }
}

fn prefix<T: Copy + Into<f64>>(cells: &[T], intervals: usize) -> Vec<f64> {
    let rows = cells.chunks_exact(intervals).flat_map(|row| {
        let mut sum = 0.0;
        std::iter::once(0.0).chain(row.iter().map(move |cell| {
            sum += (*cell).into();
            sum
        }))
    });
    rows.collect()
}

fn prepare<'a>(study: &Study<'a>, options: &Options) -> Result<(Field, Null, &'a [u32]), ScanError> {
    let (areas, intervals) = (study.places.len(), study.intervals);
    let needs = areas * intervals;
    let sized = |what, has: usize| if has == needs { Ok(()) } else { Err(ScanError::Size { what, has, needs }) };
    let (Counts::Poisson { cases, .. } | Counts::Bernoulli { cases, .. } | Counts::Permutation { cases }) = study.counts;
    sized("the table of cases", cases.len())?;
    let all = total(cases)?;
    if all < 2 {
        return Err(ScanError::Few(all));
    }
    if let Some(at) = study.places.iter().position(|place| !place.valid(study.coordinates)) {
        return Err(ScanError::Place(at));
    }
    let windows = windows(intervals, options)?;
    if !(options.limits.share > 0.0 && options.limits.share <= 1.0) {
        return Err(ScanError::Limits("a share is more than 0 and at most 1"));
    }
    if options.limits.reach.is_some_and(|reach| reach.is_nan() || reach < 0.0) {
        return Err(ScanError::Limits("a distance is 0 or more"));
    }
    if options.replicates == 0 {
        return Err(ScanError::Limits("at least one replicate is needed"));
    }
    if !options.ellipses.is_empty() && study.coordinates == Coordinates::Degrees {
        return Err(ScanError::Ellipse);
    }
    if options.ellipses.iter().any(|form| !(form.ratio >= 1.0 && form.ratio.is_finite() && form.angle.is_finite()))
        || !options.penalty.is_finite()
    {
        return Err(ScanError::Limits("an ellipse is at least as long as wide, and its penalty a number"));
    }
    let people_of = |cases: &[u32]| cases.chunks_exact(intervals).map(|row| row.iter().map(|count| f64::from(*count)).sum()).collect();
    let (baseline, ratio, null, sizes): (_, _, _, Vec<f64>) = match study.counts {
        Counts::Poisson { expected, .. } => {
            sized("the table of expected cases", expected.len())?;
            let (baseline, null) = poisson(cases, expected, intervals, all)?;
            let sizes = match &baseline {
                Baseline::Sums(sums) => sums.chunks_exact(intervals + 1).filter_map(|row| row.last().copied()).collect(),
                Baseline::Margins { .. } => Vec::new(),
            };
            (baseline, Ratio::Poisson(all as f64), null, sizes)
        }
        Counts::Bernoulli { controls, .. } => {
            sized("the table of controls", controls.len())?;
            total(controls)?;
            let people: Vec<u32> = cases.iter().zip(controls).map(|(cases, controls)| cases + controls).collect();
            let everybody = total(&people)?;
            let each = (0_u32..).zip(&people).flat_map(|(cell, count)| std::iter::repeat_n(cell, *count as usize)).collect();
            let null = Null::Bernoulli { cases: all as usize, people: each };
            (Baseline::Sums(prefix(&people, intervals)), Ratio::Bernoulli(all as f64, everybody as f64), null, people_of(&people))
        }
        Counts::Permutation { .. } => {
            if options.extent != Extent::SpaceTime || intervals < 2 {
                return Err(ScanError::Permutation);
            }
            let (baseline, null) = permutation(cases, intervals, all);
            (baseline, Ratio::Poisson(all as f64), null, people_of(cases))
        }
    };
    let most = options.limits.share * sizes.iter().sum::<f64>();
    let mut zones = match options.extent {
        Extent::Time => Zones::whole(areas),
        _ => Zones::around(study.places, study.coordinates, (&options.ellipses, options.penalty), &sizes, (most, options.limits.reach)),
    };
    let least = options.limits.cases.max(1);
    let mut ending = None;
    if let Baseline::Margins { columns, .. } = &baseline
        && options.period == Period::Prospective
        && all <= u64::from(u16::MAX / 2)
    {
        let of_all = windows.iter().map(|(from, to)| columns[*to as usize] - columns[*from as usize]).collect();
        ending = Some(Ending::new(ratio, least, of_all, (most * (1.0 + 1e-9)) as usize, all as f64));
    }
    if options.extent != Extent::Time && matches!(baseline, Baseline::Margins { .. }) {
        zones.without_empty(&sizes);
    }
    Ok((Field { zones, areas, intervals, windows, baseline, levels: Levels::new(ratio, least), ending }, null, cases))
}

fn poisson(cases: &[u32], expected: &[f64], intervals: usize, all: u64) -> Result<(Baseline, Null), ScanError> {
    let place = |at: usize| (at / intervals, at % intervals);
    if let Some((area, interval)) = expected.iter().position(|cell| !(cell.is_finite() && *cell >= 0.0)).map(place) {
        return Err(ScanError::Expected { area, interval });
    }
    if let Some((area, interval)) = cases.iter().zip(expected).position(|(cases, expected)| *cases > 0 && *expected <= 0.0).map(place) {
        return Err(ScanError::Nobody { area, interval });
    }
    let scale = all as f64 / expected.iter().sum::<f64>();
    let scaled: Vec<f64> = expected.iter().map(|cell| cell * scale).collect();
    let mut sum = 0.0;
    let sums = scaled.iter().map(|cell| {
        sum += cell;
        sum
    });
    let null = Null::Poisson { cases: all as usize, sums: sums.collect() };
    Ok((Baseline::Sums(prefix(&scaled, intervals)), null))
}

fn permutation(cases: &[u32], intervals: usize, all: u64) -> (Baseline, Null) {
    let rows = cases.chunks_exact(intervals).map(|row| row.iter().sum()).collect();
    let mut columns = vec![0_u32; intervals + 1];
    let (mut areas, mut times) = (Vec::new(), Vec::new());
    for (area, row) in (0_u32..).zip(cases.chunks_exact(intervals)) {
        for (time, count) in (0_u32..).zip(row) {
            columns[time as usize + 1] += count;
            areas.extend(std::iter::repeat_n(area, *count as usize));
            times.extend(std::iter::repeat_n(time, *count as usize));
        }
    }
    for at in 0..intervals {
        columns[at + 1] += columns[at];
    }
    (Baseline::Margins { rows, columns, all: all as f64 }, Null::Permutation { areas, times, intervals })
}

/// Windows of time, by their ends; those that end today from the shortest.
fn windows(intervals: usize, options: &Options) -> Result<Vec<(u32, u32)>, ScanError> {
    if options.extent == Extent::Space {
        return Ok(vec![(0, intervals as u32)]);
    }
    let shortest = options.limits.shortest.max(1);
    let longest = options.limits.longest.unwrap_or((intervals / 2).max(1));
    if shortest > longest || longest > intervals || intervals < 2 {
        return Err(ScanError::Limits(
            "times have at least two intervals, and the longest cluster is no shorter than the shortest nor longer than all",
        ));
    }
    let first = if options.period == Period::Prospective { intervals } else { 1 };
    let of = |to: usize| (shortest..=longest).filter_map(move |length| Some((to.checked_sub(length)? as u32, to as u32)));
    Ok((first..=intervals).flat_map(of).collect())
}
