//! Which bytes of a file a browser asks for (RFC 9110, section 14): films are played from where somebody points at. One range at a
//! time; for several the whole is as good an answer.

/// Bytes of a file, the last one among them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Span {
    pub(crate) first: u64,
    pub(crate) last: u64,
}

impl Span {
    /// The whole of a file that is not empty.
    pub(crate) fn whole(size: u64) -> Self {
        Self { first: 0, last: size.saturating_sub(1) }
    }

    pub(crate) fn length(self) -> u64 {
        self.last - self.first + 1
    }
}

/// What was asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Asked {
    /// No range, several, or one in a unit or form that is not known: a server may ignore those.
    Whole,
    Part(Span),
    /// It begins behind the end.
    Outside,
}

/// Reads the header of a request for a file of this size.
pub(crate) fn asked(header: Option<&str>, size: u64) -> Asked {
    let Some(range) = header.and_then(|header| header.trim().strip_prefix("bytes=")) else { return Asked::Whole };
    let Some((first, last)) = range.split_once('-') else { return Asked::Whole };
    let (first, last) = (first.trim(), last.trim());
    let number = |text: &str| text.bytes().all(|sign| sign.is_ascii_digit()).then(|| text.parse::<u64>().unwrap_or(u64::MAX));
    let end = size.saturating_sub(1);
    match (first.is_empty(), last.is_empty(), number(first), number(last)) {
        (true, false, _, Some(0)) => Asked::Outside,
        // The last so many bytes.
        (true, false, _, Some(count)) => Asked::Part(Span { first: size.saturating_sub(count), last: end }),
        (false, true, Some(first), _) if first < size => Asked::Part(Span { first, last: end }),
        (false, false, Some(first), Some(last)) if first <= last && first < size => Asked::Part(Span { first, last: last.min(end) }),
        (false, true, Some(_), _) => Asked::Outside,
        (false, false, Some(first), Some(last)) if first <= last => Asked::Outside,
        _ => Asked::Whole,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn each_form_of_a_range_is_understood() {
        let part = |first, last| Asked::Part(Span { first, last });
        let check = |header: &str, expected: Asked| assert_eq!(asked(Some(header), 1000), expected, "{header}");
        check("bytes=0-", part(0, 999));
        check("bytes=0-0", part(0, 0));
        check("bytes=10-19", part(10, 19));
        check("bytes=990-2000", part(990, 999));
        check("bytes=-5", part(995, 999));
        check("bytes=-5000", part(0, 999));
        check("bytes=1000-", Asked::Outside);
        check("bytes=99999999999999999999999-", Asked::Outside);
        check("bytes=-0", Asked::Outside);
        for odd in ["", "bytes=", "bytes=-", "bytes=5", "bytes=7-3", "bytes=a-b", "bytes=0-1,5-6", "lines=0-1", "bytes=+1-2", "bytes= - "] {
            check(odd, Asked::Whole);
        }
        assert_eq!(asked(None, 1000), Asked::Whole);
    }

    proptest! {
        /// Whatever a browser sends, nothing beyond the file is promised.
        #[test]
        fn no_part_lies_outside(header in "bytes=[0-9]{0,20}-[0-9]{0,20}", size in 1_u64..=1 << 40) {
            if let Asked::Part(span) = asked(Some(&header), size) {
                prop_assert!(span.first <= span.last && span.last < size);
            }
        }
    }
}
