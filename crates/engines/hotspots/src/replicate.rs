//! Draws what the data would be if nothing clustered.

use crate::random::Random;

/// How replicates are drawn.
#[derive(Debug)]
pub(crate) enum Null {
    /// Each case falls into a cell with the probability that is expected of it; sums of them.
    Poisson { cases: usize, sums: Sums },
    /// The cells of all cases and controls: which of them are cases is drawn.
    Bernoulli { cases: usize, people: Vec<u32> },
    /// Areas and times of all cases: times are shuffled.
    Permutation { areas: Vec<u32>, times: Vec<u32>, intervals: usize },
}

/// What is expected of cells, summed up, with a guide into the sums: a draw looks at one or two of them (Chen and Asau 1974).
#[derive(Debug)]
pub(crate) struct Sums {
    sums: Vec<f64>,
    guide: Vec<u32>,
}

impl Sums {
    pub(crate) fn new(sums: Vec<f64>) -> Self {
        let all = sums.last().copied().unwrap_or_default();
        let guide = (0..sums.len()).map(|part| sums.partition_point(|sum| *sum <= part as f64 / sums.len() as f64 * all) as u32).collect();
        Self { sums, guide }
    }

    /// The cell at a share of all, from 0 to below 1.
    fn cell(&self, share: f64) -> usize {
        let place = share * self.sums.last().copied().unwrap_or_default();
        let guess = self.guide[((share * self.guide.len() as f64) as usize).min(self.guide.len() - 1)] as usize;
        let on = self.sums[guess.min(self.sums.len() - 1)..].iter().position(|sum| *sum > place).unwrap_or(0);
        // Rounding may put the guide one cell too far.
        let mut cell = (guess + on).min(self.sums.len() - 1);
        while cell > 0 && self.sums[cell - 1] > place {
            cell -= 1;
        }
        cell
    }
}

/// What one thread keeps between two draws.
#[derive(Debug, Default)]
pub(crate) struct Drawn {
    pub(crate) cells: Vec<u32>,
    order: Vec<u32>,
}

impl Null {
    /// Replicate number `at`, into `drawn`; it does not matter which thread draws it, nor after which.
    pub(crate) fn draw(&self, cells: usize, seed: u64, at: u64, drawn: &mut Drawn) {
        let mut random = Random::of(seed, at);
        drawn.cells.clear();
        drawn.cells.resize(cells, 0);
        match self {
            Self::Poisson { cases, sums } => {
                for _ in 0..*cases {
                    drawn.cells[sums.cell(random.below(1 << 53) as f64 / (1_u64 << 53) as f64)] += 1;
                }
            }
            Self::Bernoulli { cases, people } => {
                drawn.order.clone_from(people);
                for at in 0..*cases {
                    let other = at + random.below((people.len() - at) as u64) as usize;
                    drawn.order.swap(at, other);
                    drawn.cells[drawn.order[at] as usize] += 1;
                }
            }
            Self::Permutation { areas, times, intervals } => {
                drawn.order.clone_from(times);
                for (at, area) in areas.iter().enumerate() {
                    let other = at + random.below((times.len() - at) as u64) as usize;
                    drawn.order.swap(at, other);
                    drawn.cells[*area as usize * intervals + drawn.order[at] as usize] += 1;
                }
            }
        }
    }
}
