//! Which language a browser asks for.

/// The index of the best of `tags` for an `Accept-Language` header: the wishes in the order of their weight, each
/// first by the whole tag, then by its language alone. A header that makes no sense asks for nothing.
pub(super) fn best(header: &str, tags: &[&str]) -> Option<usize> {
    let mut wishes: Vec<(&str, u16)> = header.split(',').filter_map(wish).collect();
    wishes.sort_by_key(|(_, weight)| std::cmp::Reverse(*weight));
    wishes.into_iter().find_map(|(wish, _)| {
        let whole = tags.iter().position(|tag| tag.eq_ignore_ascii_case(wish));
        whole.or_else(|| tags.iter().position(|tag| language(tag).eq_ignore_ascii_case(language(wish))))
    })
}

/// The language of a tag without script or region. Romanian is also asked for as Moldovan, by an old tag.
fn language(tag: &str) -> &str {
    match tag.split(['-', '_']).next().unwrap_or(tag) {
        language if language.eq_ignore_ascii_case("mo") => "ro",
        language => language,
    }
}

/// One wish and its weight in thousandths; nothing when it is refused with `q=0`.
fn wish(part: &str) -> Option<(&str, u16)> {
    let (tag, parameters) = part.split_once(';').map_or((part, ""), |(tag, parameters)| (tag, parameters));
    let tag = tag.trim();
    if tag.is_empty() || tag == "*" {
        return None;
    }
    let parameters = parameters.trim();
    let weight = match parameters.strip_prefix("q=").or_else(|| parameters.strip_prefix("Q=")) {
        Some(weight) => weight.trim().parse::<f32>().ok().filter(|weight| (0.0..=1.0).contains(weight))?,
        None => 1.0,
    };
    let thousandths = (weight * 1000.0) as u16;
    (thousandths > 0).then_some((tag, thousandths))
}

#[cfg(test)]
mod tests {
    use super::best;

    #[test]
    fn wishes_are_served_by_weight_then_by_language() {
        let tags = ["en", "ro", "ar"];
        let of = |header| best(header, &tags).map(|at| tags[at]);
        assert_eq!(of("ro"), Some("ro"));
        assert_eq!(of("ro-MD, en;q=0.5"), Some("ro"));
        assert_eq!(of("en;q=0.5, ro;q=0.9"), Some("ro"));
        assert_eq!(of("mo"), Some("ro"));
        assert_eq!(of("de, AR-eg;q=0.3"), Some("ar"));
        assert_eq!(of("ro;q=0, en"), Some("en"));
        assert_eq!(of("de, *;q=0.1"), None);
        assert_eq!(of(""), None);
    }

    proptest::proptest! {
        #[test]
        fn no_header_breaks_it(header in "\\PC*") {
            let _ = best(&header, &["en", "ro"]);
        }
    }
}
