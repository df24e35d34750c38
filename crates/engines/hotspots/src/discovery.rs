//! False discoveries. Of ten thousand cells where nothing is, five hundred have p < 0.05: what is shown as found must allow for
//! how often was asked.

/// How false discoveries are held down.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Discovery {
    /// Of what is found, this share at most is expected to be false (Benjamini and Hochberg 1995): holds for tests that are
    /// independent or lean the same way, as neighbours do.
    #[default]
    BenjaminiHochberg,
    /// The same under any dependence (Benjamini and Yekutieli 2001): stricter, by about the logarithm of the number of cells.
    BenjaminiYekutieli,
    /// Not at all: each cell by itself.
    Uncontrolled,
}

impl Discovery {
    /// What it is called in results.
    pub fn name(self) -> &'static str {
        match self {
            Self::BenjaminiHochberg => "Benjamini-Hochberg",
            Self::BenjaminiYekutieli => "Benjamini-Yekutieli",
            Self::Uncontrolled => "uncontrolled",
        }
    }

    /// By what a p-value is multiplied beside its place among the others.
    pub(crate) fn factor(self, tests: usize) -> f64 {
        match self {
            Self::BenjaminiYekutieli => (1..=tests).map(|rank| 1.0 / rank as f64).sum(),
            _ => 1.0,
        }
    }
}

/// Adjusted p-values: a test is found at a level when its adjusted p-value is not above it. `p` must hold numbers from 0 to 1.
pub fn adjusted(p: &[f64], discovery: Discovery) -> Vec<f64> {
    if discovery == Discovery::Uncontrolled {
        return p.to_vec();
    }
    let factor = discovery.factor(p.len());
    let mut order: Vec<usize> = (0..p.len()).collect();
    order.sort_unstable_by(|one, other| p[*one].total_cmp(&p[*other]).then(one.cmp(other)));
    let mut adjusted = vec![1.0; p.len()];
    let mut least = 1.0_f64;
    for (before, at) in order.iter().enumerate().rev() {
        least = least.min(p[*at] * (p.len() as f64 / (before + 1) as f64) * factor);
        adjusted[*at] = least;
    }
    adjusted
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_published_example() {
        // Benjamini and Hochberg 1995, section 3.2: fifteen p-values, of which four are found at 0.05.
        let p = [0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.3240, 0.4262, 0.5719, 0.6528, 0.7590, 1.0];
        let found = |discovery| adjusted(&p, discovery).iter().filter(|p| **p <= 0.05).count();
        assert_eq!(found(Discovery::BenjaminiHochberg), 4);
        assert_eq!(found(Discovery::BenjaminiYekutieli), 3);
        assert_eq!(found(Discovery::Uncontrolled), 9);
    }
}
