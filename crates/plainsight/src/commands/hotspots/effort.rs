//! `plainsight hotspots effort`: how dense reports are for how hard anybody looked, and where to look next.

use std::fmt::Write as _;
use std::process::ExitCode;

use anyhow::{Result, bail};
use serde_json::{Value, json};

use plainsight_hotspots::{ALIKE, Effort, Estimate, Looked, Proposal, Reason, Rule, Streams, effort, propose};

use super::{LEAD, NAMED, how, quoted, write};
use crate::cli::{EffortRule, HotspotEffort};
use crate::commands::folder::free;
use crate::commands::map::{Drawn, Flat, HOT, NOTHING, STEPS, Shape, map};
use crate::commands::page::{escape, geojson, page, table};
use crate::commands::source::Source;
use crate::{remark, say};

/// The areas of a file.
struct Areas {
    names: Vec<String>,
    lines: Vec<u64>,
    looked: Vec<Looked>,
    /// East and north, or longitude and latitude, where the file has them.
    points: Vec<Option<[f64; 2]>>,
    degrees: bool,
    problems: Vec<String>,
}

pub(super) fn run(asked: &HotspotEffort) -> Result<ExitCode> {
    if let Some(out) = &asked.out {
        free(out)?;
    }
    let areas = read(asked)?;
    for problem in areas.problems.iter().take(NAMED) {
        remark(problem);
    }
    if areas.problems.len() > NAMED {
        remark(format_args!("and {} more", areas.problems.len() - NAMED));
    }
    let known = effort(&areas.looked)?;
    let rule = match asked.rule {
        EffortRule::Density => Rule::Density,
        EffortRule::Draw => Rule::Draw,
    };
    let proposals = propose(&areas.looked, &known, asked.places, asked.explore, rule, asked.seed);
    let told: Vec<Value> = proposals
        .iter()
        .map(|proposal| {
            let (name, one) = (&areas.names[proposal.area], &known.estimates[proposal.area]);
            json!({ "area": name, "why": why(proposal, &known), "report_density": one.density, "nine_in_ten_between": one.between,
                "above_average": one.above, "drawn_with_probability": proposal.drawn, "how_sure": sentence(one) })
        })
        .collect();
    let unlike: Vec<Value> = areas
        .names
        .iter()
        .zip(&known.estimates)
        .filter_map(|(name, known)| streams(known).map(|said| json!({ "area": name, "says": said, "p_adjusted": known.streams_p })))
        .collect();
    let summary = json!({
        "measures": "report density for exposure and visits made, as a multiple of the average",
        "model": "three streams, Poisson, over gamma densities (Clayton and Kaldor 1987)",
        "areas": areas.names.len(),
        "rows_left_out": areas.problems.len(),
        "nobody_looked": known.estimates.iter().filter(|known| known.unseen).count(),
        "reported_for_each_of_exposure": known.reported_rate,
        "third_party_for_each_of_exposure": known.third_party_rate,
        "found_a_visit": known.found_rate,
        "shape": known.shape,
        "areas_differ": known.shape < ALIKE,
        "explored": asked.explore,
        "rule": if rule == Rule::Density { "by estimated density" } else { "drawn from what is known of each (Thompson 1933)" },
        "seed": asked.seed,
        "streams_that_differ": unlike,
        "proposals": told,
    });
    if let Some(out) = &asked.out {
        write(out, &files(&areas, &known, &proposals, &summary)?)?;
    }
    say(serde_json::to_string_pretty(&summary)?);
    Ok(ExitCode::SUCCESS)
}

fn read(asked: &HotspotEffort) -> Result<Areas> {
    let file = asked.file.display();
    let mut source = Source::open(&asked.file)?;
    let headings = source.headings().to_vec();
    if let Some(heading) = headings.iter().find(|heading| plainsight_linkage::refused(heading)) {
        remark(format_args!("{file}: the column {heading} is never used"));
    }
    let find = |name: &str| headings.iter().position(|heading| heading.eq_ignore_ascii_case(name));
    let needed = |name: &String| match find(name) {
        Some(at) => Ok(at),
        None => bail!("{file} has no column {name:?}; it has: {}", headings.join(", ")),
    };
    let (name, exposure, visits, reported) =
        (needed(&asked.area)?, needed(&asked.exposure)?, needed(&asked.visits)?, needed(&asked.reported)?);
    let (found, third, since) = (needed(&asked.found)?, find(&asked.third_party), find(&asked.days_since));
    let place = match (find("longitude"), find("latitude"), find("x"), find("y")) {
        (Some(east), Some(north), ..) => Some((east, north, true)),
        (.., Some(east), Some(north)) => Some((east, north, false)),
        _ => None,
    };
    let mut areas = Areas {
        names: Vec::new(),
        lines: Vec::new(),
        looked: Vec::new(),
        points: Vec::new(),
        degrees: place.is_some_and(|(.., degrees)| degrees),
        problems: Vec::new(),
    };
    let mut seen = std::collections::HashSet::new();
    while source.next()? {
        let line = source.line();
        let cell = |at: usize| source.cell(Some(at)).trim().to_owned();
        let amount = |at: usize, what: &str| match cell(at).parse::<f64>() {
            Ok(number) if number.is_finite() && (0.0..1e12).contains(&number) => Ok(number),
            _ => Err(format!("{what} {:?} is no number, 0 or more", cell(at))),
        };
        // An empty cell of a count is none.
        let count = |at: Option<usize>, what: &str| match at.map(cell) {
            None => Ok(0),
            Some(text) if text.is_empty() => Ok(0),
            Some(text) => {
                let most = |number: &u32| *number <= 1_000_000;
                text.parse().ok().filter(most).ok_or_else(|| format!("{what} {text:?} is no count, from 0 to a million"))
            }
        };
        let row = || -> Result<Looked, String> {
            let looked = Looked {
                reported: count(Some(reported), "reported")?,
                third_party: count(third, "third party")?,
                found: count(Some(found), "found")?,
                exposure: amount(exposure, "exposure")?,
                visits: if cell(visits).is_empty() { 0.0 } else { amount(visits, "visits")? },
                days_since: match since.map(cell).filter(|text| !text.is_empty()) {
                    Some(text) => Some(text.parse().map_err(|_| format!("days since {text:?} is no number of days"))?),
                    None => None,
                },
            };
            if looked.exposure <= 0.0 && looked.reported + looked.third_party > 0 {
                return Err("it has reports and no exposure: say how many premises or people they could come from".to_owned());
            }
            if looked.visits <= 0.0 && looked.found > 0 {
                return Err("it has finds and no visits: count the visits in which they were made".to_owned());
            }
            Ok(looked)
        };
        let named = cell(name);
        match row() {
            _ if named.is_empty() => source.complain(format!("{file} line {line}: the area has no name; left out")),
            _ if seen.contains(&named) => source.complain(format!("{file} line {line}: {named} stands there before; left out")),
            Err(why) => source.complain(format!("{file} line {line}, {named}: {why}; left out")),
            Ok(looked) => {
                let point = place.and_then(|(east, north, _)| Some([cell(east).parse().ok()?, cell(north).parse().ok()?]));
                areas.points.push(point.filter(|point: &[f64; 2]| point.iter().all(|number| number.abs() < 1e8)));
                areas.lines.push(line);
                areas.looked.push(looked);
                areas.names.push(named.clone());
                seen.insert(named);
            }
        }
    }
    areas.problems = source.problems();
    if areas.names.is_empty() {
        bail!("{file} has no row that can be used");
    }
    Ok(areas)
}

fn why(proposal: &Proposal, known: &Effort) -> &'static str {
    match proposal.reason {
        Reason::Dense if known.estimates[proposal.area].density < 1.0 => "less dense than average, and next in order",
        Reason::Dense if known.estimates[proposal.area].unseen => "dense by what is reported, and nobody looked yet",
        Reason::Dense => "dense for how hard we looked",
        Reason::Unseen => "nobody looked yet",
        Reason::LongAgo => "not looked at for long",
    }
}

fn streams(known: &Estimate) -> Option<&'static str> {
    match known.streams {
        Streams::Agree => None,
        Streams::FoundMore => Some("patrols found more than reports let expect: people there may not dare, or know how, to report"),
        Streams::ReportedMore => {
            Some("reports say more than patrols found: patrols may come at the wrong hour, or reports are about something else")
        }
    }
}

/// How sure it is, in a sentence.
fn sentence(known: &Estimate) -> String {
    let (low, high) = known.between;
    let sure = match known.above {
        above if above >= 0.95 => "surely denser than average",
        above if above >= 0.75 => "probably denser than average",
        above if above <= 0.05 => "surely less dense than average",
        above if above <= 0.25 => "probably less dense than average",
        _ => "may be as dense as any",
    };
    let unseen = if known.unseen { " Nobody looked there." } else { "" };
    format!("Between {low:.1} and {high:.1} times the average: {sure}.{unseen}")
}

fn files(areas: &Areas, known: &Effort, proposals: &[Proposal], summary: &Value) -> Result<Vec<(&'static str, String)>> {
    let mut csv =
        "line,area,reported,third_party,found,exposure,visits,expected,report_density,low,high,above_average,nobody_looked,streams_p\n"
            .to_owned();
    // As a population for `hotspots scan`: what exposure and visits give on average.
    let mut expected = "place,population\n".to_owned();
    let mut features = Vec::new();
    for (at, one) in known.estimates.iter().enumerate() {
        let (name, looked) = (quoted(&areas.names[at]), &areas.looked[at]);
        writeln!(
            csv,
            "{},{name},{},{},{},{},{},{},{},{},{},{},{},{}",
            areas.lines[at],
            looked.reported,
            looked.third_party,
            looked.found,
            looked.exposure,
            looked.visits,
            one.expected,
            one.density,
            one.between.0,
            one.between.1,
            one.above,
            one.unseen,
            one.streams_p
        )?;
        writeln!(expected, "{name},{}", one.expected)?;
        if let Some(point) = areas.points[at] {
            features.push(json!({ "type": "Feature", "geometry": { "type": "Point", "coordinates": point }, "properties": {
                "area": areas.names[at], "report_density": one.density, "low": one.between.0, "high": one.between.1,
                "nobody_looked": one.unseen, "proposed": proposals.iter().find(|proposal| proposal.area == at).map(|proposal| why(proposal, known)) } }));
        }
    }
    let mut next = "area,why,report_density,low,high,drawn_with_probability\n".to_owned();
    for proposal in proposals {
        let one = &known.estimates[proposal.area];
        let drawn = proposal.drawn.map(|drawn| drawn.to_string()).unwrap_or_default();
        writeln!(
            next,
            "{},{},{},{},{},{drawn}",
            quoted(&areas.names[proposal.area]),
            why(proposal, known),
            one.density,
            one.between.0,
            one.between.1
        )?;
    }
    let rows = proposals.iter().enumerate().map(|(at, proposal)| {
        let one = &known.estimates[proposal.area];
        let looked = &areas.looked[proposal.area];
        let visits = if one.unseen { "none".to_owned() } else { format!("{}", looked.visits) };
        vec![(at + 1).to_string(), areas.names[proposal.area].clone(), why(proposal, known).to_owned(), visits, sentence(one)]
    });
    let mut parts = vec![
        "<p>Every number here allows for how many premises or people reports could come from and for how often anybody looked. A share of the \
         places is drawn from those that nobody looked at: without it they would never be seen.</p>"
            .to_owned(),
        "<h2>Where to look next</h2>".to_owned(),
        format!("<div class=\"wide\">{}</div>", table(&["No.", "Area", "Why", "Visits so far", "How sure"], rows)),
    ];
    if areas.points.iter().any(Option::is_some) {
        parts.push("<h2>Map</h2>".to_owned());
        parts.push(places(areas, known, proposals));
    }
    parts.push("<h2>All areas, densest first</h2>".to_owned());
    parts.push(bars(areas, known));
    let unlike: Vec<Vec<String>> =
        areas.names.iter().zip(&known.estimates).filter_map(|(name, one)| Some(vec![name.clone(), streams(one)?.to_owned()])).collect();
    if !unlike.is_empty() {
        parts.push("<h2>Where reports and patrols say different things</h2>".to_owned());
        parts.push(table(&["Area", "What they say"], unlike.into_iter()));
    }
    parts.push(how(summary, &["proposals", "streams_that_differ"]));
    Ok(vec![
        ("areas.csv", csv),
        ("proposals.csv", next),
        ("expected.csv", expected),
        ("areas.geojson", geojson(features)),
        ("report.html", page("Report density for how hard we looked", LEAD, &parts)),
    ])
}

fn places(areas: &Areas, known: &Effort, proposals: &[Proposal]) -> String {
    let placed: Vec<(usize, [f64; 2])> = areas.points.iter().enumerate().filter_map(|(at, point)| Some((at, (*point)?))).collect();
    let middle = |axis: usize| placed.iter().map(|(_, point)| point[axis]).sum::<f64>() / placed.len().max(1) as f64;
    let flat = if areas.degrees { Flat::Degrees { longitude: middle(0), latitude: middle(1) } } else { Flat::Metres };
    let mut drawn = Vec::new();
    for (at, point) in placed {
        let one = &known.estimates[at];
        // What nobody looked at is not light: it is not known.
        let class = if one.unseen { 0 } else { 1 + [0.5, 1.0, 1.5, 2.5].iter().filter(|edge| one.density > **edge).count() };
        let point = flat.metres(point);
        drawn.push(Drawn { shape: Shape::Disc(point, 5.0), class });
        if let Some(number) = proposals.iter().position(|proposal| proposal.area == at) {
            drawn.push(Drawn { shape: Shape::Outline(vec![point], (number + 1).to_string()), class: 6 });
        }
    }
    let [one, two, three, four, five] = STEPS;
    let legend = [
        (NOTHING, "nobody looked".to_owned()),
        (one, "up to half the average".to_owned()),
        (two, "up to the average".to_owned()),
        (three, "up to one and a half times".to_owned()),
        (four, "up to two and a half times".to_owned()),
        (five, "denser".to_owned()),
        (HOT, "proposed, with its number in the table".to_owned()),
    ];
    map(&drawn, &legend)
}

/// Areas by density, with the range it lies in for nine in ten and the visits beside; the first forty.
fn bars(areas: &Areas, known: &Effort) -> String {
    const SHOWN: usize = 40;
    const LEFT: f64 = 200.0;
    const WIDE: f64 = 400.0;
    let mut order: Vec<usize> = (0..areas.names.len()).collect();
    order.sort_by(|one, other| known.estimates[*other].density.total_cmp(&known.estimates[*one].density).then(one.cmp(other)));
    order.truncate(SHOWN);
    let most = order.iter().map(|at| known.estimates[*at].between.1).fold(1.0, f64::max);
    let x = |density: f64| LEFT + WIDE * density / most;
    let tall = 22.0 * order.len() as f64 + 40.0;
    let mut svg = format!(
        "<div class=\"wide\"><svg viewBox=\"0 0 720 {tall:.0}\" role=\"img\" aria-label=\"Areas by report density; areas.csv says the same\">"
    );
    let _ = write!(
        svg,
        "<path d=\"M{:.1} 20V{tall:.0}\" stroke=\"#14213d\" stroke-dasharray=\"4 3\"/><text x=\"{:.1}\" y=\"14\" text-anchor=\"middle\">average</text><text x=\"640\" y=\"14\">visits</text>",
        x(1.0),
        x(1.0)
    );
    for (row, at) in order.into_iter().enumerate() {
        let (one, y) = (&known.estimates[at], 22.0 * row as f64 + 34.0);
        let short: String = areas.names[at].chars().take(26).collect();
        let fill = if one.unseen { "#fff" } else { HOT };
        let _ = write!(
            svg,
            "<text x=\"{:.0}\" y=\"{:.0}\" text-anchor=\"end\">{}</text><path d=\"M{:.1} {y:.0}H{:.1}\" stroke=\"#14213d\" stroke-width=\"2\"/>\
             <circle cx=\"{:.1}\" cy=\"{y:.0}\" r=\"5\" fill=\"{fill}\" stroke=\"#14213d\"/><text x=\"640\" y=\"{:.0}\">{}</text>",
            LEFT - 10.0,
            y + 4.0,
            escape(&short),
            x(one.between.0),
            x(one.between.1),
            x(one.density),
            y + 4.0,
            if one.unseen { "none".to_owned() } else { areas.looked[at].visits.to_string() }
        );
    }
    svg.push_str("</svg></div><p>A dot is the estimate, hollow where nobody looked; it lies on the line in nine of ten cases.</p>");
    svg
}
