//! Settings: places that the public knows, with the signs that are strongest there.

use crate::sign::Sign;

/// A place where a person could notice something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Setting {
    /// Stable id, such as `car-wash`.
    pub id: String,
    /// Venue kinds that belong to it.
    pub venues: Vec<String>,
    /// Ids of the 8 to 15 strongest public signs here, strongest first.
    pub(crate) strongest: Vec<String>,
    /// Ids of further signs, for "more"; signs for professionals may be among them.
    pub(crate) more: Vec<String>,
}

impl Setting {
    /// The Fluent key of its name: `setting-car-wash`.
    #[must_use]
    pub fn name_key(&self) -> String {
        format!("setting-{}", self.id)
    }

    /// The Fluent key of its one-line introduction: `setting-car-wash-intro`.
    #[must_use]
    pub fn intro_key(&self) -> String {
        format!("setting-{}-intro", self.id)
    }

    /// The Fluent key of the line that stands on every page of signs: "Do not ask, follow or film. Your safety first."
    #[must_use]
    pub const fn safety_key() -> &'static str {
        "setting-safety"
    }

    /// The rank of a sign here, from 1; `None` when the setting does not list it.
    #[must_use]
    pub fn rank(&self, sign_id: &str) -> Option<usize> {
        self.strongest.iter().chain(&self.more).position(|id| id == sign_id).map(|index| index + 1)
    }
}

/// The signs of a setting for one kind of reader, strongest first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SettingSigns {
    /// The 8 to 15 to show at once.
    pub strongest: Vec<&'static Sign>,
    /// The rest, behind "more".
    pub more: Vec<&'static Sign>,
}

impl SettingSigns {
    /// All of them, strongest first.
    pub fn iter(&self) -> impl Iterator<Item = &'static Sign> + '_ {
        self.strongest.iter().chain(&self.more).copied()
    }
}
