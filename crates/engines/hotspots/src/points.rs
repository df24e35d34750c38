//! Points in buckets: who is near whom, without comparing all with all.

/// A point of the plane, in metres: east and north of somewhere.
pub(crate) type Point = [f64; 2];

/// Points of the plane in square buckets, about two of them in each.
pub(crate) struct Buckets<'a> {
    points: &'a [Point],
    low: Point,
    side: f64,
    columns: usize,
    rows: usize,
    /// Where the points of each bucket begin in `order`.
    starts: Vec<usize>,
    order: Vec<u32>,
}

impl<'a> Buckets<'a> {
    /// Buckets at least `side` metres wide. The points must be finite.
    pub(crate) fn new(points: &'a [Point], side: f64) -> Self {
        let (low, high) = bounds(points);
        let (wide, tall) = (high[0] - low[0], high[1] - low[1]);
        let even = (wide * tall / (points.len() as f64 / 2.0).max(1.0)).sqrt();
        // A line of points has no area: as many buckets as points along it are enough.
        let thin = wide.max(tall) / (points.len() as f64).max(1.0);
        let side = side.max(even).max(thin).max(f64::MIN_POSITIVE);
        let count = |length: f64| (length / side).floor() as usize + 1;
        let (columns, rows) = (count(wide), count(tall));
        let mut buckets = Self { points, low, side, columns, rows, starts: vec![0; columns * rows + 1], order: vec![0; points.len()] };
        let places: Vec<usize> = points.iter().map(|point| buckets.row(point[1]) * columns + buckets.column(point[0])).collect();
        for place in &places {
            buckets.starts[place + 1] += 1;
        }
        for at in 1..buckets.starts.len() {
            buckets.starts[at] += buckets.starts[at - 1];
        }
        let mut next = buckets.starts.clone();
        for (point, place) in (0_u32..).zip(&places) {
            buckets.order[next[*place]] = point;
            next[*place] += 1;
        }
        buckets
    }

    fn column(&self, east: f64) -> usize {
        (((east - self.low[0]) / self.side).max(0.0) as usize).min(self.columns - 1)
    }

    fn row(&self, north: f64) -> usize {
        (((north - self.low[1]) / self.side).max(0.0) as usize).min(self.rows - 1)
    }

    fn bucket(&self, row: usize, column: usize) -> &[u32] {
        let at = row * self.columns + column;
        &self.order[self.starts[at]..self.starts[at + 1]]
    }

    /// Calls `found` with every point not farther than `reach` metres from `from`, and the square of its distance.
    pub(crate) fn within(&self, from: Point, reach: f64, mut found: impl FnMut(u32, f64)) {
        let square = reach * reach;
        let (first, last) = (self.column(from[0] - reach), self.column(from[0] + reach));
        for row in self.row(from[1] - reach)..=self.row(from[1] + reach) {
            for column in first..=last {
                for other in self.bucket(row, column) {
                    let apart = apart(from, self.points[*other as usize]);
                    if apart <= square {
                        found(*other, apart);
                    }
                }
            }
        }
    }

    /// The `count` points nearest to point number `from`, without itself, nearest first; of equally near ones the first.
    pub(crate) fn nearest(&self, from: u32, count: usize, near: &mut Vec<(f64, u32)>) {
        let point = self.points[from as usize];
        let (column, row) = (self.column(point[0]), self.row(point[1]));
        near.clear();
        for ring in 0..self.columns.max(self.rows) {
            let (first, last) = (column.saturating_sub(ring), (column + ring).min(self.columns - 1));
            for at in row.saturating_sub(ring)..=(row + ring).min(self.rows - 1) {
                let edge = at.abs_diff(row) == ring;
                let mut look = |column: usize| {
                    for other in self.bucket(at, column).iter().filter(|other| **other != from) {
                        near.push((apart(point, self.points[*other as usize]), *other));
                    }
                };
                if edge {
                    (first..=last).for_each(&mut look);
                } else {
                    [column.checked_sub(ring), Some(column + ring).filter(|column| *column < self.columns)]
                        .into_iter()
                        .flatten()
                        .for_each(&mut look);
                }
            }
            // Beyond this ring, nothing is nearer than its width: a little less, for rounding.
            let sure = (ring as f64 * self.side * (1.0 - 1e-9)).powi(2);
            if near.len() >= count && near.iter().filter(|(apart, _)| *apart < sure).count() >= count {
                break;
            }
        }
        near.sort_unstable_by(|one, other| one.0.total_cmp(&other.0).then(one.1.cmp(&other.1)));
        near.truncate(count);
    }
}

fn apart(one: Point, other: Point) -> f64 {
    let (east, north) = (one[0] - other[0], one[1] - other[1]);
    east * east + north * north
}

/// The corners of the smallest box that holds the points; zeros where there are none.
pub(crate) fn bounds(points: &[Point]) -> (Point, Point) {
    let Some(first) = points.first() else { return ([0.0; 2], [0.0; 2]) };
    let mut bounds = (*first, *first);
    for point in points {
        for (axis, number) in point.iter().enumerate() {
            bounds.0[axis] = bounds.0[axis].min(*number);
            bounds.1[axis] = bounds.1[axis].max(*number);
        }
    }
    bounds
}

/// The first point that is not two finite numbers below a thousand million, which no place on earth is.
pub(crate) fn wild(points: &[Point]) -> Option<usize> {
    points.iter().position(|point| !point.iter().all(|number| number.abs() < 1e9))
}
