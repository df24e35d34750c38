//! How something grows, as a plot on logarithmic axes: straight lines are powers.

use std::fmt::Write as _;

/// A line of the plot: its name, and points of size and seconds.
pub(crate) struct Growth {
    pub(crate) name: String,
    pub(crate) points: Vec<(f64, f64)>,
}

/// An SVG that stands alone.
pub(crate) fn plot(title: &str, sizes: &str, lines: &[Growth]) -> String {
    const WIDE: f64 = 560.0;
    const TALL: f64 = 320.0;
    const LEFT: f64 = 70.0;
    const TOP: f64 = 40.0;
    // Colours that colour-blind people tell apart (Okabe and Ito 2008); dashes tell the same.
    const STYLES: [(&str, &str); 4] = [("#0072b2", "none"), ("#d55e00", "8 4"), ("#009e73", "3 3"), ("#000000", "12 3 3 3")];
    let all = || lines.iter().flat_map(|line| &line.points);
    let bounds = |of: fn(&(f64, f64)) -> f64| {
        let low = all().map(of).fold(f64::INFINITY, f64::min).log10().floor();
        let high = all().map(of).fold(f64::NEG_INFINITY, f64::max).log10().ceil();
        (low, high.max(low + 1.0))
    };
    let ((left, right), (low, high)) = (bounds(|point| point.0), bounds(|point| point.1));
    let x = |size: f64| LEFT + WIDE * (size.log10() - left) / (right - left);
    let y = |seconds: f64| TOP + TALL * (1.0 - (seconds.log10() - low) / (high - low));
    let bottom = TOP + TALL;
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 720 {:.0}\" font-family=\"sans-serif\" font-size=\"13\"><rect width=\"100%\" height=\"100%\" fill=\"#fff\"/>\
         <text x=\"{LEFT}\" y=\"24\" font-size=\"16\">{title}</text>",
        bottom + 60.0 + 22.0 * lines.len() as f64
    );
    let power = |power: f64| {
        if (0.0..=6.0).contains(&power) {
            format!("{}", 10_f64.powf(power))
        } else if power < 0.0 {
            format!("{:.*}", -power as usize, 10_f64.powf(power))
        } else {
            format!("10^{power}")
        }
    };
    for step in 0..=(right - left) as usize {
        let at = left + step as f64;
        let _ = write!(
            svg,
            "<path d=\"M{0:.1} {TOP}V{bottom}\" stroke=\"#ddd\"/><text x=\"{0:.1}\" y=\"{1:.0}\" text-anchor=\"middle\">{2}</text>",
            x(10_f64.powf(at)),
            bottom + 18.0,
            power(at)
        );
    }
    for step in 0..=(high - low) as usize {
        let at = low + step as f64;
        let _ = write!(
            svg,
            "<path d=\"M{LEFT} {0:.1}H{1}\" stroke=\"#ddd\"/><text x=\"{2}\" y=\"{3:.1}\" text-anchor=\"end\">{4} s</text>",
            y(10_f64.powf(at)),
            LEFT + WIDE,
            LEFT - 8.0,
            y(10_f64.powf(at)) + 4.0,
            power(at)
        );
    }
    let _ = write!(svg, "<text x=\"{:.0}\" y=\"{:.0}\" text-anchor=\"middle\">{sizes}</text>", LEFT + WIDE / 2.0, bottom + 38.0);
    for (at, (line, (colour, dash))) in lines.iter().zip(STYLES).enumerate() {
        let points: Vec<String> = line.points.iter().map(|(size, seconds)| format!("{:.1} {:.1}", x(*size), y(*seconds))).collect();
        let _ = write!(
            svg,
            "<path d=\"M{}\" fill=\"none\" stroke=\"{colour}\" stroke-width=\"2\" stroke-dasharray=\"{dash}\"/>",
            points.join("L")
        );
        for (size, seconds) in &line.points {
            let _ = write!(svg, "<circle cx=\"{:.1}\" cy=\"{:.1}\" r=\"3\" fill=\"{colour}\"/>", x(*size), y(*seconds));
        }
        let row = bottom + 60.0 + 22.0 * at as f64;
        let _ = write!(
            svg,
            "<path d=\"M{LEFT} {row:.0}h40\" stroke=\"{colour}\" stroke-width=\"2\" stroke-dasharray=\"{dash}\"/><text x=\"{:.0}\" y=\"{:.0}\">{}</text>",
            LEFT + 50.0,
            row + 4.0,
            line.name
        );
    }
    svg.push_str("</svg>\n");
    svg
}
