//! Looks at every zone in every window. Counts grow with the zone: an area is added to a running sum, nothing is counted twice.

use crate::baseline::{Baseline, Ending, LANES, Levels};
use crate::zones::Zones;

/// A zone and a window: the first `size` areas of a ring, from interval `from` to before `to`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Hit {
    pub(crate) ring: u32,
    pub(crate) size: u32,
    pub(crate) from: u32,
    pub(crate) to: u32,
}

/// What is looked at.
#[derive(Debug)]
pub(crate) struct Field {
    pub(crate) zones: Zones,
    pub(crate) areas: usize,
    pub(crate) intervals: usize,
    /// From and to, in order.
    pub(crate) windows: Vec<(u32, u32)>,
    pub(crate) baseline: Baseline,
    pub(crate) levels: Levels,
    /// Where all windows end today and rows and columns say what is expected.
    pub(crate) ending: Option<Ending>,
}

/// What one thread keeps between two sweeps.
#[derive(Debug, Default)]
pub(crate) struct Room {
    counts: Vec<u32>,
    short: Vec<u16>,
    sum: Vec<u32>,
    short_sum: Vec<u16>,
    size: Vec<f64>,
}

impl Field {
    /// Whether an area was left out of the zones because nobody was ever counted there.
    pub(crate) fn is_empty(&self, area: u32) -> bool {
        matches!(&self.baseline, Baseline::Margins { rows, .. } if rows.get(area as usize) == Some(&0))
    }

    /// Calls `found` with every window whose weighted ratio may reach a bar, and the ratio; it gives the next bar. `bar` is the
    /// first. Zones end before an area that is `taken`.
    pub(crate) fn sweep(&self, cells: &[u32], taken: Option<&[bool]>, room: &mut Room, bar: f64, found: impl FnMut(f64, Hit) -> f64) {
        match &self.ending {
            Some(ending) => self.sweep_ending(ending, cells, taken, room, bar, found),
            None => self.sweep_all(cells, taken, room, bar, found),
        }
    }

    /// The highest weighted ratio, and where it is first: an equal one later does not count.
    pub(crate) fn highest(&self, cells: &[u32], taken: Option<&[bool]>, room: &mut Room) -> (f64, Option<Hit>) {
        let mut best: (f64, Option<Hit>) = (0.0, None);
        self.sweep(cells, taken, room, 0.0, |ratio, hit| {
            if ratio > best.0 * (1.0 + 1e-12) {
                best = (ratio, Some(hit));
            }
            best.0
        });
        best
    }

    fn sweep_all(&self, cells: &[u32], taken: Option<&[bool]>, room: &mut Room, bar: f64, mut found: impl FnMut(f64, Hit) -> f64) {
        let stride = self.intervals + 1;
        room.counts.clear();
        room.counts.resize(self.areas * stride, 0);
        for (cells, counts) in cells.chunks_exact(self.intervals).zip(room.counts.chunks_exact_mut(stride)) {
            let mut sum = 0;
            for (count, place) in cells.iter().zip(&mut counts[1..]) {
                sum += count;
                *place = sum;
            }
        }
        let mut bar = bar;
        for (number, ring) in (0_u32..).zip(&self.zones.rings) {
            room.sum.clear();
            room.sum.resize(stride, 0);
            room.size.clear();
            room.size.resize(stride, 0.0);
            let mut held = 0_u32;
            let mut table = self.levels.table(Levels::below(bar / ring.weight));
            for (size, at) in (1_u32..).zip(self.zones.members(ring)) {
                let at = *at as usize;
                if taken.is_some_and(|taken| taken[at]) {
                    break;
                }
                let own = &room.counts[at * stride..(at + 1) * stride];
                room.sum.iter_mut().zip(own).for_each(|(sum, own)| *sum += own);
                match &self.baseline {
                    Baseline::Sums(sums) => {
                        room.size.iter_mut().zip(&sums[at * stride..(at + 1) * stride]).for_each(|(size, own)| *size += own);
                    }
                    Baseline::Margins { rows, columns, all } => {
                        held += rows[at];
                        let part = f64::from(held) / all;
                        room.size.iter_mut().zip(columns).for_each(|(size, column)| *size = f64::from(*column) * part);
                    }
                }
                if size < ring.least || own[self.intervals] == 0 && size > ring.least {
                    // Without a case more, a larger zone cannot be denser than the one before it.
                    continue;
                }
                for (from, to) in &self.windows {
                    let inside = room.sum[*to as usize] - room.sum[*from as usize];
                    let size_here = (room.size[*to as usize] - room.size[*from as usize]).max(0.0);
                    if inside < table.0[((size_here * table.1 * (1.0 - 1e-12)) as usize).min(table.0.len() - 1)] {
                        continue;
                    }
                    let ratio = self.levels.ratio().of(inside, size_here) * ring.weight;
                    let next = found(ratio, Hit { ring: number, size, from: *from, to: *to });
                    if next > bar {
                        bar = next;
                        table = self.levels.table(Levels::below(bar / ring.weight));
                    }
                }
            }
        }
    }

    fn sweep_ending(
        &self,
        ending: &Ending,
        cells: &[u32],
        taken: Option<&[bool]>,
        room: &mut Room,
        bar: f64,
        mut found: impl FnMut(f64, Hit) -> f64,
    ) {
        let Baseline::Margins { rows, .. } = &self.baseline else { return };
        let (width, last) = (ending.width, self.intervals);
        room.short.clear();
        room.short.resize(self.areas * width, 0);
        let shortest = self.windows.first().map_or(1, |(from, to)| (to - from) as usize);
        for (cells, counts) in cells.chunks_exact(self.intervals).zip(room.short.chunks_exact_mut(width)) {
            let mut sum: u32 = cells[last - shortest + 1..].iter().sum();
            for (at, place) in counts[..ending.windows.len()].iter_mut().enumerate() {
                sum += cells[last - shortest - at];
                *place = sum as u16;
            }
        }
        let mut bar = bar;
        for (number, ring) in (0_u32..).zip(&self.zones.rings) {
            room.short_sum.clear();
            room.short_sum.resize(width, 0);
            let mut held = 0_u32;
            let mut table = ending.table(Levels::below(bar / ring.weight));
            for (size, at) in (1_u32..).zip(self.zones.members(ring)) {
                let at = *at as usize;
                if taken.is_some_and(|taken| taken[at]) {
                    break;
                }
                held += rows[at];
                let asked = &table[held as usize * width..(held as usize + 1) * width];
                let mut enough = [0_u16; LANES];
                let lanes = room.short_sum.chunks_exact_mut(LANES).zip(room.short[at * width..(at + 1) * width].chunks_exact(LANES));
                for ((sum, own), asked) in lanes.zip(asked.chunks_exact(LANES)) {
                    for lane in 0..LANES {
                        sum[lane] += own[lane];
                        enough[lane] |= sum[lane].saturating_sub(asked[lane]);
                    }
                }
                if enough == [0; LANES] || size < ring.least {
                    continue;
                }
                for (at, (from, to)) in self.windows.iter().enumerate() {
                    if room.short_sum[at] <= table[held as usize * width + at] {
                        continue;
                    }
                    let expected = ending.expected(held, ending.windows[at]);
                    let ratio = ending.ratio().of(u32::from(room.short_sum[at]), expected) * ring.weight;
                    let next = found(ratio, Hit { ring: number, size, from: *from, to: *to });
                    if next > bar {
                        bar = next;
                        table = ending.table(Levels::below(bar / ring.weight));
                    }
                }
            }
        }
    }
}
