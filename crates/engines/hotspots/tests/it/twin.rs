//! The scan against a slow twin that looks at every zone in every window, and whether chance alone is found as often as it should be.

use plainsight_hotspots::{Coordinates, Counts, Ellipse, Extent, Limits, Options, Period, Place, Study, scan};
use plainsight_names::Unwatched;
use proptest::prelude::*;

#[derive(Clone, Copy, Debug)]
enum Model {
    Poisson,
    Bernoulli,
    Permutation,
}

/// A study as drawn: places on a small grid, so that distances tie, and counts by area and interval.
#[derive(Clone, Debug)]
struct Drawn {
    model: Model,
    places: Vec<Place>,
    intervals: usize,
    cases: Vec<u32>,
    others: Vec<u32>,
}

fn drawn() -> impl Strategy<Value = Drawn> {
    (2_usize..9, 1_usize..9, 0_u8..3).prop_flat_map(|(areas, intervals, model)| {
        let cells = areas * intervals;
        let model = match model {
            0 => Model::Poisson,
            1 => Model::Bernoulli,
            _ => Model::Permutation,
        };
        let places = prop::collection::vec((0_i32..6, 0_i32..6), areas);
        let cases = prop::collection::vec(prop_oneof![3 => Just(0_u32), 2 => 1_u32..3, 1 => 3_u32..9], cells);
        (places, cases, prop::collection::vec(0_u32..4, cells)).prop_map(move |(places, cases, others)| Drawn {
            model,
            places: places.iter().map(|(first, second)| Place { first: f64::from(*first), second: f64::from(*second) }).collect(),
            intervals,
            cases,
            others,
        })
    })
}

fn limits() -> impl Strategy<Value = (Limits, bool, bool)> {
    (0.2..1.0_f64, prop::option::of(0.5..4.0_f64), 1_usize..3, prop::option::of(1_usize..5), 1_u32..4, any::<bool>(), any::<bool>())
        .prop_map(|(share, reach, shortest, longest, cases, prospective, ellipses)| {
            (Limits { share, reach, shortest, longest: longest.map(|longest| longest.max(shortest)), cases }, prospective, ellipses)
        })
}

/// The log likelihood ratio as Kulldorff (1997) writes it: as likely as with two rates, over as likely as with one.
fn ratio(model: Model, inside: f64, size: f64, all: f64, everybody: f64) -> f64 {
    let part = |count: f64, rate: f64| if count > 0.0 { count * rate.ln() } else { 0.0 };
    if let Model::Bernoulli = model {
        let (rest, others) = (all - inside, everybody - size);
        if size <= 0.0 || others <= 0.0 || inside / size <= rest / others {
            return 0.0;
        }
        let of = |cases: f64, people: f64| part(cases, cases / people) + part(people - cases, (people - cases) / people);
        return of(inside, size) + of(rest, others) - of(all, everybody);
    }
    if size <= 0.0 || inside <= size || size >= all {
        return 0.0;
    }
    part(inside, inside / size) + part(all - inside, (all - inside) / (all - size))
}

/// The highest ratio, told from the definition alone.
fn highest(drawn: &Drawn, options: &Options) -> f64 {
    let (areas, intervals) = (drawn.places.len(), drawn.intervals);
    let all: f64 = drawn.cases.iter().map(|count| f64::from(*count)).sum();
    let row = |at: usize| drawn.cases[at * intervals..(at + 1) * intervals].iter().map(|count| f64::from(*count)).sum::<f64>();
    let column = |at: usize| (0..areas).map(|area| f64::from(drawn.cases[area * intervals + at])).sum::<f64>();
    let people: Vec<f64> = drawn.cases.iter().zip(&drawn.others).map(|(cases, others)| f64::from(cases + others)).collect();
    let weights: f64 = drawn.others.iter().map(|other| f64::from(other + 1)).sum();
    let size = |area: usize, at: usize| match drawn.model {
        Model::Poisson => f64::from(drawn.others[area * intervals + at] + 1) * all / weights,
        Model::Bernoulli => people[area * intervals + at],
        Model::Permutation => row(area) * column(at) / all,
    };
    let everybody: f64 = match drawn.model {
        Model::Bernoulli => people.iter().sum(),
        _ => all,
    };
    let longest = options.limits.longest.unwrap_or((intervals / 2).max(1));
    let mut windows = Vec::new();
    for from in 0..intervals {
        for to in from + 1..=intervals {
            let fits = (options.limits.shortest..=longest).contains(&(to - from));
            if options.extent == Extent::Space && to - from == intervals
                || options.extent != Extent::Space && fits && (options.period == Period::Retrospective || to == intervals)
            {
                windows.push((from, to));
            }
        }
    }
    let mut forms = vec![(None, 1.0)];
    forms.extend(options.ellipses.iter().map(|form| (Some(*form), (4.0 * form.ratio / (form.ratio + 1.0).powi(2)).powf(options.penalty))));
    let mut best = 0.0_f64;
    for (form, weight) in forms {
        for centre in &drawn.places {
            let far = |place: &Place| {
                let (east, north) = (place.first - centre.first, place.second - centre.second);
                let Some(form) = form else { return east.hypot(north) };
                let (sine, cosine) = form.angle.to_radians().sin_cos();
                ((east * cosine + north * sine) / form.ratio).hypot(north * cosine - east * sine)
            };
            let mut order: Vec<usize> = (0..areas).collect();
            order.sort_by(|one, other| far(&drawn.places[*one]).total_cmp(&far(&drawn.places[*other])).then(one.cmp(other)));
            for count in 1..=areas {
                let zone = &order[..count];
                let whole: f64 = zone.iter().flat_map(|area| (0..intervals).map(|at| size(*area, at))).sum();
                let wide = options.limits.reach.is_some_and(|reach| far(&drawn.places[zone[count - 1]]) > reach);
                let large = options.extent != Extent::Time && (whole > options.limits.share * everybody * (1.0 + 1e-9) || wide);
                if large || options.extent == Extent::Time && count < areas {
                    continue;
                }
                for (from, to) in &windows {
                    let cells = || zone.iter().flat_map(|area| (*from..*to).map(move |at| (*area, at)));
                    let inside: f64 = cells().map(|(area, at)| f64::from(drawn.cases[area * intervals + at])).sum();
                    if inside >= f64::from(options.limits.cases) {
                        let expected = cells().map(|(area, at)| size(area, at)).sum();
                        best = best.max(ratio(drawn.model, inside, expected, all, everybody) * weight);
                    }
                }
            }
        }
    }
    best
}

fn with<T>(drawn: &Drawn, act: impl FnOnce(&Study<'_>) -> T) -> T {
    let expected: Vec<f64> = drawn.others.iter().map(|other| f64::from(other + 1)).collect();
    let counts = match drawn.model {
        Model::Poisson => Counts::Poisson { cases: &drawn.cases, expected: &expected },
        Model::Bernoulli => Counts::Bernoulli { cases: &drawn.cases, controls: &drawn.others },
        Model::Permutation => Counts::Permutation { cases: &drawn.cases },
    };
    act(&Study { places: &drawn.places, coordinates: Coordinates::Planar, intervals: drawn.intervals, counts })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn the_densest_is_the_one_that_looking_at_everything_finds(
        drawn in drawn(), (limits, prospective, ellipses) in limits(), extent in 0_u8..3,
    ) {
        let extent = match extent {
            0 => Extent::Space,
            1 => Extent::Time,
            _ => Extent::SpaceTime,
        };
        let options = Options {
            extent,
            period: if prospective { Period::Prospective } else { Period::Retrospective },
            limits,
            ellipses: if ellipses { Ellipse::usual() } else { Vec::new() },
            replicates: 9,
            ..Options::default()
        };
        // What cannot be asked is refused with a reason; a scan that is made is right.
        if let Ok(outcome) = with(&drawn, |study| scan(study, &options, &Unwatched)) {
            let wanted = highest(&drawn, &options);
            let found = outcome.clusters.first().map_or(0.0, |cluster| cluster.statistic);
            prop_assert!((found - wanted).abs() <= 1e-9 * wanted.max(1.0), "{found} and {wanted}");
            let mut taken = vec![false; drawn.places.len()];
            let mut before = f64::INFINITY;
            for cluster in &outcome.clusters {
                prop_assert!(cluster.statistic.is_finite() && cluster.expected.is_finite() && cluster.radius.is_finite());
                prop_assert!(cluster.p > 0.0 && cluster.p <= 1.0 && cluster.statistic <= before * (1.0 + 1e-9));
                prop_assert!(cluster.relative_risk.is_none_or(f64::is_finite));
                before = cluster.statistic;
                for area in &cluster.areas {
                    prop_assert!(!taken[*area as usize], "two clusters share area {area}");
                    taken[*area as usize] = true;
                }
            }
        }
    }
}

/// Numbers that anybody can draw again.
fn uniform(state: &mut u64) -> f64 {
    *state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
    (*state >> 11) as f64 / (1_u64 << 53) as f64
}

/// Where nothing clusters, one study in twenty is below 0.05: of a thousand, between 35 and 65.
#[test]
fn chance_alone_is_found_as_often_as_it_should_be() {
    let places: Vec<Place> = (0..25).map(|at| Place { first: f64::from(at % 5), second: f64::from(at / 5) }).collect();
    let (areas, intervals) = (places.len(), 6);
    for model in [Model::Poisson, Model::Bernoulli, Model::Permutation] {
        let mut state = 11;
        let mut found = 0;
        for study in 0..1000 {
            let (mut cases, mut others) = (vec![0_u32; areas * intervals], vec![0_u32; areas * intervals]);
            for _ in 0..150 {
                cases[(uniform(&mut state) * (areas * intervals) as f64) as usize] += 1;
            }
            for _ in 0..300 {
                others[(uniform(&mut state) * (areas * intervals) as f64) as usize] += 1;
            }
            // In the Poisson model each place is expected to have as much as every other.
            let others = if let Model::Poisson = model { vec![0; areas * intervals] } else { others };
            let drawn = Drawn { model, places: places.clone(), intervals, cases, others };
            let options = Options { replicates: 99, seed: study, clusters: 1, threads: 2, ..Options::default() };
            let outcome = with(&drawn, |study| scan(study, &options, &Unwatched)).unwrap();
            found += usize::from(outcome.clusters.first().is_some_and(|cluster| cluster.p <= 0.05));
        }
        assert!((35..=65).contains(&found), "{model:?}: {found} of 1,000");
    }
}
