//! A return address never leaves the desk, whatever a browser makes of it.

use plainsight_people::kept_form::{DeskPath, LeavesTheDesk};
use proptest::prelude::*;

/// What a browser does with an address before it looks where it leads (WHATWG URL): strips controls and spaces at the ends,
/// drops tabs and line ends everywhere, reads a backslash as a slash. Then: does it stay on the host it was found on?
fn stays(address: &str) -> bool {
    let trimmed = address.trim_matches(|c: char| c <= ' ');
    let read: String = trimmed.chars().filter(|c| !matches!(c, '\t' | '\n' | '\r')).map(|c| if c == '\\' { '/' } else { c }).collect();
    read.starts_with('/') && !read.starts_with("//")
}

fn nasty() -> impl Strategy<Value = String> {
    let pieces = prop::sample::select(vec![
        "/",
        "/",
        "\\",
        "//",
        "evil.example",
        ":",
        "@",
        "?",
        "#",
        ".",
        "..",
        "%2f",
        "%5C",
        "%09",
        "%00",
        "\t",
        "\r",
        "\n",
        "\0",
        "\u{b}",
        " ",
        "\u{a0}",
        "\u{2028}",
        "\u{ff0f}",
        "https:",
        "javascript:",
        "a",
        "next=",
        "&",
        ";",
        "\u{feff}",
    ]);
    prop::collection::vec(pieces, 0..8).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn what_is_accepted_stays(address in prop_oneof![nasty(), any::<String>(), "/[ -~]{0,20}"]) {
        if let Ok(path) = DeskPath::parse(&address) {
            prop_assert!(stays(path.as_str()), "{:?}", address);
            prop_assert_eq!(path.as_str(), address.as_str());
            prop_assert!(address.bytes().all(|byte| byte.is_ascii_graphic()), "could end a header: {:?}", address);
        }
    }

    /// Ordinary addresses of the desk are accepted, or nobody would come back to where they were.
    #[test]
    fn ordinary_addresses_are_accepted(address in "(/[a-z0-9-]{1,8}){1,4}(\\?[a-z]{1,5}=[a-zA-Z0-9%+]{0,9})?") {
        prop_assert!(DeskPath::parse(&address).is_ok());
    }
}

#[test]
fn known_tricks_are_refused() {
    for evil in [
        "//evil.example",
        "///evil.example",
        "/\\evil.example",
        "/\\/evil.example",
        "\\\\evil.example",
        "/\t/evil.example",
        "/\n/evil.example",
        "\u{0}//evil.example",
        " //evil.example",
        "https:evil.example",
        "/a\r\nSet-Cookie: x=1",
        "/\u{ff0f}evil.example",
    ] {
        assert_eq!(DeskPath::parse(evil), Err(LeavesTheDesk), "{evil:?}");
    }
    // Encoded, a slash or backslash is part of a name on this host.
    for harmless in ["/%2Fevil.example", "/%5Cevil.example", "/%09/evil.example", "/./evil.example"] {
        assert!(DeskPath::parse(harmless).is_ok() && stays(harmless), "{harmless}");
    }
}
