//! How unlikely a ratio is by chance.

/// How equal values of data and replicates are counted: against the data, so that a p-value is never too small.
pub const TIE_RULE: &str = "a replicate that equals the data (within one part in a thousand million) counts as exceeding it";

/// How p-values come about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Chance {
    /// The rank among all replicates (Dwass 1957).
    Standard,
    /// Ends when so many replicates exceed the most likely cluster (Besag and Clifford 1991): quick where nothing clusters.
    Sequential {
        /// At least 1.
        exceeding: u32,
    },
    /// A Gumbel distribution fitted to the replicates by moments (Abrams, Kulldorff and Kleinman 2010): tells apart p-values below
    /// what ranks can say.
    Gumbel,
}

impl Chance {
    /// The name that stands in every result.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Self::Standard => "standard Monte Carlo",
            Self::Sequential { .. } => "sequential Monte Carlo with early stop (Besag and Clifford 1991)",
            Self::Gumbel => "Gumbel approximation (Abrams, Kulldorff and Kleinman 2010)",
        }
    }
}

/// The highest ratios of replicates, in the order in which they were drawn.
#[derive(Clone, Debug, PartialEq)]
pub struct Significance {
    /// How p-values come about.
    pub method: Chance,
    /// Of each replicate that counts.
    pub highest: Vec<f64>,
    /// Whether it ended early.
    pub stopped_early: bool,
}

/// Whether a replicate exceeds the data.
pub(crate) fn exceeds(replicate: f64, data: f64) -> bool {
    replicate >= data * (1.0 - 1e-9)
}

impl Significance {
    /// The p-value of a ratio; between 0 and 1, never less than the method can tell.
    #[must_use]
    pub fn p(&self, ratio: f64) -> f64 {
        let count = self.highest.len() as f64;
        if self.method == Chance::Gumbel {
            return self.gumbel(ratio);
        }
        let exceeding = self.highest.iter().filter(|highest| exceeds(**highest, ratio)).count() as f64;
        if self.stopped_early { (exceeding / count).min(1.0) } else { (exceeding + 1.0) / (count + 1.0) }
    }

    /// The ratio that is exceeded by chance with this probability; none when there are too few replicates.
    #[must_use]
    pub fn critical(&self, probability: f64) -> Option<f64> {
        let mut sorted = self.highest.clone();
        sorted.sort_unstable_by(|one, other| other.total_cmp(one));
        let rank = ((sorted.len() + 1) as f64 * probability).floor() as usize;
        sorted.get(rank.checked_sub(1)?).copied()
    }

    fn gumbel(&self, ratio: f64) -> f64 {
        const EULER: f64 = 0.577_215_664_901_532_9;
        let count = self.highest.len() as f64;
        let mean = self.highest.iter().sum::<f64>() / count;
        let variance = self.highest.iter().map(|highest| (highest - mean).powi(2)).sum::<f64>() / (count - 1.0).max(1.0);
        let scale = (6.0 * variance).sqrt() / std::f64::consts::PI;
        if scale <= 0.0 {
            return if ratio > mean { 1.0 / (count + 1.0) } else { 1.0 };
        }
        let reduced = (ratio - (mean - EULER * scale)) / scale;
        // 1 - exp(-exp(-x)), exact where it is tiny.
        (-(-(-reduced).exp()).exp_m1()).clamp(f64::MIN_POSITIVE, 1.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranks_count_ties_against_the_data() {
        let significance = Significance { method: Chance::Standard, highest: vec![1.0, 2.0, 3.0, 4.0], stopped_early: false };
        assert_eq!([0.5, 3.0, 5.0].map(|ratio| significance.p(ratio)), [1.0, 0.6, 0.2]);
        assert_eq!(significance.critical(0.2), Some(4.0));
        assert_eq!(significance.critical(0.1), None);
    }

    #[test]
    fn a_gumbel_tail_falls_and_never_leaves_zero_to_one() {
        let highest: Vec<f64> = (1..100).map(|at| 5.0 - (-(f64::from(at) / 100.0).ln()).ln()).collect();
        let gumbel = Significance { method: Chance::Gumbel, highest, stopped_early: false };
        assert!((gumbel.p(5.0) - (1.0 - (-1.0_f64).exp())).abs() < 0.05, "{}", gumbel.p(5.0));
        assert!(gumbel.p(20.0) < 1e-5 && gumbel.p(20.0) > 0.0 && gumbel.p(1e9) > 0.0 && gumbel.p(-1e9) <= 1.0);
        let flat = Significance { method: Chance::Gumbel, highest: vec![0.0; 9], stopped_early: false };
        assert_eq!([flat.p(0.0), flat.p(1.0)], [1.0, 0.1]);
    }
}
