//! The scan statistic: the zone and time that is densest beyond chance (Kulldorff 1997, 2001; Kulldorff et al. 1998, 2005).

use plainsight_names::Watch;

use crate::cluster::{Cluster, describe};
use crate::field::prepare;
use crate::inference::{Chance, Significance, exceeds};
use crate::replicate::{Drawn, Null};
use crate::share::{Crew, Stopped};
use crate::study::{Options, ScanError, Study};
use crate::sweep::{Field, Room};

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
            field.highest_of_replicate(&drawn.cells, room)
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
