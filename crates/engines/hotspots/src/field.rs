//! Makes a study ready: checks it, draws the zones, and lays out what counts are compared with.

use crate::baseline::{Baseline, Levels};
use crate::likelihood::Ratio;
use crate::place::Coordinates;
use crate::replicate::{Null, Sums};
use crate::screen::Screen;
use crate::study::{Counts, Extent, Options, Period, ScanError, Study};
use crate::sweep::Field;
use crate::zones::Zones;

/// Each case and each person is kept and dealt out: more do not fit in the memory of a common machine.
const MOST: u64 = 50_000_000;

fn total(counts: &[u32]) -> Result<u64, ScanError> {
    let total = counts.iter().map(|count| u64::from(*count)).sum();
    if total > MOST { Err(ScanError::Many(total)) } else { Ok(total) }
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

pub(crate) fn prepare<'a>(study: &Study<'a>, options: &Options) -> Result<(Field, Null, &'a [u32]), ScanError> {
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
    if options.extent != Extent::Time && matches!(baseline, Baseline::Margins { .. }) {
        zones.without_empty(&sizes);
    }
    let prospective = options.period == Period::Prospective;
    // For a few windows it is not worth it.
    let screen = if windows.len() > 10 { Screen::new(ratio, least, shares(&baseline, &windows, intervals), prospective) } else { None };
    let levels = Levels::new(ratio, least, screen.is_some());
    Ok((Field { zones, areas, intervals, windows, baseline, levels, screen }, null, cases))
}

/// Between which shares of a zone its windows are, and whether none is smaller.
fn shares(baseline: &Baseline, windows: &[(u32, u32)], intervals: usize) -> (f64, f64, bool) {
    match baseline {
        Baseline::Margins { columns, all, .. } => {
            let least = columns.windows(2).map(|pair| pair[1] - pair[0]).filter(|cases| *cases > 0).min().unwrap_or(1);
            let most = windows.iter().map(|(from, to)| columns[*to as usize] - columns[*from as usize]).max().unwrap_or(1);
            (f64::from(least) / all, f64::from(most) / all, true)
        }
        // The share of a zone lies between those of its areas.
        Baseline::Sums(sums) => {
            let longest = windows.iter().map(|(from, to)| (to - from) as usize).max().unwrap_or(intervals);
            let (mut smallest, mut widest) = (f64::INFINITY, 0.0_f64);
            for row in sums.chunks_exact(intervals + 1) {
                let whole = row[intervals];
                if whole > 0.0 {
                    smallest = row.windows(2).map(|pair| (pair[1] - pair[0]) / whole).fold(smallest, f64::min);
                    widest = row.iter().zip(&row[longest..]).map(|(from, to)| (to - from) / whole).fold(widest, f64::max);
                }
            }
            let sure = smallest > 1e-9;
            (if sure { smallest } else { 0.25 / intervals as f64 }, widest.min(1.0), sure)
        }
    }
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
    let null = Null::Poisson { cases: all as usize, sums: Sums::new(sums.collect()) };
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
