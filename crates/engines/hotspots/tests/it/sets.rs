//! The sample sets of SaTScan: the same clusters, dates and ratios as it computes.

use std::collections::{BTreeMap, HashMap};
use std::fs;
use std::path::Path;

use plainsight_hotspots::{
    Census, Chance, Coordinates, Counts, Extent, Limits, Options, Outcome, Period, Place, Stratum, Study, expected, scan,
};
use plainsight_names::Unwatched;

fn rows(name: &str) -> Vec<Vec<String>> {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../data/spatial/satscan").join(name);
    let text = fs::read_to_string(file).unwrap();
    text.lines().map(|line| line.split_whitespace().map(str::to_owned).collect()).filter(|row: &Vec<String>| !row.is_empty()).collect()
}

struct Areas {
    names: Vec<String>,
    places: Vec<Place>,
    at: HashMap<String, usize>,
}

fn areas(name: &str) -> Areas {
    let rows = rows(name);
    let number = |text: &String| text.parse().unwrap();
    Areas {
        names: rows.iter().map(|row| row[0].clone()).collect(),
        places: rows.iter().map(|row| Place { first: number(&row[1]), second: number(&row[2]) }).collect(),
        at: rows.iter().enumerate().map(|(at, row)| (row[0].clone(), at)).collect(),
    }
}

fn said() -> serde_json::Value {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../data/spatial/satscan/expected.json");
    serde_json::from_str(&fs::read_to_string(file).unwrap()).unwrap()
}

fn names(areas: &Areas, numbers: &[u32]) -> Vec<String> {
    let mut names: Vec<String> = numbers.iter().map(|at| areas.names[*at as usize].clone()).collect();
    names.sort();
    names
}

fn named(value: &serde_json::Value) -> Vec<String> {
    let mut names: Vec<String> = value.as_array().unwrap().iter().map(|name| name.as_str().unwrap().to_owned()).collect();
    names.sort();
    names
}

/// The ratio within one in ten thousand, and both p-values within three standard errors of a rank among 9,999.
fn agrees(outcome: &Outcome, said: &serde_json::Value) {
    let cluster = &outcome.clusters[0];
    let (llr, p) = (said["llr"].as_f64().unwrap(), said["p_mc"].as_f64().unwrap());
    assert!((cluster.llr / llr - 1.0).abs() < 1e-4, "{} and {llr}", cluster.llr);
    assert_eq!(cluster.observed, said["observed"].as_u64().unwrap());
    assert!((cluster.expected - said["expected"].as_f64().unwrap()).abs() <= 0.0051, "{}", cluster.expected);
    let error = (p * (1.0 - p) * 2.0 / 9999.0).sqrt();
    assert!((cluster.p - p).abs() < 3.0 * error, "{} and {p}, {error}", cluster.p);
}

fn days(year: i64) -> i64 {
    (1900..year).map(|year| if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) { 366 } else { 365 }).sum()
}

#[test]
fn new_mexico_space_time_poisson_with_age_and_sex() {
    let areas = areas("nm.geo");
    let year = |text: &str| text.parse::<i64>().map(|year| if year < 100 { year + 1900 } else { year }).unwrap();
    let mut strata: BTreeMap<(String, String), Stratum> = BTreeMap::new();
    for row in rows("nm.pop") {
        let stratum = strata.entry((row[3].clone(), row[4].clone())).or_insert(Stratum { cases: 0, censuses: Vec::new() });
        // A year stands for its middle.
        let day = days(year(&row[1])) + 181 + (days(year(&row[1]) + 1) - days(year(&row[1])) - 365);
        stratum.censuses.push(Census { area: areas.at[&row[0]] as u32, day, people: row[2].parse().unwrap() });
    }
    let mut cases = vec![0; areas.places.len() * 19];
    for row in rows("nm.cas") {
        let count: u32 = row[1].parse().unwrap();
        cases[areas.at[&row[0]] * 19 + (year(&row[2]) - 1973) as usize] += count;
        strata.get_mut(&(row[3].clone(), row[4].clone())).unwrap().cases += u64::from(count);
    }
    let bounds: Vec<i64> = (1973..=1992).map(days).collect();
    let strata: Vec<Stratum> = strata.into_values().collect();
    let expected = expected(areas.places.len(), &bounds, &strata).unwrap();
    let study = Study {
        places: &areas.places,
        coordinates: Coordinates::Degrees,
        intervals: 19,
        counts: Counts::Poisson { cases: &cases, expected: &expected },
    };
    let outcome = scan(&study, &Options { replicates: 9999, threads: 2, ..Options::default() }, &Unwatched).unwrap();
    let cluster = &outcome.clusters[0];
    assert_eq!(names(&areas, &cluster.areas), named(&said()["nm"]["cluster"]));
    assert_eq!((areas.names[cluster.centre as usize].as_str(), cluster.from + 1973, cluster.to + 1972), ("Torrance", 1985, 1989));
    agrees(&outcome, &said()["nm"]);
    for cluster in &outcome.clusters {
        assert!(cluster.p > 0.0 && cluster.p <= 1.0 && cluster.llr.is_finite() && cluster.expected.is_finite(), "{cluster:?}");
    }
}

#[test]
fn new_york_prospective_permutation() {
    let areas = areas("NYCfever.geo");
    let mut cases = vec![0; areas.places.len() * 24];
    for row in rows("NYCfever.cas").iter().filter(|row| row.len() == 3) {
        let day: usize = row[2].rsplit('/').next().unwrap().parse().unwrap();
        cases[areas.at[&row[0]] * 24 + day - 1] += row[1].parse::<u32>().unwrap();
    }
    let study =
        Study { places: &areas.places, coordinates: Coordinates::Degrees, intervals: 24, counts: Counts::Permutation { cases: &cases } };
    let limits = Limits { reach: Some(3.0), longest: Some(7), ..Limits::default() };
    let options = Options { period: Period::Prospective, limits, replicates: 9999, threads: 2, ..Options::default() };
    let outcome = scan(&study, &options, &Unwatched).unwrap();
    let cluster = &outcome.clusters[0];
    let said = &said()["nyc"];
    assert_eq!(names(&areas, &cluster.areas), named(&said["cluster"]));
    assert_eq!((areas.names[cluster.centre as usize].as_str(), cluster.from, cluster.to), ("11418", 21, 24));
    agrees(&outcome, said);
    assert!((cluster.recurrence.unwrap() * cluster.p - 1.0).abs() < 1e-12);
}

#[test]
fn north_humberside_bernoulli_names_both_of_two_tied_clusters() {
    let areas = areas("NHumberside.geo");
    let count = |name: &str| {
        let mut counts = vec![0; areas.places.len()];
        rows(name).iter().for_each(|row| counts[areas.at[&row[0]]] += row[1].parse::<u32>().unwrap());
        counts
    };
    let (cases, controls) = (count("NHumberside.cas"), count("NHumberside.ctl"));
    let counts = Counts::Bernoulli { cases: &cases, controls: &controls };
    let study = Study { places: &areas.places, coordinates: Coordinates::Planar, intervals: 1, counts };
    let options = Options { extent: Extent::Space, replicates: 9999, threads: 2, ..Options::default() };
    let outcome = scan(&study, &options, &Unwatched).unwrap();
    let said = &said()["humberside"];
    let cluster = &outcome.clusters[0];
    let mut found: Vec<Vec<String>> = cluster.tied.iter().map(|(tied, _, _)| names(&areas, tied)).collect();
    found.push(names(&areas, &cluster.areas));
    for one in said["cluster_any_of"].as_array().unwrap() {
        assert!(found.contains(&named(one)), "{one} {found:?}");
    }
    agrees(&outcome, said);
}

/// The answer is the same to the last bit on any number of threads, and with an early stop that ends at the same replicate.
#[test]
fn threads_change_nothing() {
    let areas = areas("NHumberside.geo");
    let count = |name: &str| {
        let mut counts = vec![0; areas.places.len()];
        rows(name).iter().for_each(|row| counts[areas.at[&row[0]]] += row[1].parse::<u32>().unwrap());
        counts
    };
    let (cases, controls) = (count("NHumberside.cas"), count("NHumberside.ctl"));
    for counts in [Counts::Bernoulli { cases: &cases, controls: &controls }, Counts::Permutation { cases: &cases }] {
        let study = Study { places: &areas.places, coordinates: Coordinates::Planar, intervals: 1, counts };
        for p_values in [Chance::Standard, Chance::Gumbel, Chance::Sequential { exceeding: 20 }] {
            let options = |threads| Options { extent: Extent::Space, replicates: 499, seed: 7, threads, p_values, ..Options::default() };
            let said = |threads| format!("{:?}", scan(&study, &options(threads), &Unwatched).map(|outcome| outcome.clusters));
            assert_eq!(said(1), said(2));
            assert_eq!(said(1), said(3));
        }
    }
}
