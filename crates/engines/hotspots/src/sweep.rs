//! Looks at every zone in every window. Counts grow with the zone: an area is added to a running sum, nothing is counted twice.

use crate::baseline::{Baseline, Levels};
use crate::screen::{Groups, Screen};
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
    /// Where there are so many windows that dismissing all of a zone at once is worth it.
    pub(crate) screen: Option<Screen>,
}

/// What one thread keeps between two sweeps.
#[derive(Debug, Default)]
pub(crate) struct Room {
    counts: Vec<u32>,
    /// By area, in all time.
    whole: Vec<(u32, f64)>,
    sum: Vec<u32>,
    size: Vec<f64>,
    short_size: Vec<f32>,
    /// By area, what it can add to its zone.
    rises: Vec<Groups>,
    /// The highest ratios of the last replicates.
    recent: Vec<f64>,
}

impl Field {
    /// Whether an area was left out of the zones because nobody was ever counted there.
    pub(crate) fn is_empty(&self, area: u32) -> bool {
        matches!(&self.baseline, Baseline::Margins { rows, .. } if rows.get(area as usize) == Some(&0))
    }

    /// Calls `found` with every window whose weighted ratio may reach a bar, and the ratio; it gives the next bar. `bar` is the
    /// first. Zones end before an area that is `taken`.
    pub(crate) fn sweep(&self, cells: &[u32], taken: Option<&[bool]>, room: &mut Room, bar: f64, mut found: impl FnMut(f64, Hit) -> f64) {
        if self.windows == [(0, self.intervals as u32)] {
            return self.sweep_whole(cells, taken, room, bar, found);
        }
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
        room.short_size.clear();
        match &self.baseline {
            Baseline::Sums(_) => room.short_size.resize(stride, 0.0),
            Baseline::Margins { columns, .. } => room.short_size.extend(columns.iter().map(|column| *column as f32)),
        }
        // No window begins earlier.
        let first = self.windows.iter().map(|(from, _)| *from as usize).min().unwrap_or(0);
        room.rises.clear();
        if let Some(screen) = &self.screen {
            room.rises.extend(room.counts.chunks_exact(stride).enumerate().map(|(at, counts)| match &self.baseline {
                Baseline::Sums(sums) => screen.rises(&counts[first..], sums[at * stride + first..(at + 1) * stride].iter().copied()),
                Baseline::Margins { rows, columns, all } => {
                    let part = f64::from(rows[at]) / all;
                    screen.rises(&counts[first..], columns[first..].iter().map(|column| f64::from(*column) * part))
                }
            }));
        }
        let mut bar = bar;
        for (number, ring) in (0_u32..).zip(&self.zones.rings) {
            room.sum.clear();
            room.sum.resize(stride, 0);
            room.size.clear();
            room.size.resize(stride, 0.0);
            let mut held = 0_u32;
            // What a window of the zone lacks of the bar, as long as its size is below `until`.
            let (mut gaps, mut until): (Groups, f64) = Default::default();
            let mut table = self.levels.table(Levels::below(bar / ring.weight));
            for (size, at) in (1_u32..).zip(self.zones.members(ring)) {
                let at = *at as usize;
                if taken.is_some_and(|taken| taken[at]) {
                    break;
                }
                let own = &room.counts[at * stride..(at + 1) * stride];
                if let Some(rises) = room.rises.get(at) {
                    gaps.iter_mut().zip(rises).for_each(|(gap, rise)| *gap -= rise);
                }
                room.sum[first..].iter_mut().zip(&own[first..]).for_each(|(sum, own)| *sum += own);
                match &self.baseline {
                    Baseline::Sums(sums) => {
                        room.size[first..]
                            .iter_mut()
                            .zip(&sums[at * stride + first..][..stride - first])
                            .for_each(|(size, own)| *size += own);
                    }
                    Baseline::Margins { rows, .. } => held += rows[at],
                }
                if size < ring.least || own[self.intervals] == 0 && size > ring.least {
                    // Without a case more, a larger zone cannot be denser than the one before it.
                    continue;
                }
                if let Some(screen) = &self.screen {
                    let (whole, unit) = match &self.baseline {
                        Baseline::Sums(_) => (room.size[self.intervals], 1.0),
                        Baseline::Margins { all, .. } => (f64::from(held), f64::from(held) / all),
                    };
                    if whole < until && gaps.iter().all(|gap| *gap > 0.0) {
                        continue;
                    }
                    if let Baseline::Sums(_) = self.baseline {
                        room.short_size.iter_mut().zip(&room.size).for_each(|(short, size)| *short = *size as f32);
                    }
                    let lines = screen.lines(Levels::below(bar / ring.weight), whole);
                    gaps = lines.gaps(&room.sum[first..], &room.short_size[first..], unit as f32, screen.ending);
                    until = lines.to;
                    if gaps.iter().all(|gap| *gap > 0.0) {
                        continue;
                    }
                }
                if let Baseline::Margins { columns, all, .. } = &self.baseline {
                    let part = f64::from(held) / all;
                    room.size.iter_mut().zip(columns).for_each(|(size, column)| *size = f64::from(*column) * part);
                }
                for (from, to) in &self.windows {
                    let inside = room.sum[*to as usize] - room.sum[*from as usize];
                    let size_here = (room.size[*to as usize] - room.size[*from as usize]).max(0.0);
                    if table.dismisses(inside, size_here) {
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

    /// The same where all time is the only window: one number for each area.
    fn sweep_whole(&self, cells: &[u32], taken: Option<&[bool]>, room: &mut Room, mut bar: f64, mut found: impl FnMut(f64, Hit) -> f64) {
        let Baseline::Sums(sums) = &self.baseline else { return };
        let to = self.intervals as u32;
        room.whole.clear();
        let sizes = sums.chunks_exact(self.intervals + 1).map(|row| row[self.intervals]);
        room.whole.extend(cells.chunks_exact(self.intervals).map(|row| row.iter().sum::<u32>()).zip(sizes));
        for (number, ring) in (0_u32..).zip(&self.zones.rings) {
            let (mut inside, mut size_here) = (0, 0.0);
            let mut table = self.levels.table(Levels::below(bar / ring.weight));
            for (size, at) in (1_u32..).zip(self.zones.members(ring)) {
                if taken.is_some_and(|taken| taken[*at as usize]) {
                    break;
                }
                let (own, own_size) = room.whole[*at as usize];
                inside += own;
                size_here += own_size;
                // Without a case more, a larger zone cannot be denser than the one before it.
                if size < ring.least || own == 0 && size > ring.least || table.dismisses(inside, size_here) {
                    continue;
                }
                let ratio = self.levels.ratio().of(inside, size_here) * ring.weight;
                let next = found(ratio, Hit { ring: number, size, from: 0, to });
                if next > bar {
                    bar = next;
                    table = self.levels.table(Levels::below(bar / ring.weight));
                }
            }
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

    /// The highest weighted ratio of a replicate. What replicates before it had is a guess for where to begin: almost nothing is below
    /// the bar then. A guess that was too high costs a second sweep, and never changes the answer.
    pub(crate) fn highest_of_replicate(&self, cells: &[u32], room: &mut Room) -> f64 {
        const RECENT: usize = 12;
        let few = if room.recent.len() < 4 { 0.7 } else { 0.95 };
        let guess = room.recent.iter().copied().fold(f64::INFINITY, f64::min) * few;
        let mut highest = if guess.is_finite() { self.highest_above(guess, cells, room) } else { 0.0 };
        if highest <= guess * (1.0 + 1e-9) || !guess.is_finite() {
            highest = self.highest(cells, None, room).0;
        }
        if room.recent.len() == RECENT {
            room.recent.remove(0);
        }
        room.recent.push(highest);
        highest
    }

    fn highest_above(&self, guess: f64, cells: &[u32], room: &mut Room) -> f64 {
        let mut best = 0.0;
        self.sweep(cells, None, room, guess, |ratio, _| {
            if ratio > best * (1.0 + 1e-12) {
                best = ratio;
            }
            best.max(guess)
        });
        best
    }
}
