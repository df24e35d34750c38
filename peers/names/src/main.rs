//! How well and how fast names are found among a million, by kind of respelling.
//!
//! `cargo run --release -p plainsight-peers-names -- people PEOPLE.csv` (columns given_name, family_name, cluster), and
//! `... -- pairs PAIRS.csv ...` (columns latin, native): whether each native spelling finds its Latin one.

#![allow(clippy::print_stdout, clippy::disallowed_methods, clippy::cast_precision_loss, reason = "a benchmark reads the clock and prints")]

mod respell;

use std::collections::HashSet;
use std::time::Instant;

use anyhow::{Context, Result, bail};
use plainsight_names::{NameIndex, Unwatched};
use rand::SeedableRng;
use rand::rngs::StdRng;
use rand::seq::IndexedRandom;

/// So many queries of each kind.
const QUERIES: usize = 500;
/// From here on a desk would show a hit as the same name.
const SHOWN: f64 = 0.85;

fn main() -> Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.split_first() {
        Some((word, [file])) if word == "people" => people(file),
        Some((word, files)) if word == "pairs" && !files.is_empty() => files.iter().try_for_each(|file| pairs(file)),
        _ => bail!("say `people FILE.csv` or `pairs FILE.csv ...`"),
    }
}

struct Person {
    name: String,
    cluster: String,
}

fn read(file: &str) -> Result<Vec<Person>> {
    let mut reader = csv::Reader::from_path(file).with_context(|| format!("could not read {file}"))?;
    let headers = reader.headers()?.clone();
    let column = |name: &str| headers.iter().position(|header| header == name).with_context(|| format!("{file} has no column {name}"));
    let (given, family, cluster) = (column("given_name")?, column("family_name")?, column("cluster")?);
    let mut people = Vec::new();
    for row in reader.records() {
        let row = row?;
        let get = |at: usize| row.get(at).unwrap_or_default();
        people.push(Person { name: format!("{} {}", get(given), get(family)), cluster: get(cluster).to_owned() });
    }
    Ok(people)
}

fn people(file: &str) -> Result<()> {
    let people = read(file)?;
    let start = Instant::now();
    let mut index = NameIndex::build(people.iter().map(|person| person.name.as_str()), &Unwatched)?;
    let built = start.elapsed();
    let mut clusters: Vec<HashSet<&str>> = vec![HashSet::new(); index.len()];
    for person in &people {
        let number = index.add(&person.name)? as usize;
        if let Some(clusters) = clusters.get_mut(number) {
            clusters.insert(&person.cluster);
        }
    }
    println!(
        "{} people, {} different names, built in {:.1} s, {:.0} bytes a person, {:.0} a name",
        people.len(),
        index.len(),
        built.as_secs_f64(),
        index.memory() as f64 / people.len() as f64,
        index.memory() as f64 / index.len() as f64
    );
    println!("{:<18} {:>9} {:>9} {:>10} {:>8} {:>8} {:>8}", "asked", "recall@1", "recall@10", "precision", "shown", "p50 ms", "p95 ms");
    let mut rng = StdRng::seed_from_u64(11);
    for (kind, respell) in respell::KINDS {
        let (mut first, mut ten, mut shown, mut right) = (0, 0, 0, 0);
        let mut times = Vec::new();
        let mut asked = 0;
        while asked < QUERIES {
            let Some(person) = people.choose(&mut rng) else { break };
            let Some(query) = respell(&person.name, &mut rng) else { continue };
            asked += 1;
            let wanted = index.add(&person.name)?;
            let start = Instant::now();
            let hits = index.search(&query, 10);
            times.push(start.elapsed().as_secs_f64() * 1000.0);
            first += usize::from(hits.first().is_some_and(|hit| hit.name == wanted));
            ten += usize::from(hits.iter().any(|hit| hit.name == wanted));
            for hit in hits.iter().filter(|hit| hit.likeness >= SHOWN) {
                shown += 1;
                right += usize::from(clusters.get(hit.name as usize).is_some_and(|clusters| clusters.contains(person.cluster.as_str())));
            }
            if std::env::var_os("MISSED").is_some() && !hits.iter().any(|hit| hit.name == wanted) {
                println!("  missed {:?} asked as {query:?}; first {:?}", person.name, hits.first().map(|hit| hit.written));
            }
        }
        times.sort_by(f64::total_cmp);
        let share = |count: usize, of: usize| count as f64 / of.max(1) as f64;
        let at = |part: usize| times.get(times.len() * part / 100).copied().unwrap_or_default();
        println!(
            "{kind:<18} {:>9.3} {:>9.3} {:>10.3} {:>8.1} {:>8.2} {:>8.2}",
            share(first, asked),
            share(ten, asked),
            share(right, shown),
            share(shown, asked),
            at(50),
            at(95)
        );
    }
    Ok(())
}

fn pairs(file: &str) -> Result<()> {
    let mut reader = csv::Reader::from_path(file).with_context(|| format!("could not read {file}"))?;
    let rows: Vec<(String, String)> = reader
        .records()
        .map(|row| row.map(|row| (row.get(0).unwrap_or_default().to_owned(), row.get(1).unwrap_or_default().to_owned())))
        .collect::<Result<_, _>>()?;
    let mut index = NameIndex::build(rows.iter().map(|(latin, _)| latin.as_str()), &Unwatched)?;
    let (mut first, mut ten, mut times) = (0, 0, Vec::new());
    let mut rng = StdRng::seed_from_u64(3);
    for _ in 0..QUERIES * 2 {
        let Some((latin, native)) = rows.choose(&mut rng) else { break };
        let wanted = index.add(latin)?;
        let start = Instant::now();
        let hits = index.search(native, 10);
        times.push(start.elapsed().as_secs_f64() * 1000.0);
        first += usize::from(hits.first().is_some_and(|hit| hit.name == wanted));
        ten += usize::from(hits.iter().any(|hit| hit.name == wanted));
        if std::env::var_os("MISSED").is_some() && !hits.iter().any(|hit| hit.name == wanted) {
            println!("  missed {latin:?} asked as {native:?}; first {:?}", hits.first().map(|hit| hit.written));
        }
    }
    times.sort_by(f64::total_cmp);
    let of = times.len().max(1) as f64;
    println!(
        "{file}: {} names, recall@1 {:.3}, recall@10 {:.3}, p95 {:.2} ms",
        index.len(),
        first as f64 / of,
        ten as f64 / of,
        times.get(times.len() * 95 / 100).copied().unwrap_or_default()
    );
    Ok(())
}
