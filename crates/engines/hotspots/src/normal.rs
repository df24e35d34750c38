//! The normal distribution.

use std::f64::consts::{PI, SQRT_2};

/// How likely a standard normal number is at least `z`: to about 14 digits, in the far tail as well.
pub(crate) fn above(z: f64) -> f64 {
    let x = z.abs() / SQRT_2;
    let tail = if x < 2.5 {
        // The series of the error function (Abramowitz and Stegun 7.1.6).
        let (mut term, mut sum, mut at) = (x, x, 0.0);
        while term > sum * f64::EPSILON {
            at += 1.0;
            term *= 2.0 * x * x / (2.0 * at + 1.0);
            sum += term;
        }
        1.0 - sum * (-x * x).exp() * 2.0 / PI.sqrt()
    } else {
        // The continued fraction of its complement (7.1.14), from its far end.
        let fraction = (1..=60).rev().fold(x, |below, at| x + f64::from(at) / 2.0 / below);
        (-x * x).exp() / PI.sqrt() / fraction
    };
    if z >= 0.0 { tail / 2.0 } else { 1.0 - tail / 2.0 }
}

#[cfg(test)]
mod tests {
    use super::above;

    #[test]
    fn known_tails() {
        // From tables of the normal distribution.
        for (z, wanted) in [
            (0.0, 0.5),
            (1.0, 0.158_655_253_931_457_05),
            (1.959_963_984_540_054, 0.025),
            (-1.0, 0.841_344_746_068_542_9),
            (3.5, 2.326_290_790_355_250_3e-4),
            (4.0, 3.167_124_183_311_992_4e-5),
            (8.0, 6.220_960_574_271_785e-16),
        ] {
            let found = above(z);
            assert!((found - wanted).abs() < wanted * 1e-11, "{z}: {found} {wanted}");
        }
    }
}
