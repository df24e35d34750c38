//! Kernel density along streets, in reports a metre (Okabe, Satoh and Sugihara 2009): equal split, discontinuous.
//!
//! What a report adds runs along the streets. Where a street meets others it is shared equally among those that go on, never back, so
//! that no report counts more for standing at a crossing. At a dead end the rest is lost, as the method has it.

use plainsight_names::Watch;
use rustc_hash::FxHashMap;

use crate::density::{DensityError, Kernel};
use crate::points::{Point, wild};

/// A smaller share of a report than this is not followed further.
const LEAST: f64 = 1e-6;

/// Streets as straight pieces between junctions and bends.
#[derive(Clone, Debug)]
pub struct Streets {
    /// (from node, to node, metres, where it begins, where it ends).
    pieces: Vec<(u32, u32, f64, Point, Point)>,
    /// The pieces at each node.
    at: Vec<Vec<u32>>,
}

/// A short length of street and its density.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Length {
    pub from: Point,
    pub to: Point,
    /// Reports a metre, at its middle.
    pub density: f64,
}

/// The lengths of all streets, and what is said of the reports.
#[derive(Clone, Debug, PartialEq)]
pub struct Along {
    pub lengths: Vec<Length>,
    /// Reports that lie farther from any street than the bandwidth: left out.
    pub away: Vec<usize>,
}

impl Streets {
    /// Lines in metres; they meet where they have a point in common, to the centimetre.
    ///
    /// # Errors
    /// A point that is nowhere; its line is named.
    pub fn new(lines: &[Vec<Point>]) -> Result<Self, DensityError> {
        let mut number: FxHashMap<(i64, i64), u32> = FxHashMap::default();
        let mut streets = Self { pieces: Vec::new(), at: Vec::new() };
        for (report, line) in lines.iter().enumerate() {
            if wild(line).is_some() {
                return Err(DensityError::Wild { report });
            }
            for ends in line.windows(2) {
                let [one, other] = [ends[0], ends[1]].map(|end| {
                    let key = ((end[0] * 100.0).round() as i64, (end[1] * 100.0).round() as i64);
                    let next = number.len() as u32;
                    *number.entry(key).or_insert(next)
                });
                streets.at.resize(number.len(), Vec::new());
                let metres = (ends[0][0] - ends[1][0]).hypot(ends[0][1] - ends[1][1]);
                if one != other {
                    let piece = streets.pieces.len() as u32;
                    streets.at[one as usize].push(piece);
                    streets.at[other as usize].push(piece);
                    streets.pieces.push((one, other, metres, ends[0], ends[1]));
                }
            }
        }
        Ok(streets)
    }

    /// Reports a metre on every length of at most `cell` metres. Each report goes to the nearest point of a street. The Gaussian kernel
    /// is cut at four bandwidths.
    ///
    /// # Errors
    /// A report that is nowhere, no bandwidth or cell, or being stopped.
    pub fn density(&self, reports: &[Point], kernel: Kernel, bandwidth: f64, cell: f64, watch: &dyn Watch) -> Result<Along, DensityError> {
        if let Some(report) = wild(reports) {
            return Err(DensityError::Wild { report });
        }
        if ![bandwidth, cell].iter().all(|metres| *metres > 0.0 && metres.is_finite()) {
            return Err(DensityError::Nothing);
        }
        let mut lengths = Vec::new();
        let mut first = Vec::with_capacity(self.pieces.len() + 1);
        for (_, _, metres, from, to) in &self.pieces {
            first.push(lengths.len());
            let count = (metres / cell).ceil().clamp(1.0, 1e6) as usize;
            let on = |share: f64| [from[0] + (to[0] - from[0]) * share, from[1] + (to[1] - from[1]) * share];
            for at in 0..count {
                lengths.push(Length { from: on(at as f64 / count as f64), to: on((at + 1) as f64 / count as f64), density: 0.0 });
            }
        }
        first.push(lengths.len());
        let reach = if kernel == Kernel::Gaussian { 4.0 * bandwidth } else { bandwidth };
        let mut away = Vec::new();
        for (report, place) in reports.iter().enumerate() {
            if watch.cancelled() {
                return Err(DensityError::Stopped);
            }
            watch.progress("walking streets", report as u64, reports.len() as u64);
            let Some((piece, along)) = self.nearest(*place, bandwidth) else {
                away.push(report);
                continue;
            };
            let (one, other, metres, ..) = self.pieces[piece as usize];
            let mut add = |piece: u32, from_start: bool, walked: f64, share: f64, least: f64| {
                let (begin, end) = (first[piece as usize], first[piece as usize + 1]);
                let metres = self.pieces[piece as usize].2;
                let step = metres / (end - begin) as f64;
                for (at, length) in lengths[begin..end].iter_mut().enumerate() {
                    let middle = (at as f64 + 0.5) * step;
                    let distance = walked + if from_start { middle } else { metres - middle };
                    // On the report's own piece, each way is walked by itself.
                    if distance > least && distance <= reach {
                        length.density += share * kernel.line((distance / bandwidth).powi(2)) / bandwidth;
                    }
                }
            };
            // From the report towards the end, and towards the beginning; a middle just at the report goes to the first.
            add(piece, true, -along, 1.0, -f64::MIN_POSITIVE);
            add(piece, false, along - metres, 1.0, 0.0);
            let mut walks = vec![(other, piece, metres - along, 1.0), (one, piece, along, 1.0)];
            while let Some((node, came, walked, share)) = walks.pop() {
                let ways = &self.at[node as usize];
                let share = share / (ways.len() as f64 - 1.0);
                if walked >= reach || ways.len() < 2 || share < LEAST {
                    continue;
                }
                for way in ways.iter().filter(|way| **way != came) {
                    let (one, other, metres, ..) = self.pieces[*way as usize];
                    let starts = one == node;
                    add(*way, starts, walked, share, -1.0);
                    walks.push((if starts { other } else { one }, *way, walked + metres, share));
                }
            }
        }
        Ok(Along { lengths, away })
    }

    /// The nearest piece within `reach`, and how far along it; of equally near ones the first.
    fn nearest(&self, place: Point, reach: f64) -> Option<(u32, f64)> {
        let mut best = (reach * reach, None);
        for (piece, (_, _, metres, from, to)) in (0_u32..).zip(&self.pieces) {
            let way = [to[0] - from[0], to[1] - from[1]];
            let length = (way[0] * way[0] + way[1] * way[1]).max(f64::MIN_POSITIVE);
            let share = (((place[0] - from[0]) * way[0] + (place[1] - from[1]) * way[1]) / length).clamp(0.0, 1.0);
            let apart = (from[0] + way[0] * share - place[0]).powi(2) + (from[1] + way[1] * share - place[1]).powi(2);
            if apart < best.0 || best.1.is_none() && apart <= best.0 {
                best = (apart, Some((piece, share * metres)));
            }
        }
        best.1
    }
}
