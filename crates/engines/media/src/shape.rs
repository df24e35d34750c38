//! The shape of pixels. Two numbers of 32 bits are room for a message, and a density is the scanner's or the screen's: what
//! stays is the ratio, to a hundredth.

/// How much wider than high a pixel is, in small numbers; `None` where no picture has such pixels.
pub(crate) fn ratio(across: u32, down: u32) -> Option<(u16, u16)> {
    if across == 0 || down == 0 {
        return None;
    }
    let reduced = |across: u32, down: u32| {
        let (mut divisor, mut other) = (across, down);
        while other != 0 {
            (divisor, other) = (other, divisor % other);
        }
        (across / divisor, down / divisor)
    };
    let small = |(across, down): (u32, u32)| (across <= 255 && down <= 255).then_some((across as u16, down as u16));
    let hundredths = (u64::from(across) * 200 / u64::from(down)).div_ceil(2);
    if !(10..=1000).contains(&hundredths) {
        return None;
    }
    small(reduced(across, down)).or_else(|| {
        let (across, down) = reduced(hundredths as u32, 100);
        Some((across as u16, down as u16))
    })
}

#[cfg(test)]
mod tests {
    use super::ratio;

    #[test]
    fn a_ratio_is_small_and_stays_as_it_is() {
        assert_eq!(ratio(2835, 2835), Some((1, 1)));
        assert_eq!(ratio(59, 54), Some((59, 54)));
        assert_eq!(ratio(8031, 3850), Some((209, 100)));
        assert_eq!(ratio(0x4341_4e41, 0x5259_7a71), Some((41, 50)));
        assert_eq!((ratio(1, 0), ratio(1000, 1)), (None, None));
        for (across, down) in [(8031, 3850), (0x4341_4e41, 0x5259_7a71), (999, 1001), (1, 9)] {
            let (across, down) = ratio(across, down).unwrap();
            assert_eq!(ratio(across.into(), down.into()), Some((across, down)));
        }
    }
}
