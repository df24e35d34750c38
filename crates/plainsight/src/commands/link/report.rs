//! The report of a linkage: one page that stands alone, with what a person would rather look at than read. It shows the numbers of
//! records and no cell of them.

use std::collections::HashMap;
use std::fmt::Write as _;

use anyhow::Result;

use plainsight_linkage::{Linked, Model, Pair, Part, explain, unlinkables};

use super::read::Records;

/// So many pairs are explained of each kind.
const EXPLAINED: usize = 4;
const WIDTH: f64 = 720.0;

const STYLE: &str = "body{font:16px/1.5 sans-serif;max-width:800px;margin:24px auto;padding:0 16px;color:#14213d}\
h1{font-size:26px}h2{font-size:20px;margin-top:36px}table{border-collapse:collapse}td,th{padding:3px 12px 3px 0;text-align:left}\
svg{width:100%;height:auto}text{font:12px sans-serif;fill:#14213d}.for{fill:#1d5f4a}.against{fill:#a3262c}.bar{fill:#1d5fa8}.below{fill:#9aa5b1}\
@media print{h2{break-after:avoid}svg{break-inside:avoid}}";

/// The page.
pub(super) fn page(records: &Records, model: &Model, linked: &Linked) -> Result<String> {
    let mut page = String::new();
    let least = (model.threshold / (1.0 - model.threshold)).log2();
    write!(
        page,
        "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\"><title>Records linked</title><style>{STYLE}</style>\
         <h1>Records linked</h1><table><tr><th>Records<td>{}<tr><th>Pairs compared<td>{}<tr><th>Pairs linked<td>{}<tr><th>Threshold<td>{:.3} ({least:.1} bits)\
         <tr><th>Precision, as the model expects it<td>{:.3}<tr><th>Compared<td>{}<tr><th>Not compared<td>{}</table>",
        records.table.len(),
        linked.scored,
        linked.pairs.len(),
        model.threshold,
        linked.precision,
        escape(&records.table.headings().join(", ")),
        escape(&records.left_out.join(", ")),
    )?;
    write!(page, "<h2>Weights of all pairs compared</h2><p>To the right of the threshold are the links. Bars are on a logarithmic scale.")?;
    histogram(&mut page, &linked.weights, least)?;
    write!(
        page,
        "<h2>What each field says</h2><p>For every level, the weight in bits: to the right it speaks for one person, to the left against."
    )?;
    parameters(&mut page, model)?;
    write!(page, "<h2>Links that were nearest to the threshold</h2>")?;
    let mut pairs: Vec<&Pair> = linked.pairs.iter().collect();
    pairs.sort_by(|a, b| a.weight.total_cmp(&b.weight).then((a.one, a.other).cmp(&(b.one, b.other))));
    for pair in pairs.iter().take(EXPLAINED) {
        waterfall(&mut page, records, model, pair)?;
    }
    write!(page, "<h2>Links that are surest</h2>")?;
    for pair in pairs.iter().rev().take(EXPLAINED) {
        waterfall(&mut page, records, model, pair)?;
    }
    groups(&mut page, records, linked)?;
    write!(
        page,
        "<h2>Records that could not be linked</h2><p>What each record would weigh compared with itself. Whoever stays left of the threshold says too little to be linked with anything."
    )?;
    histogram(&mut page, &unlinkables(&records.table, model)?, least)?;
    if !linked.heavy.is_empty() {
        write!(page, "<h2>Values that very many records share</h2><p>Only neighbours in the order of names were compared.<ul>")?;
        for heavy in linked.heavy.iter().take(20) {
            let id = records.id(heavy.example);
            write!(page, "<li>{} records share a value with record {}", heavy.records, escape(id))?;
        }
        write!(page, "</ul>")?;
    }
    Ok(page)
}

fn histogram(page: &mut String, bins: &[(i32, u64)], least: f64) -> Result<()> {
    const HEIGHT: f64 = 180.0;
    let (Some((first, _)), Some((last, _))) = (bins.first(), bins.last()) else { return Ok(()) };
    let (first, last) = ((*first).max(-60), (*last).min(80));
    let width = WIDTH / f64::from(last - first + 1).max(1.0);
    let most = bins.iter().map(|(_, count)| (*count as f64 + 1.0).ln()).fold(1.0, f64::max);
    write!(page, "<svg viewBox=\"0 0 {WIDTH} {}\" role=\"img\" aria-label=\"How many pairs have which weight\">", HEIGHT + 24.0)?;
    let mut gathered: HashMap<i32, u64> = HashMap::new();
    for (weight, count) in bins {
        *gathered.entry((*weight).clamp(first, last)).or_default() += count;
    }
    for weight in first..=last {
        let Some(count) = gathered.get(&weight) else { continue };
        let high = (*count as f64 + 1.0).ln() / most * HEIGHT;
        let class = if f64::from(weight) + 1.0 > least { "bar" } else { "below" };
        write!(
            page,
            "<rect class=\"{class}\" x=\"{:.1}\" y=\"{:.1}\" width=\"{:.1}\" height=\"{high:.1}\"><title>{count} of {weight} bits</title></rect>",
            f64::from(weight - first) * width,
            HEIGHT - high,
            (width - 1.0).max(0.5)
        )?;
    }
    for weight in (first..=last).filter(|weight| weight % 10 == 0) {
        write!(page, "<text x=\"{:.1}\" y=\"{:.1}\">{weight}</text>", f64::from(weight - first) * width, HEIGHT + 16.0)?;
    }
    let at = (least - f64::from(first)) * width;
    write!(page, "<path d=\"M{at:.1} 0V{HEIGHT}\" stroke=\"#a3262c\" stroke-width=\"2\"/></svg>")?;
    Ok(())
}

fn parameters(page: &mut String, model: &Model) -> Result<()> {
    let rows: Vec<(String, f64)> = model
        .evidence
        .iter()
        .flat_map(|evidence| {
            evidence.levels.iter().rev().map(|level| (format!("{}: {}", evidence.field.name, level.name), (level.m / level.u).log2()))
        })
        .collect();
    bars(page, &rows)
}

fn waterfall(page: &mut String, records: &Records, model: &Model, pair: &Pair) -> Result<()> {
    let id = |row: u32| escape(records.id(row));
    write!(page, "<h3>{} and {}: {:.1} bits</h3>", id(pair.one), id(pair.other), pair.weight)?;
    let parts: Vec<Part> = explain(&records.table, model, pair.one, pair.other)?;
    let rows: Vec<(String, f64)> = parts.into_iter().map(|part| (format!("{}: {}", part.field, part.level), part.weight)).collect();
    bars(page, &rows)
}

/// A bar a row, from the middle to the right or to the left.
fn bars(page: &mut String, rows: &[(String, f64)]) -> Result<()> {
    const LINE: f64 = 20.0;
    const MIDDLE: f64 = 460.0;
    let most = rows.iter().map(|(_, weight)| weight.abs()).fold(1.0, f64::max);
    write!(page, "<svg viewBox=\"0 0 {WIDTH} {:.0}\" role=\"img\" aria-label=\"Weights in bits\">", LINE * rows.len() as f64 + 4.0)?;
    for (at, (name, weight)) in rows.iter().enumerate() {
        // No minus before nothing.
        let weight = if weight.abs() < 0.05 { &0.0 } else { weight };
        let (y, wide) = (LINE * at as f64, weight.abs() / most * (WIDTH - MIDDLE - 50.0));
        let (x, class) = if *weight >= 0.0 { (MIDDLE, "for") } else { (MIDDLE - wide, "against") };
        write!(
            page,
            "<text x=\"0\" y=\"{:.0}\">{}</text><rect class=\"{class}\" x=\"{x:.1}\" y=\"{:.0}\" width=\"{wide:.1}\" height=\"13\"/><text x=\"{:.1}\" y=\"{:.0}\">{weight:+.1}</text>",
            y + 13.0,
            escape(name),
            y + 2.0,
            MIDDLE + wide.max(0.0) * f64::from(u8::from(*weight >= 0.0)) + 4.0,
            y + 13.0
        )?;
    }
    write!(page, "</svg>")?;
    Ok(())
}

fn groups(page: &mut String, records: &Records, linked: &Linked) -> Result<()> {
    let mut members: HashMap<u32, Vec<u32>> = HashMap::new();
    for (row, leader) in (0_u32..).zip(&linked.clusters) {
        members.entry(*leader).or_default().push(row);
    }
    let mut sizes: std::collections::BTreeMap<usize, u64> = std::collections::BTreeMap::new();
    for rows in members.values() {
        *sizes.entry(rows.len()).or_default() += 1;
    }
    write!(page, "<h2>Groups</h2><table><tr><th>Records in a group<th>Groups")?;
    for (size, count) in &sizes {
        write!(page, "<tr><td>{size}<td>{count}")?;
    }
    write!(page, "</table><h3>The largest</h3>")?;
    let mut largest: Vec<(&u32, &Vec<u32>)> = members.iter().filter(|(_, rows)| rows.len() > 1).collect();
    largest.sort_by(|a, b| b.1.len().cmp(&a.1.len()).then(a.0.cmp(b.0)));
    let weight: HashMap<(u32, u32), f32> = linked.pairs.iter().map(|pair| ((pair.one, pair.other), pair.weight)).collect();
    for (_, rows) in largest.into_iter().take(3) {
        view(page, records, rows.get(..rows.len().min(12)).unwrap_or_default(), &weight)?;
    }
    Ok(())
}

/// A group as a ring of its records, with a line for every link, the wider the surer.
fn view(page: &mut String, records: &Records, rows: &[u32], weight: &HashMap<(u32, u32), f32>) -> Result<()> {
    let place = |at: usize| {
        let angle = std::f64::consts::TAU * at as f64 / rows.len().max(1) as f64;
        (360.0 + 110.0 * angle.cos(), 140.0 + 110.0 * angle.sin())
    };
    write!(page, "<svg viewBox=\"0 0 {WIDTH} 280\" role=\"img\" aria-label=\"A group and its links\">")?;
    for (at, one) in rows.iter().enumerate() {
        for (other_at, other) in rows.iter().enumerate().skip(at + 1) {
            if let Some(bits) = weight.get(&(*one, *other)) {
                let ((x, y), (to_x, to_y)) = (place(at), place(other_at));
                let wide = (f64::from(*bits) / 8.0).clamp(0.5, 5.0);
                write!(
                    page,
                    "<path d=\"M{x:.1} {y:.1}L{to_x:.1} {to_y:.1}\" stroke=\"#1d5fa8\" stroke-width=\"{wide:.1}\"><title>{bits:.1} bits</title></path>"
                )?;
            }
        }
    }
    for (at, row) in rows.iter().enumerate() {
        let (x, y) = place(at);
        let id = records.id(*row);
        write!(
            page,
            "<circle cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"5\" fill=\"#14213d\"/><text x=\"{:.1}\" y=\"{:.1}\">{}</text>",
            x + 8.0,
            y + 4.0,
            escape(id)
        )?;
    }
    write!(page, "</svg>")?;
    Ok(())
}

fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for sign in text.chars() {
        match sign {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            sign => escaped.push(sign),
        }
    }
    escaped
}
