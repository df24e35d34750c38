//! Closed lists whose values have a name that never changes: a process that cleans tells it to another over a pipe.

/// Makes an enum whose values have a stable name.
macro_rules! named {
    (
        $(#[$meta:meta])*
        pub enum $list:ident { $( $(#[$value_meta:meta])* $value:ident = $name:literal ),+ $(,)? }
    ) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $list { $( $(#[$value_meta])* $value ),+ }

        impl $list {
            /// Every value.
            pub const ALL: &'static [Self] = &[ $( Self::$value ),+ ];

            /// The short name by which programs tell it to each other; never changed once released.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self { $( Self::$value => $name ),+ }
            }

            /// The value of this name, or `None` for one that this program does not know.
            #[must_use]
            pub fn parse(name: &str) -> Option<Self> {
                match name { $( $name => Some(Self::$value), )+ _ => None }
            }
        }
    };
}

pub(crate) use named;
