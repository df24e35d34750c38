//! Rules of the statistics of cells: what does not change them, what is said where there is none, and that nothing is ever NaN.

use plainsight_hotspots::{
    Cell, Contiguity, Discovery, Local, LocalError, LocalOptions, Neighbours, NeighboursError, Own, Side, State, Weighting, gi, moran,
};
use plainsight_names::{Unwatched, Watch};
use proptest::prelude::*;

fn options(permutations: u32) -> LocalOptions {
    LocalOptions { permutations, ..LocalOptions::default() }
}

fn all_ways(values: &[f64], neighbours: &Neighbours, permutations: u32) -> Vec<Local> {
    let mut found = Vec::new();
    for weighting in [Weighting::Binary, Weighting::Row] {
        let options = LocalOptions { weighting, permutations, ..LocalOptions::default() };
        found.push(gi(values, neighbours, Own::Counts, &options, &Unwatched).unwrap());
        found.push(gi(values, neighbours, Own::Aside, &options, &Unwatched).unwrap());
        found.push(moran(values, neighbours, &options, &Unwatched).unwrap());
    }
    found
}

fn sound(local: &Local) {
    for cell in &local.cells {
        for number in [cell.statistic, cell.expected, cell.z, cell.p, cell.adjusted] {
            assert!(number.is_finite(), "{cell:?}");
        }
        assert!((0.0..=1.0).contains(&cell.p) && cell.adjusted >= cell.p && cell.adjusted <= 1.0, "{cell:?}");
        assert!(cell.state == State::Fine || (cell.z == 0.0 && cell.p == 1.0 && !cell.found), "{cell:?}");
    }
    assert_eq!(local.tested + local.missing + local.islands + local.flat, local.cells.len());
}

#[test]
fn where_nothing_can_be_said_the_state_says_why() {
    // Two islands, two that have only each other, and one without a value between two others.
    let neighbours = Neighbours::lists(&[vec![], vec![2], vec![1], vec![4], vec![3, 5], vec![4], vec![]]).unwrap();
    let values = [3.0, 4.0, 9.0, 1.0, f64::NAN, f64::INFINITY, 2.0];
    for local in all_ways(&values, &neighbours, 99) {
        sound(&local);
        let states: Vec<State> = local.cells.iter().map(|cell| cell.state).collect();
        use State::{Fine, Island, Missing};
        assert_eq!(states, [Island, Fine, Fine, Island, Missing, Missing, Island]);
        assert_eq!((local.tested, local.missing, local.islands), (2, 2, 3));
    }
    // All equal, everybody a neighbour of everybody, and nothing at all.
    let grid = Neighbours::grid(4, 4, Contiguity::Queen).unwrap();
    for values in [vec![7.0; 16], vec![0.0; 16], vec![0.1; 16]] {
        for local in all_ways(&values, &grid, 99) {
            sound(&local);
            assert_eq!(local.flat, 16);
        }
    }
    let everybody = Neighbours::grid(2, 2, Contiguity::Queen).unwrap();
    for local in all_ways(&[1.0, 2.0, 3.0, 5.0], &everybody, 99) {
        sound(&local);
        assert_eq!(local.flat, 4);
    }
    for local in all_ways(&[], &Neighbours::lists(&[]).unwrap(), 99) {
        assert_eq!((local.tested, local.found), (0, 0));
    }
    // One cell holds everything: for Gi and Moran its own surroundings cannot vary, those of the others can.
    let mut one = vec![0.0; 16];
    one[5] = 1.0;
    for local in all_ways(&one, &grid, 99) {
        sound(&local);
    }
    assert_eq!(gi(&one, &grid, Own::Aside, &options(0), &Unwatched).unwrap().cells[5].state, State::Flat);
    assert_eq!(moran(&one, &grid, &options(0), &Unwatched).unwrap().cells[5].state, State::Flat);
}

#[test]
fn mistakes_are_named() {
    let grid = Neighbours::grid(2, 2, Contiguity::Rook).unwrap();
    let asked = |values: &[f64], options: LocalOptions| moran(values, &grid, &options, &Unwatched).unwrap_err();
    assert_eq!(asked(&[1.0], options(9)), LocalError::Sizes { values: 1, cells: 4 });
    assert_eq!(asked(&[1.0, 1e101, 0.0, 0.0], options(9)), LocalError::TooLarge { cell: 1 });
    assert_eq!(asked(&[1.0; 4], LocalOptions { level: f64::NAN, ..options(9) }), LocalError::Level);
    assert_eq!(Neighbours::nearest(&[[0.0, 0.0]], 0), Err(NeighboursError::Nothing));
    assert_eq!(Neighbours::band(&[[0.0, 0.0]], f64::NAN), Err(NeighboursError::Nothing));
    assert_eq!(Neighbours::band(&[[0.0, 0.0], [f64::NAN, 1.0]], 5.0), Err(NeighboursError::Wild { cell: 1 }));
    assert_eq!(Neighbours::lattice(&[(0, 0), (1, 0), (0, 0)], Contiguity::Rook), Err(NeighboursError::Twice { one: 0, other: 2 }));
    assert_eq!(Neighbours::lists(&[vec![1, 1], vec![]]), Err(NeighboursError::List { cell: 0, other: 1 }));
    assert_eq!(Neighbours::lists(&[vec![0]]), Err(NeighboursError::List { cell: 0, other: 0 }));
    struct Impatient;
    impl Watch for Impatient {
        fn progress(&self, _: &'static str, _: u64, _: u64) {}
        fn cancelled(&self) -> bool {
            true
        }
    }
    assert_eq!(moran(&[1.0, 2.0, 3.0, 5.0], &grid_of_nine(), &options(9), &Impatient), Err(LocalError::Sizes { values: 4, cells: 9 }));
    let nine: Vec<f64> = (0..9).map(f64::from).collect();
    assert_eq!(moran(&nine, &grid_of_nine(), &options(9), &Impatient), Err(LocalError::Stopped));
}

fn grid_of_nine() -> Neighbours {
    Neighbours::grid(3, 3, Contiguity::Rook).unwrap()
}

/// A planted patch is found and, with false discoveries controlled, little else; uncontrolled, a twentieth of the rest is "found".
#[test]
fn what_is_planted_is_found_and_little_else() {
    let side = 60;
    let grid = Neighbours::grid(side, side, Contiguity::Queen).unwrap();
    let mut draw = 1_u64;
    let mut values: Vec<f64> = Vec::new();
    for _ in 0..side * side {
        draw = draw.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        values.push((draw >> 40) as f64 / f64::from(1 << 24));
    }
    let patch = |cell: usize| (20..30).contains(&(cell / side)) && (20..30).contains(&(cell % side));
    for (cell, value) in values.iter_mut().enumerate() {
        *value += if patch(cell) { 1.0 } else { 0.0 };
    }
    let near_patch = |cell: usize| (18..32).contains(&(cell / side)) && (18..32).contains(&(cell % side));
    let far = |local: &Local| local.cells.iter().enumerate().filter(|(cell, local)| local.found && !near_patch(*cell)).count();
    let inside = |local: &Local| local.cells.iter().enumerate().filter(|(cell, local)| local.found && patch(*cell)).count();
    let controlled = gi(&values, &grid, Own::Counts, &options(9_999), &Unwatched).unwrap();
    assert!(inside(&controlled) > 90 && far(&controlled) < 10, "{} {}", inside(&controlled), far(&controlled));
    let loose = LocalOptions { discovery: Discovery::Uncontrolled, ..options(9_999) };
    let loose = gi(&values, &grid, Own::Counts, &loose, &Unwatched).unwrap();
    assert!(far(&loose) > 80, "{}", far(&loose));
    let strict = LocalOptions { discovery: Discovery::BenjaminiYekutieli, ..options(9_999) };
    assert!(gi(&values, &grid, Own::Counts, &strict, &Unwatched).unwrap().found < controlled.found);
    // With 99 permutations the smallest p-value is 0.02, and 1,440 cells would have to have it.
    assert_eq!(gi(&values, &grid, Own::Counts, &options(99), &Unwatched).unwrap().needed, 1440);
}

/// The expectation and the variance of local Moran, and z of Gi, are those over every way to deal out the others.
#[test]
fn moments_are_those_of_all_permutations() {
    let values = [2.0, 3.0, 7.0, 1.0, 12.0, 4.0];
    let neighbours = Neighbours::lists(&[vec![1, 4], vec![0], vec![1, 3, 5], vec![2], vec![0], vec![2]]).unwrap();
    for cell in [0_usize, 2] {
        let others: Vec<usize> = (0..6).filter(|other| *other != cell).collect();
        let size = neighbours.of(cell).len();
        let mean = values.iter().sum::<f64>() / 6.0;
        let squares: f64 = values.iter().map(|value| (value - mean).powi(2)).sum();
        let subsets: Vec<Vec<usize>> = (0..32_u32)
            .filter(|set| set.count_ones() as usize == size)
            .map(|set| others.iter().enumerate().filter(|(at, _)| set >> at & 1 == 1).map(|(_, other)| *other).collect())
            .collect();
        let moments = |statistic: &dyn Fn(&[usize]) -> f64| {
            let drawn: Vec<f64> = subsets.iter().map(|subset| statistic(subset)).collect();
            let middle = drawn.iter().sum::<f64>() / drawn.len() as f64;
            (middle, (drawn.iter().map(|one| (one - middle).powi(2)).sum::<f64>() / drawn.len() as f64).sqrt())
        };
        for weighting in [Weighting::Binary, Weighting::Row] {
            let options = LocalOptions { weighting, permutations: 0, ..LocalOptions::default() };
            let weight = if weighting == Weighting::Row { 1.0 / size as f64 } else { 1.0 };
            let found = moran(&values, &neighbours, &options, &Unwatched).unwrap().cells[cell];
            let (middle, spread) = moments(&|near| {
                5.0 * (values[cell] - mean) * near.iter().map(|other| values[*other] - mean).sum::<f64>() * weight / squares
            });
            assert!((found.expected - middle).abs() < 1e-12 && (found.z - (found.statistic - middle) / spread).abs() < 1e-9, "{found:?}");
            let found = gi(&values, &neighbours, Own::Aside, &options, &Unwatched).unwrap().cells[cell];
            let rest: f64 = others.iter().map(|other| values[*other]).sum();
            let (middle, spread) = moments(&|near| near.iter().map(|other| values[*other]).sum::<f64>() * weight / rest);
            assert!((found.expected - middle).abs() < 1e-12 && (found.z - (found.statistic - middle) / spread).abs() < 1e-9, "{found:?}");
        }
    }
}

fn close(one: &Cell, other: &Cell) {
    assert_eq!((one.state, one.kind), (other.state, other.kind));
    assert!((one.z - other.z).abs() < 1e-6 * one.z.abs().max(1.0), "{one:?} {other:?}");
}

/// The neighbours of a cell may have exactly the mean of all: in whatever order they are added up, they are not above it.
#[test]
fn neighbours_at_the_mean_are_on_no_side_whatever_their_order() {
    let mut points = vec![[0.0, 0.0]; 30];
    for (cell, place) in [
        (0, [27.0, 13.0]),
        (1, [29.0, 0.0]),
        (6, [21.0, 6.0]),
        (14, [14.0, 1.0]),
        (15, [13.0, 2.0]),
        (16, [12.0, 6.0]),
        (20, [30.0, 0.0]),
        (23, [13.0, 2.0]),
        (27, [17.0, 0.0]),
    ] {
        points[cell] = place;
    }
    let values = [
        3.0, -13.0, 8.0, -12.0, 24.0, -15.0, -15.0, 22.0, 19.0, 24.0, 32.0, -14.0, 10.0, 38.0, 0.0, -8.0, 28.0, 32.0, -15.0, 32.0, 30.0,
        11.0, -3.0, 12.0, 14.0, -4.0, 13.0, 15.0, -19.0, 33.0,
    ];
    let kinds = |turn: usize| {
        let (mut points, mut values) = (points.clone(), values.to_vec());
        points.rotate_left(turn);
        values.rotate_left(turn);
        let neighbours = Neighbours::band(&points, 9.0).unwrap();
        let found = moran(&values, &neighbours, &LocalOptions { permutations: 0, ..LocalOptions::default() }, &Unwatched).unwrap();
        let mut kinds: Vec<_> = found.cells.iter().map(|cell| cell.kind).collect();
        kinds.rotate_right(turn);
        kinds
    };
    let first = kinds(0);
    for turn in 1..30 {
        assert_eq!(kinds(turn), first, "turned by {turn}");
    }
}

fn worlds() -> impl Strategy<Value = (Vec<[f64; 2]>, Vec<f64>)> {
    (5_usize..60).prop_flat_map(|cells| {
        let place = (0_i32..40, 0_i32..40).prop_map(|(east, north)| [f64::from(east), f64::from(north)]);
        (prop::collection::vec(place, cells), prop::collection::vec((-20_i32..40).prop_map(f64::from), cells))
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn buckets_find_whom_comparing_all_finds((points, _) in worlds(), count in 1_usize..9, metres in 1_u32..30) {
        let apart = |one: usize, other: usize| (points[one][0] - points[other][0]).powi(2) + (points[one][1] - points[other][1]).powi(2);
        let (nearest, band) = (Neighbours::nearest(&points, count).unwrap(), Neighbours::band(&points, f64::from(metres)).unwrap());
        for cell in 0..points.len() {
            let mut others: Vec<usize> = (0..points.len()).filter(|other| *other != cell).collect();
            let within: Vec<u32> = others.iter().filter(|other| apart(cell, **other) <= f64::from(metres * metres)).map(|other| *other as u32).collect();
            prop_assert_eq!(band.of(cell), within);
            others.sort_by(|one, other| apart(cell, *one).total_cmp(&apart(cell, *other)).then(one.cmp(other)));
            let mut wanted: Vec<u32> = others.into_iter().take(count).map(|other| other as u32).collect();
            wanted.sort_unstable();
            prop_assert_eq!(nearest.of(cell), wanted);
        }
    }

    #[test]
    fn gi_and_moran_do_not_change_with_the_unit_or_the_zero_of_values((points, values) in worlds()) {
        let neighbours = Neighbours::nearest(&points, 4).unwrap();
        let other: Vec<f64> = values.iter().map(|value| value * 3.5 + 120.0).collect();
        for (one, other) in all_ways(&values, &neighbours, 0).iter().zip(all_ways(&other, &neighbours, 0)) {
            // A value that is the mean up to rounding is on neither side of it.
            for (one, other) in one.cells.iter().zip(&other.cells).filter(|(one, other)| one.z.abs() > 1e-9 && other.state == State::Fine) {
                close(one, other);
            }
        }
    }

    #[test]
    fn the_order_of_cells_changes_no_statistic((points, values) in worlds(), turn in 1_usize..50) {
        let neighbours = Neighbours::band(&points, 9.0).unwrap();
        let (mut points, mut turned) = (points, values.clone());
        let turn = turn % points.len();
        points.rotate_left(turn);
        turned.rotate_left(turn);
        let others = Neighbours::band(&points, 9.0).unwrap();
        for (one, other) in all_ways(&values, &neighbours, 0).iter().zip(all_ways(&turned, &others, 0)) {
            for (at, one) in one.cells.iter().enumerate().filter(|(_, one)| one.z.abs() > 1e-9) {
                close(one, &other.cells[(at + points.len() - turn) % points.len()]);
            }
        }
    }

    #[test]
    fn the_same_bits_for_any_number_of_threads((points, values) in worlds(), seed: u64) {
        let neighbours = Neighbours::nearest(&points, 5).unwrap();
        let with = |threads| {
            let options = LocalOptions { permutations: 400, seed, threads, side: Side::Larger, ..LocalOptions::default() };
            gi(&values, &neighbours, Own::Counts, &options, &Unwatched).unwrap()
        };
        let one = with(1);
        sound(&one);
        prop_assert_eq!(&one, &with(2));
        prop_assert_eq!(&one, &with(3));
    }
}
