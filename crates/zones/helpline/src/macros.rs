//! What several kinds of data would say each for itself.

/// `Debug` that shows nothing: what people wrote must not end in a log.
macro_rules! shows_nothing {
    ($($kind:ident),*) => {$(
        impl std::fmt::Debug for $kind {
            fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str(concat!(stringify!($kind), " { .. }"))
            }
        }
    )*};
}

/// A fixed list of choices, each with the name by which it is stored, sent and worded.
macro_rules! named {
    ($(#[$doc:meta])* $kind:ident { $($(#[$each:meta])* $name:ident = $code:literal,)* }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
        #[serde(rename_all = "kebab-case")]
        pub(crate) enum $kind { $($(#[$each])* $name,)* }

        impl $kind {
            pub(crate) const ALL: &[Self] = &[$(Self::$name,)*];

            pub(crate) fn name(self) -> &'static str {
                match self { $(Self::$name => $code,)* }
            }

            pub(crate) fn parse(word: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|each| each.name() == word)
            }
        }
    };
}
