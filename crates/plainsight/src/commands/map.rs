//! A map as SVG that reads in print and for colour-blind people: shapes given in metres, north up, with a scale bar and a legend.

use std::fmt::Write as _;

use crate::commands::page::escape;

/// Metres in a degree of latitude, on a sphere with the earth's mean radius.
const DEGREE: f64 = 111_194.926_644_558_73;

/// How places are laid flat: equirectangular, round the middle of what is shown. Good to a few parts in a thousand within 100 km.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Flat {
    Metres,
    Degrees { longitude: f64, latitude: f64 },
}

impl Flat {
    pub(crate) fn metres(self, [east, north]: [f64; 2]) -> [f64; 2] {
        match self {
            Self::Metres => [east, north],
            Self::Degrees { longitude, latitude } => {
                [(east - longitude) * DEGREE * latitude.to_radians().cos(), (north - latitude) * DEGREE]
            }
        }
    }

    /// Back to what the file has.
    pub(crate) fn back(self, [east, north]: [f64; 2]) -> [f64; 2] {
        match self {
            Self::Metres => [east, north],
            Self::Degrees { longitude, latitude } => [longitude + east / (DEGREE * latitude.to_radians().cos()), latitude + north / DEGREE],
        }
    }
}

/// What is drawn.
pub(crate) enum Shape {
    /// A square with this middle and side.
    Square([f64; 2], f64),
    /// A line.
    Line([f64; 2], [f64; 2]),
    /// A dot, with its radius in pixels.
    Disc([f64; 2], f64),
    /// A filled form by its corners.
    Area(Vec<[f64; 2]>),
    /// A closed line with a few letters at its top; of one point, the letters alone.
    Outline(Vec<[f64; 2]>, String),
}

/// A shape and which entry of the legend it belongs to.
pub(crate) struct Drawn {
    pub(crate) shape: Shape,
    pub(crate) class: usize,
}

/// Reds and blues that colour-blind people tell apart and that differ in print (after ColorBrewer's RdBu), with grey between.
pub(crate) const HOT: &str = "#b2182b";
pub(crate) const COLD: &str = "#2166ac";
pub(crate) const WARM: &str = "#f4a582";
pub(crate) const COOL: &str = "#92c5de";
pub(crate) const NOTHING: &str = "#dddddd";
/// From light to dark, for what only grows: darkness alone tells them apart.
pub(crate) const STEPS: [&str; 5] = ["#fee8c8", "#fdbb84", "#ef6548", "#b30000", "#4d0000"];

const WIDTH: f64 = 720.0;
/// Room for numbers at the edge.
const MARGIN: f64 = 14.0;

/// The map; `legend` holds a colour and what it means, by class. Later classes lie on top.
pub(crate) fn map(drawn: &[Drawn], legend: &[(&str, String)]) -> String {
    let mut low = [f64::INFINITY; 2];
    let mut high = [f64::NEG_INFINITY; 2];
    let mut take = |point: [f64; 2], margin: f64| {
        for (axis, number) in point.iter().enumerate() {
            low[axis] = low[axis].min(number - margin);
            high[axis] = high[axis].max(number + margin);
        }
    };
    for drawn in drawn {
        match &drawn.shape {
            Shape::Square(middle, side) => take(*middle, side / 2.0),
            Shape::Disc(middle, _) => take(*middle, 0.0),
            Shape::Line(from, to) => {
                take(*from, 0.0);
                take(*to, 0.0);
            }
            Shape::Outline(points, _) | Shape::Area(points) => points.iter().for_each(|point| take(*point, 0.0)),
        }
    }
    if drawn.is_empty() {
        return "<p>There is nothing to draw.</p>".to_owned();
    }
    let metres = (high[0] - low[0]).max(high[1] - low[1]).max(1.0);
    let scale = (WIDTH - 2.0 * MARGIN) / metres;
    let tall = (high[1] - low[1]) * scale + 2.0 * MARGIN;
    let place = |point: [f64; 2]| (MARGIN + (point[0] - low[0]) * scale, tall - MARGIN - (point[1] - low[1]) * scale);
    let key = 24.0 * (legend.len() as f64 + 1.0);
    let mut svg = format!(
        "<svg viewBox=\"0 0 {WIDTH} {:.0}\" role=\"img\" aria-label=\"Map, north up; the table below says the same\">",
        tall + key + 30.0
    );
    for (class, (colour, _)) in legend.iter().enumerate() {
        let _ = write!(svg, "<g fill=\"{colour}\" stroke=\"{colour}\">");
        for drawn in drawn.iter().filter(|drawn| drawn.class == class) {
            let _ = match &drawn.shape {
                Shape::Square(middle, side) => {
                    let ((x, y), side) = (place(*middle), side * scale);
                    write!(
                        svg,
                        "<rect stroke-width=\"0.2\" x=\"{:.1}\" y=\"{:.1}\" width=\"{side:.1}\" height=\"{side:.1}\"/>",
                        x - side / 2.0,
                        y - side / 2.0
                    )
                }
                Shape::Disc(middle, radius) => {
                    let (x, y) = place(*middle);
                    write!(svg, "<circle cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"{radius:.1}\" stroke=\"#333\" stroke-width=\"0.3\"/>")
                }
                Shape::Area(points) => {
                    svg.push_str("<path stroke-width=\"0.3\" d=\"");
                    for (at, point) in points.iter().enumerate() {
                        let (x, y) = place(*point);
                        let _ = write!(svg, "{}{x:.1} {y:.1}", if at == 0 { 'M' } else { 'L' });
                    }
                    write!(svg, "Z\"/>")
                }
                Shape::Outline(points, letters) => outline(&mut svg, points.iter().map(|point| place(*point)), letters),
                Shape::Line(from, to) => {
                    let ((x, y), (to_x, to_y)) = (place(*from), place(*to));
                    write!(svg, "<path d=\"M{x:.1} {y:.1}L{to_x:.1} {to_y:.1}\" stroke-width=\"3\"/>")
                }
            };
        }
        svg.push_str("</g>");
    }
    let bar = round(metres / 4.0);
    let long = bar * scale;
    let named = if bar >= 1000.0 { format!("{} km", bar / 1000.0) } else { format!("{bar} m") };
    let _ = write!(
        svg,
        "<path d=\"M10 {:.1}v6h{long:.1}v-6\" fill=\"none\" stroke=\"#14213d\"/><text x=\"{:.1}\" y=\"{:.1}\">{named}</text>",
        tall + 6.0,
        long + 18.0,
        tall + 14.0
    );
    for (at, (colour, meaning)) in legend.iter().enumerate() {
        let y = tall + 30.0 + 24.0 * at as f64;
        let _ = write!(
            svg,
            "<rect x=\"10\" y=\"{y:.0}\" width=\"16\" height=\"16\" fill=\"{colour}\" stroke=\"#14213d\" stroke-width=\"0.5\"/><text x=\"34\" y=\"{:.0}\">{}</text>",
            y + 13.0,
            escape(meaning)
        );
    }
    svg.push_str("</svg>");
    svg
}

/// A closed line, and its letters in a disc at the top, so that it can be told apart without colour.
fn outline(svg: &mut String, points: impl Iterator<Item = (f64, f64)> + Clone, letters: &str) -> std::fmt::Result {
    let Some((top_x, top_y)) = points.clone().min_by(|one, other| one.1.total_cmp(&other.1)) else { return Ok(()) };
    svg.push_str("<path fill-opacity=\"0.08\" stroke-width=\"2\" d=\"");
    for (at, (x, y)) in points.enumerate() {
        write!(svg, "{}{x:.1} {y:.1}", if at == 0 { 'M' } else { 'L' })?;
    }
    // Not so high that the number is cut off.
    let top_y = top_y.max(12.0);
    write!(
        svg,
        "Z\"/><circle cx=\"{top_x:.1}\" cy=\"{top_y:.1}\" r=\"11\" fill=\"#fff\" stroke-width=\"2\"/><text x=\"{top_x:.1}\" y=\"{:.1}\" text-anchor=\"middle\">{}</text>",
        top_y + 4.5,
        escape(letters)
    )
}

/// The nearest 1, 2 or 5 of a power of ten not above.
fn round(number: f64) -> f64 {
    let power = 10_f64.powf(number.log10().floor());
    [5.0, 2.0, 1.0].into_iter().map(|step| step * power).find(|step| *step <= number).unwrap_or(power)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scale_bars_are_round() {
        for (number, wanted) in [(1.0, 1.0), (19.0, 10.0), (20.0, 20.0), (730.0, 500.0), (4999.0, 2000.0)] {
            assert!((round(number) - wanted).abs() < 1e-9, "{number}");
        }
    }
}
