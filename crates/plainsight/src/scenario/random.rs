//! Picking by weight and by chance from the one seeded source.

use rand::RngExt;
use rand::rngs::StdRng;

use super::rates::Shares;

/// The seeded source with the few ways in which the generator draws from it.
pub(crate) struct Dice(pub(crate) StdRng);

impl Dice {
    /// True with this probability.
    pub(crate) fn chance(&mut self, probability: f64) -> bool {
        self.0.random::<f64>() < probability
    }

    /// A whole number in `from..to`; `from` when the range is empty.
    pub(crate) fn between(&mut self, from: i64, to: i64) -> i64 {
        if to <= from { from } else { self.0.random_range(from..to) }
    }

    /// One of these.
    pub(crate) fn one<'a, T>(&mut self, of: &'a [T]) -> Option<&'a T> {
        if of.is_empty() {
            return None;
        }
        of.get(self.0.random_range(0..of.len()))
    }

    /// The index of one of these weights, with probability in proportion.
    pub(crate) fn index(&mut self, weights: impl Iterator<Item = f64> + Clone) -> Option<usize> {
        let total: f64 = weights.clone().sum();
        let mut left = self.0.random::<f64>() * total;
        let mut last = None;
        for (index, weight) in weights.enumerate() {
            if weight <= 0.0 {
                continue;
            }
            last = Some(index);
            left -= weight;
            if left < 0.0 {
                return last;
            }
        }
        last
    }

    /// One name of these shares.
    pub(crate) fn share<'a>(&mut self, shares: &'a Shares) -> Option<&'a str> {
        let index = self.index(shares.values().copied())?;
        shares.keys().nth(index).map(String::as_str)
    }

    /// These in another order.
    pub(crate) fn shuffle<T>(&mut self, items: &mut [T]) {
        for last in (1..items.len()).rev() {
            let other = self.0.random_range(0..=last);
            items.swap(last, other);
        }
    }
}
