//! Why there is no cleaned copy. No error tells anything of what the file holds beyond its kind and the part that is in
//! the way.

use crate::Kind;
use crate::named::named;

/// Why no cleaned copy of a file was made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CannotClean {
    /// The content is of no kind that is known here.
    #[error("cannot be cleaned: this is no kind of file that is known here; keep the sealed original alone")]
    UnknownKind,
    /// It can run or fetch something when it is opened.
    #[error("cannot be cleaned: this is {0}, which can run or fetch things when it is opened; keep the sealed original alone")]
    Active(&'static str),
    /// Programs would disagree on what it is.
    #[error("cannot be cleaned: this is {0} and at the same time {1}; keep the sealed original alone")]
    TwoKinds(Kind, &'static str),
    /// The structure is broken.
    #[error("cannot be cleaned: this {kind} file is damaged: {what}; keep the sealed original alone")]
    Damaged {
        /// What the file is.
        kind: Kind,
        /// Which part is broken.
        what: &'static str,
    },
    /// A part whose meaning is not known here, and without which the file would not show what it shows.
    #[error("cannot be cleaned: this {kind} file holds {what}, which is not known here; keep the sealed original alone")]
    UnknownPart {
        /// What the file is.
        kind: Kind,
        /// The part.
        what: &'static str,
    },
    /// It opens with a password only.
    #[error("cannot be cleaned: this {0} file is encrypted; ask for it without a password or keep the sealed original alone")]
    Encrypted(Kind),
    /// More than is handled at once: a bomb, or too large.
    #[error("cannot be cleaned: this {kind} file has too much of one thing: {what}; keep the sealed original alone")]
    TooMuch {
        /// What the file is.
        kind: Kind,
        /// What there is too much of.
        what: &'static str,
    },
}

named! {
    /// Why no cleaned copy was made, in one word: for another process, or for a table.
    pub enum Reason {
        /// Of no kind that is known here.
        UnknownKind = "unknown-kind",
        /// It can run or fetch something.
        Active = "active",
        /// Programs would disagree on what it is.
        TwoKinds = "two-kinds",
        /// The structure is broken.
        Damaged = "damaged",
        /// A part whose meaning is not known here.
        UnknownPart = "unknown-part",
        /// It opens with a password only.
        Encrypted = "encrypted",
        /// A bomb, or too large.
        TooMuch = "too-much",
    }
}

impl CannotClean {
    /// The reason in one word.
    #[must_use]
    pub const fn reason(self) -> Reason {
        match self {
            Self::UnknownKind => Reason::UnknownKind,
            Self::Active(_) => Reason::Active,
            Self::TwoKinds(..) => Reason::TwoKinds,
            Self::Damaged { .. } => Reason::Damaged,
            Self::UnknownPart { .. } => Reason::UnknownPart,
            Self::Encrypted(_) => Reason::Encrypted,
            Self::TooMuch { .. } => Reason::TooMuch,
        }
    }

    /// The name of the reason, for another process.
    #[must_use]
    pub const fn code(self) -> &'static str {
        self.reason().name()
    }

    /// What the file is, where that is known.
    #[must_use]
    pub const fn kind(self) -> Option<Kind> {
        match self {
            Self::UnknownKind | Self::Active(_) => None,
            Self::TwoKinds(kind, _)
            | Self::Damaged { kind, .. }
            | Self::UnknownPart { kind, .. }
            | Self::Encrypted(kind)
            | Self::TooMuch { kind, .. } => Some(kind),
        }
    }
}

/// The same inside a kind's own module, where the kind is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fault {
    Damaged(&'static str),
    Unknown(&'static str),
    Encrypted,
    TooMuch(&'static str),
}

impl Fault {
    pub(crate) fn of(self, kind: Kind) -> CannotClean {
        match self {
            Self::Damaged(what) => CannotClean::Damaged { kind, what },
            Self::Unknown(what) => CannotClean::UnknownPart { kind, what },
            Self::Encrypted => CannotClean::Encrypted(kind),
            Self::TooMuch(what) => CannotClean::TooMuch { kind, what },
        }
    }
}
