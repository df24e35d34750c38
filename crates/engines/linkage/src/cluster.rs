//! Which records are one person, from pairs: resists chaining.
//!
//! Links are taken from the strongest down. Two groups become one when the mean weight of the pairs across them speaks for
//! it (average linkage; Sokal and Michener 1958). Pairs that no rule looked at are compared for it, so that a single strong
//! link between two groups that differ otherwise does not join them. Each weight counts only up to a
//! cap either way: no pair can outvote a dozen.

/// The least cap on what a single pair counts, in bits; it grows with what a link needs.
const CAP: f64 = 12.0;
/// Of larger groups, this many evenly spread members stand for all.
const SPOKESMEN: usize = 12;

/// A pair of records and the evidence for their being the same.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Pair {
    /// The record with the smaller number.
    pub one: u32,
    /// The other.
    pub other: u32,
    /// In bits; 0 is as likely as not.
    pub weight: f32,
}

/// Groups the records `0..rows`; the answer is, for every record, the smallest record of its group.
///
/// A pair links from a weight of `least`; two groups join from a mean evidence of `join`. `weigh` gives the evidence of any pair; `apart` says that two records are known not to be the same.
pub fn cluster(
    rows: usize,
    pairs: &[Pair],
    least: f64,
    join: f64,
    weigh: &mut dyn FnMut(u32, u32) -> f64,
    apart: &dyn Fn(u32, u32) -> bool,
) -> Vec<u32> {
    let cap = CAP.max(join * 1.5);
    let mut order: Vec<&Pair> = pairs.iter().filter(|pair| f64::from(pair.weight) >= least).collect();
    order.sort_unstable_by(|left, right| right.weight.total_cmp(&left.weight).then((left.one, left.other).cmp(&(right.one, right.other))));
    let mut group: Vec<u32> = (0..u32::try_from(rows).unwrap_or(u32::MAX)).collect();
    let mut members: Vec<Vec<u32>> = group.iter().map(|row| vec![*row]).collect();
    let of = |group: &[u32], row: u32| group.get(row as usize).copied().unwrap_or(row);
    for pair in order {
        let (left, right) = (of(&group, pair.one), of(&group, pair.other));
        if left == right {
            continue;
        }
        let (left, right) = (left.min(right), left.max(right));
        let side = |at: u32| members.get(at as usize).map(Vec::as_slice).unwrap_or_default();
        if side(left).iter().any(|one| side(right).iter().any(|other| apart(*one, *other)))
            || mean(side(left), side(right), cap, weigh) < join
        {
            continue;
        }
        let moved = members.get_mut(right as usize).map(std::mem::take).unwrap_or_default();
        for row in &moved {
            if let Some(place) = group.get_mut(*row as usize) {
                *place = left;
            }
        }
        if let Some(stay) = members.get_mut(left as usize) {
            stay.extend(moved);
            stay.sort_unstable();
        }
    }
    group
}

fn mean(left: &[u32], right: &[u32], cap: f64, weigh: &mut dyn FnMut(u32, u32) -> f64) -> f64 {
    let spread = |rows: &[u32]| rows.iter().copied().step_by(rows.len().div_ceil(SPOKESMEN).max(1)).collect::<Vec<u32>>();
    let (left, right) = (spread(left), spread(right));
    let mut sum = 0.0;
    for one in &left {
        for other in &right {
            sum += weigh(*one.min(other), *one.max(other)).clamp(-cap, cap);
        }
    }
    sum / (left.len() * right.len()).max(1) as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Weights by hand: pairs not named weigh -10.
    fn clustered(rows: usize, pairs: &[(u32, u32, f32)], apart: &[(u32, u32)]) -> Vec<u32> {
        let pairs: Vec<Pair> = pairs.iter().map(|(one, other, weight)| Pair { one: *one, other: *other, weight: *weight }).collect();
        let mut weigh =
            |one, other| pairs.iter().find(|pair| (pair.one, pair.other) == (one, other)).map_or(-10.0, |pair| f64::from(pair.weight));
        cluster(rows, &pairs, 0.0, 0.0, &mut weigh, &|one: u32, other: u32| apart.contains(&(one.min(other), one.max(other))))
    }

    #[test]
    fn one_link_does_not_chain_two_groups() {
        let triangles = [(0, 1, 9.0), (0, 2, 9.0), (1, 2, 9.0), (3, 4, 9.0), (3, 5, 9.0), (4, 5, 9.0), (2, 3, 11.0)];
        let groups = clustered(6, &triangles, &[]);
        assert!(groups[0] != groups[4], "{groups:?}");
        assert_eq!(clustered(3, &[(0, 1, 9.0), (1, 2, 9.0), (0, 2, 1.0)], &[]), [0, 0, 0]);
    }

    #[test]
    fn records_known_to_be_apart_never_meet() {
        assert_eq!(clustered(3, &[(0, 1, 9.0), (1, 2, 9.5), (0, 2, 9.0)], &[(0, 2)]), [0, 1, 1]);
    }
}
