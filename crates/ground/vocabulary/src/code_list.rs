//! Closed lists of codes: an enum, every value of it, and the code that is stored and translated.

/// Makes an enum whose values have a stable code.
///
/// The code is what goes into a database, a data file and a Fluent key, so it never changes once released.
macro_rules! code_list {
    (
        $(#[$meta:meta])*
        pub enum $name:ident { $( $(#[$value_meta:meta])* $value:ident = $code:literal ),+ $(,)? }
    ) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum $name { $( $(#[$value_meta])* $value ),+ }

        impl $name {
            /// Every value, in the order in which a page lists them.
            pub const ALL: &'static [Self] = &[ $( Self::$value ),+ ];

            /// The stable code, as stored, exchanged and used in Fluent keys.
            #[must_use]
            pub const fn code(self) -> &'static str {
                match self { $( Self::$value => $code ),+ }
            }

            /// The value with this code, or `None` for a code this program does not know.
            #[must_use]
            pub fn from_code(code: &str) -> Option<Self> {
                match code { $( $code => Some(Self::$value), )+ _ => None }
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.code())
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let code = <std::borrow::Cow<'de, str> as serde::Deserialize>::deserialize(deserializer)?;
                Self::from_code(&code).ok_or_else(|| serde::de::Error::custom(format!(concat!("unknown ", stringify!($name), " {:?}"), code)))
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.code())
            }
        }
    };
}

pub(crate) use code_list;
