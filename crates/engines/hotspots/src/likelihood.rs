//! Log likelihood ratios of Kulldorff's scan statistic (Kulldorff 1997), for more inside than outside.

/// Poisson: `inside` of `all` cases in a window where `expected` were expected. The permutation model uses the same
/// (Kulldorff et al. 2005). 0 unless there are more than expected.
pub(crate) fn poisson(inside: f64, expected: f64, all: f64) -> f64 {
    if inside <= expected || expected <= 0.0 || expected >= all {
        return 0.0;
    }
    let rest = all - inside;
    inside * (inside / expected).ln() + if rest > 0.0 { rest * (rest / (all - expected)).ln() } else { 0.0 }
}

/// Bernoulli: `inside` of `all` cases in a window of `people`, cases and controls, of `everybody`.
pub(crate) fn bernoulli(inside: f64, people: f64, all: f64, everybody: f64) -> f64 {
    let (rest, others) = (all - inside, everybody - people);
    if people <= 0.0 || others <= 0.0 || inside * others <= rest * people {
        return 0.0;
    }
    let part = |count: f64, of: f64| if count > 0.0 { count * (count / of).ln() } else { 0.0 };
    part(inside, people) + part(people - inside, people) + part(rest, others) + part(others - rest, others)
        - part(all, everybody)
        - part(everybody - all, everybody)
}

/// Which of the two, with what stays the same in a study.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Ratio {
    /// All cases.
    Poisson(f64),
    /// All cases, and all cases and controls.
    Bernoulli(f64, f64),
}

impl Ratio {
    /// The ratio of `inside` cases where `size` were expected, or that many people are.
    pub(crate) fn of(self, inside: u32, size: f64) -> f64 {
        self.at(f64::from(inside), size)
    }

    /// The same, between whole cases as well.
    pub(crate) fn at(self, inside: f64, size: f64) -> f64 {
        match self {
            Self::Poisson(all) => poisson(inside, size, all),
            Self::Bernoulli(all, everybody) => bernoulli(inside, size, all, everybody),
        }
    }

    /// The fewest cases whose ratio can reach `least` in a window of `size` or larger, not fewer than `from`; more than all when none
    /// do. It grows with the size, so a walk over sizes goes on from where it was. Among people, a window that holds so many cases
    /// holds at least as many people.
    pub(crate) fn fewest(self, from: u32, size: f64, least: f64) -> u32 {
        let (Self::Poisson(all) | Self::Bernoulli(all, _)) = self;
        let mut inside = from;
        while f64::from(inside) <= all && self.of(inside, self.at_least(inside, size)) < least {
            inside += 1;
        }
        if f64::from(inside) <= all { inside } else { all as u32 + 1 }
    }

    fn at_least(self, inside: u32, size: f64) -> f64 {
        match self {
            Self::Poisson(_) => size,
            Self::Bernoulli(..) => size.max(f64::from(inside)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_denser_inside_weighs_nothing_and_edges_are_finite() {
        assert_eq!(poisson(3.0, 3.0, 10.0), 0.0);
        assert_eq!(poisson(2.0, 3.0, 10.0), 0.0);
        assert!((poisson(10.0, 5.0, 10.0) - 10.0 * 2.0_f64.ln()).abs() < 1e-12);
        assert_eq!(bernoulli(0.0, 0.0, 5.0, 10.0), 0.0);
        assert_eq!(bernoulli(5.0, 10.0, 5.0, 10.0), 0.0);
        assert!((bernoulli(5.0, 5.0, 5.0, 10.0) - 10.0 * 2.0_f64.ln()).abs() < 1e-12);
    }

    #[test]
    fn the_fewest_that_reach_a_level_are_the_fewest() {
        for ratio in [Ratio::Poisson(60.0), Ratio::Bernoulli(60.0, 150.0)] {
            let mut before = 0;
            for size in [0.5, 3.0, 10.0, 42.0] {
                let fewest = ratio.fewest(0, size, 2.0);
                let reaches = |inside: u32| ratio.of(inside, ratio.at_least(inside, size)) >= 2.0;
                assert!(fewest > 60 || reaches(fewest), "{size}");
                assert!((0..fewest.min(61)).all(|fewer| !reaches(fewer)), "{size}");
                assert!(fewest >= before && fewest <= 60, "{size}: a small window that nothing reaches must not hide larger ones");
                before = fewest;
            }
        }
    }
}
