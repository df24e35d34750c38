//! Who is whose neighbour: the cells of a grid that touch, places within a distance, or the nearest ones.

use rustc_hash::FxHashMap;
use thiserror::Error;

use crate::points::{Buckets, wild};

/// More neighbours than this in all are refused: they would not fit in the memory of a common machine.
const MOST: usize = 400_000_000;

/// Why neighbours could not be found.
#[derive(Debug, Error, PartialEq)]
pub enum NeighboursError {
    #[error("cell {cell} has no finite place in metres: leave it out or give it one")]
    Wild { cell: usize },
    #[error("cells {one} and {other} stand at the same place of the grid: join them or leave one out")]
    Twice { one: usize, other: usize },
    #[error("there are more neighbours than fit in memory: take a shorter distance or fewer nearest ones")]
    TooMany,
    #[error("the distance must be more than 0 metres, and one neighbour at least is needed")]
    Nothing,
    #[error("cell {cell} names {other} as a neighbour, which is itself, is named twice, or does not exist")]
    List { cell: usize, other: u32 },
}

/// Which cells of a grid touch.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Contiguity {
    /// Those that share an edge or a corner: eight inside the grid.
    Queen,
    /// Those that share an edge: four inside the grid.
    Rook,
}

/// What a neighbour counts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Weighting {
    /// Each neighbour counts one.
    #[default]
    Binary,
    /// The neighbours of a cell count one together: the lag is their mean.
    Row,
}

/// The neighbours of every cell, as compressed rows. A cell is never its own neighbour here; neighbours are in rising order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Neighbours {
    starts: Vec<usize>,
    cells: Vec<u32>,
}

impl Neighbours {
    /// Cells of a full grid, row by row.
    ///
    /// # Errors
    /// Where the grid has more cells than fit.
    pub fn grid(rows: usize, columns: usize, contiguity: Contiguity) -> Result<Self, NeighboursError> {
        let cells = rows.checked_mul(columns).filter(|cells| *cells < MOST / 8).ok_or(NeighboursError::TooMany)?;
        let mut found = Self::with_room(cells, cells * 8);
        for row in 0..rows {
            for column in 0..columns {
                for near_row in row.saturating_sub(1)..=(row + 1).min(rows - 1) {
                    for near in column.saturating_sub(1)..=(column + 1).min(columns - 1) {
                        let steps = row.abs_diff(near_row) + column.abs_diff(near);
                        if steps == 1 || steps == 2 && contiguity == Contiguity::Queen {
                            found.cells.push((near_row * columns + near) as u32);
                        }
                    }
                }
                found.starts.push(found.cells.len());
            }
        }
        Ok(found)
    }

    /// Cells at places (row, column) of a grid that has gaps.
    ///
    /// # Errors
    /// Two cells at one place.
    pub fn lattice(places: &[(i64, i64)], contiguity: Contiguity) -> Result<Self, NeighboursError> {
        if places.len() > MOST / 8 {
            return Err(NeighboursError::TooMany);
        }
        let mut at: FxHashMap<(i64, i64), u32> = FxHashMap::default();
        for (cell, place) in (0_u32..).zip(places) {
            if let Some(one) = at.insert(*place, cell) {
                return Err(NeighboursError::Twice { one: one as usize, other: cell as usize });
            }
        }
        let mut found = Self::with_room(places.len(), places.len() * 8);
        for (row, column) in places {
            let begin = found.cells.len();
            for (down, right) in [(-1, -1), (-1, 0), (-1, 1), (0, -1), (0, 1), (1, -1), (1, 0), (1, 1)] {
                if contiguity == Contiguity::Queen || down == 0 || right == 0 {
                    found.cells.extend(at.get(&(row.wrapping_add(down), column.wrapping_add(right))));
                }
            }
            found.close(begin);
        }
        Ok(found)
    }

    /// Everyone not farther than `metres`; `points` in metres.
    ///
    /// # Errors
    /// A point that is nowhere, no distance, or too many neighbours.
    pub fn band(points: &[[f64; 2]], metres: f64) -> Result<Self, NeighboursError> {
        if !(metres > 0.0 && metres.is_finite()) {
            return Err(NeighboursError::Nothing);
        }
        if let Some(cell) = wild(points) {
            return Err(NeighboursError::Wild { cell });
        }
        let buckets = Buckets::new(points, metres);
        let mut found = Self::with_room(points.len(), 0);
        for (cell, point) in (0_u32..).zip(points) {
            let begin = found.cells.len();
            buckets.within(*point, metres, |other, _| {
                if other != cell {
                    found.cells.push(other);
                }
            });
            found.close(begin);
            if found.cells.len() > MOST {
                return Err(NeighboursError::TooMany);
            }
        }
        Ok(found)
    }

    /// The `count` nearest of each, or all others where there are fewer; of equally near ones those that come first. `points` in
    /// metres. Who is near me need not have me among its nearest.
    ///
    /// # Errors
    /// A point that is nowhere, or a count of 0, or too many neighbours.
    pub fn nearest(points: &[[f64; 2]], count: usize) -> Result<Self, NeighboursError> {
        if count == 0 {
            return Err(NeighboursError::Nothing);
        }
        if let Some(cell) = wild(points) {
            return Err(NeighboursError::Wild { cell });
        }
        let all = count.min(points.len().saturating_sub(1)).checked_mul(points.len()).filter(|all| *all <= MOST);
        let mut found = Self::with_room(points.len(), all.ok_or(NeighboursError::TooMany)?);
        let buckets = Buckets::new(points, 0.0);
        let mut near = Vec::new();
        for cell in 0..points.len() as u32 {
            let begin = found.cells.len();
            buckets.nearest(cell, count, &mut near);
            found.cells.extend(near.iter().map(|(_, other)| *other));
            found.close(begin);
        }
        Ok(found)
    }

    /// Neighbours that somebody else found.
    ///
    /// # Errors
    /// A cell that is its own neighbour, is named twice or does not exist.
    pub fn lists(lists: &[Vec<u32>]) -> Result<Self, NeighboursError> {
        let mut found = Self::with_room(lists.len(), lists.iter().map(Vec::len).sum());
        for (cell, list) in lists.iter().enumerate() {
            let begin = found.cells.len();
            found.cells.extend(list);
            found.close(begin);
            let row = &found.cells[begin..];
            let wrong = |other: &u32| *other as usize == cell || *other as usize >= lists.len();
            let twice = row.windows(2).find(|pair| pair.first() == pair.last()).and_then(|pair| pair.first());
            if let Some(other) = row.iter().find(|other| wrong(other)).or(twice) {
                return Err(NeighboursError::List { cell, other: *other });
            }
        }
        Ok(found)
    }

    /// How many cells there are.
    pub fn len(&self) -> usize {
        self.starts.len() - 1
    }

    /// Whether there are no cells.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The neighbours of a cell, in rising order; none where the cell does not exist.
    pub fn of(&self, cell: usize) -> &[u32] {
        match (self.starts.get(cell), self.starts.get(cell + 1)) {
            (Some(begin), Some(end)) => self.cells.get(*begin..*end).unwrap_or_default(),
            _ => &[],
        }
    }

    /// The same cells without those that are not kept, numbered anew.
    pub(crate) fn kept(&self, kept: &[bool]) -> Self {
        let mut number = vec![u32::MAX; kept.len()];
        for (new, old) in (0_u32..).zip(kept.iter().enumerate().filter(|(_, kept)| **kept).map(|(old, _)| old)) {
            number[old] = new;
        }
        let mut found = Self::with_room(kept.len(), self.cells.len());
        for (cell, _) in kept.iter().enumerate().filter(|(_, kept)| **kept) {
            found.cells.extend(self.of(cell).iter().filter_map(|other| number.get(*other as usize)).filter(|new| **new != u32::MAX));
            found.starts.push(found.cells.len());
        }
        found
    }

    fn with_room(rows: usize, cells: usize) -> Self {
        let mut starts = Vec::with_capacity(rows + 1);
        starts.push(0);
        Self { starts, cells: Vec::with_capacity(cells) }
    }

    fn close(&mut self, begin: usize) {
        self.cells[begin..].sort_unstable();
        self.starts.push(self.cells.len());
    }
}
