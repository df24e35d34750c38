//! H3 cells: hexagons of the earth, all of about one size (Brodsky 2018). Reports are counted in them, and those that touch are neighbours.

use std::collections::BTreeMap;

use h3o::{CellIndex, LatLng, Resolution};
use rustc_hash::FxHashMap;
use thiserror::Error;

use crate::neighbours::{Neighbours, NeighboursError};

/// Why there are no hexagons.
#[derive(Debug, Error, PartialEq)]
pub enum HexagonsError {
    /// A resolution that H3 does not have.
    #[error("H3 has the resolutions 0 (a continent) to 15 (a metre): {0} is none; 8 is a neighbourhood, 9 some streets")]
    Resolution(u8),
    /// A place that is not on earth.
    #[error("place {0} is not on earth: give longitude and latitude in degrees")]
    Place(usize),
    /// A number that names no cell.
    #[error("row {0} names no H3 cell")]
    Cell(usize),
    /// Cells of different sizes.
    #[error("row {row} is a cell of resolution {has}, and those before are of {first}: count all in one resolution")]
    Mixed {
        /// The row.
        row: usize,
        /// Its resolution.
        has: u8,
        /// That of the first.
        first: u8,
    },
    /// More than fit in memory.
    #[error("there are more than {0} cells: take a coarser resolution")]
    Many(usize),
    /// What is wrong with neighbours.
    #[error(transparent)]
    Neighbours(#[from] NeighboursError),
}

/// No more cells than this.
const MOST: usize = 5_000_000;

/// A cell of H3.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Hexagon(CellIndex);

impl Hexagon {
    /// The cell that a number written in hexadecimal names, as other programs write it.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        text.trim().parse().ok().map(Self)
    }

    /// Its number as other programs write it.
    #[must_use]
    pub fn name(self) -> String {
        self.0.to_string()
    }

    /// Longitude and latitude of its middle.
    #[must_use]
    pub fn middle(self) -> [f64; 2] {
        let middle = LatLng::from(self.0);
        [middle.lng(), middle.lat()]
    }

    /// Longitudes and latitudes of its corners.
    #[must_use]
    pub fn corners(self) -> Vec<[f64; 2]> {
        self.0.boundary().iter().map(|corner| [corner.lng(), corner.lat()]).collect()
    }
}

/// Counts places (longitude and latitude in degrees) in the cells of a resolution. Cells up to `around` steps from a counted one are there
/// as well, with none: without them, nothing would be less dense than anything.
///
/// # Errors
/// A resolution that is none, a place that is not on earth, or too many cells.
pub fn hexagons(places: &[[f64; 2]], resolution: u8, around: u32) -> Result<Vec<(Hexagon, u32)>, HexagonsError> {
    let size = Resolution::try_from(resolution).map_err(|_| HexagonsError::Resolution(resolution))?;
    let mut counts: BTreeMap<CellIndex, u32> = BTreeMap::new();
    for (at, [longitude, latitude]) in places.iter().enumerate() {
        let on_earth = longitude.abs() <= 180.0 && latitude.abs() <= 90.0;
        let place = LatLng::new(*latitude, *longitude).ok().filter(|_| on_earth).ok_or(HexagonsError::Place(at))?;
        *counts.entry(place.to_cell(size)).or_insert(0) += 1;
    }
    let mut all = counts.clone();
    for cell in counts.keys() {
        for near in cell.grid_disk::<Vec<CellIndex>>(around.min(50)) {
            all.entry(near).or_insert(0);
        }
        if all.len() > MOST {
            return Err(HexagonsError::Many(MOST));
        }
    }
    Ok(all.into_iter().map(|(cell, count)| (Hexagon(cell), count)).collect())
}

impl Neighbours {
    /// Cells of H3 that touch: six for a hexagon that all are there of, five for one of the twelve pentagons.
    ///
    /// # Errors
    /// Cells of different resolutions, or one that is there twice.
    pub fn hexagons(cells: &[Hexagon]) -> Result<Self, HexagonsError> {
        let mut at: FxHashMap<CellIndex, u32> = FxHashMap::default();
        for (row, cell) in cells.iter().enumerate() {
            let first = cells[0].0.resolution();
            if cell.0.resolution() != first {
                return Err(HexagonsError::Mixed { row, has: cell.0.resolution().into(), first: first.into() });
            }
            if let Some(one) = at.insert(cell.0, row as u32) {
                return Err(NeighboursError::Twice { one: one as usize, other: row }.into());
            }
        }
        let lists: Vec<Vec<u32>> = cells
            .iter()
            .map(|cell| {
                let near = cell.0.grid_disk::<Vec<CellIndex>>(1);
                let mut near: Vec<u32> = near.iter().filter(|near| **near != cell.0).filter_map(|near| at.get(near).copied()).collect();
                near.sort_unstable();
                near
            })
            .collect();
        Ok(Self::lists(&lists)?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The example of H3's own documentation: 37.775938728915946, -122.41795063018799 at resolution 9.
    #[test]
    fn a_place_lies_in_the_cell_that_h3_says() {
        let cells = hexagons(&[[-122.417_950_630_187_99, 37.775_938_728_915_946]], 9, 0).unwrap();
        assert_eq!(cells[0].0.name(), "8928308280fffff");
        assert_eq!(Hexagon::read("8928308280fffff"), Some(cells[0].0));
        assert_eq!(cells[0].0.corners().len(), 6);
        assert_eq!(Hexagon::read("north"), None);
    }

    #[test]
    fn cells_touch_six_others_and_every_report_is_counted() {
        let places: Vec<[f64; 2]> = (0..50).map(|at| [-0.2 + f64::from(at % 7) * 0.004, 51.6 + f64::from(at / 7) * 0.003]).collect();
        let cells = hexagons(&places, 9, 2).unwrap();
        assert_eq!(cells.iter().map(|(_, count)| count).sum::<u32>(), 50);
        let only: Vec<Hexagon> = cells.iter().map(|(cell, _)| *cell).collect();
        let neighbours = Neighbours::hexagons(&only).unwrap();
        for (at, (_, count)) in cells.iter().enumerate() {
            let near = neighbours.of(at);
            assert!(*count == 0 || near.len() == 6, "where something is, all round it is there");
            assert!(near.iter().all(|other| neighbours.of(*other as usize).contains(&(at as u32))), "who touches is touched");
        }
        assert_eq!(hexagons(&places, 16, 0), Err(HexagonsError::Resolution(16)));
        assert_eq!(hexagons(&[[0.0, 91.0]], 9, 0), Err(HexagonsError::Place(0)));
        let mixed = [only[0], hexagons(&places, 8, 0).unwrap()[0].0];
        assert_eq!(Neighbours::hexagons(&mixed), Err(HexagonsError::Mixed { row: 1, has: 8, first: 9 }));
        assert!(Neighbours::hexagons(&[only[0], only[0]]).is_err());
        assert!(Neighbours::hexagons(&[]).unwrap().is_empty());
    }
}
