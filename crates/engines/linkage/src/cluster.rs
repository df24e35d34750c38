//! Which records are one person, from pairs: resists chaining.
//!
//! Links are taken from the strongest down. Two groups become one when the mean weight of the pairs across them speaks for
//! it (average linkage; Sokal and Michener 1958). Pairs that no rule looked at are compared for it, so that a single strong
//! link between two groups that differ otherwise does not join them. Each weight counts only up to a
//! cap either way: no pair can outvote a dozen.
//!
//! What no chain of links connects never meets: each connected part is grouped by itself, on any thread, and again when only
//! it changes.

use crate::run::RunError;
use crate::work::Shared;

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

/// How groups are made.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Joining {
    /// The odds that two records drawn at random are the same, in bits: what a weight holds beside the evidence.
    pub(crate) prior: f64,
    /// The mean evidence from which two groups join.
    pub(crate) join: f64,
}

/// What is known of any two records: the evidence, without the prior, and whether they are known not to be the same.
pub(crate) trait Known<R> {
    fn evidence(&self, room: &mut R, one: u32, other: u32) -> f64;
    fn apart(&self, one: u32, other: u32) -> bool;
}

/// Groups the records `0..rows` by links; the answer is, for every record, the smallest record of its group.
pub(crate) fn cluster<R>(
    rows: usize,
    links: &[Pair],
    joining: Joining,
    room: impl Fn() -> R + Sync,
    known: &(impl Known<R> + Sync),
    shared: &Shared<'_>,
) -> Result<Vec<u32>, RunError> {
    /// About how many links a thread takes at a time.
    const PORTION: usize = 4096;
    let mut group: Vec<u32> = (0..u32::try_from(rows).unwrap_or(u32::MAX)).collect();
    let parts = connected(&mut group, links);
    let mut portions: Vec<&[Pair]> = Vec::new();
    let (mut rest, mut taken) = (parts.as_slice(), 0);
    for part in parts.chunk_by(|one, other| root_of(&group, one.one) == root_of(&group, other.one)) {
        taken += part.len();
        if taken >= PORTION {
            let (portion, later) = rest.split_at(taken);
            portions.push(portion);
            (rest, taken) = (later, 0);
        }
    }
    portions.push(rest);
    let work = |room: &mut R, at: usize| {
        let mut led = Vec::new();
        for part in portions.get(at).into_iter().flat_map(|links| links.chunk_by(|a, b| root_of(&group, a.one) == root_of(&group, b.one))) {
            led.extend(part_into_groups(part, joining, room, known));
        }
        led
    };
    for (row, leader) in shared.each(portions.len(), room, work)?.into_iter().flatten() {
        if let Some(place) = group.get_mut(row as usize) {
            *place = leader;
        }
    }
    Ok(group)
}

fn root_of(group: &[u32], row: u32) -> u32 {
    group.get(row as usize).copied().unwrap_or(row)
}

/// The links sorted by the connected part that they lie in, strongest first within each; `group` becomes the smallest record of
/// every record's part.
fn connected(group: &mut [u32], links: &[Pair]) -> Vec<Pair> {
    fn find(group: &mut [u32], mut row: u32) -> u32 {
        while let Some(up) = group.get(row as usize).copied().filter(|up| *up != row) {
            // Halves the way for whoever comes next.
            let next = group.get(up as usize).copied().unwrap_or(up);
            if let Some(place) = group.get_mut(row as usize) {
                *place = next;
            }
            row = next;
        }
        row
    }
    for link in links {
        let (one, other) = (find(group, link.one), find(group, link.other));
        if let Some(place) = group.get_mut(one.max(other) as usize) {
            *place = one.min(other);
        }
    }
    for row in 0..group.len() as u32 {
        let root = find(group, row);
        if let Some(place) = group.get_mut(row as usize) {
            *place = root;
        }
    }
    let mut links = links.to_vec();
    links.sort_unstable_by(|left, right| {
        let part = |link: &Pair| root_of(group, link.one);
        part(left).cmp(&part(right)).then(right.weight.total_cmp(&left.weight)).then((left.one, left.other).cmp(&(right.one, right.other)))
    });
    links
}

/// The weight of a link that somebody decided: it needs no evidence, and stands behind all that has some, so that it joins whole
/// groups as they are.
pub(crate) const DECIDED: f32 = f32::NEG_INFINITY;

/// Groups one connected part, whose links stand from the strongest down: each of its records, with the smallest of its group.
pub(crate) fn part_into_groups<R>(links: &[Pair], joining: Joining, room: &mut R, known: &impl Known<R>) -> Vec<(u32, u32)> {
    if let [link] = links {
        // Most parts are two records.
        let enough = link.weight == DECIDED || capped(f64::from(link.weight) - joining.prior, joining) >= joining.join;
        let joins = enough && !known.apart(link.one, link.other);
        return vec![(link.one, link.one), (link.other, if joins { link.one } else { link.other })];
    }
    let mut rows: Vec<u32> = links.iter().flat_map(|link| [link.one, link.other]).collect();
    rows.sort_unstable();
    rows.dedup();
    let mut group: Vec<usize> = (0..rows.len()).collect();
    let mut members: Vec<Vec<u32>> = rows.iter().map(|row| vec![*row]).collect();
    let of = |group: &[usize], row: u32| rows.binary_search(&row).ok().and_then(|at| group.get(at)).copied().unwrap_or_default();
    for link in links {
        let (left, right) = (of(&group, link.one), of(&group, link.other));
        if left == right {
            continue;
        }
        let (left, right) = (left.min(right), left.max(right));
        let side = |at: usize| members.get(at).map(Vec::as_slice).unwrap_or_default();
        if side(left).iter().any(|one| side(right).iter().any(|other| known.apart(*one, *other))) {
            continue;
        }
        let mean = if link.weight == DECIDED {
            joining.join
        } else if let ([_], [_]) = (side(left), side(right)) {
            capped(f64::from(link.weight) - joining.prior, joining)
        } else {
            mean(side(left), side(right), joining, room, known)
        };
        if mean < joining.join {
            continue;
        }
        let moved = members.get_mut(right).map(std::mem::take).unwrap_or_default();
        for row in &moved {
            if let Some(place) = rows.binary_search(row).ok().and_then(|at| group.get_mut(at)) {
                *place = left;
            }
        }
        if let Some(stay) = members.get_mut(left) {
            stay.extend(moved);
            stay.sort_unstable();
        }
    }
    let leader = |at: &usize| members.get(*at).and_then(|members| members.first()).copied();
    rows.iter().zip(&group).map(|(row, at)| (*row, leader(at).unwrap_or(*row))).collect()
}

fn capped(evidence: f64, joining: Joining) -> f64 {
    let cap = CAP.max(joining.join * 1.5);
    evidence.clamp(-cap, cap)
}

fn mean<R>(left: &[u32], right: &[u32], joining: Joining, room: &mut R, known: &impl Known<R>) -> f64 {
    let spread = |rows: &[u32]| rows.iter().copied().step_by(rows.len().div_ceil(SPOKESMEN).max(1)).collect::<Vec<u32>>();
    let (left, right) = (spread(left), spread(right));
    let mut sum = 0.0;
    for one in &left {
        for other in &right {
            sum += capped(known.evidence(room, *one.min(other), *one.max(other)), joining);
        }
    }
    sum / (left.len() * right.len()).max(1) as f64
}

#[cfg(test)]
mod tests {
    use super::*;
    use plainsight_names::Unwatched;
    use proptest::prelude::*;

    struct ByHand<'a> {
        links: &'a [Pair],
        apart: &'a [(u32, u32)],
    }

    impl Known<()> for ByHand<'_> {
        fn evidence(&self, (): &mut (), one: u32, other: u32) -> f64 {
            self.links.iter().find(|link| (link.one, link.other) == (one, other)).map_or(-10.0, |link| f64::from(link.weight))
        }

        fn apart(&self, one: u32, other: u32) -> bool {
            self.apart.contains(&(one.min(other), one.max(other)))
        }
    }

    /// Weights by hand: pairs not named weigh -10.
    fn clustered(rows: usize, pairs: &[(u32, u32, f32)], apart: &[(u32, u32)], threads: usize) -> Vec<u32> {
        let links: Vec<Pair> = pairs.iter().map(|(one, other, weight)| Pair { one: *one, other: *other, weight: *weight }).collect();
        let shared = Shared { stage: "groups", threads, watch: &Unwatched };
        cluster(rows, &links, Joining { prior: 0.0, join: 0.0 }, || (), &ByHand { links: &links, apart }, &shared).unwrap()
    }

    #[test]
    fn one_link_does_not_chain_two_groups() {
        let triangles = [(0, 1, 9.0), (0, 2, 9.0), (1, 2, 9.0), (3, 4, 9.0), (3, 5, 9.0), (4, 5, 9.0), (2, 3, 11.0)];
        let groups = clustered(6, &triangles, &[], 1);
        assert!(groups[0] != groups[4], "{groups:?}");
        assert_eq!(clustered(3, &[(0, 1, 9.0), (1, 2, 9.0), (0, 2, 1.0)], &[], 1), [0, 0, 0]);
    }

    #[test]
    fn records_known_to_be_apart_never_meet() {
        assert_eq!(clustered(3, &[(0, 1, 9.0), (1, 2, 9.5), (0, 2, 9.0)], &[(0, 2)], 1), [0, 1, 1]);
        assert_eq!(clustered(2, &[(0, 1, 9.0)], &[(0, 1)], 1), [0, 1]);
    }

    proptest! {
        /// Each connected part by itself is the same as all links in one row, and threads change nothing.
        #[test]
        fn parts_are_grouped_as_the_whole_is(links in prop::collection::btree_map((0_u32..40, 1_u32..6), 1_u8..30, 0..60)) {
            let pairs: Vec<(u32, u32, f32)> =
                links.iter().map(|((one, more), weight)| (*one, one + more, f32::from(*weight))).filter(|(_, other, _)| *other < 40).collect();
            let groups = clustered(40, &pairs, &[], 2);
            prop_assert_eq!(&groups, &clustered(40, &pairs, &[], 1));
            let mut all: Vec<Pair> = pairs.iter().map(|(one, other, weight)| Pair { one: *one, other: *other, weight: *weight }).collect();
            all.sort_by(|left, right| right.weight.total_cmp(&left.weight).then((left.one, left.other).cmp(&(right.one, right.other))));
            let known = ByHand { links: &all, apart: &[] };
            for (row, leader) in part_into_groups(&all, Joining { prior: 0.0, join: 0.0 }, &mut (), &known) {
                prop_assert_eq!(groups[row as usize], leader);
            }
        }
    }
}
