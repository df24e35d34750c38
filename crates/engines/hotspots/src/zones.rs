//! Zones: for every middle, areas from the nearest outwards. The first `k` of them are the zone of size `k`.

use crate::place::{Coordinates, Ellipse, Place};

/// Zones around one middle.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Ring {
    pub(crate) centre: u32,
    pub(crate) ellipse: Option<Ellipse>,
    /// What a ratio counts here: less than 1 for long ellipses.
    pub(crate) weight: f64,
    /// Zones of fewer areas are not looked at.
    pub(crate) least: u32,
    from: usize,
    to: usize,
}

/// All zones of a study.
#[derive(Debug)]
pub(crate) struct Zones {
    pub(crate) rings: Vec<Ring>,
    members: Vec<u32>,
}

impl Zones {
    /// One zone of everything.
    pub(crate) fn whole(areas: usize) -> Self {
        let ring = Ring { centre: 0, ellipse: None, weight: 1.0, least: areas as u32, from: 0, to: areas };
        Self { rings: vec![ring], members: (0..areas as u32).collect() }
    }

    /// Circles, and ellipses of the forms given, around every place, as long as they hold no more than `most` of the sizes and
    /// reach no farther than `reach`.
    pub(crate) fn around(
        places: &[Place],
        coordinates: Coordinates,
        (ellipses, penalty): (&[Ellipse], f64),
        sizes: &[f64],
        (most, reach): (f64, Option<f64>),
    ) -> Self {
        let mut zones = Self { rings: Vec::new(), members: Vec::new() };
        let mut near: Vec<(f64, u32)> = Vec::with_capacity(places.len());
        for ellipse in std::iter::once(None).chain(ellipses.iter().copied().map(Some)) {
            for (centre, place) in (0_u32..).zip(places) {
                near.clear();
                near.extend(
                    (0_u32..).zip(places).map(|(at, other)| {
                        (ellipse.map_or_else(|| place.far(other, coordinates), |ellipse| ellipse.far(place, other)), at)
                    }),
                );
                near.sort_unstable_by(|one, other| one.0.total_cmp(&other.0).then(one.1.cmp(&other.1)));
                let (from, mut held) = (zones.members.len(), 0.0);
                for (far, at) in &near {
                    held += sizes[*at as usize];
                    if held > most * (1.0 + 1e-12) || reach.is_some_and(|reach| *far > reach) {
                        break;
                    }
                    zones.members.push(*at);
                }
                let weight = ellipse.map_or(1.0, |ellipse| ellipse.weight(penalty));
                zones.rings.push(Ring { centre, ellipse, weight, least: 1, from, to: zones.members.len() });
            }
        }
        zones
    }

    /// Leaves out areas where nothing is and nothing is expected: they change no zone but its name.
    pub(crate) fn without_empty(&mut self, sizes: &[f64]) {
        let mut kept = Vec::with_capacity(self.members.len());
        for ring in &mut self.rings {
            let from = kept.len();
            kept.extend(self.members[ring.from..ring.to].iter().copied().filter(|at| sizes[*at as usize] > 0.0));
            (ring.from, ring.to) = (from, kept.len());
            ring.least = ring.least.min((ring.to - ring.from) as u32);
        }
        self.members = kept;
    }

    pub(crate) fn members(&self, ring: &Ring) -> &[u32] {
        &self.members[ring.from..ring.to]
    }
}
