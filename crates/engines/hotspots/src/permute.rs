//! Conditional permutations: how often would the neighbours of a cell hold at least, and at most, what they hold, if all other
//! values were dealt out anew?
//!
//! The value of the cell itself stays (Anselin 1995). Asking each cell by itself takes cells x permutations x neighbours steps.
//! Here one deal serves all cells. A deal is the beginning of a random order of *all* cells; for a cell with k neighbours, the first
//! k of it *other than itself* are k others drawn without replacement, exactly as the condition asks. So the sum of the first k is
//! right for every cell that is not among them: these sums are sorted once for each k, and a cell asks by bisection. The few deals
//! that hold the cell among their first k are put right one by one. That is permutations x neighbours + cells x log(permutations)
//! steps, and the same counts to the last one (a test compares with asking each cell by itself).
//!
//! As in PySAL's esda, cells share the deals, so the p-values of cells lean the same way by chance. Because deals cost next to
//! nothing, take many.

use plainsight_names::Watch;

use crate::local::{LocalError, LocalOptions};
use crate::neighbours::Neighbours;
use crate::random::Random;
use crate::share::Crew;

/// So many drawn numbers are held at a time.
const HELD: usize = 4_000_000;
/// So many deals a thread draws at a time, and so many cells it asks.
const PORTION: usize = 128;
const CELLS: usize = 4096;

/// For every cell, how many deals gave its neighbours at least, and at most, what they hold.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Counts {
    pub(crate) at_least: Vec<u32>,
    pub(crate) at_most: Vec<u32>,
}

/// Deals, `width` cells each, with the sums of their first values for every number of neighbours that occurs.
struct Deals {
    width: usize,
    cells: Vec<u32>,
    /// For each number of neighbours, by deal.
    sums: Vec<Vec<f64>>,
    sorted: Vec<Vec<f64>>,
    /// (cell, deal, place in the deal), sorted.
    held: Vec<(u32, u32, u32)>,
}

/// Counts for all cells. `values` are finite.
pub(crate) fn counts(values: &[f64], neighbours: &Neighbours, options: &LocalOptions, watch: &dyn Watch) -> Result<Counts, LocalError> {
    let cells = values.len();
    let mut counts = Counts { at_least: vec![0; cells], at_most: vec![0; cells] };
    let mut sizes: Vec<usize> = (0..cells).map(|cell| neighbours.of(cell).len()).filter(|size| *size > 0).collect();
    sizes.sort_unstable();
    sizes.dedup();
    let Some(most) = sizes.last() else { return Ok(counts) };
    // Whole numbers stay whole, so that their ties are exact; large offsets go away.
    let shift = (values.iter().sum::<f64>() / cells as f64).round();
    let values: Vec<f64> = values.iter().map(|value| value - shift).collect();
    let largest = values.iter().fold(0.0_f64, |most, value| most.max(value.abs()));
    let block = (HELD / (most + 1)).clamp(PORTION, 16_384);
    let total = options.permutations as usize;
    for begin in (0..total).step_by(block) {
        let deals = deal(&values, &sizes, begin..(begin + block).min(total), options, watch)?;
        let crew = Crew { stage: "comparing cells", threads: options.threads, watch };
        let asked = crew.each(
            cells.div_ceil(CELLS),
            || (),
            |(), portion| {
                let range = portion * CELLS..((portion + 1) * CELLS).min(cells);
                range.map(|cell| deals.ask(cell, neighbours.of(cell), &values, &sizes, largest)).collect::<Vec<_>>()
            },
        )?;
        for (cell, (at_least, at_most)) in asked.into_iter().flatten().enumerate() {
            counts.at_least[cell] += at_least;
            counts.at_most[cell] += at_most;
        }
    }
    Ok(counts)
}

fn deal(
    values: &[f64],
    sizes: &[usize],
    range: std::ops::Range<usize>,
    options: &LocalOptions,
    watch: &dyn Watch,
) -> Result<Deals, LocalError> {
    let width = sizes.last().map_or(0, |most| (most + 1).min(values.len()));
    let crew = Crew { stage: "dealing values", threads: options.threads, watch };
    let count = range.len();
    let drawn = crew.each(
        count.div_ceil(PORTION),
        || (0..values.len() as u32).collect::<Vec<u32>>(),
        |order, portion| {
            let mut cells = Vec::with_capacity(PORTION * width);
            let mut sums = vec![Vec::with_capacity(PORTION); sizes.len()];
            for at in portion * PORTION..((portion + 1) * PORTION).min(count) {
                draw(order, width, Random::of(options.seed, (range.start + at) as u64), &mut cells);
                let row = &cells[cells.len() - width..];
                let (mut sum, mut taken) = (0.0, 0);
                for (size, sums) in sizes.iter().zip(&mut sums) {
                    sum += row[taken..*size].iter().map(|cell| values[*cell as usize]).sum::<f64>();
                    taken = *size;
                    sums.push(sum);
                }
            }
            (cells, sums)
        },
    )?;
    let mut deals = Deals {
        width,
        cells: Vec::with_capacity(count * width),
        sums: vec![Vec::with_capacity(count); sizes.len()],
        sorted: Vec::new(),
        held: Vec::new(),
    };
    for (cells, sums) in drawn {
        deals.cells.extend(cells);
        for (all, more) in deals.sums.iter_mut().zip(sums) {
            all.extend(more);
        }
    }
    deals.sorted = crew.each(
        sizes.len(),
        || (),
        |(), at| {
            let mut sorted = deals.sums[at].clone();
            sorted.sort_unstable_by(f64::total_cmp);
            sorted
        },
    )?;
    let places = |(deal, row): (u32, &[u32])| (0_u32..).zip(row.to_vec()).map(move |(place, cell)| (cell, deal, place)).collect::<Vec<_>>();
    deals.held = (0_u32..).zip(deals.cells.chunks(width.max(1))).flat_map(places).collect();
    deals.held.sort_unstable();
    Ok(deals)
}

/// The beginning of a random order (Fisher and Yates; Durstenfeld 1964); `order` is put back as it was.
fn draw(order: &mut [u32], width: usize, mut random: Random, drawn: &mut Vec<u32>) {
    let swaps: Vec<usize> = (0..width).map(|at| at + random.below((order.len() - at) as u64) as usize).collect();
    for (at, with) in swaps.iter().enumerate() {
        order.swap(at, *with);
    }
    drawn.extend(&order[..width]);
    for (at, with) in swaps.iter().enumerate().rev() {
        order.swap(at, *with);
    }
}

impl Deals {
    fn ask(&self, cell: usize, near: &[u32], values: &[f64], sizes: &[usize], largest: f64) -> (u32, u32) {
        let Ok(size) = sizes.binary_search(&near.len()) else { return (0, 0) };
        let (sums, sorted) = (&self.sums[size], &self.sorted[size]);
        let holds: f64 = near.iter().map(|other| values[*other as usize]).sum();
        // Sums of the same numbers in another order are ties.
        let close = slack(near.len(), largest);
        let (low, high) = (holds - close, holds + close);
        let mut at_least = sorted.len() - sorted.partition_point(|sum| *sum < low);
        let mut at_most = sorted.partition_point(|sum| *sum <= high);
        let first = self.held.partition_point(|(held, _, _)| (*held as usize) < cell);
        let own = self.held[first..].iter().take_while(|(held, _, _)| *held as usize == cell);
        for (_, deal, _) in own.filter(|(_, _, place)| (*place as usize) < near.len()) {
            let sum = sums[*deal as usize];
            let next = self.cells[*deal as usize * self.width + near.len()];
            let right = sum - values[cell] + values[next as usize];
            // Taken out as it was counted, before it goes in as it is.
            at_least = at_least - usize::from(sum >= low) + usize::from(right >= low);
            at_most = at_most - usize::from(sum <= high) + usize::from(right <= high);
        }
        (at_least as u32, at_most as u32)
    }
}

fn slack(size: usize, largest: f64) -> f64 {
    4.0 * f64::EPSILON * (size + 1) as f64 * largest
}

#[cfg(test)]
mod tests {
    use plainsight_names::Unwatched;
    use proptest::prelude::*;

    use super::*;

    /// Each cell by itself: the first k of every deal other than the cell.
    fn one_by_one(values: &[f64], neighbours: &Neighbours, options: &LocalOptions) -> Counts {
        let most = (0..values.len()).map(|cell| neighbours.of(cell).len()).max().unwrap_or(0);
        let mut counts = Counts { at_least: vec![0; values.len()], at_most: vec![0; values.len()] };
        let mut order: Vec<u32> = (0..values.len() as u32).collect();
        for deal in 0..options.permutations {
            let mut drawn = Vec::new();
            draw(&mut order, (most + 1).min(values.len()), Random::of(options.seed, u64::from(deal)), &mut drawn);
            for cell in 0..values.len() {
                let near = neighbours.of(cell);
                if near.is_empty() {
                    continue;
                }
                let sum: f64 =
                    drawn.iter().filter(|other| **other as usize != cell).take(near.len()).map(|other| values[*other as usize]).sum();
                let holds: f64 = near.iter().map(|other| values[*other as usize]).sum();
                counts.at_least[cell] += u32::from(sum >= holds);
                counts.at_most[cell] += u32::from(sum <= holds);
            }
        }
        counts
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]
        #[test]
        fn one_deal_for_all_counts_as_each_cell_by_itself(
            values in prop::collection::vec(-5_i32..20, 1..60), links in prop::collection::vec((0_u32..60, 0_u32..60), 0..200), seed: u64, threads in 1_usize..4,
        ) {
            let values: Vec<f64> = values.into_iter().map(f64::from).collect();
            let mut lists = vec![Vec::new(); values.len()];
            for (one, other) in links {
                if let Some(list) = lists.get_mut(one as usize)
                    && one != other && (other as usize) < values.len() && !list.contains(&other) {
                        list.push(other);
                    }
            }
            let neighbours = Neighbours::lists(&lists).unwrap();
            let options = LocalOptions { permutations: 300, seed, threads, ..LocalOptions::default() };
            prop_assert_eq!(counts(&values, &neighbours, &options, &Unwatched).unwrap(), one_by_one(&values, &neighbours, &options));
        }
    }
}
