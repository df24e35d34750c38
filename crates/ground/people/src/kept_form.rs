//! A posted form that came too late, kept for the member who wrote it.
//!
//! When the session is locked or has ended, the form is not lost: it is sealed under a key of the day
//! (`vault::form_state`) and travels in the sign-in page itself, so the server stores nothing. After the same
//! member has signed in again, a page shows *Continue*, which posts it again. Another member never sees it.

use serde::{Deserialize, Serialize};
use uuid::Uuid;
use zeroize::{Zeroize, ZeroizeOnDrop};

/// Most bytes of a form that are kept; the largest size of form state is 64 KiB.
pub const LARGEST: usize = 60 * 1024;
/// Longest path that is kept.
const LONGEST_PATH: usize = 2_000;

/// A path on this desk, and nothing else: where a member wanted to go.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct DeskPath(String);

/// The address does not stay on this desk.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a path on this desk")]
pub struct LeavesTheDesk;

impl DeskPath {
    /// A path with an optional query: begins with one `/`, is printable ASCII, holds no backslash.
    ///
    /// `//host` and `/\host` are how an address that looks like a path leaves the site; browsers also drop tabs
    /// and line ends before they look, so no control character passes.
    ///
    /// # Errors
    /// [`LeavesTheDesk`] for everything else.
    pub fn parse(text: &str) -> Result<Self, LeavesTheDesk> {
        let plain = text.len() <= LONGEST_PATH && text.bytes().all(|b| b.is_ascii_graphic() && b != b'\\' && b != b'#');
        if plain && text.starts_with('/') && !text.starts_with("//") { Ok(Self(text.to_owned())) } else { Err(LeavesTheDesk) }
    }

    /// The desk's first page.
    #[must_use]
    pub fn home() -> Self {
        Self("/".to_owned())
    }

    /// The path as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl<'de> Deserialize<'de> for DeskPath {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::parse(&text).map_err(serde::de::Error::custom)
    }
}

/// A form as it was posted.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, Zeroize, ZeroizeOnDrop)]
pub struct KeptForm {
    /// Who wrote it.
    #[zeroize(skip)]
    pub member: Uuid,
    /// Where it was going.
    #[zeroize(skip)]
    pub path: DeskPath,
    /// Names and values in the order they were posted.
    pub fields: Vec<(String, String)>,
}

impl std::fmt::Debug for KeptForm {
    // What a member typed about a case does not belong in logs.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("KeptForm").field("path", &self.path).field("fields", &self.fields.len()).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used)]
    use super::*;

    #[test]
    fn only_paths_on_this_desk_are_return_targets() {
        for good in ["/", "/contacts", "/contacts/1?tab=notes&x=%2F", "/a//b"] {
            assert_eq!(DeskPath::parse(good).unwrap().as_str(), good);
        }
        for bad in [
            "",
            "contacts",
            "//evil.example",
            "/\\evil.example",
            "\\/evil.example",
            "https://evil.example",
            "/\t/evil.example",
            "\t//evil.example",
            "/a\r\nSet-Cookie: x",
            "/a b",
            "javascript:alert(1)",
            "/ă",
            "/a#b",
        ] {
            assert_eq!(DeskPath::parse(bad), Err(LeavesTheDesk), "{bad}");
        }
        assert_eq!(DeskPath::parse(&format!("/{}", "a".repeat(LONGEST_PATH))), Err(LeavesTheDesk));
    }

    #[test]
    fn a_stored_path_is_checked_again_when_it_is_read() {
        assert!(serde_json::from_str::<DeskPath>("\"/contacts\"").is_ok());
        assert!(serde_json::from_str::<DeskPath>("\"//evil.example\"").is_err());
    }
}
