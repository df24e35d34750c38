//! `plainsight hotspots scan`: the area and time that are densest beyond chance.

mod calendar;
mod read;
mod report;
mod rows;

use std::path::Path;
use std::process::ExitCode;

use anyhow::{Context, Result, bail};
use serde_json::{Value, json};

use plainsight_hotspots::{Chance, Cluster, Coordinates, Counts, Ellipse, Extent, Limits, Options, Outcome, Period, Study, TIE_RULE};

use super::{NAMED, threads, write};
use crate::cli::{HotspotScan, ScanChance, ScanModel};
use crate::commands::bar::Bar;
use crate::commands::folder::free;
use crate::{remark, say};
use read::Read;

pub(super) fn scan(asked: &HotspotScan) -> Result<ExitCode> {
    if let Some(out) = &asked.out {
        free(out)?;
    }
    let read = read::read(asked)?;
    for problem in read.problems.iter().take(NAMED) {
        remark(problem);
    }
    if read.problems.len() > NAMED {
        let all = if asked.out.is_some() { "; left_out.txt has all" } else { "; with --out, left_out.txt has all" };
        remark(format_args!("and {} more{all}", read.problems.len() - NAMED));
    }
    let (study, options) = (study(asked, &read), options(asked, &read)?);
    let outcome = plainsight_hotspots::scan(&study, &options, &Bar::new()?).map_err(|wrong| named(&wrong, &read))?;
    let summary = summary(asked, &read, &options, &outcome);
    if let Some(out) = &asked.out {
        write(out, &report::files(&read, &study, &options, &outcome, &summary)?)?;
    }
    say(serde_json::to_string_pretty(&summary)?);
    Ok(ExitCode::SUCCESS)
}

fn study<'a>(asked: &HotspotScan, read: &'a Read) -> Study<'a> {
    let cases = &read.cases;
    let counts = match asked.model {
        ScanModel::Poisson => Counts::Poisson { cases, expected: &read.expected },
        ScanModel::Bernoulli => Counts::Bernoulli { cases, controls: &read.controls },
        ScanModel::Permutation => Counts::Permutation { cases },
    };
    Study { places: &read.places, coordinates: read.coordinates, intervals: read.calendar.len(), counts }
}

fn options(asked: &HotspotScan, read: &Read) -> Result<Options> {
    let one = read.calendar.len() == 1;
    let extent = match (asked.space, asked.time) {
        (true, _) => Extent::Space,
        (_, true) => Extent::Time,
        _ if one => Extent::Space,
        _ => Extent::SpaceTime,
    };
    if one && (asked.time || asked.prospective) {
        bail!("all reports are of one interval: there is no time to look at; give shorter ones with --interval");
    }
    if asked.ellipses && read.coordinates == Coordinates::Degrees {
        bail!("ellipses need a plane: give x and y (or --planar), or leave --ellipses out");
    }
    let replicates = asked.replicates as usize;
    let p_values = match asked.p_values {
        ScanChance::Standard => Chance::Standard,
        // Ends when it is sure that chance gives as much in one of twenty.
        ScanChance::Sequential => Chance::Sequential { exceeding: (asked.replicates + 1).div_ceil(20) },
        ScanChance::Gumbel => Chance::Gumbel,
    };
    Ok(Options {
        extent,
        period: if asked.prospective { Period::Prospective } else { Period::Retrospective },
        limits: Limits {
            share: if asked.share == 0.0 { bail!("--share is more than 0") } else { asked.share },
            reach: asked.reach,
            shortest: asked.shortest,
            longest: asked.longest,
            cases: asked.least_cases,
        },
        ellipses: if asked.ellipses { Ellipse::usual() } else { Vec::new() },
        replicates,
        p_values,
        clusters: asked.clusters,
        seed: asked.seed,
        threads: threads(asked.threads),
        ..Options::default()
    })
}

/// The engine numbers areas; people name them.
fn named(wrong: &plainsight_hotspots::ScanError, read: &Read) -> anyhow::Error {
    use plainsight_hotspots::ScanError;
    let name = |area: usize| read.names.get(area).cloned().unwrap_or_default();
    match wrong {
        ScanError::Nobody { area, interval } => {
            let (from, to) = read.calendar.span(*interval, interval + 1);
            anyhow::anyhow!("{} has reports from {from} to {to}, and nobody they could come from: give its population", name(*area))
        }
        ScanError::Few(count) => anyhow::anyhow!("{count} reports could be counted, and at least two are needed"),
        other => anyhow::anyhow!("{other}"),
    }
}

fn summary(asked: &HotspotScan, read: &Read, options: &Options, outcome: &Outcome) -> Value {
    let model = match asked.model {
        ScanModel::Poisson => "Poisson: reports beside a population (Kulldorff 1997)",
        ScanModel::Bernoulli => "Bernoulli: reports beside controls (Kulldorff 1997)",
        ScanModel::Permutation => "space-time permutation: reports beside when and where all of them came (Kulldorff and others 2005)",
    };
    let looked_for = match options.extent {
        Extent::Space => "areas",
        Extent::Time => "times",
        Extent::SpaceTime => "areas and times",
    };
    let (from, to) = read.calendar.span(0, read.calendar.len());
    let dated = read.calendar.len() > 1;
    json!({
        "statistic": "scan statistic",
        "measures": "report density",
        "model": model,
        "looked_for": looked_for,
        "period": if options.period == Period::Prospective { "going on at the end" } else { "any" },
        "reports": outcome.cases,
        "rows_left_out": read.problems.len(),
        "areas": read.names.len(),
        "intervals": read.calendar.len(),
        "from": dated.then_some(from),
        "to": dated.then_some(to),
        "allowed_for": read.covariates,
        "zones": outcome.zones,
        "windows_of_time": outcome.windows,
        "p_values": outcome.significance.method.name(),
        "ties": TIE_RULE,
        "replicates": outcome.significance.highest.len(),
        "stopped_early": outcome.significance.stopped_early,
        "seed": options.seed,
        "ratio_that_chance_exceeds_in_5_percent": outcome.significance.critical(0.05),
        "clusters": outcome.clusters.iter().map(|cluster| told(read, options, cluster)).collect::<Vec<_>>(),
    })
}

fn told(read: &Read, options: &Options, cluster: &Cluster) -> Value {
    let names =
        |areas: &[u32]| -> Vec<&str> { areas.iter().filter_map(|area| read.names.get(*area as usize)).map(String::as_str).collect() };
    let dates = |from: usize, to: usize| (options.extent != Extent::Space).then(|| read.calendar.span(from, to));
    let tied = |(areas, from, to): &(Vec<u32>, usize, usize)| {
        let dates = dates(*from, *to);
        json!({ "areas": names(areas), "from": dates.as_ref().map(|(from, _)| from), "to": dates.as_ref().map(|(_, to)| to) })
    };
    let span = dates(cluster.from, cluster.to);
    json!({
        "areas": if options.extent == Extent::Time { vec!["all"] } else { names(&cluster.areas) },
        "centre": (options.extent != Extent::Time).then(|| read.names.get(cluster.centre as usize)),
        "radius": cluster.radius,
        "ellipse": cluster.ellipse.map(|ellipse| json!({ "times_as_long": ellipse.ratio, "degrees_from_east": ellipse.angle })),
        "from": span.as_ref().map(|(from, _)| from),
        "to": span.as_ref().map(|(_, to)| to),
        "observed": cluster.observed,
        "expected": cluster.expected,
        "relative_risk": cluster.relative_risk,
        "log_likelihood_ratio": cluster.llr,
        "p": cluster.p,
        "recurrence_intervals": cluster.recurrence,
        "as_dense": cluster.tied.iter().map(tied).collect::<Vec<_>>(),
    })
}

/// How sure it is, in a sentence.
fn sentence(cluster: &Cluster) -> String {
    let often = if cluster.p < 0.01 { format!("{:.1}", cluster.p * 100.0) } else { format!("{:.0}", cluster.p * 100.0) };
    if cluster.p <= 0.05 {
        format!("Chance alone gives something as dense in {often} of 100 such studies: worth a look.")
    } else {
        format!("Chance alone gives something as dense in {often} of 100 such studies: no reason by itself to go there.")
    }
}

/// The name of an area of a cluster.
fn area(read: &Read, number: u32) -> Result<&str> {
    read.names.get(number as usize).map(String::as_str).context("a cluster names an area that is not there")
}

/// For fuzzing: whatever a file of SaTScan holds, each of its lines is a row or a problem, and its dates are dates.
pub(crate) fn fuzz(bytes: &[u8]) {
    use rows::Holds;
    let text = String::from_utf8_lossy(bytes);
    for holds in [Holds::Cases, Holds::Controls, Holds::Population, Holds::Coordinates] {
        let Ok(read) = rows::satscan(&text, Path::new("fuzz"), holds) else { continue };
        let lines = text.lines().filter(|line| !line.trim().is_empty() && !line.trim_start().starts_with("//")).count();
        assert_eq!(read.rows.len() + read.problems.len(), lines, "a line is neither counted nor told: {:?}", read.problems);
        let dates: Vec<calendar::When> = read.rows.iter().filter_map(|row| calendar::When::read(&row.second)).collect();
        let (first, last) = (dates.iter().map(|when| when.first).min(), dates.iter().map(|when| when.last()).max());
        if let (Some(first), Some(last)) = (first, last)
            && let Ok(calendar) = calendar::Calendar::new(first, last, "year")
        {
            for when in dates {
                assert!(when.first <= when.middle() && when.middle() <= when.last());
                assert!(calendar.find(when).is_ok_and(|at| at < calendar.len()), "{when:?} is not in its own time");
            }
        }
    }
}
